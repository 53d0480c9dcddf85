//! Merging posts that ask for the same, and taking them apart again: votes stay where they were given, and count for what stands
//! at the top.

use crate::{events::*, model::*, posting::as_evidence, voices};
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, command, command::Instead, event::edit};

/// What is merged and taken apart: the posts of a group, with what was merged into which.
pub(crate) struct Group(pub Vec<Post>);

/// So many posts may be merged into one.
const MOST_MERGED: usize = 500;

impl Group {
    pub(crate) fn of(look: &mut Look, root: Id<Post>) -> Result<Group> {
        Ok(Group(Post::all(look, &format!("and root = $2 order by id limit {}", MOST_MERGED + 1), &[root.value()])?))
    }

    /// A post and everything that was merged into it.
    pub(crate) fn beneath(&self, top: Id<Post>) -> Vec<&Post> {
        let mut found: Vec<&Post> = self.0.iter().filter(|post| post.id() == top).collect();
        let mut at = 0;
        while let Some(parent) = found.get(at).map(|post| post.id()) {
            found.extend(self.0.iter().filter(|post| post.merged_into == Some(parent)));
            at += 1;
        }
        found
    }
}

command! {
    /// Merges a post into another that asks for the same. Votes are kept, each person counts once, and it can be taken apart again.
    pub struct MergePost in "portal_post.merge" at Put "/products/{product}/portal-posts/{post}/merging" [Customers] {
        pub post: Id<Post>,
        pub into: Id<Post>,
    }
}

/// Two posts with what was merged into each, and how many want either.
pub struct Merging {
    post: Post,
    into: Post,
    group: Group,
    many: usize,
    votes: i64,
}

impl Command for MergePost {
    type Before = Merging;
    const UNDOABLE: bool = false;
    const INSTEAD: Option<Instead> =
        Some(Instead { says: "Take apart", command: "portal_post.unmerge", field: "post", noun: "portal_post", sure: None });

    fn load(&self, look: &mut Look) -> Result<Merging> {
        let post = Post::get(look, self.post)?;
        let named = Post::get(look, self.into)?;
        // Whatever it was merged into itself is meant.
        let into = if named.root == named.id() { named } else { Post::get(look, named.root)? };
        let (group, other) = (Group::of(look, post.id())?, Group::of(look, into.id())?);
        let votes = voices::counted(look, group.0.iter().chain(&other.0).map(|p| p.meta.id))?;
        Ok(Merging { post, into, many: group.0.len() + other.0.len(), group, votes })
    }
    fn title(&self, before: &Merging) -> String {
        format!("Merge “{}” into “{}”", before.post.title, before.into.title)
    }
    fn decide(self, before: Merging, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Merging { post, into, group, many, votes } = before;
        if post.root == into.id() {
            return Err(Refusal::invalid("into", "These are one post already."));
        }
        if post.merged_into.is_some() {
            return Err(Refusal::invalid("post", format!("“{}” was merged into another post already. Take it apart first.", post.title)));
        }
        if into.showing != Showing::Shown {
            return Err(Refusal::invalid("into", format!("“{}” is not shown. Merge into a post that is.", into.title)));
        }
        if many > MOST_MERGED {
            return Err(Refusal::invalid("into", format!("{many} posts are too many for one; {MOST_MERGED} fit.")));
        }
        let mut events = vec![];
        // What still waits is shown by it, as a part of the other, and so is evidence from now on.
        let evidence = match post.evidence {
            Some(known) => known,
            None => {
                let evidence = as_evidence(&post, moment);
                events.push(Event::created(&EVIDENCE_POSTED, &evidence));
                evidence.id()
            }
        };
        for one in &group.0 {
            events.push(edit(if one.id() == post.id() { &POST_MERGED } else { &POST_COUNTED }, one, |p| {
                p.root = into.id();
                if p.id() == post.id() {
                    (p.merged_into, p.showing, p.evidence) = (Some(into.id()), Showing::Shown, Some(evidence));
                }
                Ok(())
            })?);
        }
        events.push(edit(&POST_COUNTED, &into, |p| {
            p.votes = votes;
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Takes a post apart again from what it was merged into, with its votes and what was merged into it before.
    pub struct UnmergePost in "portal_post.unmerge" at Delete "/products/{product}/portal-posts/{post}/merging" [Customers] {
        pub post: Id<Post>,
    }
}

/// A post that was merged, what goes with it, and how many want it and what stays.
pub struct Parting {
    post: Post,
    goes: Vec<Post>,
    stays: Option<Post>,
    votes: i64,
    left: i64,
}

impl Command for UnmergePost {
    type Before = Parting;

    fn load(&self, look: &mut Look) -> Result<Parting> {
        let post = Post::get(look, self.post)?;
        let group = Group::of(look, post.root)?;
        let goes: Vec<Post> = group.beneath(post.id()).into_iter().cloned().collect();
        let stay = group.0.iter().filter(|one| goes.iter().all(|gone| gone.id() != one.id()));
        let (stays, ids) = (group.0.iter().find(|one| one.id() == post.root).cloned(), stay.map(|one| one.meta.id).collect::<Vec<_>>());
        let (votes, left) = (voices::counted(look, goes.iter().map(|one| one.meta.id))?, voices::counted(look, ids)?);
        Ok(Parting { post, goes, stays, votes, left })
    }
    fn title(&self, before: &Parting) -> String {
        format!("Take “{}” apart again", before.post.title)
    }
    fn decide(self, before: Parting, _: &Moment, _: &Scope) -> Result<Decided> {
        let Parting { post, goes, stays, votes, left } = before;
        if post.merged_into.is_none() {
            return Err(Refusal::invalid("post", "This post was merged into no other."));
        }
        let mut events = vec![];
        for one in &goes {
            events.push(edit(if one.id() == post.id() { &POST_TAKEN_APART } else { &POST_COUNTED }, one, |p| {
                p.root = post.id();
                if p.id() == post.id() {
                    (p.merged_into, p.votes) = (None, votes);
                }
                Ok(())
            })?);
        }
        if let Some(stays) = stays {
            events.push(edit(&POST_COUNTED, &stays, |p| {
                p.votes = left;
                Ok(())
            })?);
        }
        Ok(events.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Meta, Uuid};

    fn post(n: u128, into: Option<u128>) -> Post {
        let meta = Meta { id: Uuid::from_u128(n), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        Post {
            meta,
            title: String::new(),
            body: String::new(),
            name: String::new(),
            member: None,
            showing: Showing::Shown,
            refused: String::new(),
            status: PostStatus::Open,
            answer: String::new(),
            feature: None,
            evidence: None,
            votes: 0,
            merged_into: into.map(|n| Id::new(Uuid::from_u128(n))),
            root: Id::new(Uuid::from_u128(1)),
        }
    }

    #[test]
    fn what_was_merged_into_a_merged_post_goes_with_it() {
        let group = Group(vec![post(1, None), post(2, Some(1)), post(3, Some(2)), post(4, Some(3)), post(5, Some(1))]);
        let mut beneath: Vec<u128> = group.beneath(Id::new(Uuid::from_u128(2))).iter().map(|post| post.meta.id.as_u128()).collect();
        beneath.sort_unstable();
        assert_eq!(beneath, [2, 3, 4]);
    }
}
