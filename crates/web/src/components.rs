//! Components: small functions of markup that every room shares.

use crate::{
    assets,
    forms::{limited, number_text},
    when,
};
use kernel::{Area, Hat, Scope, Standing, words::Word};
use maud::{Markup, html};

/// An icon of the one set; decorative, so give a label beside it.
pub fn icon(name: &str) -> Markup {
    debug_assert!(assets::has_icon(name), "no icon is called {name}");
    html! { svg.icon aria-hidden="true" { use href={ (assets::path("icons.svg")) "#" (name) } {} } }
}

/// An icon that says something by itself, in few bytes, for long lists.
pub fn named_icon(name: &str, label: &str, class: &str) -> Markup {
    debug_assert!(assets::has_icon(name), "no icon is called {name}");
    html! { svg class={ "icon " (class) } role="img" { title { (label) } use href={ (assets::path("icons.svg")) "#" (name) } {} } }
}

/// Initials in a disc.
pub fn avatar(name: &str) -> Markup {
    let initials: String = name.split_whitespace().filter_map(|w| w.chars().next()).take(2).collect();
    let tone = name.bytes().fold(0u32, |sum, b| sum.wrapping_mul(31).wrapping_add(b.into())) % 6;
    html! { span class={ "avatar tone-" (tone) } title=(name) aria-hidden="true" { (initials.to_uppercase()) } }
}

/// An instant: relative to now when that is near, else its day; the exact one on hover, in the viewer's zone.
pub fn time(scope: &Scope, at: i64, now: i64) -> Markup {
    html! { time datetime=(when::iso(at)) title=(when::exact(at, &scope.who.zone)) { (when::told(at, now, &scope.who.zone)) } }
}

/// A day written `2026-11-23` as "23 Nov", with the year where it is not this one; it never breaks over a line.
pub fn date(scope: &Scope, day: &str) -> String {
    plain_date(scope, day).replace(' ', "\u{a0}")
}

/// The same for letters and files, where nothing but plain spaces belong.
pub fn plain_date(scope: &Scope, day: &str) -> String {
    when::short_day(day, &when::day(scope.now)[..4])
}

/// "1 story", "3 stories", "2.5 points".
pub fn several(count: impl std::fmt::Display, noun: &str) -> String {
    let count = count.to_string();
    let many = |noun: &str| match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    };
    if count == "1" { format!("1 {noun}") } else { format!("{count} {}", many(noun)) }
}

/// "1st", "2nd", "3rd", "11th".
pub fn ordinal(n: i64) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// The two dots: whoever acts here signs, and it takes effect once others have signed too. They mean nothing else, and
/// stand only where a reader would be surprised: at most once on a card.
pub fn both_sign(scope: &Scope, area: Area) -> Markup {
    html! { @if waits_for_others(scope, area) { span.both role="img" aria-label="needs both signatures" title={ "Needs both signatures. " (who_decides(scope, area)) } { span.dot.manager {} span.dot.owner {} } } }
}

/// Whether what one signs in an area takes effect only once somebody else has signed it too.
pub fn waits_for_others(scope: &Scope, area: Area) -> bool {
    scope.standing(area).1 == Standing::Signs && scope.asked(area).0.len() > 1
}

/// "The Owner decides on the backlog. You would propose."
pub fn who_decides(scope: &Scope, area: Area) -> String {
    let on = area.spoken();
    let names = |hats: &[Hat], and: &str| hats.iter().map(|h| format!("the {}", h.title())).collect::<Vec<_>>().join(and);
    let joint = !scope.matrix.hats(area, Standing::Signs).is_empty();
    let deciders: Vec<Hat> = scope.matrix.deciders(area).into_iter().filter(|h| scope.held.contains(h)).collect();
    let missing = scope.missing(area);
    let who = match (joint, deciders.len()) {
        (_, 0) => format!("Nobody decides on {on} yet."),
        (true, 2..) => format!("{} sign together on {on}.", names(&deciders, " and ")),
        (_, 1) => format!("{} decides on {on}.", names(&deciders, "")),
        _ if scope.agreed.is_off(area) => format!("No proposal is asked for on {on} yet: {} each decide.", names(&deciders, " and ")),
        _ => format!("{} each decide on {on}.", names(&deciders, " and ")),
    };
    let who = match missing.is_empty() {
        true => capital(&who),
        false => format!(
            "Nobody holds the hat of {} yet. Until then {}{}",
            names(&missing, " and ").replace("the ", ""),
            &who[..1].to_lowercase(),
            &who[1..]
        ),
    };
    match scope.standing(area) {
        (Some(hat), Standing::Decides) => format!("{who} You act as {}.", hat.title()),
        (Some(hat), Standing::Signs) => format!("{who} You sign as {}.", hat.title()),
        (_, Standing::Proposes) => format!("{who} You would propose."),
        _ => who,
    }
}

/// What a button that changes something says: the act itself, or that it would be proposed.
pub fn act_label(scope: &Scope, area: Area, act: &str) -> String {
    match scope.standing(area).1 {
        Standing::Decides | Standing::Signs => act.to_owned(),
        _ => {
            let whom = scope.matrix.deciders(area).iter().map(|h| h.title()).collect::<Vec<_>>().join(" and ");
            format!("Propose to the {whom}: {}", lower_first(act))
        }
    }
}

/// The same in few words, where many stand side by side.
pub fn short_label(scope: &Scope, area: Area, act: &str) -> String {
    match scope.standing(area).1 {
        Standing::Decides | Standing::Signs => act.to_owned(),
        _ => format!("Propose: {}", lower_first(act)),
    }
}

/// A form whose one button runs a command.
pub fn act(scope: &Scope, area: Area, command: &str, fields: &[(&str, &str)], label: &str, class: &str) -> Markup {
    if !may(scope, area) {
        return html! {};
    }
    html! {
        form.act method="post" action=(action(scope, command)) data-act {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            button.(class) type="submit" { (act_label(scope, area, label)) }
        }
    }
}

/// An icon button that runs a command; its label is for hover and screen readers.
pub fn small_act(scope: &Scope, area: Area, command: &str, fields: &[(&str, &str)], icon_name: &str, label: &str) -> Markup {
    if !may(scope, area) {
        return html! {};
    }
    html! {
        form.act.small method="post" action=(action(scope, command)) data-act {
            @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
            @let said = act_label(scope, area, label) + if waits_for_others(scope, area) { " (needs both signatures)" } else { "" };
            button.plain type="submit" title=(said) aria-label=(said) { (icon(icon_name)) span.said dir="auto" { (act_label(scope, area, label)) } }
        }
    }
}

/// Whether the asker may at least propose in an area; else no control is offered there.
pub fn may(scope: &Scope, area: Area) -> bool {
    scope.standing(area).1 >= Standing::Proposes
}

/// A form of one line: its fields and one button. Nothing for whoever may not even propose.
pub fn line_form(scope: &Scope, area: Area, command: &str, label: &str, fields: Markup) -> Markup {
    html! { @if may(scope, area) {
        form.inline method="post" action=(action(scope, command)) data-act {
            (limited(command, fields)) button type="submit" { (act_label(scope, area, label)) } span.error data-error="" {}
        }
    } }
}

/// Where a command's form posts to.
pub fn action(scope: &Scope, command: &str) -> String {
    format!("{}/do/{command}", product_path(scope))
}

/// `/ORB`, where the addresses of the product at hand begin; nothing outside of one.
pub fn product_path(scope: &Scope) -> String {
    scope.product.as_ref().map_or(String::new(), |p| format!("/{}", p.key))
}

/// A button on each row or card that opens the one shared menu of the page: the twin of keys and of dragging. Without
/// script the same choices stand on the thing's own page.
pub fn mover_button(number: &str, key: &str) -> Markup {
    html! { button.plain.mover type="button" data-mover=(number) aria-label={ "What to do with " (key) } title="What to do" { "⋯" } }
}

/// A thing by its key and its title, which takes the direction of its own words.
pub fn keyed(scope: &Scope, number: i64, title: &str) -> Markup {
    html! { span.key { (scope.key(number)) } " " bdi { (title) } }
}

/// A menu that opens from its button: links and acts.
pub fn menu_button(label: &str, body: Markup) -> Markup {
    html! { details.menu-button.labelled { summary.button { (label) (icon("chevron-down")) } div.menu { (body) } } }
}

/// A list as a file: what is narrowed on the page is narrowed in it.
pub fn downloads(scope: &Scope, list: &str, narrowed: &str) -> Markup {
    let file = |ending: &str| format!("{}/download/{list}.{ending}?{narrowed}", product_path(scope));
    menu_button(
        "Download",
        html! {
            a.plain href=(file("csv")) hx-boost="false" download { "As CSV" }
            a.plain href=(file("xlsx")) hx-boost="false" download { "For Excel" }
        },
    )
}

/// Finds people by their name; none where all of them are shown.
pub fn people_search(words: &str, many: bool) -> Markup {
    html! { @if many || !words.is_empty() { (find_form("people", "Find someone by name", words, html! {})) } }
}

/// Finds in a list by words; `along` are fields that go with them.
pub fn find_form(name: &str, says: &str, words: &str, along: Markup) -> Markup {
    html! { form.filter.find role="search" method="get" aria-label=(says) {
        (along)
        label.filter-box { (icon("search")) span.hidden { (says) } input type="search" name=(name) value=(words) dir="auto" placeholder=(says) autocomplete="off"; }
        button type="submit" { "Find" }
    } }
}

/// So many people are named in a sentence.
const NAMED: usize = 6;

/// "Ines, Jonas and Mara", in the order of their names; of many the first.
pub fn listed_people<'a>(names: impl IntoIterator<Item = &'a str>) -> Markup {
    let mut called: Vec<&str> = names.into_iter().collect();
    called.sort_unstable();
    let more = called.len().saturating_sub(NAMED);
    html! {
        @for (i, name) in called.iter().take(NAMED).enumerate() { @if i > 0 { (if i + 1 == called.len() { " and " } else { ", " }) } bdi { (name) } }
        @if more > 0 { " and " (more) " more" }
    }
}

/// A labelled line of text.
pub fn field(name: &str, label: &str, value: &str) -> Markup {
    html! { label.field { span { (label) } input type="text" name=(name) value=(value) dir="auto" data-keep autocomplete="off"; span.error data-error=(name) {} } }
}

/// A labelled input of another type (`date`, `email`, `password`).
pub fn input(kind: &str, name: &str, label: &str, value: &str) -> Markup {
    html! { label.field { span dir="auto" { (label) } input type=(kind) name=(name) value=(value) data-keep[kind != "password"]; span.error data-error=(name) {} } }
}

/// A labelled number. Browsers swallow what their language does not part decimals with, so it is a line of text, read here.
pub fn number_field(name: &str, label: &str, value: Option<f64>) -> Markup {
    let text = value.map(number_text).unwrap_or_default();
    html! { label.field { span dir="auto" { (label) } input type="text" inputmode="decimal" name=(name) value=(text) data-keep autocomplete="off"; span.error data-error=(name) {} } }
}

/// A labelled block of text.
pub fn area_field(name: &str, label: &str, value: &str, rows: u8) -> Markup {
    html! { label.field { span { (label) } textarea name=(name) rows=(rows) dir="auto" data-keep { (value) } span.error data-error=(name) {} } }
}

/// A labelled choice.
pub fn select(name: &str, label: &str, options: &[(String, String)], chosen: &str) -> Markup {
    html! {
        label.field { span { (label) }
            select name=(name) data-keep { @for (value, text) in options { option value=(value) dir="auto" selected[value == chosen] { (text) } } }
            span.error data-error=(name) {}
        }
    }
}

/// The options of a list of words.
pub fn options<T: Word>(all: &[T]) -> Vec<(String, String)> {
    all.iter().map(|w| (w.to_string(), capital(w.says()))).collect()
}

/// A form that opens from its button; none for whoever has no form to fill there.
pub fn disclosure(id: &str, label: &str, class: &str, body: Markup) -> Markup {
    disclosure_by_key(None, id, label, class, body)
}

/// The same, opened by a key too.
pub fn disclosure_by_key(key: Option<char>, id: &str, label: &str, class: &str, body: Markup) -> Markup {
    if body.0.is_empty() {
        return body;
    }
    html! { details.disclosure id=(id) { summary.button.(class) data-press=[key] { (label) } div.sheet {
        div.sheet-head { strong { (label) } button.plain type="button" data-close aria-label={ "Close “" (label) "”" } { (icon("x")) } }
        (body)
    } } }
}

/// A form for a command: fields, a reason where it would be a proposal, one button. Nothing for whoever may not
/// even propose: no control is offered that would be refused.
pub fn command_form(scope: &Scope, area: Area, command: &str, label: &str, fields: Markup) -> Markup {
    command_form_to(scope, area, command, label, fields, None)
}

/// A form after which one goes on to another page of the product.
pub fn command_form_to(scope: &Scope, area: Area, command: &str, label: &str, fields: Markup, to: Option<&str>) -> Markup {
    if !may(scope, area) {
        return html! {};
    }
    html! {
        form.stack method="post" action=(action(scope, command)) data-act data-go=[to] {
            @if let Some(to) = to { input type="hidden" name="_back" value={ (product_path(scope)) "/" (to) }; }
            (limited(command, fields))
            (reason_field(scope, area))
            p.error data-error="" {}
            div.row { button.primary type="submit" { (act_label(scope, area, label)) } (acting_as(scope, area)) }
            p.hint { (who_decides(scope, area)) }
        }
    }
}

/// Where an act would be a proposal: what its reader says to whoever signs.
pub fn reason_field(scope: &Scope, area: Area) -> Markup {
    let standing = scope.standing(area).1;
    let alone = standing == Standing::Decides || standing == Standing::Signs && scope.asked(area).0.len() < 2;
    html! { @if !alone { (field("_reason", "Reason for whoever signs", "")) } }
}

/// Under which hat, where several held ones could do the same; the worn one is chosen already.
fn acting_as(scope: &Scope, area: Area) -> Markup {
    let (worn, best) = scope.standing(area);
    let equal: Vec<Hat> = scope.who.hats.iter().copied().filter(|h| scope.matrix.standing(area, *h) == best).collect();
    html! { @if best >= Standing::Signs && equal.len() > 1 {
        label.as-hat { "as " select name="_hat" { @for hat in &equal { option value=(hat) selected[Some(*hat) == worn] { (hat.title()) } } } }
    } }
}

/// An act that cannot be taken back: what comes of it is said first, where it is asked for.
pub fn asked_act(scope: &Scope, area: Area, command: &str, fields: &[(&str, &str)], label: &str, class: &str, says: &str) -> Markup {
    let about: Vec<&str> = [command.split('.'), fields.first().map_or("", |(_, value)| value).split('.')].into_iter().flatten().collect();
    let form = command_form(
        scope,
        area,
        command,
        label,
        html! { @for (name, value) in fields { input type="hidden" name=(name) value=(value); } p dir="auto" { (says) } },
    );
    disclosure(&about.join("-"), label, class, form)
}

/// An empty state: what this room is for, who decides here, one thing to do.
pub fn empty(icon_name: &str, title: &str, text: &str, act: Markup) -> Markup {
    html! { div.empty { (icon(icon_name)) h2 { (title) } p { (text) } (act) } }
}

/// A word in a pill; the tone is never the only carrier of meaning.
pub fn pill(tone: &str, word: &str) -> Markup {
    html! { span class={ "pill " (tone) } { (word) } }
}

/// A share as a small bar with its figure.
pub fn meter(label: &str, share: f64) -> Markup {
    // Without a sign on nothing.
    let percent = (share.clamp(0.0, 1.0) * 100.0).round() + 0.0;
    html! { span.meter role="img" aria-label={ (label) ": " (percent) " %" } title={ (label) ": " (percent) " %" } {
        svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" { rect.track width="100" height="6" rx="3" {} rect.fill width=(percent) height="6" rx="3" {} }
    } }
}

/// The first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// The beginning of a long text.
pub fn clipped(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

/// A number without needless decimals: a size as it was given, a mean to one place.
pub fn points(value: Option<f64>) -> String {
    // Whole numbers are written as such: laying out a float takes ten times as long, and boards have hundreds.
    value.map_or_else(
        || "–".into(),
        |v| {
            let exact = (v * 100.0).round() / 100.0;
            let shown = if (v - exact).abs() < 1e-9 { exact } else { (v * 10.0).round() / 10.0 };
            if shown.fract() == 0.0 && shown.abs() < 1e15 { (shown as i64).to_string() } else { shown.to_string() }
        },
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_size_is_told_as_it_was_given() {
        let told = [3.0, 0.5, 2.25, 21.0 / 3.1, 0.1 + 0.2, -0.01 / 3.0].map(|size| super::points(Some(size)));
        assert_eq!(told, ["3", "0.5", "2.25", "6.8", "0.3", "0"]);
        assert_eq!(super::points(None), "–");
    }
}
