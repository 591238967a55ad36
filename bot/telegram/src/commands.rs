//! Commands: the words with a slash that Telegram offers in its menu.
//!
//! They are German because the desk is; a few English ones answer too. The ones about hours, appointments and contact
//! are shortcuts for a question and go the same way as a typed one.

use faq_engine::phrasebook::Phrasebook;
use faq_engine::slug::Slug;
use teloxide::types::BotCommand;

/// What a person wants with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    /// Opens the conversation, perhaps from a link on the page of a service.
    Start { service: Option<Slug> },
    /// What can I ask?
    Help,
    /// A shortcut for this question.
    Ask(&'static str),
    /// In which language?
    Language,
    /// Forget me.
    Delete,
    /// What do you keep?
    Privacy,
}

/// The menu: command and the key of its description.
const MENU: [(&str, &str); 8] = [
    ("start", "telegram_command_start"),
    ("hilfe", "telegram_command_help"),
    ("oeffnungszeiten", "telegram_command_hours"),
    ("termin", "telegram_command_appointment"),
    ("kontakt", "telegram_command_contact"),
    ("sprache", "telegram_command_language"),
    ("loeschen", "telegram_command_delete"),
    ("datenschutz", "telegram_command_privacy"),
];

impl Command {
    /// Reads a message that starts with a slash; `None` if it is no command or one for another bot. A command we do
    /// not know asks for help.
    pub(crate) fn read(text: &str, bot_name: &str) -> Option<Self> {
        let (word, payload) = text.strip_prefix('/')?.split_once(char::is_whitespace).unwrap_or((&text[1..], ""));
        let name = match word.split_once('@') {
            Some((name, addressee)) if addressee.eq_ignore_ascii_case(bot_name) => name,
            Some(_) => return None,
            None => word,
        };
        Some(match name.to_lowercase().as_str() {
            "start" => Self::Start { service: Slug::parse(payload.trim()).ok() },
            "oeffnungszeiten" | "öffnungszeiten" => Self::Ask("Öffnungszeiten"),
            "hours" => Self::Ask("Opening hours"),
            "termin" => Self::Ask("Termin"),
            "appointment" => Self::Ask("Appointment"),
            "kontakt" => Self::Ask("Kontakt"),
            "contact" => Self::Ask("Contact"),
            "sprache" | "language" => Self::Language,
            "loeschen" | "löschen" | "delete" => Self::Delete,
            "datenschutz" | "privacy" => Self::Privacy,
            // "hilfe", "help" and everything else.
            _ => Self::Help,
        })
    }
}

/// The menu in a language.
pub(crate) fn menu(words: &Phrasebook) -> Vec<BotCommand> {
    MENU.iter().map(|(command, description)| BotCommand::new(*command, words.say(description, &[]))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Command> {
        Command::read(text, "SoestBot")
    }

    #[test]
    fn commands_are_read() {
        assert_eq!(read("/start"), Some(Command::Start { service: None }));
        assert_eq!(read("/start kfz-abmeldung"), Some(Command::Start { service: Slug::parse("kfz-abmeldung").ok() }));
        assert_eq!(read("/start ../etc"), Some(Command::Start { service: None }));
        assert_eq!(read("/oeffnungszeiten"), Some(Command::Ask("Öffnungszeiten")));
        assert_eq!(read("/Termin@soestbot morgen"), Some(Command::Ask("Termin")));
        assert_eq!(read("/language"), Some(Command::Language));
        assert_eq!(read("/löschen"), Some(Command::Delete));
        assert_eq!(read("/privacy"), Some(Command::Privacy));
        assert_eq!(read("/"), Some(Command::Help));
    }

    #[test]
    fn commands_for_other_bots_and_ordinary_words_are_none() {
        assert_eq!(read("/hilfe@andererbot"), None);
        assert_eq!(read("hilfe"), None);
        assert_eq!(read(""), None);
    }

    #[test]
    fn every_menu_entry_is_understood_and_of_the_form_telegram_accepts() {
        for (command, _) in MENU {
            assert!(command.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{command}");
            let understood = read(&format!("/{command}"));
            assert!(command == "hilfe" || understood != Some(Command::Help), "{command}");
        }
    }
}
