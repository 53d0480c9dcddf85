//! Markup of the sprint page.

use crate::{
    board_view,
    capacity::{Capacity, Seat},
    closing_view,
    fit::Fit,
    fold::Fold,
    marks::Marks,
    model::*,
    past, planning_view,
    rows::{Card, Head},
    swim::Rows,
};
use backlog::{Line, Stage};
use calendar::Availability;
use filters::Saved;
use kernel::{Area, Scope};
use product::BoardColumn;
use web::{
    Filter, Markup, act, area_field, asked_act, command_form, date, disclosure, empty, field, html, input, menu_button, meter, pill, points, several,
    when,
};

pub(crate) struct Shown<'a> {
    pub all: &'a [Head],
    pub chosen: Option<&'a Sprint>,
    pub columns: &'a [BoardColumn],
    /// The cards that are shown, and all there are.
    pub cards: &'a [Card],
    pub whole: &'a [Card],
    /// The backlog stands beside the sprint.
    pub planning: bool,
    /// The top of the backlog, while a sprint is being planned, and whether there is more of it.
    pub top: &'a [Line],
    pub more: bool,
    /// Accepted points of the last sprints.
    pub velocity: &'a [f64],
    /// What the last three of them tell of the next.
    pub capacity: Option<Capacity>,
    /// How much of the team is there, and who of it for how many of the days.
    pub there: Option<&'a Availability>,
    pub seats: &'a [Seat],
    /// What fits by the pace of the last half year, or why that cannot be said.
    pub fit: Option<&'a Result<Fit, String>>,
    /// What the cards of the board are narrowed by, and what could not be meant by it.
    pub filter: &'a Filter,
    pub saved: &'a Saved,
    pub odd: Option<&'a str>,
    /// What a closed sprint returned and nobody has planned since.
    pub left: &'a [i64],
    /// What the cards carry besides their facts.
    pub marks: &'a Marks,
    /// What the rows of the board are, where it has some.
    pub rows: Option<Rows>,
    /// Everything in flow is shown, whatever sprint it is in.
    pub flow: bool,
    /// Which of the cards are drawn.
    pub fold: &'a Fold,
    /// The product works without sprints, and none runs still.
    pub without: bool,
}

impl Shown<'_> {
    /// The address of what is shown, to be gone on with: what is opened on it leaves it as it is.
    pub fn address(&self) -> String {
        self.address_of(self.rows, &self.fold.asked())
    }

    /// The same with other rows, or other columns whole.
    pub fn address_of(&self, rows: Option<Rows>, whole: &str) -> String {
        let mut address = String::from("sprint?");
        if self.flow {
            address.push_str("flow=yes&");
        }
        // The one that runs is found without its number.
        if let Some(s) = self.chosen.filter(|s| s.state != SprintState::Active) {
            address.push_str(&format!("sprint={}&", s.number));
        }
        if self.planning {
            address.push_str("plan=yes&");
        }
        if let Some(rows) = rows {
            address.push_str(&format!("rows={rows}&"));
        }
        if !whole.is_empty() {
            address.push_str(&format!("whole={whole}&"));
        }
        address + &self.filter.address()
    }
}

/// What stands beside the name of the page: the other sprints, what can be done with this one, and the one primary act.
pub(crate) fn acts(scope: &Scope, shown: &Shown) -> Markup {
    html! {
        (switcher(shown))
        @match shown.chosen {
            Some(s) if s.state == SprintState::Active => { (edit(scope, s)) (plan(scope, shown, "plain")) (more(scope, s, shown)) (closing_view::form(scope, s, shown)) }
            Some(s) if s.state == SprintState::Planned => {
                (edit(scope, s)) (more(scope, s, shown))
                @if shown.whole.is_empty() { (plan(scope, shown, "primary")) }
                @else { (start(scope, s)) }
            }
            Some(s) => { (more(scope, s, shown)) (plan(scope, shown, "primary")) }
            None => { (plan(scope, shown, if shown.without { "plain" } else { "primary" })) }
        }
    }
}

fn edit(scope: &Scope, s: &Sprint) -> Markup {
    let fields = html! {
        input type="hidden" name="sprint" value=(s.number); input type="hidden" name="version" value=(s.meta.version);
        (field("name", "Name", &s.name)) (area_field("goal", "Goal", &s.goal, 2)) (area_field("deliverables", "Deliverables, one on each line", &s.deliverables, 3))
        div.pair { (input("date", "starts_on", "First day", &s.starts_on)) (input("date", "ends_on", "Last day", &s.ends_on)) }
    };
    disclosure("edit-sprint", "Edit", "plain", command_form(scope, Area::Sprints, "sprint.edit", "Save", fields))
}

/// What is done less often.
fn more(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let open = matches!(s.state, SprintState::Planned | SprintState::Active);
    menu_button(
        "More",
        html! {
            @if s.state == SprintState::Active && web::may(scope, Area::Sprints) {
                @if shown.planning { a.button.plain href={ "sprint?sprint=" (s.number) } { "Back to the board" } } @else { a.button.plain href={ "sprint?sprint=" (s.number) "&plan=yes" } { "Change its scope" } }
            }
            @if open { (cancel(scope, s, shown)) }
            a.button.plain href={ "sprint/" (s.number) "/talk" } { "Files and comments" }
            @if open { a.button.plain href={ "foresight?sprint=" (s.number) } title="Say how likely it meets its goal" { "Foretell" } }
            a.button.plain href="board" { "How the board works" }
            a.button.plain href="blockers" { "Blockers" }
            (past::as_of(Some(s), ""))
        },
    )
}

/// At once on its first day; on another, what is odd about it is said first.
fn start(scope: &Scope, s: &Sprint) -> Markup {
    let (number, early) = (s.number.to_string(), when::days_between(&when::day(scope.now), &s.starts_on));
    let fields = [("sprint", number.as_str())];
    if early.abs() <= 1 {
        return act(scope, Area::Sprints, "sprint.start", &fields, "Start sprint", "primary");
    }
    let (first, days) = (date(scope, &s.starts_on), several(early.abs(), "day"));
    let says = if early > 0 { format!("Its first day is {first}, in {days}.") } else { format!("Its first day was {first}, {days} ago.") };
    let says = format!("{says} Its days are changed under Edit; started now, they stay as they are.");
    asked_act(scope, Area::Sprints, "sprint.start", &fields, "Start sprint", "primary", &says)
}

fn cancel(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let at = |stages: &[Stage]| shown.whole.iter().filter(|c| stages.contains(&c.stage)).count();
    let (leave, wait) = (at(&[Stage::Open, Stage::Doing]), at(&[Stage::HandedOver]));
    let back = match leave {
        0 => "No story has to go back to the backlog.".to_owned(),
        1 => "1 story goes back to the backlog.".to_owned(),
        n => format!("{n} stories go back to the backlog."),
    };
    let waits = match wait {
        0 => String::new(),
        1 => " 1 that was handed over waits on for its verdict.".to_owned(),
        n => format!(" {n} that were handed over wait on for their verdict."),
    };
    let says = format!("{} ends without a result. {back}{waits} This cannot be taken back.", s.name);
    asked_act(scope, Area::Sprints, "sprint.cancel", &[("sprint", &s.number.to_string())], "Cancel sprint", "plain", &says)
}

fn plan(scope: &Scope, shown: &Shown, class: &str) -> Markup {
    let number = shown.all.first().map_or(1, |s| s.number + 1);
    let today = when::day(scope.now);
    // The day after the last one ends.
    let later = |day: &str, days: i64| when::day(when::end_of(day).unwrap_or(scope.now) + days * 86_400_000);
    let first = &shown
        .all
        .iter()
        .filter(|s| matches!(s.state, SprintState::Planned | SprintState::Active))
        .map(|s| later(&s.ends_on, 1))
        .fold(today, |first, next| first.max(next));
    let last = later(first, 13);
    disclosure(
        "plan",
        "Plan a sprint",
        class,
        command_form(
            scope,
            Area::Sprints,
            "sprint.plan",
            "Plan sprint",
            html! {
                (field("name", "Name", &format!("Sprint {number}"))) (area_field("goal", "Goal: why is this sprint worth it?", "", 2)) (area_field("deliverables", "Deliverables, one on each line (optional)", "", 2))
                div.pair { (input("date", "starts_on", "First day", first)) (input("date", "ends_on", "Last day", &last)) }
            },
        ),
    )
}

pub(crate) fn sprint(scope: &Scope, shown: &Shown) -> Markup {
    html! {
        @match shown.chosen {
            None if shown.flow => { (flow(scope, shown)) }
            None if shown.all.is_empty() => { (empty("square-kanban", "No sprint yet", "A sprint is a month or less with one goal. The Owner plans it; developers say what fits. A team may also work without sprints, in one flow.", ways())) }
            None => { (empty("square-kanban", "No sprint is running or planned", "The ones before stand under Sprints. The Owner plans the next.", ways())) }
            Some(s) => {
                (head(scope, s, shown))
                @if s.state == SprintState::Closed && !shown.all.iter().any(|h| matches!(h.state, SprintState::Active | SprintState::Planned)) { (between(s)) }
                @if shown.planning { (planning_view::planning(scope, s, shown)) } @else { (board_view::board(scope, shown)) }
            }
        }
    }
}

/// The board without a sprint.
fn flow(scope: &Scope, shown: &Shown) -> Markup {
    html! {
        p.lead { "What is under way, whatever sprint it is in, what is ready next, and what was accepted in the last two weeks." }
        section.sprint-head { div.board-bar { (board_view::narrowed(scope, shown)) a.button.plain href="cadence" { "How it goes" } a.button.plain href="forecast" { "When it is done" } } }
        (board_view::board(scope, shown))
    }
}

/// What is there to do between one sprint and the next.
fn between(s: &Sprint) -> Markup {
    html! { p.hint { "No sprint is running or planned." } div.row { a.button href={ "review?sprint=" (s.number) } { "Its review" } a.button href="retro" { "The retrospective" } (ways()) } }
}

/// Sprints may follow by themselves, or not be there at all.
fn ways() -> Markup {
    html! { a.button.plain href="cadence" { "How we work" } " " a.button.plain href="sprint?flow=yes" { "Everything in flow" } }
}

fn switcher(shown: &Shown) -> Markup {
    let links = html! {
        @for s in shown.all.iter().take(6) { a.button.plain href={ "sprint?sprint=" (s.number) } dir="auto" aria-current=[shown.chosen.filter(|c| c.number == s.number).map(|_| "true")] { (s.name) @if s.state == SprintState::Active { span.quiet { "running" } } } }
        @if shown.all.len() > 6 { a.button.plain href="sprints" { "All sprints" } }
        a.button.plain href="sprint?flow=yes" aria-current=[shown.flow.then_some("true")] { "Everything in flow" }
        a.button.plain href="cadence" { "How we work" }
    };
    html! { @if !shown.all.is_empty() { (menu_button("Sprints", links)) } }
}

fn head(scope: &Scope, s: &Sprint, shown: &Shown) -> Markup {
    let done: f64 = shown.whole.iter().filter(|c| c.stage == Stage::Accepted).filter_map(|c| c.points).sum();
    let accepted = shown.whole.iter().filter(|c| c.stage == Stage::Accepted).count();
    let committed: f64 = s.committed.iter().filter_map(|c| c.points).sum();
    // What was left of a closed sprint has gone elsewhere, and was in it all the same.
    let (total, stories) = match s.state {
        SprintState::Closed => ((s.result.accepted_points + s.result.left_points).max(done), (s.result.accepted + s.result.left).max(accepted)),
        _ => (shown.whole.iter().filter_map(|c| c.points).sum(), shown.whole.len()),
    };
    let today = when::day(scope.now);
    html! { section.sprint-head {
        @if s.goal.is_empty() { p.hint { "No goal yet. Why is this sprint worth it?" } } @else { p.statement dir="auto" { (s.goal) } }
        @if !s.deliverables.is_empty() { ul.deliverables aria-label="Deliverables" { @for line in s.deliverables.lines().filter(|line| !line.trim().is_empty()) { li dir="auto" { (line) } } } }
        div.board-bar {
        @if !shown.planning { (board_view::narrowed(scope, shown)) }
        p.figures {
            span { (date(scope, &s.starts_on)) " – " (date(scope, &s.ends_on)) @if s.state == SprintState::Active { @let days = when::days_between(&today, &s.ends_on); @if days == 0 { " · last day" } @else if days > 0 { " · " (several(days, "day")) " left" } @else { " · " (pill("warning", "past its end")) } } }
            @if s.state == SprintState::Planned { (pill("neutral", "planned")) }
            @else if total > 0.0 { span { strong { (points(Some(done))) } " of " (several(points(Some(total)), "point")) " accepted" } (meter("Accepted", done / total)) }
            @else if stories > 0 { span { strong { (accepted) } " of " (several(stories, "story")) " accepted" } (meter("Accepted", accepted as f64 / stories as f64)) }
            // Where the scope is what was committed to, that has been said.
            @if matches!(s.state, SprintState::Active | SprintState::Closed) && total != committed { span { "Committed " (points(Some(committed))) span.quiet { (if total > committed { " · scope grew by " } else { " · scope shrank by " }) (points(Some((total - committed).abs()))) } } }
            @if s.started_at.is_some() && !shown.planning { a.button.plain href={ "reports/burndown?sprint=" (s.number) } { "Burndown" } }
            @if !shown.velocity.is_empty() && !shown.planning { span title="Accepted points of the last closed sprints" { "Velocity " (range(shown.velocity)) } }
        }
        }
        @if s.state == SprintState::Closed { (closing_view::summary(scope, s, shown)) }
    } }
}

/// "21 to 34", never a lone number.
fn range(velocity: &[f64]) -> String {
    let (low, high) = velocity.iter().fold((f64::MAX, 0.0_f64), |(l, h), v| (l.min(*v), h.max(*v)));
    if low == high { points(Some(low)) } else { format!("{} to {}", points(Some(low)), points(Some(high))) }
}

pub(crate) fn all(scope: &Scope, all: &[Sprint]) -> Markup {
    if all.is_empty() {
        let plan = html! { a.button href="sprint" { "Go to the sprint" } };
        return empty("square-kanban", "No sprint yet", "Every sprint stands here with its goal, and what became of it.", plan);
    }
    html! { div.scroll tabindex="0" role="region" aria-label="Table" { table.list.cards { thead { tr { th { "Sprint" } th.goal { "Goal" } th { "Days" } th { "State" } th.num { "Accepted" } th.num { "Left" } } }
    tbody { @for s in all { tr { td.name { a href={ "sprint?sprint=" (s.number) } dir="auto" { (s.name) } } td.goal dir="auto" { (s.goal) } td.day { (date(scope, &s.starts_on)) " – " (date(scope, &s.ends_on)) } td { (s.state.says()) }
        td.num data-label="Accepted" { (points((s.state == SprintState::Closed).then_some(s.result.accepted_points))) } td.num data-label="Left" { (points((s.state == SprintState::Closed).then_some(s.result.left_points))) } } } } } } }
}
