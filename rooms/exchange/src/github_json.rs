//! GitHub's list of issues: the REST answer, or `gh issue list --json …`.

use crate::{
    dates,
    draft::{Draft, RowProblem},
    mapping::{self, Mapping},
};
use backlog::BringInStory;
use kernel::{Json, Refusal, Result};
use std::collections::BTreeMap;

/// Reads a list. Pull requests stand in the same list and are left out, and counted.
pub fn read(text: &str, mapping: &Mapping) -> Result<Draft> {
    let list: Json = serde_json::from_str(text)
        .map_err(|e| Refusal::invalid("file", format!("This is no JSON, or it is cut off: line {}, column {}: {e}.", e.line(), e.column())))?;
    let Json::Array(entries) = list else {
        return Err(Refusal::invalid("file", "A list of issues was expected: the file should start with [."));
    };
    let mut draft = Draft { read: entries.len(), ..Draft::default() };
    for (i, entry) in entries.iter().enumerate() {
        if entry.get("pull_request").is_some_and(|p| !p.is_null()) {
            draft.leave_out("pull requests");
        } else if let Some(story) = story(i + 1, entry, mapping, &mut draft) {
            draft.stories.push((i + 1, story));
        }
    }
    Ok(draft)
}

fn text<'a>(entry: &'a Json, names: &[&str]) -> &'a str {
    names.iter().find_map(|n| entry.get(n).and_then(Json::as_str)).unwrap_or("")
}

fn names(entry: &Json, list: &str, name: &str) -> Vec<String> {
    let items = entry.get(list).and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
    items.iter().filter_map(|i| i.as_str().or_else(|| i.get(name)?.as_str())).map(str::to_owned).collect()
}

fn story(row: usize, entry: &Json, mapping: &Mapping, draft: &mut Draft) -> Option<BringInStory> {
    let Some(number) = entry.get("number").and_then(Json::as_i64) else {
        draft.problems.push(RowProblem {
            row,
            column: "number".into(),
            reason: "This entry has no number, so it could not be recognised again.".into(),
        });
        return None;
    };
    let url = text(entry, &["html_url", "url"]);
    let state = match text(entry, &["state_reason", "stateReason"]).to_lowercase().as_str() {
        "not_planned" | "duplicate" => "not planned".to_owned(),
        _ => text(entry, &["state"]).to_lowercase(),
    };
    let labels = names(entry, "labels", "name");
    let named = if labels.iter().any(|l| l.to_lowercase().contains("bug")) { "bug" } else { "issue" };
    let assignee = names(entry, "assignees", "login").into_iter().next().unwrap_or_default();
    Draft::count(&mut draft.states, &state);
    Draft::count(&mut draft.types, named);
    Draft::count(&mut draft.people, &assignee);
    let (Some(stage), Some(kind)) = (mapping::stage(mapping, &state, None), mapping::kind(mapping, named)) else {
        draft.leave_out(&format!("{state} {named}"));
        return None;
    };
    let body = text(entry, &["body"]).to_owned();
    let offered = backlog::criteria_in(&body);
    draft.offering += usize::from(!offered.is_empty());
    Some(BringInStory {
        started_at: None,
        feature: None,
        feature_label: String::new(),
        sprint: None,
        comments: vec![],
        take: vec![],
        origin: format!("github:{}#{number}", repository(url)),
        origin_url: Some(url.to_owned()).filter(|u| !u.is_empty()),
        title: text(entry, &["title"]).to_owned(),
        kind,
        body,
        points: None,
        stage,
        assignee: mapping.people.get(&assignee).cloned().or(Some(assignee)).filter(|a| !a.is_empty()),
        labels: labels.into_iter().map(|l| l.chars().take(40).collect()).collect(),
        criteria: if mapping.criteria { offered } else { vec![] },
        extra: extra(entry),
        created_at: dates::moment(text(entry, &["created_at", "createdAt"])),
        settled_at: dates::moment(text(entry, &["closed_at", "closedAt"])),
    })
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
    fn leaves_pull_requests_out_and_counts_them() -> Result<()> {
        let text = r#"[{"number":1,"title":"a","state":"open","html_url":"https://github.com/o/r/issues/1","labels":[{"name":"bug"}]},
                       {"number":2,"title":"b","pull_request":{}},{"title":"c"},
                       {"number":4,"title":"d","state":"closed","state_reason":"not_planned"}]"#;
        let draft = read(text, &Mapping::default())?;
        assert_eq!(draft.left_out.get("pull requests"), Some(&1));
        assert_eq!(draft.stories[0].1.origin, "github:o/r#1");
        assert_eq!(draft.stories[1].1.stage, backlog::Stage::Dropped);
        assert_eq!(draft.problems.len(), 1);
        assert!(read("[{", &Mapping::default()).is_err_and(|e| e.sentence().contains("cut off")));
        assert!(read("{}", &Mapping::default()).is_err());
        Ok(())
    }
}
