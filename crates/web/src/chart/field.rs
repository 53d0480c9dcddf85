//! Things between two pairs of opposites: one from left to right, one from below upwards.

use super::{
    Drawing, Figure, SIZE,
    dots::beside,
    label::{fitted, width as text_width},
    px,
    table::{Cell, Table},
};
use maud::html;

/// A thing with its place, each from 0 to 100, and whether it is what the chart is about.
#[derive(Clone, Debug)]
pub struct Placed {
    pub name: String,
    pub across: f64,
    pub up: f64,
    pub ours: bool,
}

/// The ends of both axes, and what stands between them.
#[derive(Clone, Debug)]
pub struct Field {
    across: (String, String),
    up: (String, String),
    things: Vec<Placed>,
}

/// How far our own dot reaches.
const REACH: f64 = 7.0;

impl Field {
    /// Each axis by what lies at its beginning and at its end.
    pub fn new(across: (String, String), up: (String, String), things: Vec<Placed>) -> Field {
        let known = things.into_iter().filter(|thing| thing.across.is_finite() && thing.up.is_finite()).collect();
        Field { across, up, things: known }
    }
}

impl Figure for Field {
    fn draw(&self, width: f64) -> Drawing {
        let (top, high) = (22.0, if width > 500.0 { 360.0 } else { 280.0 });
        let (left, right, bottom) = (1.0, width - 1.0, top + high);
        let within = |share: f64| share.clamp(0.0, 100.0) / 100.0;
        // Whatever lies at an edge still stands inside.
        let x = |share: f64| left + 14.0 + within(share) * (right - left - 28.0);
        let y = |share: f64| bottom - 14.0 - within(share) * (high - 28.0);
        let points: Vec<(f64, f64, &str)> = self.things.iter().map(|thing| (x(thing.across), y(thing.up), thing.name.as_str())).collect();
        let (middle, across) = (top + high / 2.0, width / 2.0);
        // Both ends share a line: each has half of it, and what the other leaves.
        let room = width - 52.0;
        let end = |says: &str, other: &str| fitted(says, SIZE, (room - text_width(other, SIZE)).max(room / 2.0));
        let body = html! {
            g.axis {
                rect.field x=(px(left)) y=(px(top)) width=(px(right - left)) height=(px(high)) rx="6" {}
                path.grid d={ "M" (px(left)) " " (px(middle)) "H" (px(right)) "M" (px(across)) " " (px(top)) "V" (px(bottom)) } {}
                text.middle x=(px(across)) y="14" { "↑ " tspan dir="auto" { (fitted(&self.up.1, SIZE, width - 30.0)) } }
                text.middle x=(px(across)) y=(px(bottom + 17.0)) { "↓ " tspan dir="auto" { (fitted(&self.up.0, SIZE, width - 30.0)) } }
                text x="0" y=(px(bottom + 34.0)) { "← " tspan dir="auto" { (end(&self.across.0, &self.across.1)) } }
                text.end x=(px(width)) y=(px(bottom + 34.0)) { tspan dir="auto" { (end(&self.across.1, &self.across.0)) } " →" }
            }
            @for ((at, up, _), thing) in points.iter().zip(&self.things) { circle class={ "place" @if thing.ours { " ours" } } cx=(px(*at)) cy=(px(*up)) r=(if thing.ours { "7" } else { "5" }) {} }
            @for line in beside(&points, (left + 4.0, right - 4.0), (top, bottom), REACH, vec![]) {
                text.c2[self.things[line.of].ours] dir="auto" x=(px(line.at)) y=(px(line.base)) { (line.says) } }
        };
        let at = points.iter().map(|(x, y, _)| (*x, Some(*y))).collect();
        Drawing { height: bottom + 42.0, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let row = |thing: &Placed| vec![Cell::text(thing.name.clone()), Cell::number(Some(thing.across)), Cell::number(Some(thing.up))];
        let axis = |(low, high): &(String, String)| format!("{low} (0) – {high} (100)");
        Table { columns: vec![String::new(), axis(&self.across), axis(&self.up)], rows: self.things.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beyond_an_end_stands_at_it() {
        let place = |name: &str, across, up| Placed { name: name.into(), across, up, ours: name == "We" };
        let ends = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        let field = Field::new(ends("cheap", "dear"), ends("simple", "complete"), vec![place("We", 100.0, 0.0), place("They", 140.0, 50.0)]);
        let drawn = field.draw(344.0);
        assert_eq!(drawn.at[0].0, drawn.at[1].0);
        assert!(drawn.body.into_string().contains("place ours"));
        let long = Field::new(ends("for whoever comes by", "for the city and its people"), ends("", ""), vec![place("We", 50.0, 50.0)]);
        assert!(long.draw(344.0).body.into_string().contains("for the city and its people"), "one end has what the other leaves");
        assert_eq!(field.table().csv(), ",cheap (0) – dear (100),simple (0) – complete (100)\nWe,100,0\nThey,140,50\n");
    }
}
