//! An inquiry looked at: the causes by how much they explain, within a part of the figures and along a dimension. Pure, but
//! for the query that asks for it.

use crate::model::*;
use kernel::{Id, Look, Noun, Query, Refusal, Result as Asked, answer, query};
use rootcause::{
    Wrong,
    cube::{Cube, Slice},
    report::Report,
    scan::{Depth, localise},
    split::{Split, along},
    table::Measure,
};

/// So many causes are ranked.
const MOST: usize = 8;

/// The scan of all figures.
///
/// # Errors
/// What cannot be scanned: negative amounts, nothing at all.
pub(crate) fn whole(inquiry: &Inquiry) -> Result<Report, Wrong> {
    localise(&inquiry.data.cube(), Depth { most: MOST, ..Depth::default() })
}

/// What is looked at: a part of the figures, and a dimension along which it is divided.
pub(crate) struct Looked {
    pub slice: Slice,
    pub by: String,
    /// Of the part that is looked at; what could not be scanned says why.
    pub report: Result<Report, Wrong>,
    pub split: Result<Split, Wrong>,
    /// Everywhere where parts went one way and the whole the other.
    pub paradoxes: Vec<String>,
    /// Dimensions that still tell something apart.
    pub free: Vec<String>,
}

impl Looked {
    /// # Errors
    /// A part that is not there.
    pub fn at(inquiry: &Inquiry, within: &str, by: &str) -> Result<Looked, Wrong> {
        let all = inquiry.data.cube();
        let slice = slice(within);
        let cube = if slice.0.is_empty() { all } else { all.drill(&slice)? };
        let free: Vec<String> = cube.dimensions.iter().map(|d| d.name.clone()).filter(|name| !slice.0.iter().any(|(held, _)| held == name)).collect();
        let report = localise(&cube, Depth { most: MOST, ..Depth::default() });
        let by = free.iter().find(|name| *name == by).cloned().unwrap_or_else(|| telling(&cube, &free, report.as_ref().ok()));
        let split = along(&cube, &by);
        let paradoxes = free.iter().filter_map(|name| along(&cube, name).ok()?.simpson).collect();
        Ok(Looked { slice, by, report, split, paradoxes, free })
    }
}

/// The dimension that is shown first: the one whose mix moved, else the one of the first cause, else the first.
fn telling(cube: &Cube, free: &[String], report: Option<&Report>) -> String {
    let mixed = report.and_then(|report| report.mix.as_ref()).map(|(name, _)| name);
    let first = report.and_then(|report| report.ranked.first()).and_then(|cause| cause.slice.0.first()).map(|(name, _)| name);
    let named = mixed.into_iter().chain(first).find(|name| free.contains(name)).cloned();
    named.or_else(|| free.first().cloned()).unwrap_or_else(|| cube.dimensions.first().map_or(String::new(), |d| d.name.clone()))
}

/// A part as an address has it: `country = FR`, one on each line.
pub(crate) fn slice(text: &str) -> Slice {
    let each = text.lines().filter_map(|line| line.split_once(" = "));
    Slice(each.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}

/// The same back.
pub(crate) fn written(slice: &Slice) -> String {
    slice.0.iter().map(|(name, value)| format!("{name} = {value}")).collect::<Vec<_>>().join("\n")
}

answer! {
    /// Why a figure changed.
    pub struct Causes {
        /// What became of the whole.
        pub headline: String,
        /// What the scan makes of it.
        pub verdict: String,
        /// Parts by how much they explain.
        pub ranked: Vec<CauseTold>,
        /// Where parts went one way and the whole the other.
        pub paradoxes: Vec<String>,
        /// How the change divides along the dimension.
        pub by: String,
        pub parts: Vec<PartTold>,
    }

    pub struct CauseTold {
        pub slice: Vec<(String, String)>,
        pub now: f64,
        pub expected: f64,
        /// Its part of the whole change.
        pub power: f64,
        /// How likely chance alone would be to move some part as far.
        pub chance: f64,
    }

    pub struct PartTold {
        pub value: String,
        /// From its own rate or amount.
        pub rate: f64,
        /// From its share having changed; 0 for sums.
        pub mix: f64,
    }
}

query! {
    /// What an inquiry comes to: parts of the figures by how much they explain, and the change divided along a dimension.
    pub struct ReadCauses in "inquiry.causes" at "/products/{product}/inquiries/{inquiry}/causes" -> Causes {
        pub inquiry: Id<Inquiry>,
        /// Only a part of the figures: `country = FR`, one on each line.
        #[serde(default)]
        pub within: String,
        /// The dimension along which it is divided.
        #[serde(default)]
        pub by: String,
    }
}

impl Query for ReadCauses {
    fn ask(self, look: &mut Look) -> Asked<Causes> {
        let inquiry = Inquiry::get(look, self.inquiry)?;
        let looked = Looked::at(&inquiry, &self.within, &self.by).map_err(|wrong| Refusal::invalid("within", wrong.0))?;
        let measure = Measure::parse(&inquiry.counted);
        let report = looked.report.map_err(|wrong| Refusal::invalid("within", wrong.0))?;
        let told = |cause: &rootcause::report::Cause| CauseTold {
            slice: cause.slice.0.clone(),
            now: cause.now,
            expected: cause.expected,
            power: cause.power,
            chance: cause.chance,
        };
        Ok(Causes {
            headline: report.headline(&measure),
            verdict: report.verdict(),
            ranked: report.ranked.iter().map(told).collect(),
            paradoxes: looked.paradoxes,
            by: looked.by,
            parts: looked
                .split
                .map(|split| split.parts)
                .unwrap_or_default()
                .into_iter()
                .map(|part| PartTold { rate: part.rate, mix: part.mix, value: part.value })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data;
    use kernel::{Meta, Uuid, value::Packed};

    fn of(table: &str, counted: &str) -> Inquiry {
        let found = data::read(table.as_bytes(), counted, "", "").unwrap();
        Inquiry {
            meta: Meta { id: Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
            title: String::new(),
            seen: String::new(),
            measure: None,
            counted: found.counted,
            compared: found.compared,
            data: Packed(found.data),
            asking: Asking::Open,
            finding: String::new(),
        }
    }

    #[test]
    fn a_part_is_looked_at_alone() {
        let inquiry = of("country,device,before,after\nFR,phone,1000,400\nFR,desktop,900,905\nDE,phone,1200,1195\nDE,desktop,1100,1104\n", "");
        let looked = Looked::at(&inquiry, "", "").unwrap();
        assert_eq!(looked.report.unwrap().ranked[0].slice.to_string(), "country = FR and device = phone");
        let inside = Looked::at(&inquiry, "country = FR", "").unwrap();
        assert_eq!((inside.free.as_slice(), inside.by.as_str()), (&["device".to_owned()][..], "device"));
        assert_eq!(inside.split.unwrap().parts[0].both(), -600.0);
        assert!(Looked::at(&inquiry, "country = XX", "").is_err());
        assert_eq!(written(&slice("country = FR\ndevice = phone")), "country = FR\ndevice = phone");
    }

    #[test]
    fn a_paradox_is_said_and_one_dimension_is_enough() {
        let inquiry = of("device,o_before,o_after,v_before,v_after\ndesktop,80,22,800,200\nphone,4,24,200,800\n", "o/v");
        let looked = Looked::at(&inquiry, "", "").unwrap();
        assert!(looked.paradoxes[0].contains("Simpson"), "{:?}", looked.paradoxes);
        assert_eq!(looked.free, ["device"]);
    }
}
