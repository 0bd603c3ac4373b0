//! The sentence that everything serves, second half: and you will see it. With a real notification service on a screen.

use std::io::{BufRead, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use bluetick_core::engine::{Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::tunnel::Tempo;
use serde_json::{Value, json};

use crate::bluetick::{messages, run, run_with_input, signal};
use crate::edge::Edge;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, MINA, text};
use crate::support::process::Running;
use crate::support::session::{Bus, Desktop};
use crate::support::wait::{PATIENCE, eventually};

/// Names the data directory to the process that [`child_engine`] is.
const CHILD: &str = "BLUETICK_TEST_ENGINE";

const OMAR: Customer = Customer {
    number: "15550144",
    name: "Omar <b>Lind</b>",
};

/// An engine with popups. It is a process of its own, because a process has one session bus and tests have many.
struct PopupEngine {
    hook: String,
    clicks: mpsc::Receiver<Value>,
    _process: Running,
}

impl PopupEngine {
    fn start(data_dir: &DataDir, enter: impl FnOnce(&mut Command)) -> Self {
        let this_test = std::env::current_exe().expect("a test knows where it is");
        let mut command = Command::new(this_test);
        command
            .args([
                "--ignored",
                "--exact",
                "popups::child_engine",
                "--nocapture",
            ])
            .env(CHILD, data_dir.path())
            .stderr(Stdio::null());
        enter(&mut command);
        let (process, _, out) = Running::spawn_and_hear(&mut command);
        let (told, said) = mpsc::channel();
        std::thread::spawn(move || {
            // Between the lines are those of the test runner, which are no JSON.
            let lines = out.lines().map_while(Result::ok);
            for said in lines.filter_map(|line| serde_json::from_str::<Value>(&line).ok()) {
                let _ = told.send(said);
            }
        });
        let first = said.recv_timeout(PATIENCE);
        let first = first.expect("the engine says where it listens");
        Self {
            hook: first["hook"].as_str().expect("its hook").to_owned(),
            clicks: said,
            _process: process,
        }
    }

    fn on(desktop: &Desktop, data_dir: &DataDir) -> Self {
        Self::start(data_dir, |command| {
            desktop.enter(command);
        })
    }

    fn receive(&self, id: &str, from: Customer, words: &str) {
        let answer = post(&self.hook, text(id, from, words).to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

#[test]
#[ignore = "not a test: the other tests here run it as the process of the engine"]
fn child_engine() {
    let Some(data_dir) = std::env::var_os(CHILD) else {
        return;
    };
    let say = |what: Value| {
        // The test runner may have left its line open.
        writeln!(std::io::stdout(), "\n{what}").expect("the test listens");
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let (clicks, mut clicked) = tokio::sync::mpsc::unbounded_channel();
        let engine = Engine::start(Options {
            data_dir: data_dir.into(),
            listening: Listening::At(([127, 0, 0, 1], 0).into()),
            popups: Some(clicks),
            // Nobody has time for two minutes.
            tempo: Tempo {
                told_after: Duration::from_secs(1),
                ..Tempo::default()
            },
        });
        let engine = engine.await.expect("the engine starts");
        say(json!({"hook": engine.hooks()[0].local_url}));
        while let Some(click) = clicked.recv().await {
            say(json!({"clicked": click.conversation}));
        }
    });
}

/// What somebody reads who is shown this markup.
fn as_shown(markup: &str) -> String {
    assert!(
        !markup.contains(['<', '>']),
        "nothing is left that could be obeyed: {markup}"
    );
    markup
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

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
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "First");
    desktop.wait_for_popups(1);
    engine.receive("wamid.2", MINA, "Second");
    engine.receive("wamid.3", MINA, "Third");
    // Another conversation's popup comes after the changes, and so tells that they are done.
    engine.receive("wamid.4", OMAR, "Fourth");
    desktop.wait_for_popups(2);
    let mut bodies: Vec<_> = desktop
        .close_popups()
        .into_iter()
        .map(|popup| popup.body)
        .collect();
    bodies.sort();
    assert_eq!(bodies, ["Fourth", "Third"], "one popup a conversation");
}

#[test]
fn a_click_leads_to_the_conversation() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.1", MINA, "First");
    desktop.wait_for_popups(1);
    engine.receive("wamid.2", OMAR, "Second");
    desktop.wait_for_popups(2);
    let conversation = |name: &str| {
        let messages = messages(&data_dir);
        let mut of_name = messages
            .iter()
            .filter(|message| message["contact"]["name"] == name);
        of_name.next().expect("it is in the archive")["conversation"].clone()
    };
    for (from, left) in [(MINA, 1), (OMAR, 0)] {
        desktop.click_oldest_popup();
        let click = engine.clicks.recv_timeout(PATIENCE);
        assert_eq!(
            click.expect("the click is told"),
            json!({"clicked": conversation(from.name)})
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
fn a_frozen_notification_service_holds_up_nothing_but_popups() {
    let (desktop, data_dir) = (Desktop::start(), DataDir::new());
    let engine = PopupEngine::on(&desktop, &data_dir);
    engine.receive("wamid.before", MINA, "Before");
    desktop.wait_for_popups(1);
    signal(desktop.service_id(), "STOP");
    for number in 0..100 {
        let asked = Instant::now();
        let from = if number % 2 == 0 { MINA } else { OMAR };
        engine.receive(&format!("wamid.frozen{number}"), from, "Are you there?");
        let took = asked.elapsed();
        // Waiting for the service would take its time-out of three seconds.
        assert!(
            took < Duration::from_secs(2),
            "answer {number} took {took:?}"
        );
    }
    assert_eq!(messages(&data_dir).len(), 101);
    signal(desktop.service_id(), "CONT");
    let third = Customer {
        number: "15550155",
        name: "Ida Wren",
    };
    engine.receive("wamid.after", third, "After");
    eventually("the popup after the frost is shown", || {
        let closed = desktop.close_popups();
        let shown = closed.iter().any(|popup| popup.title == third.name);
        shown.then_some(())
    });
}

#[test]
fn without_a_notification_service_everything_else_goes_on() {
    let (bus, data_dir) = (Bus::start(), DataDir::new());
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    for number in 0..20 {
        engine.receive(&format!("wamid.alone{number}"), MINA, "Nobody sees this");
    }
    assert_eq!(messages(&data_dir).len(), 20);
}

#[test]
fn what_came_before_a_crash_is_shown_after_it() {
    let data_dir = DataDir::new();
    let bus = Bus::start();
    let engine = PopupEngine::start(&data_dir, |command| {
        bus.enter(command);
    });
    engine.receive("wamid.told", MINA, "There was nobody to show this");
    drop(engine);
    // The engine above may or may not have come to the popup before it was killed; a message while nothing runs cannot be.
    let plain = crate::bluetick::Serve::start(&data_dir);
    let body = text("wamid.untold", OMAR, "Came while no popups were shown").to_string();
    assert_eq!(post(&plain.hook, body).status, 200);
    plain.stop();

    let desktop = Desktop::start();
    let _engine = PopupEngine::on(&desktop, &data_dir);
    eventually("the message of before is shown", || {
        let closed = desktop.close_popups();
        let shown = closed.iter().any(|popup| popup.title == OMAR.name);
        shown.then_some(())
    });
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
