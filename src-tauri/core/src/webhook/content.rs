//! What a message holds, by its kind (webhook catalogue §3).
//!
//! Everything in here may be missing or of another type. A kind without its content, and a kind never seen before, is not
//! understood; that is said, and the message is kept all the same.

use serde_json::Value;

use super::{card, field, reply};
use crate::chat::content::{Content, MediaFile, MediaForm, NamedValue, OrderItem, SystemNews};
use crate::chat::{filename, identity};

/// What was understood of a message.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Understood {
    /// What it holds beside its words.
    pub(super) content: Content,
    /// Its words.
    pub(super) words: Option<String>,
}

impl Understood {
    pub(super) const fn new(content: Content, words: Option<String>) -> Self {
        Self { content, words }
    }
}

/// Kinds that wrap a whole message: what disappears after a time, and what can be opened once.
const WRAPPING: [&str; 4] = [
    "ephemeral",
    "view_once",
    "view_once_message",
    "view_once_message_v2",
];

/// Reads the content of a message of this kind. `None` if it is not understood.
pub(super) fn read(item: &Value, kind: &str) -> Option<Understood> {
    let content = item.get(kind).unwrap_or(&Value::Null);
    match kind {
        "text" => text(content),
        "image" => media(content, MediaForm::Image),
        "video" => media(content, MediaForm::Video),
        "audio" if field::flag(content, "voice") == Some(true) => media(content, MediaForm::Voice),
        "audio" => media(content, MediaForm::Audio),
        "voice" => media(content, MediaForm::Voice),
        "document" => media(content, MediaForm::Document),
        "sticker" => media(content, MediaForm::Sticker),
        "media_placeholder" => Some(Understood::new(Content::MediaPlaceholder, None)),
        "location" => location(content),
        "contacts" => card::read(item),
        "button" => button(content),
        "interactive" => Some(reply::read(content)),
        "order" => order(content),
        "system" => system(item, content),
        "request_welcome" => Some(Understood::new(Content::Welcome, None)),
        "unsupported" => Some(unsupported(item, content)),
        // The older word for the same. Without a reason it is a message that does not even say what it is.
        "unknown" if item.get("errors").is_some() => Some(unsupported(item, content)),
        _ if WRAPPING.contains(&kind) => Some(wrapped(content, kind)),
        _ => None,
    }
}

/// The words of a message of any kind, as an edit replaces them. Empty where the new content has none.
pub(super) fn words_of(message: &Value, kind: &str) -> Option<String> {
    let understood = read(message, kind)?;
    Some(understood.words.unwrap_or_default())
}

fn text(content: &Value) -> Option<Understood> {
    let is_told = content.is_object() || content.is_string();
    let words = field::text(content, "body").or_else(|| field::as_text(content));
    is_told.then(|| Understood::new(Content::Text, words))
}

fn media(content: &Value, form: MediaForm) -> Option<Understood> {
    let file = MediaFile {
        form,
        id: field::text(content, "id"),
        mime_type: field::text(content, "mime_type"),
        sha256: field::text(content, "sha256"),
        size: ["file_size", "size"]
            .iter()
            .find_map(|key| field::integer(content, key))
            .filter(|size| *size >= 0),
        filename: field::text(content, "filename").and_then(|name| filename::safe(&name)),
        // Older senders call it `link`.
        url: field::first_text(content, &["url", "link"]),
        animated: field::flag(content, "animated") == Some(true),
    };
    content
        .is_object()
        .then(|| Understood::new(Content::Media { file }, field::text(content, "caption")))
}

fn location(content: &Value) -> Option<Understood> {
    let degrees =
        |key, limit: f64| field::decimal(content, key).filter(|degrees| degrees.abs() <= limit);
    let place = degrees("latitude", 90.0).zip(degrees("longitude", 180.0));
    let content = content.is_object().then(|| Content::Location {
        latitude: place.map(|(latitude, _)| latitude),
        longitude: place.map(|(_, longitude)| longitude),
        name: field::text(content, "name"),
        address: field::text(content, "address"),
        url: field::text(content, "url"),
    })?;
    Some(Understood::new(content, None))
}

fn button(content: &Value) -> Option<Understood> {
    let payload = field::text(content, "payload");
    content
        .is_object()
        .then(|| Understood::new(Content::Button { payload }, field::text(content, "text")))
}

fn order(content: &Value) -> Option<Understood> {
    let items = field::list(content, "product_items")
        .iter()
        .map(|item| OrderItem {
            product: field::text(item, "product_retailer_id"),
            quantity: field::text(item, "quantity"),
            price: field::text(item, "item_price"),
            currency: field::text(item, "currency"),
        });
    let order = Content::Order {
        catalog: field::text(content, "catalog_id"),
        items: items.collect(),
    };
    content
        .is_object()
        .then(|| Understood::new(order, field::text(content, "text")))
}

fn system(item: &Value, content: &Value) -> Option<Understood> {
    let news = match field::text(content, "type").as_deref() {
        Some("user_changed_number" | "customer_changed_number") => SystemNews::NumberChanged,
        Some("user_changed_user_id") => SystemNews::UserIdChanged,
        Some("customer_identity_changed" | "user_identity_changed") => SystemNews::IdentityChanged,
        // The oldest form has no type, only the thing that changed.
        None if field::first_text(content, &["new_wa_id"]).is_some() => SystemNews::NumberChanged,
        None if item.get("identity").is_some() => SystemNews::IdentityChanged,
        Some(_) | None => SystemNews::Other,
    };
    let number = match news {
        SystemNews::NumberChanged => field::first_text(content, &["new_wa_id", "wa_id"])
            .and_then(|id| identity::digits_of(&id)),
        SystemNews::UserIdChanged | SystemNews::IdentityChanged | SystemNews::Other => None,
    };
    let system = Content::System {
        news,
        number,
        user_id: field::text(content, "user_id"),
    };
    content
        .is_object()
        .then(|| Understood::new(system, field::text(content, "body")))
}

/// WhatsApp says what it was, if at all; now and then a text comes along (webhook catalogue §3).
fn unsupported(item: &Value, content: &Value) -> Understood {
    let wanted = field::text(content, "type");
    let words = item.get("text").and_then(|text| field::text(text, "body"));
    Understood::new(Content::Unsupported { wanted }, words)
}

/// What is wrapped, if it is a message, and otherwise a message that is not passed on.
fn wrapped(content: &Value, kind: &str) -> Understood {
    let inner = content.get("message").unwrap_or(content);
    let inner_kind = super::message::kind(inner);
    let understood = Some(&inner_kind)
        .filter(|kind| !WRAPPING.contains(&kind.as_str()) && inner.is_object())
        .and_then(|kind| read(inner, kind));
    understood.unwrap_or_else(|| {
        let wanted = Some(kind.to_owned());
        Understood::new(Content::Unsupported { wanted }, None)
    })
}

/// Every value of an object that can be shown, under its path of names.
pub(super) fn named_values(object: &Value, deepest: usize, most: usize) -> Vec<NamedValue> {
    let mut found = Vec::new();
    collect(object, "", deepest, most, &mut found);
    found
}

fn collect(value: &Value, path: &str, depth: usize, most: usize, found: &mut Vec<NamedValue>) {
    if found.len() >= most {
        return;
    }
    let below = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Object(object) if depth > 0 => {
            for (name, value) in object {
                collect(value, &below(name), depth - 1, most, found);
            }
        }
        Value::Array(values) if depth > 0 => {
            for (number, value) in values.iter().enumerate() {
                collect(
                    value,
                    &below(&(number + 1).to_string()),
                    depth - 1,
                    most,
                    found,
                );
            }
        }
        Value::Object(_) | Value::Array(_) => found.push(NamedValue {
            name: path.to_owned(),
            value: value.to_string(),
        }),
        Value::Bool(flag) => found.push(NamedValue {
            name: path.to_owned(),
            value: flag.to_string(),
        }),
        Value::String(_) | Value::Number(_) => {
            if let Some(text) = field::as_text(value) {
                found.push(NamedValue {
                    name: path.to_owned(),
                    value: text,
                });
            }
        }
        Value::Null => {}
    }
}
