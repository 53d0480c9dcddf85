//! What hangs on things.

use crate::model::Attachment;
use kernel::{Column, Look, Noun, Result, Uuid, list};
use std::{collections::HashMap, sync::OnceLock};

/// A file with the name of whoever attached it.
pub struct Attached {
    pub attachment: Attachment,
    pub by: String,
}

/// The files on several things, by thing.
pub type OnEach = HashMap<Uuid, Vec<Attached>>;

/// The files on a thing, oldest first.
pub fn attached_to(look: &mut Look, id: Uuid) -> Result<Vec<Attached>> {
    Ok(attached_to_each(look, [id])?.remove(&id).unwrap_or_default())
}

/// The files of one of several things.
pub fn of(each: &OnEach, id: Uuid) -> &[Attached] {
    each.get(&id).map_or(&[], Vec::as_slice)
}

/// The files on several things.
pub fn attached_to_each(look: &mut Look, ids: impl IntoIterator<Item = Uuid>) -> Result<OnEach> {
    static SQL: OnceLock<String> = OnceLock::new();
    let sql = SQL.get_or_init(|| {
        format!(
            "select {}, member.name from attachment join member on member.id = attachment.member
             where attachment.product = $1 and attachment.about_id in each($2) and attachment.removed_at is null
             order by attachment.created_at, attachment.id",
            Attachment::COLUMNS
        )
    });
    let product = look.scope.product_id()?;
    let mut attached = OnEach::new();
    for mut row in look.query(sql, &[product.value(), list(ids)])? {
        let attachment = Attachment::read(&mut row)?;
        attached.entry(attachment.about_id).or_default().push(Attached { attachment, by: row.take()? });
    }
    Ok(attached)
}
