//! Markup of the pulse: its form, what came of the last one, and its trend.

use crate::{model::*, pulse::FIELDS, rows::Pulses};
use kernel::{Area, Noun, Scope};
use web::{
    Markup, act, action,
    chart::{Across, Chart, Plot, Series},
    html, meter, several,
    telling::figure,
    time,
};

/// What the ends of the scale mean.
const ENDS: (&str, &str) = ("not at all", "fully");

pub(crate) fn section(scope: &Scope, pulses: &Pulses, members: usize) -> Markup {
    html! { section.pulse #pulse { h2 { "Pulse" }
        p.hint { "Five questions in each sprint. What is kept of the answers are sums, in nobody’s name; they are told when the sprint is over, from three answers on." }
        @match pulses.open() {
            Some(pulse) => { (open(scope, pulses, pulse, members)) }
            None => { p { "Nothing is asked at the moment: the next sprint begins a pulse. " } div.row { (act(scope, Area::Strategy, "pulse.begin", &[], "Ask the five questions now", "")) } }
        }
        @if let Some(last) = pulses.all.iter().find(|pulse| pulse.closed_at.is_some()) { (closed(scope, pulses, last)) }
        @if let Some(trend) = trend(scope, pulses) { (trend.view()) }
    } }
}

fn open(scope: &Scope, pulses: &Pulses, pulse: &Pulse, members: usize) -> Markup {
    let (id, answered) = (pulse.id().to_string(), pulses.answered.get(&pulse.meta.id).copied().unwrap_or_default());
    html! {
        @if answered.oneself { p { "You have answered. Nobody can tell any more which answers are yours." } }
        @else if scope.who.assistant.is_none() { form.stack.pulse-form method="post" action=(action(scope, "pulse.answer")) data-act aria-label="Answer the pulse" {
            input type="hidden" name="pulse" value=(id);
            @for (field, question) in FIELDS.iter().zip(pulse.asked.iter()) { fieldset { legend { (question) }
                div.scale { span.quiet aria-hidden="true" { (ENDS.0) }
                    @for answer in 1..=MOST { label.check { input type="radio" name=(field) value=(answer) required; span { (answer) @if answer == 1 { span.hidden { ", " (ENDS.0) } } @if answer == MOST { span.hidden { ", " (ENDS.1) } } } } }
                    span.quiet aria-hidden="true" { (ENDS.1) } }
                span.error data-error=(field) {} } }
            p.error data-error="" {}
            div.row { button.primary type="submit" { "Answer" } span.quiet { "Answers cannot be changed: nobody knows whose they are." } }
        } }
        p.byline { (answered.people) " of " (members) " have answered in " bdi { (pulses.called(scope, pulse)) } "." }
        (act(scope, Area::Strategy, "pulse.close", &[("pulse", &id)], "Close it now", "plain"))
    }
}

fn closed(scope: &Scope, pulses: &Pulses, pulse: &Pulse) -> Markup {
    let when = pulse.closed_at.unwrap_or(pulse.meta.created_at);
    html! {
        h3 { bdi { (pulses.called(scope, pulse)) } " " span.quiet { (several(pulse.people, "answer")) ", closed " (time(scope, when, scope.now)) } }
        @if pulse.sums.is_empty() { p.hint { "Too few have answered to tell what: from three answers on nobody can be recognised." } }
        @else { div.scroll tabindex="0" role="region" aria-label="What was answered" { table.list { thead { tr { th { "Question" } th.num { "Mean" } th { span.hidden { "Mean as a bar" } } @for answer in 1..=MOST { th.num { (answer) } } } }
            tbody { @for ((question, sums), mean) in pulse.asked.iter().zip(pulse.sums.iter()).zip(pulse.means()) { tr {
                td { (question) } td.num { strong { (figure((mean * 10.0).round() / 10.0)) } } td { (meter(question, (mean - 1.0) / (MOST - 1) as f64)) }
                @for given in sums { td.num { @if *given == 0 { span.quiet { "–" } } @else { (given) } } }
            } } } } } }
    }
}

/// Names without the word that all of them begin with: below a chart there is room for what tells them apart.
fn told_apart(names: Vec<String>) -> Vec<String> {
    let first = names.first().and_then(|name| name.split_once(' ')).map(|(first, _)| format!("{first} "));
    match first.filter(|first| names.iter().all(|name| name.len() > first.len() && name.starts_with(first.as_str()))) {
        Some(first) => names.iter().map(|name| name[first.len()..].to_owned()).collect(),
        None => names,
    }
}

/// How the answers went from pulse to pulse; nothing before there are two to compare.
pub(crate) fn trend(scope: &Scope, pulses: &Pulses) -> Option<Chart> {
    let shown: Vec<&Pulse> = pulses.shown().rev().collect();
    let means: Vec<f64> = shown.iter().filter_map(|pulse| pulse.mean()).collect();
    let [.., before, last] = means.as_slice() else { return None };
    let lowest: Vec<f64> = shown.iter().map(|pulse| pulse.means().into_iter().fold(f64::INFINITY, f64::min)).collect();
    let way = match last - before {
        by if by >= 0.1 => "up from",
        by if by <= -0.1 => "down from",
        _ => "much as in the one before:",
    };
    let told = format!("The mean of all answers was {}, {way} {}.", figure((last * 10.0).round() / 10.0), figure((before * 10.0).round() / 10.0));
    let names = told_apart(shown.iter().map(|pulse| pulses.called(scope, pulse)).collect());
    let plot = Plot::new(Across::Names(names), "1 to 5").with(Series::line("All five", &means)).with(Series::line("Lowest", &lowest).quiet());
    Some(Chart::of("Pulse over time", plot).told(told).taken_from("understanding/pulse"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_all_begin_with_is_left_out() {
        let apart = |names: &[&str]| told_apart(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(apart(&["Sprint 44", "Sprint 45"]), ["44", "45"]);
        assert_eq!(apart(&["Sprint 44", "Autumn"]), ["Sprint 44", "Autumn"]);
        assert_eq!(apart(&["Sprint", "Sprint 2"]), ["Sprint", "Sprint 2"]);
        assert!(apart(&[]).is_empty());
    }
}
