//! A notification service that shows nothing and remembers everything, for what dunst does not tell: what is on the screen
//! now, with which buttons and hints, and services that can less, or are restarted.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::runtime::Runtime;
use zbus::object_server::SignalEmitter;
use zbus::{OwnedVariant, connection, interface};

use crate::support::session::Bus;
use crate::support::wait::eventually;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";

/// A popup as the service was told to show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) title: String,
    pub(crate) body: String,
    /// Keys of the actions.
    pub(crate) actions: Vec<String>,
    /// Hints, as text.
    pub(crate) hints: BTreeMap<String, String>,
    /// How often it was changed.
    pub(crate) changes: usize,
}

#[derive(Debug, Default)]
struct Screen {
    shown: BTreeMap<u32, Shown>,
    last_id: u32,
    capabilities: Vec<String>,
}

/// The running service.
pub(crate) struct Recorder {
    screen: Arc<Mutex<Screen>>,
    connection: zbus::Connection,
    runtime: Runtime,
}

struct Answers(Arc<Mutex<Screen>>);

fn lock(screen: &Mutex<Screen>) -> MutexGuard<'_, Screen> {
    screen.lock().expect("no holder panicked")
}

#[interface(name = "org.freedesktop.Notifications")]
impl Answers {
    fn get_capabilities(&self) -> Vec<String> {
        lock(&self.0).capabilities.clone()
    }

    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("recorder", "bluetick", "1", "1.2")
    }

    #[expect(clippy::too_many_arguments, reason = "the specification has them")]
    fn notify(
        &self,
        _app_name: &str,
        replaces_id: u32,
        _app_icon: &str,
        summary: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedVariant>,
        _expire_timeout: i32,
    ) -> u32 {
        let mut screen = lock(&self.0);
        let id = if replaces_id == 0 {
            screen.last_id += 1;
            screen.last_id
        } else {
            replaces_id
        };
        let changes = screen.shown.get(&id).map_or(0, |before| before.changes + 1);
        let hints = hints
            .into_iter()
            .map(|(key, value)| (key, value.to_string()));
        let shown = Shown {
            title: summary,
            body,
            actions: actions.into_iter().step_by(2).collect(),
            hints: hints.collect(),
            changes,
        };
        screen.shown.insert(id, shown);
        id
    }

    async fn close_notification(
        &self,
        id: u32,
        #[zbus(signal_emitter)] signals: SignalEmitter<'_>,
    ) {
        lock(&self.0).shown.remove(&id);
        let told = Self::notification_closed(&signals, id, 3).await;
        told.expect("the bus takes it");
    }

    #[zbus(signal)]
    async fn notification_closed(
        signals: &SignalEmitter<'_>,
        id: u32,
        reason: u32,
    ) -> zbus::Result<()>;

    #[zbus(signal)]
    async fn action_invoked(signals: &SignalEmitter<'_>, id: u32, action: &str)
    -> zbus::Result<()>;

    #[zbus(signal)]
    async fn activation_token(
        signals: &SignalEmitter<'_>,
        id: u32,
        token: &str,
    ) -> zbus::Result<()>;
}

impl Recorder {
    /// Starts one that can all that matters.
    pub(crate) fn start(bus: &Bus) -> Self {
        Self::start_with(bus, &["actions", "body", "body-markup"])
    }

    /// Starts one that can this.
    pub(crate) fn start_with(bus: &Bus, capabilities: &[&str]) -> Self {
        let screen = Screen {
            capabilities: capabilities.iter().map(|&word| word.to_owned()).collect(),
            ..Screen::default()
        };
        let screen = Arc::new(Mutex::new(screen));
        let runtime = Runtime::new().expect("a runtime");
        let connection = runtime.block_on(async {
            connection::Builder::address(bus.address.as_str())
                .serve_at(PATH, Answers(screen.clone()))
                .name(NAME)
                .build()
                .await
        });
        let connection = connection.expect("the bus gives it the name");
        Self {
            screen,
            connection,
            runtime,
        }
    }

    /// What is on the screen now, oldest first.
    pub(crate) fn shown(&self) -> Vec<Shown> {
        lock(&self.screen).shown.values().cloned().collect()
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&[Shown]) -> bool) -> Vec<Shown> {
        let mut last = Vec::new();
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            eventually(what, || {
                last = self.shown();
                is_so(&last).then_some(())
            });
        }));
        assert!(caught.is_ok(), "{what}; on the screen are {last:#?}");
        last
    }

    /// Waits until these are on the screen, in any order: title and body.
    pub(crate) fn wait_for(&self, popups: &[(&str, &str)]) -> Vec<Shown> {
        let mut wanted: Vec<_> = popups.to_vec();
        wanted.sort_unstable();
        self.wait_until(&format!("{wanted:?} are shown"), |shown| {
            let mut found: Vec<_> = shown
                .iter()
                .map(|popup| (popup.title.as_str(), popup.body.as_str()))
                .collect();
            found.sort_unstable();
            found == wanted
        })
    }

    /// Chooses an action of the popup with this title, after giving a token if there is one.
    pub(crate) fn choose(&self, title: &str, action: &str, token: Option<&str>) {
        let id = self.id(title);
        self.runtime.block_on(async {
            let signals = SignalEmitter::new(&self.connection, PATH).expect("the path is one");
            if let Some(token) = token {
                let told = Answers::activation_token(&signals, id, token).await;
                told.expect("the bus takes it");
            }
            let told = Answers::action_invoked(&signals, id, action).await;
            told.expect("the bus takes it");
        });
    }

    /// Closes the popup with this title, for a reason of the specification.
    pub(crate) fn close(&self, title: &str, reason: u32) {
        let id = self.id(title);
        lock(&self.screen).shown.remove(&id);
        self.runtime.block_on(async {
            let signals = SignalEmitter::new(&self.connection, PATH).expect("the path is one");
            let told = Answers::notification_closed(&signals, id, reason).await;
            told.expect("the bus takes it");
        });
    }

    /// Shows something for another app, and says under which id.
    pub(crate) fn show_foreign(&self) -> u32 {
        let mut screen = lock(&self.screen);
        screen.last_id += 1;
        let id = screen.last_id;
        let foreign = Shown {
            title: "Another app".to_owned(),
            body: "Not ours".to_owned(),
            actions: Vec::new(),
            hints: BTreeMap::new(),
            changes: 0,
        };
        screen.shown.insert(id, foreign);
        id
    }

    /// The popup under this id.
    pub(crate) fn popup(&self, id: u32) -> Option<Shown> {
        lock(&self.screen).shown.get(&id).cloned()
    }

    /// The id of the popup with this title.
    pub(crate) fn id(&self, title: &str) -> u32 {
        let screen = lock(&self.screen);
        let mut found = screen.shown.iter();
        let found = found.find(|(_, popup)| popup.title == title);
        *found.expect("it is on the screen").0
    }
}
