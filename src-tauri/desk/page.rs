//! The line to the page: one channel, and what waits until there is one.

use std::sync::{Mutex, MutexGuard, PoisonError};

use bluetick_core::chat::view::ViewEvent;
use bluetick_core::engine::Feed;
use tauri::async_runtime::JoinHandle;
use tauri::ipc::Channel;

/// What the page is told. A page that was loaded anew takes the place of the one before.
#[derive(Debug, Default)]
pub(super) struct Page {
    // Held for a few instructions, never across an await.
    line: Mutex<Line>,
}

#[derive(Default)]
struct Line {
    events: Option<Channel<ViewEvent>>,
    /// What was to be told before there was a page, such as the click that started the app.
    waiting: Vec<ViewEvent>,
    feed: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Line")
            .field("connected", &self.events.is_some())
            .field("waiting", &self.waiting.len())
            .finish()
    }
}

impl Page {
    /// Tells the page something, as soon as there is one.
    pub(super) fn tell(&self, event: ViewEvent) {
        let mut line = self.lock();
        match &line.events {
            Some(events) => send(events, event),
            None => line.waiting.push(event),
        }
    }

    /// Connects a page: what waited first, then everything that the feed tells.
    pub(super) fn connect(&self, events: Channel<ViewEvent>, mut feed: Feed) {
        let mut line = self.lock();
        for event in line.waiting.drain(..) {
            send(&events, event);
        }
        line.events = Some(events.clone());
        let task = tauri::async_runtime::spawn(async move {
            while let Some(told) = feed.next().await {
                for event in told {
                    send(&events, event);
                }
            }
        });
        if let Some(before) = line.feed.replace(task) {
            before.abort();
        }
    }

    /// Whether there is a page to be told.
    pub(super) fn is_connected(&self) -> bool {
        self.lock().events.is_some()
    }

    /// The page is gone; what is told from now on waits for the next.
    pub(super) fn disconnect(&self) {
        let mut line = self.lock();
        line.events = None;
        if let Some(feed) = line.feed.take() {
            feed.abort();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page that is gone asks for everything anew when it is back.
fn send(events: &Channel<ViewEvent>, event: ViewEvent) {
    if let Err(error) = events.send(event) {
        tracing::debug!(%error, "the page was not there to be told");
    }
}
