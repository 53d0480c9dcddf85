//! Whether two ways to write a person mean the same one.
//!
//! Only what is beyond doubt counts: the same address, the same name in any order and with or without accents, or an
//! address whose first part is the other's. *Ada L.* is nobody's certain name.

use crate::fold;

/// A person as a cell writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The name as it is written, without address and brackets.
    pub name: String,
    /// The e-mail address, in small letters.
    pub mail: Option<String>,
}

impl Person {
    /// Reads `Ada Lovelace`, `Lovelace, Ada`, `ada@example.org`, `Ada Lovelace <ada@example.org>`, `@ada`.
    pub fn of(cell: &str) -> Person {
        let cell = cell.trim();
        let bounds = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | '"');
        let address = |word: &&str| {
            let (local, domain) = word.split_once('@').unwrap_or_default();
            !local.is_empty() && domain.contains('.') && !domain.contains('@') && !domain.ends_with('.')
        };
        let Some(mail) = cell.split(bounds).map(|w| w.strip_prefix("mailto:").unwrap_or(w)).find(address) else {
            return Person { name: cell.strip_prefix('@').unwrap_or(cell).to_owned(), mail: None };
        };
        let rest = cell.replacen(mail, "", 1).replace("mailto:", "");
        let name = rest.trim_matches(|c: char| bounds(c) || c == '-').to_owned();
        Person { name, mail: Some(mail.to_lowercase()) }
    }

    /// Whether both are the same person beyond doubt.
    pub fn is(&self, other: &Person) -> bool {
        if let (Some(a), Some(b)) = (&self.mail, &other.mail) {
            return a == b;
        }
        if !self.name.is_empty() && !other.name.is_empty() {
            return alike(&self.name, &other.name) || self.is_handle_of(other) || other.is_handle_of(self);
        }
        self.is_handle_of(other) || other.is_handle_of(self)
    }

    /// `ada.lovelace`, where the other's address is `ada.lovelace@…`.
    fn is_handle_of(&self, other: &Person) -> bool {
        let local = |mail: &String| mail.split('@').next().map(str::to_owned);
        let one = if self.mail.is_none() { Some(self.name.to_lowercase()) } else { None };
        one.is_some_and(|name| !name.is_empty() && other.mail.as_ref().and_then(local) == Some(name))
    }
}

/// The one among several whom a cell means; `None` where it is none of them, or more than one.
pub fn find<'p>(cell: &str, among: impl IntoIterator<Item = &'p Person>) -> Option<usize> {
    let person = Person::of(cell);
    let mut found = among.into_iter().enumerate().filter(|(_, p)| person.is(p)).map(|(at, _)| at);
    let first = found.next();
    if found.next().is_some() { None } else { first }
}

/// The people in a cell that names several: parted by semicolons, bars or lines; by commas where each piece is an
/// address or has two words (`Lovelace, Ada` is one person).
pub fn several(cell: &str) -> Vec<&str> {
    let parted = |marks: &[char]| cell.split(|c| marks.contains(&c)).map(str::trim).filter(|p| !p.is_empty()).collect::<Vec<_>>();
    let pieces = parted(&[';', '|', '\n']);
    if pieces.len() > 1 {
        return pieces;
    }
    let commas = parted(&[',']);
    let whole = |piece: &&str| piece.contains('@') || piece.split_whitespace().count() > 1;
    if commas.len() > 1 && commas.iter().all(whole) { commas } else { pieces }
}

/// The same words, whatever their order, letters and accents; `ü` is `u` and `ue`.
fn alike(a: &str, b: &str) -> bool {
    let sorted = |text: String| {
        let mut words: Vec<String> = text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let plain = |text: &str| sorted(fold(text));
    let german = |text: &str| {
        let spelled = text.to_lowercase();
        sorted(fold(&spelled.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ø', "oe").replace('å', "aa")))
    };
    let (ours, theirs) = ([plain(a), german(a)], [plain(b), german(b)]);
    !ours[0].is_empty() && ours.iter().any(|one| theirs.contains(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_person_is_found() {
        let same = |a: &str, b: &str| Person::of(a).is(&Person::of(b));
        assert!(same("Ada Lovelace", "LOVELACE, ada"));
        assert!(same("Ada Lovelace <ADA@example.org>", "ada@example.org"));
        assert!(same("Jürgen Müller", "Juergen Mueller") && same("Jürgen Müller", "Jurgen Muller") && same("José Peña", "Jose Pena"));
        assert!(same("@ada.lovelace", "ada.lovelace@example.org"));
        assert!(!same("Ada L.", "Ada Lovelace") && !same("Ada", "Ada Lovelace") && !same("", ""));
        assert!(!same("ada@example.org", "ada@example.com"));
        assert!(!same("Ada Lovelace <ada@one.org>", "Ada Lovelace <ada@two.org>"), "two addresses are two people");
        assert_eq!(Person::of("Lovelace, Ada (ada@example.org)").name, "Lovelace, Ada");
        let members = [Person::of("Ada Lovelace <ada@one.org>"), Person::of("Ada Lovelace <ada@two.org>"), Person::of("Karl May <karl@one.org>")];
        assert_eq!(find("karl", &members), Some(2));
        assert_eq!(find("Ada Lovelace", &members), None, "two have that name");
        assert_eq!(find("ada@two.org", &members), Some(1));
    }

    #[test]
    fn several_in_a_cell() {
        assert_eq!(several("Lovelace, Ada"), ["Lovelace, Ada"]);
        assert_eq!(several("Lovelace, Ada; May, Karl"), ["Lovelace, Ada", "May, Karl"]);
        assert_eq!(several("Ada Lovelace, Karl May"), ["Ada Lovelace", "Karl May"]);
        assert_eq!(several("ada@one.org,karl@one.org"), ["ada@one.org", "karl@one.org"]);
        assert!(several("").is_empty());
    }
}
