//! A product's key, which may change and leads on then, and its end: an archived product is read, and nothing in it
//! changes until it is brought back.

use crate::{
    events::*,
    model::{KEY_PATTERN, KEY_RULE, Product, product_key},
    rows,
};
use kernel::{Area, Command, Decided, Event, Look, Moment, Refusal, Result, Scope, command, value::Packed};
use web::{Markup, action, asked_act, date, disclosure, html, limited, may, when};

command! {
    /// Gives a product another key. Addresses and keys of items that name the old one lead on.
    pub struct ChangeKey in "product.change_key" at Put "/products/{product}/key" [Agreement] {
        /// 2 to 8 letters from A to Z or digits, starting with a letter, such as ORB.
        pub key: String,
    }
}

impl Command for ChangeKey {
    type Before = Product;
    const UNDOABLE: bool = false;
    // No other product may get the same key meanwhile.
    const EVERYWHERE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Product> {
        let product = rows::product(look)?;
        match rows::key_taken(look.reader, &product_key(&self.key)?, Some(product.meta.id))? {
            true => Err(Refusal::invalid("key", "Another product has this key, or had it.")),
            false => Ok(product),
        }
    }
    fn title(&self, before: &Product) -> String {
        format!("Change the key {} to {}", before.key, self.key.trim().to_uppercase())
    }
    fn decide(self, before: Product, _: &Moment, _: &Scope) -> Result<Decided> {
        let key = product_key(&self.key)?;
        let mut formerly = before.formerly.0.clone();
        formerly.push(before.key.clone());
        formerly.retain(|former| *former != key);
        formerly.dedup();
        if key == before.key {
            return Ok(vec![].into());
        }
        Ok(Event::changed(&KEY_CHANGED, &before, &Product { key, formerly: Packed(formerly), ..before.clone() }).into())
    }
}

command! {
    /// Archives a product: it is read from then on, and nothing in it changes. Or brings it back.
    pub struct ArchiveProduct in "product.archive" at Put "/products/{product}/archiving" [Agreement] {
        pub archived: bool,
    }
}

impl Command for ArchiveProduct {
    type Before = Product;
    const UNDOABLE: bool = false;
    const IN_ARCHIVE: bool = true;

    fn load(&self, look: &mut Look) -> Result<Product> {
        rows::product(look)
    }
    fn title(&self, before: &Product) -> String {
        format!("{} {}", if self.archived { "Archive" } else { "Bring back" }, before.name)
    }
    fn decide(self, before: Product, moment: &Moment, _: &Scope) -> Result<Decided> {
        let archived_at = self.archived.then(|| before.archived_at.unwrap_or(moment.now));
        let kind = if self.archived { &PRODUCT_ARCHIVED } else { &PRODUCT_BACK };
        Ok(Event::changed(kind, &before, &Product { archived_at, ..before.clone() }).into())
    }
}

/// What is done with a product as a whole, in its settings.
pub(crate) fn view(scope: &Scope, product: &Product) -> Markup {
    html! { section #archive { h2 { "Key and archive" }
        @match product.archived_at {
            Some(since) => {
                p { bdi { (product.name) } " was archived on " (date(scope, &when::day(since))) ". It can be read, and nothing in it changes." }
                // Only bringing it back may be done in it.
                @let scope = scope.awake();
                @if may(&scope, Area::Agreement) { (asked_act(&scope, Area::Agreement, "product.archive", &[("archived", "false")], "Bring it back", "", "Everyone works in it again, with the hats they hold.")) }
                @else { p.hint { (web::who_decides(&scope, Area::Agreement)) } }
            }
            None => {
                p { "Everything here is numbered with the key " strong { (product.key) } @if !product.formerly.is_empty() { ", before that " (product.formerly.join(", ")) } ". An old key leads on for good: old addresses, keys and links still find what they mean." }
                @if may(scope, Area::Agreement) { div.row {
                    (disclosure("change-key", "Change the key", "", html! { form.stack method="post" action=(action(scope, "product.change_key")) data-act data-go="/products" {
                        input type="hidden" name="_back" value="/products";
                        (limited("product.change_key", html! { label.field.short { span { "New key" } input name="key" value=(product.key) maxlength="8" pattern=(KEY_PATTERN) title=(KEY_RULE) required; span.error data-error="key" {} } }))
                        p.hint { (KEY_RULE) }
                        p.error data-error="" {}
                        div.row { button.primary type="submit" { (web::act_label(scope, Area::Agreement, "Change the key")) } }
                        p.hint { (web::who_decides(scope, Area::Agreement)) }
                    } }))
                    (asked_act(scope, Area::Agreement, "product.archive", &[("archived", "true")], "Archive the product", "", &format!("{} leaves the rail and is listed under “Archived”. It can be read and searched, and nothing in it changes until it is brought back.", product.name)))
                } }
            }
        }
    } }
}
