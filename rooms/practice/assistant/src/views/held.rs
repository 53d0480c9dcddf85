//! How far the model agrees with people, and the answers that people mark for that.

use super::{agreement, heading};
use crate::{model::*, pages::Model};
use challenge::Challenge;
use kernel::{Noun, Paged, Scope, Uuid};
use marking::NEEDED;
use web::{Markup, empty, html, several, telling::percent, text::markdown, time};

/// What the page shows.
pub(crate) struct Held {
    pub model: Option<Model>,
    pub comparisons: Vec<Comparison>,
    /// How many answers people have marked.
    pub marked: i64,
    pub given: Paged<Specimen>,
    /// The marks of people on those that are shown.
    pub marks: Vec<SpecimenMark>,
    /// The challenges that the reader has handed in, of which they may read what others wrote.
    pub tried: club::HandedIn,
    pub me: Uuid,
}

pub(crate) fn assistant(scope: &Scope, held: &Held) -> Markup {
    html! {
        (club::ways("assistant"))
        p.lead { "A model may read answers beside the checks. Before any level of it is shown, it is held here against people: it marks answers that members have given and marked, and the two are compared." }
        section { h2 { "The model" }
            @match &held.model {
                Some(model) => {
                    p { strong { bdi { (model.name) } } ". You may ask " (several(model.left, "more question")) " of it today." }
                    p { @match &model.agreed { Some(found) => { "On " (several(found.answers, "answer")) " and " (several(found.pairs, "row")) ": " strong { (agreement(found)) } ". Its levels are shown." },
                        None => { "Its levels are not shown yet: it was not held against " (NEEDED) " answers that people here have marked." } } }
                },
                None => p { "No model is set up here. " a href="/help/assistant" { "How a model is set up" } },
            }
            @if let Some(product) = &scope.product { p { "It also drafts stories, criteria, needs, release notes, updates and groups of notes: " a href={ "/" (product.key) "/drafts" } { "drafts in " bdi { (product.name) } } "." } }
            @if held.model.is_some() { p.hint { "Kappa says how far model and people agree beyond chance, far misses weighing most: 1 is complete, 0 what chance gives. Two people often reach 0.7 to 0.9 on short answers." } }
            (run(scope, held))
            @if !held.comparisons.is_empty() { (comparisons(scope, &held.comparisons)) }
        }
        section { h2 { "Answers to mark" } @if held.marked > 0 { p.quiet { (several(held.marked, "answer")) " marked by people so far." } }
            @if held.given.items.is_empty() { (empty("target", "No answer was given yet", "Under an answer of yours that was handed in stands “What a model says of it”. There you can give it, without your name, so that others mark it.", html! { a.button href="/practice/record" { "What you have handed in" } })) }
            ul.lines { @for specimen in &held.given.items { (line(scope, held, specimen)) } }
            @if let Some(next) = &held.given.next { p { a.button href={ "?after=" (web::text::encode(next)) } { "Older" } } }
        }
    }
}

/// The act that holds the model against people.
fn run(scope: &Scope, held: &Held) -> Markup {
    let under_way = held.comparisons.first().is_some_and(|last| last.ended_at.is_none());
    html! { @if scope.who.administrator && held.model.is_some() && !under_way {
        @if held.marked > 0 { form.row.lead method="post" action="/do/comparison.run" data-act { button type="submit" { "Hold the model against people" }
            span.hint { "It reads every marked answer three times (" (several(held.marked, "answer")) "), which may take hours on a small machine, and counts towards nobody’s questions of the day. Levels are shown once there are " (NEEDED) "." } span.error data-error="" {} } }
        @else { p.hint { "Once people have marked answers, the model can be held against them here." } }
    } }
}

fn comparisons(scope: &Scope, all: &[Comparison]) -> Markup {
    let figure = |value: Option<f64>, ended: bool| match value {
        Some(value) => format!("{:.2}", value + 0.0),
        None if ended => "not defined".into(),
        None => "under way".into(),
    };
    html! { table.list.cards { thead { tr { th { "Model" } th { "When" } th.number { "Answers" } th.number { "Rows" } th.number { "Kappa" } th.number { "Same level" } th.number { "Too high by" } } }
        tbody { @for one in all { @let ended = one.ended_at.is_some(); tr {
            td.what { bdi { @if one.model.is_empty() { "Not answered yet" } @else { (one.model) } } @if one.form != marking::FORM { span.quiet { " asked in an earlier form" } } }
            td.day { (time(scope, one.meta.created_at, scope.now)) }
            td.number { @if ended { (one.answers) } @else { "of " (one.wanted) } } td.number { (one.pairs) }
            td.number { (figure(one.kappa, ended)) }
            td.number { @if let Some(exact) = one.exact { (percent(exact)) } }
            td.number { @if let Some(bias) = one.bias { (format!("{:.1}", bias + 0.0)) } }
        } } }
    } }
}

fn line(scope: &Scope, held: &Held, specimen: &Specimen) -> Markup {
    let marks = held.marks.iter().filter(|mark| mark.specimen == specimen.id());
    let mine = marks.clone().any(|mark| mark.member.is_some_and(|member| member.0 == held.me));
    let own = specimen.member.0 == held.me;
    html! { li.long {
        @if own || held.tried.has(&specimen.challenge, specimen.edition) { a.what href={ "/practice/assistant/" (specimen.id()) } { (specimen.title) } }
        @else { a.what href={ "/practice/" (specimen.challenge) } { (specimen.title) } span.quiet { "Try it yourself before you mark it · " } }
        span.quiet { (specimen.discipline.says()) " · given " (time(scope, specimen.meta.created_at, scope.now)) " · " @match marks.count() { 0 => "not marked yet", 1 => "marked by one person", n => { "marked by " (n) " people" } } @if own { " · yours" } @else if mine { " · also by you" } }
    } }
}

/// One given answer, with the form that marks it.
pub(crate) fn specimen(specimen: &Specimen, challenge: &Challenge, own: Option<&SpecimenMark>, me: Uuid) -> Markup {
    let is_own = specimen.member.0 == me;
    html! {
        p.quiet { a href="/practice/assistant" { "All answers to mark" } }
        p.lead { "Somebody here wrote this and gave it to be marked. Read it, then give each row a level from 1 to 5 by what stands beside it." }
        details.brief { summary { "The case" } (markdown(&challenge.brief)) }
        section aria-labelledby="answer" { h2 #answer { "The answer" }
            @for (part, text) in specimen.answer.iter() { @if !text.trim().is_empty() { h3 { (heading(part)) } p.wrote dir="auto" { (text) } } } }
        section aria-labelledby="marks" { h2 #marks { "Your marks" }
            @if is_own { form.row method="post" action="/do/specimen.withdraw" data-act { input type="hidden" name="specimen" value=(specimen.id()); span { "This answer is your own; others mark it." } button.plain type="submit" { "Take it back" } } }
            @else { form.stack method="post" action="/do/specimen.mark" data-act { input type="hidden" name="specimen" value=(specimen.id());
                @for row in &challenge.rubric { @let given = own.and_then(|own| own.levels.get(&row.id)).copied(); @let name = format!("levels.{}", row.id);
                    label.field { span { (row.name) } select name=(name) data-keep aria-describedby={ "what-" (row.id) } { option value="" { "Choose" }
                        @for (level, word) in [(1, "1, weak"), (2, "2"), (3, "3, middling"), (4, "4"), (5, "5, strong")] { option value=(level) selected[given == Some(level)] { (word) } } }
                        span.error data-error=(name) {} }
                    p.hint id={ "what-" (row.id) } { "Weak: " (row.weak) " Middling: " (row.middling) " Strong: " (row.strong) }
                }
                p.error data-error="" {}
                div.row { button.primary type="submit" { @if own.is_some() { "Mark anew" } @else { "Keep these marks" } } }
            } }
        }
    }
}
