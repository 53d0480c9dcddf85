//! What a way of scoring asks for: its inputs with their scales, and how what people write is read.

use crate::model::{Method, Scheme, Source};
use scoring::{
    method::{self, Combine},
    ranges::Quantity,
};
use web::telling::figure;

/// What may be written for an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// One of these: the value, how it is written, what it means.
    Choices(&'static [(f64, &'static str, &'static str)]),
    /// A number or a range within bounds.
    Number { least: f64, most: f64 },
    /// A share, written as a percentage.
    Percent,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub key: String,
    pub name: String,
    pub hint: &'static str,
    pub scale: Scale,
    /// It counts against.
    pub cost: bool,
    pub weight: f64,
    /// It is counted instead of typed.
    pub counted: Option<Source>,
}

const IMPACT: &[(f64, &str, &str)] =
    &[(0.25, "0.25", "minimal"), (0.5, "0.5", "low"), (1.0, "1", "medium"), (2.0, "2", "high"), (3.0, "3", "massive")];
/// SAFe’s steps.
const STEPS: &[(f64, &str, &str)] =
    &[(1.0, "1", ""), (2.0, "2", ""), (3.0, "3", ""), (5.0, "5", ""), (8.0, "8", ""), (13.0, "13", ""), (20.0, "20", "")];
pub(crate) const WISHES: &[(f64, &str, &str)] = &[(4.0, "must", ""), (3.0, "should", ""), (2.0, "could", ""), (1.0, "won’t", "")];
const TEN: Scale = Scale::Number { least: 0.0, most: 10.0 };
const ONE_TO_TEN: Scale = Scale::Number { least: 1.0, most: 10.0 };
const ANY: f64 = 1e12;

/// Key, name, hint, scale, whether it counts against.
type Fixed = (&'static str, &'static str, &'static str, Scale, bool);

const fn fixed(method: Method) -> &'static [Fixed] {
    match method {
        Method::Rice => &[
            ("reach", "Reach", "people or events in a quarter", Scale::Number { least: 0.0, most: ANY }, false),
            ("impact", "Impact", "on each of them", Scale::Choices(IMPACT), false),
            ("confidence", "Confidence", "in percent", Scale::Percent, false),
            ("effort", "Effort", "person-months, 0.5 at least", Scale::Number { least: 0.5, most: ANY }, true),
        ],
        Method::Ice => &[
            ("impact", "Impact", "1 to 10", ONE_TO_TEN, false),
            ("confidence", "Confidence", "1 to 10", ONE_TO_TEN, false),
            ("ease", "Ease", "1 to 10", ONE_TO_TEN, false),
        ],
        Method::Wsjf => &[
            ("value", "User and business value", "beside the others", Scale::Choices(STEPS), false),
            ("urgency", "Time criticality", "beside the others", Scale::Choices(STEPS), false),
            ("risk", "Risk reduction or opportunity", "beside the others", Scale::Choices(STEPS), false),
            ("size", "Job size", "beside the others", Scale::Choices(STEPS), true),
        ],
        Method::ValueEffort => &[
            ("value", "Value", "points, or an amount", Scale::Number { least: 0.0, most: ANY }, false),
            ("effort", "Effort", "above zero", Scale::Number { least: 0.01, most: ANY }, true),
        ],
        Method::Moscow => &[
            ("wish", "Wish", "for the next release", Scale::Choices(WISHES), false),
            ("effort", "Effort", "points, or days", Scale::Number { least: 0.0, most: ANY }, true),
        ],
        Method::Opportunity => &[("importance", "Importance", "0 to 10", TEN, false), ("satisfaction", "Satisfaction", "0 to 10", TEN, true)],
        Method::Weighted => &[],
    }
}

/// What a method asks for by itself; of weighted criteria nothing.
pub fn of(method: Method) -> Vec<Input> {
    let input = |(key, name, hint, scale, cost): &Fixed| Input {
        key: (*key).to_owned(),
        name: (*name).to_owned(),
        hint,
        scale: *scale,
        cost: *cost,
        weight: 1.0,
        counted: None,
    };
    fixed(method).iter().map(input).collect()
}

impl Scheme {
    /// What it asks for, in the order of its formula.
    pub fn inputs(&self) -> Vec<Input> {
        let counted = |key: &str| self.counted.get(key).copied();
        let given = of(self.method).into_iter().map(|input| Input { counted: counted(&input.key), ..input });
        let own = self.criteria.iter().map(|c| Input {
            key: c.key.clone(),
            name: c.name.clone(),
            hint: "0 to 10",
            scale: if counted(&c.key).is_some() { Scale::Number { least: 0.0, most: ANY } } else { TEN },
            cost: c.cost,
            weight: c.weight,
            counted: counted(&c.key),
        });
        given.chain(own).collect()
    }

    /// What people rate: all that is not counted.
    pub fn rated(&self) -> Vec<Input> {
        self.inputs().into_iter().filter(|input| input.counted.is_none()).collect()
    }

    /// The formula. Of MoSCoW only the wish orders.
    pub fn formula(&self) -> method::Method {
        formula(self.method, &self.inputs())
    }
}

pub(crate) fn formula(method: Method, inputs: &[Input]) -> method::Method {
    let criterion = |input: &Input, weight: f64| method::Criterion { name: input.name.clone(), weight, is_cost: input.cost };
    match method {
        Method::Rice => method::Method::Rice,
        Method::Ice => method::Method::Ice(Combine::Multiply),
        Method::Wsjf => method::Method::Wsjf,
        Method::ValueEffort => method::Method::ValueEffort,
        Method::Opportunity => method::Method::Opportunity,
        Method::Weighted => method::Method::Weighted(inputs.iter().map(|input| criterion(input, input.weight)).collect()),
        Method::Moscow => {
            method::Method::Weighted(inputs.iter().map(|input| criterion(input, if input.key == "wish" { 1.0 } else { 0.0 })).collect())
        }
    }
}

/// The longest answer.
pub(crate) const LONGEST: usize = 120;
/// So many values stand for a distribution.
const SAMPLES: usize = 1_000;

impl Input {
    /// What was written, as it is counted with.
    ///
    /// # Errors
    /// A sentence for whoever wrote it.
    pub fn read(&self, text: &str) -> Result<Quantity, String> {
        let text = text.trim();
        if let Scale::Choices(choices) = self.scale
            && let Some((value, ..)) = choices.iter().find(|(_, written, _)| same_word(written, text))
        {
            return Ok(Quantity::Point(*value));
        }
        let found = quantity(text)?;
        match self.scale {
            Scale::Choices(choices) if !found.is_uncertain() => {
                let value = choices.iter().map(|(value, ..)| *value).find(|value| (value - found.middle()).abs() < 1e-9);
                value.map(Quantity::Point).ok_or_else(|| format!("{} is one of {}.", self.name, listed(choices)))
            }
            Scale::Choices(choices) => {
                let (least, most) = choices.iter().fold((f64::MAX, f64::MIN), |(low, high), (v, ..)| (low.min(*v), high.max(*v)));
                self.within(found, least, most)
            }
            Scale::Number { least, most } => self.within(found, least, most),
            Scale::Percent => {
                // “80” and “80 %” are the same; so is 0.8.
                let found = if found.middle() > 1.0 && !text.contains('%') { scaled(&found, 0.01) } else { found };
                self.within(found, 0.0, 1.0)
            }
        }
    }

    /// Within bounds; of a range only the middle has to be, since its tails reach anywhere.
    fn within(&self, found: Quantity, least: f64, most: f64) -> Result<Quantity, String> {
        let told = |value: f64| if self.scale == Scale::Percent { format!("{} %", figure(value * 100.0)) } else { figure(value) };
        match found.middle() {
            middle if middle < least => Err(format!("{} is {} at least.", self.name, told(least))),
            middle if middle > most => Err(format!("{} is {} at most.", self.name, told(most))),
            _ => Ok(bounded(found, least, most)),
        }
    }

    /// A value as it would be written: the nearest that the scale has.
    pub fn written(&self, value: f64) -> String {
        match self.scale {
            Scale::Choices(choices) => {
                let nearest = choices.iter().min_by(|a, b| (a.0 - value).abs().total_cmp(&(b.0 - value).abs()));
                nearest.map_or_else(String::new, |(_, written, _)| (*written).to_owned())
            }
            Scale::Percent => format!("{} %", figure((value * 100.0).round())),
            Scale::Number { .. } => figure(value),
        }
    }
}

impl Input {
    /// A range as it would be written: its ends in two figures, for nobody knows them better.
    pub fn written_between(&self, low: f64, high: f64) -> String {
        let short = |value: f64| {
            let unit = 10_f64.powf(value.abs().max(1e-9).log10().floor() - 1.0);
            figure((value / unit).round() * unit)
        };
        match self.scale {
            Scale::Choices(_) => self.written((low + high) / 2.0),
            Scale::Percent if low < high => format!("{} to {}", figure((low * 100.0).round()), figure((high * 100.0).round())),
            _ if short(low) == short(high) => short(low),
            _ => format!("{} to {}", short(low), short(high)),
        }
    }
}

fn same_word(written: &str, text: &str) -> bool {
    let plain = |word: &str| word.to_lowercase().replace(['’', '\''], "");
    plain(written) == plain(text)
}

/// "must, should, could or won’t".
fn listed(choices: &[(f64, &str, &str)]) -> String {
    let words: Vec<&str> = choices.iter().map(|(_, written, _)| *written).collect();
    match words.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        _ => words.concat(),
    }
}

/// A number or a distribution, by the language of estimates. Plain numbers, which most are, go a short way.
fn quantity(text: &str) -> Result<Quantity, String> {
    if let Ok(value) = text.parse::<f64>()
        && value.is_finite()
    {
        return Ok(Quantity::Point(value));
    }
    if text.contains(['\n', '=']) {
        return Err("Write one number or one range here, such as 3k to 8k.".into());
    }
    let model = estimate::Model::parse(&format!("it = {text}")).map_err(|wrong| wrong.says)?;
    let line = model.target();
    let certain = model.leaves().is_empty();
    let settings = estimate::Settings { samples: if certain { 100 } else { SAMPLES }, seed: 1 };
    let results = model.run(settings).map_err(|wrong| wrong.says)?;
    match certain {
        true => Ok(Quantity::Point(results.summary(line).mean)),
        false => Quantity::drawn(results.samples(line)).map_err(|wrong| wrong.0),
    }
}

fn mapped(quantity: &Quantity, change: impl Fn(f64) -> f64) -> Quantity {
    match quantity {
        Quantity::Point(value) => Quantity::Point(change(*value)),
        Quantity::Range { low, high } => Quantity::Range { low: change(*low), high: change(*high) },
        Quantity::Drawn(values) => Quantity::Drawn(values.iter().map(|value| change(*value)).collect()),
    }
}

fn scaled(quantity: &Quantity, by: f64) -> Quantity {
    mapped(quantity, |value| value * by)
}

/// What a scale does not have lies at its ends.
fn bounded(quantity: Quantity, least: f64, most: f64) -> Quantity {
    if quantity.is_uncertain() { mapped(&quantity, |value| value.clamp(least, most)) } else { quantity }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(method: Method, key: &str) -> Input {
        of(method).into_iter().find(|input| input.key == key).unwrap()
    }

    #[test]
    fn numbers_ranges_and_words_are_read() {
        let reach = input(Method::Rice, "reach");
        assert_eq!(reach.read(" 500 "), Ok(Quantity::Point(500.0)));
        assert_eq!(reach.read("3k"), Ok(Quantity::Point(3000.0)));
        let range = reach.read("3k to 8k").unwrap();
        assert!(range.is_uncertain() && (range.middle() - (3000.0_f64 * 8000.0).sqrt()).abs() < 20.0, "{}", range.middle());
        assert!(reach.read("pert(1, 2, 9)").is_ok_and(|q| q.is_uncertain()));
        assert_eq!(input(Method::Moscow, "wish").read("Won't"), Ok(Quantity::Point(1.0)));
        assert_eq!(input(Method::Rice, "impact").read("0.5"), Ok(Quantity::Point(0.5)));
        for same in ["80", "80 %", "0.8"] {
            assert!((input(Method::Rice, "confidence").read(same).unwrap().middle() - 0.8).abs() < 1e-12, "{same}");
        }
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let wrong = |method, key, text: &str| input(method, key).read(text).unwrap_err();
        assert_eq!(wrong(Method::Rice, "effort", "0.1"), "Effort is 0.5 at least.");
        assert_eq!(wrong(Method::Rice, "confidence", "140 %"), "Confidence is 100 % at most.");
        assert_eq!(wrong(Method::Rice, "impact", "7"), "Impact is one of 0.25, 0.5, 1, 2 or 3.");
        assert_eq!(wrong(Method::Moscow, "wish", "5"), "Wish is one of must, should, could or won’t.");
        assert_eq!(wrong(Method::Ice, "ease", "11"), "Ease is 10 at most.");
        assert!(wrong(Method::Rice, "reach", "many").len() > 5);
        assert!(wrong(Method::Rice, "reach", "8k to 3k").contains("wrong way round"));
        assert!(wrong(Method::Rice, "reach", "x = 3").contains("one number"));
        assert!(wrong(Method::Rice, "reach", "").len() > 5);
    }

    #[test]
    fn tails_end_where_the_scale_does() {
        let effort = input(Method::Rice, "effort").read("0.6 to 3").unwrap();
        let Quantity::Drawn(values) = effort else { panic!("a range") };
        assert!(values.iter().all(|v| *v >= 0.5));
    }

    #[test]
    fn a_value_is_written_as_its_scale_has_it() {
        assert_eq!(input(Method::Wsjf, "size").written(6.4), "5");
        assert_eq!(input(Method::Moscow, "wish").written(3.6), "must");
        assert_eq!(input(Method::Rice, "confidence").written(0.756), "76 %");
        assert_eq!(input(Method::Rice, "reach").written(1234.5), "1234.5");
        assert_eq!(input(Method::Rice, "reach").written_between(3146.2, 8011.0), "3100 to 8000");
        assert_eq!(input(Method::Rice, "effort").written_between(0.62, 2.449), "0.62 to 2.4");
        assert_eq!(input(Method::Rice, "effort").written_between(2.01, 2.04), "2");
        assert_eq!(input(Method::Wsjf, "size").written_between(3.0, 7.0), "5");
        let confidence = input(Method::Rice, "confidence");
        assert!((confidence.read(&confidence.written_between(0.6, 0.8)).unwrap().middle() - 0.69).abs() < 0.02);
    }
}
