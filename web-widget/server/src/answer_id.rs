//! A name for one answer, by which it can be rated.
//!
//! It says what the answer was about and nothing about who asked, so a rating needs no memory of the answer: any replica
//! can take it, also after a restart. It is no secret; a forged one counts no more than a rating of a real answer.

use std::fmt;

use faq_engine::facet::Facet;
use faq_engine::ports::RatedAnswer;
use faq_engine::reply::Reply;
use faq_engine::slug::Slug;

/// `kfz-umschreibung.documents.8c1f…`, with `-` for what an answer has none of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerId {
    /// The service or the free question.
    subject: Option<Slug>,
    facet: Option<Facet>,
    /// Tells answers about the same thing apart.
    nonce: u64,
}

/// The text is not an answer's name.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("not an answer of this desk")]
pub(crate) struct InvalidAnswerId;

impl AnswerId {
    /// The name of this reply. The nonce should be random; of equal ones the last rating counts.
    pub fn new(reply: &Reply, nonce: u64) -> Self {
        Self { subject: reply.service.clone().or_else(|| reply.entry.clone()), facet: reply.facet, nonce }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, InvalidAnswerId> {
        let mut parts = text.split('.');
        let (Some(subject), Some(facet), Some(nonce), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(InvalidAnswerId);
        };
        let subject = if subject == "-" { None } else { Some(Slug::parse(subject).map_err(|_| InvalidAnswerId)?) };
        let facet = if facet == "-" { None } else { Some(Facet::parse(facet).ok_or(InvalidAnswerId)?) };
        let is_written_by_us =
            nonce.len() == 16 && nonce.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let nonce = is_written_by_us.then(|| u64::from_str_radix(nonce, 16).ok()).flatten().ok_or(InvalidAnswerId)?;
        Ok(Self { subject, facet, nonce })
    }

    pub(crate) fn into_rated(self) -> RatedAnswer {
        let Self { subject, facet, nonce } = self;
        RatedAnswer { subject, facet, nonce }
    }
}

impl fmt::Display for AnswerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject.as_ref().map_or("-", Slug::as_str);
        let facet = self.facet.map_or("-", Facet::as_str);
        write!(f, "{subject}.{facet}.{:016x}", self.nonce)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_as_it_was_written() {
        for name in ["kfz-abmeldung.fee.00000000000000ff", "kfz-abmeldung.-.8c1f00aa00000001", "-.-.0000000000000000"] {
            assert_eq!(AnswerId::parse(name).unwrap().to_string(), name);
        }
    }

    #[test]
    fn what_we_did_not_write_is_refused() {
        for wrong in [
            "",
            "-.-",
            "a.b.0000000000000000",
            "a.fee.ff",
            "a.fee.+000000000000000",
            "A.fee.0000000000000000",
            "-.-.0000000000000000.x",
        ] {
            assert_eq!(AnswerId::parse(wrong), Err(InvalidAnswerId), "{wrong}");
        }
    }
}
