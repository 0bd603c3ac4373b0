//! `bluetick send-test`: the quickest way to see that something arrives, or why nothing does.

use std::io::{Read, Write};
use std::net::TcpListener;

use serde_json::json;

use crate::bluetick::{Serve, command, messages, run};
use crate::support::data_dir::DataDir;

#[test]
fn it_says_what_came_back() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    for (kind, lines) in [("text", 1), ("image", 1), ("status", 1), ("all", 3)] {
        let ran = run(
            &data_dir,
            &["send-test", "--url", &serve.hook, "--kind", kind],
        );
        assert_eq!(ran.code, Some(0), "{kind}: {}", ran.errors);
        assert_eq!(ran.text().lines().count(), lines, "{kind}");
        for line in ran.text().lines() {
            assert!(
                line.contains(r#"HTTP 200 {"statusCode":2000,"statusMessage":"OK"}"#),
                "{line}"
            );
        }
    }
    let kinds: Vec<_> = messages(&data_dir)
        .iter()
        .map(|message| message["type"].clone())
        .collect();
    for kind in ["text", "image", "unknown"] {
        assert!(
            kinds.contains(&json!(kind)),
            "{kind} went the whole way: {kinds:?}"
        );
    }
    let own = run(&data_dir, &["send-test"]);
    assert_eq!(
        own.code,
        Some(0),
        "without a URL it is the own hook: {}",
        own.errors
    );
}

#[test]
fn it_fails_where_the_hook_does() {
    let data_dir = DataDir::new();
    let other = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = other.local_addr().expect("it is bound");
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = other.accept().expect("send-test connects");
        let mut request = [0; 1_024];
        let read = stream.read(&mut request).expect("it asks");
        let teapot =
            b"HTTP/1.1 418 No coffee\r\nContent-Length: 5\r\nConnection: close\r\n\r\nshort";
        stream.write_all(teapot).expect("it listens");
        String::from_utf8_lossy(&request[..read]).into_owned()
    });
    let url = format!("http://{address}/hook/hidden-word");
    let ran = run(&data_dir, &["send-test", "--url", &url]);
    assert_eq!(ran.code, Some(1), "a refusal is a failure");
    assert!(ran.text().contains("HTTP 418 short"), "{}", ran.text());
    let request = answering.join().expect("somebody asked");
    assert!(
        request.starts_with("POST /hook/hidden-word HTTP/1.1"),
        "{request}"
    );

    // The other one is gone with its port.
    let ran = run(&data_dir, &["send-test", "--url", &url]);
    assert_eq!(ran.code, Some(1));
    assert!(
        !ran.errors.contains("hidden-word"),
        "errors are copied into reports: {}",
        ran.errors
    );
}

#[test]
fn to_this_computer_it_goes_through_no_proxy() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    // Nothing listens at the discard port: whoever goes through this proxy fails.
    let ran = command(&data_dir)
        .args(["send-test", "--url", &serve.hook])
        .env("http_proxy", "http://127.0.0.1:9")
        .env_remove("no_proxy")
        .env_remove("NO_PROXY")
        .output()
        .expect("bluetick starts");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}
