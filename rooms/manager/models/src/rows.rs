//! Reading estimates, their versions and facts.

use crate::{answers::Computed, model::*, work};
use activity::History;
use kernel::{Act, Id, Look, Noun, Query, Refusal, Result, Value, list, query};

/// So many estimates, and so many facts, are listed.
const MOST_LISTED: i64 = 200;

/// The estimates, the one that was changed last first.
pub(crate) fn models(look: &mut Look) -> Result<Vec<EstimateModel>> {
    EstimateModel::all(look, "order by updated_at desc, id desc limit $2", &[Value::Int(MOST_LISTED)])
}

/// The estimate that was begun last.
pub(crate) fn last_begun(look: &mut Look) -> Result<Option<EstimateModel>> {
    Ok(EstimateModel::all(look, "order by created_at desc, id desc limit 1", &[])?.pop())
}

/// The product's own facts by name.
pub(crate) fn facts(look: &mut Look) -> Result<Vec<KnownFact>> {
    KnownFact::all(look, "order by lower(name), id limit $2", &[Value::Int(MOST_LISTED)])
}

/// A moment at which the model itself was written.
pub(crate) struct Version {
    pub at: i64,
    pub who: String,
}

/// When the model was written, the newest first, from its history.
pub(crate) fn versions(history: &History) -> Vec<Version> {
    let wrote = |line: &&activity::Line| {
        line.noun == EstimateModel::TABLE && (line.did == Act::Create || line.changes.iter().any(|change| change.field == "body"))
    };
    let version = |line: &activity::Line| Version { at: line.at, who: line.who.clone().unwrap_or_else(|| people::LEFT.into()) };
    history.lines.iter().filter(wrote).map(version).collect()
}

/// An estimate as it stood at a moment.
pub(crate) fn then(look: &mut Look, id: Id<EstimateModel>, at: i64) -> Result<EstimateModel> {
    activity::things_as_of::<EstimateModel>(look, at, "and id in each($3)", &[list([id.0])])?.pop().ok_or(Refusal::NotFound)
}

query! {
    /// What an estimate comes to: its distribution in figures, what it hangs on, and the chance of what is asked.
    pub struct ReadComputed in "estimate_model.computed" at "/products/{product}/estimate-models/{estimate_model}/computed" -> Computed {
        pub estimate_model: Id<EstimateModel>,
        /// The line that is looked at; the one that the model is about where it is left out.
        #[serde(default)]
        pub of: String,
        /// A condition whose chance is told, such as `income > 5M EUR/year`.
        #[serde(default)]
        pub chance: String,
    }
}

impl Query for ReadComputed {
    fn ask(self, look: &mut Look) -> Result<Computed> {
        let model = EstimateModel::get(look, self.estimate_model)?;
        let asked = work::Asked { of: self.of, chance: self.chance };
        let worked = work::out(&model.body, &asked).map_err(|wrong| Refusal::invalid("estimate_model", wrong.to_string()))?;
        match worked.odd_chance {
            Some(odd) => Err(Refusal::invalid("chance", odd)),
            None => Ok(worked.told),
        }
    }
}
