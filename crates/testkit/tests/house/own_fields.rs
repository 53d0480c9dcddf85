//! Own fields: defined by agreement, set by whoever decides on the thing, shown, found, sorted, in files and for programs.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

pub(crate) async fn define(h: &House, args: Json) -> String {
    let name = args["name"].as_str().unwrap().to_owned();
    let asked = h.proposed("manager", "field.define", args).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.text(format!("select id from field where name = '{name}' and removed_at is null")).await
}

/// Three stories, with fields of every kind on them.
pub(crate) async fn house() -> (House, Vec<String>) {
    let h = House::new().await;
    for title in ["One", "Two", "Three"] {
        h.made("owner", "story.create", json!({ "title": title }), "story").await;
    }
    let mut ids = vec![];
    for (name, kind) in [("Note", "text"), ("Effort", "number"), ("Due", "day"), ("Severity", "choice"), ("Approves", "people"), ("Mock-up", "link")]
    {
        ids.push(define(&h, json!({ "name": name, "thing": "story", "kind": kind, "unit": "days", "choices": ["High", "Low"] })).await);
    }
    (h, ids)
}

pub(crate) async fn set(h: &House, field: &str, story: &str, value: &str) {
    h.run("owner", "field_value.set", json!({ "field": field, "thing": story, "value": value })).await.unwrap();
}

fn shown(html: &str) -> Vec<&'static str> {
    let mut found: Vec<(usize, &str)> = ["One", "Two", "Three"].into_iter().filter_map(|t| Some((html.find(&format!(">{t}</a>"))?, t))).collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

#[tokio::test]
async fn a_field_is_set_shown_found_and_sorted_by() {
    let (h, ids) = house().await;
    set(&h, &ids[0], "1", "Ask legal").await;
    set(&h, &ids[1], "1", "10").await;
    set(&h, &ids[1], "ORB-2", "2,5").await;
    set(&h, &ids[2], "1", "2026-12-24").await;
    set(&h, &ids[3], "3", "high").await;
    set(&h, &ids[4], "2", "Developer, owner@x.org").await;
    set(&h, &ids[5], "2", "https://x.org/mock").await;
    let panel = h.get("owner", "/ORB/story/2").await.text;
    for told in ["2.5 days", "Developer, Owner", "https://x.org/mock", "Approves"] {
        assert!(panel.contains(told), "{told} in {panel}");
    }
    let list = h.get("owner", &format!("/ORB/backlog?show={},{}", ids[1], ids[3])).await.text;
    assert!(list.contains("Effort: 2.5 days") && list.contains("Severity: High") && !list.contains("Ask legal"), "{list}");
    for (asked, wanted) in [
        ("field=Severity%3Dhigh", vec!["Three"]),
        ("field=severity%3Dnone", vec!["One", "Two"]),
        ("q=field:effort%3E3", vec!["One"]),
        ("field=Effort%3D2.5", vec!["Two"]),
        ("field=Due%3C2027-01-01", vec!["One"]),
        ("field=Note%3DLEGAL", vec!["One"]),
        ("field=Approves%3DDeveloper", vec!["Two"]),
        ("field=Colour%3Dred", vec![]),
        ("sort=Effort", vec!["Two", "One", "Three"]),
        ("sort=-Effort", vec!["One", "Two", "Three"]),
        ("sort=Severity", vec!["Three", "One", "Two"]),
    ] {
        let page = h.get("owner", &format!("/ORB/backlog?{asked}")).await;
        assert_eq!((page.status.as_u16(), shown(&page.text)), (200, wanted), "{asked}");
    }
    let token = h.token("owner").await;
    let story = h.rest(&token, "GET", "/products/ORB/stories/2", Json::Null).await.json();
    assert_eq!(
        story["fields"],
        json!({ "Approves": ["Developer", "Owner"], "Due": null, "Effort": 2.5, "Mock-up": "https://x.org/mock", "Note": null, "Severity": null })
    );
    let found = h.rest(&token, "GET", "/products/ORB/backlog?field=Severity%3DHigh", Json::Null).await.json();
    assert_eq!(found["items"][0]["number"], 3);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn each_value_has_its_history_and_its_undo() {
    let (h, ids) = house().await;
    set(&h, &ids[3], "1", "High").await;
    set(&h, &ids[3], "1", "Low").await;
    let told = h.get("owner", "/ORB/activity").await.text;
    assert!(told.contains("Severity of “One”: Low") && told.contains("from High to Low"), "{told}");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.text("select text from field_value where removed_at is null".into()).await, "High");
    set(&h, &ids[3], "1", "").await;
    assert_eq!(h.number("select count(*) from field_value where removed_at is null").await, 0);
    set(&h, &ids[3], "1", "Low").await;
    assert_eq!(h.number("select count(*) from field_value where removed_at is null").await, 1);
    let item = h.get("owner", "/ORB/activity?item=1").await.text;
    assert!(item.contains("Severity of “One”"), "what a thing has is told with it: {item}");
}

#[tokio::test]
async fn what_does_not_fit_is_said_and_rights_follow_the_thing() {
    let (h, ids) = house().await;
    for (field, value, why) in
        [(1, "many", "no number"), (2, "soon", "no day"), (3, "Middle", "High, Low"), (4, "Nobody", "Nobody here"), (5, "javascript:x", "https://")]
    {
        let refused = h.run("owner", "field_value.set", json!({ "field": ids[field], "thing": "1", "value": value })).await;
        assert!(matches!(&refused, Err(Refusal::Invalid(w)) if w[0].message.contains(why)), "{value}: {refused:?}");
    }
    h.proposed("developer", "field_value.set", json!({ "field": ids[0], "thing": "1", "value": "x" })).await;
    let need = h.made("manager", "need.create", json!({ "title": "Quiet" }), "need").await;
    let size = define(&h, json!({ "name": "Customers", "thing": "need", "kind": "number" })).await;
    h.run("manager", "field_value.set", json!({ "field": size, "thing": need, "value": "12" })).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/customers?open={need}")).await.text.contains("Customers"));
    let wrong = h.run("manager", "field_value.set", json!({ "field": size, "thing": "1", "value": "12" })).await;
    assert!(matches!(wrong, Err(Refusal::NotFound)), "a story is no need: {wrong:?}");
    let again = h.run("manager", "field.define", json!({ "name": "severity", "thing": "story", "kind": "text" })).await;
    assert!(format!("{again:?}").contains("called so"), "{again:?}");
}

#[tokio::test]
async fn a_column_of_an_import_becomes_a_field() {
    let h = House::new().await;
    let file = "Key,Title,Severity there,Estimate days\nA-1,One,high,3\nA-2,Two,low,2.5\nA-3,Three,high,1\nA-4,Four,low,4\n";
    crate::importing::bring_text(&h, "owner", file, &exchange::Mapping::default()).await;
    let kept = h.get("manager", "/ORB/fields/columns").await.text;
    assert!(kept.contains("Severity there") && kept.contains("choice"), "{kept}");
    let asked = h.proposed("manager", "field.from_column", json!({ "column": "Severity there", "name": "Severity" })).await;
    let signed = h.run("owner", "proposal.sign", json!({ "proposal": asked })).await;
    assert!(matches!(signed, Ok(Outcome::Done(_))), "{signed:?}");
    assert_eq!(h.number("select count(*) from field_value where text = 'high'").await, 2);
    assert_eq!(h.get("owner", "/ORB/backlog?field=Severity%3Dlow").await.text.matches("class=\"row-item\"").count(), 2);
}

#[tokio::test]
async fn a_past_day_has_what_a_field_held_then_and_an_export_has_all_of_it() {
    let (h, ids) = house().await;
    set(&h, &ids[3], "1", "High").await;
    let then = h.app.clock.now();
    h.app.clock.forward(86_400_000);
    set(&h, &ids[3], "1", "Low").await;
    let owner = h.visitor("owner", kernel::Door::Page);
    let held = h.app.ask(&owner, Some("ORB"), move |look| activity::things_as_of::<fields::FieldValue>(look, then, "", &[])).await.unwrap();
    assert_eq!(held.iter().map(|value| value.text.as_str()).collect::<Vec<_>>(), ["High"]);
    let (registry, blobs) = (h.app.registry.clone(), h.app.blobs.clone());
    let written = h.app.ask(&owner, Some("ORB"), move |look| {
        let mut out = vec![];
        exchange::export(look, &registry, &blobs, &mut out).map(|_| out)
    });
    let whole: Json = serde_json::from_slice(&written.await.unwrap()).unwrap();
    assert_eq!((whole["nouns"]["field"].as_array().unwrap().len(), &whole["nouns"]["field_value"][0]["text"]), (6, &json!("Low")));
}
