//! What was decided about the public URL.

use std::path::PathBuf;

use reqwest::Url;
use serde::{Deserialize, Serialize};

use super::{Result, Secret, SettingsError};
use crate::chat::view::{PublicUrlChange, PublicUrlSetup, Way};

/// Requests a month that ngrok's free plan has (knowledge: tunnel §0).
const FREE_QUOTA: i64 = 20_000;

/// Whose certificates are trusted when ngrok is connected to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Roots {
    /// ngrok's own root, and no other.
    #[default]
    Ngrok,
    /// Those of the system: where a company or an antivirus reads all connections, ngrok's own is never seen.
    System,
    /// Those in this PEM file.
    File(PathBuf),
}

/// The part of the settings' file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct PublicUrlSettings {
    /// How providers come here.
    pub way: Way,
    /// The domain to ask ngrok for; the account's own if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The URL that the user sees to, without a slash at its end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub own_url: Option<String>,
    /// Whose certificates are trusted.
    pub roots: Roots,
    /// ngrok's server as `host:port`, for accounts that have one of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
    /// Requests a month that the plan has.
    pub quota: i64,
}

impl Default for PublicUrlSettings {
    fn default() -> Self {
        Self {
            way: Way::Off,
            domain: None,
            own_url: None,
            roots: Roots::default(),
            server: None,
            quota: FREE_QUOTA,
        }
    }
}

/// All that was decided about the public URL, secrets included.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicUrl {
    /// What the file has.
    pub settings: PublicUrlSettings,
    /// The ngrok token.
    pub token: Option<Secret>,
    /// The proxy to ngrok, which may have a password in it.
    pub proxy: Option<Secret>,
}

impl PublicUrl {
    /// For whoever sets it up. No secret is in it.
    #[must_use]
    pub fn setup(&self) -> PublicUrlSetup {
        PublicUrlSetup {
            way: self.settings.way,
            has_token: self.token.is_some(),
            domain: self.settings.domain.clone(),
            own_url: self.settings.own_url.clone(),
            system_certificates: self.settings.roots == Roots::System,
            proxy: self.proxy.as_ref().and_then(without_password),
            quota: self.settings.quota,
        }
    }

    /// Whether another one leads providers here in the same way: all but how much the plan has.
    #[must_use]
    pub fn leads_as(&self, other: &Self) -> bool {
        let mut other = other.clone();
        other.settings.quota = self.settings.quota;
        *self == other
    }

    /// The same with a change in it.
    ///
    /// # Errors
    /// If what was typed cannot be used. The message says why and holds nothing of it.
    pub fn with(&self, change: PublicUrlChange) -> Result<Self> {
        let mut new = self.clone();
        let settings = &mut new.settings;
        if let Some(token) = change.token {
            new.token = token_of(&token)?;
        }
        if let Some(proxy) = change.proxy {
            new.proxy = proxy_of(&proxy)?;
        }
        if let Some(domain) = change.domain {
            settings.domain = domain_of(&domain)?;
        }
        if let Some(url) = change.own_url {
            settings.own_url = own_url_of(&url)?;
        }
        match change.system_certificates {
            Some(true) => settings.roots = Roots::System,
            // A file that was written into the settings by hand stays.
            Some(false) if settings.roots == Roots::System => settings.roots = Roots::Ngrok,
            Some(false) | None => {}
        }
        if let Some(quota) = change.quota {
            if quota < 1 {
                return Err(unusable("a plan has at least one request a month"));
            }
            settings.quota = quota;
        }
        settings.way = change.way.unwrap_or(settings.way);
        if settings.way == Way::Own && settings.own_url.is_none() {
            return Err(unusable("say which URL is yours"));
        }
        Ok(new)
    }
}

fn unusable(reason: &str) -> SettingsError {
    SettingsError::Unusable(reason.to_owned())
}

fn token_of(text: &str) -> Result<Option<Secret>> {
    let text = text.trim();
    // People copy the whole command that ngrok's page shows.
    let token = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_plain = token
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if token.is_empty() {
        Ok(None)
    } else if is_plain && token.len() <= 256 {
        Ok(Some(Secret::new(token.to_owned())))
    } else {
        Err(unusable(
            "that is no ngrok token: it has characters that no token has",
        ))
    }
}

fn domain_of(text: &str) -> Result<Option<String>> {
    let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
    let domain = text.strip_prefix("https://").unwrap_or(&text);
    let is_name = domain.contains('.')
        && domain
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    if domain.is_empty() {
        Ok(None)
    } else if is_name {
        Ok(Some(domain.to_owned()))
    } else {
        Err(unusable("a domain looks like name.ngrok.app"))
    }
}

/// The base of what was typed. A whole hook is often pasted; what stands before it is meant.
fn own_url_of(text: &str) -> Result<Option<String>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let base = text.find("/hook/").map_or(text, |at| &text[..at]);
    let url = Url::parse(base)
        .map_err(|_| unusable("that is no URL; it looks like https://messages.example.com"))?;
    let is_local = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.scheme() != "https" && !(url.scheme() == "http" && is_local) {
        return Err(unusable(
            "providers post to https addresses only; it must begin with https://",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(unusable("a URL with a password in it cannot be used"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(unusable("the URL must end before any ? or #"));
    }
    Ok(Some(url.as_str().trim_end_matches('/').to_owned()))
}

fn proxy_of(text: &str) -> Result<Option<Secret>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let url = Url::parse(text)
        .map_err(|_| unusable("that is no proxy; it looks like http://proxy.example.com:3128"))?;
    if !matches!(url.scheme(), "http" | "socks5") || url.host_str().is_none_or(str::is_empty) {
        return Err(unusable("a proxy begins with http:// or socks5://"));
    }
    Ok(Some(Secret::new(text.to_owned())))
}

fn without_password(proxy: &Secret) -> Option<String> {
    let mut url = Url::parse(proxy.reveal()).ok()?;
    // It has a host, so neither can fail.
    url.set_password(None).ok()?;
    Some(url.to_string())
}

#[cfg(test)]
mod tests {
    use super::{PublicUrl, Roots};
    use crate::chat::view::{PublicUrlChange, Way};
    use crate::settings::Secret;

    fn own(url: &str) -> Result<Option<String>, String> {
        let change = PublicUrlChange {
            own_url: Some(url.to_owned()),
            ..PublicUrlChange::default()
        };
        let changed = PublicUrl::default().with(change);
        changed
            .map(|new| new.settings.own_url)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_own_url_is_its_base() {
        for (typed, kept) in [
            ("https://m.example.com", "https://m.example.com"),
            (" https://M.example.com/ ", "https://m.example.com"),
            ("https://m.example.com/in/", "https://m.example.com/in"),
            (
                "https://m.example.com:8443/hook/abc",
                "https://m.example.com:8443",
            ),
            ("http://127.0.0.1:9/", "http://127.0.0.1:9"),
        ] {
            assert_eq!(own(typed), Ok(Some(kept.to_owned())), "{typed}");
        }
        assert_eq!(own(" "), Ok(None));
        for typed in [
            "m.example.com",
            "http://m.example.com",
            "ftp://m.example.com",
            "https://me:pw@m.example.com",
            "https://m.example.com/?a=1",
            "https://m.example.com/#a",
        ] {
            assert!(own(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_token_is_found_in_the_command_that_has_it() {
        let with = |token: &str| {
            let change = PublicUrlChange {
                token: Some(token.to_owned()),
                ..PublicUrlChange::default()
            };
            PublicUrl::default().with(change).map(|new| new.token)
        };
        let kept = with("ngrok config add-authtoken 2abc_DEF-3\n").expect("a token");
        assert_eq!(kept.as_ref().map(Secret::reveal), Some("2abc_DEF-3"));
        assert_eq!(with("").expect("none"), None);
        let refused = with("2abc\u{e9}").expect_err("no token").to_string();
        assert!(!refused.contains("2abc"), "{refused}");
    }

    #[test]
    fn a_proxy_is_shown_without_its_password() {
        let change = PublicUrlChange {
            proxy: Some("socks5://ada:secret@proxy.example:1080".to_owned()),
            ..PublicUrlChange::default()
        };
        let new = PublicUrl::default().with(change).expect("a proxy");
        assert_eq!(
            new.setup().proxy.as_deref(),
            Some("socks5://ada@proxy.example:1080")
        );
        assert!(!format!("{new:?}").contains("secret"));
        for typed in ["proxy.example:3128", "socks4://proxy:1", "http://"] {
            let change = PublicUrlChange {
                proxy: Some(typed.to_owned()),
                ..PublicUrlChange::default()
            };
            assert!(PublicUrl::default().with(change).is_err(), "{typed}");
        }
    }

    #[test]
    fn what_is_absent_stays() {
        let mut before = PublicUrl {
            token: Some(Secret::new("t".to_owned())),
            ..PublicUrl::default()
        };
        before.settings.roots = Roots::File("/ca.pem".into());
        let change = PublicUrlChange {
            way: Some(Way::Ngrok),
            domain: Some("https://Me.ngrok.app/".to_owned()),
            system_certificates: Some(false),
            ..PublicUrlChange::default()
        };
        let after = before.with(change).expect("changed");
        assert_eq!(after.token, before.token);
        assert_eq!(after.settings.roots, before.settings.roots);
        assert_eq!(after.settings.domain.as_deref(), Some("me.ngrok.app"));
        let nowhere = PublicUrlChange {
            way: Some(Way::Own),
            ..PublicUrlChange::default()
        };
        assert!(after.with(nowhere).is_err(), "which URL?");
    }
}
