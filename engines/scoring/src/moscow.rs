//! MoSCoW: effort by what must, should, could and will not be done (DSDM).

use crate::{Wrong, wrong};

/// How much something is wanted in this time box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Must,
    Should,
    Could,
    Wont,
}

/// Effort that may be promised: above it nothing is left to give when things go wrong.
pub const MOST_MUST: f64 = 0.6;
/// Effort that ought to be left in Could, as contingency.
pub const USUAL_COULD: f64 = 0.2;

/// The shares of effort in Must, Should and Could, and what DSDM would say of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    pub must: f64,
    pub should: f64,
    pub could: f64,
    pub warnings: Vec<String>,
}

/// Shares of effort; what will not be done does not count.
///
/// # Errors
/// Effort that is negative or no number, or none at all.
pub fn shares(items: &[(Wish, f64)]) -> Result<Shares, Wrong> {
    if let Some((_, effort)) = items.iter().find(|(_, e)| !e.is_finite() || *e < 0.0) {
        return wrong(format!("An effort of {effort} cannot be summed; it is zero or more."));
    }
    let of = |wish| items.iter().filter(|(w, _)| *w == wish).map(|(_, e)| e).sum::<f64>();
    let all = of(Wish::Must) + of(Wish::Should) + of(Wish::Could);
    if all <= 0.0 {
        return wrong("Nothing that is to be done has an effort yet.");
    }
    let (must, should, could) = (of(Wish::Must) / all, of(Wish::Should) / all, of(Wish::Could) / all);
    let mut warnings = vec![];
    if must > MOST_MUST {
        warnings.push(format!("Must is {:.0} % of the effort; above 60 % nothing is left to give.", must * 100.0));
    }
    if could < USUAL_COULD {
        warnings.push(format!("Could is {:.0} % of the effort; about 20 % is the usual contingency.", could * 100.0));
    }
    Ok(Shares { must, should, could, warnings })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn too_much_must_is_told() {
        let found = shares(&[(Wish::Must, 7.0), (Wish::Should, 2.0), (Wish::Could, 1.0), (Wish::Wont, 50.0)]).unwrap();
        assert_eq!((found.must, found.should, found.could), (0.7, 0.2, 0.1));
        assert_eq!(found.warnings.len(), 2);
        assert!(shares(&[(Wish::Wont, 5.0)]).is_err());
        assert!(shares(&[(Wish::Must, -1.0)]).is_err());
    }
}
