//! Reading runs, their results, and the criteria that they speak of.

use crate::{
    runs_model::*,
    standing::{self, Past},
};
use backlog::Criterion;
use kernel::{Column, Id, Look, Mark, Noun, Paged, Relation, Result, Tie, Uuid, Value, list, look::find_rows};
use std::collections::{HashMap, HashSet};
use testreport::Tag;

/// So many runs stand on a page.
const PAGE: usize = 30;
/// Tests that are known by name are read as far as this; more would be a mistake.
const MOST_NAMES: usize = 5_000;
/// Runs of one commit that count, the newest: parts of suites, and tries once more.
const MOST_PARTS: usize = 200;
/// Results of a criterion that are shown.
pub(crate) const MOST_SHOWN: usize = 50;

/// The run of a digest, if it was recorded; none goes by no digest.
pub(crate) fn of_digest(look: &mut Look, digest: &str) -> Result<Option<Run>> {
    match digest.is_empty() {
        true => Ok(None),
        false => Ok(Run::all(look, "and digest = $2 and taken_back = '' order by id limit 1", &[Value::Text(digest.to_owned())])?.pop()),
    }
}

/// The criteria behind tags, or a sentence on why there is none.
pub(crate) fn tagged(look: &mut Look, tags: HashSet<&str>) -> Result<HashMap<String, std::result::Result<Criterion, String>>> {
    let mut found = HashMap::new();
    let mut wanted: Vec<(&str, Tag)> = vec![];
    for text in tags {
        match Tag::parse(text) {
            None => {
                found.insert(text.to_owned(), Err(format!("{text} is no tag of a criterion; one is {}.3.", look.scope.key(7))));
            }
            Some(tag) if !look.scope.product()?.goes_by(tag.product()) => {
                found.insert(text.to_owned(), Err(format!("{text} is a criterion of another product.")));
            }
            Some(tag) => wanted.push((text, tag)),
        }
    }
    let product = look.scope.product_id()?;
    if wanted.is_empty() {
        return Ok(found);
    }
    // What was removed is read along, to say so.
    let numbers = list(wanted.iter().map(|(_, tag)| i64::from(tag.story)).collect::<HashSet<_>>());
    let stories =
        look.query("select id, number, removed_at, moved_to from story where product = $1 and number in numbers($2)", &[product.value(), numbers])?;
    let stories: HashMap<i64, (Uuid, Option<i64>, Option<Uuid>)> = stories
        .into_iter()
        .map(|mut row| {
            let id = row.take()?;
            Ok((row.take()?, (id, row.take()?, row.take()?)))
        })
        .collect::<Result<_>>()?;
    let criteria: Vec<Criterion> =
        find_rows(look.reader, "where product = $1 and story in each($2)", &[product.value(), list(stories.values().map(|(id, ..)| *id))])?;
    let criteria: HashMap<(Uuid, i64), Criterion> = criteria.into_iter().map(|c| ((c.story.0, c.number), c)).collect();
    for (text, tag) in wanted {
        let criterion = match stories.get(&i64::from(tag.story)) {
            None => Err(format!("{text} leads nowhere: there is no story {}-{}.", tag.product(), tag.story)),
            Some((.., Some(_))) => Err(format!("{text} leads nowhere: its story was moved to another product.")),
            Some((_, Some(_), None)) => Err(format!("{text} leads nowhere: its story was removed.")),
            Some((story, ..)) => match criteria.get(&(*story, i64::from(tag.criterion))) {
                None => Err(format!("{text} leads nowhere: {}-{} has no such criterion.", tag.product(), tag.story)),
                Some(criterion) if criterion.meta.removed_at.is_some() => Err(format!("{text} leads nowhere: the criterion was removed.")),
                Some(criterion) => Ok(criterion.clone()),
            },
        };
        found.insert(text.to_owned(), criterion);
    }
    Ok(found)
}

/// The names of tests that verify criteria.
pub(crate) fn known_names(look: &mut Look) -> Result<HashSet<String>> {
    Ok(TestName::all(look, &format!("limit {MOST_NAMES}"), &[])?.into_iter().map(|test| test.name).collect())
}

/// The criteria that tests of these names verify.
pub(crate) fn named(look: &mut Look, names: &[&str]) -> Result<HashMap<String, Vec<Criterion>>> {
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    let tests = TestName::all(look, "and name in each($2)", &[list(names.iter().map(|name| (*name).to_owned()))])?;
    let criteria = Criterion::all(look, "and id in each($2)", &[list(tests.iter().map(|test| test.criterion.0))])?;
    let criteria: HashMap<Id<Criterion>, Criterion> = criteria.into_iter().map(|c| (c.id(), c)).collect();
    let mut found: HashMap<String, Vec<Criterion>> = HashMap::new();
    for test in tests {
        if let Some(criterion) = criteria.get(&test.criterion) {
            found.entry(test.name).or_default().push(criterion.clone());
        }
    }
    Ok(found)
}

/// The criteria that passed when a suite ran last on a branch, and have not been heard of since. It may run in parts, which
/// add up on their commit: the first that comes of a commit says what is missing beside the commit before, and what a further
/// one brings is back with it.
pub(crate) fn last_of(look: &mut Look, suite: &str, branch: &str, commit: &str, before: i64) -> Result<Vec<Criterion>> {
    let of = [look.scope.product_id()?.value(), Value::Text(suite.to_owned()), Value::Text(branch.to_owned()), Value::Int(before)];
    let latest = look.query(
        &format!(
            "select id, commit_id from run where product = $1 and suite = $2 and branch = $3 and ran_at <= $4 and taken_back = '' and removed_at is null
             order by ran_at desc, id desc limit {MOST_PARTS}"
        ),
        &of,
    )?;
    let latest: Vec<(Uuid, String)> = latest.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    if !commit.is_empty() && latest.iter().any(|(_, of)| of == commit) {
        return Ok(vec![]);
    }
    let mut latest = latest.into_iter();
    let Some((last, last_commit)) = latest.next() else { return Ok(vec![]) };
    let parts = latest.take_while(|(_, of)| !of.is_empty() && *of == last_commit).map(|(id, _)| id);
    let parts = list(std::iter::once(last).chain(parts));
    Criterion::all(
        look,
        "and state = 'passing' and id in (
           select criterion from run_result where run_result.run in each($2) and came = 'passed' and run_result.removed_at is null
           and not exists (select 1 from run_result later where later.criterion = run_result.criterion and later.ran_at > run_result.ran_at
             and later.came <> 'skipped' and later.removed_at is null))
         order by id limit 500",
        &[parts],
    )
}

/// What runs said of criteria so far, and on this commit: by the suite at hand, and by others.
pub(crate) fn past(look: &mut Look, criteria: Vec<Id<Criterion>>, suite: &str, commit: &str) -> Result<HashMap<Id<Criterion>, Past>> {
    if criteria.is_empty() {
        return Ok(HashMap::new());
    }
    let ids = list(criteria.iter().map(|id| id.0));
    let newest = look.query(
        "select result.criterion, result.ran_at from criterion join run_result result on result.id = (
           select later.id from run_result later where later.criterion = criterion.id and later.removed_at is null order by later.ran_at desc, later.id desc limit 1)
         where criterion.id in each($1)",
        std::slice::from_ref(&ids),
    )?;
    let mut past: HashMap<Id<Criterion>, Past> = HashMap::new();
    for mut row in newest {
        let (criterion, at): (Uuid, i64) = (row.take()?, row.take()?);
        past.insert(Id::new(criterion), Past { newest: Some(at), ..Past::default() });
    }
    if commit.is_empty() || past.is_empty() {
        return Ok(past);
    }
    let product = look.scope.product_id()?;
    let runs = look.query(
        &format!(
            "select id, suite from run where product = $1 and commit_id = $2 and removed_at is null order by ran_at desc, id desc limit {MOST_PARTS}"
        ),
        &[product.value(), Value::Text(commit.to_owned())],
    )?;
    let suites: HashMap<Uuid, String> = runs.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let same = look.query(
        "select criterion, run, came, flaky, ran_at from run_result where run in each($1) and criterion in each($2) and removed_at is null order by ran_at, id",
        &[list(suites.keys().copied()), ids],
    )?;
    // Of another suite its last word on this commit counts.
    let mut others: HashMap<(Id<Criterion>, &str), (Came, i64)> = HashMap::new();
    for mut row in same {
        let (criterion, run, came, flaky, at): (Uuid, Uuid, Came, bool, i64) = (row.take()?, row.take()?, row.take()?, row.take()?, row.take()?);
        let criterion = Id::new(criterion);
        let (Some(past), Some(of)) = (past.get_mut(&criterion), suites.get(&run).map(String::as_str)) else { continue };
        past.same |= past.newest == Some(at);
        if of == suite {
            past.passed |= came == Came::Passed;
            past.failed |= came == Came::Failed;
            past.flaky |= flaky;
        }
        match came {
            Came::Skipped => {}
            _ if of == suite => past.own = Some((came, at)),
            _ => {
                others.insert((criterion, of), (came, at));
            }
        }
    }
    for ((criterion, _), (came, at)) in others {
        if let Some(past) = past.get_mut(&criterion) {
            past.beside(came, at);
        }
    }
    Ok(past)
}

/// What the other runs say of criteria where one is left out, as far as it counts: on the commit of the newest result of each,
/// the newest last.
pub(crate) fn left_without(look: &mut Look, criteria: &[Id<Criterion>], run: Id<Run>) -> Result<HashMap<Id<Criterion>, Vec<standing::Result>>> {
    let ids = list(criteria.iter().map(|id| id.0).collect::<HashSet<_>>());
    let newest = look.query(
        "select result.id, run.commit_id from criterion join run_result result on result.id = (
           select later.id from run_result later where later.criterion = criterion.id and later.run <> $2 and later.removed_at is null
           order by later.ran_at desc, later.id desc limit 1)
         join run on run.id = result.run where criterion.id in each($1)",
        &[ids.clone(), run.value()],
    )?;
    let newest: Vec<(Uuid, String)> = newest.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let commits: HashSet<String> = newest.iter().map(|(_, commit)| commit.clone()).filter(|commit| !commit.is_empty()).collect();
    let results = list(newest.iter().map(|(id, _)| *id));
    let found = look.query(
        "select result.criterion, run.id, run.suite, run.commit_id, result.came, result.flaky, result.said, result.ran_at
         from run_result result join run on run.id = result.run
         where result.criterion in each($1) and run.id <> $2 and result.removed_at is null and run.product = $5
         and (result.id in each($3) or run.commit_id in each($4)) order by result.ran_at, result.id",
        &[ids, run.value(), results, list(commits), look.scope.product_id()?.value()],
    )?;
    let mut left: HashMap<Id<Criterion>, Vec<standing::Result>> = HashMap::new();
    for mut row in found {
        let criterion: Uuid = row.take()?;
        let result = standing::Result {
            run: row.take()?,
            suite: row.take()?,
            commit: row.take()?,
            came: row.take()?,
            flaky: row.take()?,
            said: row.take()?,
            ran_at: row.take()?,
        };
        left.entry(Id::new(criterion)).or_default().push(result);
    }
    Ok(left)
}

/// By which run each of these criteria stands as it does.
pub(crate) fn ties(look: &mut Look, criteria: impl IntoIterator<Item = Id<Criterion>>) -> Result<HashMap<Id<Criterion>, Relation>> {
    let ids = list(criteria.into_iter().map(|id| id.0).collect::<HashSet<_>>());
    let found = Relation::all(look, "and to_id in each($2) and verb = $3", &[ids, Tie::Verifies.value()])?;
    Ok(found.into_iter().map(|tie| (Id::new(tie.to_id), tie)).collect())
}

/// A page of runs, the newest first.
pub(crate) fn page(look: &mut Look, after: &str) -> Result<Paged<Run>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = Mark::<i64>::read(after)? {
        and += "and (ran_at, id) < ($2, $3) ";
        params.extend([Value::Int(mark.at), mark.id.value()]);
    }
    let found = Run::all(look, &format!("{and}order by ran_at desc, id desc limit {}", PAGE + 1), &params)?;
    Ok(Paged::cut(found, PAGE, |run| Mark::new(run.ran_at, run.meta.id)))
}

/// A result as it is shown: with its criterion and its story.
pub(crate) struct Shown {
    pub result: RunResult,
    pub criterion: Criterion,
    pub story: i64,
    pub title: String,
}

/// What a run said, criterion by criterion: failures first.
pub(crate) fn results_of(look: &mut Look, run: Id<Run>) -> Result<Vec<Shown>> {
    let results =
        RunResult::all(look, "and run = $2 order by case came when 'failed' then 0 when 'skipped' then 1 else 2 end, id limit 500", &[run.value()])?;
    let criteria = Criterion::all(look, "and id in each($2)", &[list(results.iter().map(|r| r.criterion.0))])?;
    let stories = stories(look, criteria.iter().map(|c| c.story.0))?;
    let criteria: HashMap<Id<Criterion>, Criterion> = criteria.into_iter().map(|c| (c.id(), c)).collect();
    let shown = |result: RunResult| {
        let criterion = criteria.get(&result.criterion)?.clone();
        let (story, title) = stories.get(&criterion.story.0)?.clone();
        Some(Shown { result, criterion, story, title })
    };
    Ok(results.into_iter().filter_map(shown).collect())
}

/// Numbers and titles of stories.
pub(crate) fn stories(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, (i64, String)>> {
    let product = look.scope.product_id()?;
    let rows = look
        .query("select id, number, title from story where product = $1 and id in each($2) and removed_at is null", &[product.value(), list(ids)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect()
}

/// What the newest run said of a criterion.
#[derive(Clone, Debug)]
pub(crate) struct Newest {
    pub came: Came,
    pub name: String,
    pub ran_at: i64,
    pub run: Uuid,
    pub suite: String,
    pub commit: String,
    pub branch: String,
    pub link: String,
}

impl Newest {
    /// "passed at 3f9a2c1 on main", for the record of a verdict.
    pub fn proof(&self) -> String {
        let commit = if self.commit.is_empty() { String::new() } else { format!(" at {}", short(&self.commit)) };
        let branch = if self.branch.is_empty() { String::new() } else { format!(" on {}", self.branch) };
        format!("{}{commit}{branch}", self.came.says())
    }
}

/// What the newest run said of each of these criteria.
pub(crate) fn newest(look: &mut Look, criteria: impl IntoIterator<Item = Id<Criterion>>) -> Result<HashMap<Id<Criterion>, Newest>> {
    let rows = look.query(
        "select result.criterion, result.came, result.name, result.ran_at, run.id, run.suite, run.commit_id, run.branch, run.link
         from criterion join run_result result on result.id = (
           select later.id from run_result later where later.criterion = criterion.id and later.removed_at is null order by later.ran_at desc, later.id desc limit 1)
         join run on run.id = result.run where criterion.id in each($1)",
        &[list(criteria.into_iter().map(|id| id.0))],
    )?;
    rows.into_iter()
        .map(|mut row| {
            let criterion: Uuid = row.take()?;
            let newest = Newest {
                came: row.take()?,
                name: row.take()?,
                ran_at: row.take()?,
                run: row.take()?,
                suite: row.take()?,
                commit: row.take()?,
                branch: row.take()?,
                link: row.take()?,
            };
            Ok((Id::new(criterion), newest))
        })
        .collect()
}

/// A criterion with all that runs said of it, the newest first, and the tests that are bound to it.
pub(crate) struct History {
    pub criterion: Criterion,
    pub story: i64,
    pub title: String,
    pub results: Vec<(RunResult, Run)>,
    pub tests: Vec<TestName>,
}

pub(crate) fn history(look: &mut Look, id: Id<Criterion>) -> Result<History> {
    let criterion = Criterion::get(look, id)?;
    let (story, title) = stories(look, [criterion.story.0])?.remove(&criterion.story.0).ok_or(kernel::Refusal::NotFound)?;
    let results = RunResult::all(look, &format!("and criterion = $2 order by ran_at desc, id desc limit {MOST_SHOWN}"), &[id.value()])?;
    let runs = Run::all(look, "and id in each($2)", &[list(results.iter().map(|r| r.run.0).collect::<HashSet<_>>())])?;
    let runs: HashMap<Id<Run>, Run> = runs.into_iter().map(|run| (run.id(), run)).collect();
    let results = results.into_iter().filter_map(|result| Some((result.clone(), runs.get(&result.run)?.clone()))).collect();
    let tests = TestName::all(look, "and criterion = $2 order by name, id limit 100", &[id.value()])?;
    Ok(History { criterion, story, title, results, tests })
}
