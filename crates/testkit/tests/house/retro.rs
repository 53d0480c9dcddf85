//! Retrospectives: sealed notes, the meeting with its facts, groups, dots and actions, and the health check.

use kernel::{Json, Refusal, json};
use testkit::{House, told};

/// A sprint that has started, with the retrospective that opened with it.
async fn running(h: &House, from: &str, until: &str, number: &str) -> String {
    h.run("owner", "sprint.plan", json!({ "starts_on": from, "ends_on": until })).await.unwrap();
    let story = h.made("owner", "story.create", json!({ "title": "Something to do" }), "story").await;
    h.run("owner", "sprint.add_stories", json!({ "sprint": number, "stories": [story] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": number })).await.unwrap();
    h.text(format!("select id from retro where sprint = (select id from sprint where number = {number})")).await
}

async fn note(h: &House, who: &str, retro: &str, pile: i64, body: &str) -> Result<app::Outcome, Refusal> {
    h.run(who, "retro.note", json!({ "retro": retro, "pile": pile, "body": body })).await
}

async fn note_of(h: &House, body: &str) -> String {
    h.text(format!("select id from retro_note where body = '{body}'")).await
}

/// A sprint with three people's notes, revealed.
async fn revealed(h: &House) -> String {
    let retro = running(h, "2026-09-21", "2026-10-04", "1").await;
    for (who, pile, body) in [
        ("manager", 0, "Show the shops what we build"),
        ("owner", 1, "The build server is slow for all tests"),
        ("developer", 1, "Tests on the build server are slow"),
        ("developer", 2, "Pairing on the lock"),
    ] {
        note(h, who, &retro, pile, body).await.unwrap();
    }
    h.run("developer", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    retro
}

#[tokio::test]
async fn a_retrospective_opens_with_its_sprint_and_its_actions_come_back() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Rain mode" }), "story").await;
    h.run("owner", "story.create", json!({ "title": "Came later" })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let retro = h.text("select id from retro".into()).await;
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["2"] })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": "1", "reason": "No key from the supplier" })).await.unwrap();
    h.run("developer", "run.record", json!({ "suite": "unit tests", "failed": 2, "results": [] })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "2" })).await.unwrap();
    h.run("owner", "story.reject", json!({ "story": "2", "reason": "It is slow on old phones" })).await.unwrap();
    for (who, pile, body) in [
        ("owner", 1, "The build server is slow for all tests"),
        ("developer", 1, "Tests on the build server are slow"),
        ("manager", 2, "Quick answers"),
    ] {
        note(&h, who, &retro, pile, body).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from retro_note").await, 0, "sealed is not in the record");
    let alone = h.get("owner", "/ORB/retro").await.text;
    assert!(alone.contains("The build server is slow for all tests") && !alone.contains("Quick answers"), "{alone}");
    assert!(h.get("stakeholder", "/ORB/retro").await.text.contains("Retrospectives are the team’s"));
    h.run("owner", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    let page = h.get("manager", "/ORB/retro").await.text;
    for fact in [
        "Blocked: ",
        "No key from the supplier",
        "Came into the sprint: ",
        "Came later",
        "Tests failed: ",
        "2 tests",
        "Rejected: ",
        "It is slow on old phones",
    ] {
        assert!(page.contains(fact), "{fact}: {page}");
    }
    assert!(!page.contains("Came into the sprint: </span><a href=\"/ORB/story/1\""), "what was committed to did not come in later");
    assert!(page.contains("These say much the same") && page.contains("Put these 2 together"), "{page}");
    // One onto the other, and named.
    let (one, other, alone) = (
        note_of(&h, "The build server is slow for all tests").await,
        note_of(&h, "Tests on the build server are slow").await,
        note_of(&h, "Quick answers").await,
    );
    h.run("developer", "retro_note.group", json!({ "retro_note": one, "onto": other })).await.unwrap();
    let theme = h.text("select id from retro_theme".into()).await;
    h.run("manager", "retro_theme.name", json!({ "retro_theme": theme, "name": "Slow builds" })).await.unwrap();
    h.run("owner", "retro.vote_begin", json!({ "retro": retro })).await.unwrap();
    assert!(told(h.run("owner", "retro_note.group", json!({ "retro_note": one })).await).contains("The vote has begun"));
    assert!(told(h.run("owner", "retro.vote", json!({ "retro": retro, "dots": { &theme: 6 } })).await).contains("0 to 5"));
    assert!(told(h.run("owner", "retro.vote", json!({ "retro": retro, "dots": { &theme: 3, &alone: 3 } })).await).contains("5 dots, and gave 6"));
    assert_eq!(h.run("owner", "retro.vote", json!({ "retro": retro, "dots": { &other: 1 } })).await, Err(Refusal::NotFound), "it stands in a group");
    assert!(told(h.run("owner", "retro.count", json!({ "retro": retro })).await).contains("Nobody has given"));
    h.run("owner", "retro.vote", json!({ "retro": retro, "dots": { &theme: 4, &alone: 1 } })).await.unwrap();
    h.run("owner", "retro.vote", json!({ "retro": retro, "dots": { &theme: 3 } })).await.unwrap();
    h.run("developer", "retro.vote", json!({ "retro": retro, "dots": { &theme: 2, &alone: 2 } })).await.unwrap();
    assert_eq!(h.number("select dots from retro_theme").await, 0, "sealed until all are opened");
    h.run("manager", "retro.count", json!({ "retro": retro })).await.unwrap();
    assert_eq!(h.number("select dots from retro_theme").await, 5);
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    assert!(told(h.run("manager", "retro.vote", json!({ "retro": retro, "dots": {} })).await).contains("The vote is over"));
    let page = h.get("developer", "/ORB/retro").await.text;
    assert!(page.find("Slow builds") < page.find("Quick answers") && page.contains("5 dots"), "{page}");
    // An action is a matter of the work: the Manager only sees that.
    let action = json!({ "retro": retro, "what": "Buy a second build server", "owner": h.member("developer"), "due_on": "2026-10-12" });
    assert!(matches!(h.run("manager", "retro_action.make", action.clone()).await, Err(Refusal::Denied { .. })));
    let action = h.made("developer", "retro_action.make", action, "retro_action").await;
    let open = h.made("owner", "retro_action.make", json!({ "retro": retro, "what": "Demo to shops" }), "retro_action").await;
    h.run("owner", "retro.end", json!({ "retro": retro })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    let next = running(&h, "2026-10-05", "2026-10-18", "2").await;
    assert_ne!(next, retro);
    h.run("developer", "retro_action.settle", json!({ "retro_action": action, "became": "done" })).await.unwrap();
    let page = h.get("developer", "/ORB/retro").await.text;
    assert!(page.contains("<strong>1 of 2 actions</strong> done, 1 still open."), "{page}");
    assert!(told(h.run("owner", "retro_action.settle", json!({ "retro_action": open, "became": "dropped" })).await).contains("Say why not"));
    h.run("owner", "retro_action.settle", json!({ "retro_action": open, "became": "dropped", "note": "They came to us" })).await.unwrap();
    let page = h.get("manager", "/ORB/retro").await.text;
    assert!(page.contains("<strong>1 of 2 actions</strong> done, 1 not done.") && page.contains("They came to us"), "{page}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Whoever sees to an action is reminded on its day, and each week after it; it stands on their Home until it is settled.
#[tokio::test]
async fn an_action_comes_back_on_its_day() {
    let h = House::new().await;
    let retro = running(&h, "2026-09-21", "2026-10-04", "1").await;
    let today = web::when::day(h.app.clock.now());
    let day = |days: i64| web::when::days_after(&today, days);
    let make = |what: &str, due: String| json!({ "retro": retro, "what": what, "owner": h.member("developer"), "due_on": due });
    let soon = h.made("developer", "retro_action.make", make("Buy a build server", day(2)), "retro_action").await;
    h.made("developer", "retro_action.make", make("Move to another house", day(60)), "retro_action").await;
    let morning = async || {
        h.app.clock.forward(86_400_000);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    };
    let reminded = "select count(*) from notice where due = 'action'";
    h.app.keep_schedules().await.unwrap();
    morning().await;
    assert_eq!(h.number(reminded).await, 0, "its day is tomorrow");
    assert!(!h.get("developer", "/ORB/").await.text.contains("Agreed, and due"));
    morning().await;
    morning().await;
    assert_eq!(h.number(reminded).await, 1, "once");
    let home = h.get("developer", "/ORB/").await.text;
    let tile = home.split("Agreed, and due").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap_or_default();
    assert!(tile.contains("Buy a build server") && !tile.contains("Move to another house"), "{home}");
    assert!(!h.get("owner", "/ORB/").await.text.contains("Agreed, and due"), "it is theirs");
    for _ in 0..7 {
        morning().await;
    }
    assert_eq!(h.number(reminded).await, 2, "and a week later once more");
    h.run("developer", "retro_action.settle", json!({ "retro_action": soon, "became": "done" })).await.unwrap();
    assert!(!h.get("developer", "/ORB/").await.text.contains("Agreed, and due"));
}

#[tokio::test]
async fn notes_are_changed_until_they_are_revealed_and_grouped_by_hand() {
    let h = House::new().await;
    let retro = running(&h, "2026-09-21", "2026-10-04", "1").await;
    note(&h, "owner", &retro, 0, "First").await.unwrap();
    assert!(told(note(&h, "owner", &retro, 3, "Nowhere").await).contains("Choose a column from 0 to 2"));
    let sealed: Json = kernel::serde_json::from_str(&h.text("select body from sealed".into()).await).unwrap();
    let id = sealed[0]["id"].as_str().unwrap().to_owned();
    h.run("owner", "retro.note", json!({ "retro": retro, "pile": 1, "body": "Second", "note": id })).await.unwrap();
    assert_eq!(h.run("developer", "retro.unnote", json!({ "retro": retro, "note": id })).await, Err(Refusal::NotFound), "not theirs");
    for who in ["stakeholder", "assistant"] {
        assert!(matches!(note(&h, who, &retro, 0, "x").await, Err(Refusal::Denied { .. })), "{who}");
    }
    assert!(told(h.run("owner", "retro.arrange", json!({ "retro": retro, "style": "sailboat" })).await).contains("Notes are written already"));
    h.run("owner", "retro.unnote", json!({ "retro": retro, "note": id })).await.unwrap();
    note(&h, "owner", &retro, 0, "Kept").await.unwrap();
    h.run("manager", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    assert_eq!(h.number("select count(*) from retro_note").await, 1);
    assert!(told(note(&h, "owner", &retro, 0, "late").await).contains("lie open already"));
    // What comes up at the meeting is added in the open.
    for body in ["A", "B", "C"] {
        h.run("developer", "retro_note.add", json!({ "retro": retro, "pile": 2, "body": body })).await.unwrap();
    }
    let [a, b, c] = [note_of(&h, "A").await, note_of(&h, "B").await, note_of(&h, "C").await];
    h.run("owner", "retro_theme.make", json!({ "retro": retro, "name": "Three", "notes": [a, b, c] })).await.unwrap();
    assert!(told(h.run("owner", "retro_theme.make", json!({ "retro": retro, "name": "Again", "notes": [a] })).await).contains("in a group already"));
    h.run("owner", "retro_note.group", json!({ "retro_note": a })).await.unwrap();
    assert_eq!(h.number("select count(*) from retro_note where theme is not null").await, 2);
    h.run("owner", "retro_note.group", json!({ "retro_note": b })).await.unwrap();
    assert_eq!(h.number("select count(*) from retro_theme where removed_at is null").await, 0, "a group of one is a note");
    assert_eq!(h.number("select count(*) from retro_note where theme is not null").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn names_and_ratings_are_nobodys_where_a_team_says_so() {
    let h = House::new().await;
    let retro = running(&h, "2026-09-21", "2026-10-04", "1").await;
    let own = json!({ "retro": retro, "style": "own", "columns": "Keep\nChange", "anonymous": true, "dots": 3, "statements": "We ship.\nWe laugh." });
    h.run("developer", "retro.arrange", own).await.unwrap();
    note(&h, "owner", &retro, 1, "Fewer meetings").await.unwrap();
    let named = h.run("owner", "retro.arrange", json!({ "retro": retro, "anonymous": false })).await;
    assert!(told(named).contains("rely on it"));
    let rate = |first: i64, second: i64| json!({ "retro": retro, "ratings": { "0": first, "1": second } });
    assert!(told(h.run("owner", "retro.rate", json!({ "retro": retro, "ratings": { "0": 6 } })).await).contains("from 1 to 5"));
    h.run("owner", "retro.rate", rate(4, 2)).await.unwrap();
    assert!(told(h.run("owner", "retro.rate", rate(4, 2)).await).contains("You have rated"));
    assert!(h.get("owner", "/ORB/retro").await.text.contains("1 person wrote so far"), "nobody is named");
    for who in ["manager", "developer"] {
        h.run(who, "retro.rate", rate(5, 3)).await.unwrap();
    }
    assert_eq!(h.text("select sums from retro".into()).await, "[]", "told with the notes and not before");
    h.run("developer", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    assert_eq!(h.text("select sums from retro".into()).await, "[[0,0,0,1,2],[0,1,2,0,0]]");
    assert_eq!(h.number("select count(*) from retro_note where member is null").await, 1);
    assert_eq!(h.number("select count(*) from answered").await, 0);
    let page = h.get("manager", "/ORB/retro").await.text;
    assert!(page.contains("3 people rated.") && page.contains("<h2 dir=\"auto\">Change</h2>"), "{page}");
    h.run("developer", "retro.end", json!({ "retro": retro })).await.unwrap();
    // The next is arranged as this one was, and tells nothing of two ratings.
    let next = h.made("owner", "retro.begin", json!({}), "retro").await;
    assert_eq!(h.text(format!("select columns from retro where id = '{next}'")).await, "[\"Keep\",\"Change\"]");
    for who in ["manager", "developer"] {
        h.run(who, "retro.rate", json!({ "retro": next, "ratings": { "0": 1, "1": 1 } })).await.unwrap();
    }
    h.run("developer", "retro.reveal", json!({ "retro": next })).await.unwrap();
    assert_eq!(h.text(format!("select sums from retro where id = '{next}'")).await, "[]");
    assert!(h.get("manager", "/ORB/retro").await.text.contains("2 people rated. From three ratings on"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_nobody_wrote_for_is_put_away_and_the_last_one_waits() {
    let h = House::new().await;
    let first = running(&h, "2026-09-21", "2026-10-04", "1").await;
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    let second = running(&h, "2026-10-05", "2026-10-18", "2").await;
    assert_eq!(h.number("select count(*) from retro where ended_at is null").await, 2, "its meeting may still be held");
    assert!(h.get("owner", "/ORB/retro").await.text.contains(&format!("?show={first}")));
    note(&h, "owner", &second, 0, "Kept").await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "2" })).await.unwrap();
    running(&h, "2026-10-19", "2026-11-01", "3").await;
    assert_eq!(h.number("select count(*) from retro where ended_at is null").await, 2);
    assert_eq!(h.number("select count(*) from retro where number = 1 and ended_at is not null").await, 1);
    // A closed one throws away what was sealed for it.
    h.run("owner", "retro.end", json!({ "retro": second })).await.unwrap();
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    assert!(told(note(&h, "owner", &second, 0, "late").await).contains("closed"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Retrospectives in every state for those who try all commands: one open for notes, one with its notes open, one at the vote.
pub(crate) struct Furnished {
    pub writing: String,
    /// A note that the Owner has sealed for it.
    pub sealed: String,
    pub open: String,
    pub note: String,
    pub other: String,
    pub spare: String,
    pub theme: String,
    pub voting: String,
    pub voted: String,
    pub action: String,
}

pub(crate) async fn furnished(h: &House) -> Furnished {
    let writing = h.made("owner", "retro.begin", json!({}), "retro").await;
    note(h, "owner", &writing, 0, "Sealed").await.unwrap();
    let sealed: Json = kernel::serde_json::from_str(&h.text(format!("select body from sealed where round = '{writing}'")).await).unwrap();
    let open = h.made("owner", "retro.begin", json!({}), "retro").await;
    h.run("owner", "retro.reveal", json!({ "retro": open })).await.unwrap();
    let add =
        async |retro: &str, body: &str| h.made("developer", "retro_note.add", json!({ "retro": retro, "pile": 0, "body": body }), "retro_note").await;
    let (one, two) = (add(&open, "One").await, add(&open, "Two").await);
    let theme = h.made("owner", "retro_theme.make", json!({ "retro": open, "name": "Both", "notes": [one, two] }), "retro_theme").await;
    let (note, other, spare) = (add(&open, "Alone").await, add(&open, "Aside").await, add(&open, "Spare").await);
    let voting = h.made("owner", "retro.begin", json!({}), "retro").await;
    h.run("owner", "retro.reveal", json!({ "retro": voting })).await.unwrap();
    let voted = add(&voting, "To be voted on").await;
    h.run("owner", "retro.vote_begin", json!({ "retro": voting })).await.unwrap();
    h.run("owner", "retro.vote", json!({ "retro": voting, "dots": { &voted: 2 } })).await.unwrap();
    let action = h.made("owner", "retro_action.make", json!({ "retro": writing, "what": "Change it" }), "retro_action").await;
    Furnished { writing, sealed: sealed[0]["id"].as_str().unwrap_or_default().to_owned(), open, note, other, spare, theme, voting, voted, action }
}

#[tokio::test]
async fn the_page_fits_every_step() {
    let h = House::new().await;
    let retro = revealed(&h).await;
    for who in ["manager", "owner", "developer"] {
        let page = h.get(who, &format!("/ORB/retro?show={retro}")).await;
        assert!(page.status == 200 && page.text.contains("data-drop=\"retro\""), "{who}");
    }
    assert_eq!(h.get("owner", "/ORB/retro/health.csv").await.status, 404, "nothing to compare yet");
    assert_eq!(h.get("owner", "/ORB/retro?show=odd").await.status, 404);
}
