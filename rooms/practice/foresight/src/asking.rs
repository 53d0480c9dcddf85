//! Asking whether a story will be accepted by a day, and saying how likely one thinks it is.

use crate::{PREDICTED, QUESTION_ASKED, QUESTION_REMOVED, model::*, rows};
use backlog::Story;
use kernel::{Area, Authority, Command, Day, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, command};
use web::when;

fn a_person(scope: &Scope) -> Result<()> {
    match scope.who.assistant {
        None => Ok(()),
        Some(_) => Err(Refusal::denied("People foretell here, not assistants.")),
    }
}

command! {
    /// Asks whether a story will be accepted by a day.
    pub struct AskForecast in "forecast_question.ask" at Post "/products/{product}/forecast-questions" [] {
        /// Number, key or id of the story.
        pub story: Ref,
        /// The last day on which it counts.
        pub due_on: Day,
    }
}

impl Command for AskForecast {
    type Before = (Story, Vec<ForecastQuestion>);
    /// Others may have answered.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = backlog::story(look, &self.story)?;
        let known = rows::about(look, story.id())?;
        Ok((story, known))
    }
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Seen(Area::Backlog)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        a_person(scope)
    }
    fn title(&self, (story, _): &Self::Before) -> String {
        format!("Ask whether “{}” will be accepted", story.title)
    }
    fn decide(self, (story, known): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let due_on = String::from(self.due_on);
        if due_on < when::day(moment.now) {
            return Err(Refusal::invalid("due_on", "That day is over; ask about one that is still to come."));
        }
        if story.settled_at.is_some() {
            return Err(Refusal::invalid("story", "It is settled already; nothing is left to foretell."));
        }
        if known.iter().any(|question| question.due_on == due_on) {
            return Err(Refusal::invalid("due_on", "This is asked already."));
        }
        let question = ForecastQuestion {
            meta: moment.fresh(Some(scope.product_id()?)),
            story: story.id(),
            due_on,
            title: story.title,
            member: Id::new(scope.who.signed_in()?),
        };
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
    fn authority(&self, _: &Self::Before) -> Authority {
        Authority::Seen(Area::Backlog)
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

/// A question with its story, and what the asker has said.
pub struct Asked {
    question: ForecastQuestion,
    story: Option<Story>,
    said: Option<Prediction>,
}

impl Command for GivePrediction {
    type Before = Asked;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Asked> {
        let question = ForecastQuestion::get(look, self.forecast_question)?;
        let story = Story::get(look, question.story).ok();
        let said = rows::own(look, question.id())?;
        Ok(Asked { question, story, said })
    }
    fn authority(&self, _: &Asked) -> Authority {
        Authority::Seen(Area::Backlog)
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
        if before.question.came(before.story.as_ref(), moment.now) != Came::Open {
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
