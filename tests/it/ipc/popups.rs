//! What the window decides about popups, and of whom it wants to hear.

use serde_json::{Value, json};

use super::{all, app, invoke, start, window};
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};

#[test]
fn the_window_decides_about_popups() {
    let data_dir = DataDir::new();
    let desk = start(&data_dir);
    let engine = tauri::async_runtime::block_on(desk.engine()).expect("the engine starts");
    let hook = engine.hooks()[0].local_url.clone();
    let app = app(desk);
    let main = window(&app, "main");
    let done = |command: &str, arguments: Value| {
        let answer = invoke(&main, command, arguments);
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    };
    let mut settings = done("popup_settings", json!({}));
    assert_eq!(settings["content"], "full");
    settings["content"] = json!("name");
    settings["quiet"] = json!({"from": "22:00", "until": "06:30"});
    settings["keywords"] = json!(["urgent"]);
    done("set_popup_settings", json!({"settings": settings}));
    assert_eq!(done("popup_settings", json!({})), settings);
    settings["keywords"] = json!(["x".repeat(61)]);
    let refused = invoke(&main, "set_popup_settings", json!({"settings": settings}));
    let refused = refused.expect_err("the word is too long");
    assert_eq!(
        refused["message"],
        "a word has at most 60 characters, on one line"
    );

    post(&hook, text("wamid.1", MINA, "Hello").to_string());
    let row = || done("conversations", all())[0].clone();
    let conversation = row()["id"].clone();
    done(
        "mute_conversation",
        json!({"conversation": conversation, "quiet": "always"}),
    );
    assert_eq!(row()["mutedUntil"], 253_402_300_799_000i64);
    done(
        "set_vip",
        json!({"conversation": conversation, "vip": true}),
    );
    assert_eq!(
        (&row()["mutedUntil"], &row()["vip"]),
        (&Value::Null, &json!(true))
    );

    done("pause_popups", json!({"quiet": "hour"}));
    let snapshot = done("subscribe", json!({"events": "__CHANNEL__:9"}));
    assert!(snapshot["popups"]["pausedUntil"].is_i64(), "{snapshot}");
    assert_eq!(snapshot["unreadConversations"], 1);
    done("pause_popups", json!({"quiet": "off"}));
    done("look_at", json!({"conversation": conversation}));
    let none = invoke(&main, "show_sample_popup", json!({}));
    let none = none.expect_err("this engine raises none");
    assert_eq!(none["message"], "this Bluetick shows no notifications");
}
