//! Reading canvases and risks.

use crate::{
    boxes::{Cell, Kind},
    fit::{self, Fit, Stands},
    model::*,
    notes::MOST,
};
use customers::{Need, Segment};
use discovery::AssumptionTest;
use kernel::{Area, Column, Id, JsonSchema, Look, Noun, Query, Result, Serialize, Uuid, Value, list, query};
use research::Persona;
use roadmap::{BetState, Feature, Initiative};
use std::collections::HashMap;

/// So many canvases, and so many risks, are listed.
const MOST_LISTED: i64 = 200;

/// The notes of a canvas, in the order of each box.
pub(crate) fn notes(look: &mut Look, canvas: Id<Canvas>) -> Result<Vec<CanvasNote>> {
    // A few more than fit: those that came back by an undo.
    let most = Value::Int(2 * MOST as i64);
    CanvasNote::all(look, "and canvas = $2 order by rank, id limit $3", &[canvas.value(), most])
}

/// A canvas as it is listed.
pub(crate) struct Listed {
    pub canvas: Canvas,
    pub notes: i64,
    pub last: i64,
}

/// The canvases, the one that was worked on last first.
pub(crate) fn canvases(look: &mut Look) -> Result<Vec<Listed>> {
    let all = Canvas::all(look, "order by created_at desc, id limit $2", &[Value::Int(MOST_LISTED)])?;
    if all.is_empty() {
        return Ok(vec![]);
    }
    let counted = look.query(
        "select canvas, count(*), max(updated_at) from canvas_note where product = $1 and removed_at is null group by canvas",
        &[look.scope.product_id()?.value()],
    )?;
    let mut counted: HashMap<Uuid, (i64, i64)> =
        counted.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect::<Result<_>>()?;
    let listed = |canvas: Canvas| {
        let (notes, last) = counted.remove(&canvas.meta.id).unwrap_or((0, 0));
        Listed { last: last.max(canvas.meta.updated_at), notes, canvas }
    };
    let mut listed: Vec<Listed> = all.into_iter().map(listed).collect();
    listed.sort_by_key(|one| std::cmp::Reverse(one.last));
    Ok(listed)
}

/// An initiative or a feature to which a note leads.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub number: i64,
    pub title: String,
    pub state: BetState,
}

/// A canvas with all that hangs on it.
pub(crate) struct Whole {
    pub canvas: Canvas,
    pub notes: Vec<CanvasNote>,
    /// From relievers and creators to what they answer.
    pub answers: Vec<(Uuid, Uuid)>,
    /// Pieces of evidence behind each note.
    pub evidence: HashMap<Uuid, i64>,
    /// Initiatives and features by their ids, as far as the reader sees them.
    pub works: HashMap<Uuid, Work>,
    pub needs: HashMap<Uuid, String>,
    pub risks: HashMap<Uuid, Risk>,
    pub tests: HashMap<Uuid, AssumptionTest>,
    /// The initiatives that address each need.
    pub through: HashMap<Uuid, Vec<Uuid>>,
    pub segment: Option<String>,
    pub persona: Option<String>,
}

impl Whole {
    /// The notes of a box.
    pub fn of(&self, cell: Cell) -> impl Iterator<Item = &CanvasNote> {
        self.notes.iter().filter(move |note| note.cell == cell)
    }

    pub fn note(&self, id: Uuid) -> Option<&CanvasNote> {
        self.notes.iter().find(|note| note.meta.id == id)
    }

    /// The fit of a value proposition; nothing of another canvas, or where the reader doesn't see what is built.
    pub fn fit(&self, look: &Look) -> Option<Fit> {
        let told = self.canvas.kind == Kind::ValueProposition && look.tells(Area::Roadmap);
        let counts = |work: Uuid| self.works.get(&work).is_some_and(|work| work.state != BetState::Dropped);
        told.then(|| fit::fit(&self.notes, &self.answers, &self.through, counts))
    }
}

fn pairs(rows: Vec<kernel::Row>) -> Result<Vec<(Uuid, Uuid)>> {
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// One canvas, in a handful of questions.
pub(crate) fn whole(look: &mut Look, id: Id<Canvas>) -> Result<Whole> {
    let canvas = Canvas::get(look, id)?;
    let notes = notes(look, id)?;
    let product = look.scope.product_id()?.value();
    let here = list(notes.iter().map(|note| note.meta.id));
    let answers = pairs(look.query(
        "select from_id, to_id from relation where product = $1 and to_id in each($2) and verb = 'addresses' and from_noun = 'canvas_note' and removed_at is null order by id",
        &[product.clone(), here.clone()],
    )?)?;
    let counted = look.query(
        "select relation.to_id, count(*) from relation join evidence on evidence.id = relation.from_id
         where relation.product = $1 and relation.to_id in each($2) and relation.verb = 'supports' and relation.removed_at is null
         and evidence.removed_at is null group by relation.to_id",
        &[product.clone(), here],
    )?;
    let evidence = counted.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let wanted = list(notes.iter().filter_map(|note| note.need).map(|id| id.0));
    let needs = Need::all(look, "and id in each($2)", std::slice::from_ref(&wanted))?.into_iter().map(|need| (need.meta.id, need.title)).collect();
    let mut through: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if canvas.kind == Kind::ValueProposition {
        let addressed = look.query(
            "select to_id, from_id from relation where product = $1 and to_id in each($2) and verb = 'addresses' and from_noun = 'initiative' and removed_at is null order by id",
            &[product, wanted],
        )?;
        pairs(addressed)?.into_iter().for_each(|(need, bet)| through.entry(need).or_default().push(bet));
    }
    let bets = notes.iter().filter_map(|note| note.initiative).map(|id| id.0).chain(through.values().flatten().copied());
    let bets = Initiative::all(look, "and id in each($2)", &[list(bets)])?;
    let slices = Feature::all(look, "and id in each($2)", &[list(notes.iter().filter_map(|note| note.feature).map(|id| id.0))])?;
    let bets = bets.into_iter().map(|bet| (bet.meta.id, Work { number: bet.number, title: bet.title, state: bet.state }));
    let slices = slices.into_iter().map(|slice| (slice.meta.id, Work { number: slice.number, title: slice.title, state: slice.state }));
    let works = bets.chain(slices).collect();
    let risks = Risk::all(look, "and id in each($2)", &[list(notes.iter().filter_map(|note| note.risk).map(|id| id.0))])?;
    let tests = AssumptionTest::all(look, "and id in each($2)", &[list(notes.iter().filter_map(|note| note.assumption_test).map(|id| id.0))])?;
    let segment = canvas.segment.and_then(|id| Segment::get(look, id).ok()).map(|segment| segment.name);
    let persona = canvas.persona.and_then(|id| Persona::get(look, id).ok()).map(|persona| persona.name);
    Ok(Whole {
        canvas,
        notes,
        answers,
        evidence,
        works,
        needs,
        risks: risks.into_iter().map(|risk| (risk.meta.id, risk)).collect(),
        tests: tests.into_iter().map(|test| (test.meta.id, test)).collect(),
        through,
        segment,
        persona,
    })
}

/// A canvas as it stood at a past moment, with its notes and nothing else; none where it wasn't there yet.
pub(crate) fn then(look: &mut Look, id: Id<Canvas>, at: i64) -> Result<Option<(Canvas, Vec<CanvasNote>)>> {
    let canvas = activity::things_as_of::<Canvas>(look, at, "and id in each($3)", &[list([id.0])])?.pop();
    let Some(canvas) = canvas else { return Ok(None) };
    let mut notes = activity::things_as_of::<CanvasNote>(look, at, "and canvas = $3", &[id.value()])?;
    notes.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
    Ok(Some((canvas, notes)))
}

/// So many pieces of evidence stand on a panel.
pub(crate) const BEHIND: usize = 30;

/// The risks: what is open, the heaviest first, then the others, the last changed first.
pub(crate) fn risks(look: &mut Look) -> Result<Vec<Risk>> {
    let mut risks = Risk::all(look, "order by updated_at desc, id limit $2", &[Value::Int(MOST_LISTED)])?;
    risks.sort_by_key(|risk| (risk.state != RiskState::Open, std::cmp::Reverse(if risk.state == RiskState::Open { risk.weight() } else { 0 })));
    Ok(risks)
}

/// The note that a risk was made of, if it was.
pub(crate) fn origin(look: &mut Look, risk: Id<Risk>) -> Result<Option<CanvasNote>> {
    Ok(CanvasNote::all(look, "and risk = $2 order by id limit 1", &[risk.value()])?.pop())
}

/// A pain or gain, and what answers it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct AnsweredOut {
    pub canvas_note: Uuid,
    pub cell: Cell,
    pub body: String,
    /// `answered`, `only_said` (a reliever or creator is said to answer it, and no work delivers that) or `by_nothing`.
    pub stands: String,
    /// Relievers and creators.
    pub by: Vec<Uuid>,
    /// Initiatives and features.
    pub works: Vec<Uuid>,
}

/// The fit of a value proposition.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(crate = "kernel::serde")]
#[schemars(crate = "kernel::schemars")]
pub struct FitOut {
    /// Answered pains of all pains, 0 to 1; nothing while there is none, or where the reader doesn't see the roadmap.
    pub pains: Option<f64>,
    pub gains: Option<f64>,
    /// Of both together.
    pub fit: Option<f64>,
    pub answered: Vec<AnsweredOut>,
    /// Relievers and creators that answer nothing.
    pub idle: Vec<Uuid>,
}

query! {
    /// The fit of a value proposition canvas: which pains and gains are answered by what is built, which are only said to be,
    /// which by nothing.
    pub struct ReadFit in "canvas.fit" at "/products/{product}/canvases/{canvas}/fit" -> FitOut {
        pub canvas: Id<Canvas>,
    }
}

impl Query for ReadFit {
    fn ask(self, look: &mut Look) -> Result<FitOut> {
        let whole = whole(look, self.canvas)?;
        let fit = whole.fit(look).unwrap_or_default();
        let stands = |stands: Stands| match stands {
            Stands::Answered => "answered",
            Stands::OnlySaid => "only_said",
            Stands::ByNothing => "by_nothing",
        };
        let out = |one: &fit::Answered| {
            let note = whole.note(one.note)?;
            Some(AnsweredOut {
                canvas_note: one.note,
                cell: note.cell,
                body: note.body.clone(),
                stands: stands(one.stands()).to_owned(),
                by: one.by.clone(),
                works: one.works.clone(),
            })
        };
        Ok(FitOut {
            pains: fit.pains.fit(),
            gains: fit.gains.fit(),
            fit: fit.both().fit(),
            answered: fit.answered.iter().filter_map(out).collect(),
            idle: fit.idle,
        })
    }
}
