//! What GitHub and GitLab send, read: pushes, branches, pull and merge requests, as far as they name a story.

use crate::{model::*, receive::SentRef};
use jiff::Timestamp;
use kernel::{Json, Refusal, Result, serde_json};

/// Commits of one push that are looked at; a longer history is brought in by nobody who works on a story.
const MOST: usize = 100;

/// Stories that a text names by the keys of the product, each once: `ORB-42`, `feature/orb-42-hold`.
pub(crate) fn stories_in(text: &str, keys: &[String]) -> Vec<i64> {
    let mut found = vec![];
    let upper = text.to_ascii_uppercase();
    for key in keys {
        for (at, _) in upper.match_indices(&format!("{key}-")) {
            let free = upper[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
            let rest = &upper[at + key.len() + 1..];
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            // `ORB-42A` is something else.
            let ends = rest[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            match rest[..digits].parse() {
                Ok(number) if free && ends && number > 0 && found.len() < 20 && !found.contains(&number) => found.push(number),
                _ => {}
            }
        }
    }
    found
}

fn text<'a>(of: &'a Json, path: &str) -> &'a str {
    of.pointer(path).and_then(Json::as_str).unwrap_or_default()
}

/// A moment: `2026-11-23T10:00:00Z`, as older versions of GitLab write it (`2026-11-23 10:00:00 UTC`), or in seconds since 1970.
fn time(of: &Json, path: &str) -> Option<i64> {
    if let Some(seconds) = of.pointer(path).and_then(Json::as_i64) {
        return seconds.checked_mul(1_000);
    }
    text(of, path).replace(" UTC", "Z").parse::<Timestamp>().ok().map(|at| at.as_millisecond())
}

fn first_line(message: &str) -> String {
    web::clipped(message.lines().next().unwrap_or_default().trim(), 280)
}

/// A link, where it is one.
fn link(url: &str) -> String {
    if kernel::fields::is_link(url) && url.len() < 1_900 { url.to_owned() } else { String::new() }
}

/// What a message tells of code that names stories of the product with these keys.
///
/// # Errors
/// `Invalid` where it is no JSON.
pub(crate) fn read(body: &[u8], keys: &[String]) -> Result<Vec<SentRef>> {
    let said: Json = serde_json::from_slice(body).map_err(|error| Refusal::invalid("body", format!("This is no JSON: {error}.")))?;
    let mut found = vec![];
    if let Some(commits) = said["commits"].as_array() {
        pushed(&said, commits, keys, &mut found);
    }
    if said["pull_request"].is_object() {
        found.extend(pull_request(&said, keys));
    }
    if text(&said, "/object_kind") == "merge_request" {
        found.extend(merge_request(&said, keys));
    }
    found.retain(|one| !one.stories.is_empty());
    Ok(found)
}

/// A push of either: its branch, and its commits.
fn pushed(said: &Json, commits: &[Json], keys: &[String], found: &mut Vec<SentRef>) {
    let pusher = [text(said, "/pusher/name"), text(said, "/user_name")].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    if let Some(branch) = text(said, "/ref").strip_prefix("refs/heads/") {
        let gone = said["deleted"] == true || {
            let after = text(said, "/after");
            !after.is_empty() && after.bytes().all(|b| b == b'0')
        };
        let home = [text(said, "/repository/html_url"), text(said, "/project/web_url")].into_iter().find(|url| !url.is_empty()).unwrap_or_default();
        let way = if said["object_kind"].is_null() { "tree" } else { "-/tree" };
        found.push(SentRef {
            kind: RefKind::Branch,
            which: web::clipped(branch, 250).into(),
            title: web::clipped(branch, 280).into(),
            link: link(&format!("{home}/{way}/{branch}")).into(),
            author: web::clipped(pusher, 190).into(),
            state: if gone { RefState::Deleted } else { RefState::Pushed },
            happened_at: time(said, "/repository/pushed_at"),
            stories: stories_in(branch, keys),
        });
    }
    for commit in commits.iter().take(MOST) {
        let message = text(commit, "/message");
        found.push(SentRef {
            kind: RefKind::Commit,
            which: web::clipped(text(commit, "/id"), 100).into(),
            title: first_line(message).into(),
            link: link(text(commit, "/url")).into(),
            author: web::clipped(text(commit, "/author/name"), 190).into(),
            state: RefState::Pushed,
            happened_at: time(commit, "/timestamp"),
            stories: stories_in(message, keys),
        });
    }
}

fn pull_request(said: &Json, keys: &[String]) -> Option<SentRef> {
    let request = &said["pull_request"];
    let state = match (request["merged"] == true, text(request, "/state")) {
        (true, _) => RefState::Merged,
        (_, "closed") => RefState::Closed,
        _ => RefState::Open,
    };
    let names = [text(request, "/title"), text(request, "/head/ref"), text(request, "/body")].join("\n");
    Some(SentRef {
        kind: RefKind::PullRequest,
        which: request["number"].as_i64()?.to_string().into(),
        title: first_line(text(request, "/title")).into(),
        link: link(text(request, "/html_url")).into(),
        author: web::clipped(text(request, "/user/login"), 190).into(),
        state,
        happened_at: time(request, "/updated_at"),
        stories: stories_in(&names, keys),
    })
}

fn merge_request(said: &Json, keys: &[String]) -> Option<SentRef> {
    let request = &said["object_attributes"];
    let state = match text(request, "/state") {
        "merged" => RefState::Merged,
        "closed" => RefState::Closed,
        _ => RefState::Open,
    };
    let names = [text(request, "/title"), text(request, "/source_branch"), text(request, "/description")].join("\n");
    Some(SentRef {
        kind: RefKind::PullRequest,
        which: request["iid"].as_i64()?.to_string().into(),
        title: first_line(text(request, "/title")).into(),
        link: link(text(request, "/url")).into(),
        author: web::clipped(text(said, "/user/name"), 190).into(),
        state,
        happened_at: time(request, "/updated_at"),
        stories: stories_in(&names, keys),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stories_are_named_by_their_keys_alone() {
        let named = |text: &str| stories_in(text, &["ORB".to_owned(), "OLD".to_owned()]);
        assert_eq!(named("ORB-42: hold a bike, see old-7 and ORB-42"), [42, 7]);
        assert_eq!(named("feature/orb-42-hold"), [42]);
        for none in ["XORB-42", "ORB-42A", "ORB-0", "ORB-", "ORB42", "ORB-99999999999999999999", ""] {
            assert_eq!(named(none), [] as [i64; 0], "{none}");
        }
    }

    #[test]
    fn both_forges_tell_the_same() {
        let keys = ["ORB".to_owned()];
        let github = br#"{"ref":"refs/heads/ORB-42-hold","after":"1","pusher":{"name":"ines"},"repository":{"html_url":"https://github.com/o/a"},
            "commits":[{"id":"c1","message":"ORB-42 Hold\n\nmore","url":"https://github.com/o/a/commit/c1","author":{"name":"Ines"},"timestamp":"2026-11-23T10:00:00+01:00"},{"id":"c2","message":"tidy"}]}"#;
        let told = read(github, &keys).unwrap();
        assert_eq!(told.len(), 2);
        assert_eq!((told[0].kind, &*told[0].link, told[0].state), (RefKind::Branch, "https://github.com/o/a/tree/ORB-42-hold", RefState::Pushed));
        assert_eq!((&*told[1].title, told[1].happened_at, told[1].stories.as_slice()), ("ORB-42 Hold", Some(1_795_424_400_000), &[42][..]));
        let gone = br#"{"object_kind":"push","ref":"refs/heads/ORB-42","after":"0000000000000000000000000000000000000000","project":{"web_url":"https://gitlab.com/o/a"},"commits":[]}"#;
        let told = read(gone, &keys).unwrap();
        assert_eq!((told[0].state, &*told[0].link), (RefState::Deleted, "https://gitlab.com/o/a/-/tree/ORB-42"));
        let request = br#"{"action":"closed","pull_request":{"number":7,"title":"Hold","head":{"ref":"orb-42"},"state":"closed","merged":true,"html_url":"javascript:1","user":{"login":"i"}}}"#;
        let told = read(request, &keys).unwrap();
        assert_eq!((&*told[0].which, told[0].state, &*told[0].link), ("7", RefState::Merged, ""));
        let request = br#"{"object_kind":"merge_request","user":{"name":"I"},"object_attributes":{"iid":8,"title":"ORB-42","state":"opened","url":"https://gitlab.com/o/a/-/merge_requests/8"}}"#;
        assert_eq!(read(request, &keys).unwrap()[0].state, RefState::Open);
        for (says, at) in [
            (r#""2026-11-23 10:00:00 UTC""#, Some(1_795_428_000_000)),
            (r#""2026-11-23T11:00:00+01:00""#, Some(1_795_428_000_000)),
            ("1795428000", Some(1_795_428_000_000)),
            (r#""soon""#, None),
            ("null", None),
            ("9223372036854775807", None),
        ] {
            assert_eq!(time(&serde_json::from_str(&format!("{{\"at\": {says}}}")).unwrap(), "/at"), at, "{says}");
        }
        assert_eq!(read(br#"{"zen":"Keep it logically awesome."}"#, &keys), Ok(vec![]));
        assert!(read(b"payload=1", &keys).is_err());
    }
}
