//! Reading shared understanding.

use crate::model::*;
use kernel::{
    Column, JsonSchema, Look, Names, Noun, Query, Result, Serialize, Uuid, Value,
    counted::{self, Answered},
    list, query,
};
use std::collections::{BTreeMap, HashMap};
use strategy::Foundation;

/// How far what matters is understood together, as Home tells it.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Understood {
    /// Everyone in the product, up to a thousand.
    pub members: i64,
    /// Vision, target market and top needs, as far as there are any and the reader sees them.
    pub foundation: Vec<Foundation>,
    /// Playbacks that wait for the reader.
    pub to_mark: i64,
    /// The pulse that is open, how many have answered, and whether the reader has.
    pub pulse: Option<OpenPulse>,
}

impl Understood {
    /// How many everyone are, in words.
    pub fn everyone(&self) -> String {
        if self.members < MOST_COUNTED { self.members.to_string() } else { format!("{MOST_COUNTED} or more") }
    }
}

/// Members who are counted one by one, since every Home counts them.
const MOST_COUNTED: i64 = 1_000;

/// A pulse that is open; what was answered is told when it is closed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct OpenPulse {
    pub id: Uuid,
    pub number: i64,
    pub answered: i64,
    pub own: bool,
}

/// The pulse that is open in a product, for whoever asks about it before it is read.
const OPEN: &str = "select id from pulse where product = $1 and closed_at is null and removed_at is null";

/// In four questions.
pub fn understood(look: &mut Look) -> Result<Understood> {
    let product = look.scope.product_id()?;
    let row = look.first(
        "select (select count(*) from (select 1 from membership join member on member.id = membership.member where membership.product = $1
                     and membership.removed_at is null and member.removed_at is null and member.answers_for is null limit $2) as everyone),
                (select count(*) from playback where playback.product = $1 and playback.whom = $me and playback.settled_at is null and playback.removed_at is null)",
        &[product.value(), Value::Int(MOST_COUNTED)],
    )?;
    let (members, to_mark) = row.map_or(Ok((0, 0)), |mut row| Ok::<_, kernel::Refusal>((row.take()?, row.take()?)))?;
    let open = Pulse::all(look, "and closed_at is null order by number desc limit 1", &[])?.pop();
    let mut answered = counted::answered(look, OPEN, &[product.value()])?;
    let pulse = open.map(|pulse| {
        let Answered { people, oneself } = answered.remove(&pulse.meta.id).unwrap_or_default();
        OpenPulse { id: pulse.meta.id, number: pulse.number, answered: people, own: oneself }
    });
    Ok(Understood { members, foundation: strategy::foundation(look)?, to_mark, pulse })
}

/// So many playbacks stand on the page.
pub(crate) const PLAYBACKS: usize = 20;

/// A playback with its sentences in order.
pub(crate) struct Told {
    pub playback: Playback,
    pub parts: Vec<PlaybackPart>,
}

/// The newest playbacks, those that wait for the reader first.
pub(crate) fn playbacks(look: &mut Look) -> Result<Vec<Told>> {
    let me = look.scope.who.member;
    let newest = Playback::all(look, &format!("order by created_at desc, id desc limit {PLAYBACKS}"), &[])?;
    if newest.is_empty() {
        return Ok(vec![]);
    }
    let mut parts: HashMap<Uuid, Vec<PlaybackPart>> = HashMap::new();
    for part in PlaybackPart::all(look, "and playback in each($2) order by playback, place", &[list(newest.iter().map(|p| p.meta.id))])? {
        parts.entry(part.playback.0).or_default().push(part);
    }
    let told = |playback: Playback| Told { parts: parts.remove(&playback.meta.id).unwrap_or_default(), playback };
    let mut all: Vec<Told> = newest.into_iter().map(told).collect();
    all.sort_by_key(|t| !(Some(t.playback.whom.0) == me && t.playback.settled_at.is_none()));
    Ok(all)
}

/// So many pulses are told.
const PULSES: usize = 26;

/// Pulses, the newest first, and what the sprints are called that they were asked in.
pub(crate) struct Pulses {
    pub all: Vec<Pulse>,
    pub names: Names,
    /// How many have answered the open ones.
    pub answered: HashMap<Uuid, Answered>,
}

pub(crate) fn pulses(look: &mut Look) -> Result<Pulses> {
    let all = Pulse::all(look, &format!("order by number desc limit {PULSES}"), &[])?;
    let sprints = all.iter().filter_map(|pulse| pulse.sprint).map(|sprint| sprint.0).collect();
    let names = Names::of(look, BTreeMap::from([(sprint::Sprint::TABLE, sprints)]))?;
    let answered = counted::answered(look, OPEN, &[look.scope.product_id()?.value()])?;
    Ok(Pulses { all, names, answered })
}

impl Pulses {
    /// "Sprint 12", or its own number where it was asked in none that the reader sees.
    pub fn called(&self, scope: &kernel::Scope, pulse: &Pulse) -> String {
        let sprint = pulse.sprint.and_then(|sprint| self.names.called(scope, sprint.0));
        sprint.unwrap_or_else(|| web::capital(&pulse.label()))
    }

    pub fn open(&self) -> Option<&Pulse> {
        self.all.iter().find(|pulse| pulse.closed_at.is_none())
    }

    /// Those whose sums are shown, the newest first.
    pub fn shown(&self) -> impl DoubleEndedIterator<Item = &Pulse> {
        self.all.iter().filter(|pulse| !pulse.sums.is_empty())
    }
}

/// A pulse that is over.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct PulseLine {
    pub number: i64,
    /// Milliseconds since 1970.
    pub closed_at: Option<i64>,
    /// How many had answered.
    pub people: i64,
    /// The mean answer to each question, 1 to 5; nothing where fewer than three had answered.
    pub means: Vec<f64>,
}

query! {
    /// Who has confirmed the vision, the target market and the top needs, as numbers, and how the pulses went.
    pub struct ReadUnderstanding in "understanding.read" at "/products/{product}/understanding" -> UnderstandingOut {}
}

/// The answer to `ReadUnderstanding`.
#[derive(Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct UnderstandingOut {
    #[serde(flatten)]
    pub understood: Understood,
    /// The newest first.
    pub pulses: Vec<PulseLine>,
}

impl Query for ReadUnderstanding {
    fn ask(self, look: &mut Look) -> Result<UnderstandingOut> {
        let line = |p: &Pulse| PulseLine { number: p.number, closed_at: p.closed_at, people: p.people, means: p.means() };
        let pulses = pulses(look)?.all.iter().filter(|p| p.closed_at.is_some()).map(line).collect();
        Ok(UnderstandingOut { understood: understood(look)?, pulses })
    }
}
