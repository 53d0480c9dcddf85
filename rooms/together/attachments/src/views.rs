//! Markup of files on a thing.

use crate::{commands::may_take_off, model::*, rows::Attached};
use kernel::{Noun, Scope, Uuid};
use web::{Markup, action, disclosure, html, icon, product_path, time};

/// The files on a thing, and a way to add more.
pub fn view(scope: &Scope, noun: &str, id: Uuid, attached: &[Attached]) -> Markup {
    html! { section.files {
        @if !attached.is_empty() { h3 { "Files " span.quiet { (attached.len()) } } }
        (list(scope, attached))
        (form(scope, noun, id))
    } }
}

/// A way to add files to one of several things on a page.
pub fn button(scope: &Scope, noun: &str, id: Uuid) -> Markup {
    disclosure(&format!("files-{}", id.simple()), "Attach", "plain", form(scope, noun, id))
}

/// The files on one of several things on a page, as far as there are any.
pub fn list(scope: &Scope, attached: &[Attached]) -> Markup {
    html! { @if !attached.is_empty() { ul.file-list { @for file in attached { (line(scope, file)) } } } }
}

fn line(scope: &Scope, Attached { attachment: file, by }: &Attached) -> Markup {
    let at = format!("/attachments/{}", file.id());
    html! { li id={ "f-" (file.id()) } {
        // The name beside it says the same to whoever does not see it.
        a.file-look href=(at) hx-boost="false" tabindex="-1" aria-hidden="true" target=[file.is_shown().then_some("_blank")] rel="noopener" {
            @if file.is_shown() { img src={ (at) "/small" } alt="" loading="lazy" width=(file.width) height=(file.height); } @else { (icon("file-text")) } }
        div.file-said {
            a dir="auto" href=(at) hx-boost="false" target=[file.is_shown().then_some("_blank")] rel="noopener" download[!file.is_shown()] { (file.name) }
            span.hint { (size_told(file.size)) " · " bdi { (by) } " " (time(scope, file.meta.created_at, scope.now)) } }
        @if may_take_off(file, scope) { form.act method="post" action=(action(scope, "attachment.remove")) data-act {
            input type="hidden" name="attachment" value=(file.id());
            button.plain type="submit" aria-label={ "Remove the file " (file.name) } title="Remove" { (icon("trash-2")) } } }
    } }
}

/// Chosen, dropped or pasted here, files hang on the thing; the script sends them at once.
fn form(scope: &Scope, noun: &str, id: Uuid) -> Markup {
    html! { form.attach method="post" enctype="multipart/form-data" action={ (product_path(scope)) "/attachments" } hx-boost="false"
        data-attach data-most=(MOST_BYTES) data-says=(size_told(MOST_BYTES as i64)) {
        input type="hidden" name="about" value=(noun); input type="hidden" name="id" value=(id.simple().to_string());
        label.button.plain { (icon("paperclip")) span { "Add files" } input type="file" name="file" multiple; }
        button.unscripted type="submit" { "Attach" }
        span.hint { "Up to " (size_told(MOST_BYTES as i64)) " each; you can paste or drop them into a text here too." }
    } }
}
