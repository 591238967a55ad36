//! Notices in a reply: first of all, and in place of what does not work.

use super::Composer;
use crate::facet::Facet;
use crate::notice::{Notice, Subject};
use crate::reply::{Block, Reply};
use crate::service::Service;
use crate::slug::Slug;

impl Composer<'_> {
    /// Notices stand before everything else, whatever kind of reply it is.
    pub(super) fn put_notices_first(&self, reply: &mut Reply, facets: Vec<Facet>, office: Option<Slug>) {
        let service = reply.service.as_ref().and_then(|slug| self.knowledge.catalogue.service(slug.as_str()));
        let mut subject = Subject { service: reply.service.as_ref(), offices: Vec::from_iter(office), facets };
        subject.offices.extend(service.iter().flat_map(|service| service.responsible.offices.clone()));
        if subject.facets.contains(&Facet::Documents) {
            // A list of documents says how to get an appointment as well.
            subject.facets.push(Facet::Appointment);
        }
        let notices: Vec<Block> = self.in_force(&subject).map(|notice| self.notice(notice)).collect();
        reply.blocks.splice(0..0, notices);
    }

    /// What is said to everybody at the beginning.
    pub(crate) fn notices_for_everybody(&self) -> Vec<Block> {
        self.in_force(&Subject::default()).map(|notice| self.notice(notice)).collect()
    }

    /// Says what to do instead of a suspended aspect of a service; `false` if the aspect is not suspended.
    pub(super) fn told_instead(&self, reply: &mut Reply, service: &Service, facet: Facet) -> bool {
        let offices = self.responsible_offices(service, reply.conversation.town.as_ref());
        let offices = offices.iter().map(|office| office.id.clone()).collect();
        self.told_instead_about(reply, &Subject { service: Some(&service.slug), offices, facets: Vec::new() }, facet)
    }

    /// The same for an office named alone.
    pub(super) fn told_instead_at(&self, reply: &mut Reply, office: &Slug, facet: Facet) -> bool {
        self.told_instead_about(reply, &Subject { offices: vec![office.clone()], ..Subject::default() }, facet)
    }

    fn told_instead_about(&self, reply: &mut Reply, subject: &Subject<'_>, facet: Facet) -> bool {
        let Some(notice) = self.loudest_first(|notice| notice.stops(facet, subject)).next() else { return false };
        let label = self.phrasebook.facet_label(facet);
        let said = match &notice.instead {
            Some(instead) => Block::Text(self.passage(instead)),
            None => self.say("notice_suspended", &[("facet", label)]),
        };
        if !reply.blocks.contains(&said) {
            reply.blocks.push(said);
        }
        self.add_contacts(reply, self.people_to_ask());
        true
    }

    fn in_force<'a>(&'a self, subject: &'a Subject<'a>) -> impl Iterator<Item = &'a Notice> {
        self.loudest_first(|notice| notice.concerns(subject))
    }

    /// Notices in force that pass, the loudest first.
    fn loudest_first(&self, passes: impl Fn(&Notice) -> bool) -> impl Iterator<Item = &Notice> {
        let notices = self.knowledge.catalogue.notices().iter();
        let mut in_force: Vec<_> = notices.filter(|notice| notice.is_valid_at(self.now) && passes(notice)).collect();
        in_force.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.id.cmp(&b.id)));
        in_force.into_iter()
    }

    fn notice(&self, notice: &Notice) -> Block {
        Block::Notice {
            severity: notice.severity,
            passage: self.passage(&notice.text),
            valid_until: crate::hours::resolve(self.now.timezone(), notice.valid_until),
        }
    }
}
