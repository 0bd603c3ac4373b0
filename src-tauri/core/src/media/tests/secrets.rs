//! Nobody is told the token, or more of an address than its host.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::*;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("the log").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_holds_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _until_the_end = tracing::subscriber::set_default(subscriber);
    let world = World::new(|request, _| match request.address.as_str() {
        "graph.facebook.com/v23.0/1234567890" => {
            description("https://lookaside.fbsbx.com/a?hash=hush", PNG)
        }
        "lookaside.fbsbx.com/a?hash=hush" => Reply::redirect("https://x.fbcdn.net/b?oh=hush"),
        _ => Reply::status(500, b"hush"),
    })
    .await;
    world.fails(&by_id(ID)).await;
    let log = String::from_utf8(log.0.lock().expect("the log").clone()).expect("text");
    assert!(log.contains("x.fbcdn.net"), "the host is there: {log}");
    assert!(!log.contains("hush"), "{log}");
}

#[test]
fn a_token_does_not_print_itself() {
    let token = Token::new(&format!("  {TOKEN}\n")).expect("a token");
    assert_eq!(token.reveal(), TOKEN);
    assert_eq!(format!("{token:?}"), "Token([redacted])");
    for none in ["", " \n", "a b", "a\r\nX-Other: b", "ä", "a\0"] {
        assert_eq!(Token::new(none), None, "{none:?}");
    }
}
