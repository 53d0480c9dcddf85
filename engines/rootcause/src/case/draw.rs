//! Inventing a case.

use super::{STEPS, dice::Dice, play::Player, space::Hypothesis};

/// What broke: a cause as people tell it, with what speaks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    AppRelease,
    PaymentProvider,
    PriceTest,
    TrackingChange,
    CampaignStop,
    Competitor,
    BotTraffic,
    PipelineLoss,
}

use Mechanism::*;

const MECHANISMS: [Mechanism; 8] = [AppRelease, PaymentProvider, PriceTest, TrackingChange, CampaignStop, Competitor, BotTraffic, PipelineLoss];

impl Mechanism {
    pub fn name(self) -> &'static str {
        match self {
            AppRelease => "a release of the app with a fault",
            PaymentProvider => "an outage of the payment provider",
            PriceTest => "a test of higher prices",
            TrackingChange => "a change of tracking",
            CampaignStop => "a campaign that ended",
            Competitor => "an offer of a competitor",
            BotTraffic => "bots that were kept out",
            PipelineLoss => "data lost on its way",
        }
    }

    /// Two findings that speak for it, of a slice.
    fn evidence(self, slice: &str) -> [String; 2] {
        let (one, two) = match self {
            AppRelease => ("Release log: a new version went out the evening before", "Support: three customers say the button does nothing"),
            PaymentProvider => ("Incident log: time-outs of the provider since the morning", "Support: cards are declined that worked last week"),
            PriceTest => ("Experiment list: a test of prices began that day", "Survey: “I looked elsewhere, it was cheaper there”"),
            TrackingChange => ("Release log: the consent banner was replaced", "Warehouse: orders in the books did not fall"),
            CampaignStop => ("Campaign calendar: a campaign ended the day before", "Finance: spending on advertising stopped"),
            Competitor => ("Market watch: a competitor gives free delivery this week", "Search trends: the competitor's name rises"),
            BotTraffic => ("Security log: a rule against bots was switched on", "Warehouse: orders in the books did not fall"),
            PipelineLoss => ("Pipeline log: one partition failed to load", "Warehouse: the rows of the day are fewer than its invoices"),
        };
        [format!("{one} ({slice})."), format!("{two} ({slice}).")]
    }
}

/// A case to practise on.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// Dimensions with their values.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// For each leaf, its value in every dimension.
    pub leaves: Vec<Vec<usize>>,
    /// For each step and leaf: what the day would have brought. Later steps expect from what the step before them
    /// really had, so that a loss counts at its own step only.
    pub expected: Vec<Vec<f64>>,
    /// For each step and leaf: what it brought.
    pub actual: Vec<Vec<f64>>,
    /// For each step, the sums of the eight weeks before, day by day, with the rhythm of the week.
    pub history: Vec<Vec<f64>>,
    pub truth: Hypothesis,
    /// The share that was lost, 0 to 1.
    pub severity: f64,
    pub mechanism: Mechanism,
    /// Documents to look through: some speak for the truth, others mislead.
    pub documents: Vec<String>,
    /// 1 to 3.
    pub difficulty: u8,
}

const NAMES: [(&str, &[&str]); 6] = [
    ("country", &["DE", "FR", "IT", "ES"]),
    ("device", &["phone", "tablet", "desktop"]),
    ("channel", &["search", "mail", "partner", "direct"]),
    ("version", &["5.1", "5.2", "6.0"]),
    ("plan", &["free", "basic", "plus"]),
    ("age", &["new", "recent", "loyal"]),
];

impl Practice {
    /// A case from a seed, of difficulty 1 to 3; the same seed gives the same case. Drawn again until it has exactly
    /// one answer that takes at least two questions, at most forty times.
    pub fn draw(seed: u64, difficulty: u8) -> Practice {
        let difficulty = difficulty.clamp(1, 3);
        let mut case = Practice::once(seed, 0, difficulty);
        for attempt in 1..40 {
            if case.is_unique() && case.play(Player::Hindsight, 40).len() >= 2 {
                break;
            }
            case = Practice::once(seed, attempt, difficulty);
        }
        case
    }

    fn once(seed: u64, attempt: u64, difficulty: u8) -> Practice {
        let mut dice = Dice::new(seed.wrapping_mul(1000).wrapping_add(attempt * 7 + u64::from(difficulty)));
        let mut pool = NAMES.to_vec();
        let dimensions: Vec<(String, Vec<String>)> = (0..4)
            .map(|_| {
                let (name, values) = pool.remove(dice.below(pool.len()));
                (name.to_owned(), values.iter().map(|v| (*v).to_owned()).collect())
            })
            .collect();
        let leaves = leaves(&dimensions);
        let (volume, rates) = shop(&dimensions, &leaves, &mut dice);
        let history = weeks(&volume, &rates, &mut dice);
        let step = dice.below(STEPS.len());
        let width = match difficulty {
            1 => 1,
            2 => 1 + dice.below(2),
            _ => 2,
        };
        let truth = Hypothesis { step, slice: slice(&dimensions, width, &mut dice) };
        let severity = match difficulty {
            1 => dice.between(0.5, 0.6),
            2 => dice.between(0.35, 0.5),
            _ => dice.between(0.3, 0.42),
        };
        // Decoys: visits that move by themselves, which no later step may be blamed for.
        let decoys: Vec<(Vec<(usize, usize)>, f64)> = (1..difficulty).map(|_| (slice(&dimensions, 1, &mut dice), dice.between(0.98, 1.02))).collect();
        let mut expected = vec![vec![0.0; leaves.len()]; STEPS.len()];
        let mut actual = expected.clone();
        for (at, leaf) in leaves.iter().enumerate() {
            for step in 0..STEPS.len() {
                let mut mean = if step == 0 { volume[at] } else { actual[step - 1][at] * rates[step - 1][at] };
                expected[step][at] = mean;
                if step == 0 {
                    decoys.iter().filter(|(slice, _)| slice.iter().all(|(d, v)| leaf[*d] == *v)).for_each(|(_, factor)| mean *= factor);
                }
                if truth.step == step && truth.holds(leaf) {
                    mean *= 1.0 - severity;
                }
                let most = if step == 0 { f64::INFINITY } else { actual[step - 1][at] };
                actual[step][at] = dice.count(mean).min(most);
            }
        }
        let mechanism = *dice.pick(&MECHANISMS);
        let named = |slice: &[(usize, usize)]| slice.iter().map(|(d, v)| dimensions[*d].1[*v].clone()).collect::<Vec<_>>().join(", ");
        let mut documents: Vec<String> = mechanism.evidence(&named(&truth.slice)).to_vec();
        for (slice, _) in &decoys {
            let other = *dice.pick(&MECHANISMS);
            let [finding, _] = other.evidence(&named(slice));
            documents.push(format!("{finding} Its figures, however, moved by two in a hundred at most."));
        }
        let count = documents.len();
        documents.rotate_left(dice.below(count));
        Practice { dimensions, leaves, expected, actual, history, truth, severity, mechanism, documents, difficulty }
    }
}

fn leaves(dimensions: &[(String, Vec<String>)]) -> Vec<Vec<usize>> {
    let mut leaves = vec![vec![]];
    for (_, values) in dimensions {
        leaves = leaves.iter().flat_map(|leaf: &Vec<usize>| (0..values.len()).map(move |v| [leaf.as_slice(), &[v]].concat())).collect();
    }
    leaves
}

/// The usual visits of a day in each leaf, and the share that goes on from each step.
fn shop(dimensions: &[(String, Vec<String>)], leaves: &[Vec<usize>], dice: &mut Dice) -> (Vec<f64>, Vec<Vec<f64>>) {
    let weights: Vec<Vec<f64>> = dimensions.iter().map(|(_, values)| values.iter().map(|_| (0.5 * dice.normal()).exp()).collect()).collect();
    let mut volume: Vec<f64> =
        leaves.iter().map(|leaf| leaf.iter().zip(&weights).map(|(v, w)| w[*v]).product::<f64>() * (0.2 * dice.normal()).exp()).collect();
    let sum: f64 = volume.iter().sum();
    volume.iter_mut().for_each(|v| *v *= 400_000.0 / sum);
    let rates = [0.6, 0.35, 0.5].map(|rate: f64| {
        let tilt: Vec<Vec<f64>> = dimensions.iter().map(|(_, values)| values.iter().map(|_| dice.between(0.9, 1.1)).collect()).collect();
        leaves.iter().map(|leaf| (rate * leaf.iter().zip(&tilt).map(|(v, t)| t[*v]).product::<f64>()).min(0.95)).collect()
    });
    (volume, rates.to_vec())
}

/// Eight weeks of sums: calmer weekends, a slow rise, and chance.
fn weeks(volume: &[f64], rates: &[Vec<f64>], dice: &mut Dice) -> Vec<Vec<f64>> {
    const WEEK: [f64; 7] = [1.0, 1.02, 1.03, 1.0, 0.97, 0.8, 0.78];
    let usual: Vec<f64> = (0..STEPS.len())
        .map(|step| volume.iter().enumerate().map(|(leaf, v)| v * rates[..step].iter().map(|r| r[leaf]).product::<f64>()).sum())
        .collect();
    usual.iter().map(|sum| (0..56).map(|day| dice.count(sum * WEEK[day % 7] * (1.0 - 0.001 * (56 - day) as f64))).collect()).collect()
}

fn slice(dimensions: &[(String, Vec<String>)], width: usize, dice: &mut Dice) -> Vec<(usize, usize)> {
    let mut chosen: Vec<(usize, usize)> = vec![];
    while chosen.len() < width {
        let d = dice.below(dimensions.len());
        if chosen.iter().all(|(known, _)| *known != d) {
            chosen.push((d, dice.below(dimensions[d].1.len())));
        }
    }
    chosen.sort_unstable();
    chosen
}
