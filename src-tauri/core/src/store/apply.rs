//! Turns what was told into rows.
//!
//! Every step is written so that telling it again changes nothing and telling things in another order ends the same.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension};

use super::conversation::{self, With};
use super::{Result, message, people};
use crate::chat::change::Change;
use crate::chat::event::{Amendment, Channel, Deed, Inbound, Item, Notice, Peer};
use crate::chat::time::Timestamp;
use crate::chat::view::Direction;

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
                | Change::Unread { .. } => {}
            }
        }
        self.changes
    }
}

/// Where and when the items came from.
#[derive(Clone, Copy)]
pub(super) struct Origin {
    pub(super) channel: i64,
    pub(super) delivery: i64,
    pub(super) received_at: Timestamp,
}

/// Keeps every item of a delivery and names what changed.
pub(super) fn items(
    connection: &Connection,
    items: &[Item],
    delivery: i64,
    received_at: Timestamp,
    changes: &mut Vec<Change>,
) -> Result<()> {
    let mut touched = Touched::default();
    for item in items {
        let origin = Origin {
            channel: channel(connection, &item.channel, &mut touched)?,
            delivery,
            received_at,
        };
        match &item.event {
            Inbound::Message(told) => message::keep(connection, origin, told, &mut touched)?,
            Inbound::Status(told) => message::keep_status(connection, origin, told, &mut touched)?,
            Inbound::Amendment(told) => amend(connection, origin, told, &mut touched)?,
            Inbound::Notice(told) => keep_notice(connection, origin, told)?,
        }
    }
    for conversation in &touched.conversations {
        conversation::refresh(connection, *conversation)?;
    }
    let conversations = touched.conversations.clone();
    changes.extend(touched.into_changes());
    changes.extend(
        conversations
            .into_iter()
            .map(|conversation| Change::Conversation { conversation }),
    );
    Ok(())
}

fn channel(connection: &Connection, told: &Channel, touched: &mut Touched) -> Result<i64> {
    let id = told.phone_number_id.as_deref().unwrap_or_default();
    let found: Option<(i64, Option<String>)> = connection
        .prepare_cached("SELECT id, number FROM channels WHERE phone_number_id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match found {
        Some((channel, number)) if number.is_some() || told.number.is_none() => Ok(channel),
        Some(_) | None => {
            let channel = connection
                .prepare_cached(
                    "INSERT INTO channels (phone_number_id, number) VALUES (?1, ?2)
                     ON CONFLICT DO UPDATE SET number = coalesce(number, excluded.number)
                     RETURNING id",
                )?
                .query_row((id, &told.number), |row| row.get(0))?;
            touched.changes.push(Change::Channel { channel });
            Ok(channel)
        }
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
    let (deed, value) = match &told.deed {
        Deed::React(emoji) => ("reaction", Some(emoji.as_str())),
        Deed::Edit(text) => ("edit", text.as_deref()),
        Deed::Revoke => ("revoke", None),
    };
    let is_new = connection
        .prepare_cached(
            "INSERT INTO amendments
                 (channel_id, key, target, deed, author_id, direction, value, at, delivery_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
        )?
        .execute((
            origin.channel,
            told.key.stored(),
            &told.target,
            deed,
            author,
            message::direction_word(told.direction),
            value,
            at.millis(),
            origin.delivery,
        ))?
        > 0;
    if is_new {
        message::derive(connection, origin.channel, &told.target, touched)?;
    }
    Ok(())
}

fn keep_notice(connection: &Connection, origin: Origin, told: &Notice) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO notices (channel_id, field, key, at, summary, delivery_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute((
            origin.channel,
            &told.field,
            told.key.stored(),
            told.at.map(Timestamp::millis),
            &told.summary,
            origin.delivery,
        ))?;
    Ok(())
}
