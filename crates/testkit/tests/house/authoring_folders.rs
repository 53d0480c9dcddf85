//! Challenges that come in as the zip file of a folder, and what is refused of such a file.

use crate::authoring::files;
use axum::{body::Body, http::Request};
use std::io::Write;
use testkit::{Answer, House};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Sends a zip file to the page.
async fn sent(h: &House, who: &str, name: &str, zip: &[u8]) -> Answer {
    let mut body = format!("--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").into_bytes();
    body.extend(zip);
    body.extend(b"\r\n--B--\r\n");
    let mut request =
        Request::post("/practice/writing").header("sec-fetch-site", "same-origin").header("content-type", "multipart/form-data; boundary=B");
    if who != "nobody" {
        request = request.header("cookie", h.cookie(who).await);
    }
    let request = request.body(Body::from(body)).unwrap();
    h.send(request).await
}

fn packed(files: &[(String, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(vec![]));
    for (path, text) in files {
        zip.start_file(path.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[tokio::test]
async fn a_folder_comes_in_as_a_zip_file_or_is_refused_with_a_sentence() {
    let h = House::new().await;
    let given = files("guesstimate", "airfields-brazil");
    let within = |above: &str| given.iter().map(|(path, text)| (format!("{above}{path}"), text.clone())).collect::<Vec<_>>();
    let answer = sent(&h, "owner", "x.zip", &packed(&within("guesstimate/strips-of-ours/"))).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let page = answer.location.unwrap();
    assert!(h.get("owner", &page).await.text.contains("Nothing is wrong with it; it can be published."));
    assert_eq!(h.get("owner", &format!("{page}/folder")).await.kind.as_deref(), Some("application/zip"));
    // Once more, it is the same one.
    sent(&h, "owner", "strips-of-ours.zip", &packed(&within(""))).await;
    assert_eq!(h.number("select count(*) from challenge_draft").await, 1);
    let mut climbs = within("a/");
    climbs.push(("../../etc/brief.md".into(), "x".into()));
    let mut beside = within("a/");
    beside.push(("b/notes.md".into(), "x".into()));
    let mut odd = within("a/");
    odd.push(("a/run.sh".into(), "x".into()));
    let named = |name: &str| packed(&[within("a/"), vec![(name.to_owned(), "x".to_owned())]].concat());
    let long = format!("a/{}.md", "x".repeat(60_000));
    let crowd: Vec<(String, String)> = (0..8_000).map(|n| (format!("a/{n}"), String::new())).collect();
    let bomb = vec![("a/challenge.toml".to_owned(), "0".repeat(8 << 20))];
    let mut linked = ZipWriter::new(std::io::Cursor::new(vec![]));
    linked.add_symlink("a/brief.md", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    let linked = linked.finish().unwrap().into_inner();
    let noise: Vec<u8> = (0..1_000_000_u64).map(|n| (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 29) as u8).collect();
    for (zip, says) in [
        (packed(&climbs), "leads out of its folder"),
        (packed(&beside), "lies beside the folder"),
        (packed(&odd), "does not belong to such a challenge"),
        (packed(&bomb), "unfolds to more than"),
        (packed(&crowd), "has 8000 parts; 400 at most"),
        (named("/etc/passwd"), "leads out of its folder"),
        (named("C:/brief.md"), "leads out of its folder"),
        (named("a\\..\\brief.md"), "leads out of its folder"),
        (named("a/./brief.md"), "leads out of its folder"),
        (named("a/brief.md\0.txt"), "leads out of its folder"),
        (named("a/brief\u{200b}.md"), "does not belong to such a challenge"),
        (named("a/\u{202e}dm.feirb"), "does not belong to such a challenge"),
        (named("a/Brief.md"), "does not belong to such a challenge"),
        (named("a/answers/weak.md/x"), "does not belong to such a challenge"),
        (named(&long), "does not belong to such a challenge"),
        (linked, "a link or a device"),
        (b"no zip".to_vec(), "no zip file"),
        (vec![], "this one is empty"),
        (packed(&[("a/brief.md".to_owned(), "x".to_owned())]), "no challenge.toml"),
        (noise, "larger than 900 KB"),
    ] {
        let answer = sent(&h, "owner", "x.zip", &zip).await;
        assert!(answer.status.is_client_error() && answer.text.contains(says), "{says}: {} {}", answer.status, answer.text);
        assert!(!answer.text.contains(['\u{202e}', '\0']) && !answer.text.contains(&"x".repeat(500)), "a name is told short, and as it is");
    }
    assert_eq!(h.number("select count(*) from challenge_draft").await, 1);
    assert_ne!(sent(&h, "nobody", "x.zip", b"x").await.status, 200);
}
