//! Contact cards (webhook catalogue §3, `contacts`). Every part may be missing, the name included.

use serde_json::Value;

use super::content::Understood;
use super::field;
use crate::chat::content::{ContactCard, Content, NamedValue};

/// Reads all cards of a message. `None` if it has none.
pub(super) fn read(item: &Value) -> Option<Understood> {
    let cards: Vec<ContactCard> = field::list(item, "contacts").iter().map(card).collect();
    (!cards.is_empty()).then(|| Understood::new(Content::Contacts { cards }, None))
}

fn card(contact: &Value) -> ContactCard {
    let nothing = Value::Null;
    let organization = contact.get("org").unwrap_or(&nothing);
    ContactCard {
        name: contact.get("name").and_then(full_name),
        organization: joined(organization, &["company", "department", "title"]),
        birthday: field::text(contact, "birthday"),
        phones: named(contact, "phones", |phone| {
            field::first_text(phone, &["phone", "wa_id"])
        }),
        emails: named(contact, "emails", |email| field::text(email, "email")),
        addresses: named(contact, "addresses", |address| {
            joined(address, &["street", "zip", "city", "state", "country"])
        }),
        urls: named(contact, "urls", |url| field::text(url, "url")),
        vcard: field::text(contact, "vcard"),
    }
}

fn full_name(name: &Value) -> Option<String> {
    let parts = ["prefix", "first_name", "middle_name", "last_name", "suffix"];
    field::text(name, "formatted_name")
        .or_else(|| {
            let parts: Vec<String> = parts
                .iter()
                .filter_map(|key| field::text(name, key))
                .collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
        .or_else(|| field::as_text(name))
}

/// The elements of a list that have a value, each with its sort, which is in the sender's language.
fn named(contact: &Value, key: &str, value: impl Fn(&Value) -> Option<String>) -> Vec<NamedValue> {
    let elements = field::list(contact, key).iter();
    elements
        .filter_map(|element| {
            Some(NamedValue {
                name: field::text(element, "type").unwrap_or_default(),
                value: value(element).or_else(|| field::as_text(element))?,
            })
        })
        .collect()
}

fn joined(object: &Value, keys: &[&str]) -> Option<String> {
    let parts: Vec<String> = keys
        .iter()
        .filter_map(|key| field::text(object, key))
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
