//! The parts of an answer, by what is practised; a case at work has the same (`guided`).

use crate::model::Discipline;
pub(crate) use guided::{Step, text};

pub(crate) fn steps(of: Discipline) -> &'static [Step] {
    guided::steps(of.kind())
}

/// Every part that an answer of a discipline may have, besides those that are written.
pub(crate) fn chosen(of: Discipline) -> &'static [&'static str] {
    guided::chosen(of.kind())
}
