//! From an empty archive to a conversation, as somebody at the screen sees it.

use serde_json::{Value, json};

use crate::app::App;
use crate::support::http::post;
use crate::support::payload::{Customer, MINA, status, text};

const STRANGER: Customer = Customer {
    number: "15550133",
    name: "<img src=x onerror=window.__xss=1>",
};

const HOSTILE: &str = "<img src=x onerror=\"window.__xss=1\"><script>window.__xss=1</script>";

fn deliver(hook: &str, body: &Value) {
    let answer = post(hook, body.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

/// The local address that the page of the first start shows.
async fn hook(app: &App) -> String {
    let address = app.see("//code[starts-with(., 'http://127.0.0.1:')]").await;
    address.text().await.expect("the address can be read")
}

fn conversation(title: &str) -> String {
    format!("//nav[@aria-label='Conversations']//button[contains(., '{title}')]")
}

const OUTGOING: &str = "//article[contains(., 'Sent from another system')]";

#[tokio::test]
async fn a_message_arrives_is_announced_and_opened() {
    let app = App::start().await;
    app.see("//h1[contains(., 'Connect your WhatsApp number')]")
        .await;
    let hook = hook(&app).await;
    app.screenshot("first-run").await;

    deliver(&hook, &text("wamid.first", MINA, "Do you have rye today?"));
    app.see("//*[@role='status'][contains(., 'The first message is here')]")
        .await;
    app.see(&conversation(MINA.name)).await;
    app.desktop.wait_for_popups(1);
    app.screenshot("popup").await;

    app.desktop.click_oldest_popup();
    app.see("//article[contains(., 'Do you have rye today?')]")
        .await;
    app.desktop.wait_for_popups(0);

    // What comes is in the list without anybody asking for it.
    deliver(&hook, &text("wamid.hostile", STRANGER, HOSTILE));
    app.see(&conversation("<img src=x onerror=window.__xss=1>"))
        .await;
    app.desktop.wait_for_popups(1);
    let closed = app.desktop.close_popups();
    let first = closed.iter().find(|popup| popup.title == MINA.name);
    assert_eq!(
        first.map(|popup| popup.body.as_str()),
        Some("Do you have rye today?"),
        "the popup said who and what: {closed:?}"
    );

    // The tick of a message that another system sent climbs with each step, and never comes down.
    for (step, shown) in [
        ("sent", "Sent"),
        ("delivered", "Delivered"),
        ("read", "Read"),
    ] {
        deliver(&hook, &status("wamid.out", MINA, step, 1));
        app.see(&format!(
            "{OUTGOING}//*[@role='img'][@aria-label='{shown}']"
        ))
        .await;
    }
    deliver(&hook, &status("wamid.late", MINA, "sent", 50));
    deliver(&hook, &status("wamid.out", MINA, "sent", 60));
    // Deliveries are shown in the order in which they came: with the later text there, the late `sent` is through as well.
    deliver(&hook, &text("wamid.after", MINA, "Thank you!"));
    app.see("//article[contains(., 'Thank you!')]").await;
    app.see(&format!("{OUTGOING}//*[@role='img'][@aria-label='Read']"))
        .await;
    let ticks = app
        .run("return [...document.querySelectorAll('article [role=img]')].map((tick) => tick.ariaLabel)")
        .await;
    assert_eq!(ticks, json!(["Read", "Sent"]), "ticks only go up");
    app.screenshot("conversation").await;

    app.click(&conversation("<img src=x onerror=window.__xss=1>"))
        .await;
    let bubble = app.see("//article[contains(., 'onerror')]").await;
    let shown = bubble.text().await.expect("the bubble can be read");
    assert!(shown.contains(HOSTILE), "to the letter: {shown}");
    app.screenshot("hostile").await;
    let planted = app.run("return [typeof window.__xss, document.querySelectorAll('article img, article script, nav img').length]");
    assert_eq!(
        planted.await,
        json!(["undefined", 0]),
        "text is never markup"
    );
    app.close().await;
}

#[tokio::test]
async fn the_first_start_can_be_tried_with_one_button() {
    let app = App::start().await;
    app.click("//button[contains(., 'Send a test message')]")
        .await;
    app.see("//*[@role='status'][contains(., 'It works: HTTP 200')]")
        .await;
    app.desktop.wait_for_popups(1);
    app.click("//button[contains(., 'Open the conversation')]")
        .await;
    app.see("//article[contains(., 'This is a test message')]")
        .await;
    app.close().await;
}
