//! The binary can be started. `cargo test --workspace` builds it for this test, and the black box tests find it.

use std::process::Command;

#[test]
fn the_program_says_its_version() {
    let output = Command::new(env!("CARGO_BIN_EXE_auskunft")).arg("--version").output().expect("it can be started");
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end(), concat!("auskunft ", env!("CARGO_PKG_VERSION")));
}
