//! Whose pages are told that something has changed. News has no content, but that something private changed just now is
//! told to nobody who may not read it.

use kernel::{Act, Column, Event, Home, Reading, Result, Uuid, Value, Writer, about};

/// A product whose pages are to know, or any product where there is none, and a member if only theirs are.
pub(crate) type Hearer = (Option<Uuid>, Option<Uuid>);

/// Whose pages are to know of an event that has just been written, caused by a member.
pub(crate) fn of(writer: &mut dyn Writer, event: &Event, by: Option<Uuid>) -> Result<Vec<Hearer>> {
    let read = about::noun(&event.table).map_or(Reading::Anyone, |noun| noun.about.read);
    let cell = |writer: &mut dyn Writer, field: &str| -> Result<Value> {
        let sql = format!("select {field} from {} where id = $1", event.table);
        writer.query(&sql, &[event.id.value()])?.pop().map_or(Ok(Value::Null), |mut row| row.take())
    };
    Ok(match read {
        Reading::Own(_) => vec![(event.product, by)],
        Reading::OwnUnless(_, open) => {
            let is_open =
                event.changes.iter().any(|change| change.field == open && change.from != Value::Null) || cell(writer, open)? == Value::Int(1);
            vec![(event.product, by.filter(|_| !is_open))]
        }
        // It is no product's, but in each of their products it may be shown.
        Reading::Company(member) => {
            let member = cell(writer, member)?;
            let theirs = writer.query("select product from membership where member = $1 and removed_at is null", &[member])?;
            theirs.into_iter().map(|mut row| Ok((Some(row.take()?), None))).collect::<Result<_>>()?
        }
        // No page of others shows what has just come into being for one member: a sign-in wakes nobody.
        _ if event.product.is_none() && event.act == Act::Create && !is_of_workspace(event) => vec![],
        _ => vec![(event.product, None)],
    })
}

fn is_of_workspace(event: &Event) -> bool {
    about::noun(&event.table).is_some_and(|noun| noun.about.home == Home::Workspace)
}
