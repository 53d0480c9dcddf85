//! The labels of a product: a page under its settings.

use crate::labels::{self, Colour, Counted};
use kernel::{Area, PageSpec, Scope};
use web::{
    At, Markup, Page, Response, Wing, action, command_form, disclosure, empty, field, html, may, product_path, several, short_label, text::encode,
};

pub(crate) const LABELS: PageSpec = PageSpec {
    path: "labels",
    name: "Labels",
    wing: Wing::Owner,
    under: "settings",
    live: &["label", "story"],
    calm: true,
    areas: &[Area::Backlog],
    ..PageSpec::PLAIN
};

pub(crate) async fn page(at: At) -> Response {
    at.page(|look| {
        let labels = labels::all(look)?;
        Ok(Page::of(&LABELS, view(look.scope, &labels)))
    })
    .await
}

fn view(scope: &Scope, labels: &[Counted]) -> Markup {
    html! {
        p.lead { "What stories are labelled with, on every story at once. An old name still leads to its label, in addresses and saved filters." }
        @if labels.is_empty() { (empty("list-ordered", "No label is in use yet", "Labels are set on stories, in the backlog or in a story’s panel. Here they get colours and better names.", html! { a.button href="backlog" { "Open the backlog" } })) }
        @else {
            datalist #labels-known { @for label in labels { option value=(label.name) {} } }
            ul.lines.labels-list { @for (n, label) in labels.iter().enumerate() { li {
                a.chip.chip-label.{ "label-" (label.colour) } href={ (product_path(scope)) "/backlog?stage=all&label=" (encode(&label.name)) } dir="auto" { (label.name) }
                span.quiet { (several(label.stories, "story")) }
                (swatches(scope, label))
                @if may(scope, Area::Backlog) { span.acts {
                    (disclosure(&format!("rename-{n}"), "Rename", "plain", command_form(scope, Area::Backlog, "label.rename", "Rename label", html! {
                        input type="hidden" name="label" value=(label.name); (field("name", "What it is called from now on", &label.name)) })))
                    @if labels.len() > 1 { (disclosure(&format!("merge-{n}"), "Merge", "plain", command_form(scope, Area::Backlog, "label.merge", "Merge labels", html! {
                        input type="hidden" name="label" value=(label.name);
                        label.field { span { "Into the label" } input type="text" name="into" list="labels-known" dir="auto" autocomplete="off"; span.error data-error="into" {} }
                        p.hint dir="auto" { "“" (label.name) "” goes; its stories have the other label then." } }))) }
                } }
            } } }
            @if !may(scope, Area::Backlog) { p.hint { (web::who_decides(scope, Area::Backlog)) } }
        }
    }
}

/// Its colour, set where it stands.
fn swatches(scope: &Scope, label: &Counted) -> Markup {
    html! { @if may(scope, Area::Backlog) {
        form.swatches method="post" action=(action(scope, "label.colour")) data-act aria-label={ "Colour of “" (label.name) "”" } {
            input type="hidden" name="label" value=(label.name);
            @for colour in Colour::ALL { @let says = short_label(scope, Area::Backlog, &web::capital(colour.says()));
                button.plain.swatch.{ "label-" (colour) } type="submit" name="colour" value=(colour) title=(says) aria-label=(says) aria-pressed=(if label.colour == *colour { "true" } else { "false" }) {} }
        }
    } }
}
