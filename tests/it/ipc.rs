//! The window's commands, against the permissions that are built into the app, without a display.

mod popups;

use bluetick_core::engine::Options;
use bluetick_core::receiver::Listening;
use bluetick_core::store::Lock;
use bluetick_desktop_lib::desk::{Desk, context, wire};
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow, WebviewWindowBuilder};

use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};

/// Where a page of the app comes from.
const PAGE: &str = if cfg!(windows) {
    "http://tauri.localhost"
} else {
    "tauri://localhost"
};

fn start(data_dir: &DataDir) -> Desk {
    let options = Options {
        data_dir: data_dir.path().to_owned(),
        listening: Listening::At(([127, 0, 0, 1], 0).into()),
        popups: None,
        tempo: bluetick_core::tunnel::Tempo::default(),
    };
    tauri::async_runtime::block_on(Desk::start(options))
}

fn app(desk: Desk) -> App<MockRuntime> {
    wire(mock_builder(), desk)
        .build(context())
        .expect("the app is put together")
}

fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
    WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default())
        .build()
        .expect("a window opens")
}

fn invoke_from(
    window: &WebviewWindow<MockRuntime>,
    page: &str,
    command: &str,
    arguments: Value,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().expect("a URL"),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request)
        .map(|body| body.deserialize().expect("commands answer with JSON"))
}

fn invoke(
    window: &WebviewWindow<MockRuntime>,
    command: &str,
    arguments: Value,
) -> Result<Value, Value> {
    invoke_from(window, PAGE, command, arguments)
}

fn all() -> Value {
    json!({"query": {"filter": "all", "channel": null, "after": null}})
}

#[test]
fn the_window_reads_and_marks_as_read() {
    let data_dir = DataDir::new();
    let desk = start(&data_dir);
    let engine = tauri::async_runtime::block_on(desk.engine()).expect("the engine starts");
    let hook = engine.hooks()[0].local_url.clone();
    let body = text("wamid.ipc", MINA, "Fresh figs today?").to_string();
    assert_eq!(post(&hook, body).status, 200);
    let app = app(desk);
    let main = window(&app, "main");

    let list = invoke(&main, "conversations", all()).expect("the window may list");
    let row = &list[0];
    assert_eq!(
        (&row["title"], &row["unread"], &row["last"]["preview"]),
        (&json!(MINA.name), &json!(1), &json!("Fresh figs today?"))
    );
    let conversation = &row["id"];

    let page = invoke(
        &main,
        "messages",
        json!({"conversation": conversation, "part": {"kind": "start"}}),
    )
    .expect("the window may read");
    let message = &page["messages"][0];
    assert_eq!(
        (&message["text"], &message["direction"], &message["unread"]),
        (&json!("Fresh figs today?"), &json!("in"), &json!(true))
    );
    assert_eq!(page["firstUnread"], message["id"]);
    assert_eq!(
        (&page["hasOlder"], &page["hasNewer"]),
        (&json!(false), &json!(false))
    );

    let details = invoke(&main, "message_details", json!({"message": message["id"]}));
    assert_eq!(
        details.expect("the window may look closer")["wamid"],
        "wamid.ipc"
    );

    let found = invoke(&main, "search", json!({"text": "figs"})).expect("the window may search");
    assert_eq!(found["messages"][0]["message"], message["id"]);

    let snapshot = invoke(&main, "subscribe", json!({"events": "__CHANNEL__:7"}))
        .expect("the window may subscribe");
    assert_eq!(snapshot["hooks"][0]["localUrl"], hook);
    assert_eq!(snapshot["unreadConversations"], 1);

    invoke(&main, "mark_read", json!({"conversation": conversation}))
        .expect("the window may mark as read");
    let row = invoke(&main, "conversation", json!({"id": conversation}));
    assert_eq!(row.expect("the window may read one line")["unread"], 0);
}

#[test]
fn the_window_can_try_its_own_hook() {
    let data_dir = DataDir::new();
    let app = app(start(&data_dir));
    let main = window(&app, "main");
    let outcome = invoke(&main, "send_test", json!({})).expect("the window may try");
    assert_eq!(outcome["httpStatus"], 200);
    assert_eq!(
        outcome["body"],
        r#"{"statusCode":2000,"statusMessage":"OK"}"#
    );
    let list = invoke(&main, "conversations", all()).expect("the window may list");
    assert_eq!(list[0]["title"], "Bluetick test");
}

#[test]
fn the_window_looks_into_the_event_log() {
    let data_dir = DataDir::new();
    let desk = start(&data_dir);
    let engine = tauri::async_runtime::block_on(desk.engine()).expect("the engine starts");
    let hook = engine.hooks()[0].local_url.clone();
    let ban = json!({"object": "whatsapp_business_account", "entry": [{"id": "200", "changes": [{
        "field": "account_update", "value": {"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}},
    }]}]});
    assert_eq!(post(&hook, ban.to_string()).status, 200);
    assert_eq!(post(&hook, r#"{"weather":"rain"}"#).status, 200);
    let app = app(desk);
    let main = window(&app, "main");

    let log = |outcome: Value| {
        let query = json!({"query": {"outcome": outcome, "before": null}});
        invoke(&main, "event_log", query).expect("the window may read the log")
    };
    let all = log(Value::Null);
    assert_eq!(all.as_array().map(Vec::len), Some(2));
    assert_eq!(
        all[1]["lines"],
        json!(["WhatsApp disabled the WhatsApp Business account"])
    );
    let unread = log(json!("unread"));
    assert_eq!(unread.as_array().map(Vec::len), Some(1));
    let body = invoke(&main, "delivery_body", json!({"id": unread[0]["id"]}));
    assert_eq!(body, Ok(json!(r#"{"weather":"rain"}"#)));

    let notices = |number| {
        let channel = format!("__CHANNEL__:{number}");
        let snapshot = invoke(&main, "subscribe", json!({"events": channel}));
        snapshot.expect("the window may subscribe")["notices"].clone()
    };
    let told = notices(7);
    assert_eq!(
        told[0]["line"],
        "WhatsApp disabled the WhatsApp Business account"
    );
    invoke(&main, "dismiss_notice", json!({"id": told[0]["id"]})).expect("the user knows");
    assert_eq!(notices(8), json!([]));

    invoke(&main, "start_reread", json!({})).expect("the window may start it");
    invoke(&main, "stop_reread", json!({})).expect("and stop it");
}

#[test]
fn files_and_links_are_fetched_only_from_where_they_may() {
    let data_dir = DataDir::new();
    let desk = start(&data_dir);
    let engine = tauri::async_runtime::block_on(desk.engine()).expect("the engine starts");
    let hook = engine.hooks()[0].local_url.clone();
    let mut photo = text("wamid.photo", MINA, "");
    let item = &mut photo["entry"][0]["changes"][0]["value"]["messages"][0];
    item["type"] = json!("image");
    item["image"] = json!({"id": "77", "mime_type": "image/jpeg"});
    assert_eq!(post(&hook, photo.to_string()).status, 200);
    photo["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = json!("wamid.inside");
    photo["entry"][0]["changes"][0]["value"]["messages"][0]["image"] =
        json!({"url": "https://127.0.0.1/secret"});
    assert_eq!(post(&hook, photo.to_string()).status, 200);
    let app = app(desk);
    let main = window(&app, "main");
    let state = invoke(&main, "media_state", json!({"message": 1}));
    assert_eq!(
        state,
        Ok(json!({"kind": "remote"})),
        "nothing is fetched by itself"
    );
    let refused = |message| {
        let answer = invoke(&main, "download_media", json!({"message": message}));
        answer.expect_err("it cannot be had")
    };
    assert_eq!(refused(1)["code"], "mediaToken", "{}", refused(1));
    assert_eq!(refused(2)["code"], "failed", "{}", refused(2));
    assert_eq!(refused(3)["message"], "there is no file 3");
    let token = invoke(&main, "set_media_token", json!({"token": " \n"}));
    assert_eq!(token.expect_err("that is none")["code"], "mediaToken");
    invoke(&main, "set_media_token", json!({"token": "EAAB-secret"})).expect("it is kept");
    let kept = std::fs::read_to_string(data_dir.path().join("secrets.toml")).expect("secrets");
    assert!(
        kept.contains("media-token = \"EAAB-secret\""),
        "beside the others"
    );

    for link in [
        "http://example.com",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https:",
        "x",
    ] {
        let answer = invoke(&main, "open_link", json!({"url": link}));
        assert_eq!(
            answer.expect_err(link)["message"],
            "only https links can be opened"
        );
    }
}

#[test]
fn what_does_not_work_is_said_as_data() {
    let data_dir = DataDir::new();
    let app = app(start(&data_dir));
    let main = window(&app, "main");
    let refused = invoke(&main, "conversation", json!({"id": 99}));
    assert_eq!(
        refused,
        Err(json!({"code": "failed", "message": "there is no conversation 99"}))
    );
}

#[test]
fn nobody_else_may_ask_anything() {
    let data_dir = DataDir::new();
    let app = app(start(&data_dir));
    let main = window(&app, "main");
    let other = window(&app, "other");
    let denied = invoke(&other, "conversations", all()).expect_err("another window is denied");
    assert!(denied.to_string().contains("not allowed"), "{denied}");

    let elsewhere = invoke_from(&main, "https://example.com", "conversations", all());
    let denied = elsewhere.expect_err("another page in our window is denied");
    assert!(denied.to_string().contains("not allowed"), "{denied}");

    for command in [
        "open_anything",
        "plugin:fs|read_file",
        "plugin:window|close",
    ] {
        let denied = invoke(&main, command, json!({})).expect_err(command);
        assert!(
            denied.is_string(),
            "{command} is unknown to the desk: {denied}"
        );
    }
}

#[test]
fn without_an_engine_the_window_learns_why() {
    let data_dir = DataDir::new();
    let other = Lock::take(data_dir.path()).expect("nobody else has it");
    let app = app(start(&data_dir));
    let main = window(&app, "main");
    let reason = format!(
        "{} is in use by another Bluetick",
        data_dir.path().display()
    );
    let expected = json!({"code": "notStarted", "message": reason});
    for (command, arguments) in [
        ("subscribe", json!({"events": "__CHANNEL__:7"})),
        ("conversations", all()),
        ("send_test", json!({})),
    ] {
        assert_eq!(
            invoke(&main, command, arguments),
            Err(expected.clone()),
            "{command}"
        );
    }
    drop(other);
    let snapshot = invoke(&main, "subscribe", json!({"events": "__CHANNEL__:8"}));
    let snapshot = snapshot.expect("what was in the way is gone, and it is tried again");
    assert_eq!(snapshot["conversations"], json!([]));
}

#[test]
fn the_window_sees_to_the_addresses_and_the_public_url() {
    let data_dir = DataDir::new();
    let desk = start(&data_dir);
    let engine = tauri::async_runtime::block_on(desk.engine()).expect("the engine starts");
    let app = app(desk);
    let main = window(&app, "main");
    let done = |command: &str, arguments: Value| {
        let answer = invoke(&main, command, arguments);
        answer.unwrap_or_else(|error| panic!("{command}: {error}"))
    };
    let label_and_url = || {
        let hooks = engine.hooks();
        hooks
            .into_iter()
            .map(|hook| (hook.label, hook.local_url))
            .collect::<Vec<_>>()
    };
    done("add_hook", json!({"label": "Support"}));
    let before = label_and_url();
    // As the page sends it: what stays is null.
    let change = json!({
        "label": "Sales", "requireSignature": true, "appSecret": "s3cret", "verifyToken": null,
        "statusCodeAsText": null,
    });
    done("change_hook", json!({"label": "Support", "change": change}));
    let after = label_and_url();
    assert_eq!(after[1], ("Sales".to_owned(), before[1].1.clone()));
    let hook = engine.hooks().remove(1);
    assert!(hook.require_signature && hook.has_app_secret);
    done("rotate_hook", json!({"label": "Sales", "graceHours": 24}));
    let hook = engine.hooks().remove(1);
    assert_ne!(hook.local_url, before[1].1);
    assert_eq!(hook.former_until.len(), 1);
    assert_eq!(
        post(&before[1].1, "{}").status,
        401,
        "still an address, but unsigned"
    );
    done("remove_hook", json!({"label": "Sales"}));
    assert_eq!(post(&before[1].1, "{}").status, 404);
    let last = invoke(&main, "remove_hook", json!({"label": "default"}));
    assert_eq!(last.expect_err("the last one")["code"], "failed");

    let change = json!({
        "way": "own", "token": null, "domain": null, "ownUrl": "http://example.com",
        "systemCertificates": null, "proxy": null, "quota": null,
    });
    let refused = invoke(&main, "set_public_url", json!({"change": change}));
    let refused = refused.expect_err("no https");
    assert!(
        refused["message"].to_string().contains("https"),
        "{refused}"
    );
    assert_eq!(done("public_url_setup", json!({}))["way"], "off");
    for command in [
        "retry_public_url",
        "network_changed",
        "settle_public_url",
        "dismiss_back_again",
    ] {
        assert_eq!(done(command, json!({})), Value::Null, "{command}");
    }
    assert_eq!(done("outages", json!({})), json!([]));
}
