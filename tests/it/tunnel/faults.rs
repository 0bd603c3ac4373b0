//! Everything that can go wrong between here and ngrok: each has its own name, and all of it passes.

use std::process::Command;
use std::time::{Duration, Instant};

use bluetick_core::chat::view::{TroubleKind, UrlStatus};

use serde_json::Value;

use super::{Reached, TOKEN, hasty, is_online, token, trouble};
use crate::edge::{Front, Refusal, Welcome};
use crate::support::http::post;

#[test]
fn a_cut_is_mended_and_proven() {
    let reached = Reached::online(hasty());
    for _ in 0..3 {
        let before = reached.row();
        reached.edge.cut();
        println!(
            "cut, proven again after {:?}",
            reached.wait_proven_after(&before)
        );
    }
    assert_eq!(post(&reached.hook(), "{}").status, 200);
    let seen = reached.edge.seen();
    let [first, .., last] = &seen.binds[..] else {
        panic!("it bound again: {:?}", seen.binds);
    };
    let names = |bind: &Value| [bind["Id"].clone(), bind["Extra"]["Token"].clone()];
    assert_eq!(names(first), ["", ""]);
    assert_ne!(
        names(last),
        ["", ""],
        "as the same one, so that its name is still its own"
    );
}

#[test]
fn a_connection_that_moves_nothing_is_noticed() {
    let reached = Reached::online(hasty());
    let before = reached.row();
    reached.edge.black_hole();
    println!(
        "black hole, proven again after {:?}",
        reached.wait_proven_after(&before)
    );
    assert_eq!(post(&reached.hook(), "{}").status, 200);
}

#[test]
fn a_dead_connection_on_another_network_is_noticed_by_looking() {
    let reached = Reached::online(super::Tempo {
        // Nothing but the hint can tell.
        heartbeat: Duration::from_secs(600),
        ..hasty()
    });
    let before = reached.row();
    reached.edge.black_hole();
    reached.engine.network_changed();
    println!(
        "another network, proven again after {:?}",
        reached.wait_proven_after(&before)
    );
}

#[test]
fn a_connection_that_is_never_let_in_again_is_given_up() {
    let reached = Reached::online(hasty());
    for _ in 0..2 {
        let before = reached.row();
        let asked = reached.edge.seen().auths.len();
        reached.edge.receive(Welcome::AuthIgnored);
        reached.edge.cut();
        crate::support::wait::eventually("it asks to be let in", || {
            (reached.edge.seen().auths.len() > asked).then_some(())
        });
        // That connection is never answered, whatever becomes of the next.
        reached.edge.receive(Welcome::Served);
        println!(
            "never let in, proven again after {:?}",
            reached.wait_proven_after(&before)
        );
    }
}

#[test]
fn it_is_there_as_soon_as_it_can_be() {
    let reached = Reached::online(super::Tempo {
        // As long as in earnest, so that only the nudge can end the wait.
        longest_wait: Duration::from_secs(30),
        ..hasty()
    });
    let before = reached.row();
    reached.network.block_on(reached.edge.go_away());
    reached.edge.cut();
    let many = |row: &_| matches!(row, UrlStatus::Reconnecting { attempt, .. } if *attempt >= 6);
    reached.wait("six tries have failed", |row| many(&row.status));
    assert_eq!(trouble(&reached.row()), Some(TroubleKind::CannotConnect));
    reached.come_back();
    reached.engine.network_changed();
    println!(
        "there again, proven after {:?}",
        reached.wait_proven_after(&before)
    );
}

#[test]
fn an_address_that_is_still_taken_is_waited_for() {
    let reached = Reached::start(hasty());
    reached.edge.fail_binds(3, Refusal::of(334));
    reached.set(token(TOKEN));
    reached.wait_trouble(TroubleKind::AddressInUse);
    println!("334 three times, proven after {:?}", reached.wait_online());
    assert_eq!(reached.edge.seen().binds.len(), 4);
}

#[test]
fn each_fault_has_its_own_name() {
    let refused = |code| Welcome::AuthRefused(Refusal::of(code));
    let table = [
        (refused(105), TroubleKind::TokenRefused, true),
        (refused(107), TroubleKind::TokenRefused, true),
        (refused(108), TroubleKind::TooManyAgents, true),
        (refused(123), TroubleKind::EmailUnconfirmed, true),
        (refused(4711), TroubleKind::Refused, false),
        (Welcome::Silence, TroubleKind::Silent, false),
        (Welcome::AuthIgnored, TroubleKind::Silent, false),
        (Welcome::CaptivePortal, TroubleKind::SignInPage, true),
        (
            Welcome::ForeignAuthority,
            TroubleKind::UntrustedCertificate,
            true,
        ),
        (Welcome::ClosedAtOnce, TroubleKind::CannotConnect, false),
    ];
    for (welcome, kind, needs_you) in table {
        let reached = Reached::start(hasty());
        reached.edge.receive(welcome.clone());
        reached.set(token(TOKEN));
        let row = reached.wait_trouble(kind);
        let asks = matches!(row.status, UrlStatus::NeedsYou { .. });
        assert_eq!(asks, needs_you, "{welcome:?}: {row:?}");
        assert!(!format!("{row:?}").contains(TOKEN), "{row:?}");
        // The cause is gone: some wait for the user to say so.
        reached.edge.receive(Welcome::Served);
        reached.engine.retry_public_url();
        reached.wait_online();
    }
}

#[test]
fn without_a_token_nothing_is_tried() {
    let reached = Reached::start(hasty());
    reached.set(super::PublicUrlChange {
        way: Some(super::Way::Ngrok),
        ..super::PublicUrlChange::default()
    });
    reached.wait_trouble(TroubleKind::NoToken);
    assert_eq!(reached.edge.count().accepted, 0);
}

#[test]
fn the_dashboard_can_close_it() {
    let reached = Reached::online(hasty());
    reached
        .network
        .block_on(reached.edge.close_tunnel("Stopped by Ada.", None));
    let row = reached.wait_trouble(TroubleKind::Closed);
    assert!(matches!(row.status, UrlStatus::NeedsYou { .. }), "{row:?}");
    reached.engine.retry_public_url();
    reached.wait_online();
}

#[test]
fn a_url_that_answers_something_else_is_not_online() {
    for (front, kind) in [
        (Front::Foreign, TroubleKind::UrlAnswersOther),
        (Front::Offline, TroubleKind::UrlUnreachable),
        (Front::OverQuota, TroubleKind::QuotaUsedUp),
    ] {
        let reached = Reached::start(hasty());
        reached.edge.show(front);
        reached.set(token(TOKEN));
        reached.wait_trouble(kind);
        reached.edge.show(Front::Relay);
        reached.engine.retry_public_url();
        reached.wait_online();
    }
}

#[test]
fn no_log_has_the_token() {
    let reached = Reached::start(hasty());
    reached.edge.receive(Welcome::AuthRefused(Refusal::of(105)));
    super::trust(&reached.data_dir, &reached.edge);
    reached.stop();
    drop(reached.engine);
    let set = crate::bluetick::run_with_input(
        &reached.data_dir,
        &["public-url", "--ngrok-token-stdin"],
        TOKEN,
    );
    assert_eq!(set.code, Some(0), "{}", set.errors);
    assert!(!set.text().contains(TOKEN));
    let log = reached.data_dir.path().join("stderr");
    let mut command = crate::bluetick::command(&reached.data_dir);
    command
        .env("BLUETICK_LOG", "trace")
        .stderr(std::fs::File::create(&log).expect("a file"));
    let serve = crate::bluetick::Serve::start_as(&mut command);
    let event = serve.next_event();
    assert_eq!(event["event"], "unreachable", "{event}");
    assert_eq!(event["publicUrl"]["status"]["kind"], "needsYou");
    assert!(!event.to_string().contains(TOKEN), "{event}");

    // With a token that is taken, whole frames with it and with messages go over the line.
    reached.edge.receive(Welcome::Served);
    serve.stop();
    let mut command = crate::bluetick::command(&reached.data_dir);
    command
        .env("BLUETICK_LOG", "trace,ngrok::internals=trace,muxado=trace")
        .stderr(
            std::fs::File::options()
                .append(true)
                .open(&log)
                .expect("a file"),
        );
    let serve = crate::bluetick::Serve::start_as(&mut command);
    let public = serve.next_event();
    assert_eq!(public["event"], "public", "{public}");
    let hook = public["hook"].as_str().expect("its hook");
    let said = "nobody else may read this";
    let body = crate::support::payload::text("wamid.s", crate::support::payload::MINA, said);
    assert_eq!(post(hook, body.to_string()).status, 200);
    serve.stop();
    let log = std::fs::read_to_string(log).expect("what it logged");
    assert!(log.contains("the public URL"), "it did log: {log}");
    for secret in [TOKEN, said] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

/// Says to the process that [`child_of_faults`] is that it is meant.
const CHILD: &str = "BLUETICK_TEST_FAULTS";

#[test]
fn a_hundred_faults_leave_nothing_behind() {
    let this_test = std::env::current_exe().expect("a test knows where it is");
    let output = Command::new(this_test)
        .args([
            "--ignored",
            "--exact",
            "tunnel::faults::child_of_faults",
            "--nocapture",
        ])
        .env(CHILD, "1")
        .output()
        .expect("the test runs");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}");
    assert!(
        output.status.success(),
        "{text}\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
#[ignore = "not a test: the one above runs it as a process of its own, whose tasks, sockets and threads can be counted"]
fn child_of_faults() {
    if std::env::var_os(CHILD).is_none() {
        return;
    }
    let reached = Reached::online(hasty());
    let settled = |reached: &Reached| {
        reached.wait_online();
        let one = reached.edge.wait_until("one agent is there", |count| {
            count.connections == 1 && count.tunnels == 1
        });
        reached.network.block_on(one);
        crate::support::wait::eventually("the counts stand still", || {
            let counts = Counts::of(reached);
            std::thread::sleep(Duration::from_millis(300));
            (Counts::of(reached) == counts).then_some(counts)
        })
    };
    // The first faults bring up threads that are kept for later.
    for number in 0..6 {
        fault(&reached, number);
    }
    let before = settled(&reached);
    let started = Instant::now();
    let seed = std::process::id();
    let mut dice = seed;
    for _ in 0..100 {
        // Numerical Recipes' generator: any will do.
        dice = dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        fault(&reached, dice >> 16);
    }
    let after = settled(&reached);
    println!(
        "100 faults (seed {seed}) in {:?}: before {before:?}, after {after:?}",
        started.elapsed()
    );
    assert!(after.sockets <= before.sockets, "{before:?} {after:?}");
    assert!(after.tasks <= before.tasks, "{before:?} {after:?}");
    // Threads for blocking work come and go with it.
    assert!(after.threads <= before.threads + 2, "{before:?} {after:?}");
}

/// One fault, and back again.
fn fault(reached: &Reached, number: u32) {
    let edge = &reached.edge;
    let before = reached.row();
    match number % 6 {
        0 => edge.cut(),
        1 => {
            reached.network.block_on(edge.go_away());
            edge.cut();
            reached.wait("it is noticed", |row| !is_online(row));
            reached.come_back();
            reached.engine.network_changed();
        }
        2 => {
            edge.fail_binds(1, Refusal::of(334));
            edge.cut();
        }
        3 => edge.black_hole(),
        4 => {
            edge.receive(Welcome::ClosedAtOnce);
            edge.cut();
            reached.wait("it is noticed", |row| !is_online(row));
            edge.receive(Welcome::Served);
        }
        _ => {
            edge.receive(Welcome::CaptivePortal);
            edge.cut();
            reached.wait("it is noticed", |row| !is_online(row));
            edge.receive(Welcome::Served);
            reached.engine.network_changed();
        }
    }
    reached.wait_proven_after(&before);
}

/// What a process could leak.
#[derive(Debug, PartialEq, Eq)]
struct Counts {
    /// Of the engine's runtime.
    tasks: usize,
    sockets: usize,
    threads: usize,
}

impl Counts {
    fn of(reached: &Reached) -> Self {
        let of = |folder: &str, is_one: fn(&std::path::Path) -> bool| {
            std::fs::read_dir(folder)
                .map(|entries| {
                    entries
                        .flatten()
                        .filter(|entry| is_one(&entry.path()))
                        .count()
                })
                .unwrap_or(0)
        };
        Self {
            tasks: reached.runtime.metrics().num_alive_tasks(),
            sockets: of("/proc/self/fd", |path| {
                std::fs::read_link(path).is_ok_and(|to| to.to_string_lossy().starts_with("socket:"))
            }),
            threads: of("/proc/self/task", |_| true),
        }
    }
}
