//! `GET /`: a sample municipal page that embeds the widget exactly as a site owner would.
//!
//! German only, as such a page would be; that it is an example stands at its top.

use actix_web::{HttpResponse, web};
use faq_engine::language::LanguageTag;
use maud::html;

use super::html_page;
use crate::site::Site;
use crate::templates::{self, Frame};

pub(crate) async fn sample(site: web::Data<Site>) -> HttpResponse {
    let phrasebook = site.desk.phrasebook(Some(&LanguageTag::german()));
    let say = |key: &str| phrasebook.say(key, &[]);
    let content = html! {
        header {
            p.example { (say("web_sample_note")) }
            p.town { (say("web_sample_town")) }
        }
        main {
            h1 { (say("web_sample_title")) }
            p { (say("web_sample_intro")) }
            section {
                h2 { (say("web_sample_topics_heading")) }
                ul {
                    li { (say("web_sample_topic_1")) }
                    li { (say("web_sample_topic_2")) }
                    li { (say("web_sample_topic_3")) }
                }
            }
            section {
                h2 { (say("web_sample_embed_heading")) }
                p { (say("web_sample_embed")) }
                pre { code { (EMBEDDING) } }
            }
        }
        script src="/widget.js" defer {}
        auskunft-chat lang="de" {
            a href="/chat" { (say("web_sample_link")) }
        }
    };
    html_page(&templates::page(&phrasebook, &Frame { title: &say("web_sample_title"), is_indexed: false }, content))
}

/// What a site owner writes; the address is theirs to fill in.
const EMBEDDING: &str = r#"<script src="https://…/widget.js" defer></script>
<auskunft-chat lang="de"><a href="https://…/chat">…</a></auskunft-chat>"#;

#[cfg(test)]
mod tests {
    use crate::testing::{self, TestSite};

    #[actix_web::test]
    async fn the_sample_page_embeds_the_widget_as_a_site_owner_would() {
        let page = TestSite::new().gets("/").await;
        assert_eq!(page.status, 200);
        insta::assert_snapshot!(testing::one_tag_per_line(&page.text()));
    }
}
