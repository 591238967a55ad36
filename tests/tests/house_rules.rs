//! Rules of the house that no compiler knows: sentences, languages, files.

use std::collections::{BTreeMap, BTreeSet};

use auskunft_tests::program::workspace;
use auskunft_tests::repository::{SourceFile, files, parse, paths, rust_files};

/// The rooms that speak to people.
const SPEAKING: [&str; 5] = [
    "faq/engine/src/compose/",
    "faq/engine/src/dialogue/",
    "faq/engine/src/desk.rs",
    "bot/telegram/src/",
    "web-widget/server/src/",
];

/// Sentences that only German must have: the sample town page is German, as such a page would be. A language that begins
/// with it must finish it.
const MAY_BE_GERMAN_ONLY: &str = "web_sample_";

/// Files longer than the house likes, and why.
const LONG_FILES: [(&str, &str); 5] = [
    ("config/src/content/service.rs", "the shape of a service file with its readers, field by field"),
    ("faq/engine/src/hours/holidays.rs", "a table of the named days of the year"),
    ("faq/engine/src/hours/phrases/german.rs", "a table of German time expressions"),
    ("faq/store-sled/src/ledger.rs", "one writer's invariant over database, manifest and memory"),
    ("web-widget/server/src/reply_body.rs", "the JSON shapes of every block, each field described for other programs"),
];
const LONGEST_FILE: usize = 300;

/// Files of the rooms that speak, without their tests.
fn speaking_files() -> Vec<SourceFile> {
    let speaks = |file: &SourceFile| SPEAKING.iter().any(|room| file.path.starts_with(room)) && !file.is_for_tests();
    let files: Vec<_> = rust_files().into_iter().filter(speaks).collect();
    assert!(files.len() > 30, "the rooms that speak are not found");
    files
}

/// Sentences by key, for each language file.
fn sentences() -> BTreeMap<String, BTreeMap<String, String>> {
    let packs = files().into_iter().filter(|file| file.path.starts_with("config/languages/"));
    let pack = |file: SourceFile| {
        let table = parse(&file);
        let sentences = table["sentences"].as_table().expect("sentences are a table").clone();
        let text = |value: toml::Value| value.as_str().expect("a sentence is a text").to_owned();
        let name = file.path.trim_start_matches("config/languages/").trim_end_matches(".toml").to_owned();
        (name, sentences.into_iter().map(|(key, value)| (key, text(value))).collect())
    };
    packs.map(pack).collect()
}

fn german() -> BTreeMap<String, String> {
    sentences().remove("de").expect("there is a German file")
}

/// Texts in quotes that could be the key of a sentence.
fn literals(text: &str) -> BTreeSet<&str> {
    let is_key = |word: &&str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    // Quotes inside quotes only split a text that is no key anyway.
    text.split('"').filter(is_key).collect()
}

/// The keys handed straight to `say`, `sentence` and `say_key`.
fn spoken(text: &str) -> BTreeSet<&str> {
    let calls = ["say(", "sentence(", "say_key("];
    let after = calls.iter().flat_map(|call| text.match_indices(call).map(|(at, call)| &text[at + call.len()..]));
    after.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next()).collect()
}

/// The `{placeholders}` of a sentence.
fn placeholders(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

#[test]
fn everything_said_is_a_german_sentence() {
    let german = german();
    let mut missing = Vec::new();
    for file in speaking_files() {
        for key in spoken(file.without_tests()).into_iter().filter(|key| !german.contains_key(*key)) {
            missing.push(format!("{}: {key}", file.path));
        }
    }
    assert!(missing.is_empty(), "config/languages/de.toml lacks {missing:#?}");
}

/// Keys also stand in lists, tables and the arms of a match that ends in `say`. So every name in quotes in a room that
/// speaks is a sentence, unless it is a placeholder or the code of an error that has a sentence.
#[test]
fn every_name_that_could_be_said_is_a_german_sentence() {
    let german = german();
    let filled: BTreeSet<&str> = german.values().flat_map(|sentence| placeholders(sentence)).collect();
    let mut unknown = Vec::new();
    for file in speaking_files() {
        for name in literals(file.without_tests()).into_iter().filter(|name| name.contains('_')) {
            let is_explained =
                german.contains_key(name) || filled.contains(name) || german.contains_key(&format!("web_error_{name}"));
            if !is_explained {
                unknown.push(format!("{}: {name}", file.path));
            }
        }
    }
    assert!(unknown.is_empty(), "no sentences of config/languages/de.toml: {unknown:#?}");
}

#[test]
fn every_german_sentence_is_said_somewhere() {
    let files = speaking_files();
    let known: BTreeSet<&str> = files.iter().flat_map(|file| literals(file.without_tests())).collect();
    let unused: Vec<String> = german().into_keys().filter(|key| !known.contains(key.as_str())).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn every_language_says_everything_the_desk_says() {
    let german = german();
    for (language, sentences) in sentences() {
        let begins = sentences.keys().any(|key| key.starts_with(MAY_BE_GERMAN_ONLY));
        let may_lack = |key: &str| key.starts_with(MAY_BE_GERMAN_ONLY) && !begins;
        let lacks: Vec<&String> = german.keys().filter(|key| !sentences.contains_key(*key) && !may_lack(key)).collect();
        assert!(lacks.is_empty(), "{language}.toml lacks {lacks:?}");
        let made_up: Vec<&String> = sentences.keys().filter(|key| !german.contains_key(*key)).collect();
        assert!(made_up.is_empty(), "{language}.toml says what German does not know: {made_up:?}");
    }
}

#[test]
fn a_translation_fills_in_what_the_german_sentence_does() {
    let german = german();
    for (language, sentences) in sentences() {
        for (key, sentence) in sentences {
            let (mut here, mut there): (Vec<_>, Vec<_>) =
                (placeholders(&sentence).collect(), placeholders(&german[&key]).collect());
            here.sort_unstable();
            there.sort_unstable();
            here.dedup();
            there.dedup();
            assert_eq!(here, there, "{language}.toml: {key}");
        }
    }
}

#[test]
fn nothing_is_unfinished_or_switched_off() {
    // Put together, or this file would be the first to break its rule.
    let marks =
        [("todo", "!("), ("unimplemented", "!("), ("dbg", "!("), ("#[ig", "nore")].map(|(a, b)| a.to_owned() + b);
    for file in rust_files() {
        for mark in &marks {
            assert!(!file.text.contains(mark.as_str()), "{} holds {mark}", file.path);
        }
    }
}

#[test]
fn a_lint_is_expected_with_a_reason_and_not_allowed() {
    for file in rust_files() {
        // A module that several test binaries share is dead code in some of them and not in others.
        let allow = ["[al", "low("].concat();
        let may_allow = file.path.contains("/tests/support/");
        assert!(may_allow || !file.text.contains(&allow), "{} allows a lint; expect it", file.path);
        for mark in [&["[exp", "ect("].concat(), &allow] {
            for (at, mark) in file.text.match_indices(mark) {
                let attribute = file.text[at + mark.len()..].split(")]").next().unwrap_or_default();
                assert!(attribute.contains("reason"), "{}: no reason for {attribute}", file.path);
            }
        }
    }
}

#[test]
fn no_file_knows_the_machine_it_was_written_on() {
    let places = [["/work", "/"], ["/root", "/"], ["/home", "/user"]].map(|parts| parts.concat());
    for file in files() {
        for place in &places {
            let line = file.text.lines().position(|line| line.contains(place.as_str()));
            assert!(line.is_none(), "{}:{} names {place}", file.path, line.unwrap_or_default() + 1);
        }
    }
}

#[test]
fn packages_come_from_the_official_registries() {
    for file in files() {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let official = match name {
            "Cargo.lock" => "source = \"registry+https://github.com/rust-lang/crates.io-index\"",
            "package-lock.json" => "\"resolved\": \"https://registry.npmjs.org/",
            ".npmrc" | ".yarnrc" | ".yarnrc.yml" | "pip.conf" | "config.toml" => {
                let chooses = |line: &str| line.trim_start().starts_with("registr") || line.contains(":registry");
                assert!(!file.text.lines().any(chooses), "{} chooses a registry", file.path);
                continue;
            }
            _ => continue,
        };
        let key = official.split(['=', ':']).next().unwrap_or_default();
        for (number, line) in file.text.lines().enumerate().filter(|(_, line)| line.trim_start().starts_with(key)) {
            assert!(line.trim_start().starts_with(official), "{}:{}: {line}", file.path, number + 1);
        }
    }
}

#[test]
fn every_file_says_what_it_is() {
    let without: Vec<String> =
        rust_files().into_iter().filter(|file| !file.text.starts_with("//!")).map(|file| file.path).collect();
    // The body of `mod tests` in a file of its own is described by the file it belongs to.
    let without: Vec<String> = without.into_iter().filter(|path| !path.ends_with("/tests.rs")).collect();
    assert!(without.is_empty(), "no module doc: {without:#?}");
}

#[test]
fn a_file_is_short_or_has_a_reason() {
    let is_code = |file: &SourceFile| {
        file.path.ends_with(".rs") || (file.path.starts_with("web-widget/element/src/") && file.path.ends_with(".ts"))
    };
    let code = files().into_iter().filter(|file| is_code(file) && !file.is_for_tests());
    let long: BTreeMap<String, usize> = code
        .map(|file| (file.path.clone(), file.without_tests().lines().count()))
        .filter(|(_, length)| *length > LONGEST_FILE)
        .collect();
    let without_reason: Vec<_> =
        long.iter().filter(|(path, _)| LONG_FILES.iter().all(|(excused, _)| path != excused)).collect();
    assert!(without_reason.is_empty(), "do two rooms hide in these? {without_reason:#?}");
    for (path, reason) in LONG_FILES {
        assert!(long.contains_key(path), "{path} ({reason}) is not long any more; take it off the list");
    }
}

#[test]
fn what_is_built_into_the_program_is_in_the_repository() {
    let paths: BTreeSet<String> = paths().into_iter().collect();
    for file in rust_files() {
        for macro_name in ["include_bytes!(\"", "include_str!(\""] {
            for (at, begin) in file.text.match_indices(macro_name) {
                let name = file.text[at + begin.len()..].split('"').next().unwrap_or_default();
                let included = beside(&file.path, name);
                assert!(paths.contains(&included), "{} includes {included}, which git ignores", file.path);
            }
        }
    }
}

/// What is larger was not written here: packages and programs come from where they are kept.
#[test]
fn no_file_is_larger_than_what_people_write() {
    const LARGEST: u64 = 512 * 1024;
    for path in paths() {
        let size = std::fs::metadata(workspace().join(&path)).map_or(0, |file| file.len());
        assert!(size <= LARGEST, "{path} has {size} bytes");
    }
}

/// The path of a file named relative to another.
fn beside(path: &str, name: &str) -> String {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in name.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn types_are_named_after_what_they_are() {
    for file in rust_files() {
        for keyword in ["struct ", "enum ", "trait ", "type "] {
            let declared = file.text.lines().filter_map(|line| {
                let line = line.trim_start();
                let line = line.split_once(") ").filter(|_| line.starts_with("pub(")).map_or(line, |(_, rest)| rest);
                line.trim_start_matches("pub ").strip_prefix(keyword)
            });
            for rest in declared {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let is_vague =
                    ["Manager", "Helper", "Util", "Utils", "Data", "Impl"].iter().any(|word| name.ends_with(word));
                assert!(!is_vague, "{}: {name} says nothing", file.path);
            }
        }
    }
}
