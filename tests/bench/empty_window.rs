//! The yardstick: an empty Tauri window of the same version, which is destroyed when a line comes in.

use std::io::BufRead;

use tauri::{Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

fn main() -> anyhow::Result<()> {
    // A page with nothing on it, and not none at all: for that, no process would be started to draw it.
    let app = tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let page = b"<!doctype html><title>Yardstick</title>".to_vec();
            let mut answer = tauri::http::Response::new(page);
            let html = tauri::http::HeaderValue::from_static("text/html");
            answer
                .headers_mut()
                .insert(tauri::http::header::CONTENT_TYPE, html);
            answer
        })
        .build(bluetick_desktop_lib::desk::context())?;
    let page = WebviewUrl::CustomProtocol("empty://localhost/".parse()?);
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
