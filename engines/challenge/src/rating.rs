//! Ratings of members and challenges by Glicko-2 (Glickman 2013), a first try being a game between the two.
//!
//! ```
//! use challenge::rating::{Rating, Try, after};
//! let member = Rating::default();
//! let (stronger, challenge) = after(&member, &Rating::default(), &Try { score: 0.9, hints: 0 });
//! assert!(stronger.rating > member.rating && challenge.rating < 1500.0);
//! assert!(stronger.deviation < member.deviation, "one knows more than before");
//! ```

use skillratings::{
    Outcomes,
    glicko2::{Glicko2Config, Glicko2Rating, confidence_interval, decay_deviation, expected_score, glicko2, glicko2_rating_period},
};

/// How good somebody is, or how hard something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rating {
    pub rating: f64,
    /// One standard deviation of what it may really be.
    pub deviation: f64,
    pub volatility: f64,
}

impl Default for Rating {
    fn default() -> Rating {
        Rating { rating: 1500.0, deviation: 350.0, volatility: 0.06 }
    }
}

impl From<Glicko2Rating> for Rating {
    fn from(r: Glicko2Rating) -> Rating {
        Rating { rating: r.rating, deviation: r.deviation, volatility: r.volatility }
    }
}

impl From<&Rating> for Glicko2Rating {
    fn from(r: &Rating) -> Glicko2Rating {
        Glicko2Rating { rating: r.rating, deviation: r.deviation, volatility: r.volatility }
    }
}

impl Rating {
    /// Of a challenge that nobody has tried, by its level from 1 to 5.
    pub fn of_level(level: u8) -> Rating {
        Rating { rating: 1500.0 + 150.0 * (f64::from(level.clamp(1, 5)) - 3.0), deviation: 200.0, volatility: 0.06 }
    }

    /// What it is in 95 of 100 cases.
    pub fn interval(&self) -> (f64, f64) {
        confidence_interval(&self.into())
    }

    /// Too little is known to show a number without a question mark.
    pub fn is_provisional(&self) -> bool {
        self.deviation > 110.0
    }

    /// A period without a try: less is known than before.
    pub fn idle(&self) -> Rating {
        decay_deviation(&self.into()).into()
    }
}

/// A first try at a challenge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    /// Of what could be had, 0 to 1.
    pub score: f64,
    /// How many hints were taken.
    pub hints: u32,
}

/// From here on a try is won; up to the other it is lost; between them it is a draw.
const WON: f64 = 0.7;
const LOST: f64 = 0.45;

impl Try {
    fn outcome(&self) -> Outcomes {
        match self.score {
            score if score >= WON => Outcomes::WIN,
            score if score > LOST => Outcomes::DRAW,
            _ => Outcomes::LOSS,
        }
    }

    /// How far a try counts: with hints it tells less.
    fn weight(&self) -> f64 {
        match self.hints {
            0 => 1.0,
            1 => 0.7,
            2 => 0.4,
            _ => 0.2,
        }
    }
}

/// Steadier than the paper's 0.5 is of no use here, where few tries come in a period.
fn config() -> Glicko2Config {
    Glicko2Config { tau: 0.5, ..Glicko2Config::default() }
}

/// Member and challenge after a try. A score that is no number changes nothing.
pub fn after(member: &Rating, challenge: &Rating, tried: &Try) -> (Rating, Rating) {
    if !tried.score.is_finite() {
        return (*member, *challenge);
    }
    let (one, two) = glicko2(&member.into(), &challenge.into(), &tried.outcome(), &config());
    let part = |before: &Rating, after: Rating, weight: f64| Rating {
        rating: before.rating + weight * (after.rating - before.rating),
        deviation: before.deviation + weight * (after.deviation - before.deviation),
        volatility: before.volatility + weight * (after.volatility - before.volatility),
    };
    // Somebody of whom little is known tells little of how hard a challenge is.
    let known = if member.is_provisional() { 0.3 } else { 1.0 };
    (part(member, one.into(), tried.weight()), part(challenge, two.into(), tried.weight() * known))
}

/// A member after several tries of one period, as the paper counts them.
pub fn after_period(member: &Rating, tries: &[(Rating, Try)]) -> Rating {
    let results: Vec<(Glicko2Rating, Outcomes)> =
        tries.iter().filter(|(_, tried)| tried.score.is_finite()).map(|(challenge, tried)| (challenge.into(), tried.outcome())).collect();
    glicko2_rating_period(&member.into(), &results, &config()).into()
}

/// What a member is expected to score.
pub fn expected(member: &Rating, challenge: &Rating) -> f64 {
    expected_score(&member.into(), &challenge.into()).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_paper() {
        // Glickman, “Example of the Glicko-2 system” (2013): 1500 (200) beats 1400 (30), loses to 1550 (100) and 1700 (300).
        let player = Rating { rating: 1500.0, deviation: 200.0, volatility: 0.06 };
        let against = |rating, deviation, score| (Rating { rating, deviation, volatility: 0.06 }, Try { score, hints: 0 });
        let after = after_period(&player, &[against(1400.0, 30.0, 1.0), against(1550.0, 100.0, 0.0), against(1700.0, 300.0, 0.0)]);
        assert!((after.rating - 1464.06).abs() < 0.01, "{after:?}");
        assert!((after.deviation - 151.52).abs() < 0.01, "{after:?}");
        assert!((after.volatility - 0.059_99).abs() < 1e-5, "{after:?}");
    }

    #[test]
    fn hints_and_strangers_move_less() {
        let (member, challenge) = (Rating { deviation: 80.0, ..Rating::default() }, Rating::of_level(3));
        let alone = after(&member, &challenge, &Try { score: 1.0, hints: 0 });
        let helped = after(&member, &challenge, &Try { score: 1.0, hints: 2 });
        assert!(alone.0.rating > helped.0.rating && helped.0.rating > member.rating);
        let stranger = after(&Rating::default(), &challenge, &Try { score: 1.0, hints: 0 });
        assert!((challenge.rating - stranger.1.rating) < (challenge.rating - alone.1.rating));
        assert_eq!(after(&member, &challenge, &Try { score: f64::NAN, hints: 0 }), (member, challenge));
        assert!(member.idle().deviation > member.deviation && member.interval().0 < member.rating);
        assert!(expected(&Rating::of_level(5), &Rating::of_level(1)) > 0.8);
        assert!((expected(&member, &member) - 0.5).abs() < 1e-9);
    }
}
