//! Scoring one thing without a round: what is written here was talked over.

use crate::{
    events::*,
    inputs::{Input, LONGEST},
    items::{self, Item},
    model::*,
};
use kernel::{Authority, Column, Command, Decided, Event, FieldError, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, command};
use std::collections::BTreeMap;

command! {
    /// Scores a thing: numbers, ranges such as `3k to 8k`, or words of the scale. Empty takes a score away.
    pub struct SetScore in "score.set" at Put "/products/{product}/schemes/{scheme}/things/{thing}" [Priorities, Backlog, Customers, Strategy] {
        pub scheme: Id<Scheme>,
        /// Number, key or id of what is scored.
        pub thing: Ref,
        /// By the input: `reach`, `impact` and so on.
        #[serde(default)]
        pub scores: BTreeMap<String, Text<{ LONGEST }>>,
    }
}

/// What scoring needs to know.
pub struct Scoring {
    scheme: Scheme,
    item: Item,
    known: Vec<Score>,
    called: String,
}

impl Command for SetScore {
    type Before = Scoring;

    fn load(&self, look: &mut Look) -> Result<Scoring> {
        let scheme = Scheme::get(look, self.scheme)?;
        let item = items::named(look, scheme.thing, std::slice::from_ref(&self.thing))?.pop().ok_or(Refusal::NotFound)?;
        let known = Score::all(look, "and scheme = $2 and about_id = $3", &[scheme.meta.id.value(), item.id.value()])?;
        Ok(Scoring { called: item.called(look.scope), scheme, item, known })
    }
    fn authority(&self, before: &Scoring) -> Authority {
        Authority::Area(before.scheme.area)
    }
    fn title(&self, before: &Scoring) -> String {
        format!("Score {} by {}", before.called, before.scheme.name)
    }
    fn decide(self, Scoring { scheme, item, known, .. }: Scoring, moment: &Moment, _: &Scope) -> Result<Decided> {
        let inputs = scheme.rated();
        let (mut events, mut wrong) = (vec![], vec![]);
        for (key, text) in &self.scores {
            let said = match inputs.iter().find(|input| input.key == *key) {
                None => Err("This way of scoring does not ask for that.".to_owned()),
                Some(input) if text.is_empty() || input.read(text).is_ok() => {
                    events.extend(written(moment, &scheme, &item, input, text, &known, None));
                    continue;
                }
                Some(input) => input.read(text).map(drop),
            };
            wrong.extend(said.err().map(|message| FieldError { field: format!("scores.{key}"), message }));
        }
        if wrong.is_empty() { Ok(events.into()) } else { Err(Refusal::Invalid(wrong)) }
    }
}

/// The event that makes a score what was written; none where it is that already.
pub(crate) fn written(
    moment: &Moment,
    scheme: &Scheme,
    item: &Item,
    input: &Input,
    text: &str,
    known: &[Score],
    round: Option<Id<Round>>,
) -> Option<Event> {
    let before = known.iter().find(|score| score.about_id == item.id && score.criterion == input.key);
    let label = |text: &str| format!("{}: {text}", input.name);
    match (before, text) {
        (None, "") => None,
        (Some(before), "") => Some(Event::removed(&SCORE_TAKEN, before, moment.now).called(label(&before.written))),
        (Some(before), text) if before.written == text => None,
        (Some(before), text) => {
            let after = Score { written: text.to_owned(), round: round.or(before.round), ..before.clone() };
            Some(Event::changed(&SCORE_SET, before, &after).called(label(text)))
        }
        (None, text) => {
            let score = Score {
                meta: moment.fresh(scheme.meta.product),
                scheme: scheme.id(),
                about_noun: scheme.thing.word().to_owned(),
                about_id: item.id,
                criterion: input.key.clone(),
                written: text.to_owned(),
                round,
            };
            Some(Event::created(&SCORE_SET, &score).called(label(text)))
        }
    }
}
