//! Who hears of what: named, given something, asked to sign, answered, watching; never of their own acts, never of what
//! they may not see, and each thing once.

use app::{Ask, jobs::Claimed};
use kernel::{Door, Json, Lane, json};
use testkit::{House, PostBox};

const HOUR: i64 = 3_600_000;

/// Does what is due, a moment later, so that what happened stands in its order.
async fn told(h: &House) {
    h.app.clock.forward(1);
    h.app.work_off().await.unwrap();
}

/// Why somebody was told, in order.
async fn whys(h: &House, who: &str) -> Vec<String> {
    let sql = format!(
        "select coalesce(group_concat(why, ' '), '') from (select why from notice where member = '{}' order by created_at, id) as told",
        h.member(who).simple()
    );
    let sql = if h.app.store.is_shared() { sql.replace("group_concat(", "string_agg(") } else { sql };
    h.text(sql).await.split_whitespace().map(str::to_owned).collect()
}

async fn unread(h: &House, who: &str) -> usize {
    h.text(format!("select cast(count(*) as text) from unread where member = '{}'", h.member(who).simple())).await.parse().unwrap()
}

async fn story(h: &House) -> String {
    h.made("owner", "story.create", json!({ "title": "Rain mode" }), "story").await
}

async fn comment(h: &House, who: &str, story: &str, body: &str) -> String {
    h.made(who, "comment.add", json!({ "about": "story", "id": story, "body": body }), "comment").await
}

async fn own(h: &House, who: &str, command: &str, args: Json) {
    h.app.run(&h.visitor(who, Door::Page), Ask::named(None, command, args)).await.unwrap();
}

/// Settles a change of the agreement.
async fn agree(h: &House, args: Json) {
    let asked = h.proposed("manager", "agreement.set", args).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
}

#[tokio::test]
async fn whoever_is_named_hears_and_nobody_of_their_own_act() {
    let h = House::new().await;
    let story = story(&h).await;
    comment(&h, "manager", &story, "@Developer and @stakeholder@x.org, what do you think? @Manager says yes, @Outsider is not here.").await;
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["named"]);
    assert_eq!(whys(&h, "stakeholder").await, ["named"]);
    assert_eq!(whys(&h, "owner").await, ["watched"], "who wrote the story hears of what is said about it");
    assert_eq!(whys(&h, "manager").await, [] as [&str; 0]);
    assert_eq!(whys(&h, "outsider").await, [] as [&str; 0]);
    let page = h.get("developer", "/notices").await.text;
    assert!(page.contains("Manager named you in") && page.contains("Rain mode") && page.contains("what do you think?"), "{page}");
    assert!(h.get("developer", "/ORB/backlog").await.text.contains("Notices, 1 unread"));
    assert!(h.get("manager", "/ORB/backlog").await.text.contains("aria-label=\"Notices\""));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn whoever_began_anything_hears_what_is_said_about_it_and_whoever_says_something_what_becomes_of_it() {
    let h = House::new().await;
    for noun in crate::conversation::everything(&h).await {
        let id = h.text(format!("select max(id) from {noun} where removed_at is null")).await;
        let began = h.text(format!("select member from activity where noun_id = '{id}' and did = 'created'")).await;
        let said = h.run(crate::conversation::onlooker(noun), "comment.add", json!({ "about": noun, "id": id, "body": "What about this?" })).await;
        assert!(said.is_ok(), "{noun}: {said:?}");
        told(&h).await;
        let heard = h.text(format!("select cast(count(*) as text) from notice where member = '{began}' and about_id = '{id}'")).await;
        assert_ne!(heard, "0", "whoever began this {noun} hears nothing of it");
    }
    let before = whys(&h, "stakeholder").await.len();
    h.run("owner", "sprint.edit", json!({ "sprint": "1", "goal": "Ride in rain" })).await.unwrap();
    let vision = h.text("select max(id) from vision".into()).await;
    h.run("developer", "vision.confirm", json!({ "vision": vision, "question": "For whom is it?" })).await.unwrap();
    told(&h).await;
    assert_eq!(whys(&h, "stakeholder").await[before..], ["watched", "watched"]);
}

/// What is quoted stands above the answer, where everybody has read it.
#[tokio::test]
async fn a_notice_says_what_was_said_and_not_what_was_quoted() {
    let h = House::new().await;
    let story = story(&h).await;
    comment(&h, "developer", &story, "> Which locks?\n\nAll *of* them, @Owner").await;
    told(&h).await;
    let page = h.get("owner", "/notices").await.text;
    assert!(page.contains("All of them, @Owner") && !page.contains("Which locks?"), "{page}");
    let talk = h.get("owner", "/ORB/conversation").await.text;
    assert!(talk.contains("All of them") && !talk.contains("Which locks?"), "{talk}");
}

#[tokio::test]
async fn nobody_hears_of_what_they_may_not_see() {
    let h = House::new().await;
    let story = story(&h).await;
    agree(&h, json!({ "area": "backlog", "hat": "stakeholder", "standing": "none" })).await;
    told(&h).await;
    comment(&h, "manager", &story, "zqsecret @Stakeholder @Developer").await;
    // What they may see is judged when they are told, not when it was said.
    agree(&h, json!({ "area": "backlog", "hat": "developer", "standing": "none" })).await;
    told(&h).await;
    for who in ["stakeholder", "developer"] {
        assert!(!whys(&h, who).await.contains(&"named".to_owned()), "{who}");
        assert!(!h.get(who, "/notices").await.text.contains("zqsecret"));
    }
    // What they could see once and cannot any more is not told either.
    agree(&h, json!({ "area": "backlog", "hat": "developer", "standing": "sees" })).await;
    comment(&h, "manager", &story, "zqlater @Developer").await;
    told(&h).await;
    assert!(h.get("developer", "/notices").await.text.contains("zqlater"));
    agree(&h, json!({ "area": "backlog", "hat": "developer", "standing": "none" })).await;
    told(&h).await;
    let page = h.get("developer", "/notices").await.text;
    assert!(!page.contains("zqlater") && !page.contains("Rain mode") && page.contains("you do not see any more"), "{page}");
}

#[tokio::test]
async fn what_is_given_asked_and_answered_is_heard() {
    let h = House::new().await;
    let story = story(&h).await;
    let developer = h.member("developer").simple().to_string();
    h.run("owner", "story.set", json!({ "stories": [story], "assignee": developer })).await.unwrap();
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["assigned"]);
    let first = comment(&h, "developer", &story, "Which lock?").await;
    told(&h).await;
    h.made("owner", "comment.add", json!({ "about": "story", "id": story, "body": "The old one.", "parent": first }), "comment").await;
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["assigned", "answered"]);
    assert_eq!(whys(&h, "owner").await, ["watched"]);
    let asked = h.proposed("developer", "story.create", json!({ "title": "Ice mode" })).await;
    told(&h).await;
    assert_eq!(whys(&h, "owner").await, ["watched", "to_sign"]);
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["assigned", "answered", "answered"], "what becomes of a proposal is told to whoever put it forward");
    assert_eq!(whys(&h, "manager").await, [] as [&str; 0]);
}

#[tokio::test]
async fn one_watches_stops_watching_and_mutes() {
    let h = House::new().await;
    let story = story(&h).await;
    let watch = async |who: &str, mode: &str| h.run(who, "watch.set", json!({ "about": "story", "id": story, "mode": mode })).await.unwrap();
    watch("stakeholder", "watching").await;
    comment(&h, "manager", &story, "One").await;
    told(&h).await;
    assert_eq!(whys(&h, "stakeholder").await, ["watched"]);
    watch("stakeholder", "asked").await;
    watch("owner", "muted").await;
    comment(&h, "manager", &story, "Two").await;
    comment(&h, "manager", &story, "Three, @Owner and @Stakeholder").await;
    told(&h).await;
    assert_eq!(whys(&h, "stakeholder").await, ["watched", "named"], "named all the same");
    assert_eq!(whys(&h, "owner").await, ["watched"], "nothing of what is muted");
    assert!(h.get("owner", "/me").await.text.contains("Hear of it again"));
    assert!(h.get("owner", &format!("/ORB/story/{story}")).await.text.contains("Muted"));
    assert!(h.get("stakeholder", "/ORB/story/1").await.text.contains("Not watching"));
    // Of another product's thing nobody can say anything.
    let refused = h.run("owner", "watch.set", json!({ "about": "story", "id": "00000000000000000000000000000001", "mode": "watching" })).await;
    assert_eq!(refused, Err(kernel::Refusal::NotFound));
    // Whoever is wanted not at all hears nothing.
    own(&h, "stakeholder", "notice_wish.set", json!({ "named": "not" })).await;
    comment(&h, "manager", &story, "@Stakeholder").await;
    told(&h).await;
    assert_eq!(whys(&h, "stakeholder").await.len(), 2);
}

#[tokio::test]
async fn whoever_works_on_it_hears_of_its_stages_and_of_new_names_in_its_text_alone() {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "Rain mode", "body": "For @Developer" }), "story").await;
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["named"]);
    h.run("owner", "story.edit", json!({ "story": story, "body": "For @Developer and @Stakeholder" })).await.unwrap();
    told(&h).await;
    h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["named"], "named before");
    assert_eq!(whys(&h, "stakeholder").await, ["named"]);
    assert_eq!(whys(&h, "owner").await, ["watched"], "that work on it began");
    h.run("owner", "story.edit", json!({ "story": story, "title": "Rain" })).await.unwrap();
    assert_eq!(h.number("select count(*) from job").await, 0, "what nobody would want to hear of leaves nothing to be done");
}

async fn claimed(h: &House) -> Vec<Claimed> {
    h.app.claim(Lane::House, 64).await.unwrap()
}

#[tokio::test]
async fn however_often_a_job_runs_it_tells_once() {
    let h = House::new().await;
    let story = story(&h).await;
    comment(&h, "manager", &story, "@Developer").await;
    let spread = claimed(&h).await.pop().unwrap();
    h.app.perform(spread.clone()).await;
    h.app.perform(spread).await;
    for job in claimed(&h).await {
        h.app.perform(job.clone()).await;
        h.app.perform(job).await;
    }
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["named"]);
    // As if the same were left once more.
    let again = h.words(format!("select about_id, line, act from notice where member = '{}'", h.member("developer").simple())).await;
    let [thing, line, act] = again.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let args = json!({ "why": "named", "about": "story", "thing": thing, "line": line, "act": act, "actor": h.member("manager") });
    let give = Ask { inside: true, ..Ask::named(Some("ORB"), "notice.give", args) };
    h.app.run(&h.visitor("developer", Door::Task), give).await.unwrap();
    assert_eq!(whys(&h, "developer").await, ["named"]);
    assert_eq!(unread(&h, "developer").await, 1);
}

#[tokio::test]
async fn an_act_leaves_one_task_however_many_it_names() {
    let mut h = House::new().await;
    for n in 0..50 {
        h.add(&format!("rider{n}"), &[kernel::Hat::Developer]).await;
    }
    let story = story(&h).await;
    let names: String = (0..50).map(|n| format!("@Rider{n} ")).collect();
    comment(&h, "manager", &story, &names).await;
    assert_eq!(h.number("select count(*) from job").await, 1);
    assert_eq!(h.number("select count(*) from notice").await, 0, "the rest is done apart");
    told(&h).await;
    assert_eq!(h.number("select count(*) from notice where why = 'named'").await, 50);
    // What is brought in is news to nobody.
    let brought = json!({ "origin": "csv:7", "kind": "story", "stage": "open", "title": "Old", "comments": [{ "author": "Owner", "at": 1_700_000_000_000_i64, "body": "@Developer" }] });
    h.app.run(&h.visitor("owner", Door::Import), Ask::named(Some("ORB"), "story.bring_in", brought)).await.unwrap();
    assert_eq!(h.number("select count(*) from job").await, 0);
}

#[tokio::test]
async fn what_is_read_in_one_tab_is_read_in_the_other() {
    let h = House::new().await;
    let (one, two) = (story(&h).await, h.made("manager", "feature.create", json!({ "title": "Ice" }), "feature").await);
    comment(&h, "manager", &one, "@Developer").await;
    comment(&h, "manager", &one, "@Developer again").await;
    h.made("manager", "comment.add", json!({ "about": "feature", "id": two, "body": "@Developer" }), "comment").await;
    told(&h).await;
    assert_eq!(unread(&h, "developer").await, 2, "things, not words");
    let tabs = [h.cookie("developer").await, h.cookie("developer").await];
    let bell = async |tab: &str| {
        let request = axum::http::Request::get("/notices/bell").header("cookie", tab).body(axum::body::Body::empty()).unwrap();
        h.send(request).await.text
    };
    assert!(bell(&tabs[0]).await.contains("Notices, 2 unread"));
    let orb = kernel::Uuid::parse_str(&h.text("select id from product where key = 'ORB'".into()).await).unwrap();
    let mut news = h.app.hub.subscribe();
    assert_eq!(h.post("developer", "/do/notice.read", &format!("about={one}")).await.status, 303);
    let mut heard = (false, false);
    while let Ok(told) = news.try_recv() {
        heard.0 |= told.nouns.contains("notice") && told.concerns(Some(orb), h.member("developer"), false);
        heard.1 |= told.nouns.contains("notice") && told.concerns(Some(orb), h.member("owner"), false);
    }
    assert_eq!(heard, (true, false), "their own pages hear of it and nobody else's");
    assert!(bell(&tabs[1]).await.contains("Notices, 1 unread"));
    own(&h, "developer", "notice.read", json!({ "about": one, "unread": true })).await;
    assert!(bell(&tabs[0]).await.contains("Notices, 2 unread"));
    own(&h, "developer", "notice.read", json!({})).await;
    assert!(bell(&tabs[1]).await.contains("aria-label=\"Notices\""));
    assert!(h.get("developer", "/notices?only=unread").await.text.contains("You have read everything"));
    let others = h.app.run(&h.visitor("owner", Door::Page), Ask::named(None, "notice.read", json!({ "about": two }))).await;
    assert_eq!(others, Err(kernel::Refusal::NotFound), "nobody reads another's");
    // None of it is a change that anybody could look up.
    assert_eq!(h.number("select count(*) from activity where kind like 'notice.read%'").await, 0);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

/// A house in the night before the clocks of Berlin are put back, where the Owner wants letters at once, but not at night.
async fn night() -> (House, std::sync::Arc<PostBox>, String) {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    own(&h, "owner", "account.edit", json!({ "zone": "Europe/Berlin" })).await;
    own(&h, "owner", "notice_wish.set", json!({ "named": "mail", "quiet_from": "22:00", "quiet_until": "07:00" })).await;
    let story = story(&h).await;
    // 24 October 2026, 21:30 in UTC: half past eleven in Berlin.
    h.app.clock.forward(1_792_877_400_000 - h.app.clock.now());
    (h, mail, story)
}

#[tokio::test]
async fn quiet_hours_hold_letters_back_until_they_end_across_a_change_of_clocks() {
    let (h, mail, story) = night().await;
    comment(&h, "manager", &story, "@Owner one").await;
    told(&h).await;
    h.app.clock.forward(HOUR);
    let feature = h.made("manager", "feature.create", json!({ "title": "Ice" }), "feature").await;
    h.made("manager", "comment.add", json!({ "about": "feature", "id": feature, "body": "@Owner two" }), "comment").await;
    told(&h).await;
    assert_eq!(mail.letters().len(), 0);
    // Seven in the morning is six in UTC from this night on; at five it is six there.
    h.app.clock.forward(7 * HOUR + HOUR / 2 - 1_000);
    told(&h).await;
    assert_eq!(mail.letters().len(), 0, "a second before seven");
    h.app.clock.forward(1_000);
    told(&h).await;
    let letters = mail.letters();
    assert_eq!(letters.len(), 1, "one letter for all that came in the night: {letters:?}");
    assert_eq!((letters[0].to.as_str(), letters[0].subject.as_str()), ("owner@x.org", "Orbit: 2 notices for you"));
    let all = format!("{:?}", letters[0]);
    assert!(all.contains("Rain mode") && all.contains("Ice") && all.contains("one") && all.contains("two"), "{all}");
    // By day it comes at once.
    comment(&h, "manager", &story, "@Owner three").await;
    told(&h).await;
    assert_eq!(mail.letters().len(), 2);
    assert_eq!(mail.letters()[1].subject, "Manager named you in ORB-1 Rain mode");
    // From the letter itself, without signing in.
    let stop = letters[0].stop.clone().unwrap();
    assert!(h.get("nobody", &stop).await.text.contains("Stop these letters"));
    let request = axum::http::Request::post(&stop).header("content-type", "application/x-www-form-urlencoded");
    assert!(h.send(request.body("List-Unsubscribe=One-Click".into()).unwrap()).await.text.contains("No more letters"));
    comment(&h, "manager", &story, "@Owner four").await;
    told(&h).await;
    assert_eq!(mail.letters().len(), 2);
    assert_eq!(whys(&h, "owner").await.len(), 4, "in the program they hear of it all the same");
    assert_eq!(h.number("select count(*) from dead_letter").await, 0);
}

#[tokio::test]
async fn what_was_read_meanwhile_is_not_mailed() {
    let (h, mail, story) = night().await;
    comment(&h, "manager", &story, "@Owner one").await;
    told(&h).await;
    own(&h, "owner", "notice.read", json!({})).await;
    h.app.clock.forward(12 * HOUR);
    told(&h).await;
    assert_eq!(mail.letters().len(), 0);
    // Nor what they may not see any more, or who is not here any more.
    comment(&h, "manager", &story, "@Owner two").await;
    own(&h, "manager", "account.remove", json!({ "member": h.member("owner") })).await;
    told(&h).await;
    assert_eq!(mail.letters().len(), 0);
    assert_eq!(h.number("select count(*) from dead_letter").await, 0);
}

#[tokio::test]
async fn what_others_did_since_is_told_by_what_it_is_about() {
    let h = House::new().await;
    let story = story(&h).await;
    let page = async |who: &str, rest: &str| h.get(who, &format!("/ORB/since{rest}")).await.text;
    h.app.clock.forward(HOUR);
    h.run("owner", "activity.see", json!({})).await.unwrap();
    assert!(page("owner", "").await.contains("Nothing new"));
    h.app.clock.forward(HOUR);
    let one = comment(&h, "manager", &story, "One").await;
    h.run("developer", "comment.react", json!({ "comment": one, "sign": "agree" })).await.unwrap();
    h.run("developer", "story.start", json!({ "story": story })).await.unwrap();
    h.made("owner", "story.create", json!({ "title": "My own" }), "story").await;
    let seen = page("owner", "").await;
    assert_eq!(seen.matches("<section class=\"since\"").count(), 1, "what is said about a story and what becomes of it stand together: {seen}");
    assert!(seen.contains("commented on") && seen.contains("started work on") && !seen.contains("My own"), "{seen}");
    assert!(page("manager", "").await.contains("My own"), "to others it is news");
    // It goes on telling what it told, and the mark moves for its member alone.
    let from = h.text(format!("select cast(at as text) from last_here where member = '{}'", h.member("owner").simple())).await;
    h.run("owner", "activity.see", json!({})).await.unwrap();
    assert!(page("owner", "").await.contains("Nothing new"));
    assert!(page("owner", &format!("?from={from}")).await.contains("started work on"));
    // Or since some day; that marks nothing as seen.
    let days = page("owner", "?days=1").await;
    assert!(days.contains("started work on") && !days.contains("data-seen") && !days.contains("activity.see"), "{days}");
    assert!(page("manager", "").await.contains("My own"));
    agree(&h, json!({ "area": "backlog", "hat": "stakeholder", "standing": "none" })).await;
    assert!(!page("stakeholder", "?from=0").await.contains("Rain mode"), "as far as they may see");
    assert_eq!(h.number("select count(*) from activity where kind = 'activity.seen'").await, 0);
}

#[tokio::test]
async fn everybody_sees_what_they_answer_for() {
    let h = House::new().await;
    h.second("SEC", "owner").await;
    let story = story(&h).await;
    h.proposed("developer", "story.create", json!({ "title": "Ice mode" })).await;
    comment(&h, "manager", &story, "@Owner").await;
    told(&h).await;
    let page = h.get("owner", "/me").await.text;
    for part in ["Orbit", "Product SEC", "You decide", "To sign", "Ice mode", "Where you were named", "What you hear of", "/SEC/since"] {
        assert!(page.contains(part), "{part}: {page}");
    }
    let page = h.get("developer", "/me").await.text;
    assert!(page.contains("You put forward") && page.contains("the Owner") && !page.contains("Product SEC"), "{page}");
    assert!(h.get("outsider", "/me").await.text.contains("You belong to no product yet"));
    let wrong = h.app.run(&h.visitor("owner", Door::Page), Ask::named(None, "notice_wish.set", json!({ "quiet_from": "22:00" }))).await;
    assert!(matches!(wrong, Err(kernel::Refusal::Invalid(_))), "{wrong:?}");
}

#[tokio::test]
async fn a_text_can_name_people_and_hats_of_its_product() {
    let mut h = House::new().await;
    h.add("ines", &[kernel::Hat::Developer]).await;
    let names = async |q: &str| h.get("owner", &format!("/ORB/names?q={q}")).await.text;
    assert!(names("in").await.contains("data-says=\"@Ines\""));
    let all = names("dev").await;
    assert!(all.contains("@Developer") && all.contains("Whoever wears this hat"), "{all}");
    assert!(!names("outs").await.contains("Outsider") && !names("help").await.contains("Helper"), "who is not here, and assistants, hear nothing");
    assert_eq!(h.get("outsider", "/ORB/names?q=o").await.status, 404);
}

#[tokio::test]
async fn the_letter_of_the_morning_tells_what_is_new() {
    let h = House::new().await;
    let mail = PostBox::of(&h.app);
    let story = story(&h).await;
    own(&h, "developer", "digest.want", json!({ "wanted": true })).await;
    h.app.keep_schedules().await.unwrap();
    comment(&h, "manager", &story, "Which lock, @Developer?").await;
    told(&h).await;
    // 21 September 2026 was a Monday; the next morning at eight.
    h.app.clock.forward(18 * HOUR);
    h.app.keep_schedules().await.unwrap();
    told(&h).await;
    let letters = mail.letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].subject, "Orbit: 1 notice for you");
    let all = format!("{:?}", letters[0]);
    assert!(all.contains("Manager named you in ORB-1 Rain mode") && all.contains("Which lock"), "{all}");
    own(&h, "developer", "notice.read", json!({})).await;
    h.app.clock.forward(24 * HOUR);
    h.app.keep_schedules().await.unwrap();
    told(&h).await;
    assert_eq!(mail.letters().len(), 1, "what was read is not told again");
}

#[tokio::test]
async fn what_happened_last_before_a_product_was_archived_is_told() {
    let h = House::new().await;
    let story = story(&h).await;
    comment(&h, "manager", &story, "@Developer, the last word").await;
    let asked = h.proposed("manager", "product.archive", json!({ "archived": true })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    told(&h).await;
    let page = h.get("developer", "/notices").await.text;
    assert!(page.contains("the last word") && page.contains("Rain mode"), "{page}");
    h.run("developer", "watch.set", json!({ "about": "story", "id": story, "mode": "muted" })).await.unwrap();
    assert_eq!(h.get("developer", "/me").await.status, 200);
    assert_eq!(h.number("select count(*) from dead_letter").await, 0);
}

#[tokio::test]
async fn whoever_may_vote_is_asked_and_a_question_waits_for_its_proposer() {
    let h = House::new().await;
    let asked = h.proposed("developer", "story.create", json!({ "title": "Ice mode" })).await;
    told(&h).await;
    let poll =
        json!({ "proposal": asked, "question": "Before winter?", "options": "Yes\nNo", "asked": [h.member("developer"), h.member("manager")] });
    let poll = h.made("owner", "poll.ask", poll, "poll").await;
    told(&h).await;
    assert_eq!(whys(&h, "developer").await, ["to_sign"]);
    assert_eq!(whys(&h, "manager").await, ["to_sign"]);
    assert_eq!(whys(&h, "stakeholder").await, [] as [&str; 0]);
    let page = h.get("developer", "/notices").await.text;
    assert!(page.contains("Owner asked for a vote on") && page.contains("Before winter?"), "{page}");
    for page in ["/ORB/", "/me"] {
        let shown = h.get("developer", page).await.text;
        assert!(shown.contains("Asked of you") && shown.contains("Before winter?") && shown.contains("asks for your vote on"), "{page}: {shown}");
        assert!(!h.get("stakeholder", page).await.text.contains("Asked of you"));
    }
    h.run("developer", "poll.seal", json!({ "poll": poll, "choice": 0 })).await.unwrap();
    h.run("manager", "proposal.ask", json!({ "proposal": asked, "body": "Which tyres?" })).await.unwrap();
    let question = h.text("select id from comment where asks = 'question'".into()).await;
    // Home tells what happened lately, too.
    let tile = async |who: &str| {
        let page = h.get(who, "/ORB/").await.text;
        page.split_once("Asked of you").and_then(|(_, rest)| rest.split_once("</section>")).map_or(String::new(), |(tile, _)| tile.to_owned())
    };
    let shown = tile("developer").await;
    assert!(shown.contains("Which tyres?") && !shown.contains("Before winter?"), "what is sealed is asked no more: {shown}");
    assert!(!tile("manager").await.contains("Which tyres?"), "it waits for the proposer alone");
    h.run("developer", "proposal.answer", json!({ "comment": question, "body": "Those with spikes" })).await.unwrap();
    assert!(!h.get("developer", "/ORB/").await.text.contains("Asked of you"));
    // The last vote opens it, which is news to whoever put the proposal forward.
    told(&h).await;
    h.app.run(&h.visitor("developer", kernel::Door::Page), app::Ask::named(None, "notice.read", json!({}))).await.unwrap();
    h.run("manager", "poll.seal", json!({ "poll": poll, "choice": 1 })).await.unwrap();
    told(&h).await;
    let shown = h.get("developer", "/notices").await.text;
    assert!(shown.contains("Manager opened the vote on"), "{shown}");
}

#[tokio::test]
async fn names_and_keys_in_texts_are_told_as_such() {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "Rain mode", "body": "After ORB-1, says @Developer." }), "story").await;
    comment(&h, "manager", &story, "@Owner and @nobody: see `@Owner`").await;
    let page = h.get("developer", "/ORB/story/1").await.text;
    assert!(page.contains("<span class=\"named\">@Developer</span>") && page.contains("<span class=\"named\">@Owner</span> and @nobody"), "{page}");
    assert!(page.contains("href=\"/ORB/search?q=ORB-1\"") && page.contains("<code>@Owner</code>"), "{page}");
    assert_eq!(h.get("developer", "/ORB/search?q=ORB-1").await.status, 303, "a key leads to its thing");
}

#[tokio::test]
async fn whatever_has_a_place_of_its_own_can_be_watched_there() {
    let h = House::new().await;
    crate::rows::Fixture::made(&h).await;
    told(&h).await;
    let vision = json!({ "for_whom": "Cyclists", "who": "Rain", "is_a": "Bike", "that": "Dry", "unlike": "Cars", "ours": "Roof" });
    h.run("manager", "vision.publish", vision).await.unwrap();
    for (page, noun, many) in [
        ("decisions", "proposal", true),
        ("strategy", "objective", true),
        ("strategy", "vision", true),
        ("sprint/1/talk", "sprint", false),
        ("customers", "evidence", true),
        ("story/4", "story", false),
    ] {
        let id = h.text(format!("select max(id) from {noun}")).await;
        let shown = h.get("developer", &format!("/ORB/{page}")).await.text;
        assert!(shown.contains("/do/watch.set") && shown.contains(&format!("name=\"about\" value=\"{noun}\"")), "{noun}: {shown}");
        assert!(!many || shown.contains("watching small"), "{noun}");
        h.run("developer", "watch.set", json!({ "about": noun, "id": id, "mode": "watching" })).await.unwrap();
        let developer = h.member("developer").simple();
        let heard = format!("select cast(count(*) as text) from notice where about_id = '{id}' and why = 'watched' and member = '{developer}'");
        told(&h).await;
        // Of a new version everyone hears, whether they watch it or not.
        assert_eq!(h.text(heard.clone()).await, if noun == "vision" { "1" } else { "0" }, "{noun}");
        h.made("manager", "comment.add", json!({ "about": noun, "id": id, "body": "One" }), "comment").await;
        told(&h).await;
        assert_eq!(h.text(heard).await, if noun == "vision" { "2" } else { "1" }, "{noun}");
    }
}
