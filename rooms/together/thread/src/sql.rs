//! The thread in SQL: what a thing is called there, the steps from thing to thing, and what is so of it. Made from what the
//! nouns say, never from what people type.

use kernel::{
    By, NounSpec, Strand, Tally, about,
    strand::{ANYTHING, Fact, Hang, hang, strand},
};

/// What is selected of a thing besides its id: number, title and state.
pub(crate) fn shown(noun: &NounSpec, Strand { title, state, flag, .. }: &Strand) -> String {
    let table = noun.table;
    let titles: Vec<String> = title.iter().map(|field| told(noun, field)).collect();
    let state = match (*state, flag) {
        ("", _) => "''".to_owned(),
        (field, ("", _)) => told(noun, field),
        (field, (set, unset)) => format!("case when {table}.{field} = 1 then '{set}' else '{unset}' end"),
    };
    format!("{} as number, {} as title, {state} as state", number(noun), titles.join(" || ': ' || "))
}

/// What has no number of its own goes by that of what it is a part of.
fn number(noun: &NounSpec) -> String {
    let table = noun.table;
    match noun.fields.contains(&"number") && noun.about.part_of.is_empty() {
        true => format!("{table}.number"),
        false => numbered_whole(noun).map_or("cast(null as bigint)".into(), |(field, whole)| {
            format!("(select whole.number from {whole} as whole where whole.id = {table}.{field})", whole = whole.table)
        }),
    }
}

/// A field as people read it; one that points at a record by the record's name.
fn told(noun: &NounSpec, field: &str) -> String {
    let table = noun.table;
    match noun.points_at(field).and_then(|whole| Some((whole, about::noun(whole)?.named_by()?))) {
        Some((whole, name)) => format!("coalesce((select whole.{name} from {whole} as whole where whole.id = {table}.{field}), '')"),
        None => format!("{table}.{field}"),
    }
}

/// The numbered noun that a noun is a part of, with the field that says which.
pub(crate) fn numbered_whole(noun: &NounSpec) -> Option<(&'static str, &'static NounSpec)> {
    let fields = noun.about.thread?.hangs.iter().filter_map(|hang| if let By::Field(field) = hang.by { Some((field, hang.on)) } else { None });
    fields.filter_map(|(field, on)| Some((field, about::noun(on)?))).find(|(_, whole)| whole.about.keyed)
}

/// Follows a hang from things that a list holds, up or down: a selection of `noun, child, parent, number, title, state` of
/// what is reached. `ids` is the place of the list among the parameters; `$1` is the product.
pub(crate) fn step(child: &str, Hang { on, by, .. }: &Hang, up: bool, ids: usize) -> Option<String> {
    // From a decision to whatever it is about leads no step: its own page names it.
    if *on == ANYTHING && up {
        return None;
    }
    let reached = if up { *on } else { child };
    let (noun, of) = strand(reached)?;
    // The few that are asked for lead, not the product.
    let stands = |table: &str| format!("coalesce({table}.product, '') = $1 and {table}.removed_at is null");
    let here = |table: &str| format!("{table}.product = $1 and {table}.removed_at is null");
    let ids = format!("in each(${ids})");
    let (ends, from) = match (by, up) {
        (By::Field(field), true) => (
            format!("{child}.id, {on}.id"),
            format!("{child} join {on} on {on}.id = {child}.{field} and {} where {child}.id {ids} and {}", stands(on), stands(child)),
        ),
        (By::Field(field), false) => (format!("{child}.id, {child}.{field}"), format!("{child} where {child}.{field} {ids} and {}", here(child))),
        (By::TheirField(field), true) => (format!("{on}.{field}, {on}.id"), format!("{on} where {on}.{field} {ids} and {}", here(on))),
        (By::TheirField(field), false) => (
            format!("{child}.id, {on}.id"),
            format!("{on} join {child} on {child}.id = {on}.{field} and {} where {on}.id {ids} and {}", stands(child), stands(on)),
        ),
        (By::Tie(tie), up) => tied(("from", child), ("to", on), &tie.to_string(), up, &ids, &stands),
        (By::TiedBy(tie), up) => tied(("to", child), ("from", on), &tie.to_string(), up, &ids, &stands),
        (By::Newest, up) => {
            let newest = format!("(select max(newest.number) from {on} as newest where newest.product = $1 and newest.removed_at is null)");
            let given = if up { child } else { on };
            (
                format!("{child}.id, {on}.id"),
                format!(
                    "{child} join {on} on {on}.number = {newest} and {} where {given}.id {ids} and {}",
                    here(on),
                    if up { stands(child) } else { here(child) }
                ),
            )
        }
    };
    Some(format!("select '{reached}' as noun, {}, {} from {from}", named_ends(&ends), shown(noun, of)))
}

fn named_ends(ends: &str) -> String {
    ends.replacen(", ", " as child, ", 1) + " as parent"
}

/// A step along a link, of which the child stands at one end and the parent at the other.
fn tied(child: (&str, &str), on: (&str, &str), verb: &str, up: bool, ids: &str, stands: &dyn Fn(&str) -> String) -> (String, String) {
    let (given, reached) = if up { (child, on) } else { (on, child) };
    // What a decision is about is told by its id alone.
    let of = |(end, noun): (&str, &str)| if noun == ANYTHING { String::new() } else { format!(" and relation.{end}_noun = '{noun}'") };
    (
        format!("relation.{}_id, relation.{}_id", child.0, on.0),
        format!(
            "relation join {table} on {table}.id = relation.{}_id and {} where relation.{}_id {ids} and relation.verb = '{verb}'{}{} and {}",
            reached.0,
            stands(reached.1),
            given.0,
            of(given),
            of(reached),
            stands("relation"),
            table = reached.1,
        ),
    )
}

/// That this is so of things of a noun, as SQL over its table; `$2` is the day.
pub(crate) fn holds(table: &str, fact: &Fact) -> String {
    match fact {
        Fact::Is(field, held) => match held {
            [one] => format!("{table}.{field} = '{one}'"),
            several => format!("{table}.{field} in ({})", listed(several)),
        },
        Fact::Set(field) => format!("{table}.{field} is not null"),
        Fact::Unset(field) => format!("{table}.{field} is null"),
        Fact::Over(field) => format!("{table}.{field} < $2"),
        Fact::Bare(on) => match hang(table, on).map(|hang| hang.by) {
            Some(By::Field(field)) => format!("{table}.{field} is null"),
            _ => format!("not {}", exists(table, on, true, &[])),
        },
        Fact::On(on, facts) => exists(table, on, true, facts),
        Fact::With(below, facts) => exists(table, below, false, facts),
        Fact::Without(below, facts) => format!("not {}", exists(table, below, false, facts)),
    }
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(", ")
}

/// The same from the counts that are kept of what hangs, where those tell it.
fn counted(table: &str, other: &str, field: &str, facts: &[Fact]) -> Option<String> {
    let Tally { table: tally, on, by, all, set } = strand(other)?.1.tally.filter(|tally| tally.on == field)?;
    let mut counts = all;
    let mut when = String::new();
    for fact in facts {
        match fact {
            // The index that begins with what they hang on leads, not the one by these words.
            Fact::Is(field, held) if *field == by => when += &format!(" and coalesce({tally}.{by}, '') in ({})", listed(held)),
            Fact::Set(field) if *field == set.0 => counts = set.1,
            _ => return None,
        }
    }
    Some(format!(
        "exists (select 1 from {tally} where {tally}.product = {table}.product and {tally}.{on} = {table}.id and {tally}.{counts} > 0{when})"
    ))
}

/// That a thing hangs on something of another noun, or that something of it hangs on the thing.
fn exists(table: &str, other: &str, up: bool, facts: &[Fact]) -> String {
    let by = if up { hang(table, other) } else { hang(other, table) }.map(|hang| hang.by);
    let also: String = facts.iter().map(|fact| format!(" and {}", holds(other, fact))).collect();
    let stands = format!("{other}.product = {table}.product and {other}.removed_at is null{also}");
    let linked = |verb: String, own_end: &str, other_end: &str| {
        let link = format!(
            "relation.{own_end}_id = {table}.id and relation.verb = '{verb}' and relation.{other_end}_noun = '{other}' and relation.removed_at is null"
        );
        match facts.is_empty() {
            true => format!("exists (select 1 from relation where {link})"),
            false => format!("exists (select 1 from relation join {other} on {other}.id = relation.{other_end}_id where {link} and {stands})"),
        }
    };
    match (by, up) {
        // The others lead: they are few, and what hangs on them is looked up by them.
        (Some(By::Field(field)), true) => {
            format!("{table}.{field} in (select {other}.id from {other} where {other}.product = $1 and {other}.removed_at is null{also})")
        }
        (Some(By::Field(field)), false) => counted(table, other, field, facts)
            .unwrap_or_else(|| format!("exists (select 1 from {other} where {other}.{field} = {table}.id and {stands})")),
        (Some(By::TheirField(field)), true) => format!("exists (select 1 from {other} where {other}.{field} = {table}.id and {stands})"),
        (Some(By::TheirField(field)), false) => format!("exists (select 1 from {other} where {other}.id = {table}.{field} and {stands})"),
        (Some(By::Tie(tie)), true) | (Some(By::TiedBy(tie)), false) => linked(tie.to_string(), "from", "to"),
        (Some(By::Tie(tie)), false) | (Some(By::TiedBy(tie)), true) => linked(tie.to_string(), "to", "from"),
        (Some(By::Newest), _) | (None, _) => "1 = 0".to_owned(),
    }
}
