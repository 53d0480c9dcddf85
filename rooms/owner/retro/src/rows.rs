//! Reading retrospectives.

use crate::{
    facts::{self, Fact},
    model::*,
    notes::{self, Written},
    suggesting,
    voting::{self, Dots},
};
use kernel::{
    Column, Id, Look, Noun, Result, Uuid, Value,
    counted::{self, Answered},
    list, sealed,
};
use people::Person;
use sprint::Sprint;
use std::collections::{BTreeSet, HashMap};

/// The last one.
pub(crate) fn last(look: &mut Look) -> Result<Option<Retro>> {
    Ok(Retro::all(look, "order by number desc limit 1", &[])?.pop())
}

/// Those open for notes, for whoever asks about them before they are read.
const OPEN: &str = "select id from retro where product = $1 and ended_at is null and revealed_at is null and removed_at is null";

/// Those open for notes for which nobody has written or rated anything: for the command that puts them away.
pub(crate) fn idle(look: &mut Look) -> Result<Vec<Retro>> {
    let open = Retro::all(look, "and ended_at is null and revealed_at is null order by number limit 20", &[])?;
    if open.is_empty() {
        return Ok(open);
    }
    let written = sealed::who(look, open.iter().map(|retro| retro.meta.id))?;
    let rated = counted::answered(look, OPEN, &[look.scope.product_id()?.value()])?;
    let used = |retro: &Retro| written.iter().any(|(round, _)| *round == retro.meta.id) || rated.contains_key(&retro.meta.id);
    Ok(open.into_iter().filter(|retro| !used(retro)).collect())
}

/// So many are told of.
const MOST: usize = 20;

/// The stretch of time that one looks back on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub from: i64,
    pub until: i64,
    pub sprint: Option<Uuid>,
}

/// A retrospective as its page shows it, with those around it.
pub(crate) struct Read {
    pub retro: Retro,
    pub sprint: Option<Sprint>,
    /// All that are told of, the newest first.
    pub all: Vec<Retro>,
    sprints: HashMap<Uuid, Sprint>,
    pub people: Vec<Person>,
    /// Who can be chosen to see to something.
    pub to_choose: Vec<Person>,
    pub actions: Actions,
}

/// Actions of the one at hand, and those that came back from before.
#[derive(Default)]
pub(crate) struct Actions {
    pub own: Vec<RetroAction>,
    /// Those of the one before, and older ones that were still open when it was revealed.
    pub earlier: Vec<RetroAction>,
}

impl Read {
    /// "Sprint 45", or its own number where it belongs to none that is seen.
    pub fn called(&self, retro: &Retro) -> String {
        let sprint = retro.sprint.and_then(|sprint| self.sprints.get(&sprint.0));
        sprint.map_or_else(|| web::capital(&retro.label()), |sprint| sprint.name.clone())
    }

    /// What somebody is called.
    pub fn person(&self, member: Id<people::Member>) -> &str {
        people::name_among(&self.people, member.0)
    }

    /// Others that are not closed yet.
    pub fn open(&self) -> impl Iterator<Item = &Retro> {
        self.all.iter().filter(|other| other.ended_at.is_none() && other.meta.id != self.retro.meta.id)
    }

    /// What is looked back on: from the start of the sprint, or from when the last one was revealed, until the notes were.
    pub fn span(&self, now: i64) -> Span {
        let before = self.all.iter().find(|other| other.number < self.retro.number && other.revealed_at.is_some());
        let begun = before.and_then(|before| before.revealed_at).unwrap_or(self.retro.meta.created_at);
        let from = self.sprint.as_ref().and_then(|sprint| sprint.started_at).unwrap_or(begun);
        let closed = self.sprint.as_ref().and_then(|sprint| sprint.closed_at);
        Span { from, until: closed.or(self.retro.revealed_at).unwrap_or(now) + 1, sprint: self.retro.sprint.map(|sprint| sprint.0) }
    }
}

/// The one that is asked for; otherwise the one whose meeting is on, the one open for notes, or the last. None where there is none.
pub(crate) fn read(look: &mut Look, wanted: Option<Id<Retro>>) -> Result<Option<Read>> {
    let mut all = Retro::all(look, &format!("order by number desc limit {MOST}"), &[])?;
    let shown = match wanted {
        Some(wanted) => match all.iter().find(|retro| retro.id() == wanted) {
            Some(retro) => Some(retro.clone()),
            None => {
                let older = Retro::get(look, wanted)?;
                all.push(older.clone());
                Some(older)
            }
        },
        None => {
            let on = |retro: &&Retro| matches!(retro.phase(), Phase::Grouping | Phase::Voting | Phase::Deciding);
            all.iter().find(on).or_else(|| all.iter().find(|retro| retro.ended_at.is_none())).or(all.first()).cloned()
        }
    };
    let Some(retro) = shown else { return Ok(None) };
    let ids: BTreeSet<Uuid> = all.iter().filter_map(|retro| retro.sprint).map(|sprint| sprint.0).collect();
    let sprints = match ids.is_empty() {
        true => HashMap::new(),
        false => Sprint::all(look, "and id in each($2)", &[list(ids)])?.into_iter().map(|sprint| (sprint.meta.id, sprint)).collect(),
    };
    let sprint = retro.sprint.and_then(|sprint| sprints.get(&sprint.0)).cloned();
    let people = people::people_of(look)?.into_iter().filter(|person| !person.is_assistant).collect();
    let actions = actions(look, &retro, &all)?;
    let to_choose = people::to_choose(look, actions.own.iter().chain(&actions.earlier).filter_map(|action| action.owner).map(|owner| owner.0))?;
    Ok(Some(Read { retro, sprint, all, sprints, people, to_choose, actions }))
}

/// So many that came back are told of.
const MOST_ACTIONS: usize = 100;

fn actions(look: &mut Look, retro: &Retro, all: &[Retro]) -> Result<Actions> {
    let before = all.iter().filter(|other| other.number < retro.number).max_by_key(|other| other.number).map(|other| other.meta.id);
    let until = retro.revealed_at.unwrap_or(i64::MAX);
    let clause = format!(
        "and (retro = $2 or retro = $3 or created_at < $4 and (kept = 'open' or settled_at >= $5)) order by coalesce(due_on, '9999'), created_at, id limit {MOST_ACTIONS}"
    );
    let params = [retro.meta.id.value(), before.unwrap_or(retro.meta.id).value(), Value::Int(retro.meta.created_at), Value::Int(until)];
    let found = RetroAction::all(look, &clause, &params)?;
    let (own, earlier) = found.into_iter().partition(|action| action.retro == retro.id());
    Ok(Actions { own, earlier })
}

/// So many are shown on Home.
const DUE_SHOWN: usize = 20;

/// Open actions that whoever asks sees to and whose day has come, the latest day last.
pub fn due_of_mine(look: &mut Look) -> Result<Vec<RetroAction>> {
    if !is_there(look.scope) {
        return Ok(vec![]);
    }
    let today = web::when::day_in(look.now(), &look.scope.who.zone);
    RetroAction::all(
        look,
        &format!("and kept = 'open' and owner = $me and due_on <= $2 order by due_on, id limit {DUE_SHOWN}"),
        &[Value::Text(today)],
    )
}

/// While everyone writes alone.
pub(crate) struct Alone {
    /// What whoever looks has written.
    pub own: Vec<Written>,
    /// Who has written so far.
    pub wrote: Vec<Uuid>,
    pub rated: Answered,
}

pub(crate) fn alone(look: &mut Look, retro: &Retro) -> Result<Alone> {
    let id = retro.meta.id;
    let own = sealed::own(look, [id])?.remove(&id).map_or(Ok(vec![]), |body| notes::read(&body))?;
    let wrote = sealed::who(look, [id])?.into_iter().map(|(_, member)| member).collect();
    let rated = counted::answered(look, "$1", &[id.value()])?.remove(&id).unwrap_or_default();
    Ok(Alone { own, wrote, rated })
}

/// Something to talk and vote about: a group of notes, or one that stands on its own.
pub(crate) struct Topic {
    pub theme: Option<RetroTheme>,
    pub notes: Vec<RetroNote>,
}

impl Topic {
    pub fn id(&self) -> Uuid {
        match &self.theme {
            Some(theme) => theme.meta.id,
            None => self.notes.first().map_or(Uuid::nil(), |note| note.meta.id),
        }
    }

    pub fn dots(&self) -> i64 {
        match &self.theme {
            Some(theme) => theme.dots,
            None => self.notes.first().map_or(0, |note| note.dots),
        }
    }

    /// The name of a group, or what a note says.
    pub fn says(&self) -> &str {
        match &self.theme {
            Some(theme) => &theme.name,
            None => self.notes.first().map_or("", |note| note.body.as_str()),
        }
    }

    /// The column in which it stands: that of its first note.
    pub fn pile(&self) -> i64 {
        self.notes.first().map_or(0, |note| note.pile)
    }
}

/// What lies open.
pub(crate) struct Board {
    pub topics: Vec<Topic>,
    pub facts: Vec<Fact>,
    /// Notes on their own that likely say the same, by their ids.
    pub suggested: Vec<Vec<RetroNote>>,
    /// Who has given dots, while they are sealed, and what whoever looks gave.
    pub voted: Vec<Uuid>,
    pub own: Option<Dots>,
}

/// So many notes stand on a board.
const MOST_NOTES: usize = 1_000;

pub(crate) fn board(look: &mut Look, read: &Read) -> Result<Board> {
    let retro = &read.retro;
    let themes = RetroTheme::all(look, "and retro = $2 order by created_at, id", &[retro.meta.id.value()])?;
    let notes = RetroNote::all(look, &format!("and retro = $2 order by pile, created_at, id limit {MOST_NOTES}"), &[retro.meta.id.value()])?;
    let (voted, own) = match (retro.phase(), retro.ballot()) {
        (Phase::Voting, Some(round)) => {
            let voted = sealed::who(look, [round])?.into_iter().map(|(_, member)| member).collect();
            (voted, sealed::own(look, [round])?.remove(&round).map(|body| voting::read(&body)).transpose()?)
        }
        _ => (vec![], None),
    };
    let suggested = match retro.phase() {
        Phase::Grouping => {
            let alone: Vec<&RetroNote> = notes.iter().filter(|note| note.theme.is_none()).collect();
            let texts: Vec<&str> = alone.iter().map(|note| note.body.as_str()).collect();
            let groups = suggesting::groups(&texts);
            groups.into_iter().map(|group| group.into_iter().filter_map(|at| alone.get(at).map(|note| (*note).clone())).collect()).collect()
        }
        _ => vec![],
    };
    let facts = facts::read(look, &read.span(look.now()))?;
    let mut topics: Vec<Topic> = themes.into_iter().map(|theme| Topic { theme: Some(theme), notes: vec![] }).collect();
    for note in notes {
        let of = topics.iter().position(|topic| topic.theme.as_ref().is_some_and(|theme| note.theme == Some(theme.id())));
        match of.and_then(|at| topics.get_mut(at)) {
            Some(topic) => topic.notes.push(note),
            None => topics.push(Topic { theme: None, notes: vec![note] }),
        }
    }
    topics.retain(|topic| !topic.notes.is_empty());
    if matches!(retro.phase(), Phase::Deciding | Phase::Over) {
        topics.sort_by_key(|topic| std::cmp::Reverse(topic.dots()));
    }
    Ok(Board { topics, facts, suggested, voted, own })
}
