//! Shared understanding: versions that members confirm or question, playback, and the pulse, which keeps no member with an
//! answer.

use app::{Ask, Batch, Outcome};
use kernel::{Door, Json, Refusal, Uuid, Value, json};
use testkit::House;

async fn market(h: &House, note: &str) -> String {
    let segment = h.text("select coalesce(min(id), '') from segment".into()).await;
    let segment = if segment.is_empty() { h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await } else { segment };
    h.made("manager", "target_market.choose", json!({ "segments": [segment], "note": note }), "target_market").await
}

async fn vision(h: &House, that: &str) -> String {
    let vision = json!({ "for_whom": "a", "who": "b", "is_a": "c", "that": that, "unlike": "e", "ours": "f" });
    h.made("manager", "vision.publish", vision, "vision").await
}

fn refused(result: Result<Outcome, Refusal>) -> String {
    match result {
        Err(refusal @ (Refusal::Invalid(_) | Refusal::Denied { .. })) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn confirmations_lapse_when_the_version_changes() {
    let h = House::new().await;
    let first = market(&h, "").await;
    let ask = json!({ "target_market": first });
    h.run("owner", "target_market.confirm", ask.clone()).await.unwrap();
    assert!(refused(h.run("assistant", "target_market.confirm", ask.clone()).await).contains("Only people"));
    let page = h.get("developer", "/ORB/strategy").await.text;
    assert!(page.contains("2 of 4 have confirmed it") && page.contains("This is also my target market"), "{page}");
    let home = h.get("developer", "/ORB/").await.text;
    assert!(home.contains("Understood together") && home.contains("yours is missing"), "{home}");
    let who = h.get("developer", "/ORB/understanding").await.text;
    assert_eq!(who.matches("not yet").count(), 2, "{who}");
    assert!(who.contains("50 %"), "{who}");
    // The same once more is no new version; another one is, and what was confirmed is not this one.
    h.run("manager", "target_market.choose", json!({ "segments": [h.text("select min(id) from segment".into()).await] })).await.unwrap();
    assert_eq!(h.number("select count(*) from target_market").await, 1);
    market(&h, "Not for tourists.").await;
    assert!(h.get("owner", "/ORB/strategy").await.text.contains("1 of 4 have confirmed it"), "its author alone");
    assert!(refused(h.run("developer", "target_market.confirm", ask).await).contains("There is a newer version of the target market"));
    h.proposed("owner", "target_market.choose", json!({ "segments": [h.text("select min(id) from segment".into()).await], "note": "x" })).await;
}

#[tokio::test]
async fn everyone_hears_of_a_new_version_and_whoever_is_asked_of_a_playback() {
    let h = House::new().await;
    h.app.work_off().await.unwrap();
    let heard = async |noun: &'static str| {
        h.app.work_off().await.unwrap();
        let sql = "select distinct member.name from notice join member on member.id = notice.member where about_noun = $1 order by member.name";
        let names = move |reader: &mut dyn kernel::Reader| {
            let rows = reader.query(sql, &[Value::Text(noun.into())])?;
            rows.into_iter().map(|mut row| row.take()).collect::<kernel::Result<Vec<String>>>()
        };
        h.app.store.read(names).await.unwrap().join(" ")
    };
    market(&h, "").await;
    assert_eq!(heard("target_market").await, "Developer Owner Stakeholder", "all but its author");
    vision(&h, "d").await;
    assert_eq!(heard("vision").await, "Developer Owner Stakeholder");
    let say = json!({ "about": "vision", "whom": h.member("manager"), "words": "For families." });
    h.run("owner", "playback.write", say).await.unwrap();
    assert_eq!(heard("vision").await, "Developer Manager Owner Stakeholder");
    assert!(h.get("manager", "/notices").await.text.contains("Owner said in their own words"), "{}", h.get("manager", "/notices").await.text);
}

#[tokio::test]
async fn who_has_left_confirms_nothing_any_more() {
    let h = House::new().await;
    let market = market(&h, "").await;
    for who in ["developer", "owner"] {
        h.run(who, "target_market.confirm", json!({ "target_market": market })).await.unwrap();
    }
    assert!(h.get("owner", "/ORB/strategy").await.text.contains("3 of 4 have confirmed it"));
    let asked = h.proposed("manager", "membership.remove", json!({ "member": h.member("developer") })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(h.get("owner", "/ORB/strategy").await.text.contains("2 of 3 have confirmed it"));
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/understanding", Json::Null).await.json();
    assert_eq!((told["members"].as_i64(), told["foundation"][0]["confirmed"].as_i64()), (Some(3), Some(2)), "{told}");
}

#[tokio::test]
async fn what_is_asked_begins_a_thread_until_it_is_confirmed() {
    let h = House::new().await;
    let need = h.made("owner", "need.create", json!({ "title": "Be there" }), "need").await;
    let top = h.made("owner", "top_needs.choose", json!({ "needs": [need, need] }), "top_needs").await;
    assert_eq!(h.text("select needs from top_needs".into()).await.matches('-').count(), 4, "each once");
    let ask = json!({ "top_needs": top, "question": "Why no other?" });
    for _ in 0..2 {
        h.run("developer", "top_needs.confirm", ask.clone()).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from comment where about_noun = 'top_needs'").await, 1, "said twice it is asked once");
    let page = h.get("owner", "/ORB/strategy").await.text;
    assert!(page.contains("<bdi>Developer</bdi> asks: <bdi>Why no other?</bdi>"), "{page}");
    assert!(h.get("developer", "/ORB/").await.text.contains("you ask"));
    h.run("developer", "top_needs.confirm", json!({ "top_needs": top })).await.unwrap();
    let token = h.token("developer").await;
    let told = h.rest(&token, "GET", "/products/ORB/understanding", Json::Null).await.json();
    assert_eq!(told["foundation"][0]["about"], "top_needs", "{told}");
    assert_eq!((told["foundation"][0]["confirmed"].as_i64(), told["foundation"][0]["own"].as_bool()), (Some(2), Some(true)));
    let many: Vec<String> = (0..8).map(|_| need.clone()).collect();
    h.run("owner", "top_needs.choose", json!({ "needs": many })).await.unwrap();
    assert!(refused(h.run("owner", "top_needs.choose", json!({ "needs": [] })).await).contains("at least one"));
    assert!(matches!(h.run("owner", "top_needs.choose", json!({ "needs": [top] })).await, Err(Refusal::NotFound)));
}

#[tokio::test]
async fn confirmations_are_read_by_whoever_reads_what_they_are_about() {
    let h = House::new().await;
    let (vision, market) = (vision(&h, "d").await, market(&h, "").await);
    h.run("owner", "vision.confirm", json!({ "vision": vision, "question": "zqvision?" })).await.unwrap();
    h.run("owner", "target_market.confirm", json!({ "target_market": market, "question": "zqmarket?" })).await.unwrap();
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "research", "hat": "stakeholder", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let token = h.token("stakeholder").await;
    let told = h.rest(&token, "GET", "/products/ORB/confirmations", Json::Null).await.text;
    assert!(told.contains("zqvision") && !told.contains("zqmarket"), "{told}");
    for page in ["/ORB/strategy", "/ORB/understanding", "/ORB/", "/ORB/activity", "/ORB/conversation", "/ORB/customer-list"] {
        let text = h.get("stakeholder", page).await.text;
        assert!(!text.contains("zqmarket") && !text.contains("Parents"), "{page}: {text}");
    }
}

#[tokio::test]
async fn what_one_says_in_other_words_is_marked_by_whose_meaning_it_is() {
    let h = House::new().await;
    let old = vision(&h, "d").await;
    vision(&h, "is there within five minutes").await;
    let whom = h.member("manager").simple().to_string();
    let say = |words: &str| json!({ "about": "vision", "whom": whom, "words": words });
    assert!(refused(h.run("owner", "playback.write", json!({ "about": "vision", "id": old, "whom": whom, "words": "w" })).await).contains("newer"));
    assert!(refused(h.run("manager", "playback.write", say("w")).await).contains("somebody else"));
    assert!(refused(h.run("owner", "playback.write", json!({ "about": "story", "whom": whom, "words": "w" })).await).contains("target market"));
    let outsider = json!({ "about": "vision", "whom": h.member("outsider"), "words": "w" });
    assert!(matches!(h.run("owner", "playback.write", outsider).await, Err(Refusal::NotFound)));
    let Outcome::Done(done) = h.run("owner", "playback.write", say("For families. In any weather!\nEven on ice.")).await.unwrap() else {
        panic!("it is said")
    };
    let parts: Vec<Uuid> = done.things.iter().filter(|thing| thing.noun == "playback_part").map(|thing| thing.id).collect();
    assert_eq!(parts.len(), 3);
    assert!(h.get("manager", "/ORB/").await.text.contains("1 playback waits for you"));
    let mark = |part: usize, meant: bool, instead: &str| json!({ "playback_part": parts[part], "meant": meant, "instead": instead });
    assert!(refused(h.run("owner", "playback_part.mark", mark(0, true, "")).await).contains("Whose meaning it is"));
    h.run("manager", "playback_part.mark", mark(0, true, "")).await.unwrap();
    h.run("manager", "playback_part.mark", mark(2, false, "Not on ice.")).await.unwrap();
    assert_eq!(h.number("select count(*) from playback where settled_at is not null").await, 0);
    h.run("manager", "playback_part.mark", mark(1, true, "")).await.unwrap();
    assert_eq!(h.number("select count(*) from playback where settled_at is not null").await, 1);
    assert_eq!(h.text("select body from comment".into()).await, "> Even on ice.\n\nNot on ice.");
    let page = h.get("owner", "/ORB/understanding").await.text;
    for told in ["2 of 3 are meant so", "meant otherwise", "Talk it over", "2 of 3 sentences are meant so"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(h.get("developer", "/ORB/strategy").await.text.contains("Not on ice."), "the difference is talked over where the vision stands");
    let id = h.text("select id from playback".into()).await;
    assert!(refused(h.run("manager", "playback.withdraw", json!({ "playback": id })).await).contains("Only whoever wrote it"));
    h.run("owner", "playback.withdraw", json!({ "playback": id })).await.unwrap();
    assert!(!h.get("owner", "/ORB/understanding").await.text.contains("Even on ice"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

fn answer(pulse: &str, all: [i64; 5]) -> Json {
    json!({ "pulse": pulse, "direction": all[0], "market": all[1], "needs": all[2], "work": all[3], "together": all[4] })
}

/// Every door from which somebody could learn what was answered.
async fn told(h: &House, who: &str) -> String {
    let mut told = String::new();
    for page in ["/ORB/understanding", "/ORB/", "/ORB/activity", "/ORB/decisions", "/ORB/understanding/pulse.csv"] {
        told += &h.get(who, page).await.text;
    }
    let token = h.token(who).await;
    for path in ["understanding", "pulses", "activity?limit=500"] {
        told += &h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await.text;
    }
    told + &crate::reading::exported(h, who).await
}

#[tokio::test]
async fn a_pulse_keeps_no_member_with_an_answer() {
    let h = House::new().await;
    vision(&h, "d").await;
    let pulse = h.made("manager", "pulse.begin", json!({}), "pulse").await;
    let (lines, mut news) = (h.number("select count(*) from activity").await, h.app.hub.subscribe());
    let receipt = Ask { receipt: Some("k1".into()), ..Ask::named(Some("ORB"), "pulse.answer", answer(&pulse, [1, 2, 3, 4, 5])) };
    let outcome = h.app.run(&h.visitor("developer", Door::Page), receipt.clone()).await.unwrap();
    assert!(kernel::serde_json::to_string(&outcome).unwrap().contains("pulse 1"));
    assert!(h.app.run(&h.visitor("developer", Door::Page), receipt).await.is_ok(), "sent twice it counts once");
    assert_eq!(
        h.text("select asked from receipt where answer like '%pulse.answered%'".into()).await,
        "",
        "there are few enough answers to try them all"
    );
    assert!(refused(h.run("developer", "pulse.answer", answer(&pulse, [5; 5])).await).contains("Nobody knows any more"));
    assert!(refused(h.run("assistant", "pulse.answer", answer(&pulse, [5; 5])).await).contains("people do"));
    assert!(refused(h.run("owner", "pulse.answer", answer(&pulse, [0, 1, 1, 1, 6])).await).contains("from 1 to 5"));
    h.run("owner", "pulse.answer", answer(&pulse, [1, 1, 1, 1, 1])).await.unwrap();
    assert_eq!(h.number("select count(*) from activity").await, lines, "nothing tells of it");
    assert!(news.try_recv().is_err(), "and nobody hears when it was");
    assert_eq!(h.number("select count(*) from answered").await, 2);
    assert_eq!(h.number("select count(*) from answer_count").await, 25, "all sums are written with each answer");
    let before = told(&h, "manager").await;
    assert!(before.contains("2 of 4 have answered"), "{before}");
    // No try, no proposal tells the sums.
    let close = Ask::named(Some("ORB"), "pulse.close", json!({ "pulse": pulse }));
    let asked = h.app.run(&h.visitor("owner", Door::Page), close.clone()).await.unwrap();
    assert!(matches!(asked, Outcome::Proposed(_)));
    assert_eq!(h.number("select count(*) from proposal where effects like '%sums%'").await, 0);
    // Closed with two answers it says no more than that.
    h.app.run_all(&h.visitor("manager", Door::Page), Batch::one(close), |_| {}).await.unwrap();
    assert_eq!(h.text("select sums from pulse".into()).await, "[]");
    assert_eq!(h.number("select people from pulse").await, 2);
    assert!(h.get("developer", "/ORB/understanding").await.text.contains("Too few have answered"));
    assert_eq!(h.number("select count(*) from answer_count").await + h.number("select count(*) from answered").await, 0);
    assert!(refused(h.run("stakeholder", "pulse.answer", answer(&pulse, [5; 5])).await).contains("closed already"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn from_three_answers_on_sums_are_told_and_their_trend() {
    let h = House::new().await;
    let who = ["manager", "owner", "developer", "stakeholder"];
    for round in 1..=2 {
        let pulse = h.made("manager", "pulse.begin", json!({}), "pulse").await;
        let last = h.text("select max(id) from pulse where closed_at is null".into()).await;
        assert_eq!(pulse.len(), last.len());
        for who in &who[..3] {
            h.run(who, "pulse.answer", answer(&last, [round, 2, 3, 4, 5])).await.unwrap();
        }
        h.run("manager", "pulse.close", json!({ "pulse": last })).await.unwrap();
    }
    assert_eq!(h.text("select sums from pulse where number = 2".into()).await, "[[0,3,0,0,0],[0,3,0,0,0],[0,0,3,0,0],[0,0,0,3,0],[0,0,0,0,3]]");
    let page = h.get("stakeholder", "/ORB/understanding").await.text;
    assert!(page.contains("Pulse over time") && page.contains("The mean of all answers was 3.2, up from 3."), "{page}");
    let csv = h.get("stakeholder", "/ORB/understanding/pulse.csv").await;
    assert!(csv.status == 200 && csv.text.contains("\n2,3.2,2"), "{}", csv.text);
    assert_eq!(h.get("outsider", "/ORB/understanding/pulse.csv").await.status, 404);
    let token = h.token("stakeholder").await;
    let told = h.rest(&token, "GET", "/products/ORB/understanding", Json::Null).await.json();
    assert_eq!(told["pulses"][0]["means"], json!([2.0, 2.0, 3.0, 4.0, 5.0]), "{told}");
}

#[tokio::test]
async fn a_sprint_begins_a_pulse_and_closes_it() {
    let h = House::new().await;
    h.made("owner", "story.create", json!({ "title": "S" }), "story").await;
    h.run("owner", "sprint.plan", json!({ "name": "Autumn", "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.run("owner", "sprint.add_stories", json!({ "sprint": "1", "stories": ["1"] })).await.unwrap();
    h.run("manager", "pulse.begin", json!({})).await.unwrap();
    h.run("owner", "sprint.start", json!({ "sprint": "1" })).await.unwrap();
    assert_eq!(h.number("select count(*) from pulse where closed_at is null").await, 1, "the one before is closed");
    assert_eq!(h.number("select number from pulse where closed_at is null and sprint is not null").await, 2);
    let page = h.get("developer", "/ORB/understanding").await.text;
    assert!(page.contains("0 of 4 have answered in <bdi>Autumn</bdi>."), "{page}");
    assert!(h.get("developer", "/ORB/").await.text.contains("Five questions for you"));
    h.run("owner", "sprint.close", json!({ "sprint": "1" })).await.unwrap();
    assert_eq!(h.number("select count(*) from pulse where closed_at is null").await, 0);
}

#[tokio::test]
async fn that_somebody_answered_is_forgotten_with_them() {
    let h = House::new().await;
    let pulse = h.made("manager", "pulse.begin", json!({}), "pulse").await;
    for who in ["owner", "developer"] {
        h.run(who, "pulse.answer", answer(&pulse, [3; 5])).await.unwrap();
    }
    let file = crate::history::backup(&h.app).await;
    let copy = crate::history::empty(&h.app.clock).await;
    crate::history::restore(&copy, &file).await.unwrap();
    let answered = copy.store.read(|r| r.query("select count(*) from answered", &[])?.pop().unwrap().take::<i64>()).await.unwrap();
    assert_eq!(answered, 2, "a backup carries who has answered, so nobody is asked twice");
    let member = h.member("developer").simple().to_string();
    for command in ["account.remove", "account.erase"] {
        let ask = Ask::named(None, command, json!({ "member": member }));
        h.app.run(&h.visitor("manager", Door::Page), ask).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from answered").await, 1);
    assert_eq!(h.number("select cast(sum(given) as bigint) from answer_count where question = 0").await, 2, "what was counted stays counted");
}
