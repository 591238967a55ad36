//! The two families of error, and how both become words.
//!
//! A [`Refusal`] is what the person can mend: it has a stable code and a sentence in the person's language. A
//! [`Mishap`] is what we must mend: it is logged where it happens, and the person sees one calm line with its id.
//! Handlers only name the error; [`speak`] finds the words, because only here the request and the desk are both at hand.

use actix_web::body::{BoxBody, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError};
use faq_engine::language::LanguageTag;
use faq_engine::turn::Turn;
use serde::Serialize;
use utoipa::ToSchema;

use crate::site::Site;
use crate::templates;

/// An error as other programs read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    pub(crate) error: ErrorWords,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorWords {
    /// Stable; to be compared by programs.
    #[schema(example = "question_too_long")]
    pub(crate) code: &'static str,
    /// For the person, in their language.
    pub(crate) message: String,
    /// What is wrong in particular, for whoever wrote the request.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) details: Vec<String>,
}

/// What the person, or the program in front of them, can mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The body is no JSON.
    InvalidJson,
    /// A field or parameter is not what it should be.
    InvalidRequest,
    /// There is no `text`.
    MissingText,
    /// There is nothing in it.
    EmptyQuestion,
    /// There is too much in it.
    QuestionTooLong,
    /// The conversation was not written by this desk.
    InvalidConversation,
    /// The answer was not given by this desk.
    InvalidAnswerId,
    /// The days are none, in the wrong order or too many.
    InvalidPeriod,
    /// The time is none.
    InvalidTime,
    /// There is no such service.
    UnknownService,
    /// There is no such office.
    UnknownOffice,
    /// The operator's key is not shown or is wrong.
    NotTheOperator,
    /// The notice contradicts itself or names what is not there.
    InvalidNotice,
    /// There is no such notice.
    UnknownNotice,
    /// The notice was over already.
    NoticeIsOver,
    /// The store cannot be written.
    NothingCanBeSaved,
    /// There is nothing here.
    NotFound,
    /// It is here, but not for this method.
    MethodNotAllowed {
        /// Methods that would do.
        allowed: &'static str,
    },
    /// The body took too long.
    SlowBody,
    /// The body is too large.
    BodyTooLarge,
    /// The body is neither JSON nor, on the page, a form.
    UnsupportedMediaType,
    /// Too many questions from one address.
    TooManyRequests {
        /// Seconds to wait.
        retry_after: u64,
    },
}

impl Refusal {
    fn status(self) -> StatusCode {
        match self {
            Self::InvalidJson
            | Self::InvalidRequest
            | Self::MissingText
            | Self::EmptyQuestion
            | Self::QuestionTooLong
            | Self::InvalidConversation
            | Self::InvalidAnswerId
            | Self::InvalidNotice
            | Self::InvalidTime
            | Self::InvalidPeriod => StatusCode::BAD_REQUEST,
            Self::NotTheOperator => StatusCode::UNAUTHORIZED,
            Self::UnknownService | Self::UnknownOffice | Self::UnknownNotice | Self::NotFound => StatusCode::NOT_FOUND,
            Self::NoticeIsOver => StatusCode::CONFLICT,
            Self::NothingCanBeSaved => StatusCode::SERVICE_UNAVAILABLE,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::SlowBody => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooManyRequests { .. } => StatusCode::TOO_MANY_REQUESTS,
        }
    }

    /// The stable code, and the key of the sentence.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::InvalidJson => ("invalid_json", "web_error_invalid_json"),
            Self::InvalidRequest => ("invalid_request", "web_error_invalid_request"),
            Self::MissingText => ("missing_text", "web_error_missing_text"),
            Self::EmptyQuestion => ("empty_question", "web_error_empty_question"),
            Self::QuestionTooLong => ("question_too_long", "web_error_question_too_long"),
            Self::InvalidConversation => ("invalid_conversation", "web_error_invalid_conversation"),
            Self::InvalidAnswerId => ("invalid_answer_id", "web_error_invalid_answer_id"),
            Self::InvalidPeriod => ("invalid_period", "web_error_invalid_period"),
            Self::InvalidTime => ("invalid_time", "web_error_invalid_time"),
            Self::UnknownService => ("unknown_service", "web_error_unknown_service"),
            Self::UnknownOffice => ("unknown_office", "web_error_unknown_office"),
            Self::NotTheOperator => ("not_the_operator", "web_error_not_the_operator"),
            Self::InvalidNotice => ("invalid_notice", "web_error_invalid_notice"),
            Self::UnknownNotice => ("unknown_notice", "web_error_unknown_notice"),
            Self::NoticeIsOver => ("notice_is_over", "web_error_notice_is_over"),
            Self::NothingCanBeSaved => ("nothing_can_be_saved", "web_error_nothing_can_be_saved"),
            Self::NotFound => ("not_found", "web_error_not_found"),
            Self::MethodNotAllowed { .. } => ("method_not_allowed", "web_error_method_not_allowed"),
            Self::SlowBody => ("slow_body", "web_error_slow_body"),
            Self::BodyTooLarge => ("body_too_large", "web_error_body_too_large"),
            Self::UnsupportedMediaType => ("unsupported_media_type", "web_error_unsupported_media_type"),
            Self::TooManyRequests { .. } => ("too_many_requests", "web_error_too_many_requests"),
        }
    }

    /// The sentence for the person.
    pub(crate) fn sentence(self, site: &Site, language: Option<&LanguageTag>) -> String {
        let limit = Turn::LONGEST_TEXT.to_string();
        let seconds = if let Self::TooManyRequests { retry_after } = self { retry_after } else { 0 };
        let values = [("limit", limit.as_str()), ("seconds", &seconds.to_string())];
        site.desk.phrasebook(language).say(self.names().1, &values)
    }

    /// Says it in the language the person named, where the browser's is only the second best guess.
    pub(crate) fn in_language(self, language: Option<LanguageTag>) -> Refused {
        Refused { refusal: self, language, details: Vec::new() }
    }

    /// Says what is wrong in particular, besides the sentence for the person.
    pub(crate) fn because(self, details: Vec<String>) -> Refused {
        Refused { refusal: self, language: None, details }
    }
}

/// A refusal on its way to its words.
#[derive(Debug, thiserror::Error)]
#[error("{}", refusal.names().0)]
pub(crate) struct Refused {
    refusal: Refusal,
    language: Option<LanguageTag>,
    details: Vec<String>,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        refusal.in_language(None)
    }
}

impl ResponseError for Refused {
    fn status_code(&self) -> StatusCode {
        self.refusal.status()
    }
}

/// What we must mend. Whoever creates one logs the cause with its id.
#[derive(Debug, thiserror::Error)]
#[error("mishap {id}")]
pub(crate) struct Mishap {
    /// Ties the person's report to our log.
    pub(crate) id: String,
}

impl ResponseError for Mishap {
    fn status_code(&self) -> StatusCode {
        StatusCode::INTERNAL_SERVER_ERROR
    }
}

/// The code of an error, left on the response for the log.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorCode(pub(crate) &'static str);

/// Gives every error its words.
pub(crate) async fn speak(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody>>, Error> {
    let response = next.call(request).await?;
    let words = response.response().error().map(|error| words_for(error, response.request()));
    Ok(match words {
        Some(words) => response.into_response(words).map_into_right_body(),
        None => response.map_into_left_body(),
    })
}

fn words_for(error: &Error, request: &HttpRequest) -> HttpResponse {
    if let Some(refused) = error.as_error::<Refused>() {
        return refuse(request, refused);
    }
    if let Some(mishap) = error.as_error::<Mishap>() {
        let phrasebook = Site::of(request).desk.phrasebook(language_of(request, None).as_ref());
        let sentence = phrasebook.say("web_error_internal", &[("id", &mishap.id)]);
        let words = ErrorWords { code: "internal", message: sentence, details: Vec::new() };
        return respond(request, StatusCode::INTERNAL_SERVER_ERROR, words, None);
    }
    // What actix itself found wrong, such as a path that is not UTF-8.
    refuse(request, &Refusal::InvalidRequest.into())
}

/// The answer to what cannot be answered.
pub(crate) fn refuse(request: &HttpRequest, refused: &Refused) -> HttpResponse {
    let language = language_of(request, refused.language.as_ref());
    let sentence = refused.refusal.sentence(Site::of(request), language.as_ref());
    let words = ErrorWords { code: refused.refusal.names().0, message: sentence, details: refused.details.clone() };
    let mut response = respond(request, refused.refusal.status(), words, language.as_ref());
    match refused.refusal {
        Refusal::MethodNotAllowed { allowed } => {
            response.headers_mut().insert(ALLOW, actix_web::http::header::HeaderValue::from_static(allowed));
        }
        Refusal::NotTheOperator => {
            let scheme = actix_web::http::header::HeaderValue::from_static("Bearer");
            response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
        }
        Refusal::NothingCanBeSaved => {
            response.headers_mut().insert(RETRY_AFTER, 60.into());
        }
        Refusal::TooManyRequests { retry_after } => {
            response.headers_mut().insert(RETRY_AFTER, retry_after.into());
        }
        _ => {}
    }
    response
}

fn respond(
    request: &HttpRequest,
    status: StatusCode,
    words: ErrorWords,
    language: Option<&LanguageTag>,
) -> HttpResponse<BoxBody> {
    let mut response = HttpResponse::build(status);
    response.extensions_mut().insert(ErrorCode(words.code));
    if request.path().starts_with("/api/") {
        response.json(ErrorBody { error: words })
    } else {
        let page = templates::error_page(&Site::of(request).desk.phrasebook(language), &words.message);
        response.content_type("text/html; charset=utf-8").body(page.into_string())
    }
}

fn language_of(request: &HttpRequest, named: Option<&LanguageTag>) -> Option<LanguageTag> {
    Site::of(request).language(request, named.map(LanguageTag::as_str))
}

/// For whatever no route answers.
pub(crate) async fn nothing_here() -> Result<HttpResponse, Refused> {
    Err(Refusal::NotFound.into())
}
