//! `POST /chat/rueckmeldung`: whether an answer helped, without JavaScript.
//!
//! The page carries what was asked, so that there is a way back to the answer.

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::phrasebook::Phrasebook;
use faq_engine::ports::{Reason, Verdict};
use maud::{Markup, html};
use serde::Deserialize;

use crate::chat::feedback;
use crate::chat::page::ChatForm;
use crate::http::errors::Refused;
use crate::site::Site;
use crate::templates::{self, Frame};

/// What the form sends.
#[derive(Debug, Deserialize)]
pub(crate) struct RatingForm {
    #[serde(flatten)]
    asked: ChatForm,
    answer: String,
    verdict: Tap,
    #[serde(default)]
    comment: String,
}

/// The button that was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Tap {
    Yes,
    No,
    Wrong,
    Incomplete,
    Unclear,
    None,
}

impl Tap {
    const REASONS: [Self; 3] = [Self::Wrong, Self::Incomplete, Self::Unclear];

    fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Yes => Some(Verdict::Helpful),
            Self::No => Some(Verdict::NotHelpful(None)),
            Self::Wrong => Some(Verdict::NotHelpful(Some(Reason::Wrong))),
            Self::Incomplete => Some(Verdict::NotHelpful(Some(Reason::Incomplete))),
            Self::Unclear => Some(Verdict::NotHelpful(Some(Reason::Unclear))),
            Self::None => None,
        }
    }

    /// The name the form sends, and the key of what the button says.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Yes => ("yes", "web_rating_yes"),
            Self::No => ("no", "web_rating_no"),
            Self::Wrong => ("wrong", "web_rating_wrong"),
            Self::Incomplete => ("incomplete", "web_rating_incomplete"),
            Self::Unclear => ("unclear", "web_rating_unclear"),
            Self::None => ("none", "web_rating_take_back"),
        }
    }
}

/// Asks under an answer whether it helped.
pub(super) fn question(asked: &ChatForm, answer: &str, phrasebook: &Phrasebook) -> Markup {
    buttons(asked, answer, phrasebook, "web_rating_question", &[Tap::Yes, Tap::No], Tap::None)
}

pub(crate) async fn rate(
    request: HttpRequest,
    site: web::Data<Site>,
    form: web::Form<RatingForm>,
) -> Result<HttpResponse, Refused> {
    let RatingForm { asked, answer, verdict, comment } = form.into_inner();
    let language = site.language(&request, asked.named_language());
    feedback::take(&site, &answer, verdict.verdict(), &comment, language.clone())
        .map_err(|refusal| refusal.in_language(language.clone()))?;
    let phrasebook = site.desk.phrasebook(language.as_ref());
    let said = phrasebook.say(if verdict == Tap::None { "web_rating_taken_back" } else { "web_rating_thanks" }, &[]);
    let content = html! {
        main {
            h1 { (said) }
            @if matches!(verdict.verdict(), Some(Verdict::NotHelpful(_))) {
                (buttons(&asked, &answer, &phrasebook, "web_rating_reason", &Tap::REASONS, verdict))
                @if comment.trim().is_empty() { (comment_form(&asked, &answer, &phrasebook, verdict)) }
            }
            @if verdict == Tap::None {
                (question(&asked, &answer, &phrasebook))
            } @else {
                (buttons(&asked, &answer, &phrasebook, "web_rating_changed_mind", &[Tap::None], verdict))
            }
            (asked.again("/chat#answer", &phrasebook.say("web_chat_print_back", &[])))
        }
    };
    let page = templates::page(&phrasebook, &Frame { title: &said, is_indexed: false }, content);
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page.into_string()))
}

fn buttons(
    asked: &ChatForm,
    answer: &str,
    phrasebook: &Phrasebook,
    prompt: &str,
    taps: &[Tap],
    pressed: Tap,
) -> Markup {
    html! {
        form.block.choices method="post" action="/chat/rueckmeldung" {
            (asked.hidden_fields())
            input type="hidden" name="answer" value=(answer);
            fieldset {
                legend { (phrasebook.say(prompt, &[])) }
                @for tap in taps {
                    @let (name, label) = tap.names();
                    button type="submit" name="verdict" value=(name) aria-pressed=[(*tap == pressed).then_some("true")] {
                        (phrasebook.say(label, &[]))
                    }
                }
            }
        }
    }
}

fn comment_form(asked: &ChatForm, answer: &str, phrasebook: &Phrasebook, verdict: Tap) -> Markup {
    html! {
        form.block method="post" action="/chat/rueckmeldung" {
            (asked.hidden_fields())
            input type="hidden" name="answer" value=(answer);
            input type="hidden" name="verdict" value=(verdict.names().0);
            label for="comment" { (phrasebook.say("web_rating_comment", &[])) }
            textarea id="comment" name="comment" rows="2" maxlength=(feedback::LONGEST_COMMENT) dir="auto" autocomplete="off" aria-describedby="comment-hint" {}
            div.hint id="comment-hint" { (templates::prose(&phrasebook.say("web_chat_privacy_hint", &[]))) }
            button type="submit" { (phrasebook.say("web_rating_send", &[])) }
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use crate::testing::{self, Answer, TestSite};

    const ANSWER: &str = "kfz-abmeldung.overview.8c1f00aa00000001";

    async fn rated(site: &TestSite, answer: &str, rest: &str) -> Answer {
        let request = TestRequest::post()
            .uri("/chat/rueckmeldung")
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(format!("text=Auto+abmelden&conversation=&lang=en&answer={answer}&{rest}"));
        site.answers(request).await
    }

    #[actix_web::test]
    async fn a_verdict_is_counted_changed_and_taken_back() {
        let site = TestSite::new();
        let counted = async |verdict: &str, reason: &str| {
            let metrics = site.gets("/metrics").await.text();
            let label = format!("helpful=\"{verdict}\",reason=\"{reason}\"");
            let line = metrics.lines().find(|line| line.starts_with("auskunft_feedback{") && line.contains(&label));
            line.and_then(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).unwrap_or(0.0)
        };
        assert_eq!(rated(&site, ANSWER, "verdict=yes").await.status, 200);
        assert_eq!(counted("true", "").await, 1.0);
        assert_eq!(rated(&site, ANSWER, "verdict=incomplete").await.status, 200);
        assert_eq!((counted("true", "").await, counted("false", "incomplete").await), (0.0, 1.0));
        assert_eq!(rated(&site, ANSWER, "verdict=none").await.status, 200);
        assert_eq!(counted("false", "incomplete").await, 0.0);
    }

    #[actix_web::test]
    async fn whoever_says_no_may_say_why_and_goes_back_to_the_answer() {
        let page = rated(&TestSite::new(), ANSWER, "verdict=wrong").await.text();
        insta::assert_snapshot!(testing::one_tag_per_line(&page));
    }

    #[actix_web::test]
    async fn what_is_no_verdict_is_refused_with_a_page() {
        for (answer, rest) in [("nonsense", "verdict=yes"), (ANSWER, "verdict=perhaps"), (ANSWER, "")] {
            let page = rated(&TestSite::new(), answer, rest).await;
            assert_eq!(page.status, 400, "{answer} {rest}");
            assert!(page.text().starts_with("<!DOCTYPE html>"));
        }
    }
}
