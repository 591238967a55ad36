//! `GET /leistungen` and `/leistungen/{slug}`: everything the desk knows about a service, on a page that people and search
//! engines can link to.

mod linked_data;

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::compose::plain::source_text;
use faq_engine::desk::InfoDesk;
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::Reply;
use faq_engine::service::Service;
use faq_engine::slug::Slug;
use maud::{Markup, PreEscaped, html};

use super::{PageQuery, html_page};
use crate::chat;
use crate::http::errors::{Refusal, Refused};
use crate::reply_body::{BlockBody, ReplyBody};
use crate::site::Site;
use crate::templates::{self, AskAgain, Frame};

/// What is said about one aspect of a service.
pub(crate) struct Answered {
    facet: Facet,
    reply: Reply,
    pub(crate) body: ReplyBody,
}

/// Every service by name.
pub(crate) async fn list(request: HttpRequest, site: web::Data<Site>, query: web::Query<PageQuery>) -> HttpResponse {
    let phrasebook = site.desk.phrasebook(site.language(&request, query.lang.as_deref()).as_ref());
    let language = phrasebook.language();
    let knowledge = site.desk.knowledge();
    let mut services: Vec<(String, &Service)> =
        knowledge.catalogue.services().map(|service| (service.name.or_german(language).to_owned(), service)).collect();
    services.sort_by_cached_key(|(name, _)| name.to_lowercase());
    let title = phrasebook.say("web_services_title", &[]);
    let content = html! {
        (languages(&site, &phrasebook, "/leistungen"))
        main {
            h1 { (title) }
            ul.services {
                @for (name, service) in services {
                    li {
                        a href={ "/leistungen/" (service.slug) "?lang=" (language) } lang=[foreign(service, language)] {
                            (name)
                        }
                    }
                }
            }
        }
    };
    html_page(&templates::page(&phrasebook, &Frame { title: &title, is_indexed: true }, content))
}

/// One service with all its aspects.
pub(crate) async fn show(
    request: HttpRequest,
    site: web::Data<Site>,
    slug: web::Path<String>,
    query: web::Query<PageQuery>,
) -> Result<HttpResponse, Refused> {
    let phrasebook = site.desk.phrasebook(site.language(&request, query.lang.as_deref()).as_ref());
    let refused = || Refusal::UnknownService.in_language(Some(phrasebook.language().clone()));
    let slug = Slug::parse(&slug).map_err(|_| refused())?;
    let knowledge = site.desk.knowledge();
    let service = knowledge.catalogue.service(slug.as_str()).ok_or_else(refused)?;
    let answers = answers(&site.desk, service, phrasebook.language()).await;
    let name = service.name.or_german(phrasebook.language());
    let data = linked_data::of_service(&site, service, &answers, &phrasebook);
    let content = html! {
        (languages(&site, &phrasebook, &format!("/leistungen/{slug}")))
        main {
            h1 lang=[foreign(service, phrasebook.language())] { (name) }
            (sections(&answers, &phrasebook))
            p { a href={ "/chat?lang=" (phrasebook.language()) } { (phrasebook.say("web_services_ask", &[])) } }
        }
        script type="application/ld+json" { (PreEscaped(data)) }
    };
    Ok(html_page(&templates::page(&phrasebook, &Frame { title: name, is_indexed: true }, content)))
}

/// The overview and what else is recorded. What an earlier section has said is not said again.
pub(crate) async fn answers(desk: &InfoDesk, service: &Service, language: &LanguageTag) -> Vec<Answered> {
    let mut answers: Vec<Answered> = Vec::new();
    let mut said: Vec<BlockBody> = Vec::new();
    for facet in service.recorded_facets() {
        let Some(reply) = desk.answer_about(&service.slug, Some(facet), language).await else { continue };
        let mut body = chat::body_of(desk, &reply);
        body.blocks.retain(|block| !is_headline(block) && !said.contains(block));
        said.extend(body.blocks.iter().cloned());
        if !body.blocks.is_empty() {
            answers.push(Answered { facet, reply, body });
        }
    }
    answers
}

/// The line that names service and aspect: here headings do.
fn is_headline(block: &BlockBody) -> bool {
    matches!(block, BlockBody::Text { text, .. } if text.starts_with("**") && !text.contains('\n') && {
        let rest = text[2..].split_once("**").map(|(_, rest)| rest);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" · "))
    })
}

/// The language of a service's name, where it has none in the reader's.
pub(crate) fn foreign(service: &Service, language: &LanguageTag) -> Option<&'static str> {
    (!language.is_german() && service.name.get(language).is_none()).then_some("de")
}

/// What is said about each aspect. Sections in a row that rest on the same source have one line for it, below the last.
pub(crate) fn sections(answers: &[Answered], phrasebook: &Phrasebook) -> Markup {
    html! {
        @for (index, answer) in answers.iter().enumerate() {
            @let source = source_text(&answer.reply, phrasebook);
            @let next = answers.get(index + 1).and_then(|next| source_text(&next.reply, phrasebook));
            (section(answer, (source != next).then_some(source).flatten(), phrasebook))
        }
    }
}

fn section(answer: &Answered, source: Option<String>, phrasebook: &Phrasebook) -> Markup {
    let again = AskAgain { conversation: answer.body.conversation.as_deref(), language: &answer.body.lang };
    html! {
        section id=(answer.facet.as_str()) {
            @if answer.facet != Facet::Overview { h2 { (phrasebook.facet_label(answer.facet)) } }
            @for block in &answer.body.blocks { (templates::block(block, phrasebook, &again)) }
            @if let Some(source) = source { p.source { (source) } }
        }
    }
}

fn languages(site: &Site, phrasebook: &Phrasebook, path: &str) -> Markup {
    templates::language_links(&site.desk.knowledge().languages, phrasebook, path)
}

#[cfg(test)]
mod tests {
    use crate::testing::{self, TestSite};

    #[actix_web::test]
    async fn every_service_has_a_page_that_the_list_leads_to() {
        let site = TestSite::new();
        let list = site.gets("/leistungen?lang=en").await;
        assert_eq!(list.status, 200);
        assert!(list.text().contains(r#"href="/leistungen/kfz-abmeldung?lang=en""#), "{}", list.text());
        let page = site.gets("/leistungen/kfz-abmeldung?lang=en").await;
        assert_eq!(page.status, 200);
        insta::assert_snapshot!(testing::one_tag_per_line(&page.text()));
    }

    #[actix_web::test]
    async fn what_is_no_service_is_not_found() {
        for wrong in ["/leistungen/gibt-es-nicht", "/leistungen/..%2f..%2fetc", "/leistungen/%ff"] {
            assert_eq!(TestSite::new().gets(wrong).await.status, 404, "{wrong}");
        }
    }
}
