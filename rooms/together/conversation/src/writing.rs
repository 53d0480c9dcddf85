//! A form in which Markdown is written: a toolbar above the text, and a look at what it will be.

use crate::MOST_TEXT;
use kernel::Scope;
use web::{Markup, action, html, icon, product_path};

/// What the toolbar does, with its picture: the names are those of the element that does it.
const FORMATS: &[(&str, &str, &str)] = &[
    ("bold", "bold", "Bold"),
    ("italic", "italic", "Italic"),
    ("code", "code", "Code"),
    ("link", "link", "Link"),
    ("quote", "quote", "Quote"),
    ("unordered-list", "list", "List"),
    ("ordered-list", "list-ordered", "Numbered list"),
];

/// A form for a command that takes a text as `body`.
pub struct Writing<'a> {
    pub command: &'a str,
    /// What else it sends.
    pub fields: &'a [(&'a str, &'a str)],
    /// Of its text on the page.
    pub id: &'a str,
    /// What is to be written.
    pub says: &'a str,
    /// What stands there already.
    pub text: &'a str,
    /// What its button says.
    pub send: &'a str,
    /// It stays on the page, empty again, once it was sent.
    pub stays: bool,
    /// Where it leads once it was sent, if that is elsewhere.
    pub leads: Option<&'a str>,
}

impl Writing<'_> {
    pub fn form(&self, scope: &Scope) -> Markup {
        html! { form.stack.writing method="post" action=(action(scope, self.command)) data-act data-reset[self.stays] data-go=[self.leads] {
            @for (name, value) in self.fields { input type="hidden" name=(name) value=(value); }
            @if let Some(there) = self.leads { input type="hidden" name="_back" value=(there); }
            (self.words(if self.stays { 2 } else { 4 }))
            p.error data-error="" {}
            div.row {
                button type="submit" { (self.send) }
                (self.preview(scope))
            }
        } }
    }

    /// The text with its toolbar and the place where it is looked at, for a form that holds more than that.
    pub fn words(&self, rows: u8) -> Markup {
        html! {
            div.text {
                markdown-toolbar.format for=(self.id) data-no-focus role="toolbar" aria-label="Format" {
                    @for (n, (does, picture, says)) in FORMATS.iter().enumerate() {
                        button.plain type="button" data-md-button=(does) tabindex=(if n == 0 { "0" } else { "-1" }) title=(says) aria-label=(says) { (icon(picture)) }
                    }
                }
                label.field { span.hidden { (self.says) } textarea id=(self.id) name="body" rows=(rows) dir="auto" maxlength=(MOST_TEXT) placeholder={ (self.says) ". Markdown works." } data-keep { (self.text) } span.error data-error="body" {} }
            }
            div.prose.preview data-shows role="region" aria-label="Preview" hidden {}
        }
    }

    /// A look at what it will be.
    pub fn preview(&self, scope: &Scope) -> Markup {
        html! { button.plain type="submit" formaction={ (product_path(scope)) "/conversation/preview?of=" (self.command) } data-preview { "Preview" } }
    }
}
