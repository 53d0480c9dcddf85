//! Markup of the saved filters over a list.

use crate::{
    commands::is_theirs,
    model::SavedFilter,
    rows::{SHOWN, Saved},
};
use kernel::{Noun, Scope};
use web::{Markup, action, disclosure, field, html, icon, limited, menu_button, text::encode};

/// The row of saved filters under the bar; nothing where there is nothing to choose and nothing to save. `keeps` is
/// what the address of the page goes on saying.
pub fn view(scope: &Scope, saved: &Saved, keeps: &[(&str, &str)]) -> Markup {
    let Saved { page, now, filters, current, place } = saved;
    let leads = place.unwrap_or(*page);
    let (shown, more) = filters.split_at(filters.len().min(SHOWN));
    let person = scope.who.assistant.is_none();
    html! { @if !filters.is_empty() || !now.is_empty() && person {
        div.saved role="group" aria-label="Saved filters" {
            @for (i, (filter, count)) in shown.iter().enumerate() { (chip(saved, keeps, i, filter, *count)) }
            @if !more.is_empty() { (menu_button("More", html! { @for (filter, _) in more { a.plain href=(address(leads, keeps, filter)) dir="auto" { (filter.name) } } })) }
            @match current.map(|at| &filters[at].0) {
                Some(filter) if is_theirs(filter, scope) && person => (change(scope, filter)),
                None if !now.is_empty() && person => (save(scope, page, now)),
                _ => {}
            }
        }
    } }
}

fn address(page: &str, keeps: &[(&str, &str)], filter: &SavedFilter) -> String {
    let kept: String = keeps.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}&", encode(value))).collect();
    format!("{page}?{kept}{}", filter.query)
}

fn chip(saved: &Saved, keeps: &[(&str, &str)], at: usize, filter: &SavedFilter, count: Option<i64>) -> Markup {
    let digit = at + 1;
    let says = format!("{} (g {digit}){}", filter.name, if filter.shared { ", shared with everyone here" } else { "" });
    html! {
        a.chip href=(address(saved.place.unwrap_or(saved.page), keeps, filter)) data-go=(digit) title=(says) aria-current=[(saved.current == Some(at)).then_some("true")] {
            @if filter.shared { (icon("users")) }
            span dir="auto" { (filter.name) }
            @if let Some(count) = count { span.quiet { (if count > MOST_COUNTED { format!("{MOST_COUNTED}+") } else { count.to_string() }) } }
        }
    }
}

/// Counted so far; what is more is "more".
pub(crate) const MOST_COUNTED: i64 = 500;

fn save(scope: &Scope, page: &str, now: &str) -> Markup {
    disclosure(
        "save-filter",
        "Save this filter",
        "plain",
        html! { form.stack method="post" action=(action(scope, "saved_filter.save")) data-act {
            input type="hidden" name="page" value=(page); input type="hidden" name="query" value=(now);
            (limited("saved_filter.save", field("name", "Name", "")))
            label.check { input type="checkbox" name="shared" value="true"; "Everyone here sees it" }
            p.error data-error="" {}
            div.row { button.primary type="submit" { "Save filter" } }
        } },
    )
}

fn change(scope: &Scope, filter: &SavedFilter) -> Markup {
    let id = filter.id().to_string();
    let (shared, says) = if filter.shared { ("false", "Keep it to whoever saved it") } else { ("true", "Show it to everyone here") };
    disclosure(
        "change-filter",
        "Change this filter",
        "plain",
        html! {
            form.stack method="post" action=(action(scope, "saved_filter.edit")) data-act {
                input type="hidden" name="saved_filter" value=(id); input type="hidden" name="version" value=(filter.meta.version);
                (limited("saved_filter.edit", field("name", "Name", &filter.name)))
                p.error data-error="" {}
                div.row { button.primary type="submit" { "Save name" } }
            }
            div.row {
                form.act method="post" action=(action(scope, "saved_filter.edit")) data-act { input type="hidden" name="saved_filter" value=(id); input type="hidden" name="shared" value=(shared); button type="submit" { (says) } }
                form.act method="post" action=(action(scope, "saved_filter.remove")) data-act { input type="hidden" name="saved_filter" value=(id); button type="submit" { "Remove" } }
            }
        },
    )
}
