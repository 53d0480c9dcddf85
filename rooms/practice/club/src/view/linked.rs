//! Words that lead somewhere: `fact:packet` to the fact with its source, and the id of a drill to its page.

use crate::{library::LIBRARY, saying};
use challenge::Challenge;
use web::{Markup, PreEscaped, html, text::markdown};

/// A text of the author, drawn.
pub(super) fn drawn(text: &str, challenge: &Challenge) -> Markup {
    let drawn = drills(&markdown(text).0);
    html! { div.authored dir="auto" { (facts(&drawn, challenge)) } }
}

/// A plain text in which facts are links.
pub(super) fn plain(text: &str, challenge: &Challenge) -> Markup {
    facts(&html! { (text) }.0, challenge)
}

/// Words that a finding quotes: where they are the id of a fact, what it says.
pub(super) fn quoted(quote: &str, challenge: Option<&Challenge>) -> String {
    let fact = challenge.and_then(|challenge| challenge.fact(quote.trim().trim_start_matches("fact:")));
    fact.map_or_else(|| quote.to_owned(), saying::fact)
}

/// Puts a link in place of every `fact:id` that stands in the words of some HTML.
fn facts(drawn: &str, challenge: &Challenge) -> Markup {
    let mut out = String::with_capacity(drawn.len());
    let mut rest = drawn;
    while let Some(at) = rest.find("fact:") {
        let (before, from) = rest.split_at(at);
        out += before;
        let id = from[5..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(from.len() - 5);
        let id = &from[5..5 + id];
        // Not within a tag, as in an address.
        let within = out.rfind('<') > out.rfind('>');
        match challenge.fact(id).filter(|_| !within) {
            Some(fact) => out += &html! { a href={ "#fact-" (fact.id) } title=(saying::fact(fact)) { "fact:" (fact.id) } }.0,
            None => out += &from[..5 + id.len()],
        }
        rest = &from[5 + id.len()..];
    }
    PreEscaped(out + rest)
}

/// Puts the title of a drill, as a link, in place of its id: “Go on with <code>middle-of-a-range</code>.”
fn drills(drawn: &str) -> String {
    let mut out = String::with_capacity(drawn.len());
    let mut rest = drawn;
    while let Some((before, from)) = rest.split_once("<code>") {
        out += before;
        let Some((id, after)) = from.split_once("</code>") else { return out + "<code>" + from };
        let known = LIBRARY.iter().find(|one| one.id == id);
        // One of the workspace goes by its id.
        let leads = before.trim_end().ends_with("Go on with") && !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        out += &match known {
            Some(known) => html! { a href={ "/practice/" (known.id) } { (known.title) } }.0,
            None if leads => html! { a href={ "/practice/" (id) } { (id) } }.0,
            None => format!("<code>{id}</code>"),
        };
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drill_is_called_by_its_title() {
        let told = drills(&markdown("The sum is `1 + 1`.\n\nGo on with `middle-of-a-range`.").0);
        assert!(
            told.contains("<code>1 + 1</code>") && told.contains("href=\"/practice/middle-of-a-range\"") && !told.contains("<code>middle"),
            "{told}"
        );
        let own = drills(&markdown("Go on with `one-of-ours`.").0);
        assert!(own.contains("href=\"/practice/one-of-ours\""), "{own}");
    }

    #[test]
    fn a_fact_leads_to_its_source() {
        let challenge = LIBRARY.iter().find(|one| one.facts.iter().any(|fact| !fact.is_invented())).unwrap();
        let fact = challenge.facts.iter().find(|fact| !fact.is_invented()).unwrap();
        let told = plain(&format!("a = 3 -- fact:{}, <b> fact:nothing-there", fact.id), challenge).0;
        assert!(told.contains(&format!("href=\"#fact-{}\"", fact.id)) && told.contains("&lt;b&gt; fact:nothing-there"), "{told}");
        assert!(quoted(&fact.id, Some(challenge)).contains(&fact.licence));
        assert_eq!(quoted("whatever", Some(challenge)), "whatever");
    }
}
