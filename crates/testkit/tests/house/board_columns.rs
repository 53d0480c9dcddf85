//! The columns of a board: what becomes of the cards of one that goes, and of one that holds more than are drawn.

use crate::board::{column, story};
use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::{House, field};

#[tokio::test]
async fn cards_of_a_column_that_goes_take_on_what_the_next_one_means() {
    let h = House::new().await;
    let (one, two) = (story(&h, "Print labels").await, story(&h, "Fold boxes").await);
    let (review, handed, done) = (column(&h, "In review").await, column(&h, "Handed over").await, column(&h, "Accepted").await);
    for card in [&one, &two] {
        h.run("developer", "story.move_card", json!({ "story": card, "column": review })).await.unwrap();
    }
    h.run("developer", "story.block", json!({ "story": two, "reason": "No cardboard" })).await.unwrap();
    let settings = h.get("owner", "/ORB/settings").await.text;
    assert!(settings.contains("Handed over, which makes them handed over") && settings.contains("To do, which makes them open"), "{settings}");
    assert!(settings.contains("Accepting takes a verdict, so columns of accepted stories are not offered.") && !settings.contains("Accepted, which"));
    let gone = async |who: &str, column: &str, to: &str| h.run(who, "column.remove", json!({ "column": column, "to": to })).await;
    assert_eq!(field(gone("owner", &review, &done).await), "to", "none is accepted by it");
    assert!(matches!(gone("manager", &review, &handed).await, Err(Refusal::Denied { .. })));
    let before = h.number("select count(*) from activity").await;
    gone("owner", &review, &handed).await.unwrap();
    let now = async || {
        [
            h.number("select count(*) from story where stage = 'handed_over' and handed_over_at is not null").await,
            h.number("select count(*) from story where blocked_since is not null").await,
            h.number("select count(*) from blocker where lifted_at is null").await,
            h.number("select count(*) from board_column where removed_at is null").await,
        ]
    };
    assert_eq!(now().await, [2, 0, 0, 4], "both are handed over, so neither is blocked");
    assert_eq!(h.number("select count(*) from activity where kind = 'story.handed_over'").await, 2, "each with its own line");
    assert_eq!(h.number("select count(*) from activity").await, before + 4);
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(now().await, [0, 1, 1, 5], "and back in one");
    // Whoever decides on the work alone proposes, and what holds no card is a matter of sprints alone.
    assert!(matches!(gone("developer", &review, &handed).await, Ok(Outcome::Proposed(_))));
    // Back to open, as if the work had not begun.
    gone("owner", &review, &column(&h, "To do").await).await.unwrap();
    assert_eq!(h.number("select count(*) from story where stage = 'open' and blocked_since is not null").await, 1);
    // What is accepted goes to another column of accepted stories, or stays.
    let live = h.made("owner", "column.add", json!({ "name": "Live", "stage": "accepted" }), "board_column").await;
    assert!(h.get("owner", "/ORB/settings").await.text.contains("What is accepted stays so, so other columns are not offered."));
    assert_eq!(field(gone("owner", &done, &handed).await), "to");
    gone("owner", &done, &live).await.unwrap();
    assert_eq!(field(gone("owner", &live, &handed).await), "column", "the only one of its stage stays");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// A sprint that runs, with so many cards that are open, the first of which came first.
async fn many(h: &House, count: usize) {
    let lines: Vec<String> = (0..count).map(|n| format!("Card {n}")).collect();
    h.run("owner", "story.create_several", json!({ "titles": lines.join("\n") })).await.unwrap();
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": (1..=count).map(|n| n.to_string()).collect::<Vec<_>>() })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
}

/// The numbers of the cards that a board draws.
fn drawn(page: &str) -> Vec<i64> {
    page.split("<article class=\"card\" data-id=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

#[tokio::test]
async fn a_column_draws_its_first_cards_and_the_rest_when_asked() {
    let h = House::new().await;
    many(&h, 57).await;
    let (open, doing) = (column(&h, "To do").await, column(&h, "In progress").await);
    h.run("owner", "column.edit", json!({ "column": open, "wip": 55 })).await.unwrap();
    let get = async |rest: &str| h.get("owner", &format!("/ORB/sprint{rest}")).await.text;
    let page = get("").await;
    assert_eq!(drawn(&page), (1..=50).collect::<Vec<_>>(), "{page}");
    assert!(page.contains("57 of 55") && page.contains("over its limit") && page.contains("57 stories"), "all are counted: {page}");
    let link = format!("href=\"sprint?whole={open}&amp;\" data-rest=\"51 52 53 54 55 56 57\">Show the other 7</a>");
    assert!(page.contains(&link), "{page}");
    let whole = get(&format!("?whole={open}")).await;
    assert_eq!(drawn(&whole).len(), 57);
    assert!(whole.contains("Show the first 50 alone") && !whole.contains("data-rest"), "{whole}");
    assert!(whole.contains(&format!("sprint?whole={open}&amp;open=57")), "what is opened on it leaves it as it is");
    assert!(whole.contains(&format!("<input type=\"hidden\" name=\"whole\" value=\"{open}\">")), "and so does a filter: {whole}");
    assert_eq!(drawn(&get(&format!("?whole={doing},nonsense")).await).len(), 50, "another column is another matter");
    // The card that is open is there, however its address names it.
    let last = h.text("select id from story where number = 57".into()).await;
    for open in ["57", "ORB-57", &last] {
        assert_eq!(drawn(&get(&format!("?open={open}")).await).len(), 57, "{open}");
    }
    assert_eq!(drawn(&get("?open=3").await).len(), 50);
    // In rows the same cards are drawn, and each row says how many of its own are not.
    h.run("owner", "story.set", json!({ "stories": ["1", "57"], "kind": "bug" })).await.unwrap();
    let rows = get("?rows=type").await;
    assert_eq!(drawn(&rows).len(), 50);
    let address = format!("sprint?rows=type&amp;whole={open}&amp;");
    for (hidden, count) in [("57", 1), ("51 52 53 54 55 56", 6)] {
        let link = format!("href=\"{address}\" data-rest=\"{hidden}\">Show the other {count}</a>");
        assert!(rows.contains(&link), "{link}: {rows}");
    }
    // What a filter leaves is drawn from the first of it.
    assert_eq!(drawn(&get("?kind=bug").await), [1, 57]);
    // Everything in flow, and the board of a past day.
    let then = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    let past = get(&format!("?as_of={then}")).await;
    assert_eq!(drawn(&past).len(), 50);
    assert!(past.contains(&format!("sprint?sprint=1&amp;as_of={then}&amp;whole={open}&amp;\" data-rest=\"51 ")), "{past}");
    assert_eq!(drawn(&get(&format!("?as_of={then}&open=57")).await).len(), 57);
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/sprints/1/board", Json::Null).await.json();
    assert_eq!(told["cards"].as_array().map(Vec::len), Some(57), "programs are told all");
}
