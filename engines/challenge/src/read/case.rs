//! case.toml: the story of a written root-cause case.

use super::{Case, Evidence, Speaks};
use crate::{
    Fault,
    node::{Node, Taken},
};
use rootcause::case::{
    Mechanism, Nature,
    story::{Cause, Decoy, Dimension, Story},
};
use std::sync::OnceLock;

const FILE: &str = "case.toml";
/// So many combinations of values a case has: each cut adds all of them up, and whoever plays it cuts again and again.
const MOST_COMBINED: usize = 400;
/// More dimensions or values than any case has.
const MOST_MIXED: usize = 20;
const SOURCES: [&str; 8] =
    ["release log", "incident log", "campaign calendar", "support tickets", "data quality", "last year", "competitor news", "team chat"];

pub(super) fn case(node: &Node, faults: &mut Vec<Fault>) -> Option<Case> {
    let before = faults.len();
    let mut t = Taken::of(FILE, "the case", node, faults);
    let (metric, period, compared, data_check) = (t.text("metric"), t.text("period"), t.text("compared"), t.text("data_check"));
    let (steps, base) = steps(&mut t);
    let dimensions = dimensions(&mut t);
    let mix = mix(&mut t, &dimensions);
    let causes = causes(&mut t, !mix.is_empty());
    let decoys = decoys(&mut t);
    let evidence = evidence(&mut t);
    let [mut fix, mut prevent, mut watch] = [const { String::new() }; 3];
    if let Some(node) = t.node("action") {
        let mut a = Taken::of(FILE, "[action]", node, t.faults);
        (fix, prevent, watch) = (a.text("fix"), a.text("prevent"), a.text("watch"));
        a.end();
    }
    t.end();
    let story = Story { steps, base, dimensions, causes, decoys, mix };
    if t.faults.len() == before {
        // What it names is there, and it can be drawn.
        if let Err(wrong) = story.truths() {
            t.wrong(0, wrong.0);
        }
        for (what, step, slice) in
            story.causes.iter().map(|c| ("the cause", &c.step, &c.slice)).chain(story.decoys.iter().map(|d| ("the decoy", &d.step, &d.slice)))
        {
            names(&mut t, &story, what, step, slice);
        }
    }
    (t.faults.len() == before).then_some(Case { metric, period, compared, story, evidence, data_check, fix, prevent, watch, drawn: OnceLock::new() })
}

fn names(t: &mut Taken, story: &Story, what: &str, step: &str, slice: &[(String, String)]) {
    if !step.is_empty() && story.steps.iter().all(|(name, _)| name != step) {
        t.wrong(0, format!("No step is called “{step}”, which {what} names."));
    }
    for (dimension, value) in slice {
        match story.dimensions.iter().find(|d| d.name == *dimension) {
            None => t.wrong(0, format!("No dimension is called “{dimension}”, which {what} names.")),
            Some(d) if d.values.iter().all(|(name, _)| name != value) => {
                t.wrong(0, format!("“{dimension}” has no value “{value}”, which {what} names."));
            }
            Some(_) => {}
        }
    }
}

fn steps(t: &mut Taken) -> (Vec<(String, f64)>, f64) {
    let list = t.list("steps");
    if !(2..=5).contains(&list.len()) && t.has("steps") {
        t.wrong(t.line, format!("There are {} steps; two to five are needed.", list.len()));
    }
    let (mut found, mut base): (Vec<(String, f64)>, f64) = (vec![], f64::NAN);
    for (at, node) in list.iter().enumerate() {
        let mut s = Taken::of(FILE, format!("step {}", at + 1), node, t.faults);
        let (name, share) = (s.text("name"), s.number("share"));
        if at == 0 {
            base = s.number("base");
        }
        if base <= 0.0 {
            s.wrong(s.line, "The base is not above 0.");
        }
        if share <= 0.0 || share > 1.0 || at == 0 && share != 1.0 {
            s.wrong(s.line, "The share of a step is above 0 and at most 1, and that of the first is 1.0.");
        }
        if found.iter().any(|(known, _)| *known == name) {
            s.wrong(s.line, format!("The step “{name}” is there twice."));
        }
        s.end();
        found.push((name, share));
    }
    (found, base)
}

fn dimensions(t: &mut Taken) -> Vec<Dimension> {
    let list = t.list("dimensions");
    if !(3..=5).contains(&list.len()) && t.has("dimensions") {
        t.wrong(t.line, format!("There are {} dimensions; three to five are needed.", list.len()));
    }
    let mut found: Vec<Dimension> = vec![];
    for node in list {
        let mut d = Taken::of(FILE, "a dimension", node, t.faults);
        let name = d.text("name");
        d.what = format!("the dimension “{name}”");
        d.node("values");
        let (values, rates) = (d.numbers("values"), d.numbers("rates"));
        if !(2..=6).contains(&values.len()) {
            d.wrong(d.line, format!("The dimension “{name}” has {} values; two to six are needed.", values.len()));
        }
        shares(&mut d, &format!("the dimension “{name}”"), &values);
        for (value, rate) in &rates {
            if values.iter().all(|(known, _)| known != value) || *rate < 0.0 {
                d.wrong(d.line, format!("The rate of “{value}” in “{name}” is of no known value, or below 0."));
            }
        }
        if found.iter().any(|known| known.name == name) {
            d.wrong(d.line, format!("The dimension “{name}” is there twice."));
        }
        d.end();
        found.push(Dimension { name, values, rates });
    }
    let combined = found.iter().fold(1, |all: usize, d| all.saturating_mul(d.values.len()));
    if combined > MOST_COMBINED {
        t.wrong(t.line, format!("The values of the dimensions have {combined} combinations; {MOST_COMBINED} at most can be told apart."));
    }
    found
}

fn shares(t: &mut Taken, what: &str, found: &[(String, f64)]) {
    let sum: f64 = found.iter().map(|(_, share)| share).sum();
    if found.iter().any(|(_, share)| !(0.0..=1.0).contains(share)) || (sum - 1.0).abs() > 1e-6 {
        t.wrong(t.line, format!("The shares of {what} are not from 0 to 1 with a sum of 1; they add up to {sum:.4}."));
    }
}

fn mix(t: &mut Taken, dimensions: &[Dimension]) -> Vec<(String, Vec<(String, f64)>)> {
    let Some(node) = t.maybe("mix") else { return vec![] };
    let mut found = vec![];
    let named = t.at_most("mix", node.table().unwrap_or(&[]).iter().collect(), MOST_MIXED);
    for (name, inner) in named {
        let values: Option<Vec<(String, f64)>> =
            inner.table().and_then(|values| values.iter().take(MOST_MIXED).map(|(value, n)| Some((value.clone(), n.number()?))).collect());
        let Some(values) = values else {
            t.wrong(inner.line, format!("[mix] has no table of shares for “{name}”."));
            continue;
        };
        shares(t, &format!("“{name}” in [mix]"), &values);
        let same = |d: &Dimension| d.values.len() == values.len() && d.values.iter().all(|(value, _)| values.iter().any(|(known, _)| known == value));
        match dimensions.iter().find(|d| d.name == *name) {
            None => t.wrong(inner.line, format!("[mix] names “{name}”, which is no dimension.")),
            Some(d) if !same(d) => t.wrong(inner.line, format!("[mix] does not name the values of “{name}”.")),
            Some(_) => {}
        }
        found.push((name.clone(), values));
    }
    found
}

fn causes(t: &mut Taken, mixed: bool) -> Vec<Cause> {
    let nodes: Vec<&Node> = match (t.maybe("cause"), t.maybe_list("causes")) {
        (Some(one), None) => vec![one],
        (None, Some(two)) => {
            if two.len() != 2 {
                t.wrong(t.line, format!("[[causes]] is for two; there are {}.", two.len()));
            }
            two.iter().collect()
        }
        _ => {
            t.wrong(t.line, "A case has either [cause] or [[causes]].");
            vec![]
        }
    };
    let mut found = vec![];
    for node in nodes {
        let mut c = Taken::of(FILE, "the cause", node, t.faults);
        let word = c.text("mechanism");
        let Some(mechanism) = Mechanism::named(&word) else {
            let all = Mechanism::ALL.map(Mechanism::word).join(", ");
            c.wrong(c.line, format!("“{word}” is no mechanism; there are {all}."));
            continue;
        };
        let bare = matches!(mechanism.nature(), Nature::Mix | Nature::Nothing);
        let loose = bare || matches!(mechanism, Mechanism::PipelineLoss | Mechanism::Holiday);
        let step = if bare { c.maybe_text("step").unwrap_or_default() } else { c.text("step") };
        let slice = slice(&mut c, "the cause", loose, bare);
        let severity = if bare { c.maybe_number("severity").unwrap_or(0.0) } else { c.number("severity") };
        let day = if bare { c.maybe_whole("day").unwrap_or(1) } else { c.whole("day") };
        if !(0.0..=1.0).contains(&severity) || !bare && severity == 0.0 {
            c.wrong(c.line, "The severity of a cause is a share above 0, at most 1.");
        }
        if day != i64::MIN && !(1..=7).contains(&day) {
            c.wrong(c.line, "The day of a cause is 1 to 7.");
        }
        if mechanism == Mechanism::MixShift && !mixed {
            c.wrong(c.line, "A cause by mix needs [mix].");
        }
        c.end();
        found.push(Cause { step, slice, severity, mechanism, day: day.clamp(1, 7) as u8 });
    }
    found
}

/// `where`: one or two dimensions, none where it may be empty.
fn slice(t: &mut Taken, what: &str, empty: bool, optional: bool) -> Vec<(String, String)> {
    if !t.has("where") {
        if !optional {
            t.node("where");
        }
        t.maybe("where");
        return vec![];
    }
    let found = t.pairs("where");
    if found.len() > 2 || found.is_empty() && !empty {
        t.wrong(t.line, format!("“where” of {what} names {} dimensions; it is one or two.", found.len()));
    }
    found
}

fn decoys(t: &mut Taken) -> Vec<Decoy> {
    let list = t.maybe_list("decoys").unwrap_or(&[]);
    let mut found = vec![];
    for node in list {
        let mut d = Taken::of(FILE, "a decoy", node, t.faults);
        let (what, step, severity) = (d.text("what"), d.text("step"), d.number("severity"));
        let slice = slice(&mut d, "the decoy", true, false);
        if !(0.0..=1.0).contains(&severity) {
            d.wrong(d.line, "The severity of a decoy is a share from 0 to 1.");
        }
        d.end();
        found.push(Decoy { what, step, slice, severity });
    }
    found
}

fn evidence(t: &mut Taken) -> Vec<Evidence> {
    let list = t.list("evidence");
    if list.len() < 4 && t.has("evidence") {
        t.wrong(t.line, format!("There are {} pieces of evidence; at least four are needed.", list.len()));
    }
    let mut found = vec![];
    for node in list {
        let mut e = Taken::of(FILE, "a piece of evidence", node, t.faults);
        let (source, text, speaks) = (e.text("source"), e.text("text"), e.text("speaks"));
        if !source.is_empty() && !SOURCES.contains(&source.as_str()) {
            e.wrong(e.line, format!("“{source}” is no source; there are {}.", SOURCES.join(", ")));
        }
        let speaks = match speaks.as_str() {
            "for" => Speaks::For,
            "against" => Speaks::Against,
            "neither" | "" => Speaks::Neither,
            _ => {
                e.wrong(e.line, format!("“speaks” is for, against or neither, not “{speaks}”."));
                Speaks::Neither
            }
        };
        e.end();
        found.push(Evidence { source, text, speaks });
    }
    found
}
