//! Messages of every type, and what a message of any type can carry (webhook catalogue §2, §3).

use serde_json::{Value, json};

use super::{Row, message, of_number, table, usual_message, with};

pub(super) fn rows() -> Vec<Row> {
    [types(), around(), contexts()]
        .into_iter()
        .flatten()
        .collect()
}

fn types() -> Vec<Row> {
    table! {
        "messages[].type" in message;

        "text" {"type": "text", "text": {"body": "Is the shop open?"}}
            => "?", "?";
        "text, without a body" {"type": "text", "text": {"body": null}}
            => "?", "?";
        "image" {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg", "sha256": "aGFzaA==", "caption": "at the lake", "url": "https://lookaside.fbsbx.com/1"}}
            => "?", "?";
        "image, without a caption" {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg"}}
            => "?", "?";
        "video" {"type": "video", "video": {"id": "M2", "mime_type": "video/mp4", "sha256": "aGFzaA==", "caption": "the waves"}}
            => "?", "?";
        "audio" {"type": "audio", "audio": {"id": "M3", "mime_type": "audio/mpeg"}}
            => "?", "?";
        "audio, recorded in the chat" {"type": "audio", "audio": {"id": "M3", "mime_type": "audio/ogg; codecs=opus", "voice": true}}
            => "?", "?";
        "voice" {"type": "voice", "voice": {"id": "M4", "mime_type": "audio/ogg", "sha256": "00ff", "file": "/tmp/4"}}
            => "?", "?";
        "document" {"type": "document", "document": {"id": "M5", "mime_type": "application/pdf", "filename": "Menü März.pdf", "caption": "for you"}}
            => "?", "?";
        "document, without a caption" {"type": "document", "document": {"id": "M5", "filename": "../../etc/passwd"}}
            => "?", "?";
        "document, without a name" {"type": "document", "document": {"id": "M5", "mime_type": "application/pdf"}}
            => "?", "?";
        "sticker" {"type": "sticker", "sticker": {"id": "M6", "mime_type": "image/webp", "animated": true}}
            => "?", "?";
        "location" {"type": "location", "location": {"latitude": 48.2, "longitude": 16.37, "name": "Café", "address": "Ring 1, Wien", "url": "https://example.org"}}
            => "?", "?";
        "location, where one is" {"type": "location", "location": {"latitude": -33.5, "longitude": "151.25"}}
            => "?", "?";
        "contacts" {"type": "contacts", "contacts": [{
            "name": {"formatted_name": "Dr. Eva Muster", "first_name": "Eva", "last_name": "Muster"},
            "org": {"company": "Muster AG", "department": "Sales", "title": "Head"},
            "birthday": "1990-02-28",
            "phones": [{"phone": "+43 660 1", "wa_id": "436601", "type": "Cellulare"}],
            "emails": [{"email": "eva@example.org", "type": "Work"}],
            "addresses": [{"street": "Ring 1", "zip": "1010", "city": "Wien", "country": "Austria", "country_code": "at", "type": "Home"}],
            "urls": [{"url": "https://example.org", "type": "Work"}],
        }]}
            => "?", "?";
        "contacts, two of them" {"type": "contacts", "contacts": [{"name": {"first_name": "Ada", "last_name": "L."}}, {"phones": [{"wa_id": "4916"}]}]}
            => "?", "?";
        "button" {"type": "button", "button": {"payload": "yes-7", "text": "Yes, please"}, "context": {"from": "49301234", "id": "wamid.template"}}
            => "?", "?";
        "button, without a context" {"type": "button", "button": {"payload": "no", "text": "No"}}
            => "?", "?";
        "interactive" {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b1", "title": "Tomorrow"}}}
            => "?", "?";
        "order" {"type": "order", "order": {"catalog_id": "C1", "text": "no onions", "product_items": [
            {"product_retailer_id": "P1", "quantity": 2, "item_price": 4.5, "currency": "EUR"},
            {"product_retailer_id": "P2", "quantity": "1", "item_price": "10.00", "currency": "EUR"},
        ]}}
            => "?", "?";
        "order, without a note" {"type": "order", "order": {"catalog_id": "C1", "text": "", "product_items": [{"product_retailer_id": "P1"}]}}
            => "?", "?";
        "system" {"type": "system", "system": {"type": "user_changed_number", "body": "Ada changed from 4915 to 4916", "wa_id": "4916"}}
            => "?", "?";
        "reaction" {"type": "reaction", "reaction": {"message_id": "wamid.ours", "emoji": "👍🏽"}}
            => "?", "?";
        "reaction, taken off by leaving it out" {"type": "reaction", "reaction": {"message_id": "wamid.ours"}}
            => "?", "?";
        "reaction, taken off by nothing" {"type": "reaction", "reaction": {"message_id": "wamid.ours", "emoji": ""}}
            => "?", "?";
        "reaction, spelled wrong" {"type": "reaction", "reaction": {"messsage_id": "wamid.ours", "emoji": "😀"}}
            => "?", "?";
        "reaction, to nothing" {"type": "reaction", "reaction": {"emoji": "😀"}}
            => "?", "?";
        "edit" {"type": "edit", "edit": {"original_message_id": "wamid.theirs", "message": {"type": "text", "text": {"body": "at eight"}, "context": {"id": "M0"}}}}
            => "?", "?";
        "edit, of a caption" {"type": "edit", "edit": {"original_message_id": "wamid.theirs", "message": {"type": "image", "image": {"id": "M1", "caption": "by the sea"}}}}
            => "?", "?";
        "edit, without the new words" {"type": "edit", "edit": {"original_message_id": "wamid.theirs"}}
            => "?", "?";
        "revoke" {"type": "revoke", "revoke": {"original_message_id": "wamid.theirs"}}
            => "?", "?";
        "unsupported" {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}], "unsupported": {"type": "poll_creation"}}
            => "?", "?";
        "unknown" {"type": "unknown", "errors": [{"code": 131051, "title": "Unsupported message type", "details": "Message type is not currently supported"}]}
            => "?", "?";
        "unknown, for no reason" {"type": "unknown"}
            => "?", "?";
        "request_welcome" {"type": "request_welcome"}
            => "?", "?";
        "media_placeholder" {"type": "media_placeholder"}
            => "?", "?";
        "ephemeral" {"type": "ephemeral", "ephemeral": {"message": {"type": "text", "text": {"body": "gone tomorrow"}}}}
            => "?", "?";
        "ephemeral, without what it wraps" {"type": "ephemeral", "ephemeral": {"expiration": 86400}}
            => "?", "?";
        "view_once" {"type": "view_once", "view_once": {"type": "image", "image": {"id": "M9", "mime_type": "image/jpeg"}}}
            => "?", "?";
        "view_once_message" {"type": "view_once_message", "view_once_message": {"message": {"video": {"id": "M8"}}}}
            => "?", "?";
        "view_once_message_v2" {"type": "view_once_message_v2"}
            => "?", "?";
        "(missing), told from the content" {"location": {"latitude": 1, "longitude": 2}}
            => "?", "?";
        "(missing), with two contents" {"text": {"body": "hi"}, "image": {"id": "M1"}}
            => "?", "?";
        "(missing), with nothing" {}
            => "?", "?";
        "hologram" {"type": "hologram", "hologram": {"depth": 3}}
            => "?", "?";
    }
}

/// A text with these keys.
fn text(keys: Value) -> Value {
    message(with(json!({"type": "text", "text": {"body": "hi"}}), keys))
}

/// A text in a value with these keys.
fn beside_text(keys: Value) -> Value {
    let text = with(
        usual_message(),
        json!({"type": "text", "text": {"body": "hi"}}),
    );
    of_number("messages", with(json!({"messages": [text]}), keys))
}

fn around() -> Vec<Row> {
    let carried = table! {
        "messages[]" in text;

        "from_user_id" {"from": "", "from_user_id": "DE.13491208655302741918"}
            => "?", "?";
        "from_user_id, beside the number" {"from_user_id": "DE.1"}
            => "?", "?";
        "from_user_id, in the place of the number" {"from": "DE.1", "from_user_id": null}
            => "?", "?";
        "from_parent_user_id" {"from": null, "from_parent_user_id": "DE.ENT.11815799212886844830"}
            => "?", "?";
        "from_logical_id" {"from_logical_id": "L1"}
            => "?", "?";
        "group_id" {"group_id": "Y2FwaV9ncm91cDo="}
            => "?", "?";
        "errors" {"type": "image", "text": null, "image": {"mime_type": "image/jpeg"}, "errors": [{"code": 131052, "title": "Media download error", "error_data": {"details": "too large"}}]}
            => "?", "?";
        "errors, of another type" {"errors": {"code": "0", "message": "AuthException"}}
            => "?", "?";
        "identity" {"identity": {"acknowledged": true, "created_timestamp": 1602532300000u64, "hash": "h"}}
            => "?", "?";
        "origin" {"type": "contacts", "text": null, "origin": "contact_request", "contacts": [{"vcard": "BEGIN:VCARD\nEND:VCARD", "phones": [{"phone": "+4916"}]}]}
            => "?", "?";
        "referral" {"referral": {"source_url": "https://fb.me/x", "source_id": "A1", "source_type": "ad", "headline": "Sale", "body": "50 %", "media_type": "image", "image_url": "https://fb.me/x.jpg", "ctwa_clid": "click", "welcome_message": {"text": "Hi!"}, "ref": "spring"}}
            => "?", "?";
        "referral, on a voice message" {"type": "audio", "text": null, "audio": {"id": "M3", "voice": true}, "referral": {"source_type": "post", "media_type": "video", "video_url": "https://fb.me/v", "thumbnail_url": "https://fb.me/t"}}
            => "?", "?";
        "referral, on what is not passed on" {"type": "unsupported", "text": null, "errors": [{"code": 131060, "title": "This message is currently unavailable."}], "referral": {"source_id": "A2", "source_type": "ad"}}
            => "?", "?";
        "referral, on a reply" {"type": "interactive", "text": null, "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "Yes"}}, "referral": {"source_id": "A3"}}
            => "?", "?";
    };
    let beside = table! {
        "messages[]" in beside_text;

        "contacts" {"contacts": [{"wa_id": "4915", "user_id": "DE.1", "parent_user_id": "DE.ENT.1", "profile": {"name": " Ada 🌊 ", "username": "@ada", "country_code": "DE"}, "identity_key_hash": "h"}]}
            => "?", "?";
        "contacts, with the number written differently" {"contacts": [{"wa_id": "5511987654321", "profile": {"name": "Zé"}}], "messages": [{"from": "551187654321", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "oi"}}]}
            => "?", "?";
        "contacts, without a profile" {"contacts": [{"wa_id": "4915"}]}
            => "?", "?";
    };
    carried.into_iter().chain(beside).collect()
}

fn contexts() -> Vec<Row> {
    table! {
        "messages[].context" in |context: Value| text(json!({"context": context}));

        "id" {"from": "49301234", "id": "wamid.ours"}
            => "?", "?";
        "forwarded" {"forwarded": true}
            => "?", "?";
        "frequently_forwarded" {"frequently_forwarded": "true"}
            => "?", "?";
        "referred_product" {"from": "49301234", "id": "wamid.ours", "referred_product": {"catalog_id": "C1", "product_retailer_id": "P1"}}
            => "?", "?";
    }
}
