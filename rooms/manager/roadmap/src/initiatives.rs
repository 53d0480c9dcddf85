//! Commands about initiatives.

use crate::{
    events::*,
    model::*,
    places::{Moved, Stand, place, said},
    rows,
};
use customers::Need;
use kernel::{
    AnyDay, Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Tie, command, event::edit,
    give, relation::Ends,
};
use people::Member;
use strategy::{KeyResult, Objective};

command! {
    /// Adds an initiative to the roadmap.
    pub struct CreateInitiative in "initiative.create" at Post "/products/{product}/initiatives" [Roadmap, Commitments] {
        pub title: Line<300>,
        #[serde(default)]
        pub body: Text<50_000>,
        #[serde(default = "later")]
        pub horizon: Horizon,
        /// We believe … for … will …
        #[serde(default)]
        pub hypothesis: Text<2_000>,
        /// An objective that it serves.
        pub objective: Option<Id<Objective>>,
        /// A need that it addresses.
        pub need: Option<Id<Need>>,
    }
}

fn later() -> Horizon {
    Horizon::Later
}

/// What creating an initiative needs to know.
pub struct Founding {
    number: i64,
    order: Vec<Stand>,
    objective: Option<Objective>,
    need: Option<Need>,
}

impl Command for CreateInitiative {
    type Before = Founding;

    fn load(&self, look: &mut Look) -> Result<Founding> {
        Ok(Founding {
            number: product::next_number(look)?,
            order: rows::initiative_order(look)?,
            objective: self.objective.map(|id| Objective::get(look, id)).transpose()?,
            need: self.need.map(|id| Need::get(look, id)).transpose()?,
        })
    }
    fn authority(&self, _: &Founding) -> Authority {
        Authority::Area(self.horizon.area(self.horizon))
    }
    fn title(&self, _: &Founding) -> String {
        format!("Add the initiative “{}” to {}", self.title, web::capital(self.horizon.word()))
    }
    fn decide(self, before: Founding, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let initiative = Initiative {
            meta: moment.fresh(Some(product)),
            number: before.number,
            title: self.title.into(),
            body: self.body.into(),
            horizon: self.horizon,
            rank: place(&before.order, None, None, None)?,
            state: BetState::Open,
            hypothesis: self.hypothesis.into(),
            key_result: None,
            from_value: None,
            to_value: None,
            confidence: None,
            size: String::new(),
            starts_on: None,
            ends_on: None,
            owner: None,
            theme: String::new(),
        };
        let mut events = vec![Event::created(&INITIATIVE_CREATED, &initiative)];
        if let Some(objective) = before.objective {
            events.extend(Ends::fresh(&initiative, Tie::Serves, &objective).link(&INITIATIVE_LINKED, moment, product)?);
        }
        if let Some(need) = before.need {
            events.extend(Ends::fresh(&initiative, Tie::Addresses, &need).link(&INITIATIVE_LINKED, moment, product)?);
        }
        Ok(events.into())
    }
}

/// Refuses whoever does not belong to the product.
pub(crate) fn belongs(look: &mut Look, owner: Option<Id<Member>>) -> Result<()> {
    match owner {
        Some(owner) => people::person_of(look, owner)?.filter(|person| !person.is_assistant).map(|_| ()).ok_or(Refusal::NotFound),
        None => Ok(()),
    }
}

command! {
    /// Changes an initiative. Its target window, and anything in Now, is a commitment.
    pub struct EditInitiative in "initiative.edit" at Patch "/products/{product}/initiatives/{initiative}" [Roadmap, Commitments] {
        /// Number, key or id.
        pub initiative: Ref,
        pub title: Option<Line<300>>,
        pub body: Option<Text<50_000>>,
        pub hypothesis: Option<Text<2_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<KeyResult>>")]
        pub key_result: Option<Option<Id<KeyResult>>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub from_value: Option<Option<f64>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub to_value: Option<Option<f64>>,
        /// In percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub confidence: Option<Option<f64>>,
        pub size: Option<Text<20>>,
        pub starts_on: Option<AnyDay>,
        pub ends_on: Option<AnyDay>,
        pub state: Option<BetState>,
        /// Whoever looks after it; a member of the product.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub owner: Option<Option<Id<Member>>>,
        /// What it belongs to besides its objectives: a word or two.
        pub theme: Option<Text<60>>,
    }
}

impl Command for EditInitiative {
    type Before = Initiative;

    fn load(&self, look: &mut Look) -> Result<Initiative> {
        let initiative = rows::initiative(look, &self.initiative)?;
        if let Some(key_result) = self.key_result.flatten() {
            KeyResult::get(look, key_result)?;
        }
        belongs(look, self.owner.flatten().filter(|owner| Some(*owner) != initiative.owner))?;
        Ok(initiative)
    }
    fn authority(&self, before: &Initiative) -> Authority {
        let changes = |new: &Option<AnyDay>, old: &Option<String>| new.as_ref().is_some_and(|new| new != old);
        let window = changes(&self.starts_on, &before.starts_on) || changes(&self.ends_on, &before.ends_on);
        match window || self.state.is_some_and(|s| s != before.state) {
            true => Authority::Area(Area::Commitments),
            false => Authority::Area(Area::Roadmap),
        }
    }
    fn title(&self, before: &Initiative) -> String {
        format!("Change the initiative “{}”", before.title)
    }
    fn decide(self, before: Initiative, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&INITIATIVE_EDITED, &before, |i| {
            give(&mut i.title, self.title);
            give(&mut i.body, self.body);
            give(&mut i.hypothesis, self.hypothesis);
            give(&mut i.size, self.size);
            give(&mut i.key_result, self.key_result);
            give(&mut i.from_value, self.from_value);
            give(&mut i.to_value, self.to_value);
            if let Some(confidence) = self.confidence {
                i.confidence = share("confidence", confidence)?;
            }
            give(&mut i.starts_on, self.starts_on);
            give(&mut i.ends_on, self.ends_on);
            give(&mut i.state, self.state);
            give(&mut i.owner, self.owner);
            give(&mut i.theme, self.theme);
            web::when::in_order("ends_on", i.starts_on.as_ref(), i.ends_on.as_ref())
        })?
        .into())
    }
}

command! {
    /// Moves an initiative to a horizon and a place in it. Into or out of Now is a commitment.
    pub struct MoveInitiative in "initiative.move" at Put "/products/{product}/initiatives/{initiative}/place" [Roadmap, Commitments] {
        /// Number, key or id.
        pub initiative: Ref,
        pub horizon: Horizon,
        /// The one it goes behind.
        pub after: Option<Ref>,
        /// The one it goes ahead of.
        pub before: Option<Ref>,
    }
}

impl Command for MoveInitiative {
    type Before = Moved<Initiative>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let initiative = rows::initiative(look, &self.initiative)?;
        let key = look.scope.key(initiative.number);
        let after = self.after.as_ref().map(|r| rows::initiative(look, r)).transpose()?.map(|i| i.meta.id);
        let before = self.before.as_ref().map(|r| rows::initiative(look, r)).transpose()?.map(|i| i.meta.id);
        if initiative.horizon == self.horizon && after.is_none() && before.is_none() {
            return Ok(Moved { rank: initiative.rank.clone(), thing: initiative, key, said: None });
        }
        let order = rows::initiative_order(look)?;
        let rank = place(&order, Some(initiative.meta.id), after, before)?;
        let said = said(look.scope, &order, initiative.meta.id, self.horizon, &rank);
        Ok(Moved { thing: initiative, rank, key, said })
    }
    fn authority(&self, Moved { thing, .. }: &Self::Before) -> Authority {
        match thing.horizon == self.horizon {
            true => Authority::Area(Area::Roadmap),
            false => Authority::Area(thing.horizon.area(self.horizon)),
        }
    }
    fn title(&self, before: &Self::Before) -> String {
        before.title(&before.thing.title, before.thing.horizon, self.horizon)
    }
    fn decide(self, before: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&INITIATIVE_MOVED, &before.thing, |i| {
            i.horizon = self.horizon;
            i.rank = before.rank;
            Ok(())
        })?;
        Ok(event.saying("rank", before.said).into())
    }
}

command! {
    /// Removes an initiative from the roadmap.
    pub struct RemoveInitiative in "initiative.remove" at Delete "/products/{product}/initiatives/{initiative}" [Roadmap, Commitments] {
        /// Number, key or id.
        pub initiative: Ref,
    }
}

impl Command for RemoveInitiative {
    type Before = (Initiative, Vec<Feature>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let initiative = rows::initiative(look, &self.initiative)?;
        let features = rows::features_of(look, initiative.id())?;
        Ok((initiative, features))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        Authority::Area(before.taken_off())
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the initiative “{}”", before.title)
    }
    fn decide(self, (before, features): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        // Its features stay, without a parent, so that no work loses its place silently.
        let mut events: Vec<Event> =
            features.iter().map(|f| Event::changed(&FEATURE_EDITED, f, &Feature { initiative: None, ..f.clone() })).collect();
        events.push(Event::removed(&INITIATIVE_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}

/// Declares the two commands that link an initiative to something and take that back.
macro_rules! ties {
    ($link:ident = $link_name:literal, $unlink:ident = $unlink_name:literal, $path:literal, $field:ident: $noun:ident, $tie:ident, $says:literal, $unsays:literal) => {
        command! {
            #[doc = $says]
            pub struct $link in $link_name at Put $path [Roadmap] {
                /// Number, key or id.
                pub initiative: Ref,
                pub $field: Id<$noun>,
            }
        }

        impl Command for $link {
            type Before = Ends;

            fn load(&self, look: &mut Look) -> Result<Ends> {
                let (initiative, other) = (rows::initiative(look, &self.initiative)?, $noun::get(look, self.$field)?);
                Ends::read(look, &initiative, Tie::$tie, &other)
            }
            fn title(&self, ends: &Ends) -> String {
                format!("Link: {}", ends.told())
            }
            fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
                Ok(before.link(&INITIATIVE_LINKED, moment, scope.product_id()?)?.into())
            }
        }

        command! {
            #[doc = $unsays]
            pub struct $unlink in $unlink_name at Delete $path [Roadmap] {
                /// Number, key or id.
                pub initiative: Ref,
                pub $field: Id<$noun>,
            }
        }

        impl Command for $unlink {
            type Before = Ends;

            fn load(&self, look: &mut Look) -> Result<Ends> {
                let (initiative, other) = (rows::initiative(look, &self.initiative)?, $noun::get(look, self.$field)?);
                Ends::read(look, &initiative, Tie::$tie, &other)
            }
            fn title(&self, ends: &Ends) -> String {
                format!("Unlink: {}", ends.told())
            }
            fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
                Ok(before.unlink(&INITIATIVE_UNLINKED, moment.now)?.into())
            }
        }
    };
}

ties!(ServeObjective = "initiative.serve", UnserveObjective = "initiative.unserve", "/products/{product}/initiatives/{initiative}/objectives/{objective}",
    objective: Objective, Serves, "Says which objective an initiative serves.", "Takes back that an initiative serves an objective.");
ties!(AddressNeed = "initiative.address", UnaddressNeed = "initiative.unaddress", "/products/{product}/initiatives/{initiative}/needs/{need}",
    need: Need, Addresses, "Says which need an initiative addresses.", "Takes back that an initiative addresses a need.");
