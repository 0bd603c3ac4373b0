//! Bluetick, the desktop app: a window onto the engine of `bluetick-core`.
//!
//! Everything that is not a window is in the core, which a server can run. [`desk`] is the only place that knows Tauri; a test
//! holds that. Why the root of the repo is this package is said in `Cargo.toml`.

pub mod desk;
