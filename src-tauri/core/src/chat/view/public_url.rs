//! The public URL: whether providers can reach this engine from outside, and since when they cannot.

use serde::{Deserialize, Serialize};

/// How providers reach this engine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Way {
    /// Not at all, as far as Bluetick knows.
    #[default]
    Off,
    /// Through ngrok, which this engine connects to.
    Ngrok,
    /// Through a URL that the user sees to: a reverse proxy or a tunnel of their own.
    Own,
}

/// The public URL as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PublicUrlRow {
    /// How providers come here.
    pub way: Way,
    /// What the hooks' paths are put behind, without a slash at its end; the last one known while there is no connection.
    pub url: Option<String>,
    /// Whether it works.
    pub status: UrlStatus,
    /// The URL before this one, until the user says that their provider knows the new one.
    pub former: Option<String>,
    /// What the tunnel's plan counts; absent where nobody counts.
    pub quota: Option<Quota>,
}

/// Whether the public URL works. "Online" is said only after a request through it came back with the right answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum UrlStatus {
    /// There is none.
    #[default]
    Off,
    /// The first try goes on.
    Connecting,
    /// It was reached from outside.
    Online {
        /// When that was proven last.
        checked_at: i64,
        /// How long the request took.
        milliseconds: i64,
    },
    /// It cannot be reached. Bluetick is working on it.
    Reconnecting {
        /// Since when.
        since: i64,
        /// Tries so far.
        attempt: u32,
        /// What went wrong last.
        trouble: Trouble,
    },
    /// It cannot be reached until the user does something, or not for long.
    NeedsYou {
        /// Since when.
        since: i64,
        /// What is wrong.
        trouble: Trouble,
    },
}

/// What is in the way, with the words of others where they have some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Trouble {
    /// What sort of trouble.
    pub kind: TroubleKind,
    /// ngrok's own code, such as `ERR_NGROK_334`.
    pub code: Option<String>,
    /// What was told beside it. Never holds a token or a secret.
    pub detail: Option<String>,
}

impl Trouble {
    /// One that nobody said anything about.
    #[must_use]
    pub const fn plain(kind: TroubleKind) -> Self {
        Self {
            kind,
            code: None,
            detail: None,
        }
    }
}

/// Everything that can be in the way of the public URL, each with its own sentence and its own cure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum TroubleKind {
    /// No token was given.
    NoToken,
    /// ngrok does not know the token (`ERR_NGROK_105`, 107).
    TokenRefused,
    /// ngrok no longer talks to this version (120, 121).
    TooOld,
    /// The e-mail address of the account is not confirmed (123).
    EmailUnconfirmed,
    /// The domain is not the account's, or its plan has none (302, 313, 314, 15013).
    DomainRefused,
    /// The account is suspended (337, 338).
    Suspended,
    /// ngrok does not serve this country (9040).
    CountryBlocked,
    /// Too many computers are connected with this account (108).
    TooManyAgents,
    /// The month's quota is used up (725 to 731).
    QuotaUsedUp,
    /// Another computer, or a session that ngrok has not given up yet, has the address (334).
    AddressInUse,
    /// ngrok refused for another reason.
    Refused,
    /// Somebody closed the tunnel in ngrok's dashboard.
    Closed,
    /// There is no network, or names are not found.
    NoNetwork,
    /// ngrok's servers cannot be connected to.
    CannotConnect,
    /// Somebody took the connection and never answered.
    Silent,
    /// Something else than ngrok answers, as the sign-in page of a hotel does.
    SignInPage,
    /// The connection is read on the way, by a certificate that ngrok did not make.
    UntrustedCertificate,
    /// The proxy does not let the connection through.
    ProxyRefused,
    /// The connection broke.
    ConnectionLost,
    /// The public URL cannot be connected to.
    UrlUnreachable,
    /// The certificate of the public URL is not valid.
    UrlCertificate,
    /// Something answers at the public URL, but it is not this Bluetick.
    UrlAnswersOther,
    /// The computer was asleep.
    Asleep,
    /// Bluetick was not running.
    NotRunning,
}

/// Requests that the tunnel's plan counts, this calendar month (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Quota {
    /// So many came through this Bluetick.
    pub used: i64,
    /// So many the plan has.
    pub of: i64,
    /// When counting starts anew.
    pub resets_at: i64,
}

/// A time in which providers could not reach this engine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct OutageRow {
    /// Its key.
    pub id: i64,
    /// Since when.
    pub began_at: i64,
    /// Until when; absent while it goes on.
    pub ended_at: Option<i64>,
    /// What was in the way first.
    pub trouble: Trouble,
    /// Messages that customers sent in this time and that arrived after it.
    pub late: i64,
}

/// What was decided about the public URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PublicUrlSetup {
    /// How providers come here.
    pub way: Way,
    /// There is an ngrok token. It is never shown again.
    pub has_token: bool,
    /// The domain to ask ngrok for; absent for the account's own.
    pub domain: Option<String>,
    /// The URL that the user sees to.
    pub own_url: Option<String>,
    /// The system's certificates are trusted, and not ngrok's alone.
    pub system_certificates: bool,
    /// The proxy to ngrok, without its password.
    pub proxy: Option<String>,
    /// Requests a month that the ngrok plan has.
    pub quota: i64,
}

/// What to decide about the public URL. What is absent stays; an empty text takes away.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PublicUrlChange {
    /// How providers come here.
    pub way: Option<Way>,
    /// The ngrok token.
    pub token: Option<String>,
    /// The domain to ask ngrok for.
    pub domain: Option<String>,
    /// The URL that the user sees to.
    pub own_url: Option<String>,
    /// Trust the system's certificates, and not ngrok's alone.
    pub system_certificates: Option<bool>,
    /// The proxy to ngrok: `http://` or `socks5://`.
    pub proxy: Option<String>,
    /// Requests a month that the ngrok plan has.
    pub quota: Option<i64>,
}

/// What to change about an address. What is absent stays; an empty text takes away.
#[derive(Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct HookChange {
    /// The user's name for it.
    pub label: Option<String>,
    /// Refuse what is not signed with the app secret.
    pub require_signature: Option<bool>,
    /// The secret that Meta signs with.
    pub app_secret: Option<String>,
    /// The word that Meta's verification repeats.
    pub verify_token: Option<String>,
    /// The confirmation writes its `statusCode` as text.
    pub status_code_as_text: Option<bool>,
}
