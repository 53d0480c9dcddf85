//! How Orbit keeps its board, and what its people said at the stand-ups of the last days.

use super::Teller;
use kernel::{Result, json};

pub(super) async fn told(t: &Teller) -> Result<()> {
    for (name, policy) in
        [("In progress", "Its criteria are checked on a bike, not only in a test."), ("In review", "Somebody else has read it and ridden with it.")]
    {
        let column = super::customers::id(t, "board_column", name).await?;
        t.does("tomas", 200.0, "column.edit", json!({ "column": column, "policy": policy })).await?;
    }
    t.does("tomas", 200.0, "standup.set_rule", json!({ "remind_at": "09:30", "minutes": 15 })).await?;
    let said = [
        ("ines", 2.1, "Started on the hold", "Go on with the hold", ""),
        ("jonas", 2.05, "Read the lock’s manual", "Clear the key when a hold begins", "Waiting for the lock supplier’s new key"),
        ("ines", 1.3, "Cleared the key of the hold", "The map, then receipts", ""),
        ("jonas", 1.05, "Tried the old key on bike 112: it opens", "Write to the supplier once more, then the photo store", "Still no key"),
        ("tomas", 1.02, "Accepted the first story of the sprint", "Talk to the supplier with Mara", ""),
    ];
    for (who, days, yesterday, today, blocked) in said {
        t.does(who, days, "standup.give", json!({ "yesterday": yesterday, "today": today, "blocked": blocked })).await?;
    }
    t.does("tomas", 1.0, "standup.begin", json!({})).await?;
    t.does("tomas", 0.992, "standup.end", json!({ "note": "If there is no key by Thursday, we take the hold out of the sprint." })).await.map(drop)
}
