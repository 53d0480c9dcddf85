//! What an update says, drafted from lines of activity: a function of them alone. Windows, forecasts and decisions first,
//! each sentence with the line that it comes from; what is routine is one count.

use crate::{
    model::Kind,
    saying::{Course, say},
};
use activity::Line;
use kernel::{Uuid, about};
use std::collections::{BTreeSet, HashMap};
use web::several;

/// What a sentence is about, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Window,
    Forecast,
    Decision,
    Moved,
    Measured,
    News,
}

/// Something that lines tell of.
#[derive(Clone, Debug, Default)]
pub struct Thing {
    /// "ORB-7 Rain mode".
    pub called: String,
    /// Its page below the product, while there is one.
    pub place: Option<String>,
    pub objective: Option<Uuid>,
}

/// Where a bet stands, promised and likely.
#[derive(Clone, Debug)]
pub struct Outlook {
    pub called: String,
    pub place: String,
    pub objective: Option<Uuid>,
    /// The end of its window.
    pub promised: String,
    /// The day by which it is done in 85 of 100 ways that it may go.
    pub likely: String,
}

/// What is known besides the lines.
#[derive(Clone, Debug, Default)]
pub struct Around {
    pub things: HashMap<Uuid, Thing>,
    /// In their order, with their titles.
    pub objectives: Vec<(Uuid, String)>,
    pub outlooks: Vec<Outlook>,
    /// Of this year no day says its year.
    pub year: String,
    /// From when on the lines are, as a day.
    pub since: String,
    /// There were more lines than are read.
    pub more: bool,
    /// What progress comes to, in sentences.
    pub figures: Vec<String>,
}

/// A sentence, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    pub weight: Weight,
    pub says: String,
    /// The thing that it is about, and its page.
    pub about: String,
    pub place: Option<String>,
    /// The line of activity; none for what is worked out.
    pub line: Option<Uuid>,
    pub thing: Option<Uuid>,
    pub at: i64,
}

/// What belongs to one objective.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// None for what belongs to no objective.
    pub objective: Option<Uuid>,
    pub title: String,
    pub sentences: Vec<Sentence>,
    /// Of so many more the record tells.
    pub more: usize,
}

/// A draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub groups: Vec<Group>,
    /// Acts that are told of by no sentence.
    pub routine: usize,
    pub since: String,
    pub more: bool,
    /// What progress comes to, in sentences.
    pub figures: Vec<String>,
}

/// So many sentences of one objective are drafted; the rest is a count.
const MOST_OF_ONE: usize = 12;

/// Drafts an update of a kind from lines, the oldest first.
pub fn draft(kind: Kind, lines: &[Line], around: &Around) -> Draft {
    let mut courses: Vec<Course> = vec![];
    let mut at: HashMap<Uuid, usize> = HashMap::new();
    for line in lines {
        let place = *at.entry(line.noun_id).or_insert_with(|| {
            courses.push(Course::of(line));
            courses.len() - 1
        });
        courses[place].follow(line);
    }
    // What a decision carried out is told as what it is, not once more as a decision.
    let carried_out: BTreeSet<Uuid> = lines.iter().filter(|line| line.noun != "proposal").filter_map(|line| line.proposal).collect();
    courses.retain(|course| course.noun != "proposal" || !carried_out.contains(&course.id));
    let mut told: BTreeSet<Uuid> = BTreeSet::new();
    let mut sentences: Vec<(Option<Uuid>, Sentence)> = vec![];
    for course in &courses {
        let thing = around.things.get(&course.id);
        let called = thing.map_or_else(|| course.label.to_owned(), |thing| thing.called.clone());
        let objective = if course.noun == "objective" { Some(course.id) } else { thing.and_then(|thing| thing.objective) };
        for (weight, says, line) in say(kind, course, &plain(&called), &around.year) {
            told.insert(line.act);
            let place = thing.and_then(|thing| thing.place.clone());
            let sentence = Sentence { weight, says, about: called.clone(), place, line: Some(line.id), thing: Some(course.id), at: line.at };
            sentences.push((objective, sentence));
        }
    }
    for outlook in around.outlooks.iter().filter(|outlook| outlook.likely > outlook.promised) {
        let day = |day: &str| web::when::short_day(day, &around.year);
        let says =
            format!("{}: promised until {}, by the forecast likely by {}.", plain(&outlook.called), day(&outlook.promised), day(&outlook.likely));
        let (about, place) = (outlook.called.clone(), Some(outlook.place.clone()));
        sentences.push((outlook.objective, Sentence { weight: Weight::Forecast, says, about, place, line: None, thing: None, at: i64::MAX }));
    }
    let routine: BTreeSet<Uuid> = lines.iter().filter(|line| is_matter(kind, line) && !told.contains(&line.act)).map(|line| line.act).collect();
    Draft {
        groups: grouped(sentences, around),
        routine: routine.len(),
        since: around.since.clone(),
        more: around.more,
        figures: around.figures.clone(),
    }
}

/// In the order of the objectives; what serves none comes last.
fn grouped(sentences: Vec<(Option<Uuid>, Sentence)>, around: &Around) -> Vec<Group> {
    let known: HashMap<Uuid, usize> = around.objectives.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
    let mut groups: Vec<Group> = around
        .objectives
        .iter()
        .map(|(id, title)| Group { objective: Some(*id), title: title.clone(), sentences: vec![], more: 0 })
        .chain([Group { objective: None, title: String::new(), sentences: vec![], more: 0 }])
        .collect();
    let last = groups.len() - 1;
    for (objective, sentence) in sentences {
        let place = objective.and_then(|id| known.get(&id)).copied().unwrap_or(last);
        groups[place].sentences.push(sentence);
    }
    groups.retain(|group| !group.sentences.is_empty());
    for group in &mut groups {
        group.sentences.sort_by(|a, b| a.weight.cmp(&b.weight).then(a.at.cmp(&b.at)).then_with(|| a.says.cmp(&b.says)));
        group.more = group.sentences.len().saturating_sub(MOST_OF_ONE);
        group.sentences.truncate(MOST_OF_ONE);
    }
    groups
}

/// Whether a line is a matter of what an update tells of, so that it counts as routine there.
fn is_matter(kind: Kind, line: &Line) -> bool {
    use kernel::Area::*;
    let Some(area) = line.area.as_deref().and_then(kernel::Area::parse) else { return false };
    if about::noun(&line.noun).is_some_and(|noun| noun.about.trace) {
        return false;
    }
    match kind {
        Kind::Roadmap => matches!(area, Research | Customers | Strategy | Roadmap | Commitments | Priorities),
        Kind::Progress => matches!(area, Backlog | Estimates | Sprints | Work | Acceptance),
    }
}

impl Draft {
    /// Nothing happened that an update could tell of.
    pub fn is_nothing(&self) -> bool {
        self.routine == 0 && self.groups.iter().all(|group| group.sentences.iter().all(|sentence| sentence.line.is_none()))
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.sentences.len()).sum()
    }

    /// Whether it has no sentence.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// As Markdown, to be edited.
    pub fn markdown(&self) -> String {
        let mut parts: Vec<String> = vec![];
        if self.is_nothing() {
            parts.push(format!("Nothing changed since {}.", self.since));
        }
        if !self.is_nothing() && !self.figures.is_empty() {
            parts.push(self.figures.iter().map(|says| plain(says)).collect::<Vec<_>>().join(" "));
        }
        for group in &self.groups {
            let heading = match (&group.objective, self.groups.len()) {
                (Some(_), _) => format!("### {}\n\n", plain(&group.title)),
                (None, 1) => String::new(),
                (None, _) => "### Besides\n\n".into(),
            };
            let mut lines: Vec<String> = group.sentences.iter().map(|sentence| format!("- {}", sentence.says)).collect();
            if group.more > 0 {
                lines.push(format!("- and {} more", group.more));
            }
            parts.push(format!("{heading}{}", lines.join("\n")));
        }
        if self.routine > 0 {
            let words = several(self.routine, if self.is_empty() { "small change" } else { "smaller change" });
            parts.push(if self.is_empty() { format!("{words}, nothing that changes what to expect.") } else { format!("And {words}.") });
        }
        if self.more {
            parts.push("More happened than was read for this draft; the earliest of it is left out.".into());
        }
        parts.join("\n\n")
    }
}

/// Words of people as text of Markdown and nothing else: they name nobody and begin no markup.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in web::clipped(text, 150).chars() {
        if "\\`*_[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
        if c == '@' {
            out.push('\u{200b}');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Act, Change, Value};

    fn line(n: u128, thing: u128, noun: &str, kind: &str, area: &str, changes: Vec<Change>) -> Line {
        Line {
            id: Uuid::from_u128(n),
            act: Uuid::from_u128(n),
            at: n as i64,
            who: Some("Mara".into()),
            assistant: None,
            hat: None,
            door: "page".into(),
            command: "c".into(),
            area: Some(area.into()),
            kind: kind.into(),
            noun: noun.into(),
            noun_id: Uuid::from_u128(thing),
            label: format!("Thing {thing}"),
            changes,
            proposal: None,
            reason: None,
            member: None,
            assistant_id: None,
            did: if kind.ends_with("created") {
                Act::Create
            } else if kind.ends_with("removed") {
                Act::Remove
            } else {
                Act::Change
            },
            undoable: true,
        }
    }

    fn text(field: &str, from: &str, to: &str) -> Change {
        let value = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.into()) };
        Change::new(field, value(from), value(to))
    }

    fn around() -> Around {
        let thing = |n: u128, title: &str, objective: Option<u128>| {
            (Uuid::from_u128(n), Thing { called: title.into(), place: Some("p".into()), objective: objective.map(Uuid::from_u128) })
        };
        Around {
            things: [thing(1, "ORB-1 Lock boxes", Some(90)), thing(2, "ORB-2 Passes", Some(91)), thing(3, "ORB-3 *Ride* @all", None)].into(),
            objectives: vec![(Uuid::from_u128(91), "First".into()), (Uuid::from_u128(90), "Second".into())],
            year: "2026".into(),
            since: "12 Nov".into(),
            ..Around::default()
        }
    }

    fn moved(n: u128, thing: u128, from: &str, to: &str) -> Line {
        line(n, thing, "initiative", "initiative.edited", "commitments", vec![text("ends_on", from, to)])
    }

    #[test]
    fn several_changes_of_one_window_are_one_sentence_and_there_and_back_is_none() {
        let lines = [
            moved(10, 1, "2026-09-30", "2026-10-31"),
            moved(11, 1, "2026-10-31", "2027-01-31"),
            moved(12, 2, "2026-10-01", "2026-10-09"),
            moved(13, 2, "2026-10-09", "2026-10-01"),
        ];
        let draft = draft(Kind::Roadmap, &lines, &around());
        assert_eq!(
            draft.markdown(),
            "### Second\n\n- ORB-1 Lock boxes is now planned until 31 Jan 2027 instead of 30 Sep.\n\nAnd 3 smaller changes."
        );
        assert_eq!(draft.groups[0].sentences[0].line, Some(Uuid::from_u128(11)), "the line that said so last");
    }

    #[test]
    fn objectives_keep_their_order_and_windows_come_first() {
        let lines = [
            line(10, 1, "initiative", "initiative.moved", "commitments", vec![text("horizon", "next", "now")]),
            moved(11, 1, "", "2026-10-31"),
            line(12, 2, "initiative", "initiative.edited", "commitments", vec![text("state", "open", "released")]),
            line(13, 3, "initiative", "initiative.created", "roadmap", vec![text("horizon", "", "later"), text("state", "", "open")]),
        ];
        let mut around = around();
        around.outlooks = vec![Outlook {
            called: "ORB-1 Lock boxes".into(),
            place: "p".into(),
            objective: Some(Uuid::from_u128(90)),
            promised: "2026-10-31".into(),
            likely: "2026-11-20".into(),
        }];
        let told = draft(Kind::Roadmap, &lines, &around).markdown();
        let wanted = "### First\n\n- ORB-2 Passes is released.\n\n### Second\n\n- ORB-1 Lock boxes is now planned until 31 Oct.\n\
                      - ORB-1 Lock boxes: promised until 31 Oct, by the forecast likely by 20 Nov.\n- ORB-1 Lock boxes moved from Next to Now.\n\n\
                      ### Besides\n\n- New on the roadmap, in Later: ORB-3 \\*Ride\\* @\u{200b}all.";
        assert_eq!(told, wanted);
    }

    #[test]
    fn decisions_go_to_the_update_they_belong_to() {
        let settled = |n: u128, area: &str, kind: &str| {
            line(n, n, "proposal", kind, area, vec![text("state", "open", "agreed"), Change::new("number", Value::Null, Value::Int(7))])
        };
        let lines =
            [settled(10, "commitments", "proposal.agreed"), settled(11, "backlog", "proposal.declined"), settled(12, "agreement", "proposal.agreed")];
        assert_eq!(draft(Kind::Roadmap, &lines, &around()).markdown(), "- Decided: Thing 10 (D-7).");
        assert_eq!(draft(Kind::Progress, &lines, &around()).markdown(), "- Declined: Thing 11 (D-7).");
    }

    #[test]
    fn what_a_decision_carried_out_is_told_once() {
        let mut window = moved(10, 1, "2026-09-30", "2026-10-31");
        window.proposal = Some(Uuid::from_u128(50));
        let signature = Line { proposal: Some(Uuid::from_u128(51)), ..line(12, 51, "proposal", "proposal.agreed", "commitments", vec![]) };
        let lines = [window, line(11, 50, "proposal", "proposal.agreed", "commitments", vec![]), signature];
        let told = draft(Kind::Roadmap, &lines, &around()).markdown();
        assert!(told.contains("now planned") && !told.contains("Thing 50") && told.contains("Decided: Thing 51."), "{told}");
    }

    #[test]
    fn the_last_verdict_counts_and_what_is_over_is_not_blocked() {
        let story = |n: u128, kind: &str, changes: Vec<Change>| line(n, 3, "story", kind, "work", changes);
        let blocked = || vec![Change::new("blocked_since", Value::Null, Value::Int(5)), text("blocked_reason", "", "the key.")];
        let lines = [story(10, "story.blocked", blocked()), story(11, "story.rejected", vec![])];
        let told = draft(Kind::Progress, &lines, &around()).markdown();
        assert_eq!(told, "- ORB-3 \\*Ride\\* @\u{200b}all is blocked: the key.\n- ORB-3 \\*Ride\\* @\u{200b}all was not accepted and goes on.");
        let lines = [lines[0].clone(), lines[1].clone(), story(12, "story.accepted", vec![])];
        assert_eq!(draft(Kind::Progress, &lines, &around()).markdown(), "- Done: ORB-3 \\*Ride\\* @\u{200b}all.\n\nAnd 2 smaller changes.");
    }

    #[test]
    fn nothing_is_said_to_be_nothing() {
        let none = draft(Kind::Roadmap, &[], &around());
        assert!(none.is_nothing());
        assert_eq!(none.markdown(), "Nothing changed since 12 Nov.");
        let gone =
            [line(10, 1, "initiative", "initiative.created", "roadmap", vec![]), line(11, 1, "initiative", "initiative.removed", "roadmap", vec![])];
        assert_eq!(draft(Kind::Roadmap, &gone, &around()).markdown(), "2 small changes, nothing that changes what to expect.");
        // What is the other hat's matter is none here.
        assert!(draft(Kind::Roadmap, &[line(10, 3, "story", "story.accepted", "acceptance", vec![])], &around()).is_nothing());
    }

    #[test]
    fn of_very_much_the_rest_is_a_count() {
        let lines: Vec<Line> = (0..40).map(|n| line(100 + n, 100 + n, "story", "story.accepted", "acceptance", vec![])).collect();
        let told = draft(Kind::Progress, &lines, &around());
        assert_eq!((told.len(), told.groups[0].more, told.routine), (12, 28, 0));
        assert!(told.markdown().ends_with("- and 28 more"));
    }
}
