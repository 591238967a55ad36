//! Whether every link of the pages leads somewhere.

use std::collections::BTreeSet;
use std::fmt;

use super::StaticFiles;

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BrokenLink {
    /// The page it stands on.
    pub page: String,
    /// Where it should lead.
    pub link: String,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the link \"{}\" leads nowhere", self.page, self.link)
    }
}

/// Links that lead to no page and to no place on one, or where no page of ours may lead.
pub(super) fn broken(files: &StaticFiles) -> Vec<BrokenLink> {
    let places: BTreeSet<(&str, &str)> =
        pages(files).flat_map(|(name, page)| attributes(page, "id").map(move |id| (name, id))).collect();
    let mut broken = BTreeSet::new();
    for (name, page) in pages(files) {
        for link in attributes(page, "href").filter(|link| !leads_somewhere(link, name, files, &places)) {
            broken.insert(BrokenLink { page: name.to_owned(), link: link.to_owned() });
        }
    }
    broken.into_iter().collect()
}

fn pages(files: &StaticFiles) -> impl Iterator<Item = (&str, &str)> {
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    // We have written them ourselves, as UTF-8.
    pages.map(|(name, bytes)| (name.as_str(), std::str::from_utf8(bytes).unwrap_or_default()))
}

/// The values of an attribute. Our own pages write it in double quotes, and text never holds a bare quote and a tag.
fn attributes<'a>(page: &'a str, attribute: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!(" {attribute}=\"");
    let length = opening.len();
    let starts: Vec<usize> = page.match_indices(&opening).map(|(at, _)| at + length).collect();
    starts.into_iter().filter_map(move |start| page[start..].split('"').next())
}

fn leads_somewhere(link: &str, page: &str, files: &StaticFiles, places: &BTreeSet<(&str, &str)>) -> bool {
    const OUTSIDE: [&str; 4] = ["https://", "mailto:", "tel:", "data:,"];
    if OUTSIDE.iter().any(|scheme| link.starts_with(scheme)) {
        return true;
    }
    let (path, place) = link.split_once('#').unwrap_or((link, ""));
    let Some(target) = (if path.is_empty() { Some(page.to_owned()) } else { resolve(page, path) }) else {
        return false;
    };
    files.contains_key(&target) && (place.is_empty() || places.contains(&(target.as_str(), place)))
}

/// A relative link as a path below the folder; nothing if it leaves it.
fn resolve(page: &str, link: &str) -> Option<String> {
    if link.starts_with('/') || link.contains(':') {
        return None;
    }
    let mut folders: Vec<&str> = page.split('/').collect();
    folders.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                folders.pop()?;
            }
            "." => {}
            name => folders.push(name),
        }
    }
    Some(folders.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pages: &[(&str, &str)]) -> StaticFiles {
        pages.iter().map(|(name, page)| ((*name).to_owned(), page.as_bytes().to_vec())).collect()
    }

    #[test]
    fn a_link_leads_to_a_page_a_place_on_one_or_outside() {
        let site = files(&[
            (
                "index.html",
                r##"<a href="a/b.html#x"> <a href="https://example.org"> <a href="tel:+49"> <a href="#top"> <p id="top">"##,
            ),
            ("a/b.html", r##"<p id="x"> <a href="../index.html#top"> <a href="./b.html">"##),
        ]);
        assert_eq!(broken(&site), []);
    }

    #[test]
    fn what_leads_nowhere_is_named() {
        for wrong in
            ["c.html", "a/b.html#y", "/index.html", "../index.html", "javascript:alert(1)", "http://example.org", "#no"]
        {
            let page = format!(r#"<a href="{wrong}">"#);
            let site = files(&[("index.html", &page), ("a/b.html", "")]);
            assert_eq!(
                broken(&site),
                [BrokenLink { page: "index.html".to_owned(), link: wrong.to_owned() }],
                "{wrong}"
            );
        }
    }
}
