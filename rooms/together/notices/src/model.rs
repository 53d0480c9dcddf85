//! What a member is told, what they watch, and how they want to hear. All of it is theirs alone.

use kernel::{Home, Id, Reading, Uuid, noun, words};
use people::Member;

words! {
    /// Why somebody hears of something; of several reasons the first counts.
    pub enum Why { Named = "named", Assigned = "assigned" says "given something", ToSign = "to_sign" says "asked to sign or to vote", Due = "due" says "reminded", Answered = "answered", Watched = "watched" }
}

words! {
    /// What somebody is reminded of; the thing stands behind it.
    pub enum Due { Sign = "sign" says "Your signature is waited for:", Settle = "settle" says "Left to you to settle:", Review = "review" says "Did it hold?", Deadlock = "deadlock" says "Past its day without an answer:", Agreement = "agreement" says "To be looked at again:", Rate = "rate" says "To be rated:", Estimate = "estimate" says "To be estimated:", Week = "week" says "Ten minutes for the two of you:", Tell = "tell" says "To be told:", Promise = "promise" says "Promised, and due:", Check = "check" says "Last looked at half a year ago:", Outcome = "outcome" says "What came of it?", StandUp = "stand_up" says "Yours is waited for:", Action = "action" says "Agreed at the retrospective, and due:", Reviewed = "reviewed" says "Two have said what they think of your answer:" }
}

words! {
    /// How somebody hears.
    pub enum Way { Mail = "mail" says "here, and by mail at once", Letter = "letter" says "here, and in the letter of the morning", Here = "here", Not = "not" says "not at all" }
}

words! {
    /// What somebody hears of a thing.
    pub enum Mode { Watching = "watching", Asked = "asked" says "heard of when named or asked", Muted = "muted" }
}

noun! {
    /// Something that a member is told of.
    pub struct Notice in "notice" {
        member: Id<Member>,
        why: Why,
        product_of: Uuid,
        /// The thing it is about: its noun and its id.
        about_noun: String,
        about_id: Uuid,
        /// The line of activity that tells it, and its act.
        line: String,
        act: String,
        /// Who did it.
        actor: Option<Uuid>,
        /// What it reminds of, where nobody did anything; then there is no line, and the act is the occasion.
        due: Option<Due>,
    } label(n) n.why.says().to_owned();
    about { many: "notices", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      hushed: &["member", "about_noun", "about_id", "line", "act", "actor", "product_of", "why", "due"],
      points_at: &[("product_of", "product"), ("actor", "member")], fades: Some(("created_at", 90)) }
}

noun! {
    /// What a member has said about hearing of a thing. Whoever began it, works on it or has remarked on it watches it
    /// without a word.
    pub struct Watch in "watch" {
        member: Id<Member>,
        product_of: Uuid,
        about_noun: String,
        about_id: Uuid,
        mode: Mode,
    } label(w) w.mode.says().to_owned();
    about { many: "watches", one: "watch", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      hushed: &["member", "about_noun", "about_id", "product_of"], points_at: &[("product_of", "product")] }
}

noun! {
    /// How a member wants to hear, by why. Its id stands in each letter, and whoever has it may end those letters.
    pub struct NoticeWish in "notice_wish" {
        member: Id<Member>,
        named: Way,
        assigned: Way,
        to_sign: Way,
        answered: Way,
        watched: Way,
        /// Hours in which no letter is sent, in the member's own zone: `22:00`; empty where there are none.
        quiet_from: String,
        quiet_until: String,
        /// Of what is due; as usual where nothing was said.
        due: Option<Way>,
    } label(_w) "what to hear of, and how".to_owned();
    about { many: "notice-wishes", one: "wish for notices", home: Home::Member, read: Reading::Own("member"), made_anew: true, hushed: &["member"],
      called: &[("to_sign", "asked to sign or to vote"), ("quiet_from", "quiet from"), ("quiet_until", "quiet until")] }
}

/// Where nobody has said how: whoever has the letter of the morning finds it there.
pub(crate) const USUAL: Way = Way::Letter;

impl NoticeWish {
    pub fn way(&self, why: Why) -> Way {
        match why {
            Why::Named => self.named,
            Why::Assigned => self.assigned,
            Why::ToSign => self.to_sign,
            Why::Answered => self.answered,
            Why::Watched => self.watched,
            Why::Due => self.due.unwrap_or(USUAL),
        }
    }

    pub(crate) fn ways(&mut self) -> impl Iterator<Item = &mut Way> {
        [&mut self.named, &mut self.assigned, &mut self.to_sign, &mut self.answered, &mut self.watched].into_iter().chain(&mut self.due)
    }
}

/// How a member hears, by what they have said, if anything.
pub(crate) fn way(wish: Option<&NoticeWish>, why: Why) -> Way {
    wish.map_or(USUAL, |wish| wish.way(why))
}
