//! Customers and segments: found or made by being named, merged, counted behind needs; what stood as a name before there
//! were records becomes one.

use app::Outcome;
use customers::Evidence;
use kernel::{Column, Named, Refusal, Uuid, Value, json};
use testkit::House;

async fn recorded(h: &House, customer: &str, need: Option<&str>) -> String {
    h.made("owner", "evidence.record", json!({ "quote": format!("said by {customer}"), "customer": customer, "need": need }), "evidence").await
}

async fn customer(h: &House, name: &str) -> String {
    h.text(format!("select id from customer where name = '{name}' and removed_at is null")).await
}

fn sentence(refused: Result<Outcome, Refusal>) -> String {
    match refused {
        Err(refusal @ Refusal::Invalid(_)) => refusal.sentence(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_name_finds_the_customer_or_makes_it_known() {
    let h = House::new().await;
    let evidence = recorded(&h, "Bakery  Sundqvist", None).await;
    for other in ["bakery sundqvist", "BAKERY SUNDQVIST", " Bakery Sundqvist "] {
        recorded(&h, other, None).await;
    }
    let bakery = customer(&h, "Bakery Sundqvist").await;
    recorded(&h, &bakery, None).await;
    assert_eq!(h.number("select count(*) from customer").await, 1, "however the name is written, and by its id");
    assert_eq!(h.number("select count(distinct customer) from evidence").await, 1);
    recorded(&h, "Żabka", None).await;
    recorded(&h, "żabka", None).await;
    assert_eq!(h.number("select count(*) from customer").await, 2, "small letters of every language");
    let nobody = h.run("owner", "evidence.record", json!({ "quote": "q", "customer": "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6" })).await;
    assert!(matches!(nobody, Err(Refusal::NotFound)), "an id of nothing is no name");
    h.run("owner", "evidence.edit", json!({ "evidence": evidence, "customer": "", "segment": "Shops" })).await.unwrap();
    assert_eq!(h.text(format!("select customer from evidence where id = '{evidence}'")).await, "");
    assert_eq!(h.number("select count(*) from segment where name = 'Shops'").await, 1);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_may_only_propose_makes_nobody_known_before_it_is_signed() {
    let h = House::new().await;
    let asked = h.proposed("developer", "evidence.record", json!({ "quote": "q", "customer": "Hotel Kvist" })).await;
    assert_eq!(h.number("select count(*) from customer").await, 0);
    assert!(h.get("owner", "/ORB/decisions").await.text.contains("Hotel Kvist"), "whom it would make known is said before");
    recorded(&h, "hotel kvist", None).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from customer").await, 1, "meanwhile somebody else did");
    assert_eq!(h.number("select count(*) from evidence where customer <> ''").await, 2);
}

#[tokio::test]
async fn demand_counts_each_customer_once() {
    let h = House::new().await;
    let need = h.made("owner", "need.create", json!({ "title": "One bill", "segment": "Shops" }), "need").await;
    for who in ["Bakery", "Bakery", "Florist", "Hotel", ""] {
        recorded(&h, who, Some(&need)).await;
    }
    for (who, revenue) in [("Bakery", 4800.0), ("Florist", 1900.5)] {
        h.run("owner", "customer.edit", json!({ "customer": customer(&h, who).await, "revenue": revenue })).await.unwrap();
    }
    let token = h.token("manager").await;
    let told = h.rest(&token, "GET", "/products/ORB/opportunities", json!(null)).await.json();
    let line = &told[0];
    assert_eq!((line["evidence"].as_i64(), line["customers"].as_i64()), (Some(5), Some(3)), "{told}");
    assert_eq!((line["revenue"].as_f64(), line["revenue_known"].as_i64()), (Some(6700.5), Some(2)));
    assert_eq!(line["segment_name"], "Shops");
    let asked = h.proposed("manager", "product.edit", json!({ "currency": "eur" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    let page = h.get("stakeholder", &format!("/ORB/customers?open={need}")).await.text;
    assert!(page.contains("3 customers, 6701 EUR a year from 2 of them"), "{page}");
    for narrowed in ["", "?q=one%20bill", "?q=shops"] {
        let page = h.get("stakeholder", &format!("/ORB/customers{narrowed}")).await.text;
        let line = "<td class=\"num\">5</td><td class=\"num demand\">3 <span class=\"quiet\">6701 EUR</span></td>";
        assert!(page.contains(line), "the list counts what it shows: {narrowed} {page}");
    }
    for list in ["needs", "customers", "segments"] {
        let file = h.get("stakeholder", &format!("/ORB/download/{list}.csv")).await;
        assert!(file.status == 200 && file.text.contains("Revenue a year"), "{list}: {}", file.text);
    }
    assert!(matches!(h.run("manager", "product.edit", json!({ "currency": "€" })).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn two_customers_become_one_and_two_again() {
    let h = House::new().await;
    let (one, two) = (recorded(&h, "Lindau", None).await, recorded(&h, "City of Lindau", None).await);
    let (gone, stays) = (customer(&h, "Lindau").await, customer(&h, "City of Lindau").await);
    h.run("owner", "customer.edit", json!({ "customer": gone, "revenue": 184_000, "note": "Renews in June.", "segment": "Cities" })).await.unwrap();
    h.run("owner", "customer.edit", json!({ "customer": stays, "size": 4 })).await.unwrap();
    assert!(sentence(h.run("owner", "customer.create", json!({ "name": "lindau" })).await).contains("“Lindau” already"));
    assert!(sentence(h.run("owner", "customer.remove", json!({ "customer": gone })).await).contains("Merge"));
    assert!(sentence(h.run("owner", "customer.merge", json!({ "customer": gone, "into": "lindau" })).await).contains("the same"));
    assert!(sentence(h.run("owner", "customer.merge", json!({ "customer": gone, "into": "Nobody" })).await).contains("Nobody is called"));
    h.run("owner", "customer.merge", json!({ "customer": gone, "into": "city of lindau" })).await.unwrap();
    for evidence in [&one, &two] {
        assert_eq!(h.text(format!("select customer from evidence where id = '{evidence}'")).await, stays);
    }
    assert_eq!(
        h.text(format!("select cast(revenue as text) || size || note from customer where id = '{stays}'")).await.replace(".0", ""),
        "1840004Renews in June."
    );
    let page = h.get("manager", &format!("/ORB/customer-list?open={gone}")).await;
    assert!(page.status == 200 && page.text.contains("<h2 dir=\"auto\">City of Lindau</h2>"), "an old address leads on");
    h.run("owner", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.text(format!("select customer from evidence where id = '{one}'")).await, gone);
    assert_eq!(h.number("select count(*) from customer where removed_at is null").await, 2);
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn segments_are_the_managers_and_are_merged_with_all_that_is_in_them() {
    let h = House::new().await;
    let parents = h.made("manager", "segment.create", json!({ "name": "Parents", "size": 41_000, "growth": -2.5 }), "segment").await;
    h.proposed("owner", "segment.edit", json!({ "segment": parents, "size": 40_000 })).await;
    h.made("owner", "customer.create", json!({ "name": "Lena", "segment": "Familys" }), "customer").await;
    h.made("owner", "need.create", json!({ "title": "A seat", "segment": "familys" }), "need").await;
    let familys = h.text("select id from segment where name = 'Familys'".into()).await;
    assert!(sentence(h.run("manager", "segment.remove", json!({ "segment": familys })).await).contains("Merge"));
    h.run("manager", "segment.merge", json!({ "segment": familys, "into": "Parents" })).await.unwrap();
    assert_eq!(h.text("select segment from need".into()).await, parents);
    assert_eq!(h.text("select segment from customer".into()).await, parents);
    let panel = h.get("stakeholder", &format!("/ORB/customer-list?open={parents}")).await.text;
    for told in ["41,000", "−2.5 %", "A seat", "Lena"] {
        assert!(panel.contains(told), "{told}: {panel}");
    }
    for bad in [json!({ "name": "X", "size": -1 }), json!({ "name": "X", "growth": -101 })] {
        assert!(matches!(h.run("manager", "segment.create", bad).await, Err(Refusal::Invalid(_))));
    }
    assert!(matches!(h.run("owner", "customer.create", json!({ "name": "X", "revenue": -1 })).await, Err(Refusal::Invalid(_))));
}

#[tokio::test]
async fn customers_are_found_and_listed_page_by_page() {
    let h = House::new().await;
    for i in 0..105 {
        h.made("owner", "customer.create", json!({ "name": format!("Shop {i:03}~x") }), "customer").await;
    }
    let first = h.get("stakeholder", "/ORB/customer-list").await.text;
    assert!(first.contains("<bdi>Shop 099") && !first.contains("<bdi>Shop 100"));
    let (_, rest) = first.split_once("&amp;after=").expect("a way to the next page");
    let next = h.get("stakeholder", &format!("/ORB/customer-list?find=&of=&after={}", rest.split('"').next().unwrap())).await.text;
    assert!(next.contains("<bdi>Shop 104") && !next.contains("<bdi>Shop 099"));
    let found = h.get("stakeholder", "/ORB/customer-list?find=sHOP%20042").await.text;
    assert!(found.contains("<bdi>Shop 042") && !found.contains("<bdi>Shop 041"));
    h.made("owner", "customer.create", json!({ "name": "Hotel Kvist", "note": "Would take ten bikes." }), "customer").await;
    assert!(h.get("owner", "/ORB/search?q=kvist").await.text.contains("customer-list?open="));
    recorded(&h, "Shop 042~x", None).await;
    assert!(h.get("owner", "/ORB/customers?q=shop%20042").await.text.contains("said by Shop 042"), "evidence is found by whose it is");
    let token = h.token("owner").await;
    let id = customer(&h, "Shop 042~x").await;
    let list = h.rest(&token, "GET", &format!("/products/ORB/evidence?customer={id}"), json!(null)).await.json();
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "{list}");
    assert_eq!(list["items"][0]["customer"], Uuid::parse_str(&id).unwrap().to_string());
    let none = h.rest(&token, "GET", "/products/ORB/evidence?segment=none", json!(null)).await.json();
    assert_eq!(none["items"].as_array().unwrap().len(), 1, "{none}");
}

/// A house as an earlier version left it: evidence and a need with names in them, as their activity tells.
async fn from_before() -> (House, String) {
    let h = House::new().await;
    let (one, two) = (recorded(&h, "", None).await, recorded(&h, "", None).await);
    let need = h.made("owner", "need.create", json!({ "title": "A seat" }), "need").await;
    let old = [
        ("evidence", one.clone(), "customer", "Nadia"),
        ("evidence", one.clone(), "segment", "Parents"),
        ("evidence", two, "customer", "nadia"),
        ("need", need, "segment", "parents"),
    ];
    let write = move |w: &mut dyn kernel::Writer| {
        for (table, id, field, name) in old {
            let told = format!("{{\"{field}\":\"{name}\",");
            let id = Uuid::parse_str(&id).unwrap().value();
            w.execute(&format!("update {table} set {field} = $1 where id = $2"), &[Value::Text(name.into()), id.clone()])?;
            w.execute("update activity set changes = $1 || substr(changes, 2) where noun_id = $2 and did = 'created'", &[Value::Text(told), id])?;
        }
        Ok(())
    };
    h.app.store.write(write).await.unwrap();
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new(), "as it stood then it was sound");
    (h, one)
}

async fn is_brought_along(app: &app::App) {
    let one = |sql: &'static str| app.store.read(move |reader| reader.query(sql, &[])?.pop().unwrap().take::<i64>());
    assert_eq!(one("select count(*) from customer where name in ('Nadia', 'nadia')").await.unwrap(), 1);
    assert_eq!(one("select count(*) from segment where name in ('Parents', 'parents')").await.unwrap(), 1);
    assert_eq!(one("select count(*) from evidence join customer on customer.id = evidence.customer").await.unwrap(), 2);
    assert_eq!(one("select count(*) from need join segment on segment.id = need.segment").await.unwrap(), 1);
    assert_eq!(app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn names_from_before_become_records_and_the_past_reads_as_it_was() {
    let (h, evidence) = from_before().await;
    let page = h.get("manager", "/ORB/customers").await.text;
    assert!(page.contains("<bdi>Nadia</bdi>"), "a name without a record is shown as a name");
    let before = h.app.clock.now();
    h.app.clock.forward(60_000);
    let lines = h.number("select count(*) from activity").await;
    for _ in 0..2 {
        h.app.store.write(|w| w.bring_along()).await.unwrap();
    }
    assert_eq!(h.number("select count(*) from activity").await, lines + 6, "a line for each, and once");
    is_brought_along(&h.app).await;
    h.app.index_anew().await.unwrap();
    assert!(h.get("owner", "/ORB/search?q=nadia").await.text.contains("customer-list?open="), "they are found");
    let then = move |look: &mut kernel::Look| activity::things_as_of::<Evidence>(look, before, "", &[]);
    let then = h.app.ask(&h.visitor("manager", kernel::Door::Page), Some("ORB"), then).await.unwrap();
    let id = Uuid::parse_str(&evidence).unwrap();
    assert_eq!(then.iter().find(|e| e.meta.id == id).unwrap().customer, Named::Name("Nadia".into()));
    let history = h.get("manager", "/ORB/activity").await;
    assert!(history.status == 200 && !history.text.contains("something you do not see"), "{}", history.text);
    // Whoever goes on from there stands on the record.
    h.run("owner", "evidence.edit", json!({ "evidence": evidence, "customer": "NADIA" })).await.unwrap();
    assert_eq!(h.number("select count(*) from customer").await, 1);
}

#[tokio::test]
async fn a_backup_from_before_is_brought_along() {
    let (h, _) = from_before().await;
    let file = crate::history::backup(&h.app).await;
    let empty = crate::history::empty(&h.app.clock).await;
    crate::history::restore(&empty, &file).await.unwrap();
    is_brought_along(&empty).await;
}

#[tokio::test]
async fn a_bare_name_becomes_the_record_that_somebody_made_since() {
    let (h, _) = from_before().await;
    let parents = h.made("manager", "segment.create", json!({ "name": "Parents" }), "segment").await;
    let nadia = h.made("owner", "customer.create", json!({ "name": "Nadia" }), "customer").await;
    let file = crate::history::backup(&h.app).await;
    let empty = crate::history::empty(&h.app.clock).await;
    crate::history::restore(&empty, &file).await.unwrap();
    is_brought_along(&empty).await;
    let (sql, ids) = testkit::asked(&format!("select 1 from evidence where segment = '{parents}' and customer = '{nadia}'"));
    assert_eq!(empty.store.read(move |reader| reader.query(&sql, &ids).map(|rows| rows.len())).await.unwrap(), 1);
}
