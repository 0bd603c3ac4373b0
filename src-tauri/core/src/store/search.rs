//! Finding people by what they are called and messages by their words.

use super::list::{conversation_columns, conversation_row, conversation_title};
use super::{Reader, Result};
use crate::chat::view::{SearchHit, SearchResults};

/// Conversations that are listed at most.
const CONVERSATIONS: i64 = 20;

/// Messages that are listed at most.
const MESSAGES: i64 = 50;

/// Words around a hit that are shown.
const EXCERPT_WORDS: i64 = 16;

impl Reader {
    /// Finds conversations and messages. Every word must be found, the last one also as a beginning; diacritics and case do not
    /// count. An empty text finds nothing.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub fn search(&self, text: &str) -> Result<SearchResults> {
        let Some(query) = match_query(text) else {
            return Ok(SearchResults {
                conversations: Vec::new(),
                messages: Vec::new(),
            });
        };
        self.with(|connection| {
            let pattern = format!("%{}%", escape_like(text.trim()));
            let mut people = connection.prepare_cached(&format!(
                "{} WHERE people.name LIKE ?1 ESCAPE '\\' OR people.contact_name LIKE ?1 ESCAPE '\\'
                 OR conversations.subject LIKE ?1 ESCAPE '\\' OR people.username LIKE ?1 ESCAPE '\\'
                 OR EXISTS (SELECT 1 FROM names WHERE person_id = people.id AND value LIKE ?1 ESCAPE '\\')
                 ORDER BY conversations.last_at DESC LIMIT ?2",
                conversation_columns()
            ))?;
            let conversations = people
                .query_map((pattern, CONVERSATIONS), conversation_row)?
                .collect::<rusqlite::Result<_>>()?;
            let title = conversation_title();
            let mut messages = connection.prepare_cached(&format!(
                "SELECT messages.id, messages.conversation_id,
                    {title},
                    snippet(message_words, 0, '', '', '…', {EXCERPT_WORDS}), messages.sent_at
                 FROM message_words
                 JOIN messages ON messages.id = message_words.rowid
                 JOIN conversations ON conversations.id = messages.conversation_id
                 LEFT JOIN people ON people.id = conversations.person_id
                 WHERE message_words MATCH ?1 AND messages.revoked_at IS NULL
                 ORDER BY message_words.rowid DESC LIMIT ?2"
            ))?;
            let messages = messages
                .query_map((query, MESSAGES), |row| {
                    Ok(SearchHit {
                        message: row.get(0)?,
                        conversation: row.get(1)?,
                        title: row.get(2)?,
                        excerpt: row.get(3)?,
                        sent_at: row.get(4)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(SearchResults {
                conversations,
                messages,
            })
        })
    }
}

/// The user's words in the language of the index, quoted so that no character has a meaning in it.
fn match_query(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"")))
        .collect();
    (!words.is_empty()).then(|| format!("{}*", words.join(" ")))
}

fn escape_like(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
        .trim_start_matches(['+', '@'])
        .to_owned()
}
