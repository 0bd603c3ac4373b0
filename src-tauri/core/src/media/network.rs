//! The way out: one HTTPS client that reaches public addresses of known hosts and nothing else.
//!
//! Names are looked up by us, and the connection is made to the very addresses that were judged, so a name that leads elsewhere
//! a second later (DNS rebinding) wins nothing. Proxies are not used, whatever the environment says. Certificates are verified by
//! the system's own means, with its roots.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::{Certificate, Client, Response, redirect};

use super::error::{BadAnswer, MediaError, Result};
use super::place::Place;
use super::public::is_public;
use super::{SIZE_LIMIT, Token};

/// Redirects that are followed for one file.
const REDIRECTS: usize = 3;

/// Meta's file server refuses clients without a name.
const USER_AGENT: &str = concat!("Bluetick/", env!("CARGO_PKG_VERSION"));

/// What a download may cost.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Time to look a name up and connect.
    pub(super) connect: Duration,
    /// Time without a byte.
    pub(super) idle: Duration,
    /// Time for everything.
    pub(super) whole: Duration,
    /// Bytes of the file.
    pub(super) size: u64,
}

impl Limits {
    pub(super) const STANDARD: Self = Self {
        connect: Duration::from_secs(10),
        idle: Duration::from_secs(30),
        whole: Duration::from_secs(10 * 60),
        size: SIZE_LIMIT,
    };
}

/// The way out. It may be kept, or made anew for each file, which reads the system's root certificates again.
#[derive(Debug, Clone)]
pub struct Network {
    client: Client,
    limits: Limits,
}

/// What came back, after redirects.
pub(super) struct Answer {
    pub(super) response: Response,
    /// Who answered.
    pub(super) place: Place,
    /// Whether they were shown the token.
    pub(super) saw_token: bool,
}

impl Network {
    /// The way to providers.
    ///
    /// # Errors
    /// [`MediaError::NoTls`] if the system has no root certificates.
    pub fn new() -> Result<Self> {
        Self::with(Lookup::System, None, Limits::STANDARD)
    }

    /// The way to a server of a test.
    #[cfg(test)]
    pub(super) fn local(lookup: Lookup, root: Certificate, limits: Limits) -> Result<Self> {
        Self::with(lookup, Some(root), limits)
    }

    fn with(lookup: Lookup, only_root: Option<Certificate>, limits: Limits) -> Result<Self> {
        // Somebody else in this process may have chosen one already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut client = Client::builder()
            .no_proxy()
            .https_only(true)
            .dns_resolver(Resolver(Arc::new(lookup)))
            .redirect(redirect::Policy::none())
            .user_agent(USER_AGENT)
            .connect_timeout(limits.connect)
            .read_timeout(limits.idle);
        if let Some(root) = only_root {
            client = client.tls_certs_only([root]);
        }
        let client = client
            .build()
            .map_err(|error| MediaError::NoTls(innermost(&error)))?;
        Ok(Self { client, limits })
    }

    /// The most that is fetched, in bytes.
    pub(super) const fn size_limit(&self) -> u64 {
        self.limits.size
    }

    /// Gives a download the time that it may take, and no more.
    pub(super) async fn in_time<T>(&self, download: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::time::timeout(self.limits.whole, download)
            .await
            .unwrap_or(Err(MediaError::TimedOut))
    }

    /// Asks for something, whatever the answer is. The token is shown to the first host, if it is meant for it; once a redirect
    /// leads elsewhere, it is shown to nobody.
    ///
    /// # Errors
    /// If there is no answer, or a redirect leads where nothing is fetched from.
    pub(super) async fn get(&self, mut place: Place, token: Option<&Token>) -> Result<Answer> {
        let mut token = token.filter(|_| place.takes_token());
        for _ in 0..=REDIRECTS {
            let response = self.ask(&place, token).await?;
            if !is_redirect(response.status().as_u16()) {
                return Ok(Answer {
                    response,
                    place,
                    saw_token: token.is_some(),
                });
            }
            let location = response.headers().get(LOCATION);
            let location = location.and_then(|value| value.to_str().ok());
            let next = place.redirected(location.ok_or_else(|| lost(&place))?)?;
            token = token.filter(|_| next.host() == place.host());
            place = next;
        }
        Err(lost(&place))
    }

    async fn ask(&self, place: &Place, token: Option<&Token>) -> Result<Response> {
        let mut request = self.client.get(place.url().clone());
        if let Some(token) = token {
            // It is marked as sensitive, and so left out wherever headers are printed.
            request = request.bearer_auth(token.reveal());
        }
        let asked = request.send().await;
        if let Ok(response) = &asked {
            tracing::debug!(
                host = place.host(),
                status = response.status().as_u16(),
                "asked for a file"
            );
        }
        asked.map_err(|error| broken(place.host(), &error))
    }
}

/// What a failed connection is called.
pub(super) fn broken(host: &str, error: &reqwest::Error) -> MediaError {
    if chain(error).any(|cause| cause.is::<OnlyPrivate>()) {
        MediaError::PrivateAddress {
            host: host.to_owned(),
        }
    } else if error.is_timeout() {
        MediaError::TimedOut
    } else {
        MediaError::Unreachable {
            host: host.to_owned(),
            reason: innermost(error),
        }
    }
}

const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

fn lost(place: &Place) -> MediaError {
    MediaError::BadAnswer {
        host: place.host().to_owned(),
        what: BadAnswer::Redirects,
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |cause| (*cause).source())
}

/// The innermost cause: the one that helps, and the one that names no address.
fn innermost(error: &reqwest::Error) -> String {
    chain(error)
        .last()
        .map(ToString::to_string)
        .unwrap_or_default()
}

/// Who says where a name leads.
#[derive(Debug)]
pub(super) enum Lookup {
    /// The system.
    System,
    /// A test, for every name. The answer is judged like the system's.
    #[cfg(test)]
    Told(Vec<SocketAddr>),
    /// A test whose server is on this computer. The answer is not judged.
    #[cfg(test)]
    Unjudged(SocketAddr),
}

/// Looks names up and hands out public addresses only.
struct Resolver(Arc<Lookup>);

/// A name that leads to no public address.
#[derive(Debug, thiserror::Error)]
#[error("it has no public address")]
struct OnlyPrivate;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = Arc::clone(&self.0);
        Box::pin(async move {
            let found: Vec<SocketAddr> = match &*lookup {
                Lookup::System => tokio::net::lookup_host((name.as_str(), 443))
                    .await?
                    .collect(),
                #[cfg(test)]
                Lookup::Told(addresses) => addresses.clone(),
                #[cfg(test)]
                Lookup::Unjudged(address) => {
                    return Ok(Box::new(std::iter::once(*address)) as Addrs);
                }
            };
            let public: Vec<_> = found
                .into_iter()
                .filter(|found| is_public(found.ip()))
                .collect();
            if public.is_empty() {
                return Err(OnlyPrivate.into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use reqwest::dns::Resolve;

    use super::{Lookup, OnlyPrivate, Resolver};

    #[tokio::test]
    async fn only_public_addresses_are_handed_out() {
        let told = |addresses: &[&str]| {
            let addresses = addresses
                .iter()
                .map(|text| text.parse().expect("an address"));
            let resolver = Resolver(Arc::new(Lookup::Told(addresses.collect())));
            resolver.resolve("x.fbcdn.net".parse().expect("a name"))
        };
        let mixed = told(&[
            "127.0.0.1:443",
            "157.240.1.60:443",
            "[fd00::1]:443",
            "[2a03:2880::1]:443",
        ]);
        let found: Vec<_> = mixed
            .await
            .expect("addresses")
            .map(|address| address.to_string())
            .collect();
        assert_eq!(found, ["157.240.1.60:443", "[2a03:2880::1]:443"]);
        for none in [&["10.0.0.1:443"][..], &[]] {
            let error = told(none).await.err().expect("nothing to hand out");
            assert!(error.is::<OnlyPrivate>(), "{error}");
        }
    }
}
