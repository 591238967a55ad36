//! The stores on sled keep the promises of the ports.

mod support;

use std::sync::Mutex;

use faq_testkit::{content_store_contract, conversation_store_contract};
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn sled_content_store_keeps_the_contract() {
    let folders = Mutex::new(Vec::new());
    content_store_contract(async || support::open(&new_folder(&folders)).await.content()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sled_conversation_store_keeps_the_contract() {
    let folders = Mutex::new(Vec::new());
    conversation_store_contract(async || support::open(&new_folder(&folders)).await.conversations()).await;
}

/// A folder that stays until the end of the test.
fn new_folder(folders: &Mutex<Vec<TempDir>>) -> std::path::PathBuf {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_owned();
    folders.lock().expect("no test panicked here").push(folder);
    path
}
