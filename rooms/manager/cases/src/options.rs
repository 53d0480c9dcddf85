//! The options that a case weighs.

use crate::{events::*, model::*, rows, writing::LONGEST};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Rank, Refusal, Result, Scope, Text, command, event::edit, give};

/// So many options are weighed; more cannot be held against one another.
pub(crate) const MOST: usize = 12;

command! {
    /// Adds an option to a case: a way that differs from the others.
    pub struct AddOption in "case_option.add" at Post "/products/{product}/cases/{guided_case}/options" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        pub title: Line<200>,
        /// What it is, what it costs and brings, what speaks against it.
        #[serde(default)]
        pub body: Text<LONGEST>,
    }
}

impl Command for AddOption {
    type Before = (GuidedCase, Vec<CaseOption>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((GuidedCase::get(look, self.guided_case)?, rows::options(look, self.guided_case)?))
    }
    fn title(&self, (case, _): &Self::Before) -> String {
        format!("Add “{}” to the case “{}”", self.title, case.title)
    }
    fn decide(self, (case, options): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if options.len() >= MOST {
            return Err(Refusal::invalid("title", format!("{MOST} {}s are weighed already; remove one first.", case.kind.option())));
        }
        let option = CaseOption {
            meta: moment.fresh(Some(scope.product_id()?)),
            guided_case: case.id(),
            title: self.title.into(),
            body: self.body.into(),
            rank: Rank::between(options.iter().map(|option| &option.rank).max(), None),
            chosen: false,
        };
        Ok(Event::created(&OPTION_ADDED, &option).into())
    }
}

command! {
    /// Changes an option.
    pub struct EditOption in "case_option.edit" at Patch "/products/{product}/case-options/{case_option}" [Strategy] {
        pub case_option: Id<CaseOption>,
        pub title: Option<Line<200>>,
        pub body: Option<Text<LONGEST>>,
    }
}

impl Command for EditOption {
    type Before = CaseOption;

    fn load(&self, look: &mut Look) -> Result<CaseOption> {
        CaseOption::get(look, self.case_option)
    }
    fn title(&self, before: &CaseOption) -> String {
        format!("Change the option “{}”", before.title)
    }
    fn decide(self, before: CaseOption, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&OPTION_EDITED, &before, |option| {
            give(&mut option.title, self.title);
            give(&mut option.body, self.body);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Removes an option from its case.
    pub struct RemoveOption in "case_option.remove" at Delete "/products/{product}/case-options/{case_option}" [Strategy] {
        pub case_option: Id<CaseOption>,
    }
}

impl Command for RemoveOption {
    type Before = CaseOption;

    fn load(&self, look: &mut Look) -> Result<CaseOption> {
        CaseOption::get(look, self.case_option)
    }
    fn title(&self, before: &CaseOption) -> String {
        format!("Remove the option “{}”", before.title)
    }
    fn decide(self, before: CaseOption, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.chosen {
            return Err(Refusal::invalid("case_option", "It is the one that was chosen. Choose another, or open the case anew."));
        }
        Ok(Event::removed(&OPTION_REMOVED, &before, moment.now).into())
    }
}
