//! A small German and a small English language pack: every sentence the desk says, and a few cues of each kind.
//!
//! Written by hand rather than read from `config/`, so that an editor who improves a sentence there breaks no test of the
//! dialogue here.

use faq_engine::facet::Facet;
use faq_engine::language::LanguageTag;
use faq_engine::phrasebook::{LanguagePack, Languages};
use faq_engine::understanding::contrast::Contrast;
use faq_engine::understanding::cues::{CueSet, Pattern};
use faq_engine::understanding::intents::{Intent, ListWish};
use faq_engine::understanding::text::fold;
use faq_engine::years::YearKind;

/// German and English.
pub fn languages() -> Languages {
    Languages::new([german(), english()]).expect("German is among them")
}

/// A small German pack.
pub fn german() -> LanguagePack {
    LanguagePack {
        name: "Deutsch".to_owned(),
        sentences: table(GERMAN_SENTENCES),
        facet_labels: facets(&[
            (Facet::Overview, "Überblick"),
            (Facet::Documents, "Unterlagen"),
            (Facet::Requirements, "Voraussetzungen"),
            (Facet::Fee, "Gebühr"),
            (Facet::Duration, "Dauer"),
            (Facet::Deadline, "Frist"),
            (Facet::Appointment, "Termin"),
            (Facet::Online, "Online"),
            (Facet::Location, "Ort"),
            (Facet::Contact, "Kontakt"),
            (Facet::Hours, "Öffnungszeiten"),
        ]),
        facet_questions: facets(&[
            (Facet::Overview, "Wie läuft das ab?"),
            (Facet::Documents, "Was muss ich mitbringen?"),
            (Facet::Requirements, "Welche Voraussetzungen gibt es?"),
            (Facet::Fee, "Was kostet das?"),
            (Facet::Duration, "Wie lange dauert das?"),
            (Facet::Deadline, "Bis wann muss ich das machen?"),
            (Facet::Appointment, "Wie bekomme ich einen Termin?"),
            (Facet::Online, "Geht das online?"),
            (Facet::Location, "Wo muss ich hin?"),
            (Facet::Contact, "Wen kann ich fragen?"),
            (Facet::Hours, "Wann ist geöffnet?"),
        ]),
        weekdays: names("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag"),
        months: names("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
        date_format: "{weekday}, {day}. {month} {year}".to_owned(),
        time_format: "{time} Uhr".to_owned(),
        intent_cues: cues(&[
            (Intent::Emergency, "es brennt|einbrecher|notruf"),
            (Intent::MedicalHelp, "bewusstlos*|notarzt"),
            (Intent::LifeCrisis, "nicht mehr leben|umbringen"),
            (Intent::WantsPerson, "mit einem menschen|mit jemandem _ sprechen|mitarbeiter* sprechen"),
            (Intent::Complaint, "beschweren|frechheit"),
            (Intent::OwnCase, "stand meines antrag*|mein aktenzeichen|was ist mit meinem antrag"),
            (Intent::AreYouRobot, "bist du _ roboter|sind sie _ roboter|bist du _ mensch"),
            (Intent::Abilities, "was kannst du|^ hilfe $"),
            (Intent::Greeting, "^ hallo|^ moin|guten tag"),
            (Intent::Thanks, "danke|vielen dank"),
            (Intent::Goodbye, "tschüss|auf wiedersehen"),
            (Intent::Insult, "blöd*|idiot"),
            (Intent::NoneOfThese, "nein|keins|keine davon|nichts davon"),
            (Intent::Skip, "weiß ich nicht|keine ahnung|überspringen"),
        ]),
        facet_cues: cues(&[
            (Facet::Overview, "wie geht|wie läuft|was muss ich tun"),
            (Facet::Documents, "mitbring*|unterlage*|was brauch*"),
            (Facet::Requirements, "darf|darf ich|kann ich|muss ich|voraussetzung*"),
            (Facet::Fee, "kost*|*gebühr*|wie teuer"),
            (Facet::Duration, "wie lange|dauer*|gültig*"),
            (Facet::Deadline, "frist*|bis wann|spätestens"),
            (Facet::Appointment, "termin*|brauche ich _ termin"),
            (Facet::Online, "online|per post"),
            (Facet::Location, "^ wo|wo muss ich|wo kann ich|wohin|adresse"),
            (Facet::Contact, "telefonnummer*|anrufen|wen kann ich fragen"),
            (Facet::Hours, "öffnungszeit*|geöffnet|offen|noch auf|habt ihr _ auf"),
        ]),
        year_cues: cues(&[(YearKind::Birth, "jahrgang|geboren"), (YearKind::Issue, "ausgestellt*")]),
        follow_up_cues: cues(&[((), "^ und|dafür")]),
        list_cues: cues(&[
            (ListWish::Own, "eigene liste"),
            (ListWish::Full, "ganze liste"),
            (ListWish::Change, "antwort ändern|vertippt"),
            (ListWish::Back, "zurück"),
            (ListWish::Instead, "nein|doch"),
        ]),
        contrast: Contrast {
            negations: folded("nicht kein keine keinen"),
            corrections: folded("sondern nur"),
            interjections: folded("nein nee"),
            articles: folded("den die das"),
        },
        stop_words: folded(
            "aber als am an auch auf aus bei bin nur sondern bis bitte da das dass dem den denn der des die doch du ein eine einem einen \
             einer er es euch für geht gern guten habe haben habt hat hier hin ich ihr im in ist ja jetzt kann man mein meine \
             meinem meinen meiner meines mich mir mit möchte muss nach noch nur oder schon sehr sein sich sie sind so tag \
             um und uns von vor wann war was wegen weil welche wenn wer wie will wir wird wo wohne zu zum zur",
        ),
        telltale_words: names("ich was wie der die das mein meine und muss kostet wo wann bitte für einen"),
        reviewed: true,
        ..LanguagePack::empty(LanguageTag::german())
    }
}

/// A small English pack.
pub fn english() -> LanguagePack {
    LanguagePack {
        name: "English".to_owned(),
        sentences: table(ENGLISH_SENTENCES),
        facet_labels: facets(&[
            (Facet::Overview, "Overview"),
            (Facet::Documents, "Documents"),
            (Facet::Requirements, "Requirements"),
            (Facet::Fee, "Fee"),
            (Facet::Duration, "Duration"),
            (Facet::Deadline, "Deadline"),
            (Facet::Appointment, "Appointment"),
            (Facet::Online, "Online"),
            (Facet::Location, "Place"),
            (Facet::Contact, "Contact"),
            (Facet::Hours, "Opening hours"),
        ]),
        facet_questions: facets(&[
            (Facet::Overview, "How does it work?"),
            (Facet::Documents, "What do I need to bring?"),
            (Facet::Requirements, "What are the requirements?"),
            (Facet::Fee, "How much does it cost?"),
            (Facet::Duration, "How long does it take?"),
            (Facet::Deadline, "By when do I have to do it?"),
            (Facet::Appointment, "How do I get an appointment?"),
            (Facet::Online, "Can I do it online?"),
            (Facet::Location, "Where do I have to go?"),
            (Facet::Contact, "Who can I ask?"),
            (Facet::Hours, "When are you open?"),
        ]),
        weekdays: names("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
        months: names("January February March April May June July August September October November December"),
        date_format: "{weekday}, {day} {month} {year}".to_owned(),
        time_format: "{time}".to_owned(),
        intent_cues: cues(&[
            (Intent::Emergency, "on fire|burglar*"),
            (Intent::MedicalHelp, "unconscious"),
            (Intent::LifeCrisis, "kill myself"),
            (Intent::WantsPerson, "real person|speak to someone"),
            (Intent::Complaint, "to complain"),
            (Intent::OwnCase, "status of my"),
            (Intent::AreYouRobot, "are you _ robot"),
            (Intent::Abilities, "what can you do"),
            (Intent::Greeting, "^ hello|^ hi"),
            (Intent::Thanks, "thanks|thank you"),
            (Intent::Goodbye, "bye|goodbye"),
            (Intent::Insult, "stupid*"),
            (Intent::NoneOfThese, "no|none of these"),
            (Intent::Skip, "i don't know|no idea"),
        ]),
        facet_cues: cues(&[
            (Facet::Overview, "how does|how do i"),
            (Facet::Documents, "document*|bring"),
            (Facet::Requirements, "can i|requirement*"),
            (Facet::Fee, "cost*|fee|fees|how much|how much does it cost"),
            (Facet::Duration, "how long|how long does it take"),
            (Facet::Deadline, "deadline*|by when"),
            (Facet::Appointment, "appointment*|how do i _ appointment*"),
            (Facet::Online, "online|can i _ online"),
            (Facet::Location, "where"),
            (Facet::Contact, "phone number*|who can i ask"),
            (Facet::Hours, "opening hours|open|closed"),
        ]),
        year_cues: cues(&[(YearKind::Birth, "born"), (YearKind::Issue, "issued")]),
        contrast: Contrast { negations: folded("not no"), corrections: folded("but only just"), ..Contrast::default() },
        stop_words: folded(
            "a am an and are at can could do does for get go have how i if in is it me my need of on or please should \
             that the there this to what when where which who will with you your",
        ),
        telltale_words: names("the how what when where my your you are does do have need i is can it to of and much"),
        ..LanguagePack::empty(LanguageTag::parse("en").expect("a language tag"))
    }
}

fn table(sentences: &[(&str, &str)]) -> std::collections::BTreeMap<String, String> {
    sentences.iter().map(|(key, sentence)| ((*key).to_owned(), (*sentence).to_owned())).collect()
}

fn facets(words: &[(Facet, &str)]) -> std::collections::BTreeMap<Facet, String> {
    words.iter().map(|(facet, text)| (*facet, (*text).to_owned())).collect()
}

fn names(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

fn folded(words: &str) -> std::collections::HashSet<String> {
    words.split_whitespace().map(fold).collect()
}

/// Patterns in one line, separated by bars.
fn cues<T: Copy + PartialEq>(lines: &[(T, &str)]) -> CueSet<T> {
    let pattern = |text| Pattern::parse(text).expect("a test writes valid cues");
    CueSet::new(lines.iter().flat_map(|(meaning, line)| line.split('|').map(|text| (*meaning, pattern(text)))))
}

const GERMAN_SENTENCES: &[(&str, &str)] = &[
    ("introduction", "Guten Tag! Ich bin der **automatische Assistent** des Musterkreises, kein Mensch."),
    ("introduction_short", "Ich bin ein automatischer Assistent. Bitte keine persönlichen Daten schreiben."),
    ("thanks", "Gern geschehen!"),
    ("goodbye", "Auf Wiedersehen!"),
    ("insult", "Es tut mir leid, dass ich nicht helfen konnte. Hier erreichen Sie Menschen:"),
    ("are_you_robot", "Ich bin ein **automatischer Assistent**, also ein Programm."),
    ("abilities", "Ich helfe bei Fragen zu:\n\n- Auto und Führerschein\n- Öffnungszeiten"),
    ("handoff_person", "Gern. Hier erreichen Sie einen Menschen:"),
    ("handoff_complaint", "Ihre Beschwerde nimmt ein Mensch entgegen:"),
    ("handoff_own_case", "Ich sehe keine Akten. Das können nur die Menschen in der zuständigen Stelle:"),
    ("emergency", "**Bei Gefahr:**\n\n- **112** – Feuerwehr\n- **110** – Polizei"),
    ("emergency_medical", "**Bei Lebensgefahr: 112.** Sonst der Bereitschaftsdienst: **116117**."),
    ("emergency_life_crisis", "Bitte sprechen Sie mit einem Menschen: **0800 1110111**, bei Gefahr **112**."),
    ("unknown", "Das weiß ich leider nicht. Hier hilft Ihnen ein Mensch:"),
    ("unknown_none_offered", "Dann habe ich das Passende nicht gefunden. Fragen Sie einen Menschen:"),
    ("unknown_no_subject", "Worum geht es Ihnen?"),
    ("unknown_empty", "Ich habe keine Frage gelesen."),
    ("unknown_too_long", "Ihre Nachricht ist zu lang für mich."),
    ("referral_contact", "Wenn Sie nicht sicher sind, hilft dieses Team weiter:"),
    ("clarify", "Was meinen Sie genau?"),
    ("clarify_with_facet", "Worum geht es genau? ({facet})"),
    ("german_only", "Diese Auskunft gibt es nur auf Deutsch."),
    ("confirm", "Bitte vor dem Besuch vom Amt bestätigen lassen."),
    ("confirm_item", "Bitte vorher bestätigen lassen."),
    ("facet_not_recorded", "Zum Punkt „{facet}“ ist hier nichts hinterlegt."),
    ("town_hall_responsible", "Für Menschen aus {town} ist das Rathaus zuständig:"),
    ("county_responsible", "Für Menschen aus {town} ist der Kreis zuständig."),
    ("ask_town", "In welcher Stadt oder Gemeinde wohnen Sie?"),
    ("ask_town_some", "Wohnen Sie in {towns}? Dann ist das Rathaus dort zuständig."),
    ("fee_as_of", "Stand: {date}. Maßgeblich ist der Bescheid."),
    ("fee_without_date", "Maßgeblich ist der Bescheid."),
    ("fee_online", "online: {price}"),
    ("fee_range", "{min} bis {max}"),
    ("fee_free", "kostenlos"),
    ("year_of_birth", "Jahrgang {years}"),
    ("year_of_issue", "Ausgestellt {years}"),
    ("years_before", "vor {year}"),
    ("years_since", "ab {year}"),
    ("row_passed", " – **abgelaufen**"),
    ("deadline_passed", "Diese Frist ist am {date} **abgelaufen**."),
    ("whole_table_button", "Ganze Tabelle"),
    ("own_list_button", "Meine eigene Liste"),
    ("full_list_button", "Vollständige Liste"),
    ("change_answer_button", "Angaben ändern"),
    ("question_back_button", "Eine Frage zurück"),
    ("which_answer", "Welche Ihrer Angaben möchten Sie ändern?"),
    ("needed_in_case", "Nötig, {case}."),
    ("situation_skip", "Weiß ich nicht"),
    ("situation_progress", "(Frage {step} von {steps})"),
    ("situation_summary", "Ihre Liste für: {situation}"),
    ("hours_open", "Am {date} ist geöffnet: {periods} ({office})."),
    ("hours_closed", "Am {date} ist geschlossen ({office})."),
    ("hours_closed_because", "Am {date} ist geschlossen: {reason} ({office})."),
    ("hours_open_now", "Ja, jetzt ist geöffnet, bis {closes} Uhr. Heute ist {date} ({office}): {periods}."),
    ("hours_closed_now", "Nein, jetzt ist geschlossen. Heute ist {date} ({office}): {periods}."),
    ("hours_open_then", "Ja, zu dieser Zeit ({time}) ist geöffnet. Am {date}: {periods} ({office})."),
    (
        "hours_closed_then",
        "Nein, zu dieser Zeit ({time}) ist geschlossen. Am {date} ist geöffnet: {periods} ({office}).",
    ),
    ("hours_past", "{date} liegt schon zurück."),
    ("hours_span", "{spans} Uhr"),
    ("hours_next_opening", "Nächste Öffnung: {next}"),
    ("hours_upcoming", "Bald ist es anders:\n\n{days}"),
    ("hours_not_recorded", "Hier sind keine Öffnungszeiten hinterlegt: {office}."),
    ("appointment_required", "Sie brauchen dort einen Termin."),
    ("hours_not_recorded_on", "Für {date} sind hier keine Öffnungszeiten hinterlegt: {office}."),
    ("hours_not_recorded_word", "nicht hinterlegt"),
    ("closed_word", "geschlossen"),
    ("days_from_to", "{first} bis {last}"),
    ("list_and", " und "),
    ("list_or", " oder "),
    ("notice_word", "Hinweis"),
    ("phone_word", "Telefon"),
    ("email_word", "E-Mail"),
    ("source_line", "Quelle: {title} · geprüft am {checked_on} · Fassung {revision}"),
    ("source_line_as_of", "Quelle: {title} (Stand {as_of}) · geprüft am {checked_on} · Fassung {revision}"),
    ("suggest_open_now", "Ist jetzt geöffnet?"),
    ("suggest_open_saturday", "Ist am Samstag geöffnet?"),
    ("suggest_all_hours", "Alle Öffnungszeiten"),
    ("example_1", "Was kostet es, das Auto umzumelden?"),
    ("example_2", "Bis wann muss ich den Führerschein umtauschen?"),
    ("example_3", "Habt ihr am Samstag offen?"),
    ("example_4", "Wie bekomme ich einen Termin?"),
];

const ENGLISH_SENTENCES: &[(&str, &str)] = &[
    ("introduction", "Hello! I am the **automated assistant** of the county, not a human."),
    ("introduction_short", "I am an automated assistant. Please do not write any personal data."),
    ("thanks", "You're welcome!"),
    ("goodbye", "Goodbye!"),
    ("insult", "I am sorry that I could not help. Here you can reach people:"),
    ("are_you_robot", "I am an **automated assistant**, a computer program."),
    ("abilities", "I can help with:\n\n- cars and driving licences\n- opening hours"),
    ("handoff_person", "Certainly. Here you can reach a person:"),
    ("handoff_complaint", "A person will take your complaint:"),
    ("handoff_own_case", "I cannot see any files. Only the people in the office can:"),
    ("emergency", "**In danger:**\n\n- **112** – fire brigade\n- **110** – police"),
    ("emergency_medical", "**If a life is in danger: 112.** Otherwise the on-call service: **116117**."),
    ("emergency_life_crisis", "Please talk to a person: **0800 1110111**, in danger **112**."),
    ("unknown", "I am afraid I do not know that. A person can help you here:"),
    ("unknown_none_offered", "Then I did not find the right thing. Ask a person:"),
    ("unknown_no_subject", "What is it about?"),
    ("unknown_empty", "I did not see a question."),
    ("unknown_too_long", "Your message is too long for me."),
    ("referral_contact", "If you are not sure, this team will help you:"),
    ("clarify", "What exactly do you mean?"),
    ("clarify_with_facet", "What exactly is it about? ({facet})"),
    ("german_only", "This information is available in German only."),
    ("confirm", "Please have the office confirm this before your visit."),
    ("confirm_item", "Please have this confirmed beforehand."),
    ("facet_not_recorded", "There is nothing on record here about “{facet}”."),
    ("town_hall_responsible", "For people from {town}, the town hall is responsible:"),
    ("county_responsible", "For people from {town}, the district is responsible."),
    ("ask_town", "Which town do you live in?"),
    ("ask_town_some", "Do you live in {towns}? Then the town hall there is responsible."),
    ("fee_as_of", "As of {date}. The official notice is what counts."),
    ("fee_without_date", "The official notice is what counts."),
    ("fee_online", "online: {price}"),
    ("fee_range", "{min} to {max}"),
    ("fee_free", "free of charge"),
    ("year_of_birth", "Born {years}"),
    ("year_of_issue", "Issued {years}"),
    ("years_before", "before {year}"),
    ("years_since", "{year} or later"),
    ("row_passed", " – **passed**"),
    ("deadline_passed", "This deadline **passed** on {date}."),
    ("whole_table_button", "Whole table"),
    ("own_list_button", "My own list"),
    ("full_list_button", "Full list"),
    ("change_answer_button", "Change an answer"),
    ("question_back_button", "Back one question"),
    ("which_answer", "Which of your answers would you like to change?"),
    ("needed_in_case", "Needed {case}."),
    ("situation_skip", "I don't know"),
    ("situation_progress", "(question {step} of {steps})"),
    ("situation_summary", "Your list for: {situation}"),
    ("hours_open", "On {date} the office is open: {periods} ({office})."),
    ("hours_closed", "On {date} the office is closed ({office})."),
    ("hours_closed_because", "On {date} the office is closed: {reason} ({office})."),
    ("hours_open_now", "Yes, it is open now, until {closes}. Today is {date} ({office}): {periods}."),
    ("hours_closed_now", "No, it is closed now. Today is {date} ({office}): {periods}."),
    ("hours_open_then", "Yes, it is open at that time ({time}). On {date}: {periods} ({office})."),
    ("hours_closed_then", "No, it is closed at that time ({time}). On {date} it is open: {periods} ({office})."),
    ("hours_past", "{date} is already in the past."),
    ("hours_span", "{spans}"),
    ("hours_next_opening", "Opens next: {next}"),
    ("hours_upcoming", "Different hours coming up:\n\n{days}"),
    ("hours_not_recorded", "There are no opening hours on record here: {office}."),
    ("appointment_required", "You need an appointment there."),
    ("hours_not_recorded_on", "There are no opening hours on record here for {date}: {office}."),
    ("hours_not_recorded_word", "not on record"),
    ("closed_word", "closed"),
    ("days_from_to", "{first} to {last}"),
    ("list_and", " and "),
    ("list_or", " or "),
    ("notice_word", "Please note"),
    ("phone_word", "Phone"),
    ("email_word", "Email"),
    ("source_line", "Source: {title} · checked on {checked_on} · version {revision}"),
    ("source_line_as_of", "Source: {title} (as of {as_of}) · checked on {checked_on} · version {revision}"),
    ("suggest_open_now", "Are you open now?"),
    ("suggest_open_saturday", "Are you open on Saturday?"),
    ("suggest_all_hours", "All opening hours"),
    ("example_1", "How much does it cost to transfer a vehicle?"),
    ("example_2", "By when do I have to exchange my driving licence?"),
    ("example_3", "Are you open on Saturday?"),
    ("example_4", "How do I get an appointment?"),
];
