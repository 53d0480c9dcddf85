//! Reading inquiries and their causes.

use crate::{BecomeStory, model::*};
use backlog::Story;
use kernel::{Asked, Column, Id, Look, Noun, Result, StoredCommand, Uuid, Value, list, value::Packed};
use std::collections::HashMap;

/// So many inquiries are listed.
const MOST_LISTED: i64 = 200;
/// So many pieces of evidence stand on a panel.
pub(crate) const BEHIND: usize = 30;

/// An inquiry as it is listed, without its figures.
pub(crate) struct Listed {
    pub id: Uuid,
    pub title: String,
    pub asking: Asking,
    pub finding: String,
    pub compared: String,
    pub changed: i64,
}

/// The inquiries, the open ones first, the last changed first.
pub(crate) fn inquiries(look: &mut Look) -> Result<Vec<Listed>> {
    let rows = look.query(
        "select id, title, asking, finding, compared, updated_at from inquiry where product = $1 and removed_at is null
         order by case asking when 'open' then 0 else 1 end, updated_at desc, id desc limit $2",
        &[look.scope.product_id()?.value(), Value::Int(MOST_LISTED)],
    )?;
    let listed = |mut row: kernel::Row| -> Result<Listed> {
        Ok(Listed { id: row.take()?, title: row.take()?, asking: row.take()?, finding: row.take()?, compared: row.take()?, changed: row.take()? })
    };
    rows.into_iter().map(listed).collect()
}

/// The causes that were thought of, in the order in which they were.
pub(crate) fn notes(look: &mut Look, inquiry: Id<Inquiry>) -> Result<Vec<CauseNote>> {
    // A few more than fit: those that came back by an undo.
    let most = Value::Int(2 * crate::notes::MOST as i64);
    CauseNote::all(look, "and inquiry = $2 order by created_at, id limit $3", &[inquiry.value(), most])
}

/// What hangs on the causes of an inquiry.
pub(crate) struct Hanging {
    /// Pieces of evidence behind each.
    pub evidence: HashMap<Uuid, i64>,
    pub stories: HashMap<Uuid, Story>,
}

/// A story of a cause that somebody has proposed and that waits for a signature.
pub(crate) struct Proposed {
    pub id: Uuid,
    pub title: String,
}

/// So many open proposals about the backlog are looked through, the newest first.
const MOST_OPEN: i64 = 200;

/// The stories of a cause that are proposed.
pub(crate) fn proposed(look: &mut Look, note: Id<CauseNote>) -> Result<Vec<Proposed>> {
    let rows = look.query(
        "select id, commands from proposal where product = $1 and area = 'backlog' and state = 'open' and removed_at is null
         order by created_at desc limit $2",
        &[look.scope.product_id()?.value(), Value::Int(MOST_OPEN)],
    )?;
    let mut found = vec![];
    for mut row in rows {
        let (id, commands): (Uuid, Packed<Vec<StoredCommand>>) = (row.take()?, row.take()?);
        let about = |command: &&StoredCommand| {
            command.name == BecomeStory::NAME && command.args["cause_note"].as_str().and_then(|id| Id::try_from(id).ok()) == Some(note)
        };
        found
            .extend(commands.iter().find(about).map(|command| Proposed { id, title: command.args["title"].as_str().unwrap_or_default().to_owned() }));
    }
    Ok(found)
}

pub(crate) fn hanging(look: &mut Look, notes: &[CauseNote]) -> Result<Hanging> {
    let rows = look.query(
        "select relation.to_id, count(*) from relation join evidence on evidence.id = relation.from_id
         where relation.product = $1 and relation.to_id in each($2) and relation.verb = 'supports' and relation.removed_at is null
         and evidence.removed_at is null group by relation.to_id",
        &[look.scope.product_id()?.value(), list(notes.iter().map(|note| note.meta.id))],
    )?;
    let evidence = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let stories = Story::all(look, "and id in each($2)", &[list(notes.iter().filter_map(|note| note.story).map(|id| id.0))])?;
    Ok(Hanging { evidence, stories: stories.into_iter().map(|story| (story.meta.id, story)).collect() })
}
