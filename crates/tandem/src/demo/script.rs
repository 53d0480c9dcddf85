//! What happened at Orbit.

use super::{
    Teller, customers, made, stakeholders, understanding,
    world::{BETS, DEEDS, GOALS, THINGS},
};
use kernel::{Json, Result, json};

pub(crate) async fn tell(t: &Teller) -> Result<()> {
    vision(t).await?;
    let measures = super::measures::told(t).await?;
    let objectives = goals(t, &measures).await?;
    let needs = customers::needs(t).await?;
    customers::known(t).await?;
    let features = roadmap(t, &objectives, &needs).await?;
    customers::tree(t, &objectives, &needs).await?;
    past_sprints(t, &features).await?;
    backlog_now(t, &features).await?;
    running_sprint(t).await?;
    understanding::shared(t, &needs).await?;
    stakeholders::told(t).await?;
    open_questions(t).await?;
    super::scoring::tell(t, &needs).await?;
    super::poker::tell(t).await?;
    super::days::tell(t).await?;
    super::verifying::tell(t).await?;
    super::together::tell(t).await?;
    super::launch::told(t).await?;
    super::portal::told(t).await?;
    super::updates::tell(t).await?;
    super::research::tell(t).await?;
    super::roadmap::tell(t).await?;
    super::refining::tell(t).await?;
    super::canvases::tell(t, &needs).await
}

async fn vision(t: &Teller) -> Result<()> {
    let first = json!({ "for_whom": "city dwellers with something to carry", "who": "own no car and want none", "is_a": "fleet of shared cargo bikes", "that": "stands where they need it", "unlike": "a rented van", "ours": "costs less for a ride than a coffee does" });
    t.does("mara", 728.0, "vision.publish", first).await?;
    let second = json!({ "for_whom": "families and small shops in dense cities", "who": "carry more than a backpack holds", "is_a": "fleet of shared cargo bikes", "that": "is there within five minutes, in any weather", "unlike": "a second car or a rented van", "ours": "is part of the city’s own transport and reports to it", "note": "Shops joined the target group after the bakery interviews.", "target_group": "Parents with two children and no second car. Shops with couriers, within 2 km of their customers.", "their_needs": "To know that a bike is there. To arrive dry. One bill at the end of the month.", "our_product": "Holds for ten minutes, seats that fit, bikes that are checked for rain.", "business_goals": "Three city contracts renewed. Rides that pay for themselves in the second year." });
    let vision = made(&t.does("mara", 200.0, "vision.publish", second).await?, "vision")?;
    for (who, days) in [("tomas", 198.0), ("ines", 197.0)] {
        t.does(who, days, "vision.confirm", json!({ "vision": vision })).await?;
    }
    t.does(
        "jonas",
        196.0,
        "vision.confirm",
        json!({ "vision": vision, "question": "Does “any weather” include ice? The motors cut out below −8 °C." }),
    )
    .await?;
    Ok(())
}

async fn goals(t: &Teller, measures: &super::measures::Measured) -> Result<Vec<String>> {
    let mut ids = vec![];
    for (title, why, share, key_results) in GOALS {
        let objective = made(
            &t.does(
                "mara",
                195.0,
                "objective.create",
                json!({ "title": title, "why": why, "share": share, "starts_on": t.day(195.0), "ends_on": t.day(-90.0) }),
            )
            .await?,
            "objective",
        )?;
        for (title, unit, start, target, now) in *key_results {
            let measure = measures.read_by(title);
            let key_result = made(
                &t.does(
                    "mara",
                    195.0,
                    "key_result.create",
                    json!({ "objective": objective, "title": title, "unit": unit, "start_value": start, "target": target, "measure": measure }),
                )
                .await?,
                "key_result",
            )?;
            for step in 1..=4 {
                // What reads a measure says itself where it stands.
                let amount = measure.is_none().then(|| ((start + (now - start) * f64::from(step) / 4.0) * 10.0).round() / 10.0);
                let note =
                    ["", "The first bikes with new locks are out.", "Slower than hoped: the rain.", "Two districts are through."][step as usize - 1];
                let days = 180.0 - f64::from(step) * 42.0;
                t.does(
                    "mara",
                    days,
                    "key_result.measure",
                    json!({ "key_result": key_result, "amount": amount, "confidence": 50 + step * 5, "note": note, "on_day": t.day(days) }),
                )
                .await?;
            }
        }
        ids.push(objective);
    }
    Ok(ids)
}

/// A feature's number and the titles of its stories.
struct Slice {
    number: i64,
    stories: &'static [&'static str],
}

async fn roadmap(t: &Teller, objectives: &[String], needs: &[String]) -> Result<Vec<Slice>> {
    let mut slices = vec![];
    let mut number = 0;
    for (title, hypothesis, horizon, goal, need, window, features) in BETS {
        let made_at = 190.0;
        number += 1;
        let initiative = number;
        t.does(
            "mara",
            made_at,
            "initiative.create",
            json!({ "title": title, "hypothesis": hypothesis, "horizon": "later", "objective": objectives[*goal], "need": needs[*need] }),
        )
        .await?;
        for (feature, stories) in *features {
            number += 1;
            t.does("mara", made_at - 1.0, "feature.create", json!({ "title": feature, "initiative": initiative.to_string() })).await?;
            slices.push(Slice { number, stories });
        }
        if *horizon != "later" {
            let to = json!({ "initiative": initiative.to_string(), "horizon": horizon });
            let asked = t.says("mara", 130.0, "initiative.move", to, "The interviews leave no doubt.").await?;
            t.agreed("tomas", 129.0, asked).await?;
        }
        if let Some((from, until)) = window {
            let first = json!({ "initiative": initiative.to_string(), "starts_on": t.day(*from), "ends_on": t.day(until + 45.0) });
            let asked = t.does("mara", 120.0, "initiative.edit", first).await?;
            t.agreed("tomas", 119.0, asked).await?;
        }
    }
    // The report slipped once, and everyone can see who agreed to that.
    let slip = json!({ "initiative": "4", "ends_on": t.day(20.0) });
    let asked = t.says("tomas", 50.0, "initiative.edit", slip, "Freezing figures needs the new ledger first; six weeks more.").await?;
    t.agreed("mara", 48.0, asked).await?;
    for (feature, days) in [("2", 100.0), ("3", 100.0), ("5", 95.0), ("6", 95.0)] {
        let asked = t.does("mara", days, "feature.move", json!({ "feature": feature, "horizon": "now" })).await?;
        t.agreed("tomas", days - 1.0, asked).await?;
    }
    Ok(slices)
}

/// One story through its whole life.
async fn done_story(t: &Teller, story: Json, points: u32, sprint: i64, ends: f64, dev: &str, rejected: bool) -> Result<()> {
    let created = t.does("tomas", ends + 20.0, "story.create", story).await?;
    let id = made(&created, "story")?;
    let criteria: Vec<String> = match &created {
        app::Outcome::Done(done) => done.things.iter().filter(|x| x.noun == "criterion").map(|x| x.id.simple().to_string()).collect(),
        app::Outcome::Proposed(_) => vec![],
    };
    t.does(dev, ends + 18.0, "story.estimate", json!({ "story": id, "points": points })).await?;
    t.does("tomas", ends + 17.0, "story.mark_ready", json!({ "story": id, "ready": true })).await?;
    t.does("tomas", ends + 14.5, "sprint.add_stories", json!({ "sprint": sprint.to_string(), "stories": [id] })).await?;
    t.does(dev, ends + 11.0, "story.start", json!({ "story": id })).await?;
    let mut handed = ends + 4.0;
    t.does(dev, handed, "story.hand_over", json!({ "story": id })).await?;
    if rejected {
        t.does("tomas", handed - 0.5, "story.reject", json!({ "story": id, "reason": "It fails on a phone without network.", "failing": criteria.first().cloned().into_iter().collect::<Vec<_>>() })).await?;
        handed -= 2.0;
        t.does(dev, handed, "story.hand_over", json!({ "story": id })).await?;
    }
    for criterion in &criteria {
        t.does(dev, handed - 0.3, "criterion.check", json!({ "criterion": criterion, "passes": true, "note": "Tried on the test fleet." })).await?;
    }
    t.does("tomas", handed - 0.8, "story.accept", json!({ "story": id, "reason": if criteria.is_empty() { "Seen in the review." } else { "" } }))
        .await
        .map(drop)
}

/// Two years of two-week sprints.
async fn past_sprints(t: &Teller, features: &[Slice]) -> Result<()> {
    let sprints = 44;
    let mut titles = DEEDS.iter().flat_map(|deed| THINGS.iter().map(move |thing| deed.replace("{}", thing)));
    for number in 1..=sprints {
        let ends = f64::from(sprints - number) * 14.0 + 12.0;
        let begins = ends + 13.0;
        t.does("tomas", begins + 1.5, "sprint.plan", json!({ "goal": format!("Riders notice {}.", THINGS[number as usize % THINGS.len()]), "starts_on": t.day(begins), "ends_on": t.day(ends) })).await?;
        let count = 2 + (number * 7 % 3);
        // Stories go in before the start; the teller's dates keep the order.
        for i in 0..count {
            let points = [1, 2, 3, 5, 8][((number * 3 + i * 5) % 5) as usize];
            let dev = if (number + i) % 2 == 0 { "ines" } else { "jonas" };
            let recent = number > sprints - 4;
            let title = match (recent, titles.next()) {
                (true, _) => features
                    .iter()
                    .take(4)
                    .flat_map(|f| f.stories.iter().take(2))
                    .nth(((number + i) % 8) as usize)
                    .copied()
                    .unwrap_or("Tidy up the map")
                    .to_owned(),
                (_, Some(title)) => title,
                (_, None) => format!("Mend what riders reported in week {}", number * 2),
            };
            let feature = if recent { Some(features[((number + i) % 4) as usize].number.to_string()) } else { None };
            let criteria = if i % 2 == 0 {
                vec![format!("It works for {}", THINGS[(i as usize + 3) % THINGS.len()]), "It answers within a second".to_owned()]
            } else {
                vec![]
            };
            let label = ["app", "fleet", "city"][i as usize % 3];
            let story =
                json!({ "title": title, "kind": if i == 1 { "bug" } else { "story" }, "feature": feature, "criteria": criteria, "labels": [label] });
            done_story(t, story, points, i64::from(number), ends, dev, (number + i) % 11 == 0).await?;
        }
        t.does("tomas", begins, "sprint.start", json!({ "sprint": number.to_string() })).await?;
        if number > sprints - 6 {
            super::practice::foretold(t, number, begins - 0.2).await?;
        }
        if number > sprints - 12 {
            understanding::pulse(t, number - sprints + 12, ends + 1.0).await?;
        }
        if number > sprints - 4 {
            super::retro::held(t, (number - sprints + 3) as usize, ends).await?;
        }
        t.does("tomas", ends, "sprint.close", json!({ "sprint": number.to_string(), "goal": if number % 5 == 3 { "partly" } else { "met" } }))
            .await?;
    }
    Ok(())
}

/// What stands in the backlog today.
async fn backlog_now(t: &Teller, features: &[Slice]) -> Result<()> {
    for slice in features {
        for (i, title) in slice.stories.iter().enumerate() {
            let label = ["app", "fleet", "city"][i % 3];
            let criteria = &[
                "Given a free bike\nWhen the rider holds it\nThen nobody else can open it for ten minutes",
                "The remaining time is visible without opening the app",
                "A hold that runs out frees the bike at once",
            ][..(i % 3) + 1];
            let story = json!({ "title": title, "feature": slice.number.to_string(), "persona": "parent with two children", "wants": title.to_lowercase(), "so_that": "the bike is mine when I arrive",
                "criteria": criteria, "labels": [label] });
            let id = made(&t.does("tomas", 28.0 - i as f64, "story.create", story).await?, "story")?;
            if i % 4 != 3 {
                let points = [2, 3, 5, 8][i % 4];
                t.does(if i % 2 == 0 { "ines" } else { "jonas" }, 20.0, "story.estimate", json!({ "story": id, "points": points })).await?;
            }
            if i % 3 != 2 {
                t.does("tomas", 18.0, "story.mark_ready", json!({ "story": id, "ready": true })).await?;
            }
        }
    }
    for (title, kind, label) in [
        ("The map jumps when a bike moves", "bug", "app"),
        ("Receipts show the wrong city after midnight", "bug", "app"),
        ("Find out why locks in Lindau report late", "spike", "fleet"),
        ("Replace the old photo store", "task", "fleet"),
        ("Child seats in the filter", "story", "app"),
        ("Dark map tiles at night", "story", "app"),
    ] {
        t.does("tomas", 9.0, "story.create", json!({ "title": title, "kind": kind, "labels": [label] })).await?;
    }
    Ok(())
}

/// The sprint that is running: one handed over, one blocked, two at work, one rejected and back.
async fn running_sprint(t: &Teller) -> Result<()> {
    t.does("tomas", 5.2, "sprint.plan", json!({ "name": "Sprint 45", "goal": "A parent can hold a bike and finds it where the map says.", "starts_on": t.day(5.0), "ends_on": t.day(-8.0) })).await?;
    let ready = ready_stories(t).await?;
    let chosen: Vec<String> = ready.into_iter().take(8).collect();
    t.does("tomas", 5.1, "sprint.add_stories", json!({ "sprint": "45", "stories": chosen })).await?;
    t.does("tomas", 5.0, "sprint.start", json!({ "sprint": "45" })).await?;
    super::practice::foretold(t, 45, 4.9).await?;
    for (i, id) in chosen.iter().take(6).enumerate() {
        t.does(if i % 2 == 0 { "ines" } else { "jonas" }, 4.5 - i as f64 * 0.5, "story.start", json!({ "story": id })).await?;
    }
    t.does(
        "jonas",
        2.0,
        "story.block",
        json!({ "story": chosen[1], "reason": "Waiting for the lock supplier’s new key", "lifter": t.cast.people[0].2.simple().to_string() }),
    )
    .await?;
    for (i, days) in [(0, 2.2), (2, 1.8), (3, 1.1)] {
        t.does("ines", days, "story.hand_over", json!({ "story": chosen[i] })).await?;
    }
    accept_after_check(t, &chosen[0]).await?;
    t.does("tomas", 0.9, "story.reject", json!({ "story": chosen[2], "reason": "A held bike still opens from an old phone." })).await?;
    talked_over(t, &chosen[2]).await?;
    super::retro::running(t).await?;
    super::review::told(t).await
}

/// A thread about a story that came back, and one that is over.
async fn talked_over(t: &Teller, story: &str) -> Result<()> {
    let say = |body: &str, parent: Option<&str>| json!({ "about": "story", "id": story, "body": body, "parent": parent });
    let which = made(&t.does("jonas", 0.8, "comment.add", say("Which phones is that seen on?", None)).await?, "comment")?;
    t.does("tomas", 0.75, "comment.add", say("Any with the app before 4.2.", Some(&which))).await?;
    t.does("jonas", 0.7, "comment.resolve", json!({ "comment": which, "resolved": true })).await?;
    let found = say("Confirmed: the lock caches its key for **30 seconds**. I will clear it when a hold begins.", None);
    let found = made(&t.does("ines", 0.6, "comment.add", found).await?, "comment")?;
    let shot = t.attaches("ines", 0.61, ("story", story), "lock-cache.png", include_bytes!("lock-cache.png")).await?;
    let right = format!("Confirmed: the lock caches its key for **60 seconds**. I will clear it when a hold begins.\n\n{shot}");
    t.does("ines", 0.58, "comment.edit", json!({ "comment": found, "body": right })).await?;
    t.does("tomas", 0.5, "comment.add", say("> the lock caches its key for 60 seconds\n\nGood find. Please add a criterion for that.", Some(&found)))
        .await?;
    for who in ["tomas", "jonas"] {
        t.does(who, 0.45, "comment.react", json!({ "comment": found, "sign": "agree" })).await?;
    }
    t.does("mara", 0.4, "comment.react", json!({ "comment": found, "sign": "thanks" })).await.map(drop)
}

async fn ready_stories(t: &Teller) -> Result<Vec<String>> {
    let member = t.cast.people[1].2;
    let visitor = app::Visitor::member(member, kernel::Door::Page);
    t.app
        .ask(&visitor, Some(&t.cast.product), |look| {
            let rows = look.query(
                "select id from story where product = $1 and stage = 'open' and ready_at is not null and points is not null order by rank",
                &[kernel::Column::value(&look.scope.product_id()?)],
            )?;
            rows.into_iter().map(|mut row| Ok(row.take::<kernel::Uuid>()?.simple().to_string())).collect()
        })
        .await
}

async fn accept_after_check(t: &Teller, story: &str) -> Result<()> {
    let member = t.cast.people[1].2;
    let visitor = app::Visitor::member(member, kernel::Door::Page);
    let at = kernel::Ref(story.to_owned());
    let criteria = t.app.ask(&visitor, Some(&t.cast.product), move |look| {
        let story = backlog::story(look, &at)?;
        Ok(backlog::criteria_of(look, kernel::Noun::id(&story))?.into_iter().map(|c| c.meta.id.simple().to_string()).collect::<Vec<_>>())
    });
    for criterion in criteria.await? {
        t.does("ines", 1.6, "criterion.check", json!({ "criterion": criterion, "passes": true, "note": "Shown on bike 112." })).await?;
    }
    t.does("tomas", 1.5, "story.accept", json!({ "story": story })).await.map(drop)
}

/// What waits for a decision today, and one that was declined.
async fn open_questions(t: &Teller) -> Result<()> {
    let declined = t
        .says(
            "priya",
            12.0,
            "evidence.record",
            json!({ "kind": "other", "quote": "Operations would like gold-plated locks.", "source": "Operations" }),
            "It would look good.",
        )
        .await?;
    if let app::Outcome::Proposed(p) = declined {
        t.does(
            "mara",
            11.0,
            "proposal.decline",
            json!({ "proposal": p.proposal.simple().to_string(), "note": "Nice, but no rider has asked for it." }),
        )
        .await?;
    }
    t.says(
        "mara",
        1.2,
        "story.create",
        json!({ "title": "Offer a hold when the last bike nearby is taken", "kind": "story" }),
        "The council demo is in two weeks; this is what they will try first.",
    )
    .await?;
    t.says("ines", 0.8, "story.create", json!({ "title": "Clear the lock’s key when a hold begins", "kind": "bug" }), "Found while testing holds.")
        .await?;
    t.says("tomas", 0.7, "initiative.move", json!({ "initiative": "7", "horizon": "now" }), "Three shops have signed letters of intent.").await?;
    t.says("mara", 0.4, "feature.move", json!({ "feature": "5", "before": "2" }), "Renewal talks start in a fortnight.").await?;
    let question = t.does("tomas", 0.3, "proposal.open", json!({ "title": "Do we stop supporting the 2019 locks?", "area": "roadmap", "reason": "They cause four of five late reports and 11 % of support time.", "due_on": t.day(-7.0), "considered": [{ "title": "Stop in spring", "pros": "One code path less", "cons": "40 bikes need new locks", "cost": "3 600 €" }, { "title": "Keep them", "pros": "No cost now", "cons": "Holds stay unreliable in Lindau", "cost": "11 % of support" }] })).await?;
    let options = "Stop in spring\nKeep them another year\nLet Lindau decide";
    let vote = json!({ "proposal": made(&question, "proposal")?, "question": "What becomes of the 2019 locks?", "options": options });
    let vote = made(&t.does("tomas", 0.25, "poll.ask", vote).await?, "poll")?;
    t.does("jonas", 0.2, "poll.seal", json!({ "poll": vote, "choice": 0, "note": "The radio in them is out of support." })).await?;
    let about = made(&question, "proposal")?;
    t.does("mara", 0.18, "proposal.ask", json!({ "proposal": about, "body": "How many riders in Lindau have **no other** bike within 500 m?" }))
        .await?;
    t.does(
        "jonas",
        0.15,
        "proposal.object",
        json!({ "proposal": about, "body": "The shops sold their key rings with these locks until March. We owe them a date first." }),
    )
    .await
    .map(drop)
}
