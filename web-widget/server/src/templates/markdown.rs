//! The markdown subset of the desk as HTML: paragraphs, lists, bold, links. Anything else is text.
//!
//! Our own instead of a Markdown library and a sanitiser behind it: what cannot be written cannot be dangerous, and the
//! work is linear in the length of the text.

use maud::{Markup, html};

/// Lines of one kind.
enum Piece<'a> {
    Paragraph(Vec<&'a str>),
    Bullets(Vec<String>),
    Numbered(Vec<String>),
}

/// The text as paragraphs and lists.
pub(crate) fn prose(text: &str) -> Markup {
    html! {
        @for piece in pieces(text) {
            @match piece {
                Piece::Paragraph(lines) => p {
                    @for (index, line) in lines.iter().enumerate() {
                        @if index > 0 { br; }
                        (inline(line))
                    }
                },
                Piece::Bullets(items) => ul { @for item in items { li { (inline(&item)) } } },
                Piece::Numbered(items) => ol { @for item in items { li { (inline(&item)) } } },
            }
        }
    }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open: Option<Piece<'_>> = None;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            pieces.extend(open.take());
            continue;
        }
        let continued = match (&mut open, bullet(line), numbered(line)) {
            (Some(Piece::Bullets(items)), Some(item), _) | (Some(Piece::Numbered(items)), _, Some(item)) => {
                items.push(item.to_owned());
                true
            }
            // A long item goes on in the next line.
            (Some(Piece::Bullets(items) | Piece::Numbered(items)), None, None) => {
                items.last_mut().into_iter().for_each(|item| *item = format!("{item} {line}"));
                true
            }
            (Some(Piece::Paragraph(lines)), None, None) => {
                lines.push(line);
                true
            }
            _ => false,
        };
        if !continued {
            pieces.extend(open.take());
            open = Some(match (bullet(line), numbered(line)) {
                (Some(item), _) => Piece::Bullets(vec![item.to_owned()]),
                (_, Some(item)) => Piece::Numbered(vec![item.to_owned()]),
                _ => Piece::Paragraph(vec![line]),
            });
        }
    }
    pieces.extend(open);
    pieces
}

fn bullet(line: &str) -> Option<&str> {
    ["- ", "* ", "• "].iter().find_map(|mark| line.strip_prefix(mark))
}

fn numbered(line: &str) -> Option<&str> {
    let (number, item) = line.split_once(['.', ')'])?;
    let is_number = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    item.strip_prefix(' ').filter(|_| is_number)
}

/// Bold and links within a line.
pub(crate) fn inline(text: &str) -> Markup {
    html! {
        @for (index, part) in text.split("**").enumerate() {
            // Between the first pair of marks, the third, the fifth; a mark without a partner ends with the line.
            @if index % 2 == 1 { strong { (linked(part)) } } @else { (linked(part)) }
        }
    }
}

fn linked(text: &str) -> Markup {
    let mut links = Vec::new();
    let mut rest = text;
    while let Some((before, label, address, after)) = next_link(rest) {
        links.push((before, label, address));
        rest = after;
    }
    html! {
        @for (before, label, address) in links {
            (before)
            @if is_safe(address) { a href=(address) rel="noopener" { (label) } } @else { (label) }
        }
        (rest)
    }
}

/// What stands before the first `[label](address)`, its two parts, and what stands after.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let start = text[..middle].rfind('[')?;
    let end = middle + text[middle..].find(')')?;
    let (label, address) = (&text[start + 1..middle], &text[middle + 2..end]);
    (!label.is_empty() && !address.contains(char::is_whitespace)).then_some((
        &text[..start],
        label,
        address,
        &text[end + 1..],
    ))
}

/// Where a citizen may be sent: the web, a mail, a call, or another page of ours.
pub(crate) fn is_safe(address: &str) -> bool {
    // Browsers read `//` and `/\` as the beginning of another host.
    let is_our_page = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    is_our_page || ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| address.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_subset_is_drawn() {
        let text = "Bringen Sie mit:\n\n- **Ausweis**\n- den Brief\n  von der Bank\n1. erstens\n2. zweitens\n\nMehr im [Portal](https://example.org/a?b=1&c=2).\nZweite Zeile";
        insta::assert_snapshot!(prose(text).into_string());
    }

    #[test]
    fn anything_else_is_text() {
        let written = |text| prose(text).into_string();
        assert_eq!(written("<b>a</b>"), "<p>&lt;b&gt;a&lt;/b&gt;</p>");
        assert_eq!(written("[x](javascript:alert(1))"), "<p>x)</p>");
        assert_eq!(written("[x](//evil.de)"), "<p>x</p>");
        assert_eq!(written("[x](/\\evil.de)"), "<p>x</p>");
        assert_eq!(written("[x](/chat)"), r#"<p><a href="/chat" rel="noopener">x</a></p>"#);
        assert_eq!(written("[a](https://e.de/\" onclick=\"x)"), "<p>[a](https://e.de/&quot; onclick=&quot;x)</p>");
        assert_eq!(written("2.5 Euro, 12.30 Uhr"), "<p>2.5 Euro, 12.30 Uhr</p>");
        assert_eq!(written("offen **nie"), "<p>offen <strong>nie</strong></p>");
        assert_eq!(written("[[]("), "<p>[[](</p>");
    }

    #[test]
    fn long_nonsense_is_drawn_in_no_time() {
        for nonsense in ["[", "](", "**", "[a](", "- ", "> "] {
            prose(&nonsense.repeat(10_000));
        }
    }
}
