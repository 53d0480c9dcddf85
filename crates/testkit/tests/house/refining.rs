//! Refinement: links and what waits, splitting, hints, sub-tasks, templates, tending, the story map, sessions, the Product Goal.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

/// A sub-task, a template, a place on the map and a running session around a story; the step it stands in comes back.
pub(crate) async fn furnished(h: &House, story: &str) -> String {
    h.made("developer", "subtask.add", json!({ "story": story, "title": "Write the test" }), "subtask").await;
    h.made("owner", "story_template.create", json!({ "name": "Bug", "criteria": "- It is gone" }), "story_template").await;
    let step = h.made("owner", "map_step.add", json!({ "name": "Find a bike" }), "map_step").await;
    h.made("owner", "story.place_on_map", json!({ "stories": [story], "step": step }), "map_place").await;
    let session = h.made("owner", "refinement.begin", json!({}), "refinement").await;
    h.made("developer", "refinement.note", json!({ "refinement": session, "body": "Ask the workshop" }), "refinement_note").await;
    step
}

fn refused(result: Result<Outcome, Refusal>) -> String {
    match result {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

async fn story(h: &House, args: Json) -> String {
    h.made("owner", "story.create", args, "story").await
}

/// Stories 1, 2, 3 and so on of an empty product.
async fn with(titles: &[&str]) -> House {
    let h = House::new().await;
    for title in titles {
        story(&h, json!({ "title": title })).await;
    }
    h
}

async fn listed(h: &House, asked: &str) -> Vec<i64> {
    let token = h.token("owner").await;
    let got = h.rest(&token, "GET", &format!("/products/ORB/backlog?{asked}"), Json::Null).await.json();
    got["items"].as_array().unwrap_or_else(|| panic!("{got}")).iter().filter_map(|line| line["number"].as_i64()).collect()
}

fn bind(story: &str, bond: &str, to: &str) -> Json {
    json!({ "story": story, "bond": bond, "to": to })
}

#[tokio::test]
async fn links_hold_up_until_they_are_done_and_never_go_round() {
    let h = with(&["One", "Two", "Three"]).await;
    h.run("owner", "story.bind", bind("2", "blocked_by", "1")).await.unwrap();
    h.run("owner", "story.bind", bind("2", "blocks", "3")).await.unwrap();
    assert_eq!(listed(&h, "is=waiting").await, [2, 3]);
    let circle = refused(h.run("owner", "story.bind", bind("3", "blocks", "1")).await);
    assert!(circle.contains("ORB-3 blocks ORB-1 blocks ORB-2 blocks ORB-3"), "{circle}");
    let several = json!({ "links": [{ "story": "3", "verb": "blocks", "to": "1" }] });
    assert!(refused(h.run("owner", "story.link", several).await).contains("circle"));
    let two = json!({ "links": [{ "story": "1", "verb": "part_of", "to": "2" }, { "story": "2", "verb": "part_of", "to": "1" }] });
    assert!(refused(h.run("owner", "story.link", two).await).contains("circle"), "links of one command close none either");
    assert!(refused(h.run("owner", "story.bind", bind("1", "relates", "1")).await).contains("itself"));
    assert!(refused(h.run("owner", "story.bind", bind("1", "relates", "99")).await).contains("no such story"));
    let panel = h.get("owner", "/ORB/story/2").await.text;
    assert!(panel.contains("Waits for") && panel.contains("Blocked by"), "{panel}");
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("waits for 1"));
    h.run("owner", "story.drop", json!({ "story": "1", "dropped": true })).await.unwrap();
    assert_eq!(listed(&h, "is=waiting").await, [3], "what is over holds nobody up");
    assert!(!h.get("owner", "/ORB/story/2").await.text.contains("Waits for"));
    h.proposed("manager", "story.bind", bind("3", "relates", "1")).await;
}

#[tokio::test]
async fn a_story_is_split_and_its_parts_keep_the_thread() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    let whole = json!({ "title": "Book and cancel a bike", "feature": "2", "labels": ["app"], "persona": "commuter", "so_that": "it waits for me",
        "criteria": ["A booking is confirmed", "Cancelling is free for an hour", "Both work offline"] });
    let whole = story(&h, whole).await;
    let ids: Vec<String> = {
        let mut ids = vec![];
        for number in 1..=3 {
            ids.push(h.text(format!("select id from criterion where story = '{whole}' and number = {number}")).await);
        }
        ids
    };
    let page = h.get("owner", "/ORB/story/3/split?way=steps").await.text;
    assert!(!page.contains("name=\"_reason\""), "whoever decides gives no reason");
    assert!(h.get("developer", "/ORB/story/3/split").await.text.contains("name=\"_reason\""), "whoever proposes says why");
    assert!(page.contains("value=\"Book\"") && page.contains("value=\"Cancel a bike\""), "{page}");
    let split = |parts: Json, deal: Json, rest: &str| json!({ "story": "3", "parts": parts, "deal": deal, "rest": rest });
    let none = split(json!({ "1": " " }), json!({}), "stays");
    assert!(refused(h.run("owner", "story.split", none).await).contains("what at least one part"));
    let nowhere = split(json!({ "1": "Book" }), json!({ (ids[0].clone()): "2" }), "stays");
    assert!(refused(h.run("owner", "story.split", nowhere).await).contains("what this part is called"));
    let lost = split(json!({ "1": "Book", "2": "Cancel" }), json!({ (ids[0].clone()): "1" }), "dropped");
    assert!(refused(h.run("owner", "story.split", lost).await).contains("2 criteria would be dropped"));
    let all = split(json!({ "1": "Book", "2": "Cancel" }), json!({ (ids[0].clone()): "1", (ids[1].clone()): "2", (ids[2].clone()): "2" }), "stays");
    assert!(refused(h.run("owner", "story.split", all).await).contains("Nothing is left"));
    let dealt =
        split(json!({ "1": "Book", "2": "Cancel" }), json!({ (ids[0].clone()): "1", (ids[1].clone()): "2", (ids[2].clone()): "2" }), "dropped");
    h.run("owner", "story.split", dealt).await.unwrap();
    assert_eq!(listed(&h, "").await, [4, 5], "the parts stand in its place");
    let parts = "select count(*) from story where number in (4, 5) and feature is not null and labels = '[\"app\"]' and persona = 'commuter'";
    assert_eq!(h.number(parts).await, 2, "they keep the thread");
    assert_eq!(h.number("select count(*) from criterion where removed_at is null").await, 3, "no criterion is lost");
    assert_eq!(h.number("select count(*) from relation where verb = 'part_of' and removed_at is null").await, 2);
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(listed(&h, "").await, [3], "it was one act");
    assert_eq!(h.number("select count(*) from criterion where removed_at is null").await, 3);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn hints_name_what_they_rest_on_and_are_put_aside() {
    let h = House::new().await;
    story(&h, json!({ "title": "A button to hold a bike", "wants": "to hold a bike", "criteria": ["It is easy to find"] })).await;
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(page.contains("“button”") && page.contains("an empty “so that”") && page.contains("“easy” in"), "{page}");
    let mark = page.split("name=\"hint\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(mark.starts_with("negotiable: "), "{mark}");
    h.run("owner", "story.put_hint_aside", json!({ "story": "1", "hint": mark, "aside": true })).await.unwrap();
    assert!(h.get("owner", "/ORB/story/1").await.text.contains("1 put aside"));
    h.run("owner", "story.edit", json!({ "story": "1", "title": "A dropdown to hold a bike" })).await.unwrap();
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(page.contains("“dropdown”") && !page.contains("put aside</summary>"), "it rests on another word now: {page}");
    assert!(refused(h.run("owner", "story.put_hint_aside", json!({ "story": "1", "hint": "x", "aside": true })).await).contains("no such hint"));
    h.run("developer", "story.hand_over", json!({ "story": "1" })).await.unwrap();
    assert!(!h.get("owner", "/ORB/story/1").await.text.contains("Worth a thought"), "what is done needs no hints");
}

#[tokio::test]
async fn sub_tasks_are_ticked_off_and_counted_in_the_row() {
    let h = with(&["One"]).await;
    let add = async |title: &str| h.made("developer", "subtask.add", json!({ "story": "1", "title": title }), "subtask").await;
    let (first, second) = (add("Write it").await, add("Test it").await);
    h.run("developer", "subtask.edit", json!({ "subtask": first, "assignee": h.member("developer").simple().to_string() })).await.unwrap();
    h.run("developer", "subtask.tick", json!({ "subtask": second, "done": true })).await.unwrap();
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("1/2"));
    let order = "select title from subtask where removed_at is null order by rank limit 1";
    h.run("developer", "subtask.move", json!({ "subtask": second, "up": true })).await.unwrap();
    assert_eq!(h.text(order.into()).await, "Test it");
    h.run("developer", "subtask.move", json!({ "subtask": second, "up": true })).await.unwrap();
    assert_eq!(h.text(order.into()).await, "Test it", "what is the first stays it");
    h.run("developer", "subtask.move", json!({ "subtask": second, "up": false })).await.unwrap();
    assert_eq!(h.text(order.into()).await, "Write it");
    h.run("developer", "act.undo_last", json!({})).await.unwrap();
    h.run("developer", "subtask.remove", json!({ "subtask": first })).await.unwrap();
    let panel = h.get("developer", "/ORB/story/1").await.text;
    assert!(panel.contains("Test it") && !panel.contains("Write it</span>"), "{panel}");
    assert!(matches!(h.run("manager", "subtask.add", json!({ "story": "1", "title": "x" })).await, Err(Refusal::Denied { .. })));
}

#[tokio::test]
async fn a_template_is_made_of_a_story_and_makes_others() {
    let h = House::new().await;
    let like = json!({ "title": "Pay by card", "persona": "rider", "wants": "to pay", "labels": ["pay"], "criteria": ["It is told", "Given a card\nWhen it is refused\nThen nothing is booked"] });
    story(&h, like).await;
    h.run("developer", "subtask.add", json!({ "story": "1", "title": "Ask the bank" })).await.unwrap();
    let template = h.made("owner", "story.keep_as_template", json!({ "story": "1", "name": "Way to pay" }), "story_template").await;
    let from = json!({ "story_template": template, "title": "Pay by invoice", "top": true });
    h.made("owner", "story.create_from_template", from, "story").await;
    assert_eq!(listed(&h, "").await, [2, 1]);
    let same = "select count(*) from criterion where form = 'scenario' and removed_at is null";
    assert_eq!(h.number(same).await, 2, "scenarios stay whole");
    assert_eq!(h.number("select count(*) from subtask where title = 'Ask the bank'").await, 2);
    h.run("owner", "story_template.edit", json!({ "story_template": template, "name": "Payment", "subtasks": "- Ask the bank\n- Ask the lawyer" }))
        .await
        .unwrap();
    let page = h.get("owner", "/ORB/templates").await.text;
    assert!(page.contains("Payment") && page.contains("2 criteria, 2 sub-tasks") && page.contains("Ask the lawyer"), "{page}");
    h.run("owner", "story_template.remove", json!({ "story_template": template })).await.unwrap();
    assert!(h.get("owner", "/ORB/templates").await.text.contains("No templates yet"));
}

#[tokio::test]
async fn what_is_stale_and_what_says_the_same_is_tended() {
    let h = with(&["The map does not load when offline", "Pay by card", "Map does not load when offline"]).await;
    let page = h.get("owner", "/ORB/backlog/tending").await.text;
    assert!(page.contains("Likely the same") && !page.contains("Untouched for long"), "{page}");
    h.run("owner", "story.bind", bind("1", "relates", "3")).await.unwrap();
    assert!(h.get("owner", "/ORB/backlog/tending").await.text.contains("Nothing to tend"), "what is linked is known");
    h.app.clock.forward(91 * 86_400_000);
    assert_eq!(listed(&h, "updated=%3E13w").await.len(), 0, "thirteen weeks are 91 days, and no more");
    h.app.clock.forward(86_400_000);
    assert_eq!(listed(&h, "updated=%3E13w").await, [1, 2, 3]);
    h.run("owner", "story.still_wanted", json!({ "story": "2" })).await.unwrap();
    let page = h.get("owner", "/ORB/backlog/tending").await.text;
    assert!(page.contains("Untouched for long") && !page.contains("Pay by card"), "{page}");
    h.run("owner", "story.drop_duplicate", json!({ "story": "3", "to": "1" })).await.unwrap();
    assert_eq!(h.text("select stage from story where number = 3".into()).await, "dropped");
    assert!(h.get("owner", "/ORB/story/3").await.text.contains("Says the same as"));
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.text("select stage from story where number = 3".into()).await, "open", "link and drop were one act");
    assert_eq!(h.number("select count(*) from relation where verb = 'duplicates' and removed_at is null").await, 0);
}

#[tokio::test]
async fn the_filter_says_at_the_character_what_it_cannot_read() {
    let h = with(&["One late fee", "Two fee that is late"]).await;
    h.run("owner", "story.mark_ready", json!({ "story": "1", "ready": true })).await.unwrap();
    assert_eq!(listed(&h, "q=ready:yes").await, [1]);
    assert_eq!(listed(&h, "q=ready:no%20type:story").await, [2]);
    assert_eq!(listed(&h, "q=%22late%20fee%22").await, [1], "in quotation marks the words stand together");
    assert_eq!(listed(&h, "q=late%20fee").await, [1, 2]);
    assert_eq!(listed(&h, "updated=%3C2w").await, [1, 2]);
    assert_eq!(listed(&h, "q=assignee:nobody").await, [1, 2]);
    let page = h.get("owner", "/ORB/backlog?q=late%20type:horse").await.text;
    assert!(page.contains("At character 11: “horse” is not known to “type:”"), "{page}");
    let page = h.get("owner", "/ORB/backlog?q=updated:%3C2x").await.text;
    assert!(page.contains("at character 3 d, w, m or y is missing"), "{page}");
    let token = h.token("owner").await;
    assert_eq!(h.rest(&token, "GET", "/products/ORB/backlog?updated=soon", Json::Null).await.status, 422);
}

#[tokio::test]
async fn the_story_map_places_the_stories_of_the_backlog() {
    let h = with(&["Find", "Hold", "Ride"]).await;
    let step = async |name: &str| h.made("owner", "map_step.add", json!({ "name": name }), "map_step").await;
    let (find, ride) = (step("Find a bike").await, step("Ride it").await);
    let asked = h.proposed("manager", "release.plan", json!({ "name": "Spring" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let release = h.text("select id from release".into()).await;
    h.run("owner", "story.place_on_map", json!({ "stories": ["1", "2"], "step": find, "release": release })).await.unwrap();
    h.run("owner", "story.place_on_map", json!({ "stories": ["2"], "step": ride })).await.unwrap();
    let page = h.get("owner", "/ORB/storymap").await.text;
    assert!(page.contains("Spring") && page.contains("Find a bike") && page.contains("Not on the map yet"), "{page}");
    let token = h.token("owner").await;
    let map = h.rest(&token, "GET", "/products/ORB/story-map", Json::Null).await.json();
    assert_eq!((map["stories"].as_array().map(Vec::len), map["tray"][0]["number"].as_i64()), (Some(2), Some(3)), "{map}");
    assert!(map["stories"][1]["release"].is_null(), "a story stands in one place");
    h.run("owner", "map_step.move", json!({ "map_step": ride, "before": find })).await.unwrap();
    assert_eq!(h.text("select name from map_step order by rank limit 1".into()).await, "Ride it");
    h.run("owner", "map_step.remove", json!({ "map_step": find })).await.unwrap();
    assert_eq!(h.number("select count(*) from map_place where removed_at is null").await, 1);
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from map_place where removed_at is null").await, 2);
    h.run("owner", "story.take_off_map", json!({ "stories": ["1"] })).await.unwrap();
    assert_eq!(h.number("select count(*) from map_place where removed_at is null").await, 1);
    h.proposed("developer", "story.place_on_map", json!({ "stories": ["3"], "step": ride })).await;
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_session_goes_through_the_top_of_the_backlog_and_keeps_what_came_of_it() {
    let h = with(&["One", "Two", "Three"]).await;
    h.run("owner", "story.mark_ready", json!({ "story": "1", "ready": true })).await.unwrap();
    assert!(h.get("developer", "/ORB/refinement").await.text.contains("No session runs"));
    let session = h.made("developer", "refinement.begin", json!({ "count": 5, "minutes": 10 }), "refinement").await;
    let page = h.get("owner", "/ORB/refinement").await.text;
    assert!(page.contains("10 min left") && !page.contains("Turn to ORB-2") && page.contains("Turn to ORB-3"), "{page}");
    h.app.clock.forward(12 * 60_000);
    assert!(h.get("owner", "/ORB/refinement").await.text.contains("2 min over"));
    h.run("owner", "refinement.turn", json!({ "refinement": session, "story": "3" })).await.unwrap();
    assert!(refused(h.run("owner", "refinement.turn", json!({ "refinement": session, "story": "1" })).await).contains("not on the agenda"));
    h.run("owner", "refinement.put_on_agenda", json!({ "refinement": session, "story": "1" })).await.unwrap();
    h.run("developer", "refinement.note", json!({ "refinement": session, "story": "2", "body": "Ask the **workshop**" })).await.unwrap();
    h.run("owner", "story.mark_ready", json!({ "story": "2", "ready": true })).await.unwrap();
    let token = h.token("owner").await;
    let agenda = h.rest(&token, "GET", "/products/ORB/refinement", Json::Null).await.json();
    let told: Vec<(i64, bool, bool)> =
        agenda.as_array().unwrap().iter().map(|i| (i["number"].as_i64().unwrap(), i["ready"] == true, i["at_hand"] == true)).collect();
    assert_eq!(told, [(2, true, false), (3, false, true), (1, true, false)], "{agenda}");
    h.run("owner", "refinement.end", json!({ "refinement": session })).await.unwrap();
    let page = h.get("owner", &format!("/ORB/refinement?session={session}")).await.text;
    assert!(page.contains("1 made ready") && page.contains("12 min") && page.contains("<strong>workshop</strong>"), "{page}");
    assert!(refused(h.run("owner", "refinement.end", json!({ "refinement": session })).await).contains("over"));
    assert!(h.get("owner", "/ORB/refinement").await.text.contains("Refinement 1"));
    assert!(
        matches!(h.run("manager", "refinement.begin", json!({})).await, Err(Refusal::Denied { .. })),
        "the Manager sees the work and leads it not"
    );
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn one_objective_is_the_product_goal_and_stands_over_the_backlog() {
    let h = with(&["One"]).await;
    let objective = async |title: &str| h.made("manager", "objective.create", json!({ "title": title }), "objective").await;
    let (first, second) = (objective("Win the city").await, objective("Cut the costs").await);
    for goal in [&first, &second] {
        h.run("manager", "objective.choose_goal", json!({ "objective": goal, "product_goal": true })).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from objective where product_goal = 1").await, 1);
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(page.contains("Product Goal") && page.contains("Cut the costs") && !page.contains("Win the city"), "{page}");
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    assert!(h.get("owner", "/ORB/sprint").await.text.contains("Cut the costs"), "planning has it before its eyes");
    h.run("manager", "objective.edit", json!({ "objective": second, "state": "reached" })).await.unwrap();
    assert!(!h.get("owner", "/ORB/backlog").await.text.contains("Cut the costs"), "what is reached is no goal");
    assert!(
        refused(h.run("manager", "objective.choose_goal", json!({ "objective": second, "product_goal": true })).await).contains("open objective")
    );
    h.proposed("owner", "objective.choose_goal", json!({ "objective": first, "product_goal": true })).await;
}

#[tokio::test]
async fn a_story_is_for_a_persona_of_the_research() {
    let h = with(&["One"]).await;
    let persona = h.made("manager", "persona.create", json!({ "name": "Nadia, commutes" }), "persona").await;
    h.run("owner", "story.choose_persona", json!({ "story": "1", "persona": persona })).await.unwrap();
    assert_eq!(h.text("select persona from story".into()).await, "Nadia, commutes");
    assert!(h.get("owner", "/ORB/story/1").await.text.contains(&format!("personas?open={persona}")));
    h.run("owner", "story.choose_persona", json!({ "story": "1", "persona": null })).await.unwrap();
    assert_eq!(h.text("select persona from story".into()).await, "Nadia, commutes", "the words stay");
    let other = json!({ "story": "1", "persona": "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6" });
    assert!(matches!(h.run("owner", "story.choose_persona", other).await, Err(Refusal::NotFound)));
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("name=\"persona_of\""), "a new story is for one of them, too");
    let chosen = json!({ "title": "Two", "persona": "somebody", "persona_of": persona });
    h.run("owner", "story.create", chosen).await.unwrap();
    assert_eq!(h.text("select persona from story where number = 2 and persona_of is not null".into()).await, "Nadia, commutes");
    h.run("owner", "story.split_off", json!({ "story": "2", "title": "Three" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where persona_of is not null").await, 2, "what is split off is for the same");
    let other = json!({ "title": "Four", "persona_of": "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6" });
    assert!(matches!(h.run("owner", "story.create", other).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn what_says_the_same_is_shown_while_a_title_is_typed() {
    let h = with(&["Show the battery of each bike on the map", "Pay with a city card", "Export the routes of a day"]).await;
    let like = |words: &str| format!("/ORB/backlog/alike?title={}", words.replace(' ', "+"));
    let found = h.get("owner", &like("Battery of each bike on the map")).await;
    assert!(found.status == 200 && found.text.contains("ORB-1") && !found.text.contains("ORB-2"), "{}", found.text);
    for nothing in ["Sunday prices", "Pay", ""] {
        assert_eq!(h.get("owner", &like(nothing)).await.text, "", "{nothing}");
    }
    h.run("owner", "story.edit", json!({ "story": "1", "title": "Offer helmets" })).await.unwrap();
    assert_eq!(h.get("owner", &like("Battery of each bike on the map")).await.text, "", "what was said before is forgotten");
    h.run("owner", "story.drop", json!({ "story": "2", "dropped": true })).await.unwrap();
    let found = h.get("stakeholder", &like("Pay with the city card")).await.text;
    assert!(found.contains("ORB-2") && found.contains("dropped"), "{found}");
    h.run("owner", "story.remove", json!({ "story": "3" })).await.unwrap();
    assert_eq!(h.get("owner", &like("Export the routes of a day")).await.text, "");
    assert_eq!(h.get("outsider", &like("Pay with a city card")).await.status, 404);
    let page = h.get("owner", "/ORB/backlog").await.text;
    assert!(page.contains("data-alike=\"/ORB/backlog/alike\"") && page.contains("data-alike-here"), "{page}");
}
