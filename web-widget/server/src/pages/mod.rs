//! The sample town page, a page for each service, and the pages every site must have.

pub(crate) mod accessibility;
pub(crate) mod privacy;
pub(crate) mod robots;
pub(crate) mod sample;
pub(crate) mod security_txt;
pub(crate) mod services;

use actix_web::{HttpRequest, HttpResponse};
use faq_engine::facet::Facet;
use faq_engine::phrasebook::{Languages, Phrasebook};
use faq_engine::slug::Slug;
use maud::{Markup, html};
use serde::Deserialize;

use crate::chat;
use crate::site::Site;
use crate::templates::{self, AskAgain, Frame};

/// What the address says.
#[derive(Debug, Deserialize)]
pub(crate) struct PageQuery {
    lang: Option<String>,
}

/// A part of a page of prose.
enum Section {
    /// Heading and text by their keys.
    Prose(&'static str, &'static str),
    /// Heading by its key, and what computes the rest.
    Drawn(&'static str, fn(&Phrasebook, &Languages) -> Markup),
}

/// A page of prose: title, sections, and below them whom to turn to as the catalogue says it, so that
/// names and numbers are kept by editors in one place.
struct ProsePage {
    path: &'static str,
    title: &'static str,
    sections: &'static [Section],
    /// The general topic of the catalogue that says whom to turn to.
    topic: &'static str,
    topic_heading: &'static str,
}

async fn prose_page(request: &HttpRequest, site: &Site, named: Option<&str>, page: &ProsePage) -> HttpResponse {
    let language = site.language(request, named);
    let phrasebook = site.desk.phrasebook(language.as_ref());
    let say = |key: &str| phrasebook.say(key, &[]);
    let content = html! {
        (templates::language_links(&site.desk.knowledge().languages, &phrasebook, page.path))
        main {
            h1 { (say(page.title)) }
            @for section in page.sections {
                section {
                    @match section {
                        Section::Prose(heading, text) => {
                            h2 { (say(heading)) }
                            (templates::prose(&say(text)))
                        }
                        Section::Drawn(heading, draw) => {
                            h2 { (say(heading)) }
                            (draw(&phrasebook, &site.desk.knowledge().languages))
                        }
                    }
                }
            }
            (contact(site, &phrasebook, page).await)
        }
    };
    html_page(&templates::page(&phrasebook, &Frame { title: &say(page.title), is_indexed: true }, content))
}

async fn contact(site: &Site, phrasebook: &Phrasebook, page: &ProsePage) -> Markup {
    let slug = Slug::parse(page.topic).expect("the topics of our pages are valid names");
    let Some(reply) = site.desk.answer_about(&slug, Some(Facet::Contact), phrasebook.language()).await else {
        return html! {};
    };
    let body = chat::body_of(&site.desk, &reply);
    let again = AskAgain { conversation: body.conversation.as_deref(), language: &body.lang };
    html! {
        section {
            h2 { (phrasebook.say(page.topic_heading, &[])) }
            @for block in &body.blocks { (templates::block(block, phrasebook, &again)) }
        }
    }
}

fn html_page(page: &Markup) -> HttpResponse {
    HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.0.clone())
}
