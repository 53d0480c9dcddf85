//! Markup of shared understanding.

use crate::{
    model::*,
    pulse_view,
    rows::{Pulses, Told},
};
use customers::Segment;
use kernel::{Hat, Id, Noun, Scope, Uuid};
use people::Person;
use std::collections::HashSet;
use strategy::{Confirmable, Confirmation, Stood, TargetMarket, TopNeeds, Vision};
use web::{Markup, action, area_field, avatar, disclosure, empty, html, icon, limited, pill, select, telling::percent, time};

/// What the page is drawn from.
pub(crate) struct Read {
    pub vision: Option<Vision>,
    pub market: Option<TargetMarket>,
    pub top: Option<TopNeeds>,
    pub segments: Vec<Segment>,
    pub needs: Vec<(Uuid, String)>,
    pub stood: Stood,
    /// Everyone in the product.
    pub people: Vec<Person>,
    pub playbacks: Vec<Told>,
    pub pulses: Pulses,
}

impl Read {
    /// What is understood together, as far as it is there and seen: its noun, the id of its version, what it is called.
    fn subjects(&self) -> Vec<(&'static str, Uuid, String)> {
        fn one<T: Confirmable>(version: Option<&T>) -> Option<(&'static str, Uuid, String)> {
            version.map(|v| (T::TABLE, v.meta().id, web::capital(&v.label())))
        }
        [one(self.vision.as_ref()), one(self.market.as_ref()), one(self.top.as_ref())].into_iter().flatten().collect()
    }

    fn said(&self, version: Uuid, person: &Person) -> Option<&Confirmation> {
        self.stood.get(&version)?.iter().find(|said| said.member == person.id)
    }

    /// Who of those in the product has confirmed a version.
    fn sure(&self, version: Uuid) -> usize {
        let here: HashSet<_> = self.people.iter().map(|person| person.id).collect();
        self.stood.get(&version).map_or(0, |said| said.iter().filter(|one| one.question.is_empty() && here.contains(&one.member)).count())
    }

    fn name(&self, member: Uuid) -> &str {
        people::name_among(&self.people, member)
    }
}

pub(crate) fn page(scope: &Scope, read: &Read) -> Markup {
    let subjects = read.subjects();
    html! {
        p.lead { "Whether Manager, Owner and team mean the same: what each has confirmed, said in the other’s words, and asked in five questions." }
        @if subjects.is_empty() { (empty("quote", "There is nothing to agree on yet", "The vision says where to go, the target market for whom, the top needs what for. They are written on the Strategy page; here everyone confirms them or asks.", html! { a.button href="strategy" { "Open Strategy" } })) }
        @else {
            (figures(read, &subjects))
            p { a href="alignment" { "More figures of alignment" } }
            div.understood {
                @if let Some(v) = &read.vision { section.tile { h2 { a href="strategy" { "Vision" } } (strategy::vision_words(v)) (strategy::confirmed(scope, v, (&read.stood, &read.people))) } }
                @if let Some(m) = &read.market { section.tile { h2 { a href="strategy#market" { "Target market" } } (strategy::market_words(m, &read.segments)) (strategy::confirmed(scope, m, (&read.stood, &read.people))) } }
                @if let Some(n) = &read.top { section.tile { h2 { a href="strategy#needs" { "Top needs" } } (strategy::needs_words(n, &read.needs)) (strategy::confirmed(scope, n, (&read.stood, &read.people))) } }
            }
            (who(read, &subjects))
            (playbacks(scope, read))
        }
        (pulse_view::section(scope, &read.pulses, read.people.len()))
    }
}

/// The figures of alignment that rest on this page, each with what stands behind it.
fn figures(read: &Read, subjects: &[(&'static str, Uuid, String)]) -> Markup {
    let all = read.people.len();
    let marked = || read.playbacks.iter().flat_map(|told| &told.parts).filter_map(|part| part.meant);
    let (meant, said) = (marked().filter(|meant| *meant).count(), marked().count());
    html! { dl.facts.alignment {
        @for (_, version, called) in subjects { @let sure = read.sure(*version); div { dt { (called) } dd { (percent(if all == 0 { 0.0 } else { sure as f64 / all as f64 })) " " span.quiet { (sure) " of " (all) " have confirmed it" } } } }
        @if said > 0 { div { dt { "Said in other words" } dd { (percent(meant as f64 / said as f64)) " " span.quiet { (meant) " of " (said) " sentences are meant so" } } } }
        @if let Some(mean) = read.pulses.shown().next().and_then(Pulse::mean) { div { dt { "Last pulse" } dd { (web::telling::figure((mean * 10.0).round() / 10.0)) " " span.quiet { "of 5" } } } }
    } }
}

/// So many people stand in a list, those who have said something before the others.
const SHOWN: usize = 200;

/// Who has confirmed what.
fn who(read: &Read, subjects: &[(&'static str, Uuid, String)]) -> Markup {
    let mut people: Vec<&Person> = read.people.iter().collect();
    if people.len() > SHOWN {
        let spoke: HashSet<_> = subjects.iter().filter_map(|(_, version, _)| read.stood.get(version)).flatten().map(|said| said.member).collect();
        people.sort_by_key(|person| !spoke.contains(&person.id));
    }
    let more = people.len().saturating_sub(SHOWN);
    html! { section { h2 { "Who has confirmed what" } div.scroll tabindex="0" role="region" aria-label="Who has confirmed what" { table.list {
        thead { tr { th { "Member" } @for (.., called) in subjects { th { (called) } } } }
        tbody { @for person in people.into_iter().take(SHOWN) { tr { td { (avatar(&person.name)) " " bdi { (person.name) } }
            @for (_, version, _) in subjects { td { @match read.said(*version, person) {
                Some(said) if said.question.is_empty() => { span.sure { (icon("check")) "confirmed" } }
                Some(_) => { (pill("warning", "asks")) }
                None => { span.quiet { "not yet" } }
            } } } } } }
    } } @if more > 0 { p.quiet { "and " (more) " more" } } } }
}

/// The way to say it in one's own words.
pub(crate) fn playback_button(scope: &Scope, read: &Read) -> Markup {
    let subjects = read.subjects();
    let mut others: Vec<&Person> = read.people.iter().filter(|person| Some(person.id.0) != scope.who.member).collect();
    if scope.who.assistant.is_some() || subjects.is_empty() || others.is_empty() {
        return html! {};
    }
    // Whose word it is: the Manager's, or for the Manager the Owner's.
    let theirs = if scope.who.hats.contains(&Hat::Manager) { Hat::Owner } else { Hat::Manager };
    others.sort_by_key(|person| !person.hats.contains(&theirs));
    let whom: Vec<(String, String)> = others.iter().take(SHOWN).map(|person| (person.id.to_string(), person.name.clone())).collect();
    let about: Vec<(String, String)> = subjects.into_iter().map(|(noun, _, called)| (noun.to_owned(), called)).collect();
    disclosure(
        "say-it",
        "Say it in your own words",
        "primary",
        html! {
            form.stack method="post" action=(action(scope, "playback.write")) data-act {
                (select("about", "Of what", &about, ""))
                (select("whom", "Whose meaning it is", &whom, ""))
                (limited("playback.write", area_field("words", "What they mean, in your own words", "", 6)))
                p.hint { "They go through it sentence by sentence. What does not match becomes a thread." }
                p.error data-error="" {} button.primary type="submit" { "Hand it over" }
            }
        },
    )
}

fn playbacks(scope: &Scope, read: &Read) -> Markup {
    html! { section { h2 { "In other words" }
        @if read.playbacks.is_empty() { p.hint { "Nobody has said yet in their own words what another means. It takes five minutes and shows where two understand different things." } }
        @for told in &read.playbacks { (playback(scope, read, told)) }
    } }
}

fn playback(scope: &Scope, read: &Read, Told { playback, parts }: &Told) -> Markup {
    let (writer, whom) = (read.name(playback.member.0), read.name(playback.whom.0));
    let mine = scope.who.assistant.is_none() && scope.who.member == Some(playback.whom.0);
    html! { article.playback id={ "p-" (playback.id()) } {
        header { (avatar(writer)) " " strong { bdi { (writer) } } " says what " strong { bdi { (whom) } } " means: " (playback.about_label) " " span.quiet { (time(scope, playback.meta.created_at, scope.now)) }
            @if playback.settled_at.is_some() { " " (pill("neutral", &summed_up(parts))) } @else { " " (pill("warning", if mine { "waits for you" } else { "being gone through" })) } }
        ol.sentences { @for part in parts { (sentence(scope, part, mine)) } }
        @if scope.who.assistant.is_none() && scope.who.member == Some(playback.member.0) { form.act method="post" action=(action(scope, "playback.withdraw")) data-act { input type="hidden" name="playback" value=(playback.id()); button.plain type="submit" { "Take it back" } } }
    } }
}

fn summed_up(parts: &[PlaybackPart]) -> String {
    let meant = parts.iter().filter(|part| part.meant == Some(true)).count();
    if meant == parts.len() { "all of it is meant so".into() } else { format!("{meant} of {} are meant so", parts.len()) }
}

fn sentence(scope: &Scope, part: &PlaybackPart, mine: bool) -> Markup {
    let id: Id<PlaybackPart> = part.id();
    html! { li.meant[part.meant == Some(true)].differs[part.meant == Some(false)] {
        span.words dir="auto" { (part.words) } " "
        @match part.meant { Some(true) => { (pill("good", "meant so")) } Some(false) => { (pill("critical", "meant otherwise")) } None => {} }
        @if let Some(thread) = part.thread { " " a href={ "conversation?thread=" (thread) "#answer" } { "Talk it over" } }
        @if mine && part.meant.is_none() { div.row {
            form.act method="post" action=(action(scope, "playback_part.mark")) data-act { input type="hidden" name="playback_part" value=(id); input type="hidden" name="meant" value="true"; button type="submit" { "That is what I mean" } }
            (disclosure(&format!("differs-{id}"), "Not quite", "plain", html! { form.stack method="post" action=(action(scope, "playback_part.mark")) data-act {
                input type="hidden" name="playback_part" value=(id); input type="hidden" name="meant" value="false";
                (limited("playback_part.mark", area_field("instead", "What you mean instead", "", 3))) p.error data-error="" {} button.primary type="submit" { "Begin a thread" } } }))
        } }
    } }
}
