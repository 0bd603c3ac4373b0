//! One element of `messages[]` or `message_echoes[]`: a message, or something done to one (webhook catalogue §2, §3).
//!
//! Text has its full meaning here. Every other kind keeps the payload's word and one line that says what it is.

use serde_json::Value;

use super::field;
use super::person::{self, Contacts};
use crate::chat::event::{Amendment, Context, Deed, Inbound, ItemKey, Message, Peer, Telling};
use crate::chat::identity::Names;
use crate::chat::preview;
use crate::chat::view::Direction;

/// Keys of a message that are not its content, for telling the kind of one without `type`.
const COMMON_KEYS: [&str; 13] = [
    "from",
    "from_user_id",
    "from_parent_user_id",
    "from_logical_id",
    "to",
    "id",
    "timestamp",
    "context",
    "referral",
    "errors",
    "group_id",
    "identity",
    "history_context",
];

/// Where a message stands, which decides whom it is with.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// `messages[]`: the customer wrote it.
    Incoming,
    /// `message_echoes[]`: the business wrote it in WhatsApp's own app.
    Echo,
    /// A thread of `history[]` with this customer, who wrote some of it.
    Thread(Option<&'a str>),
}

impl Place<'_> {
    /// Which way a message that stands here went.
    fn direction(self, item: &Value) -> Direction {
        match self {
            Self::Incoming => Direction::In,
            Self::Echo => Direction::Out,
            Self::Thread(Some(customer)) => {
                let from = names_of_sender(item);
                let is_customer = from == Names::from_untyped(customer);
                if is_customer || from == Names::default() {
                    Direction::In
                } else {
                    Direction::Out
                }
            }
            Self::Thread(None) => {
                if item.get("to").is_some() {
                    Direction::Out
                } else {
                    Direction::In
                }
            }
        }
    }

    const fn telling(self) -> Telling {
        match self {
            Self::Incoming => Telling::Live,
            Self::Echo => Telling::Echo,
            Self::Thread(_) => Telling::History,
        }
    }
}

fn names_of_sender(item: &Value) -> Names {
    person::names(item, "from", "from_user_id", &["from_parent_user_id"])
}

fn names_of_recipient(item: &Value) -> Names {
    person::names(item, "to", "to_user_id", &["to_parent_user_id"])
}

/// The names of the customer that a message is exchanged with.
pub(super) fn names_of_customer(item: &Value, place: Place<'_>) -> Names {
    match (place, place.direction(item)) {
        (Place::Thread(Some(customer)), _) => Names::from_untyped(customer),
        (_, Direction::In) => names_of_sender(item),
        (_, Direction::Out) => names_of_recipient(item),
    }
}

/// Reads one element, which must be an object.
pub(super) fn read(
    item: &Value,
    key: ItemKey,
    place: Place<'_>,
    contacts: &Contacts<'_>,
) -> Inbound {
    let kind = kind(item);
    let direction = place.direction(item);
    let customer = contacts.complete(names_of_customer(item, place));
    let peer = match (field::text(item, "group_id"), direction) {
        (Some(id), Direction::In) => Peer::Group {
            id,
            author: Some(customer),
        },
        (Some(id), Direction::Out) => Peer::Group { id, author: None },
        (None, _) => person::peer(customer),
    };
    let at = field::time(item, "timestamp");
    if let Some((target, deed)) = deed(item, &kind) {
        return Inbound::Amendment(Amendment {
            key,
            target,
            peer,
            direction,
            at,
            deed,
        });
    }
    let text = match kind.as_str() {
        "text" => item
            .get("text")
            .and_then(|text| field::text(text, "body").or_else(|| field::as_text(text))),
        _ => None,
    };
    Inbound::Message(Message {
        key,
        peer,
        direction,
        telling: place.telling(),
        preview: preview(item, &kind, text.as_deref()),
        kind,
        text,
        sent_at: at,
        context: context(item),
    })
}

/// The payload's word for the kind; without one, the only key that can be its content (webhook catalogue §3, last row).
fn kind(item: &Value) -> String {
    if let Some(kind) = field::text(item, "type") {
        return kind;
    }
    let keys = item.as_object().into_iter().flat_map(|item| item.iter());
    let mut contents = keys
        .filter(|(key, value)| {
            (value.is_object() || value.is_array()) && !COMMON_KEYS.contains(&key.as_str())
        })
        .map(|(key, _)| key);
    match (contents.next(), contents.next()) {
        (Some(only), None) => only.clone(),
        (Some(_), Some(_)) | (None, _) => "unknown".to_owned(),
    }
}

/// What the item does to another message. `None` where it is a message itself, or does not say what it is about.
fn deed(item: &Value, kind: &str) -> Option<(String, Deed)> {
    let content = item.get(kind)?;
    match kind {
        "reaction" => {
            // One provider spells it with three s (webhook catalogue §3).
            let target = field::text(content, "message_id")
                .or_else(|| field::text(content, "messsage_id"))?;
            let emoji = field::text(content, "emoji").unwrap_or_default();
            Some((target, Deed::React(emoji)))
        }
        "edit" => {
            let target = field::text(content, "original_message_id")?;
            Some((target, Deed::Edit(content.get("message").and_then(words))))
        }
        "revoke" => Some((field::text(content, "original_message_id")?, Deed::Revoke)),
        _ => None,
    }
}

/// The words of a message's content, whatever its kind: a text's body or a caption.
fn words(message: &Value) -> Option<String> {
    let content = message.get(kind(message))?;
    field::text(content, "body").or_else(|| field::text(content, "caption"))
}

fn context(item: &Value) -> Option<Context> {
    let context = item.get("context").filter(|context| context.is_object())?;
    Some(Context {
        id: field::text(context, "id"),
        from: field::text(context, "from"),
        forwarded: field::flag(context, "forwarded").unwrap_or(false),
        frequently_forwarded: field::flag(context, "frequently_forwarded").unwrap_or(false),
    })
}

fn preview(item: &Value, kind: &str, text: Option<&str>) -> String {
    if kind == "text" {
        return preview::of_text(text.unwrap_or_default());
    }
    let content = item.get(kind).unwrap_or(&Value::Null);
    let is_voice = kind == "audio" && field::flag(content, "voice") == Some(true);
    let words = match kind {
        "image" | "video" => field::text(content, "caption"),
        "document" => field::text(content, "caption").or_else(|| field::text(content, "filename")),
        "location" => field::text(content, "name").or_else(|| field::text(content, "address")),
        "button" => field::text(content, "text"),
        "interactive" => ["button_reply", "list_reply"]
            .iter()
            .find_map(|reply| field::text(content.get(reply)?, "title")),
        "contacts" => field::list(item, "contacts")
            .first()
            .and_then(|contact| field::text(contact.get("name")?, "formatted_name")),
        "system" => field::text(content, "body"),
        "unsupported" => field::text(content, "type"),
        _ => None,
    };
    preview::of_kind(if is_voice { "voice" } else { kind }, words.as_deref())
}
