//! Picking one of several things offered: by number, by position, or "none of these".

use super::text::Word;

/// The 0-based position a short message picks out of `count` alternatives: "2", "Nummer 2", "das zweite", "die
/// letzte", "b". Longer messages are questions, not picks.
pub fn picked_position(message: &[Word], count: usize) -> Option<usize> {
    const LONGEST_PICK: usize = 5;
    if message.is_empty() || message.len() > LONGEST_PICK {
        return None;
    }
    let picks: Vec<usize> = message.iter().filter_map(|word| position(&word.folded, count)).collect();
    match picks[..] {
        [only]
            if only < count
                && message.iter().all(|word| position(&word.folded, count).is_some() || is_filler(&word.folded)) =>
        {
            Some(only)
        }
        _ => None,
    }
}

fn position(word: &str, count: usize) -> Option<usize> {
    const ORDINALS: [&[&str]; 6] = [
        &[
            "erste",
            "ersten",
            "erster",
            "erstes",
            "erstens",
            "first",
            "birinci",
            "ilk",
            "pierwsze",
            "pierwszy",
            "premier",
            "premiere",
            "первое",
            "первыи",
            "перше",
            "первая",
            "الاول",
        ],
        &[
            "zweite",
            "zweiten",
            "zweiter",
            "zweites",
            "zweitens",
            "second",
            "ikinci",
            "drugie",
            "drugi",
            "deuxieme",
            "deuxiem",
            "второе",
            "второи",
            "друге",
            "вторая",
            "الثاني",
        ],
        &[
            "dritte",
            "dritten",
            "dritter",
            "drittes",
            "drittens",
            "third",
            "ucuncu",
            "trzecie",
            "trzeci",
            "troisieme",
            "troisiem",
            "третье",
            "третии",
            "трете",
            "الثالث",
        ],
        &[
            "vierte",
            "vierten",
            "vierter",
            "viertes",
            "fourth",
            "dorduncu",
            "czwarte",
            "quatrieme",
            "quatriem",
            "четвертое",
            "четверте",
            "الرابع",
        ],
        &["funfte", "funften", "funfter", "fifth"],
        &["sechste", "sechsten", "sechster", "sixth"],
    ];
    if matches!(
        word,
        "letzte"
            | "letzten"
            | "letzter"
            | "letztes"
            | "last"
            | "sonuncu"
            | "ostatnie"
            | "dernier"
            | "последнее"
            | "останне"
    ) {
        return count.checked_sub(1);
    }
    if let Some(index) = ORDINALS.iter().position(|names| names.contains(&word)) {
        return Some(index);
    }
    let number: usize = word.parse().ok()?;
    (1..=count).contains(&number).then(|| number - 1)
}

fn is_filler(word: &str) -> bool {
    matches!(
        word,
        "das"
            | "die"
            | "der"
            | "den"
            | "dem"
            | "nummer"
            | "nr"
            | "punkt"
            | "bitte"
            | "also"
            | "ich"
            | "meine"
            | "nehme"
            | "ja"
            | "the"
            | "number"
            | "one"
            | "please"
            | "variante"
            | "option"
            | "davon"
            | "und"
            | "zwar"
            | "wohl"
            | "glaub"
            | "glaube"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understanding::text::words;

    #[test]
    fn numbers_and_positions_pick() {
        for (message, expected) in [
            ("2", Some(1)),
            ("2.", Some(1)),
            ("Nummer 3", Some(2)),
            ("das zweite bitte", Some(1)),
            ("die letzte", Some(3)),
            ("ich nehme das Erste", Some(0)),
            ("5", None),
            ("0", None),
            ("zweitwagen anmelden", None),
            ("1 oder 2", None),
            ("was kostet das zweite Kennzeichen bei euch", None),
        ] {
            assert_eq!(picked_position(&words(message), 4), expected, "{message}");
        }
    }
}
