//! What can happen to estimates and the facts beneath them.

use kernel::kinds;

kinds! {
    MODEL_CREATED = "estimate_model.created", "estimated";
    MODEL_EDITED = "estimate_model.edited", "estimated anew";
    MODEL_REMOVED = "estimate_model.removed", "removed the estimate";
    FACT_ADDED = "known_fact.added", "wrote down the fact";
    FACT_EDITED = "known_fact.edited", "changed the fact";
    FACT_REMOVED = "known_fact.removed", "removed the fact";
}
