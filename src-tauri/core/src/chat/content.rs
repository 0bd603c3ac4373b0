//! What a message holds beside its words: one closed enum for every kind that WhatsApp can send (webhook catalogue §3).
//!
//! The words of a message (a text, a caption, the title of a button) are not here: they can be edited and searched, so they
//! stand on their own. Everything is as told; nothing is fetched and nothing is trusted. These types are what the archive
//! stores as JSON and what the page draws, so a field is added with a default and never renamed.

use serde::{Deserialize, Serialize};

/// What a message holds beside its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Content {
    /// Nothing but words.
    Text,
    /// A file that lies with the provider.
    Media {
        /// The file.
        file: MediaFile,
    },
    /// Media of a history import whose file is told later, or never.
    MediaPlaceholder,
    /// A place.
    Location {
        /// Degrees north; absent, as is the other, where the payload has no place on earth.
        latitude: Option<f64>,
        /// Degrees east.
        longitude: Option<f64>,
        /// What the place is called.
        name: Option<String>,
        /// Its postal address, as one text.
        address: Option<String>,
        /// A page about it, as told.
        url: Option<String>,
    },
    /// Business cards.
    Contacts {
        /// The cards.
        cards: Vec<ContactCard>,
    },
    /// The quick reply of a template; its label is the message's words.
    Button {
        /// What the sending system attached to the button.
        payload: Option<String>,
    },
    /// A reply button; its title is the message's words.
    ButtonReply {
        /// The button's id.
        id: Option<String>,
    },
    /// A row of a list; its title is the message's words.
    ListReply {
        /// The row's id.
        id: Option<String>,
        /// The row's second line.
        description: Option<String>,
    },
    /// A form that was filled in: a Flow, or an address (`nfm_reply`).
    FormReply {
        /// The form: `flow`, `address_message`, …
        name: Option<String>,
        /// The answers, where `response_json` holds an object.
        answers: Vec<NamedValue>,
        /// `response_json` as it came, where it holds no object.
        raw: Option<String>,
    },
    /// The answer to "May we call you?".
    CallPermission {
        /// Yes or no; absent where the answer is neither.
        granted: Option<bool>,
        /// The permission does not end.
        permanent: bool,
        /// When it ends, in milliseconds.
        expires_at: Option<i64>,
        /// WhatsApp answered, not the customer.
        automatic: bool,
    },
    /// A way to pay that the customer chose (Brazil).
    PaymentMethod {
        /// The method's name.
        method: Option<String>,
        /// What is paid for.
        reference: Option<String>,
        /// Of the card.
        last_four_digits: Option<String>,
    },
    /// An interactive message of a form that is not understood.
    Interactive {
        /// The payload's own word for the form.
        form: Option<String>,
    },
    /// Things chosen from a catalogue; the note to the seller is the message's words.
    Order {
        /// The catalogue's id.
        catalog: Option<String>,
        /// What is wanted.
        items: Vec<OrderItem>,
    },
    /// Something about the customer, told by WhatsApp; its sentence is the message's words.
    System {
        /// What happened.
        news: SystemNews,
        /// The customer's number from now on, in digits.
        number: Option<String>,
        /// The customer's user id from now on.
        user_id: Option<String>,
    },
    /// The customer opened the chat for the first time and has written nothing.
    Welcome,
    /// Something that WhatsApp does not pass on.
    Unsupported {
        /// What it was in WhatsApp: `poll_creation`, `gif`, …
        wanted: Option<String>,
    },
    /// A voice or video call.
    Call {
        /// How it went, as far as is told.
        outcome: CallOutcome,
        /// How long it lasted.
        seconds: Option<i64>,
    },
    /// Bytes sent by SMS.
    Bytes {
        /// The parts, in base64 as told.
        parts: Vec<String>,
    },
    /// Nothing that this version understands. The bytes are kept.
    #[default]
    Unknown,
}

/// A file that lies with the provider. Nothing of it is here but its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct MediaFile {
    /// How it is shown in WhatsApp.
    pub form: MediaForm,
    /// The provider's id, to ask for it with. Meta's are valid for 7 days.
    pub id: Option<String>,
    /// MIME type, possibly with parameters.
    pub mime_type: Option<String>,
    /// SHA-256, in base64 or hex.
    pub sha256: Option<String>,
    /// Bytes, where told.
    pub size: Option<i64>,
    /// A name that is safe to show and to save under; see [`super::filename`].
    pub filename: Option<String>,
    /// Where it lies, as told. Needs a token, expires, and may point anywhere.
    pub url: Option<String>,
    /// It moves (stickers).
    pub animated: bool,
}

/// How a file is shown in WhatsApp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum MediaForm {
    /// A picture.
    Image,
    /// A film.
    Video,
    /// Sound.
    Audio,
    /// Sound that was recorded in the chat.
    Voice,
    /// Any file.
    Document,
    /// A sticker.
    Sticker,
}

/// A business card. Everything may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ContactCard {
    /// The name in full.
    pub name: Option<String>,
    /// Company, department and title, as one line.
    pub organization: Option<String>,
    /// `YYYY-MM-DD`, as told.
    pub birthday: Option<String>,
    /// Phone numbers; the name is the sort (`Mobile`, `Cellulare`, …).
    pub phones: Vec<NamedValue>,
    /// E-mail addresses.
    pub emails: Vec<NamedValue>,
    /// Postal addresses, each as one line.
    pub addresses: Vec<NamedValue>,
    /// Web pages, as told.
    pub urls: Vec<NamedValue>,
    /// The card as a vCard, where that is all there is.
    pub vcard: Option<String>,
}

/// Something with a name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NamedValue {
    /// What it is, in the payload's own words; may be empty.
    pub name: String,
    /// The value.
    pub value: String,
}

/// One line of an order. Numbers are kept as written, since money is no floating-point number.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OrderItem {
    /// The seller's own id of the product.
    pub product: Option<String>,
    /// How many.
    pub quantity: Option<String>,
    /// Price of one.
    pub price: Option<String>,
    /// ISO 4217 code of the currency.
    pub currency: Option<String>,
}

/// What WhatsApp tells about a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum SystemNews {
    /// They have a new number (`user_changed_number`, formerly `customer_changed_number`).
    NumberChanged,
    /// They have a new business-scoped user id (`user_changed_user_id`).
    UserIdChanged,
    /// They have a new phone or a new WhatsApp (`customer_identity_changed`).
    IdentityChanged,
    /// Something else; the words say what.
    Other,
}

/// How a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum CallOutcome {
    /// It rings, or nothing more was told.
    Ringing,
    /// It was taken.
    Accepted,
    /// It was taken and has ended.
    Completed,
    /// Nobody took it.
    Missed,
    /// It was turned down.
    Rejected,
}

/// The advertisement that brought a customer (webhook catalogue §2.2).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Referral {
    /// `ad`, `post`, …
    pub source: Option<String>,
    /// Id of the advertisement.
    pub source_id: Option<String>,
    /// Where it can be seen, as told.
    pub url: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its text.
    pub body: Option<String>,
    /// What greeted the customer in the chat.
    pub welcome: Option<String>,
    /// `image` or `video`.
    pub media_type: Option<String>,
    /// Its picture or film, as told; never fetched.
    pub media_url: Option<String>,
    /// The click's id, for reporting sales back.
    pub click_id: Option<String>,
    /// The word that a welcome sequence attached.
    pub reference: Option<String>,
}

impl Referral {
    /// Whether nothing was told.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A product that a message is about (webhook catalogue §2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Product {
    /// The catalogue's id.
    pub catalog: Option<String>,
    /// The seller's own id of the product.
    pub product: Option<String>,
}

impl Content {
    /// Whether a person made it, so that it is news to whoever answers customers.
    #[must_use]
    pub const fn is_from_a_person(&self) -> bool {
        match self {
            Self::System { .. } | Self::Welcome | Self::MediaPlaceholder => false,
            Self::Text
            | Self::Media { .. }
            | Self::Location { .. }
            | Self::Contacts { .. }
            | Self::Button { .. }
            | Self::ButtonReply { .. }
            | Self::ListReply { .. }
            | Self::FormReply { .. }
            | Self::CallPermission { .. }
            | Self::PaymentMethod { .. }
            | Self::Interactive { .. }
            | Self::Order { .. }
            | Self::Unsupported { .. }
            | Self::Call { .. }
            | Self::Bytes { .. }
            | Self::Unknown => true,
        }
    }

    /// Whether it says nothing, so that anything else told of the same message says more.
    #[must_use]
    pub const fn is_hollow(&self) -> bool {
        matches!(
            self,
            Self::MediaPlaceholder | Self::Unsupported { .. } | Self::Unknown
        )
    }
}
