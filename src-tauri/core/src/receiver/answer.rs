//! What callers hear.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::settings::StatusCodeForm;

/// Every answer to a delivery, with the provider's own status codes (webhook catalogue §9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// It is on the disk.
    Kept,
    /// It cannot be used, whoever sends it again.
    Refused { status: StatusCode, reason: String },
    /// It is not signed as this address asks for.
    Unsigned,
    /// Not now; try again.
    TryAgain { reason: &'static str },
}

impl Answer {
    /// The answer in the form that this address writes its codes.
    pub(super) fn into_response(self, form: StatusCodeForm) -> Response {
        let (status, code, message) = match self {
            Self::Kept => (StatusCode::OK, 2000, "OK".to_owned()),
            Self::Refused { status, reason } => (status, 4000, reason),
            Self::Unsigned => (
                StatusCode::UNAUTHORIZED,
                4001,
                "the signature is missing or wrong".to_owned(),
            ),
            Self::TryAgain { reason } => (StatusCode::SERVICE_UNAVAILABLE, 5003, reason.to_owned()),
        };
        let code = match form {
            StatusCodeForm::Number => json!(code),
            StatusCodeForm::Text => json!(code.to_string()),
        };
        // Written by hand to keep the order of the keys that the provider documents.
        let body = format!(
            r#"{{"statusCode":{code},"statusMessage":{}}}"#,
            json!(message)
        );
        let json = HeaderValue::from_static("application/json");
        (status, [(header::CONTENT_TYPE, json)], body).into_response()
    }
}

/// The answer to whoever does not know the secret.
pub(super) fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, Body::empty()).into_response()
}

/// The answer to a method that the hook does not have.
pub(super) fn wrong_method(allowed: &'static str) -> Response {
    let allow = [(header::ALLOW, HeaderValue::from_static(allowed))];
    (StatusCode::METHOD_NOT_ALLOWED, allow).into_response()
}
