//! Who is who: names that come, go, change, and are written in more than one way.

use serde_json::{Value, json};

use super::{Archive, status, text, value};

fn message(id: &str, from: Value, contacts: Value) -> Value {
    let mut item =
        json!({"id": id, "type": "text", "timestamp": "1700000000", "text": {"body": "hi"}});
    item.as_object_mut()
        .expect("an object")
        .extend(from.as_object().expect("an object").clone());
    value("PN1", json!({"messages": [item], "contacts": contacts}))
}

#[test]
fn somebody_without_a_number_who_gets_one_is_one_conversation() {
    let archive = Archive::new();
    let user = json!([{"user_id": "DE.1", "profile": {"name": "Ada", "username": "ada"}}]);
    archive.record(&message("a", json!({"from_user_id": "DE.1"}), user));
    assert_eq!(archive.conversations()[0].number, None);
    archive.record(&message(
        "b",
        json!({"from": "4915", "from_user_id": "DE.1"}),
        json!([]),
    ));
    archive.record(&message("c", json!({"from": "4915"}), json!([])));
    let rows = archive.conversations();
    assert_eq!(rows.len(), 1);
    assert_eq!(
        (
            rows[0].number.as_deref(),
            rows[0].username.as_deref(),
            rows[0].unread
        ),
        (Some("+4915"), Some("ada"), 3)
    );
}

#[test]
fn a_new_number_is_the_same_person_and_the_one_shown() {
    let archive = Archive::new();
    archive.record(&text("a", "4919", 1_700_000_000, "hi"));
    let system = json!({"id": "s", "from": "4919", "timestamp": "1700000010", "type": "system",
        "system": {"type": "user_changed_number", "body": "User changed from 4919 to 4911", "wa_id": "4911"}});
    archive.record(&value("PN1", json!({"messages": [system]})));
    archive.record(&text("b", "4911", 1_700_000_020, "it is me"));
    let rows = archive.conversations();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].number.as_deref(), Some("+4911"));
    assert_eq!(rows[0].unread, 2, "WhatsApp's own sentence is no news");
}

#[test]
fn a_number_written_in_two_ways_is_one_person() {
    let archive = Archive::new();
    // Brazil's ninth digit: `from` has it, `wa_id` does not, and statuses come with the one of the two.
    let contact = json!([{"wa_id": "551187654321", "profile": {"name": "Bia"}}]);
    archive.record(&message("a", json!({"from": "5511987654321"}), contact));
    let mut step = status("out", "delivered", 1_700_000_000);
    step["statuses"][0]["recipient_id"] = json!("551187654321");
    archive.record(&step);
    assert_eq!(archive.conversations().len(), 1);
    // A contact who has nothing to do with the message is somebody else.
    let other = json!([{"wa_id": "4930999", "profile": {"name": "Other"}}]);
    archive.record(&message("b", json!({"from": "4915111"}), other));
    archive.record(&text("c", "4930999", 1_700_000_000, "hi"));
    assert_eq!(archive.conversations().len(), 3);
}

#[test]
fn the_own_address_book_names_people_until_the_entry_goes() {
    let archive = Archive::new();
    let contact = json!([{"wa_id": "4915", "profile": {"name": "~ada~"}}]);
    archive.record(&message("a", json!({"from": "4915"}), contact));
    let sync = |action: &str, seconds: i64| {
        json!({"entry": [{"id": "1", "changes": [{"field": "smb_app_state_sync", "value": value("PN1", json!({"state_sync": [{
            "type": "contact", "action": action, "contact": {"full_name": "Ada Lovelace", "phone_number": "+49 15"},
            "metadata": {"timestamp": (1_700_000_000 + seconds).to_string()},
        }]}))}]}]})
    };
    archive.record(&sync("remove", 20));
    archive.record(&sync("add", 10));
    assert_eq!(
        archive.conversations()[0].title,
        "~ada~",
        "what came later counts"
    );
    archive.record(&sync("add", 30));
    assert_eq!(archive.conversations()[0].title, "Ada Lovelace");
    let found = archive.store.reader().search("lovelace").expect("a search");
    assert_eq!(found.conversations.len(), 1);
}

#[test]
fn a_group_has_its_subject_and_its_members() {
    let archive = Archive::new();
    let from = |from: &str| json!({"from": from, "group_id": "Z3JvdXA="});
    archive.record(&message("a", from("4915"), json!([])));
    archive.record(&message("b", from("4916"), json!([])));
    let rows = archive.conversations();
    assert_eq!(rows.len(), 1);
    assert!(rows[0].group);
    assert_eq!(rows[0].title, "Group");
    let update = json!({"entry": [{"id": "1", "changes": [{"field": "group_settings_update", "value": value("PN1", json!({"groups": [{
        "group_id": "Z3JvdXA=", "type": "group_settings_update", "timestamp": "1700000050",
        "group_subject": {"text": "Bakers", "update_successful": true},
    }]}))}]}]});
    archive.record(&update);
    assert_eq!(archive.conversations()[0].title, "Bakers");
    let page = archive
        .store
        .reader()
        .messages(rows[0].id, crate::chat::view::Part::Start)
        .expect("a page");
    let authors: Vec<_> = page
        .messages
        .iter()
        .map(|row| row.author.as_deref())
        .collect();
    assert_eq!(authors, [Some("+4915"), Some("+4916")]);
}
