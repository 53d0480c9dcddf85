//! Columns that Tandem has no field for: what they hold, and the own fields that become of those which are chosen.

use crate::{
    draft::Draft,
    report::Report,
    work::{Pieces, once},
};
use backlog::FieldFromColumn;
use fields::FieldKind;
use kernel::Result;
use std::collections::BTreeMap;
use web::app::{App, Ask, Batch, Visitor};

/// A column that is kept with the stories as text.
pub(crate) struct KeptColumn<'a> {
    pub name: &'a str,
    /// Of how many stories it holds something.
    pub stories: usize,
    /// What all of it is.
    pub kind: FieldKind,
}

/// The columns of a file that are kept as text.
pub(crate) fn kept(draft: &Draft) -> Vec<KeptColumn<'_>> {
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, cell) in draft.stories.iter().flat_map(|drafted| &drafted.story.extra) {
        if !cell.trim().is_empty() {
            columns.entry(name).or_default().push(cell.trim());
        }
    }
    columns.into_iter().map(|(name, cells)| KeptColumn { name, stories: cells.len(), kind: backlog::kind_of(&cells) }).collect()
}

/// The columns that become fields, each with what it is to hold.
fn chosen<'a>(draft: &'a Draft) -> impl Iterator<Item = (KeptColumn<'a>, FieldKind)> {
    let kind = |column: KeptColumn<'a>| {
        let kind = FieldKind::parse(draft.mapping.own.get(column.name)?)?;
        Some((column, kind))
    };
    kept(draft).into_iter().filter_map(kind)
}

/// What is said before: which fields there will be, and who has to agree.
pub(crate) fn ahead(draft: &Draft, whom: Option<&str>, at_once: bool) -> Option<String> {
    let names: Vec<String> = chosen(draft).map(|(column, kind)| format!("“{}” ({})", column.name, kind.says())).collect();
    let fields = if names.len() == 1 { "the own field" } else { "the own fields" };
    let names = names.join(", ");
    match (names.is_empty(), whom, at_once) {
        (true, ..) => None,
        (_, _, false) => Some(format!("Not with it: {fields} {names}. They can be made under Own fields once the stories are here.")),
        (_, Some(whom), _) => {
            Some(format!("Proposed to {whom} after that: {fields} {names}. Until it is signed, each story keeps what the file says as text."))
        }
        (_, None, _) => Some(format!("After that: {fields} {names}.")),
    }
}

/// Makes the chosen fields of the stories that are in now, each as an act of its own; what is refused stays as text and is
/// told.
pub(crate) async fn make(
    app: &App,
    visitor: &Visitor,
    product: &str,
    draft: &Draft,
    report: &mut Report,
    mut pieces: Option<&mut Pieces<'_>>,
) -> Result<()> {
    for (column, kind) in chosen(draft) {
        let command = FieldFromColumn { column: column.name.to_owned().into(), name: None, kind: Some(kind), unit: String::new().into() };
        let batch = Batch::one(Ask::of(Some(product), &command)?);
        match once(app, visitor, pieces.as_deref_mut(), format!("field {}", column.name), batch).await {
            Ok(false) => report.notes.push(format!("“{}” is an own field now.", column.name)),
            Ok(true) => report.notes.push(format!("That “{}” becomes an own field is proposed.", column.name)),
            Err(refusal) if refusal.is_ours() => return Err(refusal),
            Err(refusal) => report.notes.push(format!("“{}” stays text: {}", column.name, refusal.sentence())),
        }
    }
    Ok(())
}
