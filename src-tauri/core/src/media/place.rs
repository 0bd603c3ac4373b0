//! Where a file may lie: which addresses are fetched from, and which of them see the token. Pure.

use std::fmt;

use reqwest::Url;

use super::error::{MediaError, Result};

/// The version of the Graph API that is asked.
const GRAPH: &str = "https://graph.facebook.com/v23.0/";

/// Longest address that is looked at, in bytes. Meta's have some 300.
const LONGEST_ADDRESS: usize = 8 * 1024;

/// Longest id of a file, in bytes. Meta's have some 16 digits, others are UUIDs.
const LONGEST_ID: usize = 128;

/// Longest host that is repeated to the user, in bytes.
const LONGEST_SHOWN: usize = 100;

/// Who keeps files of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Site {
    /// Meta's Graph API. It keeps no files, but describes them.
    Graph,
    /// Where Meta's descriptions lead to.
    Lookaside,
    /// Meta's content delivery networks. Their addresses are secrets in themselves and need no token.
    MetaNetwork,
    /// LINK Mobility.
    Link,
}

impl Site {
    /// Whose host this is. `Graph` is never the answer: an address in a payload that leads there is no file, but an order
    /// that would be carried out in the token's name (`?method=delete`).
    fn of(host: &str) -> Option<Self> {
        if host == "lookaside.fbsbx.com" {
            Some(Self::Lookaside)
        } else if is_below(host, "fbcdn.net") || is_below(host, "whatsapp.net") {
            Some(Self::MetaNetwork)
        } else if is_below(host, "linkmobility.eu") {
            Some(Self::Link)
        } else {
            None
        }
    }
}

/// Whether a host is in a domain, and not the domain itself. Encoded names (`xn--`) are no providers'.
fn is_below(host: &str, domain: &str) -> bool {
    let letters = |label: &str| {
        label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.strip_suffix(domain)
        .and_then(|rest| rest.strip_suffix('.'))
        .is_some_and(|labels| {
            labels
                .split('.')
                .all(|label| !label.is_empty() && !label.starts_with("xn--") && letters(label))
        })
}

/// An id that Meta can be asked about: it stays one segment of a path, whatever it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MediaId(String);

impl MediaId {
    /// `None` if it holds anything that the ids that are seen do not hold; those are digits or UUIDs (webhook catalogue, §3).
    pub(super) fn new(told: &str) -> Option<Self> {
        let safe = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        ((1..=LONGEST_ID).contains(&told.len()) && told.bytes().all(safe))
            .then(|| Self(told.to_owned()))
    }
}

/// An address that may be fetched from. Its path and query are shown to nobody, since they may be secrets.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Place {
    url: Url,
    site: Site,
}

impl Place {
    /// Judges an address.
    ///
    /// # Errors
    /// `NoAddress`, `NotHttps` or `NotAllowed`.
    pub(super) fn parse(told: &str) -> Result<Self> {
        if told.len() > LONGEST_ADDRESS {
            return Err(MediaError::NoAddress);
        }
        let url = Url::parse(told).map_err(|_| MediaError::NoAddress)?;
        let host = url.host_str().ok_or(MediaError::NoAddress)?;
        if url.scheme() != "https" {
            return Err(MediaError::NotHttps);
        }
        let refused = || MediaError::NotAllowed { host: shown(&url) };
        if url.port().is_some() || !is_plain(told, host) {
            return Err(refused());
        }
        let site = Site::of(host).ok_or_else(refused)?;
        Ok(Self { url, site })
    }

    /// Where Meta describes a file.
    pub(super) fn description(id: &MediaId) -> Result<Self> {
        let url = Url::parse(GRAPH)
            .and_then(|graph| graph.join(&id.0))
            .map_err(|_| MediaError::NoAddress)?;
        Ok(Self {
            url,
            site: Site::Graph,
        })
    }

    /// Where a redirect leads to, judged like any other address.
    pub(super) fn redirected(&self, location: &str) -> Result<Self> {
        let url = self.url.join(location).map_err(|_| MediaError::NoAddress)?;
        Self::parse(url.as_str())
    }

    pub(super) const fn url(&self) -> &Url {
        &self.url
    }

    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether the token is meant for it.
    pub(super) const fn takes_token(&self) -> bool {
        match self.site {
            Site::Graph | Site::Lookaside | Site::Link => true,
            Site::MetaNetwork => false,
        }
    }

    /// Whether it is LINK Mobility's, who hand out addresses of their own.
    pub(super) const fn is_link(&self) -> bool {
        match self.site {
            Site::Link => true,
            Site::Graph | Site::Lookaside | Site::MetaNetwork => false,
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Place({})", self.host())
    }
}

/// Whether the text names the host letter for letter after `https://`. The parser forgives much (backslashes, tabs, full-width
/// letters, user names); a provider needs none of it, and somebody who hides a host does.
fn is_plain(told: &str, host: &str) -> bool {
    let after = |text: &str, start: &str| {
        let (head, tail) = text.split_at_checked(start.len())?;
        head.eq_ignore_ascii_case(start).then(|| tail.to_owned())
    };
    let Some(rest) = after(told, "https://").and_then(|rest| after(&rest, host)) else {
        return false;
    };
    let rest = rest.strip_prefix(":443").unwrap_or(&rest);
    told.bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && (rest.is_empty() || rest.starts_with(['/', '?', '#']))
}

/// The host as the user is told it.
fn shown(url: &Url) -> String {
    let mut host = url.host_str().unwrap_or_default().to_owned();
    if host.len() > LONGEST_SHOWN {
        host = host.chars().take(LONGEST_SHOWN).chain(['…']).collect();
    }
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host,
    }
}

#[cfg(test)]
mod tests;
