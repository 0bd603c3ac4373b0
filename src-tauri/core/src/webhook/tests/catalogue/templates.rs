//! News about message templates (webhook catalogue §5).

use serde_json::{Value, json};

use super::{Row, change, table, with};

fn template(keys: Value) -> Value {
    let usual = json!({
        "message_template_id": 1_689_556_908_129_832_i64,
        "message_template_name": "order_update",
        "message_template_language": "de",
    });
    with(usual, keys)
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = table! {
        "message_template_status_update.event" in |keys: Value| change("message_template_status_update", template(keys));

        "APPROVED" {"event": "APPROVED", "reason": "NONE"} => "?", "?";
        "ARCHIVED" {"event": "ARCHIVED", "reason": null} => "?", "?";
        "DELETED" {"event": "DELETED", "message_template_language": null} => "?", "?";
        "DISABLED" {"event": "DISABLED", "disable_info": {"disable_date": 1700000000}} => "?", "?";
        "FLAGGED" {"event": "FLAGGED", "disable_info": {"disable_date": "October 20 2026"}} => "?", "?";
        "IN_APPEAL" {"event": "IN_APPEAL"} => "?", "?";
        "LIMIT_EXCEEDED" {"event": "LIMIT_EXCEEDED"} => "?", "?";
        "LOCKED" {"event": "LOCKED"} => "?", "?";
        "UNLOCKED" {"event": "UNLOCKED"} => "?", "?";
        "PAUSED" {"event": "PAUSED", "other_info": {"title": "FIRST_PAUSE", "description": "paused for 3 hours"}} => "?", "?";
        "PENDING" {"event": "PENDING"} => "?", "?";
        "PENDING_DELETION" {"event": "PENDING_DELETION"} => "?", "?";
        "REINSTATED" {"event": "REINSTATED"} => "?", "?";
        "REJECTED" {"event": "REJECTED", "reason": "INVALID_FORMAT"} => "?", "?";
        "REJECTED, with the reason in full" {"event": "REJECTED", "reason": "INVALID_FORMAT", "rejection_info": {"reason": "it ends with a variable", "recommendation": "add words"}} => "?", "?";
        "FRAMED" {"event": "FRAMED"} => "?", "?";
    };
    rows.extend(table! {
        "new_quality_score" in |keys: Value| change("message_template_quality_update", template(keys));

        "GREEN" {"previous_quality_score": "UNKNOWN", "new_quality_score": "GREEN"} => "?", "?";
        "YELLOW" {"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"} => "?", "?";
        "RED" {"previous_quality_score": "YELLOW", "new_quality_score": "RED"} => "?", "?";
        "UNKNOWN" {"new_quality_score": "UNKNOWN"} => "?", "?";
    });
    let under = |mut keys: Value| {
        let field = keys["field"].take();
        let value = template(keys["value"].take());
        change(field.as_str().expect("the row names its field"), value)
    };
    rows.extend(table! {
        "field" in under;

        "message_template_components_update" {"field": "message_template_components_update", "value": {"message_template_element": "Hi {{1}}", "message_template_buttons": [{"message_template_button_type": "URL"}]}}
            => "?", "?";
        "message_template_quality_update" {"field": "message_template_quality_update", "value": {"new_quality_score": "RED"}}
            => "?", "?";
        "message_template_status_update" {"field": "message_template_status_update", "value": {"event": "APPROVED"}}
            => "?", "?";
        "message_template_status_update, though it is the quality" {"field": "message_template_status_update", "value": {"new_quality_score": "RED"}}
            => "?", "?";
        "template_category_update" {"field": "template_category_update", "value": {"previous_category": "MARKETING", "new_category": "UTILITY", "category_update_timestamp": 1700000000}}
            => "?", "?";
        "template_category_update, foretold" {"field": "template_category_update", "value": {"correct_category": "MARKETING"}}
            => "?", "?";
        "template_correct_category_detection" {"field": "template_correct_category_detection", "value": {"detected_category": "MARKETING"}}
            => "?", "?";
    });
    rows
}
