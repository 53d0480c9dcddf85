//! History for free: undo, as of, and the record.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

async fn act(h: &House, who: &str, command: &str, args: kernel::Json) -> String {
    match h.run(who, command, args).await.unwrap() {
        Outcome::Done(done) => done.act.simple().to_string(),
        Outcome::Proposed(_) => panic!("proposed"),
    }
}

#[tokio::test]
async fn an_act_can_be_taken_back_unless_something_changed_since() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let first = act(&h, "owner", "story.edit", json!({ "story": id, "title": "B" })).await;
    assert!(matches!(h.run("manager", "act.undo", json!({ "act": first })).await, Err(Refusal::Denied { .. })), "only one's own");
    h.run("owner", "act.undo", json!({ "act": first })).await.unwrap();
    assert_eq!(h.text("select title from story".into()).await, "A");
    let second = act(&h, "owner", "story.edit", json!({ "story": id, "title": "C" })).await;
    h.run("owner", "story.edit", json!({ "story": id, "title": "D" })).await.unwrap();
    assert!(matches!(h.run("owner", "act.undo", json!({ "act": second })).await, Err(Refusal::Invalid(_))));
    // A removal comes back, and full text finds it again.
    let gone = act(&h, "owner", "story.remove", json!({ "story": id })).await;
    assert!(!h.get("owner", "/ORB/search?q=D").await.text.contains("ORB-1"));
    h.run("owner", "act.undo", json!({ "act": gone })).await.unwrap();
    assert!(h.get("owner", "/ORB/search?q=D").await.text.contains("ORB-1"));
    // A creation goes.
    let made = act(&h, "owner", "story.create", json!({ "title": "E" })).await;
    h.run("owner", "act.undo", json!({ "act": made })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where removed_at is null").await, 1);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_an_act_was_is_recorded_and_not_guessed() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "Bet" }), "initiative").await;
    let objective = h.made("manager", "objective.create", json!({ "title": "O" }), "objective").await;
    let key_result = json!({ "objective": objective, "title": "k", "start_value": 0, "target": 1 });
    let key_result = h.made("manager", "key_result.create", key_result, "key_result").await;
    let filled = json!({ "initiative": "1", "key_result": key_result, "from_value": 1, "to_value": 2, "confidence": 60 });
    let edit = act(&h, "manager", "initiative.edit", filled).await;
    h.run("manager", "act.undo", json!({ "act": edit })).await.unwrap();
    assert_eq!(h.number("select count(*) from initiative where removed_at is null and confidence is null").await, 1, "only the edit went");
    let vision = json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": "d", "unlike": "e", "ours": "f" });
    let published = act(&h, "manager", "vision.publish", vision).await;
    h.run("manager", "act.undo", json!({ "act": published })).await.unwrap();
    assert_eq!(h.number("select count(*) from vision where removed_at is null").await, 0);
    assert_eq!(h.number("select count(*) from confirmation where removed_at is null").await, 0);
    assert_eq!(h.number("select count(*) from activity where did = 'removed'").await, 2, "what was made is removed, and told so");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn taking_back_is_judged_in_every_area_that_the_act_touched() {
    let mut h = House::new().await;
    h.add("both", &[kernel::Hat::Owner, kernel::Hat::Developer]).await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    let asks = vec![
        app::Ask::named(Some("ORB"), "story.edit", json!({ "story": "1", "title": "T" })),
        app::Ask::named(Some("ORB"), "story.estimate", json!({ "story": "1", "points": 5 })),
    ];
    let batch = app::Batch { asks, title: None, dry: false };
    let done = h.app.run_all(&h.visitor("both", kernel::Door::Page), batch, |_| {}).await.unwrap();
    let Outcome::Done(done) = &done[0] else { panic!("one hat decides on each") };
    let both = h.member("both").simple().to_string();
    let asked = h.proposed("owner", "membership.set_hats", json!({ "member": both, "hats": ["developer"] })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    // A developer decides on estimates alone: the whole is proposed to the Owner.
    let undo = json!({ "act": done.act.simple().to_string() });
    let asked = h.proposed("both", "act.undo", undo).await;
    assert_eq!(h.text(format!("select area from proposal where id = '{asked}'")).await, "backlog");
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where title = 'S' and points is null").await, 1);
}

#[tokio::test]
async fn what_others_answered_to_is_not_taken_back_and_not_offered() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S", "criteria": ["c"] }), "story").await;
    h.run("owner", "story.start", json!({ "story": "1" })).await.unwrap();
    h.run("owner", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    let verdict = act(&h, "owner", "story.accept", json!({ "story": "1", "reason": "seen" })).await;
    assert!(matches!(h.run("owner", "act.undo", json!({ "act": verdict })).await, Err(Refusal::Denied { .. })));
    let offered = |name: &str| h.app.registry.command(name).unwrap().spec.undoable;
    assert!(offered("story.edit") && !offered("story.accept") && !offered("proposal.sign") && !offered("sprint.start"));
}

#[tokio::test]
async fn the_roadmap_can_be_seen_as_it_was() {
    let h = House::new().await;
    let goal = h.made("manager", "objective.create", json!({ "title": "Old goal" }), "objective").await;
    h.made("manager", "initiative.create", json!({ "title": "Old bet", "objective": goal }), "initiative").await;
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "title": "New name" })).await.unwrap();
    h.run("manager", "initiative.move", json!({ "initiative": "1", "horizon": "next" })).await.unwrap();
    h.made("manager", "initiative.create", json!({ "title": "Late comer" }), "initiative").await;
    h.run("manager", "objective.edit", json!({ "objective": goal, "title": "New goal" })).await.unwrap();
    h.run("manager", "initiative.unserve", json!({ "initiative": "1", "objective": goal })).await.unwrap();
    let late = h.made("manager", "need.create", json!({ "title": "Late need" }), "need").await;
    h.run("manager", "initiative.address", json!({ "initiative": "1", "need": late })).await.unwrap();
    let past = h.get("manager", &format!("/ORB/roadmap?as_of={then}")).await.text;
    let (_, board) = past.split_once("class=\"board").expect("a board");
    assert!(board.contains("Old goal") && !board.contains("New goal") && !board.contains("Late need"), "why, as of that day");
    assert!(!board.contains("data-drop") && !board.contains("initiative.move") && !board.contains("feature.create"), "the past cannot be moved");
    assert!(past.contains("not told for a past day"), "and what is not known of it is said");
    assert!(past.contains("Old bet"), "the name of that day");
    assert!(past.contains(&format!("compare?from={then}")));
    let since = h.get("manager", &format!("/ORB/compare?from={then}")).await.text;
    assert!(since.contains("entered") && since.contains("moved") && since.contains("re-scoped"), "and what changed since: {since}");
    let now = h.get("manager", "/ORB/roadmap").await.text;
    assert!(now.contains("New name") && now.contains("Late comer") && now.contains("Late need") && now.contains("data-drop"));
    assert_eq!(h.get("manager", "/ORB/roadmap?as_of=yesterday").await.status, 422);
}

#[tokio::test]
async fn the_board_is_seen_as_of_a_past_day() {
    let h = House::new().await;
    for title in ["Stays", "Moves", "Comes late"] {
        h.made("owner", "story.create", json!({ "title": title }), "story").await;
    }
    h.run("owner", "sprint.plan", json!({ "goal": "Go", "starts_on": "2026-09-20", "ends_on": "2026-10-10" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1", "2"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    h.run("developer", "story.start", json!({ "story": "2" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3"] })).await.unwrap();
    let past = h.get("manager", &format!("/ORB/sprint?as_of={then}")).await.text;
    let (since, board) = past.split_once("class=\"board\"").expect("what changed, then the board");
    assert!(board.contains("Moves") && !board.contains("Comes late"), "the cards of that day");
    assert!(since.contains("entered") && since.contains("moved") && since.contains("from To do to In progress"), "{since}");
    assert!(!board.contains("data-mover"), "the past cannot be moved");
    let before = h.get("manager", "/ORB/sprint?as_of=2020-01-01").await;
    assert!(before.status == 200 && before.text.contains("No sprint then"));
    assert_eq!(h.get("manager", "/ORB/sprint?as_of=soon").await.status, 422);
}

#[tokio::test]
async fn changes_are_told_in_sentences() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "Told" }), "story").await;
    h.run("owner", "story.edit", json!({ "story": id, "title": "Retold", "body": "More" })).await.unwrap();
    h.run("owner", "story.drop", json!({ "story": id, "dropped": true })).await.unwrap();
    h.run("owner", "story.drop", json!({ "story": id, "dropped": false })).await.unwrap();
    let page = h.get("owner", "/ORB/activity").await.text;
    for sentence in [
        "added the story ORB-1 Told",
        "changed the story ORB-1 Retold",
        "Title from Told to Retold · notes: More",
        "dropped ORB-1 Retold",
        "took up again ORB-1 Retold",
    ] {
        assert!(words(&page).contains(sentence), "{sentence}");
    }
    assert!(page.contains("href=\"/ORB/story/"), "what a line is about is a link");
}

/// A page without its markup.
fn words(page: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in page.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

#[tokio::test]
async fn an_act_of_several_changes_is_one_line() {
    let h = House::new().await;
    h.made("manager", "vision.publish", json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": "d", "unlike": "e", "ours": "f" }), "vision").await;
    let page = words(&h.get("owner", "/ORB/activity").await.text);
    assert!(page.contains("Manager published the vision, version 1"), "{page}");
    assert!(page.contains("and 1 more"), "the author's own confirmation is folded below");
    assert!(page.contains("Manager set up the product Orbit"), "whoever sets up is who did it");
}

#[tokio::test]
async fn no_line_is_lost_between_pages() {
    let h = House::new().await;
    // All of these share a millisecond: the clock stands still, and each act writes several lines.
    for i in 0..30 {
        h.made("owner", "story.create", json!({ "title": format!("S{i}"), "criteria": ["a", "b", "c", "d", "e", "f", "g"] }), "story").await;
    }
    let all = h.number("select count(*) from activity where product is not null").await;
    let token = h.token("developer").await;
    let (mut after, mut seen) = (String::new(), std::collections::HashSet::new());
    loop {
        let page = h.rest(&token, "GET", &format!("/products/ORB/activity?limit=50&after={after}"), json!(null)).await.json();
        for line in page["items"].as_array().unwrap() {
            assert!(seen.insert(line["id"].as_str().unwrap().to_owned()), "no line comes twice");
        }
        match page["next"].as_str() {
            Some(next) => after = next.to_owned(),
            None => break,
        }
    }
    // What is private to those with a say in `agreement` (tickets) is not theirs to read.
    assert_eq!(seen.len() as i64, all);
    let first = h.get("owner", "/ORB/activity").await.text;
    let (_, rest) = first.split_once("href=\"?after=").unwrap();
    let next = h.get("owner", &format!("/ORB/activity?after={}", rest.split('"').next().unwrap())).await;
    assert!(next.status == 200 && next.text.contains("S10"), "{}", next.status);
    for wrong in ["limit=0", "limit=501", "limit=x", "after=x"] {
        assert_eq!(h.rest(&token, "GET", &format!("/products/ORB/activity?{wrong}"), json!(null)).await.status, 422, "{wrong}");
    }
}

#[tokio::test]
async fn every_change_is_told_with_hat_and_door() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Told" }), "story").await;
    let lines = h.rest(&h.token("stakeholder").await, "GET", "/products/ORB/activity", json!(null)).await.json();
    let line = &lines["items"][0];
    assert_eq!(
        (line["kind"].as_str(), line["who"].as_str(), line["hat"].as_str(), line["door"].as_str()),
        (Some("story.created"), Some("Owner"), Some("owner"), Some("page"))
    );
}

pub(crate) async fn backup(app: &app::App) -> Vec<u8> {
    let (tables, named, blobs) = (app.registry.tables(), app.registry.files(), app.blobs.clone());
    let write = move |reader: &mut dyn kernel::Reader| {
        let mut file = vec![];
        store::dump::write(reader, &tables, &store::dump::Files { named, blobs: &blobs }, &mut file)?;
        Ok(file)
    };
    app.store.read(write).await.unwrap()
}

pub(crate) async fn restore(app: &app::App, file: &[u8]) -> Result<u64, Refusal> {
    let whole = store::dump::Whole::verify(std::io::Cursor::new(file.to_vec()), app.registry.tables())?;
    let (registry, blobs) = (app.registry.clone(), app.blobs.clone());
    let all = move |w: &mut dyn kernel::Writer| {
        let rows = whole.restore(w, &blobs)?;
        app::index_all(w, &registry)?;
        Ok(rows)
    };
    app.store.write(all).await
}

pub(crate) async fn empty(clock: &app::Clock) -> app::App {
    let clock = clock.clone();
    testkit::open(testkit::address(), clock, 1).await
}

#[tokio::test]
async fn a_backup_restores_everything_into_an_empty_database() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    // A story that was in a sprint once is still found on the boards of that time.
    let story = h.made("owner", "story.create", json!({ "title": "Was there" }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [story] })).await.unwrap();
    h.run("owner", "sprint.take_out", json!({ "story": story })).await.unwrap();
    let bytes = backup(&h.app).await;
    assert!(String::from_utf8_lossy(&bytes).contains("\"sprint_story\":1"));
    let other = empty(&h.app.clock).await;
    restore(&other, &bytes).await.unwrap();
    assert!(other.check().await.unwrap().wrong.is_empty());
    assert!(bytes == backup(&other).await, "the same lines come out again");
    assert!(matches!(restore(&other, &bytes).await, Err(Refusal::Invalid(_))), "only an empty database takes a backup");
}

#[tokio::test]
async fn a_backup_that_is_cut_or_changed_restores_nothing() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Kept" }), "story").await;
    let whole = String::from_utf8(backup(&h.app).await).unwrap();
    let other = empty(&h.app.clock).await;
    let lines: Vec<&str> = whole.lines().collect();
    let without = |skip: &dyn Fn(usize, &str) -> bool| -> String {
        lines.iter().enumerate().filter(|(i, line)| !skip(*i, line)).map(|(_, line)| format!("{line}\n")).collect()
    };
    let (end, story) = (lines.len() - 1, lines.iter().position(|l| l.contains("Kept")).unwrap());
    for (what, broken) in [
        ("cut at a line's end", without(&|i, _| i > end / 2)),
        ("cut before the end mark", without(&|i, _| i == end)),
        ("cut within a line", whole[..whole.len() / 2].to_owned()),
        ("without its last line feed", whole.trim_end().to_owned()),
        ("a row less", without(&|i, _| i == story)),
        ("a row twice", format!("{}{}\n{}", without(&|i, _| i > story), lines[story], without(&|i, _| i <= story))),
        ("another title", whole.replace("Kept", "Kept!")),
        ("something behind", format!("{whole}[]\n")),
        ("nothing", String::new()),
        ("an older format", whole.replacen("\"format\":3", "\"format\":1", 1)),
        ("a newer format", whole.replacen("\"format\":3", "\"format\":4", 1)),
        ("an unknown table", whole.replace("\"table\":\"story\"", "\"table\":\"tale\"")),
    ] {
        assert!(matches!(restore(&other, broken.as_bytes()).await, Err(Refusal::Invalid(_))), "{what}");
    }
    let nothing = other.store.read(store::dump::is_empty).await.unwrap();
    assert!(nothing, "nothing of them is there");
    restore(&other, whole.as_bytes()).await.unwrap();
}

#[tokio::test]
async fn reading_row_by_row_tells_what_reading_at_once_tells() {
    let h = House::new().await;
    for n in 0..3 {
        let stories = (0..999).map(|i| app::Ask::named(Some("ORB"), "story.create", json!({ "title": format!("S {n} {i}") }))).collect();
        let batch = app::Batch { asks: stories, title: None, dry: false };
        h.app.run_all(&h.visitor("owner", kernel::Door::Page), batch, |_| {}).await.unwrap();
    }
    let read = |reader: &mut dyn kernel::Reader| {
        for (sql, params) in [
            ("select title, number from story where number > $1 order by id", vec![kernel::Value::Int(5)]),
            ("select id, title, number from story where title = $1 order by id", vec![kernel::Value::Text("none".into())]),
            ("select number from story order by id", vec![]),
        ] {
            // Twice, for what is prepared is used again.
            for _ in 0..2 {
                let mut one_by_one = vec![];
                reader.each(sql, &params, &mut |row| {
                    one_by_one.push(row.cells());
                    Ok(())
                })?;
                let at_once: Vec<_> = reader.query(sql, &params)?.into_iter().map(kernel::Row::cells).collect();
                assert!(one_by_one == at_once, "{sql}");
            }
        }
        Ok(())
    };
    h.app.store.read(read).await.unwrap();
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn a_check_finds_what_no_event_did() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Kept" }), "story").await;
    for (sql, told) in [
        ("update story set title = 'Slipped in'", "title is"),
        (
            "insert into activity select 'f' || substr(id, 2), act, at, product, member, assistant, hat, door, command, area, kind, noun, 'f' || substr(noun_id, 2), label, changes, proposal, reason, did, undoable, takes from activity where kind = 'story.created'",
            "1 lines of activity are about something that is not there",
        ),
        ("update activity set changes = '?' where kind = 'story.created' and label = 'Kept'", "cannot be read"),
    ] {
        h.app.store.write(move |w| w.execute(sql, &[])).await.unwrap();
        let wrong = h.app.check().await.unwrap().wrong;
        assert!(wrong.iter().any(|w| w.contains(told)), "{told}: {wrong:?}");
    }
}

#[tokio::test]
async fn an_export_is_the_whole_product_and_no_key_to_it() {
    let h = House::of_way(kernel::matrix::Way::BothHats).await;
    h.made("manager", "initiative.create", json!({ "title": "Bet" }), "initiative").await;
    let proposal = h.proposed("owner", "initiative.create", json!({ "title": "Other" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    h.run("manager", "initiative.remove", json!({ "initiative": "2" })).await.unwrap();
    h.run("manager", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })).await.unwrap();
    let (registry, blobs) = (h.app.registry.clone(), h.app.blobs.clone());
    let write = move |look: &mut kernel::Look| {
        let mut file = vec![];
        exchange::export(look, &registry, &blobs, &mut file)?;
        Ok(file)
    };
    let file = h.app.ask(&h.visitor("manager", kernel::Door::Cli), Some("ORB"), write).await.unwrap();
    let all: kernel::Json = serde_json::from_slice(&file).unwrap();
    let list = |of: &kernel::Json| of.as_array().map_or(0, Vec::len) as i64;
    for noun in ["initiative", "proposal", "signature", "membership", "agreement", "product", "board_column"] {
        let rows = h.text(format!("select cast(count(*) as text) from {noun}")).await;
        assert_eq!(list(&all["nouns"][noun]).to_string(), rows, "{noun}");
    }
    assert_eq!(list(&all["activity"]), h.number("select count(*) from activity where product is not null").await);
    assert!(all["nouns"]["ticket"].is_null() && !String::from_utf8(file).unwrap().contains("token_hash\":\""), "links stay behind");
    assert!(list(&all["members"]) >= 5);
}
