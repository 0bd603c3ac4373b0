//! What holds after any story.

use proptest::prelude::*;

use super::{Screen, slot};
use crate::notify::board::{Arrival, LIVE_AT_MOST, News};
use crate::notify::{Closed, Topic};

/// Anything that can happen.
#[derive(Debug, Clone)]
enum Event {
    Hear {
        conversation: i64,
        topic: Topic,
        late: bool,
        vip: bool,
    },
    Wait {
        millis: u64,
    },
    Read {
        conversation: i64,
    },
    Close {
        nth: usize,
        how: Closed,
    },
    Amend {
        conversation: i64,
        back: i64,
        revoked: bool,
    },
    Merge {
        gone: i64,
        into: i64,
    },
    Dark {
        is_dark: bool,
    },
    Lost,
    Reword,
}

fn event() -> impl Strategy<Value = Event> {
    let who = || 1..12i64;
    let topic = prop_oneof![4 => Just(Topic::Message), 1 => Just(Topic::Failure)];
    prop_oneof![
        8 => (who(), topic, prop::bool::weighted(0.2), prop::bool::weighted(0.1))
            .prop_map(|(conversation, topic, late, vip)| Event::Hear { conversation, topic, late, vip }),
        4 => (1..4_000u64).prop_map(|millis| Event::Wait { millis }),
        2 => who().prop_map(|conversation| Event::Read { conversation }),
        2 => (0..10usize, prop_oneof![Just(Closed::Dealt), Just(Closed::Expired)])
            .prop_map(|(nth, how)| Event::Close { nth, how }),
        1 => (who(), 0..5i64, any::<bool>())
            .prop_map(|(conversation, back, revoked)| Event::Amend { conversation, back, revoked }),
        1 => (who(), who()).prop_filter("others", |(gone, into)| gone != into)
            .prop_map(|(gone, into)| Event::Merge { gone, into }),
        1 => any::<bool>().prop_map(|is_dark| Event::Dark { is_dark }),
        1 => Just(Event::Lost),
        1 => Just(Event::Reword),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_happens(events in prop::collection::vec(event(), 1..60)) {
        let mut screen = Screen::default();
        for event in events {
            match event {
                Event::Hear { conversation, topic, late, vip } => {
                    let news = News { vip, ..screen.news(topic, conversation, "news") };
                    let arrival = if late { Arrival::Late } else { Arrival::Timely };
                    screen.board.tell(news, arrival, screen.at);
                    screen.obey();
                }
                Event::Wait { millis } => screen.wait(millis),
                Event::Read { conversation } => screen.read(conversation),
                Event::Close { nth, how } => {
                    if let Some(key) = screen.shown.keys().nth(nth).copied() {
                        screen.close(key, how);
                    }
                }
                Event::Amend { conversation, back, revoked } => {
                    let line = (!revoked).then(|| "corrected".to_owned());
                    screen.board.amend(conversation, screen.numbers - back, line);
                }
                Event::Merge { gone, into } => screen.board.merge(gone, into),
                Event::Dark { is_dark } => screen.is_dark = is_dark,
                Event::Lost => {
                    screen.board.lost();
                    screen.shown.clear();
                }
                Event::Reword => screen.board.reword(),
            }
            prop_assert!(screen.shown.len() <= LIVE_AT_MOST + 1, "{} are on the screen", screen.shown.len());
        }
        // In the end everything was told, and the screen says what the board holds.
        screen.is_dark = false;
        screen.obey();
        screen.wait(10_000);
        prop_assert_eq!(screen.board.untold(Topic::Message), None);
        prop_assert_eq!(screen.board.untold(Topic::Failure), None);
        prop_assert_eq!(screen.board.due(), None);
        prop_assert!(screen.shown.len() <= LIVE_AT_MOST);
        for conversation in 1..12 {
            for topic in Topic::ALL {
                screen.board.forget(slot(topic, conversation));
            }
        }
        screen.wait(10_000);
        prop_assert_eq!(screen.sees(), []);
    }
}
