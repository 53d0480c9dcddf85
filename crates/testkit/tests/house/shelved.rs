//! A challenge that somebody else takes out of the library, or puts back: its author hears of it, by whom and why. And that
//! whatever says that people hear of it is heard of.

use crate::authoring::published;
use app::Ask;
use kernel::{Door, Json, Refusal, json};
use testkit::{House, PostBox, field};

const DRILL: &str = "action-against-the-policy";

/// Does something that is about no product.
async fn at_large(h: &House, who: &str, command: &str, args: Json) -> Result<app::Outcome, Refusal> {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, command, args)).await
}

/// Does what is due, a moment later, so that what happened stands in its order.
async fn told(h: &House) {
    h.app.clock.forward(1);
    h.app.work_off().await.unwrap();
}

async fn notices(h: &House, who: &str) -> String {
    h.text(format!("select cast(count(*) as text) from notice where member = '{}'", h.member(who).simple())).await
}

#[tokio::test]
async fn an_author_hears_who_took_their_challenge_out_and_why() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    at_large(&h, "owner", "notice_wish.set", json!({ "watched": "mail" })).await.unwrap();
    let (draft, challenge) = published(&h, "owner", "of-ours", "drill", DRILL).await;
    let shelve = async |who: &str, command: &str, reason: &str| at_large(&h, who, command, json!({ "challenge": challenge, "reason": reason })).await;
    // By one's own hand nothing has to be said, and nobody hears of it.
    shelve("owner", "challenge.withdraw", "").await.unwrap();
    shelve("owner", "challenge.put_back", "").await.unwrap();
    told(&h).await;
    assert_eq!(h.number("select count(*) from notice").await, 0);
    let own = h.get("owner", &format!("/practice/writing/{draft}")).await.text;
    assert!(!own.contains("name=\"reason\"") && own.contains("challenge.withdraw"), "{own}");
    let others = h.get("manager", "/practice/writing").await.text;
    assert!(others.contains("name=\"reason\"") && others.contains("Why; whoever wrote it reads this"), "{others}");
    assert_eq!(field(shelve("manager", "challenge.withdraw", " ").await), "reason", "somebody else says why");
    shelve("manager", "challenge.withdraw", "zqwhy: it names <b>a customer</b>.").await.unwrap();
    told(&h).await;
    let page = h.get("owner", "/notices").await.text;
    assert!(page.contains("Manager took out of the library") && page.contains("The odd one out") && page.contains("zqwhy"), "{page}");
    assert!(page.contains("&lt;b&gt;a customer") && page.contains(&format!("/practice/challenges/{challenge}")), "{page}");
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("Notices, 1 unread"), "the bell says so");
    let letters = mail.letters();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert_eq!((letters[0].to.as_str(), letters[0].subject.as_str()), ("owner@x.org", "Manager took out of the library The odd one out"));
    assert!(format!("{:?}", letters[0]).contains("zqwhy"), "{:?}", letters[0]);
    for who in ["manager", "developer", "stakeholder"] {
        assert_eq!(notices(&h, who).await, "0", "{who}");
    }
    // It leads to where it is written, which says the same.
    let to = h.get("owner", &format!("/practice/challenges/{challenge}")).await.location;
    assert_eq!(to, Some(format!("/practice/writing/{draft}")));
    let page = h.get("owner", &to.unwrap()).await.text;
    assert!(page.contains("Manager</bdi> took it out of the library") && page.contains("zqwhy"), "{page}");
    assert!(!page.contains("challenge_draft.publish") && !page.contains("challenge.put_back"), "what would be refused is not offered: {page}");
    h.run("owner", "challenge_draft.write", json!({ "draft": draft, "file": "brief.md", "text": "Which of these plans pulls the other way?" }))
        .await
        .unwrap();
    assert!(!h.get("owner", &format!("/practice/writing/{draft}")).await.text.contains("Publish edition"));
    assert_eq!(field(shelve("manager", "challenge.put_back", "").await), "reason");
    shelve("manager", "challenge.put_back", "zqagain: the name is gone.").await.unwrap();
    told(&h).await;
    let page = h.get("owner", "/notices").await.text;
    assert!(page.contains("Manager put back into the library") && page.contains("zqagain"), "{page}");
    assert_eq!(mail.letters().len(), 2);
    assert!(!h.get("owner", &format!("/practice/writing/{draft}")).await.text.contains("took it out of the library"));
    assert_eq!(h.get("developer", &format!("/practice/challenges/{challenge}")).await.location.as_deref(), Some("/practice/of-ours"));
    assert_ne!(h.get("nobody", &format!("/practice/challenges/{challenge}")).await.location.as_deref(), Some("/practice/of-ours"));
    // Whoever wants to hear nothing of the kind hears nothing.
    at_large(&h, "owner", "notice_wish.set", json!({ "watched": "not" })).await.unwrap();
    shelve("manager", "challenge.withdraw", "zqonce more").await.unwrap();
    told(&h).await;
    assert!(!h.get("owner", "/notices").await.text.contains("zqonce") && mail.letters().len() == 2);
    assert_eq!(h.number("select count(*) from dead_letter").await, 0);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// Notices stand in products; whoever belongs to none finds it where the challenge is written.
#[tokio::test]
async fn whoever_is_in_no_product_reads_it_where_it_is_written() {
    let h = House::new().await;
    let (draft, challenge) = published(&h, "outsider", "of-theirs", "drill", DRILL).await;
    at_large(&h, "manager", "challenge.withdraw", json!({ "challenge": challenge, "reason": "zqwhy" })).await.unwrap();
    told(&h).await;
    assert_eq!(h.number("select count(*) from notice").await, 0);
    assert!(h.get("outsider", &format!("/practice/writing/{draft}")).await.text.contains("zqwhy"));
    assert_eq!((h.number("select count(*) from job").await, h.number("select count(*) from dead_letter").await), (0, 0));
}

/// What an administrator may take out is found by them, however much of it there is.
#[tokio::test]
async fn what_others_have_published_is_listed_to_its_end() {
    let h = House::new().await;
    for n in 0..43 {
        published(&h, "owner", &format!("ours-{n}"), "drill", DRILL).await;
    }
    let page = h.get("manager", "/practice/writing").await.text;
    assert_eq!(page.matches("action=\"/do/challenge.withdraw\"").count(), 40);
    let next = page.split("/practice/writing?others=").nth(1).and_then(|rest| rest.split(['#', '"']).next()).unwrap();
    let rest = h.get("manager", &format!("/practice/writing?others={next}")).await.text;
    assert_eq!(rest.matches("action=\"/do/challenge.withdraw\"").count(), 3);
    assert!(!h.get("developer", "/practice/writing").await.text.contains("Published by others"));
}

#[tokio::test]
async fn a_team_hears_of_an_evening_and_whoever_is_named_at_a_stand_up_of_that() {
    let h = House::new().await;
    h.made("developer", "club_evening.plan", json!({ "challenge": crate::evenings::GUESS }), "club_evening").await;
    told(&h).await;
    for (who, many) in [("manager", "1"), ("owner", "1"), ("stakeholder", "1"), ("developer", "0"), ("outsider", "0")] {
        assert_eq!(notices(&h, who).await, many, "{who}");
    }
    let page = h.get("owner", "/notices").await.text;
    assert!(page.contains("Developer planned") && page.contains("Where a small aeroplane can land"), "{page}");
    h.run("developer", "standup.give", json!({ "today": "Boxes, with @Owner" })).await.unwrap();
    told(&h).await;
    let page = h.get("owner", "/notices").await.text;
    assert!(page.contains("Developer named you in"), "{page}");
    assert_eq!(notices(&h, "manager").await, "1");
    assert_eq!(h.number("select count(*) from dead_letter").await, 0);
}
