//! Files on things: who sees them, what is believed of them, and when they go.

use axum::{body::Body, http::Request};
use kernel::{Json, json};
use testkit::{Answer, House};

const DAY: i64 = 86_400_000;

/// A picture of one pixel.
fn png() -> Vec<u8> {
    let hex =
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082";
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

async fn with_story() -> (House, String) {
    let h = House::new().await;
    let story = h.made("owner", "story.create", json!({ "title": "Pay by card" }), "story").await;
    (h, story)
}

/// Attaches what must be taken; the id.
async fn attach(h: &House, who: &str, story: &str, name: &str, bytes: &[u8]) -> String {
    let answer = h.attach(who, "story", story, name, bytes).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.json()["attached"][0]["id"].as_str().unwrap().replace('-', "")
}

fn head<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

async fn files(h: &House) -> usize {
    let blobs = h.app.blobs.clone();
    tokio::task::spawn_blocking(move || blobs.kept_before(i64::MAX).unwrap().len()).await.unwrap()
}

#[tokio::test]
async fn a_picture_hangs_on_a_story_and_stands_in_a_comment() {
    let (h, story) = with_story().await;
    let answer = h.attach("developer", "story", &story, "shot.png", &png()).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let (told, id) = (answer.json(), answer.json()["attached"][0]["id"].as_str().unwrap().replace('-', ""));
    assert_eq!(told["says"], "Attached “shot.png”.");
    assert_eq!(told["attached"][0]["in_text"], format!("![shot.png](attachment:{id})"));
    h.run("developer", "comment.add", json!({ "about": "story", "id": story, "body": told["attached"][0]["in_text"] })).await.unwrap();
    let page = h.get("stakeholder", "/ORB/story/1").await.text;
    assert_eq!(page.matches(&format!("<img src=\"/attachments/{id}/small\"")).count(), 2, "among the files, and in the comment: {page}");
    assert!(page.contains(">shot.png<") && page.contains("67 bytes") && page.contains("Up to 50 MB each"));
    for path in [format!("/attachments/{id}"), format!("/attachments/{id}/small")] {
        let given = h.get("stakeholder", &path).await;
        assert_eq!((given.status.as_u16(), given.kind.as_deref()), (200, Some("image/png")));
        assert_eq!(head(&given, "content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(head(&given, "x-content-type-options"), "nosniff");
        assert!(head(&given, "content-disposition").starts_with("inline; filename=\"shot.png\""));
        let had = Request::get(&path).header("cookie", h.cookie("owner").await).header("if-none-match", given.etag.unwrap());
        assert_eq!(h.send(had.body(Body::empty()).unwrap()).await.status, 304);
    }
    let token = h.token("developer").await;
    let listed = h.rest(&token, "GET", "/products/ORB/attachments", Json::Null).await.text;
    assert!(listed.contains("shot.png"), "{listed}");
    let by_program = Request::get(format!("/attachments/{id}")).header("authorization", format!("Bearer {token}"));
    assert_eq!(h.send(by_program.body(Body::empty()).unwrap()).await.status, 200, "programs fetch it with their token");
    assert!(h.get("owner", "/ORB/activity").await.text.contains("attached"));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn whoever_does_not_see_the_thing_does_not_see_what_hangs_on_it() {
    let h = House::new().await;
    let need = h.made("owner", "need.create", json!({ "title": "Know more" }), "need").await;
    let answer = h.attach("owner", "need", &need, "talk.txt", b"zqwords").await;
    let id = answer.json()["attached"][0]["id"].as_str().unwrap().replace('-', "");
    let path = format!("/attachments/{id}");
    assert_eq!(h.get("developer", &path).await.text, "zqwords");
    assert_eq!(h.get("outsider", &path).await.status, 404);
    assert_eq!(h.get("nobody", &path).await.status, 303, "asked to sign in");
    let asked = h.proposed("manager", "agreement.set", json!({ "area": "customers", "hat": "developer", "standing": "none" })).await;
    h.run("owner", "proposal.sign", json!({ "proposal": asked })).await.unwrap();
    assert_eq!(h.get("developer", &path).await.status, 404);
    assert_eq!(h.attach("developer", "need", &need, "x.txt", b"x").await.status, 404);
    assert!(!h.rest(&h.token("developer").await, "GET", "/products/ORB/attachments", Json::Null).await.text.contains("talk.txt"));
    assert_eq!(h.attach("outsider", "need", &need, "x.txt", b"x").await.status, 404);
    assert_eq!(h.attach("nobody", "need", &need, "x.txt", b"x").await.status, 401);
    // Of another product, of nothing, and of what nothing hangs on.
    h.second("SEC", "outsider").await;
    h.enter("SEC");
    assert_eq!(h.attach("outsider", "need", &need, "x.txt", b"x").await.status, 404);
    h.enter("ORB");
    assert_eq!(h.attach("owner", "need", "0192f3a4b5c67d8e9fa0b1c2d3e4f5a6", "x.txt", b"x").await.status, 404);
    assert_eq!(h.attach("owner", "membership", &need, "x.txt", b"x").await.status, 422);
    assert_eq!(h.get("owner", "/attachments/..%2f..%2fetc").await.status, 404);
}

#[tokio::test]
async fn what_runs_is_never_shown_whatever_it_is_called() {
    let (h, story) = with_story().await;
    for (name, called, bytes) in [
        ("../../x.html", "x.html", &b"<!DOCTYPE html><script>alert(1)</script>"[..]),
        ("picture.png", "picture.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"),
        ("page.png", "page.png", b"<html><script>alert(1)</script></html>"),
        ("cut.png", "cut.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"),
    ] {
        let id = attach(&h, "owner", &story, name, bytes).await;
        let given = h.get("owner", &format!("/attachments/{id}")).await;
        assert_eq!((given.status.as_u16(), given.kind.as_deref()), (200, Some("application/octet-stream")), "{name}");
        assert!(head(&given, "content-disposition").starts_with(&format!("attachment; filename=\"{called}\"")), "{name}");
        assert_eq!(head(&given, "content-security-policy"), "default-src 'none'; sandbox");
        assert_eq!(h.get("owner", &format!("/attachments/{id}/small")).await.status, 404, "{name}");
        assert!(!h.get("owner", "/ORB/story/1").await.text.contains(&format!("<img src=\"/attachments/{id}")), "{name}");
    }
}

#[tokio::test]
async fn what_cannot_be_attached_is_refused_with_a_sentence_and_leaves_nothing() {
    let (h, story) = with_story().await;
    let empty = h.attach("owner", "story", &story, "nothing.txt", b"").await;
    assert_eq!((empty.status.as_u16(), empty.json()["detail"].as_str()), (422, Some("“nothing.txt” is empty.")));
    let large = h.attach("owner", "story", &story, "film.mov", &vec![7; (50 << 20) + 1]).await;
    assert_eq!((large.status.as_u16(), large.json()["detail"].as_str()), (422, Some("“film.mov” is larger than 50 MB.")));
    let send = async |site: &str, length: &str, body: &'static str| {
        let request = Request::post("/ORB/attachments")
            .header("cookie", h.cookie("owner").await)
            .header("sec-fetch-site", site)
            .header("x-tandem", "1")
            .header("content-type", "multipart/form-data; boundary=B")
            .header("content-length", length);
        h.send(request.body(Body::from(body)).unwrap()).await
    };
    assert_eq!(send("same-origin", "2147483648", "--B").await.status, 413, "2 GB are not even read");
    assert_eq!(send("cross-site", "3", "--B").await.status, 403);
    assert_eq!(send("same-origin", "5", "--B--").await.status, 422, "without a file");
    let cut = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nhalf";
    assert_eq!(send("same-origin", "72", cut).await.status, 422, "it does not say where it hangs, and is cut off");
    assert_eq!(h.number("select count(*) from attachment").await, 0);
    // Where a file was refused at its end, it goes with what nobody names.
    h.app.clock.forward(400 * DAY);
    h.app.throw_files_away().await.unwrap();
    assert_eq!(files(&h).await, 0);
}

#[tokio::test]
async fn whoever_attached_a_file_takes_it_off_and_brings_it_back() {
    let (h, story) = with_story().await;
    let id = attach(&h, "developer", &story, "plan.txt", b"the plan").await;
    let remove = json!({ "attachment": id });
    assert!(matches!(h.run("stakeholder", "attachment.remove", remove.clone()).await, Err(kernel::Refusal::Denied { .. })));
    let page = h.get("stakeholder", "/ORB/story/1").await.text;
    assert!(page.contains("plan.txt") && !page.contains("attachment.remove"), "no control is offered that would be refused");
    h.run("developer", "attachment.remove", remove.clone()).await.unwrap();
    assert_eq!(h.get("developer", &format!("/attachments/{id}")).await.status, 404);
    h.run("developer", "act.undo_last", json!({})).await.unwrap();
    assert_eq!(h.get("developer", &format!("/attachments/{id}")).await.text, "the plan");
    h.run("owner", "attachment.remove", remove).await.unwrap();
    assert_eq!(h.number("select count(*) from attachment where removed_at is null").await, 0, "the Owner decides on the backlog");
}

#[tokio::test]
async fn a_file_goes_once_nothing_names_it_for_long() {
    let (h, story) = with_story().await;
    let one = attach(&h, "owner", &story, "one.txt", b"the same").await;
    let two = attach(&h, "owner", &story, "two.txt", b"the same").await;
    assert_eq!(files(&h).await, 1, "kept once");
    let goes = async |id: &str| {
        h.run("owner", "attachment.remove", json!({ "attachment": id })).await.unwrap();
        // Beyond the grace, by the clock of the disk too.
        h.app.clock.forward(400 * DAY);
        h.app.tidy_up().await.unwrap();
        h.app.throw_files_away().await.unwrap();
    };
    goes(&one).await;
    assert_eq!((h.number("select count(*) from attachment").await, files(&h).await), (1, 1), "the other names it");
    assert_eq!(h.get("owner", &format!("/attachments/{two}")).await.text, "the same");
    goes(&two).await;
    assert_eq!((h.number("select count(*) from attachment").await, files(&h).await), (0, 0));
    assert_eq!(h.app.check().await.unwrap().wrong, Vec::<String>::new());
}

#[tokio::test]
async fn what_came_just_now_is_left_alone() {
    let (h, _) = with_story().await;
    let blobs = h.app.blobs.clone();
    tokio::task::spawn_blocking(move || blobs.keep(b"on its way").unwrap()).await.unwrap();
    assert_eq!((h.app.throw_files_away().await.unwrap(), files(&h).await), (0, 1));
}

#[tokio::test]
async fn a_backup_takes_files_along_and_a_check_misses_them() {
    let (h, story) = with_story().await;
    let id = attach(&h, "owner", &story, "shot.png", &png()).await;
    attach(&h, "owner", &story, "large.bin", &vec![9; 2_000_000]).await;
    let bytes = crate::history::backup(&h.app).await;
    let other = crate::history::empty(&h.app.clock).await;
    crate::history::restore(&other, &bytes).await.unwrap();
    assert_eq!(other.check().await.unwrap().wrong, Vec::<String>::new());
    assert!(bytes == crate::history::backup(&other).await, "the same lines come out again");
    let text = String::from_utf8(bytes).unwrap();
    let start = text.find("\"iVBOR").unwrap();
    let changed = format!("{}\"iVBOS{}", &text[..start], &text[start + 6..]);
    let third = crate::history::empty(&h.app.clock).await;
    assert!(crate::history::restore(&third, changed.as_bytes()).await.is_err(), "a file that was changed restores nothing");
    let (blobs, sha256) = (other.blobs.clone(), other_sha(&h, &id).await);
    assert!(blobs.throw_away(&sha256, i64::MAX).unwrap());
    let wrong = other.check().await.unwrap().wrong;
    assert!(wrong.iter().any(|w| w.contains("shot.png") && w.contains("is gone")), "{wrong:?}");
}

async fn other_sha(h: &House, id: &str) -> String {
    h.text(format!("select sha256 from attachment where id = '{id}'")).await
}
