//! The desktop shell: the window, what the page may ask, and what the page is told.
//!
//! It starts the engine, shows what it tells and passes on what the user does. Commands are a few lines each: they ask the
//! engine and hand over its answer. Deliberately not here: anything about messages, and any state that the archive has.

mod activation;
pub mod commands;
mod error;
mod log;
mod page;
pub mod popups;
pub mod public_url;
mod tray;
mod window;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use bluetick_core::engine::{self, Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::store::{self, Reader};
use bluetick_core::tunnel::Tempo;
use tauri::{AppHandle, Builder, Context, Manager, RunEvent, Runtime, Wry};
use tauri_plugin_window_state::StateFlags;
use tokio::sync::{Notify, RwLock, mpsc};

pub use self::error::{Code, Error};
use self::page::Page;

/// The argument of a start without a window, as a session does it.
const HIDDEN: &str = "--hidden";

/// Name of the file, in the data directory, that holds the window's place and size.
const WINDOW_FILE: &str = "window.json";

/// What the commands share.
pub struct Desk {
    options: Options,
    /// The engine, or why there is none. The window opens in both cases, to say so. The lock is held while the engine starts,
    /// so that it starts once.
    engine: RwLock<Result<Arc<Engine>, String>>,
    started: Notify,
    page: Page,
    /// No window opens any more: nobody would draw it.
    quitting: AtomicBool,
    /// Conversations with something unread, as the badge says.
    unread: AtomicI64,
    /// When the window was opened, until it is painted.
    opened: Mutex<Option<Instant>>,
    /// Held, because what was copied is gone with it on some systems.
    clipboard: Mutex<Option<arboard::Clipboard>>,
}

impl Desk {
    /// A desk with an engine, if it starts.
    pub async fn start(options: Options) -> Self {
        Self {
            engine: RwLock::new(start(options.clone()).await),
            options,
            started: Notify::new(),
            page: Page::default(),
            quitting: AtomicBool::new(false),
            unread: AtomicI64::new(0),
            opened: Mutex::default(),
            clipboard: Mutex::default(),
        }
    }

    /// The engine.
    ///
    /// # Errors
    /// If it did not start, with the reason.
    pub async fn engine(&self) -> Result<Arc<Engine>, Error> {
        let engine = self.engine.read().await;
        engine.clone().map_err(Error::not_started)
    }

    /// Asks the archive something.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Reader) -> store::Result<T> + Send + 'static,
    ) -> Result<T, Error> {
        Ok(self.engine().await?.ask(question).await?)
    }

    /// The engine; if it did not start, it is tried again. What was in its way may be gone.
    async fn started(&self) -> Result<Arc<Engine>, Error> {
        let mut engine = self.engine.write().await;
        if engine.is_err() {
            *engine = start(self.options.clone()).await;
        }
        if engine.is_ok() {
            self.started.notify_waiters();
        }
        engine.clone().map_err(Error::not_started)
    }

    /// The engine, as soon as there is one.
    async fn when_started(&self) -> Arc<Engine> {
        loop {
            let started = self.started.notified();
            if let Ok(engine) = self.engine().await {
                return engine;
            }
            started.await;
        }
    }

    /// The page is gone, and with it whoever looked at it.
    fn page_is_gone(&self) {
        self.page.disconnect();
        if let Ok(engine) = self.engine.try_read()
            && let Ok(engine) = engine.as_ref()
        {
            engine.look_at(None);
        }
    }

    /// The window is being opened.
    fn opened(&self, at: Instant) {
        *lock(&self.opened) = Some(at);
    }

    /// The window is painted.
    fn painted(&self) {
        if let Some(at) = lock(&self.opened).take() {
            let milliseconds = at.elapsed().as_millis();
            tracing::info!(milliseconds, "the window is painted");
        }
    }

    /// Puts text on the clipboard, without a page.
    fn copy(&self, text: String) -> Result<(), arboard::Error> {
        let mut clipboard = lock(&self.clipboard);
        let clipboard = match clipboard.as_mut() {
            Some(clipboard) => clipboard,
            None => clipboard.insert(arboard::Clipboard::new()?),
        };
        clipboard.set_text(text)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What is in it is whole at every moment.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn start(options: Options) -> Result<Arc<Engine>, String> {
    let started = Engine::start(options).await;
    started.map(Arc::new).map_err(|error| {
        tracing::error!(%error, "the engine did not start");
        error.to_string()
    })
}

/// Gives a builder the desk and its commands. Generic, so that tests run the commands against the real permissions without a
/// display.
pub fn wire<R: Runtime>(builder: Builder<R>, desk: Desk) -> Builder<R> {
    builder
        .manage(desk)
        .invoke_handler(tauri::generate_handler![
            commands::subscribe,
            commands::conversations,
            commands::conversation,
            commands::messages,
            commands::message_details,
            commands::mark_read,
            commands::search,
            commands::send_test,
            commands::event_log,
            commands::delivery_body,
            commands::dismiss_notice,
            commands::start_reread,
            commands::stop_reread,
            commands::open_link,
            commands::media_state,
            commands::download_media,
            commands::set_media_token,
            public_url::public_url_setup,
            public_url::set_public_url,
            public_url::retry_public_url,
            public_url::network_changed,
            public_url::settle_public_url,
            public_url::outages,
            public_url::dismiss_back_again,
            public_url::add_hook,
            public_url::change_hook,
            public_url::rotate_hook,
            public_url::remove_hook,
            popups::popup_settings,
            popups::set_popup_settings,
            popups::pause_popups,
            popups::show_sample_popup,
            popups::mute_conversation,
            popups::set_vip,
            popups::look_at,
            popups::desktop_setup,
            popups::set_starts_with_session,
            popups::stay_in_background,
            popups::quit,
            popups::painted,
        ])
}

/// The configuration, page and permissions that were built in.
#[must_use]
pub fn context<R: Runtime>() -> Context<R> {
    tauri::generate_context!()
}

/// Runs the app until the user quits.
#[must_use]
pub fn run() -> ExitCode {
    let data_dir = engine::default_data_dir();
    let (clicks, clicked) = mpsc::unbounded_channel();
    log::start(&data_dir);
    let desk = tauri::async_runtime::block_on(Desk::start(Options {
        data_dir: data_dir.clone(),
        listening: Listening::Loopback,
        popups: Some(clicks),
        tempo: Tempo::default(),
    }));
    let is_hidden = std::env::args().any(|argument| argument == HIDDEN);
    let app = wire(plugins(Builder::default(), &data_dir), desk)
        .on_window_event(window::on_event)
        .setup(move |app| {
            tray::start(app.handle());
            if !is_hidden {
                window::raise(app.handle(), None);
            }
            let clicks = window::follow_clicks(app.handle().clone(), clicked);
            tauri::async_runtime::spawn(clicks);
            Ok(())
        })
        .build(context());
    match app {
        Ok(app) => {
            let code = app.run_return(|app, event| match event {
                // The window was closed, and the engine goes on. Quitting says a code.
                RunEvent::ExitRequested {
                    code: None, api, ..
                } => api.prevent_exit(),
                RunEvent::Exit => {
                    app.state::<Desk>().quitting.store(true, Ordering::Relaxed);
                    stop_engine(app);
                }
                #[cfg(target_os = "macos")]
                RunEvent::Reopen { .. } => window::raise_soon(app),
                _ => {}
            });
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

/// What other crates add: one app per data directory, a start with the session, and a window that is where it was.
fn plugins(builder: Builder<Wry>, data_dir: &Path) -> Builder<Wry> {
    let alone = tauri_plugin_single_instance::Builder::new()
        .callback(|app, _arguments, _directory| window::raise_soon(app))
        .dbus_id(instance_name(data_dir))
        .build();
    let autostart = tauri_plugin_autostart::Builder::new()
        .app_name("Bluetick")
        .arg(HIDDEN)
        .build();
    let place = tauri_plugin_window_state::Builder::new()
        .with_filename(data_dir.join(WINDOW_FILE).to_string_lossy())
        .with_state_flags(StateFlags::POSITION | StateFlags::SIZE | StateFlags::MAXIMIZED)
        .build();
    builder.plugin(alone).plugin(autostart).plugin(place)
}

/// The name under which a second start finds the first. Another data directory is another Bluetick.
fn instance_name(data_dir: &Path) -> String {
    const NAME: &str = "io.github.bluetick.desktop";
    if std::env::var_os(engine::DATA_DIR_VARIABLE).is_none() {
        return NAME.to_owned();
    }
    let mut hasher = DefaultHasher::new();
    data_dir.hash(&mut hasher);
    format!("{NAME}.d{:x}", hasher.finish())
}

fn stop_engine<R: Runtime>(app: &AppHandle<R>) {
    tauri::async_runtime::block_on(async {
        if let Ok(engine) = app.state::<Desk>().engine().await {
            engine.stop().await;
        }
    });
}
