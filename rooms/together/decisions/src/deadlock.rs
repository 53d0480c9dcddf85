//! A joint matter whose day has passed without an answer. Each tells the other's position in their own words, until the
//! other says that it is right; then they settle it as any matter, or name one person to decide it.

use crate::{commands::still_open, poll, rules};
use kernel::{
    Authority, Column, Command, Decided, Event, EventKind, Hat, Heard, Id, Look, Moment, Noun, Proposal, ProposalState, Reading, Refusal, Result,
    Scope, Standing, Uuid, Words, command, erasure, event::edit, kinds, list, noun,
};
use people::Member;
use std::collections::HashMap;
use web::when;

kinds! {
    POSITION_TOLD = "position.told", "told the other's position on";
    POSITION_CORRECTED = "position.corrected", "said what is missing in their position on";
    POSITION_CONFIRMED = "position.confirmed", "confirmed how their position is told on";
    DECIDER_WANTED = "naming.made", "said who should decide";
    DECIDER_NAMED = "proposal.decider_named", "had one person named to decide";
}

noun! {
    /// What one hat wants in a matter that is stuck, in the words of another.
    pub struct Position in "position" {
        proposal: Id<Proposal>,
        /// Whose position it is.
        hat: Hat,
        /// Who tells it.
        member: Uuid,
        body: String,
        /// What is missing in it, as whoever wears that hat sees it; empty once it is told anew.
        missing: String,
        confirmed_by: Option<Uuid>,
        confirmed_at: Option<i64>,
    } label(p) format!("the position of the {}", p.hat.title());
    about { many: "positions", read: Reading::Of("proposal", "proposal"), part_of: "proposal", made_anew: true, hushed: &["member", "confirmed_by", "confirmed_at"], said: Some(erasure::Said { by: "member", words: &["body"], unless: "" }),
      heard: Heard { texts: &["body", "missing"], news: &["body", "missing", "confirmed_at"], new: true, ..Heard::NOTHING },
      points_at: &[("member", "member"), ("confirmed_by", "member")] }
}

noun! {
    /// Whom one hat would have decide a matter that is stuck.
    pub struct Naming in "naming" {
        proposal: Id<Proposal>,
        hat: Hat,
        member: Uuid,
        named: Uuid,
    } label(n) format!("whom the {} would have decide", n.hat.title());
    about { many: "namings", read: Reading::Of("proposal", "proposal"), part_of: "proposal", made_anew: true, hushed: &["member"],
      heard: Heard { news: &["named"], new: true, ..Heard::NOTHING }, points_at: &[("member", "member"), ("named", "member")] }
}

impl Position {
    fn is_open(&self) -> Result<()> {
        match self.confirmed_at {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("hat", "This position is confirmed already.")),
        }
    }
}

/// The hats that are stuck with one another over a proposal: none unless it is a joint matter whose day has passed.
pub(crate) fn stuck(scope: &Scope, p: &Proposal, now: i64) -> Vec<Hat> {
    let passed = p.due_on.as_ref().is_some_and(|due| *due < when::day_in(now, &scope.who.zone));
    let (hats, jointly) = rules::awaited(&scope.matrix, p.area, &scope.held);
    if passed && jointly && hats.len() > 1 && p.state == ProposalState::Open { hats } else { vec![] }
}

/// Whether each of these hats has had its position told and has confirmed it.
pub(crate) fn all_confirmed(hats: &[Hat], positions: &[Position]) -> bool {
    hats.iter().all(|hat| positions.iter().any(|p| p.hat == *hat && p.confirmed_at.is_some()))
}

/// Whether the asker tells the position of a hat: they wear another one of those that are stuck.
pub(crate) fn tells(scope: &Scope, stuck: &[Hat], hat: Hat) -> bool {
    let other = |own: &Hat| *own != hat && stuck.contains(own);
    scope.who.assistant.is_none() && stuck.contains(&hat) && scope.who.hats.iter().any(other)
}

/// A proposal that is stuck, and what has been said towards loosening it.
pub struct Stuck {
    proposal: Proposal,
    positions: Vec<Position>,
    namings: Vec<Naming>,
    /// Those who are named here and see the matter.
    here: Vec<Uuid>,
}

fn read(look: &mut Look, id: Id<Proposal>, named: Option<Id<Member>>) -> Result<Stuck> {
    let proposal = Proposal::get(look, id)?;
    Ok(Stuck {
        positions: Position::all(look, "and proposal = $2 order by hat", &[id.value()])?,
        namings: Naming::all(look, "and proposal = $2 order by hat", &[id.value()])?,
        here: poll::these(look, proposal.area, named.map(|id| id.0))?,
        proposal,
    })
}

impl Stuck {
    fn authority(&self) -> Authority {
        Authority::Seen(self.proposal.area)
    }

    /// The hats that are stuck, if any are.
    fn hats(&self, scope: &Scope) -> Result<Vec<Hat>> {
        still_open(&self.proposal)?;
        match stuck(scope, &self.proposal, scope.now) {
            hats if hats.is_empty() => {
                Err(Refusal::invalid("proposal", "This is not stuck: a joint matter is, once the day has passed by which an answer was needed."))
            }
            hats => Ok(hats),
        }
    }

    fn position(&self, hat: Hat) -> Option<&Position> {
        self.positions.iter().find(|p| p.hat == hat)
    }

    /// A position of the asker's own hat that was told by somebody else and is not confirmed yet.
    fn told_of(&self, hat: Hat, scope: &Scope) -> Result<&Position> {
        self.hats(scope)?;
        if scope.who.assistant.is_some() || !scope.who.hats.contains(&hat) {
            return Err(Refusal::denied("Only whoever wears this hat says whether its position is told right."));
        }
        let told = self.position(hat).ok_or_else(|| Refusal::invalid("hat", "Nobody has told this position yet."))?;
        if Some(told.member) == scope.who.member {
            return Err(Refusal::denied("You told this position yourself; somebody else who wears that hat confirms it."));
        }
        told.is_open()?;
        Ok(told)
    }

    fn becomes(&self, kind: &'static EventKind, before: &Position, change: impl FnOnce(&mut Position)) -> Result<Decided> {
        let event = edit(kind, before, |p| {
            change(p);
            Ok(())
        })?;
        Ok(event.called(&self.proposal.title).into())
    }
}

command! {
    /// Tells the position of another hat in a joint matter whose day has passed, until whoever wears it confirms that it is right.
    pub struct TellPosition in "position.tell" at Put "/products/{product}/proposals/{proposal}/positions/{hat}" [] {
        pub proposal: Id<Proposal>,
        /// Whose position it is; one wears another of those that sign.
        pub hat: Hat,
        /// What they want, and why, in one's own words; in Markdown.
        pub body: Words<5_000>,
    }
}

impl Command for TellPosition {
    type Before = Stuck;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stuck> {
        read(look, self.proposal, None)
    }
    fn authority(&self, before: &Stuck) -> Authority {
        before.authority()
    }
    fn may(&self, before: &Stuck, scope: &Scope) -> Result<()> {
        let hats = before.hats(scope)?;
        if !tells(scope, &hats, self.hat) {
            return Err(Refusal::denied("Each of those who sign tells the position of another, never their own."));
        }
        before.position(self.hat).map_or(Ok(()), Position::is_open)
    }
    fn title(&self, before: &Stuck) -> String {
        format!("Tell the position of the {} on “{}”", self.hat.title(), before.proposal.title)
    }
    fn decide(self, before: Stuck, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let member = scope.who.signed_in()?;
        if let Some(told) = before.position(self.hat) {
            return before.becomes(&POSITION_TOLD, told, |p| {
                p.body = self.body.into();
                p.member = member;
                p.missing.clear();
            });
        }
        let position = Position {
            meta: moment.fresh(before.proposal.meta.product),
            proposal: before.proposal.id(),
            hat: self.hat,
            member,
            body: self.body.into(),
            missing: String::new(),
            confirmed_by: None,
            confirmed_at: None,
        };
        Ok(Event::created(&POSITION_TOLD, &position).called(&before.proposal.title).into())
    }
}

command! {
    /// Says what is missing in how one's own position is told.
    pub struct CorrectPosition in "position.correct" at Put "/products/{product}/proposals/{proposal}/positions/{hat}/correction" [] {
        pub proposal: Id<Proposal>,
        pub hat: Hat,
        pub missing: Words<2_000>,
    }
}

impl Command for CorrectPosition {
    type Before = Stuck;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stuck> {
        read(look, self.proposal, None)
    }
    fn authority(&self, before: &Stuck) -> Authority {
        before.authority()
    }
    fn may(&self, before: &Stuck, scope: &Scope) -> Result<()> {
        before.told_of(self.hat, scope).map(drop)
    }
    fn title(&self, before: &Stuck) -> String {
        format!("Say what is missing in a position on “{}”", before.proposal.title)
    }
    fn decide(self, before: Stuck, _: &Moment, scope: &Scope) -> Result<Decided> {
        let told = before.told_of(self.hat, scope)?;
        before.becomes(&POSITION_CORRECTED, told, |p| p.missing = self.missing.into())
    }
}

command! {
    /// Confirms that one's own position is told right.
    pub struct ConfirmPosition in "position.confirm" at Put "/products/{product}/proposals/{proposal}/positions/{hat}/confirmation" [] {
        pub proposal: Id<Proposal>,
        pub hat: Hat,
    }
}

impl Command for ConfirmPosition {
    type Before = Stuck;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stuck> {
        read(look, self.proposal, None)
    }
    fn authority(&self, before: &Stuck) -> Authority {
        before.authority()
    }
    fn may(&self, before: &Stuck, scope: &Scope) -> Result<()> {
        before.told_of(self.hat, scope).map(drop)
    }
    fn title(&self, before: &Stuck) -> String {
        format!("Confirm a position on “{}”", before.proposal.title)
    }
    fn decide(self, before: Stuck, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (told, me) = (before.told_of(self.hat, scope)?, scope.who.signed_in()?);
        before.becomes(&POSITION_CONFIRMED, told, |p| {
            p.missing.clear();
            p.confirmed_by = Some(me);
            p.confirmed_at = Some(moment.now);
        })
    }
}

command! {
    /// Says who should decide a matter that is stuck. Once all who sign name the same person, that person decides it alone.
    pub struct NameDecider in "proposal.name_decider" at Put "/products/{product}/proposals/{proposal}/decider" [] {
        pub proposal: Id<Proposal>,
        /// Somebody who sees the matter.
        pub member: Id<Member>,
    }
}

impl Command for NameDecider {
    type Before = Stuck;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stuck> {
        read(look, self.proposal, Some(self.member))
    }
    fn authority(&self, before: &Stuck) -> Authority {
        before.authority()
    }
    fn may(&self, before: &Stuck, scope: &Scope) -> Result<()> {
        let hats = before.hats(scope)?;
        if scope.who.assistant.is_some() || !scope.who.hats.iter().any(|hat| hats.contains(hat)) {
            return Err(Refusal::denied("Those who sign name the one who decides."));
        }
        if before.proposal.decider.is_some() {
            return Err(Refusal::invalid("proposal", "Somebody is named to decide this already."));
        }
        match all_confirmed(&hats, &before.positions) {
            true => Ok(()),
            false => Err(Refusal::invalid("proposal", "First each tells the other's position, and the other confirms it.")),
        }
    }
    fn title(&self, before: &Stuck) -> String {
        format!("Say who decides “{}”", before.proposal.title)
    }
    fn decide(self, before: Stuck, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (me, hats) = (scope.who.signed_in()?, before.hats(scope)?);
        if !before.here.contains(&self.member.0) {
            return Err(Refusal::NotFound);
        }
        let mut named: HashMap<Hat, Uuid> = before.namings.iter().map(|naming| (naming.hat, naming.named)).collect();
        let mut events = vec![];
        // Whoever wears several of these hats names for all of them.
        for hat in hats.iter().copied().filter(|hat| scope.who.hats.contains(hat)) {
            named.insert(hat, self.member.0);
            let event = match before.namings.iter().find(|naming| naming.hat == hat) {
                Some(naming) => Event::changed(&DECIDER_WANTED, naming, &Naming { member: me, named: self.member.0, ..naming.clone() }),
                None => {
                    let meta = moment.fresh(before.proposal.meta.product);
                    Event::created(&DECIDER_WANTED, &Naming { meta, proposal: before.proposal.id(), hat, member: me, named: self.member.0 })
                }
            };
            events.push(event.called(&before.proposal.title));
        }
        if hats.iter().all(|hat| named.get(hat) == Some(&self.member.0)) {
            let after = Proposal { decider: Some(self.member.0), ..before.proposal.clone() };
            events.push(Event::changed(&DECIDER_NAMED, &before.proposal, &after));
        }
        Ok(events.into())
    }
}

/// What has been told towards loosening some matters, by proposal: the positions, and whom each hat would have decide.
#[derive(Default)]
pub(crate) struct Told {
    pub positions: Vec<Position>,
    pub namings: Vec<Naming>,
}

pub(crate) fn of(look: &mut Look, proposals: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, Told>> {
    let positions = Position::all(look, "and proposal in each($2) order by hat", &[list(proposals)])?;
    let mut by: HashMap<Uuid, Told> = HashMap::new();
    if positions.is_empty() {
        return Ok(by);
    }
    for position in positions {
        by.entry(position.proposal.0).or_default().positions.push(position);
    }
    for naming in Naming::all(look, "and proposal in each($2) order by hat", &[list(by.keys().copied().collect::<Vec<_>>())])? {
        by.entry(naming.proposal.0).or_default().namings.push(naming);
    }
    Ok(by)
}

/// How a matter that was stuck ended, in a sentence; nothing of one that never was.
pub(crate) fn ending(p: &Proposal, told: Option<&Told>, decider: Option<&str>) -> Option<String> {
    let settled = matches!(p.state, ProposalState::Agreed | ProposalState::Declined);
    match (decider, told.filter(|_| settled)) {
        (Some(name), _) if settled => Some(format!("Its day had passed without an answer. Those who sign named {name} to decide it.")),
        (_, Some(told)) if all_confirmed_of(told) => {
            Some("Its day had passed without an answer. Each told the other’s position until it was right; then they settled it.".into())
        }
        (_, Some(_)) => Some("Its day had passed without an answer. They settled it before every position was told and confirmed.".into()),
        _ => None,
    }
}

fn all_confirmed_of(told: &Told) -> bool {
    told.positions.len() > 1 && told.positions.iter().all(|p| p.confirmed_at.is_some())
}

/// The hat under which somebody who was named decides, whatever it may do there.
pub(crate) fn decides_under(scope: &Scope, p: &Proposal) -> Option<Hat> {
    let me = scope.who.member.filter(|_| scope.who.assistant.is_none())?;
    let (hat, standing) = scope.standing(p.area);
    hat.filter(|_| p.decider == Some(me) && standing >= Standing::Sees)
}
