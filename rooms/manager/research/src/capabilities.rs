//! Capabilities: the rows of the matrix.

use crate::{events::*, model::*, rows};
use kernel::{Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, command, event::edit, give};

command! {
    /// Adds a capability: a row of the matrix.
    pub struct CreateCapability in "capability.create" at Post "/products/{product}/capabilities" [Research] {
        pub name: Line<200>,
        /// What counts as full, so that all are graded alike.
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl CreateCapability {
    /// One of which nothing is known but the name.
    pub(crate) fn named(meta: kernel::Meta, name: String) -> Capability {
        Capability { meta, name, note: String::new() }
    }
}

impl Command for CreateCapability {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        rows::is_free::<Capability>(look, &self.name, None)
    }
    fn title(&self, (): &()) -> String {
        format!("Add the capability “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let capability = Capability { meta: moment.fresh(Some(scope.product_id()?)), name: self.name.into(), note: self.note.into() };
        Ok(Event::created(&CAPABILITY_CREATED, &capability).into())
    }
}

command! {
    /// Changes a capability.
    pub struct EditCapability in "capability.edit" at Patch "/products/{product}/capabilities/{capability}" [Research] {
        pub capability: Id<Capability>,
        pub name: Option<Line<200>>,
        pub note: Option<Text<5_000>>,
    }
}

impl Command for EditCapability {
    type Before = Capability;

    fn load(&self, look: &mut Look) -> Result<Capability> {
        let capability = Capability::get(look, self.capability)?;
        if let Some(name) = &self.name {
            rows::is_free::<Capability>(look, name, Some(capability.id()))?;
        }
        Ok(capability)
    }
    fn title(&self, before: &Capability) -> String {
        format!("Change the capability “{}”", before.name)
    }
    fn decide(self, before: Capability, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&CAPABILITY_EDITED, &before, |c| {
            give(&mut c.name, self.name);
            give(&mut c.note, self.note);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Removes a capability with its row of the matrix.
    pub struct RemoveCapability in "capability.remove" at Delete "/products/{product}/capabilities/{capability}" [Research] {
        pub capability: Id<Capability>,
    }
}

impl Command for RemoveCapability {
    type Before = (Capability, Vec<Grade>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let capability = Capability::get(look, self.capability)?;
        let grades = Grade::all(look, "and capability = $2 order by id", &[capability.meta.id.value()])?;
        Ok((capability, grades))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the capability “{}”", before.name)
    }
    fn decide(self, (before, grades): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = grades.iter().map(|grade| Event::removed(&GRADE_REMOVED, grade, moment.now)).collect();
        events.push(Event::removed(&CAPABILITY_REMOVED, &before, moment.now));
        Ok(events.into())
    }
}
