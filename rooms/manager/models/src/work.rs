//! A model worked out. Pure: chance comes from a seed, so the same text always comes to the same figures.

use crate::answers::*;
use estimate::{Bin, Model, Place, Results, Settings, Wrong};

const SETTINGS: Settings = Settings { samples: 4_000, seed: 1 };
/// More is no model that anybody could check, and none that is worked out while somebody types.
const MOST_LINES: usize = 120;
const MOST_GUESSES: usize = 80;
/// The longest text that is read.
pub(crate) const LONGEST: usize = 10_000;
/// What no one calls a line of theirs.
const ASKED: &str = "what_was_asked_for_here";

/// Which line is looked at, and whether something holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// A line; the one that the model is about where it is empty.
    pub of: String,
    /// A condition, such as `income > 10 000 EUR`.
    pub chance: String,
}

/// What came of it, with the bands of its distribution.
#[derive(Debug)]
pub(crate) struct Worked {
    pub told: Computed,
    pub bands: Vec<Bin>,
    /// What is wrong with the condition.
    pub odd_chance: Option<String>,
    /// The line of the text that is the answer, whichever is looked at.
    pub answer_line: usize,
}

/// # Errors
/// The first thing that is wrong, with its line and column.
pub(crate) fn out(body: &str, asked: &Asked) -> Result<Worked, Wrong> {
    let model = read(body)?;
    let results = model.run(SETTINGS)?;
    let line = target(&results, &asked.of);
    let summary = results.summary(line);
    let mut inputs = vec![];
    for found in results.influences(line)? {
        let leaf = &model.leaves()[found.leaf];
        let several = model.leaves().iter().filter(|other| other.line == leaf.line).count() > 1;
        let own = named(&model.lines()[leaf.line].name);
        inputs.push(Input {
            // A line with several guesses says which of them it is.
            name: if several { format!("{own}, guess {}", leaf.nth + 1) } else { own },
            share: found.share,
            low: found.tornado.0.min(found.tornado.1),
            high: found.tornado.0.max(found.tornado.1),
            knowing: found.knowing,
            line: model.lines()[leaf.line].name.clone(),
        });
    }
    let built = model.structure(line);
    let names = |lines: &[usize]| lines.iter().map(|at| named(&model.lines()[*at].name)).collect();
    let parts = model.tree(line).into_iter().take(200).map(|(at, depth)| Depth { depth, line: told(&results, at) });
    let (chance, odd_chance) = match asked.chance.trim() {
        "" => (None, None),
        holds => match likely(body, holds) {
            Ok(share) => (Some(share), None),
            Err(wrong) => (None, Some(wrong.says)),
        },
    };
    Ok(Worked {
        bands: summary.histogram.clone(),
        odd_chance,
        answer_line: model.lines()[model.target()].at.line,
        told: Computed {
            answer: told(&results, line),
            mean: summary.mean,
            inputs,
            parts: parts.collect(),
            lines: (0..model.lines().len()).map(|at| told(&results, at)).collect(),
            chance,
            depth: built.depth,
            guesses: built.leaves,
            twice: names(&built.twice),
            second_ways: names(&built.routes),
        },
    })
}

/// A text with a line more, above the one that is the answer: below it the new line would be the last that no other uses, and
/// so the answer. Of a text that cannot be read yet the last line with a name is taken for it.
pub(crate) fn inserted(body: &str, line: &str) -> String {
    let mut lines: Vec<&str> = body.trim_end().lines().collect();
    let answer = read(body).ok().map(|model| model.lines()[model.target()].at.line);
    let at = answer.map(|line| line - 1).or_else(|| lines.iter().rposition(|line| line.contains('=')));
    lines.insert(at.unwrap_or(lines.len()).min(lines.len()), line);
    lines.join("\n")
}

fn read(body: &str) -> Result<Model, Wrong> {
    let says = |says: String| Wrong { at: Place::default(), says };
    let length = body.chars().count();
    if length > LONGEST {
        return Err(says(format!("At most {LONGEST} characters fit here; this is {length}.")));
    }
    if !body.contains('=') {
        return Err(says("Write lines “name = expression”, such as: riders = 40k to 60k people".into()));
    }
    let model = Model::parse(body)?;
    if model.lines().len() > MOST_LINES || model.leaves().len() > MOST_GUESSES {
        return Err(says(format!("At most {MOST_LINES} lines with {MOST_GUESSES} guesses fit here. Say it in fewer.")));
    }
    if model.lines().is_empty() {
        return Err(says("There is no line in it yet.".into()));
    }
    Ok(model)
}

/// The line that is looked at: the one that was asked for, else what the model is about.
fn target(results: &Results, of: &str) -> usize {
    results.model.line(of.trim()).unwrap_or_else(|| results.answer())
}

fn told(results: &Results, at: usize) -> Told {
    let (line, summary) = (&results.model.lines()[at], results.summary(at));
    let middle = summary.at(0.5);
    Told {
        name: named(&line.name),
        unit: results.model.unit_of(at, middle),
        low: summary.at(0.05),
        middle,
        high: summary.at(0.95),
        certain: summary.histogram.is_empty(),
        note: line.note.clone().unwrap_or_default(),
    }
}

/// How likely it is that something holds.
fn likely(body: &str, holds: &str) -> Result<f64, Wrong> {
    if holds.contains(['\n', '#']) || holds.contains("--") {
        return Err(Wrong { at: Place::default(), says: "Write one condition, such as: income > 10k EUR".into() });
    }
    let model = Model::parse(&format!("{body}\n{ASKED} = P({holds})"))?;
    let at = model.line(ASKED).unwrap_or(0);
    Ok(model.run(SETTINGS)?.summary(at).mean)
}

/// A line as people read it.
fn named(name: &str) -> String {
    name.replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const INCOME: &str = "riders = 40k to 60k people -- report\nrides = 2 to 5 rides/person/month\nincome = riders * rides * 2.50 EUR/ride in EUR/year\nhigh = P(income > 5M EUR/year)";

    #[test]
    fn an_estimate_is_told_in_figures() {
        let worked = out(INCOME, &Asked { chance: "income > 5M EUR/year".into(), ..Asked::default() }).unwrap();
        let told = &worked.told;
        assert_eq!((told.answer.name.as_str(), told.answer.unit.as_str()), ("income", "EUR/year"), "a chance is not what it is about");
        assert_eq!(told.inputs[0].name, "rides", "what is least known decides");
        assert!(told.inputs[0].share > told.inputs[1].share && told.inputs[0].low < told.inputs[0].high);
        assert!(!worked.bands.is_empty() && told.answer.low < told.answer.middle);
        let chance = told.chance.unwrap();
        assert!((chance - told.lines[3].middle).abs() < 1e-9 && (0.1..0.9).contains(&chance), "the same as its own line: {chance}");
        assert_eq!(told.parts.iter().map(|part| part.depth).collect::<Vec<_>>(), [0, 1, 1]);
        let riders = out(INCOME, &Asked { of: "riders".into(), ..Asked::default() }).unwrap();
        assert_eq!(riders.told.answer.name, "riders");
    }

    #[test]
    fn what_is_wrong_is_said_where_it_stands() {
        let wrong = |body: &str| out(body, &Asked::default()).unwrap_err();
        assert_eq!(wrong("a = 1\nb = a * prise").at.line, 2);
        assert!(wrong("a = b\nb = a").at.line > 0, "a circle");
        assert!(wrong("a = 5 to 3").at.line == 1, "the wrong way round");
        assert!(wrong("a = 5 km + 3 EUR").at.line == 1, "units that do not fit");
        assert!(wrong("nothing").says.contains("Write lines"));
        assert!(wrong(&"a = 1\n".repeat(1_000_000)).says.contains("At most 10000 characters"), "a million lines");
        let odd = out("a = 1 to 2", &Asked { chance: "a > ".into(), ..Asked::default() }).unwrap();
        assert!(odd.odd_chance.is_some() && odd.told.chance.is_none());
    }
}
