//! Measures the running program over HTTP: latency with one client, requests per second with eight, CPU
//! and memory read from the operating system. `bench TANDEM [DATABASE-URL]`.

mod client;
mod machine;
mod product;

use client::Client;
use machine::Watched;
use std::time::{Duration, Instant};

/// What is asked for: name, method, path, body; `{n}` is replaced by a number that changes.
struct Case {
    name: &'static str,
    method: &'static str,
    path: String,
    body: Option<&'static str>,
    times: usize,
}

fn cases() -> Vec<Case> {
    let get = |name, path: &str| Case { name, method: "GET", path: path.into(), body: None, times: 400 };
    let put = |name, method, path: &str, body| Case { name, method, path: path.into(), body: Some(body), times: 400 };
    vec![
        get("backlog page, 100 rows of 20,000", "/BIG/backlog"),
        get("backlog page, 100 rows of 2,000", "/SML/backlog"),
        get("board with 500 cards", "/BIG/sprint"),
        get("story panel", "/BIG/story/{n}"),
        get("search", "/BIG/search?q=lantern+{n}"),
        get("one story (REST)", "/api/v1/products/BIG/stories/{n}"),
        put(
            "create a story (REST)",
            "POST",
            "/api/v1/products/BIG/stories",
            r#"{"title":"Made by the benchmark {n}","body":"Some words about it."}"#,
        ),
        put("update a story (REST)", "PATCH", "/api/v1/products/BIG/stories/{n}", r#"{"title":"Changed by the benchmark {n} {m}"}"#),
        put("move a story in the order (REST)", "PUT", "/api/v1/products/BIG/stories/{n}/rank", r#"{"after":"{o}"}"#),
    ]
}

fn main() {
    let mut args = std::env::args().skip(1);
    let program = args.next().unwrap_or_else(|| "target/release/tandem".into());
    let database = args.next();
    let folder = std::env::temp_dir().join(format!("tandem-bench-{}", std::process::id()));
    let address = match &database {
        Some(url) => url.clone(),
        None => format!("sqlite:{}", folder.join("bench.db").display()),
    };
    let made = Instant::now();
    let (token, session) = product::make(&address);
    println!("made 22,000 stories and 200,000 lines of activity in {:.1} s", made.elapsed().as_secs_f64());
    println!("binary {:.1} MiB", std::fs::metadata(&program).map_or(0.0, |m| m.len() as f64 / 1_048_576.0));

    let start = Instant::now();
    let server = Watched::start(&program, &address, database.is_some());
    Client::new(server.port, &token, &session).wait();
    println!("cold start to first page {:.0} ms", start.elapsed().as_secs_f64() * 1000.0);
    println!("\n{:<38}{:>9}{:>9}{:>9}{:>12}{:>12}", "", "p50 ms", "p99 ms", "max ms", "CPU ms/req", "req/s (8)");
    for case in cases() {
        measure(&case, &server, &token, &session);
    }
    println!("\nserver memory {:.1} MiB", server.memory_mib());
    drop(server);
    let _ = std::fs::remove_dir_all(folder);
}

fn measure(case: &Case, server: &Watched, token: &str, session: &str) {
    let ask = |client: &mut Client, i: usize| {
        let fill = |text: &str| {
            text.replace("{n}", &(1000 + i * 7 % 900).to_string()).replace("{o}", &(3000 + i * 11 % 900).to_string()).replace("{m}", &i.to_string())
        };
        let status = client.send(case.method, &fill(&case.path), case.body.map(fill).as_deref());
        assert!(status == 200, "{}: {status}", case.name);
    };
    let mut client = Client::new(server.port, token, session);
    for i in 0..50 {
        ask(&mut client, i);
    }
    // The calmest of three rounds: what else the machine does is not the server's cost.
    let rounds = (0..3).map(|round| {
        let cpu = server.cpu();
        let took: Vec<Duration> = (0..case.times)
            .map(|i| {
                let start = Instant::now();
                ask(&mut client, 1000 * (round + 1) + i);
                start.elapsed()
            })
            .collect();
        ((server.cpu() - cpu) * 1000.0 / case.times as f64, took)
    });
    let Some((cpu, mut took)) = rounds.min_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    took.sort();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    let start = Instant::now();
    std::thread::scope(|scope| {
        for worker in 0..8 {
            scope.spawn(move || {
                let mut client = Client::new(server.port, token, session);
                for i in 0..case.times / 4 {
                    ask(&mut client, 10_000 + worker * 1000 + i);
                }
            });
        }
    });
    let rate = (case.times / 4 * 8) as f64 / start.elapsed().as_secs_f64();
    println!("{:<38}{:>9.2}{:>9.2}{:>9.2}{:>12.2}{:>12.0}", case.name, at(0.5), at(0.99), at(1.0), cpu, rate);
}
