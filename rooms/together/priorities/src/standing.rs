//! What things score as it is agreed now, for pages that show it beside them: the middle of what is believed, without samples.

use crate::{
    inputs::formula,
    model::*,
    rows::{schemes, scored},
    table::told,
};
use kernel::{Look, Result, Uuid};
use scoring::ranges::Quantity;
use std::collections::HashMap;

/// What things of a kind score by one way of scoring.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The way of scoring.
    pub scheme: String,
    /// By the thing: its score, and how people say it.
    pub scores: HashMap<Uuid, (f64, String)>,
}

/// By the first way of scoring that scores any of them; nothing where none does.
pub fn standing(look: &mut Look, thing: Thing) -> Result<Standing> {
    for scheme in schemes(look)?.into_iter().filter(|scheme| scheme.thing == thing) {
        let found = scored(look, &scheme)?;
        let formula = formula(scheme.method, &found.read.inputs);
        let score = |texts: &Vec<String>| {
            let values = found.read.inputs.iter().zip(texts).map(|(input, text)| input.read(text));
            let middles: std::result::Result<Vec<f64>, String> = values.map(|value| value.map(|quantity: Quantity| quantity.middle())).collect();
            formula.score(&middles.ok()?).ok()
        };
        let whole = found.items.iter().zip(&found.read.written).filter(|(_, texts)| texts.iter().all(|text| !text.is_empty()));
        let scores: HashMap<Uuid, (f64, String)> =
            whole.filter_map(|(item, texts)| score(texts).map(|score| (item.id, (score, told(scheme.method, &found.read.inputs, score))))).collect();
        if !scores.is_empty() {
            return Ok(Standing { scheme: scheme.name, scores });
        }
    }
    Ok(Standing::default())
}
