//! The program: it wires the desk, the website and the messenger together. It sees everything and decides nothing
//! about citizens or entries.

pub mod assembly;
pub mod clock;
pub mod commands;
pub mod evaluation;
pub mod publishing;
pub mod remote;
pub mod secret_key;

/// The allocator of the program and of its benchmarks. Chosen over jemalloc for its build: one C file, a few seconds.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
