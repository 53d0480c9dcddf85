//! Versions of the vision side by side, its board, and objectives within objectives.

use kernel::json;
use testkit::{House, told};

#[tokio::test]
async fn versions_of_the_vision_are_compared_word_by_word() {
    let h = House::new().await;
    let vision =
        |benefit: &str| json!({ "for_whom": "parents", "who": "carry much", "is_a": "fleet", "that": benefit, "unlike": "a car", "ours": "is near" });
    let mut first = vision("is there within ten minutes");
    first["target_group"] = json!("Parents of two");
    h.run("manager", "vision.publish", first).await.unwrap();
    let page = h.get("stakeholder", "/ORB/strategy").await.text;
    assert!(page.contains("Vision board") && page.contains("Parents of two") && !page.contains("word by word"), "{page}");
    h.run("manager", "vision.publish", vision("is there within five minutes")).await.unwrap();
    assert_eq!(h.text("select target_group from vision where number = 2".into()).await, "Parents of two", "what is left out of the board stays");
    let mut third = vision("is there within five minutes, in any weather");
    third["target_group"] = json!("");
    h.run("manager", "vision.publish", third).await.unwrap();
    let page = h.get("stakeholder", "/ORB/strategy").await.text;
    assert!(page.contains("five minutes<ins>, in any weather</ins>"), "{page}");
    assert!(page.contains("<del>Parents of two</del>"), "the board is compared too");
    let page = h.get("stakeholder", "/ORB/strategy?from=1&to=2").await.text;
    assert!(page.contains("within <del>ten</del><ins>five</ins> minutes"), "{page}");
    assert_eq!(h.get("stakeholder", "/ORB/strategy?from=x&to=99").await.status, 200);
}

#[tokio::test]
async fn objectives_stand_within_objectives() {
    let h = House::new().await;
    let set = async |title: &str, parent: Option<&String>| {
        h.made("manager", "objective.create", json!({ "title": title, "parent": parent }), "objective").await
    };
    let whole = set("Ride more", None).await;
    let part = set("Stay dry", Some(&whole)).await;
    let deepest = set("A roof", Some(&part)).await;
    let page = h.get("stakeholder", "/ORB/strategy").await.text;
    let within = page.split("Parts of “Ride more”").nth(1).unwrap();
    assert!(within.contains("Stay dry") && within.split("Parts of “Stay dry”").nth(1).unwrap().contains("A roof"), "{page}");
    let circle = h.run("manager", "objective.edit", json!({ "objective": whole, "parent": deepest })).await;
    assert!(told(circle).contains("within itself"));
    let backwards = h.run("manager", "objective.edit", json!({ "objective": whole, "starts_on": "2026-10-01", "ends_on": "2026-09-01" })).await;
    assert!(told(backwards).contains("before it starts"));
    let own = h.run("manager", "objective.edit", json!({ "objective": whole, "parent": whole })).await;
    assert!(told(own).contains("within itself"));
    h.run("manager", "objective.remove", json!({ "objective": part })).await.unwrap();
    assert_eq!(h.text(format!("select parent from objective where id = '{deepest}'")).await, whole, "what was a part goes one up");
    h.run("manager", "objective.edit", json!({ "objective": deepest, "parent": null })).await.unwrap();
    assert_eq!(h.number("select count(*) from objective where parent is not null and removed_at is null").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn no_objective_is_lost_in_a_circle() {
    let h = House::new().await;
    let set = async |title: &str, parent: Option<&String>| {
        h.made("manager", "objective.create", json!({ "title": title, "parent": parent }), "objective").await
    };
    let whole = set("Ride more", None).await;
    let part = set("Stay dry", Some(&whole)).await;
    h.run("manager", "objective.edit", json!({ "objective": part, "parent": null })).await.unwrap();
    let act = h.text("select act from activity where kind = 'objective.edited' order by id desc limit 1".into()).await;
    h.run("manager", "objective.edit", json!({ "objective": whole, "parent": part })).await.unwrap();
    // Taking the first edit back closes the circle, which no command would let in.
    h.run("manager", "act.undo", json!({ "act": act })).await.unwrap();
    assert_eq!(h.number("select count(*) from objective where parent is not null").await, 2);
    let page = h.get("stakeholder", "/ORB/strategy").await.text;
    assert!(page.contains(&format!("id=\"o-{whole}\"")) && page.contains(&format!("id=\"o-{part}\"")), "both are there: {page}");
    assert!(page.contains("stands on its own"), "and it is said: {page}");
    h.run("manager", "objective.edit", json!({ "objective": whole, "title": "Ride much more", "parent": part })).await.unwrap();
    h.run("manager", "objective.remove", json!({ "objective": whole })).await.unwrap();
    assert_eq!(h.number("select count(*) from objective where parent is not null and removed_at is null").await, 0, "nor is it its own part");
}

#[tokio::test]
async fn what_goes_below_another_goes_with_what_it_holds() {
    let h = House::new().await;
    let set = async |title: String, parent: Option<String>| {
        h.made("manager", "objective.create", json!({ "title": title, "parent": parent }), "objective").await
    };
    let column = async |name: &str| {
        let mut column = vec![set(format!("{name} 1"), None).await];
        for n in 2..=5 {
            let next = set(format!("{name} {n}"), column.last().cloned()).await;
            column.push(next);
        }
        column
    };
    let (left, right) = (column("Left").await, column("Right").await);
    let deep = h.run("manager", "objective.edit", json!({ "objective": right[0], "parent": left[4] })).await;
    assert!(told(deep).contains("8 deep at most"), "five below five are ten");
    h.run("manager", "objective.edit", json!({ "objective": right[0], "parent": left[2] })).await.unwrap();
}
