//! Figures over something that goes across: days, names, bands of a measure.

use super::{
    Drawing, Figure,
    frame::{FOOT, Frame, GAP, TOP},
    label::apart,
    px, scale,
    series::{Mark, Series, Tone},
    table::{Cell, Table},
};
use crate::telling::figure;
use maud::html;

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
    pub(super) across: Across,
    /// What is measured upwards: "Points".
    pub(super) up: String,
    pub(super) series: Vec<Series>,
    pub(super) stacked: bool,
    pub(super) rules: Vec<(f64, String)>,
}

/// What a value of a series stands on and reaches up to; none where nothing is known.
pub(super) type Reach = Option<(f64, f64)>;

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

    pub(super) fn len(&self) -> usize {
        match &self.across {
            Across::Days { days, .. } => days.len(),
            Across::Names(names) => names.len(),
            Across::Bands { edges, .. } => edges.len().saturating_sub(1),
        }
    }

    pub(super) fn has_bars(&self) -> bool {
        self.series.iter().any(|s| s.mark == Mark::Bar)
    }

    /// Where the nth place begins and ends across; both the same where it has no width.
    pub(super) fn place(&self, n: usize) -> (f64, f64) {
        match &self.across {
            Across::Days { days, .. } if self.has_bars() => (f64::from(days[n]) - 0.5, f64::from(days[n]) + 0.5),
            Across::Days { days, .. } => (f64::from(days[n]), f64::from(days[n])),
            Across::Names(_) => (n as f64, n as f64 + 1.0),
            Across::Bands { edges, .. } => (edges[n], edges[n + 1]),
        }
    }

    pub(super) fn middle(&self, n: usize) -> f64 {
        let (from, to) = self.place(n);
        (from + to) / 2.0
    }

    /// For each series what its values stand on and reach up to. What is below zero hangs below, as what is above it
    /// stands above.
    pub(super) fn reaches(&self) -> Vec<Vec<Reach>> {
        let (mut above, mut below) = (vec![0.0; self.len()], vec![0.0; self.len()]);
        let reach = |s: &Series| {
            let stands = self.stacked || s.mark == Mark::Bar;
            let value = |n: usize| {
                let value = s.values.get(n).copied().flatten()?;
                let pile = if value < 0.0 { &mut below[n] } else { &mut above[n] };
                let from = if stands { *pile } else { 0.0 };
                if stands {
                    *pile += value;
                }
                Some((from, from + value))
            };
            (0..self.len()).map(value).collect()
        };
        self.series.iter().map(reach).collect()
    }

    pub(super) fn tone(&self, n: usize) -> Tone {
        let before = self.series[..n].iter().filter(|s| s.tone.is_none()).count();
        self.series[n].tone.unwrap_or(Tone::nth(before))
    }
}

impl Figure for Plot {
    fn draw(&self, width: f64) -> Drawing {
        let reaches = self.reaches();
        let ends = self.ends(width, &reaches);
        let frame = Frame::of(self, width, &reaches, &ends);
        let places = apart(&ends.iter().map(|end| frame.y(end.at)).collect::<Vec<_>>(), GAP, frame.top, frame.bottom);
        let over = self.rule_rows(|at| frame.x(at), frame.right);
        let beside = self.beside(&frame, &ends, &reaches);
        let body = html! {
            (self.axes(&frame, width))
            @for (n, reach) in reaches.iter().enumerate().rev() { (self.drawn(&frame, n, reach)) }
            @for rule in &over {
                @let y = |row: usize| TOP + row as f64 * GAP;
                path.rule d={ "M" (px(rule.at)) " " (px(y(rule.begins) + 2.0)) "V" (px(frame.bottom)) } {}
                text.rule-says.end[rule.back] x=(px(if rule.back { rule.at - 4.0 } else { rule.at + 4.0 })) y=(px(y(rule.row) + 11.0)) { (rule.says) }
            }
            @for ((end, y), beside) in ends.iter().zip(places).zip(&beside) { text.(end.tone.class()) dir="auto" x=(px(*beside)) y=(px(y + 4.0)) { (end.says) } }
        };
        let at = (0..self.len()).map(|n| (frame.x(self.middle(n)), None)).collect();
        Drawing { height: frame.bottom + FOOT, body, at, of_row: 1 }
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
        let plot = plot.with(Series::bars("z", &[-2.0])).with(Series::bars("w", &[-1.0]));
        assert_eq!(plot.reaches()[2..], [vec![Some((0.0, -2.0))], vec![Some((-2.0, -3.0))]], "what is below zero hangs from it");
    }

    #[test]
    fn names_of_bars_lie_over_no_bar() {
        // On a wide page there is room for a name within the last bar, and behind an early end within the next.
        let plot = Plot::new(Across::Names(["2026 Q3", "2026 Q4"].map(String::from).to_vec()), "Bets");
        let plot = plot.with(Series::bars("Met", &[2.0, 3.0])).with(Series::bars("Missed", &[1.0, f64::NAN]));
        let reaches = plot.reaches();
        let ends = plot.ends(1400.0, &reaches);
        let frame = Frame::of(&plot, 1400.0, &reaches, &ends);
        let stand = plot.beside(&frame, &ends, &reaches);
        assert!(stand.iter().all(|at| *at >= frame.right), "{stand:?} within {}", frame.right);
    }

    #[test]
    fn what_is_known_of_one_place_alone_is_seen() {
        let alone = |values: &[f64]| {
            let days = (0..values.len() as i32).collect();
            drawn(&Plot::new(Across::Days { days, today: 0 }, "n").with(Series::area("x", values))).matches("h0").count()
        };
        assert_eq!((alone(&[3.0]), alone(&[3.0, f64::NAN, 1.0, 2.0]), alone(&[3.0, 2.0])), (1, 1, 0));
    }

    #[test]
    fn an_area_has_the_gaps_of_its_line() {
        let plot = Plot::new(Across::Names(["a", "b", "c", "d", "e"].map(String::from).to_vec()), "n");
        let plot = plot.with(Series::area("x", &[1.0, 2.0, f64::NAN, 2.0, 1.0]));
        assert_eq!(drawn(&plot).matches('Z').count(), 2);
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
        let long = Plot::new(Across::Names(vec!["a".into()]), "n").rule(0.5, "as likely as not by 9 April, unless the winter is long");
        let rows = long.rule_rows(|_| 100.0, 180.0);
        assert!(rows[0].back && rows[0].says.ends_with('…'), "words stay within the drawing");
    }
}
