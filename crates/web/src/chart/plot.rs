//! Figures over something that goes across: days, names, bands of a measure.

use super::{
    Drawing, Figure, SIZE,
    label::{apart, fitted, rows, width as text_width},
    px,
    scale::{self, Axis},
    series::{Mark, Series, Tone},
    table::{Cell, Table},
};
use crate::telling::figure;
use maud::{Markup, html};
use std::fmt::Write;

/// What goes across, one for each value of the series.
#[derive(Clone, Debug)]
pub enum Across {
    /// Days, counted from 1970-01-01, in order.
    Days {
        days: Vec<i32>,
        today: i32,
    },
    Names(Vec<String>),
    /// From edge to edge, one edge more than there are values. They are days where `today` is given.
    Bands {
        edges: Vec<f64>,
        today: Option<i32>,
    },
}

/// Series over what goes across.
#[derive(Clone, Debug)]
pub struct Plot {
    across: Across,
    /// What is measured upwards: "Points".
    up: String,
    series: Vec<Series>,
    stacked: bool,
    rules: Vec<(f64, String)>,
}

/// Room around the plot and between labels.
const GAP: f64 = 15.0;
const FOOT: f64 = 24.0;
/// How much room a day takes below the plot.
pub(super) const LABEL: f64 = 62.0;

/// Where the plot lies in the drawing, with its scales.
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    x: Axis,
    y: Axis,
}

impl Frame {
    fn x(&self, value: f64) -> f64 {
        self.left + self.x.share(value) * (self.right - self.left)
    }

    fn y(&self, value: f64) -> f64 {
        self.bottom - self.y.share(value) * (self.bottom - self.top)
    }
}

impl Plot {
    pub fn new(across: Across, up: impl Into<String>) -> Plot {
        Plot { across, up: up.into(), series: vec![], stacked: false, rules: vec![] }
    }

    pub fn with(mut self, series: Series) -> Plot {
        self.series.push(series);
        self
    }

    /// Each series stands on those before it; bars always do.
    pub fn stacked(mut self) -> Plot {
        self.stacked = true;
        self
    }

    /// A line from top to bottom with words on it: today, a percentile.
    pub fn rule(mut self, at: f64, says: impl Into<String>) -> Plot {
        self.rules.push((at, says.into()));
        self
    }

    fn len(&self) -> usize {
        match &self.across {
            Across::Days { days, .. } => days.len(),
            Across::Names(names) => names.len(),
            Across::Bands { edges, .. } => edges.len().saturating_sub(1),
        }
    }

    fn has_bars(&self) -> bool {
        self.series.iter().any(|s| s.mark == Mark::Bar)
    }

    /// Where the nth place begins and ends across; both the same where it has no width.
    fn place(&self, n: usize) -> (f64, f64) {
        match &self.across {
            Across::Days { days, .. } if self.has_bars() => (f64::from(days[n]) - 0.5, f64::from(days[n]) + 0.5),
            Across::Days { days, .. } => (f64::from(days[n]), f64::from(days[n])),
            Across::Names(_) => (n as f64, n as f64 + 1.0),
            Across::Bands { edges, .. } => (edges[n], edges[n + 1]),
        }
    }

    fn middle(&self, n: usize) -> f64 {
        let (from, to) = self.place(n);
        (from + to) / 2.0
    }

    /// For each series what its values stand on and reach up to.
    fn reaches(&self) -> Vec<Vec<Option<(f64, f64)>>> {
        let mut below = vec![0.0; self.len()];
        let stands = |s: &Series| self.stacked || s.mark == Mark::Bar;
        let reach = |s: &Series| {
            let value = |n: usize| s.values.get(n).copied().flatten();
            (0..self.len())
                .map(|n| {
                    let from = if stands(s) { below[n] } else { 0.0 };
                    let to = value(n).map(|v| from + v);
                    if stands(s) {
                        below[n] = to.unwrap_or(from);
                    }
                    to.map(|to| (from, to))
                })
                .collect()
        };
        self.series.iter().map(reach).collect()
    }

    fn frame(&self, width: f64, reaches: &[Vec<Option<(f64, f64)>>], ends: &[End]) -> Frame {
        let all = || reaches.iter().flatten().flatten();
        let high = all().map(|(_, to)| *to).fold(0.0, f64::max);
        let low = all().map(|(_, to)| *to).fold(0.0, f64::min);
        // What is dashed is no count, and makes no halves of one.
        let counted = self.series.iter().filter(|s| !s.dashed || self.series.len() == 1);
        let whole = counted.flat_map(|s| &s.values).flatten().all(|v| v.fract() == 0.0);
        let y = Axis::round(low, high, 5, whole);
        let left = y.ticks.iter().map(|(_, says)| text_width(says, SIZE)).fold(0.0, f64::max) + 8.0;
        let beside = ends.iter().map(|end| text_width(&end.says, SIZE)).fold(0.0, f64::max);
        let right = width - if beside > 0.0 { (beside + 12.0).min(width * 0.32) } else { 10.0 };
        let last = self.len().saturating_sub(1);
        let (first, last) = if self.len() == 0 { (0.0, 1.0) } else { (self.place(0).0, self.place(last).1) };
        let x = match &self.across {
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
        let over = self.rule_rows(|at| left + x.share(at) * (right - left), right).iter().map(|row| row.row + 1).max().unwrap_or(0);
        let top = 24.0 + over as f64 * GAP;
        Frame { left, right, top, bottom: top + if width > 500.0 { 210.0 } else { 180.0 }, x, y }
    }

    /// Where the words of each rule stand: beside it, turned inwards at the right end, below one another where they would meet.
    fn rule_rows(&self, x: impl Fn(f64) -> f64, right: f64) -> Vec<RuleAt<'_>> {
        let span = |(at, says): &(f64, String)| {
            let (at, wide) = (x(*at), text_width(says, SIZE) + 10.0);
            if at + wide <= right + 8.0 { (at, at + wide, false) } else { (at - wide, at, true) }
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
        let placed = order.iter().zip(&stand).map(|((rule, (.., back)), row)| {
            let (at, says) = *rule;
            let at = x(*at);
            RuleAt { at, says, back: *back, row: *row, begins: begins(at, *row) }
        });
        placed.collect()
    }

    /// The names of the series at their ends, where there are several.
    fn ends(&self, width: f64, reaches: &[Vec<Option<(f64, f64)>>]) -> Vec<End> {
        if self.series.len() < 2 {
            return vec![];
        }
        let end = |(n, (s, reach)): (usize, (&Series, &Vec<Option<(f64, f64)>>))| {
            let last = reach.iter().rposition(Option::is_some)?;
            let (from, to) = reach[last]?;
            let filled = self.stacked || s.mark == Mark::Bar;
            let says = if filled { s.name.clone() } else { format!("{} {}", s.name, figure(to)) };
            Some(End { says: fitted(&says, SIZE, width * 0.32 - 12.0), tone: self.tone(n), at: if filled { (from + to) / 2.0 } else { to }, last })
        };
        self.series.iter().zip(reaches).enumerate().filter_map(end).collect()
    }

    /// How far across each name stands: right behind the end of its line where nothing else goes through there, else
    /// beside the plot.
    fn beside(&self, frame: &Frame, ends: &[End], reaches: &[Vec<Option<(f64, f64)>>]) -> Vec<f64> {
        let edge = frame.right + 8.0;
        let free = |end: &End| {
            let (from, y) = (frame.x(self.middle(end.last)) + 8.0, frame.y(end.at));
            let to = from + text_width(&end.says, SIZE);
            let behind = |reach: &Vec<Option<(f64, f64)>>| {
                let near = |n: &usize| (from - 14.0..to + 14.0).contains(&frame.x(self.middle(*n)));
                let (mut low, mut high) = (f64::MAX, f64::MIN);
                for value in (end.last + 1..reach.len()).filter(near).filter_map(|n| reach[n]) {
                    (low, high) = (low.min(frame.y(value.1)), high.max(frame.y(value.1)));
                }
                low > y + GAP || high < y - GAP
            };
            (to < frame.right && reaches.iter().all(behind)).then_some(from)
        };
        ends.iter().map(|end| free(end).unwrap_or(edge)).collect()
    }

    fn tone(&self, n: usize) -> Tone {
        let before = self.series[..n].iter().filter(|s| s.tone.is_none()).count();
        self.series[n].tone.unwrap_or(Tone::nth(before))
    }

    fn series_drawn(&self, frame: &Frame, n: usize, reach: &[Option<(f64, f64)>]) -> Markup {
        let (series, tone) = (&self.series[n], self.tone(n).class());
        match series.mark {
            Mark::Bar => self.bars(frame, series, tone, reach),
            Mark::Area => html! { path.area.(tone) d=(self.area(frame, reach)) {} path.line.(tone) d=(self.line(frame, reach, false)) {} },
            mark => html! { path.line.(tone).dashed[series.dashed] d=(self.line(frame, reach, mark == Mark::Steps)) {} },
        }
    }

    fn line(&self, frame: &Frame, reach: &[Option<(f64, f64)>], steps: bool) -> String {
        let mut d = String::with_capacity(reach.len() * 12);
        let mut begun = false;
        for (n, to) in reach.iter().enumerate() {
            let Some((_, to)) = to else {
                begun = false;
                continue;
            };
            let (x, y) = (px(frame.x(self.middle(n))), px(frame.y(*to)));
            let _ = match (begun, steps) {
                (false, _) => write!(d, "M{x} {y}"),
                (true, true) => write!(d, "H{x}V{y}"),
                (true, false) => write!(d, "L{x} {y}"),
            };
            begun = true;
        }
        d
    }

    fn area(&self, frame: &Frame, reach: &[Option<(f64, f64)>]) -> String {
        let known: Vec<(usize, f64, f64)> = reach.iter().enumerate().filter_map(|(n, r)| r.map(|(from, to)| (n, from, to))).collect();
        let mut d = String::new();
        let there = known.iter().map(|(n, _, to)| (*n, *to));
        let back = known.iter().rev().map(|(n, from, _)| (*n, *from));
        for (k, (n, value)) in there.chain(back).enumerate() {
            let _ = write!(d, "{}{} {}", if k == 0 { 'M' } else { 'L' }, px(frame.x(self.middle(n))), px(frame.y(value)));
        }
        d + if known.is_empty() { "" } else { "Z" }
    }

    fn bars(&self, frame: &Frame, series: &Series, tone: &str, reach: &[Option<(f64, f64)>]) -> Markup {
        html! { @for (n, to) in reach.iter().enumerate() { @if let Some((from, to)) = to { @if from != to {
            @let (a, b) = self.place(n);
            @let (a, b) = (frame.x(a), frame.x(b));
            @let between = ((b - a) * 0.2).clamp(0.5, 8.0);
            @let (low, high) = (frame.y(from.min(*to)), frame.y(from.max(*to)));
            rect class={ "bar " (series.tones.get(n).map_or(tone, |tone| tone.class())) } x=(px(a + between / 2.0)) y=(px(high)) width=(px((b - a - between).max(0.5))) height=(px((low - high).max(0.5))) {}
        } } } }
    }

    fn axes(&self, frame: &Frame) -> Markup {
        let middles = matches!(self.across, Across::Names(_));
        // Names as far as their places have room; where that is little, only some of them.
        let room = if middles { (frame.right - frame.left) / self.len().max(1) as f64 } else { f64::MAX };
        let every = if middles { (34.0 / room).ceil().max(1.0) as usize } else { 1 };
        html! {
            g.axis {
                @for (value, says) in &frame.y.ticks { @let y = px(frame.y(*value));
                    path.grid.zero[*value == 0.0] d={ "M" (px(frame.left)) " " (y) "H" (px(frame.right)) } {}
                    text.end x=(px(frame.left - 6.0)) y=(px(frame.y(*value) + 4.0)) { (says) } }
                @for (_, (value, says)) in frame.x.ticks.iter().enumerate().filter(|(n, _)| n % every == 0) { @let x = frame.x(*value);
                    text.middle x=(px(x.max(text_width(says, SIZE) / 2.0).min(frame.right + 4.0 - if middles { 0.0 } else { text_width(says, SIZE) / 2.0 - 6.0 }))) y=(px(frame.bottom + 17.0)) { (fitted(says, SIZE, room * every as f64 - 4.0)) } }
                text x="0" y="12" { (self.up) }
            }
        }
    }
}

struct End {
    says: String,
    tone: Tone,
    at: f64,
    /// The last place of which something is known.
    last: usize,
}

struct RuleAt<'a> {
    at: f64,
    says: &'a str,
    back: bool,
    row: usize,
    /// The row at which its line begins.
    begins: usize,
}

impl Figure for Plot {
    fn draw(&self, width: f64) -> Drawing {
        let reaches = self.reaches();
        let ends = self.ends(width, &reaches);
        let frame = self.frame(width, &reaches, &ends);
        let places = apart(&ends.iter().map(|end| frame.y(end.at)).collect::<Vec<_>>(), GAP, frame.top, frame.bottom);
        let over = self.rule_rows(|at| frame.x(at), frame.right);
        let beside = self.beside(&frame, &ends, &reaches);
        let body = html! {
            (self.axes(&frame))
            @for (n, reach) in reaches.iter().enumerate().rev() { (self.series_drawn(&frame, n, reach)) }
            @for rule in &over {
                @let y = |row: usize| 24.0 + row as f64 * GAP;
                path.rule d={ "M" (px(rule.at)) " " (px(y(rule.begins) + 2.0)) "V" (px(frame.bottom)) } {}
                text.rule-says.end[rule.back] x=(px(if rule.back { rule.at - 4.0 } else { rule.at + 4.0 })) y=(px(y(rule.row) + 11.0)) { (rule.says) }
            }
            @for ((end, y), beside) in ends.iter().zip(places).zip(&beside) { text.(end.tone.class()) x=(px(*beside)) y=(px(y + 4.0)) { (end.says) } }
        };
        let at = (0..self.len()).map(|n| (frame.x(self.middle(n)), None)).collect();
        Drawing { height: frame.bottom + FOOT, body, at }
    }

    fn table(&self) -> Table {
        let head = match &self.across {
            Across::Days { .. } | Across::Bands { today: Some(_), .. } => "Day",
            Across::Names(_) => "",
            Across::Bands { .. } => "From, to",
        };
        let place = |n: usize| match &self.across {
            Across::Days { days, today } => Cell::both(scale::told(days[n], *today), scale::date(days[n]).to_string()),
            Across::Names(names) => Cell::text(names[n].clone()),
            Across::Bands { edges, today: None } => Cell::text(format!("{} to {}", figure(edges[n]), figure(edges[n + 1]))),
            Across::Bands { edges, today: Some(today) } => {
                let (first, last) = (edges[n] as i32, edges[n + 1] as i32 - 1);
                let says = if first == last {
                    scale::told(first, *today)
                } else {
                    format!("{} – {}", scale::told(first, *today), scale::told(last, *today))
                };
                Cell::both(says, scale::date(last).to_string())
            }
        };
        let row = |n: usize| std::iter::once(place(n)).chain(self.series.iter().map(|s| Cell::number(s.values.get(n).copied().flatten()))).collect();
        Table {
            columns: std::iter::once(head.to_owned()).chain(self.series.iter().map(|s| s.name.clone())).collect(),
            rows: (0..self.len()).map(row).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(plot: &Plot) -> String {
        plot.draw(720.0).body.into_string()
    }

    #[test]
    fn gaps_are_gaps_and_steps_stay() {
        let plot =
            Plot::new(Across::Names(["a", "b", "c", "d"].map(String::from).to_vec()), "n").with(Series::line("one", &[1.0, f64::NAN, 2.0, 3.0]));
        let line = drawn(&plot);
        assert_eq!(line.matches("M").count() - line.matches("class=\"grid").count(), 2, "the line begins again after a gap: {line}");
        let steps = drawn(&Plot::new(Across::Days { days: vec![0, 1], today: 1 }, "n").with(Series::steps("s", &[1.0, 4.0])));
        assert!(steps.contains('H') && steps.contains('V'), "{steps}");
    }

    #[test]
    fn bars_stand_on_one_another() {
        let plot = Plot::new(Across::Names(vec!["a".into()]), "n").with(Series::bars("x", &[3.0])).with(Series::bars("y", &[4.0]));
        assert_eq!(plot.reaches(), [vec![Some((0.0, 3.0))], vec![Some((3.0, 7.0))]]);
        assert!(drawn(&plot).contains(">8<"), "the axis holds the sum");
    }

    #[test]
    fn nothing_is_drawn_as_nothing() {
        for across in [Across::Names(vec![]), Across::Days { days: vec![], today: 0 }, Across::Bands { edges: vec![], today: None }] {
            let plot = Plot::new(across, "n").with(Series::area("x", &[])).with(Series::bars("y", &[]));
            assert!(!drawn(&plot).contains("NaN") && plot.table().rows.is_empty());
        }
    }

    #[test]
    fn what_is_at_the_edge_is_turned_inwards() {
        let plot = Plot::new(Across::Days { days: vec![0, 100], today: 0 }, "n")
            .with(Series::line("x", &[1.0, 1.0]))
            .rule(99.0, "85 % sure by 10 April")
            .rule(98.0, "50 % sure by 9 April");
        let rows = plot.rule_rows(|at| at * 5.0, 500.0);
        assert!(rows.iter().all(|rule| rule.back) && rows[0].row != rows[1].row);
        let rows = plot.rule_rows(|at| (at - 98.0) * 100.0 + 50.0, 250.0);
        let stand: Vec<_> = rows.iter().map(|rule| (rule.back, rule.row, rule.begins)).collect();
        assert_eq!(stand, [(true, 0, 2), (false, 1, 1)], "no line goes through words");
    }
}
