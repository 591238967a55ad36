//! Telegram's HTML, read as strictly as Telegram reads it.

/// Telegram's limit for a text, in UTF-16 units after markup was taken out.
pub(super) const LONGEST_TEXT: usize = 4096;

/// The text a person sees, or Telegram's complaint.
pub(super) fn visible_text(html: &str) -> Result<String, String> {
    let mut visible = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(c) = rest.chars().next() {
        rest = match c {
            '<' => {
                let (tag, after) = rest[1..].split_once('>').ok_or("a tag has no end")?;
                read_tag(tag, &mut open)?;
                after
            }
            '&' => {
                let (entity, after) = rest[1..].split_once(';').ok_or("an entity has no end")?;
                visible.push(read_entity(entity)?);
                after
            }
            '>' => return Err("an unescaped > stands in the text".to_owned()),
            _ => {
                visible.push(c);
                &rest[c.len_utf8()..]
            }
        };
    }
    if !open.is_empty() {
        return Err(format!("no end tag for {open:?}"));
    }
    let visible = visible.trim().to_owned();
    match visible.encode_utf16().count() {
        0 => Err("message text is empty".to_owned()),
        1..=LONGEST_TEXT => Ok(visible),
        length => Err(format!("message is too long: {length}")),
    }
}

fn read_tag<'a>(tag: &'a str, open: &mut Vec<&'a str>) -> Result<(), String> {
    const PLAIN: [&str; 12] = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"];
    if let Some(name) = tag.strip_prefix('/') {
        return if open.pop() == Some(name) { Ok(()) } else { Err(format!("unexpected end tag {name:?}")) };
    }
    let name = tag.split(' ').next().unwrap_or_default();
    if PLAIN.contains(&tag) || tag == "blockquote expandable" {
        open.push(name);
        return Ok(());
    }
    let address = tag.strip_prefix("a href=\"").and_then(|rest| rest.strip_suffix('"'));
    match address {
        Some(address) if !address.is_empty() && !address.contains(['"', '<', '>']) => {
            open.push(name);
            Ok(())
        }
        _ => Err(format!("unsupported start tag {tag:?}")),
    }
}

fn read_entity(entity: &str) -> Result<char, String> {
    match entity {
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "amp" => Ok('&'),
        "quot" => Ok('"'),
        _ => {
            let code = entity.strip_prefix('#').and_then(|number| number.parse::<u32>().ok());
            code.and_then(char::from_u32).ok_or_else(|| format!("unknown entity {entity:?}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_markup_shows_its_text() {
        let html = "<b>Fett <i>&amp; schräg</i></b> <a href=\"https://a.de/?x=1&amp;y=2\">Link</a> ";
        assert_eq!(visible_text(html).as_deref(), Ok("Fett & schräg Link"));
    }

    #[test]
    fn what_telegram_refuses_is_refused() {
        for wrong in
            ["a < b", "a > b", "Soest & Umland", "<b>", "</b>", "<b><i></b></i>", "<script>", "<b></b> \n", "&nbsp;"]
        {
            assert!(visible_text(wrong).is_err(), "{wrong}");
        }
        assert!(visible_text(&"👍".repeat(2048)).is_ok());
        assert!(visible_text(&"👍".repeat(2049)).is_err());
    }
}
