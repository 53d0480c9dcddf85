//! Actions within the limits, and risks with a way back.

use crate::{
    check::{
        Found, Read,
        part::Part,
        sense::{answered, conditional, either, is_money, people},
        who::names_doer,
        words::{LIMITS, amounts, covered, dated, has, shown, so_many, stems, there_are, upto},
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

/// The largest sum of money that each action names: with its currency, or as large as sums of the case are.
fn money(items: &[String], budget: f64) -> Vec<f64> {
    let sum = |item: &String| {
        let found = crate::text::figures(item);
        let said = found.iter().filter(|f| is_money(item, f)).map(|f| f.value).reduce(f64::max);
        let year = |v: f64| v.fract() == 0.0 && (1990.0..2060.0).contains(&v);
        let fits = |f: &&crate::text::Figure| !f.percent && !year(f.value) && f.value >= 0.004 * budget && f.value <= 3.0 * budget;
        said.or_else(|| found.iter().filter(fits).map(|f| f.value).reduce(f64::max))
    };
    items.iter().filter_map(sum).collect()
}

pub(super) fn actions(own: &Strategy, read: &Read, found: &mut Found) {
    let part = read.part("Actions");
    let items = &part.items;
    let n = part.all_items.len();
    found.add("actions", "actions", upto(items.len(), 3), there_are(items.len(), "action"), shown(items));
    let timed: Vec<&String> = items.iter().filter(|item| dated(item)).collect();
    found.add("actions", "actions timed", upto(timed.len(), n.max(3)), format!("{} of {n} actions have a time.", timed.len()), shown(&timed));
    let costs = money(items, own.limits.budget.unwrap_or(1e5));
    found.add("actions", "actions costed", upto(costs.len(), n.max(3)), format!("{} of {n} actions have a cost.", costs.len()), vec![]);
    let people_of = |item: &String| people(item).is_some();
    let (staffed, unstaffed): (Vec<&String>, Vec<&String>) = items.iter().partition(|item| people_of(item));
    let people: Vec<f64> = staffed.iter().filter_map(|item| people(item)).collect();
    let says = format!("{} of {n} actions say how many people do it{}.", people.len(), if unstaffed.is_empty() { "" } else { "; these do not" });
    found.add("actions", "actions staffed", upto(people.len(), n.max(3)), says, shown(&unstaffed));
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
    found.add(
        "actions",
        "within months",
        within(own.limits.months, months),
        match own.limits.months {
            Some(limit) if months > 0.0 => format!("The last action ends in month {months:.0} of {limit}."),
            _ => "No action says in which month it ends.".to_owned(),
        },
        vec![],
    );
    let order =
        part.with(&["first", "then", "before", "after", "once", "next", "only when", "until", "month 1", "months 1", "from month", "by month"]);
    found.add(
        "actions",
        "sequence",
        upto(order.len(), 3),
        format!("{} what comes before what, of 3 looked for.", so_many(order.len(), "sentence says")),
        shown(&order),
    );
    let aim = stems(&format!("{} {}", read.part("Choice").text, read.part("Diagnosis").text));
    // What is chosen may be told among the options, or as the goal.
    let wider = stems(&["Choice", "Diagnosis", "Options", "Goal"].map(|part| read.part(part).all_text.as_str()).join(" "));
    let serving = items.iter().map(|item| covered(&stems(item), &aim)).sum::<f64>() / n.max(1) as f64;
    found.add(
        "actions",
        "actions serve the choice",
        (serving * 2.0).min(1.0),
        format!("{:.0} % of the words of the actions are of the diagnosis and the choice.", 100.0 * serving),
        vec![],
    );
    let (last, least) = items.iter().map(|item| (Some(item), covered(&stems(item), &wider))).fold((None, 1.0), |a, b| if b.1 < a.1 { b } else { a });
    let apart = last.filter(|_| least * 4.0 < 0.67);
    found.add(
        "actions",
        "every action serves",
        if n == 0 { 0.0 } else { (least * 4.0).min(1.0) },
        match apart {
            Some(_) => "One action has hardly a word of the goal, the diagnosis or the choice; say what it does for them.",
            None if n == 0 => "There is no action.",
            None => "Each action speaks of what the goal, the diagnosis or the choice speaks of.",
        },
        apart.into_iter().cloned().collect(),
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
    let (owned, unowned): (Vec<&String>, Vec<&String>) = items.iter().partition(|item| names_doer(item));
    let says =
        format!("{} of {n} actions say who does it, by name or by trade{}.", owned.len(), if unowned.is_empty() { "" } else { "; these do not" });
    found.add("actions", "actions owned", upto(owned.len(), n.max(3)), says, shown(&unowned));
    let total = part.with(&["sum", "total", "left", "reserve", "together", "remain", "in all", "rest", "within"]);
    found.add(
        "actions",
        "sum said",
        upto(total.len(), 1),
        either(!total.is_empty(), "It is said what they take together.", "It is not said what they take together."),
        shown(&total),
    );
    let aims =
        |item: &&String| has(item, &["so that", "because", "this ", "which ", "feeds", "allows", "needs", "makes", "for the", "pays", "in order"]);
    let linked: Vec<&String> = items.iter().filter(aims).collect();
    let says = format!("{} of {n} actions say what they are for, such as “so that …”.", linked.len());
    found.add("actions", "actions linked", upto(linked.len(), n.max(3)), says, shown(&linked));
}

/// Risks: with threshold, date, and what is done then. Used for designs, too.
pub(super) fn risks(part: &Part, found: &mut Found) {
    let (items, all) = part.wholes();
    let n = all.len();
    let rows: Vec<&String> = items.iter().filter(|item| !amounts(item).is_empty() && has(item, LIMITS)).collect();
    found.add("risks", "thresholds", upto(rows.len(), n.clamp(2, 3)), format!("{} of {n} risks have a threshold.", rows.len()), shown(&rows));
    let figured = items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("risks", "risks figured", upto(figured, n.clamp(2, 3)), format!("{figured} of {n} risks have a figure."), vec![]);
    let timed: Vec<&String> = items.iter().filter(|item| dated(item)).collect();
    found.add("risks", "risks dated", upto(timed.len(), n.clamp(2, 3)), format!("{} of {n} risks have a date.", timed.len()), shown(&timed));
    let stop: Vec<&String> = items.iter().filter(|item| answered(item)).collect();
    let says = format!("{} on what condition one turns back or does something else, of 2 looked for.", so_many(stop.len(), "risk says"));
    found.add("risks", "turning back", upto(stop.len(), 2), says, shown(&stop));
    let condition: Vec<&String> = items.iter().filter(|item| conditional(item)).collect();
    found.add(
        "risks",
        "risks conditional",
        upto(condition.len(), n.clamp(2, 3)),
        format!("{} of {n} risks say what follows on what: if this, then that.", condition.len()),
        shown(&condition),
    );
    let whole = items.iter().filter(|item| !amounts(item).is_empty() && dated(item) && conditional(item)).count();
    found.add("risks", "risks whole", upto(whole, 2), format!("{} figure, date and condition, of 2 looked for.", so_many(whole, "risk has")), vec![]);
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
        match vague.len() {
            0 => "No sentence says only that one will be careful.".to_owned(),
            many => format!("{} only that one will be careful.", so_many(many, "sentence says")),
        },
        shown(&vague),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_action_that_is_the_choice_serves_it() {
        use crate::{
            Answer, Challenge, Kind,
            read::{Limits, Own},
        };
        let answer = "## Options\n- Records for farms that work without a network, by herds instead of single animals.\n- A lower price.\n\n## Choice\nThe first, since vets who drive out have nobody.\n\n## Actions\n- Months 1–6: build records that work without a network, herds instead of single animals, 2 people.\n";
        let own = Strategy { limits: Limits::default(), competitors: vec![], exhibits: vec![] };
        let findings = Challenge::of_work(Own::Strategy(own), "t", "", vec![]).findings(&Answer::read(Kind::Strategy, answer));
        let of = |check: &str| findings.iter().find(|f| f.check == check).map(|f| (f.share, f.says.as_str())).unwrap();
        assert!(of("every action serves").0 > 0.99, "{:?}", of("every action serves"));
        assert!(of("actions staffed").1.starts_with("1 of 1") && of("actions owned").1.starts_with("0 of 1"), "a number of people is nobody");
    }

    #[test]
    fn risks_in_lines_with_semicolons_are_as_many_as_the_lines() {
        let text = "Drivers fall ill: seen if 2 of 9 are away in March; then the 470 stops stay on one more bus until autumn.
Lockers break: seen if 3 of 6 are shut in May; then we return them.
Loans fall: seen if fewer than 5,000 by June; then we stop.";
        let mut found = Found(vec![]);
        risks(&Part::all(&[text])[0], &mut found);
        let says = |check: &str| found.0.iter().find(|finding| finding.check == check).map_or("", |finding| finding.says.as_str());
        assert!(says("risks figured").contains("3 of 3") && says("risks whole").starts_with("3 risks"), "{:?}", found.0);
    }
}
