//! Figures by two lists of names: the darker the more.

use super::{
    Drawing, Figure, SIZE,
    label::{fitted, width as text_width},
    px,
    table::{Cell, Table},
};
use crate::telling::figure;
use maud::html;

/// Rows and columns by name, and a figure where they meet.
#[derive(Clone, Debug)]
pub struct Matrix {
    rows: Vec<String>,
    columns: Vec<String>,
    cells: Vec<Vec<Option<f64>>>,
}

/// So many shades there are.
const SHADES: f64 = 5.0;
/// More rows than so many are drawn lower.
const MANY: usize = 16;

impl Matrix {
    pub fn new(rows: Vec<String>, columns: Vec<String>, cells: Vec<Vec<Option<f64>>>) -> Matrix {
        Matrix { rows, columns, cells }
    }

    fn cell(&self, row: usize, column: usize) -> Option<f64> {
        self.cells.get(row).and_then(|row| row.get(column)).copied().flatten().filter(|v| v.is_finite())
    }
}

impl Figure for Matrix {
    fn draw(&self, width: f64) -> Drawing {
        let known = || self.cells.iter().flatten().flatten().copied().filter(|v| v.is_finite());
        let (low, high) = known().fold((0.0_f64, 0.0_f64), |(low, high), v| (low.min(v), high.max(v)));
        let left = self.rows.iter().map(|name| text_width(name, SIZE)).fold(0.0, f64::max).min(width * 0.34) + 10.0;
        let across = (width - left) / self.columns.len().max(1) as f64;
        let (top, down) = (22.0, if self.rows.len() > MANY { 20.0 } else { 30.0 });
        // Names of columns as far as there is room; where that is little, only some of them.
        let every = (34.0 / across).ceil().max(1.0) as usize;
        let between = if across < 12.0 { 1.0 } else { 2.0 };
        let shade = |value: f64| if high > low { ((value - low) / (high - low) * (SHADES - 1.0)).round() } else { 0.0 };
        let place = |row: usize, column: usize| (left + across * column as f64, top + down * row as f64);
        let body = html! {
            g.axis {
                @for (n, name) in self.columns.iter().enumerate().step_by(every) {
                    @let name = fitted(name, SIZE, across * every as f64 - 4.0);
                    @let middle = left + across * (n as f64 + 0.5);
                    // Of some of them the last may have its room beyond the edge.
                    @if middle + text_width(&name, SIZE) / 2.0 <= width { text.middle x=(px(middle)) y="14" { (name) } } }
                @for (n, name) in self.rows.iter().enumerate() { text.end x=(px(left - 8.0)) y=(px(top + down * (n as f64 + 0.5) + 4.0)) { (fitted(name, SIZE, left - 10.0)) } }
            }
            @for row in 0..self.rows.len() { @for column in 0..self.columns.len() { @let value = self.cell(row, column); @let (x, y) = place(row, column);
                rect class={ "cell " @match value { Some(value) => { "s" (shade(value)) } None => "none" } } x=(px(x + between / 2.0)) y=(px(y + 1.0)) width=(px((across - between).max(1.0))) height=(px(down - 2.0)) rx="3" {}
                @if let Some(value) = value { @let says = figure(value); @if text_width(&says, SIZE) < across - 4.0 {
                    text.middle.on-dark[shade(value) >= 3.0] x=(px(x + across / 2.0)) y=(px(y + down / 2.0 + 4.0)) { (says) } } }
            } }
        };
        let cells = (0..self.rows.len()).flat_map(|row| (0..self.columns.len()).map(move |column| (row, column)));
        let at = cells.map(|(row, column)| place(row, column)).map(|(x, y)| (x + across / 2.0, Some(y + down / 2.0))).collect();
        Drawing { height: top + down * self.rows.len() as f64 + 2.0, body, at, of_row: self.columns.len() }
    }

    fn table(&self) -> Table {
        let row = |n: usize| {
            std::iter::once(Cell::text(self.rows[n].clone())).chain((0..self.columns.len()).map(|c| Cell::number(self.cell(n, c)))).collect()
        };
        Table { columns: std::iter::once(String::new()).chain(self.columns.iter().cloned()).collect(), rows: (0..self.rows.len()).map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_the_darker_and_nothing_is_nothing() {
        let matrix = Matrix::new(vec!["a".into(), "b".into()], vec!["x".into(), "y".into()], vec![vec![Some(0.0), Some(8.0)], vec![None]]);
        let drawn = matrix.draw(344.0).body.into_string();
        assert!(drawn.contains("cell s0") && drawn.contains("cell s4"), "{drawn}");
        assert_eq!(drawn.matches("cell none").count(), 2);
        assert_eq!(matrix.draw(344.0).at.len(), 4, "each cell is reached by itself");
        assert_eq!(matrix.table().csv(), ",x,y\na,0,8\nb,,\n");
    }
}
