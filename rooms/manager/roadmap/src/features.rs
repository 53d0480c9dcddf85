//! Commands about features.

use crate::{
    events::*,
    initiatives::belongs,
    model::*,
    places::{Moved, place, said},
    rows,
};
use kernel::{
    AnyDay, Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, Text, command, event::edit,
    give,
};
use people::Member;

command! {
    /// Adds a feature, usually to an initiative, whose horizon it takes.
    pub struct CreateFeature in "feature.create" at Post "/products/{product}/features" [Roadmap, Commitments] {
        pub title: Line<300>,
        #[serde(default)]
        pub body: Text<50_000>,
        /// Number, key or id of the initiative that it is part of.
        pub initiative: Option<Ref>,
        pub horizon: Option<Horizon>,
        /// Tool and key there, such as `jira:ABC-1`, of what it was brought in from.
        pub origin: Option<String>,
        /// The number that it had there, kept where nothing here has it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<i64>,
    }
}

impl Command for CreateFeature {
    type Before = (i64, Option<Rank>, Option<Initiative>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        if let Some(origin) = &self.origin
            && rows::feature(look, &Ref(origin.clone())).is_ok()
        {
            return Err(Refusal::invalid("origin", "This feature has been brought in already."));
        }
        let parent = self.initiative.as_ref().map(|r| rows::initiative(look, r)).transpose()?;
        Ok((product::number_or_next(look, self.number)?, rows::last_feature(look)?, parent))
    }
    fn authority(&self, before: &Self::Before) -> Authority {
        let horizon = self.horizon_in(before);
        Authority::Area(horizon.area(horizon))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Add the feature “{}”", self.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let horizon = self.horizon_in(&before);
        let (number, last, parent) = before;
        let feature = Feature {
            meta: moment.fresh(Some(scope.product_id()?)),
            number,
            title: self.title.into(),
            body: self.body.into(),
            initiative: parent.map(|p| p.id()),
            horizon,
            rank: Rank::between(last.as_ref(), None),
            state: BetState::Open,
            origin: self.origin.as_deref().map(kernel::fields::origin).transpose()?,
            moved_to: None,
            owner: None,
            starts_on: None,
            ends_on: None,
        };
        Ok(Event::created(&FEATURE_CREATED, &feature).into())
    }
}

impl CreateFeature {
    fn horizon_in(&self, (_, _, parent): &(i64, Option<Rank>, Option<Initiative>)) -> Horizon {
        self.horizon.or(parent.as_ref().map(|p| p.horizon)).unwrap_or(Horizon::Later)
    }
}

command! {
    /// Changes a feature's text, parent, owner, window or state. Its target window is a commitment.
    pub struct EditFeature in "feature.edit" at Patch "/products/{product}/features/{feature}" [Roadmap, Commitments] {
        /// Number, key or id.
        pub feature: Ref,
        pub title: Option<Line<300>>,
        pub body: Option<Text<50_000>>,
        /// Number, key or id of its initiative; none takes it off.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub initiative: Option<Option<Ref>>,
        pub state: Option<BetState>,
        /// Whoever looks after it; a member of the product.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub owner: Option<Option<Id<Member>>>,
        pub starts_on: Option<AnyDay>,
        pub ends_on: Option<AnyDay>,
    }
}

impl Command for EditFeature {
    /// The feature, and its new parent where it gets one (or none).
    type Before = (Feature, Option<Option<Initiative>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = rows::feature(look, &self.feature)?;
        let parent = match &self.initiative {
            None => None,
            Some(Some(at)) if !at.0.trim().is_empty() => Some(Some(rows::initiative(look, at)?)),
            Some(_) => Some(None),
        };
        belongs(look, self.owner.flatten().filter(|owner| Some(*owner) != feature.owner))?;
        Ok((feature, parent))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        let changes = |new: &Option<AnyDay>, old: &Option<String>| new.as_ref().is_some_and(|new| new != old);
        let window = changes(&self.starts_on, &before.starts_on) || changes(&self.ends_on, &before.ends_on);
        match window || self.state.is_some_and(|s| s != before.state) {
            true => Authority::Area(Area::Commitments),
            false => Authority::Area(Area::Roadmap),
        }
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the feature “{}”", before.title)
    }
    fn decide(self, (before, parent): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&FEATURE_EDITED, &before, |f| {
            give(&mut f.title, self.title);
            give(&mut f.body, self.body);
            give(&mut f.initiative, parent.map(|p| p.map(|p| p.id())));
            give(&mut f.state, self.state);
            give(&mut f.owner, self.owner);
            give(&mut f.starts_on, self.starts_on);
            give(&mut f.ends_on, self.ends_on);
            web::when::in_order("ends_on", f.starts_on.as_ref(), f.ends_on.as_ref())
        })?
        .into())
    }
}

command! {
    /// Moves a feature to a horizon or a place. The order of features is a matter of priorities, Now of commitments.
    pub struct MoveFeature in "feature.move" at Put "/products/{product}/features/{feature}/place" [Roadmap, Commitments, Priorities] {
        /// Number, key or id.
        pub feature: Ref,
        pub horizon: Option<Horizon>,
        /// The one it goes behind.
        pub after: Option<Ref>,
        /// The one it goes ahead of.
        pub before: Option<Ref>,
    }
}

impl Command for MoveFeature {
    type Before = Moved<Feature>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = rows::feature(look, &self.feature)?;
        let key = look.scope.key(feature.number);
        let after = self.after.as_ref().map(|r| rows::feature(look, r)).transpose()?.map(|f| f.meta.id);
        let before = self.before.as_ref().map(|r| rows::feature(look, r)).transpose()?.map(|f| f.meta.id);
        if after.is_none() && before.is_none() {
            return match self.horizon {
                Some(_) => Ok(Moved { rank: feature.rank.clone(), thing: feature, key, said: None }),
                None => Err(Refusal::invalid("after", "Say where it goes: a horizon, or behind or ahead of another feature.")),
            };
        }
        let order = rows::feature_order(look)?;
        let rank = place(&order, Some(feature.meta.id), after, before)?;
        let said = said(look.scope, &order, feature.meta.id, self.horizon.unwrap_or(feature.horizon), &rank);
        Ok(Moved { thing: feature, rank, key, said })
    }
    fn authority(&self, Moved { thing, .. }: &Self::Before) -> Authority {
        match self.horizon {
            Some(to) if to != thing.horizon => Authority::Area(thing.horizon.area(to)),
            _ => Authority::Area(Area::Priorities),
        }
    }
    fn title(&self, before: &Self::Before) -> String {
        let now = &before.thing;
        before.title(&now.title, now.horizon, self.horizon.unwrap_or(now.horizon))
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&FEATURE_MOVED, &before.thing, |f| {
            f.horizon = self.horizon.unwrap_or(f.horizon);
            f.rank = before.rank;
            Ok(())
        })?;
        Ok(event.saying("rank", before.said).into())
    }
}

command! {
    /// Removes a feature; its stories stay in the backlog.
    pub struct RemoveFeature in "feature.remove" at Delete "/products/{product}/features/{feature}" [Roadmap, Commitments] {
        /// Number, key or id.
        pub feature: Ref,
    }
}

impl Command for RemoveFeature {
    type Before = Feature;

    fn load(&self, look: &mut Look) -> Result<Feature> {
        rows::feature(look, &self.feature)
    }
    fn authority(&self, before: &Feature) -> Authority {
        Authority::Area(before.taken_off())
    }
    fn title(&self, before: &Feature) -> String {
        format!("Remove the feature “{}”", before.title)
    }
    fn decide(self, before: Feature, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&FEATURE_REMOVED, &before, moment.now).into())
    }
}
