//! A URL that the user sees to.

use std::io::{Read, Write};
use std::net::TcpListener;

use bluetick_core::chat::view::{PublicUrlChange, TroubleKind, Way};

use super::{Reached, hasty};
use crate::support::http::{parts, post};

fn own(url: String) -> PublicUrlChange {
    PublicUrlChange {
        way: Some(Way::Own),
        own_url: Some(url),
        ..PublicUrlChange::default()
    }
}

#[test]
fn a_url_that_leads_here_is_online() {
    let reached = Reached::start(hasty());
    let local = reached.engine.hooks().remove(0).local_url;
    let (address, path) = parts(&local);
    // The whole hook is pasted, as people do.
    reached.set(own(format!("http://{address}{path}")));
    reached.wait_online();
    assert_eq!(reached.hook(), local);
    assert_eq!(post(&reached.hook(), "{}").status, 200);
    assert_eq!(reached.row().quota, None, "nobody counts");
}

#[test]
fn somebody_else_there_is_named_and_nobody_there_as_well() {
    let other = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = other.local_addr().expect("its address");
    let reached = Reached::start(hasty());
    reached.set(own(format!("http://{address}")));
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = other.accept().expect("the probe");
        let mut request = [0; 512];
        let _ = stream.read(&mut request);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
    });
    reached.wait_trouble(TroubleKind::UrlAnswersOther);
    answering.join().expect("it answered");
    // Now nobody listens there.
    reached.engine.retry_public_url();
    reached.wait_trouble(TroubleKind::UrlUnreachable);
}

#[test]
fn what_cannot_be_used_is_said_and_changes_nothing() {
    let reached = Reached::start(hasty());
    let set = reached
        .engine
        .set_public_url(own("http://example.com".to_owned()));
    let refused = reached.runtime.block_on(set).expect_err("no https");
    assert!(refused.to_string().contains("https"), "{refused}");
    assert_eq!(reached.engine.public_url_setup().way, Way::Off);
}
