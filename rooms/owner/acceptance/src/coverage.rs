//! Which criteria are verified, by what: the matrix of criteria and runs.

use crate::{
    runs_model::*,
    runs_rows as rows,
    runs_views::{came_mark, flaky, in_a_line, state_mark, ways},
};
use backlog::{Criterion, CriterionState, Story};
use kernel::{Column, Id, Look, Mark, Noun, Paged, Result, Scope, Uuid, Value, list};
use std::collections::HashMap;
use web::{Markup, empty, html, keyed, meter, product_path, text::encode, time};

/// Stories on a page.
const PAGE: usize = 25;
/// Runs beside one another.
const RUNS: usize = 6;

/// The stories whose criteria are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Which {
    /// Whose verdict is still to come.
    Unsettled,
    /// All but those that were dropped.
    All,
}

impl Which {
    fn sql(self) -> &'static str {
        match self {
            Which::Unsettled => "story.stage in ('open', 'doing', 'handed_over')",
            Which::All => "story.stage <> 'dropped'",
        }
    }
}

/// How many criteria stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub passing: i64,
    pub failing: i64,
    pub stale: i64,
    pub none: i64,
    /// Of which a test has said something.
    pub tested: i64,
    pub flaky: i64,
}

impl Counts {
    fn all(self) -> i64 {
        self.passing + self.failing + self.stale + self.none
    }
}

/// A page of the matrix.
pub(crate) struct Matrix {
    pub which: Which,
    pub first: bool,
    pub counts: Counts,
    pub stories: Paged<Story>,
    pub criteria: HashMap<Id<Story>, Vec<Criterion>>,
    /// The newest runs, the newest first, and what each said of a criterion.
    pub runs: Vec<Run>,
    pub said: HashMap<(Uuid, Uuid), Came>,
}

pub(crate) fn read(look: &mut Look, which: Which, after: &str) -> Result<Matrix> {
    let product = look.scope.product_id()?;
    let counts = look.query(
        &format!(
            "select criterion.state, count(*), cast(coalesce(sum(criterion.flaky), 0) as bigint),
               cast(coalesce(sum(case when exists (select 1 from run_result where run_result.criterion = criterion.id and run_result.removed_at is null) then 1 else 0 end), 0) as bigint)
             from criterion join story on story.id = criterion.story
             where criterion.product = $1 and criterion.removed_at is null and story.removed_at is null and {} group by criterion.state",
            which.sql()
        ),
        &[product.value()],
    )?;
    let mut sum = Counts::default();
    for mut row in counts {
        let (state, count): (CriterionState, i64) = (row.take()?, row.take()?);
        let (flaky, tested): (i64, i64) = (row.take()?, row.take()?);
        sum.flaky += flaky;
        sum.tested += tested;
        *match state {
            CriterionState::Passing => &mut sum.passing,
            CriterionState::Failing => &mut sum.failing,
            CriterionState::Stale => &mut sum.stale,
            CriterionState::None => &mut sum.none,
        } = count;
    }
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = Mark::<String>::read(after)? {
        and += " and (rank, id) > ($2, $3)";
        params.extend([Value::Text(mark.at), mark.id.value()]);
    }
    let sql = format!(
        "and {} and exists (select 1 from criterion where criterion.story = story.id and criterion.removed_at is null){and} order by rank, id limit {}",
        which.sql(),
        PAGE + 1
    );
    let stories = Paged::cut(Story::all(look, &sql, &params)?, PAGE, |story| Mark::new(story.rank.value().words(), story.meta.id));
    let found = Criterion::all(look, "and story in each($2) order by rank, id", &[list(stories.items.iter().map(|s| s.meta.id))])?;
    let runs = Run::all(look, &format!("order by ran_at desc, id desc limit {RUNS}"), &[])?;
    let said = RunResult::all(
        look,
        "and run in each($2) and criterion in each($3) order by id",
        &[list(runs.iter().map(|run| run.meta.id)), list(found.iter().map(|c| c.meta.id))],
    )?;
    let said = said.into_iter().map(|result| ((result.criterion.0, result.run.0), result.came)).collect();
    let mut criteria: HashMap<Id<Story>, Vec<Criterion>> = HashMap::new();
    for criterion in found {
        criteria.entry(criterion.story).or_default().push(criterion);
    }
    Ok(Matrix { which, first: after.is_empty(), counts: sum, stories, criteria, runs, said })
}

/// The panel of a criterion.
pub(crate) fn panel(look: &mut Look, id: &str) -> Result<Markup> {
    let history = rows::history(look, Id::try_from(id)?)?;
    Ok(crate::runs_views::criterion_panel(look.scope, &history))
}

pub(crate) fn page(scope: &Scope, matrix: &Matrix) -> Markup {
    let which =
        |wanted: Which, href: &str, says: &str| html! { a.chip href=(href) aria-current=[(matrix.which == wanted).then_some("true")] { (says) } " " };
    html! {
        (ways("coverage"))
        nav.chips aria-label="Which stories" { (which(Which::Unsettled, "coverage", "Still to be accepted")) (which(Which::All, "coverage?which=all", "All stories")) }
        @if matrix.stories.items.is_empty() && matrix.first { (empty("circle-check-big", "No criteria yet", "Here stands, criterion by criterion, whether it is verified and by which runs. Criteria are written on stories.", html! { a.button href={ (product_path(scope)) "/backlog" } { "To the backlog" } })) }
        @else { (summary(matrix.counts)) (table(scope, matrix))
            @if let Some(next) = &matrix.stories.next { p { a.button href={ "?" @if matrix.which == Which::All { "which=all&" } "after=" (encode(next)) } { "Further stories" } } }
            p { a.button href={ (product_path(scope)) "/features.zip" } hx-boost="false" download { "All criteria as feature files" } }
        }
    }
}

/// How many stand how, of all.
fn summary(counts: Counts) -> Markup {
    let all = counts.all();
    let share = counts.passing as f64 / all.max(1) as f64;
    html! { div.coverage-sum {
        p.lead { strong { (counts.passing) " of " (several_criteria(all)) } " known to pass." }
        (meter("Criteria known to pass", share))
        p.quiet { (counts.failing) " failing · " (counts.stale) " changed since · " (counts.none) " not checked · tests have said something of " (counts.tested) @if counts.flaky > 0 { " · " (counts.flaky) " flaky" } }
    } }
}

fn several_criteria(count: i64) -> String {
    if count == 1 { "1 criterion is".into() } else { format!("{count} criteria are") }
}

fn table(scope: &Scope, matrix: &Matrix) -> Markup {
    html! { div.scroll tabindex="0" role="region" aria-label="Criteria and runs" { table.list.coverage {
        thead { tr { th scope="col" { "Criterion" } th scope="col" { "Now" }
            @for run in &matrix.runs { th.run scope="col" { a href={ "runs?open=" (run.id()) } title=(run.called()) { @if run.commit_id.is_empty() { (time(scope, run.ran_at, scope.now)) } @else { code { bdi { (short(&run.commit_id)) } } } span.hidden { ", " bdi { (run.called()) } } } } } } }
        @for story in &matrix.stories.items { tbody {
            tr.story { th scope="rowgroup" colspan=(2 + matrix.runs.len()) { a href={ (product_path(scope)) "/story/" (story.number) } { (keyed(scope, story.number, &story.title)) } } }
            @for c in matrix.criteria.get(&story.id()).into_iter().flatten() { tr {
                th scope="row" { span.key { "." (c.number) } " " a href={ "?" @if matrix.which == Which::All { "which=all&" } "open=" (c.id()) } data-panel dir="auto" { (in_a_line(c)) } (flaky(c)) }
                td { (state_mark(c.state)) }
                @for run in &matrix.runs { td.run { @match matrix.said.get(&(c.meta.id, run.meta.id)) {
                    Some(came) => { (came_mark(*came, false)) }
                    None => { span.quiet { "·" span.hidden { "not in this run" } } }
                } } }
            } }
        } }
    } } }
}
