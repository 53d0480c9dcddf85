//! What Orbit knows of its market: trends, competitors, personas, how large it is.

use super::{Teller, customers::id, made};
use kernel::{Column, Json, Refusal, Result, Uuid, json, list};

pub(super) async fn tell(t: &Teller) -> Result<()> {
    trends(t).await?;
    let rivals = competitors(t).await?;
    matrix(t, &rivals).await?;
    positioning(t, &rivals).await?;
    personas(t).await?;
    market(t).await
}

async fn evidence(t: &Teller, days: f64, quote: &str, source: &str, segment: &str) -> Result<String> {
    let said = json!({ "kind": "other", "quote": quote, "source": source, "segment": segment, "noted_on": t.day(days + 1.0) });
    made(&t.does("mara", days, "evidence.record", said).await?, "evidence")
}

/// The id of an initiative by its title.
pub(super) async fn initiative(t: &Teller, title: &'static str) -> Result<String> {
    let (product, mara) = (t.cast.product.clone(), app::Visitor::member(t.cast.people[0].2, kernel::Door::Page));
    let found = t.app.ask(&mara, Some(&product), move |look| {
        let sql = "select id from initiative where product = $1 and title in each($2) and removed_at is null";
        let product = look.scope.product_id()?;
        let mut row = look.first(sql, &[product.value(), list([title.to_owned()])])?.ok_or(Refusal::NotFound)?;
        Ok(row.take::<Uuid>()?.simple().to_string())
    });
    found.await
}

/// What is changing, about what, where it goes, when, how much, how sure, what it would change, the evidence, the bet.
type Seen = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    Option<f64>,
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

const TRENDS: &[Seen] = &[
    (
        "Cities pay for figures, not for bikes",
        "customers",
        "rising",
        "now",
        "high",
        Some(85.0),
        "The report becomes what is sold; bikes become its proof.",
        &[
            ("We will ask every operator for monthly figures in the next tender.", "Tender notice, City of Aarberg"),
            ("Three of five tenders this year weigh reporting above fleet size.", "Tender watch, October"),
        ],
        "A monthly report that writes itself",
    ),
    (
        "Businesses have to send electronic bills",
        "rules",
        "rising",
        "soon",
        "middling",
        Some(90.0),
        "A monthly bill for shops has to be an electronic one from the first day.",
        &[("From 2028 on invoices between businesses are to be electronic.", "Draft of the invoice act")],
        "Bikes for small shops",
    ),
    (
        "Batteries lose less in the cold",
        "technology",
        "rising",
        "later",
        "middling",
        Some(40.0),
        "Winter would need fewer swaps, and rain mode less caution.",
        &[("New cells keep 85 % of their charge at −10 °C.", "Supplier’s data sheet")],
        "Safe in the wet",
    ),
    (
        "Fewer families own a second car",
        "society",
        "rising",
        "soon",
        "high",
        Some(60.0),
        "Daycare in the morning becomes the busiest hour; holds matter more.",
        &[("Second cars fell by 4 % in a year in our three cities.", "Registration office")],
        "Reserve a bike for ten minutes",
    ),
    (
        "Scooter companies try cargo bikes",
        "market",
        "rising",
        "now",
        "middling",
        Some(55.0),
        "Prices in the centre come under pressure; contracts with cities protect us.",
        &[],
        "",
    ),
    ("Subsidies for private cargo bikes end", "economy", "fading", "now", "low", Some(30.0), "", &[], ""),
];

async fn trends(t: &Teller) -> Result<()> {
    for (n, (title, theme, direction, horizon, impact, confidence, would_change, said, bet)) in TRENDS.iter().enumerate() {
        let days = 60.0 - n as f64 * 6.0;
        let what = json!({ "title": title, "theme": theme, "direction": direction, "horizon": horizon, "impact": impact, "confidence": confidence, "would_change": would_change });
        let trend = made(&t.does("mara", days, "trend.create", what).await?, "trend")?;
        for (quote, source) in *said {
            let piece = evidence(t, days - 0.5, quote, source, "").await?;
            t.does("mara", days - 0.6, "trend.support", json!({ "trend": trend, "evidence": piece })).await?;
        }
        if !bet.is_empty() {
            let bet = initiative(t, bet).await?;
            t.does("mara", days - 0.7, "trend.affect", json!({ "trend": trend, "initiative": bet })).await?;
        }
    }
    Ok(())
}

/// A competitor: name, address, positioning, strengths, weaknesses, pricing.
const RIVALS: &[[&str; 6]] = &[
    [
        "Nimbus Rides",
        "https://nimbus.example",
        "Scooters and cargo bikes for everybody in the centre, without a contract with anybody.",
        "Large fleet, known app, marketing money.",
        "No child seats, nothing for cities, bikes stand where they fell.",
        "1 EUR to unlock, 0.29 EUR a minute.",
    ],
    [
        "Velo & Load",
        "https://veloload.example",
        "Fixed stations with sturdy bikes, run for municipalities.",
        "Reliable bikes, long contracts, a report every quarter.",
        "Stations are far apart, the app is old.",
        "Cities pay 240 EUR a bike and month; riders 3 EUR an hour.",
    ],
    [
        "A van by the hour",
        "",
        "What home movers take today.",
        "Carries everything.",
        "Needs a licence and a place to park.",
        "12 EUR an hour and petrol.",
    ],
];

async fn competitors(t: &Teller) -> Result<Vec<String>> {
    let mut ids = vec![];
    for (n, [name, url, positioning, strengths, weaknesses, pricing]) in RIVALS.iter().enumerate() {
        let what =
            json!({ "name": name, "url": url, "positioning": positioning, "strengths": strengths, "weaknesses": weaknesses, "pricing": pricing });
        ids.push(made(&t.does("mara", 300.0 - n as f64, "competitor.create", what).await?, "competitor")?);
    }
    t.does("mara", 12.0, "competitor.check", json!({ "competitor": ids[0] })).await?;
    Ok(ids)
}

/// A capability, what counts as full, and a cell for us and each competitor: how well, days ago, source; empty where nobody knows.
type Row = (&'static str, &'static str, [(&'static str, f64, &'static str); 4]);

const MATRIX: &[Row] = &[
    (
        "Hold a bike before walking to it",
        "Ten minutes, from the map, without paying.",
        [("partial", 20.0, ""), ("full", 12.0, "Their app, version 8"), ("none", 130.0, "Ride along in Aarberg"), ("full", 40.0, "Booking page")],
    ),
    (
        "Child seats that fit",
        "Two seats on every second bike, and seen in the map.",
        [("best", 20.0, ""), ("none", 12.0, "Their app, version 8"), ("partial", 210.0, "Ride along in Aarberg"), ("none", 40.0, "Booking page")],
    ),
    (
        "Monthly report for a city",
        "By the fifth of a month, with figures that hold.",
        [("full", 20.0, ""), ("none", 95.0, "Sales call with Aarberg"), ("partial", 130.0, "Sales call with Aarberg"), ("", 0.0, "")],
    ),
    (
        "Rides in winter",
        "The whole fleet from November to February.",
        [("partial", 20.0, ""), ("partial", 300.0, "Their blog"), ("full", 130.0, "Ride along in Aarberg"), ("best", 40.0, "")],
    ),
    (
        "One bill for a company",
        "One bill a month for all riders of a company.",
        [("none", 20.0, ""), ("full", 12.0, "Price list"), ("", 0.0, ""), ("full", 40.0, "Booking page")],
    ),
    (
        "What fits in the box",
        "Said before the ride, with measures.",
        [("none", 20.0, ""), ("none", 12.0, "Their app, version 8"), ("none", 210.0, "Ride along in Aarberg"), ("best", 40.0, "Booking page")],
    ),
];

async fn matrix(t: &Teller, rivals: &[String]) -> Result<()> {
    for (name, note, cells) in MATRIX {
        let capability = made(&t.does("mara", 310.0, "capability.create", json!({ "name": name, "note": note })).await?, "capability")?;
        for (n, (level, days, source)) in cells.iter().enumerate().filter(|(_, (level, ..))| !level.is_empty()) {
            let whose = n.checked_sub(1).map_or(Json::Null, |rival| json!(rivals[rival]));
            let source = if source.is_empty() && n > 0 { "Common knowledge" } else { source };
            let seen = json!({ "capability": capability, "competitor": whose, "level": level, "seen_on": t.day(*days), "source": source });
            t.does("mara", *days, "grade.note", seen).await?;
        }
        // What it was before they built it.
        if *name == "One bill for a company" {
            let seen = json!({ "capability": capability, "competitor": rivals[0], "level": "none", "seen_on": t.day(290.0), "source": "Price list" });
            t.does("mara", 290.0, "grade.note", seen).await?;
        }
    }
    Ok(())
}

async fn positioning(t: &Teller, rivals: &[String]) -> Result<()> {
    let axes = json!({ "name": "For whom, and how much of it", "across_low": "For whoever comes by", "across_high": "For the city and its people", "up_low": "A ride", "up_high": "A service one can plan with", "note": "Above right there is nobody but us: that is what the report and the holds are for." });
    let chart = made(&t.does("mara", 45.0, "positioning.create", axes).await?, "positioning")?;
    for (n, (across, up, why)) in [
        (78.0, 70.0, "Contracts with three cities, holds, child seats."),
        (18.0, 30.0, "Bikes stand where somebody left them."),
        (88.0, 38.0, "Cities pay, but stations are far apart."),
        (30.0, 62.0, "Booked in advance, for anybody with a licence."),
    ]
    .into_iter()
    .enumerate()
    {
        let whose = n.checked_sub(1).map_or(Json::Null, |rival| json!(rivals[rival]));
        t.does("mara", 44.0, "spot.place", json!({ "positioning": chart, "competitor": whose, "across": across, "up": up, "why": why })).await?;
    }
    Ok(())
}

async fn personas(t: &Teller) -> Result<()> {
    let lena = json!({ "name": "Lena, two children, no second car", "segment": id(t, "segment", "Parents").await?, "quote": "After the third time I took the car.", "goals": "Daycare at eight, work at half past, dry.", "frustrations": "A bike that is gone when she gets there; brakes that howl in the rain.", "context": "Lives 900 m from the next bike, leaves at 7:40, carries two children and their bags." });
    let lena = made(&t.does("mara", 100.0, "persona.create", lena).await?, "persona")?;
    for (days, quote) in [
        (99.0, "I leave at twenty to eight, every day."),
        (80.0, "With two I need the seats, not the box."),
        (30.0, "In November I look at the sky before I look at the map."),
    ] {
        let piece = evidence(t, days, quote, "Rider interviews", "Parents").await?;
        t.does("mara", days - 0.2, "persona.support", json!({ "persona": lena, "evidence": piece })).await?;
    }
    let shop = json!({ "name": "Noor, runs a bakery with three couriers", "segment": id(t, "segment", "Small shops").await?, "quote": "Three cards, three receipts, every day.", "goals": "Bread on the tables by seven; one bill at the end of the month.", "frustrations": "Couriers who pay out of their own pocket.", "context": "Plans the day at four in the morning, on a phone, with flour on the hands." });
    let shop = made(&t.does("mara", 50.0, "persona.create", shop).await?, "persona")?;
    let piece = evidence(t, 49.0, "At four in the morning I plan with one hand.", "Visit at the bakery", "Small shops").await?;
    t.does("mara", 48.8, "persona.support", json!({ "persona": shop, "evidence": piece })).await?;
    let officer = json!({ "name": "Henrik, answers for mobility in a city", "segment": id(t, "segment", "City officials").await?, "goals": "A renewal that nobody in the council questions.", "frustrations": "Figures that change between two meetings." });
    t.does("mara", 20.0, "persona.create", officer).await?;
    Ok(())
}

async fn market(t: &Teller) -> Result<()> {
    let bottom_up = "households = 38k to 44k people -- registration office, three cities
share_who_ride = 10 to 25 % -- rider survey, 214 answers
spends = 60 to 180 EUR/person/year -- our own riders
shops = 2000 to 2600 shops -- chamber of commerce
shop_spends = 600 to 2400 EUR/shop/year -- four bills, so a wide guess
TAM = households * share_who_ride * spends + shops * shop_spends in EUR/year
served = 55 to 70 % -- within 400 m of a bike
SAM = TAM * served
won = 20 to 35 % -- three years, as in our first city
SOM = SAM * won";
    let top_down = "market = 28M to 34M EUR/year -- association of bike sharing, whole country
our_cities = 6 to 11 % -- by inhabitants
TAM = market * our_cities";
    let what = json!({ "title": "Cargo bikes by the hour in our three cities", "bottom_up": bottom_up, "top_down": top_down, "note": "Looked at again whenever a city is added." });
    t.does("mara", 35.0, "market_size.create", what).await?;
    Ok(())
}
