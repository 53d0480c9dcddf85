//! What SQLite does for a page, in steps of its machine: no more of them in a product that is larger by stories which the
//! page does not show.

use crate::pages::{addresses, furnished};
use std::sync::atomic::Ordering;
use testkit::House;

/// What of a row is its own in a copy of it.
type Given = &'static [(&'static str, &'static str)];

/// Settled ones, apart from all else.
const SETTLED: Given = &[
    ("id", "'00000000' || printf('%024x', n)"),
    ("number", "n + 1000"),
    ("rank", "printf('9%07x', n)"),
    ("stage", "'accepted'"),
    ("settled_at", "created_at"),
    ("feature", "null"),
];
/// Those that are still to be done, of the feature that the model hangs on.
const UNDONE: Given = &[("id", "'00000002' || printf('%024x', n)"), ("number", "n + 100000"), ("rank", "printf('8%07x', n)"), ("stage", "'open'")];
const LINE: Given = &[("id", "'00000001' || printf('%024x', n)"), ("at", "at + n"), ("noun_id", "'00000000' || printf('%024x', n)")];

/// Puts stories into the product, with a line of activity each.
async fn grow(h: &House, story: Given, from: usize, to: usize) {
    let write = move |writer: &mut dyn kernel::Writer| {
        for (table, model, given) in [("story", "number = 3", story), ("activity", "kind = 'story.created'", LINE)] {
            let columns = writer.reader().columns(table)?;
            let given = |column: &str| given.iter().find(|(name, _)| *name == column).map_or(column.to_owned(), |(_, value)| (*value).to_owned());
            let values: Vec<String> = columns.iter().map(|column| given(column)).collect();
            let sql = format!(
                "with recursive fill (n) as (select {from} union all select n + 1 from fill where n + 1 < {to})
                 insert into {table} ({}) select {} from fill, (select * from {table} where {model} order by id limit 1) as model",
                columns.join(", "),
                values.join(", ")
            );
            writer.execute(&sql, &[])?;
        }
        Ok(())
    };
    h.app.store.write(write).await.unwrap();
}

/// Steps for a page, once it has been shown before; the fewest of three, because work behind the pages takes steps as well.
pub async fn steps(h: &House, cookie: &str, path: &str) -> u64 {
    let mut fewest = u64::MAX;
    for _ in 0..3 {
        let request = axum::http::Request::get(path).header("cookie", cookie).body(axum::body::Body::empty()).unwrap();
        let before = store::STEPS.load(Ordering::Relaxed);
        assert_eq!(h.send(request).await.status, 200, "{path}");
        fewest = fewest.min(store::STEPS.load(Ordering::Relaxed) - before);
    }
    fewest
}

/// What counts or forecasts all stories that there ever were, or drafts from so many lines of the record and no more; and where
/// the thread was broken on a past day, and what stood behind it, which takes back whatever came after it.
const OF_ALL: [&str; 14] = [
    "/ORB/coverage",
    "/ORB/backlog/tending",
    "/ORB/timeline",
    "/ORB/roadmap?open",
    "/ORB/bets",
    "/ORB/labels",
    "/ORB/fields/columns",
    "/ORB/forecast",
    "/ORB/reports/",
    "/ORB/week",
    "/ORB/review",
    "/ORB/updates/write",
    "/ORB/thread?as_of",
    "/ORB/alignment?as_of",
];

/// Every page that is for members.
fn pages() -> Vec<String> {
    addresses().into_iter().filter(|(page, _)| !page.administrators).map(|(_, address)| address).collect()
}

/// Pages with the steps that each takes where so many stories are, and where there are as many more.
async fn compared(h: &House, pages: Vec<String>, story: Given, (few, many): (usize, usize)) -> Vec<(String, u64, u64)> {
    let cookie = h.cookie("owner").await;
    grow(h, story, 0, few).await;
    let mut compared = vec![];
    for page in pages {
        let steps = steps(h, &cookie, &page).await;
        compared.push((page, steps, 0));
    }
    grow(h, story, few, many).await;
    for (page, _, then) in &mut compared {
        *then = steps(h, &cookie, page).await;
    }
    compared
}

#[tokio::test]
async fn a_page_takes_no_more_steps_in_a_larger_product() {
    let h = furnished().await;
    if h.app.store.is_shared() {
        return; // The machine of SQLite is counted; what is asked is the same.
    }
    let pages = pages().into_iter().filter(|page| !OF_ALL.iter().any(|all| page.starts_with(all))).collect();
    for (page, few, many) in compared(&h, pages, SETTLED, (3_000, 9_000)).await {
        assert!(many <= few + few / 5, "{page} took {few} steps, and {many} with more stories");
    }
}

/// Whatever looks at all stories looks at each a few times and no more, also where all of them hang on a bet that was promised.
#[tokio::test]
async fn a_page_takes_at_most_as_many_more_steps_as_there_are_more_stories() {
    let h = furnished().await;
    if h.app.store.is_shared() {
        return;
    }
    h.app.store.write(|writer| writer.execute("update initiative set horizon = 'now'", &[]).map(drop)).await.unwrap();
    let all = compared(&h, pages(), UNDONE, (400, 1_600)).await;
    let steep: Vec<_> = all.iter().filter(|(_, few, many)| *many > few * 5).collect();
    assert!(steep.is_empty(), "with four times as many stories: {steep:#?}");
}
