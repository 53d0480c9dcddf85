//! What people read of changes: proposals, activity, decisions, toasts, conflicts. Never an id, a field's own name or a
//! place that nobody could find.

use kernel::{Json, json};
use testkit::House;

/// A backlog of four stories, the second on a feature.
async fn backlog() -> House {
    let h = House::new().await;
    h.made("manager", "feature.create", json!({ "title": "Rain mode" }), "feature").await;
    for title in ["Invoice", "Receipt", "Export", "Refund"] {
        h.made("owner", "story.create", json!({ "title": title, "criteria": ["It prints"] }), "story").await;
    }
    h
}

/// The answer that the page's script gets.
async fn scripted(h: &House, who: &str, command: &str, body: &str) -> Json {
    let request = axum::http::Request::post(format!("/ORB/do/{command}"))
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-tandem", "1")
        .header("cookie", h.cookie(who).await);
    h.send(request.body(axum::body::Body::from(body.to_owned())).unwrap()).await.json()
}

#[tokio::test]
async fn a_text_is_told_in_words() {
    let h = backlog().await;
    for body in ["Pay by *cash*", "Pay by **card**", "Pay by card"] {
        h.run("owner", "story.edit", json!({ "story": "2", "body": body })).await.unwrap();
    }
    let page = h.get("owner", "/ORB/activity").await.text;
    assert!(page.contains("from Pay by cash to Pay by card") && !page.contains("*cash*"), "{page}");
    assert!(page.contains("from Pay by **card** to Pay by card"), "where only that changed it is told as it was written");
}

#[tokio::test]
async fn a_move_is_told_by_its_places() {
    let h = backlog().await;
    let says = scripted(&h, "manager", "story.move", "story=5&before=3").await["says"].clone();
    let told = "Move ORB-5 “Refund” from 4th to 2nd, before ORB-3 “Receipt”";
    assert_eq!(says, json!(format!("Proposed: {told}. It waits for the Owner.")));
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(decisions.contains(told) && !decisions.contains("What changes"), "the title says it all");
    let says = scripted(&h, "owner", "story.move", "story=5&to=top").await["says"].clone();
    assert_eq!(says, "Moved “Refund” from 4th to 1st, before ORB-2 “Invoice”.");
    assert!(h.get("owner", "/ORB/activity").await.text.contains("Place from 4th to 1st, before ORB-2 “Invoice”"));
    let several = h.proposed("manager", "story.move_several", json!({ "stories": ["2", "3"], "to": "bottom" })).await;
    assert_eq!(h.text(format!("select title from proposal where id = '{several}'")).await, "Move 2 stories to 4th, the last");
    let decisions = h.get("owner", "/ORB/decisions").await.text;
    assert!(decisions.contains("<dt>Place</dt>") && decisions.contains("<del>2nd</del> <ins>4th, the last</ins>"), "{decisions}");
    // Taken back, it goes where it was.
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert!(h.get("owner", "/ORB/activity").await.text.contains("Place from 1st, before ORB-2 “Invoice” to 4th"));
    h.made("manager", "initiative.create", json!({ "title": "One" }), "initiative").await;
    h.made("manager", "initiative.create", json!({ "title": "Two" }), "initiative").await;
    let says = scripted(&h, "manager", "initiative.move", "initiative=7&horizon=later&before=6").await["says"].clone();
    assert_eq!(says, "Moved the initiative “Two” from 2nd to 1st, before ORB-6 “One”.");
}

#[tokio::test]
async fn a_toast_says_what_changed() {
    let h = backlog().await;
    let owner = h.text("select id from member where name = 'Owner'".into()).await;
    h.run("owner", "sprint.plan", json!({ "name": "Sprint 9", "starts_on": "2026-09-20", "ends_on": "2026-10-04" })).await.unwrap();
    for (who, command, body, told) in [
        ("developer", "story.estimate", "story=2&points=3".to_owned(), "Estimated “Invoice”: size 3."),
        ("developer", "story.estimate", "story=2&points=5".to_owned(), "Estimated “Invoice”: size from 3 to 5."),
        (
            "owner",
            "story.edit",
            "story=2&kind=bug&feature=1".to_owned(),
            "Changed the story “Invoice”: type from story to bug, feature ORB-1 Rain mode.",
        ),
        ("owner", "story.edit", format!("story=2&body={}", "long+".repeat(40)), "Changed the story “Invoice”: notes."),
        (
            "owner",
            "story.edit",
            "story=2&title=Bill&persona=clerk&wants=to+print&so_that=it+is+paid".to_owned(),
            "Changed the story “Bill”: title from Invoice to Bill, as a clerk, and 2 more.",
        ),
        ("owner", "story.set", format!("stories=2&assignee={owner}"), "Assigned “Bill”: works on it Owner."),
        ("owner", "sprint.add_stories", "sprint=1&stories=2".to_owned(), "Put into a sprint: “Bill” (Sprint 9)."),
    ] {
        assert_eq!(scripted(&h, who, command, &body).await["says"], *told, "{command} {body}");
    }
}

#[tokio::test]
async fn a_proposal_names_fields_and_things_as_people_do() {
    let h = backlog().await;
    let first = h.proposed("manager", "story.edit", json!({ "story": "2", "feature": "1", "so_that": "it is paid", "labels": ["money"] })).await;
    let page = h.get("owner", "/ORB/decisions").await.text;
    for told in [
        "<dt>Feature</dt><dd dir=\"auto\"><ins>ORB-1 Rain mode</ins>",
        "<dt>So that</dt><dd dir=\"auto\"><ins>it is paid</ins>",
        "<dt>Labels</dt><dd dir=\"auto\"><ins>money</ins>",
        "ORB-2",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    // Overtaken: three versions in the same words.
    let asked = h.proposed("manager", "story.edit", json!({ "story": "3", "feature": "1" })).await;
    h.made("manager", "feature.create", json!({ "title": "Snow mode" }), "feature").await;
    h.run("owner", "story.edit", json!({ "story": "3", "feature": "6" })).await.unwrap();
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("manager", "/ORB/decisions").await.text;
    let table = page.split("three-way").nth(1).unwrap().split("</table>").next().unwrap().to_owned();
    assert!(table.contains(", feature") && table.contains("ORB-1 Rain mode") && table.contains("ORB-6 Snow mode"), "{table}");
    assert!(page.contains("“Receipt” has been changed since (feature)."), "{page}");
    h.run("owner", "proposal.sign", json!({ "proposal": first })).await.unwrap();
    let log = h.get("owner", "/ORB/decisions.md").await.text;
    assert!(log.contains("- Changed the story ORB-2 Invoice: so that it is paid, feature ORB-1 Rain mode, labels money"), "{log}");
}

#[tokio::test]
async fn activity_says_from_what_to_what_and_whether_a_check_passed() {
    let h = backlog().await;
    h.run("developer", "story.estimate", json!({ "story": "2", "points": 3 })).await.unwrap();
    h.run("developer", "story.estimate", json!({ "story": "2", "points": 5 })).await.unwrap();
    h.run("owner", "story.edit", json!({ "story": "2", "title": "Bill", "feature": "1" })).await.unwrap();
    h.run("owner", "story.edit", json!({ "story": "2", "feature": "" })).await.unwrap();
    let criterion = h.text("select id from criterion where story = (select id from story where number = 2)".into()).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": false, "note": "too slow" })).await.unwrap();
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    h.run("owner", "story.mark_ready", json!({ "story": "2", "ready": true })).await.unwrap();
    h.run("owner", "story.mark_ready", json!({ "story": "2", "ready": false })).await.unwrap();
    h.run("manager", "agreement.set", json!({ "area": "backlog", "hat": "developer", "standing": "none" })).await.unwrap();
    let asked = h.text("select id from proposal".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("owner", "/ORB/activity").await.text;
    for told in [
        "Size from 3 to 5",
        "Title from Invoice to Bill · feature: ORB-1 Rain mode",
        "Feature no longer ORB-1 Rain mode",
        "Result from not checked to fails · note: too slow",
        "Result from fails to passes",
        "marked as ready:",
        "marked as not ready:",
        "Backlog from Developer proposes to Developer has no say",
        "signed <span class=\"what\"><bdi>On the backlog, the Developer has no say",
    ] {
        assert!(page.contains(told), "{told}: {page}");
    }
    let panel = h.get("owner", "/ORB/story/2").await.text;
    assert!(panel.contains("<dt>Size</dt><dd dir=\"auto\"><del>3</del> <ins>5</ins>"), "{panel}");
}

#[tokio::test]
async fn activity_is_filtered_by_person_kind_and_item() {
    let h = backlog().await;
    h.run("developer", "story.estimate", json!({ "story": "2", "points": 3 })).await.unwrap();
    let criterion = h.text("select id from criterion where story = (select id from story where number = 3)".into()).await;
    h.run("developer", "criterion.check", json!({ "criterion": criterion, "passes": true })).await.unwrap();
    let receipt = h.text("select id from story where number = 3".into()).await;
    h.run("stakeholder", "comment.add", json!({ "about": "story", "id": receipt, "body": "Good" })).await.unwrap();
    let token = h.token("owner").await;
    let found = |query: &'static str| {
        let (h, token) = (&h, token.clone());
        async move { h.rest(&token, "GET", &format!("/products/ORB/activity?{query}"), json!(null)).await }
    };
    let kinds =
        |answer: Json| -> Vec<String> { answer["items"].as_array().unwrap().iter().map(|l| l["kind"].as_str().unwrap().to_owned()).collect() };
    assert_eq!(kinds(found("by=Developer").await.json()), ["criterion.checked", "story.estimated"]);
    assert_eq!(kinds(found("by=Developer&kind=story").await.json()), ["story.estimated"]);
    assert_eq!(kinds(found("kind=comment").await.json()), ["comment.added"]);
    assert_eq!(kinds(found("item=ORB-3").await.json()), ["comment.added", "criterion.checked", "criterion.added", "story.created"]);
    assert_eq!(kinds(found("item=3&by=Developer").await.json()), ["criterion.checked"]);
    for wrong in ["item=ORB-99", "item=soon", "by=Nobody"] {
        assert_eq!(found(wrong).await.status, 422, "{wrong}");
    }
    let page = h.get("owner", "/ORB/activity?by=Developer&kind=story&item=").await.text;
    assert!(
        page.contains("aria-label=\"Developer, take this filter away\"")
            && page.contains("aria-label=\"Stories, take this filter away\"")
            && !page.contains("commented on"),
        "{page}"
    );
    // A page of few names the way on, and loses nobody's lines.
    let first = found("by=Developer&limit=1").await.json();
    let next = format!("/products/ORB/activity?by=Developer&limit=1&after={}", first["next"].as_str().unwrap());
    assert_eq!(kinds(h.rest(&token, "GET", &next, json!(null)).await.json()), ["story.estimated"]);
}

#[tokio::test]
async fn comments_stand_in_the_order_they_were_made() {
    let h = backlog().await;
    let story = h.text("select id from story where number = 2".into()).await;
    // The clock stands still: all in one moment.
    for n in 1..=9 {
        h.run(if n % 2 == 0 { "owner" } else { "developer" }, "comment.add", json!({ "about": "story", "id": story, "body": format!("Remark {n}") }))
            .await
            .unwrap();
    }
    let page = h.get("owner", "/ORB/story/2").await.text;
    let places: Vec<usize> = (1..=9).map(|n| page.find(&format!("Remark {n}")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn a_conflict_names_what_the_other_version_points_at() {
    let h = backlog().await;
    h.run("owner", "story.edit", json!({ "story": "2", "feature": "1", "so_that": "it is paid" })).await.unwrap();
    let told = scripted(&h, "owner", "story.edit", "story=2&version=1&feature=&so_that=mine").await;
    assert_eq!((told["names"]["feature"].as_str(), told["status"].as_i64()), (Some("ORB-1 Rain mode"), Some(409)), "{told}");
    let page = h.post("owner", "/ORB/do/story.edit", "story=2&version=1&feature=&so_that=mine").await.text;
    assert!(page.contains("Now it says: <q>ORB-1 Rain mode</q>") && page.contains("<span>So that</span>"), "{page}");
}
