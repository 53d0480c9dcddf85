//! The program killed in the middle of its writes: every acknowledged one is there, and the data is sound.
//! On the embedded database, and on PostgreSQL where `TANDEM_TEST_DATABASE` names one.

#![allow(clippy::unwrap_used, clippy::panic)]

use app::Address;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex};

fn tandem(database: &str, args: &[&str], typed: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(args)
        .args(["--database", database])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    out
}

/// Sends one request on a connection of its own; the status, or nothing when the server is gone.
fn post(port: u16, token: &str, title: &str) -> Option<u16> {
    let body = format!("{{\"title\":\"{title}\"}}");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let head = format!(
        "POST /api/v1/products/ORB/stories HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body.as_bytes()).ok()?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let status = line.split(' ').nth(1)?.parse().ok()?;
    reader.read_to_end(&mut vec![]).ok()?;
    Some(status)
}

#[test]
fn every_acknowledged_write_survives_kill_nine() {
    let address = testkit::address();
    let database = &match &address {
        Address::Sqlite(file) => format!("sqlite:{}", file.display()),
        Address::Postgres(url) => url.clone(),
    };
    tandem(database, &["member", "add", "o@x.org", "--name", "Owner", "--administrator"], "a long password\n");
    tandem(database, &["product", "add", "ORB", "--name", "Orbit", "--by", "o@x.org", "--hats", "owner"], "");
    let token = String::from_utf8(tandem(database, &["member", "token", "o@x.org", "--name", "t", "--write"], "").stdout).unwrap().trim().to_owned();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut server = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database", database])
        .env("TANDEM_LOG", "off")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::yield_now();
    }
    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let workers: Vec<_> = (0..4)
        .map(|worker| {
            let (token, acknowledged) = (token.clone(), acknowledged.clone());
            std::thread::spawn(move || {
                for n in 0..250 {
                    let title = format!("Write {worker} {n} end");
                    match post(port, &token, &title) {
                        Some(200) => acknowledged.lock().unwrap().push(title),
                        Some(other) => panic!("{other}"),
                        None => return,
                    }
                }
            })
        })
        .collect();
    while acknowledged.lock().unwrap().len() < 300 {
        std::thread::yield_now();
    }
    server.kill().unwrap();
    server.wait().unwrap();
    for worker in workers {
        worker.join().unwrap();
    }
    tandem(database, &["check"], "");
    let export = String::from_utf8(tandem(database, &["export", "--product", "ORB"], "").stdout).unwrap();
    let acknowledged = acknowledged.lock().unwrap();
    let lost: Vec<&String> = acknowledged.iter().filter(|title| !export.contains(title.as_str())).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), acknowledged.len());
    if let Address::Sqlite(file) = address {
        std::fs::remove_file(file).unwrap();
    }
}
