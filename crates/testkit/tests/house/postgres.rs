//! What holds on PostgreSQL alone: round trips, connections that die, encryption.

use app::{Address, App, Care, Clock};
use axum::{body::Body, http::Request};
use kernel::{Door, Refusal, json};
use std::{sync::atomic::Ordering, time::Duration};
use testkit::House;

/// Whether these tests have their database.
pub fn here() -> bool {
    std::env::var_os("TANDEM_TEST_DATABASE").is_some()
}

pub async fn opened(address: Address) -> App {
    tokio::task::spawn_blocking(move || tandem::open(address, Care::Fast, Clock::held(1_790_000_000_000), 2)).await.unwrap().unwrap()
}

fn trips() -> u64 {
    store::ROUND_TRIPS.load(Ordering::Relaxed)
}

/// So many round trips a page takes at most once its questions are known: who asks, what it shows, what hangs on that.
const TRIPS: u64 = 4;

/// Pages that take more, by the beginning of their address: a panel is read beside its page, a chain level by level, a
/// history with the names of what it tells of and what those are parts of, a forecast after the days off of whoever works on
/// it, a panel with whoever its texts name, one's part with what is new to one in each product, alignment after who the members are.
const MORE: &[(&str, u64)] = &[
    ("/ORB/strategy", 10),
    ("/ORB/success", 20),
    ("/ORB/canvases", 6),
    ("/ORB/risks", 5),
    ("/ORB/models", 6),
    ("/ORB/causes", 6),
    ("/ORB/cases", 6),
    ("/all/search", 11),
    ("/ORB/decisions", 7),
    ("/ORB/customers", 5),
    ("/ORB/inbox", 5),
    ("/ORB/intakes", 5),
    ("/ORB/opportunities", 6),
    ("/ORB/portal", 6),
    ("/ORB/surveys", 5),
    ("/ORB/customer-list", 6),
    ("/ORB/understanding", 6),
    ("/ORB/stakeholders?open", 8),
    ("/ORB/who-decides", 5),
    ("/ORB/updates/write", 16),
    ("/ORB/updates", 6),
    ("/ORB/week", 8),
    ("/ORB/retro", 14),
    ("/ORB/review", 14),
    ("/ORB/search", 7),
    ("/ORB/forecast", 6),
    ("/ORB/reports/", 8),
    ("/ORB/priorities", 8),
    ("/ORB/rounds", 6),
    ("/ORB/poker", 6),
    ("/ORB/cadence", 5),
    ("/ORB/thread?", 9),
    ("/ORB/alignment", 9),
    ("/ORB/roadmap?open", 16),
    ("/ORB/timeline?open", 22),
    ("/ORB/timeline", 9),
    ("/ORB/outcome-tree", 9),
    ("/ORB/bets", 14),
    ("/ORB/brief", 7),
    ("/ORB/backlog?open", 8),
    ("/ORB/story", 6),
    ("/ORB/sprint?open", 10),
    ("/ORB/sprint", 6),
    ("/ORB/standup", 14),
    ("/ORB/sprint", 7),
    ("/ORB/feature/", 5),
    ("/ORB/acceptance?open", 7),
    ("/ORB/coverage", 6),
    ("/ORB/activity", 5),
    // Each kind of thing that changed is asked once for what it is called, and here nearly all have.
    ("/ORB/since", 12),
    ("/me", 7),
    ("/ORB/drafts", 8),
    ("/ORB/foresight", 9),
    ("/practice", 7),
];

#[tokio::test]
async fn pages_and_commands_take_few_round_trips() {
    if !here() {
        return;
    }
    // What nobody has been answered yet.
    let app = testkit::open(with("answers=0"), Clock::held(1_790_000_000_000), 2).await;
    let h = crate::pages::furnish(House::over(app, kernel::matrix::Way::TwoPeople).await).await;
    let council = h.made("manager", "stakeholder.add", json!({ "name": "The council", "every_days": 30 }), "stakeholder").await;
    h.made("manager", "contact.note", json!({ "stakeholder": council, "note": "n" }), "contact").await;
    h.made("manager", "promise.make", json!({ "stakeholder": council, "what": "A report", "item": "ORB-1" }), "promise").await;
    let cookie = h.cookie("owner").await;
    let mut over = vec![];
    let pages = crate::pages::addresses().into_iter().filter(|(page, _)| !page.administrators).map(|(_, page)| page);
    for page in pages.chain([format!("/ORB/stakeholders?open={council}")]) {
        let most = MORE.iter().find(|(begin, _)| page.starts_with(begin)).map_or(TRIPS, |(_, most)| *most);
        let mut took = 0;
        for _ in 0..3 {
            let before = trips();
            let request = Request::get(&page).header("cookie", cookie.clone()).body(Body::empty()).unwrap();
            assert_eq!(h.send(request).await.status, 200);
            took = trips() - before;
        }
        if took > most {
            over.push(format!("{page} takes {took} round trips, where {most} are enough"));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
    // Begin, lock and scope; what the rule needs; the events and the commit.
    let mut took = (0, 0);
    for n in 0..3 {
        let before = trips();
        let story = h.made("owner", "story.create", json!({ "title": format!("S{n}"), "feature": "2" }), "story").await;
        let between = trips();
        h.made("owner", "story.edit", json!({ "story": story, "title": "Another" }), "story").await;
        took = (between - before, trips() - between);
    }
    assert!(took.0 <= 4 && took.1 <= 4, "creating and editing take {took:?} round trips");
}

/// What this process was answered is known while nothing is written, by anybody in the whole server: tests beside this one
/// write all the time, so it tries until none of them did.
#[tokio::test]
async fn what_was_answered_is_asked_again_only_after_something_was_written() {
    if !here() {
        return;
    }
    let h = House::new().await;
    let far = opened(h.app.store.address.clone()).await;
    let cookie = h.cookie("owner").await;
    let page = async |title: &str| {
        let before = trips();
        let request = Request::get("/ORB/backlog").header("cookie", cookie.clone()).body(Body::empty()).unwrap();
        let page = h.send(request).await;
        assert!(page.text.contains(title), "{title} is missing");
        trips() - before
    };
    for n in 0..200 {
        // By another node, which tells this one's memory nothing.
        let title = format!("Written by the other the {n}th time");
        let written = app::Ask::named(Some("ORB"), "story.create", json!({ "title": title }));
        far.run(&h.visitor("owner", Door::Page), written).await.unwrap();
        let first = page(&title).await;
        page(&title).await;
        if page(&title).await == 1 && first > 1 {
            return;
        }
    }
    panic!("the page was asked for anew each time");
}

/// A database of its own with something said in its address.
fn with(option: &str) -> Address {
    let Address::Postgres(url) = testkit::address() else { panic!("PostgreSQL") };
    Address::Postgres(format!("{url}{}{option}", if url.contains('?') { '&' } else { '?' }))
}

/// A house whose connections can be told from those of tests beside it, and a way to cut those in which a clause holds.
async fn named() -> (House, App, impl AsyncFn(&str)) {
    let Address::Postgres(url) = testkit::address() else { panic!("PostgreSQL") };
    let name = format!("test{}", kernel::Uuid::now_v7().simple());
    let address = Address::Postgres(format!("{url}&application_name={name}"));
    let (app, far) = (opened(address.clone()).await, opened(address).await);
    let other = opened(testkit::address()).await;
    let cut = async move |clause: &str| {
        let sql = format!("select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where application_name = '{name}' and {clause}");
        other.store.read(move |reader| reader.query(&sql, &[]).map(drop)).await.unwrap();
    };
    (House::over(app, kernel::matrix::Way::TwoPeople).await, far, cut)
}

#[tokio::test]
async fn a_connection_that_died_costs_no_request() {
    if !here() {
        return;
    }
    let (h, _, cut) = named().await;
    for n in 0..3 {
        h.made("owner", "story.create", json!({ "title": format!("S{n}") }), "story").await;
        cut("query <> 'listen tandem'").await;
        assert_eq!(h.get("owner", "/ORB/backlog").await.status, 200);
        h.made("owner", "story.create", json!({ "title": "After" }), "story").await;
    }
    assert_eq!(h.number("select count(*) from story").await, 6);
}

#[tokio::test]
async fn what_was_lost_on_the_way_is_never_called_unchanged() {
    if !here() {
        return;
    }
    let h = House::new().await;
    const END: &str = "select cast(pg_terminate_backend(pg_backend_pid()) as integer)";
    let rename = "update member set name = 'Nobody' where email = $1";
    let owner = || vec![kernel::Value::Text("owner@x.org".into())];
    // Before the commit was sent: surely nothing was kept.
    let params = owner();
    let lost = h.app.store.write(move |writer| {
        writer.put(rename, params)?;
        writer.query(END, &[]).map(drop)?;
        writer.query("select 1", &[]).map(drop)
    });
    assert_eq!(lost.await, Err(Refusal::Away));
    // Together with the commit: nobody can say.
    let params = owner();
    let lost = h.app.store.write(move |writer| {
        writer.query("select 1", &[])?;
        writer.put(rename, params)?;
        writer.put(END, vec![])
    });
    let refusal = lost.await.unwrap_err();
    assert_eq!(refusal, Refusal::Unknown);
    assert!(!refusal.sentence().contains("Nothing was changed"));
    assert_eq!(web::errors::status(&refusal), 504);
    h.made("owner", "story.create", json!({ "title": "Goes on" }), "story").await;
}

#[tokio::test]
async fn a_mistake_among_changes_that_nobody_waits_for_undoes_the_whole() {
    if !here() {
        return;
    }
    let h = House::new().await;
    let rename = |email: &str| ("update member set name = 'Nobody' where email = $1", vec![kernel::Value::Text(email.into())]);
    for wrong in [rename("missing@x.org"), ("insert into receipt (id, at) values ($1, 'soon')", vec![kernel::Value::Text("x".into())])] {
        let right = rename("owner@x.org");
        let refused = h.app.store.write(move |writer| {
            writer.put(right.0, right.1)?;
            writer.put(wrong.0, wrong.1)
        });
        assert!(matches!(refused.await, Err(Refusal::Broken(_))));
        // The connection on which it was made serves the next writer.
        for n in 0..8 {
            h.made("owner", "story.create", json!({ "title": format!("S{n}") }), "story").await;
        }
    }
    // Whoever passes over a mistake is not told that all went well.
    let right = rename("owner@x.org");
    let passed_over = h.app.store.write(move |writer| {
        writer.put(right.0, right.1)?;
        drop(writer.query("select 1 / 0", &[]));
        Ok(())
    });
    assert!(matches!(passed_over.await, Err(Refusal::Broken(_))));
    assert_eq!(h.number("select count(*) from member where name = 'Nobody'").await, 0);
    let within = h.app.store.write(|writer| {
        writer.savepoint()?;
        drop(writer.query("select 1 / 0", &[]));
        writer.rollback()
    });
    assert_eq!(within.await, Ok(()), "what was taken back is no mistake any more");
}

#[tokio::test]
async fn without_the_database_a_sentence_comes() {
    if !here() {
        return;
    }
    // A door that is shut while the house stands: what passes between them is carried by the test.
    let url = std::env::var("TANDEM_TEST_DATABASE").unwrap();
    let (before, place) = url.split_once('@').unwrap();
    let host = place.split_once('/').unwrap().0;
    let door = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = door.local_addr().unwrap().port();
    let behind = host.to_owned();
    let open = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (shut, closing) = tokio::sync::oneshot::channel::<()>();
        let door = door.into_std().unwrap();
        std::thread::spawn(move || {
            runtime.block_on(async {
                let door = tokio::net::TcpListener::from_std(door).unwrap();
                let pass = async {
                    while let Ok((mut near, _)) = door.accept().await {
                        let mut far = tokio::net::TcpStream::connect(&behind).await.unwrap();
                        tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
                    }
                };
                tokio::select! { () = pass => {}, _ = closing => {} }
            });
            // Dropping the runtime ends every connection that passes through.
        });
        shut
    });
    let shut = open.join().unwrap();
    let Address::Postgres(own) = testkit::address() else { panic!("PostgreSQL") };
    let name = own.rsplit_once('/').unwrap().1;
    let app = opened(Address::Postgres(format!("{before}@127.0.0.1:{port}/{name}"))).await;
    let h = House::over(app, kernel::matrix::Way::TwoPeople).await;
    let cookie = h.cookie("owner").await;
    shut.send(()).unwrap();
    // The end of the connections is seen by whoever asks next; until then they may still stand.
    let refused = loop {
        match h.run("owner", "story.create", json!({ "title": "x" })).await {
            Ok(_) => tokio::task::yield_now().await,
            Err(refusal) => break refusal,
        }
    };
    assert!(matches!(refused, Refusal::Away | Refusal::Unknown), "{refused:?}");
    assert_eq!(h.run("owner", "story.create", json!({ "title": "x" })).await, Err(Refusal::Away));
    let page = h.send(Request::get("/ORB/backlog").header("cookie", cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(page.status, 503);
    assert!(page.text.contains("The database does not answer just now") && page.text.contains("<main"), "{}", page.text);
    let program = h.rest("x", "GET", "/products/ORB/stories", json!(null)).await;
    assert_eq!((program.status.as_u16(), program.json()["status"].as_i64()), (503, Some(503)), "{}", program.text);
}

#[tokio::test]
async fn news_of_every_product_of_a_batch_reaches_the_other_node() {
    if !here() {
        return;
    }
    let (h, far, cut) = named().await;
    let second = json!({ "name": "Other", "key": "OTH", "way": "two_people", "hats": ["manager", "owner"] });
    h.app.run(&h.visitor("manager", Door::Page), app::Ask::named(None, "product.create", second)).await.unwrap();
    let mut news = far.hub.subscribe();
    // Once something is heard at all, the listener stands.
    let standing = async {
        while tokio::time::timeout(Duration::from_millis(100), news.recv()).await.is_err() {
            h.made("owner", "story.create", json!({ "title": "Far" }), "story").await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), standing).await.expect("the listener stands");
    // Days off are news in every product that someone is a member of.
    let away = app::Ask::named(None, "day_off.take", json!({ "first_day": "2026-12-24" }));
    h.app.run(&h.visitor("manager", Door::Page), away).await.unwrap();
    let told = async {
        let mut products = std::collections::BTreeSet::new();
        while products.len() < 2 {
            products.insert(news.recv().await.unwrap().product);
        }
        products
    };
    let told = tokio::time::timeout(Duration::from_secs(20), told).await.expect("news of more than one");
    assert!(told.len() > 1, "{told:?}");
    // The connection that listens is cut; what was told meanwhile is unknown, so everything may be stale.
    cut("query in ('listen tandem', 'select 1')").await;
    let missed = async { while !news.recv().await.unwrap().concerns(None, kernel::Uuid::nil(), false) {} };
    tokio::time::timeout(Duration::from_secs(20), missed).await.expect("pages are told that everything may be stale");
}

#[tokio::test]
async fn news_too_long_for_the_database_is_refused_before() {
    if !here() {
        return;
    }
    let h = House::new().await;
    let long = "x".repeat(8_000);
    assert!(matches!(h.app.store.write(move |writer| writer.tell(&long)).await, Err(Refusal::Broken(_))));
}

/// The scripts' PostgreSQL speaks TLS with a certificate of an authority of its own.
#[tokio::test]
async fn encryption_is_asked_for_and_checked() {
    let (Some(_), Ok(authority)) = (here().then_some(()), std::env::var("TANDEM_TEST_AUTHORITY")) else { return };
    let Address::Postgres(url) = testkit::address() else { panic!("PostgreSQL") };
    let open = |options: String| {
        let address = Address::Postgres(format!("{url}{options}"));
        async { tokio::task::spawn_blocking(move || tandem::open(address, Care::Fast, Clock::held(1_790_000_000_000), 2)).await.unwrap() }
    };
    let encrypted = async |app: App| -> i64 {
        let sql = "select cast(ssl as integer) from pg_stat_ssl where pid = pg_backend_pid()";
        app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take()).await.unwrap()
    };
    for mode in ["require", "verify-full"] {
        assert_eq!(encrypted(open(format!("&sslmode={mode}&sslrootcert={authority}")).await.unwrap()).await, 1, "{mode}");
    }
    assert_eq!(encrypted(open(String::new()).await.unwrap()).await, 0);
    let refused = open("&sslmode=require".into()).await.err();
    assert!(matches!(&refused, Some(Refusal::Broken(cause)) if cause.contains("certificate")), "no public authority has signed it: {refused:?}");
    assert!(open("&sslmode=require&sslrootcert=/missing.pem".into()).await.is_err());
    assert!(open("&sslmode=perhaps".into()).await.is_err());
}
