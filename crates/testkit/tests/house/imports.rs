//! Imports: whole or not at all, twice without duplicates.

use exchange::{Arrival, Brought, Format, Mapping, read};
use kernel::{Door, Refusal};
use testkit::House;

async fn import(h: &House, format: Format, bytes: &[u8], mapping: &Mapping, dry: bool) -> Result<Brought, Refusal> {
    let draft = read(format, bytes, mapping)?;
    Arrival { app: &h.app, visitor: &h.visitor("owner", Door::Import), product: "ORB", format, file_name: "file", draft: &draft }
        .bring(dry, |_| {})
        .await
}

const JIRA: &str = "Issue key,Summary,Issue Type,Status,Labels,Labels,Custom field (Story point estimate),Custom field (Team),Description\n\
    A-1,First,Story,In Review,x,y,3,Blue,\"As a …\n\nAcceptance Criteria:\n- one\n- two\n\n---\nmore\"\n\
    A-2,Second,Story,Done,,,,,\n";

#[tokio::test]
async fn a_second_import_updates_and_never_duplicates() {
    let h = House::new().await;
    let mapping = Mapping { criteria: true, ..Mapping::default() };
    let dry = import(&h, Format::JiraCsv, JIRA.as_bytes(), &mapping, true).await.unwrap();
    assert_eq!((dry.report.created, h.number("select count(*) from story").await), (2, 0), "a dry run changes nothing");
    let first = import(&h, Format::JiraCsv, JIRA.as_bytes(), &mapping, false).await.unwrap();
    assert_eq!((first.report.read, first.report.created), (2, 2));
    assert_eq!(h.number("select count(*) from criterion").await, 2);
    assert_eq!(h.text("select stage from story where origin = 'jira:A-1'".into()).await, "doing");
    assert!(h.text("select extra from story where origin = 'jira:A-1'".into()).await.contains("Blue"), "unknown columns are kept");
    let again = import(&h, Format::JiraCsv, JIRA.as_bytes(), &mapping, false).await.unwrap();
    assert_eq!((again.report.created, again.report.updated, again.report.unchanged), (0, 0, 2));
    let changed = JIRA.replace("First", "First, renamed");
    let third = import(&h, Format::JiraCsv, changed.replace("First, renamed", "\"First, renamed\"").as_bytes(), &mapping, false).await.unwrap();
    assert_eq!((third.report.created, third.report.updated, third.report.unchanged), (0, 1, 1));
    assert_eq!(h.number("select count(*) from story").await, 2);
    assert_eq!(h.number("select count(*) from criterion").await, 2);
    assert!(h.app.check().await.unwrap().wrong.is_empty());
}

#[tokio::test]
async fn one_bad_row_stops_the_whole_and_is_named() {
    let h = House::new().await;
    let file = b"key,title,points\n1,One,3\n2,,5\n3,Three,many\n1,Again,1\n";
    let brought = import(&h, Format::Csv, file, &Mapping::default(), false).await.unwrap();
    let told: Vec<(usize, &str)> = brought.report.problems.iter().map(|p| (p.row, p.column.as_str())).collect();
    assert_eq!(told, [(3, "title"), (5, "key")]);
    assert_eq!(h.number("select count(*) from story").await, 0);
    let left_out = import(&h, Format::Csv, file, &Mapping { skip_bad: true, ..Mapping::default() }, false).await.unwrap();
    assert_eq!((left_out.report.created, left_out.report.refused), (2, 2), "with consent the others come in");
}

#[tokio::test]
async fn files_that_cannot_be_read_say_why() {
    let h = House::new().await;
    let refused = |bytes: Vec<u8>| {
        let h = &h;
        async move {
            match import(h, Format::Csv, &bytes, &Mapping::default(), false).await {
                Err(Refusal::Invalid(fields)) => fields[0].message.clone(),
                Ok(b) => panic!("it was read: {:?}", b.report),
                Err(other) => panic!("{other}"),
            }
        }
    };
    assert!(refused(b"key,title\n1,\"cut".to_vec()).await.contains("cut off"));
    assert!(refused(b"key,title\n1,a\0b".to_vec()).await.contains("NUL"));
    assert!(refused(format!("title{}", ",x".repeat(100_000)).into_bytes()).await.contains("columns"));
    assert!(refused([b"key,title\n1,".as_slice(), &vec![b'y'; 50 << 20]].concat()).await.contains("Row 2"));
    assert!(refused(vec![]).await.contains("empty"));
    assert!(refused(b"a,b\n1,2".to_vec()).await.contains("title"));
    // Latin-1 and UTF-16 are read, and the report says so.
    let latin = import(&h, Format::Csv, b"key,title\n1,Gr\xfc\xdfe\n", &Mapping::default(), false).await.unwrap();
    assert!(latin.report.notes[0].contains("Windows-1252"));
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain("key,title\n2,Größe\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    import(&h, Format::Csv, &utf16, &Mapping::default(), false).await.unwrap();
    assert_eq!(h.number("select count(*) from story where title in ('Grüße', 'Größe')").await, 2);
}

#[tokio::test]
async fn a_verdict_of_ours_outranks_the_other_tool() {
    let h = House::new().await;
    import(&h, Format::JiraCsv, JIRA.as_bytes(), &Mapping::default(), false).await.unwrap();
    let id = h.text("select id from story where origin = 'jira:A-1'".into()).await;
    h.run("developer", "story.hand_over", kernel::json!({ "story": id })).await.unwrap();
    h.run("owner", "story.accept", kernel::json!({ "story": id, "reason": "seen" })).await.unwrap();
    import(&h, Format::JiraCsv, JIRA.as_bytes(), &Mapping::default(), false).await.unwrap();
    assert_eq!(h.text(format!("select stage from story where id = '{id}'")).await, "accepted");
}

#[tokio::test]
async fn an_import_through_the_page() {
    let h = House::new().await;
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\njira-csv\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"j.csv\"\r\nContent-Type: text/csv\r\n\r\n{JIRA}\r\n--B--\r\n"
    );
    let cookie = h.cookie("owner").await;
    let request = axum::http::Request::post("/ORB/import")
        .header("cookie", &cookie)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=B");
    let sent = h.send(request.body(axum::body::Body::from(body)).unwrap()).await;
    let place = sent.location.expect("a page for this import");
    let looked = || async {
        for _ in 0..2_000 {
            let look = h.get("owner", &place).await.text;
            if look.contains("What would happen") {
                return look;
            }
            tokio::task::yield_now().await;
        }
        panic!("it is looked through for ever");
    };
    let look = looked().await;
    assert!(look.contains("In Review") && look.contains("What would happen") && look.contains("Take the acceptance criteria"));
    assert_eq!(h.get("manager", &place).await.status, 404, "another member's file");
    assert_eq!(h.post("owner", &place, "state:In%20Review=leave_out&criteria=true").await.status, 303);
    assert!(looked().await.contains("<dt>Left out"), "looked through again");
    h.post("owner", &format!("{place}/run"), "").await;
    // The import runs beside the pages; its own page says when it is done.
    let mut told = String::new();
    for _ in 0..2_000 {
        h.app.work_off().await.unwrap();
        told = h.get("owner", &place).await.text;
        if told.contains("Done:") {
            break;
        }
        tokio::task::yield_now().await;
    }
    assert!(told.contains("1 created"), "{told}");
    assert_eq!(h.number("select count(*) from story").await, 1);
}
