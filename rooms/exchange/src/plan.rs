//! What an import would do in this product: which commands it comes down to, and what there is to say about it.

use crate::{
    draft::{Draft, Drafted},
    family::Epic,
    here::Here,
    identity::Apart,
    mapping::{Mapping, days_of},
    nearest::guess,
    report::{KeptTold, PersonTold, Report, RowTold},
};
use backlog::{HangBroughtIn, LinkStories, Merged, Stage, StoryLink};
use kernel::{Area, Ref, Refusal, Result, Standing, Tie};
use roadmap::CreateFeature;
use sprint::{BringInSprint, SprintResult, SprintState};
use std::collections::{BTreeMap, HashMap};

/// Links in one command.
const AT_ONCE: usize = 500;
const LONGEST_LABEL: usize = 40;
/// Rows that are named in one sentence.
const NAMED: usize = 5;

/// Commands, in the order in which they run.
pub struct Plan {
    pub sprints: Vec<BringInSprint>,
    pub features: Vec<CreateFeature>,
    pub stories: Vec<Drafted>,
    pub links: Vec<LinkStories>,
    /// Stories that hang on a feature once it is there.
    pub hangs: Vec<HangBroughtIn>,
    pub report: Report,
}

/// Works out what an import would do.
///
/// # Errors
/// `Invalid`, where the mapping names somebody who does not belong to the product.
pub fn plan(draft: &Draft, here: &Here, apart: &[Apart]) -> Result<Plan> {
    let mapping = &draft.mapping;
    strangers(mapping, here)?;
    let mut plan = Plan {
        sprints: vec![],
        features: vec![],
        stories: draft.stories.clone(),
        links: vec![],
        hangs: vec![],
        report: Report::of(draft, mapping.open_unknown, mapping.skip_bad),
    };
    plan.assign(draft, here);
    plan.report.apart = apart.len();
    plan.report.notes.extend(told_apart(apart, &here.scope));
    plan.take_sprints(draft, here)?;
    plan.take_epics(draft, here);
    plan.link(draft, here);
    plan.tell(here)?;
    Ok(plan)
}

/// Refuses people of the mapping who are nobody here.
fn strangers(mapping: &Mapping, here: &Here) -> Result<()> {
    let unknown: Vec<&String> = mapping.people.values().filter(|mail| !mail.is_empty() && here.by_mail(mail).is_none()).collect();
    match unknown.first() {
        None => Ok(()),
        Some(mail) => {
            let near = guess(mail, here.members.iter().map(|m| m.email.as_str()));
            Err(Refusal::invalid("person", format!("{mail} belongs to nobody in this product.{near}")))
        }
    }
}

impl Plan {
    /// Finds out who works on what.
    fn assign(&mut self, draft: &Draft, here: &Here) {
        let mut found: HashMap<&str, Option<String>> = HashMap::new();
        let remembered = self.remembered(here);
        let (chosen, invited) = (&draft.mapping.people, &draft.mapping.invited);
        for (name, count) in &draft.people {
            let guest = invited.get(name).filter(|_| !chosen.contains_key(name));
            let mail = match chosen.get(name) {
                Some(mail) => Some(mail.clone()).filter(|m| !m.is_empty()),
                None => {
                    let asked = || guest.filter(|mail| here.by_mail(mail).is_some()).cloned();
                    here.member(name).map(|m| m.email.clone()).or_else(|| remembered.get(name).cloned()).or_else(asked)
                }
            };
            let member = mail.as_ref().and_then(|mail| here.members.iter().find(|m| m.email.eq_ignore_ascii_case(mail))).map(|m| m.name.clone());
            if member.is_none() && !chosen.contains_key(name) {
                let rows = web::several(*count, "row");
                self.report.notes.push(match guest {
                    Some(_) if *count == 1 => format!("“{name}” is invited ({rows}); the story is theirs once they join."),
                    Some(_) => format!("“{name}” is invited ({rows}); the stories are theirs once they join."),
                    None => format!("“{name}” is no member here ({rows}); the name is kept with the story."),
                });
            }
            self.report.people.push(PersonTold { name: name.clone(), count: *count, member });
            found.insert(name, mail);
        }
        for drafted in &mut self.stories {
            let story = &mut drafted.story;
            story.assignee = drafted.people.iter().find_map(|name| found.get(name.as_str()).cloned().flatten());
            let nobody = |name: &&String| chosen.get(*name).is_some_and(String::is_empty);
            story.named = drafted.people.iter().find(|name| !nobody(name)).cloned().unwrap_or_default();
            if story.assignee.is_none() {
                story.awaited = invited.get(&story.named).map(|mail| mail.trim().to_lowercase()).unwrap_or_default();
            }
        }
    }

    /// Who a name was at the last import, where it was chosen then or they joined since.
    fn remembered(&self, here: &Here) -> HashMap<String, String> {
        let mut names: HashMap<String, Option<&str>> = HashMap::new();
        for known in self.stories.iter().filter_map(|d| here.stories.get(&d.story.origin)) {
            let Some(name) = known.imported.get("named").filter(|name| !name.is_empty()) else { continue };
            let Some(id) = known.imported.get("assignee") else { continue };
            let Some(member) = here.members.iter().find(|m| m.id.to_string() == *id) else { continue };
            let mail = Some(member.email.as_str());
            // One name for two people is nobody's.
            names.entry(name.clone()).and_modify(|known| *known = known.filter(|k| Some(*k) == mail)).or_insert(mail);
        }
        names.into_iter().filter_map(|(name, mail)| Some((name, mail?.to_owned()))).collect()
    }

    /// Sprints of the file that are not here come in with their days, where the days are told and the asker decides.
    fn take_sprints(&mut self, draft: &Draft, here: &Here) -> Result<()> {
        let mut sprints: BTreeMap<String, (Option<(String, String)>, SprintResult)> = BTreeMap::new();
        for drafted in &self.stories {
            let Some(name) = drafted.story.sprint.as_ref().filter(|name| !here.sprints.contains(*name)) else { continue };
            let (days, result) = sprints.entry(name.clone()).or_default();
            *days = days.take().or_else(|| drafted.sprint_days.clone());
            let points = drafted.story.points.unwrap_or(0.0);
            match drafted.story.stage {
                Stage::Accepted => (result.accepted, result.accepted_points) = (result.accepted + 1, result.accepted_points + points),
                Stage::Dropped => {}
                _ => (result.left, result.left_points) = (result.left + 1, result.left_points + points),
            }
        }
        let today = web::when::day(here.scope.now);
        let mut running = here.is_running;
        let mut found: Vec<(String, String, String, SprintResult)> = vec![];
        for (name, (told, result)) in sprints {
            let chosen = draft.mapping.sprints.get(&name).filter(|days| !days.is_empty()).map(|days| days_of(days)).transpose()?;
            match chosen.or(told).filter(|_| here.decides(Area::Sprints)) {
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
        let told = self.report.sprints_without_days.iter().map(|(name, count)| {
            format!(
                "{} “{name}”, which is no sprint here; the name is kept as text. Give its days, or plan it first, and it is taken.",
                names(*count, "the sprint")
            )
        });
        self.report.notes.extend(told);
        Ok(())
    }

    /// Epics become features with their stories; until there is one, its name is a label.
    fn take_epics(&mut self, draft: &Draft, here: &Here) {
        let as_features = !draft.mapping.epics_as_labels && here.scope.standing(Area::Roadmap).1 >= Standing::Proposes;
        let at_once = here.decides(Area::Roadmap);
        let places: HashMap<usize, usize> = self.stories.iter().enumerate().map(|(i, d)| (d.at, i)).collect();
        let mut settled = 0;
        for (epic, members) in &draft.family.epics {
            let (origin, title, body, own) = match epic {
                Epic::Entry(at) => match draft.origins.get(at) {
                    Some((origin, title, body)) => (origin.clone(), title.clone(), body.clone(), places.get(at)),
                    None => continue,
                },
                Epic::Named { key, name } if key.is_empty() => {
                    (short(&format!("{}:epic {name}", draft.tool.prefix()), 200), name.clone(), String::new(), None)
                }
                Epic::Named { key, name } => (format!("{}:{key}", draft.tool.prefix()), name.clone(), String::new(), None),
            };
            let hanging: Vec<usize> = members.iter().filter_map(|at| places.get(at).copied()).chain(own.copied()).collect();
            let is_here = here.features.contains(&origin);
            let is_settled = !hanging.is_empty() && hanging.iter().all(|i| matches!(self.stories[*i].story.stage, Stage::Accepted | Stage::Dropped));
            settled += usize::from(is_settled && !is_here);
            let becomes = as_features && !is_here && !is_settled && !here.proposed.contains(&origin);
            let label = short(&title.replace(',', " "), LONGEST_LABEL);
            for i in &hanging {
                let story = &mut self.stories[*i].story;
                story.feature = Some(Ref(origin.clone()));
                // The epic's own story is known by its label "epic".
                if Some(i) != own && !(becomes && at_once) {
                    story.feature_label.clone_from(&label);
                }
            }
            if becomes {
                self.report.features.push(title.clone());
                self.features.push(CreateFeature {
                    title: short(&title, 300).into(),
                    body: short(&body, 50_000).into(),
                    initiative: None,
                    horizon: None,
                    origin: Some(origin.clone()),
                });
                let refs: Vec<Ref> = hanging.iter().map(|i| Ref(self.stories[*i].story.origin.clone())).collect();
                let hang = |some: &[Ref]| HangBroughtIn { stories: some.to_vec(), feature: Ref(origin.clone()), label: label.clone() };
                self.hangs.extend(refs.chunks(AT_ONCE).map(hang));
            }
        }
        self.report.features_proposed = !at_once;
        if settled > 0 && as_features {
            self.report.notes.push(format!(
                "{} done or dropped with all its stories and {} a label.",
                if settled == 1 { "1 epic is" } else { "Some epics are" },
                if settled == 1 { "stays" } else { "stay" }
            ));
        }
    }

    /// Parts are linked to the story above them, once.
    fn link(&mut self, draft: &Draft, here: &Here) {
        let places: HashMap<usize, &Drafted> = self.stories.iter().map(|d| (d.at, d)).collect();
        let id = |origin: &str| here.stories.get(origin).map(|s| s.meta.id);
        let gone = |origin: &str| here.stories.get(origin).is_some_and(|s| s.meta.removed_at.is_some());
        let mut links = vec![];
        for (child, parent) in &draft.family.parts {
            let (Some(child), Some(parent)) = (places.get(child), places.get(parent)) else { continue };
            let (from, to) = (&child.story.origin, &parent.story.origin);
            let known = id(from).zip(id(to)).is_some_and(|pair| here.parts.contains(&pair));
            if !known && !gone(from) && !gone(to) {
                links.push(StoryLink { story: Ref(from.clone()), verb: Tie::PartOf, to: Ref(to.clone()) });
            }
        }
        self.report.parts = links.len();
        self.links = links.chunks(AT_ONCE).map(|some| LinkStories { links: some.to_vec() }).collect();
        let orphans = draft.family.orphans;
        if orphans > 0 {
            self.report.notes.push(format!("{} that is not in the file; it is kept as text.", names(orphans, "a parent")));
        }
    }

    /// Row by row, and what is kept of what is here.
    fn tell(&mut self, here: &Here) -> Result<()> {
        for drafted in &self.stories {
            let story = &drafted.story;
            let known = here.stories.get(&story.origin);
            self.report.comments += story.comments.len();
            self.report.criteria += story.criteria.len();
            let key = match (drafted.key.as_str(), known) {
                ("", Some(story)) => here.scope.key(story.number),
                (key, _) => key.to_owned(),
            };
            let mut told = RowTold {
                row: drafted.row,
                key: key.clone(),
                title: story.title.clone(),
                kind: story.kind.word(),
                stage: story.stage.word(),
                points: story.points,
                labels: story.labels.clone(),
                criteria: story.criteria.clone(),
                comments: story.comments.len(),
                what: "created",
            };
            match known {
                Some(known) if known.meta.removed_at.is_some() => told.what = "removed",
                Some(known) => {
                    let assignee = story.assignee.as_deref().and_then(|mail| here.by_mail(mail));
                    let merged = story.onto(known, assignee, &here.scope)?;
                    told.what = if same(known, &merged) { "kept" } else { "updated" };
                    self.report.kept.extend(kept(drafted, &key, known, &merged, assignee, here));
                }
                None if drafted.key.is_empty() => {
                    if let Some(number) = here.said.get(&story.title) {
                        let other = here.scope.key(*number);
                        self.report.notes.push(format!("Row {}: {other} has the same title and another text, and no key tells whether it is the same; it comes in as a new story.", drafted.row));
                    }
                }
                None => {}
            }
            self.report.rows.push(told);
        }
        let removed = self.report.rows.iter().filter(|row| row.what == "removed").count();
        if removed > 0 {
            *self.report.left_out.entry("removed here".into()).or_insert(0) += removed;
        }
        Ok(())
    }
}

/// Whether all that a person sees stays as it is.
fn same(known: &backlog::Story, merged: &Merged) -> bool {
    merged.after == *known
}

fn kept(
    drafted: &Drafted,
    key: &str,
    known: &backlog::Story,
    merged: &Merged,
    assignee: Option<kernel::Id<people::Member>>,
    here: &Here,
) -> Vec<KeptTold> {
    let story = &drafted.story;
    let name = |id: Option<kernel::Id<people::Member>>| {
        here.members.iter().find(|m| Some(m.id) == id).map_or_else(|| "nobody".to_owned(), |m| m.name.clone())
    };
    let day = |at: Option<i64>| at.map_or_else(|| "no day".to_owned(), web::when::day);
    let told = |field: &'static str| match field {
        "title" => (known.title.clone(), story.title.clone()),
        "kind" => (known.kind.word().to_owned(), story.kind.word().to_owned()),
        "body" => (short(&known.body, 200), short(&story.body, 200)),
        "points" => (web::points(known.points), web::points(story.points)),
        "stage" => (known.stage.word().replace('_', " "), story.stage.word().replace('_', " ")),
        "assignee" => (name(known.assignee), name(assignee)),
        _ => (day(known.settled_at), day(story.settled_at)),
    };
    let shown = merged.kept.iter().filter(|k| k.field != "points" || here.scope.sees(Area::Estimates));
    shown
        .map(|k| {
            let (here, file) = told(k.field);
            KeptTold { row: drafted.row, key: key.to_owned(), field: k.field, here, file, because: k.because }
        })
        .collect()
}

/// Rows that have the key of a story here and are another.
fn told_apart(apart: &[Apart], scope: &kernel::Scope) -> Option<String> {
    let named: Vec<String> =
        apart.iter().take(NAMED).map(|a| format!("row {} ({}, here {} “{}”)", a.row, a.key, scope.key(a.number), a.title)).collect();
    let more = apart.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    match apart.len() {
        0 => None,
        1 => Some(format!("1 row has the key of a story here that says something else, and comes in as a new one: {}.", named.join(", "))),
        many => Some(format!("{many} rows have keys of stories here that say something else, and come in as new ones: {}{more}.", named.join(", "))),
    }
}

/// "3 rows name", "1 row names".
fn names(count: usize, what: &str) -> String {
    format!("{} {} {what}", web::several(count, "row"), if count == 1 { "names" } else { "name" })
}

/// The beginning of a text that is too long.
fn short(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text.chars().take(most - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
