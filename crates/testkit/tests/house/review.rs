//! Reviews: the agenda from the record, what is shown, what people say by account and by link, which becomes evidence.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

/// A link to the review of a sprint, by its number; its word.
async fn linked(h: &House, number: &str) -> String {
    let sprint = h.text(format!("select id from sprint where number = {number}")).await;
    let made = h.run("manager", "shared_link.make", json!({ "look": "review", "name": "The council", "whom": sprint })).await.unwrap();
    let Outcome::Done(done) = made else { panic!("the Manager decides") };
    done.reveal.unwrap()
}

/// What somebody without an account said at the review of the product at hand; its id.
pub(crate) async fn of_a_stranger(h: &House) -> String {
    let of = format!("product = (select id from product where key = '{}')", h.here());
    let sprint = h.text(format!("select id from sprint where number = 1 and {of}")).await;
    let made = h.run("manager", "shared_link.make", json!({ "look": "review", "name": "The council", "whom": sprint })).await.unwrap();
    let Outcome::Done(done) = made else { panic!("the Manager decides") };
    let told = h.post("nobody", &done.reveal.unwrap(), "story=&name=Ada&body=Too+slow+for+us").await;
    assert_eq!(told.status, 200, "{}", told.text);
    h.text(format!("select id from review_feedback where {of} and member is null order by id")).await
}

/// A sprint with one story accepted, one sent back, one that nobody has begun.
async fn reviewed() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    for title in ["Hold a bike", "Pay by card", "Child seats"] {
        h.made("owner", "story.create", json!({ "title": title, "feature": "2" }), "story").await;
    }
    h.run("owner", "sprint.plan", json!({ "goal": "A parent can hold a bike", "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3", "4", "5"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    for story in ["3", "4"] {
        h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
        h.run("developer", "story.hand_over", json!({ "story": story })).await.unwrap();
    }
    h.run("owner", "story.accept", json!({ "story": "3", "reason": "Seen" })).await.unwrap();
    h.run("owner", "story.reject", json!({ "story": "4", "reason": "It takes a minute" })).await.unwrap();
    h
}

#[tokio::test]
async fn the_agenda_is_made_of_the_record_and_stays_when_the_sprint_is_closed() {
    let h = reviewed().await;
    let about = |text: &str| {
        let (done, rest) = text.split_once("id=\"unfinished\"").expect("something is not finished");
        assert!(done.contains("Hold a bike") && !done.contains("Pay by card"), "{done}");
        assert!(rest.contains("Pay by card") && rest.contains("Went back: “<bdi>It takes a minute</bdi>”") && rest.contains("Child seats"), "{rest}");
    };
    about(&h.get("stakeholder", "/ORB/review").await.text);
    assert!(matches!(h.run("manager", "demo_note.write", json!({ "sprint": "1", "story": "3", "body": "x" })).await, Err(Refusal::Denied { .. })));
    let demo = h.made("developer", "demo_note.write", json!({ "sprint": "1", "story": "ORB-3", "body": "On a *real* bike" }), "demo_note").await;
    h.run("developer", "demo_note.edit", json!({ "demo_note": demo, "body": "On a real bike, in the yard" })).await.unwrap();
    h.run("owner", "sprint.close", json!({ "sprint": "1", "goal": "partly", "note": "The lock was late" })).await.unwrap();
    h.run("owner", "review.record", json!({ "sprint": "1", "held_on": "2026-09-20", "body": "We go on with cards." })).await.unwrap();
    h.run("owner", "review.record", json!({ "sprint": "1", "body": "Cards come first." })).await.unwrap();
    assert_eq!(h.number("select count(*) from review").await, 1);
    let page = h.get("manager", "/ORB/review?sprint=1").await.text;
    about(&page);
    for said in ["partly reached", "The lock was late", "On a real bike, in the yard", "Cards come first.", "A parent can hold a bike"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("We go on with cards"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_is_said_by_link_stands_at_the_story_and_as_evidence() {
    let h = reviewed().await;
    let path = linked(&h, "1").await;
    h.run("owner", "review.record", json!({ "sprint": "1", "body": "zqamong ourselves" })).await.unwrap();
    let shown = h.get("nobody", &path).await;
    assert!(!shown.text.contains("zqamong"), "what the team keeps of it is theirs: {}", shown.text);
    assert!(shown.status == 200 && shown.text.contains("Hold a bike") && shown.text.contains("Pay by card"), "{}", shown.text);
    assert!(!shown.text.contains("It takes a minute"), "why something went back is said among those who build it");
    let story = h.text("select id from story where number = 3".into()).await;
    let told = h.post("nobody", &path, &format!("story={story}&name=Ada&body=zqmuch+faster+than+before")).await;
    assert!(told.status == 200 && told.text.contains("was handed over"), "{}", told.text);
    assert_eq!(h.text("select quote from evidence where quote like 'zq%'".into()).await, "zqmuch faster than before");
    assert_eq!(h.text("select source from evidence where quote like 'zq%'".into()).await, "Review of Sprint 1, on “Hold a bike”, by Ada");
    assert_eq!(h.post("nobody", &path, "story=&body=").await.status, 422);
    assert_eq!(h.post("nobody", &path, &format!("story={}&body=x", kernel::Uuid::now_v7().simple())).await.status, 404);
    assert_eq!(h.post("nobody", "/shared/0000", "story=&body=x").await.status, 404);
    // A link to something else does not take it.
    let made = h.run("manager", "shared_link.make", json!({ "look": "roadmap", "name": "Acme" })).await.unwrap();
    let Outcome::Done(done) = made else { panic!("the Manager decides") };
    assert_eq!(h.post("nobody", &done.reveal.unwrap(), "body=x").await.status, 404);
    let page = h.get("owner", "/ORB/review").await.text;
    assert!(page.contains("zqmuch faster than before") && page.contains("<bdi>Ada</bdi>, by link"), "{page}");
    assert!(h.get("owner", "/ORB/thread?of=ORB-3").await.text.contains("zqmuch faster"), "it hangs on the story");
    assert!(h.get("owner", "/ORB/inbox").await.text.contains("zqmuch faster"), "it waits to be triaged");
    // The need behind the story is one press away.
    let need = h.text("select id from need limit 1".into()).await;
    let evidence = h.text("select id from evidence where quote like 'zq%'".into()).await;
    assert!(page.contains("/ORB/do/evidence.link"), "{page}");
    h.run("owner", "evidence.link", json!({ "evidence": evidence, "need": need })).await.unwrap();
    assert!(h.get("owner", "/ORB/review").await.text.contains("supports a need"));
    // Whoever takes part may say something, and it is evidence too.
    for (who, story) in [("stakeholder", json!("3")), ("developer", json!(null))] {
        h.run(who, "review_feedback.give", json!({ "sprint": "1", "story": story, "body": format!("{who} likes it") })).await.unwrap();
    }
    assert!(matches!(h.run("assistant", "review_feedback.give", json!({ "sprint": "1", "body": "x" })).await, Err(Refusal::Denied { .. })));
    assert_eq!(h.number("select count(*) from evidence where quote like '% likes it'").await, 2);
    let feedback = h.text("select id from review_feedback where body = 'developer likes it'".into()).await;
    h.run("owner", "review_feedback.remove", json!({ "review_feedback": feedback })).await.unwrap();
    assert!(!h.get("owner", "/ORB/review").await.text.contains("developer likes it"));
    // Revoked, it opens nothing.
    let link = h.text("select id from shared_link where look = 'review'".into()).await;
    h.run("manager", "shared_link.revoke", json!({ "shared_link": link })).await.unwrap();
    assert_eq!(h.post("nobody", &path, "story=&body=x").await.status, 404);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn who_spoke_by_link_is_erased_with_every_word_and_the_house_is_sound() {
    let h = reviewed().await;
    let path = linked(&h, "1").await;
    let story = h.text("select id from story where number = 3".into()).await;
    let body = "zqOne+is+too+slow+for+us.%0A%0AzqTwo+never+works";
    let told = h.post("nobody", &path, &format!("story={story}&name=Zqada&body={body}")).await;
    assert_eq!(told.status, 200, "{}", told.text);
    let feedback = h.text("select id from review_feedback".into()).await;
    let evidence = h.text("select id from evidence where quote like 'zq%'".into()).await;
    // Copies: cut out, cut out again, and quoted in proposals; others speak about it.
    h.run("owner", "evidence.split", json!({ "evidence": evidence, "quotes": "zqOne is too slow for us.\n\nzqTwo never works" })).await.unwrap();
    let piece = h.text("select id from evidence where quote like 'zqOne is too slow for us.' and split_from is not null".into()).await;
    h.run("owner", "evidence.split", json!({ "evidence": piece, "quotes": "zqOne is too slow" })).await.unwrap();
    let two = h.text("select id from evidence where quote = 'zqTwo never works'".into()).await;
    h.proposed("developer", "evidence.dismiss", json!({ "evidence": two })).await;
    h.run("owner", "comment.add", json!({ "about": "evidence", "id": two, "body": "Is that so?" })).await.unwrap();
    let said = async || {
        let backup = String::from_utf8(crate::history::backup(&h.app).await).unwrap();
        ["Zqada", "zqOne", "zqTwo"].into_iter().filter(|word| backup.contains(word)).collect::<Vec<_>>()
    };
    assert_eq!(said().await.len(), 3);
    assert!(h.get("owner", "/ORB/review").await.text.contains("Erase who said it"));
    // Whoever may only propose puts no word of it into the proposal.
    let asked = h.proposed("developer", "review_feedback.erase", json!({ "review_feedback": feedback })).await;
    let told_of = h.text(format!("select title || effects from proposal where id = '{}'", asked.replace('-', ""))).await;
    assert!(!told_of.to_lowercase().contains("zq"), "{told_of}");
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(said().await, ["zqOne", "zqTwo"], "the name went");
    assert_eq!(h.text(format!("select source from evidence where id = '{evidence}'")).await, "Review of Sprint 1, on “Hold a bike”");
    let again = h.run("owner", "review_feedback.erase", json!({ "review_feedback": feedback })).await;
    let Err(Refusal::Invalid(why)) = again else { panic!("{again:?}") };
    assert!(format!("{why:?}").contains("can still be erased"), "{why:?}");
    h.run("owner", "review_feedback.erase", json!({ "review_feedback": feedback, "said": true })).await.unwrap();
    assert_eq!(said().await, Vec::<&str>::new());
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new(), "the record and what was signed are as sound as before");
    for page in ["/ORB/review", "/ORB/inbox", "/ORB/customers", "/ORB/decisions", "/ORB/activity", "/ORB/search?q=zqone", "/ORB/thread?of=ORB-3"] {
        let page = h.get("owner", page).await.text;
        assert!(!page.contains("zqOne") && !page.contains("zqTwo") && !page.contains("Zqada"), "{page}");
    }
    assert!(h.get("owner", "/ORB/review").await.text.contains("(erased)"));
    let open = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": open })).await.unwrap();
    // What a member said goes with their account.
    let own = h.made("developer", "review_feedback.give", json!({ "sprint": "1", "body": "Fine" }), "review_feedback").await;
    let refused = h.run("owner", "review_feedback.erase", json!({ "review_feedback": own, "said": true })).await;
    assert!(matches!(refused, Err(Refusal::Invalid(_))));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_link_of_an_archived_product_shows_and_asks_for_nothing() {
    let h = reviewed().await;
    let path = linked(&h, "1").await;
    assert!(h.get("nobody", &path).await.text.contains("What do you say?"));
    let asked = h.proposed("manager", "product.archive", json!({ "archived": true })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let shown = h.get("nobody", &path).await;
    assert!(shown.status == 200 && shown.text.contains("Hold a bike"), "{}", shown.text);
    assert!(!shown.text.contains("What do you say?") && !shown.text.contains("Say something about it"), "{}", shown.text);
    assert_eq!(h.post("nobody", &path, "story=&body=x").await.status, 404);
}

/// Something is said of each of many stories at once, and nothing that was typed is lost.
#[tokio::test]
async fn what_is_typed_at_a_link_is_never_lost() {
    let h = reviewed().await;
    let path = linked(&h, "1").await;
    for n in 0..12 {
        assert_eq!(h.post("nobody", &path, &format!("story=&body=zqword{n}")).await.status, 200, "{n}");
    }
    let long = "zqlong".repeat(400);
    let told = h.post("nobody", &path, &format!("story=&body={long}")).await;
    assert!(told.status == 422 && told.text.contains(&long) && told.text.contains("readonly"), "{}", told.text);
    let mut late = None;
    for n in 0..40 {
        let told = h.post("nobody", &path, &format!("story=&body=zqlate{n}")).await;
        if told.status == 429 {
            late = Some((n, told.text));
            break;
        }
    }
    let (n, text) = late.expect("so many and no more");
    assert!(text.contains(&format!("zqlate{n}")), "{text}");
    assert!(h.number("select count(*) from review_feedback").await < 40);
}
