//! Putting notices up and taking them down while the desk is open.

use super::StoreError;
use crate::notice::Notice;
use crate::slug::Slug;

/// Keeps notices and has the desk tell them. What returned is kept and told from then on.
#[async_trait::async_trait]
pub trait NoticeBoard: Send + Sync {
    /// Every notice, also planned and expired ones.
    async fn all(&self) -> Result<Vec<Notice>, NoticeBoardError>;
    /// Puts a notice up, in place of one of the same name.
    async fn put_up(&self, notice: Notice) -> Result<(), NoticeBoardError>;
    /// Ends a notice that is in force or planned. It stays in the history.
    async fn end(&self, id: &Slug) -> Result<(), NoticeBoardError>;
}

/// A notice could not be put up or ended; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum NoticeBoardError {
    /// It names what is not there, or contradicts itself; every mistake with what to do.
    #[error("{}", .0.join("\n"))]
    Invalid(Vec<String>),
    /// There is no notice of this name.
    #[error("there is no notice `{0}`")]
    Unknown(Slug),
    /// It is over already.
    #[error("the notice `{0}` is over already")]
    Over(Slug),
    /// It could not be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}
