//! The product that is measured, made through the ordinary commands.

use app::{App, Ask, Batch, Care, Clock, Outcome, Visitor};
use kernel::{Door, Hat, Id, Json, json, matrix::Way};

const WORDS: &[&str] = &["lantern", "harbour", "ticket", "saddle", "window", "report", "summer", "bridge", "orange", "signal", "garden", "kettle"];

/// Makes two products, `BIG` with 20,000 stories and `SML` with 2,000; a token and a session for their Owner.
pub fn make(address: &str) -> (String, String) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let app = tandem::open(address.parse().unwrap(), Care::Fast, Clock::System, 2).unwrap();
    runtime.block_on(async {
        let nobody = Visitor::nobody(Door::Page);
        let set_up = product::SetUp {
            name: "Bench".into(),
            email: "bench@x.org".into(),
            password_hash: None,
            product: "Big".into(),
            key: "BIG".into(),
            way: Way::BothHats,
            hats: vec![Hat::Manager, Hat::Owner, Hat::Developer],
            agent: "bench".into(),
            zone: String::new(),
        };
        app.run(&nobody, Ask::of(None, &set_up).unwrap()).await.unwrap();
        let member = app.ask(&nobody, None, |look| people::person_by_email(look.reader, "bench@x.org")).await.unwrap().unwrap().meta.id;
        let me = Visitor::member(member, Door::Page);
        let second = json!({ "name": "Small", "key": "SML", "way": "both_hats", "hats": ["manager", "owner", "developer"] });
        app.run(&me, Ask::named(None, "product.create", second)).await.unwrap();
        fill(&app, &me, "BIG", 20_000, 9).await;
        fill(&app, &me, "SML", 2_000, 0).await;
        board(&app, &me).await;
        let made = app.run(&me, Ask::named(None, "token.create", json!({ "name": "bench", "can_write": true }))).await.unwrap();
        let Outcome::Done(done) = made else { panic!("a token is made at once") };
        let session = people::open_session(&app, Id::new(member), &Default::default()).await.unwrap();
        (done.reveal.unwrap(), session)
    })
}

async fn all(app: &App, me: &Visitor, product: &str, commands: Vec<(&str, Json)>) {
    let asks = commands.into_iter().map(|(name, args)| Ask::named(Some(product), name, args)).collect();
    app.run_all(me, Batch { asks, title: None, dry: false }, |_| {}).await.unwrap();
}

async fn fill(app: &App, me: &Visitor, product: &str, stories: usize, edits: usize) {
    all(
        app,
        me,
        product,
        vec![("initiative.create", json!({ "title": "Bet" })), ("feature.create", json!({ "title": "Feature", "initiative": "1" }))],
    )
    .await;
    for chunk in (0..stories).collect::<Vec<_>>().chunks(1000) {
        let make = |i: &usize| {
            let word = |n: usize| WORDS[(i * 7 + n * 5 + i / 13) % WORDS.len()];
            json!({ "title": format!("Show the {} of the {} number {i}", word(1), word(2)), "body": format!("The {} and the {} should agree. ", word(3), word(4)).repeat(6), "feature": "2", "labels": [word(5)], "criteria": if i.is_multiple_of(4) { vec!["It works", "It is fast"] } else { vec![] } })
        };
        all(app, me, product, chunk.iter().map(|i| ("story.create", make(i))).collect()).await;
        for edit in 0..edits {
            all(
                app,
                me,
                product,
                chunk.iter().map(|i| ("story.estimate", json!({ "story": (i + 3).to_string(), "points": (edit + i) % 8 + 1 }))).collect(),
            )
            .await;
        }
    }
}

/// A running sprint with 500 cards in all columns.
async fn board(app: &App, me: &Visitor) {
    let numbers: Vec<String> = (100..600).map(|n: i32| n.to_string()).collect();
    all(
        app,
        me,
        "BIG",
        vec![
            ("sprint.plan", json!({ "goal": "Everything", "starts_on": "2026-11-16", "ends_on": "2026-11-29" })),
            ("sprint.add_stories", json!({ "sprint": "1", "stories": numbers })),
            ("sprint.start", json!({ "sprint": "1" })),
        ],
    )
    .await;
    all(app, me, "BIG", numbers.iter().take(300).map(|n| ("story.start", json!({ "story": n }))).collect()).await;
    all(app, me, "BIG", numbers.iter().take(150).map(|n| ("story.hand_over", json!({ "story": n }))).collect()).await;
    all(app, me, "BIG", numbers.iter().take(100).map(|n| ("story.accept", json!({ "story": n, "reason": "seen" }))).collect()).await;
}
