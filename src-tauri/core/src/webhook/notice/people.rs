//! News about customers and conversations (webhook catalogue §5, §6).

use serde_json::Value;

use super::{Draft, Notes, because, failure_words, number_in, plain};
use crate::chat::event::Introduction;
use crate::chat::identity::Names;
use crate::chat::notice::{Concern, Topic};
use crate::chat::preview::one_line;
use crate::webhook::{field, person};

/// The subject under which the progress of an import is kept.
const IMPORT: &str = "import";

/// `user_preferences`: what a customer wants to receive.
pub(super) fn preferences<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for preference in field::list(value, "user_preferences") {
        let who = who(preference);
        let line = match field::text(preference, "value").as_deref() {
            Some("stop") => format!("{who} no longer wants marketing messages"),
            Some("resume") => format!("{who} wants marketing messages again"),
            Some("signup") => format!("{who} signed up for marketing messages"),
            other => {
                let word = other.unwrap_or_default();
                notes
                    .unread
                    .push(format!("a preference of the word {}", field::word(word)));
                because(&format!("{who} changed a preference"), Some(&plain(word)))
            }
        };
        notes
            .drafts
            .push(Draft::new(Topic::Preference, line, preference));
    }
}

/// `user_id_update`: a customer has another user id.
pub(super) fn user_ids<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for update in field::list(value, "user_id_update") {
        let line = format!("{} has a new user id", who(update));
        notes.drafts.push(Draft::new(Topic::Identity, line, update));
        let told = |ids: &str, key: &str| update.get(ids).and_then(|ids| field::text(ids, key));
        let names = |key: &str| Names {
            wa_id: None,
            user_id: told("user_id", key),
            parent_user_id: told("parent_user_id", key),
            username: None,
        };
        let number = person::names(update, "wa_id", "", &[]);
        let (was, is) = (names("previous"), names("current"));
        // The number links them even where one of the two ids is missing.
        let (was, is) = (was.or(number.clone()), is.or(number));
        if !was.keys().is_empty() && !is.keys().is_empty() && was != is {
            notes.introductions.push(Introduction::Renamed {
                was,
                is,
                at: field::time(update, "timestamp"),
            });
        }
    }
}

/// `smb_app_state_sync`: the address book of WhatsApp's own app.
pub(super) fn contacts<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let entries = field::list(value, "state_sync");
    let (mut added, mut removed) = (0, 0);
    for entry in entries {
        let contact = entry.get("contact").unwrap_or(&Value::Null);
        let at = entry
            .get("metadata")
            .and_then(|metadata| field::time(metadata, "timestamp"));
        let is_removed = field::text(entry, "action").as_deref() == Some("remove");
        let name = if is_removed {
            removed += 1;
            String::new()
        } else {
            added += 1;
            let name = field::first_text(contact, &["full_name", "first_name"]);
            one_line(&name.unwrap_or_default())
        };
        let names = person::names(contact, "phone_number", "user_id", &["parent_user_id"]);
        if !names.keys().is_empty() && (is_removed || !name.is_empty()) {
            notes
                .introductions
                .push(Introduction::AddressBook { names, name, at });
        }
    }
    if entries.is_empty() {
        return;
    }
    let line = match (added, removed) {
        (added, 0) => format!("Address book: {} taken over", count(added)),
        (0, removed) => format!("Address book: {} removed", count(removed)),
        (added, removed) => format!(
            "Address book: {} taken over, {} removed",
            count(added),
            count(removed)
        ),
    };
    notes.drafts.push(Draft::new(Topic::Contact, line, value));
}

fn count(contacts: i32) -> String {
    match contacts {
        1 => "1 contact".to_owned(),
        more => format!("{more} contacts"),
    }
}

/// `messaging_handovers`: who answers a conversation from now on.
pub(super) fn handover<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let kind = field::text(value, "type").unwrap_or_default();
    let to = value
        .get(&kind)
        .and_then(|content| field::text(content, "new_owner_role"))
        .map(|role| plain(&role));
    let customer = value
        .get("sender")
        .and_then(|sender| number_in(sender, &["phone_number", "user_id"]));
    let whose = match customer {
        Some(customer) => format!("The conversation with {customer}"),
        None => "A conversation".to_owned(),
    };
    let told = match kind.as_str() {
        "control_passed" => format!("{whose} was handed over"),
        "control_taken" => format!("{whose} was taken over"),
        other => {
            notes
                .unread
                .push(format!("a handover of the word {}", field::word(other)));
            format!("{whose}: {}", plain(other))
        }
    };
    let line = match to {
        Some(to) => format!("{told} to: {to}"),
        None => told,
    };
    notes.drafts.push(Draft::new(Topic::Handover, line, value));
}

/// `history`: how far the import of earlier messages has come, or why there is none.
pub(super) fn history<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for chunk in field::list(value, "history") {
        for error in field::list(chunk, "errors") {
            let words = failure_words(error);
            let line = because("Earlier messages were not shared", words.as_deref());
            notes.drafts.push(
                Draft::new(Topic::History, line, error).concern(Concern::Over(IMPORT.to_owned())),
            );
        }
        let Some(metadata) = chunk.get("metadata") else {
            continue;
        };
        let percent =
            field::integer(metadata, "progress").and_then(|percent| u8::try_from(percent).ok());
        let (line, concern) = match percent {
            Some(percent) if percent < 100 => (
                format!("Earlier messages are being imported: {percent} %"),
                Concern::Progress(IMPORT.to_owned(), percent),
            ),
            Some(_) => (
                "Earlier messages were imported".to_owned(),
                Concern::Over(IMPORT.to_owned()),
            ),
            None => ("Earlier messages".to_owned(), Concern::Nothing),
        };
        notes
            .drafts
            .push(Draft::new(Topic::History, line, metadata).concern(concern));
    }
}

/// `automatic_events`: a sale or lead that Meta found in a conversation.
pub(super) fn automatic_events<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for event in field::list(value, "automatic_events") {
        let told = match field::text(event, "event_name").as_deref() {
            Some("LeadSubmitted") => "Meta counts a lead".to_owned(),
            Some("Purchase") => "Meta counts a purchase".to_owned(),
            other => {
                let word = other.unwrap_or_default();
                notes.unread.push(format!(
                    "an automatic event of the word {}",
                    field::word(word)
                ));
                format!("Meta counts: {}", one_line(word))
            }
        };
        let amount = event.get("custom_data").and_then(|data| {
            Some(format!(
                "{} {}",
                field::text(data, "value")?,
                field::text(data, "currency")?
            ))
        });
        let line = because(&told, amount.as_deref());
        notes
            .drafts
            .push(Draft::new(Topic::AutomaticEvent, line, event));
    }
}

/// `user_actions` of the field `messages`: somebody followed the link of a marketing message.
pub(super) fn clicks<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    for action in field::list(value, "user_actions") {
        let line = match field::text(action, "action_type").as_deref() {
            Some("marketing_messages_link_click") => {
                "A customer followed the link of a marketing message".to_owned()
            }
            other => {
                let word = other.unwrap_or_default();
                notes.unread.push(format!(
                    "a customer's action of the word {}",
                    field::word(word)
                ));
                because("A customer's action", Some(&plain(word)))
            }
        };
        notes
            .drafts
            .push(Draft::new(Topic::LinkClick, line, action));
    }
}

/// The customer's number, or that there is none.
fn who(told: &Value) -> String {
    number_in(told, &["wa_id", "user_id"]).unwrap_or_else(|| "A customer".to_owned())
}
