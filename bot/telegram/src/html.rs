//! Text in Telegram's HTML: from the markdown subset, escaped, and cut into messages that Telegram accepts.
//!
//! Text is kept as styled spans until the very end and is cut as spans, so that no cut can tear a tag, an entity or a
//! character, and nothing anybody wrote can become markup.

/// The most UTF-16 units a message may show, as Telegram counts them: after markup was taken out.
pub(crate) const LONGEST_MESSAGE: usize = 4096;

/// Paragraphs are separated by an empty line.
const SEPARATOR: &str = "\n\n";

/// A paragraph of styled text. It may contain line breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Paragraph {
    spans: Vec<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Span {
    text: String,
    style: Style,
    link: Option<String>,
}

/// How a span looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Style {
    bold: bool,
    italic: bool,
}

impl Style {
    pub(crate) const PLAIN: Self = Self { bold: false, italic: false };
    pub(crate) const BOLD: Self = Self { bold: true, italic: false };
    pub(crate) const ITALIC: Self = Self { bold: false, italic: true };
}

/// Reads the markdown subset: paragraphs, `- ` bullets, numbered lists, `**bold**`, `[label](https://…)`. What is not
/// of the subset is shown as it is.
pub(crate) fn paragraphs(markdown: &str, style: Style) -> Vec<Paragraph> {
    let mut paragraphs = vec![Paragraph::default()];
    for line in markdown.lines().map(str::trim) {
        let Some(paragraph) = paragraphs.last_mut() else { break };
        if line.is_empty() {
            paragraphs.push(Paragraph::default());
            continue;
        }
        paragraph.break_line();
        match line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            Some(item) => paragraph.push("• ", style).push_markdown(item, style),
            None => paragraph.push_markdown(line, style),
        };
    }
    paragraphs.retain(|paragraph| !paragraph.is_blank());
    paragraphs
}

/// Puts paragraphs into as few messages as they need, in order. If there are several, each but the last ends with
/// `continues`.
pub(crate) fn pages(paragraphs: &[Paragraph], continues: &str) -> Vec<String> {
    let whole = fill(paragraphs, LONGEST_MESSAGE);
    if whole.len() <= 1 {
        return whole.iter().map(|page| html(page)).collect();
    }
    let mut hint = Paragraph::default();
    hint.push(continues, Style::ITALIC);
    let mut pages = fill(paragraphs, LONGEST_MESSAGE - hint.units() - SEPARATOR.len());
    let last = pages.len() - 1;
    pages[..last].iter_mut().for_each(|page| page.push(hint.clone()));
    pages.iter().map(|page| html(page)).collect()
}

impl Paragraph {
    /// A line of text as it is, leading to this address if there is one.
    pub(crate) fn linked(text: &str, style: Style, address: Option<&str>) -> Self {
        let mut line = Self::default();
        line.push_linked(text, style, address);
        line
    }

    /// Adds text as it is.
    pub(crate) fn push(&mut self, text: &str, style: Style) -> &mut Self {
        self.push_span(text, style, None)
    }

    /// Adds text with bold parts and links.
    pub(crate) fn push_markdown(&mut self, mut text: &str, style: Style) -> &mut Self {
        while let Some(at) = text.find(['*', '[']) {
            let (before, rest) = text.split_at(at);
            self.push(before, style);
            if let Some((inner, after)) = bold(rest) {
                self.push_markdown(inner, Style { bold: true, ..style });
                text = after;
            } else if let Some((label, address, after)) = link(rest) {
                self.push_span(label, style, Some(address));
                text = after;
            } else {
                let (sign, after) = rest.split_at(1);
                self.push(sign, style);
                text = after;
            }
        }
        self.push(text, style)
    }

    /// Adds text as it is, leading to this address if there is one.
    pub(crate) fn push_linked(&mut self, text: &str, style: Style, address: Option<&str>) -> &mut Self {
        self.push_span(text, style, address.filter(|address| is_web_address(address)))
    }

    /// Starts a new line, unless nothing was written yet.
    pub(crate) fn break_line(&mut self) -> &mut Self {
        if self.spans.is_empty() { self } else { self.push("\n", Style::PLAIN) }
    }

    /// Whether a reader would see nothing.
    pub(crate) fn is_blank(&self) -> bool {
        !self.spans.iter().any(|span| span.text.chars().any(is_visible))
    }

    fn push_span(&mut self, text: &str, style: Style, link: Option<&str>) -> &mut Self {
        let text: String = text.chars().filter(|c| !c.is_control() || *c == '\n').collect();
        match self.spans.last_mut() {
            Some(last) if last.style == style && last.link.as_deref() == link => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.spans.push(Span { text, style, link: link.map(str::to_owned) }),
        }
        self
    }

    fn units(&self) -> usize {
        self.spans.iter().map(|span| units(&span.text)).sum()
    }

    /// Cuts off as much as fits into `room`, at a line break, else between words, else between characters. Both halves
    /// are free of blanks at the cut.
    fn split(&self, room: usize) -> (Self, Self) {
        let mut fits = 0;
        let mut used = 0;
        let (mut line_break, mut space) = (0, 0);
        for c in self.spans.iter().flat_map(|span| span.text.chars()) {
            if used + c.len_utf16() > room {
                break;
            }
            used += c.len_utf16();
            match c {
                '\n' => line_break = fits,
                _ if c.is_whitespace() => space = fits,
                _ => {}
            }
            fits += c.len_utf8();
        }
        let cut = [line_break, space].into_iter().find(|cut| *cut > 0).unwrap_or(fits);
        let (mut head, mut tail) = (Self::default(), Self::default());
        let mut start = 0;
        for span in &self.spans {
            let at = cut.saturating_sub(start).min(span.text.len());
            head.push_span(&span.text[..at], span.style, span.link.as_deref());
            tail.push_span(&span.text[at..], span.style, span.link.as_deref());
            start += span.text.len();
        }
        head.trim();
        tail.trim();
        (head, tail)
    }

    fn trim(&mut self) {
        while let Some(first) = self.spans.first_mut() {
            first.text = first.text.trim_start().to_owned();
            if !first.text.is_empty() {
                break;
            }
            self.spans.remove(0);
        }
        while let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.spans.pop();
        }
    }
}

/// Distributes paragraphs over pages of at most `limit` units; a paragraph that is longer than a page is cut.
fn fill(paragraphs: &[Paragraph], limit: usize) -> Vec<Vec<Paragraph>> {
    let mut pages: Vec<Vec<Paragraph>> = Vec::new();
    let mut used = limit;
    for paragraph in paragraphs {
        let mut rest = paragraph.clone();
        rest.trim();
        while !rest.is_blank() {
            let separated = used + SEPARATOR.len() + rest.units();
            match pages.last_mut() {
                Some(page) if separated <= limit => {
                    page.push(rest);
                    used = separated;
                    break;
                }
                _ if rest.units() <= limit => {
                    used = rest.units();
                    pages.push(vec![rest]);
                    break;
                }
                _ => {
                    let (head, tail) = rest.split(limit);
                    if !head.is_blank() {
                        pages.push(vec![head]);
                    }
                    used = limit;
                    rest = tail;
                }
            }
        }
    }
    pages
}

fn html(page: &[Paragraph]) -> String {
    let mut html = String::new();
    for (number, paragraph) in page.iter().enumerate() {
        if number > 0 {
            html.push_str(SEPARATOR);
        }
        for span in &paragraph.spans {
            let (open, close) = tags(span);
            html.push_str(&open);
            html.push_str(&escaped(&span.text));
            html.push_str(&close);
        }
    }
    html
}

fn tags(span: &Span) -> (String, String) {
    let (mut open, mut close) = (String::new(), String::new());
    let mut wrap = |start: &str, end: &str| {
        open.push_str(start);
        close.insert_str(0, end);
    };
    if span.style.bold {
        wrap("<b>", "</b>");
    }
    if span.style.italic {
        wrap("<i>", "</i>");
    }
    if let Some(address) = &span.link {
        wrap(&format!("<a href=\"{}\">", escaped(address)), "</a>");
    }
    (open, close)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `**inner**` at the start, and what follows it.
fn bold(text: &str) -> Option<(&str, &str)> {
    let (inner, after) = text.strip_prefix("**")?.split_once("**")?;
    (!inner.trim().is_empty()).then_some((inner, after))
}

/// `[label](address)` at the start, and what follows it. Only addresses that Telegram makes a link of.
fn link(text: &str) -> Option<(&str, &str, &str)> {
    let (label, rest) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = rest.split_once(')')?;
    (is_web_address(address) && !label.contains('[') && label.chars().any(is_visible))
        .then_some((label, address, after))
}

fn is_web_address(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// Telegram refuses a message of nothing but these.
fn is_visible(c: char) -> bool {
    !c.is_whitespace()
        && !c.is_control()
        && !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{feff}')
}

#[cfg(test)]
pub(crate) mod check {
    //! Reads Telegram's HTML as Telegram does, for tests: what is shown, or what is wrong.

    /// The visible text of a message, if its HTML is valid.
    pub(crate) fn visible_text(html: &str) -> Result<String, String> {
        let mut visible = String::new();
        let mut open: Vec<&str> = Vec::new();
        let mut rest = html;
        while let Some(c) = rest.chars().next() {
            if let Some(tag) = rest.strip_prefix('<') {
                let (tag, after) = tag.split_once('>').ok_or("a tag without end")?;
                match tag.strip_prefix('/') {
                    Some(name) if open.pop() == Some(name) => {}
                    Some(name) => return Err(format!("</{name}> closes nothing")),
                    None => open.push(tag_name(tag)?),
                }
                rest = after;
            } else if let Some(entity) = rest.strip_prefix('&') {
                let (name, after) = entity.split_once(';').ok_or("a bare &")?;
                visible.push(match name {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    _ => return Err(format!("unknown entity &{name};")),
                });
                rest = after;
            } else if c == '>' {
                return Err("a bare >".to_owned());
            } else {
                visible.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        if open.is_empty() { Ok(visible) } else { Err(format!("unclosed {open:?}")) }
    }

    fn tag_name(tag: &str) -> Result<&str, String> {
        match tag {
            "b" | "i" => Ok(tag),
            _ => {
                let address = tag.strip_prefix("a href=\"").and_then(|rest| rest.strip_suffix('"'));
                match address {
                    Some(address) if address.starts_with("http") && !address.contains(['"', '<', '>', ' ']) => Ok("a"),
                    _ => Err(format!("<{tag}> is not allowed")),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::check::visible_text;
    use super::*;

    fn dressed(markdown: &str) -> String {
        pages(&paragraphs(markdown, Style::PLAIN), "weiter").join("\n=====\n")
    }

    #[test]
    fn the_subset_becomes_html() {
        let markdown = "Bringen Sie **beide Schilder** mit.\n\n- Ausweis & Vollmacht\n- [Termin](https://kreis-soest.de/?a=1&b=2)\n1. Erst **[hier](https://a.de)**";
        assert_eq!(
            dressed(markdown),
            "Bringen Sie <b>beide Schilder</b> mit.\n\n• Ausweis &amp; Vollmacht\n\
             • <a href=\"https://kreis-soest.de/?a=1&amp;b=2\">Termin</a>\n1. Erst <b><a href=\"https://a.de\">hier</a></b>"
        );
    }

    #[test]
    fn markup_of_others_stays_text() {
        for hostile in
            ["<b>", "</code>", "[x](tg://user?id=1)", "[x](javascript:alert(1))", "**", "** **", "&lt;", "[[", "*_`"]
        {
            assert_eq!(visible_text(&dressed(hostile)).as_deref(), Ok(hostile), "{hostile}");
        }
    }

    #[test]
    fn nothing_visible_makes_no_message() {
        for nothing in ["", "  \n\n ", "\u{200b}", "\u{0}\u{7}"] {
            assert!(pages(&paragraphs(nothing, Style::PLAIN), "weiter").is_empty(), "{nothing:?}");
        }
    }

    #[test]
    fn a_long_text_is_cut_between_paragraphs_and_says_that_it_continues() {
        let paragraph = "Wort ".repeat(300);
        let cut = pages(&paragraphs(&[paragraph.as_str(); 4].join("\n\n"), Style::PLAIN), "Fortsetzung folgt");
        assert_eq!(cut.len(), 2);
        assert!(cut[0].ends_with("Wort\n\n<i>Fortsetzung folgt</i>"), "{}", cut[0]);
        assert!(!cut[1].contains("Fortsetzung"));
    }

    #[test]
    fn a_paragraph_of_several_messages_is_cut_at_a_line_then_at_a_word_then_at_a_character() {
        let lines = "Zeile mit Wörtern\n".repeat(300);
        assert!(pages(&paragraphs(&lines, Style::PLAIN), "…")[0].ends_with("Wörtern\n\n<i>…</i>"));
        let words = "Wort ".repeat(1000);
        assert!(pages(&paragraphs(&words, Style::PLAIN), "…")[0].ends_with("Wort\n\n<i>…</i>"));
        let smileys = "👍".repeat(5000);
        let cut = pages(&paragraphs(&smileys, Style::BOLD), "…");
        let shown: String = cut.iter().map(|page| visible_text(page).expect("valid").replace("\n\n…", "")).collect();
        assert_eq!(shown, smileys);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_becomes_valid_messages(text in "(\\PC|[\\n*<>&\"()\\[\\]👍 -]|\\]\\(https://a|\\*\\*){0,400}", times in 1..40_usize) {
            let page_list = pages(&paragraphs(&text.repeat(times), Style::PLAIN), "Fortsetzung folgt");
            for page in page_list {
                let visible = visible_text(&page).map_err(TestCaseError::fail)?;
                prop_assert!(units(&visible) <= LONGEST_MESSAGE);
                prop_assert!(visible.chars().any(is_visible));
            }
        }

        #[test]
        fn no_word_gets_lost_at_a_cut(words in prop::collection::vec("[a-zäöü<&👍]{1,30}", 1..2000)) {
            let text = words.join(" ");
            let shown: Vec<String> = pages(&paragraphs(&text, Style::PLAIN), "#")
                .iter()
                .map(|page| visible_text(page).expect("valid").trim_end_matches("\n\n#").to_owned())
                .collect();
            prop_assert_eq!(shown.join(" "), text);
        }
    }
}
