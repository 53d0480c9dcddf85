//! Who is asked: links, each for one person or for many, and the portal. Publishing, and so a matter of announcements.

use crate::{apart::MOST_SEGMENTS, events::*, model::*};
use customers::Segment;
use kernel::{Column, Command, Decided, Event, Hat, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Standing, command, event::edit};

/// So many links that work a survey has at once.
const MOST: usize = 500;

command! {
    /// Makes a link by which a survey is answered without an account. Its word is shown this once.
    pub struct MakeSurveyLink in "survey_link.make" at Post "/products/{product}/surveys/{survey}/links" [Announcements] {
        pub survey: Id<Survey>,
        /// Whom it is for.
        pub name: Line<100>,
        /// It is for one person and takes one answer; else one from each browser.
        #[serde(default)]
        pub once: bool,
        /// Days that it works: 1 to 366.
        #[serde(default = "days")]
        pub days: i64,
        /// The segment that whoever answers by it belongs to: their answers are counted for it, too.
        pub segment: Option<Id<Segment>>,
    }
}

fn days() -> i64 {
    30
}

impl Command for MakeSurveyLink {
    /// The survey, and how many links to it work.
    type Before = (Survey, usize);
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let survey = Survey::get(look, self.survey)?;
        if let Some(segment) = self.segment {
            Segment::get(look, segment)?;
        }
        let now = look.now();
        let working = SurveyLink::all(look, "and survey = $2 and revoked_at is null and expires_at > $3", &[self.survey.value(), now.value()])?.len();
        Ok((survey, working))
    }
    fn title(&self, (survey, _): &Self::Before) -> String {
        // Not with whom: more people see the proposal than read of links.
        format!("Share the survey “{}” by link", survey.title)
    }
    fn decide(self, (survey, working): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if survey.state == SurveyState::Closed {
            return Err(Refusal::invalid("survey", "This survey is closed."));
        }
        if !(1..=366).contains(&self.days) {
            return Err(Refusal::invalid("days", "A link works between 1 and 366 days."));
        }
        if scope.agreed.standing(AREA, Hat::Stakeholder) < Standing::Sees {
            return Err(Refusal::invalid(
                "survey",
                "By your agreement stakeholders do not see matters of customers, so a link cannot show them either.",
            ));
        }
        if working >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} links are enough. Revoke some that nobody uses.")));
        }
        let parts = self.segment.filter(|segment| !survey.segments.contains(segment));
        if parts.is_some() && survey.segments.len() >= MOST_SEGMENTS {
            return Err(Refusal::invalid(
                "segment",
                format!("A survey counts {MOST_SEGMENTS} segments apart at most. Make the link for nobody in particular."),
            ));
        }
        let secret = moment.secret();
        let link = SurveyLink {
            meta: moment.fresh(survey.meta.product),
            survey: survey.id(),
            name: self.name.into(),
            once: self.once,
            member: Id::new(scope.who.signed_in()?),
            token_hash: secret.hash,
            expires_at: moment.in_days(self.days),
            revoked_at: None,
            segment: self.segment,
        };
        let mut events = vec![Event::created(&LINK_MADE, &link)];
        if let Some(segment) = parts {
            events.push(edit(&SURVEY_PARTED, &survey, |s| {
                s.segments.0.push(segment);
                Ok(())
            })?);
        }
        Ok(Decided { reveal: Some(format!("/survey/{}", secret.plain)), untold: true, ..events.into() })
    }
}

command! {
    /// Makes a link to a survey useless from now on. What was answered by it counts.
    pub struct RevokeSurveyLink in "survey_link.revoke" at Delete "/products/{product}/survey-links/{survey_link}" [Announcements] {
        pub survey_link: Id<SurveyLink>,
    }
}

impl Command for RevokeSurveyLink {
    type Before = SurveyLink;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<SurveyLink> {
        SurveyLink::get(look, self.survey_link)
    }
    fn title(&self, before: &SurveyLink) -> String {
        format!("Revoke the link for {}", before.name)
    }
    fn decide(self, before: SurveyLink, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.revoked_at.is_some() {
            return Err(Refusal::invalid("survey_link", "This link was revoked already."));
        }
        let after = SurveyLink { revoked_at: Some(moment.now), ..before.clone() };
        Ok(Event::changed(&LINK_REVOKED, &before, &after).into())
    }
}

command! {
    /// Says whether the feedback portal shows a survey to whoever comes there.
    pub struct ShareSurvey in "survey.share" at Put "/products/{product}/surveys/{survey}/portal" [Announcements] {
        pub survey: Id<Survey>,
        pub in_portal: bool,
    }
}

impl Command for ShareSurvey {
    type Before = Survey;

    fn load(&self, look: &mut Look) -> Result<Survey> {
        Survey::get(look, self.survey)
    }
    fn title(&self, before: &Survey) -> String {
        format!("{} the survey “{}” on the portal", if self.in_portal { "Show" } else { "Hide" }, before.title)
    }
    fn decide(self, before: Survey, _: &Moment, _: &Scope) -> Result<Decided> {
        if self.in_portal && before.state != SurveyState::Open {
            return Err(Refusal::invalid("survey", "Only a survey that is open is shown on the portal."));
        }
        Ok(edit(&SURVEY_SHARED, &before, |s| {
            s.in_portal = self.in_portal;
            Ok(())
        })?
        .into())
    }
}
