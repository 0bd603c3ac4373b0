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

        "sent" {"status": "sent"} => "status sent", "one tick";
        "delivered" {"status": "delivered"} => "status delivered", "two ticks";
        "read" {"status": "read"} => "status read", "two blue ticks";
        "played" {"status": "played"} => "status played", "blue microphone";
        "failed" {"status": "failed"} => "status failed", "red triangle";
        "deleted" {"status": "deleted"} => "status deleted", "a step in the details";
        "warning" {"status": "warning"} => "status warning", "a step in the details";
        "beamed" {"status": "beamed"} => "status beamed + NOT UNDERSTOOD: a status of the word beamed", "a step in the details";
    }
}

fn beside() -> Vec<Row> {
    let mut rows = table! {
        "statuses[]" in status;

        "errors" {"status": "failed", "errors": [{"code": 131047, "title": "Re-engagement message", "message": "Re-engagement message", "error_data": {"details": "More than 24 hours have passed"}, "href": "/documentation/errors"}]}
            => "status failed, 131047 \"Re-engagement message\" \"More than 24 hours have passed\"", "red triangle";
        "errors, of the older kind" {"status": "failed", "errors": [{"code": "1026", "details": "Receiver is incapable"}]}
            => "status failed, 1026 \"Receiver is incapable\"", "red triangle";
        "biz_opaque_callback_data" {"status": "sent", "biz_opaque_callback_data": "order 7"}
            => "status sent, callbackData=order 7", "one tick";
        "conversation" {"status": "sent", "conversation": {"id": "K1", "expiration_timestamp": "1700086400", "origin": {"type": "service"}}}
            => "status sent, conversation=K1 expiresAt=1700086400000 origin=service", "one tick";
        "conversation, with the price inside" {"status": "sent", "conversation": {"id": "K1", "expiration_timestamp": 1700086400, "pricing": {"billable": true, "category": "group_service"}}}
            => "status sent, billable category=group_service conversation=K1 expiresAt=1700086400000", "one tick";
        "pricing, by conversation" {"status": "sent", "pricing": {"billable": true, "pricing_model": "CBP", "category": "business_initiated"}}
            => "status sent, billable category=business_initiated pricingModel=CBP", "one tick";
        "pricing, by message" {"status": "delivered", "pricing": {"billable": false, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}}
            => "status delivered, category=service pricingModel=PMP pricingType=free_customer_service", "two ticks";
        "recipient_user_id" {"status": "read", "recipient_id": null, "recipient_user_id": "DE.1"}
            => "status read, to DE.1, with DE.1", "two blue ticks";
        "parent_recipient_user_id" {"status": "read", "parent_recipient_user_id": "DE.ENT.1"}
            => "status read, with 4915/DE.ENT.1", "two blue ticks";
        "parent_user_id" {"status": "read", "parent_user_id": "DE.ENT.1"}
            => "status read, with 4915/DE.ENT.1", "two blue ticks";
        "recipient_participant_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "recipient_participant_id": "4915"}
            => "status read, to Z3JvdXA=, member 4915, in group Z3JvdXA=", "two blue ticks";
        "participant_recipient_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "participant_recipient_id": "4915"}
            => "status read, to Z3JvdXA=, member 4915, in group Z3JvdXA=", "two blue ticks";
        "recipient_participant_user_id" {"status": "read", "recipient_id": "Z3JvdXA=", "recipient_type": "group", "recipient_participant_user_id": "DE.1", "recipient_participant_parent_user_id": "DE.ENT.1"}
            => "status read, to Z3JvdXA=, member DE.1, in group Z3JvdXA=", "two blue ticks";
        "recipient_identity_key_hash" {"status": "delivered", "recipient_identity_key_hash": "h"}
            => "status delivered", "two ticks";
        "message, of the older kind" {"status": "read", "recipient_id": null, "type": "message", "message": {"recipient_id": "4915"}}
            => "status read", "two blue ticks";
        "sequence" {"status": "delivered", "sequence": "3"}
            => "status delivered", "two ticks";
    };
    let with_contacts = |contacts: Value| {
        let status = with(usual_status(), json!({"status": "sent"}));
        of_number("messages", with(json!({"statuses": [status]}), contacts))
    };
    rows.extend(table! {
        "statuses[]" in with_contacts;

        "contacts" {"contacts": [{"wa_id": "4915", "user_id": "DE.1", "profile": {"name": "Ada"}}]}
            => "status sent, with 4915/DE.1 \"Ada\"", "one tick";
        "contacts, without a profile" {"contacts": [{"wa_id": "4915"}]}
            => "status sent", "one tick";
    });
    rows
}

fn prices() -> Vec<Row> {
    let price = |pricing: Value| status(json!({"status": "sent", "pricing": pricing}));
    table! {
        "pricing.category" in price;

        "authentication" {"category": "authentication"} => "status sent, category=authentication", "one tick";
        "authentication-international" {"category": "authentication-international"} => "status sent, category=authentication-international", "one tick";
        "authentication_international" {"category": "authentication_international"} => "status sent, category=authentication_international", "one tick";
        "marketing" {"category": "marketing"} => "status sent, category=marketing", "one tick";
        "marketing_lite" {"category": "marketing_lite"} => "status sent, category=marketing_lite", "one tick";
        "utility" {"category": "utility", "type": "regular"} => "status sent, category=utility pricingType=regular", "one tick";
        "service" {"category": "service", "type": "free_entry_point"} => "status sent, category=service pricingType=free_entry_point", "one tick";
        "referral_conversion" {"category": "referral_conversion"} => "status sent, category=referral_conversion", "one tick";
        "group_marketing" {"category": "group_marketing"} => "status sent, category=group_marketing", "one tick";
        "group_utility" {"category": "group_utility"} => "status sent, category=group_utility", "one tick";
        "group_service" {"category": "group_service"} => "status sent, category=group_service", "one tick";
        "general_purpose_ai" {"category": "general_purpose_ai"} => "status sent, category=general_purpose_ai", "one tick";
        "user_initiated" {"category": "user_initiated"} => "status sent, category=user_initiated", "one tick";
        "business_initiated" {"category": "business_initiated", "billable": "false"} => "status sent, category=business_initiated", "one tick";
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

        "pending" {"status": "pending"} => "status pending", "a step in the details";
        "captured" {"status": "captured"} => "status captured", "a step in the details";
        "success" {"status": "success"} => "status success", "a step in the details";
        "failed" {"status": "failed", "errors": [{"code": 2, "title": "declined"}]} => "status payment_failed, 2 \"declined\"", "a step in the details";
        "canceled" {"status": "canceled"} => "status canceled", "a step in the details";
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
            => "step connect of call wacid.1, by customer", "Call";
        "connect, by the business" {"event": "connect", "direction": "BUSINESS_INITIATED", "from": "49301234", "to": "4915"}
            => "step connect of call wacid.1, by business", "Call";
        "created" {"event": "created"}
            => "step created of call wacid.1, by customer", "Call";
        "terminate" {"event": "terminate"}
            => "step terminate of call wacid.1, by customer", "Call";
        "terminate, with every end it could have" {"event": "terminate", "status": ["FAILED", "COMPLETED"]}
            => "step terminate of call wacid.1, by customer", "Call";
        "call_recording_available" {"event": "call_recording_available", "call_recording": {"id": "R1"}}
            => "step call_recording_available of call wacid.1, by customer", "Call";
        "call_transcription_available" {"event": "call_transcription_available"}
            => "step call_transcription_available of call wacid.1, by customer", "Call";
        "teleport" {"event": "teleport"}
            => "step teleport of call wacid.1, by customer + NOT UNDERSTOOD: a step of a call of the word teleport", "Call";
    };
    rows.extend(table! {
        "calls[].status" in call;

        "COMPLETED" {"event": "terminate", "status": "COMPLETED", "start_time": "1699999900", "end_time": "1700000000", "duration": 100}
            => "step COMPLETED of call wacid.1, by customer, 100 s", "Call, 1:40";
        "Completed" {"event": "terminate", "status": "Completed", "duration": "59"}
            => "step Completed of call wacid.1, by customer, 59 s", "Call, 0:59";
        "FAILED" {"event": "terminate", "status": "FAILED", "errors": [{"code": 138021, "title": "No answer"}]}
            => "step FAILED of call wacid.1, by customer, 138021 \"No answer\"", "Missed call";
    });
    let step = |keys: Value| {
        let usual = json!({"id": "wacid.1", "type": "call", "timestamp": MOMENT.to_string(), "recipient_id": CUSTOMER});
        of_number("calls", json!({"statuses": [with(usual, keys)]}))
    };
    rows.extend(table! {
        "call status" in step;

        "RINGING" {"status": "RINGING"} => "step RINGING of call wacid.1", "Call";
        "ACCEPTED" {"status": "ACCEPTED"} => "step ACCEPTED of call wacid.1", "Call taken";
        "REJECTED" {"status": "REJECTED"} => "step REJECTED of call wacid.1", "Call turned down";
        "TELEPORTED" {"status": "TELEPORTED"} => "step TELEPORTED of call wacid.1 + NOT UNDERSTOOD: a step of a call of the word TELEPORTED", "Call";
    });
    rows
}
