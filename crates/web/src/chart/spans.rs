//! Bars from somewhere to somewhere, one below the other: what each guess does to an answer, how a change came about.

use super::{
    Drawing, Figure, SIZE,
    frame::GAP,
    label::{broken, fitted, width as text_width},
    px,
    scale::Axis,
    series::Tone,
    table::{Cell, Table},
};
use maud::html;

/// A bar with its name and with what is said at its end.
#[derive(Clone, Debug)]
pub struct Span {
    pub name: String,
    pub from: f64,
    pub to: f64,
    pub says: String,
    pub tone: Tone,
}

/// Bars over one axis, and a line that they are held against.
#[derive(Clone, Debug)]
pub struct Spans {
    across: String,
    spans: Vec<Span>,
    rule: Option<(f64, String)>,
}

const ROW: f64 = 40.0;
const HIGH: f64 = 14.0;
const TOP: f64 = 22.0;
const FOOT: f64 = 40.0;
/// So far a name stands from the line at the left.
const BESIDE: f64 = 6.0;

impl Spans {
    /// What goes across, and the bars in their order.
    pub fn new(across: impl Into<String>, spans: Vec<Span>) -> Spans {
        let known = spans.into_iter().filter(|span| span.from.is_finite() && span.to.is_finite()).collect();
        Spans { across: across.into(), spans: known, rule: None }
    }

    /// A line from top to bottom with words on it.
    pub fn rule(mut self, at: f64, says: impl Into<String>) -> Spans {
        self.rule = at.is_finite().then(|| (at, says.into()));
        self
    }
}

impl Figure for Spans {
    fn draw(&self, width: f64) -> Drawing {
        let ends = || self.spans.iter().flat_map(|span| [span.from, span.to]).chain(self.rule.iter().map(|(at, _)| *at));
        let (low, high) = ends().fold((f64::MAX, f64::MIN), |(low, high), end| (low.min(end), high.max(end)));
        let axis = Axis::round(low, high, if width > 500.0 { 7 } else { 4 }, false);
        let (left, right) = (6.0, width - 6.0);
        let x = |value: f64| left + axis.share(value) * (right - left);
        let bottom = TOP + self.spans.len() as f64 * ROW;
        let bar = |at: usize| TOP + at as f64 * ROW + 20.0;
        // Words on the line stand on the side with room.
        let said = |at: f64, says: &str| (at + text_width(says, SIZE) + 8.0 < right, fitted(says, SIZE, width - 20.0));
        let many = if text_width(&self.across, SIZE) > width { 2 } else { 1 };
        let across = broken(&self.across, SIZE, many).unwrap_or_else(|| vec![self.across.clone()]);
        let body = html! {
            g.axis {
                @for (value, says) in &axis.ticks { path.grid.zero[*value == 0.0] d={ "M" (px(x(*value))) " " (px(TOP)) "V" (px(bottom)) } {}
                    text class={ @if x(*value) > right - 20.0 { "end" } @else if x(*value) > left + 20.0 { "middle" } } x=(px(x(*value))) y=(px(bottom + 16.0)) { (says) } }
                @for (n, line) in across.iter().enumerate() { text.end x=(px(width)) y=(px(bottom + 34.0 + n as f64 * GAP)) { tspan dir="auto" { (fitted(line, SIZE, width)) } } }
            }
            @if let Some((at, says)) = &self.rule { @let (after, says) = said(x(*at), says);
                path.rule d={ "M" (px(x(*at))) " " (px(TOP - 4.0)) "V" (px(bottom)) } {}
                text class={ "rule-says" @if !after { " end" } } x=(px(x(*at) + if after { 4.0 } else { -4.0 })) y="12" { (says) } }
            @for (at, span) in self.spans.iter().enumerate() {
                @let (from, to) = (x(span.from.min(span.to)), x(span.from.max(span.to)));
                @let own = text_width(&span.says, SIZE) + 12.0;
                // Clear of the line of the axis that stands at the left.
                text dir="auto" x=(px(left + BESIDE)) y=(px(bar(at) - 5.0)) { (fitted(&span.name, SIZE, right - left - BESIDE - own)) }
                text.quiet.end x=(px(right)) y=(px(bar(at) - 5.0)) { (span.says) }
                rect class={ "bar " (span.tone.class()) } x=(px(from)) y=(px(bar(at))) width=(px((to - from).max(1.5))) height=(px(HIGH)) rx="2" {}
            }
        };
        let at = self.spans.iter().enumerate().map(|(n, span)| (x((span.from + span.to) / 2.0), Some(bar(n) + HIGH / 2.0))).collect();
        Drawing { height: bottom + FOOT + (across.len() - 1) as f64 * GAP, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let row = |span: &Span| {
            let says = Cell { number: true, ..Cell::text(span.says.clone()) };
            vec![Cell::text(span.name.clone()), Cell::number(Some(span.from)), Cell::number(Some(span.to)), says]
        };
        Table { columns: vec![String::new(), "From".into(), "To".into(), self.across.clone()], rows: self.spans.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_where_they_begin_and_end() {
        let span = |name: &str, from, to| Span { name: name.into(), from, to, says: "30".into(), tone: Tone::Main };
        let spans = Spans::new("Orders", vec![span("FR", 100.0, 70.0), span("DE", 70.0, f64::NAN)]).rule(80.0, "middle");
        let drawn = spans.draw(344.0);
        assert_eq!(drawn.at.len(), 1, "what is no number is not drawn");
        assert!(drawn.body.into_string().contains("bar c1"));
        assert_eq!(spans.table().csv(), ",From,To,Orders\nFR,100,70,30\n");
    }
}
