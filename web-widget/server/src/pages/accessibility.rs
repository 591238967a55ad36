//! `GET /barrierefreiheit`: what is done so that everybody can ask, what was tested with which result, what is missing,
//! and whom to tell.

mod evidence;

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::phrasebook::{Languages, Phrasebook};
use maud::{Markup, html};

use self::evidence::{EVIDENCE, Evidence};
use super::{PageQuery, ProsePage, Section, prose_page};
use crate::site::Site;
use crate::templates;

const ACCESSIBILITY: ProsePage = ProsePage {
    path: "/barrierefreiheit",
    title: "web_accessibility_title",
    sections: &[
        Section::Prose("web_accessibility_aim_heading", "web_accessibility_aim"),
        Section::Prose("web_accessibility_ways_heading", "web_accessibility_ways"),
        Section::Drawn("web_accessibility_tests_heading", tests),
        Section::Prose("web_accessibility_gaps_heading", "web_accessibility_gaps"),
        Section::Prose("web_accessibility_report_heading", "web_accessibility_report"),
        Section::Prose("web_accessibility_enforcement_heading", "web_accessibility_enforcement"),
    ],
    topic: "barrierefreiheit",
    topic_heading: "web_accessibility_contact_heading",
};

pub(crate) async fn accessibility(
    request: HttpRequest,
    site: web::Data<Site>,
    query: web::Query<PageQuery>,
) -> HttpResponse {
    prose_page(&request, &site, query.lang.as_deref(), &ACCESSIBILITY).await
}

fn tests(phrasebook: &Phrasebook, languages: &Languages) -> Markup {
    result(&EVIDENCE, phrasebook, languages)
}

/// What the tests found: a row for each part, then the criteria that have tests of their own.
fn result(evidence: &Evidence, phrasebook: &Phrasebook, languages: &Languages) -> Markup {
    let say = |key: &str| phrasebook.say(key, &[]);
    let date = phrasebook.date(evidence.tested_on);
    let rules = evidence.axe.rules.to_string();
    let values = [("date", date.as_str()), ("rules", &rules), ("version", &evidence.axe.version)];
    html! {
        (templates::prose(&phrasebook.say("web_accessibility_tests", &values)))
        table {
            thead {
                tr {
                    th scope="col" { (say("web_accessibility_part")) }
                    th scope="col" { (say("web_accessibility_states")) }
                    th scope="col" { (say("web_accessibility_languages")) }
                    th scope="col" { (say("web_accessibility_violations")) }
                }
            }
            tbody {
                @for part in &evidence.parts {
                    tr {
                        th scope="row" { (say(part.part.name())) }
                        td { (part.states.len()) }
                        td { (named(&part.languages, languages)) }
                        td { (part.violations) }
                    }
                }
            }
        }
        (templates::prose(&say("web_accessibility_criteria")))
        ul {
            @for criterion in &evidence.criteria {
                li { (criterion.number) " " @if let Some(name) = criterion.name() { (say(name)) } }
            }
        }
    }
}

/// Languages as those who speak them call them.
fn named(tags: &[String], languages: &Languages) -> Markup {
    let packs = languages.packs().filter(|pack| tags.iter().any(|tag| tag == pack.tag.as_str()));
    html! {
        @for (index, pack) in packs.enumerate() {
            @if index > 0 { ", " }
            span lang=(pack.tag) { (pack.name) }
        }
    }
}
