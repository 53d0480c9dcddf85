//! People whom a file names and who are not here yet: they are invited, and their stories are theirs when they join.

use crate::importing::*;
use exchange::{Mapping, invite};
use kernel::{Door, Hat, json};
use testkit::House;

const FILE: &str =
    "id,title,state,assignee\n1,Bake bread,Doing,Annegret Schulze\n2,Sell bread,Done,Annegret Schulze\n3,Clean up,Open,Bruno\n4,Nobody’s,Open,\n";

/// Joins by the word of an invitation; who that is.
async fn join(h: &House, link: &str, name: &str) -> String {
    let word = link.rsplit('/').next().unwrap();
    let fields = format!("name={}&password=passwordpassword", name.replace(' ', "+"));
    let joined = h.post("nobody", &format!("/join/{word}"), &fields).await;
    assert_eq!(joined.status, 303, "{}", joined.text);
    h.text(format!("select id from member where name = '{name}'")).await
}

fn invited(pairs_of: &[(&str, &str)]) -> Mapping {
    Mapping { invited: pairs(pairs_of), ..Mapping::default() }
}

async fn assignees(h: &House) -> Vec<String> {
    fields(h, &["csv:1", "csv:2", "csv:3", "csv:4"], "assignee").await
}

#[tokio::test]
async fn whoever_is_invited_gets_the_stories_on_joining() {
    let h = House::new().await;
    let guests = [("Annegret Schulze".to_owned(), "Anni@x.org".to_owned())];
    let mapping = invited(&[("Annegret Schulze", "Anni@x.org")]);
    let brought = bring_text(&h, "owner", FILE, &mapping).await;
    assert!(
        says(&brought.report.notes, &["“Annegret Schulze” is invited (2 rows); the stories are theirs once they join."]),
        "{:?}",
        brought.report.notes
    );
    // The agreement needs the Manager's signature as well.
    let asked = invite(&h.app, &h.visitor("owner", Door::Import), "ORB", &guests, Hat::Developer).await.unwrap();
    assert!(asked[0].told.contains("waits for a signature") && !asked[0].refused, "{asked:?}");
    let proposal = h.text("select id from proposal where area = 'agreement'".into()).await;
    let outcome = h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    let app::Outcome::Done(done) = outcome else { panic!("it is signed") };
    // A second import meanwhile, without a word about the invitation, forgets nobody.
    let again = bring_text(&h, "owner", FILE, &Mapping::default()).await;
    assert_eq!((again.report.unchanged, assignees(&h).await), (4, vec![String::new(); 4]));
    h.run("owner", "story.edit", json!({ "story": "1", "title": "Bake rye bread" })).await.unwrap();
    let anni = join(&h, &done.reveal.expect("a link"), "Anni").await;
    assert_eq!(assignees(&h).await, [anni.clone(), anni.clone(), String::new(), String::new()]);
    let line = "select command from activity where kind = 'story.awaited'";
    assert_eq!(h.text(line.into()).await, "story.give_awaited");
    assert_eq!(h.text("select member from activity where kind = 'story.awaited'".into()).await, anni);
    assert!(h.get("owner", "/ORB/activity").await.text.contains("took over"));
    // And the next import leaves them there, although the file knows another name.
    let third = bring_text(&h, "owner", &(FILE.to_owned() + "5,Grind corn,Open,Annegret Schulze\n"), &Mapping::default()).await;
    assert_eq!((third.report.created, third.report.updated, third.report.kept.len()), (1, 0, 1), "{:?}", third.report);
    assert_eq!(field(&h, "csv:1", "assignee").await, anni);
    assert_eq!(field(&h, "csv:5", "assignee").await, anni, "who that is was said once");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn who_has_an_account_gets_them_once_the_membership_is_agreed() {
    let mut h = House::new().await;
    h.add("bruno", &[]).await;
    let guests = [("Bruno".to_owned(), "bruno@x.org".to_owned())];
    bring_text(&h, "owner", FILE, &invited(&[("Bruno", "bruno@x.org")])).await;
    invite(&h.app, &h.visitor("owner", Door::Import), "ORB", &guests, Hat::Developer).await.unwrap();
    assert_eq!(h.number("select count(*) from story where imported like '%awaited%'").await, 1);
    let proposal = h.text("select id from proposal where area = 'agreement'".into()).await;
    h.run("manager", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.number("select count(*) from story where imported like '%awaited%'").await, 0);
    assert_eq!(field(&h, "csv:1", "assignee").await, "", "only what is theirs");
}

#[tokio::test]
async fn what_was_given_to_somebody_meanwhile_stays_theirs() {
    let mut h = House::new().await;
    h.add("bruno", &[]).await;
    bring_text(&h, "owner", FILE, &invited(&[("Bruno", "bruno@x.org")])).await;
    let developer = h.member("developer").simple().to_string();
    h.run("owner", "story.assign", json!({ "story": "3", "member": developer })).await.unwrap();
    assert_eq!(field(&h, "csv:3", "assignee").await, developer);
    h.join("bruno", &[Hat::Developer]).await;
    assert_eq!(field(&h, "csv:3", "assignee").await, developer);
    assert_eq!(h.number("select count(*) from story where imported like '%awaited%'").await, 0);
}

#[tokio::test]
async fn whom_a_name_means_is_said_once() {
    let h = House::new().await;
    let developer = h.member("developer").simple().to_string();
    let chosen = Mapping { people: pairs(&[("Bruno", "developer@x.org")]), ..Mapping::default() };
    bring_text(&h, "owner", FILE, &chosen).await;
    let again = bring_text(&h, "owner", FILE, &Mapping::default()).await;
    assert_eq!((again.report.unchanged, field(&h, "csv:3", "assignee").await), (4, developer), "{:?}", again.report.rows);
    let nobody = Mapping { people: pairs(&[("Bruno", "")]), ..Mapping::default() };
    let again = bring_text(&h, "owner", FILE, &nobody).await;
    assert_eq!((again.report.updated, field(&h, "csv:3", "assignee").await), (1, String::new()));
}

#[tokio::test]
async fn inviting_from_the_page() {
    let h = House::of_way(kernel::matrix::Way::BothHats).await;
    let place = upload(&h, "owner", FILE).await;
    let look = looked(&h, "owner", &place).await;
    assert!(look.contains("name=\"invite:Annegret Schulze\"") && look.contains("gets these stories when they join"), "{look}");
    let fields = "invite:Annegret%20Schulze=anni%40x.org&invite:Bruno=no-address&invite_hat=developer&criteria=true";
    assert_eq!(h.post("owner", &format!("{place}/invite"), fields).await.status, 303);
    let look = looked(&h, "owner", &place).await;
    assert!(look.contains("/join/") && look.contains("is invited (2 rows)") && look.contains("no-address"), "{look}");
    // Another choice does not forget whom it invited, nor the link.
    assert_eq!(h.post("owner", &place, "criteria=true&state:Open=open").await.status, 303);
    let look = looked(&h, "owner", &place).await;
    assert!(look.contains("/join/") && look.contains("is invited (2 rows)"), "{look}");
    assert_eq!(h.post("owner", &format!("{place}/run"), "").await.status, 303);
    finished(&h, "owner", &place).await;
    assert_eq!(h.number("select count(*) from story where imported like '%awaited%'").await, 2);
    assert_eq!(h.number("select count(*) from story where imported like '%anni@%'").await, 0, "whoever reads a story learns no address");
}

#[tokio::test]
async fn a_file_that_is_gone_says_what_became_of_it() {
    let h = House::new().await;
    bring_text(&h, "owner", FILE, &Mapping::default()).await;
    for path in ["/ORB/import/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6", "/ORB/import/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6/run"] {
        let told = if path.ends_with("run") { h.post("owner", path, "").await } else { h.get("owner", path).await };
        assert_eq!(told.status, 404);
        for words in ["This file is not here any more", "comes in all the same", "f.csv", "4 stories"] {
            assert!(told.text.contains(words), "{path}: {words}: {}", told.text);
        }
    }
    assert!(!h.get("outsider", "/ORB/import/0192f3a4b5c67d8e9fa0b1c2d3e4f5a6").await.text.contains("f.csv"));
}

#[tokio::test]
async fn what_was_not_asked_yet_is_not_answered() {
    let h = House::new().await;
    let place = upload(&h, "owner", "nr,Was,type,parent\n1,Open the library,Epic,\n2,Lend books,Story,1\n").await;
    assert!(looked(&h, "owner", &place).await.contains("Say which column is the title"));
    assert_eq!(h.post("owner", &place, "column:title=Was").await.status, 303);
    assert!(until(&h, "owner", &place, "1 feature on the roadmap").await.contains("Proposed to the Manager"), "as before anything was chosen");
    assert_eq!(h.post("owner", &place, "column:title=Was&shown=features&shown=criteria").await.status, 303);
    until(&h, "owner", &place, "2</dd>").await;
    assert!(!looked(&h, "owner", &place).await.contains("on the roadmap"), "and now it is answered");
}
