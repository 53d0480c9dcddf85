//! Inventing a case.

use super::{
    Hypothesis, Mechanism, Nature, Player,
    dice::Dice,
    flow::{Counts, Flow, leaves, weeks},
};

/// A case to practise on.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    pub steps: Vec<String>,
    /// Dimensions with their values.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// For each leaf, its value in every dimension.
    pub leaves: Vec<Vec<usize>>,
    /// For each step and leaf: what the period would have brought. Later steps expect from what the step before them
    /// really had, so that a loss counts at its own step only.
    pub expected: Vec<Vec<f64>>,
    /// For each step and leaf: what it brought.
    pub actual: Vec<Vec<f64>>,
    /// The last step as an independent count has it, for each leaf: usually, and in the period.
    pub books: (Vec<f64>, Vec<f64>),
    /// The same week a year ago, as `expected` and `actual`.
    pub year_ago: (Vec<Vec<f64>>, Vec<Vec<f64>>),
    /// For each step, the sums of the eight weeks before, day by day, with the rhythm of the week; empty for a story.
    pub history: Vec<Vec<f64>>,
    /// What happened: one thing, or two at different steps.
    pub truths: Vec<Hypothesis>,
    /// The shares that were lost, 0 to 1.
    pub severities: Vec<f64>,
    pub mechanisms: Vec<Mechanism>,
    /// Documents to look through: some speak for the truth, others mislead.
    pub documents: Vec<String>,
    /// 1 to 5.
    pub difficulty: u8,
    pub(super) seed: u64,
}

/// Steps of an invented funnel.
const STEPS: [&str; 4] = ["visit", "view", "cart", "pay"];
const NAMES: [(&str, &[&str]); 6] = [
    ("country", &["DE", "FR", "IT", "ES"]),
    ("device", &["phone", "tablet", "desktop"]),
    ("channel", &["search", "mail", "partner", "direct"]),
    ("version", &["5.1", "5.2", "6.0"]),
    ("plan", &["free", "basic", "plus"]),
    ("age", &["new", "recent", "loyal"]),
];
/// A slice with less of its step than this hides in chance, and is no explanation of what everybody sees.
pub(super) const LEAST: f64 = 0.05;

/// From this difficulty on the documents do not say where.
const TELLTALE: u8 = 3;

/// What an invented case is about.
#[derive(Clone, Copy)]
enum Plot {
    One(Nature, usize),
    Two(usize),
}

impl Plot {
    /// Harder cases have finer slices, and more ways in which figures move.
    fn of(difficulty: u8, dice: &mut Dice) -> Plot {
        use Nature::*;
        let among: &[Plot] = match difficulty {
            1 => &[Plot::One(Loss, 1)],
            2 => &[Plot::One(Loss, 1), Plot::One(Loss, 2), Plot::One(Record, 1)],
            3 => &[Plot::One(Loss, 2), Plot::One(Record, 2), Plot::One(Season, 1), Plot::One(Nothing, 0)],
            4 => &[Plot::One(Loss, 2), Plot::One(Mix, 1), Plot::One(Season, 2), Plot::One(Nothing, 0), Plot::Two(1)],
            _ => &[Plot::One(Record, 2), Plot::One(Mix, 1), Plot::Two(1), Plot::Two(2), Plot::One(Loss, 2)],
        };
        *dice.pick(among)
    }
}

impl Practice {
    /// A case from a seed, of difficulty 1 to 5; the same seed gives the same case. Drawn again until it is fair, at most
    /// sixty times.
    pub fn draw(seed: u64, difficulty: u8) -> Practice {
        let difficulty = difficulty.clamp(1, 5);
        let plot = Plot::of(difficulty, &mut Dice::new(seed.wrapping_mul(31).wrapping_add(u64::from(difficulty))));
        let mut case = Practice::once(seed, 0, difficulty, plot);
        for attempt in 1..60 {
            if case.is_fair() {
                break;
            }
            case = Practice::once(seed, attempt, difficulty, plot);
        }
        case
    }

    fn once(seed: u64, attempt: u64, difficulty: u8, plot: Plot) -> Practice {
        let mut dice = Dice::new(seed.wrapping_mul(1000).wrapping_add(attempt * 7 + u64::from(difficulty)));
        let mut pool = NAMES.to_vec();
        let dimensions: Vec<(String, Vec<String>)> = (0..4)
            .map(|_| {
                let (name, values) = pool.remove(dice.below(pool.len()));
                (name.to_owned(), values.iter().map(|v| (*v).to_owned()).collect())
            })
            .collect();
        let sizes: Vec<usize> = dimensions.iter().map(|(_, values)| values.len()).collect();
        let leaves = leaves(&sizes);
        let (volume, rates) = shop(&sizes, &leaves, &mut dice);
        let history = weeks(&volume, &rates, &mut dice);
        let severity = |dice: &mut Dice| match difficulty {
            1 => dice.between(0.5, 0.6),
            2 => dice.between(0.35, 0.5),
            _ => dice.between(0.3, 0.42),
        };
        let (nature, width) = match plot {
            Plot::One(nature, width) => (nature, width),
            Plot::Two(width) => (Nature::Loss, width),
        };
        let mechanisms = mechanisms(plot, &mut dice);
        let mut truths: Vec<(Hypothesis, f64)> = vec![];
        for _ in &mechanisms {
            let free: Vec<usize> = (0..STEPS.len()).filter(|step| truths.iter().all(|(h, _)| h.step != *step)).collect();
            let step = if matches!(nature, Nature::Mix | Nature::Nothing) { 0 } else { *dice.pick(&free) };
            truths.push((Hypothesis { nature, step, slice: slice(&sizes, &leaves, &volume, width, &mut dice) }, severity(&mut dice)));
        }
        let mut mix = vec![1.0; leaves.len()];
        if let (Nature::Mix, Some((truth, _))) = (nature, truths.first_mut()) {
            let d = truth.slice[0].0;
            truth.slice.clear();
            truth.slice.push((d, 0));
            mix = moved(d, sizes[d], &leaves, &volume, &mut dice);
        }
        // Decoys: visits that move by themselves, which no later step may be blamed for.
        let decoys: Vec<(usize, Vec<(usize, usize)>, f64)> =
            (1..difficulty.min(3)).map(|_| (0, slice(&sizes, &leaves, &volume, 1, &mut dice), dice.between(0.98, 1.02))).collect();
        let flow = Flow { leaves: &leaves, volume: &volume, rates: &rates, truths: &truths, decoys: &decoys, mix: &mix };
        let (Counts { expected, actual, books }, year) = (flow.period(&mut dice), flow.last_year(&mut dice));
        let named = |slice: &[(usize, usize)]| slice.iter().map(|(d, v)| dimensions[*d].1[*v].clone()).collect::<Vec<_>>().join(", ");
        let mut documents: Vec<String> = vec![];
        for ((truth, _), mechanism) in truths.iter().zip(&mechanisms) {
            let of = if truth.nature == Nature::Mix || difficulty >= TELLTALE { String::new() } else { named(&truth.slice) };
            documents.extend(mechanism.evidence(&of));
        }
        for (_, slice, _) in &decoys {
            let other = *dice.pick(&Mechanism::ALL[..5]);
            match difficulty {
                // As much is said of what did nothing, and nothing of where: the figures alone part them.
                TELLTALE.. => documents.extend(other.evidence("")),
                _ => {
                    let [finding, _] = other.evidence(&named(slice));
                    documents.push(format!("{finding} Its figures, however, moved by two in a hundred at most."));
                }
            }
        }
        let mut said = std::collections::HashSet::new();
        documents.retain(|document| said.insert(document.clone()));
        let count = documents.len();
        documents.rotate_left(dice.below(count));
        let (truths, severities) = truths.into_iter().unzip();
        Practice {
            steps: STEPS.map(str::to_owned).to_vec(),
            dimensions,
            leaves,
            expected,
            actual,
            books,
            year_ago: (year.expected, year.actual),
            history,
            truths,
            severities,
            mechanisms,
            documents,
            difficulty,
            seed,
        }
    }

    /// Whether it has exactly one answer, which takes at least two questions. That shares have moved is seen by one, for
    /// whoever knows where to look.
    pub fn is_fair(&self) -> bool {
        let least = if self.truths.iter().any(|truth| truth.nature == Nature::Mix) { 1 } else { 2 };
        self.is_unique() && self.play(Player::Hindsight, 40).len() >= least
    }

    /// What everybody sees: the last step as it usually is, and as it was recorded.
    pub fn headline(&self) -> (f64, f64) {
        (self.books.0.iter().sum(), self.actual.last().map_or(0.0, |last| last.iter().sum()))
    }
}

/// What broke, as people tell it.
fn mechanisms(plot: Plot, dice: &mut Dice) -> Vec<Mechanism> {
    let one = |nature: Nature, dice: &mut Dice| {
        let fitting: Vec<Mechanism> = Mechanism::ALL.into_iter().filter(|m| m.nature() == nature).collect();
        *dice.pick(&fitting)
    };
    match plot {
        Plot::One(nature, _) => vec![one(nature, dice)],
        Plot::Two(_) => vec![one(Nature::Loss, dice), one(Nature::Loss, dice)],
    }
}

/// The usual visits of a day in each leaf, and the share that goes on from each step.
fn shop(sizes: &[usize], leaves: &[Vec<usize>], dice: &mut Dice) -> (Vec<f64>, Vec<Vec<f64>>) {
    let weights: Vec<Vec<f64>> = sizes.iter().map(|size| (0..*size).map(|_| (0.5 * dice.normal()).exp()).collect()).collect();
    let mut volume: Vec<f64> =
        leaves.iter().map(|leaf| leaf.iter().zip(&weights).map(|(v, w)| w[*v]).product::<f64>() * (0.2 * dice.normal()).exp()).collect();
    let sum: f64 = volume.iter().sum();
    volume.iter_mut().for_each(|v| *v *= 400_000.0 / sum);
    let rates = [0.6, 0.35, 0.5].map(|rate: f64| {
        let tilt: Vec<Vec<f64>> = sizes.iter().map(|size| (0..*size).map(|_| dice.between(0.9, 1.1)).collect()).collect();
        leaves.iter().map(|leaf| (rate * leaf.iter().zip(&tilt).map(|(v, t)| t[*v]).product::<f64>()).min(0.95)).collect()
    });
    (volume, rates.to_vec())
}

/// A slice of so many dimensions that is large enough to be seen.
fn slice(sizes: &[usize], leaves: &[Vec<usize>], volume: &[f64], width: usize, dice: &mut Dice) -> Vec<(usize, usize)> {
    let all: f64 = volume.iter().sum();
    let mut chosen: Vec<(usize, usize)> = vec![];
    for _ in 0..50 {
        chosen.clear();
        while chosen.len() < width {
            let d = dice.below(sizes.len());
            if chosen.iter().all(|(known, _)| *known != d) {
                chosen.push((d, dice.below(sizes[d])));
            }
        }
        chosen.sort_unstable();
        let own: f64 = leaves.iter().zip(volume).filter(|(leaf, _)| chosen.iter().all(|(d, v)| leaf[*d] == *v)).map(|(_, v)| v).sum();
        if own >= 1.2 * LEAST * all {
            break;
        }
    }
    chosen
}

/// One value of a dimension gains, the others lose alike; as many come as before.
fn moved(d: usize, size: usize, leaves: &[Vec<usize>], volume: &[f64], dice: &mut Dice) -> Vec<f64> {
    let all: f64 = volume.iter().sum();
    let gains = dice.below(size);
    let share = leaves.iter().zip(volume).filter(|(leaf, _)| leaf[d] == gains).map(|(_, v)| v).sum::<f64>() / all;
    let to = (share + dice.between(0.12, 0.25)).min(0.9);
    leaves.iter().map(|leaf| if leaf[d] == gains { to / share } else { (1.0 - to) / (1.0 - share) }).collect()
}
