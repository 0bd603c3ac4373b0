//! When to be quiet, and how much to say.

use bluetick_core::chat::view::{PopupContent, PopupSettings, Quiet, QuietHours, TimeOfDay};
use serde_json::{Value, json};

use super::recorder::Recorder;
use super::{Ask, IDA, OMAR, PopupEngine, conversation};
use crate::support::data_dir::DataDir;
use crate::support::payload::MINA;
use crate::support::session::Bus;

fn start() -> (Bus, DataDir, Recorder, PopupEngine) {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    (bus, data_dir, screen, engine)
}

#[test]
fn a_popup_says_as_much_as_is_wanted_from_that_moment_on() {
    let (_bus, _data_dir, screen, mut engine) = start();
    engine.receive("wamid.1", MINA, "A secret");
    let full = screen.wait_for(&[(MINA.name, "A secret")]);
    assert_eq!(full[0].actions, ["default", "mark-read"]);
    assert_eq!(full[0].hints["category"], "\"im.received\"");
    assert_eq!(full[0].hints["desktop-entry"], "\"bluetick-desktop\"");
    let face = full[0].hints["image-path"].trim_matches('"').to_owned();
    let picture = std::fs::read(face).expect("the picture is there");
    assert!(picture.starts_with(b"\x89PNG"));
    for (content, title, body) in [
        (PopupContent::Name, MINA.name, "New message"),
        (PopupContent::Generic, "Bluetick", "New message"),
    ] {
        let settings = PopupSettings {
            content,
            buttons: false,
            ..PopupSettings::default()
        };
        assert_eq!(engine.ask(&Ask::Settings(settings)), Value::Null);
        let shown = screen.wait_for(&[(title, body)]);
        assert_eq!(shown[0].actions, ["default"]);
        let has_face = shown[0].hints.contains_key("image-path");
        assert_eq!(has_face, content == PopupContent::Name);
    }
    let off = PopupSettings {
        content: PopupContent::Off,
        ..PopupSettings::default()
    };
    assert_eq!(engine.ask(&Ask::Settings(off)), Value::Null);
    screen.wait_for(&[]);
}

#[test]
fn who_is_looked_at_needs_no_popup() {
    let (_bus, data_dir, screen, mut engine) = start();
    engine.receive("wamid.1", MINA, "One");
    screen.wait_for(&[(MINA.name, "One")]);
    let mina = conversation(&data_dir, MINA);
    engine.ask(&Ask::LookAt(Some(mina)));
    screen.wait_for(&[]);
    engine.receive("wamid.2", MINA, "Seen at once");
    engine.receive("wamid.3", OMAR, "Not seen");
    let title = screen.wait_until("the other one is shown", |shown| shown.len() == 1)[0]
        .title
        .clone();
    assert_eq!(title, OMAR.name);
    engine.ask(&Ask::LookAt(None));
    engine.receive("wamid.4", MINA, "Nobody looks");
    screen.wait_for(&[(MINA.name, "Nobody looks"), (OMAR.name, "Not seen")]);
}

#[test]
fn quiet_hours_have_exceptions_and_a_pause_has_none() {
    let (_bus, data_dir, screen, mut engine) = start();
    // The whole day is night here, wherever this runs.
    let midnight: TimeOfDay = "00:00".parse().expect("a time");
    let night = PopupSettings {
        quiet: Some(QuietHours {
            from: midnight,
            until: midnight,
        }),
        keywords: vec!["fire".to_owned()],
        ..PopupSettings::default()
    };
    assert_eq!(engine.ask(&Ask::Settings(night)), Value::Null);
    engine.receive("wamid.1", MINA, "Can wait");
    engine.receive("wamid.2", OMAR, "FIRE!");
    screen.wait_for(&[(OMAR.name, "FIRE!")]);
    assert_eq!(
        engine.ask(&Ask::Vip(conversation(&data_dir, MINA))),
        Value::Null
    );
    engine.receive("wamid.3", MINA, "From a VIP");
    screen.wait_for(&[(OMAR.name, "FIRE!"), (MINA.name, "From a VIP")]);

    assert_eq!(engine.ask(&Ask::Pause(Quiet::Hour)), Value::Null);
    engine.receive("wamid.4", OMAR, "Fire again");
    assert_eq!(engine.ask(&Ask::Pause(Quiet::Off)), Value::Null);
    engine.receive("wamid.5", IDA, "Fire here");
    screen.wait_for(&[
        (OMAR.name, "FIRE!"),
        (MINA.name, "From a VIP"),
        (IDA.name, "Fire here"),
    ]);
}

#[test]
fn a_pause_is_told_to_the_window_and_outlives_a_restart() {
    let (bus, data_dir, _screen, mut engine) = start();
    assert_eq!(engine.ask(&Ask::Pause(Quiet::Hour)), Value::Null);
    assert_eq!(engine.ask(&Ask::Stop), Value::Null);
    drop(engine);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    engine.receive("wamid.1", MINA, "Still paused");
    let settings = std::fs::read_to_string(data_dir.path().join("settings.toml"));
    let settings = settings.expect("there are settings");
    assert!(settings.contains("popups-paused-until"), "{settings}");
}

#[test]
fn a_sample_says_what_popups_look_like_or_why_there_are_none() {
    let (_bus, _data_dir, screen, mut engine) = start();
    assert_eq!(engine.ask(&Ask::Sample), Value::Null);
    screen.wait_for(&[("Maya Lindqvist", "This is what a new message looks like.")]);
    screen.choose("Maya Lindqvist", "default", None);
    screen.wait_for(&[]);
    while engine.hear() != json!({"clicked": null}) {}

    let nobody = (Bus::start(), DataDir::new());
    let mut engine = PopupEngine::start(&nobody.1, |command| {
        nobody.0.enter(command);
    });
    let reason = engine.ask(&Ask::Sample);
    let reason = reason.as_str().expect("a reason");
    assert!(reason.contains("org.freedesktop.Notifications"), "{reason}");
}
