//! Commands about releases: planning them and their launch, go or no-go, notes, and that they reached their users.

use crate::{
    events::*,
    model::*,
    notes,
    rows::{self, Found},
    scope::{Slice, still_planned},
};
use customers::Segment;
use kernel::{
    AnyDay, Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit, give, list, value::Packed,
};
use measures::Measure;
use roadmap::{BetState, Feature, Initiative};
use web::when;

command! {
    /// Plans a release: a name, how much is made of it, and for when it is meant.
    pub struct PlanRelease in "release.plan" at Post "/products/{product}/releases" [Commitments] {
        pub name: Line<200>,
        #[serde(default = "minor")]
        pub tier: Tier,
        /// The day on which it is meant to reach users.
        #[serde(default)]
        pub target_on: AnyDay,
    }
}

fn minor() -> Tier {
    Tier::Minor
}

impl Command for PlanRelease {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Plan the release “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let release = Release {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            tier: self.tier,
            state: ReleaseState::Planned,
            target_on: self.target_on.day(),
            released_on: None,
            go: None,
            go_reason: String::new(),
            go_at: None,
            segment: None,
            message: String::new(),
            pricing: String::new(),
            channels: String::new(),
            enablement: String::new(),
            risks: String::new(),
            measures: Packed(vec![]),
            notes: String::new(),
        };
        Ok(Event::created(&RELEASE_PLANNED, &release).into())
    }
}

command! {
    /// Changes what a release is called, how much is made of it, and for when it is meant.
    pub struct EditRelease in "release.edit" at Patch "/products/{product}/releases/{release}" [Commitments] {
        pub release: Id<Release>,
        pub name: Option<Line<200>>,
        pub tier: Option<Tier>,
        pub target_on: Option<AnyDay>,
    }
}

impl Command for EditRelease {
    type Before = Release;

    fn load(&self, look: &mut Look) -> Result<Release> {
        Release::get(look, self.release)
    }
    fn title(&self, before: &Release) -> String {
        format!("Change the release “{}”", before.name)
    }
    fn decide(self, before: Release, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&RELEASE_EDITED, &before, |r| {
            give(&mut r.name, self.name);
            give(&mut r.tier, self.tier);
            give(&mut r.target_on, self.target_on);
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Plans the launch of a release: for whom, what they are told, pricing, channels, what others need to know, risks, and by
    /// which measures it will be seen whether it worked.
    pub struct PlanLaunch in "release.plan_launch" at Put "/products/{product}/releases/{release}/launch-plan" [Strategy] {
        pub release: Id<Release>,
        #[serde(default, deserialize_with = "kernel::fields::given", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<Id<Segment>>")]
        pub segment: Option<Option<Id<Segment>>>,
        pub message: Option<Text<5_000>>,
        pub pricing: Option<Text<5_000>>,
        pub channels: Option<Text<5_000>>,
        pub enablement: Option<Text<5_000>>,
        pub risks: Option<Text<5_000>>,
        /// Their ids.
        pub measures: Option<Vec<Id<Measure>>>,
    }
}

impl Command for PlanLaunch {
    type Before = Release;

    fn load(&self, look: &mut Look) -> Result<Release> {
        if let Some(segment) = self.segment.flatten() {
            Segment::get(look, segment)?;
        }
        if let Some(wanted) = self.measures.as_ref().filter(|wanted| !wanted.is_empty()) {
            let there = Measure::all(look, "and id in each($2)", &[list(wanted.iter().map(|id| id.0))])?;
            if !wanted.iter().all(|id| there.iter().any(|measure| measure.id() == *id)) {
                return Err(Refusal::NotFound);
            }
        }
        Release::get(look, self.release)
    }
    fn title(&self, before: &Release) -> String {
        format!("Plan the launch of “{}”", before.name)
    }
    fn decide(self, before: Release, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&LAUNCH_PLANNED, &before, |r| {
            give(&mut r.segment, self.segment);
            give(&mut r.message, self.message);
            give(&mut r.pricing, self.pricing);
            give(&mut r.channels, self.channels);
            give(&mut r.enablement, self.enablement);
            give(&mut r.risks, self.risks);
            if let Some(mut chosen) = self.measures {
                chosen.sort_by_key(|id| id.0);
                chosen.dedup();
                r.measures = Packed(chosen);
            }
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Decides whether a launch goes ahead: go, or no-go with the reason. Whoever signs on commitments signs it.
    pub struct DecideGo in "release.decide" at Put "/products/{product}/releases/{release}/go" [Commitments] {
        pub release: Id<Release>,
        pub go: Go,
        /// Why; needed for a no-go, and for a go while something is missing.
        #[serde(default)]
        pub go_reason: Text<2_000>,
    }
}

impl Command for DecideGo {
    type Before = (Release, Vec<Slice>);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let release = Release::get(look, self.release)?;
        let slices = rows::scope_of(look, release.meta.id)?;
        Ok((release, slices))
    }
    fn title(&self, (before, _): &Self::Before) -> String {
        format!("{} for the launch of “{}”", web::capital(self.go.says()), before.name)
    }
    fn decide(self, (before, slices): Self::Before, moment: &Moment, _: &Scope) -> Result<Decided> {
        still_planned(&before)?;
        let missing = slices.iter().filter(|slice| !slice.is_accepted()).count();
        match self.go {
            Go::NoGo if self.go_reason.is_empty() => return Err(Refusal::invalid("go_reason", "Say what has to change before it goes ahead.")),
            Go::Go if slices.is_empty() => return Err(Refusal::invalid("go", "It ships nothing yet. Put a feature into its scope first.")),
            Go::Go if missing > 0 && self.go_reason.is_empty() => {
                return Err(Refusal::invalid("go_reason", format!("{} not accepted yet. Say why it goes ahead all the same.", are(missing))));
            }
            _ => {}
        }
        let event = edit(&GO_DECIDED, &before, |r| {
            r.go = Some(self.go);
            r.go_reason = self.go_reason.into();
            r.go_at = Some(moment.now);
            Ok(())
        })?;
        Ok(event.into())
    }
}

/// "2 features are".
fn are(count: usize) -> String {
    format!("{} {}", web::several(count, "feature"), if count == 1 { "is" } else { "are" })
}

command! {
    /// Writes the release notes. A draft is made of what the release ships.
    pub struct WriteNotes in "release.write_notes" at Put "/products/{product}/releases/{release}/notes" [Announcements] {
        pub release: Id<Release>,
        /// In Markdown; empty for the draft.
        pub notes: Text<50_000>,
    }
}

impl Command for WriteNotes {
    type Before = Release;

    fn load(&self, look: &mut Look) -> Result<Release> {
        Release::get(look, self.release)
    }
    fn title(&self, before: &Release) -> String {
        format!("Write the release notes of “{}”", before.name)
    }
    fn decide(self, before: Release, _: &Moment, _: &Scope) -> Result<Decided> {
        let event = edit(&NOTES_WRITTEN, &before, |r| {
            r.notes = self.notes.into();
            Ok(())
        })?;
        Ok(event.into())
    }
}

command! {
    /// Says that a release has reached its users: its features are released, and initiatives of which nothing is left, and its
    /// notes stand in the changelog. A go has to be signed, and everything that it ships accepted.
    pub struct ReleaseIt in "release.release" at Put "/products/{product}/releases/{release}/released" [Announcements] {
        pub release: Id<Release>,
        /// The day on which it did; today when left out.
        #[serde(default)]
        pub released_on: AnyDay,
    }
}

/// What releasing needs to know.
pub struct Releasing {
    release: Release,
    slices: Vec<Slice>,
    features: Vec<Feature>,
    /// The initiatives of these features, each with all of its features.
    bets: Vec<(Initiative, Vec<Feature>)>,
    mended: Vec<Found>,
}

impl Command for ReleaseIt {
    type Before = Releasing;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Releasing> {
        let release = Release::get(look, self.release)?;
        let slices = rows::scope_of(look, release.meta.id)?;
        let features = Feature::all(look, "and id in each($2) order by rank, id", &[list(slices.iter().map(|slice| slice.id))])?;
        let bets = rows::bets_of(look, &features)?;
        let mended = rows::accepted_stories(look, &slices)?;
        Ok(Releasing { release, slices, features, bets, mended })
    }
    fn title(&self, before: &Releasing) -> String {
        format!("Release “{}”", before.release.name)
    }
    fn decide(self, before: Releasing, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let Releasing { release, slices, features, bets, mended } = before;
        still_planned(&release)?;
        let day = self.released_on.day();
        when::happened("released_on", day.as_ref(), scope, moment.now)?;
        if slices.is_empty() {
            return Err(Refusal::invalid("release", "It ships nothing yet. Put a feature into its scope first."));
        }
        if release.go != Some(Go::Go) {
            return Err(Refusal::invalid("release", "No go has been signed for this launch. Decide on it first: both sign."));
        }
        let missing: Vec<String> = slices.iter().filter_map(|slice| Some(format!("“{}”: {}", slice.title, slice.missing()?))).collect();
        if !missing.is_empty() {
            return Err(Refusal::invalid(
                "release",
                format!("Not everything that it ships is accepted. {}. Have it accepted, or take it out of the release.", missing.join("; ")),
            ));
        }
        let mut events = vec![];
        for feature in features.iter().filter(|f| f.state == BetState::Open) {
            events.push(edit(&FEATURE_RELEASED, feature, |f| {
                f.state = BetState::Released;
                Ok(())
            })?);
        }
        let is_out = |f: &Feature| f.state != BetState::Open || features.iter().any(|released| released.id() == f.id());
        for (bet, _) in bets.iter().filter(|(bet, all)| bet.state == BetState::Open && all.iter().all(is_out)) {
            events.push(edit(&INITIATIVE_RELEASED, bet, |i| {
                i.state = BetState::Released;
                Ok(())
            })?);
        }
        let written = if release.notes.is_empty() { notes::draft(&slices, &mended) } else { release.notes.clone() };
        events.push(edit(&RELEASED, &release, |r| {
            r.state = ReleaseState::Released;
            r.released_on = Some(day.unwrap_or_else(|| when::day_in(moment.now, &scope.who.zone)));
            r.notes = written;
            Ok(())
        })?);
        Ok(events.into())
    }
}

command! {
    /// Removes a release that was planned and will not be.
    pub struct RemoveRelease in "release.remove" at Delete "/products/{product}/releases/{release}" [Commitments] {
        pub release: Id<Release>,
    }
}

impl Command for RemoveRelease {
    type Before = Release;

    fn load(&self, look: &mut Look) -> Result<Release> {
        Release::get(look, self.release)
    }
    fn title(&self, before: &Release) -> String {
        format!("Remove the release “{}”", before.name)
    }
    fn decide(self, before: Release, moment: &Moment, _: &Scope) -> Result<Decided> {
        still_planned(&before)?;
        Ok(Event::removed(&RELEASE_REMOVED, &before, moment.now).into())
    }
}
