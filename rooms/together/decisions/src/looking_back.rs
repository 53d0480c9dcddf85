//! Looking back at a decision: it comes back on the day that was set, and whoever decides there says whether it held.

use crate::involving::arranges;
use kernel::{
    AnyDay, Authority, Command, Decided, Event, Hat, Id, Look, Moment, Noun, Proposal, ProposalState, Reading, Refusal, Result, Scope, Text, Uuid,
    Value, command, erasure, event::edit, kinds, list, noun, words,
};
use std::collections::HashMap;
use web::when;

kinds! {
    LOOKED_BACK = "look_back.said", "looked back at";
    REVIEW_MOVED = "proposal.review_moved", "said when to look again at";
}

words! {
    /// What became of a decision.
    pub enum Held { Held = "held" says "it held", Partly = "partly" says "it held in part", Not = "not" says "it did not hold" }
}

noun! {
    /// What was found when a decision was looked at again.
    pub struct LookBack in "look_back" {
        proposal: Id<Proposal>,
        member: Uuid,
        hat: Option<Hat>,
        held: Held,
        /// What was learned, in a few words.
        learned: String,
    } label(l) l.held.says().to_owned();
    about { many: "look-backs", one: "look back", read: Reading::Of("proposal", "proposal"), part_of: "proposal", hushed: &["member", "hat"], said: Some(erasure::Said { by: "member", words: &["learned"], unless: "" }), told_new: &["learned"],
      heard: kernel::Heard { texts: &["learned"], new: true, ..kernel::Heard::NOTHING }, points_at: &[("member", "member")] }
}

command! {
    /// Says whether a decision held, what was learned, and when it is looked at again.
    pub struct LookBackAt in "look_back.say" at Post "/products/{product}/proposals/{proposal}/look-backs" [] {
        pub proposal: Id<Proposal>,
        pub held: Held,
        #[serde(default)]
        pub learned: Text<5_000>,
        /// As 2026-11-23; not again where it is left out.
        #[serde(default)]
        pub review_on: AnyDay,
    }
}

/// Whoever arranges a decision says whether it held.
pub(crate) fn may_look_back(proposal: &Proposal, scope: &Scope) -> bool {
    proposal.state == ProposalState::Agreed && arranges(proposal, scope)
}

impl Command for LookBackAt {
    type Before = Proposal;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Proposal> {
        Proposal::get(look, self.proposal)
    }
    fn authority(&self, before: &Proposal) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, before: &Proposal, scope: &Scope) -> Result<()> {
        if before.state != ProposalState::Agreed {
            return Err(Refusal::invalid("proposal", "Only what was decided can be looked back at."));
        }
        match may_look_back(before, scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever decides here, put it forward or drove it says whether a decision held. Say yours in a comment.")),
        }
    }
    fn title(&self, before: &Proposal) -> String {
        format!("Look back at “{}”", before.title)
    }
    fn decide(self, before: Proposal, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if self.held != Held::Held && self.learned.is_empty() {
            return Err(Refusal::invalid("learned", "Say what came otherwise, so that the next decision is a better one."));
        }
        let review_on = self.review_on.day();
        when::to_come("review_on", review_on.as_ref(), scope, moment.now)?;
        let found = LookBack {
            meta: moment.fresh(before.meta.product),
            proposal: before.id(),
            member: scope.who.signed_in()?,
            hat: scope.standing(before.area).0,
            held: self.held,
            learned: self.learned.into(),
        };
        let moved = edit(&REVIEW_MOVED, &before, |p| {
            p.review_on = review_on;
            Ok(())
        })?;
        Ok(vec![Event::created(&LOOKED_BACK, &found).called(&before.title), moved].into())
    }
}

/// What was found of some decisions, by decision, the latest first; each with the name of whoever said it.
pub(crate) fn of(look: &mut Look, proposals: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Vec<(LookBack, String)>>> {
    let found = LookBack::all(look, "and proposal in each($2) order by created_at desc, id desc", &[list(proposals)])?;
    if found.is_empty() {
        return Ok(HashMap::new());
    }
    let names = people::names_of(look, found.iter().map(|one| one.member))?;
    let mut by: HashMap<Uuid, Vec<(LookBack, String)>> = HashMap::new();
    for one in found {
        let name = people::name_in(&names, one.member).to_owned();
        by.entry(one.proposal.0).or_default().push((one, name));
    }
    Ok(by)
}

/// A decision whose day has come.
pub struct CameBack {
    pub id: Uuid,
    pub title: String,
    pub number: i64,
    /// Since which day it waits to be looked at.
    pub since: String,
}

/// So many that came back are shown; the others after those.
const MOST_BACK: i64 = 8;

/// The decisions whose day has come and that the asker may say something about, what waits longest first.
pub fn came_back(look: &mut Look) -> Result<Vec<CameBack>> {
    let today = when::day_in(look.now(), &look.scope.who.zone);
    let found = Proposal::all(
        look,
        "and id in (select id from proposal where product = $1 and state = 'agreed' and review_on is not null and review_on <= $2 and removed_at is null
         order by review_on, id limit $3) order by review_on, id",
        &[Value::Text(today), Value::Int(MOST_BACK)],
    )?;
    let scope = look.scope;
    let back = found.into_iter().filter(|p| may_look_back(p, scope));
    Ok(back
        .map(|p| CameBack { id: p.meta.id, title: p.title, number: p.number.unwrap_or_default(), since: p.review_on.unwrap_or_default() })
        .collect())
}
