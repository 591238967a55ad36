//! `auskunft serve`: website and messenger over one desk, from one data folder.

use std::sync::Arc;
use std::time::Duration;

use bot_telegram::TelegramHealth;
use faq_engine::desk::InfoDesk;
use faq_engine::ports::{Clock, ContentStore, StoreError};
use faq_store_sled::{OpenError, SledStore, WriteState};
use tokio::sync::watch;
use web_widget_server::{Application, BuildError, Keepers, OperatorKey, RunError, ServerSettings};

use crate::assembly::{AssemblyError, Configuration};
use crate::clock::SystemClock;
use crate::messenger::{self, MessengerError, TelegramDoor};
use crate::notices::StoredNotices;
use crate::operator::OperatorAccess;
use crate::publishing::{self, Delivery, DeliveryError};

/// The program cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The desk cannot be put together.
    #[error(transparent)]
    Assembly(#[from] AssemblyError),
    /// The data folder cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server cannot listen.
    #[error(transparent)]
    Server(#[from] BuildError),
    /// The messenger cannot be put together.
    #[error(transparent)]
    Messenger(#[from] MessengerError),
    /// What lets the command line reach this server cannot be left in the data folder.
    #[error("the operator's access could not be left in the data folder")]
    Access(#[source] std::io::Error),
    /// The web server ended by itself.
    #[error(transparent)]
    Run(#[from] RunError),
}

/// Serves until `drain` resolves and what is in flight is finished; `stop` ends that at once. `ready` is told the address once questions are answered.
pub async fn serve(
    configuration: Configuration,
    drain: impl Future<Output = ()>,
    stop: impl Future<Output = ()>,
    ready: impl FnOnce(std::net::SocketAddr),
) -> Result<(), ServeError> {
    let data = configuration.settings.data.clone();
    let store = SledStore::open(&data).await?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let desk = Arc::new(open_desk(&configuration, &store, clock.clone()).await?);
    let mut settings = server_settings(&configuration);
    let key = configuration.settings.operator_key.as_ref();
    let access = OperatorAccess::new(settings.listen, key.map(|key| key.reveal())).map_err(ServeError::Access)?;
    settings.operator_key = Some(OperatorKey::new(&access.key));
    let notices = Arc::new(StoredNotices::new(store.clone(), desk.clone()));
    let keepers = Keepers { notices: Some(notices), ..Keepers::default() };
    let mut application = Application::build_keeping(settings, desk.clone(), keepers)?;
    let telegram = messenger::telegram(&configuration, &store, desk, clock, application.verdicts())?;
    if let Some(webhook) = telegram.as_ref().and_then(bot_telegram::Channel::webhook) {
        application = application.with_webhook(Arc::new(TelegramDoor(webhook)));
    }
    let address = application.address();
    access.reached_at(address).leave_in(&data).map_err(ServeError::Access)?;

    let (stopping, stopped) = watch::channel(false);
    // The channel logs its own changes of health; the receiver is for whoever will show it.
    let telegram =
        telegram.map(|channel| tokio::spawn(channel.run(watch::channel(TelegramHealth::default()).0, stopped.clone())));
    let exports = tokio::spawn(export_regularly(store.clone(), configuration.settings.export_every_hours, stopped));
    ready(address);
    let ended = application.run(drain, stop).await;
    // The website has drained; the messenger finishes the update it is at, the store writes a last export.
    let _ = stopping.send(true);
    if let Some(telegram) = telegram {
        let _ = telegram.await;
    }
    let _ = exports.await;
    OperatorAccess::take_from(&data);
    Ok(ended?)
}

/// The desk over the store's content, after the shipped files were brought in.
pub async fn open_desk(
    configuration: &Configuration,
    store: &SledStore,
    clock: Arc<dyn Clock>,
) -> Result<InfoDesk, ServeError> {
    let content = store.content();
    let check = |documents: &[_]| configuration.catalogue(documents).map(|_| ()).map_err(AssemblyError::from);
    match publishing::deliver(&content, &configuration.documents, check).await {
        Ok(delivery) => tell(&delivery),
        // Nothing can be saved, but what is there can be told: answers go on.
        Err(DeliveryError::Store(StoreError::ReadOnly(reason))) => {
            tracing::warn!(reason, "shipped content could not be brought in")
        }
        Err(DeliveryError::Store(error)) => return Err(error.into()),
        Err(DeliveryError::Mistakes(error)) => return Err(error.into()),
    }
    let records = content.all().await?;
    let desk = if records.is_empty() {
        tracing::warn!("the store is empty and cannot be filled; answering from the shipped files");
        configuration.desk(clock)
    } else {
        configuration.desk_over(&publishing::documents(records), clock)
    };
    if let WriteState::ReadOnly(reason) = store.write_state() {
        tracing::warn!(reason, "nothing can be saved; answers go on");
    }
    Ok(desk?)
}

/// Says what differs between files and store.
fn tell(delivery: &Delivery) {
    tracing::info!(records = delivery.brought_in.len(), "brought in shipped content");
    for key in &delivery.kept {
        tracing::info!(%key, "an editor changed this; the shipped file differs and is not used");
    }
    for key in &delivery.withdrawn {
        tracing::info!(%key, "an editor withdrew this; the shipped file is not used");
    }
    for key in &delivery.not_shipped {
        tracing::info!(%key, "only the store has this; there is no shipped file");
    }
}

fn server_settings(configuration: &Configuration) -> ServerSettings {
    let section = &configuration.settings.server;
    let usual = ServerSettings::listening_on(section.listen);
    ServerSettings {
        allowed_origins: section.allowed_origins.clone().unwrap_or(usual.allowed_origins),
        frame_ancestors: section.frame_ancestors.clone(),
        trusted_proxies: section.trusted_proxies.clone(),
        rate_per_minute: section.rate_per_minute.unwrap_or(usual.rate_per_minute),
        workers: section.workers,
        security_contact: section.security_contact.clone(),
        ..usual
    }
}

/// Writes a verified export at the start, then regularly, and when the program stops: the way back if the store is
/// damaged.
async fn export_regularly(store: SledStore, every_hours: u64, mut stopped: watch::Receiver<bool>) {
    loop {
        match store.export_latest().await {
            Ok(_) => tracing::debug!("wrote a verified export"),
            Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "no export could be written"),
        }
        if *stopped.borrow() {
            return;
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_secs(every_hours.max(1) * 3600)) => {}
            _ = stopped.changed() => {}
        }
    }
}
