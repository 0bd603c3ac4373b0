//! The traps of single kinds: what comes as another type, in another place, or with something missing (webhook catalogue §3, §8).

use serde_json::{Value, json};

use super::{of_one, only_message};
use crate::chat::content::{Content, MediaFile, MediaForm, NamedValue};
use crate::chat::time::Timestamp;

/// A message of this kind with this content.
fn message(kind: &str, content: Value) -> Value {
    json!({"from": "4915", "id": "m", "timestamp": "1700000000", "type": kind, kind: content})
}

fn content(kind: &str, told: Value) -> Content {
    of_one(message(kind, told)).content
}

fn file(kind: &str, told: Value) -> MediaFile {
    match content(kind, told.clone()) {
        Content::Media { file } => file,
        other => panic!("a file in {told}, not {other:?}"),
    }
}

#[test]
fn a_place_is_on_earth_or_nowhere() {
    let somewhere = Some((48.2, -16.5));
    let table = [
        (json!({"latitude": 48.2, "longitude": -16.5}), somewhere),
        (
            json!({"latitude": "48.2", "longitude": " -16.5 "}),
            somewhere,
        ),
        (
            json!({"latitude": 90, "longitude": "180"}),
            Some((90.0, 180.0)),
        ),
        (json!({"latitude": 90.1, "longitude": 0}), None),
        (json!({"latitude": 0, "longitude": -180.5}), None),
        (json!({"latitude": "NaN", "longitude": 0}), None),
        (json!({"latitude": 0, "longitude": "inf"}), None),
        (json!({"latitude": 48.2}), None),
        (json!({"latitude": "48,2", "longitude": 0}), None),
        (json!({"latitude": [48.2], "longitude": null}), None),
    ];
    for (told, expected) in table {
        let Content::Location {
            latitude,
            longitude,
            ..
        } = content("location", told.clone())
        else {
            panic!("a location in {told}");
        };
        assert_eq!(latitude.zip(longitude), expected, "{told}");
        assert_eq!(
            latitude.is_some(),
            longitude.is_some(),
            "both or none: {told}"
        );
    }
}

#[test]
fn a_form_is_read_however_its_answers_come() {
    let answer = |name: &str, value: &str| NamedValue {
        name: name.to_owned(),
        value: value.to_owned(),
    };
    let city = || vec![answer("city", "Wien")];
    let table = [
        (
            json!({"response_json": "{\"city\":\"Wien\"}"}),
            city(),
            None,
        ),
        (json!({"response_json": {"city": "Wien"}}), city(), None),
        (json!({"response_json": "{}"}), vec![], None),
        (
            json!({"response_json": "{\"a\":{\"b\":[1,{\"c\":true}]}}"}),
            vec![answer("a.b.1", "1"), answer("a.b.2.c", "true")],
            None,
        ),
        (
            json!({"response_json": "{\"x\":1e999}"}),
            vec![answer("x", "1e999")],
            None,
        ),
        (
            json!({"response_json": "{\"city\":"}),
            vec![],
            Some("{\"city\":"),
        ),
        (json!({"response_json": "yes"}), vec![], Some("yes")),
        (json!({"response_json": "[1,2]"}), vec![], Some("[1,2]")),
        (json!({"response_json": [1, 2]}), vec![], Some("[1,2]")),
        (json!({"response_json": 7}), vec![], Some("7")),
        (json!({"response_json": ""}), vec![], None),
        (json!({"response_json": null}), vec![], None),
        (json!({}), vec![], None),
    ];
    for (reply, answers, raw) in table {
        let told = json!({"type": "nfm_reply", "nfm_reply": reply});
        let expected = Content::FormReply {
            name: None,
            answers,
            raw: raw.map(str::to_owned),
        };
        assert_eq!(content("interactive", told.clone()), expected, "{told}");
    }
    let many: String = (0..500).map(|n| format!("\"q{n}\":{n},")).collect();
    let told = json!({"nfm_reply": {"response_json": format!("{{{many}\"last\":1}}")}});
    let Content::FormReply { answers, .. } = content("interactive", told) else {
        panic!("a form");
    };
    assert!(
        (1..500).contains(&answers.len()),
        "no form fills the archive"
    );
}

#[test]
fn an_address_of_the_older_kind_is_read_where_it_lies() {
    let address = of_one(json!({
        "from": "4915", "id": "m",
        "interactive": {
            "type": "interactive", "action": "address_message", "timestamp": "1700000000",
            "nfm_reply": {"response_json": "{\"city\":\"Delhi\"}"},
        },
    }));
    assert_eq!(address.kind, "interactive", "told from the only content");
    assert_eq!(address.sent_at, Timestamp::from_payload(1_700_000_000));
    assert!(
        matches!(&address.content, Content::FormReply { name: Some(name), .. } if name == "address_message"),
        "{:?}",
        address.content
    );
}

#[test]
fn a_permission_to_call_ends_when_it_says() {
    let table = [
        (
            json!({"response": "accept", "expiration_timestamp": 1_700_600_000}),
            (Some(true), false, Some(1_700_600_000_000)),
        ),
        (
            json!({"response": "accept", "expiration_timestamp": "1700600000"}),
            (Some(true), false, Some(1_700_600_000_000)),
        ),
        (
            json!({"response": "accept", "is_permanent": true}),
            (Some(true), true, None),
        ),
        (
            json!({"response": "accept", "is_permanent": "true", "expiration_timestamp": "never"}),
            (Some(true), true, None),
        ),
        (json!({"response": "reject"}), (Some(false), false, None)),
        (
            json!({"response": "maybe", "is_permanent": 1}),
            (None, false, None),
        ),
        (json!({}), (None, false, None)),
    ];
    for (reply, expected) in table {
        let told = json!({"type": "call_permission_reply", "call_permission_reply": reply});
        let Content::CallPermission {
            granted,
            permanent,
            expires_at,
            automatic,
        } = content("interactive", told.clone())
        else {
            panic!("a permission in {told}");
        };
        assert_eq!((granted, permanent, expires_at), expected, "{told}");
        assert!(!automatic, "{told}");
    }
}

#[test]
fn money_is_kept_as_written() {
    let table = [
        (json!(2), json!(4.5), "2", "4.5"),
        (json!("2"), json!("4.50"), "2", "4.50"),
        (json!(0.5), json!(10.0), "0.5", "10.0"),
        (json!("1,5"), json!("€ 3"), "1,5", "€ 3"),
    ];
    for (quantity, price, kept_quantity, kept_price) in table {
        let items = json!([{"product_retailer_id": 17, "quantity": quantity, "item_price": price, "currency": "EUR"}]);
        let Content::Order { items, .. } = content("order", json!({"product_items": items})) else {
            panic!("an order");
        };
        let item = &items[0];
        assert_eq!(item.product.as_deref(), Some("17"));
        assert_eq!(item.quantity.as_deref(), Some(kept_quantity));
        assert_eq!(item.price.as_deref(), Some(kept_price));
    }
    let empty = content("order", json!({"product_items": null}));
    assert_eq!(
        empty,
        Content::Order {
            catalog: None,
            items: vec![]
        }
    );
}

#[test]
fn a_business_card_may_hold_next_to_nothing() {
    let card = |told: Value| match content("contacts", json!([told])) {
        Content::Contacts { mut cards } => cards.remove(0),
        other => panic!("a card, not {other:?}"),
    };
    let requested = card(
        json!({"vcard": "BEGIN:VCARD\nTEL:+4916\nEND:VCARD", "phones": [{"phone": "+4916"}], "origin": "other"}),
    );
    assert_eq!(requested.name, None);
    assert_eq!(requested.phones[0].value, "+4916");
    assert_eq!(
        requested.vcard.as_deref(),
        Some("BEGIN:VCARD\nTEL:+4916\nEND:VCARD")
    );

    let table = [
        (
            json!({"name": {"formatted_name": "Eva M."}}),
            Some("Eva M."),
        ),
        (
            json!({"name": {"prefix": "Dr.", "first_name": "Eva", "middle_name": "", "last_name": "M."}}),
            Some("Dr. Eva M."),
        ),
        (json!({"name": "Eva"}), Some("Eva")),
        (json!({"name": {}}), None),
        (json!({"name": null}), None),
        (json!({}), None),
    ];
    for (told, name) in table {
        assert_eq!(card(told.clone()).name.as_deref(), name, "{told}");
    }
    let odd = card(
        json!({"phones": ["+4916", {"type": "CELL"}, null, {"wa_id": "4917", "type": 3}], "emails": {"email": "a@b"}}),
    );
    let phones: Vec<_> = odd
        .phones
        .iter()
        .map(|phone| (phone.name.as_str(), phone.value.as_str()))
        .collect();
    assert_eq!(phones, [("", "+4916"), ("3", "4917")]);
    assert_eq!(odd.emails[0].value, "a@b");
}

#[test]
fn a_name_of_a_file_leads_nowhere() {
    let table = [
        ("Rechnung März.pdf", Some("Rechnung März.pdf")),
        ("../../etc/passwd", Some("passwd")),
        (r"C:\Windows\System32\evil.exe", Some("evil.exe")),
        ("invoice\u{202e}fdp.exe", Some("invoicefdp.exe")),
        ("a\u{0}b\n.txt", Some("ab.txt")),
        ("nul.txt", Some("_nul.txt")),
        ("COM1", Some("_COM1")),
        ("$(rm -rf ~).pdf", Some("$(rm -rf ~).pdf")),
        (".bashrc", Some("bashrc")),
        ("trailing. . ", Some("trailing")),
        ("a:b|c?.txt", Some("a_b_c_.txt")),
        ("..", None),
        ("/", None),
        ("", None),
    ];
    for (told, expected) in table {
        let filename = file("document", json!({"filename": told})).filename;
        assert_eq!(filename.as_deref(), expected, "{told:?}");
    }
    let long = file(
        "document",
        json!({"filename": format!("{}.pdf", "ä".repeat(5_000))}),
    )
    .filename;
    let long = long.expect("a name");
    assert!(long.len() <= 200 && long.ends_with("ä.pdf"), "{long}");
}

#[test]
fn a_file_is_described_by_any_of_its_names() {
    let url = |told: Value| file("image", told).url;
    assert_eq!(
        url(json!({"url": "https://a"})).as_deref(),
        Some("https://a")
    );
    assert_eq!(
        url(json!({"link": "https://b"})).as_deref(),
        Some("https://b")
    );
    assert_eq!(
        url(json!({"url": "", "link": "https://c"})).as_deref(),
        Some("https://c")
    );
    assert_eq!(
        url(json!({"file": "/tmp/x"})),
        None,
        "a path on their computer is no address"
    );

    let form = |kind: &str, told: Value| file(kind, told).form;
    assert_eq!(form("audio", json!({"voice": true})), MediaForm::Voice);
    assert_eq!(form("audio", json!({"voice": "true"})), MediaForm::Voice);
    assert_eq!(form("audio", json!({"voice": false})), MediaForm::Audio);
    assert_eq!(form("audio", json!({"voice": 1})), MediaForm::Audio);
    assert_eq!(form("voice", json!({})), MediaForm::Voice);

    for (told, size) in [
        (json!({"file_size": 10}), Some(10)),
        (json!({"file_size": "10"}), Some(10)),
        (json!({"size": 10.0}), Some(10)),
        (json!({"file_size": -1}), None),
        (json!({"file_size": "large"}), None),
    ] {
        assert_eq!(file("video", told.clone()).size, size, "{told}");
    }
    assert!(file("sticker", json!({"animated": "true"})).animated);
    assert_eq!(
        file("image", json!({"id": 1_234})).id.as_deref(),
        Some("1234")
    );
}

#[test]
fn words_beside_what_is_not_passed_on_are_its_words() {
    let table = [
        (
            json!({"text": {"body": "tea?"}, "unsupported": {"type": "poll_creation"}}),
            Some("tea?"),
            Some("poll_creation"),
        ),
        (json!({"text": null, "unsupported": {}}), None, None),
        (json!({"text": "tea?"}), None, None),
        (json!({"unsupported": {"type": 5}}), None, Some("5")),
    ];
    for (keys, words, wanted) in table {
        let mut item = json!({"from": "4915", "id": "m", "type": "unsupported"});
        item.as_object_mut()
            .expect("an object")
            .extend(keys.as_object().expect("keys").clone());
        let told = of_one(item);
        assert_eq!(told.text.as_deref(), words, "{keys}");
        let wanted = wanted.map(str::to_owned);
        assert_eq!(told.content, Content::Unsupported { wanted }, "{keys}");
    }
}

#[test]
fn a_time_is_read_or_left_out_but_never_invented() {
    let moment = Some("2023-11-14T22:13:20Z");
    let table = [
        (json!("1700000000"), moment),
        (json!(1_700_000_000), moment),
        (json!(1_700_000_000.0), moment),
        (json!(" 1700000000 "), moment),
        (json!(1_700_000_000_000_i64), moment),
        (json!("1700000000000"), moment),
        (json!("TIMESTAMP"), None),
        (json!("2023-11-14T22:13:20Z"), None),
        (json!(0), None),
        (json!(-1_700_000_000), None),
        (json!(1_700_000_000.5), None),
        (json!(u64::MAX), None),
        (json!("99999999999999999999"), None),
        (json!(true), None),
        (json!(["1700000000"]), None),
        (json!(null), None),
    ];
    for (told, expected) in table {
        let body = super::envelope(vec![super::value(json!({"messages": [
            {"from": "4915", "id": "m", "timestamp": told, "type": "text", "text": {"body": "hi"}},
        ]}))]);
        let sent_at = only_message(&body).sent_at.map(Timestamp::rfc3339);
        assert_eq!(sent_at.as_deref(), expected, "{told}");
    }
}
