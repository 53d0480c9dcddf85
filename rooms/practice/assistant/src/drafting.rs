//! What a draft is written from, as whoever asked may read it then, and what of the model's answer is kept.

use crate::{draft_rows as rows, events::*, model::*};
use customers::Evidence;
use kernel::{
    Asking, Authority, Command, Decided, Deserialize, Errand, Id, Job, Json, Lane, Look, Moment, Noun, Reply, Result, Scope, Serialize,
    StoredCommand, Uuid, command, event::edit, json, value::Packed,
};
use retro::{Phase, Retro, RetroNote};
use web::app::jobs::was_asked;

/// Texts that a draft rests on, what is there already, and the ids of the texts where they are evidence.
#[derive(Default)]
pub struct Sources {
    texts: Vec<String>,
    already: Vec<String>,
    evidence: Vec<Uuid>,
}

/// What a draft is written from; empty where nothing of it can be read any more.
fn sources(look: &mut Look, draft: &ModelDraft) -> Result<Sources> {
    let one = |id: Option<Uuid>| id.unwrap_or_default();
    let said = |parts: [&str; 4]| parts.into_iter().filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join("\n");
    Ok(match draft.what {
        Drafts::Stories => {
            let id = Id::<roadmap::Feature>::new(one(draft.about_id));
            let Ok(feature) = roadmap::Feature::get(look, id) else { return Ok(Sources::default()) };
            let already = rows::stories_of(look, id)?.into_iter().map(|story| story.title).collect();
            Sources { texts: vec![said([&feature.title, &feature.body, "", ""])], already, evidence: vec![] }
        }
        Drafts::Criteria => {
            let id = Id::<backlog::Story>::new(one(draft.about_id));
            let Ok(story) = backlog::Story::get(look, id) else { return Ok(Sources::default()) };
            let already = backlog::criteria_of(look, id)?.into_iter().map(|criterion| criterion.body).collect();
            let wish = said([&story.persona, &story.wants, &story.so_that, ""]);
            Sources { texts: vec![said([&story.title, &story.body, &wish, ""])], already, evidence: vec![] }
        }
        Drafts::Notes => {
            let id = Id::<launch::Release>::new(one(draft.about_id));
            let Ok(release) = launch::Release::get(look, id) else { return Ok(Sources::default()) };
            let notes = if release.notes.is_empty() { launch::drafted_notes(look, id)? } else { release.notes.clone() };
            let text = said([&release.name, &release.message, &notes, ""]);
            Sources { texts: vec![text], already: vec![], evidence: vec![] }
        }
        Drafts::Needs => {
            let waiting: Vec<Evidence> = match draft.about_id {
                Some(id) => Evidence::get(look, Id::new(id)).into_iter().collect(),
                None => rows::waiting_evidence(look)?,
            };
            let already = customers::Need::all(look, "order by created_at desc limit 100", &[])?.into_iter().map(|need| need.title).collect();
            let evidence = waiting.iter().map(|evidence| evidence.meta.id).collect();
            Sources { texts: waiting.into_iter().map(|evidence| evidence.quote).collect(), already, evidence }
        }
        Drafts::Update => {
            let Some(kind) = updates::Kind::parse(&draft.about) else { return Ok(Sources::default()) };
            let told = updates::recorded(look, kind)?;
            Sources { texts: told.into_iter().collect(), ..Sources::default() }
        }
        // Their notes go with the task.
        Drafts::Groups => Sources::default(),
    })
}

/// The request about notes of a retrospective: what they say and nothing of who wrote them. None where its notes are not on the table, or
/// fewer than two are left.
fn grouping(look: &mut Look, draft: &ModelDraft, notes: &[Id<RetroNote>]) -> Result<Option<Json>> {
    let Ok(retro) = Retro::get(look, Id::new(draft.about_id.unwrap_or_default())) else { return Ok(None) };
    if retro.phase() != Phase::Grouping {
        return Ok(None);
    }
    let stand = rows::notes(look, notes.iter().map(|note| note.0))?;
    let says = |id: &Id<RetroNote>| stand.iter().find(|note| note.id() == *id).map(|note| note.body.clone()).unwrap_or_default();
    let texts: Vec<String> = notes.iter().map(says).collect();
    let themes = rows::groups_of(look, retro.id())?.into_iter().map(|theme| theme.name).collect::<Vec<_>>();
    Ok((stand.len() > 1).then(|| marking::groups(&texts, &themes)))
}

/// So many samples of the same draft are asked for; the last of them again and again.
const SAMPLES: u32 = 20;

/// Whoever asks for the same once more wants another draft than the one they had.
fn unasked(look: &mut Look, body: Json) -> Result<Json> {
    let me = look.scope.oneself()?;
    for sample in 0..SAMPLES {
        let body = marking::anew(body.clone(), sample);
        if !was_asked(look.reader, me, &body)? {
            return Ok(body);
        }
    }
    Ok(marking::anew(body, SAMPLES))
}

/// Has a model write a draft.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct WriteDraft {
    pub draft: Id<ModelDraft>,
    /// Of a retrospective, in the order of their numbers.
    #[serde(default)]
    pub notes: Vec<Id<RetroNote>>,
}

impl Job for WriteDraft {
    const KIND: &'static str = "model_draft.write";
    const SAYS: &'static str = "Have a model write a draft";
    const LANE: Lane = Lane::Model;
    const TRIES: i64 = 3;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(draft) = rows::draft(look, self.draft)? else { return Ok(Errand::Nothing) };
        let body = match kind(draft.what) {
            None => grouping(look, &draft, &self.notes)?,
            Some(kind) => {
                let sources = sources(look, &draft)?;
                (!sources.texts.is_empty()).then(|| marking::draft(kind, &sources.texts, &sources.already))
            }
        };
        let bodies = body.map(|body| unasked(look, body)).transpose()?.into_iter().collect();
        let asking = Asking { of: draft.meta.id, noun: ModelDraft::TABLE, part: draft.what.to_string(), bodies, for_all: false };
        Ok(Errand::Ask(Box::new(asking)))
    }

    fn heard(&self, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        let args = json!({ "model_draft": self.draft, "replies": replies, "notes": self.notes });
        Ok(Some(StoredCommand { name: "model_draft.note".into(), args }))
    }
}

command! {
    /// Takes in what a model drafted.
    pub struct NoteDraft in "model_draft.note" inside {
        pub model_draft: Id<ModelDraft>,
        pub replies: Vec<Reply>,
        /// Of a retrospective, in the order of their numbers.
        #[serde(default)]
        pub notes: Vec<Id<RetroNote>>,
    }
}

impl Command for NoteDraft {
    type Before = Option<(ModelDraft, Sources)>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let Some(draft) = rows::draft(look, self.model_draft)? else { return Ok(None) };
        // By the same eyes as when it was asked for.
        let sources = sources(&mut Look::showing(look.reader, look.scope), &draft)?;
        Ok(Some((draft, sources)))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Take in what a model drafted".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some((draft, sources)) = before else { return Ok(Decided::default()) };
        let reply = self.replies.into_iter().next();
        let model = reply.as_ref().map(|reply| reply.model.clone());
        let found: Drafted = match reply {
            None if draft.what == Drafts::Update => {
                Err("Nothing changed since the last update of this kind, so there is nothing to tell.".to_owned())
            }
            None => Err("What it was to be drafted from is not there any more.".to_owned()),
            Some(Reply { failed: Some(why), .. }) => Err(why),
            Some(reply) => drafted(draft.what, &sources, &self.notes, &reply.text),
        };
        let event = edit(&DRAFT_NOTED, &draft, |after| {
            kernel::give(&mut after.model, model);
            after.ended_at = Some(moment.now);
            match found {
                Ok(drafts) => after.drafts = Packed(drafts),
                Err(why) => after.failed = why,
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

/// What a model drafted, or why there is nothing.
type Drafted = std::result::Result<Vec<OneDraft>, String>;

fn drafted(what: Drafts, sources: &Sources, notes: &[Id<RetroNote>], heard: &str) -> Drafted {
    match kind(what) {
        Some(kind) => {
            let drafts = marking::drafted(kind, &sources.texts, &sources.already, heard).map_err(|why| why.0)?;
            Ok(drafts.into_iter().map(|one| kept(one, sources)).collect())
        }
        None => {
            let groups = marking::grouped(notes.len(), heard).map_err(|why| why.0)?;
            Ok(groups.into_iter().map(|one| put_together(one, notes)).collect())
        }
    }
}

/// As what the model is asked for it; groups of notes are asked for in a form of their own.
fn kind(what: Drafts) -> Option<marking::Kind> {
    Some(match what {
        Drafts::Stories => marking::Kind::Stories,
        Drafts::Criteria => marking::Kind::Criteria,
        Drafts::Needs => marking::Kind::Needs,
        Drafts::Notes => marking::Kind::Notes,
        Drafts::Update => marking::Kind::Update,
        Drafts::Groups => return None,
    })
}

fn kept(one: marking::Drafted, sources: &Sources) -> OneDraft {
    let evidence = usize::try_from(one.source).ok().and_then(|n| sources.evidence.get(n)).copied();
    OneDraft { title: one.title, body: one.body, quote: one.quote, evidence, unfounded: one.unfounded, notes: vec![] }
}

fn put_together(one: marking::Grouped, notes: &[Id<RetroNote>]) -> OneDraft {
    let notes = one.notes.iter().filter_map(|at| notes.get(*at)).map(|note| note.0).collect();
    OneDraft { title: one.name, notes, ..OneDraft::default() }
}
