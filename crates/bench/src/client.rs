//! The smallest HTTP client that keeps its connection.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

pub struct Client {
    port: u16,
    head: String,
    stream: Option<BufReader<TcpStream>>,
}

impl Client {
    pub fn new(port: u16, token: &str, session: &str) -> Client {
        let head = format!(
            "Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\nCookie: tandem={session}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
        );
        Client { port, head, stream: None }
    }

    /// Waits until a page comes.
    pub fn wait(&mut self) {
        loop {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() && self.send("GET", "/BIG/backlog", None).0 == 200 {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(2));
        }
    }

    /// Sends a request, reads the whole answer, returns its status and length.
    pub fn send(&mut self, method: &str, path: &str, body: Option<&str>) -> (u16, usize) {
        let stream = self.stream.get_or_insert_with(|| {
            let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
            stream.set_nodelay(true).unwrap();
            BufReader::new(stream)
        });
        let body = body.unwrap_or("");
        let request = format!("{method} {path} HTTP/1.1\r\n{}Content-Length: {}\r\n\r\n{body}", self.head, body.len());
        stream.get_mut().write_all(request.as_bytes()).unwrap();
        let (mut status, mut length, mut chunked) = (0, 0, false);
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            let line = line.trim_end().to_ascii_lowercase();
            if status == 0 {
                status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(1);
            } else if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            } else if line.starts_with("transfer-encoding: chunked") {
                chunked = true;
            } else if line.is_empty() {
                break;
            }
        }
        let mut skipped = vec![];
        let mut whole = length;
        while chunked {
            let mut line = String::new();
            stream.read_line(&mut line).unwrap();
            let size = usize::from_str_radix(line.trim(), 16).unwrap();
            skipped.resize(size + 2, 0);
            stream.read_exact(&mut skipped).unwrap();
            whole += size;
            chunked = size > 0;
        }
        skipped.resize(length, 0);
        stream.read_exact(&mut skipped).unwrap();
        (status, whole)
    }
}
