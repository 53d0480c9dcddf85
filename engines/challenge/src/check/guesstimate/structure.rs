//! The tree: what it stands on, and how it is built.

use crate::{
    check::{
        Found,
        words::{named, so_many, upto},
    },
    model::{ASKED, Computed, compute},
    read::Guesstimate,
};

/// A share from a count: all where nothing is asked for.
fn enough(count: usize, asked: usize) -> f64 {
    if asked == 0 { 1.0 } else { upto(count, asked) }
}

/// Lines that are computed from others, besides the answer. The line that repeats it in the unit asked for is none.
fn derived_lines(model: &Computed) -> usize {
    let lines = model.model.lines().iter().enumerate();
    lines.filter(|(at, line)| *at != model.answer && line.name != ASKED && !line.uses.is_empty()).count()
}

pub(super) fn structure(own: &Guesstimate, model: &Computed, written: &str, found: &mut Found) {
    let built = model.structure();
    let lines = model.model.lines();
    // A question whose own trees are flat asks for no more.
    let routes: Vec<Computed> = own.routes.iter().filter_map(|route| compute(&route.model, &own.unit).ok()).collect();
    let least = |of: &dyn Fn(&Computed) -> usize, usual: usize| routes.iter().map(of).min().unwrap_or(usual).min(usual);
    let deep = least(&|route| route.structure().depth, 3);
    let steps = so_many(built.depth, "step");
    let says = if built.depth >= deep {
        format!("The tree is {steps} deep, as a good one is.")
    } else {
        format!("The tree is {steps} deep; a good one has {deep} or more.")
    };
    found.add("structure", "depth", enough(built.depth, deep), says, vec![]);
    let leaves = least(&Computed::bases, 5);
    let bases = model.bases();
    let stands = so_many(bases, "guess or fact");
    let says = if bases >= leaves {
        format!("The tree stands on {stands}, as a good one does.")
    } else {
        format!("The tree stands on {stands}; a good one stands on {leaves} or more.")
    };
    found.add("structure", "leaves", enough(bases, leaves), says, vec![]);
    let there: Vec<&str> = own.factors.iter().filter(|factor| named(&written.replace('_', " "), &factor.words)).map(|f| f.tag.as_str()).collect();
    let says = format!("{} of {} factors of a good tree are in it.", there.len(), own.factors.len());
    found.add("structure", "factors", upto(there.len(), own.factors.len()), says, there.iter().map(|t| (*t).to_owned()).collect());
    // The reference's own trees, by what kinds of things they are built from.
    let missing = routes.iter().map(|other| {
        let theirs = other.structure().leaves.max(1);
        1.0 - model.model.missing(model.answer, &other.model, other.answer).len() as f64 / theirs as f64
    });
    let kinds = missing.fold(0.0, f64::max);
    found.add(
        "structure",
        "kinds of factors",
        kinds,
        format!("{:.0} % of the kinds of quantities of a reference tree are in it.", 100.0 * kinds),
        vec![],
    );
    let target = lines[model.answer].unit.dimensions();
    let tree = model.model.tree(model.answer);
    let whole = tree
        .iter()
        .filter(|(at, _)| *at != model.answer && lines[*at].uses.is_empty() && lines[*at].unit.dimensions() == target && !target.is_empty())
        .count();
    found.add(
        "structure",
        "no leaf is the answer",
        if whole == 0 { 1.0 } else { 0.3 },
        format!("{} of the unit of the answer itself.", so_many(whole, "guess is")),
        vec![],
    );
    let twice: Vec<String> = built.twice.iter().map(|at| lines[*at].name.clone()).collect();
    found.add(
        "structure",
        "nothing twice",
        if twice.is_empty() { 1.0 } else { 0.5 },
        if twice.is_empty() { "No line counts twice.".into() } else { format!("{} twice.", so_many(twice.len(), "line counts")) },
        twice,
    );
    let leaves: Vec<usize> = tree.iter().map(|(at, _)| *at).filter(|at| lines[*at].uses.is_empty()).collect();
    // A share has none.
    let whole = |at: &&usize| model.model.leaves().iter().any(|leaf| leaf.line == **at && leaf.distribution.quantile(0.95) > 1.0);
    let bare = leaves.iter().filter(|at| lines[**at].unit.is_number() && whole(at)).count();
    let says = format!("{} without a unit.", so_many(bare, "guess above 1 stands"));
    found.add("units", "units on guesses", 1.0 - upto(bare, leaves.len()), says, vec![]);
    found.add("units", "computes", 1.0, "The model computes in the unit asked for.", vec![]);
    let used = tree.iter().map(|(at, _)| *at).collect::<std::collections::BTreeSet<_>>().len();
    let idle = lines.iter().filter(|line| line.name != ASKED).count().saturating_sub(used);
    found.add(
        "structure",
        "no idle lines",
        if idle == 0 { 1.0 } else { 1.0 - upto(idle, 4) },
        if idle == 0 { "The answer uses every line.".into() } else { format!("{} by the answer.", so_many(idle, "line is not used")) },
        vec![],
    );
    let derived = derived_lines(model);
    let between = least(&derived_lines, 3);
    let stand = so_many(derived, "line stands");
    let says = if derived >= between {
        format!("{stand} between guesses and answer, as in a good tree.")
    } else {
        format!("{stand} between guesses and answer; a good tree has {between} or more.")
    };
    found.add("structure", "steps between", enough(derived, between), says, vec![]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_in_brackets_are_guesses() {
        let text = "population = 30 million people -- asked\nadults = population * (62 % to 67 %) -- by age\nphones = adults * (70 % to 85 %) * (1.2 to 1.6)\nanswer = phones / (1 to 1.1)";
        let model = compute(text, "people").unwrap();
        assert_eq!((model.bases(), model.grounds().len()), (5, 4));
    }
}
