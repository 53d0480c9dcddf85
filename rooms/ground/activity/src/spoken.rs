//! What an act did, in sentences, for whoever hears of it elsewhere: in a message, on another machine.

use crate::{
    rows::{Line, named, of_act_as_read},
    sentences,
};
use kernel::{Column, Look, Reader, Result, Uuid};
use web::place;

/// One thing that an act did.
pub struct Spoken {
    pub line: Line,
    /// Who, and for whom.
    pub who: String,
    /// "moved".
    pub verb: String,
    /// "ORB-7 Rain mode".
    pub what: String,
    /// Its page below the product, while there is one.
    pub place: Option<String>,
    /// What changed, each in a few words.
    pub changed: Vec<String>,
}

/// What an act did, in the order it was written, as far as the asker may read it.
pub fn spoken(look: &mut Look, act: Uuid, most: usize) -> Result<Vec<Spoken>> {
    let lines = of_act_as_read(look, act, most)?;
    let history = named(look, lines)?;
    let scope = look.scope;
    let speak = |line: &Line| Spoken {
        who: sentences::who(line),
        verb: sentences::verb(line).trim_end_matches(':').to_owned(),
        what: match history.names.key(scope, line.noun_id) {
            Some(key) => format!("{key} {}", line.label),
            None => line.label.clone(),
        },
        place: place(&line.noun, line.noun_id, None).filter(|_| !history.names.is_gone(line.noun_id)),
        changed: sentences::changes(scope, &history.names, line).iter().map(|told| told.line()).collect(),
        line: line.clone(),
    };
    Ok(history.lines.iter().map(speak).collect())
}

/// The nouns and kinds of event of an act in a product, whoever may read them: to find out who is to hear of it.
pub fn kinds_of_act(reader: &mut dyn Reader, product: Uuid, act: Uuid) -> Result<Vec<(String, String)>> {
    let (first, last) = crate::rows::span(act);
    let rows = reader.query(
        "select distinct noun, kind from activity where id > $2 and id < $3 and act = $2 and product = $1",
        &[product.value(), first.value(), last.value()],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}
