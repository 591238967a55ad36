//! Every town of the county with every topic whose responsibility depends on the town, from the shipped content: who is
//! named is who the content says. One conversation: what was told is remembered, and another town corrects it.

use std::fs;

use auskunft_tests::command_line::auskunft;
use auskunft_tests::program::workspace;
use toml::Table;

struct Topic {
    slug: String,
    name: String,
    /// Towns that do it themselves; none: all of them.
    halls: Vec<String>,
}

fn read(path: &std::path::Path) -> Table {
    fs::read_to_string(path).expect("a file of the content").parse().expect("valid TOML")
}

fn text(table: &Table, path: &[&str]) -> Option<String> {
    let (last, tables) = path.split_last()?;
    let table = tables.iter().try_fold(table, |table, key| table.get(*key)?.as_table())?;
    table.get(*last)?.as_str().map(str::to_owned)
}

fn topics() -> Vec<Topic> {
    let folders = fs::read_dir(workspace().join("config/content")).expect("the content");
    let files = folders.flat_map(|folder| fs::read_dir(folder.expect("a folder").path()).expect("a topic"));
    let mut topics: Vec<Topic> = files
        .filter_map(|file| {
            let table = read(&file.expect("a file").path());
            let halls = table.get("responsible")?.get("town_halls")?.as_array()?.clone();
            let halls: Vec<String> = halls.iter().filter_map(|hall| hall.as_str().map(str::to_owned)).collect();
            let topic = Topic { slug: text(&table, &["slug"])?, name: text(&table, &["name", "de"])?, halls };
            (!topic.halls.is_empty()).then_some(topic)
        })
        .collect();
    topics.sort_by(|a, b| a.slug.cmp(&b.slug));
    topics
}

/// Id, name and office of every town.
fn towns() -> Vec<(String, String, String)> {
    let table = read(&workspace().join("config/towns.toml"));
    let towns = table["town"].as_array().expect("towns").iter().filter_map(toml::Value::as_table);
    let text = |town: &Table, key: &str| text(town, &[key]).expect("a text");
    towns.map(|town| (text(town, "id"), text(town, "name"), text(town, "office_name"))).collect()
}

#[test]
fn every_town_is_sent_to_whom_the_content_names_for_every_topic() {
    let (topics, towns) = (topics(), towns());
    assert!(topics.len() >= 12 && towns.len() == 14, "{} topics, {} towns", topics.len(), towns.len());
    let mut lines = Vec::new();
    for (_, town, _) in &towns {
        lines.push(format!("Ich wohne in {town}"));
        lines.extend(topics.iter().map(|topic| topic.name.clone()));
    }
    let replies = auskunft(["ask", "--json"]).hears(lines.iter().map(String::as_str)).replies();
    assert_eq!(replies.len(), lines.len());
    let mut wrong = Vec::new();
    for ((id, town, office), replies) in towns.iter().zip(replies.chunks(topics.len() + 1)) {
        for (topic, reply) in topics.iter().zip(&replies[1..]) {
            let own = topic.halls.iter().any(|hall| hall == "all" || hall == id);
            let said = reply["text"].as_str().unwrap_or_default();
            let names_hall = said.contains(office.as_str());
            let says_county = said.contains(&format!("Für Menschen aus {town} ist dafür der Kreis zuständig"));
            let is_right = reply["service"] == topic.slug.as_str() && names_hall == own && says_county != own;
            if !is_right {
                wrong.push(format!("{town}, {}: {said}", topic.slug));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n\n"));
}
