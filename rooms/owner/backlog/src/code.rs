//! Code that names a story, and what a branch for it is called. Where the code is from is the room's of repositories,
//! which lies downstream.

use crate::Story;
use kernel::{Column, Id, Look, Result, Scope};
use web::{Markup, capital, html, icon, pill, time};

/// Pieces of code that are shown.
const MOST: usize = 30;
/// Characters of a title in the name of a branch.
const MOST_OF_TITLE: usize = 50;

/// A commit, branch or pull request.
pub(crate) struct Piece {
    kind: String,
    title: String,
    link: String,
    author: String,
    state: String,
    at: i64,
}

/// What names a story, the newest first.
pub(crate) fn of(look: &mut Look, story: Id<Story>) -> Result<Vec<Piece>> {
    let sql = format!(
        "select kind, title, link, author, state, happened_at from code_ref where story = $1 and removed_at is null
         order by case kind when 'pull_request' then 0 when 'branch' then 1 else 2 end, happened_at desc, id desc limit {MOST}"
    );
    let rows = look.query(&sql, &[story.value()])?;
    rows.into_iter()
        .map(|mut row| {
            Ok(Piece { kind: row.take()?, title: row.take()?, link: row.take()?, author: row.take()?, state: row.take()?, at: row.take()? })
        })
        .collect()
}

pub(crate) fn view(scope: &Scope, code: &[Piece]) -> Markup {
    html! { @if !code.is_empty() { section.code-of { h3 { "Code" } ul.lines { @for piece in code { li {
        span.kind-of title=(capital(&piece.kind.replace('_', " "))) { (icon(if piece.kind == "commit" { "code" } else { "git-branch" })) span.hidden { (capital(&piece.kind.replace('_', " "))) } }
        span.what { @if kernel::fields::is_link(&piece.link) { a href=(piece.link) rel="noreferrer" { bdi { (piece.title) } } } @else { bdi { (piece.title) } } }
        @match piece.state.as_str() { "merged" => { (pill("good", "merged")) } "open" => { (pill("neutral", "open")) } "closed" => { (pill("neutral", "closed")) } "deleted" => { (pill("neutral", "deleted")) } _ => {} }
        span.quiet { @if !piece.author.is_empty() { bdi { (piece.author) } " · " } (time(scope, piece.at, scope.now)) }
    } } }
    @if code.len() == MOST { p.hint { "These are the newest " (MOST) "." } } } } }
}

/// `ORB-42-hold-a-bike`: its key, and as much of its title as letters and digits can say.
pub fn branch_name(key: &str, title: &str) -> String {
    let mut name = key.to_owned();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        if name.chars().count() + word.chars().count() > key.len() + MOST_OF_TITLE {
            break;
        }
        name.push('-');
        name.push_str(&word.to_lowercase());
    }
    name
}

/// Without script the name stands there to be selected.
pub fn to_select(name: &str) -> Markup {
    html! { noscript { span.quiet { "Branch " code { bdi { (name) } } } } }
}

/// Copies it; commits on such a branch are found by its name.
pub(crate) fn copy_branch(scope: &Scope, story: &Story) -> Markup {
    let name = branch_name(&scope.key(story.number), &story.title);
    html! { button.plain type="button" data-copy=(name) title=(name) { (icon("git-branch")) "Copy branch name" } (to_select(&name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_is_called_by_key_and_title() {
        assert_eq!(branch_name("ORB-42", "Hold a bike, for ten minutes!"), "ORB-42-hold-a-bike-for-ten-minutes");
        assert_eq!(branch_name("ORB-42", "Größe"), "ORB-42-größe");
        assert_eq!(branch_name("ORB-42", "../..; rm -rf"), "ORB-42-rm-rf");
        assert_eq!(branch_name("ORB-42", &"word ".repeat(40)).len(), 6 + 50);
    }
}
