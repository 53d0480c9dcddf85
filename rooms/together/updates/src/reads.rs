//! That somebody has read an update. How many have is told; who has, to nobody.

use crate::model::Update;
use kernel::{
    Authority, Command, Decided, Id, Look, Moment, Noun, Result, Scope, command,
    seen::{Glance, Seen},
};

command! {
    /// Says that one has read an update. How many have is told; who has, to nobody.
    pub struct ReadUpdate in "update.read" at Put "/products/{product}/updates/{update}/reading" [] {
        pub update: Id<Update>,
    }
}

impl Command for ReadUpdate {
    type Before = Update;
    const AUTHORITY: Authority = Authority::Oneself;
    const UNDOABLE: bool = false;
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Update> {
        Update::get(look, self.update)
    }
    fn title(&self, before: &Update) -> String {
        format!("Read the update “{}”", before.title)
    }
    fn decide(self, before: Update, _: &Moment, _: &Scope) -> Result<Decided> {
        Ok(Decided { seen: vec![Seen { glance: Glance::Read(before.meta.id), told: None }], ..Decided::default() })
    }
}
