//! The ways of working to start from, each shown as what it would change here.

use kernel::{
    Area, Matrix, Scope,
    matrix::{Way, apart},
};
use web::{Markup, capital, command_form, html, several};

/// What a way of working would change: of each area that differs, what is agreed and what would be.
pub(crate) fn changes(agreed: &Matrix, way: Way) -> Vec<(Area, String, String)> {
    let mut wanted = Matrix::of_way(way);
    Area::ALL.iter().filter(|area| agreed.is_off(**area)).for_each(|area| wanted.switch(*area, false));
    let differing = Area::ALL.iter().filter(|area| agreed.row(**area) != wanted.row(**area));
    differing.map(|area| (*area, apart(&agreed.row(*area), &wanted.row(*area)))).map(|(area, (from, to))| (area, from, to)).collect()
}

/// What a way of working is for, in a sentence.
fn says(way: Way) -> &'static str {
    match way {
        Way::TwoPeople => "A Manager and an Owner: each decides on their own ground, and both sign what ties them together.",
        Way::BothHats => "One person wears both hats, so there is nothing to sign with oneself.",
        Way::TextbookScrum => "As in the Scrum Guide: the Owner decides on the roadmap and the order too, the Manager proposes.",
        Way::Safe => "As in SAFe: the Manager decides on features and their order, the Owner on the team's backlog.",
    }
}

pub(crate) fn ways(scope: &Scope) -> Markup {
    html! { section #ways { h3 { "Start from a way of working" }
        @for way in Way::ALL { @let changes = changes(&scope.agreed, *way); details.more id={ "way-" (way) } {
            summary { strong { (capital(way.says())) } " " span.quiet { @if changes.is_empty() { "what is agreed now" } @else { "changes " (several(changes.len(), "area")) } } }
            p { (says(*way)) }
            @if !changes.is_empty() {
                dl.changes { @for (area, from, to) in &changes { dt { (capital(area.word())) } dd { del { (from) } " " ins { (to) } } } }
                (command_form(scope, Area::Agreement, "agreement.choose_way", &format!("Work as {}", way.says()), html! { input type="hidden" name="way" value=(way); }))
            }
        } }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Hat, Standing};

    #[test]
    fn a_way_of_working_is_told_by_what_it_changes() {
        let agreed = Matrix::of_way(Way::TwoPeople);
        assert!(changes(&agreed, Way::TwoPeople).is_empty());
        let areas = |way| changes(&agreed, way).into_iter().map(|(area, ..)| area).collect::<Vec<_>>();
        assert_eq!(areas(Way::BothHats), [Area::Commitments, Area::Priorities, Area::Agreement]);
        assert_eq!(areas(Way::TextbookScrum), [Area::Roadmap, Area::Commitments, Area::Priorities]);
        let told = changes(&agreed, Way::Safe).remove(0);
        assert_eq!(told, (Area::Commitments, "Manager signs, Owner signs".into(), "Manager decides, Owner proposes".into()));
        let mut own = agreed.clone();
        own.set(Area::Work, Hat::Stakeholder, Standing::Proposes);
        own.switch(Area::Work, false);
        assert_eq!(changes(&own, Way::TwoPeople), [(Area::Work, "Stakeholder proposes".into(), "Stakeholder sees".into())]);
    }
}
