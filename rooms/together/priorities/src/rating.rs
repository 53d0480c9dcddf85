//! Rating in a round, sealed until all is revealed, and revealing it. Each answer is sealed as it is given and can be changed
//! until then. That somebody has finished is sealed under their own row in the round, so that names can be told and nothing
//! else.

use crate::{
    behind::{self, Behind},
    events::*,
    inputs::{Input, LONGEST},
    items::{self, Item},
    model::*,
    reveal::{Sheet, reveal},
    rounds::{a_person, is_on, looks_after, with_scheme},
};
use kernel::{
    Authority, Column, Command, Decided, Event, FieldError, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Text, Uuid, command,
    fields::Pointed,
    sealed::{self, Seal, SealForm},
    value::Packed,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use web::when;

/// The form that seals ratings.
pub(crate) const RATINGS: SealForm = SealForm { seals: "scoring_round.rate", opens: "scoring_round.reveal", says: "note" };

/// What is sealed of one rater: what was written, by the thing and the input.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Answers {
    given: BTreeMap<Uuid, BTreeMap<String, String>>,
    #[serde(default)]
    pub note: String,
}

impl Answers {
    pub fn read(body: &str) -> Result<Answers> {
        kernel::serde_json::from_str(body).map_err(|e| Refusal::broken(e.to_string()))
    }

    fn gave(&self) -> Vec<Given> {
        let each = |(about, by): (&Uuid, &BTreeMap<String, String>)| {
            let about = *about;
            let given = by.iter().map(move |(criterion, written)| Given { about, criterion: criterion.clone(), written: written.clone() });
            given.collect::<Vec<_>>()
        };
        self.given.iter().flat_map(each).collect()
    }

    /// What was written for a thing under an input; empty where nothing was.
    pub fn at(&self, thing: Uuid, input: &str) -> &str {
        self.given.get(&thing).and_then(|by| by.get(input)).map_or("", String::as_str)
    }
}

/// A round that is on, and what has been sealed in it.
pub struct UnderWay {
    round: Round,
    scheme: Scheme,
    raters: Vec<Rater>,
    sealed: Vec<(Uuid, Answers)>,
    /// The rows of raters who have finished.
    finished: Vec<Uuid>,
    /// Who still sees it; for nobody else is waited.
    here: Vec<Uuid>,
    /// What is rated and was not removed meanwhile.
    items: Vec<Item>,
    behind: HashMap<Uuid, Behind>,
}

fn under_way(look: &mut Look, id: Id<Round>) -> Result<UnderWay> {
    let (round, scheme) = with_scheme(look, id)?;
    let raters = Rater::all(look, "and round = $2 order by id", &[id.value()])?;
    let answers = |(member, body): (Uuid, String)| Ok((member, Answers::read(&body)?));
    let sealed = sealed::all(look, round.meta.id)?.into_iter().map(answers).collect::<Result<_>>()?;
    let finished = sealed::who(look, raters.iter().map(|rater| rater.meta.id))?.into_iter().map(|(rater, _)| rater).collect();
    let here = people::these_see(look, scheme.area, raters.iter().map(|rater| rater.member.0))?.into_iter().map(|person| person.id).collect();
    let items = items::by_ids(look, scheme.thing, &round.items)?;
    let ids: Vec<Uuid> = items.iter().map(|item| item.id).collect();
    let behind = if scheme.counted.is_empty() { HashMap::new() } else { behind::behind(look, scheme.thing, &ids)? };
    Ok(UnderWay { round, scheme, raters, sealed, finished, here, items, behind })
}

impl UnderWay {
    /// The thing that somebody names by its number, key or id; also one that was removed meanwhile, by its id.
    fn thing(&self, at: &str, scope: &Scope) -> Result<Uuid> {
        let id = match Ref(at.to_owned()).resolve::<Score>(scope)? {
            Pointed::Id(id) => Some(id.0).filter(|id| self.round.items.contains(id)),
            Pointed::Number(number) => self.items.iter().find(|item| item.number == Some(number)).map(|item| item.id),
        };
        id.ok_or(Refusal::NotFound)
    }

    fn rater(&self, member: Uuid) -> Option<&Rater> {
        self.raters.iter().find(|rater| rater.member.0 == member)
    }

    /// Makes nouns of what was sealed.
    fn revealed(self, moment: &Moment) -> Decided {
        let inputs = self.scheme.inputs();
        let sheets: Vec<Sheet> = self.sealed.iter().map(|(member, answers)| Sheet { member: *member, gave: answers.gave() }).collect();
        let ids: Vec<Uuid> = self.items.iter().map(|item| item.id).collect();
        let counted = |item: usize, input: usize| counted(&inputs[input], ids.get(item).and_then(|id| self.behind.get(id)));
        let found = reveal(self.scheme.method, &inputs, &ids, &sheets, &counted);
        let after = Round { opened_at: Some(moment.now), agreement: found.agreement(), ..self.round.clone() };
        let mut events = vec![Event::changed(&ROUND_REVEALED, &self.round, &after)];
        let title = &self.round.title;
        for (sheet, (member, answers)) in sheets.into_iter().zip(&self.sealed) {
            let rating = Rating {
                meta: moment.fresh(self.round.meta.product),
                round: self.round.id(),
                member: Id::new(*member),
                gave: Packed(sheet.gave),
                note: answers.note.clone(),
            };
            events.push(Event::created(&RATING_OPENED, &rating).called(title));
        }
        for rater in &self.raters {
            let state = if self.finished.contains(&rater.meta.id) { RaterState::Rated } else { RaterState::Unfinished };
            events.push(Event::changed(&RATER_TOLD, rater, &Rater { state, ..rater.clone() }).called(title));
        }
        let unseals = std::iter::once(self.round.meta.id).chain(self.raters.iter().map(|rater| rater.meta.id)).collect();
        Decided { unseals, ..events.into() }
    }
}

/// A figure that is counted; nothing behind a thing counts as nothing.
pub(crate) fn counted(input: &Input, behind: Option<&Behind>) -> Option<f64> {
    input.counted.map(|source| behind.copied().unwrap_or_default().of(source))
}

command! {
    /// Seals what one rates in a round; what was given before and is not named stays. Nobody else reads it before all is
    /// revealed, which the last one to finish does.
    pub struct Rate in "scoring_round.rate" at Put "/products/{product}/scoring-rounds/{round}/ratings" [] {
        pub round: Id<Round>,
        /// What is given, by the number, key or id of the thing and by the input; empty takes an answer away.
        #[serde(default)]
        pub ratings: BTreeMap<String, BTreeMap<String, Text<{ LONGEST }>>>,
        /// What the others are to know of these ratings.
        pub note: Option<Text<2_000>>,
        /// Whether one has finished; answers can be changed all the same until all is revealed.
        #[serde(default)]
        pub done: bool,
    }
}

impl Command for Rate {
    type Before = UnderWay;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<UnderWay> {
        under_way(look, self.round)
    }
    fn authority(&self, before: &UnderWay) -> Authority {
        Authority::Seen(before.scheme.area)
    }
    fn may(&self, before: &UnderWay, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        is_on(&before.round)?;
        match scope.who.member.and_then(|me| before.rater(me)) {
            Some(_) => Ok(()),
            None => Err(Refusal::denied("You are not among those who are asked to rate here.")),
        }
    }
    fn title(&self, before: &UnderWay) -> String {
        format!("Rate in “{}”", before.round.title)
    }
    fn decide(self, mut before: UnderWay, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = scope.who.signed_in()?;
        let rater = before.rater(me).cloned().ok_or(Refusal::NotFound)?;
        let at = before.sealed.iter().position(|(member, _)| *member == me);
        let mut answers = at.map_or_else(Answers::default, |at| before.sealed.remove(at).1);
        take(&mut answers, &before, &rater, scope, &self.ratings)?;
        if let Some(note) = self.note {
            answers.note = note.into();
        }
        let known = before.finished.contains(&rater.meta.id);
        if self.done && answers.given.is_empty() {
            return Err(Refusal::invalid("", "Rate one thing at least, or leave it to the others."));
        }
        let done = self.done || known;
        let waited = |other: &&Rater| other.meta.id != rater.meta.id && before.here.contains(&other.member.0);
        if done && before.raters.iter().filter(waited).all(|other| before.finished.contains(&other.meta.id)) {
            if !known {
                before.finished.push(rater.meta.id);
            }
            before.sealed.push((me, answers));
            return Ok(before.revealed(moment));
        }
        let body = kernel::serde_json::to_string(&answers).map_err(|e| Refusal::broken(e.to_string()))?;
        let title = before.round.title;
        let mut seals = vec![Seal { round: before.round.meta.id, noun: Round::TABLE, body, kind: &RATING_SEALED, label: title.clone() }];
        if done && !known {
            seals.push(Seal { round: rater.meta.id, noun: Rater::TABLE, body: "{}".into(), kind: &RATING_FINISHED, label: title });
        }
        Ok(Decided { seals, ..Decided::default() })
    }
}

/// Takes answers over. What was removed meanwhile, or is not asked for any more, is passed over: whoever has the form open
/// cannot know.
fn take(
    answers: &mut Answers,
    before: &UnderWay,
    rater: &Rater,
    scope: &Scope,
    given: &BTreeMap<String, BTreeMap<String, Text<{ LONGEST }>>>,
) -> Result<()> {
    let inputs = before.scheme.rated();
    let mut wrong = vec![];
    for (thing, by) in given {
        let id = before.thing(thing, scope)?;
        let own = answers.given.entry(id).or_default();
        for (key, text) in by {
            let field = || format!("ratings.{thing}.{key}");
            if !rater.criteria.contains(key) {
                wrong.push(FieldError { field: field(), message: "You are not asked for that.".into() });
                continue;
            }
            let Some(input) = inputs.iter().find(|input| input.key == *key) else { continue };
            match (text.is_empty(), before.items.iter().any(|item| item.id == id)) {
                (true, _) => drop(own.remove(key)),
                (false, false) => {}
                (false, true) => match input.read(text) {
                    Ok(_) => drop(own.insert(key.clone(), text.to_string())),
                    Err(message) => wrong.push(FieldError { field: field(), message }),
                },
            }
        }
    }
    answers.given.retain(|_, by| !by.is_empty());
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::Invalid(wrong)) }
}

command! {
    /// Reveals what was rated in a round: from now on everybody who sees it reads who gave what.
    pub struct Reveal in "scoring_round.reveal" at Post "/products/{product}/scoring-rounds/{round}/revealing" [] {
        pub round: Id<Round>,
    }
}

impl Command for Reveal {
    type Before = UnderWay;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<UnderWay> {
        under_way(look, self.round)
    }
    fn authority(&self, before: &UnderWay) -> Authority {
        Authority::Seen(before.scheme.area)
    }
    fn may(&self, before: &UnderWay, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        is_on(&before.round)?;
        let rates = scope.who.member.is_some_and(|me| before.rater(me).is_some());
        match looks_after(&before.round, &before.scheme, scope) || rates && is_over(&before.round, scope) {
            true => Ok(()),
            false => Err(Refusal::denied("Whoever began this round reveals it, or decides or signs there; after its last day whoever rates in it.")),
        }
    }
    fn title(&self, before: &UnderWay) -> String {
        format!("Reveal the ratings of “{}”", before.round.title)
    }
    fn decide(self, before: UnderWay, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.revealed(moment))
    }
}

/// Whether its last day is over.
pub(crate) fn is_over(round: &Round, scope: &Scope) -> bool {
    round.ends_on.as_ref().is_some_and(|day| *day < when::day_in(scope.now, &scope.who.zone))
}
