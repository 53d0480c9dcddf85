//! Releases and outcomes: what is shipped and what is missing, the go that is signed, what becomes of what it ships, and what
//! came of bets.

use app::Outcome;
use kernel::{Json, Refusal, json};
use testkit::House;

fn refused(result: Result<Outcome, Refusal>) -> String {
    match result {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

/// The Manager asks and the Owner signs; the first thing of a noun that it touched.
pub(crate) async fn signed(h: &House, command: &str, args: Json, noun: &str) -> String {
    let asked = h.proposed("manager", command, args).await;
    let outcome = h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    outcome.thing(noun).unwrap_or_else(|| panic!("{command} touched no {noun}")).id.simple().to_string()
}

/// A release that is planned.
pub(crate) async fn planned(h: &House, name: &str) -> String {
    signed(h, "release.plan", json!({ "name": name, "target_on": "2026-11-01" }), "release").await
}

/// A feature with one story.
async fn feature(h: &House, title: &str, initiative: Option<&str>) -> (String, String) {
    let feature = h.made("manager", "feature.create", json!({ "title": title, "initiative": initiative }), "feature").await;
    let story = h.made("owner", "story.create", json!({ "title": format!("{title} works"), "feature": feature }), "story").await;
    (feature, story)
}

pub(crate) async fn accept(h: &House, story: &str) {
    for (who, command) in [("developer", "story.start"), ("developer", "story.hand_over"), ("owner", "story.accept")] {
        h.run(who, command, json!({ "story": story })).await.unwrap();
    }
}

/// A release, and a feature that it ships.
pub(crate) struct Made {
    pub id: String,
    pub feature: String,
}

/// A release that is planned, and one that can be released.
pub(crate) async fn released(h: &House) -> (Made, Made) {
    let mut made = vec![];
    for name in ["Autumn", "Winter"] {
        let id = planned(h, name).await;
        let (feature, story) = feature(h, name, None).await;
        accept(h, &story).await;
        signed(h, "release.ship", json!({ "release": id, "feature": feature }), "relation").await;
        h.made("developer", "launch_task.add", json!({ "release": id, "title": "Tell support" }), "launch_task").await;
        made.push(Made { id, feature });
    }
    let ready = made.pop().unwrap();
    signed(h, "release.decide", json!({ "release": ready.id, "go": "go" }), "release").await;
    (made.pop().unwrap(), ready)
}

/// A bet that was released.
pub(crate) async fn bet(h: &House, title: &str) -> String {
    let bet = h.made("manager", "initiative.create", json!({ "title": title }), "initiative").await;
    signed(h, "initiative.edit", json!({ "initiative": bet, "state": "released" }), "initiative").await;
    bet
}

#[tokio::test]
async fn a_release_ships_what_is_accepted_once_a_go_is_signed() {
    let h = House::new().await;
    let bet = h.made("manager", "initiative.create", json!({ "title": "Ride on" }), "initiative").await;
    let (rain, story) = feature(&h, "Rain mode", Some(&bet)).await;
    h.run("manager", "feature.edit", json!({ "feature": rain, "body": "Rides go on in the rain.\n\nDetails." })).await.unwrap();
    let bug = h.made("owner", "story.create", json!({ "title": "It fell off", "kind": "bug", "feature": rain }), "story").await;
    let dropped = h.made("owner", "story.create", json!({ "title": "A roof", "feature": rain }), "story").await;
    h.run("owner", "story.drop", json!({ "story": dropped, "dropped": true })).await.unwrap();
    let empty = h.made("manager", "feature.create", json!({ "title": "Empty" }), "feature").await;
    assert!(h.get("owner", "/ORB/launch").await.text.contains("No release is planned yet"));
    let release = signed(&h, "release.plan", json!({ "name": "Winter", "tier": "major", "target_on": "2026-11-01" }), "release").await;
    let about = |extra: Json| {
        let mut args = json!({ "release": release });
        args.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        args
    };
    assert!(refused(h.run("manager", "release.decide", about(json!({ "go": "go" }))).await).contains("ships nothing yet"));
    assert!(refused(h.run("manager", "release.decide", about(json!({ "go": "no_go" }))).await).contains("what has to change"));
    signed(&h, "release.ship", about(json!({ "feature": rain })), "relation").await;
    signed(&h, "release.ship", about(json!({ "feature": empty })), "relation").await;
    let page = h.get("developer", &format!("/ORB/launch?show={release}")).await.text;
    for told in ["it has no story yet", "none of its 2 stories is accepted", "1 Nov", "A major launch"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    accept(&h, &story).await;
    assert!(h.get("owner", &format!("/ORB/launch?show={release}")).await.text.contains("1 of 2 stories accepted"));
    accept(&h, &bug).await;
    assert!(refused(h.run("manager", "release.decide", about(json!({ "go": "go" }))).await).contains("1 feature is not accepted yet"));
    assert!(refused(h.run("manager", "release.release", about(json!({}))).await).contains("No go has been signed"));
    signed(&h, "release.decide", about(json!({ "go": "go", "go_reason": "Empty comes later" })), "release").await;
    assert_eq!(
        h.text("select cast(count(*) as text) from proposal where state = 'agreed' and title like 'Go for the launch%'".into()).await,
        "1",
        "it is a decision"
    );
    assert!(refused(h.run("manager", "release.release", about(json!({}))).await).contains("“Empty”: it has no story yet"));
    signed(&h, "release.unship", about(json!({ "feature": empty })), "relation").await;
    assert!(refused(h.run("manager", "release.release", about(json!({}))).await).contains("No go"), "a go lapses with its scope");
    signed(&h, "release.decide", about(json!({ "go": "go" })), "release").await;
    let token = h.token("manager").await;
    let ready = h.rest(&token, "GET", &format!("/products/ORB/releases/{release}/readiness"), Json::Null).await.json();
    assert_eq!(ready["ships"][0]["missing"], Json::Null);
    assert_eq!(ready["draft"], "### Rain mode\n\nRides go on in the rain.\n\n- Rain mode works\n\n### Mended\n\n- It fell off");
    assert!(h.get("manager", "/ORB/changelog").await.text.contains("Nothing has reached users yet"));
    assert!(refused(h.run("manager", "release.release", about(json!({ "released_on": "2099-01-01" }))).await).contains("to come"));
    h.app.work_off().await.unwrap();
    h.run("stakeholder", "watch.set", json!({ "about": "feature", "id": rain, "mode": "watching" })).await.unwrap();
    let asked = h.proposed("owner", "release.release", about(json!({}))).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.text(format!("select state from feature where id = '{rain}'")).await, "released");
    assert_eq!(h.text(format!("select state from initiative where id = '{bet}'")).await, "released", "nothing of it is left");
    h.app.work_off().await.unwrap();
    let follower = h.member("stakeholder").simple().to_string();
    let told = h.text(format!("select cast(count(*) as text) from notice where member = '{follower}' and about_noun = 'feature'")).await;
    assert_eq!(told, "1", "whoever follows a feature hears that it shipped");
    let log = h.get("stakeholder", "/ORB/changelog").await.text;
    assert!(log.contains("<h3>Rain mode</h3>") && log.contains("It fell off"), "{log}");
    assert!(refused(h.run("manager", "release.ship", about(json!({ "feature": empty }))).await).contains("its scope stands"));
    let link = h.run("manager", "shared_link.make", json!({ "look": "changelog", "name": "Users" })).await.unwrap();
    let Outcome::Done(done) = link else { panic!("the Manager decides") };
    let path = done.reveal.unwrap();
    assert!(h.get("nobody", &path).await.text.contains("Rain mode"));
    let feed = h.get("nobody", &format!("{path}/feed.atom")).await.text;
    assert!(feed.contains("<title>Winter</title>") && feed.contains("Rain mode"), "{feed}");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_launch_is_planned_and_its_list_is_worked_off() {
    let h = House::new().await;
    let release = signed(&h, "release.plan", json!({ "name": "Winter", "tier": "quiet", "target_on": "2026-11-01" }), "release").await;
    let segment = h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
    let measure = h.made("manager", "measure.add", json!({ "name": "Riders" }), "measure").await;
    let plan = json!({ "release": release, "segment": segment, "message": "Ride on.", "risks": "Ice.", "measures": [measure, measure] });
    let asked = h.proposed("owner", "release.plan_launch", plan).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(matches!(h.run("manager", "release.plan_launch", json!({ "release": release, "measures": [segment] })).await, Err(Refusal::NotFound)));
    h.run("developer", "release.draft_checklist", json!({ "release": release })).await.unwrap();
    h.run("developer", "release.draft_checklist", json!({ "release": release })).await.unwrap();
    assert_eq!(h.number("select count(*) from launch_task where removed_at is null").await, 2, "what is usual comes once");
    assert_eq!(h.text("select due_on from launch_task where title like 'Support%'".into()).await, "2026-10-31");
    let task = json!({ "release": release, "title": "Tell the council", "doer": h.member("owner"), "due_on": "2026-09-25" });
    let task = h.made("developer", "launch_task.add", task, "launch_task").await;
    h.app.work_off().await.unwrap();
    assert_eq!(h.number("select count(*) from notice where about_noun = 'release' and why = 'assigned'").await, 1, "whoever is given it hears of it");
    h.app.clock.forward(30 * 86_400_000);
    let page = h.get("owner", &format!("/ORB/launch?task={task}")).await.text;
    for told in ["Parents", "Ride on.", "Riders", "Tell the council", "1 late", "Done"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    h.run("developer", "launch_task.tick", json!({ "launch_task": task, "done": true })).await.unwrap();
    assert!(h.get("owner", "/ORB/launch").await.text.contains("1 of 3 done"));
    assert_eq!(h.get("outsider", &format!("/ORB/launch?show={release}")).await.status, 404);
}

#[tokio::test]
async fn somebody_is_asked_what_came_of_a_bet() {
    let h = House::new().await;
    let morning = async |days: i64| {
        h.app.clock.forward(days * 86_400_000);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
    };
    let bet = h.made("manager", "initiative.create", json!({ "title": "Holds" }), "initiative").await;
    let early = json!({ "initiative": bet, "verdict": "met" });
    assert!(refused(h.run("manager", "outcome.record", early).await).contains("has not been released"));
    h.run("manager", "initiative.edit", json!({ "initiative": bet, "confidence": 70, "hypothesis": "Holds turn searches into rides." }))
        .await
        .unwrap();
    signed(&h, "initiative.edit", json!({ "initiative": bet, "state": "released", "ends_on": "2026-10-01" }), "initiative").await;
    morning(0).await;
    assert!(!h.get("manager", "/ORB/").await.text.contains("What came of it?"), "its day has not come");
    morning(30).await;
    assert_eq!(h.number("select count(*) from notice where due = 'outcome'").await, 1, "the Manager is asked, once");
    assert!(h.get("manager", "/notices").await.text.contains("What came of it?"));
    assert!(h.get("manager", "/ORB/").await.text.contains("What came of it?"));
    let gaps = h.get("manager", "/ORB/thread").await.text;
    assert!(gaps.contains("Released initiatives that nobody has judged"), "{gaps}");
    let page = h.get("manager", "/ORB/outcomes").await.text;
    assert!(page.contains("Holds turn searches into rides.") && page.contains("promised by"), "{page}");
    let record = json!({ "initiative": bet, "verdict": "partly", "measured": "Searches that end in a ride", "value": 55, "confidence": 80, "evidence": "The dashboard", "learned": "Ten minutes are too long.", "next_step": "change" });
    assert!(
        refused(h.run("manager", "outcome.record", json!({ "initiative": bet, "verdict": "met", "confidence": 120 })).await)
            .contains("between 0 and 100")
    );
    let outcome = h.made("manager", "outcome.record", record, "outcome").await;
    assert!(refused(h.run("manager", "outcome.record", json!({ "initiative": bet, "verdict": "met" })).await).contains("recorded already"));
    assert_eq!(h.number("select cast(bet_confidence * 100 as bigint) from outcome").await, 70);
    let panel = h.get("manager", &format!("/ORB/outcomes?show={outcome}")).await.text;
    for told in ["partly met", "Ten minutes are too long.", "Make a story of it", "70 % sure", "Hits and misses"] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    morning(8).await;
    assert_eq!(h.number("select count(*) from notice where due = 'outcome'").await, 1, "nobody is asked any more");
    assert!(!h.get("manager", "/ORB/thread").await.text.contains("nobody has judged"));
    assert!(h.get("manager", &format!("/ORB/thread?of={}", "ORB-1")).await.text.contains("partly met"), "it hangs on its bet");
    // What shows it is linked, and what follows is made of it in one act.
    let piece = h.made("owner", "evidence.record", json!({ "quote": "I gave the hold back twice." }), "evidence").await;
    h.run("manager", "outcome.support", json!({ "outcome": outcome, "evidence": piece })).await.unwrap();
    assert!(!h.get("manager", "/ORB/thread").await.text.contains("I gave the hold back twice."), "it is not loose any more");
    h.run("manager", "outcome.make_initiative", json!({ "outcome": outcome })).await.unwrap();
    let asked = h.proposed("manager", "outcome.make_story", json!({ "outcome": outcome, "title": "Five minutes" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let panel = h.get("manager", &format!("/ORB/outcomes?show={outcome}")).await.text;
    for told in ["I gave the hold back twice.", "Change: Holds", "Five minutes"] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    assert!(!panel.contains("Make a story of it"), "each is made once");
    assert!(
        refused(h.run("manager", "outcome.make_initiative", json!({ "outcome": outcome })).await).contains("“Change: Holds” follows from it already")
    );
    let chain = h.get("manager", "/ORB/thread?of=ORB-3").await.text;
    assert!(chain.contains("partly met") && chain.contains("Holds"), "the story hangs on the outcome: {chain}");
    let csv = h.get("owner", "/ORB/outcomes/hits-and-misses.csv").await.text;
    assert!(csv.contains("2026 Q4,1"), "{csv}");
    h.run("manager", "outcome.remove", json!({ "outcome": outcome })).await.unwrap();
    assert!(h.get("manager", "/ORB/").await.text.contains("What came of it?"), "it is to be judged again");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn from_five_on_the_settled_bets_stand_beside_a_new_one() {
    let h = House::new().await;
    let sure = async |title: &str| {
        let bet = bet(&h, title).await;
        h.run("manager", "initiative.edit", json!({ "initiative": bet, "confidence": 65 })).await.unwrap();
        bet
    };
    let fresh = h.made("manager", "initiative.create", json!({ "title": "New" }), "initiative").await;
    h.run("manager", "initiative.edit", json!({ "initiative": fresh, "confidence": 79 })).await.unwrap();
    let says = async || h.get("manager", &format!("/ORB/roadmap?open={fresh}")).await.text;
    for (n, verdict) in ["met", "exceeded", "missed", "met"].iter().enumerate() {
        let bet = sure(&format!("Bet {n}")).await;
        h.run("manager", "outcome.record", json!({ "initiative": bet, "verdict": verdict })).await.unwrap();
    }
    assert!(says().await.contains("4 settled bets with as much; from 5 on"), "{}", says().await);
    let bet = sure("Bet 5").await;
    h.run("manager", "outcome.record", json!({ "initiative": bet, "verdict": "partly" })).await.unwrap();
    let page = says().await;
    assert!(page.contains("of 5 settled bets with 60 % to 80 %, 60 % came as believed (27 % to 86 %)"), "{page}");
    assert!(page.contains("79 %</strong> sure"), "what was entered stays: {page}");
    let page = h.get("owner", "/ORB/outcomes").await.text;
    assert!(page.contains("How sure, and how often right") && page.contains("3 of 5 settled bets came as believed"), "{page}");
}

#[tokio::test]
async fn what_came_of_bets_feeds_a_key_result() {
    let h = House::new().await;
    let objective = h.made("manager", "objective.create", json!({ "title": "Be right", "ends_on": "2026-12-31" }), "objective").await;
    let result = json!({ "objective": objective, "title": "Bets that came", "start_value": 0, "target": 4, "fed_by": "verdicts" });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    for (title, verdict) in [("A", "met"), ("B", "missed"), ("C", "exceeded"), ("D", "partly"), ("E", "met")] {
        let bet = bet(&h, title).await;
        // One of them serves nothing of it.
        if title != "E" {
            h.run("manager", "initiative.serve", json!({ "initiative": bet, "objective": objective })).await.unwrap();
        }
        h.made("manager", "outcome.record", json!({ "initiative": bet, "verdict": verdict }), "outcome").await;
    }
    let token = h.token("stakeholder").await;
    let stands = async || {
        let strategy = h.rest(&token, "GET", "/products/ORB/strategy", Json::Null).await.json();
        strategy["objectives"][0]["key_results"][0]["current_value"].as_f64().unwrap()
    };
    assert_eq!(stands().await, 2.0, "one met, one exceeded");
    let page = h.get("manager", "/ORB/strategy").await.text;
    assert!(page.contains("from bets that came as believed") && page.contains("50 %"), "{page}");
    assert!(refused(h.run("manager", "key_result.measure", json!({ "key_result": result, "amount": 5 })).await).contains("comes by itself"));
    h.run("manager", "key_result.measure", json!({ "key_result": result, "confidence": 60 })).await.unwrap();
    assert_eq!(h.number("select cast(amount as bigint) from measurement").await, 2, "a check-in keeps what it read");
    let last =
        h.text("select max(outcome.id) from outcome join initiative on initiative.id = outcome.initiative where initiative.title = 'C'".into()).await;
    h.run("manager", "outcome.remove", json!({ "outcome": last })).await.unwrap();
    assert_eq!(stands().await, 1.0, "a verdict that is taken back counts no more");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}
