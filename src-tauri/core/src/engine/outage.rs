//! Follows the public URL: keeps when it could not be reached, counts what its plan counts, and tells the user once when it has
//! been away for long.

use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until};
use tokio_util::sync::CancellationToken;

use super::announce::Popups;
use super::reach::Reach;
use super::{ask, now, quota};
use crate::chat::time::Timestamp;
use crate::chat::view::{PublicUrlRow, Quota, Trouble, TroubleKind, UrlStatus, Way};
use crate::notify::{Key, words};
use crate::settings::Settings;
use crate::store::{Result, Store};
use crate::tunnel::{State, sentence};

/// Name of the cursor that says until when the public URL was known to work.
const REACHABLE_UNTIL: &str = "reachable until";

/// How often that is written down, and requests with it.
const NOTED_EVERY: Duration = Duration::from_secs(20);

/// A pause between two runs shorter than this is no outage.
const SHORT_PAUSE: i64 = 60_000;

/// What follows the public URL.
pub(super) struct Following {
    pub(super) reach: Arc<Reach>,
    pub(super) store: Store,
    pub(super) popups: Option<Popups>,
    pub(super) settings: Arc<RwLock<Settings>>,
    /// Requests of this month that the archive has counted.
    counted: i64,
    /// When to tell the user, if it is not back by then.
    tell_at: Option<Instant>,
}

impl Following {
    pub(super) fn new(
        reach: Arc<Reach>,
        store: Store,
        popups: Option<Popups>,
        settings: Arc<RwLock<Settings>>,
    ) -> Self {
        Self {
            reach,
            store,
            popups,
            settings,
            counted: 0,
            tell_at: None,
        }
    }

    /// Follows until `stop`. What goes wrong here harms no message, so it is told and the rest goes on.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        let mut states = self.reach.state.subscribe();
        let mut rows = self.reach.row.subscribe();
        let mut notes = interval(NOTED_EVERY);
        notes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        told(self.begin().await);
        let mut way = rows.borrow_and_update().way;
        states.mark_changed();
        loop {
            tokio::select! {
                Ok(()) = states.changed() => {
                    let state = states.borrow_and_update().clone();
                    told(self.follow(&state).await);
                }
                Ok(()) = rows.changed() => {
                    let now = rows.borrow_and_update().way;
                    if way != now && now == Way::Off {
                        told(self.store.forget_outage(REACHABLE_UNTIL).await);
                    }
                    way = now;
                }
                _ = notes.tick() => told(self.note().await),
                () = due(self.tell_at) => self.tell().await,
                () = stop.cancelled() => break,
            }
        }
        told(self.note().await);
    }

    /// What this engine missed while it was not running is an outage, if it could be reached before.
    async fn begin(&mut self) -> Result<()> {
        let counter = quota::counter(now());
        let (until, counted) = ask(self.store.reader(), move |reader| {
            Ok((reader.cursor(REACHABLE_UNTIL)?, reader.counter(&counter)?))
        })
        .await?;
        self.counted = counted;
        let is_wanted = self.reach.row.borrow().way != Way::Off;
        if !is_wanted {
            return self.store.forget_outage(REACHABLE_UNTIL).await;
        }
        if until > 0 && now().millis() - until > SHORT_PAUSE {
            let since = Timestamp::from_millis(until);
            self.store
                .begin_outage(since, Trouble::plain(TroubleKind::NotRunning))
                .await?;
        }
        Ok(())
    }

    /// Shows it first: that needs nothing of the archive, which may be what is wrong.
    async fn follow(&mut self, state: &State) -> Result<()> {
        self.show(state);
        self.keep(state).await?;
        // Another URL than before may be known by now.
        self.show(state);
        Ok(())
    }

    /// Keeps what it means. Doing so again changes nothing.
    async fn keep(&mut self, state: &State) -> Result<()> {
        match &state.status {
            UrlStatus::Off | UrlStatus::Connecting => self.take_back().await,
            UrlStatus::Online { checked_at, .. } => {
                self.take_back().await;
                if let Some(url) = &state.url {
                    self.reach.proven(url).await;
                }
                let at = Timestamp::from_millis(*checked_at);
                if let Some((since, trouble)) = &state.over {
                    self.store.begin_outage(*since, trouble.clone()).await?;
                }
                self.store.end_outage(at).await?;
                self.store
                    .advance_cursor(REACHABLE_UNTIL, *checked_at)
                    .await?;
            }
            UrlStatus::Reconnecting { since, trouble, .. }
            | UrlStatus::NeedsYou { since, trouble } => {
                if self.has_worked().await? {
                    let told_after = self.reach.tempo.told_after;
                    self.tell_at
                        .get_or_insert_with(|| Instant::now() + told_after);
                    let since = Timestamp::from_millis(*since);
                    self.store.begin_outage(since, trouble.clone()).await?;
                }
            }
        }
        Ok(())
    }

    /// Whether the public URL was ever proven. Before, there is nothing that could be out.
    async fn has_worked(&self) -> Result<bool> {
        let until = ask(self.store.reader(), |reader| reader.cursor(REACHABLE_UNTIL)).await?;
        Ok(until > 0)
    }

    /// Writes down what is only known here, and what could not be written when it was new.
    async fn note(&mut self) -> Result<()> {
        let at = now();
        let state = self.reach.state.borrow().clone();
        let requests = self.reach.requests.load(Ordering::Relaxed);
        if requests > 0 {
            self.store.count(quota::counter(at), requests).await?;
            self.reach.requests.fetch_sub(requests, Ordering::Relaxed);
        }
        let counter = quota::counter(at);
        self.counted = ask(self.store.reader(), move |reader| reader.counter(&counter)).await?;
        self.follow(&state).await?;
        if matches!(state.status, UrlStatus::Online { .. }) {
            self.store
                .advance_cursor(REACHABLE_UNTIL, at.millis())
                .await?;
        }
        Ok(())
    }

    /// Tells the window.
    fn show(&self, state: &State) {
        let at = now();
        let waiting = self.reach.requests.load(Ordering::Relaxed);
        let quota = Quota {
            used: self.counted + waiting,
            of: self.plan(),
            resets_at: quota::resets_at(at).millis(),
        };
        let kept = self.reach.kept().clone();
        self.reach.row.send_if_modified(|row| {
            let new = PublicUrlRow {
                way: row.way,
                url: match row.way {
                    Way::Off => None,
                    Way::Ngrok | Way::Own => state.url.clone().or(kept.url),
                },
                status: state.status.clone(),
                former: kept.former,
                quota: (row.way == Way::Ngrok).then_some(quota),
            };
            let changed = *row != new;
            *row = new;
            changed
        });
    }

    /// Requests a month that the plan has, as it is decided now.
    fn plan(&self) -> i64 {
        let settings = self.settings.read();
        let settings = settings.unwrap_or_else(PoisonError::into_inner);
        settings.public_url.settings.quota
    }

    /// What was told, or was about to be, holds no longer.
    async fn take_back(&mut self) {
        if self.tell_at.take().is_some()
            && let Some(popups) = &self.popups
        {
            popups.withdraw(Key::Unreachable).await;
        }
    }

    /// Tells the user that it has been away for long, once.
    async fn tell(&mut self) {
        // Not again before it was back.
        self.tell_at = Some(Instant::now() + Duration::from_secs(365 * 24 * 60 * 60));
        let status = self.reach.state.borrow().status.clone();
        let kind = match status {
            UrlStatus::Reconnecting { trouble, .. } | UrlStatus::NeedsYou { trouble, .. } => {
                trouble.kind
            }
            UrlStatus::Off | UrlStatus::Connecting | UrlStatus::Online { .. } => return,
        };
        if let Some(popups) = &self.popups {
            let popup = words::unreachable(sentence(kind));
            popups.show(Key::Unreachable, popup).await;
        }
    }
}

async fn due(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

fn told(outcome: Result<()>) {
    if let Err(error) = outcome {
        tracing::error!(%error, "how the public URL does could not be kept");
    }
}
