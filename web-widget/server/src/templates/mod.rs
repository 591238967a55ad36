//! How things look as HTML. No inline style or script, because the content security policy would refuse them.

mod blocks;
mod markdown;

use faq_engine::compose::plain::source_text;
use faq_engine::phrasebook::{Languages, Phrasebook};
use faq_engine::reply::Reply;
use maud::{DOCTYPE, Markup, html};

pub(crate) use blocks::{AskAgain, block, choices};
pub(crate) use markdown::prose;

/// What differs from page to page.
pub(crate) struct Frame<'a> {
    pub(crate) title: &'a str,
    /// Whether search engines may list it.
    pub(crate) is_indexed: bool,
}

/// A page of ours in the language of the phrasebook. `content` brings its own `main`.
pub(crate) fn page(phrasebook: &Phrasebook, frame: &Frame<'_>, content: Markup) -> Markup {
    let language = phrasebook.language().as_str();
    let say = |key: &str| phrasebook.say(key, &[]);
    let body = html! {
        (content)
        footer {
            ul {
                li { a href={ "/chat?lang=" (language) } { (say("web_footer_chat")) } }
                li { a href={ "/leistungen?lang=" (language) } { (say("web_footer_services")) } }
                li { a href={ "/datenschutz?lang=" (language) } { (say("web_footer_privacy")) } }
                li { a href={ "/barrierefreiheit?lang=" (language) } { (say("web_footer_accessibility")) } }
            }
        }
    };
    document(phrasebook, frame, "/assets/site.css", body)
}

/// A document with this body and style sheet.
pub(crate) fn document(phrasebook: &Phrasebook, frame: &Frame<'_>, style: &str, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(html_language(phrasebook.language().as_str())) dir=(direction(phrasebook)) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                @if !frame.is_indexed { meta name="robots" content="noindex"; }
                title { (frame.title) }
                link rel="stylesheet" href=(style);
                // None, so that browsers do not ask for one.
                link rel="icon" href="data:,";
            }
            body { (body) }
        }
    }
}

/// The same page in every language.
pub(crate) fn language_links(languages: &Languages, phrasebook: &Phrasebook, path: &str) -> Markup {
    html! {
        nav.languages aria-label=(phrasebook.say("web_chat_languages", &[])) {
            ul {
                @for pack in languages.packs() {
                    @let tag = pack.tag.as_str();
                    li {
                        a href={ (path) "?lang=" (tag) } lang=(tag) hreflang=(tag)
                            aria-current=[(pack.tag == *phrasebook.language()).then_some("true")] { (pack.name) }
                    }
                }
            }
        }
    }
}

/// The line that says what an answer rests on.
pub(crate) fn source(reply: &Reply, phrasebook: &Phrasebook) -> Markup {
    let url = reply.source.as_ref().and_then(|source| source.url.as_deref());
    html! {
        @if let Some(source) = source_text(reply, phrasebook) {
            p.source {
                (source)
                @if let Some(url) = url {
                    " " a href=(url) rel="noopener" { (phrasebook.say("web_chat_source_link", &[])) }
                }
            }
        }
    }
}

/// The page for what cannot be answered.
pub(crate) fn error_page(phrasebook: &Phrasebook, message: &str) -> Markup {
    let title = phrasebook.say("web_error_title", &[]);
    let content = html! {
        main {
            h1 { (title) }
            (prose(message))
            p { a href={ "/chat?lang=" (phrasebook.language()) } { (phrasebook.say("web_error_back_to_chat", &[])) } }
        }
    };
    page(phrasebook, &Frame { title: &title, is_indexed: false }, content)
}

/// `de-simple` is our name for Leichte Sprache; browsers and screen readers know it as German.
fn html_language(tag: &str) -> &str {
    if tag == "de-simple" { "de" } else { tag }
}

fn direction(phrasebook: &Phrasebook) -> &'static str {
    if phrasebook.pack().right_to_left { "rtl" } else { "ltr" }
}
