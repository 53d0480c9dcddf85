//! Strategies: the kernel (diagnosis, policy, coherent action), held against the facts and limits of the case.

mod actions;
mod goal;
mod measures;
mod policy;
mod worked;

use self::{
    actions::{actions, risks},
    goal::goal,
    policy::policy,
};
use crate::{
    Challenge,
    check::{
        Found, Read,
        hidden::Hidden,
        rivals::{foretells, goes_on, of_all, spoken_of},
        sense::either,
        words::{CONDITIONS, REASONS, cited, has, shown, so_many, upto},
    },
    read::{Fact, Strategy},
};
use similarity::Index;
pub(super) use {
    goal::of_goal,
    measures::measures,
    worked::{said_of_worked, worked_out},
};

pub(super) fn check(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    goal(read.part("Goal"), found);
    diagnosis(challenge, own, read, found);
    market(challenge, own, read, found);
    policy(challenge, read, found);
    actions(own, read, found);
    risks(read.part("Risks"), found);
    let aim = ["Goal", "Choice", "Not doing", "Actions"].map(|part| read.part(part).all_text.as_str()).join(" ");
    measures(challenge, read.part("Measures"), &aim, found);
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
        " but",
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
    let turned = part.with(&["not ", "isn't", "rather than", "instead of", "symptom", " but"]);
    found.add(
        "diagnosis",
        "faces the challenge",
        upto(turned.len(), 2),
        either(!turned.is_empty(), "It says what the problem is not.", "It does not say what the problem is not."),
        shown(&turned),
    );
    // Figures that are neither told nor asked for, and that no two of those make.
    let (worked, odd) = worked_out(challenge, &part.sentences);
    said_of_worked("diagnosis", &worked, found);
    found.add(
        "diagnosis",
        "contradicts none",
        part.said() * (1.0 - upto(odd.len(), 4)),
        format!("{} that no figure of the case gives.", so_many(odd.len(), "figure stands there")),
        shown(&odd),
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

fn market(challenge: &Challenge, own: &Strategy, read: &Read, found: &mut Found) {
    // Criteria ask what somebody might do; they do not say it.
    let parts: Vec<&Vec<String>> = read.parts.iter().filter(|(name, _)| *name != "Criteria").map(|(_, part)| &part.sentences).collect();
    let (mut named, mut reacting, mut reasoned, mut rests, mut silent) = (0, 0, 0, vec![], vec![]);
    let mut said = 0;
    let of_each: Vec<&str> = parts.iter().flat_map(|part| part.iter()).filter(|sentence| of_all(sentence)).map(String::as_str).collect();
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
        if !about.is_empty() {
            answers.extend(&of_each);
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
