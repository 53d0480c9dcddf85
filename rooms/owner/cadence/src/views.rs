//! Markup of how a product moves, and of the sprints that follow.

use crate::{
    following::{Next, Standing},
    model::*,
    pace::{AHEAD, Pace},
};
use kernel::{Area, Scope};
use web::{Markup, act_label, action, command_form, date, field, html, may, number_field, options, pill, points, select, several, who_decides};

pub(crate) struct Shown<'a> {
    pub cadence: &'a Cadence,
    /// Something was said; else it is what is usual.
    pub said: bool,
    pub standing: &'a Standing,
    pub next: &'a [Next],
    /// How it goes, where it moves without sprints.
    pub pace: Option<&'a Pace>,
}

pub(crate) fn page(scope: &Scope, shown: &Shown) -> Markup {
    let c = shown.cadence;
    html! {
        p.crumb { a href="sprint" { "Sprint" } }
        p.lead { "How this product moves: in sprints that follow one another by themselves, or without sprints, in one flow." }
        @if !shown.said { p.hint { "Nothing was said yet; below stands what is usual." } }
        @match c.way {
            Way::Sprints => { (sprints(scope, shown)) }
            Way::Flow => { section { h2 { "Without sprints" } p { "Stories are begun in the order of the backlog as soon as there is room for them. Limits stand at the columns, and how old a card is stands on it." } @if let Some(pace) = shown.pace { (goes(pace)) } p { a.button.primary href="sprint?flow=yes" { "Go to the board" } " " a.button.plain href="forecast" { "Forecast" } } } }
        }
        section { h2 { "How we work" }
            @if !may(scope, Area::Sprints) { p.hint { (who_decides(scope, Area::Sprints)) } }
            (command_form(scope, Area::Sprints, "cadence.set", "Save", html! {
                (select("way", "We work", &options(Way::ALL), c.way.word()))
                div.pair { (select("begins", "A sprint begins on", &options(Begins::ALL), c.begins.word())) (number_field("weeks", "Weeks that it lasts, 1 to 4", Some(c.weeks as f64))) }
                div.pair { (field("names", "What sprints are called; {n} is their number", &c.names)) (number_field("ahead", "So many are planned ahead by themselves, 0 to 6", Some(c.ahead as f64))) }
            }))
        }
    }
}

/// How much is under way, how long it takes, and how much will be done soon.
fn goes(pace: &Pace) -> Markup {
    html! { ul.figures {
        li { strong { (several(pace.under_way, "story")) } " under way" @if pace.old > 0 { " " (pill("warning", &format!("{} older than most", pace.old))) } }
        li { strong { (several(pace.lately, "story")) } " accepted in the last four weeks" }
        @if let Some(took) = pace.took { li title="From the first day of work to the verdict, both counted" { "Half of them took at most " (several(took[0], "day")) ", 85 of 100 at most " (several(took[2], "day")) } }
        @match &pace.likely {
            Some(Ok(likely)) => { li { "In the next " (AHEAD) " days at least " strong { (several(points(Some(*likely)), "story")) } ", in 85 of 100 cases" } }
            Some(Err(why)) => { li.quiet { "No forecast yet: " (why) } }
            None => {}
        }
    } }
}

fn sprints(scope: &Scope, shown: &Shown) -> Markup {
    let c = shown.cadence;
    html! { section { h2 { "The next sprints" }
        p { "Each begins on a " (c.begins.says()) " and lasts " (several(c.weeks, "week")) ". "
            @if c.ahead > 0 { "Every morning as many are planned as are missing of " (c.ahead) ". " }
            @match shown.standing.planned { 0 => { "No sprint is planned now." } 1 => { "One is planned now." } n => { (n) " are planned now." } } }
        ol.lines { @for next in shown.next { li { bdi.what { (next.name) } span.quiet { (date(scope, &next.starts_on)) " – " (date(scope, &next.ends_on)) } } } }
        @if may(scope, Area::Sprints) { form.inline method="post" action=(action(scope, "cadence.plan")) data-act {
            label.field { span { "How many" } select name="sprints" { @for n in 1..=shown.next.len() { option value=(n) { (n) } } } }
            button type="submit" { (act_label(scope, Area::Sprints, "Plan them")) } span.error data-error="sprints" {} } }
    } }
}
