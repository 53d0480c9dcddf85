//! Commands about ways of scoring. Whoever decides on an order decides how it is scored.

use crate::{criteria, events::*, inputs::Scale, model::*};
use kernel::{
    Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give, value::Packed,
};
use std::collections::BTreeMap;

command! {
    /// Adds a way of scoring: a method, and what it scores.
    pub struct CreateScheme in "scheme.create" at Post "/products/{product}/schemes" [Priorities, Backlog, Customers, Strategy] {
        /// Its method’s when left out.
        #[serde(default)]
        pub name: Text<80>,
        pub by: Method,
        /// What it scores; features when left out.
        #[serde(default = "features")]
        pub thing: Thing,
        /// Of weighted scoring: one criterion on each line with its weight, and “cost” behind what counts against.
        #[serde(default)]
        pub criteria: Text<2_000>,
        /// Criteria to begin with, where none are written.
        pub preset: Option<criteria::Preset>,
        /// Inputs that are counted instead of typed: `evidence` or `voices`, by the input.
        #[serde(default)]
        pub counted: BTreeMap<String, Text<20>>,
    }
}

fn features() -> Thing {
    Thing::Feature
}

impl Command for CreateScheme {
    /// Those that there are.
    type Before = i64;

    fn load(&self, look: &mut Look) -> Result<i64> {
        look.number("select count(*) from scheme where product = $1 and removed_at is null", &[kernel::Column::value(&look.scope.product_id()?)])
    }
    fn authority(&self, _: &i64) -> Authority {
        Authority::Area(self.thing.area())
    }
    fn title(&self, _: &i64) -> String {
        match &*self.name {
            "" => format!("Score {} by {}", self.thing.many(), self.by.says()),
            name if name == self.by.says() => format!("Score {} by {name}", self.thing.many()),
            name => format!("Score {} by {}: {name}", self.thing.many(), self.by.says()),
        }
    }
    fn decide(self, known: i64, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if known >= MOST_SCHEMES {
            return Err(Refusal::invalid("name", format!("{known} ways of scoring are there already; remove one that nobody uses.")));
        }
        let lines: &str = match self.preset {
            Some(preset) if self.criteria.is_empty() => preset.lines(),
            _ => &self.criteria,
        };
        let criteria = if self.by == Method::Weighted { criteria::read(lines, &[], moment)? } else { vec![] };
        let mut scheme = Scheme {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: match self.name.is_empty() {
                true => web::capital(self.by.says()),
                false => self.name.split_whitespace().collect::<Vec<_>>().join(" "),
            },
            method: self.by,
            thing: self.thing,
            area: self.thing.area(),
            criteria: Packed(criteria),
            counted: Packed::default(),
        };
        count(&mut scheme, &self.counted)?;
        Ok(Event::created(&SCHEME_CREATED, &scheme).into())
    }
}

/// Says which inputs are counted.
fn count(scheme: &mut Scheme, counted: &BTreeMap<String, Text<20>>) -> Result<()> {
    let inputs = scheme.inputs();
    for (key, source) in counted {
        let field = format!("counted.{key}");
        let input =
            inputs.iter().find(|input| input.key == *key).ok_or_else(|| Refusal::invalid(&field, "This way of scoring does not ask for that."))?;
        match (source.trim(), Source::parse(source.trim())) {
            ("", _) => drop(scheme.counted.0.remove(key)),
            (_, None) => return Err(Refusal::invalid(&field, "Count evidence, or the customers who said so.")),
            (_, Some(_)) if !can_be_counted(input) => {
                return Err(Refusal::invalid(&field, format!("{} is judged by people; it cannot be counted.", input.name)));
            }
            (_, Some(source)) => drop(scheme.counted.0.insert(key.clone(), source)),
        }
    }
    Ok(())
}

/// How many stand behind something is no share, no effort and no word of a scale.
pub(crate) fn can_be_counted(input: &crate::inputs::Input) -> bool {
    matches!(input.scale, Scale::Number { .. }) && !input.cost
}

command! {
    /// Changes a way of scoring: its name, its criteria and their weights, what is counted.
    pub struct EditScheme in "scheme.edit" at Patch "/products/{product}/schemes/{scheme}" [Priorities, Backlog, Customers, Strategy] {
        pub scheme: Id<Scheme>,
        pub name: Option<Line<80>>,
        /// One on each line with its weight. What keeps its name keeps its scores.
        pub criteria: Option<Text<2_000>>,
        #[serde(default)]
        pub counted: BTreeMap<String, Text<20>>,
    }
}

impl Command for EditScheme {
    type Before = Scheme;

    fn load(&self, look: &mut Look) -> Result<Scheme> {
        Scheme::get(look, self.scheme)
    }
    fn authority(&self, before: &Scheme) -> Authority {
        Authority::Area(before.area)
    }
    fn title(&self, before: &Scheme) -> String {
        format!("Change the way of scoring “{}”", before.name)
    }
    fn decide(self, before: Scheme, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut weights = None;
        let event = edit(&SCHEME_EDITED, &before, |scheme| {
            give(&mut scheme.name, self.name);
            if let Some(lines) = self.criteria.filter(|_| before.method == Method::Weighted) {
                scheme.criteria = Packed(criteria::read(&lines, &before.criteria, moment)?);
                let keys: Vec<String> = scheme.criteria.iter().map(|c| c.key.clone()).collect();
                scheme.counted.0.retain(|key, _| keys.contains(key));
                let told = |criteria: &[Criterion]| criteria::written(criteria).replace('\n', ", ");
                weights = Some((told(&before.criteria), told(&scheme.criteria)));
            }
            count(scheme, &self.counted)
        })?;
        Ok(event.saying("criteria", weights).into())
    }
}

command! {
    /// Removes a way of scoring; the order stays as it is.
    pub struct RemoveScheme in "scheme.remove" at Delete "/products/{product}/schemes/{scheme}" [Priorities, Backlog, Customers, Strategy] {
        pub scheme: Id<Scheme>,
    }
}

impl Command for RemoveScheme {
    /// The scheme, and how many of its rounds are on.
    type Before = (Scheme, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let scheme = Scheme::get(look, self.scheme)?;
        let on = "select count(*) from scoring_round where scheme = $1 and opened_at is null and removed_at is null";
        let on = look.number(on, &[kernel::Column::value(&scheme.meta.id)])?;
        Ok((scheme, on))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        Authority::Area(before.area)
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the way of scoring “{}”", before.name)
    }
    fn decide(self, (before, on): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        match on {
            0 => Ok(Event::removed(&SCHEME_REMOVED, &before, moment.now).into()),
            _ => Err(Refusal::invalid("scheme", "People are rating by it just now. Reveal that round or call it off first.")),
        }
    }
}
