//! What was read, said in one line.
//!
//! Everything that differs from a plain message of the usual customer to the usual number is named, so that a row of the catalogue
//! cannot mean more or less than it says.

use crate::chat::call;
use crate::chat::content::{Content, Product};
use crate::chat::event::{
    Amendment, CallStep, Channel, Context, Deed, Inbound, Introduction, Item, Message, Peer,
    Person, Status, Telling, Terms,
};
use crate::chat::identity::Names;
use crate::chat::notice::{Concern, Notice};
use crate::chat::preview;
use crate::chat::receipt::Tick;
use crate::chat::time::Timestamp;
use crate::chat::view::{ChannelKind, Direction, Failure};
use crate::webhook::Reading;

use super::flat::{flat, serialised};
use super::{BUSINESS, CUSTOMER, MOMENT};

/// What the reader made of a body.
pub(super) fn understood(reading: &Reading) -> String {
    let items = reading.items.iter().map(item);
    let unread = reading.unread.iter();
    let unread = unread.map(|what| format!("NOT UNDERSTOOD: {what}"));
    items.chain(unread).collect::<Vec<_>>().join(" + ")
}

/// What a person sees of it.
pub(super) fn shown(reading: &Reading) -> String {
    let items = reading.items.iter().map(|item| match &item.event {
        Inbound::Message(message) => {
            preview::of(&message.kind, &message.content, message.text.as_deref())
        }
        Inbound::Status(status) => tick(Tick::from_word(&status.word)).to_owned(),
        Inbound::Amendment(amendment) => match &amendment.deed {
            Deed::React(emoji) if emoji.is_empty() => "its message without the reaction".to_owned(),
            Deed::React(emoji) => format!("{emoji} on its message"),
            Deed::Edit(Some(words)) => format!("its message: {words}"),
            Deed::Edit(None) => "its message as edited".to_owned(),
            Deed::Revoke => "its message as deleted".to_owned(),
        },
        Inbound::Call(step) => {
            let content = Content::Call {
                outcome: call::outcome([step.word.as_str()].into_iter()),
                seconds: step.seconds,
            };
            preview::of("call", &content, None)
        }
        Inbound::Introduction(Introduction::Renamed { .. }) => "one conversation".to_owned(),
        Inbound::Introduction(Introduction::AddressBook { name, .. }) if name.is_empty() => {
            "their own name".to_owned()
        }
        Inbound::Introduction(Introduction::AddressBook { name, .. }) => name.clone(),
        Inbound::Introduction(Introduction::Group { subject, .. }) => subject.clone(),
        Inbound::Notice(notice) => notice.line.clone(),
    });
    items.collect::<Vec<_>>().join(" + ")
}

/// WhatsApp's own ticks (webhook catalogue §4.1).
const fn tick(tick: Option<Tick>) -> &'static str {
    match tick {
        Some(Tick::Sent) => "one tick",
        Some(Tick::Delivered) => "two ticks",
        Some(Tick::Read) => "two blue ticks",
        Some(Tick::Played) => "blue microphone",
        Some(Tick::Failed) => "red triangle",
        None => "a step in the details",
    }
}

fn item(item: &Item) -> String {
    let Item { channel, event } = item;
    let event = match event {
        Inbound::Message(told) => message(told),
        Inbound::Status(told) => status(told),
        Inbound::Amendment(told) => amendment(told),
        Inbound::Call(told) => call_step(told),
        Inbound::Introduction(told) => introduction(told),
        Inbound::Notice(told) => notice(told),
    };
    match channel_words(channel) {
        Some(channel) => format!("{event}, on {channel}"),
        None => event,
    }
}

fn channel_words(channel: &Channel) -> Option<String> {
    let Channel { kind, id, number } = channel;
    match (kind, id.as_deref(), number.as_deref()) {
        (ChannelKind::Whatsapp, Some("PN1"), Some(BUSINESS)) => None,
        (ChannelKind::Whatsapp, None, None) => Some("no number".to_owned()),
        (ChannelKind::Whatsapp, id, number) => {
            Some(format!("number {} {}", or_none(id), or_none(number)))
        }
        (ChannelKind::Sms, id, _) => Some(format!("SMS {}", or_none(id))),
    }
}

fn message(told: &Message) -> String {
    let Message {
        key,
        peer,
        direction,
        telling,
        kind,
        text,
        content,
        referral,
        problem,
        tick,
        sent_at,
        context,
        fingerprint: _,
    } = told;
    let mut parts = vec![format!("{kind}: {}", flat(&serialised(content)))];
    parts.extend(text.as_ref().map(|words| format!("words {words:?}")));
    parts.extend(way(*direction, *telling));
    parts.extend(key.id().is_none().then(|| "without an id".to_owned()));
    parts.extend(peer_words(peer));
    parts.extend(time(*sent_at));
    parts.extend(context.as_ref().map(context_words));
    let referral = referral.as_ref().map(serialised);
    parts.extend(referral.map(|told| format!("referral {}", flat(&told))));
    parts.extend(
        problem
            .as_ref()
            .map(|told| format!("problem {}", failure(told))),
    );
    parts.extend(tick.map(|tick| format!("tick {}", tick.word())));
    parts.join(", ")
}

fn way(direction: Direction, telling: Telling) -> Option<String> {
    let direction = match direction {
        Direction::In => "in",
        Direction::Out => "out",
    };
    match telling {
        Telling::Live if direction == "in" => None,
        Telling::Live => Some(format!("live {direction}")),
        Telling::Echo => Some(format!("echo {direction}")),
        Telling::History => Some(format!("history {direction}")),
    }
}

fn context_words(told: &Context) -> String {
    let Context {
        id,
        from,
        forwarded,
        frequently_forwarded,
        product,
    } = told;
    let mut parts = Vec::new();
    parts.extend(id.as_ref().map(|id| format!("answers {id}")));
    parts.extend(from.as_ref().map(|from| format!("of {from}")));
    parts.extend(forwarded.then(|| "forwarded".to_owned()));
    parts.extend(frequently_forwarded.then(|| "forwarded often".to_owned()));
    parts.extend(product.as_ref().map(|Product { catalog, product }| {
        let (catalog, product) = (or_none(catalog.as_deref()), or_none(product.as_deref()));
        format!("about product {product} of {catalog}")
    }));
    format!("[{}]", parts.join(" "))
}

fn status(told: &Status) -> String {
    let Status {
        message,
        word,
        at,
        recipient,
        participant,
        peer,
        failure: reason,
        terms,
        fingerprint: _,
    } = told;
    let mut parts = vec![format!("status {word}")];
    if message.id() != Some("m") {
        parts.push(format!("of {}", message.id().unwrap_or("no message")));
    }
    if recipient.as_deref() != Some(CUSTOMER) {
        parts.push(format!("to {}", or_none(recipient.as_deref())));
    }
    parts.extend(
        participant
            .as_ref()
            .map(|member| format!("member {member}")),
    );
    parts.extend(peer_words(peer));
    parts.extend(time(*at));
    parts.extend(reason.as_ref().map(failure));
    parts.extend(terms.as_ref().map(|told: &Terms| flat(&serialised(told))));
    parts.join(", ")
}

fn amendment(told: &Amendment) -> String {
    let Amendment {
        key: _,
        target,
        peer,
        direction,
        at,
        deed,
        fingerprint: _,
    } = told;
    let deed = match deed {
        Deed::React(emoji) if emoji.is_empty() => "takes the reaction off".to_owned(),
        Deed::React(emoji) => format!("puts {emoji} on"),
        Deed::Edit(Some(words)) => format!("puts {words:?} into"),
        Deed::Edit(None) => "edits".to_owned(),
        Deed::Revoke => "deletes".to_owned(),
    };
    let by = match direction {
        Direction::In => "customer",
        Direction::Out => "business",
    };
    let mut parts = vec![format!("{by} {deed} {target}")];
    parts.extend(peer_words(peer));
    parts.extend(time(*at));
    parts.join(", ")
}

fn call_step(told: &CallStep) -> String {
    let CallStep {
        call,
        peer,
        direction,
        word,
        at,
        seconds,
        failure: reason,
        fingerprint: _,
    } = told;
    let mut parts = vec![format!(
        "step {word} of call {}",
        call.id().unwrap_or("without an id")
    )];
    parts.extend(direction.map(|direction| match direction {
        Direction::In => "by customer".to_owned(),
        Direction::Out => "by business".to_owned(),
    }));
    parts.extend(seconds.map(|seconds| format!("{seconds} s")));
    parts.extend(peer_words(peer));
    parts.extend(time(*at));
    parts.extend(reason.as_ref().map(failure));
    parts.join(", ")
}

fn introduction(told: &Introduction) -> String {
    let (mut words, at) = match told {
        Introduction::Renamed { was, is, at } => {
            (format!("{} is now {}", names(was), names(is)), at)
        }
        Introduction::AddressBook {
            names: who,
            name,
            at,
        } => (
            format!("{} is called {name:?} in the address book", names(who)),
            at,
        ),
        Introduction::Group { id, subject, at } => {
            (format!("group {id} is called {subject:?}"), at)
        }
    };
    words.extend(time(*at).map(|time| format!(", {time}")));
    words
}

fn notice(told: &Notice) -> String {
    let Notice {
        key: _,
        field,
        topic,
        at,
        line: _,
        facts,
        concern,
    } = told;
    let mut parts = vec![format!("{field}: notice of topic {}", topic.word())];
    parts.extend(match concern {
        Concern::Nothing => None,
        Concern::Problem(subject) => Some(format!("problem {subject:?}")),
        Concern::Over(subject) => Some(format!("over {subject:?}")),
        Concern::Progress(subject, percent) => Some(format!("{percent} % of {subject:?}")),
    });
    parts.extend(time(*at));
    let facts: Vec<&str> = facts.iter().map(|fact| fact.name.as_str()).collect();
    if !facts.is_empty() {
        parts.push(format!("facts {}", facts.join(" ")));
    }
    parts.join(", ")
}

fn failure(told: &Failure) -> String {
    let Failure {
        code,
        title,
        details,
    } = told;
    let code = code.map_or_else(|| "without a code".to_owned(), |code| code.to_string());
    let words = [title, details].into_iter().flatten();
    std::iter::once(code)
        .chain(words.map(|words| format!("{words:?}")))
        .collect::<Vec<_>>()
        .join(" ")
}

fn peer_words(peer: &Peer) -> Option<String> {
    match peer {
        Peer::Person(told) => person(told).map(|person| format!("with {person}")),
        Peer::Group { id, author } => {
            let author = author.as_ref().and_then(person);
            let author = author.map(|author| format!(" by {author}"));
            Some(format!("in group {id}{}", author.unwrap_or_default()))
        }
        Peer::Nobody => Some("with nobody known".to_owned()),
    }
}

fn person(told: &Person) -> Option<String> {
    let Person {
        names: told,
        aliases,
        profile_name,
    } = told;
    let mut words = names(told);
    for alias in aliases {
        words.push_str(&format!(" alias {}", names(alias)));
    }
    if let Some(name) = profile_name {
        words.push_str(&format!(" {name:?}"));
    }
    (words != CUSTOMER).then_some(words)
}

pub(super) fn names(told: &Names) -> String {
    let Names {
        wa_id,
        user_id,
        parent_user_id,
        username,
    } = told;
    let username = username.as_ref().map(|name| format!("@{name}"));
    let names = [wa_id, user_id, parent_user_id, &username];
    let names: Vec<&str> = names.into_iter().filter_map(Option::as_deref).collect();
    names.join("/")
}

fn time(told: Option<Timestamp>) -> Option<String> {
    match told {
        Some(time) if Some(time) == Timestamp::from_payload(MOMENT) => None,
        Some(time) => Some(format!("at {}", time.rfc3339())),
        None => Some("at no time".to_owned()),
    }
}

fn or_none(text: Option<&str>) -> &str {
    text.unwrap_or("none")
}
