//! When which chat may get its next message.
//!
//! About one message a second to a chat, twenty a minute to a group, thirty a second in all. The limits are not
//! guaranteed: a 429 with its `retry_after` has the last word.
//!
//! What counts is when a message arrives, and a network may hold some back and deliver them together with later ones. So
//! a message counts from the moment it is sent until a second after Telegram has answered: whenever it arrived, it is
//! counted in the second around that.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use teloxide::types::ChatId;
use tokio::time::Instant;

/// When which chat may get its next message.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    chats: HashMap<ChatId, Instant>,
    everybody: Option<Instant>,
    /// The chat Telegram made wait last, and until when.
    held: Option<(ChatId, Instant)>,
    /// Messages that count, and until when.
    counted: BTreeMap<Ticket, Instant>,
    next: Ticket,
}

/// A turn that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Ticket(u64);

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    Now(Ticket),
    /// Ask again then.
    At(Instant),
}

impl Pace {
    const MOST_PER_SECOND: usize = 30;
    const BETWEEN_MESSAGES: Duration = Duration::from_millis(34);
    const IN_A_CHAT: Duration = Duration::from_secs(1);
    const IN_A_GROUP: Duration = Duration::from_secs(3);
    const COUNTED_AFTERWARDS: Duration = Duration::from_secs(1);
    /// What takes longer than this has hardly arrived just now; were it counted until it ends, thirty lost answers
    /// would hold up everybody.
    const COUNTED_UNANSWERED: Duration = Duration::from_secs(3);
    /// How soon to look whether one of those under way has ended.
    const LOOK_AGAIN: Duration = Duration::from_millis(100);
    const MANY: usize = 1000;

    /// Whether it is this chat's turn; if so, the turn is taken.
    pub(crate) fn turn(&mut self, chat: ChatId, now: Instant) -> Turn {
        let next = self.chats.get(&chat).copied().max(self.everybody);
        if let Some(next) = next.filter(|next| *next > now) {
            return Turn::At(next);
        }
        self.counted.retain(|_, until| *until > now);
        if self.counted.len() >= Self::MOST_PER_SECOND {
            let soonest = self.counted.values().min().copied().unwrap_or(now);
            return Turn::At(soonest.min(now + Self::LOOK_AGAIN));
        }
        if self.chats.len() >= Self::MANY {
            self.chats.retain(|_, next| *next > now);
        }
        let between = if chat.0 < 0 { Self::IN_A_GROUP } else { Self::IN_A_CHAT };
        self.chats.insert(chat, now + between);
        self.everybody = Some(now + Self::BETWEEN_MESSAGES);
        self.next.0 += 1;
        self.counted.insert(self.next, now + Self::COUNTED_UNANSWERED);
        Turn::Now(self.next)
    }

    /// Telegram has answered, whatever it said.
    pub(crate) fn ended(&mut self, ticket: Ticket, now: Instant) {
        if let Some(until) = self.counted.get_mut(&ticket) {
            *until = now + Self::COUNTED_AFTERWARDS;
        }
    }

    /// Telegram wants a pause. Usually one chat was too fast; a second one told the same at the same time means that
    /// the bot as a whole is.
    pub(crate) fn hold(&mut self, chat: ChatId, now: Instant, pause: Duration) {
        let until = now + pause;
        self.chats.insert(chat, until);
        if self.held.is_some_and(|(other, held_until)| other != chat && held_until > now) {
            self.everybody = self.everybody.max(Some(until));
        }
        self.held = Some((chat, until));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ANNA: ChatId = ChatId(1);
    const BEN: ChatId = ChatId(2);

    fn takes(pace: &mut Pace, chat: ChatId, now: Instant) -> Ticket {
        match pace.turn(chat, now) {
            Turn::Now(ticket) => ticket,
            Turn::At(time) => panic!("has to wait for {:?}", time - now),
        }
    }

    #[tokio::test]
    async fn a_chat_gets_one_message_a_second_and_others_do_not_wait_for_it() {
        let mut pace = Pace::default();
        let start = Instant::now();
        let soon = start + Pace::BETWEEN_MESSAGES;
        takes(&mut pace, ANNA, start);
        assert_eq!(pace.turn(ANNA, soon), Turn::At(start + Duration::from_secs(1)));
        assert_eq!(pace.turn(BEN, start), Turn::At(soon));
        takes(&mut pace, BEN, soon);
        takes(&mut pace, ANNA, start + Duration::from_secs(1));
    }

    #[tokio::test]
    async fn a_pause_for_one_chat_is_its_own_and_for_two_it_is_everybodys() {
        let mut pace = Pace::default();
        let start = Instant::now();
        pace.hold(ANNA, start, Duration::from_secs(30));
        takes(&mut pace, BEN, start);
        assert_eq!(pace.turn(ANNA, start), Turn::At(start + Duration::from_secs(30)));
        pace.hold(BEN, start, Duration::from_secs(20));
        assert_eq!(pace.turn(ChatId(3), start), Turn::At(start + Duration::from_secs(20)));
    }

    #[tokio::test]
    async fn chats_of_the_past_are_forgotten() {
        let mut pace = Pace::default();
        let mut now = Instant::now();
        for chat in 0..5000 {
            now += Pace::BETWEEN_MESSAGES;
            let ticket = takes(&mut pace, ChatId(chat), now);
            pace.ended(ticket, now);
        }
        assert!(pace.chats.len() <= Pace::MANY);
        assert!(pace.counted.len() <= Pace::MOST_PER_SECOND);
    }

    #[tokio::test]
    async fn what_is_never_answered_holds_up_nobody_for_long() {
        let mut pace = Pace::default();
        let start = Instant::now();
        let mut now = start;
        for chat in 0..Pace::MOST_PER_SECOND as i64 {
            now += Pace::BETWEEN_MESSAGES;
            takes(&mut pace, ChatId(chat), now);
        }
        now += Pace::BETWEEN_MESSAGES;
        assert_eq!(pace.turn(ChatId(100), now), Turn::At(now + Pace::LOOK_AGAIN));
        takes(&mut pace, ChatId(100), start + Pace::BETWEEN_MESSAGES + Pace::COUNTED_UNANSWERED);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// However long messages take on their way there and back, no second sees more than thirty arrive.
        #[test]
        fn no_second_sees_more_than_thirty_arrive(ways in prop::collection::vec((0..1000_u64, 0..500_u64), 200)) {
            let mut pace = Pace::default();
            let start = Instant::now();
            let mut now = start;
            let mut under_way: Vec<(Ticket, Instant)> = Vec::new();
            let mut arrivals = Vec::new();
            for (chat, (there, back)) in ways.into_iter().enumerate() {
                let ticket = loop {
                    under_way.retain(|(ticket, end)| {
                        let has_ended = *end <= now;
                        if has_ended {
                            pace.ended(*ticket, *end);
                        }
                        !has_ended
                    });
                    match pace.turn(ChatId(chat as i64 + 1), now) {
                        Turn::Now(ticket) => break ticket,
                        Turn::At(time) => now = now.max(time),
                    }
                };
                let arrival = now + Duration::from_millis(there);
                arrivals.push(arrival);
                under_way.push((ticket, arrival + Duration::from_millis(back)));
            }
            arrivals.sort();
            let crowded = arrivals.windows(Pace::MOST_PER_SECOND + 1).find(|some| some[Pace::MOST_PER_SECOND] - some[0] < Duration::from_secs(1));
            prop_assert!(crowded.is_none(), "{:?}", crowded.map(|some| some[0] - start));
        }
    }
}
