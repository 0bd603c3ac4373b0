//! The log of the desktop app: one file in the data directory, for its owner only, and the one before it.
//!
//! It never holds messages, names, numbers or secrets; that is up to whoever writes a line.

use std::fs::{self, File, OpenOptions};
use std::path::Path;
use std::sync::Mutex;

use bluetick_core::settings::prepare_directory;
use bluetick_core::tunnel;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Size beyond which a start begins a new file, in bytes.
const LARGE: u64 = 4 * 1024 * 1024;

/// Writes what happens from now on to `logs/bluetick.log`. Where that cannot be, the app runs without a log.
pub(super) fn start(data_dir: &Path) {
    let filter = EnvFilter::try_from_env("BLUETICK_LOG").unwrap_or_else(|_| "info".into());
    let Ok(file) = open(data_dir) else {
        return;
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Mutex::new(file))
        .with_filter(filter_fn(tunnel::may_be_logged));
    tracing_subscriber::registry()
        .with(filter)
        .with(lines)
        .init();
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        // Only where it happened: a message might quote what was being worked on.
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, "the program made a mistake");
        before(panic);
    }));
}

fn open(data_dir: &Path) -> anyhow::Result<File> {
    let directory = data_dir.join("logs");
    prepare_directory(data_dir)?;
    prepare_directory(&directory)?;
    let path = directory.join("bluetick.log");
    if fs::metadata(&path).is_ok_and(|found| found.len() > LARGE) {
        fs::rename(&path, directory.join("bluetick.1.log"))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(options.open(path)?)
}
