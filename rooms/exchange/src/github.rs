//! GitHub's list of issues as entries: the REST answer, or `gh issue list --json …`.

use crate::{
    RowProblem,
    columns::keep,
    entry::{Entries, Entry, Tool},
};
use conversation::BroughtComment;
use kernel::{Json, Refusal, Result};
use reading::dates;
use std::collections::BTreeMap;

/// Reads a list. Pull requests stand in the same list and are left out, and counted.
///
/// # Errors
/// `Invalid`, where it is no list.
pub fn read(bytes: &[u8]) -> Result<Entries> {
    let (text, note) = reading::text::decode(bytes).map_err(|wrong| Refusal::invalid("file", wrong.0))?;
    let list: Json = serde_json::from_str(&text)
        .map_err(|e| Refusal::invalid("file", format!("This is no JSON, or it is cut off: line {}, column {}: {e}.", e.line(), e.column())))?;
    let Json::Array(list) = list else {
        return Err(Refusal::invalid("file", "A list of issues was expected: the file should start with [."));
    };
    let mut entries = Entries { tool: Tool::Github, read: list.len(), notes: note.into_iter().collect(), has_states: true, ..Entries::default() };
    for (i, issue) in list.iter().enumerate() {
        if issue.get("pull_request").is_some_and(|p| !p.is_null()) {
            *entries.left_out.entry("pull requests".into()).or_insert(0) += 1;
            continue;
        }
        match issue.get("number").and_then(Json::as_i64) {
            Some(number) => entries.entries.push(entry(i + 1, number, issue)),
            None => {
                let reason = "This entry has no number, so it could not be recognised again.".into();
                entries.problems.push(RowProblem { row: i + 1, column: "number".into(), reason });
            }
        }
    }
    Ok(entries)
}

fn text<'a>(entry: &'a Json, names: &[&str]) -> &'a str {
    names.iter().find_map(|n| entry.get(n).and_then(Json::as_str)).unwrap_or("")
}

fn names(entry: &Json, list: &str, name: &str) -> Vec<String> {
    let items = entry.get(list).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(|i| i.as_str().or_else(|| i.get(name)?.as_str())).map(str::to_owned).collect()
}

fn entry(row: usize, number: i64, issue: &Json) -> Entry {
    let url = text(issue, &["html_url", "url"]);
    let day = |names: &[&str]| dates::one(text(issue, names)).ok().map(|when| when.millis());
    let reason = text(issue, &["state_reason", "stateReason"]).to_lowercase();
    let labels = names(issue, "labels", "name");
    let bug = labels.iter().any(|label| reading::words(label).split(' ').any(|word| word == "bug"));
    let people = names(issue, "assignees", "login");
    let mut extra = extra(issue);
    keep(&mut extra, "assignees", &people.join(", "));
    Entry {
        row,
        key: format!("{}#{number}", repository(url)),
        ids: vec![number.to_string()],
        url: Some(url.to_owned()).filter(|u| !u.is_empty()),
        title: text(issue, &["title"]).to_owned(),
        body: text(issue, &["body"]).to_owned(),
        state: text(issue, &["state"]).to_lowercase(),
        gave_up: matches!(reason.as_str(), "not_planned" | "duplicate"),
        kind: if bug { "bug" } else { "issue" }.to_owned(),
        people,
        labels,
        created: day(&["created_at", "createdAt"]),
        closed: day(&["closed_at", "closedAt"]),
        updated: day(&["updated_at", "updatedAt"]),
        comments: comments(issue),
        extra,
        ..Entry::default()
    }
}

fn comments(issue: &Json) -> Vec<BroughtComment> {
    let list = issue.get("comments").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    let comment = |c: &Json| {
        let author = c.get("author").or(c.get("user")).map_or("", |a| text(a, &["login"]));
        let at = dates::one(text(c, &["createdAt", "created_at"])).ok()?.millis();
        let body = text(c, &["body"]);
        (!author.is_empty() && !body.trim().is_empty()).then(|| BroughtComment { author: author.to_owned(), at, body: body.to_owned() })
    };
    list.iter().filter_map(comment).collect()
}

/// `owner/name` from an issue's address.
fn repository(url: &str) -> String {
    let parts: Vec<&str> = url.split('/').collect();
    let at = parts.iter().position(|p| *p == "issues");
    at.filter(|at| *at >= 2).map_or_else(|| "issue".into(), |at| format!("{}/{}", parts[at - 2], parts[at - 1]))
}

/// Plain values that have no field of ours.
fn extra(entry: &Json) -> BTreeMap<String, String> {
    const KNOWN: &[&str] = &["number", "title", "body", "state", "html_url", "url", "created_at", "createdAt", "closed_at", "closedAt"];
    let mut extra = BTreeMap::new();
    for (name, value) in entry.as_object().into_iter().flatten() {
        let plain = match value {
            Json::String(s) if !name.ends_with("_url") => s.clone(),
            Json::Number(n) => n.to_string(),
            Json::Bool(b) => b.to_string(),
            Json::Object(o) => o.get("title").or(o.get("login")).and_then(Json::as_str).unwrap_or("").to_owned(),
            _ => continue,
        };
        if !plain.is_empty() && !KNOWN.contains(&name.as_str()) {
            extra.insert(name.clone(), plain);
        }
    }
    extra
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_pull_requests_out_and_counts_them() {
        let text = r#"[{"number":1,"title":"a","state":"open","html_url":"https://github.com/o/r/issues/1","labels":[{"name":"bug"}],"assignees":[{"login":"x"},{"login":"y"}]},
                       {"number":2,"title":"b","pull_request":{}},{"title":"c"},
                       {"number":4,"title":"d","state":"closed","state_reason":"not_planned","comments":[{"author":{"login":"z"},"body":"no","createdAt":"2026-01-02T03:04:05Z"}]}]"#;
        let entries = read(text.as_bytes()).unwrap();
        assert_eq!((entries.left_out.get("pull requests"), entries.problems.len()), (Some(&1), 1));
        let (one, four) = (&entries.entries[0], &entries.entries[1]);
        assert_eq!((one.key.as_str(), one.kind.as_str(), one.people.len()), ("o/r#1", "bug", 2));
        assert_eq!(one.extra.get("assignees").map(String::as_str), Some("x, y"));
        assert!(four.gave_up && four.comments[0].author == "z");
        assert!(read(b"[{").is_err_and(|e| e.sentence().contains("cut off")));
        assert!(read(b"{}").is_err());
    }
}
