//! Asking whether a story will be accepted by a day, a sprint meet its goal, a release reach users or a key result its target;
//! and saying how likely one thinks it is.

use crate::{PREDICTED, QUESTION_ASKED, QUESTION_REMOVED, model::*, rows};
use kernel::{AnyDay, Authority, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, command};
use launch::Release;
use strategy::KeyResult;
use web::when;

fn a_person(scope: &Scope) -> Result<()> {
    scope.by_people("People foretell here, not assistants.")
}

command! {
    /// Asks about one thing: whether a story will be accepted by a day, a sprint meet its goal, a release reach users by a day, or a key
    /// result its target by a day.
    pub struct AskForecast in "forecast_question.ask" at Post "/products/{product}/forecast-questions" [] {
        /// Number, key or id of a story.
        pub story: Option<Ref>,
        /// Number or id of a sprint.
        pub sprint: Option<Ref>,
        pub release: Option<Id<Release>>,
        pub key_result: Option<Id<KeyResult>>,
        /// The last day on which it counts; of a sprint its own.
        #[serde(default)]
        pub due_on: AnyDay,
    }
}

/// What would be asked.
pub struct Asking {
    question: ForecastQuestion,
    matter: Matter,
    /// It is asked already, for that day.
    known: bool,
}

impl AskForecast {
    /// As whoever asks sees it: of what they may not read they learn nothing by asking about it.
    fn matter(&self, look: &mut Look) -> Result<Matter> {
        match (&self.story, &self.sprint, self.release, self.key_result) {
            (Some(story), None, None, None) => Ok(Matter::Story(Box::new(backlog::story(look, story)?))),
            (None, Some(sprint), None, None) => Ok(Matter::Sprint(Box::new(rows::sprint(look, sprint)?))),
            (None, None, Some(release), None) => Ok(Matter::Release(Box::new(Release::get(look, release)?))),
            (None, None, None, Some(result)) => {
                let result = KeyResult::get(look, result)?;
                let measured = rows::measured(look, [result.meta.id])?;
                Ok(Matter::KeyResult(Box::new(result), measured))
            }
            _ => Err(Refusal::invalid("story", "Say which one it is about: a story, a sprint, a release or a key result.")),
        }
    }
}

impl Command for AskForecast {
    type Before = Asking;
    /// Others may have answered.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Asking> {
        let matter = self.matter(&mut Look::showing(look.reader, look.scope))?;
        let mut question = ForecastQuestion {
            meta: kernel::Meta { id: kernel::Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            story: None,
            due_on: self.due_on.clone().day().unwrap_or_default(),
            title: String::new(),
            member: Id::new(kernel::Uuid::nil()),
            sprint: None,
            release: None,
            key_result: None,
        };
        match &matter {
            Matter::Story(story) => (question.story, question.title) = (Some(story.id()), story.title.clone()),
            Matter::Sprint(sprint) => {
                (question.sprint, question.title, question.due_on) = (Some(sprint.id()), sprint.name.clone(), sprint.ends_on.clone());
            }
            Matter::Release(release) => (question.release, question.title) = (Some(release.id()), release.name.clone()),
            Matter::KeyResult(result, _) => (question.key_result, question.title) = (Some(result.id()), result.title.clone()),
            Matter::Gone => return Err(Refusal::NotFound),
        }
        let known = rows::asked(look, &question)?;
        Ok(Asking { question, matter, known })
    }
    fn authority(&self, before: &Asking) -> Authority {
        Authority::Seen(before.question.area())
    }
    fn may(&self, _: &Asking, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, before: &Asking) -> String {
        format!("Ask for forecasts about “{}”", before.question.title)
    }
    fn decide(self, Asking { question, matter, known }: Asking, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if question.due_on.is_empty() {
            return Err(Refusal::invalid("due_on", "Say by which day."));
        }
        if question.due_on < when::day(moment.now) {
            return Err(Refusal::invalid("due_on", "That day is over; ask about one that is still to come."));
        }
        let is_settled = matches!(&matter, Matter::Story(story) if story.settled_at.is_some());
        if is_settled || question.came(&matter, moment.now) != Came::Open {
            return Err(Refusal::invalid(question.about(), "It is settled already; nothing is left to foretell."));
        }
        if known {
            return Err(Refusal::invalid("due_on", "This is asked already."));
        }
        let question = ForecastQuestion { meta: moment.fresh(Some(scope.product_id()?)), member: Id::new(scope.who.signed_in()?), ..question };
        Ok(Event::created(&QUESTION_ASKED, &question).into())
    }
}

command! {
    /// Removes a question that nobody has answered.
    pub struct RemoveForecast in "forecast_question.remove" at Delete "/products/{product}/forecast-questions/{forecast_question}" [] {
        pub forecast_question: Id<ForecastQuestion>,
    }
}

impl Command for RemoveForecast {
    type Before = (ForecastQuestion, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let question = ForecastQuestion::get(look, self.forecast_question)?;
        let given = rows::given(look, question.id())?;
        Ok((question, given))
    }
    fn authority(&self, (question, _): &Self::Before) -> Authority {
        Authority::Seen(question.area())
    }
    fn may(&self, (question, given): &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)?;
        if scope.who.member != Some(question.member.0) {
            return Err(Refusal::denied("Whoever asked it takes it back."));
        }
        if *given > 0 { Err(Refusal::invalid("forecast_question", "Somebody has answered it already.")) } else { Ok(()) }
    }
    fn title(&self, (question, _): &Self::Before) -> String {
        format!("Remove the question about “{}”", question.title)
    }
    fn decide(self, (question, _): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&QUESTION_REMOVED, &question, moment.now).into())
    }
}

command! {
    /// Says how likely one thinks it is: once, and for oneself.
    pub struct GivePrediction in "prediction.give" at Post "/products/{product}/forecast-questions/{forecast_question}/predictions" [] {
        pub forecast_question: Id<ForecastQuestion>,
        /// In percent.
        #[schemars(range(min = 1, max = 99))]
        pub chance: i64,
    }
}

/// A question with what it is about, and what the asker has said.
pub struct Asked {
    question: ForecastQuestion,
    matter: Matter,
    said: Option<Prediction>,
}

impl Command for GivePrediction {
    type Before = Asked;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Asked> {
        let question = ForecastQuestion::get(look, self.forecast_question)?;
        let matter = rows::matters(look, std::slice::from_ref(&question))?.of(&question);
        let said = rows::own(look, question.id())?;
        Ok(Asked { question, matter, said })
    }
    fn authority(&self, before: &Asked) -> Authority {
        Authority::Seen(before.question.area())
    }
    fn may(&self, _: &Asked, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, before: &Asked) -> String {
        format!("Foretell about “{}”", before.question.title)
    }
    fn decide(self, before: Asked, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if !(1..=99).contains(&self.chance) {
            return Err(Refusal::invalid("chance", "Say it in percent, from 1 to 99: nobody is surer than that."));
        }
        // A sprint whose last day is over may still wait to be closed, and by then everybody knows.
        if before.question.came(&before.matter, moment.now) != Came::Open || before.question.due_on < when::day(moment.now) {
            return Err(Refusal::invalid("forecast_question", "It is settled already."));
        }
        if before.said.is_some() {
            return Err(Refusal::invalid("forecast_question", "You have said it already; what is said first counts."));
        }
        let prediction = Prediction {
            meta: moment.fresh(Some(scope.product_id()?)),
            question: before.question.id(),
            member: Id::new(scope.who.signed_in()?),
            chance: self.chance,
        };
        Ok(Event::created(&PREDICTED, &prediction).called(&before.question.title).into())
    }
}
