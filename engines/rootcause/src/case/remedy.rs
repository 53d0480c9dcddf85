//! What is to be done about it: whether a proposed action, in words, is one against what happened.

use super::{Mechanism, draw::Practice};

/// How people speak of what is done about a mechanism, by the beginnings of words.
fn words(mechanism: Mechanism) -> &'static [&'static str] {
    use Mechanism::*;
    match mechanism {
        AppRelease => {
            &["roll", "revert", "hotfix", "fix", "undo", "repair", "mend", "patch", "previous version", "old version", "take back", "bring back"]
        }
        PaymentProvider => {
            &["provider", "retry", "again", "fall back", "fallback", "switch", "second bank", "escalat", "reroute", "other way of paying"]
        }
        PriceTest => &["price", "test", "discount", "end the experiment", "stop the experiment"],
        TrackingChange => &["track", "banner", "consent", "count", "measur", "record", "tag", "correct the figures", "from the books"],
        CampaignStop => &["campaign", "advert", "spend", "budget", "marketing", "resume", "start again"],
        Holiday => &["nothing", "no repair", "wait", "holiday", "calendar", "season", "forecast", "plan", "last year", "expect"],
        Competitor => &["competitor", "rival", "offer", "free delivery", "match", "loyal", "win back", "answer with", "price"],
        BotTraffic => &["bot", "filter", "exclude", "clean", "baseline", "definition", "target"],
        MixShift => &["mix", "segment", "weigh", "standardi", "compare within", "each value", "share", "new visitors", "campaign"],
        PipelineLoss => &["reload", "load again", "rerun", "run again", "replay", "backfill", "pipeline", "partition", "import", "restore"],
        Nothing => &["nothing", "no action", "wait", "leave", "chance", "go on watching", "keep watching"],
    }
}

/// How people speak of what keeps it from coming again, or is seen sooner.
const AFTERWARDS: &[&str] =
    &["alarm", "alert", "watch", "monitor", "threshold", "check", "test", "prevent", "before each", "every day", "daily", "weekly", "next time"];

/// For what fits, for where, and for what comes afterwards.
const SHARES: [f64; 3] = [0.6, 0.2, 0.2];

impl Practice {
    /// What an action lacks, in words that go on from “does not say”.
    pub fn remedy_lacks(&self, action: &str) -> Vec<&'static str> {
        let plain = plain(action);
        let has = |word: &str| plain.contains(&format!(" {word}"));
        let fits = self.mechanisms.iter().all(|mechanism| words(*mechanism).iter().any(|word| has(word)));
        let mut places = self.truths.iter().map(|truth| {
            let names = truth.slice.iter().map(|(d, v)| self.dimensions[*d].1[*v].as_str());
            truth.slice.is_empty() || names.chain([self.steps[truth.step].as_str()]).any(|name| has(self::plain(name).trim()))
        });
        let mut lacks = vec![];
        if !fits {
            lacks.push("what would mend this cause");
        }
        if !places.all(|there| there) {
            lacks.push("where, by the step or the slice");
        }
        if !AFTERWARDS.iter().any(|word| has(word)) {
            lacks.push("what would show it sooner or keep it from coming again");
        }
        lacks
    }

    /// How far an action is one against what happened, 0 to 1. What fits another cause earns nothing for being said where
    /// this one struck.
    pub fn remedy(&self, action: &str) -> f64 {
        let plain = plain(action);
        let has = |word: &str| plain.contains(&format!(" {word}"));
        let [fitting, placed, afterwards] = SHARES;
        let later = if AFTERWARDS.iter().any(|word| has(word)) { afterwards } else { 0.0 };
        let each = self.truths.iter().zip(&self.mechanisms).map(|(truth, mechanism)| {
            if !words(*mechanism).iter().any(|word| has(word)) {
                return 0.0;
            }
            let names = truth.slice.iter().map(|(d, v)| self.dimensions[*d].1[*v].as_str());
            let place = names.chain([self.steps[truth.step].as_str()]).any(|name| has(self::plain(name).trim()));
            // Of everything together there is no place to name.
            if place || truth.slice.is_empty() { fitting + placed } else { fitting }
        });
        each.sum::<f64>() / self.truths.len().max(1) as f64 + later
    }
}

/// In lower case, words apart by single blanks, with a blank ahead.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| [" ", word]).collect()
}
