//! A URL that the user sees to: nothing to connect, only to look whether it leads here.

use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::report::Report;
use super::trouble::{self, Cure};
use super::{Nudge, Nudges, Surroundings, probe};

/// A URL that worked is asked once more before it is said to be out of reach.
const SECOND_LOOK: Duration = Duration::from_secs(2);

/// Looks until `stop`.
pub(super) async fn run(
    url: String,
    surroundings: &Surroundings,
    mut report: Report,
    mut nudges: Nudges<'_>,
    stop: CancellationToken,
) {
    let tempo = &surroundings.tempo;
    let mut backoff = Backoff::new(tempo.longest_wait);
    let mut doubted = false;
    report.url(&url);
    loop {
        let challenge = (surroundings.challenge)();
        let asked = probe::prove(&url, &challenge, None, tempo.probe, surroundings.now);
        let outcome = tokio::select! {
            outcome = asked => outcome,
            () = stop.cancelled() => return,
        };
        let wait = match outcome {
            Ok(proof) => {
                report.online(proof);
                backoff.reset();
                doubted = false;
                tempo.probe_own
            }
            Err(_) if report.is_online() && !doubted => {
                doubted = true;
                SECOND_LOOK.min(tempo.longest_wait)
            }
            Err(trouble) => {
                let cure = trouble::cure(trouble.kind);
                report.failed(trouble);
                match cure {
                    Cure::Retry | Cure::Tell => backoff.next(),
                    Cure::TellAndRetry(wait) => wait.min(tempo.longest_wait),
                }
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            // Whatever the reason, looking is all there is to do.
            nudge = nudges.next() => {
                if let Nudge::Woke(since) = nudge {
                    report.slept(since);
                }
            }
            () = stop.cancelled() => return,
        }
    }
}
