//! When every product means to come with what: a lane for each, over the same time.

use crate::pages::seen;
use kernel::{Area, Column, Look, Result, Uuid, Value, list};
use roadmap::{BetState, Horizon};
use std::collections::HashMap;
use web::{
    Markup, capital,
    chart::{Lane, Stand, Timeline, Window, Zoom},
    html, when,
};

/// So many bets of all products are drawn, those that end first.
const MOST: i64 = 400;
/// What has been over for so many days is told no more.
const BACK: i64 = 122;

pub(crate) fn page(look: &mut Look, zoom: &str) -> Result<Markup> {
    let (zoom, today) = (Zoom::read(zoom), when::day(look.now()));
    let products = seen(look, Area::Roadmap)?;
    let me = look.scope.who.signed_in()?;
    let rows = look.reader.query(
        "select initiative.product, initiative.number, initiative.title, initiative.horizon, initiative.state, initiative.starts_on, initiative.ends_on
         from initiative join membership mine on mine.product = initiative.product and mine.member = $1 and mine.removed_at is null
         where initiative.product in each($2) and initiative.removed_at is null and initiative.state <> 'dropped'
         and coalesce(initiative.ends_on, initiative.starts_on) >= $3
         order by coalesce(initiative.ends_on, initiative.starts_on), initiative.id limit $4",
        &[
            me.value(),
            list(products.iter().map(|product| product.id)),
            Value::Text(when::days_after(&today, -BACK)),
            Value::Int(MOST),
        ],
    )?;
    let keys: HashMap<Uuid, &str> = products.iter().map(|product| (product.id, product.key.as_str())).collect();
    let mut of: HashMap<Uuid, Vec<Window>> = HashMap::new();
    for mut row in rows {
        let (product, number, title): (Uuid, i64, String) = (row.take()?, row.take()?, row.take()?);
        let (horizon, state): (Horizon, BetState) = (row.take()?, row.take()?);
        let (from, until): (Option<String>, Option<String>) = (row.take()?, row.take()?);
        let key = keys.get(&product).copied().unwrap_or_default();
        let stand = match (state, horizon) {
            (BetState::Released, _) => Stand::Done,
            _ if until.as_ref().is_some_and(|until| *until < today) => Stand::Late,
            (_, Horizon::Now) => Stand::Now,
            (_, Horizon::Next) => Stand::Next,
            (_, Horizon::Later) => Stand::Later,
        };
        let leads = Some(format!("/{key}/roadmap?open={number}"));
        of.entry(product).or_default().push(Window {
            key: format!("{key}-{number}"),
            name: title,
            from,
            until,
            stand,
            part: false,
            likely: None,
            leads,
            moves: None,
        });
    }
    let lanes: Vec<Lane> =
        products.iter().filter_map(|product| Some(Lane { name: product.name.clone(), windows: of.remove(&product.id)? })).collect();
    let drawn = Timeline::new(zoom, today, lanes);
    Ok(html! {
        div.chips role="group" aria-label="Zoom" { span.quiet { "Zoom " } @for one in Zoom::ALL { a.chip href={ "/all/roadmap?look=timeline&zoom=" (one.word()) } aria-current=[(one == zoom).then_some("true")] { (capital(one.word())) } " " } }
        @if drawn.windows().next().is_none() { p.hint { "No bet that you see has a window." } }
        @else { (drawn.view("Timeline of all products")) details.more { summary { "As a table" } div.scroll tabindex="0" role="region" aria-label="Timeline as a table" { (drawn.table().view()) } } }
    })
}
