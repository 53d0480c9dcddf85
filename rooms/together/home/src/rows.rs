//! What Home reads.

use activity::Line;
use kernel::{Column, Look, Result};
use sprint::Sprint;
use strategy::ObjectiveLine;
use thread::Gap;

/// Everything Home may show, in a fixed number of queries.
pub(crate) struct Seen {
    pub objectives: Vec<ObjectiveLine>,
    pub sprint: Option<Sprint>,
    /// Stage, stories, points of the running sprint.
    pub sprint_stages: Vec<(String, i64, f64)>,
    pub ready: (i64, f64),
    pub velocity: Vec<f64>,
    pub to_accept: Vec<(i64, String, i64)>,
    pub blockers: Vec<(i64, String, String, i64)>,
    pub to_sign: Vec<(kernel::Uuid, String, i64)>,
    pub loose_evidence: i64,
    pub mine: Vec<(i64, String, String)>,
    pub bets: Vec<(i64, String, String, i64, i64)>,
    pub gaps: Vec<Gap>,
    pub lately: Vec<Line>,
}

pub(crate) fn all(look: &mut Look) -> Result<Seen> {
    let product = look.scope.product_id()?.value();
    let me = look.scope.who.member.value();
    let sprint = sprint::active(look)?;
    let sprint_stages = match &sprint {
        None => vec![],
        Some(s) => rows(
            look,
            "select stage, count(*), coalesce(sum(points), 0.0) from story where product = $1 and sprint = $2 and removed_at is null group by stage",
            &[product.clone(), s.meta.id.value()],
            |r| Ok((r.take()?, r.take()?, r.take()?)),
        )?,
    };
    let ready = rows(
        look,
        "select count(*), coalesce(sum(points), 0.0) from story where product = $1 and stage = 'open' and ready_at is not null and sprint is null and removed_at is null",
        std::slice::from_ref(&product),
        |r| Ok((r.take()?, r.take()?)),
    )?;
    let to_accept = rows(
        look,
        "select number, title, handed_over_at from story where product = $1 and stage = 'handed_over' and handed_over_at is not null and removed_at is null order by handed_over_at limit 8",
        std::slice::from_ref(&product),
        |r| Ok((r.take()?, r.take()?, r.take()?)),
    )?;
    let blockers = rows(
        look,
        "select number, title, blocked_reason, blocked_since from story where product = $1 and blocked_since is not null and stage in ('open', 'doing', 'handed_over') and removed_at is null order by blocked_since limit 8",
        std::slice::from_ref(&product),
        |r| Ok((r.take()?, r.take()?, r.take()?, r.take()?)),
    )?;
    let loose = "select count(*) from evidence e where product = $1 and removed_at is null and not exists (select 1 from relation where from_id = e.id and verb = 'supports' and removed_at is null)";
    let loose_evidence = look.number(loose, std::slice::from_ref(&product))?;
    let mine = rows(
        look,
        "select number, title, stage from story where product = $1 and assignee = $2 and stage in ('open', 'doing', 'handed_over') and removed_at is null order by rank limit 12",
        &[product.clone(), me.clone()],
        |r| Ok((r.take()?, r.take()?, r.take()?)),
    )?;
    let bets = rows(look, "select initiative.number, initiative.title, coalesce(initiative.ends_on, ''), count(story.id), coalesce(sum(case when story.stage = 'accepted' then 1 end), 0)
        from initiative left join feature on feature.initiative = initiative.id and feature.removed_at is null left join story on story.product = feature.product and story.feature = feature.id and story.removed_at is null and story.stage <> 'dropped'
        where initiative.product = $1 and initiative.horizon = 'now' and initiative.state = 'open' and initiative.removed_at is null
        group by initiative.id, initiative.number, initiative.title, initiative.ends_on, initiative.rank order by initiative.rank", std::slice::from_ref(&product), |r| Ok((r.take()?, r.take()?, r.take()?, r.take()?, r.take()?)))?;
    Ok(Seen {
        objectives: strategy::objectives(look)?,
        sprint,
        sprint_stages,
        ready: ready.into_iter().next().unwrap_or((0, 0.0)),
        velocity: sprint::velocity(look, 6)?,
        to_accept,
        blockers,
        to_sign: to_sign(look)?,
        loose_evidence,
        mine,
        bets,
        gaps: thread::gaps(look)?,
        lately: activity::latest(look, 0, i64::MAX, 12)?,
    })
}

/// Open proposals that one of the asker's hats can settle and has not signed yet.
fn to_sign(look: &mut Look) -> Result<Vec<(kernel::Uuid, String, i64)>> {
    let product = look.scope.product_id()?.value();
    let me = look.scope.who.member.value();
    let mine: Vec<String> = look.scope.who.hats.iter().map(|h| format!("proposal.needs like '%\"{h}\"%'")).collect();
    if mine.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!(
        "select id, title, created_at from proposal where product = $1 and state = 'open' and removed_at is null and ({})
         and not exists (select 1 from signature where signature.proposal = proposal.id and signature.member = $2) order by created_at limit 8",
        mine.join(" or ")
    );
    rows(look, &sql, &[product, me], |r| Ok((r.take()?, r.take()?, r.take()?)))
}

fn rows<T>(look: &mut Look, sql: &str, params: &[kernel::Value], read: impl Fn(&mut kernel::Row) -> Result<T>) -> Result<Vec<T>> {
    look.query(sql, params)?.iter_mut().map(read).collect()
}
