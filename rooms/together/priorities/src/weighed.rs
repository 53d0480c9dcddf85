//! Scores of some things beside the page that they stand on: what each scores as it is agreed now, and the form to score it.

use crate::{forms::score_form, inputs::formula, items::Item, model::*, rows::schemes, table::told};
use kernel::{Id, Look, Noun, Result, Scope, Uuid, list};
use std::collections::HashMap;
use web::{Markup, disclosure};

/// Some things of a kind with what they score by one way of scoring.
#[derive(Default)]
pub struct Weighed {
    /// The first that scores any of them, else the first of their kind; none where there is none.
    pub scheme: Option<Scheme>,
    /// By the thing: its score, and how people say it.
    pub scores: HashMap<Uuid, (f64, String)>,
    known: Vec<Score>,
}

/// Reads them.
pub fn weighed(look: &mut Look, thing: Thing, ids: &[Uuid]) -> Result<Weighed> {
    let all: Vec<Scheme> = schemes(look)?.into_iter().filter(|scheme| scheme.thing == thing).collect();
    if all.is_empty() || ids.is_empty() {
        return Ok(Weighed { scheme: all.into_iter().next(), ..Weighed::default() });
    }
    let known =
        Score::all(look, "and scheme in each($2) and about_id in each($3)", &[list(all.iter().map(|s| s.meta.id)), list(ids.iter().copied())])?;
    let scores_any = |scheme: &Scheme| known.iter().any(|score| score.scheme == Id::new(scheme.meta.id));
    let at = all.iter().position(scores_any).unwrap_or(0);
    let Some(scheme) = all.into_iter().nth(at) else { return Ok(Weighed::default()) };
    let known: Vec<Score> = known.into_iter().filter(|score| score.scheme == scheme.id()).collect();
    let behind = if scheme.counted.is_empty() { HashMap::new() } else { crate::behind::behind(look, thing, ids)? };
    let inputs = scheme.inputs();
    let formula = formula(scheme.method, &inputs);
    let mut scores = HashMap::new();
    for id in ids {
        let value = |input: &crate::inputs::Input| {
            let own = || known.iter().find(|score| score.about_id == *id && score.criterion == input.key);
            crate::rating::counted(input, behind.get(id)).or_else(|| input.read(&own()?.written).ok().map(|quantity| quantity.middle()))
        };
        let values: Option<Vec<f64>> = inputs.iter().map(value).collect();
        if let Some(score) = values.and_then(|values| formula.score(&values).ok()) {
            scores.insert(*id, (score, told(scheme.method, &inputs, score)));
        }
    }
    Ok(Weighed { scheme: Some(scheme), scores, known })
}

impl Weighed {
    /// What stands for each input of a thing: its name, and what was written.
    pub fn written(&self, thing: Uuid) -> Vec<(String, String)> {
        let Some(scheme) = &self.scheme else { return vec![] };
        let text = |key: &str| self.known.iter().find(|score| score.about_id == thing && score.criterion == key).map(|score| score.written.clone());
        scheme.inputs().into_iter().filter_map(|input| Some((input.name, text(&input.key)?))).collect()
    }

    /// The form by which a thing is scored; nothing for whoever may not even propose it.
    pub fn form(&self, scope: &Scope, thing: Uuid, title: &str) -> Markup {
        let Some(scheme) = &self.scheme else { return Markup::default() };
        let item = Item { id: thing, number: None, title: title.to_owned(), rank: None };
        let known: Vec<Score> = self.known.iter().filter(|score| score.about_id == thing).cloned().collect();
        disclosure(&format!("score-{}", thing.simple()), "Score it", "plain", score_form(scope, scheme, &item, &known))
    }
}
