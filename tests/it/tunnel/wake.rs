//! A computer that was asleep, told by a clock that jumps.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use bluetick_core::chat::time::Timestamp;
use bluetick_core::chat::view::{TroubleKind, UrlStatus};
use bluetick_core::engine;
use bluetick_core::tunnel::{
    self, Challenge, NgrokPlan, Plan, Roots, State, Surroundings, Tempo, Token,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::{TOKEN, hasty};
use crate::edge::Edge;
use crate::support::wait::PATIENCE;

/// How far the clock of this test is ahead, in milliseconds.
static SLEPT: AtomicI64 = AtomicI64::new(0);

const NIGHT: i64 = 9 * 60 * 60 * 1_000;

fn now() -> Timestamp {
    Timestamp::from_millis(engine::now().millis() + SLEPT.load(Ordering::SeqCst))
}

/// Answers every question with the one right answer.
async fn answer(mut visits: mpsc::Receiver<tunnel::Visit>) {
    while let Some((mut stream, _)) = visits.recv().await {
        tokio::spawn(async move {
            let mut request = [0; 2048];
            // Whoever goes away has no use for an answer.
            let _ = stream.read(&mut request).await;
            let _ = stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n42")
                .await;
            let _ = stream.shutdown().await;
        });
    }
}

async fn until(states: &mut watch::Receiver<State>, enough: impl FnMut(&State) -> bool) -> State {
    let state = timeout(PATIENCE, states.wait_for(enough)).await;
    let state = state.expect("it comes in time").expect("it is told");
    state.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_sleep_it_connects_anew_at_once() {
    let edge = Edge::start().await;
    let certificate = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(certificate.path(), edge.ca_pem()).expect("it can be written");
    let (state, mut states) = watch::channel(State::default());
    let surroundings = Surroundings {
        now,
        challenge: Arc::new(|| Challenge {
            path: "/question".to_owned(),
            answer: "42".to_owned(),
        }),
        state,
        tempo: Tempo {
            tick: Duration::from_millis(50),
            // Nothing but the clock can tell.
            heartbeat: Duration::from_secs(600),
            ..hasty()
        },
    };
    let plan = Plan::Ngrok(NgrokPlan {
        token: Some(Token::new(TOKEN.to_owned())),
        domain: None,
        server: Some(edge.server()),
        roots: Roots::File(certificate.path().to_owned()),
        proxy: None,
    });
    let (visits, visitors) = mpsc::channel(8);
    let (_nudges, nudged) = mpsc::unbounded_channel();
    let stop = CancellationToken::new();
    let answering = tokio::spawn(answer(visitors));
    let running = tokio::spawn(tunnel::run(
        plan,
        surroundings,
        visits,
        nudged,
        stop.clone(),
    ));
    let is_online = |state: &State| matches!(state.status, UrlStatus::Online { .. });
    until(&mut states, is_online).await;
    let connections = edge.count().accepted;

    // The connection of the evening is dead, and nobody was told.
    edge.black_hole();
    let evening = now().millis();
    SLEPT.store(NIGHT, Ordering::SeqCst);
    let morning = until(&mut states, |state| {
        is_online(state) && state.over.is_some()
    })
    .await;
    let (since, trouble) = morning.over.expect("it was waited for");
    assert_eq!(trouble.kind, TroubleKind::Asleep);
    assert!(since.millis() <= evening, "it was away since the evening");
    let UrlStatus::Online { checked_at, .. } = morning.status else {
        panic!("{:?}", morning.status);
    };
    assert!(checked_at >= evening + NIGHT);
    assert_eq!(edge.count().accepted, connections + 1);
    answering.abort();
    stop.cancel();
    running.await.expect("it ends");
}

/// The same for the test of an own URL.
static SLEPT_ELSEWHERE: AtomicI64 = AtomicI64::new(0);

fn now_elsewhere() -> Timestamp {
    Timestamp::from_millis(engine::now().millis() + SLEPT_ELSEWHERE.load(Ordering::SeqCst))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_counts_for_an_own_url_as_well() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("its address");
    let (visits, visitors) = mpsc::channel(8);
    let answering = tokio::spawn(answer(visitors));
    let listening = tokio::spawn(async move {
        while let Ok((stream, peer)) = listener.accept().await {
            let visit: tunnel::Visit = (Box::new(stream), peer);
            // Whoever answers is there until the end.
            let _ = visits.send(visit).await;
        }
    });
    let (state, mut states) = watch::channel(State::default());
    let surroundings = Surroundings {
        now: now_elsewhere,
        challenge: Arc::new(|| Challenge {
            path: "/question".to_owned(),
            answer: "42".to_owned(),
        }),
        state,
        tempo: Tempo {
            tick: Duration::from_millis(50),
            ..hasty()
        },
    };
    let (unused, _) = mpsc::channel(1);
    let (_nudges, nudged) = mpsc::unbounded_channel();
    let stop = CancellationToken::new();
    let plan = Plan::Own(format!("http://{address}"));
    let running = tokio::spawn(tunnel::run(
        plan,
        surroundings,
        unused,
        nudged,
        stop.clone(),
    ));
    let is_online = |state: &State| matches!(state.status, UrlStatus::Online { .. });
    until(&mut states, is_online).await;
    let evening = now_elsewhere().millis();
    SLEPT_ELSEWHERE.store(NIGHT, Ordering::SeqCst);
    let morning = until(&mut states, |state| {
        is_online(state) && state.over.is_some()
    });
    let (since, trouble) = morning.await.over.expect("it was waited for");
    assert_eq!(trouble.kind, TroubleKind::Asleep);
    assert!(since.millis() <= evening, "it was away since the evening");
    stop.cancel();
    running.await.expect("it ends");
    listening.abort();
    answering.abort();
}
