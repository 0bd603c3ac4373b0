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
            => "group Z3JvdXA= is called \"Walks\" + group_lifecycle_update: notice of topic group, facts description group_id invite_link join_approval_mode request_id subject timestamp type", "Walks + The group Walks was created";
        "group_create, which failed" {"type": "group_create", "request_id": "q", "errors": [{"code": "131000", "title": "Something went wrong"}]}
            => "group_lifecycle_update: notice of topic group, facts errors.1.code errors.1.title group_id request_id timestamp type", "A group could not be created: Something went wrong (131000)";
        "group_delete" {"type": "group_delete", "timestamp": "1700000000"}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
        "group_participants_add" {"type": "group_participants_add", "added_participants": [{"input": "+49 15", "wa_id": "4915"}, {"user_id": "DE.1"}], "initiated_by": "business"}
            => "group_lifecycle_update: notice of topic group, facts added_participants.1.input added_participants.1.wa_id added_participants.2.user_id group_id initiated_by timestamp type", "A group has new members: +4915, DE.1";
        "group_add_participants" {"type": "group_add_participants", "added_participants": [{"wa_id": "4915"}]}
            => "group_lifecycle_update: notice of topic group, facts added_participants.1.wa_id group_id timestamp type", "A group has new members: +4915";
        "group_participants_remove" {"type": "group_participants_remove", "removed_participants": [{"wa_id": "4915"}], "failed_participants": [{"input": "4916", "errors": [{"code": 1}]}]}
            => "group_lifecycle_update: notice of topic group, facts failed_participants.1.errors.1 failed_participants.1.input group_id removed_participants.1.wa_id timestamp type", "A group lost members: +4915";
        "group_remove_participants" {"type": "group_remove_participants", "removed_participants": []}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type", "A group lost members: not told";
        "group_join_request_created" {"type": "group_join_request_created", "wa_id": "4915"}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type wa_id", "A group was asked for admission";
        "group_join_request_revoked" {"type": "group_join_request_revoked"}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type", "A group is no longer asked for admission";
        "group_settings_update" {"type": "group_settings_update", "group_subject": {"text": "Hikes", "update_successful": true}, "profile_picture": {"mime_type": "image/jpeg", "update_successful": true}}
            => "group Z3JvdXA= is called \"Hikes\" + group_lifecycle_update: notice of topic group, facts group_id group_subject.text group_subject.update_successful profile_picture.mime_type profile_picture.update_successful timestamp type", "Hikes + The group Hikes has new settings";
        "group_settings_update, which failed" {"type": "group_settings_update", "group_subject": {"text": "Hikes", "update_successful": false, "errors": [{"code": 7}]}}
            => "group_lifecycle_update: notice of topic group, facts group_id group_subject.errors.1.code group_subject.text group_subject.update_successful timestamp type", "A group could not get all its new settings: code 7";
        "group_suspend" {"type": "group_suspend", "reason": "spam"}
            => "group_lifecycle_update: notice of topic group, facts group_id reason timestamp type", "A group was suspended by WhatsApp";
        "group_suspend_cleared" {"type": "group_suspend_cleared"}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type", "A group works again";
        "group_ascend" {"type": "group_ascend"}
            => "group_lifecycle_update: notice of topic group, facts group_id timestamp type + NOT UNDERSTOOD: a group's news of the word group_ascend", "A group has news";
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

        "group_lifecycle_update" {"field": "group_lifecycle_update"} => "group_lifecycle_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
        "group_participant_update" {"field": "group_participant_update"} => "group_participant_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
        "group_participants_update" {"field": "group_participants_update"} => "group_participants_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
        "group_settings_update" {"field": "group_settings_update"} => "group_settings_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
        "group_status_update" {"field": "group_status_update"} => "group_status_update: notice of topic group, facts group_id timestamp type", "A group was deleted";
    });
    rows
}
