//! What commands leave to be done: kept with them, done once, tried again, given up where somebody sees it.

use app::{Ask, Outcome, jobs::Claimed};
use kernel::{Lane, Refusal, json, letter::Part};
use std::collections::HashSet;
use testkit::{House, PostBox};

const HOUR: i64 = 3_600_000;

/// Invites an address to the workspace; the link that is shown.
async fn invite(h: &House, email: &str) -> String {
    let done = h.app.run(&h.visitor("manager", kernel::Door::Page), Ask::named(None, "account.invite", json!({ "email": email }))).await;
    let Ok(Outcome::Done(done)) = done else { panic!("{done:?}") };
    done.reveal.unwrap()
}

/// Jobs that wait, but for those that tell people of what happened.
async fn waiting(h: &House) -> i64 {
    h.number("select count(*) from job where kind not like 'notice.%'").await
}

async fn dead(h: &House) -> String {
    h.text("select coalesce(min(id), '') from dead_letter where removed_at is null".into()).await
}

async fn administer(h: &House, who: &str, command: &str, job: &str) -> Result<Outcome, Refusal> {
    h.app.run(&h.visitor(who, kernel::Door::Page), Ask::named(None, command, json!({ "job": job }))).await
}

#[tokio::test]
async fn an_invitation_is_mailed_and_its_word_is_kept_nowhere() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    let asked = h.proposed("manager", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] })).await;
    assert_eq!(waiting(&h).await, 0, "nothing is mailed before it is agreed");
    let Ok(Outcome::Done(done)) = h.run("owner", "proposal.sign", json!({ "proposal": asked })).await else { panic!() };
    let shown = done.reveal.unwrap();
    let kept = h.text("select kind || args || about from job where kind not like 'notice.%'".into()).await;
    assert!(kept.contains("new@x.org") && !kept.contains(shown.rsplit('/').next().unwrap()), "{kept}");
    assert_eq!(
        h.text("select actor from job where kind not like 'notice.%'".into()).await,
        h.member("manager").simple().to_string(),
        "in the name of whoever proposed it"
    );
    h.app.work_off().await.unwrap();
    assert_eq!((waiting(&h).await, mail.letters().len()), (0, 1));
    let letter = mail.letters().pop().unwrap();
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("new@x.org", "Manager invites you to Orbit"));
    let mailed = mail.link(&letter);
    assert_ne!(mailed, shown);
    for link in [&mailed, &shown] {
        let page = h.get("nobody", link).await;
        assert!(page.status == 200 && page.text.contains("Orbit"), "{link}: {}", page.status);
    }
    let joined = h.post("nobody", &mailed, "name=New&password=a+long+password").await;
    assert_eq!(joined.status, 303, "{}", joined.text);
    assert_eq!(h.get("nobody", &shown).await.status, 403, "it works once, whichever of the two is used");
    let record = h.text("select coalesce(min(changes), '') from activity where kind = 'ticket.mailed'".into()).await;
    assert!(!record.is_empty() && !record.contains(&app::secret::hash(mailed.rsplit('/').next().unwrap())), "{record}");
    assert_eq!(h.text("select member from activity where kind = 'ticket.mailed'".into()).await, h.member("manager").simple().to_string());
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn without_mail_nothing_is_left_to_be_mailed() {
    let h = House::new().await;
    invite(&h, "new@x.org").await;
    assert_eq!(waiting(&h).await, 0);
    assert!(h.get("manager", "/jobs").await.text.contains("No mail is set up"));
}

#[tokio::test]
async fn a_forgotten_password_is_answered_alike_for_everybody() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    let mut answers = HashSet::new();
    for email in ["owner@x.org", "nobody@x.org"] {
        let answer = h.post("nobody", "/new-password", &format!("email={}", web::text::encode(email))).await;
        answers.insert(answer.text);
        assert_eq!(waiting(&h).await, 1, "the same is left behind for {email}");
        h.app.work_off().await.unwrap();
    }
    assert_eq!(answers.len(), 1);
    let letters = mail.letters();
    assert_eq!(letters.iter().map(|l| l.to.as_str()).collect::<Vec<_>>(), ["owner@x.org"]);
    assert_eq!(h.get("nobody", &mail.link(&letters[0])).await.status, 200);
    assert!(h.post("nobody", "/new-password", "email=no+address").await.text.contains("If there is an account"));
    assert_eq!(waiting(&h).await, 0);
}

#[tokio::test]
async fn a_mail_server_that_is_down_for_a_day_loses_nothing() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    mail.down(true);
    invite(&h, "new@x.org").await;
    let mut tries = 0;
    for _ in 0..24 {
        tries += h.app.work_off().await.unwrap();
        h.app.clock.forward(HOUR);
    }
    assert!((12..30).contains(&tries), "in growing intervals: {tries}");
    assert_eq!(dead(&h).await, "", "it is not given up");
    let page = h.get("manager", "/jobs").await.text;
    assert!(page.contains("new@x.org") && page.contains("connection refused") && page.contains("Being tried again"), "{page}");
    mail.down(false);
    h.app.clock.forward(2 * HOUR);
    h.app.work_off().await.unwrap();
    assert_eq!((mail.letters().len(), waiting(&h).await), (1, 0));
    assert_eq!(h.number("select count(*) from activity where kind = 'ticket.mailed'").await, 2, "a word is made only where a letter may leave");
    assert_eq!(h.get("nobody", &mail.link(&mail.letters()[0])).await.status, 200);
}

#[tokio::test]
async fn what_is_given_up_is_seen_and_tried_again() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    mail.refuses("gone@x.org");
    invite(&h, "gone@x.org").await;
    invite(&h, "new@x.org").await;
    let id = h.text("select id from job where about = 'gone@x.org'".into()).await;
    h.app.work_off().await.unwrap();
    assert_eq!(mail.letters().len(), 1, "one address that is refused holds up no other");
    assert_eq!(waiting(&h).await, 0);
    let job = dead(&h).await;
    let page = h.get("manager", "/jobs").await.text;
    assert!(page.contains("Mail an invitation") && page.contains("gone@x.org") && page.contains("550 no such user"), "{page}");
    assert_eq!(h.get("owner", "/jobs").await.status, 403);
    for who in ["owner", "assistant"] {
        assert!(matches!(administer(&h, who, "job.retry", &job).await, Err(Refusal::Denied { .. })), "{who}");
    }
    administer(&h, "manager", "job.retry", &job).await.unwrap();
    assert_eq!(h.text("select id from job".into()).await, id, "under the same id");
    assert_eq!(h.text("select actor from job".into()).await, h.member("manager").simple().to_string());
    h.app.work_off().await.unwrap();
    let again = dead(&h).await;
    assert!(!again.is_empty() && again != job, "it failed once more");
    assert_eq!(administer(&h, "manager", "job.retry", &job).await, Err(Refusal::NotFound), "the first is settled");
    administer(&h, "manager", "job.discard", &again).await.unwrap();
    assert_eq!((dead(&h).await.as_str(), waiting(&h).await), ("", 0));
    let told = h.text("select cast(count(*) as text) from activity where noun = 'dead_letter'".into()).await;
    assert_eq!(told, "4", "given up twice, tried again, thrown away");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// The pages of jobs and of the workspace, which stand outside of any product, follow it.
#[tokio::test]
async fn whoever_looks_after_the_workspace_is_told_what_was_given_up() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    mail.refuses("gone@x.org");
    invite(&h, "gone@x.org").await;
    let mut news = h.app.hub.subscribe();
    h.app.work_off().await.unwrap();
    let (mut theirs, mut others, mut inside) = (false, false, false);
    let orb = h.text("select id from product".into()).await.parse().unwrap();
    while let Ok(told) = news.try_recv() {
        let hears = |product, who, administrator| told.nouns.contains("dead_letter") && told.concerns(product, h.member(who), administrator);
        theirs |= hears(None, "manager", true);
        others |= hears(None, "owner", false);
        inside |= hears(Some(orb), "manager", true);
    }
    assert_eq!((theirs, others, inside), (true, false, false));
}

#[tokio::test]
async fn code_that_panics_is_a_failed_try() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    invite(&h, "panic@x.org").await;
    invite(&h, "new@x.org").await;
    h.app.work_off().await.unwrap();
    assert_eq!(mail.letters().len(), 1, "others are not held up");
    let said = h.text("select said from job".into()).await;
    assert!(said.contains("broke off") && said.contains("the letter said so"), "{said}");
    for _ in 0..60 {
        h.app.clock.forward(2 * HOUR);
        h.app.work_off().await.unwrap();
    }
    assert_eq!(h.number("select tries from dead_letter").await, 40);
}

#[tokio::test]
async fn a_letter_that_may_have_left_is_repeated_under_the_same_id() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    mail.stumbles("the line was cut");
    invite(&h, "new@x.org").await;
    h.app.work_off().await.unwrap();
    h.app.clock.forward(HOUR);
    h.app.work_off().await.unwrap();
    let ids = mail.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
    assert_eq!(h.get("nobody", &mail.link(&mail.letters()[1])).await.status, 200);
}

#[tokio::test]
async fn what_needs_no_doing_any_more_is_not_done() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    h.second("SEC", "owner").await;
    h.enter("SEC");
    let invited = h.made("owner", "membership.invite", json!({ "email": "new@x.org", "hats": ["developer"] }), "ticket").await;
    h.run("owner", "invitation.withdraw", json!({ "invitation": invited })).await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!((mail.letters().len(), waiting(&h).await, dead(&h).await.as_str()), (0, 0, ""));
}

/// Makes a lease of a job end, as it does when its node dies.
async fn run_out(h: &House) {
    h.app.store.write(|writer| writer.execute("update job set leased_until = 0", &[])).await.unwrap();
}

async fn claimed(app: &app::App) -> Vec<Claimed> {
    app.claim(Lane::Mail, 100).await.unwrap()
}

#[tokio::test]
async fn a_lease_is_held_by_one_and_runs_out() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    invite(&h, "new@x.org").await;
    let job = claimed(&h.app).await.pop().unwrap();
    assert!(claimed(&h.app).await.is_empty(), "nobody else takes it");
    // A clock that is far ahead changes nothing: leases are counted by the clock of the database.
    h.app.clock.forward(60 * HOUR);
    assert!(claimed(&h.app).await.is_empty());
    run_out(&h).await;
    let other = claimed(&h.app).await.pop().unwrap();
    assert_eq!((other.id, other.tries), (job.id, 2));
    h.app.perform(job).await;
    assert_eq!(waiting(&h).await, 1, "whoever has lost it ends nothing and puts nothing off");
    assert_eq!(h.text("select said from job".into()).await, "");
    h.app.perform(other).await;
    assert_eq!(waiting(&h).await, 0);
    let ids = mail.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "twice under one id");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_with_clocks_a_minute_apart_do_each_job_once() {
    let address = testkit::address();
    let open = |address: app::Address, at| tandem::open(address, app::Care::Fast, app::Clock::held(at), 2).unwrap();
    let first = tokio::task::block_in_place(|| open(address.clone(), 1_790_000_000_000));
    let h = House::over(first, kernel::matrix::Way::TwoPeople).await;
    // One embedded database has one node, on which two do the work.
    let second = match h.app.store.is_shared() {
        true => tokio::task::block_in_place(|| open(address, 1_790_000_060_000)),
        false => h.app.clone(),
    };
    let mail = PostBox::of(&h.app);
    if h.app.store.is_shared() {
        second.deliver_by(mail.clone());
    }
    for n in 0..60 {
        invite(&h, &format!("n{n}@x.org")).await;
    }
    let (one, other) = tokio::join!(h.app.work_off(), second.work_off());
    assert_eq!(one.unwrap() + other.unwrap(), 60);
    let to: HashSet<String> = mail.letters().into_iter().map(|letter| letter.to).collect();
    assert_eq!((mail.letters().len(), to.len(), waiting(&h).await), (60, 60, 0));
    assert_eq!(h.number("select count(*) from activity where kind = 'ticket.mailed'").await, 60);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_runner_works_until_the_house_closes() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    let closing = web::Closing::default();
    let running = tokio::spawn(app::jobs::run(h.app.clone(), closing.watch()));
    for n in 0..5 {
        invite(&h, &format!("n{n}@x.org")).await;
    }
    while mail.letters().len() < 5 {
        tokio::task::yield_now().await;
    }
    closing.say();
    running.await.unwrap();
    assert_eq!(h.number("select count(*) from job where lease is not null").await, 0, "nothing is held by a house that is closed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_answers_slowly_holds_up_nothing_but_letters() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    mail.slow(true);
    let closing = web::Closing::default();
    let running = tokio::spawn(app::jobs::run(h.app.clone(), closing.watch()));
    // More than are handed over at the same time.
    for n in 0..20 {
        invite(&h, &format!("n{n}@x.org")).await;
    }
    let story = h.made("owner", "story.create", json!({ "title": "Rain mode" }), "story").await;
    h.made("manager", "comment.add", json!({ "about": "story", "id": story, "body": "@Owner look" }), "comment").await;
    while h.number("select count(*) from notice").await == 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(mail.letters().len(), 0);
    assert_eq!(h.get("owner", "/ORB/backlog").await.status, 200);
    mail.slow(false);
    while h.number("select count(*) from job").await > 0 {
        tokio::task::yield_now().await;
    }
    closing.say();
    running.await.unwrap();
    let ids: HashSet<_> = mail.ids().into_iter().collect();
    assert_eq!((mail.letters().len(), ids.len()), (20, 20), "each once");
}

#[tokio::test]
async fn letters_say_what_they_are_about() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    invite(&h, "new@x.org").await;
    h.app.work_off().await.unwrap();
    let letter = mail.letters().pop().unwrap();
    assert!(matches!(&letter.parts[0], Part::Text(text) if text.starts_with("Manager would like")), "{letter:?}");
    assert_eq!(letter.parts.len(), 3);
}
