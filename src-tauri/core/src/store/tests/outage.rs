//! When providers could not reach this engine, and what came late because of that.

use super::{Archive, text};
use crate::chat::time::Timestamp;
use crate::chat::view::{LogQuery, OutageRow, Part, Trouble, TroubleKind};
use crate::store::Delivery;

/// Received in these tests.
const NOW: i64 = 1_800_000_000_000;
const MINUTE: i64 = 60_000;

const fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn trouble(kind: TroubleKind) -> Trouble {
    Trouble {
        kind,
        code: Some("ERR_NGROK_334".to_owned()),
        detail: None,
    }
}

impl Archive {
    fn outage(&self, began: i64, ended: i64, kind: TroubleKind) {
        let store = &self.store;
        self.runtime.block_on(async {
            let begun = store.begin_outage(at(began), trouble(kind)).await;
            begun.expect("begun");
            store.end_outage(at(ended)).await.expect("ended");
        });
    }

    fn outages(&self) -> Vec<OutageRow> {
        self.store.reader().outages().expect("the outages")
    }

    fn back_again(&self) -> Option<OutageRow> {
        self.store.reader().back_again().expect("an answer")
    }
}

#[test]
fn an_outage_keeps_its_beginning_and_its_cause() {
    let archive = Archive::new();
    archive.runtime.block_on(async {
        let begin = |since, kind| archive.store.begin_outage(at(since), trouble(kind));
        begin(NOW, TroubleKind::Asleep).await.expect("begun");
        begin(NOW + 5, TroubleKind::NoNetwork)
            .await
            .expect("goes on");
    });
    let open = archive.outages();
    assert_eq!(open.len(), 1, "one at a time");
    assert_eq!((open[0].began_at, open[0].ended_at), (NOW, None));
    assert_eq!(open[0].trouble, trouble(TroubleKind::Asleep));
    assert_eq!(archive.back_again(), None, "it goes on");

    let end = |until| {
        archive
            .runtime
            .block_on(archive.store.end_outage(at(until)))
    };
    end(NOW + 2 * MINUTE).expect("ended");
    end(NOW + 9 * MINUTE).expect("nothing goes on");
    assert_eq!(archive.outages()[0].ended_at, Some(NOW + 2 * MINUTE));
    archive.outage(
        NOW + 20 * MINUTE,
        NOW + 21 * MINUTE,
        TroubleKind::NotRunning,
    );
    assert_eq!(
        archive.outages()[0].began_at,
        NOW + 20 * MINUTE,
        "newest first"
    );
}

#[test]
fn what_was_sent_meanwhile_and_came_after_is_late() {
    let archive = Archive::new();
    let sent = |minutes: i64| (NOW - minutes * MINUTE) / 1_000;
    archive.record(&text("before", "4915", sent(60), "in time, by our clock"));
    archive.record(&text("meanwhile", "4915", sent(30), "late"));
    archive.record(&text("meanwhile too", "4916", sent(12), "late"));
    archive.record(&text("after", "4915", sent(2), "in time"));
    archive.outage(NOW - 40 * MINUTE, NOW - 10 * MINUTE, TroubleKind::NoNetwork);
    let back = archive.back_again().expect("the user should know");
    assert_eq!(back.late, 2);

    let conversation = archive.conversations()[0].id;
    let page = archive.store.reader().messages(conversation, Part::Start);
    let late: Vec<_> = page
        .expect("a page")
        .messages
        .into_iter()
        .map(|row| (row.text.unwrap_or_default(), row.late))
        .collect();
    assert!(late.contains(&("in time".to_owned(), false)), "{late:?}");
    assert!(late.contains(&("late".to_owned(), true)), "{late:?}");

    let dismissed = archive.runtime.block_on(archive.store.dismiss_outages());
    dismissed.expect("the user knows");
    assert_eq!(archive.back_again(), None);
    assert_eq!(archive.outages().len(), 1, "the list keeps it");
}

#[test]
fn an_outage_that_is_told_twice_is_one() {
    let archive = Archive::new();
    for _ in 0..2 {
        archive.outage(NOW, NOW + MINUTE, TroubleKind::Asleep);
    }
    assert_eq!(archive.outages().len(), 1);
}

#[test]
fn a_blink_is_not_worth_a_word() {
    let archive = Archive::new();
    archive.outage(NOW, NOW + 900, TroubleKind::ConnectionLost);
    assert_eq!(archive.back_again(), None);
    assert_eq!(archive.outages().len(), 1);
}

#[test]
fn switching_off_is_no_outage() {
    let archive = Archive::new();
    archive.runtime.block_on(async {
        let begun = archive
            .store
            .begin_outage(at(NOW), trouble(TroubleKind::TokenRefused));
        begun.await.expect("begun");
        let cursor = "until";
        let told = archive.store.advance_cursor(cursor, NOW).await;
        told.expect("it was reachable until then");
        let forgotten = archive.store.forget_outage(cursor).await;
        forgotten.expect("forgotten");
    });
    assert_eq!(archive.outages(), []);
    assert_eq!(archive.store.reader().cursor("until").expect("a cursor"), 0);
}

#[test]
fn the_event_log_says_who_posted() {
    let archive = Archive::new();
    let delivery = Delivery {
        received_at: at(NOW),
        hook: "default".to_owned(),
        client: Some("2001:db8::7".parse().expect("an address")),
        body: b"{}".to_vec(),
    };
    let recorded = archive.runtime.block_on(archive.store.record(delivery));
    recorded.expect("recorded");
    let query = LogQuery {
        outcome: None,
        before: None,
    };
    let log = archive.store.reader().deliveries(query).expect("the log");
    assert_eq!(log[0].client.as_deref(), Some("2001:db8::7"));
}
