//! What is news, in which order, and what the user wants to hear of whom.

use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::{Archive, status, text, value};
use crate::chat::time::Timestamp;
use crate::chat::view::{Trouble, TroubleKind};
use crate::store::News;

impl Archive {
    fn arrivals(&self) -> Vec<News> {
        self.store.reader().arrivals(0, 100).expect("arrivals")
    }

    fn failures(&self, after: i64) -> Vec<News> {
        self.store.reader().failures(after, 100).expect("failures")
    }

    fn mute(&self, conversation: i64, until: Option<i64>) {
        let until = until.map(Timestamp::from_millis);
        let muted = self.store.mute(conversation, until);
        self.runtime.block_on(muted).expect("it is kept");
    }

    fn set_vip(&self, conversation: i64) {
        let set = self.store.set_vip(conversation, true);
        self.runtime.block_on(set).expect("it is kept");
    }

    fn wishes(&self) -> Vec<(Option<i64>, bool)> {
        let rows = self.conversations().into_iter();
        rows.map(|row| (row.muted_until, row.vip)).collect()
    }
}

fn failed(id: &str, seconds: i64) -> Value {
    let failed = json!({"id": id, "status": "failed", "timestamp": seconds.to_string(), "recipient_id": "4915",
        "errors": [{"code": 131_026, "title": "Message undeliverable"}]});
    value("PN1", json!({"statuses": [failed]}))
}

#[test]
fn a_message_is_news_until_it_is_seen_or_deleted() {
    let archive = Archive::new();
    archive.record(&text("a", "4915", 1_700_000_000, "first"));
    archive.record(&text("b", "4915", 1_700_000_001, "second"));
    let told: Vec<(i64, bool, Option<String>)> = archive
        .arrivals()
        .into_iter()
        .map(|news| (news.number, news.open, news.text))
        .collect();
    let words = |text: &str| Some(text.to_owned());
    assert_eq!(
        told,
        [(1, true, words("first")), (2, true, words("second"))]
    );

    let revoke = json!({"id": "x", "from": "4915", "timestamp": "1700000002", "type": "revoke",
        "revoke": {"original_message_id": "a"}});
    archive.record(&value("PN1", json!({"messages": [revoke]})));
    let open = |archive: &Archive| -> Vec<bool> {
        archive
            .arrivals()
            .into_iter()
            .map(|news| news.open)
            .collect()
    };
    assert_eq!(open(&archive), [false, true]);
    let conversation = archive.conversations()[0].id;
    let read = archive.store.mark_read(conversation);
    archive.runtime.block_on(read).expect("it is read");
    assert_eq!(open(&archive), [false, false]);
}

#[test]
fn late_is_what_was_sent_in_an_outage_and_came_after_it() {
    let archive = Archive::new();
    let at = |seconds: i64| Timestamp::from_millis(seconds * 1_000);
    let trouble = Trouble::plain(TroubleKind::NoNetwork);
    let begun = archive.store.begin_outage(at(1_700_000_000), trouble);
    archive.runtime.block_on(begun).expect("it begins");
    let ended = archive.store.end_outage(at(1_700_003_600));
    archive.runtime.block_on(ended).expect("it ends");
    archive.record(&text("before", "4915", 1_699_999_999, "old"));
    archive.record(&text("in", "4915", 1_700_000_100, "missed"));
    archive.record(&text("after", "4915", 1_700_003_700, "new"));
    let late: Vec<bool> = archive
        .arrivals()
        .into_iter()
        .map(|news| news.late)
        .collect();
    assert_eq!(late, [false, true, false]);
}

#[test]
fn a_failure_is_news_once_and_with_its_reason() {
    let archive = Archive::new();
    archive.record(&failed("out", 1_700_000_010));
    archive.record(&failed("out", 1_700_000_010));
    archive.record(&status("other", "delivered", 1_700_000_011));
    archive.record(&failed("other", 1_700_000_012));
    archive.record(&failed("third", 1_700_000_013));
    let failures = archive.failures(0);
    let codes: Vec<_> = failures
        .iter()
        .map(|news| {
            (
                news.number,
                news.open,
                news.failure.as_ref().and_then(|failure| failure.code),
            )
        })
        .collect();
    assert_eq!(
        codes,
        [(1, true, Some(131_026)), (2, true, Some(131_026))],
        "what was delivered did not fail"
    );
    assert_eq!(archive.failures(1).len(), 1);
    // A step that is higher than failing may still come.
    archive.record(&status("out", "read", 1_700_000_020));
    assert!(!archive.failures(0)[0].open);
    let to_the_end = CancellationToken::new();
    let again = archive.store.reread(&to_the_end, |_, _| {});
    archive.runtime.block_on(again).expect("it is read again");
    assert_eq!(archive.failures(0).len(), 2, "nothing of it is news");
}

#[test]
fn muted_and_vip_exclude_each_other() {
    let archive = Archive::new();
    archive.record(&text("a", "4915", 1_700_000_000, "hi"));
    let conversation = archive.conversations()[0].id;
    assert_eq!(archive.wishes(), [(None, false)]);
    archive.mute(conversation, Some(5_000));
    assert_eq!(archive.wishes(), [(Some(5_000), false)]);
    archive.set_vip(conversation);
    assert_eq!(archive.wishes(), [(None, true)]);
    archive.mute(conversation, None);
    assert_eq!(archive.wishes(), [(None, true)], "nothing was muted");
    archive.mute(conversation, Some(6_000));
    assert_eq!(archive.wishes(), [(Some(6_000), false)]);
    let count = |now| {
        let now = Timestamp::from_millis(now);
        archive
            .store
            .reader()
            .unread_conversations(now)
            .expect("a count")
    };
    assert_eq!((count(5_999), count(6_000)), (0, 1));
    let standing = archive
        .store
        .reader()
        .standing(conversation)
        .expect("it is read");
    assert_eq!(
        standing.map(|standing| standing.muted_until),
        Some(Some(6_000))
    );
    let nobody = archive.store.mute(99, None);
    assert!(archive.runtime.block_on(nobody).is_err());
}

#[test]
fn who_turns_out_to_be_one_person_keeps_the_wishes() {
    for (muted, vip, expected) in [
        (Some(7_000), false, (Some(7_000), false)),
        (None, true, (None, true)),
        (Some(7_000), true, (None, true)),
    ] {
        let archive = Archive::new();
        archive.record(&text("a", "4915", 1_700_000_000, "by number"));
        archive.record(&text("b", "DE.1", 1_700_000_001, "by id"));
        let rows = archive.conversations();
        assert_eq!(rows.len(), 2);
        let of = |name: &str| {
            let row = rows.iter().find(|row| row.title.contains(name));
            row.expect("it is there").id
        };
        if vip {
            archive.set_vip(of("DE.1"));
        }
        archive.mute(of("4915"), muted);
        let both = json!({"id": "c", "from": "4915", "from_user_id": "DE.1", "type": "text",
            "timestamp": "1700000002", "text": {"body": "both"}});
        archive.record(&value("PN1", json!({"messages": [both]})));
        assert_eq!(archive.wishes(), [expected]);
    }
}
