//! Windows of time as bars in lanes: when things are meant to come, what waits for what, and by when each is likely to be
//! there. A window is as wide as what is promised, so no bar ends in a point that nobody meant.

use super::{
    SIZE,
    label::{fitted, width as text_width},
    px,
    table::{Cell, Table},
    zoom::Zoom,
};
use crate::{telling::percent, when};
use maud::{Markup, PreEscaped, html};
use std::collections::HashMap;

/// How a bar stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    Now,
    Next,
    Later,
    Done,
    /// Its window has passed and it is not there.
    Late,
}

impl Stand {
    const fn class(self) -> &'static str {
        match self {
            Stand::Now => "now",
            Stand::Next => "next",
            Stand::Later => "later",
            Stand::Done => "done",
            Stand::Late => "late",
        }
    }

    const fn says(self) -> &'static str {
        match self {
            Stand::Now => "Now",
            Stand::Next => "Next",
            Stand::Later => "Later",
            Stand::Done => "released",
            Stand::Late => "its window has passed",
        }
    }
}

/// One window. Days are written as `2026-11-23`.
#[derive(Clone, Debug)]
pub struct Window {
    /// What others name it by when they wait for it: its key.
    pub key: String,
    pub name: String,
    pub from: Option<String>,
    pub until: Option<String>,
    pub stand: Stand,
    /// It is a part of what stands above it.
    pub part: bool,
    /// By when it is likely to be there.
    pub likely: Option<String>,
    /// Where it is looked at.
    pub leads: Option<String>,
    /// The command that moves it, its number there, and its version, for whoever may move it.
    pub moves: Option<(&'static str, i64, i64)>,
}

/// Windows that belong together.
#[derive(Clone, Debug, Default)]
pub struct Lane {
    pub name: String,
    pub windows: Vec<Window>,
}

/// Lanes over the same time.
#[derive(Clone, Debug)]
pub struct Timeline {
    zoom: Zoom,
    today: String,
    lanes: Vec<Lane>,
    /// What comes first and what waits for it, by their keys.
    waits: Vec<(String, String)>,
    from: String,
    until: String,
    /// Exact days are told; else only what the drawing shows.
    dated: bool,
    /// By when things are likely to be there at each percentile, by their keys: how sure, and the day.
    sure: HashMap<String, Vec<(f64, String)>>,
}

/// The colours of a drawing that leaves its page, plain enough for every program that draws one.
const ALONE: &str = include_str!("../../assets/timeline.svg.css");

const HEAD: f64 = 30.0;
const LANE: f64 = 28.0;
const BET: f64 = 34.0;
const PART: f64 = 26.0;
/// A window of which only one end is known is drawn so many days long.
const OPEN: i64 = 60;
/// So far from today a timeline reaches at most, in days.
const BACK: i64 = 730;
const AHEAD: i64 = 1_460;

/// A window in its place.
struct Place<'a> {
    window: &'a Window,
    lane: usize,
    x: f64,
    wide: f64,
    y: f64,
    high: f64,
}

impl Timeline {
    pub fn new(zoom: Zoom, today: impl Into<String>, lanes: Vec<Lane>) -> Timeline {
        let today = today.into();
        let all = || lanes.iter().flat_map(|lane| &lane.windows);
        let first = all().filter_map(|w| w.from.as_ref().or(w.until.as_ref())).min().map_or(today.as_str(), |day| day.as_str().min(today.as_str()));
        let latest = |w: &Window| [&w.until, &w.from, &w.likely].into_iter().flatten().max().cloned();
        let last = all().filter_map(latest).max().unwrap_or_default().max(when::days_after(&today, 92));
        let from = first.to_owned().max(when::days_after(&today, -BACK));
        let last = last.min(when::days_after(&today, AHEAD));
        let from = when::period_of(&from, zoom.months().min(3));
        let until = when::months_after(&when::period_of(&last, zoom.months().min(3)), zoom.months().min(3));
        Timeline { zoom, today, lanes, waits: vec![], from, until, dated: true, sure: HashMap::new() }
    }

    /// With what waits for what: what comes first, and what waits for it.
    pub fn waiting(mut self, waits: Vec<(String, String)>) -> Timeline {
        self.waits = waits;
        self
    }

    /// With how sure one is of which day.
    pub fn sure(mut self, sure: HashMap<String, Vec<(f64, String)>>) -> Timeline {
        self.sure = sure;
        self
    }

    /// Without exact days in words: quarters are all that is told.
    pub fn undated(mut self) -> Timeline {
        self.dated = false;
        self
    }

    /// Without keys, and with nothing said of what waits for what: for people outside.
    pub fn plain(mut self) -> Timeline {
        for window in self.lanes.iter_mut().flat_map(|lane| &mut lane.windows) {
            window.key.clear();
        }
        self.waits.clear();
        self
    }

    fn x(&self, day: &str) -> f64 {
        let span = when::days_between(&self.from, &self.until) as f64;
        (when::days_between(&self.from, day) as f64).clamp(0.0, span) * self.zoom.day()
    }

    fn width(&self) -> f64 {
        when::days_between(&self.from, &self.until) as f64 * self.zoom.day()
    }

    fn places(&self) -> (Vec<Place<'_>>, Vec<f64>, f64) {
        let (mut places, mut heads, mut y) = (vec![], vec![], HEAD);
        for (lane, of) in self.lanes.iter().enumerate() {
            heads.push(y);
            y += if of.name.is_empty() { 6.0 } else { LANE };
            for window in &of.windows {
                let (from, until) = match (&window.from, &window.until) {
                    (Some(from), Some(until)) => (from.clone(), when::days_after(until, 1)),
                    (Some(from), None) => (from.clone(), when::days_after(from, OPEN)),
                    (None, Some(until)) => (when::days_after(until, -OPEN), when::days_after(until, 1)),
                    (None, None) => continue,
                };
                let (row, high) = if window.part { (PART, 16.0) } else { (BET, 24.0) };
                let (a, b) = (self.x(&from), self.x(&until));
                places.push(Place { window, lane, x: a, wide: (b - a).max(4.0), y: y + (row - high) / 2.0, high });
                y += row;
            }
            y += 6.0;
        }
        (places, heads, y + 4.0)
    }

    /// The lines from top to bottom, each with what begins there.
    fn ticks(&self) -> Vec<(f64, String)> {
        let mut all = vec![];
        let mut at = when::period_of(&self.from, self.zoom.months());
        while at < self.until {
            let says = when::period_says(&at, self.zoom.months());
            all.push((self.x(&at), says));
            let next = when::months_after(&at, self.zoom.months());
            // A day that cannot be counted on from ends the axis.
            if next <= at {
                break;
            }
            at = next;
        }
        all
    }

    /// As a part of a page: as wide as its time, scrolled where that is wider than its place.
    pub fn view(&self, label: &str) -> Markup {
        html! { div.timeline.scroll tabindex="0" role="region" aria-label=(label) { (self.svg(label, "", true)) } }
    }

    fn svg(&self, label: &str, style: &str, live: bool) -> Markup {
        let (places, heads, height) = self.places();
        let width = self.width();
        let size = (live || !style.is_empty()).then(|| (px(width), px(height)));
        html! { svg.timeline-drawing viewBox={ "0 0 " (px(width)) " " (px(height)) } width=[size.as_ref().map(|s| &s.0)] height=[size.as_ref().map(|s| &s.1)] role="group" aria-label=(label) xmlns="http://www.w3.org/2000/svg" data-zoom=(self.zoom.word()) data-day=(self.zoom.day()) {
            @if !style.is_empty() { style { (PreEscaped(style)) } rect.ground width="100%" height="100%" {} }
            g.axis aria-hidden="true" { @for (x, says) in self.ticks() { path.grid d={ "M" (px(x)) " 0V" (px(height)) } {} text x=(px(x + 6.0)) y="19" { (says) } } }
            @for (lane, y) in self.lanes.iter().zip(&heads) { @if !lane.name.is_empty() { path.grid.zero d={ "M0 " (px(*y)) "H" (px(width)) } {} text.lane-name dir="auto" x="6" y=(px(y + 19.0)) { (fitted(&lane.name, SIZE + 1.0, 420.0)) } } }
            @let today = self.x(&self.today);
            path.rule d={ "M" (px(today)) " 24V" (px(height)) } {}
            (self.arrows(&places))
            @for place in &places { (self.bar(place, live)) }
        } }
    }

    /// "Pay by card, 1 Oct – 31 Dec, Now, likely by 14 Jan"; at each percentile where they are known.
    fn says(&self, window: &Window) -> String {
        let year = &self.today[..self.today.len().min(4)];
        let day = |day: &str| if self.dated { when::short_day(day, year) } else { when::period_says(&when::period_of(day, 3), 3) };
        let span = match (&window.from, &window.until) {
            (Some(from), Some(until)) => format!("{} – {}", day(from), day(until)),
            (Some(from), None) => format!("from {}", day(from)),
            (None, Some(until)) => format!("until {}", day(until)),
            (None, None) => String::new(),
        };
        let sure = self.sure.get(&window.key).filter(|sure| self.dated && sure.len() > 1).map(|sure| {
            let each: Vec<String> = sure.iter().map(|(share, by)| format!("{} ({})", day(by), percent(*share))).collect();
            format!(", likely by {}", each.join(", "))
        });
        let likely = sure.or_else(|| Some(format!(", likely by {}", day(window.likely.as_deref()?)))).unwrap_or_default();
        let key = if window.key.is_empty() { String::new() } else { format!("{} ", window.key) };
        format!("{key}{}, {span}, {}{likely}", window.name, window.stand.says())
    }

    fn bar(&self, place: &Place, live: bool) -> Markup {
        let Place { window, x, wide, y, high, .. } = place;
        let size = if window.part { 11.0 } else { SIZE };
        let inside = text_width(&window.name, size) + 16.0 <= *wide;
        // Behind its bar, and behind what is drawn there of when it is likely.
        let behind = window.likely.as_ref().map_or(x + wide, |likely| (x + wide).max(self.x(likely))) + 6.0;
        let room = if inside { wide - 12.0 } else { (self.width() - behind - 6.0).max(0.0) };
        // What fits neither inside nor behind stands ahead of its bar.
        let ahead = !inside && room < text_width(&window.name, size).min(90.0);
        let base = y + high / 2.0 + 4.0;
        let open = window.from.is_none() || window.until.is_none();
        let drawn = html! {
            title dir="auto" { (self.says(window)) }
            // As large as a finger wants it, whatever is drawn.
            rect.hit x=(px(*x)) y=(px(y + high / 2.0 - 13.0)) width=(px(wide.max(26.0))) height="26" {}
            rect class={ "window " (window.stand.class()) @if window.part { " part" } @if open { " open" } } x=(px(*x)) y=(px(*y)) width=(px(*wide)) height=(px(*high)) rx=(if window.part { "4" } else { "6" }) {}
            @if let Some(likely) = &window.likely { @let (end, at) = (x + wide, self.x(likely));
                path class={ "likely" @if window.until.as_ref().is_some_and(|until| likely > until) { " over" } } d={ "M" (px(end)) " " (px(y + high / 2.0)) "H" (px(at)) "M" (px(at)) " " (px(y - 1.0)) "V" (px(y + high + 1.0)) } {} }
            @if ahead { text.end.small[window.part] dir="auto" aria-hidden="true" x=(px(x - 6.0)) y=(px(base)) { (fitted(&window.name, size, (x - 12.0).max(0.0))) } }
            @else { text .small[window.part] .within[inside] dir="auto" aria-hidden="true" x=(px(if inside { x + 8.0 } else { behind })) y=(px(base)) { (fitted(&window.name, size, room)) } }
        };
        html! { @match (&window.leads, live) {
            (Some(leads), true) => {
                a.bar href=(leads) data-bar=(window.key) data-command=[window.moves.map(|(command, ..)| command)] data-number=[window.moves.map(|(_, number, _)| number)] data-version=[window.moves.map(|(.., version)| version)] data-from=[window.from.as_ref()] data-until=[window.until.as_ref()] aria-label=(self.says(window)) { (drawn) } }
            _ => { g role="img" aria-label=(self.says(window)) { (drawn) } }
        } }
    }

    /// Each wait as a line from the end of what comes first to the beginning of what waits.
    fn arrows(&self, places: &[Place]) -> Markup {
        let at: HashMap<&str, &Place> = places.iter().map(|place| (place.window.key.as_str(), place)).collect();
        html! { @for (first, then) in &self.waits { @if let (Some(a), Some(b)) = (at.get(first.as_str()), at.get(then.as_str())) {
            @let (x, y) = (a.x + a.wide, a.y + a.high / 2.0);
            @let (to, down) = (b.x, b.y + b.high / 2.0);
            @let odd = to + 0.5 < x;
            @let half = if down > y { a.y + a.high + 5.0 } else { a.y - 5.0 };
            @let way = if to >= x + 14.0 { format!("M{} {}h7V{}H{}", px(x), px(y), px(down), px(to)) } else { format!("M{} {}h7V{}H{}V{}h9", px(x), px(y), px(half), px(to - 9.0), px(down)) };
            path.wait.odd[odd] d=(way) {}
            path.wait.odd[odd] d={ "M" (px(to - 5.0)) " " (px(down - 4.0)) "L" (px(to)) " " (px(down)) "L" (px(to - 5.0)) " " (px(down + 4.0)) } {}
        } } }
    }

    /// What waits for something that ends only after it is meant to begin: what comes first, and what waits.
    pub fn clashes(&self) -> Vec<(&Window, &Window)> {
        let all: HashMap<&str, &Window> = self.lanes.iter().flat_map(|lane| &lane.windows).map(|w| (w.key.as_str(), w)).collect();
        let clash = |(first, then): &(String, String)| {
            let (a, b) = (*all.get(first.as_str())?, *all.get(then.as_str())?);
            let (until, from) = (a.until.as_ref()?, b.from.as_ref()?);
            (until >= from && a.stand != Stand::Done).then_some((a, b))
        };
        let mut found: Vec<(&Window, &Window)> = self.waits.iter().filter_map(clash).collect();
        found.dedup_by(|a, b| a.0.key == b.0.key && a.1.key == b.1.key);
        found
    }

    /// Everything that stands on it, lane by lane.
    pub fn windows(&self) -> impl Iterator<Item = &Window> {
        self.lanes.iter().flat_map(|lane| &lane.windows)
    }

    /// The same as a table.
    pub fn table(&self) -> Table {
        let year = &self.today[..self.today.len().min(4)];
        let day = |day: &Option<String>| {
            let text = |day: &String| match self.dated {
                true => Cell::both(when::short_day(day, year), day.clone()),
                false => Cell::text(when::period_says(&when::period_of(day, 3), 3)),
            };
            day.as_ref().map_or_else(|| Cell::text(""), text)
        };
        let (places, ..) = self.places();
        let row = |place: &Place| {
            let w = place.window;
            let waits: Vec<&str> = self.waits.iter().filter(|(_, then)| *then == w.key).map(|(first, _)| first.as_str()).collect();
            let lane = self.lanes.get(place.lane).map_or("", |lane| lane.name.as_str());
            vec![
                Cell::text(lane),
                Cell::text(w.key.clone()),
                Cell::text(w.name.clone()),
                day(&w.from),
                day(&w.until),
                Cell::text(w.stand.says()),
                day(&w.likely),
                Cell::text(waits.join(", ")),
            ]
        };
        let columns = ["Lane", "Key", "Name", "Window from", "Until", "Stands", "Likely by", "Waits for"];
        Table { columns: columns.map(str::to_owned).to_vec(), rows: places.iter().map(row).collect() }
    }

    /// The drawing alone, with its colours, as a file of its own.
    pub fn drawing(&self, label: &str) -> String {
        self.svg(label, ALONE, false).into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(key: &str, from: &str, until: &str) -> Window {
        let day = |day: &str| (!day.is_empty()).then(|| day.to_owned());
        Window {
            key: key.into(),
            name: format!("Bet {key}"),
            from: day(from),
            until: day(until),
            stand: Stand::Now,
            part: false,
            likely: None,
            leads: Some(format!("?open={key}")),
            moves: Some(("initiative.edit", 1, 3)),
        }
    }

    fn timeline(zoom: Zoom, windows: Vec<Window>) -> Timeline {
        Timeline::new(zoom, "2026-11-23", vec![Lane { name: "Ride more".into(), windows }])
    }

    #[test]
    fn a_bar_is_as_wide_as_its_window() {
        let drawn = timeline(Zoom::Month, vec![window("A", "2026-12-01", "2026-12-31")]);
        let (places, _, _) = drawn.places();
        assert_eq!(places[0].wide, 31.0 * 6.0, "both days included");
        assert_eq!((drawn.from.as_str(), drawn.until.as_str()), ("2026-11-01", "2027-03-01"));
        let page = drawn.view("Timeline").into_string();
        assert!(page.contains("data-number=\"1\" data-version=\"3\""), "what is dragged is dragged as it was seen: {page}");
        assert!(page.contains("data-from=\"2026-12-01\"") && page.contains("A Bet A, 1 Dec – 31 Dec, Now"), "{page}");
        let bare = timeline(Zoom::Quarter, vec![window("A", "", "")]);
        assert!(bare.places().0.is_empty(), "what has no window is no bar");
    }

    #[test]
    fn a_bar_says_how_sure_one_is_of_which_day() {
        let likely = Window { likely: Some("2027-01-14".into()), ..window("A", "2026-12-01", "2026-12-31") };
        let days = [(0.5, "2027-01-02"), (0.85, "2027-01-14")].map(|(share, day)| (share, day.to_owned()));
        let drawn = timeline(Zoom::Quarter, vec![likely]);
        assert!(drawn.view("x").into_string().contains("Now, likely by 14 Jan 2027"));
        let drawn = drawn.sure(HashMap::from([("A".to_owned(), days.to_vec())]));
        assert!(drawn.view("x").into_string().contains("Now, likely by 2 Jan 2027 (50\u{a0}%), 14 Jan 2027 (85\u{a0}%)"));
        assert!(!drawn.undated().view("x").into_string().contains("50\u{a0}%"), "whoever is told quarters reads no day");
    }

    #[test]
    fn what_waits_for_something_later_clashes() {
        let waits = vec![("A".to_owned(), "B".to_owned()), ("A".to_owned(), "C".to_owned()), ("X".to_owned(), "A".to_owned())];
        let all = vec![window("A", "2026-10-01", "2026-12-31"), window("B", "2026-12-01", "2027-01-31"), window("C", "2027-01-01", "2027-01-31")];
        let drawn = timeline(Zoom::Quarter, all).waiting(waits);
        assert_eq!(drawn.clashes().iter().map(|(a, b)| format!("{} {}", a.key, b.key)).collect::<Vec<_>>(), ["A B"]);
        assert_eq!(drawn.view("x").into_string().matches("wait odd").count(), 2, "a line and its head");
        assert!(drawn.table().csv().contains("Ride more,C,Bet C,2027-01-01,2027-01-31,Now,,A\n"));
    }
}
