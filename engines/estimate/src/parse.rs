//! One line's expression. From the loosest to the tightest: `if`, comparison, `in` a unit, `a to b` and `a ± b`, sum,
//! product, sign, `m of n`, power, and numbers with their units.

mod amount;

use crate::{
    lex::{TIGHT, Token},
    text::{Place, Wrong},
    unit::Unit,
};
pub(crate) use amount::Amount;

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expr {
    pub at: Place,
    pub node: Node,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Number(Amount),
    Name(String),
    Negate(Box<Expr>),
    Binary(Op, Box<Expr>, Box<Expr>),
    Compare(Order, Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A 90 % interval.
    Range(Box<Expr>, Box<Expr>),
    /// So much, give or take so much: a 90 % interval, too.
    Around(Box<Expr>, Box<Expr>),
    /// So many of so many, or a share of something.
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
    let tokens = &amount::dashed(tokens, is_line);
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
        let alone = !matches!(self.peek(), Token::Sign("("));
        let low = self.sum()?;
        let at = self.place();
        if self.takes("±") {
            let spread = self.sum()?;
            return Ok(Expr { at, node: Node::Around(low.into(), spread.into()) });
        }
        if !self.takes_word("to") {
            return Ok(low);
        }
        if alone && matches!(low.node, Node::Of(..)) {
            return at.wrong("Of what is this a share? Put the range in parentheses: “20% of (5k to 6k)”.");
        }
        // “5 to 10% of users”: the share is the range.
        if let (Node::Number(_), [(Token::Number(_, times), _), (Token::Name(of), _), ..]) =
            (&low.node, &self.tokens[self.at.min(self.tokens.len())..])
            && of == "of"
            && *times < 1.0
        {
            let high = self.operand()?;
            let share = Expr { at, node: Node::Range(low.into(), high.into()) };
            self.at += 1;
            let all = self.share()?;
            return Ok(Expr { at, node: Node::Of(share.into(), all.into()) });
        }
        let high = self.sum()?;
        Ok(Expr { at, node: Node::Range(low.into(), high.into()) })
    }

    fn sum(&mut self) -> Parsed {
        let mut left = self.product()?;
        loop {
            let at = self.place();
            let (op, tight) = match self.peek() {
                Token::Sign("+") => (Op::Add, false),
                Token::Sign(sign @ ("-" | TIGHT)) => (Op::Subtract, *sign == TIGHT),
                _ => return Ok(left),
            };
            self.at += 1;
            let right = self.product()?;
            if let (true, Node::Number(a), Node::Number(b)) = (tight, &left.node, &right.node)
                && a.value < b.value
            {
                return at.wrong("This could be a range or a difference. Write “5 to 10”, or “5 - 10” with spaces.");
            }
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
        if self.takes("-") || self.takes(TIGHT) {
            return self.deeper(|p| Ok(Expr { at, node: Node::Negate(p.signed()?.into()) }));
        }
        self.share()
    }

    fn share(&mut self) -> Parsed {
        let some = self.power()?;
        let at = self.place();
        if self.takes_word("of") {
            let all = self.deeper(Parser::share)?;
            return Ok(Expr { at, node: Node::Of(some.into(), all.into()) });
        }
        Ok(some)
    }

    fn power(&mut self) -> Parsed {
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
            Token::Number(digits, times) => {
                self.at += 1;
                Ok(Expr { at, node: Node::Number(self.amount(digits, times, Unit::none())?) })
            }
            Token::Name(name) if WORDS.contains(&name.as_str()) => at.wrong(format!("Found “{name}” where a number or a name was expected.")),
            Token::Name(name) => {
                self.at += 1;
                if self.takes("(") {
                    return self.deeper(|p| Ok(Expr { at, node: Node::Call(name, p.listed(")")?) }));
                }
                // A currency before its number: “USD 5”, “$ 5”.
                if let (Token::Number(digits, times), false) = (self.peek().clone(), (self.is_line)(&name)) {
                    self.at += 1;
                    return Ok(Expr { at, node: Node::Number(self.amount(digits, times, Unit::named(&name))?) });
                }
                Ok(Expr { at, node: Node::Name(name) })
            }
            Token::Sign("(") => {
                self.at += 1;
                let inner = self.deeper(Parser::choice)?;
                self.expect(")", "to close the parenthesis")?;
                self.times_unit(inner, at)
            }
            Token::Sign("[") => {
                self.at += 1;
                let list = self.deeper(|p| Ok(Expr { at, node: Node::List(p.listed("]")?) }))?;
                self.times_unit(list, at)
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
            if !self.takes(";") {
                self.expect(",", &format!("or “{end}” to close the list"))?;
            }
        }
    }
}
