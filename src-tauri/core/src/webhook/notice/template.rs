//! News about message templates (webhook catalogue §5). The field is not to be relied on: Meta's own example of a change of
//! quality comes under the field of a change of status, so the keys decide.

use serde_json::Value;

use super::{Draft, Notes, because, plain};
use crate::chat::notice::Topic;
use crate::chat::preview::one_line;
use crate::chat::time::Timestamp;
use crate::webhook::field;

pub(super) fn read<'a>(value: &'a Value, notes: &mut Notes<'a>) {
    let name = field::first_text(value, &["message_template_name", "message_template_id"]);
    let name = one_line(name.as_deref().unwrap_or("without a name"));
    let template = match field::text(value, "message_template_language") {
        Some(language) => format!("Template {name} ({})", one_line(&language)),
        None => format!("Template {name}"),
    };
    let line = if let Some(quality) = field::text(value, "new_quality_score") {
        format!("{template}: its quality is now {}", plain(&quality))
    } else if let Some(category) = field::text(value, "new_category") {
        format!("{template}: its category is now {}", plain(&category))
    } else if let Some(category) =
        field::first_text(value, &["correct_category", "detected_category"])
    {
        format!("{template}: its category should be {}", plain(&category))
    } else if let Some(event) = field::text(value, "event") {
        let (told, is_known) = status(&event);
        if !is_known {
            notes.unread.push(format!(
                "a template's news of the word {}",
                field::word(&event)
            ));
        }
        because(&format!("{template} {told}"), reason(value).as_deref())
    } else {
        format!("{template}: its content was changed")
    };
    notes.drafts.push(Draft::new(Topic::Template, line, value));
}

/// The words for an event, and whether it is documented.
fn status(event: &str) -> (String, bool) {
    let told = match event {
        "APPROVED" => "was approved",
        "ARCHIVED" => "was archived",
        "DELETED" => "was deleted",
        "DISABLED" => "was disabled",
        "FLAGGED" => "will be disabled",
        "IN_APPEAL" => "is being appealed",
        "LIMIT_EXCEEDED" => "is one too many",
        "LOCKED" => "is locked",
        "UNLOCKED" => "is unlocked",
        "PAUSED" => "is paused",
        "PENDING" => "is being reviewed",
        "REINSTATED" => "works again",
        "PENDING_DELETION" => "will be deleted",
        "REJECTED" => "was rejected",
        other => return (plain(other), false),
    };
    (told.to_owned(), true)
}

/// The best reason told; `NONE` and null are none.
fn reason(value: &Value) -> Option<String> {
    let inner = |object: &str, key: &str| {
        value
            .get(object)
            .and_then(|object| field::text(object, key))
    };
    inner("rejection_info", "reason")
        .or_else(|| inner("other_info", "description"))
        .or_else(|| {
            field::text(value, "reason")
                .filter(|reason| reason != "NONE")
                .map(|reason| plain(&reason))
        })
        .or_else(|| {
            let info = value.get("disable_info")?;
            // A date in words, or a number.
            let date = field::time(info, "disable_date").map(Timestamp::date);
            let date = date.or_else(|| field::text(info, "disable_date"));
            date.map(|date| format!("on {date}"))
        })
}
