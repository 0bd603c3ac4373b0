//! What comes through the tunnel.

use std::time::{Duration, Instant};

use bluetick_core::chat::view::LogQuery;
use serde_json::{Value, json};

use super::{Reached, hasty, is_online};
use crate::support::http::{Connection, parts, post};
use crate::support::payload::{MINA, text};

fn log_of(reached: &Reached) -> Vec<bluetick_core::chat::view::DeliveryRow> {
    let query = LogQuery {
        outcome: None,
        before: None,
    };
    let reader = reached.engine.store().reader();
    reader.deliveries(query).expect("the event log")
}

#[test]
fn a_delivery_through_the_tunnel_is_kept_with_who_sent_it() {
    let reached = Reached::online(hasty());
    reached.edge.client_addr_as("203.0.113.7:4711");
    let answer = post(
        &reached.hook(),
        text("wamid.tunnel", MINA, "hi").to_string(),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body, r#"{"statusCode":2000,"statusMessage":"OK"}"#);
    let log = log_of(&reached);
    assert_eq!(log.len(), 1, "probes are no deliveries");
    assert_eq!(log[0].client.as_deref(), Some("203.0.113.7"));

    // Nothing else is there for the world to see.
    let hook = reached.hook();
    let (address, path) = parts(&hook);
    for other in ["/", "/hook/", "/hook/wrong", "/healthz"] {
        let mut connection = Connection::open(address).expect("the edge listens");
        let asked = format!("GET {other} HTTP/1.1\r\nHost: test\r\n\r\n");
        connection.send(asked.as_bytes()).expect("it can be asked");
        let answer = connection.answer().expect("an answer");
        assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{other}");
    }
    assert!(path.starts_with("/hook/"));

    let seen = reached.edge.seen();
    let (auth, bind) = (&seen.auths[0]["Extra"], &seen.binds[0]);
    let agent = auth["UserAgent"].as_str().expect("it says who it is");
    assert!(agent.starts_with("Bluetick/"), "{agent}");
    assert_eq!(
        bind["ForwardsTo"], "Bluetick",
        "not the name of this computer"
    );
    assert_eq!(bind["Extra"]["PoolingEnabled"], json!(false));
}

#[test]
fn a_domain_of_the_users_own_is_asked_for() {
    let reached = Reached::start(hasty());
    reached.set(super::PublicUrlChange {
        domain: Some("https://Messages.example.org/".to_owned()),
        ..super::token(super::TOKEN)
    });
    reached.wait_online();
    let bind = &reached.edge.seen().binds[0];
    assert_eq!(bind["Opts"]["Domain"], "messages.example.org");
    // What changes nothing about the way leaves the connection alone.
    reached.set(super::PublicUrlChange {
        quota: Some(100_000),
        ..super::PublicUrlChange::default()
    });
    reached.wait("the plan is larger", |row| {
        row.quota.is_some_and(|quota| quota.of == 100_000)
    });
    assert_eq!(reached.edge.count().accepted, 1);
}

#[test]
fn five_hundred_at_once_and_a_large_one_are_all_kept() {
    let reached = Reached::online(hasty());
    let hook = reached.hook();
    let started = Instant::now();
    std::thread::scope(|scope| {
        for sender in 0..50 {
            let hook = &hook;
            scope.spawn(move || {
                for number in 0..10 {
                    let id = format!("wamid.many.{sender}.{number}");
                    let body = text(&id, MINA, &"x".repeat(10 * 1024)).to_string();
                    assert_eq!(post(hook, body).status, 200, "{id}");
                }
            });
        }
    });
    println!(
        "500 deliveries of 10 KiB over 50 connections at a time: {:?}",
        started.elapsed()
    );
    let large = text("wamid.large", MINA, &"y".repeat(3 * 1024 * 1024)).to_string();
    assert_eq!(post(&hook, large).status, 200);
    assert_eq!(exported(&reached), 501);
}

#[test]
fn five_hundred_connections_at_the_same_time_are_all_answered() {
    let reached = Reached::online(hasty());
    let hook = reached.hook();
    let (address, path) = parts(&hook);
    let mut waiting: Vec<Connection> = (0..500)
        .map(|number| {
            let mut connection = Connection::open(address).expect("the edge listens");
            let body = text(&format!("wamid.{number}"), MINA, &"z".repeat(10 * 1024)).to_string();
            let request = crate::support::http::post_request(path, body.as_bytes());
            connection.send(&request).expect("it is sent");
            connection
        })
        .collect();
    for connection in &mut waiting {
        assert_eq!(connection.answer().expect("an answer").status, 200);
    }
    assert_eq!(exported(&reached), 500);
}

fn exported(reached: &Reached) -> usize {
    let mut messages = 0;
    let filter = bluetick_core::store::ExportFilter::default();
    let reader = reached.engine.store().reader();
    reader
        .export(
            filter,
            |record| -> Result<(), bluetick_core::store::StoreError> {
                let record: Value = serde_json::to_value(record).expect("a record is JSON");
                messages += usize::from(record["record"] == "message");
                Ok(())
            },
        )
        .expect("an export");
    messages
}

#[test]
fn a_replaced_secret_works_in_its_grace_and_not_after() {
    let reached = Reached::online(hasty());
    let first = reached.hook();
    let rotate = |grace| {
        let label = "default".to_owned();
        let rotated = reached
            .runtime
            .block_on(reached.engine.rotate_hook(label, grace));
        rotated.expect("a new secret");
        reached.hook()
    };
    let second = rotate(Duration::from_secs(60 * 60));
    assert_ne!(first, second);
    assert_eq!(post(&first, "{}").status, 200, "in its grace");
    assert_eq!(post(&second, "{}").status, 200);
    let third = rotate(Duration::ZERO);
    assert_eq!(post(&second, "{}").status, 404, "it had no grace");
    assert_eq!(post(&first, "{}").status, 200, "still in its grace");
    assert_eq!(post(&third, "{}").status, 200);

    // The proof does not hang on the secret of the start.
    let before = reached.row();
    reached.engine.retry_public_url();
    reached.wait_proven_after(&before);
}

#[test]
fn an_orderly_end_takes_leave_of_ngrok() {
    let reached = Reached::online(hasty());
    reached.stop();
    assert!(!reached.edge.seen().unbinds.is_empty());
    let gone = reached
        .edge
        .wait_until("nobody is connected", |count| count.connections == 0);
    reached.network.block_on(gone);
}

#[test]
fn what_is_being_answered_at_the_end_is_answered() {
    let reached = Reached::online(hasty());
    let hook = reached.hook();
    let (address, path) = parts(&hook);
    let body = text("wamid.last", MINA, "made it").to_string();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nContent-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        body.len()
    );
    let mut connection = Connection::open(address).expect("the edge listens");
    connection.send(head.as_bytes()).expect("it begins");
    let goes_on = connection.answer().expect("an interim answer");
    assert_eq!(goes_on.status, 100, "it is being worked on");
    std::thread::scope(|scope| {
        let stopping = scope.spawn(|| reached.stop());
        let unbound = || (!reached.edge.seen().unbinds.is_empty()).then_some(());
        crate::support::wait::eventually("the address is given back", unbound);
        connection.send(body.as_bytes()).expect("it ends");
        assert_eq!(connection.answer().expect("an answer").status, 200);
        stopping.join().expect("it stops");
    });
    assert_eq!(exported(&reached), 1);
}

#[test]
fn the_plan_counts_what_comes() {
    let reached = Reached::online(hasty());
    for _ in 0..3 {
        assert_eq!(post(&reached.hook(), "{}").status, 200);
    }
    reached.engine.retry_public_url();
    let counted = |row: &bluetick_core::chat::view::PublicUrlRow| {
        // At least one proof at the start and one now.
        is_online(row)
            && row
                .quota
                .is_some_and(|quota| quota.used >= 5 && quota.of == 20_000)
    };
    reached.wait("five requests are counted", counted);
}
