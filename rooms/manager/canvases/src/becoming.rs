//! What becomes of a note: an initiative, a risk, or an assumption on which a bet rests. The note stays where it is and
//! leads there.

use crate::{events::*, model::*};
use customers::Need;
use discovery::{AssumptionTest, PlanTest};
use kernel::{Command, Decided, Event, Id, Line, Look, Making, Moment, Noun, Ref, Refusal, Result, Scope, Text, Uuid, command, event::edit};
use roadmap::{CreateInitiative, Horizon, Initiative};
use strategy::Objective;

/// A note with its canvas.
fn read(look: &mut Look, id: Id<CanvasNote>) -> Result<(CanvasNote, Canvas)> {
    let note = CanvasNote::get(look, id)?;
    let canvas = Canvas::get(look, note.canvas)?;
    Ok((note, canvas))
}

/// Refuses what has become of a note already and still stands.
fn not_yet<T: Noun>(look: &mut Look, became: Option<Id<T>>, called: &str) -> Result<()> {
    match became.and_then(|id| T::get(look, id).ok()) {
        None => Ok(()),
        Some(thing) => Err(Refusal::invalid("canvas_note", format!("It is {called} already: “{}”.", thing.label()))),
    }
}

/// What it is called from now on: what was given, or the beginning of the note.
fn titled(given: Option<Line<300>>, note: &CanvasNote) -> String {
    given.map_or_else(|| web::clipped(note.body.lines().next().unwrap_or(""), 299), String::from)
}

/// Where it is from, in a sentence, with the words of the note.
fn told(note: &CanvasNote, canvas: &Canvas) -> String {
    format!("From the canvas “{}”, {}:\n\n{}", canvas.title, note.cell.says(), note.body)
}

/// What becomes of a note, and the note that is to lead there.
pub struct Becoming<C: Command> {
    note: CanvasNote,
    making: Making<C>,
}

impl<C: Command> Becoming<C> {
    fn read(look: &mut Look, note: CanvasNote, command: C) -> Result<Self> {
        Ok(Becoming { making: Making::read(look, command)?, note })
    }

    /// Both at once: the new thing, and the note that leads to it.
    fn decide(self, moment: &Moment, scope: &Scope, lead: impl FnOnce(&mut CanvasNote, Uuid)) -> Result<Decided> {
        let (mut decided, made) = self.making.decide(moment, scope)?;
        decided.events.push(edit(&NOTE_BECAME, &self.note, |note| {
            lead(note, made);
            Ok(())
        })?);
        Ok(decided)
    }
}

command! {
    /// Makes an initiative of a note, under Later; it addresses the need that the note speaks of.
    pub struct BecomeInitiative in "canvas_note.become_initiative" at Post "/products/{product}/canvas-notes/{canvas_note}/initiative" [Roadmap] {
        pub canvas_note: Id<CanvasNote>,
        /// What the initiative is called; as the note begins when left out.
        pub title: Option<Line<300>>,
        /// An objective that it serves.
        pub objective: Option<Id<Objective>>,
    }
}

impl Command for BecomeInitiative {
    type Before = Becoming<CreateInitiative>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (note, canvas) = read(look, self.canvas_note)?;
        not_yet(look, note.initiative, "an initiative")?;
        let need = note.need.filter(|id| Need::get(look, *id).is_ok());
        let makes = CreateInitiative {
            title: titled(self.title.clone(), &note).into(),
            body: told(&note, &canvas).into(),
            horizon: Horizon::Later,
            hypothesis: Text::default(),
            objective: self.objective,
            need,
        };
        Becoming::read(look, note, makes)
    }
    fn title(&self, before: &Self::Before) -> String {
        before.making.title()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.decide(moment, scope, |note, made| note.initiative = Some(Id::<Initiative>::new(made)))
    }
}

command! {
    /// Makes an assumption of a note: what has to be true for a bet to work, and is to be tested.
    pub struct BecomeAssumption in "canvas_note.become_assumption" at Post "/products/{product}/canvas-notes/{canvas_note}/assumption" [Roadmap] {
        pub canvas_note: Id<CanvasNote>,
        /// The bet that rests on it: number, key or id.
        pub initiative: Ref,
        /// What has to be true; as the note begins when left out.
        pub title: Option<Line<300>>,
        /// How it is tried out.
        #[serde(default)]
        pub trial: Text<2_000>,
        /// What is seen where it holds.
        #[serde(default)]
        pub expects: Text<500>,
    }
}

impl Command for BecomeAssumption {
    type Before = Becoming<PlanTest>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (note, _) = read(look, self.canvas_note)?;
        not_yet(look, note.assumption_test, "an assumption")?;
        let makes = PlanTest {
            initiative: self.initiative.clone(),
            assumption: titled(self.title.clone(), &note).into(),
            trial: self.trial.clone(),
            expects: self.expects.clone(),
        };
        Becoming::read(look, note, makes)
    }
    fn title(&self, before: &Self::Before) -> String {
        before.making.title()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.decide(moment, scope, |note, made| note.assumption_test = Some(Id::<AssumptionTest>::new(made)))
    }
}

command! {
    /// Makes a risk of a note.
    pub struct BecomeRisk in "canvas_note.become_risk" at Post "/products/{product}/canvas-notes/{canvas_note}/risk" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        /// What may happen; as the note begins when left out.
        pub title: Option<Line<300>>,
        pub likelihood: Degree,
        pub impact: Degree,
    }
}

impl Command for BecomeRisk {
    type Before = (CanvasNote, Canvas);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (note, canvas) = read(look, self.canvas_note)?;
        not_yet(look, note.risk, "a risk")?;
        Ok((note, canvas))
    }
    fn title(&self, (note, _): &Self::Before) -> String {
        format!("Write down the risk “{}”", titled(self.title.clone(), note))
    }
    fn decide(self, (note, canvas): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let risk = Risk {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: titled(self.title, &note),
            note: told(&note, &canvas),
            likelihood: self.likelihood,
            impact: self.impact,
            response: String::new(),
            owner: None,
            state: RiskState::Open,
        };
        let leads = edit(&NOTE_BECAME, &note, |note| {
            note.risk = Some(risk.id());
            Ok(())
        })?;
        Ok(vec![Event::created(&RISK_ADDED, &risk), leads].into())
    }
}
