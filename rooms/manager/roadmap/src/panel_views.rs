//! Markup of the panels: what is known of one bet, of one feature.

use crate::{
    brief_view,
    dependencies::Neighbour,
    files::window,
    model::*,
    rows::{Below, Slice},
    settled::{Band, FEWEST},
    views::{leaving_now, move_label, window_words},
};
use activity::History;
use customers::Need;
use kernel::{Area, Id, Noun, Scope, Uuid};
use notices::Around;
use people::{Member, Names, Person};
use strategy::ObjectiveLine;
use web::{
    Markup, action, area_field, both_sign, capital, command_form, disclosure, field, html, input, join, keyed, line_form, may, model_drafts,
    number_field, options, pill, points, select, several, short_label, small_act,
    telling::{figure, percent},
};

/// What stands beside a bet or a feature on its panel.
pub(crate) struct Beside {
    pub around: Around,
    pub names: Names,
    pub history: History,
    pub own: Vec<fields::Own>,
    /// What it waits for, and what waits for it.
    pub waits: Vec<Neighbour>,
    pub people: Vec<Person>,
    /// What another room knows of it.
    pub more: Markup,
}

impl Beside {
    fn called(&self, owner: Option<Id<Member>>) -> Option<&str> {
        owner.map(|owner| people::name_among(&self.people, owner.0))
    }
}

/// Who could look after something.
fn owner_field(people: &[Person], owner: Option<Id<Member>>) -> Markup {
    let mut all = vec![(String::new(), "Nobody in particular".to_owned())];
    all.extend(people.iter().filter(|person| !person.is_assistant).map(|person| (person.id.to_string(), person.name.clone())));
    select("owner", "Who looks after it", &all, &owner.map(|id| id.to_string()).unwrap_or_default())
}

/// Who looks after it, and what it belongs to.
fn facts(beside: &Beside, owner: Option<Id<Member>>, theme: &str, score: Option<f64>) -> Markup {
    let name = beside.called(owner);
    html! { @if name.is_some() || !theme.is_empty() || score.is_some() { dl.facts {
        @if let Some(name) = name { div { dt { "Looked after by" } dd { bdi { (name) } } } }
        @if !theme.is_empty() { div { dt { "Theme" } dd { bdi { (theme) } } } }
        @if let Some(score) = score { div { dt { "Need score" } dd title="The greatest opportunity among the needs that it addresses: importance + what is missing in satisfaction" { (points(Some(score))) } } }
    } } }
}

/// What it waits for and what waits for it, each with the way to take that back.
fn waiting(scope: &Scope, number: i64, beside: &Beside, all: &[Initiative]) -> Markup {
    let own = number.to_string();
    let choices: Vec<(String, String)> = all
        .iter()
        .filter(|i| i.number != number && i.state == BetState::Open && !beside.waits.iter().any(|known| known.number == i.number))
        .map(|i| (i.number.to_string(), format!("{} {}", scope.key(i.number), i.title)))
        .collect();
    html! {
        @if !beside.waits.is_empty() || (may(scope, Area::Roadmap) && !choices.is_empty()) { h3 { "What waits for what" } }
        @if !beside.waits.is_empty() { ul.lines { @for one in &beside.waits { @let other = one.number.to_string(); li {
            span.quiet { @if one.first { "Waits for" } @else { "Is waited for by" } }
            a.what href={ "?open=" (other) } { (keyed(scope, one.number, &one.title)) }
            @let (item, on) = if one.first { (&own, &other) } else { (&other, &own) };
            (small_act(scope, Area::Roadmap, "dependency.remove", &[("item", item), ("on", on)], "x", "Unlink"))
        } } } }
        @if !choices.is_empty() { (disclosure("wait-for", "It waits for another bet", "plain", command_form(scope, Area::Roadmap, "dependency.add", "Say that it waits", html! {
            input type="hidden" name="item" value=(own); (select("on", "It waits for", &choices, "")) }))) }
    }
}

/// The window of a bet or a feature, in a form: for those who have a say in commitments.
fn window_fields(scope: &Scope, from: Option<&String>, until: Option<&String>) -> Markup {
    html! { @if may(scope, Area::Commitments) { div.pair {
        (input("date", "starts_on", "Window from (both sign)", from.map_or("", String::as_str))) (input("date", "ends_on", "until", until.map_or("", String::as_str)))
    } } }
}

pub(crate) fn initiative(
    scope: &Scope,
    i: &Initiative,
    (features, others): (&[Feature], &[Slice]),
    all: &[Initiative],
    reasons: &[(String, Uuid, String)],
    objectives: &[ObjectiveLine],
    (needs, score): (&[Need], Option<f64>),
    beside: &Beside,
    settled: Option<&Band>,
) -> Markup {
    let number = i.number.to_string();
    let mut measures = vec![(String::new(), "–".to_owned())];
    let linked = |id: Uuid| reasons.iter().any(|(_, known, _)| *known == id);
    let more_objectives = objectives.iter().any(|o| !linked(o.objective.meta.id));
    let more_needs = needs.iter().any(|need| !linked(need.meta.id));
    measures.extend(objectives.iter().flat_map(|o| &o.key_results).map(|k| (k.id().to_string(), k.title.clone())));
    html! {
        p.crumb data-thing={ "initiative:" (i.id()) } { span.key { (scope.key(i.number)) } " · initiative, " (capital(i.horizon.word())) " · " a href={ "thread?of=" (scope.key(i.number)) } { "Thread" } }
        h2 dir="auto" { (i.title) }
        @if i.hypothesis.is_empty() { p.hint { "No hypothesis yet. Say what you believe, for whom, and how you will know." } } @else { p.statement dir="auto" { (i.hypothesis) } }
        @if let Some(k) = i.key_result.and_then(|id| objectives.iter().flat_map(|o| &o.key_results).find(|k| k.id() == id)) { p { "We will know when " strong { bdi { (k.title) } } " moves" @if let Some(from) = i.from_value { " from " (figure(from)) } @if let Some(to) = i.to_value { " to " (figure(to)) " " bdi { (k.unit) } } "." } }
        @if let (Some(sure), Some(band)) = (i.confidence, settled) { p { strong { (percent(sure)) } " sure" (as_sure(band)) } }
        @if i.starts_on.is_some() || i.ends_on.is_some() { p.row { span.quiet { "Window" } (window_words(scope, i, None)) } }
        @if i.state == BetState::Open { (beside.more) }
        (facts(beside, i.owner, &i.theme, score))
        (fields::panel(scope, fields::Thing::Initiative, &number, &beside.own))
        div.prose { (beside.names.prose(scope, &i.body)) }
        h3 { "Why" }
        ul.lines { @for (noun, id, title) in reasons { li { span class={ "chip chip-" (noun) } { (noun) } @if noun == "trend" { a.what href={ "research?open=" (id.simple()) } dir="auto" { (title) } (web::unjoin(scope, ("initiative", i.meta.id), ("trend", *id), "Unlink")) }
            @else { span.what dir="auto" { (title) } (small_act(scope, Area::Roadmap, if noun == "need" { "initiative.unaddress" } else { "initiative.unserve" }, &[("initiative", &number), (noun, &id.simple().to_string())], "x", "Unlink")) } } } }
        div.link-forms {
            @if more_objectives { (join(scope, "initiative", i.meta.id, "objective", "Link to an objective", "")) " " }
            @if more_needs { (join(scope, "initiative", i.meta.id, "need", "Link to a need", "")) }
            @else if needs.is_empty() { p.hint { "No needs are written down yet. " a href="customers" { "Write down a need" } } }
        }
        h3 { "Features" }
        @if features.is_empty() { p.hint { "No feature yet. Stories hang on its features." } }
        ul.lines { @for f in features { li { a href={ "roadmap?open=" (f.number) } data-panel { (keyed(scope, f.number, &f.title)) } span.quiet { @if f.state == BetState::Open { (capital(f.horizon.word())) } @else { (capital(f.state.word())) } } } } }
        (bring_along(scope, i, features))
        div.row { (disclosure("panel-feature", "Add a feature", "plain", command_form(scope, i.horizon.area(i.horizon), "feature.create", "Add feature", html! { input type="hidden" name="initiative" value=(i.id()); (field("title", "Feature", "")) })))
            (choose_features(scope, i, others, all)) }
        (waiting(scope, i.number, beside, all))
        div.row { (disclosure("edit-initiative", "Edit", "", command_form(scope, Area::Roadmap, "initiative.edit", "Save", html! {
            input type="hidden" name="initiative" value=(number); input type="hidden" name="version" value=(i.meta.version);
            (field("title", "Initiative", &i.title)) (area_field("hypothesis", "Hypothesis", &i.hypothesis, 3)) (area_field("body", "Notes", &i.body, 4))
            (select("key_result", "We will know when", &measures, &i.key_result.map(|k| k.to_string()).unwrap_or_default()))
            div.pair { (number_field("from_value", "moves from", i.from_value)) (number_field("to_value", "to", i.to_value)) }
            div.pair { (number_field("confidence", "Confidence, %", i.confidence.map(|c| c * 100.0))) (field("size", "Size", &i.size)) }
            div.pair { (owner_field(&beside.people, i.owner)) (field("theme", "Theme", &i.theme)) }
            // What changes a promise is for those who have a say in commitments.
            (window_fields(scope, i.starts_on.as_ref(), i.ends_on.as_ref()))
            @if may(scope, Area::Commitments) { (select("state", "State", &options(BetState::ALL), i.state.word())) }
        })))
        (small_act(scope, i.taken_off(), "initiative.remove", &[("initiative", &number)], "trash-2", "Remove initiative")) }
        (beside.around.view(scope, i.meta.id))
        (activity::history_view(scope, &beside.history))
    }
}

/// How the settled bets went of which one was as sure; it stands beside the confidence and changes nothing of it.
fn as_sure(band: &Band) -> Markup {
    html! { span.quiet { @match band.rate() {
        Some((share, low, high)) => { " · of " (several(band.settled, "settled bet")) " with " (percent(band.from)) " to " (percent(band.to)) ", " (percent(share)) " came as believed (" (percent(low)) " to " (percent(high)) ")" }
        None if band.settled > 0 => { " · " (several(band.settled, "settled bet")) " with as much; from " (FEWEST) " on it says how many came as believed" }
        None => {}
    } } }
}

/// Where features stand further off than their initiative: that it is so, and the one act that brings them along.
fn bring_along(scope: &Scope, i: &Initiative, features: &[Feature]) -> Markup {
    let behind: Vec<&Feature> = features.iter().filter(|f| f.state == BetState::Open && f.horizon != i.horizon).collect();
    html! { @if !behind.is_empty() && i.state == BetState::Open {
        p.hint { "The initiative is in " (capital(i.horizon.word())) "; " (several(behind.len(), "feature")) " of it " @if behind.len() == 1 { "is" } @else { "are" } " planned otherwise." }
        @let area = behind.iter().map(|f| f.horizon.area(i.horizon)).find(|area| *area == Area::Commitments).unwrap_or(Area::Roadmap);
        @if may(scope, area) { form.act method="post" action=(action(scope, "feature.move")) data-act {
            input type="hidden" name="_each" value="feature"; input type="hidden" name="horizon" value=(i.horizon);
            @for f in &behind { input type="hidden" name="feature" value=(f.number); }
            button type="submit" { (short_label(scope, area, &format!("Move {} to {}", if behind.len() == 1 { "it".to_owned() } else { several(behind.len(), "feature") }, capital(i.horizon.word())))) (both_sign(scope, area)) }
        } }
    } }
}

/// So many features are offered to choose from.
const MOST_CHOICES: usize = 200;

/// Features that there are already, those without an initiative first.
fn choose_features(scope: &Scope, i: &Initiative, others: &[Slice], all: &[Initiative]) -> Markup {
    if others.is_empty() || !may(scope, Area::Roadmap) {
        return html! {};
    }
    let of = |f: &Slice| f.initiative.and_then(|id| all.iter().find(|i| i.id() == id));
    let (loose, hung): (Vec<&Slice>, Vec<&Slice>) = others.iter().partition(|f| of(f).is_none());
    disclosure(
        "choose-features",
        "Choose features",
        "plain",
        html! {
            form.stack method="post" action=(action(scope, "feature.edit")) data-act {
                input type="hidden" name="_each" value="feature"; input type="hidden" name="initiative" value=(i.id());
                fieldset.choices { legend { "Make them part of this initiative" }
                    @for f in loose.into_iter().chain(hung).take(MOST_CHOICES) { label.check { input type="checkbox" name="feature" value=(f.number);
                        span { span.key { (scope.key(f.number)) } " " bdi { (f.title) } @if let Some(parent) = of(f) { span.quiet { " now part of " bdi { (parent.title) } } } } } } }
                p.error data-error="" {}
                button.primary type="submit" { (short_label(scope, Area::Roadmap, "Make them part of it")) }
            }
        },
    )
}

/// Where a feature belongs, set where it stands.
fn part_of(scope: &Scope, f: &Feature, initiatives: &[Initiative]) -> Markup {
    let parent = initiatives.iter().find(|i| Some(i.id()) == f.initiative);
    html! {
        p { @match parent { Some(parent) => { "Part of " a href={ "roadmap?open=" (parent.number) } data-panel dir="auto" { (parent.title) } } None => { (pill("warning", "no initiative")) } } }
        @if !initiatives.is_empty() { (line_form(scope, Area::Roadmap, "feature.edit", "Make it part of this", html! { input type="hidden" name="feature" value=(f.number);
            label { span.hidden { "Part of" } select name="initiative" { option value="" { "No initiative" } @for i in initiatives.iter().filter(|i| i.state == BetState::Open || Some(i.id()) == f.initiative) { option value=(i.id()) dir="auto" selected[Some(i.id()) == f.initiative] { (i.title) } } } } })) }
        @if let Some(parent) = parent.filter(|p| p.horizon != f.horizon && p.state == BetState::Open && f.state == BetState::Open) { p.hint { "That initiative is in " (capital(parent.horizon.word())) "; this feature is planned for " (capital(f.horizon.word())) "." } }
    }
}

pub(crate) fn feature(
    scope: &Scope,
    f: &Feature,
    (stories, count, parts): (&[Below], i64, i64),
    initiatives: &[Initiative],
    beside: &Beside,
) -> Markup {
    let number = f.number.to_string();
    html! {
        p.crumb data-thing={ "feature:" (f.id()) } { span.key { (scope.key(f.number)) } " · feature, " (capital(f.horizon.word())) " · " a href={ "thread?of=" (scope.key(f.number)) } { "Thread" } " · " a href={ "forecast?feature=" (f.number) } { "When is it done?" } }
        h2 dir="auto" { (f.title) }
        (part_of(scope, f, initiatives))
        @if let Some(window) = window(scope, f.starts_on.as_ref(), f.ends_on.as_ref()) { p.row { span.quiet { "Window" } span { (window) } } }
        @if f.state == BetState::Open { (beside.more) }
        (facts(beside, f.owner, "", None))
        (fields::panel(scope, fields::Thing::Feature, &number, &beside.own))
        div.prose { (beside.names.prose(scope, &f.body)) }
        (brief_view::beside(scope, f, parts))
        h3 { "Stories" span.quiet { " " (count) } }
        @if stories.is_empty() { p.hint { "No stories hang on this feature yet. The Owner writes them in the backlog." } }
        ul.lines { @for (n, title, stage, size) in stories { li { a href={ "story/" (n) } { (keyed(scope, *n, title)) } span.quiet { (product::stage_says(stage)) @if size.is_some() { " · " (several(points(*size), "point")) } } } }
            @if count > stories.len() as i64 { li { a href={ "backlog?stage=all&feature=" (f.number) } { "All of them in the backlog" } } } }
        div.row { (disclosure("panel-story", "Add a story", "plain", command_form(scope, Area::Backlog, "story.create", "Add story", html! { input type="hidden" name="feature" value=(f.id()); (field("title", "Story", "")) })))
            (model_drafts(scope, may(scope, Area::Backlog) && f.state == BetState::Open, &format!("feature={number}"), "Draft stories")) }
        div.row { @for to in Horizon::ALL.iter().filter(|h| **h != f.horizon && may(scope, f.horizon.area(**h))) {
            form.act method="post" action=(action(scope, "feature.move")) data-act { input type="hidden" name="feature" value=(number); input type="hidden" name="horizon" value=(to); button type="submit" { (move_label(scope, f.horizon, *to)) } } }
        @if f.horizon == Horizon::Now { (leaving_now(scope)) } }
        (waiting(scope, f.number, beside, initiatives))
        div.row { (disclosure("edit-feature", "Edit", "", command_form(scope, Area::Roadmap, "feature.edit", "Save", html! {
            input type="hidden" name="feature" value=(number); input type="hidden" name="version" value=(f.meta.version);
            (field("title", "Feature", &f.title)) (area_field("body", "What it is", &f.body, 4)) (owner_field(&beside.people, f.owner)) (window_fields(scope, f.starts_on.as_ref(), f.ends_on.as_ref())) @if may(scope, Area::Commitments) { (select("state", "State", &options(BetState::ALL), f.state.word())) } })))
        @if may(scope, f.taken_off()) { a.button.plain href={ (web::product_path(scope)) "/feature/" (number) "/move" } { "Move to another product" } }
        (small_act(scope, f.taken_off(), "feature.remove", &[("feature", &number)], "trash-2", "Remove feature")) }
        (beside.around.view(scope, f.meta.id))
        (activity::history_view(scope, &beside.history))
    }
}
