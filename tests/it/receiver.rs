//! The HTTP table of `design/interface.md`, row by row, over a real socket.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::bluetick::{Serve, deliveries, messages, run, run_with_input};
use crate::support::data_dir::DataDir;
use crate::support::http::{Answer, Connection, parts, post, post_request};
use crate::support::payload::{MINA, text};

const OK: &str = r#"{"statusCode":2000,"statusMessage":"OK"}"#;

fn ask(address: &str, request: &str) -> Answer {
    let mut connection = Connection::open(address).expect("somebody listens");
    connection
        .send(request.as_bytes())
        .and_then(|()| connection.answer())
        .expect("every request is answered")
}

fn request(serve: &Serve, method: &str, path: &str) -> Answer {
    ask(
        &serve.address,
        &format!("{method} {path} HTTP/1.1\r\nHost: test\r\nContent-Length: 0\r\n\r\n"),
    )
}

fn code(answer: &Answer) -> Value {
    let body: Value = serde_json::from_str(&answer.body).expect("answers to a POST are JSON");
    body["statusCode"].clone()
}

fn keyed(secret: &str, data: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key will do");
    let digest = mac.chain_update(data).finalize().into_bytes();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_delivery_is_confirmed_with_the_bytes_that_providers_expect() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let answer = post(
        &serve.hook,
        text("wamid.ok", MINA, "Is the shop open?").to_string(),
    );
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.body, OK, "some providers compare the text");
    assert_eq!(
        messages(&data_dir).len(),
        1,
        "what was confirmed is in the archive"
    );
}

#[test]
fn json_that_nobody_knows_is_confirmed_and_kept() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    for body in [r#"{"weather":"rain"}"#, "[]", "17", "null", "\"text\""] {
        let answer = post(&serve.hook, body);
        assert_eq!((answer.status, answer.body.as_str()), (200, OK), "{body}");
    }
    assert_eq!(deliveries(&data_dir, "all").len(), 5, "every one is kept");
}

#[test]
fn what_is_no_json_is_refused_and_kept() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let refused = post(&serve.hook, r#"{"object": "#);
    assert_eq!((refused.status, code(&refused)), (400, json!(4000)));
    assert!(
        refused.body.contains("body is not JSON: "),
        "it says why: {}",
        refused.body
    );

    let xml = post(
        &serve.hook,
        "<?xml version=\"1.0\"?><MO><text>hi</text></MO>",
    );
    assert_eq!((xml.status, code(&xml)), (400, json!(4000)));
    assert!(
        xml.body.contains("XML") && xml.body.contains("choose JSON"),
        "whoever chose XML learns what to do: {}",
        xml.body
    );

    let empty = post(&serve.hook, "");
    assert_eq!((empty.status, code(&empty)), (400, json!(4000)));

    let kept = deliveries(&data_dir, "rejected");
    let sizes: Vec<_> = kept.iter().map(|row| row["bytes"].as_i64()).collect();
    assert_eq!(
        sizes,
        [Some(11), Some(45), Some(0)],
        "all three are in the event log: {kept:?}"
    );
    let id = kept[0]["id"].to_string();
    let raw = run(&data_dir, &["deliveries", "--raw", &id]);
    assert_eq!(raw.out, br#"{"object": "#, "with their exact bytes");
}

#[test]
fn any_content_type_will_do() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    let types = [
        "Content-Type: text/plain\r\n",
        "Content-Type: application/x-www-form-urlencoded\r\n",
        "Content-Type: ;;nonsense\r\n",
        "",
    ];
    for (number, content_type) in types.iter().enumerate() {
        let body = text(&format!("wamid.type{number}"), MINA, "hello").to_string();
        let head = format!("POST {path} HTTP/1.1\r\nHost: test\r\n{content_type}Content-Length: ");
        let answer = ask(address, &format!("{head}{}\r\n\r\n{body}", body.len()));
        assert_eq!(answer.status, 200, "{content_type:?}");
    }
    assert_eq!(messages(&data_dir).len(), types.len());
}

#[test]
fn one_connection_carries_many_requests() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    let mut connection = Connection::open(address).expect("somebody listens");
    for body in ["{}", "nonsense", "[]"] {
        connection
            .send(&post_request(path, body.as_bytes()))
            .expect("the connection is still open");
        let answer = connection
            .answer()
            .expect("each request gets its own answer");
        let expected = if body == "nonsense" { 400 } else { 200 };
        assert_eq!(answer.status, expected, "{body}");
    }
}

#[test]
fn nobody_learns_anything_without_the_secret() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (_, hook) = parts(&serve.hook);
    let secret = hook.strip_prefix("/hook/").expect("the hook's path");
    assert!(secret.len() >= 32, "a secret is not for guessing");
    let wrong = format!("/hook/{}", "a".repeat(secret.len()));
    let paths = [
        wrong.clone(),
        format!("{wrong}/probe/nonce"),
        format!("{wrong}?hub.mode=subscribe&hub.challenge=1"),
        format!("/hook/{}", &secret[1..]),
        format!("/hook/{}", secret.to_uppercase()),
        format!("{hook}/"),
        format!("{hook}/other"),
        "/hook/".to_owned(),
        "/hook".to_owned(),
        "/".to_owned(),
        "/favicon.ico".to_owned(),
        "/hook/%FF".to_owned(),
    ];
    for path in paths {
        for method in ["GET", "POST", "PUT"] {
            let answer = request(&serve, method, &path);
            assert_eq!(
                (answer.status, answer.body.as_str()),
                (404, ""),
                "{method} {path}"
            );
            assert_eq!(
                answer.header("allow"),
                None,
                "{method} {path} names no methods"
            );
        }
    }
    assert_eq!(
        deliveries(&data_dir, "all"),
        [] as [Value; 0],
        "and nothing is kept"
    );
}

#[test]
fn the_hook_has_no_other_methods() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (_, hook) = parts(&serve.hook);
    for method in ["PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"] {
        let answer = request(&serve, method, hook);
        assert_eq!(answer.status, 405, "{method}");
    }
    assert_eq!(deliveries(&data_dir, "all"), [] as [Value; 0]);
}

#[test]
fn meta_can_verify_the_address() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (_, hook) = parts(&serve.hook);
    let verify = |query: &str| request(&serve, "GET", &format!("{hook}?{query}"));
    let token = &serve.verify_token;

    let good = verify(&format!(
        "hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158%3Cb%3E201444"
    ));
    assert_eq!(
        (good.status, good.body.as_str()),
        (200, "1158<b>201444"),
        "decoded, as it was asked"
    );
    let kind = good.header("content-type").unwrap_or_default();
    assert!(
        kind.starts_with("text/plain"),
        "never as a page that could run something: {kind}"
    );

    for query in [
        "hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1".to_owned(),
        format!("hub.mode=unsubscribe&hub.verify_token={token}&hub.challenge=1"),
        format!("hub.verify_token={token}&hub.challenge=1"),
        format!("hub.mode=subscribe&hub.verify_token={token}"),
        "hub.mode=subscribe&hub.challenge=1".to_owned(),
        String::new(),
    ] {
        let refused = verify(&query);
        assert_eq!(refused.status, 403, "{query}");
        assert!(
            !refused.body.contains('1'),
            "the challenge is not given away"
        );
    }
}

#[test]
fn a_probe_is_answered_by_whoever_knows_the_secret() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (_, hook) = parts(&serve.hook);
    let secret = hook.strip_prefix("/hook/").expect("the hook's path");
    for nonce in ["a", "4f2e-99"] {
        let answer = request(&serve, "GET", &format!("{hook}/probe/{nonce}"));
        assert_eq!(answer.status, 200);
        assert_eq!(answer.body, keyed(secret, nonce.as_bytes()));
        assert!(
            !answer.body.contains(secret),
            "the secret itself stays here"
        );
    }
}

#[test]
fn an_address_can_ask_for_signatures() {
    let data_dir = DataDir::new();
    let changed = run_with_input(
        &data_dir,
        &[
            "address",
            "--require-signature",
            "yes",
            "--app-secret-stdin",
        ],
        "the app's secret\n",
    );
    assert_eq!(changed.code, Some(0), "{}", changed.errors);
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    let body = text("wamid.signed", MINA, "signed").to_string();
    let signed = |header: &str| {
        let length = body.len();
        ask(
            address,
            &format!(
                "POST {path} HTTP/1.1\r\nHost: test\r\n{header}Content-Length: {length}\r\n\r\n{body}"
            ),
        )
    };
    let with = |secret: &str, data: &str| {
        let signature = keyed(secret, data.as_bytes());
        format!("X-Hub-Signature-256: sha256={signature}\r\n")
    };
    let refused = [
        String::new(),
        with("another secret", &body),
        with("the app's secret", "another body"),
        "X-Hub-Signature-256: sha256=\r\n".to_owned(),
    ];
    for header in &refused {
        let answer = signed(header);
        assert_eq!(
            (answer.status, code(&answer)),
            (401, json!(4001)),
            "{header:?}"
        );
    }
    assert_eq!(
        deliveries(&data_dir, "all"),
        [] as [Value; 0],
        "nothing unsigned is stored"
    );
    let doctor = run(&data_dir, &["doctor"]);
    assert!(
        doctor.text().contains("4 without the signature asked for"),
        "but it is counted: {}",
        doctor.text()
    );

    let good = signed(&with("the app's secret", &body));
    assert_eq!((good.status, good.body.as_str()), (200, OK));
    assert_eq!(messages(&data_dir).len(), 1);
}

#[test]
fn an_address_can_write_its_codes_as_text() {
    let data_dir = DataDir::new();
    let changed = run(&data_dir, &["address", "--status-code", "text"]);
    assert_eq!(changed.code, Some(0), "{}", changed.errors);
    let serve = Serve::start(&data_dir);
    assert_eq!(
        post(&serve.hook, "{}").body,
        r#"{"statusCode":"2000","statusMessage":"OK"}"#
    );
    let refused = post(&serve.hook, "nonsense");
    assert_eq!(
        (refused.status, code(&refused)),
        (400, json!("4000")),
        "refusals too"
    );
}
