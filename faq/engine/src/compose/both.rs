//! Two services in one reply.

use super::Composer;
use super::source::source_line;
use crate::facet::Facet;
use crate::reply::{Block, Passage, Reply};
use crate::slug::Slug;

impl Composer<'_> {
    /// Two services, each followed by its source. The reply is about the first; its source is the one it ends with, and
    /// the conversation goes on about the second.
    pub(super) async fn answer_both(&self, reply: &mut Reply, both: &[(Slug, Vec<Facet>); 2]) {
        let [(first, facets), (second, other_facets)] = both;
        self.answer(reply, first, facets).await;
        if let Some(source) = reply.source.take() {
            let text = source_line(&source, &self.phrasebook);
            reply.blocks.push(Block::Text(Passage { text, language: self.phrasebook.language().clone() }));
        }
        let about_the_first = (reply.service.take(), reply.facet.take());
        reply.conversation.situation.clear();
        self.answer(reply, second, other_facets).await;
        (reply.service, reply.facet) = about_the_first;
    }
}
