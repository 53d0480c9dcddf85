//! Reading the backlog.

use crate::{filter::fitting, model::*};
use kernel::{
    Column, Id, Json, JsonSchema, Look, Mark, Noun, Paged, Query, Rank, Ref, Refusal, Result, Row, Serialize, Uuid, Value, fields::Pointed, list,
    query, value::Packed,
};
use std::collections::{BTreeMap, BTreeSet};
use web::Filter;

/// A story by number, key or id, or by where it came from (`jira:ABC-1`).
pub fn story(look: &mut Look, at: &Ref) -> Result<Story> {
    if at.is_origin() {
        return Story::all(look, "and origin = $2", &[Value::Text(at.0.trim().to_owned())])?.pop().ok_or(Refusal::NotFound);
    }
    match at.resolve::<Story>(look.scope)? {
        Pointed::Id(id) => Story::get(look, id),
        Pointed::Number(n) => Story::all(look, "and number = $2", &[Value::Int(n)])?.pop().ok_or(Refusal::NotFound),
    }
}

/// Several stories by number, key or id, each once, in the order of the backlog; at most 500.
pub fn several(look: &mut Look, stories: &[Ref]) -> Result<Vec<Story>> {
    match stories {
        [] => return Err(Refusal::invalid("stories", "Choose at least one story.")),
        [one] => return Ok(vec![story(look, one)?]),
        many if many.len() > 500 => return Err(Refusal::invalid("stories", format!("{} stories are too many at once; 500 fit.", many.len()))),
        _ => {}
    }
    let (mut numbers, mut ids) = (BTreeSet::new(), BTreeSet::new());
    for at in stories {
        match at.resolve::<Story>(look.scope)? {
            Pointed::Number(number) => drop(numbers.insert(number)),
            Pointed::Id(id) => drop(ids.insert(id.0)),
        }
    }
    let mut found: Vec<Story> = vec![];
    if !numbers.is_empty() {
        found = Story::all(look, "and number in numbers($2)", &[list(numbers.iter().copied())])?;
    }
    let known: BTreeSet<i64> = found.iter().map(|s| s.number).collect();
    if !ids.is_empty() {
        let by_id = Story::all(look, "and id in each($2)", &[list(ids.iter().copied())])?;
        if by_id.len() < ids.len() {
            return Err(Refusal::NotFound);
        }
        found.extend(by_id);
    }
    if known.len() < numbers.len() {
        return Err(Refusal::NotFound);
    }
    found.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    found.dedup_by_key(|s| s.meta.id);
    Ok(found)
}

pub(crate) fn by_origin(look: &mut Look, origin: &str) -> Result<Option<Story>> {
    let product = look.scope.product_id()?;
    let found = kernel::look::find_rows(look.reader, "where product = $1 and origin = $2", &[product.value(), Value::Text(origin.to_owned())])?;
    Ok(found.into_iter().next())
}

/// The sprint of a name, the latest where there are several, and whether it still takes stories.
pub(crate) fn sprint_called(look: &mut Look, name: &str) -> Result<Option<(Uuid, bool)>> {
    let product = look.scope.product_id()?;
    let row = look.first(
        "select id, case when state in ('planned', 'active') then 1 else 0 end from sprint where product = $1 and name = $2 and removed_at is null
         order by number desc limit 1",
        &[product.value(), Value::Text(name.trim().to_owned())],
    )?;
    row.map(|mut row| Ok((row.take()?, row.take()?))).transpose()
}

/// The criteria of a story, in order.
pub fn criteria_of(look: &mut Look, story: Id<Story>) -> Result<Vec<Criterion>> {
    Criterion::all(look, "and story = $2 order by rank, id", &[story.value()])
}

/// Numbers are never used twice, so removed criteria count.
pub(crate) fn highest_criterion(look: &mut Look, story: Id<Story>) -> Result<i64> {
    look.number("select max(number) from criterion where story = $1", &[story.value()])
}

fn one_rank(look: &mut Look, and: &str, params: &[Value]) -> Result<Option<Rank>> {
    let product = look.scope.product_id()?;
    let mut bound = vec![product.value()];
    bound.extend_from_slice(params);
    let sql = format!("select rank from story where product = $1 and removed_at is null {and} limit 1");
    look.first(&sql, &bound)?.map(|mut row| row.take()).transpose()
}

/// The place after a rank, or the first of all, among the other stories than these.
pub(crate) fn rank_below(look: &mut Look, rank: Option<&Rank>, besides: &[Id<Story>]) -> Result<Option<Rank>> {
    beside(look, rank.map(|rank| ("rank > $2", rank)), "order by rank", besides)
}
/// The place before a rank, or the last of all, among the other stories than these.
pub(crate) fn rank_above(look: &mut Look, rank: Option<&Rank>, besides: &[Id<Story>]) -> Result<Option<Rank>> {
    beside(look, rank.map(|rank| ("rank < $2", rank)), "order by rank desc", besides)
}

fn beside(look: &mut Look, from: Option<(&str, &Rank)>, order: &str, besides: &[Id<Story>]) -> Result<Option<Rank>> {
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some((condition, rank)) = from {
        and = format!("and {condition}");
        params.push(rank.value());
    }
    if !besides.is_empty() {
        params.push(list(besides.iter().copied()));
        and += &format!(" and not (id in each(${}))", params.len() + 1);
    }
    one_rank(look, &format!("{and} {order}"), &params)
}

/// Places in the order are counted so far; what lies beyond is "further down".
const MOST_COUNTED: i64 = 500;

/// The place of a story and the one where it would go, as people say them: "7th", "2nd, before ORB-17 “Invoice”".
/// None for what no longer stands in the backlog.
pub(crate) fn places(look: &mut Look, story: &Story, to: &Rank) -> Result<Option<(String, String)>> {
    if story.stage != Stage::Open {
        return Ok(None);
    }
    let above = |rank: &str| {
        format!(
            "(select count(*) from (select 1 from story where product = $1 and stage = 'open' and rank < {rank} and id <> $4 and removed_at is null limit {MOST_COUNTED}) as above)"
        )
    };
    let sql = format!(
        "select {}, {}, next.number, next.title from (select 1 as one) as always left join
         (select number, title from story where product = $1 and stage = 'open' and rank > $3 and id <> $4 and removed_at is null order by rank limit 1) as next on 1 = 1",
        above("$2"),
        above("$3")
    );
    let params = [look.scope.product_id()?.value(), story.rank.value(), to.value(), story.meta.id.value()];
    let Some(mut row) = look.first(&sql, &params)? else { return Ok(None) };
    let place = |above: i64| if above < MOST_COUNTED { web::ordinal(above + 1) } else { "further down".to_owned() };
    let (from, to): (i64, i64) = (row.take()?, row.take()?);
    let next: (Option<i64>, Option<String>) = (row.take()?, row.take()?);
    let beside = match next {
        (Some(number), Some(title)) => format!(", before {} “{title}”", look.scope.key(number)),
        _ => ", the last".to_owned(),
    };
    Ok(Some((place(from), place(to) + &beside)))
}

/// A place at either end.
pub(crate) fn end_rank(look: &mut Look, top: bool) -> Result<Rank> {
    Ok(match top {
        true => Rank::between(None, rank_below(look, None, &[])?.as_ref()),
        false => Rank::between(rank_above(look, None, &[])?.as_ref(), None),
    })
}

/// A story as a row of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Line {
    pub id: Id<Story>,
    pub version: i64,
    pub number: i64,
    pub kind: StoryKind,
    pub title: String,
    pub points: Option<f64>,
    pub rank: Rank,
    pub stage: Stage,
    pub labels: Packed<Vec<String>>,
    pub ready_at: Option<i64>,
    pub blocked_since: Option<i64>,
    pub says_why: bool,
    pub criteria: i64,
    pub feature: Option<i64>,
    pub feature_title: Option<String>,
    pub sprint: Option<String>,
    pub assignee: Option<String>,
    pub origin: Option<String>,
    pub updated_at: i64,
    /// Lines of the definition of ready that people found to hold.
    pub found_ready: Packed<Vec<String>>,
    /// Others that are not done yet and hold it up.
    pub waits: i64,
    /// Its sub-tasks, and how many of them are done.
    pub subtasks: i64,
    pub subtasks_done: i64,
}

const LINE: &str = "story.id, story.version, story.number, story.kind, story.title, story.points, story.rank, story.stage, story.labels, story.ready_at,
    story.blocked_since, (story.so_that <> '' or story.body <> ''), (select count(*) from criterion where criterion.story = story.id and criterion.removed_at is null),
    feature.number, feature.title, sprint.name, member.name, story.origin, story.updated_at, story.found_ready,
    (select count(*) from relation join story as other on other.id = relation.from_id where relation.to_id = story.id and relation.verb = 'blocks'
      and relation.removed_at is null and other.removed_at is null and other.stage not in ('accepted', 'dropped')),
    (select count(*) from subtask where subtask.story = story.id and subtask.removed_at is null),
    (select count(subtask.done_at) from subtask where subtask.story = story.id and subtask.removed_at is null)
    from story left join feature on feature.id = story.feature left join sprint on sprint.id = story.sprint left join member on member.id = story.assignee";

fn line(mut row: Row) -> Result<Line> {
    Ok(Line {
        id: row.take()?,
        version: row.take()?,
        number: row.take()?,
        kind: row.take()?,
        title: row.take()?,
        points: row.take()?,
        rank: row.take()?,
        stage: row.take()?,
        labels: row.take()?,
        ready_at: row.take()?,
        blocked_since: row.take()?,
        says_why: row.take()?,
        criteria: row.take()?,
        feature: row.take()?,
        feature_title: row.take()?,
        sprint: row.take()?,
        assignee: row.take()?,
        origin: row.take()?,
        updated_at: row.take()?,
        found_ready: row.take()?,
        waits: row.take()?,
        subtasks: row.take()?,
        subtasks_done: row.take()?,
    })
}

query! {
    /// A page of the backlog, in its order.
    pub struct Backlog in "backlog.read" at "/products/{product}/backlog" -> Paged<Line> {
        /// Words to search for; `kind:bug` and the like among them narrow it as the fields below do.
        #[serde(default)]
        pub q: String,
        /// `story`, `bug`, `task` or `spike`.
        #[serde(default)]
        pub kind: String,
        #[serde(default)]
        pub label: String,
        /// Number or key of a feature, or `none`.
        #[serde(default)]
        pub feature: String,
        /// `ready`, `unready`, `unestimated`, `blocked` or `waiting` (for another story).
        #[serde(default)]
        pub is: String,
        /// `yes` or `no`.
        #[serde(default)]
        pub ready: String,
        /// How long ago they were changed: `<2w`, `>3m`.
        #[serde(default)]
        pub updated: String,
        /// `open` when empty; or another stage, or `all`.
        #[serde(default)]
        pub stage: String,
        /// Who works on them: `me`, `nobody`, a name, or the id of a member.
        #[serde(default)]
        pub who: String,
        /// An own field and what it holds: `Severity=high`, `Effort>3`, `Due<2026-12-01`, or `Severity=none`.
        #[serde(default)]
        pub field: String,
        /// An own field that they are ordered by, with `-` in front for the other way: the first stories in that order, and no
        /// further page. In the order of the backlog when empty.
        #[serde(default)]
        pub sort: String,
        /// Where the last page ended: its `next`.
        #[serde(default)]
        pub after: String,
        /// Stories on a page, 1 to 500; 100 when left out.
        pub limit: Option<i64>,
    }
}

impl Query for Backlog {
    fn ask(self, look: &mut Look) -> Result<Paged<Line>> {
        page(look, &self)
    }
}

/// One page of the backlog.
pub fn page(look: &mut Look, wanted: &Backlog) -> Result<Paged<Line>> {
    let most = kernel::page::limit(wanted.limit)?;
    let filter = wanted.filter();
    let mut params = vec![look.scope.product_id()?.value()];
    let mut and = narrowed(look, &filter, &mut params)?;
    if !wanted.sort.is_empty() {
        let (sorting, order) = fields::sorted_by(look, fields::Thing::Story, "story.id", &wanted.sort, &mut params)?;
        let sql = format!(
            "select {LINE}{sorting} where story.product = $1 and story.removed_at is null{and} order by {order}, story.rank, story.id limit {most}"
        );
        let items = look.query(&sql, &params)?.into_iter().map(line).collect::<Result<Vec<Line>>>()?;
        return Ok(Paged { items, next: None });
    }
    if let Some(mark) = Mark::<String>::read(&wanted.after)? {
        params.extend([Value::Text(mark.at), mark.id.value()]);
        and += &format!(" and (story.rank, story.id) > (${}, ${})", params.len() - 1, params.len());
    }
    // Found by full text, they are few and looked up by id; otherwise the order of the product leads.
    let product = if filter.words().is_empty() && filter.get("is") != "waiting" { "story.product" } else { "coalesce(story.product, '')" };
    let sql = format!("select {LINE} where {product} = $1 and story.removed_at is null{and} order by story.rank, story.id limit {}", most + 1);
    let lines = look.query(&sql, &params)?.into_iter().map(line).collect::<Result<Vec<Line>>>()?;
    Ok(Paged::cut(lines, most, |line| Mark::new(line.rank.value().words(), line.id.0)))
}

/// What a filter asks of the backlog, where nothing else is said of what is open.
pub fn narrowed(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    let and = fitting(look, filter, params)?;
    Ok(if filter.get("stage").is_empty() { and + " and story.stage = 'open'" } else { and })
}

/// The stories of the backlog that a filter asks for, for whoever counts them.
pub(crate) fn fits(look: &mut Look, filter: &Filter, params: &mut Vec<Value>) -> Result<String> {
    Ok(format!("story where story.product = $1 and story.removed_at is null{}", narrowed(look, filter, params)?))
}

/// The rows of these stories, in the backlog's order.
pub fn lines_where(look: &mut Look, and: &str, params: &[Value]) -> Result<Vec<Line>> {
    let mut bound = vec![look.scope.product_id()?.value()];
    bound.extend_from_slice(params);
    let sql = format!("select {LINE} where story.product = $1 and story.removed_at is null {and} order by story.rank, story.id");
    look.query(&sql, &bound)?.into_iter().map(line).collect()
}

/// The first of these stories in the backlog's order, and whether there are more.
pub fn first_lines(look: &mut Look, and: &str, most: i64) -> Result<(Vec<Line>, bool)> {
    let sql = format!("select {LINE} where story.product = $1 and story.removed_at is null {and} order by story.rank, story.id limit $2");
    let params = [look.scope.product_id()?.value(), Value::Int(most + 1)];
    let mut lines = look.query(&sql, &params)?.into_iter().map(line).collect::<Result<Vec<Line>>>()?;
    let more = lines.len() as i64 > most;
    lines.truncate(usize::try_from(most).unwrap_or_default());
    Ok((lines, more))
}

query! {
    /// One story with its acceptance criteria.
    pub struct ReadStory in "story.read" at "/products/{product}/stories/{story}" -> StoryOut {
        /// Number, key or id.
        pub story: Ref,
    }
}

/// The answer to `ReadStory`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct StoryOut {
    #[serde(flatten)]
    pub story: Story,
    pub key: String,
    pub criteria: Vec<Criterion>,
    /// What its own fields hold, by their names.
    pub fields: BTreeMap<String, Json>,
}

impl Query for ReadStory {
    fn ask(self, look: &mut Look) -> Result<StoryOut> {
        let story = story(look, &self.story)?;
        let criteria = criteria_of(look, story.id())?;
        let own = fields::of(look, fields::Thing::Story, story.meta.id)?;
        let fields = own.iter().map(|field| (field.name.clone(), field.json())).collect();
        Ok(StoryOut { key: look.scope.key(story.number), story, criteria, fields })
    }
    fn version(answer: &StoryOut) -> Option<i64> {
        Some(answer.story.meta.version)
    }
}
