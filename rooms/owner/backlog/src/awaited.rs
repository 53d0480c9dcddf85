//! Stories that were brought in for somebody who was invited: they are theirs once they belong to the product.

use crate::{events::*, imported::fingerprint, model::*};
use kernel::{
    Authority, Column, Command, Decided, Event, Follow, Id, Json, Look, Moment, Result, Scope, Uuid, Value, command, json, look::find_rows,
};
use people::Member;

command! {
    /// Gives somebody who has joined the stories that were brought in for them.
    pub struct GiveAwaited in "story.give_awaited" inside {
        pub product: Uuid,
        pub member: Id<Member>,
    }
}

pub(crate) const JOINED: Follow = Follow { after: &product::MEMBER_JOINED, command: "story.give_awaited", with: whose };
pub(crate) const BROUGHT_IN: Follow = Follow { after: &product::MEMBER_BROUGHT_IN, command: "story.give_awaited", with: whose };

/// Who came to belong to what, from the event of their membership.
fn whose(event: &Event) -> Option<Json> {
    let member = event.changes.iter().find(|change| change.field == "member")?;
    let Value::Text(member) = &member.to else { return None };
    Some(json!({ "product": event.product?, "member": member }))
}

impl Command for GiveAwaited {
    type Before = Vec<Story>;
    const UNDOABLE: bool = false;
    // It follows from a membership, and was decided by whoever brought the stories in.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Vec<Story>> {
        let whom = fingerprint(&people::member(look.reader, self.member)?.email);
        let awaited = Value::Text(format!("%\"awaited\":\"{whom}\"%"));
        let mut stories: Vec<Story> =
            find_rows(look.reader, "where product = $1 and removed_at is null and imported like $2 order by id", &[self.product.value(), awaited])?;
        stories.retain(|story| story.imported.get("awaited") == Some(&whom));
        Ok(stories)
    }
    fn title(&self, stories: &Vec<Story>) -> String {
        format!("Take over {}", web::several(stories.len(), "story"))
    }
    fn decide(self, stories: Vec<Story>, _: &Moment, _: &Scope) -> Result<Decided> {
        let given = stories.iter().map(|before| {
            let mut after = before.clone();
            after.imported.0.remove("awaited");
            // Whoever was given it meanwhile keeps it.
            if before.assignee.is_none() {
                after.assignee = Some(self.member);
                after.imported.0.insert("assignee".to_owned(), self.member.to_string());
            }
            Event::changed(&STORY_AWAITED, before, &after)
        });
        Ok(Decided { author: Some(self.member.0), ..given.collect::<Vec<_>>().into() })
    }
}
