//! The page of briefs: which features have one, and the brief of one feature with what is said about each paragraph.

use crate::{
    briefs::{self, BriefParagraph, Part},
    model::*,
    rows,
};
use kernel::{Area, Id, Look, Noun, Ref, Result, Scope, Uuid};
use notices::Around;
use people::Names;
use std::collections::HashMap;
use web::{
    At, Markup, Page, PageSpec, Query, Response, Wing, area_field, capital, command_form, disclosure, empty, html, keyed, line_form, may, meter,
    product_path, several, small_act, time,
};

pub(crate) const BRIEF: PageSpec = PageSpec {
    path: "brief",
    name: "Feature briefs",
    wing: Wing::Manager,
    under: "roadmap",
    live: &["brief_paragraph", "feature", "comment", "reaction", "attachment"],
    areas: &[Area::Roadmap],
    sights: &[("feature", "?feature={feature}")],
    ..PageSpec::PLAIN
};

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    feature: String,
    /// A paragraph that is looked at; its feature's brief is shown.
    paragraph: String,
}

pub(crate) async fn page(at: At, Query(q): Query<Asked>) -> Response {
    at.page(move |look| {
        let feature = match (q.feature.trim(), q.paragraph.trim()) {
            ("", "") => None,
            ("", paragraph) => {
                let paragraph = BriefParagraph::get(look, Id::try_from(paragraph)?)?;
                Some(Feature::get(look, paragraph.feature)?)
            }
            (feature, _) => Some(rows::feature(look, &Ref(feature.to_owned()))?),
        };
        match feature {
            Some(feature) => {
                let body = one(look, &feature, &q.paragraph)?;
                Ok(Page::of(&BRIEF, body).titled(format!("Brief: {}", feature.title)))
            }
            None => Ok(Page::of(&BRIEF, all(look)?)),
        }
    })
    .await
}

/// So many features without a brief are named.
const MOST: usize = 60;

/// Which features have a brief, the one that was written last first, and which have none yet.
fn all(look: &mut Look) -> Result<Markup> {
    let written: HashMap<Uuid, (i64, i64)> = briefs::written(look)?.into_iter().map(|(id, parts, at)| (id, (parts, at))).collect();
    let features: Vec<Feature> = rows::features(look)?.into_iter().filter(|f| f.state == BetState::Open).collect();
    let scope = look.scope;
    let (mut with, without): (Vec<&Feature>, Vec<&Feature>) = features.iter().partition(|f| written.contains_key(&f.meta.id));
    with.sort_by_key(|f| std::cmp::Reverse(written.get(&f.meta.id).map(|(_, at)| *at)));
    let place = |f: &Feature| format!("brief?feature={}", f.number);
    Ok(html! {
        (crate::ways(scope, "brief"))
        p.lead { "A brief says in five parts why a feature is worth doing, for whom, what it is, what it is not, and how we will know. Each paragraph can be talked about." }
        @if features.is_empty() { (empty("file-text", "No features yet", "A brief belongs to a feature. Features stand on the roadmap.", html! { a.button href="roadmap" { "The roadmap" } })) }
        @if !with.is_empty() { section { h2 { "Written" } ul.lines { @for f in &with { @let (parts, at) = written.get(&f.meta.id).copied().unwrap_or_default(); li {
            a.what href=(place(f)) { (keyed(scope, f.number, &f.title)) } (parts_meter(parts)) span.quiet { "changed " (time(scope, at, scope.now)) } } } } } }
        @if !without.is_empty() { section { h2 { "Without a brief" span.quiet { " " (without.len()) } } ul.lines { @for f in without.iter().take(MOST) { li { a.what href=(place(f)) { (keyed(scope, f.number, &f.title)) } span.quiet { (capital(f.horizon.word())) } } }
            @if without.len() > MOST { li.quiet { "and " (without.len() - MOST) " more" } } } } }
    })
}

/// How many of its parts a brief has.
pub(crate) fn parts_meter(parts: i64) -> Markup {
    let all = Part::ALL.len();
    meter(&format!("{parts} of {all} parts are written"), parts as f64 / all as f64)
}

fn one(look: &mut Look, feature: &Feature, looked_at: &str) -> Result<Markup> {
    let paragraphs = briefs::paragraphs(look, feature.id())?;
    let around = Around::read(look, BriefParagraph::TABLE, paragraphs.iter().map(|p| p.meta.id))?;
    let names = Names::of(look, paragraphs.iter().map(|p| p.body.as_str()))?;
    let scope = look.scope;
    Ok(html! {
        p.crumb { a href={ (product_path(scope)) "/roadmap?open=" (feature.number) } { (keyed(scope, feature.number, &feature.title)) } " · " a href={ (product_path(scope)) "/brief" } { "All briefs" } }
        @if paragraphs.is_empty() && !may(scope, Area::Roadmap) { p.hint { "Nobody has written this brief yet." } }
        article.brief { @for part in Part::ALL { section id=(part.word()) {
            h2 { (part.heading()) }
            @let own: Vec<&BriefParagraph> = paragraphs.iter().filter(|p| p.part == *part).collect();
            @if own.is_empty() { p.hint { (part.asks()) } }
            @for (at, p) in own.iter().enumerate() { (paragraph(scope, p, (&own, at), &around, &names, looked_at)) }
            (disclosure(&format!("write-{}", part.word()), if own.is_empty() { "Write it" } else { "Add a paragraph" }, "plain", command_form(scope, Area::Roadmap, "brief.write", "Write it", html! {
                input type="hidden" name="feature" value=(feature.number); input type="hidden" name="part" value=(part.word());
                @if !own.is_empty() { p.hint { (part.asks()) } }
                (area_field("body", part.heading(), "", 6)) p.hint { "A blank line begins a new paragraph." } })))
        } } }
    })
}

fn paragraph(scope: &Scope, p: &BriefParagraph, (own, at): (&[&BriefParagraph], usize), around: &Around, names: &Names, looked_at: &str) -> Markup {
    let id = p.id().to_string();
    let earlier = at.checked_sub(1).and_then(|at| own.get(at));
    let ways: Vec<(String, String)> =
        Part::ALL.iter().filter(|part| **part != p.part).map(|part| (part.word().to_owned(), part.heading().to_owned())).collect();
    html! { div.paragraph id={ "p-" (id) } .looked-at[id == looked_at] {
        div.prose { (names.prose(scope, &p.body)) }
        div.row {
            (disclosure(&format!("edit-{id}"), "Edit", "plain", command_form(scope, Area::Roadmap, "brief.edit", "Save", html! {
                input type="hidden" name="brief_paragraph" value=(id); input type="hidden" name="version" value=(p.meta.version); (area_field("body", p.part.heading(), &p.body, 6)) })))
            @if let Some(earlier) = earlier { (small_act(scope, Area::Roadmap, "brief.move", &[("brief_paragraph", &id), ("part", p.part.word()), ("before", &earlier.id().to_string())], "arrow-up", "Move up")) }
            (disclosure(&format!("move-{id}"), "Move", "plain", line_form(scope, Area::Roadmap, "brief.move", "Move it there", html! {
                input type="hidden" name="brief_paragraph" value=(id); label { span.hidden { "Part" } select name="part" { @for (value, says) in &ways { option value=(value) { (says) } } } } })))
            (small_act(scope, Area::Roadmap, "brief.remove", &[("brief_paragraph", &id)], "trash-2", "Remove paragraph"))
        }
        (around.beneath(scope, p.meta.id))
    } }
}

/// What the panel of a feature says of its brief.
pub(crate) fn beside(scope: &Scope, feature: &Feature, parts: i64) -> Markup {
    html! { p.row { a href={ (product_path(scope)) "/brief?feature=" (feature.number) } { "Brief" } @if parts > 0 { (parts_meter(parts)) span.quiet { (several(parts, "part")) " written" } } @else { span.quiet { "not written yet" } } } }
}
