//! The board: what blocks and who can lift it, limits of columns, rows, everything in flow, and what cards say.

use kernel::{Json, Refusal, json};
use testkit::{House, field};

const DAY: i64 = 86_400_000;

/// A blocker that the Owner can lift, a column over its limit, a rule, and a stand-up, for the tests that try everything.
pub(crate) async fn furnished(h: &House) {
    let column =
        h.text(format!("select id from board_column where name = 'In progress' and product = (select id from product where key = '{}')", h.here()));
    let column = column.await;
    let [first, second] = [
        h.made("owner", "story.create", json!({ "title": "At work" }), "story").await,
        h.made("owner", "story.create", json!({ "title": "Urgent" }), "story").await,
    ];
    h.run("owner", "column.edit", json!({ "column": column, "wip": 1 })).await.unwrap();
    h.run("owner", "story.start", json!({ "story": first })).await.unwrap();
    h.run("owner", "story.move_card", json!({ "story": second, "column": column, "reason": "It cannot wait" })).await.unwrap();
    h.run("owner", "story.block", json!({ "story": first, "reason": "No key", "lifter": h.member("owner").simple().to_string() })).await.unwrap();
    h.run("owner", "board.set_rule", json!({ "at_limit": "ask" })).await.unwrap();
    h.run("owner", "board.set_rule", json!({ "at_limit": "warn" })).await.unwrap();
    h.run("developer", "standup.give", json!({ "today": "Go on" })).await.unwrap();
    h.run("owner", "standup.begin", json!({})).await.unwrap();
    h.run("owner", "standup.set_rule", json!({ "remind_at": "", "minutes": 10 })).await.unwrap();
}

pub(crate) async fn story(h: &House, title: &str) -> String {
    h.made("owner", "story.create", json!({ "title": title }), "story").await
}

pub(crate) async fn column(h: &House, name: &str) -> String {
    h.text(format!("select id from board_column where name = '{name}'")).await
}

#[tokio::test]
async fn a_blocker_stands_on_the_home_of_whoever_can_lift_it() {
    let h = House::new().await;
    let (one, two) = (story(&h, "Print labels").await, story(&h, "Fold boxes").await);
    let manager = h.member("manager").simple().to_string();
    h.run("developer", "story.block", json!({ "story": one, "reason": "The contract is not signed", "lifter": manager })).await.unwrap();
    let blocker = h.text("select id from blocker".into()).await;
    let home = h.get("manager", "/ORB/").await.text;
    assert!(home.contains("Yours to lift") && home.contains("The contract is not signed") && home.contains("/do/blocker.lift"), "{home}");
    assert!(!h.get("owner", "/ORB/").await.text.contains("Yours to lift"));
    h.app.work_off().await.unwrap();
    // What they are told of is the story that it is a part of.
    assert_eq!(h.number("select count(*) from notice where why = 'assigned' and about_noun = 'story'").await, 1);
    // Whoever is named may, whatever say they have otherwise, and nobody else by that act.
    let lift = json!({ "blocker": blocker, "outcome": "Signed" });
    assert!(matches!(h.run("developer", "blocker.lift", lift.clone()).await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("assistant", "blocker.lift", lift.clone()).await, Err(Refusal::Denied { .. } | Refusal::NotFound)));
    assert!(matches!(h.run("manager", "story.unblock", json!({ "story": one })).await, Err(Refusal::Denied { .. })), "work is not the Manager’s");
    h.run("manager", "blocker.lift", lift.clone()).await.unwrap();
    assert_eq!(field(h.run("manager", "blocker.lift", lift).await), "blocker");
    assert_eq!(h.number("select count(*) from story where blocked_since is not null").await, 0);
    assert_eq!(h.text("select outcome from blocker".into()).await, "Signed");
    let page = h.get("stakeholder", "/ORB/blockers").await.text;
    assert!(page.contains("Lifted lately") && page.contains("Signed") && page.contains("Nothing is blocked"), "{page}");
    // One open blocker of a story: said again, it is changed, and handing over ends it.
    h.run("developer", "story.block", json!({ "story": two, "reason": "No cardboard" })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": two, "reason": "No cardboard until May", "lifter": manager })).await.unwrap();
    assert_eq!(h.number("select count(*) from blocker where lifted_at is null").await, 1);
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/blocked-stories", Json::Null).await.json();
    assert_eq!((told[0]["reason"].as_str(), told[0]["lifter_name"].is_string()), (Some("No cardboard until May"), true), "{told}");
    assert!(h.get("owner", "/ORB/story/2").await.text.contains("can lift it"));
    h.run("developer", "story.hand_over", json!({ "story": two })).await.unwrap();
    assert_eq!(h.number("select count(*) from blocker where lifted_at is null").await, 0);
    h.run("developer", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from blocker where lifted_at is null").await, 1, "both come back together");
    // Moving the card there hands it over as well.
    let there = h.text("select id from board_column where stage = 'handed_over'".into()).await;
    h.run("developer", "story.move_card", json!({ "story": two, "column": there })).await.unwrap();
    assert_eq!(h.number("select count(*) from blocker where lifted_at is null").await, 0);
    assert_eq!(h.number("select count(*) from story where blocked_since is not null").await, 0);
    assert_eq!(
        field(h.run("developer", "story.block", json!({ "story": one, "reason": "x", "lifter": "0199c000-0000-7000-8000-000000000000" })).await),
        "lifter"
    );
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_column_at_its_limit_says_so_or_asks() {
    let h = House::new().await;
    let (one, two, three) = (story(&h, "a").await, story(&h, "b").await, story(&h, "c").await);
    let column = column(&h, "In progress").await;
    h.run("owner", "column.edit", json!({ "column": column, "wip": 1, "policy": "Two have looked at it" })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [one, two, three] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": one })).await.unwrap();
    // Until the team says otherwise it is said and nothing more.
    h.run("developer", "story.start", json!({ "story": two })).await.unwrap();
    let board = h.get("owner", "/ORB/sprint").await.text;
    assert!(board.contains("over its limit") && board.contains("Two have looked at it"), "{board}");
    h.run("developer", "story.put_back", json!({ "story": two, "stage": "open" })).await.unwrap();
    h.run("owner", "board.set_rule", json!({ "at_limit": "ask" })).await.unwrap();
    assert_eq!(field(h.run("developer", "story.start", json!({ "story": two })).await), "reason");
    let there = json!({ "story": two, "column": column });
    assert_eq!(field(h.run("developer", "story.move_card", there).await), "reason");
    h.run("developer", "story.move_card", json!({ "story": two, "column": column, "reason": "The shop is closed without it" })).await.unwrap();
    // A card that stands there already asks for nothing.
    h.run("developer", "story.move_card", json!({ "story": one, "column": column })).await.unwrap();
    let board = h.get("owner", "/ORB/sprint").await.text;
    assert!(board.contains("The shop is closed without it"), "{board}");
    let rules = h.get("developer", "/ORB/board").await.text;
    assert!(rules.contains("Two have looked at it") && rules.contains("At the limit"), "{rules}");
    assert!(matches!(h.run("stakeholder", "board.set_rule", json!({ "at_limit": "warn" })).await, Err(Refusal::Denied { .. })));
    // It holds cards, so it is asked where they go, in one act with one undo.
    let gone = async |to: Json| h.run("owner", "column.remove", json!({ "column": column, "to": to })).await;
    assert_eq!(field(gone(Json::Null).await), "to");
    assert_eq!(field(gone(json!(column)).await), "to");
    let done = h.text("select id from board_column where stage = 'accepted'".into()).await;
    assert_eq!(field(gone(json!(done)).await), "to", "an accepted story is another matter");
    let doing = h.text(format!("select id from board_column where stage = 'doing' and id <> '{column}' order by rank limit 1")).await;
    let settings = h.get("owner", "/ORB/settings").await.text;
    assert!(settings.contains("Its cards go to") && settings.contains(&format!("remove-column-{column}")), "{settings}");
    assert!(!settings.contains(&format!("remove-column-{done}")), "the only one of its stage stays");
    gone(json!(doing)).await.unwrap();
    let there = async |id: &str| h.text(format!("select cast(count(*) as text) from story where board_column = '{id}'")).await;
    assert_eq!([there(&doing).await, there(&column).await], ["2", "0"]);
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(there(&column).await, "2", "both are back in their column, which is back, too");
    assert_eq!(h.number("select count(*) from board_column where removed_at is not null").await, 0);
    // Of what nobody moved on the board the first column of the stage holds what is in the sprint.
    let first = h.text("select id from board_column where name = 'To do'".into()).await;
    let second = h.made("owner", "column.add", json!({ "name": "Next", "stage": "open" }), "board_column").await;
    h.run("owner", "column.remove", json!({ "column": first, "to": second })).await.unwrap();
    assert_eq!(there(&second).await, "1");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn handing_over_and_putting_back_ask_at_the_limit_too() {
    let h = House::new().await;
    let (one, two, three) = (story(&h, "a").await, story(&h, "b").await, story(&h, "c").await);
    for (name, wip) in [("Handed over", 1), ("In progress", 1)] {
        let column = column(&h, name).await;
        h.run("owner", "column.edit", json!({ "column": column, "wip": wip })).await.unwrap();
    }
    h.run("owner", "board.set_rule", json!({ "at_limit": "ask" })).await.unwrap();
    for n in [&one, &two] {
        h.run("developer", "story.start", json!({ "story": n, "reason": "Both are small" })).await.unwrap();
    }
    h.run("developer", "story.hand_over", json!({ "story": one })).await.unwrap();
    assert_eq!(field(h.run("developer", "story.hand_over", json!({ "story": two })).await), "reason");
    assert_eq!(h.number("select count(*) from story where stage = 'handed_over'").await, 1);
    h.run("developer", "story.hand_over", json!({ "story": two, "reason": "They are shown together" })).await.unwrap();
    assert_eq!(h.text("select reason from over_limit order by created_at desc, id desc limit 1".into()).await, "They are shown together");
    // The reason and the handing over are one act.
    h.run("developer", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from story where stage = 'handed_over'").await, 1);
    assert_eq!(h.number("select count(*) from over_limit where removed_at is null and reason = 'They are shown together'").await, 0);
    // Back to work, where another has begun meanwhile; open has no limit.
    let back = |stage, reason: &str| json!({ "story": one, "stage": stage, "reason": reason });
    assert_eq!(field(h.run("developer", "story.put_back", back("doing", "")).await), "reason");
    h.run("developer", "story.put_back", back("doing", "The lock is wrong")).await.unwrap();
    h.run("developer", "story.put_back", back("open", "")).await.unwrap();
    // Without script the page that says what is missing has the place for it.
    h.run("developer", "story.put_back", json!({ "story": two, "stage": "open" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": three })).await.unwrap();
    let form = "story=1";
    let page = h.post("developer", "/ORB/do/story.start", form).await;
    assert_eq!(page.status, 422);
    assert!(page.text.contains("is at its limit of 1") && page.text.contains("name=\"reason\""), "{}", page.text);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_board_has_rows_and_shows_what_flows() {
    let h = House::new().await;
    let (one, two) = (story(&h, "Print labels").await, story(&h, "Fold boxes").await);
    h.run("owner", "story.mark_ready", json!({ "story": two, "ready": true })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": one })).await.unwrap();
    let empty = h.get("owner", "/ORB/sprint").await.text;
    assert!(empty.contains("sprint?flow=yes"), "{empty}");
    let flow = h.get("owner", "/ORB/sprint?flow=yes").await.text;
    assert!(flow.contains("Print labels") && flow.contains("Fold boxes") && flow.contains("Everything in flow"), "{flow}");
    let rows = h.get("owner", "/ORB/sprint?flow=yes&rows=person").await.text;
    assert!(rows.contains("Nobody yet") && rows.contains("data-row=\"row-1\""), "{rows}");
    assert!(rows.contains("href=\"sprint?flow=yes&amp;rows=person&amp;open=1\""), "a card opens over the board that it is on: {rows}");
    assert!(h.get("owner", "/ORB/sprint?flow=yes&rows=type").await.text.contains("By type"));
    assert!(h.get("owner", "/ORB/sprint?flow=yes&rows=feature&kind=bug").await.status == 200);
    assert!(h.get("owner", "/ORB/sprint?flow=yes&rows=nonsense").await.status == 200);
    // The name of a branch is there with script and without.
    assert!(flow.contains("data-copy=\"ORB-1-print-labels\"") && flow.contains("<noscript>"), "{flow}");
}

#[tokio::test]
async fn a_card_says_how_old_it_is_against_the_others() {
    let h = House::new().await;
    for n in 0..10 {
        let story = story(&h, &format!("done {n}")).await;
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
        h.app.clock.forward(DAY);
        h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
        h.run("owner", "story.accept", json!({ "story": story, "reason": "seen" })).await.unwrap();
    }
    let late = story(&h, "Late").await;
    h.run("developer", "story.start", json!({ "story": late })).await.unwrap();
    let board = h.get("owner", "/ORB/sprint?flow=yes").await.text;
    assert!(board.contains("Of the last 10 stories half took up to 2 days, and 85 % up to 2 days."), "{board}");
    assert!(!board.contains("longer than"));
    h.app.clock.forward(3 * DAY);
    assert!(h.get("owner", "/ORB/sprint?flow=yes").await.text.contains("4 days, longer than 85 %"));
}

#[tokio::test]
async fn code_that_names_a_story_stands_on_its_card() {
    let h = House::new().await;
    let one = story(&h, "Print labels").await;
    h.run("developer", "story.start", json!({ "story": one })).await.unwrap();
    let (path, secret, _) = crate::code::repository(&h, "owner", "app").await;
    assert_eq!(crate::code::send(&h, &path, &secret, &crate::code::push("main", "c1", "ORB-1 begin")).await.status, 201);
    let board = h.get("owner", "/ORB/sprint?flow=yes").await.text;
    assert!(board.contains("1 commit"), "{board}");
}

#[tokio::test]
async fn a_card_of_a_past_day_opens_as_it_stood_then() {
    let h = House::new().await;
    let (one, criterion) = (story(&h, "Moves").await, "select id from criterion order by id limit 1");
    let risk = crate::own_fields::define(&h, json!({ "name": "Risk", "thing": "story", "kind": "text" })).await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-20", "ends_on": "2026-10-10" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    let edit = async |title: &str, body: &str, size: i64, held: &str| {
        h.run("owner", "story.edit", json!({ "story": one, "title": title, "body": body })).await.unwrap();
        h.run("developer", "story.estimate", json!({ "story": one, "points": size })).await.unwrap();
        crate::own_fields::set(&h, &risk, &one, held).await;
    };
    edit("Moves", "Was so", 3, "Little").await;
    h.run("owner", "criterion.add", json!({ "story": one, "body": "A rule of then" })).await.unwrap();
    h.run("developer", "criterion.check", json!({ "criterion": h.text(criterion.into()).await, "passes": true })).await.unwrap();
    let task = h.made("developer", "subtask.add", json!({ "story": one, "title": "Sweep" }), "subtask").await;
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * DAY);
    edit("Moved on", "Is so", 8, "Much").await;
    h.run("owner", "criterion.edit", json!({ "criterion": h.text(criterion.into()).await, "body": "A rule of now" })).await.unwrap();
    h.run("owner", "criterion.add", json!({ "story": one, "body": "A late rule" })).await.unwrap();
    h.run("developer", "subtask.remove", json!({ "subtask": task })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": one })).await.unwrap();
    story(&h, "Comes later").await;
    let board = h.get("manager", &format!("/ORB/sprint?as_of={then}")).await.text;
    let path = format!("sprint?sprint=1&as_of={then}&open=1");
    assert!(board.contains(&path.replace('&', "&amp;")), "a card opens on that day: {board}");
    let page = h.get("manager", &format!("/ORB/{path}")).await.text;
    let panel = page.split_once("<aside").expect("a panel").1.split_once("</aside>").unwrap().0;
    for told in ["As it stood at the end of", ">Moves<", "Was so", "A rule of then", "passes", "Sweep", "Little", "Open", "3 points", "/ORB/story/1"]
    {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    for later in ["Moved on", "Is so", "A rule of now", "A late rule", "Much", "In progress", "8 points", "/do/", "data-story"] {
        assert!(!panel.contains(later), "{later}: {panel}");
    }
    assert!(panel.contains(&format!("as_of={then}\"")), "closing it leads back to the board of that day: {panel}");
    let late = h.get("manager", &format!("/ORB/sprint?as_of={then}&open=ORB-2")).await.text;
    assert!(late.contains("There was no such story at the end of"), "{late}");
    h.run("owner", "story.remove", json!({ "story": one })).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/{path}")).await.text.contains("A rule of then"), "removed since, it was there");
    assert_eq!(h.get("manager", &format!("/ORB/sprint?as_of={then}&open=99")).await.status, 404);
    assert_eq!(h.get("outsider", &format!("/ORB/{path}")).await.status, 404);
}
