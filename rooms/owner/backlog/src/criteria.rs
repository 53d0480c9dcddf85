//! Commands about acceptance criteria: rows, not prose.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, Words, command, event::edit, give, trimmed};
use std::ops::Deref;

/// The longest criterion, in characters.
pub(crate) const MOST_CRITERION: usize = 5_000;

/// Criteria for a story, each with the next number and place.
pub(crate) fn fresh<T: Deref<Target = str>>(
    moment: &Moment,
    story: &Story,
    texts: &[T],
    mut number: i64,
    mut last: Option<Rank>,
) -> Result<Vec<Event>> {
    let mut events = vec![];
    for text in texts.iter().filter(|t| !t.trim().is_empty()) {
        number += 1;
        let rank = Rank::between(last.as_ref(), None);
        let criterion = criterion(moment, story, number, rank.clone(), form_of(text), trimmed("criteria", text, MOST_CRITERION)?);
        events.push(Event::created(&CRITERION_ADDED, &criterion));
        last = Some(rank);
    }
    match events.len() {
        0..=200 => Ok(events),
        n => Err(Refusal::invalid("criteria", format!("{n} criteria are too many for one story; 200 fit. Split it."))),
    }
}

fn criterion(moment: &Moment, story: &Story, number: i64, rank: Rank, form: Form, body: String) -> Criterion {
    Criterion {
        meta: moment.fresh(story.meta.product),
        story: story.id(),
        number,
        rank,
        form,
        body,
        state: CriterionState::None,
        checked_by: None,
        checked_at: None,
        note: String::new(),
        edited_at: None,
        flaky: false,
    }
}

/// Given … When … Then … is a scenario, everything else a rule.
fn form_of(text: &str) -> Form {
    let lower = text.to_lowercase();
    let has = |word: &str| lower.lines().any(|l| l.trim_start().starts_with(word));
    if has("given") && lower.contains("when") && lower.contains("then") { Form::Scenario } else { Form::Rule }
}

command! {
    /// Adds an acceptance criterion: a rule, or Given / When / Then.
    pub struct AddCriterion in "criterion.add" at Post "/products/{product}/stories/{story}/criteria" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
        pub body: Words<MOST_CRITERION>,
        pub form: Option<Form>,
    }
}

impl Command for AddCriterion {
    /// The story, the highest number so far and the last place.
    type Before = (Story, i64, Option<Rank>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let last = rows::criteria_of(look, story.id())?.pop().map(|c| c.rank);
        let number = rows::highest_criterion(look, story.id())?;
        Ok((story, number, last))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Add a criterion to “{}”", story.title)
    }
    fn decide(self, (story, number, last): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let form = self.form.unwrap_or_else(|| form_of(&self.body));
        let criterion = criterion(moment, &story, number + 1, Rank::between(last.as_ref(), None), form, self.body.into());
        Ok(Event::created(&CRITERION_ADDED, &criterion).into())
    }
}

command! {
    /// Changes a criterion. What was checked before becomes stale.
    pub struct EditCriterion in "criterion.edit" at Patch "/products/{product}/criteria/{criterion}" [Backlog] {
        pub criterion: Id<Criterion>,
        pub body: Option<Words<MOST_CRITERION>>,
        pub form: Option<Form>,
    }
}

impl Command for EditCriterion {
    type Before = Criterion;

    fn load(&self, look: &mut Look) -> Result<Criterion> {
        let criterion = Criterion::get(look, self.criterion)?;
        Ok(criterion)
    }
    fn title(&self, before: &Criterion) -> String {
        format!("Change the criterion “{}”", before.label())
    }
    fn decide(self, before: Criterion, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&CRITERION_EDITED, &before, |c| {
            give(&mut c.body, self.body);
            give(&mut c.form, self.form);
            if c.body != before.body {
                c.edited_at = Some(moment.now);
                if matches!(c.state, CriterionState::Passing | CriterionState::Failing) {
                    c.state = CriterionState::Stale;
                }
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Moves a criterion behind another of the same story, or to the top.
    pub struct MoveCriterion in "criterion.move" at Put "/products/{product}/criteria/{criterion}/rank" [Backlog] {
        pub criterion: Id<Criterion>,
        /// The one it goes behind; none for the top.
        pub after: Option<Id<Criterion>>,
    }
}

impl Command for MoveCriterion {
    type Before = (Criterion, Vec<Criterion>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let criterion = Criterion::get(look, self.criterion)?;
        let siblings = rows::criteria_of(look, criterion.story)?;
        Ok((criterion, siblings))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Move the criterion “{}”", before.label())
    }
    fn decide(self, (before, siblings): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let rest: Vec<&Criterion> = siblings.iter().filter(|c| c.id() != before.id()).collect();
        let at = match self.after {
            None => 0,
            Some(after) => rest.iter().position(|c| c.id() == after).ok_or(Refusal::NotFound)? + 1,
        };
        let above = at.checked_sub(1).map(|i| &rest[i].rank);
        let rank = Rank::between(above, rest.get(at).map(|c| &c.rank));
        Ok(Event::changed(&CRITERION_MOVED, &before, &Criterion { rank, ..before.clone() }).into())
    }
}

command! {
    /// Removes a criterion.
    pub struct RemoveCriterion in "criterion.remove" at Delete "/products/{product}/criteria/{criterion}" [Backlog] {
        pub criterion: Id<Criterion>,
    }
}

impl Command for RemoveCriterion {
    type Before = Criterion;

    fn load(&self, look: &mut Look) -> Result<Criterion> {
        Criterion::get(look, self.criterion)
    }
    fn title(&self, before: &Criterion) -> String {
        format!("Remove the criterion “{}”", before.label())
    }
    fn decide(self, before: Criterion, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&CRITERION_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Takes the "Acceptance criteria" list in a story's text over as criteria; the text stays.
    pub struct OfferedCriteria in "criterion.take_over" at Post "/products/{product}/stories/{story}/offered-criteria" [Backlog] {
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for OfferedCriteria {
    type Before = (Story, i64, Vec<Criterion>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = rows::story(look, &self.story)?;
        let known = rows::criteria_of(look, story.id())?;
        let number = rows::highest_criterion(look, story.id())?;
        Ok((story, number, known))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Take over the criteria in the text of “{}”", story.title)
    }
    fn decide(self, (story, number, known): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let offered: Vec<String> = crate::criteria_in(&story.body).into_iter().filter(|text| !known.iter().any(|c| &c.body == text)).collect();
        if offered.is_empty() {
            return Err(Refusal::invalid("story", "There is no list of acceptance criteria in its text that is not here already."));
        }
        let last = known.last().map(|c| c.rank.clone());
        Ok(fresh(moment, &story, &offered, number, last)?.into())
    }
}
