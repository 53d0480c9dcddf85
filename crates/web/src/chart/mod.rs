//! Charts. A page says what its figures are, in words and numbers; the kit draws them: once wide and once narrow, of
//! which the style shows the one that fits, with round values at the axes, labels that keep apart, the exact value under
//! the pointer and for arrow keys, the same as a table, and both to take along.
//!
//! ```
//! use web::chart::{Across, Chart, Plot, Series};
//! // What is left of a sprint of three days.
//! let left = Plot::new(Across::Days { days: vec![20_780, 20_781, 20_782], today: 20_782 }, "Points")
//!     .with(Series::line("Left", &[21.0, 13.0, 8.0]))
//!     .with(Series::steps("Scope", &[21.0, 21.0, 26.0]).quiet());
//! let chart = Chart::of("Burndown", left).told("8 of 26 points are left.").taken_from("burndown?sprint=7");
//! assert!(chart.view().into_string().contains("<figure class=\"chart\""));
//! assert_eq!(chart.csv().lines().nth(1), Some("2026-11-23,21,21"));
//! ```

mod dots;
mod field;
mod frame;
mod histogram;
mod label;
mod marks;
mod matrix;
mod plane;
mod plot;
mod radar;
mod rings;
mod scale;
mod series;
mod spans;
mod table;
mod timeline;
mod tree;
mod zoom;

pub use dots::Dots;
pub use field::{Field, Placed};
pub use histogram::histogram;
pub use label::fitted;
pub use matrix::Matrix;
pub use plane::{Measured, Plane, Region};
pub use plot::{Across, Plot};
pub use radar::Radar;
pub use rings::{Blip, Rings};
pub use series::{Series, Tone};
pub use spans::{Span, Spans};
pub use table::Table;
pub use timeline::{Lane, Stand, Timeline, Window};
pub use tree::{Node, Tree};
pub use zoom::Zoom;

use crate::text::encode;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use maud::{Markup, PreEscaped, html};
use std::fmt::Write;

/// Widths that a chart is drawn in; the style shows the one that its place has room for.
const WIDE: f64 = 720.0;
const NARROW: f64 = 344.0;
/// The size of words in a chart.
const SIZE: f64 = 12.0;

/// What can be drawn.
pub trait Figure {
    /// In a width.
    fn draw(&self, width: f64) -> Drawing;
    /// The same as a table: what is behind it, and what each of its marks says.
    fn table(&self) -> Table;
}

/// A drawing of one width.
pub struct Drawing {
    pub height: f64,
    pub body: Markup,
    /// Where the marks of each row of the table stand; without a second part it is a line from top to bottom.
    pub at: Vec<(f64, Option<f64>)>,
    /// So many marks belong to each row of the table, one for each of its figures; usually one says them all.
    pub of_row: usize,
}

/// A figure with its name, a sentence that says what it shows, and where it is taken from.
pub struct Chart {
    name: String,
    told: String,
    figure: Box<dyn Figure>,
    take: Option<String>,
}

impl Chart {
    pub fn of(name: impl Into<String>, figure: impl Figure + 'static) -> Chart {
        Chart { name: name.into(), told: String::new(), figure: Box::new(figure), take: None }
    }

    /// What it shows, in a sentence: it is read where the drawing is not seen.
    pub fn told(mut self, told: impl Into<String>) -> Chart {
        self.told = told.into();
        self
    }

    /// The page's address that answers with [`Chart::file`], without its ending: `reports/burndown?sprint=7`.
    pub fn taken_from(mut self, address: impl Into<String>) -> Chart {
        self.take = Some(address.into());
        self
    }

    /// As a part of a page, taken from an address that only the page knows.
    pub fn view_taken_from(&self, address: &str) -> Markup {
        self.shown(Some(address))
    }

    /// As a part of a page.
    pub fn view(&self) -> Markup {
        self.shown(self.take.as_deref())
    }

    fn shown(&self, take: Option<&str>) -> Markup {
        let table = self.figure.table();
        let caption = html! { figcaption { h3 dir="auto" { (self.name) } @if !self.told.is_empty() { p dir="auto" { (self.told) } } } };
        if table.rows.is_empty() {
            return html! { figure.chart { (caption) p.chart-none { "There are no figures yet." } } };
        }
        html! { figure.chart {
            (caption)
            div.chart-wide { (self.svg(WIDE, "")) }
            div.chart-narrow { (self.svg(NARROW, "")) }
            div.chart-foot {
                details.more.chart-table { summary { "As a table" } div.scroll tabindex="0" role="region" aria-label={ (self.name) " as a table" } { (table.view()) } }
                @if let Some(take) = take { p.chart-take { "Download " a href=(ending(take, "csv")) download { "CSV" } " " a href=(ending(take, "svg")) download { "SVG" } } }
            }
        } }
    }

    fn svg(&self, width: f64, style: &str) -> Markup {
        let drawing = self.figure.draw(width);
        let mut at = String::with_capacity(drawing.at.len() * 8);
        for (x, y) in &drawing.at {
            let _ = match y {
                Some(y) => write!(at, "{},{} ", x.round() as i64, y.round() as i64),
                None => write!(at, "{} ", px(*x)),
            };
        }
        html! { svg viewBox={ "0 0 " (width) " " (drawing.height) } role="img" aria-label={ (self.name) ". " (self.told) } data-chart=(at.trim_end()) data-of-row=[(drawing.of_row > 1).then_some(drawing.of_row)] xmlns="http://www.w3.org/2000/svg" {
            @if !style.is_empty() { style { (PreEscaped(style)) } rect.ground width="100%" height="100%" {} }
            (drawing.body)
        } }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The sentence that it is told by.
    pub fn says(&self) -> &str {
        &self.told
    }

    /// What is behind it.
    pub fn table(&self) -> Table {
        self.figure.table()
    }

    /// The table behind it, for programs.
    pub fn csv(&self) -> String {
        self.figure.table().csv()
    }

    /// The drawing alone, with its colours.
    pub fn drawing(&self) -> String {
        self.svg(WIDE, ALONE).into_string()
    }

    /// As a file that is taken along; `None` for an ending that is neither `csv` nor `svg`.
    pub fn file(&self, ending: &str) -> Option<Response> {
        let (kind, body) = match ending {
            "csv" => ("text/csv; charset=utf-8", format!("\u{feff}{}", self.csv())),
            "svg" => ("image/svg+xml", self.drawing()),
            _ => return None,
        };
        let named = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}.{ending}", encode(&self.name))).ok()?;
        Some(([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, named)], body).into_response())
    }
}

/// An address with an ending before its question mark.
fn ending(address: &str, ending: &str) -> String {
    match address.split_once('?') {
        Some((path, query)) => format!("{path}.{ending}?{query}"),
        None => format!("{address}.{ending}"),
    }
}

/// The colours of a drawing that leaves its page: those of the light one.
const ALONE: &str = include_str!("../../assets/chart.svg.css");

/// A number as a drawing needs it: to a tenth. Whole numbers are written much faster than others.
pub(crate) fn px(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    let (sign, whole, rest) = (if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10);
    if rest == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}
