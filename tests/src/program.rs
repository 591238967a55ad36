//! The built program, started as an operator starts it: own data folder, own port, real environment.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio::sync::Mutex as AsyncMutex;

use crate::own_config::OwnConfig;

/// How long anything may take before a test fails.
const DEADLINE: Duration = Duration::from_secs(60);

/// The program before it is started.
pub struct Program {
    command: Command,
    config: Option<OwnConfig>,
    data: Option<TempDir>,
    data_path: PathBuf,
}

/// The running program. It is killed when dropped.
pub struct Running {
    child: Child,
    /// Its address: `http://127.0.0.1:40123`.
    pub address: String,
    log: Arc<Mutex<String>>,
    _config: Option<OwnConfig>,
    _data: Option<TempDir>,
    data_path: PathBuf,
}

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the workspace").to_owned()
}

/// The built program: `AUSKUNFT_BIN`, else the one beside this test's own build.
pub fn binary() -> PathBuf {
    if let Ok(path) = std::env::var("AUSKUNFT_BIN") {
        return path.into();
    }
    let test = std::env::current_exe().expect("a test knows its own path");
    let profile = test.ancestors().nth(2).expect("a test lies in target/<profile>/deps");
    let binary = profile.join("auskunft");
    assert!(binary.exists(), "{} is not built; run `cargo build -p auskunft` first", binary.display());
    binary
}

/// A command of the program over the shipped configuration, without anything of the surrounding environment that it
/// would read.
pub fn command() -> Command {
    let mut command = Command::new(binary());
    command.current_dir(workspace());
    for name in [
        "AUSKUNFT_CONFIG",
        "AUSKUNFT_DATA",
        "AUSKUNFT_LISTEN",
        "AUSKUNFT_BOOKING_TOKEN",
        "AUSKUNFT_OPERATOR_KEY",
        "AUSKUNFT_TELEGRAM_SECRET",
        "TELOXIDE_TOKEN",
        "TELOXIDE_API_URL",
        "RUST_LOG",
    ] {
        command.env_remove(name);
    }
    command
}

impl Program {
    /// The program with the shipped configuration and an empty data folder.
    pub fn start() -> Self {
        let data = tempfile::tempdir().expect("a data folder");
        let path = data.path().to_owned();
        Self::prepared(Some(data), path)
    }

    /// The program over a data folder that another run left behind.
    pub fn start_over(data: impl Into<PathBuf>) -> Self {
        Self::prepared(None, data.into())
    }

    fn prepared(data: Option<TempDir>, data_path: PathBuf) -> Self {
        let mut command = command();
        command.env("AUSKUNFT_DATA", &data_path).env("AUSKUNFT_LISTEN", "127.0.0.1:0");
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        Self { command, config: None, data, data_path }
    }

    /// Starts it over a changed configuration instead of the shipped one.
    pub fn with_config(mut self, config: OwnConfig) -> Self {
        self.command.env("AUSKUNFT_CONFIG", config.path());
        self.config = Some(config);
        self
    }

    /// Sets a variable of its environment.
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and waits until it says that it is ready.
    pub async fn ready(self) -> Running {
        tokio::task::spawn_blocking(move || self.started()).await.expect("the program starts")
    }

    fn started(mut self) -> Running {
        let mut child = self.command.spawn().expect("the program can be started");
        let log = Arc::new(Mutex::new(String::new()));
        let stderr = child.stderr.take().expect("standard error is piped");
        collect(stderr, log.clone());
        let mut stdout = BufReader::new(child.stdout.take().expect("standard output is piped"));
        let mut line = String::new();
        stdout.read_line(&mut line).expect("the program says something");
        let Some((_, address)) = line.trim_end().split_once("http://") else {
            let _ = child.wait();
            let log = log.lock().unwrap_or_else(PoisonError::into_inner).clone();
            panic!("the program did not say that it is ready but {line:?}; its log:\n{log}");
        };
        let address = format!("http://{address}");
        collect(stdout, log.clone());
        Running { child, address, log, _config: self.config.take(), _data: self.data.take(), data_path: self.data_path }
    }

    /// Runs it until it ends by itself, as it does when it cannot start.
    pub async fn ends(mut self) -> (ExitStatus, String) {
        let output = tokio::task::spawn_blocking(move || self.command.output()).await;
        let output = output.expect("the program is awaited").expect("the program can be started");
        (output.status, String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

impl Running {
    /// Everything it wrote so far, except the line that it is ready.
    pub fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Its data folder.
    pub fn data(&self) -> &Path {
        &self.data_path
    }

    /// The memory it holds, in megabytes.
    pub fn megabytes(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a running process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
        line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") / 1024
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Ends it as a service manager does and waits; says how it ended.
    pub async fn stop(self) -> ExitStatus {
        self.ask_to_stop();
        self.ended().await
    }

    /// Asks it to end as a service manager does, without waiting.
    pub fn ask_to_stop(&self) {
        self.signal("TERM");
    }

    /// Kills it as a power cut does and waits.
    pub async fn kill(self) {
        self.signal("KILL");
        self.ended().await;
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status();
        assert!(sent.is_ok_and(|status| status.success()), "the signal is sent");
    }

    /// Waits until it ends by itself or because it was asked to; says how it ended.
    pub async fn ended(mut self) -> ExitStatus {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("the program can be awaited") {
                return status;
            }
            assert!(begin.elapsed() < DEADLINE, "the program did not end; its log:\n{}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One program for all tests of a file that can share it. The last test that holds it ends it.
///
/// Not a static program: nobody drops a static, and its process would outlive the tests.
pub struct Shared {
    running: AsyncMutex<Weak<Running>>,
    prepare: fn() -> Program,
}

impl Shared {
    /// A program that is started when the first test wants it.
    pub const fn new(prepare: fn() -> Program) -> Self {
        Self { running: AsyncMutex::const_new(Weak::new()), prepare }
    }

    /// The running program.
    pub async fn running(&self) -> Arc<Running> {
        let mut slot = self.running.lock().await;
        if let Some(running) = slot.upgrade() {
            return running;
        }
        let running = Arc::new((self.prepare)().ready().await);
        *slot = Arc::downgrade(&running);
        running
    }
}

fn collect(stream: impl std::io::Read + Send + 'static, log: Arc<Mutex<String>>) {
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push_str(&line);
            log.push('\n');
        }
    });
}
