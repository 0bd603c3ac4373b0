//! The router without a socket. What needs real connections is tested in `tests/it`.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

use super::{BODY_LIMIT, UNSIGNED_COUNTER, router};
use crate::chat::time::Timestamp;
use crate::settings::{Address, AddressSecrets, Secret, StatusCodeForm};
use crate::store::{Store, StoreError};

const HOOK: &str = "/hook/the-secret";

struct Door {
    router: Router,
    store: Store,
    _directory: TempDir,
}

fn door(change: impl FnOnce(&mut Address)) -> Door {
    let directory = TempDir::new().expect("a directory");
    let store = Store::open(directory.path()).expect("an archive");
    let mut address = Address {
        label: "default".to_owned(),
        require_signature: false,
        status_code: StatusCodeForm::Number,
        secrets: AddressSecrets {
            hook_secret: Secret::new("the-secret".to_owned()),
            verify_token: Secret::new("the-token".to_owned()),
            app_secret: None,
            former: Vec::new(),
        },
    };
    change(&mut address);
    let addresses = tokio::sync::watch::channel(vec![address].into()).1;
    Door {
        router: router(addresses, store.clone(), || Timestamp::from_millis(0)),
        store,
        _directory: directory,
    }
}

impl Door {
    async fn ask(&self, request: Request<Body>) -> (StatusCode, Option<String>, String) {
        let answer = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("an answer");
        let status = answer.status();
        let kind = answer
            .headers()
            .get(header::CONTENT_TYPE)
            .map(|kind| kind.to_str().expect("text").to_owned());
        let body = answer
            .into_body()
            .collect()
            .await
            .expect("a body")
            .to_bytes();
        (
            status,
            kind,
            String::from_utf8(body.to_vec()).expect("text"),
        )
    }

    async fn request(&self, method: Method, path: &str) -> (StatusCode, Option<String>, String) {
        let request = Request::builder().method(method).uri(path);
        self.ask(request.body(Body::empty()).expect("a request"))
            .await
    }

    async fn post(&self, body: impl Into<Body>) -> (StatusCode, Option<String>, String) {
        let request = Request::post(HOOK).body(body.into()).expect("a request");
        self.ask(request).await
    }

    fn kept(&self) -> usize {
        let mut kept = 0;
        let reader = self.store.reader();
        reader
            .each_delivery(None, |_| -> Result<(), StoreError> {
                kept += 1;
                Ok(())
            })
            .expect("the log");
        kept
    }
}

#[tokio::test]
async fn json_is_kept_and_confirmed() {
    let door = door(|_| {});
    let (status, kind, body) = door.post("{\"any\": \"thing\"}").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(kind.as_deref(), Some("application/json"));
    assert_eq!(body, r#"{"statusCode":2000,"statusMessage":"OK"}"#);
    assert_eq!(door.kept(), 1);
}

#[tokio::test]
async fn the_code_can_be_text() {
    let door = door(|address| address.status_code = StatusCodeForm::Text);
    let (_, _, body) = door.post("{}").await;
    assert_eq!(body, r#"{"statusCode":"2000","statusMessage":"OK"}"#);
}

#[tokio::test]
async fn what_is_not_json_is_refused_and_kept() {
    let door = door(|_| {});
    for (body, reason) in [
        ("", "body is not JSON: it is empty"),
        (
            "halo",
            "body is not JSON: it breaks off at line 1, column 1",
        ),
        (
            "<a/>",
            "body is not JSON: it looks like XML; choose JSON in the forward rule",
        ),
    ] {
        let (status, _, answer) = door.post(body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body:?}");
        assert_eq!(
            answer,
            format!(r#"{{"statusCode":4000,"statusMessage":"{reason}"}}"#)
        );
    }
    assert_eq!(door.kept(), 3);
}

#[tokio::test]
async fn a_body_may_be_large_but_not_too_large() {
    let door = door(|_| {});
    let of = |length: usize| format!("\"{}\"", "a".repeat(length - 2));
    assert_eq!(door.post(of(BODY_LIMIT)).await.0, StatusCode::OK);
    let (status, _, body) = door.post(of(BODY_LIMIT + 1)).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(body.starts_with(r#"{"statusCode":4000,"#), "{body}");
    assert_eq!(door.kept(), 1);
}

#[tokio::test]
async fn whoever_does_not_know_the_secret_learns_nothing() {
    let door = door(|_| {});
    let nothing = (StatusCode::NOT_FOUND, None, String::new());
    for path in [
        "/",
        "/hook",
        "/hook/",
        "/hook/wrong",
        "/hook/the-secret/",
        "/hook/the-secret/more",
        "/hook/%ff",
        "/hook/wrong/probe/1",
    ] {
        for method in [Method::GET, Method::POST, Method::PUT, Method::HEAD] {
            assert_eq!(
                door.request(method.clone(), path).await,
                nothing,
                "{method} {path}"
            );
        }
    }
    assert_eq!(door.kept(), 0);
}

#[tokio::test]
async fn other_methods_are_not_for_the_hook() {
    let door = door(|_| {});
    for method in [
        Method::PUT,
        Method::DELETE,
        Method::PATCH,
        Method::HEAD,
        Method::OPTIONS,
    ] {
        let (status, _, _) = door.request(method.clone(), HOOK).await;
        assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

#[tokio::test]
async fn verification_repeats_the_challenge_to_those_with_the_token() {
    let door = door(|_| {});
    let ask = |query: &'static str| door.request(Method::GET, query);
    let (status, kind, body) = ask(
        "/hook/the-secret?hub.mode=subscribe&hub.verify_token=the-token&hub.challenge=1158201444",
    )
    .await;
    assert_eq!((status, body.as_str()), (StatusCode::OK, "1158201444"));
    assert!(kind.is_some_and(|kind| kind.starts_with("text/plain")));
    for query in [
        "/hook/the-secret",
        "/hook/the-secret?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1",
        "/hook/the-secret?hub.mode=unsubscribe&hub.verify_token=the-token&hub.challenge=1",
        "/hook/the-secret?hub.mode=subscribe&hub.verify_token=the-token",
        "/hook/the-secret?hub.mode=a&hub.mode=b&hub.verify_token=the-token&hub.challenge=1",
    ] {
        assert_eq!(ask(query).await.0, StatusCode::FORBIDDEN, "{query}");
    }
}

#[tokio::test]
async fn only_signed_bodies_where_that_is_asked_for() {
    let door = door(|address| {
        address.require_signature = true;
        // RFC 4231, test case 2.
        address.secrets.app_secret = Some(Secret::new("Jefe".to_owned()));
    });
    let signed = |signature: &str| {
        Request::post(HOOK)
            .header("X-Hub-Signature-256", signature)
            .body(Body::from("what do ya want for nothing?"))
            .expect("a request")
    };
    let refused = r#"{"statusCode":4001,"statusMessage":"the signature is missing or wrong"}"#;
    for answer in [door.post("{}").await, door.ask(signed("sha256=00")).await] {
        assert_eq!(
            (answer.0, answer.2.as_str()),
            (StatusCode::UNAUTHORIZED, refused)
        );
    }
    assert_eq!(door.kept(), 0, "nothing of strangers is kept");
    let counted = door.store.reader().counter(UNSIGNED_COUNTER);
    assert_eq!(counted.expect("a counter"), 2);
    let right = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    let (status, _, _) = door.ask(signed(right)).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "it is signed, though it is no JSON"
    );
    assert_eq!(door.kept(), 1);
}

#[tokio::test]
async fn without_an_app_secret_nothing_is_signed() {
    let door = door(|address| address.require_signature = true);
    assert_eq!(door.post("{}").await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_probe_proves_knowledge_of_the_secret() {
    let door = door(|_| {});
    let (status, _, one) = door.request(Method::GET, "/hook/the-secret/probe/1").await;
    let (_, _, two) = door.request(Method::GET, "/hook/the-secret/probe/2").await;
    assert_eq!((status, one.len()), (StatusCode::OK, 64));
    assert_ne!(one, two);
    let (status, _, _) = door.request(Method::POST, "/hook/the-secret/probe/1").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let long = format!("/hook/the-secret/probe/{}", "1".repeat(129));
    assert_eq!(
        door.request(Method::GET, &long).await.0,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn a_replaced_secret_lets_in_until_its_grace_is_over() {
    let former = |until| {
        let secrets = format!(
            "hook-secret = \"the-new-one\"\nverify-token = \"the-token\"\nformer = [{{hook-secret = \"the-secret\", until = {until}}}]"
        );
        door(|address| address.secrets = toml::from_str(&secrets).expect("secrets"))
    };
    let post = |hook: &str| {
        Request::post(hook)
            .body(Body::from("{}"))
            .expect("a request")
    };
    // The clock of these tests stands at zero.
    let in_grace = former(1);
    assert_eq!(in_grace.ask(post(HOOK)).await.0, StatusCode::OK);
    assert_eq!(
        in_grace.ask(post("/hook/the-new-one")).await.0,
        StatusCode::OK
    );
    let over = former(0);
    assert_eq!(over.ask(post(HOOK)).await.0, StatusCode::NOT_FOUND);
    assert_eq!(over.ask(post("/hook/the-new-one")).await.0, StatusCode::OK);
}
