//! What every request handler has at hand.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use actix_web::HttpRequest;
use actix_web::web::Data;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::ports::{NoticeBoard, QuestionLog};
use tokio::sync::watch;

use crate::application::Keepers;
use crate::chat::feedback::RatedAnswers;
use crate::http::language;
use crate::http::metrics::Metrics;
use crate::http::rate_limit::RateLimit;
use crate::http::webhook::Webhook;
use crate::settings::CheckedSettings;

/// The desk and the house around it, shared by all workers.
pub(crate) struct Site {
    pub(crate) desk: Arc<InfoDesk>,
    pub(crate) settings: CheckedSettings,
    pub(crate) metrics: Metrics,
    pub(crate) rate_limit: RateLimit,
    pub(crate) rated: RatedAnswers,
    /// Where comments on answers go; `None`: they are dropped.
    pub(crate) comments: Option<Arc<dyn QuestionLog>>,
    /// Where notices are put up; `None`: nowhere.
    pub(crate) notices: Option<Arc<dyn NoticeBoard>>,
    /// How long a body may take.
    pub(crate) body_deadline: Duration,
    /// The door for another program's messages, if there is one.
    pub(crate) webhook: OnceLock<Arc<dyn Webhook>>,
    draining: watch::Sender<bool>,
}

impl Site {
    /// Long enough for a bad mobile connection; actix itself would wait for ever.
    const BODY_DEADLINE: Duration = Duration::from_secs(10);

    pub(crate) fn new(desk: Arc<InfoDesk>, settings: CheckedSettings, keepers: Keepers) -> Self {
        Self {
            desk,
            metrics: Metrics::default(),
            rate_limit: RateLimit::new(settings.rate_per_minute, Instant::now()),
            rated: RatedAnswers::default(),
            comments: keepers.comments,
            notices: keepers.notices,
            body_deadline: Self::BODY_DEADLINE,
            webhook: OnceLock::new(),
            draining: watch::Sender::new(false),
            settings,
        }
    }

    /// The site a request came to.
    pub(crate) fn of(request: &HttpRequest) -> &Data<Self> {
        request.app_data().expect("every application is built with its site")
    }

    /// The language to answer a request in, if it asks for one we speak: the one named, else the browser's.
    pub(crate) fn language(&self, request: &HttpRequest, named: Option<&str>) -> Option<LanguageTag> {
        language::asked_for(&self.desk.knowledge().languages, named, request.headers())
    }

    /// From now on `/readyz` says no.
    pub(crate) fn drain(&self) {
        self.draining.send_replace(true);
    }

    pub(crate) fn is_draining(&self) -> bool {
        *self.draining.borrow()
    }

    /// Waits until the site drains.
    pub(crate) async fn drained(&self) {
        // The sender lives as long as the site, so waiting cannot fail.
        let _ = self.draining.subscribe().wait_for(|draining| *draining).await;
    }
}

/// Bytes nobody can guess.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("every system we run on has a source of randomness");
    bytes
}

/// A name nobody has used yet.
pub(crate) fn random_id() -> String {
    hex::encode(random::<8>())
}
