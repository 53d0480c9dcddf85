//! The practice club: attempts from beginning to end, whose they are, and that nothing of an answer is read before one
//! was handed in.

use crate::reading::exported;
use kernel::{Json, Refusal, json};
use std::{collections::BTreeMap, fs, path::PathBuf};
use testkit::{House, field};

const GUESS: &str = "airfields-brazil";

fn folder(kind: &str, id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../challenges").join(kind).join(id)
}

/// The first challenge of a kind by its name.
fn first(kind: &str) -> String {
    let all = fs::read_dir(folder(kind, "..").join(kind)).unwrap();
    all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).min().unwrap()
}

/// An answer of the library as its parts.
fn parts(kind: &str, id: &str, which: &str) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder(kind, id).join(format!("answers/{which}.md"))).unwrap();
    let each = text.split("## ").skip(1).filter_map(|part| part.split_once('\n'));
    let mut parts: BTreeMap<String, String> =
        each.map(|(heading, body)| (heading.trim().to_lowercase().replace([' ', '-'], "_"), body.trim().to_owned())).collect();
    if let Some(interval) = parts.remove("interval") {
        let (low, high) = interval.lines().next().unwrap().split_once(" to ").unwrap();
        parts.extend([("low".to_owned(), low.trim().to_owned()), ("high".to_owned(), high.trim().to_owned())]);
    }
    parts
}

async fn begun(h: &House, who: &str, challenge: &str, mode: &str) -> String {
    h.made(who, "attempt.begin", json!({ "challenge": challenge, "mode": mode }), "attempt").await
}

/// One's attempt as programs read it.
async fn seen(h: &House, who: &str, id: &str) -> Json {
    h.rest(&h.token(who).await, "GET", &format!("/account/attempts/{id}"), Json::Null).await.json()
}

#[tokio::test]
async fn a_guess_is_marked_once_and_its_first_try_is_rated() {
    let h = House::new().await;
    let id = begun(&h, "manager", GUESS, "exam").await;
    assert_eq!(field(h.run("manager", "attempt.begin", json!({ "challenge": GUESS, "mode": "learning" })).await), "challenge", "one at a time");
    assert_eq!(field(h.run("manager", "attempt.hint", json!({ "attempt": id, "part": "scope" })).await), "part", "no hints in exam mode");
    let answer = parts("guesstimate", GUESS, "strong");
    let hand_in =
        async |id: &str, parts: &BTreeMap<String, String>| h.run("manager", "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await;
    assert!(matches!(hand_in(&id, &BTreeMap::new()).await, Err(Refusal::Invalid(_))), "an empty answer is none");
    let mut reversed = answer.clone();
    reversed.extend([("low".to_owned(), "9k".to_owned()), ("high".to_owned(), "2k".to_owned())]);
    assert_eq!(field(hand_in(&id, &reversed).await), "parts.high");
    hand_in(&id, &answer).await.unwrap();
    assert_eq!(field(hand_in(&id, &answer).await), "attempt", "from a second tab it counts no more");
    let told = seen(&h, "manager", &id).await;
    assert!(told["score"].as_f64().unwrap() > 0.5 && told["rated"] == true && told["hit"] == true, "{told}");
    assert!(told["rating"].as_f64().unwrap() > 1500.0 && told["marks"]["rows"].as_array().unwrap().len() > 3, "{told}");
    let page = h.get("manager", &format!("/practice/{GUESS}")).await.text;
    for word in ["Debrief", "The author’s answers", "The reference", "holds the reference", "Your tree", "Row by row"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(page.find("What was found") < page.find("Try it again"), "the mark comes before another try");
    // Revised, it is held against the one before, and rated no more.
    let again = h.made("manager", "attempt.revise", json!({ "attempt": id }), "attempt").await;
    let mut worse = parts("guesstimate", GUESS, "weak");
    worse.remove("assumptions");
    hand_in(&again, &worse).await.unwrap();
    assert_eq!(seen(&h, "manager", &again).await["rated"], false);
    assert!(h.get("manager", &format!("/practice/{GUESS}")).await.text.contains("Against the attempt before"));
    let record = h.get("manager", "/practice/record").await.text;
    assert!(record.contains("Ratings") && record.contains("1 day of practice") && record.contains("are too few to judge by"), "{record}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn learning_mode_has_hints_and_is_never_rated() {
    let h = House::new().await;
    let id = begun(&h, "developer", GUESS, "learning").await;
    h.run("developer", "attempt.keep", json!({ "attempt": id, "parts": { "model": "answer = 3k to 9k airfields" } })).await.unwrap();
    h.run("developer", "attempt.hint", json!({ "attempt": id, "part": "scope" })).await.unwrap();
    h.run("developer", "attempt.ask", json!({ "attempt": id, "words": "What is the colour of the wind?" })).await.unwrap();
    let page = h.get("developer", &format!("/practice/{GUESS}")).await.text;
    let words = [
        "The brief gives a length",
        "So far",
        "The model computes in the unit asked for.",
        "The case does not say.",
        "It comes to <strong>",
        "nine times in ten between",
        "This ends the attempt",
        "cite the fact’s id there: -- fact:",
    ];
    for word in words {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert_eq!(field(h.run("developer", "attempt.keep", json!({ "attempt": id, "parts": { "colour": "x" } })).await), "parts");
    // A table that is to be filled in stands there, and is nothing before it is.
    let design = first("design");
    let other = begun(&h, "developer", &design, "learning").await;
    let page = h.get("developer", &format!("/practice/{design}")).await.text;
    let table =
        page.split("name=\"parts.prioritisation\"").nth(1).and_then(|rest| rest.split('>').nth(1)).and_then(|rest| rest.split('<').next()).unwrap();
    assert!(table.starts_with("| Solution |") && page.contains("those who are left out easily"), "{page}");
    let bare = json!({ "attempt": other, "parts": { "prioritisation": table } });
    assert!(matches!(h.run("developer", "attempt.hand_in", bare).await, Err(Refusal::Invalid(_))), "a bare table is no answer");
    let args = json!({ "attempt": id, "parts": { "low": "3k", "high": "9k" } });
    h.run("developer", "attempt.hand_in", args).await.unwrap();
    assert_eq!(seen(&h, "developer", &id).await["rated"], false);
    // Who left one has seen it.
    let id = begun(&h, "owner", GUESS, "exam").await;
    assert!(h.get("owner", &format!("/practice/{GUESS}")).await.text.contains("No later try at this is rated."));
    h.run("owner", "attempt.leave", json!({ "attempt": id })).await.unwrap();
    let page = h.get("owner", &format!("/practice/{GUESS}")).await.text;
    assert!(page.contains("This one you have begun before, so no try at it is rated any more."), "it is said before one begins: {page}");
    let id = begun(&h, "owner", GUESS, "exam").await;
    h.run("owner", "attempt.keep", json!({ "attempt": id, "parts": { "model": "answer = 5 +" } })).await.unwrap();
    let page = h.get("owner", &format!("/practice/{GUESS}")).await.text;
    assert!(page.contains("It does not compute yet: ") && page.contains("it is not rated") && !page.contains("It comes to"), "{page}");
    h.run("owner", "attempt.hand_in", json!({ "attempt": id, "parts": { "model": "answer = 5k airfields", "low": "3k", "high": "9k" } }))
        .await
        .unwrap();
    assert_eq!(seen(&h, "owner", &id).await["rated"], false);
}

#[tokio::test]
async fn a_case_is_asked_by_cuts() {
    let h = House::new().await;
    let draw = json!({ "difficulty": 1, "seed": 7, "mode": "exam" });
    let id = h.made("owner", "attempt.draw", draw, "attempt").await;
    assert!(h.get("owner", "/practice/going").await.location.is_some_and(|to| to.ends_with("/practice/invented-1-7")));
    let cut = async |args: Json| {
        let mut all = json!({ "attempt": id, "at": "period" });
        all.as_object_mut().unwrap().extend(args.as_object().unwrap().clone());
        h.run("owner", "attempt.cut", all).await
    };
    assert_eq!(field(cut(json!({ "step": "nowhere" })).await), "step");
    assert_eq!(field(cut(json!({ "step": "pay", "by": "weather" })).await), "by");
    let hand_in = async |parts: Json| h.run("owner", "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await;
    let named = json!({ "nature": "loss", "step": "pay", "confidence": "70" });
    assert_eq!(field(hand_in(named.clone()).await), "cuts", "no cut, no cause");
    let page = h.get("owner", "/practice/invented-1-7").await.text;
    assert!(page.find("What could it be?") < page.find("id=\"cuts\""), "what it could be is written before it is cut: {page}");
    for step in ["visit", "view", "cart", "pay"] {
        cut(json!({ "step": step })).await.unwrap();
    }
    let page = h.get("owner", "/practice/invented-1-7").await.text;
    assert!(page.contains("4. pay") && !page.contains("explanations were possible") && !page.contains("What happened</h2>"), "{page}");
    assert!(page.contains("<th class=\"number\" scope=\"col\">From the step before</th>") && page.contains("scope=\"col\">Usual</th>"), "{page}");
    assert!(!page.contains("Expected") && !page.contains("Begin wide"), "{page}");
    assert_eq!(field(hand_in(json!({ "nature": "loss", "step": "pay" })).await), "parts.confidence");
    let Err(Refusal::Invalid(all)) = hand_in(json!({})).await else { panic!("nothing is named") };
    assert_eq!(all.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["parts.nature", "parts.confidence"], "all that is missing at once");
    hand_in(named).await.unwrap();
    let page = h.get("owner", "/practice/invented-1-7").await.text;
    assert!(page.contains("What happened") && page.contains("How telling the cuts were") && page.contains("Whoever knows the answers"), "{page}");
    assert!(matches!(cut(json!({ "step": "pay" })).await, Err(Refusal::Invalid(_))), "it is over");
    assert_eq!(seen(&h, "owner", &id).await["rated"], false, "its number was chosen");
    // One that was drawn is rated.
    let drawn = h.made("owner", "attempt.draw", json!({ "difficulty": 1, "mode": "exam" }), "attempt").await;
    let page = h.get("owner", &format!("/practice/attempts/{drawn}")).await.text;
    let step = page.split("name=\"step\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).and_then(|rest| rest.split('"').next()).unwrap();
    h.run("owner", "attempt.cut", json!({ "attempt": drawn, "at": "period", "step": step })).await.unwrap();
    let parts = json!({ "nature": "nothing", "confidence": "50" });
    h.run("owner", "attempt.hand_in", json!({ "attempt": drawn, "parts": parts })).await.unwrap();
    assert_eq!(seen(&h, "owner", &drawn).await["rated"], true);
    for id in ["invented-1-0007", "invented-9-7", "invented-1", "nothing-here"] {
        assert_eq!(h.get("owner", &format!("/practice/{id}")).await.status, 404, "{id}");
    }
}

#[tokio::test]
async fn both_of_two_causes_are_named() {
    let h = House::new().await;
    let challenge = "rides-after-dark";
    let both = json!({ "nature": "loss", "step": "matched", "first": "city = Mombasa", "second": "hours = evening", "confidence": "90",
        "other_step": "paid", "other_first": "payment = mobile-money", "other_second": "hours = night" });
    let mut one = both.clone();
    one.as_object_mut().unwrap().retain(|key, _| !key.starts_with("other"));
    for (parts, says) in [(one, "That is one of the two things that happened; another was open."), (both, "That is what happened.")] {
        let id = begun(&h, "owner", challenge, "learning").await;
        let page = h.get("owner", &format!("/practice/{challenge}")).await.text;
        assert!(page.contains("If there were two") && page.contains("A case may have one cause or two"), "{page}");
        h.run("owner", "attempt.cut", json!({ "attempt": id, "at": "period", "step": "paid" })).await.unwrap();
        h.run("owner", "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await.unwrap();
        let told = seen(&h, "owner", &id).await;
        assert!(told["marks"].to_string().contains(says), "{says}: {told}");
        let points = told["marks"]["parts"][0]["points"].as_f64().unwrap();
        assert_eq!(points > 44.9, says.contains("what happened"), "{points}");
    }
    // A second one is named in any case, or the form would tell how many there are.
    let id = begun(&h, "owner", "quiet-week-in-the-kitchens", "learning").await;
    assert!(h.get("owner", &format!("/practice/attempts/{id}")).await.text.contains("If there were two"));
}

/// What was asked went away with the form, and `fact:boys-sn` in the author’s models stood for nothing.
/// It was one that its reader had handed in four days before.
#[tokio::test]
async fn the_question_of_the_day_was_not_tried_before() {
    let h = House::new().await;
    let card = async || {
        let page = h.get("owner", "/practice").await.text;
        page.split("Question of the day").nth(1).and_then(|rest| rest.split("</section>").next()).unwrap().to_owned()
    };
    let asked = |card: &str| card.split("href=\"/practice/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let first = card().await;
    assert!(first.contains("minutes") && first.contains("Difficulty") && !first.contains("done"), "{first}");
    let id = begun(&h, "owner", &asked(&first), "exam").await;
    h.run("owner", "attempt.hand_in", json!({ "attempt": id, "parts": { "scope": "All of them.", "low": "1k", "high": "9k" } })).await.unwrap();
    let today = card().await;
    assert!(asked(&today) == asked(&first) && today.contains(">done</span>") && today.contains("best "), "what is done today stays it: {today}");
    for _ in 0..12 {
        h.app.clock.forward(86_400_000);
        assert_ne!(asked(&card().await), asked(&first));
    }
}

#[tokio::test]
async fn facts_stay_with_their_ids_and_sources() {
    let h = House::new().await;
    let all = fs::read_dir(folder("guesstimate", "..").join("guesstimate")).unwrap();
    let mut ids = all.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let id = ids.find(|id| fs::read_to_string(folder("guesstimate", id).join("facts.toml")).unwrap().contains("id = \"boys-sn\"")).unwrap();
    let attempt = begun(&h, "owner", &id, "learning").await;
    h.run("owner", "attempt.ask", json!({ "attempt": attempt, "words": "How many boys are there?" })).await.unwrap();
    let page = h.get("owner", &format!("/practice/{id}")).await.text;
    assert!(page.contains("fact:boys-sn</code>") && page.contains("fact:population-sn</code>"), "{page}");
    let parts = json!({ "model": "answer = 3k to 9k -- fact:boys-sn", "low": "3k", "high": "9k" });
    h.run("owner", "attempt.hand_in", json!({ "attempt": attempt, "parts": parts })).await.unwrap();
    let page = h.get("owner", &format!("/practice/{id}")).await.text;
    for told in ["id=\"fact-boys-sn\"", "asked by you", "not asked for", "public domain", "href=\"#fact-boys-sn\""] {
        assert!(page.contains(told), "{told}: {page}");
    }
}

#[tokio::test]
async fn a_written_case_answers_from_its_sources() {
    let h = House::new().await;
    let id = begun(&h, "owner", &first("rootcause"), "learning").await;
    let data = json!({ "attempt": id, "words": "data quality" });
    h.run("owner", "attempt.ask", data).await.unwrap();
    let page = h.get("owner", &format!("/practice/{}", first("rootcause"))).await.text;
    assert!(page.contains("data quality") && page.contains("Ask the case"), "{page}");
}

#[tokio::test]
async fn a_drill_is_answered_at_once() {
    let h = House::new().await;
    let answer = async |parts: Json| h.run("manager", "attempt.drill", json!({ "challenge": "action-against-the-policy", "parts": parts })).await;
    assert_eq!(field(answer(json!({})).await), "parts.answer");
    answer(json!({ "answer": "3" })).await.unwrap();
    let page = h.get("manager", "/practice/action-against-the-policy").await.text;
    assert!(page.contains("Right</h2>") && page.contains("Next drill") && page.contains("You answered: "), "{page}");
    answer(json!({ "answer": "0" })).await.unwrap();
    assert_eq!(h.number("select count(*) from attempt where rated = 1").await, 1);
    let begun = h.run("manager", "attempt.begin", json!({ "challenge": "action-against-the-policy", "mode": "exam" })).await;
    assert_eq!(field(begun), "challenge");
}

/// Stretches of a text that stand nowhere by accident and look alike in whatever way they are written out.
pub(crate) fn telling(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == ' ')).map(str::trim);
    runs.filter(|run| run.len() > 34).map(str::to_owned).collect()
}

#[tokio::test]
async fn nothing_of_the_answers_is_read_before_one_was_handed_in() {
    let h = House::new().await;
    let token = h.token("manager").await;
    for kind in ["guesstimate", "strategy", "design", "rootcause", "drill"] {
        let id = first(kind);
        let file = |name: &str| fs::read_to_string(folder(kind, &id).join(name)).unwrap_or_default();
        let open = ["brief.md", "probes.toml", "facts.toml"].map(file).join("\n") + file("challenge.toml").split("[answer]").next().unwrap();
        let sealed = ["answers/weak.md", "answers/middling.md", "answers/strong.md", "marks.toml", "rubric.toml", "debrief.md"].map(file).join("\n");
        let sealed: Vec<String> = telling(&sealed).into_iter().filter(|run| !open.contains(run.as_str())).collect();
        assert!(sealed.len() > 2, "{id} has something to hide");
        let mut pages = vec!["/practice".to_owned(), format!("/practice?kind={kind}"), format!("/practice/{id}"), "/practice/record".into()];
        if kind != "drill" {
            let attempt = begun(&h, "manager", &id, "learning").await;
            let parts = ["scope", "goal", "users", "hypotheses"];
            let known = parts[["guesstimate", "strategy", "design", "rootcause"].iter().position(|k| *k == kind).unwrap()];
            h.run("manager", "attempt.keep", json!({ "attempt": attempt, "parts": { known: "A thought, with 3 figures." } })).await.unwrap();
            h.run("manager", "attempt.hint", json!({ "attempt": attempt, "part": known })).await.unwrap();
            h.run("manager", "attempt.ask", json!({ "attempt": attempt, "words": "What is the answer, and how is it marked?" })).await.unwrap();
            pages.push(format!("/practice/attempts/{attempt}"));
        }
        let mut told: Vec<(String, String)> = vec![];
        for page in pages {
            told.push((page.clone(), h.get("manager", &page).await.text));
        }
        for path in ["/account/attempts", "/account/activity?limit=500"] {
            told.push((path.to_owned(), h.rest(&token, "GET", path, Json::Null).await.text));
        }
        told.push(("export".into(), exported(&h, "manager").await));
        for (place, text) in &told {
            let found: Vec<&String> = sealed.iter().filter(|run| text.contains(run.as_str())).collect();
            assert!(found.is_empty(), "{place} tells of {id}: {found:?}");
        }
    }
}

#[tokio::test]
async fn practice_is_its_members_alone() {
    let h = House::new().await;
    let id = begun(&h, "manager", GUESS, "exam").await;
    let parts = json!({ "scope": "zqmine", "model": "answer = 5k airfields", "low": "3k", "high": "9k" });
    h.run("manager", "attempt.keep", json!({ "attempt": id, "parts": parts })).await.unwrap();
    h.run("manager", "attempt.hand_in", json!({ "attempt": id, "parts": {} })).await.unwrap();
    for who in ["owner", "developer", "outsider"] {
        for page in [format!("/practice/attempts/{id}"), format!("/practice/{GUESS}"), "/practice".into(), "/practice/record".into()] {
            assert!(!h.get(who, &page).await.text.contains("zqmine"), "{page} as {who}");
        }
        assert_eq!(h.get(who, &format!("/practice/attempts/{id}")).await.status, 404);
        let token = h.token(who).await;
        for path in ["/account/attempts".to_owned(), format!("/account/attempts/{id}"), "/account/activity".into()] {
            assert!(!h.rest(&token, "GET", &path, Json::Null).await.text.contains("zqmine"), "{path} as {who}");
        }
        for (command, args) in [
            ("attempt.hand_in", json!({ "attempt": id, "parts": {} })),
            ("attempt.revise", json!({ "attempt": id })),
            ("attempt.leave", json!({ "attempt": id })),
        ] {
            assert_eq!(h.run(who, command, args).await, Err(Refusal::NotFound), "{command} as {who}");
        }
    }
    assert!(h.get("manager", &format!("/practice/attempts/{id}")).await.text.contains("zqmine"));
    let told = h.run("assistant", "attempt.begin", json!({ "challenge": GUESS, "mode": "exam" })).await;
    assert!(matches!(told, Err(Refusal::Denied { .. })), "{told:?}");
}

/// Commands of the club with arguments that fit, each with an attempt of its own.
pub async fn rows(h: &House) -> Vec<(&'static str, Json)> {
    let guesses = fs::read_dir(folder("guesstimate", "..").join("guesstimate")).unwrap();
    let mut ids: Vec<String> = guesses.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    ids.sort();
    let mut at = vec![];
    for id in &ids[..5] {
        at.push(begun(h, "manager", id, "learning").await);
    }
    let answer = json!({ "scope": "s", "low": "1", "high": "2" });
    h.run("manager", "attempt.hand_in", json!({ "attempt": at[4], "parts": answer })).await.unwrap();
    let theirs = crate::evenings::shared(h, "owner", &ids[5]).await;
    let mine = crate::evenings::shared(h, "manager", &ids[5]).await;
    let case = h.made("manager", "attempt.draw", json!({ "difficulty": 1, "seed": 7, "mode": "exam" }), "attempt").await;
    vec![
        ("attempt.begin", json!({ "challenge": ids[6], "mode": "exam" })),
        ("attempt.draw", json!({ "difficulty": 1, "mode": "learning" })),
        ("attempt.keep", json!({ "attempt": at[0], "parts": { "scope": "s" } })),
        ("attempt.hint", json!({ "attempt": at[1], "part": "scope" })),
        ("attempt.ask", json!({ "attempt": at[1], "words": "How many?" })),
        ("attempt.cut", json!({ "attempt": case, "at": "period", "step": "pay" })),
        ("attempt.hand_in", json!({ "attempt": at[2], "parts": answer })),
        ("attempt.leave", json!({ "attempt": at[3] })),
        ("attempt.revise", json!({ "attempt": at[4] })),
        ("attempt.share", json!({ "attempt": at[4], "shared": true })),
        ("attempt.assess", crate::evenings::review(&ids[5], &mine)),
        ("peer_review.give", crate::evenings::review(&ids[5], &theirs)),
        ("attempt.drill", json!({ "challenge": "action-against-the-policy", "parts": { "answer": "3" } })),
    ]
}
