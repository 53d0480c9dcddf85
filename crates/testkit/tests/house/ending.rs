//! What ends a person ends all that hangs on them, at once.

use app::{Ask, Credential, Outcome, Visitor};
use axum::{
    body::Body,
    http::{Request, header},
};
use kernel::{Area, Door, Hat, Json, Look, Refusal, Value, json};
use testkit::{Answer, House};

/// A house with an administrator who belongs to no product.
async fn with_boss() -> House {
    let mut h = House::new().await;
    let add = people::AddAccount { name: "Boss".into(), email: "boss@x.org".into(), password_hash: None, administrator: true };
    h.app.run(&Visitor::nobody(Door::Page), Ask::of(None, &add).unwrap()).await.unwrap();
    h.add("second", &[Hat::Owner]).await;
    h
}

async fn as_boss(h: &House, command: &str, args: Json) -> Result<Outcome, Refusal> {
    let boss = h.text("select id from member where email = 'boss@x.org'".into()).await;
    h.app.run(&Visitor::member(boss.parse().unwrap(), Door::Page), Ask::named(None, command, args)).await
}

async fn remove(h: &House, who: &str) {
    as_boss(h, "account.remove", json!({ "member": h.member(who) })).await.unwrap();
}

/// Ends an account behind the back of all commands.
async fn vanish(h: &House, who: &str) {
    let id = Value::Text(h.member(who).simple().to_string());
    h.app.store.write(move |w| w.execute("update member set removed_at = 1 where id = $1", &[id])).await.unwrap();
}

async fn taken_out(h: &House, who: &str) {
    let asked = h.proposed("manager", "membership.remove", json!({ "member": h.member(who) })).await;
    h.run("second", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
}

async fn demoted(h: &House, who: &str, to: &str) {
    let asked = h.proposed("manager", "membership.set_hats", json!({ "member": h.member(who), "hats": [to] })).await;
    h.run("second", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
}

fn revealed(outcome: Result<Outcome, Refusal>) -> String {
    match outcome {
        Ok(Outcome::Done(done)) => done.reveal.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn an_assistant_acts_only_while_its_member_stands() {
    let h = with_boss().await;
    let token = h.token("assistant").await;
    let proposal = h.proposed("assistant", "story.create", json!({ "title": "A" })).await;
    assert_eq!(h.rest(&token, "GET", "/products/ORB/stories", json!(null)).await.status, 200);
    remove(&h, "manager").await;
    assert_eq!(h.rest(&token, "GET", "/products/ORB/stories", json!(null)).await.status, 401);
    assert_eq!(h.rest(&token, "POST", "/products/ORB/stories", json!({ "title": "B" })).await.status, 401);
    assert_eq!(h.text("select state from proposal".into()).await, "withdrawn");
    assert!(h.text("select note from proposal".into()).await.contains("Manager left"));
    assert!(matches!(h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await, Err(Refusal::Invalid(_))));
    assert_eq!(h.number("select count(*) from story").await, 0);
    assert_eq!(h.number("select count(*) from member where name = 'Helper' and removed_at is null").await, 0, "its account ends too");
    assert_eq!(h.number("select count(*) from membership join member on member.id = membership.member where member.name = 'Manager' and membership.removed_at is null").await, 0);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn an_account_that_is_gone_opens_nothing_however_it_went() {
    let h = with_boss().await;
    let (token, session) = (h.token("assistant").await, h.cookie("manager").await);
    let proposal = h.proposed("assistant", "story.create", json!({ "title": "A" })).await;
    vanish(&h, "manager").await;
    assert_eq!(h.rest(&token, "GET", "/products/ORB/stories", json!(null)).await.status, 401);
    let page = Request::get("/ORB/backlog").header(header::COOKIE, session).body(Body::empty()).unwrap();
    assert_ne!(h.send(page).await.status, 200);
    // The proposal is still open; nobody's name is there to carry it out in.
    h.run("owner", "proposal.sign", json!({ "proposal": proposal })).await.unwrap();
    assert_eq!(h.text("select state from proposal".into()).await, "overtaken");
    assert!(h.text("select note from proposal".into()).await.contains("no longer belongs here"));
    assert_eq!(h.number("select count(*) from story").await, 0);
}

#[tokio::test]
async fn what_someone_put_forward_goes_with_them() {
    let h = with_boss().await;
    let proposal = h.proposed("developer", "story.create", json!({ "title": "A" })).await;
    taken_out(&h, "developer").await;
    assert_eq!(h.text(format!("select state from proposal where id = '{proposal}'")).await, "withdrawn");
    assert!(matches!(h.run("developer", "story.create", json!({ "title": "B" })).await, Err(Refusal::NotFound)));
}

/// The Owner lends the hat to the developer, who so decides on the backlog.
async fn lent(h: &House) {
    h.run("owner", "hat.lend", json!({ "to": h.member("developer"), "hat": "owner", "until": "2026-10-30" })).await.unwrap();
    assert!(decides(h).await);
}

async fn decides(h: &House) -> bool {
    matches!(h.run("developer", "story.create", json!({ "title": "s" })).await, Ok(Outcome::Done(_)))
}

#[tokio::test]
async fn a_lent_hat_ends_with_its_lender() {
    for how in ["removed", "vanished", "taken out", "demoted", "until the day"] {
        let h = with_boss().await;
        lent(&h).await;
        match how {
            "removed" => remove(&h, "owner").await,
            "vanished" => vanish(&h, "owner").await,
            "taken out" => taken_out(&h, "owner").await,
            "demoted" => demoted(&h, "owner", "stakeholder").await,
            _ => h.app.clock.forward(60 * 86_400_000),
        }
        assert!(!decides(&h).await, "{how}");
        assert!(!h.get("manager", "/ORB/who-decides").await.text.contains("acts as Owner"), "{how}");
        if how == "demoted" {
            demoted(&h, "owner", "owner").await;
            assert!(!decides(&h).await, "what has ended does not come back by itself");
        }
    }
}

#[tokio::test]
async fn a_lent_hat_can_be_taken_back() {
    let back = |h: &House| json!({ "from": h.member("developer"), "hat": "owner" });
    for who in ["owner", "developer", "manager", "second"] {
        let h = with_boss().await;
        lent(&h).await;
        assert!(matches!(h.run("stakeholder", "hat.take_back", back(&h)).await, Err(Refusal::Denied { .. })));
        assert!(matches!(h.run("assistant", "hat.take_back", back(&h)).await, Err(Refusal::Denied { .. })));
        h.run(who, "hat.take_back", back(&h)).await.unwrap();
        assert!(!decides(&h).await, "{who}");
    }
}

#[tokio::test]
async fn a_hat_is_lent_for_a_leave_not_for_ever() {
    let h = with_boss().await;
    let lend = |until: &str| json!({ "to": h.member("developer"), "hat": "owner", "until": until });
    // It is 2026-09-21.
    assert!(matches!(h.run("owner", "hat.lend", lend("2126-09-21")).await, Err(Refusal::Invalid(_))));
    assert!(matches!(h.run("owner", "hat.lend", lend("2026-12-22")).await, Err(Refusal::Invalid(_))));
    h.run("owner", "hat.lend", lend("2026-12-20")).await.unwrap();
    let on = h.run("developer", "hat.lend", json!({ "to": h.member("stakeholder"), "hat": "owner", "until": "2026-10-01" })).await;
    assert!(matches!(on, Err(Refusal::Denied { .. })), "a borrowed hat is not lent on");
    // Two lenders: each ends their own loan.
    h.run("second", "hat.lend", lend("2026-10-01")).await.unwrap();
    h.run("owner", "hat.take_back", json!({ "from": h.member("developer"), "hat": "owner" })).await.unwrap();
    assert!(decides(&h).await, "the other loan stands");
}

#[tokio::test]
async fn nobody_locks_everyone_out() {
    let h = House::of_way(kernel::matrix::Way::BothHats).await;
    let (manager, owner) = (h.member("manager"), h.member("owner"));
    let hats = |who: kernel::Uuid, hats: &[&str]| json!({ "member": who, "hats": hats });
    h.run("manager", "membership.set_hats", hats(owner, &["developer"])).await.unwrap();
    assert!(matches!(h.run("manager", "membership.set_hats", hats(manager, &["developer"])).await, Err(Refusal::Invalid(_))), "the last hat");
    assert!(matches!(h.run("manager", "membership.remove", json!({ "member": manager })).await, Err(Refusal::Invalid(_))), "leaving");
    h.run("manager", "agreement.set", json!({ "area": "agreement", "hat": "owner", "standing": "none" })).await.unwrap();
    let drop = json!({ "area": "agreement", "hat": "manager", "standing": "none" });
    assert!(matches!(h.run("manager", "agreement.set", drop.clone()).await, Err(Refusal::Invalid(_))), "the matrix");
    // A hat on loan is no reason to drop one's own.
    h.run("manager", "hat.lend", json!({ "to": h.member("developer"), "hat": "manager", "until": "2026-10-01" })).await.unwrap();
    assert!(matches!(h.run("manager", "membership.set_hats", hats(manager, &["developer"])).await, Err(Refusal::Invalid(_))), "a loan");
    h.run("manager", "membership.set_hats", hats(owner, &["manager"])).await.unwrap();
    h.run("manager", "membership.set_hats", hats(manager, &["developer"])).await.unwrap();
}

#[tokio::test]
async fn an_account_that_alone_decides_is_removed_with_an_heir() {
    let h = with_boss().await;
    for who in ["owner", "second"] {
        remove(&h, who).await;
    }
    let alone = json!({ "member": h.member("manager") });
    let Err(Refusal::Invalid(wrong)) = as_boss(&h, "account.remove", alone).await else { panic!("nobody would decide") };
    assert_eq!(wrong[0].field, "takes_over");
    assert!(wrong[0].message.contains("Orbit"));
    let unknown = json!({ "member": h.member("manager"), "takes_over": "who@x.org" });
    assert!(matches!(as_boss(&h, "account.remove", unknown).await, Err(Refusal::Invalid(_))));
    let heir = json!({ "member": h.member("manager"), "takes_over": "developer@x.org" });
    as_boss(&h, "account.remove", heir).await.unwrap();
    h.made("developer", "initiative.create", json!({ "title": "i" }), "initiative").await;
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let h = with_boss().await;
    // By the manager, who is the other administrator, and then by a program at the machine.
    let boss = h.text("select id from member where email = 'boss@x.org'".into()).await;
    h.run("manager", "account.remove", json!({ "member": boss })).await.unwrap();
    let own = h.run("manager", "account.remove", json!({ "member": h.member("manager") })).await;
    assert!(matches!(own, Err(Refusal::Denied { .. })));
    assert_eq!(h.number("select count(*) from member where administrator = 1 and removed_at is null").await, 1);
}

#[tokio::test]
async fn a_newer_link_ends_the_older_and_a_used_one_all_of_its_kind() {
    let h = with_boss().await;
    let offer = || async { revealed(as_boss(&h, "account.offer_reset", json!({ "member": h.member("developer") })).await) };
    let (first, second) = (offer().await, offer().await);
    assert_eq!(h.get("nobody", &first).await.status, 403, "a newer one was made");
    assert_eq!(h.get("nobody", &second).await.status, 200);
    assert_eq!(h.post("nobody", &first, "password=a+long+password").await.status, 403);
    assert_eq!(h.post("nobody", &second, "password=a+long+password").await.status, 303);
    assert_eq!(h.get("nobody", &second).await.status, 403);
    // Of two sign-in links only the newer lets anyone in, and that once.
    let enter =
        || async { people::run_inside(&h.app, &people::OfferSignIn { member: kernel::Id::new(h.member("developer")) }).await.unwrap().unwrap() };
    let (older, newer) = (enter().await, enter().await);
    assert_ne!(h.post("nobody", &older, "").await.location.as_deref(), Some("/"));
    assert_eq!(h.post("nobody", &newer, "").await.location.as_deref(), Some("/"));
    assert_ne!(h.post("nobody", &newer, "").await.location.as_deref(), Some("/"));
    // A sign-in link and a reset link are out; changing the password ends both.
    let third = offer().await;
    let member = kernel::Id::new(h.member("developer"));
    let enter = enter().await;
    assert_eq!(h.get("nobody", &enter).await.status, 200);
    people::run_inside(&h.app, &people::SetPassword { member, password_hash: "x".into() }).await.unwrap();
    assert_eq!(h.get("nobody", &third).await.status, 403);
    assert_eq!(h.get("nobody", &enter).await.status, 403);
    // A reset link opens nothing else, and neither does one of someone who has left.
    let fourth = offer().await;
    assert_ne!(h.post("nobody", &fourth.replace("/new-password/", "/enter/"), "").await.location.as_deref(), Some("/"), "nobody is let in");
    remove(&h, "developer").await;
    assert_eq!(h.get("nobody", &fourth).await.status, 403);
    let invite = || async { revealed(as_boss(&h, "account.invite", json!({ "email": "new@x.org" })).await) };
    let (older, newer) = (invite().await, invite().await);
    assert_eq!(h.get("nobody", &older).await.status, 403);
    assert_eq!(h.get("nobody", &newer).await.status, 200);
}

#[tokio::test]
async fn a_token_reaches_only_its_products_and_areas() {
    let h = House::of_way(kernel::matrix::Way::BothHats).await;
    let second = json!({ "name": "Second", "key": "SEC", "way": "both_hats", "hats": ["manager", "owner"] });
    h.app.run(&h.visitor("manager", Door::Page), Ask::named(None, "product.create", second)).await.unwrap();
    let make = |args: Json| {
        let visitor = h.visitor("manager", Door::Page);
        let h = &h;
        async move { h.app.run(&visitor, Ask::named(None, "token.create", args)).await }
    };
    assert!(matches!(make(json!({ "name": "t", "products": ["NOT"] })).await, Err(Refusal::Invalid(_))));
    let here = revealed(make(json!({ "name": "t", "can_write": true, "products": ["ORB"] })).await);
    assert_eq!(h.rest(&here, "POST", "/products/ORB/initiatives", json!({ "title": "A" })).await.status, 200);
    assert_eq!(h.rest(&here, "GET", "/products/SEC/stories", json!(null)).await.status, 404);
    assert_eq!(h.rest(&here, "POST", "/products/SEC/stories", json!({ "title": "A" })).await.status, 404);
    let listed = h.rest(&here, "GET", "/products", json!(null)).await.json();
    assert_eq!(listed.as_array().unwrap().len(), 1);
    for (method, path, body) in [
        ("POST", "/account/tokens", json!({ "name": "wider", "can_write": true })),
        ("POST", "/products", json!({ "name": "P", "key": "PPP", "way": "safe", "hats": ["owner"] })),
        ("PATCH", "/account", json!({ "name": "X" })),
    ] {
        assert_eq!(h.rest(&here, method, path, body).await.status, 403, "{path}");
    }
    let work = revealed(make(json!({ "name": "t", "can_write": true, "areas": ["roadmap"] })).await);
    assert_eq!(h.rest(&work, "POST", "/products/SEC/initiatives", json!({ "title": "A" })).await.status, 200);
    assert_eq!(h.rest(&work, "POST", "/products/ORB/stories", json!({ "title": "A" })).await.status, 403);
    assert_eq!(h.rest(&work, "POST", "/products/ORB/proposals", json!({ "title": "A", "area": "strategy" })).await.status, 403);
    assert_eq!(h.rest(&work, "POST", "/products/ORB/proposals", json!({ "title": "A", "area": "roadmap" })).await.status, 200);
    assert_eq!(h.rest(&work, "PUT", "/products/ORB/hat", json!({ "hat": "owner" })).await.status, 403, "what belongs to no area");
    let strategy = h.made("manager", "proposal.open", json!({ "title": "Q", "area": "strategy" }), "proposal").await;
    assert_eq!(h.rest(&work, "POST", &format!("/products/ORB/proposals/{strategy}/signatures"), json!({})).await.status, 404);
    h.made("owner", "story.create", json!({ "title": "Not for this token" }), "story").await;
    for path in ["/products/ORB/stories", "/products/ORB/activity", "/products/ORB/search?q=token", "/products/ORB/proposals"] {
        let told = h.rest(&work, "GET", path, json!(null)).await.text;
        assert!(!told.contains("Not for this token") && !told.contains("\"Q\""), "{path}: {told}");
    }
    // Asked about both products whatever the token is for.
    for (token, area, seen) in [(&here, Area::Backlog, "ORB"), (&work, Area::Backlog, ""), (&work, Area::Roadmap, "ORB SEC")] {
        let visitor = Visitor { credential: Credential::Token(app::secret::hash(token)), door: Door::Rest };
        let among = move |look: &mut Look| {
            let all = look.reader.query("select id from product", &[])?.into_iter().map(|mut row| row.take()).collect::<Result<Vec<_>, _>>()?;
            app::seeing_in(look, &all, area)
        };
        let mut keys: Vec<_> = h.app.ask(&visitor, None, among).await.unwrap().into_iter().map(|product| product.key).collect();
        keys.sort();
        assert_eq!(keys.join(" "), seen, "{area}");
    }
    let reads = revealed(make(json!({ "name": "t" })).await);
    assert_eq!(h.rest(&reads, "POST", "/products/ORB/stories", json!({ "title": "A" })).await.status, 403);
    let page = h.get("manager", "/account").await.text;
    assert!(page.contains("ORB only") && page.contains("roadmap only"), "the account says what a token is for");
}

/// Follows the news of `ORB` as someone until the stream ends, while something happens once they are there.
async fn followed(h: &House, who: &str, cookie: String, happens: impl Future<Output = ()>) -> Answer {
    let product: kernel::Uuid = h.text("select id from product where key = 'ORB'".into()).await.parse().unwrap();
    let member = h.member(who);
    let mut arrivals = h.app.presence.subscribe();
    let request = Request::get("/live?product=ORB").header(header::COOKIE, cookie).body(Body::empty()).unwrap();
    let then = async {
        while !h.app.company(product).await.unwrap().contains_key(&member) {
            arrivals.recv().await.unwrap();
        }
        happens.await;
    };
    let both = async { tokio::join!(h.send(request), then).0 };
    tokio::time::timeout(std::time::Duration::from_secs(20), both).await.expect("the stream ends")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_the_right_to_it() {
    for how in ["session", "password", "membership", "account"] {
        let h = with_boss().await;
        let cookie = h.cookie("developer").await;
        let answer = followed(&h, "developer", cookie.clone(), async {
            match how {
                "session" => {
                    drop(people::run_inside(&h.app, &people::EndSession { token_hash: app::secret::hash(&cookie["tandem=".len()..]) }).await.unwrap())
                }
                "password" => {
                    let set = people::SetPassword { member: kernel::Id::new(h.member("developer")), password_hash: "x".into() };
                    drop(people::run_inside(&h.app, &set).await.unwrap());
                }
                "membership" => taken_out(&h, "developer").await,
                _ => remove(&h, "developer").await,
            }
        })
        .await;
        assert_eq!(answer.status, 200, "{how}");
        assert!(answer.text.contains("event: hello\ndata: {}"), "{how}: {}", answer.text);
        let product: kernel::Uuid = h.text("select id from product".into()).await.parse().unwrap();
        assert!(!h.app.company(product).await.unwrap().contains_key(&h.member("developer")), "{how}: nobody sits there any more");
    }
}
