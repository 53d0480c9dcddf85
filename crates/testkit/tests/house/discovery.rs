//! The tree from an objective down to the tests of what a bet rests on.

use kernel::json;
use testkit::{House, told};

async fn objective(h: &House, title: &str) -> String {
    h.made("manager", "objective.create", json!({ "title": title }), "objective").await
}

#[tokio::test]
async fn a_need_stands_under_one_objective_at_a_time() {
    let h = House::new().await;
    let (first, second) = (objective(&h, "Ride more").await, objective(&h, "Stay dry").await);
    let need = h.made("owner", "need.create", json!({ "title": "A roof" }), "need").await;
    assert!(h.get("manager", "/ORB/opportunities").await.text.contains("Under no objective"));
    for objective in [&first, &second] {
        h.run("owner", "need.serve", json!({ "need": need, "objective": objective })).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from relation where verb = 'serves' and to_noun = 'objective' and removed_at is null").await, 1);
    let page = h.get("stakeholder", "/ORB/opportunities").await.text;
    let (above, below) = page.split_once("Stay dry").unwrap();
    assert!(!above.contains("A roof") && below.contains("A roof") && !page.contains("Under no objective"), "{page}");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    let page = h.get("manager", "/ORB/opportunities").await.text;
    assert!(page.split_once("Stay dry").unwrap().0.contains("A roof"), "a move is taken back as one act");
    h.run("owner", "need.unserve", json!({ "need": need, "objective": first })).await.unwrap();
    assert!(h.get("manager", "/ORB/opportunities").await.text.contains("Under no objective"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn of_very_many_needs_an_objective_shows_the_first_and_leads_to_all() {
    let h = House::new().await;
    let objective = objective(&h, "Ride more").await;
    let mut needs = vec![];
    for n in 0..15 {
        let need = h.made("owner", "need.create", json!({ "title": format!("Need {n:02}"), "importance": 9, "satisfaction": 3 }), "need").await;
        if n < 14 {
            h.run("owner", "need.serve", json!({ "need": need, "objective": objective })).await.unwrap();
        }
        needs.push(need);
    }
    let shown = |page: &str| page.matches("<li class=\"need\"").count();
    let whole = h.get("manager", "/ORB/opportunities").await.text;
    assert_eq!(shown(&whole), 13, "twelve under the objective, and one under none");
    assert!(whole.contains("2 more stand here.") && whole.contains(&format!("opportunities?of={objective}\">Show all 14")), "{whole}");
    let one = h.get("manager", &format!("/ORB/opportunities?of={objective}")).await.text;
    assert!(shown(&one) == 14 && one.contains("The whole tree") && !one.contains("more stand here"), "{one}");
    let none = h.get("manager", "/ORB/opportunities?of=none").await.text;
    assert!(shown(&none) == 1 && none.contains("Need 14") && !none.contains("Ride more"), "{none}");
    assert_eq!(h.get("manager", &format!("/ORB/opportunities?of={}", needs[0])).await.status, 404);
    // A test leads to where it stands, however far down that is.
    let bet = h.made("manager", "initiative.create", json!({ "title": "Canopies" }), "initiative").await;
    let far = (0..14).find(|n| !whole.contains(&format!("Need {n:02}"))).unwrap();
    h.run("manager", "initiative.address", json!({ "initiative": bet, "need": needs[far] })).await.unwrap();
    let test = h.made("manager", "assumption_test.plan", json!({ "initiative": "1", "assumption": "People unfold it" }), "assumption_test").await;
    assert!(!h.get("manager", "/ORB/opportunities").await.text.contains("People unfold it"));
    let page = h.get("manager", &format!("/ORB/opportunities?test={test}")).await.text;
    assert!(page.contains("People unfold it") && page.contains("1 more stands here."), "{page}");
}

#[tokio::test]
async fn a_bet_leads_its_need_to_the_objective_and_rests_on_tests() {
    let h = House::new().await;
    let objective = objective(&h, "Stay dry").await;
    let need = h.made("owner", "need.create", json!({ "title": "A roof", "importance": 9, "satisfaction": 3 }), "need").await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "Canopies" }), "initiative").await;
    h.run("manager", "initiative.address", json!({ "initiative": bet, "need": need })).await.unwrap();
    h.run("manager", "initiative.serve", json!({ "initiative": bet, "objective": objective })).await.unwrap();
    let plan = json!({ "initiative": "1", "assumption": "People unfold it", "trial": "Ten riders, one shower", "expects": "7 of 10 unfold it" });
    let test = h.made("manager", "assumption_test.plan", plan, "assumption_test").await;
    let page = h.get("developer", "/ORB/opportunities").await.text;
    for told in ["Stay dry", "A roof", "opportunity 15", "Canopies", "People unfold it", "not tested yet", "7 of 10 unfold it"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let early = json!({ "assumption_test": test, "result": "failed", "learned": "They got wet", "settled_on": "2099-01-01" });
    assert!(told(h.run("manager", "assumption_test.settle", early).await).contains("to come"));
    h.run("manager", "assumption_test.settle", json!({ "assumption_test": test, "result": "failed", "learned": "They got wet" })).await.unwrap();
    let page = h.get("stakeholder", "/ORB/opportunities").await.text;
    assert!(page.contains("did not hold") && page.contains("They got wet"), "{page}");
    // Whoever proposes on the roadmap proposes a test.
    let asked = h.proposed("owner", "assumption_test.plan", json!({ "initiative": "1", "assumption": "It stays on" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from assumption_test").await, 2);
    let chain = h.get("manager", &format!("/ORB/thread?of=initiative&id={bet}")).await.text;
    assert!(chain.contains("People unfold it"), "it hangs in the thread");
    let token = h.token("manager").await;
    let tests = h.rest(&token, "GET", "/products/ORB/assumption-tests", json!(null)).await.json();
    assert_eq!(tests["items"].as_array().unwrap().len(), 2, "{tests}");
}
