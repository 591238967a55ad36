//! Which texts are addresses: of machines, people, sites and places on a map.

use std::net::IpAddr;

use crate::text::is_https;

/// An address, or one with the count of bits that a network shares.
pub(super) fn is_network(text: &str) -> bool {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    address.parse::<IpAddr>().is_ok_and(|address| {
        let longest = if address.is_ipv4() { 32 } else { 128 };
        bits.is_none_or(|bits| bits.parse::<u32>().is_ok_and(|bits| bits <= longest))
    })
}

/// Where a person can write to.
pub(super) fn is_contact(text: &str) -> bool {
    let is_one_word = !text.contains(|c: char| c.is_whitespace() || c.is_control());
    is_one_word && (is_https(text) || text.starts_with("mailto:"))
}

/// `*`, or `https://host` or `http://host` without anything after it; a host may begin with `*.`.
pub(super) fn is_origin(text: &str) -> bool {
    let plain = text.replacen("://*.", "://any.", 1);
    let complete =
        |url: url::Url| matches!(url.scheme(), "https" | "http") && url.origin().ascii_serialization() == plain;
    text == "*" || url::Url::parse(&plain).is_ok_and(complete)
}

/// The address of a map that looks up whatever stands for `{address}` in it.
pub(super) fn is_map(text: &str) -> bool {
    is_https(text) && text.contains("{address}")
}
