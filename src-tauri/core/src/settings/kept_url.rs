//! The public URL that was proven last. Providers have it in their forward rules, so a change of it is never silent.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Result, file};

/// Name of the file in the data directory.
const FILE: &str = "public-url.toml";

/// What is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct KeptUrl {
    /// The URL that was proven last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The one that the user's provider has, as far as the user said: where it differs, they must be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub former: Option<String>,
}

impl KeptUrl {
    /// Reads what is kept; nothing if nothing was ever proven.
    ///
    /// # Errors
    /// If there is something that cannot be read.
    pub fn load(data_dir: &Path) -> Result<Self> {
        let path = data_dir.join(FILE);
        file::read(&path)?.map_or_else(|| Ok(Self::default()), |text| file::from_toml(&path, &text))
    }

    /// Keeps it.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn save(&self, data_dir: &Path) -> Result<()> {
        let path = data_dir.join(FILE);
        file::replace(&path, &file::to_toml(&path, self)?)
    }

    /// The same after a URL was proven. What the provider has is remembered from the first difference on.
    #[must_use]
    pub fn proven(&self, url: &str) -> Self {
        let known = self.former.as_deref().or(self.url.as_deref());
        Self {
            former: known.filter(|known| *known != url).map(str::to_owned),
            url: Some(url.to_owned()),
        }
    }

    /// The same after the user said that their provider has the URL of now.
    #[must_use]
    pub fn settled(&self) -> Self {
        Self {
            url: self.url.clone(),
            former: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::KeptUrl;

    #[test]
    fn the_url_that_the_provider_has_is_remembered() {
        let first = KeptUrl::default().proven("https://a");
        assert_eq!(first.former, None, "there was none before");
        let second = first.proven("https://b").proven("https://b");
        assert_eq!(second.former.as_deref(), Some("https://a"));
        let third = second.proven("https://c");
        assert_eq!(third.former.as_deref(), Some("https://a"));
        assert_eq!(third.proven("https://a").former, None, "it is back");
        assert_eq!(third.settled().former, None);
        assert_eq!(third.settled().url.as_deref(), Some("https://c"));
    }
}
