//! Markup of the thread: the chain as a drawing and as a list, and the gap report.

use crate::{
    drawing::{self, Group, Sight, drawing, groups},
    gaps::Gap,
    graph::{Chain, Knot, is_keyed},
};
use kernel::{
    Area, Hat, Mend, Scope, Uuid, about,
    strand::{joint, thread},
};
use rustc_hash::FxHashMap;
use web::{Markup, act, capital, clipped, empty, html, icon, join, join_all, joined_with, may, pill, place, several, unjoin, who_decides};

/// A level's name: of one thing or of several.
pub(crate) fn level(table: &str, count: usize) -> String {
    let Some(noun) = about::noun(table) else { return table.to_owned() };
    if count > 1 { capital(&noun.about.many.replace('-', " ")) } else { capital(&noun.one()) }
}

/// Asks for a day; `along` are fields that go with it.
pub(crate) fn as_of(day: &str, along: &[(&str, &str)], today: &str) -> Markup {
    html! { form.row.as-of method="get" {
        @for (name, value) in along { input type="hidden" name=(name) value=(value); }
        label.field { span { "As of" } input type="date" name="as_of" value=(day); } button type="submit" { "Show" }
        @if !day.is_empty() { a.button href=(today) { "Back to today" } }
    } }
}

/// The chain of one thing, as it is or as it was on a day.
pub(crate) fn chain(scope: &Scope, chain: &Chain, sight: &Sight, day: &str) -> Markup {
    let here = drawing::of(&chain.of);
    let dated = if day.is_empty() { String::new() } else { format!("&as_of={day}") };
    let found = if sight.words.is_empty() { String::new() } else { format!("&find={}", web::text::encode(&sight.words)) };
    let whole: String = sight.whole.iter().map(|noun| format!("&whole={noun}")).collect();
    let more = |noun: &str| format!("{here}{dated}{found}{whole}&whole={noun}");
    let groups = groups(scope, chain, sight);
    let id = chain.of.id.simple().to_string();
    let along = [("of", chain.of.noun.as_str()), ("id", id.as_str())];
    let called: FxHashMap<Uuid, &str> = chain.all().map(|knot| (knot.id, knot.title.as_str())).collect();
    let mut on: FxHashMap<Uuid, Vec<Uuid>> = FxHashMap::default();
    chain.ties.iter().for_each(|(child, parent)| on.entry(*child).or_default().push(*parent));
    let hangs = Hanging { chain, called, on };
    let hits = chain.all().filter(|knot| sight.finds(scope, knot)).count();
    html! {
        p.lead { @if day.is_empty() { "Read up to why, down to what became of it." } @else { "The thread at the end of that day, as everything was called then." } }
        div.thread-tools {
            (web::find_form("find", "Find in this thread", &sight.words, html! { @for (name, value) in along { input type="hidden" name=(name) value=(value); } @if !day.is_empty() { input type="hidden" name="as_of" value=(day); } }))
            (as_of(day, &along, &here))
        }
        @if !sight.words.is_empty() { p.hint role="status" { (several(hits, "thing")) " of " (chain.all().count()) @if hits == 1 { " is" } @else { " are" } " called so. " a href={ (here) (dated) } { "Show all alike" } } }
        div.drawn tabindex="0" role="region" aria-label="The thread drawn" data-drawn { (drawing(scope, chain, &groups, sight, &more)) }
        p.hint.for-keys { "Arrow keys go along the lines, Enter opens, Space puts a thing in the middle, / finds." }
        @if day.is_empty() { div.row.joins { (join_all(scope, &chain.of.noun, chain.of.id)) } }
        h2 { "The same as a list" }
        div.thread data-thing={ (chain.of.noun) ":" (id) } {
            @for (noun, _) in levels() {
                @match groups.iter().find(|group| group.table == noun) {
                    Some(group) => { (listed(scope, &hangs, group, sight, &more, day.is_empty())) }
                    None => { @if day.is_empty() { (broken(scope, noun, chain)) } }
                }
            }
        }
    }
}

/// A thing that was not there on a past day.
pub(crate) fn absent(now: &Knot, day: &str) -> Markup {
    let id = now.id.simple().to_string();
    html! {
        div.thread-tools { (as_of(day, &[("of", now.noun.as_str()), ("id", id.as_str())], &drawing::of(now))) }
        (empty("route", "It was not there yet", "At the end of that day nobody had written this down.", html! {}))
    }
}

fn levels() -> Vec<(&'static str, usize)> {
    let mut levels: Vec<(&str, usize)> = thread().map(|(noun, _)| (noun.table, kernel::strand::depth(noun.table))).collect();
    levels.sort_by_key(|(_, depth)| *depth);
    levels
}

/// A chain with what hangs on what.
struct Hanging<'a> {
    chain: &'a Chain,
    called: FxHashMap<Uuid, &'a str>,
    on: FxHashMap<Uuid, Vec<Uuid>>,
}

impl Hanging<'_> {
    fn on(&self, knot: &Knot) -> &[Uuid] {
        self.on.get(&knot.id).map_or(&[], Vec::as_slice)
    }
}

/// The things of one noun, each with what it hangs on.
fn listed(scope: &Scope, hangs: &Hanging, group: &Group, sight: &Sight, more: &dyn Fn(&str) -> String, today: bool) -> Markup {
    let (chain, count) = (hangs.chain, group.shown.len() + group.folded.len());
    let on = |knot: &Knot| hangs.on(knot).iter().filter_map(|parent| hangs.called.get(parent).copied()).take(3).collect::<Vec<_>>().join(", ");
    html! { section.level aria-label=(level(group.table, count)) {
        h3 { (level(group.table, count)) @if count > 1 { span.quiet { " " (count) @if chain.cut.contains(group.table) { "+" } } } }
        ul { @for knot in &group.shown { @let on = on(knot); (one(scope, hangs, knot, (!on.is_empty()).then_some(on.as_str()), sight.finds(scope, knot), today)) }
            @if !group.folded.is_empty() { li.more { a href=(more(group.table)) { "and " (group.folded.len()) @if chain.cut.contains(group.table) { " or" } " more" } } } }
    } }
}

fn one(scope: &Scope, hangs: &Hanging, k: &Knot, on: Option<&str>, found: bool, today: bool) -> Markup {
    let chain = hangs.chain;
    let this = k.id == chain.of.id;
    let with = joined_with(scope, &k.noun).filter(|_| today);
    let tie = |child: &Knot, parent: &Knot| {
        hangs
            .on(child)
            .contains(&parent.id)
            .then(|| unjoin(scope, (&child.noun, child.id), (&parent.noun, parent.id), &format!("Unlink from “{}”", clipped(&parent.title, 60))))
    };
    html! { li.knot.this[this].found[found] aria-current=[this.then_some("true")] data-knot={ (k.noun) ":" (k.id.simple()) } data-joins=[with.as_deref()] draggable=[with.is_some().then_some("true")] {
        @if let Some(n) = k.number.filter(|_| is_keyed(&k.noun)) { span.key { (scope.key(n)) } " " }
        @match place(&k.noun, k.id, k.number) { Some(href) => { a href=(href) dir="auto" draggable="false" { (clipped(&k.title, 160)) } } None => { bdi { (clipped(&k.title, 160)) } } }
        @if !k.state.is_empty() { " " bdi { (pill(match k.state.as_str() { "accepted" => "good", "rejected" => "critical", _ => "neutral" }, &k.says())) } }
        @if let Some(on) = on { span.hidden { ", on " bdi { (on) } } }
        @if !this { " " a.middle href=(drawing::of(k)) draggable="false" title="Thread of this" aria-label={ "Thread of " (clipped(&k.title, 60)) } { (icon("route")) } }
        @if today && !this { @if let Some(act) = tie(k, &chain.of).or_else(|| tie(&chain.of, k)) { (act) } }
    } }
}

/// Where a level is missing: the act that mends it, at what hangs there and has nothing above it. Nothing where nothing would
/// hang there; further up nobody can say.
fn broken(scope: &Scope, missing: &str, chain: &Chain) -> Markup {
    let there = |noun: &str| chain.above.iter().chain([&chain.of]).find(|k| k.noun == noun);
    let mut loose = thread().flat_map(|(noun, strand)| strand.hangs.iter().map(move |hang| (noun.table, hang)));
    let found = loose.find_map(|(noun, hang)| there(noun).filter(|_| hang.on == missing && !hang.mend.is_empty()).map(|below| (hang, below)));
    html! { @if let Some((hang, below)) = found { section.level.broken {
        h3 { (level(missing, 1)) }
        p { (icon("circle-alert")) " The thread is broken here. " @match joint(&below.noun, missing) {
            Some(_) => { (join(scope, &below.noun, below.id, missing, hang.mend, "")) }
            None => { @if let Some(place) = place(&below.noun, below.id, below.number) { a href=(place) { (hang.mend) } } }
        } }
    } } }
}

/// Whose gaps are shown.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Whose {
    All,
    Mine,
    Of(Hat),
}

impl Whose {
    pub(crate) fn read(word: &str) -> Whose {
        match word {
            "mine" => Whose::Mine,
            word => Hat::parse(word).map_or(Whose::All, Whose::Of),
        }
    }

    fn takes(self, scope: &Scope, gap: &Gap) -> bool {
        match self {
            Whose::All => true,
            Whose::Mine => gap.mine,
            Whose::Of(hat) => scope.matrix.deciders(gap.area).contains(&hat),
        }
    }
}

/// What the gap report is drawn from.
pub(crate) struct Report<'a> {
    pub gaps: &'a [Gap],
    /// Whether there is anything yet that could hang together.
    pub begun: bool,
    /// What was typed and has no thread.
    pub sought: &'a str,
    pub whose: Whose,
    /// A past day, or nothing.
    pub day: &'a str,
}

pub(crate) fn gaps(scope: &Scope, report: &Report) -> Markup {
    let Report { gaps, begun, sought, whose, day } = *report;
    let of = |whose: Whose| gaps.iter().filter(move |gap| whose.takes(scope, gap));
    let tabs = [("", "All", Whose::All), ("mine", "Mine to mend", Whose::Mine)]
        .into_iter()
        .chain([Hat::Manager, Hat::Owner, Hat::Developer].map(|hat| (hat.word(), hat.title(), Whose::Of(hat))));
    html! {
        p.lead { "Evidence, need, objective, initiative, feature, story, sprint, acceptance: one thread. Here is where it " @if day.is_empty() { "is broken, and what mends it." } @else { "was broken at the end of that day." } }
        @if begun || !sought.is_empty() { div.thread-tools {
            form.filters method="get" { label { span.hidden { "Key" } input name="of" value=(sought) placeholder={ "A key such as " (scope.key(42)) } required autofocus[!sought.is_empty()]; } button type="submit" { "Show thread" } }
            a href="alignment" { "Alignment" }
            (as_of(day, &[], "thread"))
        } }
        @if !sought.is_empty() { p.error role="alert" { "Nothing that you can see is called “" (clipped(sought, 80)) "”. Write the key or the number of an initiative, a feature or a story." } }
        @if !begun { (empty("route", "There is nothing to join yet", "The chain begins with a vision, a bet on the roadmap and a story. Where it breaks later, this page says so.", html! { div.row { @if may(scope, Area::Strategy) { a.button href="strategy" { "Write the vision" } } a.button href="roadmap" { "Open the roadmap" } } })) }
        @else if gaps.is_empty() { (empty("route", "The chain is whole", "Every need has evidence, every initiative a reason, every story a feature.", html! {})) }
        @else {
            nav.whose aria-label="Whose to mend" { @for (word, says, tab) in tabs { @let kinds = of(tab).count(); a href={ "thread?by=" (word) @if !day.is_empty() { "&as_of=" (day) } } aria-current=[(tab == whose).then_some("page")] { (says) " " span.quiet { (kinds) } } } }
            @if of(whose).next().is_none() { p.hint { "Nothing here. What is broken is for others to mend." } }
        }
        div.gaps { @for gap in of(whose) { details.gap open[gap.count <= 5 || whose != Whose::All] { summary { (pill("warning", &if gap.count > 50 { "50+".to_owned() } else { gap.count.to_string() })) " " strong { (gap.name) } @if !gap.mine { span.quiet.by { (who_decides(scope, gap.area)) } } }
            ul.lines { @for knot in &gap.loose { (loose(scope, gap, knot, day.is_empty())) }
                @if gap.count as usize > gap.loose.len() { li.quiet { "and more" } } }
        } } }
    }
}

/// A thing where the thread is broken, with the act that mends it.
fn loose(scope: &Scope, gap: &Gap, knot: &Knot, today: bool) -> Markup {
    let with = joined_with(scope, &knot.noun).filter(|_| today);
    html! { li data-knot={ (knot.noun) ":" (knot.id.simple()) } data-joins=[with.as_deref()] draggable=[with.is_some().then_some("true")] {
        @if let Some(number) = knot.number.filter(|_| is_keyed(&knot.noun)) { span.key { (scope.key(number)) } }
        span.what dir="auto" { @match place(&knot.noun, knot.id, knot.number).or_else(|| whole(knot)) { Some(href) => { a href=(href) draggable="false" { (clipped(&knot.title, 140)) } } None => { (clipped(&knot.title, 140)) } } }
        @if today { span.mend { @match &gap.kind.mend {
            Mend::Join { with, says } => { (join(scope, &knot.noun, knot.id, with, says, "")) }
            Mend::Acts(acts) => { @for (command, field, also, says) in *acts {
                @let id = knot.id.simple().to_string();
                @let fields: Vec<(&str, &str)> = [(*field, id.as_str())].into_iter().chain(also.iter().copied()).collect();
                (act(scope, gap.area, command, &fields, says, "")) " "
            } }
        } } }
    } }
}

/// The page of what a thing is a part of, by whose number it goes.
fn whole(knot: &Knot) -> Option<String> {
    let (_, whole) = crate::sql::numbered_whole(about::noun(&knot.noun)?)?;
    place(whole.table, knot.id, Some(knot.number?))
}
