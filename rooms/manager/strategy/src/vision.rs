//! Commands about the vision.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Text, command, event::edit};

command! {
    /// Publishes a new version of the vision, which its author confirms by writing it; confirmations of the old one lapse.
    pub struct PublishVision in "vision.publish" at Post "/products/{product}/visions" [Strategy] {
        /// For (target customer) …
        pub for_whom: Line<300>,
        /// who (need or opportunity) …
        pub who: Line<300>,
        /// our product is a (category) …
        pub is_a: Line<300>,
        /// that (key benefit).
        pub that: Line<500>,
        /// Unlike (alternative) …
        pub unlike: Line<300>,
        /// our product (difference).
        pub ours: Line<500>,
        #[serde(default)]
        pub note: Text<5_000>,
    }
}

impl Command for PublishVision {
    type Before = Option<Vision>;

    fn load(&self, look: &mut Look) -> Result<Option<Vision>> {
        rows::current_vision(look)
    }
    fn title(&self, before: &Option<Vision>) -> String {
        format!("Publish the vision, version {}", before.as_ref().map_or(1, |v| v.number + 1))
    }
    fn decide(self, before: Option<Vision>, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let vision = Vision {
            meta: moment.fresh(Some(scope.product_id()?)),
            number: before.map_or(1, |v| v.number + 1),
            for_whom: self.for_whom.into(),
            who: self.who.into(),
            is_a: self.is_a.into(),
            that: self.that.into(),
            unlike: self.unlike.into(),
            ours: self.ours.into(),
            note: self.note.into(),
        };
        let mut events = vec![Event::created(&VISION_PUBLISHED, &vision)];
        if scope.who.assistant.is_none() {
            events.push(Event::created(&VISION_CONFIRMED, &confirmation(&vision, String::new(), moment, scope)?));
        }
        Ok(events.into())
    }
}

fn confirmation(vision: &Vision, question: String, moment: &Moment, scope: &Scope) -> Result<Confirmation> {
    Ok(Confirmation { meta: moment.fresh(Some(scope.product_id()?)), vision: vision.id(), member: Id::new(scope.who.signed_in()?), question })
}

command! {
    /// Confirms that the current vision is also one's own, or asks a question about it.
    pub struct ConfirmVision in "vision.confirm" at Put "/products/{product}/visions/{vision}/confirmation" [] {
        pub vision: Id<Vision>,
        /// What is unclear; empty to confirm.
        #[serde(default)]
        pub question: Text<2_000>,
    }
}

impl Command for ConfirmVision {
    type Before = (Vision, Option<Confirmation>);

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let vision = Vision::get(look, self.vision)?;
        if rows::current_vision(look)?.map(|v| v.id()) != Some(vision.id()) {
            return Err(Refusal::invalid("vision", "There is a newer version of the vision. Read that one."));
        }
        let me = look.scope.who.signed_in()?;
        let said = rows::confirmations(look, vision.id())?.into_iter().find(|c| c.member.0 == me);
        Ok((vision, said))
    }
    fn may(&self, _: &Self::Before, scope: &Scope) -> Result<()> {
        match scope.who.assistant {
            Some(_) => Err(Refusal::denied("Only people confirm a vision.")),
            None => Ok(()),
        }
    }
    fn title(&self, _: &Self::Before) -> String {
        "Confirm the vision".into()
    }
    fn decide(self, (vision, said): Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let question = String::from(self.question);
        Ok(match said {
            Some(before) => edit(&VISION_CONFIRMED, &before, |c| {
                c.question = question;
                Ok(())
            })?,
            None => Event::created(&VISION_CONFIRMED, &confirmation(&vision, question, moment, scope)?),
        }
        .into())
    }
}
