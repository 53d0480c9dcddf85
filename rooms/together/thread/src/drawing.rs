//! The drawing of a chain: a column for each distance from why, in each the nouns that stand there, few of each until they
//! are asked for. The list below it tells the same.

use crate::graph::{Chain, Knot, is_keyed};
use kernel::{
    Scope, Uuid,
    strand::{depth, thread},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
};
use web::{Markup, chart::fitted, html, place};

/// So many of a noun are drawn where the chain is large; the others stand in one knot.
const FEW: usize = 6;
/// The same where several nouns stand in a column.
const FEWER: usize = 3;
/// A chain of so many things needs no folding.
const SMALL: usize = 24;

const WIDE: f64 = 172.0;
const BETWEEN: f64 = 34.0;
const HIGH: f64 = 40.0;
const GAP: f64 = 8.0;
const HEAD: f64 = 22.0;

/// What is looked at in the chain.
#[derive(Default)]
pub(crate) struct Sight {
    /// The nouns that are unfolded.
    pub whole: HashSet<String>,
    /// What was searched for.
    pub words: String,
}

impl Sight {
    pub(crate) fn finds(&self, scope: &Scope, knot: &Knot) -> bool {
        let words = self.words.to_lowercase();
        !words.is_empty()
            && (knot.title.to_lowercase().contains(&words)
                || knot.number.filter(|_| is_keyed(&knot.noun)).is_some_and(|number| scope.key(number).to_lowercase() == words))
    }
}

/// One noun in its column.
pub(crate) struct Group<'a> {
    pub table: &'static str,
    pub shown: Vec<&'a Knot>,
    pub folded: Vec<&'a Knot>,
}

/// The nouns of a chain with what is shown of each, from why to what became of it.
pub(crate) fn groups<'a>(scope: &Scope, chain: &'a Chain, sight: &Sight) -> Vec<Group<'a>> {
    let mut levels: Vec<&'static str> = thread().map(|(noun, _)| noun.table).collect();
    levels.sort_by_key(|table| depth(table));
    let small = chain.all().count() <= SMALL;
    let there: HashSet<&str> = chain.all().map(|knot| knot.noun.as_str()).collect();
    // Nouns that share a column share its height.
    let alone = |table: &str| levels.iter().filter(|other| there.contains(**other) && depth(other) == depth(table)).count() == 1;
    let few: HashMap<&str, usize> = levels
        .iter()
        .map(|table| {
            (
                *table,
                if small {
                    usize::MAX
                } else if alone(table) {
                    FEW
                } else {
                    FEWER
                },
            )
        })
        .collect();
    let group = |table: &'static str| {
        let mut here: Vec<&Knot> = chain.all().filter(|knot| knot.noun == table).collect();
        let most = if sight.whole.contains(table) { usize::MAX } else { few.get(table).copied().unwrap_or(FEW) };
        if here.len() <= most.saturating_add(1) {
            return Group { table, shown: here, folded: vec![] };
        }
        // What the chain is about and what was searched for is never folded away.
        let kept = |knot: &Knot| knot.id == chain.of.id || sight.finds(scope, knot);
        here.sort_by_key(|knot| !kept(knot));
        let shown = here.iter().take_while(|knot| kept(knot)).count().max(most);
        let folded = here.split_off(shown.min(here.len()));
        Group { table, shown: here, folded }
    };
    levels.into_iter().map(group).filter(|group| !group.shown.is_empty()).collect()
}

/// Where something stands in the drawing: its column, and its top.
type Spot = (usize, f64);

/// Every knot that is drawn, with where.
struct Plan<'a> {
    groups: Vec<(&'a Group<'a>, Spot)>,
    at: FxHashMap<Uuid, Spot>,
    folds: HashMap<&'static str, Spot>,
    columns: usize,
    high: f64,
}

fn plan<'a>(groups: &'a [Group<'a>]) -> Plan<'a> {
    let mut columns: BTreeMap<usize, Vec<&Group>> = BTreeMap::new();
    for group in groups {
        columns.entry(depth(group.table)).or_default().push(group);
    }
    let rows = |group: &Group| group.shown.len() + usize::from(!group.folded.is_empty());
    let tall = |column: &Vec<&Group>| column.iter().map(|group| HEAD + rows(group) as f64 * (HIGH + GAP)).sum::<f64>();
    let high = columns.values().map(tall).fold(0.0, f64::max);
    let mut plan = Plan { groups: vec![], at: FxHashMap::default(), folds: HashMap::new(), columns: columns.len(), high };
    for (n, column) in columns.into_values().enumerate() {
        let mut y = (high - tall(&column)) / 2.0;
        for group in column {
            plan.groups.push((group, (n, y)));
            y += HEAD;
            for knot in &group.shown {
                plan.at.insert(knot.id, (n, y));
                y += HIGH + GAP;
            }
            if !group.folded.is_empty() {
                plan.folds.insert(group.table, (n, y));
                y += HIGH + GAP;
            }
        }
    }
    plan
}

fn left(column: usize) -> f64 {
    column as f64 * (WIDE + BETWEEN) + 1.0
}

fn line(from: Spot, to: Spot) -> String {
    let (a, b) = (left(from.0) + WIDE, left(to.0));
    let (y, z, m) = (from.1 + HIGH / 2.0, to.1 + HIGH / 2.0, (a + b) / 2.0);
    format!("M{a:.0} {y:.0}C{m:.0} {y:.0} {m:.0} {z:.0} {b:.0} {z:.0}")
}

/// Where a line ends: at a knot, or at the one that others are folded into.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum End<'a> {
    Knot(Uuid),
    Fold(&'a str),
}

impl fmt::Display for End<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            End::Knot(id) => id.simple().fmt(f),
            End::Fold(table) => write!(f, "fold-{table}"),
        }
    }
}

/// The chain drawn; `more` gives the address that unfolds a noun.
pub(crate) fn drawing(scope: &Scope, chain: &Chain, groups: &[Group], sight: &Sight, more: &dyn Fn(&str) -> String) -> Markup {
    let plan = plan(groups);
    let folded: FxHashMap<Uuid, &str> = groups.iter().flat_map(|group| group.folded.iter().map(|knot| (knot.id, group.table))).collect();
    let spot = |id: &Uuid| plan.at.get(id).copied().or_else(|| plan.folds.get(folded.get(id)?).copied());
    // Many ties to what is folded are one line.
    let end = |id: &Uuid| folded.get(id).map_or(End::Knot(*id), |table| End::Fold(table));
    let mut drawn: FxHashSet<(End, End)> = FxHashSet::default();
    let ties = chain.ties.iter().filter(|(child, parent)| drawn.insert((end(child), end(parent))));
    let lines: Vec<(String, String, String)> =
        ties.filter_map(|(child, parent)| Some((end(child).to_string(), end(parent).to_string(), line(spot(parent)?, spot(child)?)))).collect();
    let wide = left(plan.columns) - BETWEEN;
    html! {
        svg.chain viewBox=(format!("0 0 {wide:.0} {:.0}", plan.high)) data-wide=(plan.columns) role="group" aria-label="Drawing of the thread, from why to what became of it" {
            @for (child, parent, path) in &lines { path.tie d=(path) data-of=(child) data-on=(parent) {} }
            @for (group, (column, y)) in &plan.groups { text.head x=(left(*column) + 1.0) y=(y + 14.0) { (crate::views::level(group.table, group.shown.len() + group.folded.len())) @if group.shown.len() + group.folded.len() > 1 { " " (group.shown.len() + group.folded.len()) @if chain.cut.contains(group.table) { "+" } } } }
            @for (group, _) in &plan.groups { @for knot in &group.shown { @if let Some(at) = plan.at.get(&knot.id) { (drawn_knot(scope, chain, knot, *at, sight)) } }
                @if let Some((column, y)) = plan.folds.get(group.table) {
                    a.knot.fold href=(more(group.table)) data-id={ "fold-" (group.table) } tabindex="-1" { rect x=(left(*column)) y=(y) width=(WIDE) height=(HIGH) rx="6" {} text x=(left(*column) + 10.0) y=(y + HIGH / 2.0 + 4.0) { "and " (group.folded.len()) " more" } }
                }
            }
        }
    }
}

fn drawn_knot(scope: &Scope, chain: &Chain, knot: &Knot, (column, y): Spot, sight: &Sight) -> Markup {
    let x = left(column);
    let this = knot.id == chain.of.id;
    let key = knot.number.filter(|_| is_keyed(&knot.noun)).map(|number| scope.key(number)).unwrap_or_default();
    let says = knot.says();
    let href = place(&knot.noun, knot.id, knot.number).unwrap_or_else(|| of(knot));
    let lost = !sight.words.is_empty() && !sight.finds(scope, knot);
    let small = [key.as_str(), says.as_str()].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" · ");
    // Begins as what is drawn, which is cut short.
    let said = format!("{small} {}", knot.title);
    html! {
        a.knot.this[this].lost[lost] href=(href) data-id=(knot.id.simple()) data-middle=(of(knot)) tabindex=(if this { "0" } else { "-1" }) aria-label=(said.trim()) {
            title { (said.trim()) }
            rect x=(x) y=(y) width=(WIDE) height=(HIGH) rx="6" {}
            @if small.is_empty() { text x=(x + 10.0) y=(y + HIGH / 2.0 + 4.0) dir="auto" { (cut(&knot.title, 12.0)) } }
            @else {
                text.quiet x=(x + 10.0) y=(y + 15.0) dir="auto" { (cut(&small, 10.5)) " " }
                text x=(x + 10.0) y=(y + 31.0) dir="auto" { (cut(&knot.title, 12.0)) }
            }
        }
    }
}

/// What fits into a box, in whole words: what is read aloud there begins with what is drawn.
fn cut(words: &str, size: f64) -> String {
    let fits = fitted(words, size, WIDE - 20.0);
    let within = fits.strip_suffix('…').filter(|start| words.strip_prefix(start).is_some_and(|rest| !rest.starts_with(char::is_whitespace)));
    match within.and_then(|start| start.rsplit_once(' ')) {
        Some((whole, _)) => format!("{whole}…"),
        None => fits,
    }
}

/// The address of the thread of a thing.
pub(crate) fn of(knot: &Knot) -> String {
    format!("thread?of={}&id={}", knot.noun, knot.id.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_ends_with_a_whole_word() {
        assert_eq!(cut("Parents", 12.0), "Parents");
        let long = "Know that a bike will be there when the rain begins";
        let drawn = cut(long, 12.0);
        let kept = drawn.strip_suffix('…').unwrap();
        assert!(long.strip_prefix(kept).unwrap().starts_with(' '), "{drawn}");
        assert!(cut(&"x".repeat(200), 12.0).ends_with("x…"));
    }

    #[test]
    fn lines_lead_from_the_right_of_one_to_the_left_of_the_other() {
        assert_eq!(line((0, 0.0), (1, 48.0)), "M173 20C190 20 190 68 207 68");
    }
}
