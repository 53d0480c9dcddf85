//! Numbers with what stands behind them: suffixes, units, and ranges written with a dash.

use super::{Expr, Node, Op, Parsed, Parser, WORDS};
use crate::{
    lex::{TIGHT, Token},
    number::multiplier,
    text::{Place, Wrong},
    unit::{Unit, is_currency},
};

/// A number as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Amount {
    /// In base units.
    pub value: f64,
    pub unit: Unit,
    /// What it was multiplied by besides its unit: `k`, `%`, `million`; 1 where nothing of the kind stood there.
    pub times: f64,
}

impl Amount {
    pub fn is_percent(&self) -> bool {
        (self.times - 0.01).abs() < 1e-12
    }
}

/// The same tokens, with a dash between the two numbers that are all of a line read as a range: `5-10 EUR/person`.
pub(super) fn dashed(tokens: &[(Token, Place)], is_line: &dyn Fn(&str) -> bool) -> Vec<(Token, Place)> {
    let mut found = tokens.to_vec();
    let Some(at) = tokens.iter().position(|(token, _)| *token == Token::Sign(TIGHT)) else { return found };
    if let (Some(low), Some(high)) = (only_amount(&tokens[..at], is_line), only_amount(&tokens[at + 1..], is_line))
        && low < high
    {
        found[at].0 = Token::Name("to".into());
    }
    found
}

/// The one number among units.
fn only_amount(tokens: &[(Token, Place)], is_line: &dyn Fn(&str) -> bool) -> Option<f64> {
    let mut found = None;
    for (token, _) in tokens {
        match token {
            Token::Number(digits, times) if found.is_none() => found = Some(digits * times),
            Token::Name(name) if !is_line(name) && name != "of" && name != "to" => {}
            Token::Sign("/") | Token::End => {}
            _ => return None,
        }
    }
    found
}

impl Parser<'_> {
    /// The rest of an amount whose digits have been read, `before` being a currency before them.
    pub(super) fn amount(&mut self, digits: f64, suffix: f64, before: Unit) -> Result<Amount, Wrong> {
        let times = suffix * self.spaced_suffix(!before.is_number());
        let (behind, scale) = self.unit()?.unwrap_or((Unit::none(), 1.0));
        // Words such as “million” have a scale and no unit.
        let words = scale / behind.scale();
        let words = if (words - 1.0).abs() < 1e-9 { 1.0 } else { words };
        let value = digits * times * before.scale() * scale;
        Ok(Amount { value, unit: before.times(&behind, 1), times: times * words })
    }

    /// `2 M EUR`, `5 k`: a letter with a space before it that is no unit. `B` is a byte unless a unit follows, and `m`
    /// a metre unless it is money.
    fn spaced_suffix(&mut self, is_money: bool) -> f64 {
        let Token::Name(letter) = self.peek() else { return 1.0 };
        let next = match self.tokens.get(self.at + 1) {
            Some((Token::Name(next), _)) if !WORDS.contains(&next.as_str()) => Some(next.as_str()),
            _ => None,
        };
        let million = letter == "m" && (next.is_some_and(is_currency) || (is_money && next.is_none()));
        let found = match multiplier(letter) {
            Some(_) if letter == "B" && next.is_none() && !is_money => None,
            None if million => Some(1e6),
            found => found,
        };
        self.at += usize::from(found.is_some());
        found.unwrap_or(1.0)
    }

    /// “(2 to 3) EUR”, “[120, 135] days”.
    pub(super) fn times_unit(&mut self, inner: Expr, at: Place) -> Parsed {
        Ok(match self.unit()? {
            Some((unit, scale)) => {
                let one = Expr { at, node: Node::Number(Amount { value: scale, times: 1.0, unit }) };
                Expr { at, node: Node::Binary(Op::Multiply, inner.into(), one.into()) }
            }
            None => inner,
        })
    }

    /// A unit such as `USD/person/year`, with how many base units it is. A `/` goes on with the unit only where a
    /// word follows that is no line of the model.
    pub(super) fn unit(&mut self) -> Result<Option<(Unit, f64)>, Wrong> {
        let first = if self.at_per() { self.word_follows(-1)? } else { self.one_unit(1)? };
        let Some((mut unit, mut scale)) = first else { return Ok(None) };
        loop {
            let joined = match self.peek() {
                Token::Sign("/") => self.word_follows(-1)?,
                Token::Sign("*") => self.word_follows(1)?,
                Token::Name(name) if name == "per" => self.word_follows(-1)?,
                Token::Name(_) => self.one_unit(1)?,
                _ => None,
            };
            let Some((next, own)) = joined else { return Ok(Some((unit, scale))) };
            unit = unit.times(&next, 1);
            scale *= own;
        }
    }

    fn at_per(&self) -> bool {
        matches!(self.peek(), Token::Name(name) if name == "per")
    }

    fn word_follows(&mut self, power: i32) -> Result<Option<(Unit, f64)>, Wrong> {
        self.at += 1;
        let found = self.one_unit(power)?;
        self.at -= usize::from(found.is_none());
        Ok(found)
    }

    fn one_unit(&mut self, power: i32) -> Result<Option<(Unit, f64)>, Wrong> {
        let Token::Name(word) = self.peek() else { return Ok(None) };
        let calls = matches!(self.tokens.get(self.at + 1), Some((Token::Sign("("), _)));
        // Directly behind a number a name can only be a unit; behind a sign, a line's name means the line.
        let behind_sign = matches!(self.at.checked_sub(1).and_then(|i| self.tokens.get(i)), Some((Token::Sign(_), _)));
        if WORDS.contains(&word.as_str()) || (behind_sign && (self.is_line)(word)) || calls {
            return Ok(None);
        }
        let mut unit = Unit::named(word);
        self.at += 1;
        let at = self.place();
        if self.takes("^") {
            let negative = self.takes("-");
            let Token::Number(exponent, 1.0) = *self.peek() else {
                return at.wrong("The power of a unit is a number, as in “m^2”.");
            };
            self.at += 1;
            let exponent = if negative { -exponent } else { exponent };
            unit = unit.power(exponent).ok_or(Wrong { at, says: format!("A unit cannot be raised to the power {exponent}.") })?;
        }
        let scale = unit.scale().powi(power);
        Ok(Some((Unit::none().times(&unit, power), scale)))
    }
}
