//! Backups: made every night where somebody has said where they are kept, and whenever an administrator asks for one.

use kernel::{
    Asked as _, Authority, Command, Decided, Deserialize, Each, Errand, Event, Job, Lane, Line, Look, Moment, Reading, Result, ScheduleSpec, Scope,
    Serialize, StoredCommand, Task, Times, command, json, kinds, noun, task::Kept,
};

kinds! {
    BACKUP_MADE = "backup.made", "made";
}

noun! {
    /// A backup that was made, and read again to see whether it is whole.
    pub struct Backup in "backup" {
        file: String,
        /// Rows of all tables.
        rows_in: i64,
        bytes: i64,
    } label(b) format!("the backup {}", b.file);
    about {
        many: "backups", one: "backup", home: kernel::Home::Workspace, read: Reading::Nobody, made_anew: true, hushed: &["rows_in", "bytes"],
        fades: Some(("created_at", 400))
    }
}

/// At three at night.
pub(crate) const NIGHTLY: ScheduleSpec = ScheduleSpec {
    name: "backup",
    says: "A backup every night",
    times: Times { hour: 3, minute: 0, weekdays: false },
    task: Each::Workspace(|| Task::of(&MakeBackup {}, "The backup of the night")),
};

/// Writes everything where backups are kept.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MakeBackup {}

impl Job for MakeBackup {
    const KIND: &'static str = "backup.make";
    const SAYS: &'static str = "Make a backup";
    const LANE: Lane = Lane::Backup;

    fn errand(&self, _: &mut Look) -> Result<Errand> {
        Ok(Errand::Backup { note: noted })
    }
}

fn noted(kept: Kept) -> Result<StoredCommand> {
    Ok(StoredCommand { name: NoteBackup::NAME.into(), args: json!({ "file": kept.file, "rows_in": kept.rows, "bytes": kept.bytes }) })
}

command! {
    /// Has a backup made now.
    pub struct AskForBackup in "backup.ask" at Post "/backups" [] {}
}

impl Command for AskForBackup {
    type Before = ();
    const UNDOABLE: bool = false;
    const LATER: Option<&'static str> = Some("A backup is being made.");
    const AUTHORITY: Authority = Authority::Administrator;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        "Make a backup".into()
    }
    fn decide(self, (): (), _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Decided { tasks: vec![Task::of(&MakeBackup {}, "A backup")?], ..Decided::default() })
    }
}

command! {
    /// Notes a backup that was made.
    pub struct NoteBackup in "backup.note" inside {
        pub file: Line<200>,
        pub rows_in: i64,
        pub bytes: i64,
    }
}

impl Command for NoteBackup {
    type Before = ();
    const UNDOABLE: bool = false;
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Note the backup {}", &*self.file)
    }
    fn decide(self, (): (), moment: &Moment, _: &Scope) -> Result<Decided> {
        let made = Backup { meta: moment.fresh(None), file: self.file.into(), rows_in: self.rows_in, bytes: self.bytes };
        Ok(Event::created(&BACKUP_MADE, &made).into())
    }
}
