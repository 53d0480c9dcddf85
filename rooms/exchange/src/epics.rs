//! Epics become features: what they say goes there, and their stories hang on them.

use crate::{
    draft::{Draft, Drafted},
    family::Epic,
    here::Here,
    plan::{AT_ONCE, Plan, short},
    report::RowTold,
};
use backlog::{BringInStory, HangBroughtIn, Stage};
use kernel::{Area, Ref, Standing};
use roadmap::CreateFeature;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

const LONGEST_LABEL: usize = 40;
/// The longest text of a feature.
const LONGEST_BODY: usize = 50_000;

impl Plan {
    /// Epics become features with their stories; until there is one, its name is a label. A row that becomes a feature
    /// is no story besides, unless it came in as one before.
    pub(crate) fn take_epics(&mut self, draft: &Draft, here: &Here) {
        let as_features = !draft.mapping.epics_as_labels && here.scope.standing(Area::Roadmap).1 >= Standing::Proposes;
        let at_once = here.decides(Area::Roadmap);
        let places: HashMap<usize, usize> = self.stories.iter().enumerate().map(|(i, d)| (d.at, i)).collect();
        let (mut settled, mut away) = (0, BTreeSet::new());
        for (epic, members) in &draft.family.epics {
            let (origin, key, title, body, own) = match epic {
                Epic::Entry(at) => match draft.origins.get(at) {
                    Some(known) => (known.origin.clone(), known.key.as_str(), known.title.clone(), known.body.clone(), places.get(at).copied()),
                    None => continue,
                },
                Epic::Named { key, name } if key.is_empty() => {
                    (short(&format!("{}:epic {name}", draft.tool.prefix()), 200), "", name.clone(), String::new(), None)
                }
                Epic::Named { key, name } => (format!("{}:{key}", draft.tool.prefix()), key.as_str(), name.clone(), String::new(), None),
            };
            let members: Vec<usize> = members.iter().filter_map(|at| places.get(at).copied()).collect();
            let all: Vec<usize> = members.iter().copied().chain(own).collect();
            let is_here = here.features.contains_key(&origin);
            let is_settled = !all.is_empty() && all.iter().all(|i| matches!(self.stories[*i].story.stage, Stage::Accepted | Stage::Dropped));
            settled += usize::from(is_settled && !is_here);
            let becomes = as_features && !is_here && !is_settled && !here.proposed.contains(&origin);
            let waits = here.proposed.contains(&origin);
            // An epic that came in as a story before stays one, and hangs on its feature.
            let only_feature =
                own.filter(|i| (becomes || is_here || waits) && as_features && !here.stories.contains_key(&self.stories[*i].story.origin));
            let hanging: Vec<usize> = all.into_iter().filter(|i| Some(*i) != only_feature).collect();
            let label = short(&title.replace(',', " "), LONGEST_LABEL);
            for i in &hanging {
                let story = &mut self.stories[*i].story;
                story.feature = Some(Ref(origin.clone()));
                // The epic's own story is known by its label "epic".
                if Some(*i) != own && !(becomes && at_once) {
                    story.feature_label.clone_from(&label);
                }
                self.stories[*i].epic.clone_from(&title);
            }
            if let Some(i) = only_feature {
                self.epics.push(told(&self.stories[i].story, self.stories[i].row, key, if becomes { "feature" } else { "unchanged" }));
                away.insert(i);
            }
            if becomes {
                let known: Vec<&str> = draft.found.iter().map(|(_, column)| column.as_str()).collect();
                let above = own.and_then(|i| draft.family.parts.iter().find(|(child, _)| *child == self.stories[i].at));
                let above = above.and_then(|(_, parent)| draft.origins.get(parent)).map(|known| known.title.as_str());
                let body = own.map_or(body, |i| whole_text(&self.stories[i], above, &known));
                self.report.features.push(title.clone());
                self.features.push(CreateFeature {
                    title: short(&title, 300).into(),
                    body: short(&body, LONGEST_BODY).into(),
                    initiative: None,
                    horizon: None,
                    origin: Some(origin.clone()),
                    number: None,
                });
                self.feature_keys.push(key.to_owned());
                let refs: Vec<Ref> = hanging.iter().map(|i| Ref(self.stories[*i].story.origin.clone())).collect();
                let hang = |some: &[Ref]| HangBroughtIn { stories: some.to_vec(), feature: Ref(origin.clone()), label: label.clone() };
                self.hangs.extend(refs.chunks(AT_ONCE).map(hang));
            }
        }
        let mut at = 0;
        self.stories.retain(|_| {
            at += 1;
            !away.contains(&(at - 1))
        });
        self.report.features_proposed = !at_once;
        if settled > 0 && as_features {
            self.report.notes.push(format!(
                "{} done or dropped with all its stories and {} a label.",
                if settled == 1 { "1 epic is" } else { "Some epics are" },
                if settled == 1 { "stays" } else { "stay" }
            ));
        }
    }
}

fn told(story: &BringInStory, row: usize, key: &str, what: &'static str) -> RowTold {
    RowTold {
        row,
        key: key.to_owned(),
        title: story.title.clone(),
        kind: "epic",
        stage: story.stage.word(),
        labels: story.labels.iter().filter(|label| *label != "epic").cloned().collect(),
        what,
        ..RowTold::default()
    }
}

/// All that an epic's row says and a feature has no field for, below its text; not what the importer has understood.
fn whole_text(drafted: &Drafted, above: Option<&str>, known: &[&str]) -> String {
    let story = &drafted.story;
    let mut text = story.body.trim().to_owned();
    let mut lines: Vec<String> = story.origin_url.iter().map(|url| format!("<{url}>")).collect();
    lines.extend(above.map(|above| format!("Part of: {above}")));
    if !drafted.state.is_empty() {
        lines.push(format!("State: {}", drafted.state));
    }
    if !story.named.is_empty() {
        lines.push(format!("Who works on it: {}", story.named));
    }
    let labels: Vec<&str> = story.labels.iter().map(String::as_str).filter(|label| *label != "epic").collect();
    if !labels.is_empty() {
        lines.push(format!("Labels: {}", labels.join(", ")));
    }
    let odd = story.extra.iter().filter(|(name, _)| !known.contains(&name.as_str()));
    lines.extend(odd.map(|(name, said)| format!("{name}: {}", said.replace('\n', ", "))));
    if !lines.is_empty() {
        let _ = write!(text, "\n\nAs imported:\n\n- {}", lines.join("\n- "));
    }
    for comment in &story.comments {
        let _ = write!(text, "\n\n> {}, {}:\n>\n> {}", comment.author, web::when::day(comment.at), comment.body.replace('\n', "\n> "));
    }
    text.trim().to_owned()
}
