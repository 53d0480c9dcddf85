//! What can happen in strategy.

use kernel::kinds;

kinds! {
    VISION_PUBLISHED = "vision.published", "published the";
    VISION_CONFIRMED = "vision.confirmed", "confirmed";
    VISION_QUESTIONED = "vision.questioned", "asked about";
    MARKET_CHOSEN = "target_market.chosen", "chose the";
    MARKET_CONFIRMED = "target_market.confirmed", "confirmed";
    MARKET_QUESTIONED = "target_market.questioned", "asked about";
    NEEDS_CHOSEN = "top_needs.chosen", "chose the";
    NEEDS_CONFIRMED = "top_needs.confirmed", "confirmed";
    NEEDS_QUESTIONED = "top_needs.questioned", "asked about";
    OBJECTIVE_CREATED = "objective.created", "set the objective";
    OBJECTIVE_EDITED = "objective.edited", "changed the objective";
    OBJECTIVE_REMOVED = "objective.removed", "removed the objective";
    GOAL_CHOSEN = "objective.goal_chosen", "decided whether it is the Product Goal:";
    KEY_RESULT_CREATED = "key_result.created", "added the key result";
    KEY_RESULT_EDITED = "key_result.edited", "changed the key result";
    KEY_RESULT_REMOVED = "key_result.removed", "removed the key result";
    MEASURED = "key_result.measured", "measured";
    CHECKED_IN = "key_result.checked_in", "checked in on";
}
