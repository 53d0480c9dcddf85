//! A retrospective, what was said at it, and what was agreed on.

use kernel::{
    Area, Heard, Id, Reading, Scope, Uuid,
    erasure::{Copied, Goes, Said, Way},
    noun,
    value::Packed,
    words,
};
use people::Member;
use sprint::Sprint;

/// Whoever sees how the team works together is there; stakeholders are not, unless a team has agreed on it.
pub(crate) const THERE: Area = Area::Agreement;

/// Whoever has a say in the work agrees on actions.
pub(crate) const ACTIONS: Area = Area::Work;

words! {
    /// What notes are sorted by.
    pub enum Style {
        StartStopContinue = "start_stop_continue" says "start, stop, continue", MadSadGlad = "mad_sad_glad" says "mad, sad, glad",
        FourLs = "four_ls" says "the four Ls", Sailboat = "sailboat" says "the sailboat", Own = "own" says "columns of your own",
    }
}

impl Style {
    /// Its columns, each with what belongs there; none where a team names its own.
    pub fn columns(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Style::StartStopContinue => &[
                ("Start", "What we do not do yet and should."),
                ("Stop", "What costs more than it brings."),
                ("Continue", "What works and is to stay."),
            ],
            Style::MadSadGlad => &[("Mad", "What made you angry."), ("Sad", "What disappointed you."), ("Glad", "What you were happy about.")],
            Style::FourLs => &[
                ("Liked", "What went well."),
                ("Learned", "What you know now and did not before."),
                ("Lacked", "What was missing."),
                ("Longed for", "What you wish there were."),
            ],
            Style::Sailboat => &[
                ("Wind", "What drives us on."),
                ("Anchor", "What holds us back."),
                ("Rocks", "What could sink us."),
                ("Island", "Where we want to be."),
            ],
            Style::Own => &[],
        }
    }

    /// What belongs into a column of this name.
    pub fn hint(self, column: &str) -> &'static str {
        self.columns().iter().find(|(name, _)| *name == column).map_or("", |(_, hint)| hint)
    }
}

words! {
    /// What became of an action.
    pub enum Kept { Open = "open", Done = "done", Dropped = "dropped" says "not done" }
}

words! {
    /// How an action ends.
    pub enum Ended { Done = "done", Dropped = "dropped" says "not done" }
}

noun! {
    /// A look back at a stretch of work: notes, what they come to, and what is to change.
    pub struct Retro in "retro" {
        number: i64,
        sprint: Option<Id<Sprint>>,
        style: Style,
        /// The columns as they were called then.
        columns: Packed<Vec<String>>,
        /// Nobody's name stands on a note.
        anonymous: bool,
        /// So many dots everybody has.
        dots: i64,
        /// What is rated from 1 to 5, as it was worded then.
        statements: Packed<Vec<String>>,
        /// The round in which dots are sealed.
        ballot: String,
        revealed_at: Option<i64>,
        voting_at: Option<i64>,
        voted_at: Option<i64>,
        ended_at: Option<i64>,
        /// How many had rated.
        people: i64,
        /// For each statement how often each rating was given, from 1 to 5; nothing where too few had rated.
        sums: Packed<Vec<Vec<i64>>>,
    } label(r) format!("retrospective {}", r.number);
    about { many: "retros", one: "retrospective", read: Reading::Sees(THERE), place: "retro?show={id}", discussed: true,
      heard: Heard { news: &["revealed_at", "ended_at"], ..Heard::NOTHING },
      hushed: &["sprint", "columns", "statements", "ballot", "revealed_at", "voting_at", "voted_at", "ended_at", "people", "sums"],
      called: &[("style", "form"), ("anonymous", "without names"), ("dots", "dots for each")] }
}

noun! {
    /// Notes that say the same, as one thing to talk and vote about.
    pub struct RetroTheme in "retro_theme" {
        retro: Id<Retro>,
        name: String,
        /// How many dots it got, once they are opened.
        dots: i64,
    } label(t) t.name.clone();
    about { many: "retro-themes", one: "group of notes", titled: true, read: Reading::Of("retro", "retro"), part_of: "retro", hushed: &["retro"] }
}

noun! {
    /// What one member noted, once it was revealed.
    pub struct RetroNote in "retro_note" {
        retro: Id<Retro>,
        /// In which column, from 0.
        pile: i64,
        /// Who wrote it; nobody where names are left out.
        member: Option<Id<Member>>,
        body: String,
        theme: Option<Id<RetroTheme>>,
        /// How many dots it got by itself, once they are opened.
        dots: i64,
    } label(_n) "note".to_owned();
    about { many: "retro-notes", one: "note", read: Reading::Of("retro", "retro"), part_of: "retro", told_new: &["body"],
      said: Some(Said { by: "member", words: &["body"], unless: "" }), copied: &[Copied { by: "theme", way: Way::Into, field: "name", goes: Goes::Same }],
      hushed: &["retro", "pile", "member"], called: &[("theme", "group")] }
}

noun! {
    /// What is to change, by whom and until when. It comes back at the next retrospective.
    pub struct RetroAction in "retro_action" {
        retro: Id<Retro>,
        what: String,
        owner: Option<Id<Member>>,
        due_on: Option<String>,
        kept: Kept,
        settled_at: Option<i64>,
        /// What came of it.
        note: String,
    } label(a) a.what.clone(); searched Some((a.what.clone(), a.note.clone()));
    about { many: "retro-actions", one: "retro action", read: Reading::Of("retro", "retro"), part_of: "retro", place: "retro#action-{id}", titled: true, found_by: "what",
      heard: Heard { whose: &["owner"], news: &["kept", "due_on"], ..Heard::NOTHING }, hushed: &["retro", "settled_at"], called: &[("kept", "what became of it"), ("due_on", "due")] }
}

/// Where a retrospective stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Everyone writes alone.
    Writing,
    /// All notes lie open and are put together.
    Grouping,
    Voting,
    /// Dots are counted: actions are agreed on.
    Deciding,
    Over,
}

impl Retro {
    pub fn phase(&self) -> Phase {
        match (self.ended_at, self.voted_at, self.voting_at, self.revealed_at) {
            (Some(_), ..) => Phase::Over,
            (_, Some(_), ..) => Phase::Deciding,
            (_, _, Some(_), _) => Phase::Voting,
            (.., Some(_)) => Phase::Grouping,
            _ => Phase::Writing,
        }
    }

    /// The round in which dots are sealed.
    pub(crate) fn ballot(&self) -> Option<Uuid> {
        Uuid::parse_str(&self.ballot).ok()
    }

    /// Every round in which something is sealed.
    pub(crate) fn rounds(&self) -> Vec<Uuid> {
        [Some(self.meta.id), self.ballot()].into_iter().flatten().collect()
    }
}

/// Whether whoever asks is there: a person who sees how the team works together, in a product that is in use.
pub fn is_there(scope: &Scope) -> bool {
    let archived = scope.product.as_ref().is_some_and(|product| product.archived);
    scope.sees(THERE) && scope.who.member.is_some() && scope.who.assistant.is_none() && !archived
}

/// What is rated where a team has written nothing else.
pub(crate) const STATEMENTS: [&str; 6] = [
    "We deliver something of value in each sprint.",
    "We know what we build, and why.",
    "Our code and our tests are in good shape.",
    "Releasing is easy and safe.",
    "We get help where we need it.",
    "We learn, and it is fun to work here.",
];

/// The best rating.
pub(crate) const BEST: i64 = 5;

/// From so many ratings on sums are shown: of fewer one could tell whose they are.
pub(crate) const FEWEST: i64 = 3;

impl Retro {
    /// The mean rating of each statement; nothing where sums are not shown.
    pub fn means(&self) -> Vec<f64> {
        let mean = |sums: &Vec<i64>| {
            let people: i64 = sums.iter().sum();
            let all: i64 = sums.iter().zip(1..).map(|(given, rating)| given * rating).sum();
            (people > 0).then(|| all as f64 / people as f64)
        };
        self.sums.iter().filter_map(mean).collect()
    }

    /// The mean of all of them.
    pub fn mean(&self) -> Option<f64> {
        let means = self.means();
        (!means.is_empty()).then(|| means.iter().sum::<f64>() / means.len() as f64)
    }
}
