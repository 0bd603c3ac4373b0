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
            => "interactive: buttonReply id=b1, words \"Tomorrow\"", "Reply: Tomorrow";
        "list_reply" {"type": "list_reply", "list_reply": {"id": "r1", "title": "Large", "description": "feeds four"}}
            => "interactive: listReply description=feeds four id=r1, words \"Large\"", "Reply: Large";
        "list_reply, without a description" {"type": "list_reply", "list_reply": {"id": "r1", "title": "Large"}}
            => "interactive: listReply id=r1, words \"Large\"", "Reply: Large";
        "nfm_reply" {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent", "response_json": "{\"flow_token\":\"t\",\"guests\":4,\"when\":{\"day\":\"Monday\",\"times\":[\"18:00\",\"19:00\"]},\"vegan\":true,\"note\":null}"}}
            => "interactive: formReply answers.0.flow_token=t answers.1.guests=4 answers.2.vegan=true answers.3.when.day=Monday answers.4.when.times.1=18:00 answers.5.when.times.2=19:00 name=flow", "Form filled in";
        "nfm_reply, of an address" {"type": "nfm_reply", "nfm_reply": {"name": "address_message", "body": "Ring 1", "response_json": "{\"values\":{\"city\":\"Wien\",\"name\":\"Eva\"}}"}}
            => "interactive: formReply answers.0.values.city=Wien answers.1.values.name=Eva name=address_message", "Address";
        "nfm_reply, without its answers" {"type": "nfm_reply", "nfm_reply": {"name": "flow", "body": "Sent"}}
            => "interactive: formReply name=flow", "Form filled in";
        "call_permission_reply" {"type": "call_permission_reply", "call_permission_reply": {"response": "accept", "is_permanent": false, "expiration_timestamp": 1700600000, "response_source": "user_action"}}
            => "interactive: callPermission expiresAt=1700600000000 granted", "Calls allowed";
        "call_permission_reply, refused" {"type": "call_permission_reply", "call_permission_reply": {"response": "reject", "response_source": "automatic"}}
            => "interactive: callPermission automatic", "Calls not allowed";
        "payment_method" {"type": "payment_method", "payment_method": {"payment_method": "pix", "payment_timestamp": 1700000000, "reference_id": "R1", "last_four_digits": "4242", "credential_id": "K"}}
            => "interactive: paymentMethod lastFourDigits=4242 method=pix reference=R1", "Payment method: pix";
        "product" {"type": "product", "product": {"catalog_id": "C1", "product_retailer_id": "P1"}}
            => "interactive: interactive form=product + NOT UNDERSTOOD: an interactive message of an unknown form", "Reply: product";
        "(missing), with nothing" {}
            => "interactive: interactive + NOT UNDERSTOOD: an interactive message of an unknown form", "Reply";
    };
    let whole = |keys: Value| message(keys);
    rows.extend(table! {
        "interactive.type" in whole;

        "(missing), without the object" {"type": "interactive"}
            => "interactive: interactive + NOT UNDERSTOOD: an interactive message of an unknown form", "Reply";
        "interactive, an address of the older kind" {"type": null, "timestamp": null, "interactive": {"type": "interactive", "action": "address_message", "timestamp": "1700000000", "nfm_reply": {"response_json": "{\"city\":\"Delhi\"}"}}}
            => "interactive: formReply answers.0.city=Delhi name=address_message", "Address";
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

        "(missing), with the reason beside" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "interactive"}], "errors": [{"code": 131000, "title": "Something went wrong"}]}
            => "interactive: interactive, problem 131000 \"Something went wrong\"", "Reply";
        "nfm_reply, whose error stands beside" {"errors": [{"code": 131000, "title": "Something went wrong", "error_data": {"details": "Unsupported webhook payload"}}]}
            => "interactive: interactive form=nfm_reply, problem 131000 \"Something went wrong\" \"Unsupported webhook payload\"", "Reply: nfm_reply";
    });
    rows
}

fn system() -> Vec<Row> {
    let mut rows = table! {
        "system.type" in |system: Value| message(json!({"type": "system", "system": system}));

        "user_changed_number" {"type": "user_changed_number", "body": "\u{200e}Ada changed from 4915 to 4916", "wa_id": "4916", "user_id": "DE.2", "previous_user_id": "DE.1"}
            => "system: system news=numberChanged number=4916 userId=DE.2, words \"\\u{200e}Ada changed from 4915 to 4916\", with 4915 alias 4915/DE.1 alias 4916/DE.2 + 4915/DE.1 is now 4916/DE.2", "\u{200e}Ada changed from 4915 to 4916 + one conversation";
        "user_changed_user_id" {"type": "user_changed_user_id", "body": "Ada has a new id", "user_id": "DE.2", "previous_user_id": "DE.1", "parent_user_id": "DE.ENT.2", "previous_parent_user_id": "DE.ENT.1"}
            => "system: system news=userIdChanged userId=DE.2, words \"Ada has a new id\", with 4915 alias DE.1/DE.ENT.1 alias DE.2/DE.ENT.2 + DE.1/DE.ENT.1 is now DE.2/DE.ENT.2", "Ada has a new id + one conversation";
        "customer_changed_number" {"type": "customer_changed_number", "body": "changed", "new_wa_id": "4916", "customer": "4915"}
            => "system: system news=numberChanged number=4916, words \"changed\", with 4915 alias 4915 alias 4916 + 4915 is now 4916", "changed + one conversation";
        "customer_identity_changed" {"type": "customer_identity_changed", "body": "Ada has a new phone", "identity": "h", "customer": "4915"}
            => "system: system news=identityChanged, words \"Ada has a new phone\"", "Ada has a new phone";
        "customer_ascended" {"type": "customer_ascended", "body": "Ada is no longer with us"}
            => "system: system news=other, words \"Ada is no longer with us\"", "Ada is no longer with us";
        "(missing), a number" {"body": "changed", "new_wa_id": "4916"}
            => "system: system news=numberChanged number=4916, words \"changed\", with 4915 alias 4915 alias 4916 + 4915 is now 4916", "changed + one conversation";
    };
    rows.extend(table! {
        "system.type" in message;

        "(missing), an identity" {"type": "system", "system": {"body": "has a new phone"}, "identity": {"hash": "h"}}
            => "system: system news=identityChanged, words \"has a new phone\"", "has a new phone";
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

        "button" {"type": "button"} => "unsupported: unsupported wanted=button, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: button";
        "edit" {"type": "edit"} => "unsupported: unsupported wanted=edit, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: edit";
        "errors" {"type": "errors"} => "unsupported: unsupported wanted=errors, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: errors";
        "gif" {"type": "gif"} => "unsupported: unsupported wanted=gif, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: gif";
        "group_invite" {"type": "group_invite"} => "unsupported: unsupported wanted=group_invite, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: group invite";
        "hsm" {"type": "hsm"} => "unsupported: unsupported wanted=hsm, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: hsm";
        "image" {"type": "image"} => "unsupported: unsupported wanted=image, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: image";
        "interactive" {"type": "interactive"} => "unsupported: unsupported wanted=interactive, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: interactive";
        "keep_in_chat" {"type": "keep_in_chat"} => "unsupported: unsupported wanted=keep_in_chat, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: keep in chat";
        "link_preview" {"type": "link_preview"} => "unsupported: unsupported wanted=link_preview, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: link preview";
        "list" {"type": "list"} => "unsupported: unsupported wanted=list, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: list";
        "location" {"type": "location"} => "unsupported: unsupported wanted=location, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: location";
        "media_placeholder" {"type": "media_placeholder"} => "unsupported: unsupported wanted=media_placeholder, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: media placeholder";
        "order" {"type": "order"} => "unsupported: unsupported wanted=order, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: order";
        "pin" {"type": "pin"} => "unsupported: unsupported wanted=pin, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: pin";
        "poll_creation" {"type": "poll_creation"} => "unsupported: unsupported wanted=poll_creation, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: poll creation";
        "poll_update" {"type": "poll_update"} => "unsupported: unsupported wanted=poll_update, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: poll update";
        "pool" {"type": "pool"} => "unsupported: unsupported wanted=pool, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: pool";
        "product" {"type": "product"} => "unsupported: unsupported wanted=product, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: product";
        "reaction" {"type": "reaction"} => "unsupported: unsupported wanted=reaction, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: reaction";
        "(missing)" {} => "unsupported: unsupported, problem 131051 \"Message type unknown\"", "A message that WhatsApp does not pass on";
    };
    rows.extend(table! {
        "unsupported.type" in message;

        "(missing), without the object" {"type": "unsupported", "errors": [{"code": 131060, "title": "This message is currently unavailable."}]}
            => "unsupported: unsupported, problem 131060 \"This message is currently unavailable.\"", "A message that WhatsApp does not pass on";
        "(missing), with a text beside" {"type": "unsupported", "text": {"body": "a poll: tea or coffee?"}}
            => "unsupported: unsupported, words \"a poll: tea or coffee?\"", "a poll: tea or coffee?";
    });
    rows
}
