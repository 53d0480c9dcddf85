//! What a model drafted, each as a form that is filled in already: taking it over is an act of whoever does, or a proposal.

use super::asked;
use crate::{
    draft_rows::{Choices, Taken},
    model::{Drafts as What, ModelDraft, OneDraft},
    pages::{Chosen, Model},
};
use kernel::{Area, Noun, Scope};
use web::{
    Markup, action, app::jobs::Asked, area_field, clipped, command_form, disclosure, empty, field, html, limited, options, pill, product_path,
    select, several, time,
};

/// What the page shows.
pub(crate) struct Drafts {
    pub model: Option<Model>,
    pub choices: Choices,
    pub drafts: Vec<ModelDraft>,
    pub taken: Taken,
    /// What was asked for the one that is looked at, and answered.
    pub asked: Vec<Asked>,
    pub chosen: Chosen,
}

pub(crate) fn drafts(scope: &Scope, view: &Drafts) -> Markup {
    html! {
        p.lead { "A model drafts, and you take over what is any good, reworded as you like. A draft is yours alone and goes after a month; what you take over is your act, or your proposal where others decide." }
        @match &view.model {
            None => (empty("pencil", "No model is set up here", "Everything can be written by hand, as ever. Whoever runs Tandem can name a model that drafts.", html! { a.button href="/help/assistant" { "How a model is set up" } })),
            Some(model) => (ask(scope, view, model)),
        }
        @if view.drafts.is_empty() { @if view.model.is_some() { p.quiet { "Nothing is drafted yet. Choose something above." } } }
        @for draft in &view.drafts { (one(scope, view, draft)) }
    }
}

/// What can be asked for; what the page that leads here has chosen comes first.
fn ask(scope: &Scope, view: &Drafts, model: &Model) -> Markup {
    let (choices, chosen) = (&view.choices, &view.chosen);
    let keyed = |number: i64, title: &str| (number.to_string(), format!("{} {title}", scope.key(number)));
    let features: Vec<(String, String)> = choices.features.iter().map(|feature| keyed(feature.number, &feature.title)).collect();
    let stories: Vec<(String, String)> = choices.stories.iter().map(|story| keyed(story.number, &story.title)).collect();
    let releases: Vec<(String, String)> = choices.releases.iter().map(|release| (release.id().to_string(), release.name.clone())).collect();
    let kinds: Vec<updates::Kind> = updates::Kind::ALL.iter().copied().filter(|kind| updates::writes(scope, *kind)).collect();
    let mut tiles: Vec<(bool, Markup)> = vec![];
    let mut offer = |is_chosen: bool, title: &str, command: &str, says: &str, fields: Markup| {
        tiles.push((
            is_chosen,
            html! { section.tile { h2 { (title) } form.stack method="post" action=(action(scope, command)) data-act { (fields) p.error data-error="" {} button.primary[is_chosen] type="submit" { (says) } } } },
        ));
    };
    if !features.is_empty() {
        let fields = select("feature", "Feature", &features, &chosen.feature);
        offer(!chosen.feature.is_empty(), "Stories of a feature", "model_draft.stories", "Draft stories", fields);
    }
    if !stories.is_empty() {
        let fields = select("story", "Story", &stories, &chosen.story);
        offer(!chosen.story.is_empty(), "Criteria of a story", "model_draft.criteria", "Draft criteria", fields);
    }
    if let Some(piece) = &choices.piece {
        let fields = html! { input type="hidden" name="evidence" value=(piece.id()); blockquote dir="auto" { (clipped(&piece.quote, 280)) } };
        offer(true, "Needs behind one piece of evidence", "model_draft.needs", "Draft needs", fields);
    }
    if choices.waiting > 0 {
        let fields = html! { p { "From " (several(choices.waiting, "piece")) " of evidence that " @if choices.waiting == 1 { "supports" } @else { "support" } " no need yet, the newest." } };
        offer(!chosen.needs.is_empty(), "Needs behind evidence", "model_draft.needs", "Draft needs", fields);
    }
    if !releases.is_empty() {
        let fields = select("release", "Release", &releases, &chosen.release);
        offer(!chosen.release.is_empty(), "Notes of a release", "model_draft.notes", "Draft notes", fields);
    }
    if !kinds.is_empty() {
        let fields = select("kind", "What it tells of", &options(&kinds), &chosen.update);
        offer(!chosen.update.is_empty(), "An update", "model_draft.update", "Draft an update", fields);
    }
    if let Some((retro, loose)) = &choices.meeting {
        let fields = html! { input type="hidden" name="retro" value=(retro.id()); p { (several(*loose, "note")) " of " (retro.label()) @if *loose == 1 { " stands" } @else { " stand" } " on their own. Who wrote them is not sent." } };
        if *loose > 1 {
            offer(!chosen.retro.is_empty(), "Groups of notes", "model_draft.groups", "Draft groups", fields);
        }
    }
    tiles.sort_by_key(|(is_chosen, _)| !is_chosen);
    html! {
        @if tiles.is_empty() { p.quiet { "There is nothing yet that your hat could draft from." } }
        div.tiles { @for (_, tile) in &tiles { (tile) } }
        p.hint { bdi { (model.name) } " is sent the texts that it drafts from, as far as you may read them; who wrote them is not. You may ask " (several(model.left, "more question")) " today." }
    }
}

fn one(scope: &Scope, view: &Drafts, draft: &ModelDraft) -> Markup {
    let id = draft.meta.id.simple().to_string();
    html! { section.readings aria-labelledby={ "draft-" (draft.id()) } { h2 id={ "draft-" (draft.id()) } { bdi { (draft.title) } " " (pill("", "draft")) }
        div.row.quiet { span { @if !draft.model.is_empty() { "by " bdi { (draft.model) } ", " } (time(scope, draft.meta.created_at, scope.now)) }
            form.act method="post" action=(action(scope, "model_draft.discard")) data-act { input type="hidden" name="model_draft" value=(draft.id()); button.plain type="submit" { "Put it away" } } }
        @if draft.ended_at.is_none() { p { "The model is at it. This page follows." } }
        @if !draft.failed.is_empty() { p.told { (draft.failed) " Nothing else happened. You can ask for it anew, above." } }
        @else if draft.ended_at.is_some() && draft.drafts.is_empty() { p.quiet { "What it drafted went when somebody’s data was erased. Ask anew." } }
        @for (n, item) in draft.drafts.iter().enumerate() { (item_of(scope, &view.taken, draft, item, n)) }
        @if view.chosen.asked == id { (asked(&view.asked)) }
        @else if draft.ended_at.is_some() { p { a href={ "?asked=" (id) "#draft-" (draft.id()) } { "What was asked for " bdi { (web::lower_first(&draft.title)) } ", and answered" } } }
    } }
}

fn item_of(scope: &Scope, taken: &Taken, draft: &ModelDraft, item: &OneDraft, n: usize) -> Markup {
    let id = format!("take-{}-{n}", draft.meta.id.simple());
    let by = format!("Drafted by {}.", draft.model);
    let signed = |text: &str| if text.is_empty() { by.clone() } else { format!("{text}\n\n{by}") };
    let about = draft.about_id.map(|about| about.simple().to_string()).unwrap_or_default();
    let form = match draft.what {
        What::Stories => command_form(
            scope,
            Area::Backlog,
            "story.create",
            "Add the story",
            html! {
            input type="hidden" name="feature" value=(about);
            (field("title", "Title", &item.title)) (area_field("body", "Text", &signed(&item.body), 4)) },
        ),
        What::Criteria => command_form(
            scope,
            Area::Backlog,
            "criterion.add",
            "Add the criterion",
            html! {
            input type="hidden" name="story" value=(about); (area_field("body", "Criterion", &item.title, 2)) },
        ),
        What::Notes => command_form(
            scope,
            Area::Announcements,
            "release.write_notes",
            "Use as release notes",
            html! {
            input type="hidden" name="release" value=(about); (area_field("notes", "Release notes", &item.body, 10)) },
        ),
        What::Needs => command_form(
            scope,
            Area::Customers,
            "need.create",
            "Add the need",
            html! {
            @if let Some(evidence) = item.evidence { input type="hidden" name="evidence" value=(evidence.simple().to_string()); }
            (field("title", "Need", &item.title)) (area_field("statement", "Statement", &signed(&item.body), 3)) },
        ),
        What::Update => update(scope, taken, draft, item),
        What::Groups => group(scope, taken, draft, item),
    };
    html! { div.tile { h3 dir="auto" { (item.title) }
        @if !item.body.is_empty() { @if matches!(draft.what, What::Notes | What::Update) { div.prose dir="auto" { (web::text::markdown(&item.body)) } } @else { p dir="auto" { (item.body) } } }
        @if draft.what == What::Groups { (notes(taken, item)) }
        @if !item.quote.is_empty() { p.quiet { "Rests on " q dir="auto" { (item.quote) } } }
        @if !item.unfounded.is_empty() { p.told { "Stands in nothing that it was drafted from: " @for (n, word) in item.unfounded.iter().enumerate() { @if n > 0 { ", " } bdi { (word) } } ". Check it before you take it over." } }
        (disclosure(&id, "Take over", "", form))
    } }
}

/// Becomes what one keeps as one's own draft of an update, which is edited and published where updates are written.
fn update(scope: &Scope, taken: &Taken, draft: &ModelDraft, item: &OneDraft) -> Markup {
    let Some(kind) = updates::Kind::parse(&draft.about).filter(|kind| updates::writes(scope, *kind)) else { return html! {} };
    let there = format!("{}/updates/write?kind={kind}", product_path(scope));
    html! { form.stack method="post" action=(action(scope, "update_draft.save")) data-act {
        input type="hidden" name="kind" value=(kind); input type="hidden" name="until" value=(draft.meta.created_at);
        (limited("update_draft.save", html! { (field("title", "Title", &item.title)) (area_field("body", "Text, in Markdown", &item.body, 14)) }))
        p.error data-error="" {}
        @if taken.keeps.contains(&kind) { p.hint { "It takes the place of the draft of this kind that you keep now." } }
        div.row { button.primary type="submit" data-go=(there) name="_back" value=(there) { "Keep as your draft" } }
        p.hint { "Nobody is told anything yet: you edit it where updates are written, and publish it there." }
    } }
}

/// The notes of a group that still stand on their own.
fn loose<'a>(taken: &'a Taken, item: &OneDraft) -> Vec<&'a retro::RetroNote> {
    taken.notes.iter().filter(|note| item.notes.contains(&note.meta.id)).collect()
}

fn notes(taken: &Taken, item: &OneDraft) -> Markup {
    let notes = loose(taken, item);
    html! { @if notes.len() < 2 { p.quiet { "These stand together already, or the time for it is over." } }
    @else { ul.findings { @for note in notes { li dir="auto" { (note.body) } } } } }
}

/// Becomes a group by whoever puts its notes together.
fn group(scope: &Scope, taken: &Taken, draft: &ModelDraft, item: &OneDraft) -> Markup {
    let (notes, about) = (loose(taken, item), draft.about_id.unwrap_or_default().simple().to_string());
    if notes.len() < 2 || !retro::is_there(scope) {
        return html! {};
    }
    html! { form.stack method="post" action=(action(scope, "retro_theme.make")) data-act {
        input type="hidden" name="retro" value=(about);
        @for note in &notes { input type="hidden" name="notes" value=(note.id()); }
        (limited("retro_theme.make", field("name", "Name of the group", &item.title)))
        p.error data-error="" {} button.primary type="submit" { "Put these " (notes.len()) " together" }
    } }
}
