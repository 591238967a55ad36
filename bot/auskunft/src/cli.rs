//! The command line.

use std::path::PathBuf;

use auskunft::clock::parse_time;
use chrono::DateTime;
use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use faq_engine::language::LanguageTag;

/// Auskunft, the citizen information desk.
#[derive(Parser)]
#[command(version)]
pub(crate) struct Cli {
    /// Folder with settings, content and languages.
    #[arg(long, env = "AUSKUNFT_CONFIG", default_value = "config", global = true)]
    pub(crate) config: PathBuf,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve website, API and, with a token, Telegram (the default).
    Serve,
    /// Ask the desk.
    Ask(AskArguments),
    /// Measure answers to question sets.
    Eval(EvalArguments),
    /// Check settings and content.
    Check {
        /// Ask the booking systems too whether they know the services and offices mapped to them.
        #[arg(long)]
        online: bool,
    },
    /// Write the store's content as files.
    Export {
        /// Data folder (default: the one of the settings). No server may hold it.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Folder to write to.
        target: PathBuf,
    },
    /// Bring the content of a configuration folder into the store, over what is there.
    Import {
        /// Data folder (default: the one of the settings). No server may hold it.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Folder with content/, offices/, notices/ and towns.toml.
        source: PathBuf,
    },
    /// Build the index from the store, as every start does, and say whether it can be done.
    Reindex {
        /// Data folder (default: the one of the settings). No server may hold it.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Replace a damaged store by an export; the damaged one is kept beside it.
    Restore {
        /// Data folder (default: the one of the settings). No server may hold it.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The export (default: the last verified one in the data folder).
        export: Option<PathBuf>,
    },
}

#[derive(Args)]
pub(crate) struct AskArguments {
    /// Language of the surroundings (de, en, …); the words themselves weigh more.
    #[arg(long)]
    pub(crate) lang: Option<LanguageArgument>,
    /// The time the desk believes it is (RFC 3339).
    #[arg(long, value_parser = parse_time, conflicts_with = "server")]
    pub(crate) at: Option<DateTime<Tz>>,
    /// One JSON reply per line.
    #[arg(long)]
    pub(crate) json: bool,
    /// Each line is its own conversation.
    #[arg(long)]
    pub(crate) separate: bool,
    /// Say how each answer was found: words met, signals, thresholds, and where the others fell behind.
    #[arg(long, conflicts_with = "server")]
    pub(crate) explain: bool,
    /// Ask over the content of this data folder, which no server may hold.
    #[arg(long, conflicts_with = "server")]
    pub(crate) data: Option<PathBuf>,
    /// Ask a running server, such as http://127.0.0.1:8080.
    #[arg(long)]
    pub(crate) server: Option<String>,
    /// The question; without it one turn per line is read from standard input.
    pub(crate) question: Option<String>,
}

#[derive(Args)]
pub(crate) struct EvalArguments {
    /// Question, hours or dialogue files (JSON lines), asked of the installed content.
    pub(crate) files: Vec<PathBuf>,
    /// Any FAQ set: its entries (JSON lines).
    #[arg(long, requires = "queries")]
    pub(crate) entries: Option<PathBuf>,
    /// Any FAQ set: its queries (JSON lines).
    #[arg(long, requires = "entries")]
    pub(crate) queries: Option<PathBuf>,
    /// Figures as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Show what was wrong.
    #[arg(long)]
    pub(crate) misses: bool,
    /// Ask over the content of this data folder, which no server may hold.
    #[arg(long, conflicts_with = "server")]
    pub(crate) data: Option<PathBuf>,
    /// Ask a running server, such as http://127.0.0.1:8080.
    #[arg(long)]
    pub(crate) server: Option<String>,
}

/// A language on the command line.
#[derive(Clone)]
pub(crate) struct LanguageArgument(pub(crate) LanguageTag);

impl std::str::FromStr for LanguageArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        LanguageTag::parse(text).map(Self).map_err(|error| error.to_string())
    }
}
