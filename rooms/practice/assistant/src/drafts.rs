//! Asking a model to draft: stories of a feature, criteria of a story, needs behind evidence, notes of a release. Only whoever could at least
//! propose such a thing may ask.

use crate::{drafting::WriteDraft, events::*, model::*, rows};
use backlog::Story;
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Standing, Task, Uuid, command, value::Packed};
use launch::Release;
use roadmap::Feature;

/// So long one is waited for, in milliseconds, and so many at a time.
const PATIENCE: i64 = 10 * 60_000;
const AT_ONCE: usize = 30;

command! {
    /// Has a model draft the stories of a feature, for whoever asks.
    pub struct DraftStories in "model_draft.stories" at Post "/products/{product}/features/{feature}/drafts" [] {
        /// Number, key or id.
        pub feature: Ref,
    }
}

command! {
    /// Has a model draft acceptance criteria of a story, for whoever asks.
    pub struct DraftCriteria in "model_draft.criteria" at Post "/products/{product}/stories/{story}/drafts" [] {
        /// Number, key or id.
        pub story: Ref,
    }
}

command! {
    /// Has a model draft the needs behind the newest evidence that supports none, for whoever asks.
    pub struct DraftNeeds in "model_draft.needs" at Post "/products/{product}/need-drafts" [] {}
}

command! {
    /// Has a model draft the notes of a release from what it ships, for whoever asks.
    pub struct DraftNotes in "model_draft.notes" at Post "/products/{product}/releases/{release}/drafts" [] {
        pub release: Id<Release>,
    }
}

/// What a draft is begun with.
pub struct Begun<T> {
    about: T,
    under_way: usize,
}

fn begun<T>(look: &mut Look, about: T) -> Result<Begun<T>> {
    // No assistant has another draft for it.
    look.scope.oneself()?;
    let since = look.now() - PATIENCE;
    Ok(Begun { about, under_way: rows::under_way(look, since)? })
}

/// Only what could at least be proposed is drafted.
fn may(what: Drafts, scope: &Scope) -> Result<()> {
    match scope.standing(what.area()).1 >= Standing::Proposes {
        true => Ok(()),
        false => Err(Refusal::denied("Your hat has no say on what this would draft.")),
    }
}

fn decided(what: Drafts, about: &str, id: Option<Uuid>, title: String, under_way: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
    if under_way >= AT_ONCE {
        return Err(Refusal::invalid("", format!("{AT_ONCE} drafts are under way; wait for one of them.")));
    }
    let draft = ModelDraft {
        meta: moment.fresh(Some(scope.product_id()?)),
        member: Id::new(scope.who.signed_in()?),
        what,
        about: about.into(),
        about_id: id,
        title: title.clone(),
        model: String::new(),
        failed: String::new(),
        drafts: Packed::default(),
        ended_at: None,
    };
    let task = Task::of(&WriteDraft { draft: draft.id() }, title)?;
    Ok(Decided { tasks: vec![task], ..Event::created(&DRAFT_ASKED, &draft).into() })
}

impl Command for DraftStories {
    type Before = Begun<Feature>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = roadmap::feature(look, &self.feature)?;
        begun(look, feature)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Stories, scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft stories of {}", before.about.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Stories of {}", before.about.title);
        decided(Drafts::Stories, Feature::TABLE, Some(before.about.meta.id), title, before.under_way, moment, scope)
    }
}

impl Command for DraftCriteria {
    type Before = Begun<Story>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = backlog::story(look, &self.story)?;
        begun(look, story)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Criteria, scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft criteria of {}", before.about.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Criteria of {}", before.about.title);
        decided(Drafts::Criteria, Story::TABLE, Some(before.about.meta.id), title, before.under_way, moment, scope)
    }
}

impl Command for DraftNeeds {
    type Before = Begun<usize>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let waiting = rows::waiting_evidence(look)?.len();
        begun(look, waiting)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Needs, scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Draft needs behind the newest evidence".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if before.about == 0 {
            return Err(Refusal::invalid("", "All evidence supports a need already, or was put aside; there is nothing to draft from."));
        }
        let title = format!("Needs behind {}", web::several(before.about, "piece"));
        decided(Drafts::Needs, customers::Evidence::TABLE, None, format!("{title} of evidence"), before.under_way, moment, scope)
    }
}

impl Command for DraftNotes {
    type Before = Begun<Release>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let release = Release::get(look, self.release)?;
        begun(look, release)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Notes, scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft the notes of {}", before.about.name)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Notes of {}", before.about.name);
        decided(Drafts::Notes, Release::TABLE, Some(before.about.meta.id), title, before.under_way, moment, scope)
    }
}
