//! Beginning a session, turning from story to story, ending it. It is work of the team, so whoever decides on work leads it.

use crate::{events::*, model::*, rows};
use backlog::{Stage, Story};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Uuid, command, list, value::Packed};

/// So many stories fit an agenda.
const MOST: usize = 40;

command! {
    /// Begins a refinement session over the first stories of the backlog that are not ready yet. One that runs ends.
    pub struct BeginRefinement in "refinement.begin" at Post "/products/{product}/refinements" [Work] {
        /// So many stories, 1 to 40; 8 when left out.
        pub count: Option<i64>,
        /// So many minutes for each, 1 to 60; 10 when left out.
        pub minutes: Option<i64>,
    }
}

impl Command for BeginRefinement {
    /// The stories of the agenda, the number of the session, and the one that runs with its stories.
    type Before = (Vec<Uuid>, i64, Option<(Refinement, Vec<Story>)>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let count = self.count.unwrap_or(8);
        if !(1..=MOST as i64).contains(&count) {
            return Err(Refusal::invalid("count", format!("Between 1 and {MOST} stories fit a session.")));
        }
        let runs = match rows::running(look)? {
            Some(session) => {
                let stories = stories_of(look, &session)?;
                Some((session, stories))
            }
            None => None,
        };
        Ok((rows::unready(look, count)?, rows::next_number(look)?, runs))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Begin a refinement session".into()
    }
    fn decide(self, (stories, number, runs): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let minutes = self.minutes.unwrap_or(10);
        if !(1..=60).contains(&minutes) {
            return Err(Refusal::invalid("minutes", "Between 1 and 60 minutes for each story."));
        }
        if stories.is_empty() {
            return Err(Refusal::invalid("", "Every story of the backlog is ready; there is nothing to refine."));
        }
        let session = Refinement {
            meta: moment.fresh(Some(scope.product_id()?)),
            number,
            at_story: stories.first().copied(),
            stories: Packed(stories),
            minutes,
            since: Some(moment.now),
            spent: Packed::default(),
            ended_at: None,
            made_ready: Packed(vec![]),
        };
        let mut events: Vec<Event> =
            runs.iter().map(|(before, stories)| Event::changed(&ENDED, before, &ended(before, stories, moment.now))).collect();
        events.push(Event::created(&BEGUN, &session));
        Ok(events.into())
    }
}

fn stories_of(look: &mut Look, session: &Refinement) -> Result<Vec<Story>> {
    Story::all(look, "and id in each($2)", &[list(session.stories.iter().copied())])
}

/// A session as it ends, with which of its stories it has made ready.
fn ended(before: &Refinement, stories: &[Story], now: i64) -> Refinement {
    let mut after = before.clone();
    after.leave(now);
    after.ended_at = Some(now);
    let made = |id: &Uuid| stories.iter().any(|s| s.meta.id == *id && s.ready_at.is_some_and(|at| at > before.meta.created_at));
    after.made_ready = Packed(before.stories.iter().copied().filter(made).collect());
    after
}

/// Refuses what is over.
fn runs(session: &Refinement) -> Result<()> {
    match session.ended_at {
        None => Ok(()),
        Some(_) => Err(Refusal::invalid("refinement", "This session is over. Begin another.")),
    }
}

command! {
    /// Turns to a story of the agenda; what the one before took is counted.
    pub struct TurnTo in "refinement.turn" at Put "/products/{product}/refinements/{refinement}/story" [Work] {
        pub refinement: Id<Refinement>,
        /// Number, key or id.
        pub story: Ref,
    }
}

impl Command for TurnTo {
    type Before = (Refinement, Story);
    // Time goes on: what was counted is not taken back.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Refinement::get(look, self.refinement)?, backlog::story(look, &self.story)?))
    }
    fn title(&self, (_, story): &Self::Before) -> String {
        format!("Turn to “{}”", story.title)
    }
    fn decide(self, (before, story): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        runs(&before)?;
        if !before.stories.contains(&story.meta.id) {
            return Err(Refusal::invalid("story", "This story is not on the agenda. Put it there first."));
        }
        let mut after = before.clone();
        after.leave(moment.now);
        (after.at_story, after.since) = (Some(story.meta.id), Some(moment.now));
        Ok(Event::changed(&TURNED, &before, &after).into())
    }
}

command! {
    /// Puts a story on the agenda of a session, right after the one at hand, or takes it off.
    pub struct PutOnAgenda in "refinement.put_on_agenda" at Put "/products/{product}/refinements/{refinement}/agenda" [Work] {
        pub refinement: Id<Refinement>,
        /// Number, key or id.
        pub story: Ref,
        /// On it, or off it.
        #[serde(default = "on")]
        pub on: bool,
    }
}

fn on() -> bool {
    true
}

impl Command for PutOnAgenda {
    type Before = (Refinement, Story);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let session = Refinement::get(look, self.refinement)?;
        let story = backlog::story(look, &self.story).map_err(|_| Refusal::invalid("story", "There is no such story."))?;
        Ok((session, story))
    }
    fn title(&self, (_, story): &Self::Before) -> String {
        format!("{} “{}” {} the agenda", if self.on { "Put" } else { "Take" }, story.title, if self.on { "on" } else { "off" })
    }
    fn decide(self, (before, story): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        runs(&before)?;
        let id = story.meta.id;
        let mut after = before.clone();
        match (self.on, before.stories.iter().position(|known| *known == id)) {
            (true, Some(_)) => return Err(Refusal::invalid("story", "This story is on the agenda already.")),
            (true, None) if before.stories.len() >= MOST => {
                return Err(Refusal::invalid("story", format!("{MOST} stories are enough for a session.")));
            }
            (true, None) if story.stage != Stage::Open => {
                return Err(Refusal::invalid("story", format!("“{}” is {}; what is open is refined.", story.title, story.stage.says())));
            }
            (true, None) => {
                let behind =
                    before.at_story.and_then(|at| before.stories.iter().position(|known| *known == at)).map_or(before.stories.len(), |at| at + 1);
                after.stories.0.insert(behind, id);
            }
            (false, None) => return Err(Refusal::invalid("story", "This story is not on the agenda.")),
            (false, Some(at)) => {
                let next = after.next();
                after.stories.0.remove(at);
                if before.at_story == Some(id) {
                    after.leave(moment.now);
                    after.at_story = next;
                    after.since = next.map(|_| moment.now);
                }
            }
        }
        Ok(Event::changed(&AGENDA_CHANGED, &before, &after).into())
    }
}

command! {
    /// Ends a session, and keeps which of its stories it has made ready.
    pub struct EndRefinement in "refinement.end" at Post "/products/{product}/refinements/{refinement}/end" [Work] {
        pub refinement: Id<Refinement>,
    }
}

impl Command for EndRefinement {
    /// The session, and the stories of its agenda.
    type Before = (Refinement, Vec<Story>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let session = Refinement::get(look, self.refinement)?;
        let stories = stories_of(look, &session)?;
        Ok((session, stories))
    }
    fn title(&self, _: &Self::Before) -> String {
        "End the refinement session".into()
    }
    fn decide(self, (before, stories): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        runs(&before)?;
        Ok(Event::changed(&ENDED, &before, &ended(&before, &stories, moment.now)).into())
    }
}
