//! One line's expression. From the loosest to the tightest: `if`, comparison, `in` a unit, `a to b`, sum,
//! product, sign, power, and numbers with their units.

use crate::{
    lex::Token,
    text::{Place, Wrong},
    unit::Unit,
};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub at: Place,
    pub node: Node,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    /// In base units, with the unit it was written in and how many base units one of it is.
    Number(f64, Unit, f64),
    Name(String),
    Negate(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Compare(Order, Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A 90 % interval.
    Range(Box<Expr>, Box<Expr>),
    /// So many of so many.
    Of(Box<Expr>, Box<Expr>),
    Call(String, Vec<Expr>),
    List(Vec<Expr>),
    /// Shown in another unit of the same dimension.
    In(Box<Expr>, Unit),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    Less,
    Greater,
    AtMost,
    AtLeast,
    Equal,
}

/// Words of the language, which can name neither a line nor a unit.
pub(crate) const WORDS: &[&str] = &["to", "of", "in", "per", "if", "then", "else"];

/// Deeper nesting than this is refused before it can exhaust the stack.
const DEEPEST: usize = 100;

/// Reads a whole line behind its `=`. `lines` says which names are lines of the model: they are never units.
pub(crate) fn expression(tokens: &[(Token, Place)], is_line: &dyn Fn(&str) -> bool) -> Result<Expr, Wrong> {
    let mut parser = Parser { tokens, at: 0, depth: 0, is_line };
    let found = parser.choice()?;
    match parser.peek() {
        Token::End => Ok(found),
        other => parser.place().wrong(format!("{} does not belong here; the line could end before it, or an operator is missing.", other.told())),
    }
}

struct Parser<'a> {
    tokens: &'a [(Token, Place)],
    at: usize,
    depth: usize,
    is_line: &'a dyn Fn(&str) -> bool,
}

type Parsed = Result<Expr, Wrong>;

impl Parser<'_> {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(t, _)| t)
    }

    fn place(&self) -> Place {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(Place::default(), |(_, p)| *p)
    }

    fn takes(&mut self, sign: &str) -> bool {
        let yes = matches!(self.peek(), Token::Sign(s) if *s == sign);
        self.at += usize::from(yes);
        yes
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let yes = matches!(self.peek(), Token::Name(n) if n == word);
        self.at += usize::from(yes);
        yes
    }

    fn expect(&mut self, sign: &str, after: &str) -> Result<(), Wrong> {
        match self.takes(sign) {
            true => Ok(()),
            false => self.place().wrong(format!("Found {} where “{sign}” was expected, {after}.", self.peek().told())),
        }
    }

    fn expect_word(&mut self, word: &str) -> Result<(), Wrong> {
        match self.takes_word(word) {
            true => Ok(()),
            false => self.place().wrong(format!("Found {} where “{word}” was expected: “if a > b then c else d”.", self.peek().told())),
        }
    }

    fn deeper(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return self.place().wrong(format!("This is nested more than {DEEPEST} deep. Give the inner part a line of its own."));
        }
        let found = read(self);
        self.depth -= 1;
        found
    }

    fn choice(&mut self) -> Parsed {
        let at = self.place();
        if !self.takes_word("if") {
            return self.comparison();
        }
        self.deeper(|p| {
            let condition = p.choice()?;
            p.expect_word("then")?;
            let yes = p.choice()?;
            p.expect_word("else")?;
            let no = p.choice()?;
            Ok(Expr { at, node: Node::If(condition.into(), yes.into(), no.into()) })
        })
    }

    fn comparison(&mut self) -> Parsed {
        let left = self.converted()?;
        let at = self.place();
        let order = match self.peek() {
            Token::Sign("<") => Order::Less,
            Token::Sign(">") => Order::Greater,
            Token::Sign("<=") => Order::AtMost,
            Token::Sign(">=") => Order::AtLeast,
            Token::Sign("==") => Order::Equal,
            _ => return Ok(left),
        };
        self.at += 1;
        let right = self.converted()?;
        Ok(Expr { at, node: Node::Compare(order, left.into(), right.into()) })
    }

    fn converted(&mut self) -> Parsed {
        let mut found = self.range()?;
        while self.takes_word("in") {
            let at = self.place();
            let Some((unit, _)) = self.unit()? else {
                return at.wrong(format!("Found {} where a unit was expected, as in “x in km/h”.", self.peek().told()));
            };
            found = Expr { at, node: Node::In(found.into(), unit) };
        }
        Ok(found)
    }

    fn range(&mut self) -> Parsed {
        let low = self.sum()?;
        let at = self.place();
        if self.takes_word("to") {
            let high = self.sum()?;
            return Ok(Expr { at, node: Node::Range(low.into(), high.into()) });
        }
        if self.takes_word("of") {
            let all = self.sum()?;
            return Ok(Expr { at, node: Node::Of(low.into(), all.into()) });
        }
        Ok(low)
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let at = self.place();
            let op = match self.peek() {
                Token::Sign("+") => Op::Add,
                Token::Sign("-") => Op::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            left = Expr { at, node: Node::Binary(op, left.into(), right.into()) };
        }
    }

    fn product(&mut self) -> Parsed {
        let mut left = self.signed()?;
        loop {
            let at = self.place();
            let op = match self.peek() {
                Token::Sign("*") => Op::Multiply,
                Token::Sign("/") => Op::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.signed()?;
            left = Expr { at, node: Node::Binary(op, left.into(), right.into()) };
        }
    }

    fn signed(&mut self) -> Parsed {
        let at = self.place();
        if self.takes("-") {
            return self.deeper(|p| Ok(Expr { at, node: Node::Negate(p.signed()?.into()) }));
        }
        let base = self.operand()?;
        let at = self.place();
        if self.takes("^") {
            let exponent = self.deeper(Parser::signed)?;
            return Ok(Expr { at, node: Node::Binary(Op::Power, base.into(), exponent.into()) });
        }
        Ok(base)
    }

    fn operand(&mut self) -> Parsed {
        let at = self.place();
        match self.peek().clone() {
            Token::Number(value) => {
                self.at += 1;
                let (unit, scale) = self.unit()?.unwrap_or((Unit::none(), 1.0));
                Ok(Expr { at, node: Node::Number(value * scale, unit, scale) })
            }
            Token::Name(name) if WORDS.contains(&name.as_str()) => at.wrong(format!("Found “{name}” where a number or a name was expected.")),
            Token::Name(name) => {
                self.at += 1;
                if self.takes("(") {
                    return self.deeper(|p| Ok(Expr { at, node: Node::Call(name, p.listed(")")?) }));
                }
                // A currency before its number: “USD 5”, “$ 5”.
                if let (Token::Number(value), false) = (self.peek().clone(), (self.is_line)(&name)) {
                    self.at += 1;
                    let (rest, scale) = self.unit()?.unwrap_or((Unit::none(), 1.0));
                    let unit = Unit::named(&name);
                    let scale = unit.scale() * scale;
                    return Ok(Expr { at, node: Node::Number(value * scale, unit.times(&rest, 1), scale) });
                }
                Ok(Expr { at, node: Node::Name(name) })
            }
            Token::Sign("(") => {
                self.at += 1;
                let inner = self.deeper(Parser::choice)?;
                self.expect(")", "to close the parenthesis")?;
                // “(2 to 3) EUR”.
                Ok(match self.unit()? {
                    Some((unit, scale)) => {
                        let one = Expr { at, node: Node::Number(scale, unit, scale) };
                        Expr { at, node: Node::Binary(Op::Multiply, inner.into(), one.into()) }
                    }
                    None => inner,
                })
            }
            Token::Sign("[") => {
                self.at += 1;
                self.deeper(|p| Ok(Expr { at, node: Node::List(p.listed("]")?) }))
            }
            other => at.wrong(format!("Found {} where a number, a name or “(” was expected.", other.told())),
        }
    }

    /// Expressions with commas between them, up to the closing sign.
    fn listed(&mut self, end: &str) -> Result<Vec<Expr>, Wrong> {
        let mut found = vec![];
        if self.takes(end) {
            return Ok(found);
        }
        loop {
            found.push(self.choice()?);
            if self.takes(end) {
                return Ok(found);
            }
            self.expect(",", &format!("or “{end}” to close the list"))?;
        }
    }

    /// A unit such as `USD/person/year`, with how many base units it is. A `/` goes on with the unit only where a
    /// word follows that is no line of the model.
    fn unit(&mut self) -> Result<Option<(Unit, f64)>, Wrong> {
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
            let Token::Number(exponent) = *self.peek() else {
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
