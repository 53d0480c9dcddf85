//! What a language model is asked, and what its answer is worth. Nothing is sent from here: prompts are made as JSON, and
//! answers are read strictly, as what somebody says who may be wrong, careless or talked into something.
//!
//! An answer is marked one row of its rubric at a time. The model never gives a level: it says whether what a middling
//! and a strong answer show is there, and quotes the words that show it. Code looks each quote up; what has none that
//! stands in the answer counts as not shown. The level follows from that, and from several samples a middle with its
//! spread.

mod agreement;
mod ask;
mod drafts;
mod figures;
mod groups;
mod heard;
mod interview;
mod level;
mod meant;
mod nearest;
mod quote;
mod row;

pub use agreement::{Agreement, NEEDED, agreement};
pub use ask::{FORM, anew, body};
pub use drafts::{Drafted, Kind, draft, drafted};
pub use figures::unfounded;
pub use groups::{Grouped, MOST_NOTES, grouped, groups};
pub use heard::{Malformed, json_in};
pub use interview::{Known, chosen, question};
pub use level::{Judged, judged};
pub use meant::{Meant, meant};
pub use nearest::{coverage, nearest};
pub use quote::{addressed, is_shown};
pub use row::{Row, Sample, Shown, Verdict, mark, sample};
