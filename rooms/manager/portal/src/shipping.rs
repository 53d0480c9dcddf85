//! What follows on the portal once a feature is released: the posts that it answers have shipped, and whoever follows them is told.

use crate::{events::*, letters, model::*};
use kernel::{
    Authority, Change, Column, Command, Decided, Event, Follow, Json, Look, Moment, Result, Scope, Uuid, Value, command, event::edit, json,
};
use launch::FEATURE_RELEASED;
use roadmap::FEATURE_EDITED;

pub(crate) const RELEASED: Follow = Follow { after: &FEATURE_RELEASED, command: "portal_post.ship", with: released };
pub(crate) const EDITED: Follow = Follow { after: &FEATURE_EDITED, command: "portal_post.ship", with: released };

fn released(event: &Event, _: &[Event]) -> Option<Json> {
    let out = |change: &Change| change.field == "state" && change.to == Value::Text("released".into());
    event.changes.iter().any(out).then(|| json!({ "feature": event.id }))
}

command! {
    /// Says of the posts that a feature answers that they have shipped.
    pub struct ShipPosts in "portal_post.ship" inside {
        pub feature: Uuid,
    }
}

impl Command for ShipPosts {
    type Before = Vec<Post>;
    // It follows from a release, and was decided by whoever released.
    const AUTHORITY: Authority = Authority::Nobody;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Vec<Post>> {
        let product = look.scope.product_id()?;
        kernel::look::find_rows(
            look.reader,
            "where product = $1 and feature = $2 and merged_into is null and status <> 'shipped' and removed_at is null order by id limit 200",
            &[product.value(), self.feature.value()],
        )
    }
    fn title(&self, _: &Vec<Post>) -> String {
        "Say that it has shipped".into()
    }
    fn decide(self, before: Vec<Post>, _: &Moment, _: &Scope) -> Result<Decided> {
        let mut decided = Decided::default();
        for post in &before {
            decided.tasks.push(letters::tell_shipped(post)?);
            decided.events.push(edit(&POST_SHIPPED, post, |p| {
                p.status = PostStatus::Shipped;
                Ok(())
            })?);
        }
        Ok(decided)
    }
}
