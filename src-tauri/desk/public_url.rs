//! What the page may ask about the public URL and the addresses behind it.

use std::time::Duration;

use bluetick_core::chat::view::{HookChange, OutageRow, PublicUrlChange, PublicUrlSetup};
use tauri::State;

use super::Desk;
use super::commands::Answer;

/// What was decided about the public URL.
#[tauri::command]
pub async fn public_url_setup(desk: State<'_, Desk>) -> Answer<PublicUrlSetup> {
    Ok(desk.engine().await?.public_url_setup())
}

/// Decides about the public URL; the events tell what comes of it.
#[tauri::command]
pub async fn set_public_url(desk: State<'_, Desk>, change: PublicUrlChange) -> Answer<()> {
    Ok(desk.engine().await?.set_public_url(change).await?)
}

/// Looks at once whether the public URL works.
#[tauri::command]
pub async fn retry_public_url(desk: State<'_, Desk>) -> Answer<()> {
    desk.engine().await?.retry_public_url();
    Ok(())
}

/// The web view says that the network came or went.
#[tauri::command]
pub async fn network_changed(desk: State<'_, Desk>) -> Answer<()> {
    desk.engine().await?.network_changed();
    Ok(())
}

/// The provider knows the public URL of now.
#[tauri::command]
pub async fn settle_public_url(desk: State<'_, Desk>) -> Answer<()> {
    desk.engine().await?.settle_public_url().await;
    Ok(())
}

/// When providers could not reach this computer, newest first.
#[tauri::command]
pub async fn outages(desk: State<'_, Desk>) -> Answer<Vec<OutageRow>> {
    desk.ask(|reader| reader.outages()).await
}

/// The user knows of every outage that is over.
#[tauri::command]
pub async fn dismiss_back_again(desk: State<'_, Desk>) -> Answer<()> {
    Ok(desk.engine().await?.store().dismiss_outages().await?)
}

/// Adds an address.
#[tauri::command]
pub async fn add_hook(desk: State<'_, Desk>, label: String) -> Answer<()> {
    Ok(desk.engine().await?.add_hook(label).await?)
}

/// Changes an address.
#[tauri::command]
pub async fn change_hook(desk: State<'_, Desk>, label: String, change: HookChange) -> Answer<()> {
    Ok(desk.engine().await?.change_hook(label, change).await?)
}

/// Gives an address a new secret; the one before works for so many hours.
#[tauri::command]
pub async fn rotate_hook(desk: State<'_, Desk>, label: String, grace_hours: u32) -> Answer<()> {
    let grace = Duration::from_secs(u64::from(grace_hours) * 60 * 60);
    Ok(desk.engine().await?.rotate_hook(label, grace).await?)
}

/// Takes an address away.
#[tauri::command]
pub async fn remove_hook(desk: State<'_, Desk>, label: String) -> Answer<()> {
    Ok(desk.engine().await?.remove_hook(label).await?)
}
