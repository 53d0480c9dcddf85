//! Who is named in a text: `@` and a name, an address or a hat, as it is typed or completed.

use kernel::{Column, Hat, Look, Reader, Result, Scope, Uuid, list, value::Packed};
use std::{
    collections::{BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};
use web::Markup;

/// Somebody who can be named.
#[derive(Clone, Debug)]
pub struct Nameable {
    pub id: Uuid,
    pub name: String,
    pub email: String,
    pub hats: Vec<Hat>,
}

/// Everybody who can be named in the texts of a product.
pub fn nameable(reader: &mut dyn Reader, product: Uuid) -> Result<Vec<Nameable>> {
    let rows = reader.query(
        "select member.id, member.name, member.email, membership.hats from membership join member on member.id = membership.member
         where membership.product = $1 and membership.removed_at is null and member.removed_at is null and member.answers_for is null",
        &[product.value()],
    )?;
    let person =
        |mut row: kernel::Row| Ok(Nameable { id: row.take()?, name: row.take()?, email: row.take()?, hats: row.take::<Packed<Vec<Hat>>>()?.0 });
    rows.into_iter().map(person).collect()
}

/// Where somebody is told of what belongs to no product.
#[derive(Clone, Debug)]
pub struct AtHome {
    /// The product that they came to first, of those they belong to.
    pub product: Uuid,
    pub email: String,
}

/// Where some members are told of what belongs to no product; whoever belongs to none is not among them.
pub fn at_home(reader: &mut dyn Reader, members: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, AtHome>> {
    let rows = reader.query(
        "select member.id, membership.product, member.email from membership join member on member.id = membership.member
         join product on product.id = membership.product
         where member.id in each($1) and membership.removed_at is null and member.removed_at is null and member.answers_for is null
         and product.removed_at is null order by membership.created_at, membership.id",
        &[list(members)],
    )?;
    let mut found = HashMap::new();
    for mut row in rows {
        found.entry(row.take()?).or_insert(AtHome { product: row.take()?, email: row.take()? });
    }
    Ok(found)
}

/// Who can be named in some texts, for whoever shows them; nobody where no text names anybody.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<[Nameable]>);

impl Names {
    /// For some texts of the product at hand, which is asked only where a text has a sign for it.
    pub fn of<'t>(look: &mut Look, mut texts: impl Iterator<Item = &'t str>) -> Result<Names> {
        match texts.any(|text| text.contains('@')) {
            true => Ok(Names(nameable(look.reader, look.scope.product_id()?)?.into())),
            false => Ok(Names::default()),
        }
    }

    /// Where somebody is named in a text.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        each(text, &self.0).map(|(at, _)| at).collect()
    }

    /// A text in Markdown as it is shown: whoever it names is marked, and keys lead to their things.
    pub fn prose(&self, scope: &Scope, text: &str) -> Markup {
        web::text::written(scope, &|words| self.marks(words), text)
    }
}

/// Everybody whom a text names.
pub fn named(text: &str, people: &[Nameable]) -> BTreeSet<Uuid> {
    each(text, people).flat_map(|(_, named)| named).collect()
}

/// Each place where somebody is named, from the sign to the end of the name, and who.
fn each<'t>(text: &'t str, people: &'t [Nameable]) -> impl Iterator<Item = (Range<usize>, Vec<Uuid>)> + 't {
    let mut before = None;
    text.char_indices().filter_map(move |(at, c)| {
        // In an address or in the middle of a word it names nobody.
        let names = c == '@' && !before.is_some_and(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '@' | '/'));
        before = Some(c);
        let (length, named) = if names { at_the_beginning(&text[at + 1..], people) } else { (0, vec![]) };
        (!named.is_empty()).then(|| (at..at + 1 + length, named))
    })
}

/// Whom a text names now and did not name before.
pub fn newly_named(before: &str, now: &str, people: &[Nameable]) -> BTreeSet<Uuid> {
    let known = named(before, people);
    named(now, people).into_iter().filter(|id| !known.contains(id)).collect()
}

/// How much of a text the name takes up with which it begins, and whose it is: the longest that fits, a whole one before a
/// first name that only one of them has.
fn at_the_beginning(text: &str, people: &[Nameable]) -> (usize, Vec<Uuid>) {
    let mut best = (0, vec![]);
    let mut fits = |length: usize, id: Uuid| match length.cmp(&best.0) {
        _ if length == 0 => {}
        std::cmp::Ordering::Greater => best = (length, vec![id]),
        std::cmp::Ordering::Equal => best.1.push(id),
        std::cmp::Ordering::Less => {}
    };
    for person in people {
        let hats = person.hats.iter().map(|hat| hat.word());
        let longest = [person.name.as_str(), &person.email].into_iter().chain(hats).map(|name| begins_with(text, name)).max();
        fits(longest.unwrap_or(0), person.id);
    }
    if best.0 > 0 {
        return best;
    }
    let first = |person: &Nameable| person.name.split_whitespace().next().map_or(0, |first| begins_with(text, first));
    match people.iter().map(|person| (first(person), person.id)).filter(|(length, _)| *length > 0).collect::<Vec<_>>().as_slice() {
        [(length, one)] => (*length, vec![*one]),
        _ => (0, vec![]),
    }
}

/// How much of a text a name takes up at its beginning, whatever the case; nothing where a word goes on.
fn begins_with(text: &str, name: &str) -> usize {
    if name.is_empty() {
        return 0;
    }
    let mut rest = text.char_indices();
    for wanted in name.chars() {
        match rest.next() {
            Some((_, c)) if c == wanted || c.to_lowercase().eq(wanted.to_lowercase()) => {}
            _ => return 0,
        }
    }
    match rest.next() {
        None => text.len(),
        Some((_, c)) if c.is_alphanumeric() || c == '_' => 0,
        Some((at, _)) => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn team() -> Vec<Nameable> {
        [("Mara Lind", "mara@x.org", Hat::Manager), ("Tomas Berg", "tomas@x.org", Hat::Owner), ("Mara Lindqvist", "ml@x.org", Hat::Developer)]
            .into_iter()
            .enumerate()
            .map(|(n, (name, email, hat))| Nameable { id: Uuid::from_u128(n as u128), name: name.into(), email: email.into(), hats: vec![hat] })
            .collect()
    }

    fn told(text: &str) -> Vec<u128> {
        named(text, &team()).into_iter().map(|id| id.as_u128()).collect()
    }

    #[test]
    fn people_are_named_by_name_address_and_hat() {
        assert_eq!(told("@Mara Lind, what do you think?"), [0]);
        assert_eq!(told("(@mara lindqvist)"), [2], "the longest name that fits");
        assert_eq!(told("Ask @tomas. And @MARA LIND!"), [0, 1]);
        assert_eq!(told("@ml@x.org knows"), [2]);
        assert_eq!(told("@Owner and @developer decide"), [1, 2]);
        assert_eq!(told("@Tomas's idea"), [1]);
    }

    #[test]
    fn what_only_looks_like_a_name_names_nobody() {
        for text in ["mail tomas@x.org", "@Mara", "@tomasz", "@", "@ Tomas", "", "https://x.org/@tomas", "@nobody", "@Ownership"] {
            assert_eq!(told(text), [] as [u128; 0], "{text}");
        }
    }

    #[test]
    fn a_name_is_marked_from_its_sign_to_its_end() {
        let (text, names) = ("(@mara lindqvist), @Owner: ask @tomas's team, not a@x.org", Names(team().into()));
        let marked: Vec<&str> = names.marks(text).into_iter().map(|at| &text[at]).collect();
        assert_eq!(marked, ["@mara lindqvist", "@Owner", "@tomas"]);
        assert!(Names::default().marks(text).is_empty());
    }

    #[test]
    fn whoever_was_named_before_is_not_named_again() {
        let new = newly_named("@Tomas look", "@Tomas look, and @Mara Lind", &team());
        assert_eq!(new.into_iter().map(|id| id.as_u128()).collect::<Vec<_>>(), [0]);
    }
}
