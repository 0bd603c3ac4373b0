//! What is on the screen after which story.

mod any_story;

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Arrival, Board, LIVE_AT_MOST, News, Order, Told};
use crate::notify::{Closed, Key, Slot, Topic};

/// A board and the screen in front of it, which does as it is told.
#[derive(Default)]
struct Screen {
    board: Board,
    shown: BTreeMap<Key, Told>,
    /// Every popup that made a sound.
    sounds: Vec<Key>,
    /// How often the screen changed.
    changes: usize,
    at: Duration,
    numbers: i64,
    is_dark: bool,
}

const fn about(conversation: i64) -> Key {
    Key::Conversation(slot(Topic::Message, conversation))
}

const fn slot(topic: Topic, conversation: i64) -> Slot {
    Slot {
        topic,
        conversation,
    }
}

const SUMMARY: Key = Key::Summary(Topic::Message);

impl Screen {
    fn news(&mut self, topic: Topic, conversation: i64, line: &str) -> News {
        self.numbers += 1;
        News {
            slot: slot(topic, conversation),
            number: self.numbers,
            message: self.numbers,
            title: format!("Person {conversation}"),
            group: false,
            line: line.to_owned(),
            vip: false,
        }
    }

    fn hear(&mut self, conversation: i64, line: &str) -> i64 {
        let news = self.news(Topic::Message, conversation, line);
        self.board.tell(news, Arrival::Timely, self.at);
        self.obey();
        self.numbers
    }

    fn hear_late(&mut self, conversation: i64, line: &str) {
        let news = self.news(Topic::Message, conversation, line);
        self.board.tell(news, Arrival::Late, self.at);
        self.obey();
    }

    fn hear_vip(&mut self, conversation: i64) {
        let news = News {
            vip: true,
            ..self.news(Topic::Message, conversation, "From a VIP")
        };
        self.board.tell(news, Arrival::Timely, self.at);
        self.obey();
    }

    /// Does what is due now.
    fn obey(&mut self) {
        if self.is_dark {
            return;
        }
        for order in self.board.orders(self.at) {
            self.changes += 1;
            match order {
                Order::Show { key, told, alert } => {
                    self.board.shown(key, self.at, alert);
                    self.shown.insert(key, told);
                    if alert {
                        self.sounds.push(key);
                    }
                }
                Order::Withdraw(key) => {
                    let was_there = self.shown.remove(&key);
                    assert!(was_there.is_some(), "{key:?} is withdrawn and not there");
                }
            }
        }
    }

    /// Lets time pass, doing what is due when it is due.
    fn wait(&mut self, millis: u64) {
        let end = self.at + Duration::from_millis(millis);
        while let Some(due) = self.board.due().filter(|due| *due <= end && !self.is_dark) {
            self.at = self.at.max(due);
            let before = self.changes;
            self.obey();
            assert!(
                self.changes > before || self.board.due().is_none_or(|next| next > due),
                "something is due for ever"
            );
        }
        self.at = end;
    }

    fn close(&mut self, key: Key, how: Closed) {
        self.shown.remove(&key);
        self.board.closed(key, how);
        self.obey();
    }

    fn read(&mut self, conversation: i64) {
        self.board.forget(slot(Topic::Message, conversation));
        self.obey();
    }

    /// What is on the screen, in short: conversation or 0 for the summary, how much, and the last line.
    fn sees(&self) -> Vec<(i64, usize, String)> {
        self.shown
            .values()
            .map(|told| match told {
                Told::Conversation {
                    conversation,
                    count,
                    last,
                    ..
                } => (*conversation, *count, last.clone()),
                Told::Summary {
                    messages,
                    conversations,
                    ..
                } => (0, *messages, format!("in {conversations}")),
            })
            .collect()
    }
}

fn line(conversation: i64, count: usize, last: &str) -> (i64, usize, String) {
    (conversation, count, last.to_owned())
}

#[test]
fn the_first_message_shows_at_once_and_the_next_together() {
    let mut screen = Screen::default();
    screen.hear(1, "one");
    assert_eq!(screen.sees(), [line(1, 1, "one")]);
    screen.wait(100);
    for word in ["two", "three", "four"] {
        screen.hear(1, word);
        screen.wait(100);
    }
    assert_eq!(screen.sees(), [line(1, 1, "one")]);
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(1, 4, "four")]);
    assert_eq!(screen.changes, 2);
    assert_eq!(screen.board.due(), None, "then there is nothing to do");
}

#[test]
fn a_popup_makes_a_sound_every_ten_seconds_at_most() {
    let mut screen = Screen::default();
    for _ in 0..21 {
        screen.hear(1, "again");
        screen.wait(1_000);
    }
    assert_eq!(screen.sounds.len(), 3, "at 0, 10 and 20 seconds");
    screen.hear(2, "another");
    assert_eq!(screen.sounds.len(), 4, "each conversation has its own");
}

#[test]
fn more_than_three_at_the_same_time_are_told_in_one_popup() {
    let mut screen = Screen::default();
    for conversation in 1..=3 {
        screen.hear(conversation, "hi");
        screen.wait(300);
    }
    assert_eq!(screen.sees().len(), 3);
    screen.hear(4, "hi");
    assert_eq!(screen.sees(), [line(0, 4, "in 4")]);
    screen.hear(5, "hi");
    screen.hear(1, "again");
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(0, 6, "in 5")]);
    // When it is calm again, who speaks has a popup of their own, and is not counted twice.
    screen.wait(3_000);
    screen.hear(2, "after");
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(2, 2, "after"), line(0, 5, "in 4")]);
    for conversation in [1, 3, 4] {
        screen.read(conversation);
    }
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(2, 2, "after"), line(0, 1, "in 1")]);
    screen.read(5);
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(2, 2, "after")]);
}

#[test]
fn three_slow_ones_are_no_storm() {
    let mut screen = Screen::default();
    for conversation in 1..=8 {
        screen.hear(conversation, "hi");
        screen.wait(700);
    }
    assert_eq!(screen.sees().len(), 8);
    assert!(!screen.shown.contains_key(&SUMMARY));
}

#[test]
fn a_vip_is_never_in_the_summary() {
    let mut screen = Screen::default();
    for conversation in 1..=6 {
        screen.hear(conversation, "hi");
    }
    screen.hear_vip(7);
    screen.wait(1_000);
    assert_eq!(
        screen.sees(),
        [line(7, 1, "From a VIP"), line(0, 6, "in 6")]
    );
}

#[test]
fn at_most_ten_are_on_the_screen() {
    let mut screen = Screen::default();
    for conversation in 1..=14 {
        screen.hear(conversation, "hi");
        screen.wait(1_000);
    }
    let left: Vec<i64> = screen.sees().into_iter().map(|(who, ..)| who).collect();
    assert_eq!(left, (5..=14).collect::<Vec<_>>(), "the oldest made room");
    let mut vips = Screen::default();
    for conversation in 1..=14 {
        vips.hear_vip(conversation);
    }
    vips.wait(2_000);
    assert_eq!(vips.sees().len(), LIVE_AT_MOST);
}

#[test]
fn what_is_late_is_gathered() {
    let mut screen = Screen::default();
    screen.hear_late(1, "yesterday");
    screen.wait(2_000);
    screen.hear_late(2, "this morning");
    screen.hear_late(1, "an hour ago");
    screen.wait(2_000);
    assert_eq!(screen.sees(), [], "more may come");
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(0, 3, "in 2")]);

    let mut alone = Screen::default();
    alone.hear_late(1, "yesterday");
    alone.hear_late(1, "this morning");
    alone.board.settle();
    alone.obey();
    assert_eq!(
        alone.sees(),
        [line(1, 2, "this morning")],
        "one needs no summary"
    );

    let mut speaking = Screen::default();
    speaking.hear_late(1, "yesterday");
    speaking.hear(1, "now");
    assert_eq!(speaking.sees(), [line(1, 2, "now")], "who speaks is heard");
}

#[test]
fn what_the_user_dealt_with_does_not_come_again() {
    let mut screen = Screen::default();
    screen.hear(1, "one");
    screen.close(about(1), Closed::Dealt);
    screen.wait(5_000);
    assert_eq!(screen.sees(), []);
    screen.hear(1, "two");
    assert_eq!(screen.sees(), [line(1, 1, "two")], "counting starts anew");
    screen.close(about(1), Closed::Expired);
    screen.wait(5_000);
    screen.hear(1, "three");
    assert_eq!(screen.sees(), [line(1, 2, "three")], "expired is not seen");
    screen.read(1);
    assert_eq!(screen.sees(), []);
    for conversation in 1..=4 {
        screen.hear(conversation, "many");
    }
    screen.close(SUMMARY, Closed::Dealt);
    screen.wait(5_000);
    assert_eq!(screen.sees(), []);
    screen.hear(4, "after");
    assert_eq!(screen.sees(), [line(4, 1, "after")]);
}

#[test]
fn corrections_change_the_popup_in_silence() {
    let mut screen = Screen::default();
    let first = screen.hear(1, "one");
    screen.wait(2_000);
    let second = screen.hear(1, "tow");
    screen.wait(2_000);
    screen.board.amend(1, second, Some("two".to_owned()));
    screen.wait(2_000);
    assert_eq!(screen.sees(), [line(1, 2, "two")]);
    screen.board.amend(1, second, None);
    screen.wait(2_000);
    assert_eq!(screen.sees(), [line(1, 1, "one")]);
    screen.board.rename(1, "Ada");
    screen.wait(2_000);
    let Some(Told::Conversation { title, .. }) = screen.shown.get(&about(1)) else {
        panic!("the popup is there")
    };
    assert_eq!(title, "Ada");
    screen.board.amend(1, first, None);
    screen.wait(2_000);
    assert_eq!(screen.sees(), [], "everything in it was deleted");
    assert_eq!(screen.sounds.len(), 1);

    let expired = screen.hear(1, "three");
    screen.close(about(1), Closed::Expired);
    screen.board.amend(1, expired, Some("3".to_owned()));
    screen.wait(2_000);
    assert_eq!(screen.sees(), [], "nobody needs a popup for a correction");
}

#[test]
fn conversations_that_become_one_have_one_popup() {
    let mut screen = Screen::default();
    screen.hear(1, "by number");
    screen.hear(2, "by name");
    screen.wait(1_000);
    screen.board.merge(2, 1);
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(1, 2, "by name")]);
    screen.board.merge(1, 3);
    screen.wait(1_000);
    assert_eq!(screen.sees(), [line(3, 2, "by name")]);
}

#[test]
fn failures_have_popups_of_their_own() {
    let mut screen = Screen::default();
    screen.hear(1, "hello");
    for conversation in 1..=2 {
        let news = screen.news(Topic::Failure, conversation, "Undeliverable");
        screen.board.tell(news, Arrival::Timely, screen.at);
    }
    screen.obey();
    assert_eq!(screen.sees().len(), 3);
    screen.read(1);
    assert_eq!(screen.sees().len(), 2, "read is not delivered");
    screen.board.forget_all(Topic::Failure);
    screen.obey();
    assert_eq!(screen.sees(), []);
}

#[test]
fn what_could_not_be_shown_is_told_when_it_can() {
    let mut screen = Screen::default();
    screen.hear(1, "before");
    assert_eq!(screen.board.untold(Topic::Message), None);
    screen.board.lost();
    screen.shown.clear();
    screen.is_dark = true;
    for conversation in 2..=7 {
        screen.hear(conversation, "in the dark");
        screen.wait(60_000);
    }
    assert_eq!(
        screen.board.untold(Topic::Message),
        Some(2),
        "from the second on"
    );
    screen.is_dark = false;
    screen.obey();
    assert_eq!(
        screen.sees(),
        [line(0, 6, "in 6")],
        "what was told is not told again"
    );
    assert_eq!(screen.board.untold(Topic::Message), None);
}

#[test]
fn the_same_message_again_changes_nothing() {
    let mut screen = Screen::default();
    let news = screen.news(Topic::Message, 1, "one");
    screen.board.tell(news.clone(), Arrival::Timely, screen.at);
    screen.obey();
    screen.board.tell(news, Arrival::Timely, screen.at);
    screen.wait(5_000);
    assert_eq!(screen.sees(), [line(1, 1, "one")]);
    assert_eq!(screen.changes, 1);
}
