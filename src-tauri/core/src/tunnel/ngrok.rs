//! ngrok, for as long as it is wanted: one session after the other, and the waits between them.

use std::sync::Arc;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::report::Report;
use super::session::{self, End};
use super::trouble::{self, Cure};
use super::{NgrokPlan, Nudge, Nudges, Surroundings, Visit};
use crate::chat::view::TroubleKind;

/// Runs until `stop`.
pub(super) async fn run(
    plan: &NgrokPlan,
    surroundings: &Surroundings,
    mut report: Report,
    visits: mpsc::Sender<Visit>,
    mut nudges: Nudges<'_>,
    stop: CancellationToken,
) {
    // The crate takes the process's choice; somebody else may have made it, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let plan = Arc::new(plan.clone());
    let mut backoff = Backoff::new(surroundings.tempo.longest_wait);
    // Whether the session before was given up although it stood, since nothing came through it.
    let mut unproven = false;
    loop {
        let end = session::run(session::Session {
            plan: &plan,
            surroundings,
            report: &mut report,
            visits: &visits,
            nudges: &mut nudges,
            stop: &stop,
            may_give_up: !unproven,
        })
        .await;
        let (trouble, was_proven) = match end {
            End::Stopped => return,
            End::Unproven(trouble) => {
                unproven = true;
                report.failed(trouble);
                continue;
            }
            End::Failed {
                trouble,
                was_proven,
            } => (trouble, was_proven),
        };
        if was_proven {
            unproven = false;
            backoff.reset();
        }
        let wait = match trouble::cure(trouble.kind) {
            Cure::Retry => Some(backoff.next()),
            Cure::TellAndRetry(wait) => Some(wait.min(wait_limit(trouble.kind, surroundings))),
            Cure::Tell => None,
        };
        report.failed(trouble);
        let waited = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = waited => {}
            nudge = worth_a_try(&mut nudges, wait.is_none()) => {
                tracing::debug!(?nudge, "trying again at once");
            }
            () = stop.cancelled() => return,
        }
    }
}

/// The next nudge that could change anything. What only the user can change is not tried again for a change of the network.
async fn worth_a_try(nudges: &mut Nudges<'_>, only_the_user: bool) -> Nudge {
    loop {
        let nudge = nudges.next().await;
        if nudge == Nudge::Retry || !only_the_user {
            return nudge;
        }
    }
}

/// ngrok's own limits are waited out; everything else is tried as often as anything.
fn wait_limit(kind: TroubleKind, surroundings: &Surroundings) -> std::time::Duration {
    match kind {
        TroubleKind::TooManyAgents | TroubleKind::QuotaUsedUp => std::time::Duration::MAX,
        _ => surroundings.tempo.longest_wait,
    }
}
