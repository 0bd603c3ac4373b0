//! The outer forms of a body, the fields themselves, and what stands in a value beside its items (webhook catalogue §0, §1, §5, §9).

use serde_json::{Value, json};

use super::{MOMENT, Row, change, of_number, table, usual_message, with};
use crate::webhook::tests::value;

pub(super) fn rows() -> Vec<Row> {
    [bodies(), values(), sms()].into_iter().flatten().collect()
}

fn text() -> Value {
    with(
        usual_message(),
        json!({"type": "text", "text": {"body": "hi"}}),
    )
}

fn bodies() -> Vec<Row> {
    let inner = || value(json!({"messages": [text()]}));
    let meta = || change("messages", inner());
    let mut rows = table! {
        "body" in |keys: Value| with(meta(), keys);

        "entry" {} => "?", "?";
    };
    rows.extend(table! {
        "body" in |keys: Value| with(json!({"whatsappNotification": meta()}), keys);

        "whatsappNotification" {"customerChannelUuid": "u", "sender": "4915", "recipient": "r", "type": "whatsapp"}
            => "?", "?";
    });
    rows.extend(table! {
        "body" in |keys: Value| with(inner(), keys);

        "(bare)" {} => "?", "?";
    });
    rows.extend(table! {
        "body" in |more: Value| json!([meta(), more]);

        "(list), of a message and nothing" {} => "?", "?";
    });
    rows.extend(table! {
        "body" in |body: Value| body;

        "user, of another product" {"object": "user", "entry": [{"id": "0", "time": 1675274553, "uid": "0", "changes": [{"field": "location", "value": {}}]}]}
            => "?", "?";
    });
    rows
}

fn values() -> Vec<Row> {
    let mut rows = table! {
        "value" in |keys: Value| of_number("messages", keys);

        "errors" {"errors": [{"code": 130429, "title": "Rate limit hit", "error_data": {"details": "too many"}}]}
            => "?", "?";
        "errors, beside a message" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "hi"}}], "errors": [{"code": 131000, "title": "Something went wrong"}]}
            => "?", "?";
        "user_actions" {"user_actions": [{"action_type": "marketing_messages_link_click", "timestamp": "1700000000", "marketing_messages_link_click_data": {"click_component": "cta", "product_id": "P1"}}]}
            => "?", "?";
        "conversation_context" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "a human, please"}}], "conversation_context": {"type": "summary", "summary": {"text": "wants a refund"}}}
            => "?", "?";
    };
    rows.extend(table! {
        "user_actions[].action_type" in |action: Value| of_number("messages", json!({"user_actions": [action]}));

        "marketing_messages_link_click" {"action_type": "marketing_messages_link_click", "timestamp": "1700000000"}
            => "?", "?";
        "marketing_messages_yawn" {"action_type": "marketing_messages_yawn", "timestamp": "1700000000"}
            => "?", "?";
    });
    rows.extend(table! {
        "field" in |body: Value| body;

        "messages" {"entry": [{"id": "WABA1", "changes": [{"field": "messages", "value": {}}]}]}
            => "?", "?";
        "consumer_profile" {"entry": [{"id": "WABA1", "changes": [{"field": "consumer_profile", "value": {"profile": "x"}}]}]}
            => "?", "?";
        "tea_time" {"entry": [{"id": "WABA1", "time": 1700000000, "changes": [{"field": "tea_time", "value": {"event": "READY", "cups": 2}}]}]}
            => "?", "?";
    });
    rows
}

/// LINK Mobility's flat notification, with these keys on top.
fn flat(keys: Value) -> Value {
    let sent_on = crate::chat::time::Timestamp::from_payload(MOMENT)
        .map(crate::chat::time::Timestamp::rfc3339);
    with(
        json!({
            "notificationId": "n1", "senderAddress": "+4915", "senderAddressType": "international",
            "recipientAddress": "0720001", "recipientAddressType": "national", "sentOn": sent_on,
        }),
        keys,
    )
}

fn sms() -> Vec<Row> {
    let mut rows = table! {
        "SMS messageType" in flat;

        "text" {"messageType": "text", "textMessageContent": "Halo", "messageFlashSms": false}
            => "?", "?";
        "text, of a sender with a name" {"messageType": "text", "textMessageContent": "Halo", "senderAddress": "Muster AG", "senderAddressType": "alphanumeric"}
            => "?", "?";
        "binary" {"messageType": "binary", "binaryMessageContent": ["AQID", "BAU="], "userDataHeaderPresent": true}
            => "?", "?";
        "deliveryReport" {"messageType": "deliveryReport", "transferId": "t1", "deliveryReportMessageStatus": "delivered", "deliveredOn": "2023-11-14T23:13:20+01:00", "deliveredAs": "failover-sms"}
            => "?", "?";
        "carrierPigeon" {"messageType": "carrierPigeon"}
            => "?", "?";
    };
    let report = |keys: Value| {
        let report =
            json!({"messageType": "deliveryReport", "transferId": "t1", "clientMessageId": "c1"});
        flat(with(report, keys))
    };
    rows.extend(table! {
        "SMS deliveryReportMessageStatus" in report;

        "accepted" {"deliveryReportMessageStatus": "accepted"} => "?", "?";
        "delivered" {"deliveryReportMessageStatus": "delivered"} => "?", "?";
        "undelivered" {"deliveryReportMessageStatus": "undelivered"} => "?", "?";
        "expired" {"deliveryReportMessageStatus": "expired"} => "?", "?";
        "deleted" {"deliveryReportMessageStatus": "deleted"} => "?", "?";
        "rejected" {"deliveryReportMessageStatus": "rejected"} => "?", "?";
        "lost" {"deliveryReportMessageStatus": "lost"} => "?", "?";
    });
    rows
}
