//! Work under way that stands in no sprint: what was brought in from another tool as begun, or begun before there was
//! one. No board has it, so it has a place of its own that says so.

use backlog::{Fact, Settable, Stage, StoryKind, kind_icon};
use kernel::{Area, Column, Look, Result, Scope, Value};
use web::{Markup, act, avatar, capital, html, points, several, short_label};

/// So many are shown and put into a sprint at once.
const MOST: usize = 100;

pub(crate) struct Adrift {
    number: i64,
    kind: StoryKind,
    title: String,
    stage: Stage,
    points: Option<f64>,
    assignee: Option<String>,
}

/// What is under way in no sprint, in the order of the backlog.
pub(crate) fn read(look: &mut Look) -> Result<Vec<Adrift>> {
    let product = look.scope.product_id()?;
    let rows = look.query(
        "select story.number, story.kind, story.title, story.stage, story.points, member.name from story left join member on member.id = story.assignee
         where story.product = $1 and story.stage in ('doing', 'handed_over') and story.sprint is null and story.removed_at is null
         order by story.rank, story.id limit $2",
        &[product.value(), Value::Int(MOST as i64 + 1)],
    )?;
    let read = |mut r: kernel::Row| {
        Ok(Adrift { number: r.take()?, kind: r.take()?, title: r.take()?, stage: r.take()?, points: r.take()?, assignee: r.take()? })
    };
    rows.into_iter().map(read).collect()
}

/// The place, with the act that puts all of it into the sprint that is looked at, where that still takes stories.
pub(crate) fn view(scope: &Scope, adrift: &[Adrift], sprint: Option<(i64, &str)>) -> Markup {
    html! { @if !adrift.is_empty() { section.adrift aria-label="In no sprint" {
        h2 { "Under way in no sprint " span.quiet { @if adrift.len() > MOST { (MOST) "+" } @else { (adrift.len()) } } }
        p.hint { "Begun before it was in a sprint, here or in the tool it came from. It stands on the board once it is in one." }
        ol.rows { @for story in adrift.iter().take(MOST) { li.row-item data-id=(story.number) data-open {
            (kind_icon(story.kind)) span.key { (scope.key(story.number)) } a.title href={ "sprint?open=" (story.number) } dir="auto" data-panel { (story.title) }
            span.pill.neutral { (capital(&story.stage.word().replace('_', " "))) } span.points { (points(story.points)) } @if let Some(name) = &story.assignee { (avatar(name)) }
            @if Settable::by(scope).has(Fact::Sprint) { button.plain form="pick" name=(Fact::Sprint) value=(story.number) { (short_label(scope, Area::Sprints, "Put into a sprint")) } }
        } } }
        @if let Some((number, name)) = sprint {
            @let number = number.to_string();
            @let stories: Vec<String> = adrift.iter().take(MOST).map(|s| s.number.to_string()).collect();
            @let fields: Vec<(&str, &str)> = std::iter::once(("sprint", number.as_str())).chain(stories.iter().map(|s| ("stories", s.as_str()))).collect();
            (act(scope, Area::Sprints, "sprint.add_stories", &fields, &format!("Put {} into {name}", if stories.len() == 1 { "it".to_owned() } else { format!("these {}", several(stories.len(), "story")) }), ""))
        }
    } } }
}
