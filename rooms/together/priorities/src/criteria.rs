//! A product's own criteria, as people write them: one on each line with its weight, `Fit 2`, `Running costs 3 cost`.

use crate::model::Criterion;
use kernel::{Moment, Refusal, Result, words};

words! {
    /// Criteria to begin with.
    pub enum Preset { Balanced = "balanced", Growth = "growth", Platform = "platform" says "platform and risk" }
}

impl Preset {
    pub const fn lines(self) -> &'static str {
        match self {
            Preset::Balanced => "Value to customers 3\nFit with the strategy 2\nRevenue 2\nEffort 3 cost",
            Preset::Growth => "New customers 3\nCustomers who stay 3\nTime to market 1\nEffort 2 cost",
            Preset::Platform => "Risk taken away 4\nTime saved for the team 2\nDeadline from outside 3\nEffort 2 cost",
        }
    }
}

/// So many criteria are weighed against one another.
const MOST: usize = 12;
const LONGEST_NAME: usize = 60;

/// Reads criteria. One that keeps its name, or its line where as many are written as before, keeps its scores.
///
/// # Errors
/// `Invalid` at `criteria`: a name that is missing, too long or there twice, a weight that is negative, no weight at all.
pub(crate) fn read(text: &str, before: &[Criterion], moment: &Moment) -> Result<Vec<Criterion>> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let wrong = |says: String| Err(Refusal::invalid("criteria", says));
    if lines.is_empty() {
        return wrong("Write one criterion on each line, with its weight: Fit 2.".into());
    }
    if lines.len() > MOST {
        return wrong(format!("{} criteria are too many to weigh; {MOST} fit.", lines.len()));
    }
    let mut read: Vec<(String, f64, bool)> = vec![];
    for line in &lines {
        let (name, weight, cost) = parts(line);
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return wrong(format!(
                "“{}” is no name for a criterion; 1 to {LONGEST_NAME} characters fit, and then its weight.",
                web::clipped(line, 40)
            ));
        }
        if !weight.is_finite() || weight < 0.0 {
            return wrong(format!("The weight of {name} is {weight}; a weight is zero or more. Write “cost” behind what counts against."));
        }
        if read.iter().any(|(known, ..)| same(known, name)) {
            return wrong(format!("{name} stands there twice."));
        }
        read.push((name.to_owned(), weight, cost));
    }
    if read.iter().map(|(_, weight, _)| weight).sum::<f64>() <= 0.0 {
        return wrong("The weights add up to zero, so no criterion counts.".into());
    }
    let renamed = read.len() == before.len();
    let mut keys: Vec<Option<String>> = read.iter().map(|(name, ..)| before.iter().find(|c| same(&c.name, name)).map(|c| c.key.clone())).collect();
    for at in 0..keys.len() {
        let there = before.get(at).filter(|c| renamed && keys[at].is_none() && !keys.iter().flatten().any(|key| *key == c.key));
        if let Some(criterion) = there {
            keys[at] = Some(criterion.key.clone());
        }
    }
    let fresh = || {
        let id = moment.id::<()>().to_string();
        format!("c{}", &id[id.len() - 8..])
    };
    let criterion =
        |((name, weight, cost), key): ((String, f64, bool), Option<String>)| Criterion { key: key.unwrap_or_else(fresh), name, weight, cost };
    Ok(read.into_iter().zip(keys).map(criterion).collect())
}

/// As they are written again.
pub(crate) fn written(criteria: &[Criterion]) -> String {
    let line = |c: &Criterion| format!("{} {}{}", c.name, web::telling::figure(c.weight), if c.cost { " cost" } else { "" });
    criteria.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn same(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Name, weight (1 where none is written), and whether it counts against.
fn parts(line: &str) -> (&str, f64, bool) {
    let bare = |text: &str| text.trim_end().trim_end_matches([':', '×', '=', ',', ';', '*']).trim_end().len();
    let (before, word) = line.rsplit_once(char::is_whitespace).unwrap_or(("", line));
    let cost = ["cost", "costs", "(cost)"].contains(&word.to_lowercase().as_str());
    let rest = if cost { before.trim_end() } else { line };
    let (name, number) = rest.rsplit_once(char::is_whitespace).unwrap_or(("", rest));
    match number.trim_start_matches('×').replace(',', ".").replace('−', "-").parse::<f64>() {
        Ok(weight) => (&name[..bare(name)], weight, cost),
        Err(_) => (rest.trim(), 1.0, cost),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Uuid;

    fn moment() -> Moment {
        let mut n = 0;
        let secret = || kernel::moment::Secret { plain: String::new(), hash: String::new() };
        let dice = Box::new(move || {
            n += 1;
            Uuid::from_u128(n)
        });
        Moment::new(0, dice, Box::new(secret))
    }

    #[test]
    fn a_line_is_a_name_with_its_weight() {
        for (line, name, weight, cost) in [
            ("Fit 2", "Fit", 2.0, false),
            ("Fit: 2", "Fit", 2.0, false),
            ("Fit × 2,5", "Fit", 2.5, false),
            ("Running costs 3 cost", "Running costs", 3.0, true),
            ("Effort cost", "Effort", 1.0, true),
            ("Value to customers", "Value to customers", 1.0, false),
            ("Fit -1", "Fit", -1.0, false),
        ] {
            assert_eq!(parts(line), (name, weight, cost), "{line}");
        }
    }

    #[test]
    fn what_keeps_its_name_or_its_line_keeps_its_scores() {
        let m = moment();
        let first = read("Fit 2\nEffort 1 cost", &[], &m).unwrap();
        assert_ne!(first[0].key, first[1].key);
        let moved = read("Effort 3 cost\nfit 2", &first, &m).unwrap();
        assert_eq!((&moved[0].key, &moved[1].key), (&first[1].key, &first[0].key));
        let renamed = read("Strategic fit 2\nEffort 1 cost", &first, &m).unwrap();
        assert_eq!((&renamed[0].key, &renamed[1].key), (&first[0].key, &first[1].key));
        let more = read("Strategic fit 2\nEffort 1 cost\nReach 1", &first, &m).unwrap();
        assert!(more[0].key != first[0].key && more[1].key == first[1].key, "of more lines nobody can tell which was renamed");
        assert_eq!(read(&written(&first), &first, &m).unwrap(), first);
    }

    #[test]
    fn weights_that_cannot_be_are_refused() {
        let said = |text: &str| read(text, &[], &moment()).unwrap_err().sentence();
        assert!(said("Fit 0\nEffort 0 cost").contains("add up to zero"));
        assert!(said("Fit -1\nEffort 3").contains("zero or more"));
        assert!(said("Fit 1\nFIT 2").contains("twice"));
        assert!(said(" \n ").contains("one criterion on each line"));
        assert!(said("5").contains("no name"));
        assert!(said(&(0..13).map(|n| format!("c{n} 1\n")).collect::<String>()).contains("too many"));
        for preset in Preset::ALL {
            assert!(read(preset.lines(), &[], &moment()).is_ok(), "{preset}");
        }
    }
}
