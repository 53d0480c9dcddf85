//! What someone may not decide: proposals, signatures, decisions.

use app::Outcome;
use kernel::{Refusal, json};
use testkit::House;

#[tokio::test]
async fn the_manager_reorders_the_backlog_and_the_owner_signs() {
    let h = House::new().await;
    let a = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let b = h.made("owner", "story.create", json!({ "title": "B" }), "story").await;
    let proposal = h.proposed("manager", "story.move", json!({ "story": b, "before": a })).await;
    let first = || h.text("select title from story order by rank limit 1".into());
    assert_eq!(first().await, "A", "nothing has moved yet");
    assert!(matches!(h.run("developer", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Denied { .. })));
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(first().await, "B");
    // The log names both: the author of the change, and who signed.
    assert_eq!(
        h.text("select member.name from activity join member on member.id = activity.member where kind = 'story.moved'".into()).await,
        "Manager"
    );
    assert_eq!(h.text("select member.name from signature join member on member.id = signature.member".into()).await, "Owner");
    assert_eq!(h.number("select number from proposal").await, 1);
    let log = h.get("stakeholder", "/ORB/decisions").await.text;
    assert!(log.contains("D-1") && log.contains("Manager") && log.contains("Owner"));
}

#[tokio::test]
async fn into_now_takes_both_signatures() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "I" }), "initiative").await;
    let proposal = h.proposed("owner", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await;
    assert_eq!(h.number("select count(*) from signature").await, 1, "who asks has signed");
    assert!(matches!(h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Invalid(_))), "not twice");
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text("select horizon from initiative".into()).await, "now");
}

#[tokio::test]
async fn a_declined_proposal_is_a_decision_too() {
    let h = House::new().await;
    let proposal = h.proposed("manager", "story.create", json!({ "title": "A" })).await;
    assert!(
        matches!(h.run("owner", "proposal.decline", json!({ "proposal": proposal, "note": " " })).await, Err(Refusal::Invalid(_))),
        "a reason is needed"
    );
    h.run("owner", "proposal.decline", json!({ "proposal": proposal, "note": "Not now" })).await.unwrap();
    assert_eq!(h.text("select state from proposal".into()).await, "declined");
    assert_eq!(h.number("select count(*) from story").await, 0);
    assert!(matches!(h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Invalid(_))), "settled is settled");
    let second = h.proposed("manager", "story.create", json!({ "title": "B" })).await;
    assert!(matches!(h.run("developer", "proposal.withdraw", json!({ "proposal": second })).await, Err(Refusal::Denied { .. })));
    h.run("manager", "proposal.withdraw", json!({ "proposal": second })).await.unwrap();
}

#[tokio::test]
async fn what_has_changed_since_overtakes_a_proposal() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let overtaken = h.proposed("manager", "story.edit", json!({ "story": id, "title": "B" })).await;
    let fine = h.proposed("manager", "story.edit", json!({ "story": id, "body": "More" })).await;
    h.run("owner", "story.edit", json!({ "story": id, "title": "C" })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": overtaken })).await.unwrap();
    assert_eq!(h.text(format!("select state from proposal where id = '{overtaken}'")).await, "overtaken");
    assert_eq!(h.text("select title from story".into()).await, "C");
    let page = h.get("manager", "/ORB/decisions").await.text;
    let row = page.split("three-way").nth(1).expect("a table of the three versions");
    assert!(
        row.contains("<td dir=\"auto\">A</td><td dir=\"auto\">B</td>") && row.contains("changed</span> <span dir=\"auto\">C"),
        "what was there, what was asked for, what is there now"
    );
    // Its author puts it forward again, against what there is now; nobody else can.
    assert_eq!(h.post("owner", &format!("/ORB/decisions/{overtaken}/renewal"), "").await.status, 403);
    assert_eq!(h.post("manager", &format!("/ORB/decisions/{overtaken}/renewal"), "").await.status, 303);
    let renewed = h.text(format!("select id from proposal where state = 'open' and id <> '{fine}'")).await;
    h.run("owner", "proposal.sign", json!({ "proposal": renewed })).await.unwrap();
    assert_eq!(h.text("select title from story".into()).await, "B");
    // Another field of the same story does not conflict.
    h.run("owner", "proposal.sign", json!({ "proposal": fine })).await.unwrap();
    assert_eq!(h.text("select body from story".into()).await, "More");
}

#[tokio::test]
async fn a_proposal_whose_target_is_gone_is_overtaken() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    let proposal = h.proposed("manager", "story.edit", json!({ "story": id, "title": "B" })).await;
    h.run("owner", "story.remove", json!({ "story": id })).await.unwrap();
    let signed = h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await;
    assert!(matches!(signed, Ok(Outcome::Done(_))));
    assert_eq!(h.text("select state from proposal".into()).await, "overtaken");
    assert_eq!(h.number("select count(*) from signature").await, 1, "who signed it stays");
}

/// Asking is a signature only for a person whose hat signs there.
#[tokio::test]
async fn who_only_asks_has_not_signed() {
    let h = House::new().await;
    let (bet, story) = ((json!({ "title": "b", "horizon": "now" }), "initiatives"), (json!({ "title": "s" }), "stories"));
    let both = json!(["manager", "owner"]);
    for (who, (asks, place), signed, asked) in
        [("manager", &bet, 1, json!(["owner"])), ("assistant", &bet, 0, both), ("developer", &story, 0, json!(["owner"]))]
    {
        let before = h.number("select count(*) from signature").await;
        let answer = h.rest(&h.token(who).await, "POST", &format!("/products/ORB/{place}"), asks.clone()).await;
        assert_eq!((answer.status.as_u16(), answer.json()["asked"].clone()), (202, asked), "{who}: {}", answer.text);
        assert_eq!(h.number("select count(*) from signature").await - before, signed, "{who}");
    }
}

/// What a signed proposal does is told as its author's act, under what they asked for and why.
#[tokio::test]
async fn what_is_carried_out_is_its_authors_act() {
    let h = House::new().await;
    let ask = app::Ask { reason: Some("It is missed".into()), ..app::Ask::named(Some("ORB"), "story.create", json!({ "title": "A" })) };
    let Ok(Outcome::Proposed(asked)) = h.app.run(&h.visitor("assistant", kernel::Door::Rest), ask).await else { panic!("an assistant asks") };
    h.run("owner", "proposal.sign", json!({ "proposal": asked.proposal })).await.unwrap();
    let told = "select member.name || ', ' || helper.name || ', ' || hat || ', ' || area || ', ' || command || ', ' || reason from activity
        join member on member.id = activity.member join member helper on helper.id = activity.assistant where kind = 'story.created'";
    assert_eq!(h.text(told.into()).await, "Manager, Helper, manager, backlog, story.create, It is missed");
    // Whoever has taken something back by a proposal took back that act.
    h.made("owner", "story.create", json!({ "title": "B" }), "story").await;
    let undo = app::Ask { as_proposal: true, ..app::Ask::named(Some("ORB"), "act.undo_last", json!({})) };
    let Ok(Outcome::Proposed(asked)) = h.app.run(&h.visitor("owner", kernel::Door::Page), undo).await else { panic!("it was to be a proposal") };
    assert_eq!(asked.title, "Take back a change to B");
    h.run("owner", "proposal.sign", json!({ "proposal": asked.proposal })).await.unwrap();
    let taken =
        "select count(*) from activity undone join activity made on made.act = undone.takes where made.kind = 'story.created' and made.label = 'B'";
    assert_eq!(h.number(taken).await, 1);
    let reasonless = h.proposed("manager", "story.create", json!({ "title": "C" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": reasonless })).await.unwrap();
    assert_eq!(h.number("select count(*) from activity where kind = 'story.created' and label = 'C' and reason is null").await, 1);
}

#[tokio::test]
async fn what_an_assistant_asked_for_is_carried_out_only_while_it_stands() {
    let h = House::new().await;
    let asked = async |title: &str| h.proposed("assistant", "story.create", json!({ "title": title })).await;
    let (one, other) = (asked("A").await, asked("B").await);
    h.run("owner", "proposal.sign", json!({ "proposal": one })).await.unwrap();
    h.app.store.write(|w| w.execute("update member set removed_at = 1 where name = 'Helper'", &[]).map(drop)).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": other })).await.unwrap();
    assert_eq!(h.text("select title from story".into()).await, "A");
    assert_eq!(h.text(format!("select state from proposal where id = '{other}'")).await, "overtaken");
}

#[tokio::test]
async fn a_signature_lapses_with_the_hat() {
    let mut h = House::new().await;
    h.add("second", &[kernel::Hat::Owner]).await;
    h.made("manager", "initiative.create", json!({ "title": "I" }), "initiative").await;
    let proposal = h.proposed("second", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await;
    let second = h.member("second").simple().to_string();
    let takes = h.proposed("manager", "membership.set_hats", json!({ "member": second, "hats": ["developer"] })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": takes })).await.unwrap();
    assert!(matches!(h.run("second", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Denied { .. })));
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text(format!("select state from proposal where id = '{proposal}'")).await, "open", "the Owner's yes no longer stands");
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text("select horizon from initiative".into()).await, "now");
}

#[tokio::test]
async fn whoever_holds_both_hats_signs_twice_by_two_acts() {
    let mut h = House::new().await;
    h.add("both", &[kernel::Hat::Manager, kernel::Hat::Owner]).await;
    h.made("manager", "initiative.create", json!({ "title": "I" }), "initiative").await;
    let proposal = h.proposed("both", "initiative.move", json!({ "initiative": "1", "horizon": "now" })).await;
    h.run("both", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.number("select count(distinct hat) from signature").await, 2);
    assert_eq!(h.text("select horizon from initiative".into()).await, "now");
}

#[tokio::test]
async fn a_tampered_proposal_cannot_be_signed() {
    let h = House::new().await;
    let proposal = h.proposed("manager", "story.create", json!({ "title": "A" })).await;
    let id = proposal.clone();
    h.app
        .store
        .write(move |w| w.execute("update proposal set commands = replace(commands, '\"A\"', '\"Z\"') where id = $1", &[kernel::Value::Text(id)]))
        .await
        .unwrap();
    assert!(matches!(h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Denied { .. })));
    assert!(h.app.check().await.unwrap().wrong.iter().any(|w| w.contains("not what was signed")));
}

#[tokio::test]
async fn the_owners_import_is_the_managers_proposal() {
    let h = House::new().await;
    let draft = exchange::read(exchange::Format::Csv, b"key,title\n1,One\n2,Two\n", &exchange::Mapping::default()).unwrap();
    let visitor = h.visitor("manager", kernel::Door::Import);
    let brought =
        exchange::Arrival { app: &h.app, visitor: &visitor, product: "ORB", format: exchange::Format::Csv, file_name: "f.csv", draft: &draft }
            .bring(false, |_| {})
            .await
            .unwrap();
    assert!(brought.proposed.is_some());
    assert_eq!(h.number("select count(*) from story").await, 0);
    let proposal = h.text("select id from proposal".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.number("select count(*) from story").await, 2);
}

/// Whoever may only propose to bring somebody in does not learn whether the address has an account.
#[tokio::test]
async fn an_invitation_that_waits_does_not_tell_of_accounts() {
    let h = House::new().await;
    let token = h.token("manager").await;
    let mut told = vec![];
    for email in ["outsider@x.org", "nobody@x.org"] {
        let answer = h.rest(&token, "POST", "/products/ORB/members", json!({ "email": email, "hats": ["developer"] })).await;
        assert_eq!(answer.status, 202, "{}", answer.text);
        let id = answer.json()["proposal"].as_str().unwrap().to_owned();
        let all = "id,title,reason,commands,effects,note,considered";
        let mut texts = vec![answer.text];
        for path in [format!("/products/ORB/proposals?fields={all}&author={}", h.member("manager")), "/products/ORB/activity?limit=1".into()] {
            texts.push(h.rest(&token, "GET", &path, json!(null)).await.json()["items"][0].to_string());
        }
        texts.push(h.get("manager", &format!("/ORB/decisions?show={id}")).await.text.split("<main").nth(1).unwrap().to_owned());
        let text = texts.join("\n");
        assert!(text.contains(email) && !text.contains("Outsider"), "{text}");
        told.push((id, email, text));
    }
    let plain = |(id, email, text): &(String, &str, String)| {
        let simple = id.replace('-', "");
        text.replace(email, "them").replace(id.as_str(), "it").replace(&simple, "it").replace(char::is_numeric, "")
    };
    let sizes: Vec<usize> = told.iter().map(|one| plain(one).lines().next().unwrap_or_default().len()).collect();
    assert_eq!(sizes[0], sizes[1]);
    let effects: Vec<String> =
        told.iter().map(|(_, _, text)| text.split("\"effects\":").nth(1).unwrap().split(']').next().unwrap().to_owned()).collect();
    assert_eq!(effects, ["[", "["]);
    // Once it is signed, each is brought in as they are: a member at once, a stranger by a link.
    for (id, ..) in &told {
        h.run("owner", "proposal.sign", json!({ "proposal": id })).await.unwrap();
    }
    let outsider = h.member("outsider").simple();
    assert_eq!(h.text(format!("select cast(count(*) as text) from membership where member = '{outsider}'")).await, "1");
    assert_eq!(h.number("select count(*) from ticket where email = 'nobody@x.org'").await, 1);
}
