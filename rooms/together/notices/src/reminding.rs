//! Reminders: what is due comes back by the clock, or because somebody asks for it. A room says to whom, of what and on
//! which occasion; each of them is told once for each occasion, as far as they may see the thing and want to hear.

use crate::{
    events::*,
    giving,
    model::{Due, Notice, Way, Why, way},
    rows, wishes,
};
use kernel::{
    Asked, Authority, Command, Decided, Deserialize, Errand, Event, Job, Lane, Look, Moment, Refusal, Result, Scope, Serialize, StoredCommand, Task,
    Uuid, Value, Waits, Whose, about, command, serde_json,
};

command! {
    /// Reminds somebody of a thing; however often it is run, once for each occasion.
    pub struct Remind in "notice.remind" inside {
        pub due: Due,
        /// The noun of the thing, and its id.
        pub about: String,
        pub thing: Uuid,
        /// What this time is, in words that another time does not have.
        pub occasion: String,
    }
}

impl Command for Remind {
    type Before = giving::Known;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        giving::known(look, &Value::Text(self.occasion.clone()), self.thing)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Be reminded of something".into()
    }
    fn decide(self, known: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let notice = Notice {
            meta: moment.fresh(None),
            member: kernel::Id::new(scope.who.signed_in()?),
            why: Why::Due,
            product_of: scope.product_id()?,
            about_noun: self.about,
            about_id: self.thing,
            line: String::new(),
            act: self.occasion,
            actor: None,
            due: Some(self.due),
        };
        known.give(Event::created(&NOTICE_DUE, &notice), &notice, moment, scope)
    }
}

/// Reminds one member, as far as they may see it.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct RemindOne {
    due: Due,
    noun: String,
    thing: Uuid,
    occasion: String,
}

/// The task that reminds somebody of a thing.
pub fn remind(member: Uuid, due: Due, (noun, thing): (&str, Uuid), occasion: &str) -> Result<Task> {
    let one = RemindOne { due, noun: noun.to_owned(), thing, occasion: format!("{due} {occasion}") };
    Ok(Task::of(&one, due.says())?.in_the_name_of(Whose::Member(member)))
}

impl Job for RemindOne {
    const KIND: &'static str = "notice.remind_one";
    const SAYS: &'static str = "Remind somebody of something";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        reminder(look, self.due, (&self.noun, self.thing), &self.occasion)
    }
}

/// What reminds whoever asks of a thing: nothing where they do not see it or do not want to hear.
pub fn reminder(look: &mut Look, due: Due, (noun, thing): (&str, Uuid), occasion: &str) -> Result<Errand> {
    let (Some(_), Some(noun)) = (look.scope.product.as_ref().filter(|_| look.scope.who.member.is_some()), about::noun(noun)) else {
        return Ok(Errand::Nothing);
    };
    let wish = wishes::own(look)?;
    if way(wish.as_ref(), Why::Due) == Way::Not || rows::seen(look, noun, [thing])?.is_empty() {
        return Ok(Errand::Nothing);
    }
    let remind = Remind { due, about: noun.table.to_owned(), thing, occasion: occasion.to_owned() };
    let args = serde_json::to_value(&remind).map_err(|e| Refusal::broken(e.to_string()))?;
    Ok(Errand::Command(StoredCommand { name: Remind::NAME.into(), args }))
}
