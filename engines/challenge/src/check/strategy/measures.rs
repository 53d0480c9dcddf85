//! Measures: baseline, target, guard, date, and when one stops. Used for designs, too.

use super::goal::from_to;
use crate::{
    Challenge,
    check::{
        Found,
        part::Part,
        sense::{self, conditional, either, guards},
        words::{amounts, cited, dated, has, shown, so_many, upto},
    },
};

/// `aim` is what the answer is out for: what it counts of that is no vanity.
pub(in crate::check) fn measures(challenge: &Challenge, part: &Part, aim: &str, found: &mut Found) {
    let baseline = from_to(part);
    let says = either(baseline, "A measure has a value now and one to reach.", "No measure has both a value now and one to reach.");
    found.add("measures", "baseline and target", f64::from(u8::from(baseline)), says, shown(&part.sentences));
    let known = cited(&part.text, challenge.facts.iter()).len();
    let says = format!("{} among the measures.", so_many(known, "figure of the case stands"));
    found.add("measures", "baseline is a fact", upto(known, 2), says, vec![]);
    let guard: Vec<&String> = part.sentences.iter().filter(|sentence| guards(sentence)).collect();
    let says = either(!guard.is_empty(), "It says what must not get worse.", "Nothing says what must not get worse.");
    found.add("measures", "guardrail", upto(guard.len(), 1), says, shown(&guard));
    let figures = amounts(&part.text).len();
    found.add("measures", "measures figured", upto(figures, 4), format!("{} in the measures.", so_many(figures, "figure stands")), vec![]);
    let day = dated(&part.text);
    let says = either(day, "It says by when.", "Nothing says by when.");
    found.add("measures", "measures dated", f64::from(u8::from(day)), says, vec![]);
    let stop: Vec<&String> = part.sentences.iter().filter(|sentence| stops(sentence)).collect();
    let says = either(!stop.is_empty(), "It says what decides on going on or stopping.", "Nothing says what decides on going on or stopping.");
    found.add("measures", "measures decide", upto(stop.len(), 1), says, shown(&stop));
    whole(
        &[
            ("a value now and one to reach", baseline),
            ("what must not get worse", !guard.is_empty()),
            ("a day", day),
            ("when one stops", !stop.is_empty()),
        ],
        found,
    );
    let ratio = part.with(&["per ", "share", "rate", "of all", "out of", "divided", "percent", "per cent", "median", "of those", "of the"]);
    let says = format!("{} of what a measure is a share, of 2 looked for.", so_many(ratio.len(), "sentence says"));
    found.add("measures", "measures defined", upto(ratio.len(), 2), says, shown(&ratio));
    const VAIN: &[&str] = &["page views", "downloads", "awareness", "followers", "registrations", "clicks", "likes"];
    // These may be the very thing that is promised to somebody.
    const MAYBE: &[&str] = &["satisfaction", "visits", "mentions", " press", "number of"];
    let sought = |word: &&&str| !has(aim, &[word.strip_suffix('s').filter(|one| !one.ends_with('s')).unwrap_or(word)]);
    let maybe: Vec<&str> = MAYBE.iter().filter(sought).copied().collect();
    // What must not get worse may well be a number of something.
    let vain: Vec<&String> = part.all_items.iter().filter(|item| (has(item, VAIN) || has(item, &maybe)) && !guards(item)).collect();
    let says = match vain.len() {
        0 => "No measure counts what only looks good.".to_owned(),
        many => format!("{} what only looks good.", so_many(many, "measure counts")),
    };
    found.add("measures", "no vanity", part.said() * (1.0 - upto(vain.len(), 2)), says, shown(&vain));
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
    let says = either(!weekly.is_empty(), "One of them is seen early.", "None of them is said to be seen early, such as each week.");
    found.add("measures", "measures early", upto(weekly.len(), 1), says, shown(&weekly));
}

/// Whether a sentence says what is stopped, kept or decided by what is measured.
fn stops(sentence: &str) -> bool {
    sense::bids_stop(sentence)
        || has(sentence, &["keeps, changes or drops", "decides whether", "decide whether", "decided by"])
        || conditional(sentence) && sense::stops(sentence)
        || conditional(sentence) && has(sentence, &["take back", "we keep", "we try", "goes on", "remains", "roll out", "follow"])
}

/// All that measures need, in one sentence: what stands, and what is missing.
fn whole(parts: &[(&str, bool)], found: &mut Found) {
    let missing: Vec<&str> = parts.iter().filter(|(_, there)| !there).map(|(name, _)| *name).collect();
    let stand = parts.len() - missing.len();
    let says = match missing.as_slice() {
        [] => "Value now and to reach, guard, day and stop stand all.".to_owned(),
        missing => format!("{stand} of {} parts of measures stand; not said: {}.", parts.len(), missing.join(", ")),
    };
    found.add("measures", "measures whole", upto(stand, parts.len()), says, vec![]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Limits, Own, Strategy};

    fn says(text: &str, aim: &str, check: &str) -> String {
        let own = Strategy { limits: Limits::default(), competitors: vec![], exhibits: vec![] };
        let challenge = Challenge::of_work(Own::Strategy(own), "t", "", vec![]);
        let mut found = Found(vec![]);
        measures(&challenge, &Part::all(&[text])[0], aim, &mut found);
        found.0.into_iter().find(|finding| finding.check == check).map_or(String::new(), |finding| finding.says)
    }

    #[test]
    fn stops_of_a_bus_decide_nothing_and_visits_that_were_promised_are_no_vanity() {
        let text = "Loans at the 140 stops: from 75,840 to 85,000.\nMust not get worse: complaints from the 46 school stops, at most 20.\nVisits at home: from 0 to 1,500 a month.";
        assert!(says(text, "", "measures decide").starts_with("Nothing says what decides"), "{}", says(text, "", "measures decide"));
        assert!(says(&format!("{text}\nStop: fewer than 70,000."), "", "measures decide").starts_with("It says what decides"));
        assert!(says(text, "", "no vanity").starts_with("1 measure counts"));
        assert_eq!(says(text, "Whoever loses a stop gets a visit at home.", "no vanity"), "No measure counts what only looks good.");
    }
}
