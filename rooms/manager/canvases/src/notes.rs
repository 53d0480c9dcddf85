//! Notes on canvases: written, changed, moved between boxes, removed.

use crate::{boxes::Cell, events::*, model::*, rows};
use customers::Need;
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Rank, Ref, Refusal, Result, Scope, Words, command, event::edit, give};
use roadmap::{Feature, Initiative};

/// So many notes fill a canvas; more are no picture any more.
pub(crate) const MOST: usize = 200;

/// Refuses a box that a canvas doesn't have.
fn has(canvas: &Canvas, cell: Cell) -> Result<()> {
    match canvas.kind.cells().contains(&cell) {
        true => Ok(()),
        false => Err(Refusal::invalid("cell", format!("A {} has no box “{}”.", canvas.kind.says(), cell.says()))),
    }
}

command! {
    /// Writes a note into a box of a canvas, behind those that stand there.
    pub struct WriteNote in "canvas_note.write" at Post "/products/{product}/canvases/{canvas}/notes" [Strategy] {
        pub canvas: Id<Canvas>,
        pub cell: Cell,
        pub body: Words<500>,
        /// The need that it speaks of.
        pub need: Option<Id<Need>>,
    }
}

impl Command for WriteNote {
    type Before = (Canvas, Vec<CanvasNote>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        self.need.map(|id| Need::get(look, id)).transpose()?;
        Ok((Canvas::get(look, self.canvas)?, rows::notes(look, self.canvas)?))
    }
    fn title(&self, (canvas, _): &Self::Before) -> String {
        format!("Write on “{}”, {}: {}", canvas.title, self.cell.says(), web::clipped(&self.body, 90))
    }
    fn decide(self, (canvas, notes): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        has(&canvas, self.cell)?;
        if notes.len() >= MOST {
            return Err(Refusal::invalid(
                "body",
                format!("{MOST} notes stand on this canvas; more cannot be taken in at a glance. Remove some, or begin another."),
            ));
        }
        let last = notes.iter().filter(|note| note.cell == self.cell).map(|note| &note.rank).max();
        let note = CanvasNote {
            meta: moment.fresh(Some(scope.product_id()?)),
            canvas: canvas.id(),
            cell: self.cell,
            body: self.body.into(),
            rank: Rank::between(last, None),
            need: self.need,
            initiative: None,
            feature: None,
            risk: None,
            assumption_test: None,
        };
        Ok(Event::created(&NOTE_WRITTEN, &note).into())
    }
}

command! {
    /// Changes a note, and what of needs and work it is tied to.
    pub struct EditNote in "canvas_note.edit" at Patch "/products/{product}/canvas-notes/{canvas_note}" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        pub body: Option<Words<500>>,
        /// The need that it speaks of.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Need>>")]
        pub need: Option<Option<Id<Need>>>,
        /// The initiative that delivers it: number, key or id.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub initiative: Option<Option<Ref>>,
        /// The feature that delivers it: number, key or id.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Ref>")]
        pub feature: Option<Option<Ref>>,
    }
}

/// What is named anew, if anything is; an empty reference takes away what was.
fn tied<T>(given: Option<&Option<Ref>>, find: impl FnOnce(&Ref) -> Result<Id<T>>) -> Result<Option<Option<Id<T>>>> {
    let Some(given) = given else { return Ok(None) };
    given.as_ref().filter(|at| !at.0.trim().is_empty()).map(find).transpose().map(Some)
}

/// A note, and the work that it is to be tied to.
pub struct Tying {
    note: CanvasNote,
    initiative: Option<Option<Id<Initiative>>>,
    feature: Option<Option<Id<Feature>>>,
}

impl Command for EditNote {
    type Before = Tying;

    fn load(&self, look: &mut Look) -> Result<Tying> {
        self.need.flatten().map(|id| Need::get(look, id)).transpose()?;
        let note = CanvasNote::get(look, self.canvas_note)?;
        let initiative = tied(self.initiative.as_ref(), |at| Ok(roadmap::initiative(look, at)?.id()))?;
        let feature = tied(self.feature.as_ref(), |at| Ok(roadmap::feature(look, at)?.id()))?;
        Ok(Tying { note, initiative, feature })
    }
    fn title(&self, before: &Tying) -> String {
        format!("Change on a canvas: {}", before.note.label())
    }
    fn decide(self, before: Tying, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&NOTE_EDITED, &before.note, |n| {
            give(&mut n.body, self.body);
            give(&mut n.need, self.need);
            give(&mut n.initiative, before.initiative);
            give(&mut n.feature, before.feature);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Moves a note to a box and a place in it; at the end where no place is named.
    pub struct MoveNote in "canvas_note.move" at Put "/products/{product}/canvas-notes/{canvas_note}/place" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
        pub cell: Cell,
        /// The one it goes behind.
        pub after: Option<Id<CanvasNote>>,
        /// The one it goes ahead of.
        pub before: Option<Id<CanvasNote>>,
    }
}

/// A note, its canvas and what else stands there.
pub struct Moving {
    note: CanvasNote,
    canvas: Canvas,
    others: Vec<CanvasNote>,
}

impl Command for MoveNote {
    type Before = Moving;

    fn load(&self, look: &mut Look) -> Result<Moving> {
        let note = CanvasNote::get(look, self.canvas_note)?;
        let canvas = Canvas::get(look, note.canvas)?;
        let mut others = rows::notes(look, note.canvas)?;
        others.retain(|other| other.id() != note.id());
        Ok(Moving { note, canvas, others })
    }
    fn title(&self, before: &Moving) -> String {
        format!("Move to {}: {}", self.cell.says(), before.note.label())
    }
    fn decide(self, before: Moving, _: &Moment, _: &Scope) -> Result<Decided> {
        has(&before.canvas, self.cell)?;
        let rank = place(&before.others, self.cell, self.after, self.before)?;
        Ok(edit(&NOTE_MOVED, &before.note, |n| {
            let stays = n.cell == self.cell && self.after.is_none() && self.before.is_none();
            if !stays {
                (n.cell, n.rank) = (self.cell, rank);
            }
            Ok(())
        })?
        .into())
    }
}

/// A place among the other notes of a box, which are in their order.
fn place(others: &[CanvasNote], cell: Cell, after: Option<Id<CanvasNote>>, before: Option<Id<CanvasNote>>) -> Result<Rank> {
    let here: Vec<&CanvasNote> = others.iter().filter(|note| note.cell == cell).collect();
    let find = |id: Id<CanvasNote>| here.iter().position(|note| note.id() == id).ok_or(Refusal::NotFound);
    let at = match (after, before) {
        (Some(id), _) => find(id)? + 1,
        (None, Some(id)) => find(id)?,
        (None, None) => here.len(),
    };
    let above = at.checked_sub(1).and_then(|i| here.get(i)).map(|note| &note.rank);
    Ok(Rank::between(above, here.get(at).map(|note| &note.rank)))
}

command! {
    /// Takes a note from its canvas; what became of it stays.
    pub struct RemoveNote in "canvas_note.remove" at Delete "/products/{product}/canvas-notes/{canvas_note}" [Strategy] {
        pub canvas_note: Id<CanvasNote>,
    }
}

impl Command for RemoveNote {
    type Before = CanvasNote;

    fn load(&self, look: &mut Look) -> Result<CanvasNote> {
        CanvasNote::get(look, self.canvas_note)
    }
    fn title(&self, before: &CanvasNote) -> String {
        format!("Take from a canvas: {}", before.label())
    }
    fn decide(self, before: CanvasNote, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&NOTE_REMOVED, &before, moment.now).into())
    }
}
