//! The one binary.

mod cli;

use std::io::{BufReader, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use auskunft::assembly::{AssemblyError, Configuration};
use auskunft::clock::{SetClock, SystemClock};
use auskunft::commands::{ask, check, eval, hours, notice, serve, static_pages, store};
use auskunft::evaluation::{self, Asker};
use auskunft::publishing;
use auskunft::remote::RemoteDesk;
use auskunft_config::settings::Environment;
use auskunft_config::{ConfigFolder, ContentDocument};
use clap::Parser;
use faq_engine::desk::InfoDesk;
use faq_engine::ports::{Clock, ContentStore};
use faq_engine::reply::Reply;
use faq_store_sled::SledStore;
use web_widget_server::{AnswerId, ReplyBody};

use crate::cli::{AskArguments, Cli, Command, CrisisCommand, EvalArguments, HoursCommand, NoticeCommand};

type Outcome = Result<ExitCode, Box<dyn std::error::Error>>;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}", with_causes(error.as_ref()));
            ExitCode::from(2)
        }
    }
}

async fn run(cli: Cli) -> Outcome {
    let folder = ConfigFolder::new(cli.config);
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve_until_told(folder).await,
        Command::Ask(arguments) => ask_desk(folder, arguments).await,
        Command::Eval(arguments) => evaluate(folder, arguments).await,
        Command::Check { online } => {
            let clock: Arc<dyn Clock> = Arc::new(SystemClock);
            let findings = check::check(folder, &environment(), &clock, online).await;
            let sound = check::print(&findings, &mut std::io::stdout().lock())?;
            Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(2) })
        }
        Command::Notice { command } => change_notices(folder, command).await,
        Command::Crisis { command } => switch_crisis(folder, command).await,
        Command::Export { data, static_pages: Some(target), .. } => {
            let configuration = read(folder)?;
            let data = data.unwrap_or_else(|| configuration.settings.data.clone());
            let count = static_pages::write(&configuration, &data, &target, Arc::new(SystemClock)).await?;
            say(format_args!("wrote {count} files to {}, every link leads somewhere", target.display()))
        }
        Command::Export { data, target, .. } => {
            let target = target.ok_or("name the folder to write to")?;
            let count = store::export(&data_folder(folder, data)?, &target).await?;
            say(format_args!("wrote {count} records to {}", target.display()))
        }
        Command::Import { data, source } => {
            let documents = store::documents_in(&source).map_err(AssemblyError::from)?;
            let configuration = read(folder)?;
            let data = data.unwrap_or_else(|| configuration.settings.data.clone());
            let changed = store::import(&configuration, &data, &documents).await?;
            say(format_args!("read {} documents, {changed} records changed", documents.len()))
        }
        Command::Reindex { data } => {
            let configuration = read(folder)?;
            let data = data.unwrap_or_else(|| configuration.settings.data.clone());
            let built = store::reindex(&configuration, &data).await?;
            say(format_args!("indexed {} services and questions in {} ms", built.items, built.took.as_millis()))
        }
        Command::Hours(command) => {
            let configuration = read(folder)?;
            let (catalogue, _) = configuration.catalogue(&configuration.documents).map_err(AssemblyError::from)?;
            let output = &mut std::io::stdout().lock();
            match command {
                HoursCommand::Export { office } => hours::export(&catalogue, office.as_deref(), output)?,
                HoursCommand::Import { office, hours } => hours::import(&catalogue, &office, &hours, output)?,
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Restore { data, export } => {
            let data = data_folder(folder, data)?;
            let export = export.unwrap_or_else(|| data.join("export").join("latest.jsonl"));
            let restored = faq_store_sled::restore(&data, &export).await?;
            let kept =
                restored.moved_aside.map(|folder| format!("; the store that was there is now {}", folder.display()));
            say(format_args!(
                "restored {} records from {}{}",
                restored.export.records,
                export.display(),
                kept.unwrap_or_default()
            ))
        }
    }
}

/// Serves until the first signal, which lets everything in flight finish; a second one ends at once.
async fn serve_until_told(folder: ConfigFolder) -> Outcome {
    log_to_standard_error();
    hide_panic_messages();
    let configuration = read(folder)?;
    let (drain, stop) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let signals = async {
        signal().await;
        drain.notify_one();
        signal().await;
        stop.notify_one();
        std::future::pending::<()>().await;
    };
    let ready = |address: std::net::SocketAddr| {
        // The one line on standard output: whoever started the program waits for it.
        let _ = writeln!(std::io::stdout(), "auskunft is ready at http://{address}");
    };
    tokio::select! {
        ended = serve::serve(configuration, drain.notified(), stop.notified(), ready) => ended?,
        () = signals => {}
    }
    Ok(ExitCode::SUCCESS)
}

async fn ask_desk(folder: ConfigFolder, arguments: AskArguments) -> Outcome {
    let AskArguments { lang, at, json, separate, explain, data, server, question } = arguments;
    let options = ask::AskOptions { language: lang.map(|lang| lang.0), json, separate, explain, question };
    let (input, output) = (BufReader::new(std::io::stdin()), std::io::stdout().lock());
    if let Some(server) = server {
        ask::ask_server(&RemoteDesk::new(&server), &options, input, output).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let clock: Arc<dyn Clock> = match at {
        Some(time) => Arc::new(SetClock::at(time)),
        None => Arc::new(SystemClock),
    };
    let desk = desk_over(&read(folder)?, data.as_deref(), clock).await?;
    let to_json = |reply: &Reply| {
        let body = ReplyBody::new(reply, &desk.phrasebook(Some(&reply.language)), &AnswerId::new(reply, 0));
        serde_json::to_string(&body).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
    };
    ask::ask(&desk, &options, input, output, to_json).await?;
    Ok(ExitCode::SUCCESS)
}

async fn evaluate(folder: ConfigFolder, arguments: EvalArguments) -> Outcome {
    let EvalArguments { files, entries, queries, json, misses, data, server } = arguments;
    let mut output = std::io::stdout().lock();
    if let Some((entries, queries)) = entries.zip(queries) {
        eval::question_set(&read(folder)?, &entries, &queries, json, &mut output)?;
        return Ok(ExitCode::SUCCESS);
    }
    if files.is_empty() {
        return Err("name at least one question file, or --entries and --queries".into());
    }
    if let Some(server) = server {
        let server = RemoteDesk::new(&server);
        eval::files(&Asker::Server(&server), &files, json, misses, &mut output).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let clock = Arc::new(SetClock::at(evaluation::default_time()));
    let desk = desk_over(&read(folder)?, data.as_deref(), clock.clone()).await?;
    eval::files(&Asker::Desk { desk: &desk, clock: &clock }, &files, json, misses, &mut output).await?;
    Ok(ExitCode::SUCCESS)
}

async fn change_notices(folder: ConfigFolder, command: NoticeCommand) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let board = notice::board(&read(folder)?, clock.clone()).await?;
    let mut output = std::io::stdout().lock();
    match command {
        NoticeCommand::Add(draft) => {
            notice::add(board.as_ref(), (*draft).into(), clock.now().naive_local(), &mut output).await?;
        }
        NoticeCommand::List { all } => notice::list(board.as_ref(), all, clock.as_ref(), &mut output).await?,
        NoticeCommand::End { id } => notice::end(board.as_ref(), &id, &mut output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn switch_crisis(folder: ConfigFolder, command: Option<CrisisCommand>) -> Outcome {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let configuration = read(folder)?;
    let board = notice::board(&configuration, clock.clone()).await?;
    let mut output = std::io::stdout().lock();
    match command {
        Some(CrisisCommand::On { until }) => {
            let now = clock.now().naive_local();
            notice::begin_crisis(board.as_ref(), &configuration, until.as_deref(), now, &mut output).await?;
        }
        Some(CrisisCommand::Off) => notice::end_crisis(board.as_ref(), &mut output).await?,
        None => notice::tell_crisis(board.as_ref(), clock.as_ref(), &mut output).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The desk over the shipped files, or over a store that no server holds.
async fn desk_over(
    configuration: &Configuration,
    data: Option<&Path>,
    clock: Arc<dyn Clock>,
) -> Result<InfoDesk, Box<dyn std::error::Error>> {
    let documents: Vec<ContentDocument> = match data {
        None => return Ok(configuration.desk(clock)?),
        Some(data) => publishing::documents(SledStore::open(data).await?.content().all().await?),
    };
    Ok(configuration.desk_over(&documents, clock)?)
}

fn read(folder: ConfigFolder) -> Result<Configuration, AssemblyError> {
    Ok(Configuration::read(folder, &environment())?)
}

fn data_folder(folder: ConfigFolder, chosen: Option<PathBuf>) -> Result<PathBuf, AssemblyError> {
    match chosen {
        Some(data) => Ok(data),
        None => Ok(auskunft_config::Settings::read(&folder, &environment())?.data),
    }
}

fn environment() -> Environment {
    let variable = |name: &str| std::env::var(name).ok();
    Environment {
        data: variable("AUSKUNFT_DATA"),
        listen: variable("AUSKUNFT_LISTEN"),
        token: variable("TELOXIDE_TOKEN"),
        api_url: variable("TELOXIDE_API_URL"),
        telegram_secret: variable("AUSKUNFT_TELEGRAM_SECRET"),
        booking_token: variable("AUSKUNFT_BOOKING_TOKEN"),
        operator_key: variable("AUSKUNFT_OPERATOR_KEY"),
    }
}

fn say(line: std::fmt::Arguments<'_>) -> Outcome {
    writeln!(std::io::stdout(), "{line}")?;
    Ok(ExitCode::SUCCESS)
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    message
}

fn log_to_standard_error() {
    // teloxide logs what it could not parse, and with it a person's words; the rest of the world is told less too.
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| {
        tracing_subscriber::EnvFilter::new("info,teloxide=off,teloxide_core=off,tantivy=warn,actix_server=warn")
    });
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
}

/// A panic's message may quote what somebody wrote; only the place is told.
fn hide_panic_messages() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a part of the program panicked");
    }));
}

/// Waits for ctrl-c or SIGTERM.
async fn signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! {
                    _ = interrupted => {}
                    _ = terminated.recv() => {}
                }
            }
            Err(_) => {
                let _ = interrupted.await;
            }
        }
    }
    #[cfg(not(unix))]
    {
        let _ = interrupted.await;
    }
}
