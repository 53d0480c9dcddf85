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

#[tokio::test]
async fn many_texts_are_read_a_few_at_a_time_and_none_is_left_out() {
    let h = House::new().await;
    let mut pieces = vec![];
    for n in 0..7 {
        let said = json!({ "quote": format!("The map does not load, rider {n}"), "kind": "interview" });
        pieces.push(h.made("owner", "evidence.record", said, "evidence").await);
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
    // Long after, only what was changed is read; what no longer counts is no longer found.
    h.app.clock.forward(600_000);
    while !read_on(&h, &held, words).await.0 {}
    h.run("owner", "evidence.edit", json!({ "evidence": pieces[1], "kind": "review" })).await.unwrap();
    h.run("owner", "evidence.remove", json!({ "evidence": pieces[2] })).await.unwrap();
    assert_eq!(read_on(&h, &held, words).await, (true, 4));
    h.run("owner", "evidence.edit", json!({ "evidence": pieces[1], "kind": "interview" })).await.unwrap();
    assert_eq!(read_on(&h, &held, words).await, (true, 5));
}
