//! Markup of the board: Now, Next, Later.

use crate::{
    compare_view::ways,
    files,
    filter::Narrowed,
    model::*,
    rows::{Delivery, Reasons, Slice},
};
use customers::Need;
use fields::Columns;
use kernel::{Area, Id, Noun, Scope, Uuid};
use std::collections::{HashMap, HashSet};
use strategy::ObjectiveLine;
use web::{
    Markup, action, area_field, both_sign, capital, command_form, disclosure, empty, field, html, icon, keyed, lower_first, may, meter, pill, select,
    several, short_label, telling::percent, waits_for_others, when, who_decides,
};

pub(crate) struct Board<'a> {
    pub initiatives: &'a [Initiative],
    pub features: &'a [Slice],
    /// What it is narrowed by, and which own fields are shown; none where a past day is shown.
    pub narrowed: Option<&'a Narrowed>,
    /// None where a past day is shown.
    pub delivery: Option<&'a HashMap<Uuid, Delivery>>,
    /// The horizon that is shown whole.
    pub whole: Option<Horizon>,
    pub reasons: &'a Reasons,
    /// The day, when it is a past one.
    pub past: Option<&'a str>,
}

impl Board<'_> {
    /// Whether it is in another order than its own.
    fn sorts(&self) -> (bool, bool) {
        self.narrowed.map_or((false, false), |narrowed| (narrowed.of_initiatives.sorts(), narrowed.of_features.sorts()))
    }

    /// What its address goes on saying.
    fn address(&self) -> String {
        self.narrowed.map_or_else(String::new, |narrowed| narrowed.address() + &narrowed.filter.address())
    }

    fn slices_of(&self, initiative: Id<Initiative>) -> Vec<&Slice> {
        self.features.iter().filter(|f| f.initiative == Some(initiative)).collect()
    }
}

/// So many bets of a horizon, and so many features of a bet, stand on the board; the others are counted.
const MOST_BETS: usize = 25;
const MOST_SLICES: usize = 5;
/// So many features without an initiative are named.
const MOST_LOOSE: usize = 30;

/// The features that are named on the cards of initiatives.
pub(crate) fn named(features: &[Slice]) -> impl Iterator<Item = Uuid> {
    let mut of: HashMap<Uuid, usize> = HashMap::new();
    let first = move |slice: &&Slice| {
        slice.initiative.is_some_and(|initiative| {
            let nth = of.entry(initiative.0).or_default();
            *nth += 1;
            *nth <= MOST_SLICES
        })
    };
    features.iter().filter(first).map(|slice| slice.id.0)
}

pub(crate) fn initiative_button(scope: &Scope, objectives: &[ObjectiveLine], needs: &[Need]) -> Markup {
    let mut serves = vec![(String::new(), "–".to_owned())];
    serves.extend(objectives.iter().map(|o| (o.objective.id().to_string(), o.objective.title.clone())));
    let mut addresses = vec![(String::new(), "–".to_owned())];
    addresses.extend(needs.iter().map(|need| (need.id().to_string(), need.title.clone())));
    disclosure(
        "new-initiative",
        "Add an initiative",
        "primary",
        command_form(
            scope,
            Area::Roadmap,
            "initiative.create",
            "Add initiative",
            html! {
                (field("title", "Initiative", ""))
                (area_field("hypothesis", "We believe … for … will …", "", 3))
                (select("horizon", "Horizon", &horizons(scope), "later"))
                (select("objective", "Serves the objective", &serves, "")) (select("need", "Addresses the need", &addresses, ""))
            },
        ),
    )
}

/// The horizons to choose from; where another area rules, as for Now, it says who decides there.
fn horizons(scope: &Scope) -> Vec<(String, String)> {
    let label = |h: Horizon| match h.area(h) {
        Area::Roadmap => capital(h.word()),
        area => format!("{} ({})", capital(h.word()), lower_first(who_decides(scope, area).split('.').next().unwrap_or_default())),
    };
    [Horizon::Later, Horizon::Next, Horizon::Now].into_iter().filter(|h| may(scope, h.area(*h))).map(|h| (h.to_string(), label(h))).collect()
}

pub(crate) fn roadmap(scope: &Scope, board: &Board) -> Markup {
    html! {
        (ways(scope, "roadmap"))
        @let narrows = board.narrowed.is_some_and(|narrowed| !narrowed.filter.is_plain());
        @if let Some(narrowed) = board.narrowed.filter(|_| narrows || !board.initiatives.is_empty() || !board.features.is_empty()) {
            (narrowed.view())
            div.list-tools { (narrowed.tools(scope)) }
            @if board.initiatives.is_empty() && board.features.is_empty() { p.hint { @match &narrowed.odd { Some(odd) => { span dir="auto" { (odd) } } None => { "Nothing fits these filters." } } " " a href="roadmap" { "Show everything" } } }
        }
        @if !board.initiatives.is_empty() || board.past.is_some() { form.row.as-of method="get" { label.field { span { "As of" } input type="date" name="as_of" value=(board.past.unwrap_or("")); } button type="submit" { "Show" }
            @if board.past.is_some() { a.button href="roadmap" { "Back to today" } }
            @else { @if may(scope, Area::Announcements) { a.button.plain href="links" { (icon("link-2")) "Share by link" } } (web::downloads(scope, "roadmap", &board.narrowed.map(|narrowed| narrowed.filter.address()).unwrap_or_default())) } } }
        @if let Some(day) = board.past {
            p.hint { "The roadmap at the end of that day. How many stories were accepted is not told for a past day, and a card opens as it is today." }
            @if day < when::day(scope.now).as_str() { p { a.button href={ "compare?from=" (day) } { "What has changed since then" } } }
        }
        @if board.initiatives.is_empty() && board.features.is_empty() && !narrows { (empty("map", "Nothing on the roadmap yet", "An initiative is a bet that serves an objective and some needs. Later and Next are the Manager’s; what goes into Now is signed by both.", html! {})) }
        div.board.horizons { @for horizon in Horizon::ALL { (column(scope, board, *horizon)) } }
        (loose(scope, board))
    }
}

fn column(scope: &Scope, board: &Board, horizon: Horizon) -> Markup {
    let area = horizon.area(horizon);
    // What is released stays in its horizon, below what is still a bet.
    let (released, open): (Vec<&Initiative>, Vec<&Initiative>) =
        board.initiatives.iter().filter(|i| i.horizon == horizon && i.state != BetState::Dropped).partition(|i| i.state == BetState::Released);
    let all = open.len() + released.len();
    let shown = if board.whole == Some(horizon) { all } else { MOST_BETS };
    // The past cannot be moved.
    let moves = board.past.is_none() && (may(scope, Area::Roadmap) || may(scope, Area::Commitments));
    // Within a horizon the order is a matter of the roadmap alone.
    let fixed = moves && (!may(scope, Area::Roadmap) || board.sorts().0);
    let looked_for = board.whole == Some(horizon) || board.narrowed.is_some_and(|narrowed| !narrowed.filter.is_plain());
    html! { section.lane data-drop=[moves.then_some("initiative")] data-fixed[fixed] data-horizon=(horizon) aria-label=(capital(horizon.word())) {
        header { h2 { (capital(horizon.word())) } (both_sign(scope, area)) }
        @for i in open.iter().take(shown) { (card(scope, board, i, moves)) }
        @let out = shown.saturating_sub(open.len());
        @if out > 0 && !released.is_empty() { details.more open[looked_for || open.is_empty()] { summary { "Released" span.quiet { " " (released.len()) } }
            @for i in released.iter().take(out) { (card(scope, board, i, moves)) } } }
        @if all > shown { p { a href={ "roadmap?" (board.address()) "all=" (horizon) @if let Some(day) = board.past { "&as_of=" (day) } } { "and " (all - shown) " more" } } }
    } }
}

fn card(scope: &Scope, board: &Board, i: &Initiative, moves: bool) -> Markup {
    let hangs = board.past.is_none() && may(scope, Area::Roadmap);
    let slices: Vec<&Slice> = board.slices_of(i.id());
    html! { article.card.bet data-id=(i.number) data-key=(scope.key(i.number)) data-goes=[moves.then(|| goes(scope, i.horizon)).flatten()] tabindex="0" data-open {
        a.title href={ "roadmap?" (board.address()) "open=" (i.number) } dir="auto" data-panel { (i.title) }
        p.meta { span.key { (scope.key(i.number)) } @if i.state == BetState::Released { (pill("good", "released")) } @if let Some(c) = i.confidence { span { (percent(c)) " sure" } } (window_words(scope, i, board.past)) }
        @if let Some(narrowed) = board.narrowed { (own_fields(&narrowed.of_initiatives, scope, i.meta.id)) }
        @match board.reasons.get(&i.meta.id) { Some(reasons) => { p.links { @for (noun, _, title) in reasons { span class={ "chip chip-" (noun) } dir="auto" { (title) } " " } } } None => { p.links { (pill("warning", "no reason linked")) } } }
        ul.slices data-drop=[hangs.then_some("feature")] data-initiative=(i.number) { @for f in slices.iter().take(MOST_SLICES) { (slice(scope, board, f, i.horizon)) }
            @if slices.len() > MOST_SLICES { li.quiet { a href={ "roadmap?open=" (i.number) } data-panel { "and " (several(slices.len() - MOST_SLICES, "feature")) " more" } } } }
        @if moves { (move_menu(scope, i)) }
    } }
}

/// What own fields hold of a card.
fn own_fields(columns: &Columns, scope: &Scope, id: Uuid) -> Markup {
    let cells = columns.cells(scope, id);
    html! { @if !cells.0.is_empty() { p.links { (cells) } } }
}

/// A feature on its initiative's card, with its horizon where that is another one.
fn slice(scope: &Scope, board: &Board, f: &Slice, under: Horizon) -> Markup {
    html! { li data-id=(f.number) { a href={ "roadmap?" (board.address()) "open=" (f.number) } data-panel title=(scope.key(f.number)) dir="auto" { (f.title) }
    @if let Some(narrowed) = board.narrowed { " " (narrowed.of_features.cells(scope, f.id.0)) }
    @if f.horizon != under { span.quiet { (capital(f.horizon.word())) } }
    @if let Some(known) = board.delivery { @let delivery = known.get(&f.id.0).copied().unwrap_or_default();
    @if delivery.stories > 0 { (meter(&format!("{} of {} accepted", delivery.accepted, several(delivery.stories, "story")), delivery.accepted as f64 / delivery.stories as f64)) } @else { span.quiet { "no stories" } } } } }
}

pub(crate) fn window_words(scope: &Scope, i: &Initiative, past: Option<&str>) -> Markup {
    let day = past.map_or_else(|| when::day(scope.now), str::to_owned);
    let passed = i.state == BetState::Open && i.ends_on.as_ref().is_some_and(|end| *end < day);
    html! { @if let Some(window) = files::window(scope, i.starts_on.as_ref(), i.ends_on.as_ref()) {
        span { (window) }
        @if passed { (pill("critical", "window passed")) }
    } }
}

/// The horizons into which a reader may take a bet, where it is not all of them.
fn goes(scope: &Scope, from: Horizon) -> Option<String> {
    let to: Vec<&str> = Horizon::ALL.iter().filter(|to| **to != from && may(scope, from.area(**to))).map(|to| to.word()).collect();
    (to.len() + 1 < Horizon::ALL.len()).then(|| to.join(" "))
}

/// The twin of dragging: a menu for keyboard and touch.
fn move_menu(scope: &Scope, i: &Initiative) -> Markup {
    html! { details.menu-button { summary data-press="m" aria-label={ "Move " (i.title) } title="Move (m)" { "⋯" } div.menu {
        @if i.horizon == Horizon::Now { (leaving_now(scope)) }
        @for to in Horizon::ALL.iter().filter(|h| **h != i.horizon && may(scope, i.horizon.area(**h))) {
            form.act method="post" action=(action(scope, "initiative.move")) data-act { input type="hidden" name="initiative" value=(i.number); input type="hidden" name="horizon" value=(to);
                button.plain type="submit" { (move_label(scope, i.horizon, *to)) } }
        }
    } } }
}

/// Says where something would go, and, once on a card, that this needs both signatures.
pub(crate) fn move_label(scope: &Scope, from: Horizon, to: Horizon) -> Markup {
    let area = from.area(to);
    html! { (short_label(scope, area, &format!("Move to {}", capital(to.word())))) @if from != Horizon::Now { (both_sign(scope, area)) } }
}

/// For what stands in Now: every way out of it is a commitment.
pub(crate) fn leaving_now(scope: &Scope) -> Markup {
    html! { @if waits_for_others(scope, Area::Commitments) { p.hint { "Needs both signatures" (both_sign(scope, Area::Commitments)) } } }
}

/// Features without an initiative.
fn loose(scope: &Scope, board: &Board) -> Markup {
    let known: HashSet<Uuid> = board.initiatives.iter().map(|i| i.meta.id).collect();
    let loose: Vec<&Slice> = board.features.iter().filter(|f| f.initiative.is_none_or(|i| !known.contains(&i.0))).collect();
    let hangs = board.past.is_none() && may(scope, Area::Roadmap) && !board.initiatives.is_empty();
    html! {
        @if !loose.is_empty() { section { h2 { "Features without an initiative" }
            @if hangs { p.hint { "Drag one onto an initiative, or choose the initiative in its panel." } }
            ul.lines data-drop=[hangs.then_some("feature")] data-initiative="" {
            @for f in loose.iter().take(MOST_LOOSE) { li data-id=(f.number) { a href={ "roadmap?open=" (f.number) } data-panel { (keyed(scope, f.number, &f.title)) } span.quiet { (capital(f.horizon.word())) } } }
            @if loose.len() > MOST_LOOSE { li.quiet { "and " (loose.len() - MOST_LOOSE) " more" } }
        } } }
        @if board.past.is_none() { (disclosure("new-feature", "Add a feature", "", command_form(scope, Area::Roadmap, "feature.create", "Add feature", html! {
            (field("title", "Feature", "")) (area_field("body", "What it is", "", 3)) (parent_select(board.initiatives)) (select("horizon", "Horizon", &horizons(scope), "later")) }))) }
    }
}

fn parent_select(initiatives: &[Initiative]) -> Markup {
    let mut parents = vec![(String::new(), "–".to_owned())];
    parents.extend(initiatives.iter().map(|i| (i.id().to_string(), i.title.clone())));
    select("initiative", "Part of", &parents, "")
}
