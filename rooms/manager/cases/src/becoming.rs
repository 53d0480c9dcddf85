//! What becomes of a choice: an initiative on the roadmap, by the command that makes any.

use crate::{events::*, model::*, rows};
use customers::Need;
use kernel::{Command, Decided, Id, Line, Look, Making, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit};
use roadmap::{CreateInitiative, Horizon, Initiative};
use strategy::Objective;

command! {
    /// Makes an initiative of what was chosen, under Later. It serves the objective that the case is about, and addresses its need.
    pub struct BecomeInitiative in "guided_case.become_initiative" at Post "/products/{product}/cases/{guided_case}/initiative" [Roadmap] {
        pub guided_case: Id<GuidedCase>,
        /// What the initiative is called; as the option that was chosen when left out.
        pub title: Option<Line<300>>,
        /// An objective that it serves; the first that the case is about when left out.
        pub objective: Option<Id<Objective>>,
        /// A need that it addresses; the first that the case is about when left out.
        pub need: Option<Id<Need>>,
    }
}

/// The case, and the initiative that is made of it.
pub struct Becoming {
    case: GuidedCase,
    making: Making<CreateInitiative>,
}

impl Command for BecomeInitiative {
    type Before = Becoming;

    fn load(&self, look: &mut Look) -> Result<Becoming> {
        let case = GuidedCase::get(look, self.guided_case)?;
        if let Some(known) = case.initiative.and_then(|id| Initiative::get(look, id).ok()) {
            return Err(Refusal::invalid("guided_case", format!("It is an initiative already: “{}”.", known.title)));
        }
        let chosen = rows::options(look, case.id())?.into_iter().find(|option| option.chosen);
        let chosen = chosen.ok_or_else(|| Refusal::invalid("guided_case", "Choose one of the options first."))?;
        let grounds = rows::grounds(look, case.id())?;
        let makes = CreateInitiative {
            title: self.title.clone().map_or_else(|| chosen.title.clone(), String::from).into(),
            body: told(&case, &chosen).into(),
            horizon: Horizon::Later,
            hypothesis: Text::default(),
            objective: self.objective.or_else(|| grounds.objectives.first().map(|objective| objective.id())),
            need: self.need.or_else(|| grounds.needs.first().map(|need| need.id())),
        };
        Ok(Becoming { making: Making::read(look, makes)?, case })
    }
    fn title(&self, before: &Becoming) -> String {
        before.making.title()
    }
    fn decide(self, before: Becoming, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (mut decided, made) = before.making.decide(moment, scope)?;
        decided.events.push(edit(&CASE_BECAME, &before.case, |case| {
            case.initiative = Some(Id::<Initiative>::new(made));
            Ok(())
        })?);
        Ok(decided)
    }
}

/// What the initiative says of where it is from: the parts that whoever works on it needs.
fn told(case: &GuidedCase, chosen: &CaseOption) -> String {
    let mut text = format!("From the case “{}”: {}.\n", case.title, chosen.title.trim_end_matches('.'));
    if !chosen.body.is_empty() {
        text += &format!("\n{}\n", chosen.body);
    }
    for (key, heading) in
        [("goal", "Goal"), ("choice", "Why"), ("actions", "Actions"), ("not_doing", "Not doing"), ("risks", "Risks"), ("measures", "Measures")]
    {
        if !case.part(key).is_empty() {
            text += &format!("\n### {heading}\n\n{}\n", case.part(key));
        }
    }
    web::clipped(&text, 49_000)
}
