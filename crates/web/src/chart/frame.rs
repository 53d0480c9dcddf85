//! Where a plot lies in its drawing: its scales, what is written at its axes, on its rules and at the ends of its series.

use super::{
    SIZE,
    label::{fitted, rows, width as text_width},
    plot::{Across, Plot, Reach},
    px,
    scale::Axis,
    series::{Mark, Series, Tone},
};
use crate::telling::figure;
use maud::{Markup, html};
use std::collections::BTreeSet;

/// From one line of words to the next.
pub(super) const GAP: f64 = 15.0;
/// Room above a plot, and below it.
pub(super) const TOP: f64 = 24.0;
pub(super) const FOOT: f64 = 24.0;
/// How much room a day takes below the plot.
pub(super) const LABEL: f64 = 62.0;
/// The part of a drawing that the names of series take at most.
const NAMES: f64 = 0.32;

/// Where the plot lies in the drawing, with its scales.
pub(super) struct Frame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    x: Axis,
    y: Axis,
}

/// The name of a series where it ends.
pub(super) struct End {
    pub says: String,
    pub tone: Tone,
    pub at: f64,
    /// The last place of which something is known.
    last: usize,
}

/// The words of a rule.
pub(super) struct RuleAt {
    pub at: f64,
    pub says: String,
    /// They stand at its left.
    pub back: bool,
    pub row: usize,
    /// The row at which its line begins.
    pub begins: usize,
}

impl Frame {
    pub fn x(&self, value: f64) -> f64 {
        self.left + self.x.share(value) * (self.right - self.left)
    }

    pub fn y(&self, value: f64) -> f64 {
        self.bottom - self.y.share(value) * (self.bottom - self.top)
    }

    pub fn of(plot: &Plot, width: f64, reaches: &[Vec<Reach>], ends: &[End]) -> Frame {
        let all = || reaches.iter().flatten().flatten();
        let high = all().map(|(_, to)| *to).fold(0.0, f64::max);
        let low = all().map(|(_, to)| *to).fold(0.0, f64::min);
        // What is dashed is no count, and makes no halves of one.
        let counted = plot.series.iter().filter(|s| !s.dashed || plot.series.len() == 1);
        let whole = counted.flat_map(|s| &s.values).flatten().all(|v| v.fract() == 0.0);
        let y = Axis::round(low, high, 5, whole);
        let left = y.ticks.iter().map(|(_, says)| text_width(says, SIZE)).fold(0.0, f64::max) + 8.0;
        let beside = ends.iter().map(|end| text_width(&end.says, SIZE)).fold(0.0, f64::max);
        let right = width - if beside > 0.0 { (beside + 12.0).min(width * NAMES) } else { 10.0 };
        let last = plot.len().saturating_sub(1);
        let (first, last) = if plot.len() == 0 { (0.0, 1.0) } else { (plot.place(0).0, plot.place(last).1) };
        let x = match &plot.across {
            Across::Names(names) => Axis::names(names),
            Across::Days { today, .. } | Across::Bands { today: Some(today), .. } => {
                let days = Axis::days(first.ceil() as i32, last.floor() as i32, *today, right - left, LABEL);
                Axis { from: first, to: last.max(first + 1.0), ..days }
            }
            Across::Bands { .. } => {
                let round = Axis::round(first, last, if width > 500.0 { 8 } else { 5 }, false);
                Axis { from: first, to: last, ticks: round.ticks.into_iter().filter(|(at, _)| (first..=last).contains(at)).collect() }
            }
        };
        let over = plot.rule_rows(|at| left + x.share(at) * (right - left), right).iter().map(|row| row.row + 1).max().unwrap_or(0);
        let top = TOP + over as f64 * GAP;
        let high = if width > 500.0 { 210.0 } else { 180.0 };
        // Every series has its line of words beside it.
        Frame { left, right, top, bottom: top + (ends.len() as f64 * GAP).max(high), x, y }
    }
}

impl Plot {
    /// Where the words of each rule stand: beside it, turned inwards at the right end, below one another where they would meet.
    pub(super) fn rule_rows(&self, x: impl Fn(f64) -> f64, right: f64) -> Vec<RuleAt> {
        let span = |(at, says): &(f64, String)| {
            let (at, wide) = (x(*at), text_width(says, SIZE) + 10.0);
            let ahead = right + 8.0 - at;
            if wide <= ahead || at < wide && at < ahead { (at, at + wide.min(ahead), false) } else { (at - wide.min(at), at, true) }
        };
        let mut order: Vec<(&(f64, String), (f64, f64, bool))> = self.rules.iter().map(|rule| (rule, span(rule))).collect();
        // A line begins below its words. So what reaches over the lines at its left stands above them, and they above
        // those at their right.
        order.sort_by(|((a, _), (.., back)), ((b, _), (.., other))| other.cmp(back).then(if *back { b.total_cmp(a) } else { a.total_cmp(b) }));
        let stand = rows(&order.iter().map(|(_, (from, to, _))| (*from, *to)).collect::<Vec<_>>());
        // What still reaches over another line stands above its beginning.
        let begins = |at: f64, row: usize| {
            let over = order.iter().zip(&stand).filter(|((_, (from, to, _)), _)| (from + 1.0..to - 1.0).contains(&at));
            over.map(|(_, row)| row + 1).fold(row, usize::max)
        };
        let placed = order.iter().zip(&stand).map(|(((at, says), (from, to, back)), row)| {
            let at = x(*at);
            RuleAt { at, says: fitted(says, SIZE, to - from - 4.0), back: *back, row: *row, begins: begins(at, *row) }
        });
        placed.collect()
    }

    /// The names of the series at their ends, where there are several.
    pub(super) fn ends(&self, width: f64, reaches: &[Vec<Reach>]) -> Vec<End> {
        if self.series.len() < 2 {
            return vec![];
        }
        let end = |(n, (s, reach)): (usize, (&Series, &Vec<Reach>))| {
            let last = reach.iter().rposition(Option::is_some)?;
            let (from, to) = reach[last]?;
            let filled = self.stacked || s.mark == Mark::Bar;
            let says = if filled { s.name.clone() } else { format!("{} {}", s.name, figure(to)) };
            Some(End { says: fitted(&says, SIZE, width * NAMES - 12.0), tone: self.tone(n), at: if filled { (from + to) / 2.0 } else { to }, last })
        };
        self.series.iter().zip(reaches).enumerate().filter_map(end).collect()
    }

    /// How far across each name stands: right behind the end of its line where nothing else goes through there, else
    /// beside the plot.
    pub(super) fn beside(&self, frame: &Frame, ends: &[End], reaches: &[Vec<Reach>]) -> Vec<f64> {
        let edge = frame.right + 8.0;
        // A bar takes the whole of its place and all from its foot up, a line goes through the middle.
        let bars = self.has_bars();
        let span = |n: usize| if bars { self.place(n) } else { (self.middle(n), self.middle(n)) };
        let free = |end: &End| {
            let (from, y) = (frame.x(span(end.last).1) + 8.0, frame.y(end.at));
            let to = from + text_width(&end.says, SIZE);
            let behind = |reach: &Vec<Reach>| {
                let near = |n: &usize| frame.x(span(*n).1) >= from - 14.0 && frame.x(span(*n).0) < to + 14.0;
                let (mut low, mut high) = (f64::MAX, f64::MIN);
                for value in (end.last + 1..reach.len()).filter(near).filter_map(|n| reach[n]) {
                    let foot = if bars { value.0 } else { value.1 };
                    (low, high) = (low.min(frame.y(value.1.max(foot))), high.max(frame.y(value.1.min(foot))));
                }
                low > y + GAP || high < y - GAP
            };
            (to < frame.right && reaches.iter().all(behind)).then_some(from)
        };
        ends.iter().map(|end| free(end).unwrap_or(edge)).collect()
    }

    pub(super) fn axes(&self, frame: &Frame, width: f64) -> Markup {
        // Names as far as their places have room; where that is little, only some of them.
        let named = matches!(self.across, Across::Names(_));
        let place = if named { (frame.right - frame.left) / self.len().max(1) as f64 } else { f64::MAX };
        let sparse = if named { (34.0 / place).ceil().max(1.0) as usize } else { 1 };
        let cut = |says: &str, every: usize| fitted(says, SIZE, place * every as f64 - 4.0);
        // Names that would read alike once they are cut, as numbered ones do, are left out rather than cut.
        let read: BTreeSet<String> = frame.x.ticks.iter().step_by(sparse).map(|(_, says)| cut(says, sparse)).collect();
        let longest = frame.x.ticks.iter().map(|(_, says)| text_width(says, SIZE)).fold(0.0, f64::max);
        let alike = named && read.len() < frame.x.ticks.iter().step_by(sparse).count();
        let every = if alike { ((longest + 4.0) / place).ceil().max(sparse as f64) as usize } else { sparse };
        let foot = frame.x.ticks.iter().step_by(every).map(|(value, says)| {
            let says = cut(says, every);
            let half = text_width(&says, SIZE) / 2.0;
            (frame.x(*value).max(half).min(width - half), says)
        });
        html! {
            g.axis {
                @for (value, says) in &frame.y.ticks { @let y = px(frame.y(*value));
                    path.grid.zero[*value == 0.0] d={ "M" (px(frame.left)) " " (y) "H" (px(frame.right)) } {}
                    text.end x=(px(frame.left - 6.0)) y=(px(frame.y(*value) + 4.0)) { (says) } }
                @for (x, says) in foot { text.middle dir=[named.then_some("auto")] x=(px(x)) y=(px(frame.bottom + 17.0)) { (says) } }
                text dir="auto" x="0" y="12" { (fitted(&self.up, SIZE, width)) }
            }
        }
    }
}
