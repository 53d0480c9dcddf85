//! Estimates drawn: the distribution, what each guess does to it, and the model as a tree.

use crate::{answers::*, work::Worked};
use research::{amount, with_unit};
use web::{
    chart::{Across, Chart, Node, Plot, Series, Span, Spans, Tone, Tree},
    several,
    telling::percent,
};

/// So many guesses are drawn; the others hardly matter.
const MOST_DRAWN: usize = 12;

/// How likely which value is; nothing where it is certain.
pub(crate) fn spread(worked: &Worked) -> Option<Chart> {
    let answer = &worked.told.answer;
    let (first, last) = (worked.bands.first()?, worked.bands.last()?);
    let mut edges: Vec<f64> = worked.bands.iter().map(|band| band.low).collect();
    edges.push(last.high);
    let shares: Vec<f64> = worked.bands.iter().map(|band| 100.0 * band.share).collect();
    // Within the interval in the main tone, its ends in the quiet one.
    let within = |low: f64, high: f64| (low + high) / 2.0 >= answer.low && (low + high) / 2.0 <= answer.high;
    let tones = worked.bands.iter().map(|band| if within(band.low, band.high) { Tone::Main } else { Tone::Quiet }).collect();
    let said = |value: f64| with_unit(value, &answer.unit);
    let told = format!(
        "Nine times in ten it is between {} and {}; as often above {} as below. It was drawn from {} to {}.",
        said(answer.low),
        said(answer.high),
        said(answer.middle),
        said(first.low),
        said(last.high)
    );
    let plot = Plot::new(Across::Bands { edges, today: None }, "Share, in %")
        .with(Series::bars(answer.name.clone(), &shares).tones(tones))
        .rule(answer.middle, format!("middle {}", amount(answer.middle)));
    Some(Chart::of(format!("How likely which {}", answer.name), plot).told(told))
}

/// What each guess does to the answer; nothing where none does.
pub(crate) fn tornado(told: &Computed) -> Option<Chart> {
    let most = told.inputs.first()?;
    let bar = |(at, input): (usize, &Input)| Span {
        name: input.name.clone(),
        from: input.low,
        to: input.high,
        says: percent(input.share),
        tone: if at == 0 { Tone::Second } else { Tone::Main },
    };
    let spans =
        Spans::new(measured(told), told.inputs.iter().take(MOST_DRAWN).enumerate().map(bar).collect()).rule(told.answer.middle, "all in the middle");
    let said = format!(
        "What decides most is {}: alone it moves {} from {} to {}, and {} of what is uncertain would be gone if it were known. Beside each guess stands its part in the uncertainty.",
        most.name,
        told.answer.name,
        with_unit(most.low, &told.answer.unit),
        with_unit(most.high, &told.answer.unit),
        percent(most.knowing)
    );
    Some(Chart::of("What it hangs on", spans).told(said))
}

/// What goes across: “income in EUR/year”, and “weeks” of what is counted in weeks.
fn measured(told: &Computed) -> String {
    match told.answer.unit.as_str() {
        "" => told.answer.name.clone(),
        unit if unit == told.answer.name => unit.to_owned(),
        unit => format!("{} in {unit}", told.answer.name),
    }
}

/// "3 guesses and facts, 2 steps deep".
pub(crate) fn built(told: &Computed) -> String {
    let guesses = if told.guesses == 1 { "1 guess or fact".to_owned() } else { format!("{} guesses and facts", told.guesses) };
    format!("{guesses}, {} deep", several(told.depth, "step"))
}

/// The model as a tree; nothing of a line alone.
pub(crate) fn tree(told: &Computed) -> Option<Chart> {
    if told.parts.len() < 2 {
        return None;
    }
    let most = told.inputs.first().map_or("", |input| input.line.as_str()).replace('_', " ");
    let mut rest = told.parts.as_slice();
    let root = node(&mut rest, 0, &most);
    Some(Chart::of("The model as a tree", Tree::new(root)).told(format!("{} from {}.", told.answer.name, built(told))))
}

/// The next part with all that lies below it.
fn node(rest: &mut &[Depth], depth: usize, most: &str) -> Node {
    let Some((part, after)) = rest.split_first() else { return Node::default() };
    *rest = after;
    let mut below = vec![];
    while rest.first().is_some_and(|next| next.depth > depth) {
        below.push(node(rest, depth + 1, most));
    }
    let name = if part.line.name == most { format!("▸ {}", part.line.name) } else { part.line.name.clone() };
    Node::new(name, with_unit(part.line.middle, &part.line.unit), below)
}
