//! Sprints of a file that are not here yet: they come in with their days.

use crate::{
    draft::Draft,
    here::Here,
    mapping::days_of,
    plan::{Plan, names},
};
use backlog::Stage;
use kernel::{Area, Result};
use sprint::{BringInSprint, SprintResult, SprintState};
use std::collections::BTreeMap;

impl Plan {
    /// Sprints of the file that are not here come in with their days, where the days are told and whoever
    /// decides on the backlog plans them.
    pub(crate) fn take_sprints(&mut self, draft: &Draft, here: &Here) -> Result<()> {
        let mut sprints: BTreeMap<String, (Option<(String, String)>, SprintResult)> = BTreeMap::new();
        for drafted in &self.stories {
            let Some(name) = drafted.story.sprint.as_ref().filter(|name| !here.sprints.contains_key(*name)) else { continue };
            let (days, result) = sprints.entry(name.clone()).or_default();
            *days = days.take().or_else(|| drafted.sprint_days.clone());
            let points = drafted.story.points.unwrap_or(0.0);
            match drafted.story.stage {
                Stage::Accepted => (result.accepted, result.accepted_points) = (result.accepted + 1, result.accepted_points + points),
                Stage::Dropped => {}
                _ => (result.left, result.left_points) = (result.left + 1, result.left_points + points),
            }
        }
        let today = web::when::day_in(here.scope.now, &here.scope.who.zone);
        let settled = here.scope.settles(Area::Backlog, Area::Sprints);
        let mut running = here.is_running;
        let mut found: Vec<(String, String, String, SprintResult)> = vec![];
        for (name, (told, result)) in sprints {
            let chosen = draft.mapping.sprints.get(&name).filter(|days| !days.is_empty()).map(|days| days_of(days)).transpose()?;
            match chosen.or(told).filter(|_| settled) {
                Some((first, last)) => found.push((name, first, last, result)),
                None => {
                    let named = self.stories.iter_mut().filter(|d| d.story.sprint.as_ref() == Some(&name)).map(|d| d.story.sprint = None).count();
                    self.report.sprints_without_days.push((name.clone(), named));
                }
            }
        }
        found.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        for (name, starts_on, ends_on, result) in found {
            let state = match (ends_on < today, starts_on <= today && !running) {
                (true, _) => SprintState::Closed,
                (false, true) => SprintState::Active,
                (false, false) => SprintState::Planned,
            };
            running |= state == SprintState::Active;
            self.report.sprints.push(name.clone());
            self.sprints.push(BringInSprint { name: name.into(), starts_on: starts_on.into(), ends_on: ends_on.into(), state, result });
        }
        self.report.notes.extend(without_days(&self.report.sprints_without_days, settled));
        Ok(())
    }
}

/// Sprints whose days nobody told, in one sentence.
fn without_days(sprints: &[(String, usize)], settled: bool) -> Option<String> {
    let (rows, named): (usize, Vec<String>) =
        (sprints.iter().map(|(_, rows)| rows).sum(), sprints.iter().map(|(name, _)| format!("“{name}”")).collect());
    let told = match named.as_slice() {
        [] => return None,
        [one] => format!("{} {one}, which is no sprint here", names(rows, "the sprint")),
        many => format!("{} sprints that are not here ({})", names(rows, &many.len().to_string()), many.join(", ")),
    };
    let (it, them) = if named.len() == 1 { ("the name is kept as text", "it") } else { ("the names are kept as text", "them") };
    Some(match settled {
        true => format!("{told}; {it}. Give the first and last day, and {} made.", if named.len() == 1 { "it is" } else { "they are" }),
        false => format!("{told}; {it} until somebody who decides on sprints plans {them}."),
    })
}
