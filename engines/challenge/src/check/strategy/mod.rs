//! Strategies: the kernel (diagnosis, policy, coherent action), held against the facts and limits of the case.

mod actions;
mod measures;
mod policy;

use self::{
    actions::{actions, risks},
    policy::policy,
};
use crate::{
    Challenge,
    check::{
        Found, Read,
        sense::{Hidden, either, foretells, goes_on, spoken_of},
        words::{CONDITIONS, Part, REASONS, amounts, cited, count, dated, has, shown, so_many, upto},
    },
    read::{Fact, Strategy},
    text::near,
};
pub(super) use measures::measures;
use similarity::Index;

pub(super) fn check(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    goal(read.part("Goal"), found);
    diagnosis(challenge, own, read, found);
    market(challenge, own, read, found);
    policy(challenge, read, found);
    actions(own, read, found);
    risks(read.part("Risks"), found);
    measures(challenge, read.part("Measures"), found);
}

/// Whether one sentence has a value now and one to reach.
pub(super) fn from_to(part: &Part) -> bool {
    part.sentences.iter().any(|sentence| {
        let words = [
            " from ",
            " to ",
            " today ",
            " now ",
            " baseline ",
            " target ",
            " instead of ",
            " below ",
            " under ",
            " above ",
            " until ",
            " at most ",
            " at least ",
        ];
        let plain = crate::text::plain(sentence);
        amounts(sentence).len() >= 2 && (sentence.contains('→') || sentence.contains("->") || words.iter().any(|word| plain.contains(word)))
    })
}

fn goal(part: &Part, found: &mut Found) {
    let figures = amounts(&part.text).len();
    found.add("goal", "goal measured", upto(figures, 1), format!("{} in the goal.", so_many(figures, "figure stands")), shown(&part.sentences));
    let (timed, moves) = (dated(&part.text), from_to(part));
    found.add(
        "goal",
        "goal dated",
        f64::from(u8::from(timed)),
        either(timed, "The goal has a date.", "The goal has no date."),
        shown(&part.sentences),
    );
    found.add(
        "goal",
        "goal from and to",
        f64::from(u8::from(moves)),
        either(moves, "The goal says from where to where.", "The goal does not say from where to where."),
        shown(&part.sentences),
    );
    let several =
        count(&part.all_text, &["and also", "as well as", "in addition", "leading", "best", "leader", "number one", "grow", "strong", "more of"]);
    found.add(
        "goal",
        "one goal",
        part.said() * (1.0 - upto(several, 3)),
        either(several == 0, "The goal is one, and no wish.", "The goal has words of a wish, such as “grow” or “best”, or of several goals."),
        shown(&part.sentences),
    );
    let held = part.with(&["without", "while", "not at the cost", "keep", "at least", "no more than", "and not", "not the", "rather than"]);
    found.add(
        "goal",
        "goal bounded",
        upto(held.len(), 1),
        either(!held.is_empty(), "The goal says what must not suffer, or what it is not.", "The goal does not say what must not suffer."),
        shown(&held),
    );
}

fn diagnosis(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    let part = read.part("Diagnosis");
    let exhibits: Vec<&Fact> = own.exhibits.iter().filter_map(|id| challenge.fact(id)).collect();
    let told = cited(&part.text, exhibits.iter().copied());
    found.add(
        "diagnosis",
        "exhibits",
        upto(told.len(), exhibits.len().clamp(1, 3)),
        format!("{} of {} figures that matter most stand in the diagnosis.", told.len(), exhibits.len()),
        told.iter().map(|f| f.says.clone()).collect(),
    );
    let asked = Hidden::of(challenge);
    let hidden = asked.used([part]);
    found.add(
        "diagnosis",
        "asked for",
        upto(hidden.len(), 3),
        format!("{} the diagnosis that only asking tells, of 3 looked for.", so_many(hidden.len(), "fact carries")),
        hidden.iter().map(|f| f.says.clone()).collect(),
    );
    let anywhere = asked.used(read.parts.iter().map(|(_, part)| part));
    let all = asked.len();
    found.add(
        "diagnosis",
        "asked anywhere",
        upto(anywhere.len(), all.clamp(1, 8)),
        format!("{} of {all} facts that only asking tells are used somewhere in the answer.", anywhere.len()),
        anywhere.iter().map(|f| f.says.clone()).collect(),
    );
    let causal = part.with(&[
        "because",
        "cause",
        "therefore",
        "so that",
        "which is why",
        "leads to",
        "means that",
        "the reason",
        "not the",
        "is not",
        "rather",
        "but",
        "comes from",
        "hence",
        "thus",
        "makes",
        "with each of",
        "would have to",
        "leaves",
        "it follows",
    ]);
    let says = format!("{} why it is so, of 3 looked for.", so_many(causal.len(), "sentence says"));
    found.add("diagnosis", "why", upto(causal.len(), 3), says, shown(&causal));
    let turned = part.with(&["not ", "isn't", "rather than", "instead of", "symptom", "but "]);
    found.add(
        "diagnosis",
        "faces the challenge",
        upto(turned.len(), 2),
        either(!turned.is_empty(), "It says what the problem is not.", "It does not say what the problem is not."),
        shown(&turned),
    );
    // Figures that are neither told nor asked for, and that no two of those make.
    let (worked, odd) = worked_out(challenge, &part.text);
    found.add(
        "diagnosis",
        "worked out",
        upto(worked.len(), 2),
        format!("{} from figures of the case.", so_many(worked.len(), "figure is worked out")),
        worked.iter().map(f64::to_string).collect(),
    );
    found.add(
        "diagnosis",
        "contradicts none",
        part.said() * (1.0 - upto(odd.len(), 4)),
        format!("{} that no figure of the case gives.", so_many(odd.len(), "figure stands there")),
        odd.iter().map(f64::to_string).collect(),
    );
    let one = part.with(&[
        "the one",
        "the problem",
        "obstacle",
        "bottleneck",
        "the real",
        "the cause",
        "core",
        "what stops",
        "the constraint",
        "the lever",
        "at bottom",
        "the knot",
    ]);
    found.add(
        "diagnosis",
        "one obstacle",
        upto(one.len(), 1),
        either(
            !one.is_empty(),
            "It names one obstacle as the one that matters.",
            "It does not say which one obstacle matters, such as “the bottleneck is …”.",
        ),
        shown(&one),
    );
}

/// So many figures of a case are put together with one another, and so many of an answer looked at. No case that a person reads
/// has more; what is pasted into one may.
const MOST_FIGURES: usize = 200;

/// Figures of a text that are products, quotients, sums or differences of the case's; and those that are nothing of it.
pub(super) fn worked_out(challenge: &Challenge, text: &str) -> (Vec<f64>, Vec<f64>) {
    let known: Vec<f64> = challenge.facts.iter().filter_map(Fact::value).map(f64::abs).filter(|v| *v > 0.0).collect();
    let brief = amounts(&challenge.brief);
    let texts: Vec<f64> = challenge.facts.iter().filter(|f| f.value().is_none()).flat_map(|f| amounts(&said(f))).collect();
    let all: Vec<f64> = known.iter().chain(&brief).chain(&texts).copied().take(MOST_FIGURES).collect();
    let direct = |v: f64| all.iter().any(|k| near(*k, v, 0.011) || near(100.0 * k, v, 0.011) || near(*k, 100.0 * v, 0.011));
    let made = |v: f64| {
        all.iter().enumerate().any(|(at, a)| {
            all[at + 1..]
                .iter()
                .any(|b| [a * b, a / b, b / a, a + b, (a - b).abs()].iter().any(|made| near(*made, v, 0.011) || near(100.0 * made, v, 0.011)))
                || *a < 1.0 && near(100.0 * (1.0 - a), v, 0.011)
        })
    };
    let (mut worked, mut odd) = (vec![], vec![]);
    for value in amounts(text).into_iter().filter(|v| *v > 12.0 || v.fract() != 0.0).take(MOST_FIGURES) {
        if direct(value) {
            continue;
        }
        if made(value) { worked.push(value) } else { odd.push(value) }
    }
    worked.dedup();
    odd.dedup();
    (worked, odd)
}

fn said(fact: &Fact) -> String {
    match &fact.worth {
        crate::read::Worth::Text(text) => text.clone(),
        crate::read::Worth::Figure { value, .. } => value.to_string(),
    }
}

fn market(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    // Criteria ask what somebody might do; they do not say it.
    let parts: Vec<&Vec<String>> = read.parts.iter().filter(|(name, _)| *name != "Criteria").map(|(_, part)| &part.sentences).collect();
    let (mut named, mut reacting, mut reasoned, mut rests, mut silent) = (0, 0, 0, vec![], vec![]);
    let mut said = 0;
    for competitor in &own.competitors {
        let (mut about, mut answers): (Vec<&str>, Vec<&str>) = (vec![], vec![]);
        for sentences in &parts {
            for (at, sentence) in sentences.iter().enumerate() {
                let here = spoken_of(sentence, competitor);
                if here {
                    about.push(sentence);
                }
                if here && foretells(sentence, competitor) || at > 0 && spoken_of(&sentences[at - 1], competitor) && goes_on(sentence) {
                    answers.push(sentence);
                }
            }
        }
        said += about.len();
        named += usize::from(!about.is_empty());
        if answers.is_empty() {
            silent.push(competitor.as_str());
        }
        reacting += usize::from(!answers.is_empty());
        reasoned += usize::from(answers.iter().any(|sentence| has(sentence, REASONS) || has(sentence, CONDITIONS)));
        rests.extend(answers.first().map(|sentence| (*sentence).to_owned()));
    }
    rests.dedup();
    let all = own.competitors.len();
    let of = if all == 1 { "competitor" } else { "competitors" };
    found.add("market", "competitors", upto(named, all), format!("{named} of {all} {of} are named."), rests.clone());
    let not = if silent.is_empty() { String::new() } else { format!("; not for {}", silent.join(" and ")) };
    found.add("market", "reactions", upto(reacting, all), format!("For {reacting} of {all} {of} it says what they will do{not}."), rests.clone());
    let says = format!("For {reasoned} of {all} {of} it says why they will do so, or when.");
    found.add("market", "reactions reasoned", upto(reasoned, all), says, rests);
    found.add("market", "market depth", upto(said, 2 * all + 1), format!("{} of competitors.", so_many(said, "sentence speaks")), vec![]);
    let known: Vec<&Fact> = challenge.facts.iter().filter(|fact| own.competitors.iter().any(|name| spoken_of(&fact.says, name))).collect();
    // Where nothing is known of them, nothing can be used.
    if !known.is_empty() {
        let facts = cited(&read.whole, known.iter().copied());
        let says = either(!facts.is_empty(), "It uses a figure that is known of competitors.", "It uses no figure that is known of competitors.");
        found.add("market", "competitor facts", upto(facts.len(), 1), says, facts.iter().map(|f| f.says.clone()).collect());
    }
}

/// How alike the most alike two of some texts are.
pub(super) fn likest(texts: &[String]) -> f64 {
    let mut index = Index::default();
    texts.iter().enumerate().for_each(|(at, text)| index.add(at as u64, text));
    f64::from(index.pairs(0.05).first().map_or(0.0, |pair| pair.2))
}
