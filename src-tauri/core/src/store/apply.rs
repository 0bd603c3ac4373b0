//! Turns what was told into rows.
//!
//! Every step is written so that telling it again changes nothing and telling things in another order ends the same.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};

use super::conversation::{self, With};
use super::{Result, derive, message, notice, people, step};
use crate::chat::change::Change;
use crate::chat::event::{Amendment, Channel, Deed, Inbound, Item, Peer};
use crate::chat::time::Timestamp;
use crate::chat::view::{ChannelKind, Direction};
use crate::webhook::EDITION;

/// What the items of one delivery touched, told once each at the end.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) conversations: BTreeSet<i64>,
    pub(super) changes: Vec<Change>,
    merged: BTreeMap<i64, i64>,
}

impl Touched {
    /// One conversation became part of another.
    pub(super) fn merge(&mut self, gone: i64, into: i64) {
        self.conversations.remove(&gone);
        self.conversations.insert(into);
        self.merged.insert(gone, into);
        self.changes.push(Change::Merged { gone, into });
    }

    /// The changes told so far, in conversations that still exist.
    fn into_changes(mut self) -> Vec<Change> {
        let merged = self.merged;
        let today = |mut conversation: i64| {
            while let Some(into) = merged.get(&conversation) {
                conversation = *into;
            }
            conversation
        };
        for change in &mut self.changes {
            match change {
                Change::Message { conversation, .. }
                | Change::Amended { conversation, .. }
                | Change::Step { conversation, .. } => *conversation = today(*conversation),
                Change::Channel { .. }
                | Change::Conversation { .. }
                | Change::Merged { .. }
                | Change::Concern
                | Change::Outage
                | Change::Unread { .. }
                | Change::Rejected { .. } => {}
            }
        }
        self.changes
    }
}

/// The delivery that items came with.
#[derive(Clone, Copy)]
pub(super) struct Source {
    pub(super) delivery: i64,
    pub(super) received_at: Timestamp,
    /// It was told before and is read again: nothing in it is news.
    pub(super) again: bool,
}

/// Where and when an item came from.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) channel: i64,
    pub(super) delivery: i64,
    pub(super) received_at: Timestamp,
    /// It was told before and is read again: nothing in it is news.
    pub(super) again: bool,
}

/// Keeps every item of a delivery and names what changed.
pub(super) fn items(
    connection: &Connection,
    items: &[Item],
    source: Source,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let mut touched = Touched::default();
    for item in items {
        let origin = Origin {
            channel: channel(connection, &item.channel, &mut touched)?,
            delivery: source.delivery,
            received_at: source.received_at,
            again: source.again,
        };
        match &item.event {
            Inbound::Message(told) => message::keep(connection, origin, told, &mut touched)?,
            Inbound::Status(told) => step::keep_status(connection, origin, told, &mut touched)?,
            Inbound::Call(told) => step::keep_call(connection, origin, told, &mut touched)?,
            Inbound::Amendment(told) => amend(connection, origin, told, &mut touched)?,
            Inbound::Introduction(told) => {
                people::introduce(connection, origin, told, &mut touched)?;
            }
            Inbound::Notice(told) => notice::keep(connection, origin, told, &mut touched)?,
        }
    }
    touched.settle(connection, changes)
}

impl Touched {
    /// Brings the conversations up to date and tells what changed.
    pub(super) fn settle(self, connection: &Connection, changes: &mut Vec<Change>) -> Result<()> {
        for conversation in &self.conversations {
            conversation::refresh(connection, *conversation)?;
        }
        let conversations = self.conversations.clone();
        changes.extend(self.into_changes());
        changes.extend(
            conversations
                .into_iter()
                .map(|conversation| Change::Conversation { conversation }),
        );
        Ok(())
    }
}
fn channel(connection: &Connection, told: &Channel, touched: &mut Touched) -> Result<i64> {
    let (kind, key) = channel_key(told);
    let found: Option<(i64, Option<String>)> = connection
        .prepare_cached("SELECT id, number FROM channels WHERE key = ?1")?
        .query_row([&key], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        // Of two ways to write the number, the same counts whichever comes first.
        Some((channel, number)) if number >= told.number => Ok(channel),
        Some(_) | None => {
            let channel = connection
                .prepare_cached(
                    "INSERT INTO channels (kind, key, number) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET number = excluded.number
                     RETURNING id",
                )?
                .query_row((kind, &key, &told.number), |row| row.get(0))?;
            touched.changes.push(Change::Channel { channel });
            Ok(channel)
        }
    }
}

/// The words under which the archive stores a channel's kind and key.
pub(super) fn channel_key(told: &Channel) -> (&'static str, String) {
    let id = told.id.as_deref().unwrap_or_default();
    match told.kind {
        ChannelKind::Whatsapp => ("whatsapp", id.to_owned()),
        ChannelKind::Sms => ("sms", format!("sms:{id}")),
    }
}

/// The person in a peer, if there is one, and the conversation that the peer stands for.
pub(super) fn peer<'a>(
    connection: &Connection,
    origin: Origin,
    peer: &'a Peer,
    at: Timestamp,
    touched: &mut Touched,
) -> Result<(Option<i64>, With<'a>)> {
    let mut learn = |person| people::learn(connection, origin.channel, person, at, touched);
    match peer {
        Peer::Person(person) => {
            let person = learn(person)?;
            Ok((person, person.map_or(With::Nobody, With::Person)))
        }
        Peer::Group { id, author } => {
            let author = author.as_ref().map(learn).transpose()?.flatten();
            Ok((author, With::Group(id)))
        }
        Peer::Nobody => Ok((None, With::Nobody)),
    }
}

fn amend(
    connection: &Connection,
    origin: Origin,
    told: &Amendment,
    touched: &mut Touched,
) -> Result<()> {
    let at = told.at.unwrap_or(origin.received_at);
    let (peer, _) = peer(connection, origin, &told.peer, at, touched)?;
    let author = match told.direction {
        Direction::In => peer,
        Direction::Out => None,
    };
    let value = match &told.deed {
        Deed::React(emoji) => Some(emoji.as_str()),
        Deed::Edit(text) => text.as_deref(),
        Deed::Revoke => None,
    };
    let key = told.key.stored();
    // What it was about, if it was told differently before.
    let before: Option<String> = connection
        .prepare_cached("SELECT target FROM amendments WHERE channel_id = ?1 AND key = ?2")?
        .query_row((origin.channel, &key), |row| row.get(0))
        .optional()?;
    let is_different = connection
        .prepare_cached(
            "INSERT INTO amendments
                 (channel_id, key, target, deed, author_id, direction, value, at, delivery_id, edition, fingerprint)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
             ON CONFLICT DO UPDATE SET target = excluded.target, deed = excluded.deed, author_id = excluded.author_id,
                 direction = excluded.direction, value = excluded.value, at = excluded.at,
                 delivery_id = excluded.delivery_id, edition = excluded.edition, fingerprint = excluded.fingerprint
             WHERE (excluded.edition, excluded.fingerprint) > (amendments.edition, amendments.fingerprint)",
        )?
        .execute(rusqlite::params![
            origin.channel,
            key,
            told.target,
            told.deed.word(),
            author,
            message::direction_word(told.direction),
            value,
            at.millis(),
            origin.delivery,
            EDITION,
            told.fingerprint,
        ])?
        > 0;
    if is_different {
        for target in before.iter().filter(|before| **before != told.target) {
            derive::message(connection, origin, target, touched)?;
        }
        derive::message(connection, origin, &told.target, touched)?;
    }
    Ok(())
}
