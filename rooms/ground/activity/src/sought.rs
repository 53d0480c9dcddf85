//! Looking for lines of activity: by whom, about what kind of thing, about which.

use crate::rows::{Line, page};
use kernel::{
    Column, Look, Mark, NounSpec, Paged, Query, Ref, Refusal, Result, Uuid, Value,
    about::{self, Readable, may_read},
    fields::Pointed,
    list, query,
};

/// Lines that are looked through for those of a person or of a kind; a page that finds few goes on where it ended.
const MOST_LOOKED_AT: i64 = 5_000;
/// Parts of one thing whose lines are shown with its own.
const MOST_PARTS: i64 = 500;
/// People to choose from.
const MOST_PEOPLE: i64 = 50;

query! {
    /// What happened in a product, newest first.
    pub struct Activity in "activity.list" at "/products/{product}/activity" -> Paged<Line> {
        /// Where the last page ended: its `next`.
        #[serde(default)]
        pub after: String,
        /// Only about this thing, by its id.
        pub about: Option<String>,
        /// Only about this thing and its parts: a key such as ORB-42, a number or an id.
        #[serde(default)]
        pub item: String,
        /// Only by this member: a name or an id.
        #[serde(default)]
        pub by: String,
        /// Only about things of this kind, such as `story`.
        #[serde(default)]
        pub kind: String,
        /// Lines on a page, 1 to 500; 100 when left out.
        pub limit: Option<i64>,
    }
}

impl Query for Activity {
    fn ask(self, look: &mut Look) -> Result<Paged<Line>> {
        find(look, &self)
    }
}

query! {
    /// What one did outside of any product, newest first: with one's account and what is one's own.
    pub struct OwnActivity in "activity.own" at "/account/activity" -> Paged<Line> {
        /// Where the last page ended: its `next`.
        #[serde(default)]
        pub after: String,
        /// Lines on a page, 1 to 500; 100 when left out.
        pub limit: Option<i64>,
    }
}

impl Query for OwnActivity {
    fn ask(self, look: &mut Look) -> Result<Paged<Line>> {
        let most = kernel::page::limit(self.limit)?;
        match Mark::<i64>::read(&self.after)? {
            Some(mark) => page(look, "and (activity.at, activity.id) < ($2, $3)", &[mark.at.value(), mark.id.value()], most),
            None => page(look, "", &[], most),
        }
    }
}

/// A page of the lines that are looked for.
pub fn find(look: &mut Look, wanted: &Activity) -> Result<Paged<Line>> {
    look.scope.product_id()?;
    let most = kernel::page::limit(wanted.limit)?;
    let mark = Mark::<i64>::read(&wanted.after)?;
    let (mut and, mut params) = (String::new(), vec![]);
    let mut bind = |and: &mut String, sql: &str, values: &[Value]| {
        let at = params.len() + 2;
        *and += &sql.replace("$b", &format!("${}", at + 1)).replace("$a", &format!("${at}"));
        params.extend_from_slice(values);
    };
    if let Some(id) = &wanted.about {
        bind(&mut and, " and activity.noun_id = $a", &[Uuid::parse_str(id).map_err(|_| Refusal::NotFound)?.value()]);
    }
    if !wanted.item.trim().is_empty() {
        let ids = with_parts(look, &wanted.item)?;
        bind(&mut and, " and activity.noun_id in each($a)", &[list(ids)]);
    }
    let narrow = !and.is_empty();
    if !wanted.by.trim().is_empty() {
        let named = wanted.by.trim();
        let who = match Uuid::parse_str(named) {
            Ok(id) => people::person_of(look, kernel::Id::new(id))?,
            Err(_) => people::person_called(look, named)?,
        };
        let who = who.ok_or_else(|| Refusal::invalid("by", "Nobody here is called so."))?;
        bind(&mut and, if who.is_assistant { " and activity.assistant = $a" } else { " and activity.member = $a" }, &[who.id.value()]);
    }
    if !wanted.kind.is_empty() {
        bind(&mut and, " and activity.noun = $a", &[Value::Text(wanted.kind.clone())]);
    }
    if let Some(mark) = &mark {
        bind(&mut and, " and (activity.at, activity.id) < ($a, $b)", &[mark.at.value(), mark.id.value()]);
    }
    // Whoever looks for the few lines of a person looks through as many as a page can bear.
    let end = if narrow || and.is_empty() { None } else { end_of_look(look, mark.as_ref(), MOST_LOOKED_AT)? };
    if let Some(end) = &end {
        bind(&mut and, " and (activity.at, activity.id) >= ($a, $b)", &[end.at.value(), end.id.value()]);
    }
    let found = page(look, &and, &params, most)?;
    Ok(Paged { next: found.next.or_else(|| end.map(|end| end.to_string())), items: found.items })
}

/// The last line that is looked at from a mark on; none where the record ends before.
pub(crate) fn end_of_look(look: &mut Look, mark: Option<&Mark<i64>>, most: i64) -> Result<Option<Mark<i64>>> {
    let mut params = vec![look.scope.product_id()?.value(), Value::Int(most)];
    let mut from = "";
    if let Some(mark) = mark {
        from = "and (at, id) < ($3, $4)";
        params.extend([mark.at.value(), mark.id.value()]);
    }
    let sql = format!("select at, id from activity where product = $1 {from} order by at desc, id desc limit 1 offset $2");
    look.first(&sql, &params)?.map(|mut row| Ok(Mark::new(row.take()?, row.take()?))).transpose()
}

/// A thing by key, number or id, and the parts of it.
fn with_parts(look: &mut Look, item: &str) -> Result<Vec<Uuid>> {
    let nothing = || Refusal::invalid("item", "There is nothing with this key here.");
    let product = look.scope.product_id()?.value();
    let readable = |look: &Look, noun: &NounSpec| may_read(look.scope, noun.table, &noun.about);
    let (id, table) = match Ref(item.to_owned()).resolve::<people::Member>(look.scope).map_err(|_| nothing())? {
        Pointed::Id(id) => (id.0, None),
        Pointed::Number(number) => {
            let keyed: Vec<String> = about::nouns()
                .iter()
                .filter(|noun| noun.about.keyed && readable(look, noun) != Readable::Nothing)
                .map(|noun| format!("select id, '{0}' from {0} where product = $1 and number = $2", noun.table))
                .collect();
            let mut row = match keyed.is_empty() {
                true => return Err(nothing()),
                false => look.first(&keyed.join(" union all "), &[product.clone(), Value::Int(number)])?.ok_or_else(nothing)?,
            };
            (row.take()?, Some(row.take::<String>()?))
        }
    };
    let mut ids = vec![id];
    let parts: Vec<String> = about::nouns()
        .iter()
        .filter(|noun| !noun.about.part_of.is_empty() && readable(look, noun) != Readable::Nothing)
        .filter(|noun| noun.points_at(noun.about.part_of).is_none_or(|whole| table.as_deref().is_none_or(|table| table == whole)))
        .map(|noun| format!("select id from {} where {} = $1", noun.table, noun.about.part_of))
        .collect();
    let sql = format!("select id from ({}) as parts limit $2", parts.join(" union all "));
    for mut row in look.query(&sql, &[id.value(), Value::Int(MOST_PARTS)])? {
        ids.push(row.take()?);
    }
    Ok(ids)
}

/// Members to choose from, by name; of very many some, and whoever else there is, is typed.
pub(crate) fn people(look: &mut Look) -> Result<Vec<String>> {
    let product = look.scope.product_id()?;
    let sql = "select member.name from (select member from membership where product = $1 and removed_at is null limit $2) as few
         join member on member.id = few.member order by member.name";
    look.query(sql, &[product.value(), Value::Int(MOST_PEOPLE)])?.into_iter().map(|mut row| row.take()).collect()
}

/// Kinds of things to choose from: what they are called in addresses and by people.
pub(crate) fn kinds(look: &Look) -> Vec<(&'static str, String)> {
    let told = about::nouns()
        .iter()
        .filter(|noun| noun.about.home == kernel::Home::Product && may_read(look.scope, noun.table, &noun.about) != Readable::Nothing);
    told.map(|noun| (noun.table, web::capital(&noun.about.many.replace('-', " ")))).collect()
}
