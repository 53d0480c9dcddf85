//! What hangs on what, from left to right: an estimate's parts, an objective's bets.

use super::{
    Drawing, Figure, SIZE,
    label::{fitted, width as text_width},
    px,
    table::{Cell, Table},
};
use maud::html;

/// One knot with what hangs on it.
#[derive(Clone, Debug, Default)]
pub struct Node {
    pub name: String,
    /// A figure or word beside its name.
    pub says: String,
    pub below: Vec<Node>,
}

impl Node {
    pub fn new(name: impl Into<String>, says: impl Into<String>, below: Vec<Node>) -> Node {
        Node { name: name.into(), says: says.into(), below }
    }

    fn depth(&self) -> usize {
        1 + self.below.iter().map(Node::depth).max().unwrap_or(0)
    }
}

impl Node {
    /// How wide the widest knot has to be, to be read whole.
    fn needs(&self) -> f64 {
        let own = text_width(&self.name, SIZE) + text_width(&self.says, SIZE) + 30.0;
        self.below.iter().map(Node::needs).fold(own, f64::max)
    }
}

/// A tree by its root.
#[derive(Clone, Debug)]
pub struct Tree(Node);

/// A knot in its place.
struct Placed<'a> {
    node: &'a Node,
    depth: usize,
    y: f64,
    parent: Option<usize>,
}

const ROW: f64 = 40.0;
const HIGH: f64 = 32.0;
/// Deeper than this, or narrower than a knot can be read, what hangs on a knot stands below it, drawn in.
const NARROWEST: f64 = 120.0;
/// Longer names are cut rather than drawn in.
const MOST_NEEDED: f64 = 320.0;
/// A knot is no wider than it has to be, from here on.
const WIDE: f64 = 230.0;

impl Tree {
    pub fn new(root: Node) -> Tree {
        Tree(root)
    }

    /// Every knot with its place: leaves one below the other, others in the middle of theirs. Drawn in, each has a row.
    fn placed(&self, drawn_in: bool) -> (Vec<Placed<'_>>, f64) {
        fn walk<'a>(node: &'a Node, depth: usize, parent: Option<usize>, row: &mut f64, drawn_in: bool, all: &mut Vec<Placed<'a>>) {
            let at = all.len();
            all.push(Placed { node, depth, y: *row, parent });
            if drawn_in || node.below.is_empty() {
                *row += 1.0;
            }
            let first = all.len();
            for below in &node.below {
                walk(below, depth + 1, Some(at), row, drawn_in, all);
            }
            if !drawn_in && !node.below.is_empty() {
                let children: Vec<f64> = all[first..].iter().filter(|p| p.parent == Some(at)).map(|p| p.y).collect();
                all[at].y = (children.first().unwrap_or(&0.0) + children.last().unwrap_or(&0.0)) / 2.0;
            }
        }
        let (mut all, mut rows) = (vec![], 0.0);
        walk(&self.0, 0, None, &mut rows, drawn_in, &mut all);
        (all, rows)
    }
}

impl Figure for Tree {
    fn draw(&self, width: f64) -> Drawing {
        let depth = self.0.depth() as f64;
        let gap = 28.0;
        let beside = (width - gap * (depth - 1.0)) / depth;
        let drawn_in = beside < NARROWEST || beside < self.0.needs().min(MOST_NEEDED);
        let (all, rows) = self.placed(drawn_in);
        let step = if drawn_in { 18.0_f64.min(width / 3.0 / depth) } else { beside + gap };
        let x = |p: &Placed| p.depth as f64 * step;
        let wide = |p: &Placed| if drawn_in { width - x(p) - 1.0 } else { beside.min(self.0.needs().max(WIDE)) };
        let y = |p: &Placed| p.y * ROW + 2.0;
        let body = html! {
            @for p in &all { @if let Some(parent) = p.parent.map(|at| &all[at]) {
                @let (from, to) = (y(parent) + HIGH / 2.0, y(p) + HIGH / 2.0);
                @if drawn_in { path.branch d={ "M" (px(x(parent) + 8.0)) " " (px(y(parent) + HIGH)) "V" (px(to)) "H" (px(x(p))) } {} }
                @else { @let (a, b) = (x(parent) + wide(parent), x(p)); @let m = (a + b) / 2.0;
                    path.branch d={ "M" (px(a)) " " (px(from)) "C" (px(m)) " " (px(from)) " " (px(m)) " " (px(to)) " " (px(b)) " " (px(to)) } {} }
            } }
            @for p in &all {
                rect.knot x=(px(x(p) + 0.5)) y=(px(y(p))) width=(px(wide(p))) height=(HIGH) rx="6" {}
                // The figure has what the name leaves, and half at least.
                @let says = fitted(&p.node.says, SIZE, (wide(p) * 0.5).max(wide(p) - 26.0 - text_width(&p.node.name, SIZE)));
                @let room = wide(p) - 18.0 - if says.is_empty() { 0.0 } else { text_width(&says, SIZE) + 8.0 };
                text dir="auto" x=(px(x(p) + 9.0)) y=(px(y(p) + HIGH / 2.0 + 4.0)) { (fitted(&p.node.name, SIZE, room)) }
                text.quiet.end x=(px(x(p) + wide(p) - 9.0)) y=(px(y(p) + HIGH / 2.0 + 4.0)) { (says) }
            }
        };
        let at = all.iter().map(|p| (x(p) + 1.0, Some(y(p) + HIGH / 2.0))).collect();
        Drawing { height: rows * ROW, body, at, of_row: 1 }
    }

    fn table(&self) -> Table {
        let (all, _) = self.placed(true);
        let row = |p: &Placed| {
            vec![
                Cell::both(format!("{}{}", "\u{2003}".repeat(p.depth), p.node.name), p.node.name.clone()),
                Cell::text(p.node.says.clone()),
                Cell::text(p.parent.map_or("", |at| &all[at].node.name)),
            ]
        };
        Table { columns: vec!["Name".into(), String::new(), "Part of".into()], rows: all.iter().map(row).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_knot_stands_in_the_middle_of_what_hangs_on_it() {
        let leaf = |name: &str| Node::new(name, "", vec![]);
        let tree = Tree::new(Node::new("root", "9", vec![Node::new("a", "", vec![leaf("a1"), leaf("a2")]), leaf("b")]));
        let (all, rows) = tree.placed(false);
        assert_eq!(all.iter().map(|p| p.y).collect::<Vec<_>>(), [1.25, 0.5, 0.0, 1.0, 2.0]);
        assert_eq!(rows, 3.0);
        assert_eq!(tree.placed(true).1, 5.0, "drawn in, each has a row");
        assert!(tree.table().csv().contains("a1,,a\n"));
    }
}
