//! What the receiver does when there is too much: of a body, of requests, or of data for the disk.

use std::collections::BTreeSet;
use std::process::Command;

use crate::bluetick::{Serve, command, deliveries, messages};
use crate::support::data_dir::DataDir;
use crate::support::http::{Connection, parts, post};
use crate::support::payload::{MINA, text};

const MIB: usize = 1024 * 1024;

/// A JSON string of this many bytes in all.
fn string_of(bytes: usize) -> Vec<u8> {
    format!("\"{}\"", "a".repeat(bytes - 2)).into_bytes()
}

#[test]
fn a_body_of_nine_mebibytes_is_refused_after_it_was_taken() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    // All of it is written before the answer is read, as simple senders do: they must not be cut off while they write.
    let answer = post(&serve.hook, string_of(9 * MIB));
    assert_eq!(answer.status, 413);
    assert!(answer.body.contains("\"statusCode\":4000"));
    assert_eq!(
        post(&serve.hook, string_of(8 * MIB)).status,
        200,
        "the limit itself is within it"
    );
    assert_eq!(deliveries(&data_dir, "all").len(), 1);
}

#[test]
fn a_body_of_unknown_length_has_the_same_limit() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    for (size, status) in [(9 * MIB, 413), (MIB, 200)] {
        let mut connection = Connection::open(address).expect("somebody listens");
        let head =
            format!("POST {path} HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n");
        connection.send(head.as_bytes()).expect("the head is taken");
        for chunk in string_of(size).chunks(64 * 1024) {
            let size = format!("{:x}\r\n", chunk.len());
            let framed = [size.as_bytes(), chunk, b"\r\n"].concat();
            connection.send(&framed).expect("every chunk is taken");
        }
        connection
            .send(b"0\r\n\r\n")
            .expect("the last chunk is taken");
        let answer = connection.answer().expect("there is an answer at the end");
        assert_eq!(answer.status, status, "{size} bytes: {}", answer.body);
    }
}

#[test]
fn beyond_512_requests_at_a_time_senders_are_asked_to_come_back() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let (address, path) = parts(&serve.hook);
    let body = "[1,2]";
    let half = body.len() / 2;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut slow: Vec<Connection> = (0..512)
        .map(|_| {
            let mut connection = Connection::open(address).expect("there is room to connect");
            connection.send(head.as_bytes()).expect("the head is taken");
            // `100 Continue` is sent as the body is asked for: only then is the request known to be under way.
            let go_on = connection.answer().expect("the body is asked for");
            assert_eq!(go_on.status, 100);
            connection
                .send(&body.as_bytes()[..half])
                .expect("half of the body is taken");
            connection
        })
        .collect();

    let turned_away = post(&serve.hook, body);
    assert_eq!(turned_away.status, 503);
    assert!(turned_away.body.contains("\"statusCode\":5003"));

    for connection in &mut slow {
        connection
            .send(&body.as_bytes()[half..])
            .expect("the rest of the body is taken");
        let answer = connection.answer().expect("the slow ones are served");
        assert_eq!(answer.status, 200);
    }
    assert_eq!(post(&serve.hook, body).status, 200, "there is room again");
    assert_eq!(deliveries(&data_dir, "all").len(), 513);
}

/// A process whose files may not grow beyond this gets an error for each write beyond it, as on a full disk.
#[test]
fn what_cannot_be_written_is_not_confirmed() {
    const LARGEST_FILE_IN_BLOCKS: &str = "4096";
    let data_dir = DataDir::new();
    let serve_command = command(&data_dir);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\""])
        .arg(LARGEST_FILE_IN_BLOCKS)
        .arg(serve_command.get_program())
        .args(serve_command.get_args())
        .env("BLUETICK_LOG", "off");
    let serve = Serve::start_as(&mut limited);

    let long = "The shelf is full. ".repeat(3_000);
    let mut confirmed = BTreeSet::new();
    let refused = (0..500).find_map(|number| {
        let id = format!("wamid.shelf{number}");
        let answer = post(&serve.hook, text(&id, MINA, &long).to_string());
        if answer.status == 200 {
            confirmed.insert(id);
            return None;
        }
        Some(answer)
    });
    let refused = refused.expect("files do not grow beyond the limit");
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(refused.body.contains("\"statusCode\":5003"));
    assert!(
        !confirmed.is_empty(),
        "the limit leaves room for some messages"
    );
    assert_eq!(kept(&data_dir), confirmed, "beside the engine in trouble");

    serve.stop();
    let serve = Serve::start(&data_dir);
    let again = text("wamid.after", MINA, &long).to_string();
    assert_eq!(
        post(&serve.hook, again).status,
        200,
        "with room again, it is taken"
    );
    confirmed.insert("wamid.after".to_owned());
    assert_eq!(kept(&data_dir), confirmed, "after a new start");
}

fn kept(data_dir: &DataDir) -> BTreeSet<String> {
    let records = messages(data_dir);
    let ids = records
        .iter()
        .map(|record| record["id"].as_str().expect("an id").to_owned());
    ids.collect()
}
