//! Invitations: agreed once, and a link that works once, for whoever opens it.

use app::Outcome;
use kernel::{Refusal, json, matrix::Way};
use testkit::{Answer, House};

const NEW_PERSON: &str = "name=New&password=a+long+password";

/// Agrees on an invitation by both who sign; the path of its link.
async fn invited(h: &House, email: &str, hat: &str) -> String {
    let asked = h.proposed("manager", "membership.invite", json!({ "email": email, "hats": [hat] })).await;
    revealed(h.run("owner", "proposal.sign", json!({ "proposal": asked })).await)
}

fn revealed(outcome: Result<Outcome, Refusal>) -> String {
    match outcome {
        Ok(Outcome::Done(done)) => done.reveal.unwrap(),
        other => panic!("{other:?}"),
    }
}

async fn open_ticket(h: &House) -> String {
    h.text("select id from ticket where kind = 'invitation' and removed_at is null and used_at is null".into()).await
}

async fn members(h: &House) -> i64 {
    h.number("select count(*) from membership where removed_at is null").await
}

fn led_into(answer: &Answer) -> bool {
    (answer.status.as_u16(), answer.location.as_deref()) == (303, Some("/ORB/"))
}

#[tokio::test]
async fn a_member_of_the_house_joins_as_themselves_and_nothing_is_signed_again() {
    let h = House::new().await;
    // The address got its account, by another way, after it was invited.
    let link = invited(&h, "late@x.org", "developer").await;
    let add = people::AddAccount { name: "Late".into(), email: "late@x.org".into(), password_hash: None, administrator: false };
    people::run_inside(&h.app, &add).await.unwrap();
    let (decided, before) = (h.number("select count(*) from proposal").await, members(&h).await);
    let asked = h.get("nobody", &link).await.text;
    assert!(asked.contains("Sign in and join") && !asked.contains("name=\"password\""), "{asked}");
    // Signed in under another address, one chooses.
    let choice = h.get("outsider", &link).await.text;
    assert!(choice.contains("This invitation went to <strong>late@x.org") && choice.contains("Join as Outsider"), "{choice}");
    assert!(choice.contains("Sign in as late@x.org"));
    assert!(led_into(&h.post("outsider", &link, "as=member").await));
    assert_eq!((members(&h).await, h.number("select count(*) from proposal").await), (before + 1, decided));
    assert_eq!(h.get("outsider", "/ORB/").await.status, 200);
    let hats = h.text(format!("select hats from membership where member = '{}'", h.member("outsider").simple())).await;
    assert_eq!(hats, "[\"developer\"]");
    let told = h.get("manager", "/ORB/activity").await.text;
    assert!(told.contains("joined as <span class=\"what\"><bdi>Developer</bdi>"), "{told}");
    // They are led in by the link as long as they keep it; others learn nothing.
    assert!(led_into(&h.get("outsider", &link).await));
    assert!(led_into(&h.post("outsider", &link, "as=member").await));
    assert_eq!(members(&h).await, before + 1);
    assert_eq!(h.get("nobody", &link).await.status, 403);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn whoever_is_signed_in_may_make_the_account_that_was_meant() {
    let h = House::new().await;
    let link = invited(&h, "new@x.org", "developer").await;
    let choice = h.get("outsider", &link).await.text;
    assert!(choice.contains("Make an account for new@x.org"));
    // A member of the product has nothing to take up, and does not use the link up.
    let own = h.get("stakeholder", &link).await.text;
    assert!(own.contains("You belong to Orbit already") && own.contains("Make an account for new@x.org"), "{own}");
    assert_eq!(h.post("stakeholder", &link, "as=member").await.status, 422);
    assert_eq!(h.post("outsider", &link, "name=New&password=short").await.status, 422);
    let joined = h.post("outsider", &link, NEW_PERSON).await;
    assert!(led_into(&joined) && joined.headers.get("set-cookie").is_some(), "{}", joined.text);
    assert_eq!(h.number("select count(*) from member where email = 'new@x.org'").await, 1);
    assert_eq!(h.get("outsider", "/ORB/").await.status, 404, "whoever only looked stayed outside");
}

#[tokio::test]
async fn links_that_open_nothing_are_all_answered_alike() {
    let h = House::new().await;
    let used = invited(&h, "used@x.org", "developer").await;
    assert!(led_into(&h.post("nobody", &used, NEW_PERSON).await));
    let taken_back = invited(&h, "back@x.org", "developer").await;
    let asked = h.proposed("manager", "invitation.withdraw", json!({ "invitation": open_ticket(&h).await })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let expired = invited(&h, "old@x.org", "developer").await;
    h.app.clock.forward(8 * 86_400_000);
    let guessed = "/join/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let of_another_kind = taken_back.replace("/join/", "/enter/");
    for who in ["nobody", "outsider", "stakeholder"] {
        let told = h.get(who, guessed).await;
        assert_eq!(told.status, 403);
        assert!(told.text.contains("This link does not work, or not any more"), "{}", told.text);
        for link in [used.as_str(), &taken_back, &expired, &of_another_kind] {
            let seen = h.get(who, link).await;
            let same = |page: &Answer| page.text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).map(str::to_owned);
            assert_eq!((seen.status, same(&seen)), (told.status, same(&told)), "{link} as {who}");
            let tried = h.post(who, link, NEW_PERSON).await;
            assert_eq!((tried.status, same(&tried)), (told.status, same(&told)), "{link} as {who}");
        }
    }
}

#[tokio::test]
async fn a_new_link_needs_no_signature_and_ends_the_one_before() {
    let h = House::new().await;
    let first = invited(&h, "new@x.org", "developer").await;
    assert!(h.get("nobody", &first).await.text.contains("Join <bdi>Orbit</bdi>"), "it says to what one is invited");
    assert!(h.get("manager", "/ORB/settings").await.text.contains("new@x.org"), "who is invited is seen");
    assert!(!h.get("stakeholder", "/ORB/settings").await.text.contains("new@x.org"), "addresses are not for everyone");
    let renew = |who: &'static str, ticket: String| {
        let h = &h;
        async move { h.run(who, "invitation.renew", json!({ "invitation": ticket })).await }
    };
    for who in ["developer", "stakeholder", "assistant"] {
        let refused = renew(who, open_ticket(&h).await).await;
        assert!(matches!(refused, Err(Refusal::Denied { .. })), "{who}: a link gives hats away: {refused:?}");
    }
    assert!(!h.get("developer", "/ORB/settings").await.text.contains("invitation.renew"));
    let second = revealed(renew("manager", open_ticket(&h).await).await);
    assert_eq!((h.get("nobody", &first).await.status.as_u16(), h.get("nobody", &second).await.status.as_u16()), (403, 200));
    // Long after it has expired, what was agreed is.
    h.app.clock.forward(9 * 86_400_000);
    assert_eq!(h.get("nobody", &second).await.status, 403);
    assert!(h.get("owner", "/ORB/settings").await.text.contains("the link has expired"));
    let again = h.run("manager", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })).await;
    assert!(matches!(again, Err(Refusal::Invalid(_))), "both would sign the same twice: {again:?}");
    let third = revealed(renew("owner", open_ticket(&h).await).await);
    assert!(led_into(&h.post("nobody", &third, NEW_PERSON).await));
    assert!(!h.get("manager", "/ORB/settings").await.text.contains("new@x.org"), "they are here");
}

#[tokio::test]
async fn other_hats_for_the_same_address_end_the_link_before() {
    let h = House::of_way(Way::BothHats).await;
    let invite = |hat: &'static str| {
        let h = &h;
        async move { revealed(h.run("manager", "membership.invite", json!({ "email": "new@x.org", "hats": [hat] })).await) }
    };
    let (first, second) = (invite("developer").await, invite("owner").await);
    assert_eq!((h.get("nobody", &first).await.status.as_u16(), h.get("nobody", &second).await.status.as_u16()), (403, 200));
    h.run("manager", "invitation.withdraw", json!({ "invitation": open_ticket(&h).await })).await.unwrap();
    assert_eq!(h.get("nobody", &second).await.status, 403);
}

#[tokio::test]
async fn an_invitation_to_the_workspace_makes_an_account_and_nothing_else() {
    let h = House::new().await;
    let ask = app::Ask::named(None, "account.invite", json!({ "email": "new@x.org" }));
    let link = revealed(h.app.run(&h.visitor("manager", kernel::Door::Page), ask).await);
    let choice = h.get("outsider", &link).await.text;
    assert!(choice.contains("You have an account here already") && choice.contains("Make an account for new@x.org"), "{choice}");
    assert_eq!(h.post("outsider", &link, "as=member").await.status, 422);
    assert_eq!(h.post("nobody", &link, NEW_PERSON).await.location.as_deref(), Some("/"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_open_a_link_at_once_one_comes_in() {
    for round in 0..3 {
        let mut h = House::new().await;
        h.add("other", &[]).await;
        let link = invited(&h, "new@x.org", "developer").await;
        let before = members(&h).await;
        let ticket = open_ticket(&h).await;
        let second = if round == 0 { ("other", "as=member") } else { ("nobody", NEW_PERSON) };
        let (one, two) = tokio::join!(h.post("outsider", &link, "as=member"), h.post(second.0, &link, second.1));
        assert_eq!([&one, &two].iter().filter(|answer| led_into(answer)).count(), 1, "{one:?} {two:?}");
        assert_eq!([&one, &two].iter().filter(|answer| answer.status == 403).count(), 1, "{one:?} {two:?}");
        assert_eq!(members(&h).await, before + 1);
        // Whoever makes a new link meanwhile either comes too late or ends the old one.
        let renewed = h.run("manager", "invitation.renew", json!({ "invitation": ticket })).await;
        assert!(matches!(renewed, Err(Refusal::NotFound)), "{renewed:?}");
        assert!(h.app.check().await.unwrap().wrong.is_empty());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_is_renewed_while_it_is_used_lets_one_in() {
    let h = House::new().await;
    let link = invited(&h, "new@x.org", "developer").await;
    let ticket = open_ticket(&h).await;
    let (used, renewed) = tokio::join!(h.post("outsider", &link, "as=member"), h.run("manager", "invitation.renew", json!({ "invitation": ticket })));
    assert_ne!(led_into(&used), renewed.is_ok(), "{used:?} {renewed:?}");
}
