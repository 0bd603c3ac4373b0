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

        "entry" {} => "text: text, words \"hi\"", "hi";
    };
    rows.extend(table! {
        "body" in |keys: Value| with(json!({"whatsappNotification": meta()}), keys);

        "whatsappNotification" {"customerChannelUuid": "u", "sender": "4915", "recipient": "r", "type": "whatsapp"}
            => "text: text, words \"hi\"", "hi";
    });
    rows.extend(table! {
        "body" in |keys: Value| with(inner(), keys);

        "(bare)" {} => "text: text, words \"hi\"", "hi";
    });
    rows.extend(table! {
        "body" in |more: Value| json!([meta(), more]);

        "(list), of a message and nothing" {} => "text: text, words \"hi\" + unknown: notice of topic unknown, at no time, on no number + NOT UNDERSTOOD: a value with nothing known in it", "hi + Something that is not understood";
    });
    rows.extend(table! {
        "body" in |body: Value| body;

        "user, of another product" {"object": "user", "entry": [{"id": "0", "time": 1675274553, "uid": "0", "changes": [{"field": "location", "value": {}}]}]}
            => "location: notice of topic unknown, at 2023-02-01T18:02:33Z, on no number + NOT UNDERSTOOD: the field location", "location: not understood";
    });
    rows
}

fn values() -> Vec<Row> {
    let mut rows = table! {
        "value" in |keys: Value| of_number("messages", keys);

        "errors" {"errors": [{"code": 130429, "title": "Rate limit hit", "error_data": {"details": "too many"}}]}
            => "messages: notice of topic error, facts code error_data.details title", "WhatsApp reports an error: Rate limit hit (130429)";
        "errors, beside a message" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "hi"}}], "errors": [{"code": 131000, "title": "Something went wrong"}]}
            => "text: text, words \"hi\" + messages: notice of topic error, facts code title", "hi + WhatsApp reports an error: Something went wrong (131000)";
        "user_actions" {"user_actions": [{"action_type": "marketing_messages_link_click", "timestamp": "1700000000", "marketing_messages_link_click_data": {"click_component": "cta", "product_id": "P1"}}]}
            => "messages: notice of topic link_click, facts action_type marketing_messages_link_click_data.click_component marketing_messages_link_click_data.product_id timestamp", "A customer followed the link of a marketing message";
        "conversation_context" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "a human, please"}}], "conversation_context": {"type": "summary", "summary": {"text": "wants a refund"}}}
            => "text: text, words \"a human, please\"", "a human, please";
    };
    rows.extend(table! {
        "user_actions[].action_type" in |action: Value| of_number("messages", json!({"user_actions": [action]}));

        "marketing_messages_link_click" {"action_type": "marketing_messages_link_click", "timestamp": "1700000000"}
            => "messages: notice of topic link_click, facts action_type timestamp", "A customer followed the link of a marketing message";
        "marketing_messages_yawn" {"action_type": "marketing_messages_yawn", "timestamp": "1700000000"}
            => "messages: notice of topic link_click, facts action_type timestamp + NOT UNDERSTOOD: a customer's action of the word marketing_messages_yawn", "A customer's action: marketing messages yawn";
    });
    rows.extend(table! {
        "field" in |body: Value| body;

        "messages" {"entry": [{"id": "WABA1", "changes": [{"field": "messages", "value": {}}]}]}
            => "messages: notice of topic unknown, at no time, on no number + NOT UNDERSTOOD: a value with nothing known in it", "messages: nothing in it";
        "consumer_profile" {"entry": [{"id": "WABA1", "changes": [{"field": "consumer_profile", "value": {"profile": "x"}}]}]}
            => "consumer_profile: notice of topic unknown, at no time, facts profile, on no number + NOT UNDERSTOOD: the field consumer_profile", "consumer_profile: not understood";
        "tea_time" {"entry": [{"id": "WABA1", "time": 1700000000, "changes": [{"field": "tea_time", "value": {"event": "READY", "cups": 2}}]}]}
            => "tea_time: notice of topic unknown, facts cups event, on no number + NOT UNDERSTOOD: the field tea_time", "tea_time: not understood";
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
            => "text: text, words \"Halo\", on SMS 0720001", "Halo";
        "text, of a sender with a name" {"messageType": "text", "textMessageContent": "Halo", "senderAddress": "Muster AG", "senderAddressType": "alphanumeric"}
            => "text: text, words \"Halo\", with Muster AG, on SMS 0720001", "Halo";
        "binary" {"messageType": "binary", "binaryMessageContent": ["AQID", "BAU="], "userDataHeaderPresent": true}
            => "binary: bytes parts.0=AQID parts.1=BAU=, on SMS 0720001", "SMS with binary content";
        "deliveryReport" {"messageType": "deliveryReport", "transferId": "t1", "deliveryReportMessageStatus": "delivered", "deliveredOn": "2023-11-14T23:13:20+01:00", "deliveredAs": "failover-sms"}
            => "status delivered, of t1, to +4915, on SMS 0720001", "two ticks";
        "carrierPigeon" {"messageType": "carrierPigeon"}
            => "sms: notice of topic unknown, on SMS 0720001 + NOT UNDERSTOOD: an SMS notification of an unknown type", "SMS notification of an unknown type";
    };
    let report = |keys: Value| {
        let report =
            json!({"messageType": "deliveryReport", "transferId": "t1", "clientMessageId": "c1"});
        flat(with(report, keys))
    };
    rows.extend(table! {
        "SMS deliveryReportMessageStatus" in report;

        "accepted" {"deliveryReportMessageStatus": "accepted"} => "status sent, of t1, to +4915, on SMS 0720001", "one tick";
        "delivered" {"deliveryReportMessageStatus": "delivered"} => "status delivered, of t1, to +4915, on SMS 0720001", "two ticks";
        "undelivered" {"deliveryReportMessageStatus": "undelivered"} => "status failed, of t1, to +4915, without a code \"undelivered\", on SMS 0720001", "red triangle";
        "expired" {"deliveryReportMessageStatus": "expired"} => "status failed, of t1, to +4915, without a code \"expired\", on SMS 0720001", "red triangle";
        "deleted" {"deliveryReportMessageStatus": "deleted"} => "status failed, of t1, to +4915, without a code \"deleted\", on SMS 0720001", "red triangle";
        "rejected" {"deliveryReportMessageStatus": "rejected"} => "status failed, of t1, to +4915, without a code \"rejected\", on SMS 0720001", "red triangle";
        "lost" {"deliveryReportMessageStatus": "lost"} => "status lost, of t1, to +4915, on SMS 0720001 + NOT UNDERSTOOD: a delivery report of the word lost", "a step in the details";
    });
    rows
}
