//! What comes of an epic that was brought in, once it is a feature: its stories hang on it.

use crate::{events::*, model::*, rows};
use kernel::{Command, Decided, Event, Id, Look, Moment, Noun, Ref, Refusal, Result, Scope, command};
use roadmap::Feature;

command! {
    /// Hangs stories that were brought in on the feature that their epic has become; the label that stood for it goes.
    pub struct HangBroughtIn in "story.hang_brought_in" at Post "/products/{product}/brought-in/hangings" [Backlog] {
        /// Where they came from, such as `jira:ABC-1`; or numbers, keys or ids.
        pub stories: Vec<Ref>,
        /// Where it came from; or its number, key or id.
        pub feature: Ref,
        /// The label that stood for it.
        #[serde(default)]
        pub label: String,
    }
}

impl Command for HangBroughtIn {
    type Before = (Vec<Story>, Id<Feature>);
    // A label that was given meanwhile, or another import, is no reason not to make features of epics.
    const UNDISTURBED: bool = true;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let feature = roadmap::feature(look, &self.feature).map_err(|_| Refusal::invalid("feature", "There is no such feature."))?.id();
        let mut stories = vec![];
        for at in &self.stories {
            // One that was removed meanwhile hangs nowhere.
            match rows::story(look, at) {
                Ok(story) => stories.push(story),
                Err(Refusal::NotFound) => {}
                Err(other) => return Err(other),
            }
        }
        Ok((stories, feature))
    }
    fn title(&self, (stories, _): &Self::Before) -> String {
        format!("Hang {} on a feature", web::several(stories.len(), "story"))
    }
    fn decide(self, (stories, feature): Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let hung = stories.iter().map(|before| {
            // Where the Owner has hung it elsewhere meanwhile, it stays there.
            let mut after = Story { feature: before.feature.or(Some(feature)), ..before.clone() };
            after.labels.0.retain(|label| *label != self.label);
            // The next import finds it hung, and does not hang it again where it is taken off.
            after.imported.0.insert("feature".to_owned(), self.feature.0.clone());
            Event::changed(&STORY_EDITED, before, &after)
        });
        Ok(hung.collect::<Vec<_>>().into())
    }
}
