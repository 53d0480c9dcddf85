//! For whom the portal is open, and what it shows besides: publishing, and so a matter of announcements.

use crate::{events::*, model::*};
use kernel::{
    Column, Command, Decided, Event, Hat, Look, Moment, Noun, Refusal, Result, Scope, Standing, Text, Uuid, Value, command, event::edit, give,
    look::find_rows, shared::Opening,
};

command! {
    /// Sets up the feedback portal of the product: for whom it is open, what stands at its head, what it shows besides.
    pub struct OpenPortal in "portal.open" at Put "/products/{product}/portal" [Announcements] {
        pub openness: Openness,
        pub welcome: Option<Text<2_000>>,
        /// What strangers post waits until somebody approves it; so it is at first.
        pub moderated: Option<bool>,
        pub shows_roadmap: Option<bool>,
        pub shows_changelog: Option<bool>,
    }
}

impl Command for OpenPortal {
    type Before = Option<Portal>;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        here(look)
    }
    fn title(&self, _: &Self::Before) -> String {
        match self.openness {
            Openness::Closed => "Close the feedback portal".into(),
            open => format!("The feedback portal is {}", open.says()),
        }
    }
    fn decide(self, before: Self::Before, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if self.openness == Openness::Everyone && scope.agreed.standing(AREA, Hat::Stakeholder) < Standing::Sees {
            return Err(Refusal::invalid(
                "openness",
                "By your agreement stakeholders do not see what customers say, so the portal cannot show it to everybody either.",
            ));
        }
        let fill = |p: &mut Portal| {
            p.openness = self.openness;
            give(&mut p.welcome, self.welcome);
            p.moderated = self.moderated.unwrap_or(p.moderated);
            p.shows_roadmap = self.shows_roadmap.unwrap_or(p.shows_roadmap);
            p.shows_changelog = self.shows_changelog.unwrap_or(p.shows_changelog);
        };
        Ok(match before {
            Some(before) => edit(&PORTAL_OPENED, &before, |p| {
                fill(p);
                Ok(())
            })?
            .into(),
            None => {
                let mut portal = Portal {
                    meta: moment.fresh(Some(scope.product_id()?)),
                    openness: Openness::Closed,
                    welcome: String::new(),
                    moderated: true,
                    shows_roadmap: false,
                    shows_changelog: false,
                };
                fill(&mut portal);
                Event::created(&PORTAL_OPENED, &portal).into()
            }
        })
    }
}

/// The portal of the product at hand, once somebody has set it up.
pub(crate) fn here(look: &mut Look) -> Result<Option<Portal>> {
    Ok(Portal::all(look, "", &[])?.pop())
}

/// Lets in whoever names a product whose portal is open for everybody.
pub(crate) const OPEN: Opening = Opening {
    from: "portal",
    when: "product.key = $1 and portal.openness = 'everyone'",
    areas: &[AREA],
    also: &[kernel::Area::Roadmap, kernel::Area::Commitments],
};

/// The portal of a product that is open for everybody, for a command of somebody without an account.
pub(crate) fn of_everyone(look: &mut Look, key: &str) -> Result<Portal> {
    let open = "join product on product.id = portal.product where product.key = $1 and portal.openness = 'everyone'
                and portal.removed_at is null and product.removed_at is null and product.archived_at is null";
    find_rows(look.reader, open, &[Value::Text(key.to_owned())])?.pop().ok_or(Refusal::NotFound)
}

/// Refuses members where the portal is open for nobody.
pub(crate) fn is_open(look: &mut Look) -> Result<()> {
    match here(look)?.is_some_and(|portal| portal.openness != Openness::Closed) {
        true => Ok(()),
        false => Err(Refusal::invalid("post", "The feedback portal is closed. Whoever decides on announcements opens it.")),
    }
}

/// A post of a product, shown, that was merged into no other.
pub(crate) fn shown(look: &mut Look, product: Uuid, id: kernel::Id<Post>) -> Result<Post> {
    let one = "where id = $1 and product = $2 and showing = 'shown' and removed_at is null";
    let found: Post = find_rows(look.reader, one, &[id.value(), product.value()])?.pop().ok_or(Refusal::NotFound)?;
    match found.merged_into {
        None => Ok(found),
        Some(_) => find_rows(look.reader, one, &[found.root.value(), product.value()])?.pop().ok_or(Refusal::NotFound),
    }
}
