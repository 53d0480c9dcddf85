//! What a member wants to hear of, and how.

use crate::{
    events::*,
    model::{NoticeWish, USUAL, Way},
    quiet,
};
use kernel::{Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Waits, command, give, look::find_rows};

/// The asker's own wish; none where they have said nothing.
pub(crate) fn own(look: &mut Look) -> Result<Option<NoticeWish>> {
    Ok(NoticeWish::all(look, "", &[])?.pop())
}

pub(crate) fn wish(look: &mut Look, id: Id<NoticeWish>) -> Result<NoticeWish> {
    find_rows(look.reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

command! {
    /// Says what one wants to hear of and how, and in which hours no letter is to come. What is left out stays as it is.
    pub struct SetWish in "notice_wish.set" at Put "/account/notice-wish" [] {
        /// Where one is named.
        pub named: Option<Way>,
        /// What one is given to work on.
        pub assigned: Option<Way>,
        /// What one is asked to sign, or to vote on.
        pub to_sign: Option<Way>,
        /// An answer to what one said or put forward.
        pub answered: Option<Way>,
        /// What happens to what one watches.
        pub watched: Option<Way>,
        /// What is due: a signature that is waited for, a decision that comes back.
        pub due: Option<Way>,
        /// In one's own time zone, as 22:00; empty for none.
        pub quiet_from: Option<String>,
        pub quiet_until: Option<String>,
    }
}

impl Command for SetWish {
    type Before = Option<NoticeWish>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Choose what to hear of".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut after = match &before {
            Some(wish) => wish.clone(),
            None => NoticeWish {
                meta: moment.fresh(None),
                member: Id::new(scope.who.signed_in()?),
                named: USUAL,
                assigned: USUAL,
                to_sign: USUAL,
                answered: USUAL,
                watched: USUAL,
                quiet_from: String::new(),
                quiet_until: String::new(),
                due: None,
            },
        };
        give(&mut after.named, self.named);
        give(&mut after.assigned, self.assigned);
        give(&mut after.to_sign, self.to_sign);
        give(&mut after.answered, self.answered);
        give(&mut after.watched, self.watched);
        if self.due.is_some() {
            after.due = self.due;
        }
        if let Some(typed) = self.quiet_from {
            after.quiet_from = quiet::time("quiet_from", &typed)?;
        }
        if let Some(typed) = self.quiet_until {
            after.quiet_until = quiet::time("quiet_until", &typed)?;
        }
        if after.quiet_from.is_empty() != after.quiet_until.is_empty() {
            let field = if after.quiet_from.is_empty() { "quiet_from" } else { "quiet_until" };
            return Err(Refusal::invalid(field, "Say both when it begins and when it ends, or neither."));
        }
        Ok(match before {
            Some(before) => Event::changed(&WISH_SAID, &before, &after).into(),
            None => Event::created(&WISH_SAID, &after).into(),
        })
    }
}

command! {
    /// Ends letters at once, from a link that stands in one; what they would have told stands in the letter of the morning.
    pub struct StopMail in "notice_wish.stop_mail" inside {
        pub wish: Id<NoticeWish>,
    }
}

impl Command for StopMail {
    type Before = NoticeWish;
    const AUTHORITY: Authority = Authority::Nobody;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<NoticeWish> {
        wish(look, self.wish)
    }
    fn title(&self, _: &NoticeWish) -> String {
        "No letters at once".into()
    }
    fn decide(self, before: NoticeWish, _: &Moment, _: &Scope) -> Result<Decided> {
        let mut after = before.clone();
        for way in after.ways() {
            if *way == Way::Mail {
                *way = Way::Letter;
            }
        }
        Ok(Decided { author: Some(before.member.0), ..Event::changed(&WISH_SAID, &before, &after).into() })
    }
}
