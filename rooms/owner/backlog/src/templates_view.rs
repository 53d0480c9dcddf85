//! The page of templates for stories.

use crate::{
    model::*,
    templates::{StoryTemplate, templates},
    views::kind_icon,
};
use kernel::{Area, Noun, Scope};
use serde::Deserialize;
use web::{
    At, Markup, Page, PageSpec, Query, Response, Wing, area_field, command_form, disclosure, empty, field, html, options, select, several, small_act,
};

pub(crate) const TEMPLATES: PageSpec = PageSpec {
    path: "templates",
    name: "Story templates",
    wing: Wing::Owner,
    under: "backlog",
    live: &["story_template"],
    areas: &[Area::Backlog],
    ..PageSpec::PLAIN
};

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The one that is shown in full.
    #[serde(default)]
    open: String,
}

pub(crate) async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let all = templates(look)?;
        let form = html! { (fields(None)) };
        let primary = disclosure(
            "new-template",
            "Make a template",
            "primary",
            command_form(look.scope, Area::Backlog, "story_template.create", "Make template", form),
        );
        Ok(Page::of(&TEMPLATES, view(look.scope, &all, &q.open)).primary(primary))
    })
    .await
}

fn view(scope: &Scope, all: &[StoryTemplate], open: &str) -> Markup {
    html! {
        @if all.is_empty() { (empty("copy", "No templates yet", "A template is what stories of a kind begin with: their text, the criteria that always hold, the sub-tasks that nobody should forget. Make one here, or of a story that turned out well (in its panel: Keep as a template).", html! {})) }
        @else {
            p.hint { "What stories of a kind begin with. A story that is made from a template is its own from then on." }
            div.templates { @for template in all { (one(scope, template, template.id().to_string() == open)) } }
        }
    }
}

fn one(scope: &Scope, t: &StoryTemplate, open: bool) -> Markup {
    let id = t.id().to_string();
    html! { article.tile.template id={ "t-" (id) } {
        h2 { (kind_icon(t.kind)) " " bdi { (t.name) } }
        p.quiet { (counts(t)) @for label in t.labels.iter() { " " span.chip.chip-label dir="auto" { (label) } } }
        @if !t.wants.is_empty() || !t.so_that.is_empty() { p.statement { "As a " em { bdi { (dots(&t.persona)) } } " I want " em { bdi { (dots(&t.wants)) } } " so that " em { bdi { (dots(&t.so_that)) } } "." } }
        @if !t.criteria.is_empty() || !t.subtasks.is_empty() || !t.body.is_empty() { details.more open[open] { summary { "All of it" }
            @if !t.body.is_empty() { div.prose { (web::text::markdown(&t.body)) } }
            @if !t.criteria.is_empty() { h3 { "Acceptance criteria" } ul { @for line in t.criteria.iter() { li dir="auto" { (line) } } } }
            @if !t.subtasks.is_empty() { h3 { "Sub-tasks" } ul { @for line in t.subtasks.iter() { li dir="auto" { (line) } } } }
        } }
        div.row {
            (disclosure(&format!("from-{id}"), "Add a story from it", "", command_form(scope, Area::Backlog, "story.create_from_template", "Add story", html! {
                input type="hidden" name="story_template" value=(id); (field("title", "Title", "")) (field("feature", "Feature, by its key", "")) label.check { input type="checkbox" name="top" value="true"; "At the top" } })))
            (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, Area::Backlog, "story_template.edit", "Save", html! {
                input type="hidden" name="story_template" value=(id); input type="hidden" name="version" value=(t.meta.version); (fields(Some(t))) })))
            (small_act(scope, Area::Backlog, "story_template.remove", &[("story_template", &id)], "trash-2", &format!("Remove the template “{}”", t.name)))
        }
    } }
}

fn counts(t: &StoryTemplate) -> String {
    let criteria = if t.criteria.len() == 1 { "1 criterion".to_owned() } else { format!("{} criteria", t.criteria.len()) };
    format!("{criteria}, {}", several(t.subtasks.len(), "sub-task"))
}

fn dots(text: &str) -> &str {
    if text.is_empty() { "…" } else { text }
}

fn fields(t: Option<&StoryTemplate>) -> Markup {
    let of = |read: fn(&StoryTemplate) -> &String| t.map_or("", |t| read(t).as_str());
    html! {
        (field("name", "What it is called", of(|t| &t.name)))
        div.pair { (select("kind", "Type", &options(StoryKind::ALL), t.map_or("story", |t| t.kind.word()))) (field("labels", "Labels, with commas", &t.map_or(String::new(), |t| t.labels.join(", ")))) }
        div.triple { (field("persona", "As a", of(|t| &t.persona))) (field("wants", "I want", of(|t| &t.wants))) (field("so_that", "so that", of(|t| &t.so_that))) }
        (area_field("body", "Notes", of(|t| &t.body), 3))
        (area_field("criteria", "Acceptance criteria, one below the other", &t.map_or(String::new(), |t| listed(&t.criteria)), 4))
        (area_field("subtasks", "Sub-tasks, one on each line", &t.map_or(String::new(), |t| t.subtasks.join("\n")), 3))
    }
}

/// As a list with marks, which keeps criteria of several lines whole.
fn listed(criteria: &[String]) -> String {
    criteria.iter().map(|c| format!("- {}", c.replace('\n', "\n  "))).collect::<Vec<_>>().join("\n")
}
