//! Reading what a model drafted, and what it can draft from.

use crate::{model::*, pages::Chosen};
use backlog::Story;
use customers::Evidence;
use kernel::{Column, Id, Look, Noun, Result, Uuid, Value, list};
use launch::Release;
use marking::MOST_NOTES;
use retro::{Phase, Retro, RetroNote, RetroTheme};
use roadmap::Feature;

/// What can be drafted from, as far as the asker could do anything with a draft of it.
#[derive(Default)]
pub(crate) struct Choices {
    pub features: Vec<Feature>,
    pub stories: Vec<Story>,
    pub releases: Vec<Release>,
    /// How much evidence supports no need, as far as it is looked at.
    pub waiting: usize,
    /// The piece of evidence that is chosen.
    pub piece: Option<Evidence>,
    /// A retrospective whose notes are put together now, with how many stand on their own.
    pub meeting: Option<(Retro, usize)>,
}

/// What there is to choose from, and whatever the address has chosen already.
pub(crate) fn choices(look: &mut Look, chosen: &Chosen) -> Result<Choices> {
    let may = |look: &Look, what: Drafts| what.may(look.scope, "");
    let mut choices = Choices::default();
    if may(look, Drafts::Stories) {
        choices.features = open_features(look, &chosen.feature)?;
        choices.stories = open_stories(look, &chosen.story)?;
    }
    if may(look, Drafts::Notes) {
        choices.releases = planned_releases(look, &chosen.release)?;
    }
    if may(look, Drafts::Needs) {
        choices.waiting = waiting_evidence(look)?.len();
        if !chosen.evidence.is_empty() {
            choices.piece = Evidence::all(look, "and id = $2", &[id(&chosen.evidence)])?.pop();
        }
    }
    if may(look, Drafts::Groups)
        && let Some(retro) = meeting(look, &chosen.retro)?
    {
        let loose = loose_notes(look, retro.id())?.len();
        choices.meeting = Some((retro, loose));
    }
    Ok(choices)
}

/// The retrospective whose notes are put together now: the one that is chosen, or the last.
fn meeting(look: &mut Look, chosen: &str) -> Result<Option<Retro>> {
    let and = "and revealed_at is not null and voting_at is null and voted_at is null and ended_at is null
       order by case when id = $2 then 0 else 1 end, number desc limit 1";
    Ok(Retro::all(look, and, &[id(chosen)])?.pop())
}

/// What is there of what drafts would touch.
#[derive(Default)]
pub(crate) struct Taken {
    /// Notes that still stand on their own, of retrospectives where they can be put together.
    pub notes: Vec<RetroNote>,
    /// The kinds of update of which the asker keeps a draft.
    pub keeps: Vec<updates::Kind>,
}

pub(crate) fn taken(look: &mut Look, drafts: &[ModelDraft]) -> Result<Taken> {
    let mut taken = Taken::default();
    let notes: Vec<Uuid> = drafts.iter().flat_map(|draft| draft.drafts.iter().flat_map(|one| one.notes.iter().copied())).collect();
    if !notes.is_empty() {
        taken.notes = self::notes(look, notes)?;
        let retros = Retro::all(look, "and id in each($2)", &[list(taken.notes.iter().map(|note| note.retro.0))])?;
        let open = |note: &RetroNote| retros.iter().any(|retro| retro.id() == note.retro && retro.phase() == Phase::Grouping);
        taken.notes.retain(open);
    }
    for kind in updates::Kind::ALL {
        if drafts.iter().any(|draft| draft.what == Drafts::Update && draft.about == kind.word()) && updates::keeps(look, *kind)? {
            taken.keeps.push(*kind);
        }
    }
    Ok(taken)
}

/// One's own drafts in a product, the newest first.
pub(crate) fn drafts(look: &mut Look) -> Result<Vec<ModelDraft>> {
    ModelDraft::all(look, "order by created_at desc, id desc limit 12", &[])
}

pub(crate) fn draft(look: &mut Look, id: Id<ModelDraft>) -> Result<Option<ModelDraft>> {
    Ok(ModelDraft::all(look, "and id = $2", &[id.value()])?.pop())
}

/// Drafts that are still written on.
pub(crate) fn under_way(look: &mut Look, since: i64) -> Result<usize> {
    Ok(ModelDraft::all(look, "and ended_at is null and created_at > $2 limit 40", &[Value::Int(since)])?.len())
}

/// Features that stories can be drafted of: those that are nearest, and the one that is chosen.
fn open_features(look: &mut Look, chosen: &str) -> Result<Vec<Feature>> {
    let order = "order by case horizon when 'now' then 0 when 'next' then 1 else 2 end, rank limit 60";
    let all = Feature::all(look, &format!("and state = 'open' {order}"), &[])?;
    ahead(look, all, chosen, |feature| feature.number.to_string() == chosen, "and number = $2", number(chosen))
}

/// Puts the one that is chosen ahead, where it is not among them.
fn ahead<T: Noun>(look: &mut Look, mut all: Vec<T>, chosen: &str, is: impl Fn(&T) -> bool, and: &str, which: Value) -> Result<Vec<T>> {
    if !chosen.is_empty()
        && !all.iter().any(is)
        && let Some(one) = T::all(look, and, &[which])?.pop()
    {
        all.insert(0, one);
    }
    Ok(all)
}

/// What an address names by number; nothing has the number 0.
fn number(chosen: &str) -> Value {
    Value::Int(chosen.parse().unwrap_or(0))
}

/// Releases whose notes can be drafted: the newest, and the one that is chosen.
fn planned_releases(look: &mut Look, chosen: &str) -> Result<Vec<Release>> {
    let all = Release::all(look, "and state = 'planned' order by created_at desc, id desc limit 30", &[])?;
    ahead(look, all, chosen, |release| release.id().to_string() == chosen, "and id = $2", id(chosen))
}

/// What an address names by its id; nothing has the id that is nought.
fn id(chosen: &str) -> Value {
    Uuid::parse_str(chosen).unwrap_or_default().value()
}

/// Stories that criteria can be drafted of: those of the backlog in their order, and the one that is chosen.
fn open_stories(look: &mut Look, chosen: &str) -> Result<Vec<Story>> {
    let all = Story::all(look, "and stage = 'open' order by rank limit 60", &[])?;
    ahead(look, all, chosen, |story| story.number.to_string() == chosen, "and number = $2", number(chosen))
}

/// The stories of a feature.
pub(crate) fn stories_of(look: &mut Look, feature: Id<Feature>) -> Result<Vec<Story>> {
    Story::all(look, "and feature = $2 order by number limit 100", &[feature.value()])
}

/// Evidence that supports no need and was not put aside, the newest first.
pub(crate) fn waiting_evidence(look: &mut Look) -> Result<Vec<Evidence>> {
    let and = "and dismissed is null and not exists (select 1 from relation where relation.product = $1 and relation.from_id = evidence.id
       and relation.verb = 'supports' and relation.removed_at is null) order by created_at desc, id desc limit 20";
    Evidence::all(look, and, &[])
}

/// Notes of a retrospective that stand on their own, as its page orders them.
pub(crate) fn loose_notes(look: &mut Look, retro: Id<Retro>) -> Result<Vec<RetroNote>> {
    let and = format!("and retro = $2 and theme is null order by pile, created_at, id limit {MOST_NOTES}");
    RetroNote::all(look, &and, &[retro.value()])
}

/// Those of these notes that still stand on their own.
pub(crate) fn notes(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<RetroNote>> {
    RetroNote::all(look, "and id in each($2) and theme is null", &[list(ids)])
}

/// The groups of a retrospective.
pub(crate) fn groups_of(look: &mut Look, retro: Id<Retro>) -> Result<Vec<RetroTheme>> {
    RetroTheme::all(look, "and retro = $2 order by created_at, id limit 50", &[retro.value()])
}
