//! Reading conversations: comments with their authors, their signs and what they said before.

use crate::{Comment, Reaction, Sign, brought};
use kernel::{Column, Look, Noun, Result, Uuid, Value, event::read_changes, list};
use people::Names;
use std::collections::HashMap;

/// A comment with what belongs to it.
#[derive(Clone, Debug)]
pub struct Said {
    pub comment: Comment,
    /// Who wrote it.
    pub name: String,
    /// Who resolved it.
    pub resolved_by: Option<String>,
    /// Each sign under it, with the members who put it there and their names.
    pub signs: Vec<(Sign, Vec<(Uuid, String)>)>,
    /// What it said before, each with when it was changed; the oldest first.
    pub before: Vec<(i64, String)>,
    /// Who can be named in it.
    pub names: Names,
}

/// Comments, oldest first.
pub type Talk = Vec<Said>;

/// The comments on a thing.
pub(crate) fn comments_on(look: &mut Look, id: Uuid) -> Result<Talk> {
    Ok(comments_about(look, [id])?.remove(&id).unwrap_or_default())
}

/// The comments on several things, by thing.
pub fn comments_about(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Talk>> {
    let comments = Comment::all(look, "and about_id in each($2) order by created_at, id", &[list(ids)])?;
    let mut talk: HashMap<Uuid, Talk> = HashMap::new();
    for said in completed(look, comments)? {
        talk.entry(said.comment.about_id).or_default().push(said);
    }
    Ok(talk)
}

/// So much of what was said last is told.
const LATEST: i64 = 50;

/// What was said last in the product at hand, newest first.
pub(crate) fn latest(look: &mut Look) -> Result<Talk> {
    let comments = Comment::all(look, "order by created_at desc, id desc limit $2", &[Value::Int(LATEST)])?;
    completed(look, comments)
}

/// Brings together what belongs to some comments, with a few questions for any number of them.
fn completed(look: &mut Look, comments: Vec<Comment>) -> Result<Talk> {
    if comments.is_empty() {
        return Ok(vec![]);
    }
    let reactions = Reaction::all(look, "and comment in each($2) order by created_at, id", &[list(comments.iter().map(|c| c.meta.id))])?;
    let mut before = said_before(look, &comments)?;
    let names = Names::of(look, comments.iter().map(|c| c.body.as_str()).chain(before.values().flatten().map(|(_, text)| text.as_str())))?;
    let people = comments.iter().flat_map(|c| [Some(c.assistant.unwrap_or(c.member.0)), c.resolved_by]).flatten();
    let called = people::names_of(look, people.chain(reactions.iter().map(|r| r.member.0)))?;
    let called = |id: Uuid| people::name_in(&called, id).to_owned();
    let mut signs: HashMap<Uuid, Vec<&Reaction>> = HashMap::new();
    for reaction in &reactions {
        signs.entry(reaction.comment.0).or_default().push(reaction);
    }
    let here = if comments.iter().any(|c| !c.author.is_empty()) { brought::people_here(look)? } else { vec![] };
    let complete = |comment: Comment| {
        let own = signs.remove(&comment.meta.id).unwrap_or_default();
        let by = |sign: Sign| own.iter().filter(|r| r.sign == sign).map(|r| (r.member.0, called(r.member.0))).collect::<Vec<_>>();
        Said {
            name: match comment.author.as_str() {
                "" => called(comment.assistant.unwrap_or(comment.member.0)),
                author => brought::author(author, &here),
            },
            resolved_by: comment.resolved_by.map(called),
            signs: Sign::ALL.iter().map(|sign| (*sign, by(*sign))).filter(|(_, by)| !by.is_empty()).collect(),
            before: before.remove(&comment.meta.id).unwrap_or_default(),
            names: names.clone(),
            comment,
        }
    };
    Ok(comments.into_iter().map(complete).collect())
}

/// What comments said before, from their activity, which keeps every text that was changed.
fn said_before(look: &mut Look, comments: &[Comment]) -> Result<HashMap<Uuid, Vec<(i64, String)>>> {
    let changed: Vec<Uuid> = comments.iter().filter(|c| c.meta.version > 1).map(|c| c.meta.id).collect();
    let mut before: HashMap<Uuid, Vec<(i64, String)>> = HashMap::new();
    if changed.is_empty() {
        return Ok(before);
    }
    let product = look.scope.product_id()?;
    let lines = look.query(
        "select noun_id, at, changes from activity where product = $1 and noun_id in each($2) and noun = 'comment' and did = 'changed' order by at, id",
        &[product.value(), list(changed)],
    )?;
    for mut line in lines {
        let (id, at, changes): (Uuid, i64, String) = (line.take()?, line.take()?, line.take()?);
        let body = read_changes(&changes)?.into_iter().find(|change| change.field == "body");
        if let Some(body) = body {
            before.entry(id).or_default().push((at, body.from.words()));
        }
    }
    Ok(before)
}

/// What belongs together: a comment and what answers it, one level deep.
pub(crate) struct Thread<'a> {
    /// Of the comment that begins it, which may have been taken back.
    pub id: Uuid,
    pub first: Option<&'a Said>,
    pub answers: Vec<&'a Said>,
}

/// The threads in what is said about one thing, in the order in which they began.
pub(crate) fn threads(talk: &[Said]) -> Vec<Thread<'_>> {
    let parents: HashMap<Uuid, Option<Uuid>> = talk.iter().map(|said| (said.comment.meta.id, said.comment.parent.map(|p| p.0))).collect();
    // What other tools and older answers have deeper stands in the same thread.
    let root = |said: &Said| {
        let mut id = said.comment.meta.id;
        for _ in 0..talk.len() {
            match parents.get(&id) {
                Some(Some(parent)) => id = *parent,
                _ => break,
            }
        }
        id
    };
    let mut threads: Vec<Thread> = vec![];
    let mut at: HashMap<Uuid, usize> = HashMap::new();
    for said in talk {
        let id = root(said);
        let place = *at.entry(id).or_insert_with(|| {
            threads.push(Thread { id, first: None, answers: vec![] });
            threads.len() - 1
        });
        match id == said.comment.meta.id {
            true => threads[place].first = Some(said),
            false => threads[place].answers.push(said),
        }
    }
    threads
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, Meta};

    fn said(id: u128, parent: Option<u128>) -> Said {
        let meta = Meta { id: Uuid::from_u128(id), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None };
        let comment = Comment {
            meta,
            about_noun: "story".into(),
            about_id: Uuid::nil(),
            about_label: String::new(),
            parent: parent.map(|id| Id::new(Uuid::from_u128(id))),
            body: String::new(),
            member: Id::new(Uuid::nil()),
            assistant: None,
            resolved_at: None,
            author: String::new(),
            asks: None,
            resolved_by: None,
            resolved_hat: None,
            answer: None,
        };
        Said { comment, name: String::new(), resolved_by: None, signs: vec![], before: vec![], names: Names::default() }
    }

    fn shape(talk: &[Said]) -> Vec<(u128, bool, Vec<u128>)> {
        let id = |said: &Said| said.comment.meta.id.as_u128();
        threads(talk).iter().map(|t| (t.id.as_u128(), t.first.is_some(), t.answers.iter().map(|said| id(said)).collect())).collect()
    }

    #[test]
    fn answers_stand_one_level_deep() {
        let talk = [said(1, None), said(2, None), said(3, Some(1)), said(4, Some(3)), said(5, Some(2))];
        assert_eq!(shape(&talk), [(1, true, vec![3, 4]), (2, true, vec![5])]);
    }

    #[test]
    fn answers_to_what_was_taken_back_stay_together() {
        assert_eq!(shape(&[said(3, Some(1)), said(4, Some(3)), said(5, Some(1))]), [(1, false, vec![3, 4, 5])]);
        assert!(shape(&[]).is_empty());
    }
}
