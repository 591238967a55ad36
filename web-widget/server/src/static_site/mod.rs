//! The whole desk as plain pages that any web host can serve, also from a folder below its root or from a stick: for the
//! day on which no program of ours runs.
//!
//! Nothing on them works by itself: no form, no script, nothing that asks a server. The desk leaves out what would grow
//! old at once, such as "open now" (`InfoDesk::read_later`); every page says as of when it is.

mod links;
mod pages;

use std::collections::BTreeMap;

use faq_engine::desk::InfoDesk;

pub use self::links::BrokenLink;

use self::pages::Writer;
use crate::http::assets;

/// The pages by their path below the folder they are written to.
pub type StaticFiles = BTreeMap<String, Vec<u8>>;

/// Draws every page in every language, as told by a desk for reading later. Links that lead nowhere are all named.
pub async fn static_site(desk: &InfoDesk) -> Result<StaticFiles, Vec<BrokenLink>> {
    let mut files = StaticFiles::new();
    files.insert(pages::STYLE.to_owned(), assets::STYLE_SHEET.to_vec());
    let knowledge = desk.knowledge();
    for pack in knowledge.languages.packs() {
        Writer::new(desk, &pack.tag).write(&mut files).await;
    }
    let broken = links::broken(&files);
    if broken.is_empty() { Ok(files) } else { Err(broken) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[actix_web::test]
    async fn every_service_question_and_office_has_its_place_in_every_language() {
        let files = static_site(&testing::desk()).await.unwrap_or_else(|broken| panic!("{broken:?}"));
        let names: Vec<&str> = files.keys().map(String::as_str).collect();
        insta::assert_snapshot!(names.join("\n"));
        let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
        insta::assert_snapshot!("index", testing::one_tag_per_line(&text("index.html")));
        insta::assert_snapshot!("service", testing::one_tag_per_line(&text("en/leistungen/kfz-abmeldung.html")));
    }

    #[actix_web::test]
    async fn nothing_on_a_page_needs_a_server() {
        let files = static_site(&testing::desk()).await.unwrap_or_else(|broken| panic!("{broken:?}"));
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
            let page = String::from_utf8(bytes.clone()).unwrap();
            for needs_a_server in ["<form", "<script", "<button", "<iframe", "href=\"/", "src="] {
                assert!(!page.contains(needs_a_server), "{name} holds {needs_a_server}");
            }
        }
    }
}
