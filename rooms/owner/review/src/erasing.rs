//! Erasing somebody who said something at a review without an account, at their wish or by law: the name they gave, and where
//! it is asked for what they said, here, in the inbox and wherever it was cut out of there.

use crate::{FEEDBACK_ERASED, model::*};
use customers::{Evidence, with_what_was_cut};
use kernel::{
    Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, command,
    erasure::{ERASED, Wipe},
    event::edit,
};

command! {
    /// Erases who said something at a review by its link: the name they gave; with `said` also their words, at the review and
    /// in the inbox. It cannot be taken back.
    pub struct EraseFeedback in "review_feedback.erase" at Delete "/products/{product}/review-feedback/{review_feedback}/author" [Customers] {
        pub review_feedback: Id<ReviewFeedback>,
        /// Also what they said, word for word.
        #[serde(default)]
        pub said: bool,
    }
}

impl Command for EraseFeedback {
    type Before = (ReviewFeedback, Vec<Evidence>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feedback = ReviewFeedback::get(look, self.review_feedback)?;
        let evidence = with_what_was_cut(look.reader, [feedback.evidence])?;
        Ok((feedback, evidence))
    }
    fn title(&self, _: &Self::Before) -> String {
        // No word of what goes.
        "Erase who said something at a review".into()
    }
    fn decide(self, (feedback, evidence): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if feedback.member.is_some() {
            let why = "A member said this; their account is erased by whoever runs the workspace.";
            return Err(Refusal::invalid("review_feedback", why));
        }
        if feedback.name.is_empty() && (!self.said || feedback.body == ERASED) {
            let more = if feedback.body == ERASED { "" } else { " What it says can still be erased, too." };
            return Err(Refusal::invalid("review_feedback", format!("Nothing tells who said this.{more}")));
        }
        let said = self.said;
        let event = edit(&FEEDBACK_ERASED, &feedback, |f| {
            f.name = String::new();
            if said {
                f.body = ERASED.into();
            }
            Ok(())
        })?;
        let fields: &'static [&'static str] = if said { &["name", "body"] } else { &["name"] };
        let words = if said { vec![feedback.body.clone()] } else { vec![] };
        let wipe = Wipe { noun: ReviewFeedback::TABLE, id: feedback.meta.id, fields, called: said, said: words };
        let (told, wiped) = customers::erased(&evidence, |e| (nameless(&e.source, &feedback.name), said.then(|| ERASED.into())))?;
        let events: Vec<_> = [event].into_iter().chain(told).collect();
        Ok(Decided { wipes: [wipe].into_iter().chain(wiped).collect(), untold: true, ..events.into() })
    }
}

/// Where something was said, without the name at its end, of which a long title may have left only the beginning.
fn nameless(source: &str, name: &str) -> String {
    let at = source.rfind(", by ").filter(|at| !name.is_empty() && name.starts_with(&source[at + ", by ".len()..]));
    at.map_or(source, |at| &source[..at]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::nameless;

    #[test]
    fn only_the_name_at_the_end_goes() {
        let told = |source: &str| nameless(source, "Ada Lind");
        assert_eq!(told("Review of S1, on “Pay, by card”, by Ada Lind"), "Review of S1, on “Pay, by card”");
        assert_eq!(told("Review of S1, by Ada L"), "Review of S1", "a long title left a part of it");
        assert_eq!(told("Review of S1, by Adam"), "Review of S1, by Adam", "somebody wrote another there");
        assert_eq!(nameless("Review of S1, by ", ""), "Review of S1, by ");
    }
}
