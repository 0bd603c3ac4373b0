//! The addresses that providers post to, and what can be done with them.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::secret::{AddressSecrets, FormerSecret, RESERVED_LABELS, Secret};
use super::{Result, Settings, SettingsError};
use crate::chat::time::Timestamp;
use crate::chat::view::HookChange;

/// Label of the address that is made at first start.
pub const FIRST_ADDRESS: &str = "default";

/// Longest label, in characters.
const LABEL_LENGTH: usize = 60;

/// Most secrets of one address that still work after they were replaced.
const FORMER_KEPT: usize = 8;

/// How the confirmation writes its `statusCode`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusCodeForm {
    /// As a JSON number, which LINK's libraries expect.
    #[default]
    Number,
    /// As a JSON string.
    Text,
}

/// An address that providers post to.
#[derive(Debug, Clone)]
pub struct Address {
    /// The user's name for it.
    pub label: String,
    /// Refuse what is not signed with the app secret.
    pub require_signature: bool,
    /// How the confirmation writes its `statusCode`.
    pub status_code: StatusCodeForm,
    /// What nobody else may know.
    pub secrets: AddressSecrets,
}

impl Address {
    pub(super) fn new(label: String) -> Result<Self> {
        Ok(Self {
            label,
            require_signature: false,
            status_code: StatusCodeForm::default(),
            secrets: AddressSecrets::random()?,
        })
    }

    /// Every secret that is let in at this time: the present one, and those before it in their grace.
    pub fn hook_secrets(&self, now: Timestamp) -> impl Iterator<Item = &Secret> {
        let former = self.secrets.former.iter();
        let valid = former.filter(move |former| now < former.valid_until());
        std::iter::once(&self.secrets.hook_secret).chain(valid.map(|former| &former.hook_secret))
    }
}

impl Settings {
    /// Adds an address with secrets of its own.
    ///
    /// # Errors
    /// If the label cannot be used, or the address not be kept.
    pub fn add_address(&mut self, data_dir: &Path, label: &str) -> Result<()> {
        let label = self.free_label(label, None)?;
        self.addresses.push(Address::new(label)?);
        self.save(data_dir)
    }

    /// Changes an address. An empty app secret is none; an empty verify token is a new one.
    ///
    /// # Errors
    /// If there is no such address, the new label cannot be used, or the change not be kept.
    pub fn change_address(
        &mut self,
        data_dir: &Path,
        label: &str,
        change: HookChange,
    ) -> Result<()> {
        let at = self.position(label)?;
        let new_label = change
            .label
            .map(|new| self.free_label(&new, Some(at)))
            .transpose()?;
        let address = &mut self.addresses[at];
        if let Some(label) = new_label {
            address.label = label;
        }
        if let Some(require_signature) = change.require_signature {
            address.require_signature = require_signature;
        }
        if let Some(as_text) = change.status_code_as_text {
            address.status_code = if as_text {
                StatusCodeForm::Text
            } else {
                StatusCodeForm::Number
            };
        }
        if let Some(secret) = change.app_secret {
            address.secrets.app_secret = Secret::typed(&secret);
        }
        if let Some(token) = change.verify_token {
            address.secrets.verify_token = Secret::typed(&token).map_or_else(Secret::random, Ok)?;
        }
        self.save(data_dir)
    }

    /// Gives an address a new secret. The one before works until `until`.
    ///
    /// # Errors
    /// If there is no such address, or the new secret cannot be kept.
    pub fn rotate_address(
        &mut self,
        data_dir: &Path,
        label: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<()> {
        let at = self.position(label)?;
        let secrets = &mut self.addresses[at].secrets;
        let before = std::mem::replace(&mut secrets.hook_secret, Secret::random()?);
        secrets.former.push(FormerSecret::new(before, until));
        secrets.former.retain(|former| now < former.valid_until());
        let surplus = secrets.former.len().saturating_sub(FORMER_KEPT);
        secrets.former.drain(..surplus);
        self.save(data_dir)
    }

    /// Takes an address away. Whoever posts to it is answered with 404 from then on.
    ///
    /// # Errors
    /// If there is no such address, it is the last one, or this cannot be kept.
    pub fn remove_address(&mut self, data_dir: &Path, label: &str) -> Result<()> {
        let at = self.position(label)?;
        if self.addresses.len() == 1 {
            return Err(unusable("the last address cannot be removed"));
        }
        self.addresses.remove(at);
        self.save(data_dir)
    }

    fn position(&self, label: &str) -> Result<usize> {
        self.addresses
            .iter()
            .position(|address| address.label == label)
            .ok_or_else(|| SettingsError::NoAddress(label.to_owned()))
    }

    /// The label as it is kept, if no other address than the one at `own` has it.
    fn free_label(&self, label: &str, own: Option<usize>) -> Result<String> {
        let label = label.trim();
        if label.is_empty() {
            return Err(unusable("an address needs a name"));
        }
        if label.chars().count() > LABEL_LENGTH || label.chars().any(char::is_control) {
            return Err(unusable("the name is too long or not plain text"));
        }
        if RESERVED_LABELS.contains(&label) {
            return Err(unusable("that name is taken by Bluetick itself"));
        }
        let mut others = self.addresses.iter().enumerate();
        if others.any(|(at, address)| Some(at) != own && address.label == label) {
            return Err(unusable("another address has that name"));
        }
        Ok(label.to_owned())
    }
}

fn unusable(reason: &str) -> SettingsError {
    SettingsError::Unusable(reason.to_owned())
}
