//! What the learnt signals see of a text, weighted by how rare it is (TF-IDF): its words, the runs of letters in them,
//! and what stands together in it. Letter runs meet compounds, inflections and typing errors without any rule; words,
//! pairs of words and the letters around the gap between two words tell apart what letter runs confuse.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use faq_engine::understanding::text::Word;
use rustc_hash::{FxHashMap, FxHasher};

use crate::separable::infinitive;

/// What a feature is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Word,
    /// Letters of a word; its beginning and its end count as one.
    Letters,
    /// A word and the next.
    Pair,
    /// A word and the one after the next.
    Skip,
    /// Letters with a gap between words among them.
    Spanning,
}

impl Kind {
    /// How much a feature counts, before its rarity.
    fn weight(self) -> f32 {
        match self {
            Self::Word => 1.0,
            Self::Letters => 0.6,
            Self::Pair => 0.8,
            Self::Skip => 0.5,
            Self::Spanning => 0.3,
        }
    }

    /// What stands together in a single text is as good as never seen again, and would be half of all features.
    fn least_texts(self) -> f32 {
        match self {
            Self::Word | Self::Letters => 1.0,
            Self::Pair | Self::Skip | Self::Spanning => 2.0,
        }
    }

    /// Whether it says how much of a text is known. The others only repeat what words, letters and pairs say.
    fn is_evidence_of_knowing(self) -> bool {
        matches!(self, Self::Word | Self::Letters | Self::Pair)
    }
}

/// Letters in a run.
const RUNS: [usize; 2] = [3, 4];
const SPANNING_RUNS: [usize; 2] = [4, 5];

/// A text as numbered features with weights, in order of their numbers; its length is 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FeatureVector(pub(crate) Vec<(u32, f32)>);

/// The features of the content.
pub(crate) struct FeatureSpace {
    /// Features by a hash of what they are: two that share one are taken for the same, which happens once in a billion.
    numbers: FxHashMap<u64, u32>,
    features: Vec<Feature>,
    /// Inverse document frequency of a feature no text has.
    rarest: f32,
    /// The words of the content, folded: taken apart once, not with every question.
    words: FxHashMap<String, KnownWord>,
}

/// A feature some text has.
#[derive(Debug, Clone, Copy)]
struct Feature {
    kind: Kind,
    /// By kind and rarity.
    weight: f32,
}

/// A feature while it is counted.
struct MetFeature {
    hash: u64,
    kind: Kind,
    /// How many texts have it, and the number of the last one.
    texts: f32,
    last: usize,
}

/// A word of the content.
struct KnownWord {
    infinitive: Box<str>,
    /// The word itself and its letter runs.
    features: Box<[u32]>,
}

/// A word of a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ReadWord<'q> {
    pub(crate) folded: &'q str,
    /// How much it counts that nobody has ever said it, 0 to 1.
    pub(crate) strangeness: f32,
}

impl FeatureSpace {
    /// Learns the features of these texts.
    pub(crate) fn learn<'t>(texts: impl ExactSizeIterator<Item = &'t [Word]> + Clone) -> Self {
        let count = texts.len() as f32;
        let mut places: FxHashMap<u64, usize> = FxHashMap::default();
        let mut met: Vec<MetFeature> = Vec::new();
        for (number, text) in texts.clone().enumerate() {
            let mut meet = |kind: Kind, hash: u64| {
                let place = *places.entry(hash).or_insert(met.len());
                if place == met.len() {
                    met.push(MetFeature { hash, kind, texts: 0.0, last: usize::MAX });
                }
                let feature = &mut met[place];
                if feature.last != number {
                    feature.texts += 1.0;
                    feature.last = number;
                }
            };
            let infinitives: Vec<Cow<'_, str>> = text.iter().map(|word| infinitive(&word.folded)).collect();
            infinitives.iter().for_each(|word| each_of_word(word, &mut meet));
            each_between(&infinitives, |kind, hash, _| meet(kind, hash));
        }
        met.retain(|feature| feature.texts >= feature.kind.least_texts());
        // The root of the usual weight: beside the rarest features the frequent ones still tell what is asked. Whatever
        // is unknown counts in full, because it tells that something else is asked.
        let rarity = |texts: f32| ((1.0 + count) / (1.0 + texts)).ln() + 1.0;
        let weighed = |MetFeature { kind, texts, .. }: &MetFeature| Feature {
            kind: *kind,
            weight: kind.weight() * rarity(*texts).sqrt(),
        };
        let features = met.iter().map(weighed).collect();
        let numbers: FxHashMap<u64, u32> =
            met.iter().zip(0..).map(|(feature, number)| (feature.hash, number)).collect();
        let mut words = FxHashMap::default();
        for word in texts.flatten().map(|word| &word.folded) {
            if !words.contains_key(word) {
                let infinitive = infinitive(word);
                let mut features = Vec::new();
                each_of_word(&infinitive, |_, hash| features.extend(numbers.get(&hash)));
                words.insert(word.clone(), KnownWord { infinitive: (&*infinitive).into(), features: features.into() });
            }
        }
        Self { numbers, features, rarest: rarity(0.0), words }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether the content has this word.
    pub(crate) fn knows(&self, folded: &str) -> bool {
        self.words.contains_key(folded)
    }

    /// The known features of a text.
    pub(crate) fn vector(&self, text: &[Word]) -> FeatureVector {
        let read = text.iter().map(|word| ReadWord { folded: &word.folded, strangeness: 1.0 });
        self.read(&read.collect::<Vec<_>>()).0
    }

    /// The known features of a text, and which share of its weight (squared) they are.
    pub(crate) fn read(&self, text: &[ReadWord<'_>]) -> (FeatureVector, f32) {
        const FEATURES_OF_A_WORD: usize = 24;
        let mut found: Vec<u32> = Vec::with_capacity(FEATURES_OF_A_WORD * text.len());
        let mut unknown = 0.0;
        let mut look_up = |kind: Kind, hash: u64, strangeness: f32| match self.numbers.get(&hash) {
            Some(number) => found.push(*number),
            None if kind.is_evidence_of_knowing() => {
                unknown += strangeness * (kind.weight() * self.rarest).powi(2);
            }
            None => {}
        };
        let mut infinitives: Vec<Cow<'_, str>> = Vec::with_capacity(text.len());
        let mut known_words = Vec::with_capacity(text.len());
        for word in text {
            if let Some(known) = self.words.get(word.folded) {
                known_words.push(&known.features);
                infinitives.push(Cow::Borrowed(&known.infinitive));
            } else {
                let infinitive = infinitive(word.folded);
                each_of_word(&infinitive, |kind, hash| look_up(kind, hash, word.strangeness));
                infinitives.push(infinitive);
            }
        }
        // Two words together are as strange as the less strange of them.
        let strangeness = |word: usize| text.get(word).map_or(1.0, |word| word.strangeness);
        each_between(&infinitives, |kind, hash, last| {
            look_up(kind, hash, strangeness(last).min(last.checked_sub(1).map_or(1.0, strangeness)));
        });
        known_words.into_iter().for_each(|features| found.extend_from_slice(features));
        found.sort_unstable();
        let mut vector = Vec::with_capacity(found.len());
        let (mut length, mut of_knowing) = (0.0, 0.0);
        for same in found.chunk_by(|a, b| a == b) {
            let Feature { kind, weight } = self.features[same[0] as usize];
            let weight = (1.0 + (same.len() as f32).ln()) * weight;
            length += weight * weight;
            if kind.is_evidence_of_knowing() {
                of_knowing += weight * weight;
            }
            vector.push((same[0], weight));
        }
        let length = f32::sqrt(length);
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        let known = of_knowing / (of_knowing + unknown).max(f32::MIN_POSITIVE);
        (FeatureVector(vector), known)
    }
}

/// Calls with each feature of a word by itself.
fn each_of_word(word: &str, mut feature: impl FnMut(Kind, u64)) {
    feature(Kind::Word, hash_of(Kind::Word, &[word]));
    let letters: Vec<char> = std::iter::once(' ').chain(word.chars()).chain([' ']).collect();
    for length in RUNS {
        letters.windows(length).for_each(|run| feature(Kind::Letters, hash_of(Kind::Letters, run)));
    }
}

/// Calls with each feature of what stands together, and the position of the last word in it, as far as words go.
fn each_between(words: &[Cow<'_, str>], mut feature: impl FnMut(Kind, u64, usize)) {
    let word = |index: usize| words.get(index).map_or("", |word| &**word);
    // The first word follows nothing, and nothing follows the last.
    for index in 0..words.len() {
        let before = index.checked_sub(1).map_or("", word);
        feature(Kind::Pair, hash_of(Kind::Pair, &[before, word(index)]), index);
        if let Some(skipped) = index.checked_sub(2) {
            feature(Kind::Skip, hash_of(Kind::Skip, &[word(skipped), word(index)]), index);
        }
    }
    if let Some(last) = words.len().checked_sub(1) {
        feature(Kind::Pair, hash_of(Kind::Pair, &[word(last), ""]), words.len());
    }
    let mut text: Vec<char> = Vec::with_capacity(8 * words.len());
    for word in words {
        if !text.is_empty() {
            text.push(' ');
        }
        text.extend(word.chars());
    }
    for length in SPANNING_RUNS {
        for run in text.windows(length).filter(|run| run[1..length - 1].contains(&' ')) {
            feature(Kind::Spanning, hash_of(Kind::Spanning, run), words.len());
        }
    }
}

fn hash_of(kind: Kind, feature: &[impl Hash]) -> u64 {
    let mut hasher = FxHasher::default();
    kind.hash(&mut hasher);
    feature.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use faq_engine::understanding::text::words;

    use super::*;

    fn space(texts: &[&str]) -> FeatureSpace {
        let texts: Vec<Vec<Word>> = texts.iter().map(|text| words(text)).collect();
        FeatureSpace::learn(texts.iter().map(Vec::as_slice))
    }

    fn likeness(a: &FeatureVector, b: &FeatureVector) -> f32 {
        let of_b: FxHashMap<u32, f32> = b.0.iter().copied().collect();
        a.0.iter().map(|(number, weight)| weight * of_b.get(number).unwrap_or(&0.0)).sum()
    }

    #[test]
    fn a_misspelt_or_inflected_word_is_like_the_word_and_unlike_others() {
        let space = space(&["Führerschein umtauschen", "Fahrzeug abmelden", "Hund anmelden"]);
        let vector = |text: &str| space.vector(&words(text));
        let known = vector("Führerschein umtauschen");
        for text in ["fuererschein umtauschn", "Umtausch des Führerscheins"] {
            let (near, far) = (likeness(&vector(text), &known), likeness(&vector(text), &vector("Fahrzeug abmelden")));
            assert!(near > 0.4 && near > 2.0 * far, "{text}: {near} against {far}");
        }
    }

    #[test]
    fn a_text_without_known_features_is_empty() {
        assert_eq!(space(&["Auto"]).vector(&words("xyz")), FeatureVector::default());
        assert_eq!(space(&[]).vector(&words("Auto")), FeatureVector::default());
    }
}
