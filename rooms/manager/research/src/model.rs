//! Trends, competitors, what they can do and where they stand, personas, market sizes.

use customers::Segment;
use kernel::{Area, By, Fact, Gap, Hang, Heard, Id, Made, Mend, Reading, Refusal, Result, Strand, Tie, noun, words};

/// All of it is decided here.
pub(crate) const AREA: Area = Area::Research;

/// Hangs on the evidence that supports it.
const fn supported(command: &'static str, of: &'static str, undone: &'static str) -> Hang {
    Hang { on: "evidence", by: By::TiedBy(Tie::Supports), mend: "", made: Some(Made { area: AREA, command, of, on: "evidence", undone }) }
}

words! {
    /// What a trend is about.
    pub enum Theme { Society = "society", Customers = "customers", Technology = "technology", Market = "market", Rules = "rules" says "rules and law", Economy = "economy" }
}

words! {
    /// Where it is going.
    pub enum Direction { Rising = "rising", Steady = "steady", Fading = "fading" }
}

words! {
    /// When it will matter.
    pub enum Nearness { Now = "now", Soon = "soon" says "1 to 3 years", Later = "later" }
}

words! {
    /// How much it will matter.
    pub enum Impact { Low = "low", Middling = "middling", High = "high" }
}

noun! {
    /// Something that changes around the product.
    pub struct Trend in "trend" {
        /// The statement: what is changing.
        title: String,
        note: String,
        theme: Theme,
        direction: Direction,
        horizon: Nearness,
        impact: Impact,
        /// 0 to 1.
        confidence: Option<f64>,
        /// What it would change for the product.
        would_change: String,
    } label(t) t.title.clone(); searched Some((t.title.clone(), format!("{}\n{}", t.note, t.would_change)));
    about { many: "trends", read: Reading::Sees(AREA), place: "research?open={id}", titled: true, found_by: "title", discussed: true,
      heard: Heard { texts: &["note", "would_change"], news: &["direction", "horizon", "impact", "confidence", "would_change"], ..Heard::NOTHING },
      shares: &["confidence"], called: &[("title", "what is changing"), ("would_change", "what it would change"), ("theme", "what it is about")],
      thread: Some(Strand { state: "horizon", hangs: &[supported("trend.support", "trend", "trend.unsupport")],
        gaps: &[Gap { name: "Trends without evidence", area: AREA, when: &[Fact::Bare("evidence")], order: "id",
          mend: Mend::Join { with: "evidence", says: "Link evidence to it" } }],
        ..Strand::PLAIN }) }
}

noun! {
    /// Whoever the customers could go to instead.
    pub struct Competitor in "competitor" {
        name: String,
        url: String,
        /// For whom they are, and as what they want to be seen.
        positioning: String,
        strengths: String,
        weaknesses: String,
        pricing: String,
        /// The day on which somebody last looked.
        checked_on: String,
    } label(c) c.name.clone(); searched Some((c.name.clone(), [c.positioning.as_str(), &c.strengths, &c.weaknesses, &c.pricing].join("\n")));
    about { many: "competitors", read: Reading::Sees(AREA), place: "competitors?open={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["positioning", "strengths", "weaknesses", "pricing"], news: &["positioning", "strengths", "weaknesses", "pricing"], ..Heard::NOTHING },
      called: &[("url", "address"), ("checked_on", "last checked")] }
}

noun! {
    /// Something that whoever is in this market can do, or cannot.
    pub struct Capability in "capability" {
        name: String,
        /// What counts as full, so that all are graded alike.
        note: String,
    } label(c) c.name.clone(); searched Some((c.name.clone(), c.note.clone()));
    about { many: "capabilities", read: Reading::Sees(AREA), place: "competitors?capability={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["note"], news: &["note"], ..Heard::NOTHING }, called: &[("note", "what counts as full")] }
}

words! {
    /// How well somebody does something.
    pub enum Level { Missing = "none" says "not at all", Partial = "partial", Full = "full", Best = "best" says "best of all" }
}

noun! {
    /// What was once seen of how well somebody does something. The newest is what the matrix shows; the others are its past.
    pub struct Grade in "grade" {
        capability: Id<Capability>,
        /// Whose; nobody else's is ours.
        competitor: Option<Id<Competitor>>,
        level: Level,
        /// Where it was seen.
        source: String,
        url: String,
        /// When it was seen.
        seen_on: String,
        note: String,
    } label(g) g.level.says().to_owned();
    about { many: "grades", read: Reading::Sees(AREA), place: "competitors?grade={id}", part_of: "capability", heard: Heard { new: true, ..Heard::NOTHING },
      called: &[("url", "address"), ("seen_on", "seen on")],
      thread: Some(Strand { title: &["capability", "competitor"], state: "level", hangs: &[supported("grade.support", "grade", "grade.unsupport")], ..Strand::PLAIN }) }
}

noun! {
    /// A chart with two axes on which competitors are placed.
    pub struct Positioning in "positioning" {
        name: String,
        /// What lies at the left, at the right, below and above.
        across_low: String,
        across_high: String,
        up_low: String,
        up_high: String,
        note: String,
    } label(p) p.name.clone(); searched Some((p.name.clone(), [p.across_low.as_str(), &p.across_high, &p.up_low, &p.up_high, &p.note].join("\n")));
    about { many: "positionings", one: "positioning chart", read: Reading::Sees(AREA), place: "positioning?chart={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["note"], news: &["note", "across_low", "across_high", "up_low", "up_high"], ..Heard::NOTHING },
      called: &[("across_low", "left"), ("across_high", "right"), ("up_low", "below"), ("up_high", "above")] }
}

noun! {
    /// Where somebody stands on such a chart.
    pub struct Spot in "spot" {
        positioning: Id<Positioning>,
        /// Whose; nobody else's is ours.
        competitor: Option<Id<Competitor>>,
        /// From 0, left, to 100, right.
        across: f64,
        /// From 0, below, to 100, above.
        up: f64,
        /// Why there.
        why: String,
    } label(s) format!("{} across, {} up", web::points(Some(s.across)), web::points(Some(s.up)));
    about { many: "spots", read: Reading::Sees(AREA), place: "positioning", part_of: "positioning", heard: Heard { news: &["across", "up"], new: true, ..Heard::NOTHING } }
}

noun! {
    /// One person who stands for a segment.
    pub struct Persona in "persona" {
        name: String,
        segment: Option<Id<Segment>>,
        goals: String,
        frustrations: String,
        /// Where and how they live or work with it.
        context: String,
        quote: String,
    } label(p) p.name.clone(); searched Some((p.name.clone(), [p.goals.as_str(), &p.frustrations, &p.context, &p.quote].join("\n")));
    about { many: "personas", read: Reading::Sees(AREA), place: "personas?open={id}", titled: true, found_by: "name", discussed: true,
      heard: Heard { texts: &["goals", "frustrations", "context"], news: &["goals", "frustrations", "context", "segment"], ..Heard::NOTHING },
      thread: Some(Strand { title: &["name"], state: "segment",
        hangs: &[
          supported("persona.support", "persona", "persona.unsupport"),
          Hang { on: "segment", by: By::Field("segment"), mend: "", made: Some(Made { area: AREA, command: "persona.edit", of: "persona", on: "segment", undone: "" }) }],
        ..Strand::PLAIN }) }
}

/// From so many pieces of evidence on a persona is researched and no longer assumed.
pub const RESEARCHED: i64 = 3;

noun! {
    /// How large a market is, estimated from below (customers and what each brings), and from above.
    pub struct MarketSize in "market_size" {
        title: String,
        /// A model in the language of estimates, with a line `TAM`, and `SAM` and `SOM` where those are known.
        bottom_up: String,
        /// The same from published figures; empty where there is none.
        top_down: String,
        note: String,
    } label(m) m.title.clone(); searched Some((m.title.clone(), [m.bottom_up.as_str(), &m.top_down, &m.note].join("\n")));
    about { many: "market-sizes", read: Reading::Sees(AREA), place: "market-size?size={id}", titled: true, found_by: "title", discussed: true,
      long: &["bottom_up", "top_down"],
      heard: Heard { texts: &["note"], news: &["bottom_up", "top_down", "note"], ..Heard::NOTHING }, called: &[("bottom_up", "bottom-up"), ("top_down", "top-down")] }
}

/// After so many days what was seen of a competitor is old; after half of them it begins to fade.
pub(crate) const OLD: i64 = 180;

/// A percentage as a share.
pub(crate) fn share(field: &str, percent: Option<f64>) -> Result<Option<f64>> {
    match percent {
        Some(percent) if !(0.0..=100.0).contains(&percent) => Err(Refusal::invalid(field, "Give a percentage between 0 and 100.")),
        fine => Ok(fine.map(|percent| percent / 100.0)),
    }
}
