//! From settings to a channel on Telegram, and its door in the web server.

use std::sync::Arc;

use auskunft_config::settings::{TelegramSection, WebhookSection};
use bot_telegram::{Channel, Surroundings, TelegramError, TelegramSettings, WebhookSettings};
use faq_engine::desk::InfoDesk;
use faq_engine::ports::{Clock, Verdicts};
use faq_store_sled::SledStore;
use web_widget_server::{Received, Webhook};

use crate::assembly::Configuration;
use crate::secret_key::{self, KeyError};

/// The channel cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum MessengerError {
    /// The key for hashes cannot be kept.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// An address is wrong.
    #[error("{setting} must be a complete address, not \"{address}\"")]
    Address {
        /// Where it stands.
        setting: &'static str,
        /// What stands there.
        address: String,
    },
    /// The channel cannot be built.
    #[error(transparent)]
    Channel(#[from] TelegramError),
}

/// The channel on Telegram, if there is a token. It is not opened yet.
pub fn telegram(
    configuration: &Configuration,
    store: &SledStore,
    desk: Arc<InfoDesk>,
    clock: Arc<dyn Clock>,
    verdicts: Arc<dyn Verdicts>,
) -> Result<Option<Channel>, MessengerError> {
    let Some(section) = &configuration.settings.telegram else { return Ok(None) };
    let key = secret_key::read_or_create(&configuration.settings.data.join("key"))?;
    let conversations = Arc::new(store.conversations());
    let surroundings = Surroundings { desk, conversations, clock, verdicts };
    Ok(Some(Channel::new(&settings(section)?, surroundings, key)?))
}

fn settings(section: &TelegramSection) -> Result<TelegramSettings, MessengerError> {
    let parse = |setting, address: &String| {
        address.parse().map_err(|_| MessengerError::Address { setting, address: address.clone() })
    };
    let webhook = |WebhookSection { address, secret }: &WebhookSection| {
        let secret = bot_telegram::Secret::new(secret.reveal());
        Ok::<_, MessengerError>(WebhookSettings { address: parse("telegram.webhook", address)?, secret })
    };
    let mut settings = TelegramSettings::new(bot_telegram::Secret::new(section.token.reveal()));
    settings.api_url = section.api_url.as_ref().map(|address| parse("TELOXIDE_API_URL", address)).transpose()?;
    settings.webhook = section.webhook.as_ref().map(webhook).transpose()?;
    settings.website = section.website.clone();
    Ok(settings)
}

/// Telegram's door, as the web server knows doors.
pub struct TelegramDoor(pub bot_telegram::Webhook);

#[async_trait::async_trait]
impl Webhook for TelegramDoor {
    fn path(&self) -> &str {
        self.0.path()
    }

    fn secret_header(&self) -> &'static str {
        bot_telegram::Webhook::SECRET_HEADER
    }

    fn knows(&self, secret: Option<&[u8]>) -> bool {
        self.0.knows(secret)
    }

    async fn receive(&self, message: &[u8]) -> Received {
        match self.0.receive(message).await {
            bot_telegram::Received::Dealt => Received::Dealt,
            bot_telegram::Received::Later => Received::Later,
        }
    }
}
