//! The saved filters over a list.

use crate::model::SavedFilter;
use kernel::{Look, Noun, Result, Value};
use web::Filter;

/// So many stand over a list, each reached by a digit; the others are in a menu.
pub(crate) const SHOWN: usize = 9;

/// What stands over a list that is narrowed.
pub struct Saved {
    pub(crate) page: &'static str,
    /// What the list is narrowed by now.
    pub(crate) now: String,
    /// Each with how many fit it, where that is counted.
    pub(crate) filters: Vec<(SavedFilter, Option<i64>)>,
    /// The one that the list is narrowed by now.
    pub(crate) current: Option<usize>,
}

/// The filters that the asker sees over a page, in the order they were saved; `count` says of those that are shown how
/// many things fit.
pub fn saved(
    look: &mut Look,
    page: &'static str,
    filter: &Filter,
    count: &dyn Fn(&mut Look, &[Filter]) -> Result<Vec<Option<i64>>>,
) -> Result<Saved> {
    let found = SavedFilter::all(look, "and page = $2 order by created_at, id limit 200", &[Value::Text(page.to_owned())])?;
    let read: Vec<Filter> = found.iter().map(|saved| Filter::from_address(filter.terms, &saved.query)).collect();
    let now = filter.address();
    let current = read.iter().position(|saved| !saved.is_plain() && saved.address() == now);
    let counts = if found.is_empty() { vec![] } else { count(look, &read[..read.len().min(SHOWN)])? };
    let filters = found.into_iter().enumerate().map(|(i, saved)| (saved, counts.get(i).copied().flatten())).collect();
    Ok(Saved { page, now, filters, current })
}

impl Saved {
    /// No counts, for lists whose length nobody asks for.
    pub fn uncounted(_: &mut Look, _: &[Filter]) -> Result<Vec<Option<i64>>> {
        Ok(vec![])
    }
}
