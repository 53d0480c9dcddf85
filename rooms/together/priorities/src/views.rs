//! Markup of the table of priorities: the order that scores give, how sure it is, and what to do with it.

use crate::{
    charts,
    forms::{begin_form, create_form, edit_form, score_form},
    items::Item,
    model::*,
    pages::Shown,
    rows::Scored,
    table::{Figures, Placed, told},
};
use kernel::{Noun, Scope};
use scoring::moscow::MOST_MUST;
use web::{
    Markup, app::Worked, asked_act, command_form, date, disclosure, empty, html, keyed, may, meter, pill, several, telling::percent, under_way, when,
};

/// The one primary act: asking people to rate.
pub(crate) fn begin_button(scope: &Scope, shown: &Shown) -> Markup {
    html! { @if let Some(scored) = shown.scored.as_ref().filter(|scored| may(scope, scored.scheme.area) && scope.who.assistant.is_none() && scored.items.len() > 1 && !scored.scheme.rated().is_empty()) {
        (disclosure("begin-round", "Begin a scoring round", "primary", begin_form(scope, scored, &shown.people)))
    } }
}

pub(crate) fn page(scope: &Scope, shown: &Shown, worked: Option<&Worked<Figures>>) -> Markup {
    let add = disclosure("new-scheme", "Add a way of scoring", "", create_form(scope));
    let Some(scored) = &shown.scored else {
        return empty(
            "arrow-up-to-line",
            "Nothing is scored yet",
            "A way of scoring says what goes first and why: RICE, WSJF, value and effort, or criteria of your own. The Manager and the Owner sign the order that comes of it.",
            add,
        );
    };
    let scheme = &scored.scheme;
    html! {
        nav.chips aria-label="Ways of scoring" {
            @for other in &shown.schemes { a.chip href={ "?scheme=" (other.id()) } dir="auto" aria-current=[(other.meta.id == scheme.meta.id).then_some("page")] { (other.name) } " " }
        }
        p.lead { (web::capital(scheme.thing.many())) " by " (scheme.method.says()) ". " (formula(scheme)) @if !scheme.counted.is_empty() { " " (counted(scheme)) } }
        @if scored.items.len() >= MOST_ITEMS { p.hint { "Of very many the first " (MOST_ITEMS) " stand here, in their order; those without a place come after, the latest first." } }
        @match worked {
            None => {}
            Some(Worked::Failed(why)) => { p.banner.warning { (why) } }
            Some(Worked::Under { name, share }) => { (under_way(scope, name, "Trying out what the ranges allow", *share)) }
            Some(Worked::Done(figures)) => { (answer(scope, scored, figures)) }
        }
        (rounds(scope, &shown.rounds))
        section { h2 { "This way of scoring" }
            div.row { (disclosure("edit-scheme", "Change it", "", edit_form(scope, scheme)))
                (asked_act(scope, scheme.area, "scheme.remove", &[("scheme", &scheme.id().to_string())], "Remove it", "plain", "The scores go with it. The order that was agreed stays as it is."))
                (add) }
        }
    }
}

/// What a score is made of, in a sentence.
fn formula(scheme: &Scheme) -> &'static str {
    match scheme.method {
        Method::Rice => "Reach × impact × confidence, divided by effort.",
        Method::Ice => "Impact × confidence × ease.",
        Method::Wsjf => "Value, time criticality and risk together, divided by job size.",
        Method::ValueEffort => "Value divided by effort.",
        Method::Moscow => "What must be there goes first; at most 60 % of the effort should be a must.",
        Method::Opportunity => "Importance, and what is missing in satisfaction.",
        Method::Weighted => "Each criterion by its weight; costs count against.",
    }
}

/// "Reach is counted: pieces of evidence."
fn counted(scheme: &Scheme) -> String {
    let of = |input: crate::inputs::Input| input.counted.map(|source| format!("{} is counted: {}.", input.name, kernel::words::Word::says(source)));
    scheme.inputs().into_iter().filter_map(of).collect::<Vec<_>>().join(" ")
}

fn answer(scope: &Scope, scored: &Scored, figures: &Figures) -> Markup {
    html! {
        @for why in &figures.wrong { p.banner.warning { (why) } }
        @if let Some(shares) = &figures.shares {
            section { h2 { "Shares of the effort" }
                dl.facts { @for (word, share) in [("Must", shares.must), ("Should", shares.should), ("Could", shares.could)] { div { dt { (word) } dd { (percent(share)) " " (meter(word, share)) } } } }
                @if shares.must > MOST_MUST { p.banner.warning { "Must is " (percent(shares.must)) " of the effort; above 60 % nothing is left to give when something takes longer." } }
            }
        }
        @if figures.order.is_empty() { p.hint { "Nothing is scored whole yet. Open a thing below and write its scores, or have people rate all of them in a round." } }
        @else { (table(scope, scored, figures)) (put_into_order(scope, scored, figures)) }
        @if !figures.lacking.is_empty() {
            section { h2 { "Not in the order yet" span.quiet { " " (figures.lacking.len()) } }
                @let (first, others) = figures.lacking.split_at(figures.lacking.len().min(LACKING));
                (lacking(scope, scored, first))
                @if !others.is_empty() { details.more { summary { (others.len()) " more" } (lacking(scope, scored, others)) } }
            }
        }
        @if !figures.tips.is_empty() { (tips(scope, scored, figures)) }
        @if let Some(chart) = charts::against(scored, figures) { section { (chart.view()) } }
    }
}

/// So many things that are not in the order yet are in sight.
const LACKING: usize = 30;

fn lacking(scope: &Scope, scored: &Scored, all: &[(usize, Vec<String>)]) -> Markup {
    html! { ul.lines { @for (item, lacks) in all { @let item = &scored.items[*item]; li { span.what { (link(scope, scored, item)) } span.quiet { @if lacks.len() == scored.read.inputs.len() { "not scored yet" } @else { "lacks " (lacks.join(", ").to_lowercase()) } } } } } }
}

fn link(scope: &Scope, scored: &Scored, item: &Item) -> Markup {
    let address = format!("?scheme={}&open={}", scored.scheme.id(), item.id.simple());
    html! { a.title href=(address) data-panel { @match item.number { Some(number) => { (keyed(scope, number, &item.title)) } None => { bdi { (item.title) } } } } }
}

/// Below this nobody would say which of two comes first.
const CLOSE: f64 = 0.6;

fn table(scope: &Scope, scored: &Scored, figures: &Figures) -> Markup {
    let inputs = &scored.read.inputs;
    let bar = Bar::of(figures);
    // A wish is no amount: which of two comes first is not said by it.
    let weighs = scored.scheme.method != Method::Moscow;
    html! { div.scroll.of-scores { table.list.scores {
        thead { tr { th.num scope="col" { "#" } th scope="col" { (web::capital(scored.scheme.thing.says())) }
            @for input in inputs { th.num.input scope="col" title=(input.hint) { (input.name) } }
            th.num scope="col" { "Score" }
            @if bar.is_drawn() { th.spread scope="col" title="Nine of ten times the score lies on the line" { "Range" } }
            @if weighs { th.num scope="col" title="The chance that it truly stands above the next one" { "Above the next" } } } }
        tbody { @for (place, placed) in figures.order.iter().enumerate() { @let item = &scored.items[placed.item];
            tr.clickable data-id=(item.id.simple()) data-open {
                td.num.quiet { (place + 1) }
                td { (link(scope, scored, item)) }
                @for text in &scored.read.written[placed.item] { td.num.input dir="auto" { (text) } }
                td.num { strong { (told(scored.scheme.method, inputs, placed.score)) } }
                @if bar.is_drawn() { td.spread { (bar.draw(placed, scored)) } }
                @if weighs { td.num.chance { @match placed.above_next {
                    Some(_) if level(figures, place) => { span.quiet { "level" } }
                    Some(chance) if chance < CLOSE => { (pill("warning", "too close to call")) " " (percent(chance)) }
                    Some(chance) => { (percent(chance)) }
                    None => { span.quiet { "–" } }
                } } }
            }
        } }
    } }
    @if bar.is_drawn() { p.hint { "A range spreads: nine of ten times the score lies on the line. “Above the next” is the chance that a thing truly scores higher than the one below it." } } }
}

/// Whether one has exactly the score of the next, and neither is in doubt.
fn level(figures: &Figures, place: usize) -> bool {
    let sure = |placed: &Placed| placed.low == placed.high;
    figures.order.get(place).zip(figures.order.get(place + 1)).is_some_and(|(one, next)| one.score == next.score && sure(one) && sure(next))
}

/// Ranges on one scale.
struct Bar {
    low: f64,
    high: f64,
}

const WIDTH: f64 = 120.0;

impl Bar {
    fn of(figures: &Figures) -> Bar {
        let (low, high) = figures.order.iter().fold((0.0_f64, f64::MIN), |(low, high), placed| (low.min(placed.low), high.max(placed.high)));
        let uncertain = figures.order.iter().any(|placed| placed.high > placed.low);
        Bar { low, high: if uncertain { high } else { low } }
    }

    fn is_drawn(&self) -> bool {
        self.high > self.low
    }

    fn at(&self, value: f64) -> f64 {
        // Ranges of products have long tails; under a root the small ones are seen too.
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0).sqrt();
        (share * WIDTH * 10.0).round() / 10.0
    }

    fn draw(&self, placed: &Placed, scored: &Scored) -> Markup {
        let (method, inputs) = (scored.scheme.method, &scored.read.inputs);
        let says = format!("{} to {}", told(method, inputs, placed.low), told(method, inputs, placed.high));
        let (from, to, middle) = (self.at(placed.low), self.at(placed.high), self.at(placed.score));
        html! { svg.range viewBox="-4 0 128 12" role="img" aria-label=(says) { title { (says) }
            path.range-span d={ "M" (from) " 6H" (to) } {} circle.range-middle cx=(middle) cy="6" r="3" {}
        } }
    }
}

/// The order of the scores as the order of the things themselves.
fn put_into_order(scope: &Scope, scored: &Scored, figures: &Figures) -> Markup {
    let order: Vec<&Item> = figures.order.iter().map(|placed| &scored.items[placed.item]).collect();
    let mut now: Vec<usize> = figures.order.iter().map(|placed| placed.item).collect();
    now.sort_unstable();
    let moved = figures.order.iter().zip(&now).filter(|(placed, now)| placed.item != **now).count();
    let many = scored.scheme.thing.many();
    html! { section.put-order { h2 { "The agreed order" }
        @if order.len() < 2 { p.hint { "Two things at least have to be scored before there is an order." } }
        @else if moved == 0 { p { "The " (many) " stand in this order already, and " (offered(scored.scheme.thing)) "." } }
        @else {
            p { (moved) " of " (order.len()) " " (many) " would change places among one another; whatever is not scored stays where it is." }
            (command_form(scope, scored.scheme.area, "scheme.order", "Put them into this order", html! {
                input type="hidden" name="scheme" value=(scored.scheme.id());
                @for item in &order { input type="hidden" name="order" value=(item.id.simple()); }
            }))
        }
    } }
}

/// Where the order of the things is what is offered first.
fn offered(thing: Thing) -> Markup {
    match thing {
        Thing::Feature => html! { "the " a href="roadmap" { "roadmap" } " and what is refined next follow it" },
        Thing::Initiative => html! { "the " a href="roadmap" { "roadmap" } " follows it" },
        Thing::Need => html! { a href="customers" { "customers" } " shows them so" },
        Thing::Story => html! { "the " a href="backlog" { "backlog" } " follows it" },
        Thing::CaseOption => html! { "their " a href="cases" { "cases" } " show them so" },
    }
}

/// Which weight would have to change, and by how much.
fn tips(scope: &Scope, scored: &Scored, figures: &Figures) -> Markup {
    let figure = web::telling::figure;
    let named = |item: usize| html! { @let item = &scored.items[item]; @match item.number { Some(number) => { (keyed(scope, number, &item.title)) } None => { "“" bdi { (item.title) } "”" } } };
    html! { section { h2 { "What would change the order" }
        @if let Some(tip) = figures.tips.iter().find(|tip| tip.tips_at == tip.weight) { p { (named(tip.above)) " and " (named(tip.below)) " are level; any other weight parts them." } }
        ul.lines { @for tip in figures.tips.iter().filter(|tip| tip.tips_at != tip.weight) { @let input = &scored.read.inputs[tip.criterion]; li { span.what {
            bdi { (input.name) } " weighs " (figure(tip.weight)) "; at " strong { (figure(tip.tips_at)) } " " (named(tip.below)) " draws level with " (named(tip.above)) }
            @if tip.weight > 0.0 { span.quiet { (percent(tip.share())) @if tip.tips_at > tip.weight { " more" } @else { " less" } } }
        } } }
        @if figures.tips.len() < scored.read.inputs.len() { p.hint { "No change of another weight alone would." } }
    } }
}

/// So many rounds stand beside the table; all of them have a page of their own.
const MOST_ROUNDS: usize = 5;

fn rounds(scope: &Scope, rounds: &[Round]) -> Markup {
    html! { @if !rounds.is_empty() { section { div.list-head { h2 { "Scoring rounds" } a.button.plain href="rounds" { @if rounds.iter().filter(|round| round.agreement.is_some()).count() > 1 { "Agreement over time" } @else { "All rounds" } } }
        ul.lines { @for round in rounds.iter().take(MOST_ROUNDS) { (round_line(scope, round)) } }
    } } }
}

/// A round in a list.
pub(crate) fn round_line(scope: &Scope, round: &Round) -> Markup {
    html! { li { span.what { a href={ "rounds?round=" (round.id()) } dir="auto" { (round.title) } " " span.quiet { (several(round.items.len(), "thing")) } }
        @match (round.opened_at, round.agreement) {
            (None, _) => { (pill("neutral", "people are rating")) @if let Some(day) = &round.ends_on { span.quiet { "until " (date(scope, day)) } } }
            (Some(at), Some(agreement)) => { span { (charts::in_words(agreement)) " (" (web::telling::figure(agreement)) ")" } span.quiet { (date(scope, &when::day(at))) } }
            (Some(at), None) => { span.quiet { "revealed " (date(scope, &when::day(at))) } }
        }
        @if round.opened_at.is_some() && round.adopted_at.is_none() { (pill("warning", "to settle")) }
    } }
}

/// The scores of one thing beside the table.
pub(crate) fn panel(scope: &Scope, scored: &Scored, item: &Item, known: &[Score], written: Option<&[String]>, history: &activity::History) -> Markup {
    let scheme = &scored.scheme;
    let place = item.place(scheme.thing);
    html! {
        p.crumb { bdi { (scheme.name) } }
        h2 { @match item.number { Some(number) => { (keyed(scope, number, &item.title)) } None => { bdi { (item.title) } } } }
        @if !place.is_empty() { p { a href=(place) { "Open the " (scheme.thing.says()) } } }
        dl.facts { @for (at, input) in scored.read.inputs.iter().enumerate() { @let text = written.and_then(|written| written.get(at)).map_or("", String::as_str);
            div { dt { (input.name) } dd dir="auto" { @if text.is_empty() { "–" } @else { (text) } @if input.counted.is_some() { " " span.quiet { "counted" } } } } } }
        @if may(scope, scheme.area) { h3 { "Write its scores" } (score_form(scope, scheme, item, known)) }
        (activity::history_view(scope, history))
    }
}
