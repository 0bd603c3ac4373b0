//! What is remembered of the time in which nobody could get here.

use bluetick_core::chat::view::TroubleKind;
use serde_json::json;

use super::{Reached, TOKEN, hasty, is_online, start, token};
use crate::support::http::post;
use crate::support::payload::{MINA, text};

#[test]
fn an_outage_is_kept_with_its_cause_and_what_came_late() {
    let reached = Reached::online(hasty());
    let before = reached.row();
    reached.network.block_on(reached.edge.go_away());
    reached.edge.cut();
    reached.wait("it is noticed", |row| !is_online(row));
    let outages = || {
        let listed = reached.engine.store().reader().outages();
        listed.expect("the outages")
    };
    let open = crate::support::wait::eventually("it is written down", || outages().pop());
    assert_eq!(open.ended_at, None);
    let mut late = text("wamid.late", MINA, "Are you open?");
    // Between the seconds that payloads have and the milliseconds that we have.
    let sent = open.began_at / 1_000 + 1;
    late["entry"][0]["changes"][0]["value"]["messages"][0]["timestamp"] = json!(sent.to_string());
    let now = || bluetick_core::engine::now().millis();
    crate::support::wait::eventually("that second has come", || {
        (now() > sent * 1_000).then_some(())
    });

    reached.come_back();
    reached.engine.network_changed();
    reached.wait_proven_after(&before);
    let ended = crate::support::wait::eventually("its end is written down", || {
        outages().pop().filter(|outage| outage.ended_at.is_some())
    });
    assert!(
        matches!(
            ended.trouble.kind,
            TroubleKind::ConnectionLost | TroubleKind::CannotConnect
        ),
        "{ended:?}"
    );
    assert_eq!(ended.late, 0);
    assert_eq!(post(&reached.hook(), late.to_string()).status, 200);
    assert_eq!(outages()[0].late, 1);
}

#[test]
fn a_token_that_never_worked_is_no_outage() {
    let reached = Reached::start(hasty());
    reached.set(super::PublicUrlChange {
        way: Some(super::Way::Ngrok),
        ..super::PublicUrlChange::default()
    });
    reached.wait_trouble(TroubleKind::NoToken);
    let outages = reached.engine.store().reader().outages();
    assert_eq!(outages.expect("the outages"), []);
}

#[test]
fn another_url_is_never_silent() {
    let reached = Reached::online(hasty());
    let first = reached.row().url.expect("the public URL");
    reached.stop();
    drop(reached.engine);
    // Another account has another URL.
    let other = reached.network.block_on(crate::edge::Edge::start());
    let settings = reached.data_dir.path().join("settings.toml");
    let text = std::fs::read_to_string(&settings).expect("settings");
    std::fs::write(
        &settings,
        text.replace(&reached.edge.server(), &other.server()),
    )
    .expect("settings");
    std::fs::write(reached.data_dir.path().join("edge.pem"), other.ca_pem()).expect("a file");
    let engine = reached.runtime.block_on(start(&reached.data_dir, hasty()));
    let reached = Reached {
        engine,
        edge: other,
        ..reached
    };
    reached.set(token(TOKEN));
    let moved = reached.wait("the user must be told", |row| row.former.is_some());
    assert_eq!(moved.0.former, Some(first));
    reached.wait_online();
    reached.runtime.block_on(reached.engine.settle_public_url());
    reached.wait("the provider knows it", |row| row.former.is_none());
}

/// The outages that are listed after a start at this moment, the one that goes on included.
fn listed(reached: &Reached) -> Vec<bluetick_core::chat::view::OutageRow> {
    let outages = reached.engine.store().reader().outages();
    outages.expect("the outages")
}

#[test]
fn switching_off_ends_what_goes_on_without_a_trace() {
    let reached = Reached::online(hasty());
    reached.network.block_on(reached.edge.go_away());
    reached.edge.cut();
    crate::support::wait::eventually("it is written down", || listed(&reached).pop());
    reached.set(super::PublicUrlChange {
        way: Some(super::Way::Off),
        ..super::PublicUrlChange::default()
    });
    crate::support::wait::eventually("it is forgotten", || {
        listed(&reached).is_empty().then_some(())
    });
    reached.wait("there is none", |row| row.url.is_none());
}
