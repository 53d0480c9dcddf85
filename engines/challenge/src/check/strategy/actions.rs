//! Actions within the limits, risks with a way back, measures.

use super::from_to;
use crate::{
    Challenge,
    check::{
        Found, Read,
        words::{CONDITIONS, LIMITS, Part, STOPS, amounts, cited, covered, dated, has, shown, so_many, stems, upto},
    },
    read::Strategy,
    text::near,
};

/// Amounts of a kind in a text: money, people, months.
fn sums(items: &[String], units: &[&str], least: f64) -> Vec<f64> {
    let mut found = vec![];
    for item in items {
        let figures = crate::text::figures(item);
        let own = figures.iter().filter(|f| !f.percent).find(|f| {
            let behind: String = item[f.end..].chars().take(16).collect();
            let before: String = item[..f.start].chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
            let plain = crate::text::plain(&behind);
            let first = plain.trim().split(' ').next().unwrap_or("");
            f.value >= least
                && (units.iter().any(|unit| first.starts_with(unit)) || units.contains(&"eur") && before.trim_end().ends_with(['€', '$', '£']))
        });
        found.extend(own.map(|f| f.value));
    }
    found
}

/// The largest sum of money that each action names: nothing that is counted in people or things.
fn money(items: &[String], budget: f64) -> Vec<f64> {
    let sum = |item: &String| {
        let year = |v: f64| v.fract() == 0.0 && (1990.0..2060.0).contains(&v);
        let fits = |f: &&crate::text::Figure| !f.percent && !year(f.value) && f.value >= 0.004 * budget && f.value <= 3.0 * budget;
        crate::text::figures(item).iter().filter(fits).map(|f| f.value).reduce(f64::max)
    };
    items.iter().filter_map(sum).collect()
}

pub(super) fn actions(own: &Strategy, read: &Read, found: &mut Found) {
    let part = read.part("Actions");
    let items = &part.items;
    let n = part.all_items.len();
    found.add("actions", "actions", upto(items.len(), 3), format!("There are {}.", so_many(items.len(), "action")), shown(items));
    let timed: Vec<&String> = items.iter().filter(|item| dated(item)).collect();
    found.add("actions", "actions timed", upto(timed.len(), n.max(3)), format!("{} of {n} actions have a time.", timed.len()), shown(&timed));
    let costs = money(items, own.limits.budget.unwrap_or(1e5));
    found.add("actions", "actions costed", upto(costs.len(), n.max(3)), format!("{} of {n} actions have a cost.", costs.len()), vec![]);
    let people = sums(items, &["people", "person", "developer", "engineer", "staff", "colleague", "driver", "nurse"], 1.0);
    found.add("actions", "actions staffed", upto(people.len(), n.max(3)), format!("{} of {n} actions have people.", people.len()), vec![]);
    let within = |limit: Option<f64>, sum: f64| match limit {
        Some(limit) if sum > limit * 1.001 => 0.0,
        Some(_) if sum > 0.0 => 1.0,
        _ => 0.5,
    };
    let sum: f64 = costs.iter().sum();
    // A total that is said beside its parts would count twice.
    let top = costs.iter().copied().fold(0.0, f64::max);
    let sum = if costs.len() > 2 && near(sum - top, top, 0.02) { top } else { sum };
    found.add(
        "actions",
        "within budget",
        within(own.limits.budget, sum),
        format!("The actions cost {sum:.0} of {}.", own.limits.budget.map_or("no limit".into(), |b| b.to_string())),
        vec![],
    );
    let heads: f64 = people.iter().sum();
    found.add(
        "actions",
        "within people",
        within(own.limits.people, heads),
        format!("They take {heads:.0} people of {}.", own.limits.people.map_or("no limit".into(), |p| p.to_string())),
        vec![],
    );
    let months = items.iter().flat_map(|item| sums(std::slice::from_ref(item), &["month"], 1.0)).fold(0.0, f64::max);
    found.add("actions", "within months", within(own.limits.months, months), "Whether they end within the months there are.", vec![]);
    let order =
        part.with(&["first", "then", "before", "after", "once", "next", "only when", "until", "month 1", "months 1", "from month", "by month"]);
    found.add(
        "actions",
        "sequence",
        upto(order.len(), 3),
        format!("{} what comes before what.", so_many(order.len(), "sentence says")),
        shown(&order),
    );
    let aim = stems(&format!("{} {}", read.part("Choice").text, read.part("Diagnosis").text));
    let serving = items.iter().map(|item| covered(&stems(item), &aim)).sum::<f64>() / n.max(1) as f64;
    found.add(
        "actions",
        "actions serve the choice",
        (serving * 2.0).min(1.0),
        format!("{:.0} % of their words are of the diagnosis and the choice.", 100.0 * serving),
        vec![],
    );
    let least = items.iter().map(|item| covered(&stems(item), &aim)).fold(1.0, f64::min);
    found.add(
        "actions",
        "every action serves",
        if n == 0 { 0.0 } else { (least * 4.0).min(1.0) },
        "Whether each action has something of them.",
        vec![],
    );
    let not: Vec<_> = read.part("Not doing").items.iter().map(|no| stems(no)).collect();
    let clash = items.iter().map(|item| stems(item)).filter(|own| not.iter().any(|no| covered(no, own) > 0.6)).count();
    found.add(
        "actions",
        "does not do what it won't",
        part.said() * (1.0 - upto(clash, 1)),
        format!("{} what is not to be done.", so_many(clash, "action does")),
        vec![],
    );
    let owned = part.with(&["owner", "lead", "team", "engineer", "manager", "head", "person", "people", "who", "together with"]);
    found.add("actions", "actions owned", upto(owned.len(), n.max(3)), "Whether somebody does them.", shown(&owned));
    let total = part.with(&["sum", "total", "left", "reserve", "together", "remain", "in all", "rest", "within"]);
    found.add("actions", "sum said", upto(total.len(), 1), "Whether what they take together is said.", shown(&total));
    let linked = part.with(&["so that", "because", "this ", "which ", "feeds", "allows", "needs", "makes", "for the", "pays"]);
    found.add("actions", "actions linked", upto(linked.len(), n.max(3)), "Whether actions say what they are for.", shown(&linked));
}

/// Risks: with threshold, date, and what is done then. Used for designs, too.
pub(super) fn risks(part: &Part, found: &mut Found) {
    let n = part.all_items.len();
    let rows: Vec<&String> = part.items.iter().filter(|item| !amounts(item).is_empty() && has(item, LIMITS)).collect();
    found.add("risks", "thresholds", upto(rows.len(), n.clamp(2, 3)), format!("{} of {n} risks have a threshold.", rows.len()), shown(&rows));
    let figured = part.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("risks", "risks figured", upto(figured, n.clamp(2, 3)), format!("{figured} of {n} risks have a figure."), vec![]);
    let timed: Vec<&String> = part.items.iter().filter(|item| dated(item)).collect();
    found.add("risks", "risks dated", upto(timed.len(), n.clamp(2, 3)), format!("{} of {n} risks have a date.", timed.len()), shown(&timed));
    let stop: Vec<&String> = part.items.iter().filter(|item| has(item, STOPS) && has(item, CONDITIONS)).collect();
    found.add("risks", "turning back", upto(stop.len(), 2), format!("{} when to turn back.", so_many(stop.len(), "risk says")), shown(&stop));
    let condition: Vec<&String> = part.items.iter().filter(|item| has(item, &["if", "when", "once", "as soon as", "should"])).collect();
    found.add(
        "risks",
        "risks conditional",
        upto(condition.len(), n.clamp(2, 3)),
        format!("{} of {n} risks say if what.", condition.len()),
        shown(&condition),
    );
    let whole = part.items.iter().filter(|item| !amounts(item).is_empty() && dated(item) && has(item, CONDITIONS)).count();
    found.add("risks", "risks whole", upto(whole, 2), format!("{} figure, date and condition.", so_many(whole, "risk has")), vec![]);
    let sign =
        part.with(&["sign", "indicator", "see it", "seen", "watch", "earliest", "notice", "shows", "measured", "weekly", "each week", "every week"]);
    found.add(
        "risks",
        "early signs",
        upto(sign.len(), 2),
        format!("{} by what it would be seen.", so_many(sign.len(), "sentence says")),
        shown(&sign),
    );
    let vague = part.ever_with(&[
        "monitor",
        "closely",
        "careful",
        "communicat",
        "regular",
        "mitigat",
        "keep an eye",
        "as needed",
        "good planning",
        "work hard",
    ]);
    found.add(
        "risks",
        "risks not vague",
        part.said() * (1.0 - upto(vague.len(), 3)),
        format!("{} only that one will be careful.", so_many(vague.len(), "sentence says")),
        shown(&vague),
    );
}

/// Measures: baseline, target, guardrail, date. Used for designs, too.
pub(in crate::check) fn measures(challenge: &Challenge, part: &Part, found: &mut Found) {
    let baseline = from_to(part);
    found.add(
        "measures",
        "baseline and target",
        f64::from(u8::from(baseline)),
        "Whether a measure has a value now and one to reach.",
        shown(&part.sentences),
    );
    let known = cited(&part.text, challenge.facts.iter()).len();
    found.add(
        "measures",
        "baseline is a fact",
        upto(known, 2),
        format!("{} among the measures.", so_many(known, "figure of the case stands")),
        vec![],
    );
    let guard = part.with(&[
        "guardrail",
        "not fall",
        "not rise",
        "must not",
        "may not",
        "no more than",
        "not exceed",
        "at the same time",
        "unharmed",
        "not worse",
        "counter",
        "without",
        "stay",
        "not below",
        "not above",
        "at most",
        "limit",
        "unchanged",
        "no rise",
        "no fall",
        "no higher",
        "no lower",
        "remain",
        "nobody",
        "watch that",
        "does not",
    ]);
    found.add("measures", "guardrail", upto(guard.len(), 1), "Whether a measure says what must not get worse.", shown(&guard));
    let figures = amounts(&part.text).len();
    found.add("measures", "measures figured", upto(figures, 4), format!("{} in the measures.", so_many(figures, "figure stands")), vec![]);
    found.add("measures", "measures dated", f64::from(u8::from(dated(&part.text))), "Whether there is a date.", shown(&part.sentences));
    let ratio = part.with(&["per ", "share", "rate", "of all", "out of", "divided", "percent", "per cent", "median", "of those", "of the"]);
    found.add("measures", "measures defined", upto(ratio.len(), 2), "Whether it says of what a measure is a share.", shown(&ratio));
    let vain = part.ever_with(&[
        "page views",
        "downloads",
        "satisfaction",
        "awareness",
        "followers",
        "registrations",
        "clicks",
        "likes",
        "visits",
        "mentions",
        "press",
        "number of",
    ]);
    found.add(
        "measures",
        "no vanity",
        part.said() * (1.0 - upto(vain.len(), 2)),
        format!("{} what only looks good.", so_many(vain.len(), "sentence counts")),
        shown(&vain),
    );
    let weekly = part.with(&[
        "weekly",
        "each week",
        "every week",
        "monthly",
        "each month",
        "every month",
        "per week",
        "per month",
        "leading",
        "early",
        "first weeks",
    ]);
    found.add("measures", "measures early", upto(weekly.len(), 1), "Whether one of them is seen early.", shown(&weekly));
}
