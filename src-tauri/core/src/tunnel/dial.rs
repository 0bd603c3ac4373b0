//! Making a connection to ngrok: names, TCP, the proxy if there is one, TLS. Every step has its time, and every failure a name.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, Uri};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper_util::client::legacy::connect::proxy::{SocksV5, Tunnel};
use hyper_util::rt::TokioIo;
use reqwest::Url;
use rustls::pki_types::ServerName;
use rustls::{AlertDescription, ClientConfig};
use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tower::{Service, service_fn};

use super::Token;
use super::trouble::detailed;
use crate::chat::view::{Trouble, TroubleKind};

/// An idle connection is asked for a sign of life after this.
const KEEPALIVE: Duration = Duration::from_secs(15);

/// And then as often as this.
const KEEPALIVE_AGAIN: Duration = Duration::from_secs(5);

/// What was sent and not confirmed for this long breaks the connection, where the system can do that.
#[cfg(target_os = "linux")]
const UNCONFIRMED: Duration = Duration::from_secs(20);

/// Where to, and how.
#[derive(Clone)]
pub(super) struct Route {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) proxy: Option<Token>,
    /// For each step.
    pub(super) step: Duration,
}

/// Makes one connection.
pub(super) async fn dial(route: &Route) -> Result<TlsStream<TcpStream>, Trouble> {
    let stream = match &route.proxy {
        None => connect(&route.host, route.port, route.step).await?,
        Some(proxy) => through_proxy(route, proxy).await?,
    };
    let name = ServerName::try_from(route.host.clone())
        .map_err(|_| Trouble::plain(TroubleKind::CannotConnect))?;
    let shaken = TlsConnector::from(route.tls.clone()).connect(name, stream);
    match timeout(route.step, shaken).await {
        Ok(Ok(stream)) => Ok(stream),
        Ok(Err(error)) => Err(of_handshake(&error)),
        Err(_) => Err(Trouble::plain(TroubleKind::Silent)),
    }
}

/// The first of a host's addresses that takes a connection.
async fn connect(host: &str, port: u16, step: Duration) -> Result<TcpStream, Trouble> {
    let host = host.trim_matches(['[', ']']);
    let addresses: Vec<SocketAddr> = match timeout(step, lookup_host((host, port))).await {
        Ok(Ok(addresses)) => alternating(addresses.collect()),
        Ok(Err(_)) | Err(_) => return Err(Trouble::plain(TroubleKind::NoNetwork)),
    };
    let mut trouble = Trouble::plain(TroubleKind::NoNetwork);
    for address in addresses {
        match timeout(step, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                prepare(&stream);
                return Ok(stream);
            }
            Ok(Err(error)) => trouble = of_tcp(&error),
            Err(_) => trouble = detailed(TroubleKind::CannotConnect, &"no answer in time"),
        }
    }
    Err(trouble)
}

/// The same addresses, of either kind in turn: where one kind leads nowhere, the other is not kept waiting for all of it.
fn alternating(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let (mut one, mut other): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(SocketAddr::is_ipv6);
    one.reverse();
    other.reverse();
    let mut mixed = Vec::with_capacity(one.len() + other.len());
    while !(one.is_empty() && other.is_empty()) {
        mixed.extend(one.pop());
        mixed.extend(other.pop());
    }
    mixed
}

/// Small requests are not held back, and a dead connection is noticed. None of it is worth failing for.
fn prepare(stream: &TcpStream) {
    let socket = SockRef::from(stream);
    let keepalive = TcpKeepalive::new()
        .with_time(KEEPALIVE)
        .with_interval(KEEPALIVE_AGAIN);
    let prepared = socket
        .set_tcp_nodelay(true)
        .and_then(|()| socket.set_tcp_keepalive(&keepalive));
    #[cfg(target_os = "linux")]
    let prepared = prepared.and_then(|()| socket.set_tcp_user_timeout(Some(UNCONFIRMED)));
    if let Err(error) = prepared {
        tracing::debug!(%error, "the connection to ngrok has not all its options");
    }
}

/// A connection that a proxy made for us.
async fn through_proxy(route: &Route, proxy: &Token) -> Result<TcpStream, Trouble> {
    let refused = || Trouble::plain(TroubleKind::ProxyRefused);
    let url = Url::parse(proxy.reveal()).map_err(|_| refused())?;
    let target: Uri = format!("http://{}:{}", route.host, route.port)
        .parse()
        .map_err(|_| refused())?;
    let host = url.host_str().ok_or_else(refused)?.to_owned();
    let is_socks = url.scheme() == "socks5";
    let port = url.port().unwrap_or(if is_socks { 1080 } else { 80 });
    let address: Uri = format!("http://{host}:{port}")
        .parse()
        .map_err(|_| refused())?;
    let step = route.step;
    let reach = service_fn(move |_: Uri| {
        let host = host.clone();
        async move {
            let stream = connect(&host, port, step).await;
            stream
                .map(TokioIo::new)
                .map_err(|_| io::Error::from(ErrorKind::NotConnected))
        }
    });
    let (user, password) = credentials(&url);
    let passed = async {
        if is_socks {
            let mut proxy = SocksV5::new(address, reach);
            if !user.is_empty() {
                proxy = proxy.with_auth(user, password);
            }
            proxy.call(target).await.map_err(|_| refused())
        } else {
            let mut proxy = Tunnel::new(address, reach);
            if !user.is_empty() {
                let basic = BASE64_STANDARD.encode(format!("{user}:{password}"));
                let header = HeaderValue::try_from(format!("Basic {basic}"));
                proxy = proxy.with_auth(header.map_err(|_| refused())?);
            }
            proxy.call(target).await.map_err(|_| refused())
        }
    };
    match timeout(step * 2, passed).await {
        Ok(stream) => Ok(stream?.into_inner()),
        Err(_) => Err(refused()),
    }
}

/// User and password of a URL, as they were before they were put into one.
fn credentials(url: &Url) -> (String, String) {
    let plain = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    (
        plain(url.username()),
        plain(url.password().unwrap_or_default()),
    )
}

fn of_tcp(error: &io::Error) -> Trouble {
    match error.kind() {
        ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable => Trouble::plain(TroubleKind::NoNetwork),
        kind => detailed(TroubleKind::CannotConnect, &kind),
    }
}

/// Who answers is told by how the handshake fails: a sign-in page speaks no TLS at all, and whoever reads connections on the way
/// shows a certificate that is not ngrok's.
fn of_handshake(error: &io::Error) -> Trouble {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    match inner {
        Some(
            rustls::Error::InvalidCertificate(_)
            | rustls::Error::AlertReceived(AlertDescription::UnknownCA),
        ) => Trouble::plain(TroubleKind::UntrustedCertificate),
        Some(rustls::Error::InvalidMessage(_)) => Trouble::plain(TroubleKind::SignInPage),
        Some(other) => detailed(TroubleKind::CannotConnect, other),
        None => detailed(TroubleKind::CannotConnect, &error.kind()),
    }
}

#[cfg(test)]
mod tests {
    use super::alternating;

    #[test]
    fn addresses_of_either_kind_come_in_turn() {
        let addresses = |texts: &[&str]| {
            let texts = texts.iter();
            texts
                .map(|text| text.parse().expect("an address"))
                .collect::<Vec<_>>()
        };
        let told = addresses(&["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1", "1.1.1.2:1"]);
        let tried = ["[::1]:1", "1.1.1.1:1", "[::2]:1", "1.1.1.2:1", "[::3]:1"];
        assert_eq!(alternating(told), addresses(&tried));
        assert_eq!(alternating(addresses(&["1.1.1.1:1"])).len(), 1);
    }
}
