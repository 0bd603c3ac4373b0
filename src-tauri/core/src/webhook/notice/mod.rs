//! What is told that is no message (webhook catalogue §5): read by its field into a topic, a line and, where the user must act, a
//! concern. Lines are for people: no codes where a word exists, names and numbers as told.

mod account;
mod group;
mod people;
mod template;

use serde_json::Value;

use super::content::named_values;
use super::{field, status};
use crate::chat::content::NamedValue;
use crate::chat::event::Introduction;
use crate::chat::notice::{Concern, Topic};
use crate::chat::preview::one_line;
use crate::chat::time::Timestamp;

/// Facts kept apart for one notice; everything is in the raw delivery.
const MOST_FACTS: usize = 40;

/// How deep facts may lie in each other.
const DEEPEST_FACT: usize = 4;

/// A notice without the key and the channel, which the reader of values gives it.
pub(super) struct Draft<'a> {
    pub(super) topic: Topic,
    pub(super) at: Option<Timestamp>,
    pub(super) line: String,
    pub(super) facts: Vec<NamedValue>,
    pub(super) concern: Concern,
    /// The part of the payload that it was read from.
    pub(super) about: &'a Value,
}

impl<'a> Draft<'a> {
    fn new(topic: Topic, line: impl Into<String>, about: &'a Value) -> Self {
        Self {
            topic,
            at: field::time(about, "timestamp"),
            line: line.into(),
            facts: named_values(about, DEEPEST_FACT, MOST_FACTS),
            concern: Concern::Nothing,
            about,
        }
    }

    fn concern(mut self, concern: Concern) -> Self {
        self.concern = concern;
        self
    }
}

/// Everything read beside the items of a value.
#[derive(Default)]
pub(super) struct Notes<'a> {
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) introductions: Vec<Introduction>,
    /// What was not understood.
    pub(super) unread: Vec<String>,
}

/// What a value is about, by its field or, where that is missing, by its keys.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Account,
    Alert,
    AutomaticEvents,
    Calls,
    Capability,
    Contacts,
    Flow,
    Group,
    Handover,
    History,
    Messages,
    Number,
    Payment,
    Preferences,
    Review,
    Security,
    Settings,
    Solution,
    Standby,
    Template,
    UserIds,
    Username,
}

impl Sort {
    /// The fields of webhook catalogue §5.
    fn of_field(name: &str) -> Option<Self> {
        Some(match name {
            "account_alerts" => Self::Alert,
            "account_review_update" => Self::Review,
            "account_settings_update" => Self::Settings,
            "account_update" => Self::Account,
            "automatic_events" => Self::AutomaticEvents,
            "business_capability_update" => Self::Capability,
            "business_username_update" | "business_username_updates" => Self::Username,
            "calls" => Self::Calls,
            "flows" => Self::Flow,
            "group_lifecycle_update"
            | "group_participant_update"
            | "group_participants_update"
            | "group_settings_update"
            | "group_status_update" => Self::Group,
            "history" => Self::History,
            "message_template_components_update"
            | "message_template_quality_update"
            | "message_template_status_update"
            | "template_category_update"
            | "template_correct_category_detection" => Self::Template,
            "messages" | "message_echoes" | "smb_message_echoes" => Self::Messages,
            "messaging_handovers" => Self::Handover,
            "partner_solutions" => Self::Solution,
            "payment_configuration_update" => Self::Payment,
            "phone_number_name_update" | "phone_number_quality_update" => Self::Number,
            "security" => Self::Security,
            "smb_app_state_sync" => Self::Contacts,
            "standby" => Self::Standby,
            "user_id_update" => Self::UserIds,
            "user_preferences" => Self::Preferences,
            _ => return None,
        })
    }

    /// What a value without a field is about, by a key that only this sort has.
    fn of_keys(value: &Value) -> Option<Self> {
        [
            ("alert_info", Self::Alert),
            ("automatic_events", Self::AutomaticEvents),
            ("message_template_id", Self::Template),
            ("state_sync", Self::Contacts),
            ("groups", Self::Group),
            ("history", Self::History),
            ("user_preferences", Self::Preferences),
            ("user_id_update", Self::UserIds),
            ("standby", Self::Standby),
            ("waba_info", Self::Account),
            ("ban_info", Self::Account),
            ("restriction_info", Self::Account),
            ("violation_info", Self::Account),
        ]
        .into_iter()
        .find(|(key, _)| value.get(key).is_some())
        .map(|(_, sort)| sort)
    }
}

/// Reads what a value says beside its items. `has_items` tells whether it had any; `first_error_is_taken`, whether its first
/// error was understood to be about one of them.
pub(super) fn read<'a>(
    name: Option<&str>,
    value: &'a Value,
    has_items: bool,
    first_error_is_taken: bool,
) -> Notes<'a> {
    let mut notes = Notes::default();
    let sort = match name {
        Some(name) => Sort::of_field(name),
        None => Sort::of_keys(value).or_else(|| has_items.then_some(Sort::Messages)),
    };
    if let Some(sort) = sort {
        of_sort(sort, value, &mut notes);
    }
    errors(value, usize::from(first_error_is_taken), &mut notes);
    let name = name.unwrap_or_default();
    let is_unknown = sort.is_none() && !name.is_empty();
    if is_unknown {
        notes
            .unread
            .push(format!("the field {}", field::word(name)));
    }
    if has_items || !notes.drafts.is_empty() {
        return notes;
    }
    let line = match name {
        _ if is_unknown => format!("{}: not understood", one_line(name)),
        "" => "Something that is not understood".to_owned(),
        name => format!("{}: nothing in it", one_line(name)),
    };
    // These come empty now and then, and mean it.
    let is_empty_by_right = matches!(sort, Some(Sort::Standby | Sort::History | Sort::Contacts));
    if !is_unknown && !is_empty_by_right {
        notes
            .unread
            .push("a value with nothing known in it".to_owned());
    }
    notes.drafts.push(Draft::new(Topic::Unknown, line, value));
    notes
}

fn of_sort<'a>(sort: Sort, value: &'a Value, notes: &mut Notes<'a>) {
    match sort {
        Sort::Account => account::update(value, notes),
        Sort::Alert => account::alert(value, notes),
        Sort::Review => account::review(value, notes),
        Sort::Settings => account::settings(value, notes),
        Sort::Capability => account::capability(value, notes),
        Sort::Number => account::number(value, notes),
        Sort::Security => account::security(value, notes),
        Sort::Username => account::username(value, notes),
        Sort::Payment => account::payment(value, notes),
        Sort::Solution => account::solution(value, notes),
        Sort::Flow => account::flow(value, notes),
        Sort::Template => template::read(value, notes),
        Sort::Group => group::read(value, notes),
        Sort::AutomaticEvents => people::automatic_events(value, notes),
        Sort::Contacts => people::contacts(value, notes),
        Sort::Handover => people::handover(value, notes),
        Sort::History => people::history(value, notes),
        Sort::Preferences => people::preferences(value, notes),
        Sort::UserIds => people::user_ids(value, notes),
        Sort::Messages => people::clicks(value, notes),
        Sort::Calls | Sort::Standby => {}
    }
}

/// Errors that stand in the value itself, behind those that are about an item.
fn errors<'a>(value: &'a Value, taken: usize, notes: &mut Notes<'a>) {
    for error in field::list(value, "errors").iter().skip(taken) {
        let line = match failure_words(error) {
            Some(words) => format!("WhatsApp reports an error: {words}"),
            None => "WhatsApp reports an error".to_owned(),
        };
        notes.drafts.push(Draft::new(Topic::Error, line, error));
    }
}

/// The title and code of one error object.
fn failure_words(error: &Value) -> Option<String> {
    let told = status::failure_of(error);
    match (told.title, told.code) {
        (Some(title), Some(code)) => Some(format!("{} ({code})", one_line(&title))),
        (Some(title), None) => Some(one_line(&title)),
        (None, Some(code)) => Some(format!("code {code}")),
        (None, None) => None,
    }
}

/// A word in capitals, as a person would write it: `TIER_UPGRADE` becomes `tier upgrade`.
fn plain(word: &str) -> String {
    one_line(&word.replace('_', " ").to_lowercase())
}

/// A business number as people write it.
fn shown_number(number: &str) -> String {
    match crate::chat::identity::digits_of(number) {
        Some(digits) => format!("+{digits}"),
        None => one_line(number),
    }
}

/// The number in one of these fields, as people write it.
fn number_in(value: &Value, keys: &[&str]) -> Option<String> {
    field::first_text(value, keys).map(|number| shown_number(&number))
}

/// `told` with its first letter in capitals and `: because` behind it, where a reason is told.
fn because(told: &str, reason: Option<&str>) -> String {
    match reason.map(one_line).filter(|reason| !reason.is_empty()) {
        Some(reason) => format!("{told}: {reason}"),
        None => told.to_owned(),
    }
}
