//! Drafts of updates and of groups of notes, the ways that lead to drafts, and what becomes of a question while somebody's data
//! is erased.

use crate::scripted::{Play, Scripted};
use app::{Ask, Outcome};
use kernel::{Door, Hat, Json, Refusal, json};
use std::{sync::Arc, time::Duration};
use testkit::{House, field, until};

/// A house with a model that answers nothing of use until it is told what to say.
async fn helped(a_day: i64) -> (House, Scripted) {
    let h = House::new().await;
    let server = Scripted::new(|_, _| Play::Streams("{}".into())).await;
    server.helps(&h, a_day);
    (h, server)
}

fn drafts(title: &str, body: &str) -> String {
    json!({ "drafts": [{ "title": title, "body": body, "quote": "", "source": 0 }] }).to_string()
}

fn groups(name: &str, notes: &[i64]) -> String {
    json!({ "groups": [{ "name": name, "notes": notes }] }).to_string()
}

async fn asked(h: &House, who: &str, command: &str, args: Json) {
    h.run(who, command, args).await.unwrap();
    h.app.work_off().await.unwrap();
}

async fn at_large(h: &House, command: &str, args: Json) -> Result<Outcome, Refusal> {
    h.app.run(&h.visitor("manager", Door::Page), Ask::named(None, command, args)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_update_is_drafted_from_the_record_and_told_to_nobody() {
    let (h, server) = helped(50).await;
    h.made("manager", "initiative.create", json!({ "title": "zqbet of ours", "horizon": "later" }), "initiative").await;
    server.plays(|_, _| Play::Streams(drafts("zqheadline", "We begin zqbet. 87 % of riders gain, see https://zq.example/a")));
    asked(&h, "manager", "model_draft.update", json!({ "kind": "roadmap" })).await;
    let sent = server.heard()[0].1.to_string();
    assert!(sent.contains("zqbet of ours") && !sent.contains("x.org"), "{sent}");
    let page = h.get("manager", "/ORB/drafts").await.text;
    for word in [
        "zqheadline",
        "Keep as your draft",
        "Stands in nothing that it was drafted from",
        "87",
        "https://zq.example/a",
        "data-go=\"/ORB/updates/write?kind=roadmap\"",
    ] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!page.contains("takes the place of"));
    let nothing = "select (select count(*) from update_draft) + (select count(*) from product_update) + (select count(*) from notice)";
    assert_eq!(h.number(nothing).await, 0, "nothing comes of it by itself");
    assert!(!h.get("owner", "/ORB/drafts").await.text.contains("zqheadline"), "it is its asker's alone");
    // Taken over it is what its writer keeps, and still told to nobody.
    h.run("manager", "update_draft.save", json!({ "kind": "roadmap", "title": "zqheadline", "body": "zqkept" })).await.unwrap();
    assert!(h.get("manager", "/ORB/updates/write?kind=roadmap").await.text.contains("zqkept"));
    assert!(h.get("manager", "/ORB/drafts").await.text.contains("takes the place of"));
    // It is put away by whoever it is.
    let draft = h.text("select id from model_draft".into()).await;
    assert_eq!(h.run("owner", "model_draft.discard", json!({ "model_draft": draft })).await, Err(Refusal::NotFound));
    h.run("manager", "model_draft.discard", json!({ "model_draft": draft })).await.unwrap();
    assert!(!h.get("manager", "/ORB/drafts").await.text.contains("Keep as your draft"));
    // Whoever has no say on such an update asks for none, and where nothing changed nothing is asked.
    assert!(matches!(h.run("stakeholder", "model_draft.update", json!({ "kind": "roadmap" })).await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("assistant", "model_draft.update", json!({ "kind": "roadmap" })).await, Err(Refusal::Denied { .. })));
    h.run("manager", "update.publish", json!({ "kind": "roadmap", "title": "t", "body": "b", "everyone": true })).await.unwrap();
    let before = server.heard().len();
    asked(&h, "manager", "model_draft.update", json!({ "kind": "roadmap" })).await;
    assert_eq!(server.heard().len(), before);
    assert!(h.get("manager", "/ORB/drafts").await.text.contains("Nothing changed since the last update of this kind"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn notes_are_put_together_after_they_are_revealed_and_by_people() {
    let (h, server) = helped(50).await;
    let retro = h.made("owner", "retro.begin", json!({}), "retro").await;
    for (who, body) in [("developer", "zqsealed tests are slow"), ("owner", "zqsealed tests take long"), ("manager", "zqmore demos")] {
        h.run(who, "retro.note", json!({ "retro": retro, "pile": 0, "body": body })).await.unwrap();
    }
    assert_eq!(field(h.run("owner", "model_draft.groups", json!({ "retro": retro })).await), "retro", "they are sealed");
    h.run("owner", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    server.plays(|_, _| Play::Streams(groups("zqslow", &[0, 1, 9])));
    asked(&h, "developer", "model_draft.groups", json!({ "retro": retro })).await;
    assert_eq!(server.heard().len(), 1, "nothing was asked while they were sealed");
    let sent = server.heard()[0].1.to_string();
    assert!(sent.contains("zqsealed tests are slow") && sent.contains("zqmore") && !sent.contains("Developer") && !sent.contains("x.org"), "{sent}");
    let page = h.get("developer", "/ORB/drafts").await.text;
    for word in ["zqslow", "Put these 2 together", "by <bdi>scripted-7b"] {
        assert!(page.contains(word), "{word}: {page}");
    }
    assert!(!h.get("owner", "/ORB/drafts").await.text.contains("zqslow"));
    assert_eq!(h.number("select count(*) from retro_theme").await, 0, "nothing is put together by itself");
    assert!(matches!(h.run("stakeholder", "model_draft.groups", json!({ "retro": retro })).await, Err(Refusal::NotFound | Refusal::Denied { .. })));
    assert!(matches!(h.run("assistant", "model_draft.groups", json!({ "retro": retro })).await, Err(Refusal::Denied { .. })));
    // Somebody takes it over.
    let order = "select id from retro_note order by pile, created_at, id limit 1";
    let (one, other) = (h.text(order.into()).await, h.text(format!("{order} offset 1")).await);
    h.run("developer", "retro_theme.make", json!({ "retro": retro, "name": "zqslow", "notes": [one, other] })).await.unwrap();
    let page = h.get("developer", "/ORB/drafts").await.text;
    assert!(page.contains("These stand together already") && !page.contains("Put these 2 together"), "{page}");
    assert_eq!(field(h.run("developer", "model_draft.groups", json!({ "retro": retro })).await), "retro", "one note is left");
    h.run("owner", "retro.vote_begin", json!({ "retro": retro })).await.unwrap();
    assert_eq!(field(h.run("owner", "model_draft.groups", json!({ "retro": retro })).await), "retro", "the vote is on");
    assert_eq!((h.number("select count(*) from job").await, h.number("select count(*) from dead_letter").await), (0, 0));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn things_lead_to_drafts_where_a_model_is_set_up_and_nowhere_else() {
    let furnished = async |h: &House| {
        h.made("manager", "feature.create", json!({ "title": "Live times" }), "feature").await;
        h.made("owner", "story.create", json!({ "title": "Minutes", "feature": "1" }), "story").await;
        let piece = h.made("manager", "evidence.record", json!({ "quote": "I never know when it comes" }), "evidence").await;
        let retro = h.made("owner", "retro.begin", json!({}), "retro").await;
        h.run("owner", "retro.reveal", json!({ "retro": retro })).await.unwrap();
        for body in ["One", "Two"] {
            h.run("owner", "retro_note.add", json!({ "retro": retro, "pile": 0, "body": body })).await.unwrap();
        }
        let asked = h.proposed("manager", "release.plan", json!({ "name": "First" })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
        let release = h.text("select id from release".into()).await;
        [
            ("/ORB/roadmap?open=1".to_owned(), "feature=1".to_owned()),
            ("/ORB/story/2".into(), "story=2".into()),
            ("/ORB/inbox".into(), "needs=1".into()),
            (format!("/ORB/inbox?open={piece}"), "evidence=".into()),
            (format!("/ORB/launch?show={release}"), "release=".into()),
            ("/ORB/updates/write?kind=progress".into(), "update=progress".into()),
            ("/ORB/retro".into(), "retro=".into()),
        ]
    };
    let h = House::new().await;
    for (page, _) in furnished(&h).await {
        let told = h.get("owner", &page).await;
        assert!(told.status == 200 && !told.text.contains("/ORB/drafts?"), "{page}: {}", told.text);
    }
    let (h, _server) = helped(50).await;
    for (page, way) in furnished(&h).await {
        let told = h.get("owner", &page).await.text;
        let Some(at) = told.find(&format!("/ORB/drafts?{way}")) else { panic!("{page} leads to no draft: {told}") };
        let there: String = told[at..].chars().take_while(|c| *c != '"').collect();
        let chosen = h.get("owner", &there).await;
        assert!(chosen.status == 200 && chosen.text.contains("button class=\"primary\" type=\"submit\">Draft"), "{there}: {}", chosen.text);
    }
    // What whoever looks could do nothing with is not offered.
    assert!(!h.get("stakeholder", "/ORB/updates/write").await.text.contains("/ORB/drafts?"));
    let page = h.get("owner", "/ORB/drafts?feature=999&story=x&release=y&retro=z&evidence=w&update=v&needs=&asked=u").await;
    assert_eq!(page.status, 200, "what is not there is not chosen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_is_told_what_the_asker_may_read() {
    let (h, server) = helped(50).await;
    h.made("manager", "feature.create", json!({ "title": "zqhidden feature" }), "feature").await;
    for area in ["roadmap", "customers"] {
        let asked = h.proposed("manager", "agreement.set", json!({ "area": area, "hat": "stakeholder", "standing": "none" })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    let evidence = h.made("manager", "evidence.record", json!({ "quote": "zqhidden words of a customer" }), "evidence").await;
    assert_eq!(h.run("stakeholder", "model_draft.stories", json!({ "feature": "1" })).await, Err(Refusal::NotFound));
    for args in [json!({}), json!({ "evidence": evidence })] {
        assert!(h.run("stakeholder", "model_draft.needs", args).await.is_err());
    }
    h.app.work_off().await.unwrap();
    assert!(server.heard().is_empty() && !h.get("stakeholder", "/ORB/drafts?feature=1").await.text.contains("zqhidden"));
    // One who may read it when they ask and no longer when it is read.
    h.run("developer", "model_draft.stories", json!({ "feature": "1" })).await.unwrap();
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "roadmap", "hat": "developer", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert!(server.heard().is_empty(), "nothing was asked");
    assert!(h.get("developer", "/ORB/drafts").await.text.contains("is not there any more"));
}

/// At its likeliest a model writes the same again, so whoever asks once more has it asked for another sample.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_asked_once_more_is_another_draft() {
    let (h, server) = helped(50).await;
    h.made("manager", "feature.create", json!({ "title": "Live times" }), "feature").await;
    server.plays(|_, _| Play::BreaksOff("{\"drafts\":[{".into()));
    for _ in 0..3 {
        asked(&h, "owner", "model_draft.stories", json!({ "feature": "1" })).await;
    }
    asked(&h, "manager", "model_draft.stories", json!({ "feature": "1" })).await;
    let sampled: Vec<(f64, i64)> =
        server.heard().iter().map(|(_, body)| (body["temperature"].as_f64().unwrap(), body["seed"].as_i64().unwrap())).collect();
    assert_eq!(sampled, [(0.0, 1), (0.8, 2), (0.8, 3), (0.0, 1)], "each member begins with the likeliest");
    let page = h.get("owner", "/ORB/drafts").await.text;
    assert!(page.contains("You can ask for it anew, above") && page.contains("What was asked for <bdi>stories of Live times</bdi>"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn drafts_count_towards_the_day_too() {
    let (h, server) = helped(1).await;
    h.made("manager", "feature.create", json!({ "title": "Live times" }), "feature").await;
    server.plays(|_, _| Play::Streams(drafts("zqone", "")));
    for _ in 0..2 {
        asked(&h, "owner", "model_draft.stories", json!({ "feature": "1" })).await;
    }
    assert_eq!(server.heard().len(), 1);
    let page = h.get("owner", "/ORB/drafts").await.text;
    assert!(page.contains("Your one question of this day is asked.") && page.contains("0 more questions"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_while_a_question_is_under_way_leaves_nothing_of_it() {
    let mut h = House::new().await;
    let server = Scripted::new(|_, _| Play::Streams("{}".into())).await;
    // However slow the machine is: it is the erasure that ends the question.
    server.helps_within(&h, 50, Duration::from_secs(30));
    h.add("annegret", &[Hat::Developer]).await;
    let retro = h.made("owner", "retro.begin", json!({}), "retro").await;
    h.run("owner", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    for (who, body) in [("annegret", "zqmother is ill"), ("owner", "Tests are slow"), ("owner", "Tests take long")] {
        h.run(who, "retro_note.add", json!({ "retro": retro, "pile": 0, "body": body })).await.unwrap();
    }
    let quoting = || groups("zqmother and others", &[0, 1, 2]);
    // What is drafted already quotes her, and what was asked for it is kept.
    server.plays(move |_, _| Play::Streams(quoting()));
    asked(&h, "manager", "model_draft.groups", json!({ "retro": retro })).await;
    assert!(h.get("manager", "/ORB/drafts").await.text.contains("zqmother"));
    let go = Arc::new(tokio::sync::Notify::new());
    let held = go.clone();
    server.plays(move |n, _| if n == 1 { Play::Held(held.clone(), quoting()) } else { Play::Streams(groups("zqslow tests", &[1, 2])) });
    h.run("manager", "model_draft.groups", json!({ "retro": retro })).await.unwrap();
    let app = h.app.clone();
    let work = tokio::spawn(async move { app.work_off().await });
    until(20, || server.heard().len() == 2);
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "account.remove", json!({ "member": member })).await.unwrap();
    at_large(&h, "account.erase", json!({ "member": member, "said": true, "files": true })).await.unwrap();
    go.notify_one();
    work.await.unwrap().unwrap();
    h.app.work_off().await.unwrap();
    let all = server.heard();
    assert!(all[1].1.to_string().contains("zqmother") && all.len() == 3, "it was asked anew: {}", all.len());
    assert!(!all[2].1.to_string().contains("zqmother"), "and of what is there now");
    for (table, fields) in [("model_call", "body || answer || said"), ("model_draft", "title || drafts"), ("activity", "label || changes")] {
        let left = h.text(format!("select cast(count(*) as text) from {table} where {fields} like '%zqmother%'")).await;
        assert_eq!(left, "0", "{table}");
    }
    let page = h.get("manager", "/ORB/drafts").await.text;
    assert!(page.contains("zqslow tests") && page.contains("went when somebody’s data was erased") && !page.contains("zqmother"), "{page}");
    // What was asked counts all the same.
    assert_eq!(h.number("select count(*) from model_call").await, 3);
    assert_eq!((h.number("select count(*) from job").await, h.number("select count(*) from dead_letter").await), (0, 0));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_model_was_asked_about_a_case_is_shown_once_it_is_handed_in() {
    let (h, server) = helped(50).await;
    server.plays(|_, _| Play::Streams(json!({ "fact": "none" }).to_string()));
    let attempt = h.made("owner", "attempt.begin", json!({ "challenge": "airfields-brazil", "mode": "learning" }), "attempt").await;
    asked(&h, "owner", "attempt.ask", json!({ "attempt": attempt, "words": "Wie ist das dort mit der zqfrage?" })).await;
    assert_eq!(server.heard().len(), 1);
    let page = format!("/practice/attempts/{attempt}/feedback?asked=case");
    assert_eq!(h.get("owner", &page).await.status, 404, "it lists the facts of the case");
    let parts = json!({ "scope": "All of them", "model": "answer = 4k airfields", "low": "2k", "high": "9k" });
    h.run("owner", "attempt.hand_in", json!({ "attempt": attempt, "parts": parts })).await.unwrap();
    let told = h.get("owner", &page).await.text;
    assert!(told.contains("You answer somebody who works on a case") && told.contains("zqfrage"), "{told}");
    assert_eq!(h.get("manager", &page).await.status, 404, "it is theirs alone");
}
