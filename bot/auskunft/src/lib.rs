//! The program: it wires the desk, the website and the messenger together. It sees everything and decides nothing
//! about citizens or entries.

pub mod assembly;
pub mod booking;
pub mod clock;
pub mod commands;
pub mod evaluation;
pub mod messenger;
pub mod notices;
pub mod operator;
pub mod publishing;
pub mod remote;
pub mod remote_notices;
pub mod secret_key;
