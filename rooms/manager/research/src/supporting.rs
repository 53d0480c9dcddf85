//! The evidence behind trends, cells of the matrix and personas, and the initiatives that a trend would change.

use crate::{events::*, model::*};
use customers::Evidence;
use kernel::{Command, Decided, Id, Look, Moment, Noun, Ref, Result, Scope, Tie, command, relation::Ends};
use roadmap::Initiative;

/// Declares the two commands that say what evidence supports something and take that back.
macro_rules! supports {
    ($link:ident = $link_name:literal, $unlink:ident = $unlink_name:literal, $path:literal, $field:ident: $noun:ident, $linked:ident, $unlinked:ident, $says:literal, $unsays:literal) => {
        command! {
            #[doc = $says]
            pub struct $link in $link_name at Put $path [Research] {
                pub $field: Id<$noun>,
                pub evidence: Id<Evidence>,
            }
        }

        impl Command for $link {
            type Before = Ends;

            fn load(&self, look: &mut Look) -> Result<Ends> {
                let (evidence, thing) = (Evidence::get(look, self.evidence)?, $noun::get(look, self.$field)?);
                Ends::read(look, &evidence, Tie::Supports, &thing)
            }
            fn title(&self, ends: &Ends) -> String {
                format!("Link: {}", ends.told())
            }
            fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
                Ok(before.link(&$linked, moment, scope.product_id()?)?.into())
            }
        }

        command! {
            #[doc = $unsays]
            pub struct $unlink in $unlink_name at Delete $path [Research] {
                pub $field: Id<$noun>,
                pub evidence: Id<Evidence>,
            }
        }

        impl Command for $unlink {
            type Before = Ends;

            fn load(&self, look: &mut Look) -> Result<Ends> {
                let (evidence, thing) = (Evidence::get(look, self.evidence)?, $noun::get(look, self.$field)?);
                Ends::read(look, &evidence, Tie::Supports, &thing)
            }
            fn title(&self, ends: &Ends) -> String {
                format!("Unlink: {}", ends.told())
            }
            fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
                Ok(before.unlink(&$unlinked, moment.now)?.into())
            }
        }
    };
}

supports!(SupportTrend = "trend.support", UnsupportTrend = "trend.unsupport", "/products/{product}/trends/{trend}/evidence/{evidence}",
    trend: Trend, TREND_LINKED, TREND_UNLINKED, "Says that evidence supports a trend.", "Takes back that evidence supports a trend.");
supports!(SupportGrade = "grade.support", UnsupportGrade = "grade.unsupport", "/products/{product}/grades/{grade}/evidence/{evidence}",
    grade: Grade, GRADE_LINKED, GRADE_UNLINKED, "Says that evidence supports what stands in a cell of the capability matrix.",
    "Takes back that evidence supports what stands in a cell of the capability matrix.");
supports!(SupportPersona = "persona.support", UnsupportPersona = "persona.unsupport", "/products/{product}/personas/{persona}/evidence/{evidence}",
    persona: Persona, PERSONA_LINKED, PERSONA_UNLINKED, "Says that evidence stands behind a persona.", "Takes back that evidence stands behind a persona.");

/// A trend, an initiative that it would change, and the link between them, if any.
fn affected(look: &mut Look, trend: Id<Trend>, initiative: &Ref) -> Result<Ends> {
    let (trend, initiative) = (Trend::get(look, trend)?, roadmap::initiative(look, initiative)?);
    Ends::read::<Trend, Initiative>(look, &trend, Tie::Changes, &initiative)
}

command! {
    /// Says that a trend would change an initiative.
    pub struct AffectInitiative in "trend.affect" at Put "/products/{product}/trends/{trend}/initiatives/{initiative}" [Research] {
        pub trend: Id<Trend>,
        /// Number, key or id.
        pub initiative: Ref,
    }
}

impl Command for AffectInitiative {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        affected(look, self.trend, &self.initiative)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Link: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(before.link(&TREND_LINKED, moment, scope.product_id()?)?.into())
    }
}

command! {
    /// Takes back that a trend would change an initiative.
    pub struct UnaffectInitiative in "trend.unaffect" at Delete "/products/{product}/trends/{trend}/initiatives/{initiative}" [Research] {
        pub trend: Id<Trend>,
        /// Number, key or id.
        pub initiative: Ref,
    }
}

impl Command for UnaffectInitiative {
    type Before = Ends;

    fn load(&self, look: &mut Look) -> Result<Ends> {
        affected(look, self.trend, &self.initiative)
    }
    fn title(&self, ends: &Ends) -> String {
        format!("Unlink: {}", ends.told())
    }
    fn decide(self, before: Ends, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.unlink(&TREND_UNLINKED, moment.now)?.into())
    }
}
