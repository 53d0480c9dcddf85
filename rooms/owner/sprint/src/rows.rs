//! Reading sprints and the board.

use crate::{capacity::Load, model::*, result::SprintResult};
use backlog::{Line, Stage, Story, StoryKind};
use kernel::{Column, Id, JsonSchema, Look, Noun, Query, Ref, Refusal, Result, Serialize, Uuid, Value, fields::Pointed, list, query, value::Packed};
use product::BoardColumn;
use std::collections::{HashMap, HashSet};
use web::Filter;

pub(crate) fn sprint(look: &mut Look, at: &Ref) -> Result<Sprint> {
    match at.resolve::<Sprint>(look.scope)? {
        Pointed::Id(id) => Sprint::get(look, id),
        Pointed::Number(n) => Sprint::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

pub(crate) fn next_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    Ok(look.number("select max(number) from sprint where product = $1", &[product.value()])? + 1)
}

/// The sprint that is running.
pub fn active(look: &mut Look) -> Result<Option<Sprint>> {
    Ok(Sprint::all(look, "and state = 'active' order by number", &[])?.pop())
}

pub(crate) fn next_planned(look: &mut Look) -> Result<Option<Sprint>> {
    Ok(Sprint::all(look, "and state = 'planned' order by number desc", &[])?.pop())
}

/// As much of a sprint as a list of them tells.
pub(crate) struct Head {
    pub number: i64,
    pub name: String,
    pub state: SprintState,
    pub ends_on: String,
}

/// All sprints by their heads, newest first: what was committed to in each is long.
pub(crate) fn heads(look: &mut Look) -> Result<Vec<Head>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select number, name, state, ends_on from sprint where product = $1 and removed_at is null order by number desc",
        &[product.value()],
    )?;
    rows.into_iter().map(|mut r| Ok(Head { number: r.take()?, name: r.take()?, state: r.take()?, ends_on: r.take()? })).collect()
}

/// Whether the product has said that it works without sprints, in one flow.
pub(crate) fn works_in_flow(look: &mut Look) -> Result<bool> {
    let sql = "select count(*) from cadence where product = $1 and way = 'flow' and removed_at is null";
    let product = look.scope.product_id()?;
    Ok(look.number(sql, &[product.value()])? > 0)
}

/// All sprints, newest first.
pub(crate) fn sprints(look: &mut Look) -> Result<Vec<Sprint>> {
    Sprint::all(look, "order by number desc", &[])
}

pub(crate) fn stories_in(look: &mut Look, sprint: Id<Sprint>) -> Result<Vec<Story>> {
    Story::all(look, "and sprint = $2 order by rank, id", &[sprint.value()])
}

/// Whether a sprint is closed or cancelled; what belongs to none is in none that is over.
pub fn is_over(look: &mut Look, sprint: Option<Uuid>) -> Result<bool> {
    let Some(sprint) = sprint else { return Ok(false) };
    Ok(matches!(Sprint::get(look, Id::new(sprint))?.state, SprintState::Closed | SprintState::Cancelled))
}

/// How often a story of a sprint was rejected.
pub(crate) fn rejections(look: &mut Look, sprint: Id<Sprint>) -> Result<usize> {
    let product = look.scope.product_id()?.value();
    let count = look.number(
        "select count(*) from verdict where product = $1 and sprint = $2 and accepted = 0 and removed_at is null",
        &[product, sprint.value()],
    )?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// What the last closed sprints were, newest first.
pub(crate) struct Lately {
    /// The first and the last day of each.
    pub spans: Vec<(String, String)>,
    /// What each brought to acceptance, in points. What waited for its verdict when a sprint closed counts there once it is
    /// accepted. Nothing where sizes are not for the reader.
    pub velocity: Vec<f64>,
}

/// So many of them.
pub(crate) fn lately(look: &mut Look, most: i64) -> Result<Lately> {
    let product = look.scope.product_id()?;
    let closed = look.query(
        "select starts_on, ends_on, result from sprint where product = $1 and state = 'closed' and removed_at is null order by number desc limit $2",
        &[product.value(), Value::Int(most)],
    )?;
    let tells = look.tells(kernel::Area::Estimates);
    let (mut spans, mut results) = (vec![], vec![]);
    for mut row in closed {
        spans.push((row.take()?, row.take()?));
        if tells {
            results.push(row.take::<Packed<SprintResult>>()?.0);
        }
    }
    let late = accepted_late(look, &results)?;
    let since = |r: &SprintResult| r.waited().filter(|left| late.contains(&left.story.0)).filter_map(|left| left.points).sum::<f64>();
    Ok(Lately { spans, velocity: results.iter().map(|r| r.accepted_points + since(r)).collect() })
}

/// Accepted points of the last closed sprints, newest first.
pub fn velocity(look: &mut Look, most: i64) -> Result<Vec<f64>> {
    match look.tells(kernel::Area::Estimates) {
        true => Ok(lately(look, most)?.velocity),
        false => Ok(vec![]),
    }
}

/// Of the stories that waited for a verdict when their sprint closed, those that were accepted since.
fn accepted_late(look: &mut Look, results: &[SprintResult]) -> Result<HashSet<Uuid>> {
    let waited: Vec<Uuid> = results.iter().flat_map(SprintResult::waited).map(|left| left.story.0).collect();
    if waited.is_empty() {
        return Ok(HashSet::new());
    }
    let rows = look.query("select id from story where id in each($1) and stage = 'accepted' and removed_at is null", &[list(waited)])?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// Of the stories that a closed sprint returned, the numbers of those that still stand in the backlog, in their order.
pub(crate) fn still_left(look: &mut Look, result: &SprintResult) -> Result<Vec<i64>> {
    let returned: Vec<Uuid> = result.went.iter().filter(|left| left.to == crate::Leftover::Return).map(|left| left.story.0).collect();
    if returned.is_empty() {
        return Ok(vec![]);
    }
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select number from story where product = $1 and id in each($2) and stage = 'open' and sprint is null and removed_at is null order by rank",
        &[product.value(), list(returned)],
    )?;
    rows.into_iter().map(|mut row| row.take()).collect()
}

/// The first stories of the backlog that are planned into no sprint yet, and whether there are more.
pub(crate) fn unplanned(look: &mut Look, most: i64) -> Result<(Vec<Line>, bool)> {
    backlog::first_lines(look, "and story.stage = 'open' and story.sprint is null", most)
}

/// The sprints that can still take stories, and how much is in each.
pub(crate) fn loads(look: &mut Look) -> Result<Vec<Load>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select sprint.id, sprint.number, sprint.name, sprint.starts_on, sprint.ends_on, count(story.id), coalesce(sum(story.points), 0.0) from sprint
         left join story on story.product = sprint.product and story.sprint = sprint.id and story.removed_at is null
         where sprint.product = $1 and sprint.removed_at is null and sprint.state in ('planned', 'active')
         group by sprint.id, sprint.number, sprint.name, sprint.starts_on, sprint.ends_on order by sprint.number",
        &[product.value()],
    )?;
    let load = |mut r: kernel::Row| {
        let (id, number, name, starts_on, ends_on) = (r.take()?, r.take()?, r.take()?, r.take()?, r.take()?);
        Ok(Load { id, number, name, starts_on, ends_on, stories: r.take()?, points: r.take()? })
    };
    rows.into_iter().map(load).collect()
}

/// The cards of a sprint that a filter asks for, for whoever counts them.
pub(crate) fn fits(look: &mut Look, sprint: Option<&Sprint>, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    params.push(sprint.map_or(Value::Null, |sprint| sprint.meta.id.value()));
    let sprint = params.len();
    let and = backlog::fitting(look, filter, params)?;
    Ok(format!("story where story.sprint = ${sprint} and story.product = $1 and story.removed_at is null{and}"))
}

/// A card of the board.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Card {
    pub id: Uuid,
    pub number: i64,
    pub kind: StoryKind,
    pub title: String,
    pub points: Option<f64>,
    pub stage: Stage,
    pub column: Option<Id<BoardColumn>>,
    pub blocked_since: Option<i64>,
    pub blocked_reason: String,
    pub started_at: Option<i64>,
    pub version: i64,
    pub feature: Option<String>,
    pub assignee: Option<String>,
    /// Rejected, and not handed over again since.
    pub rejected: bool,
    /// Why it should not be in a sprint yet.
    pub warnings: Warnings,
    /// It came into the sprint after its start, and is no part of what was committed to.
    pub came_later: bool,
}

/// What planning warns about.
#[derive(Clone, Copy, Debug, Default, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Warnings {
    pub not_ready: bool,
    pub no_thread: bool,
}

/// The cards of a sprint as they stood at a moment (milliseconds since 1970).
pub(crate) fn cards_as_of(look: &mut Look, sprint: &Sprint, at: i64) -> Result<Vec<Card>> {
    let ever = "and id in (select story from sprint_story where sprint = $3)";
    let mut stories = activity::things_as_of::<Story>(look, at, ever, &[sprint.meta.id.value()])?;
    stories.retain(|s| s.sprint == Some(sprint.meta.id));
    stories.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    let features = titles(look, "title", "feature", stories.iter().filter_map(|s| s.feature.map(|f| f.0)))?;
    let names = titles(look, "name", "member", stories.iter().filter_map(|s| s.assignee.map(|m| m.0)))?;
    let card = |s: Story| Card {
        id: s.meta.id,
        number: s.number,
        kind: s.kind,
        title: s.title,
        points: s.points,
        stage: s.stage,
        column: s.board_column,
        blocked_since: s.blocked_since,
        blocked_reason: s.blocked_reason,
        started_at: s.started_at,
        version: s.meta.version,
        feature: s.feature.and_then(|id| features.get(&id.0).cloned()),
        assignee: s.assignee.and_then(|id| names.get(&id.0).cloned()),
        rejected: false,
        warnings: Warnings::default(),
        came_later: false,
    };
    Ok(later(sprint, stories.into_iter().map(card).collect()))
}

/// What things are called that are mentioned by their ids; each is asked for once.
fn titles(look: &mut Look, title: &str, table: &str, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: std::collections::BTreeSet<Uuid> = ids.collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = look.query(&format!("select id, {title} from {table} where id in each($1)"), &[list(ids)])?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// The sprint that ran at a moment, or else the one that was planned.
pub(crate) fn sprint_as_of(look: &mut Look, number: Option<&str>, at: i64) -> Result<Option<Sprint>> {
    let mut then = activity::things_as_of::<Sprint>(look, at, "", &[])?;
    then.sort_by_key(|s| s.number);
    let chosen = match number {
        Some(number) => then.iter().find(|s| s.number.to_string() == number),
        None => then.iter().find(|s| s.state == SprintState::Active).or(then.iter().find(|s| s.state == SprintState::Planned)),
    };
    Ok(chosen.cloned())
}

/// The cards of a sprint in the order of the backlog, or those of them that fit.
pub(crate) fn cards(look: &mut Look, sprint: &Sprint, filter: Option<&Filter>) -> Result<Vec<Card>> {
    let which = "story.sprint = $1 and story.product = $2 and story.removed_at is null";
    Ok(later(sprint, cards_where(look, which, vec![sprint.meta.id.value()], filter)?))
}

/// The same, each knowing whether it came in after the start.
fn later(sprint: &Sprint, mut cards: Vec<Card>) -> Vec<Card> {
    if sprint.started_at.is_some() {
        let committed: HashSet<Uuid> = sprint.committed.iter().map(|one| one.story.0).collect();
        cards.iter_mut().for_each(|card| card.came_later = !committed.contains(&card.id));
    }
    cards
}

/// Cards by a condition, whose first parameter is given and whose second is the product.
pub(crate) fn cards_where(look: &mut Look, which: &str, mut params: Vec<Value>, filter: Option<&Filter>) -> Result<Vec<Card>> {
    params.push(look.scope.product_id()?.value());
    let and = filter.map_or(Ok(String::new()), |filter| backlog::fitting(look, filter, &mut params))?;
    let sql = format!(
        "select story.id, story.number, story.kind, story.title, story.points, story.stage, story.board_column, story.blocked_since, story.blocked_reason,
                story.started_at, story.version, feature.title, member.name,
                case when story.stage in ('open', 'doing') then coalesce((select 1 from verdict where verdict.story = story.id and verdict.accepted = 0 and verdict.removed_at is null limit 1), 0) else 0 end,
                case when story.ready_at is null then 1 else 0 end, case when story.feature is null then 1 else 0 end
         from story left join feature on feature.id = story.feature left join member on member.id = story.assignee
         where {which}{and} order by story.rank, story.id"
    );
    look.query(&sql, &params)?
        .into_iter()
        .map(|mut r| {
            Ok(Card {
                id: r.take()?,
                number: r.take()?,
                kind: r.take()?,
                title: r.take()?,
                points: r.take()?,
                stage: r.take()?,
                column: r.take()?,
                blocked_since: r.take()?,
                blocked_reason: r.take()?,
                started_at: r.take()?,
                version: r.take()?,
                feature: r.take()?,
                assignee: r.take()?,
                rejected: r.take()?,
                warnings: Warnings { not_ready: r.take()?, no_thread: r.take()? },
                came_later: false,
            })
        })
        .collect()
}

query! {
    /// A sprint with its columns and cards.
    pub struct Board in "sprint.board" at "/products/{product}/sprints/{sprint}/board" -> BoardOut {
        /// Number or id.
        pub sprint: Ref,
    }
}

/// The answer to `Board`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct BoardOut {
    pub sprint: Sprint,
    pub columns: Vec<BoardColumn>,
    pub cards: Vec<Card>,
}

impl Query for Board {
    fn ask(self, look: &mut Look) -> Result<BoardOut> {
        let sprint = sprint(look, &self.sprint)?;
        let cards = cards(look, &sprint, None)?;
        Ok(BoardOut { columns: product::columns_of(look)?, sprint, cards })
    }
}
