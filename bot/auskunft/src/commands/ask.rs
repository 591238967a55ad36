//! `auskunft ask`: the desk on the command line.

use std::io::{BufRead, Write};

use faq_engine::compose::plain::plain_text;
use faq_engine::conversation::Conversation;
use faq_engine::desk::InfoDesk;
use faq_engine::language::LanguageTag;
use faq_engine::reply::Reply;
use faq_engine::turn::Turn;

/// How to ask.
#[derive(Debug, Clone, Default)]
pub struct AskOptions {
    /// The language of the surroundings.
    pub language: Option<LanguageTag>,
    /// Print one JSON reply per line.
    pub json: bool,
    /// Each line is its own conversation.
    pub separate: bool,
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
        let turn = Turn { text, language: options.language.clone(), conversation: remembered };
        let reply = desk.answer(turn).await;
        if !options.separate {
            conversation = reply.conversation.clone();
        }
        if options.json {
            writeln!(output, "{}", to_json(&reply))
        } else {
            writeln!(output, "{}\n", plain_text(&reply, &desk.phrasebook(Some(&reply.language))))
        }
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
