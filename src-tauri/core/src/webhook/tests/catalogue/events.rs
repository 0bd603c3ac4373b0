//! News about customers and conversations: echoes, history, the address book, handovers, preferences (webhook catalogue §5, §6).

use serde_json::{Value, json};

use super::{MOMENT, Row, change, of_number, table, with};

pub(super) fn rows() -> Vec<Row> {
    [echoes(), history(), contacts(), handovers(), preferences()]
        .into_iter()
        .flatten()
        .collect()
}

fn echoes() -> Vec<Row> {
    let echo = |keys: Value| {
        let usual = json!({
            "from": "49301234", "to": "4915", "id": "m", "timestamp": MOMENT.to_string(), "type": "text",
            "text": {"body": "from my phone"},
        });
        json!({"message_echoes": [with(usual, keys)]})
    };
    let mut rows = table! {
        "field" in |keys: Value| change_of(keys, echo);

        "message_echoes" {"field": "message_echoes"} => "text: text, words \"from my phone\", echo out", "from my phone";
        "smb_message_echoes" {"field": "smb_message_echoes"} => "text: text, words \"from my phone\", echo out", "from my phone";
        "smb_message_echoes, to a user id" {"field": "smb_message_echoes", "to": null, "to_user_id": "DE.1", "to_parent_user_id": "DE.ENT.1"}
            => "text: text, words \"from my phone\", echo out, with DE.1/DE.ENT.1", "from my phone";
        "smb_message_echoes, a picture" {"field": "smb_message_echoes", "type": "image", "text": null, "image": {"id": "M1"}}
            => "image: media file.form=image file.id=M1, echo out", "Photo";
        "smb_message_echoes, an edit" {"field": "smb_message_echoes", "type": "edit", "text": null, "edit": {"original_message_id": "wamid.ours", "message": {"type": "text", "text": {"body": "from my desk"}}}}
            => "business puts \"from my desk\" into wamid.ours", "its message: from my desk";
        "smb_message_echoes, an edit with both swapped" {"field": "smb_message_echoes", "from": "4915", "to": "49301234", "type": "edit", "text": null, "edit": {"original_message_id": "wamid.ours", "message": {"type": "text", "text": {"body": "from my desk"}}}}
            => "business puts \"from my desk\" into wamid.ours", "its message: from my desk";
        "smb_message_echoes, a deletion" {"field": "smb_message_echoes", "type": "revoke", "text": null, "revoke": {"original_message_id": "wamid.ours"}}
            => "business deletes wamid.ours", "its message as deleted";
    };
    let standby = |keys: Value| of_number("standby", json!({"standby": keys}));
    rows.extend(table! {
        "field" in standby;

        "standby, an incoming message" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "hi"}}], "contacts": [{"wa_id": "4915", "profile": {"name": "Ada"}}]}
            => "text: text, words \"hi\", with 4915 \"Ada\"", "hi";
        "standby, an echo one level deeper" {"message_echoes": [{"id": "m", "timestamp": "1700000000", "message": {"messaging_product": "whatsapp", "to": "4915", "recipient_type": "individual", "type": "text", "text": {"body": "it was sent"}, "context": {"message_id": "wamid.theirs"}}}]}
            => "text: text, words \"it was sent\", echo out, [answers wamid.theirs]", "it was sent";
        "standby, a status" {"statuses": [{"id": "m", "status": "read", "timestamp": "1700000000", "recipient_id": "4915"}]}
            => "status read", "two blue ticks";
        "standby, empty" {} => "standby: notice of topic unknown, facts messaging_product metadata.display_phone_number metadata.phone_number_id", "standby: nothing in it";
    });
    rows
}

/// A value under the field that its own keys name.
fn change_of(mut keys: Value, around: impl Fn(Value) -> Value) -> Value {
    let field = keys.as_object_mut().and_then(|keys| keys.remove("field"));
    let field = field.expect("the row names its field");
    of_number(field.as_str().expect("a field is a word"), around(keys))
}

fn history() -> Vec<Row> {
    let mut rows = table! {
        "field" in |value: Value| of_number("history", value);

        "history, how far it is" {"history": [{"metadata": {"phase": 1, "chunk_order": 2, "progress": 40}, "threads": []}]}
            => "history: notice of topic history, 40 % of \"import WABA1\", facts chunk_order phase progress", "Earlier messages are being imported: 40 %";
        "history, done" {"history": [{"metadata": {"phase": 2, "chunk_order": 9, "progress": 100}}]}
            => "history: notice of topic history, over \"import WABA1\", facts chunk_order phase progress", "Earlier messages were imported";
        "history, declined" {"history": [{"errors": [{"code": 2593109, "title": "History sharing is turned off", "error_data": {"details": "by the business"}}]}]}
            => "history: notice of topic history, over \"import WABA1\", facts code error_data.details title", "Earlier messages were not shared: History sharing is turned off (2593109)";
        "history, two threads" {"history": [{"metadata": {"phase": 0, "chunk_order": 1, "progress": 10}, "threads": [
            {"id": "4915", "messages": [{"from": "4915", "id": "h1", "timestamp": "1700000000", "type": "text", "text": {"body": "old"}, "history_context": {"status": "READ"}}]},
            {"id": "4916", "messages": [{"from": "49301234", "to": "4916", "id": "h2", "timestamp": "1700000000", "type": "media_placeholder", "history_context": {"status": "PLAYED"}}]},
        ]}]}
            => "text: text, words \"old\", history in + media_placeholder: mediaPlaceholder, history out, with 4916, tick played + history: notice of topic history, 10 % of \"import WABA1\", facts chunk_order phase progress", "old + Media + Earlier messages are being imported: 10 %";
        "history, a file that was left out" {"messages": [{"from": "4915", "id": "m", "timestamp": "1700000000", "type": "image", "image": {"id": "M1"}}]}
            => "image: media file.form=image file.id=M1, history in", "Photo";
        "history, a file of the business that was left out" {"messages": [{"from": "49301234", "to": "4915", "id": "m", "timestamp": "1700000000", "type": "document", "document": {"id": "M1", "filename": "offer.pdf"}}]}
            => "document: media file.filename=offer.pdf file.form=document file.id=M1, history out", "Document: offer.pdf";
    };
    let step = |keys: Value| {
        let message = json!({
            "from": "49301234", "to": "4915", "id": "m", "timestamp": MOMENT.to_string(), "type": "text",
            "text": {"body": "old"}, "history_context": keys,
        });
        of_number(
            "history",
            json!({"history": [{"threads": [{"id": "4915", "messages": [message]}]}]}),
        )
    };
    rows.extend(table! {
        "history_context.status" in step;

        "SENT" {"status": "SENT"} => "text: text, words \"old\", history out, tick sent", "old";
        "DELIVERED" {"status": "DELIVERED"} => "text: text, words \"old\", history out, tick delivered", "old";
        "READ" {"status": "READ"} => "text: text, words \"old\", history out, tick read", "old";
        "PLAYED" {"status": "PLAYED"} => "text: text, words \"old\", history out, tick played", "old";
        "ERROR" {"status": "ERROR"} => "text: text, words \"old\", history out, tick failed", "old";
        "PENDING" {"status": "PENDING"} => "text: text, words \"old\", history out", "old";
    });
    rows
}

fn contacts() -> Vec<Row> {
    let sync = |entries: Value| of_number("smb_app_state_sync", json!({"state_sync": [entries]}));
    let mut rows = table! {
        "state_sync[].action" in sync;

        "add" {"type": "contact", "contact": {"full_name": "Ada Lovelace", "first_name": "Ada", "phone_number": "4915"}, "action": "add", "metadata": {"timestamp": "1700000000"}}
            => "4915 is called \"Ada Lovelace\" in the address book + smb_app_state_sync: notice of topic contact, facts messaging_product metadata.display_phone_number metadata.phone_number_id state_sync.1.action state_sync.1.contact.first_name state_sync.1.contact.full_name state_sync.1.contact.phone_number state_sync.1.metadata.timestamp state_sync.1.type", "Ada Lovelace + Address book: 1 contact taken over";
        "remove" {"type": "contact", "contact": {"phone_number": "4915"}, "action": "remove", "metadata": {"timestamp": "1700000000"}}
            => "4915 is called \"\" in the address book + smb_app_state_sync: notice of topic contact, facts messaging_product metadata.display_phone_number metadata.phone_number_id state_sync.1.action state_sync.1.contact.phone_number state_sync.1.metadata.timestamp state_sync.1.type", "their own name + Address book: 1 contact removed";
    };
    rows.extend(table! {
        "field" in |entries: Value| of_number("smb_app_state_sync", entries);

        "smb_app_state_sync" {"state_sync": [
            {"type": "contact", "contact": {"first_name": "Ada", "phone_number": "+49 15"}, "action": "add", "metadata": {"timestamp": "1700000000"}},
            {"type": "contact", "contact": {"phone_number": "4916"}, "action": "remove", "metadata": {"timestamp": "1700000000"}},
        ]}
            => "4915 is called \"Ada\" in the address book + 4916 is called \"\" in the address book + smb_app_state_sync: notice of topic contact, facts messaging_product metadata.display_phone_number metadata.phone_number_id state_sync.1.action state_sync.1.contact.first_name state_sync.1.contact.phone_number state_sync.1.metadata.timestamp state_sync.1.type state_sync.2.action state_sync.2.contact.phone_number state_sync.2.metadata.timestamp state_sync.2.type", "Ada + their own name + Address book: 1 contact taken over, 1 contact removed";
    });
    rows
}

fn handovers() -> Vec<Row> {
    let handover = |keys: Value| {
        let usual = json!({
            "messaging_product": "whatsapp", "sender": {"phone_number": "4915"}, "timestamp": MOMENT.to_string(),
            "recipient": {"phone_number_id": "PN1", "display_phone_number": "+49 30 1234"},
        });
        change("messaging_handovers", with(usual, keys))
    };
    let mut rows = table! {
        "messaging_handovers.type" in handover;

        "control_passed" {"type": "control_passed", "control_passed": {"previous_owner_app_id": "1", "previous_owner_role": "ai_agent", "new_owner_role": "escalation", "conversation_context": {"type": "summary", "summary": {"text": "wants a refund"}}}}
            => "messaging_handovers: notice of topic handover, facts control_passed.conversation_context.summary.text control_passed.conversation_context.type control_passed.new_owner_role control_passed.previous_owner_app_id control_passed.previous_owner_role messaging_product recipient.display_phone_number recipient.phone_number_id sender.phone_number timestamp type", "The conversation with +4915 was handed over to: escalation";
        "control_taken" {"type": "control_taken", "control_taken": {"new_owner_role": "human_agent"}, "sender": null}
            => "messaging_handovers: notice of topic handover, facts control_taken.new_owner_role messaging_product recipient.display_phone_number recipient.phone_number_id timestamp type", "A conversation was taken over to: human agent";
        "control_dropped" {"type": "control_dropped", "control_dropped": {"new_owner_role": "nobody"}}
            => "messaging_handovers: notice of topic handover, facts control_dropped.new_owner_role messaging_product recipient.display_phone_number recipient.phone_number_id sender.phone_number timestamp type + NOT UNDERSTOOD: a handover of the word control_dropped", "The conversation with +4915: control dropped to: nobody";
    };
    rows.extend(table! {
        "field" in handover;

        "messaging_handovers" {"type": "control_passed", "control_passed": {}} => "messaging_handovers: notice of topic handover, facts messaging_product recipient.display_phone_number recipient.phone_number_id sender.phone_number timestamp type", "The conversation with +4915 was handed over";
    });
    rows
}

fn preferences() -> Vec<Row> {
    let preference = |keys: Value| {
        let usual = json!({
            "wa_id": "4915", "detail": "asked to", "category": "marketing_messages", "timestamp": MOMENT,
        });
        json!({"user_preferences": [with(usual, keys)], "contacts": [{"wa_id": "4915", "profile": {"name": "Ada"}}]})
    };
    let mut rows = table! {
        "user_preferences[].value" in |keys: Value| of_number("user_preferences", preference(keys));

        "stop" {"value": "stop"} => "user_preferences: notice of topic preference, facts category detail timestamp value wa_id", "+4915 no longer wants marketing messages";
        "resume" {"value": "resume"} => "user_preferences: notice of topic preference, facts category detail timestamp value wa_id", "+4915 wants marketing messages again";
        "signup" {"value": "signup", "detail": "User signed up via a link", "signup_id": "S1"} => "user_preferences: notice of topic preference, facts category detail signup_id timestamp value wa_id", "+4915 signed up for marketing messages";
        "shrug" {"value": "shrug"} => "user_preferences: notice of topic preference, facts category detail timestamp value wa_id + NOT UNDERSTOOD: a preference of the word shrug", "+4915 changed a preference: shrug";
    };
    rows.extend(table! {
        "field" in |keys: Value| change_of(keys, preference);

        "user_preferences" {"field": "user_preferences", "value": "stop", "wa_id": null, "user_id": "DE.1", "timestamp": "1700000000"}
            => "user_preferences: notice of topic preference, facts category detail timestamp user_id value", "DE.1 no longer wants marketing messages";
    });
    rows.extend(table! {
        "field" in |update: Value| of_number("user_id_update", json!({"user_id_update": [update]}));

        "user_id_update" {"wa_id": "4915", "detail": "changed", "user_id": {"previous": "DE.1", "current": "DE.2"}, "parent_user_id": {"previous": "DE.ENT.1", "current": "DE.ENT.2"}, "timestamp": "1700000000"}
            => "4915/DE.1/DE.ENT.1 is now 4915/DE.2/DE.ENT.2 + user_id_update: notice of topic identity, facts detail parent_user_id.current parent_user_id.previous timestamp user_id.current user_id.previous wa_id", "one conversation + +4915 has a new user id";
        "user_id_update, without a number" {"user_id": {"previous": "DE.1", "current": "DE.2"}, "timestamp": "1700000000"}
            => "DE.1 is now DE.2 + user_id_update: notice of topic identity, facts timestamp user_id.current user_id.previous", "one conversation + A customer has a new user id";
    });
    rows.extend(table! {
        "automatic_events[].event_name" in |event: Value| of_number("automatic_events", json!({"automatic_events": [event]}));

        "LeadSubmitted" {"id": "wamid.theirs", "event_name": "LeadSubmitted", "timestamp": 1700000000, "ctwa_clid": "click"}
            => "automatic_events: notice of topic automatic_event, facts ctwa_clid event_name id timestamp", "Meta counts a lead";
        "Purchase" {"id": "wamid.theirs", "event_name": "Purchase", "timestamp": 1700000000, "custom_data": {"currency": "EUR", "value": 49.9}}
            => "automatic_events: notice of topic automatic_event, facts custom_data.currency custom_data.value event_name id timestamp", "Meta counts a purchase: 49.9 EUR";
        "Sneeze" {"id": "wamid.theirs", "event_name": "Sneeze", "timestamp": 1700000000}
            => "automatic_events: notice of topic automatic_event, facts event_name id timestamp + NOT UNDERSTOOD: an automatic event of the word Sneeze", "Meta counts: Sneeze";
    });
    rows.extend(table! {
        "field" in |events: Value| of_number("automatic_events", events);

        "automatic_events" {"automatic_events": [{"event_name": "Purchase", "timestamp": 1700000000}]} => "automatic_events: notice of topic automatic_event, facts event_name timestamp", "Meta counts a purchase";
    });
    rows.extend(table! {
        "field" in |calls: Value| of_number("calls", calls);

        "calls" {"calls": [{"id": "wacid.1", "event": "connect", "from": "4915", "direction": "USER_INITIATED", "timestamp": "1700000000"}], "contacts": [{"wa_id": "4915", "profile": {"name": "Ada"}}], "errors": [{"code": 138000, "title": "Calling is off"}]}
            => "step connect of call wacid.1, by customer, with 4915 \"Ada\" + calls: notice of topic error, facts code title", "Call + WhatsApp reports an error: Calling is off (138000)";
    });
    rows
}
