//! From files to a desk.

use std::sync::Arc;

use auskunft_config::booking::Bookings;
use auskunft_config::crisis::CrisisPlan;
use auskunft_config::languages::LanguageFiles;
use auskunft_config::settings::Environment;
use auskunft_config::{ConfigFolder, ContentDocument, Fault, Settings};
use faq_engine::catalogue::Catalogue;
use faq_engine::desk::InfoDesk;
use faq_engine::knowledge::Knowledge;
use faq_engine::ports::{Clock, IndexError};
use faq_search::{LanguageWords, SearchLanguages, TantivyIndexBuilder};

use crate::booking::booking_desk;

/// Everything read from the configuration folder, valid as a whole.
pub struct Configuration {
    /// The folder.
    pub folder: ConfigFolder,
    /// How the program behaves.
    pub settings: Settings,
    /// Languages.
    pub languages: LanguageFiles,
    /// The shipped content.
    pub documents: Vec<ContentDocument>,
    /// What is told in a crisis, if somebody has planned it.
    pub crisis: Option<CrisisPlan>,
}

impl Configuration {
    /// Reads the folder. All mistakes are named at once.
    pub fn read(folder: ConfigFolder, environment: &Environment) -> Result<Self, Vec<Fault>> {
        let settings = Settings::read(&folder, environment);
        let languages = auskunft_config::languages::read(&folder);
        let documents = folder.content();
        let crisis = CrisisPlan::read(&folder);
        match (settings, languages, documents, crisis) {
            (Ok(settings), Ok(languages), Ok(documents), Ok(crisis)) => {
                Ok(Self { folder, settings, languages, documents, crisis })
            }
            (settings, languages, documents, crisis) => {
                let faults = [settings.err(), languages.err(), documents.err(), crisis.err()];
                Err(faults.into_iter().flatten().flatten().collect())
            }
        }
    }

    /// The catalogue of these documents, checked against settings and booking rules.
    pub fn catalogue(&self, documents: &[ContentDocument]) -> Result<(Catalogue, Bookings), Vec<Fault>> {
        let catalogue = auskunft_config::content::catalogue(documents)?;
        let faults = self.settings.check_against(&catalogue);
        if !faults.is_empty() {
            return Err(faults);
        }
        let token = self.settings.booking_token.as_ref();
        let bookings = auskunft_config::booking::read(&self.folder, &catalogue, token)?;
        Ok((catalogue, bookings))
    }

    /// Indexes a catalogue.
    pub fn knowledge(&self, catalogue: Catalogue) -> Result<Knowledge, IndexError> {
        let languages = self.languages.languages.clone();
        Knowledge::new(catalogue, languages, self.settings.desk.clone(), &self.index_builder())
    }

    /// The index builder, with the words of the installed languages.
    pub fn index_builder(&self) -> TantivyIndexBuilder {
        let words = self.languages.search.iter().map(|(tag, words)| {
            let words = LanguageWords {
                stop_words: words.stop_words.clone(),
                compound_parts: words.compound_parts.clone(),
                synonyms: words.synonyms.clone(),
            };
            (tag.clone(), words)
        });
        TantivyIndexBuilder::new(SearchLanguages(words.collect()))
    }

    /// A desk over the shipped content.
    pub fn desk(&self, clock: Arc<dyn Clock>) -> Result<InfoDesk, AssemblyError> {
        self.desk_over(&self.documents, clock)
    }

    /// A desk over these documents.
    pub fn desk_over(&self, documents: &[ContentDocument], clock: Arc<dyn Clock>) -> Result<InfoDesk, AssemblyError> {
        let (catalogue, bookings) = self.catalogue(documents)?;
        let booking = booking_desk(&bookings, &clock).map_err(|fault| vec![fault])?;
        Ok(InfoDesk::new(self.knowledge(catalogue)?, booking, clock))
    }
}

/// The desk cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// Mistakes in files.
    #[error("the configuration has mistakes:\n{}", lines(.0))]
    Faults(Vec<Fault>),
    /// The index could not be built.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl From<Vec<Fault>> for AssemblyError {
    fn from(faults: Vec<Fault>) -> Self {
        Self::Faults(faults)
    }
}

fn lines(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n")
}
