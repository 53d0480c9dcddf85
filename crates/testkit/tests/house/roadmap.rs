//! The roadmap over time: windows, what waits for what, two days held against each other, the tree, and its files.

use kernel::{Json, json, matrix::Way};
use testkit::{House, field, told};

const DAY: i64 = 86_400_000;

/// Two bets in Now of which the second waits for the first, and one in Later, in a house where either hat decides alone.
pub(crate) async fn planned() -> House {
    let h = House::of_way(Way::BothHats).await;
    let goal = h.made("manager", "objective.create", json!({ "title": "Ride more" }), "objective").await;
    for title in ["Locks", "Ramps", "Ferries"] {
        h.made("manager", "initiative.create", json!({ "title": title }), "initiative").await;
    }
    h.run("manager", "initiative.serve", json!({ "initiative": "1", "objective": goal })).await.unwrap();
    for (bet, from, until) in [("1", "2026-10-01", "2026-12-31"), ("2", "2026-12-01", "2027-02-28")] {
        h.run("manager", "initiative.move", json!({ "initiative": bet, "horizon": "now" })).await.unwrap();
        h.run("manager", "initiative.edit", json!({ "initiative": bet, "starts_on": from, "ends_on": until })).await.unwrap();
    }
    h.run("manager", "dependency.add", json!({ "item": "2", "on": "1" })).await.unwrap();
    h
}

fn day(h: &House) -> String {
    web::when::day(h.app.clock.now())
}

#[tokio::test]
async fn a_timeline_shows_windows_in_lanes_and_what_does_not_fit() {
    let h = planned().await;
    h.made("manager", "feature.create", json!({ "title": "Child lock", "initiative": "1" }), "feature").await;
    h.run("manager", "feature.edit", json!({ "feature": "4", "starts_on": "2026-10-01", "ends_on": "2026-10-31" })).await.unwrap();
    let page = h.get("manager", "/ORB/timeline").await.text;
    for told in ["Ride more", "For no objective", "data-bar=\"ORB-1\"", "data-until=\"2026-12-31\"", "Without a window", "Ferries", "wait odd"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(page.contains("begins before") && page.contains("too early"), "what waits begins before that is over: {page}");
    assert!(!page.contains("Child lock") && page.contains("data-command=\"initiative.edit\""));
    let parts = h.get("stakeholder", "/ORB/timeline?parts=1&zoom=month&lanes=horizon").await.text;
    assert!(parts.contains("Child lock") && parts.contains("data-zoom=\"month\"") && !parts.contains("data-command"), "they only see: {parts}");
    let panel = h.get("manager", "/ORB/timeline?open=2").await.text;
    assert!(panel.contains("Waits for") && panel.contains("dependency.remove"), "{panel}");
    h.run("manager", "initiative.edit", json!({ "initiative": "3", "theme": "Water", "owner": h.member("owner") })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "3", "ends_on": "2027-06-30" })).await.unwrap();
    let lanes = h.get("manager", "/ORB/timeline?lanes=theme").await.text;
    assert!(lanes.contains(">Water</text>") && lanes.contains("Without a theme"), "{lanes}");
    let narrowed = h.get("manager", "/ORB/timeline?theme=water").await.text;
    assert!(narrowed.contains("data-bar=\"ORB-3\"") && !narrowed.contains("data-bar=\"ORB-1\""), "{narrowed}");
    let bets = h.get("manager", "/ORB/bets?theme=water&q=ferries&sort=need").await.text;
    assert!(bets.contains("bets?q=ferries&amp;theme=water&amp;sort=score"), "another order of the same: {bets}");
    let board = h.get("manager", "/ORB/roadmap?theme=water").await.text;
    assert!(board.contains("Ferries") && !board.contains("Ramps"), "the board is narrowed by the same words");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_a_sentence() {
    let h = planned().await;
    assert!(told(h.run("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": "2026-09-01" })).await).contains("ends before it starts"));
    let circle = h.run("manager", "dependency.add", json!({ "item": "1", "on": "2" })).await;
    assert_eq!(field(circle.clone()), "on");
    assert!(told(circle).contains("ORB-2 waits for ORB-1 already"));
    h.run("manager", "dependency.add", json!({ "item": "3", "on": "2" })).await.unwrap();
    assert!(told(h.run("manager", "dependency.add", json!({ "item": "1", "on": "3" })).await).contains("by way of ORB-2"));
    assert!(told(h.run("manager", "dependency.add", json!({ "item": "1", "on": "1" })).await).contains("Nothing waits for itself"));
    h.run("manager", "dependency.remove", json!({ "item": "2", "on": "1" })).await.unwrap();
    h.run("manager", "dependency.add", json!({ "item": "1", "on": "3" })).await.unwrap();
    assert!(h.run("manager", "initiative.edit", json!({ "initiative": "1", "owner": h.member("outsider") })).await.is_err(), "nobody from outside");
}

#[tokio::test]
async fn what_waits_never_goes_round_unseen() {
    let h = planned().await;
    h.made("manager", "feature.create", json!({ "title": "A lamp", "initiative": "1" }), "feature").await;
    // No bet is over before its parts: what waits for a bet cannot be waited for by a part of that.
    let circle = told(h.run("manager", "dependency.add", json!({ "item": "4", "on": "2" })).await);
    assert!(circle.contains("ORB-2 waits for ORB-4 by way of ORB-1 already (ORB-4 is part of ORB-1)"), "{circle}");
    assert!(told(h.run("manager", "dependency.add", json!({ "item": "4", "on": "1" })).await).contains("ORB-1 waits for ORB-4 already"));
    assert!(!h.get("manager", "/ORB/timeline").await.text.contains("What waits for itself"));
    // An undo brings a link back, and what was said meanwhile makes a round of it: it is told, and mended there.
    h.run("manager", "dependency.remove", json!({ "item": "2", "on": "1" })).await.unwrap();
    let act = h.text("select act from activity where noun = 'relation' order by id desc limit 1".into()).await;
    h.run("manager", "dependency.add", json!({ "item": "4", "on": "2" })).await.unwrap();
    h.run("manager", "act.undo", json!({ "act": act })).await.unwrap();
    let page = h.get("stakeholder", "/ORB/timeline").await.text;
    let told = page.split("What waits for itself").nth(1).unwrap_or_else(|| panic!("{page}"));
    assert!(["ORB-1", "ORB-2", "ORB-4"].iter().all(|key| told.contains(key)), "{told}");
    h.run("manager", "dependency.remove", json!({ "item": "4", "on": "2" })).await.unwrap();
    assert!(!h.get("manager", "/ORB/timeline").await.text.contains("What waits for itself"));
    // What was taken off the roadmap holds nothing up.
    h.run("manager", "dependency.add", json!({ "item": "3", "on": "2" })).await.unwrap();
    h.run("manager", "initiative.remove", json!({ "initiative": "2" })).await.unwrap();
    h.run("manager", "dependency.add", json!({ "item": "1", "on": "3" })).await.unwrap();
}

#[tokio::test]
async fn a_window_is_moved_by_who_signs_and_proposed_by_one_alone() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "Locks" }), "initiative").await;
    let asked = h.proposed("manager", "initiative.edit", json!({ "initiative": "1", "starts_on": "2026-10-01", "ends_on": "2026-12-31" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("owner", "/ORB/timeline").await.text;
    assert!(page.contains("data-command=\"initiative.edit\"") && page.contains("The Manager and the Owner sign together on commitments"), "{page}");
    assert!(!h.get("developer", "/ORB/timeline").await.text.contains("data-command"));
}

#[tokio::test]
async fn a_promised_window_leaves_the_roadmap_only_as_it_came() {
    let h = House::new().await;
    h.second("SEC", "owner").await;
    h.made("manager", "initiative.create", json!({ "title": "Locks" }), "initiative").await;
    for title in ["A lamp", "A bell", "A basket"] {
        h.made("manager", "feature.create", json!({ "title": title, "initiative": "1" }), "feature").await;
    }
    for (command, args) in [
        ("initiative.edit", json!({ "initiative": "1", "starts_on": "2026-10-01" })),
        ("feature.edit", json!({ "feature": "2", "ends_on": "2026-12-31" })),
        ("feature.edit", json!({ "feature": "3", "ends_on": "2026-12-31" })),
    ] {
        let asked = h.proposed("manager", command, args).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    h.proposed("manager", "feature.remove", json!({ "feature": "2" })).await;
    h.proposed("manager", "feature.move_to_product", json!({ "feature": "3", "to": "SEC" })).await;
    h.proposed("manager", "initiative.remove", json!({ "initiative": "1" })).await;
    assert_eq!(h.number("select count(*) from feature where removed_at is not null").await, 0);
    // What nobody promised leaves by whoever decides on the roadmap.
    h.run("manager", "feature.remove", json!({ "feature": "4" })).await.unwrap();
    assert_eq!(h.number("select count(*) from feature where removed_at is not null").await, 1);
}

#[tokio::test]
async fn two_days_are_held_against_each_other_with_who_and_which_decision() {
    let h = House::new().await;
    for title in ["Locks", "Ramps", "Ferries"] {
        h.made("manager", "initiative.create", json!({ "title": title }), "initiative").await;
    }
    let window = json!({ "initiative": "1", "starts_on": "2026-10-01", "ends_on": "2026-12-31" });
    let asked = h.proposed("manager", "initiative.edit", window).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let first = day(&h);
    h.app.clock.forward(5 * DAY);
    let slip = h.proposed("owner", "initiative.edit", json!({ "initiative": "1", "ends_on": "2027-01-31" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": slip })).await.unwrap();
    h.run("manager", "initiative.move", json!({ "initiative": "2", "horizon": "next" })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "2", "hypothesis": "We believe in ramps" })).await.unwrap();
    h.run("manager", "initiative.remove", json!({ "initiative": "3" })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": "A lamp", "initiative": "2" }), "feature").await;
    let second = day(&h);
    h.app.clock.forward(5 * DAY);
    h.run("manager", "initiative.move", json!({ "initiative": "2", "horizon": "later" })).await.unwrap();
    let page = h.get("developer", &format!("/ORB/compare?from={first}&to={second}")).await.text;
    for told in [
        "1 entered, 1 left, 1 moved, 1 slipped, 1 re-scoped",
        "31 days later",
        "from Later to Next",
        "decision D-",
        "its hypothesis",
        "How promises drifted",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let token = h.token("manager").await;
    let found = h.rest(&token, "GET", &format!("/products/ORB/roadmap/comparison?from={first}&to={second}"), Json::Null).await.json();
    let slipped = found["differences"].as_array().unwrap().iter().find(|d| d["became"] == "slipped").unwrap();
    assert_eq!((&slipped["days"], &slipped["number"]), (&json!(31), &json!(1)), "{slipped}");
    assert!(slipped["who"].as_str().is_some_and(|who| !who.is_empty()) && slipped["decision"].is_string(), "{slipped}");
    let drift = h.get("manager", &format!("/ORB/compare/drift.csv?from={first}&to={second}")).await.text;
    assert!(drift.contains("ORB-1") && drift.trim_end().ends_with("31"), "{drift}");
    // Since then it was moved back, and that is all that differs afterwards.
    let later = h.get("manager", &format!("/ORB/compare?from={second}")).await.text;
    assert!(later.contains("1 moved.") && later.contains("from Next to Later"), "{later}");
    let told = h.get("manager", &format!("/ORB/compare?from={second}&to={first}")).await;
    assert!(told.status == 422 && told.text.contains("has to come before"));
    assert_eq!(h.get("manager", "/ORB/compare?from=2026-01-01&to=2099-01-01").await.status, 422);
    // Where the next day has begun already, it is no day still to come.
    let zone = app::Ask::named(None, "account.edit", json!({ "zone": "Pacific/Auckland" }));
    h.app.run(&h.visitor("stakeholder", kernel::Door::Page), zone).await.unwrap();
    let own = web::when::day_in(h.app.clock.now(), "Pacific/Auckland");
    assert!(own > day(&h), "it is afternoon in UTC");
    let page = h.get("stakeholder", &format!("/ORB/compare?from={first}&to={own}")).await;
    assert_eq!(page.status, 200, "{}", page.text);
}

#[tokio::test]
async fn the_tree_leads_from_objectives_to_features() {
    let h = planned().await;
    let goal = h.text("select id from objective".into()).await;
    let result = json!({ "objective": goal, "title": "Rides a day", "start_value": 100, "target": 200 });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    h.run("manager", "initiative.edit", json!({ "initiative": "2", "key_result": result, "from_value": 100, "to_value": 150 })).await.unwrap();
    let need = h.made("owner", "need.create", json!({ "title": "Safe", "importance": 9, "satisfaction": 3 }), "need").await;
    h.run("manager", "initiative.address", json!({ "initiative": "2", "need": need })).await.unwrap();
    h.made("manager", "feature.create", json!({ "title": "A lamp", "initiative": "2" }), "feature").await;
    let page = h.get("stakeholder", "/ORB/outcome-tree").await.text;
    let at = |words: &str| page.find(words).unwrap_or_else(|| panic!("{words}: {page}"));
    assert!(at("Ride more") < at("Rides a day") && at("Rides a day") < at("Ramps") && at("Ramps") < at("A lamp"));
    assert!(at("need 15") < at("A lamp") && at("For no open objective") < at("Ferries"));
    let then = day(&h);
    h.app.clock.forward(3 * DAY);
    h.run("manager", "initiative.remove", json!({ "initiative": "2" })).await.unwrap();
    assert!(!h.get("manager", "/ORB/outcome-tree").await.text.contains("Ramps"));
    assert!(h.get("manager", &format!("/ORB/outcome-tree?as_of={then}")).await.text.contains("Ramps"));
}

#[tokio::test]
async fn a_past_tree_tells_no_figure_of_today() {
    let h = planned().await;
    let goal = h.text("select id from objective".into()).await;
    let riders = h.made("manager", "measure.add", json!({ "name": "Riders", "unit": "riders", "part": "north_star" }), "measure").await;
    for (title, by) in [("Riders a week", json!({ "measure": riders })), ("Stories done", json!({ "fed_by": "items" }))] {
        let mut result = json!({ "objective": goal, "title": title, "start_value": 100, "target": 200 });
        result.as_object_mut().unwrap().extend(by.as_object().unwrap().clone());
        h.made("manager", "key_result.create", result, "key_result").await;
    }
    let noted = async |amount: i64| {
        let note = json!({ "measure": riders, "on_day": day(&h), "amount": amount });
        h.run("manager", "measure.note", note).await.unwrap();
    };
    noted(131).await;
    let then = day(&h);
    h.app.clock.forward(3 * DAY);
    noted(177).await;
    assert!(h.get("stakeholder", "/ORB/outcome-tree").await.text.contains("177, target 200"));
    let past = h.get("stakeholder", &format!("/ORB/outcome-tree?as_of={then}")).await.text;
    assert!(past.contains("131, target 200") && !past.contains("177, target"), "what the measure said on that day: {past}");
    assert!(past.split("Stories done").nth(1).unwrap().contains("is not known"), "what was accepted is known of today: {past}");
}

#[tokio::test]
async fn the_roadmap_is_taken_along_as_it_is_and_as_it_was() {
    let h = planned().await;
    h.run("manager", "initiative.edit", json!({ "initiative": "3", "title": "Ferries; by sea, <fast>", "starts_on": "2027-01-01" })).await.unwrap();
    let then = day(&h);
    h.app.clock.forward(3 * DAY);
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": "2027-03-31" })).await.unwrap();
    let file = async |ending: &str| h.get("manager", &format!("/ORB/timeline/roadmap.{ending}")).await;
    let drawing = file("svg").await;
    assert_eq!(drawing.headers["content-type"], "image/svg+xml");
    assert!(
        drawing.text.starts_with("<svg")
            && drawing.text.contains("Locks")
            && drawing.text.contains("&lt;fast&gt;")
            && !drawing.text.contains("href=")
    );
    let markdown = file("md").await.text;
    assert!(markdown.contains("## Now") && markdown.contains("**ORB-1 Locks**") && markdown.contains("\\<fast\\>"), "{markdown}");
    let calendar = file("ics").await.text.replace("\r\n ", "");
    for told in ["SUMMARY:ORB-3 Ferries\\; by sea\\, <fast>", "DTSTART;VALUE=DATE:20261001", "DTEND;VALUE=DATE:20270401"] {
        assert!(calendar.contains(told), "{told}: {calendar}");
    }
    // Features are in a file as they are on the page: of words all, of a calendar those with a window.
    for (title, bet) in [("A lamp", Some("1")), ("A bell", None)] {
        h.made("manager", "feature.create", json!({ "title": title, "initiative": bet }), "feature").await;
    }
    h.run("manager", "feature.edit", json!({ "feature": "5", "ends_on": "2026-12-31", "state": "released" })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "hypothesis": "--- we believe" })).await.unwrap();
    let [bare, fine] = [file("md").await.text, file("md?parts=1").await.text];
    assert!(!bare.contains("A lamp") && fine.contains("  - ORB-4 A lamp\n") && fine.contains("  \\--- we believe\n"), "{bare}{fine}");
    let loose = fine.split("## Without an initiative").nth(1).unwrap_or_else(|| panic!("{fine}"));
    assert!(loose.contains("- ORB-5 A bell (released), until "), "{loose}");
    let [bare, fine] = [file("ics").await.text, file("ics?parts=1").await.text];
    assert!(!bare.contains("ORB-5") && fine.contains("ORB-5 A bell") && !fine.contains("ORB-4"), "{bare}{fine}");
    let past = h.get("manager", &format!("/ORB/timeline/roadmap.ics?as_of={then}")).await.text;
    assert!(past.contains("DTEND;VALUE=DATE:20270101"), "{past}");
    for page in ["timeline", "roadmap"] {
        let past = h.get("manager", &format!("/ORB/{page}?as_of={then}&open=1")).await.text;
        assert!(past.contains("roadmap?open=1") && !past.contains("initiative.remove"), "{page}: nothing of today beside a past day: {past}");
    }
    assert_eq!(file("pdf").await.status, 404);
    let table = h.get("manager", &format!("/ORB/download/roadmap.csv?as_of={then}")).await.text;
    assert!(table.contains("2026-12-31") && !table.contains("2027-03-31"), "{table}");
    assert_eq!(h.get("outsider", "/ORB/timeline/roadmap.md").await.status, 404);
}

/// The address of a link for an audience.
pub(crate) async fn linked(h: &House, audience: &str) -> String {
    let args = json!({ "look": "audience", "name": "Directors", "whom": audience });
    let app::Outcome::Done(done) = h.run("manager", "shared_link.make", args).await.unwrap() else { panic!("the Manager decides") };
    done.reveal.unwrap()
}

pub(crate) async fn open(h: &House, path: &str) -> testkit::Answer {
    h.send(axum::http::Request::get(path).body(axum::body::Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_audience_sees_what_it_is_to_see_and_no_day_more() {
    let h = planned().await;
    h.made("manager", "feature.create", json!({ "title": "Child lock", "initiative": "1" }), "feature").await;
    h.run("manager", "feature.edit", json!({ "feature": "4", "ends_on": "2026-11-30" })).await.unwrap();
    let view = json!({ "name": "The board", "opening": "What we **mean** to do", "horizon": "now" });
    let board = h.made("manager", "audience.add", view, "audience").await;
    let path = linked(&h, &board).await;
    let seen = open(&h, &path).await;
    assert_eq!(seen.status, 200);
    for told in ["Locks", "Q4 2026", "Q4 2026 – Q1 2027", "<strong>mean</strong>"] {
        assert!(seen.text.contains(told), "{told}: {}", seen.text);
    }
    for hidden in ["Ferries", "Child lock", "2026-12-31", "31 Dec", "Ride more", "ORB-"] {
        assert!(!seen.text.contains(hidden), "{hidden}: {}", seen.text);
    }
    // A part that is further off than its bet is no matter of theirs, however fine the view is.
    let part = json!({ "title": "Bell by phone", "initiative": "1", "horizon": "later" });
    h.made("manager", "feature.create", part, "feature").await;
    h.run("manager", "feature.edit", json!({ "feature": "5", "ends_on": "2026-11-30" })).await.unwrap();
    for layout in ["board", "timeline"] {
        h.run("manager", "audience.edit", json!({ "audience": board, "grain": "parts", "layout": layout })).await.unwrap();
        let seen = open(&h, &path).await.text;
        assert!(!seen.contains("Bell by phone") && seen.contains("Child lock"), "up to Now: {seen}");
    }
    // The same view, told otherwise: its links show that at once.
    let finer = json!({ "audience": board, "grain": "parts", "dates": "days", "horizon": "later", "layout": "timeline" });
    h.run("manager", "audience.edit", finer).await.unwrap();
    let seen = open(&h, &path).await.text;
    assert!(
        seen.contains("31 Dec") && seen.contains("Ferries") && seen.contains("<svg") && !seen.contains("data-command") && !seen.contains("ORB-"),
        "{seen}"
    );
    // A window that has passed says nothing about where a bet stands.
    h.run("manager", "initiative.edit", json!({ "initiative": "3", "starts_on": "2020-01-01", "ends_on": "2020-01-31" })).await.unwrap();
    let seen = open(&h, &path).await.text;
    let bar = seen.split("\"Ferries, ").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{seen}"));
    assert!(bar.ends_with(", Later"), "{bar}");
    assert!(told(h.run("manager", "audience.edit", json!({ "audience": board, "dates": "nothing" })).await).contains("A timeline tells when"));
    h.run("manager", "audience.edit", json!({ "audience": board, "dates": "quarters" })).await.unwrap();
    let seen = open(&h, &path).await.text;
    assert!(!seen.contains("31 Dec") && seen.contains("Q4 2026"), "{seen}");
    let page = h.get("manager", &format!("/ORB/audiences?open={board}")).await.text;
    assert!(page.contains("opened 6 times") && page.contains("What they see"), "{page}");
    assert!(!h.get("stakeholder", "/ORB/audiences").await.text.contains("The board"));
    h.run("manager", "audience.remove", json!({ "audience": board })).await.unwrap();
    assert_eq!(open(&h, &path).await.status, 404, "a link ends with its view");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_brief_is_written_in_parts_and_talked_about_by_paragraph() {
    let h = House::new().await;
    h.made("manager", "feature.create", json!({ "title": "A lamp" }), "feature").await;
    let page = h.get("manager", "/ORB/brief?feature=1").await.text;
    assert!(page.contains("How we will know") && page.contains("Which need does it answer"), "the template asks: {page}");
    let why = json!({ "feature": "1", "part": "why", "body": "Nobody sees them.\n\nTwo fell in autumn." });
    h.run("manager", "brief.write", why).await.unwrap();
    h.run("manager", "brief.write", json!({ "feature": "1", "part": "not", "body": "No indicators." })).await.unwrap();
    assert_eq!(h.number("select count(*) from brief_paragraph").await, 3);
    let fell = h.text("select id from brief_paragraph where body like 'Two fell%'".into()).await;
    let comment = json!({ "about": "brief_paragraph", "id": fell, "body": "Three, by now" });
    h.made("developer", "comment.add", comment, "comment").await;
    let page = h.get("developer", "/ORB/brief?feature=1").await.text;
    let own = page.split(&format!("id=\"p-{fell}\"")).nth(1).unwrap().split("class=\"paragraph\"").next().unwrap();
    assert!(own.contains("Three, by now"), "it stands at its paragraph: {page}");
    assert!(h.get("manager", "/ORB/conversation").await.text.contains("Why: Two fell in autumn."), "and names it elsewhere");
    // What is said stays with a paragraph that is changed and moved.
    h.run("manager", "brief.edit", json!({ "brief_paragraph": fell, "body": "Three fell in autumn." })).await.unwrap();
    let first = h.text("select id from brief_paragraph where body like 'Nobody%'".into()).await;
    h.run("manager", "brief.move", json!({ "brief_paragraph": fell, "part": "why", "before": first })).await.unwrap();
    let page = h.get("owner", &format!("/ORB/brief?paragraph={fell}")).await.text;
    assert!(page.find("Three fell").unwrap() < page.find("Nobody sees").unwrap() && page.contains("Three, by now"), "{page}");
    let asked = h.proposed("owner", "brief.write", json!({ "feature": "1", "part": "who", "body": "Riders at night" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(h.get("manager", "/ORB/roadmap?open=1").await.text.contains("3 parts"), "the panel says how far it is");
    assert!(h.get("manager", "/ORB/search?q=autumn").await.text.contains("Three fell in"), "it is found");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
