//! What checks say of a case: each a hint with its sentence and the words it rests on, never a verdict. They are the checks
//! that practice is marked by, held against what the case rests on in the place of an author's facts.

use crate::{model::*, rows::Grounds};
use challenge::{
    Answer, Challenge,
    check::Finding,
    read::{Design, Fact, Limits, Own, Segment, Strategy, Worth},
};
use std::collections::BTreeMap;

/// What is known around a case, and what its checks look for.
#[derive(Default)]
pub struct Known {
    pub competitors: Vec<String>,
    pub segments: Vec<String>,
}

/// What was found, by its part.
pub struct Looked {
    /// By the key of the part.
    pub parts: BTreeMap<&'static str, Vec<Finding>>,
}

impl Looked {
    /// The findings about a part.
    pub fn of(&self, key: &str) -> &[Finding] {
        self.parts.get(key).map_or(&[], Vec::as_slice)
    }
}

/// Whether cases of a kind have a hint of this name.
pub(crate) fn is_told(kind: CaseKind, hint: &str) -> bool {
    guided::steps(kind.kind()).iter().any(|step| guided::told_at_work(kind.kind(), step.key).any(|check| check == hint))
}

/// Looks at a case: only parts in which something is written are told of.
pub fn looked(case: &GuidedCase, options: &[CaseOption], grounds: &Grounds, known: &Known) -> Looked {
    let facts = facts(grounds);
    let exhibits: Vec<String> = facts.iter().map(|fact| fact.id.clone()).collect();
    let own = match case.kind {
        CaseKind::Strategy => Own::Strategy(Strategy { limits: Limits::default(), competitors: known.competitors.clone(), exhibits }),
        CaseKind::Design => {
            let segment = |name: &String| Segment { name: name.clone(), words: vec![name.to_lowercase()] };
            Own::Design(Design { segments: known.segments.iter().map(segment).collect(), exhibits })
        }
    };
    let has_facts = !facts.is_empty();
    let challenge = Challenge::of_work(own, &case.title, "", facts);
    let parts: BTreeMap<String, String> = guided::steps(case.kind.kind())
        .iter()
        .map(|step| (step.key.to_owned(), if step.key == case.kind.options() { listed(options) } else { said(case, options, step.key) }))
        .collect();
    let found = challenge.findings(&Answer::read(challenge.kind, &guided::text(challenge.kind, &parts)));
    // What nothing is known for is not looked for.
    let idle = |check: &str| match check {
        "exhibits" | "goal from facts" | "needs evidenced" => !has_facts,
        "reactions" => known.competitors.is_empty(),
        "segments" | "needs of the chosen" => known.segments.is_empty(),
        _ => false,
    };
    let mut looked = Looked { parts: BTreeMap::new() };
    for step in guided::steps(case.kind.kind()).iter().filter(|step| parts.get(step.key).is_some_and(|text| !text.trim().is_empty())) {
        let checks: Vec<&str> = guided::told_at_work(case.kind.kind(), step.key).filter(|check| !idle(check)).collect();
        let own: Vec<Finding> = checks
            .iter()
            .filter_map(|check| found.iter().find(|finding| finding.check == *check && guided::is_of(step.key, finding.aspect)).cloned())
            .collect();
        looked.parts.insert(step.key, own);
    }
    looked
}

/// A part as its checks read it: the choice begins with what was chosen.
fn said(case: &GuidedCase, options: &[CaseOption], key: &str) -> String {
    match options.iter().find(|option| option.chosen && key == "choice") {
        Some(chosen) => format!("{}.\n{}", chosen.title.trim_end_matches('.'), case.choice),
        None => case.part(key).to_owned(),
    }
}

/// The options as a list.
fn listed(options: &[CaseOption]) -> String {
    let item = |option: &CaseOption| {
        format!("- {}: {}\n", option.title.trim_end_matches([':', '.']), option.body.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    options.iter().map(item).collect()
}

/// What it rests on as the facts that its text is held against.
fn facts(grounds: &Grounds) -> Vec<Fact> {
    let fact = |at: usize, says: String, text: String, source: &str| Fact {
        source: source.to_owned(),
        ..Fact::new(&format!("g{at}"), &says, Worth::Text(text))
    };
    let facts = grounds.facts.iter().map(|known| (known.name.replace('_', " "), known.worth.clone(), known.source.as_str()));
    let evidence = grounds.evidence.iter().map(|piece| (web::clipped(&piece.quote, 80), piece.quote.clone(), piece.source.as_str()));
    facts.chain(evidence).enumerate().map(|(at, (says, text, source))| fact(at, says, text, source)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta, Noun, Rank, Uuid, value::Packed};

    fn meta(n: u128) -> Meta {
        Meta { id: Uuid::from_u128(n), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None }
    }

    fn case(kind: CaseKind) -> GuidedCase {
        let none = String::new;
        GuidedCase {
            meta: meta(1),
            title: "Winter".into(),
            kind,
            state: CaseState::Open,
            goal: "Grow and be the leader in winter, the number one of the region, whatever it takes for it.".into(),
            diagnosis: none(),
            users: none(),
            needs: none(),
            criteria: none(),
            choice: none(),
            actions: none(),
            not_doing: none(),
            risks: none(),
            prioritisation: none(),
            trade_offs: none(),
            measures: none(),
            summary: none(),
            initiative: None,
            hints_off: Packed::default(),
        }
    }

    fn share(looked: &Looked, part: &str, check: &str) -> Option<f64> {
        looked.of(part).iter().find(|found| found.check == check).map(|found| found.share)
    }

    #[test]
    fn a_case_is_looked_at_as_an_answer_is() {
        let mut one = case(CaseKind::Strategy);
        let look = |one: &GuidedCase, options: &[CaseOption]| looked(one, options, &Grounds::default(), &Known::default());
        let before = look(&one, &[]);
        assert!(share(&before, "goal", "goal measured").is_some_and(|share| share < 0.5), "{:?}", before.of("goal"));
        assert!(before.of("diagnosis").is_empty() && before.of("options").is_empty(), "what is not written is not judged");
        one.goal = "Raise winter rides from 8,000 a month to 12,000 by March 2027, without more complaints.".into();
        assert_eq!(share(&look(&one, &[]), "goal", "goal measured"), Some(1.0));
        let option = |n: u128, title: &str, body: &str| CaseOption {
            meta: meta(n),
            guided_case: Id::new(one.meta.id),
            title: title.into(),
            body: body.into(),
            rank: Rank::between(None, None),
            chosen: false,
        };
        let options =
            [option(2, "A winter pass", "One price for four months; costs 40k EUR."), option(3, "Studded tyres", "Fewer falls, but 90 EUR a bike.")];
        let after = look(&one, &options);
        assert_eq!(share(&after, "options", "options").map(|share| (share * 3.0).round()), Some(2.0), "{:?}", after.of("options"));
        assert!(
            share(&after, "diagnosis", "exhibits").is_none() && !is_told(CaseKind::Strategy, "segments") && is_told(CaseKind::Design, "segments")
        );
        assert!(case(CaseKind::Design).id() == one.id() && !one.has("users") && one.has("choice"));
    }
}
