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

/// So much waits to be confirmed in a product; what is more than that is no feedback.
const MOST_WAITING: i64 = 2_000;
/// So much waits for one address.
const MOST_OF_ONE: i64 = 20;
/// So many posts wait for approval.
const MOST_UNSEEN: i64 = 2_000;
/// So many days the word of a letter works.
const DAYS: i64 = 3;

/// Who leaves something: known by a word that was confirmed, or by an address that has yet to be.
pub struct Came {
    portal: Portal,
    visitor: Option<model::Visitor>,
    /// The address as it is kept, where they are not known by a word.
    email: String,
    product: Uuid,
}

/// Whose word it is, of those who confirmed their address.
pub(crate) fn known(look: &mut Look, product: Uuid, hash: &str) -> Result<Option<model::Visitor>> {
    if hash.is_empty() {
        return Ok(None);
    }
    let sql = "where kept_hash = $1 and product = $2 and confirmed_at is not null and removed_at is null";
    Ok(find_rows(look.reader, sql, &[Value::Text(hash.to_owned()), product.value()])?.pop())
}

fn count(look: &mut Look, sql: &str, params: &[Value]) -> Result<i64> {
    look.reader.query(sql, params)?.pop().map_or(Ok(0), |mut row| row.take())
}

impl Came {
    fn read(look: &mut Look, key: &str, hash: &str, email: &str) -> Result<Came> {
        let portal = of_everyone(look, key)?;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        if let Some(visitor) = known(look, product, hash)? {
            return Ok(Came { portal, visitor: Some(visitor), email: String::new(), product });
        }
        let email = people::email(email)?;
        let of_address = "where email = $1 and product = $2 and removed_at is null";
        let visitor: Option<model::Visitor> = find_rows(look.reader, of_address, &[Value::Text(email.clone()), product.value()])?.pop();
        let limited =
            format!("select count(*) from (select 1 from portal_wait where product = $1 and removed_at is null limit {MOST_WAITING}) as waiting");
        if count(look, &limited, &[product.value()])? >= MOST_WAITING {
            return Err(Refusal::invalid("email", "Too much waits to be confirmed here just now. Please try again tomorrow."));
        }
        if let Some(visitor) = &visitor
            && count(look, "select count(*) from portal_wait where visitor = $1 and removed_at is null", &[visitor.id().value()])? >= MOST_OF_ONE
        {
            return Err(Refusal::invalid("email", "Much waits for this address already. Confirm it first: look for our letter."));
        }
        Ok(Came { portal, visitor, email, product })
    }

    /// Whether what they leave holds at once.
    fn is_known(&self) -> bool {
        self.email.is_empty()
    }

    /// What makes their address wait, and the letter that asks them to confirm it.
    fn waits(self, what: impl FnOnce(Uuid, &Moment) -> Wait, moment: &Moment) -> Result<Decided> {
        let mut events = vec![];
        let visitor = match self.visitor {
            Some(visitor) => visitor,
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
                };
                events.push(Event::created(&VISITOR_CAME, &visitor));
                visitor
            }
        };
        events.push(Event::created(&WAIT_BEGUN, &what(visitor.meta.id, moment)));
        Ok(Decided { tasks: vec![letters::ask_to_confirm(&visitor, self.product)?], ..events.into() })
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
        match unseen < MOST_UNSEEN {
            true => Ok(came),
            false => Err(Refusal::invalid("title", "Too many posts wait for approval already. Please try again later.")),
        }
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
fn posted(portal: &Portal, product: Uuid, (title, body, name): (String, String, String), whose: Whose, follows: bool, moment: &Moment) -> Vec<Event> {
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

/// Whose letter it was, and what waits for its word.
pub struct Letter {
    pub visitor: model::Visitor,
    pub waits: Vec<Wait>,
}

/// The letter with this word in a product.
pub(crate) fn letter(look: &mut Look, product: Uuid, hash: &str) -> Result<Letter> {
    let by_word = "where letter_hash = $1 and product = $2 and letter_hash <> '' and removed_at is null";
    let visitor: model::Visitor =
        find_rows(look.reader, by_word, &[Value::Text(hash.to_owned()), product.value()])?.pop().ok_or(Refusal::NotFound)?;
    if visitor.letter_until.is_none_or(|until| until < look.now()) {
        return Err(Refusal::invalid("", "This link has expired. Leave your address once more, and a new letter comes."));
    }
    let waits = find_rows(look.reader, "where visitor = $1 and removed_at is null order by id", &[visitor.id().value()])?;
    Ok(Letter { visitor, waits })
}

command! {
    /// Confirms an address by the word of a letter: what waited for it holds.
    pub struct Confirm in "portal_visitor.confirm" inside {
        pub key: String,
        pub letter_hash: String,
    }
}

impl Command for Confirm {
    type Before = (Portal, Letter, Vec<(Wait, Option<Stand>)>);
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("key");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let portal = of_everyone(look, &self.key)?;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        let mut letter = letter(look, product, &self.letter_hash)?;
        let whose = Whose::Visitor(letter.visitor.meta.id);
        let mut waits: Vec<(Wait, Option<Stand>)> = vec![];
        for wait in std::mem::take(&mut letter.waits) {
            let stand = match wait.post {
                // What is not shown any more cannot be voted for.
                Some(post) => match shown(look, product, post) {
                    Ok(post) if waits.iter().all(|(_, stand)| stand.as_ref().is_none_or(|stand| stand.post().id() != post.id())) => {
                        Some(Stand::read(look, post, whose)?)
                    }
                    _ => None,
                },
                None => None,
            };
            waits.push((wait, stand));
        }
        Ok((portal, letter, waits))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Confirm an address".into()
    }
    fn decide(self, (portal, letter, waits): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let visitor = letter.visitor;
        let product = portal.meta.product.ok_or(Refusal::NotFound)?;
        // What was said of one post in several letters holds together.
        let said = |post: Id<Post>| {
            let of_post = waits.iter().filter(|(wait, _)| wait.post == Some(post)).map(|(wait, _)| wait);
            of_post.fold((false, false), |(votes, follows), wait| (votes || wait.votes, follows || wait.follows))
        };
        let mut events = vec![];
        let told: Vec<(Wait, Option<(bool, bool)>)> = waits.iter().map(|(wait, _)| (wait.clone(), wait.post.map(said))).collect();
        for ((wait, stand), (_, said)) in waits.into_iter().zip(told) {
            events.push(Event::removed(&WAIT_OVER, &wait, moment.now));
            match (stand, said) {
                (Some(stand), Some((votes, follows))) => events.extend(stand.say(votes.then_some(true), follows.then_some(true), None, moment)?),
                (None, None) => {
                    let whose = Whose::Visitor(visitor.meta.id);
                    events.extend(posted(&portal, product, (wait.title, wait.body, wait.name), whose, wait.follows, moment));
                }
                _ => {}
            }
        }
        events.push(edit(&VISITOR_CONFIRMED, &visitor, |v| {
            v.confirmed_at = v.confirmed_at.or(Some(moment.now));
            (v.waiting_since, v.letter_until, v.stopped_at) = (None, None, None);
            v.kept_hash = std::mem::take(&mut v.letter_hash);
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Ends the letters to an address, from a link that stands in one.
    pub struct StopLetters in "portal_visitor.stop" inside {
        pub way_out: Uuid,
    }
}

/// Whom a letter with this way out went to.
pub(crate) fn written_to(look: &mut Look, way_out: Uuid) -> Result<model::Visitor> {
    find_rows(look.reader, "where way_out = $1 and removed_at is null", &[way_out.value()])?.pop().ok_or(Refusal::NotFound)
}

impl Command for StopLetters {
    type Before = model::Visitor;
    const AUTHORITY: Authority = Authority::Nobody;
    const WAITS: Waits = Waits::Argument("way_out");
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<model::Visitor> {
        written_to(look, self.way_out)
    }
    fn title(&self, _: &model::Visitor) -> String {
        "No letters of the portal".into()
    }
    fn decide(self, before: model::Visitor, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.stopped_at.is_some() {
            return Ok(Decided::default());
        }
        Ok(edit(&VISITOR_STOPPED, &before, |v| {
            v.stopped_at = Some(moment.now);
            Ok(())
        })?
        .into())
    }
}
