//! How it is written down what a member has looked at: without an event, and told to nobody but their own pages.

use crate::{live::Told, outcome::Thing, run::Work};
use kernel::{
    Column, Result, Scope, Uuid, Value, list,
    seen::{Glance, Seen},
};
use std::collections::BTreeSet;

impl Work<'_> {
    /// Notes what whoever asks has looked at; what the answer says of it.
    pub fn look_at(&mut self, scope: &Scope, seen: Vec<Seen>) -> Result<Vec<Thing>> {
        let mut things = vec![];
        for Seen { glance, told } in seen {
            let member = scope.oneself()?;
            let about = self.note(member, &glance)?;
            self.told.push(Told {
                node: self.node,
                product: None,
                only: Some(member),
                nouns: BTreeSet::from(["notice".to_owned()]),
                act: Uuid::nil(),
            });
            if let Some((kind, label)) = told {
                things.push(Thing { noun: "notice".into(), id: about, label, event: kind.name.to_owned(), moved: None, changes: vec![] });
            }
        }
        Ok(things)
    }

    /// Writes a glance down; what it was at.
    fn note(&mut self, member: Uuid, glance: &Glance) -> Result<Uuid> {
        match glance {
            Glance::Yet { thing, since } => {
                let sql = "insert into unread (id, member, thing, since) values ($1, $2, $3, $4) on conflict (member, thing) do nothing";
                self.writer.execute(sql, &[self.moment.id::<()>().0.value(), member.value(), thing.value(), Value::Int(*since)])?;
                Ok(*thing)
            }
            Glance::Done(things) => {
                let sql = "delete from unread where member = $1 and thing in each($2)";
                self.writer.execute(sql, &[member.value(), list(things.iter().copied())])?;
                Ok(things.first().copied().unwrap_or(member))
            }
            Glance::All => {
                self.writer.execute("delete from unread where member = $1", &[member.value()])?;
                Ok(member)
            }
            Glance::Read(thing) => {
                let sql = "insert into has_read (id, member, thing, at) values ($1, $2, $3, $4) on conflict (member, thing) do nothing";
                self.writer.execute(sql, &[self.moment.id::<()>().0.value(), member.value(), thing.value(), Value::Int(self.moment.now)])?;
                Ok(*thing)
            }
            Glance::Here { product, until } => {
                let sql = "insert into last_here (id, member, product, at) values ($1, $2, $3, $4)
                           on conflict (member, product) do update set at = excluded.at";
                self.writer.execute(sql, &[self.moment.id::<()>().0.value(), member.value(), product.value(), Value::Int(*until)])?;
                Ok(*product)
            }
        }
    }
}
