//! One session with ngrok, from its first connection to its end, over any number of connections.

use std::future::{Future, pending};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ::ngrok::prelude::{ConnInfo, EndpointInfo, TunnelBuilder, TunnelCloser, TunnelInfo};
use ::ngrok::tunnel::{AcceptError, HttpTunnel};
use futures_util::TryStreamExt;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::backoff::Backoff;
use super::connector::builder;
use super::line::{Doing, Line};
use super::probe::{self, Proof};
use super::report::Report;
use super::trouble::{self, Cure};
use super::{NgrokPlan, Nudge, Nudges, Surroundings, Visit};
use crate::chat::view::{Trouble, TroubleKind};

/// The waits before the first probes of a fresh connection: ngrok needs a moment until it passes requests on.
const FIRST_PROBES: [Duration; 7] = [
    Duration::ZERO,
    Duration::from_millis(100),
    Duration::from_millis(200),
    Duration::from_millis(400),
    Duration::from_millis(800),
    Duration::from_millis(1_600),
    Duration::from_millis(3_200),
];

/// How long requests that came through the tunnel may take to finish at the end.
const LAST_REQUESTS: Duration = Duration::from_secs(6);

/// How long ngrok may take to hear that this ends.
const FAREWELL: Duration = Duration::from_secs(1);

/// What is shown in ngrok's dashboard. The crate's own text would have the name of this computer in it.
const FORWARDS_TO: &str = "Bluetick";

/// What a session needs.
pub(super) struct Session<'a, 'n> {
    pub(super) plan: &'a Arc<NgrokPlan>,
    pub(super) surroundings: &'a Surroundings,
    pub(super) report: &'a mut Report,
    pub(super) visits: &'a mpsc::Sender<Visit>,
    pub(super) nudges: &'a mut Nudges<'n>,
    pub(super) stop: &'a CancellationToken,
    /// A session through which nothing comes is given up for another one. Not twice in a row: others may get through.
    pub(super) may_give_up: bool,
}

/// How a session ended.
pub(super) enum End {
    /// As it was told.
    Stopped,
    /// It stood, but nothing came through it.
    Unproven(Trouble),
    /// Something was in the way.
    Failed {
        trouble: Trouble,
        /// It had worked before.
        was_proven: bool,
    },
}

/// Runs one session.
pub(super) async fn run(mut session: Session<'_, '_>) -> End {
    let line = Line::new();
    let opened = {
        let mut opening = std::pin::pin!(open(&line, session.plan, session.surroundings));
        loop {
            tokio::select! {
                opened = &mut opening => break opened,
                // The network may be there now: what is being dialed over the one before is dialed anew.
                _ = session.nudges.next() => line.hurry(),
                () = session.stop.cancelled() => {
                    line.close();
                    return End::Stopped;
                }
            }
        }
    };
    let (inner, tunnel) = match opened {
        Ok(opened) => opened,
        Err(trouble) => {
            line.close();
            return End::Failed {
                trouble,
                was_proven: false,
            };
        }
    };
    let url = tunnel.url().trim_end_matches('/').to_owned();
    session.report.url(&url);
    let id = tunnel.id().to_owned();
    let hanging_up = CancellationToken::new();
    let pump = tokio::spawn(pump(tunnel, session.visits.clone(), hanging_up.clone()));
    let end = session.watch(&line, &url, pump, &hanging_up).await;
    if matches!(end, End::Stopped) {
        // The last answers may still be on their way. What is asked after them is heard after them, whatever it is.
        let _ = timeout(FAREWELL, inner.close_tunnel(&id)).await;
    }
    // The crate's own closing would throw away what is not sent yet, and close nothing; see `Line`.
    line.close();
    end
}

/// Connects, and asks for the URL.
async fn open(
    line: &Line,
    plan: &Arc<NgrokPlan>,
    surroundings: &Surroundings,
) -> Result<(::ngrok::Session, HttpTunnel), Trouble> {
    let token = plan.token.as_ref();
    if token.is_none() {
        return Err(Trouble::plain(TroubleKind::NoToken));
    }
    let patience = surroundings.tempo.request;
    let builder = builder(line, plan, surroundings)?;
    // Dialing has its own limits, for as many addresses as there are; this one is for what ngrok answers then.
    let mut doing = line.doing();
    let unanswered = async {
        let stands = doing.wait_for(|doing| matches!(doing, Doing::Standing(_)));
        // The line is here, so this can only be yes.
        let _ = stands.await;
        tokio::time::sleep(patience).await;
    };
    let session = tokio::select! {
        connected = builder.connect() => match connected {
            Ok(session) => session,
            Err(error) => return Err(trouble::of_connect(&error, line.trouble(), token)),
        },
        () = unanswered => return Err(Trouble::plain(TroubleKind::Silent)),
    };
    let mut endpoint = session.http_endpoint();
    endpoint.forwards_to(FORWARDS_TO).pooling_enabled(false);
    if let Some(domain) = &plan.domain {
        endpoint.domain(domain);
    }
    match timeout(patience, endpoint.listen()).await {
        Ok(Ok(tunnel)) => Ok((session, tunnel)),
        Ok(Err(error)) => Err(trouble::of_request(&error, token)),
        Err(_) => Err(Trouble::plain(TroubleKind::Silent)),
    }
}

/// Hands on every connection that comes, until there are no more.
async fn pump(
    mut tunnel: HttpTunnel,
    visits: mpsc::Sender<Visit>,
    hanging_up: CancellationToken,
) -> Option<AcceptError> {
    loop {
        let next = tokio::select! {
            next = tunnel.try_next() => next,
            () = hanging_up.cancelled() => {
                // From now on ngrok answers by itself that nobody is here.
                let _ = timeout(FAREWELL, tunnel.close()).await;
                return None;
            }
        };
        match next {
            Ok(Some(stream)) => {
                let peer = stream.remote_addr();
                let visit = visits.send((Box::new(stream), peer));
                // Nobody takes any more at the end; that comes as the next thing.
                let _ = hanging_up.run_until_cancelled(visit).await;
            }
            Ok(None) => return None,
            Err(error) => return Some(error),
        }
    }
}

/// A probe that is under way or waits for its time.
type Check = Pin<Box<dyn Future<Output = Result<Proof, Trouble>> + Send>>;

impl Session<'_, '_> {
    /// Follows what happens to a session that stands, until it ends.
    async fn watch(
        &mut self,
        line: &Line,
        url: &str,
        mut pump: JoinHandle<Option<AcceptError>>,
        hanging_up: &CancellationToken,
    ) -> End {
        let mut doing = line.doing();
        doing.mark_changed();
        let mut backoff = Backoff::new(self.surroundings.tempo.longest_wait);
        let mut check: Check = Box::pin(pending());
        let (mut failures, mut was_proven) = (0, false);
        // The network may be another one than the connection was made on.
        let (mut doubted, mut connections) = (false, 0);
        loop {
            tokio::select! {
                () = self.stop.cancelled() => {
                    hanging_up.cancel();
                    let _ = (&mut pump).await;
                    let _ = timeout(LAST_REQUESTS, self.visits.closed()).await;
                    return End::Stopped;
                }
                ended = &mut pump => {
                    let token = self.plan.token.as_ref();
                    let trouble = match ended {
                        Ok(Some(error)) => trouble::of_end(&error, line.trouble(), token),
                        Ok(None) | Err(_) => Trouble::plain(TroubleKind::ConnectionLost),
                    };
                    return End::Failed { trouble, was_proven };
                }
                Ok(()) = doing.changed() => {
                    let now = doing.borrow_and_update().clone();
                    check = Box::pin(pending());
                    match now {
                        Doing::Standing(_) => {
                            // What became of an earlier session says nothing about a connection that was made later.
                            self.may_give_up |= connections > 0;
                            connections += 1;
                            (failures, doubted) = (0, false);
                            check = self.check(url, FIRST_PROBES[0]);
                        }
                        // What is known to be out is out for the reason that is known.
                        Doing::Broken if self.report.is_online() => {
                            self.report.lost(Trouble::plain(TroubleKind::ConnectionLost));
                        }
                        Doing::Broken => {}
                        Doing::Dialing(_, Some(trouble)) => self.report.failed(trouble),
                        Doing::Dialing(_, None) => {}
                    }
                }
                outcome = &mut check => match outcome {
                    Ok(proof) => {
                        self.report.online(proof);
                        line.proven();
                        backoff.reset();
                        (failures, was_proven, self.may_give_up) = (0, true, true);
                        doubted = false;
                        check = self.check(url, self.surroundings.tempo.probe_ngrok);
                    }
                    // Making another one takes less time than finding out what is wrong with it.
                    Err(_) if doubted => {
                        doubted = false;
                        line.cut();
                        check = Box::pin(pending());
                    }
                    Err(trouble) => {
                        failures += 1;
                        let wait = match (FIRST_PROBES.get(failures), trouble::cure(trouble.kind)) {
                            (Some(wait), Cure::Retry) => *wait,
                            (_, Cure::TellAndRetry(wait)) => { self.report.failed(trouble); wait }
                            (_, Cure::Retry | Cure::Tell) if self.may_give_up => {
                                hanging_up.cancel();
                                let _ = (&mut pump).await;
                                return End::Unproven(trouble);
                            }
                            (_, Cure::Retry | Cure::Tell) => { self.report.failed(trouble); backoff.next() }
                        };
                        check = self.check(url, wait);
                    }
                },
                nudge = self.nudges.next() => {
                    let stands = matches!(*line.doing().borrow(), Doing::Standing(_));
                    doubted |= stands && nudge == Nudge::Network;
                    if let Some(again) = self.nudged(nudge, line, url) {
                        check = again;
                    }
                }
            }
        }
    }

    /// What a nudge asks for. A connection that stands is looked at; one that is being made is made at once.
    fn nudged(&mut self, nudge: Nudge, line: &Line, url: &str) -> Option<Check> {
        let stands = matches!(*line.doing().borrow(), Doing::Standing(_));
        match nudge {
            Nudge::Woke(since) => {
                // After a sleep it is dead more often than not, and making another takes less time than finding out.
                self.report.slept(since);
                // Unless it was proven since.
                if self.report.is_online() {
                    return None;
                }
                if stands {
                    line.cut();
                } else {
                    line.hurry();
                }
                None
            }
            Nudge::Network | Nudge::Retry if stands => Some(self.check(url, Duration::ZERO)),
            Nudge::Network | Nudge::Retry => {
                line.hurry();
                None
            }
        }
    }

    /// Asks the public URL after a while.
    fn check(&self, url: &str, after: Duration) -> Check {
        let surroundings = self.surroundings.clone();
        let (url, proxy) = (url.to_owned(), self.plan.proxy.clone());
        Box::pin(async move {
            tokio::time::sleep(after).await;
            let challenge = (surroundings.challenge)();
            let patience = surroundings.tempo.probe;
            probe::prove(&url, &challenge, proxy.as_ref(), patience, surroundings.now).await
        })
    }
}
