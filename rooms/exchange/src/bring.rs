//! From a file to commands: the stories of all rows in one transaction, or none of it.

use crate::{
    draft::Draft,
    github,
    here::Here,
    identity,
    mapping::{Format, Mapping},
    plan::{Plan, plan},
    record::RecordImport,
    report::Report,
    sheet,
    understand::understood,
};
use kernel::{Area, Refusal, Result, Standing};
use std::collections::BTreeMap;
use web::app::{App, Ask, Batch, Outcome, Visitor};

/// Features in one proposal, with what hangs on them: as many commands as one holds.
const MOST_PROPOSED: usize = 190;

/// Reads a file of a format.
///
/// # Errors
/// `Invalid` with row and column where the file as a whole cannot be read, or with what of the mapping does not exist.
pub fn read(format: Format, bytes: &[u8], mapping: &Mapping) -> Result<Draft> {
    mapping.check()?;
    let entries = match format {
        Format::GithubJson => github::read(bytes)?,
        Format::JiraCsv | Format::Csv => sheet::read(format, bytes, mapping)?,
    };
    Ok(understood(entries, mapping))
}

/// What came of it.
pub struct Brought {
    pub report: Report,
    /// The proposal that it became, where the asker may not decide.
    pub proposed: Option<String>,
    /// The proposal that its epics became.
    pub features: Option<String>,
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
    let mut drafted = draft.clone();
    let planned = app.ask(visitor, Some(product), move |look| {
        let apart = identity::settle(look, &mut drafted)?;
        let here = Here::read(look, &drafted)?;
        let standings = [Area::Backlog, Area::Roadmap].map(|area| here.scope.standing(area).1);
        Ok((plan(&drafted, &here, &apart)?, standings))
    });
    let (mut plan, [backlog, roadmap]) = planned.await?;
    let held = !plan.report.undecided.is_empty();
    if plan.stories.is_empty() || (held && !dry) {
        // Nothing of it is half imported.
        return Ok(Brought { report: plan.report, proposed: None, features: None });
    }
    let all = backlog == Standing::Decides;
    let first = first(&mut plan, product, all && roadmap == Standing::Decides, all)?;
    let (before, stories) = (first.before, plan.stories.len());
    let title = format!("Import {} from {file_name}", web::several(stories, "story"));
    if dry {
        // Beside the writer: nobody waits for somebody who only looks. What needs what comes before it is not thought through.
        let alone = first.asks.into_iter().skip(before).take(stories).chain([record(product, format, file_name, &plan.report)?]).collect();
        let foreseen = app.foresee(visitor, alone, progress).await.map_err(|refusal| named(refusal, &plan, 0))?;
        let proposed = foreseen.iter().any(|f| !f.at_once).then_some(title);
        let events: Vec<Vec<&str>> = foreseen.iter().map(|f| f.events.iter().map(|(_, event)| *event).collect()).collect();
        count(&mut plan, &events);
        let features = (plan.report.features_proposed && !plan.features.is_empty()).then(|| proposal(&plan));
        return Ok(Brought { report: plan.report, proposed, features });
    }
    let asks = first.asks.into_iter().chain([record(product, format, file_name, &plan.report)?]).collect();
    let outcomes = app.run_all(visitor, Batch { asks, title: Some(title), dry }, progress).await.map_err(|refusal| named(refusal, &plan, before))?;
    let proposed = match outcomes.as_slice() {
        [Outcome::Proposed(p)] => Some(p.title.clone()),
        _ => None,
    };
    if proposed.is_none() {
        let events: Vec<Vec<&str>> = outcomes.iter().skip(before).take(stories).map(happened).collect();
        count(&mut plan, &events);
    }
    let features = second(app, visitor, product, &mut plan, !(all && roadmap == Standing::Decides)).await?;
    Ok(Brought { report: plan.report, proposed, features })
}

fn happened(outcome: &Outcome) -> Vec<&str> {
    match outcome {
        Outcome::Done(done) => done.things.iter().map(|t| t.event.as_str()).collect(),
        Outcome::Proposed(_) => vec![],
    }
}

struct First {
    asks: Vec<Ask>,
    /// Commands before the stories.
    before: usize,
}

/// What runs in the one transaction: everything that the asker decides, or else the stories alone, for their proposal.
fn first(plan: &mut Plan, product: &str, with_features: bool, with_sprints: bool) -> Result<First> {
    let mut asks: Vec<Ask> = vec![];
    if with_sprints {
        asks.extend(plan.sprints.iter().map(|s| Ask::of(Some(product), s)).collect::<Result<Vec<_>>>()?);
    }
    if with_features {
        asks.extend(plan.features.iter().map(|f| Ask::of(Some(product), f)).collect::<Result<Vec<_>>>()?);
        // The stories name their feature themselves.
        plan.hangs.clear();
    }
    let before = asks.len();
    asks.extend(plan.stories.iter().map(|d| Ask::of(Some(product), &d.story)).collect::<Result<Vec<_>>>()?);
    asks.extend(plan.links.iter().map(|l| Ask::of(Some(product), l)).collect::<Result<Vec<_>>>()?);
    Ok(First { asks, before })
}

/// The epics as one proposal of features that carries its links; at once where the asker decides on the roadmap and on
/// the backlog not.
async fn second(app: &App, visitor: &Visitor, product: &str, plan: &mut Plan, is_to_do: bool) -> Result<Option<String>> {
    if !is_to_do || plan.features.is_empty() {
        return Ok(None);
    }
    let mut proposed = None;
    for some in plan.features.chunks(MOST_PROPOSED) {
        let mut asks: Vec<Ask> = some.iter().map(|f| Ask::of(Some(product), f)).collect::<Result<_>>()?;
        if plan.report.features_proposed {
            let theirs = plan.hangs.iter().filter(|h| some.iter().any(|f| f.origin.as_ref() == Some(&h.feature.0)));
            asks.extend(theirs.map(|h| Ask::of(Some(product), h)).collect::<Result<Vec<_>>>()?);
        }
        let batch = Batch { asks, title: Some(proposal(plan)), dry: false };
        match app.run_all(visitor, batch, |_| {}).await {
            Ok(outcomes) => {
                if let [Outcome::Proposed(p)] = outcomes.as_slice() {
                    proposed = Some(p.title.clone());
                }
            }
            Err(refusal) if refusal.is_ours() => return Err(refusal),
            Err(refusal) => plan.report.notes.push(format!("The epics stay labels: {}", refusal.sentence())),
        }
    }
    Ok(proposed)
}

fn proposal(plan: &Plan) -> String {
    match plan.report.features.as_slice() {
        [one] => format!("Make the epic “{one}” a feature"),
        several => format!("Make {} epics features", several.len()),
    }
}

fn record(product: &str, format: Format, file_name: &str, report: &Report) -> Result<Ask> {
    let counts = BTreeMap::from([("read".to_owned(), report.read), ("stories".to_owned(), report.rows.len())]);
    let told: String = report.notes.join("\n").chars().take(20_000).collect();
    Ask::of(Some(product), &RecordImport { format: format.word().into(), file_name: file_name.chars().take(300).collect(), counts, report: told })
}

/// Notes what becomes of each row, from the kinds of its events.
fn count(plan: &mut Plan, events: &[Vec<&str>]) {
    for (row, events) in plan.report.rows.iter_mut().zip(events) {
        let only_noted = events.iter().all(|e| *e == "story.brought_in");
        row.what = match row.what {
            "removed" => "removed",
            _ if events.contains(&"story.created") => "created",
            _ if events.is_empty() => "unchanged",
            // What the file says was written down, and everything a person sees stays.
            "kept" if only_noted => "kept",
            _ => "updated",
        };
    }
    let of = |what: &[&str]| plan.report.rows.iter().filter(|row| what.contains(&row.what)).count();
    (plan.report.created, plan.report.updated, plan.report.unchanged) = (of(&["created"]), of(&["updated"]), of(&["unchanged", "kept"]));
}

/// Gives a refusal from within the batch its row.
fn named(refusal: Refusal, plan: &Plan, before: usize) -> Refusal {
    match refusal {
        Refusal::Invalid(fields) => Refusal::Invalid(
            fields
                .into_iter()
                .map(|mut f| {
                    if let Some((index, field)) = f.field.split_once(':') {
                        let at = index.parse::<usize>().ok().and_then(|i| i.checked_sub(before)).and_then(|i| plan.stories.get(i));
                        if let Some(drafted) = at {
                            f.message = format!("Row {}, {field}: {}", drafted.row, f.message);
                        }
                    }
                    f
                })
                .collect(),
        ),
        other => other,
    }
}
