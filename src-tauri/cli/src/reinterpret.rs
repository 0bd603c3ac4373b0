//! `bluetick reinterpret`: reads every kept delivery again.

use std::io::{IsTerminal, Write};
use std::path::Path;

use anyhow::Context;
use bluetick_core::store::{ARCHIVE_FILE, Lock, Store};
use tokio_util::sync::CancellationToken;

pub(crate) async fn run(data_dir: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(
        data_dir.join(ARCHIVE_FILE).exists(),
        "there is no archive in {}",
        data_dir.display()
    );
    let _lock = Lock::take(data_dir)?;
    let store = Store::open(data_dir)?;
    let stop = CancellationToken::new();
    let interrupted = stop.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            interrupted.cancel();
        }
    });
    let shows_progress = std::io::stderr().is_terminal();
    let reread = store
        .reread(&stop, |done, total| {
            if shows_progress {
                // Nobody is harmed if it cannot be seen.
                let _ = write!(std::io::stderr(), "\r{done} of {total}");
            }
        })
        .await
        .context("the archive could not be read again")?;
    let outcome = reread.outcome;
    if shows_progress {
        let _ = writeln!(std::io::stderr());
    }
    let ended = if reread.cancelled {
        "Stopped after"
    } else {
        "Read"
    };
    writeln!(
        std::io::stdout(),
        "{ended} {} deliveries again: {} messages new, {} different, {} gone; {} other events new, different or gone",
        outcome.deliveries,
        outcome.added,
        outcome.changed,
        outcome.removed,
        outcome.events
    )?;
    Ok(())
}
