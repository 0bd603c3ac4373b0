//! `bluetick public-url`: shows how providers reach this computer, and changes it.

use std::io::Write;
use std::path::Path;

use bluetick_core::chat::view::{PublicUrlChange, Way};
use bluetick_core::settings::{KeptUrl, Settings, prepare_directory};
use bluetick_core::store::Lock;
use clap::ValueEnum;

use super::address::{YesNo, existing, read_secret};

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// How providers come here
    #[arg(long, value_enum)]
    way: Option<WayName>,
    /// Read the ngrok token from standard input, and use ngrok
    #[arg(long, conflicts_with = "url")]
    ngrok_token_stdin: bool,
    /// The domain to ask ngrok for; "" for the account's own
    #[arg(long)]
    domain: Option<String>,
    /// Your own https URL that ends at this computer, and use it
    #[arg(long)]
    url: Option<String>,
    /// Trust the system's certificates on the way to ngrok, where something reads all connections
    #[arg(long, value_name = "YES|NO", value_enum)]
    system_certificates: Option<YesNo>,
    /// Read the proxy to ngrok, http:// or socks5://, from standard input; it may have a password
    #[arg(long, conflicts_with = "ngrok_token_stdin")]
    proxy_stdin: bool,
    /// Requests a month that the ngrok plan has
    #[arg(long)]
    quota: Option<i64>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum WayName {
    Off,
    Ngrok,
    Own,
}

impl Arguments {
    fn changes_something(&self) -> bool {
        self.way.is_some()
            || self.ngrok_token_stdin
            || self.domain.is_some()
            || self.url.is_some()
            || self.system_certificates.is_some()
            || self.proxy_stdin
            || self.quota.is_some()
    }

    fn change(&self) -> anyhow::Result<PublicUrlChange> {
        let meant = if self.ngrok_token_stdin {
            Some(Way::Ngrok)
        } else {
            self.url.as_ref().map(|_| Way::Own)
        };
        Ok(PublicUrlChange {
            way: self.way.map(way_of).or(meant),
            token: self
                .ngrok_token_stdin
                .then(|| read_secret("ngrok token"))
                .transpose()?,
            domain: self.domain.clone(),
            own_url: self.url.clone(),
            system_certificates: self.system_certificates.map(YesNo::is_yes),
            proxy: self.proxy_stdin.then(|| read_secret("proxy")).transpose()?,
            quota: self.quota,
        })
    }
}

const fn way_of(name: WayName) -> Way {
    match name {
        WayName::Off => Way::Off,
        WayName::Ngrok => Way::Ngrok,
        WayName::Own => Way::Own,
    }
}

pub(crate) fn run(data_dir: &Path, arguments: &Arguments) -> anyhow::Result<()> {
    let settings = if arguments.changes_something() {
        let change = arguments.change()?;
        prepare_directory(data_dir)?;
        // A running engine would not notice the change, and might write over it.
        let _lock = Lock::take(data_dir)?;
        let mut settings = Settings::load_or_create(data_dir)?;
        let new = settings.public_url.with(change)?;
        settings.set_public_url(data_dir, new)?;
        settings
    } else {
        existing(data_dir)?
    };
    let setup = settings.public_url.setup();
    let or_none = |text: Option<String>, none: &str| text.unwrap_or_else(|| none.to_owned());
    let mut out = std::io::stdout().lock();
    let way = match setup.way {
        Way::Off => "off".to_owned(),
        Way::Ngrok => "ngrok".to_owned(),
        Way::Own => or_none(setup.own_url, "own"),
    };
    writeln!(out, "way           {way}")?;
    if setup.way == Way::Ngrok {
        let token = if setup.has_token { "kept" } else { "missing" };
        writeln!(out, "token         {token}")?;
        let domain = or_none(setup.domain, "the account's own");
        writeln!(out, "domain        {domain}")?;
        writeln!(out, "proxy         {}", or_none(setup.proxy, "none"))?;
        writeln!(out, "quota         {} requests a month", setup.quota)?;
    }
    let last = KeptUrl::load(data_dir)?.url;
    writeln!(out, "last proven   {}", or_none(last, "never"))?;
    Ok(())
}
