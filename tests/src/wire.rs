//! Bytes on a socket, for what no well-behaved client sends.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::Duration;

use crate::program::Running;

/// How long the server may think about it: its own deadline for a body is 10 seconds.
const DEADLINE: Duration = Duration::from_secs(30);

/// A connection to the server.
pub struct Wire {
    socket: TcpStream,
}

/// What came back until the server closed the connection.
pub struct Echo(Vec<u8>);

impl Wire {
    /// Connects.
    pub fn to(running: &Running) -> Self {
        let address = running.address.trim_start_matches("http://");
        let socket = TcpStream::connect(address).expect("the server listens");
        socket.set_read_timeout(Some(DEADLINE)).expect("a deadline can be set");
        socket.set_write_timeout(Some(DEADLINE)).expect("a deadline can be set");
        Self { socket }
    }

    /// Sends bytes; `false` if the server does not want any more.
    pub fn sends(&mut self, bytes: impl AsRef<[u8]>) -> bool {
        self.socket.write_all(bytes.as_ref()).is_ok()
    }

    /// Sends no more and reads until the server closes, or has said a whole answer and waits for more.
    pub fn hears(mut self) -> Echo {
        let _ = self.socket.shutdown(Shutdown::Write);
        self.listen()
    }

    /// Reads until the server closes, while our side stays open.
    pub fn hears_while_open(mut self) -> Echo {
        self.listen()
    }

    /// Sends `piece` again and again while somebody reads, until the server closes or `most` bytes were taken. Says
    /// what came back and how much was taken.
    pub fn floods(mut self, piece: &[u8], most: usize) -> (Echo, usize) {
        let mut sending = self.socket.try_clone().expect("a socket can be shared");
        let piece = piece.to_vec();
        let sender = std::thread::spawn(move || {
            let mut taken = 0;
            while taken < most && sending.write_all(&piece).is_ok() {
                taken += piece.len();
            }
            taken
        });
        let echo = self.listen();
        let _ = self.socket.shutdown(Shutdown::Both);
        (echo, sender.join().expect("the sender ends"))
    }

    fn listen(&mut self) -> Echo {
        let mut heard = Vec::new();
        let mut piece = [0; 4096];
        // A connection that is reset is closed too; what was heard before counts.
        while let Ok(length @ 1..) = self.socket.read(&mut piece) {
            heard.extend_from_slice(&piece[..length]);
        }
        Echo(heard)
    }
}

impl Echo {
    /// The statuses of all answers.
    pub fn statuses(&self) -> Vec<u16> {
        let text = self.text();
        let begins = text.match_indices("HTTP/1.1 ").map(|(at, begin)| at + begin.len());
        begins.filter_map(|at| text.get(at..at + 3)?.parse().ok()).collect()
    }

    /// Everything that was heard.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0).into_owned()
    }
}
