//! Whether a member wants updates of a product as letters. The id of a wish stands in each letter, and whoever has it may
//! end those letters.

use crate::events::*;
use kernel::{
    Authority, Column, Command, Decided, Event, Home, Id, Look, Moment, Noun, Reading, Refusal, Result, Scope, Uuid, Waits, command, event::edit,
    look::find_rows, noun,
};
use people::Member;

noun! {
    /// Whether a member wants the updates of a product as letters.
    pub struct UpdateWish in "update_wish" {
        member: Id<Member>,
        product_of: Uuid,
        /// Since when no letter is wanted.
        stopped_at: Option<i64>,
    } label(_w) "updates as letters".to_owned();
    about { many: "update-wishes", one: "wish for updates", home: Home::Member, read: Reading::Own("member"), made_anew: true,
      hushed: &["member", "product_of"], points_at: &[("product_of", "product")], called: &[("stopped_at", "no letters since")] }
}

/// The asker's own wish in the product at hand.
pub(crate) fn own(look: &mut Look) -> Result<Option<UpdateWish>> {
    let (me, product) = (look.scope.who.signed_in()?, look.scope.product_id()?);
    Ok(find_rows(look.reader, "where member = $1 and product_of = $2 and removed_at is null", &[me.value(), product.value()])?.pop())
}

/// By its id, whoever's it is.
pub(crate) fn wish(look: &mut Look, id: Id<UpdateWish>) -> Result<UpdateWish> {
    find_rows(look.reader, "where id = $1 and removed_at is null", &[id.value()])?.pop().ok_or(Refusal::NotFound)
}

fn fresh(moment: &Moment, scope: &Scope, stopped_at: Option<i64>) -> Result<UpdateWish> {
    Ok(UpdateWish { meta: moment.fresh(None), member: Id::new(scope.who.signed_in()?), product_of: scope.product_id()?, stopped_at })
}

command! {
    /// Makes ready the way out that stands in a letter; however often it is run, it is the same.
    pub struct OfferStop in "update_wish.offer" inside {}
}

impl Command for OfferStop {
    type Before = Option<UpdateWish>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Make ready the way out of letters".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        Ok(match before {
            Some(wish) => Decided { reveal: Some(wish.id().to_string()), ..Decided::default() },
            None => {
                let wish = fresh(moment, scope, None)?;
                Decided { reveal: Some(wish.id().to_string()), ..Event::created(&LETTERS_SAID, &wish).into() }
            }
        })
    }
}

command! {
    /// Says whether one wants the updates of the product as letters.
    pub struct WantLetters in "update_wish.set" at Put "/products/{product}/updates/letters" [] {
        pub wanted: bool,
    }
}

impl Command for WantLetters {
    type Before = Option<UpdateWish>;
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        own(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Updates as letters".into()
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let stopped_at = (!self.wanted).then_some(moment.now);
        Ok(match before {
            Some(before) if before.stopped_at.is_none() == self.wanted => Decided::default(),
            Some(before) => edit(&LETTERS_SAID, &before, |wish| {
                wish.stopped_at = stopped_at;
                Ok(())
            })?
            .into(),
            None => Event::created(&LETTERS_SAID, &fresh(moment, scope, stopped_at)?).into(),
        })
    }
}

command! {
    /// Ends the letters about a product's updates, from a link that stands in one.
    pub struct StopLetters in "update_wish.stop" inside {
        pub wish: Id<UpdateWish>,
    }
}

impl Command for StopLetters {
    type Before = UpdateWish;
    const AUTHORITY: Authority = Authority::Nobody;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<UpdateWish> {
        wish(look, self.wish)
    }
    fn title(&self, _: &UpdateWish) -> String {
        "No updates as letters".into()
    }
    fn decide(self, before: UpdateWish, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.stopped_at.is_some() {
            return Ok(Decided::default());
        }
        let after = UpdateWish { stopped_at: Some(moment.now), ..before.clone() };
        Ok(Decided { author: Some(before.member.0), ..Event::changed(&LETTERS_SAID, &before, &after).into() })
    }
}
