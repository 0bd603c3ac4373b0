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
            => "text: text, words \"Is the shop open?\"", "Is the shop open?";
        "text, without a body" {"type": "text", "text": {"body": null}}
            => "text: text", "Empty message";
        "image" {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg", "sha256": "aGFzaA==", "caption": "at the lake", "url": "https://lookaside.fbsbx.com/1"}}
            => "image: media file.form=image file.id=M1 file.mimeType=image/jpeg file.sha256=aGFzaA== file.url=https://lookaside.fbsbx.com/1, words \"at the lake\"", "Photo: at the lake";
        "image, without a caption" {"type": "image", "image": {"id": "M1", "mime_type": "image/jpeg"}}
            => "image: media file.form=image file.id=M1 file.mimeType=image/jpeg", "Photo";
        "video" {"type": "video", "video": {"id": "M2", "mime_type": "video/mp4", "sha256": "aGFzaA==", "caption": "the waves"}}
            => "video: media file.form=video file.id=M2 file.mimeType=video/mp4 file.sha256=aGFzaA==, words \"the waves\"", "Video: the waves";
        "audio" {"type": "audio", "audio": {"id": "M3", "mime_type": "audio/mpeg"}}
            => "audio: media file.form=audio file.id=M3 file.mimeType=audio/mpeg", "Audio";
        "audio, recorded in the chat" {"type": "audio", "audio": {"id": "M3", "mime_type": "audio/ogg; codecs=opus", "voice": true}}
            => "audio: media file.form=voice file.id=M3 file.mimeType=audio/ogg; codecs=opus", "Voice message";
        "voice" {"type": "voice", "voice": {"id": "M4", "mime_type": "audio/ogg", "sha256": "00ff", "file": "/tmp/4"}}
            => "voice: media file.form=voice file.id=M4 file.mimeType=audio/ogg file.sha256=00ff", "Voice message";
        "document" {"type": "document", "document": {"id": "M5", "mime_type": "application/pdf", "filename": "Menü März.pdf", "caption": "for you"}}
            => "document: media file.filename=Menü März.pdf file.form=document file.id=M5 file.mimeType=application/pdf, words \"for you\"", "Document: for you";
        "document, without a caption" {"type": "document", "document": {"id": "M5", "filename": "../../etc/passwd"}}
            => "document: media file.filename=passwd file.form=document file.id=M5", "Document: passwd";
        "document, without a name" {"type": "document", "document": {"id": "M5", "mime_type": "application/pdf"}}
            => "document: media file.form=document file.id=M5 file.mimeType=application/pdf", "Document";
        "sticker" {"type": "sticker", "sticker": {"id": "M6", "mime_type": "image/webp", "animated": true}}
            => "sticker: media file.animated file.form=sticker file.id=M6 file.mimeType=image/webp", "Sticker";
        "location" {"type": "location", "location": {"latitude": 48.2, "longitude": 16.37, "name": "Café", "address": "Ring 1, Wien", "url": "https://example.org"}}
            => "location: location address=Ring 1, Wien latitude=48.2 longitude=16.37 name=Café url=https://example.org", "Location: Café";
        "location, where one is" {"type": "location", "location": {"latitude": -33.5, "longitude": "151.25"}}
            => "location: location latitude=-33.5 longitude=151.25", "Location";
        "contacts" {"type": "contacts", "contacts": [{
            "name": {"formatted_name": "Dr. Eva Muster", "first_name": "Eva", "last_name": "Muster"},
            "org": {"company": "Muster AG", "department": "Sales", "title": "Head"},
            "birthday": "1990-02-28",
            "phones": [{"phone": "+43 660 1", "wa_id": "436601", "type": "Cellulare"}],
            "emails": [{"email": "eva@example.org", "type": "Work"}],
            "addresses": [{"street": "Ring 1", "zip": "1010", "city": "Wien", "country": "Austria", "country_code": "at", "type": "Home"}],
            "urls": [{"url": "https://example.org", "type": "Work"}],
        }]}
            => "contacts: contacts cards.0.addresses.0.Home=Ring 1, 1010, Wien, Austria cards.0.birthday=1990-02-28 cards.0.emails.0.Work=eva@example.org cards.0.name=Dr. Eva Muster cards.0.organization=Muster AG, Sales, Head cards.0.phones.0.Cellulare=+43 660 1 cards.0.urls.0.Work=https://example.org", "Contact: Dr. Eva Muster";
        "contacts, two of them" {"type": "contacts", "contacts": [{"name": {"first_name": "Ada", "last_name": "L."}}, {"phones": [{"wa_id": "4916"}]}]}
            => "contacts: contacts cards.0.name=Ada L. cards.1.phones.0.=4916", "2 contacts: Ada L.";
        "button" {"type": "button", "button": {"payload": "yes-7", "text": "Yes, please"}, "context": {"from": "49301234", "id": "wamid.template"}}
            => "button: button payload=yes-7, words \"Yes, please\", [answers wamid.template of 49301234]", "Reply: Yes, please";
        "button, without a context" {"type": "button", "button": {"payload": "no", "text": "No"}}
            => "button: button payload=no, words \"No\"", "Reply: No";
        "interactive" {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "b1", "title": "Tomorrow"}}}
            => "interactive: buttonReply id=b1, words \"Tomorrow\"", "Reply: Tomorrow";
        "order" {"type": "order", "order": {"catalog_id": "C1", "text": "no onions", "product_items": [
            {"product_retailer_id": "P1", "quantity": 2, "item_price": 4.5, "currency": "EUR"},
            {"product_retailer_id": "P2", "quantity": "1", "item_price": "10.00", "currency": "EUR"},
        ]}}
            => "order: order catalog=C1 items.0.currency=EUR items.0.price=4.5 items.0.product=P1 items.0.quantity=2 items.1.currency=EUR items.1.price=10.00 items.1.product=P2 items.1.quantity=1, words \"no onions\"", "Order of 2 items: no onions";
        "order, without a note" {"type": "order", "order": {"catalog_id": "C1", "text": "", "product_items": [{"product_retailer_id": "P1"}]}}
            => "order: order catalog=C1 items.0.product=P1", "Order of 1 item";
        "system" {"type": "system", "system": {"type": "user_changed_number", "body": "Ada changed from 4915 to 4916", "wa_id": "4916"}}
            => "system: system news=numberChanged number=4916, words \"Ada changed from 4915 to 4916\", with 4915 alias 4915 alias 4916 + 4915 is now 4916", "Ada changed from 4915 to 4916 + one conversation";
        "reaction" {"type": "reaction", "reaction": {"message_id": "wamid.ours", "emoji": "👍🏽"}}
            => "customer puts 👍🏽 on wamid.ours", "👍🏽 on its message";
        "reaction, taken off by leaving it out" {"type": "reaction", "reaction": {"message_id": "wamid.ours"}}
            => "customer takes the reaction off wamid.ours", "its message without the reaction";
        "reaction, taken off by nothing" {"type": "reaction", "reaction": {"message_id": "wamid.ours", "emoji": ""}}
            => "customer takes the reaction off wamid.ours", "its message without the reaction";
        "reaction, spelled wrong" {"type": "reaction", "reaction": {"messsage_id": "wamid.ours", "emoji": "😀"}}
            => "customer puts 😀 on wamid.ours", "😀 on its message";
        "reaction, to nothing" {"type": "reaction", "reaction": {"emoji": "😀"}}
            => "reaction: unknown + NOT UNDERSTOOD: a message of the type reaction", "Message of type reaction";
        "edit" {"type": "edit", "edit": {"original_message_id": "wamid.theirs", "message": {"type": "text", "text": {"body": "at eight"}, "context": {"id": "M0"}}}}
            => "customer puts \"at eight\" into wamid.theirs", "its message: at eight";
        "edit, of a caption" {"type": "edit", "edit": {"original_message_id": "wamid.theirs", "message": {"type": "image", "image": {"id": "M1", "caption": "by the sea"}}}}
            => "customer puts \"by the sea\" into wamid.theirs", "its message: by the sea";
        "edit, without the new words" {"type": "edit", "edit": {"original_message_id": "wamid.theirs"}}
            => "customer edits wamid.theirs", "its message as edited";
        "revoke" {"type": "revoke", "revoke": {"original_message_id": "wamid.theirs"}}
            => "customer deletes wamid.theirs", "its message as deleted";
        "unsupported" {"type": "unsupported", "errors": [{"code": 131051, "title": "Message type unknown"}], "unsupported": {"type": "poll_creation"}}
            => "unsupported: unsupported wanted=poll_creation, problem 131051 \"Message type unknown\"", "Not passed on by WhatsApp: poll creation";
        "unknown" {"type": "unknown", "errors": [{"code": 131051, "title": "Unsupported message type", "details": "Message type is not currently supported"}]}
            => "unknown: unsupported, problem 131051 \"Unsupported message type\" \"Message type is not currently supported\"", "A message that WhatsApp does not pass on";
        "unknown, for no reason" {"type": "unknown"}
            => "unknown: unknown + NOT UNDERSTOOD: a message of the type unknown", "A message that is not understood";
        "request_welcome" {"type": "request_welcome"}
            => "request_welcome: welcome", "Opened the chat";
        "media_placeholder" {"type": "media_placeholder"}
            => "media_placeholder: mediaPlaceholder", "Media";
        "ephemeral" {"type": "ephemeral", "ephemeral": {"message": {"type": "text", "text": {"body": "gone tomorrow"}}}}
            => "ephemeral: text, words \"gone tomorrow\"", "gone tomorrow";
        "ephemeral, without what it wraps" {"type": "ephemeral", "ephemeral": {"expiration": 86400}}
            => "ephemeral: unsupported wanted=ephemeral", "Not passed on by WhatsApp: ephemeral";
        "view_once" {"type": "view_once", "view_once": {"type": "image", "image": {"id": "M9", "mime_type": "image/jpeg"}}}
            => "view_once: media file.form=image file.id=M9 file.mimeType=image/jpeg", "Photo";
        "view_once_message" {"type": "view_once_message", "view_once_message": {"message": {"video": {"id": "M8"}}}}
            => "view_once_message: media file.form=video file.id=M8", "Video";
        "view_once_message_v2" {"type": "view_once_message_v2"}
            => "view_once_message_v2: unsupported wanted=view_once_message_v2", "Not passed on by WhatsApp: view once message v2";
        "(missing), told from the content" {"location": {"latitude": 1, "longitude": 2}}
            => "location: location latitude=1.0 longitude=2.0", "Location";
        "(missing), with two contents" {"text": {"body": "hi"}, "image": {"id": "M1"}}
            => "unknown: unknown + NOT UNDERSTOOD: a message of the type unknown", "A message that is not understood";
        "(missing), with nothing" {}
            => "unknown: unknown + NOT UNDERSTOOD: a message of the type unknown", "A message that is not understood";
        "hologram" {"type": "hologram", "hologram": {"depth": 3}}
            => "hologram: unknown + NOT UNDERSTOOD: a message of the type hologram", "Message of type hologram";
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
            => "text: text, words \"hi\", with DE.13491208655302741918", "hi";
        "from_user_id, beside the number" {"from_user_id": "DE.1"}
            => "text: text, words \"hi\", with 4915/DE.1", "hi";
        "from, with a user id in it" {"from": "DE.1"}
            => "text: text, words \"hi\", with DE.1", "hi";
        "from_parent_user_id" {"from": null, "from_parent_user_id": "DE.ENT.11815799212886844830"}
            => "text: text, words \"hi\", with 4915/DE.ENT.11815799212886844830", "hi";
        "from_logical_id" {"from_logical_id": "L1"}
            => "text: text, words \"hi\"", "hi";
        "group_id" {"group_id": "Y2FwaV9ncm91cDo="}
            => "text: text, words \"hi\", in group Y2FwaV9ncm91cDo=", "hi";
        "errors" {"type": "image", "text": null, "image": {"mime_type": "image/jpeg"}, "errors": [{"code": 131052, "title": "Media download error", "error_data": {"details": "too large"}}]}
            => "image: media file.form=image file.mimeType=image/jpeg, problem 131052 \"Media download error\" \"too large\"", "Photo";
        "errors, of another type" {"errors": {"code": "0", "message": "AuthException"}}
            => "text: text, words \"hi\", problem 0 \"AuthException\"", "hi";
        "identity" {"identity": {"acknowledged": true, "created_timestamp": 1602532300000u64, "hash": "h"}}
            => "text: text, words \"hi\"", "hi";
        "origin" {"type": "contacts", "text": null, "origin": "contact_request", "contacts": [{"vcard": "BEGIN:VCARD\nEND:VCARD", "phones": [{"phone": "+4916"}]}]}
            => "contacts: contacts cards.0.phones.0.=+4916 cards.0.vcard=BEGIN:VCARD\\nEND:VCARD", "Contact: +4916";
        "referral" {"referral": {"source_url": "https://fb.me/x", "source_id": "A1", "source_type": "ad", "headline": "Sale", "body": "50 %", "media_type": "image", "image_url": "https://fb.me/x.jpg", "ctwa_clid": "click", "welcome_message": {"text": "Hi!"}, "ref": "spring"}}
            => "text: text, words \"hi\", referral body=50 % clickId=click headline=Sale mediaType=image mediaUrl=https://fb.me/x.jpg reference=spring source=ad sourceId=A1 url=https://fb.me/x welcome=Hi!", "hi";
        "referral, on a voice message" {"type": "audio", "text": null, "audio": {"id": "M3", "voice": true}, "referral": {"source_type": "post", "media_type": "video", "video_url": "https://fb.me/v", "thumbnail_url": "https://fb.me/t"}}
            => "audio: media file.form=voice file.id=M3, referral mediaType=video mediaUrl=https://fb.me/v source=post", "Voice message";
        "referral, on what is not passed on" {"type": "unsupported", "text": null, "errors": [{"code": 131060, "title": "This message is currently unavailable."}], "referral": {"source_id": "A2", "source_type": "ad"}}
            => "unsupported: unsupported, referral source=ad sourceId=A2, problem 131060 \"This message is currently unavailable.\"", "A message that WhatsApp does not pass on";
        "referral, on a reply" {"type": "interactive", "text": null, "interactive": {"type": "button_reply", "button_reply": {"id": "b", "title": "Yes"}}, "referral": {"source_id": "A3"}}
            => "interactive: buttonReply id=b, words \"Yes\", referral sourceId=A3", "Reply: Yes";
    };
    let beside = table! {
        "messages[]" in beside_text;

        "contacts" {"contacts": [{"wa_id": "4915", "user_id": "DE.1", "parent_user_id": "DE.ENT.1", "profile": {"name": " Ada 🌊 ", "username": "@ada", "country_code": "DE"}, "identity_key_hash": "h"}]}
            => "text: text, words \"hi\", with 4915/DE.1/DE.ENT.1/@ada \"Ada 🌊\"", "hi";
        "contacts, with the number written differently" {"contacts": [{"wa_id": "5511987654321", "profile": {"name": "Zé"}}], "messages": [{"from": "551187654321", "id": "m", "timestamp": "1700000000", "type": "text", "text": {"body": "oi"}}]}
            => "text: text, words \"oi\", with 551187654321 alias 5511987654321 \"Zé\"", "oi";
        "contacts, without a profile" {"contacts": [{"wa_id": "4915"}]}
            => "text: text, words \"hi\"", "hi";
    };
    carried.into_iter().chain(beside).collect()
}

fn contexts() -> Vec<Row> {
    table! {
        "messages[].context" in |context: Value| text(json!({"context": context}));

        "id" {"from": "49301234", "id": "wamid.ours"}
            => "text: text, words \"hi\", [answers wamid.ours of 49301234]", "hi";
        "forwarded" {"forwarded": true}
            => "text: text, words \"hi\", [forwarded]", "hi";
        "frequently_forwarded" {"frequently_forwarded": "true"}
            => "text: text, words \"hi\", [forwarded often]", "hi";
        "referred_product" {"from": "49301234", "id": "wamid.ours", "referred_product": {"catalog_id": "C1", "product_retailer_id": "P1"}}
            => "text: text, words \"hi\", [answers wamid.ours of 49301234 about product P1 of C1]", "hi";
    }
}
