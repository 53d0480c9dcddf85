//! What surrounds a story on its page: above it, where it stands, what was said of it.

use crate::model::Story;
use kernel::{Column, Look, Refusal, Result, Row, Value, value::Packed};

/// What surrounds a story on its page.
pub struct Around {
    pub feature: Option<(i64, String)>,
    pub initiative: Option<(i64, String)>,
    pub sprint: Option<(i64, String, String)>,
    pub column: Option<String>,
    pub assignee: Option<String>,
    pub verdicts: Vec<Given>,
}

/// A verdict as it was given.
pub struct Given {
    pub accepted: bool,
    pub reason: String,
    pub at: i64,
    pub by: Option<String>,
    /// The definition of done as it was then.
    pub done: Vec<String>,
}

/// Reads what surrounds a story in two queries.
pub(crate) fn around(look: &mut Look, story: &Story) -> Result<Around> {
    let row = look.first(
        "select feature.number, feature.title, initiative.number, initiative.title, sprint.number, sprint.name, sprint.state, board_column.name, member.name
         from story left join feature on feature.id = story.feature and feature.removed_at is null
         left join initiative on initiative.id = feature.initiative and initiative.removed_at is null
         left join sprint on sprint.id = story.sprint left join board_column on board_column.id = story.board_column
         left join member on member.id = story.assignee where story.id = $1",
        &[story.meta.id.value()],
    )?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    fn pair(row: &mut Row) -> Result<Option<(i64, String)>> {
        let (number, title): (Option<i64>, Option<String>) = (row.take()?, row.take()?);
        Ok(number.zip(title))
    }
    let (feature, initiative, sprint) = (pair(&mut row)?, pair(&mut row)?, pair(&mut row)?);
    let state: Option<String> = row.take()?;
    let (column, assignee) = (row.take()?, row.take()?);
    let verdicts = verdicts(look, "verdict.removed_at is null", &[story.meta.id.value()])?;
    let sprint = sprint.map(|(number, name)| (number, name, state.unwrap_or_default()));
    Ok(Around { feature, initiative, sprint, column, assignee, verdicts })
}

/// The verdicts on a story that stood at a moment, the newest first.
pub(crate) fn verdicts_then(look: &mut Look, story: &Story, at: i64) -> Result<Vec<Given>> {
    let stood = "verdict.created_at <= $2 and (verdict.removed_at is null or verdict.removed_at > $2)";
    verdicts(look, stood, &[story.meta.id.value(), Value::Int(at)])
}

/// The verdicts on the story in `$1` that stand by a condition.
fn verdicts(look: &mut Look, stand: &str, params: &[Value]) -> Result<Vec<Given>> {
    let sql = format!(
        "select verdict.accepted, verdict.reason, verdict.created_at, member.name, verdict.done_list from verdict left join member on member.id = verdict.member
         where verdict.story = $1 and {stand} order by verdict.created_at desc"
    );
    let given = |mut r: Row| Ok(Given { accepted: r.take()?, reason: r.take()?, at: r.take()?, by: r.take()?, done: r.take::<Packed<_>>()?.0 });
    look.query(&sql, params)?.into_iter().map(given).collect()
}
