//! Many people who look at the same board, and who sit around the same table of planning poker: how long it takes until an act
//! of one is told to all of them, and until each has the page as it stands then.

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

/// What they look at.
#[derive(Clone)]
struct Place {
    says: &'static str,
    page: String,
    /// The noun whose news they follow.
    noun: &'static str,
}

/// So soon an act is wished to be told, in milliseconds.
const WISHED: f64 = 50.0;

pub fn around(server: &Watched, made: &Made) {
    let first = made.numbers[1].0;
    let board = Place { says: "on one board", page: format!("/{LARGE}/sprint"), noun: "story" };
    watched(server, made, &board, &|client, act| {
        let body = format!(r#"{{"title":"Changed before {PEOPLE} people, {act}"}}"#);
        client.send("PATCH", &format!("/api/v1/products/{LARGE}/stories/{first}"), Some(&body)).0
    });
    let (session, round) = &made.poker;
    let table = Place { says: "around one table of poker", page: format!("/{LARGE}/poker?session={session}"), noun: "poker_round" };
    watched(server, made, &table, &|client, act| {
        let body = format!(r#"{{"card":"{}"}}"#, ["3", "5"][act % 2]);
        client.send("PUT", &format!("/api/v1/products/{LARGE}/poker-rounds/{round}/vote"), Some(&body)).0
    });
}

/// Has everybody come in, one act after the other done, and tells how long each took to reach all of them.
fn watched(server: &Watched, made: &Made, place: &Place, act: &dyn Fn(&mut Client, usize) -> u16) {
    let (send, heard) = mpsc::channel::<Heard>();
    for _ in 0..PEOPLE {
        let (port, token, session, send, place) = (server.port, made.token.clone(), made.session.clone(), send.clone(), place.clone());
        std::thread::spawn(move || follow(port, &token, &session, &place, &send));
    }
    // Everybody has come in and been told who else is here.
    std::thread::sleep(Duration::from_millis(1_500));
    let mut client = Client::new(server.port, &made.token, &made.session);
    let (mut told, mut shown, mut late) = (vec![], vec![], 0);
    for n in 0..ACTS {
        let began = Instant::now();
        assert_eq!(act(&mut client, n), 200, "an act {}", place.says);
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
    let half = at(&mut told, 0.5);
    println!(
        "\n{PEOPLE} people {}: an act is told to them after {half:.1} ms (p50; {:.2} of the {WISHED:.0} ms that are wished) and {:.1} ms (p99), and each has the page anew after {:.0} ms (p50) and {:.0} ms (p99){}",
        place.says,
        half / WISHED,
        at(&mut told, 0.99),
        at(&mut shown, 0.5),
        at(&mut shown, 0.99),
        if late > 0 { format!("; {late} heard nothing within {} s", LATE.as_secs()) } else { String::new() }
    );
}

/// One of them: follows the news, and fetches the page whenever what it shows has changed.
fn follow(port: u16, token: &str, session: &str, place: &Place, send: &mpsc::Sender<Heard>) {
    let mut page = Client::new(port, token, session);
    page.send("GET", &place.page, None);
    let noun = format!("\"{}\"", place.noun);
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_nodelay(true).unwrap();
    let request =
        format!("GET /live?product={LARGE} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: tandem={session}\r\nSec-Fetch-Site: same-origin\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    for line in BufReader::new(stream).lines() {
        // The server is stopped while they still look.
        let Ok(line) = line else { return };
        if line.starts_with("data:") && line.contains(&noun) {
            let news = Instant::now();
            let (status, _) = page.send("GET", &place.page, None);
            if status != 200 || send.send((news, Instant::now())).is_err() {
                return;
            }
        }
    }
}
