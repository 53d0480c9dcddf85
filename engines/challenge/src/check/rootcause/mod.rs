//! Root causes: the cuts are answered by the case itself, and the cause is held against what was planted.

mod cause;
mod grounds;

use self::{
    cause::{action, cause, confidence, ruled_out},
    grounds::grounds,
};
use crate::{
    Challenge,
    answer::{Cut, cut},
    check::{
        Found, Read,
        words::{TIMES, amounts, cited, covered, has, shown, so_many, stems, upto},
    },
    read::Case,
};
use rootcause::case::{Hypothesis, Mechanism, Practice, Query, space::Gain};

pub(super) fn check(challenge: &Challenge, own: &Case, read: &Read, found: &mut Found) {
    clarity(challenge, read, found);
    hypotheses(own, read, found);
    let written: Vec<Cut> = read.part("Cuts").items.iter().filter_map(|item| cut(item)).collect();
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

/// A cut as a question to the case. Of several filters the first counts; by day is the sum.
fn query(case: &Practice, cut: &Cut) -> Option<Query> {
    let step = case.steps.iter().position(|name| *name == cut.step)?;
    let dimension = |name: &str| case.dimensions.iter().position(|(known, _)| known == name);
    let by = dimension(&cut.by);
    let only = cut.only.iter().find_map(|(name, value)| {
        let d = dimension(name)?;
        Some((d, case.dimensions[d].1.iter().position(|known| known == value)?))
    });
    Some(Query::of(step, by, only.filter(|(d, _)| by != Some(*d))))
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
    found.add("clarity", "when", f64::from(u8::from(has(&part.text, TIMES))), "Whether the hypotheses say since when.", vec![]);
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
    found.add(
        "hypotheses",
        "hypotheses",
        upto(part.items.len(), 4),
        format!("There are {}.", so_many(n, "hypothesis or sentence")),
        shown(&part.items),
    );
    let sides = usize::from(has(&part.text, INSIDE)) + usize::from(has(&part.text, OUTSIDE));
    found.add("hypotheses", "inside and outside", upto(sides, 2), "Whether they lie inside and outside of the house.", vec![]);
    let tested: Vec<&String> = part.items.iter().filter(|item| has(item, TESTS)).collect();
    found.add(
        "hypotheses",
        "hypotheses tested",
        upto(tested.len(), n.clamp(2, 4)),
        format!("{} of {n} say what would refute or show them.", tested.len()),
        shown(&tested),
    );
    let kinds = Mechanism::ALL.iter().filter(|m| has(&part.text, words_of(**m))).count();
    found.add("hypotheses", "kinds of causes", upto(kinds, 4), format!("{} of causes are thought of.", so_many(kinds, "kind")), vec![]);
    let steps = own.story.steps.iter().filter(|(name, _)| has(&part.text, &[name.as_str()])).count();
    found.add("hypotheses", "steps thought of", upto(steps, 2), format!("{} in them.", so_many(steps, "step occurs")), vec![]);
    let data =
        part.items.iter().filter(|item| has(item, &["data", "record", "count", "tracking", "log", "definition", "measure", "pipeline"])).count();
    found.add("hypotheses", "data among them", upto(data, 1), "Whether one of them is that the data are wrong.", vec![]);
    let decoys = own.story.decoys.iter().filter(|decoy| covered(&stems(&decoy.what), &stems(&part.text)) >= 0.5).count();
    found.add(
        "hypotheses",
        "the obvious held open",
        upto(decoys, own.story.decoys.len().max(1)),
        format!("{} among them.", so_many(decoys, "other event is")),
        vec![],
    );
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
    found.add("data-check", "data first", f64::from(u8::from(first)), "Whether the data come first.", vec![]);
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
        format!("{:.0} % of the words of the look at the data come back.", 100.0 * known),
        vec![],
    );
    let figures: Vec<f64> = amounts(&own.data_check).into_iter().filter(|v| *v > 12.0).collect();
    let hit = figures.iter().filter(|v| super::words::gives(&read.whole, **v, "x")).count();
    // Some looks at the data give none.
    if !figures.is_empty() {
        found.add("data-check", "data figures", upto(hit, 1), "Whether a figure of the look at the data is given.", vec![]);
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
    found.add("data-check", "begins wide", f64::from(u8::from(wide)), "Whether the first cut is of everything.", vec![]);
}

fn narrowing(case: &Practice, queries: &[Query], read: &Read, found: &mut Found) {
    let gains = case.narrow(queries);
    let bits: f64 = gains.iter().map(Gain::bits).sum();
    // Where, whatever the nature: no cut of the period tells a loss from the loss of a record.
    let places = |all: Vec<Hypothesis>| all.into_iter().map(|h| (h.step, h.slice)).collect::<std::collections::BTreeSet<_>>().len();
    // Of two causes what may be one of them is no explanation yet; pairs are counted.
    let (all, left) = match gains.first().zip(gains.last()).filter(|_| case.has_two()) {
        Some((first, last)) => (first.before, last.after),
        None => (places(case.hypotheses()), places(case.still_possible(queries))),
    };
    let what = format!("{all} {}", if case.has_two() { "pairs of causes" } else { "places" });
    let share = 1.0 - (left.max(1) as f64).ln() / (all.max(2) as f64).ln();
    found.add(
        "narrowing",
        "narrowed",
        share,
        format!("{what} were possible, and by the cuts of the period {left} still {}.", if left == 1 { "is" } else { "are" }),
        vec![],
    );
    let telling = gains.iter().filter(|g| g.after < g.before).count();
    found.add("narrowing", "telling cuts", upto(telling, queries.len().max(1)), format!("{telling} of {} cuts narrowed.", queries.len()), vec![]);
    found.add(
        "narrowing",
        "bits a cut",
        (bits / queries.len().max(1) as f64 / 2.5).min(1.0),
        format!("A cut was worth {:.1} bits.", bits / queries.len().max(1) as f64),
        vec![],
    );
    let mut seen: Vec<&Query> = vec![];
    let repeated = queries.iter().filter(|query| {
        let again = seen.contains(query);
        seen.push(query);
        again
    });
    let repeated = repeated.count();
    found.add(
        "narrowing",
        "no cut twice",
        upto(queries.len(), 1) * (1.0 - upto(repeated, 2)),
        format!("{} made twice.", so_many(repeated, "cut is")),
        vec![],
    );
    let steps = queries.iter().map(|q| q.step).collect::<std::collections::BTreeSet<_>>().len();
    found.add("narrowing", "steps compared", upto(steps, case.steps.len().min(3)), format!("{} cut.", so_many(steps, "step is")), vec![]);
    let within = queries.iter().filter(|q| q.only.is_some()).count();
    found.add("narrowing", "goes deeper", upto(within, 2), format!("{} within a value.", so_many(within, "cut goes")), vec![]);
    // The cut that shows it: the true step, within one value of the slice, or by one of its dimensions.
    let truth = |q: &&Query| case.truths.iter().any(|t| t.step == q.step && q.by.is_some_and(|d| t.slice.iter().any(|(e, _)| *e == d)));
    let hit = queries.iter().filter(truth).count();
    found.add("narrowing", "cuts where it is", upto(hit, 2), format!("{} along what was planted.", so_many(hit, "cut goes")), vec![]);
    let sharp = queries.iter().filter(|q| {
        case.truths.iter().any(|t| {
            t.step == q.step
                && t.slice.len() == 2
                && q.only.is_some_and(|o| t.slice.contains(&o))
                && q.by.is_some_and(|d| t.slice.iter().any(|(e, _)| *e == d))
        })
    });
    let two = case.truths.iter().any(|t| t.slice.len() == 2);
    let sharp = sharp.count();
    found.add(
        "narrowing",
        "crosses both",
        if two { upto(sharp, 1) } else { upto(hit, 1) },
        "Whether a cut crosses both dimensions of the slice.",
        vec![],
    );
    // Each deeper cut follows from one before it at the same step.
    let follows = queries
        .iter()
        .enumerate()
        .filter(|(at, q)| q.only.is_some_and(|(d, _)| queries[..*at].iter().any(|p| p.step == q.step && p.by == Some(d))))
        .count();
    found.add(
        "narrowing",
        "each follows",
        upto(follows, within.max(1)),
        format!("{follows} of {within} deeper cuts follow from one before."),
        vec![],
    );
    let dims = queries.iter().filter_map(|q| q.by).collect::<std::collections::BTreeSet<_>>().len();
    found.add("narrowing", "dimensions tried", upto(dims, 3), format!("{} tried.", so_many(dims, "dimension is")), vec![]);
    let said = read.part("Cuts").items.iter().filter(|item| !amounts(item).is_empty()).count();
    found.add("narrowing", "cuts read", upto(said, 2), format!("{} what it showed, in figures.", so_many(said, "cut says")), vec![]);
}
