//! Rows of different files that have the same keys.

use crate::importing::*;
use exchange::Mapping;
use testkit::House;

const SHOP: &str =
    "id,title,state,created\n1,Bake rye bread,Open,2026-03-01\n2,Clean the oven,Doing,2026-03-02\n3,Sell rolls at the door,Done,2026-03-03\n";
const CHOIR: &str = "id,title,state,created\n1,Learn the first voice,Open,2026-03-01\n2,Hire the hall,Open,2026-03-02\n3,Print the programme,Open,2026-03-03\n4,Invite the mayor,Open,2026-03-04\n";

async fn titles(h: &House) -> Vec<String> {
    let count = h.number("select count(*) from story").await;
    let mut titles = vec![];
    for number in 1..=count {
        titles.push(h.text(format!("select title from story where number = {number}")).await);
    }
    titles
}

#[tokio::test]
async fn two_files_with_the_same_keys_stay_apart() {
    let h = House::new().await;
    let plain = Mapping::default();
    bring_text(&h, "owner", SHOP, &plain).await;
    let choir = bring_text(&h, "owner", CHOIR, &plain).await.report;
    assert_eq!((choir.created, choir.updated, choir.apart), (4, 0, 3));
    assert!(says(&choir.notes, &["3 rows have keys of stories here", "row 2 (1, here ORB-1 “Bake rye bread”)"]), "{:?}", choir.notes);
    assert_eq!(titles(&h).await.len(), 7);

    // Each finds its own again, whatever was changed in it, and also what is new in it.
    let newer = SHOP.replace("Clean the oven,Doing", "Clean the oven,Done").replace("Sell rolls at the door", "Vend buns")
        + "4,Mend the till,Open,2026-03-05\n";
    let shop = bring_text(&h, "owner", &newer, &plain).await.report;
    assert_eq!((shop.created, shop.updated, shop.unchanged, shop.apart), (1, 2, 1, 0), "{:?}", shop.rows);
    let choir = bring_text(&h, "owner", &CHOIR.replace("Invite the mayor", "Invite nobody at all"), &plain).await.report;
    assert_eq!((choir.created, choir.updated, choir.unchanged), (0, 1, 3), "{:?}", choir.rows);
    assert_eq!(h.number("select count(*) from story where title in ('Mend the till', 'Invite nobody at all', 'Vend buns')").await, 3);
    assert!(h.get("owner", "/ORB/story/4").await.text.contains("a CSV file, 1"), "its key is shown as the file has it");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_same_export_with_other_columns_is_the_same() {
    let h = House::new().await;
    bring_text(&h, "owner", SHOP, &Mapping::default()).await;
    let wider = "Nr,Title,State,Team note\n1,Bake rye bread,Open,x\n2,Clean the oven,Doing,\n3,Something else entirely,Done,\n";
    let again = bring_text(&h, "owner", wider, &Mapping::default()).await.report;
    assert_eq!((again.created, again.updated, again.unchanged), (0, 1, 2), "{:?}", again.rows);
}

#[tokio::test]
async fn keys_of_another_project_are_other_keys() {
    let h = House::new().await;
    let row = |project: &str| format!("Issue ID,URL,Title,State\n1,https://git.example/{project}/-/issues/1,Set up the build,opened\n");
    bring_text(&h, "owner", &row("shop"), &Mapping::default()).await;
    let other = bring_text(&h, "owner", &row("choir"), &Mapping::default()).await.report;
    assert_eq!((other.created, other.apart), (1, 1));
    for project in ["shop", "choir"] {
        let again = bring_text(&h, "owner", &row(project), &Mapping::default()).await.report;
        assert_eq!((again.created, again.unchanged), (0, 1), "{project}");
    }
}

#[tokio::test]
async fn who_says_that_they_are_the_same_is_obeyed() {
    let h = House::new().await;
    bring_text(&h, "owner", "id,title\n1,Old words\n", &Mapping::default()).await;
    let renamed = "id,title\n1,Nothing in common\n";
    let doubt = foreseen(&h, renamed, &Mapping::default()).await;
    assert_eq!((doubt.created, doubt.apart), (1, 1), "in doubt it is new, and said");
    let same = bring_text(&h, "owner", renamed, &Mapping { same: true, ..Mapping::default() }).await.report;
    assert_eq!((same.created, same.updated, titles(&h).await), (0, 1, vec!["Nothing in common".to_owned()]));
}

#[tokio::test]
async fn an_epic_of_another_file_is_another_epic() {
    let h = House::new().await;
    let file = |epic: &str, story: &str| format!("id,title,type,parent\n1,{epic},Epic,\n2,{story},Story,1\n");
    let first = bring_text(&h, "owner", &file("Open the library", "Lend books"), &Mapping::default()).await;
    let second = bring_text(&h, "owner", &file("Run the garden", "Water it"), &Mapping::default()).await;
    assert!(first.features.is_some() && second.features.is_some());
    for proposal in ["Open the library", "Run the garden"] {
        let id = h.text(format!("select id from proposal where title like '%{proposal}%'")).await;
        h.run("manager", "proposal.sign", kernel::json!({ "proposal": id })).await.unwrap();
    }
    let hung = "select count(*) from story join feature on feature.id = story.feature where (story.title, feature.title)
        in (('Lend books', 'Open the library'), ('Water it', 'Run the garden'))";
    assert_eq!((h.number(hung).await, h.number("select count(*) from feature").await), (2, 2));
}

/// What an import would do.
async fn foreseen(h: &House, text: &str, mapping: &Mapping) -> exchange::Report {
    let draft = exchange::read(exchange::Format::Csv, text.as_bytes(), mapping).unwrap();
    let owner = h.visitor("owner", kernel::Door::Import);
    exchange::Arrival { app: &h.app, visitor: &owner, product: "ORB", format: exchange::Format::Csv, file_name: "f.csv", draft: &draft }
        .bring(true, |_| {})
        .await
        .unwrap()
        .report
}
