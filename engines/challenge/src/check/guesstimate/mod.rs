//! Guesstimates: most of it computed.

mod result;

use self::result::{driver, range, result, second};
use crate::{
    Challenge,
    answer::{fences, interval},
    check::{
        Found, Read,
        words::{REASONS, cited, covered, has, named, shown, so_many, stems, upto},
    },
    model::{Computed, compute, facts_of},
    read::Guesstimate,
};

pub(super) fn check(challenge: &Challenge, own: &Guesstimate, read: &Read, found: &mut Found) {
    scope(own, read, found);
    let written = fences(read.answer.part("Model")).into_iter().next().unwrap_or_default();
    let model = compute(&written, &own.unit);
    match &model {
        Ok(model) => {
            structure(own, model, &written, found);
            assumptions(challenge, model, &written, read, found);
            result(own, model, read, found);
            driver(model, read, found);
        }
        Err(says) => {
            found.add("units", "computes", 0.0, format!("The model does not compute: {says}"), vec![]);
        }
    }
    second(own, model.as_ref().ok(), &written, read, found);
    range(own, model.as_ref().ok(), read, found);
}

fn scope(own: &Guesstimate, read: &Read, found: &mut Found) {
    let part = read.part("Scope");
    let touched: Vec<&str> = own.switches.iter().filter(|s| named(&part.text, &s.words)).map(|s| s.name.as_str()).collect();
    let settled = own.switches.iter().map(|switch| covered(&stems(&switch.taken), &stems(&part.text)));
    let settled: f64 = settled.sum::<f64>() / own.switches.len().max(1) as f64;
    let says = format!("{} of {} things that change the number are touched in the scope.", touched.len(), own.switches.len());
    found.add("scope", "switches", upto(touched.len(), own.switches.len()), says, touched.iter().map(|t| (*t).to_owned()).collect());
    found.add("scope", "switches taken", settled, format!("{:.0} % of the words of how they are to be read occur.", 100.0 * settled), vec![]);
    let apart = part.with(&["not", "without", "only", "excluding", "except", "rather than", "instead", "no ", "leave out", "neither"]);
    found.add("scope", "scope excludes", upto(apart.len(), 2), format!("{} what is left out.", verb(apart.len(), "sentence")), shown(&apart));
    let effect = part.with(&["would", "times", "factor", "double", "half", "larger", "smaller", "higher", "lower", "raise", "change", "more than"]);
    found.add(
        "scope",
        "scope effect",
        upto(effect.len(), 1),
        format!("{} what the other reading would do.", verb(effect.len(), "sentence")),
        shown(&effect),
    );
}

fn verb(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what} says") } else { format!("{count} {what}s say") }
}

fn structure(own: &Guesstimate, model: &Computed, written: &str, found: &mut Found) {
    let built = model.structure();
    let lines = model.model.lines();
    found.add("structure", "depth", upto(built.depth, 3), format!("The tree is {} deep.", so_many(built.depth, "step")), vec![]);
    found.add("structure", "leaves", upto(built.leaves, 5), format!("It stands on {}.", so_many(built.leaves, "guess or fact")), vec![]);
    let there: Vec<&str> = own.factors.iter().filter(|factor| named(&written.replace('_', " "), &factor.words)).map(|f| f.tag.as_str()).collect();
    let says = format!("{} of {} factors of a good tree are in it.", there.len(), own.factors.len());
    found.add("structure", "factors", upto(there.len(), own.factors.len()), says, there.iter().map(|t| (*t).to_owned()).collect());
    // The reference's own trees, by what kinds of things they are built from.
    let missing = own.routes.iter().filter_map(|route| compute(&route.model, &own.unit).ok()).map(|other| {
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
        format!("{} by more than one way.", so_many(twice.len(), "line is used")),
        twice,
    );
    let leaves: Vec<usize> = tree.iter().map(|(at, _)| *at).filter(|at| lines[*at].uses.is_empty()).collect();
    let with_unit = leaves.iter().filter(|at| !lines[**at].unit.is_number()).count();
    found.add("units", "units on guesses", upto(with_unit, leaves.len()), format!("{with_unit} of {} guesses have a unit.", leaves.len()), vec![]);
    found.add("units", "computes", 1.0, "The model computes in the unit asked for.", vec![]);
    let used = tree.iter().map(|(at, _)| *at).collect::<std::collections::BTreeSet<_>>().len();
    let idle = lines.len().saturating_sub(1).saturating_sub(used);
    found.add(
        "structure",
        "no idle lines",
        if idle == 0 { 1.0 } else { 1.0 - upto(idle, 4) },
        format!("{} by the answer.", so_many(idle, "line is not used")),
        vec![],
    );
    let derived = lines.iter().enumerate().filter(|(at, line)| *at != model.answer && !line.uses.is_empty()).count();
    found.add("structure", "steps between", upto(derived, 3), format!("{} between guesses and answer.", so_many(derived, "line stands")), vec![]);
    let facts = facts_of(written);
    found.add(
        "assumptions",
        "facts named",
        upto(facts.len(), 2),
        format!("{} by its id.", so_many(facts.len(), "fact is named")),
        facts.iter().map(|f| (*f).to_owned()).collect(),
    );
}

fn assumptions(challenge: &Challenge, model: &Computed, written: &str, read: &Read, found: &mut Found) {
    let lines = model.model.lines();
    let tree: std::collections::BTreeSet<usize> = model.model.tree(model.answer).into_iter().map(|(at, _)| at).collect();
    let leaves: Vec<usize> = tree.iter().copied().filter(|at| lines[*at].uses.is_empty()).collect();
    let noted = leaves.iter().filter(|at| lines[**at].note.is_some()).count();
    found.add("assumptions", "notes", upto(noted, leaves.len()), format!("{noted} of {} guesses say where they come from.", leaves.len()), vec![]);
    let guessed: std::collections::BTreeSet<usize> = model.model.leaves().iter().map(|leaf| leaf.line).filter(|at| tree.contains(at)).collect();
    let ranged = leaves.iter().filter(|at| guessed.contains(at)).count();
    found.add(
        "assumptions",
        "ranges",
        upto(guessed.len(), 4),
        format!("{} a range ({ranged} of {} leaves).", so_many(guessed.len(), "line has"), leaves.len()),
        vec![],
    );
    let spreads: Vec<f64> = model
        .model
        .leaves()
        .iter()
        .filter(|leaf| tree.contains(&leaf.line))
        .map(|leaf| (leaf.distribution.quantile(0.95), leaf.distribution.quantile(0.05)))
        .filter(|(high, low)| *low > 0.0 && high > low)
        .map(|(high, low)| high / low)
        .collect();
    let fitting = spreads.iter().filter(|spread| (1.15..=12.0).contains(*spread)).count();
    found.add(
        "assumptions",
        "fitting ranges",
        upto(fitting, spreads.len().max(3)),
        format!("{fitting} of {} ranges are neither a point nor a shrug.", spreads.len()),
        vec![],
    );
    let odd = model
        .model
        .leaves()
        .iter()
        .filter(|leaf| tree.contains(&leaf.line))
        .filter(|leaf| {
            let high = leaf.distribution.quantile(0.95);
            let name = lines[leaf.line].name.to_lowercase();
            high < 0.0 || high > 1.0 && lines[leaf.line].unit.is_number() && ["share", "fraction", "part"].iter().any(|word| name.contains(word))
        })
        .count();
    found.add(
        "assumptions",
        "possible",
        if odd == 0 { 1.0 } else { 0.0 },
        format!("{} what cannot be (a share above 1, or below 0).", so_many(odd, "guess says")),
        vec![],
    );
    // What is looked up against what is guessed.
    let visible = cited(written, challenge.facts.iter());
    let hidden = visible.iter().filter(|fact| fact.hidden).count();
    let share = upto(visible.len(), challenge.facts.len().clamp(1, 4));
    found.add(
        "assumptions",
        "facts used",
        share,
        format!("{} in the model, {hidden} of them asked for.", so_many(visible.len(), "fact stands")),
        visible.iter().map(|f| f.id.clone()).collect(),
    );
    let asked = challenge.facts.iter().filter(|fact| fact.hidden).count();
    let everywhere = cited(&format!("{}\n{written}", read.whole), challenge.facts.iter().filter(|fact| fact.hidden)).len();
    found.add(
        "assumptions",
        "asked for",
        upto(everywhere, asked.clamp(1, 3)),
        format!("{} that had to be asked for.", so_many(everywhere, "fact is used")),
        vec![],
    );
    let part = read.part("Assumptions");
    let reasoned: Vec<&String> = part.items.iter().filter(|item| has(item, REASONS)).collect();
    found.add(
        "assumptions",
        "reasons",
        upto(reasoned.len(), part.all_items.len().clamp(1, 4)),
        format!("{} of {} assumptions give a reason.", reasoned.len(), part.items.len()),
        shown(&reasoned),
    );
    let ranged: Vec<&String> = part.items.iter().filter(|item| interval(item).is_some()).collect();
    found.add(
        "assumptions",
        "assumed ranges",
        upto(ranged.len(), 2),
        format!("{} a range in words.", so_many(ranged.len(), "assumption has")),
        shown(&ranged),
    );
    let weakest = part.with(&[
        "weakest",
        "least sure",
        "least certain",
        "unsure",
        "most uncertain",
        "guess",
        "could be",
        "not known",
        "doubt",
        "would change",
        "weak",
    ]);
    found.add(
        "assumptions",
        "doubt",
        upto(weakest.len(), 1),
        format!("{} which guess is least sure.", verb(weakest.len(), "sentence")),
        shown(&weakest),
    );
    let bias = part.with(&[
        "too high",
        "too low",
        "higher",
        "lower",
        "understate",
        "overstate",
        "upward",
        "downward",
        "more than",
        "less than",
        "at most",
        "at least",
    ]);
    found.add("assumptions", "bias", upto(bias.len(), 2), format!("{} which way it may be off.", verb(bias.len(), "sentence")), shown(&bias));
}
