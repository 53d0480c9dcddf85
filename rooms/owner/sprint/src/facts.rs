//! Setting facts of one or several stories at once: one command, so that whatever is chosen is one act and one undo.

use crate::{
    events::*,
    model::*,
    planning::{open, returned},
    rows, work,
};
use backlog::{Fact, STORY_EDITED, STORY_ESTIMATED, STORY_READY, Stage, Story, StoryKind, labels, points, told};
use kernel::{Area, Authority, Command, Decided, Event, Id, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, command, event::edit};
use people::{Member, Person};
use roadmap::Feature;

command! {
    /// Sets facts of one or several stories at once. What is left out stays as it is; what is given as none is taken away.
    pub struct SetFacts in "story.set" at Patch "/products/{product}/stories" [Backlog, Estimates, Work, Sprints] {
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
        pub kind: Option<StoryKind>,
        /// Number, key or id; none takes them off their feature.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub feature: Option<Option<Ref>>,
        /// Labels that are put on them, beside those they have.
        #[serde(default)]
        pub add_labels: Vec<String>,
        /// Labels that are taken off them.
        #[serde(default)]
        pub remove_labels: Vec<String>,
        /// Size in points; none takes the estimate away.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub points: Option<Option<f64>>,
        /// Who works on them; none takes them from everyone.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub assignee: Option<Option<Id<Member>>>,
        /// Number or id of a sprint; none takes them out of theirs, back to the backlog.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub sprint: Option<Option<Ref>>,
        /// Ready for a sprint, or not.
        pub ready: Option<bool>,
        /// The story behind which they go in the one order, as where one is dropped between others.
        pub after: Option<Ref>,
        /// The story ahead of which they go.
        pub before: Option<Ref>,
    }
}

impl SetFacts {
    /// The facts that are given.
    fn given(&self) -> Vec<Fact> {
        let labels = !self.add_labels.is_empty() || !self.remove_labels.is_empty();
        let given = |fact: &Fact| match fact {
            Fact::Assignee => self.assignee.is_some(),
            Fact::Points => self.points.is_some(),
            Fact::Labels => labels,
            Fact::Feature => self.feature.is_some(),
            Fact::Sprint => self.sprint.is_some(),
            Fact::Kind => self.kind.is_some(),
        };
        Fact::ALL.iter().copied().filter(given).collect()
    }

    /// Whether they also get a place in the order.
    fn placed(&self) -> bool {
        self.after.is_some() || self.before.is_some()
    }

    /// What is told when they change: of one fact alone, that fact.
    fn event(&self) -> &'static kernel::EventKind {
        match (self.given().as_slice(), self.ready) {
            ([], Some(_)) => &STORY_READY,
            ([Fact::Points], None) => &STORY_ESTIMATED,
            ([Fact::Assignee], None) => &STORY_ASSIGNED,
            ([Fact::Sprint], None) if matches!(self.sprint, Some(None)) => &STORY_TAKEN_OUT,
            ([Fact::Sprint], None) => &STORY_PLANNED,
            _ => &STORY_EDITED,
        }
    }
}

/// What setting facts needs to know.
pub struct Known {
    stories: Vec<Story>,
    feature: Option<Option<(Id<Feature>, String)>>,
    sprint: Option<Option<Sprint>>,
    assignee: Option<Option<Person>>,
    /// On which sizes stand, where one is given.
    scale: Option<scale::EstimateScale>,
    /// The places that they get, where they get any, each with where they stand and go in words.
    places: Vec<(Rank, Option<(String, String)>)>,
}

impl Command for SetFacts {
    type Before = Known;

    fn load(&self, look: &mut Look) -> Result<Known> {
        let feature = match &self.feature {
            Some(at) => Some(match backlog::feature_of(look, at.as_ref())? {
                Some(id) => Some((id, Feature::get(look, id)?.title)),
                None => None,
            }),
            None => None,
        };
        let sprint = match &self.sprint {
            Some(Some(at)) if !at.0.trim().is_empty() => Some(Some(rows::sprint(look, at)?)),
            given => given.as_ref().map(|_| None),
        };
        let assignee = self.assignee.map(|member| member.map(|m| work::worker(look, m)).transpose()).transpose()?;
        let scale = if self.points.is_some() { scale::agreed(look)? } else { None };
        let mut known = Known { stories: backlog::several(look, &self.stories)?, feature, sprint, assignee, scale, places: vec![] };
        if self.placed() {
            let stories = std::mem::take(&mut known.stories);
            for (story, rank, said) in backlog::places(look, stories, self.after.as_ref(), self.before.as_ref())? {
                known.stories.push(story);
                known.places.push((rank, said));
            }
        }
        Ok(known)
    }
    fn authority(&self, _: &Known) -> Authority {
        let mut areas: Vec<Area> = self.given().into_iter().map(Fact::area).collect();
        areas.extend((self.ready.is_some() || self.placed()).then_some(Area::Backlog));
        areas.sort_unstable();
        areas.dedup();
        match areas.as_slice() {
            [] => Authority::Area(Area::Backlog),
            [one] => Authority::Area(*one),
            _ => Authority::Areas(areas),
        }
    }
    fn title(&self, known: &Known) -> String {
        let stories = told(&known.stories);
        match (self.given().as_slice(), self.ready) {
            ([], Some(ready)) => format!("Mark {stories} as {}", if ready { "ready" } else { "not ready" }),
            ([Fact::Assignee], None) => match known.assignee.as_ref().and_then(Option::as_ref) {
                Some(person) => format!("Give {stories} to {}", person.name),
                None => format!("Take {stories} from whoever works on it"),
            },
            ([Fact::Points], None) => match self.points.flatten() {
                Some(size) => format!("Estimate {stories} at {}", web::several(web::points(Some(size)), "point")),
                None => format!("Take the estimate of {stories} away"),
            },
            ([Fact::Labels], None) => match self.add_labels.as_slice() {
                [] => format!("Take {} off {stories}", quoted(&self.remove_labels)),
                added => format!("Label {stories} {}", quoted(added)),
            },
            ([Fact::Feature], None) => match known.feature.as_ref().and_then(Option::as_ref) {
                Some((_, feature)) => format!("Hang {stories} on the feature “{feature}”"),
                None => format!("Take {stories} off the feature"),
            },
            ([Fact::Sprint], None) => match known.sprint.as_ref().and_then(Option::as_ref) {
                Some(sprint) => format!("Put {stories} into {}", sprint.name),
                None => format!("Take {stories} out of the sprint"),
            },
            ([Fact::Kind], None) => format!("Make {stories} a {}", self.kind.unwrap_or(StoryKind::Story)),
            _ => format!("Change {stories}"),
        }
    }
    fn decide(self, known: Known, moment: &Moment, _: &Scope) -> Result<Decided> {
        if self.given().is_empty() && self.ready.is_none() {
            return Err(Refusal::invalid("", "Say what to set."));
        }
        if let Some(Some(sprint)) = &known.sprint {
            open(sprint)?;
        }
        let set = |(n, before): (usize, &Story)| match known.places.get(n) {
            None => edit(self.event(), before, |story| self.set(story, &known, moment)),
            Some((rank, said)) => {
                let placed = edit(self.event(), before, |story| {
                    story.rank = rank.clone();
                    self.set(story, &known, moment)
                })?;
                Ok(placed.saying("rank", said.clone()))
            }
        };
        Ok(known.stories.iter().enumerate().map(set).collect::<Result<Vec<Event>>>()?.into())
    }
}

impl SetFacts {
    fn set(&self, story: &mut Story, known: &Known, moment: &Moment) -> Result<()> {
        story.kind = self.kind.unwrap_or(story.kind);
        if let Some(feature) = &known.feature {
            story.feature = feature.as_ref().map(|(id, _)| *id);
        }
        if let Some(size) = self.points {
            story.points = points(size)?;
            scale::on_scale(known.scale.as_ref(), story.points)?;
        }
        if let Some(assignee) = &known.assignee {
            story.assignee = assignee.as_ref().map(|person| person.id);
        }
        if let Some(ready) = self.ready {
            story.ready_at = if ready { story.ready_at.or(Some(moment.now)) } else { None };
        }
        if !self.add_labels.is_empty() || !self.remove_labels.is_empty() {
            let kept = story.labels.iter().filter(|label| !self.remove_labels.contains(label)).chain(&self.add_labels);
            story.labels = labels(&kept.cloned().collect::<Vec<_>>())?;
        }
        match &known.sprint {
            None => Ok(()),
            Some(sprint) => planned(story, sprint.as_ref()),
        }
    }
}

/// Puts a story into a sprint, or back into the backlog.
pub(crate) fn planned(story: &mut Story, sprint: Option<&Sprint>) -> Result<()> {
    match (story.stage, sprint) {
        (Stage::Accepted | Stage::Dropped, _) => Err(Refusal::invalid("stories", format!("“{}” is {} already.", story.title, story.stage))),
        (_, Some(sprint)) => {
            story.sprint = Some(sprint.meta.id);
            Ok(())
        }
        (_, None) if story.sprint.is_none() => Ok(()),
        (_, None) => {
            *story = returned(story);
            Ok(())
        }
    }
}

/// “app”, “fleet”.
fn quoted(labels: &[String]) -> String {
    labels.iter().map(|label| format!("“{}”", label.trim())).collect::<Vec<_>>().join(", ")
}
