//! `bluetick address`: shows the addresses to give to providers, and changes one.

use std::io::{Read, Write};
use std::path::Path;

use anyhow::Context;
use bluetick_core::chat::view::HookChange;
use bluetick_core::settings::{FIRST_ADDRESS, Settings, StatusCodeForm, prepare_directory};
use bluetick_core::store::Lock;
use clap::ValueEnum;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The address to change
    #[arg(long, default_value = FIRST_ADDRESS)]
    label: String,
    /// Whether to refuse what is not signed with the app secret
    #[arg(long, value_name = "YES|NO", value_enum)]
    require_signature: Option<YesNo>,
    /// How the confirmation writes its statusCode
    #[arg(long, value_enum)]
    status_code: Option<CodeForm>,
    /// Read the app secret that Meta signs with from standard input
    #[arg(long)]
    app_secret_stdin: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum YesNo {
    Yes,
    No,
}

impl YesNo {
    pub(crate) const fn is_yes(self) -> bool {
        matches!(self, Self::Yes)
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CodeForm {
    /// 2000
    Number,
    /// "2000"
    Text,
}

pub(crate) fn run(data_dir: &Path, arguments: &Arguments) -> anyhow::Result<()> {
    let change = HookChange {
        require_signature: arguments.require_signature.map(YesNo::is_yes),
        status_code_as_text: arguments
            .status_code
            .map(|form| matches!(form, CodeForm::Text)),
        app_secret: arguments
            .app_secret_stdin
            .then(|| read_secret("app secret"))
            .transpose()?,
        label: None,
        verify_token: None,
    };
    let changes_something = change.require_signature.is_some()
        || change.status_code_as_text.is_some()
        || change.app_secret.is_some();
    let settings = if changes_something {
        prepare_directory(data_dir)?;
        // A running engine would not notice the change, and might write over it.
        let _lock = Lock::take(data_dir)?;
        let mut settings = Settings::load_or_create(data_dir)?;
        settings.change_address(data_dir, &arguments.label, change)?;
        settings
    } else {
        existing(data_dir)?
    };
    let mut out = std::io::stdout().lock();
    for address in &settings.addresses {
        writeln!(out, "{}", address.label)?;
        writeln!(
            out,
            "  path          /hook/{}",
            address.secrets.hook_secret.reveal()
        )?;
        writeln!(
            out,
            "  verify token  {}",
            address.secrets.verify_token.reveal()
        )?;
        writeln!(
            out,
            "  signature     {}",
            match (address.require_signature, &address.secrets.app_secret) {
                (false, _) => "not required",
                (true, Some(_)) => "required",
                (true, None) => "required, but there is no app secret: everything is refused",
            }
        )?;
        writeln!(
            out,
            "  status code   {}",
            match address.status_code {
                StatusCodeForm::Number => "2000",
                StatusCodeForm::Text => "\"2000\"",
            }
        )?;
    }
    Ok(())
}

/// The settings of a data directory that was used before.
pub(crate) fn existing(data_dir: &Path) -> anyhow::Result<Settings> {
    Settings::load(data_dir)?.with_context(|| {
        let shown = data_dir.display();
        format!("{shown} was never used; start Bluetick first")
    })
}

/// From standard input and not from the command line, which others on this computer can see.
pub(crate) fn read_secret(what: &str) -> anyhow::Result<String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .with_context(|| format!("cannot read the {what}"))?;
    let text = text.trim();
    anyhow::ensure!(!text.is_empty(), "the {what} is empty");
    Ok(text.to_owned())
}
