//! How each series of a plot is drawn: lines, areas, bars.

use super::{
    frame::Frame,
    plot::{Across, Plot, Reach},
    px,
    series::{Mark, Series},
};
use maud::{Markup, html};
use std::fmt::Write;

/// A bar that stands for a name alone, on a wide page, would be a wall.
const WIDEST: f64 = 96.0;

impl Plot {
    pub(super) fn drawn(&self, frame: &Frame, n: usize, reach: &[Reach]) -> Markup {
        let (series, tone) = (&self.series[n], self.tone(n).class());
        match series.mark {
            Mark::Bar => self.bars(frame, series, tone, reach),
            Mark::Area => html! { path.area.(tone) d=(self.area(frame, reach)) {} path.line.(tone) d=(self.line(frame, reach, false)) {} },
            mark => html! { path.line.(tone).dashed[series.dashed] d=(self.line(frame, reach, mark == Mark::Steps)) {} },
        }
    }

    fn line(&self, frame: &Frame, reach: &[Reach], steps: bool) -> String {
        let mut d = String::with_capacity(reach.len() * 12);
        for stretch in stretches(reach) {
            for (k, (n, _, to)) in stretch.iter().enumerate() {
                let (x, y) = (px(frame.x(self.middle(*n))), px(frame.y(*to)));
                let _ = match (k, steps) {
                    (0, _) => write!(d, "M{x} {y}"),
                    (_, true) => write!(d, "H{x}V{y}"),
                    (_, false) => write!(d, "L{x} {y}"),
                };
            }
            // What is known of one place alone is a dot: a stroke without length has round ends.
            if stretch.len() == 1 {
                d.push_str("h0");
            }
        }
        d
    }

    fn area(&self, frame: &Frame, reach: &[Reach]) -> String {
        let mut d = String::new();
        for stretch in stretches(reach) {
            let there = stretch.iter().map(|(n, _, to)| (*n, *to));
            let back = stretch.iter().rev().map(|(n, from, _)| (*n, *from));
            for (k, (n, value)) in there.chain(back).enumerate() {
                let _ = write!(d, "{}{} {}", if k == 0 { 'M' } else { 'L' }, px(frame.x(self.middle(n))), px(frame.y(value)));
            }
            d.push('Z');
        }
        d
    }

    fn bars(&self, frame: &Frame, series: &Series, tone: &str, reach: &[Reach]) -> Markup {
        html! { @for (n, to) in reach.iter().enumerate() { @if let Some((from, to)) = to { @if from != to {
            @let (a, b) = self.place(n);
            @let (a, b) = (frame.x(a), frame.x(b));
            @let between = ((b - a) * 0.2).clamp(0.5, 8.0);
            @let wide = (b - a - between).clamp(0.5, if matches!(self.across, Across::Bands { .. }) { f64::MAX } else { WIDEST });
            @let (low, high) = (frame.y(from.min(*to)), frame.y(from.max(*to)));
            rect class={ "bar " (series.tones.get(n).map_or(tone, |tone| tone.class())) } x=(px((a + b - wide) / 2.0)) y=(px(high)) width=(px(wide)) height=(px((low - high).max(0.5))) {}
        } } } }
    }
}

/// The runs of places of which something is known, each with its place, what it stands on and what it reaches.
fn stretches(reach: &[Reach]) -> Vec<Vec<(usize, f64, f64)>> {
    let known: Vec<(usize, f64, f64)> = reach.iter().enumerate().filter_map(|(n, r)| r.map(|(from, to)| (n, from, to))).collect();
    known.chunk_by(|a, b| a.0 + 1 == b.0).map(<[_]>::to_vec).collect()
}
