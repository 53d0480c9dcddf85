//! Which notes say much the same: those that are like each other, and what is like those.

use similarity::Index;

/// So alike two short notes are put side by side; whoever is there decides.
const ALIKE: f32 = 0.3;
/// So many are looked at for each.
const NEAR: usize = 8;

/// Groups of texts that likely say the same, by their places, each of two or more.
pub(crate) fn groups(texts: &[&str]) -> Vec<Vec<usize>> {
    let mut index = Index::default();
    for (at, text) in texts.iter().enumerate() {
        index.add(at as u64, text);
    }
    // Each begins as a group of its own; two that are alike become one.
    let mut group: Vec<usize> = (0..texts.len()).collect();
    for (at, text) in texts.iter().enumerate() {
        for like in index.like(text, NEAR).into_iter().filter(|like| like.likeness >= ALIKE) {
            let Some((one, other)) = usize::try_from(like.id).ok().and_then(|other| Some((*group.get(at)?, *group.get(other)?))) else { continue };
            if one != other {
                group.iter_mut().filter(|of| **of == other).for_each(|of| *of = one);
            }
        }
    }
    let mut firsts: Vec<usize> = vec![];
    for of in &group {
        if !firsts.contains(of) {
            firsts.push(*of);
        }
    }
    let members = |first: &usize| group.iter().enumerate().filter(|(_, of)| *of == first).map(|(at, _)| at).collect::<Vec<_>>();
    firsts.iter().map(members).filter(|members| members.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_says_the_same_is_put_together_and_the_rest_stays_alone() {
        let texts =
            ["The tests on the build server are slow", "Build server tests are too slow", "Tomas answered within the hour", "More demos for shops"];
        assert_eq!(groups(&texts), [vec![0, 1]]);
        assert!(groups(&[]).is_empty());
        assert!(groups(&["one", "two"]).is_empty());
    }
}
