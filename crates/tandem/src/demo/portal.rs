//! What people wish for on Orbit's portal, and what a survey said of its features.

use super::{DAY, Teller, customers::id, made};
use app::{Ask, Outcome, Visitor};
use kernel::{Door, Json, Noun, Ref, Refusal, Result, Uuid, json};

/// What was posted: by whom, title, what for, how many days ago, and which of the team want it too.
type Posted = (&'static str, &'static str, &'static str, f64, &'static [&'static str]);

const POSTS: [Posted; 5] = [
    ("priya", "Pay for a month at once", "City staff ride every day. A pass would save us forty receipts a month.", 160.0, &["jonas", "ines"]),
    ("ines", "Show lanes on the map", "New riders ask on which streets they dare to ride.", 350.0, &["priya"]),
    ("jonas", "A louder bell", "The small bell is not heard from a cargo bike.", 90.0, &["ines", "tomas"]),
    ("priya", "Hold a bike before I walk there", "I walk eight minutes, and the bike is gone.", 120.0, &["ines", "jonas", "mara"]),
    ("ines", "Dark map at night", "The bright map blinds me on the dyke path.", 44.0, &[]),
];

/// What strangers posted: title, what for, name, days ago, and whether it was approved.
const STRANGERS: [(&str, &str, &str, f64, bool); 3] = [
    ("A bell that lorries hear", "Lorry drivers do not hear the bell. Please fit a horn.", "Karim", 38.0, true),
    ("Belts that fit small children", "My daughter slips out of the belts. I hold her with one arm.", "Lena", 30.0, true),
    ("Let me end a ride at the station", "The zone ends two streets before the station.", "", 1.2, false),
];

pub(super) async fn told(t: &Teller) -> Result<()> {
    let open = json!({ "openness": "everyone", "welcome": "What would make you ride more? Say it here, or vote for what others said.", "shows_roadmap": true, "shows_changelog": true });
    t.does("mara", 400.0, "portal.open", open).await?;
    let mut posts = vec![];
    for (who, title, body, days, wanted) in POSTS {
        let post = made(&t.does(who, days, "portal_post.create", json!({ "title": title, "body": body })).await?, "portal_post")?;
        for (n, other) in wanted.iter().enumerate() {
            t.does(other, days - 1.0 - n as f64, "portal_post.vote", json!({ "post": post, "votes": true })).await?;
        }
        posts.push(post);
    }
    for (n, (title, body, name, days, approved)) in STRANGERS.into_iter().enumerate() {
        let left = json!({ "key": "ORB", "title": title, "body": body, "name": name, "email": format!("rider{n}@example.org") });
        let left = by_nobody(t, days, "portal_post.receive", left).await?;
        let (visitor, wait) = (made(&left, "portal_visitor")?, made(&left, "portal_wait")?);
        let word = revealed(by_nobody(t, days - 0.01, "portal_visitor.write_to", json!({ "visitor": visitor })).await?)?;
        let confirm = json!({ "key": "ORB", "letter_hash": app::secret::hash(&word), "waits": { wait: true } });
        let confirmed = by_nobody(t, days - 0.02, "portal_visitor.confirm", confirm).await?;
        if approved {
            let post = made(&confirmed, "portal_post")?;
            t.does("tomas", days - 1.0, "portal_post.show", json!({ "post": post })).await?;
            posts.push(post);
        }
    }
    let [pass, lanes, bell, hold, _, horn, belts] = posts.as_slice() else { return Err(Refusal::broken("the sample expected seven posts")) };
    t.does("mara", 34.0, "portal_post.merge", json!({ "post": horn, "into": bell })).await?;
    let features = [id_of(t, "2").await?, id_of(t, "3").await?];
    let states = [
        (pass, json!({ "status": "shipped", "answer": "The monthly pass is here: look under your name." })),
        (lanes, json!({ "status": "shipped", "answer": "Lanes are on the map, dotted where they share the road." })),
        (hold, json!({ "status": "started", "answer": "We are building this. Ten minutes, free.", "feature": features[0] })),
        (belts, json!({ "status": "planned", "answer": "Mechanics try smaller buckles in Lindau first." })),
    ];
    for (post, state) in states {
        let mut args = state;
        args["post"] = json!(post);
        t.does("mara", 28.0, "portal_post.edit", args).await?;
    }
    // What was posted was triaged long ago.
    dismissed(t).await?;
    for (customer, post) in [("Bakery Sundqvist", hold), ("Lena Brandt", belts)] {
        if let Some(id) = customer_called(t, customer).await? {
            t.does("tomas", 20.0, "portal_post.vote_for", json!({ "post": post, "customer": id })).await?;
        }
    }
    survey(t, &features).await
}

async fn by_nobody(t: &Teller, days_ago: f64, command: &str, args: Json) -> Result<Outcome> {
    let mut ask = Ask { inside: true, ..Ask::named(Some(&t.cast.product), command, args) };
    ask.at = Some(t.now - (days_ago * DAY as f64) as i64);
    t.app.run(&Visitor::nobody(Door::Page), ask).await.map_err(|refusal| Refusal::broken(format!("the sample: {command}: {refusal}")))
}

fn revealed(outcome: Outcome) -> Result<String> {
    match outcome {
        Outcome::Done(done) => done.reveal.ok_or_else(|| Refusal::broken("the sample expected a word")),
        Outcome::Proposed(_) => Err(Refusal::broken("the sample expected no proposal")),
    }
}

/// Asks on behalf of the Manager.
async fn asked<T: Send + 'static>(t: &Teller, read: impl FnOnce(&mut kernel::Look) -> Result<T> + Send + 'static) -> Result<T> {
    let mara = t.cast.people.iter().find(|person| person.0 == "mara").map(|person| person.2).ok_or(Refusal::NotFound)?;
    t.app.ask(&Visitor::member(mara, Door::Page), Some(&t.cast.product), read).await
}

async fn id_of(t: &Teller, feature: &'static str) -> Result<String> {
    asked(t, move |look| Ok(roadmap::feature(look, &Ref(feature.to_owned()))?.id().to_string())).await
}

async fn customer_called(t: &Teller, name: &'static str) -> Result<Option<String>> {
    let found = asked(t, move |look| customers::Customer::all(look, "and name = $2", &[kernel::Value::Text(name.to_owned())])).await?;
    Ok(found.first().map(|customer| customer.id().to_string()))
}

async fn dismissed(t: &Teller) -> Result<()> {
    let posted = asked(t, |look| customers::Evidence::all(look, "and source like 'Feedback portal%' and dismissed is null order by id", &[])).await?;
    for evidence in posted {
        t.does("tomas", 27.0, "evidence.dismiss", json!({ "evidence": evidence.id(), "why": "duplicate" })).await?;
    }
    Ok(())
}

/// How somebody feels with each of the four, and without.
type Said = [(&'static str, &'static str); 4];

const SAID: [(Said, u128); 6] = [
    ([("like", "dislike"), ("neutral", "neutral"), ("like", "neutral"), ("expect", "dislike")], 9),
    ([("like", "dislike"), ("like", "neutral"), ("like", "live_with"), ("expect", "dislike")], 6),
    ([("like", "neutral"), ("neutral", "live_with"), ("like", "neutral"), ("like", "dislike")], 5),
    ([("expect", "dislike"), ("neutral", "neutral"), ("neutral", "neutral"), ("expect", "dislike")], 4),
    ([("like", "dislike"), ("dislike", "like"), ("like", "neutral"), ("neutral", "neutral")], 2),
    ([("neutral", "neutral"), ("like", "like"), ("like", "dislike"), ("expect", "dislike")], 2),
];

async fn survey(t: &Teller, features: &[String; 2]) -> Result<()> {
    let begun = json!({ "title": "What would make you ride more", "intro": "Two short questions about each of these. There are no wrong answers.", "features": features });
    let begun = t.does("mara", 26.0, "survey.begin", begun).await?;
    let survey = made(&begun, "survey")?;
    for (title, body) in
        [("A dark map", "At night the map turns dark by itself."), ("Belts for small children", "Buckles that close tight from two years on.")]
    {
        t.does("tomas", 25.9, "survey_item.add", json!({ "survey": survey, "title": title, "body": body })).await?;
    }
    t.does("mara", 25.0, "survey.open", json!({ "survey": survey })).await?;
    let mut words = vec![];
    for (name, segment) in [("Riders of the letter", None), ("The mothers’ meeting", Some("Parents")), ("Shops with couriers", Some("Small shops"))]
    {
        let segment = match segment {
            Some(name) => Some(id(t, "segment", name).await?),
            None => None,
        };
        let args = json!({ "survey": survey, "name": name, "days": 90, "segment": segment });
        words.push(revealed(t.does("mara", 24.9, "survey_link.make", args).await?)?.trim_start_matches("/survey/").to_owned());
    }
    let of_survey = survey.clone();
    let items = asked(t, move |look| {
        let of = kernel::Id::<surveys::Survey>::try_from(of_survey.as_str())?;
        surveys::Item::all(look, "and survey = $2 order by place, id", &[kernel::Column::value(&of)])
    })
    .await?;
    let mut who = 1;
    for (said, many) in SAID {
        for _ in 0..many {
            let Some(word) = words.get(who as usize % words.len().max(1)) else { continue };
            let felt = |with: bool| {
                items
                    .iter()
                    .zip(said)
                    .map(|(item, (w, wo))| (item.id().to_string(), json!(if with { w } else { wo })))
                    .collect::<serde_json::Map<_, _>>()
            };
            let answer = json!({ "survey": survey, "link_hash": app::secret::hash(word), "by": [Uuid::from_u128(who)], "with": felt(true), "without": felt(false) });
            by_nobody(t, 24.0 - who as f64 / 4.0, "survey.answer", answer).await?;
            who += 1;
        }
    }
    t.does("mara", 10.0, "survey.close", json!({ "survey": survey })).await?;
    let next = json!({ "title": "Before the winter", "intro": "Three minutes for the shops.", "features": [features[1]] });
    let next = made(&t.does("tomas", 3.0, "survey.begin", next).await?, "survey")?;
    let heated = json!({ "survey": next, "title": "Warm grips", "body": "Grips that heat from the battery." });
    t.does("tomas", 2.9, "survey_item.add", heated).await?;
    t.does("tomas", 2.5, "survey.open", json!({ "survey": next })).await?;
    t.does("mara", 2.4, "survey.share", json!({ "survey": next, "in_portal": true })).await.map(drop)
}
