//! Many people who look at the same board: how long it takes until an act of one is told to all of them, and until each has
//! the board as it stands then.

use crate::{
    client::Client,
    machine::Watched,
    product::{LARGE, Made},
};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// So many people, and so many acts.
const PEOPLE: usize = 50;
const ACTS: usize = 40;
/// Whoever has heard nothing by then is counted as late.
const LATE: Duration = Duration::from_secs(5);

/// When somebody heard of an act, and when they had the board.
type Heard = (Instant, Instant);

pub fn around(server: &Watched, made: &Made) {
    let (send, heard) = mpsc::channel::<Heard>();
    for _ in 0..PEOPLE {
        let (port, token, session, send) = (server.port, made.token.clone(), made.session.clone(), send.clone());
        std::thread::spawn(move || follow(port, &token, &session, &send));
    }
    // Everybody has come in and been told who else is here.
    std::thread::sleep(Duration::from_millis(1_500));
    let mut client = Client::new(server.port, &made.token, &made.session);
    let first = made.numbers[1].0;
    let (mut told, mut shown, mut late) = (vec![], vec![], 0);
    for act in 0..ACTS {
        let began = Instant::now();
        let body = format!(r#"{{"title":"Changed before {PEOPLE} people, {act}"}}"#);
        let (status, _) = client.send("PATCH", &format!("/api/v1/products/{LARGE}/stories/{first}"), Some(&body));
        assert_eq!(status, 200);
        for _ in 0..PEOPLE {
            match heard.recv_timeout(LATE) {
                Ok((news, page)) => {
                    told.push((news - began).as_secs_f64() * 1000.0);
                    shown.push((page - began).as_secs_f64() * 1000.0);
                }
                Err(_) => late += 1,
            }
        }
    }
    let at = |times: &mut Vec<f64>, share: f64| {
        times.sort_by(f64::total_cmp);
        times.get(((times.len() as f64 - 1.0) * share) as usize).copied().unwrap_or(f64::NAN)
    };
    println!(
        "\n{PEOPLE} people on one board: an act is told to them after {:.1} ms (p50) and {:.1} ms (p99), and each has the board anew after {:.0} ms (p50) and {:.0} ms (p99){}",
        at(&mut told, 0.5),
        at(&mut told, 0.99),
        at(&mut shown, 0.5),
        at(&mut shown, 0.99),
        if late > 0 { format!("; {late} heard nothing within {} s", LATE.as_secs()) } else { String::new() }
    );
}

/// One of them: follows the news, and fetches the board whenever a story has changed.
fn follow(port: u16, token: &str, session: &str, send: &mpsc::Sender<Heard>) {
    let mut page = Client::new(port, token, session);
    page.send("GET", &format!("/{LARGE}/sprint"), None);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    let request =
        format!("GET /live?product={LARGE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: tandem={session}\r\nSec-Fetch-Site: same-origin\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    for line in BufReader::new(stream).lines() {
        // The server is stopped while they still look.
        let Ok(line) = line else { return };
        if line.starts_with("data:") && line.contains("\"story\"") {
            let news = Instant::now();
            let (status, _) = page.send("GET", &format!("/{LARGE}/sprint"), None);
            if status != 200 || send.send((news, Instant::now())).is_err() {
                return;
            }
        }
    }
}
