//! Which hosts may be called: none inside the own network unless an operator names it.

use std::collections::HashSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Hosts that may be inside the own network and may speak plain http.
#[derive(Debug, Clone, Default)]
pub(crate) struct AllowedHosts(Arc<HashSet<String>>);

/// The address may not be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Not `https`, and the host is not on the list.
    #[error("it is not https")]
    NotHttps,
    /// It holds a user name or a password.
    #[error("it holds a user name or a password")]
    Credentials,
    /// It lies in a private, local or reserved network, and the host is not on the list.
    #[error("it lies in a private, local or reserved network")]
    InnerNetwork,
}

impl AllowedHosts {
    pub(crate) fn new(hosts: impl IntoIterator<Item = String>) -> Self {
        Self(Arc::new(hosts.into_iter().map(|host| host.to_ascii_lowercase()).collect()))
    }

    fn names(&self, host: &str) -> bool {
        self.0.contains(host.trim_start_matches('[').trim_end_matches(']'))
    }

    /// Whether the address as written may be called; what a name resolves to is checked when connecting.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refused> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Refused::Credentials);
        }
        let allowed = url.host_str().is_some_and(|host| self.names(host));
        match url.scheme() {
            "https" => {}
            "http" if allowed => {}
            _ => return Err(Refused::NotHttps),
        }
        // `Url` has turned spellings like 0x7f.1 into addresses already.
        let ip = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            _ => return Ok(()),
        };
        if allowed || is_public(ip) { Ok(()) } else { Err(Refused::InnerNetwork) }
    }
}

impl Resolve for AllowedHosts {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.names(&name.as_str().to_ascii_lowercase());
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One inner address among outer ones is an attack or a mistake; neither deserves a call.
            if !allowed && found.iter().any(|address| !is_public(address.ip())) {
                return Err(Refused::InnerNetwork.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let benchmark = a == 198 && (b == 18 || b == 19);
    !(a == 0
        || a >= 224
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || shared
        || protocol
        || benchmark)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = ip.segments();
    let embedded = |high: u16, low: u16| {
        let [w, x] = high.to_be_bytes();
        let [y, z] = low.to_be_bytes();
        is_public_v4(Ipv4Addr::new(w, x, y, z))
    };
    if [a, b, c, d, e] == [0; 5] && (f == 0 || f == 0xffff) {
        // Mapped and compatible IPv4; `::` and `::1` are 0.0.0.0 and 0.0.0.1 here and so refused.
        return embedded(g, h);
    }
    if a == 0x64 && b == 0xff9b {
        return [c, d, e, f] == [0; 4] && embedded(g, h);
    }
    if a == 0x2002 {
        return embedded(b, c);
    }
    // Only 2000::/3 is handed out; Teredo and documentation lie inside it.
    (a & 0xe000) == 0x2000 && !(a == 0x2001 && (b == 0 || b == 0xdb8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_networks_are_refused_in_every_spelling() {
        let guard = AllowedHosts::default();
        for wrong in [
            "http://termine.example.org/",
            "https://127.0.0.1/",
            "https://0x7f.1/",
            "https://[::]/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://[fe80::1]/",
            "https://[fd00::1]/",
            "https://[64:ff9b::a00:1]/",
            "https://[2002:a00:1::]/",
            "https://10.1.2.3/",
            "https://169.254.169.254/",
            "https://100.64.0.1/",
            "https://0.0.0.0/",
            "https://user@example.org/",
            "file:///etc/passwd",
        ] {
            let url = Url::parse(wrong).expect("a complete address");
            assert!(guard.check(&url).is_err(), "{wrong} must be refused");
        }
        for right in ["https://termine.example.org/", "https://93.184.216.34/", "https://[2a00:1450::1]/"] {
            assert_eq!(guard.check(&Url::parse(right).expect("a complete address")), Ok(()));
        }
    }

    #[test]
    fn a_named_host_may_be_inside() {
        let guard = AllowedHosts::new(["127.0.0.1".to_owned(), "::1".to_owned()]);
        for right in ["http://127.0.0.1:8080/", "http://[::1]/"] {
            assert_eq!(guard.check(&Url::parse(right).expect("a complete address")), Ok(()));
        }
    }
}
