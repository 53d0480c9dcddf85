//! From a file to commands: the stories of all rows in one transaction, or, as a job, some rows at a time.

use crate::work::{FEATURES, Pieces, once};
use crate::{
    draft::Draft,
    github,
    here::Here,
    identity,
    mapping::{Format, Mapping},
    own_fields,
    plan::{Plan, plan},
    record::RecordImport,
    report::Report,
    sheet,
    understand::understood,
};
use kernel::{Area, Refusal, Result, Scope, Standing};
use std::collections::BTreeMap;
use web::app::{self, App, Ask, Batch, Outcome, Visitor};

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

/// What comes in: the draft of a file, on whose word and into which product.
#[derive(Clone, Copy)]
pub struct Arrival<'a> {
    pub app: &'a App,
    pub visitor: &'a Visitor,
    pub product: &'a str,
    pub format: Format,
    pub file_name: &'a str,
    pub draft: &'a Draft,
}

impl Arrival<'_> {
    /// Brings it in as a whole, or only tries to.
    ///
    /// # Errors
    /// The refusal of a command, with the row that it is about.
    pub async fn bring(self, dry: bool, progress: impl Fn(usize) + Send + 'static) -> Result<Brought> {
        carried(self, dry, None, progress).await.map(|(brought, _)| brought)
    }

    /// Brings it in in pieces; the record of it is left to whoever ends them.
    pub(crate) async fn bring_in_pieces(self, pieces: &mut Pieces<'_>) -> Result<(Brought, Option<Ask>)> {
        carried(self, false, Some(pieces), |_| {}).await
    }
}

async fn carried(
    arrival: Arrival<'_>,
    dry: bool,
    mut pieces: Option<&mut Pieces<'_>>,
    progress: impl Fn(usize) + Send + 'static,
) -> Result<(Brought, Option<Ask>)> {
    let Arrival { app, visitor, product, format, file_name, draft } = arrival;
    let mut drafted = draft.clone();
    let planned = app.ask(visitor, Some(product), move |look| {
        let apart = identity::settle(look, &mut drafted)?;
        let here = Here::read(look, &drafted)?;
        Ok((plan(&drafted, &here, &apart)?, Asked::of(&here.scope)))
    });
    let (mut plan, asked) = planned.await?;
    let held = !plan.report.undecided.is_empty();
    if (plan.stories.is_empty() && plan.features.is_empty()) || (held && !dry) {
        // Nothing of it is half imported.
        if !held && !plan.report.rows.is_empty() {
            plan.report.says = says(&plan, &asked);
        }
        return Ok((Brought { report: plan.report, proposed: None, features: None }, None));
    }
    // Whether everything is one act, or the epics a proposal of their own.
    let as_one = asked.backlog.is_none() && asked.roadmap.is_none();
    if dry || asked.backlog.is_some() {
        // Beside the writer: nobody waits for somebody who only looks. What needs what comes before it is not thought through.
        let stories = plan.stories.iter().map(|d| Ask::of(Some(product), &d.story)).collect::<Result<Vec<_>>>()?;
        let unheard = |_| {};
        let foreseen = match dry {
            true => app.foresee(visitor, stories, progress).await,
            false => app.foresee(visitor, stories, unheard).await,
        };
        let foreseen = foreseen.map_err(|refusal| named(refusal, &plan, 0))?;
        let events: Vec<Vec<&str>> = foreseen.iter().map(|f| f.events.iter().map(|(_, event)| *event).collect()).collect();
        count(&mut plan, &events);
        if asked.backlog.is_some() {
            plan.leave_unchanged();
        }
        let title = title(&plan.report, file_name);
        let waits = asked.backlog.is_some() && plan.changes();
        if waits {
            app::fits_a_proposal(&asked.scope, Area::Backlog, plan.sprints.len() + plan.stories.len() + plan.links.len() + 1)?;
        }
        plan.report.says = says(&plan, &asked);
        plan.report.says.extend(own_fields::ahead(draft, asked.agreement.as_deref(), !waits));
        if dry {
            let features = (plan.report.features_proposed && !plan.features.is_empty()).then(|| proposal(&plan));
            return Ok((Brought { report: plan.report, proposed: waits.then_some(title), features }, None));
        }
        let proposed = match waits {
            true => {
                let Steps { mut asks, .. } = steps(&mut plan, product, false)?;
                asks.push(record(product, format, file_name, &plan.report)?);
                let batch = Batch { asks, title: Some(title.clone()), dry };
                let proposed = once(app, visitor, pieces.as_deref_mut(), "backlog".into(), batch).await;
                proposed.map_err(|refusal| named(refusal, &plan, plan.sprints.len()))?.then_some(title)
            }
            false => None,
        };
        let features = second(app, visitor, product, &mut plan, pieces.as_deref_mut()).await?;
        if !waits {
            own_fields::make(app, visitor, product, draft, &mut plan.report, pieces).await?;
        }
        return Ok((Brought { report: plan.report, proposed, features }, None));
    }
    let Steps { mut asks, before } = steps(&mut plan, product, as_one)?;
    let stories = plan.stories.len();
    let record = record(product, format, file_name, &plan.report)?;
    let (outcomes, left) = match &pieces {
        Some(pieces) => (pieces.carry(asks, before, stories).await, Some(record)),
        None => {
            asks.push(record);
            (app.run_all(visitor, Batch { asks, title: None, dry }, progress).await, None)
        }
    };
    let outcomes = outcomes.map_err(|refusal| named(refusal, &plan, before))?;
    let events: Vec<Vec<&str>> = outcomes.iter().skip(before).take(stories).map(happened).collect();
    count(&mut plan, &events);
    plan.report.says = says(&plan, &asked);
    let features = if as_one { None } else { second(app, visitor, product, &mut plan, pieces.as_deref_mut()).await? };
    own_fields::make(app, visitor, product, draft, &mut plan.report, pieces).await?;
    Ok((Brought { report: plan.report, proposed: None, features }, left))
}

/// Whose signature it would take, by what it is about; nobody's where the asker decides.
struct Asked {
    scope: Scope,
    backlog: Option<String>,
    roadmap: Option<String>,
    agreement: Option<String>,
}

impl Asked {
    fn of(scope: &Scope) -> Asked {
        let whom = |area| {
            let hats: Vec<String> = scope.asked(area).0.iter().map(|hat| format!("the {}", hat.title())).collect();
            (scope.standing(area).1 != Standing::Decides).then(|| hats.join(" and "))
        };
        Asked { backlog: whom(Area::Backlog), roadmap: whom(Area::Roadmap), agreement: whom(Area::Agreement), scope: scope.clone() }
    }
}

/// What happens at once and what waits for whom, in plain words.
fn says(plan: &Plan, asked: &Asked) -> Vec<String> {
    let report = &plan.report;
    let stories = told(report);
    let many = report.features.len();
    let features = format!("{} on the roadmap", web::several(many, "feature"));
    let is = |count: usize| if count == 1 { "is" } else { "are" };
    let mut says = vec![];
    match (&asked.backlog, stories.as_str()) {
        (_, "") if many == 0 => says.push("Everything in the file is here already: nothing changes, and nothing is proposed.".to_owned()),
        (_, "") => says.push("No story changes.".to_owned()),
        (None, stories) => says.push(format!("At once: {stories}.")),
        (Some(whom), stories) => says.push(format!("Proposed to {whom}: {stories}. None of it is here before that is signed.")),
    }
    if many > 0 {
        match (&asked.roadmap, &asked.backlog) {
            (None, None) => says.push(format!("At once: {features}.")),
            (None, Some(_)) => says.push(format!(
                "At once, because you decide there: {features}. {} stay{} also if the stories are declined.",
                if many == 1 { "It" } else { "They" },
                if many == 1 { "s" } else { "" }
            )),
            (Some(whom), _) => says.push(format!(
                "Proposed to {whom}: {features}. Until {} signed, each story has its epic’s name as a label.",
                if many == 1 { "that is".to_owned() } else { format!("they {}", is(many)) }
            )),
        }
    }
    says
}

/// "5 new and 3 changed stories"; without any, what there is besides.
fn told(report: &Report) -> String {
    let (new, changed) = (report.created, report.updated);
    let besides = [(report.parts + report.links, "link between stories", "links between stories"), (report.sprints.len(), "sprint", "sprints")];
    let besides =
        besides.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| format!("{count} {}", if count == 1 { one } else { many }));
    match (new, changed) {
        (0, 0) => besides.collect::<Vec<_>>().join(" and "),
        (new, 0) => format!("{new} new {}", if new == 1 { "story" } else { "stories" }),
        (0, changed) => format!("{changed} changed {}", if changed == 1 { "story" } else { "stories" }),
        (new, changed) => format!("{new} new and {changed} changed stories"),
    }
}

fn title(report: &Report, file_name: &str) -> String {
    format!("Import: {} from {file_name}", told(report))
}

fn happened(outcome: &Outcome) -> Vec<&str> {
    match outcome {
        Outcome::Done(done) => done.things.iter().map(|t| t.event.as_str()).collect(),
        Outcome::Proposed(_) => vec![],
    }
}

struct Steps {
    asks: Vec<Ask>,
    /// Commands before the stories.
    before: usize,
}

/// What runs in the one transaction: everything that the asker decides, or else what is for one proposal.
fn steps(plan: &mut Plan, product: &str, with_features: bool) -> Result<Steps> {
    let mut asks = plan.sprints.iter().map(|s| Ask::of(Some(product), s)).collect::<Result<Vec<_>>>()?;
    if with_features {
        asks.extend(plan.features.iter().map(|f| Ask::of(Some(product), f)).collect::<Result<Vec<_>>>()?);
        // The stories name their feature themselves.
        plan.hangs.clear();
    }
    let before = asks.len();
    asks.extend(plan.stories.iter().map(|d| Ask::of(Some(product), &d.story)).collect::<Result<Vec<_>>>()?);
    asks.extend(plan.links.iter().map(|l| Ask::of(Some(product), l)).collect::<Result<Vec<_>>>()?);
    Ok(Steps { asks, before })
}

/// The epics as one proposal of features that carries its links; at once where the asker decides on the roadmap and on
/// the backlog not.
async fn second(app: &App, visitor: &Visitor, product: &str, plan: &mut Plan, mut pieces: Option<&mut Pieces<'_>>) -> Result<Option<String>> {
    let mut proposed = None;
    for some in plan.features.chunks(MOST_PROPOSED) {
        let mut asks: Vec<Ask> = some.iter().map(|f| Ask::of(Some(product), f)).collect::<Result<_>>()?;
        if plan.report.features_proposed {
            let theirs = plan.hangs.iter().filter(|h| some.iter().any(|f| f.origin.as_ref() == Some(&h.feature.0)));
            asks.extend(theirs.map(|h| Ask::of(Some(product), h)).collect::<Result<Vec<_>>>()?);
        }
        let batch = Batch { asks, title: Some(proposal(plan)), dry: false };
        let name = format!("{FEATURES} from {}", some.first().and_then(|f| f.origin.as_deref()).unwrap_or_default());
        match once(app, visitor, pieces.as_deref_mut(), name, batch).await {
            Ok(true) => proposed = Some(proposal(plan)),
            Ok(false) => {}
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
    let counts =
        BTreeMap::from([("read".to_owned(), report.read), ("stories".to_owned(), report.rows.iter().filter(|row| row.kind != "epic").count())]);
    let told: String = report.notes.join("\n").chars().take(20_000).collect();
    Ask::of(Some(product), &RecordImport { format: format.word().into(), file_name: file_name.chars().take(300).collect(), counts, report: told })
}

impl Plan {
    /// Leaves out what would change nothing that a person sees: nobody is asked to sign that.
    fn leave_unchanged(&mut self) {
        let mut rows = self.report.rows.iter();
        self.stories.retain(|_| rows.next().is_some_and(|row| matches!(row.what, "created" | "updated")));
    }

    fn changes(&self) -> bool {
        !self.stories.is_empty() || !self.links.is_empty() || !self.sprints.is_empty()
    }
}

/// Notes what becomes of each row, from the kinds of its events.
fn count(plan: &mut Plan, events: &[Vec<&str>]) {
    for (row, events) in plan.report.rows.iter_mut().zip(events) {
        // What the file says is written down for the next import; that changes nothing that a person sees.
        let only_noted = events.iter().all(|e| *e == "story.brought_in");
        row.what = match row.what {
            "removed" => "removed",
            _ if events.contains(&"story.created") => "created",
            "kept" | "unchanged" if only_noted => row.what,
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
