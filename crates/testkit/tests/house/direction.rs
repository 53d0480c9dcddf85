//! What people write takes its own direction: in a product written in Arabic, on every page, each text of a person stands
//! in an element that says so.

use crate::{pages::addresses, reading::planted};
use kernel::json;
use testkit::House;

/// Elements without an end.
const VOID: &[&str] = &["input", "meta", "link", "hr", "br", "img", "use", "rect", "source", "polyline", "circle", "path", "line"];

fn arabic(text: &str) -> bool {
    text.chars().any(|c| ('\u{600}'..='\u{6ff}').contains(&c))
}

/// The product: every text of every area, and the names of product, people, columns and reasons.
async fn in_arabic() -> House {
    let h = planted(|_| "كلمة".into()).await;
    h.run("developer", "account.edit", json!({ "name": "مريم" })).await.unwrap();
    h.run("owner", "account.edit", json!({ "name": "سلمى" })).await.unwrap();
    h.run("manager", "product.edit", json!({ "name": "مدار", "about": "كلمة" })).await.unwrap();
    let column = h.text("select id from board_column where stage = 'doing' order by rank limit 1".into()).await;
    h.run("owner", "column.edit", json!({ "column": column, "name": "عمل" })).await.unwrap();
    let ines = h.member("developer").simple().to_string();
    h.run("owner", "story.set", json!({ "stories": ["3"], "assignee": ines })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": "3" })).await.unwrap();
    h.run("developer", "story.block", json!({ "story": "3", "reason": "سبب" })).await.unwrap();
    let made = json!({ "title": "كلمة أخرى", "labels": ["وسم"], "persona": "كلمة", "wants": "كلمة", "so_that": "كلمة", "criteria": ["Given كلمة\nWhen كلمة\nThen كلمة", "كلمة"] });
    for _ in 0..2 {
        h.made("owner", "story.create", made.clone(), "story").await;
    }
    h.proposed("developer", "story.create", made).await;
    h
}

/// Texts of a page that are Arabic and stand in no element that lets them take their direction.
fn lost(html: &str) -> Vec<String> {
    let (mut open, mut lost): (Vec<(&str, bool)>, Vec<String>) = (vec![], vec![]);
    for piece in html.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if tag.starts_with('/') {
            while open.pop().is_some_and(|(known, _)| known != name) {}
        } else if name != "!DOCTYPE" {
            // Initials in a disc are letters, not words.
            let own = name == "bdi" || tag.contains("dir=\"auto\"") || tag.contains("class=\"avatar");
            // A field that is filled shows its value.
            if name == "input"
                && !tag.contains("type=\"hidden\"")
                && tag.split_once(" value=\"").is_some_and(|(_, value)| arabic(value.split('"').next().unwrap()))
                && !own
            {
                lost.push(format!("<{tag}>"));
            }
            if !VOID.contains(&name) {
                open.push((name, own));
            }
        }
        let told = open.iter().any(|(name, own)| *own || matches!(*name, "title" | "head" | "script"));
        if arabic(text) && !told {
            lost.push(format!("{}: {}", open.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" "), text.trim()));
        }
    }
    lost
}

#[test]
fn a_text_without_its_direction_is_found() {
    assert_eq!(lost("<p><span>كلمة</span></p>").len(), 1);
    assert!(lost("<p dir=\"auto\"><span>كلمة</span></p><p>ORB-1 <bdi>كلمة</bdi><input value=\"x\"></p>").is_empty());
    assert_eq!(lost("<input value=\"كلمة\"><br>").len(), 1);
}

#[tokio::test]
async fn every_text_of_a_person_takes_its_own_direction() {
    let h = in_arabic().await;
    let more = [
        "/ORB/search?q=كلمة",
        "/ORB/find?q=كلمة",
        "/ORB/pick?assignee=3",
        "/ORB/pick?feature=3",
        "/ORB/pick?labels=3",
        "/ORB/story/4",
        "/ORB/story/45",
        "/ORB/roadmap?open=2",
    ];
    let all = addresses().into_iter().map(|(_, address)| address).chain(more.map(|path| path.replace("كلمة", "%D9%83%D9%84%D9%85%D8%A9")));
    let (mut found, mut seen): (Vec<String>, usize) = (vec![], 0);
    for address in all {
        for who in ["manager", "owner", "developer"] {
            let page = h.get(who, &address).await;
            seen += usize::from(arabic(&page.text));
            found.extend(lost(&page.text).into_iter().map(|text| format!("{address} as {who}: {text}")));
        }
    }
    found.sort();
    found.dedup_by_key(|line| line.split(": ").skip(1).collect::<Vec<_>>().join(": "));
    assert!(found.is_empty(), "{} texts:\n{}", found.len(), found.join("\n"));
    assert!(seen > 50, "the product is written in Arabic: {seen}");
}
