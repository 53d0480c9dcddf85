//! What another tool said of a story at the last import, and what follows when it says something else now: what was
//! changed here since is kept, and said.

use crate::model::*;
use kernel::value::Packed;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a file says of a story, field by field, as text that can be compared.
pub type Said = BTreeMap<String, String>;

/// Fields that a later import may bring up to date, with what a person calls them.
pub const FIELDS: &[(&str, &str)] = &[
    ("title", "title"),
    ("kind", "kind"),
    ("body", "text"),
    ("points", "size"),
    ("stage", "stage"),
    ("settled_at", "day it was settled"),
    ("assignee", "who works on it"),
];

/// Longer texts are kept as their digest: it is only asked whether they are still the same.
const MOST_KEPT: usize = 120;

/// A short text itself, of a long one its digest.
pub fn digest(text: &str) -> String {
    match text.len() {
        0..=MOST_KEPT => text.to_owned(),
        _ => format!("sha256:{}", fingerprint(text)),
    }
}

/// Enough of a text's SHA-256 to tell it from others.
pub fn fingerprint(text: &str) -> String {
    Sha256::digest(text).iter().take(12).fold(String::new(), |told, byte| format!("{told}{byte:02x}"))
}

/// What a story says in these fields.
pub fn said_by(story: &Story) -> Said {
    let number = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    [
        ("title", story.title.clone()),
        ("kind", story.kind.word().to_owned()),
        ("body", digest(&story.body)),
        ("points", story.points.map(|p| p.to_string()).unwrap_or_default()),
        ("stage", story.stage.word().to_owned()),
        ("settled_at", number(story.settled_at)),
        ("assignee", story.assignee.map(|m| m.to_string()).unwrap_or_default()),
    ]
    .map(|(field, text)| (field.to_owned(), text))
    .into()
}

/// Whether a field still is as it was brought in.
pub(crate) fn is_as_imported(story: &Story, field: &str) -> bool {
    let now = said_by(story);
    now.get(field).is_some_and(|text| !text.is_empty() && story.imported.get(field) == Some(text))
}

/// A list as one text, and back.
pub(crate) fn packed(list: &[String]) -> String {
    kernel::serde_json::to_string(list).unwrap_or_default()
}

pub(crate) fn unpacked(said: &Said, field: &str) -> Vec<String> {
    said.get(field).and_then(|text| kernel::serde_json::from_str(text).ok()).unwrap_or_default()
}

/// Why a field stays as it is although the file says something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It was changed here, and the file has not changed since the last import.
    ChangedHere,
    /// It was changed here and in the file.
    ChangedBoth,
    /// Sizes are decided by others.
    Sizes,
    /// Verdicts are decided by others.
    Verdicts,
    /// Where a story of a sprint stands is told on its board.
    InSprint,
}

/// A field that stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub field: &'static str,
    pub because: Because,
    /// Whoever imports may choose the file's all the same.
    pub open: bool,
}

/// What whoever imports decides besides the backlog.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decides {
    pub sizes: bool,
    pub verdicts: bool,
}

/// What becomes of a story that is here already.
pub struct Merged {
    pub after: Story,
    pub kept: Vec<Kept>,
}

/// Brings a story up to what the file says (`theirs`), where it was not changed here. `take` are the fields in which the
/// file is to win all the same.
pub fn merge(before: &Story, theirs: &Story, take: &[String], decides: Decides) -> Merged {
    let (ours, said, base) = (said_by(before), said_by(theirs), &before.imported.0);
    let mut after = before.clone();
    let mut kept = vec![];
    let empty = String::new();
    for (field, _) in FIELDS {
        let (here, there, last) = (ours.get(*field).unwrap_or(&empty), said.get(*field).unwrap_or(&empty), base.get(*field));
        // A file that never said anything about it is not asked.
        let silent = there.is_empty() && last.is_none_or(String::is_empty);
        if here == there || silent {
            continue;
        }
        let (judged, taken) = (judged(before, theirs, field, decides), take.iter().any(|t| t == field));
        let stays = match judged {
            // Whoever asked for the file's hears why it is not to be had.
            Some(because) => Some(if last == Some(there) && !taken { Because::ChangedHere } else { because }),
            None if taken || (last == Some(here) && last != Some(there)) => None,
            None => Some(if last == Some(there) { Because::ChangedHere } else { Because::ChangedBoth }),
        };
        match stays {
            // The day goes with the stage, and is not worth a word of its own.
            _ if *field == "settled_at" && (stays.is_some() || after.stage != theirs.stage) => {}
            Some(because) => kept.push(Kept { field, because, open: judged.is_none() }),
            None => copy(field, theirs, &mut after),
        }
    }
    after.labels = Packed(merged_labels(&before.labels, &unpacked(base, "labels"), &theirs.labels));
    Merged { after, kept }
}

/// What is not for whoever imports to change any more.
fn judged(before: &Story, theirs: &Story, field: &str, decides: Decides) -> Option<Because> {
    let verdict = before.stage == Stage::Accepted || theirs.stage == Stage::Accepted;
    match field {
        "points" if !decides.sizes => Some(Because::Sizes),
        "stage" if before.sprint.is_some() => Some(Because::InSprint),
        "stage" if verdict && !decides.verdicts => Some(Because::Verdicts),
        _ => None,
    }
}

fn copy(field: &str, theirs: &Story, after: &mut Story) {
    match field {
        "title" => after.title.clone_from(&theirs.title),
        "kind" => after.kind = theirs.kind,
        "body" => after.body.clone_from(&theirs.body),
        "points" => after.points = theirs.points,
        "stage" => {
            (after.stage, after.board_column, after.settled_at) = (theirs.stage, theirs.board_column, theirs.settled_at);
            after.started_at = after.started_at.or(theirs.started_at);
            after.handed_over_at = theirs.handed_over_at;
        }
        "settled_at" => after.settled_at = theirs.settled_at,
        "assignee" => after.assignee = theirs.assignee,
        _ => {}
    }
}

/// Labels that the file has anew come along, those that it lost go, and those that were given here stay.
fn merged_labels(ours: &[String], base: &[String], theirs: &[String]) -> Vec<String> {
    let mut labels: Vec<String> = ours.iter().filter(|l| theirs.contains(l) || !base.contains(l)).cloned().collect();
    labels.extend(theirs.iter().filter(|l| !base.contains(l) && !ours.contains(l)).cloned());
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Rank, Uuid};

    fn story(title: &str, points: Option<f64>, stage: Stage) -> Story {
        let meta = Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let place = crate::stories::Place { number: 1, rank: Rank::between(None, None), feature: None };
        Story { title: title.to_owned(), points, stage, ..crate::stories::empty(meta, place) }
    }

    /// As it was brought in, and then changed here.
    fn since(brought: &Story, change: impl FnOnce(&mut Story)) -> Story {
        let mut story = Story { imported: Packed(said_by(brought)), ..brought.clone() };
        change(&mut story);
        story
    }

    const BOTH: Decides = Decides { sizes: true, verdicts: true };

    #[test]
    fn what_was_changed_here_stays_and_the_rest_follows_the_file() {
        let file = story("Bake", Some(3.0), Stage::Open);
        let ours = since(&file, |s| s.title = "Bake with seeds".into());
        let again = merge(&ours, &file, &[], BOTH);
        assert_eq!(
            (again.after == ours, again.kept),
            (true, vec![Kept { field: "title", because: Because::ChangedHere, open: true }]),
            "nothing is new"
        );
        let newer = story("Bake rye", Some(5.0), Stage::Open);
        let merged = merge(&ours, &newer, &[], BOTH);
        assert_eq!((merged.after.title.as_str(), merged.after.points), ("Bake with seeds", Some(5.0)));
        assert_eq!(merged.kept, [Kept { field: "title", because: Because::ChangedBoth, open: true }]);
        assert_eq!(merge(&ours, &newer, &["title".into()], BOTH).after.title, "Bake rye", "by choice");
    }

    #[test]
    fn sizes_and_verdicts_are_changed_by_those_who_decide_them() {
        let file = story("Bake", Some(3.0), Stage::Doing);
        let newer = story("Bake", Some(5.0), Stage::Accepted);
        let merged = merge(&since(&file, |_| {}), &newer, &[], Decides::default());
        assert_eq!((merged.after.points, merged.after.stage), (Some(3.0), Stage::Doing));
        assert_eq!(merged.kept.iter().map(|k| k.because).collect::<Vec<_>>(), [Because::Sizes, Because::Verdicts]);
        let merged = merge(&since(&file, |_| {}), &newer, &[], BOTH);
        assert_eq!((merged.after.points, merged.after.stage, merged.kept.len()), (Some(5.0), Stage::Accepted, 0));
        let planned = since(&file, |s| s.sprint = Some(Uuid::nil()));
        assert_eq!(merge(&planned, &newer, &["stage".into()], BOTH).kept, [Kept { field: "stage", because: Because::InSprint, open: false }]);
    }

    #[test]
    fn a_story_of_which_no_import_is_known_is_not_overwritten() {
        let merged = merge(&story("Ours", None, Stage::Open), &story("Theirs", None, Stage::Open), &[], BOTH);
        assert_eq!((merged.after.title.as_str(), merged.kept.len()), ("Ours", 1));
    }

    #[test]
    fn what_a_file_never_said_is_not_missed() {
        let file = story("Bake", None, Stage::Open);
        assert!(merge(&since(&file, |s| s.points = Some(8.0)), &file, &[], BOTH).kept.is_empty());
    }

    #[test]
    fn labels_come_and_go_with_the_file_and_ours_stay() {
        let list = |labels: &str| labels.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(merged_labels(&list("bread agreed"), &list("bread"), &list("bread grain")), list("bread agreed grain"));
        assert_eq!(merged_labels(&list("bread agreed"), &list("bread"), &list("grain")), list("agreed grain"));
        assert_eq!(merged_labels(&list("agreed"), &list("bread"), &list("bread")), list("agreed"), "taken off here");
    }
}
