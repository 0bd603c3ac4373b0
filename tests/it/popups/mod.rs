//! The sentence that everything serves, second half: and you will see it. With a real notification service on a screen.

mod crash;
mod dealt;
mod dunst;
mod hostile;
mod quiet;
mod recorder;
mod screen;
mod service;
mod storm;

use std::io::{BufRead, Write};
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use bluetick_core::chat::view::{PopupSettings, Quiet};
use bluetick_core::engine::{Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::tunnel::Tempo;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::bluetick::messages;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{Customer, text};
use crate::support::process::Running;
use crate::support::session::Desktop;
use crate::support::wait::PATIENCE;

/// Names the data directory to the process that [`child_engine`] is.
const CHILD: &str = "BLUETICK_TEST_ENGINE";

const OMAR: Customer = Customer {
    number: "15550144",
    name: "Omar <b>Lind</b>",
};

const IDA: Customer = Customer {
    number: "15550155",
    name: "Ida Wren",
};

/// What the window would ask of the engine.
#[derive(Debug, Serialize, Deserialize)]
enum Ask {
    LookAt(Option<i64>),
    MarkRead(i64),
    Mute(i64, Quiet),
    Vip(i64),
    Pause(Quiet),
    Settings(PopupSettings),
    Sample,
    Stop,
}

/// An engine with popups. It is a process of its own, because a process has one session bus and tests have many.
struct PopupEngine {
    hook: String,
    said: mpsc::Receiver<Value>,
    asks: ChildStdin,
    process: Running,
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
            .stdin(Stdio::piped())
            .stderr(Stdio::null());
        enter(&mut command);
        let (mut process, _, out) = Running::spawn_and_hear(&mut command);
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
            said,
            asks: process.child.stdin.take().expect("it was asked for"),
            process,
        }
    }

    fn on(desktop: &Desktop, data_dir: &DataDir) -> Self {
        Self::start(data_dir, |command| {
            desktop.enter(command);
        })
    }

    fn receive(&self, id: &str, from: Customer, words: &str) {
        self.deliver(&text(id, from, words));
    }

    fn deliver(&self, body: &Value) {
        let answer = post(&self.hook, body.to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Asks for something and waits until it is done.
    fn ask(&mut self, what: &Ask) -> Value {
        let what = serde_json::to_string(what).expect("it can be written");
        writeln!(self.asks, "{what}").expect("the engine listens");
        loop {
            let said = self.hear();
            if let Some(done) = said.get("done") {
                return done.clone();
            }
        }
    }

    /// The next thing that the engine says.
    fn hear(&self) -> Value {
        let said = self.said.recv_timeout(PATIENCE);
        said.expect("the engine says something")
    }
}

#[test]
#[ignore = "not a test: the other tests here run it as the process of the engine"]
fn child_engine() {
    let Some(data_dir) = std::env::var_os(CHILD) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(live(Path::new(&data_dir)));
}

async fn live(data_dir: &Path) {
    let say = |what: Value| {
        // The test runner may have left its line open.
        writeln!(std::io::stdout(), "\n{what}").expect("the test listens");
    };
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
    let (asks, mut asked) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            let ask = serde_json::from_str(&line).expect("the test asks what there is to ask");
            let _ = asks.send(ask);
        }
    });
    let mut row = engine.popup_row();
    loop {
        tokio::select! {
            Some(click) = clicked.recv() => say(json!({"clicked": click.conversation})),
            Ok(()) = row.changed() => say(json!({"popups": *row.borrow_and_update()})),
            Some(ask) = asked.recv() => {
                let is_end = matches!(ask, Ask::Stop);
                say(json!({"done": answer(&engine, ask).await}));
                if is_end {
                    return;
                }
            }
        }
    }
}

/// Does what was asked for; null, or what went wrong.
async fn answer(engine: &Engine, ask: Ask) -> Option<String> {
    let store = engine.store();
    let words = |error: &dyn std::error::Error| error.to_string();
    let outcome = match ask {
        Ask::LookAt(conversation) => {
            engine.look_at(conversation);
            Ok(())
        }
        Ask::MarkRead(conversation) => store.mark_read(conversation).await.map_err(|e| words(&e)),
        Ask::Mute(conversation, quiet) => engine
            .mute(conversation, quiet)
            .await
            .map_err(|e| words(&e)),
        Ask::Vip(conversation) => store
            .set_vip(conversation, true)
            .await
            .map_err(|e| words(&e)),
        Ask::Pause(quiet) => engine.pause_popups(quiet).await.map_err(|e| words(&e)),
        Ask::Settings(settings) => engine
            .set_popup_settings(settings)
            .await
            .map_err(|e| words(&e)),
        Ask::Sample => engine.show_sample_popup().await.map_err(|e| words(&e)),
        Ask::Stop => {
            engine.stop().await;
            Ok(())
        }
    };
    outcome.err()
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

/// The conversation with somebody.
fn conversation(data_dir: &DataDir, with: Customer) -> i64 {
    let messages = messages(data_dir);
    let mut of_name = messages
        .iter()
        .filter(|message| message["contact"]["name"] == with.name);
    let message = of_name.next().expect("it is in the archive");
    message["conversation"].as_i64().expect("a number")
}
