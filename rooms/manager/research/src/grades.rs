//! What was seen of how well somebody does something: the cells of the matrix, each with its past.

use crate::{events::*, model::*};
use customers::Evidence;
use kernel::{
    AnyDay, Command, Day, Decided, Event, Id, Link, Look, Moment, Noun, Refusal, Result, Scope, Text, Tie, command, event::edit, give, relation::Ends,
};
use web::when;

/// "Live map at Bolt": what a cell is about.
pub(crate) fn told(capability: &str, competitor: Option<&str>) -> String {
    match competitor {
        Some(competitor) => format!("{capability} at {competitor}"),
        None => format!("{capability} with us"),
    }
}

/// What was seen says where.
fn has_source(source: &str, url: &str) -> Result<()> {
    match source.is_empty() && url.is_empty() {
        true => Err(Refusal::invalid("source", "Say where this was seen, or give the address.")),
        false => Ok(()),
    }
}

command! {
    /// Notes how well somebody does something, as it was seen on a day. What was seen last stands in the matrix.
    pub struct NoteGrade in "grade.note" at Post "/products/{product}/grades" [Research] {
        pub capability: Id<Capability>,
        /// Whose; left out it is ours.
        pub competitor: Option<Id<Competitor>>,
        pub level: Level,
        /// Where it was seen.
        #[serde(default)]
        pub source: Text<300>,
        #[serde(default)]
        pub url: Link,
        /// The day it was seen; today when empty.
        #[serde(default)]
        pub seen_on: AnyDay,
        #[serde(default)]
        pub note: Text<2_000>,
        /// Evidence that supports it.
        pub evidence: Option<Id<Evidence>>,
    }
}

impl Command for NoteGrade {
    type Before = (Capability, Option<Competitor>, Option<Evidence>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let capability = Capability::get(look, self.capability)?;
        let competitor = self.competitor.map(|id| Competitor::get(look, id)).transpose()?;
        Ok((capability, competitor, self.evidence.map(|id| Evidence::get(look, id)).transpose()?))
    }
    fn title(&self, (capability, competitor, _): &Self::Before) -> String {
        format!("{}: {}", told(&capability.name, competitor.as_ref().map(|c| c.name.as_str())), self.level.says())
    }
    fn decide(self, (capability, competitor, evidence): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, seen_on) = (scope.product_id()?, self.seen_on.day());
        when::happened("seen_on", seen_on.as_ref(), scope, moment.now)?;
        // Of ourselves everyone here knows.
        if competitor.is_some() {
            has_source(&self.source, &self.url)?;
        }
        let grade = Grade {
            meta: moment.fresh(Some(product)),
            capability: capability.id(),
            competitor: competitor.as_ref().map(Noun::id),
            level: self.level,
            source: self.source.into(),
            url: self.url.into(),
            seen_on: seen_on.unwrap_or_else(|| when::day_in(moment.now, &scope.who.zone)),
            note: self.note.into(),
        };
        let what = format!("{}: {}", told(&capability.name, competitor.as_ref().map(|c| c.name.as_str())), self.level.says());
        let mut events = vec![Event::created(&GRADE_NOTED, &grade).called(what)];
        if let Some(evidence) = evidence {
            events.extend(Ends::fresh(&evidence, Tie::Supports, &grade).link(&GRADE_LINKED, moment, product)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Sets right what was noted in the matrix. What has changed since is noted anew instead, so that the past stays.
    pub struct EditGrade in "grade.edit" at Patch "/products/{product}/grades/{grade}" [Research] {
        pub grade: Id<Grade>,
        pub level: Option<Level>,
        pub source: Option<Text<300>>,
        pub url: Option<Link>,
        pub seen_on: Option<Day>,
        pub note: Option<Text<2_000>>,
    }
}

/// A grade with what it is about.
fn about(look: &mut Look, id: Id<Grade>) -> Result<(Grade, String)> {
    let grade = Grade::get(look, id)?;
    let capability = Capability::get(look, grade.capability)?;
    let competitor = grade.competitor.map(|id| Competitor::get(look, id)).transpose()?;
    Ok((grade, told(&capability.name, competitor.as_ref().map(|c| c.name.as_str()))))
}

impl Command for EditGrade {
    type Before = (Grade, String);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        about(look, self.grade)
    }
    fn title(&self, (_, what): &Self::Before) -> String {
        format!("Set right in the matrix: {what}")
    }
    fn decide(self, (before, what): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let event = edit(&GRADE_EDITED, &before, |g| {
            give(&mut g.level, self.level);
            give(&mut g.source, self.source);
            give(&mut g.url, self.url);
            give(&mut g.seen_on, self.seen_on);
            give(&mut g.note, self.note);
            if g.competitor.is_some() {
                has_source(&g.source, &g.url)?;
            }
            when::happened("seen_on", Some(&g.seen_on), scope, moment.now)
        })?;
        Ok(event.called(what).into())
    }
}

command! {
    /// Removes what was noted in the matrix; what was seen before it stands there again.
    pub struct RemoveGrade in "grade.remove" at Delete "/products/{product}/grades/{grade}" [Research] {
        pub grade: Id<Grade>,
    }
}

impl Command for RemoveGrade {
    type Before = (Grade, String);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        about(look, self.grade)
    }
    fn title(&self, (_, what): &Self::Before) -> String {
        format!("Remove from the matrix: {what}")
    }
    fn decide(self, (before, what): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&GRADE_REMOVED, &before, moment.now).called(what).into())
    }
}
