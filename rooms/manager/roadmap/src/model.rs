//! Initiatives and features.

use kernel::{Area, By, Fact, Gap, Hang, Heard, Id, Made, Mend, Rank, Reading, Refusal, Result, Strand, Tie, Uuid, noun, words};
use people::Member;
use strategy::KeyResult;

words! {
    /// How near a bet is; never a date.
    pub enum Horizon { Now = "now", Next = "next", Later = "later" }
}

words! {
    /// What became of a bet.
    pub enum BetState { Open = "open", Released = "released", Dropped = "dropped" }
}

const OPEN: Fact = Fact::Is("state", &["open"]);

noun! {
    /// A bet on the roadmap.
    pub struct Initiative in "initiative" {
        number: i64,
        title: String,
        body: String,
        horizon: Horizon,
        rank: Rank,
        state: BetState,
        /// We believe … for … will …
        hypothesis: String,
        /// We will know when this …
        key_result: Option<Id<KeyResult>>,
        /// … moves from …
        from_value: Option<f64>,
        /// … to …
        to_value: Option<f64>,
        /// 0 to 1.
        confidence: Option<f64>,
        size: String,
        starts_on: Option<String>,
        ends_on: Option<String>,
        /// Whoever looks after it.
        owner: Option<Id<Member>>,
        /// What it belongs to besides its objectives: a word or two.
        theme: String,
    } label(i) i.title.clone(); searched Some((i.title.clone(), format!("{}\n{}", i.body, i.hypothesis)));
    about { many: "initiatives", read: Reading::Sees(Area::Roadmap), place: "roadmap?open={which}", keyed: true, titled: true, found_by: "title",
      discussed: true, long: &["body"], shares: &["confidence"],
      heard: Heard { texts: &["body", "hypothesis"], whose: &["owner"], news: &["body", "hypothesis", "horizon", "state", "ends_on"], ..Heard::NOTHING },
      called: &[("owner", "who looks after it"), ("body", "notes"), ("key_result", "we will know when"), ("from_value", "from"), ("to_value", "to"), ("starts_on", "window from"), ("ends_on", "window until")],
      thread: Some(Strand { state: "horizon", open: &[OPEN],
        hangs: &[
          Hang { on: "objective", by: By::Tie(Tie::Serves), mend: "Say which objective it serves",
            made: Some(Made { area: Area::Roadmap, command: "initiative.serve", of: "initiative", on: "objective", undone: "initiative.unserve" }) },
          Hang { on: "need", by: By::Tie(Tie::Addresses), mend: "Say which need it addresses",
            made: Some(Made { area: Area::Roadmap, command: "initiative.address", of: "initiative", on: "need", undone: "initiative.unaddress" }) },
          Hang { on: "trend", by: By::TiedBy(Tie::Changes), mend: "",
            made: Some(Made { area: Area::Research, command: "trend.affect", of: "initiative", on: "trend", undone: "trend.unaffect" }) },
          Hang { on: "canvas_note", by: By::TheirField("initiative"), mend: "",
            made: Some(Made { area: Area::Strategy, command: "canvas_note.edit", of: "initiative", on: "canvas_note", undone: "" }) },
          Hang { on: "guided_case", by: By::TheirField("initiative"), mend: "", made: None }],
        gaps: &[
          Gap { name: "Initiatives without an objective", area: Area::Roadmap, when: &[OPEN, Fact::Bare("objective")], order: "number",
            mend: Mend::Join { with: "objective", says: "Say which objective it serves" } },
          Gap { name: "Initiatives without a need", area: Area::Roadmap, when: &[OPEN, Fact::Bare("need")], order: "number",
            mend: Mend::Join { with: "need", says: "Say which need it addresses" } },
          Gap { name: "Released initiatives that nobody has judged", area: Area::Strategy, order: "number",
            when: &[Fact::Is("state", &["released"]), Fact::Over("ends_on"), Fact::Without("outcome", &[])],
            mend: Mend::Acts(&[("outcome.record", "initiative", &[("verdict", "met")], "It was met"), ("outcome.record", "initiative", &[("verdict", "missed")], "It was missed")]) },
          Gap { name: "Initiatives whose window has passed", area: Area::Commitments, when: &[OPEN, Fact::Over("ends_on")], order: "number",
            mend: Mend::Acts(&[("initiative.edit", "initiative", &[("state", "released")], "Release it")]) }],
        ..Strand::PLAIN }) }
}

noun! {
    /// A deliverable slice of an initiative; what the Manager prioritises.
    pub struct Feature in "feature" {
        number: i64,
        title: String,
        body: String,
        initiative: Option<Id<Initiative>>,
        horizon: Horizon,
        rank: Rank,
        state: BetState,
        /// `jira:ABC-1`: where it came from.
        origin: Option<String>,
        /// The feature of another product that it went on as.
        moved_to: Option<Uuid>,
        /// Whoever looks after it.
        owner: Option<Id<Member>>,
        starts_on: Option<String>,
        ends_on: Option<String>,
    } label(f) f.title.clone(); searched Some((f.title.clone(), f.body.clone()));
    about { many: "features", read: Reading::Sees(Area::Roadmap), place: "roadmap?open={which}", keyed: true, titled: true, found_by: "title",
      heard: Heard { texts: &["body"], whose: &["owner"], news: &["body", "horizon", "state", "ends_on"], ..Heard::NOTHING },
      discussed: true, long: &["body"], hushed: &["origin", "moved_to"], points_at: &[("moved_to", "feature")],
      called: &[("body", "what it is"), ("initiative", "part of"), ("owner", "who looks after it"), ("starts_on", "window from"), ("ends_on", "window until")],
      thread: Some(Strand { state: "horizon", open: &[OPEN],
        hangs: &[Hang { on: "initiative", by: By::Field("initiative"), mend: "Say which initiative it is part of",
          made: Some(Made { area: Area::Roadmap, command: "feature.edit", of: "feature", on: "initiative", undone: "" }) },
          Hang { on: "canvas_note", by: By::TheirField("feature"), mend: "",
            made: Some(Made { area: Area::Strategy, command: "canvas_note.edit", of: "feature", on: "canvas_note", undone: "" }) }],
        gaps: &[
          Gap { name: "Features without an initiative", area: Area::Roadmap, when: &[OPEN, Fact::Bare("initiative")], order: "number",
            mend: Mend::Join { with: "initiative", says: "Say which initiative it is part of" } },
          Gap { name: "Features in Now without ready stories", area: Area::Backlog, order: "number",
            when: &[OPEN, Fact::Is("horizon", &["now"]), Fact::Without("story", &[Fact::Is("stage", &["doing", "handed_over", "accepted"])]),
              Fact::Without("story", &[Fact::Is("stage", &["open"]), Fact::Set("ready_at")])],
            mend: Mend::Join { with: "story", says: "Hang a ready story on it" } },
          Gap { name: "Accepted stories whose feature is not released", area: Area::Commitments, order: "number",
            when: &[OPEN, Fact::With("story", &[Fact::Is("stage", &["accepted"])]), Fact::Without("story", &[Fact::Is("stage", &["open", "doing", "handed_over"])])],
            mend: Mend::Acts(&[("feature.edit", "feature", &[("state", "released")], "Release the feature")]) }],
        ..Strand::PLAIN }) }
}

impl Horizon {
    /// What stands in Now is a commitment; Next and Later are the roadmap's own.
    pub fn area(self, to: Horizon) -> Area {
        match self == Horizon::Now || to == Horizon::Now {
            true => Area::Commitments,
            false => Area::Roadmap,
        }
    }
}

/// Whose it is to take something off the roadmap: what stands in Now, and what has a window, was promised, and a promise
/// ends as it was made.
fn taken_off(horizon: Horizon, window: [&Option<String>; 2]) -> Area {
    match window.iter().any(|day| day.is_some()) {
        true => Area::Commitments,
        false => horizon.area(horizon),
    }
}

impl Initiative {
    /// Whose it is to take it off the roadmap.
    pub fn taken_off(&self) -> Area {
        taken_off(self.horizon, [&self.starts_on, &self.ends_on])
    }
}

impl Feature {
    /// Whose it is to take it off the roadmap.
    pub fn taken_off(&self) -> Area {
        taken_off(self.horizon, [&self.starts_on, &self.ends_on])
    }
}

/// A percentage as a share.
pub(crate) fn share(field: &str, percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(p) if !(0.0..=100.0).contains(&p) => Err(Refusal::invalid(field, "Give a percentage between 0 and 100.")),
        fine => Ok(fine.map(|p| p / 100.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_touches_now_is_a_commitment() {
        use Horizon::*;
        assert_eq!(Later.area(Next), Area::Roadmap);
        assert_eq!(Next.area(Now), Area::Commitments);
        assert_eq!(Now.area(Later), Area::Commitments);
    }

    #[test]
    fn a_promise_ends_as_it_was_made() {
        let (day, none) = (Some("2026-12-31".to_owned()), None);
        assert_eq!(taken_off(Horizon::Later, [&none, &none]), Area::Roadmap);
        assert_eq!(taken_off(Horizon::Now, [&none, &none]), Area::Commitments);
        assert_eq!(taken_off(Horizon::Later, [&none, &day]), Area::Commitments);
        assert_eq!(taken_off(Horizon::Later, [&day, &none]), Area::Commitments);
    }
}
