//! From an empty archive to a conversation, and from an old one to everything in it, as somebody at the screen sees it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use sha2::{Digest, Sha256};

use crate::app::App;
use crate::support::data_dir::DataDir;
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

/// A data directory that the first version left behind, with one picture of it in the cache.
fn of_the_first_version() -> DataDir {
    let data_dir = DataDir::new();
    let repo = Path::new(env!("CARGO_MANIFEST_DIR"));
    let archive = data_dir.path().join("archive.db");
    fs::copy(repo.join("tests/fixtures/archive-1.db"), archive).expect("the fixture is there");
    let cache = data_dir.path().join("media");
    fs::create_dir(&cache).expect("a folder in a new directory");
    let digest = Sha256::digest("1100\nwamid.old-02-image");
    let name: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    let picture = repo.join("icons/128x128.png");
    fs::copy(picture, cache.join(format!("{name}.png"))).expect("the icon is there");
    data_dir
}

#[tokio::test]
async fn an_old_archive_becomes_what_it_was_all_the_time() {
    let app = App::start_on(of_the_first_version()).await;
    app.see(&conversation("Ana")).await;
    app.click("//button[contains(., 'Read everything again')]")
        .await;
    app.see("//*[contains(., '31 deliveries read again')]")
        .await;
    app.see("//*[contains(., 'WhatsApp will disable the WhatsApp Business account')]")
        .await;
    app.click(&conversation("Ana Berger")).await;
    app.see("//article[contains(., 'Good morning!')][contains(., 'Edited')]")
        .await;
    app.see("//article[contains(., 'By the lake')]//img").await;
    let width = app
        .run_to_end(
            "const [done] = arguments; const picture = document.querySelector('article img');
             picture.decode().then(() => done(picture.naturalWidth), (error) => done(String(error)));",
        )
        .await;
    assert_eq!(width, 128, "the page reads the cache, and no other file");
    app.screenshot("kinds").await;
    app.close().await;
}
