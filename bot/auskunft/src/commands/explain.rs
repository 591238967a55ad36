//! How an answer was found, as `auskunft ask --explain` shows it.

use std::io::Write;

use faq_engine::explanation::{Explanation, Signal};
use faq_engine::ports::{Evidence, EvidenceKind, Hit, Target};
use serde_json::{Value, json};

/// Prints it for people.
pub(super) fn print(explanation: &Explanation, output: &mut dyn Write) -> std::io::Result<()> {
    let facets: Vec<&str> = explanation.facets.iter().map(|facet| facet.as_str()).collect();
    let aspects = if facets.is_empty() { "none named".to_owned() } else { facets.join(", ") };
    writeln!(output, "read as: {} · aspects: {aspects}", explanation.language)?;
    let thresholds = explanation.thresholds;
    writeln!(
        output,
        "answered from confidence {:.2}, offered from {:.2}; ambiguous from {:.2} of the best score",
        thresholds.answer, thresholds.offer, thresholds.ambiguous
    )?;
    let best = explanation.hits.first().map_or(1.0, |hit| hit.score);
    for (rank, hit) in explanation.hits.iter().enumerate() {
        writeln!(
            output,
            "{:>2}. {:<36} score {:.2}  confidence {:.2}  ({})",
            rank + 1,
            name(&hit.target),
            hit.score / best,
            hit.confidence,
            signals(hit)
        )?;
        if !hit.evidence.is_empty() {
            let words: Vec<String> = hit.evidence.iter().map(evidence).collect();
            writeln!(output, "    met: {}", words.join(", "))?;
        }
        let behind = explanation.behind_in(hit);
        if rank > 0 && !behind.is_empty() {
            let behind: Vec<String> =
                behind.into_iter().map(|(signal, distance)| format!("{} by {distance:.2}", signal.as_str())).collect();
            writeln!(output, "    behind: {}", behind.join(", "))?;
        }
    }
    writeln!(output)
}

/// A reply in JSON with the explanation beside its other keys.
pub(super) fn add_to(reply: &str, explanation: &Explanation) -> Value {
    let mut reply: Value = serde_json::from_str(reply).unwrap_or_else(|_| json!({}));
    reply["explanation"] = to_json(explanation);
    reply
}

fn to_json(explanation: &Explanation) -> Value {
    let best = explanation.hits.first().map_or(1.0, |hit| hit.score);
    let hit = |hit: &Hit| {
        let signals: serde_json::Map<_, _> =
            Signal::ALL.iter().map(|signal| (signal.as_str().to_owned(), json!(signal.of(&hit.signals)))).collect();
        let behind: serde_json::Map<_, _> = explanation
            .behind_in(hit)
            .into_iter()
            .map(|(signal, distance)| (signal.as_str().to_owned(), json!(distance)))
            .collect();
        let evidence = |evidence: &Evidence| {
            let Evidence { word, term, kind, weight } = evidence;
            json!({"word": &**word, "term": &**term, "how": how(*kind), "weight": weight})
        };
        json!({
            "target": name(&hit.target),
            "score": hit.score / best,
            "confidence": hit.confidence,
            "signals": signals,
            "behind": behind,
            "facet": hit.facet.map(|facet| facet.as_str()),
            "section": hit.section.map(|facet| facet.as_str()),
            "evidence": hit.evidence.iter().map(evidence).collect::<Vec<_>>(),
        })
    };
    let thresholds = explanation.thresholds;
    json!({
        "lang": explanation.language.as_str(),
        "facets": explanation.facets.iter().map(|facet| facet.as_str()).collect::<Vec<_>>(),
        "thresholds": {"answer": thresholds.answer, "offer": thresholds.offer, "ambiguous": thresholds.ambiguous},
        "hits": explanation.hits.iter().map(hit).collect::<Vec<_>>(),
    })
}

fn name(target: &Target) -> String {
    match target {
        Target::Service(slug) => slug.to_string(),
        Target::Entry(slug) => format!("entry {slug}"),
    }
}

fn signals(hit: &Hit) -> String {
    let said = Signal::ALL.iter().filter_map(|signal| Some((signal, signal.of(&hit.signals)?)));
    said.map(|(signal, value)| format!("{} {value:.2}", signal.as_str())).collect::<Vec<_>>().join(" ")
}

fn evidence(evidence: &Evidence) -> String {
    format!("{} → {} ({}, {:.1})", evidence.word, evidence.term, how(evidence.kind), evidence.weight)
}

fn how(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Exact => "same stem",
        EvidenceKind::CompoundPart => "part of a compound",
        EvidenceKind::Synonym => "synonym",
        EvidenceKind::Typo => "typing error",
        EvidenceKind::Prefix => "same beginning",
    }
}
