//! What a draft is written from, as whoever asked may read it then, and what of the model's answer is kept.

use crate::{events::*, model::*, rows};
use customers::Evidence;
use kernel::{
    Asking, Authority, Command, Decided, Deserialize, Errand, Id, Job, Lane, Look, Moment, Noun, Reply, Result, Scope, Serialize, StoredCommand,
    Uuid, command, event::edit, json, value::Packed,
};

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
            let waiting: Vec<Evidence> = rows::waiting_evidence(look)?;
            let already = customers::Need::all(look, "order by created_at desc limit 100", &[])?.into_iter().map(|need| need.title).collect();
            let evidence = waiting.iter().map(|evidence| evidence.meta.id).collect();
            Sources { texts: waiting.into_iter().map(|evidence| evidence.quote).collect(), already, evidence }
        }
    })
}

/// Has a model write a draft.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct WriteDraft {
    pub draft: Id<ModelDraft>,
}

impl Job for WriteDraft {
    const KIND: &'static str = "model_draft.write";
    const SAYS: &'static str = "Have a model write a draft";
    const LANE: Lane = Lane::Model;
    const TRIES: i64 = 3;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let Some(draft) = rows::draft(look, self.draft)? else { return Ok(Errand::Nothing) };
        let sources = sources(look, &draft)?;
        let bodies = if sources.texts.is_empty() { vec![] } else { vec![marking::draft(draft.what.kind(), &sources.texts, &sources.already)] };
        let asking = Asking { of: draft.meta.id, noun: ModelDraft::TABLE, part: draft.what.to_string(), bodies, for_all: false };
        Ok(Errand::Ask(Box::new(asking)))
    }

    fn heard(&self, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        let args = json!({ "model_draft": self.draft, "replies": replies });
        Ok(Some(StoredCommand { name: "model_draft.note".into(), args }))
    }
}

command! {
    /// Takes in what a model drafted.
    pub struct NoteDraft in "model_draft.note" inside {
        pub model_draft: Id<ModelDraft>,
        pub replies: Vec<Reply>,
    }
}

impl Command for NoteDraft {
    type Before = Option<(ModelDraft, Sources)>;
    const AUTHORITY: Authority = Authority::Anyone;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let Some(draft) = rows::draft(look, self.model_draft)? else { return Ok(None) };
        let sources = sources(look, &draft)?;
        Ok(Some((draft, sources)))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Take in what a model drafted".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some((draft, sources)) = before else { return Ok(Decided::default()) };
        let reply = self.replies.into_iter().next();
        let model = reply.as_ref().map(|reply| reply.model.clone());
        let found = match reply {
            None => Err("What it was to be drafted from is not there any more.".to_owned()),
            Some(Reply { failed: Some(why), .. }) => Err(why),
            Some(reply) => marking::drafted(draft.what.kind(), &sources.texts, &sources.already, &reply.text).map_err(|why| why.0),
        };
        let event = edit(&DRAFT_NOTED, &draft, |after| {
            kernel::give(&mut after.model, model);
            after.ended_at = Some(moment.now);
            match found {
                Ok(drafts) => after.drafts = Packed(drafts.into_iter().map(|one| kept(one, &sources)).collect()),
                Err(why) => after.failed = why,
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

fn kept(one: marking::Drafted, sources: &Sources) -> OneDraft {
    let evidence = usize::try_from(one.source).ok().and_then(|n| sources.evidence.get(n)).copied();
    OneDraft { title: one.title, body: one.body, quote: one.quote, evidence }
}
