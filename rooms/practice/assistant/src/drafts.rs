//! Asking a model to draft: stories of a feature, criteria of a story, needs behind evidence, notes of a release, an update, groups of the
//! notes of a retrospective. Only whoever could at least propose such a thing may ask.

use crate::{draft_rows as rows, drafting::WriteDraft, events::*, model::*};
use backlog::Story;
use kernel::{Authority, Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, Task, Uuid, command, value::Packed};
use launch::Release;
use retro::{Phase, Retro, RetroNote};
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
    /// Has a model draft the needs behind evidence, for whoever asks.
    pub struct DraftNeeds in "model_draft.needs" at Post "/products/{product}/need-drafts" [] {
        /// One piece; the newest that supports no need yet when left out.
        pub evidence: Option<Id<customers::Evidence>>,
    }
}

command! {
    /// Has a model draft the notes of a release from what it ships, for whoever asks.
    pub struct DraftNotes in "model_draft.notes" at Post "/products/{product}/releases/{release}/drafts" [] {
        pub release: Id<Release>,
    }
}

command! {
    /// Has a model draft an update from what the record says since the last one, for whoever asks.
    pub struct DraftUpdate in "model_draft.update" at Post "/products/{product}/updates/drafts" [] {
        /// `roadmap` or `progress`.
        pub kind: updates::Kind,
    }
}

command! {
    /// Has a model say which notes of a retrospective could stand together, once they are revealed, for whoever asks.
    pub struct DraftGroups in "model_draft.groups" at Post "/products/{product}/retros/{retro}/drafts" [] {
        pub retro: Id<Retro>,
    }
}

command! {
    /// Puts away what a model drafted, or is drafting, for whoever asked for it.
    pub struct DiscardModelDraft in "model_draft.discard" at Delete "/products/{product}/model-drafts/{model_draft}" [] {
        pub model_draft: Id<ModelDraft>,
    }
}

impl Command for DiscardModelDraft {
    type Before = ModelDraft;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<ModelDraft> {
        look.scope.oneself()?;
        rows::draft(&mut seen(look), self.model_draft)?.ok_or(Refusal::NotFound)
    }
    fn title(&self, before: &ModelDraft) -> String {
        format!("Put away the draft “{}”", before.title)
    }
    fn decide(self, before: ModelDraft, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&DRAFT_DISCARDED, &before, moment.now).into())
    }
}

/// What a draft is begun with.
pub struct Begun<T> {
    about: T,
    under_way: usize,
}

/// As whoever asks sees it: what they may not read is no thing to draft from, and its title stands in no draft.
fn seen<'a>(look: &'a mut Look<'_>) -> Look<'a> {
    Look::showing(look.reader, look.scope)
}

fn begun<T>(look: &mut Look, about: T) -> Result<Begun<T>> {
    // No assistant has another draft for it.
    look.scope.oneself()?;
    let since = look.now() - PATIENCE;
    Ok(Begun { about, under_way: rows::under_way(&mut seen(look), since)? })
}

/// Only what could at least be proposed is drafted.
fn may(what: Drafts, about: &str, scope: &Scope) -> Result<()> {
    match what.may(scope, about) {
        true => Ok(()),
        false => Err(Refusal::denied("Your hat has no say on what this would draft.")),
    }
}

/// What is to be drafted.
struct Wanted<'a> {
    what: Drafts,
    about: &'a str,
    id: Option<Uuid>,
    title: String,
    notes: Vec<Id<RetroNote>>,
}

impl<'a> Wanted<'a> {
    fn new(what: Drafts, about: &'a str, id: Option<Uuid>, title: String) -> Wanted<'a> {
        Wanted { what, about, id, title, notes: vec![] }
    }
}

fn decided(wanted: Wanted, under_way: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
    let Wanted { what, about, id, title, notes } = wanted;
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
    let task = Task::of(&WriteDraft { draft: draft.id(), notes }, title)?;
    Ok(Decided { tasks: vec![task], ..Event::created(&DRAFT_ASKED, &draft).into() })
}

impl Command for DraftStories {
    type Before = Begun<Feature>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = roadmap::feature(&mut seen(look), &self.feature)?;
        begun(look, feature)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Stories, "", scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft stories of {}", before.about.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Stories of {}", before.about.title);
        decided(Wanted::new(Drafts::Stories, Feature::TABLE, Some(before.about.meta.id), title), before.under_way, moment, scope)
    }
}

impl Command for DraftCriteria {
    type Before = Begun<Story>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let story = backlog::story(&mut seen(look), &self.story)?;
        begun(look, story)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Criteria, "", scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft criteria of {}", before.about.title)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Criteria of {}", before.about.title);
        decided(Wanted::new(Drafts::Criteria, Story::TABLE, Some(before.about.meta.id), title), before.under_way, moment, scope)
    }
}

impl Command for DraftNeeds {
    type Before = Begun<(Option<customers::Evidence>, usize)>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let mut seen = seen(look);
        let one = self.evidence.map(|id| customers::Evidence::get(&mut seen, id)).transpose()?;
        let waiting = if one.is_some() { 1 } else { rows::waiting_evidence(&mut seen)?.len() };
        begun(look, (one, waiting))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Needs, "", scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Draft needs behind evidence".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (one, waiting) = before.about;
        if waiting == 0 {
            return Err(Refusal::invalid("", "All evidence supports a need already, or was put aside; there is nothing to draft from."));
        }
        let title = format!("Needs behind {}", web::several(waiting, "piece"));
        decided(
            Wanted::new(Drafts::Needs, customers::Evidence::TABLE, one.map(|one| one.meta.id), format!("{title} of evidence")),
            before.under_way,
            moment,
            scope,
        )
    }
}

impl Command for DraftNotes {
    type Before = Begun<Release>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let release = Release::get(&mut seen(look), self.release)?;
        begun(look, release)
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Notes, "", scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft the notes of {}", before.about.name)
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("Notes of {}", before.about.name);
        decided(Wanted::new(Drafts::Notes, Release::TABLE, Some(before.about.meta.id), title), before.under_way, moment, scope)
    }
}

impl Command for DraftUpdate {
    type Before = Begun<()>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        begun(look, ())
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Update, self.kind.word(), scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        format!("Draft an update about {}", self.kind.says())
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let title = format!("An update about {}", self.kind.says());
        decided(Wanted::new(Drafts::Update, self.kind.word(), None, title), before.under_way, moment, scope)
    }
}

impl Command for DraftGroups {
    type Before = Begun<(Retro, Vec<RetroNote>)>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let mut seen = seen(look);
        let retro = Retro::get(&mut seen, self.retro)?;
        let loose = rows::loose_notes(&mut seen, self.retro)?;
        begun(look, (retro, loose))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        may(Drafts::Groups, "", scope)
    }
    fn title(&self, before: &Self::Before) -> String {
        format!("Draft groups of the notes of {}", before.about.0.label())
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let (retro, loose) = before.about;
        if retro.phase() != Phase::Grouping {
            return Err(Refusal::invalid("retro", "Notes are grouped once they are revealed, and until the vote begins."));
        }
        if loose.len() < 2 {
            return Err(Refusal::invalid("retro", "Fewer than two notes stand on their own; there is nothing to put together."));
        }
        let title = format!("Groups of the notes of {}", retro.label());
        // Which note has which number is settled now, whatever comes or goes before the model has answered.
        let notes = loose.iter().map(Noun::id).collect();
        let wanted = Wanted { notes, ..Wanted::new(Drafts::Groups, Retro::TABLE, Some(retro.meta.id), title) };
        decided(wanted, before.under_way, moment, scope)
    }
}
