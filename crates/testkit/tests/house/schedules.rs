//! What is done by the clock: once, in the product's own morning, and as far as whoever gets it may see.

use app::Ask;
use kernel::{Door, json};
use testkit::{House, PostBox};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

async fn want(h: &House, who: &str, wanted: bool) {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, "digest.want", json!({ "wanted": wanted }))).await.unwrap();
}

/// Lets an hour pass at a time, and what is due be done; the hours in which letters came.
async fn hours(h: &House, mail: &PostBox, hours: i64) -> Vec<i64> {
    let (mut seen, mut came) = (mail.letters().len(), vec![]);
    for _ in 0..hours {
        h.app.clock.forward(HOUR);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
        let now = mail.letters().len();
        came.extend(std::iter::repeat_n(h.app.clock.now() / HOUR % 24, now - seen));
        seen = now;
    }
    came
}

/// A house at a Monday, midnight in UTC, in which something waits for the Owner.
async fn monday() -> (House, std::sync::Arc<PostBox>) {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    let now = h.app.clock.now();
    // 1 January 1970 was a Thursday.
    let to_monday = (11 - now / DAY % 7) % 7;
    h.app.clock.forward(to_monday * DAY - now % DAY + if to_monday == 0 { 7 * DAY } else { 0 });
    h.proposed("developer", "story.create", json!({ "title": "Rain mode" })).await;
    (h, mail)
}

#[tokio::test]
async fn whoever_asked_for_it_hears_in_the_morning_what_waits() {
    let (h, mail) = monday().await;
    for who in ["owner", "developer", "outsider"] {
        want(&h, who, true).await;
    }
    assert_eq!(hours(&h, &mail, 24).await, [8], "once, at eight; nothing waits for the Developer, and the outsider belongs to nothing");
    let letter = mail.letters().pop().unwrap();
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("owner@x.org", "Orbit: 1 thing waits for you"));
    assert!(format!("{letter:?}").contains("Rain mode"), "{letter:?}");
    assert_eq!(hours(&h, &mail, 4 * 24).await.len(), 4, "on weekdays");
    assert_eq!(hours(&h, &mail, 2 * 24).await.len(), 0, "and not at the weekend");
    // From the letter itself, without signing in.
    let stop = letter.stop.unwrap();
    let page = h.get("nobody", &stop).await;
    assert!(page.status == 200 && page.text.contains("Stop these letters"), "{}", page.text);
    let request = axum::http::Request::post(&stop).header("content-type", "application/x-www-form-urlencoded");
    let stopped = h.send(request.body("List-Unsubscribe=One-Click".into()).unwrap()).await;
    assert!(stopped.status == 200 && stopped.text.contains("No more letters"), "{}", stopped.text);
    assert_eq!(hours(&h, &mail, 24).await.len(), 0);
    assert_eq!(h.get("nobody", &stop).await.status, 200, "a second look says the same");
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn the_morning_is_the_products_own() {
    let (h, mail) = monday().await;
    want(&h, "owner", true).await;
    let asked = h.proposed("manager", "product.edit", json!({ "zone": "America/New_York" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let came = hours(&h, &mail, 24).await;
    assert!(came == [12] || came == [13], "eight in New York: {came:?}");
    let wrong = h.run("manager", "product.edit", json!({ "zone": "Mars/Olympus" })).await;
    assert!(matches!(wrong, Err(kernel::Refusal::Invalid(_))), "{wrong:?}");
}

/// So many things are done by the clock in a product.
fn of_products(h: &House) -> usize {
    h.app.registry.schedules().filter(|spec| matches!(spec.task, kernel::Each::Product(_))).count()
}

#[tokio::test]
async fn a_pause_is_caught_up_once() {
    let (h, mail) = monday().await;
    want(&h, "owner", true).await;
    assert_eq!(hours(&h, &mail, 24).await.len(), 1);
    h.app.clock.forward(10 * DAY);
    assert_eq!(h.app.keep_schedules().await.unwrap(), of_products(&h), "one of each for all the mornings that were missed");
    assert_eq!(h.app.keep_schedules().await.unwrap(), 0);
    h.app.work_off().await.unwrap();
    assert_eq!(mail.letters().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn over_two_nodes_it_is_done_once() {
    let (h, mail) = monday().await;
    want(&h, "owner", true).await;
    h.app.keep_schedules().await.unwrap();
    h.app.clock.forward(9 * HOUR);
    let other = match h.app.store.is_shared() {
        true => {
            let address = h.app.store.address.clone();
            let clock = app::Clock::held(h.app.clock.now() + 60_000);
            tokio::task::block_in_place(|| tandem::open(address, app::Care::Fast, clock, 2).unwrap())
        }
        false => h.app.clone(),
    };
    let (one, two) = tokio::join!(h.app.keep_schedules(), other.keep_schedules());
    assert_eq!(one.unwrap() + two.unwrap(), of_products(&h));
    // What a node left whose clock is ahead is due here a minute later.
    h.app.clock.forward(HOUR);
    h.app.work_off().await.unwrap();
    assert_eq!(mail.letters().len(), 1);
}
