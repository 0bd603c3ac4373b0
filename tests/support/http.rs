//! HTTP/1.1 by hand, so that a test decides what is on the wire and when.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use super::wait::PATIENCE;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    head: Vec<(String, String)>,
}

impl Answer {
    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut head = self.head.iter();
        head.find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// A connection that stays open from one request to the next.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    /// Connects to `host:port`.
    pub(crate) fn open(address: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self {
            stream: BufReader::new(stream),
        })
    }

    /// Writes all of it.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Reads the next answer, which may be an interim one such as `100 Continue`.
    pub(crate) fn answer(&mut self) -> io::Result<Answer> {
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let mut answer = Answer {
            status: status.ok_or(io::ErrorKind::UnexpectedEof)?,
            body: String::new(),
            head: Vec::new(),
        };
        loop {
            let line = self.line()?;
            let Some((key, value)) = line.split_once(':') else {
                break;
            };
            let header = (key.to_owned(), value.trim().to_owned());
            answer.head.push(header);
        }
        let length = answer.header("content-length").unwrap_or("0").parse();
        let mut body = vec![0; length.map_err(io::Error::other)?];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).map_err(io::Error::other)?;
        Ok(answer)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

/// A whole POST with a length.
pub(crate) fn post_request(path: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

/// Splits a hook's URL into `host:port` and path.
pub(crate) fn parts(hook: &str) -> (&str, &str) {
    let rest = hook.strip_prefix("http://").expect("hooks are plain HTTP");
    rest.split_at(rest.find('/').expect("hooks have a path"))
}

/// Posts a body and reads the answer.
pub(crate) fn post(hook: &str, body: impl AsRef<[u8]>) -> Answer {
    let (address, path) = parts(hook);
    let mut connection = Connection::open(address).expect("somebody listens at the hook");
    connection
        .send(&post_request(path, body.as_ref()))
        .and_then(|()| connection.answer())
        .expect("the hook answers")
}
