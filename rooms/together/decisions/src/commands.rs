//! Putting a question, signing, declining, withdrawing.

use crate::{
    deadlock, rows,
    rules::{self, Say},
    wording,
};
use kernel::{
    AnyDay, Area, Authority, Command, Decided, Event, Hat, Id, Instead, Line, Look, Moment, Noun, Proposal, ProposalState, Refusal, Result, Scope,
    Signature, Standing, Text, Words, command,
    proposal::{
        ConsideredOption, PROPOSAL_AGREED, PROPOSAL_DECLINED, PROPOSAL_MADE, PROPOSAL_OBJECTED, PROPOSAL_SIGNED, PROPOSAL_STOOD_ASIDE,
        PROPOSAL_WITHDRAWN,
    },
    value::Packed,
};
use web::{app::secret, when};

command! {
    /// Puts a question to whoever decides, with the options considered; settled, it is a decision.
    pub struct OpenQuestion in "proposal.open" at Post "/products/{product}/proposals" [] {
        pub title: Line<300>,
        #[serde(default)]
        pub reason: Text<20_000>,
        pub area: Area,
        #[serde(default)]
        pub considered: Vec<ConsideredOption>,
        /// When an answer is needed, as 2026-11-23.
        #[serde(default)]
        pub due_on: AnyDay,
        /// When the decision should be looked at again.
        #[serde(default)]
        pub review_on: AnyDay,
        /// A settled decision that this one would replace.
        pub supersedes: Option<Id<Proposal>>,
    }
}

impl Command for OpenQuestion {
    type Before = ();
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> =
        Some(Instead { says: "Withdraw the question", command: "proposal.withdraw", field: "proposal", noun: "proposal", sure: None });

    fn load(&self, look: &mut Look) -> Result<()> {
        if let Some(older) = self.supersedes
            && Proposal::get(look, older)?.state == ProposalState::Open
        {
            return Err(Refusal::invalid("supersedes", "That question is still open; only a settled decision can be replaced."));
        }
        wording::evidence_is_there(look, self.considered.iter().flat_map(|option| option.evidence.iter().copied()))
    }
    fn authority(&self, _: &()) -> Authority {
        Authority::Seen(self.area)
    }
    fn title(&self, _: &()) -> String {
        format!("Ask: {}", self.title)
    }
    fn decide(self, _: (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (needs, passed_over) = scope.asked(self.area);
        let (due_on, review_on) = (self.due_on.day(), self.review_on.day());
        when::to_come("due_on", due_on.as_ref(), scope, moment.now)?;
        when::to_come("review_on", review_on.as_ref(), scope, moment.now)?;
        let mut proposal = Proposal {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            reason: self.reason.into(),
            area: self.area,
            state: ProposalState::Open,
            author: scope.who.signed_in()?,
            assistant: scope.who.assistant,
            hat: scope.standing(self.area).0,
            door: scope.who.door.word().to_owned(),
            commands: Packed(vec![]),
            effects: Packed(vec![]),
            considered: Packed(wording::options(self.considered)?),
            needs: Packed(needs),
            passed_over: Packed(passed_over),
            due_on,
            review_on,
            settled_at: None,
            number: None,
            note: String::new(),
            supersedes: self.supersedes.map(|id| id.0),
            seal: String::new(),
            driver: None,
            contributors: Packed(vec![]),
            informed: Packed(vec![]),
            decider: None,
        };
        proposal.seal = proposal.sealed(secret::hash);
        let mut events = vec![Event::created(&PROPOSAL_MADE, &proposal)];
        // In a joint matter, whoever puts a question forward has signed what they suggest, as with any proposal; but one
        // that waits for nobody else is answered by an act of its own.
        if let (Some(hat), Standing::Signs) = scope.standing(self.area)
            && scope.who.assistant.is_none()
            && proposal.needs.iter().any(|other| *other != hat)
        {
            let signature = Signature::of(moment.fresh(proposal.meta.product), proposal.meta.id, proposal.author, hat);
            events.push(Event::created(&PROPOSAL_SIGNED, &signature).called(&proposal.title));
        }
        Ok(events.into())
    }
}

/// A proposal with what has been said to it.
pub struct OnTable {
    proposal: Proposal,
    /// Signatures whose signers still hold the hat they signed under; of each hat what it said last.
    signatures: Vec<Signature>,
    /// Whose objections have not been answered.
    objecting: Vec<String>,
    last_number: i64,
}

fn on_table(look: &mut Look, id: Id<Proposal>) -> Result<OnTable> {
    let proposal = Proposal::get(look, id)?;
    let signatures = rows::standing_signatures(look, id)?;
    let objecting = rows::objecting(look, id)?;
    Ok(OnTable { proposal, signatures, objecting, last_number: rows::last_number(look)? })
}

impl OnTable {
    /// What a hat says, and what follows: with the last word that was waited for it is settled and carried out.
    fn say(self, scope: &Scope, moment: &Moment, (hat, say): (Hat, Say), note: String) -> Result<Decided> {
        let area = self.proposal.area;
        // Whoever all that sign have named decides alone.
        let named = deadlock::decides_under(scope, &self.proposal).is_some();
        if named && say == Say::StandsAside {
            return Err(Refusal::invalid("proposal", "You were named to decide this: sign it, or decline it with a reason."));
        }
        let says = |s: &Signature| (s.hat, if s.aside { Say::StandsAside } else { Say::Agrees });
        let said: Vec<(Hat, Say)> = self.signatures.iter().filter(|s| s.hat != hat).map(says).chain([(hat, say)]).collect();
        if !named && !rules::somebody_is_left(&scope.matrix, area, &scope.held, &said) {
            return Err(Refusal::invalid(
                "proposal",
                "Somebody has to agree, and nobody else is left who could. Sign it, or decline it with a reason.",
            ));
        }
        let signature = Signature {
            agrees: say == Say::Agrees,
            aside: say == Say::StandsAside,
            note,
            ..Signature::of(moment.fresh(self.proposal.meta.product), self.proposal.meta.id, scope.who.signed_in()?, hat)
        };
        let kind = if signature.agrees { &PROPOSAL_SIGNED } else { &PROPOSAL_STOOD_ASIDE };
        let mut events = vec![Event::created(kind, &signature).called(&self.proposal.title)];
        if !named && !rules::settles(&scope.matrix, area, &scope.held, &said) {
            return Ok(events.into());
        }
        if let [first, others @ ..] = self.objecting.as_slice() {
            let whose = if others.is_empty() { format!("The objection of {first}") } else { format!("The objections of {first} and others") };
            return Err(Refusal::invalid("proposal", format!("{whose} to “{}” has to be answered before the last signature.", self.proposal.title)));
        }
        let number = Some(self.last_number + 1);
        let passed_over = Packed(scope.missing(area));
        let after = Proposal { state: ProposalState::Agreed, settled_at: Some(moment.now), number, passed_over, ..self.proposal.clone() };
        events.push(Event::changed(&PROPOSAL_AGREED, &self.proposal, &after));
        Ok(Decided { events, carry_out: Some(self.proposal.meta.id), ..Decided::default() })
    }
}

pub(crate) fn still_open(proposal: &Proposal) -> Result<()> {
    match proposal.state {
        ProposalState::Open => Ok(()),
        state => Err(Refusal::invalid("proposal", format!("This proposal is {state} already."))),
    }
}

/// Nobody signs what they have not read.
fn as_read(proposal: &Proposal, seal: Option<&str>) -> Result<()> {
    match seal {
        Some(seal) if seal != proposal.seal => {
            Err(Refusal::invalid("proposal", format!("“{}” has been reworded since you read it. Read it again before you sign.", proposal.title)))
        }
        _ => Ok(()),
    }
}

/// Which of the asker's hats can speak here, and has not yet.
fn voice(scope: &Scope, table: &OnTable, chosen: Option<Hat>) -> Result<Hat> {
    scope.by_people("An assistant proposes; a person signs.")?;
    if let Some(hat) = deadlock::decides_under(scope, &table.proposal) {
        return Ok(hat);
    }
    let area = table.proposal.area;
    let speaks = |hat: &Hat| scope.matrix.standing(area, *hat) >= Standing::Signs;
    let mine: Vec<Hat> = scope.who.hats.iter().copied().filter(|h| speaks(h) && chosen.or(scope.who.chosen).is_none_or(|c| c == *h)).collect();
    if mine.is_empty() {
        return Err(Refusal::Denied {
            area: Some(area),
            decides: table.proposal.needs.0.clone(),
            message: format!("None of your hats decides on {} here.", area.spoken()),
        });
    }
    let said = |hat: Hat| table.signatures.iter().find(|s| s.hat == hat);
    let awaited = scope.awaited(area, &table.signatures.iter().map(|s| s.hat).collect::<Vec<_>>());
    // Whoever stands aside may still come to a view; and where all that are left have signed, any of them settles it.
    let unsaid = mine.iter().find(|h| said(**h).is_none()).or_else(|| mine.iter().find(|h| said(**h).is_some_and(|s| s.aside)));
    unsaid.or_else(|| mine.iter().find(|h| awaited.contains(h))).copied().ok_or_else(|| Refusal::invalid("proposal", "You have signed this already."))
}

/// What is the same in all that a hat says to a proposal.
macro_rules! said_at_the_table {
    () => {
        type Before = OnTable;
        const UNDOABLE: bool = false;

        fn load(&self, look: &mut Look) -> Result<OnTable> {
            on_table(look, self.proposal)
        }
        fn authority(&self, table: &OnTable) -> Authority {
            Authority::Seen(table.proposal.area)
        }
    };
}

command! {
    /// Signs a proposal. With the last signature it is carried out.
    pub struct Sign in "proposal.sign" at Post "/products/{product}/proposals/{proposal}/signatures" [] {
        pub proposal: Id<Proposal>,
        /// The hat to sign under, for whoever holds several.
        pub hat: Option<Hat>,
        #[serde(default)]
        pub note: Text<5_000>,
        /// The hash of what was read; refused where it has been reworded meanwhile.
        pub seal: Option<String>,
    }
}

impl Command for Sign {
    const IN_ARCHIVE: bool = true;
    said_at_the_table!();

    fn may(&self, table: &OnTable, scope: &Scope) -> Result<()> {
        still_open(&table.proposal)?;
        as_read(&table.proposal, self.seal.as_deref())?;
        voice(scope, table, self.hat).map(drop)
    }
    fn title(&self, table: &OnTable) -> String {
        format!("Sign “{}”", table.proposal.title)
    }
    fn decide(self, table: OnTable, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let hat = voice(scope, &table, self.hat)?;
        table.say(scope, moment, (hat, Say::Agrees), self.note.into())
    }
}

command! {
    /// Neither agrees nor blocks: that hat is passed over. Somebody else has to agree.
    pub struct StandAside in "proposal.stand_aside" at Put "/products/{product}/proposals/{proposal}/standing-aside" [] {
        pub proposal: Id<Proposal>,
        /// The hat that stands aside, for whoever holds several.
        pub hat: Option<Hat>,
        #[serde(default)]
        pub note: Text<5_000>,
        /// The hash of what was read; refused where it has been reworded meanwhile.
        pub seal: Option<String>,
    }
}

impl Command for StandAside {
    const IN_ARCHIVE: bool = true;
    said_at_the_table!();

    fn may(&self, table: &OnTable, scope: &Scope) -> Result<()> {
        still_open(&table.proposal)?;
        as_read(&table.proposal, self.seal.as_deref())?;
        let hat = voice(scope, table, self.hat)?;
        match table.signatures.iter().find(|s| s.hat == hat) {
            None => Ok(()),
            Some(said) if said.aside => Err(Refusal::invalid("proposal", "You stand aside on this already.")),
            Some(_) => Err(Refusal::invalid("proposal", "You have signed this already.")),
        }
    }
    fn title(&self, table: &OnTable) -> String {
        format!("Stand aside on “{}”", table.proposal.title)
    }
    fn decide(self, table: OnTable, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let hat = voice(scope, &table, self.hat)?;
        table.say(scope, moment, (hat, Say::StandsAside), self.note.into())
    }
}

command! {
    /// Declines a proposal, with the reason.
    pub struct Decline in "proposal.decline" at Post "/products/{product}/proposals/{proposal}/objections" [] {
        pub proposal: Id<Proposal>,
        pub note: Words<5_000>,
        /// The hat to object under, for whoever holds several.
        pub hat: Option<Hat>,
    }
}

impl Command for Decline {
    const IN_ARCHIVE: bool = true;
    said_at_the_table!();

    fn may(&self, table: &OnTable, scope: &Scope) -> Result<()> {
        still_open(&table.proposal)?;
        voice(scope, table, self.hat).map(drop)
    }
    fn title(&self, table: &OnTable) -> String {
        format!("Decline “{}”", table.proposal.title)
    }
    fn decide(self, table: OnTable, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let hat = voice(scope, &table, self.hat)?;
        let objection = Signature {
            agrees: false,
            note: self.note.to_string(),
            ..Signature::of(moment.fresh(table.proposal.meta.product), table.proposal.meta.id, scope.who.signed_in()?, hat)
        };
        let after = Proposal {
            state: ProposalState::Declined,
            settled_at: Some(moment.now),
            number: Some(table.last_number + 1),
            note: self.note.into(),
            ..table.proposal.clone()
        };
        let objected = Event::created(&PROPOSAL_OBJECTED, &objection).called(&table.proposal.title);
        Ok(vec![objected, Event::changed(&PROPOSAL_DECLINED, &table.proposal, &after)].into())
    }
}

command! {
    /// Takes one's own proposal back.
    pub struct Withdraw in "proposal.withdraw" at Delete "/products/{product}/proposals/{proposal}" [] {
        pub proposal: Id<Proposal>,
    }
}

impl Command for Withdraw {
    const IN_ARCHIVE: bool = true;
    type Before = Proposal;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Proposal> {
        Proposal::get(look, self.proposal)
    }
    fn may(&self, before: &Proposal, scope: &Scope) -> Result<()> {
        still_open(before)?;
        // An assistant takes back only its own; its member may take back either.
        let own = Some(before.author) == scope.who.member && (scope.who.assistant.is_none() || scope.who.assistant == before.assistant);
        match own {
            true => Ok(()),
            false => Err(Refusal::denied("Only its author takes a proposal back. You may decline it instead, if it is yours to decide.")),
        }
    }
    fn title(&self, before: &Proposal) -> String {
        format!("Withdraw “{}”", before.title)
    }
    fn decide(self, before: Proposal, moment: &Moment, _: &Scope) -> Result<Decided> {
        let after = Proposal { state: ProposalState::Withdrawn, settled_at: Some(moment.now), ..before.clone() };
        Ok(Event::changed(&PROPOSAL_WITHDRAWN, &before, &after).into())
    }
}
