//! Hints about a case that somebody has read and does not want to read again.

use crate::{events::*, looked, model::*};
use kernel::{Command, Decided, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, command, event::edit};

command! {
    /// Puts a hint about a case aside, or brings it back. A hint is told by checks that look at words; it judges nothing.
    pub struct PutHintAside in "guided_case.put_hint_aside" at Put "/products/{product}/cases/{guided_case}/hints" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        /// As the check is called, such as `goal dated`.
        pub hint: Line<60>,
        pub aside: bool,
    }
}

impl Command for PutHintAside {
    type Before = GuidedCase;

    fn load(&self, look: &mut Look) -> Result<GuidedCase> {
        GuidedCase::get(look, self.guided_case)
    }
    fn title(&self, before: &GuidedCase) -> String {
        format!("Put a hint aside on “{}”", before.title)
    }
    fn decide(self, before: GuidedCase, _: &Moment, _: &Scope) -> Result<Decided> {
        if !looked::is_told(before.kind, &self.hint) {
            return Err(Refusal::invalid("hint", "No check of such a case is called that."));
        }
        let hint = String::from(self.hint);
        let event = edit(&HINT_ASIDE, &before, |case| {
            case.hints_off.0.retain(|known| *known != hint);
            if self.aside {
                case.hints_off.0.push(hint);
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}
