//! The notification service of Linux desktops: notify-rust's notifications, sent over one connection of our own.
//!
//! notify-rust would open a connection for each popup, without a time-out, and not tell of clicks that come early, of the token
//! that Wayland wants, or of a service that was restarted. An id that a service gave is sent back to that service only, by its
//! unique name: the one after it counts from 1 again, and the popup under that id is somebody else's.

mod link;
mod wire;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::timeout;
use zbus::names::UniqueName;

use self::link::{Heard, Link};
use self::wire::Capabilities;
use super::{MARK_READ, Notifier, SERVICE_TIMEOUT, Signal, Trouble};
use crate::notify::{Activation, Key, Popup, avatar};

/// How long quitting waits for popups to go.
const LEAVING: Duration = Duration::from_secs(1);

/// A popup on the screen.
#[derive(Debug)]
struct Live {
    id: u32,
    /// The token that came with a click that is about to come.
    activation: Option<Activation>,
}

/// A popup that the service was told to show and has not answered for in time.
#[derive(Debug)]
struct Late {
    key: Key,
    answer: JoinHandle<zbus::Result<u32>>,
    /// It is to go as soon as it is there.
    unwanted: bool,
}

/// The service of this session, as far as it can be reached.
#[derive(Debug)]
pub struct Freedesktop {
    faces: PathBuf,
    link: Option<Link>,
    /// The service that the ids are of.
    owner: Option<UniqueName<'static>>,
    capabilities: Option<Capabilities>,
    live: BTreeMap<Key, Live>,
    late: Option<Late>,
}

impl Freedesktop {
    /// Nothing is connected before the first call. `faces` is a directory for the pictures of people.
    #[must_use]
    pub const fn new(faces: PathBuf) -> Self {
        Self {
            faces,
            link: None,
            owner: None,
            capabilities: None,
            live: BTreeMap::new(),
            late: None,
        }
    }

    /// The connection, made as needed.
    async fn link(&mut self) -> Result<&Link, Trouble> {
        if self.link.as_ref().is_none_or(Link::is_broken) {
            self.forget();
            self.link = None;
            let link = within(Link::open()).await?;
            self.owner = link.owner.clone();
            self.link = Some(link);
        }
        self.link.as_ref().ok_or(Trouble::Silent)
    }

    /// How the service reads bodies. Not knowing, escaping is the side to err on: a stray `&amp;` harms nobody.
    async fn capabilities(&mut self) -> Result<Capabilities, Trouble> {
        if let Some(known) = self.capabilities {
            return Ok(known);
        }
        let owner = self.owner.clone();
        let told = within(self.link().await?.capabilities(owner)).await?;
        self.capabilities = Some(told);
        Ok(told)
    }

    /// The service is another one now, or none: nothing is on the screen, and what it can is to be asked.
    fn forget(&mut self) {
        self.live.clear();
        self.capabilities = None;
        if let Some(late) = self.late.take() {
            late.answer.abort();
        }
    }

    /// The answer that was waited for has come.
    fn answered(&mut self, answer: &zbus::Result<u32>) -> Signal {
        let (Some(late), Ok(id)) = (self.late.take(), answer) else {
            return Signal::Thawed(None);
        };
        if late.unwanted {
            self.close(*id);
            return Signal::Thawed(None);
        }
        let live = Live {
            id: *id,
            activation: None,
        };
        self.live.insert(late.key, live);
        Signal::Thawed(Some(late.key))
    }

    /// Takes a popup from the screen. Nobody waits for that: a service that does not answer finds it when it does.
    fn close(&self, id: u32) -> Option<JoinHandle<()>> {
        let (link, owner) = (self.link.as_ref()?, self.owner.clone()?);
        let closed = link.close(owner, id);
        Some(tokio::spawn(async move {
            // It may have gone by itself.
            let _ = closed.await;
        }))
    }

    /// What a signal of the service means; `None` if it means nothing to anybody.
    fn heard(&mut self, heard: Heard) -> Option<Signal> {
        match heard {
            Heard::Owner(owner) => {
                let was_there = self.owner.is_some();
                self.owner = owner;
                if was_there {
                    self.forget();
                }
                match (&self.owner, was_there) {
                    (Some(_), false) => Some(Signal::Ready),
                    (Some(_) | None, true) => Some(Signal::Lost),
                    (None, false) => None,
                }
            }
            Heard::Broken => {
                self.link = None;
                self.owner = None;
                self.forget();
                Some(Signal::Lost)
            }
            Heard::Token { from, id, token } => {
                let key = self.key(&from, id)?;
                if let Some(live) = self.live.get_mut(&key) {
                    live.activation = Some(Activation(token));
                }
                None
            }
            Heard::Action { from, id, action } => {
                let key = self.key(&from, id)?;
                let live = self.live.remove(&key);
                // Some services leave a popup up after a click.
                self.close(id);
                if action == MARK_READ.0 {
                    return Some(Signal::MarkedRead(key));
                }
                Some(Signal::Clicked {
                    key: Some(key),
                    activation: live.and_then(|live| live.activation),
                })
            }
            Heard::Closed { from, id, reason } => {
                let key = self.key(&from, id)?;
                self.live.remove(&key);
                Some(Signal::Closed(key, wire::closed(reason)))
            }
        }
    }

    /// The popup of this id, if it is the service that says so. Anybody on the bus could.
    fn key(&self, from: &UniqueName<'_>, id: u32) -> Option<Key> {
        if self.owner.as_ref() != Some(from) {
            return None;
        }
        let mut live = self.live.iter();
        live.find(|(_, live)| live.id == id).map(|(key, _)| *key)
    }
}

impl Notifier for Freedesktop {
    async fn name(&mut self) -> Result<String, Trouble> {
        let owner = self.owner.clone();
        let link = self.link().await?;
        within(link.information(owner)).await
    }

    fn is_free(&self) -> bool {
        self.late.is_none()
    }

    async fn show(&mut self, key: Key, popup: &Popup) -> Result<(), Trouble> {
        if self.late.is_some() {
            return Err(Trouble::Silent);
        }
        let capabilities = self.capabilities().await?;
        let face = avatar::file(&self.faces, popup.face.as_ref()).await;
        let notification = wire::notification(popup, capabilities, face.as_deref());
        let replaces = self.live.get(&key).map_or(0, |live| live.id);
        let owner = self.owner.clone();
        let link = self.link().await?;
        // On a task of its own, so that the answer is not lost if it comes late.
        let mut answer = tokio::spawn(link.notify(owner, replaces, notification));
        match timeout(SERVICE_TIMEOUT, &mut answer).await {
            Ok(Ok(Ok(id))) => {
                self.live.insert(
                    key,
                    Live {
                        id,
                        activation: None,
                    },
                );
                Ok(())
            }
            Ok(Ok(Err(error))) => {
                // It may be the id of a service that has just ended.
                self.live.remove(&key);
                self.capabilities = None;
                Err(Trouble::Refused(error.to_string()))
            }
            Ok(Err(_)) => Err(Trouble::Silent),
            Err(_) => {
                self.live.remove(&key);
                self.late = Some(Late {
                    key,
                    answer,
                    unwanted: false,
                });
                Err(Trouble::Silent)
            }
        }
    }

    async fn withdraw(&mut self, key: Key) {
        if let Some(late) = self.late.as_mut().filter(|late| late.key == key) {
            late.unwanted = true;
        }
        if let Some(live) = self.live.remove(&key) {
            self.close(live.id);
        }
    }

    async fn leave(&mut self) {
        let live = std::mem::take(&mut self.live).into_values();
        let closing: Vec<_> = live.filter_map(|live| self.close(live.id)).collect();
        // Nobody wants to wait for a frozen service to quit.
        let _ = timeout(LEAVING, futures_util::future::join_all(closing)).await;
    }

    async fn next(&mut self) -> Signal {
        loop {
            let heard = tokio::select! {
                heard = hear(self.link.as_mut()) => heard,
                answer = late(self.late.as_mut()) => {
                    return self.answered(&answer);
                }
            };
            if let Some(signal) = self.heard(heard) {
                return signal;
            }
        }
    }
}

async fn hear(link: Option<&mut Link>) -> Heard {
    match link {
        Some(link) => link.hear().await,
        None => std::future::pending().await,
    }
}

async fn late(late: Option<&mut Late>) -> zbus::Result<u32> {
    match late {
        Some(late) => (&mut late.answer)
            .await
            .unwrap_or_else(|_| Err(zbus::Error::InvalidReply)),
        None => std::future::pending().await,
    }
}

/// What comes of a call, in time.
async fn within<T>(call: impl Future<Output = zbus::Result<T>>) -> Result<T, Trouble> {
    match timeout(SERVICE_TIMEOUT, call).await {
        Ok(outcome) => outcome.map_err(|error| Trouble::Refused(error.to_string())),
        Err(_) => Err(Trouble::Silent),
    }
}
