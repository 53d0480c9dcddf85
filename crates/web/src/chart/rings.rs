//! Things in rings around a centre, apart by sector: what is near stands near the middle.

use super::{
    Drawing, Figure, SIZE,
    dots::{beside, is_free},
    label::{fitted, width as text_width},
    px,
    table::{Cell, Table},
};
use maud::html;
use std::{collections::HashMap, f64::consts::TAU};

/// One thing in its ring and sector.
#[derive(Clone, Debug)]
pub struct Blip {
    pub name: String,
    pub sector: usize,
    pub ring: usize,
    /// From 0 to 2.
    pub size: u8,
    /// Nobody is sure of it: it is hollow.
    pub hollow: bool,
    /// Above 0 it grows, below 0 it fades.
    pub way: i8,
    /// What the table says of it, under the further columns.
    pub says: Vec<String>,
}

/// Rings from the middle outwards, sectors around it, and what stands there.
#[derive(Clone, Debug)]
pub struct Rings {
    rings: Vec<String>,
    sectors: Vec<String>,
    columns: Vec<String>,
    blips: Vec<Blip>,
}

/// How far beyond the outermost ring the name of a sector stands.
const BEYOND: f64 = 10.0;
/// How far the largest blip reaches.
const REACH: f64 = 9.0;

/// The name of a sector beyond the outermost ring: where its line begins, is in its middle or ends, as its side says.
struct Called<'a> {
    name: &'a str,
    at: f64,
    base: f64,
    side: &'static str,
}

impl Called<'_> {
    /// What it takes.
    fn area(&self) -> [f64; 4] {
        let long = text_width(self.name, SIZE);
        let left = match self.side {
            "middle" => self.at - long / 2.0,
            "start" => self.at,
            _ => self.at - long,
        };
        [left, self.base - SIZE + 1.0, left + long, self.base + 3.0]
    }
}

impl Rings {
    /// `columns` name what the table says of each thing besides its name.
    pub fn new(rings: Vec<String>, sectors: Vec<String>, columns: Vec<String>, blips: Vec<Blip>) -> Rings {
        let here = blips.into_iter().filter(|blip| blip.ring < rings.len() && blip.sector < sectors.len()).collect();
        Rings { rings, sectors, columns, blips: here }
    }

    /// The outer edge of a ring: all of them have the same room.
    fn edge(&self, ring: usize) -> f64 {
        ((ring + 1) as f64 / self.rings.len().max(1) as f64).sqrt()
    }

    /// The place of each thing as an angle and a share of the radius: those of one ring and sector apart from one another.
    fn places(&self) -> Vec<(f64, f64)> {
        let mut many: HashMap<(usize, usize), usize> = HashMap::new();
        for blip in &self.blips {
            *many.entry((blip.sector, blip.ring)).or_default() += 1;
        }
        let mut before: HashMap<(usize, usize), usize> = HashMap::new();
        let wide = TAU / self.sectors.len().max(1) as f64;
        let mut places = vec![];
        for blip in &self.blips {
            let cell = (blip.sector, blip.ring);
            let nth = before.entry(cell).or_default();
            let of = many.get(&cell).copied().unwrap_or(1);
            let inner = if blip.ring == 0 { 0.18 } else { self.edge(blip.ring - 1) };
            let (low, high) = (inner + 0.05, self.edge(blip.ring) - 0.05);
            // Neighbours stand at different distances, so that their names have room.
            let share = if of == 1 { 0.5 } else { [0.75, 0.2, 0.5][*nth % 3] };
            places.push((wide * (blip.sector as f64 + (*nth as f64 + 1.0) / (of as f64 + 1.0)), low + (high - low) * share));
            *nth += 1;
        }
        places
    }
}

impl Figure for Rings {
    fn draw(&self, width: f64) -> Drawing {
        let wide = TAU / self.sectors.len().max(1) as f64;
        // On a phone as large as leaves room for the name of each sector on its side.
        let room = |(n, name): (usize, &String)| (width / 2.0 - text_width(name, SIZE)) / (wide * (n as f64 + 0.5)).cos().abs() - BEYOND;
        let narrowest = self.sectors.iter().enumerate().map(room).fold(f64::INFINITY, f64::min);
        let radius = if width > 500.0 { 196.0 } else { narrowest.clamp(96.0, 150.0) };
        let (cx, cy) = (width / 2.0, radius + 26.0);
        let point = |angle: f64, share: f64| (cx + angle.cos() * radius * share, cy + angle.sin() * radius * share);
        let stand: Vec<(f64, f64)> = self.places().into_iter().map(|(angle, share)| point(angle, share)).collect();
        let named: Vec<(f64, f64, &str)> = stand.iter().zip(&self.blips).map(|((x, y), blip)| (*x, *y, blip.name.as_str())).collect();
        let sectors: Vec<Called> = (self.sectors.iter().enumerate())
            .map(|(n, name)| {
                let (at, y) = point(wide * (n as f64 + 0.5), 1.0 + BEYOND / radius);
                let side = if (at - cx).abs() < 8.0 {
                    "middle"
                } else if at > cx {
                    "start"
                } else {
                    "end"
                };
                // Below all of it where that is where the sector is.
                Called { name, at, base: y + if side == "middle" && y > cy { 10.0 } else { 3.0 }, side }
            })
            .collect();
        let mut taken: Vec<[f64; 4]> = sectors.iter().map(Called::area).collect();
        // The names of the rings stand along the last spoke, as far as they meet no name of a sector.
        let mut called: Vec<(f64, f64, &str)> = vec![];
        for (ring, name) in self.rings.iter().enumerate() {
            let (x, y) = point(wide * self.sectors.len().saturating_sub(1) as f64, self.edge(ring));
            let (x, y) = (x + 7.0, y + 12.0);
            let area = [x, y - 10.0, x + text_width(name, SIZE), y + 3.0];
            if is_free(area, &taken) {
                called.push((x, y, name.as_str()));
                taken.push(area);
            }
        }
        // The tip of what rises is above it, of what fades below.
        let tip = |is_there: bool| if is_there { REACH + 6.0 } else { REACH };
        let tips = |((x, y), blip): (&(f64, f64), &Blip)| [x - 5.0, y - tip(blip.way > 0), x + 5.0, y + tip(blip.way < 0)];
        taken.extend(stand.iter().zip(&self.blips).map(tips));
        let body = html! {
            g.axis {
                @for ring in (0..self.rings.len()).rev() { circle.ring cx=(px(cx)) cy=(px(cy)) r=(px(radius * self.edge(ring))) {} }
                @for sector in 0..self.sectors.len() { @let (x, y) = point(wide * sector as f64, 1.0); path.grid d={ "M" (px(cx)) " " (px(cy)) "L" (px(x)) " " (px(y)) } {} }
                @for Called { name, at, base, side } in &sectors {
                    @let room = match *side { "start" => width - at, "end" => *at, _ => radius * 2.0 };
                    text.(*side) dir="auto" x=(px(*at)) y=(px(*base)) { (fitted(name, SIZE, room)) }
                }
                @for (x, y, name) in &called { text.small x=(px(*x)) y=(px(*y)) { (name) } }
            }
            @for ((x, y), blip) in stand.iter().zip(&self.blips) {
                @let r = 4.0 + 2.0 * f64::from(blip.size.min(2));
                circle class={ "blip" @if blip.hollow { " hollow" } } cx=(px(*x)) cy=(px(*y)) r=(px(r)) {}
                @if blip.way != 0 { @let (from, to) = if blip.way > 0 { (y - r - 2.0, y - r - 6.0) } else { (y + r + 2.0, y + r + 6.0) };
                    path.way d={ "M" (px(x - 4.0)) " " (px(from)) "L" (px(*x)) " " (px(to)) "L" (px(x + 4.0)) " " (px(from)) } {} }
            }
            @for line in beside(&named, (0.0, width), (0.0, cy + radius + 8.0), REACH, taken) { text dir="auto" x=(px(line.at)) y=(px(line.base)) { (line.says) } }
        };
        Drawing { height: cy + radius + 24.0, body, at: stand.into_iter().map(|(x, y)| (x, Some(y))).collect(), of_row: 1 }
    }

    fn table(&self) -> Table {
        let row = |blip: &Blip| {
            let place = [blip.name.clone(), self.sectors[blip.sector].clone(), self.rings[blip.ring].clone()];
            place.into_iter().chain(blip.says.iter().cloned()).map(Cell::text).collect()
        };
        let columns = ["", "About", "When"].map(str::to_owned).into_iter().chain(self.columns.iter().cloned()).collect();
        Table { columns, rows: self.blips.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_stands_near_the_middle_and_nothing_on_another() {
        let blip = |name: &str, sector, ring| Blip { name: name.into(), sector, ring, size: 1, hollow: false, way: 1, says: vec!["high".into()] };
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let all = vec![blip("a", 0, 0), blip("b", 0, 2), blip("c", 0, 2), blip("d", 0, 2), blip("gone", 9, 0)];
        let rings = Rings::new(words(&["Now", "Soon", "Later"]), words(&["Rules", "Market"]), words(&["Impact"]), all);
        let places = rings.places();
        assert_eq!(places.len(), 4, "what has no sector is not drawn");
        assert!(places[0].1 < rings.edge(0) && places[1..].iter().all(|(_, share)| *share > rings.edge(1)));
        assert!(places.windows(2).all(|two| two[0] != two[1]));
        assert_eq!(rings.table().csv(), ",About,When,Impact\na,Rules,Now,high\nb,Rules,Later,high\nc,Rules,Later,high\nd,Rules,Later,high\n");
        assert_eq!(rings.draw(344.0).at.len(), 4);
        let long = [
            ("Businesses have to send electronic bills", 0, 1),
            ("Scooter companies try cargo bikes", 1, 0),
            ("Subsidies for private cargo bikes end", 2, 0),
        ];
        let rings = Rings::new(
            words(&["Now", "Soon", "Later"]),
            words(&["Rules", "Market", "Economy"]),
            vec![],
            long.map(|(name, sector, ring)| blip(name, sector, ring)).into(),
        );
        let drawn = rings.draw(344.0).body.into_string();
        assert!(!drawn.contains('…') && drawn.contains(">send electronic bills<"), "a name breaks before it is cut: {drawn}");
    }
}
