//! Signs under comments: one of each for every member, put there and taken away by the same act.

use crate::{Comment, REACTION_MADE, REACTION_REMOVED, Reaction, Sign};
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Result, Scope, command};

command! {
    /// Puts a sign under a comment, or takes one's own away again.
    pub struct React in "comment.react" at Put "/products/{product}/comments/{comment}/reactions" [] {
        pub comment: Id<Comment>,
        pub sign: Sign,
        /// Whether it is to be there; left out, it is put where it is not and taken away where it is.
        pub on: Option<bool>,
    }
}

impl Command for React {
    /// The comment, and one's own sign of this kind under it.
    type Before = (Comment, Option<Reaction>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let comment = Comment::get(look, self.comment)?;
        let me = look.scope.who.signed_in()?;
        let own =
            Reaction::all(look, "and comment = $2 and member = $3 and sign = $4", &[self.comment.value(), me.value(), self.sign.value()])?.pop();
        Ok((comment, own))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        scope.by_people("An assistant says what it has to say in words.")
    }
    fn title(&self, (comment, _): &Self::Before) -> String {
        format!("React to a comment on {}", comment.about_label)
    }
    fn decide(self, (comment, own): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let label = comment.about_label.clone();
        Ok(match (own, self.on) {
            (Some(own), Some(false) | None) => Event::removed(&REACTION_REMOVED, &own, moment.now).called(label).into(),
            (None, Some(true) | None) => {
                let reaction = Reaction {
                    meta: moment.fresh(comment.meta.product),
                    comment: comment.id(),
                    about_noun: comment.about_noun,
                    about_id: comment.about_id,
                    member: Id::new(scope.who.signed_in()?),
                    sign: self.sign,
                };
                Event::created(&REACTION_MADE, &reaction).called(label).into()
            }
            (Some(_), Some(true)) | (None, Some(false)) => Decided::default(),
        })
    }
}
