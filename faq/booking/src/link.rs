//! Link templates: the booking page of a service, filled in.

use faq_engine::language::{LanguageTag, LocalizedText};
use faq_engine::ports::{Availability, Booking, BookingDesk};
use faq_engine::slug::Slug;
use url::Url;

/// An `https` address with `{service}`, `{office}` and `{lang}` to be filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTemplate(String);

/// The text is not a link template.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{template}` is not a link template: {reason}")]
pub struct InvalidTemplate {
    template: String,
    reason: &'static str,
}

impl LinkTemplate {
    const PLACEHOLDERS: [&str; 3] = ["{service}", "{office}", "{lang}"];

    /// Reads a template. The host must be fixed: a placeholder there could lead anywhere.
    pub fn parse(template: &str) -> Result<Self, InvalidTemplate> {
        let invalid = |reason| InvalidTemplate { template: template.to_owned(), reason };
        let mut bare = template.to_owned();
        for placeholder in Self::PLACEHOLDERS {
            bare = bare.replace(placeholder, "x");
        }
        if bare.contains(['{', '}']) {
            return Err(invalid("only {service}, {office} and {lang} can be filled in"));
        }
        let url = Url::parse(&bare).map_err(|_| invalid("it is not a complete address"))?;
        if url.scheme() != "https" {
            return Err(invalid("it must begin with https://"));
        }
        let authority =
            template.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
        if authority.is_empty() || authority.contains(['{', '@']) {
            return Err(invalid("its host must be written out"));
        }
        Ok(Self(template.to_owned()))
    }

    /// The address with everything filled in, percent-encoded.
    pub fn fill(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> String {
        // Slugs and language tags consist of letters, digits and hyphens, which need no encoding.
        self.0
            .replace("{service}", service.as_str())
            .replace("{office}", office.map_or("", Slug::as_str))
            .replace("{lang}", language.primary())
    }
}

/// How appointments for some services are booked.
#[derive(Debug, Clone)]
pub struct LinkRule {
    /// The services.
    pub services: Vec<Slug>,
    /// The offices; empty: any.
    pub offices: Vec<Slug>,
    /// How.
    pub way: LinkWay,
}

/// How an appointment is booked.
#[derive(Debug, Clone)]
pub enum LinkWay {
    /// Online.
    Link {
        /// Where.
        template: LinkTemplate,
        /// Text of the button.
        label: LocalizedText,
        /// What else to know.
        note: Option<LocalizedText>,
    },
    /// Not online; this is how.
    Otherwise(LocalizedText),
}

/// Books by link. The first rule that names the service, and the office if one is asked for, counts.
#[derive(Debug, Clone, Default)]
pub struct LinkBooking {
    rules: Vec<LinkRule>,
}

impl LinkBooking {
    /// A desk with these rules.
    pub fn new(rules: Vec<LinkRule>) -> Self {
        Self { rules }
    }

    fn rule(&self, service: &Slug, office: Option<&Slug>) -> Option<&LinkRule> {
        self.rules.iter().find(|rule| {
            let at_office = office.is_none_or(|id| rule.offices.is_empty() || rule.offices.contains(id));
            rule.services.contains(service) && at_office
        })
    }
}

#[async_trait::async_trait]
impl BookingDesk for LinkBooking {
    async fn booking(&self, service: &Slug, office: Option<&Slug>, language: &LanguageTag) -> Booking {
        match self.rule(service, office).map(|rule| &rule.way) {
            Some(LinkWay::Link { template, label, note }) => Booking::Online {
                label: label.clone(),
                url: template.fill(service, office, language),
                note: note.clone(),
            },
            Some(LinkWay::Otherwise(how)) => Booking::Otherwise(how.clone()),
            None => Booking::NotRecorded,
        }
    }

    async fn availability(&self, _service: &Slug, _office: Option<&Slug>) -> Vec<Availability> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).expect("valid slug")
    }

    #[test]
    fn a_template_cannot_lead_elsewhere() {
        assert!(LinkTemplate::parse("https://termine.example.org/{service}?ort={office}&sprache={lang}").is_ok());
        for wrong in [
            "http://termine.example.org/",
            "https://{office}.example.org/",
            "https://user@example.org/",
            "https:///x",
            "javascript:alert(1)",
            "https://example.org/{person}",
            "termine",
        ] {
            assert!(LinkTemplate::parse(wrong).is_err(), "{wrong} must be refused");
        }
    }

    #[tokio::test]
    async fn the_first_fitting_rule_counts() {
        let link = |url: &str| LinkWay::Link {
            template: LinkTemplate::parse(url).expect("valid template"),
            label: LocalizedText::german_only("Termin buchen"),
            note: None,
        };
        let desk = LinkBooking::new(vec![
            LinkRule {
                services: vec![slug("a")],
                offices: vec![slug("nord")],
                way: link("https://n.example.org/{service}"),
            },
            LinkRule {
                services: vec![slug("a")],
                offices: vec![],
                way: LinkWay::Otherwise(LocalizedText::german_only("per Post")),
            },
        ]);
        let german = LanguageTag::german();
        let at = |office: &str| Some(slug(office));
        let north = desk.booking(&slug("a"), at("nord").as_ref(), &german).await;
        assert!(matches!(north, Booking::Online { url, .. } if url == "https://n.example.org/a"));
        assert!(matches!(desk.booking(&slug("a"), at("sued").as_ref(), &german).await, Booking::Otherwise(_)));
        assert_eq!(desk.booking(&slug("b"), None, &german).await, Booking::NotRecorded);
    }
}
