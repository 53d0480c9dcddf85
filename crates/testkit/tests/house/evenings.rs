//! The club among members: one marks oneself by one's own words, two others review without knowing whom, and a team takes on
//! one challenge together.

use kernel::{Hat, Json, Refusal, json};
use std::{collections::BTreeMap, fs, path::PathBuf};
use testkit::{House, field, told};

pub(crate) const GUESS: &str = "airfields-brazil";

fn read(challenge: &str, name: &str) -> String {
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../challenges/guesstimate").join(challenge).join(name)).unwrap()
}

/// The author's middling answer as its parts.
pub(crate) fn parts() -> BTreeMap<String, String> {
    let text = read(GUESS, "answers/middling.md");
    let each = text.split("## ").skip(1).filter_map(|part| part.split_once('\n'));
    let mut parts: BTreeMap<String, String> =
        each.map(|(heading, body)| (heading.trim().to_lowercase().replace([' ', '-'], "_"), body.trim().to_owned())).collect();
    if let Some(interval) = parts.remove("interval") {
        let (low, high) = interval.lines().next().unwrap().split_once(" to ").unwrap();
        parts.extend([("low".to_owned(), low.trim().to_owned()), ("high".to_owned(), high.trim().to_owned())]);
    }
    parts
}

/// The rows of a rubric.
fn rows_of(challenge: &str) -> Vec<String> {
    let rubric = read(challenge, "rubric.toml");
    rubric.lines().filter_map(|line| line.strip_prefix("id = ")).map(|id| id.trim_matches('"').to_owned()).collect()
}

fn rows() -> Vec<String> {
    rows_of(GUESS)
}

/// A written case of root cause.
const CASE: &str = "a-grant-without-a-payslip";

/// An evening with a case whose clock runs.
pub(crate) async fn case_on(h: &House, who: &str) -> String {
    let id = h.made(who, "club_evening.plan", json!({ "challenge": CASE }), "club_evening").await;
    h.run(who, "club_evening.start", json!({ "evening": id })).await.unwrap();
    id
}

/// What somebody names as the cause.
fn cause() -> Json {
    json!({ "nature": "loss", "step": "income", "first": "work = farm", "confidence": "80", "hypotheses": "zqthought", "action": "Take it back" })
}

/// Somebody cuts the figures of such an evening once and hands in.
pub(crate) async fn solved(h: &House, evening: &str, who: &str) {
    h.run(who, "club_evening.cut", json!({ "evening": evening, "at": "period", "step": "income", "by": "work" })).await.unwrap();
    h.run(who, "club_evening.hand_in", json!({ "evening": evening, "parts": cause() })).await.unwrap();
}

async fn handed_in(h: &House, who: &str) -> String {
    let id = h.made(who, "attempt.begin", json!({ "challenge": GUESS, "mode": "learning" }), "attempt").await;
    let mut parts = parts();
    parts.insert("scope".into(), format!("{} written by zq{who}", parts.get("scope").cloned().unwrap_or_default()));
    h.run(who, "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await.unwrap();
    id
}

/// Marks of every row with the same level, each with words that stand in all answers.
fn marks_of(challenge: &str, level: i64, quote: &str) -> Json {
    let of = |value: Json| rows_of(challenge).into_iter().map(|row| (row, value.clone())).collect::<BTreeMap<_, _>>();
    json!({ "levels": of(json!(level.to_string())), "quotes": of(json!(quote)) })
}

fn marks(level: i64, quote: &str) -> Json {
    marks_of(GUESS, level, quote)
}

fn with(mut args: Json, more: Json) -> Json {
    args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    args
}

/// An attempt that is handed in and shared, for the tests that try every command of the club.
pub(crate) async fn shared(h: &House, of: &str, challenge: &str) -> String {
    let id = h.made(of, "attempt.begin", json!({ "challenge": challenge, "mode": "learning" }), "attempt").await;
    let parts = json!({ "scope": "Whatever was written by zqhand", "low": "1", "high": "2" });
    h.run(of, "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await.unwrap();
    h.run(of, "attempt.share", json!({ "attempt": id, "shared": true })).await.unwrap();
    id
}

pub(crate) fn review(challenge: &str, attempt: &str) -> Json {
    with(marks_of(challenge, 3, "written by zqhand"), json!({ "attempt": attempt }))
}

#[tokio::test]
async fn one_marks_oneself_by_ones_own_words() {
    let h = House::new().await;
    let id = handed_in(&h, "manager").await;
    let assess = async |more: Json| h.run("manager", "attempt.assess", with(json!({ "attempt": id }), more)).await;
    let row = rows().remove(0);
    assert_eq!(field(assess(json!({ "levels": { &row: "3" }, "quotes": { &row: "words that I never wrote" } })).await), format!("quotes.{row}"));
    assert_eq!(field(assess(json!({ "levels": { &row: "3" } })).await), format!("quotes.{row}"), "no words, no level");
    assert_eq!(field(assess(json!({ "levels": { &row: "6" }, "quotes": { &row: "written by zqmanager" } })).await), format!("levels.{row}"));
    assert_eq!(field(assess(json!({ "levels": { "nowhere": "3" } })).await), "levels");
    assert_eq!(field(assess(json!({ "levels": {} })).await), "levels");
    assess(json!({ "levels": { &row: "4" }, "quotes": { &row: "Written  by ZQmanager" } })).await.unwrap();
    let page = h.get("manager", &format!("/practice/{GUESS}")).await.text;
    assert!(page.contains("Your own marks") && page.contains("The checks") && page.contains("Mark it anew"), "{page}");
    let open = h.made("owner", "attempt.begin", json!({ "challenge": GUESS, "mode": "exam" }), "attempt").await;
    let early = h.run("owner", "attempt.assess", with(json!({ "attempt": open }), marks(3, "written by"))).await;
    assert_eq!(field(early), "attempt", "not before it is handed in");
    assert!(h.get("owner", &format!("/practice/{GUESS}")).await.text.contains("data-counts-from"), "the clock counts up in exam mode");
    let strengths = h.get("manager", "/practice/strengths").await.text;
    assert!(strengths.contains("Guesstimates") && strengths.contains("3 answers"), "{strengths}");
}

#[tokio::test]
async fn two_others_review_without_knowing_whom() {
    let h = House::new().await;
    let id = handed_in(&h, "manager").await;
    let review = async |who: &str, level: i64, note: &str| {
        let args = with(marks(level, "written by zqmanager"), json!({ "attempt": id, "note": note }));
        h.run(who, "peer_review.give", args).await
    };
    for who in ["owner", "developer", "stakeholder"] {
        handed_in(&h, who).await;
    }
    assert_eq!(review("owner", 3, "").await, Err(Refusal::NotFound), "nobody has shared it");
    h.run("manager", "attempt.share", json!({ "attempt": id, "shared": true })).await.unwrap();
    let list = h.get("owner", "/practice/reviews").await.text;
    assert!(list.contains(&format!("/practice/reviews/{id}")) && !list.contains("Mara") && !list.contains("manager@"), "{list}");
    let page = h.get("owner", &format!("/practice/reviews/{id}")).await.text;
    assert!(page.contains("written by zqmanager") && page.contains("Hand in the review"), "{page}");
    assert_eq!(h.get("manager", &format!("/practice/reviews/{id}")).await.status, 404, "nobody reviews their own");
    assert_eq!(h.get("outsider", &format!("/practice/reviews/{id}")).await.status, 404, "nobody reads one before their own");
    assert_eq!(field(review("outsider", 3, "").await), "attempt");
    let some = with(json!({ "levels": { &rows()[0]: "3" }, "quotes": { &rows()[0]: "written by zqmanager" } }), json!({ "attempt": id }));
    assert_eq!(field(h.run("owner", "peer_review.give", some).await), "levels", "every row");
    review("owner", 4, "zqfirst").await.unwrap();
    assert_eq!(field(review("owner", 4, "").await), "attempt", "once");
    assert!(told(h.run("manager", "attempt.share", json!({ "attempt": id, "shared": false })).await).contains("reviewed it already"));
    let own = async || h.get("manager", &format!("/practice/attempts/{id}")).await.text;
    assert!(own().await.contains("1 review") && !own().await.contains("zqfirst"), "nothing of one before both are there");
    assert!(!h.get("developer", &format!("/practice/reviews/{id}")).await.text.contains("zqfirst"), "nor for the other reviewer");
    review("developer", 2, "zqsecond").await.unwrap();
    assert_eq!(field(review("stakeholder", 3, "").await), "attempt", "two are enough");
    for page in [own().await, h.get("owner", &format!("/practice/reviews/{id}")).await.text] {
        assert!(page.contains("zqfirst") && page.contains("zqsecond") && page.contains("Second review"), "{page}");
    }
    // Whoever wrote it hears once, with the second of them, and of nobody by name.
    h.app.work_off().await.unwrap();
    let bell = h.get("manager", "/notices").await.text;
    assert!(bell.contains("Two have said what they think of your answer") && bell.contains(&format!("/practice/attempts/{id}")), "{bell}");
    assert!(!bell.contains("Owner reviewed") && !h.get("developer", "/notices").await.text.contains("Two have said"), "{bell}");
    assert_eq!(h.number("select count(*) from notice where due = 'reviewed'").await, 1);
    // Whose it is stands in no answer to a reviewer, and a review in nobody else's lists.
    let token = h.token("owner").await;
    for path in ["/account/peer-reviews", "/account/attempts", "/account/activity?limit=500"] {
        let text = h.rest(&token, "GET", path, Json::Null).await.text;
        assert!(!text.contains(&h.member("manager").simple().to_string()) && !text.contains(&h.member("manager").to_string()), "{path}");
        assert!(!text.contains("zqsecond"), "{path}");
    }
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_team_takes_on_one_challenge_together() {
    let mut h = House::new().await;
    h.add("away", &[Hat::Stakeholder]).await;
    let id = h.made("developer", "club_evening.plan", json!({ "challenge": GUESS, "minutes": 20 }), "club_evening").await;
    assert_eq!(field(h.run("owner", "club_evening.plan", json!({ "challenge": "action-against-the-policy" })).await), "challenge");
    let hand_in = async |who: &str, word: &str| {
        let mut parts = parts();
        parts.insert("scope".into(), format!("Strips that are kept, {word}"));
        h.run(who, "club_evening.hand_in", json!({ "evening": id, "parts": parts, "note": word })).await
    };
    let page = async |who: &str| h.get(who, &format!("/ORB/evenings?show={id}")).await.text;
    assert_eq!(field(hand_in("manager", "zqearly").await), "evening", "the clock has not begun");
    assert!(!page("manager").await.contains("Start the clock") && page("developer").await.contains("Start the clock"));
    assert!(matches!(h.run("manager", "club_evening.start", json!({ "evening": id })).await, Err(Refusal::Denied { .. })));
    h.run("developer", "club_evening.start", json!({ "evening": id })).await.unwrap();
    assert_eq!(field(h.run("developer", "club_evening.reveal", json!({ "evening": id })).await), "evening", "nobody has handed in");
    assert!(matches!(h.run("manager", "club_evening.hand_in", json!({ "evening": id, "parts": {} })).await, Err(Refusal::Invalid(_))));
    for (who, word) in [("manager", "zqa"), ("owner", "zqb"), ("developer", "zqc")] {
        hand_in(who, word).await.unwrap();
    }
    hand_in("manager", "zqanew").await.unwrap();
    let seen = page("owner").await;
    assert!(seen.contains("3 answers handed in") && seen.contains("zqb") && !seen.contains("zqanew") && !seen.contains("Debrief"), "{seen}");
    assert!(matches!(h.run("owner", "club_evening.reveal", json!({ "evening": id })).await, Err(Refusal::Denied { .. })), "the time is not over");
    h.app.clock.forward(30 * 60_000);
    hand_in("stakeholder", "zqlate").await.unwrap();
    h.run("owner", "club_evening.reveal", json!({ "evening": id })).await.unwrap();
    let seen = page("manager").await;
    for word in ["zqanew", "zqb", "zqc", "zqlate", ">late<", "Debrief", "The author’s answers", "How it went"] {
        assert!(seen.contains(word), "{word}: {seen}");
    }
    assert!(!seen.contains("zqa<") && !seen.contains("zqa "), "what was handed in anew took the place of the first");
    assert_eq!(field(hand_in("manager", "zqagain").await), "evening");
    assert_eq!(h.get("outsider", &format!("/ORB/evenings?show={id}")).await.status, 404);
    // Whoever was there has seen the answers, so a later first try is not rated.
    let attempt = h.made("owner", "attempt.begin", json!({ "challenge": GUESS, "mode": "exam" }), "attempt").await;
    h.run("owner", "attempt.hand_in", json!({ "attempt": attempt, "parts": parts() })).await.unwrap();
    assert_eq!(h.number("select count(*) from attempt where rated = 1").await, 0);
    // Whoever was not there reads how it went, and the answers once they have handed in their own.
    let seen = page("away").await;
    assert!(seen.contains("How it went") && !seen.contains("zqb") && !seen.contains("Debrief"), "{seen}");
    let (away, owner) = (h.token("away").await, h.token("owner").await);
    let listed = async |token: &str| {
        let mut told = String::new();
        for path in ["/products/ORB/evening-answers?fields=note,answer,marks", "/products/ORB/activity?limit=500", "/products/ORB/search?q=zqb"] {
            told += &h.rest(token, "GET", path, Json::Null).await.text;
        }
        told
    };
    let (theirs, ours) = (listed(&away).await, listed(&owner).await);
    for word in ["zqb", "orders of magnitude"] {
        assert!(!theirs.contains(word), "what would spoil it: {theirs}");
        assert!(ours.contains(word), "{ours}");
    }
    assert!(!crate::reading::exported(&h, "away").await.contains("zqb"));
    handed_in(&h, "away").await;
    assert!(page("away").await.contains("zqb"));
    h.run("developer", "club_evening.remove", json!({ "evening": id })).await.unwrap();
    assert_eq!(h.number("select count(*) from evening_answer where removed_at is null").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_case_is_asked_by_cuts_at_an_evening_each_for_oneself() {
    let h = House::new().await;
    let id = h.made("developer", "club_evening.plan", json!({ "challenge": CASE }), "club_evening").await;
    let page = async |who: &str| h.get(who, &format!("/ORB/evenings?show={id}")).await.text;
    let cut =
        async |who: &str, more: Json| h.run(who, "club_evening.cut", with(json!({ "evening": id, "at": "period", "step": "income" }), more)).await;
    assert_eq!(field(cut("owner", json!({})).await), "evening", "the clock has not begun");
    h.run("developer", "club_evening.start", json!({ "evening": id })).await.unwrap();
    assert_eq!(field(cut("owner", json!({ "step": "nowhere" })).await), "step");
    assert_eq!(field(h.run("owner", "club_evening.hand_in", json!({ "evening": id, "parts": cause() })).await), "cuts", "nothing was cut");
    cut("owner", json!({ "by": "work" })).await.unwrap();
    cut("owner", json!({ "by": "device", "only": "work = farm" })).await.unwrap();
    h.run("owner", "club_evening.ask", json!({ "evening": id, "words": "zqasked: was there a release?" })).await.unwrap();
    let own = page("owner").await;
    assert!(own.find("What could it be?") < own.find("id=\"cuts\""), "what it could be is written before it is asked: {own}");
    assert!(own.contains("2. income by device where work = farm") && own.contains("zqasked") && own.contains("Nobody has handed in yet"), "{own}");
    assert!(!own.contains("possible") && !own.contains("What happened</h2>"), "what a cut narrows is told once all is revealed: {own}");
    let other = page("manager").await;
    assert!(!other.contains("1. income") && !other.contains("zqasked"), "{other}");
    assert!(matches!(h.run("assistant", "club_evening.ask", json!({ "evening": id, "words": "x" })).await, Err(Refusal::Denied { .. })));
    h.run("owner", "club_evening.hand_in", json!({ "evening": id, "parts": cause() })).await.unwrap();
    solved(&h, &id, "manager").await;
    h.run("developer", "club_evening.reveal", json!({ "evening": id })).await.unwrap();
    let seen = page("owner").await;
    for text in ["What happened", "income by device where work = farm", "explanations, then", "zqasked", "The right cause", "Debrief"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    assert_eq!(field(cut("owner", json!({})).await), "evening", "it is revealed");
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    // One that is invented is another each time, and the same for all who are there.
    let plan = async || h.made("developer", "club_evening.plan", json!({ "challenge": "invented-2" }), "club_evening").await;
    let (one, two) = (plan().await, plan().await);
    let case = async |id: &str| h.text(format!("select challenge from club_evening where id = '{id}'")).await;
    assert!(case(&one).await.starts_with("invented-2-") && case(&one).await != case(&two).await);
    h.run("developer", "club_evening.start", json!({ "evening": one })).await.unwrap();
    let seen = h.get("manager", &format!("/ORB/evenings?show={one}")).await.text;
    assert!(seen.contains("What there is to read") && seen.contains("In what way") && !seen.contains("Ask the case"), "{seen}");
    assert_eq!(field(h.run("manager", "club_evening.ask", json!({ "evening": one, "words": "x" })).await), "words");
    h.run("developer", "club_evening.remove", json!({ "evening": one })).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// REST, the record and an export keep what was written at an evening to the same people as its page.
#[tokio::test]
async fn what_was_revealed_is_read_by_those_who_handed_in() {
    let h = House::new().await;
    let id = h.made("developer", "club_evening.plan", json!({ "challenge": GUESS }), "club_evening").await;
    h.run("developer", "club_evening.start", json!({ "evening": id })).await.unwrap();
    let mut written = parts();
    written.insert("scope".into(), "zqwritten strips that are kept clear".into());
    h.run("owner", "club_evening.hand_in", json!({ "evening": id, "parts": written, "note": "zqnote" })).await.unwrap();
    h.run("developer", "club_evening.reveal", json!({ "evening": id })).await.unwrap();
    let answer = h.text("select id from evening_answer".into()).await;
    let read = async |who: &str| {
        let token = h.token(who).await;
        let mut all = String::new();
        for path in ["evening-answers?fields=answer,note", &format!("evening-answers/{answer}"), "activity?limit=500"] {
            all += &h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await.text;
        }
        all + &crate::reading::exported(&h, who).await + &h.get(who, "/ORB/activity").await.text
    };
    assert!(read("owner").await.contains("zqwritten") && read("owner").await.contains("zqnote"));
    for who in ["manager", "developer"] {
        let told = read(who).await;
        assert!(!told.contains("zqwritten") && !told.contains("zqnote"), "{who}: {told}");
    }
    assert!(h.get("manager", &format!("/ORB/evenings?show={id}")).await.text.contains("How it went"), "how it went is seen by everybody");
    // Whoever planned it takes all of it along, whether they were there or not.
    h.run("developer", "club_evening.remove", json!({ "evening": id })).await.unwrap();
    assert_eq!(h.number("select count(*) from evening_answer where removed_at is null").await, 0);
}

#[tokio::test]
async fn what_was_foretold_is_resolved_by_the_record() {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "Pay by card", "criteria": ["c"] }), "story").await;
    let ask = async |day: &str| h.run("developer", "forecast_question.ask", json!({ "story": story, "due_on": day })).await;
    assert_eq!(field(ask("2020-01-01").await), "due_on", "that day is over");
    let id = h.made("developer", "forecast_question.ask", json!({ "story": story, "due_on": "2026-12-01" }), "forecast_question").await;
    assert_eq!(field(ask("2026-12-01").await), "due_on", "it is asked already");
    let say = async |who: &str, chance: i64| h.run(who, "prediction.give", json!({ "forecast_question": id, "chance": chance })).await;
    assert_eq!(field(say("owner", 100).await), "chance", "nobody is that sure");
    say("owner", 83).await.unwrap();
    say("manager", 17).await.unwrap();
    assert_eq!(field(say("owner", 90).await), "forecast_question", "what is said first counts");
    let page = async |who: &str| h.get(who, "/ORB/foresight").await.text;
    assert!(page("owner").await.contains("83 %") && !page("owner").await.contains("17 %"), "what another said is theirs");
    assert!(matches!(h.run("assistant", "prediction.give", json!({ "forecast_question": id, "chance": 5 })).await, Err(Refusal::Denied { .. })));
    assert!(told(h.run("developer", "forecast_question.remove", json!({ "forecast_question": id })).await).contains("answered it already"));
    h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
    h.run("owner", "story.accept", json!({ "story": story, "reason": "r" })).await.unwrap();
    let seen = page("owner").await;
    assert!(seen.contains("accepted in time") && seen.contains("you said 83 %") && seen.contains("too few to judge by"), "{seen}");
    assert_eq!(field(say("developer", 50).await), "forecast_question", "it is settled");
    let late = h.made("owner", "story.create", json!({ "title": "Later" }), "story").await;
    h.made("developer", "forecast_question.ask", json!({ "story": late, "due_on": "2026-12-02" }), "forecast_question").await;
    h.app.clock.forward(200 * 86_400_000);
    assert!(page("owner").await.contains("not in time"));
    let token = h.token("manager").await;
    let listed = h.rest(&token, "GET", "/products/ORB/predictions", Json::Null).await.text;
    assert!(listed.contains("\"chance\":17") && !listed.contains("\"chance\":83"), "{listed}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Whoever reads the reference by handing in by themselves hands nothing in at the evening any more.
#[tokio::test]
async fn an_evening_takes_no_answer_of_whoever_has_read_the_reference_since() {
    let h = House::new().await;
    let id = h.made("developer", "club_evening.plan", json!({ "challenge": GUESS, "minutes": 20 }), "club_evening").await;
    handed_in(&h, "owner").await;
    h.app.clock.forward(1_000);
    h.run("developer", "club_evening.start", json!({ "evening": id })).await.unwrap();
    let hand_in = async |who: &str| h.run(who, "club_evening.hand_in", json!({ "evening": id, "parts": parts() })).await;
    hand_in("owner").await.unwrap();
    hand_in("manager").await.unwrap();
    handed_in(&h, "manager").await;
    assert_eq!(field(hand_in("manager").await), "evening", "the first one counts");
    h.run("developer", "club_evening.reveal", json!({ "evening": id })).await.unwrap();
    assert_eq!(h.number("select count(*) from evening_answer").await, 2);
}

#[tokio::test]
async fn sprints_releases_and_key_results_are_foretold_too() {
    let h = House::new().await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04", "goal": "Pay by card" })).await.unwrap();
    let release = crate::launch::planned(&h, "Winter").await;
    let objective = h.made("manager", "objective.create", json!({ "title": "Riders stay" }), "objective").await;
    let result = json!({ "objective": objective, "title": "Weekly riders", "start_value": 10, "target": 4 });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    let ask = async |args: Json| h.made("developer", "forecast_question.ask", args, "forecast_question").await;
    let sprint = ask(json!({ "sprint": "1" })).await;
    let winter = ask(json!({ "release": release, "due_on": "2026-11-01" })).await;
    let fewer = ask(json!({ "key_result": result, "due_on": "2026-11-01" })).await;
    let refused = async |args: Json| field(h.run("developer", "forecast_question.ask", args).await);
    assert_eq!(refused(json!({ "due_on": "2026-11-01" })).await, "story", "about what?");
    assert_eq!(refused(json!({ "sprint": "1", "release": release, "due_on": "2026-11-01" })).await, "story", "about one thing");
    assert_eq!(refused(json!({ "release": release })).await, "due_on", "by when?");
    assert_eq!(refused(json!({ "sprint": "1" })).await, "due_on", "it is asked already");
    // Who does not see a thing asks nothing about it, and is told of no question about it.
    h.run("stakeholder", "prediction.give", json!({ "forecast_question": fewer, "chance": 5 })).await.unwrap();
    for area in ["strategy", "commitments"] {
        let asked = h.proposed("manager", "agreement.set", json!({ "area": area, "hat": "stakeholder", "standing": "none" })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    assert_eq!(h.run("stakeholder", "forecast_question.ask", json!({ "release": release, "due_on": "2026-11-09" })).await, Err(Refusal::NotFound));
    let seen = h.get("stakeholder", "/ORB/foresight").await.text;
    assert!(seen.contains("meets its goal") && !seen.contains("Winter") && !seen.contains("Weekly riders"), "{seen}");
    for (question, chance) in [(&sprint, 70), (&winter, 40), (&fewer, 60)] {
        h.run("owner", "prediction.give", json!({ "forecast_question": question, "chance": chance })).await.unwrap();
    }
    // Each leads there from its own page, with itself chosen.
    for (page, way) in [
        ("/ORB/sprint?sprint=1".to_owned(), "foresight?sprint=1".to_owned()),
        (format!("/ORB/launch?show={release}"), format!("foresight?release={release}")),
        ("/ORB/strategy".into(), format!("foresight?key_result={result}")),
    ] {
        let told = h.get("owner", &page).await.text;
        assert!(told.contains(&way), "{page}: {told}");
        let there = h.get("owner", &format!("/ORB/{way}")).await.text;
        assert!(there.contains("<div class=\"tile\">") && !there.contains("ask-forecast"), "{there}");
    }
    let page = async || h.get("owner", "/ORB/foresight").await.text;
    assert!(page().await.contains("reaches users by") && page().await.contains("reaches its target by"));
    h.run("manager", "key_result.measure", json!({ "key_result": result, "amount": 3 })).await.unwrap();
    assert!(page().await.contains("reached in time"), "downwards, too");
    let story = h.made("owner", "story.create", json!({ "title": "Pay" }), "story").await;
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [story] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.app.clock.forward(20 * 86_400_000);
    assert_eq!(field(h.run("developer", "prediction.give", json!({ "forecast_question": sprint, "chance": 5 })).await), "forecast_question");
    assert!(page().await.contains("meets its goal"), "it waits to be closed");
    h.run("owner", "sprint.close", json!({ "sprint": "1", "goal": "partly" })).await.unwrap();
    assert!(page().await.contains("did not meet its goal"));
    h.app.clock.forward(40 * 86_400_000);
    let told = page().await;
    assert!(told.contains("not in time") && told.contains("1 of 3 forecasts came true, where what you said comes to 1.7."), "{told}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
