//! The addresses that are given to providers: how they are shown, and what the user does with them.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use super::{Engine, hook_url, now};
use crate::chat::time::Timestamp;
use crate::chat::view::{HookChange, HookRow, PublicUrlRow};
use crate::settings::{Address, Settings, SettingsError, StatusCodeForm};

/// Longest grace for a secret that was replaced.
const LONGEST_GRACE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The addresses as the window shows them.
pub(super) fn rows(
    listener: SocketAddr,
    addresses: &[Address],
    public_url: &PublicUrlRow,
    now: Timestamp,
) -> Vec<HookRow> {
    let row = |address: &Address| HookRow {
        label: address.label.clone(),
        local_url: hook_url(listener, address),
        public_url: public_hook_url(public_url, address),
        verify_token: address.secrets.verify_token.reveal().to_owned(),
        require_signature: address.require_signature,
        has_app_secret: address.secrets.app_secret.is_some(),
        status_code_as_text: address.status_code == StatusCodeForm::Text,
        former_until: former_until(address, now),
    };
    addresses.iter().map(row).collect()
}

/// The full URL of an address for providers, while there is a public URL.
fn public_hook_url(public_url: &PublicUrlRow, address: &Address) -> Option<String> {
    let base = public_url.url.as_deref()?;
    let secret = address.secrets.hook_secret.reveal();
    Some(format!("{base}/hook/{secret}"))
}

fn former_until(address: &Address, now: Timestamp) -> Vec<i64> {
    let former = address.secrets.former.iter();
    let mut until: Vec<i64> = former
        .map(|former| former.valid_until())
        .filter(|until| now < *until)
        .map(Timestamp::millis)
        .collect();
    until.sort_unstable();
    until
}

impl Engine {
    /// The addresses to give to providers.
    #[must_use]
    pub fn hooks(&self) -> Vec<HookRow> {
        rows(
            self.address,
            &self.addresses.borrow(),
            &self.reach.row.borrow(),
            now(),
        )
    }

    /// Adds an address.
    ///
    /// # Errors
    /// If the label cannot be used, or the address not be kept.
    pub async fn add_hook(&self, label: String) -> Result<(), SettingsError> {
        self.change_addresses(move |settings, data_dir| settings.add_address(data_dir, &label))
            .await
    }

    /// Changes an address.
    ///
    /// # Errors
    /// If there is no such address, or the change cannot be used or kept.
    pub async fn change_hook(
        &self,
        label: String,
        change: HookChange,
    ) -> Result<(), SettingsError> {
        self.change_addresses(move |settings, data_dir| {
            settings.change_address(data_dir, &label, change)
        })
        .await
    }

    /// Gives an address a new secret, and with it another URL. The one before works for the grace, thirty days at most.
    ///
    /// # Errors
    /// If there is no such address, or the secret cannot be kept.
    pub async fn rotate_hook(&self, label: String, grace: Duration) -> Result<(), SettingsError> {
        let now = now();
        let grace = i64::try_from(grace.min(LONGEST_GRACE).as_millis()).unwrap_or(0);
        let until = Timestamp::from_millis(now.millis() + grace);
        self.change_addresses(move |settings, data_dir| {
            settings.rotate_address(data_dir, &label, now, until)
        })
        .await
    }

    /// Takes an address away.
    ///
    /// # Errors
    /// If there is no such address, it is the last one, or this cannot be kept.
    pub async fn remove_hook(&self, label: String) -> Result<(), SettingsError> {
        self.change_addresses(move |settings, data_dir| settings.remove_address(data_dir, &label))
            .await
    }

    async fn change_addresses(
        &self,
        change: impl FnOnce(&mut Settings, &Path) -> Result<(), SettingsError> + Send + 'static,
    ) -> Result<(), SettingsError> {
        let addresses = self
            .change_settings(move |settings, data_dir| {
                change(settings, data_dir)?;
                Ok(settings.addresses.clone())
            })
            .await?;
        self.addresses.send_replace(addresses.into());
        Ok(())
    }
}
