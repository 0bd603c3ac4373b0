//! Killed between the commit and the popup.

use super::recorder::Recorder;
use super::{IDA, OMAR, PopupEngine};
use crate::bluetick::Serve;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, MINA, text};
use crate::support::session::Bus;

/// Keeps messages without telling anybody: a process that is killed between the two leaves the same.
fn receive_untold(data_dir: &DataDir, messages: &[(&str, Customer, &str)]) {
    let plain = Serve::start(data_dir);
    for (id, from, words) in messages {
        assert_eq!(
            post(&plain.hook, text(id, *from, words).to_string()).status,
            200
        );
    }
    plain.stop();
}

fn on(bus: &Bus, data_dir: &DataDir) -> PopupEngine {
    PopupEngine::start(data_dir, |command| {
        bus.enter(command);
    })
}

#[test]
fn what_was_not_told_is_told_once_after_it() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    receive_untold(
        &data_dir,
        &[
            ("wamid.1", MINA, "One"),
            ("wamid.2", OMAR, "Two"),
            ("wamid.3", MINA, "Three"),
        ],
    );
    let screen = Recorder::start(&bus);
    let engine = on(&bus, &data_dir);
    screen.wait_for(&[("New messages", "3 messages in 2 chats")]);
    engine.receive("wamid.4", IDA, "Four");
    let both = [
        ("New messages", "3 messages in 2 chats"),
        (IDA.name, "Four"),
    ];
    screen.wait_for(&both);
    // Killed, not stopped: nothing is tidied up.
    drop(engine);
    drop(screen);
    let screen = Recorder::start(&bus);
    let engine = on(&bus, &data_dir);
    engine.receive("wamid.5", OMAR, "Five");
    screen.wait_for(&[(OMAR.name, "Five")]);
}

#[test]
fn killed_while_messages_come_in_tells_of_each_that_was_confirmed() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    // Nobody takes popups, so that everything that was confirmed is untold when it is killed.
    let engine = on(&bus, &data_dir);
    for number in 0..50 {
        let from = [MINA, OMAR, IDA][number % 3];
        engine.receive(&format!("wamid.{number}"), from, "Confirmed");
    }
    drop(engine);
    let screen = Recorder::start(&bus);
    let engine = on(&bus, &data_dir);
    screen.wait_for(&[("New messages", "50 messages in 3 chats")]);
    drop(engine);
    drop(screen);
    let screen = Recorder::start(&bus);
    let engine = on(&bus, &data_dir);
    engine.receive("wamid.after", MINA, "After");
    screen.wait_for(&[(MINA.name, "After")]);
}

#[test]
fn one_conversation_needs_no_summary() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let messages = [("wamid.1", MINA, "One"), ("wamid.2", MINA, "Two")];
    receive_untold(&data_dir, &messages);
    let screen = Recorder::start(&bus);
    let _engine = on(&bus, &data_dir);
    screen.wait_for(&[(MINA.name, "2 new messages\nTwo")]);
}
