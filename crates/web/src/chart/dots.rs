//! Dots in a field, with the lines below which so many of them lie: cycle times by the day of their end.

use super::{
    Drawing, Figure, SIZE,
    frame::{LABEL, TOP},
    label::{apart, broken, fitted, width as text_width},
    px,
    scale::{self, Axis},
    table::{Cell, Table},
};
use crate::telling::{figure, percent};
use maud::html;
use std::fmt::Write;

/// A dot: how far across, how far up, and what it is.
type Dot = (f64, f64, String);

/// More than so many lie over one another, and are drawn smaller and fainter.
const MANY: usize = 400;

/// Dots by two measures.
#[derive(Clone, Debug)]
pub struct Dots {
    across: String,
    up: String,
    dots: Vec<Dot>,
    percentiles: Vec<f64>,
    /// Lines that are known, where the dots are not all that there are.
    known: Vec<(f64, f64)>,
    /// Across are days.
    today: Option<i32>,
    /// What each is stands beside it.
    named: bool,
}

impl Dots {
    /// Named by both measures; each dot with what it is.
    pub fn new(across: impl Into<String>, up: impl Into<String>, dots: Vec<Dot>) -> Dots {
        let known = dots.into_iter().filter(|(x, y, _)| x.is_finite() && y.is_finite()).collect();
        Dots { across: across.into(), up: up.into(), dots: known, percentiles: vec![], known: vec![], today: None, named: false }
    }

    /// Across are days, counted from 1970-01-01.
    pub fn by_day(mut self, today: i32) -> Dots {
        self.today = Some(today);
        self
    }

    /// What each dot is stands beside it, as far as there is room.
    pub fn named(mut self) -> Dots {
        self.named = true;
        self
    }

    /// Lines below which these shares of the dots lie.
    pub fn percentiles(mut self, shares: &[f64]) -> Dots {
        self.percentiles = shares.to_vec();
        self
    }

    /// Lines at these shares and heights: those of everything, where only some of it is drawn.
    pub fn lines_at(mut self, lines: Vec<(f64, f64)>) -> Dots {
        self.known = lines;
        self
    }

    /// Those shares with the heights of their lines, each that of a dot (nearest rank).
    pub fn lines(&self) -> Vec<(f64, f64)> {
        if !self.known.is_empty() {
            return self.known.clone();
        }
        let mut ups: Vec<f64> = self.dots.iter().map(|(_, y, _)| *y).collect();
        ups.sort_by(f64::total_cmp);
        let rank = |share: f64| ((share * ups.len() as f64).ceil() as usize).clamp(1, ups.len().max(1)) - 1;
        self.percentiles.iter().filter_map(|share| ups.get(rank(*share)).map(|up| (*share, *up))).collect()
    }
}

/// How far a dot reaches.
pub(super) const DOT: f64 = 5.0;

/// A line of a name: whose it is, where it begins, and what it says.
#[derive(Debug)]
pub(super) struct Line {
    pub of: usize,
    pub at: f64,
    pub base: f64,
    pub says: String,
}

/// In so many lines a name stands, none longer than so much.
const WHOLE: [(usize, f64); 4] = [(1, 170.0), (2, 130.0), (3, 100.0), (4, 80.0)];
/// Where it finds no place whole, it is cut after so much; where that finds none either, after less.
const CUT: [f64; 4] = [170.0, 110.0, 80.0, 58.0];
/// From one line of a name to the next.
const LEADING: f64 = 13.0;

/// How often those that found no place whole are placed before the others, to see whether that is better.
const TRIES: usize = 4;
/// Among more dots than this names stand in one line, and are placed once.
const CROWD: usize = 30;

/// Where names stand: beside their dot, which reaches so far, or above or below it, where they meet neither an edge, nor a
/// dot, nor another name, nor what is `taken`; in one line, else in several, else cut. What finds no place is told by the
/// table alone.
pub(super) fn beside(
    points: &[(f64, f64, &str)],
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
    reach: f64,
    mut taken: Vec<[f64; 4]>,
) -> Vec<Line> {
    taken.extend(points.iter().map(|(x, y, _)| [x - reach, y - reach, x + reach, y + reach]));
    let mut order: Vec<usize> = (0..points.len()).filter(|of| !points[*of].2.is_empty()).collect();
    let mut best: Option<(usize, Vec<Line>)> = None;
    let tries = if points.len() > CROWD { 1 } else { TRIES };
    for _ in 0..tries {
        let (lines, lack) = placed(points, &order, [left, top, right, bottom], reach, taken.clone());
        let (first, rest): (Vec<usize>, Vec<usize>) = order.iter().partition(|of| lack.contains(of));
        if best.as_ref().is_none_or(|(fewest, _)| lack.len() < *fewest) {
            best = Some((lack.len(), lines));
        }
        if lack.is_empty() || order == [first.clone(), rest.clone()].concat() {
            break;
        }
        order = [first, rest].concat();
    }
    best.map(|(_, lines)| lines).unwrap_or_default()
}

/// Whether an area (left, top, right, bottom) meets none that is taken.
pub(super) fn is_free(area: [f64; 4], taken: &[[f64; 4]]) -> bool {
    taken.iter().all(|other| area[2] <= other[0] || other[2] <= area[0] || area[3] <= other[1] || other[3] <= area[1])
}

/// The lines of names that are placed one after the other within an area, and which of them do not stand whole.
fn placed(
    points: &[(f64, f64, &str)],
    order: &[usize],
    [left, top, right, bottom]: [f64; 4],
    reach: f64,
    mut taken: Vec<[f64; 4]>,
) -> (Vec<Line>, Vec<usize>) {
    let (mut stand, mut lack) = (vec![], vec![]);
    for of in order {
        let (x, y, name) = points[*of];
        let wide = |lines: &[String]| lines.iter().map(|line| text_width(line, SIZE)).fold(0.0, f64::max);
        let long = text_width(name, SIZE);
        let lines = if points.len() > CROWD { 1 } else { WHOLE.len() };
        let whole = WHOLE.into_iter().take(lines).filter(|(many, most)| long <= *many as f64 * most);
        let whole = whole.filter_map(|(many, most)| broken(name, SIZE, many).filter(|lines| wide(lines) <= most)).map(|lines| (true, lines));
        let cut = CUT.into_iter().map(|most| (false, vec![fitted(name, SIZE, most)]));
        let found = whole.chain(cut).find_map(|(is_whole, lines)| {
            let (wide, deep) = (wide(&lines), (lines.len() - 1) as f64 * LEADING);
            let (right_of, left_of) = (x + reach + 3.0, x - reach - 3.0 - wide);
            // Where the block begins, its first line, and which part of what a line is shorter stands before it. Beside its dot
            // a block has it in the middle, else at its last or its first line.
            let beside =
                [0.5, 1.0, 0.0].into_iter().flat_map(|above| [(right_of, y + 4.0 - deep * above, 0.0), (left_of, y + 4.0 - deep * above, 1.0)]);
            // Above and below it, a little further off where something stands on the dot itself.
            let over = [4.0, 10.0].map(|off| (x - wide / 2.0, y - reach - off - deep, 0.5));
            let under = [13.0, 19.0].map(|off| (x - wide / 2.0, y + reach + off, 0.5));
            let mut sides = beside.chain([over[0], under[0], over[1], under[1]]);
            sides.find_map(|(at, base, before)| {
                let area = [at, base - SIZE + 1.0, at + wide, base + deep + 3.0];
                let within = area[0] >= left && area[2] <= right && area[1] >= top && area[3] <= bottom;
                (within && is_free(area, &taken)).then(|| (area, before, is_whole, lines.clone()))
            })
        });
        if !found.as_ref().is_some_and(|(_, _, is_whole, _)| *is_whole) {
            lack.push(*of);
        }
        if let Some((area, before, _, lines)) = found {
            taken.push(area);
            stand.extend(lines.into_iter().enumerate().map(|(n, says)| {
                let shorter = area[2] - area[0] - text_width(&says, SIZE);
                Line { of: *of, at: area[0] + shorter * before, base: area[1] + SIZE - 1.0 + n as f64 * LEADING, says }
            }));
        }
    }
    (stand, lack)
}

impl Figure for Dots {
    fn draw(&self, width: f64) -> Drawing {
        let (low, high) = self.dots.iter().fold((f64::MAX, f64::MIN), |(low, high), (x, ..)| (low.min(*x), high.max(*x)));
        let (least, most) = self.dots.iter().fold((0.0_f64, 0.0_f64), |(least, most), (_, y, _)| (least.min(*y), most.max(*y)));
        let lines = self.lines();
        let most = lines.iter().fold(most, |most, (_, up)| most.max(*up));
        let up = Axis::round(least, most, 5, self.dots.iter().all(|(_, y, _)| y.fract() == 0.0));
        let says: Vec<String> = lines.iter().map(|(share, up)| format!("{} ≤ {}", percent(*share), figure(*up))).collect();
        let left = up.ticks.iter().map(|(_, says)| text_width(says, SIZE)).fold(0.0, f64::max) + 8.0;
        let right = width - says.iter().map(|says| text_width(says, SIZE)).fold(2.0, f64::max) - 14.0;
        let across = match self.today {
            Some(today) if low <= high => Axis::days(low as i32, high as i32, today, right - left, LABEL),
            _ => Axis::round(low, high, if width > 500.0 { 7 } else { 4 }, self.dots.iter().all(|(x, ..)| x.fract() == 0.0)),
        };
        let (top, bottom) = (TOP, TOP + if width > 500.0 { 230.0 } else { 190.0 });
        let x = |value: f64| left + across.share(value) * (right - left);
        let y = |value: f64| bottom - up.share(value) * (bottom - top);
        // One path for all: a stroke without length has round ends.
        let mut path = String::with_capacity(self.dots.len() * 14);
        for (dx, dy, _) in &self.dots {
            let _ = write!(path, "M{} {}h0", px(x(*dx)), px(y(*dy)));
        }
        let places = apart(&lines.iter().map(|(_, up)| y(*up)).collect::<Vec<_>>(), 15.0, top, bottom);
        let body = html! {
            g.axis {
                @for (value, says) in &up.ticks { @let at = px(y(*value)); path.grid.zero[*value == 0.0] d={ "M" (px(left)) " " (at) "H" (px(right)) } {} text.end x=(px(left - 6.0)) y=(px(y(*value) + 4.0)) { (says) } }
                @for (value, says) in &across.ticks { text.middle x=(px(x(*value).max(text_width(says, SIZE) / 2.0).min(right - text_width(says, SIZE) / 2.0 + 6.0))) y=(px(bottom + 17.0)) { (says) } }
                text dir="auto" x="0" y="12" { (fitted(&self.up, SIZE, width)) } @if self.today.is_none() { text.end x=(width) y=(px(bottom + 33.0)) { (fitted(&self.across, SIZE, width)) } }
            }
            path.dots.many[self.dots.len() > MANY] d=(path) {}
            @if self.named {
                @let points: Vec<(f64, f64, &str)> = self.dots.iter().map(|(dx, dy, what)| (x(*dx), y(*dy), what.as_str())).collect();
                @for line in beside(&points, (left, right), (top, bottom), DOT, vec![]) { text dir="auto" x=(px(line.at)) y=(px(line.base)) { (line.says) } }
            }
            @for (((_, up), says), place) in lines.iter().zip(&says).zip(places) {
                path.rule d={ "M" (px(left)) " " (px(y(*up))) "H" (px(right)) } {}
                text.rule-says x=(px(right + 6.0)) y=(px(place + 4.0)) { (says) }
            }
        };
        let at = self.dots.iter().map(|(dx, dy, _)| (x(*dx), Some(y(*dy)))).collect();
        Drawing { height: bottom + if self.today.is_some() { 24.0 } else { 38.0 }, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let across = |x: f64| match self.today {
            Some(today) => Cell::both(scale::told(x as i32, today), scale::date(x as i32).to_string()),
            None => Cell::number(Some(x)),
        };
        let row = |(x, y, what): &Dot| vec![Cell::text(what.clone()), across(*x), Cell::number(Some(*y))];
        Table { columns: vec![String::new(), self.across.clone(), self.up.clone()], rows: self.dots.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_neither_dots_nor_one_another() {
        let points = [
            (50.0, 50.0, "Brake checks"),
            (60.0, 52.0, "Rain mode"),
            (390.0, 50.0, "Weekday passes"),
            (50.0, 50.0, "Hidden"),
            (52.0, 49.0, "Hidden too"),
        ];
        let stand = beside(&points, (0.0, 400.0), (0.0, 100.0), DOT, vec![]);
        let of = |name: &str| stand.iter().find(|line| line.says == name).map(|line| (line.at, line.base));
        assert!(of("Weekday passes").is_some_and(|(at, _)| at < 390.0), "at the edge it stands on the other side: {stand:?}");
        for (n, Line { at, base, says, .. }) in stand.iter().enumerate() {
            let end = at + text_width(says, SIZE);
            assert!(*at >= 0.0 && end <= 400.0);
            for other in &stand[n + 1..] {
                let apart = end <= other.at || other.at + text_width(&other.says, SIZE) <= *at || (base - other.base).abs() >= SIZE;
                assert!(apart, "{says} meets {}", other.says);
            }
            assert!(points.iter().all(|(x, y, _)| end <= *x || x <= at || (y - base).abs() > 4.0), "{says} lies on a dot");
        }
    }

    #[test]
    fn a_name_that_has_no_room_in_one_line_stands_in_several_before_it_is_cut() {
        let name = "Businesses have to send electronic bills";
        let said = |name: &str, right| {
            beside(&[(60.0, 50.0, name)], (0.0, right), (0.0, 100.0), DOT, vec![]).into_iter().map(|line| line.says).collect::<Vec<_>>()
        };
        assert_eq!(said(name, 220.0), ["Businesses have to", "send electronic bills"]);
        assert_eq!(said(name, 130.0).join(" "), name, "in three lines");
        assert!(said("Donaudampfschifffahrtsgesellschaft", 150.0)[0].ends_with('…'));
    }

    #[test]
    fn so_many_dots_lie_below_each_line() {
        let dots = Dots::new("x", "y", (1..=20).map(|n| (f64::from(n), f64::from(n), n.to_string())).collect()).percentiles(&[0.5, 0.85, 1.0]);
        assert_eq!(dots.lines(), [(0.5, 10.0), (0.85, 17.0), (1.0, 20.0)]);
        assert!(Dots::new("x", "y", vec![(f64::NAN, 1.0, String::new())]).percentiles(&[0.5]).lines().is_empty());
    }
}
