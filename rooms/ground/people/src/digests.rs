//! Who wants a letter in the morning. What stands in it is the business of those who write it.

use crate::{events::*, model::*};
use kernel::{Authority, Column, Command, Decided, Event, Id, Look, Moment, Refusal, Result, Scope, command, look::find_rows};

/// A member's wish, if there is one.
pub fn digest_of(look: &mut Look, member: Id<Member>) -> Result<Option<Digest>> {
    Ok(find_rows(look.reader, "where member = $1 and removed_at is null", &[member.value()])?.pop())
}

pub(crate) fn digest(look: &mut Look, id: Id<Digest>) -> Result<Digest> {
    find_rows(look.reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

command! {
    /// Has a letter sent to oneself on weekday mornings, with what waits and what is due; or no more.
    pub struct WantDigest in "digest.want" at Put "/account/digest" [] {
        pub wanted: bool,
    }
}

impl Command for WantDigest {
    type Before = Option<Digest>;
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let me = Id::new(look.scope.who.signed_in()?);
        digest_of(look, me)
    }
    fn title(&self, _: &Self::Before) -> String {
        "A letter in the morning".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(match (before, self.wanted) {
            (None, true) => {
                let wish = Digest { meta: moment.fresh(None), member: Id::new(scope.who.signed_in()?) };
                Event::created(&DIGEST_WANTED, &wish).into()
            }
            (Some(wish), false) => Event::removed(&DIGEST_STOPPED, &wish, moment.now).into(),
            _ => Decided::default(),
        })
    }
}

command! {
    /// Stops the letter in the morning, from a link that stands in it.
    pub struct StopDigest in "digest.stop" inside {
        pub digest: Id<Digest>,
    }
}

impl Command for StopDigest {
    type Before = Digest;
    const AUTHORITY: Authority = Authority::Nobody;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Digest> {
        digest(look, self.digest)
    }
    fn title(&self, _: &Digest) -> String {
        "No letter in the morning".into()
    }
    fn decide(self, before: Digest, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Decided { author: Some(before.member.0), ..Event::removed(&DIGEST_STOPPED, &before, moment.now).into() })
    }
}
