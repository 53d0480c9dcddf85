//! Joining things of the thread where one works: a control opens what there is to join, found by typing, by a key or by an
//! address; what can be joined can be dragged onto the other and pasted. Without script the control leads to a page.

use crate::{Markup, act_label, html, may, product_path, small_act};
use kernel::{
    Scope, Uuid, about,
    strand::{By, joins, joint},
};

/// A control that joins a thing with one of another noun; nothing for whoever may not even propose it.
pub fn join(scope: &Scope, noun: &str, id: Uuid, with: &str, says: &str, class: &str) -> Markup {
    join_by_key(scope, None, noun, id, with, says, class)
}

/// The same, opened by a key too.
pub fn join_by_key(scope: &Scope, key: Option<char>, noun: &str, id: Uuid, with: &str, says: &str, class: &str) -> Markup {
    let joint = joint(noun, with).filter(|(.., made)| may(scope, made.area));
    html! { @if let Some((.., made)) = joint {
        a.button.(class) href={ (product_path(scope)) "/thread/join?noun=" (noun) "&id=" (id.simple()) "&with=" (with) } data-join data-press=[key] { (act_label(scope, made.area, says)) }
    } }
}

/// The same for every noun that it can be joined with: "Link to a need".
pub fn join_all(scope: &Scope, noun: &str, id: Uuid) -> Markup {
    html! { @for (with, _) in joins(noun) { (join(scope, noun, id, with, &link_to(with), "plain")) " " } }
}

/// "Link to a need".
pub fn link_to(noun: &str) -> String {
    let one = about::noun(noun).map_or_else(|| noun.to_owned(), |noun| noun.one());
    let article = if noun == "evidence" {
        ""
    } else if one.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an "
    } else {
        "a "
    };
    format!("Link to {article}{one}")
}

/// The nouns with which a reader may join things of a noun: where they can be dropped.
pub fn joined_with(scope: &Scope, noun: &str) -> Option<String> {
    let with: Vec<&str> = joins(noun).filter(|(_, made)| may(scope, made.area)).map(|(with, _)| with).collect();
    (!with.is_empty()).then(|| with.join(" "))
}

/// Takes a link between two things away, the one that hangs first.
pub fn unjoin(scope: &Scope, child: (&str, Uuid), parent: (&str, Uuid), label: &str) -> Markup {
    let Some((true, hang, made)) = joint(child.0, parent.0) else { return html! {} };
    let (mut of, mut on) = (child.1.simple().to_string(), parent.1.simple().to_string());
    match (made.undone, hang.by) {
        ("", By::TheirField(_)) => of.clear(),
        ("", _) => on.clear(),
        _ => {}
    }
    let command = if made.undone.is_empty() { made.command } else { made.undone };
    small_act(scope, made.area, command, &[(made.of, &of), (made.on, &on)], "x", label)
}
