//! Files that are asked for by Meta's id.

use super::*;

const ASKED: &str = "graph.facebook.com/v23.0/1234567890";
const FILE_URL: &str = "https://lookaside.fbsbx.com/attachments/?mid=1&hash=hush";
const FILE: &str = "lookaside.fbsbx.com/attachments/?mid=1&hash=hush";

#[tokio::test]
async fn an_id_becomes_a_file() {
    let world = World::new(|request, _| match request.address.as_str() {
        ASKED => description(FILE_URL, PNG),
        FILE => Reply::ok(PNG),
        other => panic!("{other}"),
    })
    .await;
    let told = MediaFile {
        sha256: Some(hex_digest(PNG)),
        ..by_id(ID)
    };
    let state = world.download(&told).await.expect("a file");
    let MediaState::Here {
        path,
        mime_type,
        size,
    } = &state
    else {
        panic!("not here")
    };
    assert!(
        path.ends_with(".png"),
        "by the bytes, not by the description: {path}"
    );
    assert_eq!(mime_type.as_deref(), Some("image/png"));
    assert_eq!(usize::try_from(*size), Ok(PNG.len()));
    assert_eq!(bytes_of(&state), PNG);
    assert_eq!(world.server.addresses(), [ASKED, FILE]);
    for request in world.server.seen() {
        assert_eq!(
            request.authorization,
            Some(format!("Bearer {TOKEN}")),
            "{}",
            request.address
        );
        assert!(
            request
                .agent
                .is_some_and(|agent| agent.starts_with("Bluetick/"))
        );
    }
    assert_eq!(world.download(&told).await.expect("the same file"), state);
    assert_eq!(
        world.server.seen().len(),
        2,
        "what is here is not asked for"
    );
}

#[tokio::test]
async fn an_id_is_better_than_an_address() {
    let world = World::new(|request, _| match request.address.as_str() {
        ASKED => description(FILE_URL, PNG),
        FILE => Reply::ok(PNG),
        other => panic!("{other}"),
    })
    .await;
    let told = MediaFile {
        url: Some("https://lookaside.fbsbx.com/old".to_owned()),
        ..by_id(ID)
    };
    world.download(&told).await.expect("a file");
    assert_eq!(world.server.addresses(), [ASKED, FILE]);
}

#[tokio::test]
async fn an_address_that_ended_is_asked_for_again() {
    let world = World::new(|request, before| match (request.address.as_str(), before) {
        (ASKED, 0) => description("https://lookaside.fbsbx.com/ended", PNG),
        (ASKED, 1) => description(FILE_URL, PNG),
        (FILE, 0) => Reply::ok(PNG),
        ("lookaside.fbsbx.com/ended", 0) => Reply::status(404, b""),
        other => panic!("{other:?}"),
    })
    .await;
    world.download(&by_id(ID)).await.expect("a file");
    assert_eq!(
        world.server.addresses(),
        [ASKED, "lookaside.fbsbx.com/ended", ASKED, FILE]
    );
}

#[tokio::test]
async fn a_file_that_stays_away_is_gone() {
    let world = World::new(|request, _| match request.address.as_str() {
        ASKED => description(FILE_URL, PNG),
        _ => Reply::status(404, b""),
    })
    .await;
    assert!(matches!(world.fails(&by_id(ID)).await, MediaError::Expired));
    assert_eq!(
        world.server.addresses(),
        [ASKED, FILE, ASKED, FILE],
        "twice and no more"
    );
}

#[tokio::test]
async fn refusals_of_meta_are_understood() {
    type Expected = fn(&MediaError) -> bool;
    let refused: Expected =
        |error| matches!(error, MediaError::TokenRefused { host } if host == "graph.facebook.com");
    let expired: Expected = |error| matches!(error, MediaError::Expired);
    let unreachable: Expected = |error| matches!(error, MediaError::Unreachable { .. });
    let bad: Expected = |error| matches!(error, MediaError::BadAnswer { .. });
    let table: [(u16, u32, Expected); 11] = [
        (401, 190, refused),
        (400, 190, refused),
        (404, 190, refused),
        (401, 0, refused),
        (403, 10, refused),
        (400, 200, refused),
        (400, 100, expired),
        (404, 0, expired),
        (410, 0, expired),
        (503, 2, unreachable),
        (400, 1, bad),
    ];
    for (status, code, expected) in table {
        let world = World::new(move |_, _| graph_error(status, code)).await;
        let error = world.fails(&by_id(ID)).await;
        assert!(expected(&error), "{status} {code}: {error:?}");
        assert_eq!(world.server.addresses(), [ASKED], "asked once");
    }
}

#[tokio::test]
async fn a_refusal_of_the_file_server_is_one_of_the_token() {
    for status in [401, 403] {
        let world = World::new(move |request, _| match request.address.as_str() {
            ASKED => description(FILE_URL, PNG),
            _ => Reply::status(status, b""),
        })
        .await;
        let error = world.fails(&by_id(ID)).await;
        assert!(
            matches!(&error, MediaError::TokenRefused { host } if host == "lookaside.fbsbx.com"),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn a_description_that_is_none_is_a_bad_answer() {
    for body in [
        "",
        "<html>",
        "[]",
        "null",
        "{}",
        r#"{"url":1}"#,
        r#"{"url":"#,
    ] {
        let world = World::new(move |_, _| Reply::ok(body.as_bytes())).await;
        let error = world.fails(&by_id(ID)).await;
        assert!(
            matches!(error, MediaError::BadAnswer { .. }),
            "{body}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_description_leads_to_known_hosts_only() {
    for url in [
        "http://lookaside.fbsbx.com/a",
        "https://evil.example/a",
        "https://graph.facebook.com/v23.0/me",
        "https://127.0.0.1/a",
    ] {
        let world = World::new(move |_, _| description(url, PNG)).await;
        let error = world.fails(&by_id(ID)).await;
        assert!(
            matches!(error, MediaError::NotAllowed { .. } | MediaError::NotHttps),
            "{url}: {error:?}"
        );
        assert_eq!(world.server.addresses(), [ASKED], "{url}");
    }
}

#[tokio::test]
async fn a_file_with_another_checksum_is_thrown_away() {
    let world = World::new(|request, _| match request.address.as_str() {
        ASKED => description(FILE_URL, b"another file"),
        _ => Reply::ok(PNG),
    })
    .await;
    let error = world.fails(&by_id(ID)).await;
    assert!(error.to_string().contains("checksum"), "{error}");
}

#[tokio::test]
async fn without_a_token_nobody_is_asked() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    let address = Some("https://lookaside.fbsbx.com/a".to_owned());
    for file in [
        by_id(ID),
        MediaFile {
            url: address,
            ..by_id(ID)
        },
    ] {
        let error = world
            .download_without_token(&file)
            .await
            .expect_err("no token");
        assert!(matches!(error, MediaError::TokenMissing), "{error:?}");
    }
    let elsewhere = MediaFile {
        url: Some("https://files.example/a".to_owned()),
        ..by_id(ID)
    };
    let error = world
        .download_without_token(&elsewhere)
        .await
        .expect_err("no known host");
    assert!(
        matches!(&error, MediaError::NotAllowed { host } if host == "files.example"),
        "{error:?}"
    );
}

#[tokio::test]
async fn hostile_ids_are_never_asked_for() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    let long = "1".repeat(2_048);
    for id in [
        "../me",
        "..",
        "me?method=delete",
        "1#x",
        "1/2",
        "%2e%2e",
        "1\r\nX: y",
        "@evil.example",
        "",
        &long,
    ] {
        let error = world.fails(&by_id(id)).await;
        assert!(matches!(error, MediaError::NoAddress), "{id}: {error:?}");
    }
    assert_eq!(world.server.seen(), []);
}
