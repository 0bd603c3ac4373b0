//! Who is who, in rows: finds, makes and merges people by their names.

use rusqlite::{Connection, OptionalExtension};

use super::Result;
use super::apply::{Origin, Touched};
use super::conversation::{self, With};
use crate::chat::event::{Introduction, Person};
use crate::chat::identity::{Name, Names, Resolution, resolve};
use crate::chat::time::Timestamp;

/// The row of the person with these names, made or merged as needed. `None` if no name is told.
pub(super) fn learn(
    connection: &Connection,
    channel: i64,
    person: &Person,
    at: Timestamp,
    touched: &mut Touched,
) -> Result<Option<i64>> {
    let keys = keys_of(person);
    if keys.is_empty() {
        return Ok(None);
    }
    let mut found = Vec::with_capacity(keys.len());
    for key in &keys {
        found.extend(find(connection, channel, key)?);
    }
    let all_known = found.len() == keys.len();
    let (id, complete) = match resolve(&found) {
        Resolution::Create => (create(connection, channel)?, false),
        Resolution::Use(id) => (id, all_known),
        Resolution::Merge { keep, gone } => {
            for gone in gone {
                merge(connection, keep, gone, touched)?;
            }
            (keep, false)
        }
    };
    if !complete {
        for key in &keys {
            name(connection, channel, key, id)?;
        }
    }
    let renamed = person
        .profile_name
        .as_deref()
        .is_some_and(|name| !name.is_empty());
    if renamed || person.names.username.is_some() {
        describe(connection, id, person, at, touched)?;
    }
    Ok(Some(id))
}

/// Every name that the person can be found by, each once.
fn keys_of(person: &Person) -> Vec<Name> {
    let names = std::iter::once(&person.names).chain(&person.aliases);
    let mut keys: Vec<Name> = names.flat_map(Names::keys).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Keeps what is told of somebody on its own.
pub(super) fn introduce(
    connection: &Connection,
    origin: Origin,
    told: &Introduction,
    touched: &mut Touched,
) -> Result<()> {
    match told {
        Introduction::Renamed { was, is, at } => {
            let at = at.unwrap_or(origin.received_at);
            let person = Person {
                names: is.clone(),
                aliases: vec![was.clone()],
                profile_name: None,
            };
            let person = learn(connection, origin.channel, &person, at, touched)?;
            let new = is.keys();
            for old in was.keys().iter().filter(|name| !new.contains(name)) {
                supersede(connection, origin.channel, old, at)?;
            }
            touch(connection, person, touched)
        }
        Introduction::AddressBook { names, name, at } => {
            let at = at.unwrap_or(origin.received_at);
            let person = Person {
                names: names.clone(),
                ..Person::default()
            };
            let Some(person) = learn(connection, origin.channel, &person, at, touched)? else {
                return Ok(());
            };
            connection
                .prepare_cached(
                    "UPDATE people SET contact_name = ?2, contact_name_at = ?3 WHERE id = ?1
                     AND (contact_name IS NULL OR (contact_name_at, contact_name) < (?3, ?2))",
                )?
                .execute((person, name, at.millis()))?;
            touch(connection, Some(person), touched)
        }
        Introduction::Group { id, subject, at } => {
            let at = at.unwrap_or(origin.received_at);
            let group = conversation::ensure(connection, origin.channel, With::Group(id))?;
            connection
                .prepare_cached(
                    "UPDATE conversations SET subject = ?2, subject_at = ?3 WHERE id = ?1
                     AND (subject IS NULL OR (subject_at, subject) < (?3, ?2))",
                )?
                .execute((group, subject, at.millis()))?;
            touched.conversations.insert(group);
            Ok(())
        }
    }
}

/// Marks a name as one that the person no longer goes by.
fn supersede(connection: &Connection, channel: i64, name: &Name, at: Timestamp) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE names SET superseded_at = max(coalesce(superseded_at, 0), ?4)
             WHERE channel_id = ?1 AND kind = ?2 AND value = ?3",
        )?
        .execute((channel, name.kind.word(), &name.value, at.millis()))?;
    Ok(())
}

/// Whoever is called differently now is shown differently.
fn touch(connection: &Connection, person: Option<i64>, touched: &mut Touched) -> Result<()> {
    if let Some(person) = person {
        touched
            .conversations
            .extend(conversation_of(connection, person)?);
    }
    Ok(())
}

fn find(connection: &Connection, channel: i64, name: &Name) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached(
            "SELECT person_id FROM names WHERE channel_id = ?1 AND kind = ?2 AND value = ?3",
        )?
        .query_row((channel, name.kind.word(), &name.value), |row| row.get(0))
        .optional()?)
}

fn create(connection: &Connection, channel: i64) -> Result<i64> {
    Ok(connection
        .prepare_cached("INSERT INTO people (channel_id) VALUES (?1) RETURNING id")?
        .query_row([channel], |row| row.get(0))?)
}

fn name(connection: &Connection, channel: i64, name: &Name, person: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO names (channel_id, kind, value, person_id) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute((channel, name.kind.word(), &name.value, person))?;
    Ok(())
}

/// The newest profile name and username count; of two told at the same time, the one that sorts last, so that the order of
/// arrival does not matter.
fn describe(
    connection: &Connection,
    id: i64,
    person: &Person,
    at: Timestamp,
    touched: &mut Touched,
) -> Result<()> {
    let at = at.millis();
    let renamed = connection
        .prepare_cached(
            "UPDATE people SET name = ?2, name_at = ?3 WHERE id = ?1 AND ?2 IS NOT NULL
             AND (name IS NULL OR (name_at, name) < (?3, ?2))",
        )?
        .execute((id, &person.profile_name, at))?;
    let username = connection
        .prepare_cached(
            "UPDATE people SET username = ?2, username_at = ?3 WHERE id = ?1 AND ?2 IS NOT NULL
             AND (username IS NULL OR (username_at, username) < (?3, ?2))",
        )?
        .execute((id, &person.names.username, at))?;
    if renamed + username > 0 {
        touched
            .conversations
            .extend(conversation_of(connection, id)?);
    }
    Ok(())
}

/// Makes `gone` part of `keep`: names, messages, and the conversation with them.
fn merge(connection: &Connection, keep: i64, gone: i64, touched: &mut Touched) -> Result<()> {
    for statement in [
        "UPDATE names SET person_id = ?1 WHERE person_id = ?2",
        "UPDATE messages SET author_id = ?1 WHERE author_id = ?2",
        "UPDATE amendments SET author_id = ?1 WHERE author_id = ?2",
        "UPDATE people SET (name, name_at) = (SELECT name, name_at FROM people WHERE id = ?2)
         WHERE id = ?1 AND (SELECT name IS NOT NULL FROM people WHERE id = ?2)
         AND (name IS NULL OR (name_at, name) < (SELECT name_at, name FROM people WHERE id = ?2))",
        "UPDATE people SET (username, username_at) = (SELECT username, username_at FROM people WHERE id = ?2)
         WHERE id = ?1 AND (SELECT username IS NOT NULL FROM people WHERE id = ?2)
         AND (username IS NULL OR (username_at, username) < (SELECT username_at, username FROM people WHERE id = ?2))",
        "UPDATE people SET (contact_name, contact_name_at) = (SELECT contact_name, contact_name_at FROM people WHERE id = ?2)
         WHERE id = ?1 AND (SELECT contact_name IS NOT NULL FROM people WHERE id = ?2)
         AND (contact_name IS NULL
             OR (contact_name_at, contact_name) < (SELECT contact_name_at, contact_name FROM people WHERE id = ?2))",
    ] {
        connection.prepare_cached(statement)?.execute((keep, gone))?;
    }
    match (
        conversation_of(connection, keep)?,
        conversation_of(connection, gone)?,
    ) {
        (Some(into), Some(from)) => {
            connection
                .prepare_cached(
                    "UPDATE messages SET conversation_id = ?1 WHERE conversation_id = ?2",
                )?
                .execute((into, from))?;
            // What the user wanted of either is wanted of both; of wishes that contradict each other, to hear more.
            connection
                .prepare_cached(
                    "UPDATE conversations SET vip = max(conversations.vip, other.vip),
                         muted_until = iif(max(conversations.vip, other.vip), NULL,
                             nullif(max(coalesce(conversations.muted_until, 0), coalesce(other.muted_until, 0)), 0))
                     FROM (SELECT vip, muted_until FROM conversations WHERE id = ?2) AS other
                     WHERE conversations.id = ?1",
                )?
                .execute((into, from))?;
            connection
                .prepare_cached("DELETE FROM conversations WHERE id = ?1")?
                .execute([from])?;
            touched.merge(from, into);
        }
        (None, Some(from)) => {
            connection
                .prepare_cached("UPDATE conversations SET person_id = ?1 WHERE id = ?2")?
                .execute((keep, from))?;
            touched.conversations.insert(from);
        }
        (Some(_) | None, None) => {}
    }
    connection
        .prepare_cached("DELETE FROM people WHERE id = ?1")?
        .execute([gone])?;
    Ok(())
}

fn conversation_of(connection: &Connection, person: i64) -> Result<Option<i64>> {
    Ok(connection
        .prepare_cached("SELECT id FROM conversations WHERE person_id = ?1")?
        .query_row([person], |row| row.get(0))
        .optional()?)
}
