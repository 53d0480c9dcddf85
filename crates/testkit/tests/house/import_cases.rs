//! Files of other tools that once came in wrong, each with what is right.

use crate::importing::*;
use exchange::{Arrival, Format, Mapping, read};
use kernel::{Door, json};
use testkit::House;

#[tokio::test]
async fn dates_are_read_by_column_or_kept_as_text() {
    let h = House::new().await;
    let brought = csv(&h, "dates.csv").await;
    assert_eq!((day(&h, "csv:G-1", "created_at").await, day(&h, "csv:G-1", "settled_at").await), ("2025-04-20".into(), "2025-04-22".into()));
    assert_eq!((day(&h, "csv:G-2", "created_at").await, field(&h, "csv:G-2", "settled_at").await), ("2025-04-07".into(), String::new()));
    assert!(field(&h, "csv:G-2", "extra").await.contains(r#""closed":"4/9/2025""#));
    assert_eq!((day(&h, "csv:G-3", "created_at").await, day(&h, "csv:G-3", "settled_at").await), ("2025-04-14".into(), "2025-04-16".into()));
    assert!(field(&h, "csv:G-4", "extra").await.contains(r#""created":"last week""#));
    assert!(
        says(&brought.report.notes, &["Row 3", "closed", "4/9/2025"]) && says(&brought.report.notes, &["Row 5", "created", "last week"]),
        "{:?}",
        brought.report.notes
    );
}

#[tokio::test]
async fn who_says_how_a_column_is_written_is_obeyed_at_a_second_import() {
    let h = House::new().await;
    csv(&h, "dates.csv").await;
    let told = Mapping { dates: pairs(&[("closed", "day")]), ..Mapping::default() };
    let again = import(&h, Format::Csv, "dates.csv", &told).await.unwrap();
    assert_eq!((again.report.updated, day(&h, "csv:G-2", "settled_at").await), (1, "2025-09-04".into()));
}

#[tokio::test]
async fn finished_work_with_named_weekdays_is_a_history() {
    let h = House::new().await;
    assert_eq!(csv(&h, "till.csv").await.report.created, 36);
    assert_eq!(h.number("select count(*) from story where stage = 'accepted' and settled_at is not null").await, 28);
    let last = h.number("select max(settled_at) from story").await;
    assert_eq!(web::when::day(last), "2026-09-03");
}

#[tokio::test]
async fn a_column_that_proves_its_order_is_read_by_it() {
    let h = House::new().await;
    csv(&h, "day-first.csv").await;
    assert_eq!((day(&h, "csv:O-1", "created_at").await, day(&h, "csv:O-1", "settled_at").await), ("2021-11-07".into(), "2021-11-13".into()));
    assert_eq!((day(&h, "csv:O-2", "created_at").await, day(&h, "csv:O-2", "settled_at").await), ("2021-11-14".into(), "2021-12-09".into()));
}

#[tokio::test]
async fn states_are_whole_words() {
    let h = House::new().await;
    let brought = csv(&h, "state-words.csv").await;
    let open: Vec<String> = ["S-1", "S-2", "S-3", "S-4", "S-5", "S-7", "S-8"].iter().map(|k| format!("csv:{k}")).collect();
    let open: Vec<&str> = open.iter().map(String::as_str).collect();
    assert_eq!(fields(&h, &open, "stage").await, vec!["open"; 7]);
    assert_eq!(fields(&h, &["csv:S-6", "csv:S-9"], "stage").await, ["doing", "accepted"]);
    assert!(!brought.report.states["Latest"].known && brought.report.states["Not Done"].known);
    assert_eq!(field(&h, "csv:S-9", "settled_at").await, "", "nobody said when");
}

#[tokio::test]
async fn states_that_are_not_known_are_asked_about() {
    let h = House::new().await;
    let brought = import(&h, Format::Csv, "unknown-states.csv", &Mapping::default()).await.unwrap();
    assert!(says(&brought.report.undecided, &["“Verified” (1)", "“Archived” (1)", "“Delivered” (1)"]), "{:?}", brought.report.undecided);
    assert_eq!(h.number("select count(*) from story").await, 0, "nothing comes in before");
    let states = pairs(&[("Verified", "accepted"), ("Delivered", "accepted"), ("Archived", "dropped")]);
    let brought = import(&h, Format::Csv, "unknown-states.csv", &Mapping { states, ..Mapping::default() }).await.unwrap();
    assert_eq!(brought.report.created, 6);
    let keys = ["csv:U-1", "csv:U-2", "csv:U-3", "csv:U-4", "csv:U-5", "csv:U-6"];
    assert_eq!(fields(&h, &keys, "stage").await, ["accepted", "accepted", "accepted", "doing", "accepted", "dropped"]);
    assert!(field(&h, "csv:U-6", "extra").await.contains("Archived"));
}

#[tokio::test]
async fn the_category_of_a_state_says_more_than_its_name() {
    let h = House::new().await;
    import(&h, Format::JiraCsv, "status-category.csv", &Mapping::default()).await.unwrap();
    assert_eq!(fields(&h, &["jira:E-1", "jira:E-2", "jira:E-3", "jira:E-4"], "stage").await, ["accepted", "doing", "open", "open"]);
}

#[tokio::test]
async fn nothing_that_is_not_known_is_thrown_away() {
    let h = House::new().await;
    let brought = csv(&h, "kept-text.csv").await;
    // An epic is proposed as a feature, with all that its row says.
    let feature = h.text("select commands from proposal".into()).await;
    for word in ["maps, print", "M. Outside", "Waiting for legal"] {
        assert!(feature.contains(word), "{word}: {feature}");
    }
    assert_eq!(field(&h, "csv:L-2", "labels").await, r#"["maps","safety"]"#);
    assert!(says(&brought.report.notes, &["“M. Outside” is no member", "2 rows"]), "{:?}", brought.report.notes);
    let brought = import(&h, Format::GithubJson, "assignees.json", &Mapping::default()).await.unwrap();
    assert!(field(&h, "github:demo/halls#5", "extra").await.contains("outside-one, outside-two"));
    assert!(says(&brought.report.notes, &["“outside-two” is no member"]), "{:?}", brought.report.notes);
}

#[tokio::test]
async fn criteria_end_at_the_next_heading() {
    let h = House::new().await;
    import(&h, Format::Csv, "next-heading.csv", &Mapping { criteria: true, ..Mapping::default() }).await.unwrap();
    let of = async |key: &str| {
        h.number(Box::leak(
            format!("select count(*) from criterion join story on story.id = criterion.story where origin = 'csv:{key}'").into_boxed_str(),
        ))
        .await
    };
    assert_eq!([of("C-1").await, of("C-2").await, of("C-3").await, of("C-4").await], [2, 0, 0, 2]);
    assert_eq!(
        h.number("select count(*) from criterion where body in ('Two come out', 'Both can be scanned', 'Foil is fed', 'It does not jam')").await,
        4
    );
}

#[tokio::test]
async fn criteria_come_from_their_column_and_never_twice() {
    let h = House::new().await;
    let mapped = Mapping { columns: pairs(&[("criteria", "Acceptance Criteria")]), ..Mapping::default() };
    import(&h, Format::Csv, "criteria-column.csv", &mapped).await.unwrap();
    let found = "select count(*) from criterion where body in ('Name is written down', 'Back within a week', 'Ladder is clean', 'Ladder is whole')";
    assert_eq!((h.number(found).await, h.number("select count(*) from criterion").await), (4, 4));
    assert!(field(&h, "csv:A-2", "extra").await.contains("Ladder is clean\\nLadder is whole"), "the text stays");
    let by_name = Mapping { criteria: true, ..Mapping::default() };
    let again = import(&h, Format::Csv, "criteria-column.csv", &by_name).await.unwrap();
    assert_eq!((again.report.unchanged, h.number("select count(*) from criterion").await), (2, 4));
    let other = House::new().await;
    import(&other, Format::Csv, "criteria-column.csv", &by_name).await.unwrap();
    assert_eq!(other.number(found).await, 4, "its name is enough");
}

#[tokio::test]
async fn rows_without_a_key_are_recognised_by_what_they_say() {
    let h = House::new().await;
    csv(&h, "unkeyed.csv").await;
    let again = csv(&h, "unkeyed-again.csv").await;
    assert_eq!((again.report.created, again.report.updated, again.report.unchanged), (1, 0, 3), "{:?}", again.report.rows);
    assert_eq!(h.text("select stage from story where body = 'Each week with lye'".into()).await, "open");
}

#[tokio::test]
async fn a_second_import_never_undoes_what_was_changed_here() {
    let h = House::new().await;
    csv(&h, "keyed.csv").await;
    let edit = json!({ "story": "1", "title": "Bake rye bread with seeds", "body": "Text that the Owner wrote", "labels": ["bread", "agreed"] });
    h.run("owner", "story.edit", edit).await.unwrap();
    let again = csv(&h, "keyed.csv").await;
    assert_eq!((again.report.created, again.report.updated, again.report.unchanged), (0, 0, 2));
    assert_eq!(fields(&h, &["csv:B-1"], "title").await, ["Bake rye bread with seeds"]);
    assert_eq!(field(&h, "csv:B-1", "labels").await, r#"["bread","agreed"]"#);

    // The file changes as well: what was changed here stays and is said, the rest follows the file.
    let newer = String::from_utf8(file("keyed.csv"))
        .unwrap()
        .replace("B-1,Bake rye bread,Old text", "B-1,Bake dark bread,Old text")
        .replace("Plain", "Plainer");
    let take = |mapping: &Mapping, text: &str| read(Format::Csv, text.as_bytes(), mapping).unwrap();
    let bringing = async |mapping: &Mapping, text: &str| {
        Arrival {
            app: &h.app,
            visitor: &h.visitor("owner", Door::Import),
            product: "ORB",
            format: Format::Csv,
            file_name: "f",
            draft: &take(mapping, text),
        }
        .bring(false, |_| {})
        .await
        .unwrap()
        .report
    };
    let third = bringing(&Mapping::default(), &newer).await;
    assert_eq!((third.updated, third.unchanged, field(&h, "csv:B-2", "body").await), (1, 1, "Plainer".into()));
    let kept: Vec<(&str, &str, &str)> = third.kept.iter().map(|k| (k.key.as_str(), k.field, k.file.as_str())).collect();
    assert_eq!(kept, [("B-1", "title", "Bake dark bread"), ("B-1", "body", "Old text")]);
    assert_eq!(field(&h, "csv:B-1", "title").await, "Bake rye bread with seeds");
    let chosen = Mapping { take: vec![("B-1".into(), "title".into())], ..Mapping::default() };
    assert_eq!((bringing(&chosen, &newer).await.updated, field(&h, "csv:B-1", "title").await), (1, "Bake dark bread".into()));
    assert_eq!(field(&h, "csv:B-1", "body").await, "Text that the Owner wrote");

    // Sizes are decided by the developers once a story is here.
    let sized = bringing(&Mapping::default(), &newer.replace("Open,2,bread", "Open,8,bread")).await;
    assert_eq!((sized.kept.last().unwrap().field, field(&h, "csv:B-2", "points").await.parse::<f64>().unwrap()), ("points", 2.0));

    // What was taken away here stays away.
    h.run("owner", "story.remove", json!({ "story": "2" })).await.unwrap();
    let gone = bringing(&Mapping::default(), &newer).await;
    assert_eq!((gone.created, gone.left_out.get("removed here")), (0, Some(&1)));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn stories_stand_in_the_order_of_their_rank() {
    let h = House::new().await;
    import(&h, Format::JiraCsv, "rank.csv", &Mapping::default()).await.unwrap();
    let order = h.text("select group_concat(origin) from (select origin from story order by rank) as ordered".into());
    let order = if std::env::var("TANDEM_TEST_DATABASE").is_ok() {
        h.text("select string_agg(origin, ',' order by rank) from story".into()).await
    } else {
        order.await
    };
    assert_eq!(order, "jira:W-6,jira:W-8,jira:W-7,jira:W-9");
}

#[tokio::test]
async fn a_mapping_to_what_does_not_exist_is_refused() {
    let h = House::new().await;
    let wrong = Mapping {
        columns: pairs(&[("title", "heading"), ("storypoints", "weight in days"), ("status", "where")]),
        states: pairs(&[("Ripe", "finished")]),
        types: pairs(&[("Tree", "plant")]),
        ..Mapping::default()
    };
    let refused = import(&h, Format::Csv, "map.csv", &wrong).await.map(|_| ()).unwrap_err().sentence();
    assert!(refused.contains("“points”") && refused.contains("finished is no stage") && refused.contains("plant is no kind"), "{refused}");
    let columns = pairs(&[("title", "heading"), ("points", "weight in days"), ("state", "where")]);
    let stranger = Mapping { columns: columns.clone(), people: pairs(&[("X", "nobody@example.org")]), ..Mapping::default() };
    assert!(import(&h, Format::Csv, "map.csv", &stranger).await.map(|_| ()).unwrap_err().sentence().contains("nobody@example.org belongs to nobody"));
    let right = Mapping { columns, states: pairs(&[("Ripe", "accepted"), ("Rotten", "dropped")]), open_unknown: true, ..Mapping::default() };
    let brought = import(&h, Format::Csv, "map.csv", &right).await.unwrap();
    assert_eq!((field(&h, "csv:M-1", "points").await.parse::<f64>().unwrap(), field(&h, "csv:M-2", "stage").await.as_str()), (3.0, "accepted"));
    assert!(says(&brought.report.notes, &["“Rotten” does not occur"]), "{:?}", brought.report.notes);
}

#[tokio::test]
async fn jiras_markup_becomes_markdown_and_comments_stay_apart() {
    let h = House::new().await;
    import(&h, Format::JiraCsv, "markup.csv", &Mapping::default()).await.unwrap();
    let body = field(&h, "jira:P-1", "body").await;
    for right in [
        "**Cold** nights",
        "~~old plan~~",
        "| Month | Degrees |\n| --- | --- |\n| May | 12 |",
        "> Told by the neighbour",
        "<http://example.org/heat>",
        "_plan.png_",
        "@fgardener",
        "Not in winter",
    ] {
        assert!(body.contains(right), "{right}: {body}");
    }
    assert!(!body.contains("{color") && !body.contains("||"));
    assert_eq!(field(&h, "jira:P-2", "body").await, "**Air** twice a day, see [the plan](http://example.org/air)\n\n1. open\n1. close\n   - at dusk");
    let first = "select body from comment where author = 'fgardener'";
    assert_eq!(h.text(first.into()).await, "First, ask the boiler maker, then decide");
    let at = h.number("select created_at from comment where author = 'hhelper'").await;
    assert_eq!(web::when::day(at), "2026-05-03");
    let again = import(&h, Format::JiraCsv, "markup.csv", &Mapping::default()).await.unwrap();
    assert_eq!((again.report.unchanged, h.number("select count(*) from comment").await), (2, 2));
    let page = h.get("owner", "/ORB/story/1").await.text;
    assert!(page.contains("fgardener") && page.contains("imported") && page.contains("<table>"), "{page}");
}

#[tokio::test]
async fn shapes_of_tables() {
    let h = House::new().await;
    csv(&h, "inch-mark.csv").await;
    assert_eq!(field(&h, "csv:I-1", "title").await, "Order the 5\" pipe");
    csv(&h, "sep.csv").await;
    assert_eq!(fields(&h, &["csv:E-1", "csv:E-2"], "stage").await, ["open", "accepted"]);
}

#[tokio::test]
async fn titles_in_levels_are_one_title_and_the_story_above() {
    let h = House::new().await;
    import(&h, Format::Csv, "azure.csv", &Mapping { criteria: true, ..Mapping::default() }).await.unwrap();
    let keys = ["csv:13", "csv:14", "csv:15"];
    assert_eq!(fields(&h, &keys, "title").await, ["Buy at the door", "Buy for a group", "Price is missing"]);
    assert_eq!(fields(&h, &keys, "stage").await, ["accepted", "handed_over", "open"]);
    assert_eq!(field(&h, "csv:15", "kind").await, "bug");
    assert!(field(&h, "csv:13", "labels").await.starts_with(r#"["door","cash""#));
    assert_eq!(h.text("select body from criterion".into()).await, "Ticket is printed");
    let proposal = h.text("select id from proposal".into()).await;
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    let hung = "select count(*) from story join feature on feature.id = story.feature where feature.title = 'Sell tickets'";
    assert_eq!((h.number(hung).await, h.number("select count(*) from feature").await), (3, 2));
    assert!(h.text("select body from feature where title = 'Sell tickets'".into()).await.contains("Part of: Open the museum"));
}

#[tokio::test]
async fn jira_speaks_german() {
    for (format, tool, mapping) in [
        (Format::JiraCsv, "jira", Mapping::default()),
        (Format::JiraCsv, "jira", Mapping { columns: pairs(&[("key", "Schlüssel"), ("title", "Zusammenfassung")]), ..Mapping::default() }),
        (
            Format::Csv,
            "csv",
            Mapping { columns: pairs(&[("key", "Schlüssel"), ("type", "Vorgangstyp"), ("closed", "Erledigt")]), ..Mapping::default() },
        ),
    ] {
        let h = House::new().await;
        import(&h, format, "jira-de.csv", &mapping).await.unwrap();
        let keys: Vec<String> = (1..=3).map(|n| format!("{tool}:H-{n}")).collect();
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        assert_eq!(fields(&h, &keys, "stage").await, ["accepted", "open", "doing"]);
        assert_eq!(fields(&h, &keys, "kind").await, ["story", "bug", "task"]);
        assert_eq!((day(&h, keys[0], "created_at").await, day(&h, keys[0], "settled_at").await), ("2026-03-03".into(), "2026-05-06".into()));
        assert_eq!((day(&h, keys[1], "created_at").await, day(&h, keys[2], "created_at").await), ("2025-12-04".into(), "2025-10-12".into()));
        assert_eq!(field(&h, keys[0], "points").await.parse::<f64>().unwrap(), 5.0);
        assert_eq!(field(&h, keys[0], "labels").await, r#"["reise"]"#);
    }
}

#[tokio::test]
async fn sizes_that_are_none_are_named_and_stop_nothing() {
    let h = House::new().await;
    let brought = csv(&h, "sizes.csv").await;
    assert_eq!((brought.report.created, brought.report.refused), (6, 0));
    let keys = ["csv:Z-1", "csv:Z-2", "csv:Z-3", "csv:Z-4", "csv:Z-5", "csv:Z-6"];
    let points: Vec<Option<f64>> = fields(&h, &keys, "points").await.iter().map(|p| p.parse().ok()).collect();
    assert_eq!(points, [Some(3.0), None, None, Some(5.0), Some(1000.0), Some(2.0)]);
    assert!(field(&h, "csv:Z-2", "extra").await.contains(r#""points":"M""#));
    assert!(says(&brought.report.notes, &["Row 3", "“M”"]) && says(&brought.report.notes, &["Row 4", "“?”"]), "{:?}", brought.report.notes);
}

#[tokio::test]
async fn parents_are_links_and_epics_are_proposed_as_features() {
    for (format, name, tool) in [(Format::Csv, "parents.csv", "csv"), (Format::JiraCsv, "jira-parents.csv", "jira")] {
        let h = House::new().await;
        let brought = import(&h, format, name, &Mapping::default()).await.unwrap();
        assert_eq!(
            (brought.report.created, brought.report.parts, brought.features.as_deref()),
            (2, 1, Some("Make the epic “Open the library” a feature"))
        );
        assert_eq!(field(&h, &format!("{tool}:T-1"), "count(*)").await, "0", "an epic is a feature and no story besides");
        let (two, three) = (format!("{tool}:T-2"), format!("{tool}:T-3"));
        assert_eq!(fields(&h, &[&two, &three], "labels").await, vec![r#"["Open the library"]"#; 2], "its name is a label until then");
        let again = import(&h, format, name, &Mapping::default()).await.unwrap();
        assert_eq!((again.report.unchanged, again.features, h.number("select count(*) from relation").await), (3, None, 1), "it waits already");
        assert_eq!(h.number("select count(*) from proposal where state = 'open'").await, 1);
        let proposal = h.text("select id from proposal".into()).await;
        h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
        assert_eq!(
            h.number("select count(*) from story join feature on feature.id = story.feature where feature.title = 'Open the library'").await,
            2
        );
        assert_eq!(fields(&h, &[&two, &three], "labels").await, vec!["[]"; 2], "and then no longer");
        h.run("owner", "story.edit", json!({ "story": "1", "feature": "" })).await.unwrap();
        let again = import(&h, format, name, &Mapping::default()).await.unwrap();
        assert_eq!((again.report.updated, field(&h, &two, "feature").await, field(&h, &two, "labels").await), (0, String::new(), "[]".into()));
        assert!(h.app.check().await.unwrap().wrong.is_empty());
    }
}

#[tokio::test]
async fn pivotals_words_are_its_own() {
    let h = House::new().await;
    csv(&h, "pivotal.csv").await;
    let keys = ["csv:501", "csv:502", "csv:503", "csv:504"];
    assert_eq!(fields(&h, &keys, "stage").await, ["accepted", "open", "handed_over", "doing"]);
    assert_eq!((day(&h, "csv:501", "settled_at").await, field(&h, "csv:503", "kind").await), ("2026-03-12".into(), "bug".into()));
    let extra = field(&h, "csv:501", "extra").await;
    assert!(extra.contains("Ask the club (completed)\\nPay (not completed)"), "{extra}");
}

#[tokio::test]
async fn what_has_a_day_of_completion_and_no_state_is_done() {
    let mut h = House::new().await;
    h.add("anna", &[kernel::Hat::Developer]).await;
    let text = String::from_utf8(file("asana.csv")).unwrap().replace("anna@example.org", "anna@x.org");
    let draft = read(Format::Csv, text.as_bytes(), &Mapping::default()).unwrap();
    Arrival { app: &h.app, visitor: &h.visitor("owner", Door::Import), product: "ORB", format: Format::Csv, file_name: "asana.csv", draft: &draft }
        .bring(false, |_| {})
        .await
        .unwrap();
    assert_eq!((field(&h, "csv:9001", "stage").await, day(&h, "csv:9001", "settled_at").await), ("accepted".into(), "2026-02-20".into()));
    assert_eq!(field(&h, "csv:9001", "assignee").await, h.member("anna").simple().to_string());
    assert_eq!(field(&h, "csv:9002", "stage").await, "open");
    assert_eq!(h.number("select count(*) from relation where verb = 'part_of'").await, 1, "by the title of the parent");
}
