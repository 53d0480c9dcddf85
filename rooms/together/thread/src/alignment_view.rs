//! Markup of alignment: the figures, and below them what stands behind each.

use crate::alignment::{Alignment, Confirmed, OnThread, Share};
use kernel::Scope;
use web::{
    Markup, empty, html, join, listed_people, meter, points, several,
    telling::{figure, percent},
    time,
};

/// So many features are named of an objective.
const NAMED: usize = 8;

pub(crate) fn page(scope: &Scope, a: &Alignment, day: &str, as_of: Markup) -> Markup {
    let nothing = a.shares.is_empty() && a.sprint.is_none() && a.rounds.is_empty() && a.vision.is_none() && a.waiting.is_empty();
    html! {
        p.lead { @if day.is_empty() { "Whether Manager and Owner pull the same way. Each figure leads to what stands behind it." } @else { "Whether Manager and Owner pulled the same way at the end of that day." } }
        div.thread-tools { a href="thread" { "Thread and gaps" } (as_of) }
        @if nothing { (empty("route", "Nothing to tell yet", "The figures begin with a vision that is confirmed, an objective that stories serve, a sprint and a round of scoring.", html! {})) }
        dl.facts.alignment {
            @if let Some(off) = farthest(&a.shares) { (tile("shares", "Furthest from the intended split", &percent(off.share), &format!("of {} for “{}”, intended {}", if a.sized { "accepted points" } else { "accepted stories" }, off.title, percent(off.intended.unwrap_or_default())))) }
            @else if let Some(rest) = a.shares.iter().find(|share| share.objective.is_none()) { (tile("shares", "For no objective", &percent(rest.share), if a.sized { "of accepted points" } else { "of accepted stories" })) }
            @else if !a.shares.is_empty() { (tile("shares", "For an objective", &percent(1.0), if a.sized { "of accepted points" } else { "of accepted stories" })) }
            @if let Some(s) = &a.sprint { (tile("sprint", "Sprint on a thread", &percent(s.joined as f64 / s.stories as f64), &format!("{} of {} lead to an objective or a need", s.joined, several(s.stories, "story")))) }
            @if let Some(last) = a.rounds.first() { (tile("order", "Agreed on the order", &last.agreement.map_or("–".to_owned(), |agreement| figure((agreement * 100.0).round() / 100.0)), if last.agreement.is_some() { "from −1, the reverse, to 1, the same" } else { "it cannot be said of the last round" })) }
            @if let Some(v) = &a.vision { @let all = v.by.len() + v.not_yet.len(); (tile("vision", "Vision confirmed", &percent(if all == 0 { 0.0 } else { v.by.len() as f64 / all as f64 }), &format!("{} of {}", v.by.len(), several(all, "member")))) }
            @if let Some(oldest) = a.waiting.first() { (tile("waiting", "Oldest open proposal", &several(oldest.days, "day"), &format!("{} open", several(a.waiting.len(), "proposal")))) }
        }
        @if !a.shares.is_empty() { (shares(scope, a)) }
        @if let Some(sprint) = &a.sprint { (on_thread(scope, sprint, day.is_empty())) }
        @if !a.rounds.is_empty() { section #order { h2 { "Rounds of scoring" } ul.lines { @for round in &a.rounds { li { a.what href={ "rounds?round=" (round.round) } dir="auto" { (round.title) } span.quiet { (time(scope, round.opened_at, scope.now)) } strong { @match round.agreement { Some(agreement) => { (figure((agreement * 100.0).round() / 100.0)) } None => { "–" } } } } } } p.hint { "Two who rate are compared by τ-b, more by W." } } }
        @if let Some(vision) = &a.vision { (confirmed(vision)) }
        @if !a.waiting.is_empty() { section #waiting { h2 { "Open proposals" } ul.lines { @for w in &a.waiting { li { a.what href={ "decisions?show=" (w.id.simple()) "#p-" (w.id.simple()) } dir="auto" { (w.title) } span.quiet { (w.area) } strong { (several(w.days, "day")) } } } } } }
    }
}

/// A figure that leads to what stands behind it.
fn tile(behind: &str, name: &str, told: &str, says: &str) -> Markup {
    html! { div { dt { a href={ "#" (behind) } { (name) } } dd { (told) " " span.quiet dir="auto" { (says) } } } }
}

/// The objective whose share is furthest from what was intended.
fn farthest(shares: &[Share]) -> Option<&Share> {
    let off = |share: &Share| (share.share - share.intended.unwrap_or(share.share)).abs();
    shares.iter().filter(|share| share.intended.is_some()).max_by(|a, b| off(a).total_cmp(&off(b)))
}

fn shares(scope: &Scope, a: &Alignment) -> Markup {
    let size = |delivered: &crate::alignment::Delivered| {
        if a.sized { several(points(Some(delivered.points)), "point") } else { several(figure(delivered.stories), "story") }
    };
    html! { section #shares {
        h2 { @if a.sized { "Accepted points by objective" } @else { "Accepted stories by objective" } }
        @for share in &a.shares { details.gap {
            summary { strong.what dir="auto" { (share.title) } (meter(&format!("{} of what was accepted", percent(share.share)), share.share)) span { (percent(share.share)) } span.quiet { @match share.intended { Some(intended) => { "intended " (percent(intended)) } None => { @if share.objective.is_some() { "nothing intended" } } } } }
            @if share.features.is_empty() { p.hint { "Nothing was accepted for it." } }
            ul.lines { @for f in share.features.iter().take(NAMED) { li { @if f.number > 0 { span.key { (scope.key(f.number)) } a.what href={ "backlog?stage=accepted&feature=" (f.number) } dir="auto" { (f.title) } } @else { span.what { (f.title) } } span.quiet { (size(f)) } } }
                @if share.features.len() > NAMED { li.quiet { "and " (share.features.len() - NAMED) " more" } } }
        } }
        p.hint { "What serves several objectives counts for each in equal parts." }
    } }
}

fn on_thread(scope: &Scope, sprint: &OnThread, today: bool) -> Markup {
    html! { section #sprint {
        h2 { a href={ "sprint?sprint=" (sprint.sprint) } { bdi { (sprint.name) } } }
        @if sprint.loose.is_empty() { p.hint { "Every story of it leads to an objective or a need." } }
        @else { p.hint { (several(sprint.loose.len(), "story")) @if sprint.loose.len() == 1 { " leads" } @else { " lead" } " to no objective and no need." } }
        ul.lines { @for story in &sprint.loose { li { span.key { (scope.key(story.number)) } a.what href={ "thread?of=" (scope.key(story.number)) } dir="auto" { (story.title) } @if today { (join(scope, "story", story.id, "feature", "Hang it on a feature", "")) } } } }
    } }
}

fn confirmed(vision: &Confirmed) -> Markup {
    html! { section #vision {
        h2 { a href="understanding" { "Vision, version " (vision.version) } }
        @if !vision.by.is_empty() { p { "Confirmed by " (listed_people(vision.by.iter().map(String::as_str))) "." } }
        @if !vision.not_yet.is_empty() { p.quiet { "Not yet by " (listed_people(vision.not_yet.iter().map(String::as_str))) "." } }
    } }
}
