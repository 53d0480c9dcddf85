//! Feedback and customers from a table: chosen columns, once in, stopped by what cannot be read, and by whom.

use axum::{body::Body, http::Request};
use kernel::json;
use testkit::{Answer, House};

async fn sent(h: &House, who: &str, holds: &str, bytes: &[u8]) -> Answer {
    let mut body = format!("--B\r\nContent-Disposition: form-data; name=\"holds\"\r\n\r\n{holds}\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\nContent-Type: text/csv\r\n\r\n").into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--B--\r\n");
    let request = Request::post("/ORB/feedback").header("cookie", h.cookie(who).await).header("sec-fetch-site", "same-origin");
    h.send(request.header("content-type", "multipart/form-data; boundary=B").body(Body::from(body)).unwrap()).await
}

/// Sends a table; the address of its columns.
pub(crate) async fn uploaded(h: &House, who: &str, holds: &str, text: &str) -> String {
    sent(h, who, holds, text.as_bytes()).await.location.expect("a page for this file")
}

/// Brings it in with these choices; the page that tells what came of it.
pub(crate) async fn brought(h: &House, who: &str, place: &str, chosen: &str) -> String {
    let answer = h.post(who, &format!("{place}/run"), chosen).await;
    if answer.status != 303 {
        return answer.text;
    }
    for _ in 0..500 {
        h.app.work_off().await.unwrap();
        let page = h.get(who, place).await.text;
        if !page.contains("data-poll") {
            return page;
        }
    }
    panic!("it never ends");
}

const POSTS: &str =
    "number,title,description,created_at,company\n10,Maps,Very blank offline,2018-03-23T19:33:22Z,Bakery\n15,Seats,,2018-02-21T15:51:35Z,\n";

#[tokio::test]
async fn a_table_comes_into_the_inbox_once() {
    let h = House::new().await;
    let place = uploaded(&h, "owner", "feedback", POSTS).await;
    let look = h.get("owner", &place).await.text;
    for told in ["2 rows", "Very blank offline", "What its columns are", "2018-03-23"] {
        assert!(look.contains(told), "{told}: {look}");
    }
    assert_eq!(h.number("select count(*) from evidence").await, 0, "nothing is written before");
    assert_eq!(h.get("manager", &place).await.status, 404, "another member's file");
    assert!(brought(&h, "owner", &place, "kind=survey&source=Poll").await.contains("2 new."));
    assert_eq!(h.number("select count(*) from evidence where kind = 'survey' and source = 'Poll' and noted_on like '2018-%'").await, 2);
    assert_eq!(h.number("select count(*) from customer where name = 'Bakery'").await, 1);
    let again = uploaded(&h, "owner", "feedback", &POSTS.replace("Seats", "Bigger seats")).await;
    assert!(brought(&h, "owner", &again, "kind=survey&source=Poll").await.contains("1 changed, 1 as it was."));
    assert_eq!(h.number("select count(*) from evidence").await, 2);
    assert_eq!(h.number("select count(*) from parcel_piece").await, 0, "its bytes have done their work");
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn columns_are_chosen_and_what_cannot_be_read_is_told_row_by_row() {
    let h = House::new().await;
    let text = "a;b;when\nGood;Hotel;2026-09-01\n;Hotel;2026-09-01\nBad;;2099-01-01\n";
    let place = uploaded(&h, "manager", "feedback", text).await;
    let chosen = "column%3Atext=a&column%3Acustomer=b&column%3Aon=when";
    let look = h.get("manager", &format!("{place}?{chosen}")).await.text;
    assert!(look.contains("Row 3") && look.contains("nothing was said in it") && look.contains("is still to come"), "{look}");
    assert!(brought(&h, "manager", &place, chosen).await.contains("2 rows cannot be read"));
    assert_eq!(h.number("select count(*) from evidence").await, 0, "nothing of it is half imported");
    assert!(brought(&h, "manager", &place, &format!("{chosen}&leave_out=true")).await.contains("1 new, 2 left out."));
    let days = uploaded(&h, "manager", "feedback", "text,date\nOne,03/04/2026\n").await;
    assert!(h.get("manager", &days).await.text.contains("read in two ways"));
    assert!(brought(&h, "manager", &days, "").await.contains("Say whether the day or the month stands first"));
    brought(&h, "manager", &days, "days=day_first").await;
    assert_eq!(h.number("select count(*) from evidence where noted_on = '2026-04-03'").await, 1);
    for (bytes, says) in [(&b""[..], "this one is empty"), (b"number,title\n", "no row below"), (b"PK\x03\x04rubbish", "")] {
        let refused = sent(&h, "owner", "feedback", bytes).await;
        assert!(refused.status == 422 && refused.text.contains(says), "{says}: {}", refused.text);
    }
}

#[tokio::test]
async fn a_large_table_comes_in_piece_by_piece() {
    let h = House::new().await;
    let rows = (0..700).fold("id,review\n".to_owned(), |text, n| text + &format!("{n},Review number {n}\n"));
    let place = uploaded(&h, "owner", "feedback", &rows).await;
    assert!(brought(&h, "owner", &place, "").await.contains("700 new."));
    assert_eq!(h.number("select count(*) from evidence").await, 700);
    assert!(h.get("owner", "/ORB/inbox").await.text.contains("700 pieces wait"));
    // Whoever proposes brings as much as fits into one proposal.
    let place = uploaded(&h, "developer", "feedback", &rows).await;
    assert!(brought(&h, "developer", &place, "").await.contains("fit into one proposal"));
    let few = uploaded(&h, "developer", "feedback", "id,review\nx,Another\n").await;
    assert!(brought(&h, "developer", &few, "").await.contains("See the proposal"));
    let asked = h.text("select id from proposal where state = 'open'".into()).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.number("select count(*) from evidence").await, 701);
}

#[tokio::test]
async fn customers_come_by_their_ids() {
    let h = House::new().await;
    let place = uploaded(&h, "manager", "customers", "id,name,arr,seats,segment\n7,Bakery,1200.50,12,Shops\n8,Hotel,,,\n").await;
    assert!(brought(&h, "manager", &place, "").await.contains("2 new."));
    assert_eq!(h.number("select count(*) from customer where external_id = '7' and revenue = 1200.5 and size = 12 and segment is not null").await, 1);
    let place = uploaded(&h, "manager", "customers", "id,name,arr\n7,Bakery Sundqvist,1500\n").await;
    assert!(brought(&h, "manager", &place, "").await.contains("1 changed."));
    assert_eq!(h.number("select count(*) from customer where name = 'Bakery Sundqvist' and revenue = 1500 and size = 12").await, 1);
    let place = uploaded(&h, "manager", "customers", "name\nFlorist\n").await;
    assert!(h.get("manager", &place).await.text.contains("Choose the columns with the id there"));
}
