//! Challenges that people of the workspace write: who may, what is refused, that a newer edition changes nothing of before,
//! and that no door tells of the answers.

use crate::{practice::telling, reading::exported};
use kernel::{Json, Refusal, json};
use std::{collections::BTreeMap, fs, path::PathBuf};
use testkit::{House, field, told};

const DRILL: &str = "action-against-the-policy";

/// The files of a challenge of the library.
pub(crate) fn files(kind: &str, id: &str) -> BTreeMap<String, String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../challenges").join(kind).join(id);
    let mut found = BTreeMap::new();
    for name in ["challenge.toml", "brief.md", "facts.toml", "case.toml", "rubric.toml", "marks.toml", "probes.toml", "debrief.md"] {
        if let Ok(text) = fs::read_to_string(root.join(name)) {
            found.insert(name.to_owned(), text);
        }
    }
    for name in ["answers/weak.md", "answers/middling.md", "answers/strong.md"] {
        if let Ok(text) = fs::read_to_string(root.join(name)) {
            found.insert(name.to_owned(), text);
        }
    }
    found
}

/// A draft with the files of a challenge of the library.
pub(crate) async fn brought(h: &House, who: &str, code: &str, kind: &str, id: &str) -> String {
    h.made(who, "challenge_draft.bring_in", json!({ "code": code, "kind": kind, "files": files(kind, id) }), "challenge_draft").await
}

/// The same, published; the draft and the challenge.
pub(crate) async fn published(h: &House, who: &str, code: &str, kind: &str, id: &str) -> (String, String) {
    let draft = brought(h, who, code, kind, id).await;
    let challenge = h.made(who, "challenge_draft.publish", json!({ "draft": draft }), "challenge").await;
    (draft, challenge)
}

async fn write(h: &House, draft: &str, file: &str, text: &str) {
    h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": file, "text": text })).await.unwrap();
}

#[tokio::test]
async fn one_is_written_from_a_template_until_the_linter_finds_nothing() {
    let h = House::new().await;
    let draft = h.made("owner", "challenge_draft.begin", json!({ "kind": "drill", "title": "Half of what?" }), "challenge_draft").await;
    let page = |file: &str| format!("/practice/writing/{draft}?file={file}");
    let shown = h.get("owner", &page("challenge.toml")).await.text;
    assert!(
        shown.contains("Something is unfinished here.") && shown.contains("Half of what?") && !shown.contains("Publish to the workspace"),
        "{shown}"
    );
    let refused = h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await;
    assert!(told(refused).contains("to be mended first"), "what is wrong is said");
    let given = files("drill", DRILL);
    for file in ["brief.md", "debrief.md"] {
        write(&h, &draft, file, &given[file]).await;
    }
    // The head as a form, the rest as it stands.
    let rest = given["challenge.toml"].split_once("[question]").unwrap().1;
    let head = json!({ "kind": "drill", "title": "Half of what?", "summary": "A share, and of what.", "level": "9", "minutes": "4", "skills": "policy", "author": "Owner" });
    let fill = async |head: &Json| {
        let args = json!({ "draft": draft, "file": "challenge.toml", "head": head, "rest": format!("[question]{rest}") });
        h.run("owner", "challenge_draft.fill", args).await
    };
    fill(&head).await.unwrap();
    let shown = h.get("owner", &page("challenge.toml")).await.text;
    assert!(shown.contains("data-found=\"head.level\">The level is 9"), "a finding stands at its field: {shown}");
    let mut right = head.clone();
    right["level"] = json!("2");
    fill(&right).await.unwrap();
    let shown = h.get("owner", &page("challenge.toml")).await.text;
    assert!(shown.contains("Nothing is wrong with it; it can be published.") && shown.contains("Publish to the workspace"), "{shown}");
    let preview = h.get("owner", &format!("/practice/writing/{draft}/preview")).await.text;
    assert!(preview.contains("A preview") && preview.find("Before an answer").unwrap() < preview.find("The answer:").unwrap(), "{preview}");
    h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
    assert!(h.get("developer", "/practice").await.text.contains("Half of what?"));
    let listed = h.get("developer", "/practice?kind=drill&own=1").await.text;
    assert!(listed.contains("Half of what?") && listed.contains("written here"), "{listed}");
    assert!(!h.get("developer", "/practice?kind=drill&own=1&q=nothinglikeit").await.text.contains("Half of what?"));
    assert!(h.get("developer", "/practice?q=half%20of").await.text.contains("Half of what?"));
    assert!(matches!(fill(&json!({ "colour": "red" })).await, Err(Refusal::Invalid(_))), "no field is made up");
    assert_eq!(field(h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "../x", "text": "x" })).await), "file");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_typed_is_looked_at_and_not_kept() {
    let h = House::new().await;
    let draft = brought(&h, "owner", "ours", "strategy", "choir-practice-invoice").await;
    let at = format!("/practice/writing/{draft}/look");
    let row =
        "rows.0.id=a&rows.0.says=&rows.1.id=churn&rows.1.says=Churn&rows.1.value=many&rows.1.source=A+paper&rows.1.licence=secret&rows.1.words=churn";
    let answer = h.post("owner", &at, &format!("file=facts.toml&{row}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.contains("data-at=\"rows.1.value\"") && answer.text.contains("which is none of"), "{}", answer.text);
    let answer = h.post("owner", &at, "file=brief.md&text=TODO").await;
    assert!(answer.text.contains("Line 1") && answer.text.contains("unfinished"), "{}", answer.text);
    assert!(!h.text(format!("select files from challenge_draft where id = '{draft}'")).await.contains("A paper"));
    assert_eq!(h.post("developer", &at, "file=brief.md&text=x").await.status, 404);
}

#[tokio::test]
async fn facts_that_may_not_be_passed_on_are_not_published() {
    let h = House::new().await;
    let draft = brought(&h, "owner", "ours", "strategy", "choir-practice-invoice").await;
    let text = files("strategy", "choir-practice-invoice").remove("facts.toml").unwrap();
    for (from, to, says) in [
        ("licence = \"invented\"", "licence = \"CC BY-NC 4.0\"", "which is none of"),
        ("licence = \"invented\"\n", "", "“licence” is missing"),
        ("licence = \"invented\"", "licence = \"CC0\"", "or neither is"),
    ] {
        write(&h, &draft, "facts.toml", &text.replacen(from, to, 1)).await;
        let refused = told(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await);
        assert!(refused.contains(says), "{says}: {refused}");
    }
    write(&h, &draft, "facts.toml", &text).await;
    h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
}

#[tokio::test]
async fn a_newer_edition_changes_nothing_of_attempts_at_the_one_before() {
    let h = House::new().await;
    let (draft, challenge) = published(&h, "owner", "strips-of-ours", "guesstimate", "airfields-brazil").await;
    let begun = async |who: &str| h.made(who, "attempt.begin", json!({ "challenge": "strips-of-ours", "mode": "exam" }), "attempt").await;
    let hand_in = async |who: &str, id: &str| {
        let parts = json!({ "model": "answer = 4k to 6k airfields", "low": "3k", "high": "9k" });
        h.run(who, "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await.unwrap();
        h.rest(&h.token(who).await, "GET", &format!("/account/attempts/{id}"), Json::Null).await.json()
    };
    let (first, open) = (begun("manager").await, begun("developer").await);
    assert_eq!(hand_in("manager", &first).await["rated"], true);
    let own = begun("owner").await;
    let own = hand_in("owner", &own).await;
    assert!(own["rated"] == false && own["score"].as_f64().is_some(), "its author knows the answer: {own}");
    assert!(told(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await).contains("Nothing was changed"));
    let debrief = format!("{} Zqnewer words stand here.", files("guesstimate", "airfields-brazil")["debrief.md"].trim());
    write(&h, &draft, "debrief.md", &debrief).await;
    h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
    // Whoever has tried the first reads the first; the debrief of the second is for those who hand that in.
    let page = h.get("manager", "/practice/strips-of-ours").await.text;
    assert!(page.contains("You tried edition 1; there is edition 2 now.") && page.contains("Debrief") && !page.contains("Zqnewer"), "{page}");
    assert!(!h.get("manager", &format!("/practice/attempts/{first}")).await.text.contains("Zqnewer"));
    assert_eq!(hand_in("developer", &open).await["edition"], 1, "what was begun goes on as it was");
    let again = begun("manager").await;
    let again = hand_in("manager", &again).await;
    assert!(again["edition"] == 2 && again["rated"] == false, "{again}");
    assert!(h.get("manager", "/practice/strips-of-ours").await.text.contains("Zqnewer"));
    // Taken out, it is begun by nobody, and read by those who have tried it.
    h.run("owner", "challenge.withdraw", json!({ "challenge": challenge })).await.unwrap();
    assert!(!h.get("stakeholder", "/practice?kind=guesstimate&own=1").await.text.contains("strips-of-ours"));
    assert_eq!(h.get("stakeholder", "/practice/strips-of-ours").await.status, 404);
    assert_eq!(field(h.run("stakeholder", "attempt.begin", json!({ "challenge": "strips-of-ours", "mode": "exam" })).await), "challenge");
    let page = h.get("manager", "/practice/strips-of-ours").await;
    assert!(page.status == 200 && page.text.contains("taken out of the library") && !page.text.contains("attempt.begin"), "{}", page.text);
    h.run("owner", "challenge.put_back", json!({ "challenge": challenge })).await.unwrap();
    assert!(h.get("stakeholder", "/practice?kind=guesstimate&own=1").await.text.contains("strips-of-ours"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn who_may_publish_and_take_out() {
    let h = House::new().await;
    let draft = brought(&h, "stakeholder", "asked-for", "drill", DRILL).await;
    let refused = h.run("stakeholder", "challenge_draft.publish", json!({ "draft": draft })).await;
    assert!(matches!(&refused, Err(Refusal::Denied { .. })), "{refused:?}");
    for who in ["owner", "manager", "outsider"] {
        assert_eq!(h.run(who, "challenge_draft.publish", json!({ "draft": draft })).await, Err(Refusal::NotFound), "{who}");
        for page in ["", "/preview", "/folder"] {
            assert_eq!(h.get(who, &format!("/practice/writing/{draft}{page}")).await.status, 404, "{who} {page}");
        }
    }
    let (kept, challenge) = published(&h, "owner", "of-ours", "drill", DRILL).await;
    assert!(told(h.run("owner", "challenge_draft.remove", json!({ "draft": kept })).await).contains("take it out of the library"));
    let taken = brought(&h, "developer", "of-ours", "drill", "alarm-base-rate").await;
    assert_eq!(field(h.run("developer", "challenge_draft.publish", json!({ "draft": taken })).await), "draft", "an id is one's alone");
    h.run("developer", "challenge_draft.rename", json!({ "draft": taken, "code": DRILL })).await.unwrap();
    assert_eq!(field(h.run("developer", "challenge_draft.publish", json!({ "draft": taken })).await), "draft", "and none of the program");
    h.run("developer", "challenge_draft.rename", json!({ "draft": taken, "code": "of-mine" })).await.unwrap();
    h.run("developer", "challenge_draft.publish", json!({ "draft": taken })).await.unwrap();
    let withdraw = json!({ "challenge": challenge });
    assert!(matches!(h.run("developer", "challenge.withdraw", withdraw.clone()).await, Err(Refusal::Denied { .. })));
    // Whoever administers the workspace may, and then only they put it back.
    let with_reason = json!({ "challenge": challenge, "reason": "It names a customer" });
    h.run("manager", "challenge.withdraw", with_reason.clone()).await.unwrap();
    assert_eq!(field(h.run("owner", "challenge.put_back", withdraw.clone()).await), "challenge");
    write(&h, &kept, "brief.md", "Another brief.").await;
    assert!(told(h.run("owner", "challenge_draft.publish", json!({ "draft": kept })).await).contains("administrator"));
    h.run("manager", "challenge.put_back", with_reason).await.unwrap();
    assert!(h.get("manager", "/practice/writing").await.text.contains("Published by others"));
}

#[tokio::test]
async fn nothing_of_the_answers_of_a_stored_challenge_is_told_before_one_was_handed_in() {
    let h = House::new().await;
    for (kind, id) in [("guesstimate", "airfields-brazil"), ("strategy", "choir-practice-invoice"), ("design", "allotment-list"), ("drill", DRILL)] {
        let code = format!("ours-{kind}");
        let (draft, challenge) = published(&h, "owner", &code, kind, id).await;
        let given = files(kind, id);
        let file = |name: &str| given.get(name).cloned().unwrap_or_default();
        let open = ["brief.md", "probes.toml", "facts.toml"].map(file).join("\n") + file("challenge.toml").split("[answer]").next().unwrap();
        let sealed = ["answers/weak.md", "answers/middling.md", "answers/strong.md", "marks.toml", "rubric.toml", "debrief.md"].map(file).join("\n");
        let sealed: Vec<String> = telling(&sealed).into_iter().filter(|run| !open.contains(run.as_str())).collect();
        assert!(sealed.len() > 2, "{id} has something to hide");
        for who in ["manager", "developer", "outsider"] {
            let mut pages = vec!["/practice".to_owned(), format!("/practice?kind={kind}"), format!("/practice/{code}"), "/practice/record".into()];
            pages.extend(["/practice/writing".to_owned(), format!("/practice/writing/{draft}"), format!("/practice/writing/{draft}/preview")]);
            pages.extend([format!("/practice/writing/{draft}/folder"), "/practice/reviews".into(), "/ORB/activity".into(), "/ORB/evenings".into()]);
            pages.push(format!("/ORB/search?q={}", web::text::encode(&sealed[0])));
            if kind != "drill" {
                let attempt = h.made(who, "attempt.begin", json!({ "challenge": code, "mode": "learning" }), "attempt").await;
                h.run(who, "attempt.ask", json!({ "attempt": attempt, "words": "What is the answer, and how is it marked?" })).await.unwrap();
                pages.push(format!("/practice/attempts/{attempt}"));
            }
            let mut told: Vec<(String, String)> = vec![];
            for page in pages {
                // What was looked for is said again by a search.
                let text = h.get(who, &page).await.text;
                told.push((page.clone(), if page.contains("search") { text.replace(sealed[0].as_str(), "") } else { text }));
            }
            let token = h.token(who).await;
            let own = format!("/account/challenge-drafts/{draft}");
            for path in [
                "/challenges",
                &format!("/challenges/{challenge}"),
                "/account/challenge-drafts",
                "/account/challenge-editions",
                &own,
                "/account/attempts",
                "/account/activity?limit=500",
                "/products/ORB/activity?limit=500",
            ] {
                told.push((path.to_owned(), h.rest(&token, "GET", path, Json::Null).await.text));
            }
            if who != "outsider" {
                told.push(("export".into(), exported(&h, who).await));
            }
            for (place, text) in &told {
                let found: Vec<&String> = sealed.iter().filter(|run| text.contains(run.as_str())).collect();
                assert!(found.is_empty(), "{place} tells {who} of {id}: {found:?}");
            }
        }
        // Its author reads it through every door of their own.
        let own = h.rest(&h.token("owner").await, "GET", &format!("/account/challenge-drafts/{draft}"), Json::Null).await.text;
        assert!(own.contains(&sealed[0]), "{own}");
    }
}

#[tokio::test]
async fn a_team_takes_one_on_together() {
    let h = House::new().await;
    published(&h, "owner", "strips-of-ours", "guesstimate", "airfields-brazil").await;
    assert!(h.get("manager", "/ORB/evenings").await.text.contains("strips-of-ours"));
    let evening = h.made("manager", "club_evening.plan", json!({ "challenge": "strips-of-ours" }), "club_evening").await;
    h.run("manager", "club_evening.start", json!({ "evening": evening })).await.unwrap();
    let parts = crate::evenings::parts();
    h.run("manager", "club_evening.hand_in", json!({ "evening": evening, "parts": parts })).await.unwrap();
    h.run("manager", "club_evening.reveal", json!({ "evening": evening })).await.unwrap();
    let page = h.get("manager", &format!("/ORB/evenings?show={evening}")).await.text;
    assert!(page.contains("Debrief") && page.contains("The author’s answers"), "{page}");
    // And two review what somebody shares of it.
    let mine = crate::evenings::shared(&h, "manager", "strips-of-ours").await;
    crate::evenings::shared(&h, "developer", "strips-of-ours").await;
    h.run("developer", "peer_review.give", crate::evenings::review("airfields-brazil", &mine)).await.unwrap();
    let early = h.run("stakeholder", "peer_review.give", crate::evenings::review("airfields-brazil", &mine)).await;
    assert!(matches!(early, Err(Refusal::Invalid(_))), "not before one of their own: {early:?}");
}

#[tokio::test]
async fn the_library_is_shown_page_by_page() {
    let h = House::new().await;
    for n in 0..24 {
        published(&h, "owner", &format!("ours-{n}"), "drill", DRILL).await;
    }
    let listed = |page: &str| page.matches("li class=\"long challenge\"").count();
    let (mut at, mut seen) = ("/practice?kind=drill".to_owned(), 0);
    for _ in 0..20 {
        let page = h.get("manager", &at).await.text;
        assert!(listed(&page) <= 72, "{at}");
        seen += listed(&page);
        match page.split_once("rel=\"next\"").and_then(|(before, _)| before.rsplit_once("href=\"")).and_then(|(_, link)| link.split('"').next()) {
            Some(next) => at = next.replace("&amp;", "&"),
            None => break,
        }
    }
    let of_program = fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../challenges/drill")).unwrap().count();
    assert_eq!(seen, of_program + 24, "every one stands on one page");
}

#[tokio::test]
async fn what_an_author_wrote_goes_with_them_and_attempts_at_it_stay() {
    let mut h = House::new().await;
    h.add("annegret", &[kernel::Hat::Developer]).await;
    let mut given = files("guesstimate", "airfields-brazil");
    given.get_mut("debrief.md").unwrap().push_str(" Zqmother always said so.");
    let args = json!({ "code": "strips-of-ours", "kind": "guesstimate", "files": given });
    let draft = h.made("annegret", "challenge_draft.bring_in", args, "challenge_draft").await;
    h.run("annegret", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
    let id = h.made("owner", "attempt.begin", json!({ "challenge": "strips-of-ours", "mode": "learning" }), "attempt").await;
    h.run("owner", "attempt.hand_in", json!({ "attempt": id, "parts": { "scope": "Of mine", "low": "3k", "high": "9k" } })).await.unwrap();
    let member = h.member("annegret").simple().to_string();
    let at_large = async |command: &str, args: Json| {
        h.app.run(&h.visitor("manager", kernel::Door::Page), app::Ask::named(None, command, args)).await.unwrap();
    };
    at_large("account.remove", json!({ "member": member })).await;
    assert!(h.get("owner", "/practice/strips-of-ours").await.text.contains("Zqmother"), "who goes leaves what they wrote");
    at_large("account.erase", json!({ "member": member, "said": true, "files": true })).await;
    let kept = String::from_utf8(crate::history::backup(&h.app).await).unwrap().to_lowercase();
    assert!(!kept.contains("zqmother"));
    let page = h.get("owner", &format!("/practice/attempts/{id}")).await;
    assert!(page.status == 200 && page.text.contains("is there no more") && page.text.contains("Of mine"), "{}", page.text);
    assert_eq!(h.get("developer", "/practice/strips-of-ours").await.status, 404);
    for page in ["/practice", "/practice?kind=guesstimate&own=1", "/ORB/evenings"] {
        assert!(!h.get("developer", page).await.text.contains("strips-of-ours"), "{page}");
    }
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Commands with arguments that fit, for those who try every one of them.
pub(crate) async fn rows(h: &House) -> Vec<(&'static str, Json)> {
    let draft = async |code: &str| brought(h, "manager", code, "drill", DRILL).await;
    let (_, taken_out) = published(h, "manager", "row-out", "drill", DRILL).await;
    h.run("manager", "challenge.withdraw", json!({ "challenge": taken_out })).await.unwrap();
    let (_, in_it) = published(h, "manager", "row-in", "drill", DRILL).await;
    let head = json!({ "kind": "drill", "title": "z" });
    vec![
        ("challenge_draft.begin", json!({ "kind": "drill", "title": "z" })),
        ("challenge_draft.bring_in", json!({ "code": "row-new", "kind": "drill", "files": files("drill", DRILL) })),
        ("challenge_draft.write", json!({ "draft": draft("row-write").await, "file": "brief.md", "text": "z" })),
        ("challenge_draft.fill", json!({ "draft": draft("row-fill").await, "file": "challenge.toml", "head": head })),
        ("challenge_draft.rename", json!({ "draft": draft("row-rename").await, "code": "row-renamed" })),
        ("challenge_draft.remove", json!({ "draft": draft("row-remove").await })),
        ("challenge_draft.publish", json!({ "draft": draft("row-publish").await })),
        ("challenge.withdraw", json!({ "challenge": in_it })),
        ("challenge.put_back", json!({ "challenge": taken_out })),
    ]
}
