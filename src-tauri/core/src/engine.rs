//! Wires the rooms together, for the window and for the command line.
//!
//! It starts and stops what runs and answers what the shells ask. It decides nothing about messages: that is done in the rooms.

mod announce;
mod feed;
mod files;
mod hooks;
mod local_time;
mod outage;
mod popups;
mod quota;
mod reach;
mod rereading;
mod unread;

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use tokio::sync::{Mutex, mpsc, watch};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use self::feed::Feed;
pub use self::files::FileError;
pub use self::local_time::time_of_day;
use self::outage::Following;
use self::popups::Announcing;
pub use self::popups::SampleError;
pub use self::reach::challenge_of;
use self::reach::{Door, Reach};
use self::rereading::Rereading;
use crate::chat::time::Timestamp;
use crate::chat::view::{
    ConversationQuery, Filter, PublicUrlRow, Snapshot, TestOutcome, UrlStatus,
};
use crate::media::Cache;
use crate::notify::Click;
use crate::receiver::{self, Listening};
use crate::sample::{self, Sample, SendError};
use crate::settings::{self, Address, KeptUrl, Settings, SettingsError};
use crate::store::{self, Lock, Reader, Store, StoreError};
use crate::tunnel::Tempo;

/// Environment variable that names the data directory.
pub const DATA_DIR_VARIABLE: &str = "BLUETICK_DATA_DIR";

/// Name of the data directory where the platform keeps such directories.
const DATA_DIR_NAME: &str = "bluetick";

/// Name of the directory, in the data directory, for the pictures in popups.
const FACES: &str = "faces";

/// What to start.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where everything is kept.
    pub data_dir: PathBuf,
    /// Where to listen.
    pub listening: Listening,
    /// Whether to raise popups, and where clicks on them go.
    pub popups: Option<mpsc::UnboundedSender<Click>>,
    /// How long to wait for what, on the way to the public URL.
    pub tempo: Tempo,
}

/// Why the engine did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The archive cannot be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings cannot be read.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// Nothing can listen there.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: String,
        /// Why not.
        source: std::io::Error,
    },
    /// The runtime is ending.
    #[error("the program is ending")]
    Ending,
}

impl StartError {
    /// Whether another engine has the data directory.
    #[must_use]
    pub const fn is_in_use(&self) -> bool {
        matches!(self, Self::Store(StoreError::InUse(_)))
    }
}

/// Everything that runs.
#[derive(Debug)]
pub struct Engine {
    store: Store,
    settings: Arc<RwLock<Settings>>,
    /// One change of the settings at a time.
    changing: Mutex<()>,
    addresses: watch::Sender<Arc<[Address]>>,
    router: Router,
    reach: Arc<Reach>,
    data_dir: PathBuf,
    cache: Cache,
    address: SocketAddr,
    popups: Announcing,
    rereading: Rereading,
    stop: CancellationToken,
    tasks: TaskTracker,
    // Held for as long as anything here may write.
    _lock: Lock,
}

impl Engine {
    /// Starts to receive.
    ///
    /// # Errors
    /// If another engine has the data directory, something in it cannot be read, or nothing can listen at the address.
    pub async fn start(options: Options) -> Result<Self, StartError> {
        let data_dir = options.data_dir.clone();
        // The keyring may ask the user, and an upgrade of the archive may take its time.
        let (lock, settings, kept, store, cache) =
            tokio::task::spawn_blocking(move || open(&data_dir))
                .await
                .map_err(|_| StartError::Ending)??;
        let advised = ask(store.reader(), Reader::is_reread_advised).await?;
        let listener = receiver::bind(options.listening)
            .await
            .and_then(|listener| Ok((listener.local_addr()?, listener)))
            .map_err(|source| StartError::Listen {
                address: match options.listening {
                    Listening::At(address) => address.to_string(),
                    Listening::Loopback => "this computer".to_owned(),
                },
                source,
            });
        let (address, listener) = listener?;
        settings::keep_listener(&options.data_dir, address)?;
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        let addresses = watch::channel(settings.addresses.clone().into()).0;
        let router = receiver::router(addresses.subscribe(), store.clone(), now);
        tasks.spawn(receiver::serve(listener, router.clone(), stop.clone()));
        let popups = Announcing::start(
            &store,
            &settings.popups,
            options.popups,
            options.data_dir.join(FACES),
            (&tasks, &stop),
        );
        let reach = Arc::new(Reach::new(options.data_dir.clone(), kept, options.tempo));
        let door = Door {
            router: router.clone(),
            addresses: addresses.subscribe(),
            tasks: tasks.clone(),
            stop: stop.clone(),
        };
        reach.run(&settings.public_url, &door).await;
        let settings = Arc::new(RwLock::new(settings));
        let following = Following::new(
            reach.clone(),
            store.clone(),
            popups.popups.clone(),
            settings.clone(),
        );
        tasks.spawn(following.run(stop.clone()));
        tracing::info!(port = address.port(), "listening");
        Ok(Self {
            store,
            settings,
            changing: Mutex::default(),
            addresses,
            router,
            reach,
            data_dir: options.data_dir,
            cache,
            address,
            popups,
            rereading: Rereading::new(advised),
            stop,
            tasks,
            _lock: lock,
        })
    }

    /// Stops taking deliveries, and lets those under way finish, for at most five seconds.
    pub async fn stop(&self) {
        self.stop.cancel();
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    fn settings(&self) -> RwLockReadGuard<'_, Settings> {
        // They are whole at every moment, whatever a holder of the lock did.
        self.settings.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn settings_mut(&self) -> RwLockWriteGuard<'_, Settings> {
        self.settings
            .write()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the settings and keeps them, one change after the other, off the caller's thread: the keyring may ask the user.
    /// What could not be kept is as it was.
    async fn change_settings<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Settings, &Path) -> Result<T, SettingsError> + Send + 'static,
    ) -> Result<T, SettingsError> {
        let _alone = self.changing.lock().await;
        let mut settings = self.settings().clone();
        let data_dir = self.data_dir.clone();
        let (settings, outcome) = tokio::task::spawn_blocking(move || {
            let outcome = change(&mut settings, &data_dir);
            (settings, outcome)
        })
        .await
        .map_err(|_| SettingsError::Unusable("the program is ending".to_owned()))?;
        let value = outcome?;
        *self.settings_mut() = settings;
        Ok(value)
    }

    /// The archive.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Asks the archive something, off the caller's thread.
    ///
    /// # Errors
    /// With what the question returns.
    pub async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Reader) -> store::Result<T> + Send + 'static,
    ) -> store::Result<T> {
        ask(self.store.reader(), question).await
    }

    /// How things are now, and everything that changes from then on.
    ///
    /// # Errors
    /// If the archive cannot be read.
    pub async fn watch(&self) -> store::Result<(Snapshot, Feed)> {
        // Listening comes first, so that nothing falls between the two.
        let feed = Feed::new(
            &self.store,
            self.popups.row.subscribe(),
            self.rereading.state(),
            self.whereabouts(),
            self.stop.clone(),
        );
        let (hooks, popups) = (self.hooks(), self.popups.row.borrow().clone());
        let public_url = self.reach.row.borrow().clone();
        let reread = self.rereading.state().borrow().clone();
        let snapshot = self
            .ask(move |reader| {
                Ok(Snapshot {
                    version: env!("CARGO_PKG_VERSION").to_owned(),
                    hooks,
                    channels: reader.channels()?,
                    conversations: reader.conversations(&ConversationQuery {
                        filter: Filter::All,
                        channel: None,
                        after: None,
                    })?,
                    unread_conversations: reader.unread_conversations(now())?,
                    popups,
                    notices: reader.notices()?,
                    reread,
                    public_url,
                    back_again: reader.back_again()?,
                })
            })
            .await?;
        Ok((snapshot, feed))
    }

    /// Starts to read every kept delivery again, unless that goes on already. The feed tells how it goes.
    pub fn start_reread(&self) {
        self.rereading
            .start(self.store.clone(), &self.tasks, &self.stop);
    }

    /// Stops reading everything again. What was done stays.
    pub fn stop_reread(&self) {
        self.rereading.stop();
    }

    /// Posts a sample message to the first address, over HTTP like anybody else: through the public URL if that works.
    ///
    /// # Errors
    /// If nothing came back.
    pub async fn send_test(&self) -> Result<TestOutcome, SendError> {
        let hook = self.hooks().into_iter().next();
        let is_online = matches!(self.reach.row.borrow().status, UrlStatus::Online { .. });
        let public = hook.as_ref().and_then(|hook| hook.public_url.clone());
        let public = public.filter(|_| is_online);
        let through_public_url = public.is_some();
        let local = hook.map_or_else(String::new, |hook| hook.local_url);
        let payload = Sample::Text.payload(now());
        let outcome = sample::send(&public.unwrap_or(local), &payload).await?;
        Ok(TestOutcome {
            through_public_url,
            ..outcome
        })
    }

    /// The public URL, and whether it works.
    #[must_use]
    pub fn public_url_row(&self) -> watch::Receiver<PublicUrlRow> {
        self.reach.row.subscribe()
    }

    fn whereabouts(&self) -> feed::Whereabouts {
        feed::Whereabouts {
            listener: self.address,
            addresses: self.addresses.subscribe(),
            public_url: self.reach.row.subscribe(),
        }
    }
}

/// The full URL of an address at a listener, for somebody on this computer.
#[must_use]
pub fn hook_url(listener: SocketAddr, address: &settings::Address) -> String {
    let mut reachable = listener;
    if listener.ip().is_unspecified() {
        reachable.set_ip(match listener {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!(
        "http://{reachable}/hook/{}",
        address.secrets.hook_secret.reveal()
    )
}

fn open(data_dir: &Path) -> Result<(Lock, Settings, KeptUrl, Store, Cache), StartError> {
    settings::prepare_directory(data_dir)?;
    settings::prepare_directory(&data_dir.join(FACES))?;
    let lock = Lock::take(data_dir)?;
    let settings = Settings::load_or_create(data_dir)?;
    // Not worth refusing messages for: what it is for is found out anew.
    let kept = KeptUrl::load(data_dir).unwrap_or_else(|error| {
        tracing::warn!(%error, "the public URL of before is not known");
        KeptUrl::default()
    });
    let store = Store::open(data_dir)?;
    let cache = files::open(data_dir).map_err(|source| StoreError::File {
        path: data_dir.to_owned(),
        source,
    })?;
    Ok((lock, settings, kept, store, cache))
}

/// Asks the archive something, off the caller's thread.
async fn ask<T: Send + 'static>(
    reader: &Reader,
    question: impl FnOnce(&Reader) -> store::Result<T> + Send + 'static,
) -> store::Result<T> {
    let reader = reader.clone();
    tokio::task::spawn_blocking(move || question(&reader))
        .await
        .map_err(|_| StoreError::Closed)?
}

/// The data directory of this user, from the environment or where the platform keeps such directories.
#[must_use]
pub fn default_data_dir() -> PathBuf {
    std::env::var_os(DATA_DIR_VARIABLE)
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(dirs::data_dir()?.join(DATA_DIR_NAME)))
        .unwrap_or_else(|| PathBuf::from(DATA_DIR_NAME))
}

/// The clock, the only one in the core.
#[must_use]
pub fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
