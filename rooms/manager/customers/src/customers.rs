//! Customers: made known, changed, taken for one another.

use crate::{
    elsewhere::changed_here,
    events::*,
    interviews::belongs,
    model::*,
    named::{self, Record, Told},
};
use kernel::{
    Asked, Change, Column, Command, Decided, Event, Id, Line, Look, Moment, Named, Noun, Refusal, Result, Scope, Text, Value, command, event::edit,
    give,
};
use people::Member;
use std::collections::HashSet;

/// At least nothing, and a number that can be kept.
pub(crate) fn no_less_than_nothing(field: &str, size: Option<i64>) -> Result<Option<i64>> {
    match size {
        Some(size) if !(0..=1_000_000_000_000).contains(&size) => Err(Refusal::invalid(field, "Give a whole number from 0 on.")),
        fine => Ok(fine),
    }
}

fn revenue(value: Option<f64>) -> Result<Option<f64>> {
    match value {
        Some(value) if !(0.0..=1e15).contains(&value) => Err(Refusal::invalid("revenue", "Give what comes from this customer in a year, from 0 on.")),
        fine => Ok(fine),
    }
}

/// Refuses a name that another one has.
pub(crate) fn is_free<T: Record>(look: &mut Look, name: &str, own: Option<Id<T>>) -> Result<()> {
    match named::called::<T>(look, name)?.filter(|other| Some(other.id()) != own) {
        None => Ok(()),
        Some(other) => Err(Refusal::invalid("name", format!("There is “{}” already. Merge the two if they are the same.", other.label()))),
    }
}

/// The customer that another system calls so.
fn by_external(look: &mut Look, external: &str) -> Result<Option<Customer>> {
    match external.is_empty() {
        true => Ok(None),
        false => Ok(Customer::all(
            look,
            "and external_id = $2 and external_id <> '' order by created_at, id limit 1",
            &[Value::Text(external.to_owned())],
        )?
        .pop()),
    }
}

/// Refuses what another system calls another one.
fn is_nobody_elses(look: &mut Look, external: &str, own: Option<Id<Customer>>) -> Result<()> {
    match by_external(look, external)?.filter(|other| Some(other.id()) != own) {
        None => Ok(()),
        Some(other) => Err(Refusal::invalid("external_id", format!("“{}” has this id already.", other.name))),
    }
}

command! {
    /// Makes a customer known or brings one up to date, by what another system calls it. One of the same name that has no such
    /// id yet is taken for the same; what is left out stays, and what people have changed here.
    pub struct PutCustomer in "customer.put" at Put "/products/{product}/customers-elsewhere/{external_id}" [Customers] {
        pub external_id: Line<200>,
        /// Needed where it is not known yet.
        pub name: Option<Line<200>>,
        pub size: Option<i64>,
        pub revenue: Option<f64>,
        /// By name or id; one that is not known yet is described by its name.
        pub segment: Option<Text<200>>,
        pub note: Option<Text<5_000>>,
        /// Whoever looks after it here.
        pub owner: Option<Id<Member>>,
    }
}

impl Command for PutCustomer {
    type Before = (Option<(Customer, HashSet<String>)>, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        belongs(look, self.owner)?;
        let known = by_external(look, &self.external_id)?;
        let mut kept = match &known {
            Some(known) => changed_here(look, &known.meta, Self::NAME)?,
            None => HashSet::new(),
        };
        // What it is called there matters to nobody where it has another name here.
        let name = self.name.as_ref().filter(|_| !kept.contains("name"));
        let called = name.map(|name| named::called::<Customer>(look, name)).transpose()?.flatten();
        let known = match (known, called) {
            (Some(known), Some(called)) if known.id() != called.id() => {
                Err(Refusal::invalid("name", format!("There is another “{}” already. Merge the two if they are the same.", called.name)))
            }
            (Some(known), _) => Ok(Some(known)),
            (None, Some(called)) if !called.external_id.is_empty() => {
                Err(Refusal::invalid("name", format!("“{}” goes by another id there: {}.", called.name, called.external_id)))
            }
            (None, called) => {
                if let Some(called) = &called {
                    kept = changed_here(look, &called.meta, Self::NAME)?;
                }
                Ok(called)
            }
        }?;
        // A segment that stays as it is here is not described by it.
        let segment = self.segment.as_ref().filter(|_| !kept.contains("segment"));
        let segment = segment.map(|name| Told::read(look, "segment", name)).transpose()?;
        Ok((known.map(|known| (known, kept)), segment))
    }
    fn title(&self, (known, _): &Self::Before) -> String {
        match known {
            Some((known, _)) => format!("Bring the customer “{}” up to date", known.name),
            None => format!("Make known the customer “{}”", self.name.as_deref().unwrap_or(&self.external_id)),
        }
    }
    fn decide(self, (known, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let segment = segment.map(|segment| segment.record(moment, product, &mut events));
        let (size, revenue) = (no_less_than_nothing("size", self.size)?, revenue(self.revenue)?);
        let (name, external, note, owner) = (self.name, self.external_id, self.note, self.owner);
        let fill = |c: &mut Customer, kept: &HashSet<String>| {
            let comes = |field: &str| !kept.contains(field);
            give(&mut c.external_id, Some(external));
            give(&mut c.note, note.filter(|_| comes("note")));
            give(&mut c.segment, segment);
            c.size = size.filter(|_| comes("size")).or(c.size);
            c.revenue = revenue.filter(|_| comes("revenue")).or(c.revenue);
            c.owner = owner.filter(|_| comes("owner")).or(c.owner);
        };
        match (known, name) {
            (Some((known, kept)), name) => events.push(edit(&CUSTOMER_EDITED, &known, |c| {
                give(&mut c.name, name.filter(|_| !kept.contains("name")));
                fill(c, &kept);
                Ok(())
            })?),
            (None, None) => return Err(Refusal::invalid("name", "No customer goes by this id yet. Say what it is called.")),
            (None, Some(name)) => {
                let mut customer = Customer::begun(moment.fresh(Some(product)), name.into());
                fill(&mut customer, &HashSet::new());
                events.push(Event::created(&CUSTOMER_CREATED, &customer));
            }
        }
        Ok(events.into())
    }
}

command! {
    /// Makes a customer known.
    pub struct CreateCustomer in "customer.create" at Post "/products/{product}/customers" [Customers] {
        pub name: Line<200>,
        /// How many people use the product there.
        pub size: Option<i64>,
        /// What comes from it in a year, in the product's currency.
        pub revenue: Option<f64>,
        /// By name or id; one that is not known yet is described by its name.
        #[serde(default)]
        pub segment: Text<200>,
        #[serde(default)]
        pub note: Text<5_000>,
        /// What another system calls it, each once.
        #[serde(default)]
        pub external_id: Text<200>,
        /// Whoever looks after it here.
        pub owner: Option<Id<Member>>,
    }
}

impl Command for CreateCustomer {
    type Before = Told<Segment>;

    fn load(&self, look: &mut Look) -> Result<Told<Segment>> {
        is_free::<Customer>(look, &self.name, None)?;
        is_nobody_elses(look, &self.external_id, None)?;
        belongs(look, self.owner)?;
        Told::read(look, "segment", &self.segment)
    }
    fn title(&self, _: &Told<Segment>) -> String {
        format!("Make known the customer “{}”", self.name)
    }
    fn decide(self, segment: Told<Segment>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let customer = Customer {
            size: no_less_than_nothing("size", self.size)?,
            revenue: revenue(self.revenue)?,
            segment: segment.record(moment, product, &mut events),
            note: self.note.into(),
            external_id: self.external_id.into(),
            owner: self.owner,
            ..Customer::begun(moment.fresh(Some(product)), self.name.into())
        };
        events.push(Event::created(&CUSTOMER_CREATED, &customer));
        Ok(events.into())
    }
}

command! {
    /// Changes a customer.
    pub struct EditCustomer in "customer.edit" at Patch "/products/{product}/customers/{customer}" [Customers] {
        pub customer: Id<Customer>,
        pub name: Option<Line<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<i64>")]
        pub size: Option<Option<i64>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<f64>")]
        pub revenue: Option<Option<f64>>,
        /// By name or id; empty for none.
        pub segment: Option<Text<200>>,
        pub note: Option<Text<5_000>>,
        /// Empty for none.
        pub external_id: Option<Text<200>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Member>>")]
        pub owner: Option<Option<Id<Member>>>,
    }
}

impl Command for EditCustomer {
    type Before = (Customer, Option<Told<Segment>>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let customer = Customer::get(look, self.customer)?;
        if let Some(name) = &self.name {
            is_free(look, name, Some(customer.id()))?;
        }
        if let Some(external) = &self.external_id {
            is_nobody_elses(look, external, Some(customer.id()))?;
        }
        belongs(look, self.owner.flatten())?;
        let segment = self.segment.as_ref().map(|name| Told::read(look, "segment", name)).transpose()?;
        Ok((customer, segment))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Change the customer “{}”", before.name)
    }
    fn decide(self, (before, segment): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (product, mut events) = (scope.product_id()?, vec![]);
        let segment = segment.map(|segment| segment.record(moment, product, &mut events));
        events.push(edit(&CUSTOMER_EDITED, &before, |c| {
            give(&mut c.name, self.name);
            give(&mut c.note, self.note);
            give(&mut c.segment, segment);
            give(&mut c.external_id, self.external_id);
            give(&mut c.owner, self.owner);
            if let Some(size) = self.size {
                c.size = no_less_than_nothing("size", size)?;
            }
            if let Some(value) = self.revenue {
                c.revenue = revenue(value)?;
            }
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Removes a customer of whom there is no evidence.
    pub struct RemoveCustomer in "customer.remove" at Delete "/products/{product}/customers/{customer}" [Customers] {
        pub customer: Id<Customer>,
    }
}

impl Command for RemoveCustomer {
    /// The customer, and how much evidence there is of it.
    type Before = (Customer, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let customer = Customer::get(look, self.customer)?;
        let product = look.scope.product_id()?;
        let evidence = look.number(
            "select count(*) from evidence where product = $1 and customer = $2 and removed_at is null",
            &[product.value(), customer.meta.id.value()],
        )?;
        Ok((customer, evidence))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Remove the customer “{}”", before.name)
    }
    fn decide(self, (before, evidence): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        match evidence {
            0 => Ok(Event::removed(&CUSTOMER_REMOVED, &before, moment.now).into()),
            1 => Err(Refusal::invalid("customer", "A piece of evidence is of this customer. Merge the customer into another, or say whose it is.")),
            many => Err(Refusal::invalid("customer", format!("{many} pieces of evidence are of this customer. Merge it into another."))),
        }
    }
}

command! {
    /// Says that two customers are one: what is known of the first goes over to the second, and fills what is empty there.
    pub struct MergeCustomer in "customer.merge" at Post "/products/{product}/customers/{customer}/merging" [Customers] {
        /// The one that goes.
        pub customer: Id<Customer>,
        /// The one that stays, by name or id.
        pub into: Line<200>,
    }
}

/// So much evidence goes over at once; more is no slip of the pen.
const MOST_EVIDENCE: usize = 2_000;

/// Who goes and who stays, and what goes over.
pub struct Merging {
    gone: Customer,
    stays: Customer,
    evidence: Vec<Evidence>,
}

impl Command for MergeCustomer {
    type Before = Merging;

    fn load(&self, look: &mut Look) -> Result<Merging> {
        let gone = Customer::get(look, self.customer)?;
        let Told::Known(stays) = Told::<Customer>::read(look, "into", &self.into)? else {
            return Err(Refusal::invalid("into", format!("Nobody is called “{}” here.", self.into)));
        };
        let evidence = Evidence::all(look, &format!("and customer = $2 order by id limit {}", MOST_EVIDENCE + 1), &[gone.meta.id.value()])?;
        Ok(Merging { stays: Customer::get(look, stays)?, gone, evidence })
    }
    fn title(&self, before: &Merging) -> String {
        format!("Merge “{}” into “{}”", before.gone.name, before.stays.name)
    }
    fn decide(self, Merging { gone, stays, evidence }: Merging, moment: &Moment, _: &Scope) -> Result<Decided> {
        if gone.id() == stays.id() {
            return Err(Refusal::invalid("into", "That is the same customer."));
        }
        if evidence.len() > MOST_EVIDENCE {
            return Err(Refusal::invalid(
                "customer",
                format!("More than {MOST_EVIDENCE} pieces of evidence are of this customer; merge the other way."),
            ));
        }
        let mut events = vec![];
        for piece in &evidence {
            events.push(edit(&EVIDENCE_FILED, piece, |e| {
                e.customer = Named::Record(stays.id());
                Ok(())
            })?);
        }
        events.push(edit(&CUSTOMER_EDITED, &stays, |c| {
            c.size = c.size.or(gone.size);
            c.revenue = c.revenue.or(gone.revenue);
            c.segment = c.segment.or(gone.segment);
            c.owner = c.owner.or(gone.owner);
            if c.external_id.is_empty() {
                c.external_id.clone_from(&gone.external_id);
            }
            if !gone.note.is_empty() && c.note != gone.note {
                c.note = [c.note.as_str(), gone.note.as_str()].into_iter().filter(|note| !note.is_empty()).collect::<Vec<_>>().join("\n\n");
            }
            Ok(())
        })?);
        let mut went = Event::removed(&CUSTOMER_MERGED, &gone, moment.now);
        went.changes.push(Change::new("merged_into", gone.merged_into.value(), Some(stays.id()).value()));
        events.push(went);
        Ok(events.into())
    }
}
