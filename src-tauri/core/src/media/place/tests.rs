use proptest::prelude::*;

use super::{MediaId, Place};
use crate::media::MediaError;

/// What becomes of an address.
#[derive(Debug, PartialEq)]
enum Verdict {
    /// Fetched from, with the token.
    WithToken,
    /// Fetched from, without the token.
    Bare,
    NoAddress,
    NotHttps,
    NotAllowed,
}
use Verdict::{Bare, NoAddress, NotAllowed, NotHttps, WithToken};

fn verdict(told: &str) -> Verdict {
    match Place::parse(told) {
        Ok(place) if place.takes_token() => WithToken,
        Ok(_) => Bare,
        Err(MediaError::NoAddress) => NoAddress,
        Err(MediaError::NotHttps) => NotHttps,
        Err(MediaError::NotAllowed { .. }) => NotAllowed,
        Err(other) => panic!("{told}: {other}"),
    }
}

#[test]
fn only_known_hosts_are_fetched_from() {
    let table = [
        (
            "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=3",
            WithToken,
        ),
        ("https://lookaside.fbsbx.com:443/a", WithToken),
        ("HTTPS://Lookaside.FBSBX.com/a", WithToken),
        ("https://lookaside.fbsbx.com", WithToken),
        ("https://api.linkmobility.eu/media/1", WithToken),
        ("https://a.b.linkmobility.eu/x", WithToken),
        ("https://scontent-vie1-1.xx.fbcdn.net/v/t1.jpg?oh=1", Bare),
        ("https://mmg.whatsapp.net/d/f/A.enc", Bare),
        // Meta's API is asked by id only, never at an address that a message told.
        (
            "https://graph.facebook.com/v23.0/me?method=delete",
            NotAllowed,
        ),
        ("https://evil.example/a", NotAllowed),
        ("https://evilfbcdn.net/a", NotAllowed),
        ("https://fbcdn.net/a", NotAllowed),
        ("https://fbcdn.net.evil.example/a", NotAllowed),
        ("https://x.fbcdn.net.evil.example/a", NotAllowed),
        ("https://xfbcdn.net/a", NotAllowed),
        ("https://a.fbsbx.com/a", NotAllowed),
        ("https://x.lookaside.fbsbx.com/a", NotAllowed),
        ("https://lookaside.fbsbx.com./a", NotAllowed),
        ("https://x.fbcdn.net./a", NotAllowed),
        ("https://.fbcdn.net/a", NotAllowed),
        ("https://x..fbcdn.net/a", NotAllowed),
        ("https://lookaside.fbsbx.com:8443/a", NotAllowed),
        ("https://lookaside.fbsbx.com@evil.example/a", NotAllowed),
        ("https://evil.example@lookaside.fbsbx.com/a", NotAllowed),
        ("https://user:word@lookaside.fbsbx.com/a", NotAllowed),
        ("https://@lookaside.fbsbx.com/a", NotAllowed),
        ("https://evil.example\\@lookaside.fbsbx.com/a", NotAllowed),
        ("https://lookaside.fbsbx.com\\.evil.example/a", NotAllowed),
        ("https:\\\\lookaside.fbsbx.com/a", NotAllowed),
        ("https:lookaside.fbsbx.com/a", NotAllowed),
        ("https:///lookaside.fbsbx.com/a", NotAllowed),
        ("https://look\taside.fbsbx.com/a", NotAllowed),
        (" https://lookaside.fbsbx.com/a", NotAllowed),
        ("https://lookaside.fbsbx.com/a\n", NotAllowed),
        ("https://lookaside.fbsbx.com/ä", NotAllowed),
        ("https://lookaside%2efbsbx.com/a", NotAllowed),
        ("https://ｌookaside.fbsbx.com/a", NotAllowed),
        ("https://lookaside。fbsbx.com/a", NotAllowed),
        ("https://xn--fbcdn-9ze.net/a", NotAllowed),
        ("https://xn--x-uga.fbcdn.net/a", NotAllowed),
        ("https://ü.fbcdn.net/a", NotAllowed),
        ("https://a_b.fbcdn.net/a", NotAllowed),
        ("https://localhost/a", NotAllowed),
        ("https://127.0.0.1/a", NotAllowed),
        ("https://2130706433/a", NotAllowed),
        ("https://0x7f.1/a", NotAllowed),
        ("https://[::1]/a", NotAllowed),
        ("https://169.254.169.254/latest/meta-data", NotAllowed),
        ("http://lookaside.fbsbx.com/a", NotHttps),
        ("http://127.0.0.1/a", NotHttps),
        ("ftp://lookaside.fbsbx.com/a", NotHttps),
        ("file://lookaside.fbsbx.com/etc/passwd", NotHttps),
        ("file:///etc/passwd", NoAddress),
        ("data:image/png;base64,AA==", NoAddress),
        ("javascript:alert(1)", NoAddress),
        ("//lookaside.fbsbx.com/a", NoAddress),
        ("https://", NoAddress),
        ("https://lookaside.fbsbx.com:99999/a", NoAddress),
        ("a.jpg", NoAddress),
        ("", NoAddress),
    ];
    for (told, expected) in table {
        assert_eq!(verdict(told), expected, "{told:?}");
    }
    let long = format!("https://lookaside.fbsbx.com/{}", "a".repeat(10_000));
    assert_eq!(verdict(&long), NoAddress);
}

#[test]
fn a_redirect_is_judged_like_any_address() {
    let start = Place::parse("https://lookaside.fbsbx.com/a/b?c=d").expect("allowed");
    let there = |location| {
        start
            .redirected(location)
            .map(|place| place.url().to_string())
    };
    assert_eq!(
        there("/x?y").expect("allowed"),
        "https://lookaside.fbsbx.com/x?y"
    );
    assert_eq!(
        there("//x.fbcdn.net/y").expect("allowed"),
        "https://x.fbcdn.net/y"
    );
    for location in [
        "http://lookaside.fbsbx.com/a",
        "https://127.0.0.1/a",
        "//evil.example/a",
        "/\\evil.example/a",
        "https://graph.facebook.com/me",
        "https://user@x.fbcdn.net/",
    ] {
        assert!(start.redirected(location).is_err(), "{location}");
    }
}

#[test]
fn a_refusal_names_the_host_and_no_more() {
    let refused = |told: &str| Place::parse(told).expect_err("refused").to_string();
    let text = refused("https://evil.example:8443/path?token=hush");
    assert!(
        text.contains("evil.example:8443") && !text.contains("path") && !text.contains("hush"),
        "{text}"
    );
    let long = refused(&format!("https://{}.example/", "a".repeat(5_000)));
    assert!(long.chars().count() < 250, "{long}");
    let place = Place::parse("https://x.fbcdn.net/path?oh=hush").expect("allowed");
    assert_eq!(format!("{place:?}"), "Place(x.fbcdn.net)");
}

#[test]
fn an_id_stays_one_segment_of_the_path() {
    for good in [
        "1234567890123456",
        "0",
        "2f8c1a3e-0d3c-4f0e-9d6a-1f5a8f1f2b3c",
        "a_b-C9",
    ] {
        let id = MediaId::new(good).expect("an id");
        let place = Place::description(&id).expect("an address");
        assert_eq!(
            place.url().as_str(),
            format!("https://graph.facebook.com/v23.0/{good}")
        );
        assert!(place.takes_token());
    }
    let long = "1".repeat(2_048);
    for bad in [
        "",
        ".",
        "..",
        "../me",
        "1/2",
        "1?method=delete",
        "1#x",
        "1%2f",
        "a b",
        "ä",
        "1\n",
        "//evil.example",
        &long,
    ] {
        assert_eq!(MediaId::new(bad), None, "{bad}");
    }
}

proptest! {
    #[test]
    fn what_is_allowed_is_one_of_ours(
        start in prop::sample::select(vec!["https://", "https:/", "HTTPS://", "https://a@", "https://[", "https:\\\\"]),
        host in "[a-z.@\\\\/:?#%\u{3002}\u{ff0e}-]{0,12}(lookaside\\.fbsbx\\.com|fbcdn\\.net|whatsapp\\.net|linkmobility\\.eu)[a-z.@\\\\/:?#%-]{0,12}",
    ) {
        if let Ok(place) = Place::parse(&format!("{start}{host}")) {
            let ours = ["lookaside.fbsbx.com", ".fbcdn.net", ".whatsapp.net", ".linkmobility.eu"];
            prop_assert!(ours.iter().any(|end| place.host().ends_with(end)), "{}", place.host());
            prop_assert_eq!(place.url().scheme(), "https");
            prop_assert_eq!(place.url().port_or_known_default(), Some(443));
            prop_assert!(place.url().username().is_empty() && place.url().password().is_none());
        }
    }
}
