//! The desktop shell: the window, what the page may ask, and what the page is told.
//!
//! It starts the engine, shows what it tells and passes on what the user does. Commands are a few lines each: they ask the
//! engine and hand over its answer. Deliberately not here: anything about messages, and any state that the archive has.

pub mod commands;
mod error;
mod log;
mod page;
pub mod public_url;

use std::process::ExitCode;
use std::sync::Arc;

use bluetick_core::chat::view::ViewEvent;
use bluetick_core::engine::{self, Engine, Options};
use bluetick_core::notify::Click;
use bluetick_core::receiver::Listening;
use bluetick_core::store::{self, Reader};
use bluetick_core::tunnel::Tempo;
use tauri::{AppHandle, Builder, Context, Manager, RunEvent, Runtime, WebviewWindowBuilder};
use tokio::sync::{RwLock, mpsc};

pub use self::error::{Code, Error};
use self::page::Page;

/// Label of the only window, in `tauri.conf.json` and in the capability.
const WINDOW: &str = "main";

/// What the commands share.
#[derive(Debug)]
pub struct Desk {
    options: Options,
    /// The engine, or why there is none. The window opens in both cases, to say so. The lock is held while the engine starts,
    /// so that it starts once.
    engine: RwLock<Result<Arc<Engine>, String>>,
    page: Page,
}

impl Desk {
    /// A desk with an engine, if it starts.
    pub async fn start(options: Options) -> Self {
        Self {
            engine: RwLock::new(start(options.clone()).await),
            options,
            page: Page::default(),
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
        engine.clone().map_err(Error::not_started)
    }
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
        data_dir,
        listening: Listening::Loopback,
        popups: Some(clicks),
        tempo: Tempo::default(),
    }));
    let app = wire(Builder::default(), desk)
        .setup(|app| {
            open_window(app.handle())?;
            tauri::async_runtime::spawn(follow_clicks(app.handle().clone(), clicked));
            Ok(())
        })
        .build(context());
    match app {
        Ok(app) => {
            let code = app.run_return(|app, event| {
                if let RunEvent::Exit = event {
                    stop_engine(app);
                }
            });
            ExitCode::from(u8::try_from(code).unwrap_or(1))
        }
        Err(error) => {
            tracing::error!(%error, "the window cannot be opened");
            ExitCode::FAILURE
        }
    }
}

/// Opens the window of `tauri.conf.json`. It shows the built-in page and nothing else: a link that got through would not be
/// followed.
fn open_window<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let config = app
        .config()
        .app
        .windows
        .iter()
        .find(|window| window.label == WINDOW)
        .ok_or(tauri::Error::WindowNotFound)?;
    let own = app
        .config()
        .build
        .dev_url
        .clone()
        .filter(|_| tauri::is_dev());
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(move |url| {
            let is_built_in = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
            is_built_in || own.as_ref().is_some_and(|own| own.origin() == url.origin())
        })
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// Brings the window to the front at every click on a popup, at the conversation that was clicked.
async fn follow_clicks<R: Runtime>(app: AppHandle<R>, mut clicked: mpsc::UnboundedReceiver<Click>) {
    while let Some(click) = clicked.recv().await {
        if let Some(conversation) = click.conversation {
            let event = ViewEvent::OpenConversation { conversation };
            app.state::<Desk>().page.tell(event);
        }
        if let Some(window) = app.get_webview_window(WINDOW) {
            let shown = window
                .unminimize()
                .and_then(|()| window.show())
                .and_then(|()| window.set_focus());
            if let Err(error) = shown {
                tracing::warn!(%error, "the window did not come to the front");
            }
        }
    }
}

fn stop_engine<R: Runtime>(app: &AppHandle<R>) {
    tauri::async_runtime::block_on(async {
        if let Ok(engine) = app.state::<Desk>().engine().await {
            engine.stop().await;
        }
    });
}
