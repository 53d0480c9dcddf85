//! Building a survey: what it asks about, and when it takes answers.

use crate::{apart, events::*, model::*};
use kernel::{
    AnyDay, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command,
    counted::{self, Count},
    event::edit,
    give,
    value::Packed,
};
use roadmap::Feature;
use web::when;

command! {
    /// Begins a Kano survey about features: of each people are asked how they feel with it and without it.
    pub struct BeginSurvey in "survey.begin" at Post "/products/{product}/surveys" [Customers] {
        pub title: Line<150>,
        /// What stands at its head.
        #[serde(default)]
        pub intro: Text<2_000>,
        /// The features that it asks about.
        #[serde(default)]
        pub features: Vec<Id<Feature>>,
    }
}

// What a survey asks stands once it is opened; so nothing of its building is taken back by undo, which could come later.
impl Command for BeginSurvey {
    type Before = Vec<Feature>;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Vec<Feature>> {
        self.features.iter().map(|feature| Feature::get(look, *feature)).collect()
    }
    fn title(&self, _: &Vec<Feature>) -> String {
        format!("Begin the survey “{}”", self.title)
    }
    fn decide(self, features: Vec<Feature>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        fits(features.len())?;
        let survey = Survey {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: self.title.into(),
            intro: self.intro.into(),
            state: SurveyState::Draft,
            closes_on: None,
            in_portal: false,
            closed_at: None,
            people: 0,
            segments: Packed(vec![]),
        };
        let mut events = vec![Event::created(&SURVEY_BEGUN, &survey)];
        for (place, feature) in features.iter().enumerate() {
            events.push(Event::created(&ITEM_ADDED, &item(&survey, Some(feature), feature.title.clone(), String::new(), place as i64, moment)));
        }
        Ok(events.into())
    }
}

fn item(survey: &Survey, feature: Option<&Feature>, title: String, body: String, place: i64, moment: &Moment) -> Item {
    Item {
        meta: moment.fresh(survey.meta.product),
        survey: survey.id(),
        feature: feature.map(Noun::id),
        title,
        body,
        place,
        cells: Packed(vec![]),
        apart: Packed(vec![]),
    }
}

fn fits(many: usize) -> Result<()> {
    match many {
        0..=MOST_ITEMS => Ok(()),
        _ => Err(Refusal::invalid("features", format!("A survey asks about {MOST_ITEMS} features at most; people give up longer ones."))),
    }
}

/// A survey that can still be built.
fn draft(look: &mut Look, id: Id<Survey>) -> Result<Survey> {
    let survey = Survey::get(look, id)?;
    match survey.state {
        SurveyState::Draft => Ok(survey),
        _ => Err(Refusal::invalid("survey", "Its questions stand since it was opened, so that everybody answers the same.")),
    }
}

/// What a survey asks about, in order.
pub(crate) fn items(look: &mut Look, survey: Id<Survey>) -> Result<Vec<Item>> {
    Item::all(look, "and survey = $2 order by place, id", &[survey.value()])
}

command! {
    /// Changes the words at the head of a survey, and until when it takes answers.
    pub struct EditSurvey in "survey.edit" at Patch "/products/{product}/surveys/{survey}" [Customers] {
        pub survey: Id<Survey>,
        pub title: Option<Line<150>>,
        pub intro: Option<Text<2_000>>,
        /// The last day on which it takes answers; empty for none.
        pub closes_on: Option<AnyDay>,
    }
}

impl Command for EditSurvey {
    type Before = Survey;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Survey> {
        Survey::get(look, self.survey)
    }
    fn title(&self, before: &Survey) -> String {
        format!("Change the survey “{}”", before.title)
    }
    fn decide(self, before: Survey, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let until = self.closes_on.map(AnyDay::day);
        when::to_come("closes_on", until.as_ref().and_then(Option::as_ref), scope, moment.now)?;
        Ok(edit(&SURVEY_EDITED, &before, |s| {
            give(&mut s.title, self.title);
            give(&mut s.intro, self.intro);
            if let Some(until) = until {
                s.closes_on = until;
            }
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Has a survey ask about something more: a feature, or what is described.
    pub struct AddItem in "survey_item.add" at Post "/products/{product}/surveys/{survey}/items" [Customers] {
        pub survey: Id<Survey>,
        pub feature: Option<Id<Feature>>,
        /// In the words of whoever answers; the feature's own where it is left out.
        #[serde(default)]
        pub title: Text<150>,
        /// What it is, in a sentence.
        #[serde(default)]
        pub body: Text<500>,
    }
}

impl Command for AddItem {
    type Before = (Survey, Vec<Item>, Option<Feature>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let survey = draft(look, self.survey)?;
        let feature = self.feature.map(|feature| Feature::get(look, feature)).transpose()?;
        Ok((survey, items(look, self.survey)?, feature))
    }
    fn title(&self, (survey, ..): &Self::Before) -> String {
        format!("Ask about more in “{}”", survey.title)
    }
    fn decide(self, (survey, known, feature): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        fits(known.len() + 1)?;
        let own = String::from(self.title);
        let title = match (&feature, own.is_empty()) {
            (Some(feature), true) => feature.title.clone(),
            (None, true) => return Err(Refusal::invalid("title", "Name a feature, or say what it is.")),
            _ => own,
        };
        let place = known.iter().map(|item| item.place + 1).max().unwrap_or(0);
        Ok(Event::created(&ITEM_ADDED, &item(&survey, feature.as_ref(), title, self.body.into(), place, moment)).into())
    }
}

command! {
    /// Changes the words by which a survey asks about something.
    pub struct EditItem in "survey_item.edit" at Patch "/products/{product}/survey-items/{item}" [Customers] {
        pub item: Id<Item>,
        pub title: Option<Line<150>>,
        pub body: Option<Text<500>>,
    }
}

impl Command for EditItem {
    type Before = Item;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Item> {
        let item = Item::get(look, self.item)?;
        draft(look, item.survey)?;
        Ok(item)
    }
    fn title(&self, before: &Item) -> String {
        format!("Ask about “{}” in other words", before.title)
    }
    fn decide(self, before: Item, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&ITEM_EDITED, &before, |i| {
            give(&mut i.title, self.title);
            give(&mut i.body, self.body);
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Has a survey ask about something no more.
    pub struct RemoveItem in "survey_item.remove" at Delete "/products/{product}/survey-items/{item}" [Customers] {
        pub item: Id<Item>,
    }
}

impl Command for RemoveItem {
    type Before = Item;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Item> {
        let item = Item::get(look, self.item)?;
        draft(look, item.survey)?;
        Ok(item)
    }
    fn title(&self, before: &Item) -> String {
        format!("Ask no more about “{}”", before.title)
    }
    fn decide(self, before: Item, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&ITEM_REMOVED, &before, moment.now).into())
    }
}

command! {
    /// Opens a survey: from now on it takes answers, and its questions stand.
    pub struct OpenSurvey in "survey.open" at Post "/products/{product}/surveys/{survey}/opening" [Customers] {
        pub survey: Id<Survey>,
    }
}

impl Command for OpenSurvey {
    type Before = (Survey, Vec<Item>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Survey::get(look, self.survey)?, items(look, self.survey)?))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Open the survey “{}”", before.title)
    }
    fn decide(self, (before, items): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        if before.state != SurveyState::Draft {
            return Err(Refusal::invalid("survey", "This survey was opened already."));
        }
        if items.is_empty() {
            return Err(Refusal::invalid("survey", "It asks about nothing yet. Add a feature first."));
        }
        let mut events = vec![edit(&SURVEY_OPENED, &before, |s| {
            s.state = SurveyState::Open;
            Ok(())
        })?];
        // Answers are counted by these from now on.
        for (place, item) in items.iter().enumerate() {
            events.push(edit(&ITEM_PLACED, item, |i| {
                i.place = place as i64;
                Ok(())
            })?);
        }
        Ok(events.into())
    }
}

command! {
    /// Closes a survey and evaluates it. Nobody sees what was answered before, so nobody is steered by it.
    pub struct CloseSurvey in "survey.close" at Post "/products/{product}/surveys/{survey}/closing" [Customers] {
        pub survey: Id<Survey>,
    }
}

/// A survey that is open, what it asks about, and how often each answer was given.
pub struct Running {
    survey: Survey,
    items: Vec<Item>,
    sums: Vec<(i64, i64, i64)>,
}

impl Command for CloseSurvey {
    type Before = Running;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Running> {
        let survey = Survey::get(look, self.survey)?;
        Ok(Running { items: items(look, self.survey)?, sums: counted::sums(look, survey.meta.id)?, survey })
    }
    fn title(&self, before: &Running) -> String {
        format!("Close the survey “{}”", before.survey.title)
    }
    fn decide(self, before: Running, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.survey.state != SurveyState::Open {
            return Err(Refusal::invalid("survey", "Only a survey that is open can be closed."));
        }
        let people: i64 = before.sums.iter().filter(|(question, ..)| *question == 0).map(|(.., given)| given).sum();
        let mut events = vec![edit(&SURVEY_CLOSED, &before.survey, |s| {
            (s.state, s.closed_at, s.people, s.in_portal) = (SurveyState::Closed, Some(moment.now), people, false);
            Ok(())
        })?];
        for item in before.items.iter().filter(|_| people >= FEWEST) {
            let mut cells = vec![0; CELLS as usize];
            for (_, answer, given) in before.sums.iter().filter(|(question, ..)| *question == item.place) {
                cells.get_mut((answer - 1) as usize).into_iter().for_each(|cell| *cell = *given);
            }
            let apart = apart::cells_apart(&before.survey, &before.items, item, &before.sums);
            events.push(edit(&ITEM_COUNTED, item, |i| {
                i.cells = Packed(cells);
                i.apart = Packed(apart);
                Ok(())
            })?);
        }
        // Sums are told to nobody before they stand in a closed survey, in no proposal either.
        Ok(Decided { counts: vec![Count::End(before.survey.meta.id)], untold: true, ..events.into() })
    }
}

command! {
    /// Removes a survey that takes no answers, with its result.
    pub struct RemoveSurvey in "survey.remove" at Delete "/products/{product}/surveys/{survey}" [Customers] {
        pub survey: Id<Survey>,
    }
}

impl Command for RemoveSurvey {
    type Before = Survey;

    fn load(&self, look: &mut Look) -> Result<Survey> {
        Survey::get(look, self.survey)
    }
    fn title(&self, before: &Survey) -> String {
        format!("Remove the survey “{}”", before.title)
    }
    fn decide(self, before: Survey, moment: &Moment, _: &Scope) -> Result<Decided> {
        match before.state {
            SurveyState::Open => Err(Refusal::invalid("survey", "This survey takes answers. Close it first.")),
            _ => Ok(Event::removed(&SURVEY_REMOVED, &before, moment.now).into()),
        }
    }
}
