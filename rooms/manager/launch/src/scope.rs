//! Which features a release ships, and what of them is still missing: a feature is accepted once all of its stories that were
//! not dropped are, and there is at least one.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Tie, Uuid, command, event::edit, relation::Ends};
use roadmap::{BetState, Feature};

/// A feature of a release with how far its stories are.
#[derive(Clone, Debug)]
pub struct Slice {
    pub id: Uuid,
    pub number: i64,
    pub title: String,
    pub body: String,
    pub state: BetState,
    /// Stories that were not dropped, and those of them that are accepted.
    pub stories: i64,
    pub accepted: i64,
}

impl Slice {
    /// Whether it can be released.
    pub fn is_accepted(&self) -> bool {
        self.stories > 0 && self.accepted == self.stories
    }

    /// What is missing; nothing where it is accepted.
    pub fn missing(&self) -> Option<String> {
        match (self.stories, self.accepted) {
            (0, _) => Some("it has no story yet".into()),
            (stories, accepted) if accepted == stories => None,
            (stories, 0) => Some(format!("none of its {} is accepted", web::several(stories, "story"))),
            (stories, accepted) => Some(format!("{accepted} of {} accepted", web::several(stories, "story"))),
        }
    }
}

/// Of what was released already nothing changes any more.
pub(crate) fn still_planned(release: &Release) -> Result<()> {
    match release.state {
        ReleaseState::Planned => Ok(()),
        ReleaseState::Released => Err(Refusal::invalid("release", "This release has reached its users; its scope stands. Plan the next one.")),
    }
}

/// A go was given for a scope; with another scope it has to be given again.
fn lapsed(release: &Release) -> Result<Option<Event>> {
    if release.go != Some(Go::Go) {
        return Ok(None);
    }
    let event = edit(&GO_LAPSED, release, |r| {
        (r.go, r.go_at) = (None, None);
        r.go_reason.clear();
        Ok(())
    })?;
    Ok(Some(event))
}

/// What putting in and taking out need to know.
pub struct Scoping {
    release: Release,
    feature: Feature,
    ends: Ends,
    /// Another planned release that ships it.
    elsewhere: Option<String>,
}

fn scoping(look: &mut Look, release: Id<Release>, feature: &Ref) -> Result<Scoping> {
    let release = Release::get(look, release)?;
    let feature = roadmap::feature(look, feature)?;
    let ends = Ends::read(look, &release, Tie::Ships, &feature)?;
    let elsewhere = rows::planned_elsewhere(look, feature.meta.id, release.meta.id)?;
    Ok(Scoping { release, feature, ends, elsewhere })
}

command! {
    /// Puts a feature into the scope of a release. A go that was given lapses, because it was given for another scope.
    pub struct ShipFeature in "release.ship" at Put "/products/{product}/releases/{release}/features/{feature}" [Commitments] {
        pub release: Id<Release>,
        /// Number, key or id.
        pub feature: Ref,
    }
}

impl Command for ShipFeature {
    type Before = Scoping;

    fn load(&self, look: &mut Look) -> Result<Scoping> {
        scoping(look, self.release, &self.feature)
    }
    fn title(&self, before: &Scoping) -> String {
        format!("Ship “{}” with “{}”", before.feature.title, before.release.name)
    }
    fn decide(self, before: Scoping, moment: &Moment, scope: &Scope) -> Result<Decided> {
        still_planned(&before.release)?;
        if before.feature.state != BetState::Open {
            return Err(Refusal::invalid("feature", format!("This feature is {} already.", before.feature.state.says())));
        }
        if let Some(other) = before.elsewhere {
            return Err(Refusal::invalid("feature", format!("“{other}” ships it. Take it out there first.")));
        }
        let mut events = before.ends.link(&FEATURE_SHIPPED, moment, scope.product_id()?)?;
        if !events.is_empty() {
            events.extend(lapsed(&before.release)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Takes a feature out of the scope of a release. A go that was given lapses.
    pub struct UnshipFeature in "release.unship" at Delete "/products/{product}/releases/{release}/features/{feature}" [Commitments] {
        pub release: Id<Release>,
        /// Number, key or id.
        pub feature: Ref,
    }
}

impl Command for UnshipFeature {
    type Before = Scoping;

    fn load(&self, look: &mut Look) -> Result<Scoping> {
        scoping(look, self.release, &self.feature)
    }
    fn title(&self, before: &Scoping) -> String {
        format!("Take “{}” out of “{}”", before.feature.title, before.release.name)
    }
    fn decide(self, before: Scoping, moment: &Moment, _: &Scope) -> Result<Decided> {
        still_planned(&before.release)?;
        let mut events = before.ends.unlink(&FEATURE_UNSHIPPED, moment.now)?;
        events.extend(lapsed(&before.release)?);
        Ok(events.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_accepted_with_all_of_its_stories_and_at_least_one() {
        let slice = |stories, accepted| Slice {
            id: Uuid::nil(),
            number: 1,
            title: String::new(),
            body: String::new(),
            state: BetState::Open,
            stories,
            accepted,
        };
        let told = |stories, accepted| slice(stories, accepted).missing();
        assert_eq!(told(0, 0).as_deref(), Some("it has no story yet"));
        assert_eq!(told(3, 0).as_deref(), Some("none of its 3 stories is accepted"));
        assert_eq!(told(3, 2).as_deref(), Some("2 of 3 stories accepted"));
        assert_eq!(told(3, 3), None);
        assert!(!slice(0, 0).is_accepted() && slice(1, 1).is_accepted());
    }
}
