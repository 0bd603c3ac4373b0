//! A thousand messages at once.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{Ask, PopupEngine};
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, text};
use crate::support::session::Desktop;
use crate::support::wait::eventually;

const MESSAGES: usize = 1_000;
const CONVERSATIONS: usize = 50;
const SENDERS: usize = 10;

/// Open files and threads of a process.
fn held(id: u32) -> (usize, usize) {
    let count = |what: &str| {
        let entries = fs::read_dir(format!("/proc/{id}/{what}"));
        entries.expect("the process runs").count()
    };
    (count("fd"), count("task"))
}

/// Posts everything and says how long each answer took, the longest last.
fn storm(hook: &str) -> Vec<Duration> {
    let hook: Arc<str> = hook.into();
    let senders = (0..SENDERS).map(|sender| {
        let hook = hook.clone();
        std::thread::spawn(move || {
            let mine = (0..MESSAGES).filter(|number| number % SENDERS == sender);
            mine.map(|number| {
                let who = number % CONVERSATIONS;
                let name: &'static str = format!("Person {who}").leak();
                let from = Customer {
                    number: format!("155502{who:02}").leak(),
                    name,
                };
                let body = text(
                    &format!("wamid.{number}"),
                    from,
                    &format!("Number {number}"),
                );
                let asked = Instant::now();
                assert_eq!(post(&hook, body.to_string()).status, 200);
                asked.elapsed()
            })
            .collect::<Vec<_>>()
        })
    });
    let senders: Vec<_> = senders.collect();
    let mut took: Vec<Duration> = senders
        .into_iter()
        .flat_map(|sender| sender.join().expect("each was answered"))
        .collect();
    took.sort_unstable();
    took
}

#[test]
fn a_storm_is_one_popup_and_costs_nothing() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let mut engine = PopupEngine::on(&desktop, &data_dir);
    // Everything that is opened once is open now.
    assert_eq!(engine.ask(&Ask::Sample), Value::Null);
    desktop.wait_for_popups(1);
    desktop.close_popups();
    desktop.wait_for_popups(0);
    let (files, threads) = held(engine.process.id());
    let told = desktop.overhear();
    let began = Instant::now();
    let mut most_shown = 0;
    let hook = engine.hook.clone();
    let posting = std::thread::spawn(move || storm(&hook));
    while !posting.is_finished() {
        most_shown = most_shown.max(desktop.popup_count().unwrap_or(0));
    }
    let took = posting.join().expect("everything was posted");
    println!(
        "{MESSAGES} messages in {:?}, p50 {:?}, p99 {:?}",
        began.elapsed(),
        took[MESSAGES / 2],
        took[MESSAGES * 99 / 100]
    );
    assert!(most_shown <= 10, "{most_shown} popups at a time");
    // Everything was handed in, so after a second the summary tells of all of it.
    told.wait_for(&[&format!("\"{MESSAGES} messages in {CONVERSATIONS} chats\"")]);
    desktop.wait_for_popups(1);
    eventually("nothing of it is held", || {
        let (files_now, threads_now) = held(engine.process.id());
        // Readers of the archive are kept for the next question.
        (files_now <= files + 16 && threads_now <= threads + 8).then_some(())
    });
}
