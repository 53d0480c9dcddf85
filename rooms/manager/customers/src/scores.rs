//! Needs by their opportunity, without what stands behind each: what bets are weighed by, what is chosen from, and the landscape.
//! However many needs there are, little more is read than both figures of each.

use crate::{
    landscape::{Measure, Served},
    model::*,
    need_rows::{Demand, LISTED, demand, demand_of},
};
use kernel::{Column, Look, Noun, Result, Uuid, Value, list};
use std::collections::{BTreeSet, HashMap};

/// Importance + what is missing in satisfaction.
pub(crate) fn opportunity(importance: f64, satisfaction: f64) -> f64 {
    importance + (importance - satisfaction).max(0.0)
}

/// The opportunities of some needs, as far as both figures of each are known.
pub fn opportunities(look: &mut Look, needs: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, f64>> {
    let needs: BTreeSet<Uuid> = needs.into_iter().collect();
    if needs.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = look.query(
        "select id, importance, satisfaction from need
         where product = $1 and id in each($2) and removed_at is null and importance is not null and satisfaction is not null",
        &[look.scope.product_id()?.value(), list(needs)],
    )?;
    rows.into_iter().map(|mut row| Ok((row.take()?, opportunity(row.take()?, row.take()?)))).collect()
}

/// So many needs are offered where one is chosen without typing.
const CHOICES: i64 = LISTED as i64;

/// Needs to choose from: in the order that was agreed, and then the greatest opportunity first; of very many the first ones.
pub fn choices(look: &mut Look) -> Result<Vec<Need>> {
    let order = "order by case when place is null then 1 else 0 end,
                 case when importance is null or satisfaction is null then -1.0 when importance > satisfaction then 2 * importance - satisfaction else importance end desc,
                 created_at desc, id limit $2";
    let mut needs = Need::all(look, order, &[Value::Int(CHOICES)])?;
    // Those of the agreed order stand first; among them it is a matter of text that databases sort in ways of their own.
    needs.sort_by(|a, b| (a.place.is_none(), &a.place).cmp(&(b.place.is_none(), &b.place)));
    Ok(needs)
}

/// What the landscape is drawn from.
#[derive(Default)]
pub(crate) struct Landscape {
    /// Needs with both figures, and without.
    pub known: usize,
    pub unknown: usize,
    pub under: usize,
    pub over: usize,
    /// Those that are drawn, the greatest opportunity first.
    pub drawn: Vec<Need>,
    /// Those that are listed, with who asks for each.
    pub listed: Vec<(Need, Demand)>,
}

/// A need by its figures alone.
struct Figures {
    id: Uuid,
    /// Below 0 where it has none.
    score: f64,
}

impl Landscape {
    pub(crate) fn all(&self) -> usize {
        self.known + self.unknown
    }

    /// Reads it in an order: so many to draw, and so many to list.
    pub(crate) fn read(look: &mut Look, by: Measure, draw: usize, lists: usize) -> Result<Landscape> {
        let mut landscape = Landscape::default();
        let mut all = landscape.figures(look)?;
        all.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        let drawn: Vec<Uuid> = all.iter().filter(|one| one.score >= 0.0).map(|one| one.id).take(draw).collect();
        let mut asked = if by == Measure::Opportunity || lists == 0 { HashMap::new() } else { demand(look)? };
        if by != Measure::Opportunity {
            let nobody = Demand::default();
            all.sort_by(|a, b| {
                let (one, other) = (asked.get(&a.id).unwrap_or(&nobody), asked.get(&b.id).unwrap_or(&nobody));
                let order = match by {
                    Measure::Customers => other.customers.cmp(&one.customers),
                    Measure::Revenue => other.revenue.unwrap_or(-1.0).total_cmp(&one.revenue.unwrap_or(-1.0)),
                    Measure::Recent => other.latest.cmp(&one.latest),
                    Measure::Opportunity => std::cmp::Ordering::Equal,
                };
                order.then(b.score.total_cmp(&a.score)).then(a.id.cmp(&b.id))
            });
        }
        let listed: Vec<Uuid> = all.iter().map(|one| one.id).take(lists).collect();
        if by == Measure::Opportunity && !listed.is_empty() {
            asked = demand_of(look, &listed)?;
        }
        let wanted: BTreeSet<Uuid> = drawn.iter().chain(&listed).copied().collect();
        let needs: HashMap<Uuid, Need> =
            Need::all(look, "and id in each($2)", &[list(wanted)])?.into_iter().map(|need| (need.meta.id, need)).collect();
        landscape.drawn = drawn.iter().filter_map(|id| needs.get(id).cloned()).collect();
        landscape.listed = listed.iter().filter_map(|id| Some((needs.get(id)?.clone(), asked.remove(id).unwrap_or_default()))).collect();
        Ok(landscape)
    }

    /// Both figures of every need, counted.
    fn figures(&mut self, look: &mut Look) -> Result<Vec<Figures>> {
        let product = look.scope.product_id()?;
        let rows = look.query("select id, importance, satisfaction from need where product = $1 and removed_at is null", &[product.value()])?;
        let mut all = Vec::with_capacity(rows.len());
        for mut row in rows {
            let (id, importance, satisfaction): (Uuid, Option<f64>, Option<f64>) = (row.take()?, row.take()?, row.take()?);
            let score = match importance.zip(satisfaction) {
                None => {
                    self.unknown += 1;
                    -1.0
                }
                Some((importance, satisfaction)) => {
                    self.known += 1;
                    match Served::of(importance, satisfaction) {
                        Served::Under | Served::Badly => self.under += 1,
                        Served::Over => self.over += 1,
                        Served::Well => {}
                    }
                    opportunity(importance, satisfaction)
                }
            };
            all.push(Figures { id, score });
        }
        Ok(all)
    }
}
