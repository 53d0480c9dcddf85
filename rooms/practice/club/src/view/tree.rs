//! A member's model as a tree, read as the language of estimates reads it: a unit that is called like a line is none.

use estimate::Model;
use web::{
    Markup,
    chart::{Chart, Node, Tree},
};

/// So much of a tree is drawn, and so deep.
const MOST: usize = 60;
const DEEPEST: usize = 10;

/// The tree below `answer`; nothing of a model that cannot be read, or of a line alone.
pub(super) fn tree(text: &str) -> Option<Markup> {
    let model = Model::parse(text).ok()?;
    let root = grown(&model, text, model.line("answer")?);
    (!root.below.is_empty()).then(|| Chart::of("Your tree", Tree::new(root)).view())
}

fn grown(model: &Model, text: &str, answer: usize) -> Node {
    let all = model.tree(answer);
    let drawn: Vec<(usize, usize)> = all.iter().filter(|(_, depth)| *depth < DEEPEST).take(MOST).copied().collect();
    let rest = all.len() - drawn.len();
    let mut root = node(model, text, &mut drawn.as_slice(), 0);
    if rest > 0 {
        root.below.push(Node::new(format!("and {} more", web::several(rest, "line")), "", vec![]));
    }
    root
}

/// The next line with all that lies below it.
fn node(model: &Model, text: &str, rest: &mut &[(usize, usize)], depth: usize) -> Node {
    let Some(((at, _), after)) = rest.split_first() else { return Node::default() };
    *rest = after;
    let mut below = vec![];
    while rest.first().is_some_and(|(_, next)| *next > depth) {
        below.push(node(model, text, rest, depth + 1));
    }
    let line = &model.lines()[*at];
    // A guess may stand within a line that uses others.
    let guesses = line.uses.is_empty() || model.leaves().iter().any(|leaf| leaf.line == *at);
    let says = if guesses { web::clipped(written(text, line.at.line), 40) } else { String::new() };
    Node::new(line.name.replace('_', " "), says, below)
}

/// What a line of a text says it is.
fn written(text: &str, line: usize) -> &str {
    let line = line.checked_sub(1).and_then(|at| text.lines().nth(at)).unwrap_or("");
    let line = line.split("--").next().unwrap_or("");
    line.split_once('=').map_or("", |(_, of)| of.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(node: &Node, depth: usize, out: &mut Vec<String>) {
        out.push(format!("{}{} {}", " ".repeat(depth), node.name, node.says).trim_end().to_owned());
        node.below.iter().for_each(|below| outline(below, depth + 1, out));
    }

    fn drawn(text: &str) -> Vec<String> {
        let model = Model::parse(text).unwrap();
        let mut out = vec![];
        outline(&grown(&model, text, model.line("answer").unwrap()), 0, &mut out);
        out
    }

    /// The unit of `requests` is called like the line `talks`, and was drawn as a circle.
    #[test]
    fn a_unit_is_no_line() {
        let text = "requests = 195k talks/month -- brief\nshare = 0.3 to 0.5\ntalks = requests * share\nanswer = talks * 2 EUR/talk in EUR/month";
        assert_eq!(drawn(text), ["answer", " talks", "  requests 195k talks/month", "  share 0.3 to 0.5"]);
    }

    #[test]
    fn a_guess_within_a_line_is_shown_there() {
        let text = "people = 30k people\nadults = people * (62 % to 67 %) -- by age\nanswer = adults";
        assert_eq!(drawn(text), ["answer", " adults people * (62 % to 67 %)", "  people 30k people"]);
    }

    #[test]
    fn however_large_a_model_is_so_much_is_drawn() {
        let deep: String = (0..60).map(|n| format!("a{n} = a{} + 1\n", n + 1)).collect();
        let deep = drawn(&format!("answer = a0\n{deep}a60 = 1 to 2"));
        assert_eq!((deep.len(), deep.last().map(String::as_str)), (DEEPEST + 1, Some(" and 52 lines more")));
        let wide: String = (0..100).map(|n| format!("b{n} = 1 to 2\n")).collect();
        let all: Vec<String> = (0..100).map(|n| format!("b{n}")).collect();
        let wide = drawn(&format!("{wide}answer = {}", all.join(" + ")));
        assert_eq!(wide.len(), MOST + 1);
        // Each line uses the one before twice over: by its ways there are two to the fortieth.
        let doubled: String = (0..40).map(|n| format!("c{n} = c{} * d{n}\nd{n} = c{} + 1\n", n + 1, n + 1)).collect();
        assert!(drawn(&format!("answer = c0\n{doubled}c40 = 1 to 2")).len() <= MOST + 1);
    }
}
