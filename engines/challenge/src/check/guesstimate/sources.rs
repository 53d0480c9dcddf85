//! Which facts of the case a guess stands on: those whose id it cites, and those whose figure it uses for what it is a figure of.
//! That a number happens to be the same says nothing.

use crate::{
    Challenge,
    answer::interval,
    check::{
        Read,
        hidden::Hidden,
        sense::own_words,
        words::{figure_stands, stems},
    },
    model::facts_of,
    read::{Fact, Guesstimate, Worth},
    text::{figures, near},
};
use std::collections::BTreeSet;

pub(super) struct Sources<'a> {
    challenge: &'a Challenge,
    /// Each fact with the words that tell it from what the question asks for.
    facts: Vec<(&'a Fact, BTreeSet<String>)>,
}

impl<'a> Sources<'a> {
    /// All facts but the one that is the answer.
    pub fn of(challenge: &'a Challenge, own: &Guesstimate) -> Sources<'a> {
        let asked = stems(&own.ask);
        let words = |fact: &Fact| own_words(&format!("{} {}", fact.says, fact.words.join(" "))).difference(&asked).cloned().collect();
        let facts = challenge.facts.iter().filter(|fact| own.reference.fact.as_ref() != Some(&fact.id));
        Sources { challenge, facts: facts.map(|fact| (fact, words(fact))).collect() }
    }

    pub fn all(&self) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().map(|(fact, _)| *fact)
    }

    /// Those that a model stands on.
    pub fn in_model(&self, written: &str) -> Vec<&'a Fact> {
        let cited = facts_of(written);
        let lines: Vec<(String, BTreeSet<String>)> = written.lines().map(|line| (line.replace('_', " "), stems(&line.replace('_', " ")))).collect();
        let used = |(fact, own): &&(&Fact, BTreeSet<String>)| {
            cited.contains(&fact.id.as_str()) || lines.iter().any(|(line, words)| (own.is_empty() || !own.is_disjoint(words)) && uses(line, fact))
        };
        self.facts.iter().filter(used).map(|(fact, _)| *fact).collect()
    }

    /// Those that are used anywhere in an answer.
    pub fn used(&self, written: &str, read: &Read) -> Vec<&'a Fact> {
        let mut used = self.in_model(written);
        let told = Hidden::of(self.challenge).used(read.parts.iter().map(|(_, part)| part));
        used.extend(told.into_iter().filter(|fact| self.all().any(|known| known.id == fact.id)));
        used.sort_by(|a, b| (a.line, &a.id).cmp(&(b.line, &b.id)));
        used.dedup_by(|a, b| a.id == b.id);
        used
    }
}

/// Whether a line of a model has the figure of a fact: as it is, rounded, or as a range around it that says something.
fn uses(line: &str, fact: &Fact) -> bool {
    let figure = |value: f64, unit: &str| {
        let share = |f: &crate::text::Figure| if f.percent { f.value / 100.0 } else { f.value };
        let stands = figures(line).iter().any(|f| figure_stands(line, f, value, unit) || near(share(f), value.abs(), 0.03) && value.abs() > 1.0);
        let around = interval(line).is_some_and(|(low, high)| low > 0.0 && high <= 2.5 * low && (low..=high).contains(&value.abs()));
        stands || around
    };
    match &fact.worth {
        Worth::Figure { value, unit } => figure(*value, unit),
        Worth::Text(text) => figures(text).iter().any(|f| f.value > 1.0 && figures(line).iter().any(|own| near(own.value, f.value, 0.001))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Own, Reference};

    fn fact(id: &str, says: &str, value: f64, words: &[&str], line: usize) -> Fact {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        Fact { words, hidden: true, line, ..Fact::new(id, says, Worth::Figure { value, unit: String::new() }) }
    }

    fn used(written: &str) -> Vec<String> {
        let reference = Reference { value: 39.1e6, low: 3e7, high: 5e7, fact: Some("subscriptions".into()) };
        let own = Guesstimate {
            ask: "How many mobile subscriptions are there in Ghana?".into(),
            unit: String::new(),
            reference,
            routes: vec![],
            factors: vec![],
            switches: vec![],
        };
        let facts = vec![
            fact("subscriptions", "Mobile subscriptions in Ghana", 39.1e6, &["subscriptions"], 1),
            fact("internet", "Share of Ghana's people who use the internet", 0.7, &["internet"], 2),
            fact("rounds", "Rounds of a collector in a week", 5.4, &["rounds"], 3),
            fact("bins", "Share of bins put out in the evening", 0.68, &["evening"], 4),
        ];
        let challenge = Challenge::of_work(Own::Guesstimate(own.clone()), "t", "", facts);
        Sources::of(&challenge, &own).in_model(written).iter().map(|fact| fact.id.clone()).collect()
    }

    #[test]
    fn a_figure_that_happens_to_be_the_same_is_no_fact() {
        assert_eq!(used("owners = adults * (70 % to 85 %) -- those with a telephone"), Vec::<String>::new());
        assert_eq!(used("online = adults * (70 %) -- internet"), ["internet"]);
        assert_eq!(used("x = 3 -- fact:internet"), ["internet"]);
        assert_eq!(used("answer = 39.1 million -- mobile subscriptions"), Vec::<String>::new(), "the answer itself is none to be asked for");
    }

    #[test]
    fn a_fact_that_is_rounded_or_widened_is_used() {
        assert_eq!(used("rounds = 5.3 -- about\nin_the_evening = 55 % to 80 %"), ["rounds", "bins"]);
    }
}
