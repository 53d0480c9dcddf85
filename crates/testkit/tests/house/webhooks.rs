//! Webhooks: what is told to whom, how it is signed, and what a hostile machine gets out of it.

use crate::machine::{Machine, Manner, base64, from_base64, hmac, reaches_out, reaching};
use app::{
    Ask, Outcome,
    jobs::{Outward, Sending},
};
use kernel::{Door, Hat, Json, Refusal, json, matrix::Way};
use std::{collections::HashSet, sync::Arc};
use testkit::House;

const HOUR: i64 = 3_600_000;

/// A house that sends, in which the Manager decides on webhooks; one of theirs; and the machine it leads to.
async fn hooked(manner: Manner, more: Json) -> (House, Machine, String) {
    let h = House::of_way(Way::BothHats).await;
    let machine = Machine::new(manner).await;
    reaches_out(&h);
    let webhook = made(&h, &machine, more).await;
    h.app.work_off().await.unwrap();
    (h, machine, webhook)
}

async fn made(h: &House, machine: &Machine, more: Json) -> String {
    let mut args = json!({ "name": "Build server", "address": format!("http://hooks.example:{}/orbit", machine.port), "shape": "standard" });
    args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    h.made("manager", "webhook.make", args, "webhook").await
}

async fn story(h: &House, title: &str) {
    h.made("owner", "story.create", json!({ "title": title }), "story").await;
}

async fn secret(h: &House, webhook: &str) -> String {
    let Ok(Outcome::Done(done)) = h.run("manager", "webhook.new_secret", json!({ "webhook": webhook })).await else { panic!() };
    done.reveal.unwrap()
}

async fn paused(h: &House) -> String {
    h.text("select coalesce(max(paused_because), '') from webhook where paused_at is not null".into()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_is_told_once_and_signed() {
    let (h, machine, webhook) = hooked(Manner::Says(200, "thanks"), json!({})).await;
    let word = secret(&h, &webhook).await;
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    h.app.work_off().await.unwrap();
    let heard = machine.heard();
    assert_eq!(heard.len(), 1, "neither the webhook nor its secret is told of: {heard:?}");
    let (message, told) = (&heard[0], heard[0].json());
    assert_eq!((told["type"].as_str(), told["timestamp"].as_str()), (Some("story.created"), Some("2026-09-21T14:13:20Z")), "{told}");
    let happened = &told["data"]["happened"][0];
    assert!(happened["label"].as_str().unwrap().contains("Pay by card") && told["data"]["by"] == "Owner", "{told}");
    assert!(happened["address"].as_str().unwrap().starts_with("https://tandem.example/ORB/story/"), "{told}");
    // As whoever gets it checks it, from the words of the specification.
    let signed = format!("{}.{}.{}", message.header("webhook-id"), message.header("webhook-timestamp"), message.body);
    let key = from_base64(word.strip_prefix("whsec_").unwrap());
    assert!((24..=64).contains(&key.len()));
    assert_eq!(message.header("webhook-signature"), format!("v1,{}", base64(&hmac(&key, signed.as_bytes()))));
    assert_eq!(message.header("webhook-timestamp"), "1790000000");
    let page = h.get("manager", "/ORB/webhooks").await.text;
    assert!(page.contains("arrived") && page.contains("thanks") && page.contains("Pay by card"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_secret_stands_nowhere_but_in_its_table_and_the_backup() {
    let (h, machine, webhook) = hooked(Manner::Says(200, ""), json!({})).await;
    let word = secret(&h, &webhook).await;
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    let plain = word.strip_prefix("whsec_").unwrap().to_owned();
    let token = h.token("manager").await;
    let mut told = machine.heard()[0].body.clone();
    for path in ["/products/ORB/webhooks".to_owned(), format!("/products/ORB/webhooks/{webhook}"), "/products/ORB/activity".into()] {
        let answer = h.rest(&token, "GET", &path, Json::Null).await;
        assert!(answer.status.is_success(), "{path}: {}", answer.text);
        told += &answer.text;
    }
    for page in ["/ORB/webhooks", "/ORB/activity", "/jobs"] {
        told += &h.get("manager", page).await.text;
    }
    let (registry, blobs) = (h.app.registry.clone(), h.app.blobs.clone());
    let manager = h.visitor("manager", Door::Page);
    let exported = h.app.ask(&manager, Some("ORB"), move |look| {
        let mut all = vec![];
        exchange::export(look, &registry, &blobs, &mut all)?;
        Ok(String::from_utf8_lossy(&all).into_owned())
    });
    told += &exported.await.unwrap();
    for table in ["activity", "webhook", "delivery", "job", "receipt"] {
        let columns = h.app.store.write(move |writer| writer.columns(table)).await.unwrap();
        let all = columns.iter().map(|column| format!("coalesce(cast({column} as text), '')")).collect::<Vec<_>>().join(" || ");
        let rows = h.app.store.read(move |reader| reader.query(&format!("select {all} from {table}"), &[])).await.unwrap();
        told += &rows.into_iter().map(|mut row| row.take::<String>().unwrap()).collect::<String>();
    }
    assert!(told.contains("hooks.example") && !told.contains(&plain), "the secret is told");
    let tables = h.app.registry.tables();
    assert!(tables.contains(&"signing_key") && !tables.contains(&"delivery"));
    let again = secret(&h, &webhook).await;
    assert_ne!(again, word);
    assert_eq!(h.text("select word from signing_key".into()).await, again);
    h.run("manager", "webhook.remove", json!({ "webhook": webhook })).await.unwrap();
    assert_eq!(h.number("select count(*) from signing_key").await, 0);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_says_what_its_maker_may_read_when_it_is_sent() {
    let h = House::new().await;
    let machine = Machine::new(Manner::Says(204, "")).await;
    reaches_out(&h);
    let address = format!("http://hooks.example:{}/", machine.port);
    let asked = h.proposed("developer", "webhook.make", json!({ "name": "Ours", "address": address, "shape": "standard" })).await;
    for who in ["manager", "owner"] {
        h.run(who, "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    }
    h.app.work_off().await.unwrap();
    let before = machine.heard().len();
    h.made("manager", "evidence.record", json!({ "quote": "zqsecret" }), "evidence").await;
    // The right goes after the act and before the message.
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "customers", "hat": "developer", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    let heard: String = machine.heard().into_iter().skip(before).map(|heard| heard.body).collect();
    assert!(heard.contains("Pay by card") && !heard.contains("zqsecret"), "{heard}");
    // With their membership it ends.
    let asked = h.proposed("manager", "membership.remove", json!({ "member": h.member("developer") })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    h.app.work_off().await.unwrap();
    let before = machine.heard().len();
    story(&h, "After them").await;
    h.app.work_off().await.unwrap();
    assert_eq!((machine.heard().len(), h.number("select count(*) from job").await), (before, 0));
    assert!(h.get("manager", "/ORB/webhooks").await.text.contains("its maker has left"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_it_hears_is_told() {
    let (h, machine, webhook) = hooked(Manner::Says(200, ""), json!({ "hears": ["sprint", "story.started"] })).await;
    story(&h, "Not heard").await;
    h.made("manager", "evidence.record", json!({ "quote": "nor this" }), "evidence").await;
    h.run("owner", "sprint.plan", json!({ "starts_on": "2026-09-21", "ends_on": "2026-10-04" })).await.unwrap();
    h.app.work_off().await.unwrap();
    let types = || machine.heard().iter().map(|heard| heard.json()["type"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(types(), ["sprint.planned"]);
    h.run("manager", "webhook.edit", json!({ "webhook": webhook, "hears": ["story"] })).await.unwrap();
    story(&h, "Heard").await;
    h.app.work_off().await.unwrap();
    assert_eq!(types(), ["sprint.planned", "story.created"]);
    for (field, value) in [
        ("hears", json!(["nothing.such"])),
        ("hears", json!(["session"])),
        ("address", json!("hooks.example")),
        ("address", json!("https://me:word@x.org/")),
    ] {
        let wrong = h.run("manager", "webhook.edit", json!({ "webhook": webhook, field: value })).await;
        assert!(matches!(&wrong, Err(Refusal::Invalid(wrong)) if wrong[0].field == field), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_leaves_a_task_for_each_that_hears_of_it_and_none_besides() {
    let (h, _, webhook) = hooked(Manner::Says(500, ""), json!({})).await;
    let kinds = async || {
        let kinds = h.app.store.read(|reader| reader.query("select kind from job order by kind", &[])).await.unwrap();
        h.app.store.write(|writer| writer.execute("delete from job", &[])).await.unwrap();
        kinds.into_iter().map(|mut row| row.take().unwrap()).collect::<Vec<String>>()
    };
    story(&h, "Pay by card").await;
    assert_eq!(kinds().await, ["webhook.gather"], "nobody else may want to hear of it");
    let id = h.text("select id from story".into()).await;
    let said = |body: &str| json!({ "about": "story", "id": id, "body": body });
    h.made("owner", "comment.add", said("@Developer look"), "comment").await;
    assert_eq!(kinds().await, ["notice.spread", "webhook.gather"]);
    // Several commands are one act.
    let asks = ["One", "Two", "Three"].map(|title| Ask::named(Some("ORB"), "story.create", json!({ "title": title }))).to_vec();
    h.app.run_all(&h.visitor("owner", Door::Page), app::Batch { asks, title: None, dry: false }, |_| {}).await.unwrap();
    assert_eq!(kinds().await, ["webhook.gather"]);
    // What is told of the past is news to nobody.
    let ask = Ask { at: Some(1_700_000_000_000), ..Ask::named(Some("ORB"), "comment.add", said("@Developer then")) };
    h.app.run(&h.visitor("owner", Door::Page), ask).await.unwrap();
    assert!(kinds().await.is_empty());
    h.second("SEC", "owner").await;
    h.enter("SEC");
    kinds().await;
    story(&h, "Elsewhere").await;
    assert!(kinds().await.is_empty(), "nothing listens there");
    h.enter("ORB");
    h.run("manager", "webhook.remove", json!({ "webhook": webhook })).await.unwrap();
    story(&h, "Unheard").await;
    assert!(kinds().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sample_sends_nothing_anywhere() {
    let h = House::sample().await;
    reaches_out(&h);
    let page = h.get("manager", "/ORB/webhooks").await.text;
    assert!(page.contains("Team chat") && page.contains("Paused"), "{page}");
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from delivery").await, 0);
    assert_eq!(h.number("select count(*) from job where kind like 'webhook.%'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_into_the_house_is_not_followed() {
    let (h, machine, _) = hooked(Manner::Says(200, ""), json!({})).await;
    machine.answers_from_now_on(Manner::LeadsTo(format!("http://127.0.0.1:{}/inside", machine.port)));
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    let paths: Vec<String> = machine.heard().into_iter().map(|heard| heard.path).collect();
    assert_eq!(paths, ["/orbit"]);
    assert!(paused(&h).await.contains("is not followed"), "{}", paused(&h).await);
    assert!(h.get("manager", "/ORB/webhooks").await.text.contains("is not followed"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_name_that_leads_inside_at_the_second_look_leads_nowhere() {
    let h = House::of_way(Way::BothHats).await;
    let machine = Machine::new(Manner::Says(200, "")).await;
    // Nobody answers at the first, which is for documents; as an address of the internet it stands on the list.
    h.app.reach_out_by(Arc::new(reaching("192.0.2.0/24", &["192.0.2.1", "127.0.0.1"])), "https://tandem.example");
    let args = json!({ "name": "n", "address": format!("https://rebinding.example:{}/", machine.port), "shape": "standard" });
    h.made("manager", "webhook.make", args, "webhook").await;
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    let said = h.text("select said from delivery".into()).await;
    assert!(said.contains("could not be reached") && paused(&h).await.is_empty(), "{said}");
    h.app.clock.forward(HOUR);
    h.app.work_off().await.unwrap();
    assert_eq!(machine.heard().len(), 0);
    assert!(paused(&h).await.contains("rebinding.example leads to 127.0.0.1, an address of a private network"), "{}", paused(&h).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_leads_inside() {
    let machine = Machine::new(Manner::Says(200, "")).await;
    let outbound = reaching("", &["127.0.0.1"]);
    let port = machine.port;
    for address in [
        format!("http://127.0.0.1:{port}/"),
        format!("https://127.0.0.1:{port}/"),
        format!("https://127.1:{port}/"),
        format!("https://2130706433:{port}/"),
        format!("https://0x7f000001:{port}/"),
        format!("https://[::1]:{port}/"),
        format!("https://[::ffff:127.0.0.1]:{port}/"),
        format!("https://localhost:{port}/"),
        format!("https://some.name:{port}/"),
        "https://169.254.169.254/latest/meta-data/".into(),
        "https://10.0.0.1/".into(),
        "http://1.1.1.1/".into(),
        "file:///etc/passwd".into(),
    ] {
        let sending = Sending { id: kernel::Uuid::nil(), address: address.clone(), body: "{}".into(), key: None, at: 0 };
        let refused = outbound.send(&sending).await.unwrap_err();
        assert!(refused.for_good, "{address}: {refused:?}");
    }
    assert_eq!(machine.heard().len(), 0);
    let allowed = reaching("127.0.0.0/8", &["127.0.0.1"]);
    let sending = Sending { id: kernel::Uuid::nil(), address: format!("http://127.0.0.1:{port}/"), body: "{}".into(), key: None, at: 0 };
    assert_eq!(allowed.send(&sending).await.unwrap().status, 200, "whoever runs the house may allow it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_end_is_cut() {
    let (h, machine, _) = hooked(Manner::Endless, json!({})).await;
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    assert_eq!((machine.heard().len(), h.number("select count(*) from job").await), (1, 0), "it arrived");
    assert_eq!(h.number("select length(answer) from delivery").await, 1_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_machine_that_says_nothing_is_not_waited_for() {
    let (h, machine, _) = hooked(Manner::Silent, json!({})).await;
    story(&h, "Pay by card").await;
    h.app.work_off().await.unwrap();
    assert!(h.text("select said from job".into()).await.contains("did not answer within"));
    machine.answers_from_now_on(Manner::Says(200, ""));
    h.app.clock.forward(HOUR);
    h.app.work_off().await.unwrap();
    let ids: HashSet<String> = machine.heard().iter().map(|heard| heard.header("webhook-id").to_owned()).collect();
    assert_eq!((machine.heard().len(), ids.len(), h.number("select count(*) from job").await), (2, 1, 0), "twice under one id");
    assert_eq!(h.number("select tries from delivery").await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_never_arrives_pauses_and_is_sent_again_under_its_id() {
    let (h, machine, webhook) = hooked(Manner::Says(500, "out of order"), json!({})).await;
    story(&h, "Pay by card").await;
    for _ in 0..45 {
        h.app.work_off().await.unwrap();
        h.app.clock.forward(2 * HOUR);
    }
    let ids: HashSet<String> = machine.heard().iter().map(|heard| heard.header("webhook-id").to_owned()).collect();
    assert_eq!((machine.heard().len(), ids.len()), (40, 1));
    assert_eq!(paused(&h).await, "It answered 500.");
    let page = h.get("manager", "/ORB/webhooks").await.text;
    assert!(page.contains("Paused") && page.contains("It answered 500.") && page.contains("out of order"), "{page}");
    assert_eq!(h.number("select count(*) from dead_letter").await, 0, "whoever made it sees to it, and no administrator");
    story(&h, "Meanwhile").await;
    h.app.work_off().await.unwrap();
    assert_eq!((machine.heard().len(), h.number("select count(*) from job").await), (40, 0));
    let delivery = h.text("select id from delivery".into()).await;
    let again = json!({ "webhook": webhook, "delivery": delivery });
    assert!(matches!(h.run("manager", "webhook.send_again", again.clone()).await, Err(Refusal::Invalid(_))), "it is paused");
    assert!(matches!(h.run("owner", "webhook.resume", json!({ "webhook": webhook })).await, Err(Refusal::Denied { .. })));
    h.run("manager", "webhook.resume", json!({ "webhook": webhook })).await.unwrap();
    machine.answers_from_now_on(Manner::Says(200, ""));
    h.run("manager", "webhook.send_again", again.clone()).await.unwrap();
    assert!(matches!(h.run("manager", "webhook.send_again", again).await, Err(Refusal::Invalid(_))), "it is under way");
    h.app.work_off().await.unwrap();
    let heard = machine.heard();
    assert_eq!((heard.len(), heard[40].header("webhook-id")), (41, heard[0].header("webhook-id")));
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_test_is_tried_once_and_only_by_its_maker() {
    let mut h = House::of_way(Way::BothHats).await;
    h.add("second", &[Hat::Manager]).await;
    let machine = Machine::new(Manner::Says(404, "no such hook")).await;
    reaches_out(&h);
    let webhook = made(&h, &machine, json!({ "shape": "slack" })).await;
    let args = json!({ "webhook": webhook });
    h.run("manager", "webhook.test", args.clone()).await.unwrap();
    h.app.work_off().await.unwrap();
    assert_eq!((machine.heard().len(), h.number("select count(*) from job").await), (1, 0));
    assert!(machine.heard()[0].json()["text"].as_str().unwrap().contains("sent a test") && machine.heard()[0].header("webhook-signature").is_empty());
    assert_eq!((paused(&h).await.as_str(), h.number("select count(*) from dead_letter").await), ("", 0));
    assert!(h.get("manager", "/ORB/webhooks").await.text.contains("no such hook"));
    let theirs = h.get("second", "/ORB/webhooks").await.text;
    assert!(theirs.contains("It answered 404") && !theirs.contains("no such hook") && !theirs.contains("Send a test"), "{theirs}");
    for command in ["webhook.test", "webhook.new_secret"] {
        for who in ["second", "owner", "assistant", "stakeholder"] {
            assert!(matches!(h.run(who, command, args.clone()).await, Err(Refusal::Denied { .. })), "{who} {command}");
        }
    }
    let stranger = h.app.run(&h.visitor("outsider", Door::Page), Ask::named(Some("ORB"), "webhook.test", args)).await;
    assert_eq!(stranger, Err(Refusal::NotFound));
    assert!(!h.get("stakeholder", "/ORB/webhooks").await.text.contains("hooks.example"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_shape_tells_the_same() {
    let h = House::of_way(Way::BothHats).await;
    let machine = Machine::new(Manner::Says(200, "")).await;
    reaches_out(&h);
    for shape in ["slack", "mattermost", "teams", "discord"] {
        made(&h, &machine, json!({ "shape": shape })).await;
    }
    story(&h, "Say <!channel> & @everyone").await;
    h.app.work_off().await.unwrap();
    let bodies: Vec<Json> = machine.heard().iter().map(|heard| heard.json()).collect();
    assert_eq!(bodies.len(), 4);
    for body in &bodies {
        let text = body.to_string();
        assert!(text.contains("Owner added the story") || text.contains("https://tandem.example/ORB/story/"), "{text}");
        assert!(!text.contains("<!channel>") && !text.contains("@everyone") && !text.contains("here.invalid"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chat_hears_of_an_update_with_the_way_to_it() {
    let (h, machine, _) = hooked(Manner::Says(200, ""), json!({ "shape": "slack", "hears": ["update.published"] })).await;
    h.run("manager", "update_draft.save", json!({ "kind": "roadmap", "title": "zqdraft", "body": "b" })).await.unwrap();
    let update = json!({ "kind": "roadmap", "title": "A window moved", "body": "b", "everyone": true });
    let id = h.made("manager", "update.publish", update, "product_update").await;
    h.app.work_off().await.unwrap();
    let heard = machine.heard();
    assert_eq!(heard.len(), 1, "{heard:?}");
    let text = heard[0].json()["text"].as_str().unwrap().to_owned();
    assert_eq!(text, format!("Manager published the update <https://tandem.example/ORB/updates?show={id}|A window moved>"));
}
