//! Everything published, checked as a whole: every name that is referred to exists.

use std::collections::BTreeMap;

use crate::entry::{Entry, EntryKind};
use crate::facet::Facet;
use crate::notice::{Area, Notice};
use crate::office::{Office, Town};
use crate::service::{Service, TownHalls};
use crate::slug::Slug;

/// The published content. Immutable: a change builds a new one, so a question in flight sees one state.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    services: BTreeMap<Slug, Service>,
    entries: BTreeMap<Slug, Entry>,
    offices: BTreeMap<Slug, Office>,
    towns: BTreeMap<Slug, Town>,
    notices: Vec<Notice>,
}

/// The parts of a catalogue before they are checked against each other.
#[derive(Debug, Default, Clone)]
pub struct CatalogueParts {
    /// Services.
    pub services: Vec<Service>,
    /// Free questions and referrals.
    pub entries: Vec<Entry>,
    /// Offices.
    pub offices: Vec<Office>,
    /// Towns.
    pub towns: Vec<Town>,
    /// Notices.
    pub notices: Vec<Notice>,
}

/// Something in the content that refers to what is not there, or contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{item}: {problem}")]
pub struct ContentFault {
    /// The service, entry, office, town or notice.
    pub item: String,
    /// The wrong value as written, to find its line.
    pub value: String,
    /// What is wrong and what to do.
    pub problem: String,
}

impl Catalogue {
    /// Checks the parts against each other; all faults are named at once.
    pub fn new(parts: CatalogueParts) -> Result<Self, Vec<ContentFault>> {
        let mut faults = Vec::new();
        let mut catalogue = Self { notices: parts.notices, ..Self::default() };
        for service in parts.services {
            insert(&mut catalogue.services, service.slug.clone(), service, "service", &mut faults);
        }
        for entry in parts.entries {
            insert(&mut catalogue.entries, entry.id.clone(), entry, "entry", &mut faults);
        }
        for office in parts.offices {
            insert(&mut catalogue.offices, office.id.clone(), office, "office", &mut faults);
        }
        for town in parts.towns {
            insert(&mut catalogue.towns, town.id.clone(), town, "town", &mut faults);
        }
        catalogue.check_references(&mut faults);
        if faults.is_empty() { Ok(catalogue) } else { Err(faults) }
    }

    /// The same with other notices.
    pub fn with_notices(&self, notices: Vec<Notice>) -> Result<Self, Vec<ContentFault>> {
        let catalogue = Self { notices, ..self.clone() };
        let mut faults = Vec::new();
        catalogue.check_references(&mut faults);
        if faults.is_empty() { Ok(catalogue) } else { Err(faults) }
    }

    fn check_references(&self, faults: &mut Vec<ContentFault>) {
        let mut unknown = |item: &Slug, value: &Slug, what: &str| {
            faults.push(ContentFault {
                item: item.to_string(),
                value: value.to_string(),
                problem: format!("there is no {what} `{value}`; correct the name or add the {what}"),
            });
        };
        for service in self.services.values() {
            for office in service.responsible.offices.iter().filter(|id| !self.offices.contains_key(*id)) {
                unknown(&service.slug, office, "office");
            }
            if let TownHalls::Some(towns) = &service.responsible.town_halls {
                for town in towns.iter().filter(|id| !self.towns.contains_key(*id)) {
                    unknown(&service.slug, town, "town");
                }
            }
            for other in Facet::ALL.into_iter().flat_map(|facet| service.see_after(facet)) {
                if !self.services.contains_key(other) {
                    unknown(&service.slug, other, "service");
                }
            }
        }
        for entry in self.entries.values() {
            if let Some(service) = entry.service.as_ref().filter(|slug| !self.services.contains_key(*slug)) {
                unknown(&entry.id, service, "service");
            }
            if let EntryKind::Choice(services) = &entry.kind {
                for service in services.iter().filter(|slug| !self.services.contains_key(*slug)) {
                    unknown(&entry.id, service, "service");
                }
            }
        }
        for notice in &self.notices {
            if let Area::Named { services, offices } = &notice.scope.area {
                for service in services.iter().filter(|slug| !self.services.contains_key(*slug)) {
                    unknown(&notice.id, service, "service");
                }
                for office in offices.iter().filter(|id| !self.offices.contains_key(*id)) {
                    unknown(&notice.id, office, "office");
                }
            }
        }
        for service in self.services.values() {
            faults.extend(contradictions(service));
        }
        for entry in self.entries.values().filter(|entry| self.services.contains_key(&entry.id)) {
            faults.push(ContentFault {
                item: entry.id.to_string(),
                value: entry.id.to_string(),
                problem: "an entry and a service share this name; rename the entry".to_owned(),
            });
        }
    }

    /// The service of this name.
    pub fn service(&self, slug: &str) -> Option<&Service> {
        self.services.get(slug)
    }

    /// The free question of this name.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.get(id)
    }

    /// The office of this name.
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.offices.get(id)
    }

    /// The town of this name.
    pub fn town(&self, id: &str) -> Option<&Town> {
        self.towns.get(id)
    }

    /// Every service, by slug.
    pub fn services(&self) -> impl Iterator<Item = &Service> {
        self.services.values()
    }

    /// Every free question, by name.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Every office, by name.
    pub fn offices(&self) -> impl Iterator<Item = &Office> {
        self.offices.values()
    }

    /// Every town, by name.
    pub fn towns(&self) -> impl Iterator<Item = &Town> {
        self.towns.values()
    }

    /// Every notice, expired ones included.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}

fn insert<T>(map: &mut BTreeMap<Slug, T>, key: Slug, value: T, what: &str, faults: &mut Vec<ContentFault>) {
    match map.entry(key) {
        std::collections::btree_map::Entry::Occupied(taken) => faults.push(ContentFault {
            item: taken.key().to_string(),
            value: taken.key().to_string(),
            problem: format!("there are two {what} files with this name; rename or delete one"),
        }),
        std::collections::btree_map::Entry::Vacant(free) => {
            free.insert(value);
        }
    }
}

/// Conditions must name questions and answers that exist, facets sources that exist.
fn contradictions(service: &Service) -> Vec<ContentFault> {
    let fault = |value: &str, problem: String| ContentFault {
        item: service.slug.to_string(),
        value: value.to_owned(),
        problem,
    };
    let mut faults = Vec::new();
    for condition in service.documents.iter().flat_map(|d| &d.items).flat_map(|item| &item.when) {
        let Some(question) = service.situation.iter().find(|q| q.id == condition.question) else {
            faults.push(fault(
                &condition.question,
                format!("a document depends on the situation question `{}`, which is not asked", condition.question),
            ));
            continue;
        };
        for answer in condition.answers.iter().filter(|id| !question.answers.iter().any(|a| a.id == **id)) {
            faults.push(fault(
                answer,
                format!("a document depends on the answer `{answer}`, which `{}` does not offer", question.id),
            ));
        }
    }
    let named_sources = service
        .texts
        .values()
        .filter_map(|text| text.source.as_deref())
        .chain(service.documents.iter().filter_map(|d| d.source.as_deref()))
        .chain(service.fee.iter().filter_map(|f| f.source.as_deref()));
    for source in named_sources.filter(|id| !service.sources.iter().any(|s| s.id == **id)) {
        faults.push(fault(source, format!("there is no source `{source}`; add it under [[sources]]")));
    }
    if service.sources.is_empty() {
        faults.push(fault(service.slug.as_str(), "no source is named; every answer says what it rests on".to_owned()));
    }
    if service.state.review_by < service.state.checked_on {
        faults.push(fault("review_by", "`review_by` is before `checked_on`".to_owned()));
    }
    faults
}
