//! Labels as a whole: another name, two made one, a colour; each is one act on every story, and one undo.

use app::Outcome;
use kernel::json;
use testkit::House;

/// Stories 1 to 3: the first two are labelled "care", the last two "attention".
async fn labelled() -> House {
    let h = House::new().await;
    for labels in [json!(["care"]), json!(["care", "attention"]), json!(["attention"])] {
        h.made("owner", "story.create", json!({ "title": "S", "labels": labels }), "story").await;
    }
    h
}

async fn labels_of(h: &House, number: i64) -> String {
    h.text(format!("select labels from story where number = {number}")).await
}

#[tokio::test]
async fn a_label_is_renamed_on_every_story_and_back_in_one() {
    let h = labelled().await;
    h.run("owner", "label.colour", json!({ "label": "care", "colour": "plum" })).await.unwrap();
    let taken = h.run("owner", "label.rename", json!({ "label": "care", "name": "attention" })).await;
    assert!(format!("{taken:?}").contains("Merge the two"), "{taken:?}");
    h.run("owner", "label.rename", json!({ "label": "care", "name": "needs \"care\" 100 %" })).await.unwrap();
    assert_eq!(labels_of(&h, 1).await, r#"["needs \"care\" 100 %"]"#);
    assert_eq!(labels_of(&h, 2).await, r#"["needs \"care\" 100 %","attention"]"#);
    let list = h.get("owner", "/ORB/backlog").await.text;
    assert!(list.contains("chip chip-label label-plum"), "the colour stays with it: {list}");
    // What was saved or sent around under the old name still finds them.
    let found = h.get("owner", "/ORB/backlog?label=care").await.text;
    assert_eq!(found.matches("class=\"row-item\"").count(), 2, "{found}");
    let told = h.get("owner", "/ORB/activity").await.text;
    assert!(told.contains("renamed the label") && told.contains("“care” to “needs"), "{told}");
    assert!(told.contains("and 2 more"), "one act: {told}");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!((labels_of(&h, 1).await, labels_of(&h, 2).await), (r#"["care"]"#.into(), r#"["care","attention"]"#.into()));
    h.run("owner", "act.redo_last", json!({})).await.unwrap();
    assert_eq!(labels_of(&h, 1).await, r#"["needs \"care\" 100 %"]"#);
}

#[tokio::test]
async fn two_labels_become_one() {
    let h = labelled().await;
    h.run("owner", "label.colour", json!({ "label": "care", "colour": "sky" })).await.unwrap();
    h.run("owner", "label.merge", json!({ "label": "care", "into": "attention" })).await.unwrap();
    for number in 1..=3 {
        assert_eq!(labels_of(&h, number).await, r#"["attention"]"#, "each once");
    }
    let page = h.get("owner", "/ORB/labels").await.text;
    assert!(page.contains("3 stories") && !page.contains(">care</a>"), "{page}");
    let found = h.get("owner", "/ORB/backlog?label=care").await.text;
    assert_eq!(found.matches("class=\"row-item\"").count(), 3, "{found}");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(labels_of(&h, 2).await, r#"["care","attention"]"#);
    assert!(h.get("owner", "/ORB/labels").await.text.contains("label-sky"), "its colour is back too");
}

#[tokio::test]
async fn whoever_proposes_a_name_renames_what_has_it_when_it_is_signed() {
    let h = labelled().await;
    let asked = h.proposed("developer", "label.rename", json!({ "label": "care", "name": "polish" })).await;
    h.made("owner", "story.create", json!({ "title": "later", "labels": ["care"] }), "story").await;
    let signed = h.run("owner", "proposal.sign", json!({ "proposal": asked })).await;
    assert!(matches!(signed, Ok(Outcome::Done(_))), "{signed:?}");
    assert_eq!(h.number("select count(*) from story where labels like '%polish%'").await, 3);
    assert_eq!(h.number("select count(*) from proposal where state = 'agreed'").await, 1);
}
