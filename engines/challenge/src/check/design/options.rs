//! Solutions, what is given up, and the summary.

use super::segments;
use crate::{
    Challenge,
    check::{
        Found, Read,
        sense::{either, has_drawback, of_one},
        strategy::likest,
        words::{CONDITIONS, amounts, covered, has, shown, so_many, stems, there_are, upto},
    },
    read::Design,
    text::count_words,
};

pub(super) fn options(challenge: &Challenge, read: &Read, found: &mut Found) {
    let part = read.part("Solutions");
    let n = part.all_items.len();
    found.add("options", "options", upto(part.items.len(), 4), there_are(part.items.len(), "solution"), shown(&part.items));
    let like = likest(&part.all_items);
    found.add(
        "options",
        "options differ",
        if part.items.len() < 2 { 0.0 } else { 1.0 - ((like - 0.1) / 0.5).clamp(0.0, 1.0) },
        format!("The two most alike have {:.0} % in common.", 100.0 * like),
        shown(&part.items),
    );
    // What all solutions have in common beyond the words of the case is what they are variations of.
    let brief = stems(&format!("{} {} {}", challenge.brief, read.part("Needs").text, read.part("Users").text));
    let mut common: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    part.all_items.iter().flat_map(|item| stems(item)).filter(|stem| !brief.contains(stem)).for_each(|stem| *common.entry(stem).or_default() += 1);
    let most = common.iter().max_by_key(|(_, count)| **count).filter(|(_, count)| **count > 1);
    let core = most.map_or(0, |(_, count)| *count).max(usize::from(!common.is_empty())) as f64 / n.max(1) as f64;
    let says = match most {
        Some((stem, count)) => {
            format!(
                "“{}” stands in {count} of {n} solutions and not in the case: what all share is what they are variations of.",
                full_word(&part.all_items, stem)
            )
        }
        None => "No two solutions share a word that is not of the case.".to_owned(),
    };
    found.add("options", "no common core", if part.items.len() < 2 { 0.0 } else { 1.0 - ((core - 0.25) / 0.5).clamp(0.0, 1.0) }, says, vec![]);
    const MEDIA: &[&str] =
        &[" app", " apps", "screen", "website", "web page", "online", "portal", "push ", "notification", "software", "digital", "dashboard", "chat"];
    let digital = part.all_items.iter().filter(|item| has(item, MEDIA)).count();
    found.add(
        "options",
        "not all of one kind",
        if part.items.is_empty() { 0.0 } else { 1.0 - ((digital as f64 / n as f64 - 0.4) / 0.6).clamp(0.0, 1.0) },
        format!("{} of {n} solutions need no app and no screen.", n - digital),
        vec![],
    );
    let needs = stems(&read.part("Needs").text);
    let meeting = part.items.iter().map(|item| covered(&stems(item), &needs)).sum::<f64>() / n.max(1) as f64;
    found.add(
        "options",
        "options meet needs",
        (meeting * 2.5).min(1.0),
        if meeting * 2.5 < 0.67 {
            format!("Few words of the solutions are of the needs ({:.0} %): say of each which need it meets.", 100.0 * meeting)
        } else {
            format!("The solutions speak of the needs; {:.0} % of their words are of them.", 100.0 * meeting)
        },
        vec![],
    );
    let costed = part.items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add(
        "options",
        "options figured",
        upto(costed, n.clamp(2, 4)),
        format!("{costed} of {n} solutions have a figure of what they cost or bring."),
        vec![],
    );
    let bold: Vec<&String> = part.items.iter().filter(|item| without_machine(item)).collect();
    let says = format!(
        "{}: it takes something away, changes a rule or is done by people; of 2 looked for.",
        so_many(bold.len(), "solution does without a machine")
    );
    found.add("options", "one without technology", upto(bold.len(), 2), says, shown(&bold));
    let weighed: Vec<&String> = part.sentences.iter().filter(|sentence| has_drawback(sentence)).collect();
    found.add(
        "options",
        "options weighed",
        upto(weighed.len(), n.clamp(2, 4)),
        format!("{} a drawback.", so_many(weighed.len(), "sentence says")),
        shown(&weighed),
    );
}

/// A word of some texts by its beginning.
fn full_word(texts: &[String], stem: &str) -> String {
    let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.map(str::to_lowercase).find(|word| stems(word).contains(stem)).unwrap_or_else(|| stem.to_owned())
}

/// Whether a solution takes something away, changes a rule or is done by people, and no machine stands in it.
fn without_machine(item: &str) -> bool {
    const MACHINES: &[&str] = &[
        " app",
        " apps",
        "screen",
        "website",
        "online",
        "portal",
        "push ",
        "notification",
        "software",
        "digital",
        "dashboard",
        "chat",
        "beacon",
        "sensor",
        "button",
        "camera",
        "loudspeaker",
        "display",
        "transmitter",
        "remote",
        "device",
        "machine",
        "automat",
        "robot",
        "qr ",
        "platform",
    ];
    const INSTEAD: &[&str] = &[
        "no technology",
        "without",
        "abolish",
        "remove",
        "stop ",
        "instead",
        "no app",
        "change the rule",
        "rule",
        "by hand",
        "by phone",
        "on paper",
        "paper",
        "sign ",
        "signs",
        "contract",
        "do away",
        "no longer",
        "nobody has to",
        "in person",
        "take away",
        "takes away",
    ];
    has(item, INSTEAD) && (!has(item, MACHINES) || has(item, &["no app", "no technology", "without an app", "without a machine"]))
}

pub(super) fn trade_offs(own: &Design, read: &Read, heads: &[std::collections::BTreeSet<String>], found: &mut Found) {
    let part = read.part("Trade-offs");
    let worse = part.with(&[
        "worse",
        "lose",
        "give up",
        "gave up",
        "cost",
        "wait longer",
        "burden",
        "at the expense",
        "pay for",
        "harder",
        "suffer",
        "less ",
        "longer",
        "slower",
        "no longer",
        "accept",
        "extra work",
        "miss",
    ]);
    found.add(
        "trade-offs",
        "what is given up",
        upto(worse.len(), 2),
        format!("{} what is given up.", so_many(worse.len(), "sentence says")),
        shown(&worse),
    );
    const THOSE: &[&str] = &["those who", "people who", "whoever", "anybody who", "somebody who", "who come", "who has", "families"];
    let of_people = |sentence: &&String| !segments(own, sentence).is_empty() || of_one(sentence, heads) || has(sentence, THOSE);
    let whom: Vec<&String> = part.sentences.iter().filter(of_people).collect();
    found.add(
        "trade-offs",
        "for whom",
        upto(whom.len(), 2),
        format!("{} for whom something is given up, of 2 looked for.", so_many(whom.len(), "sentence says")),
        shown(&whom),
    );
    let figures = amounts(&part.text).len();
    found.add("trade-offs", "trade-offs figured", upto(figures, 2), format!("{} there.", so_many(figures, "figure stands")), vec![]);
    let risk: Vec<&String> =
        part.sentences.iter().filter(|s| has(s, CONDITIONS) || has(s, &["may ", "might", "could", "whoever", "who come", "risk"])).collect();
    let says = format!("{} what may happen, of 2 looked for.", so_many(risk.len(), "sentence says"));
    found.add("trade-offs", "risks", upto(risk.len(), 2), says, shown(&risk));
    let answer = part.with(&[
        "therefore",
        "so we",
        "we will",
        "instead",
        "stop",
        "limit",
        "until",
        "only",
        "back",
        "by ",
        "fallback",
        "prevent",
        "keep",
        "check",
        "test",
        "they get",
        "we give",
        "we say",
        "get a ",
        "at most",
        "no more than",
        "may pool",
        "in return",
        "beside",
        "so that",
        "as well",
        "still",
        "remains",
        "stays",
        "soften",
        "helps",
        "gets",
    ]);
    found.add(
        "trade-offs",
        "what is done about it",
        upto(answer.len(), 2),
        format!("{} what is done about it, of 2 looked for.", so_many(answer.len(), "sentence says")),
        shown(&answer),
    );
    let hollow = part.ever_with(&[
        "no real",
        "no trade",
        "none",
        "everyone wins",
        "acceptable",
        "small",
        "minor",
        "over time",
        "get used",
        "hardly",
        "worth it",
        "manageable",
        "some time",
        "some effort",
    ]);
    found.add(
        "trade-offs",
        "not hollow",
        part.said() * (1.0 - upto(hollow.len(), 2)),
        match hollow.len() {
            0 => "No sentence talks the price away.".to_owned(),
            many => format!("{} the price away.", so_many(many, "sentence waves")),
        },
        shown(&hollow),
    );
}

pub(super) fn summary(own: &Design, read: &Read, found: &mut Found) {
    let part = read.part("Summary");
    let words = count_words(&part.text);
    found.add("summary", "summary short", if (10..=110).contains(&words) { 1.0 } else { 0.4 }, format!("The summary has {words} words."), vec![]);
    let named = !segments(own, &part.text).is_empty() || of_one(&part.text, &super::heads(&read.part("Users").all_items));
    found.add(
        "summary",
        "summary names users",
        f64::from(u8::from(named)),
        either(named, "It names whom it is for.", "It does not name whom it is for."),
        vec![],
    );
    let need = covered(&stems(&part.text), &stems(&read.part("Needs").text));
    found.add("summary", "summary names needs", (3.0 * need).min(1.0), format!("{:.0} % of its words are of the needs.", 100.0 * need), vec![]);
    let solution = covered(&stems(&part.text), &stems(&read.part("Solutions").text));
    found.add(
        "summary",
        "summary names solution",
        (3.0 * solution).min(1.0),
        format!("{:.0} % of the words of the summary are of the solutions.", 100.0 * solution),
        vec![],
    );
    let figures = amounts(&part.text).len();
    found.add("summary", "summary figured", upto(figures, 1), format!("{} in it.", so_many(figures, "figure stands")), shown(&part.sentences));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_is_no_solution_without_one() {
        for machine in [
            "An app with beacons: people hold the phone, 2,400,000 PLN",
            "Button post at the double stop which signs and says what stands at place A, instead of the driver",
        ] {
            assert!(!without_machine(machine), "{machine}");
        }
        assert!(without_machine("The rule that two trams open at once is abolished") && without_machine("Signs for the drivers, on paper"));
    }

    #[test]
    fn the_word_that_solutions_share_is_named() {
        let items = ["A beacon at each door", "Beacons in the pavement"].map(String::from);
        assert_eq!(full_word(&items, "beacon"), "beacon");
    }
}
