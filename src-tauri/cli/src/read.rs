//! Commands that only read the archive, beside a running engine or without one.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use bluetick_core::chat::time::Timestamp;
use bluetick_core::chat::view::{DeliveryRow, Outcome};
use bluetick_core::store::{ARCHIVE_FILE, ExportFilter, Reader};
use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub(crate) struct ExportArguments {
    /// The form to write
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Only this conversation
    #[arg(long, value_name = "ID")]
    conversation: Option<i64>,
    /// Only what was sent at this time or later (RFC 3339, or a date in UTC)
    #[arg(long, value_name = "T", value_parser = time)]
    since: Option<Timestamp>,
    /// Write to this file [default: standard output]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, clap::Args)]
pub(crate) struct DeliveriesArguments {
    /// Which deliveries to list
    #[arg(long, value_enum, default_value_t = Kind::All)]
    kind: Kind,
    /// Write the exact bytes of this delivery instead
    #[arg(long, value_name = "ID", conflicts_with = "kind")]
    raw: Option<i64>,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// Kept, but not (wholly) understood
    Unread,
    /// Not JSON
    Rejected,
    /// Every one
    All,
}

fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::from_rfc3339(text)
        .or_else(|| Timestamp::from_rfc3339(&format!("{text}T00:00:00Z")))
        .ok_or_else(|| "write it like 2026-11-22 or 2026-11-22T14:00:00Z".to_owned())
}

pub(crate) fn open(data_dir: &Path) -> anyhow::Result<Reader> {
    anyhow::ensure!(
        data_dir.join(ARCHIVE_FILE).exists(),
        "there is no archive in {}",
        data_dir.display()
    );
    Ok(Reader::open(data_dir)?)
}

pub(crate) fn export(data_dir: &Path, arguments: &ExportArguments) -> anyhow::Result<()> {
    let reader = open(data_dir)?;
    let Format::Jsonl = arguments.format;
    let filter = ExportFilter {
        conversation: arguments.conversation,
        since: arguments.since,
        message: None,
    };
    let mut out: Box<dyn Write> = match &arguments.out {
        Some(path) => Box::new(
            File::create(path).with_context(|| format!("cannot write {}", path.display()))?,
        ),
        None => Box::new(std::io::stdout().lock()),
    };
    let mut lines = BufWriter::new(&mut out);
    reader.export(filter, |record| -> anyhow::Result<()> {
        let mut line = serde_json::to_vec(record)?;
        line.push(b'\n');
        Ok(lines.write_all(&line)?)
    })?;
    Ok(lines.flush()?)
}

pub(crate) fn deliveries(data_dir: &Path, arguments: &DeliveriesArguments) -> anyhow::Result<()> {
    let reader = open(data_dir)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(id) = arguments.raw {
        out.write_all(&reader.delivery_body(id)?)?;
        return Ok(out.flush()?);
    }
    let outcome = match arguments.kind {
        Kind::All => None,
        Kind::Unread => Some(Outcome::Unread),
        Kind::Rejected => Some(Outcome::Rejected),
    };
    reader.each_delivery(outcome, |delivery| -> anyhow::Result<()> {
        let line = match arguments.json {
            true => serde_json::to_string(delivery)?,
            false => line(delivery),
        };
        Ok(writeln!(out, "{line}")?)
    })?;
    Ok(out.flush()?)
}

/// One line for a person: when, what became of it, what is in it.
fn line(delivery: &DeliveryRow) -> String {
    let outcome = match delivery.outcome {
        Outcome::Read => "read",
        Outcome::Unread => "unread",
        Outcome::Rejected => "rejected",
    };
    let note = match (&delivery.note, delivery.outcome) {
        (Some(note), Outcome::Unread) => Some(format!("not understood: {note}")),
        (note, _) => note.clone(),
    };
    let repeat = delivery.repeats.map(|first| format!("same as {first}"));
    let told = delivery.lines.iter().cloned();
    let remarks: Vec<String> = told.chain(note).chain(repeat).collect();
    format!(
        "{}  {}  {outcome:8}  {} bytes  {}  {}",
        delivery.id,
        delivery.received_at,
        delivery.bytes,
        delivery.hook,
        remarks.join("; ")
    )
}
