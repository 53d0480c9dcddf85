//! What Home reads.

use crate::{
    theirs::{FEW, Theirs},
    worn,
};
use activity::History;
use decisions::{AskedOf, CameBack};
use kernel::{Area, Column, Hat, Look, Result, Standing, Value};
use sprint::{InFlow, Sprint};
use strategy::ObjectiveLine;
use thread::Gap;
use web::OpenProposal;

/// What Home shows, in a fixed number of queries: what the hat worn does not show is not asked for.
#[derive(Default)]
pub(crate) struct Seen {
    pub objectives: Vec<ObjectiveLine>,
    pub sprint: Option<Sprint>,
    /// Those of the running sprint.
    pub sprint_stages: Stages,
    /// How it flows, where the product works without sprints and none runs still.
    pub flow: Option<InFlow>,
    pub ready: (i64, f64),
    pub velocity: Vec<f64>,
    pub to_accept: Vec<(i64, String, i64)>,
    pub blockers: Vec<(i64, String, String, i64)>,
    pub to_sign: Vec<OpenProposal>,
    /// Scoring rounds in which the reader has not finished rating.
    pub to_rate: Vec<priorities::ToRate>,
    /// Planning poker that waits for the reader's cards.
    pub to_vote: Vec<poker::ToVote>,
    /// Scoring rounds that are revealed and not settled.
    pub to_settle: Vec<priorities::Round>,
    /// What the sorting of slips asks of the reader.
    pub sorting: Option<settling::Awaited>,
    /// Blockers that name the reader as the one who can lift them.
    pub to_lift: Vec<board::Blocked>,
    /// Actions of retrospectives that the reader sees to, whose day has come.
    pub due_actions: Vec<retro::RetroAction>,
    /// The team waits for what the reader says at the stand-up.
    pub standup: bool,
    /// Features in their agreed order that have something to refine, and whether they have stories yet.
    pub unrefined: Vec<(i64, String, bool)>,
    /// Decisions whose day has come.
    pub back: Vec<CameBack>,
    pub asked: Vec<AskedOf>,
    pub evidence: bool,
    /// Up to 51 are counted.
    pub loose_evidence: i64,
    /// Posts on the portal that wait for approval, counted as far.
    pub to_approve: i64,
    pub begun: Begun,
    pub mine: Vec<Mine>,
    pub bets: Vec<(i64, String, String, i64, i64)>,
    pub gaps: Vec<Gap>,
    /// Released bets whose promised day has come and that nobody has judged.
    pub to_judge: Vec<roadmap::Initiative>,
    pub understood: understanding::Understood,
    /// Stakeholders who are to hear, and promises to them whose day has come.
    pub to_tell: Vec<stakeholders::Line>,
    pub promises: Vec<stakeholders::Promise>,
    /// What was told last.
    pub updates: Vec<updates::Update>,
    pub lately: History,
    /// The page of whoever looks in from outside the team.
    pub theirs: Theirs,
}

/// Which of the first steps are done.
#[derive(Default)]
pub(crate) struct Begun {
    pub sorted: bool,
    pub evidence: bool,
    pub vision: bool,
    pub market: bool,
    pub objective: bool,
    pub initiative: bool,
    pub story: bool,
    pub sprint: bool,
    /// The product works without sprints.
    pub flow: bool,
    /// A story has been taken up.
    pub work: bool,
}

impl Begun {
    fn read(look: &mut Look, product: &Value) -> Result<Begun> {
        let any = |table: &str| format!("coalesce((select 1 from {table} where product = $1 and removed_at is null limit 1), 0)");
        let tables = ["evidence", "vision", "target_market", "objective", "initiative", "story", "sprint"];
        let sorted = "coalesce((select 1 from sorting where product = $1 and opened_at is not null and removed_at is null limit 1), 0)";
        let flow = "coalesce((select 1 from cadence where product = $1 and way = 'flow' and removed_at is null limit 1), 0)";
        let work = "coalesce((select 1 from story_tally where product = $1 and stage <> 'open' and stories > 0 limit 1), 0)";
        let read = rows(look, &format!("select {sorted}, {}, {flow}, {work}", tables.map(any).join(", ")), std::slice::from_ref(product), |r| {
            Ok(Begun {
                sorted: r.take()?,
                evidence: r.take()?,
                vision: r.take()?,
                market: r.take()?,
                objective: r.take()?,
                initiative: r.take()?,
                story: r.take()?,
                sprint: r.take()?,
                flow: r.take()?,
                work: r.take()?,
            })
        })?;
        Ok(read.into_iter().next().unwrap_or_default())
    }
}

pub(crate) fn all(look: &mut Look) -> Result<Seen> {
    let product = look.scope.product_id()?.value();
    let mut seen = Seen {
        begun: Begun::read(look, &product)?,
        lately: activity::latest(look, 12)?,
        mine: mine(look)?,
        to_rate: priorities::to_rate(look)?,
        to_vote: poker::to_vote(look)?,
        sorting: settling::awaited(look)?,
        to_lift: board::to_lift(look)?,
        due_actions: retro::due_of_mine(look)?,
        standup: standup::awaits_mine(look)?,
        ..Seen::default()
    };
    let here = look.scope.clone();
    seen.asked = decisions::asked_of(look, &[here])?;
    seen.understood = understanding::understood(look)?;
    // One stands on the Home of the team, a few on that of a stakeholder.
    let few = if matches!(worn(look.scope), Some(Hat::Manager | Hat::Owner | Hat::Developer)) { 1 } else { FEW };
    seen.updates = updates::latest(look, few)?;
    match worn(look.scope) {
        Some(Hat::Manager) => {
            seen.to_sign = web::to_sign(look)?;
            seen.back = decisions::came_back(look)?;
            seen.to_settle = priorities::to_settle(look)?;
            seen.bets = bets(look, &product)?;
            of_stakeholders(look, &mut seen)?;
            seen.to_judge = launch::due(look)?;
            seen.objectives = strategy::objectives(look)?;
            let any = "select coalesce((select 1 from evidence where product = $1 and removed_at is null limit 1), 0), (select count(*) from
                       (select 1 from portal_post where product = $1 and showing = 'waits' and removed_at is null limit 51) as waiting)";
            if let Some(mut row) = look.first(any, std::slice::from_ref(&product))? {
                (seen.evidence, seen.to_approve) = (row.take::<i64>()? == 1, row.take()?);
            }
            seen.gaps = thread::gaps(look)?;
            seen.loose_evidence = seen.gaps.iter().find(|gap| gap.name == customers::LOOSE_EVIDENCE).map_or(0, |gap| gap.count);
        }
        Some(Hat::Owner) => {
            of_stakeholders(look, &mut seen)?;
            (seen.sprint, seen.sprint_stages) = sprint_with_stages(look)?;
            seen.flow = flow(look, &seen)?;
            seen.to_accept = to_accept(look, &product)?;
            seen.to_sign = web::to_sign(look)?;
            seen.back = decisions::came_back(look)?;
            seen.to_settle = priorities::to_settle(look)?;
            seen.ready = ready(look, &product)?;
            seen.unrefined = unrefined(look, &product)?;
            seen.velocity = sprint::velocity(look, 6)?;
            seen.blockers = blockers(look, &product)?;
            seen.gaps = thread::gaps(look)?;
        }
        Some(Hat::Developer) => {
            (seen.sprint, seen.sprint_stages) = sprint_with_stages(look)?;
            seen.flow = flow(look, &seen)?;
            seen.blockers = blockers(look, &product)?;
        }
        _ => {
            let windows = look.tells(Area::Commitments);
            seen.theirs = Theirs::read(look, stakeholders::To::Me, windows)?;
        }
    }
    Ok(seen)
}

/// Who is to hear, and what was promised until today: all of it for whoever decides on announcements, their own for others.
fn of_stakeholders(look: &mut Look, seen: &mut Seen) -> Result<()> {
    (seen.to_tell, seen.promises) = (stakeholders::to_tell(look)?, stakeholders::promises_due(look)?);
    let scope = look.scope;
    if scope.standing(Area::Announcements).1 < Standing::Signs {
        let me = scope.who.member;
        seen.to_tell.retain(|line| line.stakeholder.keeper.map(|keeper| keeper.0) == me);
        seen.promises.retain(|promise| promise.member.map(|member| member.0) == me);
    }
    Ok(())
}

/// How it flows; nothing where sprints are planned, or one runs still.
fn flow(look: &mut Look, seen: &Seen) -> Result<Option<InFlow>> {
    if seen.begun.flow && seen.sprint.is_none() { sprint::in_flow(look).map(Some) } else { Ok(None) }
}

/// Stage, stories and points.
pub(crate) type Stages = Vec<(String, i64, f64)>;

/// The running sprint, and its stories by stage.
pub(crate) fn sprint_with_stages(look: &mut Look) -> Result<(Option<Sprint>, Stages)> {
    let Some(sprint) = sprint::active(look)? else { return Ok((None, vec![])) };
    let stages = rows(
        look,
        // Grouped by what no index has, so that the sprint leads.
        "select coalesce(stage, ''), count(*), coalesce(sum(points), 0.0) from story where product = $1 and sprint = $2 and removed_at is null
         group by coalesce(stage, '')",
        &[look.scope.product_id()?.value(), sprint.meta.id.value()],
        |r| Ok((r.take()?, r.take()?, r.take()?)),
    )?;
    Ok((Some(sprint), stages))
}

fn ready(look: &mut Look, product: &Value) -> Result<(i64, f64)> {
    let found = rows(
        look,
        "select cast(coalesce(sum(free), 0) as bigint), coalesce(sum(free_points), 0.0) from story_tally where product = $1 and stage = 'open'",
        std::slice::from_ref(product),
        |r| Ok((r.take()?, r.take()?)),
    )?;
    let (stories, points) = found.into_iter().next().unwrap_or((0, 0.0));
    // What is summed up from sizes follows them.
    Ok((stories, if look.tells(Area::Estimates) { points } else { 0.0 }))
}

/// So many features are offered to refine.
const MOST_UNREFINED: usize = 3;

/// The first open features, in the order that was agreed, that have no story yet, or open ones of which none is ready: what is
/// refined next. The last of the row says whether there is a story.
fn unrefined(look: &mut Look, product: &Value) -> Result<Vec<(i64, String, bool)>> {
    let told = |which: &str| format!("exists (select 1 from story_tally t where t.product = $1 and t.feature = feature.id and {which})");
    let any = told("coalesce(t.stage, '') in ('open', 'doing', 'handed_over', 'accepted') and t.stories > 0");
    let open = told("t.stage = 'open' and t.stories > 0 and t.ready = 0");
    let sql = format!(
        "select number, title, case when {any} then 1 else 0 end from feature where product = $1 and state = 'open' and removed_at is null
         and (not {any} or {open}) order by rank, id limit {MOST_UNREFINED}"
    );
    rows(look, &sql, std::slice::from_ref(product), |r| Ok((r.take()?, r.take()?, r.take()?)))
}

/// Number, title, and since when.
pub(crate) fn to_accept(look: &mut Look, product: &Value) -> Result<Vec<(i64, String, i64)>> {
    rows(
        look,
        "select number, title, handed_over_at from story where product = $1 and stage = 'handed_over' and handed_over_at is not null and removed_at is null order by handed_over_at limit 8",
        std::slice::from_ref(product),
        |r| Ok((r.take()?, r.take()?, r.take()?)),
    )
}

/// Number, title, reason, and since when. The index by time leads, not the one by stage.
fn blockers(look: &mut Look, product: &Value) -> Result<Vec<(i64, String, String, i64)>> {
    rows(
        look,
        "select number, title, blocked_reason, blocked_since from story where product = $1 and blocked_since is not null
         and coalesce(stage, '') in ('open', 'doing', 'handed_over') and removed_at is null order by blocked_since limit 8",
        std::slice::from_ref(product),
        |r| Ok((r.take()?, r.take()?, r.take()?, r.take()?)),
    )
}

/// So many bets are shown; the others stand on the roadmap.
pub(crate) const MOST_BETS: usize = 8;

/// Number, title, end, stories and accepted ones of the first bets in Now; one more than are shown where there are more.
fn bets(look: &mut Look, product: &Value) -> Result<Vec<(i64, String, String, i64, i64)>> {
    rows(
        look,
        &format!(
            "select bet.number, bet.title, coalesce(bet.ends_on, ''), {}, {}
             from (select id, number, title, ends_on, rank from initiative where product = $1 and horizon = 'now' and state = 'open'
                   and removed_at is null order by rank limit {}) as bet
             order by bet.rank",
            stories_of_bet("'open', 'doing', 'handed_over', 'accepted'"),
            stories_of_bet("'accepted'"),
            MOST_BETS + 1
        ),
        std::slice::from_ref(product),
        |r| Ok((r.take()?, r.take()?, r.take()?, r.take()?, r.take()?)),
    )
}

/// SQL for how many stories in some stages hang on a row of `bet`. What is counted is found by feature, not by stage.
pub(crate) fn stories_of_bet(stages: &str) -> String {
    format!(
        "(select cast(coalesce(sum(tally.stories), 0) as bigint) from feature
          join story_tally tally on tally.product = feature.product and tally.feature = feature.id and coalesce(tally.stage, '') in ({stages})
          where feature.initiative = bet.id and feature.removed_at is null)"
    )
}

/// A story that is given to the reader, in whichever product.
pub(crate) struct Mine {
    /// Key and name of its product.
    pub product: (String, String),
    pub number: i64,
    pub title: String,
    pub stage: String,
    pub blocked: bool,
}

/// What is given to the reader in every product that they reach and whose backlog they see there: the product at hand
/// first, then what is furthest along.
pub(crate) fn mine(look: &mut Look) -> Result<Vec<Mine>> {
    let Some(me) = look.scope.who.member else { return Ok(vec![]) };
    let here = look.scope.product.as_ref().map(|product| product.id);
    // Each product is asked for by its own matrix below; what this one hides is no measure of the others.
    let found = look.reader.query(
        "select product, number, title, stage, case when blocked_since is null then 0 else 1 end from story
         where product in (select product from membership where member = $1 and removed_at is null) and assignee = $1
         and stage in ('doing', 'handed_over', 'open') and removed_at is null
         order by case product when $2 then 0 else 1 end, product, case stage when 'doing' then 0 when 'open' then 1 else 2 end, rank limit 60",
        &[me.value(), here.value()],
    )?;
    let mut stories: Vec<(kernel::Uuid, Mine)> = vec![];
    for mut row in found {
        let product: kernel::Uuid = row.take()?;
        stories
            .push((product, Mine { product: Default::default(), number: row.take()?, title: row.take()?, stage: row.take()?, blocked: row.take()? }));
    }
    let mut products: Vec<kernel::Uuid> = stories.iter().map(|(product, _)| *product).collect();
    products.dedup();
    let seen = web::app::seeing_in(look, &products, kernel::Area::Backlog)?;
    let named = |(product, story): (kernel::Uuid, Mine)| {
        let known = seen.iter().find(|p| p.id == product)?;
        Some(Mine { product: (known.key.clone(), known.name.clone()), ..story })
    };
    Ok(stories.into_iter().filter_map(named).take(20).collect())
}

pub(crate) fn rows<T>(look: &mut Look, sql: &str, params: &[Value], read: impl Fn(&mut kernel::Row) -> Result<T>) -> Result<Vec<T>> {
    look.query(sql, params)?.iter_mut().map(read).collect()
}
