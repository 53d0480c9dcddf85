//! Checking calls: functions of values, of all samples, and distributions.

use crate::{
    check::{Checked, Checker, Code, Function, Whole, alike},
    draw::Distribution,
    parse::{Expr, Node},
    text::{Place, Wrong, meant},
    unit::{Unit, told},
};

const FUNCTIONS: &[&str] = &[
    "sqrt",
    "ln",
    "log10",
    "exp",
    "abs",
    "round",
    "floor",
    "ceil",
    "min",
    "max",
    "clamp",
    "normal",
    "lognormal",
    "uniform",
    "triangular",
    "pert",
    "beta",
    "mix",
    "P",
    "mean",
    "median",
];

impl Checker<'_> {
    pub(crate) fn call(&mut self, name: &str, args: &[Expr], at: Place) -> Checked {
        let takes = |n: usize, how: &str| match args.len() == n {
            true => Ok(()),
            false => at.wrong(format!("{name} takes {how}; here {} were given.", args.len())),
        };
        match name {
            "sqrt" | "ln" | "log10" | "exp" | "abs" | "round" | "floor" | "ceil" => {
                takes(1, "one value")?;
                let (code, unit) = self.check(&args[0])?;
                let plain = matches!(name, "ln" | "log10" | "exp");
                if plain && !unit.is_number() {
                    return at.wrong(format!("{name} takes a plain number; this is {}.", told(&unit)));
                }
                let (function, unit) = match name {
                    "sqrt" => (Function::Root, unit.power(0.5).ok_or(Wrong { at, says: format!("{} has no square root.", told(&unit)) })?),
                    "ln" => (Function::Ln, unit),
                    "log10" => (Function::Log10, unit),
                    "exp" => (Function::Exp, unit),
                    "abs" => (Function::Abs, unit),
                    "round" => (Function::Round(unit.scale()), unit),
                    "floor" => (Function::Floor(unit.scale()), unit),
                    _ => (Function::Ceil(unit.scale()), unit),
                };
                Ok((Code::Apply(function, vec![code], at), unit))
            }
            "min" | "max" | "clamp" => {
                if args.len() < 2 || (name == "clamp" && args.len() != 3) {
                    return at.wrong(if name == "clamp" {
                        "clamp takes a value, the least and the most.".to_owned()
                    } else {
                        format!("{name} takes two values or more.")
                    });
                }
                let (mut codes, unit) = self.all(args)?;
                if name == "clamp" {
                    let (most, least) = (codes.pop().unwrap_or(Code::Same(0.0)), codes.pop().unwrap_or(Code::Same(0.0)));
                    let value = codes.pop().unwrap_or(Code::Same(0.0));
                    let raised = Code::Apply(Function::Most, vec![value, least], at);
                    return Ok((Code::Apply(Function::Least, vec![raised, most], at), unit));
                }
                Ok((Code::Apply(if name == "min" { Function::Least } else { Function::Most }, codes, at), unit))
            }
            "mix" => self.mix(args, at),
            "P" => {
                takes(1, "one condition, as in P(profit > 0)")?;
                let condition = self.condition(&args[0])?;
                Ok((Code::Over(Whole::Share, condition.into()), Unit::none()))
            }
            "mean" | "median" => {
                takes(1, "one value")?;
                let (code, unit) = self.check(&args[0])?;
                Ok((Code::Over(if name == "mean" { Whole::Mean } else { Whole::Median }, code.into()), unit))
            }
            "normal" | "lognormal" | "uniform" | "triangular" | "pert" | "beta" => self.distribution(name, args, at),
            _ => {
                let guess =
                    meant(name, FUNCTIONS.iter().copied()).map_or(format!("There are {}.", FUNCTIONS.join(", ")), |g| format!("Did you mean “{g}”?"));
                at.wrong(format!("No function is called “{name}”. {guess}"))
            }
        }
    }

    fn all(&mut self, args: &[Expr]) -> Result<(Vec<Code>, Unit), Wrong> {
        let (first, unit) = self.check(&args[0])?;
        let mut codes = vec![first];
        for arg in &args[1..] {
            let (code, other) = self.check(arg)?;
            alike(&unit, &code, &other, arg.at, "The values")?;
            codes.push(code);
        }
        Ok((codes, unit))
    }

    fn mix(&mut self, args: &[Expr], at: Place) -> Checked {
        let (parts, weights) = match args.split_last() {
            Some((Expr { node: Node::List(weights), at }, parts)) if parts.len() >= 2 => (parts, self.several(weights, *at, "A weight")?.0),
            _ if args.len() >= 2 => (args, vec![1.0; args.len()]),
            _ => return at.wrong("mix takes two values or more and a list of weights, as in mix(a, b, [0.9, 0.1])."),
        };
        let sum: f64 = weights.iter().sum();
        if weights.len() != parts.len() || weights.iter().any(|w| *w < 0.0) || sum <= 0.0 {
            return at.wrong(format!(
                "mix has {} values and {} weights; each value takes one, zero or more, not all zero.",
                parts.len(),
                weights.len()
            ));
        }
        let (codes, unit) = self.all(parts)?;
        let (chosen, _) = self.leaf(Distribution::Uniform { low: 0.0, high: 1.0 }, Unit::none(), at)?;
        let Code::Leaf(leaf) = chosen else { return at.wrong("mix cannot choose.") };
        let mut end = 0.0;
        let ends = weights.iter().map(|w| {
            end += w / sum;
            end
        });
        Ok((Code::Mix(leaf, ends.zip(codes).collect()), unit))
    }

    fn distribution(&mut self, name: &str, args: &[Expr], at: Place) -> Checked {
        let (count, how) = match name {
            "normal" => (2, "a mean and a standard deviation"),
            "lognormal" => (2, "the mean and the standard deviation of the logarithm"),
            "uniform" => (2, "the least and the most"),
            "beta" => (2, "two shapes, as in beta(2, 5)"),
            _ => (3, "the least, the most likely and the most"),
        };
        if args.len() != count {
            return at.wrong(format!("{name} takes {how}."));
        }
        let (x, unit) = self.several(args, at, "A parameter of a distribution")?;
        if matches!(name, "lognormal" | "beta") && !unit.is_number() {
            return at.wrong(format!("{name} takes plain numbers; multiply it by a unit instead, as in “{name}(…) * 1 {unit}”."));
        }
        let distribution = match name {
            "normal" if x[1] > 0.0 => Distribution::Normal { mean: x[0], sd: x[1] },
            "lognormal" if x[1] > 0.0 => Distribution::Lognormal { mu: x[0], sigma: x[1] },
            "normal" | "lognormal" => return at.wrong("A standard deviation is above zero."),
            "uniform" if x[0] < x[1] => Distribution::Uniform { low: x[0], high: x[1] },
            "beta" if x[0] >= 0.5 && x[1] >= 0.5 => Distribution::Beta { a: x[0], b: x[1], low: 0.0, high: 1.0 },
            "beta" => return at.wrong("The shapes of a beta are 0.5 or more."),
            "triangular" if x[0] < x[2] && x[0] <= x[1] && x[1] <= x[2] => Distribution::Triangular { low: x[0], mode: x[1], high: x[2] },
            "pert" if x[0] < x[2] && x[0] <= x[1] && x[1] <= x[2] => Distribution::pert(x[0], x[1], x[2]),
            _ => return at.wrong(format!("{name} takes {how}, in rising order.")),
        };
        self.leaf(distribution, unit, at)
    }
}
