//! Evidence on its way from wherever it comes: triaged, split, pasted, sent to an address, taken from interviews; and the
//! needs that it leads to.

use axum::{body::Body, http::Request};
use kernel::{Json, Refusal, json};
use testkit::{Answer, House, field, told};

async fn recorded(h: &House, quote: &str) -> String {
    h.made("owner", "evidence.record", json!({ "quote": quote, "source": "Tickets" }), "evidence").await
}

async fn waiting(h: &House) -> Vec<String> {
    let token = h.token("manager").await;
    let told = h.rest(&token, "GET", "/products/ORB/evidence-inbox", Json::Null).await.json();
    told["items"].as_array().unwrap().iter().map(|e| e["quote"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_inbox_holds_what_nothing_has_become_of() {
    let h = House::new().await;
    let need = h.made("manager", "need.create", json!({ "title": "Ride dry" }), "need").await;
    let [wet, spam, seat] = [recorded(&h, "I get wet").await, recorded(&h, "Buy pills").await, recorded(&h, "No seat for my child").await];
    assert_eq!(waiting(&h).await, ["No seat for my child", "Buy pills", "I get wet"]);
    h.run("owner", "evidence.link", json!({ "evidence": wet, "need": need })).await.unwrap();
    h.run("owner", "evidence.dismiss", json!({ "evidence": spam })).await.unwrap();
    let made = json!({ "title": "Carry a child", "evidence": seat, "importance": 9, "satisfaction": 2, "figures_from": "Survey of May" });
    let child = h.made("owner", "need.create", made, "need").await;
    assert_eq!(waiting(&h).await, Vec::<String>::new());
    let page = h.get("manager", "/ORB/inbox").await.text;
    assert!(page.contains("Nothing waits") && page.contains("1 piece dismissed"), "{page}");
    let aside = h.get("manager", "/ORB/inbox?shelf=dismissed").await.text;
    assert!(aside.contains("Buy pills") && aside.contains("not useful"), "{aside}");
    let panel = h.get("manager", &format!("/ORB/customers?open={child}")).await.text;
    assert!(panel.contains("No seat for my child") && panel.contains("badly under-served") && panel.contains("Survey of May"), "{panel}");
    h.run("owner", "evidence.bring_back", json!({ "evidence": spam })).await.unwrap();
    assert_eq!(waiting(&h).await, ["Buy pills"]);
    assert!(told(h.run("owner", "evidence.bring_back", json!({ "evidence": spam })).await).contains("was not dismissed"));
    // What was dismissed is no gap.
    h.run("owner", "evidence.dismiss", json!({ "evidence": spam, "why": "duplicate" })).await.unwrap();
    assert!(!h.get("manager", "/ORB/thread").await.text.contains("Buy pills"));
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(waiting(&h).await, ["Buy pills"], "a dismissal is taken back like any act");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn two_people_triage_the_same_piece() {
    let h = House::new().await;
    let wet = recorded(&h, "I get wet").await;
    h.run("owner", "evidence.dismiss", json!({ "evidence": wet, "version": 1 })).await.unwrap();
    let late = h.run("manager", "evidence.dismiss", json!({ "evidence": wet, "why": "duplicate", "version": 1 })).await;
    assert!(matches!(late, Err(Refusal::Conflict { .. })), "whoever is late sees what became of it");
    h.run("manager", "need.create", json!({ "title": "Ride dry", "evidence": wet })).await.unwrap();
    let asked = h.proposed("developer", "evidence.bring_back", json!({ "evidence": wet })).await;
    assert!(h.get("owner", "/ORB/decisions").await.text.contains(&asked.replace('-', "")));
}

#[tokio::test]
async fn a_long_text_is_split_word_for_word() {
    let h = House::new().await;
    let text = "I ride each day.\nWhen it rains I take the bus.\nThe seat is too small for her now.";
    let whole = json!({ "quote": text, "customer": "Nadia", "kind": "interview", "noted_on": "2026-08-01" });
    let whole = h.made("owner", "evidence.record", whole, "evidence").await;
    let invented = h.run("owner", "evidence.split", json!({ "evidence": whole, "quotes": "I hate the rain" })).await;
    assert!(told(invented).contains("does not stand there word for word"));
    let quotes = "When it rains I take the bus.\n\nThe seat … for her now.";
    h.run("owner", "evidence.split", json!({ "evidence": whole, "quotes": quotes })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence where split_from is not null and kind = 'interview' and noted_on = '2026-08-01'").await, 2);
    assert_eq!(h.number("select count(distinct customer) from evidence").await, 1, "they are of whom the whole is");
    let mut quotes = waiting(&h).await;
    quotes.sort();
    assert_eq!(quotes, ["The seat … for her now.", "When it rains I take the bus."], "the whole waits no more");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(waiting(&h).await, [text]);
}

#[tokio::test]
async fn many_lines_are_pasted_at_once() {
    let h = House::new().await;
    let lines = json!({ "text": "One\n\n Two \nThree\n", "kind": "review", "source": "Store", "customer": "Bakery" });
    h.run("manager", "evidence.paste", lines).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence where kind = 'review' and source = 'Store' and customer <> ''").await, 3);
    h.run("manager", "evidence.paste", json!({ "text": "One\ntwo\n\nthree", "each": "paragraphs" })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence").await, 5);
    // Of what waits those are found that say some words, whatever their letters.
    let found = h.get("owner", "/ORB/inbox?q=ONE").await.text;
    assert_eq!(found.matches("<article class=\"evidence\"").count(), 2, "{found}");
    assert!(h.get("owner", "/ORB/inbox?q=50%25+one").await.text.contains("Nothing here says so"));
    assert!(told(h.run("manager", "evidence.paste", json!({ "text": "x\n".repeat(201) })).await).contains("201 are too many"));
    let asked = h.proposed("developer", "evidence.paste", json!({ "text": "a\nb" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence").await, 7);
}

#[tokio::test]
async fn what_likely_says_the_same_stands_beside_a_piece() {
    let h = House::new().await;
    let need = h.made("manager", "need.create", json!({ "title": "Find the way without a network" }), "need").await;
    let first = recorded(&h, "The map does not load when I am offline in the forest").await;
    h.run("owner", "evidence.link", json!({ "evidence": first, "need": need })).await.unwrap();
    recorded(&h, "Add a dark mode for night rides").await;
    let again = recorded(&h, "The map doesn't load when I am offline in a forest").await;
    let panel = h.get("owner", &format!("/ORB/inbox?open={again}")).await.text;
    let (_, beside) = panel.split_once("Likely says the same").expect("a duplicate");
    assert!(beside.contains("The map does not load") && !beside.contains("dark mode"), "{beside}");
    let (offered, _) = panel.split_once("Likely says the same").unwrap();
    assert!(offered.split_once("It may support").is_some_and(|(_, needs)| needs.contains("Find the way without a network")), "{offered}");
    // What was changed or removed since is compared as it is now.
    h.run("owner", "evidence.edit", json!({ "evidence": first, "quote": "Something else entirely" })).await.unwrap();
    assert!(!h.get("owner", &format!("/ORB/inbox?open={again}")).await.text.contains("Likely says the same"));
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert!(h.get("owner", &format!("/ORB/inbox?open={again}")).await.text.contains("Likely says the same"));
    h.run("owner", "evidence.remove", json!({ "evidence": first })).await.unwrap();
    assert!(!h.get("owner", &format!("/ORB/inbox?open={again}")).await.text.contains("Likely says the same"));
}

#[tokio::test]
async fn the_landscape_places_needs_by_both_figures() {
    let h = House::new().await;
    for (title, importance, satisfaction) in [("Dry", 9.0, 2.0), ("Seat", 8.0, 5.0), ("Bell", 2.0, 9.0)] {
        let need = json!({ "title": title, "importance": importance, "satisfaction": satisfaction });
        let need = h.made("manager", "need.create", need, "need").await;
        h.made("owner", "evidence.record", json!({ "quote": title, "customer": title, "need": need }), "evidence").await;
    }
    h.made("manager", "need.create", json!({ "title": "Unknown" }), "need").await;
    let bell = h.text("select id from customer where name = 'Bell'".into()).await;
    h.run("owner", "customer.edit", json!({ "customer": bell, "revenue": 5000 })).await.unwrap();
    let page = h.get("stakeholder", "/ORB/landscape").await.text;
    assert!(page.contains("In 2 of 3 needs people are under-served, in 1 over-served. The greatest opportunity is “Dry” with 16."), "{page}");
    assert!(page.contains("1 need has no figure"));
    let order = |page: &str, titles: &[&str]| {
        let (_, list) = page.split_once("class=\"list landscape stacked\"").unwrap();
        let at: Vec<usize> = titles.iter().map(|title| list.find(&format!(">{title}<")).unwrap()).collect();
        at.is_sorted()
    };
    assert!(order(&page, &["Dry", "Seat", "Bell", "Unknown"]));
    assert!(order(&h.get("stakeholder", "/ORB/landscape?by=revenue").await.text, &["Bell", "Dry", "Seat", "Unknown"]));
    let csv = h.get("owner", "/ORB/landscape/chart.csv").await.text;
    assert_eq!(csv.trim_start_matches('\u{feff}').lines().nth(1), Some("Dry,9,2"));
    assert_eq!(h.get("owner", "/ORB/landscape/chart.svg").await.status, 200);
    assert_eq!(h.get("owner", "/ORB/landscape/other.csv").await.status, 404);
}

async fn post(h: &House, path: &str, kind: &str, body: &str) -> Answer {
    h.send(Request::post(path).header("content-type", kind).body(Body::from(body.to_owned())).unwrap()).await
}

/// The path of a new address.
async fn address(h: &House, name: &str) -> String {
    match h.run("manager", "intake.make", json!({ "name": name })).await.unwrap() {
        app::Outcome::Done(done) => done.reveal.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn other_programs_send_to_an_address() {
    let h = House::new().await;
    h.made("owner", "customer.create", json!({ "name": "Bakery Sundqvist", "external_id": "crm-7" }), "customer").await;
    let path = address(&h, "Support mailbox").await;
    assert_eq!(
        post(&h, &path, "application/json", r#"{"text":"The map is blank","customer":"crm-7","url":"https://chat.example.org/1"}"#).await.status,
        201
    );
    assert_eq!(post(&h, &path, "application/x-www-form-urlencoded", "text=So+slow&user_name=nadia&customer=Nobody").await.status, 201);
    let mail = "From: Nadia <nadia@example.org>\r\nTo: us@example.org\r\nSubject: Seat\r\nDate: Tue, 1 Sep 2026 10:00:00 +0200\r\n\r\nToo small.\r\n";
    assert_eq!(post(&h, &path, "message/rfc822", mail).await.status, 201);
    assert_eq!(post(&h, &path, "text/plain", mail).await.status, 201);
    assert_eq!(h.number("select count(*) from evidence where came_in is not null and kind = 'ticket'").await, 4);
    assert_eq!(h.number("select count(*) from evidence where quote = 'Too small.' and source = 'Nadia: Seat' and noted_on = '2026-09-01'").await, 2);
    assert_eq!(
        h.number("select count(*) from evidence join customer on customer.id = evidence.customer where customer.external_id = 'crm-7'").await,
        1
    );
    assert_eq!(h.number("select count(*) from customer").await, 1, "a stranger makes nobody known");
    assert_eq!(waiting(&h).await.len(), 4);
    let page = h.get("manager", "/ORB/intakes").await.text;
    assert!(page.contains("Support mailbox") && page.contains("4 pieces came in"), "{page}");
    assert_eq!(h.get("stakeholder", "/ORB/intakes").await.status, 200);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn an_address_refuses_with_a_sentence_and_ends_when_it_is_revoked() {
    let h = House::new().await;
    let path = address(&h, "Chat").await;
    let wrong = post(&h, &path, "application/json", "{").await;
    assert!(wrong.status == 422 && wrong.text.contains("no JSON"), "{}", wrong.text);
    assert_eq!(post(&h, &path, "image/png", "x").await.status, 422);
    assert_eq!(post(&h, &path, "application/json", &json!({ "text": "x".repeat(20_001) }).to_string()).await.status, 422);
    assert_eq!(post(&h, &path, "text/plain", &"x".repeat(300 << 10)).await.status, 413);
    assert_eq!(post(&h, &path, "application/json", r#"{"text":"q","kind":"nonsense"}"#).await.status, 422);
    let script = post(&h, &path, "text/plain", "<script>alert(1)</script>").await;
    assert!(script.status == 201 && !h.get("owner", "/ORB/inbox").await.text.contains("<script>alert"));
    // A browser is shown a form, which tells nothing of the product.
    let form = h.get("nobody", &format!("{path}?quote=Blank%20map&url=https://x.org")).await;
    assert!(form.status == 200 && form.text.contains("Blank map") && !form.text.contains("Orbit"), "{}", form.text);
    let sent = h.post("nobody", &path, "_page=1&quote=Blank+map&source=&customer=&url=").await;
    assert!(sent.status == 200 && sent.text.contains("It was handed over"), "{}", sent.text);
    assert_eq!(h.get("nobody", "/in/never-made").await.status, 404);
    let many = async |n: usize| {
        let mut refused = 0;
        for _ in 0..n {
            refused += i32::from(post(&h, &path, "text/plain", "again").await.status == 429);
        }
        refused
    };
    assert!(many(120).await > 0, "who sends without end is slowed down");
    let intake = h.text("select id from intake".into()).await;
    assert_eq!(field(h.run("manager", "intake.make", json!({ "name": " " })).await), "name");
    h.run("owner", "intake.revoke", json!({ "intake": intake })).await.unwrap();
    let other = House::new().await;
    assert_eq!(other.get("nobody", &path).await.status, 404);
    h.app.clock.forward(60_000);
    assert!(told(h.run("owner", "intake.revoke", json!({ "intake": intake })).await).contains("already"));
    assert!(matches!(post(&h, &path, "text/plain", "late").await.status.as_u16(), 404 | 429));
}

#[tokio::test]
async fn interviews_lead_to_evidence_as_far_as_was_agreed() {
    let h = House::new().await;
    let plan = json!({ "participant": "Nadia Brandt", "customer": "Brandt family", "segment": "Parents", "held_on": "2026-09-01", "guide": "- Tell me about the last ride" });
    let talk = h.made("manager", "interview.plan", plan, "interview").await;
    let edit = |args: Json| {
        let mut args = args;
        args["interview"] = json!(talk);
        args
    };
    h.run("owner", "interview.edit", edit(json!({ "notes": "She is four now.\nThe seat is too small for her." }))).await.unwrap();
    h.run("owner", "interview.edit", edit(json!({ "consent": "refused" }))).await.unwrap();
    assert!(told(h.run("owner", "interview.split", edit(json!({ "quotes": "She is four now." }))).await).contains("did not agree"));
    h.run("owner", "interview.edit", edit(json!({ "consent": "given" }))).await.unwrap();
    h.run("owner", "interview.split", edit(json!({ "quotes": "She is four now." }))).await.unwrap();
    h.run("owner", "interview.edit", edit(json!({ "consent": "named" }))).await.unwrap();
    h.run("owner", "interview.split", edit(json!({ "quotes": "The seat is too small for her." }))).await.unwrap();
    assert_eq!(h.text("select source from evidence where quote like 'She%'".into()).await, "Interview", "unnamed where they did not agree to that");
    assert_eq!(h.text("select source from evidence where quote like 'The%'".into()).await, "Interview with Nadia Brandt");
    assert!(told(h.run("owner", "interview.edit", edit(json!({ "telling": "It is far too small" }))).await).contains("word for word"));
    h.run("owner", "interview.edit", edit(json!({ "telling": "too small for her", "learned": "Seats have to grow." }))).await.unwrap();
    let piece = h.text("select id from evidence where quote like 'The%'".into()).await;
    h.run("manager", "need.create", json!({ "title": "A seat that grows", "evidence": piece })).await.unwrap();
    let page = h.get("stakeholder", &format!("/ORB/interviews?open={talk}")).await.text;
    for told in
        ["Nadia Brandt", "Brandt family", "too small for her", "Seats have to grow.", "A seat that grows", "to triage", "may be quoted by name"]
    {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(h.get("owner", "/ORB/interviews").await.text.contains("Nadia Brandt"));
    h.run("owner", "interview.remove", json!({ "interview": talk })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence").await, 2, "what was taken from it stays");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn customers_are_kept_by_what_another_system_calls_them() {
    let h = House::new().await;
    let token = h.token("owner").await;
    let put = async |id: &str, body: Json| h.rest(&token, "PUT", &format!("/products/ORB/customers-elsewhere/{id}"), body).await;
    assert_eq!(put("crm-1", json!({})).await.status, 422, "who is new has a name");
    assert!(put("crm-1", json!({ "name": "Bakery", "revenue": 100, "segment": "Shops" })).await.status.is_success());
    assert!(put("crm-1", json!({ "revenue": 250, "owner": h.member("owner").simple().to_string() })).await.status.is_success());
    assert_eq!(
        h.number("select count(*) from customer where name = 'Bakery' and revenue = 250 and segment is not null and owner is not null").await,
        1
    );
    h.made("owner", "customer.create", json!({ "name": "Florist" }), "customer").await;
    assert!(put("crm-2", json!({ "name": "florist", "size": 3 })).await.status.is_success());
    assert_eq!(h.number("select count(*) from customer").await, 2, "one of the same name without an id is the same");
    assert_eq!(put("crm-3", json!({ "name": "Florist" })).await.status, 422, "one with another id is not");
    let twice = h.run("owner", "customer.create", json!({ "name": "Hotel", "external_id": "crm-1" })).await;
    assert!(told(twice).contains("“Bakery” has this id already"));
    let bakery = h.text("select id from customer where external_id = 'crm-1'".into()).await;
    let panel = h.get("manager", &format!("/ORB/customer-list?open={bakery}")).await.text;
    assert!(panel.contains("Looked after by") && panel.contains("crm-1"), "{panel}");
    // What people change here stays, whatever comes again; the rest comes.
    h.run("owner", "customer.edit", json!({ "customer": bakery, "name": "Bakery at the gate", "note": "Asks for Ines" })).await.unwrap();
    let again = json!({ "name": "Bakery Ltd", "note": "n/a", "revenue": 300, "segment": "Shops" });
    assert!(put("crm-1", again).await.status.is_success());
    let stands =
        h.text(format!("select name || '|' || note || '|' || cast(cast(revenue as bigint) as text) from customer where id = '{bakery}'")).await;
    assert_eq!(stands, "Bakery at the gate|Asks for Ines|300");
    assert_eq!(h.number("select count(*) from segment").await, 1);
}
