//! Commands about the vision.

use crate::{confirming::Standing, events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Line, Look, Moment, Result, Scope, Text, command};

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
        /// Vision board: for whom. What is left out of the board stays as it was.
        pub target_group: Option<Text<2_000>>,
        /// Vision board: what they need.
        pub their_needs: Option<Text<2_000>>,
        /// Vision board: what of the product stands out.
        pub our_product: Option<Text<2_000>>,
        /// Vision board: what it is to bring to the business.
        pub business_goals: Option<Text<2_000>>,
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
        let number = before.as_ref().map_or(1, |v| v.number + 1);
        let [target_group, their_needs, our_product, business_goals] =
            before.map_or_else(<[String; 4]>::default, |v| v.board().map(|(_, text)| text.to_owned()));
        let vision = Vision {
            meta: moment.fresh(Some(scope.product_id()?)),
            number,
            target_group: self.target_group.map_or(target_group, String::from),
            their_needs: self.their_needs.map_or(their_needs, String::from),
            our_product: self.our_product.map_or(our_product, String::from),
            business_goals: self.business_goals.map_or(business_goals, String::from),
            for_whom: self.for_whom.into(),
            who: self.who.into(),
            is_a: self.is_a.into(),
            that: self.that.into(),
            unlike: self.unlike.into(),
            ours: self.ours.into(),
            note: self.note.into(),
        };
        let mut events = vec![Event::created(&VISION_PUBLISHED, &vision)];
        events.extend(Standing::begun(vision).by_its_author(&VISION_CONFIRMED, moment, scope)?);
        Ok(events.into())
    }
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
    type Before = Standing<Vision>;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        Standing::read(look, self.vision)
    }
    fn may(&self, before: &Self::Before, scope: &Scope) -> Result<()> {
        before.may(scope)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Confirm the vision".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        before.says(self.question.into(), (&VISION_CONFIRMED, &VISION_QUESTIONED), moment, scope)
    }
}
