//! Facts of the product's own: written down once with their source, used in any estimate.

use crate::{events::*, model::*};
use estimate::Model;
use kernel::{Command, Decided, Event, Id, Line, Link, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit, give};

/// Refuses what could not stand in a model.
fn fits(fact: &KnownFact) -> Result<()> {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    if !fact.name.chars().all(word) || !fact.name.starts_with(char::is_alphabetic) {
        return Err(Refusal::invalid("name", "Call it as a line of a model is called: letters, figures and _, such as riders_per_day."));
    }
    if fact.worth.contains(['\n', '#']) || fact.worth.contains("--") {
        return Err(Refusal::invalid("worth", "Write the figure alone, such as 40k to 60k people; where it is from has a field of its own."));
    }
    if fact.year.is_some_and(|year| !(1_000..=2_200).contains(&year)) {
        return Err(Refusal::invalid("year", "Write the year with four figures, such as 2025."));
    }
    let model = Model::parse(&format!("{} = {}", fact.name, fact.worth)).map_err(|wrong| Refusal::invalid("worth", wrong.says))?;
    // A name of another line would stand for that line, wherever it is inserted.
    if model.lines().len() != 1 { Err(Refusal::invalid("worth", "One figure is one fact.")) } else { Ok(()) }
}

command! {
    /// Writes down a fact with its source, for any estimate to rest on.
    pub struct AddFact in "known_fact.add" at Post "/products/{product}/known-facts" [Research] {
        /// As a line of a model calls it: `riders`.
        pub name: Line<60>,
        /// As a line of a model has it: `40k to 60k people`.
        pub worth: Line<200>,
        pub source: Line<300>,
        pub year: Option<i64>,
        /// Where it can be read.
        #[serde(default)]
        pub url: Link,
    }
}

impl Command for AddFact {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Write down the fact “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let fact = KnownFact {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            worth: self.worth.into(),
            source: self.source.into(),
            year: self.year,
            url: self.url.into(),
        };
        fits(&fact)?;
        Ok(Event::created(&FACT_ADDED, &fact).into())
    }
}

command! {
    /// Changes a fact. Estimates keep what they were written with.
    pub struct EditFact in "known_fact.edit" at Patch "/products/{product}/known-facts/{known_fact}" [Research] {
        pub known_fact: Id<KnownFact>,
        pub name: Option<Line<60>>,
        pub worth: Option<Line<200>>,
        pub source: Option<Line<300>>,
        pub year: Option<i64>,
        pub url: Option<Link>,
    }
}

impl Command for EditFact {
    type Before = KnownFact;

    fn load(&self, look: &mut Look) -> Result<KnownFact> {
        KnownFact::get(look, self.known_fact)
    }
    fn title(&self, before: &KnownFact) -> String {
        format!("Change the fact “{}”", before.name)
    }
    fn decide(self, before: KnownFact, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&FACT_EDITED, &before, |fact| {
            give(&mut fact.name, self.name);
            give(&mut fact.worth, self.worth);
            give(&mut fact.source, self.source);
            fact.year = self.year.or(fact.year);
            give(&mut fact.url, self.url);
            fits(fact)
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes a fact.
    pub struct RemoveFact in "known_fact.remove" at Delete "/products/{product}/known-facts/{known_fact}" [Research] {
        pub known_fact: Id<KnownFact>,
    }
}

impl Command for RemoveFact {
    type Before = KnownFact;

    fn load(&self, look: &mut Look) -> Result<KnownFact> {
        KnownFact::get(look, self.known_fact)
    }
    fn title(&self, before: &KnownFact) -> String {
        format!("Remove the fact “{}”", before.name)
    }
    fn decide(self, before: KnownFact, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&FACT_REMOVED, &before, moment.now).into())
    }
}
