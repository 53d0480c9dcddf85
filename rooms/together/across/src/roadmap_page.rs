//! Where every product goes: the first bets of each horizon.

use crate::pages::seen;
use kernel::{Area, Column, Look, Result, Uuid, list};
use roadmap::Horizon;
use web::{Markup, capital, date, html, several, telling::percent};

/// So many bets of a product stand in each horizon.
const MOST: i64 = 8;

struct Bet {
    product: Uuid,
    horizon: Horizon,
    number: i64,
    title: String,
    confidence: Option<f64>,
    ends_on: Option<String>,
    /// How many there are in the horizon of the product.
    all: i64,
}

pub(crate) fn page(look: &mut Look) -> Result<Markup> {
    let products = seen(look, Area::Roadmap)?;
    let me = look.scope.who.signed_in()?;
    let sql = format!(
        "select product, horizon, number, title, confidence, ends_on, fitting from
         (select initiative.product as product, initiative.horizon as horizon, initiative.number as number, initiative.title as title,
             initiative.confidence as confidence, initiative.ends_on as ends_on,
             row_number() over (partition by initiative.product, initiative.horizon order by initiative.rank, initiative.id) as place,
             count(*) over (partition by initiative.product, initiative.horizon) as fitting
          from initiative join membership mine on mine.product = initiative.product and mine.member = $1 and mine.removed_at is null
          where initiative.product in each($2) and initiative.removed_at is null and initiative.state = 'open') as ordered
         where place <= {MOST} order by product, place"
    );
    let mut bets = vec![];
    for mut row in look.reader.query(&sql, &[me.value(), list(products.iter().map(|product| product.id))])? {
        bets.push(Bet {
            product: row.take()?,
            horizon: row.take()?,
            number: row.take()?,
            title: row.take()?,
            confidence: row.take()?,
            ends_on: row.take()?,
            all: row.take()?,
        });
    }
    let scope = look.scope;
    Ok(html! {
        @if bets.is_empty() { p.hint { "Nothing stands on a roadmap that you see." } }
        div.board.horizons { @for horizon in Horizon::ALL { section.lane aria-label=(capital(horizon.word())) {
            header { h2 { (capital(horizon.word())) } }
            @for product in &products { @let own: Vec<&Bet> = bets.iter().filter(|bet| bet.product == product.id && bet.horizon == *horizon).collect(); @if !own.is_empty() {
                h3 { a href={ "/" (product.key) "/roadmap" } hx-boost="false" dir="auto" { (product.name) } }
                @for bet in &own { article.card.bet {
                    a.title href={ "/" (product.key) "/roadmap?open=" (bet.number) } hx-boost="false" dir="auto" { (bet.title) }
                    p.meta { span.key { (product.key) "-" (bet.number) } @if let Some(sure) = bet.confidence { span { (percent(sure)) " sure" } } @if let Some(until) = &bet.ends_on { span { "until " (date(scope, until)) } } }
                } }
                @if let Some(first) = own.first() { @if first.all > own.len() as i64 { p.quiet { "and " (several(first.all - own.len() as i64, "initiative")) " more" } } }
            } }
        } } }
    })
}
