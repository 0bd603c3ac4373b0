//! `bluetick`: the engine without a window.
//!
//! Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the data directory is in use by another engine.

mod address;
mod doctor;
mod public_url;
mod read;
mod reinterpret;
mod serve;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use bluetick_core::engine::{self, StartError};
use bluetick_core::sample::{self, Sample};
use bluetick_core::settings::{self, Settings};
use bluetick_core::store::StoreError;
use bluetick_core::tunnel;
use clap::{Parser, Subcommand, ValueEnum};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

/// Receives WhatsApp Business messages on this computer.
#[derive(Debug, Parser)]
#[command(name = "bluetick", version, about, disable_help_subcommand = true)]
struct Arguments {
    /// Where everything is kept [default: the platform's data directory]
    #[arg(long, global = true, value_name = "DIR", env = engine::DATA_DIR_VARIABLE)]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Receive without a window, until SIGTERM or Ctrl-C
    Serve(serve::Arguments),
    /// Write the archive as JSON Lines; works beside a running Bluetick
    Export(read::ExportArguments),
    /// List the event log, or write one delivery's exact bytes
    Deliveries(read::DeliveriesArguments),
    /// Read every kept delivery again with today's understanding
    Reinterpret,
    /// Post sample payloads to a hook and say what came back
    SendTest(SendTestArguments),
    /// Show the addresses to give to providers, or change one
    Address(address::Arguments),
    /// Show how providers reach this computer, or change it
    PublicUrl(public_url::Arguments),
    /// Check everything that must work; one line each, with the cure
    Doctor,
}

#[derive(Debug, clap::Args)]
struct SendTestArguments {
    /// Where to post [default: the hook of the Bluetick that runs on this data directory]
    #[arg(long)]
    url: Option<String>,
    /// What to post
    #[arg(long, value_enum, default_value_t = SampleKind::Text)]
    kind: SampleKind,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum SampleKind {
    Text,
    Image,
    Status,
    All,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_filter(filter_fn(tunnel::may_be_logged));
    tracing_subscriber::registry()
        .with(EnvFilter::try_from_env("BLUETICK_LOG").unwrap_or_else(|_| "warn".into()))
        .with(lines)
        .init();
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Standard error may be closed; there is nobody left to tell then.
            let _ = writeln!(std::io::stderr(), "bluetick: {error:#}");
            ExitCode::from(if is_in_use(&error) { 3 } else { 1 })
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let data_dir = arguments.data_dir.unwrap_or_else(engine::default_data_dir);
    match arguments.command {
        Command::Serve(arguments) => runtime()?.block_on(serve::run(data_dir, &arguments)),
        Command::Export(arguments) => read::export(&data_dir, &arguments),
        Command::Deliveries(arguments) => read::deliveries(&data_dir, &arguments),
        Command::Reinterpret => runtime()?.block_on(reinterpret::run(&data_dir)),
        Command::SendTest(arguments) => {
            let hook = match arguments.url {
                Some(url) => url,
                None => own_hook(&data_dir)?,
            };
            runtime()?.block_on(send_test(&hook, arguments.kind))
        }
        Command::Address(arguments) => address::run(&data_dir, &arguments),
        Command::PublicUrl(arguments) => public_url::run(&data_dir, &arguments),
        Command::Doctor => doctor::run(&data_dir),
    }
}

fn runtime() -> anyhow::Result<tokio::runtime::Runtime> {
    tokio::runtime::Runtime::new().context("cannot start")
}

/// The first address's hook, at the engine that runs on this data directory.
fn own_hook(data_dir: &Path) -> anyhow::Result<String> {
    let never = || {
        let shown = data_dir.display();
        format!("nothing ever listened for {shown}; start Bluetick first")
    };
    let settings = Settings::load(data_dir)?.with_context(never)?;
    let listener = settings::last_listener(data_dir).with_context(never)?;
    let address = settings.addresses.first().context("there is no address")?;
    Ok(engine::hook_url(listener, address))
}

async fn send_test(hook: &str, kind: SampleKind) -> anyhow::Result<()> {
    let samples: &[Sample] = match kind {
        SampleKind::Text => &[Sample::Text],
        SampleKind::Image => &[Sample::Image],
        SampleKind::Status => &[Sample::Status],
        SampleKind::All => &Sample::ALL,
    };
    let mut refused = 0;
    for sample in samples {
        let outcome = sample::send(hook, &sample.payload(engine::now())).await?;
        if outcome.http_status != 200 {
            refused += 1;
        }
        writeln!(
            std::io::stdout(),
            "{}: HTTP {} {} ({} ms)",
            sample.word(),
            outcome.http_status,
            outcome.body.trim(),
            outcome.milliseconds
        )?;
    }
    anyhow::ensure!(refused == 0, "{refused} of {} were refused", samples.len());
    Ok(())
}

fn is_in_use(error: &anyhow::Error) -> bool {
    let started = error.downcast_ref::<StartError>();
    let stored = error.downcast_ref::<StoreError>();
    started.is_some_and(StartError::is_in_use) || matches!(stored, Some(StoreError::InUse(_)))
}

/// `bluetick export | head` is a success.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<std::io::Error>()
        .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
}
