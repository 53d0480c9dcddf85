//! Markup of strategy.

use crate::{
    chosen_view::{self, Chosen},
    confirming::{Confirmable, Stood},
    feeding::Real,
    model::*,
    progress_view::{self, Known},
    rows::ObjectiveLine,
    vision_view,
    within::Within,
};
use kernel::{Area, Noun, Scope};
use notices::Around;
use people::Person;
use std::collections::HashMap;
use web::{
    Markup, act, action, area_field, avatar, command_form, date, disclosure, empty, field, html, input, limited, meter, number_field, options, pill,
    select, several, small_act,
    telling::{figure, percent},
    time,
};

pub(crate) fn objective_button(scope: &Scope, all: &[ObjectiveLine]) -> Markup {
    disclosure(
        "new-objective",
        "Set an objective",
        "primary",
        command_form(
            scope,
            Area::Strategy,
            "objective.create",
            "Set objective",
            html! {
                (field("title", "Objective", "")) (area_field("why", "Why it matters", "", 3))
                div.pair { (input("date", "starts_on", "From", "")) (input("date", "ends_on", "Until", "")) }
                (number_field("share", "Intended share of capacity, %", None))
                @if !all.is_empty() { (select("parent", "Part of", &wholes(all, None), "")) }
            },
        ),
    )
}

/// The pages of strategy.
pub fn ways(here: &str) -> Markup {
    let pages = [("strategy", "Vision and objectives"), ("cases", "Cases"), ("canvases", "Canvases"), ("risks", "Risks")];
    html! { nav.chips aria-label="Pages of strategy" { @for (path, says) in pages { a.chip href=(path) aria-current=[(path == here).then_some("page")] { (says) } " " } } }
}

/// What hangs on the vision and on the objectives.
pub(crate) struct Surroundings {
    pub vision: Around,
    pub market: Around,
    pub top: Around,
    pub objectives: Around,
}

pub(crate) fn strategy(
    scope: &Scope,
    (visions, compared): (&[Vision], Option<(i64, i64)>),
    chosen: &Chosen,
    (stood, people): (&Stood, &[Person]),
    (objectives, known, real): (&[ObjectiveLine], &Known, &Real),
    around: &Surroundings,
) -> Markup {
    let within = Within::of(objectives.iter().map(|line| &line.objective));
    html! {
        (ways("strategy"))
        (vision_view::vision(scope, (visions, compared), (stood, people), &around.vision))
        (chosen_view::market(scope, chosen, (stood, people), (&around.market, known.estimates)))
        (chosen_view::needs(scope, chosen, (stood, people), &around.top))
        section { h2 { "Objectives" }
            @if objectives.is_empty() { (empty("target", "No objectives yet", &format!("An objective says where you want to be; its key results say how you will know. {}", web::who_decides(scope, Area::Strategy)), html! {})) }
            (shares_told(scope, objectives, real))
            @for line in objectives.iter().filter(|line| within.parent(line.objective.id()).is_none()) { (objective(scope, (line, objectives, &within), (known, real), &around.objectives)) }
        }
    }
}

/// So many faces stand beside one another.
const FACES: usize = 24;

/// Who has confirmed the current version of something, what they ask, and the reader's own say.
pub fn confirmed<T: Confirmable>(scope: &Scope, version: &T, (stood, people): (&Stood, &[Person])) -> Markup {
    let said = stood.get(&version.meta().id).map_or(&[][..], Vec::as_slice);
    let named: HashMap<_, &str> = people.iter().map(|p| (p.id, p.name.as_str())).collect();
    let here = |c: &&Confirmation| named.contains_key(&c.member);
    let (sure, asking): (Vec<&Confirmation>, Vec<&Confirmation>) = said.iter().filter(here).partition(|c| c.question.is_empty());
    let called = |c: &Confirmation| named.get(&c.member).copied().unwrap_or_default();
    html! {
        p.byline { "Version " (version.number()) ", " (time(scope, version.meta().created_at, scope.now)) " · " (sure.len()) " of " (people.iter().filter(|p| !p.is_assistant).count()) " have confirmed it "
            span.faces { @for c in sure.iter().take(FACES) { (avatar(called(c))) } @if sure.len() > FACES { " and " (sure.len() - FACES) " more" } } }
        @for c in &asking { p.reason { bdi { (called(c)) } " asks: " bdi { (c.question) } @if let Some(thread) = c.thread { " " a href={ "conversation?thread=" (thread) "#answer" } { "Answer" } } } }
        (confirm_forms::<T>(scope, version.id(), sure.iter().any(|c| Some(c.member.0) == scope.who.member)))
    }
}

/// The two ways of saying something about a current version; none for whoever has confirmed it.
pub fn confirm_forms<T: Confirmable>(scope: &Scope, version: kernel::Id<T>, sure: bool) -> Markup {
    let (command, id) = (format!("{}.confirm", T::TABLE), version.to_string());
    let called = T::CALLED.trim_start_matches("the ");
    let says = if called.ends_with('s') { format!("These are also my {called}") } else { format!("This is also my {called}") };
    html! { @if !sure && scope.who.assistant.is_none() { div.row {
        form.act method="post" action=(action(scope, &command)) data-act { input type="hidden" name=(T::TABLE) value=(id); button type="submit" { (says) } }
        (disclosure(&format!("ask-{}", T::TABLE), "Something is unclear", "plain", html! {
            form.stack method="post" action=(action(scope, &command)) data-act { input type="hidden" name=(T::TABLE) value=(id); (limited(&command, field("question", "What is unclear to you", ""))) p.error data-error="" {} button.primary type="submit" { "Ask" } } }))
    } } }
}

/// "1 Oct to 31 Dec · ", or the half of it that is known.
fn period(scope: &Scope, o: &Objective) -> Markup {
    let day = |day: &String| date(scope, day);
    html! { @match (&o.starts_on, &o.ends_on) {
        (Some(a), Some(b)) => { (day(a)) " to " (day(b)) " · " }
        (None, Some(b)) => { "until " (day(b)) " · " }
        (Some(a), None) => { "from " (day(a)) " · " }
        (None, None) => {}
    } }
}

/// How far the intended shares of capacity are from what was accepted, said once above the objectives.
fn shares_told(scope: &Scope, objectives: &[ObjectiveLine], real: &Real) -> Markup {
    let open = objectives.iter().filter(|line| line.objective.state == ObjectiveState::Open);
    let intended: f64 = open.filter_map(|line| line.objective.share).sum();
    html! {
        @if intended > 1.005 { p.hint { (pill("warning", "more than there is")) " The intended shares of capacity of the open objectives come to " (percent(intended)) "." } }
        @else if intended > 0.0 && objectives.iter().any(|line| real.of(line.objective.id()).is_some()) { p.hint { "Capacity: the share that was intended, against the share of all accepted " @if real.sized { "points" } @else { "stories" } " that served it." @if scope.sees(Area::Backlog) { " " a href="alignment" { "What stands behind it" } } } }
    }
}

/// "40 % of capacity intended, 31 % so far", with a mark where these are far apart.
fn capacity(o: &Objective, real: &Real) -> Markup {
    const FAR: f64 = 0.15;
    html! { @match (o.share, real.of(o.id())) {
        (Some(share), Some(real)) => { (percent(share)) " of capacity intended, " (percent(real)) " so far" @if o.state == ObjectiveState::Open && (share - real).abs() > FAR { " " (pill("warning", if real < share { "less than meant" } else { "more than meant" })) } " · " }
        (Some(share), None) => { (percent(share)) " of capacity intended · " }
        (None, Some(real)) if real > 0.0 => { (percent(real)) " of what was accepted · " }
        _ => {}
    } }
}

/// What an objective was to be a part of, where it stands on its own all the same.
fn cut_from<'a>((line, all, within): (&ObjectiveLine, &'a [ObjectiveLine], &Within)) -> Option<&'a Objective> {
    let meant = line.objective.parent.filter(|_| within.parent(line.objective.id()).is_none())?;
    all.iter().map(|other| &other.objective).find(|other| other.id() == meant)
}

/// The objectives that one may be a part of: those that are open, and the one that it is a part of now.
fn wholes(all: &[ObjectiveLine], own: Option<&Objective>) -> Vec<(String, String)> {
    let mut choices = vec![(String::new(), "No other".to_owned())];
    let fits = |o: &&Objective| {
        own.is_none_or(|own| own.id() != o.id()) && (o.state == ObjectiveState::Open || own.is_some_and(|own| own.parent == Some(o.id())))
    };
    let others = all.iter().map(|line| &line.objective).filter(fits);
    choices.extend(others.map(|o| (o.id().to_string(), o.title.clone())));
    choices
}

fn objective(
    scope: &Scope,
    (line, all, within): (&ObjectiveLine, &[ObjectiveLine], &Within),
    (known, real): (&Known, &Real),
    around: &Around,
) -> Markup {
    let o = &line.objective;
    let parts: Vec<&ObjectiveLine> = all.iter().filter(|other| within.parent(other.objective.id()) == Some(o.id())).collect();
    html! { article.objective id={ "o-" (o.id()) } {
        header { h3 dir="auto" { (o.title) } @if o.product_goal { (pill("neutral", "Product Goal")) " " } @if o.state != ObjectiveState::Open { (pill(if o.state == ObjectiveState::Reached { "good" } else { "neutral" }, o.state.word())) }
            span.quiet { (period(scope, o)) (capacity(o, real)) (several(line.initiatives, "initiative")) }
            a.quiet href={ "thread?of=objective&id=" (o.id()) } { "Thread" } (web::join(scope, "objective", o.meta.id, "initiative", "Link an initiative", "plain")) }
        @if let Some(meant) = cut_from((line, all, within)) { p.hint { (pill("warning", "stands on its own")) " It names “" bdi { (meant.title) } "” as what it is a part of, which leads back to it, or goes too deep. Choose another under Edit." } }
        @if !o.why.is_empty() { p dir="auto" { (o.why) } }
        ul.key-results { @for k in &line.key_results { li {
            div.kr { bdi { (k.title) } " " @if k.went_the_other_way() { (pill("warning", "gone the other way")) } @else if let Some((tone, told)) = progress_view::pace(scope, k, o).filter(|_| o.state == ObjectiveState::Open) { (pill(tone, &told)) } " " (progress_view::source(k, known)) }
            (meter(&k.title, k.progress()))
            span.num { (figure(k.start_value)) " → " strong { (figure(k.current_value)) } " → " (figure(k.target)) " " bdi { (k.unit) } }
            span.quiet { @if let Some(c) = k.confidence { (percent(c)) " sure" } @else { "no check-in yet" } }
            (spark(scope, k, known.measurements))
            @if o.state == ObjectiveState::Open { a.button.plain href={ "foresight?key_result=" (k.id()) } title="Say how likely it reaches its target by a day" { "Foretell" } }
            (disclosure(&format!("measure-{}", k.id()), "Check in", "plain", command_form(scope, Area::Strategy, "key_result.measure", "Record", html! {
                input type="hidden" name="key_result" value=(k.id()); @if k.is_fed() { p { "It stands at " strong { (figure(k.current_value)) } " " bdi { (k.unit) } "; that comes by itself." } } @else { (number_field("amount", &stands(k), None)) } (number_field("confidence", "How sure, %", None)) (area_field("note", "What you saw", "", 2)) })))
            (edit_key_result(scope, k, known))
            (small_act(scope, Area::Strategy, "key_result.remove", &[("key_result", &k.id().to_string())], "trash-2", "Remove key result"))
            (known.estimates.beside(scope, k))
            (progress_view::details(scope, k, o, known))
        } } }
        div.row {
            @if o.product_goal { (act(scope, Area::Strategy, "objective.choose_goal", &[("objective", &o.id().to_string()), ("product_goal", "false")], "Product Goal no more", "plain")) }
            @else if o.state == ObjectiveState::Open { (act(scope, Area::Strategy, "objective.choose_goal", &[("objective", &o.id().to_string()), ("product_goal", "true")], "Make it the Product Goal", "plain")) }
            (disclosure(&format!("kr-{}", o.id()), "Add a key result", "plain", command_form(scope, Area::Strategy, "key_result.create", "Add key result", html! {
                input type="hidden" name="objective" value=(o.id()); (field("title", "Measure", "")) div.pair { (number_field("start_value", "Start", None)) (number_field("target", "Target", None)) (field("unit", "Unit", "")) } (sources(None, known)) })))
            (disclosure(&format!("edit-{}", o.id()), "Edit", "plain", command_form(scope, Area::Strategy, "objective.edit", "Save", html! {
                input type="hidden" name="objective" value=(o.id()); input type="hidden" name="version" value=(o.meta.version);
                (field("title", "Objective", &o.title)) (area_field("why", "Why", &o.why, 3)) (select("state", "State", &options(ObjectiveState::ALL), o.state.word()))
                div.pair { (input("date", "starts_on", "From", o.starts_on.as_deref().unwrap_or(""))) (input("date", "ends_on", "Until", o.ends_on.as_deref().unwrap_or(""))) }
                (number_field("share", "Share of capacity, %", o.share.map(|s| s * 100.0)))
                @if all.len() > 1 { (select("parent", "Part of", &wholes(all, Some(o)), &o.parent.map(|id| id.to_string()).unwrap_or_default())) } })))
        }
        (around.beneath(scope, o.meta.id))
        @if !parts.is_empty() { div.parts aria-label={ "Parts of “" (o.title) "”" } role="group" { @for part in parts { (objective(scope, (part, all, within), (known, real), around)) } } }
    } }
}

/// "Where it stands (hours)", without a unit where there is none.
fn stands(k: &KeyResult) -> String {
    if k.unit.is_empty() { "Where it stands".into() } else { format!("Where it stands ({})", k.unit) }
}

/// Where its values come from.
fn sources(k: Option<&KeyResult>, known: &Known) -> Markup {
    let mut measures = vec![(String::new(), "No measure".to_owned())];
    measures.extend(known.measures.iter().map(|line| (line.measure.id().to_string(), line.measure.name.clone())));
    let mut works = vec![(String::new(), "No work".to_owned())];
    works.extend(options(Work::ALL));
    let measure = k.and_then(|k| k.measure).map(|id| id.to_string()).unwrap_or_default();
    let work = k.and_then(|k| k.fed_by).map_or("", Work::word);
    html! {
        div.pair { @if !known.measures.is_empty() { (select("measure", "Reads the measure", &measures, &measure)) } (select("fed_by", "Or is fed by", &works, work)) }
        p.hint { "Without either its value is typed at check-ins. Work is what was accepted for the objective, or how many of its bets were judged to have met or exceeded what was believed." }
    }
}

fn edit_key_result(scope: &Scope, k: &KeyResult, known: &Known) -> Markup {
    let fields = html! {
        input type="hidden" name="key_result" value=(k.id()); input type="hidden" name="version" value=(k.meta.version);
        (field("title", "Measure", &k.title))
        div.pair { (number_field("start_value", "Start", Some(k.start_value))) (number_field("target", "Target", Some(k.target))) (field("unit", "Unit", &k.unit)) }
        (sources(Some(k), known))
    };
    disclosure(&format!("edit-{}", k.id()), "Edit", "plain", command_form(scope, Area::Strategy, "key_result.edit", "Save", fields))
}

/// A key result's measurements as a small line, exact values on hover.
fn spark(scope: &Scope, k: &KeyResult, measurements: &[Measurement]) -> Markup {
    let own: Vec<&Measurement> = measurements.iter().filter(|m| m.key_result == k.id()).collect();
    if own.len() < 2 {
        return html! {};
    }
    let (low, high) = own.iter().map(|m| m.amount).chain([k.start_value, k.target]).fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let span = if high > low { high - low } else { 1.0 };
    let path: Vec<String> = own
        .iter()
        .enumerate()
        .map(|(i, m)| format!("{:.1},{:.1}", i as f64 * 60.0 / (own.len() - 1) as f64, 18.0 - (m.amount - low) / span * 16.0))
        .collect();
    let told: Vec<String> = own.iter().map(|m| format!("{}: {}", date(scope, &m.on_day), figure(m.amount))).collect();
    html! { svg.spark viewBox="0 0 60 20" role="img" aria-label={ "Measurements: " (told.join(", ")) } { title { (told.join("\n")) } polyline points=(path.join(" ")) fill="none" {} } }
}
