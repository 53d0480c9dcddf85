//! Who decides what, settled together: slips sorted alone, laid side by side, settled by a decision that both sign; areas
//! switched on one by one.

use kernel::{Area, Refusal, json};
use testkit::{House, told};

/// Both sort all slips: they differ on the backlog alone.
async fn sorted() -> (House, String) {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "Rain mode" }), "story").await;
    let sorting = h.made("manager", "sorting.begin", json!({}), "sorting").await;
    for (who, backlog) in [("manager", "both"), ("owner", "owner")] {
        for area in Area::ALL {
            let pile = if *area == Area::Backlog { backlog } else { "either" };
            h.run(who, "sorting.sort", json!({ "sorting": sorting, "area": area, "pile": pile })).await.unwrap();
        }
    }
    (h, sorting)
}

#[tokio::test]
async fn slips_are_sorted_alone_and_settled_together() {
    let (h, sorting) = sorted().await;
    assert_eq!(h.number("select count(*) from slip").await, 0, "nothing of it is in the record");
    let alone = h.get("owner", "/ORB/sorting").await.text;
    assert!(alone.contains("<strong>14 of 14 slips</strong>") && alone.contains("through"), "{alone}");
    assert!(alone.contains("“<bdi>Rain mode</bdi>”"), "an example from the product's own week");
    h.run("owner", "sorting.open", json!({ "sorting": sorting })).await.unwrap();
    assert!(told(h.run("manager", "sorting.open", json!({ "sorting": sorting })).await).contains("side by side already"));
    let page = h.get("manager", "/ORB/sorting").await.text;
    assert!(page.find("id=\"area-backlog\"") < page.find("id=\"area-research\""), "differences first");
    assert!(page.contains("You differ on 1 area, agree on 13 areas"), "{page}");
    let settle = json!({ "sorting": sorting, "area": "backlog", "pile": "both", "reason": "We learned it the hard way" });
    let asked = h.proposed("manager", "sorting.settle", settle.clone()).await;
    assert!(h.get("owner", "/ORB/sorting").await.text.contains("waits for a signature"));
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text("select backlog from agreement".into()).await, "sspp", "both sign; whoever proposed goes on proposing");
    assert!(told(h.run("manager", "sorting.settle", settle).await).contains("settled already"));
    // The rest at once; with the last of them the slips are put away.
    let asked = h.proposed("owner", "sorting.settle_alike", json!({ "sorting": sorting, "reason": "We all see it so" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text("select state from proposal order by id desc limit 1".into()).await, "agreed");
    assert_eq!(h.text("select work from agreement".into()).await, "ddpv");
    assert_eq!(h.number("select count(*) from sorting where ended_at is not null").await, 1);
    assert!(h.get("owner", &format!("/ORB/sorting?show={sorting}")).await.text.contains("We learned it the hard way"));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn home_asks_for_slips_and_then_for_laying_them_side_by_side() {
    let h = House::new().await;
    let home = async |who: &str| h.get(who, "/ORB/").await.text;
    let sorting = h.made("manager", "sorting.begin", json!({}), "sorting").await;
    assert!(home("owner").await.contains("Sort your slips") && !home("developer").await.contains("Sort your slips"));
    let put = async |who: &str| {
        for area in Area::ALL {
            h.run(who, "sorting.sort", json!({ "sorting": sorting, "area": area, "pile": "either" })).await.unwrap();
        }
    };
    put("manager").await;
    assert!(!home("manager").await.contains("Who decides what</h2>"), "what was asked is done");
    let waits = h.get("manager", "/ORB/sorting").await.text;
    assert!(waits.contains("It waits for") && waits.contains("Lay the sorts side by side"), "whoever leads may begin without them: {waits}");
    put("owner").await;
    assert!(home("manager").await.contains("Everyone has sorted"));
    assert!(h.get("owner", "/ORB/sorting").await.text.contains("Everyone is through"));
    h.run("owner", "sorting.open", json!({ "sorting": sorting })).await.unwrap();
    assert!(!home("manager").await.contains("Everyone has sorted"));
}

#[tokio::test]
async fn nobody_looks_before_they_have_sorted_and_two_reveal_once() {
    let h = House::new().await;
    assert!(matches!(h.run("developer", "sorting.begin", json!({})).await, Err(Refusal::Denied { .. })));
    let sorting = h.made("manager", "sorting.begin", json!({ "asked": [h.member("manager"), h.member("owner")] }), "sorting").await;
    assert!(told(h.run("manager", "sorting.open", json!({ "sorting": sorting })).await).contains("Sort all of your own"));
    assert!(matches!(
        h.run("developer", "sorting.sort", json!({ "sorting": sorting, "area": "work", "pile": "team" })).await,
        Err(Refusal::Denied { .. })
    ));
    for area in Area::ALL {
        h.run("manager", "sorting.sort", json!({ "sorting": sorting, "area": area, "pile": "unsure" })).await.unwrap();
    }
    h.run("owner", "sorting.sort", json!({ "sorting": sorting, "area": "work", "pile": "team" })).await.unwrap();
    let open = || h.run("manager", "sorting.open", json!({ "sorting": sorting }));
    let (one, other) = tokio::join!(open(), open());
    assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|ok| **ok).count(), 1, "two people revealing at once reveal once");
    assert_eq!(h.number("select count(*) from slip").await, 15);
    assert!(
        told(h.run("owner", "sorting.sort", json!({ "sorting": sorting, "area": "work", "pile": "owner" })).await).contains("side by side already")
    );
    assert!(told(h.run("manager", "sorting.settle_alike", json!({ "sorting": sorting, "reason": "r" })).await).contains("nothing left"));
    assert!(
        told(h.run("manager", "sorting.settle", json!({ "sorting": sorting, "area": "work", "pile": "unsure", "reason": "r" })).await)
            .contains("who decides")
    );
    h.run("owner", "sorting.end", json!({ "sorting": sorting })).await.unwrap();
    assert!(
        told(h.run("manager", "sorting.settle", json!({ "sorting": sorting, "area": "work", "pile": "team", "reason": "r" })).await)
            .contains("put away")
    );
}

#[tokio::test]
async fn slips_that_are_put_away_unopened_are_nobodys_to_read() {
    let (h, sorting) = sorted().await;
    h.run("manager", "sorting.end", json!({ "sorting": sorting })).await.unwrap();
    assert_eq!(h.number("select count(*) from sealed").await, 0);
    assert!(h.get("owner", &format!("/ORB/sorting?show={sorting}")).await.text.contains("put away before anybody laid them open"));
}

#[tokio::test]
async fn an_area_that_is_off_asks_for_no_proposal() {
    let h = House::new().await;
    let switch = async |area: &str, on: bool| {
        let asked = h.proposed("manager", "agreement.switch", json!({ "area": area, "on": on })).await;
        h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    };
    switch("backlog", false).await;
    h.made("manager", "story.create", json!({ "title": "at once" }), "story").await;
    h.made("stakeholder", "story.create", json!({ "title": "by whoever may propose" }), "story").await;
    h.proposed("assistant", "story.create", json!({ "title": "an assistant still asks" })).await;
    let page = h.get("manager", "/ORB/who-decides").await.text;
    assert!(page.contains("Switch on") && page.contains(">off</span>"), "{page}");
    switch("backlog", true).await;
    h.proposed("manager", "story.create", json!({ "title": "waits again" })).await;
    let refused = h.run("manager", "agreement.switch", json!({ "area": "agreement", "on": false })).await;
    assert!(told(refused).contains("stays on"));
    // A way of working that is chosen anew leaves what is off.
    switch("commitments", false).await;
    let asked = h.proposed("manager", "agreement.choose_way", json!({ "way": "safe" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text("select commitments from agreement".into()).await, "dpvvo");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn each_way_of_working_is_shown_as_what_it_changes() {
    let h = House::new().await;
    let page = h.get("manager", "/ORB/who-decides").await.text;
    assert!(page.contains("what is agreed now") && page.contains("Manager signs, Owner signs") && page.contains("Work as textbook Scrum"), "{page}");
    let seen = h.get("developer", "/ORB/who-decides").await.text;
    assert!(seen.contains("Propose to the Manager and Owner: work as SAFe"), "{seen}");
}
