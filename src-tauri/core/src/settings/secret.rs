//! Secrets, and the two places where they may be kept.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Result, SettingsError, file};
use crate::chat::time::Timestamp;

/// Name of the secrets' file in the data directory, where there is no keyring.
const SECRETS_FILE: &str = "secrets.toml";

/// Name under which the keyring lists Bluetick's entries.
const KEYRING_SERVICE: &str = "Bluetick";

/// Characters of a new secret: 5 bits each, so 40 of them hold 200 bits.
const SECRET_LENGTH: usize = 40;

/// The letters of a new secret: safe in a URL, and none of them can be taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// Something nobody else may know. It is shown only by those who ask for it by name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// A secret that was made elsewhere.
    #[must_use]
    pub const fn new(secret: String) -> Self {
        Self(secret)
    }

    /// What somebody typed or pasted; nothing but blanks is none.
    pub(super) fn typed(text: &str) -> Option<Self> {
        Some(text.trim())
            .filter(|text| !text.is_empty())
            .map(|text| Self(text.to_owned()))
    }

    /// A new one, of URL-safe characters.
    pub(super) fn random() -> Result<Self> {
        let mut bytes = [0; SECRET_LENGTH];
        getrandom::fill(&mut bytes).map_err(|error| SettingsError::Random(error.to_string()))?;
        // 32 letters divide 256, so each is as likely as the others.
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]));
        Ok(Self(letters.iter().collect()))
    }

    /// The secret itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}

/// What nobody else may know about an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AddressSecrets {
    /// The last part of its URL.
    pub hook_secret: Secret,
    /// The word that Meta's verification repeats.
    pub verify_token: Secret,
    /// What Meta signs bodies with, if the user gave it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub app_secret: Option<Secret>,
    /// What its last part was before, as long as that still works.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub former: Vec<FormerSecret>,
}

/// A hook's secret that was replaced and still works for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FormerSecret {
    /// The secret.
    pub hook_secret: Secret,
    /// Until when, in milliseconds since 1970 UTC.
    until: i64,
}

impl FormerSecret {
    pub(super) const fn new(hook_secret: Secret, until: Timestamp) -> Self {
        Self {
            hook_secret,
            until: until.millis(),
        }
    }

    /// From this moment on it is refused.
    #[must_use]
    pub const fn valid_until(&self) -> Timestamp {
        Timestamp::from_millis(self.until)
    }
}

impl AddressSecrets {
    pub(super) fn random() -> Result<Self> {
        Ok(Self {
            hook_secret: Secret::random()?,
            verify_token: Secret::random()?,
            app_secret: None,
            former: Vec::new(),
        })
    }
}

/// Where the secrets are kept. It is decided at first start and stays, so that a keyring that is away for a day does not look
/// like a first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretPlace {
    /// The system's keyring.
    Keyring,
    /// `secrets.toml` in the data directory, readable by the owner only.
    File,
}

impl SecretPlace {
    /// The place in words.
    #[must_use]
    pub fn describe(self, data_dir: &Path) -> String {
        match self {
            Self::Keyring => "the system keyring".to_owned(),
            Self::File => data_dir.join(SECRETS_FILE).display().to_string(),
        }
    }
}

/// Names in the vault that no address can have as its label.
pub(super) const RESERVED_LABELS: [&str; 3] = ["media-token", "ngrok-token", "proxy"];

/// All secrets of a data directory.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Vault {
    /// What the provider wants to see before it gives out files.
    #[serde(
        rename = "media-token",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub(super) media_token: Option<Secret>,
    /// What ngrok knows the account by.
    #[serde(
        rename = "ngrok-token",
        skip_serializing_if = "Option::is_none",
        default
    )]
    pub(super) ngrok_token: Option<Secret>,
    /// The proxy to ngrok; it may have a password in it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(super) proxy: Option<Secret>,
    /// By the label of their address.
    #[serde(flatten)]
    pub(super) addresses: BTreeMap<String, AddressSecrets>,
}

impl Vault {
    /// The same, with the addresses that another one has beside them.
    pub(super) fn with_addresses_of(&self, other: Self) -> Self {
        let mut addresses = other.addresses;
        addresses.extend(self.addresses.clone());
        Self {
            addresses,
            ..self.clone()
        }
    }
}

/// Whether anything was ever kept there.
pub(super) fn exist(data_dir: &Path, place: SecretPlace) -> bool {
    match place {
        SecretPlace::Keyring => !matches!(
            entry(data_dir).map(|entry| entry.get_password()),
            Ok(Err(keyring::Error::NoEntry))
        ),
        SecretPlace::File => data_dir.join(SECRETS_FILE).exists(),
    }
}

/// Reads all of them; none is an empty vault.
pub(super) fn read(data_dir: &Path, place: SecretPlace) -> Result<Vault> {
    let path = data_dir.join(SECRETS_FILE);
    let text = match place {
        SecretPlace::File => file::read(&path)?,
        SecretPlace::Keyring => match entry(data_dir)?.get_password() {
            Ok(text) => Some(text),
            Err(keyring::Error::NoEntry) => None,
            Err(error) => return Err(SettingsError::Keyring(error.to_string())),
        },
    };
    text.map_or_else(
        || Ok(Vault::default()),
        |text| file::from_toml(&path, &text),
    )
}

/// Keeps all of them in place of those before.
pub(super) fn write(data_dir: &Path, place: SecretPlace, vault: &Vault) -> Result<()> {
    let path = data_dir.join(SECRETS_FILE);
    let text = file::to_toml(&path, vault)?;
    match place {
        SecretPlace::File => file::replace(&path, &text),
        SecretPlace::Keyring => entry(data_dir)?
            .set_password(&text)
            .map_err(|error| SettingsError::Keyring(error.to_string())),
    }
}

/// The keyring's entry of a data directory: one for all its secrets, since some systems ask the user for each entry.
fn entry(data_dir: &Path) -> Result<keyring::Entry> {
    let directory = std::path::absolute(data_dir).unwrap_or_else(|_| data_dir.to_owned());
    keyring::Entry::new(KEYRING_SERVICE, &directory.display().to_string())
        .map_err(|error| SettingsError::Keyring(error.to_string()))
}
