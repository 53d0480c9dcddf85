//! Estimates beside the strategy: what a model says of a key result, and how large the market is. Both are kept downstream
//! and read here by their tables; what they come to is worked out by the engine, as their own pages do.

use crate::{events::KEY_RESULT_EDITED, model::*};
use estimate::{Model, Results, Settings};
use kernel::{Area, Column, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, about, command, event::edit, list};
use std::collections::HashMap;
use web::{Markup, command_form, disclosure, html, options, select, telling::figure};

const SETTINGS: Settings = Settings { samples: 4_000, seed: 1 };
/// So many estimates are offered.
const OFFERED: i64 = 100;

command! {
    /// Puts an estimate beside a key result: of its target, or of where it will stand. Without one it is taken away.
    pub struct EstimateKeyResult in "key_result.estimate" at Put "/products/{product}/key-results/{key_result}/estimate" [Strategy] {
        pub key_result: Id<KeyResult>,
        /// The estimate, by its id.
        #[serde(default)]
        pub estimate_model: Option<Id<()>>,
        /// Of what it is one; of its target when left out.
        pub of: Option<Estimated>,
    }
}

impl Command for EstimateKeyResult {
    type Before = KeyResult;

    fn load(&self, look: &mut Look) -> Result<KeyResult> {
        if let Some(id) = self.estimate_model {
            let noun = about::noun("estimate_model").ok_or(Refusal::NotFound)?;
            look.thing(noun, id.0)?.ok_or(Refusal::NotFound)?;
        }
        KeyResult::get(look, self.key_result)
    }
    fn title(&self, before: &KeyResult) -> String {
        format!("Put an estimate beside “{}”", before.title)
    }
    fn decide(self, before: KeyResult, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&KEY_RESULT_EDITED, &before, |k| {
            k.estimate_model = self.estimate_model.map(|id| id.0);
            k.estimated = self.estimate_model.map(|_| self.of.unwrap_or(Estimated::Target));
            Ok(())
        })?;
        Ok(event.into())
    }
}

/// A line in figures.
pub(crate) struct Told {
    name: String,
    unit: String,
    low: f64,
    middle: f64,
    high: f64,
}

fn told(results: &Results, line: usize) -> Told {
    let summary = results.summary(line);
    let middle = summary.at(0.5);
    let name = results.model.lines()[line].name.replace('_', " ");
    Told { name, unit: results.model.unit_of(line, middle), low: summary.at(0.05), middle, high: summary.at(0.95) }
}

impl Told {
    fn says(&self) -> Markup {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" {}", self.unit) };
        html! { strong { (figure(rounded(self.middle))) (unit) } @if self.low < self.high { ", nine times in ten " (figure(rounded(self.low))) " to " (figure(rounded(self.high))) } }
    }
}

/// Three figures are as many as anybody believes.
fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let scale = 10f64.powi(2 - value.abs().log10().floor() as i32);
    (value * scale).round() / scale
}

/// The estimates of a product by id: what each is called, and what it is about.
#[derive(Default)]
pub(crate) struct Estimates {
    /// Those that can be chosen, the one changed last first.
    offered: Vec<(String, String)>,
    /// Those that stand beside key results.
    known: HashMap<Uuid, (String, Option<Told>)>,
    /// The newest market size, with what it rests on.
    market: Option<Market>,
}

/// How large a market is.
struct Market {
    id: Uuid,
    title: String,
    sizes: Vec<Told>,
    /// Lines that say where they are from.
    sourced: usize,
}

/// Reads them; of areas that are not seen there is nothing.
pub(crate) fn read(look: &mut Look, key_results: &[&KeyResult]) -> Result<Estimates> {
    if !look.scope.sees(Area::Research) {
        return Ok(Estimates::default());
    }
    let product = look.scope.product_id()?;
    let offered = look.query(
        "select id, title from estimate_model where product = $1 and removed_at is null order by updated_at desc, id desc limit $2",
        &[product.value(), OFFERED.value()],
    )?;
    let offered = offered.into_iter().map(|mut row| Ok((row.take::<Uuid>()?.simple().to_string(), row.take()?))).collect::<Result<_>>()?;
    let ids = list(key_results.iter().filter_map(|k| k.estimate_model));
    let rows = look
        .query("select id, title, body from estimate_model where product = $1 and id in each($2) and removed_at is null", &[product.value(), ids])?;
    let mut known = HashMap::new();
    for mut row in rows {
        let (id, title, body): (Uuid, String, String) = (row.take()?, row.take()?, row.take()?);
        let worked = Model::parse(&body).ok().and_then(|model| {
            let results = model.run(SETTINGS).ok()?;
            Some(told(&results, results.answer()))
        });
        known.insert(id, (title, worked));
    }
    let newest = "select id, title, bottom_up from market_size where product = $1 and removed_at is null order by created_at desc, id desc limit 1";
    let market = match look.first(newest, &[product.value()])? {
        Some(mut row) => market(row.take()?, row.take()?, &row.take::<String>()?),
        None => None,
    };
    Ok(Estimates { offered, known, market })
}

fn market(id: Uuid, title: String, text: &str) -> Option<Market> {
    let model = Model::parse(text).ok()?;
    let results = model.run(SETTINGS).ok()?;
    let line = |size: &str| model.lines().iter().position(|line| line.name.eq_ignore_ascii_case(size));
    let sizes: Vec<Told> = ["TAM", "SAM", "SOM"].iter().filter_map(|size| Some(told(&results, line(size)?))).collect();
    let sourced = model.lines().iter().filter(|line| line.note.is_some()).count();
    Some(Market { id, title, sizes, sourced })
}

impl Estimates {
    /// What the estimate beside a key result says, and the way to put one there.
    pub fn beside(&self, scope: &Scope, k: &KeyResult) -> Markup {
        let (says, form) = (self.says(k), self.form(scope, k));
        html! { @if !says.0.is_empty() || !form.0.is_empty() { div.kr-estimate { (says) (form) } } }
    }

    fn says(&self, k: &KeyResult) -> Markup {
        let known = k.estimate_model.and_then(|id| Some((id, self.known.get(&id)?)));
        html! { @if let (Some((id, (title, worked))), Some(of)) = (known, k.estimated) { p.quiet { "Estimate of " (of.says()) ", " a href={ "models?show=" (id.simple()) } dir="auto" { (title) } ": "
        @match worked { Some(told) => { (told.says()) } None => { "it does not compute any more" } } } } }
    }

    fn form(&self, scope: &Scope, k: &KeyResult) -> Markup {
        if self.offered.is_empty() {
            return html! {};
        }
        let mut choices = vec![(String::new(), "No estimate".to_owned())];
        choices.extend(self.offered.iter().cloned());
        let now = k.estimate_model.map(|id| id.simple().to_string()).unwrap_or_default();
        let fields = html! { input type="hidden" name="key_result" value=(k.id()); (select("estimate_model", "The estimate", &choices, &now)) (select("of", "It estimates", &options(Estimated::ALL), k.estimated.map_or("", Estimated::word))) };
        disclosure(
            &format!("estimate-{}", k.id()),
            "Estimate",
            "plain",
            command_form(scope, Area::Strategy, "key_result.estimate", "Put it beside", fields),
        )
    }

    /// How large the market is, by the newest estimate of it.
    pub fn market(&self) -> Markup {
        html! { @if let Some(market) = &self.market { p.market-size { a href={ "market-size?size=" (market.id.simple()) } dir="auto" { (market.title) } " "
        span.quiet { "from " (web::several(market.sourced, "fact")) " with their sources" } }
        dl.facts { @for size in &market.sizes { div { dt { (size.name) } dd { (size.says()) } } } } } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_figures_are_told() {
        assert_eq!([1234.0, 0.045678, 999.6, -1234.0, 0.0].map(rounded), [1230.0, 0.0457, 1000.0, -1230.0, 0.0]);
        let found = market(
            Uuid::nil(),
            String::new(),
            "shops = 12,000 shops -- register\neach = 250 EUR/shop/year -- survey\nTAM = shops * each\nSAM = 40 % of TAM -- two cities",
        );
        let found = found.unwrap();
        assert_eq!((found.sizes.iter().map(|size| (size.middle / 1e5).round()).collect::<Vec<_>>(), found.sourced), (vec![30.0, 12.0], 3));
        assert!(market(Uuid::nil(), String::new(), "TAM =").is_none());
    }
}
