//! Markup of the roadmap.

use crate::{
    filter::Narrowed,
    model::*,
    rows::{Below, Delivery, Reasons, Slice},
    settled::{Band, FEWEST},
};
use activity::History;
use customers::NeedLine;
use fields::Columns;
use kernel::{Area, Id, Noun, Scope, Uuid};
use notices::Around;
use people::Names;
use std::collections::{HashMap, HashSet};
use strategy::ObjectiveLine;
use web::{
    Markup, action, area_field, both_sign, capital, command_form, date, disclosure, empty, field, html, icon, input, join, keyed, line_form,
    lower_first, may, meter, number_field, options, pill, points, select, several, short_label, small_act,
    telling::{figure, percent},
    waits_for_others, when, who_decides,
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
    pub today: &'a [Initiative],
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

pub(crate) fn initiative_button(scope: &Scope, objectives: &[ObjectiveLine], needs: &[NeedLine]) -> Markup {
    let mut serves = vec![(String::new(), "–".to_owned())];
    serves.extend(objectives.iter().map(|o| (o.objective.id().to_string(), o.objective.title.clone())));
    let mut addresses = vec![(String::new(), "–".to_owned())];
    addresses.extend(needs.iter().map(|n| (n.need.id().to_string(), n.need.title.clone())));
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
            (compared(scope, board, day))
        }
        @if board.initiatives.is_empty() && board.features.is_empty() && !narrows { (empty("map", "Nothing on the roadmap yet", "An initiative is a bet that serves an objective and some needs. Later and Next are the Manager’s; what goes into Now is signed by both.", html! {})) }
        div.board.horizons { @for horizon in Horizon::ALL { (column(scope, board, *horizon)) } }
        (loose(scope, board))
    }
}

fn column(scope: &Scope, board: &Board, horizon: Horizon) -> Markup {
    let area = horizon.area(horizon);
    let bets: Vec<&Initiative> = board.initiatives.iter().filter(|i| i.horizon == horizon && i.state != BetState::Dropped).collect();
    let shown = if board.whole == Some(horizon) { bets.len() } else { MOST_BETS };
    // The past cannot be moved.
    let moves = board.past.is_none() && (may(scope, Area::Roadmap) || may(scope, Area::Commitments));
    // Within a horizon the order is a matter of the roadmap alone.
    let fixed = moves && (!may(scope, Area::Roadmap) || board.sorts().0);
    let hangs = board.past.is_none() && may(scope, Area::Roadmap);
    html! { section.lane data-drop=[moves.then_some("initiative")] data-fixed[fixed] data-horizon=(horizon) aria-label=(capital(horizon.word())) {
        header { h2 { (capital(horizon.word())) } (both_sign(scope, area)) }
        @for i in bets.iter().take(shown) {
            article.card.bet data-id=(i.number) data-key=(scope.key(i.number)) data-goes=[moves.then(|| goes(scope, i.horizon)).flatten()] tabindex="0" data-open {
                a.title href={ "roadmap?" (board.address()) "open=" (i.number) } dir="auto" data-panel { (i.title) }
                p.meta { span.key { (scope.key(i.number)) } @if i.state == BetState::Released { (pill("good", "released")) } @if let Some(c) = i.confidence { span { (percent(c)) " sure" } } (window_words(scope, i, board.past)) }
                @if let Some(narrowed) = board.narrowed { (own_fields(&narrowed.of_initiatives, scope, i.meta.id)) }
                @match board.reasons.get(&i.meta.id) { Some(reasons) => { p.links { @for (noun, _, title) in reasons { span class={ "chip chip-" (noun) } dir="auto" { (title) } " " } } } None => { p.links { (pill("warning", "no reason linked")) } } }
                @let slices: Vec<&Slice> = board.slices_of(i.id());
                ul.slices data-drop=[hangs.then_some("feature")] data-initiative=(i.number) { @for f in slices.iter().take(MOST_SLICES) { (slice(scope, board, f, horizon)) }
                    @if slices.len() > MOST_SLICES { li.quiet { a href={ "roadmap?open=" (i.number) } data-panel { "and " (several(slices.len() - MOST_SLICES, "feature")) " more" } } } }
                @if moves { (move_menu(scope, i)) }
            }
        }
        @if bets.len() > shown { p { a href={ "roadmap?" (board.address()) "all=" (horizon) @if let Some(day) = board.past { "&as_of=" (day) } } { "and " (bets.len() - shown) " more" } } }
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

fn window_words(scope: &Scope, i: &Initiative, past: Option<&str>) -> Markup {
    let day = past.map_or_else(|| when::day(scope.now), str::to_owned);
    html! { @if let (Some(a), Some(b)) = (&i.starts_on, &i.ends_on) {
        span { (date(scope, a)) " – " (date(scope, b)) }
        @if i.state == BetState::Open && *b < day { (pill("critical", "window passed")) }
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
fn move_label(scope: &Scope, from: Horizon, to: Horizon) -> Markup {
    let area = from.area(to);
    html! { (short_label(scope, area, &format!("Move to {}", capital(to.word())))) @if from != Horizon::Now { (both_sign(scope, area)) } }
}

/// For what stands in Now: every way out of it is a commitment.
fn leaving_now(scope: &Scope) -> Markup {
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

/// What differs between a past day and today.
fn compared(scope: &Scope, board: &Board, day: &str) -> Markup {
    let then: HashMap<Uuid, &Initiative> = board.initiatives.iter().map(|i| (i.meta.id, i)).collect();
    let now: HashMap<Uuid, &Initiative> = board.today.iter().map(|i| (i.meta.id, i)).collect();
    let end = |i: &Initiative| i.ends_on.as_deref().map_or("no date".to_owned(), |day| date(scope, day));
    let differs = |old: &Initiative, new: &Initiative| {
        old.horizon != new.horizon || old.ends_on != new.ends_on || old.title != new.title || old.hypothesis != new.hypothesis
    };
    let same = then.len() == now.len() && then.iter().all(|(id, old)| now.get(id).is_some_and(|new| !differs(old, new)));
    html! { section.compared { h2 { "Since " (date(scope, day)) } @if same { p.hint { "No initiative has changed since." } } @else { ul.lines {
        @for i in board.today.iter().filter(|i| !then.contains_key(&i.meta.id)) { li { (pill("good", "entered")) span.what { (keyed(scope, i.number, &i.title)) } } }
        @for i in board.initiatives.iter().filter(|i| !now.contains_key(&i.meta.id)) { li { (pill("critical", "left")) span.what { (keyed(scope, i.number, &i.title)) } } }
        @for old in board.initiatives { @if let Some(new) = now.get(&old.meta.id) {
            @if old.horizon != new.horizon { li { (pill("neutral", "moved")) span.what { (keyed(scope, old.number, &old.title)) } span.quiet { "from " (capital(old.horizon.word())) " to " (capital(new.horizon.word())) } } }
            @if old.ends_on != new.ends_on { li { (pill("warning", if new.ends_on > old.ends_on { "slipped" } else { "re-planned" })) span.what { (keyed(scope, old.number, &old.title)) } span.quiet { "from " (end(old)) " to " (end(new)) } } }
            @if old.title != new.title || old.hypothesis != new.hypothesis { li { (pill("neutral", "re-scoped")) span.what { (keyed(scope, old.number, &new.title)) } } }
        } }
    } } } }
}

#[allow(clippy::too_many_arguments)]
pub(crate) fn initiative(
    scope: &Scope,
    i: &Initiative,
    (features, others): (&[Feature], &[Slice]),
    all: &[Initiative],
    reasons: &[(String, Uuid, String)],
    objectives: &[ObjectiveLine],
    needs: &[NeedLine],
    own: &[fields::Own],
    (around, names, settled): (&Around, &Names, Option<&Band>),
    history: &History,
) -> Markup {
    let number = i.number.to_string();
    let mut measures = vec![(String::new(), "–".to_owned())];
    let linked = |id: Uuid| reasons.iter().any(|(_, known, _)| *known == id);
    let more_objectives = objectives.iter().any(|o| !linked(o.objective.meta.id));
    let more_needs = needs.iter().any(|n| !linked(n.need.meta.id));
    measures.extend(objectives.iter().flat_map(|o| &o.key_results).map(|k| (k.id().to_string(), k.title.clone())));
    html! {
        p.crumb data-thing={ "initiative:" (i.id()) } { span.key { (scope.key(i.number)) } " · initiative, " (capital(i.horizon.word())) " · " a href={ "thread?of=" (scope.key(i.number)) } { "Thread" } }
        h2 dir="auto" { (i.title) }
        @if i.hypothesis.is_empty() { p.hint { "No hypothesis yet. Say what you believe, for whom, and how you will know." } } @else { p.statement dir="auto" { (i.hypothesis) } }
        @if let Some(k) = i.key_result.and_then(|id| objectives.iter().flat_map(|o| &o.key_results).find(|k| k.id() == id)) { p { "We will know when " strong { bdi { (k.title) } } " moves" @if let Some(from) = i.from_value { " from " (figure(from)) } @if let Some(to) = i.to_value { " to " (figure(to)) " " bdi { (k.unit) } } "." } }
        @if let (Some(sure), Some(band)) = (i.confidence, settled) { p { strong { (percent(sure)) } " sure" (as_sure(band)) } }
        @if i.starts_on.is_some() && i.ends_on.is_some() { p.row { span.quiet { "Window" } (window_words(scope, i, None)) } }
        (fields::panel(scope, fields::Thing::Initiative, &number, own))
        div.prose { (names.prose(scope, &i.body)) }
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
        div.row { (disclosure("edit-initiative", "Edit", "", command_form(scope, Area::Roadmap, "initiative.edit", "Save", html! {
            input type="hidden" name="initiative" value=(number); input type="hidden" name="version" value=(i.meta.version);
            (field("title", "Initiative", &i.title)) (area_field("hypothesis", "Hypothesis", &i.hypothesis, 3)) (area_field("body", "Notes", &i.body, 4))
            (select("key_result", "We will know when", &measures, &i.key_result.map(|k| k.to_string()).unwrap_or_default()))
            div.pair { (number_field("from_value", "moves from", i.from_value)) (number_field("to_value", "to", i.to_value)) }
            div.pair { (number_field("confidence", "Confidence, %", i.confidence.map(|c| c * 100.0))) (field("size", "Size", &i.size)) }
            // What changes a promise is for those who have a say in commitments.
            @if may(scope, Area::Commitments) { div.pair { (input("date", "starts_on", "Window from (both sign)", i.starts_on.as_deref().unwrap_or(""))) (input("date", "ends_on", "until", i.ends_on.as_deref().unwrap_or(""))) }
            (select("state", "State", &options(BetState::ALL), i.state.word())) }
        })))
        (small_act(scope, i.horizon.area(i.horizon), "initiative.remove", &[("initiative", &number)], "trash-2", "Remove initiative")) }
        (around.view(scope, i.meta.id))
        (activity::history_view(scope, history))
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
    (stories, count): (&[Below], i64),
    initiatives: &[Initiative],
    own: &[fields::Own],
    (around, names): (&Around, &Names),
    history: &History,
) -> Markup {
    let number = f.number.to_string();
    html! {
        p.crumb data-thing={ "feature:" (f.id()) } { span.key { (scope.key(f.number)) } " · feature, " (capital(f.horizon.word())) " · " a href={ "thread?of=" (scope.key(f.number)) } { "Thread" } " · " a href={ "forecast?feature=" (f.number) } { "When is it done?" } }
        h2 dir="auto" { (f.title) }
        (part_of(scope, f, initiatives))
        (fields::panel(scope, fields::Thing::Feature, &number, own))
        div.prose { (names.prose(scope, &f.body)) }
        h3 { "Stories" span.quiet { " " (count) } }
        @if stories.is_empty() { p.hint { "No stories hang on this feature yet. The Owner writes them in the backlog." } }
        ul.lines { @for (n, title, stage, size) in stories { li { a href={ "story/" (n) } { (keyed(scope, *n, title)) } span.quiet { (product::stage_says(stage)) @if size.is_some() { " · " (several(points(*size), "point")) } } } }
            @if count > stories.len() as i64 { li { a href={ "backlog?stage=all&feature=" (f.number) } { "All of them in the backlog" } } } }
        (disclosure("panel-story", "Add a story", "plain", command_form(scope, Area::Backlog, "story.create", "Add story", html! { input type="hidden" name="feature" value=(f.id()); (field("title", "Story", "")) })))
        div.row { @for to in Horizon::ALL.iter().filter(|h| **h != f.horizon && may(scope, f.horizon.area(**h))) {
            form.act method="post" action=(action(scope, "feature.move")) data-act { input type="hidden" name="feature" value=(number); input type="hidden" name="horizon" value=(to); button type="submit" { (move_label(scope, f.horizon, *to)) } } }
        @if f.horizon == Horizon::Now { (leaving_now(scope)) } }
        div.row { (disclosure("edit-feature", "Edit", "", command_form(scope, Area::Roadmap, "feature.edit", "Save", html! {
            input type="hidden" name="feature" value=(number); input type="hidden" name="version" value=(f.meta.version);
            (field("title", "Feature", &f.title)) (area_field("body", "What it is", &f.body, 4)) @if may(scope, Area::Commitments) { (select("state", "State", &options(BetState::ALL), f.state.word())) } })))
        @if may(scope, f.horizon.area(f.horizon)) { a.button.plain href={ (web::product_path(scope)) "/feature/" (number) "/move" } { "Move to another product" } }
        (small_act(scope, f.horizon.area(f.horizon), "feature.remove", &[("feature", &number)], "trash-2", "Remove feature")) }
        (around.view(scope, f.meta.id))
        (activity::history_view(scope, history))
    }
}
