//! The pulse: five questions in each sprint. It begins with a sprint and is closed with it, or by hand where there are none.
//! Who answered what is kept nowhere; sums are told once it is closed, so that no two readings of them tell it either.

use crate::{events::*, model::*};
use kernel::{
    Authority, Column, Command, Decided, Event, Follow, Id, Json, Look, Moment, Noun, Refusal, Result, Scope, Uuid, command,
    counted::{self, Answered, Answers, Count},
    json,
    value::Packed,
};
use sprint::{SPRINT_CANCELLED, SPRINT_CLOSED, SPRINT_STARTED, Sprint};

pub(crate) const BEGINS: Follow = Follow { after: &SPRINT_STARTED, command: "pulse.begin_with_sprint", with: whose };
pub(crate) const ENDS: Follow = Follow { after: &SPRINT_CLOSED, command: "pulse.end_with_sprint", with: whose };
pub(crate) const BREAKS_OFF: Follow = Follow { after: &SPRINT_CANCELLED, command: "pulse.end_with_sprint", with: whose };

fn whose(event: &Event, _: &[Event]) -> Option<Json> {
    Some(json!({ "sprint": event.id }))
}

/// A pulse that is open, with its sums.
pub struct Open {
    pulse: Pulse,
    sums: Vec<(i64, i64, i64)>,
}

impl Open {
    fn of(look: &mut Look, pulse: Pulse) -> Result<Open> {
        Ok(Open { sums: counted::sums(look, pulse.meta.id)?, pulse })
    }

    /// The one that is open in the product at hand.
    fn any(look: &mut Look) -> Result<Option<Open>> {
        let pulse = Pulse::all(look, "and closed_at is null order by number desc limit 1", &[])?.pop();
        pulse.map(|pulse| Open::of(look, pulse)).transpose()
    }

    /// Makes a noun of the sums, unless they are of so few that one could tell whose they are.
    fn closed(self, moment: &Moment) -> (Event, Count) {
        let mut sums = vec![vec![0; MOST as usize]; self.pulse.asked.len()];
        for (question, answer, given) in self.sums {
            let place = sums.get_mut(question as usize).and_then(|answers| answers.get_mut((answer - 1) as usize));
            place.into_iter().for_each(|sum| *sum = given);
        }
        let people: i64 = sums.first().map_or(0, |answers| answers.iter().sum());
        let kept = if people >= FEWEST { sums } else { vec![] };
        let after = Pulse { closed_at: Some(moment.now), people, sums: Packed(kept), ..self.pulse.clone() };
        (Event::changed(&PULSE_CLOSED, &self.pulse, &after), Count::End(self.pulse.meta.id))
    }
}

/// A new pulse, with the last one closed.
fn begun(number: i64, open: Option<Open>, sprint: Option<Id<Sprint>>, moment: &Moment, scope: &Scope) -> Result<Decided> {
    let pulse = Pulse {
        meta: moment.fresh(Some(scope.product_id()?)),
        number,
        sprint,
        asked: Packed(QUESTIONS.map(str::to_owned).to_vec()),
        closed_at: None,
        people: 0,
        sums: Packed(vec![]),
    };
    let (closed, counts): (Vec<Event>, Vec<Count>) = open.map(|open| open.closed(moment)).into_iter().unzip();
    // Sums are told to nobody before they stand in a closed pulse, in no proposal either.
    Ok(Decided { counts, untold: true, ..Decided::from([closed, vec![Event::created(&PULSE_BEGUN, &pulse)]].concat()) })
}

fn next_number(look: &mut Look) -> Result<i64> {
    let product = look.scope.product_id()?;
    Ok(look.number("select max(number) from pulse where product = $1", &[product.value()])? + 1)
}

command! {
    /// Asks the five questions anew; where they are being asked already, that pulse is closed first. Sprints do this by themselves.
    pub struct BeginPulse in "pulse.begin" at Post "/products/{product}/pulses" [Strategy] {}
}

impl Command for BeginPulse {
    type Before = (i64, Option<Open>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((next_number(look)?, Open::any(look)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Ask the five questions".into()
    }
    fn decide(self, (number, open): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        begun(number, open, None, moment, scope)
    }
}

command! {
    /// Closes a pulse and tells its sums, from three answers on.
    pub struct ClosePulse in "pulse.close" at Post "/products/{product}/pulses/{pulse}/closing" [Strategy] {
        pub pulse: Id<Pulse>,
    }
}

fn is_open(pulse: &Pulse) -> Result<()> {
    match pulse.closed_at {
        None => Ok(()),
        Some(_) => Err(Refusal::invalid("pulse", "This pulse is closed already.")),
    }
}

impl Command for ClosePulse {
    type Before = Open;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Open> {
        let pulse = Pulse::get(look, self.pulse)?;
        Open::of(look, pulse)
    }
    fn may(&self, before: &Open, _: &Scope) -> Result<()> {
        is_open(&before.pulse)
    }
    fn title(&self, before: &Open) -> String {
        format!("Close {}", before.pulse.label())
    }
    fn decide(self, before: Open, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (event, count) = before.closed(moment);
        Ok(Decided { counts: vec![count], untold: true, ..event.into() })
    }
}

command! {
    /// Answers the five questions, once, each from 1 (not at all) to 5 (fully). What is kept are sums, in nobody's name.
    pub struct AnswerPulse in "pulse.answer" at Put "/products/{product}/pulses/{pulse}/answer" [] {
        pub pulse: Id<Pulse>,
        /// I could tell a newcomer in one sentence where we are going.
        pub direction: i64,
        /// I know for whom we build, and for whom not.
        pub market: i64,
        /// I know which needs come first, and why.
        pub needs: i64,
        /// What I work on serves one of them.
        pub work: i64,
        /// Manager and Owner pull in the same direction.
        pub together: i64,
    }
}

/// The fields of an answer, in the order of the questions.
pub(crate) const FIELDS: [&str; 5] = ["direction", "market", "needs", "work", "together"];

impl Command for AnswerPulse {
    type Before = (Pulse, Answered);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let pulse = Pulse::get(look, self.pulse)?;
        let answered = counted::answered(look, "$1", &[pulse.meta.id.value()])?.remove(&pulse.meta.id).unwrap_or_default();
        Ok((pulse, answered))
    }
    fn may(&self, (pulse, answered): &Self::Before, scope: &Scope) -> Result<()> {
        scope.by_people("An assistant does not answer; people do.")?;
        is_open(pulse)?;
        match answered.oneself {
            false => Ok(()),
            true => Err(Refusal::invalid("pulse", "You have answered. Nobody knows any more which answers are yours, so they cannot be changed.")),
        }
    }
    fn title(&self, (pulse, _): &Self::Before) -> String {
        format!("Answer {}", pulse.label())
    }
    fn decide(self, (pulse, _): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let given = vec![self.direction, self.market, self.needs, self.work, self.together];
        let wrong: Vec<kernel::FieldError> = FIELDS
            .iter()
            .zip(&given)
            .filter(|(_, answer)| !(1..=MOST).contains(*answer))
            .map(|(field, _)| kernel::FieldError { field: (*field).to_owned(), message: "Choose one from 1 to 5.".into() })
            .collect();
        if !wrong.is_empty() {
            return Err(Refusal::Invalid(wrong));
        }
        let label = pulse.label();
        let answers = Answers { round: pulse.meta.id, noun: Pulse::TABLE, given, most: MOST, by: vec![], kind: &PULSE_ANSWERED, label };
        Ok(Decided { counts: vec![Count::Give(answers)], ..Decided::default() })
    }
}

command! {
    /// Asks the five questions as a sprint begins.
    pub struct BeginWithSprint in "pulse.begin_with_sprint" inside {
        pub sprint: Uuid,
    }
}

impl Command for BeginWithSprint {
    type Before = (i64, Option<Open>);
    const UNDOABLE: bool = false;
    // It follows from a sprint, and was decided by whoever began or closed that.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((next_number(look)?, Open::any(look)?))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Ask the five questions".into()
    }
    fn decide(self, (number, open): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        begun(number, open, Some(Id::new(self.sprint)), moment, scope)
    }
}

command! {
    /// Closes the pulse of a sprint that is over.
    pub struct EndWithSprint in "pulse.end_with_sprint" inside {
        pub sprint: Uuid,
    }
}

impl Command for EndWithSprint {
    type Before = Option<Open>;
    const UNDOABLE: bool = false;
    // It follows from a sprint, and was decided by whoever began or closed that.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Option<Open>> {
        Ok(Open::any(look)?.filter(|open| open.pulse.sprint == Some(Id::new(self.sprint))))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Close the pulse".into()
    }
    fn decide(self, before: Option<Open>, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some((event, count)) = before.map(|open| open.closed(moment)) else { return Ok(Decided::default()) };
        Ok(Decided { counts: vec![count], ..event.into() })
    }
}
