//! Who the customers of Orbit are, what they said and what they need.

use super::{
    Teller, made,
    world::{CUSTOMERS, NEEDS, SEGMENTS},
};
use kernel::{Refusal, Result, Uuid, json, list};

/// The needs with the evidence behind them, and what still waits for one.
pub(super) async fn needs(t: &Teller) -> Result<Vec<String>> {
    let mut ids = vec![];
    for (i, (title, statement, segment, importance, satisfaction, quotes)) in NEEDS.iter().enumerate() {
        let days = 250.0 - i as f64 * 9.0;
        let need = made(
            &t.does(
                if i % 2 == 0 { "mara" } else { "tomas" },
                days,
                "need.create",
                json!({ "title": title, "statement": statement, "segment": segment, "importance": importance, "satisfaction": satisfaction, "figures_from": "Survey of 214 riders, spring" }),
            )
            .await?,
            "need",
        )?;
        for (kind, who, words) in *quotes {
            // What many say, or nobody in particular, has a source and no customer.
            let (customer, source) = if ["review", "survey", "usage_data"].contains(kind) { ("", *who) } else { (*who, "Rider interviews") };
            t.does("mara", days - 2.0, "evidence.record", json!({ "kind": kind, "quote": words, "customer": customer, "segment": segment, "source": source, "noted_on": t.day(days + 3.0), "need": need })).await?;
        }
        ids.push(need);
    }
    for (days, words, customer, source) in [
        (6.0, "Can I see in advance whether the bike has a child seat?", "", "Ticket 4411"),
        (3.0, "The rain cover was missing again.", "", "App review, 3 stars"),
        (1.0, "We would take ten bikes if the invoices came by e-invoice.", "Hotel Kvist", "Support"),
    ] {
        t.does("tomas", days, "evidence.record", json!({ "kind": "ticket", "quote": words, "customer": customer, "source": source })).await?;
    }
    interviews(t, &ids).await?;
    Ok(ids)
}

/// Talks with customers: one of which quotes were taken, one that is still to be held.
async fn interviews(t: &Teller, needs: &[String]) -> Result<()> {
    let guide = "- Tell me about the last time you moved something by bike.\n- What made that hard?\n- What did you do then?";
    let held = json!({ "participant": "Lena Brandt", "customer": "Lena Brandt", "segment": "Parents", "held_on": t.day(9.0), "guide": guide, "consent": "named", "notes": NOTES });
    let held = made(&t.does("mara", 8.5, "interview.plan", held).await?, "interview")?;
    let quotes = "I reserve at seven, and at eight the bike is gone.\n\nThe belts are too long for her, so I hold her with one arm.";
    let taken = t.does("mara", 8.4, "interview.split", json!({ "interview": held, "quotes": quotes })).await?;
    if let Some(need) = needs.first() {
        t.does("tomas", 8.0, "evidence.link", json!({ "evidence": made(&taken, "evidence")?, "need": need })).await?;
    }
    let learned = json!({ "interview": held, "telling": "I reserve at seven, and at eight the bike is gone.", "learned": "A reservation that does not hold is worse than none: she plans her morning by it. Belts are set for adults." });
    t.does("mara", 8.0, "interview.edit", learned).await?;
    let planned = json!({ "participant": "Karim Haddad", "customer": "Karim Haddad", "segment": "Home movers", "held_on": t.day(-4.0), "guide": guide, "consent": "not_asked" });
    t.does("mara", 1.5, "interview.plan", planned).await?;
    let aside = json!({ "kind": "review", "quote": "Nice colour!", "source": "App review, 5 stars" });
    let aside = made(&t.does("tomas", 5.0, "evidence.record", aside).await?, "evidence")?;
    t.does("tomas", 4.9, "evidence.dismiss", json!({ "evidence": aside })).await.map(drop)
}

const NOTES: &str = "She takes the children to two schools and then goes to work.\nI reserve at seven, and at eight the bike is gone. Then I run for the tram.\nOn good days she uses the big one with the box. The belts are too long for her, so I hold her with one arm.\nShe would pay more for a bike that is there.";

/// Where needs stand under objectives, and what was tried of what the bets rest on.
pub(super) async fn tree(t: &Teller, objectives: &[String], needs: &[String]) -> Result<()> {
    for (need, objective) in needs.iter().zip(objectives) {
        t.does("mara", 119.0, "need.serve", json!({ "need": need, "objective": objective })).await?;
    }
    for (bet, assumption, trial, expects, told) in TESTS {
        let plan = json!({ "initiative": bet, "assumption": assumption, "trial": trial, "expects": expects });
        let test = made(&t.does("mara", 100.0, "assumption_test.plan", plan).await?, "assumption_test")?;
        if let Some((result, learned)) = told {
            t.does(
                "mara",
                88.0,
                "assumption_test.settle",
                json!({ "assumption_test": test, "result": result, "learned": learned, "settled_on": t.day(88.0) }),
            )
            .await?;
        }
    }
    Ok(())
}

/// A bet by its number, what has to be true, how it was tried, what would be seen, and what was.
type Tried = (&'static str, &'static str, &'static str, &'static str, Option<(&'static str, &'static str)>);

const TESTS: &[Tried] = &[
    (
        "1",
        "Riders reserve when they know that it holds",
        "A button that reserves by hand, one station, two weeks",
        "A third of the morning rides are reserved",
        Some(("held", "41 % reserved, most of them the evening before.")),
    ),
    (
        "1",
        "A reserved bike stays where it is",
        "Count the reserved bikes that are gone on arrival",
        "Fewer than 1 in 50",
        Some(("failed", "1 in 12 was taken: the lock opens for everybody within 20 metres.")),
    ),
    ("4", "A month that is closed stays closed", "Hold the last three reports against the ledger", "No figure differs", None),
];

/// What is known of segments and customers, beside what they were heard to say.
pub(super) async fn known(t: &Teller) -> Result<()> {
    let currency = t.does("mara", 151.0, "product.edit", json!({ "currency": "EUR" })).await?;
    t.agreed("tomas", 150.5, currency).await?;
    for (name, size, growth, note) in SEGMENTS {
        let segment = id(t, "segment", name).await?;
        t.does("mara", 150.0, "segment.edit", json!({ "segment": segment, "size": size, "growth": growth, "note": note })).await?;
    }
    for (name, segment, size, revenue, note) in CUSTOMERS {
        let what = json!({ "customer": id(t, "customer", name).await?, "segment": segment, "size": size, "revenue": revenue, "note": note });
        t.does("mara", if *name == "Hotel Kvist" { 0.9 } else { 149.0 }, "customer.edit", what).await?;
    }
    Ok(())
}

/// The id of what is called so.
pub(super) async fn id(t: &Teller, table: &'static str, name: &str) -> Result<String> {
    id_by(t, table, "name", name).await
}

/// The same by the field that it is called by.
pub(super) async fn id_by(t: &Teller, table: &'static str, field: &'static str, name: &str) -> Result<String> {
    let (product, name) = (t.cast.product.clone(), name.to_owned());
    let mara = app::Visitor::member(t.cast.people[0].2, kernel::Door::Page);
    let found = t.app.ask(&mara, Some(&product), move |look| {
        let product = look.scope.product_id()?;
        let sql = format!("select id from {table} where product = $1 and {field} in each($2) and removed_at is null");
        let mut row = look.first(&sql, &[kernel::Column::value(&product), list([name])])?.ok_or(Refusal::NotFound)?;
        Ok(row.take::<Uuid>()?.simple().to_string())
    });
    found.await
}
