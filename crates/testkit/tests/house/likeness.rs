//! What says the same is found among texts that are held in memory and read as they are changed.

use kernel::{Door, Look, json};
use likeness::{Held, Texts};
use std::sync::{Arc, Mutex};
use testkit::House;

const SAID: Texts = Texts { noun: "evidence", text: "quote", standing: "kind = 'interview' and removed_at is null" };

/// Reads on, three at most; whether that is all, and how many are like some words by now.
async fn read_on(h: &House, held: &Arc<Mutex<Held>>, words: &'static str) -> (bool, usize) {
    let held = held.clone();
    let read = move |look: &mut Look| {
        let mut held = held.lock().unwrap();
        Ok((held.catch_up(look, SAID, 3)?, held.like(words, 10).len()))
    };
    h.app.ask(&h.visitor("owner", Door::Page), Some("ORB"), read).await.unwrap()
}

/// One more rider says it.
async fn told_by(h: &House, rider: usize) -> String {
    let said = json!({ "quote": format!("The map does not load, rider {rider}"), "kind": "interview" });
    h.made("owner", "evidence.record", said, "evidence").await
}

#[tokio::test]
async fn many_texts_are_read_a_few_at_a_time_and_none_is_left_out() {
    let h = House::new().await;
    let mut pieces = vec![];
    for n in 0..7 {
        pieces.push(told_by(&h, n).await);
        // Some at the same moment, as those of an import are.
        if n > 4 {
            h.app.clock.forward(1);
        }
    }
    let held = Arc::default();
    let words = "the map does not load";
    assert_eq!(read_on(&h, &held, words).await, (false, 3));
    // What changes meanwhile comes later.
    h.app.clock.forward(5);
    h.run("owner", "evidence.edit", json!({ "evidence": pieces[0], "quote": "A bell that rings" })).await.unwrap();
    assert_eq!(read_on(&h, &held, words).await, (false, 6));
    assert_eq!(read_on(&h, &held, words).await, (true, 6));
    assert_eq!(read_on(&h, &held, "a bell that rings").await.1, 1);
}

/// What is written while a reading stands broken off, and says that it was earlier, is read all the same.
#[tokio::test]
async fn what_comes_late_while_reading_stands_still_is_read_later() {
    let h = House::new().await;
    for n in 0..4 {
        told_by(&h, n).await;
    }
    h.app.clock.forward(10);
    let late = h.made("owner", "evidence.record", json!({ "quote": "A bell that rings", "kind": "interview" }), "evidence").await;
    let held = Arc::default();
    assert!(!read_on(&h, &held, "a bell that rings").await.0);
    // Another node's clock is behind.
    let sql =
        format!("update evidence set updated_at = updated_at - 1000, version = version + 1, quote = 'A horn' where id = '{}'", late.replace('-', ""));
    let (sql, ids) = testkit::asked(&sql);
    h.app.store.write(move |w| w.execute(&sql, &ids).map(drop)).await.unwrap();
    h.app.clock.forward(600_000);
    assert_eq!(read_on(&h, &held, "a horn").await, (true, 0));
    while !read_on(&h, &held, "a horn").await.0 {}
    assert_eq!(read_on(&h, &held, "a horn").await.1, 1, "by the next reading, that begins before it");
}

#[tokio::test]
async fn what_no_longer_counts_is_no_longer_found() {
    let h = House::new().await;
    let mut pieces = vec![];
    for n in 0..6 {
        pieces.push(told_by(&h, n).await);
    }
    let (held, words) = (Arc::default(), "the map does not load");
    h.app.clock.forward(600_000);
    while !read_on(&h, &held, words).await.0 {}
    h.run("owner", "evidence.edit", json!({ "evidence": pieces[1], "kind": "review" })).await.unwrap();
    h.run("owner", "evidence.remove", json!({ "evidence": pieces[2] })).await.unwrap();
    assert_eq!(read_on(&h, &held, words).await, (true, 4));
    h.run("owner", "evidence.edit", json!({ "evidence": pieces[1], "kind": "interview" })).await.unwrap();
    assert_eq!(read_on(&h, &held, words).await, (true, 5));
}
