//! The sentence that everything serves, first half: a 200 means it is on your disk.

use std::collections::{HashMap, HashSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::bluetick::{Serve, messages, signal};
use crate::support::data_dir::DataDir;
use crate::support::http::{Connection, parts, post_request};
use crate::support::payload::{MINA, text};

const MESSAGES: usize = 20_000;
const CONNECTIONS: usize = 64;
const KILLED_AFTER: usize = MESSAGES / 3;

fn id(number: usize) -> String {
    format!("wamid.crash{number}")
}

/// Posts the messages over many connections at once and returns those that were confirmed. A connection that breaks takes no
/// further part. `confirmed` is told the count after each.
fn post_all(serve: &Serve, numbers: &[usize], confirmed: impl Fn(usize) + Sync) -> HashSet<usize> {
    let (address, path) = parts(&serve.hook);
    let (next, count) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let all = Mutex::new(HashSet::new());
    std::thread::scope(|scope| {
        for _ in 0..CONNECTIONS {
            scope.spawn(|| {
                let Ok(mut connection) = Connection::open(address) else {
                    return;
                };
                let mut own = Vec::new();
                while let Some(number) = numbers.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let body = text(&id(*number), MINA, &format!("Message {number}")).to_string();
                    let sent = connection.send(&post_request(path, body.as_bytes()));
                    let Ok(answer) = sent.and_then(|()| connection.answer()) else {
                        break;
                    };
                    assert_eq!(answer.status, 200, "{}", answer.body);
                    own.push(*number);
                    confirmed(count.fetch_add(1, Ordering::Relaxed) + 1);
                }
                all.lock()
                    .expect("no thread fails with the lock")
                    .extend(own);
            });
        }
    });
    all.into_inner().expect("no thread failed with the lock")
}

/// How often each id is in the archive.
fn kept(data_dir: &DataDir) -> HashMap<String, usize> {
    let mut kept = HashMap::new();
    for message in messages(data_dir) {
        let id = message["id"].as_str().expect("each has its id");
        *kept.entry(id.to_owned()).or_default() += 1;
    }
    kept
}

#[test]
fn what_was_confirmed_survives_a_kill() {
    let data_dir = DataDir::new();
    let serve = Serve::start(&data_dir);
    let everything: Vec<usize> = (0..MESSAGES).collect();
    let process = serve.process.id();
    let confirmed = post_all(&serve, &everything, |count| {
        if count == KILLED_AFTER {
            signal(process, "KILL");
        }
    });
    drop(serve);
    assert!(
        (KILLED_AFTER..MESSAGES).contains(&confirmed.len()),
        "it was killed in the middle, after {}",
        confirmed.len()
    );

    let serve = Serve::start(&data_dir);
    let survived = kept(&data_dir);
    let lost: Vec<_> = confirmed
        .iter()
        .filter(|number| !survived.contains_key(&id(**number)))
        .collect();
    assert!(lost.is_empty(), "confirmed and not there: {lost:?}");

    // What a provider does: everything that was not confirmed comes again, whether it was kept or not.
    let rest: Vec<usize> = everything
        .into_iter()
        .filter(|number| !confirmed.contains(number))
        .collect();
    let confirmed_later = post_all(&serve, &rest, |_| ());
    assert_eq!(confirmed_later.len(), rest.len());
    let kept = kept(&data_dir);
    assert_eq!(kept.len(), MESSAGES, "all of them");
    assert!(kept.values().all(|count| *count == 1), "and none twice");
}
