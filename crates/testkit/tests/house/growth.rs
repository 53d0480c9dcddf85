//! What holds however large a product is: counts kept beside the stories, lists that end, the past of a board, long reads
//! that stop nobody.

use kernel::{Hat, json};
use std::{sync::mpsc, time::Duration};
use testkit::House;

/// Tallies against a count of the stories themselves, told as differences.
async fn miscounted(h: &House) -> String {
    let counted = "select product, stage, coalesce(feature, '') as feature, count(*) as stories, coalesce(sum(points), 0.0) as points, count(ready_at) as ready,
        coalesce(sum(case when ready_at is not null and sprint is null then 1 else 0 end), 0) as free
        from story where removed_at is null group by product, stage, coalesce(feature, '')";
    h.text(format!(
        "select cast(count(*) as text) from story_tally t full join ({counted}) as c on c.product = t.product and c.stage = t.stage and c.feature = t.feature
         where coalesce(t.stories, 0) <> coalesce(c.stories, 0) or coalesce(t.points, 0) <> coalesce(c.points, 0)
         or coalesce(t.ready, 0) <> coalesce(c.ready, 0) or coalesce(t.free, 0) <> coalesce(c.free, 0)"
    ))
    .await
}

#[tokio::test]
async fn tallies_follow_whatever_happens_to_stories() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    for i in 0..6 {
        let feature = if i % 2 == 0 { json!("2") } else { json!(null) };
        let id = h.made("owner", "story.create", json!({ "title": format!("S{i}"), "feature": feature }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": id, "points": i + 1 })).await.unwrap();
        h.run("owner", "story.mark_ready", json!({ "story": id, "ready": true })).await.unwrap();
        match i {
            0 => drop(h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [id] })).await.unwrap()),
            1 => drop(h.run("developer", "story.hand_over", json!({ "story": id })).await.unwrap()),
            2 => drop(h.run("owner", "story.drop", json!({ "story": id, "dropped": true })).await.unwrap()),
            3 => drop(h.run("owner", "story.remove", json!({ "story": id })).await.unwrap()),
            4 => drop(h.run("owner", "story.edit", json!({ "story": id, "feature": "" })).await.unwrap()),
            _ => {
                h.run("developer", "story.estimate", json!({ "story": id, "points": null })).await.unwrap();
                h.run("owner", "story.mark_ready", json!({ "story": id, "ready": false })).await.unwrap();
            }
        }
        assert_eq!(miscounted(&h).await, "0", "after story {i}");
    }
    assert!(h.number("select count(*) from story_tally where stories > 0").await > 3, "they are told apart");
}

#[tokio::test]
async fn a_story_that_left_a_sprint_still_stands_on_its_past_board() {
    let h = House::new().await;
    for title in ["Stays", "Leaves"] {
        h.made("owner", "story.create", json!({ "title": title }), "story").await;
    }
    h.run("owner", "sprint.plan", json!({ "goal": "Go", "starts_on": "2026-09-20", "ends_on": "2026-10-10" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1", "2"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    h.run("owner", "sprint.take_out", json!({ "story": "2" })).await.unwrap();
    let past = h.get("manager", &format!("/ORB/sprint?as_of={then}")).await.text;
    let (_, board) = past.split_once("class=\"board\"").expect("a board");
    assert!(board.contains("Leaves") && board.contains("Stays"));
    assert!(!h.get("manager", "/ORB/sprint").await.text.contains("Leaves"));
}

#[tokio::test]
async fn people_are_found_by_name_and_shown_page_by_page() {
    let mut h = House::new().await;
    for i in 0..30 {
        h.add(&format!("person{i:02}"), &[Hat::Developer]).await;
    }
    let first = h.get("manager", "/ORB/settings").await.text;
    assert!(first.contains("Find someone by name") && first.contains("Person00") && !first.contains("Person29"), "{first}");
    let (_, rest) = first.split_once("&amp;after=").expect("a way to the next page");
    let next = h.get("manager", &format!("/ORB/settings?people=&after={}", rest.split('"').next().unwrap())).await.text;
    assert!(next.contains("Person29") && !next.contains("Person00"));
    let found = h.get("manager", "/ORB/settings?people=son17").await.text;
    assert!(found.contains("Person17") && !found.contains("Person16"));
    assert!(h.get("manager", "/ORB/settings?people=nobody").await.text.contains("Nobody is called so"));
    let lend = h.get("manager", "/ORB/who-decides?people=son17").await.text;
    assert!(lend.contains(">Person17</option>") && !lend.contains(">Person16</option>"), "a hat is lent to whoever was looked for");
    assert!(h.get("manager", "/ORB/who-decides").await.text.contains("+25"), "faces are counted where there are many");
}

#[tokio::test]
async fn whoever_comes_last_by_name_is_asked_like_anybody() {
    let mut h = House::new().await;
    // More than there are to choose from in a form.
    for i in 0..202 {
        h.add(&format!("aa{i:03}"), &[Hat::Developer]).await;
    }
    h.made("owner", "story.create", json!({ "title": "Foil goes in" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "Two come out" }), "story").await;
    let [owner, manager] = ["owner", "manager"].map(|who| h.member(who));
    let poker = h.made("owner", "poker.begin", json!({ "stories": ["1"], "asked": [owner, manager] }), "poker").await;
    let round = h.text(format!("select id from poker_round where poker = '{poker}'")).await;
    h.run("owner", "poker_round.vote", json!({ "poker_round": round, "card": "5" })).await.unwrap();
    assert_eq!(h.text(format!("select state from poker_round where id = '{round}'")).await, "on", "one is waited for");
    h.run("manager", "poker_round.vote", json!({ "poker_round": round, "card": "8" })).await.unwrap();
    assert_eq!(h.text(format!("select state from poker_round where id = '{round}'")).await, "turned");

    h.made("manager", "sorting.begin", json!({ "asked": [owner] }), "sorting").await;
    let scheme = h.made("owner", "scheme.create", json!({ "name": "Stories", "by": "ice", "thing": "story" }), "scheme").await;
    let raters = json!({ "scheme": scheme, "title": "R", "raters": { (owner.simple().to_string()): ["impact"] } });
    h.made("owner", "scoring_round.begin", raters, "scoring_round").await;
    let question = h.made("owner", "proposal.open", json!({ "title": "Which?", "area": "backlog" }), "proposal").await;
    let poll = json!({ "proposal": question, "question": "Which?", "options": "A\nB", "asked": [manager] });
    h.made("owner", "poll.ask", poll, "poll").await;
    h.run("owner", "proposal.involve", json!({ "proposal": question, "contributors": [manager] })).await.unwrap();
    let form = h.get("owner", &format!("/ORB/decisions?show={question}&people={question}")).await.text;
    let part = form.split("name=\"contributors\"").filter(|label| label.contains(&manager.simple().to_string())).collect::<String>();
    assert!(part.contains("checked"), "whoever is part already stays so when the form is sent: {form}");
    // A form offers some, and whoever is chosen already.
    let risk = h.made("manager", "risk.add", json!({ "title": "It rains", "likelihood": "high", "impact": "low", "owner": owner }), "risk").await;
    let page = h.get("manager", &format!("/ORB/risks?open={risk}")).await.text;
    assert!(
        page.contains("selected>Owner</option>") && page.contains(">Aa000</option>") && !page.contains(">Aa201</option>"),
        "not everybody is offered"
    );
    let stranger = kernel::Uuid::now_v7();
    for (command, args) in [
        ("poker.begin", json!({ "stories": ["1"], "asked": [stranger] })),
        ("proposal.involve", json!({ "proposal": question, "contributors": [stranger] })),
    ] {
        assert_eq!(h.run("owner", command, args).await.map(drop), Err(kernel::Refusal::NotFound), "{command}");
    }
}

#[tokio::test]
async fn products_are_found_by_name_and_the_rail_holds_ten() {
    let h = House::new().await;
    for i in 0..14 {
        h.second(&format!("T{i}"), "owner").await;
    }
    let page = h.get("manager", "/T0/").await.text;
    assert_eq!(page.matches("hx-boost=\"false\"><bdi>Product ").count() + page.matches("hx-boost=\"false\"><bdi>Orbit").count(), 10);
    assert!(page.contains("All your products"));
    let all = h.get("manager", "/products?q=product+t1").await.text;
    assert!(all.contains("Product T13") && !all.contains("Product T9"));
}

#[tokio::test]
async fn what_nobody_waits_for_gives_up_and_stops_nobody_meanwhile() {
    let h = House::new().await;
    if h.app.store.is_shared() {
        return; // PostgreSQL ends statements by its own time-out.
    }
    let endless = "with recursive n (x) as (select 1 union all select x + 1 from n) select count(*) from n";
    let owner = app::Visitor::member(h.member("owner"), kernel::Door::Page);
    let (began, begun) = mpsc::channel();
    let mut running = vec![];
    for _ in 0..store::LONG_READERS {
        let (app, owner, began) = (h.app.clone(), owner.clone(), began.clone());
        running.push(tokio::spawn(async move {
            app.compute(&owner, Some("ORB"), move |look| {
                began.send(()).unwrap();
                look.number(endless, &[])
            })
            .await
        }));
    }
    for _ in &running {
        let begun = &begun;
        while begun.try_recv().is_err() {
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(h.get("owner", "/ORB/backlog").await.status, 200, "short reads go on");
    for one in &running {
        one.abort();
    }
    let after = h.app.compute(&owner, Some("ORB"), |look| look.number("select 7", &[]));
    assert_eq!(tokio::time::timeout(Duration::from_secs(60), after).await.expect("their turns are free again").unwrap(), 7);
}

#[tokio::test]
async fn proposals_are_shown_page_by_page_and_one_is_found_wherever_it_stands() {
    let h = House::new().await;
    for i in 0..35 {
        h.proposed("manager", "story.create", json!({ "title": format!("Asked {i:02}.") })).await;
    }
    let id = async |title: &str| h.text(format!("select id from proposal where title like '%{title}%'")).await;
    let first = h.get("owner", "/ORB/decisions").await.text;
    assert!(first.contains("Asked 00.") && first.contains("25+") && !first.contains("Asked 30."));
    let next = first.split_once("href=\"?waiting=").unwrap().1.split('"').next().unwrap().to_owned();
    let second = h.get("owner", &format!("/ORB/decisions?waiting={next}")).await.text;
    assert!(second.contains("Asked 30.") && !second.contains("Asked 00."));
    let late = id("Asked 34.").await;
    let shown = h.get("owner", &format!("/ORB/decisions?show={late}")).await.text;
    assert!(shown.contains("The one you came for") && shown.contains("Asked 34."));
    for i in 0..30 {
        let proposal = id(&format!("Asked {i:02}.")).await;
        h.run("owner", "proposal.decline", json!({ "proposal": proposal, "note": "no" })).await.unwrap();
        h.app.clock.forward(1_000);
    }
    let log = h.get("owner", "/ORB/decisions").await.text;
    assert!(log.contains("Asked 29.") && !log.contains("Asked 02."));
    let next = log.split_once("href=\"?after=").unwrap().1.split('"').next().unwrap().to_owned();
    assert!(h.get("owner", &format!("/ORB/decisions?after={next}")).await.text.contains("Asked 02."));
    let found = h.get("owner", "/ORB/decisions?q=asked+02").await.text;
    assert!(found.contains("Asked 02.") && !found.contains("Asked 28."), "however long ago it was settled");
}

#[tokio::test]
async fn accounts_stand_page_by_page_and_are_found_by_name_or_address() {
    let mut h = House::new().await;
    for i in 0..60 {
        h.add(&format!("person{i:02}"), &[]).await;
    }
    let first = h.get("manager", "/members").await.text;
    assert!(first.contains("person00@x.org") && !first.contains("person59@x.org"), "{first}");
    let next = first.split(">Next<").next().unwrap().rsplit("href=\"").next().unwrap().split('"').next().unwrap().replace("&amp;", "&");
    assert!(h.get("manager", &format!("/members{next}")).await.text.contains("person59@x.org"));
    let found = h.get("manager", "/members?people=ERSON42%40").await.text;
    assert!(found.contains("person42@x.org") && !found.contains("person41@x.org"), "{found}");
    assert!(h.get("manager", "/members?people=nobody+at+all").await.text.contains("Nobody is called so"));
}

/// Nobody chooses from thousands, and a page that names them all takes a megabyte.
#[tokio::test]
async fn no_page_names_everybody() {
    let mut h = crate::pages::furnished().await;
    let vision = h.text("select id from vision limit 1".into()).await;
    for i in 0..230 {
        let who = format!("person{i:03}");
        h.add(&who, &[Hat::Developer]).await;
        h.run(&who, "vision.confirm", json!({ "vision": vision })).await.unwrap();
    }
    h.run("owner", "retro.begin", json!({})).await.unwrap();
    let mut crowded = vec![];
    for (_, address) in crate::pages::addresses() {
        let told = h.get("manager", &address).await;
        assert_eq!(told.status, 200, "{address}");
        let named = (0..230).filter(|i| told.text.contains(&format!("Person{i:03}"))).count();
        if named > 205 {
            crowded.push(format!("{address} names {named} of 230"));
        }
    }
    assert!(crowded.is_empty(), "{crowded:#?}");
}
