//! Publishing to the workspace, edition by edition; taking a challenge out of the library, and putting it back.

use crate::{events::*, model::*, rows, wrong};
use challenge::{Challenge, Fault};
use club::{Edition, OwnChallenge};
use kernel::{
    Authority, Command, Decided, Event, EventKind, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Waits, command, event::edit, value::Packed,
};

command! {
    /// Publishes a challenge to the workspace. What was changed since it was published before becomes a new edition; attempts
    /// keep the one that they were of.
    pub struct PublishChallenge in "challenge_draft.publish" at Post "/account/challenge-drafts/{draft}/publishing" [] {
        pub draft: Id<ChallengeDraft>,
    }
}

/// What publishing needs to know.
pub struct Known {
    draft: ChallengeDraft,
    before: Option<OwnChallenge>,
    /// Something else in the club goes by its id.
    taken: bool,
    drills: Vec<String>,
    stakeholder: bool,
}

impl Command for PublishChallenge {
    type Before = Box<Known>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Workspace;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let draft = ChallengeDraft::get(look, self.draft)?;
        let before = match draft.challenge {
            Some(id) => OwnChallenge::all(look, "and id = $2", &[kernel::Column::value(&id)])?.pop(),
            None => None,
        };
        let taken = before.is_none() && club::code_is_taken(look, &draft.code)?;
        let (drills, stakeholder) = (club::drill_ids(look)?, rows::is_stakeholder_alone(look)?);
        Ok(Box::new(Known { draft, before, taken, drills, stakeholder }))
    }
    fn may(&self, known: &Self::Before, _: &Scope) -> Result<()> {
        match known.stakeholder {
            false => Ok(()),
            true => Err(Refusal::denied(
                "Whoever takes part in products as a stakeholder only does not publish challenges. Hand yours on as a folder, and somebody of the team may.",
            )),
        }
    }
    fn title(&self, known: &Self::Before) -> String {
        format!("Publish “{}”", known.draft.title)
    }
    fn decide(self, known: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Known { draft, before, taken, drills, .. } = *known;
        if taken {
            return Err(Refusal::invalid("draft", format!("Something in the club goes by “{}” already; give yours another id.", draft.code)));
        }
        if before.as_ref().is_some_and(|before| before.withdrawn_by.is_some_and(|by| by != draft.member)) {
            return Err(Refusal::invalid("draft", "An administrator took it out of the library; only an administrator puts it back."));
        }
        if before.is_some() && !draft.is_changed {
            return Err(Refusal::invalid("draft", format!("Nothing was changed since edition {}.", draft.edition)));
        }
        let read = wrong::read(&draft, &drills).map_err(|faults| Refusal::invalid("draft", open(&faults)))?;
        let edition = draft.edition + 1;
        let (told, published) = match before {
            Some(before) => {
                let event = edit(&EDITED, &before, |after| {
                    tell(after, &read, edition, moment.now);
                    (after.withdrawn_at, after.withdrawn_by) = (None, None);
                    Ok(())
                })?;
                (before.id(), event)
            }
            None => {
                let mut fresh = OwnChallenge {
                    meta: moment.fresh(None),
                    code: draft.code.clone(),
                    kind: draft.kind,
                    title: String::new(),
                    summary: String::new(),
                    level: 1,
                    minutes: 1,
                    skills: Packed::default(),
                    words: String::new(),
                    member: draft.member,
                    edition,
                    published_at: moment.now,
                    withdrawn_at: None,
                    withdrawn_by: None,
                };
                tell(&mut fresh, &read, edition, moment.now);
                (fresh.id(), Event::created(&PUBLISHED, &fresh))
            }
        };
        let text = Edition { meta: moment.fresh(None), member: draft.member, challenge: told, number: edition, files: draft.files.clone() };
        let noted = edit(&WRITTEN, &draft, |after| {
            (after.challenge, after.edition, after.is_changed) = (Some(told), edition, false);
            Ok(())
        })?;
        Ok(vec![published, Event::created(&KEPT, &text), noted].into())
    }
}

/// What is told of a challenge before it is tried.
fn tell(told: &mut OwnChallenge, read: &Challenge, edition: i64, now: i64) {
    told.title.clone_from(&read.title);
    told.summary.clone_from(&read.summary);
    (told.level, told.minutes) = (read.level.into(), read.minutes.into());
    told.skills = Packed(read.skills.clone());
    told.words = format!("{} {} {} {}", read.title, read.summary, read.skills.join(" "), read.brief).to_lowercase();
    (told.edition, told.published_at) = (edition, now);
}

/// What is to be mended first.
fn open(faults: &[Fault]) -> String {
    let first: Vec<String> = faults.iter().take(2).map(ToString::to_string).collect();
    match faults.len() {
        1 => format!("One thing is to be mended first. {}", first.join(" ")),
        many => format!("{many} things are to be mended first. {}{}", first.join(" "), if many > 2 { " …" } else { "" }),
    }
}

fn its_author_or_the_administrator(challenge: &OwnChallenge, scope: &Scope) -> Result<()> {
    match scope.who.administrator || scope.who.member == Some(challenge.member.0) {
        true => Ok(()),
        false => Err(Refusal::denied("Whoever wrote the challenge does this, or an administrator.")),
    }
}

/// A challenge that is taken out of the library or put back. Somebody else than its author says why, who is told of it.
fn shelved(
    kind: &'static EventKind,
    before: &OwnChallenge,
    reason: Reason,
    scope: &Scope,
    change: impl FnOnce(&mut OwnChallenge),
) -> Result<Decided> {
    if scope.who.member != Some(before.member.0) && reason.is_empty() {
        return Err(Refusal::invalid("reason", "Say why: whoever wrote it is told, and by whom."));
    }
    let event = edit(kind, before, |after| {
        change(after);
        Ok(())
    })?;
    Ok(Decided { reason: Some(String::from(reason)).filter(|reason| !reason.is_empty()), ..event.into() })
}

/// Why somebody does so.
pub type Reason = Text<500>;

command! {
    /// Takes a challenge out of the library. Attempts at it stay, and can be read.
    pub struct WithdrawChallenge in "challenge.withdraw" at Post "/challenges/{challenge}/withdrawing" [] {
        pub challenge: Id<OwnChallenge>,
        /// Why; of somebody else’s challenge it has to be said.
        #[serde(default)]
        pub reason: Reason,
    }
}

impl Command for WithdrawChallenge {
    type Before = OwnChallenge;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Workspace;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<OwnChallenge> {
        OwnChallenge::get(look, self.challenge)
    }
    fn may(&self, before: &OwnChallenge, scope: &Scope) -> Result<()> {
        its_author_or_the_administrator(before, scope)
    }
    fn title(&self, before: &OwnChallenge) -> String {
        format!("Take “{}” out of the library", before.title)
    }
    fn decide(self, before: OwnChallenge, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.withdrawn_at.is_some() {
            return Err(Refusal::invalid("challenge", "It is out of the library already."));
        }
        let by = Id::new(scope.who.signed_in()?);
        shelved(&WITHDRAWN, &before, self.reason, scope, |after| (after.withdrawn_at, after.withdrawn_by) = (Some(moment.now), Some(by)))
    }
}

command! {
    /// Puts a challenge back into the library: whoever took it out does so, or an administrator.
    pub struct PutBackChallenge in "challenge.put_back" at Post "/challenges/{challenge}/putting-back" [] {
        pub challenge: Id<OwnChallenge>,
        /// Why; of somebody else’s challenge it has to be said.
        #[serde(default)]
        pub reason: Reason,
    }
}

impl Command for PutBackChallenge {
    type Before = OwnChallenge;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Workspace;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<OwnChallenge> {
        OwnChallenge::get(look, self.challenge)
    }
    fn may(&self, before: &OwnChallenge, scope: &Scope) -> Result<()> {
        its_author_or_the_administrator(before, scope)
    }
    fn title(&self, before: &OwnChallenge) -> String {
        format!("Put “{}” back into the library", before.title)
    }
    fn decide(self, before: OwnChallenge, _: &Moment, scope: &Scope) -> Result<Decided> {
        let Some(by) = before.withdrawn_by.filter(|_| before.withdrawn_at.is_some()) else {
            return Err(Refusal::invalid("challenge", "It is in the library."));
        };
        if !scope.who.administrator && scope.who.member != Some(by.0) {
            return Err(Refusal::invalid("challenge", "An administrator took it out; only an administrator puts it back."));
        }
        shelved(&PUT_BACK, &before, self.reason, scope, |after| (after.withdrawn_at, after.withdrawn_by) = (None, None))
    }
}
