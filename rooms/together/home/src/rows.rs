//! What Home reads.

use activity::History;
use kernel::{Column, Look, Result, Value};
use sprint::Sprint;
use strategy::ObjectiveLine;
use thread::Gap;
use web::OpenProposal;

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
    pub to_sign: Vec<OpenProposal>,
    pub evidence: i64,
    pub loose_evidence: i64,
    pub begun: Begun,
    pub mine: Vec<(i64, String, String)>,
    pub bets: Vec<(i64, String, String, i64, i64)>,
    pub gaps: Vec<Gap>,
    pub lately: History,
}

/// Which of the first steps are done.
pub(crate) struct Begun {
    pub vision: bool,
    pub initiative: bool,
    pub story: bool,
    pub sprint: bool,
}

impl Begun {
    fn read(look: &mut Look, product: &Value) -> Result<Begun> {
        let any = |table: &str| format!("coalesce((select 1 from {table} where product = $1 and removed_at is null limit 1), 0)");
        let sql = format!("select {}, {}, {}, {}", any("vision"), any("initiative"), any("story"), any("sprint"));
        let read = rows(look, &sql, std::slice::from_ref(product), |r| {
            Ok(Begun { vision: r.take()?, initiative: r.take()?, story: r.take()?, sprint: r.take()? })
        })?;
        Ok(read.into_iter().next().unwrap_or(Begun { vision: false, initiative: false, story: false, sprint: false }))
    }
}

pub(crate) fn all(look: &mut Look) -> Result<Seen> {
    let product = look.scope.product_id()?.value();
    let me = look.scope.who.member.value();
    let sprint = sprint::active(look)?;
    let sprint_stages = match &sprint {
        None => vec![],
        Some(s) => rows(
            look,
            // Grouped by what no index has, so that the sprint leads.
            "select coalesce(stage, ''), count(*), coalesce(sum(points), 0.0) from story where product = $1 and sprint = $2 and removed_at is null
             group by coalesce(stage, '')",
            &[product.clone(), s.meta.id.value()],
            |r| Ok((r.take()?, r.take()?, r.take()?)),
        )?,
    };
    let ready = rows(
        look,
        "select cast(coalesce(sum(free), 0) as bigint), coalesce(sum(free_points), 0.0) from story_tally where product = $1 and stage = 'open'",
        std::slice::from_ref(&product),
        |r| Ok((r.take()?, r.take()?)),
    )?;
    // What is summed up from sizes follows them.
    let ready: Vec<(i64, f64)> =
        ready.into_iter().map(|(stories, points)| (stories, if look.tells(kernel::Area::Estimates) { points } else { 0.0 })).collect();
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
        "select number, title, stage from story where product = $1 and assignee = $2 and stage in ('open', 'doing', 'handed_over') and removed_at is null order by stage, rank limit 12",
        &[product.clone(), me.clone()],
        |r| Ok((r.take()?, r.take()?, r.take()?)),
    )?;
    let bets = rows(
        look,
        "select initiative.number, initiative.title, coalesce(initiative.ends_on, ''), cast(coalesce(sum(tally.stories), 0) as bigint),
                cast(coalesce(sum(case when tally.stage = 'accepted' then tally.stories end), 0) as bigint)
         from initiative left join feature on feature.initiative = initiative.id and feature.removed_at is null
         left join story_tally tally on tally.product = feature.product and tally.stage in ('open', 'doing', 'handed_over', 'accepted')
              and tally.feature = feature.id
         where initiative.product = $1 and initiative.horizon = 'now' and initiative.state = 'open' and initiative.removed_at is null
         group by initiative.id, initiative.number, initiative.title, initiative.ends_on, initiative.rank order by initiative.rank limit 20",
        std::slice::from_ref(&product),
        |r| Ok((r.take()?, r.take()?, r.take()?, r.take()?, r.take()?)),
    )?;
    Ok(Seen {
        objectives: strategy::objectives(look)?,
        sprint,
        sprint_stages,
        ready: ready.into_iter().next().unwrap_or((0, 0.0)),
        velocity: sprint::velocity(look, 6)?,
        to_accept,
        blockers,
        to_sign: web::to_sign(look)?,
        evidence: look.number("select count(*) from evidence where product = $1 and removed_at is null", std::slice::from_ref(&product))?,
        begun: Begun::read(look, &product)?,
        loose_evidence,
        mine,
        bets,
        gaps: thread::gaps(look)?,
        lately: activity::latest(look, 12)?,
    })
}

fn rows<T>(look: &mut Look, sql: &str, params: &[Value], read: impl Fn(&mut kernel::Row) -> Result<T>) -> Result<Vec<T>> {
    look.query(sql, params)?.iter_mut().map(read).collect()
}
