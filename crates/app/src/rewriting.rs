//! Writing down what an erasure was worked out to change (`erasing.rs`): rows, lines of the record, what full text knows, and
//! what machinery keeps.

use crate::{
    erasing::{Changed, Plan, plan},
    live::Told,
    run::Work,
};
use kernel::{Column, Lane, Result, Uuid, Value, erasure::Erasure, list};
use std::collections::{BTreeMap, BTreeSet};

impl Work<'_> {
    /// Erases, ahead of the event that says so.
    pub fn erase(&mut self, erasure: &Erasure) -> Result<()> {
        let plan = plan(self.writer.reader(), self.registry, erasure)?;
        self.rewrite(plan)?;
        self.machinery(erasure)
    }

    /// Writes what was worked out.
    pub(crate) fn rewrite(&mut self, plan: Plan) -> Result<()> {
        let act = self.moment.id::<()>().0;
        let mut told: BTreeMap<Option<Uuid>, BTreeSet<String>> = BTreeMap::new();
        for row in &plan.rows {
            let set: Vec<String> = row.cells.iter().enumerate().map(|(at, (field, _))| format!("{field} = ${}", at + 2)).collect();
            let sql = format!("update {} set version = version + 1, {} where id = $1", row.table, set.join(", "));
            let values: Vec<Value> = [row.id.value()].into_iter().chain(row.cells.iter().map(|(_, text)| Value::Text(text.clone()))).collect();
            self.writer.execute(&sql, &values)?;
            self.index_anew(row)?;
            told.entry(row.product).or_default().insert(row.table.to_owned());
        }
        for (table, id) in &plan.gone {
            self.writer.execute(&format!("delete from {table} where id = $1"), &[id.value()])?;
        }
        for line in plan.lines {
            let sql = "update activity set label = $2, changes = $3, reason = $4 where id = $1";
            self.writer.execute(sql, &[Value::Text(line.id), Value::Text(line.label), Value::Text(line.changes), line.reason.value()])?;
        }
        let product = |(product, nouns)| Told { node: self.node, product, only: None, nouns, act };
        self.told.extend(told.into_iter().map(product));
        Ok(())
    }

    /// Full text knows what a row says now.
    fn index_anew(&mut self, row: &Changed) -> Result<()> {
        let (Some(noun), Some(product)) = (self.registry.noun(row.table), row.product) else { return Ok(()) };
        // What can no longer be read takes the whole back.
        let found = (noun.find)(self.writer.reader(), "where id = $1", &[row.id.value()])?.pop();
        match found.filter(|found| found.meta.removed_at.is_none()).and_then(|found| found.searched) {
            Some((title, body)) => self.writer.index(product, noun.table, row.id, Some((&title, &body))),
            None => Ok(()),
        }
    }

    /// What a model was asked by whomever, and has answered: whose words it was given stands nowhere. That it was asked stays, for it
    /// counts towards a day. What is under way is asked anew, with what is there then, and nothing is kept of what comes meanwhile.
    pub(crate) fn forget_questions(&mut self) -> Result<()> {
        let kinds = list(self.registry.tasks().filter(|spec| spec.lane == Lane::Model).map(|spec| spec.kind.to_owned()));
        // First of all, so that what a node notes now of a question waits for this, or is done before.
        let sql = "update job set lease = null, leased_until = 0, tries = tries - 1 where kind in each($1) and lease is not null";
        self.writer.execute(sql, &[kinds])?;
        self.writer.execute("update model_call set body = '', answer = '', said = '' where body <> ''", &[])?;
        Ok(())
    }

    /// What machinery keeps of them without activity: sealed text, answers that would be repeated, files and letters that wait.
    fn machinery(&mut self, erasure: &Erasure) -> Result<()> {
        self.forget_sealed(erasure.member)?;
        self.forget_that_they_answered(erasure.member)?;
        self.forget_parcels(erasure.member)?;
        self.writer.execute("delete from receipt", &[])?;
        // What webhooks were told and may be told again.
        self.writer.execute("delete from delivery", &[])?;
        // What a model was asked for them.
        self.writer.execute("delete from model_call where member = $1", &[erasure.member.value()])?;
        self.forget_questions()?;
        let about = format!("%{}%", erasure.email.replace(['%', '_'], ""));
        self.writer.execute("delete from job where about like $1", &[Value::Text(about)])?;
        Ok(())
    }
}
