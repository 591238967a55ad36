//! Building the server and running it until it is told to stop.

use std::future::Future;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use actix_web::HttpServer;
use actix_web::dev::Server;
use actix_web::web::Data;
use faq_engine::desk::InfoDesk;
use faq_engine::ports::{NoticeBoard, QuestionLog, Verdicts};

use crate::http::webhook::Webhook;
use crate::routes;
use crate::settings::{CheckedSettings, InvalidSetting, ServerSettings};
use crate::site::Site;

/// A server that holds its port and has not answered anything yet.
pub struct Application {
    server: Server,
    address: SocketAddr,
    site: Data<Site>,
    drain_pause: Duration,
}

/// Who keeps what comes in over HTTP. Whatever has nobody is dropped or refused.
#[derive(Default, Clone)]
pub struct Keepers {
    /// Comments on answers, for the editors.
    pub comments: Option<Arc<dyn QuestionLog>>,
    /// Notices, from operators.
    pub notices: Option<Arc<dyn NoticeBoard>>,
}

/// The server could not be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A setting cannot be meant.
    #[error(transparent)]
    Setting(#[from] InvalidSetting),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
}

/// The server stopped by itself.
#[derive(Debug, thiserror::Error)]
#[error("the web server failed")]
pub struct RunError(#[source] std::io::Error);

impl Application {
    /// Time for a request's head, and for the next request on an open connection.
    const HEAD_DEADLINE: Duration = Duration::from_secs(5);
    const KEEP_ALIVE: Duration = Duration::from_secs(15);

    /// Checks the settings and takes the port. Nothing is kept: comments on answers are dropped, notices cannot change.
    pub fn build(settings: ServerSettings, desk: Arc<InfoDesk>) -> Result<Self, BuildError> {
        Self::build_keeping(settings, desk, Keepers::default())
    }

    /// The same, with those who keep what comes in.
    pub fn build_keeping(settings: ServerSettings, desk: Arc<InfoDesk>, keepers: Keepers) -> Result<Self, BuildError> {
        let checked = CheckedSettings::check(&settings)?;
        Self::from_site(&settings, Site::new(desk, checked, keepers))
    }

    pub(crate) fn from_site(settings: &ServerSettings, site: Site) -> Result<Self, BuildError> {
        let site = Data::new(site);
        let shared = site.clone();
        let refused = |source| BuildError::Listen { address: settings.listen, source };
        let mut server = HttpServer::new(move || routes::application(shared.clone()))
            .client_request_timeout(Self::HEAD_DEADLINE)
            .keep_alive(Self::KEEP_ALIVE)
            .shutdown_timeout(settings.stop_timeout.as_secs())
            .disable_signals();
        if let Some(workers) = settings.workers.filter(|workers| *workers > 0) {
            server = server.workers(workers);
        }
        let server = server.bind(settings.listen).map_err(refused)?;
        let address = server.addrs().first().copied().unwrap_or(settings.listen);
        Ok(Self { server: server.run(), address, site, drain_pause: settings.drain_pause })
    }

    /// Hangs up a door for another program's messages. The first one stays.
    pub fn with_webhook(self, webhook: Arc<dyn Webhook>) -> Self {
        let _ = self.site.webhook.set(webhook);
        self
    }

    /// Where other channels have their verdicts counted, together with the website's.
    pub fn verdicts(&self) -> Arc<dyn Verdicts> {
        self.site.clone().into_inner()
    }

    /// Where it listens, with the port that was picked.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers until `drain` is done, then says "not ready", goes on for the drain pause, takes no new connections and
    /// finishes what is in flight. When `stop` is done, or the stop timeout is over, it stops at once.
    pub async fn run(self, drain: impl Future<Output = ()>, stop: impl Future<Output = ()>) -> Result<(), RunError> {
        let mut server = pin!(self.server);
        let handle = server.handle();
        let mut stop = pin!(stop);
        tokio::select! {
            ended = &mut server => return ended.map_err(RunError),
            () = drain => {}
        }
        tracing::info!("web server drains");
        self.site.drain();
        tokio::select! {
            ended = &mut server => return ended.map_err(RunError),
            () = tokio::time::sleep(self.drain_pause) => {}
            () = &mut stop => {}
        }
        let stopping = async { tokio::join!(&mut server, handle.stop(true)).0 };
        let ended = tokio::select! {
            ended = stopping => ended,
            () = &mut stop => Ok(()),
        };
        tracing::info!("web server stopped");
        ended.map_err(RunError)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpStream;

    use super::*;
    use crate::testing;
    use tokio::sync::oneshot;

    fn get(address: SocketAddr, path: &str) -> std::io::Result<String> {
        let mut socket = TcpStream::connect(address)?;
        write!(socket, "GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        socket.read_to_string(&mut answer)?;
        Ok(answer)
    }

    /// On several threads, as the program runs it.
    #[tokio::test(flavor = "multi_thread")]
    async fn the_first_signal_drains_and_the_server_ends() {
        let settings = ServerSettings { drain_pause: Duration::from_millis(500), ..testing::settings() };
        let application = Application::build(settings, testing::desk()).unwrap();
        let address = application.address();
        assert_ne!(address.port(), 0);
        let (signal, drain) = oneshot::channel::<()>();
        let drain = async { drop(drain.await) };
        let running = tokio::spawn(application.run(drain, std::future::pending()));
        let talk = tokio::task::spawn_blocking(move || {
            assert!(get(address, "/readyz").unwrap().starts_with("HTTP/1.1 200"));
            signal.send(()).unwrap();
            let deadline = std::time::Instant::now() + Duration::from_secs(5);
            while !get(address, "/readyz").unwrap().starts_with("HTTP/1.1 503") {
                assert!(std::time::Instant::now() < deadline);
            }
        });
        talk.await.unwrap();
        running.await.unwrap().unwrap();
        assert!(get(address, "/readyz").is_err());
    }

    #[tokio::test]
    async fn a_port_that_is_taken_is_named() {
        let first = Application::build(testing::settings(), testing::desk()).unwrap();
        let settings = ServerSettings::listening_on(first.address());
        let error = Application::build(settings, testing::desk()).err().unwrap();
        assert_eq!(error.to_string(), format!("cannot listen on {}", first.address()));
    }
}
