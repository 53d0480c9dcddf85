//! The agenda of a review, as the record has it: what was accepted, what went back, what is not finished, whether the goal was
//! reached.

use crate::model::*;
use acceptance::Verdict;
use backlog::{Stage, Story};
use customers::Need;
use kernel::{Area, Column, Id, Look, Noun, Relation, Result, Tie, Uuid, Value};
use people::Person;
use sprint::{Sprint, SprintState};
use std::collections::HashMap;

/// So many stories of a sprint are on an agenda.
const MOST: usize = 200;

/// What a review is about.
pub(crate) struct Agenda {
    pub sprint: Sprint,
    pub accepted: Vec<Story>,
    pub unfinished: Vec<Story>,
    /// Why a story went back to work, the newest reason first.
    pub rejected: Vec<(Uuid, String)>,
    pub demos: Vec<DemoNote>,
    pub feedback: Vec<ReviewFeedback>,
    pub kept: Option<Review>,
}

impl Agenda {
    /// Those that went back at least once, with the last reason, whatever became of them.
    pub fn went_back(&self, story: Id<Story>) -> Option<&str> {
        self.rejected.iter().find(|(of, _)| *of == story.0).map(|(_, reason)| reason.as_str())
    }

    pub fn stories(&self) -> impl Iterator<Item = &Story> {
        self.accepted.iter().chain(&self.unfinished)
    }

    /// Whether the day of the review has come: its sprint is over.
    pub fn is_over(&self) -> bool {
        matches!(self.sprint.state, SprintState::Closed | SprintState::Cancelled)
    }
}

/// The sprint whose review is near: the one that runs, or the last that was closed.
pub(crate) fn at_hand(look: &mut Look) -> Result<Option<Sprint>> {
    match sprint::active(look)? {
        Some(active) => Ok(Some(active)),
        None => Ok(Sprint::all(look, "and state = 'closed' order by number desc limit 1", &[])?.pop()),
    }
}

/// Others that can be chosen, the newest first.
pub(crate) fn others(look: &mut Look) -> Result<Vec<(i64, String)>> {
    let sql =
        "select number, name from sprint where product = $1 and state in ('active', 'closed') and removed_at is null order by number desc limit 12";
    let product = look.scope.product_id()?;
    look.query(sql, &[product.value()])?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// Reads the agenda of a sprint, as far as whoever asks sees it.
pub(crate) fn read(look: &mut Look, sprint: Sprint) -> Result<Agenda> {
    let id = sprint.id().value();
    let (mut stories, mut rejected) = (vec![], vec![]);
    if look.tells(Area::Backlog) {
        let order = format!("and stage <> 'dropped' order by rank, id limit {MOST}");
        stories = Story::all(look, &format!("and sprint = $2 {order}"), std::slice::from_ref(&id))?;
        // What was left went elsewhere when the sprint closed.
        let elsewhere = sprint.result.went.iter().map(|left| left.story.0).filter(|left| !stories.iter().any(|story| story.meta.id == *left));
        let elsewhere: Vec<Uuid> = elsewhere.collect();
        if !elsewhere.is_empty() {
            stories.extend(Story::all(look, &format!("and id in each($2) {order}"), &[each_once(elsewhere)])?);
            stories.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
        }
    }
    if look.tells(Area::Acceptance) && !stories.is_empty() {
        let clause = format!("and story in each($2) and sprint = $3 and accepted = 0 order by created_at desc, id desc limit {MOST}");
        let verdicts = Verdict::all(look, &clause, &[each_once(stories.iter().map(|story| story.meta.id)), id.clone()])?;
        rejected = verdicts.into_iter().map(|verdict| (verdict.story.0, verdict.reason)).collect();
    }
    let left: Vec<Id<Story>> = sprint.result.went.iter().map(|left| left.story).collect();
    let over = matches!(sprint.state, SprintState::Closed | SprintState::Cancelled);
    // What waited for its verdict when the sprint closed counts there once it is accepted.
    let waited: Vec<Id<Story>> = sprint.result.waited().map(|left| left.story).collect();
    let was_left = |story: &Story| over && left.contains(&story.id()) && !(waited.contains(&story.id()) && story.stage == Stage::Accepted);
    let (unfinished, accepted) = stories.into_iter().partition(|story: &Story| was_left(story) || story.stage != Stage::Accepted);
    let demos = DemoNote::all(look, "and sprint = $2 order by created_at, id limit 300", std::slice::from_ref(&id))?;
    let feedback = ReviewFeedback::all(look, "and sprint = $2 order by created_at, id limit 300", &[id])?;
    let kept = kept(look, sprint.id())?;
    Ok(Agenda { sprint, accepted, unfinished, rejected, demos, feedback, kept })
}

/// What the page says besides, to members.
pub(crate) struct Around {
    /// Those of the product who showed or said something.
    pub people: Vec<Person>,
    /// Needs that a story serves, by way of its feature and the bet that this belongs to.
    pub needs: HashMap<Uuid, Vec<(Uuid, String)>>,
    /// What each piece of evidence supports already.
    pub supported: HashMap<Uuid, Vec<Uuid>>,
    pub links: Vec<links::Line>,
    pub others: Vec<(i64, String)>,
}

pub(crate) fn around(look: &mut Look, agenda: &Agenda) -> Result<Around> {
    let (mut needs, mut supported) = (HashMap::<Uuid, Vec<(Uuid, String)>>::new(), HashMap::<Uuid, Vec<Uuid>>::new());
    let sees = [Area::Customers, Area::Roadmap, Area::Backlog].iter().all(|area| look.scope.sees(*area));
    if sees && !agenda.feedback.is_empty() {
        let stories = each_once(agenda.feedback.iter().filter_map(|said| said.story).map(|story| story.0));
        let sql = format!(
            "select story.id, need.id, need.title from story join feature on feature.id = story.feature
             join relation on relation.from_noun = 'initiative' and relation.from_id = feature.initiative and relation.verb = '{}'
             and relation.to_noun = '{}' and relation.removed_at is null
             join need on need.id = relation.to_id and need.removed_at is null
             where story.product = $1 and story.id in each($2) order by need.title, need.id limit 500",
            Tie::Addresses.word(),
            Need::TABLE
        );
        for mut row in look.query(&sql, &[look.scope.product_id()?.value(), stories])? {
            needs.entry(row.take()?).or_default().push((row.take()?, row.take()?));
        }
        let evidence = each_once(agenda.feedback.iter().map(|said| said.evidence.0));
        let linked = Relation::all(look, "and from_id in each($2) and verb = $3", &[evidence, Value::Text(Tie::Supports.word().to_owned())])?;
        linked.into_iter().for_each(|link| supported.entry(link.from_id).or_default().push(link.to_id));
    }
    let speakers = agenda.demos.iter().map(|demo| demo.member).chain(agenda.feedback.iter().map(|said| said.member));
    Ok(Around {
        people: people::these(look, speakers.flatten().map(|member| member.0))?,
        needs,
        supported,
        links: if web::may(look.scope, links::AREA) { links::links_for(look, agenda.sprint.meta.id)? } else { vec![] },
        others: others(look)?,
    })
}
