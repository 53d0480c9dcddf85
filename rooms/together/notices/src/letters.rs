//! Letters at once, for whoever wants them so. In quiet hours they are held back, and then one letter tells of all that
//! came meanwhile in a product.

use crate::{
    giving,
    model::{Notice, Way, way},
    quiet, rows, wishes,
};
use kernel::{Column, Deserialize, Errand, Id, Job, Lane, Letter, Look, Noun, Result, Serialize, Task, Whose, letter::Part};
use web::several;

/// Mails a notice, if it is still new when its time has come.
#[derive(Serialize, Deserialize)]
#[serde(crate = "kernel::serde")]
pub struct MailNotice {
    pub notice: Id<Notice>,
}

impl Job for MailNotice {
    const KIND: &'static str = "notice.mail";
    const SAYS: &'static str = "Mail a notice";
    const LANE: Lane = Lane::Mail;

    fn errand(&self, look: &mut Look) -> Result<Errand> {
        let (Some(member), Some(product)) = (look.scope.who.member, look.scope.product.clone()) else { return Ok(Errand::Nothing) };
        let Some(wish) = wishes::own(look)? else { return Ok(Errand::Nothing) };
        let Some(notice) = Notice::all(look, "and id = $2", &[self.notice.value()])?.pop() else { return Ok(Errand::Nothing) };
        let (zone, now) = (look.scope.who.zone.clone(), look.now());
        if let Some(hours) = quiet::around(&wish.quiet_from, &wish.quiet_until, &zone, now) {
            let task = Task::of(self, look.scope.who.name.clone())?.in_the_name_of(Whose::Member(member));
            return Ok(Errand::Tasks(vec![Task { after: hours.end - now, ..task }]));
        }
        // Of all that came in the same quiet hours the first brings the letter.
        let notices = match quiet::around(&wish.quiet_from, &wish.quiet_until, &zone, notice.meta.created_at) {
            Some(hours) => giving::between(look, hours.start, hours.end)?,
            None => vec![notice],
        };
        let wanted: Vec<Notice> = notices.into_iter().filter(|n| way(Some(&wish), n.why) == Way::Mail).collect();
        if wanted.first().is_none_or(|first| first.id() != self.notice) {
            return Ok(Errand::Nothing);
        }
        let told = rows::still_new(look, wanted)?;
        let Some(first) = told.first() else { return Ok(Errand::Nothing) };
        let title = |told: &rows::Told| {
            told.thing
                .as_ref()
                .map_or(String::new(), |thing| thing.key.as_ref().map_or_else(|| thing.title.clone(), |key| format!("{key} {}", thing.title)))
        };
        let subject = match told.len() {
            1 => format!("{} {}", first.says(), title(first)),
            count => format!("{}: {} for you", product.name, several(count, "notice")),
        };
        let mut letter = Letter::new(people::member(look.reader, Id::new(member))?.email, subject);
        let path = |told: &rows::Told| told.thing.as_ref().map_or(String::new(), |thing| thing.path.clone());
        for told in &told {
            let more = if told.excerpt.is_empty() { String::new() } else { format!("“{}”", told.excerpt) };
            letter = letter.with(Part::Item { says: format!("{} {}", told.says(), title(told)), path: path(told), more });
        }
        letter = match told.as_slice() {
            [one] => letter.button("Look at it", path(one)),
            _ => letter.button("All your notices", "/notices"),
        };
        letter = letter.note("You asked for these letters at once. You can choose others, and quiet hours, under “Your part”.");
        letter.stop = Some(format!("/notices/stop/{}", wish.id()));
        Ok(Errand::Letter { letter, first: None })
    }
}
