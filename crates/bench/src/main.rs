//! Measures the running program over HTTP: latency with one client on a small and a large product and how it grows from the one to the
//! other, requests per second with eight, CPU and memory read from the operating system; and every page once.
//! `bench TANDEM STORIES [DATABASE-URL]`; a file named by TANDEM_BENCH_KEEP keeps what was made for the next run.

mod around;
mod bets;
mod client;
mod everything;
mod machine;
mod practice;
mod product;

use self::product::{LARGE, Made, SMALL};
use client::Client;
use machine::Watched;
use std::time::{Duration, Instant};

/// What is asked for: name, method, path, body. `{p}` is a product, `{f}` its largest feature, `{n}` and `{o}` stories that change
/// from request to request, `{r}` a product of 30 or of 300 bets, `{e}` a piece of its evidence, `{m}` any number that changes, `{month}` and `{year}` days long past.
struct Case {
    name: &'static str,
    method: &'static str,
    path: &'static str,
    body: Option<&'static str>,
    /// So much CPU it is wished to take at most on the large product, in milliseconds.
    wished: Option<f64>,
}

impl Case {
    const fn within(self, ms: f64) -> Case {
        Case { wished: Some(ms), ..self }
    }
}

const fn get(name: &'static str, path: &'static str) -> Case {
    Case { name, method: "GET", path, body: None, wished: None }
}

const fn put(name: &'static str, method: &'static str, path: &'static str, body: &'static str) -> Case {
    Case { name, method, path, body: Some(body), wished: None }
}

const CASES: &[Case] = &[
    get("Home", "/{p}/"),
    get("backlog page, 100 rows", "/{p}/backlog"),
    get("backlog, what is blocked", "/{p}/backlog?is=blocked"),
    get("backlog, a filter of the language", "/{p}/backlog?q=type%3Astory+label%3Alantern+ready%3Ano+updated%3A%3E2w+who%3Anobody").within(2.0),
    get("what says the same as a title", "/{p}/backlog/alike?title=Show+the+lantern+of+the+harbour+number+{n}"),
    get("board", "/{p}/sprint"),
    get("board as of 30 days", "/{p}/sprint?as_of={month}"),
    get("board as of 11 months", "/{p}/sprint?as_of={year}"),
    get("roadmap", "/{p}/roadmap"),
    get("roadmap as of 11 months", "/{p}/roadmap?as_of={year}"),
    get("timeline of 30 and of 300 bets", "/{r}/timeline"),
    get("timeline of them as of 30 days", "/{r}/timeline?as_of={month}"),
    get("two days of them compared", "/{r}/compare?from={month}"),
    get("outcome tree of them", "/{r}/outcome-tree"),
    get("inbox of 1,000 and 10,000 pieces", "/{r}/inbox"),
    get("what says the same as one of them", "/{r}/inbox?open={e}"),
    get("landscape of 200 and 2,000 needs", "/{r}/landscape"),
    get("matrix of 30 by 12", "/{p}/competitors"),
    get("largest feature", "/{p}/roadmap?open={f}"),
    get("thread of the largest feature", "/{p}/thread?of={f}"),
    get("thread and gaps", "/{p}/thread"),
    get("inbox of evidence", "/{p}/inbox"),
    get("landscape of needs", "/{p}/landscape"),
    get("opportunity tree", "/{p}/opportunities"),
    get("chain of the largest feature (REST)", "/api/v1/products/{p}/thread/{f}"),
    get("alignment", "/{p}/alignment"),
    get("activity", "/{p}/activity"),
    get("what changed since one was last here", "/{p}/since?from=1"),
    get("who decides", "/{p}/who-decides"),
    get("product and members", "/{p}/settings"),
    get("decisions", "/{p}/decisions"),
    get("acceptance", "/{p}/acceptance"),
    get("forecast", "/{p}/forecast"),
    get("forecast by feature", "/{p}/forecast/features"),
    get("report: burndown", "/{p}/reports/burndown").within(6.0),
    get("report: burnup", "/{p}/reports/burnup").within(6.0),
    get("report: scope change", "/{p}/reports/scope-change").within(6.0),
    get("report: velocity", "/{p}/reports/velocity").within(6.0),
    get("report: cumulative flow", "/{p}/reports/flow").within(6.0),
    get("report: throughput", "/{p}/reports/throughput").within(6.0),
    get("report: cycle time", "/{p}/reports/cycle-time").within(6.0),
    get("report: lead time", "/{p}/reports/lead-time").within(6.0),
    get("report: ageing", "/{p}/reports/ageing").within(6.0),
    get("report: blocked time", "/{p}/reports/blocked").within(6.0),
    get("report: acceptance", "/{p}/reports/acceptance").within(6.0),
    get("report: flow of 11 months ago", "/{p}/reports/flow?as_of={year}").within(6.0),
    get("report: throughput of a label", "/{p}/reports/throughput?label=lantern").within(6.0),
    get("library of 500, 100,000 attempts", "/practice"),
    get("a discipline of it", "/practice?kind=drill"),
    get("what of it is not tried yet", "/practice?kind=drill&done=new&own=1"),
    get("story panel", "/{p}/story/{n}"),
    get("search", "/{p}/search?q=lantern+{n}"),
    get("backlog of 100 (REST)", "/api/v1/products/{p}/backlog"),
    get("list of 500 (REST)", "/api/v1/products/{p}/stories?limit=500"),
    get("list of 500, three fields (REST)", "/api/v1/products/{p}/stories?limit=500&fields=number,title,stage"),
    get("search (REST)", "/api/v1/products/{p}/search?q=lantern+{n}"),
    get("one story (REST)", "/api/v1/products/{p}/stories/{n}"),
    put("create a story (REST)", "POST", "/api/v1/products/{p}/stories", r#"{"title":"Made by the benchmark {n}","body":"Some words about it."}"#),
    put("update a story (REST)", "PATCH", "/api/v1/products/{p}/stories/{n}", r#"{"title":"Changed by the benchmark {n} {m}"}"#),
    put("move a story in the order (REST)", "PUT", "/api/v1/products/{p}/stories/{n}/rank", r#"{"after":"{o}"}"#),
];

/// Most requests of a round, and how long it may take.
const ROUND: (usize, Duration) = (400, Duration::from_secs(1));

fn main() {
    let mut args = std::env::args().skip(1);
    let program = args.next().unwrap_or_else(|| "target/release/tandem".into());
    let stories: usize = args.next().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let database = args.next();
    let folder = std::env::temp_dir().join(format!("tandem-bench-{}", std::process::id()));
    let kept = std::env::var("TANDEM_BENCH_KEEP").ok().filter(|_| database.is_none());
    let address = match (&database, &kept) {
        (Some(url), _) => url.clone(),
        (None, Some(file)) => format!("sqlite:{file}"),
        (None, None) => format!("sqlite:{}", folder.join("bench.db").display()),
    };
    let began = Instant::now();
    let made = product::make(&address, stories);
    println!("{} stories and {} lines of activity, ready after {:.1} s", made.stories, made.lines, began.elapsed().as_secs_f64());
    if let Some(size) = address.strip_prefix("sqlite:").and_then(|file| std::fs::metadata(file).ok()).map(|m| m.len() as f64 / 1_048_576.0) {
        println!("file {size:.1} MiB, {:.1} kB for each story and what hangs on it", size * 1_048.576 / (made.stories as f64 + SMALL.1 as f64));
    }
    println!("binary {:.1} MiB", std::fs::metadata(&program).map_or(0.0, |m| m.len() as f64 / 1_048_576.0));

    let start = Instant::now();
    let server = Watched::start(&program, &address, database.is_some());
    Client::new(server.port, &made.token, &made.session).wait();
    println!(
        "cold start to first page {:.0} ms, memory {:.1} MiB, {:.1} of it without mapped files",
        start.elapsed().as_secs_f64() * 1000.0,
        server.memory_mib(),
        server.anonymous_mib()
    );
    // A page that nobody has asked for since something was written: beside it a node that keeps no answers.
    let forgetful =
        database.as_ref().map(|url| Watched::start(&program, &format!("{url}{}answers=0", if url.contains('?') { '&' } else { '?' }), true));
    forgetful.iter().for_each(|server| Client::new(server.port, &made.token, &made.session).wait());
    println!("\n{:<34}{:>21}{:>47}{:>9}", "", format!("{} stories", SMALL.1), format!("{} stories", made.stories), "growth");
    println!(
        "{:<34}{:>12}{:>9}{:>12}{:>9}{:>9}{:>8}{:>11}{:>9}{}",
        "",
        "CPU ms/req",
        "p50 ms",
        "CPU ms/req",
        "p50 ms",
        "p99 ms",
        "kB",
        "req/s (8)",
        "CPU",
        if forgetful.is_some() { "   CPU ms/req, p50 ms with no answers kept" } else { "" }
    );
    let only = std::env::var("TANDEM_BENCH_ONLY").unwrap_or_default();
    for case in CASES.iter().filter(|case| case.name.contains(&only)) {
        let small = measure(case, &server, &made, 0);
        let large = measure(case, &server, &made, 1);
        println!(
            "{:<34}{:>12.2}{:>9.2}{:>12.2}{:>9.2}{:>9.2}{:>8.0}{:>11.0}{:>9.1}{}{}",
            case.name,
            small.cpu,
            small.at(0.5),
            large.cpu,
            large.at(0.5),
            large.at(0.99),
            large.size as f64 / 1000.0,
            throughput(case, &server, &made),
            large.cpu / small.cpu.max(0.01),
            forgetful.as_ref().map_or_else(String::new, |server| {
                let anew = measure(case, server, &made, 1);
                format!("{:>13.2}{:>9.2}", anew.cpu, anew.at(0.5))
            }),
            case.wished.map_or_else(String::new, |ms| format!("   {:.2} of {ms:.0} ms wished", large.cpu / ms))
        );
    }
    drop(forgetful);
    println!("\nserver memory {:.1} MiB, {:.1} of it without mapped files", server.memory_mib(), server.anonymous_mib());
    everything::everything(&server, &made);
    reports(&server, &made);
    around::around(&server, &made);
    drop(server);
    let _ = std::fs::remove_dir_all(folder);
}

/// Cases of a report.
const CASES_OF_A_REPORT: usize = 20_000;

/// Reports of tests as pipelines send them, each of another commit: 200 of the tests name a criterion, a tenth fail and say why.
fn reports(server: &Watched, made: &Made) {
    let mut client = Client::new(server.port, &made.token, &made.session);
    let (before, (first, _)) = (server.peak_mib(), made.numbers[1]);
    let mut times: Vec<Duration> = (0..5)
        .map(|commit| {
            let case = |n: usize| {
                let tag = if n.is_multiple_of(100) { format!(" @{LARGE}-{}.1", first + 500 + n as i64 / 100) } else { String::new() };
                let failed = "<failure message=\"expected 3 but was 4\">at some.package.Test.method(Test.java:48)\n\tat some.package.Other.call(Other.java:12)</failure>";
                format!("<testcase classname=\"some.package.Test{}\" name=\"does what number {n} says{tag}\" time=\"0.012\">{}</testcase>\n", n / 50, if n % 10 == 3 { failed } else { "" })
            };
            let report = format!("<testsuites><testsuite name=\"all\">\n{}</testsuite></testsuites>", (0..CASES_OF_A_REPORT).map(case).collect::<String>());
            let path = format!("/api/v1/products/{LARGE}/runs?suite=all&branch=main&commit={commit}-{}", std::process::id());
            let began = Instant::now();
            let (status, _) = client.send("POST", &path, Some(&report));
            assert!(status == 201, "a report: {status}");
            began.elapsed()
        })
        .collect();
    times.sort();
    println!(
        "JUnit of {CASES_OF_A_REPORT} cases (REST): median {:.0} ms, longest {:.0} ms, {:.1} MiB more memory at most",
        times[2].as_secs_f64() * 1000.0,
        times[4].as_secs_f64() * 1000.0,
        (server.peak_mib() - before).max(0.0)
    );
}

/// Sends one request; the length of its answer.
fn ask(client: &mut Client, case: &Case, made: &Made, which: usize, i: usize) -> usize {
    let (first, feature) = made.numbers[which];
    let past = |days: i64| web::when::day(app::Clock::System.now() - days * 86_400_000);
    let fill = |text: &str| {
        let mut filled = text.replace("{p}", [SMALL.0, LARGE][which]).replace("{r}", [bets::FEW.0, bets::MANY.0][which]);
        if filled.contains('{') {
            filled = filled
                .replace("{n}", &(first + 500 + i as i64 * 7 % 900).to_string())
                .replace("{o}", &(first + 500 + (i as i64 * 11 + 5) % 900).to_string())
                .replace("{m}", &i.to_string())
                .replace("{e}", &made.pieces[which])
                .replace("{f}", &feature.to_string())
                .replace("{month}", &past(30))
                .replace("{year}", &past(335));
        }
        filled
    };
    let (status, size) = client.send(case.method, &fill(case.path), case.body.map(fill).as_deref());
    assert!(status == 200, "{}: {status}", case.name);
    size
}

/// The calmest round of requests.
struct Round {
    cpu: f64,
    took: Vec<Duration>,
    size: usize,
}

impl Round {
    fn at(&self, share: f64) -> f64 {
        self.took[((self.took.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0
    }
}

fn measure(case: &Case, server: &Watched, made: &Made, which: usize) -> Round {
    let mut client = Client::new(server.port, &made.token, &made.session);
    let warm = Instant::now();
    for i in 0..30 {
        if warm.elapsed() < ROUND.1 {
            ask(&mut client, case, made, which, i);
        }
    }
    // Of three rounds the one with the least CPU: what else the machine does is not the server's cost.
    let rounds = (0..if warm.elapsed() > 2 * ROUND.1 { 1 } else { 3 }).map(|round| {
        let (cpu, start) = (server.cpu(), Instant::now());
        let mut took = vec![];
        let mut size = 0;
        while took.len() < ROUND.0 && (took.is_empty() || start.elapsed() < ROUND.1) {
            let one = Instant::now();
            size = ask(&mut client, case, made, which, 1000 * (round + 1) + took.len());
            took.push(one.elapsed());
        }
        took.sort();
        Round { cpu: (server.cpu() - cpu) * 1000.0 / took.len() as f64, took, size }
    });
    rounds.min_by(|a, b| a.cpu.total_cmp(&b.cpu)).unwrap()
}

/// Requests per second on the large product, with eight clients.
fn throughput(case: &Case, server: &Watched, made: &Made) -> f64 {
    let start = Instant::now();
    let worker = |worker: usize| {
        let mut client = Client::new(server.port, &made.token, &made.session);
        let mut sent = 0;
        while sent < ROUND.0 / 4 && start.elapsed() < ROUND.1 {
            ask(&mut client, case, made, 1, 10_000 + worker * 1000 + sent);
            sent += 1;
        }
        sent
    };
    let sent: usize = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..8).map(|i| scope.spawn(move || worker(i))).collect();
        workers.into_iter().map(|w| w.join().unwrap()).sum()
    });
    sent as f64 / start.elapsed().as_secs_f64()
}
