//! The Product Goal: the one objective that the backlog serves now (Scrum Guide 2020). It stands over the backlog and over planning,
//! so that whoever orders and plans has it before their eyes.

use crate::{events::*, model::*};
use kernel::{Area, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, command};
use web::{Markup, date, html, icon, meter, product_path};

command! {
    /// Makes an objective the Product Goal in the place of the one before, or says that it is the Product Goal no more.
    pub struct ChooseGoal in "objective.choose_goal" at Put "/products/{product}/objectives/{objective}/product-goal" [Strategy] {
        pub objective: Id<Objective>,
        pub product_goal: bool,
    }
}

impl Command for ChooseGoal {
    /// The objective, and those that are the goal so far.
    type Before = (Objective, Vec<Objective>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Objective::get(look, self.objective)?, goals(look)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        match self.product_goal {
            true => format!("Make “{}” the Product Goal", before.title),
            false => format!("“{}” is the Product Goal no more", before.title),
        }
    }
    fn decide(self, (before, goals): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if self.product_goal && before.state != ObjectiveState::Open {
            return Err(Refusal::invalid("objective", "What is over is no goal any more. Choose an open objective."));
        }
        let others = goals.iter().filter(|other| self.product_goal && other.id() != before.id());
        let mut events: Vec<Event> =
            others.map(|other| Event::changed(&GOAL_CHOSEN, other, &Objective { product_goal: false, ..other.clone() })).collect();
        events.push(Event::changed(&GOAL_CHOSEN, &before, &Objective { product_goal: self.product_goal, ..before.clone() }));
        Ok(events.into())
    }
}

fn goals(look: &mut Look) -> Result<Vec<Objective>> {
    Objective::all(look, "and product_goal = 1 order by rank, id", &[])
}

/// The Product Goal as it stands over other pages.
pub struct Goal {
    objective: Objective,
    /// How far its key results are, on average; nothing where it has none.
    progress: Option<f64>,
}

/// The Product Goal, while it is open; nothing for whoever does not see the strategy.
pub fn product_goal(look: &mut Look) -> Result<Option<Goal>> {
    if !look.scope.sees(Area::Strategy) {
        return Ok(None);
    }
    let Some(objective) = goals(look)?.into_iter().find(|goal| goal.state == ObjectiveState::Open) else { return Ok(None) };
    let results = KeyResult::all(look, "and objective = $2", &[kernel::Column::value(&objective.id())])?;
    // Where measures or work feed it, how far it is is worked out on its own page.
    let told = !results.is_empty() && results.iter().all(|k| !k.is_fed());
    let progress = told.then(|| results.iter().map(KeyResult::progress).sum::<f64>() / results.len() as f64);
    Ok(Some(Goal { objective, progress }))
}

/// One line over a list: the goal, how far it is, until when.
pub fn goal_line(scope: &Scope, goal: Option<&Goal>) -> Markup {
    html! { @if let Some(Goal { objective, progress }) = goal { p.product-goal {
        (icon("target")) span.quiet { "Product Goal" } " "
        a href={ (product_path(scope)) "/strategy#o-" (objective.id()) } dir="auto" { (objective.title) }
        @if let Some(progress) = progress { " " (meter("Product Goal", *progress)) }
        @if let Some(day) = &objective.ends_on { span.quiet { " until " (date(scope, day)) } }
    } } }
}
