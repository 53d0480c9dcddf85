//! Competitors: described, looked at again, removed.

use crate::{events::*, model::*, rows};
use kernel::{Command, Day, Decided, Event, Id, Line, Link, Look, Moment, Noun, Result, Scope, Text, command, event::edit, give};
use web::when;

command! {
    /// Adds a competitor: whoever the customers could go to instead.
    pub struct CreateCompetitor in "competitor.create" at Post "/products/{product}/competitors" [Research] {
        pub name: Line<200>,
        #[serde(default)]
        pub url: Link,
        /// For whom they are, and as what they want to be seen.
        #[serde(default)]
        pub positioning: Text<5_000>,
        #[serde(default)]
        pub strengths: Text<5_000>,
        #[serde(default)]
        pub weaknesses: Text<5_000>,
        #[serde(default)]
        pub pricing: Text<5_000>,
    }
}

impl CreateCompetitor {
    /// One of whom nothing is known but the name.
    pub(crate) fn named(meta: kernel::Meta, name: String, today: String) -> Competitor {
        let nothing = String::new;
        Competitor {
            meta,
            name,
            url: nothing(),
            positioning: nothing(),
            strengths: nothing(),
            weaknesses: nothing(),
            pricing: nothing(),
            checked_on: today,
        }
    }
}

impl Command for CreateCompetitor {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        rows::is_free::<Competitor>(look, &self.name, None)
    }
    fn title(&self, (): &()) -> String {
        format!("Add the competitor “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let today = when::day_in(moment.now, &scope.who.zone);
        let competitor = Competitor {
            url: self.url.into(),
            positioning: self.positioning.into(),
            strengths: self.strengths.into(),
            weaknesses: self.weaknesses.into(),
            pricing: self.pricing.into(),
            ..CreateCompetitor::named(moment.fresh(Some(scope.product_id()?)), self.name.into(), today)
        };
        Ok(Event::created(&COMPETITOR_CREATED, &competitor).into())
    }
}

command! {
    /// Changes what is known of a competitor.
    pub struct EditCompetitor in "competitor.edit" at Patch "/products/{product}/competitors/{competitor}" [Research] {
        pub competitor: Id<Competitor>,
        pub name: Option<Line<200>>,
        pub url: Option<Link>,
        pub positioning: Option<Text<5_000>>,
        pub strengths: Option<Text<5_000>>,
        pub weaknesses: Option<Text<5_000>>,
        pub pricing: Option<Text<5_000>>,
        /// The day on which somebody last looked.
        pub checked_on: Option<Day>,
    }
}

impl Command for EditCompetitor {
    type Before = Competitor;

    fn load(&self, look: &mut Look) -> Result<Competitor> {
        let competitor = Competitor::get(look, self.competitor)?;
        if let Some(name) = &self.name {
            rows::is_free::<Competitor>(look, name, Some(competitor.id()))?;
        }
        Ok(competitor)
    }
    fn title(&self, before: &Competitor) -> String {
        format!("Change the competitor “{}”", before.name)
    }
    fn decide(self, before: Competitor, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(edit(&COMPETITOR_EDITED, &before, |c| {
            give(&mut c.name, self.name);
            give(&mut c.url, self.url);
            give(&mut c.positioning, self.positioning);
            give(&mut c.strengths, self.strengths);
            give(&mut c.weaknesses, self.weaknesses);
            give(&mut c.pricing, self.pricing);
            if let Some(day) = self.checked_on {
                when::happened("checked_on", Some(&day.to_string()), scope, moment.now)?;
                c.checked_on = day.into();
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Says that somebody looked at a competitor today, and what is written of them still holds.
    pub struct CheckCompetitor in "competitor.check" at Put "/products/{product}/competitors/{competitor}/check" [Research] {
        pub competitor: Id<Competitor>,
    }
}

impl Command for CheckCompetitor {
    type Before = Competitor;

    fn load(&self, look: &mut Look) -> Result<Competitor> {
        Competitor::get(look, self.competitor)
    }
    fn title(&self, before: &Competitor) -> String {
        format!("“{}” was looked at again", before.name)
    }
    fn decide(self, before: Competitor, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(edit(&COMPETITOR_CHECKED, &before, |c| {
            c.checked_on = when::day_in(moment.now, &scope.who.zone);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a competitor, with its column in the matrix and its places on charts.
    pub struct RemoveCompetitor in "competitor.remove" at Delete "/products/{product}/competitors/{competitor}" [Research] {
        pub competitor: Id<Competitor>,
    }
}

impl Command for RemoveCompetitor {
    type Before = (Competitor, Vec<Grade>, Vec<Spot>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let competitor = Competitor::get(look, self.competitor)?;
        let (of, id) = ("and competitor = $2 order by id", [kernel::Column::value(&competitor.meta.id)]);
        Ok((competitor, Grade::all(look, of, &id)?, Spot::all(look, of, &id)?))
    }
    fn title(&self, (before, ..): &Self::Before) -> String {
        format!("Remove the competitor “{}”", before.name)
    }
    fn decide(self, (before, grades, spots): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let grades = grades.iter().map(|grade| Event::removed(&GRADE_REMOVED, grade, moment.now));
        let spots = spots.iter().map(|spot| Event::removed(&SPOT_REMOVED, spot, moment.now));
        let went = Event::removed(&COMPETITOR_REMOVED, &before, moment.now);
        Ok(grades.chain(spots).chain([went]).collect::<Vec<_>>().into())
    }
}
