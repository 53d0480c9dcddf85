//! What follows on the portal once a customer is merged into another: the votes that were given for them are the other's, and
//! count once.

use crate::{events::*, model::*};
use customers::CUSTOMER_MERGED;
use kernel::{
    Authority, Column, Command, Decided, Event, Follow, Id, Json, Look, Moment, Result, Scope, Uuid, Value, command, event::edit, json, list,
    look::find_rows,
};
use std::collections::{HashMap, HashSet};

pub(crate) const MERGED: Follow = Follow { after: &CUSTOMER_MERGED, command: "portal_voice.follow_customer", with: merged };

fn merged(event: &Event, _: &[Event]) -> Option<Json> {
    let into = event.changes.iter().find(|change| change.field == "merged_into")?;
    match &into.to {
        Value::Text(into) => Some(json!({ "gone": event.id, "into": into })),
        _ => None,
    }
}

command! {
    /// Has the votes for a customer be those of the one that they were merged into.
    pub struct FollowCustomer in "portal_voice.follow_customer" inside {
        pub gone: Uuid,
        pub into: Uuid,
    }
}

/// The votes for whoever is gone, for what the other has a vote already, and the posts where they stand, with how many want those
/// once they are one.
pub struct Joining {
    voices: Vec<Voice>,
    taken: HashSet<Id<Post>>,
    posts: Vec<Post>,
    votes: HashMap<Uuid, i64>,
}

impl Command for FollowCustomer {
    type Before = Joining;
    // It follows from the merging, and was decided by whoever merged.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Joining> {
        let product = look.scope.product_id()?.value();
        let of = "where product = $1 and customer = $2 and removed_at is null order by id limit 2000";
        let voices: Vec<Voice> = find_rows(look.reader, of, &[product.clone(), self.gone.value()])?;
        let posts = list(voices.iter().map(|voice| voice.post.0));
        let theirs = "where product = $1 and customer = $2 and post in each($3) and removed_at is null";
        let others: Vec<Voice> = find_rows(look.reader, theirs, &[product.clone(), self.into.value(), posts.clone()])?;
        let roots = "where product = $1 and id in (select root from portal_post where id in each($2)) and removed_at is null order by id";
        let posts: Vec<Post> = find_rows(look.reader, roots, &[product, posts])?;
        let sql = "select portal_post.root, count(distinct case when portal_voice.customer = $2 then $3
                   else coalesce(portal_voice.member, portal_voice.visitor, portal_voice.customer) end)
                   from portal_post join portal_voice on portal_voice.post = portal_post.id
                   where portal_post.root in each($1) and portal_voice.votes = 1 and portal_voice.removed_at is null group by portal_post.root";
        let counted = look.reader.query(sql, &[list(posts.iter().map(|post| post.meta.id)), self.gone.value(), self.into.value()])?;
        let votes = counted.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
        Ok(Joining { voices, taken: others.into_iter().filter(|voice| voice.votes).map(|voice| voice.post).collect(), posts, votes })
    }
    fn title(&self, _: &Joining) -> String {
        "Count the votes of a customer with those of another".into()
    }
    fn decide(self, before: Joining, _: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = vec![];
        for voice in &before.voices {
            // Where the other has a vote already this one rests with whoever is gone, so that taking all of it back gives it back.
            events.push(edit(&VOICE_JOINED, voice, |v| {
                match before.taken.contains(&v.post) {
                    true => v.votes = false,
                    false => v.customer = Some(Id::new(self.into)),
                }
                Ok(())
            })?);
        }
        for post in &before.posts {
            events.push(edit(&POST_COUNTED, post, |p| {
                p.votes = before.votes.get(&p.meta.id).copied().unwrap_or(0);
                Ok(())
            })?);
        }
        Ok(events.into())
    }
}
