//! Files that are fetched from the address that the message told.

use super::*;

const LINK: &str = "https://media.linkmobility.eu/files/1?key=hush";

#[tokio::test]
async fn an_address_is_enough() {
    for url in [LINK, "https://lookaside.fbsbx.com/a?hash=hush"] {
        let world = World::new(|_, _| Reply::ok(PNG)).await;
        let state = world.download(&at(url)).await.expect("a file");
        assert_eq!(bytes_of(&state), PNG);
        assert_eq!(
            world.server.addresses(),
            [url.trim_start_matches("https://")]
        );
        assert_eq!(
            world.server.seen()[0].authorization,
            Some(format!("Bearer {TOKEN}"))
        );
    }
}

#[tokio::test]
async fn an_address_at_link_mobility_is_theirs_to_answer() {
    let world = World::new(|_, _| Reply::ok(PNG)).await;
    let told = MediaFile {
        id: Some(ID.to_owned()),
        ..at(LINK)
    };
    world.download_without_token(&told).await.expect("a file");
    assert_eq!(
        world.server.addresses(),
        ["media.linkmobility.eu/files/1?key=hush"]
    );
    assert_eq!(world.server.seen()[0].authorization, None);
}

#[tokio::test]
async fn a_content_network_never_sees_the_token() {
    let world = World::new(|_, _| Reply::ok(PNG)).await;
    world
        .download(&at("https://scontent.xx.fbcdn.net/a"))
        .await
        .expect("a file");
    assert_eq!(world.server.seen()[0].authorization, None);
}

#[tokio::test]
async fn a_redirect_takes_the_token_nowhere_else() {
    let world = World::new(|request, before| match (request.address.as_str(), before) {
        ("lookaside.fbsbx.com/a", 0) => Reply::redirect("/b"),
        ("lookaside.fbsbx.com/b", 0) => Reply::redirect("https://scontent.xx.fbcdn.net/c"),
        ("scontent.xx.fbcdn.net/c", 0) => Reply::redirect("https://lookaside.fbsbx.com/d"),
        ("lookaside.fbsbx.com/d", 0) => Reply::ok(PNG),
        other => panic!("{other:?}"),
    })
    .await;
    world
        .download(&at("https://lookaside.fbsbx.com/a"))
        .await
        .expect("a file");
    let shown: Vec<bool> = world
        .server
        .seen()
        .iter()
        .map(|request| request.authorization.is_some())
        .collect();
    assert_eq!(
        shown,
        [true, true, false, false],
        "and it does not come back"
    );
}

#[tokio::test]
async fn a_redirect_between_providers_does_not_pass_the_token_on() {
    let world = World::new(|request, _| match request.address.as_str() {
        "lookaside.fbsbx.com/a" => Reply::redirect("https://api.linkmobility.eu/b"),
        _ => Reply::ok(PNG),
    })
    .await;
    world
        .download(&at("https://lookaside.fbsbx.com/a"))
        .await
        .expect("a file");
    assert_eq!(world.server.seen()[1].authorization, None);
}

#[tokio::test]
async fn redirects_to_elsewhere_are_refused() {
    for location in [
        "http://lookaside.fbsbx.com/b",
        "https://evil.example/b",
        "//evil.example/b",
        "https://127.0.0.1/b",
        "https://[::1]/b",
        "https://localhost/b",
        "https://lookaside.fbsbx.com:8443/b",
        "https://graph.facebook.com/v23.0/me?method=delete",
        "file:///etc/passwd",
    ] {
        let world = World::new(move |_, _| Reply::redirect(location)).await;
        let error = world.fails(&at("https://lookaside.fbsbx.com/a")).await;
        assert!(
            matches!(
                error,
                MediaError::NotAllowed { .. } | MediaError::NotHttps | MediaError::NoAddress
            ),
            "{location}: {error:?}"
        );
        assert_eq!(world.server.seen().len(), 1, "{location}");
    }
}

#[tokio::test]
async fn redirects_end() {
    let world = World::new(|_, before| Reply::redirect(&format!("/{before}"))).await;
    let error = world.fails(&at("https://lookaside.fbsbx.com/0")).await;
    assert!(error.to_string().contains("circles"), "{error}");
    assert_eq!(
        world.server.seen().len(),
        4,
        "the first and three redirects"
    );
    let world = World::new(|_, _| Reply::status(302, b"")).await;
    let error = world.fails(&at("https://lookaside.fbsbx.com/0")).await;
    assert!(
        error.to_string().contains("circles"),
        "a redirect to nowhere: {error}"
    );
}

#[tokio::test]
async fn a_name_that_leads_home_is_refused() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    let port = world.server.address.port();
    for address in [
        "127.0.0.1",
        "10.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "169.254.169.254",
    ] {
        let address = (
            address.parse::<std::net::IpAddr>().expect("an address"),
            port,
        )
            .into();
        let lookup = Lookup::Told(vec![address]);
        let network = Network::local(lookup, world.server.root(), LIMITS).expect("a network");
        let error = download(&network, &world.cache, KEY, &at(LINK), None)
            .await
            .expect_err("refused");
        assert!(
            matches!(&error, MediaError::PrivateAddress { host } if host == "media.linkmobility.eu"),
            "{address}: {error:?}"
        );
    }
    assert_eq!(world.server.seen(), []);
}

#[tokio::test]
async fn refusals_of_an_address_are_understood() {
    let lookaside = "https://lookaside.fbsbx.com/a";
    let network = "https://scontent.xx.fbcdn.net/a";
    for status in [404, 410] {
        let world = World::new(move |_, _| Reply::status(status, b"")).await;
        assert!(matches!(
            world.fails(&at(lookaside)).await,
            MediaError::Expired
        ));
        assert_eq!(
            world.server.seen().len(),
            1,
            "there is nobody to ask for another address"
        );
    }
    for status in [401, 403] {
        let world = World::new(move |_, _| Reply::status(status, b"")).await;
        assert!(matches!(
            world.fails(&at(lookaside)).await,
            MediaError::TokenRefused { .. }
        ));
        assert!(matches!(
            world.fails(&at(network)).await,
            MediaError::Expired
        ));
        let error = world
            .download_without_token(&at(LINK))
            .await
            .expect_err("refused");
        assert!(matches!(error, MediaError::TokenMissing), "{error:?}");
    }
    for (status, text) in [
        (500, "status 500"),
        (429, "status 429"),
        (418, "status 418"),
        (204, "status 204"),
    ] {
        let world = World::new(move |_, _| Reply::status(status, b"")).await;
        let error = world.fails(&at(lookaside)).await.to_string();
        assert!(
            error.contains(text) && error.contains("lookaside.fbsbx.com"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn addresses_of_strangers_are_not_asked() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    assert!(matches!(world.fails(&file()).await, MediaError::NoAddress));
    assert!(matches!(
        world.fails(&at("http://lookaside.fbsbx.com/a")).await,
        MediaError::NotHttps
    ));
    assert!(matches!(
        world.fails(&at("https://evil.example/a?hush")).await,
        MediaError::NotAllowed { .. }
    ));
}

#[tokio::test]
async fn a_server_without_a_trusted_certificate_is_not_believed() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    let other = Server::start(|request, _| panic!("{request:?}")).await;
    let lookup = Lookup::Unjudged(world.server.address);
    let network = Network::local(lookup, other.root(), LIMITS).expect("a network");
    let error = download(&network, &world.cache, KEY, &at(LINK), None)
        .await
        .expect_err("refused");
    assert!(
        matches!(&error, MediaError::Unreachable { reason, .. } if reason.contains("certificate")),
        "{error:?}"
    );
}
