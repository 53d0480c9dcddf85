//! Notices as they are shown: what each is about is looked up anew each time, in its product and as its reader may see it
//! now, so a notice keeps no word of anything.

use crate::model::{Due, Notice, NoticeWish, Watch, Way, Why, way};
use kernel::{Column, Home, Look, Mark, Noun, NounSpec, Paged, Reading, Result, Scope, Uuid, about, list, room::Found};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use web::{clipped, place, product_path, text::own_words};

/// What a thing is called, and where it is looked at.
#[derive(Clone, Debug)]
pub struct Called {
    pub key: Option<String>,
    pub title: String,
    pub path: String,
}

/// Things of a noun by their ids, as far as the asker may see them: those of the product at hand, their own, or those of the
/// workspace that everybody reads.
pub(crate) fn seen(look: &mut Look, noun: &NounSpec, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<Found>> {
    match noun.about.home {
        Home::Member if look.scope.oneself().is_err() => Ok(vec![]),
        Home::Member => look.found(noun, "where member = $me and id in each($1) and removed_at is null", &[list(ids)]),
        Home::Workspace if noun.about.read != Reading::Anyone => Ok(vec![]),
        Home::Workspace => look.found(noun, "where product is null and id in each($1) and removed_at is null", &[list(ids)]),
        Home::Product => look.things(noun, ids),
    }
}

/// Things of the product at hand, one's own, and the workspace's, by their nouns and ids, with one question for each noun.
pub fn called(look: &mut Look, wanted: &[(String, Uuid)]) -> Result<HashMap<Uuid, Called>> {
    let mut ids: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for (noun, id) in wanted {
        ids.entry(noun).or_default().insert(*id);
    }
    let mut found = HashMap::new();
    for (table, ids) in ids {
        let Some(noun) = about::noun(table) else { continue };
        for thing in seen(look, noun, ids)? {
            let number = noun.fields.iter().position(|field| *field == "number" && noun.about.keyed).map(|at| thing.values[at].clone());
            let number: Option<i64> = number.map(Column::read).transpose()?;
            let below = if noun.about.home == Home::Product { product_path(look.scope) } else { String::new() };
            let path = format!("{below}/{}", place(table, thing.meta.id, number).unwrap_or_else(|| "activity".into()));
            let called = Called { key: number.map(|number| look.scope.key(number)), title: thing.label, path };
            found.insert(thing.meta.id, called);
        }
    }
    Ok(found)
}

/// A notice with what it says.
#[derive(Clone, Debug)]
pub struct Told {
    pub notice: Notice,
    /// None where its reader does not see the thing any more.
    pub thing: Option<Called>,
    /// The name of its product; empty where it belongs to none.
    pub product: String,
    pub who: String,
    /// What they did: "commented on".
    pub did: String,
    /// It is the thing itself that they did it to, and not a part of it.
    pub itself: bool,
    /// Whoever is named there is named by a list and in no text: what was done says it better.
    pub listed: bool,
    /// How it was said.
    pub excerpt: String,
    /// Earlier ones about the same thing.
    pub more: usize,
    pub unread: bool,
}

impl Told {
    /// "Mara named you in", "Tomas asks you to sign"; the thing stands behind it.
    pub fn says(&self) -> String {
        match self.notice.why {
            Why::Named if !self.listed => format!("{} named you in", self.who),
            Why::Assigned => format!("{} gave you", self.who),
            Why::ToSign if self.itself => format!("{} asks you to sign", self.who),
            Why::Named => format!("{} {}", self.who, self.did),
            Why::ToSign | Why::Answered | Why::Watched => format!("{} {}", self.who, self.did.trim_end_matches(':')),
            Why::Due => self.notice.due.map_or("Due:", |due| due.says()).to_owned(),
        }
    }
}

/// So much of what was said is shown.
const EXCERPT: usize = 180;

/// What notices of the product at hand say.
fn told_here(look: &mut Look, notices: Vec<Notice>) -> Result<Vec<Told>> {
    let wanted: Vec<(String, Uuid)> = notices.iter().map(|n| (n.about_noun.clone(), n.about_id)).collect();
    let things = called(look, &wanted)?;
    let mut lines: HashMap<String, (String, String, Uuid)> = HashMap::new();
    let mut reasons: HashMap<String, String> = HashMap::new();
    let sql = "select id, kind, noun, noun_id, coalesce(reason, '') from activity where id in each($1)";
    for mut row in look.query(sql, &[list(notices.iter().map(|n| n.line.clone()))])? {
        let id: String = row.take()?;
        lines.insert(id.clone(), (row.take()?, row.take()?, row.take()?));
        reasons.insert(id, row.take()?);
    }
    let names = people::names_of(look, notices.iter().filter_map(|n| n.actor))?;
    // What was said stands in its remark, and what is voted on in its question, as long as those may be read.
    let mut parts: BTreeMap<&str, Vec<Uuid>> = BTreeMap::new();
    for (_, noun, id) in lines.values() {
        parts.entry(noun).or_default().push(*id);
    }
    let mut remarks = HashMap::new();
    for (noun, ids) in parts {
        let Some(noun) = about::noun(noun).filter(|noun| noun.table == conversation::Comment::TABLE || !noun.about.heard.asks.is_empty()) else {
            continue;
        };
        remarks.extend(things_said(look, noun, ids)?);
    }
    let product = look.scope.product()?.name.clone();
    let told = |notice: Notice| {
        let line = lines.get(&notice.line);
        let thing = things.get(&notice.about_id).cloned();
        let home = about::noun(&notice.about_noun).map_or(Home::Product, |noun| noun.about.home);
        // Why something was done in the workspace stands in no record that its hearers read.
        let said = line.and_then(|(_, _, id)| remarks.get(id)).or_else(|| reasons.get(&notice.line).filter(|_| home == Home::Workspace));
        Told {
            product: if home == Home::Product { product.clone() } else { String::new() },
            who: notice.actor.and_then(|id| names.get(&id).cloned()).unwrap_or_else(|| "Someone".into()),
            did: line.and_then(|(kind, ..)| kernel::event::phrase(kind)).unwrap_or("changed").to_owned(),
            listed: about::noun(&notice.about_noun).is_some_and(|noun| noun.about.heard.texts.is_empty() && !noun.about.heard.names.is_empty())
                && line.is_some_and(|(.., id)| *id == notice.about_id),
            itself: line.is_some_and(|(.., id)| *id == notice.about_id),
            excerpt: said.filter(|_| thing.is_some()).map(|said| clipped(said, EXCERPT)).unwrap_or_default(),
            more: 0,
            unread: false,
            thing,
            notice,
        }
    };
    Ok(notices.into_iter().map(told).collect())
}

fn things_said(look: &mut Look, noun: &NounSpec, ids: Vec<Uuid>) -> Result<HashMap<Uuid, String>> {
    let found = look.things(noun, ids)?;
    let words = |label: String, searched: Option<(String, String)>| searched.map_or(label, |(_, body)| own_words(&body));
    Ok(found.into_iter().map(|f| (f.meta.id, clipped(&words(f.label, f.searched), EXCERPT))).collect())
}

/// Notices of whatever products in their order, each as its reader stands there.
fn told(look: &mut Look, notices: Vec<Notice>) -> Result<Vec<Told>> {
    let scopes = web::app::scopes_of(look)?;
    let order: HashMap<Uuid, usize> = notices.iter().enumerate().map(|(at, n)| (n.meta.id, at)).collect();
    let mut by_product: BTreeMap<Uuid, Vec<Notice>> = BTreeMap::new();
    for notice in notices {
        by_product.entry(notice.product_of).or_default().push(notice);
    }
    let mut all = vec![];
    for (product, notices) in by_product {
        match scopes.iter().find(|scope| scope.product.as_ref().is_some_and(|p| p.id == product)) {
            Some(scope) => all.extend(told_here(&mut Look::showing(look.reader, scope), notices)?),
            // They belong to it no longer: not even its name is theirs to see.
            None => all.extend(notices.into_iter().map(hidden)),
        }
    }
    all.sort_by_key(|told| order.get(&told.notice.meta.id).copied());
    Ok(all)
}

fn hidden(notice: Notice) -> Told {
    Told {
        notice,
        thing: None,
        product: String::new(),
        who: String::new(),
        did: String::new(),
        itself: false,
        listed: false,
        excerpt: String::new(),
        more: 0,
        unread: false,
    }
}

/// So many notices are looked through for one page.
const AT_ONCE: usize = 150;

/// The newest notices, one for each thing that they are about; before a mark, or of what is unread alone.
pub fn latest(look: &mut Look, after: Option<&Mark<i64>>, unread: bool) -> Result<Paged<Told>> {
    look.scope.oneself()?;
    let rows = look.query("select thing, since from unread where member = $me order by since desc limit 1000", &[])?;
    let new: HashMap<Uuid, i64> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let (mut and, mut params) = (String::new(), vec![]);
    if let Some(mark) = after {
        and += "and (created_at, id) < ($2, $3) ";
        params.extend([mark.at.value(), mark.id.value()]);
    }
    if unread {
        params.push(list(new.keys().copied()));
        and += &format!("and about_id in each(${}) ", params.len() + 1);
    }
    let found = Notice::all(look, &format!("{and}order by created_at desc, id desc limit {}", AT_ONCE + 1), &params)?;
    let page = Paged::cut(found, AT_ONCE, |notice| Mark::new(notice.meta.created_at, notice.meta.id));
    let mut newest: Vec<Notice> = vec![];
    let mut more: HashMap<Uuid, usize> = HashMap::new();
    for notice in page.items {
        let count = more.entry(notice.about_id).or_default();
        match *count {
            0 => newest.push(notice),
            // What asks for oneself is not hidden behind what merely happened.
            _ => {
                if let Some(first) = newest.iter_mut().find(|known| known.about_id == notice.about_id && new.contains_key(&known.about_id))
                    && notice.why < first.why
                    && new.get(&notice.about_id).is_some_and(|since| *since <= notice.meta.created_at)
                {
                    *first = notice;
                }
            }
        }
        *count += 1;
    }
    let mut items = told(look, newest)?;
    for told in &mut items {
        told.more = more.get(&told.notice.about_id).map_or(0, |count| count - 1);
        told.unread = new.contains_key(&told.notice.about_id);
    }
    Ok(Paged { items, next: page.next })
}

/// Which of some notices of the product at hand are unread and in view, with what they say.
pub(crate) fn still_new(look: &mut Look, notices: Vec<Notice>) -> Result<Vec<Told>> {
    if notices.is_empty() {
        return Ok(vec![]);
    }
    let things = list(notices.iter().map(|n| n.about_id));
    let rows = look.query("select thing, since from unread where member = $me and thing in each($1)", &[things])?;
    let new: HashMap<Uuid, i64> = rows.into_iter().map(|mut row| Ok((row.take()?, row.take()?))).collect::<Result<_>>()?;
    let unread = notices.into_iter().filter(|n| new.get(&n.about_id).is_some_and(|since| *since <= n.meta.created_at)).collect();
    let told = told_here(look, unread)?;
    Ok(told.into_iter().filter(|told| told.thing.is_some()).collect())
}

/// What a letter of the morning tells of the product at hand: what came since and is still unread, each thing once.
pub fn for_letter(look: &mut Look, since: i64) -> Result<Vec<Told>> {
    let wish = crate::wishes::own(look)?;
    let notices = crate::giving::between(look, since, look.now() + 1)?;
    // What asks for a signature or for work stands in that letter until it is done.
    let there = |n: &Notice| matches!(n.why, Why::ToSign | Why::Assigned) || matches!(n.due, Some(Due::Sign | Due::Settle | Due::Review | Due::Rate));
    let wanted = notices.into_iter().filter(|n| !there(n) && way(wish.as_ref(), n.why) == Way::Letter).collect();
    let mut told = still_new(look, wanted)?;
    told.reverse();
    let mut seen = BTreeSet::new();
    told.retain(|told| seen.insert(told.notice.about_id));
    Ok(told)
}

/// What one has said about hearing: the wish, and what is muted, by what it is called.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub wish: Option<NoticeWish>,
    pub muted: Vec<(Watch, Called, String)>,
    /// Mail is set up.
    pub mails: bool,
}

/// What the asker has said about hearing.
pub fn settings(look: &mut Look, scopes: &[Scope], mails: bool) -> Result<Settings> {
    let wish = crate::wishes::own(look)?;
    let watches = crate::watching::muted(look)?;
    let mut muted = vec![];
    for scope in scopes {
        let Ok(product) = scope.product() else { continue };
        let here: Vec<&Watch> = watches.iter().filter(|watch| watch.product_of == product.id).collect();
        if here.is_empty() {
            continue;
        }
        let wanted: Vec<(String, Uuid)> = here.iter().map(|watch| (watch.about_noun.clone(), watch.about_id)).collect();
        let known = called(&mut Look::showing(look.reader, scope), &wanted)?;
        muted.extend(here.into_iter().filter_map(|watch| Some((watch.clone(), known.get(&watch.about_id)?.clone(), product.key.clone()))));
    }
    Ok(Settings { wish, muted, mails })
}

/// Where the asker was named lately, in whatever product.
pub fn naming(look: &mut Look, most: usize) -> Result<Vec<Told>> {
    let found = Notice::all(look, "and why = $2 order by created_at desc, id desc limit 60", &[Why::Named.value()])?;
    let mut seen = BTreeSet::new();
    let newest: Vec<Notice> = found.into_iter().filter(|n| seen.insert(n.about_id)).take(most).collect();
    let told = told(look, newest)?;
    Ok(told.into_iter().filter(|told| told.thing.is_some()).collect())
}

/// The members who can be named in the product at hand and whose name has a word that begins so.
pub(crate) fn people_beginning(look: &mut Look, typed: &str, most: usize) -> Result<Vec<(people::Person, bool)>> {
    let typed = typed.to_lowercase();
    let everyone: Vec<people::Person> = people::people_of(look)?.into_iter().filter(|p| !p.is_assistant).collect();
    let begins = |name: &str| {
        let name = name.to_lowercase();
        name.starts_with(&typed) || name.split_whitespace().any(|word| word.starts_with(&typed))
    };
    let alone = |person: &people::Person| everyone.iter().filter(|other| other.name.to_lowercase() == person.name.to_lowercase()).count() == 1;
    let found = everyone.iter().filter(|p| begins(&p.name) || p.email.starts_with(&typed)).take(most);
    Ok(found.map(|person| (person.clone(), alone(person))).collect())
}
