//! How the channel is, for `/readyz`, the editors' start page and alarms.

/// How the channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TelegramHealth {
    /// Telegram has not answered yet.
    #[default]
    Starting,
    /// The last call was answered.
    Ok,
    /// Telegram refuses the token: somebody has to enter the right one.
    Unauthorised,
    /// A second program uses the same token.
    Conflict,
    /// Telegram will not have it, for example the address of the webhook.
    Refused,
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
            Self::Refused => "refused",
            Self::Unreachable => "unreachable",
        }
    }

    /// Whether it takes a person to mend it.
    pub fn needs_operator(self) -> bool {
        matches!(self, Self::Unauthorised | Self::Conflict | Self::Refused)
    }
}
