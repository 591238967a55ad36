//! `POST /api/v1/feedback`: whether an answer helped.
//!
//! A verdict is a number for a service and facet, nothing more. A comment goes, without what looks personal, to the
//! editors' log if there is one; otherwise it is dropped.

use std::collections::{HashSet, VecDeque};
use std::sync::{Mutex, PoisonError};

use actix_web::{HttpRequest, HttpResponse, web};
use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::slug::Slug;
use faq_engine::understanding::text::clean;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer_id::AnswerId;
use crate::http::errors::{ErrorBody, Refusal, Refused};
use crate::http::json::read_json;
use crate::site::Site;

/// A longer comment is cut; nobody should lose a verdict over it.
const LONGEST_COMMENT: usize = 1000;

/// A verdict on an answer.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct FeedbackBody {
    /// The `answer_id` of the reply.
    #[schema(example = "kfz-umschreibung.documents.8c1f00aa00000001")]
    answer_id: String,
    /// Whether it helped.
    helpful: bool,
    /// What was missing; no personal data, please.
    #[schema(max_length = 1000)]
    comment: Option<String>,
}

#[utoipa::path(
    post,
    path = "/api/v1/feedback",
    tag = "chat",
    request_body = FeedbackBody,
    responses(
        (status = 204, description = "Counted; the same answer counts once"),
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
    let answer = AnswerId::parse(&feedback.answer_id).map_err(|_| Refusal::InvalidAnswerId)?;
    if answer.subject().is_some_and(|subject| !is_published(&site, subject)) {
        return Err(Refusal::InvalidAnswerId.into());
    }
    if site.rated.is_first(answer.nonce()) {
        let subject = answer.subject().map_or("none", Slug::as_str);
        site.metrics.count_feedback(subject, answer.facet().map_or("none", Facet::as_str), feedback.helpful);
        if let (Some(comment), Some(log)) = (feedback.comment, &site.comments) {
            let language = site.language(&request, None);
            let comment = redacted(&clean(&comment, LONGEST_COMMENT));
            log.record(&comment, &language.unwrap_or_else(LanguageTag::german), site.desk.clock().now().date_naive());
        }
    }
    Ok(HttpResponse::NoContent().finish())
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

/// Answers that were rated lately, so that a double click counts once.
#[derive(Default)]
pub(crate) struct RatedAnswers(Mutex<(HashSet<u64>, VecDeque<u64>)>);

impl RatedAnswers {
    const REMEMBERED: usize = 10_000;

    fn is_first(&self, nonce: u64) -> bool {
        let mut rated = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (known, order) = &mut *rated;
        let is_first = known.insert(nonce);
        if is_first {
            order.push_back(nonce);
            if order.len() > Self::REMEMBERED {
                order.pop_front().map(|oldest| known.remove(&oldest));
            }
        }
        is_first
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
        let counted = r#"auskunft_feedback_total{subject="kfz-abmeldung",facet="fee",helpful="false"} 1"#;
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

    #[test]
    fn memory_of_ratings_is_bounded() {
        let rated = RatedAnswers::default();
        assert!((0..20_000).all(|nonce| rated.is_first(nonce)));
        assert!(!rated.is_first(19_999));
        assert_eq!(rated.0.lock().unwrap().0.len(), RatedAnswers::REMEMBERED);
    }
}
