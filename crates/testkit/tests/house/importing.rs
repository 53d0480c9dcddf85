//! Importing the files of the tests, and looking at what came of it.

use exchange::{Arrival, Brought, Format, Mapping, read};
use kernel::{Door, Refusal};
use std::collections::BTreeMap;
use testkit::House;

pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/files/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

pub async fn import(h: &House, format: Format, name: &str, mapping: &Mapping) -> Result<Brought, Refusal> {
    let draft = read(format, &file(name), mapping)?;
    Arrival { app: &h.app, visitor: &h.visitor("owner", Door::Import), product: "ORB", format, file_name: name, draft: &draft }
        .bring(false, |_| {})
        .await
}

/// Imports a plain CSV with states that are not known left open.
pub async fn csv(h: &House, name: &str) -> Brought {
    import(h, Format::Csv, name, &Mapping { open_unknown: true, ..Mapping::default() }).await.unwrap()
}

/// A field of a story, by where it came from.
pub async fn field(h: &House, origin: &str, column: &str) -> String {
    h.words(format!("select {column} from story where origin = '{origin}'")).await
}

pub async fn fields(h: &House, origins: &[&str], column: &str) -> Vec<String> {
    let mut found = vec![];
    for origin in origins {
        found.push(field(h, origin, column).await);
    }
    found
}

/// A day of a story, or nothing.
pub async fn day(h: &House, origin: &str, column: &str) -> String {
    let at = field(h, origin, column).await;
    if at.is_empty() { at } else { web::when::day(at.parse().unwrap()) }
}

pub fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

pub fn says(notes: &[String], words: &[&str]) -> bool {
    notes.iter().any(|note| words.iter().all(|word| note.contains(word)))
}

/// Imports text as a table, as somebody.
pub async fn bring_text(h: &House, who: &str, text: &str, mapping: &Mapping) -> Brought {
    let draft = read(Format::Csv, text.as_bytes(), mapping).unwrap();
    Arrival { app: &h.app, visitor: &h.visitor(who, Door::Import), product: &h.here(), format: Format::Csv, file_name: "f.csv", draft: &draft }
        .bring(false, |_| {})
        .await
        .unwrap()
}

/// Sends a table to the page of imports; the address of what is under way.
pub async fn upload(h: &House, who: &str, text: &str) -> String {
    let body = format!(
        "--B\r\nContent-Disposition: form-data; name=\"format\"\r\n\r\ncsv\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f.csv\"\r\nContent-Type: text/csv\r\n\r\n{text}\r\n--B--\r\n"
    );
    let request = axum::http::Request::post("/ORB/import")
        .header("cookie", h.cookie(who).await)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "multipart/form-data; boundary=B");
    h.send(request.body(axum::body::Body::from(body)).unwrap()).await.location.expect("a page for this import")
}

/// The page of an import once it has looked through the file.
pub async fn looked(h: &House, who: &str, place: &str) -> String {
    until(h, who, place, "What would happen").await
}

/// The page of an import once it is done.
pub async fn finished(h: &House, who: &str, place: &str) -> String {
    until(h, who, place, "Done:").await
}

pub async fn until(h: &House, who: &str, place: &str, words: &str) -> String {
    let mut look = String::new();
    for _ in 0..2_000 {
        h.app.work_off().await.unwrap();
        look = h.get(who, place).await.text;
        if look.contains(words) {
            return look;
        }
        tokio::task::yield_now().await;
    }
    panic!("it never says {words} to {who}: {look}");
}
