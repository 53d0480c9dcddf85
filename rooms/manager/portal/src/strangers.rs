//! What people without an account leave: it waits until their address is confirmed by the word of a letter. Whoever has confirmed
//! theirs is known again by that word, which is no credential: it opens no page, query or command but these.

use crate::{
    events::*,
    letters,
    model::{self, *},
    opening::{of_everyone, shown},
    posting,
    voices::{self, Stand},
};
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, Value, Waits, command, event::edit,
    look::find_rows,
};

/// So much waits to be confirmed in a product; for what is more than that the oldest goes, so nobody can fill it up for others.
const MOST_WAITING: i64 = 2_000;
/// So much waits for one address.
const MOST_OF_ONE: i64 = 20;
/// So many posts wait for approval.
const MOST_UNSEEN: i64 = 2_000;
/// So many of them are of one address.
const MOST_UNSEEN_OF_ONE: i64 = 20;
/// So many days the word of a letter works.
const DAYS: i64 = 3;
/// So long no other letter asks for the same address: the one that is there shows what was left since.
const REST: i64 = 24 * 3_600_000;

/// Who leaves something: known by a word that was confirmed, or by an address that has yet to be.
pub struct Came {
    portal: Portal,
    visitor: Option<model::Visitor>,
    /// The address as it is kept, where they are not known by a word.
    email: String,
    product: Uuid,
    /// What goes for what they leave, where as much waits as may.
    oldest: Option<Wait>,
}

/// The box that letters to an address come to: what stands behind a plus is a name that people give it themselves.
pub(crate) fn mailbox(email: &str) -> String {
    let lower = email.to_lowercase();
    match lower.rsplit_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split('+').next().unwrap_or(name)),
        None => lower,
    }
}

/// How many posts of a visitor nobody has looked at yet. Their author alone wants those.
fn unseen_of(look: &mut Look, visitor: Uuid) -> Result<i64> {
    let sql = "select count(*) from portal_voice join portal_post on portal_post.id = portal_voice.post
               where portal_voice.visitor = $1 and portal_voice.removed_at is null and portal_post.showing = 'waits' and portal_post.removed_at is null";
    count(look, sql, &[visitor.value()])
}

/// Whose word it is, of those who confirmed their address.
pub(crate) fn known(look: &mut Look, product: Uuid, hash: &str) -> Result<Option<model::Visitor>> {
    if hash.is_empty() {
        return Ok(None);
    }
    let sql = "where kept_hash = $1 and product = $2 and kept_until > $3 and confirmed_at is not null and removed_at is null";
    let now = Value::Int(look.now());
    Ok(find_rows(look.reader, sql, &[Value::Text(hash.to_owned()), product.value(), now])?.pop())
}

fn count(look: &mut Look, sql: &str, params: &[Value]) -> Result<i64> {
    look.reader.query(sql, params)?.pop().map_or(Ok(0), |mut row| row.take())
}

impl Came {
    fn read(look: &mut Look, key: &str, hash: &str, email: &str) -> Result<Came> {
        let portal = of_everyone(look, key)?;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        if let Some(visitor) = known(look, product, hash)? {
            return Ok(Came { portal, visitor: Some(visitor), email: String::new(), product, oldest: None });
        }
        let email = people::email(email)?;
        let of_address = "where email = $1 and product = $2 and removed_at is null";
        let visitor: Option<model::Visitor> = find_rows(look.reader, of_address, &[Value::Text(email.clone()), product.value()])?.pop();
        let limited =
            format!("select count(*) from (select 1 from portal_wait where product = $1 and removed_at is null limit {MOST_WAITING}) as waiting");
        let oldest = match count(look, &limited, &[product.value()])? >= MOST_WAITING {
            true => find_rows(look.reader, "where product = $1 and removed_at is null order by id limit 1", &[product.value()])?.pop(),
            false => None,
        };
        if let Some(visitor) = &visitor {
            let waits = count(look, "select count(*) from portal_wait where visitor = $1 and removed_at is null", &[visitor.id().value()])?;
            if waits + unseen_of(look, visitor.meta.id)? >= MOST_OF_ONE {
                return Err(Refusal::invalid("email", "Much waits for this address already. Confirm it first: look for our letter."));
            }
        }
        Ok(Came { portal, visitor, email, product, oldest })
    }

    /// Whether what they leave holds at once.
    fn is_known(&self) -> bool {
        self.email.is_empty()
    }

    /// What makes their address wait, and the letter that asks them to confirm it; none where one came within a day, and
    /// none to whoever has ended them.
    fn waits(self, what: impl FnOnce(Uuid, &Moment) -> Wait, moment: &Moment) -> Result<Decided> {
        let mut events = vec![];
        events.extend(self.oldest.map(|oldest| Event::removed(&WAIT_OVER, &oldest, moment.now)));
        let (visitor, writes) = match self.visitor {
            Some(visitor) => {
                let silent = visitor.stopped_at.is_some();
                let writes = !silent && visitor.letter_at.is_none_or(|at| at + REST < moment.now);
                // The address lasts as long as what it was left for last.
                events.push(edit(&VISITOR_RETURNED, &visitor, |v| {
                    v.waiting_since = if v.confirmed_at.is_none() && !silent { Some(moment.now) } else { v.waiting_since };
                    v.letter_at = if writes { Some(moment.now) } else { v.letter_at };
                    Ok(())
                })?);
                (visitor, writes)
            }
            None => {
                let visitor = model::Visitor {
                    meta: moment.fresh(Some(self.product)),
                    email: self.email,
                    way_out: moment.id::<()>().0,
                    letter_hash: String::new(),
                    letter_until: None,
                    kept_hash: String::new(),
                    confirmed_at: None,
                    waiting_since: Some(moment.now),
                    stopped_at: None,
                    letter_at: Some(moment.now),
                    kept_until: None,
                };
                events.push(Event::created(&VISITOR_CAME, &visitor));
                (visitor, true)
            }
        };
        events.push(Event::created(&WAIT_BEGUN, &what(visitor.meta.id, moment)));
        let tasks = if writes { vec![letters::ask_to_confirm(&visitor, self.product)?] } else { vec![] };
        Ok(Decided { tasks, ..events.into() })
    }
}

command! {
    /// Posts on a portal that is open for everybody, without an account.
    pub struct ReceivePost in "portal_post.receive" inside {
        /// The product, by its key.
        pub key: String,
        pub title: Line<150>,
        #[serde(default)]
        pub body: Text<5_000>,
        /// Who posts, as they say themselves; shown with the post.
        #[serde(default)]
        pub name: Text<100>,
        #[serde(default)]
        pub email: Text<254>,
        /// They want to hear when it ships.
        #[serde(default)]
        pub follows: bool,
        /// What is kept of the word by which they are known.
        #[serde(default)]
        pub kept_hash: String,
    }
}

impl Command for ReceivePost {
    type Before = Came;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("key");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Came> {
        let came = Came::read(look, &self.key, &self.kept_hash, &self.email)?;
        let sql = format!(
            "select count(*) from (select 1 from portal_post where product = $1 and showing = 'waits' and removed_at is null limit {MOST_UNSEEN}) as unseen"
        );
        let unseen = count(look, &sql, &[came.product.value()])?;
        if unseen >= MOST_UNSEEN {
            return Err(Refusal::invalid("title", "Too many posts wait for approval already. Please try again later."));
        }
        if let Some(visitor) = came.visitor.as_ref().filter(|_| came.is_known())
            && unseen_of(look, visitor.meta.id)? >= MOST_UNSEEN_OF_ONE
        {
            return Err(Refusal::invalid("title", "Many of your posts wait for approval already. Please wait until somebody has looked at them."));
        }
        Ok(came)
    }
    fn title(&self, _: &Came) -> String {
        "Post on the portal".into()
    }
    fn decide(self, came: Came, moment: &Moment, _: &Scope) -> Result<Decided> {
        let (title, body, name) = (self.title.into(), self.body.into(), self.name.into());
        if came.is_known() {
            let whose = came.visitor.as_ref().map(|visitor| Whose::Visitor(visitor.meta.id)).ok_or(Refusal::NotFound)?;
            return Ok(posted(&came.portal, came.product, (title, body, name), whose, self.follows, moment).into());
        }
        let product = came.product;
        let wait = |visitor, moment: &Moment| Wait {
            meta: moment.fresh(Some(product)),
            visitor,
            post: None,
            title,
            body,
            name,
            votes: true,
            follows: self.follows,
            waiting_since: moment.now,
        };
        came.waits(wait, moment)
    }
}

/// What a stranger's post becomes once it is known that the address is theirs.
pub(crate) fn posted(
    portal: &Portal,
    product: Uuid,
    (title, body, name): (String, String, String),
    whose: Whose,
    follows: bool,
    moment: &Moment,
) -> Vec<Event> {
    let showing = if portal.moderated { Showing::Waits } else { Showing::Shown };
    let (post, mut events) = posting::made(Post { showing, ..posting::begun(product, title, body, name, moment) }, moment);
    events.push(voices::of_author(&post, whose, follows, moment));
    events
}

command! {
    /// Votes for a post or follows it, without an account.
    pub struct SpeakUp in "portal_post.speak_up" inside {
        pub key: String,
        pub post: Id<Post>,
        pub votes: Option<bool>,
        pub follows: Option<bool>,
        #[serde(default)]
        pub email: Text<254>,
        #[serde(default)]
        pub kept_hash: String,
    }
}

impl Command for SpeakUp {
    type Before = (Came, Post, Option<Stand>);
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("key");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let portal = of_everyone(look, &self.key)?;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        let post = shown(look, product, self.post)?;
        let came = Came::read(look, &self.key, &self.kept_hash, &self.email)?;
        let whose = came.visitor.as_ref().filter(|_| came.is_known()).map(|visitor| Whose::Visitor(visitor.meta.id));
        let stand = whose.map(|whose| Stand::read(look, post.clone(), whose)).transpose()?;
        Ok((came, post, stand))
    }
    fn title(&self, (_, post, _): &Self::Before) -> String {
        format!("Vote for “{}”", post.title)
    }
    fn decide(self, (came, post, stand): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if let Some(stand) = stand {
            let mut events = stand.say(self.votes, self.follows, None, moment)?;
            // Whoever follows something anew wants letters again.
            if let Some(visitor) = came.visitor.filter(|visitor| self.follows == Some(true) && visitor.stopped_at.is_some()) {
                events.push(edit(&VISITOR_CONFIRMED, &visitor, |v| {
                    v.stopped_at = None;
                    Ok(())
                })?);
            }
            return Ok(events.into());
        }
        let (votes, follows) = (self.votes == Some(true), self.follows == Some(true));
        if !votes && !follows {
            return Err(Refusal::invalid("votes", "Say whether you want it too, or want to hear when it ships."));
        }
        let product = came.product;
        let wait = |visitor, moment: &Moment| Wait {
            meta: moment.fresh(Some(product)),
            visitor,
            post: Some(post.id()),
            title: String::new(),
            body: String::new(),
            name: String::new(),
            votes,
            follows,
            waiting_since: moment.now,
        };
        came.waits(wait, moment)
    }
}

command! {
    /// Makes the word of a letter that asks to confirm an address.
    pub struct WriteWord in "portal_visitor.write_to" inside {
        pub visitor: Id<model::Visitor>,
    }
}

impl Command for WriteWord {
    type Before = model::Visitor;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("visitor");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<model::Visitor> {
        find_rows(look.reader, "where id = $1 and removed_at is null", &[self.visitor.value()])?.pop().ok_or(Refusal::NotFound)
    }
    fn title(&self, _: &model::Visitor) -> String {
        "Write to an address".into()
    }
    fn decide(self, before: model::Visitor, moment: &Moment, _: &Scope) -> Result<Decided> {
        let secret = moment.secret();
        let after = model::Visitor { letter_hash: secret.hash, letter_until: Some(moment.in_days(DAYS)), ..before.clone() };
        Ok(Decided { reveal: Some(secret.plain), ..Event::changed(&VISITOR_WRITTEN_TO, &before, &after).into() })
    }
}
