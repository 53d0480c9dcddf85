//! Vision, objectives, key results.

use kernel::{Area, By, Hang, Id, Rank, Reading, Strand, noun, words};
use people::Member;

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
    } label(v) format!("vision, version {}", v.number); searched Some((format!("Vision {}", v.number), v.parts().map(|(name, text)| format!("{name}: {text}")).join("\n")));
    about { many: "visions", read: Reading::Sees(Area::Strategy), place: "strategy", found_by: "that", discussed: true,
      called: &[("for_whom", "for whom"), ("who", "what they need"), ("is_a", "what it is"), ("that", "what it gives them"), ("ours", "what is different")],
      thread: Some(Strand { title: "is_a || ': ' || that", state: "''", hangs: &[] }) }
}

impl Vision {
    /// Its parts by name, in whatever language they are written: put into a sentence of ours they would read wrong.
    pub fn parts(&self) -> [(&'static str, &str); 6] {
        let texts = [&self.for_whom, &self.who, &self.is_a, &self.that, &self.unlike, &self.ours];
        std::array::from_fn(|i| (Vision::NAMES[i], texts[i].as_str()))
    }

    /// What its parts are called.
    pub const NAMES: [&'static str; 6] = ["For whom", "What they need", "What it is", "What it gives them", "Unlike", "What is different"];
}

noun! {
    /// A member says that this version is also theirs, or asks about it.
    pub struct Confirmation in "confirmation" {
        vision: Id<Vision>,
        member: Id<Member>,
        /// Empty: confirmed without a question.
        question: String,
    } label(_c) "the vision".to_owned();
    about { many: "confirmations", made_anew: true, read: Reading::Sees(Area::Strategy), part_of: "vision", hushed: &["vision", "member"] }
}

words! {
    /// What became of an objective.
    pub enum ObjectiveState { Open = "open", Reached = "reached", Missed = "missed", Dropped = "dropped" }
}

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
    } label(o) o.title.clone(); searched Some((o.title.clone(), o.why.clone()));
    about { many: "objectives", read: Reading::Sees(Area::Strategy), place: "strategy#o-{id}", titled: true, found_by: "title", discussed: true,
      heard: kernel::Heard { texts: &["why"], news: &["why", "state", "ends_on"], ..kernel::Heard::NOTHING },
      shares: &["share"], called: &[("share", "share of capacity"), ("starts_on", "from"), ("ends_on", "until")],
      thread: Some(Strand { title: "title", state: "state", hangs: &[Hang { on: "vision", by: By::Newest, mend: "Write the vision" }] }) }
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
    } label(k) k.title.clone(); searched Some((k.title.clone(), String::new()));
    about { many: "key-results", read: Reading::Sees(Area::Strategy), place: "strategy", titled: true, found_by: "title",
      part_of: "objective", shares: &["confidence"], called: &[("start_value", "start"), ("current_value", "where it stands")] }
}

impl KeyResult {
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
            }
            .progress()
        };
        assert_eq!(at(0.0, 10.0, 5.0), 0.5);
        assert_eq!(at(10.0, 2.0, 6.0), 0.5);
        assert_eq!(at(0.0, 10.0, 12.0), 1.0);
        assert_eq!(at(0.0, 10.0, -1.0), 0.0);
        assert_eq!(at(5.0, 5.0, 5.0), 1.0);
    }
}
