//! The names that come nearest to one that does not exist.

use reading::fold;

/// The best two or three among the names that are there, nearest first; empty where none is near.
pub fn nearest<'n>(wanted: &str, among: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = fold(wanted.trim());
    let most = 1 + wanted.chars().count() / 3;
    let mut near: Vec<(usize, &str)> = among
        .into_iter()
        .filter_map(|name| {
            let folded = fold(name.trim());
            let within = wanted.len() >= 3 && folded.len() >= 3 && (folded.contains(&wanted) || wanted.contains(&folded));
            let steps = if within { 1 } else { steps(&wanted, &folded) };
            (steps <= most).then_some((steps, name))
        })
        .collect();
    near.sort_by_key(|(steps, _)| *steps);
    near.truncate(3);
    near.into_iter().map(|(_, name)| name).collect()
}

/// " Do you mean “a” or “b”?", or nothing.
pub fn guess<'n>(wanted: &str, among: impl IntoIterator<Item = &'n str>) -> String {
    let near: Vec<String> = nearest(wanted, among).iter().map(|n| format!("“{n}”")).collect();
    if near.is_empty() { String::new() } else { format!(" Do you mean {}?", near.join(" or ")) }
}

/// Letters to be changed, put in or taken out (Levenshtein 1966).
fn steps(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in to.iter().enumerate() {
            let best = (diagonal + usize::from(a != *b)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        assert_eq!(nearest("storypoint", ["title", "points", "Story Points"]), ["Story Points"]);
        assert_eq!(nearest("Sumary", ["Summary", "Status"]), ["Summary"]);
        assert!(nearest("finished", ["open", "doing"]).is_empty());
        assert_eq!(steps("kitten", "sitting"), 3);
        assert_eq!(guess("titel", ["title"]), " Do you mean “title”?");
    }
}
