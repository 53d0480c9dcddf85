//! What is to change: actions with whoever sees to them and a day, which come back at the next retrospective.

use crate::{ACTION_EDITED, ACTION_MADE, ACTION_REMOVED, ACTION_SETTLED, model::*};
use kernel::{AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give};
use people::{Member, Person};
use web::when;

/// So many are agreed on at one retrospective; more are nobody's.
const MOST: usize = 30;

/// Whoever sees to it belongs to the product.
fn owner(look: &mut Look, member: Option<Id<Member>>) -> Result<Option<Person>> {
    let Some(member) = member else { return Ok(None) };
    let person = people::person_of(look, member)?.ok_or_else(|| Refusal::invalid("owner", "Choose someone who belongs to this product."))?;
    Ok(Some(person))
}

command! {
    /// Agrees on an action: what is to change, who sees to it, until when.
    pub struct MakeAction in "retro_action.make" at Post "/products/{product}/retros/{retro}/actions" [Work] {
        pub retro: Id<Retro>,
        pub what: Line<300>,
        /// Who sees to it.
        pub owner: Option<Id<Member>>,
        /// The day until which it is done; empty for the next retrospective.
        #[serde(default)]
        pub due_on: AnyDay,
    }
}

impl Command for MakeAction {
    /// The retrospective, how many actions it has, and who sees to this one.
    type Before = (Retro, usize, Option<Person>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let retro = Retro::get(look, self.retro)?;
        let known = RetroAction::all(look, "and retro = $2", &[kernel::Column::value(&retro.id())])?.len();
        Ok((retro, known, owner(look, self.owner)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Agree on the action “{}”", self.what)
    }
    fn decide(self, (retro, known, owner): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if known >= MOST {
            return Err(Refusal::invalid("what", format!("{MOST} actions of one retrospective are enough.")));
        }
        let due_on = self.due_on.day();
        when::to_come("due_on", due_on.as_ref(), scope, moment.now)?;
        let action = RetroAction {
            meta: moment.fresh(retro.meta.product),
            retro: retro.id(),
            what: self.what.into(),
            owner: owner.map(|person| person.id),
            due_on,
            kept: Kept::Open,
            settled_at: None,
            note: String::new(),
        };
        Ok(Event::created(&ACTION_MADE, &action).into())
    }
}

/// What is settled stays as it is.
fn is_open(action: &RetroAction) -> Result<()> {
    match action.kept {
        Kept::Open => Ok(()),
        kept => Err(Refusal::invalid("retro_action", format!("This action is settled already: {}.", kept.says()))),
    }
}

command! {
    /// Changes an action that is open.
    pub struct EditAction in "retro_action.edit" at Patch "/products/{product}/retro-actions/{retro_action}" [Work] {
        pub retro_action: Id<RetroAction>,
        pub what: Option<Line<300>>,
        /// Who sees to it; none for nobody.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub owner: Option<Option<Id<Member>>>,
        /// Empty takes the day away.
        pub due_on: Option<AnyDay>,
    }
}

impl Command for EditAction {
    type Before = (RetroAction, Option<Person>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((RetroAction::get(look, self.retro_action)?, owner(look, self.owner.flatten())?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the action “{}”", before.what)
    }
    fn decide(self, (before, owner): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        is_open(&before)?;
        Ok(edit(&ACTION_EDITED, &before, |action| {
            give(&mut action.what, self.what);
            if self.owner.is_some() {
                action.owner = owner.map(|person| person.id);
            }
            if let Some(day) = self.due_on {
                let due_on = day.day();
                // A day that stays is left alone, even where it has passed.
                if due_on != action.due_on {
                    when::to_come("due_on", due_on.as_ref(), scope, moment.now)?;
                }
                action.due_on = due_on;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Says what became of an action: it was done, or it was not and will not be.
    pub struct SettleAction in "retro_action.settle" at Put "/products/{product}/retro-actions/{retro_action}/outcome" [Work] {
        pub retro_action: Id<RetroAction>,
        pub became: Ended,
        /// What came of it; needed where it was not done.
        #[serde(default)]
        pub note: Text<1_000>,
    }
}

impl Command for SettleAction {
    type Before = RetroAction;

    fn load(&self, look: &mut Look) -> Result<RetroAction> {
        RetroAction::get(look, self.retro_action)
    }
    fn title(&self, before: &RetroAction) -> String {
        format!("Say that “{}” was {}", before.what, self.became.says())
    }
    fn decide(self, before: RetroAction, moment: &Moment, _: &Scope) -> Result<Decided> {
        is_open(&before)?;
        if self.became == Ended::Dropped && self.note.is_empty() {
            return Err(Refusal::invalid("note", "Say why not: that is what the next one learns from."));
        }
        Ok(edit(&ACTION_SETTLED, &before, |action| {
            action.kept = match self.became {
                Ended::Done => Kept::Done,
                Ended::Dropped => Kept::Dropped,
            };
            (action.settled_at, action.note) = (Some(moment.now), self.note.into());
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes an action that was written down by mistake.
    pub struct RemoveAction in "retro_action.remove" at Delete "/products/{product}/retro-actions/{retro_action}" [Work] {
        pub retro_action: Id<RetroAction>,
    }
}

impl Command for RemoveAction {
    type Before = RetroAction;

    fn load(&self, look: &mut Look) -> Result<RetroAction> {
        RetroAction::get(look, self.retro_action)
    }
    fn title(&self, before: &RetroAction) -> String {
        format!("Remove the action “{}”", before.what)
    }
    fn decide(self, before: RetroAction, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&ACTION_REMOVED, &before, moment.now).into())
    }
}
