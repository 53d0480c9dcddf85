//! Letters to people without an account: one that asks to confirm an address, and one that tells what has shipped. Neither
//! carries what a stranger wrote to somebody who has not confirmed that the address is theirs.

use crate::{
    model::{self, *},
    strangers::WriteWord,
};
use kernel::{
    Asked, Column, Deserialize, Errand, Id, Job, Lane, Letter, Look, Noun, Refusal, Result, Serialize, StoredCommand, Task, Uuid, letter::REVEALED,
    look::find_rows, serde_json, task,
};

/// The product's key and name, and for whom its portal is open.
fn product_of(look: &mut Look, product: Uuid) -> Result<Option<(String, String, String)>> {
    let sql =
        "select product.key, product.name, portal.openness from product join portal on portal.product = product.id and portal.removed_at is null
               where product.id = $1 and product.removed_at is null and product.archived_at is null";
    look.reader.query(sql, &[product.value()])?.pop().map(|mut row| Ok((row.take()?, row.take()?, row.take()?))).transpose()
}

/// In nobody's name, for whoever has none.
fn of_nobody<J: Job>(job: &J, product: Uuid, about: &str) -> Result<Task> {
    Ok(Task { product: Some(product), ..Task::of(job, about)?.in_the_name_of(task::Whose::Nobody) })
}

pub(crate) fn ask_to_confirm(visitor: &model::Visitor, product: Uuid) -> Result<Task> {
    of_nobody(&MailConfirm { visitor: visitor.id() }, product, "an address on the portal")
}

pub(crate) fn tell_shipped(post: &Post) -> Result<Task> {
    of_nobody(&TellShipped { post: post.root }, post.meta.product.ok_or(Refusal::NotFound)?, &post.title)
}

/// Asks whoever has an address whether it was they who left it.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailConfirm {
    visitor: Id<model::Visitor>,
}

impl Job for MailConfirm {
    const KIND: &'static str = "portal_visitor.mail";
    const SAYS: &'static str = "Mail a link that confirms an address";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let wants = "where id = $1 and stopped_at is null and removed_at is null";
        let found: Option<model::Visitor> = find_rows(look.reader, wants, &[self.visitor.value()])?.pop();
        let Some(visitor) = found else { return Ok(Errand::Nothing) };
        let waits = look.reader.query("select 1 from portal_wait where visitor = $1 and removed_at is null limit 1", &[self.visitor.value()])?;
        let Some(product) = visitor.meta.product.filter(|_| !waits.is_empty()) else { return Ok(Errand::Nothing) };
        let Some((key, name, _)) = product_of(look, product)? else { return Ok(Errand::Nothing) };
        let mut letter = Letter::new(&visitor.email, format!("{name}: is this your address?"))
            .text(format!("This address was left on the feedback portal of {name}. If it was you, look at what waits for it and confirm that it is from you."))
            .button("Look and confirm", format!("/portal/{key}/confirm/{REVEALED}"))
            .note(format!("The link works for three days. If it was not you, do nothing: what was left is thrown away after {FADES} days, and so is your address. With the link in this letter you can have no more of them."));
        letter.stop = Some(format!("/portal-letters/{}", visitor.way_out.simple()));
        let args = serde_json::to_value(WriteWord { visitor: self.visitor }).map_err(|e| Refusal::broken(e.to_string()))?;
        Ok(Errand::Letter { letter, first: Some(StoredCommand { name: WriteWord::NAME.into(), args }) })
    }
}

/// Finds out who follows something that has shipped.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct TellShipped {
    post: Id<Post>,
}

/// The post, where it is shown and has shipped.
fn is_out(look: &mut Look, post: Id<Post>) -> Result<Option<Post>> {
    let out = "where id = $1 and showing = 'shown' and status = 'shipped' and removed_at is null";
    Ok(find_rows(look.reader, out, &[post.value()])?.pop())
}

impl Job for TellShipped {
    const KIND: &'static str = "portal_post.tell_shipped";
    const SAYS: &'static str = "Find out who wants to hear what has shipped";
    const LANE: Lane = Lane::House;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(post) = is_out(look, self.post)? else { return Ok(Errand::Nothing) };
        let product = post.meta.product.ok_or(Refusal::NotFound)?;
        let sql = "select distinct portal_visitor.id from portal_voice join portal_post on portal_post.id = portal_voice.post
                   join portal_visitor on portal_visitor.id = portal_voice.visitor
                   where portal_post.root = $1 and portal_voice.follows = 1 and portal_voice.removed_at is null and portal_post.removed_at is null
                   and portal_visitor.confirmed_at is not null and portal_visitor.stopped_at is null and portal_visitor.removed_at is null";
        let followers: Vec<Uuid> = look.reader.query(sql, &[self.post.value()])?.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
        let letter = |visitor: Uuid| of_nobody(&MailShipped { post: self.post, visitor: Id::new(visitor) }, product, &post.title);
        Ok(Errand::Tasks(followers.into_iter().map(letter).collect::<Result<_>>()?))
    }
}

/// Tells one follower that it has shipped.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailShipped {
    post: Id<Post>,
    visitor: Id<model::Visitor>,
}

impl Job for MailShipped {
    const KIND: &'static str = "portal_post.mail_shipped";
    const SAYS: &'static str = "Mail that something has shipped";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(post) = is_out(look, self.post)? else { return Ok(Errand::Nothing) };
        let wants = "where id = $1 and stopped_at is null and removed_at is null";
        let found: Option<model::Visitor> = find_rows(look.reader, wants, &[self.visitor.value()])?.pop();
        let (Some(visitor), Some(product)) = (found, post.meta.product) else { return Ok(Errand::Nothing) };
        let Some((key, name, openness)) = product_of(look, product)? else { return Ok(Errand::Nothing) };
        let mut letter = Letter::new(&visitor.email, format!("{name}: “{}” has shipped", web::clipped(&post.title, 80)))
            .text(format!("What you follow on the feedback portal of {name} has reached users: “{}”.", post.title));
        if !post.answer.is_empty() {
            letter = letter.text(post.answer.clone());
        }
        if openness == Openness::Everyone.word() {
            letter = letter.button("See it on the portal", format!("/portal/{key}/post/{}", post.id()));
        }
        letter = letter.note("You follow this on the portal. With the link in this letter you can end such letters.");
        letter.stop = Some(format!("/portal-letters/{}", visitor.way_out.simple()));
        Ok(Errand::Letter { letter, first: None })
    }
}
