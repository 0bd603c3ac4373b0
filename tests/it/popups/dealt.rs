//! A popup is there until somebody has dealt with what it tells, and no longer.

use bluetick_core::chat::view::{PopupContent, PopupSettings, Quiet};
use serde_json::{Value, json};

use super::recorder::Recorder;
use super::{Ask, IDA, OMAR, PopupEngine, conversation};
use crate::support::data_dir::DataDir;
use crate::support::payload::{Customer, MINA, NUMBER, envelope, status};
use crate::support::session::{Bus, Desktop};

fn engine_on(bus: &Bus, data_dir: &DataDir) -> PopupEngine {
    PopupEngine::start(data_dir, |command| {
        bus.enter(command);
    })
}

/// Something that a customer does with a message.
fn deed(id: &str, from: Customer, deed: &Value) -> Value {
    let mut item = json!({"from": from.number, "id": id, "timestamp": "1790000100"});
    let fields = deed.as_object().expect("an object").clone();
    item.as_object_mut().expect("an object").extend(fields);
    envelope(&[json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550199", "phone_number_id": NUMBER},
        "messages": [item],
    })])
}

#[test]
fn marked_as_read_on_the_popup_is_read() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "Read this");
    desktop.wait_for_popups(1);
    desktop.mark_popup_as_read();
    desktop.wait_for_popups(0);
    // What comes next is the first that is unread.
    engine.receive("wamid.2", MINA, "And this");
    desktop.wait_for_popups(1);
    assert_eq!(desktop.close_popups()[0].body, "And this");
}

#[test]
fn read_in_the_window_withdraws() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let mut engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "Read this");
    engine.receive("wamid.2", OMAR, "Not this");
    desktop.wait_for_popups(2);
    let mina = conversation(&data_dir, MINA);
    assert_eq!(engine.ask(&Ask::MarkRead(mina)), Value::Null);
    desktop.wait_for_popups(1);
    assert_eq!(
        engine.ask(&Ask::LookAt(Some(conversation(&data_dir, OMAR)))),
        Value::Null
    );
    desktop.wait_for_popups(0);
}

#[test]
fn muting_withdraws_and_is_quiet_until_it_is_over() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let mut engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "Again");
    desktop.wait_for_popups(1);
    let mina = conversation(&data_dir, MINA);
    assert_eq!(engine.ask(&Ask::Mute(mina, Quiet::Always)), Value::Null);
    desktop.wait_for_popups(0);
    engine.receive("wamid.2", MINA, "And again");
    engine.receive("wamid.3", OMAR, "Somebody else");
    desktop.wait_for_popups(1);
    assert_eq!(engine.ask(&Ask::Mute(mina, Quiet::Off)), Value::Null);
    engine.receive("wamid.4", MINA, "Heard");
    desktop.wait_for_popups(2);
    let closed = desktop.close_popups();
    assert!(
        closed.iter().any(|popup| popup.body == "Heard"),
        "{closed:?}"
    );
    assert!(
        !closed.iter().any(|popup| popup.body.contains("And again")),
        "{closed:?}"
    );
}

#[test]
fn a_corrected_message_is_shown_as_it_is_now() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let engine = engine_on(&bus, &data_dir);
    engine.receive("wamid.1", MINA, "First");
    screen.wait_for(&[(MINA.name, "First")]);
    engine.receive("wamid.2", MINA, "Secnd");
    screen.wait_for(&[(MINA.name, "2 new messages\nSecnd")]);
    let edit = json!({"type": "edit", "edit": {
        "original_message_id": "wamid.2", "message": {"type": "text", "text": {"body": "Second"}},
    }});
    engine.deliver(&deed("wamid.edit", MINA, &edit));
    let shown = screen.wait_for(&[(MINA.name, "2 new messages\nSecond")]);
    assert_eq!(
        shown[0].hints["suppress-sound"], "true",
        "a correction is silent"
    );
    for (id, left) in [("wamid.2", Some("First")), ("wamid.1", None)] {
        let revoke = json!({"type": "revoke", "revoke": {"original_message_id": id}});
        engine.deliver(&deed(&format!("{id}.gone"), MINA, &revoke));
        match left {
            Some(body) => screen.wait_for(&[(MINA.name, body)]),
            None => screen.wait_for(&[]),
        };
    }
}

#[test]
fn dismissed_and_expired_are_not_read() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let mut engine = engine_on(&bus, &data_dir);
    engine.receive("wamid.1", MINA, "One");
    screen.wait_for(&[(MINA.name, "One")]);
    const EXPIRED: u32 = 1;
    const DISMISSED: u32 = 2;
    screen.close(MINA.name, EXPIRED);
    engine.receive("wamid.2", MINA, "Two");
    screen.wait_for(&[(MINA.name, "2 new messages\nTwo")]);
    screen.close(MINA.name, DISMISSED);
    engine.receive("wamid.3", MINA, "Three");
    screen.wait_for(&[(MINA.name, "Three")]);
    let details = crate::bluetick::run(&data_dir, &["export"]);
    assert_eq!(details.text().lines().count(), 3);
    assert_eq!(engine.ask(&Ask::Stop), Value::Null);
    screen.wait_for(&[]);
}

#[test]
fn a_message_that_was_not_delivered_is_told_with_the_reason() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let mut engine = engine_on(&bus, &data_dir);
    engine.receive("wamid.1", IDA, "Hello");
    screen.wait_for(&[(IDA.name, "Hello")]);
    let ida = conversation(&data_dir, IDA);
    assert_eq!(engine.ask(&Ask::MarkRead(ida)), Value::Null);
    screen.wait_for(&[]);
    let mut failed = status("wamid.out", IDA, "failed", 1);
    failed["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"] =
        json!([{"code": 131_047, "title": "Re-engagement message"}]);
    engine.deliver(&failed);
    engine.deliver(&failed);
    let (title, body) = (
        "Not delivered to Ida Wren",
        "Re-engagement message (131047)",
    );
    let shown = screen.wait_for(&[(title, body)]);
    assert_eq!(shown[0].actions, ["default"], "there is nothing to read");
    screen.choose(title, "default", None);
    screen.wait_for(&[]);
    let wanted = json!({"clicked": ida});
    while engine.hear() != wanted {}

    let settings = PopupSettings {
        content: PopupContent::Full,
        failures: false,
        ..PopupSettings::default()
    };
    assert_eq!(engine.ask(&Ask::Settings(settings)), Value::Null);
    let mut failed = status("wamid.other", IDA, "failed", 2);
    failed["entry"][0]["changes"][0]["value"]["statuses"][0]["errors"] =
        json!([{"code": 131_026, "title": "Message undeliverable"}]);
    engine.deliver(&failed);
    engine.receive("wamid.2", IDA, "After");
    screen.wait_for(&[(IDA.name, "After")]);
}
