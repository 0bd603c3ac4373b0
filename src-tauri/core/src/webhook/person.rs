//! Who a payload is about: ids in many fields, any of them missing, and a list of contacts beside (webhook catalogue §1.1, §2).

use serde_json::Value;

use super::field;
use crate::chat::event::{Peer, Person};
use crate::chat::identity::Names;

/// The contacts that stand beside the items of one value.
pub(super) struct Contacts<'a> {
    contacts: Vec<&'a Value>,
    /// Every item of this value is from or to the same one, so that a single contact can only be that one.
    single: bool,
}

impl<'a> Contacts<'a> {
    /// The contacts of a value, given the ids that its items name. A standby system has its own one level deeper.
    pub(super) fn of(value: &'a Value, peers: &[Names]) -> Self {
        let contacts: Vec<&Value> = [Some(value), value.get("standby")]
            .into_iter()
            .flatten()
            .flat_map(|value| field::list(value, "contacts"))
            .collect();
        let single = contacts.len() == 1 && peers.windows(2).all(|pair| pair[0] == pair[1]);
        Self { contacts, single }
    }

    /// Adds what the matching contact knows. The same names decide, else there must be no doubt: `wa_id` can differ from `from`
    /// for one person (Brazil's ninth digit), but a batch may also hold several people and the contact of one of them.
    pub(super) fn complete(&self, names: Names) -> Person {
        let matching = self.contacts.iter().copied().find(|contact| {
            let told = contact_names(contact);
            let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
            same(&told.wa_id, &names.wa_id)
                || same(&told.user_id, &names.user_id)
                || same(&told.parent_user_id, &names.parent_user_id)
        });
        let contact = matching.or_else(|| self.contacts.first().copied().filter(|_| self.single));
        match contact {
            Some(contact) => {
                let told = contact_names(contact);
                let aliases = other_spelling(&names, &told);
                Person {
                    names: names.or(told),
                    aliases,
                    profile_name: profile_name(contact),
                }
            }
            None => Person {
                names,
                ..Person::default()
            },
        }
    }
}

/// Last digits that two spellings of one number share. Brazil's ninth digit, and the digits that Mexico and Argentina put behind
/// the country's code, come before them (webhook catalogue §1.1).
const COMMON_DIGITS: usize = 8;

/// The contact's number, if it is the same number written differently.
fn other_spelling(names: &Names, contact: &Names) -> Vec<Names> {
    let tail = |number: &str| {
        let start = number.len().checked_sub(COMMON_DIGITS)?;
        number.get(start..).map(str::to_owned)
    };
    match (&names.wa_id, &contact.wa_id) {
        (Some(told), Some(other))
            if told != other && tail(told).is_some() && tail(told) == tail(other) =>
        {
            vec![Names {
                wa_id: Some(other.clone()),
                ..Names::default()
            }]
        }
        (Some(_) | None, _) => Vec::new(),
    }
}

/// The names in one of `contacts[]`.
fn contact_names(contact: &Value) -> Names {
    let untyped = field::text(contact, "wa_id")
        .map(|id| Names::from_untyped(&id))
        .unwrap_or_default();
    Names {
        user_id: field::text(contact, "user_id"),
        parent_user_id: field::text(contact, "parent_user_id"),
        username: contact.get("profile").and_then(username),
        ..Names::default()
    }
    .or(untyped)
}

/// Both `pablomorales` and `@pablomorales` are seen.
fn username(profile: &Value) -> Option<String> {
    let username = field::text(profile, "username")?;
    let username = username.trim().trim_start_matches('@');
    (!username.is_empty()).then(|| username.to_owned())
}

fn profile_name(contact: &Value) -> Option<String> {
    let name = field::text(contact.get("profile")?, "name")?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// The names that a set of fields gives: an id of either sort, a user id and a portfolio's user id.
pub(super) fn names(item: &Value, id: &str, user_id: &str, parents: &[&str]) -> Names {
    let untyped = field::text(item, id)
        .map(|id| Names::from_untyped(&id))
        .unwrap_or_default();
    Names {
        user_id: field::text(item, user_id),
        parent_user_id: parents.iter().find_map(|key| field::text(item, key)),
        ..Names::default()
    }
    .or(untyped)
}

/// The person as whom a conversation is kept, if anything at all is known of them.
pub(super) fn peer(person: Person) -> Peer {
    if person.names.keys().is_empty() {
        Peer::Nobody
    } else {
        Peer::Person(person)
    }
}
