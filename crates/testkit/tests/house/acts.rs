//! Acts stand wherever one looks for them: in the panel, the menu of rows and cards, the bar for chosen rows, and under a
//! key.

use kernel::{Hat, json};
use testkit::House;

/// What is between two words of a page.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = page.split_once(from).unwrap_or_else(|| panic!("no {from}"));
    rest.split(to).next().unwrap()
}

/// An act by its name, its marks in a menu or bar, its key, and its mark in the panel.
const ACTS: &[(&str, &str, Option<char>, &str)] = &[
    ("assign", "name=\"assignee\" value=\"\"", Some('a'), "name=\"assignee\""),
    ("size", "name=\"points\"", Some('z'), "name=\"points\""),
    ("label", "name=\"labels\"", Some('l'), "name=\"labels\""),
    ("feature", "name=\"feature\"", Some('f'), "name=\"feature\""),
    ("sprint", "name=\"sprint\"", Some('p'), "name=\"sprint\""),
    ("type", "name=\"kind\"", Some('t'), "name=\"kind\""),
    ("give to oneself", "name=\"assignee\" value=", Some('i'), "data-key=\"i\""),
    ("ready", "name=\"ready\" value=\"true\"", Some('r'), "do/story.mark_ready"),
    ("to the top", "value=\"top\"", None, "value=\"top\""),
    ("to the end", "value=\"bottom\"", None, "value=\"bottom\""),
    ("split off", "data-opens=\"split\"", Some('o'), "do/story.split_off"),
    ("drop", "do/story.drop", Some('d'), "do/story.drop"),
    ("remove", "do/story.remove", Some('#'), "do/story.remove"),
];

#[tokio::test]
async fn every_act_on_a_story_stands_everywhere() {
    let mut h = House::new().await;
    h.add("all", &[Hat::Manager, Hat::Owner, Hat::Developer]).await;
    crate::chain::thread_above(&h).await;
    for title in ["running", "planned", "free"] {
        h.made("owner", "story.create", json!({ "title": title, "criteria": ["c"] }), "story").await;
    }
    for (sprint, story, day) in [("1", "3", "2026-09-21"), ("2", "4", "2026-10-05")] {
        h.run("owner", "sprint.plan", json!({ "starts_on": day, "ends_on": day })).await.unwrap();
        h.run("owner", "sprint.add_stories", json!({ "sprint": sprint, "stories": [story] })).await.unwrap();
    }
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let mut missing = vec![];
    for (place, address) in [("row", "/ORB/backlog"), ("card", "/ORB/sprint"), ("planning", "/ORB/sprint?sprint=2")] {
        let page = h.get("all", address).await.text;
        let menu = part(&page, "id=\"mover\"", "</form>");
        for (act, mark, key, _) in ACTS {
            if !menu.contains(mark) || key.is_some_and(|key| !menu.contains(&format!("data-key=\"{key}\""))) {
                missing.push(format!("{act} in the menu of a {place}"));
            }
        }
    }
    let page = h.get("all", "/ORB/backlog?open=5").await.text;
    let (bar, panel) = (part(&page, "id=\"bulk\"", "</form>"), part(&page, "<aside", "</aside>"));
    for (act, mark, key, there) in ACTS {
        // The top and the end stand in the bar by their names.
        if !bar.contains(mark) || key.is_some_and(|key| !bar.contains(&format!("data-key=\"{key}\""))) {
            missing.push(format!("{act} in the bar"));
        }
        if !panel.contains(there) {
            missing.push(format!("{act} in the panel"));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
