//! What the edge knows: who is connected, who has the name, what was asked, and what is to go wrong.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;

use muxado::MuxadoOpen;
use muxado::typed::Typed;
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use super::faults::{Front, Refusal, Welcome};
use super::link::Gate;

/// Opens streams to an agent. All of them have to be dropped before its connection closes.
pub(super) type Opener = Typed<MuxadoOpen>;

/// How many of everything there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Count {
    /// Connections of agents that were accepted since the start, whatever became of them.
    pub(crate) accepted: usize,
    /// Connections of agents that are open now.
    pub(crate) connections: usize,
    /// Those of them whose agent was let in.
    pub(crate) sessions: usize,
    /// Those of them whose agent has the name; never more than one.
    pub(crate) tunnels: usize,
}

/// What agents have asked for, as it was on the wire, the oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    pub(crate) auths: Vec<Value>,
    pub(crate) binds: Vec<Value>,
    pub(crate) unbinds: Vec<Value>,
}

/// A connection of an agent.
#[derive(Default)]
pub(super) struct Connection {
    /// Ends everything that belongs to the connection.
    pub(super) close: CancellationToken,
    pub(super) gate: Arc<Gate>,
    /// There from the time when TLS works.
    pub(super) opener: Option<Opener>,
    /// The agent's id, once it was let in.
    client: Option<String>,
    /// The tunnel's id, once the agent has the name.
    tunnel: Option<String>,
}

/// The way to the agent that has the name.
pub(super) struct Route {
    pub(super) opener: Opener,
    pub(super) tunnel: String,
    /// Is cancelled when the way is no more.
    pub(super) close: CancellationToken,
}

/// All of it.
#[derive(Default)]
pub(super) struct State {
    pub(super) welcome: Welcome,
    pub(super) failing_binds: Vec<Refusal>,
    pub(super) client_addr: Option<String>,
    front: Front,
    /// Is cancelled when the front changes.
    visits: CancellationToken,
    accepted: usize,
    last_agent: Option<SocketAddr>,
    connections: BTreeMap<usize, Connection>,
    seen: Seen,
}

impl State {
    pub(super) fn count(&self) -> Count {
        let having = |has: fn(&Connection) -> bool| {
            let connections = self.connections.values();
            connections.filter(|connection| has(connection)).count()
        };
        Count {
            accepted: self.accepted,
            connections: self.connections.len(),
            sessions: having(|connection| connection.client.is_some()),
            tunnels: having(|connection| connection.tunnel.is_some()),
        }
    }

    pub(super) fn last_agent(&self) -> Option<SocketAddr> {
        self.last_agent
    }

    pub(super) fn seen(&self) -> Seen {
        self.seen.clone()
    }

    /// Somebody connects, and gets a number.
    pub(super) fn enter(&mut self, peer: SocketAddr) -> usize {
        self.accepted += 1;
        self.last_agent = Some(peer);
        self.connections
            .insert(self.accepted, Connection::default());
        self.accepted
    }

    /// The connection with that number is no more.
    pub(super) fn leave(&mut self, number: usize) {
        self.connections.remove(&number);
    }

    /// The connection with that number, if it was not cut.
    pub(super) fn connection(&mut self, number: usize) -> Option<&mut Connection> {
        self.connections.get_mut(&number)
    }

    /// Cuts all connections of agents. They count no more, although closing their sockets takes a moment.
    pub(super) fn cut(&mut self) {
        for connection in std::mem::take(&mut self.connections).into_values() {
            connection.close.cancel();
        }
    }

    /// Holds up what the agents that are in send and get.
    pub(super) fn hold(&self) {
        for connection in self.connections.values() {
            connection.gate.shut();
        }
    }

    /// Changes what the public address answers.
    pub(super) fn show(&mut self, front: Front) {
        self.front = front;
        std::mem::take(&mut self.visits).cancel();
    }

    /// What the public address answers, and until when.
    pub(super) fn front(&self) -> (Front, CancellationToken) {
        (self.front, self.visits.clone())
    }

    /// The way to the agent that has the name.
    pub(super) fn route(&self) -> Option<Route> {
        self.connections.values().find_map(|connection| {
            Some(Route {
                tunnel: connection.tunnel.clone()?,
                opener: connection.opener.clone()?,
                close: connection.close.clone(),
            })
        })
    }

    /// Takes the name from the agent that has it; the agent is still to be told.
    pub(super) fn stop_tunnel(&mut self) -> Option<(Opener, String)> {
        let mut connections = self.connections.values_mut();
        let connection = connections.find(|connection| connection.tunnel.is_some())?;
        let opener = connection.opener.clone()?;
        Some((opener, connection.tunnel.take()?))
    }

    /// An agent asks to be let in. There is no answer where it is to be ignored.
    pub(super) fn authenticate(&mut self, number: usize, request: Value) -> Option<Value> {
        let id = text(&request["ClientId"]);
        let cookie = text(&request["Extra"]["Cookie"]);
        let token = text(&request["Extra"]["AuthToken"]);
        self.seen.auths.push(request);
        match &self.welcome {
            Welcome::AuthIgnored => return None,
            Welcome::AuthRefused(refusal) => return Some(json!({"Error": refusal.wire(&token)})),
            Welcome::Served
            | Welcome::ClosedAtOnce
            | Welcome::Silence
            | Welcome::CaptivePortal
            | Welcome::ForeignAuthority => {}
        }
        // Who brings the cookie of a session goes on with it, and what is left of its last connection makes way.
        let goes_on = !id.is_empty() && cookie == secret_of(&id);
        let id = if goes_on { id } else { format!("ts_{number}") };
        for (other, connection) in &mut self.connections {
            if *other != number && connection.client.as_ref() == Some(&id) {
                connection.client = None;
                connection.tunnel = None;
                connection.close.cancel();
            }
        }
        self.connections.get_mut(&number)?.client = Some(id.clone());
        Some(json!({
            "Version": "3",
            "ClientId": id,
            "Extra": {
                "Version": "3", "Region": "us", "Cookie": secret_of(&id), "AccountName": "Test",
                "SessionDuration": 0, "PlanName": "Free", "Banner": "",
            },
        }))
    }

    /// An agent asks for the name.
    pub(super) fn bind(&mut self, number: usize, request: Value, url: &str) -> Value {
        let [id, proto, opts] = ["Id", "Proto", "Opts"].map(|key| request[key].clone());
        self.seen.binds.push(request);
        if let Some(refusal) = self.failing_binds.pop() {
            return json!({"Error": refusal.wire("")});
        }
        if self.count().tunnels > 0 {
            return json!({"Error": Refusal::of(334).wire("")});
        }
        let connection = self.connections.get_mut(&number);
        let Some(connection) = connection.filter(|connection| connection.client.is_some()) else {
            return json!({"Error": "Only agents that were let in can bind."});
        };
        let id = Some(text(&id)).filter(|id| !id.is_empty());
        let id = id.unwrap_or_else(|| format!("tn_{number}"));
        connection.tunnel = Some(id.clone());
        json!({
            "Id": id,
            "URL": url,
            "Proto": proto,
            "Opts": opts,
            "Extra": {"Token": secret_of(&id)},
            "Error": "",
        })
    }

    /// An agent gives the name back.
    pub(super) fn unbind(&mut self, number: usize, request: Value) -> Value {
        let id = text(&request["Id"]);
        self.seen.unbinds.push(request);
        if let Some(connection) = self.connections.get_mut(&number) {
            connection.tunnel.take_if(|tunnel| *tunnel == id);
        }
        json!({})
    }
}

/// What shows that a session or a tunnel is the agent's.
fn secret_of(id: &str) -> String {
    format!("secret of {id}")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
