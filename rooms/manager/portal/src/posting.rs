//! Posting and voting by members, and how a post becomes evidence.

use crate::{
    events::*,
    model::*,
    opening::{is_open, shown},
    voices::{self, Stand},
};
use customers::{Evidence, EvidenceKind};
use kernel::{Area, Authority, Command, Decided, Event, Id, Line, Look, Moment, Noun, Result, Scope, Text, Uuid, command};
use web::when;

/// A post that is new, with the votes of whoever wrote it.
pub(crate) fn begun(product: Uuid, title: String, body: String, name: String, moment: &Moment) -> Post {
    let meta = moment.fresh(Some(product));
    Post {
        root: Id::new(meta.id),
        meta,
        title,
        body,
        name,
        member: None,
        showing: Showing::Shown,
        refused: String::new(),
        status: PostStatus::Open,
        answer: String::new(),
        feature: None,
        evidence: None,
        votes: 1,
        merged_into: None,
    }
}

/// What a post is in the inbox.
pub(crate) fn as_evidence(post: &Post, moment: &Moment) -> Evidence {
    let quote = if post.body.is_empty() { post.title.clone() } else { format!("{}\n\n{}", post.title, post.body) };
    let source = if post.name.is_empty() { "Feedback portal".to_owned() } else { format!("Feedback portal, {}", post.name) };
    Evidence {
        kind: EvidenceKind::Other,
        quote,
        source,
        noted_on: when::day(post.meta.created_at),
        ..Evidence::begun(moment.fresh(post.meta.product))
    }
}

/// What makes a post, and evidence of it where it is shown at once. The post points at the evidence, so that comes first.
pub(crate) fn made(mut post: Post, moment: &Moment) -> (Post, Vec<Event>) {
    let mut events = vec![];
    if post.showing == Showing::Shown {
        let evidence = as_evidence(&post, moment);
        post.evidence = Some(evidence.id());
        events.push(Event::created(&EVIDENCE_POSTED, &evidence));
    }
    events.push(Event::created(&POST_MADE, &post));
    (post, events)
}

/// People speak for themselves.
fn is_a_person(scope: &Scope) -> Result<()> {
    scope.by_people("An assistant wishes for nothing; people do.")
}

command! {
    /// Posts on the feedback portal what one wishes for. Whoever posts wants it; it is evidence in the inbox.
    pub struct CreatePost in "portal_post.create" at Post "/products/{product}/portal-posts" [] {
        pub title: Line<150>,
        #[serde(default)]
        pub body: Text<5_000>,
    }
}

impl Command for CreatePost {
    type Before = ();
    const AUTHORITY: Authority = Authority::Seen(Area::Customers);

    fn load(&self, look: &mut Look) -> Result<()> {
        is_open(look)
    }
    fn may(&self, _: &(), scope: &Scope) -> Result<()> {
        is_a_person(scope)
    }
    fn title(&self, _: &()) -> String {
        format!("Post “{}”", self.title)
    }
    fn decide(self, _: (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let me = scope.who.signed_in()?;
        let post = Post { member: Some(Id::new(me)), ..begun(scope.product_id()?, self.title.into(), self.body.into(), String::new(), moment) };
        let (post, mut events) = made(post, moment);
        events.push(voices::of_author(&post, Whose::Member(me), false, moment));
        Ok(events.into())
    }
}

command! {
    /// Says that one wants what a post asks for, or not any more. Each counts once, for everything that is merged into it too.
    pub struct VotePost in "portal_post.vote" at Put "/products/{product}/portal-posts/{post}/vote" [] {
        pub post: Id<Post>,
        pub votes: bool,
    }
}

impl Command for VotePost {
    type Before = Stand;
    const AUTHORITY: Authority = Authority::Seen(Area::Customers);
    // Whoever votes takes it back by the same act.
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Stand> {
        is_open(look)?;
        let product = look.scope.product_id()?;
        let me = look.scope.who.signed_in()?;
        let post = shown(look, product, self.post)?;
        Stand::read(look, post, Whose::Member(me))
    }
    fn may(&self, _: &Stand, scope: &Scope) -> Result<()> {
        is_a_person(scope)
    }
    fn title(&self, before: &Stand) -> String {
        format!("Vote for “{}”", before.post().title)
    }
    fn decide(self, before: Stand, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(before.say(Some(self.votes), None, None, moment)?.into())
    }
}
