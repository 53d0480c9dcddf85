//! What stands between a proposal and its settling, short of declining it: standing aside, questions, objections.

use kernel::{Hat, Json, Refusal, json};
use testkit::{House, told};

/// The Manager has put a joint matter forward and so has signed it.
async fn joint() -> (House, String) {
    let h = House::new().await;
    let proposal = h.made("manager", "proposal.open", json!({ "title": "Ship in May?", "area": "commitments" }), "proposal").await;
    (h, proposal)
}

async fn state(h: &House, proposal: &str) -> String {
    h.text(format!("select state from proposal where id = '{proposal}'")).await
}

#[tokio::test]
async fn whoever_stands_aside_neither_agrees_nor_blocks() {
    let (h, joint) = joint().await;
    h.run("owner", "proposal.stand_aside", json!({ "proposal": joint, "note": "Not my ground" })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed", "the Manager agrees, the Owner is passed over");
    let log = h.get("stakeholder", "/ORB/decisions").await.text;
    assert!(log.contains("stood aside as") && log.contains("Not my ground"), "{log}");
    assert!(h.get("owner", "/ORB/decisions.md").await.text.contains("- Stood aside as Owner: Owner (Not my ground)"));
    let signature = h.rest(&h.token("owner").await, "GET", "/products/ORB/decisions?state=agreed", Json::Null).await.json();
    assert_eq!(signature["items"][0]["signatures"][1][0]["aside"], true);
    // It is no objection, nor a decision of theirs.
    let row = h.get("owner", "/ORB/who-decides").await.text.split("Commitments").nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    assert!(row.matches("1 decided").count() == 1 && !row.contains("objected"), "{row}");
}

#[tokio::test]
async fn somebody_has_to_agree() {
    let h = House::new().await;
    let alone = h.proposed("manager", "story.create", json!({ "title": "A" })).await;
    assert!(told(h.run("owner", "proposal.stand_aside", json!({ "proposal": alone })).await).contains("Somebody has to agree"));
    // Two decide here: one of them may.
    let either = h.made("developer", "proposal.open", json!({ "title": "Ask riders?", "area": "customers" }), "proposal").await;
    h.run("owner", "proposal.stand_aside", json!({ "proposal": either })).await.unwrap();
    assert!(told(h.run("owner", "proposal.stand_aside", json!({ "proposal": either })).await).contains("already"));
    assert!(told(h.run("manager", "proposal.stand_aside", json!({ "proposal": either })).await).contains("Somebody has to agree"));
    assert!(matches!(h.run("developer", "proposal.stand_aside", json!({ "proposal": either })).await, Err(Refusal::Denied { .. })));
    assert!(matches!(h.run("assistant", "proposal.stand_aside", json!({ "proposal": either })).await, Err(Refusal::Denied { .. })));
    // Whoever stands aside may still come to a view.
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("Sign as Owner after all"));
    h.run("owner", "proposal.sign", json!({ "proposal": either })).await.unwrap();
    assert_eq!(state(&h, &either).await, "agreed");
    assert!(!h.get("owner", "/ORB/decisions").await.text.contains("stood aside"), "of what a hat said the last counts");
    assert!(told(h.run("manager", "proposal.stand_aside", json!({ "proposal": either })).await).contains("agreed already"));
}

#[tokio::test]
async fn a_question_is_no_refusal() {
    let (h, joint) = joint().await;
    let question = h.made("owner", "proposal.ask", json!({ "proposal": joint, "body": "Which **market**?" }), "comment").await;
    let top =
        |page: String| page.split("class=\"open-ask question\"").nth(1).map(|rest| rest.split("class=\"signatures\"").next().unwrap().to_owned());
    let page = h.get("manager", "/ORB/decisions").await.text;
    assert!(page.contains("<h2>Waiting for you") && !page.contains("<h2>Waiting for others"), "an answer is waited for");
    let seen = top(page).expect("it stands at the top");
    assert!(seen.contains("<strong>market</strong>") && seen.contains("proposal.answer"), "{seen}");
    assert!(!top(h.get("developer", "/ORB/decisions").await.text).unwrap().contains("proposal.answer"), "it is not theirs to answer");
    assert!(told(h.run("manager", "proposal.ask", json!({ "proposal": joint, "body": "Hm" })).await).contains("your own"));
    assert!(told(h.run("manager", "proposal.answer", json!({ "comment": question })).await).contains("what the answer is"));
    assert!(matches!(h.run("developer", "proposal.answer", json!({ "comment": question, "body": "Me" })).await, Err(Refusal::Denied { .. })));
    assert!(told(h.run("owner", "comment.resolve", json!({ "comment": question, "resolved": true })).await).contains("answered"));
    h.run("manager", "proposal.answer", json!({ "comment": question, "body": "Spain first" })).await.unwrap();
    let page = h.get("owner", "/ORB/decisions").await.text;
    assert!(top(page.clone()).is_none() && page.contains("Spain first") && page.contains("Question answered by <bdi>Manager</bdi>"), "{page}");
    assert_eq!(state(&h, &joint).await, "open");
    // What was answered stands, and can be talked on about.
    assert!(told(h.run("owner", "comment.edit", json!({ "comment": question, "body": "Else" })).await).contains("stand as they are"));
    assert!(told(h.run("owner", "proposal.answer", json!({ "comment": question })).await).contains("answered already"));
    // An open question holds nothing up, and whoever asked may find it answered.
    let again = h.made("owner", "proposal.ask", json!({ "proposal": joint, "body": "And when?" }), "comment").await;
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed");
    h.run("owner", "proposal.answer", json!({ "comment": again })).await.unwrap();
    assert!(told(h.run("owner", "proposal.ask", json!({ "proposal": joint, "body": "More?" })).await).contains("agreed already"));
}

#[tokio::test]
async fn an_objection_is_answered_before_the_last_signature() {
    let (h, joint) = joint().await;
    let object = |who: &'static str| h.run(who, "proposal.object", json!({ "proposal": joint, "body": "The locks freeze" }));
    object("developer").await.unwrap();
    assert!(told(object("developer").await).contains("still open"));
    assert!(told(object("manager").await).contains("withdraw"));
    assert!(matches!(object("assistant").await, Err(Refusal::Denied { .. })));
    let refused = told(h.run("owner", "proposal.sign", json!({ "proposal": joint })).await);
    assert_eq!(refused, "The objection of Developer to “Ship in May?” has to be answered before the last signature.");
    assert!(told(h.run("owner", "proposal.stand_aside", json!({ "proposal": joint })).await).contains("has to be answered"));
    assert_eq!(h.number("select count(*) from signature").await, 1, "nothing is left of what was refused");
    // The page leads to the answer, under the same key; by form and by program it is the same.
    let page = h.get("owner", "/ORB/decisions").await.text;
    assert!(page.contains("The objection is answered before the last signature.") && !page.contains("Answer as Owner"), "{page}");
    assert!(page.split("class=\"open-ask objection\"").nth(1).unwrap().contains("data-press=\"y\""));
    let answer = h.rest(&h.token("owner").await, "POST", &format!("/products/ORB/proposals/{joint}/signatures"), json!({})).await;
    assert!(answer.status == 422 && answer.text.contains("has to be answered"), "{}", answer.text);
    assert_eq!(h.post("owner", "/ORB/do/proposal.sign", &format!("proposal={joint}")).await.status, 422);
    let objection = h.text("select id from comment where asks = 'objection'".into()).await;
    assert!(matches!(h.run("stakeholder", "proposal.answer", json!({ "comment": objection, "body": "No" })).await, Err(Refusal::Denied { .. })));
    h.run("owner", "proposal.answer", json!({ "comment": objection, "body": "They are heated" })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed");
    let log = h.get("stakeholder", "/ORB/decisions").await.text;
    assert!(log.contains("Owner answered as Owner:") && log.contains("They are heated"), "{log}");
    let file = h.get("owner", "/ORB/decisions.md").await.text;
    assert!(file.contains("- Objection of Developer: “The locks freeze”. Owner answered as Owner: They are heated"), "{file}");
    assert!(told(h.run("developer", "comment.remove", json!({ "comment": objection })).await).contains("stand as they are"));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn whoever_objected_says_that_it_is_answered_or_takes_it_back() {
    let (h, joint) = joint().await;
    let object = || h.made("developer", "proposal.object", json!({ "proposal": joint, "body": "The locks freeze" }), "comment");
    let first = object().await;
    h.run("developer", "comment.remove", json!({ "comment": first })).await.unwrap();
    let second = object().await;
    h.run("manager", "comment.add", json!({ "about": "proposal", "id": joint, "body": "See the test", "parent": second })).await.unwrap();
    assert!(told(h.run("owner", "proposal.sign", json!({ "proposal": joint })).await).contains("has to be answered"), "talking is no answer");
    h.run("developer", "proposal.answer", json!({ "comment": second })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    assert!(h.get("owner", "/ORB/decisions.md").await.text.contains("Developer found it answered."));
}

#[tokio::test]
async fn a_decline_settles_whatever_is_asked() {
    let (h, joint) = joint().await;
    h.made("developer", "proposal.object", json!({ "proposal": joint, "body": "The locks freeze" }), "comment").await;
    h.run("owner", "proposal.decline", json!({ "proposal": joint, "note": "Not this year" })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "declined");
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("It was not answered."));
    // Where one signature is not the last, it is given all the same.
    let other = h.made("developer", "proposal.open", json!({ "title": "Now?", "area": "commitments" }), "proposal").await;
    h.made("stakeholder", "proposal.object", json!({ "proposal": other, "body": "Too dear" }), "comment").await;
    h.run("owner", "proposal.sign", json!({ "proposal": other })).await.unwrap();
    assert!(told(h.run("manager", "proposal.sign", json!({ "proposal": other })).await).contains("Stakeholder"));
}

/// The Owner's hat is taken from the only one who has it; both have signed for that.
async fn without_an_owner(h: &House) {
    let asked = h.proposed("manager", "membership.set_hats", json!({ "member": h.member("owner"), "hats": ["developer"] })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.work_off().await.unwrap();
}

#[tokio::test]
async fn a_hat_that_loses_its_last_holder_is_passed_over() {
    let (h, joint) = joint().await;
    let change = h.proposed("manager", "scheme.create", json!({ "name": "By reach", "by": "rice" })).await;
    without_an_owner(&h).await;
    let told_of = format!(
        "select cast(count(*) as text) from notice where due = 'settle' and member = '{}' and about_id in ('{joint}', '{change}')",
        h.member("manager").simple()
    );
    assert_eq!(h.text(told_of).await, "2", "whoever is left hears of it");
    let page = h.get("manager", "/ORB/decisions").await.text;
    assert!(page.contains("<h2>Waiting for you") && page.contains("Nobody holds the hat of Owner; it is passed over."), "{page}");
    assert!(page.contains("Settle it as Manager") && page.contains("give the hat to somebody") && !page.contains("has yet to sign"), "{page}");
    assert!(h.get("manager", "/me").await.text.contains("To sign"));
    assert!(matches!(h.run("owner", "proposal.sign", json!({ "proposal": change })).await, Err(Refusal::Denied { .. })));
    assert!(told(h.run("manager", "proposal.stand_aside", json!({ "proposal": change })).await).contains("signed this already"));
    h.run("manager", "proposal.sign", json!({ "proposal": change })).await.unwrap();
    assert_eq!((state(&h, &change).await.as_str(), h.number("select count(*) from scheme where name = 'By reach'").await), ("agreed", 1));
    assert!(h.get("stakeholder", "/ORB/decisions").await.text.contains("Nobody held the hat of Owner; it was passed over."));
    // Somebody is given the hat: it waits for them.
    let given = json!({ "member": h.member("developer"), "hats": ["developer", "owner"] });
    h.run("manager", "membership.set_hats", given).await.unwrap();
    assert!(told(h.run("manager", "proposal.sign", json!({ "proposal": joint })).await).contains("signed this already"));
    assert!(h.get("developer", "/ORB/decisions").await.text.contains("Answer as Owner"));
    h.run("developer", "proposal.sign", json!({ "proposal": joint })).await.unwrap();
    assert_eq!(state(&h, &joint).await, "agreed");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn what_was_signed_under_a_hat_is_signed_anew_by_its_next_holder() {
    let mut h = House::new().await;
    h.add("second", &[Hat::Developer]).await;
    let change = h.proposed("manager", "scheme.create", json!({ "name": "By reach", "by": "rice" })).await;
    for (who, hats) in [("second", json!(["manager"])), ("manager", json!(["developer"]))] {
        let asked = h.proposed("owner", "membership.set_hats", json!({ "member": h.member(who), "hats": hats })).await;
        h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    let page = h.get("second", "/ORB/decisions").await.text;
    assert!(page.contains("Sign as Manager") && page.matches("has yet to sign").count() == 2, "{page}");
    h.run("owner", "proposal.sign", json!({ "proposal": change })).await.unwrap();
    assert_eq!(state(&h, &change).await, "open", "the first Manager's word went with the hat");
    h.run("second", "proposal.sign", json!({ "proposal": change })).await.unwrap();
    assert_eq!(state(&h, &change).await, "agreed");
}
