//! The columns of a board: what becomes of the cards of one that goes.

use crate::board::{column, story};
use app::Outcome;
use kernel::{Refusal, json};
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
