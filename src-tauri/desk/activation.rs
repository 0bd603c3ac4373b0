//! Wayland lets a window come to the front only with a token that came with the click.
//!
//! Tauri's `set_focus` uses none, so the token is given to the display before; GDK takes it at the next activation. On X11, and
//! on other systems, there is nothing to do.

use bluetick_core::notify::Activation;
use tauri::{AppHandle, Runtime};

/// Lets the next window that asks come to the front.
#[cfg(target_os = "linux")]
pub(super) fn use_for_next<R: Runtime>(
    app: &AppHandle<R>,
    activation: Activation,
) -> tauri::Result<()> {
    use gdkwayland::gdk::prelude::Cast;

    app.run_on_main_thread(move || {
        let display = gdkwayland::gdk::Display::default();
        let wayland =
            display.and_then(|display| display.downcast::<gdkwayland::WaylandDisplay>().ok());
        if let Some(wayland) = wayland {
            wayland.set_startup_notification_id(activation.reveal());
        }
    })
}

/// Other systems need no token, and give none.
#[cfg(not(target_os = "linux"))]
pub(super) fn use_for_next<R: Runtime>(_: &AppHandle<R>, _: Activation) -> tauri::Result<()> {
    Ok(())
}
