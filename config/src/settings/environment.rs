//! What the environment says instead of the file, and secrets, which belong there.

/// A value that never appears in a log or message.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

/// The values of the environment that override the file. Passed in, so that tests need not change the process.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `AUSKUNFT_DATA`.
    pub data: Option<String>,
    /// `AUSKUNFT_LISTEN`.
    pub listen: Option<String>,
    /// `TELOXIDE_TOKEN`.
    pub token: Option<String>,
    /// `TELOXIDE_API_URL`.
    pub api_url: Option<String>,
    /// `AUSKUNFT_TELEGRAM_SECRET`.
    pub telegram_secret: Option<String>,
    /// `AUSKUNFT_BOOKING_TOKEN`.
    pub booking_token: Option<String>,
    /// `AUSKUNFT_OPERATOR_KEY`.
    pub operator_key: Option<String>,
}

/// A secret of the environment, unless it is blank.
pub(super) fn secret(value: Option<&str>) -> Option<Secret> {
    value.map(str::trim).filter(|value| !value.is_empty()).map(Secret::new)
}
