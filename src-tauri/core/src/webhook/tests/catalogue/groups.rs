//! News about groups (webhook catalogue §5, `group_*_update`).

use serde_json::{Value, json};

use super::{MOMENT, Row, of_number, table, with};

fn group(keys: Value) -> Value {
    let usual = json!({"timestamp": MOMENT, "group_id": "Z3JvdXA="});
    json!({"groups": [with(usual, keys)]})
}

pub(super) fn rows() -> Vec<Row> {
    let mut rows = table! {
        "groups[].type" in |keys: Value| of_number("group_lifecycle_update", group(keys));

        "group_create" {"type": "group_create", "request_id": "q", "subject": "Walks", "description": "on Sundays", "invite_link": "https://chat.whatsapp.com/x", "join_approval_mode": "auto_approve"}
            => "?", "?";
        "group_create, which failed" {"type": "group_create", "request_id": "q", "errors": [{"code": "131000", "title": "Something went wrong"}]}
            => "?", "?";
        "group_delete" {"type": "group_delete", "timestamp": "1700000000"}
            => "?", "?";
        "group_participants_add" {"type": "group_participants_add", "added_participants": [{"input": "+49 15", "wa_id": "4915"}, {"user_id": "DE.1"}], "initiated_by": "business"}
            => "?", "?";
        "group_add_participants" {"type": "group_add_participants", "added_participants": [{"wa_id": "4915"}]}
            => "?", "?";
        "group_participants_remove" {"type": "group_participants_remove", "removed_participants": [{"wa_id": "4915"}], "failed_participants": [{"input": "4916", "errors": [{"code": 1}]}]}
            => "?", "?";
        "group_remove_participants" {"type": "group_remove_participants", "removed_participants": []}
            => "?", "?";
        "group_join_request_created" {"type": "group_join_request_created", "wa_id": "4915"}
            => "?", "?";
        "group_join_request_revoked" {"type": "group_join_request_revoked"}
            => "?", "?";
        "group_settings_update" {"type": "group_settings_update", "group_subject": {"text": "Hikes", "update_successful": true}, "profile_picture": {"mime_type": "image/jpeg", "update_successful": true}}
            => "?", "?";
        "group_settings_update, which failed" {"type": "group_settings_update", "group_subject": {"text": "Hikes", "update_successful": false, "errors": [{"code": 7}]}}
            => "?", "?";
        "group_suspend" {"type": "group_suspend", "reason": "spam"}
            => "?", "?";
        "group_suspend_cleared" {"type": "group_suspend_cleared"}
            => "?", "?";
        "group_ascend" {"type": "group_ascend"}
            => "?", "?";
    };
    let under = |mut keys: Value| {
        let field = keys["field"].take();
        of_number(
            field.as_str().expect("a field"),
            group(json!({"type": "group_delete"})),
        )
    };
    rows.extend(table! {
        "field" in under;

        "group_lifecycle_update" {"field": "group_lifecycle_update"} => "?", "?";
        "group_participant_update" {"field": "group_participant_update"} => "?", "?";
        "group_participants_update" {"field": "group_participants_update"} => "?", "?";
        "group_settings_update" {"field": "group_settings_update"} => "?", "?";
        "group_status_update" {"field": "group_status_update"} => "?", "?";
    });
    rows
}
