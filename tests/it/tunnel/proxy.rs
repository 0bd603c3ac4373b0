//! A proxy on the way to ngrok, of either kind, that wants to know who asks.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::thread;

use bluetick_core::chat::view::{PublicUrlChange, TroubleKind};

use super::{Reached, TOKEN, hasty, token};
use crate::support::http::post;

/// `ada:pw d` in base64; the blank is written as `%20` in the URL.
const BASIC: &str = "YWRhOnB3IGQ=";

/// Takes connections and lets this function find out where they want to go.
fn proxy(greet: fn(&mut TcpStream) -> io::Result<TcpStream>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("its address").port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            thread::spawn(move || relay(client, greet));
        }
    });
    port
}

fn relay(
    mut client: TcpStream,
    greet: fn(&mut TcpStream) -> io::Result<TcpStream>,
) -> io::Result<()> {
    let target = greet(&mut client)?;
    let (mut from, mut to) = (client.try_clone()?, target.try_clone()?);
    thread::spawn(move || {
        let copied = io::copy(&mut from, &mut to);
        to.shutdown(Shutdown::Write)?;
        copied
    });
    let (mut from, mut to) = (target, client);
    io::copy(&mut from, &mut to)?;
    to.shutdown(Shutdown::Write)
}

/// `CONNECT`, with a password.
fn http(client: &mut TcpStream) -> io::Result<TcpStream> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let basic = format!("proxy-authorization: basic {}", BASIC.to_ascii_lowercase());
    let target = head
        .strip_prefix("connect ")
        .and_then(|rest| rest.split(' ').next());
    let (true, Some(target)) = (head.contains(&basic), target) else {
        client.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")?;
        return Err(io::ErrorKind::PermissionDenied.into());
    };
    let target = TcpStream::connect(target)?;
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
    Ok(target)
}

/// SOCKS 5 (RFC 1928) with a password (RFC 1929).
fn socks(client: &mut TcpStream) -> io::Result<TcpStream> {
    let mut take = |length: usize| -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        client.read_exact(&mut bytes)?;
        Ok(bytes)
    };
    let methods = take(2)?[1];
    let offers_password = take(methods.into())?.contains(&2);
    if !offers_password {
        client.write_all(&[5, 0xff])?;
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    client.write_all(&[5, 2])?;
    let mut take = |length: usize| -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        client.read_exact(&mut bytes)?;
        Ok(bytes)
    };
    let user = take(2)?[1];
    let user = take(user.into())?;
    let password = take(1)?[0];
    let password = take(password.into())?;
    let is_right = user == b"ada" && password == b"pw d";
    client.write_all(&[1, u8::from(!is_right)])?;
    if !is_right {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let mut head = [0; 4];
    client.read_exact(&mut head)?;
    let mut address = vec![0; if head[3] == 1 { 4 } else { 0 }];
    if head[3] == 3 {
        let mut length = [0];
        client.read_exact(&mut length)?;
        address = vec![0; length[0].into()];
    }
    client.read_exact(&mut address)?;
    let host = match head[3] {
        1 => address
            .iter()
            .map(u8::to_string)
            .collect::<Vec<_>>()
            .join("."),
        _ => String::from_utf8_lossy(&address).into_owned(),
    };
    let mut port = [0; 2];
    client.read_exact(&mut port)?;
    let target = TcpStream::connect((host, u16::from_be_bytes(port)))?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0])?;
    Ok(target)
}

fn through(proxy: String) -> PublicUrlChange {
    PublicUrlChange {
        proxy: Some(proxy),
        ..token(TOKEN)
    }
}

#[test]
fn either_kind_of_proxy_is_gone_through() {
    for url in [
        format!("http://ada:pw%20d@127.0.0.1:{}", proxy(http)),
        format!("socks5://ada:pw%20d@127.0.0.1:{}", proxy(socks)),
    ] {
        let reached = Reached::start(hasty());
        reached.set(through(url.clone()));
        reached.wait_online();
        assert_eq!(post(&reached.hook(), "{}").status, 200, "{url}");
        let setup = reached.engine.public_url_setup().proxy;
        let setup = setup.expect("it is shown");
        assert!(!setup.contains("pw"), "without its password: {setup}");
        let before = reached.row();
        reached.edge.cut();
        reached.wait_proven_after(&before);
    }
}

#[test]
fn a_proxy_that_refuses_is_named() {
    for url in [
        format!("http://ada:wrong@127.0.0.1:{}", proxy(http)),
        format!("socks5://127.0.0.1:{}", proxy(socks)),
    ] {
        let reached = Reached::start(hasty());
        reached.set(through(url));
        reached.wait_trouble(TroubleKind::ProxyRefused);
        assert_eq!(reached.edge.count().accepted, 0, "nothing goes around it");
    }
}
