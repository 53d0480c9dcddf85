//! How large a market is: both models computed, held against each other, and what would bring them together. Pure: chance
//! comes from a seed, so the same text always comes to the same figures.

use crate::{answers::*, model::MarketSize};
use estimate::{Model, Results, Settings};
use kernel::{Look, Noun, Refusal, Result};

/// The sizes by the names of their lines, the widest first.
const SIZES: [&str; 3] = ["TAM", "SAM", "SOM"];
const SETTINGS: Settings = Settings { samples: 4_000, seed: 1 };
/// A market that takes more is no estimate that anybody could check.
const MOST_LINES: usize = 60;
const MOST_GUESSES: usize = 60;

/// The estimates of a product, the newest first.
pub fn sizes(look: &mut Look) -> Result<Vec<MarketSize>> {
    MarketSize::all(look, "order by created_at desc, id desc limit 100", &[])
}

/// What one comes to.
pub fn of_size(size: &MarketSize) -> Result<Sizing> {
    of(&size.bottom_up, &size.top_down)
}

/// # Errors
/// `Invalid` at `bottom_up` or `top_down`, with the line and the column.
pub(crate) fn of(bottom_up: &str, top_down: &str) -> Result<Sizing> {
    let below = read("bottom_up", bottom_up)?;
    let ran = run("bottom_up", &below)?;
    let bottom_up = way("bottom_up", &ran)?;
    if top_down.trim().is_empty() {
        return Ok(Sizing { bottom_up, top_down: None, gaps: vec![] });
    }
    let above = read("top_down", top_down)?;
    let other = run("top_down", &above)?;
    let gaps = SIZES.iter().filter_map(|size| apart(size, &ran, &other).transpose()).collect::<Result<_>>()?;
    Ok(Sizing { bottom_up, top_down: Some(way("top_down", &other)?), gaps })
}

fn read(field: &str, text: &str) -> Result<Model> {
    if !text.contains('=') {
        return Err(Refusal::invalid(field, "Write lines “name = expression”, one of them “TAM = …”."));
    }
    let model = Model::parse(text).map_err(|wrong| Refusal::invalid(field, wrong.to_string()))?;
    if model.lines().len() > MOST_LINES || model.leaves().len() > MOST_GUESSES {
        return Err(Refusal::invalid(field, format!("At most {MOST_LINES} lines with {MOST_GUESSES} guesses fit here. Say it in fewer.")));
    }
    if line(&model, SIZES[0]).is_none() {
        return Err(Refusal::invalid(field, "There is no line “TAM = …”: all that this market spends in a year."));
    }
    Ok(model)
}

fn run<'a>(field: &str, model: &'a Model) -> Result<Results<'a>> {
    model.run(SETTINGS).map_err(|wrong| Refusal::invalid(field, wrong.to_string()))
}

fn line(model: &Model, size: &str) -> Option<usize> {
    model.lines().iter().position(|line| line.name.eq_ignore_ascii_case(size))
}

/// A line as people read it.
fn named(name: &str) -> String {
    name.replace('_', " ")
}

fn amount(results: &Results, line: usize) -> Amount {
    let (told, summary) = (&results.model.lines()[line], results.summary(line));
    let middle = summary.at(0.5);
    Amount { name: named(&told.name), unit: results.model.unit_of(line, middle), low: summary.at(0.05), middle, high: summary.at(0.95) }
}

fn way(field: &str, results: &Results) -> Result<Way> {
    let model = results.model;
    let known: Vec<(usize, &str)> = SIZES.iter().filter_map(|size| Some((line(model, size)?, *size))).collect();
    let sizes: Vec<Amount> = known.iter().map(|(line, size)| Amount { name: (*size).to_owned(), ..amount(results, *line) }).collect();
    if let Some(nothing) = sizes.iter().find(|size| size.middle <= 0.0) {
        return Err(Refusal::invalid(field, format!("{} comes out as nothing or less.", nothing.name)));
    }
    let odd = sizes.windows(2).filter(|two| two[0].unit == two[1].unit && two[1].middle > two[0].middle);
    let odd = odd.map(|two| format!("{} is more than {}, of which it should be a part.", two[1].name, two[0].name)).collect();
    // What is furthest in has the others below it, where it is a share of them; else they stand beside it.
    let mut parts: Vec<Part> = vec![];
    let mut told = vec![];
    for (root, _) in known.iter().rev() {
        if told.contains(root) {
            continue;
        }
        for (line, depth) in model.tree(*root) {
            let note = model.lines()[line].note.clone().unwrap_or_default();
            parts.push(Part { depth, amount: amount(results, line), note });
            told.push(line);
        }
    }
    // What is furthest in and hangs on anything that is uncertain.
    let mut decides = None;
    for (line, size) in known.iter().rev() {
        let most = results.influences(*line).map_err(|wrong| Refusal::invalid(field, wrong.to_string()))?.into_iter().next();
        if let Some(most) = most.filter(|most| most.share > 0.0) {
            decides = Some(Decides {
                input: named(&model.lines()[model.leaves()[most.leaf].line].name),
                size: (*size).to_owned(),
                low: most.tornado.0.min(most.tornado.1),
                high: most.tornado.0.max(most.tornado.1),
                unit: model.lines()[*line].unit.to_string(),
            });
            break;
        }
    }
    Ok(Way { sizes, decides, parts, odd })
}

/// How far both ways lie apart in a size that both have.
fn apart(size: &str, below: &Results, above: &Results) -> Result<Option<Apart>> {
    let (Some(here), Some(there)) = (line(below.model, size), line(above.model, size)) else { return Ok(None) };
    let (unit, other) = (&below.model.lines()[here].unit, &above.model.lines()[there].unit);
    if unit.dimensions() != other.dimensions() {
        let said = |unit: &estimate::Unit| if unit.is_number() { "no unit".to_owned() } else { format!("“{unit}”") };
        let wrong = format!("{size} has {} bottom-up and {} top-down; both need the same unit to be compared.", said(unit), said(other));
        return Err(Refusal::invalid("top_down", wrong));
    }
    // From above in the unit of below.
    let turned = other.scale() / unit.scale();
    let (bottom_up, top_down) = (below.summary(here).at(0.5), above.summary(there).at(0.5) * turned);
    let mut closes = closing(below, here, top_down, false)?;
    closes.extend(closing(above, there, bottom_up / turned, true)?);
    closes.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(Some(Apart {
        size: size.to_owned(),
        bottom_up,
        top_down,
        unit: unit.to_string(),
        times: if bottom_up > top_down { bottom_up / top_down } else { top_down / bottom_up },
        closes: closes.into_iter().map(|(_, closes)| closes).collect(),
    }))
}

/// The inputs of one way each of which brings it to the other, with how far it has to move.
fn closing(results: &Results, line: usize, value: f64, top_down: bool) -> Result<Vec<(f64, Closes)>> {
    let field = if top_down { "top_down" } else { "bottom_up" };
    let found = results.meetings(line, value).map_err(|wrong| Refusal::invalid(field, wrong.to_string()))?;
    let told = |meeting: estimate::Meeting| {
        let input = &results.model.lines()[results.model.leaves()[meeting.leaf].line];
        (meeting.way, Closes { input: named(&input.name), top_down, from: meeting.from, to: meeting.at, unit: input.unit.to_string() })
    };
    Ok(found.into_iter().map(told).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(bottom_up: &str, top_down: &str) -> String {
        match of(bottom_up, top_down) {
            Err(refusal) => refusal.sentence(),
            Ok(sizing) => panic!("{sizing:?}"),
        }
    }

    /// Counted from below at cal57.calculator.city, “TAM Calculator”: 200,000 customers who pay 150 dollars a year are a market of
    /// 30 million. Narrowed from above at verve-intelligence.com, “TAM SAM SOM Examples”, 1: of 24 billion for software of personnel
    /// departments 8 % are 1.92 billion; of these 35 %, 55 % and 60 % are 222 million; of these 3 to 4 % are 7 to 9 million.
    #[test]
    fn markets_as_they_are_worked() {
        let found = of("customers = 200,000 customers\neach = 150 USD/customer/year\nTAM = customers * each", "").unwrap();
        assert!((found.bottom_up.sizes[0].middle / 30e6 - 1.0).abs() < 1e-12, "{:?}", found.bottom_up.sizes);
        let shares = "middling = 35 % of TAM\nspoken = 55 % of middling\nSAM = 60 % of spoken\nSOM = 3.5 % of SAM";
        let narrowed = of(&format!("market = 24B USD/year\nTAM = 8 % of market\n{shares}"), "").unwrap();
        let middles: Vec<f64> = narrowed.bottom_up.sizes.iter().map(|size| size.middle).collect();
        assert!((middles[0] / 1.92e9 - 1.0).abs() < 1e-12 && (middles[1] / 1e6).round() == 222.0, "{middles:?}");
        assert!((7e6..9e6).contains(&middles[2]), "{middles:?}");
    }

    /// Customers × yearly revenue each, SAM and SOM as shares of it, worked by hand.
    #[test]
    fn tam_is_customers_times_what_each_brings() {
        let found = of("shops = 12,000 shops\neach = 250 EUR/shop/year\nTAM = shops * each\nSAM = 40 % of TAM\nSOM = 5 % of SAM", "").unwrap();
        let middles: Vec<(&str, f64)> = found.bottom_up.sizes.iter().map(|size| (size.name.as_str(), size.middle)).collect();
        for ((name, middle), (known, wanted)) in middles.iter().zip([("TAM", 3e6), ("SAM", 1.2e6), ("SOM", 60e3)]) {
            assert!(*name == known && (middle / wanted - 1.0).abs() < 1e-12, "{middles:?}");
        }
        assert_eq!(found.bottom_up.sizes[0].unit, "EUR/year");
        assert!(found.bottom_up.decides.is_none(), "nothing is uncertain");
        assert_eq!(found.bottom_up.parts.iter().map(|part| part.depth).collect::<Vec<_>>(), [0, 1, 2, 3, 3]);
    }

    #[test]
    fn the_input_that_closes_the_gap_is_named_or_none_is() {
        let below = "shops = 10k to 14k shops -- register\neach = 100 to 600 EUR/shop/year\nTAM = shops * each";
        let found = of(below, "market = 40M EUR/year -- association\nours = 10 to 12 %\nTAM = market * ours").unwrap();
        assert_eq!(found.bottom_up.decides.as_ref().map(|most| most.input.as_str()), Some("each"));
        let gap = &found.gaps[0];
        // √(10k · 14k) · √(100 · 600) = 2,898,275 from below; 40M · √(0.10 · 0.12) = 4,381,780 from above.
        assert!((gap.bottom_up / 2_898_275.0 - 1.0).abs() < 0.01 && (gap.top_down / 4_381_780.0 - 1.0).abs() < 0.01, "{gap:?}");
        assert!((gap.times - 1.512).abs() < 0.01);
        // 4,381,780 / √(10k · 14k) = 370.33 EUR, which lies within 100 to 600; 17,889 shops do not lie within 10k to 14k.
        let closes: Vec<(&str, f64)> = gap.closes.iter().map(|closes| (closes.input.as_str(), closes.to)).collect();
        assert!(closes.len() == 1 && closes[0].0 == "each" && (closes[0].1 - 370.33).abs() < 3.0, "{closes:?}");
        assert!(of(below, "TAM = 900M EUR/year").unwrap().gaps[0].closes.is_empty(), "none closes it");
    }

    #[test]
    fn what_cannot_be_compared_is_refused_where_it_stands() {
        assert!(wrong("x = 5", "").contains("no line “TAM") && wrong("much", "").contains("Write lines"));
        assert!(wrong("TAM = 5 EUR/year", "TAM = 5 people").contains("both need the same unit"));
        assert!(wrong("TAM = 0 EUR", "").contains("nothing or less"));
        assert!(wrong("TAM = a + 5", "").contains("Line 1"));
        let months = of("TAM = 12 EUR/year", "TAM = 1 EUR/month").unwrap();
        assert!((months.gaps[0].times - 1.0).abs() < 1e-9, "what is said by the month is held against the year: {months:?}");
        let odd = of("TAM = 5 EUR\nSAM = 9 EUR", "").unwrap().bottom_up.odd;
        assert_eq!(odd, ["SAM is more than TAM, of which it should be a part."]);
        let long: String = (0..70).map(|n| format!("a{n} = 1 to 2\n")).collect();
        assert!(wrong(&format!("{long}TAM = a1"), "").contains("At most 60"));
    }
}
