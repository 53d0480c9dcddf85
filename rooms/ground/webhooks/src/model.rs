//! A webhook: where it leads, in which shape it speaks, and what it hears.

use kernel::{Area, Home, Id, NounSpec, Reading, Refusal, Result, about, noun, value::Packed, words};
use people::Member;

words! {
    /// In which shape messages are sent.
    pub enum Shape {
        Standard = "standard" says "Standard Webhooks", Slack = "slack" says "Slack", Mattermost = "mattermost" says "Mattermost",
        Teams = "teams" says "Microsoft Teams", Discord = "discord" says "Discord",
    }
}

noun! {
    /// A machine that is told what happens in a product.
    pub struct Webhook in "webhook" {
        name: String,
        /// Where messages are sent.
        address: String,
        shape: Shape,
        /// Nouns and kinds of event, such as `story` and `sprint.closed`; everything when it is empty.
        hears: Packed<Vec<String>>,
        /// Whoever made it. It tells what they may read, and ends with their membership.
        member: Id<Member>,
        /// When its secret was handed out.
        secret_at: Option<i64>,
        /// When a test was sent, or something once more.
        tried_at: Option<i64>,
        paused_at: Option<i64>,
        paused_because: String,
    } label(w) w.name.clone();
    about { many: "webhooks", read: Reading::Sees(AREA), place: "webhooks?show={id}#w-{id}", titled: true, made_anew: true,
        hushed: &["member", "secret_at", "tried_at"], noted: &["tried_at"],
         called: &[("hears", "what it hears"), ("paused_because", "why it is paused"), ("paused_at", "paused since")] }
}

/// What webhooks are a matter of.
pub const AREA: Area = Area::Agreement;

impl Webhook {
    /// Whether it is told of an event of a noun.
    pub(crate) fn hears(&self, table: &str, kind: &str) -> bool {
        let Some(root) = hearable(table) else { return false };
        self.hears.is_empty() || self.hears.iter().any(|heard| heard == kind || heard == table || heard == root.table)
    }

    /// The machine it leads to.
    pub(crate) fn host(&self) -> &str {
        host(&self.address)
    }
}

fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or(rest)
}

/// An address as it is kept.
pub(crate) fn address(text: &str) -> Result<String> {
    let wrong = |message: &str| Err(Refusal::invalid("address", message));
    let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
    if !["https", "http"].contains(&scheme) || host(text).is_empty() || text.contains(char::is_whitespace) {
        return wrong("Enter a whole address, such as https://hooks.example.org/orbit.");
    }
    if host(text).contains('@') {
        return wrong("Leave the name and password out of the address: everyone who sees the agreement sees it.");
    }
    Ok(text.to_owned())
}

/// The noun under which something is heard: a criterion under its story. What is private, or says only that machinery did
/// something, is not heard, and neither is what happens to webhooks.
pub(crate) fn hearable(table: &str) -> Option<&'static NounSpec> {
    let mut noun = about::noun(table)?;
    // A part of a part is as deep as it goes.
    for _ in 0..3 {
        if noun.about.home != Home::Product || noun.about.read.is_private() || noun.about.read == Reading::Nobody || noun.about.trace {
            return None;
        }
        match noun.points_at(noun.about.part_of).and_then(about::noun) {
            Some(whole) => noun = whole,
            None => break,
        }
    }
    (noun.table != "webhook").then_some(noun)
}

/// What can be chosen to be heard.
pub(crate) fn choices() -> impl Iterator<Item = &'static NounSpec> {
    about::nouns().iter().copied().filter(|noun| hearable(noun.table).is_some_and(|root| root.table == noun.table))
}

/// What it is to hear, as it is kept.
pub(crate) fn hearing(asked: Vec<String>) -> Result<Packed<Vec<String>>> {
    // A form sends an empty word along, so that choosing nothing is something.
    let mut heard: Vec<String> = asked.into_iter().filter(|word| !word.trim().is_empty()).collect();
    let known = |word: &str| hearable(word).is_some() || kernel::event::phrase(word).is_some();
    if let Some(odd) = heard.iter().find(|word| !known(word)) {
        return Err(Refusal::invalid("hears", format!("There is nothing called {odd:?} to be told of.")));
    }
    heard.sort();
    heard.dedup();
    Ok(Packed(heard))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_holds_no_password() {
        for good in ["https://hooks.example.org/orbit", "http://10.0.0.7:8080", "https://[2606::1]/x?y#z"] {
            assert_eq!(address(good).as_deref(), Ok(good));
        }
        for bad in ["hooks.example.org", "ftp://x", "https://", "https:///x", "https://a b", "https://me:word@x.org/", "javascript://x"] {
            assert!(address(bad).is_err(), "{bad}");
        }
        assert_eq!(host("https://x.org:8443/a@b"), "x.org:8443");
    }
}
