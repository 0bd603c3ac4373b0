//! What the user decided about popups, and until when there are to be none.

use std::path::Path;

use super::{Result, Settings, SettingsError};
use crate::chat::time::Timestamp;
use crate::chat::view::PopupSettings;

/// Most words that break through the quiet hours.
const KEYWORDS: usize = 50;

/// Longest of them, in characters.
const KEYWORD_LENGTH: usize = 60;

/// Everything that was decided about popups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PopupWishes {
    /// How they are to be.
    pub settings: PopupSettings,
    /// Until when there are to be none.
    pub paused_until: Option<Timestamp>,
    /// The user was told that the app goes on without its window.
    pub told_of_tray: bool,
}

impl Settings {
    /// Keeps what was decided about popups. Words are kept as typed, each once, without the space around them.
    ///
    /// # Errors
    /// If there are too many words, or one is too long, or it cannot be kept.
    pub fn set_popups(&mut self, data_dir: &Path, mut settings: PopupSettings) -> Result<()> {
        let mut keywords: Vec<String> = Vec::new();
        for word in settings.keywords {
            let word = word.trim();
            if word.chars().count() > KEYWORD_LENGTH || word.chars().any(char::is_control) {
                let reason = format!("a word has at most {KEYWORD_LENGTH} characters, on one line");
                return Err(SettingsError::Unusable(reason));
            }
            let is_known = |known: &String| known.to_lowercase() == word.to_lowercase();
            if !word.is_empty() && !keywords.iter().any(is_known) {
                keywords.push(word.to_owned());
            }
        }
        if keywords.len() > KEYWORDS {
            let reason = format!("there can be at most {KEYWORDS} words");
            return Err(SettingsError::Unusable(reason));
        }
        settings.keywords = keywords;
        self.popups.settings = settings;
        self.save_document(data_dir)
    }

    /// Keeps until when there are to be no popups.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn pause_popups(&mut self, data_dir: &Path, until: Option<Timestamp>) -> Result<()> {
        self.popups.paused_until = until;
        self.save_document(data_dir)
    }

    /// Keeps that the user was told of the tray.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn told_of_tray(&mut self, data_dir: &Path) -> Result<()> {
        self.popups.told_of_tray = true;
        self.save_document(data_dir)
    }
}
