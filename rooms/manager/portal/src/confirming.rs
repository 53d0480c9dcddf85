//! What a letter leads to: whoever has its word says what of all that waits for their address is from them, and whoever has the
//! way out that stands in it ends the letters.

use crate::{
    events::*,
    letters,
    model::{self, *},
    opening::{of_everyone, shown},
    strangers::posted,
    voices::Stand,
};
use kernel::{
    Authority, Column, Command, Decided, Event, Look, Moment, Noun, Refusal, Result, Scope, Uuid, Value, Waits, command, event::edit, look::find_rows,
};
use std::collections::BTreeMap;

/// Days that a browser is known.
pub(crate) const KNOWN: i64 = 180;

/// Whose letter it was, and what waits for its word.
pub struct Letter {
    pub visitor: model::Visitor,
    pub waits: Vec<Wait>,
}

fn of_word(look: &mut Look, product: Uuid, hash: &str) -> Result<model::Visitor> {
    let by_word = "where letter_hash = $1 and product = $2 and letter_hash <> '' and removed_at is null";
    find_rows(look.reader, by_word, &[Value::Text(hash.to_owned()), product.value()])?.pop().ok_or(Refusal::NotFound)
}

/// The letter with this word in a product.
pub(crate) fn letter(look: &mut Look, product: Uuid, hash: &str) -> Result<Letter> {
    let visitor = of_word(look, product, hash)?;
    if visitor.letter_until.ok_or(Refusal::NotFound)? < look.now() {
        return Err(Refusal::invalid("", "This link has expired. Leave your address once more, and a new letter comes."));
    }
    let waits = find_rows(look.reader, "where visitor = $1 and removed_at is null order by id", &[visitor.id().value()])?;
    Ok(Letter { visitor, waits })
}

/// Whether the word of a letter was used. It opens nothing any more.
pub(crate) fn was_used(look: &mut Look, product: Uuid, hash: &str) -> Result<bool> {
    match of_word(look, product, hash) {
        Ok(visitor) => Ok(visitor.letter_until.is_none() && visitor.confirmed_at.is_some()),
        Err(Refusal::NotFound) => Ok(false),
        Err(other) => Err(other),
    }
}

command! {
    /// Confirms an address by the word of a letter: what waited for it holds, as far as it is said to be theirs.
    pub struct Confirm in "portal_visitor.confirm" inside {
        pub key: String,
        pub letter_hash: String,
        /// Of what was shown whether it is from them; what is not goes. What came since goes on waiting.
        pub waits: BTreeMap<Uuid, bool>,
    }
}

/// What was shown of what waits, with what is said in it of each post, taken together.
pub struct Confirming {
    portal: Portal,
    visitor: model::Visitor,
    shown: Vec<Wait>,
    /// Whether they want it, and whether they follow it.
    said: Vec<(Stand, bool, bool)>,
}

impl Confirm {
    fn is_theirs(&self, wait: &Wait) -> bool {
        self.waits.get(&wait.meta.id).copied().unwrap_or(false)
    }
}

impl Command for Confirm {
    type Before = Confirming;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("key");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Confirming> {
        let portal = of_everyone(look, &self.key)?;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        let Letter { visitor, mut waits } = letter(look, product, &self.letter_hash)?;
        waits.retain(|wait| self.waits.contains_key(&wait.meta.id));
        // Posts that were merged since are one, and get one voice.
        let mut roots: Vec<(Post, bool, bool)> = vec![];
        for wait in waits.iter().filter(|wait| self.is_theirs(wait)) {
            let Some(post) = wait.post else { continue };
            let root = match shown(look, product, post) {
                Ok(root) => root,
                // What is not shown any more cannot be voted for.
                Err(Refusal::NotFound) => continue,
                Err(other) => return Err(other),
            };
            match roots.iter_mut().find(|(known, ..)| known.id() == root.id()) {
                Some((_, votes, follows)) => (*votes, *follows) = (*votes || wait.votes, *follows || wait.follows),
                None => roots.push((root, wait.votes, wait.follows)),
            }
        }
        let whose = Whose::Visitor(visitor.meta.id);
        let mut said = vec![];
        for (root, votes, follows) in roots {
            said.push((Stand::read(look, root, whose)?, votes, follows));
        }
        Ok(Confirming { portal, visitor, shown: waits, said })
    }
    fn title(&self, _: &Confirming) -> String {
        "Confirm an address".into()
    }
    fn decide(self, before: Confirming, moment: &Moment, _: &Scope) -> Result<Decided> {
        if !self.waits.values().any(|theirs| *theirs) {
            return Err(Refusal::invalid("waits", "Tick what is from you. If nothing is, close this page."));
        }
        let product = before.portal.meta.product.ok_or(Refusal::NotFound)?;
        let whose = Whose::Visitor(before.visitor.meta.id);
        let mut events = vec![];
        let mut follows_something = false;
        for wait in before.shown {
            events.push(Event::removed(&WAIT_OVER, &wait, moment.now));
            if !self.is_theirs(&wait) {
                continue;
            }
            follows_something |= wait.follows;
            if wait.post.is_none() {
                events.extend(posted(&before.portal, product, (wait.title, wait.body, wait.name), whose, wait.follows, moment));
            }
        }
        for (stand, votes, follows) in before.said {
            events.extend(stand.say(votes.then_some(true), follows.then_some(true), None, moment)?);
        }
        // A word of its own: the one that stands in a letter is read by whoever reads that.
        let secret = moment.secret();
        events.push(edit(&VISITOR_CONFIRMED, &before.visitor, |v| {
            v.confirmed_at = v.confirmed_at.or(Some(moment.now));
            (v.waiting_since, v.letter_until, v.letter_at) = (None, None, None);
            v.stopped_at = v.stopped_at.filter(|_| !follows_something);
            (v.kept_hash, v.kept_until) = (secret.hash, Some(moment.in_days(KNOWN)));
            Ok(())
        })?);
        Ok(Decided { reveal: Some(secret.plain), ..events.into() })
    }
}

command! {
    /// Ends the letters to an address, from a link that stands in one, or has them come again.
    pub struct StopLetters in "portal_visitor.stop" inside {
        pub way_out: Uuid,
        #[serde(default)]
        pub again: bool,
    }
}

/// Whom a letter with this way out went to.
pub(crate) fn written_to(look: &mut Look, way_out: Uuid) -> Result<model::Visitor> {
    find_rows(look.reader, "where way_out = $1 and removed_at is null", &[way_out.value()])?.pop().ok_or(Refusal::NotFound)
}

impl Command for StopLetters {
    /// The address, and whether something waits for it.
    type Before = (model::Visitor, bool);
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("way_out");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let visitor = written_to(look, self.way_out)?;
        let waits = look.reader.query("select 1 from portal_wait where visitor = $1 and removed_at is null limit 1", &[visitor.id().value()])?;
        Ok((visitor, !waits.is_empty()))
    }
    fn title(&self, _: &Self::Before) -> String {
        "No letters of the portal".into()
    }
    fn decide(self, (before, waits): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let unconfirmed = before.confirmed_at.is_none();
        match (self.again, before.stopped_at.is_some()) {
            // An address that wants none is kept, so that it is known.
            (false, false) => Ok(edit(&VISITOR_STOPPED, &before, |v| {
                (v.stopped_at, v.waiting_since) = (Some(moment.now), None);
                Ok(())
            })?
            .into()),
            (true, true) => {
                let changed = edit(&VISITOR_RESUMED, &before, |v| {
                    (v.stopped_at, v.waiting_since) = (None, unconfirmed.then_some(moment.now));
                    v.letter_at = waits.then_some(moment.now);
                    Ok(())
                })?;
                let product = before.meta.product.filter(|_| waits);
                let tasks = product.map(|product| letters::ask_to_confirm(&before, product)).transpose()?;
                Ok(Decided { tasks: tasks.into_iter().collect(), ..changed.into() })
            }
            _ => Ok(Decided::default()),
        }
    }
}
