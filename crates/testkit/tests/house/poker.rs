//! Planning poker: cards are laid apart, turned over at once, laid once more, and taken over with a reason; and the scale.

use kernel::{Json, Refusal, json};
use testkit::{House, field, told};

/// Rounds of story 4 whose cards are turned over, and one of story 5 in which they are being laid, on an agreed scale.
pub(crate) struct Furnished {
    pub turned: String,
    pub to_repeat: String,
    pub to_pass: String,
    pub laying: String,
}

pub(crate) async fn furnished(h: &House) -> Furnished {
    h.run("owner", "cadence.set", json!({ "ahead": 0 })).await.unwrap();
    h.run("developer", "estimate_scale.set", json!({ "kind": "fibonacci" })).await.unwrap();
    let [turned, to_repeat, to_pass] = [turned(h).await, turned(h).await, turned(h).await];
    let session = h.made("owner", "poker.begin", json!({ "title": "Laying", "stories": ["5"] }), "poker").await;
    Furnished { turned, to_repeat, to_pass, laying: round(h, &session, 1).await }
}

async fn turned(h: &House) -> String {
    let session = h.made("owner", "poker.begin", json!({ "title": "Turned", "stories": ["4"], "asked": [h.member("developer")] }), "poker").await;
    let turned = round(h, &session, 1).await;
    lay(h, "developer", &turned, "5").await.unwrap();
    turned
}

/// The newest round at a place of a session.
async fn round(h: &House, session: &str, place: i64) -> String {
    h.text(format!("select id from poker_round where poker = '{session}' and place = {place} order by turn desc limit 1")).await
}

async fn lay(h: &House, who: &str, round: &str, card: &str) -> Result<app::Outcome, Refusal> {
    h.run(who, "poker_round.vote", json!({ "poker_round": round, "card": card })).await
}

/// A house with the stories 3 and 4, and a session in which the Owner, the Manager and a developer lay cards for both.
async fn dealt(more: Json) -> (House, String) {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for title in ["Foil goes in", "Two come out"] {
        h.made("owner", "story.create", json!({ "title": title, "criteria": ["It does not jam"] }), "story").await;
    }
    let asked: Vec<Json> = ["manager", "owner", "developer"].map(|who| json!(h.member(who))).into();
    let mut args = json!({ "title": "Before the sprint", "stories": ["3", "4"], "asked": asked });
    args.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
    let session = h.made("owner", "poker.begin", args, "poker").await;
    (h, session)
}

#[tokio::test]
async fn three_lay_cards_talk_lay_once_more_and_take_the_result_over() {
    let (h, session) = dealt(json!({})).await;
    let first = round(&h, &session, 1).await;
    let place = format!("/ORB/poker?session={session}");
    let page = h.get("developer", &place).await.text;
    assert!(page.contains("Foil goes in") && page.contains("It does not jam") && page.contains("Lay your card"), "{page}");
    lay(&h, "owner", &first, "13").await.unwrap();
    lay(&h, "developer", &first, "3").await.unwrap();
    // What one has laid is changed until the last one turns all over.
    lay(&h, "developer", &first, "5").await.unwrap();
    let page = h.get("manager", &place).await.text;
    assert!(page.contains("have laid a card") && !page.contains("Speak first"), "{page}");
    assert_eq!(h.number("select count(*) from poker_vote").await, 0);
    lay(&h, "manager", &first, "?").await.unwrap();
    let page = h.get("manager", &place).await.text;
    assert!(page.contains("From <strong dir=\"auto\">5</strong> to <strong dir=\"auto\">13</strong>"), "{page}");
    assert!(page.contains("speaks first") && page.contains("The Developer decides on estimates"), "{page}");
    assert!(told(lay(&h, "owner", &first, "8").await).contains("have been turned over"), "a vote after the reveal is refused with a sentence");
    // Whoever leads has them lay once more; what was laid before stays.
    h.run("owner", "poker_round.again", json!({ "poker_round": first })).await.unwrap();
    let second = round(&h, &session, 1).await;
    assert!(second != first && told(lay(&h, "owner", &first, "8").await).contains("once more"));
    for who in ["owner", "developer", "manager"] {
        lay(&h, who, &second, "8").await.unwrap();
    }
    let page = h.get("developer", &place).await.text;
    assert!(page.contains("All who could say said") && page.contains("1st vote: ") && page.contains("Take it over as its size"), "{page}");
    let take = json!({ "poker_round": second, "card": "8", "reason": "As the feeder was." });
    assert!(matches!(h.run("owner", "poker_round.take", take.clone()).await, Err(Refusal::Denied { .. })), "sizes are the developers'");
    assert_eq!(field(h.run("developer", "poker_round.take", json!({ "poker_round": second, "card": "7" })).await), "card", "7 is not on the scale");
    h.run("developer", "poker_round.take", take.clone()).await.unwrap();
    assert_eq!(h.number("select cast(points as bigint) from story where number = 3").await, 8);
    assert!(told(h.run("developer", "poker_round.take", take).await).contains("taken over"), "the second is told");
    // Then comes the next story by itself.
    let page = h.get("manager", &place).await.text;
    assert!(page.contains("<h2 dir=\"auto\">Two come out</h2>") && page.contains("1 of 2 done"), "{page}");
    let next = round(&h, &session, 2).await;
    h.run("owner", "poker_round.pass", json!({ "poker_round": next })).await.unwrap();
    let page = h.get("owner", &place).await.text;
    assert!(page.contains("1 story estimated, 8 points in all."), "{page}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn who_leads_turns_over_and_who_is_not_asked_lays_nothing() {
    let (h, session) = dealt(json!({})).await;
    let first = round(&h, &session, 1).await;
    let turn = json!({ "poker_round": first });
    assert!(told(h.run("owner", "poker_round.reveal", turn.clone()).await).contains("Nobody has laid a card"));
    lay(&h, "developer", &first, "3").await.unwrap();
    assert_eq!(field(lay(&h, "developer", &first, "4").await), "card");
    assert!(matches!(lay(&h, "stakeholder", &first, "3").await, Err(Refusal::Denied { .. })));
    assert!(matches!(lay(&h, "assistant", &first, "3").await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("manager", "poker_round.reveal", turn.clone()).await, Err(Refusal::Denied { .. })), "they do not lead");
    h.run("owner", "poker_round.reveal", turn.clone()).await.unwrap();
    assert!(told(h.run("developer", "poker_round.reveal", turn).await).contains("turned over"), "the second is told");
    let take = json!({ "poker_round": first, "card": "5" });
    assert_eq!(field(h.run("developer", "poker_round.take", take).await), "reason", "not all have said the same");
    h.run("owner", "poker.add_stories", json!({ "poker": session, "stories": ["3", "4"] })).await.unwrap();
    assert_eq!(h.number("select count(*) from poker_round").await, 2, "each story stands in it once");
    let next = round(&h, &session, 2).await;
    lay(&h, "developer", &next, "3").await.unwrap();
    h.run("owner", "poker.end", json!({ "poker": session })).await.unwrap();
    assert_eq!(h.number("select count(*) from sealed").await, 0, "what nobody turned over is thrown away");
    assert!(told(h.run("owner", "poker.end", json!({ "poker": session })).await).contains("has ended"));
    assert!(told(lay(&h, "manager", &next, "3").await).contains("without an estimate"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Over some days: who is asked is told, reminded on the last one, and on the morning after the cards are turned over.
#[tokio::test]
async fn the_clock_turns_over_what_was_laid_until_a_day() {
    let (h, session) = dealt(json!({})).await;
    let day = web::when::day(h.app.clock.now() + 2 * 86_400_000);
    h.run("owner", "poker.edit", json!({ "poker": session, "ends_on": day })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from notice where why = 'to_sign'").await, 2, "the Manager and the developer are asked");
    let place = format!("/ORB/poker?session={session}");
    assert!(h.get("developer", "/ORB/poker").await.text.contains("Estimate: "), "it waits for them");
    let first = round(&h, &session, 1).await;
    lay(&h, "developer", &first, "3").await.unwrap();
    assert!(h.get("developer", &place).await.text.contains("<h2 dir=\"auto\">Two come out</h2>"), "then the next that waits for them");
    assert!(h.get("owner", &place).await.text.contains("<h2 dir=\"auto\">Foil goes in</h2>"));
    h.app.keep_schedules().await.unwrap();
    for _ in 0..6 {
        h.app.clock.forward(86_400_000);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    }
    assert!(h.number("select count(*) from notice where due = 'estimate'").await >= 2, "they were reminded");
    assert_eq!(h.text(format!("select state from poker_round where id = '{first}'")).await, "turned");
    assert_eq!(h.text("select state from poker_round where place = 2".into()).await, "on", "where nobody laid a card nothing is turned over");
}

/// The last day may end at an hour, as the clocks of the product show it.
#[tokio::test]
async fn the_clock_turns_over_at_the_hour_that_is_named() {
    let (h, session) = dealt(json!({})).await;
    let now = h.app.clock.now();
    let (day, hour) = (web::when::day(now + 3_600_000), |after: i64| web::when::clock(now + after, "UTC"));
    let edit = async |args: Json| {
        let mut all = json!({ "poker": session });
        all.as_object_mut().unwrap().extend(args.as_object().unwrap().clone());
        h.run("owner", "poker.edit", all).await
    };
    assert_eq!(field(edit(json!({ "ends_time": "15:00" })).await), "ends_time", "on no day");
    assert_eq!(field(edit(json!({ "ends_on": day, "ends_time": "soon" })).await), "ends_time");
    assert_eq!(field(edit(json!({ "ends_on": web::when::day(now), "ends_time": "00:00" })).await), "ends_time", "that has passed");
    let told = |page: &str| page.contains("each alone until") && page.contains(&hour(3_600_000));
    edit(json!({ "ends_on": day, "ends_time": hour(3_600_000) })).await.unwrap();
    let place = format!("/ORB/poker?session={session}");
    assert!(told(&h.get("developer", &place).await.text));
    edit(json!({ "title": "Called otherwise" })).await.unwrap();
    assert!(told(&h.get("developer", &place).await.text), "another title leaves the hour");
    let first = round(&h, &session, 1).await;
    lay(&h, "developer", &first, "3").await.unwrap();
    let state = || format!("select state from poker_round where id = '{first}'");
    h.app.clock.forward(1_800_000);
    h.app.work_off().await.unwrap();
    assert_eq!(h.text(state()).await, "on", "not before");
    h.app.clock.forward(1_900_000);
    h.app.work_off().await.unwrap();
    assert_eq!(h.text(state()).await, "turned");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Under whose names cards lie is seen by everybody at the table; their pages are told when one more does, and of nothing else.
#[tokio::test]
async fn pages_follow_who_has_laid_a_card() {
    let (h, session) = dealt(json!({})).await;
    let first = round(&h, &session, 1).await;
    let mut news = h.app.hub.subscribe();
    lay(&h, "developer", &first, "3").await.unwrap();
    let told = news.try_recv().unwrap();
    assert_eq!(told.nouns.iter().collect::<Vec<_>>(), ["poker_round"]);
    assert!(news.try_recv().is_err());
    assert!(h.get("manager", &format!("/ORB/poker?session={session}")).await.text.contains("has laid a card"));
}

#[tokio::test]
async fn what_was_like_it_stands_beside_with_its_days() {
    let (h, session) = dealt(json!({})).await;
    let like = json!({ "title": "Foil goes in at the side", "kind": "story" });
    h.made("owner", "story.create", like, "story").await;
    h.run("developer", "story.estimate", json!({ "story": "5", "points": 5 })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "5" })).await.unwrap();
    h.app.clock.forward(3 * 86_400_000);
    h.run("developer", "story.hand_over", json!({ "story": "5" })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": "5", "reason": "r" })).await.unwrap();
    let page = h.get("developer", &format!("/ORB/poker?session={session}")).await.text;
    let beside = page.split("Like it, and done").nth(1).unwrap_or_default();
    assert!(beside.contains("Foil goes in at the side") && beside.contains("<td class=\"num\">5</td><td class=\"num\">4</td>"), "{page}");
}

#[tokio::test]
async fn a_size_off_the_scale_is_refused_once_there_is_one() {
    let (h, _) = dealt(json!({})).await;
    let estimate = async |points: Json| h.run("developer", "story.estimate", json!({ "story": "3", "points": points })).await;
    estimate(json!(4)).await.unwrap();
    assert_eq!(field(h.run("developer", "estimate_scale.set", json!({ "kind": "own" })).await), "sizes");
    assert!(matches!(h.run("owner", "estimate_scale.set", json!({ "kind": "tshirt" })).await, Err(Refusal::Denied { .. })));
    h.run("developer", "estimate_scale.set", json!({ "kind": "own", "sizes": "S = 2\nM = 4\nL = 8" })).await.unwrap();
    assert!(told(estimate(json!(5)).await).contains("S (2), M (4), L (8)"));
    assert!(told(h.run("developer", "story.set", json!({ "stories": ["3", "4"], "points": 5 })).await).contains("is not on the scale"));
    estimate(json!(8)).await.unwrap();
    estimate(Json::Null).await.unwrap();
    let pick = h.get("developer", "/ORB/pick?points=3").await.text;
    assert!(pick.contains("4 points") && pick.contains("<span class=\"quiet\">M</span>") && !pick.contains("13 points"), "{pick}");
    // What is dealt from now on has these cards.
    let session = h.made("developer", "poker.begin", json!({ "stories": ["4"] }), "poker").await;
    let only = round(&h, &session, 1).await;
    assert_eq!(field(lay(&h, "developer", &only, "5").await), "card");
    lay(&h, "developer", &only, "m").await.unwrap();
    h.run("developer", "poker_round.take", json!({ "poker_round": only, "card": "M" })).await.unwrap();
    assert_eq!(h.number("select cast(points as bigint) from story where number = 4").await, 4);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
