//! What can happen to scores and rounds.

use kernel::kinds;

kinds! {
    SCHEME_CREATED = "scheme.created", "added the way of scoring";
    SCHEME_EDITED = "scheme.edited", "changed the way of scoring";
    SCHEME_REMOVED = "scheme.removed", "removed the way of scoring";
    SCORE_SET = "score.set", "scored";
    SCORE_TAKEN = "score.taken", "took the score away:";
    ORDERED = "order.agreed", "put into the agreed order:";
    ROUND_BEGUN = "scoring_round.begun", "began the scoring round";
    ROUND_EDITED = "scoring_round.edited", "changed the scoring round";
    ROUND_REMOVED = "scoring_round.removed", "called off the scoring round";
    ROUND_REVEALED = "scoring_round.revealed", "revealed the ratings of";
    ROUND_ADOPTED = "scoring_round.adopted", "took over what was settled in";
    RATER_ASKED = "rater.asked", "asked to rate in";
    RATER_TOLD = "rater.told", "revealed the ratings of";
    RATING_SEALED = "rating.sealed", "sealed your ratings in";
    RATING_FINISHED = "rating.finished", "finished rating in";
    RATING_OPENED = "rating.opened", "opened ratings in";
    GAP_SETTLED = "settled_rating.made", "settled the ratings:";
}
