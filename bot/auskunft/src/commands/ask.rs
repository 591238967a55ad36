//! `auskunft ask`: the desk on the command line.

use std::io::{BufRead, Write};

use faq_engine::compose::plain::plain_text;
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::reply::Reply;
use faq_engine::turn::Turn;

use super::explain;
use crate::remote::{RemoteDesk, RemoteError};

/// How to ask.
#[derive(Debug, Clone, Default)]
pub struct AskOptions {
    /// The language of the surroundings.
    pub language: Option<LanguageTag>,
    /// Print one JSON reply per line.
    pub json: bool,
    /// Each line is its own conversation.
    pub separate: bool,
    /// Say how each answer was found.
    pub explain: bool,
    /// The question; without it one turn per line is read from `input`.
    pub question: Option<String>,
}

/// Answers one question, or every line of `input`.
pub async fn ask(
    desk: &InfoDesk,
    options: &AskOptions,
    input: impl BufRead,
    mut output: impl Write,
    to_json: impl Fn(&Reply) -> String,
) -> std::io::Result<()> {
    let mut conversation = Conversation::default();
    let mut answer = async |text: String, output: &mut dyn Write| -> std::io::Result<()> {
        let remembered = std::mem::take(&mut conversation);
        let turn = Turn { text, language: options.language.clone(), conversation: remembered, office: None };
        let (reply, explanation) = desk.explain(turn).await;
        if !options.separate {
            conversation = reply.conversation.clone();
        }
        if options.json {
            let body = to_json(&reply);
            return match options.explain {
                false => writeln!(output, "{body}"),
                true => writeln!(output, "{}", explain::add_to(&body, &explanation)),
            };
        }
        if options.explain {
            explain::print(&explanation, output)?;
        }
        writeln!(output, "{}\n", plain_text(&reply, &desk.phrasebook(Some(&reply.language))))
    };
    match &options.question {
        Some(question) => answer(question.clone(), &mut output).await,
        None => {
            for line in input.split(b'\n') {
                // Whatever bytes come in, there is an answer; what is no text is shown as such.
                let line = String::from_utf8_lossy(&line?).trim_end_matches('\r').to_owned();
                answer(line, &mut output).await?;
                output.flush()?;
            }
            Ok(())
        }
    }
}

/// Asks a running server instead.
pub async fn ask_server(
    server: &RemoteDesk,
    options: &AskOptions,
    input: impl BufRead,
    mut output: impl Write,
) -> Result<(), AskServerError> {
    let language = options.language.as_ref().map(LanguageTag::as_str);
    let questions: Box<dyn Iterator<Item = std::io::Result<String>>> = match &options.question {
        Some(question) => Box::new(std::iter::once(Ok(question.clone()))),
        None => Box::new(input.lines()),
    };
    let mut conversation: Option<String> = None;
    for question in questions {
        let reply = server.ask(&question?, language, conversation.as_deref()).await?;
        if options.json {
            writeln!(output, "{reply}")?;
        } else {
            writeln!(output, "{}\n", reply["text"].as_str().unwrap_or_default())?;
        }
        conversation = reply["conversation"].as_str().filter(|_| !options.separate).map(str::to_owned);
    }
    Ok(())
}

/// Asking a server failed.
#[derive(Debug, thiserror::Error)]
pub enum AskServerError {
    /// The server did not answer.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// Standard input or output failed.
    #[error("the question cannot be read or the answer not written")]
    Io(#[from] std::io::Error),
}
