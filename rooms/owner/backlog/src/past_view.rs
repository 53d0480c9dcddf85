//! One story as it stood at the end of a past day: what it said, where it stood, its criteria with what was known of them, its
//! sub-tasks, and the verdicts until then. Nothing of it can be changed; what it is today stands behind a link.

use crate::{
    around::{Given, verdicts_then},
    blocking::{self, Blocking},
    labels::{self, Colours},
    model::*,
    story_view::{banner, stands, statement, told},
    subtasks::Subtask,
    views::{face, kind_icon, label_link},
};
use activity::things_as_of;
use fields::{FieldValue, Own, Thing, of_then};
use kernel::{Area, Column, Look, Ref, Refusal, Result, Scope, Uuid, Value, fields::Pointed};
use people::Names;
use web::{Markup, capital, date, html, icon, pill, points, product_path, several};

struct Then {
    story: Story,
    criteria: Vec<Criterion>,
    tasks: Vec<Subtask>,
    verdicts: Vec<Given>,
    own: Vec<Own>,
    called: Called,
    names: Names,
    colours: Colours,
}

/// What the things that it points at are called, today as on every page.
struct Called {
    feature: Option<(i64, String)>,
    sprint: Option<String>,
    column: Option<String>,
    assignee: Option<String>,
}

impl Then {
    /// Nothing where there was no such story then.
    fn read(look: &mut Look, id: Uuid, at: i64) -> Result<Option<Then>> {
        let Some(story) = things_as_of::<Story>(look, at, "and id = $3", &[id.value()])?.pop() else { return Ok(None) };
        let mut criteria = things_as_of::<Criterion>(look, at, "and story = $3", &[id.value()])?;
        criteria.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
        let mut tasks = things_as_of::<Subtask>(look, at, "and story = $3", &[id.value()])?;
        tasks.sort_by(|a, b| (&a.rank, a.meta.id).cmp(&(&b.rank, b.meta.id)));
        let values = things_as_of::<FieldValue>(look, at, "and about_id = $3", &[id.value()])?;
        Ok(Some(Then {
            verdicts: verdicts_then(look, &story, at)?,
            own: of_then(look, Thing::Story, id, &values)?,
            called: called(look, &story)?,
            names: Names::of(look, [story.body.as_str()].into_iter().chain(criteria.iter().map(|c| c.body.as_str())))?,
            colours: labels::colours(look)?,
            story,
            criteria,
            tasks,
        }))
    }
}

fn called(look: &mut Look, s: &Story) -> Result<Called> {
    let row = look.first(
        "select (select number from feature where id = $1), (select title from feature where id = $1), (select name from sprint where id = $2),
                (select name from board_column where id = $3), (select name from member where id = $4)",
        &[s.feature.value(), s.sprint.value(), s.board_column.value(), s.assignee.value()],
    )?;
    let mut row = row.ok_or(Refusal::NotFound)?;
    let (number, title): (Option<i64>, Option<String>) = (row.take()?, row.take()?);
    Ok(Called { feature: number.zip(title), sprint: row.take()?, column: row.take()?, assignee: row.take()? })
}

/// The id of a story that there is, or was.
fn ever(look: &mut Look, open: &str) -> Result<Uuid> {
    let product = look.scope.product_id()?.value();
    let (field, which) = match Ref(open.to_owned()).resolve::<Story>(look.scope)? {
        Pointed::Number(number) => ("number", Value::Int(number)),
        Pointed::Id(id) => ("id", id.value()),
    };
    look.first(&format!("select id from story where product = $1 and {field} = $2"), &[product, which])?.ok_or(Refusal::NotFound)?.take()
}

/// A story, by number, key or id, as it stood at the end of a day, which is given with its last moment.
///
/// # Errors
/// `NotFound` where there never was such a story.
pub fn panel(look: &mut Look, open: &str, (day, at): (&str, i64)) -> Result<Markup> {
    let id = ever(look, open)?;
    let then = Then::read(look, id, at)?;
    let scope = look.scope;
    Ok(match then {
        Some(then) => story(scope, &then, day),
        None => html! { h2 { "Not there yet" } p.hint { "There was no such story at the end of " (date(scope, day)) "." } },
    })
}

fn story(scope: &Scope, then: &Then, day: &str) -> Markup {
    let (s, base) = (&then.story, product_path(scope));
    html! { article.story {
        p.crumb { @match &then.called.feature { Some((number, title)) => { a href={ (base) "/roadmap?open=" (number) } { bdi { (title) } } " › " } None => { (pill("warning", "no feature")) " " } }
            span.key { (scope.key(s.number)) } }
        h2.story-title { (kind_icon(s.kind)) span.title dir="auto" { (s.title) } }
        p.hint { "As it stood at the end of " (date(scope, day)) ". " a href={ (base) "/story/" (s.number) } { "As it is today" } }
        (blocking::banner(s, &Blocking::default()))
        (facts(scope, then))
        (statement(s))
        div.prose { (then.names.prose(scope, &s.body)) }
        section.criteria { h3 { "Acceptance criteria" }
            @if then.criteria.is_empty() { p.hint { "It had none." } }
            ol { @for c in &then.criteria { li class={ "criterion state-" (c.state) } { (stands(c)) div { (told(scope, c, &then.names)) } span.key { (scope.key(s.number)) "." (c.number) } } } }
        }
        @if !then.tasks.is_empty() { section.subtask-list { h3 { "Sub-tasks" span.quiet { " " (then.tasks.iter().filter(|t| t.done_at.is_some()).count()) " of " (then.tasks.len()) } }
            ul.lines { @for task in &then.tasks { li.subtask.done[task.done_at.is_some()] { span.tick { @if task.done_at.is_some() { (icon("check")) span.hidden { "done" } } } span.what dir="auto" { (task.title) } } } } } }
        @for verdict in &then.verdicts { (banner(scope, verdict)) }
    } }
}

fn facts(scope: &Scope, then: &Then) -> Markup {
    let (s, called) = (&then.story, &then.called);
    let none = || html! { span.quiet { "–" } };
    let assignee = called.assignee.as_deref();
    let labelled = format!("{}/backlog?stage=all&label=", product_path(scope));
    html! { dl.facts {
        div { dt { "Stage" } dd { @match called.column.as_ref().filter(|_| s.stage != Stage::Dropped) { Some(column) => { bdi { (column) } } None => { (capital(s.stage.says())) } } } }
        div { dt { "Works on it" } dd { (face(assignee)) " " bdi { (assignee.unwrap_or("Nobody yet")) } } }
        @if scope.sees(Area::Estimates) { div { dt { "Size" } dd { @match s.points { Some(size) => { (several(points(Some(size)), "point")) } None => { (none()) } } } } }
        div { dt { "Sprint" } dd { @match &called.sprint { Some(name) => { bdi { (name) } } None => { (none()) } } } }
        div { dt { "Labels" } dd { @if s.labels.is_empty() { (none()) } @for label in s.labels.iter() { (label_link(&labelled, label, &then.colours)) " " } } }
        @if s.stage == Stage::Open { div { dt { "Ready" } dd { @if s.ready_at.is_some() { (pill("good", "ready")) } @else { span.quiet { "not marked" } } } } }
        @for one in then.own.iter().filter(|one| !one.told.is_empty()) { div { dt { bdi { (one.name) } } dd { bdi { (one.told) } } } }
    } }
}
