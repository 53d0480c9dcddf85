//! What stands behind a note, and which pains and gains relievers and creators answer.

use crate::{events::*, model::*};
use customers::Evidence;
use kernel::{Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Tie, command, relation::Ends};

/// Evidence, a note, and the link between them, if any.
fn behind(look: &mut Look, evidence: Id<Evidence>, note: Id<CanvasNote>) -> Result<Ends> {
    let (evidence, note) = (Evidence::get(look, evidence)?, CanvasNote::get(look, note)?);
    Ends::read(look, &evidence, Tie::Supports, &note)
}

command! {
    /// Says that evidence supports a note on a canvas.
    pub struct SupportNote in "canvas_note.support" at Put "/products/{product}/canvas-notes/{canvas_note}/evidence/{evidence}" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for SupportNote {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.canvas_note)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&NOTE_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that evidence supports a note on a canvas.
    pub struct UnsupportNote in "canvas_note.unsupport" at Delete "/products/{product}/canvas-notes/{canvas_note}/evidence/{evidence}" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        pub evidence: Id<Evidence>,
    }
}

impl Command for UnsupportNote {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        behind(look, self.evidence, self.canvas_note)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&NOTE_UNLINKED, moment.now)?.into())
    }
}

/// A reliever or creator, what it answers, and the link between them, if any.
pub struct Answer {
    ends: Ends,
    note: CanvasNote,
    answered: CanvasNote,
}

impl Answer {
    fn read(look: &mut Look, note: Id<CanvasNote>, answered: Id<CanvasNote>) -> Result<Answer> {
        let (note, answered) = (CanvasNote::get(look, note)?, CanvasNote::get(look, answered)?);
        Ok(Answer { ends: Ends::read(look, &note, Tie::Addresses, &answered)?, note, answered })
    }

    /// Refuses what is no answer: relievers answer pains, creators gains, of the same canvas.
    fn fits(&self) -> Result<()> {
        match self.note.cell.answers() {
            None => Err(Refusal::invalid("canvas_note", "Only pain relievers and gain creators answer something.")),
            Some(cell) if self.answered.cell != cell || self.answered.canvas != self.note.canvas => {
                Err(Refusal::invalid("answered", format!("A note under {} answers {} of the same canvas.", self.note.cell.says(), cell.says())))
            }
            Some(_) => Ok(()),
        }
    }
}

command! {
    /// Says which pain a reliever takes away, or which gain a creator brings about.
    pub struct AnswerNote in "canvas_note.answer" at Put "/products/{product}/canvas-notes/{canvas_note}/answers/{answered}" [Strategy] {
        /// The pain reliever or gain creator.
        pub canvas_note: Id<CanvasNote>,
        /// The pain or gain of the same canvas.
        pub answered: Id<CanvasNote>,
    }
}

impl Command for AnswerNote {
    type Before = Answer;

    fn load(&self, look: &mut Look) -> Result<Answer> {
        Answer::read(look, self.canvas_note, self.answered)
    }
    fn title(&self, before: &Answer) -> String {
        format!("Link: {}", before.ends.told())
    }
    fn decide(self, before: Answer, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.fits()?;
        Ok(before.ends.link(&NOTE_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that a reliever or creator answers a pain or gain.
    pub struct UnanswerNote in "canvas_note.unanswer" at Delete "/products/{product}/canvas-notes/{canvas_note}/answers/{answered}" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        pub answered: Id<CanvasNote>,
    }
}

impl Command for UnanswerNote {
    type Before = Answer;

    fn load(&self, look: &mut Look) -> Result<Answer> {
        Answer::read(look, self.canvas_note, self.answered)
    }
    fn title(&self, before: &Answer) -> String {
        format!("Unlink: {}", before.ends.told())
    }
    fn decide(self, before: Answer, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.ends.unlink(&NOTE_UNLINKED, moment.now)?.into())
    }
}
