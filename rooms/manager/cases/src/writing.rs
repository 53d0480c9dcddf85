//! Beginning a case, writing its parts, removing it.

use crate::{events::*, model::*, rows};
use kernel::{
    Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Tie, command, event::edit, relation::Ends, value::Packed,
};
use strategy::Objective;

/// The longest part.
pub(crate) const LONGEST: usize = 8_000;

command! {
    /// Begins a case: a matter of strategy or design that is thought through part by part.
    pub struct BeginCase in "guided_case.begin" at Post "/products/{product}/cases" [Strategy] {
        /// The question.
        pub title: Line<200>,
        pub kind: CaseKind,
        #[serde(default)]
        pub goal: Text<LONGEST>,
        /// An objective that it is about.
        pub objective: Option<Id<Objective>>,
    }
}

impl Command for BeginCase {
    type Before = Option<Objective>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        self.objective.map(|id| Objective::get(look, id)).transpose()
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Begin the case “{}”", self.title)
    }
    fn decide(self, objective: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = scope.product_id()?;
        let case = GuidedCase {
            meta: moment.fresh(Some(product)),
            title: self.title.into(),
            kind: self.kind,
            state: CaseState::Open,
            goal: self.goal.into(),
            diagnosis: String::new(),
            users: String::new(),
            needs: String::new(),
            criteria: String::new(),
            choice: String::new(),
            actions: String::new(),
            not_doing: String::new(),
            risks: String::new(),
            prioritisation: String::new(),
            trade_offs: String::new(),
            measures: String::new(),
            summary: String::new(),
            initiative: None,
            hints_off: Packed::default(),
        };
        let mut events = vec![Event::created(&CASE_BEGUN, &case)];
        if let Some(objective) = objective {
            events.extend(Ends::fresh(&case, Tie::About, &objective).link(&CASE_LINKED, moment, product)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Writes on a case: what it is called, and its parts; those that are left out stay.
    pub struct EditCase in "guided_case.edit" at Patch "/products/{product}/cases/{guided_case}" [Strategy] {
        pub guided_case: Id<GuidedCase>,
        pub title: Option<Line<200>>,
        pub goal: Option<Text<LONGEST>>,
        pub diagnosis: Option<Text<LONGEST>>,
        pub users: Option<Text<LONGEST>>,
        pub needs: Option<Text<LONGEST>>,
        pub criteria: Option<Text<LONGEST>>,
        pub choice: Option<Text<LONGEST>>,
        pub actions: Option<Text<LONGEST>>,
        pub not_doing: Option<Text<LONGEST>>,
        pub risks: Option<Text<LONGEST>>,
        pub prioritisation: Option<Text<LONGEST>>,
        pub trade_offs: Option<Text<LONGEST>>,
        pub measures: Option<Text<LONGEST>>,
        pub summary: Option<Text<LONGEST>>,
    }
}

impl Command for EditCase {
    type Before = GuidedCase;

    fn load(&self, look: &mut Look) -> Result<GuidedCase> {
        GuidedCase::get(look, self.guided_case)
    }
    fn title(&self, before: &GuidedCase) -> String {
        format!("Write on the case “{}”", before.title)
    }
    fn decide(self, before: GuidedCase, _: &Moment, _: &Scope) -> Result<Decided> {
        let parts = [
            ("goal", self.goal),
            ("diagnosis", self.diagnosis),
            ("users", self.users),
            ("needs", self.needs),
            ("criteria", self.criteria),
            ("choice", self.choice),
            ("actions", self.actions),
            ("not_doing", self.not_doing),
            ("risks", self.risks),
            ("prioritisation", self.prioritisation),
            ("trade_offs", self.trade_offs),
            ("measures", self.measures),
            ("summary", self.summary),
        ];
        let event = edit(&CASE_EDITED, &before, |case| {
            kernel::give(&mut case.title, self.title);
            for (key, text) in parts {
                let Some(text) = text else { continue };
                if !text.is_empty() && !before.has(key) {
                    return Err(Refusal::invalid(key, format!("A case of {} has no such part.", before.kind)));
                }
                put(case, key, text.into());
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

/// Puts a text into a part.
fn put(case: &mut GuidedCase, key: &str, text: String) {
    let part = match key {
        "goal" => &mut case.goal,
        "diagnosis" => &mut case.diagnosis,
        "users" => &mut case.users,
        "needs" => &mut case.needs,
        "criteria" => &mut case.criteria,
        "choice" => &mut case.choice,
        "actions" => &mut case.actions,
        "not_doing" => &mut case.not_doing,
        "risks" => &mut case.risks,
        "prioritisation" => &mut case.prioritisation,
        "trade_offs" => &mut case.trade_offs,
        "measures" => &mut case.measures,
        _ => &mut case.summary,
    };
    *part = text;
}

command! {
    /// Removes a case with its options.
    pub struct RemoveCase in "guided_case.remove" at Delete "/products/{product}/cases/{guided_case}" [Strategy] {
        pub guided_case: Id<GuidedCase>,
    }
}

impl Command for RemoveCase {
    type Before = (GuidedCase, Vec<CaseOption>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((GuidedCase::get(look, self.guided_case)?, rows::options(look, self.guided_case)?))
    }
    fn title(&self, (case, _): &Self::Before) -> String {
        format!("Remove the case “{}”", case.title)
    }
    fn decide(self, (case, options): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events: Vec<Event> = options.iter().map(|option| Event::removed(&OPTION_REMOVED, option, moment.now)).collect();
        events.push(Event::removed(&CASE_REMOVED, &case, moment.now));
        Ok(events.into())
    }
}
