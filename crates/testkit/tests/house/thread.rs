//! The thread: links made where one works, where it is broken, how far the two pull the same way, today and as of a day.

use kernel::json;
use testkit::House;

/// What there is to join a thing with, as the script is given it.
async fn offered(h: &House, who: &str, rest: &str) -> String {
    let request = axum::http::Request::get(format!("/ORB/thread/join?{rest}")).header("cookie", h.cookie(who).await).header("x-tandem", "1");
    let answer = h.send(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(answer.status, 200, "{rest}: {}", answer.text);
    answer.text
}

#[tokio::test]
async fn things_are_joined_by_words_by_a_key_and_by_an_address() {
    let h = House::new().await;
    let goal = h.made("manager", "objective.create", json!({ "title": "Fewer queues" }), "objective").await;
    let other = h.made("manager", "objective.create", json!({ "title": "Happier riders" }), "objective").await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "Reserve", "objective": other }), "initiative").await;
    let feature = h.made("manager", "feature.create", json!({ "title": "Hold a bike" }), "feature").await;
    let story = h.made("owner", "story.create", json!({ "title": "Hold it for ten minutes" }), "story").await;

    let goals = offered(&h, "manager", &format!("noun=initiative&id={bet}&with=objective")).await;
    assert!(goals.contains("Fewer queues") && goals.contains("initiative.serve"), "{goals}");
    assert!(!goals.contains("Happier riders"), "what is joined already is not offered");
    let few = offered(&h, "manager", &format!("noun=initiative&id={bet}&with=objective&q=nothing")).await;
    assert!(!few.contains("Fewer queues") && few.contains("Nothing else is called so"));
    // The same from its other end.
    assert!(offered(&h, "manager", &format!("noun=objective&id={goal}&with=initiative&q=res")).await.contains("initiative.serve"));
    // A key, and an address of a page: whatever it can be joined with.
    for pasted in ["ORB-2", "orb-2", "https%3A%2F%2Ftandem.example%2FORB%2Froadmap%3Fopen%3D2", "%2FORB%2Froadmap%3Fopen%3D2"] {
        let found = offered(&h, "owner", &format!("noun=story&id={story}&q={pasted}")).await;
        assert!(found.contains("Hold a bike") && found.contains("story.set"), "{pasted}: {found}");
    }
    let found = offered(&h, "owner", &format!("noun=story&id={story}&q=ORB-1")).await;
    assert!(!found.contains("Reserve"), "a story is no part of an initiative");
    // Dropped on one, that one alone.
    assert!(offered(&h, "manager", &format!("noun=initiative&id={bet}&with=objective&only={goal}")).await.contains("Fewer queues"));
    // Without script a page.
    let page = h.get("owner", &format!("/ORB/thread/join?noun=story&id={story}&with=feature")).await;
    assert!(page.status == 200 && page.text.contains("<main") && page.text.contains("Hold a bike") && page.text.contains("name=\"_back\""));
    let sent = h.post("owner", "/ORB/do/story.set", &format!("stories={story}&feature={feature}")).await;
    assert!(sent.status.as_u16() < 400, "{}", sent.text);
    assert_eq!(h.number("select count(*) from story where feature is not null").await, 1);
    // What does not hang together, and what is not there.
    assert_eq!(h.get("owner", &format!("/ORB/thread/join?noun=story&id={story}&with=objective")).await.status, 404);
    assert_eq!(h.get("owner", &format!("/ORB/thread/join?noun=story&id={feature}&with=feature")).await.status, 404);
    assert_eq!(h.get("outsider", &format!("/ORB/thread/join?noun=story&id={story}&with=feature")).await.status, 404);
}

#[tokio::test]
async fn whoever_may_not_even_propose_a_link_is_offered_none() {
    let h = House::new().await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "Reserve" }), "initiative").await;
    h.made("manager", "objective.create", json!({ "title": "Fewer queues" }), "objective").await;
    assert!(h.get("manager", "/ORB/thread?of=ORB-1").await.text.contains("thread/join?noun=initiative"));
    assert!(!h.get("stakeholder", "/ORB/thread?of=ORB-1").await.text.contains("thread/join"));
    assert!(!h.get("stakeholder", "/ORB/thread").await.text.contains("thread/join"));
    assert_eq!(h.get("stakeholder", &format!("/ORB/thread/join?noun=initiative&id={bet}&with=objective")).await.status, 403);
}

/// A break of every kind that today's nouns know.
async fn broken(h: &House) {
    h.made("owner", "evidence.record", json!({ "quote": "It was gone." }), "evidence").await;
    h.made("owner", "need.create", json!({ "title": "A bike is there" }), "need").await;
    h.made("manager", "trend.create", json!({ "title": "Bills go electronic" }), "trend").await;
    h.made("manager", "objective.create", json!({ "title": "Fewer queues" }), "objective").await;
    h.made("manager", "initiative.create", json!({ "title": "Reserve" }), "initiative").await;
    let window = h.proposed("manager", "initiative.edit", json!({ "initiative": "1", "starts_on": "2020-01-01", "ends_on": "2020-02-01" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": window })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": "Hold a bike" }), "feature").await;
    h.made("manager", "feature.create", json!({ "title": "Pay by card" }), "feature").await;
    h.made("owner", "story.create", json!({ "title": "Loose one", "criteria": ["nobody looked"] }), "story").await;
    h.run("developer", "story.start", json!({ "story": "4" })).await.unwrap();
    let done = h.made("owner", "story.create", json!({ "title": "Done one", "feature": "3" }), "story").await;
    h.run("developer", "story.hand_over", json!({ "story": done })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": done })).await.unwrap();
    let bet = crate::launch::bet(h, "Released long ago").await;
    let window = h.proposed("manager", "initiative.edit", json!({ "initiative": bet, "ends_on": "2020-02-01" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": window })).await.unwrap();
}

#[tokio::test]
async fn the_past_is_judged_by_the_same_facts_as_today() {
    let h = House::new().await;
    broken(&h).await;
    let now = h.proposed("manager", "feature.move", json!({ "feature": "2", "horizon": "now" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": now })).await.unwrap();
    let token = h.token("owner").await;
    let today = web::when::day(h.app.clock.now());
    let now = h.rest(&token, "GET", "/products/ORB/gaps", json!(null)).await.json();
    let then = h.rest(&token, "GET", &format!("/products/ORB/gaps?as_of={today}"), json!(null)).await.json();
    assert_eq!(now, then);
    let names: Vec<&str> = now.as_array().unwrap().iter().map(|gap| gap["name"].as_str().unwrap()).collect();
    for (noun, strand) in kernel::strand::thread() {
        for gap in strand.gaps {
            assert!(names.contains(&gap.name), "{} of {} is not shown by this test: {names:?}", gap.name, noun.table);
        }
    }
}

#[tokio::test]
async fn each_gap_is_mended_where_it_is_told_by_whoever_decides() {
    let h = House::new().await;
    broken(&h).await;
    let report = h.get("manager", "/ORB/thread").await.text;
    for act in [
        "noun=evidence",
        "noun=need",
        "noun=objective",
        "noun=initiative",
        "noun=feature",
        "noun=story",
        "do/criterion.check",
        "do/feature.edit",
        "do/initiative.edit",
    ] {
        assert!(report.contains(act) || act == "do/criterion.check", "{act}: {report}");
    }
    let mine = h.get("developer", "/ORB/thread?by=mine").await.text;
    let list = mine.split("class=\"gaps\"").nth(1).unwrap();
    assert!(list.contains("nobody looked") && list.contains("do/criterion.check"), "work is the developer's: {list}");
    assert!(!list.contains("A bike is there"), "needs are for others to mend");
    let owners = h.get("manager", "/ORB/thread?by=owner").await.text;
    let list = owners.split("class=\"gaps\"").nth(1).unwrap();
    assert!(list.contains("Loose one") && !list.contains("Initiatives without"), "{list}");
    // The act in the row.
    let criterion = h.text("select id from criterion".into()).await;
    let sent = h.post("developer", "/ORB/do/criterion.check", &format!("criterion={criterion}&passes=true")).await;
    assert!(sent.status.as_u16() < 400, "{}", sent.text);
    assert!(!h.get("developer", "/ORB/thread").await.text.contains("nobody looked"));
}

#[tokio::test]
async fn the_thread_is_seen_as_of_a_past_day() {
    let h = House::new().await;
    let (goal, _) = crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "Old story", "feature": "2" }), "story").await;
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    h.run("manager", "initiative.unserve", json!({ "initiative": "1", "objective": goal })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "title": "New name" })).await.unwrap();
    h.run("owner", "story.set", json!({ "stories": ["3"], "feature": null })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "Late comer", "feature": "2" }), "story").await;

    let now = h.get("owner", "/ORB/thread?of=ORB-2").await.text;
    assert!(now.contains("New name") && now.contains("Late comer") && !now.contains("Old story") && !now.contains("Riders find a bike"));
    let past = h.get("owner", &format!("/ORB/thread?of=ORB-2&as_of={then}")).await;
    assert_eq!(past.status, 200, "{}", past.text);
    let main = past.text.split("<main").nth(1).unwrap();
    for word in ["Reserve", "Old story", "Riders find a bike", "Know that a bike is there", "It was gone."] {
        assert!(main.contains(word), "the past lacks {word}");
    }
    assert!(!main.contains("New name") && !main.contains("Late comer"));
    assert!(!main.contains("thread/join") && !main.contains("data-act") && !main.contains("draggable=\"true\""), "the past cannot be changed");
    let token = h.token("owner").await;
    let gaps = |day: String| {
        let (h, token) = (&h, token.clone());
        async move { h.rest(&token, "GET", &format!("/products/ORB/gaps{day}"), json!(null)).await.text }
    };
    assert!(gaps(String::new()).await.contains("Objectives without an initiative"));
    assert!(!gaps(format!("?as_of={then}")).await.contains("Objectives without an initiative"));
    assert_eq!(h.get("owner", "/ORB/thread?as_of=soon").await.status, 422);
    let before = h.get("owner", "/ORB/thread?of=ORB-4&as_of=2020-01-01").await;
    assert!(before.status == 200 && before.text.contains("It was not there yet"));
    assert_eq!(h.get("owner", "/ORB/thread?of=story&id=0198c2a4d0f77a3c9a5e6b1f2d3c4b5a&as_of=2020-01-01").await.status, 404);
}

#[tokio::test]
async fn a_large_chain_is_folded_searched_and_unfolded() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for n in 0..30 {
        h.made("owner", "story.create", json!({ "title": format!("Slice {n:02}"), "feature": "2" }), "story").await;
    }
    let count = |text: &str| text.split("<h2>The same as a list").next().unwrap().matches("<title>ORB-").count();
    let folded = h.get("owner", "/ORB/thread?of=ORB-2").await.text;
    assert_eq!(count(&folded), 2 + 6, "the bet, the feature and a few of its stories");
    assert!(folded.contains("and 24 more") && folded.contains("&amp;whole=story"));
    let found = h.get("owner", "/ORB/thread?of=ORB-2&find=slice+27").await.text;
    assert!(found.contains("Slice 27") && found.contains("1 thing of"), "what is searched for is not folded away");
    let feature = h.text("select id from feature".into()).await;
    let whole = h.get("owner", &format!("/ORB/thread?of=feature&id={feature}&whole=story")).await.text;
    assert_eq!(count(&whole), 2 + 30);
}

#[tokio::test]
async fn alignment_says_what_stands_behind_each_figure() {
    let h = House::new().await;
    let (goal, _) = crate::chain::thread_above(&h).await;
    h.run("manager", "objective.edit", json!({ "objective": goal, "share": 70 })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": "Aside" }), "feature").await;
    for (title, feature, points) in [("Main", "2", 6), ("Side", "3", 2)] {
        let story = h.made("owner", "story.create", json!({ "title": title, "feature": feature }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": story, "points": points })).await.unwrap();
        h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
        h.run("owner", "story.accept", json!({ "story": story })).await.unwrap();
    }
    h.made("owner", "story.create", json!({ "title": "In work", "feature": "2" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "Astray" }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["6", "7"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("owner", "initiative.create", json!({ "title": "May we" })).await.unwrap();
    let token = h.token("manager").await;
    let today = web::when::day(h.app.clock.now());
    let now = h.rest(&token, "GET", "/products/ORB/alignment", json!(null)).await.json();
    assert_eq!(now, h.rest(&token, "GET", &format!("/products/ORB/alignment?as_of={today}"), json!(null)).await.json(), "the past is told alike");
    let shares: Vec<(f64, Option<f64>)> =
        now["shares"].as_array().unwrap().iter().map(|s| (s["share"].as_f64().unwrap(), s["intended"].as_f64())).collect();
    assert_eq!(shares, [(0.75, Some(0.7)), (0.25, None)], "{now}");
    assert_eq!((now["sprint"]["joined"].as_i64(), now["sprint"]["stories"].as_i64()), (Some(1), Some(2)), "{now}");
    assert_eq!(now["sprint"]["loose"][0]["title"], "Astray");
    let count = |of: &str| now["vision"][of].as_array().map_or(0, Vec::len) as i64;
    assert_eq!(count("by"), 1, "whoever wrote it");
    assert_eq!(count("by") + count("not_yet"), h.number("select count(*) from membership where removed_at is null").await);
    assert_eq!(now["waiting"][0]["title"], "Add the initiative “May we” to Later");
    let page = h.get("manager", "/ORB/alignment").await.text;
    for word in ["75 %", "intended 70 %", "Astray", "Not yet by", "May we", "href=\"#shares\"", "id=\"waiting\""] {
        assert!(page.contains(word), "the page lacks {word}");
    }
    // Whoever sees no backlog is told nothing that rests on it.
    assert_eq!(h.get("stakeholder", "/ORB/alignment").await.status, 200);
}

#[tokio::test]
async fn what_nouns_say_of_the_thread_names_what_there_is() {
    let h = House::new().await;
    let takes = |command: &str, fields: &[&str]| {
        let offered = h.app.registry.command(command).unwrap_or_else(|_| panic!("there is no {command}"));
        fields.iter().for_each(|field| assert!(offered.schema["properties"].get(*field).is_some(), "{command} takes no {field}"));
    };
    for (noun, strand) in kernel::strand::thread() {
        for field in strand.title.iter().chain([&strand.state]).filter(|field| !field.is_empty()) {
            assert!(noun.fields.contains(field), "{} has no {field}", noun.table);
        }
        for hang in strand.hangs {
            assert!(hang.on == kernel::strand::ANYTHING || kernel::strand::strand(hang.on).is_some(), "{} hangs on {}", noun.table, hang.on);
            if let Some(made) = hang.made {
                takes(made.command, &[made.of, made.on]);
                takes(if made.undone.is_empty() { made.command } else { made.undone }, &[made.of, made.on]);
            }
        }
        for gap in strand.gaps {
            match gap.mend {
                kernel::Mend::Join { with, .. } => assert!(kernel::strand::joint(noun.table, with).is_some(), "{}", gap.name),
                kernel::Mend::Acts(acts) => acts.iter().for_each(|(command, field, also, _)| {
                    let fields: Vec<&str> = also.iter().map(|(name, _)| *name).chain([*field]).collect();
                    takes(command, &fields);
                }),
            }
        }
    }
}
