//! Whose request this is, as far as the rate limit needs to know.
//!
//! Behind a proxy every connection comes from the proxy, so its word on the client counts, but only if it is one of
//! ours: anybody can write an `X-Forwarded-For`.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::HttpRequest;

/// The proxies that are believed.
#[derive(Debug, Clone, Default)]
pub(crate) struct TrustedProxies(Vec<Network>);

/// Addresses that share their first bits.
#[derive(Debug, Clone, Copy)]
struct Network {
    /// IPv4 as mapped IPv6, so that both compare alike.
    first: u128,
    bits: u32,
}

/// The text is not an address or a network.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not an address or network such as `10.0.0.7`, `10.0.0.0/8` or `fd00::/8`")]
pub struct InvalidNetwork(String);

impl TrustedProxies {
    pub(crate) fn parse(networks: &[String]) -> Result<Self, InvalidNetwork> {
        networks.iter().map(|text| Network::parse(text)).collect::<Result<_, _>>().map(Self)
    }

    fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(address))
    }

    /// The client's address: the peer itself, or the last hop a trusted proxy names that is not one of ours.
    pub(crate) fn client_of(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip();
        if !self.contains(peer) {
            return Some(peer);
        }
        let named = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        let hops: Vec<&str> = named.flat_map(|value| value.split(',')).map(str::trim).collect();
        for hop in hops.into_iter().rev() {
            // Behind a word that is no address nothing can be believed.
            let Some(address) = address_of(hop) else { break };
            if !self.contains(address) {
                return Some(address);
            }
        }
        Some(peer)
    }

    /// Whether the request reached a trusted proxy over TLS.
    pub(crate) fn saw_tls(&self, request: &HttpRequest) -> bool {
        request.peer_addr().is_some_and(|peer| self.contains(peer.ip()))
            && request.headers().get("x-forwarded-proto").is_some_and(|proto| proto.as_bytes() == b"https")
    }
}

impl Network {
    fn parse(text: &str) -> Result<Self, InvalidNetwork> {
        let invalid = || InvalidNetwork(text.chars().take(60).collect());
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().map_err(|_| invalid())?)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| invalid())?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let length = length.unwrap_or(longest);
        if length > longest {
            return Err(invalid());
        }
        Ok(Self { first: as_number(address), bits: 128 - longest + length })
    }

    fn contains(&self, address: IpAddr) -> bool {
        let differing = self.first ^ as_number(address);
        differing.leading_zeros() >= self.bits
    }
}

/// Some proxies write the port too.
fn address_of(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|peer| peer.ip()))
}

fn as_number(address: IpAddr) -> u128 {
    let mapped: Ipv6Addr = match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    };
    mapped.to_bits()
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn client(peer: &str, forwarded: &[&str]) -> String {
        let proxies = TrustedProxies::parse(&["10.0.0.0/8".to_owned(), "::1".to_owned()]).unwrap();
        let mut request = TestRequest::default().peer_addr(format!("{peer}:4711").parse().unwrap());
        for value in forwarded {
            request = request.append_header(("x-forwarded-for", *value));
        }
        proxies.client_of(&request.to_http_request()).unwrap().to_string()
    }

    #[test]
    fn only_our_proxies_are_believed() {
        assert_eq!(client("203.0.113.9", &["1.2.3.4"]), "203.0.113.9");
        assert_eq!(client("10.1.1.1", &["1.2.3.4"]), "1.2.3.4");
        assert_eq!(client("[::1]", &["2001:db8::7"]), "2001:db8::7");
        assert_eq!(client("10.1.1.1", &["1.2.3.4:5678"]), "1.2.3.4");
    }

    #[test]
    fn a_forged_hop_before_ours_is_not_believed() {
        assert_eq!(client("10.1.1.1", &["6.6.6.6, 1.2.3.4, 10.2.2.2"]), "1.2.3.4");
        assert_eq!(client("10.1.1.1", &["6.6.6.6", "1.2.3.4"]), "1.2.3.4");
        assert_eq!(client("10.1.1.1", &["1.2.3.4, nonsense"]), "10.1.1.1");
        assert_eq!(client("10.1.1.1", &[]), "10.1.1.1");
    }

    #[test]
    fn what_is_no_network_is_refused() {
        for wrong in ["", "10.0.0.0/33", "fd00::/129", "example.de", "10.0.0.0/x", "10.0.0/8"] {
            assert!(Network::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }
}
