//! What is signed, while it is open: its title and reason, and the options that it is weighed against. Whatever changes of
//! it, a signature that was given lapses, since nobody has signed what stands there now.

use crate::{commands::still_open, rows};
use kernel::{
    Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Proposal, Refusal, Result, Scope, Signature, Standing, Text, Uuid, about,
    command,
    fields::within,
    kinds,
    proposal::{ConsideredOption, PROPOSAL_SIGNED, SIGNATURE_LAPSED},
    trimmed,
};
use web::app::secret;

kinds! {
    REWORDED = "proposal.reworded", "reworded";
    OPTION_ADDED = "proposal.option_added", "added an option to";
    OPTION_REWORDED = "proposal.option_reworded", "reworded an option of";
    OPTION_DROPPED = "proposal.option_dropped", "took an option out of";
}

/// So many options are few enough to weigh.
const MOST_OPTIONS: usize = 20;

/// The options that a question puts side by side, each with a name.
pub(crate) fn options(given: Vec<ConsideredOption>) -> Result<Vec<ConsideredOption>> {
    if given.len() > MOST_OPTIONS {
        return Err(Refusal::invalid("considered", format!("{} options are too many to weigh; {MOST_OPTIONS} fit.", given.len())));
    }
    let checked = |option: ConsideredOption| {
        Ok(ConsideredOption {
            title: trimmed("considered", &option.title, 300)?,
            pros: within("considered", &option.pros, 5_000)?,
            cons: within("considered", &option.cons, 5_000)?,
            cost: within("considered", &option.cost, 500)?,
            evidence: option.evidence,
        })
    };
    given.into_iter().map(checked).collect()
}

/// Refuses evidence that is not there, or that the asker does not see.
pub(crate) fn evidence_is_there(look: &mut Look, ids: impl Iterator<Item = Uuid>) -> Result<()> {
    let mut ids: Vec<Uuid> = ids.collect();
    ids.sort();
    ids.dedup();
    let Some(noun) = about::noun("evidence").filter(|_| !ids.is_empty()) else { return Ok(()) };
    match look.things(noun, ids.iter().copied())?.len() == ids.len() {
        true => Ok(()),
        false => Err(Refusal::NotFound),
    }
}

/// A proposal that is to be reworded, and what has been said to it as it stands.
pub struct Worded {
    proposal: Proposal,
    signatures: Vec<Signature>,
}

fn worded(look: &mut Look, id: Id<Proposal>) -> Result<Worded> {
    let proposal = Proposal::get(look, id)?;
    Ok(Worded { signatures: rows::standing_signatures(look, id)?, proposal })
}

impl Worded {
    /// Its author and whoever signs put options beside it.
    fn may_compare(&self, scope: &Scope) -> Result<()> {
        still_open(&self.proposal)?;
        let speaks = scope.standing(self.proposal.area).1 >= Standing::Signs;
        match speaks || is_its_author(&self.proposal, scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever put this forward adds options to it, or whoever signs. Say yours in a comment.")),
        }
    }

    /// It says something else now: sealed anew, with the signatures that were given to what it said before gone. Whoever
    /// put it forward in a joint matter and rewords it has signed what they write.
    fn becomes(self, change: impl FnOnce(&mut Proposal), kind: &'static kernel::EventKind, moment: &Moment, scope: &Scope) -> Decided {
        let mut after = self.proposal.clone();
        change(&mut after);
        after.seal = after.sealed(secret::hash);
        if after.seal == self.proposal.seal {
            return Decided::default();
        }
        let mut events = vec![Event::changed(kind, &self.proposal, &after)];
        events.extend(self.signatures.iter().map(|signature| Event::removed(&SIGNATURE_LAPSED, signature, moment.now).called(&after.title)));
        let own = self.signatures.iter().find(|s| s.agrees && Some(s.member) == scope.who.member && s.member == after.author);
        if let Some(own) = own.filter(|_| scope.who.assistant.is_none()) {
            let again = Signature::of(moment.fresh(after.meta.product), after.meta.id, own.member, own.hat);
            events.push(Event::created(&PROPOSAL_SIGNED, &again).called(&after.title));
        }
        events.into()
    }

    fn option(&self, at: i64) -> Result<usize> {
        let at = usize::try_from(at).ok().filter(|at| *at < self.proposal.considered.len());
        at.ok_or_else(|| Refusal::invalid("option", "There is no such option; it may have been taken out meanwhile."))
    }
}

/// Its author, as the person or the assistant that they were.
fn is_its_author(proposal: &Proposal, scope: &Scope) -> bool {
    Some(proposal.author) == scope.who.member && (scope.who.assistant.is_none() || scope.who.assistant == proposal.assistant)
}

command! {
    /// Words one's own open proposal anew. Signatures that were given lapse, for what was signed has changed.
    pub struct Reword in "proposal.reword" at Patch "/products/{product}/proposals/{proposal}" [] {
        pub proposal: Id<Proposal>,
        pub title: Option<Line<300>>,
        pub reason: Option<Text<20_000>>,
    }
}

impl Command for Reword {
    type Before = Worded;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Worded> {
        worded(look, self.proposal)
    }
    fn authority(&self, before: &Worded) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Worded, scope: &Scope) -> Result<()> {
        still_open(&before.proposal)?;
        match is_its_author(&before.proposal, scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Only its author words a proposal anew. Ask them, or say in a comment what you would change.")),
        }
    }
    fn title(&self, before: &Worded) -> String {
        format!("Reword “{}”", before.proposal.title)
    }
    fn decide(self, before: Worded, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let change = |p: &mut Proposal| {
            kernel::give(&mut p.title, self.title);
            kernel::give(&mut p.reason, self.reason);
        };
        Ok(before.becomes(change, &REWORDED, moment, scope))
    }
}

command! {
    /// Puts an option beside the others of an open proposal, or words one anew. Signatures that were given lapse, for what
    /// was signed has changed.
    pub struct Consider in "proposal.consider" at Post "/products/{product}/proposals/{proposal}/options" [] {
        pub proposal: Id<Proposal>,
        /// Which of the options is worded anew, from 0; a new one when left out.
        pub option: Option<i64>,
        pub title: Line<300>,
        #[serde(default)]
        pub pros: Text<5_000>,
        #[serde(default)]
        pub cons: Text<5_000>,
        #[serde(default)]
        pub cost: Text<500>,
        /// The evidence that speaks for it, by ids.
        #[serde(default)]
        pub evidence: Vec<Id<()>>,
    }
}

impl Command for Consider {
    type Before = Worded;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Worded> {
        evidence_is_there(look, self.evidence.iter().map(|id| id.0))?;
        worded(look, self.proposal)
    }
    fn authority(&self, before: &Worded) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Worded, scope: &Scope) -> Result<()> {
        before.may_compare(scope)
    }
    fn title(&self, before: &Worded) -> String {
        format!("Consider “{}” for “{}”", &*self.title, before.proposal.title)
    }
    fn decide(self, before: Worded, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let at = self.option.map(|at| before.option(at)).transpose()?;
        if at.is_none() && before.proposal.considered.len() == MOST_OPTIONS {
            return Err(Refusal::invalid("title", format!("{MOST_OPTIONS} options are enough to weigh. Take one out first.")));
        }
        let option = ConsideredOption {
            title: self.title.into(),
            pros: self.pros.into(),
            cons: self.cons.into(),
            cost: self.cost.into(),
            evidence: self.evidence.into_iter().map(|id| id.0).collect(),
        };
        let others = before.proposal.considered.iter().enumerate().filter(|(n, _)| Some(*n) != at);
        if others.into_iter().any(|(_, other)| other.title == option.title) {
            return Err(Refusal::invalid("title", "Another option is called so."));
        }
        let kind = if at.is_none() { &OPTION_ADDED } else { &OPTION_REWORDED };
        let change = |p: &mut Proposal| match at {
            Some(at) => p.considered.0[at] = option,
            None => p.considered.0.push(option),
        };
        Ok(before.becomes(change, kind, moment, scope))
    }
}

command! {
    /// Takes an option out of the comparison. Signatures that were given lapse, for what was signed has changed.
    pub struct DropOption in "proposal.drop_option" at Delete "/products/{product}/proposals/{proposal}/options" [] {
        pub proposal: Id<Proposal>,
        /// Which of the options, from 0.
        pub option: i64,
    }
}

impl Command for DropOption {
    type Before = Worded;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Worded> {
        worded(look, self.proposal)
    }
    fn authority(&self, before: &Worded) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Worded, scope: &Scope) -> Result<()> {
        before.may_compare(scope)
    }
    fn title(&self, before: &Worded) -> String {
        format!("Take an option out of “{}”", before.proposal.title)
    }
    fn decide(self, before: Worded, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let at = before.option(self.option)?;
        let change = |p: &mut Proposal| drop(p.considered.0.remove(at));
        Ok(before.becomes(change, &OPTION_DROPPED, moment, scope))
    }
}

/// The evidence that options name, as people call it; what is gone or hidden is left out.
pub(crate) fn evidence_named<'a>(look: &mut Look, proposals: impl Iterator<Item = &'a Proposal>) -> Result<std::collections::HashMap<Uuid, String>> {
    let mut ids: Vec<Uuid> = proposals.flat_map(|p| p.considered.iter()).flat_map(|option| option.evidence.iter().copied()).collect();
    ids.sort();
    ids.dedup();
    let Some(noun) = about::noun("evidence").filter(|_| !ids.is_empty()) else { return Ok(Default::default()) };
    Ok(look.things(noun, ids)?.into_iter().map(|found| (found.meta.id, found.label)).collect())
}
