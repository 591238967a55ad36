//! The command line.

use std::path::PathBuf;

use auskunft::clock::parse_time;
use auskunft::commands::notice::NoticeDraft;
use chrono::DateTime;
use chrono_tz::Tz;
use clap::{Args, Parser, Subcommand};
use faq_engine::language::LanguageTag;
use web_widget_server::NoticeBody;

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
    /// Put a notice up, list notices or end one; through the server if one holds the data folder.
    Notice {
        #[command(subcommand)]
        command: NoticeCommand,
    },
    /// Switch crisis mode on or off, as planned in crisis.toml; without a word: say whether it is on.
    Crisis {
        #[command(subcommand)]
        command: Option<CrisisCommand>,
    },
    /// Write the store's content as files, or the whole desk as plain pages.
    Export {
        /// Data folder (default: the one of the settings). No server may hold it, unless pages are written.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Write the whole desk to this folder as plain pages that any web host serves.
        #[arg(long = "static", value_name = "FOLDER")]
        static_pages: Option<PathBuf>,
        /// Folder to write the content's files to.
        #[arg(required_unless_present = "static_pages", conflicts_with = "static_pages")]
        target: Option<PathBuf>,
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

#[derive(Subcommand)]
pub(crate) enum NoticeCommand {
    /// Put a notice up, in place of one of the same name.
    Add(Box<NoticeArguments>),
    /// Print the notices in force and planned.
    List {
        /// Print those that are over as well.
        #[arg(long)]
        all: bool,
    },
    /// End a notice now.
    End {
        /// Its name.
        id: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum CrisisCommand {
    /// Tell everybody first what crisis.toml says, and stop offering what is down.
    On {
        /// Until when (2026-12-24T08:00 or 2026-12-24), instead of the days in crisis.toml.
        #[arg(long)]
        until: Option<String>,
    },
    /// End crisis mode.
    Off,
}

#[derive(Args)]
#[command(group = clap::ArgGroup::new("area").required(true).multiple(true).args(["everything", "service", "office"]))]
pub(crate) struct NoticeArguments {
    /// What it says, in German; **bold** and links as in content files.
    #[arg(long)]
    text: String,
    /// What it says in another language: en="…".
    #[arg(long, value_name = "LANG=TEXT", value_parser = tagged)]
    text_in: Vec<(String, String)>,
    /// Until when it is told (2026-12-24T08:00, or 2026-12-24 to the end of that day).
    #[arg(long)]
    until: String,
    /// From when; without it from now.
    #[arg(long)]
    from: Option<String>,
    /// How loud: info, warning or critical.
    #[arg(long, default_value = "warning")]
    severity: String,
    /// About everything.
    #[arg(long, conflicts_with_all = ["service", "office"])]
    everything: bool,
    /// About this service; may be repeated.
    #[arg(long)]
    service: Vec<String>,
    /// About this office and what it does; may be repeated.
    #[arg(long)]
    office: Vec<String>,
    /// Only about this aspect (appointment, hours, …); may be repeated.
    #[arg(long)]
    facet: Vec<String>,
    /// An aspect that does not work meanwhile, or all; may be repeated.
    #[arg(long)]
    suspend: Vec<String>,
    /// What people can do instead of what is suspended, in German.
    #[arg(long, requires = "suspend")]
    instead: Option<String>,
    /// The same in another language: en="…".
    #[arg(long, value_name = "LANG=TEXT", value_parser = tagged, requires = "instead")]
    instead_in: Vec<(String, String)>,
    /// Its name; without it named after the day.
    #[arg(long)]
    id: Option<String>,
}

impl From<NoticeArguments> for NoticeDraft {
    fn from(arguments: NoticeArguments) -> Self {
        let texts = |german: Option<String>, others: Vec<(String, String)>| {
            german.map(|text| ("de".to_owned(), text)).into_iter().chain(others).collect()
        };
        Self {
            body: NoticeBody {
                id: arguments.id.unwrap_or_default(),
                severity: arguments.severity,
                valid_from: String::new(),
                valid_until: String::new(),
                everything: arguments.everything,
                services: arguments.service,
                offices: arguments.office,
                facets: arguments.facet,
                text: texts(Some(arguments.text), arguments.text_in),
                suspends: arguments.suspend,
                instead: texts(arguments.instead, arguments.instead_in),
                state: None,
            },
            from: arguments.from,
            until: arguments.until,
        }
    }
}

/// `en=Closed today.`
fn tagged(text: &str) -> Result<(String, String), String> {
    let (tag, words) = text.split_once('=').ok_or("write the language before the text: en=\"Closed today.\"")?;
    Ok((tag.trim().to_owned(), words.to_owned()))
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
