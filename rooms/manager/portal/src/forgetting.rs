//! Forgetting an address: it goes, and its votes and what waits for it with it. What was posted stays.

use crate::{confirming::written_to, events::*, model::*};
use kernel::{
    Authority, Change, Column, Command, Decided, Event, Look, Moment, Result, Scope, Uuid, Waits, command, event::edit, list, look::find_rows,
};
use std::collections::HashMap;

command! {
    /// Forgets an address, from a link that stands in a letter to it.
    pub struct ForgetAddress in "portal_visitor.forget" inside {
        pub way_out: Uuid,
    }
}

/// An address, what waits for it, what it said, and the posts that this was said of, with how many want them without it.
pub struct Forgetting {
    visitor: Visitor,
    waits: Vec<Wait>,
    voices: Vec<Voice>,
    posts: Vec<Post>,
    votes: HashMap<Uuid, i64>,
}

impl Command for ForgetAddress {
    type Before = Forgetting;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("way_out");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Forgetting> {
        let visitor = written_to(look, self.way_out)?;
        Forgetting::of(look, visitor)
    }
    fn title(&self, _: &Forgetting) -> String {
        "Forget an address".into()
    }
    fn decide(self, before: Forgetting, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.events(moment)?.into())
    }
}

impl Forgetting {
    /// All that is known of an address.
    pub(crate) fn of(look: &mut Look, visitor: Visitor) -> Result<Forgetting> {
        let id = visitor.meta.id.value();
        // What waited and was seen to still stands there for a while, in words.
        let waits: Vec<Wait> = find_rows(look.reader, "where visitor = $1 order by id limit 5000", std::slice::from_ref(&id))?;
        let of = "where visitor = $1 and removed_at is null order by id limit 5000";
        let voices: Vec<Voice> = find_rows(look.reader, of, std::slice::from_ref(&id))?;
        let roots = "where id in (select root from portal_post where id in each($1)) and removed_at is null order by id";
        let posts: Vec<Post> = find_rows(look.reader, roots, &[list(voices.iter().map(|voice| voice.post.0))])?;
        let sql = "select portal_post.root, count(distinct coalesce(portal_voice.member, portal_voice.visitor, portal_voice.customer))
                   from portal_post join portal_voice on portal_voice.post = portal_post.id
                   where portal_post.root in each($1) and portal_voice.votes = 1 and portal_voice.removed_at is null
                   and coalesce(portal_voice.visitor, '') <> $2 group by portal_post.root";
        let counted = look.reader.query(sql, &[list(posts.iter().map(|post| post.meta.id)), id])?;
        let votes = counted.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
        Ok(Forgetting { visitor, waits, voices, posts, votes })
    }

    /// What follows from forgetting it.
    pub(crate) fn events(self, moment: &Moment) -> Result<Vec<Event>> {
        let mut events = vec![];
        for wait in &self.waits {
            let at_once = Change::new("waiting_since", wait.waiting_since.value(), LONG_AGO.value());
            events.push(match wait.meta.removed_at {
                None => {
                    let mut over = Event::removed(&WAIT_OVER, wait, moment.now);
                    over.changes.push(at_once);
                    over
                }
                Some(_) => edit(&WAIT_OVER, wait, |w| {
                    w.waiting_since = LONG_AGO;
                    Ok(())
                })?,
            });
        }
        for voice in &self.voices {
            events.push(Event::removed(&VOICE_TAKEN, voice, moment.now));
        }
        for post in &self.posts {
            events.push(edit(&POST_COUNTED, post, |p| {
                p.votes = self.votes.get(&p.meta.id).copied().unwrap_or(0);
                Ok(())
            })?);
        }
        // What fades away leaves nothing behind: the row goes within the hour, and every line that tells of it.
        let gone = &self.visitor;
        let mut forgotten = Event::removed(&VISITOR_FORGOTTEN, gone, moment.now);
        forgotten.changes.push(Change::new("email", gone.email.value(), String::new().value()));
        for (field, hash) in [("letter_hash", &gone.letter_hash), ("kept_hash", &gone.kept_hash)] {
            if !hash.is_empty() {
                forgotten.changes.push(Change::new(field, hash.value(), String::new().value()));
            }
        }
        forgotten.changes.push(Change::new("waiting_since", gone.waiting_since.value(), Some(LONG_AGO).value()));
        events.push(forgotten);
        Ok(events)
    }
}

/// Long enough ago for what fades away to go at once.
const LONG_AGO: i64 = 0;
