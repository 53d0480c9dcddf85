//! What the palette finds, and what an account says about keys.

use kernel::json;
use testkit::House;

#[tokio::test]
async fn things_are_found_by_key_and_words_and_people_by_name() {
    let h = House::new().await;
    crate::chain::thread_above(&h).await;
    h.made("owner", "story.create", json!({ "title": "Pay by card", "body": "zebra" }), "story").await;
    let find = |who: &'static str, words: &'static str| {
        let h = &h;
        async move { h.get(who, &format!("/ORB/find?q={words}")).await }
    };
    for words in ["3", "ORB-3", "orb-3", "%233", "pay", "pay+car", "zebra"] {
        let first = find("owner", words).await.text;
        assert!(
            first.starts_with("<a href=\"/ORB/story/3\"><span class=\"key\">ORB-3</span> <span class=\"what\" dir=\"auto\">Pay by card"),
            "{words}: {first}"
        );
    }
    assert!(find("owner", "1").await.text.starts_with("<a href=\"/ORB/roadmap?open=1\">"), "a bet too");
    let person = find("owner", "develop").await.text;
    assert!(person.contains("href=\"/ORB/settings?people=Developer\"") && person.contains("Person"), "{person}");
    h.run("owner", "story.remove", json!({ "story": "3" })).await.unwrap();
    assert!(!find("owner", "3").await.text.contains("Pay by card"), "what is removed is not found");
    assert_eq!(find("outsider", "pay").await.status, 404);
    assert_eq!(find("nobody", "pay").await.status, 404);
}

#[tokio::test]
async fn only_what_one_may_at_least_propose_can_be_begun() {
    let h = House::new().await;
    let owner = h.get("owner", "/ORB/find").await.text;
    assert!(owner.contains("New story") && owner.contains("New initiative") && owner.contains("Invite someone"));
    let stakeholder = h.get("stakeholder", "/ORB/find").await.text;
    assert!(stakeholder.contains("New story") && stakeholder.contains("Record evidence"));
    assert!(!stakeholder.contains("New initiative") && !stakeholder.contains("Invite someone"));
}

#[tokio::test]
async fn single_keys_are_switched_off_by_their_member() {
    let h = House::new().await;
    assert!(!h.get("owner", "/ORB/backlog").await.text.contains("data-keys=\"off\""));
    h.run("owner", "account.edit", json!({ "keys_off": true })).await.unwrap();
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("data-keys=\"off\""));
    assert!(!h.get("manager", "/ORB/backlog").await.text.contains("data-keys=\"off\""), "theirs alone");
    h.run("owner", "account.edit", json!({ "name": "Tomas" })).await.unwrap();
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("data-keys=\"off\""), "it stays so");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}
