//! How Orbit refines its backlog: what waits for what, small steps, a template, the map of a ride, a session of last week.

use super::{Teller, made};
use kernel::{Column, Result, json};

/// The steps of a ride.
const STEPS: [&str; 5] = ["Find a bike", "Hold it", "Ride", "Return it", "Pay and report"];

pub(super) async fn tell(t: &Teller) -> Result<()> {
    let (open, release, persona, goal) = known(t).await?;
    if let Some(goal) = goal {
        t.does("mara", 100.0, "objective.choose_goal", json!({ "objective": goal, "product_goal": true })).await?;
    }
    // The story map, with the first stories of the backlog in it.
    let mut steps = vec![];
    for (at, name) in STEPS.into_iter().enumerate() {
        steps.push(made(&t.does("tomas", 17.0 - at as f64 * 0.01, "map_step.add", json!({ "name": name })).await?, "map_step")?);
    }
    for (at, story) in open.iter().take(14).enumerate() {
        let soon = release.as_ref().filter(|_| at % 3 != 2);
        t.does(
            "tomas",
            16.0 - at as f64 * 0.01,
            "story.place_on_map",
            json!({ "stories": [story], "step": steps[at % steps.len()], "release": soon }),
        )
        .await?;
    }
    if let [first, second, third, ..] = open.as_slice() {
        t.does("tomas", 12.0, "story.bind", json!({ "story": second, "bond": "blocked_by", "to": first })).await?;
        t.does("tomas", 12.0, "story.bind", json!({ "story": third, "bond": "relates", "to": first })).await?;
        for (title, done) in
            [("Agree on the colours with the city", true), ("Draw the state that nobody has seen yet", false), ("Try it on the oldest phone", false)]
        {
            let task = made(&t.does("ines", 4.0, "subtask.add", json!({ "story": first, "title": title })).await?, "subtask")?;
            if done {
                t.does("ines", 3.0, "subtask.tick", json!({ "subtask": task, "done": true })).await?;
            }
        }
        if let Some(persona) = persona {
            t.does("tomas", 13.0, "story.choose_persona", json!({ "story": first, "persona": persona })).await?;
        }
    }
    templates(t).await?;
    session(t).await
}

async fn templates(t: &Teller) -> Result<()> {
    let bug = json!({ "name": "Bug a rider reports", "kind": "bug", "labels": ["app"],
        "body": "**Seen by** …\n\n**What happened** …\n\n**What should have happened** …",
        "criteria": "- It no longer happens on the phone it was seen on\n- A test fails without the change",
        "subtasks": "Ask the rider for the time and the bike\nTell support what to say" });
    t.does("tomas", 60.0, "story_template.create", bug).await?;
    let spike = json!({ "name": "Spike", "kind": "spike", "body": "What do we want to know, and what will we decide with it?", "criteria": "- What was learned is written down\n- Two days, and no more" });
    t.does("tomas", 59.0, "story_template.create", spike).await.map(drop)
}

/// A session a week ago, led by the Owner.
async fn session(t: &Teller) -> Result<()> {
    let session = made(&t.does("tomas", 7.0, "refinement.begin", json!({ "count": 5, "minutes": 10 })).await?, "refinement")?;
    let note = json!({ "refinement": session, "body": "Holds need one more talk with the workshop before we size them." });
    t.does("ines", 6.99, "refinement.note", note).await?;
    t.does("tomas", 6.97, "refinement.end", json!({ "refinement": session })).await.map(drop)
}

/// Numbers of the open stories in no sprint, a release that is planned, a persona, the first objective.
type Known = (Vec<String>, Option<String>, Option<String>, Option<String>);

async fn known(t: &Teller) -> Result<Known> {
    let product = t.cast.product.clone();
    let owner = app::Visitor::member(t.cast.people[1].2, kernel::Door::Page);
    t.app
        .ask(&owner, Some(&product), |look| {
            let id = [look.scope.product_id()?.value()];
            let sql = "select cast(number as text) from story where product = $1 and stage = 'open' and sprint is null and removed_at is null order by rank limit 20";
            let open = look.query(sql, &id)?.into_iter().map(|mut row| row.take()).collect::<Result<Vec<String>>>()?;
            let mut one = |sql: &str| look.first(sql, &id)?.map(|mut row| row.take::<String>()).transpose();
            let release = one("select id from release where product = $1 and state = 'planned' and removed_at is null order by target_on, id limit 1")?;
            let persona = one("select id from persona where product = $1 and removed_at is null order by created_at, id limit 1")?;
            let goal = one("select id from objective where product = $1 and state = 'open' and removed_at is null order by rank limit 1")?;
            Ok((open, release, persona, goal))
        })
        .await
}
