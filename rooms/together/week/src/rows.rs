//! What the week's page reads.

use crate::notes::{self, WeekNote};
use conversation::Comment;
use customers::{Evidence, Piece};
use decisions::{CameBack, Waits};
use kernel::{Look, Noun, Result, Uuid, Value};
use rights::Rhythm;
use settling::Unsettled;
use web::when;

/// So many of each are shown.
const MOST: i64 = 8;
/// So many earlier notes are named.
const MOST_NOTES: i64 = 12;
const WEEK: i64 = 7 * 86_400_000;

/// What the page of a week is drawn from.
pub(crate) struct Week {
    /// The first day of the week whose note is shown.
    pub monday: String,
    /// It is the present one.
    pub is_now: bool,
    pub rhythm: Option<Rhythm>,
    pub waits: Vec<Waits>,
    pub back: Vec<CameBack>,
    pub differ: Vec<Unsettled>,
    /// Scoring rounds that are revealed and not settled.
    pub scored: Vec<priorities::Round>,
    /// New evidence of the last seven days: how many pieces, and the latest.
    pub evidence: (i64, Vec<Piece>),
    /// What is asked about proposals and not answered, what waits longest first.
    pub questions: Vec<Comment>,
    /// Of what no update went out for long.
    pub silence: Vec<(updates::Kind, Option<i64>)>,
    pub note: Option<WeekNote>,
    pub earlier: Vec<WeekNote>,
}

pub(crate) fn week(look: &mut Look, note: &str) -> Result<Week> {
    let now = when::monday_of(&when::day_in(look.now(), &look.scope.who.zone));
    let shown = match Uuid::parse_str(note) {
        Ok(id) => WeekNote::all(look, "and id = $2", &[kernel::Column::value(&id)])?.pop(),
        Err(_) => None,
    };
    let (monday, note) = match shown {
        Some(note) => (note.monday.clone(), Some(note)),
        None => (now.clone(), notes::of(look, &now)?),
    };
    let product = look.scope.product_id()?;
    let since = Value::Int(look.now() - WEEK);
    let count = "select count(*) from evidence where product = $1 and created_at > $2 and removed_at is null";
    let count = look.number(count, &[kernel::Column::value(&product), since.clone()])?;
    let latest = match count {
        0 => vec![],
        _ => {
            let latest = Evidence::all(look, "and created_at > $2 order by created_at desc, id desc limit $3", &[since, Value::Int(MOST)])?;
            customers::pieces(look, latest)?
        }
    };
    Ok(Week {
        is_now: monday == now,
        rhythm: rights::rhythm(look)?,
        waits: decisions::waits(look)?,
        back: decisions::came_back(look)?,
        differ: settling::unsettled(look)?,
        scored: priorities::to_settle(look)?,
        silence: updates::silence(look)?,
        evidence: (count, latest),
        questions: Comment::all(
            look,
            "and about_noun = 'proposal' and asks is not null and resolved_at is null order by created_at, id limit $2",
            &[Value::Int(MOST)],
        )?,
        earlier: WeekNote::all(look, "and monday <> $2 order by monday desc limit $3", &[Value::Text(monday.clone()), Value::Int(MOST_NOTES)])?,
        monday,
        note,
    })
}
