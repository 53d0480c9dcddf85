//! The updates as somebody without an account reads them by a link: those that were published for whoever has one, without
//! who wrote or who was told.

use crate::{
    model::{Update, UpdateQuestion},
    questions::AskByLink,
};
use kernel::{
    Area, Asked, Look, Noun, Result, Uuid, Value, list,
    look::find_rows,
    shared::{Entry, SharedLook, Visit},
};
use web::{Markup, area_field, date, field, html, limited, text::markdown, when};

pub(crate) const SHARED: SharedLook = SharedLook {
    name: "updates",
    says: "The updates",
    areas: &[Area::Announcements, Area::Progress],
    also: &[],
    options: &[],
    whom: "",
    show,
    feed: Some(feed),
    ask: Some(AskByLink::NAME),
};

/// So many are shown.
const MOST: i64 = 20;

fn published(look: &mut Look) -> Result<Vec<Update>> {
    Update::all(look, "and by_link = 1 order by created_at desc, id desc limit $2", &[Value::Int(MOST)])
}

fn show(look: &mut Look, _: &Visit) -> Result<String> {
    let updates = published(look)?;
    let articles = articles(look, &updates, |title| html! { h2 dir="auto" { (title) } })?;
    Ok(html! { div.updates { @if updates.is_empty() { p.quiet { "Nothing has been published yet." } } (articles) } }.into_string())
}

/// So many stand on the page of a stakeholder.
const FEW: usize = 5;

/// What a stakeholder reads by the link that was made for them: what was published for whoever holds one, and what was meant
/// for them.
///
/// # Errors
/// Whatever reading refuses.
pub fn told_to(look: &mut Look, whom: Option<Uuid>) -> Result<Markup> {
    let mut updates = Update::all(look, "order by created_at desc, id desc limit $2", &[Value::Int(MOST)])?;
    updates.retain(|update| update.by_link || whom.is_some_and(|whom| update.audience.stakeholders.contains(&whom)));
    updates.truncate(FEW);
    articles(look, &updates, |title| html! { h3 dir="auto" { (title) } })
}

fn articles(look: &mut Look, updates: &[Update], head: impl Fn(&str) -> Markup) -> Result<Markup> {
    let answered = "where update_of in each($1) and state = 'answered' and removed_at is null order by created_at, id";
    let answered: Vec<UpdateQuestion> = find_rows(look.reader, answered, &[list(updates.iter().map(|update| update.meta.id))])?;
    let scope = look.scope;
    // Nobody answers any more in a product that is archived.
    let open = scope.product.as_ref().is_some_and(|product| !product.archived);
    let one = |update: &Update| -> Markup {
        html! { article.update id={ "u-" (update.id()) } {
            (head(&update.title)) p.quiet { (date(scope, &when::day(update.meta.created_at))) }
            div.prose { (markdown(&update.body)) }
            @for question in answered.iter().filter(|question| question.update_of == update.id()) { section.answered {
                blockquote dir="auto" { (question.body) } div.prose { (markdown(&question.answer)) } } }
            @if update.by_link && open { details.more { summary { "Ask about it" } form.stack method="post" hx-boost="false" {
                input type="hidden" name="update" value=(update.id());
                (limited(AskByLink::NAME, html! { (field("name", "Your name, if you want to say it", "")) (area_field("body", "What you want to know", "", 3)) }))
                p.hint { "Those who publish here read your question. Once it is answered, both stand here." }
                button type="submit" { "Send the question" } } } }
        } }
    };
    Ok(html! { @for update in updates { (one(update)) } })
}

fn feed(look: &mut Look, _: &Visit) -> Result<Vec<Entry>> {
    let entry = |update: Update| Entry {
        id: update.meta.id,
        title: update.title.clone(),
        html: markdown(&update.body).into_string(),
        at: update.meta.created_at,
    };
    Ok(published(look)?.into_iter().map(entry).collect())
}
