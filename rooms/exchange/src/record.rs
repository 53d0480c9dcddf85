//! The record of an import, written in the same transaction as the import itself.

use crate::IMPORTED;
use kernel::value::Packed;
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Result, Scope, Value, command, fields::within, noun};
use people::Member;
use std::collections::BTreeMap;

noun! {
    /// One import that took place.
    pub struct ImportRun in "import_run" {
        format: String,
        file_name: String,
        member: Option<Id<Member>>,
        counts: Packed<BTreeMap<String, usize>>,
        report: String,
    } label(r) format!("{} ({})", r.file_name, r.format);
    about { many: "import-runs", read: kernel::Reading::Sees(kernel::Area::Backlog), hushed: &["report"], long: &["report"], trace: true }
}

/// An import that took place, as a list tells it.
pub struct Before {
    pub file_name: String,
    pub at: i64,
    pub by: Option<String>,
    pub stories: usize,
}

/// So many are told.
const MOST: i64 = 5;

/// The last imports, the latest first.
pub fn lately(look: &mut Look) -> Result<Vec<Before>> {
    let product = look.scope.product_id()?.value();
    let rows = look.query(
        "select import_run.file_name, import_run.created_at, member.name, import_run.counts from import_run left join member on member.id = import_run.member
         where import_run.product = $1 and import_run.removed_at is null order by import_run.created_at desc, import_run.id desc limit $2",
        &[product, Value::Int(MOST)],
    )?;
    let before = |mut row: kernel::Row| {
        let (file_name, at, by) = (row.take()?, row.take()?, row.take()?);
        let counts: Packed<BTreeMap<String, usize>> = row.take()?;
        Ok(Before { file_name, at, by, stories: counts.get("stories").copied().unwrap_or(0) })
    };
    rows.into_iter().map(before).collect()
}

command! {
    /// Records that a file was imported, with its figures.
    pub struct RecordImport in "import.record" at Post "/products/{product}/imports" [Backlog] {
        pub format: String,
        pub file_name: String,
        #[serde(default)]
        pub counts: BTreeMap<String, usize>,
        #[serde(default)]
        pub report: String,
    }
}

impl Command for RecordImport {
    type Before = ();
    const UNDOABLE: bool = false;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Import {}", self.file_name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let run = ImportRun {
            meta: moment.fresh(Some(scope.product_id()?)),
            format: within("format", &self.format, 40)?,
            file_name: within("file_name", &self.file_name, 300)?,
            member: scope.who.member.map(Id::new),
            counts: Packed(self.counts),
            report: within("report", &self.report, 200_000)?,
        };
        Ok(Event::created(&IMPORTED, &run).into())
    }
}
