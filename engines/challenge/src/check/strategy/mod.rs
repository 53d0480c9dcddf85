//! Strategies: the kernel (diagnosis, policy, coherent action), held against the facts and limits of the case.

mod actions;
mod policy;

use self::{
    actions::{actions, risks},
    policy::policy,
};
use crate::{
    Challenge,
    check::{
        Found, Read,
        words::{CONDITIONS, Part, REASONS, amounts, cited, count, dated, has, shown, so_many, upto},
    },
    read::{Fact, Strategy},
    text::near,
};
pub(super) use actions::measures;
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
    let timed = dated(&part.text);
    found.add("goal", "goal dated", f64::from(u8::from(timed)), "Whether the goal has a date.", shown(&part.sentences));
    found.add("goal", "goal from and to", f64::from(u8::from(from_to(part))), "Whether the goal says from where to where.", shown(&part.sentences));
    let several =
        count(&part.all_text, &["and also", "as well as", "in addition", "leading", "best", "leader", "number one", "grow", "strong", "more of"]);
    found.add("goal", "one goal", part.said() * (1.0 - upto(several, 3)), "Whether the goal is one, and no wish.", shown(&part.sentences));
    let held = part.with(&["without", "while", "not at the cost", "keep", "at least", "no more than", "and not", "not the", "rather than"]);
    found.add("goal", "goal bounded", upto(held.len(), 1), "Whether the goal says what must not suffer, or what it is not.", shown(&held));
}

fn diagnosis(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    let part = read.part("Diagnosis");
    let exhibits: Vec<&Fact> = own.exhibits.iter().filter_map(|id| challenge.fact(id)).collect();
    let told = cited(&part.text, exhibits.iter().copied());
    found.add(
        "diagnosis",
        "exhibits",
        upto(told.len(), 3),
        format!("{} of the case's figures in the diagnosis.", so_many(told.len(), "exhibit")),
        told.iter().map(|f| f.says.clone()).collect(),
    );
    let hidden = cited(&part.text, challenge.facts.iter().filter(|fact| fact.hidden));
    found.add(
        "diagnosis",
        "asked for",
        upto(hidden.len(), 3),
        format!("{} there that had to be asked for.", so_many(hidden.len(), "fact stands")),
        hidden.iter().map(|f| f.says.clone()).collect(),
    );
    let anywhere = cited(&read.whole, challenge.facts.iter().filter(|fact| fact.hidden));
    let all = challenge.facts.iter().filter(|fact| fact.hidden).count();
    found.add(
        "diagnosis",
        "asked anywhere",
        upto(anywhere.len(), all.clamp(1, 8)),
        format!("{} anywhere that had to be asked for.", so_many(anywhere.len(), "fact is used")),
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
    ]);
    found.add("diagnosis", "why", upto(causal.len(), 3), format!("{} why.", so_many(causal.len(), "sentence says")), shown(&causal));
    let turned = part.with(&["not ", "isn't", "rather than", "instead of", "symptom", "but "]);
    found.add("diagnosis", "faces the challenge", upto(turned.len(), 2), "Whether it says what the problem is not.", shown(&turned));
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
    found.add("diagnosis", "one obstacle", upto(one.len(), 1), "Whether it names the one obstacle.", shown(&one));
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

const REACTS: &[&str] = &[
    "will", "would", "may", "could", "answer", "copy", "copies", "react", "respond", "undercut", "match", "lower", "cannot", "can't", "follow",
    "imitate", "needs", "take", "counter",
];

fn market(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    let sentences: Vec<&str> = read.parts.iter().flat_map(|(_, part)| part.sentences.iter().map(String::as_str)).collect();
    let about = |name: &String| sentences.iter().copied().filter(|sentence| has(sentence, &[name.as_str()])).collect::<Vec<_>>();
    let (mut named, mut reacting, mut reasoned, mut rests) = (0, 0, 0, vec![]);
    let mut said = 0;
    for competitor in &own.competitors {
        let about = about(competitor);
        said += about.len();
        named += usize::from(!about.is_empty());
        let answers: Vec<&&str> = about.iter().filter(|sentence| has(sentence, REACTS)).collect();
        reacting += usize::from(!answers.is_empty());
        reasoned += usize::from(answers.iter().any(|sentence| has(sentence, REASONS) || has(sentence, CONDITIONS)));
        rests.extend(answers.iter().map(|s| (**s).to_owned()));
    }
    let all = own.competitors.len();
    found.add("market", "competitors", upto(named, all), format!("{named} of {all} competitors are named."), rests.clone());
    found.add("market", "reactions", upto(reacting, all), format!("For {reacting} of {all} competitors it says what they will do."), rests.clone());
    found.add("market", "reactions reasoned", upto(reasoned, all), format!("For {reasoned} of {all} it says why, or when."), rests);
    found.add("market", "market depth", upto(said, 2 * all + 1), format!("{} of competitors.", so_many(said, "sentence speaks")), vec![]);
    let facts = cited(&read.whole, challenge.facts.iter().filter(|fact| own.competitors.iter().any(|name| has(&fact.says, &[name]))));
    found.add(
        "market",
        "competitor facts",
        upto(facts.len(), 1),
        "Whether it uses what is known of competitors.",
        facts.iter().map(|f| f.says.clone()).collect(),
    );
}

/// How alike the most alike two of some texts are.
pub(super) fn likest(texts: &[String]) -> f64 {
    let mut index = Index::default();
    texts.iter().enumerate().for_each(|(at, text)| index.add(at as u64, text));
    f64::from(index.pairs(0.05).first().map_or(0.0, |pair| pair.2))
}
