//! What the people of Orbit understand together.

use super::{Teller, customers::id, made};
use kernel::{Refusal, Result, Uuid, json};

/// The target market and the top needs with who confirmed them, and the vision in other words.
pub(super) async fn shared(t: &Teller, needs: &[String]) -> Result<()> {
    let (parents, shops, cities) =
        (id(t, "segment", "Parents").await?, id(t, "segment", "Small shops").await?, id(t, "segment", "City officials").await?);
    t.does("mara", 148.0, "target_market.choose", json!({ "segments": [parents, cities], "note": "" })).await?;
    let note = "Families ride in the afternoon, shops in the morning: the same bikes serve both. Not for tourists.";
    let market = t.does("mara", 110.0, "target_market.choose", json!({ "segments": [parents, shops, cities], "note": note })).await?;
    let market = made(&market, "target_market")?;
    for (who, days) in [("tomas", 109.0), ("ines", 108.0), ("priya", 107.0)] {
        t.does(who, days, "target_market.confirm", json!({ "target_market": market })).await?;
    }
    let top = json!({ "needs": [needs[0], needs[2], needs[4]], "note": "By opportunity, and because the contracts of two cities end this year." });
    let top = made(&t.does("tomas", 40.0, "top_needs.choose", top).await?, "top_needs")?;
    t.does("mara", 39.0, "top_needs.confirm", json!({ "top_needs": top })).await?;
    t.does("jonas", 38.0, "top_needs.confirm", json!({ "top_needs": top, "question": "Why the shops before brakes in the wet? Winter begins." }))
        .await?;
    let mara = t.cast.people[0].2;
    let words = "Families and small shops carry more than a backpack holds, and they want no second car. \
                 With us a cargo bike stands within five minutes of their door. \
                 It has to be there in snow and ice too. \
                 We win because the city counts us as its own transport.";
    let playback = json!({ "about": "vision", "whom": mara.simple().to_string(), "words": words });
    let playback = t.does("tomas", 12.5, "playback.write", playback).await?;
    let app::Outcome::Done(done) = playback else { return Err(Refusal::broken("whoever sees the vision says it in other words")) };
    let parts: Vec<Uuid> = done.things.iter().filter(|thing| thing.noun == "playback_part").map(|thing| thing.id).collect();
    for (at, part) in parts.iter().enumerate() {
        let instead = if at == 2 { "Rain, wind and frost, yes. On ice we lock the bikes: nobody should fall because of us." } else { "" };
        let mark = json!({ "playback_part": part.simple().to_string(), "meant": at != 2, "instead": instead });
        t.does("mara", 12.0 - at as f64 * 0.01, "playback_part.mark", mark).await?;
    }
    let second = "Parents of small children come first, then shops that deliver. Cities pay for it, so their officials count as well.";
    t.does("mara", 1.4, "playback.write", json!({ "about": "target_market", "whom": t.cast.people[1].2.simple().to_string(), "words": second }))
        .await?;
    answers(t, 12, 0.6, &["ines", "priya"]).await
}

/// The answers of a sprint, by whoever took the time.
pub(super) async fn pulse(t: &Teller, nth: i32, days: f64) -> Result<()> {
    let all = ["mara", "tomas", "ines", "jonas", "priya"];
    // Once too few did.
    let who: Vec<&str> = if nth == 3 {
        all[..2].to_vec()
    } else {
        all.into_iter().enumerate().filter(|(at, _)| (*at as i32 + nth) % 6 != 0).map(|(_, who)| who).collect()
    };
    answers(t, nth, days, &who).await
}

async fn answers(t: &Teller, nth: i32, days: f64, who: &[&str]) -> Result<()> {
    let product = t.cast.product.clone();
    let nobody = app::Visitor::member(t.cast.people[1].2, kernel::Door::Page);
    let pulse: Uuid = t
        .app
        .ask(&nobody, Some(&product), |look| {
            let product = look.scope.product_id()?;
            let open = look
                .first("select id from pulse where product = $1 and closed_at is null and removed_at is null", &[kernel::Column::value(&product)])?;
            open.ok_or(Refusal::NotFound)?.take()
        })
        .await?;
    for (at, who) in who.iter().enumerate() {
        // It grew clearer over the year, where the work leads less than where it goes.
        let near = |base: i32, question: i32| (base + nth / 5 + (at as i32 * 5 + question * 2 + nth * 7) % 3 - 1).clamp(1, 5);
        let answer = json!({ "pulse": pulse.simple().to_string(), "direction": near(3, 0), "market": near(3, 1), "needs": near(2, 2), "work": near(2, 3), "together": near(3, 4) });
        t.does(who, days - at as f64 * 0.01, "pulse.answer", answer).await?;
    }
    Ok(())
}
