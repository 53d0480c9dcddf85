//! What an import would do in this product: which commands it comes down to, and what there is to say about it.

use crate::{
    draft::{Draft, Drafted},
    here::Here,
    identity::Apart,
    mapping::Mapping,
    nearest::guess,
    report::{KeptTold, PersonTold, Report, RowTold},
};
use backlog::{HangBroughtIn, LinkStories, Merged, StoryLink};
use kernel::{Area, Ref, Refusal, Result, Tie};
use roadmap::CreateFeature;
use sprint::BringInSprint;
use std::collections::HashMap;

/// Links in one command.
pub(crate) const AT_ONCE: usize = 500;
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
    /// Keys in the file of what becomes a feature, in the order of those.
    pub(crate) feature_keys: Vec<String>,
    /// Rows that are features and no stories.
    pub(crate) epics: Vec<RowTold>,
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
        feature_keys: vec![],
        epics: vec![],
    };
    plan.assign(draft, here);
    plan.report.apart = apart.len();
    plan.report.notes.extend(told_apart(apart, &here.scope));
    plan.take_epics(draft, here);
    plan.number(here);
    plan.place(here);
    plan.take_sprints(draft, here)?;
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

    /// A story stands in the column of the board that is called as its state, or that is one for reviews as well.
    fn place(&mut self, here: &Here) {
        for drafted in self.stories.iter_mut().filter(|d| d.story.column.is_none() && !d.state.is_empty()) {
            let fits = |alike: &dyn Fn(&str, &str) -> bool| {
                here.columns.iter().find(|c| c.stage == drafted.story.stage && alike(&c.name, &drafted.state)).map(|c| c.name.clone())
            };
            let same = |a: &str, b: &str| reading::words(a) == reading::words(b);
            drafted.story.column = fits(&same).or_else(|| fits(&|a, b| is_review(a) && is_review(b)));
            if let (Some(column), Some(became)) = (&drafted.story.column, self.report.states.get_mut(&drafted.state)) {
                became.to = format!("{}:{column}", drafted.story.stage.word());
            }
        }
    }

    /// Parts are linked to the story above them, and what blocks another or has to do with it to that, each once.
    fn link(&mut self, draft: &Draft, here: &Here) {
        let places: HashMap<usize, &Drafted> = self.stories.iter().map(|d| (d.at, d)).collect();
        let id = |origin: &str| here.stories.get(origin).map(|s| s.meta.id);
        let gone = |origin: &str| here.stories.get(origin).is_some_and(|s| s.meta.removed_at.is_some());
        let mut links = vec![];
        let parts = draft.family.parts.iter().map(|(child, parent)| (*child, Tie::PartOf, *parent));
        for (from, verb, to) in parts.chain(draft.family.ties.iter().copied()) {
            let (Some(from), Some(to)) = (places.get(&from), places.get(&to)) else { continue };
            let (from, to) = (&from.story.origin, &to.story.origin);
            let is_here = |pair: (kernel::Uuid, kernel::Uuid)| {
                here.ties.contains(&(pair.0, verb, pair.1)) || (verb == Tie::Relates && here.ties.contains(&(pair.1, verb, pair.0)))
            };
            if !id(from).zip(id(to)).is_some_and(is_here) && !gone(from) && !gone(to) {
                links.push(StoryLink { story: Ref(from.clone()), verb, to: Ref(to.clone()) });
            }
        }
        self.report.parts = links.iter().filter(|link| link.verb == Tie::PartOf).count();
        self.report.links = links.len() - self.report.parts;
        self.links = links.chunks(AT_ONCE).map(|some| LinkStories { links: some.to_vec() }).collect();
        let orphans = draft.family.orphans;
        if orphans > 0 {
            self.report.notes.push(format!("{} that is not in the file; it is kept as text.", names(orphans, "a parent")));
        }
    }

    /// Whether a story that is here comes to a feature or into a sprint.
    fn moves(&self, drafted: &Drafted, known: &backlog::Story, here: &Here) -> bool {
        let story = &drafted.story;
        let last = |field: &str| known.imported.get(field).map_or("", String::as_str);
        let feature = story.feature.as_ref().filter(|f| known.feature.is_none() && last("feature") != f.0);
        let hangs = feature.is_some_and(|f| here.features.get(&f.0).is_some_and(|there| *there));
        let sprint = story.sprint.as_ref().filter(|name| known.sprint.is_none() && last("sprint") != name.as_str());
        let open = |name: &String| here.sprints.get(name).copied().unwrap_or(true) || story.stage == backlog::Stage::Accepted;
        hangs || sprint.is_some_and(|name| open(name) && here.scope.settles(Area::Backlog, Area::Sprints))
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
            let zone = here.scope.who.zone.as_str();
            let mut told = RowTold {
                row: drafted.row,
                key: key.clone(),
                here: known.map(|known| known.number).or(story.number).map(|number| here.scope.key(number)),
                person: story.assignee.as_deref().and_then(|mail| here.called(mail)).unwrap_or(&story.named).to_owned(),
                epic: drafted.epic.clone(),
                sprint: story.sprint.clone().unwrap_or_default(),
                created: story.created_at.map(|at| web::when::written_day(at, zone)),
                settled: story.settled_at.map(|at| web::when::written_day(at, zone)),
                title: story.title.clone(),
                kind: story.kind.word(),
                stage: story.stage.word(),
                points: story.points,
                labels: story.labels.clone(),
                criteria: story.criteria.clone(),
                comments: story.comments.len(),
                what: "created",
            };
            let before = self.report.kept.len();
            match known {
                Some(known) if known.meta.removed_at.is_some() => told.what = "removed",
                Some(known) => {
                    let assignee = story.assignee.as_deref().and_then(|mail| here.by_mail(mail));
                    let merged = story.onto(known, assignee, &here.scope)?;
                    self.report.kept.extend(kept(drafted, &key, known, &merged, assignee, here));
                    told.what = match (merged.after == *known && !self.moves(drafted, known, here), self.report.kept.len() > before) {
                        (false, _) => "updated",
                        (true, true) => "kept",
                        (true, false) => "unchanged",
                    };
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
        self.report.rows.append(&mut self.epics);
        let removed = self.report.rows.iter().filter(|row| row.what == "removed").count();
        if removed > 0 {
            *self.report.left_out.entry("removed here".into()).or_insert(0) += removed;
        }
        Ok(())
    }
}

/// Words for a review, as states and columns of boards have them.
const REVIEW: &[&str] =
    &["review", "prüfung", "überprüfung", "revue", "relecture", "revisión", "revisão", "ревью", "проверке", "レビュー中", "レビュー"];

fn is_review(name: &str) -> bool {
    let words = reading::words(name);
    words.split(' ').any(|word| REVIEW.iter().any(|review| reading::words(review) == word))
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
            KeptTold { row: drafted.row, key: key.to_owned(), field: k.field, here, file, because: k.because, open: k.open }
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
pub(crate) fn names(count: usize, what: &str) -> String {
    format!("{} {} {what}", web::several(count, "row"), if count == 1 { "names" } else { "name" })
}

/// The beginning of a text that is too long.
pub(crate) fn short(text: &str, most: usize) -> String {
    match text.chars().count() > most {
        true => text.chars().take(most - 1).chain(['…']).collect(),
        false => text.to_owned(),
    }
}
