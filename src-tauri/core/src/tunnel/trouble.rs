//! What others answer, sorted into the closed list of troubles.

use std::time::Duration;

use ::ngrok::session::{ConnectError, RpcError};
use ::ngrok::tunnel::AcceptError;

use super::Token;
use crate::chat::view::{Trouble, TroubleKind};

/// Longest detail that is passed on, in characters.
const DETAIL_LENGTH: usize = 200;

/// What to do about a trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cure {
    /// Try again soon; it usually passes.
    Retry,
    /// The user should know, but it may pass: try again after this.
    TellAndRetry(Duration),
    /// Only the user can change it.
    Tell,
}

/// What to do about a trouble of this kind (knowledge: tunnel §1, "Errors by class").
pub(super) const fn cure(kind: TroubleKind) -> Cure {
    match kind {
        TroubleKind::NoToken
        | TroubleKind::TokenRefused
        | TroubleKind::TooOld
        | TroubleKind::EmailUnconfirmed
        | TroubleKind::DomainRefused
        | TroubleKind::Suspended
        | TroubleKind::CountryBlocked
        | TroubleKind::Closed => Cure::Tell,
        TroubleKind::TooManyAgents => Cure::TellAndRetry(Duration::from_secs(60)),
        TroubleKind::QuotaUsedUp => Cure::TellAndRetry(Duration::from_secs(10 * 60)),
        TroubleKind::SignInPage
        | TroubleKind::UntrustedCertificate
        | TroubleKind::ProxyRefused
        | TroubleKind::UrlCertificate
        | TroubleKind::UrlAnswersOther => Cure::TellAndRetry(Duration::from_secs(15)),
        TroubleKind::AddressInUse
        | TroubleKind::Refused
        | TroubleKind::NoNetwork
        | TroubleKind::CannotConnect
        | TroubleKind::Silent
        | TroubleKind::ConnectionLost
        | TroubleKind::UrlUnreachable
        | TroubleKind::Asleep
        | TroubleKind::NotRunning => Cure::Retry,
    }
}

/// A trouble in one plain sentence, for those who have no page.
#[must_use]
pub const fn sentence(kind: TroubleKind) -> &'static str {
    match kind {
        TroubleKind::NoToken => "there is no ngrok token yet",
        TroubleKind::TokenRefused => "ngrok does not accept the token",
        TroubleKind::TooOld => "ngrok wants a newer version of Bluetick",
        TroubleKind::EmailUnconfirmed => "the ngrok account's e-mail address is not confirmed",
        TroubleKind::DomainRefused => "the ngrok account does not have this domain",
        TroubleKind::Suspended => "the ngrok account is suspended",
        TroubleKind::CountryBlocked => "ngrok does not serve this country",
        TroubleKind::TooManyAgents => "too many computers are connected with this ngrok account",
        TroubleKind::QuotaUsedUp => "this month's requests of the ngrok plan are used up",
        TroubleKind::AddressInUse => {
            "another computer, or a session that just broke, has the address"
        }
        TroubleKind::Refused => "ngrok refused the connection",
        TroubleKind::Closed => "the tunnel was closed in ngrok's dashboard",
        TroubleKind::NoNetwork => "there is no network",
        TroubleKind::CannotConnect => "ngrok's servers cannot be connected to",
        TroubleKind::Silent => "the connection was taken, but nobody answers",
        TroubleKind::SignInPage => "this network wants a sign-in first, or blocks ngrok",
        TroubleKind::UntrustedCertificate => {
            "something on this network reads encrypted connections, so ngrok cannot be trusted"
        }
        TroubleKind::ProxyRefused => "the proxy does not let the connection through",
        TroubleKind::ConnectionLost => "the connection broke",
        TroubleKind::UrlUnreachable => "the public URL does not answer",
        TroubleKind::UrlCertificate => "the certificate of the public URL is not valid",
        TroubleKind::UrlAnswersOther => {
            "something else than this Bluetick answers at the public URL"
        }
        TroubleKind::Asleep => "the computer was asleep",
        TroubleKind::NotRunning => "Bluetick was not running",
    }
}

/// A trouble with somebody's words beside it.
pub(super) fn detailed(kind: TroubleKind, detail: &impl ToString) -> Trouble {
    let detail = detail.to_string();
    let line = detail.lines().next().unwrap_or_default().trim();
    Trouble {
        kind,
        code: None,
        detail: Some(line.chars().take(DETAIL_LENGTH).collect())
            .filter(|line: &String| !line.is_empty()),
    }
}

/// The kind that one of ngrok's codes stands for.
pub(super) fn of_code(code: &str) -> TroubleKind {
    match code.trim_start_matches("ERR_NGROK_") {
        "105" | "107" => TroubleKind::TokenRefused,
        "108" => TroubleKind::TooManyAgents,
        "120" | "121" => TroubleKind::TooOld,
        "123" => TroubleKind::EmailUnconfirmed,
        "302" | "313" | "314" | "15013" => TroubleKind::DomainRefused,
        "334" => TroubleKind::AddressInUse,
        "337" | "338" => TroubleKind::Suspended,
        "9040" => TroubleKind::CountryBlocked,
        "725" | "726" | "727" | "728" | "729" | "730" | "731" => TroubleKind::QuotaUsedUp,
        _ => TroubleKind::Refused,
    }
}

/// What ngrok answered. Its text about a token repeats the token, so that one is never passed on.
fn of_answer(message: &str, code: Option<&str>, token: Option<&Token>) -> Trouble {
    let kind = code.map_or(TroubleKind::Refused, of_code);
    let mut trouble = match kind {
        TroubleKind::TokenRefused => Trouble::plain(kind),
        _ => {
            let safe = match token {
                Some(token) => message.replace(token.reveal(), "(token)"),
                None => message.to_owned(),
            };
            detailed(kind, &safe)
        }
    };
    trouble.code = code.map(str::to_owned);
    trouble
}

/// Why a session could not be had. `dialed` is what went wrong with the connection itself, if something did.
pub(super) fn of_connect(
    error: &ConnectError,
    dialed: Option<Trouble>,
    token: Option<&Token>,
) -> Trouble {
    match error {
        ConnectError::Auth(error) | ConnectError::Rebind(error) => of_request(error, token),
        ConnectError::Canceled => dialed.unwrap_or(Trouble::plain(TroubleKind::ConnectionLost)),
        ConnectError::Start(_) => Trouble::plain(TroubleKind::Silent),
        ConnectError::ProxyConnect(_) => Trouble::plain(TroubleKind::ProxyRefused),
        // The crate reserves the right to more.
        ConnectError::Tcp(_) | ConnectError::Tls(_) | _ => {
            Trouble::plain(TroubleKind::CannotConnect)
        }
    }
}

/// Why a request to ngrok failed.
pub(super) fn of_request(error: &RpcError, token: Option<&Token>) -> Trouble {
    use ::ngrok::prelude::Error;
    if let RpcError::Response(_) = error {
        return of_answer(&error.msg(), error.error_code(), token);
    }
    Trouble::plain(TroubleKind::ConnectionLost)
}

/// Why no more connections come.
pub(super) fn of_end(
    error: &AcceptError,
    dialed: Option<Trouble>,
    token: Option<&Token>,
) -> Trouble {
    match error {
        AcceptError::Reconnect(error) => of_connect(error, dialed, token),
        AcceptError::ListenerClosed {
            message,
            error_code,
        } => match error_code {
            Some(code) if of_code(code) != TroubleKind::Refused => {
                of_answer(message, Some(code), token)
            }
            Some(_) | None => Trouble {
                code: error_code.clone(),
                ..Trouble::plain(TroubleKind::Closed)
            },
        },
        // The crate reserves the right to more.
        AcceptError::Transport(_) | _ => Trouble::plain(TroubleKind::ConnectionLost),
    }
}

#[cfg(test)]
mod tests {
    use super::{Cure, cure, of_answer, of_code};
    use crate::chat::view::TroubleKind;
    use crate::tunnel::Token;

    #[test]
    fn codes_are_sorted_by_what_can_be_done() {
        let table = [
            ("105", TroubleKind::TokenRefused, Cure::Tell),
            ("107", TroubleKind::TokenRefused, Cure::Tell),
            ("121", TroubleKind::TooOld, Cure::Tell),
            ("123", TroubleKind::EmailUnconfirmed, Cure::Tell),
            ("15013", TroubleKind::DomainRefused, Cure::Tell),
            ("338", TroubleKind::Suspended, Cure::Tell),
            ("9040", TroubleKind::CountryBlocked, Cure::Tell),
            ("334", TroubleKind::AddressInUse, Cure::Retry),
            ("99999", TroubleKind::Refused, Cure::Retry),
        ];
        for (code, kind, what) in table {
            assert_eq!(of_code(&format!("ERR_NGROK_{code}")), kind, "{code}");
            assert_eq!(cure(kind), what, "{code}");
        }
        for waits in [TroubleKind::TooManyAgents, TroubleKind::QuotaUsedUp] {
            assert!(matches!(cure(waits), Cure::TellAndRetry(_)));
        }
    }

    #[test]
    fn no_answer_passes_a_token_on() {
        let token = Token::new("2abcSECRET".to_owned());
        let told = "The authtoken you specified is not valid.\nYour authtoken: 2abcSECRET";
        let refused = of_answer(told, Some("ERR_NGROK_105"), Some(&token));
        assert_eq!(refused.detail, None);
        let other = of_answer("2abcSECRET is odd", Some("ERR_NGROK_1"), Some(&token));
        assert_eq!(other.detail.as_deref(), Some("(token) is odd"));
        assert_eq!(other.code.as_deref(), Some("ERR_NGROK_1"));
    }
}
