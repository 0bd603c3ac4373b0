//! From a token to a message from outside, as somebody at the screen sees it.

use fantoccini::key::Key;

use crate::app::App;
use crate::edge::Edge;
use crate::support::data_dir::DataDir;
use crate::support::http::post;
use crate::support::payload::{MINA, text};

/// What the field holds after somebody pasted into it.
async fn pasted(app: &App, field: &str) -> String {
    let field = app.see(field).await;
    field.click().await.expect("it can be clicked");
    let paste = format!("{}v{}", char::from(Key::Control), char::from(Key::Control));
    field.send_keys(&paste).await.expect("keys can be pressed");
    let value = field.prop("value").await.expect("it has a value");
    app.click("//button[@aria-label='Clear search']").await;
    value.unwrap_or_default()
}

// The edge answers while the test waits for its answers.
#[tokio::test(flavor = "multi_thread")]
async fn a_token_makes_this_computer_reachable() {
    let edge = Edge::start().await;
    let data_dir = DataDir::new();
    data_dir.trust(&edge.server(), edge.ca_pem());
    let app = App::start_on(data_dir).await;
    let field = app.see("//input[@type='password']").await;
    field
        .send_keys("2aToken_ofNobody")
        .await
        .expect("it can be typed");
    app.click("//section[.//input[@type='password']]//button[@type='submit']")
        .await;
    app.see("//*[contains(., 'Reachable, checked')]").await;
    app.screenshot("reachable").await;

    // The URL that is copied is the one that answers.
    app.click(
        "//section[@aria-label='State of the public URL']//button[contains(., 'Copy the URL')]",
    )
    .await;
    let host = edge.public_url();
    app.see(&format!("//code[starts-with(., '{host}/hook/')]"))
        .await;

    app.click("//button[contains(., 'Send a test message')]")
        .await;
    app.see("//*[@role='status'][contains(., 'HTTP 200')]")
        .await;
    let copied = pasted(&app, "//nav[@aria-label='Conversations']//input").await;
    assert!(copied.starts_with(&format!("{host}/hook/")), "{copied}");
    let answer = post(
        &copied,
        text("wamid.outside", MINA, "From outside").to_string(),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    app.see("//nav[@aria-label='Conversations']//button[contains(., 'Mina Okafor')]")
        .await;

    // What cannot be reached says so, and since when.
    edge.go_away().await;
    edge.cut();
    app.see("//*[contains(., 'Not reachable since')]").await;
    app.screenshot("not-reachable").await;
    app.close().await;
}
