//! Velocity: what sprints brought, as a range.

use super::{About, Found, Report, rank};
use crate::{
    asked::Sight,
    runs::{self, Run},
};
use kernel::{Look, Result, Uuid};
use web::{
    chart::{Across, Chart, Plot, Series},
    points, several,
};

pub(super) const VELOCITY: Report = Report {
    word: "velocity",
    name: "Velocity",
    counts: "For each closed sprint, what of it was accepted, beside what it began with.",
    how: "Points where stories have sizes, else stories. What waited for its verdict when the sprint closed counts where it was finished, once it is accepted. \
          Never plan by one number: half of the sprints brought less than the middle.",
    about: About::Sprints,
    read,
};

fn read(look: &mut Look, sight: &Sight) -> Result<Found> {
    let mut runs = runs::lately(look, sight)?;
    runs.retain(|run| run.closed);
    if runs.is_empty() {
        return Ok(Found::nothing("No sprint was closed in this time. A velocity is told once one is."));
    }
    let committed = runs::committed(look, sight, &runs)?;
    let accepted = runs::accepted(look, sight, &runs)?;
    let sized = sight.sizes && (committed.values().any(|much| much.points > 0.0) || accepted.values().any(|much| much.points > 0.0));
    let each = |of: &std::collections::HashMap<Uuid, runs::Much>| -> Vec<f64> {
        runs.iter().map(|run: &Run| of.get(&run.id).copied().unwrap_or_default().of(sized)).collect()
    };
    let brought = each(&accepted);
    let plot = Plot::new(Across::Names(runs::called(&runs)), if sized { "Points" } else { "Stories" })
        .with(Series::bars("Accepted", &brought))
        .with(Series::line("At the start", &each(&committed)).quiet());
    Ok(Found::chart(Chart::of("Accepted in each sprint", plot).told(told(&brought, sized))))
}

/// "Five sprints brought 8 to 21 points, half of them at least 13."
fn told(brought: &[f64], sized: bool) -> String {
    let mut sorted = brought.to_vec();
    sorted.sort_by(f64::total_cmp);
    let counted: Vec<(f64, i64)> = sorted.iter().map(|amount| (*amount, 1)).collect();
    let (least, most) = (sorted.first().copied().unwrap_or_default(), sorted.last().copied().unwrap_or_default());
    let noun = if sized { "point" } else { "story" };
    let amount = |amount: f64| several(points(Some(amount)), noun);
    match sorted.len() {
        1 => format!("One sprint brought {}.", amount(most)),
        n if least == most => format!("{n} sprints brought {} each.", amount(most)),
        n => {
            let middle = rank(&counted, 0.5).unwrap_or(most);
            let mean = brought.iter().sum::<f64>() / n as f64;
            format!(
                "{n} sprints brought {} to {}, half of them at most {}; {} on average.",
                points(Some(least)),
                amount(most),
                points(Some(middle)),
                points(Some((mean * 10.0).round() / 10.0))
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn never_one_number_where_there_are_several() {
        assert_eq!(told(&[8.0], true), "One sprint brought 8 points.");
        assert_eq!(told(&[8.0, 8.0], false), "2 sprints brought 8 stories each.");
        assert_eq!(told(&[13.0, 8.0, 22.0, 9.0], true), "4 sprints brought 8 to 22 points, half of them at most 9; 13 on average.");
    }
}
