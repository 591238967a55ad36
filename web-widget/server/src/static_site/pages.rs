//! The pages in one language: start, services, questions, places.

use faq_engine::compose::plain::source_text;
use faq_engine::desk::InfoDesk;
use faq_engine::entry::{Entry, EntryKind};
use faq_engine::language::LanguageTag;
use faq_engine::office::Office;
use faq_engine::phrasebook::Phrasebook;
use faq_engine::reply::Reply;
use faq_engine::service::Service;
use maud::{Markup, html};

use super::StaticFiles;
use crate::chat;
use crate::pages::services::{answers, foreign, sections};
use crate::reply_body::BlockBody;
use crate::templates::{self, AskAgain};

/// The style sheet, for all languages.
pub(super) const STYLE: &str = "site.css";
const START: &str = "index.html";
const QUESTIONS: &str = "fragen.html";
const PLACES: &str = "orte.html";

/// Writes the pages of one language.
pub(super) struct Writer<'a> {
    desk: &'a InfoDesk,
    phrasebook: Phrasebook,
}

impl<'a> Writer<'a> {
    pub(super) fn new(desk: &'a InfoDesk, language: &LanguageTag) -> Self {
        Self { desk, phrasebook: desk.phrasebook(Some(language)) }
    }

    pub(super) async fn write(&self, files: &mut StaticFiles) {
        let knowledge = self.desk.knowledge();
        let mut services: Vec<&Service> = knowledge.catalogue.services().collect();
        services.sort_by_cached_key(|service| service.name.or_german(self.language()).to_lowercase());
        self.add(files, START, &self.say("web_static_title"), &self.start(&services).await);
        for service in services {
            let name = service.name.or_german(self.language());
            self.add(files, &page_of(service), name, &self.service(service).await);
        }
        let asked: Vec<&Entry> = knowledge.catalogue.entries().filter(|entry| has_answer(entry)).collect();
        self.add(files, QUESTIONS, &self.say("web_static_questions"), &self.questions(&asked).await);
        let offices: Vec<&Office> = knowledge.catalogue.offices().collect();
        self.add(files, PLACES, &self.say("web_static_places"), &self.places(&offices).await);
    }

    fn language(&self) -> &LanguageTag {
        self.phrasebook.language()
    }

    fn say(&self, key: &str) -> String {
        self.phrasebook.say(key, &[])
    }

    /// Notices, whom to call, and the way to everything else.
    async fn start(&self, services: &[&Service]) -> Markup {
        let greeting = self.desk.greeting(Some(self.language()));
        let notices = self.blocks(&greeting).into_iter().filter(|block| matches!(block, BlockBody::Notice { .. }));
        let people = self.desk.people_to_ask(self.language());
        html! {
            h1 { (self.say("web_static_title")) }
            @for notice in notices { (self.block(&notice)) }
            p { (self.say("web_static_intro")) }
            section {
                h2 { (self.say("web_static_contact")) }
                @for contact in self.blocks(&people) { (self.block(&contact)) }
            }
            section {
                h2 { (self.say("web_services_title")) }
                ul.services {
                    @for service in services {
                        li { a href=(page_of(service)) lang=[foreign(service, self.language())] {
                            (service.name.or_german(self.language()))
                        } }
                    }
                }
            }
        }
    }

    async fn service(&self, service: &Service) -> Markup {
        let mut answers = answers(self.desk, service, self.language()).await;
        for answer in &mut answers {
            answer.body.blocks.retain(needs_no_answer);
        }
        html! {
            h1 lang=[foreign(service, self.language())] { (service.name.or_german(self.language())) }
            (sections(&answers, &self.phrasebook))
        }
    }

    async fn questions(&self, asked: &[&Entry]) -> Markup {
        let mut answered = Vec::new();
        for entry in asked {
            if let Some(reply) = self.desk.answer_entry(&entry.id, self.language()).await {
                answered.push((entry, reply));
            }
        }
        html! {
            h1 { (self.say("web_static_questions")) }
            @for (entry, reply) in &answered {
                section id=(entry.id) {
                    h2 lang=[self.foreign(entry)] { (entry.question.or_german(self.language())) }
                    @for block in self.blocks(reply) { (self.block(&block)) }
                    @if let Some(source) = source_text(reply, &self.phrasebook) { p.source { (source) } }
                }
            }
        }
    }

    async fn places(&self, offices: &[&Office]) -> Markup {
        let mut told = Vec::new();
        for office in offices {
            if let Some(reply) = self.desk.answer_about_office(&office.id, self.language()).await {
                told.push((office, reply));
            }
        }
        html! {
            h1 { (self.say("web_static_places")) }
            @for (office, reply) in &told {
                section id=(office.id) {
                    h2 { (office.name.or_german(self.language())) }
                    @for block in self.blocks(reply) { (self.block(&block)) }
                    @if let Some(source) = source_text(reply, &self.phrasebook) { p.source { (source) } }
                }
            }
        }
    }

    fn foreign(&self, entry: &Entry) -> Option<&'static str> {
        (!self.language().is_german() && entry.question.get(self.language()).is_none()).then_some("de")
    }

    fn blocks(&self, reply: &Reply) -> Vec<BlockBody> {
        let mut blocks = chat::body_of(self.desk, reply).blocks;
        blocks.retain(needs_no_answer);
        blocks
    }

    fn block(&self, block: &BlockBody) -> Markup {
        templates::block(block, &self.phrasebook, &AskAgain { conversation: None, language: self.language().as_str() })
    }

    /// Frames a page with the way to the others and says as of when it is.
    fn add(&self, files: &mut StaticFiles, page: &str, title: &str, content: &Markup) {
        let path = format!("{}{page}", folder_of(self.language()));
        let up = "../".repeat(path.matches('/').count());
        // To the start of the same language.
        let home = "../".repeat(page.matches('/').count());
        let moment = self.phrasebook.date_and_time(&self.desk.clock().now());
        let body = html! {
            nav.languages aria-label=(self.say("web_chat_languages")) {
                ul {
                    @for pack in self.desk.knowledge().languages.packs() {
                        @let tag = pack.tag.as_str();
                        li {
                            a href={ (up) (folder_of(&pack.tag)) (page) } lang=(tag) hreflang=(tag)
                                aria-current=[(pack.tag == *self.language()).then_some("true")] { (pack.name) }
                        }
                    }
                }
            }
            main { (content) }
            footer {
                p { (self.phrasebook.say("web_static_as_of", &[("moment", &moment)])) }
                ul {
                    li { a href={ (home) (START) } { (self.say("web_static_start")) } }
                    li { a href={ (home) (QUESTIONS) } { (self.say("web_static_questions")) } }
                    li { a href={ (home) (PLACES) } { (self.say("web_static_places")) } }
                }
            }
        };
        let frame = templates::Frame { title, is_indexed: true };
        let style = format!("{up}{STYLE}");
        files.insert(path, templates::document(&self.phrasebook, &frame, &style, body).into_string().into_bytes());
    }
}

/// German lies at the root, every other language in a folder of its own.
fn folder_of(language: &LanguageTag) -> String {
    if *language == LanguageTag::german() { String::new() } else { format!("{language}/") }
}

fn page_of(service: &Service) -> String {
    format!("leistungen/{}.html", service.slug)
}

/// A question back needs somebody to answer it.
fn has_answer(entry: &Entry) -> bool {
    !matches!(entry.kind, EntryKind::Choice(_))
}

/// A choice is a form, and nobody is there to take it.
fn needs_no_answer(block: &BlockBody) -> bool {
    !matches!(block, BlockBody::Choices { .. })
}
