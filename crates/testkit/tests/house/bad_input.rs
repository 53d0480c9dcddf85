//! What bad input gets: a sentence, and nothing changed.

use kernel::{Refusal, json};
use testkit::House;

#[tokio::test]
async fn two_people_edit_the_same_story() {
    let h = House::new().await;
    let id = h.made("owner", "story.create", json!({ "title": "A" }), "story").await;
    h.run("owner", "story.edit", json!({ "story": id, "title": "B", "version": 1 })).await.unwrap();
    match h.run("owner", "story.edit", json!({ "story": id, "title": "C", "version": 1 })).await {
        Err(Refusal::Conflict { newer, version, .. }) => assert_eq!((newer["title"].as_str(), version), (Some("B"), 2)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn stories_moved_at_once_all_find_a_place() {
    let h = std::sync::Arc::new(House::new().await);
    let mut ids = vec![];
    for i in 0..8 {
        ids.push(h.made("owner", "story.create", json!({ "title": format!("S{i}") }), "story").await);
    }
    let moves: Vec<_> = (0..8)
        .map(|i| {
            let (h, id, other) = (h.clone(), ids[i].clone(), ids[(i + 3) % 8].clone());
            tokio::spawn(async move { h.run("owner", "story.move", json!({ "story": id, "after": other })).await })
        })
        .collect();
    for one in moves {
        one.await.unwrap().unwrap();
    }
    assert_eq!(h.number("select count(distinct rank) from story").await, 8, "no two in one place");
}

#[tokio::test]
async fn odd_texts_are_refused_or_kept_as_they_are() {
    let h = House::new().await;
    for bad in ["", "   ", "a\0b", &"x".repeat(501)] {
        assert!(matches!(h.run("owner", "story.create", json!({ "title": bad })).await, Err(Refusal::Invalid(_))), "{bad:?}");
    }
    for fine in ["=1+1", "'; drop table story; --", "日本語 🚲", "%_%", "<b>"] {
        h.made("owner", "story.create", json!({ "title": fine }), "story").await;
        let found = h.get("owner", &format!("/ORB/backlog?q={}", web::text::encode(fine))).await;
        assert_eq!(found.status, 200, "{fine}");
    }
    for bad in [
        json!({ "story": "1", "points": -1 }),
        json!({ "story": "1", "points": 1e9 }),
        json!({ "story": "1", "points": "many" }),
        json!({ "points": 1 }),
        json!({ "story": "1", "points": 1, "story2": [] , "x": null }),
    ] {
        let answer = h.run("developer", "story.estimate", bad.clone()).await;
        assert!(matches!(answer, Err(Refusal::Invalid(_)) | Ok(_)), "{bad}");
    }
    for odd in [
        "/ORB/backlog?after=zzz&feature=999999999999999999999",
        "/ORB/backlog?label=%25%00",
        "/ORB/search?q=%22%27%2A",
        "/ORB/story/0",
        "/ORB/story/99999999999999999999",
        "/ORB/thread?of=vision&id=x",
        "/ORB/activity?after=-1",
        "/ORB/import/nothing",
    ] {
        let status = h.get("owner", odd).await.status.as_u16();
        assert!([200, 400, 404, 422].contains(&status), "{odd}: {status}");
    }
}

#[tokio::test]
async fn passwords_are_tried_only_so_often() {
    let h = House::new().await;
    let mut last = 0;
    for _ in 0..12 {
        last = h.post("nobody", "/sign-in", "email=owner%40x.org&password=wrong+wrong+wrong").await.status.as_u16();
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn sign_in_invitation_and_a_new_password() {
    let h = House::new().await;
    let outcome = h.run("manager", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })).await.unwrap();
    let app::Outcome::Proposed(p) = outcome else { panic!("bringing someone in is signed by both") };
    let signed = h.run("owner", "proposal.sign", json!({ "proposal": p.proposal.simple().to_string() })).await.unwrap();
    let app::Outcome::Done(done) = signed else { panic!() };
    let link = done.reveal.expect("whoever completes it gets the link");
    assert_eq!(h.post("nobody", &link, "name=New&password=short").await.status, 422);
    let joined = h.post("nobody", &link, "name=New&password=a+long+password").await;
    assert_eq!(joined.status, 303, "{}", joined.text);
    assert_ne!(h.post("nobody", &link, "name=New&password=a+long+password").await.status, 303, "a link works once");
    let signed_in = h.post("nobody", "/sign-in", "email=NEW%40x.org&password=a+long+password&to=%2FORB%2Fbacklog").await;
    assert_eq!((signed_in.status.as_u16(), signed_in.location.as_deref()), (303, Some("/ORB/backlog")));
    assert_eq!(h.post("nobody", "/sign-in", "email=new%40x.org&password=another+password").await.status, 422);
    let away = h.post("nobody", "/sign-in", "email=new%40x.org&password=a+long+password&to=%2F%2Fevil.example").await;
    assert_eq!(away.location.as_deref(), Some("/"));
    let offered = h
        .app
        .run(
            &h.visitor("manager", kernel::Door::Page),
            app::Ask::named(None, "account.offer_reset", json!({ "member": h.text("select id from member where email = 'new@x.org'".into()).await })),
        )
        .await
        .unwrap();
    let app::Outcome::Done(offered) = offered else { panic!() };
    assert_eq!(h.post("nobody", &offered.reveal.unwrap(), "password=yet+another+one").await.status, 303);
    assert_eq!(
        h.number("select count(*) from session join member on member.id = session.member where email = 'new@x.org' and ended_at is null").await,
        0,
        "signed out everywhere"
    );
    assert_eq!(h.number("select count(*) from activity where changes like '%$argon2%'").await, 0);
}

/// The embedded database held to the size it has: what a full disk looks like.
#[tokio::test]
async fn a_full_disk_loses_nothing_and_says_so() {
    if std::env::var_os("TANDEM_TEST_DATABASE").is_some() {
        return; // The limit is the embedded database's own.
    }
    let h = House::new().await;
    let limit = |pages: i64| h.app.store.write(move |w| w.query(&format!("pragma max_page_count = {pages}"), &[]).map(drop));
    limit(1).await.unwrap(); // Means: no larger than it is.
    let mut refused = None;
    for i in 0..200 {
        let long = "long ".repeat(2_000);
        if let Err(refusal) = h.run("owner", "story.create", json!({ "title": format!("S{i}"), "body": long })).await {
            refused = Some(refusal);
            break;
        }
    }
    assert!(refused.is_some_and(|r| r.sentence().contains("disk of the server is full")));
    let seen = h.post("owner", "/ORB/do/story.create", "title=x").await;
    assert!(seen.status != 500 || seen.text.contains("disk of the server is full"));
    limit(1_000_000).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "Room again" }), "story").await;
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// Jobs that one commit would have carried: what the full disk undid is told as undone, and nothing else is.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_full_disk_undoes_is_told_as_undone() {
    if std::env::var_os("TANDEM_TEST_DATABASE").is_some() {
        return; // The limit is the embedded database's own.
    }
    let h = House::new().await;
    let keep = |name: &'static str| format!("insert into receipt (id, at, answer, asked) values ('{name}', 1, '', '')");
    let (begin, begun) = tokio::sync::oneshot::channel();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let store = h.app.store.clone();
    let first = tokio::spawn(async move {
        let job = move |w: &mut dyn kernel::Writer| {
            w.execute(&keep("first"), &[])?;
            let _ = begin.send(());
            let _ = wait.recv();
            Ok(())
        };
        store.write(job).await
    });
    begun.await.unwrap();
    let mut second = Box::pin(h.app.store.write(|w| {
        w.query("pragma max_page_count = 1", &[])?;
        w.execute("insert into receipt (id, at, answer, asked) values ('second', 1, hex(zeroblob(2000000)), '')", &[]).map(drop)
    }));
    let mut third = Box::pin(h.app.store.write(move |w| w.execute(&keep("third"), &[]).map(drop)));
    // Both stand in the queue behind the first.
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(second.as_mut().poll(&mut context).is_pending() && third.as_mut().poll(&mut context).is_pending());
    go.send(()).unwrap();
    let told = [("first", first.await.unwrap()), ("second", second.await), ("third", third.await)];
    for (name, told) in told {
        let there = h.text(format!("select cast(count(*) as text) from receipt where id = '{name}'")).await == "1";
        assert_eq!(told.is_ok(), there, "{name} was told {told:?}");
    }
}
