//! Units and their algebra. A unit is a product of powers of named units; each named unit is a number of base
//! units. Any word may be a unit of its own: `bikes`, `orders`.

use crate::words;
use std::collections::BTreeMap;

/// Powers are counted in twelfths, so that roots of units stay exact.
const WHOLE: i32 = 12;

/// A product of powers of named units, in the order in which they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit(Vec<(Named, i32)>);

/// A unit with a name.
#[derive(Clone, Debug, PartialEq)]
struct Named {
    symbol: String,
    /// How many base units it is.
    scale: f64,
    /// Base units to their powers.
    base: Vec<(String, i32)>,
}

/// Dimensions: base units to their powers, in twelfths; none for a plain number.
pub type Dimensions = BTreeMap<String, i32>;

/// Symbol, further writings, scale, base units.
type Entry = (&'static str, &'static [&'static str], f64, &'static [(&'static str, i32)]);

const DAY: f64 = 86_400.0;
const YEAR: f64 = 365.25 * DAY;
const METRE: &[(&str, i32)] = &[("m", 1)];
const AREA: &[(&str, i32)] = &[("m", 2)];
const VOLUME: &[(&str, i32)] = &[("m", 3)];
const MASS: &[(&str, i32)] = &[("kg", 1)];
const TIME: &[(&str, i32)] = &[("s", 1)];
const ENERGY: &[(&str, i32)] = &[("kg", 1), ("m", 2), ("s", -2)];
const POWER: &[(&str, i32)] = &[("kg", 1), ("m", 2), ("s", -3)];
const FORCE: &[(&str, i32)] = &[("kg", 1), ("m", 1), ("s", -2)];
const PRESSURE: &[(&str, i32)] = &[("kg", 1), ("m", -1), ("s", -2)];
const DATA: &[(&str, i32)] = &[("byte", 1)];

const TABLE: &[Entry] = &[
    ("m", &["meter", "metre"], 1.0, METRE),
    ("km", &["kilometer", "kilometre"], 1e3, METRE),
    ("cm", &["centimeter", "centimetre"], 1e-2, METRE),
    ("mm", &["millimeter", "millimetre"], 1e-3, METRE),
    ("um", &["micrometer", "micron"], 1e-6, METRE),
    ("nm", &["nanometer"], 1e-9, METRE),
    ("mile", &["mi"], 1609.344, METRE),
    ("ft", &["foot", "feet"], 0.3048, METRE),
    ("inch", &["inches"], 0.0254, METRE),
    ("yard", &[], 0.9144, METRE),
    ("ha", &["hectare"], 1e4, AREA),
    ("acre", &[], 4_046.856_422_4, AREA),
    ("L", &["l", "liter", "litre"], 1e-3, VOLUME),
    ("ml", &["mL", "milliliter"], 1e-6, VOLUME),
    ("gallon", &["gal"], 3.785_411_784e-3, VOLUME),
    ("kg", &["kilogram"], 1.0, MASS),
    ("g", &["gram"], 1e-3, MASS),
    ("mg", &["milligram"], 1e-6, MASS),
    ("t", &["tonne", "ton"], 1e3, MASS),
    ("lb", &["pound"], 0.453_592_37, MASS),
    ("oz", &["ounce"], 0.028_349_523_125, MASS),
    ("s", &["sec", "second"], 1.0, TIME),
    ("ms", &["millisecond"], 1e-3, TIME),
    ("min", &["minute"], 60.0, TIME),
    ("h", &["hr", "hour"], 3600.0, TIME),
    ("day", &["d"], DAY, TIME),
    ("week", &[], 7.0 * DAY, TIME),
    ("month", &[], YEAR / 12.0, TIME),
    ("quarter", &[], YEAR / 4.0, TIME),
    ("year", &["yr"], YEAR, TIME),
    ("J", &["joule"], 1.0, ENERGY),
    ("kJ", &[], 1e3, ENERGY),
    ("MJ", &[], 1e6, ENERGY),
    ("GJ", &[], 1e9, ENERGY),
    ("cal", &["calorie"], 4.184, ENERGY),
    ("kcal", &[], 4184.0, ENERGY),
    ("Wh", &[], 3600.0, ENERGY),
    ("kWh", &[], 3.6e6, ENERGY),
    ("MWh", &[], 3.6e9, ENERGY),
    ("GWh", &[], 3.6e12, ENERGY),
    ("TWh", &[], 3.6e15, ENERGY),
    ("W", &["watt"], 1.0, POWER),
    ("kW", &[], 1e3, POWER),
    ("MW", &[], 1e6, POWER),
    ("GW", &[], 1e9, POWER),
    ("hp", &["horsepower"], 745.699_871_582_270_2, POWER),
    ("BTU", &["Btu"], 1_055.055_852_62, ENERGY),
    ("eV", &[], 1.602_176_634e-19, ENERGY),
    ("N", &["newton"], 1.0, FORCE),
    ("Pa", &["pascal"], 1.0, PRESSURE),
    ("bar", &[], 1e5, PRESSURE),
    ("atm", &[], 101_325.0, PRESSURE),
    ("psi", &[], 6_894.757_293_168_36, PRESSURE),
    ("knot", &[], 1852.0 / 3600.0, &[("m", 1), ("s", -1)]),
    ("Hz", &["hertz"], 1.0, &[("s", -1)]),
    ("byte", &["B"], 1.0, DATA),
    ("kB", &["KB"], 1e3, DATA),
    ("MB", &["megabyte"], 1e6, DATA),
    ("GB", &["gigabyte"], 1e9, DATA),
    ("TB", &["terabyte"], 1e12, DATA),
    ("bit", &[], 0.125, DATA),
    ("person", &["people", "persons", "capita"], 1.0, &[("person", 1)]),
    ("EUR", &["euro", "Euro", "EURO", "eur"], 1.0, &[("EUR", 1)]),
    ("USD", &["dollar", "Dollar", "usd"], 1.0, &[("USD", 1)]),
    ("GBP", &["gbp", "sterling"], 1.0, &[("GBP", 1)]),
    ("CHF", &["chf"], 1.0, &[("CHF", 1)]),
    ("JPY", &["yen", "jpy"], 1.0, &[("JPY", 1)]),
    ("INR", &["inr"], 1.0, &[("INR", 1)]),
    ("dozen", &[], 12.0, &[]),
    ("thousand", &["Tsd", "tsd"], 1e3, &[]),
    ("million", &["mn", "mln", "Mio", "mio"], 1e6, &[]),
    ("billion", &["bn", "bln", "Mrd", "mrd"], 1e9, &[]),
    ("trillion", &[], 1e12, &[]),
    ("percent", &["pct"], 0.01, &[]),
];

/// Units that take the prefixes of the SI, and the prefixes.
const PREFIXED: &[&str] = &["m", "g", "s", "W", "J", "N", "Pa", "Hz", "Wh", "eV", "L", "l", "B", "byte", "bit"];
const PREFIXES: &[(&str, f64)] =
    &[("n", 1e-9), ("u", 1e-6), ("µ", 1e-6), ("m", 1e-3), ("c", 1e-2), ("d", 1e-1), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15)];

fn entry(word: &str) -> Option<&'static Entry> {
    let known = |word: &str| TABLE.iter().find(|(symbol, others, ..)| *symbol == word || others.contains(&word));
    known(word).or_else(|| word.strip_suffix('s').filter(|w| w.len() > 1 && !w.ends_with('s')).and_then(known))
}

/// `GHz`, `mW`, `dl`, `kEUR`: a prefix and a unit that takes one.
fn prefixed(word: &str) -> Option<(f64, &'static Entry)> {
    PREFIXES.iter().find_map(|(prefix, factor)| {
        let rest = word.strip_prefix(prefix)?;
        let takes = PREFIXED.contains(&rest) || (is_currency(rest) && matches!(*prefix, "k" | "M"));
        takes.then(|| Some((*factor, entry(rest)?)))?
    })
}

/// Whether a word is a currency: three letters for one, or its name.
pub(crate) fn is_currency(word: &str) -> bool {
    entry(word)
        .is_some_and(|(symbol, _, _, base)| matches!(base, [(own, 1)] if own == symbol && symbol.len() == 3 && symbol.to_uppercase() == **symbol))
}

/// `m2`, `km3`, `sqft`, `s2`: a unit of length (or the second) and its power.
fn powered(word: &str) -> Option<Unit> {
    let (word, power) = match word.strip_prefix("sq").or(word.strip_suffix('2')) {
        Some(word) => (word, 2.0),
        None => (word.strip_suffix('3')?, 3.0),
    };
    let known = Unit::known(word)?;
    let fits = matches!(known.base.as_slice(), [(base, WHOLE)] if base == "m" || (base == "s" && word == "s"));
    if fits { Unit(vec![(known, WHOLE)]).power(power) } else { None }
}

impl Unit {
    /// The unit that a word names; a word that nobody knows is a unit of its own, in the singular.
    pub fn named(word: &str) -> Unit {
        if let Some(unit) = powered(word) {
            return unit;
        }
        let own = || {
            let symbol = words::singular(word);
            Named { base: vec![(symbol.clone(), WHOLE)], symbol, scale: 1.0 }
        };
        Unit(vec![(Unit::known(word).unwrap_or_else(own), WHOLE)])
    }

    fn known(word: &str) -> Option<Named> {
        let in_base = |base: &[(&str, i32)]| base.iter().map(|(b, p)| ((*b).to_owned(), p * WHOLE)).collect();
        match (entry(word), prefixed(word)) {
            (Some((symbol, _, scale, base)), _) => Some(Named { symbol: (*symbol).into(), scale: *scale, base: in_base(base) }),
            (None, Some((factor, (_, _, scale, base)))) => Some(Named { symbol: word.into(), scale: factor * scale, base: in_base(base) }),
            (None, None) => None,
        }
    }

    pub fn none() -> Unit {
        Unit::default()
    }

    /// Base units that one of this unit is.
    pub fn scale(&self) -> f64 {
        self.0.iter().map(|(n, power)| n.scale.powf(f64::from(*power) / f64::from(WHOLE))).product()
    }

    pub fn dimensions(&self) -> Dimensions {
        let mut found = Dimensions::new();
        for (named, power) in &self.0 {
            for (base, own) in &named.base {
                *found.entry(base.clone()).or_default() += own * power / WHOLE;
            }
        }
        found.retain(|_, power| *power != 0);
        found
    }

    pub fn is_number(&self) -> bool {
        self.dimensions().is_empty()
    }

    /// The product, or with `power` −1 the quotient. Units of one dimension join under the name that came first.
    pub fn times(&self, other: &Unit, power: i32) -> Unit {
        let mut product = self.0.clone();
        for (named, own) in &other.0 {
            let add = own * power;
            match product.iter_mut().find(|(n, _)| n.base == named.base && (!n.base.is_empty() || n.symbol == named.symbol)) {
                Some((_, sum)) => *sum += add,
                None => product.push((named.clone(), add)),
            }
        }
        product.retain(|(n, power)| *power != 0 && !n.base.is_empty());
        Unit(product)
    }

    /// The unit to a power; `None` where no twelfth of a unit remains.
    pub fn power(&self, exponent: f64) -> Option<Unit> {
        let raised = self.0.iter().map(|(n, power)| {
            let power = f64::from(*power) * exponent;
            (power.fract().abs() < 1e-9 && power.abs() < 1000.0).then(|| (n.clone(), power.round() as i32))
        });
        raised.collect::<Option<Vec<_>>>().map(Unit)
    }
}

impl Unit {
    /// The unit with what stands above the line in the plural, where that is known.
    pub(crate) fn plural(&self, many: &dyn Fn(&str) -> Option<String>) -> String {
        self.text(&|symbol| words::many(symbol).map(str::to_owned).or_else(|| many(symbol)))
    }

    fn text(&self, many: &dyn Fn(&str) -> Option<String>) -> String {
        let told = |(named, power): &(Named, i32), sign: i32| {
            let power = power * sign;
            match power {
                WHOLE if sign > 0 => many(&named.symbol).unwrap_or(named.symbol.clone()),
                WHOLE => named.symbol.clone(),
                _ if power % WHOLE == 0 => format!("{}^{}", named.symbol, power / WHOLE),
                _ => format!("{}^{:.2}", named.symbol, f64::from(power) / f64::from(WHOLE)),
            }
        };
        let above: Vec<String> = self.0.iter().filter(|(_, p)| *p > 0).map(|u| told(u, 1)).collect();
        let below: Vec<String> = self.0.iter().filter(|(_, p)| *p < 0).map(|u| told(u, -1)).collect();
        match (above.is_empty(), below.is_empty()) {
            (true, true) => String::new(),
            (true, false) => format!("1/{}", below.join("/")),
            (false, true) => above.join("·"),
            (false, false) => format!("{}/{}", above.join("·"), below.join("/")),
        }
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text(&|_| None))
    }
}

/// A unit as told in a sentence.
pub(crate) fn told(unit: &Unit) -> String {
    if unit.is_number() { "a plain number".into() } else { unit.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn per(a: &str, b: &str) -> Unit {
        Unit::named(a).times(&Unit::named(b), -1)
    }

    #[test]
    fn units_multiply_and_cancel() {
        assert_eq!(per("USD", "people").times(&Unit::named("person"), 1).to_string(), "USD");
        assert_eq!(per("km", "hours").to_string(), "km/h");
        assert!((per("km", "h").scale() - 1000.0 / 3600.0).abs() < 1e-12);
        assert_eq!(per("kWh", "J").dimensions(), Dimensions::new());
        assert!((per("kWh", "J").scale() - 3.6e6).abs() < 1e-3 || per("kWh", "J").to_string().is_empty());
        assert_eq!(Unit::named("bikes"), Unit::named("bike"));
        assert_ne!(Unit::named("gas").to_string(), "ga");
        assert_eq!(Unit::named("m").power(2.0).and_then(|u| u.power(0.5)), Some(Unit::named("m")));
        assert_eq!(Unit::named("m").power(0.123), None);
        assert_eq!(
            (Unit::named("GHz").scale(), Unit::named("dl").dimensions()),
            (1e9, Unit::named("m").power(3.0).map(|u| u.dimensions()).unwrap_or_default())
        );
        assert_eq!(Unit::named("cats").dimensions().len(), 1, "an own unit, no centi-anything");
        assert_eq!(Some(Unit::named("m2")), Unit::named("m").power(2.0));
        assert_eq!(Unit::named("CO2").to_string(), "CO2");
        assert_eq!((Unit::named("euros"), Unit::named("kEUR").scale()), (Unit::named("EUR"), 1e3));
        assert!(is_currency("euros") && is_currency("JPY") && !is_currency("min"));
    }
}
