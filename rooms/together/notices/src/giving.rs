//! Giving a notice, by the task that tells somebody, and reading notices.

use crate::{
    events::*,
    letters::MailNotice,
    model::{Notice, NoticeWish, Way, Why, way},
    quiet, wishes,
};
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, Refusal, Result, Scope, Task, Uuid, Value, Waits, command,
    look::find_rows,
    seen::{Glance, Seen},
};

command! {
    /// Tells somebody of something; however often it is run, once for each act and thing.
    pub struct Give in "notice.give" inside {
        pub why: Why,
        /// The noun of the thing, and its id.
        pub about: String,
        pub thing: Uuid,
        pub line: Uuid,
        pub act: Uuid,
        pub actor: Option<Uuid>,
    }
}

/// What is known before a notice is given.
pub struct Known {
    told: bool,
    wish: Option<NoticeWish>,
}

impl Command for Give {
    type Before = Known;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;
    // What happened last before it was archived is told too.
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Known> {
        known(look, &self.act.value(), self.thing)
    }
    fn title(&self, _: &Known) -> String {
        "Hear of something".into()
    }
    fn decide(self, known: Known, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let notice = Notice {
            meta: moment.fresh(None),
            member: Id::new(scope.who.signed_in()?),
            why: self.why,
            product_of: scope.product_id()?,
            about_noun: self.about,
            about_id: self.thing,
            line: self.line.simple().to_string(),
            act: self.act.simple().to_string(),
            actor: self.actor,
            due: None,
        };
        known.give(Event::created(&NOTICE_GIVEN, &notice), &notice, moment, scope)
    }
}

/// What is known about an act, or an occasion, and a thing.
pub(crate) fn known(look: &mut Look, act: &Value, thing: Uuid) -> Result<Known> {
    let told = Notice::all(look, "and act = $2 and about_id = $3", &[act.clone(), thing.value()])?;
    Ok(Known { told: !told.is_empty(), wish: wishes::own(look)? })
}

impl Known {
    /// Gives a notice that was not given yet, and has it mailed to whoever wants that.
    pub(crate) fn give(self, event: Event, notice: &Notice, moment: &Moment, scope: &Scope) -> Result<Decided> {
        if self.told {
            return Ok(Decided::default());
        }
        let mut tasks = vec![];
        if let Some(wish) = self.wish.as_ref().filter(|wish| way(Some(wish), notice.why) == Way::Mail) {
            let quiet = quiet::around(&wish.quiet_from, &wish.quiet_until, &scope.who.zone, moment.now);
            let task = Task::of(&MailNotice { notice: notice.id() }, scope.who.name.clone())?;
            tasks.push(Task { after: quiet.map_or(0, |hours| hours.end - moment.now), ..task });
        }
        let seen = vec![Seen { glance: Glance::Yet { thing: notice.about_id, since: moment.now }, told: None }];
        Ok(Decided { events: vec![event], tasks, seen, ..Decided::default() })
    }
}

command! {
    /// Marks notices about a thing as read, or as unread again; all of them where no thing is named.
    pub struct ReadNotices in "notice.read" at Put "/account/notices/reading" [] {
        /// The thing that they are about, by its id.
        pub about: Option<Id<Notice>>,
        #[serde(default)]
        pub unread: bool,
    }
}

impl Command for ReadNotices {
    /// The newest notice about the thing.
    type Before = Option<Notice>;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;

    fn load(&self, look: &mut Look) -> Result<Self::Before> {
        let Some(about) = self.about else { return Ok(None) };
        let me = look.scope.oneself()?;
        let newest = find_rows(
            look.reader,
            "where member = $1 and about_id = $2 and removed_at is null order by created_at desc, id desc limit 1",
            &[me.value(), about.value()],
        )?;
        newest.into_iter().next().map(Some).ok_or(Refusal::NotFound)
    }
    fn title(&self, _: &Self::Before) -> String {
        "Read notices".into()
    }
    fn decide(self, newest: Self::Before, _: &Moment, _: &Scope) -> Result<Decided> {
        let (glance, told) = match (newest, self.unread) {
            (None, true) => return Err(Refusal::invalid("about", "Say about which thing.")),
            (None, false) => (Glance::All, (&NOTICE_READ, "all notices")),
            (Some(notice), true) => (Glance::Yet { thing: notice.about_id, since: notice.meta.created_at }, (&NOTICE_UNREAD, "one notice")),
            (Some(notice), false) => (Glance::Done(vec![notice.about_id]), (&NOTICE_READ, "one notice")),
        };
        Ok(Decided { seen: vec![Seen { glance, told: Some((told.0, told.1.to_owned())) }], ..Decided::default() })
    }
}

/// The member's notices in a time, oldest first, for letters.
pub(crate) fn between(look: &mut Look, from: i64, until: i64) -> Result<Vec<Notice>> {
    let product = look.scope.product_id()?;
    Notice::all(
        look,
        "and created_at >= $2 and created_at < $3 and product_of = $4 order by created_at, id limit 200",
        &[Value::Int(from), Value::Int(until), product.value()],
    )
}
