//! What is understood together (vision, target market, top needs) and who confirmed it; objectives, key results.

use conversation::Comment;
use customers::{Need, Segment};
use kernel::{Area, By, Fact, Gap, Hang, Heard, Id, Mend, Rank, Reading, Strand, Uuid, noun, value::Packed, words};
use measures::Measure;
use people::Member;

/// Everyone hears of a new version, which they have not confirmed.
const OF_VERSIONS: Heard = Heard { texts: &["note"], new: true, everyone: true, ..Heard::NOTHING };

noun! {
    /// One version of the positioning statement (Moore, Crossing the Chasm).
    pub struct Vision in "vision" {
        number: i64,
        for_whom: String,
        who: String,
        is_a: String,
        that: String,
        unlike: String,
        ours: String,
        note: String,
        /// The vision board beside the statement (Pichler): for whom, …
        target_group: String,
        /// … what they need, …
        their_needs: String,
        /// … what of the product stands out, …
        our_product: String,
        /// … and what it is to bring to the business.
        business_goals: String,
    } label(v) format!("vision, version {}", v.number); searched Some((format!("Vision {}", v.number), v.written().map(|(name, text)| format!("{name}: {text}")).join("\n")));
    about { many: "visions", read: Reading::Sees(Area::Strategy), place: "strategy", found_by: "that", discussed: true, heard: OF_VERSIONS,
      called: &[("for_whom", "for whom"), ("who", "what they need"), ("is_a", "what it is"), ("that", "what it gives them"), ("ours", "what is different"), ("their_needs", "what they need"), ("our_product", "what of the product stands out")],
      thread: Some(Strand { title: &["is_a", "that"], ..Strand::PLAIN }) }
}

impl Vision {
    /// Its parts by name, in whatever language they are written: put into a sentence of ours they would read wrong.
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        let texts = [&self.for_whom, &self.who, &self.is_a, &self.that, &self.unlike, &self.ours];
        std::array::from_fn(|i| (Vision::NAMES[i], texts[i].as_str()))
    }

    /// The vision board by name, as far as it is filled.
    pub fn board(&self) -> [(&'static str, &str); 4] {
        let texts = [&self.target_group, &self.their_needs, &self.our_product, &self.business_goals];
        std::array::from_fn(|i| (Vision::BOARD[i], texts[i].as_str()))
    }

    /// Statement and board, part by part.
    pub fn written(&self) -> [(&'static str, &str); 10] {
        let (parts, board) = (self.parts(), self.board());
        std::array::from_fn(|i| if i < parts.len() { parts[i] } else { board[i - parts.len()] })
    }

    /// What the parts of the board are called.
    pub const BOARD: [&'static str; 4] = ["Target group", "Needs", "Product", "Business goals"];

    /// What its parts are called.
    pub const NAMES: [&'static str; 6] = ["For whom", "What they need", "What it is", "What it gives them", "Unlike", "What is different"];
}

noun! {
    /// One version of the segments that the product is for.
    pub struct TargetMarket in "target_market" {
        number: i64,
        /// The one that counts most first.
        segments: Packed<Vec<Id<Segment>>>,
        /// Why these, and for whom it is not.
        note: String,
    } label(m) format!("target market, version {}", m.number); searched Some((format!("Target market {}", m.number), m.note.clone()));
    about { many: "target-markets", read: Reading::Sees(Area::Research), place: "strategy#market", found_by: "note", discussed: true, heard: OF_VERSIONS }
}

noun! {
    /// One version of the needs that come first.
    pub struct TopNeeds in "top_needs" {
        number: i64,
        /// The first first.
        needs: Packed<Vec<Id<Need>>>,
        /// Why these.
        note: String,
    } label(n) format!("top needs, version {}", n.number); searched Some((format!("Top needs {}", n.number), n.note.clone()));
    about { many: "top-needs", one: "top needs", read: Reading::Sees(Area::Customers), place: "strategy#needs", found_by: "note", discussed: true, heard: OF_VERSIONS }
}

noun! {
    /// A member says that a version (of the vision, the target market or the top needs) is also theirs, or asks about it.
    pub struct Confirmation in "confirmation" {
        vision: Option<Id<Vision>>,
        member: Id<Member>,
        /// Empty: confirmed without a question.
        question: String,
        target_market: Option<Id<TargetMarket>>,
        top_needs: Option<Id<TopNeeds>>,
        /// Where what they ask is talked over.
        thread: Option<Id<Comment>>,
    } label(c) match (c.target_market, c.top_needs) { (Some(_), _) => "the target market", (_, Some(_)) => "the top needs", _ => "the vision" }.to_owned();
    about { many: "confirmations", made_anew: true, part_of: "vision", hushed: &["vision", "member", "target_market", "top_needs", "thread"],
      heard: Heard { texts: &["question"], new: true, ..Heard::NOTHING },
      read: Reading::OfEach(&[("vision", "vision"), ("target_market", "target_market"), ("top_needs", "top_needs")]) }
}

words! {
    /// What became of an objective.
    pub enum ObjectiveState { Open = "open", Reached = "reached", Missed = "missed", Dropped = "dropped" }
}

const OPEN: Fact = Fact::Is("state", &["open"]);

noun! {
    /// Where we want to be.
    pub struct Objective in "objective" {
        title: String,
        why: String,
        rank: Rank,
        /// Intended share of capacity, 0 to 1.
        share: Option<f64>,
        starts_on: Option<String>,
        ends_on: Option<String>,
        state: ObjectiveState,
        /// The objective that it is a part of.
        parent: Option<Id<Objective>>,
        /// It is the one that the backlog serves now.
        product_goal: bool,
    } label(o) o.title.clone(); searched Some((o.title.clone(), o.why.clone()));
    about { many: "objectives", read: Reading::Sees(Area::Strategy), place: "strategy#o-{id}", titled: true, found_by: "title", discussed: true,
      heard: Heard { texts: &["why"], news: &["why", "state", "ends_on"], ..Heard::NOTHING },
      shares: &["share"], called: &[("share", "share of capacity"), ("starts_on", "from"), ("ends_on", "until"), ("parent", "part of"), ("product_goal", "Product Goal")],
      thread: Some(Strand { state: "state", hangs: &[Hang { on: "vision", by: By::Newest, mend: "Write the vision", made: None }], open: &[OPEN],
        gaps: &[Gap { name: "Objectives without an initiative", area: Area::Roadmap, when: &[OPEN, Fact::Without("initiative", &[])], order: "rank",
          mend: Mend::Join { with: "initiative", says: "Say which initiative serves it" } }],
        ..Strand::PLAIN }) }
}

words! {
    /// What an estimate beside a key result is of.
    pub enum Estimated { Target = "target" says "its target", Value = "value" says "where it will stand" }
}

words! {
    /// Which work feeds a key result: what was accepted for its objective, or how many of its bets came as believed.
    pub enum Work { Points = "points" says "accepted points", Items = "items" says "accepted stories", Verdicts = "verdicts" says "bets that came as believed" }
}

noun! {
    /// How we will know.
    pub struct KeyResult in "key_result" {
        objective: Id<Objective>,
        title: String,
        unit: String,
        start_value: f64,
        target: f64,
        current_value: f64,
        /// 0 to 1, at the last check-in.
        confidence: Option<f64>,
        /// The measure that it reads.
        measure: Option<Id<Measure>>,
        /// The work that feeds it. Where there is neither, its values are typed.
        fed_by: Option<Work>,
        /// The estimate that stands beside it, …
        estimate_model: Option<Uuid>,
        /// … and of what it is one.
        estimated: Option<Estimated>,
    } label(k) k.title.clone(); searched Some((k.title.clone(), String::new()));
    about { many: "key-results", read: Reading::Sees(Area::Strategy), place: "strategy", titled: true, found_by: "title",
      part_of: "objective", heard: Heard { news: &["target"], new: true, ..Heard::NOTHING }, shares: &["confidence"], called: &[("start_value", "start"), ("current_value", "where it stands"), ("measure", "reads"), ("fed_by", "fed by"), ("estimate_model", "estimated by"), ("estimated", "what is estimated")],
      points_at: &[("estimate_model", "estimate_model")],
      thread: Some(Strand { hangs: &[Hang { on: "objective", by: By::Field("objective"), mend: "", made: None }], ..Strand::PLAIN }) }
}

impl KeyResult {
    /// Whether its values come by themselves, so that nobody types them.
    pub fn is_fed(&self) -> bool {
        self.measure.is_some() || self.fed_by.is_some()
    }

    /// It stands on the other side of where it started: further from its target than then.
    pub fn went_the_other_way(&self) -> bool {
        (self.current_value - self.start_value) * (self.target - self.start_value) < 0.0
    }

    /// `(current − start) / (target − start)`, clamped to 0 … 1; a target equal to the start is reached or not.
    pub fn progress(&self) -> f64 {
        let way = self.target - self.start_value;
        if way == 0.0 {
            return if self.current_value >= self.target { 1.0 } else { 0.0 };
        }
        ((self.current_value - self.start_value) / way).clamp(0.0, 1.0)
    }
}

noun! {
    /// A key result at some day.
    pub struct Measurement in "measurement" {
        key_result: Id<KeyResult>,
        on_day: String,
        amount: f64,
        confidence: Option<f64>,
        note: String,
        member: Option<Id<Member>>,
    } label(m) format!("{} on {}", m.amount, m.on_day);
    about { many: "measurements", read: Reading::Sees(Area::Strategy), part_of: "key_result", shares: &["confidence"], hushed: &["member"],
      heard: Heard { texts: &["note"], new: true, ..Heard::NOTHING },
      called: &[("on_day", "day"), ("amount", "value")] }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Meta;

    #[test]
    fn progress_is_clamped_and_works_downwards() {
        let at = |start_value, target, current_value| {
            KeyResult {
                meta: Meta { id: kernel::Uuid::nil(), product: None, version: 1, created_at: 0, updated_at: 0, removed_at: None },
                objective: Id::new(kernel::Uuid::nil()),
                title: String::new(),
                unit: String::new(),
                start_value,
                target,
                current_value,
                confidence: None,
                measure: None,
                fed_by: None,
                estimate_model: None,
                estimated: None,
            }
            .progress()
        };
        // Feedback4e's help, “How is key result progress calculated?”: from 10 to 20, 16 is 60 % and 22 would be 120 %; ours ends at all of it.
        assert_eq!((at(10.0, 20.0, 16.0), at(10.0, 20.0, 22.0)), (0.6, 1.0));
        assert_eq!(at(0.0, 10.0, 5.0), 0.5);
        assert_eq!(at(10.0, 2.0, 6.0), 0.5);
        assert_eq!(at(0.0, 10.0, 12.0), 1.0);
        assert_eq!(at(0.0, 10.0, -1.0), 0.0);
        assert_eq!(at(5.0, 5.0, 5.0), 1.0);
        // Worked by hand: from 48 to 70 are 22, and 61 is 13 of them; from 14 to 2 are 12 down, and 5 is 9 of them.
        assert_eq!((at(48.0, 70.0, 61.0), at(14.0, 2.0, 5.0)), (13.0 / 22.0, 0.75));
    }
}
