//! The products that are measured, made through the ordinary commands over a year of their own clock.

use crate::{bets, practice};
use app::{App, Ask, Batch, Care, Clock, Outcome, Visitor};
use kernel::{Door, Hat, Id, Json, json, matrix::Way};

pub const WORDS: &[&str] =
    &["lantern", "harbour", "ticket", "saddle", "window", "report", "summer", "bridge", "orange", "signal", "garden", "kettle"];
/// Fortnights of history.
const SPRINTS: usize = 26;
const FORTNIGHT: i64 = 14 * 86_400_000;
const ME: &str = "bench@x.org";

/// The small product, and the large one that it is compared with.
pub const SMALL: (&str, usize) = ("SML", 2_000);
pub const LARGE: &str = "BIG";

/// What a measurement needs to know.
pub struct Made {
    pub token: String,
    pub session: String,
    /// For the small and the large product: number of the first story, and of the feature that most stories hang on.
    pub numbers: [(i64, i64); 2],
    /// Number of a bet of the large product that is under way.
    pub bet: i64,
    /// A piece of evidence among few and among many.
    pub pieces: [String; 2],
    pub stories: i64,
    pub lines: i64,
    /// Planning poker of the large product that goes on, and its round: whoever is measured lays cards there, and somebody else
    /// has yet to.
    pub poker: (String, String),
}

/// Opens the database, fills it if it is empty, and makes a token and a session for the Owner of both products.
pub fn make(address: &str, stories: usize) -> Made {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let today = Clock::System.now();
    let clock = Clock::held(today - SPRINTS as i64 * FORTNIGHT);
    let app = tandem::open(address.parse().unwrap(), Care::Fast, clock.clone(), 2).unwrap();
    runtime.block_on(async {
        let nobody = Visitor::nobody(Door::Page);
        if app.ask(&nobody, None, |look| people::nobody_yet(look.reader)).await.unwrap() {
            fill(&app, &clock, stories).await;
            // What that left to be told is done before anything is measured.
            app.work_off().await.unwrap();
        }
        clock.forward(today - clock.now());
        let mut app = app;
        app.clock = Clock::System;
        let member = myself(&app).await;
        let me = Visitor::member(member, Door::Page);
        practice::make(&app, &me, member).await;
        let made = app.run(&me, Ask::named(None, "token.create", json!({ "name": "bench", "can_write": true }))).await.unwrap();
        let Outcome::Done(done) = made else { panic!("a token is made at once") };
        let session = people::open_session(&app, Id::new(member), &Default::default()).await.unwrap();
        let count = |sql: &'static str, product: &'static str| {
            app.ask(&me, Some(product), move |look| {
                let product = kernel::Column::value(&look.scope.product_id()?);
                look.number(sql, &[product])
            })
        };
        let mut numbers = [(0, 0); 2];
        for (product, place) in [SMALL.0, LARGE].into_iter().zip(&mut numbers) {
            *place = (
                count("select min(number) from story where product = $1", product).await.unwrap(),
                count("select min(number) from feature where product = $1", product).await.unwrap(),
            );
        }
        let poker = poker(&app, &me, count("select max(number) from story where product = $1 and stage = 'open'", LARGE).await.unwrap()).await;
        let mut pieces = [String::new(), String::new()];
        for ((product, _), place) in [bets::FEW, bets::MANY].into_iter().zip(&mut pieces) {
            let middle = app.ask(&me, Some(product), |look| {
                let product = kernel::Column::value(&look.scope.product_id()?);
                let found = look.first("select id from evidence where product = $1 order by id limit 1 offset 500", &[product])?;
                found.map_or(Ok(kernel::Uuid::nil()), |mut row| row.take())
            });
            *place = middle.await.unwrap().simple().to_string();
        }
        Made {
            poker,
            token: done.reveal.unwrap(),
            session,
            numbers,
            bet: count("select min(number) from initiative where product = $1 and horizon = 'now' and state = 'open'", LARGE).await.unwrap(),
            pieces,
            stories: count("select count(*) from story where product = $1", LARGE).await.unwrap(),
            lines: count("select count(*) from activity where product = $1", LARGE).await.unwrap(),
        }
    })
}

async fn poker(app: &App, me: &Visitor, story: i64) -> (String, String) {
    let other = format!("{}.1@x.org", LARGE.to_lowercase());
    let other = app.ask(&Visitor::nobody(Door::Page), None, move |look| people::person_by_email(look.reader, &other)).await.unwrap().unwrap();
    let asked = [myself(app).await, other.meta.id].map(|id| id.simple().to_string());
    let begin = json!({ "title": "Bench", "stories": [story.to_string()], "asked": asked });
    let Outcome::Done(done) = app.run(me, Ask::named(Some(LARGE), "poker.begin", begin)).await.unwrap() else { panic!("it begins at once") };
    let id = |noun: &str| done.things.iter().find(|thing| thing.noun == noun).unwrap().id.simple().to_string();
    (id("poker"), id("poker_round"))
}

async fn myself(app: &App) -> kernel::Uuid {
    app.ask(&Visitor::nobody(Door::Page), None, |look| people::person_by_email(look.reader, ME)).await.unwrap().unwrap().meta.id
}

/// Two products, and around them as many members, products and proposals as their size brings along.
async fn fill(app: &App, clock: &Clock, stories: usize) {
    let nobody = Visitor::nobody(Door::Page);
    let set_up = product::SetUp {
        name: "Bench".into(),
        email: ME.into(),
        password_hash: None,
        product: "Big".into(),
        key: LARGE.into(),
        way: Way::BothHats,
        hats: vec![Hat::Manager, Hat::Owner, Hat::Developer],
        agent: "bench".into(),
        zone: String::new(),
    };
    app.run(&nobody, Ask::of(None, &set_up).unwrap()).await.unwrap();
    let me = Visitor::member(myself(app).await, Door::Page);
    let hats = ["manager", "owner", "developer"];
    run(app, &me, None, vec![("product.create", json!({ "name": "Small", "key": SMALL.0, "way": "both_hats", "hats": hats }))]).await;
    let products = (0..stories / 400)
        .map(|i| ("product.create", json!({ "name": format!("Product {i}"), "key": format!("P{i}"), "way": "both_hats", "hats": hats })));
    run(app, &me, None, products.collect()).await;
    for roadmap in [bets::FEW, bets::MANY] {
        bets::make(app, &me, roadmap).await;
    }
    let mut small = Filling::new(app, &me, SMALL.0, SMALL.1);
    let mut large = Filling::new(app, &me, LARGE, stories);
    for filling in [&mut small, &mut large] {
        filling.people().await;
        filling.above().await;
    }
    for sprint in 0..SPRINTS {
        small.fortnight(sprint).await;
        large.fortnight(sprint).await;
        clock.forward(FORTNIGHT);
    }
    small.board(50).await;
    large.board(500).await;
    for roadmap in [bets::FEW, bets::MANY] {
        bets::move_on(app, &me, roadmap).await;
    }
}

pub(crate) async fn run(app: &App, me: &Visitor, product: Option<&str>, commands: Vec<(&str, Json)>) -> Vec<kernel::Uuid> {
    let asks: Vec<Ask> = commands.into_iter().map(|(name, args)| Ask::named(product, name, args)).collect();
    let mut made = vec![];
    for asks in asks.chunks(1000) {
        let outcomes = app.run_all(me, Batch { asks: asks.to_vec(), title: None, dry: false }, |_| {}).await.unwrap();
        made.extend(outcomes.iter().filter_map(|o| match o {
            Outcome::Done(done) => done.things.first().map(|t| t.id),
            Outcome::Proposed(p) => Some(p.proposal),
        }));
    }
    made
}

/// One product while it grows.
struct Filling<'a> {
    app: &'a App,
    me: &'a Visitor,
    key: &'static str,
    stories: usize,
    /// Numbers of features, and of the first story.
    features: std::ops::Range<usize>,
    made: usize,
}

impl<'a> Filling<'a> {
    fn new(app: &'a App, me: &'a Visitor, key: &'static str, stories: usize) -> Filling<'a> {
        let initiatives = (stories / 2000).max(3);
        let features = 1 + initiatives..1 + initiatives + stories / 100;
        Filling { app, me, key, stories, features, made: 0 }
    }

    async fn run(&self, commands: Vec<(&str, Json)>) -> Vec<kernel::Uuid> {
        run(self.app, self.me, Some(self.key), commands).await
    }

    async fn people(&self) {
        let count = self.stories / 20;
        let email = |i: usize| format!("{}.{i}@x.org", self.key.to_lowercase());
        let accounts = (0..count).map(|i| {
            let name = format!("{} {} {i}", WORDS[i % 12], WORDS[i / 12 % 12]);
            Ask::of(None, &people::AddAccount { name: name.into(), email: email(i), password_hash: None, administrator: false }).unwrap()
        });
        let asks: Vec<Ask> = accounts.collect();
        for asks in asks.chunks(1000) {
            let batch = Batch { asks: asks.to_vec(), title: None, dry: false };
            self.app.run_all(&Visitor::nobody(Door::Page), batch, |_| {}).await.unwrap();
        }
        let hat = |i: usize| if i.is_multiple_of(50) { "stakeholder" } else { "developer" };
        self.run((0..count).map(|i| ("membership.invite", json!({ "email": email(i), "hats": [hat(i)] }))).collect()).await;
    }

    /// Objectives, needs, evidence, initiatives and features.
    async fn above(&self) {
        let objectives = self.run((0..10).map(|i| ("objective.create", json!({ "title": format!("Objective {i}") }))).collect()).await;
        let needs = self.run((0..self.stories / 1000).map(|i| ("need.create", json!({ "title": format!("Need {i}") }))).collect()).await;
        let evidence = (0..self.stories / 200)
            .map(|i| ("evidence.record", json!({ "quote": format!("They said {i}"), "need": needs[i % needs.len()].simple().to_string() })));
        self.run(evidence.collect()).await;
        let initiatives = (1..self.features.start).map(|i| {
            let horizon = if i.is_multiple_of(4) { "now" } else { "later" };
            let (objective, need) = (objectives[i % 10].simple().to_string(), needs[i % needs.len()].simple().to_string());
            ("initiative.create", json!({ "title": format!("Bet {i}"), "horizon": horizon, "objective": objective, "need": need }))
        });
        self.run(initiatives.collect()).await;
        let parents = self.features.start - 1;
        let features = self
            .features
            .clone()
            .map(|i| ("feature.create", json!({ "title": format!("Feature {i}"), "initiative": (1 + i % parents).to_string() })));
        self.run(features.collect()).await;
        // Twelve competitors can do thirty things, each seen twice.
        let mut table = "Capability,Competitor,Grade,Source,Seen on".to_owned();
        for i in 0..30 * 12 * 2 {
            let (grade, day) = (["none", "partial", "full", "best"][i * 7 % 4], web::when::day(self.app.clock.now() - (i as i64 % 300) * 86_400_000));
            table += &format!("\nCapability {},Competitor {},{grade},Price list,{day}", i % 30, i / 30 % 12);
        }
        self.run(vec![("grade.bring_in", json!({ "table": table }))]).await;
        for i in 0..self.stories / 300 {
            let ask = Ask::named(Some(self.key), "story.create", json!({ "title": format!("Wanted {i}") }));
            self.app.run(self.me, Ask { as_proposal: true, ..ask }).await.unwrap();
        }
    }

    fn story(&self, i: usize) -> Json {
        let word = |n: usize| WORDS[(i * 7 + n * 5 + i / 13) % WORDS.len()];
        // Every tenth story hangs on the first feature, every twentieth on none.
        let feature = if i.is_multiple_of(10) { self.features.start } else { self.features.start + i % self.features.len() };
        json!({
            "title": format!("Show the {} of the {} number {i}", word(1), word(2)),
            "body": format!("The {} and the {} should agree. ", word(3), word(4)).repeat(6),
            "feature": (i % 20 != 1).then(|| feature.to_string()),
            "labels": [word(5)],
            "criteria": if i.is_multiple_of(4) { vec!["It works", "It is fast"] } else { vec![] },
        })
    }

    /// What two weeks bring: new stories, most of them done at once, and a sprint of a few.
    async fn fortnight(&mut self, sprint: usize) {
        let first = self.made;
        self.made = self.stories * (sprint + 1) / SPRINTS;
        let new = first..self.made;
        self.run(new.clone().map(|i| ("story.create", self.story(i))).collect()).await;
        let each = |command: &'static str, which: &dyn Fn(usize) -> bool, args: &dyn Fn(usize) -> Json| -> Vec<(&'static str, Json)> {
            let told = |i: usize| {
                let mut told = args(i);
                told["story"] = json!((self.features.end + i).to_string());
                (command, told)
            };
            new.clone().filter(|i| which(*i)).map(told).collect()
        };
        let done = |i: usize| i % 5 != 3;
        self.run(each("story.estimate", &|_| true, &|i| json!({ "points": i % 8 + 1 }))).await;
        self.run(each("story.mark_ready", &|i| done(i) || i.is_multiple_of(7), &|_| json!({ "ready": true }))).await;
        self.run(each("story.block", &|i| !done(i) && i.is_multiple_of(79), &|_| json!({ "reason": "Waits for the supplier" }))).await;
        let day = |ms: i64| web::when::day(ms);
        let (number, now) = ((sprint + 1).to_string(), self.app.clock.now());
        let few: Vec<String> = new.clone().take(30).map(|i| (self.features.end + i).to_string()).collect();
        if sprint > 0 {
            self.close(sprint).await;
        }
        self.run(vec![
            ("sprint.plan", json!({ "goal": "Some of it", "starts_on": day(now), "ends_on": day(now + FORTNIGHT - 86_400_000) })),
            ("sprint.add_stories", json!({ "sprint": number, "stories": few })),
            ("sprint.start", json!({ "sprint": number })),
        ])
        .await;
        self.run(each("story.hand_over", &done, &|_| json!({}))).await;
        self.run(each("story.accept", &done, &|_| json!({ "reason": "seen" }))).await;
    }

    async fn close(&self, number: usize) {
        self.run(vec![("sprint.close", json!({ "sprint": number.to_string() }))]).await;
    }

    /// A running sprint with cards in all columns.
    async fn board(&self, cards: usize) {
        let open = (0..self.stories).rev().filter(|i| i % 5 == 3).take(cards);
        let numbers: Vec<String> = open.map(|i| (self.features.end + i).to_string()).collect();
        self.close(SPRINTS).await;
        let (number, now) = ((SPRINTS + 1).to_string(), self.app.clock.now());
        let ends = web::when::day(now + FORTNIGHT);
        self.run(vec![
            ("sprint.plan", json!({ "goal": "Everything", "starts_on": web::when::day(now), "ends_on": ends })),
            ("sprint.add_stories", json!({ "sprint": number, "stories": numbers })),
            ("sprint.start", json!({ "sprint": number })),
        ])
        .await;
        let some = |command: &'static str, part: usize, args: &dyn Fn(&str) -> Json| -> Vec<(&'static str, Json)> {
            numbers.iter().take(cards * part / 10).map(|n| (command, args(n))).collect()
        };
        self.run(some("story.start", 6, &|n| json!({ "story": n }))).await;
        self.run(some("story.hand_over", 3, &|n| json!({ "story": n }))).await;
        self.run(some("story.accept", 2, &|n| json!({ "story": n, "reason": "seen" }))).await;
    }
}
