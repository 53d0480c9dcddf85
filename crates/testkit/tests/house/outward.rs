//! What the Manager looks at as a whole and takes along, and what strangers may ask for: success in the market, the roadmap as a
//! feed and a picture, a survey by segment, a letter that leaves a contact, and erasing who posted something.

use crate::{feedback, launch, measures, portal, roadmap, surveys};
use app::Outcome;
use kernel::{Json, json};
use testkit::{House, PostBox, told};

const DAY: i64 = 86_400_000;

#[tokio::test]
async fn success_is_told_with_what_explains_it() {
    let h = House::new().await;
    let page = async |who: &str| h.get(who, "/ORB/success").await;
    assert!(page("manager").await.text.contains("Nothing to tell yet"));
    let riders = measures::riders(&h).await;
    for (day, amount) in [("2026-08-10", 100), ("2026-09-14", 125)] {
        h.run("manager", "measure.note", json!({ "measure": riders, "on_day": day, "amount": amount })).await.unwrap();
    }
    let input = json!({ "name": "Searches", "unit": "%", "part": "input" });
    let searches = h.made("manager", "measure.add", input, "measure").await;
    let goal = json!({ "title": "More riders", "starts_on": "2026-09-01", "ends_on": "2026-10-11" });
    let goal = h.made("manager", "objective.create", goal, "objective").await;
    for (title, measure) in [("Riders a week", riders.as_str()), ("Searches that end well", searches.as_str())] {
        let args = json!({ "objective": goal, "title": title, "start_value": 100, "target": 200, "measure": measure });
        h.made("manager", "key_result.create", args, "key_result").await;
    }
    let bet = launch::bet(&h, "Holds <b>").await;
    h.run("manager", "initiative.serve", json!({ "initiative": bet, "objective": goal })).await.unwrap();
    let waits = page("owner").await.text;
    assert!(waits.contains("1 released bet waits to be judged"), "{waits}");
    let outcome = json!({ "initiative": bet, "verdict": "met", "learned": "Ten minutes are enough." });
    h.run("manager", "outcome.record", outcome).await.unwrap();
    // A release that ships a feature of a bet with a window, a day too late.
    let ramps = h.made("manager", "initiative.create", json!({ "title": "Ramps" }), "initiative").await;
    launch::signed(&h, "initiative.edit", json!({ "initiative": ramps, "starts_on": "2026-08-01", "ends_on": "2026-09-20" }), "initiative").await;
    let feature = h.made("manager", "feature.create", json!({ "title": "A ramp", "initiative": ramps }), "feature").await;
    let story = h.made("owner", "story.create", json!({ "title": "It holds", "feature": feature }), "story").await;
    launch::accept(&h, &story).await;
    let release = launch::planned(&h, "Autumn").await;
    launch::signed(&h, "release.ship", json!({ "release": release, "feature": feature }), "relation").await;
    launch::signed(&h, "release.decide", json!({ "release": release, "go": "go" }), "release").await;
    h.run("manager", "release.release", json!({ "release": release })).await.unwrap();
    let told = page("stakeholder").await.text;
    for text in [
        "Riders: 25 % more than four weeks before.",
        "Settled bets that came as believed, or better: 1 of 1.",
        "Promised windows that were kept: 0 of 1.",
        "Searches",
        "Riders a week",
        "released and judged",
        "Holds &lt;b&gt;",
        "Ten minutes are enough.",
        "1 day late",
        "Autumn",
    ] {
        assert!(told.contains(text), "{text}: {told}");
    }
    let token = h.token("stakeholder").await;
    let figures = h.rest(&token, "GET", "/products/ORB/success", Json::Null).await.json();
    assert_eq!((&figures["measures"][0]["name"], &figures["measures"][0]["amount"]), (&json!("Riders"), &json!(125.0)));
    assert_eq!((&figures["hits"], &figures["settled"], &figures["kept"], &figures["promised"]), (&json!(1), &json!(1), &json!(0), &json!(1)));
    // The 20th of 40 days: 50 are expected of each, and 25 and nothing were reached.
    assert_eq!((&figures["on_pace"], &figures["paced"]), (&json!(0), &json!(2)));
    assert_eq!(h.get("outsider", "/ORB/success").await.status, 404);
}

/// Bad input: a measure of which nothing was ever noted.
#[tokio::test]
async fn a_measure_without_history_says_so_everywhere() {
    let h = House::new().await;
    let riders = measures::riders(&h).await;
    let goal =
        h.made("manager", "objective.create", json!({ "title": "More", "starts_on": "2026-09-01", "ends_on": "2026-10-11" }), "objective").await;
    let args = json!({ "objective": goal, "title": "Riders a week", "start_value": 100, "target": 200, "measure": riders });
    let result = h.made("manager", "key_result.create", args, "key_result").await;
    for (place, says) in [
        ("measures".to_owned(), "There are no figures yet."),
        (format!("measures?open={riders}"), "Nothing has been noted yet."),
        ("strategy".to_owned(), "Riders a week"),
        ("success".to_owned(), "Riders"),
    ] {
        let page = h.get("owner", &format!("/ORB/{place}")).await;
        assert!(page.status == 200 && page.text.contains(says) && !page.text.contains("NaN"), "{place}: {}", page.text);
    }
    let history = h.rest(&h.token("owner").await, "GET", &format!("/products/ORB/measures/{riders}/history"), Json::Null).await.json();
    assert_eq!(history["points"], json!([]));
    let file = h.get("owner", &format!("/ORB/measures/history.csv?measure={riders}")).await;
    assert_eq!(file.status, 200);
    h.run("manager", "key_result.measure", json!({ "key_result": result, "confidence": 50 })).await.unwrap();
    assert_eq!(h.number("select cast(amount as bigint) from measurement").await, 100, "it stands where it started");
}

#[tokio::test]
async fn a_feed_tells_an_audience_what_changed_of_what_they_see() {
    let h = roadmap::planned().await;
    let view = json!({ "name": "The board", "horizon": "next", "dates": "quarters" });
    let board = h.made("manager", "audience.add", view, "audience").await;
    let path = roadmap::linked(&h, &board).await;
    assert!(roadmap::open(&h, &path).await.text.contains("feed.atom"), "its page leads to the feed");
    let feed = async || roadmap::open(&h, &format!("{path}/feed.atom")).await.text;
    h.app.clock.forward(DAY);
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": "2026-12-20" })).await.unwrap();
    let before = feed().await;
    assert!(!before.contains("Locks: now Q"), "a day within its quarter is no news: {before}");
    h.app.clock.forward(DAY);
    h.run("manager", "initiative.edit", json!({ "initiative": "1", "ends_on": "2027-03-31" })).await.unwrap();
    h.run("manager", "initiative.move", json!({ "initiative": "3", "horizon": "next" })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "2", "hypothesis": "Only for us", "confidence": 20 })).await.unwrap();
    let told = feed().await;
    for text in ["Locks: now Q4 2026 – Q1 2027", "It was meant for Q4 2026 and is now meant for", "Ferries: new in Next"] {
        assert!(told.contains(text), "{text}: {told}");
    }
    for hidden in ["Only for us", "2027-03-31", "31 Mar", "ORB-", "Manager"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
    assert_eq!(told.matches("<entry>").count(), feed().await.matches("<entry>").count());
    h.app.clock.forward(DAY);
    h.run("manager", "initiative.move", json!({ "initiative": "3", "horizon": "later" })).await.unwrap();
    h.run("manager", "initiative.edit", json!({ "initiative": "2", "state": "dropped" })).await.unwrap();
    let told = feed().await;
    assert!(told.contains("Ferries: put off") && told.contains("Ramps: no longer planned"), "{told}");
    h.run("manager", "audience.remove", json!({ "audience": board })).await.unwrap();
    assert_eq!(roadmap::open(&h, &format!("{path}/feed.atom")).await.status, 404);
}

#[tokio::test]
async fn the_roadmap_is_taken_along_as_a_picture() {
    let h = roadmap::planned().await;
    let picture = h.get("manager", "/ORB/timeline/roadmap.png?zoom=year").await;
    assert_eq!((picture.status.as_u16(), &picture.headers["content-type"]), (200, &axum::http::HeaderValue::from_static("image/png")));
    assert!(picture.headers["content-disposition"].to_str().unwrap().contains("ORB-roadmap-2026-09-21.png"));
    assert!(picture.text.contains("PNG") && picture.text.len() > 2_000);
    let page = h.get("manager", "/ORB/timeline").await.text;
    assert!(page.contains("roadmap.png?") && page.contains("As a picture"), "{page}");
    assert_eq!(h.get("manager", "/ORB/timeline/roadmap.png?as_of=2026-09-20").await.status, 200);
    assert_eq!(h.get("manager", "/ORB/timeline/roadmap.png?as_of=soon").await.status, 422);
    assert_eq!(h.get("outsider", "/ORB/timeline/roadmap.png").await.status, 404);
}

#[tokio::test]
async fn a_survey_is_told_by_segment_where_nobody_can_be_told_from_it() {
    let h = House::new().await;
    let (survey, items) = surveys::open(&h).await;
    let segment = async |name: &str| h.made("manager", "segment.create", json!({ "name": name }), "segment").await;
    let (shops, parents) = (segment("Shops").await, segment("Parents").await);
    let link = async |segment: Json, once: bool| {
        let args = json!({ "survey": survey, "name": "Some", "segment": segment, "once": once });
        match h.run("manager", "survey_link.make", args).await.unwrap() {
            Outcome::Done(done) => done.reveal.unwrap(),
            other => panic!("{other:?}"),
        }
    };
    let (of_shops, of_parents, of_all) = (link(json!(shops), false).await, link(json!(parents), true).await, link(Json::Null, false).await);
    assert!(h.get("nobody", &of_shops).await.text.contains("They also count for the group"), "whoever answers is told");
    assert!(!h.get("nobody", &of_all).await.text.contains("They also count for the group"));
    let answers = async |path: &str, from: i32, many: i32, with: &str| {
        for n in from..from + many {
            let fields = surveys::fields(&items, &[(with, "dislike"), ("neutral", "neutral")]);
            assert_eq!(surveys::send(&h, path, &format!("survey=browser{n}"), &fields).await.status, 200);
        }
    };
    answers(&of_shops, 0, 5, "expect").await;
    answers(&of_parents, 10, 1, "like").await;
    answers(&of_all, 20, 6, "like").await;
    h.run("owner", "survey.close", json!({ "survey": survey })).await.unwrap();
    let found = h.rest(&h.token("manager").await, "GET", &format!("/products/ORB/surveys/{survey}/result"), Json::Null).await.json();
    let bell = &found["features"][0];
    assert_eq!((&found["people"], bell["category"].as_str()), (&json!(12), Some("one-dimensional")));
    assert_eq!(bell["segments"].as_array().map(Vec::len), Some(1), "one parent is no segment: {bell}");
    assert_eq!(
        (&bell["segments"][0]["segment"], &bell["segments"][0]["people"], bell["segments"][0]["category"].as_str()),
        (&json!("Shops"), &json!(5), Some("must-be"))
    );
    assert_eq!((&bell["segments"][0]["better"], &bell["segments"][0]["worse"]), (&json!(0.0), &json!(-1.0)));
    let page = h.get("owner", &format!("/ORB/surveys?show={survey}")).await.text;
    assert!(page.contains("By segment") && page.contains("better 0 %, worse −100 %"), "{page}");
    // Nothing of those who are too few is kept either.
    assert_eq!(h.text("select cast(count(*) as text) from survey_item where apart like '%[],%' or apart like '%,[]%'".into()).await, "2");
    assert_eq!(h.number("select count(*) from answer_count").await, 0);
    assert!(told(h.run("manager", "survey_link.make", json!({ "survey": survey, "name": "Late", "segment": shops })).await).contains("closed"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_letter_about_a_release_leaves_a_contact() {
    let h = House::new().await;
    let post = PostBox::of(&h.app);
    let (_, ready) = launch::released(&h).await;
    let vera = json!({ "name": "Vera Ott", "email": "vera@lindau.example", "releases": true, "every_days": 7 });
    let vera = h.made("manager", "stakeholder.add", vera, "stakeholder").await;
    h.made("manager", "stakeholder.add", json!({ "name": "Press", "email": "press@lindau.example" }), "stakeholder").await;
    h.app.work_off().await.unwrap();
    post.down(true);
    h.run("manager", "release.release", json!({ "release": ready.id })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from contact").await, 0, "none before the letter is out");
    post.down(false);
    h.app.clock.forward(DAY);
    h.app.work_off().await.unwrap();
    let left = h.words("select stakeholder, channel, by_noun, note from contact".into()).await;
    assert_eq!(left, format!("{vera} mail release Winter"));
    let page = h.get("manager", &format!("/ORB/stakeholders?open={vera}")).await.text;
    assert!(page.contains("Winter"), "{page}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_feed_tells_no_part_of_a_hidden_bet_and_calls_it_as_it_was_seen() {
    let h = roadmap::planned().await;
    let view = json!({ "name": "Partners", "horizon": "next", "grain": "parts", "theme": "Harbour" });
    let partners = h.made("manager", "audience.add", view, "audience").await;
    let path = roadmap::linked(&h, &partners).await;
    let feed = async || roadmap::open(&h, &format!("{path}/feed.atom")).await.text;
    let edit = async |args: Json| {
        h.app.clock.forward(DAY);
        h.run("manager", "initiative.edit", args).await.unwrap();
    };
    edit(json!({ "initiative": "3", "theme": "Harbour" })).await;
    let part = h.made("manager", "feature.create", json!({ "title": "Zqdeck", "initiative": "3", "horizon": "next" }), "feature").await;
    assert!(!feed().await.contains("Zqdeck"), "its bet stands in Later");
    h.app.clock.forward(DAY);
    h.run("manager", "initiative.move", json!({ "initiative": "3", "horizon": "next" })).await.unwrap();
    h.app.clock.forward(DAY);
    h.run("manager", "feature.edit", json!({ "feature": part, "ends_on": "2027-03-31" })).await.unwrap();
    let told = feed().await;
    assert!(told.contains("Ferries: new in Next") && told.contains("Zqdeck: ") && !told.contains("Locks"), "{told}");
    edit(json!({ "initiative": "3", "theme": "Inland", "title": "Zqsecret" })).await;
    edit(json!({ "initiative": "3", "ends_on": "2027-06-30" })).await;
    let told = feed().await;
    assert!(told.contains("Ferries: no longer here") && told.contains("Ferries: new in Next") && !told.contains("Zqsecret"), "{told}");
}

#[tokio::test]
async fn who_posted_is_erased_with_every_word_and_the_house_is_sound() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    portal::opened(&h, "everyone", false).await;
    let mut lena = portal::Stranger::come(&h);
    let bell = portal::confirmed(&h, &mail, &mut lena, "A bell that lorries hear", "lena@x.org").await;
    // The second one comes from a browser that is known, with a name and words of its own.
    lena.post("/portal/ORB", "title=Lamps+at+the+old+harbour&body=I+live+at+Quay+7&name=Lena+Zqbrandt").await;
    let lamps = h.text("select id from portal_post where title like 'Lamps%'".into()).await;
    h.run("developer", "portal_post.vote", json!({ "post": lamps, "votes": true })).await.unwrap();
    let evidence = h.text(format!("select evidence from portal_post where id = '{lamps}'")).await;
    h.run("owner", "evidence.edit", json!({ "evidence": evidence, "url": "https://example.org/a" })).await.unwrap();
    h.proposed("developer", "portal_post.edit", json!({ "post": lamps, "status": "planned" })).await;
    let said = async || {
        let backup = String::from_utf8(crate::history::backup(&h.app).await).unwrap();
        ["Zqbrandt", "lena@x.org", "Quay 7", "old harbour", "lorries hear"].into_iter().filter(|word| backup.contains(word)).collect::<Vec<_>>()
    };
    assert_eq!(said().await.len(), 5);
    // Whoever may only propose puts no word of it into the proposal.
    let asked = h.proposed("developer", "portal_post.erase", json!({ "post": bell })).await;
    let told_of = h.text(format!("select title || effects from proposal where id = '{}'", asked.replace('-', ""))).await;
    assert!(!told_of.contains("bell") && !told_of.contains("Lena"), "{told_of}");
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.tidy_up().await.unwrap();
    assert_eq!(said().await, ["Quay 7", "old harbour", "lorries hear"], "the address and the name went, of all that they posted");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    h.run("manager", "portal_post.erase", json!({ "post": lamps, "said": true })).await.unwrap();
    assert_eq!(said().await, Vec::<&str>::new());
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new(), "the record and what was signed are as sound as before");
    let board = h.get("owner", "/ORB/portal").await.text;
    assert!(board.contains("(erased)"), "{board}");
    assert_eq!(h.text(format!("select cast(votes as text) from portal_post where id = '{lamps}'")).await, "1", "votes of others stay");
    assert!(told(h.run("manager", "portal_post.erase", json!({ "post": bell, "said": true })).await).contains("Nothing tells who posted this"));
    let members = h.made("developer", "portal_post.create", json!({ "title": "A member's wish" }), "portal_post").await;
    assert!(told(h.run("manager", "portal_post.erase", json!({ "post": members, "said": true })).await).contains("A member posted this"));
    let open = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": open })).await.unwrap();
    assert_eq!(h.text(format!("select status from portal_post where id = '{lamps}'")).await, "planned", "what was asked can still be signed");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn feedback_that_comes_again_leaves_what_people_changed() {
    let h = House::new().await;
    let table = "id,review,source,segment\n7,Too slow,Shop,Parents\n8,Too loud,Shop,Parents\n";
    let place = feedback::uploaded(&h, "owner", "feedback", table).await;
    assert!(feedback::brought(&h, "owner", &place, "").await.contains("2 new."));
    let slow = h.text("select id from evidence where quote = 'Too slow'".into()).await;
    let loud = h.text("select id from evidence where quote = 'Too loud'".into()).await;
    h.run("owner", "evidence.edit", json!({ "evidence": slow, "quote": "Too slow at the traffic light", "segment": "Couriers" })).await.unwrap();
    h.run("owner", "evidence.dismiss", json!({ "evidence": loud })).await.unwrap();
    let table =
        table.replace("Too slow", "Too slow!").replace("Too loud", "Far too loud").replace("Shop", "Play store").replace("Parents", "Students");
    let again = feedback::uploaded(&h, "owner", "feedback", &table).await;
    assert!(feedback::brought(&h, "owner", &again, "").await.contains("2 changed."));
    let stands = async |id: &str| {
        let sql =
            "select evidence.quote || '|' || evidence.source || '|' || segment.name from evidence join segment on segment.id = evidence.segment";
        h.text(format!("{sql} where evidence.id = '{id}'")).await
    };
    assert_eq!(stands(&slow).await, "Too slow at the traffic light|Play store|Couriers", "what people changed stays, the rest comes");
    assert_eq!(stands(&loud).await, "Far too loud|Play store|Students");
    assert_eq!(h.number("select count(*) from evidence where dismissed is not null").await, 1);
    let once_more = feedback::uploaded(&h, "owner", "feedback", &table).await;
    assert!(feedback::brought(&h, "owner", &once_more, "").await.contains("2 as it was."));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Bad input: a table parted by what nobody would guess.
#[tokio::test]
async fn feedback_parted_wrongly_is_told_and_nothing_of_it_comes_in() {
    let h = House::new().await;
    for text in ["id|review|source\n7|Too slow|Shop\n", "id;review\n7;Too slow;Shop;more\n", "id:review\n7:Too slow\n"] {
        let place = feedback::uploaded(&h, "owner", "feedback", text).await;
        let look = h.get("owner", &place).await;
        assert_eq!(look.status, 200, "{text}: {}", look.text);
        assert!(look.text.contains("What its columns are"), "{text}: {}", look.text);
        let other = text.chars().find(|sign| "|:".contains(*sign));
        assert_eq!(look.text.contains("All of it is one column. If “"), other.is_some(), "{text}: {}", look.text);
        assert_eq!(h.number("select count(*) from evidence").await, 0, "nothing is written before it is looked at");
    }
    let ragged = feedback::uploaded(&h, "owner", "feedback", "id;review\n7;Too slow;Shop;more\n").await;
    let look = h.get("owner", &ragged).await.text;
    assert!(look.contains("Row 2"), "a row with more cells than columns is told: {look}");
}

/// Bad input: ten thousand posts within a minute, from many places, through the command that the portal's page runs.
#[tokio::test]
async fn a_flood_of_posts_is_stopped_and_members_are_not() {
    let h = House::new().await;
    PostBox::of(&h.app);
    portal::opened(&h, "everyone", true).await;
    let limits = &h.app.limits;
    let let_in = (0..10_000).filter(|n| limits.voice(&format!("10.0.{}.{}", n / 250, n % 250)).is_ok() && limits.crowd("portal ORB").is_ok()).count();
    assert!(let_in < 1_000, "{let_in} of 10,000 from as many places");
    let mut late = vec![];
    for n in 0..4 {
        late.push(h.post("nobody", "/portal/ORB", &format!("title=A+bell&email=late{n}%40x.org")).await);
    }
    // Now and then one is let in.
    assert!(late.iter().any(|late| late.status == 429 && late.text.contains("A bell")), "what was typed comes back: {late:?}");
    h.made("owner", "portal_post.create", json!({ "title": "Still here" }), "portal_post").await;
}
