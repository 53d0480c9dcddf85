//! What pages offer: no control that would only be refused, whoever looks.

use kernel::{Hat, Matrix, Standing, json, matrix::Way};
use testkit::House;

/// A house with something on every page.
async fn lived_in() -> House {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "open", "criteria": ["c"], "feature": "2" }), "story").await;
    h.made("owner", "story.create", json!({ "title": "handed over", "criteria": ["c"] }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["3", "4"] })).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "4" })).await.unwrap();
    h.run("developer", "story.hand_over", json!({ "story": "4" })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "in the backlog" }), "story").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-10-05", "ends_on": "2026-10-18" })).await.unwrap();
    h
}

const PLACES: &[&str] = &[
    "/ORB/",
    "/ORB/customers",
    "/ORB/strategy",
    "/ORB/roadmap",
    "/ORB/roadmap?open=1",
    "/ORB/roadmap?open=2",
    "/ORB/decisions",
    "/ORB/who-decides",
    "/ORB/backlog",
    "/ORB/backlog?open=5",
    "/ORB/backlog/several",
    "/ORB/pick?kind=5",
    "/ORB/story/3",
    "/ORB/sprint",
    "/ORB/sprint?sprint=2",
    "/ORB/sprint?open=4",
    "/ORB/acceptance",
    "/ORB/settings",
    "/ORB/import",
];

#[tokio::test]
async fn no_page_offers_what_would_only_be_refused() {
    let h = lived_in().await;
    let matrix = Matrix::of_way(Way::TwoPeople);
    let mut wrong = vec![];
    let mut offers = 0;
    for who in ["manager", "owner", "developer", "stakeholder"] {
        let hat = Hat::parse(who).unwrap();
        for place in PLACES {
            let page = h.get(who, place).await;
            assert_eq!(page.status, 200, "{place} as {who}");
            // `formaction` ends so too.
            for offered in page.text.split("action=\"/ORB/do/").skip(1).filter_map(|rest| rest.split('"').next()) {
                let spec = h.app.registry.command(offered).unwrap_or_else(|e| panic!("{place} posts to {offered}: {e:?}")).spec;
                offers += 1;
                if !spec.areas.is_empty() && spec.areas.iter().all(|area| matrix.standing(*area, hat) < Standing::Proposes) {
                    wrong.push(format!("{place} offers {offered} to the {who}"));
                }
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(offers > 200, "the pages were read: {offers} controls");
}

#[tokio::test]
async fn a_proposal_is_seen_where_it_was_made() {
    let h = House::new().await;
    h.proposed("manager", "initiative.create", json!({ "title": "A tour for every crew", "horizon": "now", "hypothesis": "We believe it" })).await;
    let roadmap = h.get("manager", "/ORB/roadmap").await.text;
    assert!(roadmap.contains("A tour for every crew") && roadmap.contains("waits for the Owner"), "{roadmap}");
    assert!(h.get("owner", "/ORB/roadmap").await.text.contains("waits for you"));
    assert!(!h.get("owner", "/ORB/backlog").await.text.contains("A tour for every crew"), "only where it belongs");
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(decisions.contains("We believe it"), "whoever signs sees all of what is new");
    assert!(decisions.contains("Add the initiative “A tour for every crew” to Now"), "told in words");
}

#[tokio::test]
async fn what_was_done_is_said_in_words() {
    let h = House::new().await;
    let cookie = h.cookie("owner").await;
    let request = axum::http::Request::post("/ORB/do/story.create")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-tandem", "1")
        .header("cookie", cookie)
        .body("title=Pay+by+card".into())
        .unwrap();
    assert_eq!(h.send(request).await.json()["says"], "Added the story “Pay by card”.");
}

#[tokio::test]
async fn a_joint_decision_counts_once_for_each_who_signed() {
    let h = House::new().await;
    let asked = h.proposed("manager", "initiative.create", json!({ "title": "i", "horizon": "now" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("owner", "/ORB/who-decides").await.text;
    let row = page.split("Commitments").nth(1).unwrap().split("</tr>").next().unwrap().to_owned();
    assert!(row.contains("1 decided, 1 proposed") && row.matches("1 decided").count() == 2, "{row}");
}

#[tokio::test]
async fn a_break_in_the_thread_leads_to_the_act_that_mends_it() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "s" }), "story").await;
    let alone = h.get("owner", "/ORB/thread?of=1").await.text;
    assert!(alone.contains("Hang it on a feature") && alone.matches("broken here").count() == 1, "only what can be known is broken");
    h.made("manager", "feature.create", json!({ "title": "f" }), "feature").await;
    h.run("owner", "story.edit", json!({ "story": "1", "feature": "2" })).await.unwrap();
    assert!(h.get("owner", "/ORB/thread?of=1").await.text.contains("href=\"roadmap?open=2\">Say which initiative it is part of"));
}

#[tokio::test]
async fn a_rejected_card_says_so_until_it_is_handed_over_again() {
    let h = lived_in().await;
    h.run("owner", "story.reject", json!({ "story": "4", "reason": "No receipt" })).await.unwrap();
    let pill = "<span class=\"pill critical\">rejected";
    assert!(h.get("developer", "/ORB/sprint").await.text.contains(pill));
    h.run("developer", "story.hand_over", json!({ "story": "4" })).await.unwrap();
    assert!(!h.get("developer", "/ORB/sprint").await.text.contains(pill));
}

#[tokio::test]
async fn two_dots_stand_only_where_both_sign_and_once_on_a_card() {
    let h = lived_in().await;
    let dots = "class=\"both\"";
    for place in PLACES {
        for who in ["owner", "manager"] {
            let page = h.get(who, place).await.text;
            let cards = page.split("<article class=\"card").skip(1).map(|card| card.split("</article>").next().unwrap_or_default());
            assert!(cards.into_iter().all(|card| card.matches(dots).count() <= 1), "{place} as {who}");
            let joint = place.contains("roadmap") || place.contains("who-decides");
            assert!(joint || !page.contains(dots), "{place} as {who}: nothing there needs both");
        }
        assert!(!h.get("developer", place).await.text.contains(dots), "{place}: who only proposes is told in words");
    }
    let roadmap = h.get("manager", "/ORB/roadmap?open=2").await.text;
    assert!(roadmap.contains("Move to Now<span class=\"both\"") && !roadmap.contains("Move to Next<span class=\"both\""), "{roadmap}");
    assert!(h.get("developer", "/ORB/backlog").await.text.contains("Propose: to the top"));
    let alone = House::of_way(Way::BothHats).await;
    assert!(!alone.get("manager", "/ORB/who-decides").await.text.contains(dots), "nothing has to be signed with oneself");
}

#[tokio::test]
async fn who_decides_can_be_asked_of_every_control() {
    let h = lived_in().await;
    let here = |command: &'static str| {
        let h = &h;
        async move { h.get("manager", &format!("/ORB/who-decides/{command}")).await }
    };
    let told = here("story.move").await.text;
    assert!(told.contains("id=\"who-here\"") && told.contains("The Owner decides on backlog. You would propose."), "{told}");
    let joint = here("initiative.move").await.text;
    assert!(joint.contains("The Manager and the Owner sign together on commitments.") && joint.contains("The Manager decides on roadmap."));
    assert!(here("comment.add").await.text.contains("Everyone who belongs to the product may do this."));
    assert_eq!((here("workspace.set_up").await.status.as_u16(), here("nothing.at_all").await.status.as_u16()), (404, 404));
    assert_eq!(h.get("outsider", "/ORB/who-decides/story.move").await.status, 404);
}
