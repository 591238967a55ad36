//! A small desk for the tests of this crate: one service, one office, two languages, no network.
//!
//! The language packs hold few sentences on purpose: what is missing shows its key, so a snapshot tells which sentence
//! stands where and does not change with its wording.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::web::{Bytes, Data};
use chrono::{NaiveDate, Weekday};
use chrono_tz::Europe::Berlin;
use faq_engine::catalogue::{Catalogue, CatalogueParts};
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::facet::Facet;
use faq_engine::hours::{HolidayCalendar, HolidayPolicy, HoursVersion, MonthDay, OpeningHours, Period, WeekPlan};
use faq_engine::knowledge::{DeskSettings, Knowledge, Thresholds};
use faq_engine::language::{LanguageTag, LocalizedText};
use faq_engine::notice::{Area, Notice, Severity};
use faq_engine::office::{Address, Office, Phone};
use faq_engine::phrasebook::{LanguagePack, Languages, Phrasebook};
use faq_engine::ports::{
    AnswerIndex, Availability, Booking, BookingDesk, FreeTimes, Hit, IndexBuilder, IndexDocument, IndexError,
    NoticeBoard, NoticeBoardError, QuestionLog, SearchQuestion, Signals,
};
use faq_engine::reply::{
    AppointmentBlock, Block, Checklist, ChecklistItem, Choice, ContactBlock, HoursBlock, HoursOfDay, Passage, Places,
    Reply, ReplyKind, SourceNote, WeekRow,
};
use faq_engine::service::{Amount, FacetText, Fee, Publication, Responsibility, Service, Source};
use faq_engine::slug::Slug;
use faq_engine::understanding::text::fold;
use faq_testkit::FixedClock;
use faq_testkit::build::moment;

pub(crate) use serde_json::json;

use crate::application::Keepers;
use crate::http::operator::OperatorKey;
use crate::routes;
use crate::settings::{CheckedSettings, ServerSettings};
use crate::site::Site;

/// The operator's key of the server.
pub(crate) const OPERATOR_KEY: &str = "operator-key-of-the-tests";

/// A Monday.
const NOW: &str = "2026-11-23T10:00:00+01:00";

/// A server without a socket.
pub(crate) struct TestSite {
    site: Data<Site>,
    comments: Arc<Comments>,
}

/// What a server without a socket answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl TestSite {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut ServerSettings)) -> Self {
        let mut settings = settings();
        settings.operator_key = Some(OperatorKey::new(OPERATOR_KEY));
        change(&mut settings);
        let comments = Arc::new(Comments::default());
        let settings = CheckedSettings::check(&settings).unwrap();
        let keepers = Keepers { comments: Some(comments.clone()), notices: Some(Arc::new(Board::default())) };
        Self { site: Data::new(Site::new(desk(), settings, keepers)), comments }
    }

    pub(crate) fn hang_up(&self, door: Arc<dyn crate::http::webhook::Webhook>) {
        assert!(self.site.webhook.set(door).is_ok(), "there is a door already");
    }

    pub(crate) async fn gets(&self, address: &str) -> Answer {
        self.answers(TestRequest::get().uri(address)).await
    }

    pub(crate) async fn answers(&self, request: TestRequest) -> Answer {
        let service = init_service(routes::application(self.site.clone())).await;
        let response = call_service(&service, request.to_request()).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, body: read_body(response).await }
    }

    pub(crate) fn drain(&self) {
        self.site.drain();
    }

    pub(crate) fn comments(&self) -> Vec<String> {
        self.comments.0.lock().unwrap().clone()
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.to_vec()).unwrap()
    }

    pub(crate) fn status_and_json(&self) -> (u16, serde_json::Value) {
        (self.status, serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text())))
    }

    /// Empty if it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every header, in the order of names.
    pub(crate) fn headers(&self) -> BTreeMap<&str, &str> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect()
    }
}

/// A handler with a fault.
pub(crate) async fn panic() -> actix_web::HttpResponse {
    panic!("a fault made for a test")
}

pub(crate) fn one_tag_per_line(page: &str) -> String {
    page.replace("><", ">\n<")
}

pub(crate) fn settings() -> ServerSettings {
    ServerSettings::listening_on(([127, 0, 0, 1], 0).into())
}

pub(crate) fn site() -> Site {
    Site::new(desk(), CheckedSettings::check(&settings()).unwrap(), Keepers::default())
}

pub(crate) fn desk() -> Arc<InfoDesk> {
    let settings = DeskSettings {
        main_office: slug("buergerservice"),
        person_offices: vec![slug("buergerservice")],
        thresholds: Thresholds::default(),
        map: Some("https://map.example/?q={address}".to_owned()),
    };
    let parts = CatalogueParts { services: vec![service()], offices: vec![office()], ..CatalogueParts::default() };
    let catalogue = Catalogue::new(parts).unwrap();
    let knowledge = Knowledge::new(catalogue, languages(), settings, &WordIndexBuilder).unwrap();
    Arc::new(InfoDesk::new(knowledge, Arc::new(OnlineBooking), Arc::new(FixedClock::at_rfc3339(NOW))))
}

pub(crate) fn languages() -> Languages {
    let pack = |tag: &str, name: &str, sentences: &[(&str, &str)]| {
        let sentences = sentences.iter().map(|(key, text)| (key.to_string(), text.to_string())).collect();
        LanguagePack { name: name.to_owned(), sentences, ..LanguagePack::empty(language(tag)) }
    };
    let english = [
        ("web_error_empty_question", "[en] web_error_empty_question"),
        ("web_error_question_too_long", "[en] web_error_question_too_long"),
        ("web_error_too_many_requests", "[en] wait {seconds} s"),
        ("web_greeting_privacy", "[en] privacy /datenschutz?lang={lang}"),
        ("web_notice_until", "[en] until {date}"),
        ("web_chat_answer_title", "[en] answer – {title}"),
        ("hours_next_opening", "[en] next {next}"),
        ("hours_span", "{spans}"),
        ("source_line_as_of", "[en] {title} ({as_of}), {checked_on}, {revision}"),
    ];
    Languages::new([pack("de", "Deutsch", &[]), pack("en", "English", &english)]).unwrap()
}

pub(crate) fn phrasebook(tag: &str) -> Phrasebook {
    languages().phrasebook(&language(tag))
}

/// One of each, in English with some German left.
pub(crate) fn reply_with_every_block() -> Reply {
    let (english, german) = (language("en"), language("de"));
    let item = |text: &str, when: Option<&str>| ChecklistItem {
        text: text.to_owned(),
        when: when.map(str::to_owned),
        note: None,
        why: None,
    };
    let spans = [period("08:00-12:00"), period("14:00-24:00")];
    let contact = ContactBlock {
        office: Some(slug("buergerservice")),
        name: "Citizens' service".to_owned(),
        address: Some("Hoher Weg 1–3, 59494 Soest".to_owned()),
        map: Some("https://map.example/?q=Hoher%20Weg".to_owned()),
        phones: vec![
            (Some(Passage { text: "Bürgertelefon".to_owned(), language: german.clone() }), phone("02921 30-2222")),
            (None, phone("115")),
        ],
        email: Some("info@example.org".to_owned()),
        website: Some("https://www.example.org".to_owned()),
        note: None,
    };
    Reply {
        kind: ReplyKind::Answer,
        language: english.clone(),
        service: Some(slug("kfz-abmeldung")),
        facet: Some(Facet::Documents),
        entry: None,
        confidence: 0.934_567,
        candidates: vec![slug("kfz-abmeldung"), slug("kfz-umschreibung")],
        blocks: vec![
            Block::Notice {
                severity: Severity::Critical,
                passage: Passage { text: "Heute **geschlossen**.".to_owned(), language: german.clone() },
                valid_until: moment("2026-12-31T23:59:00+01:00"),
            },
            Block::Text(Passage {
                text: "Please bring:\n\n- your **ID**\n- [the form](https://example.org/form)".to_owned(),
                language: english.clone(),
            }),
            Block::Checklist(Checklist {
                title: "What to bring".to_owned(),
                items: vec![
                    item("Ausweis", None),
                    item("Registerauszug", Some("wenn eine Firma Halter ist")),
                    ChecklistItem {
                        note: Some("im Original".to_owned()),
                        why: Some("Sie zeigt, dass Sie handeln dürfen.".to_owned()),
                        ..item("Vollmacht", Some("wenn jemand anderes kommt"))
                    },
                ],
                language: german.clone(),
                places: Some(Places {
                    label: "Where and when?".to_owned(),
                    blocks: vec![Block::Contact(contact.clone())],
                    text: "Where and when? Citizens' service".to_owned(),
                }),
            }),
            Block::Hours(HoursBlock {
                office: slug("buergerservice"),
                office_name: "Citizens' service".to_owned(),
                day: Some(HoursOfDay {
                    date: date("2026-11-24"),
                    label: "Tuesday, 24 November 2026".to_owned(),
                    open: false,
                    periods: spans.to_vec(),
                    reason: Some("staff meeting".to_owned()),
                }),
                week: Vec::new(),
                exceptions: Vec::new(),
                time_zone: Berlin,
                next_opening: Some(moment("2026-11-25T08:00:00+01:00")),
                next_opening_label: Some("Wednesday, 25 November 2026, 08:00".to_owned()),
            }),
            Block::Hours(HoursBlock {
                office: slug("buergerservice"),
                office_name: "Citizens' service".to_owned(),
                day: None,
                week: vec![
                    WeekRow {
                        days: "Monday to Friday".to_owned(),
                        weekdays: (1..=5).collect(),
                        periods: spans.to_vec(),
                    },
                    WeekRow { days: "Saturday".to_owned(), weekdays: vec![6], periods: Vec::new() },
                ],
                exceptions: vec![HoursOfDay {
                    date: date("2026-12-24"),
                    label: "Thursday, 24 December 2026".to_owned(),
                    open: false,
                    periods: Vec::new(),
                    reason: Some("Christmas Eve".to_owned()),
                }],
                time_zone: Berlin,
                next_opening: None,
                next_opening_label: None,
            }),
            Block::Appointment(AppointmentBlock {
                service: Some(slug("kfz-abmeldung")),
                office: Some(slug("buergerservice")),
                office_name: Some("Bürgerservice".to_owned()),
                label: "Book online".to_owned(),
                url: Some("https://termine.example.org/?a=1&b=2".to_owned()),
                note: Some(Passage { text: "Nur mit Termin.".to_owned(), language: german }),
                free: vec![moment("2026-11-30T08:20:00+01:00"), moment("2026-11-30T09:00:00+01:00")],
                as_of: Some(moment("2026-11-23T09:58:00+01:00")),
            }),
            Block::Appointment(AppointmentBlock {
                label: "No appointment".to_owned(),
                note: Some(Passage { text: "Just come.".to_owned(), language: english }),
                ..AppointmentBlock::default()
            }),
            Block::Contact(contact),
            Block::Choices {
                prompt: "Which one?".to_owned(),
                choices: vec![
                    Choice::plain("Mine"),
                    Choice { label: "A \"firm's\"".to_owned(), send: "#2".to_owned() },
                ],
            },
            Block::Link { label: "More".to_owned(), url: "https://example.org/more".to_owned() },
        ],
        source: Some(SourceNote {
            title: "County of Soest".to_owned(),
            as_of: Some("2023".to_owned()),
            revision: 3,
            checked_on: date("2026-11-22"),
            url: Some("https://example.org/source".to_owned()),
        }),
        suggestions: vec![Choice::plain("What does it cost?")],
        conversation: Conversation { service: Some(slug("kfz-abmeldung")), ..Conversation::default() },
    }
}

fn service() -> Service {
    let overview = FacetText {
        text: LocalizedText::german_only("Sie melden das Fahrzeug ab."),
        tables: Vec::new(),
        if_passed: None,
        source: None,
        confirm: false,
        see: Vec::new(),
    };
    let amount = Amount { label: LocalizedText::german_only("Abmeldung"), min: 1680, max: None, online: Some(270) };
    Service {
        slug: slug("kfz-abmeldung"),
        topic: "kfz".to_owned(),
        leika: None,
        name: LocalizedText::new([
            (language("de"), "Fahrzeug abmelden".to_owned()),
            (language("en"), "Take a vehicle off the road".to_owned()),
        ])
        .unwrap(),
        words: BTreeMap::new(),
        phrasings: Vec::new(),
        responsible: Responsibility { offices: vec![slug("buergerservice")], ..Responsibility::default() },
        sources: vec![source()],
        texts: BTreeMap::from([(Facet::Overview, overview)]),
        documents: None,
        situation: Vec::new(),
        fee: Some(Fee {
            amounts: vec![amount],
            as_of: None,
            note: None,
            source: None,
            confirm: false,
            see: Vec::new(),
        }),
        state: publication(),
    }
}

pub(crate) fn office() -> Office {
    let weekdays = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let week = WeekPlan::new(weekdays.map(|day| (day, vec![period("08:00-17:00")]))).unwrap();
    let version = HoursVersion { valid_from: None, valid_until: None, week, label: None };
    let closed_days = vec![MonthDay::new(12, 24).unwrap()];
    Office {
        id: slug("buergerservice"),
        name: LocalizedText::german_only("Bürgerservice"),
        words: Vec::new(),
        address: Some(Address {
            street: "Hoher Weg 1–3".to_owned(),
            postal_code: Some("59494".to_owned()),
            city: "Soest".to_owned(),
            note: None,
        }),
        phones: vec![phone("02921 30-2222")],
        email: None,
        website: None,
        email_off: None,
        website_off: None,
        phone_hours: OpeningHours::new(Vec::new(), Vec::new(), HolidayPolicy::Open, Vec::new()).unwrap(),
        last_admission: None,
        hours: OpeningHours::new(vec![version], Vec::new(), HolidayPolicy::Closed(HolidayCalendar::Nrw), closed_days)
            .unwrap(),
        confirm: false,
        appointment_required: false,
        arrival: None,
        payment: None,
        sources: vec![source()],
        state: publication(),
    }
}

fn publication() -> Publication {
    Publication { revision: 3, checked_on: date("2026-11-22"), review_by: date("2027-05-22") }
}

fn source() -> Source {
    Source { id: "q".to_owned(), title: "Kreis Soest".to_owned(), as_of: None, url: None }
}

fn slug(name: &str) -> Slug {
    Slug::parse(name).unwrap()
}

fn language(tag: &str) -> LanguageTag {
    LanguageTag::parse(tag).unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

fn phone(number: &str) -> Phone {
    Phone::parse(number, None).unwrap()
}

/// Finds whatever shares a long word with the question.
struct WordIndexBuilder;

struct WordIndex(Vec<IndexDocument>);

impl IndexBuilder for WordIndexBuilder {
    fn build(&self, documents: &[IndexDocument]) -> Result<Box<dyn AnswerIndex>, IndexError> {
        Ok(Box::new(WordIndex(documents.to_vec())))
    }
}

impl AnswerIndex for WordIndex {
    fn search(&self, question: &SearchQuestion, limit: usize) -> Vec<Hit> {
        let shares_a_word = |document: &&IndexDocument| {
            let text: String = document.passages.iter().map(|passage| fold(&passage.text) + " ").collect();
            question.words.iter().any(|word| word.folded.len() > 4 && text.contains(&word.folded))
        };
        let hit = |document: &IndexDocument| Hit {
            target: document.target.clone(),
            score: 1.0,
            confidence: 1.0,
            signals: Signals::default(),
            facet: None,
            section: None,
            evidence: Vec::new(),
        };
        self.0.iter().filter(shares_a_word).map(hit).take(limit).collect()
    }
}

struct OnlineBooking;

#[async_trait::async_trait]
impl BookingDesk for OnlineBooking {
    async fn booking(&self, _: &Slug, _: Option<&Slug>, _: &LanguageTag) -> Booking {
        let label = [(language("de"), "Online buchen".to_owned()), (language("en"), "Book online".to_owned())];
        Booking::Online {
            label: LocalizedText::new(label).unwrap(),
            url: "https://termine.example.org/".to_owned(),
            note: None,
        }
    }

    /// Free times at one office, and another whose system does not answer.
    async fn availability(&self, _: &Slug, office: Option<&Slug>) -> Vec<Availability> {
        let as_of = moment("2026-11-23T09:58:00+01:00");
        let free = FreeTimes { times: vec![moment("2026-11-30T08:20:00+01:00")], as_of, is_stale: false };
        let known = [("nord", Some(free)), ("sued", None)].map(|(office, free)| {
            let url = format!("https://termine.example.org/{office}");
            Availability { office: slug(office), url, free }
        });
        known.into_iter().filter(|at| office.is_none_or(|id| at.office == *id)).collect()
    }
}

/// A notice board that keeps what is put up and knows one office.
#[derive(Default)]
struct Board(Mutex<Vec<Notice>>);

#[async_trait::async_trait]
impl NoticeBoard for Board {
    async fn all(&self) -> Result<Vec<Notice>, NoticeBoardError> {
        Ok(self.0.lock().unwrap().clone())
    }

    async fn put_up(&self, notice: Notice) -> Result<(), NoticeBoardError> {
        if let Area::Named { offices, .. } = &notice.scope.area
            && let Some(unknown) = offices.iter().find(|id| id.as_str() != "buergerservice")
        {
            return Err(NoticeBoardError::Invalid(vec![format!("there is no office `{unknown}`")]));
        }
        self.0.lock().unwrap().push(notice);
        Ok(())
    }

    async fn end(&self, id: &Slug) -> Result<(), NoticeBoardError> {
        let mut notices = self.0.lock().unwrap();
        let before = notices.len();
        notices.retain(|notice| notice.id != *id);
        if notices.len() < before { Ok(()) } else { Err(NoticeBoardError::Unknown(id.clone())) }
    }
}

#[derive(Default)]
struct Comments(Mutex<Vec<String>>);

impl QuestionLog for Comments {
    fn record(&self, redacted: &str, _: &LanguageTag, on: NaiveDate) {
        assert_eq!(on, moment(NOW).with_timezone(&Berlin).date_naive());
        self.0.lock().unwrap().push(redacted.to_owned());
    }
}
