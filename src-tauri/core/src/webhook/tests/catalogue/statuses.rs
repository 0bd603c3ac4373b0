//! Steps of messages, of payments and of calls, and what a step tells beside (webhook catalogue §4, §5 `calls`).

use serde_json::{Value, json};

use super::{CUSTOMER, MOMENT, Row, of_number, table, with};

pub(super) fn rows() -> Vec<Row> {
    [steps(), beside(), prices(), payments(), calls()]
        .into_iter()
        .flatten()
        .collect()
}

fn usual_status() -> Value {
    json!({"id": "m", "timestamp": MOMENT.to_string(), "recipient_id": CUSTOMER})
}

/// A body with one status to the usual customer, with these keys on top.
fn status(keys: Value) -> Value {
    of_number(
        "messages",
        json!({"statuses": [with(usual_status(), keys)]}),
    )
}

fn steps() -> Vec<Row> {
    table! {
        "statuses[].status" in status;

        "sent" {"status": "sent"} => "?", "?";
        "delivered" {"status": "delivered"} => "?", "?";
        "read" {"status": "read"} => "?", "?";
        "played" {"status": "played"} => "?", "?";
        "failed" {"status": "failed"} => "?", "?";
        "deleted" {"status": "deleted"} => "?", "?";
        "warning" {"status": "warning"} => "?", "?";
        "beamed" {"status": "beamed"} => "?", "?";
    }
}

fn beside() -> Vec<Row> {
    let mut rows = table! {
        "statuses[]" in status;

        "errors" {"status": "failed", "errors": [{"code": 131047, "title": "Re-engagement message", "message": "Re-engagement message", "error_data": {"details": "More than 24 hours have passed"}, "href": "/documentation/errors"}]}
            => "?", "?";
        "errors, of the older kind" {"status": "failed", "errors": [{"code": "1026", "details": "Receiver is incapable"}]}
            => "?", "?";
        "biz_opaque_callback_data" {"status": "sent", "biz_opaque_callback_data": "order 7"}
            => "?", "?";
        "conversation" {"status": "sent", "conversation": {"id": "K1", "expiration_timestamp": "1700086400", "origin": {"type": "service"}}}
            => "?", "?";
        "conversation, with the price inside" {"status": "sent", "conversation": {"id": "K1", "expiration_timestamp": 1700086400, "pricing": {"billable": true, "category": "group_service"}}}
            => "?", "?";
        "pricing, by conversation" {"status": "sent", "pricing": {"billable": true, "pricing_model": "CBP", "category": "business_initiated"}}
            => "?", "?";
        "pricing, by message" {"status": "delivered", "pricing": {"billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}}
            => "?", "?";
        "recipient_user_id" {"status": "read", "recipient_id": null, "recipient_user_id": "DE.1"}
            => "?", "?";
        "parent_recipient_user_id" {"status": "read", "parent_recipient_user_id": "DE.ENT.1"}
            => "?", "?";
        "parent_user_id" {"status": "read", "parent_user_id": "DE.ENT.1"}
            => "?", "?";
        "recipient_participant_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "recipient_participant_id": "4915"}
            => "?", "?";
        "participant_recipient_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "participant_recipient_id": "4915"}
            => "?", "?";
        "recipient_participant_user_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "recipient_participant_user_id": "DE.1", "recipient_participant_parent_user_id": "DE.ENT.1"}
            => "?", "?";
        "recipient_identity_key_hash" {"status": "delivered", "recipient_identity_key_hash": "h"}
            => "?", "?";
        "message, of the older kind" {"status": "read", "recipient_id": null, "type": "message", "message": {"recipient_id": "4915"}}
            => "?", "?";
        "sequence" {"status": "delivered", "sequence": "3"}
            => "?", "?";
    };
    let with_contacts = |contacts: Value| {
        let status = with(usual_status(), json!({"status": "sent"}));
        of_number("messages", with(json!({"statuses": [status]}), contacts))
    };
    rows.extend(table! {
        "statuses[]" in with_contacts;

        "contacts" {"contacts": [{"wa_id": "4915", "user_id": "DE.1", "profile": {"name": "Ada"}}]}
            => "?", "?";
        "contacts, without a profile" {"contacts": [{"wa_id": "4915"}]}
            => "?", "?";
    });
    rows
}

fn prices() -> Vec<Row> {
    let price = |pricing: Value| status(json!({"status": "sent", "pricing": pricing}));
    table! {
        "pricing.category" in price;

        "authentication" {"category": "authentication"} => "?", "?";
        "authentication-international" {"category": "authentication-international"} => "?", "?";
        "authentication_international" {"category": "authentication_international"} => "?", "?";
        "marketing" {"category": "marketing"} => "?", "?";
        "marketing_lite" {"category": "marketing_lite"} => "?", "?";
        "utility" {"category": "utility", "type": "regular"} => "?", "?";
        "service" {"category": "service", "type": "free_entry_point"} => "?", "?";
        "referral_conversion" {"category": "referral_conversion"} => "?", "?";
        "group_marketing" {"category": "group_marketing"} => "?", "?";
        "group_utility" {"category": "group_utility"} => "?", "?";
        "group_service" {"category": "group_service"} => "?", "?";
        "general_purpose_ai" {"category": "general_purpose_ai"} => "?", "?";
        "user_initiated" {"category": "user_initiated"} => "?", "?";
        "business_initiated" {"category": "business_initiated", "billable": "false"} => "?", "?";
    }
}

fn payments() -> Vec<Row> {
    let payment = |keys: Value| {
        status(with(
            json!({"type": "payment", "payment": {
                "reference_id": "R1",
                "amount": {"value": 12000, "offset": 100},
                "transaction": {"id": "T1", "type": "upi", "status": "pending", "created_timestamp": 1_700_000_000},
                "currency": "INR",
            }}),
            keys,
        ))
    };
    table! {
        "payment status" in payment;

        "pending" {"status": "pending"} => "?", "?";
        "captured" {"status": "captured"} => "?", "?";
        "success" {"status": "success"} => "?", "?";
        "failed" {"status": "failed", "errors": [{"code": 2, "title": "declined"}]} => "?", "?";
        "canceled" {"status": "canceled"} => "?", "?";
    }
}

/// A body with one step of a call of the usual customer.
fn call(keys: Value) -> Value {
    let usual = json!({
        "id": "wacid.1", "from": CUSTOMER, "to": "49301234", "direction": "USER_INITIATED",
        "timestamp": MOMENT.to_string(),
    });
    of_number("calls", json!({"calls": [with(usual, keys)]}))
}

fn calls() -> Vec<Row> {
    let mut rows = table! {
        "calls[].event" in call;

        "connect" {"event": "connect", "session": {"sdp_type": "offer", "sdp": "v=0"}}
            => "?", "?";
        "connect, by the business" {"event": "connect", "direction": "BUSINESS_INITIATED", "from": "49301234", "to": "4915"}
            => "?", "?";
        "created" {"event": "created"}
            => "?", "?";
        "terminate" {"event": "terminate"}
            => "?", "?";
        "terminate, with every end it could have" {"event": "terminate", "status": ["FAILED", "COMPLETED"]}
            => "?", "?";
        "call_recording_available" {"event": "call_recording_available", "call_recording": {"id": "R1"}}
            => "?", "?";
        "call_transcription_available" {"event": "call_transcription_available"}
            => "?", "?";
        "teleport" {"event": "teleport"}
            => "?", "?";
    };
    rows.extend(table! {
        "calls[].status" in call;

        "COMPLETED" {"event": "terminate", "status": "COMPLETED", "start_time": "1699999900", "end_time": "1700000000", "duration": 100}
            => "?", "?";
        "Completed" {"event": "terminate", "status": "Completed", "duration": "59"}
            => "?", "?";
        "FAILED" {"event": "terminate", "status": "FAILED", "errors": [{"code": 138021, "title": "No answer"}]}
            => "?", "?";
    });
    let step = |keys: Value| {
        let usual = json!({"id": "wacid.1", "type": "call", "timestamp": MOMENT.to_string(), "recipient_id": CUSTOMER});
        of_number("calls", json!({"statuses": [with(usual, keys)]}))
    };
    rows.extend(table! {
        "call status" in step;

        "RINGING" {"status": "RINGING"} => "?", "?";
        "ACCEPTED" {"status": "ACCEPTED"} => "?", "?";
        "REJECTED" {"status": "REJECTED"} => "?", "?";
        "TELEPORTED" {"status": "TELEPORTED"} => "?", "?";
    });
    rows
}
