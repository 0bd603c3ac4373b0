//! What the user decided, in `settings.toml`, and what nobody else may know, in the system's keyring.
//!
//! A file that cannot be understood is an error that says where, never a reason to start afresh: the hook's secret is in a
//! provider's forward rule, and a new one would cut the user off from their messages.

mod address;
mod file;
mod kept_url;
mod popups;
mod public_url;
mod secret;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

pub use self::address::{Address, FIRST_ADDRESS, StatusCodeForm};
pub use self::kept_url::KeptUrl;
pub use self::popups::PopupWishes;
pub use self::public_url::{PublicUrl, PublicUrlSettings, Roots};
pub use self::secret::{AddressSecrets, FormerSecret, Secret, SecretPlace};
use crate::chat::time::Timestamp;
use crate::chat::view::PopupSettings;

/// Name of the settings' file in the data directory.
const SETTINGS_FILE: &str = "settings.toml";

/// Name of the file that says where the engine listens.
const LISTENER_FILE: &str = "listener";

/// Why the settings could not be read or kept.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    File {
        /// What was touched.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// The file holds something else than settings.
    #[error("{} cannot be understood: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where and why. Holds no values.
        reason: String,
    },
    /// The keyring, which has the secrets, does not give them.
    #[error("the system keyring, which holds the hook's secret, cannot be used: {0}")]
    Keyring(String),
    /// The secrets of an address are gone.
    #[error("the secrets of the address {0:?} are missing from {1}")]
    SecretsMissing(String, String),
    /// What was typed cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// There is no such address.
    #[error("there is no address {0:?}")]
    NoAddress(String),
    /// The system gives no random numbers.
    #[error("no random numbers: {0}")]
    Random(String),
}

/// What every function of this room returns.
pub type Result<T> = std::result::Result<T, SettingsError>;

/// What the user decided about one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct AddressSettings {
    label: String,
    #[serde(default)]
    require_signature: bool,
    #[serde(default)]
    status_code: StatusCodeForm,
}

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Document {
    secrets: SecretPlace,
    /// Milliseconds since 1970 UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    popups_paused_until: Option<i64>,
    #[serde(default)]
    told_of_tray: bool,
    #[serde(default)]
    public_url: PublicUrlSettings,
    #[serde(default)]
    popups: PopupSettings,
    #[serde(rename = "address")]
    addresses: Vec<AddressSettings>,
}

/// Everything that was decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The addresses that providers post to.
    pub addresses: Vec<Address>,
    /// Where the secrets are kept.
    pub secret_place: SecretPlace,
    /// What the provider wants to see before it gives out files, if the user gave it.
    pub media_token: Option<Secret>,
    /// How providers come here.
    pub public_url: PublicUrl,
    /// What to show on the screen, and when.
    pub popups: PopupWishes,
}

impl Settings {
    /// Reads the settings of a data directory, or makes the first ones.
    ///
    /// # Errors
    /// If there are some that cannot be read.
    pub fn load_or_create(data_dir: &Path) -> Result<Self> {
        match read_document(data_dir)? {
            Some(document) => Self::from_document(data_dir, document),
            None => Self::create(data_dir),
        }
    }

    /// Reads the settings of a data directory; `None` if nothing was ever started there.
    ///
    /// # Errors
    /// If there are some that cannot be read.
    pub fn load(data_dir: &Path) -> Result<Option<Self>> {
        read_document(data_dir)?
            .map(|document| Self::from_document(data_dir, document))
            .transpose()
    }

    /// Keeps the token for files in place of the one before.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn set_media_token(&mut self, data_dir: &Path, token: Secret) -> Result<()> {
        self.media_token = Some(token);
        self.save(data_dir)
    }

    /// Keeps what was decided about the public URL in place of what was before.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn set_public_url(&mut self, data_dir: &Path, public_url: PublicUrl) -> Result<()> {
        self.public_url = public_url;
        self.save(data_dir)
    }

    fn create(data_dir: &Path) -> Result<Self> {
        let mut settings = Self {
            addresses: vec![Address::new(FIRST_ADDRESS.to_owned())?],
            secret_place: SecretPlace::Keyring,
            media_token: None,
            public_url: PublicUrl::default(),
            popups: PopupWishes::default(),
        };
        if secret::write(data_dir, SecretPlace::Keyring, &settings.secrets()).is_err() {
            // A server has no keyring; a file for the owner only is what is left.
            settings.secret_place = SecretPlace::File;
        }
        settings.save(data_dir)?;
        Ok(settings)
    }

    fn from_document(data_dir: &Path, document: Document) -> Result<Self> {
        let mut secrets = secret::read(data_dir, document.secrets)?;
        let mut changed = false;
        let mut addresses = Vec::with_capacity(document.addresses.len());
        for address in document.addresses {
            let own = match secrets.addresses.remove(&address.label) {
                Some(own) => own,
                // A file written by hand, before there are any secrets, gets its first ones.
                None if !secret::exist(data_dir, document.secrets) => {
                    changed = true;
                    AddressSecrets::random()?
                }
                None => {
                    let place = document.secrets.describe(data_dir);
                    return Err(SettingsError::SecretsMissing(address.label, place));
                }
            };
            addresses.push(Address {
                label: address.label,
                require_signature: address.require_signature,
                status_code: address.status_code,
                secrets: own,
            });
        }
        let settings = Self {
            addresses,
            secret_place: document.secrets,
            media_token: secrets.media_token,
            public_url: PublicUrl {
                settings: document.public_url,
                token: secrets.ngrok_token,
                proxy: secrets.proxy,
            },
            popups: PopupWishes {
                settings: document.popups,
                paused_until: document.popups_paused_until.map(Timestamp::from_millis),
                told_of_tray: document.told_of_tray,
            },
        };
        if changed {
            settings.save(data_dir)?;
        }
        Ok(settings)
    }

    fn secrets(&self) -> secret::Vault {
        let addresses = self.addresses.iter();
        secret::Vault {
            media_token: self.media_token.clone(),
            ngrok_token: self.public_url.token.clone(),
            proxy: self.public_url.proxy.clone(),
            addresses: addresses
                .map(|address| (address.label.clone(), address.secrets.clone()))
                .collect(),
        }
    }

    /// Secrets first: settings that name an address without secrets would be of no use. For the same reason those of an address
    /// that goes, or has another name now, go last.
    fn save(&self, data_dir: &Path) -> Result<()> {
        let vault = self.secrets();
        let before = secret::read(data_dir, self.secret_place).unwrap_or_default();
        let both = vault.with_addresses_of(before);
        let is_surplus = both.addresses.len() > vault.addresses.len();
        secret::write(data_dir, self.secret_place, &both)?;
        self.save_document(data_dir)?;
        if is_surplus {
            secret::write(data_dir, self.secret_place, &vault)?;
        }
        Ok(())
    }

    fn save_document(&self, data_dir: &Path) -> Result<()> {
        let document = Document {
            secrets: self.secret_place,
            popups_paused_until: self.popups.paused_until.map(Timestamp::millis),
            told_of_tray: self.popups.told_of_tray,
            public_url: self.public_url.settings.clone(),
            popups: self.popups.settings.clone(),
            addresses: self
                .addresses
                .iter()
                .map(|address| AddressSettings {
                    label: address.label.clone(),
                    require_signature: address.require_signature,
                    status_code: address.status_code,
                })
                .collect(),
        };
        let path = data_dir.join(SETTINGS_FILE);
        file::replace(&path, &file::to_toml(&path, &document)?)
    }
}

fn read_document(data_dir: &Path) -> Result<Option<Document>> {
    let path = data_dir.join(SETTINGS_FILE);
    file::read(&path)?
        .map(|text| file::from_toml(&path, &text))
        .transpose()
}

/// Keeps where the engine of this data directory listens, for other processes that want to talk to it.
///
/// # Errors
/// If it cannot be kept.
pub fn keep_listener(data_dir: &Path, address: SocketAddr) -> Result<()> {
    file::replace(&data_dir.join(LISTENER_FILE), &format!("{address}\n"))
}

/// Where the engine of this data directory listened last; it may have ended since. `None` if it never did.
#[must_use]
pub fn last_listener(data_dir: &Path) -> Option<SocketAddr> {
    let text = file::read(&data_dir.join(LISTENER_FILE)).ok()??;
    text.trim().parse().ok()
}

/// Makes the data directory if it is not there, for the owner only.
///
/// # Errors
/// If it cannot be made.
pub fn prepare_directory(data_dir: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let failed = |source| SettingsError::File {
        path: data_dir.to_owned(),
        source,
    };
    builder.create(data_dir).map_err(failed)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o700);
        std::fs::set_permissions(data_dir, private).map_err(failed)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
