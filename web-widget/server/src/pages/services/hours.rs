//! When the offices responsible for a service are open: on its page, so that nobody has to ask.

use faq_engine::facet::Facet;
use faq_engine::office::Office;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::service::Service;
use maud::{Markup, html};

use crate::chat;
use crate::reply_body::BlockBody;
use crate::site::Site;
use crate::templates::{self, AskAgain};

/// The week of each office, days that differ, the telephone's hours, and a calendar of closures; nothing where no hours
/// are known.
pub(super) async fn of_service(site: &Site, service: &Service, phrasebook: &Phrasebook) -> Markup {
    let knowledge = site.desk.knowledge();
    let offices = service.responsible.offices.iter().filter_map(|id| knowledge.catalogue.office(id.as_str()));
    let offices: Vec<&Office> = offices.filter(|office| office.hours.is_known()).collect();
    let language = phrasebook.language();
    let Some(reply) = site.desk.answer_about(&service.slug, Some(Facet::Hours), language).await else {
        return html! {};
    };
    if offices.is_empty() {
        return html! {};
    }
    let body = chat::body_of(site, &reply);
    // A service with words of its own about hours has said them and the plans further up.
    let is_said = service.texts.contains_key(&Facet::Hours);
    let again = AskAgain { conversation: body.conversation.as_deref(), language: &body.lang };
    html! {
        section #opening-hours {
            @if !is_said {
                h2 { (phrasebook.facet_label(Facet::Hours)) }
                @for block in body.blocks.iter().filter(|block| matches!(block, BlockBody::Hours { .. })) {
                    (templates::block(block, phrasebook, &again))
                }
            }
            @if !is_said && offices.iter().any(|office| office.confirm) { p { (phrasebook.say("confirm", &[])) } }
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
