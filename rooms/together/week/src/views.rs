//! Markup of the week's page.

use crate::{
    notes::{WeekNote, keeps},
    rows::Week,
};
use conversation::{Asks, Writing};
use kernel::{Noun, Scope};
use reports::{Likely, Promised};
use web::{
    Markup,
    app::Worked,
    capital, clipped, date, html, icon, pill, several,
    text::{markdown, plain},
    time,
};

pub(crate) fn week(scope: &Scope, week: &Week, promised: &Promised, likely: Option<&Worked<Likely>>) -> Markup {
    html! {
        p.lead { "Ten minutes for Manager and Owner: what waits, where you differ, what was promised and what is likely. Note what you said." }
        @if !week.is_now { p.hint { "You look at the note of an earlier week. " a href="week" { "This week" } } }
        (when_reminded(scope, week))
        @for (kind, last) in &week.silence { (updates::silence_line(scope, *kind, *last)) }
        div.week {
            (waits(scope, week)) (differences(week)) (promises(scope, promised, likely)) (evidence(week)) (questions(scope, week)) (came_back(scope, week))
        }
        (note(scope, week))
        (earlier(scope, &week.earlier))
    }
}

fn when_reminded(scope: &Scope, week: &Week) -> Markup {
    let weekday = week.rhythm.as_ref().and_then(|rhythm| rhythm.weekday).filter(|weekday| *weekday != rights::Weekday::Never);
    html! { @match weekday {
        Some(weekday) => { p.quiet { "You are reminded " (weekday.says()) ". " a href="who-decides#rhythm" { "Change it" } } }
        None => { @if keeps(scope) { p.hint { "Nobody is reminded of this page. " a href="who-decides#rhythm" { "Choose a weekday" } } } }
    } }
}

fn waits(scope: &Scope, week: &Week) -> Markup {
    html! { section.tile { h2 { (icon("gavel")) "What waits" span.quiet { " " (week.waits.len()) } }
        @if week.waits.is_empty() { p.hint { "Nothing waits for a decision." } }
        ul.lines { @for one in &week.waits { @let id = one.id.simple().to_string(); li.long {
            span.what { a href={ "decisions?show=" (id) "#p-" (id) } { bdi { (one.title) } } @if one.stuck { " " (pill("critical", "past its day")) } }
            span.quiet { @if !one.asked.is_empty() { "on " @for (n, hat) in one.asked.iter().enumerate() { @if n > 0 { " and " } "the " (hat.title()) } ", " } (time(scope, one.since, scope.now)) }
        } } }
    } }
}

fn differences(week: &Week) -> Markup {
    html! { section.tile { h2 { (icon("scale")) "Where you differ" span.quiet { " " (week.differ.len() + week.scored.len()) } }
        @if week.differ.is_empty() && week.scored.is_empty() { p.hint { "Nothing that was laid side by side is left to settle." } }
        ul.lines { @for one in &week.differ { li.long { a href={ "sorting#area-" (one.area) } { (capital(one.area.word())) } span.quiet { (one.said) } } }
            @for round in &week.scored { (priorities::to_settle_line(round)) } }
    } }
}

fn promises(scope: &Scope, promised: &Promised, likely: Option<&Worked<Likely>>) -> Markup {
    html! { section.tile { h2 { (icon("map")) "Promised and likely" }
        @if promised.bets().is_empty() { p.hint { "Nothing is in Now." } }
        @if let Some(Worked::Failed(why)) = likely { p.hint { (why) } }
        @if let Some(Worked::Under { name, share }) = likely { (web::under_way(scope, name, "Trying out how it may go", *share)) }
        ul.lines { @for (n, bet) in promised.bets().iter().enumerate() { li.long {
            a href={ "roadmap?open=" (bet.number) } { (web::keyed(scope, bet.number, &bet.title)) }
            span { @match &bet.until { Some(day) => { "promised until " (date(scope, day)) } None => { "no window" } }
                @if bet.left == 0 { ", nothing left to do" } @else { ", " (several(bet.left, "story")) " left" }
                @if let (Some(Worked::Done(likely)), true) = (likely, bet.left > 0) { @match likely.surely_by(n) {
                    Some(day) => { ", 85 % sure by " (date(scope, &day)) @if bet.until.as_ref().is_some_and(|until| day > *until) { " " (pill("warning", "later than promised")) } }
                    None => { ", too far to tell" } } } }
        } } }
    } }
}

fn evidence(week: &Week) -> Markup {
    let (count, latest) = &week.evidence;
    html! { section.tile { h2 { (icon("quote")) "New evidence" span.quiet { " " (count) } }
        @if latest.is_empty() { p.hint { "No evidence was recorded in the last seven days." } }
        ul.lines { @for one in latest { @let id = one.evidence.id(); li.long { a href={ "customers?show=" (id) "#e-" (id) } { "“" bdi { (clipped(&one.evidence.quote, 120)) } "”" } @if !one.customer.is_empty() { span.quiet { bdi { (one.customer) } } } } } }
    } }
}

fn questions(scope: &Scope, week: &Week) -> Markup {
    html! { section.tile { h2 { (icon("circle-help")) "What is asked" span.quiet { " " (week.questions.len()) } }
        @if week.questions.is_empty() { p.hint { "No question and no objection is open." } }
        ul.lines { @for one in &week.questions { @let about = one.about_id.simple().to_string(); li.long {
            a href={ "decisions?show=" (about) "#asked-" (one.id()) } { @if one.asks == Some(Asks::Objection) { "Objection: " } bdi { (clipped(&plain(&one.body), 120)) } }
            span.quiet { "about " bdi { (one.about_label) } ", " (time(scope, one.meta.created_at, scope.now)) }
        } } }
    } }
}

fn came_back(scope: &Scope, week: &Week) -> Markup {
    html! { @if !week.back.is_empty() { section.tile { h2 { (icon("history")) "Did it hold?" span.quiet { " " (week.back.len()) } }
        ul.lines { @for one in &week.back { @let id = one.id.simple().to_string(); li.long { a href={ "decisions?show=" (id) "#p-" (id) } { span.key { "D-" (one.number) } " " bdi { (one.title) } } span.quiet { "since " (date(scope, &one.since)) } } } }
    } } }
}

/// What was said, written by whoever keeps notes and read by whoever sees the agreement.
fn note(scope: &Scope, week: &Week) -> Markup {
    let body = week.note.as_ref().map_or("", |note| note.body.as_str());
    let version = week.note.as_ref().map(|note| note.meta.version.to_string());
    let mut fields = vec![("monday", week.monday.as_str())];
    fields.extend(version.as_deref().map(|version| ("version", version)));
    let writing = Writing {
        command: "week_note.keep",
        fields: &fields,
        id: "week-note",
        says: "What you said, and who does what",
        text: body,
        send: "Keep the note",
        stays: false,
        leads: None,
    };
    html! { section #note { h2 { "Notes of the week of " (date(scope, &week.monday)) }
        @if keeps(scope) && scope.product.as_ref().is_some_and(|product| !product.archived) { (writing.form(scope)) }
        @else if body.is_empty() { p.hint { "Nothing was noted." } }
        @if !keeps(scope) && !body.is_empty() { div.prose { (markdown(body)) } }
    } }
}

fn earlier(scope: &Scope, earlier: &[WeekNote]) -> Markup {
    html! { @if !earlier.is_empty() { section { h2 { "Earlier notes" } ul.lines { @for one in earlier { li.long {
        a href={ "week?note=" (one.id()) "#note" } { "The week of " (date(scope, &one.monday)) } span.quiet { bdi { (clipped(&plain(&one.body), 120)) } }
    } } } } } }
}
