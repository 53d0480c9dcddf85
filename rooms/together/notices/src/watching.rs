//! Watching a thing, hearing of it only when asked, or muting it: each for themselves.

use crate::{
    events::*,
    model::{Mode, Watch},
};
use kernel::{
    Authority, Column, Command, Decided, Event, Id, Look, Moment, Noun, NounSpec, Refusal, Result, Scope, Uuid, Value, Waits, about, command, list,
};
use std::collections::HashMap;
use web::{Markup, action, html, icon};

command! {
    /// Says what one wants to hear of a thing: everything, only what asks for oneself, or nothing.
    pub struct SetWatch in "watch.set" at Put "/products/{product}/watches" [] {
        /// Its noun, such as `story`.
        pub about: String,
        /// Its id.
        pub id: Id<Watch>,
        pub mode: Mode,
    }
}

/// What one said before, and what the thing is called.
pub struct Said {
    before: Option<Watch>,
    label: String,
}

impl Command for SetWatch {
    type Before = Said;
    const AUTHORITY: Authority = Authority::Oneself;
    const WAITS: Waits = Waits::Asker;
    const UNDOABLE: bool = false;
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Said> {
        let noun = noun(&self.about)?;
        let label = look.thing(noun, self.id.0)?.ok_or(Refusal::NotFound)?.label;
        let before = Watch::all(look, "and about_id = $2", &[self.id.value()])?.pop();
        Ok(Said { before, label })
    }
    fn title(&self, said: &Said) -> String {
        format!("Watch “{}”", said.label)
    }
    fn decide(self, said: Said, moment: &Moment, scope: &Scope) -> Result<Decided> {
        let kind = match self.mode {
            Mode::Watching => &WATCH_BEGUN,
            Mode::Asked => &WATCH_ENDED,
            Mode::Muted => &WATCH_MUTED,
        };
        let event = match said.before {
            Some(before) => Event::changed(kind, &before, &Watch { mode: self.mode, ..before.clone() }),
            None => {
                let watch = Watch {
                    meta: moment.fresh(None),
                    member: Id::new(scope.who.signed_in()?),
                    product_of: scope.product_id()?,
                    about_noun: self.about,
                    about_id: self.id.0,
                    mode: self.mode,
                };
                Event::created(kind, &watch)
            }
        };
        Ok(event.called(said.label).into())
    }
}

fn noun(table: &str) -> Result<&'static NounSpec> {
    about::noun(table).filter(|noun| noun.about.discussed).ok_or_else(|| Refusal::invalid("about", "This cannot be watched."))
}

/// How the asker stands to a thing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Watching {
    /// What they have said.
    mode: Option<Mode>,
    /// They began it, work on it or have remarked on it.
    by_itself: bool,
    /// There is something new about it that they were told of.
    unread: bool,
    /// It is theirs to say.
    can: bool,
}

/// How the asker stands to some things of a noun of the product at hand, by their ids.
pub(crate) fn watchings(look: &mut Look, noun: &str, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Watching>> {
    let (product, can) = (look.scope.product_id()?, look.scope.oneself().is_ok());
    let Some(noun) = about::noun(noun).filter(|_| can) else { return Ok(HashMap::new()) };
    let (table, theirs) = (noun.table, noun.about.heard.whose.iter().map(|field| format!(" or {}.{field} = $me", noun.table)).collect::<String>());
    let sql = format!(
        "select {table}.id, (select mode from watch where member = $me and about_id = {table}.id and removed_at is null),
                (select 1 from unread where member = $me and thing = {table}.id),
                case when exists (select 1 from comment where about_id = {table}.id and member = $me and author = '' and removed_at is null)
                or exists (select 1 from activity where product = $1 and noun_id = {table}.id and did = 'created' and member = $me and door <> 'import')
                {theirs} then 1 else 0 end
         from {table} where {table}.product = $1 and {table}.id in each($2)"
    );
    let rows = look.query(&sql, &[product.value(), list(ids)])?;
    let read = |mut row: kernel::Row| {
        let (id, mode, unread): (Uuid, Option<Mode>, Option<i64>) = (row.take()?, row.take()?, row.take()?);
        Ok((id, Watching { mode, unread: unread.is_some(), by_itself: row.take()?, can }))
    };
    rows.into_iter().map(read).collect()
}

/// What one hears of a thing, and the ways to change it.
pub(crate) fn view(scope: &Scope, noun: &str, id: Uuid, watching: Watching) -> Markup {
    drawn(scope, noun, id, watching, false)
}

/// The same of one of several on a page, as its sign alone.
pub(crate) fn small(scope: &Scope, noun: &str, id: Uuid, watching: Watching) -> Markup {
    drawn(scope, noun, id, watching, true)
}

fn drawn(scope: &Scope, noun: &str, id: Uuid, watching: Watching, small: bool) -> Markup {
    let now = watching.mode.unwrap_or(if watching.by_itself { Mode::Watching } else { Mode::Asked });
    let (icon_name, says) = match now {
        Mode::Watching => ("eye", "Watching"),
        Mode::Asked => ("bell", "Not watching"),
        Mode::Muted => ("moon", "Muted"),
    };
    let thing = id.simple().to_string();
    let choice = |mode: Mode, label: &str, hint: &str| {
        html! { form.act method="post" action=(action(scope, "watch.set")) data-act {
            input type="hidden" name="about" value=(noun); input type="hidden" name="id" value=(thing); input type="hidden" name="mode" value=(mode);
            button.plain type="submit" aria-pressed=(if mode == now { "true" } else { "false" }) { strong { (label) } span.hint { (hint) } }
        } }
    };
    html! { @if watching.can {
        div.watching.small[small] data-unread=[watching.unread.then_some(&thing)] {
            details.menu-button.labelled[!small] id={ "watch-" (thing) } {
                @let told = format!("What you hear of this: {}", now.says());
                summary.button.plain title=(told) aria-label=[small.then_some(&told)] { (icon(icon_name)) @if !small { (says) (icon("chevron-down")) } }
                div.menu {
                    (choice(Mode::Watching, "Watch", "You hear of all that happens here."))
                    (choice(Mode::Asked, "Only when asked", "You hear when you are named, given it, asked or answered."))
                    (choice(Mode::Muted, "Mute", "You hear nothing of it."))
                }
            }
            @if !small && watching.mode.is_none() && watching.by_itself { span.hint { "because you wrote it, work on it or have said something here" } }
        }
    } }
}

/// The ids of things that somebody has muted, newest first, each with its noun.
pub(crate) fn muted(look: &mut Look) -> Result<Vec<Watch>> {
    Watch::all(look, "and mode = $2 order by updated_at desc, id desc limit 200", &[Value::Text(Mode::Muted.word().into())])
}
