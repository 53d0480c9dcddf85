//! From what was written to what is computed: names become lines, units are checked, what is uncertain becomes a
//! leaf with a distribution.

use crate::{
    draw::Distribution,
    kind::Kind,
    parse::{Expr, Node, Op, Order},
    run::certain,
    text::{Place, Wrong, meant},
    unit::{Unit, told},
};

/// An expression ready to be computed, in base units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Code {
    Same(f64),
    Line(usize),
    Leaf(usize),
    Negate(Box<Code>),
    Binary(Op, Box<Code>, Box<Code>, Place),
    Compare(Order, Box<Code>, Box<Code>),
    If(Box<Code>, Box<Code>, Box<Code>),
    Apply(Function, Vec<Code>, Place),
    /// The share of samples in which something holds, or the middle of all samples: one number.
    Over(Whole, Box<Code>),
    /// One of several, chosen by a leaf between 0 and 1 against the ends of their shares.
    Mix(usize, Vec<(f64, Code)>),
}

/// Functions of single samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Function {
    Root,
    Ln,
    Log10,
    Exp,
    Abs,
    /// To whole numbers of the unit, of which one is so many base units.
    Round(f64),
    Floor(f64),
    Ceil(f64),
    Least,
    Most,
}

/// Functions of all samples together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whole {
    Share,
    Mean,
    Median,
}

/// Something uncertain in a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    /// The line it stands in, by its place in the model.
    pub line: usize,
    /// Which of the line's leaves it is, from 0.
    pub nth: usize,
    pub at: Place,
    pub distribution: Distribution,
}

/// What is known of lines that were checked before.
pub(crate) struct Known {
    pub unit: Unit,
    /// The value, where it is certain.
    pub fixed: Option<f64>,
    pub kind: Kind,
}

pub(crate) struct Checker<'a> {
    pub find: &'a dyn Fn(&str) -> Option<usize>,
    pub names: &'a [String],
    pub known: &'a [Option<Known>],
    pub leaves: &'a mut Vec<Leaf>,
    pub line: usize,
}

pub(crate) type Checked = Result<(Code, Unit), Wrong>;

impl Checker<'_> {
    pub fn check(&mut self, expr: &Expr) -> Checked {
        let at = expr.at;
        match &expr.node {
            Node::Number(amount) => Ok((Code::Same(amount.value), amount.unit.clone())),
            Node::Name(name) => self.name(name, at),
            Node::Negate(inner) => {
                let (code, unit) = self.check(inner)?;
                Ok((Code::Negate(code.into()), unit))
            }
            Node::Binary(op, left, right) => self.binary(*op, left, right, at),
            Node::Compare(..) => at.wrong("A comparison is true or false, not a number. Use it in “if a > b then c else d” or in “P(a > b)”."),
            Node::If(condition, yes, no) => {
                let condition = self.condition(condition)?;
                let (yes, unit) = self.check(yes)?;
                let (no, other) = self.check(no)?;
                alike(&unit, &no, &other, at, "The two ways of an “if”")?;
                Ok((Code::If(condition.into(), yes.into(), no.into()), unit))
            }
            Node::Range(low, high) => self.range(low, high, at),
            Node::Around(middle, spread) => self.around(middle, spread, at),
            Node::Of(some, all) => self.of(some, all, at),
            Node::Call(name, args) => self.call(name, args, at),
            Node::List(items) => {
                let (mut values, unit) = self.several(items, at, "An entry of a list")?;
                values.sort_by(f64::total_cmp);
                match values.is_empty() {
                    true => at.wrong("This list is empty."),
                    false => self.leaf(Distribution::Data(values), unit, at),
                }
            }
            Node::In(inner, wanted) => {
                let (code, unit) = self.check(inner)?;
                match unit.dimensions() == wanted.dimensions() {
                    true => Ok((code, wanted.clone())),
                    false => at.wrong(format!("This is {}, which cannot be shown in {}.", told(&unit), told(wanted))),
                }
            }
        }
    }

    fn name(&mut self, name: &str, at: Place) -> Checked {
        match (self.find)(name) {
            Some(line) => match &self.known[line] {
                Some(known) => Ok((known.fixed.map_or(Code::Line(line), Code::Same), known.unit.clone())),
                None => at.wrong(format!("“{name}” is not known yet.")),
            },
            None => {
                let guess = meant(name, self.names.iter().map(String::as_str));
                let hint = guess.map_or("Give it a line of its own, such as “name = 5 to 10”.".to_owned(), |g| format!("Did you mean “{g}”?"));
                at.wrong(format!("No line is called “{name}”. {hint}"))
            }
        }
    }

    fn binary(&mut self, op: Op, left: &Expr, right: &Expr, at: Place) -> Checked {
        let (a, unit) = self.check(left)?;
        let (b, other) = self.check(right)?;
        if matches!(op, Op::Add | Op::Subtract) && self.is_of_the_left((left, &a, &unit), right, at)? {
            let factor = compose(op, Code::Same(1.0), b, at);
            return Ok((compose(Op::Multiply, a, factor, at), unit));
        }
        let unit = match op {
            Op::Multiply => unit.times(&other, 1),
            Op::Divide => unit.times(&other, -1),
            Op::Add | Op::Subtract => {
                alike(&unit, &b, &other, at, if op == Op::Add { "The two sides of “+”" } else { "The two sides of “-”" })?;
                unit
            }
            Op::Power if !other.is_number() => return at.wrong(format!("An exponent is a plain number; this one is {}.", told(&other))),
            Op::Power if unit.is_number() => unit,
            Op::Power => {
                let Some(exponent) = certain(&b)? else { return at.wrong(format!("{} can only be raised to a certain number.", told(&unit))) };
                unit.power(exponent).ok_or(Wrong { at, says: format!("{} cannot be raised to the power {exponent}.", told(&unit)) })?
            }
        };
        if op == Op::Divide && b == Code::Same(0.0) {
            return at.wrong("This divides by zero.");
        }
        Ok((compose(op, a, b, at), unit))
    }

    pub(crate) fn condition(&mut self, expr: &Expr) -> Result<Code, Wrong> {
        let Node::Compare(order, left, right) = &expr.node else {
            return expr.at.wrong("A condition such as “a > b” was expected here.");
        };
        let (a, unit) = self.check(left)?;
        let (b, other) = self.check(right)?;
        if a != Code::Same(0.0) {
            alike(&unit, &b, &other, expr.at, "The two sides of a comparison")?;
        }
        Ok(Code::Compare(*order, a.into(), b.into()))
    }

    pub(crate) fn leaf(&mut self, distribution: Distribution, unit: Unit, at: Place) -> Checked {
        let nth = self.leaves.iter().filter(|l| l.line == self.line).count();
        self.leaves.push(Leaf { line: self.line, nth, at, distribution });
        Ok((Code::Leaf(self.leaves.len() - 1), unit))
    }

    /// A value that is certain.
    pub(crate) fn fixed(&mut self, expr: &Expr, what: &str) -> Result<(f64, Unit), Wrong> {
        let (code, unit) = self.check(expr)?;
        match certain(&code)? {
            Some(value) if value.is_finite() => Ok((value, unit)),
            Some(value) => expr.at.wrong(format!("{what} is {value}, which is no number.")),
            None => expr.at.wrong(format!("{what} must be certain. To compute with a range, put it in parentheses: “(5 to 10) * x”.")),
        }
    }

    /// Certain values of one dimension.
    pub(crate) fn several(&mut self, items: &[Expr], at: Place, what: &str) -> Result<(Vec<f64>, Unit), Wrong> {
        let mut values = vec![];
        let mut unit: Option<Unit> = None;
        for item in items {
            let (value, own) = self.fixed(item, what)?;
            if let Some(unit) = &unit {
                alike(unit, &Code::Same(value), &own, item.at, "The entries")?;
            }
            values.push(value);
            unit = unit.filter(|u| !u.is_number()).or(Some(own));
        }
        unit.map_or_else(|| at.wrong("This list is empty."), |unit| Ok((values, unit)))
    }
}

/// One operation on two codes, done at once where both are certain.
pub(crate) fn compose(op: Op, a: Code, b: Code, at: Place) -> Code {
    match (&a, &b) {
        (Code::Same(x), Code::Same(y)) => Code::Same(apply(op, *x, *y)),
        _ => Code::Binary(op, a.into(), b.into(), at),
    }
}

pub(crate) fn apply(op: Op, x: f64, y: f64) -> f64 {
    match op {
        Op::Add => x + y,
        Op::Subtract => x - y,
        Op::Multiply => x * y,
        Op::Divide => x / y,
        Op::Power => x.powf(y),
    }
}

/// Refuses to bring together what has different dimensions. A bare zero fits everywhere.
pub(crate) fn alike(unit: &Unit, code: &Code, other: &Unit, at: Place, what: &str) -> Result<(), Wrong> {
    match *code == Code::Same(0.0) || unit.dimensions() == other.dimensions() {
        true => Ok(()),
        false => at.wrong(format!("{what} do not fit together: {} and {}.", told(unit), told(other))),
    }
}
