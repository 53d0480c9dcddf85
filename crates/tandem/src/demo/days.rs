//! What makes the days at Orbit easier: saved filters, days off, a link for the city.

use super::{Teller, made};
use kernel::{Result, json};

pub(super) async fn tell(t: &Teller) -> Result<()> {
    let filters = [
        ("tomas", "Bugs nobody works on", "kind=bug&who=nobody&", true),
        ("mara", "Ready", "is=ready&", true),
        ("mara", "For the council demo", "q=hold&", false),
    ];
    for (who, name, query, shared) in filters {
        t.does(who, 20.0, "saved_filter.save", json!({ "page": "backlog", "name": name, "query": query, "shared": shared })).await?;
    }
    t.does("ines", 6.0, "day_off.take", json!({ "first_day": t.day(-8.0), "last_day": t.day(-12.0) })).await?;
    t.does("jonas", 3.0, "day_off.take", json!({ "first_day": t.day(-15.0) })).await?;
    super::practice::told(t).await?;
    super::evening::told(t).await?;
    let closed = t.does("tomas", 30.0, "holiday.add", json!({ "day": t.day(-16.0), "name": "Company day" })).await?;
    t.agreed("mara", 29.0, closed).await?;
    let chat = json!({ "name": "Team chat", "address": "https://chat.orbit.example/hooks/orbit", "shape": "mattermost", "hears": ["sprint", "story", "proposal"] });
    let chat = t.does("tomas", 5.0, "webhook.make", chat).await?;
    let chat = made(&t.agreed("mara", 4.0, chat).await?, "webhook")?;
    // Nobody is told anything by a sample.
    t.does("tomas", 3.0, "webhook.pause", json!({ "webhook": chat, "because": "chat.orbit.example could not be reached." })).await?;
    t.does("mara", 9.0, "shared_link.make", json!({ "look": "roadmap", "name": "City of Lindau", "days": 90, "shows": ["dates"] })).await.map(drop)
}
