//! Evidence by what another system calls it: recorded once, and brought up to date when it comes again. What people have
//! changed of it here stays as they left it.

use crate::{events::*, model::*, named::Told};
use kernel::{
    Asked, Column, Command, Day, Decided, Event, Line, Link, Look, Meta, Moment, Noun, Result, Scope, Text, Value, Words, command,
    event::{edit, read_changes},
    give,
};
use std::collections::HashSet;
use web::when;

command! {
    /// Records evidence, or brings it up to date, by what another system calls it; what is left out stays, and what people have
    /// changed here.
    pub struct PutEvidence in "evidence.put" at Put "/products/{product}/evidence-elsewhere/{external_id}" [Customers] {
        pub external_id: Line<200>,
        pub quote: Words<20_000>,
        pub kind: Option<EvidenceKind>,
        pub source: Option<Text<300>>,
        pub url: Option<Link>,
        /// By name or id. Who is not known by that name is made known.
        pub customer: Option<Text<200>>,
        pub segment: Option<Text<200>>,
        /// The day it was observed; of new evidence today when left out.
        pub noted_on: Option<Day>,
    }
}

/// The fields of a thing that people have changed since it came in: whatever touched them was not the command that brings it
/// up to date.
pub(crate) fn changed_here(look: &mut Look, thing: &Meta, command: &str) -> Result<HashSet<String>> {
    let sql = "select changes from activity where product = $1 and noun_id = $2 and did = 'changed' and command <> $3";
    let bound = [thing.product.value(), thing.id.value(), Value::Text(command.to_owned())];
    let mut fields = HashSet::new();
    for mut row in look.reader.query(sql, &bound)? {
        fields.extend(read_changes(&row.take::<String>()?)?.into_iter().map(|change| change.field));
    }
    Ok(fields)
}

impl Command for PutEvidence {
    type Before = (Option<(Evidence, HashSet<String>)>, Option<Told<Customer>>, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        // The second half names the index of those that have one.
        let known = "and external_id = $2 and external_id <> '' order by created_at, id limit 1";
        let known = Evidence::all(look, known, &[Value::Text(self.external_id.to_string())])?.pop();
        let known = match known {
            Some(known) => {
                let fields = changed_here(look, &known.meta, Self::NAME)?;
                Some((known, fields))
            }
            None => None,
        };
        // Who is named where that stays as it is here is not made known by it.
        let stays = |field: &str| known.as_ref().is_some_and(|(_, fields)| fields.contains(field));
        let named = |name: &Option<Text<200>>, field: &str| name.clone().filter(|_| !stays(field));
        let (customer, segment) = (named(&self.customer, "customer"), named(&self.segment, "segment"));
        let customer = customer.map(|name| Told::read(look, "customer", &name)).transpose()?;
        let segment = segment.map(|name| Told::read(look, "segment", &name)).transpose()?;
        Ok((known, customer, segment))
    }
    fn title(&self, (known, ..): &Self::Before) -> String {
        if known.is_some() { "Bring evidence up to date".into() } else { "Record evidence".into() }
    }
    fn decide(self, (known, customer, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        when::happened("noted_on", self.noted_on.clone().map(String::from).as_ref(), scope, moment.now)?;
        let customer = customer.map(|customer| customer.known(moment, product, &mut events));
        let segment = segment.map(|segment| segment.known(moment, product, &mut events));
        let fill = |e: &mut Evidence, kept: &HashSet<String>| {
            let comes = |field: &str| !kept.contains(field);
            give(&mut e.quote, Some(self.quote).filter(|_| comes("quote")));
            give(&mut e.kind, self.kind.filter(|_| comes("kind")));
            give(&mut e.source, self.source.filter(|_| comes("source")));
            give(&mut e.url, self.url.filter(|_| comes("url")));
            give(&mut e.customer, customer);
            give(&mut e.segment, segment);
            give(&mut e.noted_on, self.noted_on.filter(|_| comes("noted_on")));
        };
        match known {
            Some((known, kept)) => events.push(edit(&EVIDENCE_EDITED, &known, |e| {
                fill(e, &kept);
                Ok(())
            })?),
            None => {
                let mut evidence = Evidence {
                    external_id: self.external_id.into(),
                    noted_on: when::day(moment.now),
                    ..Evidence::begun(moment.fresh(Some(product)))
                };
                fill(&mut evidence, &HashSet::new());
                events.push(Event::created(&EVIDENCE_RECORDED, &evidence));
            }
        }
        Ok(events.into())
    }
}
