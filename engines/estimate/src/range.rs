//! Checking what people write for what they do not know: `a to b`, `a ± b`, `m of n`, `20 % of x`.

use crate::{
    check::{Checked, Checker, Code, alike, compose},
    draw::Distribution,
    kind::Kind,
    parse::{Amount, Expr, Node, Op},
    text::Place,
    unit::Unit,
};

impl Checker<'_> {
    /// A 90 % interval. What stands behind one bare end is meant for both: “2 to 3 million people”, “5 to 10 %”.
    pub(crate) fn range(&mut self, low: &Expr, high: &Expr, at: Place) -> Checked {
        let (mut a, mut unit) = self.fixed(low, "The lower end of a range")?;
        let (mut b, mut other) = self.fixed(high, "The upper end of a range")?;
        if let (Some(first), Some(last)) = (amount(low), amount(high)) {
            share_unit((&mut a, &mut unit), (&mut b, &mut other));
            // Unless the lower end would no longer be the lower: “900 to 1.2k”.
            if first.times == 1.0 && last.times != 1.0 && (last.is_percent() || a * last.times < b) {
                a *= last.times;
            } else if last.times == 1.0 && first.times != 1.0 && (first.is_percent() || a > b || (b < 0.0 && a < b * first.times)) {
                b *= first.times;
            }
        }
        alike(&unit, &Code::Same(b), &other, at, "The two ends of a range")?;
        if a > b {
            return at.wrong(format!(
                "This range is the wrong way round: {} is more than {}. Write the lower end first.",
                a / unit.scale(),
                b / unit.scale()
            ));
        }
        if a == b {
            return Ok((Code::Same(a), unit));
        }
        self.leaf(Distribution::between(a, b), unit, at)
    }

    /// So much, give or take so much, or such a share of it: a 90 % interval with the middle in its middle.
    pub(crate) fn around(&mut self, middle: &Expr, spread: &Expr, at: Place) -> Checked {
        let (mut a, mut unit) = self.fixed(middle, "The middle of a range")?;
        let (mut b, mut other) = self.fixed(spread, "What follows “±”")?;
        let (first, last) = (amount(middle), amount(spread));
        if self.kind(spread) == Kind::Percent && self.kind(middle) == Kind::Other {
            (b, other) = (b * a.abs(), unit.clone());
        } else if let (Some(first), Some(last)) = (first, last) {
            if first.times == 1.0 && last.times != 1.0 {
                a *= last.times;
            } else if first.is_percent() && last.times == 1.0 {
                b *= first.times;
            }
            share_unit((&mut a, &mut unit), (&mut b, &mut other));
        }
        alike(&unit, &Code::Same(b), &other, at, "The two sides of “±”")?;
        match b {
            b if b < 0.0 => at.wrong("What follows “±” is not negative."),
            0.0 => Ok((Code::Same(a), unit)),
            b => self.leaf(Distribution::around(a, b), unit, at),
        }
    }

    pub(crate) fn of(&mut self, some: &Expr, all: &Expr, at: Place) -> Checked {
        if self.kind(some) != Kind::Other {
            let (share, _) = self.check(some)?;
            let (whole, unit) = self.check(all)?;
            return Ok((compose(Op::Multiply, share, whole, at), unit));
        }
        let (m, n) = (self.fixed(some, "The first number of “m of n”")?, self.fixed(all, "The second number of “m of n”")?);
        // “18 of 240 people”.
        let fits = m.1.is_number() || m.1.dimensions() == n.1.dimensions();
        let (some, all) = (m.0 / m.1.scale(), n.0 / n.1.scale());
        if !fits || some < 0.0 || all < some || all <= 0.0 {
            return at.wrong(format!("“{some} of {all}” is no share: so many of at least as many, of the same kind."));
        }
        // What m of n say of the true share, if every share was as likely before (Laplace 1774).
        self.leaf(Distribution::Beta { a: some + 1.0, b: all - some + 1.0, low: 0.0, high: 1.0 }, Unit::none(), at)
    }
}

/// The number that an end of a range is, be it negative.
fn amount(expr: &Expr) -> Option<&Amount> {
    match &expr.node {
        Node::Number(amount) => Some(amount),
        Node::Negate(inner) => match &inner.node {
            Node::Number(amount) => Some(amount),
            _ => None,
        },
        _ => None,
    }
}

/// Gives the unit of one side to the other if that has none.
fn share_unit(first: (&mut f64, &mut Unit), last: (&mut f64, &mut Unit)) {
    let (bare, full) = match (first.1.is_number(), last.1.is_number()) {
        (true, false) => (first, last),
        (false, true) => (last, first),
        _ => return,
    };
    *bare.0 *= full.1.scale();
    *bare.1 = full.1.clone();
}
