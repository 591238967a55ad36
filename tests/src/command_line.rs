//! The program as an operator calls it on the command line.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::own_config::OwnConfig;
use crate::program;

/// A call before it is made.
pub struct Call {
    command: Command,
    input: String,
}

/// What a call said until it ended.
pub struct Said {
    /// Its exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// `auskunft` with these words behind it.
pub fn auskunft<Word: AsRef<OsStr>>(words: impl IntoIterator<Item = Word>) -> Call {
    let mut command = program::command();
    command.args(words);
    Call { command, input: String::new() }
}

impl Call {
    /// Over a changed configuration instead of the shipped one.
    pub fn config(mut self, config: &OwnConfig) -> Self {
        self.command.env("AUSKUNFT_CONFIG", config.path());
        self
    }

    /// Over this data folder.
    pub fn data(mut self, folder: &Path) -> Self {
        self.command.env("AUSKUNFT_DATA", folder);
        self
    }

    /// With this variable in its environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// These lines on standard input.
    pub fn hears<'a>(mut self, lines: impl IntoIterator<Item = &'a str>) -> Self {
        for line in lines {
            self.input.push_str(line);
            self.input.push('\n');
        }
        self
    }

    /// Runs it to its end.
    pub fn run(mut self) -> Said {
        let piped = self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().expect("the program can be started");
        let mut input = child.stdin.take().expect("standard input is piped");
        let text = self.input;
        // Apart, or a program that answers before it has heard everything would wait for us and we for it. Who does
        // not listen closes the pipe, which is no mistake.
        let speaker = std::thread::spawn(move || drop(input.write_all(text.as_bytes())));
        let output = child.wait_with_output().expect("the program ends");
        speaker.join().expect("the input is written");
        Said {
            code: output.status.code().unwrap_or_else(|| panic!("the program was killed: {}", output.status)),
            out: String::from_utf8(output.stdout).expect("it writes UTF-8"),
            err: String::from_utf8(output.stderr).expect("it writes UTF-8"),
        }
    }

    /// Runs it to its end, which must be a good one; returns what it said.
    pub fn succeeds(self) -> String {
        let said = self.run();
        assert_eq!(said.code, 0, "it failed: {}{}", said.out, said.err);
        said.out
    }

    /// Runs it to its end; every line it says must be JSON.
    pub fn replies(self) -> Vec<Value> {
        let out = self.succeeds();
        out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
    }
}

impl Said {
    /// Both streams, for looking for words.
    pub fn everything(&self) -> String {
        format!("{}{}", self.out, self.err)
    }
}
