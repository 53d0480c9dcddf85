//! Computing a model on samples.

use crate::{
    check::{Code, Function, Whole, apply},
    draw::{Distribution, Drawer},
    model::Model,
    parse::{Op, Order},
    summary::Summary,
    text::{Place, Wrong},
};
use std::sync::Arc;

/// How a model is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    pub samples: usize,
    /// The same seed gives the same samples, to the digit.
    pub seed: u64,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { samples: 10_000, seed: 1 }
    }
}

/// Lines times samples that are held at once.
const MOST_CELLS: usize = 50_000_000;

/// A line on all samples, in base units.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// The same in every sample.
    Same(f64),
    /// One for each sample; a line that is just a range shares its leaf's.
    Drawn(Arc<Vec<f64>>),
}

impl Column {
    pub fn at(&self, sample: usize) -> f64 {
        match self {
            Column::Same(value) => *value,
            Column::Drawn(values) => values[sample],
        }
    }
}

/// A model on its samples: one vector for each line, so that `x - x` is 0.
#[derive(Clone, Debug)]
pub struct Results<'a> {
    pub model: &'a Model,
    pub settings: Settings,
    pub(crate) columns: Vec<Column>,
    pub(crate) leaves: Vec<Arc<Vec<f64>>>,
}

impl Model {
    /// Computes every line.
    ///
    /// # Errors
    /// A line that becomes infinite or no number in some sample, with the reason; too many samples to hold.
    pub fn run(&self, settings: Settings) -> Result<Results<'_>, Wrong> {
        if settings.samples < 100 || settings.samples > 1_000_000 || settings.samples * (self.lines.len() + self.leaves.len()) > MOST_CELLS {
            return Err(Wrong {
                at: Place::default(),
                says: format!(
                    "{} samples of {} lines cannot be held; take between 100 and 1,000,000, and fewer for long models.",
                    settings.samples,
                    self.lines.len()
                ),
            });
        }
        let drawer = Drawer::new(settings.samples, settings.seed);
        let leaves: Vec<Arc<Vec<f64>>> =
            self.leaves.iter().map(|leaf| Arc::new(drawer.draw(&leaf.distribution, self.place_of(leaf.line, leaf.nth)))).collect();
        let columns = self.compute(&leaves, drawer.samples())?;
        Ok(Results { model: self, settings, columns, leaves })
    }

    /// A number for a leaf that stays when other lines come and go: from its line's name and its place there.
    fn place_of(&self, line: usize, nth: usize) -> u64 {
        let start = 0xcbf2_9ce4_8422_2325_u64 ^ nth as u64;
        self.lines[line].name.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
    }

    /// Every line on given samples of the leaves.
    pub(crate) fn compute(&self, leaves: &[Arc<Vec<f64>>], samples: usize) -> Result<Vec<Column>, Wrong> {
        let mut columns: Vec<Column> = vec![Column::Same(0.0); self.lines.len()];
        for line in &self.order {
            let found = Run { columns: &columns, leaves, samples }.eval(&self.lines[*line].code)?;
            let column = match found {
                Value::Same(value) => Column::Same(value),
                Value::Lent(values) => Column::Drawn(values.clone()),
                Value::Own(values) => Column::Drawn(Arc::new(values)),
            };
            let wrong = match &column {
                Column::Same(value) => usize::from(!value.is_finite()) * samples,
                Column::Drawn(values) => values.iter().filter(|v| !v.is_finite()).count(),
            };
            if wrong > 0 {
                let Line { name, at } = self.named(*line);
                return at.wrong(format!("“{name}” becomes infinite or no number in {} of the samples.", share(wrong, samples)));
            }
            columns[*line] = column;
        }
        Ok(columns)
    }

    fn named(&self, line: usize) -> Line<'_> {
        Line { name: &self.lines[line].name, at: self.lines[line].at }
    }
}

struct Line<'a> {
    name: &'a str,
    at: Place,
}

fn share(some: usize, all: usize) -> String {
    format!("{:.2} %", some as f64 * 100.0 / all as f64)
}

impl Results<'_> {
    /// A line in numbers, in its own unit.
    pub fn summary(&self, line: usize) -> Summary {
        let scale = self.model.lines[line].unit.scale();
        Summary::of(&self.columns[line], scale)
    }

    /// The line that a model is about: the last that no other uses and that is uncertain. A chance is no quantity, and
    /// stands below what it asks about.
    pub fn answer(&self) -> usize {
        let lines = self.model.lines();
        let uncertain: Vec<bool> = (0..lines.len()).map(|at| !self.summary(at).histogram.is_empty()).collect();
        // What only a chance asks about is what the model is about.
        let used: Vec<usize> = lines.iter().zip(&uncertain).filter(|(_, open)| **open).flat_map(|(line, _)| line.uses.iter().copied()).collect();
        (0..lines.len()).rev().find(|at| uncertain[*at] && !used.contains(at)).unwrap_or_else(|| self.model.target())
    }

    /// The samples of a line, in its own unit.
    pub fn samples(&self, line: usize) -> Vec<f64> {
        let scale = self.model.lines[line].unit.scale();
        (0..self.settings.samples).map(|s| self.columns[line].at(s) / scale).collect()
    }
}

/// The value of what hangs on nothing uncertain.
pub(crate) fn certain(code: &Code) -> Result<Option<f64>, Wrong> {
    if let Code::Same(value) = code {
        return Ok(Some(*value));
    }
    match is_certain(code) {
        true => Ok(Some(Run { columns: &[], leaves: &[], samples: 1 }.eval(code)?.at(0))),
        false => Ok(None),
    }
}

/// Lines that are certain have been put in as numbers, so a line that is named is not.
fn is_certain(code: &Code) -> bool {
    match code {
        Code::Same(_) => true,
        Code::Line(_) | Code::Leaf(_) | Code::Mix(..) => false,
        Code::Negate(a) | Code::Over(_, a) => is_certain(a),
        Code::Binary(_, a, b, _) | Code::Compare(_, a, b) => is_certain(a) && is_certain(b),
        Code::If(a, b, c) => is_certain(a) && is_certain(b) && is_certain(c),
        Code::Apply(_, args, _) => args.iter().all(is_certain),
    }
}

enum Value<'a> {
    Same(f64),
    Lent(&'a Arc<Vec<f64>>),
    Own(Vec<f64>),
}

impl Value<'_> {
    fn at(&self, sample: usize) -> f64 {
        match self {
            Value::Same(value) => *value,
            Value::Lent(values) => values[sample],
            Value::Own(values) => values[sample],
        }
    }
}

struct Run<'a> {
    columns: &'a [Column],
    leaves: &'a [Arc<Vec<f64>>],
    samples: usize,
}

impl<'a> Run<'a> {
    fn eval(&self, code: &Code) -> Result<Value<'a>, Wrong> {
        Ok(match code {
            Code::Same(value) => Value::Same(*value),
            Code::Line(line) => match &self.columns[*line] {
                Column::Same(value) => Value::Same(*value),
                Column::Drawn(values) => Value::Lent(values),
            },
            Code::Leaf(leaf) => Value::Lent(&self.leaves[*leaf]),
            Code::Negate(inner) => self.each(self.eval(inner)?, |x| -x),
            Code::Binary(op, a, b, at) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                if *op == Op::Divide {
                    self.refuse(&b, |y| y == 0.0, *at, "This divides by zero")?;
                }
                match op {
                    Op::Add => self.both(a, b, |x, y| x + y),
                    Op::Subtract => self.both(a, b, |x, y| x - y),
                    Op::Multiply => self.both(a, b, |x, y| x * y),
                    Op::Divide => self.both(a, b, |x, y| x / y),
                    Op::Power => self.both(a, b, |x, y| apply(Op::Power, x, y)),
                }
            }
            Code::Compare(order, a, b) => {
                let (a, b) = (self.eval(a)?, self.eval(b)?);
                let order = *order;
                self.both(a, b, move |x, y| f64::from(u8::from(holds(order, x, y))))
            }
            Code::If(condition, yes, no) => {
                let (condition, yes, no) = (self.eval(condition)?, self.eval(yes)?, self.eval(no)?);
                Value::Own((0..self.samples).map(|s| if condition.at(s) != 0.0 { yes.at(s) } else { no.at(s) }).collect())
            }
            Code::Apply(function, args, at) => self.apply(*function, args, *at)?,
            Code::Over(whole, inner) => {
                let value = self.eval(inner)?;
                let all: Vec<f64> = (0..self.samples).map(|s| value.at(s)).collect();
                Value::Same(match whole {
                    Whole::Share | Whole::Mean => all.iter().sum::<f64>() / all.len() as f64,
                    Whole::Median => {
                        let mut all = all;
                        all.sort_by(f64::total_cmp);
                        (all[(all.len() - 1) / 2] + all[all.len() / 2]) / 2.0
                    }
                })
            }
            Code::Mix(leaf, parts) => {
                let parts: Vec<(f64, Value)> = parts.iter().map(|(end, code)| Ok((*end, self.eval(code)?))).collect::<Result<_, Wrong>>()?;
                let chosen = |s: usize| {
                    let u = self.leaves[*leaf][s];
                    parts.iter().find(|(end, _)| u < *end).or(parts.last()).map_or(0.0, |(_, value)| value.at(s))
                };
                Value::Own((0..self.samples).map(chosen).collect())
            }
        })
    }

    fn apply(&self, function: Function, args: &[Code], at: Place) -> Result<Value<'a>, Wrong> {
        let mut values = args.iter().map(|a| self.eval(a)).collect::<Result<Vec<_>, _>>()?.into_iter();
        let Some(first) = values.next() else { return at.wrong("Nothing to compute with.") };
        Ok(match function {
            Function::Root => {
                self.refuse(&first, |x| x < 0.0, at, "This takes the root of a negative number")?;
                self.each(first, f64::sqrt)
            }
            Function::Ln | Function::Log10 => {
                self.refuse(&first, |x| x <= 0.0, at, "This takes the logarithm of zero or less")?;
                self.each(first, if function == Function::Ln { f64::ln } else { f64::log10 })
            }
            Function::Exp => self.each(first, f64::exp),
            Function::Abs => self.each(first, f64::abs),
            Function::Round(unit) => self.each(first, |x| (x / unit).round() * unit),
            Function::Floor(unit) => self.each(first, |x| (x / unit).floor() * unit),
            Function::Ceil(unit) => self.each(first, |x| (x / unit).ceil() * unit),
            Function::Least => values.fold(first, |a, b| self.both(a, b, f64::min)),
            Function::Most => values.fold(first, |a, b| self.both(a, b, f64::max)),
        })
    }

    fn refuse(&self, value: &Value, bad: impl Fn(f64) -> bool, at: Place, says: &str) -> Result<(), Wrong> {
        let wrong = match value {
            Value::Same(x) => usize::from(bad(*x)) * self.samples,
            Value::Lent(values) => values.iter().filter(|x| bad(**x)).count(),
            Value::Own(values) => values.iter().filter(|x| bad(**x)).count(),
        };
        match wrong {
            0 => Ok(()),
            n => at.wrong(format!("{says} in {} of the samples.", share(n, self.samples))),
        }
    }

    fn each(&self, value: Value<'a>, f: impl Fn(f64) -> f64) -> Value<'a> {
        match value {
            Value::Same(x) => Value::Same(f(x)),
            Value::Lent(values) => Value::Own(values.iter().map(|x| f(*x)).collect()),
            Value::Own(mut values) => {
                values.iter_mut().for_each(|x| *x = f(*x));
                Value::Own(values)
            }
        }
    }

    /// Sample by sample; what one side owns is written over.
    fn both(&self, a: Value<'a>, b: Value<'a>, f: impl Fn(f64, f64) -> f64) -> Value<'a> {
        match (a, b) {
            (Value::Same(x), Value::Same(y)) => Value::Same(f(x, y)),
            (Value::Same(x), b) => self.each(b, |y| f(x, y)),
            (a, Value::Same(y)) => self.each(a, |x| f(x, y)),
            (Value::Own(mut a), Value::Lent(b)) => {
                a.iter_mut().zip(b.iter()).for_each(|(x, y)| *x = f(*x, *y));
                Value::Own(a)
            }
            (Value::Own(mut a), Value::Own(b)) => {
                a.iter_mut().zip(b).for_each(|(x, y)| *x = f(*x, y));
                Value::Own(a)
            }
            (Value::Lent(a), Value::Own(mut b)) => {
                b.iter_mut().zip(a.iter()).for_each(|(y, x)| *y = f(*x, *y));
                Value::Own(b)
            }
            (Value::Lent(a), Value::Lent(b)) => Value::Own(a.iter().zip(b.iter()).map(|(x, y)| f(*x, *y)).collect()),
        }
    }
}

fn holds(order: Order, x: f64, y: f64) -> bool {
    match order {
        Order::Less => x < y,
        Order::Greater => x > y,
        Order::AtMost => x <= y,
        Order::AtLeast => x >= y,
        Order::Equal => x == y,
    }
}

/// The middle of what a leaf may be.
pub(crate) fn middle(distribution: &Distribution) -> f64 {
    distribution.quantile(0.5)
}
