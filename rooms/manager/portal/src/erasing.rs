//! Erasing who posted something, at their wish or by law: their address, with its votes and what waits for it, and the name on
//! everything that they posted; and where it is asked for, what they said there and in the inbox. It stays a post, with its
//! votes by others, and cannot be taken back.

use crate::{events::*, forgetting::Forgetting, model::*};
use customers::{Evidence, with_what_was_cut};
use kernel::{
    Column, Command, Decided, Id, Look, Moment, Noun, Refusal, Result, Scope, Uuid, command,
    erasure::{ERASED, Wipe},
    event::edit,
    list,
    look::find_rows,
};

command! {
    /// Erases who posted something on the portal: their address with its votes, and the name on everything that they posted
    /// there; with `said` also their words, on the portal and in the inbox. It cannot be taken back.
    pub struct ErasePost in "portal_post.erase" at Delete "/products/{product}/portal-posts/{post}/author" [Customers] {
        pub post: Id<Post>,
        /// Also what they said, word for word.
        #[serde(default)]
        pub said: bool,
    }
}

/// Everything that the same person posted, what became of it in the inbox, who spoke up for it, and what is known of them.
pub struct Erasing {
    post: Post,
    posts: Vec<Post>,
    evidence: Vec<Evidence>,
    voices: Vec<Uuid>,
    address: Option<Forgetting>,
}

/// What evidence from the portal says of where it is from, without a name.
const SOURCE: &str = "Feedback portal";

/// So many posts of one person are erased at once.
const MOST: usize = 500;

/// Whose address is behind a post: the first voice for it came with it.
fn author(look: &mut Look, post: &Post) -> Result<Option<Uuid>> {
    let sql = "select visitor from portal_voice where post = $1 and created_at = $2 and visitor is not null order by id limit 1";
    let found = look.reader.query(sql, &[post.id().value(), post.meta.created_at.value()])?.pop();
    found.map_or(Ok(None), |mut row| row.take())
}

fn posts_of(look: &mut Look, post: &Post, author: Option<Uuid>) -> Result<Vec<Post>> {
    let (Some(author), Some(product)) = (author, post.meta.product) else { return Ok(vec![post.clone()]) };
    let theirs = format!(
        "where product = $1 and id in (select came.id from portal_post came join portal_voice on portal_voice.post = came.id
         where portal_voice.visitor = $2 and portal_voice.created_at = came.created_at) order by id limit {MOST}"
    );
    let found: Vec<Post> = find_rows(look.reader, &theirs, &[product.value(), author.value()])?;
    Ok(if found.is_empty() { vec![post.clone()] } else { found })
}

impl Command for ErasePost {
    type Before = Erasing;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Erasing> {
        let post = Post::get(look, self.post)?;
        let author = author(look, &post)?;
        let posts = posts_of(look, &post, author)?;
        let evidence = with_what_was_cut(look.reader, posts.iter().filter_map(|post| post.evidence))?;
        let voices = look.reader.query("select id from portal_voice where post in each($1)", &[list(posts.iter().map(|post| post.meta.id))])?;
        let voices = voices.into_iter().map(|mut row| row.take()).collect::<Result<_>>()?;
        let address = match author {
            Some(id) => find_rows::<Visitor>(look.reader, "where id = $1 and removed_at is null", &[id.value()])?.pop(),
            None => None,
        };
        let address = address.map(|visitor| Forgetting::of(look, visitor)).transpose()?;
        Ok(Erasing { post, posts, evidence, voices, address })
    }
    fn title(&self, _: &Erasing) -> String {
        // No word of what goes.
        "Erase who posted something on the portal".into()
    }
    fn decide(self, before: Erasing, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Erasing { post, posts, evidence, voices, address } = before;
        if post.member.is_some() {
            return Err(Refusal::invalid("post", "A member posted this; their account is erased by whoever runs the workspace."));
        }
        let named = posts.iter().any(|post| !post.name.is_empty());
        let says = self.said && posts.iter().any(|post| post.title != ERASED);
        if !named && !says && address.is_none() {
            let more = if post.title == ERASED { "" } else { " What it says can still be erased, too." };
            return Err(Refusal::invalid("post", format!("Nothing tells who posted this.{more}")));
        }
        let mut events = address.map_or(Ok(vec![]), |address| address.events(moment))?;
        let (mut wipes, said) = (vec![], self.said);
        for post in &posts {
            events.push(edit(&POST_ERASED, post, |p| {
                p.name = String::new();
                if said {
                    p.title = ERASED.into();
                    p.body = if p.body.is_empty() { String::new() } else { ERASED.into() };
                }
                Ok(())
            })?);
            let fields: &'static [&'static str] = if said { &["name", "title", "body"] } else { &["name"] };
            let words = if said { vec![post.title.clone(), post.body.clone()] } else { vec![] };
            wipes.push(Wipe { noun: Post::TABLE, id: post.meta.id, fields, called: said, said: words });
        }
        let nameless = |source: &str| if source.starts_with(SOURCE) { SOURCE.to_owned() } else { source.to_owned() };
        let (told, wiped) = customers::erased(&evidence, |e| (nameless(&e.source), said.then(|| ERASED.into())))?;
        events.extend(told);
        wipes.extend(wiped);
        if said {
            wipes.extend(voices.iter().map(|id| Wipe { noun: Voice::TABLE, id: *id, fields: &[], called: true, said: vec![] }));
        }
        Ok(Decided { wipes, untold: true, ..events.into() })
    }
}
