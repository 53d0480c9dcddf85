//! Release notes as they are drafted: what is new by feature, with what its stories say, and what was mended.

use crate::{rows::Found, scope::Slice};
use std::fmt::Write;

/// The first paragraph of a text, which says what a feature is.
fn first_paragraph(text: &str) -> &str {
    text.trim().split("\n\n").next().unwrap_or("").trim()
}

/// A title as it can stand in Markdown: no mark in it means anything.
fn plain(title: &str) -> String {
    title.chars().flat_map(|c| matches!(c, '*' | '_' | '`' | '[' | ']' | '#' | '<' | '\\').then_some('\\').into_iter().chain([c])).collect()
}

/// Drafts the notes from what is shipped, in its order.
pub(crate) fn draft(slices: &[Slice], stories: &[Found]) -> String {
    let mut notes = String::new();
    for slice in slices {
        let _ = write!(notes, "### {}\n\n", plain(&slice.title));
        let says = first_paragraph(&slice.body);
        if !says.is_empty() {
            let _ = write!(notes, "{says}\n\n");
        }
        let own: Vec<&Found> = stories.iter().filter(|story| story.feature == slice.id && story.kind == "story").collect();
        for story in &own {
            let _ = writeln!(notes, "- {}", plain(&story.title));
        }
        if !own.is_empty() {
            notes.push('\n');
        }
    }
    let mended: Vec<&Found> = stories.iter().filter(|story| story.kind == "bug").collect();
    if !mended.is_empty() {
        notes += "### Mended\n\n";
        for story in mended {
            let _ = writeln!(notes, "- {}", plain(&story.title));
        }
    }
    notes.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;
    use roadmap::BetState;

    #[test]
    fn notes_are_drafted_by_feature() {
        let slice = |id: u128, title: &str, body: &str| Slice {
            id: Uuid::from_u128(id),
            number: 1,
            title: title.into(),
            body: body.into(),
            state: BetState::Open,
            stories: 1,
            accepted: 1,
        };
        let story = |feature: u128, kind: &str, title: &str| Found { feature: Uuid::from_u128(feature), kind: kind.into(), title: title.into() };
        let slices = [slice(1, "Rain *mode*", "Rides go on in the rain.\n\nHow: covers."), slice(2, "Hold", "")];
        let stories = [story(1, "story", "See the rain"), story(2, "bug", "It fell off"), story(1, "task", "Order covers")];
        let notes = draft(&slices, &stories);
        assert_eq!(notes, "### Rain \\*mode\\*\n\nRides go on in the rain.\n\n- See the rain\n\n### Hold\n\n### Mended\n\n- It fell off");
        assert_eq!(draft(&[], &[]), "");
    }
}
