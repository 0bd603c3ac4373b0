//! Sample payloads, to see with one's own eyes that a message arrives.
//!
//! They are what a provider would send, so they go the whole way: over HTTP to a hook, not into the archive.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chat::time::Timestamp;
use crate::chat::view::TestOutcome;
use crate::tunnel::is_this_computer;

/// How long the hook may take to answer.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(15);

/// The number that sample messages come from. 555-01xx numbers belong to nobody.
const SENDER: &str = "15550100";

/// What to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sample {
    /// A text message of a customer.
    Text,
    /// A picture of a customer, with a caption.
    Image,
    /// The steps of an outgoing message: sent, delivered, read.
    Status,
}

impl Sample {
    /// One of each.
    pub const ALL: [Self; 3] = [Self::Text, Self::Image, Self::Status];

    /// What to call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Image => "image",
            Self::Status => "status",
        }
    }

    /// The payload, in LINK Mobility's wrapper. Two of different times are two messages.
    #[must_use]
    pub fn payload(self, now: Timestamp) -> Value {
        let id = format!("wamid.bluetick.{}.{}", self.word(), now.millis());
        let seconds = (now.millis() / 1_000).to_string();
        let items = match self {
            Self::Text => json!({"messages": [{
                "from": SENDER, "id": id, "timestamp": seconds, "type": "text",
                "text": {"body": "Hello! This is a test message. If you can read it, Bluetick works."},
            }]}),
            Self::Image => json!({"messages": [{
                "from": SENDER, "id": id, "timestamp": seconds, "type": "image",
                "image": {"id": "0", "mime_type": "image/jpeg", "sha256": "", "caption": "A test picture"},
            }]}),
            Self::Status => {
                let steps = ["sent", "delivered", "read"].map(|status| {
                    json!({"id": id, "status": status, "timestamp": seconds, "recipient_id": SENDER})
                });
                json!({"statuses": steps})
            }
        };
        let mut value = json!({
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "15550199", "phone_number_id": "bluetick-test"},
            "contacts": [{"profile": {"name": "Bluetick test"}, "wa_id": SENDER}],
        });
        merge(&mut value, items);
        json!({
            "customerChannelUuid": "00000000-0000-0000-0000-000000000000",
            "sender": SENDER,
            "recipient": "00000000-0000-0000-0000-000000000000",
            "type": "whatsapp",
            "whatsappNotification": {
                "object": "whatsapp_business_account",
                "entry": [{"id": "0", "changes": [{"field": "messages", "value": value}]}],
            },
        })
    }
}

fn merge(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}

/// Why a sample could not be sent.
#[derive(Debug, thiserror::Error)]
#[error("no answer from the hook: {0}")]
pub struct SendError(String);

/// Posts a payload to a hook and says what came back, whatever it was.
///
/// # Errors
/// If nothing came back. The error names no URL, since that holds the hook's secret.
pub async fn send(hook: &str, payload: &Value) -> Result<TestOutcome, SendError> {
    // Somebody else in this process may have chosen one already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let failed = |error: reqwest::Error| SendError(reason(&error.without_url()));
    let mut client = reqwest::Client::builder()
        .timeout(ANSWER_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none());
    if is_this_computer(hook) {
        // A proxy could not reach it, and would learn the secret.
        client = client.no_proxy();
    }
    let client = client.build().map_err(failed)?;
    let started = Instant::now();
    let answer = client
        .post(hook)
        .header("Content-Type", "application/json")
        .body(payload.to_string())
        .send()
        .await
        .map_err(failed)?;
    let http_status = answer.status().as_u16();
    let body = answer.text().await.map_err(failed)?;
    let took = started.elapsed().as_millis();
    Ok(TestOutcome {
        http_status,
        body,
        milliseconds: u64::try_from(took).unwrap_or(u64::MAX),
        through_public_url: false,
    })
}

/// The innermost cause, which is the one that helps.
fn reason(error: &dyn std::error::Error) -> String {
    let mut innermost = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
