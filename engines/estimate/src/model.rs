//! A model: lines `name = expression`, in any order, without circles.

use crate::{
    check::{Checker, Code, Known, Leaf},
    lex::{Lexed, Token, lex},
    parse::{Expr, Node, WORDS, expression},
    run::certain,
    text::{Place, Wrong},
    unit::Unit,
    words::singular,
};
use std::collections::HashMap;

/// More lines than this are no model that a person reads.
pub const MOST_LINES: usize = 2000;
/// Steps of one expression that may lie within one another.
const DEEPEST: usize = 150;
/// A longer line is refused.
pub const LONGEST_LINE: usize = 10_000;

/// A model that has been read and checked.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) lines: Vec<Line>,
    /// Lines in an order in which each comes after those it uses.
    pub(crate) order: Vec<usize>,
    pub(crate) leaves: Vec<Leaf>,
    /// Plurals that were written, by their singulars.
    plurals: HashMap<String, String>,
}

/// A line of a model.
#[derive(Clone, Debug)]
pub struct Line {
    pub name: String,
    pub at: Place,
    /// What stands behind `--`: a note or a source.
    pub note: Option<String>,
    /// The unit in which it is shown.
    pub unit: Unit,
    /// Lines that it uses, by their place.
    pub uses: Vec<usize>,
    pub(crate) code: Code,
}

struct Written {
    name: String,
    at: Place,
    note: Option<String>,
    tokens: Vec<(Token, Place)>,
}

impl Model {
    /// Reads a model.
    ///
    /// # Errors
    /// The first thing that is wrong, with line and column: a sign that means nothing, a name that is not known, a
    /// circle of lines, units that do not fit together, a range the wrong way round, a model that is too large.
    pub fn parse(text: &str) -> Result<Model, Wrong> {
        let (mut written, decimal_comma) = read(text, false)?;
        // One number with a decimal comma tells how all are written.
        if decimal_comma {
            written = read(text, true)?.0;
        }
        let names: Vec<String> = written.iter().map(|w| w.name.clone()).collect();
        let places: HashMap<&str, usize> = names.iter().enumerate().map(|(i, n)| (n.as_str(), i)).collect();
        // A line cannot use itself, so in “riders = 5k riders” the second is a unit.
        let exprs: Vec<Expr> =
            written.iter().map(|w| expression(&w.tokens, &|name| name != w.name && places.contains_key(name))).collect::<Result<_, _>>()?;
        let uses: Vec<Vec<usize>> = exprs.iter().map(|e| used(e, &places)).collect::<Result<_, _>>()?;
        let order = order(&written, &uses)?;
        let mut known: Vec<Option<Known>> = (0..written.len()).map(|_| None).collect();
        let mut codes: Vec<Option<(Code, Unit)>> = vec![None; written.len()];
        let mut leaves = vec![];
        for line in &order {
            let find = |name: &str| places.get(name).copied();
            let mut checker = Checker { find: &find, names: &names, known: &known, leaves: &mut leaves, line: *line };
            let (code, unit) = checker.check(&exprs[*line])?;
            let fixed = certain(&code)?;
            let code = fixed.map_or(code, Code::Same);
            if fixed.is_some_and(|v| !v.is_finite()) {
                return written[*line].at.wrong(format!("“{}” is not a finite number.", written[*line].name));
            }
            let kind = checker.kind(&exprs[*line]);
            known[*line] = Some(Known { unit: unit.clone(), fixed, kind });
            codes[*line] = Some((code, unit));
        }
        let plurals = plurals(&written, &places);
        let lines = written
            .into_iter()
            .zip(codes)
            .zip(uses)
            .filter_map(|((w, code), uses)| code.map(|(code, unit)| Line { name: w.name, at: w.at, note: w.note, unit, uses, code }))
            .collect();
        Ok(Model { lines, order, leaves, plurals })
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// What is uncertain in it.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    pub fn line(&self, name: &str) -> Option<usize> {
        self.lines.iter().position(|l| l.name == name)
    }

    /// The unit of a line as it is said of so many: “1 story”, “6 stories”.
    pub fn unit_of(&self, line: usize, amount: f64) -> String {
        let unit = &self.lines[line].unit;
        if amount == 1.0 { unit.to_string() } else { unit.plural(&|one| self.plurals.get(one).cloned()) }
    }

    /// The line that the model is about: the last one that no other uses.
    pub fn target(&self) -> usize {
        let used: Vec<usize> = self.lines.iter().flat_map(|l| l.uses.iter().copied()).collect();
        (0..self.lines.len()).rev().find(|i| !used.contains(i)).unwrap_or(0)
    }
}

/// The lines, and whether one of them has a number with a decimal comma.
fn read(text: &str, decimal_comma: bool) -> Result<(Vec<Written>, bool), Wrong> {
    let mut found: Vec<Written> = vec![];
    let mut seen_comma = false;
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (at, line) in text.lines().enumerate() {
        let begin = Place { line: at + 1, column: 1 };
        if line.len() > LONGEST_LINE {
            return begin.wrong(format!("This line has {} bytes; {LONGEST_LINE} at most can be read.", line.len()));
        }
        let Lexed { tokens, note, decimal_comma } = lex(line, at + 1, decimal_comma)?;
        seen_comma |= decimal_comma;
        let (name, place) = match &tokens[0] {
            (Token::End, _) => continue,
            (Token::Name(name), place) if matches!(tokens[1].0, Token::Sign("=")) => (name.clone(), *place),
            (other, place) => return place.wrong(format!("Found {} where a line begins: “name = expression”.", other.told())),
        };
        if WORDS.contains(&name.as_str()) {
            return place.wrong(format!("“{name}” is a word of the language; choose another name."));
        }
        if let Some(before) = seen.insert(name.clone(), at + 1) {
            return place.wrong(format!("“{name}” has been given in line {before} already."));
        }
        if found.len() == MOST_LINES {
            return place.wrong(format!("A model has at most {MOST_LINES} lines."));
        }
        found.push(Written { name, at: place, note, tokens: tokens[2..].to_vec() });
    }
    match found.is_empty() {
        true => Err(Wrong { at: Place::default(), says: "There is no line “name = expression” in this model.".into() }),
        false => Ok((found, seen_comma)),
    }
}

/// Words of the lines that are in the plural and no lines themselves.
fn plurals(written: &[Written], places: &HashMap<&str, usize>) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for (token, _) in written.iter().flat_map(|w| &w.tokens) {
        let Token::Name(word) = token else { continue };
        let one = singular(word);
        if one != *word && !places.contains_key(word.as_str()) {
            found.entry(one).or_insert_with(|| word.clone());
        }
    }
    found
}

/// The lines that an expression names. Walks without recursion, and so also finds what is too deep to recurse.
fn used(expr: &Expr, places: &HashMap<&str, usize>) -> Result<Vec<usize>, Wrong> {
    let mut found = vec![];
    let mut left: Vec<(&Expr, usize)> = vec![(expr, 0)];
    while let Some((expr, depth)) = left.pop() {
        if depth > DEEPEST {
            return expr.at.wrong(format!("This takes more than {DEEPEST} steps one after another. Give a part of it a line of its own."));
        }

        match &expr.node {
            Node::Number(_) => {}
            Node::Name(name) => found.extend(places.get(name.as_str()).copied()),
            Node::Negate(a) | Node::In(a, _) => left.push((a, depth + 1)),
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::Range(a, b) | Node::Around(a, b) | Node::Of(a, b) => {
                left.extend([(&**b, depth + 1), (a, depth + 1)])
            }
            Node::If(a, b, c) => left.extend([(&**c, depth + 1), (b, depth + 1), (a, depth + 1)]),
            Node::Call(_, items) | Node::List(items) => left.extend(items.iter().rev().map(|e| (e, depth + 1))),
        }
    }
    let mut seen = vec![];
    found.retain(|line| {
        !seen.contains(line) && {
            seen.push(*line);
            true
        }
    });
    Ok(found)
}

/// An order in which each line comes after those it uses, without recursion, so that long chains are no danger.
fn order(written: &[Written], uses: &[Vec<usize>]) -> Result<Vec<usize>, Wrong> {
    let mut order = vec![];
    // 0: not visited, 1: on the way, 2: done.
    let mut state = vec![0_u8; written.len()];
    for start in 0..written.len() {
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((line, next)) = way.pop() {
            if state[line] == 2 {
                continue;
            }
            state[line] = 1;
            match uses[line].get(next) {
                None => {
                    state[line] = 2;
                    order.push(line);
                }
                Some(used) => {
                    way.push((line, next + 1));
                    if state[*used] == 1 {
                        let from = way.iter().position(|(l, _)| l == used).unwrap_or(0);
                        let circle: Vec<&str> =
                            way[from..].iter().map(|(l, _)| written[*l].name.as_str()).chain([written[*used].name.as_str()]).collect();
                        return written[*used].at.wrong(format!("These lines need each other in a circle: {}.", circle.join(" → ")));
                    }
                    if state[*used] == 0 {
                        way.push((*used, 0));
                    }
                }
            }
        }
    }
    Ok(order)
}
