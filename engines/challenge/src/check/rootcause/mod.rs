//! Root causes: the cuts are answered by the case itself, and the cause is held against what was planted.

mod afterwards;
mod cause;
mod grounds;
mod narrowing;

use self::{
    afterwards::{action, ruled_out},
    cause::{cause, confidence},
    grounds::grounds,
    narrowing::{narrowing, query},
};
use crate::{
    Challenge,
    answer::{Cut, cut},
    check::{
        Found, Read,
        sense::either,
        words::{TIMES, amounts, cited, covered, has, shown, so_many, stems, there_are, upto},
    },
    read::Case,
};
use rootcause::case::{Mechanism, Query};

pub(super) fn check(challenge: &Challenge, own: &Case, read: &Read, found: &mut Found) {
    clarity(challenge, read, found);
    hypotheses(own, read, found);
    // A cut that is like another in most of its words is one all the same, so none is left out for being said before.
    let written: Vec<Cut> = read.part("Cuts").all_items.iter().filter_map(|item| cut(item)).collect();
    data_check(own, read, &written, found);
    let Some(case) = own.practice() else { return };
    let queries: Vec<Query> = written.iter().filter_map(|cut| query(case, cut)).collect();
    narrowing(case, &queries, read, found);
    let right = cause(own, case, &queries, read, found);
    confidence(right, read, found);
    grounds(case, &queries, read, found);
    ruled_out(own, read, found);
    action(own, read, found);
}

fn clarity(challenge: &Challenge, read: &Read, found: &mut Found) {
    let part = read.part("Hypotheses");
    let figures = amounts(&part.text).len();
    found.add("clarity", "clear figures", upto(figures, 2), format!("{} in the hypotheses.", so_many(figures, "figure stands")), vec![]);
    let measure = part.with(&[
        "counts as",
        "defin",
        "means",
        "compared",
        "baseline",
        "usual",
        "against the",
        "four weeks",
        "before",
        "same week",
        "last year",
        "mean of",
        "the metric",
        "what is counted",
        "rate",
        "share of",
    ]);
    found.add(
        "clarity",
        "what is measured",
        upto(measure.len(), 2),
        format!("{} what is measured and against what.", so_many(measure.len(), "sentence says")),
        shown(&measure),
    );
    let hidden = cited(&read.whole, challenge.facts.iter().filter(|fact| fact.hidden));
    let all = challenge.facts.iter().filter(|fact| fact.hidden).count();
    found.add(
        "clarity",
        "asked for",
        upto(hidden.len(), all.clamp(1, 4)),
        format!("{} that had to be asked for.", so_many(hidden.len(), "fact is used")),
        hidden.iter().map(|f| f.says.clone()).collect(),
    );
    let when = has(&part.text, TIMES);
    let says = either(when, "The hypotheses say since when.", "The hypotheses do not say since when.");
    found.add("clarity", "when", f64::from(u8::from(when)), says, vec![]);
}

const INSIDE: &[&str] = &[
    "release", "app", "version", "form", "price", "page", "bug", "fault", "tracking", "data", "pipeline", "code", "our", "change", "campaign",
    "banner", "checkout",
];

const OUTSIDE: &[&str] = &[
    "competitor",
    "rival",
    "season",
    "holiday",
    "weather",
    "provider",
    "bank",
    "market",
    "newspaper",
    "strike",
    "law",
    "school",
    "outside",
    "operator",
    "partner",
    "demand",
    "bots",
    "rain",
];

const TESTS: &[&str] = &[
    "would show",
    "would be seen",
    "then",
    "would fall",
    "only in",
    "test",
    "refute",
    "speaks against",
    "if so",
    "should fall",
    "would also",
    "expect",
    "look at",
    "if it",
    "must",
    "would have",
];

fn hypotheses(own: &Case, read: &Read, found: &mut Found) {
    let part = read.part("Hypotheses");
    let n = part.all_items.len();
    found.add("hypotheses", "hypotheses", upto(part.items.len(), 4), there_are(n, "hypothesis or sentence"), shown(&part.items));
    let sides = usize::from(has(&part.text, INSIDE)) + usize::from(has(&part.text, OUTSIDE));
    let says = match sides {
        0 => "None of them lies plainly inside or outside of the house.",
        1 => "They lie inside of the house alone, or outside alone.",
        _ => "They lie inside and outside of the house.",
    };
    found.add("hypotheses", "inside and outside", upto(sides, 2), says, vec![]);
    let places = places(own);
    let tested: Vec<&String> = part.items.iter().filter(|item| has(item, TESTS) || foretells(&places, item)).collect();
    found.add(
        "hypotheses",
        "hypotheses tested",
        upto(tested.len(), n.clamp(2, 4)),
        format!("{} of {n} say what would refute or show them: where, when or at which step it would be seen.", tested.len()),
        shown(&tested),
    );
    let kinds = Mechanism::ALL.iter().filter(|m| has(&part.text, words_of(**m))).count();
    found.add("hypotheses", "kinds of causes", upto(kinds, 4), format!("{} of causes are thought of.", so_many(kinds, "kind")), vec![]);
    let steps = own.story.steps.iter().filter(|(name, _)| has(&part.text, &[name.as_str()])).count();
    found.add("hypotheses", "steps thought of", upto(steps, 2), format!("{} in them.", so_many(steps, "step occurs")), vec![]);
    let data =
        part.items.iter().filter(|item| has(item, &["data", "record", "count", "tracking", "log", "definition", "measure", "pipeline"])).count();
    let says = either(data > 0, "One of them is that the data are wrong.", "None of them is that the data are wrong.");
    found.add("hypotheses", "data among them", upto(data, 1), says, vec![]);
    let decoys = own.story.decoys.iter().filter(|decoy| covered(&stems(&decoy.what), &stems(&part.text)) >= 0.5).count();
    found.add(
        "hypotheses",
        "the obvious held open",
        upto(decoys, own.story.decoys.len().max(1)),
        format!("{} of these days among them.", so_many(decoys, "other event is")),
        vec![],
    );
}

/// Whether a hypothesis says by what pattern it would be known: “only coast and radio”, “all meters, from Tuesday”. `places`
/// are the values, dimensions and steps of the case.
fn foretells(places: &[&str], item: &str) -> bool {
    const PATTERN: &[&str] = &[
        " only",
        " all ",
        "as ever",
        "as usual",
        "as before",
        "unchanged",
        "fewer",
        "everywhere",
        "equally",
        "alike",
        "nowhere",
        " none",
        " not in",
        "from ",
    ];
    // What is said of the thing itself does not foretell.
    let behind = item.split_once([':', '–', '—', '(']).map_or("", |(_, behind)| behind);
    let place = places.iter().any(|name| has(behind, &[name.trim_end_matches('s')]));
    has(behind, PATTERN) && (place || has(behind, TIMES))
}

/// What the values, dimensions and steps of a case are called.
fn places(own: &Case) -> Vec<&str> {
    let values = own.story.dimensions.iter().flat_map(|d| &d.values).map(|(value, _)| value.as_str());
    let steps = own.story.steps.iter().map(|(name, _)| name.as_str());
    values.chain(steps).chain(own.story.dimensions.iter().map(|d| d.name.as_str())).collect()
}

/// How people speak of a mechanism.
fn words_of(mechanism: Mechanism) -> &'static [&'static str] {
    match mechanism {
        Mechanism::AppRelease => &["release", "version", "update", "deploy", "new form", "rolled out", "fault", "bug", "change of the"],
        Mechanism::PaymentProvider => &["provider", "operator", "bank", "outage", "maintenance", "time out", "declin", "gateway"],
        Mechanism::PriceTest => &["price", "fee", "surcharge", "minimum", "discount", "voucher", "deliver"],
        Mechanism::TrackingChange => &["tracking", "banner", "consent", "tag", "recorded", "not counted", "counted", "measur"],
        Mechanism::CampaignStop => &["campaign", "advert", "poster", "radio", "billboard", "flyer", "sponsor"],
        Mechanism::Holiday => &["holiday", "vacation", "season", "calendar", "last year", "school", "feast"],
        Mechanism::Competitor => &["competitor", "rival", "bonus", "other platform", "poach"],
        Mechanism::BotTraffic => &["bot", "script", "scraper", "automat", "machine"],
        Mechanism::MixShift => &["mix", "share", "shift", "composition", "more of", "weigh", "proportion"],
        Mechanism::PipelineLoss => &["pipeline", "file", "import", "lost", "stored", "not arrived", "batch", "missing rows", "data"],
        Mechanism::Nothing => &["chance", "noise", "nothing", "within", "usual"],
    }
}

fn data_check(own: &Case, read: &Read, cuts: &[Cut], found: &mut Found) {
    const DATA: &[&str] = &[
        "data",
        "record",
        "counted",
        "count ",
        "log",
        "tracking",
        "complete",
        "missing",
        "agree",
        "books",
        "booked",
        "reconcil",
        "definition",
        "pipeline",
        "duplicate",
    ];
    let early = read.part("Hypotheses").with(DATA);
    found.add(
        "data-check",
        "data thought of",
        upto(early.len(), 1),
        format!("{} of the data.", so_many(early.len(), "hypothesis speaks")),
        shown(&early),
    );
    let first = read.part("Hypotheses").items.first().is_some_and(|item| has(item, DATA));
    let says = either(first, "The first hypothesis is of the data.", "The first hypothesis is of something else than the data.");
    found.add("data-check", "data first", f64::from(u8::from(first)), says, vec![]);
    let out = read.part("Ruled out").with(DATA);
    found.add(
        "data-check",
        "data ruled out",
        upto(out.len(), 1),
        format!("{} what was found of the data.", so_many(out.len(), "sentence says")),
        shown(&out),
    );
    let told = stems(&own.data_check);
    let known = covered(&told, &stems(&format!("{}\n{}\n{}", read.part("Hypotheses").text, read.part("Ruled out").text, read.part("Cause").text)));
    found.add(
        "data-check",
        "data looked at",
        (2.0 * known).min(1.0),
        if 2.0 * known < 0.67 {
            format!("Little of what “data quality” tells comes back in the answer: {:.0} % of its words.", 100.0 * known)
        } else {
            format!("What “data quality” tells comes back in the answer: {:.0} % of its words.", 100.0 * known)
        },
        vec![],
    );
    let figures: Vec<f64> = amounts(&own.data_check).into_iter().filter(|v| *v > 12.0).collect();
    let hit = figures.iter().filter(|v| super::words::gives(&read.whole, **v, "x")).count();
    // Some looks at the data give none.
    if !figures.is_empty() {
        let says = either(hit > 0, "A figure of what “data quality” tells is given.", "No figure of what “data quality” tells is given.");
        found.add("data-check", "data figures", upto(hit, 1), says, vec![]);
    }
    let checked = read
        .whole
        .lines()
        .filter(|line| {
            has(line, DATA)
                && has(
                    line,
                    &[
                        "agree",
                        "match",
                        "complete",
                        "same",
                        "confirm",
                        "no gap",
                        "fits",
                        "intact",
                        "fine",
                        "differ",
                        "right",
                        "against",
                        "independent",
                        "compare",
                        " only",
                    ],
                )
        })
        .count();
    found.add(
        "data-check",
        "data against something",
        upto(checked, 1),
        if checked > 0 { "The data are held against something else." } else { "The data are held against nothing else." },
        vec![],
    );
    let wide = cuts.first().is_some_and(|cut| cut.only.is_empty());
    let says = either(wide, "The first cut is of everything.", "The first cut is not of everything.");
    found.add("data-check", "begins wide", f64::from(u8::from(wide)), says, vec![]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_and_when_it_would_be_seen_is_a_test() {
        let places = ["coast", "lake", "radio", "cable", "district", "meters", "asked", "answered"];
        for tested in ["Salt in the aerials: asked as ever, answered fewer, only coast and radio.", "Storm: lake only, all meters, from Tuesday."] {
            assert!(foretells(&places, tested), "{tested}");
        }
        for none in ["Salt in the aerials at the coast only.", "Storm: it was heavy and all were wet.", "A new price: more is asked."] {
            assert!(!foretells(&places, none), "{none}");
        }
    }
}
