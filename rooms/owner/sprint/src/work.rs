//! Commands of the work itself: cards, handing over. What blocks them is the room of the board.

use crate::events::*;
use backlog::{Stage, Story};
use board::{Blocker, Full, full, unsettled};
use kernel::{Area, Command, Decided, Event, EventKind, Hat, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Standing, Text, command};
use people::{Member, Person};
use product::{BoardColumn, column_of};

/// Whether the column that stories of a stage come into first is at its limit.
fn full_at(look: &mut Look, story: &Story, stage: Stage, columns: &[BoardColumn]) -> Result<Option<Full>> {
    match columns.iter().find(|column| column.stage == stage) {
        Some(column) => full(look, story, column, columns),
        None => Ok(None),
    }
}

command! {
    /// Starts work on a story: it moves into the first column of work, assigned to oneself if to nobody.
    pub struct StartWork in "story.start" at Post "/products/{product}/stories/{story}/start" [Work] {
        /// Number, key or id.
        pub story: Ref,
        /// Why it begins all the same, where its column is at its limit.
        #[serde(default)]
        pub reason: Text<500>,
    }
}

impl Command for StartWork {
    type Before = (Story, Vec<BoardColumn>, Option<Full>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (story, columns) = (backlog::story(look, &self.story)?, product::columns_of(look)?);
        let over = full_at(look, &story, Stage::Doing, &columns)?;
        Ok((story, columns, over))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Start work on “{}”", story.title)
    }
    fn decide(self, (before, columns, over): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        unsettled(&before)?;
        if before.stage != Stage::Open {
            return Err(Refusal::invalid("story", "Work on this story has started already."));
        }
        // Whoever begins works on it; where there are developers, nobody else is taken to.
        let works = scope.who.assistant.is_none() && (scope.who.hats.contains(&Hat::Developer) || !scope.held.contains(&Hat::Developer));
        let after = Story {
            stage: Stage::Doing,
            board_column: column_of(&columns, Stage::Doing),
            started_at: before.started_at.or(Some(moment.now)),
            assignee: before.assignee.or(scope.who.member.filter(|_| works).map(Id::new)),
            ..before.clone()
        };
        let mut events = vec![Event::changed(&WORK_STARTED, &before, &after)];
        events.extend(Full::noted(over, &before, &self.reason, moment, scope)?);
        Ok(events.into())
    }
}

command! {
    /// Moves a card to another column. Only a verdict moves it to accepted.
    pub struct MoveCard in "story.move_card" at Put "/products/{product}/stories/{story}/column" [Work] {
        /// Number, key or id.
        pub story: Ref,
        pub column: Id<BoardColumn>,
        /// Why it goes in all the same, where the column is at its limit.
        #[serde(default)]
        pub reason: Text<500>,
    }
}

impl Command for MoveCard {
    type Before = (Story, BoardColumn, Option<Full>, Option<Blocker>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = backlog::story(look, &self.story)?;
        let column = BoardColumn::get(look, self.column)?;
        // Only a limit asks what the other columns are.
        let columns = if column.wip.is_some() { product::columns_of(look)? } else { vec![] };
        let over = full(look, &story, &column, &columns)?;
        let blocker = if hands_over(&story, &column) && story.blocked_since.is_some() { board::open_blocker(look, story.id())? } else { None };
        Ok((story, column, over, blocker))
    }
    fn title(&self, (story, column, ..): &Self::Before) -> String {
        format!("Move “{}” to {}", story.title, column.name)
    }
    fn decide(self, (before, column, over, blocker): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        unsettled(&before)?;
        if column.stage == Stage::Accepted {
            return Err(Refusal::invalid("column", "Accepting is the Owner's act. Hand the story over; it is accepted or rejected from there."));
        }
        let (kind, after) = moved(&before, &column, moment.now);
        let mut events = vec![Event::changed(kind, &before, &after)];
        events.extend(Full::noted(over, &before, &self.reason, moment, scope)?);
        if let Some(blocker) = blocker {
            events.push(board::lifted(&blocker, "", moment, scope)?);
        }
        Ok(events.into())
    }
}

/// Whether a card that goes into a column is handed over by that; what is handed over is blocked no more.
pub(crate) fn hands_over(story: &Story, column: &BoardColumn) -> bool {
    column.stage == Stage::HandedOver && story.stage != Stage::HandedOver
}

/// A card as it stands in another column, which says what has become of its story, and what happened by that.
pub(crate) fn moved(before: &Story, column: &BoardColumn, now: i64) -> (&'static EventKind, Story) {
    let mut after = Story { board_column: Some(column.id()), ..before.clone() };
    if column.stage != Stage::Accepted {
        after.stage = column.stage;
        after.started_at = if column.stage == Stage::Open { before.started_at } else { before.started_at.or(Some(now)) };
        after.handed_over_at = if column.stage == Stage::HandedOver { before.handed_over_at.or(Some(now)) } else { None };
    }
    if hands_over(before, column) {
        (after.blocked_since, after.blocked_reason) = (None, String::new());
        return (&HANDED_OVER, after);
    }
    (&CARD_MOVED, after)
}

command! {
    /// Hands a story over for acceptance.
    pub struct HandOver in "story.hand_over" at Post "/products/{product}/stories/{story}/handover" [Work] {
        /// Number, key or id.
        pub story: Ref,
        /// Why it is handed over all the same, where its column is at its limit.
        #[serde(default)]
        pub reason: Text<500>,
    }
}

impl Command for HandOver {
    type Before = (Story, Vec<BoardColumn>, Option<Full>, Option<Blocker>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (story, columns) = (backlog::story(look, &self.story)?, product::columns_of(look)?);
        let over = full_at(look, &story, Stage::HandedOver, &columns)?;
        // What is handed over is blocked no more.
        let blocker = if story.blocked_since.is_some() { board::open_blocker(look, story.id())? } else { None };
        Ok((story, columns, over, blocker))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        format!("Hand “{}” over", story.title)
    }
    fn decide(self, (before, columns, over, blocker): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        unsettled(&before)?;
        if before.stage == Stage::HandedOver {
            return Err(Refusal::invalid("story", "This story has been handed over already."));
        }
        let after = Story {
            stage: Stage::HandedOver,
            board_column: column_of(&columns, Stage::HandedOver),
            started_at: before.started_at.or(Some(moment.now)),
            handed_over_at: Some(moment.now),
            blocked_since: None,
            blocked_reason: String::new(),
            ..before.clone()
        };
        let mut events = vec![Event::changed(&HANDED_OVER, &before, &after)];
        events.extend(Full::noted(over, &before, &self.reason, moment, scope)?);
        if let Some(blocker) = blocker {
            events.push(board::lifted(&blocker, "", moment, scope)?);
        }
        Ok(events.into())
    }
}

command! {
    /// Puts a story back: to open, as if work on it had not begun, or from handed over to work.
    pub struct PutBack in "story.put_back" at Put "/products/{product}/stories/{story}/stage" [Work] {
        /// Number, key or id.
        pub story: Ref,
        /// `open` or `doing`.
        pub stage: Stage,
        /// Why it goes back all the same, where the column is at its limit.
        #[serde(default)]
        pub reason: Text<500>,
    }
}

impl Command for PutBack {
    type Before = (Story, Vec<BoardColumn>, Option<Full>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let (story, columns) = (backlog::story(look, &self.story)?, product::columns_of(look)?);
        let over = full_at(look, &story, self.stage, &columns)?;
        Ok((story, columns, over))
    }
    fn title(&self, (story, ..): &Self::Before) -> String {
        match self.stage {
            Stage::Open => format!("Put “{}” back to open", story.title),
            _ => format!("Put “{}” back to work", story.title),
        }
    }
    fn decide(self, (before, columns, over): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        unsettled(&before)?;
        match (before.stage, self.stage) {
            (Stage::Doing | Stage::HandedOver, Stage::Open) | (Stage::HandedOver, Stage::Doing) => {}
            (Stage::Open, Stage::Open) => return Err(Refusal::invalid("stage", "Work on this story has not begun.")),
            (Stage::Doing, Stage::Doing) => return Err(Refusal::invalid("stage", "This story is in work.")),
            _ => return Err(Refusal::invalid("stage", "A story goes back to open, or from handed over to work.")),
        }
        let after = Story { stage: self.stage, board_column: column_of(&columns, self.stage), handed_over_at: None, ..before.clone() };
        let mut events = vec![Event::changed(&PUT_BACK, &before, &after)];
        events.extend(Full::noted(over, &before, &self.reason, moment, scope)?);
        Ok(events.into())
    }
}

/// The hats that may be given work: those that have at least a say in it.
pub(crate) fn working_hats(scope: &Scope) -> Vec<Hat> {
    Hat::ALL.iter().copied().filter(|hat| scope.matrix.standing(Area::Work, *hat) >= Standing::Proposes).collect()
}

/// Whoever may be given work: someone of this product who has a say in it, if only under a lent hat.
pub(crate) fn worker(look: &mut Look, member: Id<Member>) -> Result<Person> {
    let person = people::person_of(look, member)?.ok_or_else(|| Refusal::invalid("assignee", "Choose someone who belongs to this product."))?;
    let (product, now) = (look.scope.product_id()?, look.now());
    let held = web::app::hats::hats_of(look.reader, product, member.0, now)?;
    match held.iter().any(|hat| working_hats(look.scope).contains(hat)) {
        true => Ok(person),
        false => Err(Refusal::invalid("assignee", format!("{} has no say in the work here. Give it to someone who has.", person.name))),
    }
}

command! {
    /// Says who works on a story; none takes it from everyone.
    pub struct AssignStory in "story.assign" at Put "/products/{product}/stories/{story}/assignee" [Work] {
        /// Number, key or id.
        pub story: Ref,
        pub member: Option<Id<Member>>,
    }
}

impl Command for AssignStory {
    type Before = Story;

    fn load(&self, look: &mut Look) -> Result<Story> {
        if let Some(member) = self.member {
            worker(look, member)?;
        }
        backlog::story(look, &self.story)
    }
    fn title(&self, before: &Story) -> String {
        format!("Assign “{}”", before.title)
    }
    fn decide(self, before: Story, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::changed(&STORY_ASSIGNED, &before, &Story { assignee: self.member, ..before.clone() }).into())
    }
}
