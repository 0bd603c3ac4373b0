//! News about the account, its numbers and what may be done with them (webhook catalogue §5).

use serde_json::Value;

use super::{Draft, Notes, because, number_in, plain, shown_number};
use crate::chat::notice::{Concern, Topic};
use crate::chat::preview::one_line;
use crate::chat::time::Timestamp;
use crate::webhook::field;

/// `account_update`.
pub(super) fn update<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let event = field::text(value, "event").unwrap_or_default();
    let number = field::text(value, "phone_number").map(|number| shown_number(&number));
    let of = |subject: &str| format!("{subject} {}", number.as_deref().unwrap_or_default());
    let whose = match &number {
        Some(number) => format!("The account of {number}"),
        None => "The WhatsApp Business account".to_owned(),
    };
    let (line, concern) = match event.as_str() {
        "ACCOUNT_DELETED" => (
            format!("{whose} was deleted"),
            Concern::Problem(of("deleted")),
        ),
        "ACCOUNT_VIOLATION" => {
            let violation = inner(value, "violation_info", "violation_type");
            let told = format!("{whose} violates WhatsApp's rules");
            (
                because(&told, violation.as_deref().map(plain).as_deref()),
                Concern::Problem(of("violation")),
            )
        }
        "ACCOUNT_RESTRICTION" => (
            restriction(&whose, value),
            Concern::Problem(of("restriction")),
        ),
        "DISABLED_UPDATE" => ban(&whose, value, of("ban")),
        "ACCOUNT_OFFBOARDED" => (
            format!("{whose} was disconnected from this provider; messages no longer come"),
            Concern::Problem(of("connection")),
        ),
        "ACCOUNT_RECONNECTED" => (
            format!("{whose} is connected again"),
            Concern::Over(of("connection")),
        ),
        "PARTNER_REMOVED" => {
            let reason = inner(value, "disconnection_info", "reason");
            let told = format!("{whose} is no longer shared with a partner");
            (
                because(&told, reason.as_deref().map(plain).as_deref()),
                Concern::Problem(of("partner")),
            )
        }
        "PARTNER_ADDED" => (
            format!("{whose} is shared with a partner"),
            Concern::Over(of("partner")),
        ),
        "PARTNER_APP_INSTALLED" => (
            format!("A partner's app was added to {}", lower(&whose)),
            Concern::Nothing,
        ),
        "PARTNER_APP_UNINSTALLED" => (
            format!("A partner's app was removed from {}", lower(&whose)),
            Concern::Nothing,
        ),
        "PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE" => {
            let status = inner(value, "partner_client_certification_info", "status");
            let told = "The business's verification by a partner";
            (
                because(told, status.as_deref().map(plain).as_deref()),
                Concern::Nothing,
            )
        }
        "AD_ACCOUNT_LINKED" => (
            format!("An ad account was linked to {}", lower(&whose)),
            Concern::Nothing,
        ),
        "AUTH_INTL_PRICE_ELIGIBILITY_UPDATE" => (
            "Prices of international authentication messages apply".to_owned(),
            Concern::Nothing,
        ),
        "BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE" => {
            let country = field::text(value, "country");
            (
                because("The business's country was set", country.as_deref()),
                Concern::Nothing,
            )
        }
        "MM_LITE_TERMS_SIGNED" => (
            "The terms for marketing messages were signed".to_owned(),
            Concern::Nothing,
        ),
        "VERIFIED_ACCOUNT" => (format!("{whose} was verified"), Concern::Nothing),
        "VOLUME_BASED_PRICING_TIER_UPDATE" => {
            let tier = inner(value, "volume_tier_info", "tier");
            (
                because("A new price tier by volume applies", tier.as_deref()),
                Concern::Nothing,
            )
        }
        other => {
            notes
                .unread
                .push(format!("account news of the word {}", field::word(other)));
            (because(&whose, Some(&plain(other))), Concern::Nothing)
        }
    };
    notes
        .drafts
        .push(Draft::new(Topic::Account, line, value).concern(concern));
}

/// What the account may not do, and until when.
fn restriction(whose: &str, value: &Value) -> String {
    let restrictions = field::list(value, "restriction_info");
    let words: Vec<String> = restrictions
        .iter()
        .filter_map(|restriction| {
            let what = plain(&field::text(restriction, "restriction_type")?);
            let until = field::time(restriction, "expiration").map(Timestamp::date);
            Some(match until {
                Some(until) => format!("{what} until {until}"),
                None => what,
            })
        })
        .collect();
    because(&format!("{whose} is restricted"), Some(&words.join(", ")))
}

fn ban(whose: &str, value: &Value, subject: String) -> (String, Concern) {
    let date = inner(value, "ban_info", "waba_ban_date");
    match inner(value, "ban_info", "waba_ban_state").as_deref() {
        Some("REINSTATE") => (format!("{whose} works again"), Concern::Over(subject)),
        Some("SCHEDULE_FOR_DISABLE") => {
            let told = match date.as_deref().map(one_line) {
                Some(date) => format!("WhatsApp will disable {} on {date}", lower(whose)),
                None => format!("WhatsApp will disable {}", lower(whose)),
            };
            (told, Concern::Problem(subject))
        }
        // Without a state, or with all of them at once, it is still news of a ban.
        Some(_) | None => (
            format!("WhatsApp disabled {}", lower(whose)),
            Concern::Problem(subject),
        ),
    }
}

/// `account_alerts`.
pub(super) fn alert<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let alert = |key| inner(value, "alert_info", key);
    let kind = alert("alert_type").unwrap_or_else(|| "ALERT".to_owned());
    let entity = field::text(value, "entity_id").unwrap_or_default();
    let subject = format!("alert {kind} {entity}");
    let is_over = alert("alert_status").as_deref() == Some("NONE");
    let concern = match alert("alert_severity").as_deref() {
        _ if is_over => Concern::Over(subject),
        Some("CRITICAL" | "WARNING") => Concern::Problem(subject),
        Some(_) | None => Concern::Nothing,
    };
    let told = match is_over {
        true => format!("WhatsApp's alert is over: {}", plain(&kind)),
        false => format!("WhatsApp's alert: {}", plain(&kind)),
    };
    let line = because(&told, alert("alert_description").as_deref());
    notes
        .drafts
        .push(Draft::new(Topic::Alert, line, value).concern(concern));
}

/// `account_review_update`.
pub(super) fn review<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let subject = "review".to_owned();
    let (line, concern) = match field::text(value, "decision").as_deref() {
        Some("APPROVED") => ("WhatsApp approved the account", Concern::Over(subject)),
        Some("REJECTED") => ("WhatsApp rejected the account", Concern::Problem(subject)),
        Some("PENDING") => ("WhatsApp reviews the account", Concern::Nothing),
        Some("DEFERRED") => ("WhatsApp put off the account's review", Concern::Nothing),
        other => {
            let word = field::word(other.unwrap_or_default()).to_owned();
            notes
                .unread
                .push(format!("a review's decision of the word {word}"));
            ("News of the account's review", Concern::Nothing)
        }
    };
    notes
        .drafts
        .push(Draft::new(Topic::Account, line, value).concern(concern));
}

/// `account_settings_update`.
pub(super) fn settings<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let line = "Settings of a business number were changed";
    notes.drafts.push(Draft::new(Topic::Account, line, value));
}

/// `business_capability_update`.
pub(super) fn capability<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let conversations = field::first_text(
        value,
        &[
            "max_daily_conversations_per_business",
            "max_daily_conversation_per_phone",
        ],
    );
    let numbers = field::first_text(
        value,
        &[
            "max_phone_numbers_per_waba",
            "max_phone_numbers_per_business",
        ],
    );
    let mut parts = Vec::new();
    parts.extend(conversations.map(|limit| format!("{} new conversations a day", tier(&limit))));
    parts.extend(numbers.map(|limit| format!("{} business numbers", tier(&limit))));
    let line = because("The business may now have", Some(&parts.join(" and ")));
    notes
        .drafts
        .push(Draft::new(Topic::Capability, line, value));
}

/// `phone_number_name_update` and `phone_number_quality_update`.
pub(super) fn number<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let number = number_in(value, &["display_phone_number"]);
    let number = number.as_deref().unwrap_or("the business number");
    let draft = match (field::text(value, "decision"), field::text(value, "event")) {
        (Some(decision), _) => {
            let name = field::text(value, "requested_verified_name").map(|name| one_line(&name));
            let name = name.unwrap_or_default();
            let told = match decision.as_str() {
                "APPROVED" => format!("WhatsApp accepted the name {name} for {number}"),
                "REJECTED" => format!("WhatsApp rejected the name {name} for {number}"),
                other => format!("The name {name} for {number}: {}", plain(other)),
            };
            let reason = field::text(value, "rejection_reason").filter(|reason| reason != "NONE");
            let line = because(&told, reason.as_deref().map(plain).as_deref());
            Draft::new(Topic::Number, line, value)
        }
        (None, Some(event)) => {
            let limit = field::first_text(
                value,
                &["current_limit", "max_daily_conversations_per_business"],
            );
            let limit = limit.map(|limit| format!("{} new conversations a day", tier(&limit)));
            let subject = format!("quality {number}");
            let (told, concern) = match event.as_str() {
                "FLAGGED" => (
                    format!("The quality of {number} is low: customers block or report it"),
                    Concern::Problem(subject),
                ),
                "DOWNGRADE" => (
                    format!("The limit of {number} was lowered"),
                    Concern::Problem(subject),
                ),
                "UNFLAGGED" => (
                    format!("The quality of {number} is good again"),
                    Concern::Over(subject),
                ),
                "UPGRADE" | "THROUGHPUT_UPGRADE" => (
                    format!("The limit of {number} was raised"),
                    Concern::Over(subject),
                ),
                "ONBOARDING" => (format!("{number} was set up"), Concern::Nothing),
                other => {
                    notes.unread.push(format!(
                        "a number's news of the word {}",
                        field::word(other)
                    ));
                    (format!("{number}: {}", plain(other)), Concern::Nothing)
                }
            };
            Draft::new(Topic::Number, because(&told, limit.as_deref()), value).concern(concern)
        }
        (None, None) => return,
    };
    notes.drafts.push(draft);
}

/// `security`.
pub(super) fn security<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let number = number_in(value, &["display_phone_number"]);
    let number = number.as_deref().unwrap_or("the business number");
    let line = match field::text(value, "event").as_deref() {
        Some("PIN_CHANGED") => format!("The PIN of {number} was changed"),
        Some("PIN_RESET_REQUEST") => format!("Somebody asked to reset the PIN of {number}"),
        Some("PIN_REQUEST_SUCCESS") => format!("The PIN of {number} was reset"),
        other => {
            let word = other.unwrap_or_default();
            notes
                .unread
                .push(format!("security news of the word {}", field::word(word)));
            format!("Security of {number}: {}", plain(word))
        }
    };
    notes.drafts.push(Draft::new(Topic::Security, line, value));
}

/// `business_username_update`, also in the plural.
pub(super) fn username<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let name = field::text(value, "username").map(|name| format!("@{}", one_line(&name)));
    let name = name.as_deref().unwrap_or("of the business");
    let status = field::text(value, "status").map(|status| plain(&status));
    let line = because(&format!("The username {name}"), status.as_deref());
    notes.drafts.push(Draft::new(Topic::Username, line, value));
}

/// `payment_configuration_update`.
pub(super) fn payment<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let name = field::text(value, "configuration_name").unwrap_or_default();
    let told = format!("Payment configuration {}", one_line(&name));
    let line = because(&told, field::text(value, "status").as_deref());
    notes.drafts.push(Draft::new(Topic::Payment, line, value));
}

/// `partner_solutions`.
pub(super) fn solution<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let told = match field::text(value, "event").as_deref() {
        Some("SOLUTION_CREATED") => "A partner's solution was created",
        Some(_) | None => "A partner's solution was changed",
    };
    let status = field::text(value, "solution_status").map(|status| plain(&status));
    let line = because(told, status.as_deref());
    notes.drafts.push(Draft::new(Topic::Solution, line, value));
}

/// `flows`, whose keys no fixture shows: what is told is repeated.
pub(super) fn flow<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let told = match field::text(value, "event") {
        Some(event) => format!("A Flow: {}", plain(&event)),
        None => "News of a Flow".to_owned(),
    };
    let line = because(&told, field::text(value, "message").as_deref());
    notes.drafts.push(Draft::new(Topic::Flow, line, value));
}

/// A limit as people say it: `TIER_10K` becomes `10,000`, -1 and `TIER_UNLIMITED` any number of.
fn tier(limit: &str) -> String {
    match limit {
        "-1" | "TIER_UNLIMITED" => "any number of".to_owned(),
        "TIER_NOT_SET" => "no set number of".to_owned(),
        limit => {
            let number = limit.trim_start_matches("TIER_");
            match number.strip_suffix('K') {
                Some(thousands) => format!("{},000", one_line(thousands)),
                None => one_line(number),
            }
        }
    }
}

fn inner(value: &Value, object: &str, key: &str) -> Option<String> {
    field::text(value.get(object)?, key)
}

/// A name at the beginning of a sentence, in the middle of one.
fn lower(whose: &str) -> String {
    match whose.strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => whose.to_owned(),
    }
}
