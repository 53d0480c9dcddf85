//! What was shown and said at the reviews of Orbit's last sprints.

use super::{Teller, made};
use kernel::{Result, json};

/// The last closed sprint as it was reviewed, and what is prepared for the one that runs.
pub(super) async fn told(t: &Teller) -> Result<()> {
    let shown = stories(t, "44").await?;
    for (story, body) in shown.iter().zip(["On a bike in the yard, with the phone offline.", "As a short film: the fleet of one morning."]) {
        t.does("ines", 12.4, "demo_note.write", json!({ "sprint": "44", "story": story, "body": body })).await?;
    }
    let words = "We need this on the old locks too; half of our bikes have them.";
    let said = t.does("priya", 12.1, "review_feedback.give", json!({ "sprint": "44", "story": shown.first(), "body": words })).await?;
    made(&said, "review_feedback")?;
    t.does("mara", 12.05, "review_feedback.give", json!({ "sprint": "44", "body": "The city asked for exactly this last week." })).await?;
    let record = "Shown to the shops and to operations. **Old locks** come up in the next planning; nothing else moves.";
    t.does("tomas", 11.9, "review.record", json!({ "sprint": "44", "held_on": t.day(12.0), "body": record })).await?;
    for story in stories(t, "45").await?.iter().take(1) {
        t.does(
            "jonas",
            0.6,
            "demo_note.write",
            json!({ "sprint": "45", "story": story, "body": "Two phones, one bike: the second one is told how long." }),
        )
        .await?;
    }
    Ok(())
}

/// What was accepted in a sprint, by number.
async fn stories(t: &Teller, sprint: &'static str) -> Result<Vec<String>> {
    let product = t.cast.product.clone();
    let somebody = app::Visitor::member(t.cast.people[1].2, kernel::Door::Page);
    t.app
        .ask(&somebody, Some(&product), move |look| {
            let sql = "select story.number from story join sprint on sprint.id = story.sprint
                 where story.product = $1 and sprint.number = $2 and story.stage = 'accepted' and story.removed_at is null order by story.rank, story.id limit 3";
            let number = kernel::Value::Int(sprint.parse().unwrap_or_default());
            let found = look.query(sql, &[kernel::Column::value(&look.scope.product_id()?), number])?;
            found.into_iter().map(|mut row| Ok(row.take::<i64>()?.to_string())).collect()
        })
        .await
}
