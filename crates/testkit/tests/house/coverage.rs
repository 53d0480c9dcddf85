//! Lists that must be complete: routes, events, nouns, generated documents.

use std::collections::HashSet;
use std::fmt::Write;
use testkit::House;

#[tokio::test]
async fn names_and_routes_are_unique_and_say_something() {
    let h = House::new().await;
    let (mut names, mut routes) = (HashSet::new(), HashSet::new());
    for c in h.app.registry.commands() {
        assert!(names.insert(c.name), "{} stands twice", c.name);
        assert!(c.summary.ends_with('.') && c.summary.len() > 8, "{}: {:?}", c.name, c.summary);
        if !c.route.is_inside() {
            assert!(routes.insert((c.route.verb.name(), c.route.path)), "{} has the route of another", c.name);
        }
    }
    for q in h.app.registry.queries() {
        assert!(names.insert(q.name) && routes.insert((q.route.verb.name(), q.route.path)), "{}", q.name);
    }
}

#[tokio::test]
async fn what_is_inside_has_no_door() {
    let h = House::new().await;
    for c in h.app.registry.commands().filter(|c| c.route.is_inside()) {
        let answer = h.post("manager", &format!("/ORB/do/{}", c.name), "").await;
        assert_eq!(answer.status, 404, "{} is open to forms", c.name);
        assert!(c.areas.is_empty());
    }
}

/// Ids of things whose noun stands in another field.
const ANY_NOUN: &[&str] = &["from_id", "to_id", "about_id", "by_id", "on_id", "way_out"];

#[tokio::test]
async fn every_table_of_nouns_is_in_the_backup_and_has_its_columns() {
    let h = House::new().await;
    let backed_up = h.app.registry.tables();
    for noun in h.app.registry.nouns() {
        let table = noun.table;
        let at = |table: &str| backed_up.iter().position(|t| *t == table).unwrap_or_else(|| panic!("{table} would be missing from a backup"));
        for field in noun.fields {
            let points = noun.points_at(field).filter(|other| *other != table);
            assert!(points.is_none_or(|other| at(other) < at(table)), "a backup restores {table} before what its {field} points at");
            let cell = noun.cells[noun.fields.iter().position(|f| f == field).unwrap()];
            let id = matches!(cell, kernel::Cell::Id | kernel::Cell::Named);
            assert_eq!(id && !ANY_NOUN.contains(field), noun.points_at(field).is_some(), "{table}.{field}: say what it points at");
        }
        let columns = h.app.store.write(move |w| w.columns(table)).await.unwrap();
        let mut wanted: Vec<&str> = vec!["id", "product", "version", "created_at", "updated_at", "removed_at"];
        wanted.extend(noun.fields);
        assert_eq!(columns, wanted, "{}", noun.table);
    }
}

/// The printed matrix and the lists of commands and events are checked in; a change of rights is a visible diff.
/// `TANDEM_WRITE_DOCS=1` writes them anew.
#[tokio::test]
async fn generated_documents_are_fresh() {
    let h = House::new().await;
    let mut commands = String::from(
        "# Commands\n\nWritten by a test (`scripts/docs`). What each is about, its route, and the areas of the matrix it falls into.\n\n| command | route | areas | does |\n|---|---|---|---|\n",
    );
    let mut all: Vec<_> = h.app.registry.commands().collect();
    all.sort_by_key(|c| c.name);
    for c in all {
        let areas: Vec<&str> = c.areas.iter().map(|a| a.word()).collect();
        let route = if c.route.is_inside() { "inside".to_owned() } else { format!("`{} {}`", c.route.verb.name(), c.route.path) };
        writeln!(commands, "| `{}` | {route} | {} | {} |", c.name, areas.join(", "), c.summary.replace('\n', " ")).unwrap();
    }
    let mut events = String::from("# Events\n\nWritten by a test (`scripts/docs`).\n\n| event | told as |\n|---|---|\n");
    let mut kinds: Vec<_> = h.app.registry.rooms.iter().flat_map(|r| r.events).collect();
    kinds.sort_by_key(|k| k.name);
    for k in kinds {
        writeln!(events, "| `{}` | … {} … |", k.name, k.says).unwrap();
    }
    let mut matrix = String::from("# Who decides what, by default\n\nWritten by a test (`scripts/docs`): each way of working.\n");
    for way in kernel::matrix::Way::ALL {
        let m = kernel::Matrix::of_way(*way);
        write!(matrix, "\n## {way}\n\n| area | manager | owner | developer | stakeholder |\n|---|---|---|---|---|\n").unwrap();
        for area in kernel::Area::ALL {
            let row: Vec<&str> = kernel::Hat::ALL.iter().map(|hat| m.standing(*area, *hat).word()).collect();
            writeln!(matrix, "| {area} | {} |", row.join(" | ")).unwrap();
        }
    }
    let pages: Vec<String> = kernel::wing::pages()
        .map(|p| {
            let sights: serde_json::Map<_, _> = p.sights.iter().map(|(name, rest)| ((*name).to_owned(), (*rest).into())).collect();
            kernel::json!({ "path": p.path, "name": p.name, "wing": p.wing, "administrators": p.administrators, "sights": sights }).to_string()
        })
        .collect();
    let pages = format!("[\n{}\n]\n", pages.join(",\n"));
    for (name, text) in [("commands.md", commands), ("events.md", events), ("matrix.md", matrix), ("pages.json", pages)] {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated").join(name);
        if std::env::var_os("TANDEM_WRITE_DOCS").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        assert!(std::fs::read_to_string(&path).unwrap_or_default() == text, "docs/generated/{name} is stale; run scripts/docs");
    }
}

/// What a page follows is a noun, what it is called by stands once, and its icon is of the one set.
#[tokio::test]
async fn pages_are_listed_whole() {
    let h = House::new().await;
    // The bell stands on every page.
    let (mut paths, mut letters, mut stands) = (HashSet::new(), HashSet::from(["n"]), 0);
    for page in kernel::wing::pages() {
        assert!(paths.insert(page.path), "{} is listed twice", page.path);
        assert!(page.go.is_empty() || letters.insert(page.go), "two pages are reached by g {}", page.go);
        for noun in page.follows().into_iter().filter(|noun| *noun != "*") {
            assert!(h.app.registry.noun(noun).is_some(), "{} follows {noun}, which is no noun", page.path);
        }
        assert!(page.icon.is_empty() || web::assets::has_icon(page.icon), "{}", page.icon);
        assert!(page.stand == kernel::Spot::Elsewhere || !page.icon.is_empty(), "{} stands in the navigation without an icon", page.path);
        stands += usize::from(page.stand != kernel::Spot::Elsewhere);
    }
    assert!(paths.contains("backlog") && stands > 14, "{stands}");
    for page in kernel::wing::pages().filter(|page| !page.under.is_empty() && page.in_product()) {
        assert!(paths.contains(page.under), "{} belongs to {}, which is not there", page.path, page.under);
    }
}

#[tokio::test]
async fn every_event_is_known_to_the_registry() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    let rows = h
        .app
        .store
        .read(|r| {
            r.query("select distinct kind from activity", &[])?.into_iter().map(|mut row| row.take::<String>()).collect::<kernel::Result<Vec<_>>>()
        })
        .await
        .unwrap();
    for kind in rows {
        assert!(h.app.registry.event(&kind).is_some(), "{kind}");
    }
}
