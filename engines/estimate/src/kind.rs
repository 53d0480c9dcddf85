//! What is a share: so that `100 + 10 %` is 110, and `20 % + 5 %` is 25 %.

use crate::{
    check::{Checker, Code},
    parse::{Expr, Node, Op},
    run::certain,
    text::{Place, Wrong},
    unit::Unit,
};

/// What an expression stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Written in percent.
    Percent,
    /// A share, or one and a share more or less.
    Share,
    Other,
}

impl Checker<'_> {
    pub(crate) fn kind(&self, expr: &Expr) -> Kind {
        match &expr.node {
            Node::Number(amount) if amount.is_percent() && amount.unit.is_number() => Kind::Percent,
            Node::Name(name) => (self.find)(name).and_then(|line| self.known[line].as_ref()).map_or(Kind::Other, |known| known.kind),
            Node::Negate(inner) | Node::In(inner, _) => self.kind(inner),
            Node::Range(low, high) => match (self.kind(low), self.kind(high)) {
                (_, Kind::Percent) | (Kind::Percent, _) => Kind::Percent,
                _ => Kind::Other,
            },
            Node::Around(middle, _) => self.kind(middle),
            Node::Of(some, all) => match (self.kind(some), self.kind(all)) {
                (Kind::Other, _) => Kind::Share,
                (_, Kind::Other) => Kind::Other,
                _ => Kind::Share,
            },
            Node::If(_, yes, no) if self.kind(yes) == self.kind(no) => self.kind(yes),
            Node::Call(name, args) => match (name.as_str(), args.as_slice()) {
                ("P" | "beta", _) => Kind::Share,
                ("mean" | "median", [inner]) => self.kind(inner),
                _ => Kind::Other,
            },
            Node::Binary(op, left, right) => match (op, self.kind(left), self.kind(right)) {
                (Op::Add | Op::Subtract, Kind::Percent, Kind::Percent) => Kind::Percent,
                (Op::Add | Op::Subtract | Op::Multiply, a, b) if a != Kind::Other && b != Kind::Other => Kind::Share,
                // “1 - churn”.
                (Op::Add | Op::Subtract, Kind::Other, b) if b != Kind::Other && is_one(left) => Kind::Share,
                _ => Kind::Other,
            },
            _ => Kind::Other,
        }
    }

    /// Whether the percentage on the right of a “+” or “-” is one of what stands on the left, so that 100 + 10 % is 110.
    ///
    /// # Errors
    /// Where it could also be so many hundredths.
    pub(crate) fn is_of_the_left(&self, left: (&Expr, &Code, &Unit), right: &Expr, at: Place) -> Result<bool, Wrong> {
        let (left, code, unit) = left;
        let unsure = |what: &Expr| {
            let told = match &what.node {
                Node::Number(amount) => format!("{} % of what? ", (amount.value * 1e8).round() / 1e6),
                _ => String::new(),
            };
            at.wrong(format!("{told}A percentage and a plain number meet here. For so much more or less, multiply: “x * (1 + 10 %)”; for the hundredths themselves, write them: “x + 0.1”."))
        };
        match (self.kind(left), self.kind(right)) {
            (Kind::Other, Kind::Percent) if !unit.is_number() => Ok(true),
            (Kind::Other, Kind::Percent) => match certain(code)? {
                Some(value) if value.abs() >= 1.0 || value == 0.0 => Ok(value.abs() > 1.0),
                _ => unsure(right),
            },
            (Kind::Percent, Kind::Other) if is_one(right) => Ok(false),
            (Kind::Percent, Kind::Other) => unsure(left),
            _ => Ok(false),
        }
    }
}

fn is_one(expr: &Expr) -> bool {
    matches!(&expr.node, Node::Number(amount) if amount.value == 1.0 && amount.unit.is_number())
}
