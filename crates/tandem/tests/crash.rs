//! The program killed in the middle of its work: every acknowledged write is there, every letter leaves, and the data is sound.
//! On the embedded database, and on PostgreSQL where `TANDEM_TEST_DATABASE` names one.

#![allow(clippy::unwrap_used, clippy::panic)]

use app::Address;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
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
fn post(port: u16, token: &str, path: &str, field: &str, value: &str) -> Option<u16> {
    let body = format!("{{\"{field}\":\"{value}\"}}");
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let head = format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n",
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

/// Starts the server; it and its port.
fn serve(database: &str, more: &[&str]) -> (Child, u16) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let server = Command::new(env!("CARGO_BIN_EXE_tandem"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--database", database])
        .args(more)
        .env("TANDEM_LOG", "off")
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    testkit::until(60, || TcpStream::connect(("127.0.0.1", port)).is_ok());
    (server, port)
}

#[test]
fn every_acknowledged_write_survives_kill_nine() {
    let address = testkit::address();
    let database = &testkit::database(&address);
    tandem(database, &["member", "add", "o@x.org", "--name", "Owner", "--administrator"], "a long password\n");
    tandem(database, &["product", "add", "ORB", "--name", "Orbit", "--by", "o@x.org", "--hats", "owner"], "");
    let token = String::from_utf8(tandem(database, &["member", "token", "o@x.org", "--name", "t", "--write"], "").stdout).unwrap().trim().to_owned();
    let (mut server, port) = serve(database, &[]);
    let acknowledged: Arc<Mutex<Vec<String>>> = Arc::default();
    let workers: Vec<_> = (0..4)
        .map(|worker| {
            let (token, acknowledged) = (token.clone(), acknowledged.clone());
            std::thread::spawn(move || {
                for n in 0..250 {
                    let title = format!("Write {worker} {n} end");
                    match post(port, &token, "/products/ORB/stories", "title", &title) {
                        Some(200) => acknowledged.lock().unwrap().push(title),
                        Some(other) => panic!("{other}"),
                        None => return,
                    }
                }
            })
        })
        .collect();
    testkit::until(120, || acknowledged.lock().unwrap().len() >= 300);
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

/// The addresses that letters in a folder went to, and whether any is there twice.
fn letters(folder: &std::path::Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "eml"));
    let to = |text: String| text.lines().find_map(|line| line.strip_prefix("To: ").map(|to| to.trim().to_owned())).unwrap();
    files.map(|path| to(std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_letter_of_an_acknowledged_act_leaves_though_its_node_is_killed() {
    let address = testkit::address();
    let database = &testkit::database(&address);
    tandem(database, &["member", "add", "o@x.org", "--name", "Owner", "--administrator"], "a long password\n");
    let token = String::from_utf8(tandem(database, &["member", "token", "o@x.org", "--name", "t", "--write"], "").stdout).unwrap().trim().to_owned();
    let folder = std::env::temp_dir().join(format!("tandem-letters-{}", kernel::Uuid::now_v7().simple()));
    let url = format!("file:{}", folder.display());
    let mail = ["--mail-url", &url, "--origin", "https://t.example"];
    let (mut server, port) = serve(database, &mail);
    // Where nodes share a database, another one goes on at once; else the next start does.
    let other = matches!(address, Address::Postgres(_)).then(|| serve(database, &mail).0);
    let mut invited = vec![];
    for n in 0..400 {
        let email = format!("n{n}@x.org");
        if invited.len() > 200 && server.try_wait().unwrap().is_none() && letters(&folder).len() > 20 {
            server.kill().unwrap();
            server.wait().unwrap();
        }
        match post(port, &token, "/invitations", "email", &email) {
            Some(200) => invited.push(email),
            Some(status) => panic!("{status}"),
            None => break,
        }
    }
    assert!(invited.len() > 200 && server.try_wait().unwrap().is_some(), "it was killed in the middle: {}", invited.len());
    let mut server = match other {
        Some(other) => other,
        None => serve(database, &mail).0,
    };
    // What the killed node held is taken over once its leases run out.
    testkit::until(120, || letters(&folder).len() >= invited.len());
    let mut left = letters(&folder);
    left.sort();
    let before = left.len();
    left.dedup();
    assert_eq!(left.len(), before, "a letter that is repeated has the id of the first");
    let lost: Vec<&String> = invited.iter().filter(|email| !left.contains(email)).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), invited.len());
    // In good order: what is under way is ended, and nothing is held.
    Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(server.wait().unwrap().success());
    tandem(database, &["check"], "");
    std::fs::remove_dir_all(folder).unwrap();
    if let Address::Sqlite(file) = address {
        std::fs::remove_file(file).unwrap();
    }
}

/// So many rows that killing in the middle is in the middle.
const ROWS: usize = 3_000;

#[test]
fn an_import_goes_on_where_its_node_was_killed() {
    let address = testkit::address();
    let database = &testkit::database(&address);
    tandem(database, &["member", "add", "o@x.org", "--name", "Owner", "--administrator"], "a long password\n");
    tandem(database, &["product", "add", "ORB", "--name", "Orbit", "--by", "o@x.org", "--hats", "owner"], "");
    let house = tokio::runtime::Runtime::new().unwrap();
    let app = tandem::open(address.clone(), app::Care::Durable, app::Clock::System, 2).unwrap();
    let nobody = app::Visitor::nobody(kernel::Door::Cli);
    let found = app.ask(&nobody, None, |look| people::person_by_email(look.reader, "o@x.org"));
    let member = kernel::Noun::meta(&house.block_on(found).unwrap().unwrap()).id;
    let (id, head) = (kernel::Uuid::now_v7(), kernel::json!({ "format": "csv", "mapping": {} }).to_string());
    let table = (1..=ROWS).fold("id,title\n".to_owned(), |text, n| text + &format!("{n},Story {n}\n"));
    let parcel = app::parcels::Parcel {
        id,
        product: "ORB".into(),
        member,
        name: "f.csv".into(),
        head,
        stand: app::parcels::Stand::Waiting,
        done: 0,
        whole: 0,
        told: String::new(),
        under_way: None,
    };
    house.block_on(app.keep_parcel(parcel, Arc::new(table.into_bytes()))).unwrap();
    let start = exchange::StartImport { parcel: kernel::Id::new(id), file_name: "f.csv".into() };
    let visitor = app::Visitor::member(member, kernel::Door::Cli);
    house.block_on(app.run(&visitor, app::Ask::of(Some("ORB"), &start).unwrap())).unwrap();
    let look = || house.block_on(app.parcel(id, "ORB", member)).unwrap().unwrap();
    let (mut server, _) = serve(database, &[]);
    testkit::until(120, || look().done > 0);
    server.kill().unwrap();
    server.wait().unwrap();
    let stopped = look();
    assert!(stopped.done > 0 && stopped.done < ROWS as i64, "it was killed in the middle: {}", stopped.done);
    let (mut server, _) = serve(database, &[]);
    testkit::until(180, || look().under_way.is_none());
    assert_eq!(look().stand, app::parcels::Stand::Done, "{}", look().told);
    let count = |sql: &'static str| house.block_on(app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take::<i64>())).unwrap();
    assert_eq!((count("select count(*) from story"), count("select count(distinct origin) from story")), (ROWS as i64, ROWS as i64));
    assert_eq!(count("select count(*) from import_run"), 1);
    Command::new("kill").arg(server.id().to_string()).status().unwrap();
    assert!(server.wait().unwrap().success());
    tandem(database, &["check"], "");
    if let Address::Sqlite(file) = address {
        std::fs::remove_file(file).unwrap();
    }
}
