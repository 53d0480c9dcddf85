//! What can happen in planning poker.

use kernel::kinds;

kinds! {
    POKER_BEGUN = "poker.begun", "began planning poker:";
    POKER_EDITED = "poker.edited", "changed planning poker:";
    POKER_ENDED = "poker.ended", "ended planning poker:";
    ROUND_DEALT = "poker_round.dealt", "asked for cards in";
    ROUND_TURNED = "poker_round.turned", "turned the cards over in";
    ROUND_AGAIN = "poker_round.again", "had cards laid once more in";
    ROUND_TAKEN = "poker_round.taken", "took an estimate over in";
    ROUND_PASSED = "poker_round.passed", "left a story without an estimate in";
    CARD_LAID = "poker_vote.laid", "laid your card in";
    CARD_TURNED = "poker_vote.turned", "laid a card in";
}
