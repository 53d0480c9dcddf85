//! Playback: one writes in their own words what the other means, the other marks sentence by sentence what matches and what
//! doesn't, and each difference becomes a thread where the version is talked about.

use crate::{events::*, model::*, sentences::sentences};
use conversation::{COMMENT_ADDED, Comment, Subject};
use kernel::{Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Text, Uuid, Words, about, command, event::edit};
use people::Member;
use strategy::CONFIRMED;

command! {
    /// Says in one's own words what another member means by the current vision, target market or top needs.
    pub struct WritePlayback in "playback.write" at Post "/products/{product}/playbacks" [] {
        /// `vision`, `target_market` or `top_needs`.
        pub about: String,
        /// The version that was read, by its id; the current one when left out.
        pub id: Option<Id<Playback>>,
        /// The member whose meaning it is; they mark what matches.
        pub whom: Id<Member>,
        pub words: Words<5_000>,
    }
}

impl Command for WritePlayback {
    type Before = Subject;

    fn load(&self, look: &mut Look) -> Result<Subject> {
        let noun = about::noun(&self.about).filter(|noun| CONFIRMED.contains(&noun.table));
        let noun =
            noun.ok_or_else(|| Refusal::invalid("about", "This can be said in other words of the vision, the target market and the top needs."))?;
        let product = look.scope.product_id()?;
        let newest = format!("select id from {} where product = $1 and removed_at is null order by number desc limit 1", noun.table);
        let newest: Option<Uuid> = look.first(&newest, &[product.value()])?.map(|mut row| row.take()).transpose()?;
        let id = self.id.map(|id| id.0).or(newest).ok_or(Refusal::NotFound)?;
        let version = look.thing(noun, id)?.ok_or(Refusal::NotFound)?;
        if newest != Some(id) {
            return Err(Refusal::invalid("id", "There is a newer version. Read that one."));
        }
        people::person_of(look, self.whom)?.filter(|person| !person.is_assistant).ok_or(Refusal::NotFound)?;
        Ok(Subject { noun: noun.table.to_owned(), id, label: version.label })
    }
    fn may(&self, _: &Subject, scope: &Scope) -> Result<()> {
        match (scope.who.assistant, scope.who.member == Some(self.whom.0)) {
            (Some(_), _) => Err(Refusal::denied("Only people say what they understand.")),
            (None, true) => Err(Refusal::invalid("whom", "Choose somebody else: this is about what another one means.")),
            (None, false) => Ok(()),
        }
    }
    fn title(&self, about: &Subject) -> String {
        format!("Say in other words: {}", about.label)
    }
    fn decide(self, about: Subject, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let product = Some(scope.product_id()?);
        let playback = Playback {
            meta: moment.fresh(product),
            about_noun: about.noun,
            about_id: about.id,
            about_label: about.label,
            member: Id::new(scope.who.signed_in()?),
            whom: self.whom,
            words: self.words.into(),
            settled_at: None,
        };
        let mut events = vec![Event::created(&PLAYBACK_WRITTEN, &playback)];
        for (place, words) in sentences(&playback.words).into_iter().enumerate() {
            let part = PlaybackPart {
                meta: moment.fresh(product),
                playback: playback.id(),
                about_noun: playback.about_noun.clone(),
                about_id: playback.about_id,
                member: playback.member,
                place: place as i64,
                words,
                meant: None,
                thread: None,
            };
            events.push(Event::created(&PART_WRITTEN, &part));
        }
        Ok(events.into())
    }
}

command! {
    /// Marks a sentence of what another wrote as what one means, or not; what it does not match becomes a thread.
    pub struct MarkPart in "playback_part.mark" at Put "/products/{product}/playback-parts/{playback_part}/mark" [] {
        pub playback_part: Id<PlaybackPart>,
        pub meant: bool,
        /// What is meant instead.
        #[serde(default)]
        pub instead: Text<2_000>,
    }
}

impl Command for MarkPart {
    /// The sentence, what it is of, and all its other sentences.
    type Before = (PlaybackPart, Playback, Vec<PlaybackPart>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let part = PlaybackPart::get(look, self.playback_part)?;
        let playback = Playback::get(look, part.playback)?;
        let others = PlaybackPart::all(look, "and playback = $2 and id <> $3", &[part.playback.value(), part.meta.id.value()])?;
        Ok((part, playback, others))
    }
    fn may(&self, (_, playback, _): &Self::Before, scope: &Scope) -> Result<()> {
        match scope.who.assistant.is_none() && scope.who.member == Some(playback.whom.0) {
            true => Ok(()),
            false => Err(Refusal::denied("Whose meaning it is says whether this matches it.")),
        }
    }
    fn title(&self, (part, ..): &Self::Before) -> String {
        format!("Mark what was said: {}", part.label())
    }
    fn decide(self, (part, playback, others): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let mut thread = part.thread;
        let mut begun = None;
        if !self.meant && thread.is_none() {
            let instead = if self.instead.is_empty() { "That is not what I mean." } else { &*self.instead };
            let quoted: Vec<String> = part.words.lines().map(|line| format!("> {line}")).collect();
            let about = Subject { noun: playback.about_noun.clone(), id: playback.about_id, label: playback.about_label.clone() };
            let comment = Comment::by(scope, moment, about, format!("{}\n\n{instead}", quoted.join("\n")))?;
            thread = Some(comment.id());
            begun = Some(Event::created(&COMMENT_ADDED, &comment));
        }
        let mut events = vec![edit(&PART_MARKED, &part, |p| {
            (p.meant, p.thread) = (Some(self.meant), thread);
            Ok(())
        })?];
        events.extend(begun);
        if playback.settled_at.is_none() && others.iter().all(|other| other.meant.is_some()) {
            events.push(edit(&PLAYBACK_SETTLED, &playback, |p| {
                p.settled_at = Some(moment.now);
                Ok(())
            })?);
        }
        Ok(events.into())
    }
}

command! {
    /// Takes back what one has written in one's own words; threads that came of it stay.
    pub struct WithdrawPlayback in "playback.withdraw" at Delete "/products/{product}/playbacks/{playback}" [] {
        pub playback: Id<Playback>,
    }
}

impl Command for WithdrawPlayback {
    type Before = (Playback, Vec<PlaybackPart>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let playback = Playback::get(look, self.playback)?;
        let parts = PlaybackPart::all(look, "and playback = $2", &[playback.meta.id.value()])?;
        Ok((playback, parts))
    }
    fn may(&self, (playback, _): &Self::Before, scope: &Scope) -> Result<()> {
        match scope.who.assistant.is_none() && scope.who.member == Some(playback.member.0) {
            true => Ok(()),
            false => Err(Refusal::denied("Only whoever wrote it takes it back.")),
        }
    }
    fn title(&self, (playback, _): &Self::Before) -> String {
        format!("Take back what was said of {}", playback.about_label)
    }
    fn decide(self, (playback, parts): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let mut events = vec![Event::removed(&PLAYBACK_WITHDRAWN, &playback, moment.now)];
        events.extend(parts.iter().map(|part| Event::removed(&PLAYBACK_WITHDRAWN, part, moment.now)));
        Ok(events.into())
    }
}
