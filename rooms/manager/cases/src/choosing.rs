//! Choosing among the options of a case, and thinking about it anew.

use crate::{events::*, model::*, rows, writing::LONGEST};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Words, command, event::edit};

command! {
    /// Chooses one of the options of a case, and says why.
    pub struct ChooseOption in "guided_case.choose" at Put "/products/{product}/cases/{guided_case}/choice" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        pub case_option: Id<CaseOption>,
        /// Why this one, by the criteria.
        pub choice: Words<LONGEST>,
    }
}

impl Command for ChooseOption {
    type Before = (GuidedCase, Vec<CaseOption>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((GuidedCase::get(look, self.guided_case)?, rows::options(look, self.guided_case)?))
    }
    fn title(&self, (case, options): &Self::Before) -> String {
        let chosen = options.iter().find(|option| option.id() == self.case_option).map_or("", |option| option.title.as_str());
        format!("Choose “{chosen}” in the case “{}”", case.title)
    }
    fn decide(self, (case, options): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if !options.iter().any(|option| option.id() == self.case_option) {
            return Err(Refusal::invalid("case_option", "That is no option of this case."));
        }
        let mut events = choose(&options, Some(self.case_option))?;
        events.push(edit(&CASE_CHOSEN, &case, |case| {
            case.state = CaseState::Chosen;
            case.choice = self.choice.into();
            Ok(())
        })?);
        Ok(events.into())
    }
}

/// Makes one option, or none, the one that is chosen.
fn choose(options: &[CaseOption], chosen: Option<Id<CaseOption>>) -> Result<Vec<Event>> {
    let mut events = vec![];
    for option in options {
        let is = chosen == Some(option.id());
        if option.chosen != is {
            events.push(edit(if is { &OPTION_CHOSEN } else { &OPTION_LEFT }, option, |option| {
                option.chosen = is;
                Ok(())
            })?);
        }
    }
    Ok(events)
}

command! {
    /// Opens a case anew: nothing is chosen any more, and what was said of the choice stays.
    pub struct ReopenCase in "guided_case.reopen" at Post "/products/{product}/cases/{guided_case}/reopening" [Strategy] {
        pub guided_case: Id<GuidedCase>,
    }
}

impl Command for ReopenCase {
    type Before = (GuidedCase, Vec<CaseOption>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((GuidedCase::get(look, self.guided_case)?, rows::options(look, self.guided_case)?))
    }
    fn title(&self, (case, _): &Self::Before) -> String {
        format!("Open the case “{}” anew", case.title)
    }
    fn decide(self, (case, options): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if case.state == CaseState::Open {
            return Err(Refusal::invalid("guided_case", "Nothing has been chosen yet."));
        }
        let mut events = choose(&options, None)?;
        events.push(edit(&CASE_REOPENED, &case, |case| {
            case.state = CaseState::Open;
            Ok(())
        })?);
        Ok(events.into())
    }
}
