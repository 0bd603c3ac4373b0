//! The yardstick: an empty Tauri window of the same version, which is destroyed when a line comes in.

use std::io::BufRead;

use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

fn main() -> anyhow::Result<()> {
    let app = tauri::Builder::default().build(bluetick_desktop_lib::desk::context())?;
    let page = WebviewUrl::External("about:blank".parse()?);
    WebviewWindowBuilder::new(&app, "yardstick", page)
        .inner_size(1100.0, 720.0)
        .title("Yardstick")
        .build()?;
    let handle = app.handle().clone();
    std::thread::spawn(move || {
        for _ in std::io::stdin().lock().lines() {
            if let Some(window) = handle.get_webview_window("yardstick")
                && let Err(error) = window.destroy()
            {
                tracing::error!(%error, "the yardstick keeps its window");
            }
        }
    });
    app.run(|_, event| {
        if let RunEvent::ExitRequested {
            code: None, api, ..
        } = event
        {
            api.prevent_exit();
        }
    });
    Ok(())
}
