//! `export`, `import`, `reindex`, `restore`: the store as files.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use auskunft_config::{ContentDocument, Fault};
use faq_engine::ports::{ContentKind, ContentStore, StoreError};
use faq_store_sled::{OpenError, RestoreError, SledStore};

use crate::assembly::{AssemblyError, Configuration};
use crate::publishing;

/// A command on the store failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreCommandError {
    /// The store cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An export cannot be restored.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The content has mistakes.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
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

/// Writes every record of the store as a file of the configuration folder's layout. Returns how many.
pub async fn export(data: &Path, target: &Path) -> Result<usize, StoreCommandError> {
    let store = SledStore::open(data).await?;
    let records = store.content().all().await?;
    for record in &records {
        let path = target.join(file_name(record.key.kind, &record.key.name));
        let write = |path: &Path| {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, &record.document)
        };
        write(&path).map_err(|source| StoreCommandError::Write { path, source })?;
    }
    Ok(records.len())
}

/// Where a record lies in a configuration folder.
fn file_name(kind: ContentKind, name: &str) -> PathBuf {
    match kind {
        ContentKind::Service | ContentKind::Entry => format!("content/{name}.toml").into(),
        ContentKind::Office => format!("offices/{name}.toml").into(),
        ContentKind::Notice => format!("notices/{name}.toml").into(),
        ContentKind::Towns => "towns.toml".into(),
    }
}

/// Saves the documents of a configuration folder as an editor's work. Nothing is saved unless everything is valid
/// together with what is there. Returns how many records changed.
pub async fn import(
    configuration: &Configuration,
    data: &Path,
    documents: &[ContentDocument],
) -> Result<usize, StoreCommandError> {
    let store = SledStore::open(data).await?;
    let mut merged = publishing::documents(store.content().all().await?);
    merged.retain(|stored| !documents.iter().any(|document| document.key == stored.key));
    merged.extend(documents.iter().cloned());
    configuration.catalogue(&merged).map_err(AssemblyError::from)?;
    let changed = publishing::import(&store.content(), documents).await?;
    // From now on there is something to restore, even if no server ever starts over this folder.
    store.export_latest().await?;
    Ok(changed)
}

/// What a rebuilt index holds.
pub struct Reindexed {
    /// Services and free questions.
    pub items: usize,
    /// How long it took.
    pub took: Duration,
}

/// Builds the index from the store, as every start does, and says whether it can be done.
pub async fn reindex(configuration: &Configuration, data: &Path) -> Result<Reindexed, StoreCommandError> {
    let store = SledStore::open(data).await?;
    let documents = publishing::documents(store.content().all().await?);
    let (catalogue, _) = configuration.catalogue(&documents).map_err(AssemblyError::from)?;
    let items = catalogue.services().count() + catalogue.entries().count();
    let begin = Instant::now();
    configuration.knowledge(catalogue).map_err(AssemblyError::from)?;
    Ok(Reindexed { items, took: begin.elapsed() })
}

/// The documents of another configuration folder, for import.
pub fn documents_in(folder: &Path) -> Result<Vec<ContentDocument>, Vec<Fault>> {
    auskunft_config::ConfigFolder::new(folder).content()
}
