//! What is asked about a proposal while it is open: a question to its proposer, which is no refusal, and an objection,
//! which has to be answered before the last signature. Both are comments, and their threads are where they are talked over.

use crate::{commands::still_open, rows, rules::Ending};
use conversation::{Asks, COMMENT_ADDED, Comment, MOST_TEXT, Subject};
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Proposal, Refusal, Result, Scope, Standing, Text, Words, command, kinds};

kinds! {
    ASKED = "comment.asked", "asked about";
    OBJECTED = "comment.objected", "raised an objection to";
    ANSWERED_QUESTION = "comment.question_answered", "settled a question about";
    ANSWERED_OBJECTION = "comment.objection_answered", "settled an objection to";
}

fn subject(proposal: &Proposal) -> Subject {
    Subject { noun: Proposal::TABLE.to_owned(), id: proposal.meta.id, label: proposal.title.clone() }
}

/// Whose it is has other ways: to change it they put it forward anew.
pub(crate) fn is_ones_own(proposal: &Proposal, scope: &Scope) -> bool {
    Some(proposal.author) == scope.who.member
}

command! {
    /// Asks whoever made a proposal something. It declines nothing; it stands at the proposal's top until it is answered.
    pub struct AskProposer in "proposal.ask" at Post "/products/{product}/proposals/{proposal}/questions" [] {
        pub proposal: Id<Proposal>,
        /// In Markdown.
        pub body: Words<MOST_TEXT>,
    }
}

impl Command for AskProposer {
    type Before = Proposal;

    fn load(&self, look: &mut Look) -> Result<Proposal> {
        Proposal::get(look, self.proposal)
    }
    fn authority(&self, before: &Proposal) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, before: &Proposal, scope: &Scope) -> Result<()> {
        still_open(before)?;
        match is_ones_own(before, scope) {
            false => Ok(()),
            true => Err(Refusal::invalid("proposal", "This is your own proposal; say what you have to say in a comment.")),
        }
    }
    fn title(&self, before: &Proposal) -> String {
        format!("Ask about “{}”", before.title)
    }
    fn decide(self, before: Proposal, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let question = Comment { asks: Some(Asks::Question), ..Comment::by(scope, moment, subject(&before), self.body.into())? };
        Ok(Event::created(&ASKED, &question).into())
    }
}

command! {
    /// Objects to a proposal: it is not settled before the objection is answered. Whoever decides declines instead.
    pub struct Object in "proposal.object" at Post "/products/{product}/proposals/{proposal}/counterarguments" [] {
        pub proposal: Id<Proposal>,
        /// What stands against it, in Markdown.
        pub body: Words<MOST_TEXT>,
    }
}

impl Command for Object {
    /// The proposal, and whose objections to it are open.
    type Before = (Proposal, Vec<Comment>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let proposal = Proposal::get(look, self.proposal)?;
        let open = rows::objections(look, self.proposal)?;
        Ok((proposal, open))
    }
    fn authority(&self, (before, _): &Self::Before) -> Authority {
        Authority::Seen(before.area)
    }
    fn may(&self, (before, open): &Self::Before, scope: &Scope) -> Result<()> {
        still_open(before)?;
        scope.by_people("An assistant asks; a person objects.")?;
        if is_ones_own(before, scope) {
            return Err(Refusal::invalid("proposal", "This is your own proposal; withdraw it instead."));
        }
        match open.iter().any(|objection| objection.is_by(scope)) {
            false => Ok(()),
            true => Err(Refusal::invalid("proposal", "Your objection to this is still open; say more in its thread.")),
        }
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Object to “{}”", before.title)
    }
    fn decide(self, (before, _): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let objection = Comment { asks: Some(Asks::Objection), ..Comment::by(scope, moment, subject(&before), self.body.into())? };
        Ok(Event::created(&OBJECTED, &objection).into())
    }
}

command! {
    /// Answers a question or an objection, or says that one's own is answered.
    pub struct Answer in "proposal.answer" at Put "/products/{product}/comments/{comment}/answer" [] {
        /// The question or the objection.
        pub comment: Id<Comment>,
        /// In Markdown; whoever asked needs no words.
        #[serde(default)]
        pub body: Text<MOST_TEXT>,
    }
}

/// How a member stands to what is asked about a proposal.
pub(crate) fn ending(scope: &Scope, proposal: &Proposal, asks: &Comment, says: bool) -> Ending {
    let speaks = scope.who.hats.iter().any(|hat| scope.matrix.standing(proposal.area, *hat) >= Standing::Signs);
    Ending { asked: asks.is_by(scope), proposed: is_ones_own(proposal, scope), decides: speaks && scope.who.assistant.is_none(), says }
}

impl Command for Answer {
    type Before = (Proposal, Comment, Asks);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let comment = Comment::get(look, self.comment)?;
        let asks = comment.asks.ok_or_else(|| Refusal::invalid("comment", "This asks for nothing; answer it in its thread."))?;
        let proposal = Proposal::get(look, Id::new(comment.about_id))?;
        Ok((proposal, comment, asks))
    }
    fn authority(&self, (proposal, ..): &Self::Before) -> Authority {
        Authority::Seen(proposal.area)
    }
    fn may(&self, (proposal, comment, asks): &Self::Before, scope: &Scope) -> Result<()> {
        if comment.resolved_at.is_some() {
            return Err(Refusal::invalid("comment", format!("This {asks} has been answered already.")));
        }
        ending(scope, proposal, comment, !self.body.is_empty()).may(*asks)
    }
    fn title(&self, (proposal, ..): &Self::Before) -> String {
        format!("Answer about “{}”", proposal.title)
    }
    fn decide(self, (proposal, comment, asks): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let kind = if asks == Asks::Question { &ANSWERED_QUESTION } else { &ANSWERED_OBJECTION };
        let ending = ending(scope, &proposal, &comment, true);
        let (hat, standing) = scope.standing(proposal.area);
        let mut after = Comment {
            resolved_at: Some(moment.now),
            resolved_by: scope.who.member,
            resolved_hat: hat.filter(|_| !ending.asked && standing >= Standing::Signs),
            ..comment.clone()
        };
        if self.body.is_empty() {
            return Ok(Event::changed(kind, &comment, &after).into());
        }
        let answer = Comment { parent: Some(comment.id()), ..Comment::by(scope, moment, comment.subject(), self.body.into())? };
        after.answer = Some(answer.id());
        Ok(vec![Event::changed(kind, &comment, &after), Event::created(&COMMENT_ADDED, &answer)].into())
    }
}
