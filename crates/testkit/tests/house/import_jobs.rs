//! Imports as jobs: kept in the database, in some rows at a time, stopped and gone on with, and nothing lost or doubled.

use crate::importing::{finished, looked, until, upload};
use app::jobs::Claimed;
use kernel::Lane;
use testkit::House;

const ROWS: usize = 700;

fn table() -> String {
    (1..=ROWS).fold("id,title\n".to_owned(), |text, n| text + &format!("{n},Story {n}\n"))
}

/// An import that was started and waits for its job; its page.
async fn started(h: &House) -> String {
    let place = upload(h, "owner", &table()).await;
    looked(h, "owner", &place).await;
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303, "pressed twice");
    assert_eq!(h.number("select count(*) from job where kind = 'import.bring_in'").await, 1);
    place
}

async fn claimed(h: &House) -> Claimed {
    h.app.claim(Lane::Files, 100).await.unwrap().pop().unwrap()
}

async fn run_out(h: &House) {
    h.app.store.write(|writer| writer.execute("update job set lease = null, leased_until = 0", &[])).await.unwrap();
}

/// Everything is there once, in the order of the file.
async fn whole(h: &House) {
    let titles = "select title from story where removed_at is null order by rank";
    let titles = h.app.store.read(move |reader| reader.query(titles, &[])).await.unwrap();
    let titles: Vec<String> = titles.into_iter().map(|mut row| row.take().unwrap()).collect();
    assert_eq!(titles, (1..=ROWS).map(|n| format!("Story {n}")).collect::<Vec<_>>());
    assert_eq!(h.number("select count(*) from import_run").await, 1);
    assert_eq!(h.number("select count(*) from job").await, 0);
    assert_eq!(h.number("select count(*) from parcel_piece").await, 0, "its bytes have done their work");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_stopped_in_the_middle_goes_on_and_doubles_nothing() {
    let h = House::new().await;
    let place = started(&h).await;
    assert!(h.get("owner", &place).await.text.contains("of 700 rows"));
    let (app, job) = (h.app.clone(), claimed(&h).await);
    let working = tokio::spawn(async move { app.perform(job).await });
    while h.number("select done from parcel").await == 0 {
        tokio::task::yield_now().await;
    }
    working.abort();
    drop(working.await);
    let done = h.number("select done from parcel").await;
    assert!(done > 0 && h.number("select count(*) from story").await >= done);
    assert_eq!(h.get("manager", &place).await.status, 404, "another member's file");
    run_out(&h).await;
    finished(&h, "owner", &place).await;
    whole(&h).await;
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    assert_eq!(h.number("select count(*) from job").await, 0, "what is over does not begin again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_lost_the_job_brings_nothing_in() {
    let h = House::new().await;
    let place = started(&h).await;
    let lost = claimed(&h).await;
    run_out(&h).await;
    let mine = claimed(&h).await;
    h.app.perform(lost).await;
    assert_eq!(h.number("select count(*) from story").await, 0);
    h.app.perform(mine).await;
    finished(&h, "owner", &place).await;
    whole(&h).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_node_shows_it_and_goes_on() {
    let address = testkit::address();
    let h = House::over(testkit::open(address.clone(), app::Clock::held(1_790_000_000_000), 2).await, kernel::matrix::Way::TwoPeople).await;
    // One embedded database has one node.
    let far = match h.app.store.is_shared() {
        true => testkit::open(address, app::Clock::held(1_790_000_060_000), 2).await,
        false => h.app.clone(),
    };
    let place = started(&h).await;
    let id = kernel::Uuid::parse_str(place.rsplit('/').next().unwrap()).unwrap();
    let (app, job) = (h.app.clone(), claimed(&h).await);
    tokio::spawn(async move { app.perform(job).await });
    let shown = async || far.parcel(id, "ORB", h.member("owner")).await.unwrap().unwrap();
    while shown().await.done == 0 {
        tokio::task::yield_now().await;
    }
    run_out(&h).await;
    far.work_off().await.unwrap();
    assert_eq!(shown().await.stand, app::parcels::Stand::Done);
    finished(&h, "owner", &place).await;
    whole(&h).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_stops_stays_as_far_as_it_came_and_goes_on_when_asked() {
    let h = House::new().await;
    let place = started(&h).await;
    let job = claimed(&h).await;
    assert!(h.get("owner", &place).await.text.contains("Stop"));
    assert_eq!(h.post("developer", &format!("{place}/stop"), "").await.status, 303);
    assert_eq!(h.number("select count(*) from job where kind = 'import.bring_in'").await, 1, "another's is not stopped");
    assert_eq!(h.post("owner", &format!("{place}/stop"), "").await.status, 303);
    h.app.perform(job).await;
    assert_eq!(h.number("select count(*) from story").await, 0, "the node that worked on it learns so with its next step");
    assert_eq!(h.number("select count(*) from job").await, 0);
    let page = h.get("owner", &place).await.text;
    assert!(page.contains("This import has stopped.") && page.contains("Nothing was imported.") && page.contains("Go on"), "{page}");
    h.app.store.write(|writer| writer.execute("update parcel set done = 250", &[])).await.unwrap();
    assert!(h.get("owner", &place).await.text.contains("This import has stopped after 250 rows."));
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    finished(&h, "owner", &place).await;
    whole(&h).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_go_on_says_why() {
    let h = House::new().await;
    let place = started(&h).await;
    let (app, job) = (h.app.clone(), claimed(&h).await);
    // Whoever began it may do nothing here any more.
    h.app.store.write(|writer| writer.execute("update membership set hats = '[\"stakeholder\"]' where hats = '[\"owner\"]'", &[])).await.unwrap();
    app.perform(job).await;
    let page = h.get("owner", &place).await.text;
    assert!(page.contains("Nothing was imported."), "{page}");
    assert_eq!((h.number("select count(*) from story").await, h.number("select count(*) from parcel_piece").await), (0, 0));
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    assert_eq!(h.number("select count(*) from job where kind = 'import.bring_in'").await, 0, "it is over");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_of_a_workspace_shows_what_stopped_and_goes_on_when_asked() {
    let h = House::new().await;
    let place = started(&h).await;
    let tables = h.app.registry.tables();
    assert!(tables.contains(&"parcel") && tables.contains(&"parcel_piece") && !tables.contains(&"job"));
    h.app.store.write(|writer| writer.execute("delete from job", &[])).await.unwrap();
    let page = h.get("owner", &place).await.text;
    assert!(page.contains("This import has stopped") && page.contains("Go on"), "{page}");
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    finished(&h, "owner", &place).await;
    whole(&h).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_proposed_along_is_proposed_once_however_often_the_work_begins() {
    const EPICS: &str = "id,title,type,parent\n1,Open the library,Epic,\n2,Lend books,Story,1\n3,Take books back,Story,1\n";
    // The Owner proposes the epics, the Manager the stories.
    for who in ["owner", "manager"] {
        let h = House::new().await;
        let place = upload(&h, who, EPICS).await;
        looked(&h, who, &place).await;
        assert_eq!(h.post(who, &format!("{place}/run"), "").await.status, 303);
        // Everything is done, but the end of it cannot be written: as if the node stopped right there.
        let sql = |sql: &'static str| h.app.store.write(move |writer| writer.execute(sql, &[]));
        sql("create table clings (job text references job (id))").await.unwrap();
        sql("insert into clings (job) select id from job where kind = 'import.bring_in'").await.unwrap();
        h.app.perform(claimed(&h).await).await;
        assert_eq!(h.number("select count(*) from parcel where stand = 'waiting'").await, 1);
        assert_eq!(h.number("select count(*) from proposal").await, 1, "{who}");
        assert!(h.get(who, &place).await.text.contains("It was interrupted and is tried again by itself."));
        sql("drop table clings").await.unwrap();
        h.app.store.write(|writer| writer.execute("update job set due = 0", &[])).await.unwrap();
        until(&h, who, &place, "See the proposal").await;
        assert_eq!(h.number("select count(*) from proposal").await, 1, "{who}");
        assert!(h.app.check().await.unwrap().wrong.is_empty());
    }
}
