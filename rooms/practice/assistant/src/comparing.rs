//! Holding a model against people: it reads every answer that was given and that somebody has marked, in the same way as it
//! reads one for its writer, and the two lots of levels are held against each other.

use crate::{events::*, feedback, model::*, rows};
use kernel::{
    Asking, Authority, Command, Decided, Deserialize, Errand, Event, Id, Job, Lane, Look, Moment, Noun, Refusal, Reply, Result, Scope, Serialize,
    StoredCommand, Task, command, event::edit, json, value::Packed,
};
use marking::agreement;
use std::collections::BTreeMap;

/// After so long, in milliseconds, one that has not ended may be begun anew.
const PATIENCE: i64 = 6 * 3_600_000;

command! {
    /// Holds the model against people over all answers that were given and marked.
    pub struct RunComparison in "comparison.run" at Post "/assistant/comparisons" [] {}
}

impl Command for RunComparison {
    type Before = (Vec<Specimen>, Option<Comparison>);
    const AUTHORITY: Authority = Authority::Administrator;
    const UNDOABLE: bool = false;
    const LATER: Option<&'static str> = Some("Begun; it takes as long as the model does.");

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Ok((rows::marked_specimens(look.reader)?, rows::comparisons(look.reader, 1)?.pop()))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Hold the model against people".into()
    }
    fn decide(self, (specimens, last): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if specimens.is_empty() {
            return Err(Refusal::invalid("", "No answer is marked by people yet; there is nothing to hold the model against."));
        }
        if last.is_some_and(|last| last.ended_at.is_none() && scope.now - last.meta.created_at < PATIENCE) {
            return Err(Refusal::invalid("", "One is under way already."));
        }
        let comparison = Comparison {
            meta: moment.fresh(None),
            member: Id::new(scope.who.signed_in()?),
            model: String::new(),
            form: marking::FORM,
            wanted: specimens.len() as i64,
            answers: 0,
            pairs: 0,
            kappa: None,
            exact: None,
            bias: None,
            ended_at: None,
        };
        let id = comparison.id();
        let task = |specimen: Specimen| Task::of(&JudgeAnswer { comparison: id, specimen: specimen.id() }, specimen.title);
        let tasks = specimens.into_iter().map(task).collect::<Result<_>>()?;
        Ok(Decided { tasks, ..Event::created(&COMPARED, &comparison).into() })
    }
}

/// Has a model read one of them.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct JudgeAnswer {
    comparison: Id<Comparison>,
    specimen: Id<Specimen>,
}

impl Job for JudgeAnswer {
    const KIND: &'static str = "comparison.judge";
    const SAYS: &'static str = "Have a model read an answer that people have marked";
    const LANE: Lane = Lane::Model;
    const TRIES: i64 = 3;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let bodies = match rows::specimen(look.reader, self.specimen)? {
            Some(specimen) => feedback::asked(rows::task(look, &specimen)?.as_ref().and_then(club::Task::written), None, &specimen.answer)?,
            // It was taken back: it counts as read, without a level.
            None => vec![],
        };
        let part = self.specimen.0.simple().to_string();
        Ok(Errand::Ask(Box::new(Asking { of: self.comparison.0, noun: Comparison::TABLE, part, bodies, for_all: true })))
    }

    fn heard(&self, replies: Vec<Reply>) -> Result<Option<StoredCommand>> {
        let args = json!({ "comparison": self.comparison, "specimen": self.specimen, "replies": replies });
        Ok(Some(StoredCommand { name: "comparison.note".into(), args }))
    }
}

command! {
    /// Takes in how a model marks one of the answers; the last one ends the comparison.
    pub struct NoteComparison in "comparison.note" inside {
        pub comparison: Id<Comparison>,
        pub specimen: Id<Specimen>,
        pub replies: Vec<Reply>,
    }
}

/// What taking an answer in needs to know.
pub struct Known {
    comparison: Comparison,
    specimen: Option<Specimen>,
    machine: Vec<SpecimenMark>,
    people: Vec<Marked>,
    challenge: Option<club::Task>,
}

impl Command for NoteComparison {
    type Before = Option<Box<Known>>;
    const AUTHORITY: Authority = Authority::Administrator;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let Some(comparison) = rows::comparison(look.reader, self.comparison)? else { return Ok(None) };
        let specimen = rows::specimen(look.reader, self.specimen)?;
        let machine = rows::marks_in(look.reader, self.comparison)?;
        // The one that is taken in now stands in no row yet.
        let mut read = rows::specimens_in(look.reader, self.comparison)?;
        read.extend(specimen.clone());
        let people = rows::marks_of_people(look.reader, &read)?;
        let challenge = specimen.as_ref().map(|specimen| rows::task(look, specimen)).transpose()?.flatten();
        Ok(Some(Box::new(Known { comparison, specimen, machine, people, challenge })))
    }
    fn title(&self, _: &Self::Before) -> String {
        "Take in how a model marks".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        let Some(Known { comparison, specimen, mut machine, people, challenge }) = before.map(|known| *known) else { return Ok(Decided::default()) };
        if machine.iter().any(|mark| mark.specimen == self.specimen) {
            return Ok(Decided::default());
        }
        let model = self.replies.first().map(|reply| reply.model.clone());
        let levels = specimen.as_ref().map_or_else(BTreeMap::new, |specimen| levels(specimen, challenge.as_ref(), self.replies));
        let mark = SpecimenMark {
            meta: moment.fresh(None),
            specimen: self.specimen,
            member: None,
            comparison: Some(comparison.id()),
            levels: Packed(levels),
        };
        machine.push(mark.clone());
        let over = machine.len() as i64 >= comparison.wanted;
        let changed = edit(&JUDGED, &comparison, |after| {
            kernel::give(&mut after.model, model);
            if over {
                let (pairs, answers) = pairs(&machine, &people);
                let found = agreement(&pairs);
                (after.answers, after.pairs, after.ended_at) = (answers as i64, pairs.len() as i64, Some(moment.now));
                after.kappa = found.and_then(|found| found.kappa);
                (after.exact, after.bias) = (found.map(|found| found.exact), found.map(|found| found.bias));
            }
            Ok(())
        })?;
        Ok(vec![Event::created(&JUDGED, &mark), changed].into())
    }
}

/// The levels that replies come to, row by row in the order in which they were asked.
fn levels(specimen: &Specimen, challenge: Option<&club::Task>, replies: Vec<Reply>) -> BTreeMap<String, i64> {
    let rubric = challenge.and_then(club::Task::written).map_or(&[][..], |challenge| &challenge.rubric);
    let mut replies = replies.into_iter();
    let mut found = BTreeMap::new();
    for row in rubric {
        let own: Vec<Reply> = replies.by_ref().take(feedback::READINGS as usize).collect();
        if let Some(judged) = feedback::read(row.id.clone(), &specimen.answer, own).judged() {
            found.insert(row.id.clone(), judged.level.round() as i64);
        }
    }
    found
}
