//! Views of the roadmap for audiences: what each of them is shown, at which grain, with which dates or none.

use crate::{events::*, model::*};
use kernel::{
    Area, Command, Decided, Event, Id, Line, Look, Moment, Noun, Reading, Refusal, Result, Scope, Text, command, event::edit, give, noun, words,
};

/// What is shown to whom is a matter of announcements.
pub(crate) const AREA: Area = Area::Announcements;

words! {
    /// How it is laid out.
    pub enum Layout { Board = "board" says "columns by horizon", Timeline = "timeline" }
}

words! {
    /// How fine it is.
    pub enum Grain { Bets = "bets" says "initiatives alone", Parts = "parts" says "initiatives and their features" }
}

words! {
    /// How exactly it is told when something is meant to come.
    pub enum Dates { Nothing = "nothing" says "no dates", Quarters = "quarters", Days = "days" says "the windows, to the day" }
}

noun! {
    /// What an audience is shown of the roadmap.
    pub struct Audience in "audience" {
        name: String,
        /// What stands above it, in Markdown.
        opening: String,
        layout: Layout,
        grain: Grain,
        dates: Dates,
        /// Up to which horizon it goes.
        horizon: Horizon,
        /// Only bets of this theme; empty for all.
        theme: String,
    } label(a) a.name.clone();
    about { many: "audiences", read: Reading::Says(Area::Announcements), place: "audiences?open={id}", titled: true, found_by: "name",
      called: &[("opening", "what stands above it"), ("horizon", "up to")] }
}

impl Audience {
    /// Refuses what would show nothing.
    fn stands(&self) -> Result<()> {
        match (self.layout, self.dates) {
            (Layout::Timeline, Dates::Nothing) => {
                Err(Refusal::invalid("dates", "A timeline tells when things are meant to come. Show quarters or days, or choose columns."))
            }
            _ => Ok(()),
        }
    }
}

fn board() -> Layout {
    Layout::Board
}

fn bets() -> Grain {
    Grain::Bets
}

fn quarters() -> Dates {
    Dates::Quarters
}

fn later() -> Horizon {
    Horizon::Later
}

command! {
    /// Makes a view of the roadmap for an audience.
    pub struct AddAudience in "audience.add" at Post "/products/{product}/audiences" [Announcements] {
        pub name: Line<100>,
        /// What stands above it, in Markdown.
        #[serde(default)]
        pub opening: Text<4_000>,
        #[serde(default = "board")]
        pub layout: Layout,
        #[serde(default = "bets")]
        pub grain: Grain,
        #[serde(default = "quarters")]
        pub dates: Dates,
        /// Up to which horizon it goes.
        #[serde(default = "later")]
        pub horizon: Horizon,
        /// Only bets of this theme; empty for all.
        #[serde(default)]
        pub theme: Text<60>,
    }
}

impl Command for AddAudience {
    type Before = ();

    fn load(&self, _: &mut Look) -> Result<()> {
        Ok(())
    }
    fn title(&self, (): &()) -> String {
        format!("Make a view of the roadmap for “{}”", self.name)
    }
    fn decide(self, (): (), moment: &Moment, scope: &Scope) -> Result<Decided> {
        let audience = Audience {
            meta: moment.fresh(Some(scope.product_id()?)),
            name: self.name.into(),
            opening: self.opening.into(),
            layout: self.layout,
            grain: self.grain,
            dates: self.dates,
            horizon: self.horizon,
            theme: self.theme.into(),
        };
        audience.stands()?;
        Ok(Event::created(&AUDIENCE_ADDED, &audience).into())
    }
}

command! {
    /// Changes what an audience is shown; links to it show that from now on.
    pub struct EditAudience in "audience.edit" at Patch "/products/{product}/audiences/{audience}" [Announcements] {
        pub audience: Id<Audience>,
        pub name: Option<Line<100>>,
        pub opening: Option<Text<4_000>>,
        pub layout: Option<Layout>,
        pub grain: Option<Grain>,
        pub dates: Option<Dates>,
        pub horizon: Option<Horizon>,
        pub theme: Option<Text<60>>,
    }
}

impl Command for EditAudience {
    type Before = Audience;

    fn load(&self, look: &mut Look) -> Result<Audience> {
        Audience::get(look, self.audience)
    }
    fn title(&self, before: &Audience) -> String {
        format!("Change what “{}” is shown of the roadmap", before.name)
    }
    fn decide(self, before: Audience, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(edit(&AUDIENCE_EDITED, &before, |a| {
            give(&mut a.name, self.name);
            give(&mut a.opening, self.opening);
            give(&mut a.layout, self.layout);
            give(&mut a.grain, self.grain);
            give(&mut a.dates, self.dates);
            give(&mut a.horizon, self.horizon);
            give(&mut a.theme, self.theme);
            a.stands()
        })?
        .into())
    }
}

command! {
    /// Removes a view for an audience; links to it open nothing any more.
    pub struct RemoveAudience in "audience.remove" at Delete "/products/{product}/audiences/{audience}" [Announcements] {
        pub audience: Id<Audience>,
    }
}

impl Command for RemoveAudience {
    type Before = Audience;

    fn load(&self, look: &mut Look) -> Result<Audience> {
        Audience::get(look, self.audience)
    }
    fn title(&self, before: &Audience) -> String {
        format!("Remove the view of the roadmap for “{}”", before.name)
    }
    fn decide(self, before: Audience, moment: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Event::removed(&AUDIENCE_REMOVED, &before, moment.now).into())
    }
}
