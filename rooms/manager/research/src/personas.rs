//! Personas: described, changed, removed. Whether one is assumed or researched follows from the evidence behind it.

use crate::{events::*, model::*};
use customers::Segment;
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, command, event::edit, give};

command! {
    /// Describes a persona: one person who stands for a segment.
    pub struct CreatePersona in "persona.create" at Post "/products/{product}/personas" [Research] {
        pub name: Line<200>,
        pub segment: Option<Id<Segment>>,
        #[serde(default)]
        pub goals: Text<5_000>,
        #[serde(default)]
        pub frustrations: Text<5_000>,
        /// Where and how they live or work with it.
        #[serde(default)]
        pub context: Text<5_000>,
        /// What they would say.
        #[serde(default)]
        pub quote: Text<1_000>,
    }
}

impl Command for CreatePersona {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        self.segment.map(|id| Segment::get(look, id)).transpose()?;
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Describe the persona “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let persona = Persona {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            segment: self.segment,
            goals: self.goals.into(),
            frustrations: self.frustrations.into(),
            context: self.context.into(),
            quote: self.quote.into(),
        };
        Ok(Event::created(&PERSONA_CREATED, &persona).into())
    }
}

command! {
    /// Changes a persona.
    pub struct EditPersona in "persona.edit" at Patch "/products/{product}/personas/{persona}" [Research] {
        pub persona: Id<Persona>,
        pub name: Option<Line<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Segment>>")]
        pub segment: Option<Option<Id<Segment>>>,
        pub goals: Option<Text<5_000>>,
        pub frustrations: Option<Text<5_000>>,
        pub context: Option<Text<5_000>>,
        pub quote: Option<Text<1_000>>,
    }
}

impl Command for EditPersona {
    type Before = Persona;

    fn load(&self, look: &mut Look) -> Result<Persona> {
        let persona = Persona::get(look, self.persona)?;
        // A segment that it has already may be gone meanwhile.
        if let Some(segment) = self.segment.flatten().filter(|segment| Some(*segment) != persona.segment) {
            Segment::get(look, segment)?;
        }
        Ok(persona)
    }
    fn title(&self, before: &Persona) -> String {
        format!("Change the persona “{}”", before.name)
    }
    fn decide(self, before: Persona, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&PERSONA_EDITED, &before, |p| {
            give(&mut p.name, self.name);
            give(&mut p.goals, self.goals);
            give(&mut p.frustrations, self.frustrations);
            give(&mut p.context, self.context);
            give(&mut p.quote, self.quote);
            if let Some(segment) = self.segment {
                p.segment = segment;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a persona.
    pub struct RemovePersona in "persona.remove" at Delete "/products/{product}/personas/{persona}" [Research] {
        pub persona: Id<Persona>,
    }
}

impl Command for RemovePersona {
    type Before = Persona;

    fn load(&self, look: &mut Look) -> Result<Persona> {
        Persona::get(look, self.persona)
    }
    fn title(&self, before: &Persona) -> String {
        format!("Remove the persona “{}”", before.name)
    }
    fn decide(self, before: Persona, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&PERSONA_REMOVED, &before, moment.now).into())
    }
}
