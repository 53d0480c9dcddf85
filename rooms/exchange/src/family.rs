//! Which entries belong to which: parts to the story above them, stories to their epic.

use crate::{
    entry::{Entry, Tool},
    kinds,
};
use kernel::Tie;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Steps that are taken upwards; more are a circle.
const HIGHEST: usize = 20;

/// What holds stories together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Epic {
    /// An entry of the file.
    Entry(usize),
    /// Named by others, and not in the file: its key there, if that is told, and what it is called.
    Named { key: String, name: String },
}

/// Entries by their places.
#[derive(Clone, Debug, Default)]
pub struct Family {
    /// Child and parent.
    pub parts: Vec<(usize, usize)>,
    /// Links between entries, each once.
    pub ties: BTreeSet<(usize, Tie, usize)>,
    /// Every epic with its stories.
    pub epics: BTreeMap<Epic, Vec<usize>>,
    /// Entries that name a parent which is not in the file.
    pub orphans: usize,
}

struct Names<'e> {
    entries: &'e [Entry],
    by_key: HashMap<&'e str, usize>,
    /// Titles that only one entry has.
    by_title: HashMap<String, Option<usize>>,
}

impl<'e> Names<'e> {
    fn of(entries: &'e [Entry]) -> Names<'e> {
        let mut names = Names { entries, by_key: HashMap::new(), by_title: HashMap::new() };
        for (at, entry) in entries.iter().enumerate() {
            for key in entry.ids.iter().chain([&entry.key]).filter(|key| !key.is_empty()) {
                names.by_key.insert(key, at);
            }
            names.by_title.entry(reading::words(&entry.title)).and_modify(|found| *found = None).or_insert(Some(at));
        }
        names
    }

    /// The entry that one names; never itself.
    fn find(&self, from: usize, names: &[String], title: &str) -> Option<usize> {
        let by_title = |name: &str| self.by_title.get(&reading::words(name)).copied().flatten();
        let by_key = || names.iter().find_map(|name| self.by_key.get(name.as_str()).copied());
        let found = by_key().or_else(|| names.iter().find_map(|name| by_title(name))).or_else(|| by_title(title).filter(|_| !title.is_empty()));
        found.filter(|at| *at != from)
    }
}

/// Finds out who belongs to whom.
pub fn of(entries: &[Entry], tool: Tool) -> Family {
    let names = Names::of(entries);
    let parents: Vec<Option<usize>> = entries.iter().enumerate().map(|(at, e)| names.find(at, &e.parents, &e.parent_name)).collect();
    let with_parts: BTreeSet<usize> = parents.iter().flatten().copied().collect();
    let is_epic =
        |at: usize| kinds::is_epic(&entries[at].kind) || (kinds::is_feature(&entries[at].kind) && with_parts.contains(&at) && tool != Tool::Pivotal);
    let mut family = Family::default();
    for at in (0..entries.len()).filter(|at| is_epic(*at)) {
        family.epics.insert(Epic::Entry(at), vec![]);
    }
    for (at, parent) in parents.iter().enumerate() {
        for tie in &entries[at].ties {
            let Some(other) = names.find(at, std::slice::from_ref(&tie.key), "") else { continue };
            let (from, to) = if tie.inward { (other, at) } else { (at, other) };
            // Both ends of a relation say the same.
            family.ties.insert(if tie.verb == Tie::Relates { (from.min(to), tie.verb, from.max(to)) } else { (from, tie.verb, to) });
        }
        family.parts.extend(parent.map(|parent| (at, parent)));
        let epic = if is_epic(at) { None } else { epic(&names, at, &parents, &is_epic, tool) };
        let entry = &entries[at];
        let named = !entry.parents.is_empty() || !entry.parent_name.is_empty();
        family.orphans += usize::from(parent.is_none() && named && !matches!(epic, Some(Epic::Named { .. })));
        if let Some(epic) = epic {
            family.epics.entry(epic).or_default().push(at);
        }
    }
    family
}

/// The epic of an entry: the one it names, else the next above it, else the parent that is not in the file.
fn epic(names: &Names, at: usize, parents: &[Option<usize>], is_epic: &dyn Fn(usize) -> bool, tool: Tool) -> Option<Epic> {
    let entry = &names.entries[at];
    if let Some(found) = names.find(at, &entry.epics, &entry.epic_name) {
        return Some(Epic::Entry(found));
    }
    let key = |named: &[String]| named.iter().find(|name| tool == Tool::Jira && is_key(name)).cloned().unwrap_or_default();
    if let Some(first) = entry.epics.first() {
        let name = if entry.epic_name.is_empty() { first.clone() } else { entry.epic_name.clone() };
        return Some(Epic::Named { key: key(&entry.epics), name });
    }
    let above = std::iter::successors(parents[at], |up| parents[*up]).take(HIGHEST).find(|up| is_epic(*up));
    if let Some(above) = above {
        return Some(Epic::Entry(above));
    }
    let outside = tool == Tool::Jira && parents[at].is_none() && !entry.parent_name.is_empty() && !kinds::is_part(&entry.kind);
    outside.then(|| Epic::Named { key: key(&entry.parents), name: entry.parent_name.clone() })
}

/// A key of Jira's, such as `ABC-12`.
pub fn is_key(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(project, number)| {
        !project.is_empty()
            && project.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, title: &str, kind: &str, parents: &[&str], epics: &[&str]) -> Entry {
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        Entry { key: key.into(), title: title.into(), kind: kind.into(), parents: list(parents), epics: list(epics), ..Entry::default() }
    }

    #[test]
    fn stories_belong_to_the_epic_above_them() {
        let entries = [
            entry("T-1", "Open the library", "Epic", &[], &[]),
            entry("T-2", "Lend books", "Story", &["T-1"], &["Open the library"]),
            entry("T-3", "Print the card", "Sub-task", &["T-2"], &[]),
            entry("T-4", "Alone", "Story", &["T-99"], &[]),
            entry("T-5", "Elsewhere", "Story", &[], &["Close the library"]),
        ];
        let family = of(&entries, Tool::Other);
        assert_eq!(family.parts, [(1, 0), (2, 1)]);
        assert_eq!(family.epics[&Epic::Entry(0)], [1, 2]);
        assert_eq!(family.epics[&Epic::Named { key: String::new(), name: "Close the library".into() }], [4]);
        assert_eq!(family.orphans, 1);
    }

    #[test]
    fn features_between_epics_and_stories_are_the_nearer() {
        let entries = [
            entry("11", "Open the museum", "Epic", &[], &[]),
            entry("12", "Sell tickets", "Feature", &["11"], &[]),
            entry("13", "Buy at the door", "User Story", &["12"], &[]),
        ];
        let family = of(&entries, Tool::Azure);
        assert_eq!((family.epics[&Epic::Entry(0)].len(), family.epics[&Epic::Entry(1)].as_slice()), (0, &[2][..]));
    }

    #[test]
    fn a_circle_ends() {
        let entries = [entry("1", "a", "Story", &["2"], &[]), entry("2", "b", "Story", &["1"], &[]), entry("3", "c", "Story", &["3"], &[])];
        assert_eq!(of(&entries, Tool::Other).parts, [(0, 1), (1, 0)]);
    }

    #[test]
    fn an_epic_outside_of_the_file_is_named_by_its_stories() {
        let mut story = entry("S-131", "Observe", "Story", &["S-118", "10213"], &[]);
        story.parent_name = "Epic 4".into();
        let family = of(&[story], Tool::Jira);
        assert_eq!(family.epics[&Epic::Named { key: "S-118".into(), name: "Epic 4".into() }], [0]);
    }
}
