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

        "APPROVED" {"event": "APPROVED", "reason": "NONE"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name reason, on no number", "Template order_update (de) was approved";
        "ARCHIVED" {"event": "ARCHIVED", "reason": null} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) was archived";
        "DELETED" {"event": "DELETED", "message_template_language": null} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_name, on no number", "Template order_update was deleted";
        "DISABLED" {"event": "DISABLED", "disable_info": {"disable_date": 1700000000}} => "message_template_status_update: notice of topic template, facts disable_info.disable_date event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) was disabled: on 14 November 2023";
        "FLAGGED" {"event": "FLAGGED", "disable_info": {"disable_date": "October 20 2026"}} => "message_template_status_update: notice of topic template, facts disable_info.disable_date event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) will be disabled: on October 20 2026";
        "IN_APPEAL" {"event": "IN_APPEAL"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) is being appealed";
        "LIMIT_EXCEEDED" {"event": "LIMIT_EXCEEDED"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) is one too many";
        "LOCKED" {"event": "LOCKED"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) is locked";
        "UNLOCKED" {"event": "UNLOCKED"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) is unlocked";
        "PAUSED" {"event": "PAUSED", "other_info": {"title": "FIRST_PAUSE", "description": "paused for 3 hours"}} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name other_info.description other_info.title, on no number", "Template order_update (de) is paused: paused for 3 hours";
        "PENDING" {"event": "PENDING"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) is being reviewed";
        "PENDING_DELETION" {"event": "PENDING_DELETION"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) will be deleted";
        "REINSTATED" {"event": "REINSTATED"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) works again";
        "REJECTED" {"event": "REJECTED", "reason": "INVALID_FORMAT"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name reason, on no number", "Template order_update (de) was rejected: invalid format";
        "REJECTED, with the reason in full" {"event": "REJECTED", "reason": "INVALID_FORMAT", "rejection_info": {"reason": "it ends with a variable", "recommendation": "add words"}} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name reason rejection_info.reason rejection_info.recommendation, on no number", "Template order_update (de) was rejected: it ends with a variable";
        "FRAMED" {"event": "FRAMED"} => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number + NOT UNDERSTOOD: a template's news of the word FRAMED", "Template order_update (de) framed";
    };
    rows.extend(table! {
        "new_quality_score" in |keys: Value| change("message_template_quality_update", template(keys));

        "GREEN" {"previous_quality_score": "UNKNOWN", "new_quality_score": "GREEN"} => "message_template_quality_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score previous_quality_score, on no number", "Template order_update (de): its quality is now green";
        "YELLOW" {"previous_quality_score": "GREEN", "new_quality_score": "YELLOW"} => "message_template_quality_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score previous_quality_score, on no number", "Template order_update (de): its quality is now yellow";
        "RED" {"previous_quality_score": "YELLOW", "new_quality_score": "RED"} => "message_template_quality_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score previous_quality_score, on no number", "Template order_update (de): its quality is now red";
        "UNKNOWN" {"new_quality_score": "UNKNOWN"} => "message_template_quality_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score, on no number", "Template order_update (de): its quality is now unknown";
    });
    let under = |mut keys: Value| {
        let field = keys["field"].take();
        let value = template(keys["value"].take());
        change(field.as_str().expect("the row names its field"), value)
    };
    rows.extend(table! {
        "field" in under;

        "message_template_components_update" {"field": "message_template_components_update", "value": {"message_template_element": "Hi {{1}}", "message_template_buttons": [{"message_template_button_type": "URL"}]}}
            => "message_template_components_update: notice of topic template, facts message_template_buttons.1.message_template_button_type message_template_element message_template_id message_template_language message_template_name, on no number", "Template order_update (de): its content was changed";
        "message_template_quality_update" {"field": "message_template_quality_update", "value": {"new_quality_score": "RED"}}
            => "message_template_quality_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score, on no number", "Template order_update (de): its quality is now red";
        "message_template_status_update" {"field": "message_template_status_update", "value": {"event": "APPROVED"}}
            => "message_template_status_update: notice of topic template, facts event message_template_id message_template_language message_template_name, on no number", "Template order_update (de) was approved";
        "message_template_status_update, though it is the quality" {"field": "message_template_status_update", "value": {"new_quality_score": "RED"}}
            => "message_template_status_update: notice of topic template, facts message_template_id message_template_language message_template_name new_quality_score, on no number", "Template order_update (de): its quality is now red";
        "template_category_update" {"field": "template_category_update", "value": {"previous_category": "MARKETING", "new_category": "UTILITY", "category_update_timestamp": 1700000000}}
            => "template_category_update: notice of topic template, facts category_update_timestamp message_template_id message_template_language message_template_name new_category previous_category, on no number", "Template order_update (de): its category is now utility";
        "template_category_update, foretold" {"field": "template_category_update", "value": {"correct_category": "MARKETING"}}
            => "template_category_update: notice of topic template, facts correct_category message_template_id message_template_language message_template_name, on no number", "Template order_update (de): its category should be marketing";
        "template_correct_category_detection" {"field": "template_correct_category_detection", "value": {"detected_category": "MARKETING"}}
            => "template_correct_category_detection: notice of topic template, facts detected_category message_template_id message_template_language message_template_name, on no number", "Template order_update (de): its category should be marketing";
    });
    rows
}
