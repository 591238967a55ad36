//! The one binary.

use std::io::{BufReader, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use auskunft::assembly::{AssemblyError, Configuration};
use auskunft::clock::{SetClock, SystemClock, parse_time};
use auskunft::commands::{ask, check, eval};
use auskunft_config::ConfigFolder;
use auskunft_config::settings::Environment;
use chrono::DateTime;
use chrono_tz::Tz;
use clap::{Parser, Subcommand};
use faq_engine::language::LanguageTag;
use faq_engine::ports::Clock;

/// Auskunft, the citizen information desk.
#[derive(Parser)]
#[command(version)]
struct Cli {
    /// Folder with settings, content and languages.
    #[arg(long, env = "AUSKUNFT_CONFIG", default_value = "config", global = true)]
    config: PathBuf,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Ask the desk.
    Ask {
        /// Language of the surroundings (de, en, …); the words themselves weigh more.
        #[arg(long)]
        lang: Option<LanguageTagArg>,
        /// The time the desk believes it is (RFC 3339).
        #[arg(long, value_parser = parse_time)]
        at: Option<DateTime<Tz>>,
        /// One JSON reply per line.
        #[arg(long)]
        json: bool,
        /// Each line is its own conversation.
        #[arg(long)]
        separate: bool,
        /// The question; without it one turn per line is read from standard input.
        question: Option<String>,
    },
    /// Measure answers to question sets.
    Eval {
        /// Question, hours or dialogue files (JSON lines), asked of the installed content.
        files: Vec<PathBuf>,
        /// Any FAQ set: its entries (JSON lines).
        #[arg(long, requires = "queries")]
        entries: Option<PathBuf>,
        /// Any FAQ set: its queries (JSON lines).
        #[arg(long, requires = "entries")]
        queries: Option<PathBuf>,
        /// Figures as JSON.
        #[arg(long)]
        json: bool,
        /// Show what was wrong.
        #[arg(long)]
        misses: bool,
    },
    /// Check settings and content.
    Check,
}

#[derive(Clone)]
struct LanguageTagArg(LanguageTag);

impl std::str::FromStr for LanguageTagArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        LanguageTag::parse(text).map(Self).map_err(|error| error.to_string())
    }
}

fn environment() -> Environment {
    let variable = |name: &str| std::env::var(name).ok();
    Environment {
        data: variable("AUSKUNFT_DATA"),
        listen: variable("AUSKUNFT_LISTEN"),
        token: variable("TELOXIDE_TOKEN"),
        api_url: variable("TELOXIDE_API_URL"),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli).await {
        Ok(code) => code,
        Err(error) => {
            let mut message = error.to_string();
            let mut cause = error.source();
            while let Some(inner) = cause {
                message.push_str(&format!(": {inner}"));
                cause = inner.source();
            }
            let _ = writeln!(std::io::stderr(), "{message}");
            ExitCode::from(2)
        }
    }
}

async fn run(cli: Cli) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let folder = ConfigFolder::new(cli.config);
    let mut output = std::io::stdout().lock();
    match cli.command {
        Some(Command::Ask { lang, at, json, separate, question }) => {
            let clock: Arc<dyn Clock> = match at {
                Some(time) => Arc::new(SetClock::at(time)),
                None => Arc::new(SystemClock),
            };
            let desk = read(folder)?.desk(clock)?;
            let options = ask::AskOptions { language: lang.map(|lang| lang.0), json, separate, question };
            ask::ask(&desk, &options, BufReader::new(std::io::stdin()), output, |reply| format!("{reply:?}")).await?;
        }
        Some(Command::Eval { files, entries, queries, json, misses }) => {
            let configuration = read(folder)?;
            match entries.zip(queries) {
                Some((entries, queries)) => eval::question_set(&configuration, &entries, &queries, json, &mut output)?,
                None => eval::installed(&configuration, &files, json, misses, &mut output).await?,
            }
        }
        Some(Command::Check) => {
            let findings = check::check(folder, &environment(), SystemClock.now().date_naive());
            if !check::print(&findings, &mut output)? {
                return Ok(ExitCode::from(2));
            }
        }
        None => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn read(folder: ConfigFolder) -> Result<Configuration, AssemblyError> {
    Ok(Configuration::read(folder, &environment())?)
}
