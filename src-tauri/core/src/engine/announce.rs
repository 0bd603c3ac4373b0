//! Tells of what arrived, from a durable cursor: what was confirmed but not told before a crash is told after it.
//!
//! One task holds everything: it hears what changed in the archive, asks the policy, keeps the board, and orders the system's
//! service about. Nothing waits for it: not the archive, and not whoever delivers.

mod asked;
mod look;

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until};
use tokio_util::sync::CancellationToken;

pub(super) use self::asked::Popups;
use self::asked::{Command, WAITING};
use self::look::{Gathered, Look};
use super::local_time::time_of_day;
use super::{ask, now};
use crate::chat::view::{NotificationState, PopupContent, PopupRow, PopupSettings};
use crate::notify::board::{Arrival, Board, News, Order};
use crate::notify::policy::{self, Facts, Situation};
use crate::notify::{Click, Closed, Key, Native, Notifier, Signal, Slot, Topic, Trouble, words};
use crate::settings::PopupWishes;
use crate::store::{self, Store};

/// How long changes are gathered, except for the first ones after a pause.
const LOOKS_EVERY: Duration = Duration::from_millis(200);

/// How long a service that failed is left alone, at first and at most.
const FIRST_REST: Duration = Duration::from_secs(5);
const LONGEST_REST: Duration = Duration::from_secs(300);

/// What popups depend on, beside the archive.
pub(super) struct Surroundings {
    pub(super) wishes: watch::Receiver<PopupWishes>,
    pub(super) looking_at: watch::Receiver<Option<i64>>,
    pub(super) row: watch::Sender<PopupRow>,
    pub(super) clicks: mpsc::UnboundedSender<Click>,
    /// A directory for the pictures of people.
    pub(super) faces: PathBuf,
}

/// The task. It ends at `stop`, and takes its popups from the screen.
pub(super) fn start(
    store: Store,
    surroundings: Surroundings,
    stop: CancellationToken,
) -> (Popups, impl Future<Output = ()> + Send) {
    let (commands, waiting) = mpsc::channel(WAITING);
    let shown_as = surroundings.wishes.borrow().settings.clone();
    let announcer = Announcer {
        service: Native::new(surroundings.faces.clone()),
        shown_as,
        store,
        surroundings,
        board: Board::default(),
        began: Instant::now(),
        look: Look::default(),
        rest: Rest::default(),
    };
    (Popups { commands }, announcer.run(waiting, stop))
}

/// How long a service that failed is left alone.
#[derive(Debug, Default)]
struct Rest {
    until: Option<Instant>,
    span: Option<Duration>,
}

struct Announcer {
    store: Store,
    surroundings: Surroundings,
    service: Native,
    board: Board,
    began: Instant,
    look: Look,
    rest: Rest,
    /// What the popups on the screen were made after.
    shown_as: PopupSettings,
}

impl Announcer {
    async fn run(mut self, mut commands: mpsc::Receiver<Command>, stop: CancellationToken) {
        let mut changes = self.store.changes();
        let greeted = self.service.name().await.map(drop);
        self.note(&greeted);
        let mut gathered = Gathered::everything();
        let mut look_at = Instant::now();
        let mut is_first = true;
        loop {
            let due = self.due();
            tokio::select! {
                change = changes.recv() => match change {
                    Ok(change) => gathered.add(&change),
                    Err(RecvError::Lagged(_)) => gathered.widen(),
                    Err(RecvError::Closed) => break,
                },
                () = sleep_until(look_at), if !gathered.is_empty() => {
                    let what = std::mem::take(&mut gathered);
                    match self.look(&what, is_first).await {
                        Ok(()) => {
                            is_first = false;
                            look_at = Instant::now() + LOOKS_EVERY;
                        }
                        Err(error) => {
                            tracing::error!(%error, "popups are held up");
                            gathered = what;
                            gathered.widen();
                            look_at = Instant::now() + FIRST_REST;
                        }
                    }
                    self.show().await;
                }
                () = sleep_until(due.unwrap_or(self.began)), if due.is_some() => self.show().await,
                signal = self.service.next() => {
                    self.heard(signal).await;
                    self.show().await;
                }
                Some(command) = commands.recv() => self.obey(command).await,
                Ok(()) = self.surroundings.wishes.changed() => self.wish().await,
                Ok(()) = self.surroundings.looking_at.changed() => {
                    let looking_at = *self.surroundings.looking_at.borrow_and_update();
                    for topic in Topic::ALL {
                        if let Some(conversation) = looking_at {
                            self.board.forget(Slot { topic, conversation });
                        }
                    }
                    self.show().await;
                }
                () = stop.cancelled() => break,
            }
        }
        self.service.leave().await;
    }

    fn at(&self) -> Duration {
        self.began.elapsed()
    }

    /// When there will be something to show.
    fn due(&self) -> Option<Instant> {
        if !self.service.is_free() {
            return None;
        }
        let due = self.began + self.board.due()?;
        let rested = self.rest.until.map_or(due, |until| due.max(until));
        Some(
            self.paused_for()
                .map_or(rested, |span| rested.max(Instant::now() + span)),
        )
    }

    /// How much longer the user wants no popups.
    fn paused_for(&self) -> Option<Duration> {
        let until = self.surroundings.wishes.borrow().paused_until?;
        let millis = until.millis() - now().millis();
        u64::try_from(millis)
            .ok()
            .filter(|millis| *millis > 0)
            .map(Duration::from_millis)
    }

    /// Brings the board up to date with the archive.
    async fn look(&mut self, gathered: &Gathered, is_first: bool) -> store::Result<()> {
        loop {
            let question = self.look.question(gathered, &self.board);
            let seen = ask(self.store.reader(), move |reader| question.answer(reader)).await?;
            let is_all = seen.is_all();
            let news = self.look.take(seen, &mut self.board);
            for (topic, news) in news {
                self.consider(topic, news, is_first);
            }
            if is_all {
                break;
            }
        }
        if is_first {
            self.board.settle();
        }
        Ok(())
    }

    /// Puts news on the board, unless there is a reason to be quiet.
    fn consider(&mut self, topic: Topic, news: store::News, is_first: bool) {
        let at = self.at();
        let now = now();
        let wishes = self.surroundings.wishes.borrow();
        let situation = Situation {
            settings: &wishes.settings,
            paused_until: wishes.paused_until.map(|until| until.millis()),
            looking_at: *self.surroundings.looking_at.borrow(),
            now,
            time: time_of_day(now),
        };
        let facts = Facts {
            topic,
            conversation: news.conversation.id,
            vip: news.conversation.vip,
            muted_until: news.conversation.muted_until,
            words: news.text.as_deref().unwrap_or_default(),
        };
        if !news.open || policy::silence(&facts, &situation).is_some() {
            return;
        }
        let arrival = if is_first || news.late {
            Arrival::Late
        } else {
            Arrival::Timely
        };
        let line = look::line_of(topic, &news);
        let conversation = news.conversation;
        let news = News {
            slot: Slot {
                topic,
                conversation: conversation.id,
            },
            number: news.number,
            message: news.message,
            title: conversation.title,
            group: conversation.group,
            line,
            vip: conversation.vip,
        };
        self.board.tell(news, arrival, at);
    }

    /// Does what the board wants, as far as the service does it, and keeps how far everything was told.
    async fn show(&mut self) {
        let is_resting = self.rest.until.is_some_and(|until| Instant::now() < until);
        if self.service.is_free() && !is_resting {
            let is_paused = self.paused_for().is_some();
            let orders = self.board.orders(self.at());
            for order in orders {
                match order {
                    // What waited is told when the pause is over.
                    Order::Show { .. } if is_paused => {}
                    Order::Withdraw(key) => self.service.withdraw(key).await,
                    Order::Show { key, told, alert } => {
                        let settings = self.surroundings.wishes.borrow().settings.clone();
                        let popup = words::popup(&told, &settings, alert);
                        let shown = self.service.show(key, &popup).await;
                        if shown.is_ok() {
                            let at = self.at();
                            self.board.shown(key, at, alert);
                        }
                        if !self.note(&shown) {
                            break;
                        }
                    }
                }
            }
        }
        for topic in Topic::ALL {
            let told = self.look.told(topic, &self.board);
            if let Some((cursor, position)) = told
                && let Err(error) = self.store.advance_cursor(cursor, position).await
            {
                tracing::error!(%error, "how far popups have come could not be kept");
            }
        }
    }

    /// Keeps whether the service works, says so once, and leaves it alone for a while if it does not.
    fn note(&mut self, outcome: &Result<(), Trouble>) -> bool {
        let now = match outcome {
            Ok(()) => {
                self.rest = Rest::default();
                NotificationState::Available
            }
            Err(trouble) => {
                let span = self
                    .rest
                    .span
                    .map_or(FIRST_REST, |span| (span * 2).min(LONGEST_REST));
                self.rest = Rest {
                    until: Some(Instant::now() + span),
                    span: Some(span),
                };
                NotificationState::Unavailable {
                    reason: trouble.to_string(),
                }
            }
        };
        self.surroundings.row.send_if_modified(|row| {
            let was = std::mem::discriminant(&row.state);
            let changed = was != std::mem::discriminant(&now);
            if changed {
                match &now {
                    NotificationState::Available => tracing::info!("popups can be shown"),
                    NotificationState::Unavailable { reason } => {
                        tracing::warn!(%reason, "popups cannot be shown");
                    }
                }
            }
            row.state = now;
            changed
        });
        outcome.is_ok()
    }

    async fn heard(&mut self, signal: Signal) {
        match signal {
            Signal::Clicked { key, activation } => {
                let conversation = match key {
                    Some(Key::Conversation(slot)) => Some(slot.conversation),
                    Some(Key::Summary(_) | Key::Unreachable | Key::Sample | Key::InTray) | None => {
                        None
                    }
                };
                if let Some(key) = key {
                    self.board.closed(key, Closed::Dealt);
                }
                // The window may be gone already; then there is nothing to open.
                let _ = self.surroundings.clicks.send(Click {
                    conversation,
                    activation,
                });
            }
            Signal::MarkedRead(key) => {
                self.board.closed(key, Closed::Dealt);
                if let Key::Conversation(slot) = key
                    && let Err(error) = self.store.mark_read(slot.conversation).await
                {
                    tracing::error!(%error, "a conversation could not be marked as read");
                }
            }
            Signal::Closed(key, how) => self.board.closed(key, how),
            Signal::Lost => self.board.lost(),
            Signal::Ready => {
                let greeted = self.service.name().await.map(drop);
                self.note(&greeted);
            }
            Signal::Thawed(key) => {
                self.note(&Ok(()));
                let at = self.at();
                if let Some(key) = key.filter(|&key| !self.board.appeared(key, at)) {
                    self.service.withdraw(key).await;
                }
            }
        }
    }

    async fn obey(&mut self, command: Command) {
        match command {
            Command::Show(key, popup) => {
                let shown = self.service.show(key, &popup).await;
                self.note(&shown);
            }
            Command::Withdraw(key) => self.service.withdraw(key).await,
            Command::Sample(told) => {
                let settings = self.surroundings.wishes.borrow().settings.clone();
                let shown = self
                    .service
                    .show(Key::Sample, &words::sample(&settings))
                    .await;
                self.note(&shown);
                // Whoever asked may have gone.
                let _ = told.send(shown);
            }
        }
    }

    /// The user decided something anew.
    async fn wish(&mut self) {
        let wishes = self.surroundings.wishes.borrow_and_update().clone();
        let looks = |settings: &PopupSettings| (settings.content, settings.buttons);
        let is_other = looks(&wishes.settings) != looks(&self.shown_as);
        self.shown_as = wishes.settings.clone();
        if wishes.settings.content == PopupContent::Off {
            self.board.forget_all(Topic::Message);
        }
        if !wishes.settings.failures {
            self.board.forget_all(Topic::Failure);
        }
        if is_other {
            self.board.reword();
        }
        self.show().await;
    }
}
