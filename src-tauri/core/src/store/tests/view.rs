//! What the window reads: pages, the first unread message, and finding.

use super::{Archive, text};
use crate::chat::view::{Part, Position};
use crate::store::StoreError;

#[test]
fn reading_marks_as_seen() {
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "hi"));
    let row = archive.conversations()[0].clone();
    assert_eq!(
        archive
            .store
            .reader()
            .unread_conversations(crate::chat::time::Timestamp::from_millis(0))
            .expect("a count"),
        1
    );
    archive
        .runtime
        .block_on(archive.store.mark_read(row.id))
        .expect("marked");
    assert_eq!(archive.conversations()[0].unread, 0);
    assert_eq!(
        archive
            .store
            .reader()
            .unread_conversations(crate::chat::time::Timestamp::from_millis(0))
            .expect("a count"),
        0
    );
    let nobody = archive.runtime.block_on(archive.store.mark_read(999));
    assert!(matches!(nobody, Err(StoreError::NotFound { .. })));
}

#[test]
fn pages_join_without_gap_or_overlap() {
    let archive = Archive::new();
    for number in 0..130i64 {
        // Several of the same second, which is all that providers tell.
        archive.record(&text(
            &format!("m{number:03}"),
            "4915",
            1_700_000_000 + number / 3,
            &number.to_string(),
        ));
    }
    let row = archive.conversations()[0].id;
    archive
        .runtime
        .block_on(archive.store.mark_read(row))
        .expect("marked");
    let reader = archive.store.reader();
    let mut page = reader.messages(row, Part::Start).expect("a page");
    assert!(page.has_older && !page.has_newer);
    let mut texts: Vec<String> = page
        .messages
        .iter()
        .filter_map(|m| m.text.clone())
        .collect();
    while page.has_older {
        let oldest = &page.messages[0];
        let position = Position {
            sent_at: oldest.sent_at,
            id: oldest.id,
        };
        page = reader
            .messages(row, Part::Before { position })
            .expect("a page");
        texts.splice(0..0, page.messages.iter().filter_map(|m| m.text.clone()));
    }
    let expected: Vec<String> = (0..130).map(|number| number.to_string()).collect();
    assert_eq!(texts, expected);
    let middle = reader.search("65").expect("found").messages[0].message;
    let around = reader
        .messages(row, Part::Around { message: middle })
        .expect("a page");
    assert!(around.has_older && around.has_newer);
    assert!(around.messages.iter().any(|m| m.id == middle));
}

#[test]
fn a_conversation_starts_at_the_first_unread() {
    let archive = Archive::new();
    for number in 0..120i64 {
        archive.record(&text(
            &format!("m{number}"),
            "4915",
            1_700_000_000 + number,
            "hi",
        ));
    }
    let row = archive.conversations()[0].id;
    let page = archive
        .store
        .reader()
        .messages(row, Part::Start)
        .expect("a page");
    assert_eq!(page.first_unread, Some(page.messages[0].id));
    assert!(!page.has_older && page.has_newer);
}

#[test]
fn words_are_found_whatever_their_accents() {
    let archive = Archive::new();
    archive.record(&text("m", "4915", 1_700_000_000, "Grüße aus Málaga"));
    archive.record(&text("n", "4916", 1_700_000_001, "nothing \"OR\" here*"));
    let found = |words: &str| {
        archive
            .store
            .reader()
            .search(words)
            .expect("a search")
            .messages
            .len()
    };
    for words in ["grusse", "malaga", "MÁLAGA grü", "aus mal", "or"] {
        let expected = usize::from(words != "grusse");
        assert_eq!(found(words), expected, "{words}");
    }
    for nothing in ["", "  ", "\"", "*", "absent", "NEAR("] {
        assert_eq!(found(nothing), 0, "{nothing:?}");
    }
    let people = archive
        .store
        .reader()
        .search("4916")
        .expect("a search")
        .conversations;
    assert_eq!(people.len(), 1, "people are found by number");
}
