//! One element of `messages[]` or `message_echoes[]`: a message, or something done to one (webhook catalogue §2, §3).
//!
//! Here is what all kinds share: who wrote it to whom, when, and what it refers to. What it holds is read in [`super::content`].

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::content::{self, Understood};
use super::person::{self, Contacts};
use super::{field, status};
use crate::chat::content::{Content, Product, Referral, SystemNews};
use crate::chat::event::{
    Amendment, Context, Deed, Inbound, Introduction, ItemKey, Message, Peer, Telling,
};
use crate::chat::identity::{Names, digits_of};
use crate::chat::receipt::Tick;
use crate::chat::view::{Direction, Failure};

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
    /// `message_echoes[]`: the business, of this number, wrote it in WhatsApp's own app.
    Echo(Option<&'a str>),
    /// A thread of `history[]` with this customer, who wrote some of it.
    Thread(Option<&'a str>),
    /// `messages[]` of the field `history`: a file that was left out of a thread, from or to the business of this number.
    Past(Option<&'a str>),
}

impl Place<'_> {
    /// Which way a message that stands here went.
    fn direction(self, item: &Value) -> Direction {
        match self {
            Self::Incoming => Direction::In,
            Self::Echo(_) => Direction::Out,
            Self::Thread(Some(customer)) => {
                let from = names_of_sender(item);
                let is_customer = from == Names::from_untyped(customer);
                if is_customer || from == Names::default() {
                    Direction::In
                } else {
                    Direction::Out
                }
            }
            Self::Past(business) if is_number(item, "from", business) => Direction::Out,
            Self::Thread(None) if item.get("to").is_some() => Direction::Out,
            Self::Thread(None) | Self::Past(_) => Direction::In,
        }
    }

    const fn telling(self) -> Telling {
        match self {
            Self::Incoming => Telling::Live,
            Self::Echo(_) => Telling::Echo,
            Self::Thread(_) | Self::Past(_) => Telling::History,
        }
    }
}

/// Whether a field holds this number, however it is written.
fn is_number(item: &Value, key: &str, number: Option<&str>) -> bool {
    let told = field::text(item, key).and_then(|id| digits_of(&id));
    told.is_some() && told == number.and_then(digits_of)
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
        // One sender of echoes swaps the two in edits.
        (Place::Echo(business), _) if is_number(item, "to", business) => names_of_sender(item),
        (_, Direction::In) => names_of_sender(item),
        (_, Direction::Out) => names_of_recipient(item),
    }
}

/// What was read from one element.
pub(super) struct Told {
    /// The message, or what was done to one, and who it tells us somebody is.
    pub(super) events: Vec<Inbound>,
    /// What was not understood, in words for the event log.
    pub(super) unread: Option<String>,
}

/// Reads one element, which must be an object. `beside` is an error that stands beside it: where there is nothing in the message,
/// that is why.
pub(super) fn read(
    item: &Value,
    key: ItemKey,
    place: Place<'_>,
    contacts: &Contacts<'_>,
    beside: Option<Failure>,
) -> Told {
    let item = unwrapped(item);
    let item = item.as_ref();
    let kind = kind(item);
    let direction = place.direction(item);
    let mut customer = contacts.complete(names_of_customer(item, place));
    let at = field::time(item, "timestamp").or_else(|| field::time(item.get(&kind)?, "timestamp"));
    let introduction = (kind == "system")
        .then(|| renamed(item, &customer.names))
        .flatten();
    if let Some((was, is)) = &introduction {
        customer.aliases.extend([was.clone(), is.clone()]);
    }
    let peer = match (field::text(item, "group_id"), direction) {
        (Some(id), Direction::In) => Peer::Group {
            id,
            author: Some(customer),
        },
        (Some(id), Direction::Out) => Peer::Group { id, author: None },
        (None, _) => person::peer(customer),
    };
    if let Some((target, deed)) = deed(item, &kind) {
        let amendment = Inbound::Amendment(Amendment {
            key,
            target,
            peer,
            direction,
            at,
            deed,
            fingerprint: 0,
        });
        return Told {
            events: vec![amendment],
            unread: None,
        };
    }
    let understood = content::read(item, &kind);
    let is_understood = understood.is_some();
    let Understood { content, words } = understood.unwrap_or_default();
    let beside = beside.filter(|_| says_nothing(&content));
    let problem = status::failure(item).or(beside);
    let is_hollow_reply = matches!(content, Content::Interactive { .. }) && problem.is_none();
    let unread = if !is_understood {
        Some(format!("a message of the type {}", field::word(&kind)))
    } else if is_hollow_reply {
        Some("an interactive message of an unknown form".to_owned())
    } else {
        None
    };
    let message = Message {
        key,
        peer,
        direction,
        telling: place.telling(),
        kind,
        text: words,
        problem,
        content,
        referral: referral(item),
        tick: tick(item, direction),
        sent_at: at,
        context: context(item),
        fingerprint: 0,
    };
    let mut events = vec![Inbound::Message(Box::new(message))];
    events.extend(
        introduction.map(|(was, is)| Inbound::Introduction(Introduction::Renamed { was, is, at })),
    );
    Told { events, unread }
}

/// Whether a message has nothing in it, so that an error beside it says why.
pub(super) const fn says_nothing(content: &Content) -> bool {
    content.is_hollow() || matches!(content, Content::Interactive { .. })
}

/// The echo of a standby system holds the message one level deeper, beside its id (webhook catalogue §5, `standby`).
pub(super) fn unwrapped(item: &Value) -> Cow<'_, Value> {
    match (item.get("message"), item.get("type"), item) {
        (Some(Value::Object(inner)), None, Value::Object(outer)) => {
            let mut whole: Map<String, Value> = inner.clone();
            whole.extend(
                outer
                    .iter()
                    .filter(|(key, _)| *key != "message")
                    .map(|(key, value)| (key.clone(), value.clone())),
            );
            Cow::Owned(Value::Object(whole))
        }
        (_, _, item) => Cow::Borrowed(item),
    }
}

/// The payload's word for the kind, or what can be told from the only content there is.
pub(super) fn kind(item: &Value) -> String {
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
            let target = field::first_text(content, &["message_id", "messsage_id"])?;
            let emoji = field::text(content, "emoji").unwrap_or_default();
            Some((target, Deed::React(emoji)))
        }
        "edit" => {
            let target = field::text(content, "original_message_id")?;
            let words = content
                .get("message")
                .and_then(|message| content::words_of(message, &self::kind(message)));
            Some((target, Deed::Edit(words)))
        }
        "revoke" => Some((field::text(content, "original_message_id")?, Deed::Revoke)),
        _ => None,
    }
}

/// The old and the new names of somebody who changed their number or user id (webhook catalogue §3, `system`; §6).
fn renamed(item: &Value, sender: &Names) -> Option<(Names, Names)> {
    let understood = content::read(item, "system")?;
    let Content::System { news, .. } = understood.content else {
        return None;
    };
    let system = item.get("system")?;
    let previous = Names {
        user_id: field::text(system, "previous_user_id"),
        parent_user_id: field::text(system, "previous_parent_user_id"),
        ..Names::default()
    };
    let new_number = field::first_text(system, &["new_wa_id", "wa_id"])
        .map(|id| Names::from_untyped(&id))
        .unwrap_or_default();
    let is = Names {
        user_id: field::text(system, "user_id"),
        parent_user_id: field::text(system, "parent_user_id"),
        ..Names::default()
    };
    let (was, is) = match news {
        SystemNews::NumberChanged => {
            let old = Names {
                wa_id: sender.wa_id.clone(),
                ..previous
            };
            (old, is.or(new_number))
        }
        SystemNews::UserIdChanged => (previous, is),
        SystemNews::IdentityChanged | SystemNews::Other => return None,
    };
    (!was.keys().is_empty() && !is.keys().is_empty() && was != is).then_some((was, is))
}

fn context(item: &Value) -> Option<Context> {
    let context = item.get("context").filter(|context| context.is_object())?;
    let product = context
        .get("referred_product")
        .map(|product| Product {
            catalog: field::text(product, "catalog_id"),
            product: field::text(product, "product_retailer_id"),
        })
        .filter(|product| *product != Product::default());
    Some(Context {
        // A standby system's echo names the message as it would when sending.
        id: field::first_text(context, &["id", "message_id"]),
        from: field::text(context, "from"),
        forwarded: field::flag(context, "forwarded").unwrap_or(false),
        frequently_forwarded: field::flag(context, "frequently_forwarded").unwrap_or(false),
        product,
    })
}

/// The advertisement, which may stand on a message of any kind (webhook catalogue §2.2).
fn referral(item: &Value) -> Option<Referral> {
    let told = item.get("referral")?;
    let referral = Referral {
        source: field::text(told, "source_type"),
        source_id: field::text(told, "source_id"),
        url: field::text(told, "source_url"),
        headline: field::text(told, "headline"),
        body: field::text(told, "body"),
        welcome: told
            .get("welcome_message")
            .and_then(|welcome| field::text(welcome, "text")),
        media_type: field::text(told, "media_type"),
        media_url: field::first_text(told, &["image_url", "video_url", "thumbnail_url"]),
        click_id: field::text(told, "ctwa_clid"),
        reference: field::text(told, "ref"),
    };
    (!referral.is_empty()).then_some(referral)
}

/// How far a message of the business had come in the past (webhook catalogue §5, `history`).
fn tick(item: &Value, direction: Direction) -> Option<Tick> {
    let word = field::text(item.get("history_context")?, "status")?;
    match (direction, word.to_lowercase().as_str()) {
        (Direction::In, _) => None,
        (Direction::Out, "error") => Some(Tick::Failed),
        (Direction::Out, word) => Tick::from_word(word),
    }
}
