//! Estimates: made, changed, removed. What cannot be computed is refused where it stands.

use crate::{events::*, model::*, work};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Words, command, event::edit, give};

/// Refuses a model that does not compute, at its line and column.
fn computes(body: &str) -> Result<()> {
    work::out(body, &work::Asked::default()).map(drop).map_err(|wrong| Refusal::invalid("body", wrong.to_string()))
}

command! {
    /// Makes an estimate of guesses and formulas.
    pub struct CreateModel in "estimate_model.create" at Post "/products/{product}/estimate-models" [Research] {
        pub title: Line<200>,
        #[serde(default = "other")]
        pub serves: Serves,
        /// Lines "name = expression" in the language of estimates; the last that no other uses is the answer.
        pub body: Words<10_000>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

fn other() -> Serves {
    Serves::Other
}

impl Command for CreateModel {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Estimate “{}”", self.title)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let model = EstimateModel {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            serves: self.serves,
            body: self.body.into(),
            note: self.note.into(),
        };
        computes(&model.body)?;
        Ok(Event::created(&MODEL_CREATED, &model).into())
    }
}

command! {
    /// Changes an estimate; how it was before stays among its versions.
    pub struct EditModel in "estimate_model.edit" at Patch "/products/{product}/estimate-models/{estimate_model}" [Research] {
        pub estimate_model: Id<EstimateModel>,
        pub title: Option<Line<200>>,
        pub serves: Option<Serves>,
        pub body: Option<Words<10_000>>,
        pub note: Option<Text<5_000>>,
    }
}

impl Command for EditModel {
    type Before = EstimateModel;

    fn load(&self, look: &mut Look) -> Result<EstimateModel> {
        EstimateModel::get(look, self.estimate_model)
    }
    fn title(&self, before: &EstimateModel) -> String {
        format!("Estimate anew “{}”", before.title)
    }
    fn decide(self, before: EstimateModel, _: &Moment, _: &Scope) -> Result<Decided> {
        let changed = self.body.is_some();
        let event = edit(&MODEL_EDITED, &before, |m| {
            give(&mut m.title, self.title);
            give(&mut m.serves, self.serves);
            give(&mut m.body, self.body);
            give(&mut m.note, self.note);
            if changed { computes(&m.body) } else { Ok(()) }
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes an estimate.
    pub struct RemoveModel in "estimate_model.remove" at Delete "/products/{product}/estimate-models/{estimate_model}" [Research] {
        pub estimate_model: Id<EstimateModel>,
    }
}

impl Command for RemoveModel {
    type Before = EstimateModel;

    fn load(&self, look: &mut Look) -> Result<EstimateModel> {
        EstimateModel::get(look, self.estimate_model)
    }
    fn title(&self, before: &EstimateModel) -> String {
        format!("Remove the estimate “{}”", before.title)
    }
    fn decide(self, before: EstimateModel, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&MODEL_REMOVED, &before, moment.now).into())
    }
}
