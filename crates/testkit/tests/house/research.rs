//! Research: trends and what they would change, the matrix with its past, who stands where, personas by what stands behind
//! them, and markets estimated twice.

use kernel::{Json, json};
use testkit::{House, told};

/// One of everything, linked to the evidence and to the initiative of a furnished house.
pub(crate) async fn furnished(h: &House) {
    let product = format!("product = (select id from product where key = '{}')", h.here());
    let evidence = h.text(format!("select id from evidence where {product}")).await;
    let trend = h.made("manager", "trend.create", json!({ "title": "Bills go electronic", "confidence": 70 }), "trend").await;
    h.run("manager", "trend.support", json!({ "trend": trend, "evidence": evidence })).await.unwrap();
    h.run("manager", "trend.affect", json!({ "trend": trend, "initiative": "1" })).await.unwrap();
    let rival = h.made("manager", "competitor.create", json!({ "name": "Nimbus" }), "competitor").await;
    let capability = h.made("manager", "capability.create", json!({ "name": "Live map" }), "capability").await;
    let grade = json!({ "capability": capability, "competitor": rival, "level": "full", "source": "Their app", "evidence": evidence });
    h.made("manager", "grade.note", grade, "grade").await;
    let axes = json!({ "name": "Price and depth", "across_low": "cheap", "across_high": "dear", "up_low": "simple", "up_high": "complete" });
    let chart = h.made("manager", "positioning.create", axes, "positioning").await;
    h.made("manager", "spot.place", json!({ "positioning": chart, "across": 30, "up": 70, "why": "We do more" }), "spot").await;
    let persona = h.made("manager", "persona.create", json!({ "name": "Lena" }), "persona").await;
    h.run("manager", "persona.support", json!({ "persona": persona, "evidence": evidence })).await.unwrap();
    let market = json!({ "title": "Cargo bikes", "bottom_up": "shops = 10k to 14k shops\neach = 100 to 600 EUR/shop/year\nTAM = shops * each", "top_down": "TAM = 4M EUR/year" });
    h.made("manager", "market_size.create", market, "market_size").await;
}

async fn evidence(h: &House, quote: &str) -> String {
    h.made("owner", "evidence.record", json!({ "quote": quote }), "evidence").await
}

async fn rest(h: &House, who: &str, path: &str) -> Json {
    let token = h.token(who).await;
    h.rest(&token, "GET", &format!("/products/ORB/{path}"), Json::Null).await.json()
}

#[tokio::test]
async fn a_trend_says_what_it_would_change_and_the_thread_says_so_too() {
    let h = House::new().await;
    h.made("manager", "initiative.create", json!({ "title": "One bill" }), "initiative").await;
    let trend = json!({ "title": "Bills go electronic", "theme": "rules", "horizon": "now", "impact": "high", "confidence": 80, "would_change": "We have to send them." });
    let trend = h.made("manager", "trend.create", trend, "trend").await;
    let page = h.get("developer", "/ORB/research").await.text;
    assert!(page.contains("Bills go electronic") && page.contains("no evidence") && page.contains("class=\"blip\""), "{page}");
    assert!(h.get("manager", "/ORB/thread").await.text.contains("Trends without evidence"));
    let said = evidence(&h, "From 2028 on the city takes electronic bills alone.").await;
    assert!(h.get("manager", "/ORB/thread").await.text.contains("Evidence never linked"));
    h.run("manager", "trend.support", json!({ "trend": trend, "evidence": said })).await.unwrap();
    h.run("manager", "trend.affect", json!({ "trend": trend, "initiative": "ORB-1" })).await.unwrap();
    let gaps = h.get("manager", "/ORB/thread").await.text;
    assert!(!gaps.contains("Trends without evidence") && !gaps.contains("Evidence never linked"), "what supports a trend is linked");
    let chain = h.get("manager", "/ORB/thread?of=ORB-1").await.text;
    assert!(chain.contains("Bills go electronic") && chain.contains("takes electronic bills alone"), "{chain}");
    assert!(h.get("manager", "/ORB/roadmap?open=1").await.text.contains("Bills go electronic"));
    let panel = h.get("manager", &format!("/ORB/research?open={trend}")).await.text;
    for says in ["We have to send them.", "ORB-1", "takes electronic bills alone", "80 %", "Rules and law"] {
        assert!(panel.contains(says), "{says}: {panel}");
    }
    // What is proposed is seen as what it would be.
    let asked = h.proposed("owner", "trend.edit", json!({ "trend": trend, "impact": "low", "confidence": 20 })).await;
    h.run("manager", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("manager", "/ORB/research").await.text;
    assert!(page.contains("blip hollow") && page.contains("20 % sure"), "{page}");
    h.run("manager", "trend.unaffect", json!({ "trend": trend, "initiative": "1" })).await.unwrap();
    assert!(!h.get("manager", "/ORB/thread?of=ORB-1").await.text.contains("Bills go electronic"));
    assert!(told(h.run("manager", "trend.edit", json!({ "trend": trend, "confidence": 101 })).await).contains("between 0 and 100"));
    assert_eq!(h.get("manager", "/ORB/research/radar.svg").await.status, 200);
    assert!(h.get("manager", "/ORB/research/radar.csv").await.text.contains("Bills go electronic,Rules and law,Now,low,20 %,rising,1"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn a_cell_says_where_and_when_it_was_seen_and_keeps_its_past() {
    let h = House::new().await;
    let map = h.made("manager", "capability.create", json!({ "name": "Live map" }), "capability").await;
    let nimbus = h.made("manager", "competitor.create", json!({ "name": "Nimbus" }), "competitor").await;
    let note =
        |level: &str, day: &str, source: &str| json!({ "capability": map, "competitor": nimbus, "level": level, "seen_on": day, "source": source });
    assert!(told(h.run("manager", "grade.note", note("full", "", "")).await).contains("where this was seen"));
    assert!(told(h.run("manager", "grade.note", note("full", "2099-01-01", "App")).await).contains("to come"));
    h.made("manager", "grade.note", note("full", "2026-09-01", "Their app"), "grade").await;
    // What is noted later, but was seen earlier, is its past.
    let early = h.made("manager", "grade.note", note("partial", "2025-10-01", "Their price list"), "grade").await;
    h.made("manager", "grade.note", json!({ "capability": map, "level": "best" }), "grade").await;
    let page = h.get("manager", "/ORB/competitors").await.text;
    assert!(page.contains("ahead in 1, level in 0 and behind in 0 of the 1"), "{page}");
    assert!(page.contains("grade full") && !page.contains("grade partial") && page.contains("title=\"Their app\""), "{page}");
    let cell = format!("/ORB/competitors?capability={map}&of={nimbus}");
    let panel = h.get("developer", &cell).await.text;
    assert!(panel.contains("What was seen before") && panel.contains("Their price list") && panel.contains("1 Oct 2025"), "{panel}");
    // It is also found by what was seen.
    assert!(h.get("manager", &format!("/ORB/competitors?grade={early}")).await.text.contains("Their price list"));
    let matrix = rest(&h, "owner", "capability-matrix").await;
    assert_eq!(
        (matrix["cells"].as_array().unwrap().len(), &matrix["cells"][1]["level"], &matrix["cells"][1]["old"]),
        (2, &json!("full"), &json!(false))
    );
    h.app.clock.forward(200 * 86_400_000);
    let page = h.get("manager", "/ORB/competitors").await.text;
    assert!(page.contains("grade full old") && page.contains(", old") && page.contains("look again"), "{page}");
    h.run("manager", "competitor.check", json!({ "competitor": nimbus })).await.unwrap();
    assert!(!h.get("manager", "/ORB/competitors").await.text.contains("look again"));
    let said = evidence(&h, "Nimbus shows every bike.").await;
    let newest = h.text("select id from grade where level = 'full'".into()).await;
    h.run("manager", "grade.support", json!({ "grade": newest, "evidence": said })).await.unwrap();
    assert!(h.get("manager", &cell).await.text.contains("Nimbus shows every bike."));
    assert!(
        h.get("manager", &format!("/ORB/thread?of=evidence&id={said}")).await.text.contains("Live map: Nimbus"),
        "the cell hangs on what was said"
    );
    // Without the newest the one before stands there again.
    h.run("manager", "grade.remove", json!({ "grade": newest })).await.unwrap();
    assert!(h.get("manager", "/ORB/competitors").await.text.contains("grade partial"));
    assert!(told(h.run("manager", "competitor.create", json!({ "name": "NIMBUS" })).await).contains("There is “Nimbus” already"));
    h.run("manager", "competitor.remove", json!({ "competitor": nimbus })).await.unwrap();
    assert_eq!(h.number("select count(*) from grade where removed_at is null").await, 1, "its column goes with it");
    h.run("manager", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.number("select count(*) from grade where removed_at is null").await, 2);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn the_matrix_goes_out_and_comes_in_again_without_a_change() {
    let h = House::new().await;
    let table = "Capability,Competitor,Grade,Source,Address,Seen on,Note\nLive map,Nimbus,full,Their app,https://nimbus.example,2026-09-01,\nLive map,Orbit,best,,,2026-09-02,Ours\nPay by card,Velo & Co,none,Price list,,2026-08-01,\"=1+1, or so\"\n";
    h.run("manager", "grade.bring_in", json!({ "table": table })).await.unwrap();
    let (grades, rivals) = ("select count(*) from grade", "select count(*) from competitor");
    assert_eq!((h.number(grades).await, h.number(rivals).await), (3, 2));
    let file = h.get("manager", "/ORB/download/capability-matrix.csv").await;
    assert!(file.text.contains("Live map,Nimbus,full,Their app,https://nimbus.example,2026-09-01"), "{}", file.text);
    h.run("manager", "grade.bring_in", json!({ "table": file.text })).await.unwrap();
    assert_eq!((h.number(grades).await, h.number(rivals).await), (3, 2), "what is here already stays once");
    let wrong = told(h.run("manager", "grade.bring_in", json!({ "table": table.replace("none", "so so") })).await);
    assert!(wrong.contains("Nothing was brought in. Row 4, Grade: found “so so”"), "{wrong}");
    for (list, says) in [("trends", "Trend"), ("competitors", "Nimbus"), ("personas", "Persona"), ("market-sizes", "Market")] {
        assert!(h.get("owner", &format!("/ORB/download/{list}.csv")).await.text.contains(says), "{list}");
    }
    assert_eq!(h.get("owner", "/ORB/download/capability-matrix.xlsx").await.status, 200);
}

#[tokio::test]
async fn three_pieces_make_a_persona_researched() {
    let h = House::new().await;
    let parents = h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
    let lena = h.made("manager", "persona.create", json!({ "name": "Lena", "segment": parents, "goals": "Be on time" }), "persona").await;
    for n in 1..=3 {
        assert!(h.get("manager", "/ORB/personas").await.text.contains("pill warning\">assumed"), "before the {n}. piece");
        let said = evidence(&h, &format!("I was late {n} times.")).await;
        h.run("manager", "persona.support", json!({ "persona": lena, "evidence": said })).await.unwrap();
    }
    let page = h.get("developer", &format!("/ORB/personas?open={lena}")).await.text;
    assert!(page.contains("pill good\">researched") && page.contains("I was late 2 times.") && page.contains("Parents"), "{page}");
    let standing = rest(&h, "developer", "personas-with-evidence").await;
    assert_eq!((&standing[0]["researched"], &standing[0]["evidence"], &standing[0]["segment_name"]), (&json!(true), &json!(3), &json!("Parents")));
    let said = h.text("select from_id from relation where verb = 'supports'".into()).await;
    h.run("owner", "evidence.remove", json!({ "evidence": said })).await.unwrap();
    assert!(h.get("manager", "/ORB/personas").await.text.contains("2 of 3 pieces of evidence"), "what was taken back stands behind nothing");
    h.made("manager", "segment.create", json!({ "name": "Families" }), "segment").await;
    h.run("manager", "segment.merge", json!({ "segment": parents, "into": "Families" })).await.unwrap();
    assert!(h.get("manager", &format!("/ORB/personas?open={lena}")).await.text.contains("removed or merged"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_sees_no_evidence_is_not_told_that_there_is_none() {
    let h = House::new().await;
    let said = evidence(&h, "I was late.").await;
    let lena = h.made("manager", "persona.create", json!({ "name": "Lena" }), "persona").await;
    h.run("manager", "persona.support", json!({ "persona": lena, "evidence": said })).await.unwrap();
    let change = json!({ "area": "customers", "hat": "stakeholder", "standing": "none" });
    let asked = h.proposed("manager", "agreement.set", change).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("stakeholder", &format!("/ORB/personas?open={lena}")).await.text;
    assert!(page.contains("Lena") && !page.contains("I was late.") && !page.contains(">assumed<"), "{page}");
    assert_eq!(rest(&h, "stakeholder", "personas-with-evidence").await[0]["evidence"], Json::Null);
}

#[tokio::test]
async fn a_chart_shows_who_stands_where() {
    let h = House::new().await;
    let axes = json!({ "name": "Price and depth", "across_low": "cheap", "across_high": "dear", "up_low": "simple", "up_high": "complete" });
    let chart = h.made("manager", "positioning.create", axes, "positioning").await;
    let nimbus = h.made("manager", "competitor.create", json!({ "name": "Nimbus" }), "competitor").await;
    let place = |across: f64| json!({ "positioning": chart, "competitor": nimbus, "across": across, "up": 20, "why": "Their price list" });
    assert!(told(h.run("manager", "spot.place", place(101.0)).await).contains("0 to 100"));
    h.run("manager", "spot.place", json!({ "positioning": chart, "across": 50, "up": 90 })).await.unwrap();
    h.run("manager", "spot.place", place(10.0)).await.unwrap();
    h.run("manager", "spot.place", place(80.0)).await.unwrap();
    assert_eq!(h.number("select count(*) from spot").await, 2, "whoever is placed anew is moved");
    let page = h.get("owner", "/ORB/positioning").await.text;
    for says in ["Nearest to us stands Nimbus.", ">cheap</tspan>", ">dear</tspan> →", ">complete</tspan>", "place ours", "Their price list"] {
        assert!(page.contains(says), "{says}: {page}");
    }
    assert!(h.get("owner", &format!("/ORB/positioning/chart.csv?chart={chart}")).await.text.contains("Nimbus,80,20"));
    h.run("manager", "positioning.remove", json!({ "positioning": chart })).await.unwrap();
    assert!(h.get("owner", "/ORB/positioning").await.text.contains("No chart yet"));
}

#[tokio::test]
async fn a_market_is_estimated_twice_and_the_gap_says_what_closes_it() {
    let h = House::new().await;
    let below = "shops = 10k to 14k shops -- register of the chamber\neach = 100 to 600 EUR/shop/year\nTAM = shops * each\nSAM = 40 % of TAM";
    let market =
        json!({ "title": "Cargo bikes for shops", "bottom_up": below, "top_down": "market = 40M EUR/year\nours = 10 to 12 %\nTAM = market * ours" });
    let market = h.made("manager", "market_size.create", market, "market_size").await;
    let page = h.get("developer", "/ORB/market-size").await.text;
    for says in [
        "What decides most is each",
        "Which input, moved within its own range, closes the gap: <strong><bdi>each</bdi></strong>",
        "1.5 times",
        "register of the chamber",
        "Top-down",
    ] {
        assert!(page.contains(says), "{says}: {page}");
    }
    let found = rest(&h, "owner", &format!("market-sizes/{market}/computed")).await;
    assert_eq!(
        (&found["gaps"][0]["size"], &found["gaps"][0]["closes"][0]["input"], &found["bottom_up"]["decides"]["input"]),
        (&json!("TAM"), &json!("each"), &json!("each"))
    );
    h.run("manager", "market_size.edit", json!({ "market_size": market, "top_down": "TAM = 900M EUR/year" })).await.unwrap();
    assert!(h.get("manager", "/ORB/market-size").await.text.contains("closes the gap: <strong>none</strong>"));
    let edit = |top: &str| json!({ "market_size": market, "top_down": top });
    assert!(told(h.run("manager", "market_size.edit", edit("TAM = 5 people")).await).contains("both need the same unit"));
    assert!(told(h.run("manager", "market_size.edit", edit("TAM = 5 +")).await).contains("Line 1"));
    assert!(h.get("owner", &format!("/ORB/market-size/below.csv?size={market}")).await.text.contains("▸ each"));
    assert!(h.get("owner", &format!("/ORB/market-size/above.svg?size={market}")).await.text.contains("<svg"));
}

#[tokio::test]
async fn whoever_decides_is_reminded_of_a_competitor_whom_nobody_looked_at() {
    let h = House::new().await;
    let nimbus = h.made("manager", "competitor.create", json!({ "name": "Nimbus" }), "competitor").await;
    let morning = async |days: i64| {
        h.app.clock.forward(days * 86_400_000);
        h.app.keep_schedules().await.unwrap();
        h.app.work_off().await.unwrap();
        h.number("select count(*) from notice where due = 'check'").await
    };
    assert_eq!(morning(0).await + morning(100).await, 0);
    assert_eq!(morning(90).await, 1, "the Manager decides, and nobody else is told");
    assert!(h.get("manager", "/notices").await.text.contains("Last looked at half a year ago:"));
    assert_eq!(morning(5).await, 1, "once for each occasion");
    h.run("manager", "competitor.check", json!({ "competitor": nimbus })).await.unwrap();
    assert_eq!(morning(60).await, 1, "whom somebody looked at is left alone");
}
