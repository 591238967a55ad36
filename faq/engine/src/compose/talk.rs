//! Greetings, thanks, the wish for a person, danger, and not knowing.

use super::Composer;
use crate::dialogue::UnknownReason;
use crate::office::Office;
use crate::reply::{Choice, Reply, ReplyKind};
use crate::slug::Slug;
use crate::understanding::intents::Intent;

/// Questions offered to somebody who has not asked one yet.
const EXAMPLES: [&str; 4] = ["example_1", "example_2", "example_3", "example_4"];

impl Composer<'_> {
    pub(super) fn chitchat(&self, reply: &mut Reply, intent: Intent) {
        reply.kind = ReplyKind::Chitchat;
        let key = match intent {
            Intent::Thanks => "thanks",
            Intent::Goodbye => "goodbye",
            Intent::Insult => "insult",
            Intent::AreYouRobot => "are_you_robot",
            Intent::Abilities => "abilities",
            _ => "introduction",
        };
        reply.blocks.push(self.sentence(key));
        if intent == Intent::Insult {
            reply.blocks.extend(self.people_to_ask());
        }
        if matches!(intent, Intent::Greeting | Intent::Abilities | Intent::AreYouRobot) {
            reply.suggestions.extend(self.examples());
        }
    }

    /// Example questions.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Choice> {
        EXAMPLES.map(|key| Choice::plain(self.phrasebook.say(key, &[]))).into_iter()
    }

    pub(super) fn handoff(&self, reply: &mut Reply, intent: Intent) {
        reply.kind = ReplyKind::Handoff;
        let (key, topic) = match intent {
            Intent::Complaint => ("handoff_complaint", "beschwerde-lob"),
            Intent::OwnCase => ("handoff_own_case", "buergertelefon"),
            _ => ("handoff_person", "buergertelefon"),
        };
        reply.service =
            Slug::parse(topic).ok().filter(|slug| self.knowledge.catalogue.service(slug.as_str()).is_some());
        reply.blocks.push(self.sentence(key));
        // Whoever asks about an own case is helped soonest by the office that keeps it.
        let first = if intent == Intent::OwnCase { self.office_of_conversation(reply) } else { None };
        reply.blocks.extend(self.people_to_ask_after(first.as_slice()));
    }

    fn office_of_conversation(&self, reply: &Reply) -> Option<&Office> {
        let service =
            reply.conversation.service.as_ref().and_then(|slug| self.knowledge.catalogue.service(slug.as_str()));
        let offices = service
            .map(|service| self.responsible_offices(service, reply.conversation.town.as_ref()))
            .unwrap_or_default();
        offices.first().copied()
    }

    pub(super) fn emergency(&self, reply: &mut Reply, intent: Intent) {
        reply.kind = ReplyKind::Emergency;
        let key = match intent {
            Intent::LifeCrisis => "emergency_life_crisis",
            Intent::MedicalHelp => "emergency_medical",
            _ => "emergency",
        };
        reply.blocks.push(self.sentence(key));
        reply.conversation.pending = None;
    }

    pub(super) fn unknown(&self, reply: &mut Reply, reason: UnknownReason) {
        reply.kind = ReplyKind::Unknown;
        let key = match reason {
            UnknownReason::NothingFits => "unknown",
            UnknownReason::NoneOffered => "unknown_none_offered",
            UnknownReason::NoSubject => "unknown_no_subject",
            UnknownReason::Empty => "unknown_empty",
            UnknownReason::TooLong => "unknown_too_long",
        };
        reply.blocks.push(self.sentence(key));
        if matches!(reason, UnknownReason::NothingFits | UnknownReason::NoneOffered) {
            reply.blocks.extend(self.people_to_ask());
        }
        if matches!(reason, UnknownReason::Empty | UnknownReason::NoSubject) {
            reply.suggestions.extend(self.examples());
        }
    }
}
