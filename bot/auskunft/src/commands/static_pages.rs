//! `auskunft export --static`: the whole desk as plain pages, written as a whole or not at all.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use auskunft_config::ContentDocument;
use faq_engine::ports::{Clock, ContentStore, StoreError};
use faq_store_sled::{OpenError, RestoreError, SledStore, read_export};
use web_widget_server::{BrokenLink, StaticFiles, static_site};

use crate::assembly::{AssemblyError, Configuration};
use crate::publishing;

/// Says that a folder was written by us and may be replaced.
const MARK: &str = ".auskunft-static";

/// The pages could not be written; what was there is still there.
#[derive(Debug, thiserror::Error)]
pub enum StaticPagesError {
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The export of the running server cannot be read.
    #[error(transparent)]
    Export(#[from] RestoreError),
    /// The desk cannot be put together.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    /// Links lead nowhere.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Links(Vec<BrokenLink>),
    /// The folder holds something else.
    #[error("{} is not empty and holds no pages of ours; name another folder", .0.display())]
    NotOurs(PathBuf),
    /// A file cannot be written.
    #[error("{} cannot be written", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// Writes the pages to this folder, in place of those of an earlier call. Returns how many.
pub async fn write(
    configuration: &Configuration,
    data: &Path,
    target: &Path,
    clock: Arc<dyn Clock>,
) -> Result<usize, StaticPagesError> {
    refuse_strangers(target)?;
    let documents = published(configuration, data).await?;
    let desk = configuration.desk_over(&documents, clock)?.read_later();
    let files = static_site(&desk).await.map_err(StaticPagesError::Links)?;
    replace(target, &files).map_err(|(path, source)| StaticPagesError::Write { path, source })?;
    Ok(files.len())
}

/// What is published: in the store, in the export of the server that holds it, or in the files if nothing ever started.
async fn published(configuration: &Configuration, data: &Path) -> Result<Vec<ContentDocument>, StaticPagesError> {
    if !data.exists() {
        return Ok(configuration.documents.clone());
    }
    let records = match SledStore::open(data).await {
        Ok(store) => store.content().all().await?,
        // Every publication is followed by an export, so it is as new as what is told.
        Err(OpenError::InUse { .. }) => read_export(data.join("export").join("latest.jsonl")).await?,
        Err(error) => return Err(error.into()),
    };
    Ok(if records.is_empty() { configuration.documents.clone() } else { publishing::documents(records) })
}

fn refuse_strangers(target: &Path) -> Result<(), StaticPagesError> {
    let is_empty = std::fs::read_dir(target).map_or(true, |mut entries| entries.next().is_none());
    let is_file = target.exists() && !target.is_dir();
    if is_file || (!is_empty && !target.join(MARK).exists()) {
        return Err(StaticPagesError::NotOurs(target.to_owned()));
    }
    Ok(())
}

/// Builds the new folder beside the old one and swaps them.
fn replace(target: &Path, files: &StaticFiles) -> Result<(), (PathBuf, std::io::Error)> {
    let beside = |ending: &str| {
        let mut name = target.file_name().unwrap_or_default().to_owned();
        name.push(ending);
        target.with_file_name(name)
    };
    let (new, old) = (beside(".new"), beside(".old"));
    let at = |path: &Path| {
        let path = path.to_owned();
        move |error| (path, error)
    };
    for folder in [&new, &old] {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(at(folder))?;
        }
    }
    let mark = (MARK, &b"written by auskunft export --static; the next call replaces this folder\n"[..]);
    for (name, bytes) in files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).chain([mark]) {
        let path = new.join(name);
        let made = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        made.and_then(|()| std::fs::write(&path, bytes)).map_err(at(&path))?;
    }
    if target.exists() {
        std::fs::rename(target, &old).map_err(at(target))?;
    }
    if let Err(error) = std::fs::rename(&new, target) {
        // The old pages back, or the next call would remove the only ones there are.
        let _ = std::fs::rename(&old, target);
        return Err(at(target)(error));
    }
    // What is left of the old pages harms nobody; the next call removes it.
    let _ = std::fs::remove_dir_all(&old);
    Ok(())
}
