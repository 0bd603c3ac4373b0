//! A thousand messages in fifty conversations within five seconds, with popups and without, in turns.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bluetick_core::engine::{Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::tunnel::Tempo;

use crate::percentile;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, text};
use crate::support::process::Running;
use crate::support::session::Desktop;

const MESSAGES: usize = 1_000;
const CONVERSATIONS: usize = 50;
const SENDERS: usize = 4;
const WITHIN: Duration = Duration::from_secs(5);
const TURNS: usize = 5;

const ENGINE: &str = "BLUETICK_BENCH_ENGINE";
const POPUPS: &str = "BLUETICK_BENCH_POPUPS";

/// Runs as the engine, if this process was started as one. Says whether it was.
pub(crate) fn is_engine() -> bool {
    let Some(data_dir) = std::env::var_os(ENGINE) else {
        return false;
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (clicks, _clicked) = tokio::sync::mpsc::unbounded_channel();
        let with_popups = std::env::var_os(POPUPS).is_some();
        let started = Engine::start(Options {
            data_dir: Path::new(&data_dir).into(),
            listening: Listening::At(([127, 0, 0, 1], 0).into()),
            popups: with_popups.then_some(clicks),
            tempo: Tempo::default(),
        });
        let engine = started.await.expect("the engine starts");
        println!("{}", engine.hooks()[0].local_url);
        std::future::pending::<()>().await;
    });
    true
}

/// Measures and prints.
pub(crate) fn measure() {
    println!(
        "Acknowledgements of {MESSAGES} messages in {CONVERSATIONS} conversations within {WITHIN:?}:"
    );
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for turn in 0..TURNS {
        // The one that comes second may find a warmer machine, so they take turns in that, too.
        for popups in [turn % 2 == 0, turn % 2 != 0] {
            let mut took = run(popups);
            let percentiles = (percentile(&mut took, 50), percentile(&mut took, 99));
            println!(
                "  turn {turn}, popups {popups}: p50 {:?}, p99 {:?}",
                percentiles.0, percentiles.1
            );
            if popups { &mut with } else { &mut without }.push(percentiles);
        }
    }
    for (what, turns) in [("with popups", with), ("without", without)] {
        let mut p50s: Vec<_> = turns.iter().map(|(p50, _)| *p50).collect();
        let mut p99s: Vec<_> = turns.iter().map(|(_, p99)| *p99).collect();
        println!(
            "  median of turns, {what}: p50 {:?}, p99 {:?}",
            percentile(&mut p50s, 50),
            percentile(&mut p99s, 50)
        );
    }
}

fn run(popups: bool) -> Vec<Duration> {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let mut command = Command::new(std::env::current_exe().expect("a benchmark knows where it is"));
    command.env(ENGINE, data_dir.path()).stderr(Stdio::null());
    if popups {
        command.env(POPUPS, "1");
    }
    let (_engine, hook, _) = Running::spawn_and_hear(desktop.enter(&mut command));
    let began = Instant::now();
    let senders: Vec<_> = (0..SENDERS)
        .map(|sender| {
            let hook = hook.clone();
            std::thread::spawn(move || send(&hook, sender, began))
        })
        .collect();
    senders
        .into_iter()
        .flat_map(|sender| sender.join().expect("each was answered"))
        .collect()
}

fn send(hook: &str, sender: usize, began: Instant) -> Vec<Duration> {
    let mine = (0..MESSAGES).filter(|number| number % SENDERS == sender);
    mine.map(|number| {
        let who = number % CONVERSATIONS;
        let from = Customer {
            number: format!("155502{who:02}").leak(),
            name: format!("Person {who}").leak(),
        };
        let body = text(
            &format!("wamid.{number}"),
            from,
            &format!("Number {number}"),
        )
        .to_string();
        let due = began
            + WITHIN * u32::try_from(number).unwrap_or(0) / u32::try_from(MESSAGES).unwrap_or(1);
        // Evenly over the time, as messages come.
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let asked = Instant::now();
        assert_eq!(post(hook, body).status, 200);
        asked.elapsed()
    })
    .collect()
}
