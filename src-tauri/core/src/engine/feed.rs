//! Changes of the archive as a window wants them: gathered, told once each, and with their rows.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::{broadcast, watch};
use tokio_util::sync::CancellationToken;

use super::{ask, hooks, now};
use crate::chat::change::Change;
use crate::chat::view::{PopupRow, PublicUrlRow, RereadState, ViewEvent};
use crate::settings::Address;
use crate::store::{Reader, Result, Store, StoreError};

/// Rows that are told one by one. Reading everything anew is cheaper beyond this.
const ROWS_AT_MOST: usize = 200;

/// How long changes are gathered after the first one: too short to see, long enough that a burst is told once.
const GATHERED_FOR: Duration = Duration::from_millis(10);

/// A stream of events for one window.
#[derive(Debug)]
pub struct Feed {
    reader: Reader,
    changes: broadcast::Receiver<Change>,
    popups: watch::Receiver<PopupRow>,
    reread: watch::Receiver<RereadState>,
    whereabouts: Whereabouts,
    stop: CancellationToken,
}

/// What changed since the last look.
#[derive(Default)]
struct Gathered {
    channels: BTreeSet<i64>,
    merged: Vec<(i64, i64)>,
    conversations: BTreeSet<i64>,
    messages: BTreeSet<i64>,
    concerns: bool,
    outages: bool,
    unread: bool,
    missed: bool,
}

impl Feed {
    pub(super) fn new(
        store: &Store,
        popups: watch::Receiver<PopupRow>,
        reread: watch::Receiver<RereadState>,
        whereabouts: Whereabouts,
        stop: CancellationToken,
    ) -> Self {
        Self {
            reader: store.reader().clone(),
            changes: store.changes(),
            popups,
            reread,
            whereabouts,
            stop,
        }
    }

    /// Waits for something to change and tells it. `None` when the engine stops.
    pub async fn next(&mut self) -> Option<Vec<ViewEvent>> {
        let mut gathered = Gathered::default();
        tokio::select! {
            change = self.changes.recv() => match change {
                Ok(change) => gathered.add(&change),
                Err(RecvError::Lagged(_)) => gathered.missed = true,
                Err(RecvError::Closed) => return None,
            },
            Ok(()) = self.popups.changed() => {
                let row = self.popups.borrow_and_update().clone();
                return Some(vec![ViewEvent::Popups { row }]);
            }
            Ok(()) = self.reread.changed() => {
                let state = self.reread.borrow_and_update().clone();
                return Some(vec![ViewEvent::Reread { state }]);
            }
            Some(events) = self.whereabouts.changed() => return Some(events),
            () = self.stop.cancelled() => return None,
        }
        tokio::time::sleep(GATHERED_FOR).await;
        loop {
            match self.changes.try_recv() {
                Ok(change) => gathered.add(&change),
                Err(TryRecvError::Lagged(_)) => gathered.missed = true,
                Err(TryRecvError::Empty | TryRecvError::Closed) => break,
            }
        }
        let events = ask(&self.reader, move |reader| gathered.events(reader)).await;
        Some(events.unwrap_or_else(|error| {
            tracing::error!(%error, "the window cannot be told what changed");
            vec![ViewEvent::Stale]
        }))
    }
}

impl Gathered {
    fn add(&mut self, change: &Change) {
        match *change {
            Change::Channel { channel } => {
                self.channels.insert(channel);
            }
            Change::Conversation { conversation } => {
                self.conversations.insert(conversation);
            }
            Change::Merged { gone, into } => {
                self.merged.push((gone, into));
                self.conversations.insert(into);
            }
            Change::Message { message, .. }
            | Change::Amended { message, .. }
            | Change::Step { message, .. } => {
                self.messages.insert(message);
            }
            Change::Concern => self.concerns = true,
            Change::Outage => self.outages = true,
            Change::Unread { .. } | Change::Rejected { .. } => self.unread = true,
        }
    }

    fn events(self, reader: &Reader) -> Result<Vec<ViewEvent>> {
        if self.missed || self.conversations.len() + self.messages.len() > ROWS_AT_MOST {
            return Ok(vec![ViewEvent::Stale]);
        }
        let mut events = Vec::new();
        if self.concerns {
            events.push(ViewEvent::Notices {
                rows: reader.notices()?,
            });
        }
        if self.outages || (!self.messages.is_empty() && reader.back_again()?.is_some()) {
            events.push(ViewEvent::BackAgain {
                outage: reader.back_again()?,
            });
        }
        if self.unread {
            events.push(ViewEvent::Unread);
        }
        if !self.channels.is_empty() {
            let channels = reader.channels()?.into_iter();
            let changed = channels.filter(|row| self.channels.contains(&row.id));
            events.extend(changed.map(|row| ViewEvent::Channel { row }));
        }
        for (gone, into) in self.merged {
            events.push(ViewEvent::ConversationMerged { gone, into });
        }
        for message in self.messages {
            match reader.message(message) {
                Ok(row) => events.push(ViewEvent::Message { row: Box::new(row) }),
                // It turned out to be none, and went.
                Err(StoreError::NotFound { .. }) => events.push(ViewEvent::Stale),
                Err(error) => return Err(error),
            }
        }
        let unread_conversations = reader.unread_conversations(now())?;
        for conversation in self.conversations {
            match reader.conversation(conversation) {
                Ok(row) => events.push(ViewEvent::Conversation {
                    row,
                    unread_conversations,
                }),
                // Its only message moved away, or it became part of another one in the meantime: the list must forget it.
                Err(StoreError::NotFound { .. }) => events.push(ViewEvent::Stale),
                Err(error) => return Err(error),
            }
        }
        Ok(events)
    }
}

/// Where this engine can be found, on this computer and from outside.
#[derive(Debug)]
pub(super) struct Whereabouts {
    pub(super) listener: SocketAddr,
    pub(super) addresses: watch::Receiver<Arc<[Address]>>,
    pub(super) public_url: watch::Receiver<PublicUrlRow>,
}

impl Whereabouts {
    /// Waits for it to be different and tells how it is now. `None` when it can change no more.
    async fn changed(&mut self) -> Option<Vec<ViewEvent>> {
        let changed = tokio::select! {
            changed = self.addresses.changed() => changed,
            changed = self.public_url.changed() => changed,
        };
        changed.ok()?;
        let row = self.public_url.borrow_and_update().clone();
        let addresses = self.addresses.borrow_and_update().clone();
        let rows = hooks::rows(self.listener, &addresses, &row, now());
        // The URL of the hooks follows from that of the engine.
        Some(vec![
            ViewEvent::PublicUrl { row },
            ViewEvent::Hooks { rows },
        ])
    }
}
