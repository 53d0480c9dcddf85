//! Commands about canvases as a whole.

use crate::{boxes::Kind, events::*, model::*, rows};
use customers::Segment;
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, command, event::edit, give};
use research::Persona;

command! {
    /// Begins a canvas: a lean or business model canvas, a value proposition, SWOT, five forces or PESTLE.
    pub struct BeginCanvas in "canvas.begin" at Post "/products/{product}/canvases" [Strategy] {
        pub kind: Kind,
        pub title: Line<200>,
        #[serde(default)]
        pub note: Text<5_000>,
        /// Of a value proposition, whose jobs, pains and gains they are.
        pub segment: Option<Id<Segment>>,
        pub persona: Option<Id<Persona>>,
    }
}

/// They are there, and whoever asks may see them.
fn known(look: &mut Look, segment: Option<Id<Segment>>, persona: Option<Id<Persona>>) -> Result<()> {
    segment.map(|id| Segment::get(look, id)).transpose()?;
    persona.map(|id| Persona::get(look, id)).transpose()?;
    Ok(())
}

impl Command for BeginCanvas {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        known(look, self.segment, self.persona)
    }
    fn title(&self, (): &()) -> String {
        format!("Begin the canvas “{}”", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let canvas = Canvas {
            meta: moment.fresh(Some(scope.product_id()?)),
            kind: self.kind,
            title: self.title.into(),
            note: self.note.into(),
            segment: self.segment,
            persona: self.persona,
        };
        Ok(Event::created(&CANVAS_BEGUN, &canvas).into())
    }
}

command! {
    /// Changes what a canvas is called, what it is about and for whom it is.
    pub struct EditCanvas in "canvas.edit" at Patch "/products/{product}/canvases/{canvas}" [Strategy] {
        pub canvas: Id<Canvas>,
        pub title: Option<Line<200>>,
        pub note: Option<Text<5_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Segment>>")]
        pub segment: Option<Option<Id<Segment>>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Persona>>")]
        pub persona: Option<Option<Id<Persona>>>,
    }
}

impl Command for EditCanvas {
    type Before = Canvas;

    fn load(&self, look: &mut Look) -> Result<Canvas> {
        known(look, self.segment.flatten(), self.persona.flatten())?;
        Canvas::get(look, self.canvas)
    }
    fn title(&self, before: &Canvas) -> String {
        format!("Change the canvas “{}”", before.title)
    }
    fn decide(self, before: Canvas, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&CANVAS_EDITED, &before, |c| {
            give(&mut c.title, self.title);
            give(&mut c.note, self.note);
            give(&mut c.segment, self.segment);
            give(&mut c.persona, self.persona);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a canvas with its notes; what became of them stays.
    pub struct RemoveCanvas in "canvas.remove" at Delete "/products/{product}/canvases/{canvas}" [Strategy] {
        pub canvas: Id<Canvas>,
    }
}

impl Command for RemoveCanvas {
    type Before = (Canvas, Vec<CanvasNote>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Canvas::get(look, self.canvas)?, rows::notes(look, self.canvas)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the canvas “{}”", before.title)
    }
    fn decide(self, (before, notes): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = notes.iter().map(|note| Event::removed(&NOTE_REMOVED, note, moment.now)).collect();
        events.push(Event::removed(&CANVAS_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}
