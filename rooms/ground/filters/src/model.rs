//! A saved filter and what it may hold.

use kernel::{Id, Reading, Refusal, Result, noun, wing};
use people::Member;
use web::text::{encode, pairs};

noun! {
    /// What a list is narrowed by, under a name.
    pub struct SavedFilter in "saved_filter" {
        /// Whose it is; of a shared one, who saved it.
        member: Id<Member>,
        /// The page that it narrows, such as `backlog`.
        page: String,
        name: String,
        /// As the address of the page says it: `kind=bug&who=me&`.
        query: String,
        /// Everyone in the product sees it.
        shared: bool,
    } label(f) f.name.clone(); searched Some((f.name.clone(), String::new()));
    about { many: "filters", one: "saved filter", read: Reading::OwnUnless("member", "shared"), place: "filters/{id}", titled: true,
      found_by: "name", hushed: &["query", "member"] }
}

/// The longest that a filter says.
const LONGEST: usize = 1_000;

/// A page that can be narrowed.
pub(crate) fn page(path: &str) -> Result<String> {
    match wing::pages().any(|page| page.filtered && page.path == path) {
        true => Ok(path.to_owned()),
        false => Err(Refusal::invalid("page", "There is no list of this name whose filters could be saved.")),
    }
}

/// What a page is narrowed by, written as addresses write it.
pub(crate) fn query(typed: &str) -> Result<String> {
    let said: Vec<(String, String)> = pairs(typed.trim_start_matches('?')).into_iter().filter(|(_, value)| !value.trim().is_empty()).collect();
    let plain = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
    let query: String = said.iter().map(|(name, value)| format!("{name}={}&", encode(value.trim()))).collect();
    match said.iter().all(|(name, _)| plain(name)) && !query.is_empty() && query.len() <= LONGEST {
        true => Ok(query),
        false => Err(Refusal::invalid("query", "Say what the list is narrowed by as its address does: kind=bug&who=me")),
    }
}

#[cfg(test)]
mod tests {
    use super::query;

    #[test]
    fn a_filter_is_kept_as_addresses_write_it() {
        assert_eq!(query("?q=late fee&kind=bug&who="), Ok("q=late%20fee&kind=bug&".to_owned()));
        assert_eq!(query("label=a%26b"), Ok("label=a%26b&".to_owned()));
        for bad in ["", "&&", "kind=", "Kind=bug", "a/b=c", "=x", &format!("q={}", "x".repeat(2_000))] {
            assert!(query(bad).is_err(), "{bad}");
        }
    }
}
