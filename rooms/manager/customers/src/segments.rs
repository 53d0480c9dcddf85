//! Segments: described, changed, taken for one another.

use crate::{
    customers::{is_free, no_less_than_nothing},
    events::*,
    model::*,
    named::{Record, Told},
};
use kernel::{Column, Command, Decided, Event, Id, Line, Look, Moment, Named, Noun, Refusal, Result, Scope, Text, command, event::edit, give};

/// In percent as people type it, kept as a share.
fn growth(percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(percent) if !(-100.0..=100_000.0).contains(&percent) => {
            Err(Refusal::invalid("growth", "Give the growth of a year in percent; a shrinking segment has less than 0."))
        }
        fine => Ok(fine.map(|percent| percent / 100.0)),
    }
}

command! {
    /// Describes a segment: people or companies who want the same.
    pub struct CreateSegment in "segment.create" at Post "/products/{product}/segments" [Research] {
        pub name: Line<200>,
        /// How many of them there are.
        pub size: Option<i64>,
        /// In a year, in percent.
        pub growth: Option<f64>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for CreateSegment {
    type Before = ();

    fn load(&self, look: &mut Look) -> Result<()> {
        is_free::<Segment>(look, &self.name, None)
    }
    fn title(&self, (): &()) -> String {
        format!("Describe the segment “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let segment = Segment {
            size: no_less_than_nothing("size", self.size)?,
            growth: growth(self.growth)?,
            note: self.note.into(),
            ..Segment::begun(moment.fresh(Some(scope.product_id()?)), self.name.into())
        };
        Ok(Event::created(&SEGMENT_CREATED, &segment).into())
    }
}

command! {
    /// Changes a segment.
    pub struct EditSegment in "segment.edit" at Patch "/products/{product}/segments/{segment}" [Research] {
        pub segment: Id<Segment>,
        pub name: Option<Line<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<i64>")]
        pub size: Option<Option<i64>>,
        /// In a year, in percent.
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub growth: Option<Option<f64>>,
        pub note: Option<Text<5_000>>,
    }
}

impl Command for EditSegment {
    type Before = Segment;

    fn load(&self, look: &mut Look) -> Result<Segment> {
        let segment = Segment::get(look, self.segment)?;
        if let Some(name) = &self.name {
            is_free(look, name, Some(segment.id()))?;
        }
        Ok(segment)
    }
    fn title(&self, before: &Segment) -> String {
        format!("Change the segment “{}”", before.name)
    }
    fn decide(self, before: Segment, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&SEGMENT_EDITED, &before, |s| {
            give(&mut s.name, self.name);
            give(&mut s.note, self.note);
            if let Some(size) = self.size {
                s.size = no_less_than_nothing("size", size)?;
            }
            if let Some(percent) = self.growth {
                s.growth = growth(percent)?;
            }
            Ok(())
        })?
        .into())
    }
}

/// Whoever and whatever is of a segment.
pub struct Within {
    segment: Segment,
    customers: Vec<Customer>,
    evidence: Vec<Evidence>,
    needs: Vec<Need>,
}

/// So much is moved at once.
const MOST: usize = 2_000;

fn within(look: &mut Look, id: Id<Segment>) -> Result<Within> {
    let segment = Segment::get(look, id)?;
    let (of, id) = (format!("and segment = $2 order by id limit {}", MOST + 1), [segment.meta.id.value()]);
    Ok(Within { customers: Customer::all(look, &of, &id)?, evidence: Evidence::all(look, &of, &id)?, needs: Need::all(look, &of, &id)?, segment })
}

impl Within {
    fn len(&self) -> usize {
        self.customers.len() + self.evidence.len() + self.needs.len()
    }
}

command! {
    /// Removes a segment that nobody and nothing is of.
    pub struct RemoveSegment in "segment.remove" at Delete "/products/{product}/segments/{segment}" [Research] {
        pub segment: Id<Segment>,
    }
}

impl Command for RemoveSegment {
    type Before = Within;

    fn load(&self, look: &mut Look) -> Result<Within> {
        within(look, self.segment)
    }
    fn title(&self, before: &Within) -> String {
        format!("Remove the segment “{}”", before.segment.name)
    }
    fn decide(self, before: Within, moment: &Moment, _: &Scope) -> Result<Decided> {
        match before.len() {
            0 => Ok(Event::removed(&SEGMENT_REMOVED, &before.segment, moment.now).into()),
            _ => Err(Refusal::invalid("segment", "Customers, needs or evidence are of this segment. Merge it into another.")),
        }
    }
}

command! {
    /// Says that two segments are one: whoever and whatever is of the first is of the second from now on.
    pub struct MergeSegment in "segment.merge" at Post "/products/{product}/segments/{segment}/merging" [Research] {
        /// The one that goes.
        pub segment: Id<Segment>,
        /// The one that stays, by name or id.
        pub into: Line<200>,
    }
}

impl Command for MergeSegment {
    type Before = (Within, Segment);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let gone = within(look, self.segment)?;
        let Told::Known(stays) = Told::<Segment>::read(look, "into", &self.into)? else {
            return Err(Refusal::invalid("into", format!("No segment is called “{}” here.", self.into)));
        };
        Ok((gone, Segment::get(look, stays)?))
    }
    fn title(&self, (gone, stays): &Self::Before) -> String {
        format!("Merge the segment “{}” into “{}”", gone.segment.name, stays.name)
    }
    fn decide(self, (gone, stays): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if gone.segment.id() == stays.id() {
            return Err(Refusal::invalid("into", "That is the same segment."));
        }
        if gone.len() > MOST {
            return Err(Refusal::invalid("segment", format!("More than {MOST} things are of this segment; merge the other way.")));
        }
        let mut events = vec![];
        for customer in &gone.customers {
            events.push(edit(&CUSTOMER_EDITED, customer, |c| {
                c.segment = Some(stays.id());
                Ok(())
            })?);
        }
        for piece in &gone.evidence {
            events.push(edit(&EVIDENCE_FILED, piece, |e| {
                e.segment = Named::Record(stays.id());
                Ok(())
            })?);
        }
        for need in &gone.needs {
            events.push(edit(&NEED_FILED, need, |n| {
                n.segment = Named::Record(stays.id());
                Ok(())
            })?);
        }
        events.push(edit(&SEGMENT_EDITED, &stays, |s| {
            s.size = s.size.or(gone.segment.size);
            s.growth = s.growth.or(gone.segment.growth);
            Ok(())
        })?);
        events.push(Event::removed(&SEGMENT_MERGED, &gone.segment, moment.now));
        Ok(events.into())
    }
}
