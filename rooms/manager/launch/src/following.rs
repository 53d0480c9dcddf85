//! What shows an outcome, and what follows from it: an initiative or a story that changes or removes what was built, made and
//! tied to the outcome in one act.

use crate::{events::*, model::*};
use backlog::{CreateStory, Story, StoryKind};
use customers::Evidence;
use kernel::{Command, Decided, Id, Line, Look, Making, Moment, Noun, Refusal, Result, Scope, Text, Tie, Uuid, command, event::edit, relation::Ends};
use roadmap::{CreateInitiative, Horizon, Initiative};

/// Evidence, an outcome, and the link between them, if any.
fn behind(look: &mut Look, evidence: Id<Evidence>, outcome: Id<Outcome>) -> Result<Ends> {
    let (evidence, outcome) = (Evidence::get(look, evidence)?, Outcome::get(look, outcome)?);
    Ends::read(look, &evidence, Tie::Supports, &outcome)
}

command! {
    /// Says that evidence shows an outcome.
    pub struct SupportOutcome in "outcome.support" at Put "/products/{product}/outcomes/{outcome}/evidence/{evidence}" [Strategy] {
        pub outcome: Id<Outcome>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for SupportOutcome {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.outcome)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&OUTCOME_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that evidence shows an outcome.
    pub struct UnsupportOutcome in "outcome.unsupport" at Delete "/products/{product}/outcomes/{outcome}/evidence/{evidence}" [Strategy] {
        pub outcome: Id<Outcome>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for UnsupportOutcome {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.outcome)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&OUTCOME_UNLINKED, moment.now)?.into())
    }
}

/// An outcome, the bet that it is of, and what is made of it.
pub struct Following<C: Command> {
    outcome: Outcome,
    bet: String,
    making: Making<C>,
}

impl<C: Command> Following<C> {
    /// Both at once: the new thing, and the outcome that leads to it.
    fn decide(self, moment: &Moment, scope: &Scope, lead: impl FnOnce(&mut Outcome, Uuid)) -> Result<Decided> {
        let (mut decided, made) = self.making.decide(moment, scope)?;
        let event = edit(&OUTCOME_FOLLOWED, &self.outcome, |outcome| {
            lead(outcome, made);
            Ok(())
        })?;
        decided.events.push(event.called(self.bet));
        Ok(decided)
    }
}

/// An outcome with the bet that it is of.
fn read(look: &mut Look, id: Id<Outcome>) -> Result<(Outcome, Initiative)> {
    let outcome = Outcome::get(look, id)?;
    let bet = Initiative::get(look, outcome.initiative)?;
    Ok((outcome, bet))
}

/// Refuses what follows already and still stands.
fn not_yet<T: Noun>(look: &mut Look, follows: Option<Id<T>>) -> Result<()> {
    match follows.and_then(|id| T::get(look, id).ok()) {
        None => Ok(()),
        Some(thing) => Err(Refusal::invalid("outcome", format!("“{}” follows from it already.", thing.label()))),
    }
}

/// "Change: Holds": what it is called where nobody says otherwise.
pub(crate) fn called(outcome: &Outcome, bet: &Initiative) -> String {
    let verb = match outcome.next_step {
        Some(NextStep::Remove) => "Remove",
        Some(NextStep::Keep) => "Keep",
        Some(NextStep::Change) | None => "Change",
    };
    web::clipped(&format!("{verb}: {}", bet.title), 299)
}

/// Where it is from, and what was learned.
fn told(scope: &Scope, outcome: &Outcome, bet: &Initiative) -> String {
    format!("Follows from the outcome of {} “{}” ({}).\n\n{}", scope.key(bet.number), bet.title, outcome.verdict.says(), outcome.learned)
}

command! {
    /// Makes an initiative of what follows from an outcome, under Later, and ties it to the outcome.
    pub struct FollowByInitiative in "outcome.make_initiative" at Post "/products/{product}/outcomes/{outcome}/initiative" [Roadmap] {
        pub outcome: Id<Outcome>,
        /// What the initiative is called; after the bet when left out.
        pub title: Option<Line<300>>,
    }
}

impl Command for FollowByInitiative {
    type Before = Following<CreateInitiative>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (outcome, bet) = read(look, self.outcome)?;
        not_yet(look, outcome.next_initiative)?;
        let makes = CreateInitiative {
            title: self.title.clone().unwrap_or_else(|| called(&outcome, &bet).into()),
            body: told(look.scope, &outcome, &bet).into(),
            horizon: Horizon::Later,
            hypothesis: Text::default(),
            objective: None,
            need: None,
        };
        Ok(Following { making: Making::read(look, makes)?, outcome, bet: bet.title })
    }
    fn title(&self, before: &Self::Before) -> String {
        before.making.title()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.decide(moment, scope, |outcome, made| outcome.next_initiative = Some(Id::<Initiative>::new(made)))
    }
}

command! {
    /// Makes a story of what follows from an outcome, and ties it to the outcome.
    pub struct FollowByStory in "outcome.make_story" at Post "/products/{product}/outcomes/{outcome}/story" [Backlog] {
        pub outcome: Id<Outcome>,
        /// What the story is called; after the bet when left out.
        pub title: Option<Line<500>>,
    }
}

impl Command for FollowByStory {
    type Before = Following<CreateStory>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (outcome, bet) = read(look, self.outcome)?;
        not_yet(look, outcome.next_story)?;
        let makes = CreateStory {
            title: self.title.clone().unwrap_or_else(|| called(&outcome, &bet).into()),
            kind: StoryKind::Story,
            body: told(look.scope, &outcome, &bet).into(),
            persona: Text::default(),
            wants: Text::default(),
            so_that: Text::default(),
            feature: None,
            labels: vec![],
            criteria: vec![],
            top: false,
            persona_of: None,
        };
        Ok(Following { making: Making::read(look, makes)?, outcome, bet: bet.title })
    }
    fn title(&self, before: &Self::Before) -> String {
        before.making.title()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.decide(moment, scope, |outcome, made| outcome.next_story = Some(Id::<Story>::new(made)))
    }
}
