//! Beginning planning poker, changing it, putting stories to it, ending it.

use crate::{events::*, model::*, reminders::Strikes, rows};
use backlog::{Stage, Story};
use kernel::{
    AnyDay, Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Ref, Refusal, Result, Scope, Standing, Task, Text, Uuid, Whose,
    command, give, value::Packed,
};
use people::{Member, Seer};
use scale::EstimateScale;
use web::when;

command! {
    /// Has stories estimated: whoever is asked lays a card for each in secret, and nobody sees a card before all are turned over.
    pub struct BeginPoker in "poker.begin" at Post "/products/{product}/poker-sessions" [] {
        /// What it is called.
        #[serde(default)]
        pub title: Text<200>,
        /// Numbers, keys or ids, in the order of the backlog.
        pub stories: Vec<Ref>,
        /// The members who lay cards, by their ids; whoever decides on sizes when left out.
        #[serde(default)]
        pub asked: Vec<Id<Member>>,
        /// The last day to lay a card, where not all sit together; on the morning after all cards are turned over.
        #[serde(default)]
        pub ends_on: AnyDay,
        /// The hour of that day, as 15:00 in the zone of the product; then all cards are turned over at that time.
        #[serde(default)]
        pub ends_time: Text<10>,
    }
}

/// What beginning needs to know.
pub struct Beginning {
    stories: Vec<Story>,
    people: Vec<Seer>,
    scale: Option<EstimateScale>,
    zone: String,
}

/// The moment of the last day at which cards are turned over; none where no hour is named. What it was before may have passed.
fn deadline(day: Option<&String>, time: &str, zone: &str, (now, before): (i64, Option<i64>)) -> Result<Option<i64>> {
    let refused = |says: &str| Err(Refusal::invalid("ends_time", says));
    match (day, time.trim()) {
        (_, "") => Ok(None),
        (None, _) => refused("Say on which day, too."),
        (Some(day), time) => match when::moment(day, time, zone) {
            None => refused("Write the time of day as 15:00."),
            Some(at) if at <= now && Some(at) != before => refused("That time has passed."),
            at => Ok(at),
        },
    }
}

/// What is done at that moment.
fn at_that(poker: &Poker, now: i64) -> Result<Vec<Task>> {
    let Some(at) = poker.ends_at else { return Ok(vec![]) };
    let task = Task::of(&Strikes { poker: poker.id(), at }, &poker.title)?.in_the_name_of(Whose::Member(poker.member.0));
    Ok(vec![Task { after: at - now, ..task }])
}

impl Command for BeginPoker {
    type Before = Beginning;
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Beginning> {
        Ok(Beginning {
            stories: backlog::several(look, &self.stories)?,
            people: match self.asked.is_empty() {
                true => people::who_see(look, Area::Estimates)?,
                false => people::these_see(look, Area::Estimates, self.asked.iter().map(|id| id.0))?,
            },
            scale: scale::agreed(look)?,
            zone: rows::zone(look)?,
        })
    }
    fn may(&self, _: &Beginning, scope: &Scope) -> Result<()> {
        may_begin(scope)
    }
    fn title(&self, before: &Beginning) -> String {
        format!("Estimate {} with planning poker", backlog::told(&before.stories))
    }
    fn decide(self, Beginning { stories, people, scale, zone }: Beginning, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let ends_on = self.ends_on.day();
        when::to_come("ends_on", ends_on.as_ref(), scope, moment.now)?;
        let ends_at = deadline(ends_on.as_ref(), &self.ends_time, &zone, (moment.now, None))?;
        let mut asked: Vec<Uuid> = match self.asked.is_empty() {
            true => people.iter().filter(|person| person.standing >= Standing::Signs).map(|person| person.id).collect(),
            false => self.asked.iter().map(|id| id.0).collect(),
        };
        asked.sort();
        asked.dedup();
        if asked.iter().any(|member| !people.iter().any(|person| person.id == *member)) {
            return Err(Refusal::NotFound);
        }
        match asked.len() {
            0 => return Err(Refusal::invalid("asked", "Choose at least one person who lays cards.")),
            n if n > MOST_ASKED => return Err(Refusal::invalid("asked", format!("{n} are too many around one table; {MOST_ASKED} fit."))),
            _ => {}
        }
        let poker = Poker {
            meta: moment.fresh(Some(scope.product_id()?)),
            title: if self.title.is_empty() { "Planning poker".to_owned() } else { self.title.into() },
            member: Id::new(scope.who.signed_in()?),
            asked: Packed(asked),
            cards: Packed(scale::cards_of(scale.as_ref())),
            ends_on,
            ended_at: None,
            ends_at,
        };
        let mut events = vec![Event::created(&POKER_BEGUN, &poker)];
        events.extend(dealt(&poker, &stories, &[], moment)?);
        Ok(Decided { tasks: at_that(&poker, moment.now)?, ..events.into() })
    }
}

/// A first round for each of some stories that has none yet.
fn dealt(poker: &Poker, stories: &[Story], known: &[PokerRound], moment: &Moment) -> Result<Vec<Event>> {
    let mut place = known.iter().map(|round| round.place).max().unwrap_or(0);
    let mut events = vec![];
    for story in stories {
        if matches!(story.stage, Stage::Accepted | Stage::Dropped) {
            return Err(Refusal::invalid("stories", format!("“{}” is {} already; there is nothing to estimate.", story.title, story.stage)));
        }
        if known.iter().any(|round| round.story == story.id()) {
            continue;
        }
        place += 1;
        events.push(Event::created(&ROUND_DEALT, &fresh(poker, story.id(), (place, 1), moment)).called(&poker.title));
    }
    let many = known.iter().filter(|round| round.turn == 1).count() + events.len();
    match many {
        n if n > MOST_STORIES => Err(Refusal::invalid("stories", format!("{n} stories are too many for one session; {MOST_STORIES} fit."))),
        _ => Ok(events),
    }
}

/// A round that is on.
pub(crate) fn fresh(poker: &Poker, story: Id<Story>, (place, turn): (i64, i64), moment: &Moment) -> PokerRound {
    PokerRound {
        meta: moment.fresh(poker.meta.product),
        poker: poker.id(),
        story,
        place,
        turn,
        state: RoundState::On,
        turned_at: None,
        points: None,
        reason: String::new(),
        settled_by: None,
    }
}

command! {
    /// Changes what planning poker is called, its last day or the hour of it.
    pub struct EditPoker in "poker.edit" at Patch "/products/{product}/poker-sessions/{poker}" [] {
        pub poker: Id<Poker>,
        pub title: Option<Line<200>>,
        pub ends_on: Option<AnyDay>,
        /// The hour of that day, as 15:00 in the zone of the product; empty for the whole day.
        pub ends_time: Option<Text<10>>,
    }
}

impl Command for EditPoker {
    type Before = (Poker, String);
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((Poker::get(look, self.poker)?, rows::zone(look)?))
    }
    fn may(&self, (before, _): &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(before, scope)?;
        before.goes_on()
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change “{}”", before.title)
    }
    fn decide(self, (before, zone): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let ends_on = self.ends_on.map_or_else(|| before.ends_on.clone(), AnyDay::day);
        if ends_on != before.ends_on {
            when::to_come("ends_on", ends_on.as_ref(), scope, moment.now)?;
        }
        // Where an hour is not spoken of it stays, as long as there is a day.
        let time = match (self.ends_time, before.ends_at.filter(|_| ends_on.is_some())) {
            (Some(time), _) => String::from(time),
            (None, Some(at)) => when::clock(at, &zone),
            (None, None) => String::new(),
        };
        let ends_at = deadline(ends_on.as_ref(), &time, &zone, (moment.now, before.ends_at))?;
        let mut after = before.clone();
        give(&mut after.title, self.title);
        (after.ends_on, after.ends_at) = (ends_on, ends_at);
        let tasks = if after.ends_at == before.ends_at { vec![] } else { at_that(&after, moment.now)? };
        Ok(Decided { tasks, ..Event::changed(&POKER_EDITED, &before, &after).into() })
    }
}

command! {
    /// Puts more stories to planning poker that goes on.
    pub struct AddToPoker in "poker.add_stories" at Post "/products/{product}/poker-sessions/{poker}/stories" [] {
        pub poker: Id<Poker>,
        /// Numbers, keys or ids.
        pub stories: Vec<Ref>,
    }
}

impl Command for AddToPoker {
    type Before = (Poker, Vec<PokerRound>, Vec<Story>);
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let poker = Poker::get(look, self.poker)?;
        let rounds = rows::rounds(look, poker.id())?;
        Ok((poker, rounds, backlog::several(look, &self.stories)?))
    }
    fn may(&self, (poker, ..): &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(poker, scope)?;
        poker.goes_on()
    }
    fn title(&self, (poker, _, stories): &Self::Before) -> String {
        format!("Put {} to “{}”", backlog::told(stories), poker.title)
    }
    fn decide(self, (poker, rounds, stories): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(dealt(&poker, &stories, &rounds, moment)?.into())
    }
}

command! {
    /// Ends planning poker. What is not taken over stays without an estimate, and cards that nobody has turned over are thrown
    /// away unread.
    pub struct EndPoker in "poker.end" at Post "/products/{product}/poker-sessions/{poker}/ending" [] {
        pub poker: Id<Poker>,
    }
}

impl Command for EndPoker {
    type Before = (Poker, Vec<PokerRound>);
    // What was sealed does not come back.
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Seen(Area::Estimates);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let poker = Poker::get(look, self.poker)?;
        let rounds = rows::rounds(look, poker.id())?;
        Ok((poker, rounds))
    }
    fn may(&self, (poker, _): &Self::Before, scope: &Scope) -> Result<()> {
        must_lead(poker, scope)?;
        poker.goes_on()
    }
    fn title(&self, (poker, _): &Self::Before) -> String {
        format!("End “{}”", poker.title)
    }
    fn decide(self, (poker, rounds): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = vec![Event::changed(&POKER_ENDED, &poker, &Poker { ended_at: Some(moment.now), ..poker.clone() })];
        let open: Vec<&PokerRound> = rounds.iter().filter(|round| round.is_open()).collect();
        let passed = |round: &&PokerRound| {
            Event::changed(&ROUND_PASSED, *round, &PokerRound { state: RoundState::Passed, ..(*round).clone() }).called(&poker.title)
        };
        events.extend(open.iter().map(passed));
        Ok(Decided { unseals: open.iter().map(|round| round.meta.id).collect(), ..events.into() })
    }
}
