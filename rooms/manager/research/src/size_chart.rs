//! The estimate of a market as a tree.

use crate::{answers::*, words::with_unit};
use web::chart::{Chart, Node, Tree};

/// One way as a tree: each line with its middle, what decides most marked and named.
pub(crate) fn tree(title: &str, way: &Way, name: &str, address: String) -> Chart {
    let mut rest = way.parts.as_slice();
    let mut roots = vec![];
    while let Some(part) = rest.first() {
        roots.push(node(&mut rest, part.depth, way));
    }
    let root = match roots.len() {
        1 => roots.swap_remove(0),
        _ => Node::new(title, "", roots),
    };
    let told = match &way.decides {
        Some(most) => format!(
            "What decides most is {}: alone it moves {} from {} to {}.",
            most.input,
            most.size,
            with_unit(most.low, &most.unit),
            with_unit(most.high, &most.unit)
        ),
        None => "Nothing in it is uncertain.".to_owned(),
    };
    Chart::of(name, Tree::new(root)).told(told).taken_from(address)
}

/// The next part with all that lies below it.
fn node(rest: &mut &[Part], depth: usize, way: &Way) -> Node {
    let Some((part, after)) = rest.split_first() else { return Node::default() };
    *rest = after;
    let mut below = vec![];
    while rest.first().is_some_and(|next| next.depth > depth) {
        below.push(node(rest, depth + 1, way));
    }
    let most = way.decides.as_ref().is_some_and(|most| most.input == part.amount.name);
    let name = if most { format!("▸ {}", part.amount.name) } else { part.amount.name.clone() };
    // “shops” need not say that they are counted in shops.
    let unit = if part.amount.name.starts_with(&part.amount.unit) { "" } else { part.amount.unit.as_str() };
    Node::new(name, with_unit(part.amount.middle, unit), below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_decides_most_is_named_and_marked() {
        let found =
            crate::sizing::of("shops = 10k to 12k shops\neach = 100 to 900 EUR/shop/year\nTAM = shops * each\nSOM = 2k EUR/year", "").unwrap();
        let chart = tree("Cargo bikes", &found.bottom_up, "Bottom-up", "market-size/below".into());
        let csv = chart.csv();
        assert!(csv.contains("▸ each") && csv.contains("shops,11k,TAM"), "{csv}");
        assert!(csv.contains("Cargo bikes"), "what does not hang together stands under the market’s name: {csv}");
    }
}
