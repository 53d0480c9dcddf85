//! Forms of priorities: a way of scoring, the scores of a thing, a round to begin.

use crate::{
    criteria::{self, Preset},
    inputs::{Input, Scale},
    items::Item,
    model::*,
    rows::Scored,
    schemes::can_be_counted,
};
use kernel::{Hat, Noun, Scope, Standing};
use people::Seer;
use web::{Markup, action, area_field, avatar, capital, command_form, field, html, limited, may, options, select};

/// A new way of scoring. Only what its reader could at least propose is offered; who decides depends on what is scored.
pub(crate) fn create_form(scope: &Scope) -> Markup {
    let things: Vec<(String, String)> =
        Thing::ALL.iter().filter(|thing| may(scope, thing.area())).map(|thing| (thing.word().to_owned(), capital(thing.many()))).collect();
    if things.is_empty() {
        return html! {};
    }
    let mut presets = vec![(String::new(), "My own, below".to_owned())];
    presets.extend(options(Preset::ALL));
    html! { form.stack method="post" action=(action(scope, "scheme.create")) data-act {
        (limited("scheme.create", html! {
            div.pair { (select("thing", "It scores", &things, "feature")) (select("by", "By", &options(Method::ALL), "rice")) } (field("name", "Name, if it is to have one of its own", ""))
            details.more { summary { "Criteria of our own, for weighted criteria" }
                div.stack { (select("preset", "Begin with", &presets, Preset::Balanced.word()))
                (criteria_field("")) } }
        }))
        (field("_reason", "Reason for whoever signs", ""))
        p.error data-error="" {} div.row { button.primary type="submit" { "Add it" } }
        p.hint { "Whoever decides on an order decides how it is scored: the order of features and initiatives is a matter of priorities, that of needs of customers, that of stories of the backlog." }
    } }
}

fn criteria_field(text: &str) -> Markup {
    html! { (area_field("criteria", "One criterion on each line, with its weight", text, 5)) p.hint { "“Fit 2”, “Running costs 3 cost”: a cost counts against." } }
}

/// A way of scoring to be changed.
pub(crate) fn edit_form(scope: &Scope, scheme: &Scheme) -> Markup {
    let countable: Vec<Input> = scheme.inputs().into_iter().filter(can_be_counted).collect();
    let typed = (String::new(), "is typed".to_owned());
    let sources: Vec<(String, String)> =
        std::iter::once(typed).chain(Source::ALL.iter().map(|source| (source.word().to_owned(), format!("is counted: {}", source.says())))).collect();
    command_form(
        scope,
        scheme.area,
        "scheme.edit",
        "Save",
        html! {
            input type="hidden" name="scheme" value=(scheme.id()); input type="hidden" name="version" value=(scheme.meta.version);
            (field("name", "Name", &scheme.name))
            @if scheme.method == Method::Weighted { (criteria_field(&criteria::written(&scheme.criteria))) }
            @for input in &countable { (select(&format!("counted.{}", input.key), &input.name, &sources, input.counted.map_or("", Source::word))) }
        },
    )
}

/// All that is typed about one thing.
pub(crate) fn score_form(scope: &Scope, scheme: &Scheme, item: &Item, known: &[Score]) -> Markup {
    let text = |input: &Input| known.iter().find(|score| score.criterion == input.key).map_or("", |score| score.written.as_str());
    command_form(
        scope,
        scheme.area,
        "score.set",
        "Save scores",
        html! {
            input type="hidden" name="scheme" value=(scheme.id()); input type="hidden" name="thing" value=(item.id.simple());
            @for input in scheme.rated() { (answer_field(&format!("scores.{}", input.key), &input, text(&input), false)) }
            p.hint { "A range such as 3k to 8k says how sure you are: nine of ten times it lies between." }
        },
    )
}

/// An answer to one input: a choice where the scale has few values, else a line that takes ranges.
pub(crate) fn answer_field(name: &str, input: &Input, text: &str, own: bool) -> Markup {
    let Scale::Choices(choices) = input.scale else {
        return html! { label.field.answer { span { bdi { (input.name) } " " small.quiet { (input.hint) } } input type="text" name=(name) value=(text) maxlength="120" dir="auto" autocomplete="off" data-keep; span.error data-error=(name) {} } };
    };
    let chosen = |written: &str| written == text;
    // The ends say what the steps between mean.
    let ends = [choices.first(), choices.last()].into_iter().flatten().filter(|(.., means)| !means.is_empty());
    let ends = ends.map(|(_, written, means)| format!("{written} {means}")).collect::<Vec<_>>().join(", ");
    html! { fieldset.choices.across.answer data-answer { legend { (input.name) @if !ends.is_empty() { " " small.quiet { (ends) } } }
        @for (_, written, means) in choices { label.check title=[(!means.is_empty()).then_some(means)] { input type="radio" name=(name) value=(written) checked[chosen(written)]; (written) @if !means.is_empty() { span.hidden { " " (means) } } } }
        label.check.quiet { input type="radio" name=(name) value="" checked[text.is_empty()]; @if own { "no answer" } @else { "not scored" } }
        @if !text.is_empty() && !choices.iter().any(|(_, written, _)| chosen(written)) { label.check { input type="radio" name=(name) value=(text) checked; bdi { (text) } } }
        span.error data-error=(name) {}
    } }
}

/// What people are asked to begin with: whoever only develops what it costs, everybody else with a say all of it.
fn usual(person: &Seer, input: &Input) -> bool {
    match person.standing >= Standing::Proposes {
        false => false,
        true => !person.hats.iter().all(|hat| *hat == Hat::Developer) || input.cost,
    }
}

pub(crate) fn begin_form(scope: &Scope, scored: &Scored, people: &[Seer]) -> Markup {
    let (scheme, inputs) = (&scored.scheme, scored.scheme.rated());
    html! { form.stack.begin-round method="post" action=(action(scope, "scoring_round.begin")) data-act data-go="rounds" {
        input type="hidden" name="_back" value={ (web::product_path(scope)) "/rounds" };
        input type="hidden" name="scheme" value=(scheme.id());
        (limited("scoring_round.begin", html! { (field("title", "What the round is called", "")) }))
        (web::input("date", "ends_on", "Rate until", ""))
        fieldset.choices { legend { "What is rated" }
            div.picks { @for item in &scored.items { label.check { input type="checkbox" name="items" value=(item.id.simple()) checked; @match item.number { Some(number) => { (web::keyed(scope, number, &item.title)) } None => { bdi { (item.title) } } } } } }
            span.error data-error="items" {} }
        fieldset.choices { legend { "Who rates what" }
            div.scroll { table.list.rates { thead { tr { th scope="col" { "Person" } @for input in &inputs { th scope="col" { (input.name) } } } }
                tbody { @for person in people { @let name = format!("raters.{}", person.id.simple()); tr {
                    th scope="row" { (avatar(&person.name)) " " bdi { (person.name) } input type="hidden" name=(name) value=""; }
                    @for input in &inputs { td { input type="checkbox" name=(name) value=(input.key) checked[usual(person, input)] aria-label={ (person.name) " rates " (input.name) }; } }
                } } } } }
            span.error data-error="raters" {} }
        p.hint { "Nobody reads what somebody else gave before all is revealed: by you, by the last one to finish, or on the morning after the last day." }
        p.error data-error="" {} div.row { button.primary type="submit" { "Ask them to rate" } }
    } }
}
