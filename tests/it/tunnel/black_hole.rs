//! A real black hole: a computer of its own whose packets on the one connection are dropped, while new connections work. So it
//! is after a change of the network, or when a router has forgotten the connection.

use std::process::Command;
use std::time::Instant;

use serde_json::Value;
use tokio::runtime::Runtime;

use super::{TOKEN, trust};
use crate::bluetick::{Serve, run_with_input};
use crate::edge::Edge;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};
use crate::support::process::program;

/// A network namespace with a cable to it, gone after the test.
struct Computer {
    name: String,
    cable: String,
    ours: [u8; 4],
}

impl Computer {
    /// One, or the reason why this machine cannot have one.
    fn start() -> Result<Self, String> {
        let number = std::process::id();
        let subnet = u8::try_from(number % 200).expect("it is small");
        let computer = Self {
            name: format!("bluetick-{number}"),
            cable: format!("bt{number}"),
            ours: [10, 77, subnet, 1],
        };
        let (name, cable) = (&computer.name, &computer.cable);
        let ours = format!("10.77.{subnet}.1/24");
        let theirs = format!("10.77.{subnet}.2/24");
        for command in [
            format!("netns add {name}"),
            format!("link add {cable} type veth peer name eth0 netns {name}"),
            format!("addr add {ours} dev {cable}"),
            format!("link set {cable} up"),
            format!("-n {name} addr add {theirs} dev eth0"),
            format!("-n {name} link set eth0 up"),
            format!("-n {name} link set lo up"),
        ] {
            run(Command::new("ip").args(command.split(' ')))?;
        }
        // A kernel without filters is found out here.
        run(computer.command("nft").args(["list", "ruleset"]))?;
        Ok(computer)
    }

    /// A command on that computer.
    fn command(&self, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name, program]);
        command
    }

    /// Drops every packet of the connection that has this port there, without a word to anybody.
    fn drop_packets_of(&self, port: u16) {
        let rules = format!(
            "table inet hole {{
                chain out {{ type filter hook output priority 0; tcp sport {port} drop; }}
                chain in {{ type filter hook input priority 0; tcp dport {port} drop; }}
            }}"
        );
        run(self.command("nft").arg(rules)).expect("rules are taken");
    }
}

impl Drop for Computer {
    fn drop(&mut self) {
        // The cable goes with it.
        let _ = Command::new("ip")
            .args(["netns", "del", &self.name])
            .output();
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("{command:?}: {said}"))
    }
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output
        .expect("every system says who one is")
        .stdout
        .trim_ascii()
        == b"0"
}

/// The next event of this name.
fn hear(serve: &Serve, name: &str) -> Value {
    loop {
        let event = serve.next_event();
        if event["event"] == name {
            return event;
        }
    }
}

#[test]
fn packets_that_vanish_are_noticed_and_gone_around() {
    if !is_root() {
        println!("not looked at: only root can make a network namespace");
        return;
    }
    let computer = Computer::start().expect("root can make a network namespace");
    let network = Runtime::new().expect("a runtime");
    let edge = network.block_on(Edge::start_at(computer.ours.into()));
    let data_dir = DataDir::new();
    trust(&data_dir, &edge);
    let set = run_with_input(&data_dir, &["public-url", "--ngrok-token-stdin"], TOKEN);
    assert_eq!(set.code, Some(0), "{}", set.errors);

    let bluetick = program("bluetick");
    let mut command = computer.command(bluetick.to_str().expect("a plain path"));
    command
        .arg("--data-dir")
        .arg(data_dir.path())
        .env_remove("BLUETICK_DATA_DIR")
        .env_remove("DBUS_SESSION_BUS_ADDRESS");
    let serve = Serve::start_as(&mut command);
    let public = hear(&serve, "public");
    assert_eq!(public["url"], edge.public_url().as_str());

    let agent = edge.last_agent().expect("it is connected");
    let started = Instant::now();
    computer.drop_packets_of(agent.port());
    let lost = hear(&serve, "unreachable");
    let noticed = started.elapsed();
    hear(&serve, "public");
    println!(
        "packets dropped: noticed after {noticed:?}, proven again after {:?}",
        started.elapsed()
    );
    assert_eq!(
        lost["publicUrl"]["status"]["kind"], "reconnecting",
        "{lost}"
    );
    assert_ne!(edge.last_agent(), Some(agent), "over another connection");
    let hook = public["hook"].as_str().expect("its hook");
    let answer = post(hook, text("wamid.hole", MINA, "through").to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
    serve.stop();
}
