//! Estimates from guesses: a model is text, its lines are ranges and formulas, and the answer is a distribution.
//!
//! ```text
//! riders = 40k to 60k people            -- registered, from the last report
//! rides  = 2 to 5 rides/person/month    # a 90 % interval
//! price  = 2.50 EUR/ride
//! income = riders * rides * price in EUR/year
//! ```
//!
//! **Lines** are `name = expression`, in any order. `#` begins a comment, `--` a note or source.
//! **Numbers** are written `1,000,000`, `2.5k`, `3M`, `1B`, `4 %`, `1e-3`. A comma before exactly three digits
//! groups thousands; everywhere else it separates.
//! **Units** stand behind numbers (`5 km/h`, `3 EUR/person/month`, `2 per week`) and are checked; any word is a unit of its own.
//! `x in h` shows a line in another unit of its dimension.
//! **Ranges** `a to b` are 90 % intervals: lognormal when both ends are positive, normal otherwise. Other tools
//! read the same text as other families, so every leaf tells its own ([`Distribution::family`]).
//! **Distributions**: `normal(mean, sd)`, `lognormal(mu, sigma)`, `uniform(a, b)`, `triangular(a, mode, b)`,
//! `pert(a, mode, b)`, `beta(a, b)`, `m of n` (a share after m of n were so), `mix(a, b, [0.9, 0.1])`, and lists of
//! data `[3, 4, 4, 7]`.
//! **Functions**: `+ - * / ^ sqrt ln log10 exp abs round floor ceil min max clamp`, `if a > b then c else d`, and
//! over all samples `P(profit > 0)`, `mean(x)`, `median(x)`.
//!
//! ```
//! use estimate::{Model, Settings};
//! # fn main() -> Result<(), estimate::Wrong> {
//! let model = Model::parse("riders = 40k to 60k people\nrides = 2 to 5 per person per month\nincome = riders * rides * 2.50 EUR in EUR/year")?;
//! let results = model.run(Settings::default())?;
//! let income = results.summary(model.target());
//! assert!(income.at(0.05) < income.at(0.95));
//! assert_eq!(model.lines()[2].unit.to_string(), "EUR/year");
//! assert!(model.exact(2).is_some(), "a product of ranges has a closed form, too");
//! # Ok(()) }
//! ```

mod calls;
mod check;
mod draw;
mod exact;
mod kind;
mod lex;
mod model;
mod number;
mod parse;
mod range;
mod run;
pub mod score;
mod sense;
mod structure;
mod summary;
mod text;
mod unit;
mod words;

pub use check::Leaf;
pub use draw::{Distribution, Z90};
pub use exact::Exact;
pub use model::{LONGEST_LINE, Line, MOST_LINES, Model};
pub use run::{Column, Results, Settings};
pub use sense::{Influence, Meeting};
pub use structure::Structure;
pub use summary::{Bin, SHARES, Summary};
pub use text::{Place, Wrong};
pub use unit::{Dimensions, Unit};
