//! Lists as files, and workbooks where tables are taken.

use crate::own_fields::{house, set};
use exchange::{Cell, Table};
use kernel::json;
use testkit::House;

#[tokio::test]
async fn lists_go_out_as_files_with_their_own_fields() {
    let (h, ids) = house().await;
    set(&h, &ids[1], "1", "10").await;
    set(&h, &ids[3], "2", "High").await;
    h.made("manager", "need.create", json!({ "title": "Quiet bikes" }), "need").await;
    h.made("manager", "evidence.record", json!({ "quote": "It rattles" }), "evidence").await;
    h.made("manager", "initiative.create", json!({ "title": "Silence" }), "initiative").await;
    let csv = h.get("owner", "/ORB/download/backlog.csv").await;
    assert_eq!(csv.kind.as_deref(), Some("text/csv; charset=utf-8"));
    let header = csv.text.lines().next().unwrap();
    assert!(header.ends_with("Note,Effort,Due,Severity,Approves,Mock-up"), "{header}");
    assert!(csv.text.contains(",10,") && csv.text.contains(",High,"), "{}", csv.text);
    let narrowed = h.get("owner", "/ORB/download/backlog.csv?field=Severity%3DHigh").await.text;
    assert_eq!(narrowed.lines().count(), 2, "{narrowed}");
    for list in ["backlog", "roadmap", "evidence", "needs", "customers", "segments", "decisions", "activity"] {
        for (ending, begins) in [("csv", "\u{feff}"), ("xlsx", "PK")] {
            let file = h.get("manager", &format!("/ORB/download/{list}.{ending}")).await;
            assert!(file.status == 200 && file.text.starts_with(begins) && file.text.len() > 20, "{list}.{ending}: {}", file.status);
        }
    }
    assert_eq!(h.get("owner", "/ORB/download/backlog.exe").await.status, 404);
    assert_eq!(h.get("outsider", "/ORB/download/backlog.csv").await.status, 404);
    let page = h.get("owner", "/ORB/backlog?kind=bug").await.text;
    assert!(page.contains("/ORB/download/backlog.xlsx?kind=bug"), "{page}");
}

#[tokio::test]
async fn a_workbook_is_taken_where_a_table_is() {
    let h = House::new().await;
    let text = |words: &str| Cell::Text(words.to_owned());
    let rows = vec![vec![text("One"), Cell::Number(3.0)], vec![text("Two"), Cell::Number(5.0)]];
    let book = Table { name: "S".into(), header: vec!["Title".into(), "Points".into()], rows }.xlsx().unwrap();
    let mut body = b"--B\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\ncsv\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.xlsx\"\r\n\r\n".to_vec();
    body.extend(book);
    body.extend(b"\r\n--B--\r\n");
    let request = axum::http::Request::post("/ORB/import")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=B")
        .header("cookie", h.cookie("owner").await)
        .body(axum::body::Body::from(body))
        .unwrap();
    let sent = h.send(request).await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let page = crate::importing::looked(&h, "owner", &sent.location.unwrap()).await;
    assert!(page.contains("One") && page.contains("Two"), "{page}");
}
