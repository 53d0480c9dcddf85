//! Setting facts where they stand: of one story or several, as one act with one undo, by whoever may.

use app::Outcome;
use kernel::{Hat, Json, Refusal, json, matrix::Way};
use testkit::House;

/// A house with three open stories, 3 to 5, on the roadmap of `thread_above`, and a sprint that is planned.
async fn three_stories() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for title in ["One", "Two", "Three"] {
        h.made("owner", "story.create", json!({ "title": title, "labels": ["app"] }), "story").await;
    }
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h
}

async fn act(h: &House, who: &str, command: &str, args: Json) -> String {
    match h.run(who, command, args).await {
        Ok(Outcome::Done(done)) => done.act.simple().to_string(),
        other => panic!("{who} {command}: {other:?}"),
    }
}

/// Numbers of the stories that are, in their order.
async fn order(h: &House) -> String {
    let rows = h.app.store.read(|reader| reader.query("select number from story where removed_at is null order by rank", &[])).await.unwrap();
    rows.into_iter().map(|mut row| row.take::<i64>().unwrap().to_string()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn several_stories_are_set_by_one_act_and_one_undo_takes_it_back() {
    let h = three_stories().await;
    let ines = h.member("developer").simple().to_string();
    for (who, fact, sql) in [
        ("owner", json!({ "assignee": ines }), "assignee is not null"),
        ("developer", json!({ "points": 5 }), "points = 5"),
        ("owner", json!({ "add_labels": ["new, old"], "remove_labels": ["app"] }), "labels = '[\"new, old\"]'"),
        ("owner", json!({ "feature": "2" }), "feature is not null"),
        ("owner", json!({ "sprint": "1" }), "sprint is not null"),
        ("owner", json!({ "kind": "bug" }), "kind = 'bug'"),
        ("owner", json!({ "ready": true }), "ready_at is not null"),
    ] {
        let mut args = fact.clone();
        args["stories"] = json!(["3", "ORB-5"]);
        let act = act(&h, who, "story.set", args).await;
        let count = |sql: &'static str| h.text(format!("select cast(count(*) as text) from story where {sql}"));
        assert_eq!(count(sql).await, "2", "{fact}");
        h.run(who, "act.undo", json!({ "act": act })).await.unwrap();
        assert_eq!(count(sql).await, "0", "{fact} taken back");
    }
}

#[tokio::test]
async fn what_is_given_as_none_is_taken_away_and_what_is_left_out_stays() {
    let h = three_stories().await;
    let ines = h.member("developer").simple().to_string();
    h.run("owner", "story.set", json!({ "stories": ["3"], "assignee": ines, "feature": "2", "sprint": "1" })).await.unwrap();
    h.run("developer", "story.set", json!({ "stories": ["3"], "points": 3 })).await.unwrap();
    h.run("owner", "story.set", json!({ "stories": ["3"], "kind": "spike" })).await.unwrap();
    let all = "select count(*) from story where number = 3 and assignee is not null and feature is not null and sprint is not null and points = 3 and kind = 'spike'";
    assert_eq!(h.number(all).await, 1);
    h.run("owner", "story.set", json!({ "stories": ["3"], "assignee": null, "feature": null, "sprint": null })).await.unwrap();
    // A form says none by an empty field.
    h.post("developer", "/ORB/do/story.set", "stories=3&points=").await;
    let none = "select count(*) from story where number = 3 and assignee is null and feature is null and sprint is null and points is null";
    assert_eq!(h.number(none).await, 1);
    h.run("owner", "story.edit", json!({ "story": "3", "feature": "2" })).await.unwrap();
    h.post("owner", "/ORB/do/story.edit", "story=3&title=One&feature=").await;
    assert_eq!(h.number("select count(*) from story where feature is not null").await, 0, "the form of a story takes it off its feature");
    assert!(matches!(h.run("owner", "story.set", json!({ "stories": ["3"] })).await, Err(Refusal::Invalid(_))), "nothing to set");
}

#[tokio::test]
async fn each_fact_is_a_matter_of_its_own_area() {
    let h = three_stories().await;
    let set = |who: &'static str, fact: Json| {
        let mut args = fact;
        args["stories"] = json!(["3", "4"]);
        h.run(who, "story.set", args)
    };
    assert!(matches!(set("owner", json!({ "points": 3 })).await, Err(Refusal::Denied { .. })), "the Owner only sees sizes");
    assert!(matches!(set("manager", json!({ "assignee": null })).await, Err(Refusal::Denied { .. })), "the Manager only sees the work");
    assert!(matches!(set("developer", json!({ "points": 3 })).await, Ok(Outcome::Done(_))));
    let Ok(Outcome::Proposed(proposed)) = set("developer", json!({ "add_labels": ["slow"] })).await else { panic!("a proposal") };
    assert_eq!(proposed.title, "Label 2 stories “slow”");
    h.run("owner", "proposal.sign", json!({ "proposal": proposed.proposal.simple().to_string() })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where labels = '[\"app\",\"slow\"]'").await, 2, "each keeps what it had");
    // Decided here, proposed there: both together would be half a proposal.
    assert!(matches!(set("developer", json!({ "points": 5, "kind": "bug" })).await, Ok(Outcome::Proposed(_))));
    assert!(matches!(set("developer", json!({ "sprint": "1", "kind": "bug" })).await, Err(Refusal::Denied { .. })));
}

#[tokio::test]
async fn only_whoever_has_a_say_in_the_work_is_given_work() {
    let mut h = three_stories().await;
    h.add("lena", &[Hat::Stakeholder]).await;
    let give = |h: &House, who: &str| json!({ "stories": ["3"], "assignee": h.member(who).simple().to_string() });
    for who in ["lena", "manager", "outsider"] {
        assert!(matches!(h.run("owner", "story.set", give(&h, who)).await, Err(Refusal::Invalid(_))), "{who}");
        let one = json!({ "story": "3", "member": h.member(who).simple().to_string() });
        assert!(matches!(h.run("owner", "story.assign", one).await, Err(Refusal::Invalid(_))), "{who}, alone");
    }
    let offered = h.get("owner", "/ORB/pick?assignee=3").await.text;
    assert!(offered.contains("Developer") && offered.contains("Owner") && !offered.contains("Lena"), "{offered}");
    h.run("owner", "story.set", give(&h, "developer")).await.unwrap();
    // A hat on loan counts.
    let lena = h.member("lena").simple().to_string();
    h.run("developer", "hat.lend", json!({ "to": lena, "hat": "developer", "until": "2026-09-30" })).await.unwrap();
    h.run("owner", "story.set", give(&h, "lena")).await.unwrap();
}

#[tokio::test]
async fn choices_are_a_page_without_script_and_a_piece_with_it() {
    let h = three_stories().await;
    let page = h.get("owner", "/ORB/pick?kind=3,4").await.text;
    assert!(page.contains("<main") && page.contains("2 stories") && page.contains("value=\"spike\""), "{page}");
    let cookie = h.cookie("developer").await;
    let piece = |path: &str| {
        let request = axum::http::Request::get(path).header("cookie", cookie.clone()).header("x-tandem", "1");
        h.send(request.body(axum::body::Body::empty()).unwrap())
    };
    let sizes = piece("/ORB/pick?points=3&q=1").await.text;
    assert!(!sizes.contains("<main") && sizes.contains("13 points") && !sizes.contains("8 points"), "{sizes}");
    assert!(piece("/ORB/pick?points=3&q=2.5").await.text.contains("2.5 points"), "any size can be typed");
    let labels = piece("/ORB/pick?labels=3&q=ap").await.text;
    assert!(labels.contains("name=\"remove_labels\" value=\"app\"") && labels.contains("new label"), "{labels}");
    let features = piece("/ORB/pick?feature=3&q=ORB-2").await.text;
    assert!(features.contains("name=\"feature\" value=\"2\"") && features.contains("You would propose"), "{features}");
    assert_eq!(piece("/ORB/pick?points=99").await.status, 404);
    assert_eq!(h.get("owner", "/ORB/pick?points=3").await.status, 403, "the Owner has no say in sizes");
    assert_eq!(h.get("outsider", "/ORB/pick?points=3").await.status, 404);
}

#[tokio::test]
async fn a_place_is_chosen_by_the_story_next_to_it() {
    let h = three_stories().await;
    let page = h.get("owner", "/ORB/pick?after=3").await.text;
    assert!(
        page.contains("<main") && page.contains("name=\"after\" value=\"5\"") && !page.contains("type=\"submit\" name=\"after\" value=\"3\""),
        "{page}"
    );
    let found = h.get("manager", "/ORB/pick?before=3,4&q=ORB-5").await.text;
    assert!(found.contains("name=\"before\" value=\"5\"") && found.contains("2 stories") && found.contains("You would propose"), "{found}");
    assert_eq!(h.get("outsider", "/ORB/pick?after=3").await.status, 404);
    h.post("owner", "/ORB/do/story.move_several", "stories=3&after=4").await;
    assert_eq!(order(&h).await, "4 3 5");
}

#[tokio::test]
async fn beginning_work_gives_it_to_developers_alone() {
    let h = three_stories().await;
    h.run("owner", "story.start", json!({ "story": "3" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where assignee is not null").await, 0, "the Owner only says that it has begun");
    h.run("developer", "story.start", json!({ "story": "4" })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where assignee is not null").await, 1);
}

#[tokio::test]
async fn a_settled_story_keeps_its_sprint() {
    let h = three_stories().await;
    h.run("owner", "story.set", json!({ "stories": ["3", "4"], "sprint": "1" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "3" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "3" })).await.unwrap();
    let both = json!({ "stories": ["3", "4"], "sprint": null });
    assert!(matches!(h.run("owner", "story.set", both).await, Err(Refusal::Invalid(_))));
    assert_eq!(h.number("select count(*) from story where sprint is not null").await, 2, "all or none");
    assert!(h.get("owner", "/ORB/pick?sprint=3").await.text.contains("accepted already"));
}

#[tokio::test]
async fn mine_and_unassigned_are_filters_of_backlog_and_board() {
    let h = three_stories().await;
    let ines = h.member("developer").simple().to_string();
    h.run("owner", "story.set", json!({ "stories": ["3", "4", "5"], "sprint": "1" })).await.unwrap();
    h.run("owner", "story.set", json!({ "stories": ["4"], "assignee": ines })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    for (who, path, there, gone) in [
        ("developer", "/ORB/backlog?who=me", ">Two<", ">One<"),
        ("developer", "/ORB/backlog?who=nobody", ">One<", ">Two<"),
        ("developer", "/ORB/sprint?who=me", ">Two</a>", ">One</a>"),
        ("owner", "/ORB/sprint?who=nobody", ">One</a>", ">Two</a>"),
    ] {
        let page = h.get(who, path).await.text;
        assert!(page.contains(there) && !page.contains(gone), "{path} as {who}");
    }
    assert!(h.get("owner", &format!("/ORB/backlog?who={ines}")).await.text.contains(">Two<"));
    assert!(h.get("owner", "/ORB/backlog?who=someone").await.text.contains("Nobody here is called “someone”."));
}

#[tokio::test]
async fn home_shows_what_is_mine_in_every_product() {
    let h = three_stories().await;
    h.second("SUN", "developer").await;
    let ines = h.member("developer").simple().to_string();
    h.run("owner", "story.set", json!({ "stories": ["4"], "assignee": ines })).await.unwrap();
    let there = h.visitor("developer", kernel::Door::Page);
    let ask = |command: &str, args: Json| h.app.run(&there, app::Ask::named(Some("SUN"), command, args));
    ask("story.create", json!({ "title": "Shine" })).await.unwrap();
    ask("story.set", json!({ "stories": ["1"], "assignee": ines })).await.unwrap();
    let home = h.get("developer", "/ORB/").await.text;
    let mine = home.split("My work").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(mine.find("ORB-4").unwrap() < mine.find("SUN-1").unwrap(), "the product at hand first: {mine}");
    assert!(mine.contains("Product SUN"));
    assert!(h.get("developer", "/SUN/").await.text.contains("ORB-4"));
    assert!(!h.get("owner", "/ORB/").await.text.contains("My work"), "who has none is not told so");
    // What another product hides from the hats held there is not told here either.
    for hat in ["manager", "owner"] {
        ask("agreement.set", json!({ "area": "backlog", "hat": hat, "standing": "none" })).await.unwrap();
        ask("agreement.set", json!({ "area": "backlog", "hat": "developer", "standing": "decides" })).await.unwrap();
    }
    let join = product::AddMember { product: "SUN".into(), member: kernel::Id::new(h.member("owner")), hats: vec![Hat::Developer] };
    h.app.run(&app::Visitor::nobody(kernel::Door::Cli), app::Ask::of(None, &join).unwrap()).await.unwrap();
    assert!(!h.get("developer", "/ORB/").await.text.contains("SUN-1"));
}

#[tokio::test]
async fn pasted_lines_become_stories_in_their_order_and_one_undo_takes_them_back() {
    let h = three_stories().await;
    let lines = "- Pay by card\n\n2. Refund\n[ ] Invoice";
    let act = act(&h, "owner", "story.create_several", json!({ "titles": lines, "top": true, "feature": "2" })).await;
    assert_eq!(order(&h).await, "6 7 8 3 4 5");
    assert_eq!(h.number("select count(*) from story where feature is not null and title in ('Pay by card', 'Refund', 'Invoice')").await, 3);
    h.run("owner", "act.undo", json!({ "act": act })).await.unwrap();
    assert_eq!(order(&h).await, "3 4 5");
    let Ok(Outcome::Proposed(proposed)) = h.run("manager", "story.create_several", json!({ "titles": lines })).await else { panic!("a proposal") };
    assert_eq!(proposed.title, "Add 3 stories");
    h.run("owner", "proposal.sign", json!({ "proposal": proposed.proposal.simple().to_string() })).await.unwrap();
    assert_eq!(order(&h).await, "3 4 5 9 10 11");
    let form = h.post("owner", "/ORB/do/story.create_several", "titles=A%0D%0AB&_back=%2FORB%2Fbacklog").await;
    assert_eq!((form.status.as_u16(), order(&h).await.as_str()), (303, "3 4 5 9 10 11 12 13"));
    let many = "x\n".repeat(201);
    assert!(matches!(h.run("owner", "story.create_several", json!({ "titles": many })).await, Err(Refusal::Invalid(_))));
    assert!(h.get("owner", "/ORB/backlog/several").await.text.contains("A title on each line"));
}

#[tokio::test]
async fn a_part_is_split_off_with_its_criteria() {
    let h = three_stories().await;
    for body in ["by card", "by invoice"] {
        h.run("owner", "criterion.add", json!({ "story": "4", "body": body })).await.unwrap();
    }
    h.run("owner", "story.set", json!({ "stories": ["4"], "feature": "2", "kind": "bug" })).await.unwrap();
    let going = h.text("select id from criterion where body = 'by invoice'".into()).await;
    let act = act(&h, "owner", "story.split_off", json!({ "story": "4", "title": "Invoice", "criteria": [going] })).await;
    assert_eq!(order(&h).await, "3 4 6 5", "right after it");
    let part = "select count(*) from story s join criterion c on c.story = s.id where s.number = 6 and s.kind = 'bug' and s.feature is not null
        and s.labels = '[\"app\"]' and c.body = 'by invoice' and c.removed_at is null";
    assert_eq!(h.number(part).await, 1);
    assert_eq!(h.number("select count(*) from criterion where removed_at is null").await, 2);
    h.run("owner", "act.undo", json!({ "act": act })).await.unwrap();
    assert_eq!(h.number("select count(*) from criterion c join story s on s.id = c.story where s.number = 4 and c.removed_at is null").await, 2);
}

#[tokio::test]
async fn several_go_to_an_end_though_one_is_there_already() {
    let h = three_stories().await;
    h.run("owner", "story.move_several", json!({ "stories": ["3", "5"], "to": "top" })).await.unwrap();
    assert_eq!(order(&h).await, "3 5 4");
    h.run("owner", "story.move_several", json!({ "stories": ["3", "4"], "to": "bottom" })).await.unwrap();
    assert_eq!(order(&h).await, "5 3 4");
    h.run("owner", "story.move_several", json!({ "stories": ["4", "5"], "after": "3" })).await.unwrap();
    assert_eq!(order(&h).await, "3 5 4");
    let itself = h.run("owner", "story.move_several", json!({ "stories": ["4", "5"], "after": "4" })).await;
    assert!(matches!(itself, Err(Refusal::Invalid(_))));
    h.run("owner", "story.move", json!({ "story": "4", "to": "bottom" })).await.unwrap();
    assert_eq!(order(&h).await, "3 5 4", "there already");
}

#[tokio::test]
async fn several_are_dropped_or_removed_all_or_none() {
    let h = three_stories().await;
    h.run("developer", "story.hand_over", json!({ "story": "3" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "3" })).await.unwrap();
    let each = |command: &'static str, stories: &'static str| {
        let h = &h;
        async move { h.post("owner", &format!("/ORB/do/{command}"), &format!("_each=story&dropped=true&{stories}")).await.status.as_u16() }
    };
    for command in ["story.drop", "story.remove"] {
        assert_eq!(each(command, "story=3&story=4").await, 422, "{command}: one is accepted");
    }
    assert_eq!(each("story.drop", "story=4&story=5").await, 303);
    assert_eq!(h.number("select count(*) from story where stage = 'dropped'").await, 2);
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(each("story.remove", "story=4&story=5").await, 303);
    assert_eq!(order(&h).await, "3");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(order(&h).await, "3 4 5");
}

#[tokio::test]
async fn a_story_gets_its_sprint_and_its_place_as_one_act() {
    let h = three_stories().await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-11-02", "ends_on": "2026-11-15" })).await.unwrap();
    let sprint = h.text("select cast(max(number) as text) from sprint".into()).await;
    let before = order(&h).await;
    let set = json!({ "stories": ["5"], "sprint": sprint, "before": "3" });
    assert!(matches!(h.run("developer", "story.set", set.clone()).await, Err(Refusal::Denied { .. })), "two areas, each of which others decide");
    let done = act(&h, "owner", "story.set", set).await;
    assert_eq!(order(&h).await, "5 3 4");
    assert_eq!(h.number("select count(*) from story where number = 5 and sprint is not null").await, 1);
    h.run("owner", "act.undo", json!({ "act": done })).await.unwrap();
    assert_eq!(order(&h).await, before);
    h.run("owner", "story.set", json!({ "stories": ["3", "5"], "sprint": sprint, "after": "4" })).await.unwrap();
    assert_eq!(order(&h).await, "4 3 5");
}

#[tokio::test]
async fn people_to_assign_are_found_by_typing_however_many_there_are() {
    let mut h = House::of_way(Way::TwoPeople).await;
    for i in 0..30 {
        h.add(&format!("person{i:02}"), &[if i % 2 == 0 { Hat::Developer } else { Hat::Stakeholder }]).await;
    }
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    let first = h.get("owner", "/ORB/pick?assignee=1").await.text;
    assert!(first.contains("There are more") && first.contains(">Owner<") && !first.contains("Person28"), "{first}");
    let found = h.get("owner", "/ORB/pick?assignee=1&q=son28").await.text;
    assert!(found.contains("Person28") && !found.contains("Person26"));
    assert!(h.get("owner", "/ORB/pick?assignee=1&q=person27").await.text.contains("Nothing is called so"), "a stakeholder is given no work");
}
