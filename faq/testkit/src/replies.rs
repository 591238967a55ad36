//! Replies in the shape in which tests compare them.

use faq_engine::facet::Facet;
use faq_engine::reply::{Block, ChecklistItem, Reply};

/// Kind, service and facet of a reply in one line: `answer kfz-ummeldung fee`.
pub fn about(reply: &Reply) -> String {
    let service = reply.service.as_ref().map_or("-", |slug| slug.as_str());
    format!("{} {service} {}", reply.kind.as_str(), reply.facet.map_or("-", Facet::as_str))
}

/// The things on the lists of a reply.
pub fn items(reply: &Reply) -> Vec<&ChecklistItem> {
    let lists = reply.blocks.iter().filter_map(|block| match block {
        Block::Checklist(list) => Some(&list.items),
        _ => None,
    });
    lists.flatten().collect()
}

/// The things on the lists of a reply, each with its case.
pub fn list(reply: &Reply) -> Vec<(&str, Option<&str>)> {
    items(reply).into_iter().map(|item| (item.text.as_str(), item.when.as_deref())).collect()
}
