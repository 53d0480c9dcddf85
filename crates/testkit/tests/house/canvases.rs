//! Canvases: notes in boxes that rest on evidence and become something; the fit of a value proposition; risks.

use kernel::{Json, json};
use testkit::{House, told};

async fn canvas(h: &House, kind: &str, title: &str) -> String {
    h.made("manager", "canvas.begin", json!({ "kind": kind, "title": title }), "canvas").await
}

async fn note(h: &House, canvas: &str, cell: &str, body: &str) -> String {
    h.made("manager", "canvas_note.write", json!({ "canvas": canvas, "cell": cell, "body": body }), "canvas_note").await
}

/// A value proposition for the tests that try every command: its canvas, a pain that is answered, a reliever that answers it,
/// and a pain that isn't answered.
pub(crate) async fn furnished(h: &House) -> [String; 4] {
    let proposition = canvas(h, "value_proposition", "For parents").await;
    let answered = note(h, &proposition, "pains", "It is gone when I get there").await;
    let reliever = note(h, &proposition, "relievers", "Hold a bike").await;
    let pain = note(h, &proposition, "pains", "Brakes howl in the rain").await;
    h.run("manager", "canvas_note.answer", json!({ "canvas_note": reliever, "answered": answered })).await.unwrap();
    h.made("manager", "risk.add", json!({ "title": "The city ends the contract", "likelihood": "low", "impact": "high" }), "risk").await;
    [proposition, answered, reliever, pain]
}

#[tokio::test]
async fn notes_are_written_moved_and_removed() {
    let h = House::new().await;
    let swot = canvas(&h, "swot", "Where we stand").await;
    let [first, second] = [note(&h, &swot, "strengths", "Own workshops").await, note(&h, &swot, "strengths", "Cities trust us").await];
    let page = h.get("stakeholder", &format!("/ORB/canvases?show={swot}")).await.text;
    for text in ["Strengths", "Weaknesses", "Own workshops", "What around us could harm?", "2 notes"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Write a note"), "whoever only sees writes nothing");
    assert!(
        told(h.run("manager", "canvas_note.write", json!({ "canvas": swot, "cell": "pains", "body": "x" })).await).contains("has no box “pains”")
    );
    let order = async || {
        h.text(format!("select body from canvas_note where canvas = '{swot}' and cell = 'strengths' and removed_at is null order by rank limit 1"))
            .await
    };
    h.run("manager", "canvas_note.move", json!({ "canvas_note": second, "cell": "strengths", "before": first })).await.unwrap();
    assert_eq!(order().await, "Cities trust us");
    h.run("manager", "canvas_note.move", json!({ "canvas_note": second, "cell": "opportunities" })).await.unwrap();
    assert_eq!(order().await, "Own workshops");
    assert!(told(h.run("manager", "canvas_note.move", json!({ "canvas_note": second, "cell": "jobs" })).await).contains("has no box"));
    h.run("manager", "canvas_note.remove", json!({ "canvas_note": first })).await.unwrap();
    assert!(!h.get("manager", &format!("/ORB/canvases?show={swot}")).await.text.contains("Own workshops"));
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/canvases?show={swot}")).await.text.contains("Own workshops"), "it comes back by an undo");
    // The Owner proposes where the Manager decides.
    let asked = h.proposed("owner", "canvas_note.write", json!({ "canvas": swot, "cell": "threats", "body": "A rival from Basel" })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let file = h.get("stakeholder", &format!("/ORB/canvases/{swot}/canvas.md")).await.text;
    assert_eq!(
        file,
        "# Where we stand\n\nSWOT\n\n## Strengths\n\n- Own workshops\n\n## Weaknesses\n\n–\n\n## Opportunities\n\n- Cities trust us\n\n## Threats\n\n- A rival from Basel\n\n"
    );
    h.run("manager", "canvas.remove", json!({ "canvas": swot })).await.unwrap();
    assert_eq!(h.number("select count(*) from canvas_note where removed_at is null").await, 0);
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from canvas_note where removed_at is null").await, 3);
    assert_eq!(h.get("outsider", &format!("/ORB/canvases?show={swot}")).await.status, 404);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_canvas_is_seen_as_of_a_past_day() {
    let h = House::new().await;
    let swot = canvas(&h, "swot", "Where we stand").await;
    let first = note(&h, &swot, "strengths", "Own workshops").await;
    let day = web::when::day(h.app.clock.now());
    h.app.clock.forward(3 * 86_400_000);
    h.run("manager", "canvas_note.edit", json!({ "canvas_note": first, "body": "Workshops in three cities" })).await.unwrap();
    h.run("manager", "canvas_note.move", json!({ "canvas_note": first, "cell": "opportunities" })).await.unwrap();
    note(&h, &swot, "threats", "Ice").await;
    let page = h.get("owner", &format!("/ORB/canvases?show={swot}&as_of={day}")).await.text;
    assert!(page.contains("Own workshops") && !page.contains("three cities") && !page.contains(">Ice<"), "{page}");
    assert!(page.contains("Since then: 1 note written, 1 note moved to another box, 1 note changed."), "{page}");
    assert_eq!(h.get("owner", &format!("/ORB/canvases?show={swot}&as_of=soon")).await.status, 422);
    let before = web::when::days_after(&day, -1);
    let page = h.get("owner", &format!("/ORB/canvases?show={swot}&as_of={before}")).await.text;
    assert!(page.contains("It was not there yet") && !page.contains("note written") && !page.contains(">Ice<"), "{page}");
}

#[tokio::test]
async fn a_note_is_found_and_opened_where_it_stands() {
    let h = House::new().await;
    let swot = canvas(&h, "swot", "Where we stand").await;
    let own = note(&h, &swot, "strengths", "Own workshops").await;
    let found = h.get("owner", "/ORB/search?q=workshops").await.text;
    let address = format!("canvases?open={own}");
    assert!(found.contains(&address), "{found}");
    let opened = h.get("manager", &format!("/ORB/{address}")).await.text;
    assert!(opened.contains("Where we stand") && opened.contains("canvas_note.edit"), "its canvas, and its panel: {opened}");
}

#[tokio::test]
async fn notes_rest_on_evidence_and_become_something() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    let lean = canvas(&h, "lean", "Bikes by the hour").await;
    let [problem, doubt, threat] = [
        note(&h, &lean, "problem", "The bike is gone").await,
        note(&h, &lean, "revenue", "Shops pay 60 a month").await,
        note(&h, &lean, "costs", "Locks break").await,
    ];
    let piece = h.made("owner", "evidence.record", json!({ "quote": "Third time this week." }), "evidence").await;
    assert!(h.get("owner", "/ORB/thread").await.text.contains("Third time this week."), "loose evidence is a gap");
    h.run("manager", "canvas_note.support", json!({ "canvas_note": problem, "evidence": piece })).await.unwrap();
    assert!(!h.get("owner", "/ORB/thread").await.text.contains("Third time this week."), "a note hangs on it now");
    let need = h.text("select id from need".into()).await;
    h.run("manager", "canvas_note.edit", json!({ "canvas_note": problem, "need": need })).await.unwrap();
    h.run("manager", "canvas_note.become_initiative", json!({ "canvas_note": problem, "title": "Hold a bike" })).await.unwrap();
    let bet = h.text("select id from initiative where title = 'Hold a bike'".into()).await;
    assert_eq!(
        h.number("select count(*) from relation where verb = 'addresses' and to_noun = 'need' and removed_at is null").await,
        2,
        "it addresses the need"
    );
    let again = h.run("manager", "canvas_note.become_initiative", json!({ "canvas_note": problem })).await;
    assert!(told(again).contains("It is an initiative already: “Hold a bike”"));
    h.run("manager", "canvas_note.become_assumption", json!({ "canvas_note": doubt, "initiative": "1", "expects": "3 of 5 sign" })).await.unwrap();
    h.run("manager", "canvas_note.become_risk", json!({ "canvas_note": threat, "likelihood": "high", "impact": "middling" })).await.unwrap();
    assert_eq!(h.text("select assumption from assumption_test".into()).await, "Shops pay 60 a month");
    let chain = h.get("manager", &format!("/ORB/thread?of=initiative&id={bet}")).await.text;
    assert!(chain.contains("The bike is gone") && chain.contains("Third time this week."), "up from the bet to the evidence: {chain}");
    let panel = h.get("manager", &format!("/ORB/canvases?open={problem}")).await.text;
    for text in ["Hold a bike", "Third time this week.", "Know that a bike is there", "What became of it"] {
        assert!(panel.contains(text), "{text}: {panel}");
    }
    let risk = h.text("select id from risk".into()).await;
    let panel = h.get("owner", &format!("/ORB/risks?open={risk}")).await.text;
    for text in ["Locks break", "Where it is from", "heavy"] {
        assert!(panel.contains(text), "{text}: {panel}");
    }
    h.run("manager", "risk.edit", json!({ "risk": risk, "state": "handled", "response": "A second supplier", "owner": h.member("owner") }))
        .await
        .unwrap();
    assert!(h.get("owner", "/ORB/risks").await.text.contains("Not open any more"));
    // What was made and the note that leads there are one act.
    let slip = note(&h, &lean, "solution", "A map of holds").await;
    h.run("manager", "canvas_note.become_initiative", json!({ "canvas_note": slip })).await.unwrap();
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from initiative where title = 'A map of holds' and removed_at is null").await, 0);
    assert_eq!(h.number("select count(*) from canvas_note where body = 'A map of holds' and initiative is not null").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn fit_is_worked_out_from_what_is_built() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    let [proposition, answered, reliever, pain] = furnished(&h).await;
    let gain = note(&h, &proposition, "gains", "Dry children").await;
    let creator = note(&h, &proposition, "creators", "A canopy").await;
    let wrong = h.run("manager", "canvas_note.answer", json!({ "canvas_note": creator, "answered": pain })).await;
    assert!(told(wrong).contains("answers gains of the same canvas"));
    let wrong = h.run("manager", "canvas_note.answer", json!({ "canvas_note": pain, "answered": gain })).await;
    assert!(told(wrong).contains("Only pain relievers and gain creators"));
    let token = h.token("stakeholder").await;
    let fit = async || h.rest(&token, "GET", &format!("/products/ORB/canvases/{proposition}/fit"), Json::Null).await.json();
    let told = fit().await;
    assert_eq!((&told["pains"], &told["gains"], &told["fit"]), (&json!(0.0), &json!(0.0), &json!(0.0)), "said is not built: {told}");
    assert_eq!((&told["answered"][0]["stands"], &told["answered"][1]["stands"]), (&json!("only_said"), &json!("by_nothing")));
    assert_eq!(told["idle"], json!([kernel::Uuid::parse_str(&creator).unwrap()]));
    // A bet delivers the reliever: one of two pains, and one of three in all.
    h.run("manager", "canvas_note.edit", json!({ "canvas_note": reliever, "initiative": "1" })).await.unwrap();
    let told = fit().await;
    assert_eq!((&told["pains"], &told["gains"]), (&json!(0.5), &json!(0.0)));
    assert_eq!(told["fit"], json!(1.0 / 3.0));
    // The other pain speaks of a need that the bet addresses; the gain is answered by a feature.
    let need = h.text("select id from need".into()).await;
    h.run("manager", "canvas_note.edit", json!({ "canvas_note": pain, "need": need })).await.unwrap();
    h.run("manager", "canvas_note.answer", json!({ "canvas_note": creator, "answered": gain })).await.unwrap();
    h.run("manager", "canvas_note.edit", json!({ "canvas_note": creator, "feature": "2" })).await.unwrap();
    let told = fit().await;
    assert_eq!((&told["pains"], &told["gains"], &told["fit"]), (&json!(1.0), &json!(1.0), &json!(1.0)), "{told}");
    let page = h.get("owner", &format!("/ORB/canvases?show={proposition}")).await.text;
    for text in ["2 of 2 answered", "What is answered by what", "ORB-1", "ORB-2"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // What is dropped answers nothing any more.
    let asked = h.proposed("manager", "initiative.edit", json!({ "initiative": "1", "state": "dropped" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(fit().await["pains"], json!(0.0));
    h.run("manager", "canvas_note.unanswer", json!({ "canvas_note": reliever, "answered": answered })).await.unwrap();
    let panel = h.get("owner", &format!("/ORB/canvases?open={answered}")).await.text;
    assert!(panel.contains("Nothing answers it yet."), "{panel}");
}
