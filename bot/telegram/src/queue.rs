//! Which updates wait, which are being answered, and what may be confirmed to Telegram.
//!
//! Pure, so that the two promises of the channel can be tested without a network: updates of one chat are answered in
//! order, one at a time, those of different chats side by side; and an update is confirmed only when it and every
//! earlier one is done. Telegram keeps what is not confirmed and delivers it again after a crash, so nothing is lost,
//! and it hands out at most a hundred unconfirmed updates, so nothing piles up here.

use std::collections::{BTreeSet, HashMap, VecDeque};

/// Updates by chat. `W` is what has to be done for one.
#[derive(Debug)]
pub(crate) struct Queue<W> {
    lanes: HashMap<i64, Lane<W>>,
    /// Chats with something waiting and nothing running, in the order they became so.
    ready: VecDeque<i64>,
    running: usize,
    open: BTreeSet<u32>,
    /// Done, but not confirmed to Telegram yet.
    done: BTreeSet<u32>,
}

#[derive(Debug)]
struct Lane<W> {
    waiting: VecDeque<(u32, W)>,
    running: bool,
}

/// One update to deal with now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job<W> {
    pub(crate) update: u32,
    pub(crate) chat: i64,
    pub(crate) work: W,
}

impl<W> Queue<W> {
    /// As many as Telegram hands out unconfirmed. Fewer would let some chats that Telegram told us to wait for hold up
    /// all others.
    pub(crate) const MOST_AT_ONCE: usize = 100;

    pub(crate) fn new() -> Self {
        Self { lanes: HashMap::new(), ready: VecDeque::new(), running: 0, open: BTreeSet::new(), done: BTreeSet::new() }
    }

    /// Whether this update is here already, because Telegram repeats what is not confirmed.
    pub(crate) fn knows(&self, update: u32) -> bool {
        self.open.contains(&update) || self.done.contains(&update)
    }

    /// Takes an update in.
    pub(crate) fn admit(&mut self, update: u32, chat: i64, work: W) {
        self.open.insert(update);
        let lane = self.lanes.entry(chat).or_insert_with(|| Lane { waiting: VecDeque::new(), running: false });
        if lane.waiting.is_empty() && !lane.running {
            self.ready.push_back(chat);
        }
        lane.waiting.push_back((update, work));
    }

    /// Takes an update in that needs nothing done.
    pub(crate) fn dismiss(&mut self, update: u32) {
        self.done.insert(update);
    }

    /// The next update to deal with, if there is one and not too many are under way.
    pub(crate) fn start(&mut self) -> Option<Job<W>> {
        if self.running >= Self::MOST_AT_ONCE {
            return None;
        }
        let chat = self.ready.pop_front()?;
        let lane = self.lanes.get_mut(&chat)?;
        let (update, work) = lane.waiting.pop_front()?;
        lane.running = true;
        self.running += 1;
        Some(Job { update, chat, work })
    }

    /// An update that was started is done.
    pub(crate) fn finish(&mut self, update: u32, chat: i64) {
        self.open.remove(&update);
        self.done.insert(update);
        self.running = self.running.saturating_sub(1);
        let Some(lane) = self.lanes.get_mut(&chat) else { return };
        lane.running = false;
        if lane.waiting.is_empty() {
            self.lanes.remove(&chat);
        } else {
            self.ready.push_back(chat);
        }
    }

    /// Forgets an update that is done where there is nothing to confirm: a webhook's answer has confirmed it.
    pub(crate) fn forget(&mut self, update: u32) {
        self.done.remove(&update);
    }

    /// Whether everything taken in is done.
    pub(crate) fn is_idle(&self) -> bool {
        self.open.is_empty()
    }

    /// The offset that confirms what can be confirmed; `None` if there is nothing to confirm.
    ///
    /// An offset is not repeated once it was taken: after a quiet week Telegram starts again at a random id, perhaps a
    /// smaller one, and an old offset would confirm those updates unseen.
    pub(crate) fn offset(&self) -> Option<u32> {
        match self.open.first() {
            Some(first_open) => self.done.range(..first_open).next().map(|_| *first_open),
            None => self.done.last().map(|last| last.saturating_add(1)),
        }
    }

    /// Telegram took this offset.
    pub(crate) fn confirmed(&mut self, offset: u32) {
        self.done = self.done.split_off(&offset);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNA: i64 = 1;
    const BEN: i64 = 2;

    #[test]
    fn one_chat_is_answered_in_order_and_others_beside_it() {
        let mut queue = Queue::new();
        queue.admit(10, ANNA, "first");
        queue.admit(11, ANNA, "second");
        queue.admit(12, BEN, "other");
        assert_eq!(queue.start(), Some(Job { update: 10, chat: ANNA, work: "first" }));
        assert_eq!(queue.start(), Some(Job { update: 12, chat: BEN, work: "other" }));
        assert_eq!(queue.start(), None);
        queue.finish(10, ANNA);
        assert_eq!(queue.start(), Some(Job { update: 11, chat: ANNA, work: "second" }));
    }

    #[test]
    fn nothing_is_confirmed_before_everything_earlier_is_done() {
        let mut queue = Queue::new();
        queue.admit(10, ANNA, ());
        queue.admit(11, BEN, ());
        queue.start();
        queue.start();
        queue.finish(11, BEN);
        assert_eq!(queue.offset(), None);
        assert!(queue.knows(10) && queue.knows(11));
        queue.finish(10, ANNA);
        assert_eq!(queue.offset(), Some(12));
        queue.confirmed(12);
        assert_eq!(queue.offset(), None);
        assert!(!queue.knows(10), "a repeated id is a new delivery once the old one was confirmed");
    }

    #[test]
    fn a_slow_chat_does_not_hold_back_what_came_before_it() {
        let mut queue = Queue::new();
        queue.dismiss(9);
        queue.admit(10, ANNA, ());
        queue.start();
        assert_eq!(queue.offset(), Some(10));
        queue.confirmed(10);
        assert_eq!(queue.offset(), None);
    }

    #[test]
    fn ids_that_start_again_lower_are_taken_in() {
        let mut queue = Queue::new();
        queue.dismiss(900_000);
        queue.confirmed(900_001);
        assert_eq!(queue.offset(), None);
        assert!(!queue.knows(5));
        queue.admit(5, ANNA, ());
        assert_eq!(queue.start().map(|job| job.update), Some(5));
    }

    #[test]
    fn what_is_forgotten_may_come_again() {
        let mut queue = Queue::new();
        queue.admit(10, ANNA, ());
        queue.start();
        queue.finish(10, ANNA);
        queue.forget(10);
        assert!(!queue.knows(10) && queue.is_idle());
        assert_eq!(queue.offset(), None);
    }

    #[test]
    fn the_number_under_way_is_bounded() {
        let mut queue = Queue::new();
        for number in 0..200_u32 {
            queue.admit(number, i64::from(number), ());
        }
        assert_eq!(std::iter::from_fn(|| queue.start()).count(), Queue::<()>::MOST_AT_ONCE);
    }
}
