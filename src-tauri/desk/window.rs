//! The window: opened, brought to the front, closed. What it shows is gone while it is closed; the engine goes on.
//!
//! A page that nobody sees would cost more than all of Bluetick otherwise, so closing destroys it, and opening makes it anew.

use std::sync::atomic::Ordering;
use std::time::Instant;

use bluetick_core::chat::view::ViewEvent;
use bluetick_core::notify::{Activation, Click};
use bluetick_core::settings::prepare_directory;
use tauri::{
    AppHandle, CloseRequestApi, Manager, Runtime, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use tokio::sync::mpsc;

use super::{Desk, activation, tray};

/// Label of the only window, in `tauri.conf.json` and in the capability.
const WINDOW: &str = "main";

/// The dot that says on the task bar that something is unread.
#[cfg(target_os = "windows")]
const UNREAD_DOT: tauri::image::Image<'_> = tauri::include_image!("icons/unread-dot.png");

/// Name of the directory, in the data directory, for what the page remembers.
const PAGE_DATA: &str = "window";

/// Opens the window, or brings it to the front, from a place that must not wait for the window to be there.
pub(super) fn raise_soon<R: Runtime>(app: &AppHandle<R>) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move { raise(&app, None) });
}

/// Opens the window, or brings it to the front.
pub(super) fn raise<R: Runtime>(app: &AppHandle<R>, activation: Option<Activation>) {
    if app.state::<Desk>().quitting.load(Ordering::Relaxed) {
        return;
    }
    let shown = match app.get_webview_window(WINDOW) {
        Some(window) => bring_to_front(&window, activation),
        None => open(app).and_then(|window| {
            show_badge(app);
            bring_to_front(&window, activation)
        }),
    };
    if let Err(error) = shown {
        tracing::warn!(%error, "the window did not come to the front");
    }
}

/// Brings the window to the front at every click on a popup, at the conversation that was clicked.
pub(super) async fn follow_clicks<R: Runtime>(
    app: AppHandle<R>,
    mut clicked: mpsc::UnboundedReceiver<Click>,
) {
    while let Some(click) = clicked.recv().await {
        if let Some(conversation) = click.conversation {
            let event = ViewEvent::OpenConversation { conversation };
            app.state::<Desk>().page.tell(event);
        }
        raise(&app, click.activation);
    }
}

/// What becomes of the window.
pub(super) fn on_event<R: Runtime>(window: &tauri::Window<R>, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => close_requested(window.app_handle(), api),
        WindowEvent::Destroyed => window.state::<Desk>().page_is_gone(),
        _ => {}
    }
}

/// Closes the window and lets the engine go on.
pub(super) fn close<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        // Nobody could take back what its icon says after it.
        badge(&window, 0);
        if let Err(error) = window.destroy() {
            tracing::warn!(%error, "the window does not close");
        }
    }
}

/// With a tray, the app stays there. Without one it could not be found again, so the page asks what to do.
fn close_requested<R: Runtime>(app: &AppHandle<R>, api: &CloseRequestApi) {
    api.prevent_close();
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let desk = app.state::<Desk>();
        if tray::has_host().await {
            if let Ok(engine) = desk.engine().await
                && let Err(error) = engine.tell_of_tray().await
            {
                tracing::warn!(%error, "it will be said again that there is a tray");
            }
            close(&app);
        } else if desk.page.is_connected() {
            desk.page.tell(ViewEvent::Closing);
        } else {
            // Nobody is there to ask.
            app.exit(0);
        }
    });
}

/// Opens the window of `tauri.conf.json`. It shows the built-in page and nothing else: a link that got through would not be
/// followed.
fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let desk = app.state::<Desk>();
    desk.opened(Instant::now());
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
    let page_data = desk.options.data_dir.join(PAGE_DATA);
    // For its owner only, like everything in there; the web view would make it for all.
    if let Err(error) = prepare_directory(&page_data) {
        tracing::warn!(%error, "the page remembers nothing");
    }
    WebviewWindowBuilder::from_config(app, config)?
        .data_directory(page_data)
        .on_navigation(move |url| {
            let is_built_in = url.scheme() == "tauri" || url.host_str() == Some("tauri.localhost");
            is_built_in || own.as_ref().is_some_and(|own| own.origin() == url.origin())
        })
        .on_new_window(|_, _| tauri::webview::NewWindowResponse::Deny)
        // The page knows how much is unread, and the language.
        .on_document_title_changed(|window, title| {
            if let Err(error) = window.set_title(&title) {
                tracing::debug!(%error, "the window keeps its title");
            }
        })
        .build()
}

/// Says on the window's own icon how much is unread, where the system has a place for it.
pub(super) fn show_badge<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        badge(&window, app.state::<Desk>().unread.load(Ordering::Relaxed));
    }
}

fn badge<R: Runtime>(window: &WebviewWindow<R>, unread: i64) {
    let count = (unread > 0).then_some(unread);
    #[cfg(not(target_os = "windows"))]
    let shown = window.set_badge_count(count);
    #[cfg(target_os = "windows")]
    let shown = window.set_overlay_icon(count.map(|_| UNREAD_DOT));
    if let Err(error) = shown {
        tracing::debug!(%error, "the window's icon does not say what is unread");
    }
}

fn bring_to_front<R: Runtime>(
    window: &WebviewWindow<R>,
    activation: Option<Activation>,
) -> tauri::Result<()> {
    if let Some(activation) = activation {
        activation::use_for_next(window.app_handle(), activation)?;
    }
    window.unminimize()?;
    window.show()?;
    window.set_focus()
}
