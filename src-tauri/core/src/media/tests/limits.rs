//! Files that are too large, too slow, or not whole.

use super::*;

const URL: &str = "https://lookaside.fbsbx.com/a";
const TOO_MANY: usize = 64 * 1024 + 1;

#[tokio::test]
async fn a_file_that_says_it_is_too_large_is_not_read() {
    let world = World::new(|_, _| Reply::claiming(200, TOO_MANY, b"")).await;
    assert!(
        matches!(world.fails(&at(URL)).await, MediaError::TooLarge { limit } if limit == LIMITS.size)
    );
}

#[tokio::test]
async fn a_description_that_says_so_is_believed() {
    let world = World::new(|_, _| description(URL, &[0; TOO_MANY])).await;
    assert!(matches!(
        world.fails(&by_id(ID)).await,
        MediaError::TooLarge { .. }
    ));
    assert_eq!(world.server.seen().len(), 1, "the file is not asked for");
}

#[tokio::test]
async fn a_file_without_an_end_is_cut_off() {
    let world = World::new(|_, _| Reply::Endless).await;
    assert!(matches!(
        world.fails(&at(URL)).await,
        MediaError::TooLarge { .. }
    ));
}

#[tokio::test]
async fn a_file_of_the_largest_size_is_taken() {
    let world = World::new(|_, _| Reply::ok(&[7; TOO_MANY - 1])).await;
    let state = world.download(&at(URL)).await.expect("a file");
    assert_eq!(bytes_of(&state).len(), TOO_MANY - 1);
}

#[tokio::test]
async fn half_a_file_is_none() {
    let world = World::new(|_, _| Reply::claiming(200, 1_000, PNG)).await;
    assert!(matches!(
        world.fails(&at(URL)).await,
        MediaError::Unreachable { .. }
    ));
}

#[tokio::test]
async fn an_empty_file_is_none() {
    let world = World::new(|_, _| Reply::ok(b"")).await;
    let error = world.fails(&at(URL)).await;
    assert!(error.to_string().contains("empty"), "{error}");
}

#[tokio::test]
async fn the_checksum_of_the_message_counts() {
    let world = World::new(|_, _| Reply::ok(PNG)).await;
    let wrong = MediaFile {
        sha256: Some(hex_digest(b"another")),
        ..at(URL)
    };
    assert!(world.fails(&wrong).await.to_string().contains("checksum"));
    let unreadable = MediaFile {
        sha256: Some("SHA256".to_owned()),
        ..at(URL)
    };
    world
        .download(&unreadable)
        .await
        .expect("what says nothing is not checked");
}

/// The head of an answer that is longer than what comes.
fn stalling() -> Reply {
    let head = b"HTTP/1.1 200 X\r\nContent-Length: 1000\r\n\r\n";
    Reply::Stall([head, PNG].concat())
}

#[tokio::test]
async fn a_download_that_is_given_up_leaves_nothing() {
    let world = World::new(|_, _| stalling()).await;
    let address = at(URL);
    {
        let download = std::pin::pin!(world.download(&address));
        let first = async {
            world.server.stalled().await;
            while world.files().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            outcome = download => panic!("{outcome:?}"),
            () = first => assert!(world.files()[0].starts_with(".part-")),
        }
    }
    assert_eq!(world.files(), Vec::<String>::new());
    assert_eq!(world.cache.state(KEY), MediaState::Remote);
}

#[tokio::test]
async fn a_server_that_falls_silent_is_not_waited_for() {
    let short = Duration::from_millis(100);
    for limits in [
        Limits {
            idle: short,
            ..LIMITS
        },
        Limits {
            whole: short,
            ..LIMITS
        },
    ] {
        for reply in [stalling, || Reply::Stall(Vec::new())] {
            let world = World::with(limits, move |_, _| reply()).await;
            assert!(matches!(world.fails(&at(URL)).await, MediaError::TimedOut));
        }
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let world = World::new(|request, _| panic!("{request:?}")).await;
    let closed = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        listener.local_addr().expect("an address")
    };
    let network =
        Network::local(Lookup::Unjudged(closed), world.server.root(), LIMITS).expect("a network");
    let error = download(&network, &world.cache, KEY, &at(URL), None)
        .await
        .expect_err("nobody there");
    assert!(
        matches!(&error, MediaError::Unreachable { host, .. } if host == "lookaside.fbsbx.com"),
        "{error:?}"
    );
}
