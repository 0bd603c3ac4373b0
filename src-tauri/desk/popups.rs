//! What the page may ask about popups, and about the app's life on the desktop.

use bluetick_core::chat::view::{DesktopSetup, PopupSettings, Quiet};
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_autostart::ManagerExt;

use super::commands::Answer;
use super::{Desk, Error, tray, window};

/// What was decided about popups.
#[tauri::command]
pub async fn popup_settings(desk: State<'_, Desk>) -> Answer<PopupSettings> {
    Ok(desk.engine().await?.popup_settings())
}

/// Decides about popups.
#[tauri::command]
pub async fn set_popup_settings(desk: State<'_, Desk>, settings: PopupSettings) -> Answer<()> {
    Ok(desk.engine().await?.set_popup_settings(settings).await?)
}

/// Wants no popups for a while, or wants them again.
#[tauri::command]
pub async fn pause_popups(desk: State<'_, Desk>, quiet: Quiet) -> Answer<()> {
    Ok(desk.engine().await?.pause_popups(quiet).await?)
}

/// Shows a popup that says what popups look like.
#[tauri::command]
pub async fn show_sample_popup(desk: State<'_, Desk>) -> Answer<()> {
    let shown = desk.engine().await?.show_sample_popup().await;
    shown.map_err(|error| Error::failed(&error.to_string()))
}

/// Wants no popups of a conversation for a while, or wants them again.
#[tauri::command]
pub async fn mute_conversation(
    desk: State<'_, Desk>,
    conversation: i64,
    quiet: Quiet,
) -> Answer<()> {
    Ok(desk.engine().await?.mute(conversation, quiet).await?)
}

/// Lets the popups of a conversation break through the quiet hours, or no longer.
#[tauri::command]
pub async fn set_vip(desk: State<'_, Desk>, conversation: i64, vip: bool) -> Answer<()> {
    let engine = desk.engine().await?;
    Ok(engine.store().set_vip(conversation, vip).await?)
}

/// The user is looking at this conversation, or at none.
#[tauri::command]
pub async fn look_at(desk: State<'_, Desk>, conversation: Option<i64>) -> Answer<()> {
    desk.engine().await?.look_at(conversation);
    Ok(())
}

/// How the app lives on this desktop.
#[tauri::command]
pub async fn desktop_setup<R: Runtime>(app: AppHandle<R>) -> Answer<DesktopSetup> {
    Ok(DesktopSetup {
        starts_with_session: app.autolaunch().is_enabled().ok(),
        has_tray: tray::has_host().await,
    })
}

/// Starts with the session, without a window, or no longer.
#[tauri::command]
pub async fn set_starts_with_session<R: Runtime>(app: AppHandle<R>, on: bool) -> Answer<()> {
    let autolaunch = app.autolaunch();
    let done = if on {
        autolaunch.enable()
    } else {
        autolaunch.disable()
    };
    done.map_err(|error| Error::failed(&error.to_string()))
}

/// Closes the window and goes on without it.
#[tauri::command]
pub async fn stay_in_background<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    window::close(&app);
    Ok(())
}

/// Ends the app.
#[tauri::command]
pub async fn quit<R: Runtime>(app: AppHandle<R>) -> Answer<()> {
    app.exit(0);
    Ok(())
}

/// The page has painted what it shows first.
#[tauri::command]
pub async fn painted(desk: State<'_, Desk>) -> Answer<()> {
    desk.painted();
    // It may be a page that says that there is no engine.
    if let Ok(engine) = desk.engine().await {
        engine.window_opened().await;
    }
    Ok(())
}
