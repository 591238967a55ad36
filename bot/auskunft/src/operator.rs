//! How the command line finds a server that holds the data folder: its address and the operator's key lie in the folder,
//! readable by the program's user only.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use serde::{Deserialize, Serialize};

const FILE: &str = "operator.json";

/// Where a server listens, and what shows that somebody is its operator.
#[derive(Clone, Serialize, Deserialize)]
pub struct OperatorAccess {
    /// `http://127.0.0.1:8080`.
    pub address: String,
    /// The key.
    pub key: String,
}

impl OperatorAccess {
    /// Access to a server at this address, with the operator's own key or one nobody can guess.
    pub fn new(address: SocketAddr, key: Option<&str>) -> std::io::Result<Self> {
        let key = match key {
            Some(key) => key.to_owned(),
            None => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
                bytes.iter().map(|byte| format!("{byte:02x}")).collect()
            }
        };
        Ok(Self { address: format!("http://{}", reachable(address)), key })
    }

    /// The same at the address that was really taken: port 0 picks one.
    pub fn reached_at(self, address: SocketAddr) -> Self {
        Self { address: format!("http://{}", reachable(address)), ..self }
    }

    /// Leaves it in the data folder, in place of that of an earlier start.
    pub fn leave_in(&self, data: &Path) -> std::io::Result<()> {
        let file = data.join(FILE);
        let new = data.join(format!("{FILE}.new"));
        let _ = std::fs::remove_file(&new);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&new)?.write_all(&serde_json::to_vec(self)?)?;
        std::fs::rename(new, file)
    }

    /// What the server that holds this folder left.
    pub fn left_in(data: &Path) -> std::io::Result<Self> {
        Ok(serde_json::from_slice(&std::fs::read(data.join(FILE))?)?)
    }

    /// Takes it away when the server ends.
    pub fn take_from(data: &Path) {
        let _ = std::fs::remove_file(data.join(FILE));
    }
}

/// A server that listens on every address is reached on this machine's own.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_leaves_is_found_and_is_nobody_elses_to_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let access = OperatorAccess::new(([0, 0, 0, 0], 8080).into(), None).expect("made");
        assert_eq!(access.address, "http://127.0.0.1:8080");
        assert_eq!(access.key.len(), 64);
        for _ in 0..2 {
            access.leave_in(folder.path()).expect("left");
        }
        assert_eq!(OperatorAccess::left_in(folder.path()).expect("found").key, access.key);
        #[cfg(unix)]
        {
            let metadata = std::fs::metadata(folder.path().join(FILE)).expect("there");
            assert_eq!(std::os::unix::fs::MetadataExt::mode(&metadata) & 0o777, 0o600);
        }
        OperatorAccess::take_from(folder.path());
        assert!(OperatorAccess::left_in(folder.path()).is_err());
    }
}
