//! What holds on PostgreSQL alone: queues of writers.

use crate::postgres::{here, opened};
use app::App;
use kernel::{Door, Refusal, Value, Writer, json};
use testkit::House;

/// Does something to a product in a transaction, as another node would, and holds its lock until told.
async fn held(
    app: &App,
    act: impl FnOnce(&mut dyn Writer) -> kernel::Result<()> + Send + 'static,
) -> (std::sync::mpsc::Sender<()>, tokio::task::JoinHandle<kernel::Result<()>>) {
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let (tell, locked) = tokio::sync::oneshot::channel();
    let app = app.clone();
    let held = tokio::spawn(async move {
        app.store
            .write(move |writer| {
                writer.lock(Some("ORB"))?;
                act(writer)?;
                let _ = tell.send(());
                let _ = wait.recv();
                Ok(())
            })
            .await
    });
    locked.await.unwrap();
    (release, held)
}

/// Nothing is done but that the lock is there.
fn locked(writer: &mut dyn Writer) -> kernel::Result<()> {
    writer.query("select 1", &[]).map(drop)
}

/// A hat is taken from somebody, who is a stakeholder from then on.
fn without_hat(member: String) -> impl FnOnce(&mut dyn Writer) -> kernel::Result<()> + Send {
    move |writer| writer.execute("update membership set hats = '[\"stakeholder\"]' where member = $1", &[Value::Text(member)]).map(drop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn writers_that_wait_hold_up_neither_readers_nor_other_products() {
    if !here() {
        return;
    }
    let address = testkit::address();
    let (app, far) = (opened(address.clone()).await, opened(address).await);
    let h = House::over(app, kernel::matrix::Way::TwoPeople).await;
    let second = json!({ "name": "Other", "key": "OTH", "way": "two_people", "hats": ["manager", "owner"] });
    h.app.run(&h.visitor("manager", Door::Page), app::Ask::named(None, "product.create", second)).await.unwrap();
    let (release, held) = held(&far, locked).await;
    let waiting: Vec<_> = (0..12)
        .map(|n| {
            let (app, owner) = (h.app.clone(), h.visitor("owner", Door::Page));
            tokio::spawn(async move { app.run(&owner, app::Ask::named(Some("ORB"), "story.create", json!({ "title": format!("S{n}") }))).await })
        })
        .collect();
    // Twelve wait, more than there are connections; reading and another product go on.
    assert_eq!(h.get("owner", "/ORB/backlog").await.status, 200);
    let elsewhere = app::Ask::named(Some("OTH"), "story.create", json!({ "title": "Meanwhile" }));
    h.app.run(&h.visitor("manager", Door::Page), elsewhere).await.unwrap();
    assert_eq!(h.number("select count(*) from story where product = (select id from product where key = 'ORB')").await, 0);
    release.send(()).unwrap();
    held.await.unwrap().unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rights_are_judged_after_the_wait() {
    if !here() {
        return;
    }
    let address = testkit::address();
    let (app, far) = (opened(address.clone()).await, opened(address).await);
    let h = House::over(app, kernel::matrix::Way::TwoPeople).await;
    // On another node the Owner's hat is taken while a click of theirs waits.
    let (release, taken) = held(&far, without_hat(h.member("owner").simple().to_string())).await;
    let (app, visitor) = (h.app.clone(), h.visitor("owner", Door::Page));
    let click = tokio::spawn(async move { app.run(&visitor, app::Ask::named(Some("ORB"), "story.create", json!({ "title": "Late" }))).await });
    // The click has arrived at the lock.
    let queued = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
    while h.number(queued).await == 0 {
        tokio::task::yield_now().await;
    }
    release.send(()).unwrap();
    taken.await.unwrap().unwrap();
    assert!(!matches!(click.await.unwrap(), Ok(app::Outcome::Done(_))), "whoever lost the hat meanwhile does not decide");
    assert_eq!(h.number("select count(*) from story").await, 0);
}

/// Whatever is done to accounts and products, nobody waits with their sign-in, nor with their own account.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_waits_for_nobody_elses() {
    if !here() {
        return;
    }
    let h = House::over(opened(testkit::address()).await, kernel::matrix::Way::TwoPeople).await;
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let (tell, locked) = tokio::sync::oneshot::channel();
    let app = h.app.clone();
    let busy = tokio::spawn(async move {
        let hold = move |writer: &mut dyn Writer| {
            writer.lock(None)?;
            let _ = tell.send(());
            let _ = wait.recv();
            Ok(())
        };
        app.store.write_in("", hold).await
    });
    locked.await.unwrap();
    h.cookie("owner").await;
    h.app.run(&h.visitor("owner", Door::Page), app::Ask::named(None, "account.edit", json!({ "theme": "dark" }))).await.unwrap();
    assert!(!busy.is_finished(), "the workspace was held all the while");
    release.send(()).unwrap();
    busy.await.unwrap().unwrap();
}

/// What waits in one lane is committed together; what is refused, breaks off or is found wrong only when it is sent undoes
/// nothing of its neighbours, and each is told what became of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_one_another_is_committed_together() {
    if !here() {
        return;
    }
    let app = opened(testkit::address()).await;
    // A transaction that has lasted takes nobody in any more, and a busy machine may let any of them last.
    let mut together = false;
    for round in 0..50 {
        together = together || neighbours(&app, round).await;
    }
    assert!(together, "each was committed alone");
    // A mistake of the first that shows when the second begins is its own.
    let (release, hold) = occupied(&app);
    let (_, wrong, right, ()) = tokio::join!(biased; hold, receipt(&app, "r".into(), "'soon'", fine), receipt(&app, "s".into(), "0", fine), async { release.send(()).unwrap() });
    assert!(wrong.is_err() && right.is_ok(), "{wrong:?} {right:?}");
}

/// Five that wait behind one another, two of which are right; whether these were committed together.
async fn neighbours(app: &App, round: usize) -> bool {
    let (release, hold) = occupied(app);
    let name = |n: usize| format!("r{round}-{n}");
    let (held, first, refused, wrong, last, broken_off, alone, ()) = tokio::join!(
        biased;
        hold,
        receipt(app, name(1), "0", fine),
        receipt(app, name(2), "0", || Err(Refusal::NotFound)),
        receipt(app, name(3), "'soon'", fine),
        receipt(app, name(4), "0", fine),
        receipt(app, name(5), "0", || panic!("it breaks off")),
        app.store.write_in("ORB", transaction),
        async { release.send(()).unwrap() },
    );
    held.unwrap();
    assert_eq!(refused, Err(Refusal::NotFound));
    assert!(matches!((&wrong, &broken_off), (Err(Refusal::Broken(_)), Err(Refusal::Broken(_)))), "{wrong:?} {broken_off:?}");
    let (first, last) = (first.unwrap(), last.unwrap());
    assert_ne!(last, alone.unwrap(), "what may take long has a transaction of its own");
    let like = vec![Value::Text(format!("r{round}-%"))];
    let kept = app.store.read(move |r| r.query("select id from receipt where id like $1 order by id", &like)).await.unwrap();
    let kept: Vec<String> = kept.into_iter().map(|mut row| row.take().unwrap()).collect();
    assert_eq!(kept, [name(1), name(4)]);
    first == last
}

/// Holds the lane of a product until it is told to let go.
fn occupied(app: &App) -> (std::sync::mpsc::Sender<()>, impl Future<Output = kernel::Result<()>>) {
    let (release, wait) = std::sync::mpsc::channel::<()>();
    let hold = app.store.write_in("ORB", move |_| {
        let _ = wait.recv();
        Ok(())
    });
    (release, hold)
}

/// Writes a receipt among others of the lane and ends as told; the transaction that it was written in.
async fn receipt(app: &App, id: String, at: &'static str, then: fn() -> kernel::Result<()>) -> kernel::Result<String> {
    app.store
        .write_among("ORB", move |writer| {
            let transaction = transaction(writer)?;
            writer.put(&format!("insert into receipt (id, at, answer) values ($1, {at}, '')"), vec![Value::Text(id)])?;
            then().map(|()| transaction)
        })
        .await
}

fn transaction(writer: &mut dyn Writer) -> kernel::Result<String> {
    let Some(mut row) = writer.query("select pg_current_xact_id()::text", &[])?.pop() else { return Err(Refusal::NotFound) };
    row.take()
}

fn fine() -> kernel::Result<()> {
    Ok(())
}

/// Whoever is the last to decide in a product must not leave it by two ways at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_account_is_removed_once_nobody_writes_to_its_products() {
    if !here() {
        return;
    }
    let address = testkit::address();
    let (app, far) = (opened(address.clone()).await, opened(address).await);
    let mut h = House::over(app, kernel::matrix::Way::BothHats).await;
    h.add("boss", &[]).await;
    h.app.store.write(|w| w.execute("update member set administrator = 1 where email = 'boss@x.org'", &[]).map(drop)).await.unwrap();
    // On another node the Manager's hat is given up meanwhile, so that the Owner alone decides.
    let (release, given_up) = held(&far, without_hat(h.member("manager").simple().to_string())).await;
    let (app, boss, owner) = (h.app.clone(), h.visitor("boss", Door::Page), json!({ "member": h.member("owner") }));
    let removal = tokio::spawn(async move { app.run(&boss, app::Ask::named(None, "account.remove", owner)).await });
    let queued = "select count(*) from pg_locks where locktype = 'advisory' and not granted";
    while h.number(queued).await == 0 && !removal.is_finished() {
        tokio::task::yield_now().await;
    }
    release.send(()).unwrap();
    given_up.await.unwrap().unwrap();
    let refused = removal.await.unwrap();
    assert!(matches!(&refused, Err(Refusal::Invalid(wrong)) if wrong[0].field == "takes_over"), "nobody would decide: {refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_get_the_lock_in_time_is_told_so() {
    if !here() {
        return;
    }
    let address = testkit::address();
    let (app, far) = (opened(address.clone()).await, opened(address).await);
    let h = House::over(app, kernel::matrix::Way::TwoPeople).await;
    let (release, held) = held(&far, locked).await;
    let refused = h.app.store.write(|writer| {
        writer.query("set local lock_timeout = '1ms'", &[])?;
        writer.lock(Some("ORB"))?;
        writer.query("select 1", &[]).map(drop)
    });
    assert_eq!(refused.await, Err(Refusal::Busy));
    release.send(()).unwrap();
    held.await.unwrap().unwrap();
}
