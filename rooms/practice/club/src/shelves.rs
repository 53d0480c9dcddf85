//! What stands on the shelves: challenges of the program and of the workspace as one list by difficulty, narrowed, a page at
//! a time. Within a difficulty those of the program stand first, by their ids, then those of the workspace, the oldest first. Of the workspace no more is read than a page shows, and of attempts only those at what is shown.

use crate::{
    library::LIBRARY,
    model::*,
    pages::{self, Wanted},
    rows,
};
use challenge::{Challenge, Kind};
use kernel::{Column, Look, Result, Row, Uuid, Value, erasure::ERASED, list};
use std::collections::HashMap;
use web::when;

/// A challenge as a list shows it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub code: String,
    pub title: String,
    pub summary: String,
    pub level: i64,
    pub minutes: i64,
    /// The id of its row, where somebody of the workspace wrote it.
    pub own: Option<Uuid>,
}

/// A place in a shelf: difficulty, and then of the program by what it goes by, or of the workspace by its row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    Program(String),
    Own(Uuid),
}

type Place = (i64, Within);

/// A part of a discipline.
pub(crate) struct Shelf {
    pub of: Discipline,
    pub entries: Vec<Entry>,
    /// Where it goes on; none at its end.
    pub next: Option<String>,
}

/// What the page of the library shows.
pub(crate) struct Shown {
    pub shelves: Vec<Shelf>,
    /// What was written in the workspace lately.
    pub newest: Vec<Entry>,
    pub done: HashMap<String, (i64, f64)>,
    /// A drill that was not answered yet.
    pub drill: Option<&'static str>,
    /// The guess of the day.
    pub today: Option<&'static Challenge>,
}

/// So many of a discipline stand on the page of all, where it is narrowed, and on its own.
const SHOWN: usize = 6;
const NARROWED: usize = 12;
const ALONE: usize = 72;

impl Entry {
    fn of(challenge: &Challenge) -> Entry {
        Entry {
            code: challenge.id.clone(),
            title: challenge.title.clone(),
            summary: challenge.summary.clone(),
            level: challenge.level.into(),
            minutes: challenge.minutes.into(),
            own: None,
        }
    }

    fn read(row: &mut Row) -> Result<Entry> {
        let (id, code, title, summary) = (row.take()?, row.take()?, row.take()?, row.take()?);
        Ok(Entry { code, title, summary, level: row.take()?, minutes: row.take()?, own: Some(id) })
    }

    fn place(&self) -> Place {
        (self.level, self.own.map_or_else(|| Within::Program(self.code.clone()), Within::Own))
    }
}

/// What is looked for, read once.
struct Narrow {
    words: Vec<String>,
    level: Option<i64>,
    new: bool,
    own: bool,
    after: Option<Place>,
}

impl Narrow {
    fn of(wanted: &Wanted) -> Narrow {
        Narrow {
            words: wanted.q.replace('\0', "").to_lowercase().split_whitespace().take(8).map(str::to_owned).collect(),
            level: wanted.level.parse().ok(),
            new: wanted.done == "new",
            own: wanted.own == "1",
            after: read_place(&wanted.after),
        }
    }

    fn fits(&self, challenge: &Challenge) -> bool {
        let all = |said: &str| self.words.iter().all(|word| forms(word).iter().any(|form| said.contains(form.as_str())));
        let said = || format!("{} {} {} {}", challenge.title, challenge.summary, challenge.skills.join(" "), challenge.brief).to_lowercase();
        !self.own
            && self.level.is_none_or(|level| level == i64::from(challenge.level))
            && self.after.as_ref().is_none_or(|after| (i64::from(challenge.level), Within::Program(challenge.id.clone())) > *after)
            && (self.words.is_empty() || all(&said()))
    }
}

/// A word as it is looked for, and the same of one or of many: “trams” and “tram”, “city” and “cities”.
fn forms(word: &str) -> Vec<String> {
    let letters = word.chars().count();
    let mut found = vec![word.to_owned()];
    match word {
        word if letters > 4 && word.ends_with("ies") => found.push(format!("{}y", &word[..word.len() - 3])),
        word if letters > 3 && word.ends_with('s') && !word.ends_with("ss") => found.push(word[..word.len() - 1].to_owned()),
        word if letters > 3 && word.ends_with('y') => found.push(format!("{}ies", &word[..word.len() - 1])),
        _ => {}
    }
    found
}

/// A place as an address has it: `3.clinic-queue`, or `3.own.` and an id.
fn read_place(text: &str) -> Option<Place> {
    let (level, within) = text.split_once('.')?;
    let within = match within.strip_prefix("own.") {
        Some(id) => Within::Own(Uuid::try_parse(id).ok()?),
        None => Within::Program(within.to_owned()),
    };
    Some((level.parse().ok()?, within))
}

fn place_says((level, within): &Place) -> String {
    match within {
        Within::Program(code) => format!("{level}.{code}"),
        Within::Own(id) => format!("{level}.own.{}", id.simple()),
    }
}

/// Reads what the page shows.
pub(crate) fn shown(look: &mut Look, wanted: &Wanted) -> Result<Shown> {
    let narrow = &Narrow::of(wanted);
    let one = Discipline::parse(&wanted.kind);
    let kinds: Vec<Discipline> = Discipline::ALL.iter().copied().filter(|of| one.is_none_or(|one| one == *of)).collect();
    let most = match (one.is_some(), wanted.is_narrowed()) {
        (true, _) => ALONE,
        (false, true) => NARROWED,
        (false, false) => SHOWN,
    };
    let first = one.is_none() && !wanted.is_narrowed();
    let (mut own, newest) = stored(look, &kinds, narrow, most + 1, first)?;
    // Which were tried is asked of those alone that may be shown.
    let at_most = if narrow.new { usize::MAX } else { most + 1 };
    let fitting = |of: &Discipline| {
        let kind = of.kind();
        LIBRARY.iter().filter(move |challenge| challenge.kind == kind).filter(move |challenge| narrow.fits(challenge)).take(at_most)
    };
    let of_program: Vec<&Challenge> = kinds.iter().flat_map(fitting).collect();
    let drills = LIBRARY.iter().filter(|c| first && c.kind == Kind::Drill).map(|c| c.id.as_str());
    let today = if first { of_today(look)? } else { None };
    let mut codes: Vec<&str> =
        own.values().flatten().chain(&newest).map(|entry| entry.code.as_str()).chain(drills).chain(today.map(|guess| guess.id.as_str())).collect();
    codes.extend(of_program.iter().map(|challenge| challenge.id.as_str()));
    let done = done_of(look, &codes)?;
    let shelves = kinds.into_iter().map(|of| {
        let mut entries: Vec<Entry> = of_program
            .iter()
            .filter(|challenge| challenge.kind == of.kind() && !(narrow.new && done.contains_key(&challenge.id)))
            .take(most + 1)
            .map(|challenge| Entry::of(challenge))
            .collect();
        entries.extend(own.remove(&of).unwrap_or_default());
        entries.sort_by_cached_key(Entry::place);
        let more = entries.len() > most;
        entries.truncate(most);
        let next = entries.last().filter(|_| more).map(|last| place_says(&last.place()));
        Shelf { of, entries, next }
    });
    let shelves = shelves.collect();
    let drill = if first { pages::next_drill(|id| done.contains_key(id), "") } else { None };
    Ok(Shown { shelves, newest, done, drill, today })
}

/// The guess of the day: one that the asker has not tried before today, as long as there is one; what is tried today stays it.
fn of_today(look: &mut Look) -> Result<Option<&'static Challenge>> {
    let guesses: Vec<&'static Challenge> = LIBRARY.iter().filter(|one| one.kind == Kind::Guesstimate).collect();
    let zone = look.scope.who.zone.clone();
    let today = when::day_in(look.now(), &zone);
    let day = usize::try_from(when::days_between("1970-01-01", &today)).unwrap_or(0);
    chosen(&guesses, day, |some| {
        let ids: Vec<&str> = some.iter().map(|guess| guess.id.as_str()).collect();
        let first = rows::first_tries(look, &ids)?;
        Ok(ids.iter().map(|id| first.get(*id).is_some_and(|at| when::day_in(*at, &zone) < today)).collect())
    })
}

/// So many are asked of at once: the first few nearly always have one that was not tried.
const ASKED: usize = 8;

/// One of all by the day, and from there the next that was not tried; where all were, the one of the day.
fn chosen<T: Copy>(all: &[T], day: usize, mut tried: impl FnMut(&[T]) -> Result<Vec<bool>>) -> Result<Option<T>> {
    let at = (day * 7) % all.len().max(1);
    let turned: Vec<T> = all[at..].iter().chain(&all[..at]).copied().collect();
    for some in turned.chunks(ASKED) {
        if let Some(new) = tried(some)?.iter().position(|tried| !tried) {
            return Ok(some.get(new).copied());
        }
    }
    Ok(turned.first().copied())
}

/// So many that were published lately are shown.
const LATELY: usize = 4;

/// Those of the workspace, of each discipline so many; and with them, where it is asked for, what was published lately.
fn stored(
    look: &mut Look,
    kinds: &[Discipline],
    narrow: &Narrow,
    most: usize,
    lately: bool,
) -> Result<(HashMap<Discipline, Vec<Entry>>, Vec<Entry>)> {
    let (mut params, mut and) = (vec![], String::new());
    let mut with = |value: Value| {
        params.push(value);
        format!("${}", params.len())
    };
    if let Some(level) = narrow.level {
        and += &format!(" and challenge.level = {}", with(Value::Int(level)));
    }
    if let Some((level, within)) = &narrow.after {
        // All of the workspace stand behind those of the program.
        let id = if let Within::Own(id) = within { id.value() } else { Value::Text(String::new()) };
        let (level, id) = (with(Value::Int(*level)), with(id));
        and += &format!(" and (challenge.level, challenge.id) > ({level}, {id})");
    }
    for word in &narrow.words {
        let escaped =
            |word: &String| -> String { word.chars().flat_map(|c| if matches!(c, '%' | '_' | '!') { vec!['!', c] } else { vec![c] }).collect() };
        let forms: Vec<String> =
            forms(word).iter().map(|form| format!("challenge.words like {} escape '!'", with(Value::Text(format!("%{}%", escaped(form)))))).collect();
        and += &format!(" and ({})", forms.join(" or "));
    }
    if narrow.new {
        let me = with(look.scope.oneself()?.value());
        and += &format!(
            " and not exists (select 1 from attempt where attempt.member = {me} and attempt.challenge = challenge.code and attempt.stage = 'marked' and attempt.removed_at is null)"
        );
    }
    let columns =
        "challenge.kind, challenge.id, challenge.code, challenge.title, challenge.summary, challenge.level, challenge.minutes from challenge";
    let there = format!("challenge.withdrawn_at is null and challenge.words <> '{ERASED}'");
    let of_kind = |of: &Discipline| {
        let kind = of.word();
        format!(
            "select * from (select cast(0 as bigint) as lately, {columns} where challenge.kind = '{kind}' and {there}{and}
             order by challenge.level, challenge.id limit {most}) of_{kind}"
        )
    };
    let mut arms: Vec<String> = kinds.iter().map(of_kind).collect();
    if lately {
        arms.push(format!(
            "select * from (select cast(1 as bigint) as lately, {columns} where {there}
             order by challenge.published_at desc, challenge.id desc limit {LATELY}) of_late"
        ));
    }
    let (mut found, mut newest): (HashMap<Discipline, Vec<Entry>>, Vec<Entry>) = (HashMap::new(), vec![]);
    for mut row in look.query(&arms.join(" union all "), &params)? {
        let (late, of): (i64, Discipline) = (row.take()?, row.take()?);
        let entry = Entry::read(&mut row)?;
        if late == 1 { newest.push(entry) } else { found.entry(of).or_default().push(entry) }
    }
    Ok((found, newest))
}

/// What the asker has done of some: how often, and how well at best.
fn done_of(look: &mut Look, codes: &[&str]) -> Result<HashMap<String, (i64, f64)>> {
    let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
    let params = [look.scope.oneself()?.value(), list(codes)];
    let sql = "select challenge, count(*), max(coalesce(score, 0.0)) from attempt
               where member = $1 and challenge in each($2) and stage = 'marked' and removed_at is null group by challenge";
    look.query(sql, &params)?.into_iter().map(|mut row| Ok((row.take()?, (row.take()?, row.take()?)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(q: &str) -> Vec<&'static str> {
        let narrow = Narrow::of(&Wanted { q: q.into(), ..Wanted::default() });
        LIBRARY.iter().filter(|challenge| narrow.fits(challenge)).map(|challenge| challenge.id.as_str()).collect()
    }

    #[test]
    fn many_and_one_are_found_by_words_of_the_brief() {
        assert!(found("trams").contains(&"tram-stop-voice") && found("waiting list").contains(&"allotment-list"));
        assert_eq!(forms("cities"), ["cities", "city"]);
        assert_eq!(forms("city"), ["city", "cities"]);
        assert_eq!((forms("loss").len(), forms("bus").len(), forms("gas").len()), (1, 1, 1));
    }

    /// The question of the day was one that its reader had handed in four days before.
    #[test]
    fn what_was_tried_is_not_asked_while_something_is_left() {
        let all: Vec<usize> = (0..20).collect();
        for day in 0..40 {
            let but = |left: usize| move |some: &[usize]| Ok(some.iter().map(|one| *one != left).collect());
            assert_eq!(chosen(&all, day, but(3)).unwrap(), Some(3), "the one that is left");
            assert_eq!(chosen(&all, day, but(99)).unwrap(), Some(all[(day * 7) % 20]), "where all were tried");
        }
        assert_eq!(chosen(&[] as &[usize], 3, |_| Ok(vec![])).unwrap(), None);
    }
}
