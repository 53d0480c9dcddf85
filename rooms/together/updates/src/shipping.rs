//! The changelog as letters: when a release has reached users, its notes go to those outside of the team who asked for that
//! and have no account. Members who watch it hear by their notices.

use crate::letters::parts;
use kernel::{
    Asked, Authority, Column, Command, Decided, Deserialize, Ear, Errand, Event, Id, Job, Lane, Letter, Look, Moment, Noun, Refusal, Result, Scope,
    Serialize, StoredCommand, Task, Uuid, Value, Waits, command, look::find_rows, serde_json,
};
use launch::{Release, ReleaseState};
use people::Member;
use stakeholders::Stakeholder;
use std::collections::HashSet;

/// So many stakeholders are read at a time.
const AT_ONCE: usize = 1_000;

pub(crate) const SHIPPED: Ear = Ear {
    kind: TellFollowers::KIND,
    heeds: ships,
    listens: Some("select 1 from stakeholder where product = $product and releases = 1 and removed_at is null"),
    at_large: false,
};

fn ships(event: &Event, _door: &str) -> bool {
    event.kind.name == launch::RELEASED.name
}

/// Finds out who is to hear of a release that shipped.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct TellFollowers {
    product: Uuid,
    act: Uuid,
}

impl Job for TellFollowers {
    const KIND: &'static str = "release.tell_followers";
    const SAYS: &'static str = "Find out who is to hear that a release shipped";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let shipped = look.reader.query(
            "select distinct noun_id, member from activity where act = $1 and product = $2 and kind = $3",
            &[self.act.value(), self.product.value(), Value::Text(launch::RELEASED.name.to_owned())],
        )?;
        let releases: Vec<(Uuid, Option<Uuid>)> = shipped.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
        let (mut tasks, mut addresses, mut after) = (vec![], HashSet::new(), Uuid::nil());
        loop {
            let clause = "where product = $1 and releases = 1 and removed_at is null and id > $2 order by id limit $3";
            let outside: Vec<Stakeholder> = find_rows(look.reader, clause, &[self.product.value(), after.value(), Value::Int(AT_ONCE as i64)])?;
            for one in &outside {
                // Who stands here twice, as a person and for a group, reads one letter.
                let Some(to) = one.letters_to().filter(|to| addresses.insert(to.to_lowercase())) else { continue };
                for (release, by) in &releases {
                    let by = by.map(Id::new);
                    tasks.push(Task::of(&MailRelease { product: self.product, release: Id::new(*release), stakeholder: one.id(), by }, to)?);
                }
            }
            match outside.last() {
                Some(last) if outside.len() == AT_ONCE => after = last.meta.id,
                _ => return Ok(Errand::Tasks(tasks)),
            }
        }
    }
}

/// Mails the notes of a release to somebody outside of the team.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailRelease {
    product: Uuid,
    release: Id<Release>,
    stakeholder: Id<Stakeholder>,
    /// Who released it.
    #[serde(default)]
    by: Option<Id<Member>>,
}

impl Job for MailRelease {
    const KIND: &'static str = "release.mail";
    const SAYS: &'static str = "Mail the notes of a release";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        const ONE: &str = "where product = $1 and id = $2 and removed_at is null";
        let release = find_rows::<Release>(look.reader, ONE, &[self.product.value(), self.release.value()])?.pop();
        let whom = find_rows::<Stakeholder>(look.reader, ONE, &[self.product.value(), self.stakeholder.value()])?.pop();
        // Whoever has ended such letters meanwhile gets none, and a release that was taken back is not told of.
        let Some(release) = release.filter(|release| release.state == ReleaseState::Released) else { return Ok(Errand::Nothing) };
        let Some(to) = whom.as_ref().filter(|one| one.releases).and_then(Stakeholder::letters_to) else { return Ok(Errand::Nothing) };
        let mut row = look.reader.query("select name from product where id = $1", &[self.product.value()])?.pop().ok_or(Refusal::NotFound)?;
        let product: String = row.take()?;
        let letter = Letter::new(to, format!("{product}: {}", release.name));
        let letter = match release.notes.is_empty() {
            true => letter.text(format!("“{}” has reached users.", release.name)),
            false => parts(&release.notes).into_iter().fold(letter, Letter::with),
        };
        let mut letter = letter.note(format!(
            "You get this because you are to hear when something new of {product} ships. With the link in this letter you can end such letters."
        ));
        letter.stop = Some(format!("/updates/stop/{}", self.stakeholder));
        Ok(Errand::Letter { letter, first: None })
    }

    fn report(&self) -> Option<StoredCommand> {
        let noted = NoteMailed { release: self.release, stakeholder: self.stakeholder, by: self.by? };
        Some(StoredCommand { name: NoteMailed::NAME.into(), args: serde_json::to_value(noted).ok()? })
    }
}

command! {
    /// Leaves with a stakeholder that a letter told them of a release.
    pub struct NoteMailed in "release.note_mailed" inside {
        pub release: Id<Release>,
        pub stakeholder: Id<Stakeholder>,
        /// On whose behalf it went.
        pub by: Id<Member>,
    }
}

impl Command for NoteMailed {
    /// Both, as far as they are still there: the letter is out, whatever became of them since.
    type Before = Option<(Release, Stakeholder)>;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("stakeholder");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        const ONE: &str = "where id = $1 and removed_at is null";
        let release = find_rows::<Release>(look.reader, ONE, &[self.release.value()])?.pop();
        let whom = find_rows::<Stakeholder>(look.reader, ONE, &[self.stakeholder.value()])?.pop();
        Ok(release.zip(whom).filter(|(release, whom)| release.meta.product == whom.meta.product))
    }
    fn title(&self, _: &Self::Before) -> String {
        "A release was told by letter".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let event = before.map(|(release, whom)| stakeholders::told_by_letter(&release, &whom, self.by, moment));
        Ok(event.into_iter().collect::<Vec<_>>().into())
    }
}
