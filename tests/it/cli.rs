//! The command line of `design/interface.md`: what scripts rely on.

use std::fs;

use serde_json::{Value, json};

use crate::bluetick::{Serve, command, json_lines, messages, run, signal};
use crate::support::data_dir::DataDir;
use crate::support::http::{Connection, parts, post, post_request};
use crate::support::payload::{Customer, MINA, status, text};
use crate::support::process::Running;
use crate::support::wait::eventually;

const OMAR: Customer = Customer {
    number: "15550144",
    name: "Omar Lind",
};

#[test]
fn serve_says_where_it_listens_and_what_comes() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    assert_eq!(serve.listening["event"], "listening");
    assert_eq!(serve.listening["address"], address);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    assert!(path.starts_with("/hook/"), "{path}");

    post(&serve.hook, text("wamid.in", MINA, "Hello?").to_string());
    let message = serve.next_event();
    assert_eq!(
        (&message["event"], &message["text"]),
        (&json!("message"), &json!("Hello?"))
    );
    assert_eq!(message["contact"]["name"], MINA.name);

    post(
        &serve.hook,
        status("wamid.out", MINA, "delivered", 1).to_string(),
    );
    let step = serve.next_event();
    assert_eq!(step["event"], "status", "{step}");
    assert_eq!(
        (&step["id"], &step["status"]),
        (&json!("wamid.out"), &json!("delivered"))
    );

    post(&serve.hook, r#"{"weather":"rain"}"#);
    let unread = serve.next_event();
    assert_eq!(unread["event"], "unread", "{unread}");
    serve.stop();
}

#[test]
fn sigterm_lets_a_request_under_way_finish() {
    let data_dir = DataDir::new();
    let mut serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    let body = text("wamid.last", MINA, "The last one").to_string();
    let mut connection = Connection::open(address).expect("somebody listens");
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    connection.send(head.as_bytes()).expect("the head is taken");
    let go_on = connection.answer().expect("the body is asked for");
    assert_eq!(go_on.status, 100, "the request is under way");

    signal(serve.process.id(), "TERM");
    eventually("nobody listens any more", || {
        Connection::open(address).err()
    });
    connection
        .send(body.as_bytes())
        .expect("the body is still taken");
    let answer = connection.answer().expect("and still answered");
    assert_eq!(answer.status, 200);
    let code = eventually("serve ends", || serve.process.exit_code());
    assert_eq!(code, 0);
    assert_eq!(messages(&data_dir)[0]["id"], "wamid.last");
}

#[test]
fn a_data_directory_has_one_engine() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let second = run(&data_dir, &["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(second.code, Some(3), "{}", second.errors);
    assert!(second.errors.contains("in use"), "{}", second.errors);
    let change = run(&data_dir, &["address", "--status-code", "text"]);
    assert_eq!(
        change.code,
        Some(3),
        "settings are not changed under a running engine"
    );
    assert_eq!(
        post(&serve.hook, "{}").status,
        200,
        "the first one is unharmed"
    );
}

#[test]
fn wrong_usage_is_told_apart_from_failure() {
    let data_dir = DataDir::new();
    for arguments in [
        &["fly"][..],
        &[],
        &["serve", "--listen", "somewhere"],
        &["export", "--format", "papyrus"],
        &["export", "--since", "yesterday"],
        &["deliveries", "--raw", "first"],
        &["send-test", "--kind", "video"],
    ] {
        let ran = run(&data_dir, arguments);
        assert_eq!(ran.code, Some(2), "{arguments:?}: {}", ran.errors);
    }
    let nothing_there = run(&data_dir, &["export"]);
    assert_eq!(nothing_there.code, Some(1), "there is no archive yet");
    assert!(
        nothing_there.errors.contains("no archive"),
        "{}",
        nothing_there.errors
    );
}

#[test]
fn export_takes_a_part_beside_a_running_engine() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let mut early = text("wamid.early", MINA, "Early");
    early["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"] = json!("1700000000");
    post(&serve.hook, early.to_string());
    post(&serve.hook, text("wamid.late", MINA, "Late").to_string());
    post(
        &serve.hook,
        text("wamid.other", OMAR, "Another person").to_string(),
    );

    let ids = |arguments: &[&str]| -> Vec<Value> {
        let ran = run(&data_dir, arguments);
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
        let records = json_lines(ran.text());
        records.iter().map(|record| record["id"].clone()).collect()
    };
    assert_eq!(
        ids(&["export"]),
        ["wamid.early", "wamid.late", "wamid.other"],
        "oldest first"
    );
    let conversation = messages(&data_dir)[0]["conversation"].to_string();
    assert_eq!(
        ids(&["export", "--conversation", &conversation]),
        ["wamid.early", "wamid.late"]
    );
    assert_eq!(
        ids(&["export", "--since", "2026-01-01"]),
        ["wamid.late", "wamid.other"]
    );
    assert_eq!(
        ids(&["export", "--since", "2026-09-21T14:13:21Z"]),
        [] as [Value; 0],
        "to the second"
    );

    let file = data_dir.path().join("copy.jsonl");
    let ran = run(
        &data_dir,
        &["export", "--out", file.to_str().expect("a plain path")],
    );
    assert_eq!((ran.code, ran.text()), (Some(0), ""), "{}", ran.errors);
    let written = fs::read_to_string(&file).expect("the file is there");
    assert_eq!(written, run(&data_dir, &["export"]).text());
}

#[test]
fn the_event_log_gives_back_the_exact_bytes() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let strange = b"\xff\x00 not text \r\n";
    post(&serve.hook, text("wamid.read", MINA, "Hello").to_string());
    post(&serve.hook, "{ \"weather\" :\t\"rain\" }\n");
    post(&serve.hook, strange);

    let list = |kind: &str| {
        let ran = run(&data_dir, &["deliveries", "--kind", kind]);
        assert_eq!(ran.code, Some(0), "{}", ran.errors);
        let lines: Vec<_> = ran.text().lines().map(str::to_owned).collect();
        lines
    };
    assert_eq!(list("all").len(), 3);
    let (unread, rejected) = (list("unread"), list("rejected"));
    assert_eq!((unread.len(), rejected.len()), (1, 1));
    let raw = |line: &str| {
        let id = line.split(' ').next().unwrap_or_default();
        run(&data_dir, &["deliveries", "--raw", id]).out
    };
    assert_eq!(raw(&unread[0]), b"{ \"weather\" :\t\"rain\" }\n");
    assert_eq!(raw(&rejected[0]), strange);

    let missing = run(&data_dir, &["deliveries", "--raw", "99"]);
    assert_eq!(missing.code, Some(1));
    assert!(
        missing.errors.contains("no delivery 99"),
        "{}",
        missing.errors
    );
}

#[test]
fn doctor_checks_everything_in_a_line_each() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    post(&serve.hook, "nonsense");
    let ran = run(&data_dir, &["doctor"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.text(), ran.errors);
    let lines: Vec<_> = ran.text().lines().collect();
    for (line, start) in lines.iter().zip([
        "ok    data directory: ",
        "ok    engine: running",
        "note  settings: ",
        "ok    archive: sound",
        "note  deliveries: 0 not understood, 1 rejected, 0 without",
    ]) {
        assert!(line.starts_with(start), "{line:?} starts with {start:?}");
    }
    for check in ["port: ", "notifications: "] {
        assert!(
            lines.iter().any(|line| line[6..].starts_with(check)),
            "{check}{lines:?}"
        );
    }
    let (_, path) = parts(&serve.hook);
    let secret = path.trim_start_matches("/hook/");
    assert!(
        !ran.text().contains(secret),
        "what doctor says is shown to others"
    );
    assert!(
        ran.text().contains("secrets.toml"),
        "it says that there is no keyring in use"
    );
}

#[test]
fn doctor_asks_the_public_url_itself() {
    let data_dir = DataDir::new();
    let doctor = || {
        let ran = run(&data_dir, &["doctor"]);
        let line = ran
            .text()
            .lines()
            .find(|line| line.contains("public URL: "));
        line.expect("a line about it").to_owned()
    };
    let serve = Serve::start(&data_dir);
    assert!(
        doctor().starts_with("note  public URL: none"),
        "{}",
        doctor()
    );
    let (address, _) = parts(&serve.hook);
    let address = address.to_owned();
    serve.stop();
    // Nobody has the port of before; somebody else's server is as good as none.
    let set = |url: &str| run(&data_dir, &["public-url", "--url", url]);
    let refused = set("http://example.com");
    assert_eq!(refused.code, Some(1));
    assert!(refused.errors.contains("https"), "{}", refused.errors);
    let kept = set(&format!("http://{address}/hook/pasted-whole"));
    assert_eq!(kept.code, Some(0), "{}", kept.errors);
    assert!(
        kept.text().contains(&format!("http://{address}\n")),
        "{}",
        kept.text()
    );
    assert!(doctor().contains("not running"), "{}", doctor());
    let mut command = command(&data_dir);
    let listen = ["serve", "--json", "--listen", address.as_str()];
    let (_serve, _, _out) = Running::spawn_and_hear(command.args(listen));
    let line = doctor();
    assert!(line.starts_with("ok    public URL: "), "{line}");
    assert!(line.contains("leads here"), "{line}");
}

#[test]
fn malformed_settings_stop_the_start_and_stay_as_they_are() {
    let data_dir = DataDir::new();
    let settings = data_dir.path().join("settings.toml");
    let text =
        "secrets = \"file\"\n\n[[address]]\nlabel = \"default\"\nrequire-signature = \"hidden\"\n";
    fs::write(&settings, text).expect("the settings can be written");
    for arguments in [
        &["serve", "--listen", "127.0.0.1:0"][..],
        &["address", "--status-code", "text"],
        &["doctor"],
    ] {
        let ran = run(&data_dir, arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}");
        let said = format!("{}{}", ran.text(), ran.errors);
        assert!(
            said.contains(&settings.display().to_string()),
            "{arguments:?}: {said}"
        );
        assert!(said.contains("line 5"), "{arguments:?}: {said}");
        let now = fs::read_to_string(&settings).expect("the settings are there");
        assert_eq!(
            now, text,
            "{arguments:?} leaves them for the user to put right"
        );
    }
    assert!(
        !data_dir.path().join("secrets.toml").exists(),
        "and makes no new secret"
    );
}

#[test]
fn a_secret_outlives_a_restart() {
    let data_dir = DataDir::new();
    let path = |serve: &Serve| parts(&serve.hook).1.to_owned();
    let serve = Serve::start(&data_dir);
    let first = (path(&serve), serve.verify_token.clone());
    serve.stop();
    let serve = Serve::start(&data_dir);
    assert_eq!(
        (path(&serve), serve.verify_token.clone()),
        first,
        "the provider's rule still fits"
    );
    let mut connection = Connection::open(&serve.address).expect("somebody listens");
    connection
        .send(&post_request(&first.0, b"{}"))
        .expect("it is taken");
    assert_eq!(connection.answer().expect("it is answered").status, 200);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_look_into_the_data_directory() {
    use std::os::unix::fs::PermissionsExt;
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    post(&serve.hook, text("wamid.secret", MINA, "Hush").to_string());
    let mode = |path: &std::path::Path| {
        let found = fs::metadata(path).expect("it is there");
        found.permissions().mode() & 0o777
    };
    assert_eq!(mode(data_dir.path()), 0o700);
    let files: Vec<_> = fs::read_dir(data_dir.path())
        .expect("it can be listed")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    for name in ["archive.db", "settings.toml", "secrets.toml", "lock"] {
        assert!(files.contains(&data_dir.path().join(name)), "{name} exists");
    }
    for file in files.iter().filter(|file| file.is_file()) {
        assert_eq!(mode(file), 0o600, "{}", file.display());
    }
}
