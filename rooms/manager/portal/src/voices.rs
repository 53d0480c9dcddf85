//! Who wants a post: each of them counts once for it and for everything that was merged into it.

use crate::{events::*, model::*};
use kernel::{Column, Event, Id, Look, Moment, Noun, Result, Uuid, event::edit, list, look::find_rows};

/// A post that others may be merged into, and what somebody has said of it and of those.
pub struct Stand {
    post: Post,
    whose: Whose,
    said: Vec<Voice>,
}

impl Stand {
    pub(crate) fn read(look: &mut Look, post: Post, whose: Whose) -> Result<Stand> {
        let theirs = "where post in (select id from portal_post where root = $1) and coalesce(member, visitor, customer) = $2 and removed_at is null order by id";
        Ok(Stand { said: find_rows(look.reader, theirs, &[post.root.value(), whose.id().value()])?, post, whose })
    }

    pub(crate) fn post(&self) -> &Post {
        &self.post
    }

    pub(crate) fn votes(&self) -> bool {
        self.said.iter().any(|voice| voice.votes)
    }

    /// What follows from their wanting it, or not any more, and from their following it, or not: of what is left out nothing.
    pub(crate) fn say(self, votes: Option<bool>, follows: Option<bool>, given_by: Option<Uuid>, moment: &Moment) -> Result<Vec<Event>> {
        let (had, followed) = (self.votes(), self.said.iter().any(|voice| voice.follows));
        let (raises, joins) = (votes == Some(true) && !had, follows == Some(true) && !followed);
        let mut events = vec![];
        let mut at_root = false;
        for voice in &self.said {
            let is_root = voice.post == self.post.id();
            at_root |= is_root;
            events.push(edit(&VOICE_CHANGED, voice, |v| {
                v.votes = votes != Some(false) && (v.votes || raises && is_root);
                v.follows = follows != Some(false) && (v.follows || joins && is_root);
                Ok(())
            })?);
        }
        if !at_root && (raises || joins) {
            let id = |is: bool| is.then_some(self.whose.id());
            events.push(
                Event::created(
                    &VOICE_RAISED,
                    &Voice {
                        meta: moment.fresh(self.post.meta.product),
                        post: self.post.id(),
                        member: id(matches!(self.whose, Whose::Member(_))).map(Id::new),
                        visitor: id(matches!(self.whose, Whose::Visitor(_))),
                        customer: id(matches!(self.whose, Whose::Customer(_))).map(Id::new),
                        votes: raises,
                        follows: joins,
                        given_by: given_by.map(Id::new),
                    },
                )
                .called(format!("“{}”", self.post.title)),
            );
        }
        let more = i64::from(raises) - i64::from(votes == Some(false) && had);
        events.push(edit(&POST_COUNTED, &self.post, |post| {
            post.votes = (post.votes + more).max(0);
            Ok(())
        })?);
        Ok(events)
    }
}

/// How many want any of these posts, each once.
pub(crate) fn counted(look: &mut Look, posts: impl IntoIterator<Item = Uuid>) -> Result<i64> {
    let sql =
        "select count(distinct coalesce(member, visitor, customer)) from portal_voice where post in each($1) and votes = 1 and removed_at is null";
    look.reader.query(sql, &[list(posts)])?.pop().map_or(Ok(0), |mut row| row.take())
}

/// The first voice for a post that is new: whoever wrote it wants it.
pub(crate) fn of_author(post: &Post, whose: Whose, follows: bool, moment: &Moment) -> Event {
    let (member, visitor) = match whose {
        Whose::Member(id) => (Some(Id::new(id)), None),
        Whose::Visitor(id) => (None, Some(id)),
        Whose::Customer(_) => (None, None),
    };
    let meta = moment.fresh(post.meta.product);
    let voice = Voice { meta, post: post.id(), member, visitor, customer: None, votes: true, follows, given_by: None };
    Event::created(&VOICE_RAISED, &voice).called(format!("“{}”", post.title))
}
