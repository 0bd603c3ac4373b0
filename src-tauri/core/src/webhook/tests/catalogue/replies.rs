//! Interactive messages, news of WhatsApp about a customer, and what WhatsApp does not pass on (webhook catalogue §3).

use serde_json::{Value, json};

use super::{Row, message, of_number, table, usual_message, with};

pub(super) fn rows() -> Vec<Row> {
    [interactive(), system(), unsupported()]
        .into_iter()
        .flatten()
        .collect()
}

fn interactive() -> Vec<Row> {
    let around =
        |interactive: Value| message(json!({"type": "interactive", "interactive": interactive}));
    let mut rows = table! {
        "interactive.type" in around;

        "button_reply" {"type": "button_reply", "button_reply": {"id": "b1", "title": "Tomorrow"}}
            => "?", "?";
        "list_reply" {"type": "list_reply", "list_reply": {"id": "r1", "title": "Large", "description": "feeds four"}}
            => "?", "?";
        "list_reply, without a description" {"type": "list_reply", "list_reply": {"id": "r1", "title": "Large"}}
            => "?", "?";
        "nfm_reply" {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t\",\"guests\":4,\"when\":{\"day\":\"Monday\",\"times\":[\"18:00\",\"19:00\"]},\"vegan\":true,\"note\":null}"}}
            => "?", "?";
        "nfm_reply, of an address" {"type": "nfm_reply", "nfm_reply": {"name": "address_message", "body": "Ring 1", "response_json": "{\"values\":{\"city\":\"Wien\",\"name\":\"Eva\"}}"}}
            => "?", "?";
        "nfm_reply, without its answers" {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent"}}
            => "?", "?";
        "call_permission_reply" {"type": "call_permission_reply", "call_permission_reply": {"response": "accept", "is_permanent": false, "expiration_timestamp": 1700600000, "response_source": "user_action"}}
            => "?", "?";
        "call_permission_reply, refused" {"type": "call_permission_reply", "call_permission_reply": {"response": "reject", "response_source": "automatic"}}
            => "?", "?";
        "payment_method" {"type": "payment_method", "payment_method": {"payment_method": "pix", "payment_timestamp": 1700000000, "reference_id": "R1", "last_four_digits": "4242", "credential_id": "K"}}
            => "?", "?";
        "product" {"type": "product", "product": {"catalog_id": "C1", "product_retailer_id": "P1"}}
            => "?", "?";
        "(missing), with nothing" {}
            => "?", "?";
    };
    let whole = |keys: Value| message(keys);
    rows.extend(table! {
        "interactive.type" in whole;

        "interactive, an address of the older kind" {"type": null, "timestamp": null, "interactive": {"type": "interactive", "action": "address_message", "timestamp": "1700000000", "nfm_reply": {"response_json": "{\"city\":\"Delhi\"}"}}}
            => "?", "?";
    });
    let beside = |keys: Value| {
        let hollow = with(
            usual_message(),
            json!({"type": "interactive", "interactive": {"type": "nfm_reply"}}),
        );
        of_number("messages", with(json!({"messages": [hollow]}), keys))
    };
    rows.extend(table! {
        "interactive.type" in beside;

        "nfm_reply, whose error stands beside" {"errors": [{"code": 131000, "title": "Something went wrong", "error_data": {"details": "Unsupported webhook payload"}}]}
            => "?", "?";
    });
    rows
}

fn system() -> Vec<Row> {
    let mut rows = table! {
        "system.type" in |system: Value| message(json!({"type": "system", "system": system}));

        "user_changed_number" {"type": "user_changed_number", "body": "\u{200e}Ada changed from 4915 to 4916", "wa_id": "4916", "user_id": "DE.2", "previous_user_id": "DE.1"}
            => "?", "?";
        "user_changed_user_id" {"type": "user_changed_user_id", "body": "Ada has a new id", "user_id": "DE.2", "previous_user_id": "DE.1", "parent_user_id": "DE.ENT.2", "previous_parent_user_id": "DE.ENT.1"}
            => "?", "?";
        "customer_changed_number" {"type": "customer_changed_number", "body": "changed", "new_wa_id": "4916", "customer": "4915"}
            => "?", "?";
        "customer_identity_changed" {"type": "customer_identity_changed", "body": "Ada has a new phone", "identity": "h", "customer": "4915"}
            => "?", "?";
        "customer_ascended" {"type": "customer_ascended", "body": "Ada is no longer with us"}
            => "?", "?";
        "(missing), a number" {"body": "changed", "new_wa_id": "4916"}
            => "?", "?";
    };
    rows.extend(table! {
        "system.type" in message;

        "(missing), an identity" {"type": "system", "system": {"body": "has a new phone"}, "identity": {"hash": "h"}}
            => "?", "?";
    });
    rows
}

fn unsupported() -> Vec<Row> {
    let around = |unsupported: Value| {
        message(json!({
            "type": "unsupported",
            "unsupported": unsupported,
            "errors": [{"code": 131051, "title": "Message type unknown", "href": "/docs/errors"}],
        }))
    };
    let mut rows = table! {
        "unsupported.type" in around;

        "button" {"type": "button"} => "?", "?";
        "edit" {"type": "edit"} => "?", "?";
        "errors" {"type": "errors"} => "?", "?";
        "gif" {"type": "gif"} => "?", "?";
        "group_invite" {"type": "group_invite"} => "?", "?";
        "hsm" {"type": "hsm"} => "?", "?";
        "image" {"type": "image"} => "?", "?";
        "interactive" {"type": "interactive"} => "?", "?";
        "keep_in_chat" {"type": "keep_in_chat"} => "?", "?";
        "link_preview" {"type": "link_preview"} => "?", "?";
        "list" {"type": "list"} => "?", "?";
        "location" {"type": "location"} => "?", "?";
        "media_placeholder" {"type": "media_placeholder"} => "?", "?";
        "order" {"type": "order"} => "?", "?";
        "pin" {"type": "pin"} => "?", "?";
        "poll_creation" {"type": "poll_creation"} => "?", "?";
        "poll_update" {"type": "poll_update"} => "?", "?";
        "pool" {"type": "pool"} => "?", "?";
        "product" {"type": "product"} => "?", "?";
        "reaction" {"type": "reaction"} => "?", "?";
        "(missing)" {} => "?", "?";
    };
    rows.extend(table! {
        "unsupported.type" in message;

        "(missing), without the object" {"type": "unsupported", "errors": [{"code": 131060, "title": "This message is currently unavailable."}]}
            => "?", "?";
        "(missing), with a text beside" {"type": "unsupported", "text": {"body": "a poll: tea or coffee?"}}
            => "?", "?";
    });
    rows
}
