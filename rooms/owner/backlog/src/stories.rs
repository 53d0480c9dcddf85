//! Commands about a story's text, size and place in the chain.

use crate::{
    criteria::MOST_CRITERION,
    events::*,
    model::*,
    persona::{self, Persona},
    rows,
};
use kernel::{
    Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, Text, command, event::edit, give, value::Packed,
};

use roadmap::Feature;

/// The longest story text, in characters.
pub const MOST_TEXT: usize = 200_000;

command! {
    /// Adds a story at the end of the backlog, or at its top.
    pub struct CreateStory in "story.create" at Post "/products/{product}/stories" [Backlog] {
        pub title: Line<500>,
        #[serde(default = "story")]
        pub kind: StoryKind,
        #[serde(default)]
        pub body: Text<MOST_TEXT>,
        /// As a …
        #[serde(default)]
        pub persona: Text<300>,
        /// I want …
        #[serde(default)]
        pub wants: Text<2_000>,
        /// so that …
        #[serde(default)]
        pub so_that: Text<2_000>,
        /// Number, key or id of its feature.
        pub feature: Option<Ref>,
        #[serde(default)]
        pub labels: Vec<String>,
        /// Acceptance criteria, each a rule.
        #[serde(default)]
        pub criteria: Vec<Text<MOST_CRITERION>>,
        /// At the top instead of the end.
        #[serde(default)]
        pub top: bool,
        /// The id of a persona of the research that it is for; its name stands for “As a …” then.
        #[serde(default)]
        pub persona_of: Option<Id<()>>,
    }
}

pub(crate) fn story() -> StoryKind {
    StoryKind::Story
}

/// What adding a story needs to know.
#[derive(Clone)]
pub struct Place {
    pub number: i64,
    pub rank: Rank,
    pub feature: Option<Id<Feature>>,
}

/// Looks for the number that is wished for, or the next, and a place at either end.
pub(crate) fn room_for(look: &mut Look, top: bool, feature: Option<&Ref>, number: Option<i64>) -> Result<Place> {
    let feature = feature_of(look, feature)?;
    Ok(Place { number: product::number_or_next(look, number)?, rank: rows::end_rank(look, top)?, feature })
}

/// None, or an empty reference, takes a story off its feature.
pub fn feature_of(look: &mut Look, at: Option<&Ref>) -> Result<Option<Id<Feature>>> {
    match at.filter(|at| !at.0.trim().is_empty()) {
        None => Ok(None),
        Some(at) => Ok(Some(roadmap::feature(look, at).map_err(|_| Refusal::invalid("feature", "There is no such feature."))?.id())),
    }
}

impl Command for CreateStory {
    type Before = (Place, Option<Persona>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((room_for(look, self.top, self.feature.as_ref(), None)?, persona::chosen(look, self.persona_of)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Add the story “{}”", self.title)
    }
    fn decide(self, (before, chosen): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let mut story = blank(moment, product, before);
        story.kind = self.kind;
        story.title = self.title.into();
        story.body = self.body.into();
        story.persona = self.persona.into();
        if let Some((id, name)) = chosen {
            (story.persona_of, story.persona) = (Some(id), name);
        }
        story.wants = self.wants.into();
        story.so_that = self.so_that.into();
        story.labels = labels(&self.labels)?;
        let mut events = vec![Event::created(&STORY_CREATED, &story)];
        events.extend(crate::criteria::fresh(moment, &story, &self.criteria, 0, None)?);
        Ok(events.into())
    }
}

/// An empty story in its place.
pub(crate) fn blank(moment: &Moment, product: kernel::Uuid, room: Place) -> Story {
    empty(moment.fresh(Some(product)), room)
}

pub(crate) fn empty(meta: kernel::Meta, room: Place) -> Story {
    Story {
        meta,
        number: room.number,
        kind: StoryKind::Story,
        title: String::new(),
        body: String::new(),
        persona: String::new(),
        wants: String::new(),
        so_that: String::new(),
        points: None,
        feature: room.feature,
        rank: room.rank,
        stage: Stage::Open,
        board_column: None,
        sprint: None,
        assignee: None,
        labels: Packed(vec![]),
        ready_at: None,
        started_at: None,
        handed_over_at: None,
        settled_at: None,
        blocked_since: None,
        blocked_reason: String::new(),
        origin: None,
        origin_url: None,
        extra: Packed::default(),
        imported: Packed::default(),
        found_ready: Packed::default(),
        moved_to: None,
        persona_of: None,
        hints_off: Packed::default(),
        wanted_at: None,
    }
}

command! {
    /// Changes a story's text, kind, labels or feature.
    pub struct EditStory in "story.edit" at Patch "/products/{product}/stories/{story}" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub title: Option<Line<500>>,
        pub kind: Option<StoryKind>,
        pub body: Option<Text<MOST_TEXT>>,
        pub persona: Option<Text<300>>,
        pub wants: Option<Text<2_000>>,
        pub so_that: Option<Text<2_000>>,
        /// Number, key or id; none takes it off its feature.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub feature: Option<Option<Ref>>,
        pub labels: Option<Vec<String>>,
    }
}

impl Command for EditStory {
    type Before = (Story, Option<Option<Id<Feature>>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let feature = self.feature.as_ref().map(|at| feature_of(look, at.as_ref())).transpose()?;
        Ok((story, feature))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the story “{}”", before.title)
    }
    fn decide(self, (before, feature): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&STORY_EDITED, &before, |s| {
            give(&mut s.title, self.title);
            give(&mut s.kind, self.kind);
            give(&mut s.body, self.body);
            give(&mut s.persona, self.persona);
            give(&mut s.wants, self.wants);
            give(&mut s.so_that, self.so_that);
            give(&mut s.feature, feature);
            if let Some(given) = &self.labels {
                s.labels = labels(given)?;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Sets a story's size in points; empty takes the estimate away.
    pub struct EstimateStory in "story.estimate" at Put "/products/{product}/stories/{story}/estimate" [Estimates] {
        /// Number, key or id.
        pub story: Ref,
        pub points: Option<f64>,
    }
}

impl Command for EstimateStory {
    type Before = (Story, Option<scale::EstimateScale>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::story(look, &self.story)?, scale::agreed(look)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        match self.points {
            Some(size) => format!("Estimate “{}” at {}", before.title, web::several(web::points(Some(size)), "point")),
            None => format!("Take the estimate of “{}” away", before.title),
        }
    }
    fn decide(self, (before, agreed): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&STORY_ESTIMATED, &before, |s| {
            s.points = points(self.points)?;
            scale::on_scale(agreed.as_ref(), s.points)
        })?
        .into())
    }
}

command! {
    /// Marks a story as ready for a sprint, or not.
    pub struct MarkReady in "story.mark_ready" at Put "/products/{product}/stories/{story}/readiness" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub ready: bool,
    }
}

impl Command for MarkReady {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        rows::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("“{}” is {}ready", before.title, if self.ready { "" } else { "not " })
    }
    fn decide(self, before: Story, moment: &Moment, _: &Scope) -> Result<Decided> {
        let ready_at = if self.ready { before.ready_at.or(Some(moment.now)) } else { None };
        Ok(Event::changed(if self.ready { &STORY_READY } else { &STORY_UNREADY }, &before, &Story { ready_at, ..before.clone() }).into())
    }
}

command! {
    /// Drops a story: it will not be done, and stays in the record. Or takes it up again.
    pub struct DropStory in "story.drop" at Put "/products/{product}/stories/{story}/dropping" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub dropped: bool,
    }
}

impl Command for DropStory {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        rows::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("{} “{}”", if self.dropped { "Drop" } else { "Take up" }, before.title)
    }
    fn decide(self, before: Story, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(dropped(&before, self.dropped, moment)?.into())
    }
}

/// What follows when a story is dropped, or taken up again.
pub(crate) fn dropped(before: &Story, drop: bool, moment: &Moment) -> Result<Event> {
    let after = match (before.stage, drop) {
        (Stage::Accepted, true) => return Err(Refusal::invalid("story", format!("“{}” is accepted; it cannot be dropped.", before.title))),
        (Stage::Dropped, false) => Story { stage: Stage::Open, settled_at: None, ..before.clone() },
        (Stage::Dropped, true) => before.clone(),
        (_, true) => Story { stage: Stage::Dropped, settled_at: Some(moment.now), sprint: None, board_column: None, ..before.clone() },
        (_, false) => return Err(Refusal::invalid("story", format!("“{}” was not dropped.", before.title))),
    };
    Ok(Event::changed(if drop { &STORY_DROPPED } else { &STORY_TAKEN_UP }, before, &after))
}

command! {
    /// Removes a story that should never have been there.
    pub struct RemoveStory in "story.remove" at Delete "/products/{product}/stories/{story}" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for RemoveStory {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        let story = rows::story(look, &self.story)?;
        Ok(story)
    }
    fn title(&self, before: &Story) -> String {
        format!("Remove the story “{}”", before.title)
    }
    fn decide(self, before: Story, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(removed(&before, moment)?.into())
    }
}

/// What follows when a story is removed.
pub(crate) fn removed(before: &Story, moment: &Moment) -> Result<Event> {
    match before.stage {
        Stage::Accepted => Err(Refusal::invalid("story", format!("“{}” is accepted: it carries a verdict and stays.", before.title))),
        _ => Ok(Event::removed(&STORY_REMOVED, before, moment.now)),
    }
}
