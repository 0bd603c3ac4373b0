//! What is no conversation: the event log, and what the user should know about their account.

use serde::{Deserialize, Serialize};

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum Outcome {
    /// Understood.
    Read,
    /// JSON that was not understood, or not wholly.
    Unread,
    /// Not JSON.
    Rejected,
}

/// One line of the event log: one POST.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DeliveryRow {
    /// Its key.
    pub id: i64,
    /// When it came, in RFC 3339.
    pub received_at: String,
    /// Label of the address that it was posted to.
    pub hook: String,
    /// Who posted it: the IP address of the client, where it is known.
    pub client: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// What was not understood.
    pub note: Option<String>,
    /// Size of its body.
    pub bytes: i64,
    /// The first delivery of the same bytes, if this is not it.
    pub repeats: Option<i64>,
    /// What it told, one readable line each. Messages and steps are counted, not listed.
    pub lines: Vec<String>,
}

/// Which part of the event log to read, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LogQuery {
    /// Only those that became this.
    pub outcome: Option<Outcome>,
    /// Only those older than this one.
    pub before: Option<i64>,
}

/// Something that the user should know about their account, until they say that they do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct NoticeRow {
    /// Its key, to put it away with.
    pub id: i64,
    /// One readable line.
    pub line: String,
    /// When it was told.
    pub at: i64,
    /// How far something has come, in percent; absent for a problem.
    pub percent: Option<i64>,
    /// The delivery that told it.
    pub delivery: i64,
}

/// Reading every kept delivery again with today's understanding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(
    rename_all = "camelCase",
    rename_all_fields = "camelCase",
    tag = "kind"
)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum RereadState {
    /// There is no need to.
    #[default]
    Idle,
    /// The archive was read by an earlier version, which understood less.
    Advised,
    /// It goes on.
    Running {
        /// Deliveries read so far.
        done: i64,
        /// Deliveries in all.
        total: i64,
    },
    /// It has ended.
    Done {
        /// What is different now.
        outcome: RereadOutcome,
        /// The user stopped it before its end.
        cancelled: bool,
    },
    /// It could not be done.
    Failed {
        /// Why.
        reason: String,
    },
}

/// What reading everything again has changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RereadOutcome {
    /// Deliveries that were read.
    pub deliveries: i64,
    /// Messages that are new.
    pub added: i64,
    /// Messages that are different.
    pub changed: i64,
    /// Messages that turned out to be none.
    pub removed: i64,
    /// Other events that are new, different or gone.
    pub events: i64,
}
