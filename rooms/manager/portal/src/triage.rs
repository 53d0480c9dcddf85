//! Triage: what is shown, how it stands with it, who wants it besides, and the feature that answers it.

use crate::{events::*, letters, model::*, opening::shown, posting::as_evidence, voices::Stand};
use customers::Customer;
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give};
use roadmap::Feature;

command! {
    /// Shows a post that waits for approval; it becomes evidence in the inbox.
    pub struct ShowPost in "portal_post.show" at Post "/products/{product}/portal-posts/{post}/showing" [Customers] {
        pub post: Id<Post>,
    }
}

impl Command for ShowPost {
    type Before = Post;

    fn load(&self, look: &mut Look) -> Result<Post> {
        Post::get(look, self.post)
    }
    fn title(&self, before: &Post) -> String {
        format!("Show “{}” on the portal", before.title)
    }
    fn decide(self, before: Post, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.showing == Showing::Shown {
            return Err(Refusal::invalid("post", "This post is shown already."));
        }
        let mut events = vec![];
        let evidence = match before.evidence {
            Some(known) => known,
            None => {
                let evidence = as_evidence(&before, moment);
                events.push(Event::created(&EVIDENCE_POSTED, &evidence));
                evidence.id()
            }
        };
        events.push(edit(&POST_SHOWN, &before, |p| {
            (p.showing, p.evidence) = (Showing::Shown, Some(evidence));
            p.refused = String::new();
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Turns a post down: it is not shown, and stays where it can be found again.
    pub struct TurnDownPost in "portal_post.turn_down" at Delete "/products/{product}/portal-posts/{post}/showing" [Customers] {
        pub post: Id<Post>,
        /// Why, for others who triage.
        #[serde(default)]
        pub reason: Text<500>,
    }
}

impl Command for TurnDownPost {
    type Before = Post;

    fn load(&self, look: &mut Look) -> Result<Post> {
        Post::get(look, self.post)
    }
    fn title(&self, before: &Post) -> String {
        format!("Turn down “{}”", before.title)
    }
    fn decide(self, before: Post, _: &Moment, _: &Scope) -> Result<Decided> {
        if before.showing == Showing::TurnedDown {
            return Err(Refusal::invalid("post", "This post was turned down already."));
        }
        Ok(edit(&POST_TURNED_DOWN, &before, |p| {
            p.showing = Showing::TurnedDown;
            p.refused = self.reason.into();
            Ok(())
        })?
        .into())
    }
}

command! {
    /// Says how it stands with a post, what is said to it, and which feature answers it. Whoever follows it gets a letter once
    /// it has shipped.
    pub struct EditPost in "portal_post.edit" at Patch "/products/{product}/portal-posts/{post}" [Customers] {
        pub post: Id<Post>,
        pub status: Option<PostStatus>,
        /// Shown below the post.
        pub answer: Option<Text<2_000>>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Feature>>")]
        pub feature: Option<Option<Id<Feature>>>,
    }
}

impl Command for EditPost {
    type Before = Post;

    fn load(&self, look: &mut Look) -> Result<Post> {
        if let Some(feature) = self.feature.flatten() {
            Feature::get(look, feature)?;
        }
        Post::get(look, self.post)
    }
    fn title(&self, before: &Post) -> String {
        match self.status {
            Some(status) => format!("“{}” is {}", before.title, status.says()),
            None => format!("Say how it stands with “{}”", before.title),
        }
    }
    fn decide(self, before: Post, _: &Moment, _: &Scope) -> Result<Decided> {
        let ships = self.status == Some(PostStatus::Shipped) && before.status != PostStatus::Shipped;
        let changed = edit(&POST_EDITED, &before, |p| {
            p.status = self.status.unwrap_or(p.status);
            give(&mut p.answer, self.answer);
            p.feature = self.feature.unwrap_or(p.feature);
            Ok(())
        })?;
        let tasks = if ships { vec![letters::tell_shipped(&before)?] } else { vec![] };
        Ok(Decided { tasks, ..changed.into() })
    }
}

command! {
    /// Takes a post off the portal. The evidence that became of it stays.
    pub struct RemovePost in "portal_post.remove" at Delete "/products/{product}/portal-posts/{post}" [Customers] {
        pub post: Id<Post>,
    }
}

impl Command for RemovePost {
    /// The post, and how many were merged into it.
    type Before = (Post, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let post = Post::get(look, self.post)?;
        let merged = Post::all(look, "and merged_into = $2", &[kernel::Column::value(&post.id())])?.len() as i64;
        Ok((post, merged))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("Take “{}” off the portal", before.title)
    }
    fn decide(self, (before, merged): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        match (before.merged_into, merged) {
            (Some(_), _) => Err(Refusal::invalid("post", "This post was merged into another. Take it apart first.")),
            (None, 1..) => Err(Refusal::invalid("post", "Others were merged into this post. Take them apart first.")),
            (None, _) => Ok(Event::removed(&POST_REMOVED, &before, moment.now).into()),
        }
    }
}

command! {
    /// Votes for a post on behalf of a customer.
    pub struct VoteFor in "portal_post.vote_for" at Post "/products/{product}/portal-posts/{post}/customers" [Customers] {
        pub post: Id<Post>,
        pub customer: Id<Customer>,
    }
}

impl Command for VoteFor {
    type Before = (Stand, Customer);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let product = look.scope.product_id()?;
        let customer = Customer::get(look, self.customer)?;
        let post = shown(look, product, self.post)?;
        Ok((Stand::read(look, post, Whose::Customer(customer.meta.id))?, customer))
    }
    fn title(&self, (stand, customer): &Self::Before) -> String {
        format!("“{}” votes for “{}”", customer.name, stand.post().title)
    }
    fn decide(self, (stand, customer): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if stand.votes() {
            return Err(Refusal::invalid("customer", format!("“{}” has a vote here already.", customer.name)));
        }
        Ok(stand.say(Some(true), None, scope.who.member, moment)?.into())
    }
}

command! {
    /// Takes back a vote that was given on behalf of a customer.
    pub struct TakeVote in "portal_voice.remove" at Delete "/products/{product}/portal-votes/{voice}" [Customers] {
        pub voice: Id<Voice>,
    }
}

impl Command for TakeVote {
    /// The vote, the post that it counts for, and how many want that without it.
    type Before = (Voice, Post, i64);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let voice = Voice::get(look, self.voice)?;
        let post = Post::get(look, voice.post)?;
        let root = Post::get(look, post.root)?;
        let sql = "select count(distinct coalesce(member, visitor, customer)) from portal_voice
                   where post in (select id from portal_post where root = $1) and votes = 1 and removed_at is null and id <> $2";
        let others = look.number(sql, &[kernel::Column::value(&root.id()), kernel::Column::value(&voice.id())])?;
        Ok((voice, root, others))
    }
    fn title(&self, (_, post, _): &Self::Before) -> String {
        format!("Take back a vote for “{}”", post.title)
    }
    fn decide(self, (voice, post, others): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        if voice.customer.is_none() {
            return Err(Refusal::invalid("voice", "People take back their own votes."));
        }
        let counted = edit(&POST_COUNTED, &post, |p| {
            p.votes = others;
            Ok(())
        })?;
        Ok(vec![Event::removed(&VOICE_TAKEN, &voice, moment.now).called(format!("“{}”", post.title)), counted].into())
    }
}
