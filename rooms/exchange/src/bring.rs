//! From a file to commands in one transaction: all rows or none.

use crate::{
    draft::{Draft, Report, RowProblem},
    github_json, jira_csv,
    mapping::{Format, Mapping},
    plain_csv,
    record::RecordImport,
    text,
};
use kernel::{Refusal, Result};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::app::{App, Ask, Batch, Outcome, Visitor};

/// Reads a file of a format.
///
/// # Errors
/// `Invalid` with row and column where the file as a whole cannot be read.
pub fn read(format: Format, bytes: &[u8], mapping: &Mapping) -> Result<Draft> {
    let (text, note) = text::decode(bytes)?;
    let mut draft = match format {
        Format::JiraCsv => jira_csv::read(&text, mapping)?,
        Format::GithubJson => github_json::read(&text, mapping)?,
        Format::Csv => plain_csv::read(&text, mapping)?,
    };
    draft.notes.splice(0..0, note);
    check(&mut draft);
    Ok(draft)
}

/// Finds, before anything runs, what a command would refuse, so that every row is reported at once.
fn check(draft: &mut Draft) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (row, story) in &draft.stories {
        let mut refuse = |column: &str, reason: String| draft.problems.push(RowProblem { row: *row, column: column.to_owned(), reason });
        if let Err(refusal) = story.check() {
            match refusal {
                Refusal::Invalid(fields) => fields.into_iter().for_each(|f| refuse(&f.field, f.message)),
                other => refuse("", other.sentence()),
            }
        }
        match seen.get(&story.origin) {
            Some(first) => refuse("key", format!("The same key stands in row {first} already.")),
            None => drop(seen.insert(story.origin.clone(), *row)),
        }
    }
}

/// What came of it.
pub struct Brought {
    pub report: Report,
    /// The proposal that it became, where the asker may not decide.
    pub proposed: Option<String>,
}

/// Brings a draft in, or only tries to.
pub async fn bring(
    app: &App,
    visitor: &Visitor,
    product: &str,
    format: Format,
    file_name: &str,
    draft: &Draft,
    dry: bool,
    progress: impl Fn(usize) + Send + 'static,
) -> Result<Brought> {
    let mut report = Report {
        read: draft.read,
        refused: draft.problems.iter().map(|p| p.row).collect::<BTreeSet<_>>().len(),
        left_out: draft.left_out.clone(),
        problems: draft.problems.clone(),
        notes: draft.notes.clone(),
        ..Report::default()
    };
    if !draft.problems.is_empty() && !dry {
        // Nothing of it is half imported.
        return Ok(Brought { report, proposed: None });
    }
    let refused: BTreeSet<usize> = draft.problems.iter().map(|p| p.row).collect();
    let sound: Vec<_> = draft.stories.iter().filter(|(row, _)| !refused.contains(row)).collect();
    if sound.is_empty() {
        return Ok(Brought { report, proposed: None });
    }
    let mut asks: Vec<Ask> = sound.iter().map(|(_, story)| Ask::of(Some(product), story)).collect::<Result<_>>()?;
    let counts = BTreeMap::from([("read".to_owned(), draft.read), ("stories".to_owned(), sound.len())]);
    let record = RecordImport { format: format.word().into(), file_name: file_name.chars().take(300).collect(), counts, report: String::new() };
    asks.push(Ask::of(Some(product), &record)?);
    let title = format!("Import {} from {file_name}", web::several(sound.len(), "story"));
    if dry {
        // Beside the writer: nobody waits for somebody who only looks.
        let foreseen = app.foresee(visitor, asks, progress).await.map_err(|refusal| named(refusal, &sound))?;
        let proposed = foreseen.iter().any(|f| !f.at_once).then_some(title);
        for ((row, story), foreseen) in sound.iter().zip(&foreseen) {
            count(&mut report, *row, story, foreseen.events.iter().map(|(noun, event)| (noun.as_str(), *event)));
        }
        return Ok(Brought { report, proposed });
    }
    let outcomes = app.run_all(visitor, Batch { asks, title: Some(title), dry }, progress).await.map_err(|refusal| named(refusal, &sound))?;
    if let [Outcome::Proposed(p)] = outcomes.as_slice() {
        return Ok(Brought { report, proposed: Some(p.title.clone()) });
    }
    for ((row, story), outcome) in sound.iter().zip(&outcomes) {
        let things = if let Outcome::Done(done) = outcome { done.things.as_slice() } else { &[] };
        count(&mut report, *row, story, things.iter().map(|t| (t.noun.as_str(), t.event.as_str())));
    }
    Ok(Brought { report, proposed: None })
}

/// Notes what becomes of a row, from the nouns and kinds of its events.
fn count<'a>(report: &mut Report, row: usize, story: &backlog::BringInStory, events: impl Iterator<Item = (&'a str, &'a str)>) {
    let (mut created, mut touched) = (false, false);
    for (noun, event) in events {
        created |= noun == "story" && event == "story.created";
        touched = true;
    }
    let (what, sum) = match (created, touched) {
        (true, _) => ("created", &mut report.created),
        (_, true) => ("updated", &mut report.updated),
        _ => ("unchanged", &mut report.unchanged),
    };
    *sum += 1;
    report.rows.push((row, story.origin.clone(), what));
}

/// Gives a refusal from within the batch its row.
fn named(refusal: Refusal, sound: &[&(usize, backlog::BringInStory)]) -> Refusal {
    match refusal {
        Refusal::Invalid(fields) => Refusal::Invalid(
            fields
                .into_iter()
                .map(|mut f| {
                    if let Some((index, field)) = f.field.split_once(':') {
                        let row = index.parse::<usize>().ok().and_then(|i| sound.get(i)).map_or(0, |(row, _)| *row);
                        f.message = format!("Row {row}, {field}: {}", f.message);
                    }
                    f
                })
                .collect(),
        ),
        other => other,
    }
}
