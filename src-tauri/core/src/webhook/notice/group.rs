//! News about groups (webhook catalogue §5, `group_*_update`).

use serde_json::Value;

use super::{Draft, Notes, because, failure_words, number_in};
use crate::chat::event::Introduction;
use crate::chat::notice::Topic;
use crate::chat::preview::one_line;
use crate::webhook::field;

pub(super) fn read<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for group in field::list(value, "groups") {
        let subject = subject(group);
        let name = match &subject {
            Some(subject) => format!("The group {}", one_line(subject)),
            None => "A group".to_owned(),
        };
        let failure = failure(group);
        let (told, is_known) = event(group, failure.is_some());
        if !is_known {
            let word = field::text(group, "type").unwrap_or_default();
            notes
                .unread
                .push(format!("a group's news of the word {}", field::word(&word)));
        }
        let line = because(&format!("{name} {told}"), failure.as_deref());
        notes.drafts.push(Draft::new(Topic::Group, line, group));
        if let (Some(id), Some(subject)) = (field::text(group, "group_id"), subject) {
            notes.introductions.push(Introduction::Group {
                id,
                subject,
                at: field::time(group, "timestamp"),
            });
        }
    }
}

/// What the group is called, unless that could not be set.
fn subject(group: &Value) -> Option<String> {
    let change = group.get("group_subject").unwrap_or(&Value::Null);
    let failed = field::flag(change, "update_successful") == Some(false);
    let changed = field::first_text(change, &["text", "subject"]).filter(|_| !failed);
    let subject = changed.or_else(|| field::text(group, "subject"))?;
    let subject = subject.trim();
    (!subject.is_empty()).then(|| subject.to_owned())
}

/// Why it could not be done; empty where the reason is not told. Settings fail one by one.
fn failure(group: &Value) -> Option<String> {
    let settings = ["group_subject", "group_description", "profile_picture"];
    let failed = settings
        .iter()
        .filter_map(|key| group.get(key))
        .find(|setting| field::flag(setting, "update_successful") == Some(false));
    let errors = [Some(group), failed]
        .into_iter()
        .flatten()
        .flat_map(|object| field::list(object, "errors"));
    let words = errors.map(failure_words).find_map(|words| words);
    words.or_else(|| failed.map(|_| String::new()))
}

/// What happened, or could not be done, and whether it is documented.
fn event(group: &Value, failed: bool) -> (String, bool) {
    let people = |key| people(group, key);
    let told = match field::text(group, "type").as_deref() {
        Some("group_create") if failed => "could not be created".to_owned(),
        Some("group_create") => "was created".to_owned(),
        Some("group_delete") if failed => "could not be deleted".to_owned(),
        Some("group_delete") => "was deleted".to_owned(),
        Some("group_participants_add" | "group_add_participants")
            if failed && field::list(group, "added_participants").is_empty() =>
        {
            "could not get new members".to_owned()
        }
        Some("group_participants_remove" | "group_remove_participants")
            if failed && field::list(group, "removed_participants").is_empty() =>
        {
            "could not lose members".to_owned()
        }
        Some("group_settings_update") if failed => "could not get all its new settings".to_owned(),
        Some("group_participants_add" | "group_add_participants") => {
            format!("has new members: {}", people("added_participants"))
        }
        Some("group_participants_remove" | "group_remove_participants") => {
            format!("lost members: {}", people("removed_participants"))
        }
        Some("group_join_request_created") => "was asked for admission".to_owned(),
        Some("group_join_request_revoked") => "is no longer asked for admission".to_owned(),
        Some("group_settings_update") => "has new settings".to_owned(),
        Some("group_suspend") => "was suspended by WhatsApp".to_owned(),
        Some("group_suspend_cleared") => "works again".to_owned(),
        Some(_) | None => return ("has news".to_owned(), false),
    };
    (told, true)
}

fn people(group: &Value, key: &str) -> String {
    let members = field::list(group, key).iter();
    let numbers: Vec<String> = members
        .filter_map(|member| number_in(member, &["wa_id", "user_id", "input"]))
        .collect();
    if numbers.is_empty() {
        "not told".to_owned()
    } else {
        numbers.join(", ")
    }
}
