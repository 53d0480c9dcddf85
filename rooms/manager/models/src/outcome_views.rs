//! Markup of what an estimate comes to, or of what is wrong with it.

use crate::{
    answers::Told,
    drawn,
    work::{Asked, Worked},
};
use estimate::Wrong;
use research::{amount, with_unit};
use web::{Markup, chart::Chart, html, telling::percent};

/// What came of it. `take` is the address of its charts as files, where it is kept.
pub(crate) fn outcome(body: &str, asked: &Asked, worked: &Result<Worked, Wrong>, take: Option<&str>) -> Markup {
    match worked {
        Ok(worked) => came(asked, worked, take),
        Err(wrong) => odd(body, wrong),
    }
}

fn came(asked: &Asked, worked: &Worked, take: Option<&str>) -> Markup {
    let told = &worked.told;
    let answer = &told.answer;
    let taken = |chart: Chart, name: &str| match take {
        Some(address) => chart.taken_from(format!("models/{name}?{address}")).view(),
        None => chart.view(),
    };
    html! {
        div.came data-answer-line=(worked.answer_line) { p.came-name dir="auto" { (answer.name) }
            p.came-answer { strong { (with_unit(answer.middle, &answer.unit)) } @if !answer.certain { " " span.quiet { "likely " (amount(answer.low)) " to " (amount(answer.high)) } } }
            @if answer.certain { p.hint { "Nothing in it is uncertain: write a guess as a range, such as “3k to 8k”." } } }
        @if let Some(chance) = told.chance { p.came-chance { "The chance that " code dir="auto" { (asked.chance.trim()) } " is " strong { (share(chance)) } "." } }
        @if let Some(odd) = &worked.odd_chance { p.error { "The condition cannot be read: " (odd) } }
        @if let Some(chart) = drawn::spread(worked) { (taken(chart, "spread")) }
        @if let Some(chart) = drawn::tornado(told) { (taken(chart, "tornado")) }
        @if let Some(chart) = drawn::tree(told) { (taken(chart, "tree")) }
        p.quiet { (drawn::built(told)) ". "
            @if told.second_ways.is_empty() { "There is no second way to it: another road to the same figure would show how far it can be trusted." } @else { "A second way: " bdi { (told.second_ways.join(", ")) } "." } }
        @if !told.twice.is_empty() { p.banner.warning { span { "Reached by more than one way: " bdi { (told.twice.join(", ")) } ". See whether it is counted twice." } } }
        details.more { summary { "Every line " span.quiet { (told.lines.len()) } } div.scroll tabindex="0" role="region" aria-label="Every line" { table.list {
            thead { tr { th { "Line" } th.num { "Middle" } th { "Nine times in ten" } th { "From" } } }
            tbody { @for line in &told.lines { (row(line)) } }
        } } }
    }
}

fn row(line: &Told) -> Markup {
    html! { tr { td dir="auto" { (line.name) } td.num { (with_unit(line.middle, &line.unit)) }
    td { @if line.certain { span.quiet { "certain" } } @else { (amount(line.low)) " to " (amount(line.high)) } }
    td.quiet dir="auto" { (line.note) } } }
}

/// A chance, without the certainty that nobody has.
fn share(chance: f64) -> String {
    match chance {
        none if none < 0.005 => "under 1 %".into(),
        all if all > 0.995 => "over 99 %".into(),
        some => percent(some),
    }
}

/// What is wrong, with the line in which the place is marked.
fn odd(body: &str, wrong: &Wrong) -> Markup {
    let line = wrong.at.line.checked_sub(1).and_then(|at| body.lines().nth(at));
    html! { div.odd { p.error role="alert" { (wrong) }
    @if let Some(line) = line { @let (before, at, after) = parted(line, wrong.at.column);
        pre.odd-line { (before) mark { (at) } (after) } }
    p.hint { "The figures come back once this is mended." } } }
}

/// A line before, at and after a column; what is missing at its end is shown as a gap.
fn parted(line: &str, column: usize) -> (String, String, String) {
    let chars: Vec<char> = line.chars().take(400).collect();
    let at = column.saturating_sub(1).min(chars.len());
    let word = |c: &char| c.is_alphanumeric() || *c == '_';
    // A whole word is marked where one begins there.
    let long = chars[at..].iter().take_while(|c| word(c)).count().max(1);
    let end = (at + long).min(chars.len());
    let marked: String = chars[at..end].iter().collect();
    (chars[..at].iter().collect(), if marked.trim().is_empty() { "\u{a0}".into() } else { marked }, chars[end..].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn the_place_is_marked_in_its_line() {
        let parts = |line: &str, column| {
            let (before, at, after) = parted(line, column);
            [before, at, after].join("|")
        };
        assert_eq!(parts("b = a * prise + 1", 9), "b = a * |prise| + 1");
        assert_eq!(parts("b = ", 5), "b = |\u{a0}|");
        assert_eq!(parts("b = )", 5), "b = |)|");
        assert_eq!(parts("", 900), "|\u{a0}|");
    }
}
