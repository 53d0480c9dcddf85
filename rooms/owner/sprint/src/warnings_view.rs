//! What is to be seen to before a sprint starts, each line with the act that mends it, and who is there in it.

use crate::{
    capacity::{Seat, told},
    fit::Fit,
    model::*,
    rows::Card,
    views::Shown,
};
use backlog::{Fact, Settable, Stage};
use kernel::{Area, Scope};
use web::{Markup, act, avatar, html, keyed, may, meter, pill, points, several, short_label, telling::percent};

/// So many stories are named under one warning; the rest are counted.
const MOST: usize = 6;

/// What the pace says: told again with each story that comes in.
pub(crate) fn fits(shown: &Shown) -> Markup {
    html! { @match shown.fit {
        Some(Ok(fit)) => { p.fits role="status" {
            "In 85 of 100 such sprints at least " strong { (fit.amount(fit.likely)) } " would be done. "
            @if fit.total > 0.0 { "All that is in it now, " (fit.amount(fit.total)) ": " strong { (percent(fit.chance)) } " " (meter("Chance that all of it is done", fit.chance)) " " (verdict(fit)) }
        } }
        Some(Err(why)) => { p.hint { "How much fits cannot be said by the pace yet: " (why) } }
        None => {}
    } }
}

fn verdict(fit: &Fit) -> Markup {
    match fit.chance {
        c if c >= 0.85 => pill("good", "fits"),
        c if c >= 0.5 => pill("warning", "may not fit"),
        _ => pill("critical", "hardly fits"),
    }
}

/// So many of those who work are named.
const SEATS: usize = 100;

/// Who is there, day by day of work.
pub(crate) fn seats(shown: &Shown) -> Markup {
    let all: &[Seat] = shown.seats;
    let (days, of) = all.iter().fold((0, 0), |(days, of), seat| (days + seat.days, of + seat.of));
    html! { @if !all.is_empty() { details.more.seats { summary { "Who is there: " (days) " of " (several(of, "day")) " of work" }
        ul.lines { @for seat in all.iter().take(SEATS) { li { (avatar(&seat.name)) span.what { bdi { (seat.name) } } span { (seat.days) " of " (several(seat.of, "day")) } (meter(&format!("Days of {}", seat.name), if seat.of > 0 { seat.days as f64 / seat.of as f64 } else { 0.0 })) } } }
        @if all.len() > SEATS { p.quiet { "and " (all.len() - SEATS) " more" } }
        p.hint { @if let Some(told) = shown.there.and_then(told) { bdi { (told) } ". " } a href="calendar" { "Days off are noted in the calendar" } "." }
    } } }
}

/// The warnings, counted in a line and opened where they are to be mended.
pub(crate) fn warnings(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let open: Vec<&Card> = shown.cards.iter().filter(|c| !matches!(c.stage, Stage::Accepted | Stage::Dropped)).collect();
    let those = |fine: &dyn Fn(&Card) -> bool| open.iter().filter(|c| fine(c)).copied().collect::<Vec<&Card>>();
    let (unready, blocked, loose, sizeless) = (
        those(&|c| c.warnings.not_ready && c.stage == Stage::Open),
        those(&|c| c.blocked_since.is_some()),
        those(&|c| c.warnings.no_thread),
        if scope.sees(Area::Estimates) { those(&|c| c.points.is_none()) } else { vec![] },
    );
    let over = over(shown, &open);
    let (settable, at) = (Settable::by(scope), shown.address());
    let pick = |fact: Fact, c: &Card, says: &str| {
        html! { @if settable.has(fact) { button.plain form="pick" name=(fact) value=(c.number) { (short_label(scope, fact.area(), says)) span.hidden { " " (scope.key(c.number)) } } } }
    };
    let number = |c: &Card| c.number.to_string();
    // One line however much there is, so that what is put in or taken out moves nothing below it.
    let said = [("not ready", unready.len()), ("blocked", blocked.len()), ("no thread", loose.len()), ("no estimate", sizeless.len())];
    let fine = said.iter().all(|(_, many)| *many == 0) && over.is_none() && !s.goal.is_empty();
    html! { details.more.before-start id="before-start" { summary { "To be seen to: "
            @if fine { "nothing" }
            @if s.goal.is_empty() { (pill("warning", "no goal")) " " }
            @if over.is_some() { (pill("warning", "over capacity")) " " }
            @for (word, many) in said.iter().filter(|(_, many)| *many > 0) { (pill("warning", &format!("{many} {word}"))) " " } }
        @if fine { p.hint { "Every story in it is ready, hangs on a feature and has a size, and the goal is written." } }
        @if s.goal.is_empty() { p { "No goal yet. Why is this sprint worth it? It is written under Edit." } }
        @if let Some((last, why)) = &over { p { (why) " " @if may(scope, Area::Sprints) { (act(scope, Area::Sprints, "story.set", &[("sprint", ""), ("stories", &number(last))], &format!("Take {} out", scope.key(last.number)), "plain")) } } }
        (group(scope, &at, ("not ready", &unready), &|c| act(scope, Area::Backlog, "story.mark_ready", &[("story", &number(c)), ("ready", "true")], "It is ready", "plain")))
        (group(scope, &at, ("blocked", &blocked), &|c| html! { span.quiet dir="auto" { (c.blocked_reason) } (act(scope, Area::Work, "story.unblock", &[("story", &number(c))], "Unblock it", "plain")) }))
        (group(scope, &at, ("no thread", &loose), &|c| pick(Fact::Feature, c, "Hang it on a feature")))
        (group(scope, &at, ("no estimate", &sizeless), &|c| pick(Fact::Points, c, "Estimate it")))
        @if sizeless.len() > 1 { p.hint { a href="poker" { "Estimate them together with planning poker" } } }
    } }
}

/// The last story and why, where more is in it than the pace carries, or than any of the last sprints took.
fn over<'a>(shown: &Shown, open: &[&'a Card]) -> Option<(&'a Card, String)> {
    let last = *open.iter().rfind(|c| c.stage == Stage::Open)?;
    if let Some(Ok(fit)) = shown.fit {
        return (fit.total > 0.0 && fit.chance < 0.5).then(|| (last, format!("All of it would be done in {} of such sprints.", percent(fit.chance))));
    }
    let total: f64 = open.iter().filter_map(|c| c.points).sum();
    let high = shown.capacity.as_ref()?.high;
    (total > high).then(|| (last, format!("{} are more than any of the last sprints took.", several(points(Some(total)), "point"))))
}

fn group(scope: &Scope, at: &str, (word, cards): (&str, &[&Card]), mend: &dyn Fn(&Card) -> Markup) -> Markup {
    html! { @if !cards.is_empty() { h3 { (web::capital(word)) " " span.quiet { (cards.len()) } }
        ul.lines { @for c in cards.iter().take(MOST) { li { a.what href={ (at) "open=" (c.number) } { (keyed(scope, c.number, &c.title)) } (mend(c)) } } }
        @if cards.len() > MOST { p.hint { "And " (cards.len() - MOST) " more." } }
    } }
}
