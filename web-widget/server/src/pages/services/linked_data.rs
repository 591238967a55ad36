//! A service as schema.org sees it (JSON-LD), so that search engines can show offices, hours and answers.

use chrono::{NaiveDate, Weekday};
use faq_engine::hours::clock_text;
use faq_engine::office::Office;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::service::Service;
use serde_json::{Value, json};

use super::Answered;
use crate::site::Site;

/// The data, safe to stand in a `script` element.
pub(super) fn of_service(site: &Site, service: &Service, answers: &[Answered], phrasebook: &Phrasebook) -> String {
    let language = phrasebook.language();
    let name = service.name.or_german(language);
    let today = site.desk.clock().now().date_naive();
    let knowledge = site.desk.knowledge();
    let offices = service.responsible.offices.iter().filter_map(|id| knowledge.catalogue.office(id.as_str()));
    let channels: Vec<Value> = offices
        .map(|office| json!({"@type": "ServiceChannel", "serviceLocation": location(office, phrasebook, today)}))
        .collect();
    let questions: Vec<Value> = answers
        .iter()
        .map(|answer| {
            // The first line names service and aspect, which the question does already.
            let text = answer.body.text.split_once("\n\n").map_or(answer.body.text.as_str(), |(_, rest)| rest);
            json!({
                "@type": "Question",
                "name": format!("{name}: {}", phrasebook.facet_question(answer.facet)),
                "acceptedAnswer": {"@type": "Answer", "text": text},
            })
        })
        .collect();
    let data = json!({
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "GovernmentService",
                "name": name,
                "inLanguage": language.primary(),
                "identifier": service.slug.as_str(),
                "availableChannel": channels,
            },
            {"@type": "FAQPage", "inLanguage": language.primary(), "mainEntity": questions},
        ],
    });
    // "</script>" in a text would end the element, and "<!--" would change how the rest is read.
    data.to_string().replace('<', "\\u003c")
}

fn location(office: &Office, phrasebook: &Phrasebook, today: NaiveDate) -> Value {
    let mut location = json!({
        "@type": "GovernmentOffice",
        "name": office.name.or_german(phrasebook.language()),
        "openingHoursSpecification": hours(office, today),
    });
    if let Some(address) = &office.address {
        location["address"] = json!({
            "@type": "PostalAddress",
            "streetAddress": address.street,
            "addressLocality": address.city,
            "addressCountry": "DE",
        });
        if let Some(code) = &address.postal_code {
            location["address"]["postalCode"] = json!(code);
        }
    }
    if let Some(phone) = office.phones_on(today).next() {
        location["telephone"] = json!(phone.uri().trim_start_matches("tel:"));
    }
    if let Some(email) = &office.email {
        location["email"] = json!(email);
    }
    location
}

/// The week in force; days on which it does not hold are on the page itself.
fn hours(office: &Office, today: NaiveDate) -> Vec<Value> {
    let days = office.hours.week_of(today).into_iter().flat_map(|week| week.days());
    let spans = days.flat_map(|(day, periods)| periods.iter().map(move |period| (day, period)));
    spans
        .map(|(day, period)| {
            json!({
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": format!("https://schema.org/{}", name_of(day)),
                "opens": period.opens().format("%H:%M").to_string(),
                // The end of the day has no other name there.
                "closes": if period.closes_at_midnight() { "23:59".to_owned() } else { clock_text(period.closes()) },
            })
        })
        .collect()
}

fn name_of(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
