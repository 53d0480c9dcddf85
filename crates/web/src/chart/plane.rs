//! Things placed by two measures on a ground of regions, each as far as it may be from there: needs by importance and
//! satisfaction, features by how much they please and are missed.

use super::{
    Drawing, Figure, SIZE,
    dots::{DOT, beside},
    frame::TOP,
    label::{fitted, width as text_width},
    px,
    scale::Axis,
    series::Tone,
    table::{Cell, Table},
};
use crate::telling::figure;
use maud::html;
use std::fmt::Write;

/// A part of the ground: its corners, its colour, and what is written in it, at which corner or point.
#[derive(Clone, Debug)]
pub struct Region {
    pub says: String,
    pub tone: Tone,
    pub corners: Vec<(f64, f64)>,
    /// Where what it says begins, or ends where that is on the right side.
    pub at: (f64, f64),
}

/// Something placed: how far across and up, between which bounds each truly lies, and what it is.
#[derive(Clone, Debug)]
pub struct Measured {
    pub across: f64,
    pub up: f64,
    pub across_between: Option<(f64, f64)>,
    pub up_between: Option<(f64, f64)>,
    pub name: String,
}

/// Things on a ground whose measures have ends of their own.
#[derive(Clone, Debug)]
pub struct Plane {
    across: (String, f64, f64),
    up: (String, f64, f64),
    regions: Vec<Region>,
    placed: Vec<Measured>,
}

/// So many are named; of more the first ones.
const NAMED: usize = 40;
/// From so many on they are drawn smaller and fainter.
const MANY: usize = 400;

impl Plane {
    /// Each measure with its name and its ends.
    pub fn new(across: (&str, f64, f64), up: (&str, f64, f64), placed: Vec<Measured>) -> Plane {
        let named = |(name, from, to): (&str, f64, f64)| (name.to_owned(), from, to);
        let known = placed.into_iter().filter(|one| one.across.is_finite() && one.up.is_finite()).collect();
        Plane { across: named(across), up: named(up), regions: vec![], placed: known }
    }

    pub fn region(mut self, region: Region) -> Plane {
        self.regions.push(region);
        self
    }

    fn is_ranged(&self) -> bool {
        self.placed.iter().any(|one| one.across_between.is_some() || one.up_between.is_some())
    }
}

impl Figure for Plane {
    fn draw(&self, width: f64) -> Drawing {
        let across = Axis::round(self.across.1, self.across.2, if width > 500.0 { 11 } else { 6 }, false);
        let up = Axis::round(self.up.1, self.up.2, 6, false);
        let left = up.ticks.iter().map(|(_, says)| text_width(says, SIZE)).fold(0.0, f64::max) + 8.0;
        let right = width - 8.0;
        let (top, bottom) = (TOP, TOP + if width > 500.0 { 400.0 } else { 290.0 });
        let x = |value: f64| left + across.share(value.clamp(across.from, across.to)) * (right - left);
        let y = |value: f64| bottom - up.share(value.clamp(up.from, up.to)) * (bottom - top);
        let corners = |region: &Region| region.corners.iter().map(|(cx, cy)| format!("{},{}", px(x(*cx)), px(y(*cy)))).collect::<Vec<_>>().join(" ");
        let (mut path, mut bars) = (String::with_capacity(self.placed.len() * 14), String::new());
        for one in &self.placed {
            let (dx, dy) = (x(one.across), y(one.up));
            let _ = write!(path, "M{} {}h0", px(dx), px(dy));
            if let Some((from, to)) = one.across_between {
                let _ = write!(bars, "M{} {}H{}", px(x(from)), px(dy), px(x(to)));
            }
            if let Some((from, to)) = one.up_between {
                let _ = write!(bars, "M{} {}V{}", px(dx), px(y(from)), px(y(to)));
            }
        }
        // A name stands above its own bar, which would strike it through.
        let lift = if self.is_ranged() { 10.0 } else { 0.0 };
        let points: Vec<(f64, f64, &str)> = self
            .placed
            .iter()
            .enumerate()
            .map(|(n, one)| (x(one.across), y(one.up) - lift, if n < NAMED { one.name.as_str() } else { "" }))
            .collect();
        let body = html! {
            @for region in &self.regions { polygon class={ "region " (region.tone.class()) } points=(corners(region)) {} }
            g.axis {
                @for (value, says) in &up.ticks { @let at = px(y(*value)); path.grid d={ "M" (px(left)) " " (at) "H" (px(right)) } {} text.end x=(px(left - 6.0)) y=(px(y(*value) + 4.0)) { (says) } }
                @for (value, says) in &across.ticks { text.middle x=(px(x(*value).min(right - text_width(says, SIZE) / 2.0 + 6.0))) y=(px(bottom + 17.0)) { (says) } }
                text x="0" y="12" { (fitted(&self.up.0, SIZE, width)) } text.end x=(width) y=(px(bottom + 33.0)) { (fitted(&self.across.0, SIZE, width)) }
            }
            @if !bars.is_empty() { path.c0.bars d=(bars) {} }
            path.dots.many[self.placed.len() > MANY] d=(path) {}
            @for region in &self.regions { @let says = fitted(&region.says, SIZE, (right - left) * 0.6); @let wide = text_width(&says, SIZE);
                text class={ "over " (region.tone.class()) } x=(px((x(region.at.0) + 8.0).min(right - wide - 8.0))) y=(px((y(region.at.1) + 18.0).clamp(top + 16.0, bottom - 8.0))) { (says) } }
            @for line in beside(&points, (left, right), (top, bottom), DOT, vec![]) { text dir="auto" x=(px(line.at)) y=(px(line.base)) { (line.says) } }
        };
        let at = self.placed.iter().map(|one| (x(one.across), Some(y(one.up)))).collect();
        Drawing { height: bottom + 38.0, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let between = |range: Option<(f64, f64)>| Cell::text(range.map_or(String::new(), |(from, to)| format!("{} to {}", figure(from), figure(to))));
        let ranged = self.is_ranged();
        let row = |one: &Measured| {
            let mut cells = vec![Cell::text(one.name.clone()), Cell::number(Some(one.across)), Cell::number(Some(one.up))];
            if ranged {
                cells.extend([between(one.across_between), between(one.up_between)]);
            }
            cells
        };
        let mut columns = vec![String::new(), self.across.0.clone(), self.up.0.clone()];
        if ranged {
            columns.extend([format!("{}, 95 %", self.across.0), format!("{}, 95 %", self.up.0)]);
        }
        Table { columns, rows: self.placed.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_placed_keeps_to_the_ends_of_its_measures() {
        let one = Measured { across: 9.0, up: 3.0, across_between: Some((8.0, 12.0)), up_between: None, name: "A seat".into() };
        let plane = Plane::new(("Importance", 0.0, 10.0), ("Satisfaction", 0.0, 10.0), vec![one]);
        let drawn = plane.draw(720.0);
        let (x, y) = drawn.at[0];
        assert!(x > 600.0 && x < 720.0 && y.is_some_and(|y| y > 200.0));
        assert!(drawn.body.into_string().contains("H712"), "a bound beyond the end is drawn to the end");
        assert_eq!(plane.table().columns.len(), 5, "bounds stand in the table");
    }
}
