//! Making a link and revoking it: publishing, which is a matter of announcements.

use crate::{events::*, model::*};
use kernel::{Command, Decided, Event, Hat, Id, Line, Look, Moment, Noun, Refusal, Result, Scope, Standing, about, command, shared, value::Packed};

/// So many links that work a product has at once.
const MOST: usize = 200;

command! {
    /// Makes a link that shows one thing to whoever holds it, without an account. Its word is shown this once.
    pub struct MakeLink in "shared_link.make" at Post "/products/{product}/shared-links" [Announcements] {
        /// What it shows: `roadmap`.
        pub look: String,
        /// Whom it is for.
        pub name: Line<100>,
        /// Days that it works: 1 to 366.
        #[serde(default = "days")]
        pub days: i64,
        /// What it shows besides: of the roadmap `dates`.
        #[serde(default)]
        pub shows: Vec<String>,
        /// The stakeholder for whom it is made, where it shows the page of one.
        pub whom: Option<Id<SharedLink>>,
    }
}

fn days() -> i64 {
    30
}

impl Command for MakeLink {
    /// How many work already.
    type Before = usize;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<usize> {
        let now = look.now();
        let wanted = shared::look(&self.look).filter(|wanted| !wanted.whom.is_empty());
        match (wanted.and_then(|wanted| about::noun(wanted.whom)), self.whom) {
            (None, None) => {}
            (Some(noun), Some(whom)) => drop(look.thing(noun, whom.0)?.ok_or(Refusal::NotFound)?),
            (Some(_), None) => return Err(Refusal::invalid("whom", "Say whose page it is to be.")),
            (None, Some(_)) => return Err(Refusal::invalid("whom", "This is shown alike to everybody.")),
        }
        Ok(SharedLink::all(look, "and revoked_at is null and expires_at > $2", &[kernel::Value::Int(now)])?.len())
    }
    fn title(&self, _: &usize) -> String {
        let what = shared::look(&self.look).map_or("something", |look| look.says);
        // Not with whom: more people see the proposal than read of links.
        format!("Share by link: {}", web::lower_first(what))
    }
    fn decide(self, before: usize, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let look = shared::look(&self.look).ok_or_else(|| Refusal::invalid("look", "There is nothing of this name that a link can show."))?;
        if let Some(odd) = self.shows.iter().find(|name| !look.options.iter().any(|(known, _)| known == name)) {
            return Err(Refusal::invalid("shows", format!("{} has nothing called {odd:?} to show.", look.says)));
        }
        if !(1..=366).contains(&self.days) {
            return Err(Refusal::invalid("days", "A link works between 1 and 366 days."));
        }
        if look.areas.iter().any(|area| scope.agreed.standing(*area, Hat::Stakeholder) < Standing::Sees) {
            return Err(Refusal::invalid("look", "By your agreement stakeholders do not see this, so a link cannot show it either."));
        }
        if before >= MOST {
            return Err(Refusal::invalid("name", format!("{MOST} links are enough. Revoke some that nobody uses.")));
        }
        let secret = moment.secret();
        let link = SharedLink {
            meta: moment.fresh(Some(scope.product_id()?)),
            look: self.look,
            name: self.name.into(),
            member: Id::new(scope.who.signed_in()?),
            token_hash: secret.hash,
            shows: Packed(self.shows),
            expires_at: moment.in_days(self.days),
            revoked_at: None,
            whom: self.whom.map(|whom| whom.0),
        };
        Ok(Decided { reveal: Some(format!("/shared/{}", secret.plain)), untold: true, ..Event::created(&LINK_MADE, &link).into() })
    }
}

command! {
    /// Makes a link useless from now on.
    pub struct RevokeLink in "shared_link.revoke" at Delete "/products/{product}/shared-links/{shared_link}" [Announcements] {
        pub shared_link: Id<SharedLink>,
    }
}

impl Command for RevokeLink {
    type Before = SharedLink;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<SharedLink> {
        SharedLink::get(look, self.shared_link)
    }
    fn title(&self, before: &SharedLink) -> String {
        format!("Revoke the link for {}", before.name)
    }
    fn decide(self, before: SharedLink, moment: &Moment, _: &Scope) -> Result<Decided> {
        if before.revoked_at.is_some() {
            return Err(Refusal::invalid("shared_link", "This link was revoked already."));
        }
        let after = SharedLink { revoked_at: Some(moment.now), ..before.clone() };
        Ok(Event::changed(&LINK_REVOKED, &before, &after).into())
    }
}
