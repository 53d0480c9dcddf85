//! Several measures of a few things around a centre: the further out the more.

use super::{
    Drawing, Figure, SIZE,
    label::{apart, fitted, width as text_width},
    px,
    scale::Axis,
    series::{Series, Tone},
    table::{Cell, Table},
};
use maud::html;
use std::f64::consts::TAU;

/// Measures by name, and for each thing a value of each, from zero.
#[derive(Clone, Debug)]
pub struct Radar {
    measures: Vec<String>,
    things: Vec<Series>,
}

/// How far beyond its spoke the name of a measure stands.
const BEYOND: f64 = 12.0;
/// From one name to the one below it.
const LINE: f64 = 15.0;

impl Radar {
    pub fn new(measures: Vec<String>) -> Radar {
        Radar { measures, things: vec![] }
    }

    /// A thing by its name and its value of each measure.
    pub fn with(mut self, name: impl Into<String>, values: &[f64]) -> Radar {
        self.things.push(Series::line(name, values));
        self
    }

    fn value(&self, thing: usize, measure: usize) -> f64 {
        self.things[thing].values.get(measure).copied().flatten().unwrap_or(0.0).max(0.0)
    }
}

impl Figure for Radar {
    fn draw(&self, width: f64) -> Drawing {
        let high = self.things.iter().flat_map(|t| &t.values).flatten().copied().fold(0.0, f64::max);
        let rings = Axis::round(0.0, high, 4, false);
        let wide = width > 500.0;
        let longest = self.measures.iter().map(|name| text_width(name, SIZE)).fold(0.0, f64::max);
        // Narrow, long names take room from the rings.
        let radius = if wide { 120.0 } else { (width / 2.0 - longest - BEYOND).clamp(64.0, 88.0) };
        let names = if self.things.len() > 1 && wide { 130.0 } else { 0.0 };
        // Narrow, the names of the things stand below it.
        let below = if self.things.len() > 1 && !wide { 18.0 * self.things.len() as f64 + 8.0 } else { 0.0 };
        let (cx, cy) = ((width - names) / 2.0, radius + 26.0);
        let point = |measure: usize, share: f64| {
            let angle = TAU * measure as f64 / self.measures.len().max(1) as f64 - TAU / 4.0;
            (cx + angle.cos() * radius * share, cy + angle.sin() * radius * share)
        };
        let ring = |share: &dyn Fn(usize) -> f64| {
            let points: Vec<String> = (0..self.measures.len()).map(|m| point(m, share(m))).map(|(x, y)| format!("{},{}", px(x), px(y))).collect();
            points.join(" ")
        };
        let ends: Vec<f64> = (0..self.things.len()).map(|_| cy).collect();
        let places = apart(&ends, 20.0, 0.0, cy * 2.0);
        let body = html! {
            g.axis {
                @for (value, says) in rings.ticks.iter().skip(1) { polygon.grid points=(ring(&|_| rings.share(*value))) {} @let (_, y) = point(0, rings.share(*value)); text.small x=(px(cx + 3.0)) y=(px(y + 11.0)) { (says) } }
                @for m in 0..self.measures.len() { @let (x, y) = point(m, 1.0); path.grid d={ "M" (px(cx)) " " (px(cy)) "L" (px(x)) " " (px(y)) } {} }
                @for (m, side, x, y) in named(self.measures.len(), &|m| point(m, 1.0 + BEYOND / radius), (cx, cy), radius) {
                    @let room = match side { "start" => width - names - x, "end" => x, _ => radius * 2.0 };
                    text.(side) x=(px(x)) y=(px(y + if side == "middle" && y > cy { 8.0 } else { 4.0 })) { (fitted(&self.measures[m], SIZE, room)) }
                }
            }
            @for (n, _) in self.things.iter().enumerate() { polygon class={ "spread " (Tone::nth(n).class()) } points=(ring(&|m| rings.share(self.value(n, m)))) {} }
            @if self.things.len() > 1 { @for (n, thing) in self.things.iter().enumerate() {
                @let (x, y) = if wide { (width - names + 10.0, places[n]) } else { (0.0, cy + radius + 44.0 + 18.0 * n as f64) };
                text class=(Tone::nth(n).class()) x=(px(x)) y=(px(y)) { (fitted(&thing.name, SIZE, if wide { names - 12.0 } else { width })) }
            } }
        };
        let at = (0..self.measures.len())
            .map(|m| point(m, if self.things.is_empty() { 1.0 } else { rings.share(self.value(0, m)) }))
            .map(|(x, y)| (x, Some(y)))
            .collect();
        Drawing { height: cy + radius + if longest > 0.0 { 28.0 } else { 8.0 } + below, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let row = |m: usize| {
            std::iter::once(Cell::text(self.measures[m].clone()))
                .chain(self.things.iter().map(|t| Cell::number(t.values.get(m).copied().flatten())))
                .collect()
        };
        Table {
            columns: std::iter::once(String::new()).chain(self.things.iter().map(|t| t.name.clone())).collect(),
            rows: (0..self.measures.len()).map(row).collect(),
        }
    }
}

/// Where the names of measures stand, each with its side: beyond its spoke, apart from its neighbours on that side. Where
/// there are more than fit, only some of them are named.
fn named(count: usize, beyond: &dyn Fn(usize) -> (f64, f64), (cx, cy): (f64, f64), radius: f64) -> Vec<(usize, &'static str, f64, f64)> {
    let most = (radius * 4.0 / LINE) as usize;
    let side = |x: f64| {
        if (x - cx).abs() < 8.0 {
            "middle"
        } else if x > cx {
            "start"
        } else {
            "end"
        }
    };
    let mut all: Vec<_> = (0..count).step_by(count.div_ceil(most).max(1)).map(|m| (m, beyond(m))).map(|(m, (x, y))| (m, side(x), x, y)).collect();
    for one in ["start", "end"] {
        let wanted: Vec<f64> = all.iter().filter(|(_, side, ..)| *side == one).map(|(.., y)| *y).collect();
        let places = apart(&wanted, LINE, cy - radius + 4.0, cy + radius - 4.0);
        for (place, (.., y)) in places.into_iter().zip(all.iter_mut().filter(|(_, side, ..)| *side == one)) {
            *y = place;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_largest_reaches_furthest() {
        let radar = Radar::new(["Price", "Care", "Speed"].map(String::from).to_vec()).with("We", &[4.0, 1.0, 2.0]).with("They", &[1.0, 4.0, 4.0]);
        let drawing = radar.draw(720.0);
        assert_eq!(drawing.at[0].1, Some(26.0), "the first measure points upwards, to the outermost ring");
        assert!(drawing.body.into_string().contains(">They<"));
        let many = named(40, &|m| (100.0 + (f64::from(m as u32) - 10.0) * 9.0, f64::from(m as u32)), (100.0, 100.0), 88.0);
        assert!(many.len() <= 23 && many.windows(2).all(|two| two[0].1 != two[1].1 || two[1].3 - two[0].3 > 14.9), "{many:?}");
        assert_eq!(radar.table().csv(), ",We,They\nPrice,4,1\nCare,1,4\nSpeed,2,4\n");
    }
}
