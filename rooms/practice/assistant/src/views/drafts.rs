//! What a model drafted, each as a form that is filled in already: taking it over is an act of whoever does, or a proposal.

use super::asked;
use crate::{model::*, pages::Model};
use backlog::Story;
use kernel::{Area, Noun, Scope};
use launch::Release;
use roadmap::Feature;
use web::{Markup, app::jobs::Asked, area_field, command_form, disclosure, empty, field, html, may, pill, several, time};

/// What the page shows.
pub(crate) struct Drafts {
    pub model: Option<Model>,
    pub features: Vec<Feature>,
    pub stories: Vec<Story>,
    pub releases: Vec<Release>,
    /// How much evidence supports no need, as far as it is looked at.
    pub waiting: usize,
    pub drafts: Vec<ModelDraft>,
    /// What was asked for the one that is looked at, and answered.
    pub asked: Vec<Asked>,
    pub shown: String,
    /// What is chosen already, by number.
    pub feature: String,
    pub story: String,
}

pub(crate) fn drafts(scope: &Scope, view: &Drafts) -> Markup {
    html! {
        p.lead { "A model drafts stories, criteria, needs or release notes, and you take over what is any good, reworded as you like. A draft is yours alone and goes after a month; what you take over is your act, or your proposal where others decide." }
        @match &view.model {
            None => (empty("pencil", "No model is set up here", "Everything can be written by hand, as ever. Whoever runs Tandem can name a model that drafts.", html! { a.button href="/help/assistant" { "How a model is set up" } })),
            Some(model) => (ask(scope, view, model)),
        }
        @if view.drafts.is_empty() { @if view.model.is_some() { p.quiet { "Nothing is drafted yet. Choose something above." } } }
        @for draft in &view.drafts { (one(scope, view, draft)) }
    }
}

fn ask(scope: &Scope, view: &Drafts, model: &Model) -> Markup {
    let product = scope.product.as_ref().map_or("", |product| product.key.as_str());
    let to = |command: &str| format!("/{product}/do/{command}");
    html! { div.tiles {
        @if may(scope, Area::Backlog) && !view.features.is_empty() { section.tile { h2 { "Stories of a feature" }
            form.stack method="post" action=(to("model_draft.stories")) data-act {
                label.field { span { "Feature" } select name="feature" dir="auto" { @for feature in &view.features { @let number = feature.number.to_string(); option value=(number) selected[number == view.feature] { (product) "-" (number) " " (feature.title) } } } }
                p.error data-error="" {} button type="submit" { "Draft stories" } } } }
        @if may(scope, Area::Backlog) && !view.stories.is_empty() { section.tile { h2 { "Criteria of a story" }
            form.stack method="post" action=(to("model_draft.criteria")) data-act {
                label.field { span { "Story" } select name="story" dir="auto" { @for story in &view.stories { @let number = story.number.to_string(); option value=(number) selected[number == view.story] { (product) "-" (number) " " (story.title) } } } }
                p.error data-error="" {} button type="submit" { "Draft criteria" } } } }
        @if may(scope, Area::Announcements) && !view.releases.is_empty() { section.tile { h2 { "Notes of a release" }
            form.stack method="post" action=(to("model_draft.notes")) data-act {
                label.field { span { "Release" } select name="release" dir="auto" { @for release in &view.releases { option value=(release.id()) { (release.name) } } } }
                p.error data-error="" {} button type="submit" { "Draft notes" } } } }
        @if may(scope, Area::Customers) { section.tile { h2 { "Needs behind evidence" }
            @if view.waiting == 0 { p { "All evidence supports a need already, or was put aside." } }
            @else { form.stack method="post" action=(to("model_draft.needs")) data-act {
                p { "From " (several(view.waiting, "piece")) " of evidence that " @if view.waiting == 1 { "supports" } @else { "support" } " no need yet." }
                p.error data-error="" {} button type="submit" { "Draft needs" } } } } }
    }
    p.hint { bdi { (model.name) } " is sent the texts that it drafts from. You may ask " (several(model.left, "more question")) " today." } }
}

fn one(scope: &Scope, view: &Drafts, draft: &ModelDraft) -> Markup {
    html! { section.readings aria-labelledby={ "draft-" (draft.id()) } { h2 id={ "draft-" (draft.id()) } { bdi { (draft.title) } " " (pill("", "draft")) }
        p.quiet { @if !draft.model.is_empty() { "by " bdi { (draft.model) } ", " } (time(scope, draft.meta.created_at, scope.now)) }
        @if draft.ended_at.is_none() { p { "The model is at it. This page follows." } }
        @if !draft.failed.is_empty() { p.told { (draft.failed) " Nothing else happened." } }
        @for (n, item) in draft.drafts.iter().enumerate() { (item_of(scope, draft, item, n)) }
        @if view.shown == draft.meta.id.simple().to_string() { (asked(&view.asked)) }
        @else if draft.ended_at.is_some() { p { a href={ "?asked=" (draft.meta.id.simple()) "#draft-" (draft.id()) } { "What was asked for " bdi { (draft.title) } ", and answered" } } }
    } }
}

fn item_of(scope: &Scope, draft: &ModelDraft, item: &OneDraft, n: usize) -> Markup {
    let id = format!("take-{}-{n}", draft.meta.id.simple());
    let by = format!("Drafted by {}.", draft.model);
    let signed = |text: &str| if text.is_empty() { by.clone() } else { format!("{text}\n\n{by}") };
    let about = draft.about_id.map(|about| about.simple().to_string()).unwrap_or_default();
    let form = match draft.what {
        crate::model::Drafts::Stories => command_form(
            scope,
            Area::Backlog,
            "story.create",
            "Add the story",
            html! {
            input type="hidden" name="feature" value=(about);
            (field("title", "Title", &item.title)) (area_field("body", "Text", &signed(&item.body), 4)) },
        ),
        crate::model::Drafts::Criteria => command_form(
            scope,
            Area::Backlog,
            "criterion.add",
            "Add the criterion",
            html! {
            input type="hidden" name="story" value=(about); (area_field("body", "Criterion", &item.title, 2)) },
        ),
        crate::model::Drafts::Notes => command_form(
            scope,
            Area::Announcements,
            "release.write_notes",
            "Use as release notes",
            html! {
            input type="hidden" name="release" value=(about); (area_field("notes", "Release notes", &item.body, 10)) },
        ),
        crate::model::Drafts::Needs => command_form(
            scope,
            Area::Customers,
            "need.create",
            "Add the need",
            html! {
            @if let Some(evidence) = item.evidence { input type="hidden" name="evidence" value=(evidence.simple().to_string()); }
            (field("title", "Need", &item.title)) (area_field("statement", "Statement", &signed(&item.body), 3)) },
        ),
    };
    html! { div.tile { h3 dir="auto" { (item.title) }
        @if !item.body.is_empty() { p dir="auto" { (item.body) } }
        @if !item.quote.is_empty() { p.quiet { "Rests on " q dir="auto" { (item.quote) } } }
        (disclosure(&id, &format!("Take over “{}”", web::clipped(&item.title, 40)), "", form))
    } }
}
