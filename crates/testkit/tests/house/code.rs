//! Commits, branches and pull requests that name a story, as repositories tell of them.

use crate::machine::hmac;
use app::Outcome;
use axum::{body::Body, http::Request};
use kernel::{Json, json};
use sha2::{Digest, Sha256};
use testkit::{Answer, House};

async fn revealed(h: &House, who: &str, command: &str, args: Json) -> (String, String) {
    let outcome = h.run(who, command, args).await.unwrap();
    let id = outcome.thing("code_source").unwrap().id.simple().to_string();
    let Outcome::Done(done) = outcome else { panic!("it is done at once") };
    (done.reveal.unwrap(), id)
}

/// A repository: its address, its secret, its id.
pub async fn repository(h: &House, who: &str, name: &str) -> (String, String, String) {
    let (path, id) = revealed(h, who, "code_source.make", json!({ "name": name })).await;
    let (secret, _) = revealed(h, who, "code_source.new_secret", json!({ "code_source": id })).await;
    (path, secret, id)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Sends as GitHub does.
pub async fn send(h: &House, path: &str, secret: &str, body: &str) -> Answer {
    // A key longer than a block is its digest.
    let key = if secret.len() > 64 { Sha256::digest(secret).to_vec() } else { secret.as_bytes().to_vec() };
    let signed = format!("sha256={}", hex(&hmac(&key, body.as_bytes())));
    h.send(
        Request::post(path)
            .header("x-hub-signature-256", signed)
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap(),
    )
    .await
}

/// A push of one commit on a branch.
pub fn push(branch: &str, id: &str, message: &str) -> String {
    json!({ "ref": format!("refs/heads/{branch}"), "after": id, "pusher": { "name": "ines" }, "repository": { "html_url": "https://github.com/orbit/app" },
        "commits": [{ "id": id, "message": message, "url": format!("https://github.com/orbit/app/commit/{id}"), "author": { "name": "Ines" } }] })
    .to_string()
}

async fn with_story() -> (House, String, String, String) {
    let h = House::new().await;
    h.run("owner", "story.create", json!({ "title": "Hold a bike", "body": "x" })).await.unwrap();
    let (path, secret, id) = repository(&h, "developer", "orbit/app").await;
    (h, path, secret, id)
}

#[tokio::test]
async fn what_names_a_story_stands_on_it() {
    let (h, path, secret, _) = with_story().await;
    let told = send(&h, &path, &secret, &push("feature/orb-1-hold", "c0ffee", "ORB-1 Hold a bike\n\nand ORB-9, XORB-1")).await;
    assert_eq!((told.status.as_u16(), told.json()["says"].as_str()), (201, Some("2 pieces taken in.")), "{}", told.text);
    let page = h.get("stakeholder", "/ORB/story/1").await.text;
    for words in ["feature/orb-1-hold", "https://github.com/orbit/app/commit/c0ffee", "ORB-1 Hold a bike", "Ines", "data-copy=\"ORB-1-hold-a-bike\""]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    // The same again is nothing new, whatever else is sent names nothing here.
    assert_eq!(send(&h, &path, &secret, &push("feature/orb-1-hold", "c0ffee", "ORB-1 Hold a bike")).await.json()["says"], "0 pieces taken in.");
    assert_eq!(send(&h, &path, &secret, r#"{"zen":"Design for failure."}"#).await.json()["says"], "It names no story here.");
    assert_eq!(h.number("select count(*) from code_ref").await, 2);
    let request = |state: &str, merged: bool| {
        json!({ "action": "x", "pull_request": { "number": 7, "title": "Hold a bike", "head": { "ref": "orb-1" }, "state": state, "merged": merged,
            "html_url": "https://github.com/orbit/app/pull/7", "user": { "login": "ines" } } })
        .to_string()
    };
    send(&h, &path, &secret, &request("open", false)).await;
    assert_eq!(h.text("select state from code_ref where kind = 'pull_request'".into()).await, "open");
    send(&h, &path, &secret, &request("closed", true)).await;
    assert_eq!(h.text("select state || which from code_ref where kind = 'pull_request'".into()).await, "merged7");
    assert!(h.get("developer", "/ORB/repositories").await.text.contains("3 pieces told"));
}

#[tokio::test]
async fn what_comes_late_says_nothing_new() {
    let (h, path, secret, _) = with_story().await;
    let state = async || h.text("select state || ' ' || title from code_ref where kind = 'pull_request'".into()).await;
    let request = |title: &str, state: &str, merged: bool, at: &str| {
        json!({ "pull_request": { "number": 7, "title": title, "head": { "ref": "orb-1" }, "state": state, "merged": merged, "updated_at": at } })
            .to_string()
    };
    let (early, noon, late) = ("2026-09-20T10:00:00Z", "2026-09-20T12:00:00Z", "2026-09-20T14:00:00Z");
    send(&h, &path, &secret, &request("Hold", "closed", false, noon)).await;
    let told = send(&h, &path, &secret, &request("Old words", "open", false, early)).await;
    assert_eq!((told.json()["says"].as_str(), state().await.as_str()), (Some("0 pieces taken in."), "closed Hold"), "{}", told.text);
    send(&h, &path, &secret, &request("Hold", "open", false, late)).await;
    assert_eq!(state().await, "open Hold", "it was opened again");
    send(&h, &path, &secret, &request("Hold", "closed", true, late)).await;
    send(&h, &path, &secret, &request("Hold", "open", false, late)).await;
    assert_eq!(state().await, "merged Hold", "of one second, in whatever order");
    // A branch: what it was before it was deleted.
    let branch = |deleted: bool, at: i64| {
        json!({ "ref": "refs/heads/orb-1", "deleted": deleted, "commits": [], "repository": { "html_url": "https://github.com/o/a", "pushed_at": at } }).to_string()
    };
    let at = 1_789_900_000;
    send(&h, &path, &secret, &branch(true, at + 60)).await;
    send(&h, &path, &secret, &branch(false, at)).await;
    assert_eq!(h.text("select state from code_ref where kind = 'branch'".into()).await, "deleted");
    send(&h, &path, &secret, &branch(false, at + 120)).await;
    assert_eq!(h.text("select state from code_ref where kind = 'branch'".into()).await, "pushed");
    // A merge request says when in words of its own.
    let merge = |state: &str, at: &str| {
        json!({ "object_kind": "merge_request", "object_attributes": { "iid": 8, "title": "ORB-1", "state": state, "updated_at": at } }).to_string()
    };
    for (says, at) in [("merged", "2026-09-20 12:00:00 UTC"), ("closed", "2026-09-20 10:00:00 UTC"), ("opened", "2026-09-20 10:00:00 UTC")] {
        assert!(send(&h, &path, &secret, &merge(says, at)).await.status.is_success(), "{says}");
    }
    assert_eq!(h.text("select state from code_ref where which = '8'".into()).await, "merged");
}

#[tokio::test]
async fn gitlab_shows_the_secret_itself() {
    let (h, path, secret, _) = with_story().await;
    let body = json!({ "object_kind": "merge_request", "user": { "name": "Ines" }, "object_attributes": { "iid": 8, "title": "ORB-1", "state": "opened",
        "url": "https://gitlab.com/orbit/app/-/merge_requests/8" } });
    let send = async |word: &str| h.send(Request::post(&path).header("x-gitlab-token", word).body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(send("guess").await.status, 401);
    assert_eq!(send(&secret).await.status, 201);
    assert!(h.get("owner", "/ORB/story/1").await.text.contains("merge_requests/8"));
}

#[tokio::test]
async fn nothing_is_taken_that_is_not_proven() {
    let (h, path, secret, id) = with_story().await;
    let body = push("orb-1", "c1", "ORB-1");
    for wrong in ["", "whsec_00", &secret[1..]] {
        assert_eq!(send(&h, &path, wrong, &body).await.status, 401, "{wrong}");
    }
    let other = h.send(Request::post(&path).body(Body::from(body.clone())).unwrap()).await;
    assert!(other.status == 401 && other.text.contains("does not fit"), "{}", other.text);
    assert_eq!(send(&h, "/code/guess", &secret, &body).await.status, 404);
    assert_eq!(send(&h, &path, &secret, "payload=x").await.status, 422);
    let large = push("orb-1", "c1", &"x".repeat(300 << 10));
    assert_eq!(send(&h, &path, &secret, &large).await.status, 413);
    // A new secret ends the one before; an address without one takes nothing.
    h.app.clock.forward(60_000);
    let (newer, _) = revealed(&h, "owner", "code_source.new_secret", json!({ "code_source": id })).await;
    assert_eq!(send(&h, &path, &secret, &body).await.status, 401);
    assert_eq!(send(&h, &path, &newer, &body).await.status, 201);
    let (bare, _) = revealed(&h, "owner", "code_source.make", json!({ "name": "bare" })).await;
    assert_eq!(send(&h, &bare, "", &body).await.status, 401);
    h.run("owner", "code_source.revoke", json!({ "code_source": id })).await.unwrap();
    assert_eq!(send(&h, &path, &newer, &body).await.status, 404);
    assert_eq!(h.number("select count(*) from signing_key").await, 0);
    // The secret stands in no door.
    let token = h.token("owner").await;
    let told = h.rest(&token, "GET", "/products/ORB/code-sources", Json::Null).await.text;
    assert!(!told.contains("whsec_") && !told.contains("token_hash"), "{told}");
}
