//! `bluetick serve`: receives until it is told to stop, and says what comes in.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context;
use bluetick_core::chat::change::Change;
use bluetick_core::chat::view::{Direction, HookRow, NoticeRow, PublicUrlRow, UrlStatus};
use bluetick_core::engine::{Engine, Options};
use bluetick_core::receiver::Listening;
use bluetick_core::store::{ExportFilter, MessageRecord, Reader, Record, StoreError};
use bluetick_core::tunnel::{Tempo, sentence};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Listen here and nowhere else [default: 127.0.0.1, the first free port from 4280 on]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
    /// One JSON object a line, for programs
    #[arg(long)]
    json: bool,
}

pub(crate) async fn run(data_dir: PathBuf, arguments: &Arguments) -> anyhow::Result<()> {
    let mut end = std::pin::pin!(told_to_stop()?);
    let engine = Engine::start(Options {
        data_dir,
        listening: arguments.listen.map_or(Listening::Loopback, Listening::At),
        popups: None,
        tempo: Tempo::default(),
    })
    .await?;
    let mut changes = engine.store().changes();
    let voice = Voice {
        json: arguments.json,
    };
    for hook in engine.hooks() {
        voice.listening(&engine, &hook)?;
    }
    let mut public_url = engine.public_url();
    public_url.mark_changed();
    let mut reachability = Reachability::Unknown;
    let outcome = loop {
        tokio::select! {
            () = &mut end => break Ok(()),
            Ok(()) = public_url.changed() => {
                let row = public_url.borrow_and_update().clone();
                if let Err(error) = voice.reachable(&engine, &row, &mut reachability) {
                    break Err(error);
                }
            }
            change = changes.recv() => {
                let said = match change {
                    Ok(change) => voice.change(&engine, change).await,
                    Err(RecvError::Lagged(missed)) => voice.missed(missed),
                    Err(RecvError::Closed) => break Ok(()),
                };
                if let Err(error) = said {
                    break Err(error);
                }
            }
        }
    };
    engine.stop().await;
    outcome
}

/// Ends at SIGTERM or Ctrl-C. The handlers are there from the moment this returns, so that no signal is missed.
#[cfg(unix)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).context("cannot listen for SIGTERM")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot listen for SIGINT")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Ends at Ctrl-C, which is what Windows has.
#[cfg(windows)]
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c().context("cannot listen for Ctrl-C")?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// What was said last of the public URL. It is said again only when it is different.
#[derive(PartialEq, Eq)]
enum Reachability {
    Unknown,
    Reachable(String),
    Unreachable(String),
}

/// How it is said.
struct Voice {
    json: bool,
}

impl Voice {
    fn listening(&self, engine: &Engine, hook: &HookRow) -> anyhow::Result<()> {
        if self.json {
            return say(&json!({
                "event": "listening",
                "address": engine.address().to_string(),
                "hook": hook.local_url,
                "label": hook.label,
                "verifyToken": hook.verify_token,
            })
            .to_string());
        }
        say(&format!(
            "Listening on {}\nHook ({}): {}\nVerify token: {}\nStop with Ctrl-C.",
            engine.address(),
            hook.label,
            hook.local_url,
            hook.verify_token
        ))
    }

    fn reachable(
        &self,
        engine: &Engine,
        row: &PublicUrlRow,
        before: &mut Reachability,
    ) -> anyhow::Result<()> {
        let now = match (&row.status, &row.url) {
            (UrlStatus::Online { .. }, Some(url)) => Reachability::Reachable(url.clone()),
            (UrlStatus::Reconnecting { trouble, .. } | UrlStatus::NeedsYou { trouble, .. }, _) => {
                Reachability::Unreachable(sentence(trouble.kind).to_owned())
            }
            (UrlStatus::Off | UrlStatus::Connecting | UrlStatus::Online { .. }, _) => return Ok(()),
        };
        if now == *before {
            return Ok(());
        }
        match &now {
            Reachability::Reachable(url) => {
                for hook in engine.hooks() {
                    let Some(public) = hook.public_url else {
                        continue;
                    };
                    if self.json {
                        let event = json!({"event": "public", "url": url, "hook": public, "label": hook.label});
                        say(&event.to_string())?;
                    } else {
                        say(&format!("Public hook ({}): {public}", hook.label))?;
                    }
                }
            }
            Reachability::Unreachable(reason) if self.json => {
                let event = json!({"event": "unreachable", "reason": reason, "publicUrl": row});
                say(&event.to_string())?;
            }
            Reachability::Unreachable(reason) => {
                say(&format!("! not reachable from outside: {reason}"))?;
            }
            Reachability::Unknown => {}
        }
        *before = now;
        Ok(())
    }

    fn missed(&self, missed: u64) -> anyhow::Result<()> {
        if self.json {
            return say(&json!({"event": "missed", "changes": missed}).to_string());
        }
        say(&format!(
            "({missed} changes came too fast to be shown; they are in the archive)"
        ))
    }

    async fn change(&self, engine: &Engine, change: Change) -> anyhow::Result<()> {
        match change {
            Change::Message { message, .. } => {
                self.message(engine, message, |voice, record| voice.arrived(record))
                    .await
            }
            Change::Step {
                message, status, ..
            } => {
                self.message(engine, message, |voice, record| voice.step(record, &status))
                    .await
            }
            Change::Unread { delivery } => {
                if self.json {
                    return say(&json!({"event": "unread", "delivery": delivery}).to_string());
                }
                say(&format!(
                    "! delivery {delivery} was kept but not understood"
                ))
            }
            Change::Rejected { delivery } => {
                if self.json {
                    return say(&json!({"event": "rejected", "delivery": delivery}).to_string());
                }
                say(&format!(
                    "! delivery {delivery} was refused: it is not JSON"
                ))
            }
            Change::Concern => {
                for notice in engine.ask(Reader::notices).await? {
                    self.concern(&notice)?;
                }
                Ok(())
            }
            Change::Outage
            | Change::Channel { .. }
            | Change::Conversation { .. }
            | Change::Merged { .. }
            | Change::Amended { .. } => Ok(()),
        }
    }

    fn concern(&self, notice: &NoticeRow) -> anyhow::Result<()> {
        if self.json {
            let mut event = serde_json::to_value(notice)?;
            event["event"] = Value::from("notice");
            return say(&event.to_string());
        }
        say(&format!("! {}", notice.line))
    }

    /// Says something about a message as it is now.
    async fn message(
        &self,
        engine: &Engine,
        message: i64,
        tell: impl FnOnce(&Self, &MessageRecord) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let filter = ExportFilter {
            message: Some(message),
            ..ExportFilter::default()
        };
        let found = engine
            .ask(move |reader| {
                let mut found = None;
                reader.export(filter, |record| -> Result<(), StoreError> {
                    if let Record::Message(message) = record {
                        found = Some(message.clone());
                    }
                    Ok(())
                })?;
                Ok(found)
            })
            .await?;
        match found {
            Some(record) => tell(self, &record),
            None => Ok(()),
        }
    }

    fn arrived(&self, record: &MessageRecord) -> anyhow::Result<()> {
        if self.json {
            return say(&event("message", record, None)?);
        }
        let arrow = match record.direction {
            Direction::In => "←",
            Direction::Out => "→",
        };
        say(&format!("{arrow} {}: {}", record.title, record.preview))
    }

    fn step(&self, record: &MessageRecord, status: &str) -> anyhow::Result<()> {
        if self.json {
            return say(&event("status", record, Some(status))?);
        }
        say(&format!("✓ {}: {status}", record.title))
    }
}

/// The record in the shape of `export`, under the name of the event. For a step, `status` is the step that was told.
fn event(name: &str, record: &MessageRecord, step: Option<&str>) -> anyhow::Result<String> {
    let mut event = serde_json::to_value(record)?;
    event["event"] = Value::from(name);
    if let Some(step) = step {
        event["status"] = Value::from(step);
    }
    Ok(event.to_string())
}

/// One line, at once: whoever reads a pipe waits for it.
fn say(line: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    Ok(out.flush()?)
}
