//! How far the two riders pull the same way, in five figures, each with what stands behind it: today, or as it was at the
//! end of a past day. Both are worked out from how fields went (`activity::courses`).

use crate::then;
use kernel::{Area, Column, JsonSchema, Look, Names, Query, Refusal, Result, Serialize, Uuid, Value, about, list, query};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A feature with what of it was accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Delivered {
    pub number: i64,
    pub title: String,
    pub stories: f64,
    pub points: f64,
}

/// What went into an objective, against what was meant to.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Share {
    /// None: what serves no objective.
    pub objective: Option<Uuid>,
    pub title: String,
    /// The share of capacity that was intended, 0 to 1.
    pub intended: Option<f64>,
    /// The share of what was accepted, 0 to 1: of points, or of stories where sizes are not told.
    pub share: f64,
    pub features: Vec<Delivered>,
}

/// A story of a sprint.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct InSprint {
    pub id: Uuid,
    pub number: i64,
    pub title: String,
}

/// How much of the running sprint hangs on a thread that leads to an objective or a need.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct OnThread {
    pub sprint: i64,
    pub name: String,
    pub stories: usize,
    pub joined: usize,
    /// Those that lead nowhere.
    pub loose: Vec<InSprint>,
}

/// How far those who rated agreed.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Agreed {
    pub round: Uuid,
    pub title: String,
    pub opened_at: i64,
    /// From −1 to 1; none where it cannot be said.
    pub agreement: Option<f64>,
}

/// Who has confirmed the newest vision.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Confirmed {
    pub version: i64,
    pub by: Vec<String>,
    pub not_yet: Vec<String>,
}

/// A proposal that waits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Waiting {
    pub id: Uuid,
    pub title: String,
    pub area: Area,
    pub days: i64,
}

/// The figures of alignment, as far as the reader sees what they rest on.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct Alignment {
    /// Whether shares are of points, and not of stories.
    pub sized: bool,
    /// In the order of objectives; last what serves none.
    pub shares: Vec<Share>,
    pub sprint: Option<OnThread>,
    /// Rounds of scoring that were revealed, the newest first.
    pub rounds: Vec<Agreed>,
    pub vision: Option<Confirmed>,
    /// The longest waiting first.
    pub waiting: Vec<Waiting>,
}

/// So many rounds and proposals are told.
const TOLD: usize = 50;

/// The things of a noun with some of their fields as they were.
type Rows = Vec<(Uuid, i64, Vec<Value>)>;

/// A moment, and whether it is past.
#[derive(Clone, Copy)]
struct When {
    at: i64,
    past: bool,
}

impl When {
    /// Fields of things as they were; of the past `among` narrows them, its parameters start at `$3`.
    fn rows(self, look: &mut Look, table: &str, fields: &[&str], among: &str, params: &[Value]) -> Result<Rows> {
        let noun = about::noun(table).ok_or(Refusal::NotFound)?;
        if !self.past {
            let product = look.scope.product_id()?.value();
            let sql = format!("select id, created_at, {} from {table} where product = $1 and removed_at is null", fields.join(", "));
            let read = |mut row: kernel::Row| Ok((row.take()?, row.take()?, row.cells()));
            return look.query(&sql, &[product])?.into_iter().map(read).collect();
        }
        let courses = activity::courses(look, noun, fields, self.at, among, params)?;
        let held = |course: &activity::Course| Some((course.id, course.created_at, course.at(self.at)?.into_iter().cloned().collect()));
        Ok(courses.iter().filter_map(held).collect())
    }
}

fn id(value: &Value) -> Option<Uuid> {
    if let Value::Text(text) = value { Uuid::parse_str(text).ok() } else { None }
}

fn whole(value: &Value) -> i64 {
    if let Value::Int(number) = value { *number } else { 0 }
}

fn real(value: &Value) -> Option<f64> {
    match value {
        Value::Real(number) => Some(*number),
        Value::Int(number) => Some(*number as f64),
        _ => None,
    }
}

/// On which objectives and needs features hang.
struct Reasons {
    /// Number, title and initiative of each feature.
    features: HashMap<Uuid, (i64, String, Option<Uuid>)>,
    objectives: HashMap<Uuid, BTreeSet<Uuid>>,
    /// Initiatives that serve an objective or address a need.
    reasoned: BTreeSet<Uuid>,
}

impl Reasons {
    fn read(look: &mut Look, when: When) -> Result<Reasons> {
        let features = when.rows(look, "feature", &["number", "title", "initiative"], "", &[])?;
        let initiatives: BTreeSet<Uuid> = when.rows(look, "initiative", &["number"], "", &[])?.into_iter().map(|(id, ..)| id).collect();
        let ties = when.rows(look, "relation", &["from_id", "verb", "to_id"], "", &[])?;
        let (mut objectives, mut reasoned): (HashMap<_, BTreeSet<Uuid>>, BTreeSet<Uuid>) = (HashMap::new(), BTreeSet::new());
        for (_, _, tie) in &ties {
            let (Some(from), Some(to)) = (id(&tie[0]), id(&tie[2])) else { continue };
            match tie[1].words().as_str() {
                "serves" => {
                    reasoned.insert(from);
                    objectives.entry(from).or_default().insert(to);
                }
                "addresses" => drop(reasoned.insert(from)),
                _ => {}
            }
        }
        let feature = |(feature, _, held): (Uuid, i64, Vec<Value>)| {
            (feature, (whole(&held[0]), held[1].words(), id(&held[2]).filter(|initiative| initiatives.contains(initiative))))
        };
        Ok(Reasons { features: features.into_iter().map(feature).collect(), objectives, reasoned })
    }

    fn leads_on(&self, feature: Option<Uuid>) -> bool {
        feature.and_then(|feature| self.features.get(&feature)?.2).is_some_and(|initiative| self.reasoned.contains(&initiative))
    }
}

/// The figures of the product at hand.
pub fn alignment(look: &mut Look, past: Option<i64>) -> Result<Alignment> {
    let when = When { at: past.unwrap_or_else(|| look.now()), past: past.is_some() };
    let sees = |areas: &[Area], look: &Look| areas.iter().all(|area| look.scope.sees(*area));
    let mut alignment = Alignment { sized: look.scope.sees(Area::Estimates), ..Alignment::default() };
    if sees(&[Area::Roadmap, Area::Backlog, Area::Strategy, Area::Customers], look) {
        let reasons = Reasons::read(look, when)?;
        alignment.shares = shares(look, when, &reasons, alignment.sized)?;
        if sees(&[Area::Sprints], look) {
            alignment.sprint = on_thread(look, when, &reasons)?;
        }
    }
    if sees(&[Area::Priorities], look) {
        alignment.rounds = rounds(look, when)?;
    }
    if sees(&[Area::Strategy], look) {
        alignment.vision = confirmed(look, when)?;
    }
    alignment.waiting = waiting(look, when)?;
    Ok(alignment)
}

/// For each feature what of it was accepted: stories and points.
fn accepted(look: &mut Look, when: When) -> Result<HashMap<Option<Uuid>, (f64, f64)>> {
    let mut accepted: HashMap<Option<Uuid>, (f64, f64)> = HashMap::new();
    if !when.past {
        let product = look.scope.product_id()?.value();
        for mut row in
            look.query("select feature, stories, points from story_tally where product = $1 and stage = 'accepted' and stories > 0", &[product])?
        {
            let (feature, stories, points): (String, i64, f64) = (row.take()?, row.take()?, row.take()?);
            accepted.insert(Uuid::parse_str(&feature).ok(), (stories as f64, points));
        }
        return Ok(accepted);
    }
    for (_, _, story) in when.rows(look, "story", &["stage", "feature", "points"], "", &[])? {
        if story[0] == Value::Text("accepted".into()) {
            let sum = accepted.entry(id(&story[1])).or_default();
            sum.0 += 1.0;
            sum.1 += real(&story[2]).unwrap_or_default();
        }
    }
    Ok(accepted)
}

/// What was accepted, by the objectives that it serves: what serves several counts for each in equal parts.
fn shares(look: &mut Look, when: When, reasons: &Reasons, sized: bool) -> Result<Vec<Share>> {
    let mut objectives = when.rows(look, "objective", &["rank", "title", "share", "state"], "", &[])?;
    objectives.sort_by(|a, b| a.2[0].words().cmp(&b.2[0].words()));
    let known: BTreeSet<Uuid> = objectives.iter().map(|(id, ..)| *id).collect();
    let mut parts: BTreeMap<Option<Uuid>, Vec<Delivered>> = BTreeMap::new();
    for (feature, (stories, points)) in accepted(look, when)? {
        let found = feature.and_then(|feature| reasons.features.get(&feature));
        let serves: Vec<Uuid> = found
            .and_then(|(.., initiative)| reasons.objectives.get(initiative.as_ref()?))
            .into_iter()
            .flatten()
            .copied()
            .filter(|id| known.contains(id))
            .collect();
        let (number, title) = found.map_or((0, "Stories without a feature".to_owned()), |(number, title, _)| (*number, title.clone()));
        let part = serves.len().max(1) as f64;
        let each = Delivered { number, title, stories: stories / part, points: if sized { points / part } else { 0.0 } };
        let on = if serves.is_empty() { vec![None] } else { serves.into_iter().map(Some).collect() };
        on.into_iter().for_each(|on| parts.entry(on).or_default().push(each.clone()));
    }
    let size = |delivered: &Delivered| if sized { delivered.points } else { delivered.stories };
    let all: f64 = parts.values().flatten().map(size).sum();
    let mut share = |objective: Option<Uuid>, title: String, intended: Option<f64>| {
        let mut features = parts.remove(&objective).unwrap_or_default();
        features.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.number.cmp(&b.number)));
        let share = if all > 0.0 { features.iter().map(size).sum::<f64>() / all + 0.0 } else { 0.0 };
        Share { objective, title, intended, share, features }
    };
    let told = objectives.iter().map(|(id, _, held)| (share(Some(*id), held[1].words(), real(&held[2])), held[3] == Value::Text("open".into())));
    // What is over and had nothing says nothing.
    let mut shares: Vec<Share> = told.filter(|(share, open)| *open || !share.features.is_empty()).map(|(share, _)| share).collect();
    let rest = share(None, "No objective".into(), None);
    if !rest.features.is_empty() {
        shares.push(rest);
    }
    Ok(if all > 0.0 { shares } else { vec![] })
}

fn on_thread(look: &mut Look, when: When, reasons: &Reasons) -> Result<Option<OnThread>> {
    let sprints = when.rows(look, "sprint", &["state", "number", "name"], "", &[])?;
    let Some((sprint, _, held)) = sprints.into_iter().find(|(_, _, held)| held[0] == Value::Text("active".into())) else { return Ok(None) };
    let mut stories: Vec<(InSprint, Option<Uuid>)> = vec![];
    if when.past {
        let rows = when.rows(look, "story", &["sprint", "number", "title", "feature"], "and (sprint = $3 or updated_at > $2)", &[sprint.value()])?;
        let here = rows.into_iter().filter(|(_, _, held)| id(&held[0]) == Some(sprint));
        stories.extend(here.map(|(story, _, held)| (InSprint { id: story, number: whole(&held[1]), title: held[2].words() }, id(&held[3]))));
    } else {
        let product = look.scope.product_id()?.value();
        for mut row in look.query(
            "select id, number, title, feature from story where product = $1 and sprint = $2 and removed_at is null",
            &[product, sprint.value()],
        )? {
            stories.push((InSprint { id: row.take()?, number: row.take()?, title: row.take()? }, row.take()?));
        }
    }
    let all = stories.len();
    let mut loose: Vec<InSprint> = stories.into_iter().filter(|(_, feature)| !reasons.leads_on(*feature)).map(|(story, _)| story).collect();
    loose.sort_by_key(|story| story.number);
    Ok((all > 0).then(|| OnThread { sprint: whole(&held[1]), name: held[2].words(), stories: all, joined: all - loose.len(), loose }))
}

fn rounds(look: &mut Look, when: When) -> Result<Vec<Agreed>> {
    let rows = when.rows(look, "scoring_round", &["title", "opened_at", "agreement"], "", &[])?;
    let opened = rows.into_iter().filter(|(_, _, held)| held[1] != Value::Null);
    let mut rounds: Vec<Agreed> =
        opened.map(|(round, _, held)| Agreed { round, title: held[0].words(), opened_at: whole(&held[1]), agreement: real(&held[2]) }).collect();
    rounds.sort_by_key(|round| std::cmp::Reverse(round.opened_at));
    rounds.truncate(TOLD);
    Ok(rounds)
}

fn confirmed(look: &mut Look, when: When) -> Result<Option<Confirmed>> {
    let visions = when.rows(look, "vision", &["number"], "", &[])?;
    let Some((vision, version)) = visions.iter().map(|(id, _, held)| (*id, whole(&held[0]))).max_by_key(|(_, number)| *number) else {
        return Ok(None);
    };
    let said = when.rows(look, "confirmation", &["member", "question", "vision"], "", &[])?;
    let sure: BTreeSet<Uuid> =
        said.iter().filter(|(_, _, held)| id(&held[2]) == Some(vision) && held[1].is_unset()).filter_map(|(_, _, held)| id(&held[0])).collect();
    let members: BTreeSet<Uuid> = when.rows(look, "membership", &["member"], "", &[])?.iter().filter_map(|(_, _, held)| id(&held[0])).collect();
    let people = look.query("select id from member where id in each($1) and answers_for is null", &[list(members)])?;
    let people: BTreeSet<Uuid> = people.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
    let names = Names::of(look, BTreeMap::from([("member", people.clone())]))?;
    let named = |fits: &dyn Fn(&Uuid) -> bool| {
        let mut called: Vec<String> = people.iter().filter(|id| fits(id)).filter_map(|id| names.called(look.scope, *id)).collect();
        called.sort();
        called
    };
    Ok(Some(Confirmed { version, by: named(&|id| sure.contains(id)), not_yet: named(&|id| !sure.contains(id)) }))
}

fn waiting(look: &mut Look, when: When) -> Result<Vec<Waiting>> {
    let told = |proposal: Uuid, since: i64, title: String, area: Area| Waiting { id: proposal, title, area, days: (when.at - since) / 86_400_000 };
    let mut waiting = vec![];
    if when.past {
        for (proposal, since, held) in when.rows(look, "proposal", &["state", "title", "area"], "", &[])? {
            if held[0] == Value::Text("open".into()) {
                waiting.push(told(proposal, since, held[1].words(), Area::read(held[2].clone())?));
            }
        }
    } else {
        let product = look.scope.product_id()?.value();
        let open = "select id, created_at, title, area from proposal where product = $1 and state = 'open' and removed_at is null order by created_at, id limit 50";
        for mut row in look.query(open, &[product])? {
            waiting.push(told(row.take()?, row.take()?, row.take()?, row.take()?));
        }
    }
    waiting.sort_by_key(|waiting| (std::cmp::Reverse(waiting.days), waiting.id));
    waiting.truncate(TOLD);
    Ok(waiting)
}

query! {
    /// How far Manager and Owner pull the same way: five figures with what stands behind each.
    pub struct ReadAlignment in "thread.alignment" at "/products/{product}/alignment" -> Alignment {
        /// A past day, such as 2026-11-23: the figures as they stood at its end.
        pub as_of: Option<String>,
    }
}

impl Query for ReadAlignment {
    fn ask(self, look: &mut Look) -> Result<Alignment> {
        let past = then::moment(self.as_of.as_deref().unwrap_or_default())?;
        alignment(look, past)
    }
}
