//! Challenges of the workspace as somebody would attack them who wants to read the answers, to write in another's name, or to
//! stop the house with a folder.

use crate::authoring::{brought, files, published};
use app::Ask;
use kernel::{Door, Json, Refusal, json};
use std::collections::BTreeMap;
use testkit::{House, field, told};

const DRILL: &str = "action-against-the-policy";
const GUESS: &str = "airfields-brazil";

async fn at_large(h: &House, who: &str, command: &str, args: Json) -> Result<app::Outcome, Refusal> {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, command, args)).await
}

/// A challenge whose second edition has words that the first has not, and which was tried by one in each.
async fn in_two_editions(h: &House) -> String {
    let (draft, challenge) = published(h, "owner", "strips-of-ours", "guesstimate", GUESS).await;
    handed_in(h, "manager").await;
    let given = files("guesstimate", GUESS);
    let rubric = given["rubric.toml"].replacen("strong = \"", "strong = \"Zqrubric. ", 1);
    for (file, text) in [("debrief.md", format!("{} Zqdebrief.", given["debrief.md"].trim())), ("rubric.toml", rubric)] {
        h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": file, "text": text })).await.unwrap();
    }
    h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
    challenge
}

async fn handed_in(h: &House, who: &str) -> String {
    let id = h.made(who, "attempt.begin", json!({ "challenge": "strips-of-ours", "mode": "learning" }), "attempt").await;
    let parts = json!({ "scope": "Zqwritten strips that are kept", "low": "3k", "high": "9k" });
    h.run(who, "attempt.hand_in", json!({ "attempt": id, "parts": parts })).await.unwrap();
    id
}

#[tokio::test]
async fn an_earlier_edition_opens_nothing_of_a_later_one() {
    let h = House::new().await;
    in_two_editions(&h).await;
    // At an evening where it is revealed.
    let evening = h.made("developer", "club_evening.plan", json!({ "challenge": "strips-of-ours" }), "club_evening").await;
    h.run("developer", "club_evening.start", json!({ "evening": evening })).await.unwrap();
    let parts = crate::evenings::parts();
    h.run("developer", "club_evening.hand_in", json!({ "evening": evening, "parts": parts })).await.unwrap();
    h.run("developer", "club_evening.reveal", json!({ "evening": evening })).await.unwrap();
    // By an answer that was given to be marked, and by one that is shared.
    let theirs = handed_in(&h, "developer").await;
    let specimen = h.made("developer", "specimen.give", json!({ "attempt": theirs }), "specimen").await;
    h.run("developer", "attempt.share", json!({ "attempt": theirs, "shared": true })).await.unwrap();
    let pages = [
        format!("/ORB/evenings?show={evening}"),
        format!("/practice/assistant/{specimen}"),
        format!("/practice/reviews/{theirs}"),
        "/practice/assistant".to_owned(),
        "/practice/reviews".to_owned(),
        "/practice/strips-of-ours".to_owned(),
    ];
    let read = async || {
        let mut all = String::new();
        for page in &pages {
            all += &h.get("manager", page).await.text;
        }
        all
    };
    let seen = read().await;
    assert!(!seen.contains("Zqdebrief") && !seen.contains("Zqrubric"), "{seen}");
    assert!(
        !seen.contains(&format!("/practice/assistant/{specimen}")) && !seen.contains(&format!("/practice/reviews/{theirs}")),
        "no way leads there"
    );
    let mark = h.run("manager", "specimen.mark", json!({ "specimen": specimen, "levels": {} })).await;
    assert_eq!(field(mark), "specimen", "nor are its rows named");
    handed_in(&h, "manager").await;
    let seen = read().await;
    assert!(seen.contains("Zqdebrief") && seen.contains("Zqrubric") && seen.contains("Hand in the review"), "{seen}");
}

/// Whoever has read the reference at an evening of another team hands nothing in anew.
#[tokio::test]
async fn an_evening_takes_no_answer_of_whoever_has_read_the_reference_at_another() {
    let h = House::new().await;
    h.twin("TWO").await;
    h.enter("ORB");
    let held = async |who: &str| {
        let id = h.made(who, "club_evening.plan", json!({ "challenge": GUESS }), "club_evening").await;
        h.run(who, "club_evening.start", json!({ "evening": id })).await.unwrap();
        id
    };
    let hand_in = async |who: &str, id: &str| h.run(who, "club_evening.hand_in", json!({ "evening": id, "parts": crate::evenings::parts() })).await;
    let here = held("developer").await;
    hand_in("manager", &here).await.unwrap();
    h.enter("TWO");
    let there = held("manager").await;
    h.app.clock.forward(1_000);
    hand_in("manager", &there).await.unwrap();
    h.run("manager", "club_evening.reveal", json!({ "evening": there })).await.unwrap();
    h.enter("ORB");
    assert_eq!(field(hand_in("manager", &here).await), "evening", "the first one counts");
    hand_in("owner", &here).await.unwrap();
}

#[tokio::test]
async fn an_evening_does_not_begin_with_what_was_taken_out() {
    let h = House::new().await;
    let (_, challenge) = published(&h, "owner", "strips-of-ours", "guesstimate", GUESS).await;
    let evening = h.made("developer", "club_evening.plan", json!({ "challenge": "strips-of-ours" }), "club_evening").await;
    let start = json!({ "evening": evening });
    h.run("owner", "challenge.withdraw", json!({ "challenge": challenge })).await.unwrap();
    assert_eq!(field(h.run("developer", "club_evening.start", start.clone()).await), "evening");
    let page = h.get("developer", &format!("/ORB/evenings?show={evening}")).await.text;
    assert!(
        page.contains("taken out of the library") && !page.contains("Start the clock") && !page.contains("airfields, from grass strip"),
        "{page}"
    );
    h.run("owner", "challenge.put_back", json!({ "challenge": challenge })).await.unwrap();
    h.run("developer", "club_evening.start", start).await.unwrap();
}

#[tokio::test]
async fn nobody_else_touches_what_somebody_writes() {
    let h = House::new().await;
    let draft = brought(&h, "owner", "ours", "drill", DRILL).await;
    let mut news = h.app.hub.subscribe();
    h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "brief.md", "text": "Zqbrief" })).await.unwrap();
    while let Ok(told) = news.try_recv() {
        let heard = told.nouns.contains("challenge_draft") && told.concerns(None, h.member("manager"), true);
        assert!(!heard, "no page of another is told that something is written");
    }
    let before = h.text(format!("select title || files from challenge_draft where id = '{draft}'")).await;
    for who in ["manager", "developer", "outsider"] {
        for (command, more) in [
            ("challenge_draft.write", json!({ "file": "brief.md", "text": "x" })),
            ("challenge_draft.fill", json!({ "file": "challenge.toml", "head": { "title": "x" } })),
            ("challenge_draft.rename", json!({ "code": "theirs" })),
            ("challenge_draft.publish", json!({})),
            ("challenge_draft.remove", json!({})),
        ] {
            let mut args = json!({ "draft": draft });
            args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            assert_eq!(at_large(&h, who, command, args).await, Err(Refusal::NotFound), "{command} as {who}");
        }
        assert_eq!(h.post(who, &format!("/practice/writing/{draft}/look"), "file=brief.md&text=x").await.status, 404);
        // One of the same id is another, of their own.
        brought(&h, who, "ours", "drill", "alarm-base-rate").await;
    }
    assert_eq!(h.text(format!("select title || files from challenge_draft where id = '{draft}'")).await, before);
    let refused = h.run("assistant", "challenge_draft.bring_in", json!({ "code": "x", "kind": "drill", "files": files("drill", DRILL) })).await;
    assert!(matches!(refused, Err(Refusal::Denied { .. })), "{refused:?}");
}

/// TOML writes what no form takes: `\u0000` is a character that no database keeps.
#[tokio::test]
async fn what_does_not_show_is_kept_out_of_titles_and_told() {
    let h = House::new().await;
    let head = files("drill", DRILL)["challenge.toml"].clone();
    let draft = brought(&h, "owner", "ours", "drill", DRILL).await;
    let long = "Zqlong".repeat(40);
    for (title, says) in [
        (r"Zq\u0000nul", "(U+0000)"),
        (r"Zq\u001b[31mred", "(U+001B)"),
        (r"Zq\u202eturned", "(U+202E)"),
        (r"\u200b\u2060", "should be some text"),
        (r"Zqtwo\nlines", "one line of at most 100 letters"),
        (long.as_str(), "one line of at most 100 letters"),
    ] {
        let text = head.replacen("The odd one out", title, 1);
        h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "challenge.toml", "text": text })).await.unwrap();
        let page = h.get("owner", &format!("/practice/writing/{draft}?file=challenge.toml")).await;
        assert!(page.status == 200 && page.text.contains(says), "{says}: {}", page.text);
        assert!(told(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await).contains("to be mended first"), "{title}");
        let kept = h.text(format!("select title from challenge_draft where id = '{draft}'")).await;
        assert!(kept.chars().count() <= 100 && !kept.chars().any(|c| c.is_control() || c == '\u{202e}'), "{kept:?}");
        assert_eq!(h.get("owner", "/practice/writing").await.status, 200);
        // The same as a folder.
        let mut given = files("drill", DRILL);
        given.insert("challenge.toml".into(), text);
        let again = brought_with(&h, "again", &given).await;
        let kept = h.text(format!("select title from challenge_draft where id = '{again}'")).await;
        assert!(!kept.is_empty() && kept.chars().count() <= 100 && !kept.contains('\n'), "{kept:?}");
    }
    let brief = format!("Zqbrief\u{202e} turned.\n{}", files("drill", DRILL)["brief.md"]);
    h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "challenge.toml", "text": head })).await.unwrap();
    h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "brief.md", "text": brief })).await.unwrap();
    assert!(told(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await).contains("(U+202E)"));
}

async fn brought_with(h: &House, code: &str, files: &BTreeMap<String, String>) -> String {
    h.made("owner", "challenge_draft.bring_in", json!({ "code": code, "kind": "drill", "files": files }), "challenge_draft").await
}

#[tokio::test]
async fn a_page_of_the_club_is_no_challenge() {
    let h = House::new().await;
    let draft = brought(&h, "owner", "ours", "drill", DRILL).await;
    for code in ["assistant", "going", "record", "reviews", "strengths", "writing", "invented-1-7"] {
        h.run("owner", "challenge_draft.rename", json!({ "draft": draft, "code": code })).await.unwrap();
        assert_eq!(field(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await), "draft", "{code}");
    }
    // And so for every page that may come.
    for page in h.app.registry.rooms.iter().flat_map(|room| room.pages).filter_map(|page| page.path.strip_prefix("/practice/")) {
        h.run("owner", "challenge_draft.rename", json!({ "draft": draft, "code": page })).await.unwrap();
        assert_eq!(field(h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await), "draft", "{page}");
    }
}

#[tokio::test]
async fn whoever_publishes_is_named_whomever_they_name() {
    let h = House::new().await;
    let mut given = files("drill", DRILL);
    for (author, says) in [
        ("Manager", "published here by <bdi>Owner</bdi>, as written by <bdi>Manager</bdi>, edition 1"),
        ("owner", "written here by <bdi>Owner</bdi>, edition 2"),
    ] {
        let head = files("drill", DRILL)["challenge.toml"].replacen("author = \"Tandem\"", &format!("author = \"{author}\""), 1);
        given.insert("challenge.toml".into(), head);
        let draft = brought_with(&h, "ours", &given).await;
        h.run("owner", "challenge_draft.publish", json!({ "draft": draft })).await.unwrap();
        let page = h.get("developer", "/practice/ours").await.text;
        assert!(page.contains(says), "{page}");
    }
}

#[tokio::test]
async fn markup_of_an_author_is_words_on_every_page() {
    let h = House::new().await;
    let mut given = files("guesstimate", GUESS);
    let hostile = "</title><script>zqrun()</script><img src=x onerror=zqrun()>";
    let head = given["challenge.toml"].replacen("title = \"", &format!("title = \"{hostile} "), 1).replacen(
        "summary = \"",
        &format!("summary = \"{hostile} "),
        1,
    );
    // As long as a title may be.
    let head = head.replacen("Where a small aeroplane can land", "Strips", 1);
    given.insert("challenge.toml".into(), head);
    for file in ["brief.md", "debrief.md"] {
        let text = format!(
            "{}\n\n{hostile} <form action=\"https://x.org\"><input name=q></form> <iframe src=\"https://x.org\"></iframe> <a href=\"javascript:zqrun()\">way</a> <a href=\"data:text/html,zq\" onclick=\"zqrun()\">data</a>\n",
            given[file].trim()
        );
        given.insert(file.into(), text);
    }
    let args = json!({ "code": "strips-of-ours", "kind": "guesstimate", "files": given });
    let draft = h.made("owner", "challenge_draft.bring_in", args, "challenge_draft").await;
    let challenge = h.made("owner", "challenge_draft.publish", json!({ "draft": draft }), "challenge").await;
    let evening = h.made("developer", "club_evening.plan", json!({ "challenge": "strips-of-ours" }), "club_evening").await;
    h.run("developer", "club_evening.start", json!({ "evening": evening })).await.unwrap();
    handed_in(&h, "developer").await;
    at_large(&h, "manager", "challenge.withdraw", json!({ "challenge": challenge, "reason": hostile })).await.unwrap();
    h.app.clock.forward(1);
    h.app.work_off().await.unwrap();
    for (who, page) in [
        ("owner", format!("/practice/writing/{draft}")),
        ("owner", format!("/practice/writing/{draft}/preview")),
        ("owner", "/practice/writing".to_owned()),
        ("owner", "/notices".to_owned()),
        ("manager", "/practice/writing".to_owned()),
        ("developer", "/practice/strips-of-ours".to_owned()),
        ("developer", "/practice/record".to_owned()),
        ("developer", "/ORB/evenings".to_owned()),
        ("developer", format!("/ORB/evenings?show={evening}")),
        ("developer", "/ORB/activity".to_owned()),
    ] {
        let seen = h.get(who, &page).await;
        assert_eq!(seen.status, 200, "{who} {page}");
        let text = seen.text.to_lowercase();
        for sign in [
            "<script>zq",
            "<img src=x",
            "<img src=\"x\" onerror",
            "onclick=\"zq",
            "href=\"javascript:",
            "\"data:text/html",
            "action=\"https://x.org",
            "<iframe",
        ] {
            assert!(!text.contains(sign), "{who} {page} has {sign}: {text}");
        }
    }
}

/// A form has more rows than a file has room for, and an address more words than a database looks for.
#[tokio::test]
async fn what_is_too_long_is_refused_with_a_sentence() {
    let h = House::new().await;
    let draft = brought(&h, "owner", "ours", "strategy", "choir-practice-invoice").await;
    let row = |n: usize| (n.to_string(), json!({ "id": format!("f{n}"), "says": "x".repeat(3_000), "value": "1" }));
    let rows: serde_json::Map<String, Json> = (0..40).map(row).collect();
    let fill = json!({ "draft": draft, "file": "facts.toml", "rows": rows });
    assert!(told(h.run("owner", "challenge_draft.fill", fill).await).contains("more than 50000 letters"));
    let long = json!({ "draft": draft, "file": "brief.md", "text": "x".repeat(50_001) });
    assert_eq!(field(h.run("owner", "challenge_draft.write", long).await), "text");
    for (letters, is_read) in [(30_000, true), (60_000, false)] {
        let page = h.get("owner", &format!("/practice?own=1&q={}", "x".repeat(letters))).await;
        assert_eq!((page.status == 200, page.status.is_client_error()), (is_read, !is_read), "{letters}: {}", page.status);
    }
}
