//! What the crate is given: the plan in its words, and a connector that makes every connection in its place.

use std::sync::Arc;
use std::time::Duration;

use ::ngrok::session::{ConnectError, SessionBuilder};
use ::ngrok::tunnel::AcceptError;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;
use tokio_util::bytes::Bytes;

use super::backoff::Backoff;
use super::dial::{Route, dial};
use super::line::{Cuttable, Line};
use super::trouble::{self, detailed};
use super::{NgrokPlan, Roots, Surroundings};
use crate::chat::view::{Trouble, TroubleKind};

/// The crate's session as the plan wants it, on a line that can be cut.
pub(super) fn builder(
    line: &Line,
    plan: &Arc<NgrokPlan>,
    surroundings: &Surroundings,
) -> Result<SessionBuilder, Trouble> {
    let unusable = |what: &str| detailed(TroubleKind::CannotConnect, &what);
    let tempo = &surroundings.tempo;
    let mut builder = ::ngrok::Session::builder();
    if let Some(token) = &plan.token {
        builder.authtoken(token.reveal());
    }
    builder.client_info("Bluetick", env!("CARGO_PKG_VERSION"), None::<String>);
    builder
        .heartbeat_interval(tempo.heartbeat)
        .map_err(|_| unusable("the heartbeat"))?
        .heartbeat_tolerance(tempo.heartbeat_tolerance)
        .map_err(|_| unusable("the heartbeat"))?;
    match &plan.roots {
        Roots::Ngrok => {}
        Roots::System => {
            builder
                .root_cas("host")
                .map_err(|_| unusable("the system has no certificates"))?;
        }
        Roots::File(path) => {
            let pem = std::fs::read(path)
                .map_err(|_| unusable("the file with the certificates cannot be read"))?;
            builder.ca_cert(Bytes::from(pem));
        }
    }
    if let Some(server) = &plan.server {
        builder
            .server_addr(server)
            .map_err(|_| unusable("the server's address is none"))?;
    }
    let dead = line.clone();
    builder.handle_heartbeat(move |answer: Option<Duration>| {
        let dead = dead.clone();
        async move {
            if answer.is_none() {
                dead.cut();
            }
            Ok(())
        }
    });
    let line = line.clone();
    let route = Dialer {
        plan: plan.clone(),
        step: tempo.step,
        longest_wait: tempo.longest_wait,
    };
    builder.connector(move |host, port, tls, error| {
        let (line, route) = (line.clone(), route.clone());
        async move {
            let stream = route.connect(&line, host, port, tls, error).await?;
            Ok(Box::new(stream) as Box<dyn ::ngrok::session::IoStream>)
        }
    });
    Ok(builder)
}

/// What the crate calls for every connection.
#[derive(Clone)]
struct Dialer {
    plan: Arc<NgrokPlan>,
    step: Duration,
    longest_wait: Duration,
}

impl Dialer {
    /// The first connection is tried once, so that whoever waits hears why it failed. One that broke is tried until it stands.
    /// Where the connection stood and ngrok refused what was asked over it, this session is given up: another one asks anew.
    async fn connect(
        &self,
        line: &Line,
        host: String,
        port: u16,
        tls: Arc<ClientConfig>,
        error: Option<AcceptError>,
    ) -> Result<Cuttable<TlsStream<TcpStream>>, ConnectError> {
        let route = Route {
            host,
            port,
            tls,
            proxy: self.plan.proxy.clone(),
            step: self.step,
        };
        let is_first = error.is_none();
        if let Some(AcceptError::Reconnect(refused)) = &error {
            let token = self.plan.token.as_ref();
            line.failed(1, trouble::of_connect(refused, line.trouble(), token));
            return Err(ConnectError::Canceled);
        }
        let mut backoff = Backoff::new(self.longest_wait);
        if let Some(wait) = Backoff::after(line.in_vain(), self.longest_wait) {
            // Whoever lets connections stand and breaks them again is not to be asked without end.
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = line.hurried() => {}
                () = line.closed() => {}
            }
        }
        while !line.is_closed() {
            let dialed = tokio::select! {
                dialed = dial(&route) => Some(dialed),
                () = line.hurried() => None,
                () = line.closed() => return Err(ConnectError::Canceled),
            };
            match dialed {
                Some(Ok(stream)) if !line.is_closed() => return Ok(line.stands(stream)),
                Some(Ok(_)) => return Err(ConnectError::Canceled),
                Some(Err(trouble)) => {
                    let wait = backoff.next();
                    line.failed(backoff.tries(), trouble);
                    if is_first {
                        return Err(ConnectError::Canceled);
                    }
                    tokio::select! {
                        () = tokio::time::sleep(wait) => {}
                        () = line.hurried() => backoff.reset(),
                        () = line.closed() => return Err(ConnectError::Canceled),
                    }
                }
                // The network is another one than when this try began.
                None => backoff.reset(),
            }
        }
        Err(ConnectError::Canceled)
    }
}
