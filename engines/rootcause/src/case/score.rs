//! The score of a member's play.

use super::{
    Nature, Player,
    draw::Practice,
    space::{Hypothesis, Query},
};

/// The score of a play, out of 100.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Of 45: the right step, times how much the slices have in common by their usual volume, and in what way it moved.
    pub correctness: f64,
    /// Of 20: questions against par and against chance, in logarithms, as far as they settled it.
    pub efficiency: f64,
    /// Of 10: one less the square of how far the stated confidence was from the truth.
    pub confidence: f64,
    /// Of 15: questions that narrowed, none asked twice, and what came before them.
    pub process: f64,
    /// Of 10: what is to be done about it.
    pub action: f64,
    /// Of 40 more: what was written, by the rows of a rubric, where there is one.
    pub written: Option<f64>,
}

impl Score {
    /// What a rubric is worth beside the 100 of the play itself.
    pub const WRITTEN: f64 = 40.0;

    /// Out of 100, of all that there is.
    pub fn total(&self) -> f64 {
        let play = self.correctness + self.efficiency + self.confidence + self.process + self.action;
        match self.written {
            Some(written) => 100.0 * (play + written) / (100.0 + Score::WRITTEN),
            None => play,
        }
    }
}

impl Practice {
    /// How right an answer is, 0 to 1: what it names against what happened, each thing with the one that is most like it.
    pub fn rightness(&self, answer: &[Hypothesis]) -> f64 {
        let each = self.truths.iter().map(|truth| answer.iter().map(|named| self.likeness(truth, named)).fold(0.0, f64::max));
        each.sum::<f64>() / self.truths.len().max(answer.len()).max(1) as f64
    }

    /// How much an explanation has in common with a true one.
    fn likeness(&self, truth: &Hypothesis, named: &Hypothesis) -> f64 {
        match (truth.nature, named.nature) {
            (Nature::Nothing, nature) | (nature, Nature::Nothing) => return f64::from(u8::from(nature == Nature::Nothing)),
            (Nature::Mix, Nature::Mix) => return if truth.slice[0].0 == named.slice.first().map_or(usize::MAX, |s| s.0) { 1.0 } else { 0.5 },
            (Nature::Mix, _) | (_, Nature::Mix) => return 0.0,
            _ => {}
        }
        if truth.step != named.step {
            return 0.0;
        }
        let volume = |fits: &dyn Fn(&[usize]) -> bool| -> f64 {
            self.leaves.iter().zip(&self.expected[truth.step]).filter(|(leaf, _)| fits(leaf)).map(|(_, v)| v).sum()
        };
        let both = volume(&|leaf| named.holds(leaf) && truth.holds(leaf));
        let either = volume(&|leaf| named.holds(leaf) || truth.holds(leaf));
        let way = if truth.nature == named.nature { 1.0 } else { 0.6 };
        if either > 0.0 { way * both / either } else { 0.0 }
    }

    /// Scores a play. `confidence` is how sure the answer was said to be, 0 to 1; `method` how far data were checked
    /// and explanations written down before asking, and `action` how complete the proposed remedy is, both 0 to 1; so is `written`, of a rubric's rows.
    pub fn score(&self, asked: &[Query], answer: &[Hypothesis], confidence: f64, method: f64, action: f64, written: Option<f64>) -> Score {
        let right = self.rightness(answer);
        let par = self.play(Player::Hindsight, 40).len().max(1) as f64;
        let chance = (self.play(Player::Random, 60).len() as f64).max(par + 1.0);
        let used = asked.len().max(1) as f64;
        let efficiency = ((chance.ln() - used.ln()) / (chance.ln() - par.ln())).clamp(0.0, 1.0);
        let gains = self.narrow(asked);
        // What the questions left open was guessed.
        let left = gains.last().map_or(usize::MAX, |gain| gain.after.max(1)) as f64;
        let telling = gains.iter().filter(|g| g.after < g.before).count() as f64 / gains.len().max(1) as f64;
        let unit = |v: f64| if v.is_finite() { v.clamp(0.0, 1.0) } else { 0.0 };
        Score {
            correctness: 45.0 * right,
            // Speed without the answer is worth nothing.
            efficiency: 20.0 * efficiency * right / left,
            confidence: 10.0 * (1.0 - (unit(confidence) - right).powi(2)),
            process: 15.0 * (0.6 * telling + 0.4 * unit(method)),
            action: 10.0 * unit(action),
            written: written.map(|written| Score::WRITTEN * unit(written)),
        }
    }
}
