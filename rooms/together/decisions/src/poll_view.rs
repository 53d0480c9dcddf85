//! Markup of votes on a question.

use crate::poll::Shown;
use kernel::{Noun, Scope, Uuid};
use std::collections::HashMap;
use web::{Markup, action, area_field, avatar, field, html, icon, limited, listed_people, product_path, several};

/// What a page has of its matters besides their words: the votes on them.
pub(crate) struct Votes {
    pub shown: Vec<Shown>,
    /// What those in them are called.
    pub names: HashMap<Uuid, String>,
    /// The question about which a vote is about to be asked for, and who can be asked.
    pub asking: Option<(Uuid, Vec<(Uuid, String)>)>,
    /// The options that are weighed there already, one on each line.
    pub options: String,
}

impl Votes {
    /// The votes on a proposal.
    pub fn on(&self, scope: &Scope, proposal: Uuid) -> Markup {
        html! { @for vote in self.shown.iter().filter(|vote| vote.poll.proposal.0 == proposal) { (one(scope, vote, &self.names)) } }
    }

    /// The way to the form that asks for one.
    pub fn way(&self, scope: &Scope, proposal: Uuid) -> Markup {
        let id = proposal.simple().to_string();
        html! { @if scope.who.assistant.is_none() && !self.is_asking(proposal) { a.button.plain href={ "decisions?show=" (id) "&vote=" (id) "#ask-vote" } { "Ask for a vote" } } }
    }

    /// The form, where one has come to it.
    pub fn form(&self, scope: &Scope, proposal: Uuid) -> Markup {
        let asking = self.asking.as_ref().filter(|_| scope.who.assistant.is_none() && self.is_asking(proposal));
        html! { @if let Some((_, people)) = asking { (form(scope, &proposal.simple().to_string(), people, &self.options)) } }
    }

    fn is_asking(&self, proposal: Uuid) -> bool {
        self.asking.as_ref().is_some_and(|(asking, _)| *asking == proposal)
    }
}

fn form(scope: &Scope, id: &str, people: &[(Uuid, String)], options: &str) -> Markup {
    html! { form.stack.ask-vote #ask-vote method="post" action=(action(scope, "poll.ask")) data-act aria-label="Ask for a vote" {
        input type="hidden" name="proposal" value=(id); input type="hidden" name="_back" value={ (product_path(scope)) "/decisions?show=" (id) "#p-" (id) };
        (limited("poll.ask", html! { (field("question", "What is voted on", "")) (area_field("options", "Two to five options, one on each line", options, 4)) }))
        fieldset.choices.across { legend { "Who is asked" }
            @for (member, name) in people { label.check { input type="checkbox" name="asked" value=(member.simple().to_string()) checked[people.len() <= FEW]; bdi { (name) } } }
            span.error data-error="asked" {}
        }
        p.hint { "Nobody sees a vote before all are opened: by you, or by the last one who votes." }
        p.error data-error="" {} div.row { button.primary type="submit" { "Ask for votes" } a.button.plain href={ "decisions?show=" (id) "#p-" (id) } { "Not now" } }
    } }
}

/// A team of so many is asked as a whole, unless someone says otherwise.
const FEW: usize = 12;

fn one(scope: &Scope, vote: &Shown, names: &HashMap<Uuid, String>) -> Markup {
    let (poll, id) = (&vote.poll, vote.poll.id().to_string());
    let asked = scope.who.assistant.is_none() && scope.who.member.is_some_and(|me| poll.asked.contains(&me));
    html! { section.vote id={ "vote-" (id) } aria-label={ "Vote: " (poll.question) } {
        h4 { (icon("hand")) bdi { (poll.question) } }
        @if poll.opened_at.is_some() { (opened(vote, names)) }
        @else {
            @if asked { (ballot(scope, vote, &id)) } @else { ol.options { @for option in poll.options.iter() { li dir="auto" { (option) } } } }
            p.hint { (told(vote, names)) }
            @if scope.who.assistant.is_none() && (scope.who.member == Some(poll.member) || vote.decides) { form.act method="post" action=(action(scope, "poll.open")) data-act {
                input type="hidden" name="poll" value=(id); button.plain type="submit" { "Open the vote now" } } }
        }
    } }
}

fn ballot(scope: &Scope, vote: &Shown, id: &str) -> Markup {
    let own = vote.own.as_ref();
    html! { form.stack.ballot method="post" action=(action(scope, "poll.seal")) data-act {
        input type="hidden" name="poll" value=(id);
        fieldset.choices { legend.hidden { "Your vote" }
            @for (n, option) in vote.poll.options.iter().enumerate() { label.check { input type="radio" name="choice" value=(n) checked[own.is_some_and(|own| own.choice == n as i64)] required; bdi { (option) } } } }
        (limited("poll.seal", field("note", "Why, if you want to say it", own.map_or("", |own| own.note.as_str()))))
        p.error data-error="" {}
        div.row { button.primary type="submit" { @if own.is_some() { "Change my sealed vote" } @else { "Seal my vote" } } @if own.is_some() { span.quiet { "Sealed. Only you see it until the vote is opened." } } }
    } }
}

/// "Tomas and Ines have voted; Mara has yet to."
fn told(vote: &Shown, names: &HashMap<Uuid, String>) -> Markup {
    let (done, open): (Vec<Uuid>, Vec<Uuid>) = vote.poll.asked.iter().partition(|member| vote.sealed.contains(member));
    html! {
        @if done.is_empty() { "Nobody has voted yet. " } @else { (listed(&done, names)) (if done.len() == 1 { " has voted. " } else { " have voted. " }) }
        @if !open.is_empty() { "Waiting for " (listed(&open, names)) "." }
    }
}

fn listed(members: &[Uuid], names: &HashMap<Uuid, String>) -> Markup {
    listed_people(members.iter().map(|member| people::name_in(names, *member)))
}

fn opened(vote: &Shown, names: &HashMap<Uuid, String>) -> Markup {
    let most = vote.poll.options.iter().enumerate().map(|(n, _)| count(vote, n)).max().unwrap_or(0);
    html! {
        ol.tally { @for (n, option) in vote.poll.options.iter().enumerate() { @let votes = count(vote, n); li.most[votes > 0 && votes == most] {
            p { strong { bdi { (option) } } " " span.quiet { (several(votes, "vote")) } }
            ul { @for ballot in vote.ballots.iter().filter(|b| b.choice == n as i64) { @let name = people::name_in(names, ballot.member); li { (avatar(name)) " " bdi { (name) } @if !ballot.note.is_empty() { span.reason { " “" bdi { (ballot.note) } "”" } } } } }
        } } }
        @let silent: Vec<Uuid> = vote.poll.asked.iter().copied().filter(|member| !vote.ballots.iter().any(|b| b.member == *member)).collect();
        @if !silent.is_empty() { p.hint { (listed(&silent, names)) " did not vote." } }
    }
}

fn count(vote: &Shown, option: usize) -> usize {
    vote.ballots.iter().filter(|ballot| ballot.choice == option as i64).count()
}
