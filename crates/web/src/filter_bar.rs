//! The one bar that lists are filtered by: what is set as chips, a field to type in, and a menu of what there is. All of
//! it are links and a form; script adds that names and values are completed while one types.

use crate::{
    components::{icon, menu_button},
    filter::{Filter, Term},
};
use maud::{Markup, html};

/// A bar over a list.
pub struct FilterBar<'a> {
    /// What it is called: "Filter the backlog".
    pub label: &'a str,
    pub placeholder: &'a str,
    /// The page, from where it stands.
    pub page: &'a str,
    pub filter: &'a Filter,
    /// What else the address of the page says and goes on saying.
    pub keeps: &'a [(&'a str, &'a str)],
    /// Values that are known here besides those of the terms, each with its words.
    pub more: &'a [(&'a str, Vec<(String, String)>)],
    /// Where others are found: `?term=label&q=…` is added.
    pub found_at: Option<&'a str>,
}

impl FilterBar<'_> {
    pub fn view(&self) -> Markup {
        let FilterBar { label, placeholder, page, filter, keeps, found_at, .. } = self;
        html! { form.filter role="search" method="get" action=(page) aria-label=(label) data-filter data-found-at=[*found_at] {
            @for (name, value) in *keeps { input type="hidden" name=(name) value=(value); }
            @for (term, value) in filter.set() { input type="hidden" name=(term.name) value=(value); }
            div.filter-box {
                (icon("search"))
                @for (term, value) in filter.set() { @let told = self.told(term, value);
                    a.chip.set href=(self.address(term.name, "")) aria-label={ (told) ", take this filter away" } { span dir="auto" { (told) } (icon("x")) }
                }
                input type="search" name="q" value=(filter.words()) aria-label=(label) placeholder=[filter.is_plain().then_some(placeholder)] autocomplete="off" spellcheck="false" dir="auto";
                button.hidden type="submit" tabindex="-1" { "Filter" }
            }
            div.filter-menu { (menu_button("Filter", html! { @for term in filter.terms.iter().filter(|term| !self.is_idle(term)) { (self.choices(term)) } })) }
            @if !filter.is_plain() { a.button.plain href={ (page) "?" @for (name, value) in *keeps { (name) "=" (value) "&" } } { "Clear" } }
            @for slip in filter.slips() { p.filter-slip role="status" dir="auto" { (slip) } }
        } }
    }

    /// There is nothing here that it could be set to, such as an own field where none is defined.
    fn is_idle(&self, term: &Term) -> bool {
        term.values.is_empty() && self.more.iter().any(|(name, values)| *name == term.name && values.is_empty())
    }

    /// The values of a term, to choose from without typing.
    fn choices(&self, term: &Term) -> Markup {
        html! { div role="group" aria-label=(term.says) data-term=(term.name) data-also=[(!term.also.is_empty()).then(|| term.also.join(" "))] data-open-term[term.open] {
            p.menu-head aria-hidden="true" { (term.says) }
            @for (value, says) in term.values { (self.choice(term, value, says)) }
            @for (value, says) in self.more_of(term) { (self.choice(term, value, says)) }
            @if term.open && self.more_of(term).is_empty() { p.hint { "Type " code { (term.name) ":" } " and its name" } }
        } }
    }

    fn choice(&self, term: &Term, value: &str, says: &str) -> Markup {
        let set = self.filter.get(term.name) == value;
        html! { a.plain href=(self.address(term.name, if set { "" } else { value })) dir="auto" data-value=(value) aria-current=[set.then_some("true")] { (says) } }
    }

    fn more_of(&self, term: &Term) -> &[(String, String)] {
        self.more.iter().find(|(name, _)| *name == term.name).map_or(&[], |(_, values)| values)
    }

    /// What a chip says.
    fn told(&self, term: &Term, value: &str) -> String {
        let known = self.more_of(term).iter().find(|(known, _)| known == value);
        known.map_or_else(|| term.told(value), |(_, says)| says.clone())
    }

    /// The page with another value of one term.
    fn address(&self, name: &str, value: &str) -> String {
        let kept: String = self.keeps.iter().map(|(name, value)| format!("{name}={}&", crate::text::encode(value))).collect();
        format!("{}?{kept}{}", self.page, self.filter.changed(name, value))
    }
}
