//! The real window: the built app on a screen of its own, driven by its engine's own driver, with a real notification service.
//!
//! Few and slow. What can be tested in a browser or without a window is tested there.

// Neither macOS nor any screen of Windows can be driven like this.
#![cfg(target_os = "linux")]

#[path = "../support/mod.rs"]
mod support;

#[path = "../edge/mod.rs"]
#[allow(
    dead_code,
    reason = "the window is shown what works; `it` has the faults"
)]
mod edge;

mod app;
mod frame;
mod public_url;
mod tray;
mod tray_host;
mod window;
