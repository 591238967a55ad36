//! `POST /api/v1/feedback`: whether an answer helped.
//!
//! A verdict is a number for a service and facet, nothing more. The last one about an answer counts, so it can be changed
//! and taken back. A comment goes, without what looks personal, to the
//! editors' log if there is one; otherwise it is dropped.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{RatedAnswer, Reason, Verdict, Verdicts};
use faq_engine::slug::Slug;
use faq_engine::understanding::text::clean;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer_id::AnswerId;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::http::json::read_json;
use crate::site::Site;

/// A longer comment is cut; nobody should lose a verdict over it.
pub(super) const LONGEST_COMMENT: usize = 1000;

/// A verdict on an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FeedbackBody {
    /// The `answer_id` of the reply.
    #[schema(example = "kfz-umschreibung.documents.8c1f00aa00000001")]
    answer_id: String,
    /// Whether it helped; `null` takes an earlier verdict back.
    helpful: Option<bool>,
    /// What was wrong with an answer that did not help.
    reason: Option<ReasonBody>,
    /// What was missing; no personal data, please.
    #[schema(max_length = 1000)]
    comment: Option<String>,
}

/// What may be wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = Reason)]
pub(crate) enum ReasonBody {
    /// It says what is not so.
    Wrong,
    /// Something is missing.
    Incomplete,
    /// It cannot be understood.
    Unclear,
}

impl From<ReasonBody> for Reason {
    fn from(reason: ReasonBody) -> Self {
        match reason {
            ReasonBody::Wrong => Self::Wrong,
            ReasonBody::Incomplete => Self::Incomplete,
            ReasonBody::Unclear => Self::Unclear,
        }
    }
}

#[utoipa::path(
    post,
    path = "/api/v1/feedback",
    tag = "chat",
    request_body = FeedbackBody,
    responses(
        (status = 204, description = "Counted; the last verdict about an answer is the one that counts"),
        (status = 400, description = "Not an answer of this desk", body = ErrorBody),
        (status = 429, description = "Too many requests; see Retry-After", body = ErrorBody),
    )
)]
pub(crate) async fn feedback(
    request: HttpRequest,
    site: web::Data<Site>,
    body: web::Bytes,
) -> Result<HttpResponse, Refused> {
    let feedback: FeedbackBody = read_json(&request, &body)?;
    let verdict = feedback.helpful.map(|helpful| match helpful {
        true => Verdict::Helpful,
        false => Verdict::NotHelpful(feedback.reason.map(Reason::from)),
    });
    let comment = feedback.comment.unwrap_or_default();
    take(&site, &feedback.answer_id, verdict, &comment, site.language(&request, None))?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a verdict on an answer, or back, and a comment if there is one.
pub(super) fn take(
    site: &Site,
    answer: &str,
    verdict: Option<Verdict>,
    comment: &str,
    language: Option<LanguageTag>,
) -> Result<(), Refusal> {
    let answer = AnswerId::parse(answer).map_err(|_| Refusal::InvalidAnswerId)?.into_rated();
    if answer.subject.as_ref().is_some_and(|subject| !is_published(site, subject)) {
        return Err(Refusal::InvalidAnswerId);
    }
    site.count(&answer, verdict);
    let comment = redacted(&clean(comment, LONGEST_COMMENT));
    if let (false, Some(log)) = (comment.is_empty(), &site.comments)
        && site.rated.is_first_comment(answer.nonce)
    {
        log.record(&comment, &language.unwrap_or_else(LanguageTag::german), site.desk.clock().now().date_naive());
    }
    Ok(())
}

/// Other channels count here too.
impl Verdicts for Site {
    fn count(&self, answer: &RatedAnswer, verdict: Option<Verdict>) {
        if answer.subject.as_ref().is_some_and(|subject| !is_published(self, subject)) {
            return;
        }
        let before = self.rated.replace(answer.nonce, verdict);
        let subject = answer.subject.as_ref().map_or("none", Slug::as_str);
        self.metrics.change_feedback(subject, answer.facet.map_or("none", Facet::as_str), before, verdict);
    }
}

/// Only what the catalogue names becomes a label, so nobody can make up counters.
fn is_published(site: &Site, subject: &Slug) -> bool {
    let knowledge = site.desk.knowledge();
    knowledge.catalogue.service(subject.as_str()).is_some() || knowledge.catalogue.entry(subject.as_str()).is_some()
}

/// The comment without every word that holds a digit, an at sign or a plate's letters.
///
/// Coarser than a question may be redacted: a comment needs no numbers, and mail addresses, telephone and account
/// numbers, plates, dates of birth and file numbers are all made of these.
fn redacted(comment: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in comment.split(' ') {
        let is_personal = word.contains(|c: char| c.is_numeric() || c == '@') || is_half_a_plate(word);
        match is_personal {
            true if words.last() == Some(&"[…]") => {}
            true => words.push("[…]"),
            false => words.push(word),
        }
    }
    words.join(" ")
}

/// `SO-AB` of `SO-AB 123`.
fn is_half_a_plate(word: &str) -> bool {
    let letters = |part: &str, most| (1..=most).contains(&part.chars().count()) && part.chars().all(char::is_uppercase);
    word.split_once('-').is_some_and(|(district, rest)| letters(district, 3) && letters(rest, 2))
}

/// What was said lately about answers, so that the last word counts and a comment is taken once.
#[derive(Default)]
pub(crate) struct RatedAnswers(Mutex<Ratings>);

#[derive(Default)]
struct Ratings {
    by_nonce: HashMap<u64, Rating>,
    oldest_first: VecDeque<u64>,
}

#[derive(Default)]
struct Rating {
    verdict: Option<Verdict>,
    has_comment: bool,
}

impl RatedAnswers {
    const REMEMBERED: usize = 10_000;

    /// The verdict this one replaces.
    fn replace(&self, nonce: u64, verdict: Option<Verdict>) -> Option<Verdict> {
        self.change(nonce, |rating| std::mem::replace(&mut rating.verdict, verdict))
    }

    fn is_first_comment(&self, nonce: u64) -> bool {
        self.change(nonce, |rating| !std::mem::replace(&mut rating.has_comment, true))
    }

    fn change<T>(&self, nonce: u64, change: impl FnOnce(&mut Rating) -> T) -> T {
        let mut ratings = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Ratings { by_nonce, oldest_first } = &mut *ratings;
        if !by_nonce.contains_key(&nonce) {
            oldest_first.push_back(nonce);
            if oldest_first.len() > Self::REMEMBERED {
                oldest_first.pop_front().map(|oldest| by_nonce.remove(&oldest));
            }
        }
        change(by_nonce.entry(nonce).or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{TestSite, json};
    use actix_web::test::TestRequest;

    fn post(body: serde_json::Value) -> TestRequest {
        TestRequest::post().uri("/api/v1/feedback").set_json(body)
    }

    #[actix_web::test]
    async fn a_verdict_counts_once_for_its_service_and_facet() {
        let site = TestSite::new();
        for _ in 0..2 {
            let verdict = json!({"answer_id": "kfz-abmeldung.fee.00000000000000ff", "helpful": false});
            assert_eq!(site.answers(post(verdict)).await.status, 204);
        }
        let metrics = site.gets("/metrics").await.text();
        let counted = r#"auskunft_feedback{subject="kfz-abmeldung",facet="fee",helpful="false",reason=""} 1"#;
        assert!(metrics.contains(counted), "{metrics}");
    }

    #[actix_web::test]
    async fn what_is_no_answer_of_ours_is_refused() {
        for forged in ["", "x", "gibt-es-nicht.fee.00000000000000ff"] {
            let answer = TestSite::new().answers(post(json!({"answer_id": forged, "helpful": true}))).await;
            let (status, body) = answer.status_and_json();
            assert_eq!((status, &body["error"]["code"]), (400, &json!("invalid_answer_id")), "{forged}");
        }
    }

    #[actix_web::test]
    async fn a_comment_reaches_the_editors_without_personal_data() {
        let site = TestSite::new();
        let comment = "Die Gebühr stimmt nicht, rufen Sie mich an: 02921 301234, max@example.de, SO-AB\u{0}123!";
        let verdict = json!({"answer_id": "-.-.0000000000000001", "helpful": false, "comment": comment});
        assert_eq!(site.answers(post(verdict)).await.status, 204);
        assert_eq!(site.comments(), ["Die Gebühr stimmt nicht, rufen Sie mich an: […]"]);
    }

    #[actix_web::test]
    async fn the_last_verdict_counts_with_its_reason_and_can_be_taken_back() {
        let site = TestSite::new();
        let answer = "kfz-abmeldung.fee.00000000000000ff";
        let line = |helpful: &str, reason: &str, count: u64| {
            format!(
                r#"auskunft_feedback{{subject="kfz-abmeldung",facet="fee",helpful="{helpful}",reason="{reason}"}} {count}"#
            )
        };
        for (said, counted) in [
            (json!({"helpful": true}), vec![line("true", "", 1)]),
            (json!({"helpful": false}), vec![line("true", "", 0), line("false", "", 1)]),
            (json!({"helpful": false, "reason": "wrong"}), vec![line("false", "", 0), line("false", "wrong", 1)]),
            (json!({"helpful": null, "reason": null}), vec![line("false", "wrong", 0)]),
            (json!({"helpful": null}), vec![line("true", "", 0), line("false", "", 0), line("false", "wrong", 0)]),
        ] {
            let mut body = said.clone();
            body["answer_id"] = json!(answer);
            assert_eq!(site.answers(post(body)).await.status, 204, "{said}");
            let metrics = site.gets("/metrics").await.text();
            assert!(counted.iter().all(|line| metrics.contains(line)), "{said}: {metrics}");
        }
        let strange = json!({"answer_id": answer, "helpful": false, "reason": "boring"});
        assert_eq!(site.answers(post(strange)).await.status, 400);
    }

    #[actix_web::test]
    async fn a_comment_may_follow_its_verdict_and_is_taken_once() {
        let site = TestSite::new();
        let verdict = json!({"answer_id": "-.-.0000000000000001", "helpful": false});
        assert_eq!(site.answers(post(verdict.clone())).await.status, 204);
        for _ in 0..2 {
            let mut again = verdict.clone();
            again["comment"] = json!("Es fehlt der Preis");
            assert_eq!(site.answers(post(again)).await.status, 204);
        }
        assert_eq!(site.comments(), ["Es fehlt der Preis"]);
    }

    #[test]
    fn memory_of_ratings_is_bounded() {
        let rated = RatedAnswers::default();
        assert!((0..20_000).all(|nonce| rated.replace(nonce, Some(Verdict::Helpful)).is_none()));
        assert_eq!(rated.replace(19_999, None), Some(Verdict::Helpful));
        assert_eq!(rated.0.lock().unwrap().by_nonce.len(), RatedAnswers::REMEMBERED);
    }
}
