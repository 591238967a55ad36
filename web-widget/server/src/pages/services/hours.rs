//! When the offices responsible for a service are open: on its page, so that nobody has to ask.

use faq_engine::desk::InfoDesk;
use faq_engine::facet::Facet;
use faq_engine::office::Office;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::service::Service;
use maud::{Markup, html};

use crate::chat;
use crate::reply_body::BlockBody;
use crate::templates::{self, AskAgain};

/// The plans of every office, and a calendar of closures for each; nothing where no hours are known.
pub(super) async fn of_service(desk: &InfoDesk, service: &Service, phrasebook: &Phrasebook) -> Markup {
    let knowledge = desk.knowledge();
    let language = phrasebook.language();
    let offices = service.responsible.offices.iter().filter_map(|id| knowledge.catalogue.office(id.as_str()));
    let offices: Vec<&Office> = offices.filter(|office| office.hours.is_known()).collect();
    if offices.is_empty() {
        return html! {};
    }
    html! {
        section #opening-hours {
            (plans(desk, service, phrasebook).await)
            ul.calendars {
                @for office in offices {
                    li {
                        a href={ "/api/v1/offices/" (office.id) "/closures.ics?lang=" (language) } type="text/calendar" {
                            (phrasebook.say("web_closures_calendar", &[("office", office.name.or_german(language))]))
                        }
                    }
                }
            }
        }
    }
}

/// The week of each office, days that differ and the telephone's hours, under a heading; nothing where the service has
/// words of its own about hours, which say them further up.
pub(crate) async fn plans(desk: &InfoDesk, service: &Service, phrasebook: &Phrasebook) -> Markup {
    if service.texts.contains_key(&Facet::Hours) {
        return html! {};
    }
    let Some(reply) = desk.answer_about(&service.slug, Some(Facet::Hours), phrasebook.language()).await else {
        return html! {};
    };
    let body = chat::body_of(desk, &reply);
    let again = AskAgain { conversation: body.conversation.as_deref(), language: &body.lang };
    let plans: Vec<&BlockBody> = body.blocks.iter().filter(|block| matches!(block, BlockBody::Hours { .. })).collect();
    let knowledge = desk.knowledge();
    let offices = service.responsible.offices.iter().filter_map(|id| knowledge.catalogue.office(id.as_str()));
    let to_confirm = offices.into_iter().any(|office| office.hours.is_known() && office.confirm);
    html! {
        @if !plans.is_empty() {
            h2 { (phrasebook.facet_label(Facet::Hours)) }
            @for plan in plans { (templates::block(plan, phrasebook, &again)) }
            @if to_confirm { p { (phrasebook.say("confirm", &[])) } }
        }
    }
}
