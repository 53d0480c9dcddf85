//! Several causes: values that only together explain a change, and causes one after another.

use crate::{
    chance::UNLIKELY,
    judge::Judge,
    report::Cause,
    scan::{Raw, Scan, score},
};

/// A value belongs to a set if it has this share of the best one's score.
const MEMBER: f64 = 0.15;
/// A set must beat every single slice by this factor.
const BEATS: f64 = 1.05;
/// Slices among which those that are as good as the best are looked for.
const ALIKE: usize = 16;
/// A further cause must have moved by this part of the first.
const WORTH_TELLING: f64 = 0.05;

impl Scan<'_> {
    /// Puts two or three values of one dimension first if together they beat every single slice.
    pub(crate) fn together(&self, expected: &[f64], rise: bool, ranked: &mut Vec<Cause>) -> usize {
        let Some(top) = ranked.first().map(|c| c.score) else { return 0 };
        let mut best: Option<(f64, Vec<(f64, Raw)>)> = None;
        for (at, dimensions) in self.cuboids.iter().enumerate().filter(|(_, d)| d.len() == 1) {
            let mut values: Vec<(f64, Raw)> = vec![];
            self.sums(dimensions, expected, |key, c, e| values.push((score(c, e, rise), (at, key, c, e))));
            let all = values.len();
            values.sort_by(|a, b| b.0.total_cmp(&a.0));
            let most = values.first().map_or(0.0, |v| v.0);
            values.retain(|v| v.0 > 0.0 && v.0 >= MEMBER * most);
            if !(2..=3).contains(&values.len()) || values.len() == all {
                continue;
            }
            let (c, e) = values.iter().fold((0.0, 0.0), |sum, (_, (.., c, e))| (sum.0 + c, sum.1 + e));
            let set = score(c, e, rise);
            if set > BEATS * top && best.as_ref().is_none_or(|(s, _)| set > *s) {
                best = Some((set, values));
            }
        }
        let Some((_, values)) = best else { return usize::from(!ranked.is_empty()) };
        let members: Vec<Cause> = values.into_iter().map(|(s, raw)| self.cause(s, raw)).collect();
        ranked.retain(|c| members.iter().all(|m| m.slice != c.slice));
        let count = members.len();
        ranked.splice(0..0, members);
        count
    }

    /// The best slice, rise or fall, then the best of what is left when it is taken as given, and so on.
    pub(crate) fn apart(&self, judge: &Judge, looks: f64) -> Vec<Cause> {
        let mut expected = judge.expected.to_vec();
        let mut found: Vec<Cause> = vec![];
        // The cells of these.
        let mut known: Vec<usize> = vec![];
        let mut is_known = vec![false; expected.len()];
        while found.len() < 5 {
            let best = [true, false].map(|rise| {
                let (mut ranked, _) = self.best(&expected, rise, ALIKE);
                self.together(&expected, rise, &mut ranked);
                let score = ranked.first().map_or(0.0, |c| c.score);
                // Of those that are as good, one that has nothing to do with the causes before.
                let new = |c: &Cause| found.iter().all(|f| f.slice.is_apart_from(&c.slice));
                let at = ranked.iter().position(|c| c.score >= score * (1.0 - 1e-9) && new(c)).unwrap_or(0);
                ranked.into_iter().nth(at)
            });
            let cells = |cause: &Option<Cause>| cause.iter().flat_map(|c| self.cube.within(&c.slice).unwrap_or_default()).collect::<Vec<_>>();
            let both = best.each_ref().map(cells);
            let [rise, fall] = best.each_ref().map(|c| c.as_ref().map_or(0.0, |c| c.score));
            let (turn, other) = if rise >= fall { (0, 1) } else { (1, 0) };
            let Some(mut cause) = best.into_iter().nth(turn).flatten() else { break };
            cause.chance = judge.of(&expected, &known, (&both[turn], &both[other]), looks);
            let small = found.first().is_some_and(|first| cause.change().abs() < WORTH_TELLING * first.change().abs());
            if small || cause.chance >= UNLIKELY || found.iter().any(|f| f.slice == cause.slice) {
                break;
            }
            // What an earlier cause has explained stays as it was explained.
            let own: Vec<usize> = both[turn].iter().copied().filter(|cell| !is_known[*cell]).collect();
            let (now, before) = own.iter().fold((0.0, 0.0), |sum, c| (sum.0 + self.now[*c], sum.1 + expected[*c]));
            for cell in &own {
                // What was not there before is all of it new.
                expected[*cell] = if before > 0.0 { expected[*cell] * now / before } else { self.now[*cell] };
            }
            own.iter().for_each(|cell| is_known[*cell] = true);
            known.extend(own);
            found.push(cause);
        }
        found
    }
}
