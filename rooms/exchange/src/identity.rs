//! Whether a row with a key is a story that is here. A key such as `12` stands in many files: what came from another
//! file or project is not taken for the same. What is in doubt comes in as a new story, and is said.

use crate::{
    draft::{Draft, Drafted},
    entry::Tool,
    family::is_key,
};
use backlog::{Said, digest, fingerprint};
use kernel::{Column, Look, Result, list, value::Packed};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Stories that are asked for at once.
const AT_ONCE: usize = 500;
/// Files with the same keys that are told apart in one product.
const MOST_FILES: usize = 20;
/// A text that says enough to be known by.
const TELLING: usize = 20;

/// A row that has the key of another story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    pub row: usize,
    pub key: String,
    /// The story's number here, and its title.
    pub number: i64,
    pub title: String,
}

/// A story here that has a row's key.
struct Known {
    number: i64,
    title: String,
    url: Option<String>,
    created_at: i64,
    said: Said,
}

/// Gives each row the origin of the story that it is, and rows that are none of those here one of their own.
pub fn settle(look: &mut Look, draft: &mut Draft) -> Result<Vec<Apart>> {
    let rows: Vec<usize> = (0..draft.stories.len()).filter(|at| is_doubtful(draft.tool, &draft.stories[*at])).collect();
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let shelves = shelves(look, draft, &rows)?;
    let same = draft.mapping.same;
    let trusted: Vec<Option<BTreeSet<&str>>> = shelves.iter().map(|shelf| trusted(shelf, draft, &rows)).collect();
    let met = shelves.iter().any(|shelf| rows.iter().any(|at| shelf.contains_key(draft.stories[*at].key.as_str())));
    let is_from_elsewhere = met && !same && trusted.iter().all(Option::is_none);
    // Its rows stand together: where most of them are known, or else apart from all that is here.
    let home = trusted.iter().position(Option::is_some).unwrap_or(if is_from_elsewhere { shelves.len() } else { 0 });
    let file = trusted.iter().flatten().flatten().find(|f| !f.is_empty()).map_or_else(|| lineage(draft), |f| (*f).to_owned());
    let (mut apart, mut moved) = (vec![], BTreeMap::new());
    for at in rows {
        let drafted = &draft.stories[at];
        let key = drafted.key.as_str();
        let is_it = |shelf: usize| {
            let Some(known) = shelves[shelf].get(key) else { return false };
            same || trusted[shelf].as_ref().is_some_and(|files| is_like(drafted, known) || files.contains(file_of(known)))
        };
        let (place, from) = match (0..shelves.len()).find(|shelf| is_it(*shelf)) {
            Some(shelf) => (shelf, shelves[shelf].get(key).map_or("", file_of)),
            None => {
                let free = |shelf: &usize| shelves.get(*shelf).is_none_or(|shelf| !shelf.contains_key(key));
                // A row that is new in a file that is known is no wonder.
                let doubtful = shelves.get(home).map_or(shelves.as_slice(), std::slice::from_ref);
                let other = doubtful.iter().find_map(|shelf| shelf.get(key));
                apart.extend(other.map(|k| Apart { row: drafted.row, key: key.to_owned(), number: k.number, title: k.title.clone() }));
                ((home..).find(free).unwrap_or(home), "")
            }
        };
        let origin = placed(&drafted.story.origin, place);
        moved.insert(drafted.at, origin.clone());
        let from = if from.is_empty() { file.clone() } else { from.to_owned() };
        let story = &mut draft.stories[at].story;
        (story.origin, story.whence.file) = (origin, from);
    }
    for (at, known) in &mut draft.origins {
        known.origin = moved.remove(at).unwrap_or_else(|| placed(&known.origin, home));
    }
    Ok(apart)
}

/// Jira's keys hold their project, and GitHub's their repository where an address tells it; rows without a key are
/// known by what they say.
fn is_doubtful(tool: Tool, drafted: &Drafted) -> bool {
    match tool {
        _ if drafted.key.is_empty() => false,
        Tool::Jira => !is_key(&drafted.key),
        Tool::Github => !drafted.key.contains('/'),
        _ => true,
    }
}

/// `csv:12` of the second file with such a key is `csv-2:12`.
fn placed(origin: &str, shelf: usize) -> String {
    match origin.split_once(':') {
        Some((tool, key)) if shelf > 0 => format!("{tool}-{}:{key}", shelf + 1),
        _ => origin.to_owned(),
    }
}

/// The stories that have the keys of these rows: those of the first file, those of the second…
fn shelves(look: &mut Look, draft: &Draft, rows: &[usize]) -> Result<Vec<HashMap<String, Known>>> {
    let product = look.scope.product_id()?.value();
    let mut shelves = vec![];
    while shelves.len() < MOST_FILES {
        let mut shelf = HashMap::new();
        for some in rows.chunks(AT_ONCE) {
            let keys: HashMap<String, &str> =
                some.iter().map(|at| &draft.stories[*at]).map(|d| (placed(&d.story.origin, shelves.len()), d.key.as_str())).collect();
            let sql = "select origin, number, title, origin_url, created_at, imported from story where product = $1 and origin in each($2)";
            for mut row in look.reader.query(sql, &[product.clone(), list(keys.keys().cloned())])? {
                let origin: String = row.take()?;
                let known = |row: &mut kernel::Row| -> Result<Known> {
                    let (number, title, url, created_at) = (row.take()?, row.take()?, row.take()?, row.take()?);
                    Ok(Known { number, title, url, created_at, said: row.take::<Packed<Said>>()?.0 })
                };
                if let Some(key) = keys.get(&origin) {
                    shelf.insert((*key).to_owned(), known(&mut row)?);
                }
            }
        }
        if shelf.is_empty() {
            break;
        }
        shelves.push(shelf);
    }
    Ok(shelves)
}

/// Whether a row says what the story here said when it came, or says now.
fn is_like(drafted: &Drafted, known: &Known) -> bool {
    let story = &drafted.story;
    let said = |field: &str| known.said.get(field).map_or("", String::as_str);
    let differ = |a: &str, b: &str| !a.is_empty() && !b.is_empty() && a != b;
    let (ours, theirs) = (story.origin_url.as_deref().unwrap_or(""), known.url.as_deref().unwrap_or(""));
    if differ(&story.whence.project, said("project")) || differ(ours, theirs) {
        return false;
    }
    let body = story.body.chars().count() >= TELLING && said("body") == digest(&story.body);
    // A day alone is shared by many; a moment is not.
    let moment = story.created_at.is_some_and(|at| at % 86_400_000 != 0 && at == known.created_at);
    let titles = [known.title.as_str(), said("title")];
    (!ours.is_empty() && ours == theirs) || body || moment || titles.iter().any(|title| alike(&story.title, title))
}

/// Whether two titles have at least half of their words in common.
fn alike(one: &str, other: &str) -> bool {
    let words = |text: &str| reading::words(text).split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect::<HashSet<_>>();
    let (one, other) = (words(one), words(other));
    let common = one.intersection(&other).count();
    common > 0 && 2 * common >= one.union(&other).count()
}

/// The files that those rows came with which are the same beyond doubt, where they are at least half of all that have
/// the key of a story; otherwise it is another file.
fn trusted<'k>(shelf: &'k HashMap<String, Known>, draft: &Draft, rows: &[usize]) -> Option<BTreeSet<&'k str>> {
    let pairs: Vec<(&Drafted, &Known)> =
        rows.iter().map(|at| &draft.stories[*at]).filter_map(|drafted| Some((drafted, shelf.get(&drafted.key)?))).collect();
    let same: Vec<&Known> = pairs.iter().filter(|(drafted, known)| is_like(drafted, known)).map(|(_, known)| *known).collect();
    (!same.is_empty() && 2 * same.len() >= pairs.len()).then(|| same.into_iter().map(file_of).collect())
}

fn file_of(known: &Known) -> &str {
    known.said.get("file").map_or("", String::as_str)
}

/// What names a file that is here for the first time.
fn lineage(draft: &Draft) -> String {
    let all: Vec<String> = draft.stories.iter().map(|d| format!("{}\n{}", d.key, d.story.title)).collect();
    fingerprint(&all.join("\n"))
}
