//! What holds on PostgreSQL alone: round trips, queues of writers, connections that die.

use kernel::json;
use std::sync::atomic::Ordering;
use testkit::House;

/// Whether these tests have their database.
fn here() -> bool {
    std::env::var_os("TANDEM_TEST_DATABASE").is_some()
}

#[tokio::test]
async fn probe() {
    if !here() {
        return;
    }
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for i in 0..3 {
        let t = store::ROUND_TRIPS.load(Ordering::Relaxed);
        let s = store::STATEMENTS.load(Ordering::Relaxed);
        let id = h.made("owner", "story.create", json!({ "title": format!("S{i}"), "body": "b", "feature": "2", "labels": ["x"] }), "story").await;
        let t2 = store::ROUND_TRIPS.load(Ordering::Relaxed);
        let s2 = store::STATEMENTS.load(Ordering::Relaxed);
        h.made("developer", "story.estimate", json!({ "story": id, "points": 3 }), "story").await;
        eprintln!(
            "create {} {}; estimate {} {}",
            t2 - t,
            s2 - s,
            store::ROUND_TRIPS.load(Ordering::Relaxed) - t2,
            store::STATEMENTS.load(Ordering::Relaxed) - s2
        );
    }
    for page in crate::pages::PAGES {
        h.get("owner", page).await;
        let cookie = h.cookie("owner").await;
        let request = |cookie: &str| axum::http::Request::get(*page).header("cookie", cookie).body(axum::body::Body::empty()).unwrap();
        for _ in 0..2 {
            let t = store::ROUND_TRIPS.load(Ordering::Relaxed);
            let s = store::STATEMENTS.load(Ordering::Relaxed);
            h.send(request(&cookie)).await;
            eprintln!("{page} trips {} statements {}", store::ROUND_TRIPS.load(Ordering::Relaxed) - t, store::STATEMENTS.load(Ordering::Relaxed) - s);
        }
    }
}
