//! The tools at work: estimates that are worked out while they are written, and the cause of a figure that fell.

use kernel::{Json, json};
use testkit::{House, field, told};

const MODEL: &str = "riders = 40k to 60k people -- report\nrides = 2 to 5 rides/person/month\nincome = riders * rides * 2.50 EUR/ride in EUR/year";
const TABLE: &str = "week,country,device,orders\n1,FR,phone,1000\n1,FR,desktop,900\n1,DE,phone,1200\n1,DE,desktop,1100\n2,FR,phone,400\n2,FR,desktop,905\n2,DE,phone,1195\n2,DE,desktop,1104\n";

/// An estimate, a fact, an inquiry and a cause for the tests that try every command.
pub(crate) async fn furnished(h: &House) {
    h.made("manager", "estimate_model.create", json!({ "title": "Income", "body": MODEL }), "estimate_model").await;
    h.made("manager", "known_fact.add", json!({ "name": "riders", "worth": "50k people", "source": "The report" }), "known_fact").await;
    let inquiry = h.made("manager", "inquiry.begin", json!({ "title": "Why?", "table": TABLE }), "inquiry").await;
    h.run("manager", "inquiry.settle", json!({ "inquiry": inquiry, "finding": "The new release" })).await.unwrap();
    h.made("manager", "cause_note.write", json!({ "inquiry": inquiry, "body": "The release" }), "cause_note").await;
}

#[tokio::test]
async fn an_estimate_is_worked_out_while_it_is_written() {
    let h = House::new().await;
    let args = json!({ "title": "What will it bring in?", "serves": "revenue", "body": MODEL });
    let id = h.made("manager", "estimate_model.create", args, "estimate_model").await;
    let page = h.get("manager", &format!("/ORB/models?show={id}&chance=income%20%3E%201M%20EUR/year")).await.text;
    for text in ["How likely which income", "What it hangs on", "The model as a tree", "What decides most is rides", "The chance that", "over 99 %"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    // What is only looked at is not kept.
    let look = async |who: &str, fields: &str| h.post(who, "/ORB/models/look", fields).await;
    let tried = look("manager", "title=x&body=a%20%3D%203%20to%205%20km&chance=").await;
    assert!(
        tried.status == 200 && tried.text.contains("Nothing of this is saved yet") && tried.text.contains("How likely which a"),
        "{}",
        tried.text
    );
    let inserted = look("manager", "body=a%20%3D%203&insert=riders%20%3D%2050k%20people%20--%20The%20report").await.text;
    // Below it the fact would be the last line that no other uses, and so the answer.
    assert!(inserted.contains("riders = 50k people -- The report\na = 3") && inserted.contains("came-name\" dir=\"auto\">a<"), "{inserted}");
    let odd = look("manager", "body=a%20%3D%203%0D%0Ab%20%3D%20a%20%2A%20prise").await.text;
    assert!(odd.contains("Line 2, column") && odd.contains("<mark>prise</mark>"), "{odd}");
    assert_eq!(look("stakeholder", "body=a%20%3D%203").await.status, 403);
    assert_eq!(look("outsider", "body=a%20%3D%203").await.status, 404);
    assert_eq!(h.number("select count(*) from estimate_model").await, 1);
    for (body, says) in [("a = b\nb = a", "column"), ("a = 5 to 3", "Line 1"), ("a = 2 km + 3 EUR", "Line 1"), ("words", "Write lines")] {
        let refused = h.run("manager", "estimate_model.edit", json!({ "estimate_model": id, "body": body })).await;
        assert!(told(refused).contains(says), "{body}");
    }
    // The charts are files.
    for name in ["spread", "tornado", "tree"] {
        assert_eq!(h.get("owner", &format!("/ORB/models/{name}.csv?show={id}")).await.status, 200, "{name}");
        assert_eq!(h.get("owner", &format!("/ORB/models/{name}.svg?show={id}")).await.status, 200, "{name}");
    }
    assert_eq!(h.get("owner", &format!("/ORB/models/nothing.csv?show={id}")).await.status, 404);
    let told =
        h.rest(&h.token("owner").await, "GET", &format!("/products/ORB/estimate-models/{id}/computed?chance=income%20%3E%201"), Json::Null).await;
    assert_eq!(told.status, 422, "units do not fit: {}", told.text);
    let told = h.rest(&h.token("owner").await, "GET", &format!("/products/ORB/estimate-models/{id}/computed"), Json::Null).await.json();
    assert_eq!((told["answer"]["name"].as_str(), told["inputs"][0]["name"].as_str()), (Some("income"), Some("rides")), "{told}");
}

#[tokio::test]
async fn an_estimate_keeps_its_versions_and_rests_on_facts() {
    let h = House::new().await;
    let id = h.made("manager", "estimate_model.create", json!({ "title": "Income", "body": MODEL }), "estimate_model").await;
    let was = h.app.clock.now();
    h.app.clock.forward(86_400_000);
    let body = MODEL.replace("2.50 EUR", "3.50 EUR");
    let asked = h.proposed("owner", "estimate_model.edit", json!({ "estimate_model": id, "body": body })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("manager", &format!("/ORB/models?show={id}")).await.text;
    assert!(page.contains("Versions") && page.contains("As it is now"), "{page}");
    let past = h.get("manager", &format!("/ORB/models?show={id}&at={was}")).await.text;
    for text in ["Then it came to", "<del>", "Bring this version back"] {
        assert!(past.contains(text), "{text}: {past}");
    }
    assert_eq!(h.get("manager", &format!("/ORB/models?show={id}&at=soon")).await.status, 422);
    assert_eq!(h.get("manager", &format!("/ORB/models?show={id}&at=1")).await.status, 404, "it was not there");
    let add = |name: &str, worth: &str| json!({ "name": name, "worth": worth, "source": "Census", "year": 2025 });
    h.made("manager", "known_fact.add", add("households", "2.1M households"), "known_fact").await;
    assert_eq!(field(h.run("manager", "known_fact.add", add("two words", "3")).await), "name");
    assert_eq!(field(h.run("manager", "known_fact.add", add("shops", "5 to 3")).await), "worth");
    assert_eq!(field(h.run("manager", "known_fact.add", add("shops", "3 -- from me")).await), "worth");
    let page = h.get("manager", &format!("/ORB/models?show={id}&fact=land%20area%20brazil")).await.text;
    assert!(page.contains("households = 2.1M households -- Census, 2025") && page.contains("public domain"), "{page}");
    let library = h.get("stakeholder", "/ORB/models?fact=land%20area%20brazil").await.text;
    assert!(library.contains("Land area of Brazil") && !library.contains("Airports and airfields in Brazil that"), "what is hidden stays so");
    h.run("manager", "estimate_model.remove", json!({ "estimate_model": id })).await.unwrap();
    assert_eq!(h.get("manager", &format!("/ORB/models?show={id}")).await.status, 404);
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.get("manager", &format!("/ORB/models?show={id}")).await.status, 200);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_figure_that_fell_is_taken_apart_down_to_a_story() {
    let h = House::new().await;
    let id = h.made("owner", "inquiry.begin", json!({ "title": "Why fewer orders?", "table": TABLE }), "inquiry").await;
    let page = h.get("manager", &format!("/ORB/causes?show={id}")).await.text;
    for text in ["orders fell", "country = FR and device = phone", "2 compared with 1.", "How it came about", "Before", "Now", "Nothing yet."] {
        assert!(page.contains(text), "{text}: {page}");
    }
    let inside = h.get("manager", &format!("/ORB/causes?show={id}&within=country%20%3D%20FR")).await.text;
    assert!(inside.contains("country = FR ×") && inside.contains("All figures"), "{inside}");
    assert_eq!(h.get("manager", &format!("/ORB/causes?show={id}&within=country%20%3D%20XX")).await.status, 422);
    assert_eq!(h.get("owner", &format!("/ORB/causes/waterfall.csv?show={id}")).await.status, 200);
    let write = async |args: Json| h.made("manager", "cause_note.write", args, "cause_note").await;
    let first = write(json!({ "inquiry": id, "body": "Paying by phone fails", "bone": "product", "slice": "country = FR\ndevice = phone" })).await;
    let why = write(json!({ "inquiry": id, "body": "The bank asks for a code that never comes", "under": first })).await;
    let mut deep = why.clone();
    for n in 3..8 {
        deep = write(json!({ "inquiry": id, "body": format!("Why {n}"), "under": deep })).await;
    }
    let deeper = h.run("manager", "cause_note.write", json!({ "inquiry": id, "body": "Why 8", "under": deep })).await;
    assert!(told(deeper).contains("Asked why 7 times"));
    assert_eq!(field(h.run("manager", "cause_note.judge", json!({ "cause_note": why, "held": "confirmed" })).await), "why");
    h.run("manager", "cause_note.judge", json!({ "cause_note": why, "held": "confirmed", "why": "Logs of the bank, 12 May" })).await.unwrap();
    let piece = h.made("owner", "evidence.record", json!({ "quote": "No code came." }), "evidence").await;
    h.run("manager", "cause_note.support", json!({ "cause_note": why, "evidence": piece })).await.unwrap();
    // The Owner decides on the backlog, the Manager proposes.
    let args = json!({ "cause_note": why, "title": "Ask for the code again" });
    let asked = h.proposed("manager", "cause_note.become_story", args.clone()).await;
    let panel = h.get("manager", &format!("/ORB/causes?open={why}")).await.text;
    assert!(panel.contains("A story is proposed and waits to be signed") && panel.contains("Ask for the code again"), "{panel}");
    assert!(!panel.contains("Make a story of it"), "it is not proposed twice: {panel}");
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert!(told(h.run("owner", "cause_note.become_story", args).await).contains("It is a story already"));
    assert!(h.get("owner", "/ORB/backlog").await.text.contains("Ask for the code again"));
    let panel = h.get("owner", &format!("/ORB/causes?open={why}")).await.text;
    for text in ["Ask for the code again", "No code came.", "Logs of the bank", "A reason of"] {
        assert!(panel.contains(text), "{text}: {panel}");
    }
    h.run("owner", "inquiry.settle", json!({ "inquiry": id, "finding": "The bank changed its codes." })).await.unwrap();
    let page = h.get("owner", &format!("/ORB/causes?show={id}")).await.text;
    assert!(page.contains("Put it to a decision") && page.contains("The bank changed its codes."), "{page}");
    h.run("owner", "inquiry.reopen", json!({ "inquiry": id })).await.unwrap();
    h.run("manager", "cause_note.remove", json!({ "cause_note": first })).await.unwrap();
    assert_eq!(h.number("select count(*) from cause_note where removed_at is null").await, 0, "with all its reasons");
    assert_eq!(h.get("outsider", &format!("/ORB/causes?show={id}")).await.status, 404);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn tables_that_say_nothing_are_refused_in_a_sentence() {
    let h = House::new().await;
    let says = async |table: &str, counted: &str| {
        told(h.run("owner", "inquiry.begin", json!({ "title": "Why?", "table": table, "counted": counted })).await)
    };
    assert!(says("country,before,after\nFR,0,0\nDE,0,0\n", "").await.contains("zero"));
    assert!(says("before,after\n3,4\n", "").await.contains("no dimension"));
    assert!(says("country,orders\nFR,4\n", "").await.contains("Which column says when?"));
    assert!(says("country,before,after\nFR,-4,3\nDE,2,2\n", "").await.contains("negative"));
    assert!(says("country,before,after\nFR,3,4\n", "visits/orders").await.contains("visits"));
    // One dimension is enough, and a cell that is missing is nothing of it.
    let one = h
        .made("owner", "inquiry.begin", json!({ "title": "One", "table": "country,before,after\nFR,300,100\nDE,290,\nIT,310,305\n" }), "inquiry")
        .await;
    assert_eq!(h.get("owner", &format!("/ORB/causes?show={one}")).await.status, 200);
    let paradox = "device,o_before,o_after,v_before,v_after\ndesktop,80,22,800,200\nphone,4,24,200,800\n";
    let paradox = h.made("owner", "inquiry.begin", json!({ "title": "Rates", "table": paradox, "counted": "o/v" }), "inquiry").await;
    assert!(h.get("owner", &format!("/ORB/causes?show={paradox}")).await.text.contains("Simpson"));
}

#[tokio::test]
async fn a_measure_is_asked_about_by_its_parts() {
    let h = House::new().await;
    let trips = json!({ "name": "Trips", "part": "watched", "dimensions": "city" });
    let trips = h.made("manager", "measure.add", trips, "measure").await;
    let about = |after: &str| json!({ "measure": trips, "title": "Why fewer trips?", "before_from": "2026-08-01", "before_to": "2026-08-31", "after_from": after, "after_to": "2026-09-20" });
    assert_eq!(field(h.run("manager", "inquiry.begin_from_measure", about("2026-09-01")).await), "before_from");
    let csv = "day,city,value\n2026-08-03,Lindau,500\n2026-08-03,Aarberg,400\n2026-08-10,Lindau,510\n2026-08-10,Aarberg,390\n2026-09-07,Lindau,505\n2026-09-07,Aarberg,120\n";
    h.run("manager", "measure.bring_in", json!({ "measure": trips, "csv": csv })).await.unwrap();
    assert_eq!(field(h.run("manager", "inquiry.begin_from_measure", about("2026-08-20")).await), "after_from");
    let id = h.made("manager", "inquiry.begin_from_measure", about("2026-09-01"), "inquiry").await;
    let page = h.get("owner", &format!("/ORB/causes?show={id}")).await.text;
    for text in ["city = Aarberg", "are counted as 1", "The measure"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(h.get("owner", &format!("/ORB/causes?measure={trips}")).await.text.contains("Why did “Trips” change?"));
}

#[tokio::test]
async fn an_estimate_stands_beside_a_key_result_and_the_market_on_the_strategy_page() {
    let h = House::new().await;
    let goal = h.made("manager", "objective.create", json!({ "title": "Income in winter" }), "objective").await;
    let result = json!({ "objective": goal, "title": "Income of passes", "unit": "EUR", "start_value": 0, "target": 900_000 });
    let result = h.made("manager", "key_result.create", result, "key_result").await;
    let model = h.made("manager", "estimate_model.create", json!({ "title": "What passes bring in", "body": MODEL }), "estimate_model").await;
    let put = async |who: &str, model: Json| {
        h.run(who, "key_result.estimate", json!({ "key_result": result, "estimate_model": model, "of": "target" })).await
    };
    assert_eq!(put("manager", json!(goal)).await, Err(kernel::Refusal::NotFound), "an objective is no estimate");
    put("manager", json!(model)).await.unwrap();
    let page = async |who: &str| h.get(who, "/ORB/strategy").await.text;
    let seen = page("owner").await;
    for text in ["Estimate of its target", "What passes bring in", "nine times in ten"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    // A model that is written anew says something else at once, and one that is gone nothing.
    h.run("manager", "estimate_model.edit", json!({ "estimate_model": model, "body": "income = 5 EUR" })).await.unwrap();
    assert!(page("owner").await.contains("<strong>5 EUR</strong>"), "{}", page("owner").await);
    h.run("manager", "estimate_model.remove", json!({ "estimate_model": model })).await.unwrap();
    assert!(!page("owner").await.contains("Estimate of its target"));
    put("manager", Json::Null).await.unwrap();
    // A market that is built from three facts.
    let text = "riders = 40k to 60k people -- the report\ntrips = 90 trips/person/year -- fleet data\nprice = 3 EUR/trip -- price list\nTAM = riders * trips * price in EUR/year";
    h.made("manager", "market_size.create", json!({ "title": "Rides in three cities", "bottom_up": text }), "market_size").await;
    let seen = page("stakeholder").await;
    for text in ["Rides in three cities", "from 3 facts", "TAM", "EUR/year"] {
        assert!(seen.contains(text), "{text}: {seen}");
    }
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

/// The figures of an inquiry are the measure's: whoever does not read that does not read these.
#[tokio::test]
async fn figures_of_a_measure_are_read_by_whoever_reads_the_measure() {
    let h = House::new().await;
    let trips = json!({ "name": "Zqtrips", "part": "watched", "dimensions": "city" });
    let trips = h.made("manager", "measure.add", trips, "measure").await;
    let csv = "day,city,value\n2026-08-03,Zqlindau,500\n2026-08-03,Aarberg,400\n2026-09-07,Zqlindau,505\n2026-09-07,Aarberg,120\n";
    h.run("manager", "measure.bring_in", json!({ "measure": trips, "csv": csv })).await.unwrap();
    let about = json!({ "measure": trips, "title": "Zqwhy", "before_from": "2026-08-01", "before_to": "2026-08-31", "after_from": "2026-09-01", "after_to": "2026-09-20" });
    let id = h.made("manager", "inquiry.begin_from_measure", about.clone(), "inquiry").await;
    let note = json!({ "inquiry": id, "body": "Zqcause", "slice": "city = Zqlindau" });
    let note = h.made("manager", "cause_note.write", note, "cause_note").await;
    let table = h.made("manager", "inquiry.begin", json!({ "title": "Zqtable", "table": TABLE }), "inquiry").await;
    assert!(h.get("stakeholder", &format!("/ORB/causes?show={id}")).await.text.contains("Zqlindau"));
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "strategy", "hat": "stakeholder", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    // Somebody proposes one: those who sign for it may not read what it rests on.
    let mut again = about;
    again["title"] = json!("Why again?");
    h.proposed("developer", "inquiry.begin_from_measure", again).await;
    let token = h.token("stakeholder").await;
    for path in [
        "/products/ORB/inquiries",
        "/products/ORB/cause-notes",
        "/products/ORB/proposals?fields=title,effects,commands",
        "/products/ORB/activity?limit=200",
    ] {
        let told = h.rest(&token, "GET", path, json!(null)).await.text;
        for word in ["Zqlindau", "Zqtrips", "Zqcause"] {
            assert!(!told.contains(word), "{path}: {word}: {told}");
        }
    }
    let export = h.get("stakeholder", "/ORB/decisions").await.text;
    assert!(!export.contains("Zqlindau") && !export.contains("Zqtrips"), "{export}");
    let own = [format!("/ORB/causes?show={id}"), format!("/ORB/causes?open={note}"), format!("/products/ORB/inquiries/{id}")];
    assert_eq!(h.get("stakeholder", &own[0]).await.status, 404);
    assert_eq!(h.get("stakeholder", &own[1]).await.status, 404);
    assert_eq!(h.rest(&token, "GET", &own[2], json!(null)).await.status, 404);
    let list = h.get("stakeholder", "/ORB/causes").await.text;
    assert!(list.contains("Zqtable") && !list.contains("Zqwhy"), "{list}");
    for page in ["/ORB/search?q=zqwhy", "/all/search?q=zqwhy", "/ORB/search?q=zqcause", "/ORB/activity", "/ORB/thread"] {
        assert!(!h.get("stakeholder", page).await.text.contains("Zqwhy"), "{page}");
    }
    assert_eq!(h.get("stakeholder", &format!("/ORB/causes?show={table}")).await.status, 200, "a table is governed by customers alone");
    assert!(h.get("developer", &format!("/ORB/causes?show={id}")).await.text.contains("Zqlindau"));
}
