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

/// What stands in a page, in the order in which it does.
fn in_order<'a>(html: &str, titles: &[&'a str]) -> Vec<&'a str> {
    let mut found: Vec<(usize, &str)> = titles.iter().filter_map(|title| Some((html.find(&format!("{title}<"))?, *title))).collect();
    found.sort();
    found.into_iter().map(|(_, title)| title).collect()
}

#[tokio::test]
async fn needs_and_evidence_are_filtered_and_ordered_by_them() {
    let h = House::new().await;
    let segment = define(&h, json!({ "name": "Size", "thing": "need", "kind": "number" })).await;
    let channel = define(&h, json!({ "name": "Channel", "thing": "evidence", "kind": "choice", "choices": ["Mail", "Phone"] })).await;
    for (title, size) in [("Ride in rain", "3"), ("Carry a child", "20"), ("Park", "")] {
        let need = h.made("owner", "need.create", json!({ "title": title }), "need").await;
        set(&h, &segment, &need, size).await;
    }
    for (quote, by) in [("It slips", "mail"), ("Too heavy", "phone"), ("Where to put it", "")] {
        let evidence = h.made("owner", "evidence.record", json!({ "quote": quote }), "evidence").await;
        set(&h, &channel, &evidence, by).await;
    }
    let (needs, evidence) = (["Ride in rain", "Carry a child", "Park"], ["It slips", "Too heavy", "Where to put it"]);
    for (asked, of_needs, of_evidence) in [
        ("need=size%3E5", vec!["Carry a child"], vec!["Where to put it", "Too heavy", "It slips"]),
        ("q=need:Size%3Dnone", vec!["Park"], vec!["Where to put it", "Too heavy", "It slips"]),
        ("need_order=-Size&evidence_order=Channel", vec!["Carry a child", "Ride in rain", "Park"], vec!["It slips", "Too heavy", "Where to put it"]),
        ("evidence=Channel%3Dphone&q=heavy", vec![], vec!["Too heavy"]),
        ("q=rain", vec!["Ride in rain"], vec![]),
        ("kind=ticket", vec!["Carry a child", "Park", "Ride in rain"], vec![]),
    ] {
        let page = h.get("owner", &format!("/ORB/customers?{asked}")).await.text;
        let main = page.split("<div class=\"columns-2 needs-and-evidence\">").nth(1).unwrap();
        let (left, right) = main.split_once("<h2>Evidence").unwrap();
        let sorted = |mut titles: Vec<&'static str>| {
            if !asked.contains("order") {
                titles.sort();
            }
            titles
        };
        assert_eq!(sorted(in_order(left, &needs)), sorted(of_needs), "{asked}");
        assert_eq!(sorted(in_order(right, &evidence)), sorted(of_evidence), "{asked}");
    }
    let page = h.get("owner", &format!("/ORB/customers?need_fields={segment}")).await.text;
    assert!(page.contains("title=\"Size: 20\"") && page.contains("need=Size%3Dnone") && page.contains("evidence=Channel%3DMail"), "{page}");
    let odd = h.get("owner", "/ORB/customers?need=Height%3D3").await;
    assert!(odd.status == 200 && odd.text.contains("No own field of needs is called “Height”."), "{}", odd.text);
    let file = h.get("owner", "/ORB/download/needs.csv?need=Size%3E5").await.text;
    assert!(file.contains("Carry a child") && !file.contains("Park"), "{file}");
    let file = h.get("owner", "/ORB/download/evidence.csv?evidence=Channel%3Dmail").await.text;
    assert!(file.contains("It slips") && !file.contains("Too heavy"), "{file}");
}

#[tokio::test]
async fn the_roadmap_is_filtered_and_ordered_by_them() {
    let h = House::new().await;
    let budget = define(&h, json!({ "name": "Budget", "thing": "initiative", "kind": "number", "unit": "k€" })).await;
    let team = define(&h, json!({ "name": "Team", "thing": "feature", "kind": "choice", "choices": ["Web", "App"] })).await;
    for (title, costs, feature, by) in [("All weather", "30", "Fenders", "web"), ("Family", "200", "Child seat", "app"), ("Parking", "", "Racks", "")]
    {
        let initiative = h.made("manager", "initiative.create", json!({ "title": title }), "initiative").await;
        h.run("manager", "field_value.set", json!({ "field": budget, "thing": initiative, "value": costs })).await.unwrap();
        let feature = h.made("manager", "feature.create", json!({ "title": feature, "initiative": initiative }), "feature").await;
        h.run("manager", "field_value.set", json!({ "field": team, "thing": feature, "value": by })).await.unwrap();
    }
    h.made("manager", "feature.create", json!({ "title": "Loose one" }), "feature").await;
    let (initiatives, features) = (["All weather", "Family", "Parking"], ["Fenders", "Child seat", "Racks", "Loose one"]);
    for (asked, bets, slices) in [
        ("initiative=budget%3E100", vec!["Family"], vec!["Child seat"]),
        ("feature=Team%3Dweb", vec!["All weather"], vec!["Fenders"]),
        ("q=feature:Team%3Dnone", vec!["Parking"], vec!["Racks", "Loose one"]),
        ("initiative_order=-Budget", vec!["Family", "All weather", "Parking"], vec!["Child seat", "Fenders", "Racks", "Loose one"]),
        ("q=seat", vec!["Family"], vec!["Child seat"]),
        ("q=parking", vec!["Parking"], vec!["Racks"]),
    ] {
        let page = h.get("manager", &format!("/ORB/roadmap?{asked}")).await.text;
        let board = page.split("<div class=\"board horizons\">").nth(1).unwrap().split("id=\"new-feature\"").next().unwrap();
        assert_eq!(in_order(board, &initiatives), bets, "{asked}");
        assert_eq!(in_order(board, &features), slices, "{asked}");
    }
    let page = h.get("manager", &format!("/ORB/roadmap?initiative_fields={budget}&feature_fields={team}")).await.text;
    assert!(page.contains("title=\"Budget: 200 k€\"") && page.contains("title=\"Team: App\""), "{page}");
    assert!(h.get("manager", "/ORB/roadmap?initiative_order=Budget").await.text.contains("data-fixed"), "in another order nothing is put in order");
    let file = h.get("manager", "/ORB/download/roadmap.csv?feature=Team%3Dweb").await.text;
    assert!(file.contains("Fenders") && file.contains("All weather") && !file.contains("Family"), "{file}");
}

#[tokio::test]
async fn columns_of_an_import_become_fields_as_is_chosen() {
    let h = House::new().await;
    let table = "id,title,Budget,Mood\n1,One,10,good\n2,Two,25,bad\n3,Three,,good\n4,Four,7,bad\n";
    let at = crate::importing::upload(&h, "owner", table).await;
    let page = h.get("owner", &at).await.text;
    for said in ["Columns that no field takes", "name=\"own:Budget\"", "New field: number", "name=\"own:Mood\""] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let guessed = page.split("name=\"own:Mood\"").nth(1).unwrap().split("</select>").next().unwrap();
    assert!(guessed.find("New field: choice").unwrap() < guessed.find("New field: text").unwrap(), "{guessed}");
    h.post("owner", &at, "own%3ABudget=number&own%3AMood=").await;
    let page = h.get("owner", &at).await.text;
    assert!(page.contains("Proposed to the Manager and the Owner after that: the own field “Budget” (number)."), "{page}");
    let mapping = exchange::Mapping { own: crate::importing::pairs(&[("Budget", "number")]), ..Default::default() };
    let brought = crate::importing::bring_text(&h, "owner", table, &mapping).await;
    assert!(crate::importing::says(&brought.report.notes, &["Budget", "is proposed"]), "{:?}", brought.report.notes);
    let asked = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(h.get("owner", "/ORB/story/2").await.text.contains("Budget"));
    assert_eq!(h.number("select count(*) from field_value").await, 3);
    assert_eq!(h.number("select count(*) from field").await, 1);
    let wrong = exchange::Mapping { own: crate::importing::pairs(&[("Budget", "colour")]), ..Default::default() };
    assert!(wrong.check().is_err());
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}
