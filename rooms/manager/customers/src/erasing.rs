//! Evidence of somebody without an account who is erased where they said it: the piece that holds their words, and all that
//! was cut out of it.

use crate::{events::EVIDENCE_ERASED, model::*};
use kernel::{Event, Id, Noun, Reader, Result, Uuid, erasure::Wipe, event::edit, list, look::find_rows};
use std::collections::HashSet;

/// So many pieces of one person are erased at once.
const MOST: usize = 2_000;

/// These pieces of evidence with everything that was cut out of them, however often it was cut again; what was removed, too.
///
/// # Errors
/// Those of reading.
pub fn with_what_was_cut(reader: &mut dyn Reader, pieces: impl IntoIterator<Item = Id<Evidence>>) -> Result<Vec<Evidence>> {
    let ids = list(pieces.into_iter().map(|id| id.0));
    let mut found: Vec<Evidence> = find_rows(reader, "where id in each($1) order by id", &[ids])?;
    let mut known: HashSet<Uuid> = found.iter().map(|piece| piece.meta.id).collect();
    let mut wave: Vec<Uuid> = known.iter().copied().collect();
    while !wave.is_empty() && found.len() < MOST {
        let cut: Vec<Evidence> = find_rows(reader, "where split_from in each($1) order by id", &[list(wave)])?;
        let new: Vec<Evidence> = cut.into_iter().filter(|piece| known.insert(piece.meta.id)).collect();
        wave = new.iter().map(|piece| piece.meta.id).collect();
        found.extend(new);
    }
    Ok(found)
}

/// What becomes of evidence whose author is erased: `becomes` says where it is from then, and what it quotes where words go.
///
/// # Errors
/// Those of building the events.
pub fn erased(pieces: &[Evidence], becomes: impl Fn(&Evidence) -> (String, Option<String>)) -> Result<(Vec<Event>, Vec<Wipe>)> {
    let (mut events, mut wipes) = (vec![], vec![]);
    for piece in pieces {
        let (source, quote) = becomes(piece);
        let said = quote.is_some();
        events.push(edit(&EVIDENCE_ERASED, piece, |e| {
            e.source = source;
            e.quote = quote.unwrap_or_else(|| e.quote.clone());
            Ok(())
        })?);
        let fields: &'static [&'static str] = if said { &["source", "quote"] } else { &["source"] };
        let words = if said { vec![piece.quote.clone()] } else { vec![] };
        wipes.push(Wipe { noun: Evidence::TABLE, id: piece.meta.id, fields, called: said, said: words });
    }
    Ok((events, wipes))
}
