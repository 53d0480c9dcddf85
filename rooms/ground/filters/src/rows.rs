//! The saved filters over a list.

use crate::{model::SavedFilter, views::MOST_COUNTED};
use kernel::{Column, Look, Noun, Refusal, Result, Value};
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
    /// Where choosing one leads to, where that is another page that narrows the same list.
    pub(crate) place: Option<&'static str>,
}

impl Saved {
    pub fn is_empty(&self) -> bool {
        self.filters.is_empty()
    }

    /// The same over another page that looks at some of the list.
    pub fn leading_to(self, place: &'static str) -> Saved {
        Saved { place: Some(place), ..self }
    }
}

/// What a filter asks of a list, as SQL goes on after `from`: `$1` is the product, other values come to the parameters.
pub type Fits<'a> = dyn Fn(&mut Look, &Filter, &mut Vec<Value>) -> Result<String> + 'a;

/// The filters that the asker sees over a page, in the order they were saved, those that are shown with how many things
/// fit them. Where nobody asks how long a list is, nothing is counted.
pub fn saved(look: &mut Look, page: &'static str, filter: &Filter, fits: Option<&Fits>) -> Result<Saved> {
    let found = SavedFilter::all(
        look,
        "and page = $2 order by case when member = $me then 0 else 1 end, created_at, id limit 200",
        &[Value::Text(page.to_owned())],
    )?;
    let read: Vec<Filter> = found.iter().map(|saved| Filter::from_address(filter.terms, &saved.query)).collect();
    let now = filter.address();
    let current = read.iter().position(|saved| !saved.is_plain() && saved.address() == now);
    let counts = match fits {
        Some(fits) if !found.is_empty() => count(look, &read[..read.len().min(SHOWN)], fits)?,
        _ => vec![],
    };
    let filters = found.into_iter().enumerate().map(|(i, saved)| (saved, counts.get(i).copied().flatten())).collect();
    Ok(Saved { page, now, filters, current, place: None })
}

/// How many things fit each, in one question; none where a filter names what is no longer there.
fn count(look: &mut Look, filters: &[Filter], fits: &Fits) -> Result<Vec<Option<i64>>> {
    let mut params = vec![look.scope.product_id()?.value()];
    let mut columns = vec![];
    for filter in filters {
        let bound = params.len();
        columns.push(match fits(look, filter, &mut params) {
            Ok(sql) => format!("(select count(*) from (select 1 from {sql} limit {}) as fitting)", MOST_COUNTED + 1),
            Err(Refusal::Invalid(_)) => {
                params.truncate(bound);
                "cast(null as bigint)".to_owned()
            }
            Err(refusal) => return Err(refusal),
        });
    }
    let row = look.first(&format!("select {} from product where id = $1", columns.join(", ")), &params)?;
    row.map_or(Ok(vec![]), |mut row| filters.iter().map(|_| row.take()).collect())
}
