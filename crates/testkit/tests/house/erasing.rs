//! Erasing a person's data: nothing that is kept names them any more, and the house is as sound as before.

use app::{
    Ask, Outcome,
    parcels::{Parcel, Stand},
};
use kernel::{Door, Hat, Json, Refusal, json};
use testkit::House;

async fn at_large(h: &House, who: &str, command: &str, args: Json) -> Result<Outcome, Refusal> {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, command, args)).await
}

/// A product in which Annegret has said and done things, and others have spoken of her; the id of her comment.
async fn with_annegret() -> (House, String) {
    let mut h = House::new().await;
    h.add("annegret", &[Hat::Developer, Hat::Owner]).await;
    let story = h.made("owner", "story.create", json!({ "title": "Annegret’s board", "body": "As ANNEGRET@X.ORG wrote." }), "story").await;
    h.run("owner", "story.edit", json!({ "story": "1", "title": "The board that Annegret wants" })).await.unwrap();
    let long = format!("{} Annegret thinks otherwise.", "Whoever looks at this for long. ".repeat(10));
    h.run("owner", "comment.add", json!({ "about": "story", "id": story, "body": long })).await.unwrap();
    let said = json!({ "about": "story", "id": story, "body": "My mother never liked it." });
    let comment = h.made("annegret", "comment.add", said, "comment").await;
    h.run("annegret", "comment.edit", json!({ "comment": comment, "body": "My mother likes it now." })).await.unwrap();
    assert_eq!(h.attach("annegret", "story", &story, "mother.txt", b"all about mother").await.status, 200);
    h.run("manager", "evidence.record", json!({ "quote": "Annegret: it is slow", "customer": "Annegret" })).await.unwrap();
    let asked = h.proposed("manager", "story.create", json!({ "title": "Ask Annegret" })).await;
    h.run("annegret", "proposal.sign", json!({ "proposal": asked, "note": "Annegret agrees" })).await.unwrap();
    let question = h.made("owner", "proposal.open", json!({ "title": "Which?", "area": "backlog" }), "proposal").await;
    let poll = json!({ "proposal": question, "question": "Which?", "options": "A\nB", "asked": [h.member("annegret"), h.member("owner")] });
    let poll = h.made("owner", "poll.ask", poll, "poll").await;
    h.run("annegret", "poll.seal", json!({ "poll": poll, "choice": 0 })).await.unwrap();
    h.cookie("annegret").await;
    // What she has practised, handed in and not.
    for (challenge, handed_in) in [("airfields-brazil", true), ("ambulances-amman", false)] {
        let attempt = h.made("annegret", "attempt.begin", json!({ "challenge": challenge, "mode": "learning" }), "attempt").await;
        h.run("annegret", "attempt.ask", json!({ "attempt": attempt, "words": "Does my mother count?" })).await.unwrap();
        let parts = json!({ "scope": "Mother says: all of them. My mother’s brother too, but not the roofs.", "low": "2k", "high": "9k" });
        h.run("annegret", "attempt.keep", json!({ "attempt": attempt, "parts": parts })).await.unwrap();
        if handed_in {
            h.run("annegret", "attempt.hand_in", json!({ "attempt": attempt })).await.unwrap();
        }
    }
    // Files that she brought, and what was told of another's.
    for (who, stand, told) in [("annegret", Stand::Waiting, ""), ("owner", Stand::Done, "Annegret is not here.")] {
        let parcel = Parcel {
            id: kernel::Uuid::now_v7(),
            product: "ORB".into(),
            member: h.member(who),
            name: format!("{who}.csv"),
            head: String::new(),
            stand,
            done: 0,
            whole: 1,
            told: told.into(),
            under_way: None,
        };
        h.app.keep_parcel(parcel, b"all about mother".to_vec().into()).await.unwrap();
    }
    (h, comment)
}

async fn kept(h: &House) -> String {
    String::from_utf8(crate::history::backup(&h.app).await).unwrap().to_lowercase()
}

#[tokio::test]
async fn what_is_called_by_their_own_words_is_called_otherwise_in_the_record() {
    let mut h = House::new().await;
    h.add("annegret", &[Hat::Developer, Hat::Owner]).await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    h.run("annegret", "story.block", json!({ "story": "1", "reason": "Until zqmother is well" })).await.unwrap();
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    let lines = "select count(*) from activity where label like '%zqmother%'";
    assert!(h.number(lines).await > 0);
    at_large(&h, "manager", "account.erase", json!({ "member": member, "said": true, "files": true })).await.unwrap();
    assert_eq!(h.number(lines).await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn nothing_that_is_kept_names_whoever_is_erased() {
    let (h, _) = with_annegret().await;
    let member = h.member("annegret").simple().to_string();
    let erase = json!({ "member": member, "said": true, "files": true });
    assert!(matches!(at_large(&h, "manager", "account.erase", erase.clone()).await, Err(Refusal::Invalid(_))), "she can still sign in");
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    assert!(matches!(at_large(&h, "owner", "account.erase", erase.clone()).await, Err(Refusal::Denied { .. })));
    assert!(kept(&h).await.contains("annegret"));
    let asked = h.get("manager", &format!("/members/{member}/erasure?said=true&files=true")).await.text;
    for told in ["Erase it for good", "in 3 places", "1 file they attached", "sealed anew", "cannot be taken back", "Backups and exports"] {
        assert!(asked.contains(told), "{told}: {asked}");
    }
    assert!(h.get("manager", "/members").await.text.contains("Erase their data"));
    assert_eq!(h.get("owner", &format!("/members/{member}/erasure")).await.status, 404);
    at_large(&h, "manager", "account.erase", erase.clone()).await.unwrap();
    let after = kept(&h).await;
    for word in ["annegret", "mother", "ywxsigfib3v0ig1vdghlcg"] {
        let where_it_stands = after.lines().find(|line| line.contains(word)).unwrap_or_default();
        assert!(!after.contains(word), "{word}: {where_it_stands}");
    }
    assert!(after.contains("the board that a former member wants") && after.contains("a former member: it is slow"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("Ask a former member"));
    assert!(!h.get("owner", "/ORB/search?q=annegret").await.text.contains("<mark>"));
    assert!(h.get("owner", "/ORB/search?q=former").await.text.contains("<mark>former</mark>"), "found as it is called now");
    let story = h.get("owner", "/ORB/story/1").await.text;
    assert!(story.contains("(erased)") && story.contains("A former member"), "{story}");
    assert!(matches!(at_large(&h, "manager", "account.erase", erase).await, Err(Refusal::Invalid(_))), "once is enough");
    assert!(!h.get("manager", "/members").await.text.contains("Erase their data"));
}

#[tokio::test]
async fn words_and_files_stay_where_that_is_not_asked_for() {
    let (h, comment) = with_annegret().await;
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    for word in ["owner", "Story", "x", "title"] {
        let refused = at_large(&h, "manager", "account.erase", json!({ "member": member, "words": [word] })).await;
        assert!(matches!(refused, Err(Refusal::Invalid(_))), "{word} is what Tandem itself writes");
    }
    let erase = json!({ "member": member, "words": ["My mother"] });
    at_large(&h, "manager", "account.erase", erase).await.unwrap();
    assert_eq!(h.text(format!("select body from comment where id = '{comment}'")).await, "a former member likes it now.");
    let after = kept(&h).await;
    assert!(!after.contains("annegret") && after.contains("mother.txt"), "the file stays");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    // What another changed behind the back of all commands is not made good by it.
    h.app.store.write(|w| w.execute("update proposal set title = 'Slipped in' where title = 'Which?'", &[])).await.unwrap();
    assert!(h.app.check().await.unwrap().wrong.iter().any(|w| w.contains("not what was signed")));
}

/// What stands where else: found by the ids that lead there, so what others say alike stays.
#[tokio::test]
async fn copies_of_what_they_said_go_too_and_what_others_said_alike_stays() {
    let mut h = House::new().await;
    h.add("annegret", &[Hat::Developer]).await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    let story = h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "t" }), "story").await;
    // On the story stands what blocks it; another says the same of another.
    h.run("annegret", "story.block", json!({ "story": "1", "reason": "zqkey" })).await.unwrap();
    h.run("annegret", "story.block", json!({ "story": "1", "reason": "zqkeys" })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": "2", "reason": "zqkey" })).await.unwrap();
    // What she said at the review is evidence, out of which pieces are cut; a proposal is called by one of them.
    h.run("annegret", "review_feedback.give", json!({ "sprint": "1", "body": "zqslow as ever\n\nzqloud" })).await.unwrap();
    let whole = h.text("select id from evidence where quote like 'zqslow%'".into()).await;
    h.run("owner", "evidence.split", json!({ "evidence": whole, "quotes": "zqslow as ever\n\nzqloud" })).await.unwrap();
    let piece = h.text("select id from evidence where quote = 'zqloud'".into()).await;
    h.run("developer", "comment.add", json!({ "about": "evidence", "id": piece, "body": "Really?" })).await.unwrap();
    let asked = h.proposed("developer", "evidence.dismiss", json!({ "evidence": piece })).await;
    let alike = h.made("owner", "evidence.record", json!({ "quote": "zqloud" }), "evidence").await;
    let other = h.proposed("developer", "evidence.dismiss", json!({ "evidence": alike })).await;
    // A comment that was taken as evidence, and one that quotes it.
    let said = json!({ "about": "story", "id": story, "body": "zqremark" });
    let remark = h.made("annegret", "comment.add", said, "comment").await;
    h.run("owner", "evidence.record", json!({ "quote": "zqremark", "said_in": remark })).await.unwrap();
    let answer = json!({ "about": "story", "id": story, "parent": remark, "body": "> zqremark\n\nOurs: zqremark" });
    let answer = h.made("owner", "comment.add", answer, "comment").await;
    // A group of notes is called by the one onto which another was put.
    let retro = h.made("manager", "retro.begin", json!({}), "retro").await;
    for (who, body) in [("annegret", "zqfog in the morning"), ("owner", "The same as ever")] {
        h.run(who, "retro.note", json!({ "retro": retro, "pile": 0, "body": body })).await.unwrap();
    }
    h.run("manager", "retro.reveal", json!({ "retro": retro })).await.unwrap();
    let note = async |body: &str| h.text(format!("select id from retro_note where body like '{body}%'")).await;
    let (hers, ours) = (note("zqfog").await, note("The same").await);
    h.run("owner", "retro_note.group", json!({ "retro_note": ours, "onto": hers })).await.unwrap();
    assert_eq!(h.text("select name from retro_theme".into()).await, "zqfog in the morning");
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    let page = h.get("manager", &format!("/members/{member}/erasure?said=true")).await.text;
    assert!(page.contains("Copies of their words"), "{page}");
    at_large(&h, "manager", "account.erase", json!({ "member": member, "said": true })).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    let after = kept(&h).await;
    for word in ["zqkeys", "zqslow", "zqfog"] {
        assert!(!after.contains(word), "{word}: {}", after.lines().find(|line| line.contains(word)).unwrap_or_default());
    }
    assert_eq!(h.text("select blocked_reason from story where number = 1".into()).await, "(erased)");
    assert_eq!(h.text("select blocked_reason from story where number = 2".into()).await, "zqkey", "another said that");
    assert_eq!(h.number("select count(*) from evidence where quote = '(erased)'").await, 4);
    assert_eq!(h.text(format!("select quote from evidence where id = '{alike}'")).await, "zqloud", "another said that");
    let title = async |id: &str| h.text(format!("select title from proposal where id = '{}'", id.replace('-', ""))).await;
    assert_eq!((title(&asked).await, title(&other).await), ("Dismiss evidence: (erased)".into(), "Dismiss evidence: zqloud".into()));
    assert_eq!(h.text(format!("select body from comment where id = '{answer}'")).await, "> (erased)\n\nOurs: zqremark");
    assert_eq!(h.text("select about_label from comment where body = 'Really?'".into()).await, "(erased)");
    for page in ["/ORB/story/1", "/ORB/blockers", "/ORB/inbox", "/ORB/customers", "/ORB/review?sprint=1", "/ORB/activity", "/ORB/decisions"] {
        let shown = h.get("owner", page).await.text;
        assert!(!shown.contains("zqkeys") && !shown.contains("zqslow"), "{page}: {shown}");
    }
    for words in ["zqkeys", "zqslow"] {
        assert!(!h.get("owner", &format!("/ORB/search?q={words}")).await.text.contains("<mark>"), "{words}");
    }
    // What is still open can be settled.
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// What was drafted from the record points at nothing; its lines name their things.
#[tokio::test]
async fn an_update_loses_what_it_quotes_of_them_and_keeps_what_another_said_alike() {
    let mut h = House::new().await;
    h.add("annegret", &[Hat::Developer]).await;
    for title in ["s", "t"] {
        h.made("owner", "story.create", json!({ "title": title }), "story").await;
    }
    h.run("annegret", "story.block", json!({ "story": "1", "reason": "The *zqkey* is with my mother." })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": "2", "reason": "The *zqkey* is with my mother." })).await.unwrap();
    let drafted = h.rest(&h.token("owner").await, "GET", "/products/ORB/updates/drafted?kind=progress", Json::Null).await.json();
    let body = drafted["body"].as_str().unwrap().to_owned();
    let hers = "- ORB-1 s is blocked: The \\*zqkey\\* is with my mother.";
    assert!(body.contains(hers), "{body}");
    let update = json!({ "kind": "progress", "title": "What changed", "body": body, "everyone": true });
    let published = h.made("owner", "update.publish", update.clone(), "product_update").await;
    let asked = h.proposed("manager", "update.publish", update).await;
    for body in [format!("{body}\n\nSoon."), "Nothing of it.".into()] {
        h.run("owner", "update_draft.save", json!({ "kind": "progress", "title": "D", "body": body })).await.unwrap();
    }
    let said = json!({ "today": "t", "blocked": "ORB-1: The *zqkey* is with my mother." });
    h.run("owner", "standup.give", said).await.unwrap();
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    at_large(&h, "manager", "account.erase", json!({ "member": member, "said": true })).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
    let told = body.replace(hers, "- ORB-1 s is blocked: (erased).");
    assert_eq!(h.text(format!("select body from product_update where id = '{published}'")).await, told);
    assert!(told.contains("ORB-2 t is blocked: The \\*zqkey\\*"), "another said that: {told}");
    assert_eq!(h.text("select blocked from standup_entry".into()).await, "ORB-1: (erased).");
    let after = kept(&h).await;
    for hers in ["orb-1 s is blocked: the", "orb-1: the"] {
        assert!(!after.contains(hers), "{}", after.lines().find(|line| line.contains(hers)).unwrap_or_default());
    }
    let page = h.get("owner", &format!("/ORB/updates?show={published}")).await.text;
    assert!(page.contains("(erased)") && page.contains("zqkey"), "{page}");
    // What waits for a signature says the same without them, and can be signed.
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from product_update where body like '%ORB-1 s is blocked: (erased).%'").await, 2);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Quotes in the reviews of others.
#[tokio::test]
async fn words_quoted_in_the_reviews_of_others_go() {
    let mut h = House::new().await;
    h.add("annegret", &[Hat::Developer]).await;
    let attempt = crate::evenings::shared(&h, "annegret", crate::evenings::GUESS).await;
    crate::evenings::shared(&h, "owner", crate::evenings::GUESS).await;
    h.run("owner", "peer_review.give", crate::evenings::review(crate::evenings::GUESS, &attempt)).await.unwrap();
    assert!(h.text("select marks from peer_review".into()).await.contains("written by zqhand"));
    let member = h.member("annegret").simple().to_string();
    at_large(&h, "manager", "account.remove", json!({ "member": member })).await.unwrap();
    at_large(&h, "manager", "account.erase", json!({ "member": member, "said": true })).await.unwrap();
    let marks = h.text("select marks from peer_review".into()).await;
    assert!(!marks.contains("zqhand") && marks.contains("\"quote\":\"\"") && marks.contains("\"level\":3"), "{marks}");
    assert_eq!(h.number("select count(*) from activity where noun = 'peer_review' and changes like '%zqhand%'").await, 0);
    assert_eq!(h.number("select count(*) from attempt where answer like '%zqhand%'").await, 1, "the owner's own answer stays");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// What a noun says of copies names fields that there are.
#[tokio::test]
async fn what_is_said_of_copies_is_so() {
    use kernel::erasure::Way;
    let h = House::new().await;
    let mut found = 0;
    for noun in h.app.registry.nouns() {
        assert!(noun.about.drafted.iter().all(|field| noun.fields.contains(field)), "{}", noun.table);
        for copied in noun.about.copied {
            found += 1;
            assert!(noun.fields.contains(&copied.by), "{}: {copied:?}", noun.table);
            let holder = match copied.way {
                Way::Into => noun.points_at(copied.by).and_then(|other| h.app.registry.noun(other)),
                Way::From => noun.points_at(copied.by).map(|_| noun),
                Way::Beside => Some(noun),
            };
            assert!(holder.is_some_and(|holder| holder.fields.contains(&copied.field)), "{}: {copied:?}", noun.table);
        }
    }
    assert!(found > 7);
}
