//! Markup of the page of days off.

use crate::{model::*, rows::Absence};
use kernel::{Noun, Scope};
use web::{Markup, avatar, command_form, date, disclosure, field, html, input, limited, may, small_act, when};

pub(crate) fn calendar(scope: &Scope, away: &[Absence], holidays: &[Holiday]) -> Markup {
    let (own, others): (Vec<&Absence>, Vec<&Absence>) = away.iter().partition(|absence| scope.who.member == Some(absence.member));
    html! {
        p.lead { "Whoever is away and the days on which nobody works count wherever days are counted: how much fits into a sprint, and when something will be done." }
        div.columns-2.days-off {
            div {
                section aria-labelledby="own-days" { h2 #own-days { "Your days off" }
                    p.hint { "They count in all your products, and everyone who works there with you sees them." }
                    @if own.is_empty() { p { "No day off is planned." } }
                    ul.lines { @for absence in own { li { span.what { (span(scope, &absence.first_day, &absence.last_day)) }
                        form.act.small method="post" action="/do/day_off.drop" data-act { input type="hidden" name="day_off" value=(absence.id.simple().to_string()); button.plain type="submit" { "I work after all" } } } } }
                    @if scope.who.assistant.is_none() { form.inline method="post" action="/do/day_off.take" data-act data-reset {
                        (limited("day_off.take", html! { (input("date", "first_day", "First day", "")) (input("date", "last_day", "Last day", "")) }))
                        button type="submit" { "Take days off" } span.error data-error="" {}
                    } }
                }
                section aria-labelledby="others-days" { h2 #others-days { "Who else is away" }
                    @if others.is_empty() { p { "Nobody, as far as it is known." } }
                    ul.lines { @for absence in others { li { (avatar(&absence.name)) span.what dir="auto" { (absence.name) } span.quiet { (span(scope, &absence.first_day, &absence.last_day)) } } } }
                }
            }
            section aria-labelledby="closed-days" { h2 #closed-days { "Days on which nobody works" }
                @if holidays.is_empty() { p { "No days off so far. Public holidays come from a calendar file." } }
                ul.lines { @for holiday in holidays { li { span.day { (weekday(&holiday.on_day)) " " (date(scope, &holiday.on_day)) } span.what dir="auto" { (holiday.name) }
                    (small_act(scope, AREA, "holiday.remove", &[("holiday", &holiday.id().to_string())], "x", &format!("Work on {}", holiday.name))) } } }
                @if may(scope, AREA) { div.row {
                    (disclosure("add-holiday", "Add a day", "", command_form(scope, AREA, "holiday.add", "Add day", html! { (input("date", "day", "Day", "")) (field("name", "What it is", "")) })))
                    (disclosure("bring-holidays", "From a calendar file", "", command_form(scope, AREA, "holiday.bring_in", "Bring in", from_file())))
                } } @else { p.hint { (web::who_decides(scope, AREA)) } }
            }
        }
    }
}

/// A file is read into the field by script; without it the text is pasted.
fn from_file() -> Markup {
    html! {
        label.field { span { "Calendar file (.ics)" } input type="file" accept=".ics,text/calendar" data-reads="ics"; }
        label.field { span { "Or its text" } textarea name="ics" rows="4" spellcheck="false" placeholder="BEGIN:VCALENDAR" {} span.error data-error="ics" {} }
        (input("number", "year", "Only days of one year, such as next year’s", ""))
        p.hint { "Whole days that are still to come are taken; meetings are not." }
    }
}

/// "24 Dec – 2 Jan 2027".
fn span(scope: &Scope, first: &str, last: &str) -> Markup {
    html! { (date(scope, first)) @if first != last { " – " (date(scope, last)) } }
}

fn weekday(day: &str) -> &'static str {
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let monday = "1970-01-05";
    usize::try_from(when::days_between(monday, day).rem_euclid(7)).map_or("", |at| NAMES[at])
}
