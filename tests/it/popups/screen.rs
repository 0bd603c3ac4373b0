//! What popups say and where a click leads.

use serde_json::json;

use super::recorder::Recorder;
use super::{OMAR, PopupEngine, as_shown, conversation};
use crate::bluetick::{run, run_with_input};
use crate::edge::Edge;
use crate::support::data_dir::DataDir;
use crate::support::payload::MINA;
use crate::support::session::{Bus, Desktop};
use crate::support::wait::eventually;

#[test]
fn each_conversation_has_a_popup_that_says_who_and_what() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "5 < 6 && <b>x</b>");
    desktop.wait_for_popups(1);
    engine.receive("wamid.2", OMAR, "Good morning\nfrom the harbour");
    desktop.wait_for_popups(2);

    let closed = desktop.close_popups();
    let by_title = |title: &str| {
        let popup = closed.iter().find(|popup| popup.title == title);
        let popup = popup.unwrap_or_else(|| panic!("{title:?} is among {closed:?}"));
        as_shown(&popup.body)
    };
    assert_eq!(by_title(MINA.name), "5 < 6 && <b>x</b>");
    assert_eq!(
        by_title(OMAR.name),
        "Good morning from the harbour",
        "titles are never markup, previews are one line"
    );
    assert_eq!(closed.len(), 2);
}

#[test]
fn a_conversation_changes_its_popup_in_place() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let screen = Recorder::start(&bus);
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    engine.receive("wamid.1", MINA, "First");
    screen.wait_for(&[(MINA.name, "First")]);
    for (id, words) in [
        ("wamid.2", "Second"),
        ("wamid.3", "Third"),
        ("wamid.4", "Fourth"),
    ] {
        engine.receive(id, MINA, words);
    }
    let shown = screen.wait_for(&[(MINA.name, "4 new messages\nFourth")]);
    assert!(
        shown[0].changes < 3,
        "{} changes for three messages",
        shown[0].changes
    );
    assert_eq!(
        shown[0].hints["suppress-sound"], "true",
        "it made its sound already"
    );
}

#[test]
fn a_click_leads_to_the_conversation() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "First");
    desktop.wait_for_popups(1);
    engine.receive("wamid.2", OMAR, "Second");
    desktop.wait_for_popups(2);
    for (from, left) in [(MINA, 1), (OMAR, 0)] {
        desktop.click_oldest_popup();
        assert_eq!(
            engine.hear(),
            json!({"clicked": conversation(&data_dir, from)})
        );
        desktop.wait_for_popups(left);
    }
}

#[test]
fn a_popup_that_was_clicked_away_comes_again_with_the_next_message() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    for round in ["First", "Second"] {
        engine.receive(&format!("wamid.{round}"), MINA, round);
        desktop.wait_for_popups(1);
        let closed = desktop.close_popups();
        assert_eq!(closed[0].body, round);
    }
}

#[test]
fn a_long_outage_is_told_once() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let network = tokio::runtime::Runtime::new().expect("a runtime");
    let edge = network.block_on(Edge::start());
    data_dir.trust(&edge.server(), edge.ca_pem());
    let set = run_with_input(&data_dir, &["public-url", "--ngrok-token-stdin"], "2aToken");
    assert_eq!(set.code, Some(0), "{}", set.errors);
    let engine = PopupEngine::on(&desktop, &data_dir);
    eventually("the public URL is proven", || {
        let shown = run(&data_dir, &["public-url"]);
        shown.text().contains(&edge.public_url()).then_some(())
    });
    network.block_on(edge.go_away());
    edge.cut();
    desktop.wait_for_popups(1);
    engine.receive("wamid.1", MINA, "From this computer");
    desktop.wait_for_popups(2);
    let closed = desktop.close_popups();
    let told: Vec<_> = closed
        .iter()
        .filter(|popup| popup.title == "Bluetick cannot be reached")
        .collect();
    assert_eq!(told.len(), 1, "{closed:?}");
    assert!(
        told[0]
            .body
            .contains("cannot be connected to. Providers keep trying"),
        "{told:?}"
    );
}
