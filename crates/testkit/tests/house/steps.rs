//! What SQLite does for a page, in steps of its machine: no more of them in a product that is larger by stories which the
//! page does not show.

use crate::pages::{addresses, furnished};
use std::sync::atomic::Ordering;
use testkit::House;

/// What of a row is its own in a copy of it.
type Given = &'static [(&'static str, &'static str)];

const STORY: Given = &[
    ("id", "'00000000' || printf('%024x', n)"),
    ("number", "n + 1000"),
    ("rank", "printf('9%07x', n)"),
    ("stage", "'accepted'"),
    ("settled_at", "created_at"),
    ("feature", "null"),
];
const LINE: Given = &[("id", "'00000001' || printf('%024x', n)"), ("at", "at + n"), ("noun_id", "'00000000' || printf('%024x', n)")];

/// Puts settled stories into the product, with a line of activity each, apart from all else.
async fn grow(h: &House, from: usize, to: usize) {
    let write = move |writer: &mut dyn kernel::Writer| {
        for (table, model, given) in [("story", "number = 3", STORY), ("activity", "kind = 'story.created'", LINE)] {
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

#[tokio::test]
async fn a_page_takes_no_more_steps_in_a_larger_product() {
    let h = furnished().await;
    if h.app.store.is_shared() {
        return; // The machine of SQLite is counted; what is asked is the same.
    }
    let pages: Vec<String> = addresses().into_iter().filter(|(page, _)| !page.administrators).map(|(_, address)| address).collect();
    let pages: Vec<String> = pages.into_iter().filter(|page| !OF_ALL.iter().any(|all| page.starts_with(all))).collect();
    grow(&h, 0, 3_000).await;
    let cookie = h.cookie("owner").await;
    let mut few = vec![];
    for page in &pages {
        few.push(steps(&h, &cookie, page).await);
    }
    grow(&h, 3_000, 9_000).await;
    for (page, few) in pages.iter().zip(few) {
        let many = steps(&h, &cookie, page).await;
        assert!(many <= few + few / 5, "{page} took {few} steps, and {many} with more stories");
    }
}
