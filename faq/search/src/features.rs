//! What the learnt signals see of a text: its words, pairs of neighbouring words, and the runs of two to four letters
//! in them, weighted by how rare they are (TF-IDF). Letter runs meet compounds, inflections and typing errors without
//! any rule; words and pairs tell apart what letter runs confuse.

use std::borrow::Cow;
use std::hash::{Hash, Hasher};

use faq_engine::understanding::text::Word;
use rustc_hash::{FxHashMap, FxHasher};

use crate::separable::infinitive;

/// How much a feature counts by its kind, before its rarity.
const WORD: f32 = 1.0;
const PAIR: f32 = 0.8;
const LETTERS: f32 = 0.6;
const SHORTEST_RUN: usize = 2;
const LONGEST_RUN: usize = 4;

/// A text as numbered features with weights, in order of their numbers; its length is 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FeatureVector(pub(crate) Vec<(u32, f32)>);

/// The features of the content.
pub(crate) struct FeatureSpace {
    /// Features by a hash of what they are: two that share one are taken for the same, which happens once in a billion.
    numbers: FxHashMap<u64, u32>,
    /// Inverse document frequency.
    rarity: Vec<f32>,
    /// That of a feature no text has.
    rarest: f32,
}

impl FeatureSpace {
    /// Learns the features of these texts.
    pub(crate) fn learn<'t>(texts: impl ExactSizeIterator<Item = &'t [Word]>) -> Self {
        let count = texts.len() as f32;
        let mut numbers: FxHashMap<u64, u32> = FxHashMap::default();
        let mut occurrences: Vec<f32> = Vec::new();
        let mut hashes = Vec::new();
        for text in texts {
            hashes.clear();
            each_feature(text, |hash, _| hashes.push(hash));
            hashes.sort_unstable();
            hashes.dedup();
            for hash in &hashes {
                let number = *numbers.entry(*hash).or_insert(occurrences.len() as u32) as usize;
                if number == occurrences.len() {
                    occurrences.push(0.0);
                }
                occurrences[number] += 1.0;
            }
        }
        // The root of the usual weight: beside the rarest features the frequent ones still tell what is asked. Whatever
        // is unknown counts in full, because it tells that something else is asked.
        let rarity = |texts: f32| ((1.0 + count) / (1.0 + texts)).ln() + 1.0;
        let rarities = occurrences.into_iter().map(|texts| rarity(texts).sqrt());
        Self { numbers, rarity: rarities.collect(), rarest: rarity(0.0) }
    }

    /// How many features there are.
    pub(crate) fn len(&self) -> usize {
        self.rarity.len()
    }

    /// The known features of a text.
    pub(crate) fn vector(&self, text: &[Word]) -> FeatureVector {
        self.read(text, 1.0).0
    }

    /// The known features of a text, and which share of its weight (squared) they are; `strangeness` says how much an
    /// unknown one counts, 0 to 1.
    pub(crate) fn read(&self, text: &[Word], strangeness: f32) -> (FeatureVector, f32) {
        const FEATURES_OF_A_WORD: usize = 24;
        let mut found: Vec<(u32, f32)> = Vec::with_capacity(FEATURES_OF_A_WORD * text.len());
        let mut unknown = 0.0;
        each_feature(text, |hash, weight| match self.numbers.get(&hash) {
            Some(number) => found.push((*number, weight)),
            None => unknown += (weight * self.rarest).powi(2),
        });
        found.sort_unstable_by_key(|(number, _)| *number);
        let weight =
            |same: &[(u32, f32)]| (1.0 + (same.len() as f32).ln()) * same[0].1 * self.rarity[same[0].0 as usize];
        let mut vector = Vec::with_capacity(found.len());
        vector.extend(found.chunk_by(|a, b| a.0 == b.0).map(|same| (same[0].0, weight(same))));
        let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight /= length);
        let known = length * length / (length * length + strangeness * unknown).max(f32::MIN_POSITIVE);
        (FeatureVector(vector), known)
    }
}

/// Calls with the hash and the weight of each feature.
fn each_feature(text: &[Word], mut feature: impl FnMut(u64, f32)) {
    let mut letters: Vec<char> = Vec::new();
    let mut before: Cow<'_, str> = "".into();
    for word in text {
        let word = infinitive(&word.folded);
        feature(hash_of(&(Kind::Word, &*word)), WORD);
        feature(hash_of(&(Kind::Pair, &*before, &*word)), PAIR);
        letters.clear();
        letters.push(' ');
        letters.extend(word.chars());
        letters.push(' ');
        each_run(&letters, |hash| feature(hash, LETTERS));
        before = word;
    }
    if !text.is_empty() {
        feature(hash_of(&(Kind::Pair, &*before, "")), PAIR);
    }
}

/// Calls with the hash of each run of letters. Runs that begin together are hashed together, letter by letter.
fn each_run(letters: &[char], mut run: impl FnMut(u64)) {
    for begin in 0..letters.len() {
        let mut hasher = FxHasher::default();
        Kind::Letters.hash(&mut hasher);
        for (length, letter) in (1..=LONGEST_RUN).zip(&letters[begin..]) {
            letter.hash(&mut hasher);
            if length >= SHORTEST_RUN {
                run(hasher.finish());
            }
        }
    }
}

#[derive(Hash)]
enum Kind {
    Word,
    Pair,
    Letters,
}

fn hash_of(feature: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
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
