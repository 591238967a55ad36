//! How the channel is, for `/readyz`, the editors' start page and alarms.

/// How the channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TelegramHealth {
    /// Telegram has not answered yet.
    #[default]
    Starting,
    /// The last poll was answered.
    Ok,
    /// Telegram refuses the token: somebody has to enter the right one.
    Unauthorised,
    /// A second program polls with the same token, or somebody set a webhook.
    Conflict,
    /// Telegram cannot be reached or fails.
    Unreachable,
}

impl TelegramHealth {
    /// The name in logs, metrics and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Ok => "ok",
            Self::Unauthorised => "unauthorised",
            Self::Conflict => "conflict",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether it takes a person to mend it.
    pub fn needs_operator(self) -> bool {
        matches!(self, Self::Unauthorised | Self::Conflict)
    }
}
