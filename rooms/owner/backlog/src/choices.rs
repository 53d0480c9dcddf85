//! What there is to choose from: features and labels, found by typing, however many there are.

use crate::model::Story;
use kernel::{
    Column, Look, Noun, Ref, Result, Value,
    fields::Pointed,
    value::{Packed, containing},
};
use std::collections::BTreeMap;

/// A feature to choose: number and title.
pub type Choice = (i64, String);

/// So many features stand in a list to choose from; where there are more, a key is typed.
pub(crate) const MOST_CHOICES: usize = 50;

/// The first features to choose from, one more than make a list where there are more.
pub(crate) fn feature_choices(look: &mut Look) -> Result<Vec<Choice>> {
    features_called(look, "", MOST_CHOICES)
}

/// The first open features by key or by words of the title; one more than are asked for where there are more.
pub fn features_called(look: &mut Look, words: &str, most: usize) -> Result<Vec<Choice>> {
    called::<roadmap::Feature>(look, "feature", "state = 'open'", words, most)
}

/// The first open stories by key or by words of the title, in the order of the backlog; one more than are asked for where
/// there are more.
pub fn open_called(look: &mut Look, words: &str, most: usize) -> Result<Vec<Choice>> {
    called::<Story>(look, "story", "stage = 'open'", words, most)
}

/// Things with a key, by that key or by words of their title.
fn called<N: Noun>(look: &mut Look, table: &str, which: &str, words: &str, most: usize) -> Result<Vec<Choice>> {
    let mut params = vec![look.scope.product_id()?.value()];
    let (words, mut and) = (words.trim(), String::new());
    let number = match Ref(words.to_owned()).resolve::<N>(look.scope) {
        Ok(Pointed::Number(number)) => number,
        _ => -1,
    };
    if !words.is_empty() {
        and = " and (number = $2 or lower(title) like $3 escape '!' or title like $4 escape '!')".to_owned();
        params.extend([Value::Int(number), containing(&words.to_lowercase()), containing(words)]);
    }
    params.push(Value::Int(most as i64 + 1));
    let sql = format!(
        "select number, title from {table} where product = $1 and removed_at is null and {which}{and} order by rank, id limit ${}",
        params.len()
    );
    look.query(&sql, &params)?.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect()
}

/// Labels in use that contain these words, the most used first: those of the first stories of the backlog that have any.
pub fn labels_called(look: &mut Look, words: &str) -> Result<Vec<String>> {
    let mut params = vec![look.scope.product_id()?.value()];
    let (words, mut and) = (words.trim(), "");
    if !words.is_empty() {
        and = " and (lower(labels) like $2 escape '!' or labels like $3 escape '!')";
        params.extend([containing(&words.to_lowercase()), containing(words)]);
    }
    let sql = format!("select labels from story where product = $1 and labels <> '[]' and removed_at is null{and} order by rank limit 500");
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for mut row in look.query(&sql, &params)? {
        for label in row.take::<Packed<Vec<String>>>()?.0 {
            if label.to_lowercase().contains(&words.to_lowercase()) {
                *counts.entry(label).or_default() += 1;
            }
        }
    }
    let mut labels: Vec<(String, usize)> = counts.into_iter().collect();
    labels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(labels.into_iter().map(|(label, _)| label).collect())
}
