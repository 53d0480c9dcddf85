//! Stories that were brought in for somebody who was not here yet, whom the file names or who was invited: they are
//! theirs once they belong to the product.

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
        /// The invitation with which they came: it may be to another address than the one that they have here.
        pub invitation: Option<Uuid>,
    }
}

pub(crate) const JOINED: Follow = Follow { after: &product::MEMBER_JOINED, command: "story.give_awaited", with: whose };
pub(crate) const BROUGHT_IN: Follow = Follow { after: &product::MEMBER_BROUGHT_IN, command: "story.give_awaited", with: whose };

/// Who came to belong to what, from the event of their membership.
fn whose(event: &Event, all: &[Event]) -> Option<Json> {
    let member = event.changes.iter().find(|change| change.field == "member")?;
    let Value::Text(member) = &member.to else { return None };
    let invitation = all.iter().find(|with| with.kind.name == people::TICKET_USED.name).map(|with| with.id);
    Some(json!({ "product": event.product?, "member": member, "invitation": invitation }))
}

/// Everybody in a product, and who of them is meant.
struct Called {
    among: Vec<reading::people::Person>,
    at: usize,
}

impl Called {
    /// Whether a file named them, and nobody else here, as the one who works on a story that nobody has or had.
    fn is_meant_by(&self, story: &Story) -> bool {
        let said = |field: &str| story.imported.get(field).filter(|text| !text.is_empty());
        let free = story.assignee.is_none() && said("assignee").is_none();
        free && said("named").is_some_and(|name| reading::people::find(name, &self.among) == Some(self.at))
    }
}

impl GiveAwaited {
    fn called(&self, look: &mut Look) -> Result<Option<Called>> {
        let rows = look.reader.query(
            "select member.id, member.name, member.email from member join membership on membership.member = member.id
             where membership.product = $1 and membership.removed_at is null and member.answers_for is null order by member.id",
            &[self.product.value()],
        )?;
        let mut called = Called { among: vec![], at: 0 };
        let mut found = false;
        for mut row in rows {
            if row.take::<Id<Member>>()? == self.member {
                (called.at, found) = (called.among.len(), true);
            }
            called.among.push(reading::people::Person { name: row.take()?, mail: Some(row.take()?) });
        }
        Ok(found.then_some(called))
    }
}

impl Command for GiveAwaited {
    type Before = Vec<Story>;
    const UNDOABLE: bool = false;
    // It follows from a membership, and was decided by whoever brought the stories in.
    const AUTHORITY: Authority = Authority::Nobody;

    fn load(&self, look: &mut Look) -> Result<Vec<Story>> {
        let mut whom = vec![fingerprint(&people::member(look.reader, self.member)?.email)];
        if let Some(invitation) = self.invitation
            && let Some(mut row) = look.reader.query("select email from ticket where id = $1", &[invitation.value()])?.pop()
        {
            whom.push(fingerprint(&row.take::<String>()?));
        }
        let mut stories: Vec<Story> = find_rows(
            look.reader,
            "where product = $1 and origin is not null and removed_at is null
             and (imported like '%\"awaited\":%' or (assignee is null and imported like '%\"named\":%')) order by id",
            &[self.product.value()],
        )?;
        let called = if stories.is_empty() { None } else { self.called(look)? };
        stories.retain(|story| match story.imported.get("awaited") {
            Some(awaited) => whom.contains(awaited),
            None => called.as_ref().is_some_and(|called| called.is_meant_by(story)),
        });
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
