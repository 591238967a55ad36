//! Who may know whom: the manifests are the architecture, and this holds them to what ARCHITECTURE says.
//!
//! Widening an edge needs a line in ARCHITECTURE first, then one here.

use std::collections::{BTreeMap, BTreeSet};

use auskunft_tests::repository::{SourceFile, dependencies, manifests, root_manifest, rust_files};
use toml::Table;

const ENGINE: &str = "faq-engine";
const TESTKIT: &str = "faq-testkit";
const CONFIG: &str = "auskunft-config";
const PROGRAM: &str = "auskunft";
const TESTS: &str = "auskunft-tests";
const ADAPTERS: [&str; 5] = ["faq-search", "faq-store-sled", "faq-booking", "bot-telegram", "web-widget-server"];

/// What is linked into the program.
const LINKED: [&str; 2] = ["dependencies", "build-dependencies"];
/// What is used in any way.
const USED: [&str; 3] = ["dependencies", "build-dependencies", "dev-dependencies"];

/// A crate's manifest by package name.
fn manifest(name: &str) -> Table {
    let manifests = manifests();
    manifests.get(name).unwrap_or_else(|| panic!("there is no crate {name}")).1.clone()
}

/// Names of our own crates among what a crate uses.
fn ours(manifest: &Table, kinds: &[&str]) -> BTreeSet<String> {
    let known = manifests();
    dependencies(manifest, kinds).into_iter().filter(|name| known.contains_key(name)).collect()
}

/// The crates that use another one in this way.
fn users(name: &str, kinds: &[&str]) -> BTreeSet<String> {
    let uses = |manifest: &Table| dependencies(manifest, kinds).iter().any(|used| used == name);
    manifests().into_iter().filter(|(_, (_, manifest))| uses(manifest)).map(|(crate_name, _)| crate_name).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn a_crate_lies_in_a_room_and_is_named_after_its_path() {
    for (name, (folder, _)) in manifests() {
        let named_apart = [(PROGRAM, "bot/auskunft"), (CONFIG, "config"), (TESTS, "tests")];
        match named_apart.iter().find(|(apart, _)| *apart == name) {
            Some((_, expected)) => assert_eq!(folder, *expected),
            None => {
                assert_eq!(folder.split('/').count(), 2, "{folder} is not room/crate");
                assert_eq!(folder.replace('/', "-"), name);
            }
        }
    }
}

#[test]
fn every_crate_is_a_member_and_no_member_is_missing() {
    let root = root_manifest();
    let members = root["workspace"]["members"].as_array().expect("members are a list");
    let members: BTreeSet<String> = members.iter().filter_map(|member| member.as_str()).map(str::to_owned).collect();
    let folders: BTreeSet<String> = manifests().into_values().map(|(folder, _)| folder).collect();
    assert_eq!(members, folders);
}

#[test]
fn the_engine_knows_only_time_text_errors_maps_and_async_traits() {
    let allowed = set(&[
        "async-trait",
        "chrono",
        "chrono-tz",
        "percent-encoding",
        "rustc-hash",
        "thiserror",
        "unicode-normalization",
    ]);
    let known: BTreeSet<String> = dependencies(&manifest(ENGINE), &LINKED).into_iter().collect();
    assert_eq!(known, allowed);
}

#[test]
fn the_engine_derives_no_serde_not_even_in_tests() {
    let used = dependencies(&manifest(ENGINE), &USED);
    assert!(used.iter().all(|name| !name.starts_with("serde") && name != "toml"), "{used:?}");
    for file in engine_files() {
        assert!(!file.text.contains("serde"), "{} speaks of serde", file.path);
    }
}

#[test]
fn the_engine_touches_no_file_no_network_no_environment_and_no_clock() {
    for file in engine_files() {
        for forbidden in ["std::fs", "std::env", "std::net", "std::process", "std::io", "std::thread", "SystemTime"] {
            assert!(!file.text.contains(forbidden), "{} uses {forbidden}", file.path);
        }
    }
}

fn engine_files() -> Vec<SourceFile> {
    let files: Vec<_> = rust_files().into_iter().filter(|file| file.path.starts_with("faq/engine/src/")).collect();
    assert!(files.len() > 20, "the engine is not found");
    files
}

#[test]
fn an_adapter_knows_the_engine_and_no_other_room() {
    for adapter in ADAPTERS {
        assert_eq!(ours(&manifest(adapter), &LINKED), set(&[ENGINE]), "{adapter}");
        let for_tests = ours(&manifest(adapter), &["dev-dependencies"]);
        assert!(for_tests.iter().all(|name| name == TESTKIT), "{adapter} uses {for_tests:?} in its tests");
    }
}

#[test]
fn every_crate_is_one_of_those_drawn() {
    let drawn: BTreeSet<String> =
        ADAPTERS.into_iter().chain([ENGINE, TESTKIT, CONFIG, PROGRAM, TESTS]).map(str::to_owned).collect();
    assert_eq!(manifests().into_keys().collect::<BTreeSet<_>>(), drawn, "a new crate needs its rule here");
}

#[test]
fn the_configuration_knows_the_engine_because_it_fills_its_types() {
    assert_eq!(ours(&manifest(CONFIG), &USED), set(&[ENGINE]));
}

#[test]
fn nobody_but_the_program_knows_the_configuration() {
    assert_eq!(users(CONFIG, &USED), set(&[PROGRAM]));
}

#[test]
fn nobody_but_the_program_knows_an_adapter() {
    for adapter in ADAPTERS {
        assert_eq!(users(adapter, &USED), set(&[PROGRAM]), "{adapter}");
    }
}

#[test]
fn nobody_knows_the_program() {
    assert_eq!(users(PROGRAM, &USED), BTreeSet::new());
    assert_eq!(users(TESTS, &USED), BTreeSet::new());
}

#[test]
fn the_testkit_is_for_tests_only() {
    assert_eq!(users(TESTKIT, &LINKED), BTreeSet::new());
    assert_eq!(ours(&manifest(TESTKIT), &LINKED), set(&[ENGINE]));
}

#[test]
fn the_engine_does_not_know_the_testkit_that_links_it() {
    for file in engine_files() {
        assert!(!file.text.contains("faq_testkit"), "{} belongs into faq/engine/tests/", file.path);
    }
}

#[test]
fn the_black_box_tests_know_no_crate_of_ours() {
    assert_eq!(ours(&manifest(TESTS), &USED), BTreeSet::new());
}

/// A vendor and the crates whose business it is. The black box tests may use one to play the outside world.
const VENDORS: [(&str, &[&str]); 15] = [
    ("actix-web", &["web-widget-server"]),
    ("clap", &[PROGRAM]),
    ("flate2", &["faq-booking", "web-widget-server"]),
    ("fs4", &["faq-store-sled"]),
    ("futures-util", &["faq-booking", "web-widget-server"]),
    ("hmac", &["bot-telegram"]),
    ("maud", &["web-widget-server"]),
    ("reqwest", &[PROGRAM, "bot-telegram", "faq-booking"]),
    ("sled", &["faq-store-sled"]),
    ("tantivy", &["faq-search"]),
    ("teloxide", &["bot-telegram"]),
    ("toml", &[CONFIG]),
    ("tracing-subscriber", &[PROGRAM]),
    ("url", &["bot-telegram", CONFIG, "faq-booking"]),
    ("utoipa", &["web-widget-server"]),
];

#[test]
fn a_vendor_is_known_by_its_adapter_only() {
    for (vendor, adapters) in VENDORS {
        let mut users = users(vendor, &LINKED);
        users.remove(TESTS);
        assert_eq!(users, set(adapters), "{vendor}");
    }
}

#[test]
fn only_the_borders_know_json() {
    let mut users = users("serde_json", &LINKED);
    users.remove(TESTS);
    assert_eq!(users, set(&[PROGRAM, "bot-telegram", "faq-booking", "faq-store-sled", "web-widget-server"]));
}

#[test]
fn every_version_stands_in_the_workspace_manifest() {
    for (name, (_, manifest)) in manifests() {
        for kind in USED {
            let table = manifest.get(kind).and_then(|table| table.as_table()).cloned().unwrap_or_default();
            for (dependency, value) in table {
                let is_shared = value.get("workspace").and_then(|shared| shared.as_bool()) == Some(true);
                assert!(is_shared, "{name} names its own version of {dependency}");
            }
        }
    }
}

#[test]
fn every_crate_obeys_the_lints_of_the_house_and_is_not_published() {
    for (name, (_, manifest)) in manifests() {
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{name}");
        for key in ["version", "edition", "rust-version", "license", "publish"] {
            assert_eq!(manifest["package"][key]["workspace"].as_bool(), Some(true), "{name}: {key}");
        }
    }
    let root = root_manifest();
    assert_eq!(root["workspace"]["package"]["publish"].as_bool(), Some(false));
    assert_eq!(root["workspace"]["lints"]["rust"]["unsafe_code"].as_str(), Some("forbid"));
}

#[test]
fn every_shared_version_is_used() {
    let root = root_manifest();
    let shared = root["workspace"]["dependencies"].as_table().expect("a table");
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (_, manifest) in manifests().into_values() {
        for name in dependencies(&manifest, &USED) {
            *used.entry(name).or_default() += 1;
        }
    }
    let unused: Vec<&String> = shared.keys().filter(|name| !used.contains_key(*name)).collect();
    assert!(unused.iter().all(|name| *name == PROGRAM), "nobody uses {unused:?}");
}
