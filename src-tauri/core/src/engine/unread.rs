//! How many conversations have something that was not seen, for the badge of an app whose window may be closed.

use std::time::Duration;

use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{Engine, ask, now};
use crate::chat::change::Change;
use crate::store::Store;

/// How long changes are gathered.
const GATHERED_FOR: Duration = Duration::from_millis(200);

impl Engine {
    /// Conversations with unread messages, not counting those that are muted.
    #[must_use]
    pub fn unread(&self) -> watch::Receiver<i64> {
        let (told, count) = watch::channel(0);
        self.tasks
            .spawn(follow(self.store.clone(), told, self.stop.clone()));
        count
    }
}

/// How long the count is believed, if nothing changes.
const LOOKS_EVERY: Duration = Duration::from_secs(60);

async fn follow(store: Store, told: watch::Sender<i64>, stop: CancellationToken) {
    let mut changes = store.changes();
    loop {
        match ask(store.reader(), |reader| reader.unread_conversations(now())).await {
            Ok(count) => {
                told.send_if_modified(|before| std::mem::replace(before, count) != count);
            }
            Err(error) => tracing::error!(%error, "what is unread cannot be counted"),
        }
        loop {
            let change = tokio::select! {
                change = changes.recv() => change,
                // A conversation is muted until a moment that nothing else tells of.
                () = tokio::time::sleep(LOOKS_EVERY) => break,
                () = told.closed() => return,
                () = stop.cancelled() => return,
            };
            match change {
                Ok(Change::Conversation { .. }) | Err(RecvError::Lagged(_)) => break,
                Ok(_) => {}
                Err(RecvError::Closed) => return,
            }
        }
        tokio::time::sleep(GATHERED_FOR).await;
        while !matches!(
            changes.try_recv(),
            Err(TryRecvError::Empty | TryRecvError::Closed)
        ) {}
    }
}
