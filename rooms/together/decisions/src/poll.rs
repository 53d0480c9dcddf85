//! A quick vote on a question: everyone who is asked seals their vote, and all are opened at once, with names. That a vote
//! was sealed is told to its author alone and is no line of activity.

use kernel::{
    Area, Authority, Command, Decided, Event, Heard, Id, Line, Look, Moment, Noun, Proposal, ProposalState, Reading, Refusal, Result, Scope,
    Standing, Text, Uuid, command, kinds, list, noun,
    sealed::{self, Seal, SealForm},
    value::{Column, Packed},
};
use people::Member;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

kinds! {
    POLL_ASKED = "poll.asked", "asked for a vote on";
    POLL_OPENED = "poll.opened", "opened the vote on";
    BALLOT_OPENED = "ballot.opened", "opened a vote on";
    POLL_SEALED = "poll.sealed", "sealed your vote on";
}

noun! {
    /// A vote on a proposal.
    pub struct Poll in "poll" {
        proposal: Id<Proposal>,
        /// Who asked for it.
        member: Uuid,
        question: String,
        options: Packed<Vec<String>>,
        /// The members who are asked.
        asked: Packed<Vec<Uuid>>,
        opened_at: Option<i64>,
    } label(p) p.question.clone();
    about { many: "polls", one: "vote", read: Reading::Of("proposal", "proposal"), part_of: "proposal", titled: true,
      heard: Heard { asks: &["asked"], news: &["opened_at"], new: true, ..Heard::NOTHING },
      hushed: &["asked", "opened_at"], points_at: &[("member", "member")] }
}

noun! {
    /// What one member voted for.
    pub struct Ballot in "ballot" {
        poll: Id<Poll>,
        member: Uuid,
        /// Which of the options, from 0.
        choice: i64,
        note: String,
    } label(_b) "one vote".to_owned();
    about { many: "ballots", read: Reading::Of("poll", "poll"), part_of: "poll", points_at: &[("member", "member")] }
}

/// The form that seals a vote.
pub(crate) const BALLOT: SealForm = SealForm { seals: "poll.seal", opens: "poll.open", says: "note" };

/// What is sealed.
#[derive(Serialize, Deserialize)]
pub(crate) struct Vote {
    pub choice: i64,
    pub note: String,
}

/// So many votes one person asks for on one proposal.
const MOST_VOTES: i64 = 3;

/// So many people are asked at once.
const MOST_ASKED: usize = 100;

command! {
    /// Asks for a vote on a proposal. Votes are sealed until they are opened, by whoever asked or once all have voted.
    pub struct AskForVote in "poll.ask" at Post "/products/{product}/proposals/{proposal}/polls" [] {
        pub proposal: Id<Proposal>,
        pub question: Line<300>,
        /// Two to five, one on each line.
        pub options: Text<2_000>,
        /// The members who are asked, by their ids; everyone in the product when left out.
        #[serde(default)]
        pub asked: Vec<Id<Member>>,
    }
}

impl Command for AskForVote {
    /// The proposal, who of those that are asked sees it, and how many votes the asker has asked for on it.
    type Before = (Proposal, Vec<Uuid>, i64);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let proposal = Proposal::get(look, self.proposal)?;
        let sees = match self.asked.is_empty() {
            true => people(look, proposal.area)?.into_iter().map(|(id, _)| id).collect(),
            false => these(look, proposal.area, self.asked.iter().map(|id| id.0))?,
        };
        let asked =
            look.number("select count(*) from poll where proposal = $1 and member = $me and removed_at is null", &[proposal.meta.id.value()])?;
        Ok((proposal, sees, asked))
    }
    fn authority(&self, (proposal, ..): &Self::Before) -> Authority {
        Authority::Seen(proposal.area)
    }
    fn may(&self, (proposal, _, asked): &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        if *asked >= MOST_VOTES {
            return Err(Refusal::invalid("question", format!("You have asked for {MOST_VOTES} votes on this already.")));
        }
        match proposal.state {
            ProposalState::Open => Ok(()),
            state => Err(Refusal::invalid("proposal", format!("This proposal is {state} already."))),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Ask for a vote: {}", self.question)
    }
    fn decide(self, (proposal, people, _): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut options: Vec<String> = vec![];
        for line in self.options.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if !options.iter().any(|known| known == line) {
                options.push(kernel::trimmed("options", line, 200)?);
            }
        }
        if !(2..=5).contains(&options.len()) {
            return Err(Refusal::invalid("options", "Two to five different options can be voted on, one on each line."));
        }
        let mut asked = if self.asked.is_empty() { people.clone() } else { self.asked.iter().map(|id| id.0).collect() };
        asked.sort();
        asked.dedup();
        if asked.iter().any(|member| !people.contains(member)) {
            return Err(Refusal::NotFound);
        }
        if asked.len() > MOST_ASKED {
            return Err(Refusal::invalid("asked", format!("{} are too many to ask at once; {MOST_ASKED} fit.", asked.len())));
        }
        let poll = Poll {
            meta: moment.fresh(Some(scope.product_id()?)),
            proposal: proposal.id(),
            member: scope.who.signed_in()?,
            question: self.question.into(),
            options: Packed(options),
            asked: Packed(asked),
            opened_at: None,
        };
        Ok(Event::created(&POLL_ASKED, &poll).into())
    }
}

/// A vote that is on, and what has been sealed in it.
pub struct Voting {
    poll: Poll,
    proposal: Proposal,
    /// Who of those that are asked sees the question now; for nobody else is waited.
    here: Vec<Uuid>,
    sealed: Vec<(Uuid, Vote)>,
}

fn voting(look: &mut Look, id: Id<Poll>) -> Result<Voting> {
    let poll = Poll::get(look, id)?;
    let proposal = Proposal::get(look, poll.proposal)?;
    let read =
        |(member, body): (Uuid, String)| kernel::serde_json::from_str(&body).map(|vote| (member, vote)).map_err(|e| Refusal::broken(e.to_string()));
    let sealed = sealed::all(look, poll.meta.id)?.into_iter().map(read).collect::<Result<_>>()?;
    let here = these(look, proposal.area, poll.asked.iter().copied())?;
    Ok(Voting { poll, proposal, here, sealed })
}

impl Voting {
    fn is_on(&self) -> Result<()> {
        match self.poll.opened_at {
            None => Ok(()),
            Some(_) => Err(Refusal::invalid("poll", "This vote has been opened already.")),
        }
    }

    /// Makes nouns of what was sealed.
    fn opened(self, moment: &Moment) -> Decided {
        let after = Poll { opened_at: Some(moment.now), ..self.poll.clone() };
        let mut events = vec![Event::changed(&POLL_OPENED, &self.poll, &after)];
        for (member, vote) in self.sealed {
            let ballot = Ballot { meta: moment.fresh(self.poll.meta.product), poll: self.poll.id(), member, choice: vote.choice, note: vote.note };
            events.push(Event::created(&BALLOT_OPENED, &ballot).called(&self.poll.question));
        }
        Decided { unseals: vec![self.poll.meta.id], ..events.into() }
    }
}

command! {
    /// Seals one's vote; nobody else reads it before the vote is opened, and until then it can be changed. The last one
    /// who votes opens it.
    pub struct SealVote in "poll.seal" at Put "/products/{product}/polls/{poll}/vote" [] {
        pub poll: Id<Poll>,
        /// Which of the options, from 0.
        pub choice: i64,
        /// Why, if it is to be said.
        #[serde(default)]
        pub note: Text<2_000>,
    }
}

impl Command for SealVote {
    type Before = Voting;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Voting> {
        voting(look, self.poll)
    }
    fn authority(&self, before: &Voting) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Voting, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        before.is_on()?;
        match scope.who.member.is_some_and(|me| before.poll.asked.contains(&me)) {
            true => Ok(()),
            false => Err(Refusal::denied("You are not among those who are asked here.")),
        }
    }
    fn title(&self, before: &Voting) -> String {
        format!("Vote on “{}”", before.poll.question)
    }
    fn decide(self, mut before: Voting, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = scope.who.signed_in()?;
        if usize::try_from(self.choice).is_ok_and(|choice| choice >= before.poll.options.len()) || self.choice < 0 {
            return Err(Refusal::invalid("choice", "Choose one of the options."));
        }
        let vote = Vote { choice: self.choice, note: self.note.into() };
        before.sealed.retain(|(member, _)| *member != me);
        let waited = |member: &&Uuid| **member != me && before.here.contains(member);
        let all = before.poll.asked.iter().filter(waited).all(|member| before.sealed.iter().any(|(sealed, _)| sealed == member));
        if all {
            before.sealed.push((me, vote));
            return Ok(before.opened(moment));
        }
        let body = kernel::serde_json::to_string(&vote).map_err(|e| Refusal::broken(e.to_string()))?;
        let seal = Seal { round: before.poll.meta.id, noun: Poll::TABLE, body, kind: &POLL_SEALED, label: before.poll.question };
        Ok(Decided { seals: vec![seal], ..Decided::default() })
    }
}

command! {
    /// Opens a vote that one asked for: from now on everyone sees who voted for what.
    pub struct OpenVote in "poll.open" at Post "/products/{product}/polls/{poll}/opening" [] {
        pub poll: Id<Poll>,
    }
}

impl Command for OpenVote {
    type Before = Voting;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Voting> {
        voting(look, self.poll)
    }
    fn authority(&self, before: &Voting) -> Authority {
        Authority::Seen(before.proposal.area)
    }
    fn may(&self, before: &Voting, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        before.is_on()?;
        // Who decides here may end a vote whose asker has left, or that nobody wants.
        match scope.who.member == Some(before.poll.member) || scope.standing(before.proposal.area).1 >= Standing::Signs {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever asked for this vote opens it, whoever decides here, or the last one who votes.")),
        }
    }
    fn title(&self, before: &Voting) -> String {
        format!("Open the vote on “{}”", before.poll.question)
    }
    fn decide(self, before: Voting, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.opened(moment))
    }
}

fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("An assistant does not vote; people do.")
}

/// What those are called who are asked in some votes.
pub(crate) fn names(look: &mut Look, votes: &[Shown]) -> Result<HashMap<Uuid, String>> {
    people::names_of(look, votes.iter().flat_map(|vote| vote.poll.asked.iter().copied()))
}

/// Whoever of some members sees matters of an area.
pub(crate) fn these(look: &mut Look, area: Area, members: impl IntoIterator<Item = Uuid>) -> Result<Vec<Uuid>> {
    Ok(people::these_see(look, area, members)?.into_iter().map(|person| person.id).collect())
}

/// Whoever can be chosen for a matter of an area, by name.
pub(crate) fn people(look: &mut Look, area: Area) -> Result<Vec<(Uuid, String)>> {
    Ok(people::who_see(look, area)?.into_iter().map(|person| (person.id, person.name)).collect())
}

/// A vote as its page shows it.
pub(crate) struct Shown {
    pub poll: Poll,
    /// Who has voted so far, while it is sealed.
    pub sealed: Vec<Uuid>,
    /// What the reader sealed themself.
    pub own: Option<Vote>,
    /// What was opened.
    pub ballots: Vec<Ballot>,
    /// Whether the reader decides in what it is about.
    pub decides: bool,
}

/// The votes on some proposals, the newest first.
pub(crate) fn on(look: &mut Look, proposals: &[(Uuid, Area)]) -> Result<Vec<Shown>> {
    let polls =
        Poll::all(look, "and proposal in each($2) order by created_at desc, id desc limit 200", &[list(proposals.iter().map(|(id, _)| *id))])?;
    if polls.is_empty() {
        return Ok(vec![]);
    }
    let sealed = sealed::who(look, polls.iter().filter(|p| p.opened_at.is_none()).map(|p| p.meta.id))?;
    let ballots = Ballot::all(look, "and poll in each($2) order by choice, id", &[list(polls.iter().map(|p| p.meta.id))])?;
    let mut own = sealed::own(look, polls.iter().map(|p| p.meta.id))?;
    let mut shown = vec![];
    for poll in polls {
        let own =
            own.remove(&poll.meta.id).map(|body| kernel::serde_json::from_str(&body).map_err(|e| Refusal::broken(e.to_string()))).transpose()?;
        let area = proposals.iter().find(|(id, _)| *id == poll.proposal.0).map(|(_, area)| *area);
        shown.push(Shown {
            decides: area.is_some_and(|area| look.scope.standing(area).1 >= Standing::Signs),
            sealed: sealed.iter().filter(|(round, _)| *round == poll.meta.id).map(|(_, member)| *member).collect(),
            ballots: ballots.iter().filter(|b| b.poll == poll.id()).cloned().collect(),
            own,
            poll,
        });
    }
    Ok(shown)
}
