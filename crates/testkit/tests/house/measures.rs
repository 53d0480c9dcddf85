//! Measures and the key results that read them: values by hand, as a table and by a program, what feeds a key result, and who
//! sees of it what.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

fn refused(result: Result<Outcome, Refusal>) -> String {
    match result {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

pub(crate) async fn riders(h: &House) -> String {
    let riders =
        json!({ "name": "Riders", "unit": "riders", "part": "north_star", "dimensions": "city, platform", "meaning": "Who rode once in a week." });
    h.made("manager", "measure.add", riders, "measure").await
}

#[tokio::test]
async fn values_come_by_hand_as_a_table_and_from_a_program() {
    let h = House::new().await;
    let page = h.get("manager", "/ORB/measures").await.text;
    assert!(page.contains("Nothing is measured yet") && page.contains("/ORB/do/measure.add"), "{page}");
    let riders = riders(&h).await;
    let note = |day: &str, amount: f64, along: Json| json!({ "measure": riders, "on_day": day, "amount": amount, "along": along });
    h.run("manager", "measure.note", note("2026-08-10", 100.0, json!({}))).await.unwrap();
    let table = "day;value;city\n7/9/2026;60;Lindau\n7/9/2026;1.065,5;Aarberg\n14/9/2026;125,0;\n";
    h.run("manager", "measure.bring_in", json!({ "measure": riders, "csv": table })).await.unwrap();
    let token = h.token("manager").await;
    let path = format!("/products/ORB/measures/{riders}/values");
    assert!(
        h.rest(&token, "POST", &path, json!({ "on_day": "2026-09-07", "amount": 65.5, "along": { "City": "Aarberg" } })).await.status.is_success()
    );
    assert_eq!(h.number("select count(*) from measure_value where removed_at is null").await, 4, "the same day and part is corrected");
    let history = h.rest(&token, "GET", &format!("/products/ORB/measures/{riders}/history?by=city"), Json::Null).await.json();
    assert_eq!(
        history["points"],
        json!([{ "on_day": "2026-08-10", "amount": 100.0 }, { "on_day": "2026-09-07", "amount": 125.5 }, { "on_day": "2026-09-14", "amount": 125.0 }]),
        "parts make the whole"
    );
    assert_eq!(history["parts"][0]["part"], "Aarberg", "{history}");
    let page = h.get("owner", "/ORB/measures").await.text;
    assert!(page.contains("125 riders on 14 Sep, 25 % more than on 10 Aug."), "{page}");
    let panel = h.get("owner", &format!("/ORB/measures?open={riders}&by=city")).await.text;
    for told in ["Riders by city", "Lindau", "Who rode once in a week.", "Propose to the Manager: note it"] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    let csv = h.get("owner", &format!("/ORB/measures/history.csv?measure={riders}")).await.text;
    assert!(csv.contains("2026-09-14,125"), "{csv}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_read_leaves_nothing_behind() {
    let h = House::new().await;
    let riders = riders(&h).await;
    let table = |csv: &str| json!({ "measure": riders, "csv": csv });
    assert!(refused(h.run("manager", "measure.bring_in", table("day,value\n2026-09-01,5\nsoon,6")).await).contains("Row 3: “soon”"));
    assert!(refused(h.run("manager", "measure.bring_in", table("day,value\n2099-09-01,5")).await).contains("still to come"));
    assert!(refused(h.run("manager", "measure.bring_in", table("day,value,region\n2026-09-01,5,North")).await).contains("“region”"));
    assert_eq!(h.number("select count(*) from measure_value").await, 0, "nothing of it was taken");
    let note = |extra: Json| {
        let mut args = json!({ "measure": riders, "amount": 1 });
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        args
    };
    assert!(refused(h.run("manager", "measure.note", note(json!({ "on_day": "2099-01-01" }))).await).contains("to come"));
    assert!(refused(h.run("manager", "measure.note", note(json!({ "along": { "region": "North" } }))).await).contains("no dimension"));
    assert!(refused(h.run("manager", "measure.add", json!({ "name": "Rides", "part": "north_star" })).await).contains("“Riders” is the north star"));
    assert!(refused(h.run("manager", "measure.edit", json!({ "measure": riders, "dimensions": "value" })).await).contains("cannot be called"));
    let asked = h.proposed("owner", "measure.note", note(json!({ "on_day": "2026-09-01" }))).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from measure_value").await, 1, "the Owner proposes");
}

async fn objective(h: &House) -> String {
    let args = json!({ "title": "More riders", "starts_on": "2026-09-01", "ends_on": "2026-10-11", "share": 60 });
    h.made("manager", "objective.create", args, "objective").await
}

#[tokio::test]
async fn a_key_result_reads_a_measure() {
    let h = House::new().await;
    let (riders, objective) = (riders(&h).await, objective(&h).await);
    let result = |extra: Json| {
        let mut args = json!({ "objective": objective, "title": "Riders a week", "start_value": 100, "target": 200 });
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        args
    };
    assert!(refused(h.run("manager", "key_result.create", result(json!({ "target": 100 }))).await).contains("nothing to reach"));
    assert!(
        refused(h.run("manager", "key_result.create", result(json!({ "measure": riders, "fed_by": "items" }))).await)
            .contains("either reads a measure")
    );
    let reads = h.made("manager", "key_result.create", result(json!({ "measure": riders })), "key_result").await;
    h.run("manager", "measure.note", json!({ "measure": riders, "on_day": "2026-09-10", "amount": 130 })).await.unwrap();
    let token = h.token("manager").await;
    let stands = async || {
        let strategy = h.rest(&token, "GET", "/products/ORB/strategy", Json::Null).await.json();
        strategy["objectives"][0]["key_results"][0]["current_value"].as_f64().unwrap()
    };
    assert_eq!(stands().await, 130.0, "nobody typed it");
    assert!(refused(h.run("manager", "key_result.measure", json!({ "key_result": reads, "amount": 5 })).await).contains("comes by itself"));
    h.run("manager", "key_result.measure", json!({ "key_result": reads, "confidence": 40, "note": "The rain." })).await.unwrap();
    assert_eq!(h.number("select cast(amount as bigint) from measurement").await, 130, "a check-in keeps what it read");
    let page = h.get("owner", "/ORB/strategy").await.text;
    for told in ["How it goes", "Expected", "expected by now", "The rain.", "reads "] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(refused(h.run("manager", "key_result.edit", json!({ "key_result": reads, "target": 100 })).await).contains("nothing to reach"));
    h.run("manager", "measure.remove", json!({ "measure": riders })).await.unwrap();
    assert_eq!(stands().await, 130.0, "it keeps what was read last");
    assert!(h.get("owner", "/ORB/strategy").await.text.contains("its measure is gone"));
    let typed = h.made("manager", "key_result.create", result(json!({})), "key_result").await;
    assert!(refused(h.run("manager", "key_result.measure", json!({ "key_result": typed, "confidence": 4 })).await).contains("where it stands"));
    h.run("manager", "key_result.edit", json!({ "key_result": reads, "measure": null })).await.unwrap();
    h.run("manager", "key_result.measure", json!({ "key_result": reads, "amount": 150 })).await.unwrap();
    assert_eq!(stands().await, 150.0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn work_feeds_a_key_result_and_shares_are_held_against_it() {
    let h = House::new().await;
    let objective = objective(&h).await;
    h.made("manager", "initiative.create", json!({ "title": "I", "objective": objective }), "initiative").await;
    h.made("manager", "feature.create", json!({ "title": "F", "initiative": "1" }), "feature").await;
    for (unit, work) in [("points", "points"), ("stories", "items")] {
        let result = json!({ "objective": objective, "title": unit, "start_value": 0, "target": 10, "fed_by": work });
        h.made("manager", "key_result.create", result, "key_result").await;
    }
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    for (feature, points) in [("2", 3), ("", 5)] {
        let story = h.made("owner", "story.create", json!({ "title": "S", "feature": feature }), "story").await;
        h.run("developer", "story.estimate", json!({ "story": story, "points": points })).await.unwrap();
        h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": [story] })).await.unwrap();
        for (who, command) in [("developer", "story.start"), ("developer", "story.hand_over"), ("owner", "story.accept")] {
            h.run(who, command, json!({ "story": story })).await.unwrap();
        }
    }
    let values = async |who: &str| -> Vec<f64> {
        let token = h.token(who).await;
        let strategy = h.rest(&token, "GET", "/products/ORB/strategy", Json::Null).await.json();
        strategy["objectives"][0]["key_results"].as_array().unwrap().iter().map(|k| k["current_value"].as_f64().unwrap()).collect()
    };
    assert_eq!(values("manager").await, [3.0, 1.0]);
    assert_eq!(values("stakeholder").await, [0.0, 1.0], "sizes are not told to whoever does not see them");
    let page = h.get("manager", "/ORB/strategy").await.text;
    assert!(page.contains("60 % of capacity intended, 38 % so far") && page.contains("less than meant"), "{page}");
    assert!(page.contains("from accepted points"), "{page}");
}
